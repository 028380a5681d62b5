### 主管的頁面：今天、計畫、步驟。

## 今天

today-good-morning = { $name }，早安
today-good-afternoon = { $name }，午安
today-good-evening = { $name }，晚安
today-lede-late =
    { $count ->
        [1] 有 1 個步驟逾期了，先處理它吧。
       *[other] 有 { $count } 個步驟逾期了，先從拖最久的開始。
    }
today-lede-open = 沒有逾期的事。目前有 { $count } 個步驟可以做，最急的排在最前面。
today-lede-none = 沒有逾期，也沒有待辦的步驟。
today-resting = 計畫暫停或請假期間，還沒完成的步驟
today-resting-hint = 計畫繼續之前，沒有步驟會到期。
today-overdue = 已逾期
today-returned = 退回給你的
today-returned-hint = 審閱的人寫了一句話說明還缺什麼，你原本的答案都還在表單裡。
today-soon = 今天或近期到期
today-week = 這週稍晚
today-later = 這週之後
today-later-count = 另外還有 { $count } 件已經可以開始
today-empty = 今天沒有要做的事
today-empty-next = 下一個步驟在 { $date }開始：
today-empty-teach = 步驟開始的那天會出現在這裡，做完就會離開。之後還有哪些步驟，可以到你的計畫裡看。
today-waiting = 誰在等誰
today-waits-for-me = 別人在等你
today-waiter = { $name }（{ $role }）要等你完成以下步驟，才能開始「{ $step }」：
today-in-review = 你在等回覆
today-review-of = { $date }已交給{ $name }（{ $role }）
today-review-of-nobody = { $date }已交出，目前還沒有{ $role }
today-blocked = 你在等別人
today-blocked-step = 「{ $step }」要等以下完成：
today-blocked-step-many = 「{ $step }」（{ $count } 位）要等以下完成：
today-behind = 另外 { $count } 個要等你先完成自己的步驟
today-how-far = 計畫走到哪裡
today-mentor = 導師：{ $name }
today-mentor-nobody = 你還沒有導師，人資正在安排。不必等，可以先開始。
today-mentor-asked = 已經邀請導師，還在等對方回覆。不必等，可以先開始。
today-mentor-declined = 你還沒有導師，人資會再邀請其他人。不必等，可以先開始。
today-ended-day = 在計畫的第 { $n } 個工作日結束
today-over = 你的計畫已經結束
today-over-read = 不會再有新的步驟。做過和寫過的內容仍可在這裡閱讀：
today-no-plan = 你目前沒有自己的計畫
today-no-plan-why = 這一頁是給新任主管看的待辦步驟。如果你剛接下主管的職務，請人資為你開始計畫。
today-no-plan-others = 你在別人的計畫裡要做的事，在上方的連結。

## 計畫

plan-view-title = { $name }的計畫
plan-view-day = 計畫的第 { $n } 個工作日
plan-view-starts = { $date }開始
plan-view-complete = 已於 { $date }全部完成
plan-view-about = 這套課程在談什麼
plan-view-counts = 進度只計一次完成的步驟；重複的步驟各自計算。
plan-view-checkpoint-rests = 下一個檢視點：第 { $n } 個工作日，計畫恢復後再定
plan-view-next-checkpoint = 下一個檢視點：第 { $n } 個工作日，{ $date }
plan-view-checkpoint = 第 { $n } 個工作日檢視點
plan-view-checkpoint-past = 已過
plan-view-checkpoints = 檢視點
plan-view-modules = 計畫內容
plan-view-overdue = 有 { $count } 個步驟逾期。
plan-view-closed = 已結束 { $count } 個
plan-view-later = 之後才開始 { $count } 個
plan-view-by = 由{ $who }負責
plan-view-member = 一位成員
plan-view-people = { $title }（{ $count } 位）
plan-view-turn-due = { $date }到期
plan-view-colon = ：
plan-view-comma = 、
plan-view-timeline = 逐週安排
plan-view-past = 之前的 { $count } 週
plan-view-ahead = 之後的 { $count } 週
plan-view-week = { $from }起的一週
plan-view-this-week = 本週
plan-view-today = 今天
plan-view-nothing-due = 這週沒有到期的步驟。
plan-view-cast = 相關人員
plan-view-role-manager = 主管
plan-view-role-mentor = 導師
plan-view-role-superior = 上級
plan-view-role-hr = 人資負責人
plan-view-mentor-nobody = 還沒有邀請任何人。
plan-view-mentor-asked = 已邀請，尚未回覆。
plan-view-mentor-unanswered = 曾邀請，計畫在回覆前就結束了。
plan-view-mentor-declined = 對方婉拒了，人資會再邀請其他人。
plan-view-roster = 團隊成員
plan-view-playbooks = 劇本
plan-view-launched = { $date } 已啟動，步驟都排進計畫了。
plan-view-launch = 啟動
plan-view-launch-means = 劇本的步驟會排進計畫，日期從今天起算。最後一個步驟結束後，可以再次啟動。
plan-view-launch-today = 今天啟動
plan-view-no-roster = 這裡還沒有團隊成員。人資加入成員後，每個人會有各自的步驟。
plan-view-left = { $date }離開
plan-view-left-at-once = 不在團隊中
plan-view-effective = { $date }起接任。工作日依「{ $calendar }」行事曆計算。

## 步驟

step-view-turn = 第 { $n } 次
step-view-what = 要做什麼
step-view-instruction = 看步驟說明
step-view-waits = 要先完成：
step-view-opens = 這個步驟在 { $date }開始。想先看看也可以，在那之前不需要做任何事。
step-view-lapsed = 這一次沒有在下一次開始之前完成，現在不需要再補。
step-view-closed = 這位成員已不在團隊中，這裡不需要再做任何事。
step-view-form = 你的答案
step-view-sheet = 列印這些題目
step-view-tick = 做完之後
step-view-prepare = 現在可以先寫，存成草稿；等步驟可以做了再交出。
step-view-draft = 草稿，{ $at } 儲存
step-view-left-draft = 你的草稿（沒有交出）
step-view-earlier = 這是你之前交出的內容，修改後可以再交一次。
step-view-evidence = 交出的內容
step-view-evidence-none = 已完成
step-view-handed-in-by = { $name }，{ $at }
step-view-private = 已經交出。內容只有「誰看得到」列出的人能讀。
step-view-erased = 這段文字已經刪除。
step-view-accepted-by = { $name }已接受，{ $at }
step-view-returned-by = { $name }已退回，{ $at }
step-view-review = 你的回覆
step-view-line = 給對方的一句話
step-view-line-help = 退回時必填，請說明還缺什麼；接受時也歡迎寫一句。
step-view-reconsider = 交出的內容不變，重新等你答覆。
step-view-take-back = 想修改的話請先收回，原本的答案會留在表單裡。
step-view-remarks = 留言
step-view-comment = 寫留言
step-view-comment-help = 誰看得到：
step-view-said = { $name }，{ $at }
step-view-said-reviewing = { $name }審閱時寫的，{ $at }
step-view-facts = 重點資訊
step-view-opens-label = 開始
step-view-due-label = 到期
step-view-doer = 由誰做
step-view-reviewer = 由誰審閱
step-view-readers = 誰看得到
step-view-source = 來源
step-view-turns = 每一次
step-view-mentor-nobody = 這一步不用自己勾選，導師答應時就會自動完成。目前還沒有邀請任何人。
step-view-mentor-asked = 這一步不用自己勾選，導師答應時就會自動完成。目前正在等對方回覆。
step-view-mentor-unanswered = 這一步不用自己勾選。導師還沒回覆，計畫就結束了。
step-view-mentor-declined = 這一步不用自己勾選，導師答應時就會自動完成。人資會再邀請其他人。
step-view-mentor-accepted = 導師已經答應了。
step-view-mentor-yours = 你願意擔任{ $manager }的導師嗎？
step-view-mentor-yours-hint = 你已受邀。請到待審閱頁回覆願意或婉拒，這一步就會自動完成。
step-view-mentor-answer = 前往回覆
step-view-not-kept = 你剛才輸入的內容沒有儲存，因為這個步驟同時已在別處交出。需要的話請先複製：

## 訪談單

sheet-back = 回到步驟
sheet-lead = 把題目印在紙上，留好書寫的空間，談話時不必看螢幕。你填過的內容不會印出來。
sheet-print = 列印
sheet-date = 日期
sheet-file = 這一題是檔案，請到步驟的頁面上傳。
sheet-after = 談完請盡快整理進系統，再把這張紙銷毀。

## 表單的欄位

field-left-out = 下列項目還沒完成，寫下原因就可以先往下走：
field-link-hint = 完整的網址，以 https:// 或 http:// 開頭
field-person-nobody = 團隊名冊上還沒有人，請人資加入成員。
field-person-left = { $name }（已不在團隊）
field-several-exactly = 請選 { $count } 項
field-several-between = 請選 { $min } 到 { $max } 項
field-several-at-most = 最多選 { $max } 項
field-several-at-least = 至少選 { $min } 項
field-several-any = 符合的都可以選
field-rating-at-least = 至少要評 { $min } 個面向
field-not-observed = 尚無機會觀察
field-note = 你看到了什麼
field-note-where-rated = 有評分的面向必填
field-file-hint = 可附 PDF、圖片、Office 或 OpenDocument 文件、文字檔或 CSV，最大 { $max } MB。儲存草稿或交出時才會上傳。
field-file-kept = 目前附上的檔案：
field-file-keep = 保留這個檔案
field-file-drop = 移除這個檔案
field-file-replace = 想換一個檔案，請在這裡選擇：
file-size-kb = { $size } KB
file-size-mb = { $size } MB
file-gone = 檔案已經移除。
rating-dimension = 面向
rating-value = 評分
smart-specific = 具體
smart-measurable = 可衡量
smart-achievable = 可達成
smart-relevant = 相關
smart-time_bound = 有期限
smart-owner = 負責人
smart-help-specific = 到底要改變什麼？針對哪項產品或哪些客戶？
smart-help-measurable = 用哪個數字來看？請寫出數字。
smart-help-achievable = 以現有的資源，為什麼做得到？
smart-help-relevant = 對公司的策略有什麼幫助？
smart-help-time_bound = 什麼時候完成？
smart-help-owner = 由誰負責？你自己、某位成員，還是全隊一起？
asked-if-is = 「{ $field }」選「{ $value }」時才需要回答
asked-if-is-not = 「{ $field }」不是「{ $value }」時才需要回答
asked-if-includes = 「{ $field }」有選「{ $value }」時才需要回答
asked-if-less = 「{ $field }」小於 { $value } 時才需要回答
asked-if-at-most = 「{ $field }」在 { $value } 以下時才需要回答
asked-if-more = 「{ $field }」大於 { $value } 時才需要回答
asked-if-at-least = 「{ $field }」在 { $value } 以上時才需要回答
asked-if-other = 其他問題有特定答案時才需要回答

## 還沒有人、或讀者不能知道是誰時的稱呼

name-of-manager = 主管
name-of-mentor = 導師
name-of-superior = 上級
name-of-hr = 人資
name-of-member = 成員

## 分支

state-waived = 已免除
state-skipped = 已略過
state-plan-ended = 計畫已結束
state-not-taken = 不適用
state-ended = 已告一段落
step-view-not-taken = 依照之前的答案，走的是另一條路，這個步驟不需要做。
step-view-ended = 這個例行步驟已告一段落，這裡不需要再做任何事。
plan-view-to-come = 還沒確定的有 { $count } 個
plan-view-still-open = 還沒確定
plan-view-awaits-answer = 要看「{ $step }」的答案
plan-view-awaits-after = 在「{ $step }」之後
plan-view-awaits-turns = 每一次「{ $step }」都會有

## 把每週的例行步驟放在同一頁

gather-parts = { $count } 項
gather-how = 填寫這週真的有的內容，一次交出。留白的項目會繼續開著。
gather-own-page = 單獨開啟這一項
gather-done = 已完成
gather-hand-in = 交出已填寫的項目
gather-empty = 還沒有填寫任何項目，所以什麼都沒有交出。
gather-nothing-open = 現在沒有可以做的項目
gather-next = 下一次在 { $date }開始。
gather-rest = 這一頁的其他項目
gather-not-kept = 你剛才輸入的內容沒有儲存，因為這些項目已經不能填寫。需要的話請先複製：

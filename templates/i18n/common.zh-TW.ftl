### 每個頁面與信件都可以使用的文字。

site-name = Pilothouse
site-tagline = 陪新任主管走過最初幾個月，一次一步

## 頁面框架

skip-to-content = 跳到主要內容
nav-main = 主選單
nav-today = 今天
nav-plan = 我的計畫
nav-practice = 實務
nav-people = 人員
nav-start = 開始計畫
nav-settings = 設定
signed-in-as = { $name } 已登入
language-other = English
language-other-tag = en
language-switch = 切換語言
help-title = 協助
help-contact = 有問題嗎？請找 { $name }：
help-nobody = 有問題嗎？請洽人資。
footer-name = Pilothouse 新任主管到職引導
flash-done = 完成
flash-refused = 未完成

## 展示

demo-title = 展示
demo-now = 這裡的時間是 { $now }。
demo-day = 前進一天
demo-week = 前進一週
demo-mail = 到下一封信
demo-mailbox = 讀信
demo-about = 關於這個展示
demo-as = 換個身分看
demo-person = { $name }（{ $role }）

## 人

role-manager = 主管
role-mentor = 導師
role-superior = 上級
role-hr = 人資負責人

## 可以做的事

act-sign-in = 登入
act-sign-out = 登出
act-open = 開啟
act-save = 儲存
act-save-draft = 儲存草稿
act-hand-in = 交出
act-mark-done = 標記完成
act-accept = 接受
act-return = 附一句話退回
act-take-back = 收回
act-reconsider = 收回我的答覆
act-comment = 留言
act-cancel = 取消
act-back = 返回
act-edit = 編輯
act-add = 新增
act-remove = 移除
act-search = 搜尋
act-start = 開始
act-confirm = 確認
act-continue = 繼續
act-download = 下載
act-show-all = 全部顯示

## 步驟的狀態

state-later = 稍後開始
state-blocked = 等待其他步驟
state-open = 進行中
state-today = 今天到期
state-overdue = 已逾期
state-resting = 暫停中
state-in-review = 審閱中
state-returned = 已退回
state-done = 已完成
state-lapsed = 這次沒有做
state-closed = 不再需要

due-today = 今天到期
due-tomorrow = 明天到期
due-on = { $date }到期
due-rests = 原訂 { $date }到期
due-in = { $days } 天後到期
late-by =
    { $away ->
        [0] { late-days }
       *[other] { late-days }（請假或暫停的 { $away } 天不計）
    }
late-days = 逾期 { $days } 天
opens-on = { $date }開始
effort-minutes = 約 { $minutes } 分鐘
progress-label = 進度
progress-of = 已完成 { $done } / { $all }
progress-nothing = 沒有計入進度的步驟
plan-name = { $program }
plan-name-from = { $program }（{ $from }起）
count-steps = { $count } 個步驟

## 表單

optional = 選填
brackets = （{ $words }）
example = 範例
problem = 問題
problems-title = 有 { $count } 個答案需要再看一下
choose = 請選擇…
field-length = { $min } 到 { $max } 個字
field-range = { $min } 到 { $max }
field-at-least = 至少 { $min }
field-at-most = 最多 { $max }
scale-of = { $value }（最高 { $max }）
scale-between = { $value }（{ $min } 到 { $max }）
rows-between = { $min } 到 { $max } 列，空白的列不計
rows-exactly = { $count } 列
rows-at-most = 最多 { $max } 列，空白的列不計
row-head = 列
row-before = 第{" "}
row-after = {" "}列
add-row = 新增一列
no-answer = 沒有回答
autosave-saving = 儲存中…
autosave-saved = 草稿已儲存
autosave-failed = 尚未儲存。請不要關閉本頁，系統會自動再試。
autosave-offline = 目前沒有連線，內容先保留在這台裝置上。
autosave-elsewhere = 尚未儲存：你在這裡開啟之後，另一個視窗儲存過這份表單。請重新載入本頁，再選擇要用哪一份；你寫的內容仍保留在這台裝置上。
autosave-signed-out = 你已登出。請重新載入本頁並登入，你寫的內容仍保留在這台裝置上。
kept-back = 你 { $time } 離線時寫的內容已經放回這裡，現在會重新儲存。
kept-left = 這裡顯示的是已儲存的版本，不是你 { $time } 離線時寫的內容。
kept-leave = 改用已儲存的版本
kept-take = 改用我寫的內容

## 為什麼是這一天

why-title = 為什麼是這一天？
why-a-member = 這位成員
why-plan-day = 從 { $date }起，依「{ $calendar }」行事曆算的第 { $n } 個工作日
why-joined =
    { $n ->
        [0] { $member }於 { $date }加入，這是依「{ $calendar }」行事曆從當天算起的第一個工作日
       *[other] { $member }於 { $date }加入，這是依「{ $calendar }」行事曆算的之後第 { $n } 個工作日
    }
why-turn = 第 { $turn } 次，從 { $date }起依「{ $calendar }」行事曆算的第 { $n } 個工作日
why-recurs = 第 { $turn } 次，原定 { $date }，這天依「{ $calendar }」行事曆是工作日，不需順延
why-recurs-moved = 第 { $turn } 次，原定 { $date }，依「{ $calendar }」行事曆放假，順延到下一個工作日
why-on-weekday = 第 { $turn } 次，依「{ $calendar }」行事曆，排在這一頁固定的那一天：從 { $from } 起算，第一個是 { $date }
why-before =
    { $n ->
        [0] 到期當天，{ $date }，依「{ $calendar }」行事曆
       *[other] 到期日 { $date }之前 { $n } 個工作日，依「{ $calendar }」行事曆
    }
why-launched =
    { $n ->
        [0] 「{ $playbook }」劇本啟動的那一天（{ $date }），依「{ $calendar }」行事曆
       *[other] 「{ $playbook }」劇本於 { $date }啟動，依「{ $calendar }」行事曆往後第 { $n } 個工作日
    }
why-closed =
    { $n ->
        [0] 「{ $step }」結束的那一天（{ $date }），依「{ $calendar }」行事曆
       *[other] 「{ $step }」於 { $date }結束，依「{ $calendar }」行事曆往後第 { $n } 個工作日
    }
why-answered =
    { $n ->
        [0] 「{ $step }」裡填寫的日期（{ $date }），依「{ $calendar }」行事曆
       *[other] 從「{ $step }」裡填寫的日期（{ $date }）起，依「{ $calendar }」行事曆往後第 { $n } 個工作日
    }
why-before-answered = 從「{ $step }」裡填寫的日期（{ $date }）起，依「{ $calendar }」行事曆往前第 { $n } 個工作日
why-before-turn =
    { $n ->
        [0] 「{ $step }」到期的那一天（{ $date }），依「{ $calendar }」行事曆
       *[other] 「{ $step }」於 { $date }到期，依「{ $calendar }」行事曆往前第 { $n } 個工作日
    }
why-quarter-start =
    { $n ->
        [0] 這一季的第一個工作日（{ $date }），依「{ $calendar }」行事曆
       *[other] 從這一季的第一個工作日（{ $date }）起，依「{ $calendar }」行事曆往後第 { $n } 個工作日
    }
why-before-quarter-start = 從這一季的第一個工作日（{ $date }）起，依「{ $calendar }」行事曆往前第 { $n } 個工作日
why-quarter-end =
    { $n ->
        [0] 這一季的最後一個工作日（{ $date }），依「{ $calendar }」行事曆
       *[other] 從這一季的最後一個工作日（{ $date }）起，依「{ $calendar }」行事曆往後第 { $n } 個工作日
    }
why-before-quarter-end = 從這一季的最後一個工作日（{ $date }）起，依「{ $calendar }」行事曆往前第 { $n } 個工作日
why-chosen = 為這份計畫個別設定在 { $date }（非上班日則順延至下一個上班日），依行事曆「{ $calendar }」
why-added = 加入這份計畫的那一天；若那天不計入計畫，則是下一個計入的日子。
why-opened =
    { $n ->
        [0] { $date }，因為原定的日子到那天已經過了；依「{ $calendar }」行事曆
       *[other] 原定的日子到 { $date }已經過了，從那天起，依「{ $calendar }」行事曆往後第 { $n } 個工作日
    }
why-stood = { $date }起已經可以開始；日期重算時，已經開始的步驟不會收回，依「{ $calendar }」行事曆
why-moved-on = ；{ $date }在這份計畫中不計入，順延至下一個計入的日子
why-recurs-passed = 第 { $turn } 次，原定 { $date }，這一天在這份計畫中不計入，順延至下一個計入的日子，依「{ $calendar }」行事曆
why-skips =
    { $more ->
        [0] ；跳過{ $days }
       *[other] ；跳過{ $days }及更早的 { $more } 個放假日
    }
why-skips-unnamed = ；跳過 { $more } 個放假日
why-passes =
    { $more ->
        [0] ；這份計畫不計入：{ $spans }
       *[other] ；這份計畫不計入：{ $spans }，以及更早的 { $more } 段期間
    }
why-passes-unnamed = ；另有 { $more } 段期間這份計畫不計入
why-names-all = ；完整清單請見 Pilothouse 頁面
why-span = { $name }（{ $from }至 { $until }）
why-leave = 請假
why-pause = 計畫暫停
why-shift = 計畫順延
why-end = 。
why-provisional = 暫定：這段期間的放假日尚未公布，日期可能再調整。
provisional = 暫定

## 信件

mail-help = 有問題嗎？請寫信到 { $email }。
mail-open = 開啟 Pilothouse
mail-link-hint = 如果按鈕沒有反應，請開啟這個網址：

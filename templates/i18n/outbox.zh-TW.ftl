### 人資看到的信件、退信的地址，以及從信裡停止某一類信件。

nav-outbox = 信件
done-letter-again = 這封信重新排入寄送，馬上寄出；如果已經沒有要說的事，就不會寄。
done-letter-taken-back = 這封信已取消，不會寄出。
done-address-tried = 會再試一次這個地址。先前保留的信馬上寄出；已經不需要的就不會寄。

## 頁面

outbox-title = 信件
outbox-lede = Pilothouse 要寄和寄過的每一封信，以及寄出或沒有寄出的原因。這裡不保存信件內容。
outbox-letters = 寄出的信件
outbox-letter = 信件
outbox-to = 收件人
outbox-state = 狀態
outbox-when = 時間
outbox-any = 所有狀態
outbox-find = 姓名或電子郵件
outbox-none = 沒有這樣的信件。
outbox-newest = 回到最新的信件
outbox-older = 更早的信件
outbox-plan-of = { $manager }的計畫
outbox-late = 來不及了：這封信正在寄出，或剛才已有其他處理。目前的狀態列在下面。

outbox-state-owed = 待寄
outbox-state-sent = 已寄出
outbox-state-held = 保留中
outbox-state-failed = 放棄寄送
outbox-state-unneeded = 不需要
outbox-leaving = 正在寄出
outbox-due = 應於 { $at } 寄出
outbox-settled-sent = { $at } 寄出
outbox-settled-held = { $at } 起保留
outbox-settled-failed = { $at } 放棄寄送
outbox-settled-unneeded = { $at } 決定不寄
outbox-tried = 試了 { $count } 次
outbox-again-at = { $at } 再試
outbox-send-again = 再寄一次
outbox-take-back = 不要寄
outbox-named = （{ $kind }，{ $name }）

outbox-kind-welcome = 歡迎信
outbox-kind-brief = 每日信件
outbox-kind-mentor-request = 導師邀請
outbox-kind-mentor-reminder = 導師邀請的提醒
outbox-kind-mentor-silent = 還沒有人答應當導師
outbox-kind-digest = 人資週報
outbox-kind-sign-in = 登入連結
outbox-kind-returned = 被退回的內容
outbox-kind-review = 等待審閱的內容
outbox-kind-gate = 等待核可的關卡
outbox-kind-report = 請過目的內容
outbox-kind-checkpoint = 給上級的報告
outbox-kind-graduation = 計畫結束
outbox-kind-proposal = 會面時間選擇
outbox-kind-meeting = 會面邀請
outbox-kind-answer = 回信的答覆

## 不需要、保留或等待的原因

outbox-why-nothing = 已經沒有要說的事。
outbox-why-nothing-else = 除了對方已停止的信件之外，沒有其他要說的事。
outbox-why-past = 那一天已經過了。
outbox-why-quiet = 對方的勿擾時段結束後再寄。
outbox-why-day-off = 等對方的下一個工作日再寄。
outbox-why-stopped = 對方已停止這類信件。
outbox-why-bounced = 對方的地址無法收信。請更正地址，或再試一次。
outbox-why-budget = 對方當天收到的急件已達上限。
outbox-why-brief-says = 每日信件裡已經寫了。
outbox-why-answered = 對方已經回覆。
outbox-why-acted = 這件事已經完成。
outbox-why-moved-on = 這個步驟已有新的進展。
outbox-why-ended = 計畫已經結束。
outbox-why-by-hr = 人資取消了這封信。
outbox-why-other = 原因：{ $code }

## 信件完全寄不出去

outbox-canary = 從 { $since } 起，沒有寄出任何信件。
outbox-canary-never = 到現在還沒有寄出任何信件。
outbox-canary-owed = 有 { $count } 封信該寄而未寄，最早的一封從 { $since } 等到現在。信件不會遺失，寄信恢復之後就會寄出。
outbox-canary-check = 請系統管理者確認程式與郵件伺服器是否正常運作；這個指令會指出問題：

## 無法收信的地址

outbox-bounced-pill = 信件被退回
outbox-bounced-title = 寄到 { $email } 的信被退回
outbox-bounced-mailbox = 沒有這個信箱。
outbox-bounced-domain = 沒有這個郵件網域。
outbox-bounced-form = 地址的格式不正確。
outbox-bounced-moved = 信箱已經遷移，沒有留下新地址。
outbox-bounced-disabled = 信箱已經停用。
outbox-bounced-full = 信箱已滿。
outbox-bounced-address = 對方的伺服器不接受這個地址。
outbox-bounced-other = 對方的伺服器不接受寄到這個地址的信。
outbox-bounced-since = 從 { $since } 起不再寄信到這個地址。
outbox-server-said = 對方伺服器的說明，代碼 { $status }：
outbox-bounced-act = 請在下方更正地址，保留的信就會寄到新地址。如果地址沒錯，信箱也恢復了，可以再試一次。
outbox-bounced-try = 再試一次這個地址
outbox-of-person = 寄給{ $name }的信

## 收到的信

outbox-incoming = 收到的信件
outbox-incoming-lede = 對信件的回覆、被退回的信與投訴，只列出最近的幾封。這裡不保存內容。
outbox-incoming-none = 還沒有收到任何信件。
outbox-came = 收到時間
outbox-came-kind = 類別
outbox-from = 相關的人
outbox-outcome = 處理結果
outbox-came-reply = 回覆
outbox-came-bounce = 退信
outbox-came-complaint = 對信件的投訴
outbox-came-calendar = 行事曆的回覆
outbox-came-unsubscribe = 要求停止這類信件
outbox-came-automatic = 自動回覆
outbox-came-unknown = 其他
outbox-outcome-done = 已處理
outbox-outcome-refused = 不接受
outbox-outcome-ignored = 無須處理

## 收到的信件為什麼這樣處理

outbox-why-away = 自動回覆的外出通知。
outbox-why-generated = 由程式產生，不是人寫的。
outbox-why-list = 寄給郵件清單或許多人的信。
outbox-why-loop = 是我們自己的信繞了一圈回來。
outbox-why-receipt = 已讀或送達的回條。
outbox-why-no-letter = 不屬於我們寄出的任何一封信。
outbox-why-nothing-asked = 寄到了不是用來回覆的地址。
outbox-why-unreadable = 無法讀取。
outbox-why-empty = 除了引文以外沒有內容。
outbox-why-no-server = 無法確認寄件人：缺少 MAIL_AUTHSERV 這項設定。
outbox-why-unproven = 郵件伺服器沒有證實它來自所寫的寄件人。
outbox-why-stranger = 寄件地址和原信的收件地址不同。
outbox-why-older-invitation = 回覆的不是目前有效的邀請。
outbox-why-no-topic = 這封信不屬於可以停止的類別。
outbox-why-not-spam = 對方收回了投訴。
outbox-why-address-bounced = 這個地址收不到信，更正之前不再寄信過去。
outbox-why-earlier-address = 是關於已經更正過的舊地址。
outbox-why-policy = 對方伺服器的規則擋下了我們的信。管理 Pilothouse 的人可以在紀錄檔看到對方的說明。
outbox-why-not-for-good = 這封信沒有送到，但原因可能會消失，例如信箱已滿。下一封照常寄出。
outbox-why-delayed = 信件延遲，郵件伺服器還會再試。
outbox-why-delivered = 說明信件已經送達。
outbox-why-which-one = 原信提到好幾件事，回覆沒有說是哪一件。
outbox-why-not-here = 回覆所要求的，不適用於原信提到的事。
outbox-why-needs-form = 這個步驟要填寫表單，不能只回一個詞。
outbox-why-needs-line = 退回時沒有寫明缺了什麼。
outbox-why-no-more-snooze = 這個步驟延後的次數已經用完。
outbox-why-still-waits = 內容看不出決定，已當作留言保留，也告訴了寄件人步驟還在等決定。

## 停止某一類信件

unsubscribe-title = 要停止這類信件嗎？
unsubscribe-lead = 這類信件是：{ $topic }。
unsubscribe-act = 停止這類信件
unsubscribe-nothing-yet = 只是打開這一頁不會改變任何設定，按下按鈕才會。
unsubscribe-stopped = 已停止這類信件
unsubscribe-stopped-lead = 之後不會再寄這類信件給你：{ $topic }。
unsubscribe-undo = 按錯了嗎？可以在這裡恢復，之後也可以到「設定」更改。
unsubscribe-start = 恢復這類信件

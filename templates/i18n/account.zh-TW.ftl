### 登入前後的頁面、個人設定、做完之後的訊息，以及出錯時的說明。

## 登入

sign-in-title = 登入
sign-in-lead = 請輸入公司的電子郵件地址，我們會寄一個登入連結給你，不必記密碼。
sign-in-email = 電子郵件
sign-in-send = 寄登入連結給我
sign-in-sent-title = 請到信箱收信
sign-in-sent = 如果 { $email } 在這裡有帳號，登入連結馬上就會寄到。連結只能用一次，10 分鐘內有效。
sign-in-sent-nothing = 等了幾分鐘還沒收到？請看看垃圾郵件匣、確認地址是否正確，或問人資你是否已有帳號。
sign-in-again = 改用其他地址
sign-in-demo-title = 這裡是展示環境
sign-in-demo = 在這裡不需要帳號：從範例公司裡選一個人，用他的身分看看。
sign-in-demo-open = 選一個人
sign-in-demo-mailbox = 打開展示用的信箱

sign-in-link-title = 只差一步
sign-in-link-lead = 按下按鈕，就會在這台裝置上登入；連結用過即失效。
sign-in-link-why = 有些郵件軟體會搶先打開連結，所以光是打開這一頁不會有任何作用。
sign-in-link-dead-title = 這個連結已經失效
sign-in-link-dead = 可能已經用過，或是超過了 10 分鐘。請再要一個新的連結，很快就好。
sign-in-link-new = 再要一個連結

## 個人設定

settings-title = 設定
settings-lead = 這些設定只影響你自己：頁面和信件的語言，以及信件什麼時候寄到。
settings-lang = 語言
settings-lang-help = 頁面和你收到的信都用這個語言。
settings-lang-en = English
settings-lang-zh = 中文（台灣）
settings-zone = 時區
settings-zone-help = 頁面上的時間和每日信件的時間都以此為準。
settings-hour = 每日信件的時間
settings-hour-help = 每天最多一封，只在你的工作日、有事等你時才寄。
settings-email = 電子郵件
settings-email-help = 登入和收信都靠這個地址，只有人資可以更改。
settings-topics = 要收到的信件
settings-save = 儲存設定

## 可以停止的信件

topic-reminders = 提醒：快到期、逾期或被退回的步驟
topic-queue = 等你回覆的事，以及其他人逾期的事
topic-reports = 你所帶主管的報告
topic-digest = 人資週報
topic-steps-stay = 只會停寄信件，要你處理的事仍然留在 Pilothouse，登入連結也照常寄送。

## 做完之後的訊息；前面會有「完成」二字

done-ticked = 這個步驟已經結束。
done-handed-in = 你寫的內容已經交出。
done-accepted = 你已接受，這個步驟到此結束。
done-returned = 已經退回，並附上你寫的那句話。
done-seen = 旁邊已註明「已閱」。
done-talk = 主管會在下一個工作日早上的信中看到你想談談。
done-reconsidered = 你的答覆已收回，這個步驟重新等你答覆。
done-taken-back = 已經收回，可以繼續修改，你寫的內容都還在。
done-commented = 你的留言已經放進這個步驟。
done-saved = 變更已儲存。
done-added = 已經新增。
done-joined = 這位成員已加入團隊，相關步驟也排好了。
done-left = 這位成員已不在團隊中；還沒做的相關步驟不再需要，寫過的內容會保留。
done-launched = 劇本已經啟動，步驟都排進計畫了。
done-started = 計畫已經開始。第一封信會在第一個工作日寄給這位主管。
done-mentor-asked = 邀請信馬上寄出。
done-mentor-accepted = 你現在是導師了。等你處理的事會列在這一頁，也會寫在每日信件裡。
done-mentor-declined = 你已婉拒，人資會再請其他人。謝謝你的回覆。
done-published = 已經發布。之後開始的計畫會採用新版；進行中的計畫維持原版本，直到你套用更新。
done-travelled = 時間已往前走，這段日子的信也都寄出了。

## 出錯時：標題、意思，以及可以怎麼做

error-not-found-title = 找不到這一頁
error-not-found = 這個網址沒有內容，或你目前沒有權限查看。如果以前看得到，可能是計畫裡的角色換人了。
error-sign-in-title = 請先登入
error-sign-in = 登入之後才能看這一頁。
error-forged-title = 這份表單已經失效
error-forged = 你可能重新登入過，或表單在另一個視窗開了太久。資料沒有任何變更。請先把寫好的內容複製起來，回到上一頁重新整理後再試一次。
error-bad-request-title = 無法讀取這個要求
error-bad-request = 網址或表單的內容有些不對。資料沒有任何變更，請回到上一頁再試一次。
error-too-large-title = 一次送出的內容太多了
error-too-large = 送出的內容超過表單的上限。資料沒有任何變更，請回到上一頁縮短後再送出。
error-overtaken-title = 另一個視窗儲存過這份表單
error-overtaken = 這個頁面開啟之後，這份表單在另一個視窗或裝置上儲存過。資料沒有任何變更。請回到上一頁，先留一份你寫的內容，再重新載入頁面，就能看到兩邊的內容。
error-refused-title = 這件事沒有完成
error-refused = 以計畫目前的狀況還不能這麼做。資料沒有任何變更。
error-unavailable-title = 請稍候
error-unavailable = 資料庫暫時沒有回應，請稍後回到上一頁，確認剛才的變更在不在，不在的話再試一次。
error-print-title = PDF 沒有印出來
error-print = 請改下載可單獨開啟的網頁，再從瀏覽器列印。已經記錄下來給系統管理員；如果又發生，請告訴人資。
error-broken-title = 系統出了狀況
error-broken = 這是系統的問題，不是你的錯，已經記錄下來給系統管理員。請回到上一頁，確認剛才的變更在不在，不在的話再試一次；如果又發生，請告訴人資發生的時間。
error-home = 回到我的首頁

# The main navigation.
nav-queue = 等我看的
nav-gates = 我帶的主管
nav-progress = 進度
nav-curricula = 課程
nav-calendars = 行事曆
error-reference = 代碼 { $reference }：系統管理員可以用它找到原因。

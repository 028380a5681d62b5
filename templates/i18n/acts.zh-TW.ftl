### 從信中處理：連結開啟的頁面；以及在步驟頁面上延後步驟。

## 按鈕

press-done = 標記完成
press-snooze = 延後 3 天
press-accept = 接受
press-return = 附一句話退回
press-seen = 已閱
press-talk = 想談談
press-undo = 復原

## 按下之前

press-open = { $name }，你好：信中的連結可以做這件事。
press-instead = { $name }，你好：你之前給了另一個回覆，現在仍可改成這一個。
press-open-title-done = 將這個步驟標記為完成嗎？
press-open-title-snooze = 將這個步驟延後 3 天嗎？
press-open-title-accept = 接受交出的內容嗎？
press-open-title-return = 退回這個步驟嗎？
press-open-title-seen = 要回覆「已閱」嗎？
press-open-title-talk = 想談談這份報告嗎？
press-of-plan = 屬於{ $manager }的計畫
press-report = { $manager }第 { $day } 個工作日的報告（{ $date }）
press-means-done = 按下後就算完成，等它完成的步驟也會開放。
press-means-done-review = 按下後會交給{ $role }審閱。
press-means-snooze = { $date }之前，寄給你的信不再提到它。到期日不變。
press-means-accept = 按下後就算完成，等它完成的步驟也會開放。
press-means-return = 步驟會重新開放，旁邊附上你寫的話。交出的人會收到信。
press-means-seen = 你的回覆會與計畫一起保存，不會寄信給任何人。
press-means-talk = { $manager }會在下一個工作日早上的信中看到你想談談。
press-line-accept = 給完成的人一句話
press-line-return = 還缺什麼
press-line-help-accept = 這句話會留在步驟旁。交出的內容可以在步驟頁面上閱讀。
press-line-help-return = 用一句話說明還缺什麼，對方才能補上。交出的內容可以在步驟頁面上閱讀。
press-nothing-yet = 開啟這一頁不會改變任何事，按下按鈕才會。

## 按下之後

press-done-title-done = 完成
press-done-title-snooze = 已經延後
press-done-title-accept = 已經接受
press-done-title-return = 已經退回
press-done-title-seen = 已閱
press-done-title-talk = 你想談談
press-done-done = 謝謝，計畫已經記下。
press-done-snooze = { $date }之前，寄給你的信不再提到它。
press-done-accept = 步驟已經完成；如果你寫了一句話，也會留在旁邊。
press-done-return = 步驟重新開放，旁邊附上你寫的話。
press-done-seen = { $manager }的計畫已經記下你的「已閱」。
press-done-talk = { $manager }會在下一個工作日早上的信中看到。
press-undo-done = 復原後步驟重新開放。
press-undo-snooze = 復原後寄給你的信會再提到它。
press-undo-accept = 復原後會再次等你回覆。
press-undo-return = 復原後會再次等你回覆。
press-undo-seen = 復原後這份報告就沒有回覆。
press-undo-talk = 復原後這份報告就沒有回覆。

## 已經不能做的時候

press-form-title = 這個步驟需要填寫內容
press-form = 請到步驟頁面填寫表單。到目前為止沒有做任何事。
press-moved-title = 這個步驟已經有了變化
press-moved = 這封信寄出之後步驟有了更動，連結不再有作用。現在的情況是：
press-refused-title = 這個連結現在沒有作用
press-left-title = 這個步驟已不在計畫中
press-left = 這封信寄出之後計畫有了調整。這個步驟不需要再做，也沒有做任何事。
press-gone-title = 這已經不是你的工作
press-gone = 這個連結是為某個角色提供的，而你已不再擔任。沒有做任何事。
press-to-step = 開啟步驟
press-to-plan = 開啟計畫
press-to-start = 開啟你的頁面
press-sign-in = 連結以外的事，請登入後處理。

## 在步驟頁面上

snooze-act = 延後 3 天
snooze-means = 寄給你的信不再提到它，到期日不變。
snooze-undo = 不再延後
snooze-until = 你已延後這個步驟：{ $date }之前，寄給你的信不會提到它。
done-put-off = 接下來 3 天，寄給你的信不會提到這個步驟。
done-not-put-off = 寄給你的信會再提到這個步驟。

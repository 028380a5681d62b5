### 信件：等你處理的、退回的、逾期的；以及從信裡直接能做的事。

## 按一下能做的事，後面接著是哪一件

letter-act-done = 完成
letter-act-snooze = 延後 3 天
letter-act-accept = 接受
letter-act-return = 附一句話退回
letter-act-of = ：
letter-act-line = { $label }：{ $url }
letter-acts-hint = 信裡的連結都只會開啟頁面，在頁面上按下按鈕之前什麼都不會發生。

## 直接回信

letter-answer = 也可以直接回信，寫上動作和編號：
letter-answer-example = 「{ $word } { $number }」
letter-answer-comma = 、
letter-answer-word-done = 完成
letter-answer-word-snooze = 延後
letter-answer-word-accept = 接受
letter-answer-end = 。
letter-answer-done = 也可以直接回信，寫「完成」就好。
letter-answer-review = 也可以直接回信：寫「接受」，或寫「退回：」再接一句話。
letter-answer-proposal = 也可以直接回信，寫上時間的編號就好。
letter-answer-mentor = 也可以直接回信，寫「可以」或「婉拒」就好。
letter-numbered = { $number }.{" "}

## 每日簡報與歡迎信

letter-brief-preview-escalated = 有 { $count } 件事要告訴你，他人逾期：「{ $thing }」
letter-brief-preview-talk = 有 { $count } 件事等你處理，上級想和你談談
letter-talks-title = 有人想和你談談
letter-talk = { $by }看了你的計畫第 { $day } 個工作日的報告，想和你談談。
letter-talk-open = 和{ $by }談之前，先看看你的計畫
letter-talk-step = { $by }看了「{ $step }」，想和你談談。
letter-talk-open-step = 和{ $by }談之前，重讀一次你寫的內容
letter-others-title = 其他計畫中等你處理的事

## 他人逾期

letter-late-subject = { $monday }這一週等你回覆與逾期的事
letter-late-preview =
    { $count ->
        [1] { $count } 個步驟：「{ $thing }」
       *[other] { $count } 個步驟，第一個是：「{ $thing }」
    }
letter-wait-preview =
    { $count ->
        [1] { $count } 個步驟等你回覆：「{ $thing }」
       *[other] { $count } 個步驟等你回覆，第一個是：「{ $thing }」
    }
letter-late-title = { $date }：等你回覆與逾期的事
letter-late-lead = 你在這些計畫裡也有角色，所以告訴你。你親口問一句，往往比再寄一封信有用。
letter-late-list = 他人逾期的事
letter-late-owes = { $owes }（{ $role }）已逾期 { $days } 個工作日。
letter-late-answer = 內容已經交出，{ $owes }（{ $role }）逾期 { $days } 個工作日還沒有回覆。
letter-late-told = 在你之前已通知：
letter-late-open = 查看：
letter-late-all = 開啟你的頁面

## 退回的步驟

letter-returned-subject = 退回給你：「{ $thing }」
letter-returned-preview = 還缺什麼，寫在該步驟的頁面上。
letter-returned-title = 有一個步驟退回給你
letter-returned-lead = { $by }看了你交出的內容，附一句話退回給你，說明還缺什麼。那句話寫在該步驟的頁面上。
letter-returned-lead-nobody = 有人看了你交出的內容，附一句話退回給你，說明還缺什麼。那句話寫在該步驟的頁面上。

## 等你回覆的步驟

letter-report-subject = { $manager }：{ $thing }
letter-report-preview = 請過目。可以回「已閱」，或說想談談。
letter-report-title = { $manager }：{ $thing }
letter-report-lead = { $manager }在{ $at }交出「{ $thing }」，請你過目。
letter-report-cell = { $column }：
letter-report-there = 請到頁面上閱讀。
letter-report-erased = 這段內容後來已被刪除。
letter-report-answer-title = 你的回覆
letter-report-answer = 沒有事情在等這個回覆。如果想談談，{ $manager }會在下一個工作日早上的信裡看到。每個連結會開啟只有一個按鈕的頁面，按下之前什麼都不會發生。
letter-report-what = { $manager }的「{ $thing }」
letter-report-open = 在計畫中開啟
letter-answer-report = 也可以直接回信：寫「已閱」或「談談」。接在後面的話會留在交出的內容旁。

letter-review-subject = { $manager }正在等你回覆：「{ $thing }」
letter-review-preview = 可以接受，也可以附一句話退回。
letter-review-title = { $manager }正在等你回覆
letter-review-lead = { $manager }的計畫中有內容交出，等你審閱。可以接受，也可以附一句話退回，說明還缺什麼。
letter-gate-subject = { $manager }正在等你核准：「{ $thing }」
letter-gate-preview =
    { $count ->
        [0] 可以接受，也可以附一句話退回。
       *[other] 後面還有 { $count } 個步驟在等。
    }
letter-gate-title = { $manager }正在等你核准
letter-gate-lead = { $manager }的計畫中有一個關卡已經交出，要你核准才能往下走。可以接受，也可以附一句話退回，說明還缺什麼。
letter-gate-opens = 後面等著的步驟

## 邀請導師：計畫已經開始時，以及提醒時的說法

letter-mentor-begun = { $manager }剛升任主管，{ $date }已經開始「{ $program }」。人資{ $hr }想請你當導師。
letter-mentor-asked = { $date }邀請過你，目前還沒有收到回覆。
letter-mentor-next = 如果一直沒有收到回覆，{ $date }會改請其他人。
letter-mentor-reminder-preview = { $date }邀請過你。按一下就能回覆，婉拒也沒關係。

## 告訴人資：還沒有人答應

letter-silent-subject-next = 已改請{ $next }當{ $manager }的導師
letter-silent-subject-none = { $manager }還沒有導師，請你選一位
letter-silent-preview-declined = { $asked }婉拒了。
letter-silent-preview-silent = { $asked }一直沒有回覆。
letter-silent-title = { $manager }的導師
letter-silent-declined = { $asked }婉拒在「{ $program }」當{ $manager }的導師。
letter-silent-silent = 已邀請{ $asked }在「{ $program }」當{ $manager }的導師，一直沒有收到回覆。
letter-silent-next = 已改請名單上的下一位{ $next }，你不需要做任何事。
letter-silent-none-declined = 名單上沒有其他人了，請你選一位想邀請的人。
letter-silent-none-silent = 名單上沒有其他人了，請找{ $asked }談談，或另選一位。

## 沒辦法照做的回信

answer-subject = 你的回信沒有改變任何事
answer-title = 你的回信沒有改變任何事
answer-lead = 你回覆 Pilothouse 信件的內容沒辦法照做。什麼都沒有更改，你寫的內容也沒有留下。
answer-kept-subject = 你的話已經留下，但步驟還在等你決定
answer-kept-title = 步驟還在等你決定
answer-kept-lead = 你回覆 Pilothouse 信件的內容已經留在步驟旁當作留言。裡面看不出你接不接受，所以還沒有任何決定。
answer-open = 到 Pilothouse 處理
answer-which-one = 看不出你指的是信裡的哪一件事。請再回覆一次那封信，並寫上那件事前面的編號。
answer-not-here = 那封信所說的事，不能這樣處理。
answer-moved-on = 那封信寄出之後，這個步驟已經有了變化。
answer-needs-form = 這個步驟不是一個詞就能完成的，請到它的頁面填寫表單。
answer-needs-line = 退回時請說明還缺什麼。請再回覆一次那封信，寫「退回：」再接一句話。
answer-no-more-snooze = 這個步驟延後的次數已經用完。
answer-still-waits = 要決定的話，請再回覆一次那封信：寫「接受」，或寫「退回：」再接一句話。信裡的事有編號時，也請寫上編號。

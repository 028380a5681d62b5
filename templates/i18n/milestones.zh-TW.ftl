### 計畫里程碑的信件，以及人資週報中出了狀況的部分。

## 給上級的報告

mail-checkpoint-title = { $manager }上任 { $day } 個工作日的進度報告
mail-checkpoint-preview =
    { $overdue ->
        [0] 已完成 { $done } / { $all } 個步驟，沒有逾期
       *[other] 已完成 { $done } / { $all } 個步驟，逾期 { $overdue } 個
    }
mail-checkpoint-lead = { $date }是「{ $program }」的第 { $day } 個工作日，以下是目前的進度。
mail-checkpoint-mentor = 導師：{ $mentor }
mail-checkpoint-no-mentor = 還沒有人答應當{ $manager }的導師。
mail-checkpoint-progress-title = 進度
mail-checkpoint-progress = 已完成 { $done } / { $all } 個步驟（{ $percent }%）。
mail-checkpoint-since =
    { $count ->
        [0] { $since }以來還沒有完成新的步驟。
       *[other] 其中 { $count } 個是 { $since }以來完成的。
    }
mail-checkpoint-column-module = 計畫內容
mail-checkpoint-colon = ：
mail-checkpoint-nothing-overdue = 沒有逾期的步驟。
mail-checkpoint-owes-mentor = ，由導師進行
mail-checkpoint-owes-superior = ，由你進行
mail-checkpoint-owes-hr = ，由人資進行
mail-checkpoint-next-title = 接下來
mail-checkpoint-answer-title = 你的回覆
mail-checkpoint-answer = 如果想談談，{ $manager }會在下一個工作日早上的信裡看到。每個連結會開啟只有一個按鈕的頁面，按下之前什麼都不會發生。
mail-checkpoint-what = { $manager }上任 { $day } 個工作日的報告
mail-checkpoint-open = 開啟{ $manager }的計畫

mail-act-seen = 已閱：{ $what }
mail-act-talk = 想談談：{ $what }

## 計畫結束

mail-graduation-subject = 你完成了「{ $program }」
mail-graduation-preview = 完成了 { $done } / { $all } 個步驟，恭喜你，也謝謝你。
mail-graduation-title = 你做到了
mail-graduation-lead = 你從 { $from }開始「{ $program }」，在 { $until }走完全程。恭喜你！
mail-graduation-done = 在日常工作之外，你完成了 { $all } 個步驟中的 { $done } 個。
mail-graduation-people-title = 陪你走過這段路的人
mail-graduation-stays = 之後有問題，還是可以找他們。你寫下的內容會留在 Pilothouse，隨時可以回來看。這個計畫不會再寄信給你。
mail-graduation-open = 回顧你的計畫

## 人資週報：需要處理的事

mail-digest-at-risk = 需要留意：{ $manager }
mail-digest-at-risk-act = 查看{ $manager }的計畫目前的狀況
mail-digest-risk-late =
    { $count ->
        [1] 有 { $count } 個步驟逾期，已經 { $days } 個工作日。
       *[other] 有 { $count } 個步驟逾期，最久的已經 { $days } 個工作日。
    }
mail-digest-risk-unanswered = 交出的內容等{ $role }回覆，已經等了 { $days } 個工作日。
mail-digest-risk-silent = 已經 { $days } 個工作日沒有任何進展。
mail-digest-risk-no-mentor = 開始 { $days } 個工作日了，還沒有導師。
mail-digest-sheet-risks = 需要留意
mail-digest-bounced-title = 收不到信的地址
mail-digest-bounced = 寄給{ $name }的信從 { $since }起都被退回。{ $what }
mail-digest-bounced-act = 更正{ $name }的電子郵件地址
mail-digest-fault-failed = 有 { $count } 封信無法寄達，已放棄寄送：
mail-digest-fault-held = 有 { $count } 封信保留中，等地址更正後再寄：
mail-digest-fault-act-failed = 查看放棄寄送的信件
mail-digest-fault-act-held = 查看保留中的信件
mail-digest-own-title = 今天等你處理
mail-digest-backlog-title = 等導師處理
mail-digest-backlog =
    { $steps ->
        [0] { $mentor }有 { mail-digest-backlog-answers }（{ $since }起）。
       *[other] { $reviews ->
            [0] { $mentor }有 { mail-digest-backlog-steps }（{ $since }起）。
           *[other] { $mentor }有 { mail-digest-backlog-answers }、{ mail-digest-backlog-steps }（{ $since }起）。
        }
    }
mail-digest-backlog-answers = { $reviews } 項等著回覆
mail-digest-backlog-steps = { $steps } 個步驟逾期
mail-digest-backlog-act = 查看{ $mentor }擔任導師的計畫
mail-digest-alone-title = 只在 Pilothouse 上看得到通知的人
mail-digest-alone-hint = 他們停收了某類信件，內容仍列在各自的頁面上。急的事請直接找他們談。
mail-digest-alone = { $name }停收：
mail-digest-alone-and = ；
mail-digest-stopped-reminders = 到期、逾期、退回的提醒
mail-digest-stopped-queue = 等待回覆、他人逾期的通知
mail-digest-stopped-reports = 新任主管的報告
mail-digest-alone-act = 查看{ $name }參與的計畫

### 信件。求助、開啟網站、連結失效時的說明放在 common.zh-TW.ftl。

mail-hello = { $name }，你好：
mail-address-of = { $label }：
mail-counted = { $heading }（{ $count }）
mail-brief-besides = 另有 { $count } 件也逾期了，改天早上再提醒
mail-more = 「{ $heading }」還有 { $count } 項

## 每封信的結尾：誰寄的、為什麼寄、怎麼停

mail-from = 這封信由新任主管的培訓系統 Pilothouse 寄出。
mail-topic-reminders = 計畫裡有要你處理的事才會寄：只在你的工作日，每天一封；有內容退回給你時會馬上另寄。
mail-topic-queue = 有人正在等你的回覆，或你負責的事有人逾期，所以寄給你。
mail-topic-reports = 你是新任主管的上級或導師，所以寄給你。
mail-topic-digest = 你在人資負責這些計畫，所以每週寄一封給你。
mail-topic-none = 因為有人在系統裡提出要求或做了安排，才寄這一封；你沒有被加進任何名單。
mail-stop-reminders = 停止寄送這類提醒
mail-stop-queue = 停止寄送等你回覆的通知
mail-stop-reports = 停止寄送這類報告
mail-stop-digest = 停止寄送人資週報
mail-stop-means = 只會停寄信件，要你處理的事仍然留在 Pilothouse。

## 清單裡的步驟：先是標題，再是與同名步驟區分的部分

mail-thing-member = （{ $member }）
mail-thing-parts = ：{ $count } 項
mail-thing-turn = （第 { $turn } 次）
mail-thing-plan = （{ $manager }的計畫）
mail-thing-program = （「{ $program }」）
mail-open-step = 開啟：
mail-review-step = 審閱並回覆：
mail-due-today = 今天到期，{ $date }
mail-due-tomorrow = 明天到期，{ $date }
mail-due-on = { $date }到期
mail-late =
    { $away ->
        [0] 已{ late-days }，原定 { $date }
       *[other] 已{ late-days }（請假或暫停的 { $away } 天不計），原定 { $date }
    }
mail-handed-in =
    { $days ->
        [0] 今天交出
       *[other] 已經等了 { $days } 天
    }
mail-why-date = 為什麼是這一天？{ $why }
mail-effort = ，約需 { $minutes } 分鐘

## 歡迎信

mail-welcome-subject = 恭喜接任主管：「{ $program }」的第一步
mail-welcome-preview =
    { $count ->
        [0] 陪你走這段路的人，以及接下來的安排
       *[other] 最先要做的 { $count } 件事，以及陪你走這段路的人
    }
mail-welcome-title = 恭喜接任主管
mail-welcome-start = 「{ $program }」從 { $date } 開始，這是你接任後的第一個工作日。
mail-welcome-people-title = 陪你走這段路的人
mail-welcome-superior = 你的上級：{ $name }
mail-welcome-mentor = 你的導師：{ $name }
mail-welcome-no-mentor = 你的導師：目前還沒有人答應。沒有導師也可以先開始，確定後會顯示在你的頁面上。
mail-welcome-hr = 你的人資窗口：{ $name }
mail-welcome-steps-title = 最先要做的事
mail-welcome-no-steps = 前幾天沒有到期的事。先到處看看，也和上面這幾位打個招呼。
mail-welcome-what-comes = 接下來每天最多一封信提醒你有什麼到期，只在你的工作日、有事要做時才寄。你寫下的內容只留在 Pilothouse，信裡不會出現。
mail-welcome-open = 開啟第一天的頁面

## 每日簡報

mail-brief-subject = { $monday }這一週要做的事
mail-brief-title = { $date }要做的事
mail-brief-stands-in = 在{ $manager }的計畫中，由你代理導師{ $mentor }，到 { $until }為止。
mail-brief-preview-overdue = 有 { $count } 件事等你處理，逾期：「{ $thing }」
mail-brief-preview-returned = 有 { $count } 件事等你處理，被退回：「{ $thing }」
mail-brief-preview-due = 有 { $count } 件事等你處理，最近的是：「{ $thing }」
mail-brief-preview-review = 有 { $count } 件事等你處理，待審閱：「{ $thing }」
mail-brief-preview-asked =
    { $count ->
        [1] 有一位新任主管想請你當導師
       *[other] 有 { $count } 位新任主管想請你當導師
    }
mail-brief-preview-offered =
    { $count ->
        [1] 有一份應變劇本適合現在的數字
       *[other] 有 { $count } 份應變劇本適合現在的數字
    }
mail-brief-overdue-title = 已逾期
mail-brief-returned-title = 被退回
mail-brief-returned-hint = 審閱的人留了一句話給你，寫在該步驟裡。
mail-brief-due-title = 接下來
mail-brief-review-title = 等你審閱
mail-brief-review-hint = 可以接受，也可以附一句話退回。對方正在等你的回覆。
mail-brief-asked-title = 請你當導師
mail-brief-asked = { $manager }正在等你回覆，答應或婉拒都可以。
mail-brief-offered-title = 適合現在數字的應變劇本
mail-brief-offer-open = 到{ $manager }的計畫查看「{ $playbook }」
mail-brief-open = 開啟 { $date }的所有事項
mail-brief-settings = 更改這封信寄達的時間

## 邀請導師

mail-mentor-request-subject = 你願意當{ $manager }的導師嗎？
mail-mentor-request-preview = 按一下就能回覆，婉拒也沒關係。
mail-mentor-request-title = 你願意當{ $manager }的導師嗎？
mail-mentor-request-lead = { $manager }剛升任主管，{ $date }開始「{ $program }」。人資{ $hr }想請你當導師。
mail-mentor-request-means-title = 要做些什麼
mail-mentor-request-meetings =
    { $count ->
        [0] 課程沒有為你安排固定的事：讓{ $manager }有問題時找得到你就好。
       *[other] 課程中有 { $count } 個步驟需要你：和對方面談，或閱讀對方交出的內容，接受或附一句話退回。
    }
mail-mentor-request-mail = 有事等你時，每天最多一封信提醒你，而且只在你的工作日。
mail-mentor-request-no = 婉拒也沒關係，人資會再請其他人。
mail-mentor-request-open = 回覆{ $manager }（答應或婉拒）
mail-mentor-request-hint = 連結會開啟一個有兩個按鈕的頁面，按下之前什麼都不會發生。在你回覆之前，連結一直有效。

## 人資週報

mail-digest-title = { $from }至 { $until }的一週
mail-digest-subject =
    { $overdue ->
        [0] { $waiting ->
            [0] 截至 { $until }的一週：沒有逾期
           *[other] 截至 { $until }的一週：沒有逾期，{ $waiting } 個計畫還沒有導師
        }
       *[other] { $waiting ->
            [0] 截至 { $until }的一週：{ $overdue } 個步驟逾期
           *[other] 截至 { $until }的一週：{ $overdue } 個步驟逾期，{ $waiting } 個計畫還沒有導師
        }
    }
mail-digest-preview = 這一週：{ $started } 人開始，{ $finished } 人全部完成，共完成 { $done } 個步驟
mail-digest-exceptions-title = 需要你處理
mail-digest-no-exceptions = 沒有：沒有步驟逾期，每個計畫都有導師，沒有計畫超過最後一天，信件也都寄達。
mail-digest-whose = { $manager }
mail-digest-whose-program = { $manager }（{ $program }）
mail-digest-whose-program-from = { $manager }（{ $program }，{ $from }起）
mail-digest-late = { $manager }有 { $count } 個步驟逾期。
mail-digest-late-act = 看看{ $manager }逾期的步驟
mail-digest-nobody-asked =
    { $days ->
        [0] { $manager }還沒有導師，也還沒有邀請任何人。
       *[other] { $manager }沒有導師已經 { $days } 天，也還沒有邀請任何人。
    }
mail-digest-asked =
    { $days ->
        [0] 今天邀請了{ $mentor }當{ $manager }的導師。
       *[other] { $days } 天前邀請了{ $mentor }當{ $manager }的導師，還沒有回覆。
    }
mail-digest-declined =
    { $days ->
        [0] { $mentor }今天婉拒當{ $manager }的導師。
       *[other] { $mentor } { $days } 天前婉拒當{ $manager }的導師，還沒有邀請其他人。
    }
mail-digest-ask-act = 為{ $manager }選一位導師
mail-digest-wait-act = 查看{ $manager }的導師邀請
mail-digest-past = { $manager }的計畫已過方案的最後一天（{ $date }），還有 { $count } 個步驟沒有完成。
mail-digest-past-act = 查看或結束{ $manager }的計畫
mail-digest-week-title = 這一週
mail-digest-started = 開始：
mail-digest-nobody-started = 開始：沒有人
mail-digest-finished = 完成：
mail-digest-nobody-finished = 完成：沒有人
mail-digest-done =
    { $count ->
        [0] 這週完成的步驟：沒有
       *[other] 這週完成的步驟：{ $count } 個
    }
mail-digest-comma = 、
mail-digest-and-more = 等，另有 { $count } 人
mail-digest-progress-title = 每個人的進度
mail-digest-column-manager = 主管
mail-digest-column-progress = 已完成
mail-digest-day =
    { $day ->
        [0] 尚未開始
       *[other] 第 { $day } 個工作日
    }
mail-digest-is-finished = 全部完成
mail-digest-week = 這週 { $count } 個
mail-digest-overdue = 逾期 { $count } 個
mail-digest-review = 審閱中 { $count } 個
mail-digest-progress = { $done } / { $all }（{ $percent }%）
mail-digest-row = { $manager }，{ $day }：已完成 { $done } / { $all }（{ $percent }%），這週 { $week } 個，逾期 { $overdue } 個，審閱中 { $review } 個
mail-digest-open = 開啟所有人的進度

## 登入

mail-sign-in-subject = Pilothouse 登入連結
mail-sign-in-preview = 請在 { $minutes } 分鐘內使用連結。
mail-sign-in-title = 登入 Pilothouse
mail-sign-in-lead = 這是你要求的登入連結，只能使用一次，{ $minutes } 分鐘內有效。
mail-sign-in-open = 繼續登入
mail-sign-in-not-you = 不是你要求的嗎？不用理會這封信就好：沒有這個連結，誰都無法登入，你也不需要做任何事。

mail-invitation-subject = 你的 Pilothouse 帳號
mail-invitation-lead = 你在 Pilothouse 的帳號已經開通。用下面的連結登入，只能使用一次，{ $minutes } 分鐘內有效。
mail-invitation-again = 連結過期了嗎？隨時可以再要一個新的：{ $url }

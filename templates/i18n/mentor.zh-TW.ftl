### 導師：等我看的頁面、回覆邀請，以及導師與上級共用的文字。

## 步驟與審閱，給審閱的人

part-member = （{ $member }）
part-turn = （第 { $turn } 次）
part-stands-for = { $role }，代理{ $name }
part-of = { $manager }的計畫
part-due = { $date }到期
part-ahead-title = 之後
part-ahead = { $manager }，{ $date }到期
review-handed-in = { $at } 交出
review-waits = 已等 { $days } 天
review-evidence = { $manager }寫的內容
review-no-evidence = 這個步驟不需要寫內容：{ $manager }表示已經做完。
review-erased = 這裡寫過的內容已經刪除。
review-remarks = 先前的留言
review-remark = { $by }，{ $at }
review-line = 給{ $manager }的一句話
review-line-free = 可寫可不寫，一兩句話會和它一起保留。
review-plan-ended = 計畫已經結束，或這個單元已從計畫中略過：仍可接受這份內容，但不再退回修改。
review-line-help = 退回時請寫還缺什麼，一兩句就好；接受時可寫可不寫。
review-accept-what = ：{ $manager }的「{ $step }」
review-return-what = ：{ $manager }的「{ $step }」

## 交出來請人過目的內容

report-title = 請過目
report-hint = 這裡不需要你決定。可以回「已閱」，或說想談談；兩週後就不再列出。
report-seen = 已閱
report-talk = 想談談
report-heard-seen = { $name }已閱（{ $at }）。
report-heard-talk = { $name }想和你談談這份內容（{ $at }）。
report-went-to = 已寄給{ $name }。
report-will-go-to = 交出後會寄給{ $name }。
managers-column-manager = 主管
managers-column-progress = 進度
managers-column-overdue = 逾期
managers-column-next = 下一件和你有關的事
managers-column-mentor = 導師
managers-begins = { $date }開始
managers-day = 第 { $day } 個工作日
managers-finished = { $date }完成
managers-overdue =
    { $count ->
        [0] 沒有
       *[other] { $count } 個步驟
    }
managers-in-review = { $count } 個步驟等人審閱
managers-no-next = 沒有了
managers-mentor-nobody = 還沒邀請任何人
managers-mentor-asked = 已邀請{ $mentor }
managers-mentor-unanswered = 曾邀請{ $mentor }，結束前沒有回覆
managers-mentor-declined = { $mentor }已婉拒
managers-mentor-none = 這份計畫沒有導師

## 等我看的

queue-title = 等我看的
queue-lead =
    { $count ->
        [0] 目前沒有事等你處理。
       *[other] 有 { $count } 件事等你處理。
    }
queue-nobody-title = 目前還沒有人請你當導師
queue-nobody = 人資邀請你時，你會收到信，這裡也會列出是哪一位主管、需要你做些什麼。答應或婉拒都可以。
queue-requests-title = 你願意當他們的導師嗎？
queue-reviews-title = 等你審閱
queue-reviews-empty-title = 沒有要審閱的內容
queue-reviews-empty = 你帶的主管交出內容後，會直接列在這裡。你可以接受，也可以附一句話說明還缺什麼，再退回。
queue-mine-title = 你自己要做的
queue-mine-empty = 目前沒有輪到你做的步驟。
queue-managers-title = 你帶的主管
queue-managers-hint = 你讀得到步驟裡開放給導師的內容；主管和團隊成員之間的私下內容不會出現在這裡。

## 邀請，出現在「等我看的」與信裡連結的頁面

asked-lead = { $manager }剛升任主管，{ $date }開始「{ $program }」課程。人資{ $hr }想請你當導師。
asked-first-day = 第一天
asked-program = 課程方案
asked-superior = 直屬上級
asked-hr = 邀請人
asked-takes-title = 要做些什麼
asked-steps =
    { $count ->
        [0] 課程沒有為你安排固定的事：讓{ $manager }有問題時找得到你就好。
       *[other] 計畫裡目前有 { $count } 個步驟需要你：和{ $manager }面談，或閱讀對方交出的內容並回覆。
    }
asked-mail = 有事等你時，每天最多一封信提醒你，而且只在你的工作日。
asked-no = 婉拒也沒關係，不需要理由，人資會再請其他人。
asked-about = 課程裡的說明
asked-yes = 好，我願意當{ $manager }的導師
asked-decline = 這次先婉拒
asked-decline-what = ：{ $manager }
asked-line = 想對人資說的話
asked-line-help = 只有人資看得到。
asked-title = 你願意當{ $manager }的導師嗎？
asked-hello = { $name }，你好：
asked-nothing-yet = 按下按鈕之前，什麼都不會發生。
asked-accepted-title = 你現在是{ $manager }的導師
asked-accepted = 謝謝你。{ $manager }已經看得到你的名字。有事等你時，每日信件會提醒你，登入後也會列在你的頁面上。
asked-accepted-change = 情況有變嗎？請告訴人資{ $hr }，可以再請其他人。
asked-declined-title = 你已婉拒，沒關係
asked-declined = 謝謝你的回覆。人資已經知道，會再為{ $manager }請其他人。
asked-declined-change = 改變主意了嗎？請告訴人資{ $hr }，可以再邀請你一次。
asked-elsewhere-title = 這件事已經有著落
asked-elsewhere = 信寄出之後，人資已為{ $manager }另作安排，不需要再等你回覆。謝謝你打開這封信。
asked-ended-title = 這個計畫已經結束
asked-ended = { $manager }的計畫已經結束，不需要再等你回覆。謝謝你打開這封信。
asked-ended-more = 有問題嗎？請詢問人資{ $hr }。
asked-queue = 到我的頁面

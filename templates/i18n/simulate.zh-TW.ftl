### 把課程從頭模擬到尾：終端機、網頁，以及人資在開課前的預覽。

simulate-title = 「{ $program }」完整模擬
simulate-lead = 假設每個人都在到期日完成該做的事；需要審閱的步驟提前一個工作日交出，隔一個工作日獲得接受。沒有給答案的問題視為空白；其他日期據以推算的日期，假設就是作答那一天。
simulate-role-starts = 上任日
simulate-role-starts-on = { $date }；第一個工作日 { $first }
simulate-shown-until = 顯示到
simulate-shown-until-day = { $date }，第 { $day } 個工作日
simulate-calendar = 行事曆
simulate-release = 版本
simulate-team = 團隊
simulate-team-of =
    { $count ->
        [0] 沒有成員
       *[other] { $count } 位成員
    }
simulate-member = 成員{ $n }
simulate-name = { $name }
simulate-member-joins = { $name }（{ $date } 加入）
simulate-launched = 啟動的劇本
simulate-launched-on = { $playbook }，{ $date }（B{ $day }）
simulate-comma = 、
simulate-semicolon = ；
simulate-colon = { $label }：
simulate-days-off = 放假日
simulate-made-up = 補班日
simulate-none = 無
simulate-dated = { $name }（{ $date }）

## 工時

simulate-hours-title = 每週時數
simulate-hours = { $hours } 小時
simulate-minutes = { $minutes } 分鐘
simulate-hours-lead =
    { $count ->
        [0] 前 { $of } 週平均每週 { $mean } 小時；最多的是第 { $week } 週，{ $most } 小時。
       *[other] 前 { $of } 週平均每週 { $mean } 小時；最多的是第 { $week } 週，{ $most } 小時。超過上限的週數：{ $count }。
    }
simulate-hours-lies = 每個步驟的時間平均分攤在開放日到到期日之間的工作日。
simulate-limit = 上限 { $hours } 小時
simulate-week = 週次
simulate-monday = 週一
simulate-manager-hours = 時數
simulate-bar = | 為上限 { $hours } 小時
simulate-no-limit = 未設上限
simulate-mentor-minutes = 導師分鐘
simulate-due-count = 到期
simulate-heavy = 超過上限
simulate-heavy-week = 第 { $n } 週超過上限，占用最多的是：
simulate-chart-title = 主管每週投入的時數
simulate-chart-desc = 共 { $weeks } 週的長條圖。前 { $of } 週平均 { $mean } 小時；最多的是第 { $week } 週，{ $most } 小時。
simulate-chart-weeks = 週
simulate-chart-hours = 小時
simulate-legend-manager = 主管
simulate-legend-mentor = 導師
simulate-weeks-table = 以表格看時數

## 步驟日曆

simulate-calendar-title = 步驟日曆
simulate-calendar-lead = 哪一天有什麼到期；B12 是計畫的第 12 個工作日。日期不是從第一天算起，或因放假、補班而移動時，原因寫在當天下方。
simulate-week-heading = 第 { $n } 週，{ $monday } 起：{ $hours } 小時
simulate-week-off = 放假：{ $days }
simulate-week-made-up = 補班：{ $days }
simulate-plan-day = B{ $n }
simulate-nothing-due = 沒有到期的步驟。
simulate-step-members = { $title }（{ $members }）
simulate-step-turn = { $title }（第 { $turn } 次）
simulate-step-parts = { $title }：{ $parts }
simulate-step-review = 由{ $role }審閱
simulate-step-left = 未完成：模擬中沒有讓它開放的條件
simulate-step-playbook = 劇本「{ $playbook }」
simulate-column-day = 日期
simulate-column-step = 步驟
simulate-column-who = 誰
simulate-column-minutes = 分鐘
simulate-column-opens = 開放
simulate-column-why = 為什麼是這一天？
simulate-opens = { $date } 開放。
simulate-due = { $date } 到期。
simulate-why = 原因：
simulate-counts-made-up = 補班日照算工作日：{ $days }。
simulate-earlier-off = 另跳過前面日期已列出的 { $count } 個放假日。
simulate-earlier-made-up = 另計入前面日期已列出的 { $count } 個補班日。

## 信件

simulate-mail-title = 會寄出的每一封信
simulate-mail-lead = 放假日一封都不寄。登入信不在其中。
simulate-mail-to = 收件人
simulate-mail-subject = 主旨
simulate-mail-names = 提到的步驟
simulate-mail-count = { $role }：{ $count } 封
simulate-mail-most = { $mails }，一天最多 { $most } 封
simulate-mail-named = { $count } 件：{ $steps }
simulate-mail-nothing = 沒有步驟
simulate-mail-times = { $title } ×{ $count }
simulate-mail-mentor-request = 你願意當這位新任主管的導師嗎？
simulate-mail-digest = 本週摘要

## 導師的部分

simulate-mentor-title = 導師要投入多少
simulate-mentor-load = 總共 { $total } 小時；前 { $of } 週平均每週 { $mean } 分鐘，最多的一週 { $most } 分鐘（第 { $week } 週）。
simulate-mentor-counts = 自己要做的步驟：{ $steps }。要審閱的內容：{ $reviews }。收到的信：{ $letters }。
simulate-mentor-none = 這次模擬沒有導師要做的事。

## 延遲、分支、暫定

simulate-late-title = 延遲或沒有完成的步驟
simulate-late-none = 沒有：每個步驟都能在到期日前完成。
simulate-late-line = 「{ $step }」{ $date } 到期：晚了 { $days } 天
simulate-left-line = 「{ $step }」{ $date } 到期
simulate-late-waited = 在等「{ $steps }」
simulate-late-passed = 排進計畫時日期已過
simulate-branches-title = 分支
simulate-branches-none = 這次模擬中沒有取決於答案的步驟。
simulate-branch-taken = 已走
simulate-branch-not_taken = 未走
simulate-branch-undecided = 未定
simulate-asks-answer = 「{ $step }」的「{ $field }」
simulate-asks-metric = { $metric }的最新數值
simulate-asks-metric-before = { $metric }的前一次數值
simulate-asks-cast = 有人擔任{ $role }
simulate-asks-no-cast = 沒有人擔任{ $role }
simulate-asks-roster = 團隊人數
simulate-answered = { $about }：{ $answer }
simulate-not-answered = { $about }：未回答
simulate-no-day = 沒有日期：計算的起點沒有發生
simulate-playbooks = 未啟動：{ $playbooks }
simulate-provisional-title = 暫定日期
simulate-provisional-none = 沒有：整段期間的放假日都已公布。
simulate-provisional-some =
    { $count ->
        [1] { $first } 這一天可能再調整：那段期間的放假日尚未公布。
       *[other] { $first } 到 { $last } 之間有 { $count } 天可能再調整：那段期間的放假日尚未公布。
    }

## 以某人身分看某一天

preview-heading = { $role }在 { $date } 早上會看到
preview-title = { $role }在 { $date } 早上會看到
preview-plan-day = 「{ $program }」的第 { $n } 個工作日，假設每個人都如期完成。
preview-before = 「{ $program }」還沒開始。
preview-off = 放假日：不寄信。
preview-vacant = 這個角色目前沒有人：導師還沒答應。
preview-overdue = 已逾期
preview-today = 今天到期
preview-soon = 即將到期
preview-later = 已開放
preview-to-review = 等你審閱
preview-blocked = 在等別人
preview-mail = 當天早上的信
preview-no-mail = 沒有信。
preview-nothing = 沒有。
preview-item-due = { $step }（{ $date } 到期）
preview-item-waits = { $step }：在等{ $waits }
preview-mention-returned = 被退回
preview-mention-overdue = 已逾期
preview-mention-due = 到期
preview-mention-to_review = 待審閱

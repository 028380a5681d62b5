### 作者在終端機、匯出檔、關係圖與預覽中讀到的文字。

## 嚴重程度

severity-error = 錯誤
severity-warning = 警告
severity-hint = 提示

## 用文字說明日子與等待

tell-role = { $role }
tell-list = { $list }、{ $item }
tell-semicolon = ；
tell-quoted = 「{ $words }」
tell-brackets = （{ $words }）
tell-day-plan = 第 { $n } 個工作日
tell-day-launch =
    { $n ->
        [0] 啟動當天
       *[other] 啟動後第 { $n } 個工作日
    }
tell-day-closed =
    { $n ->
        [0] 「{ $step }」完成當天
       *[other] 「{ $step }」完成後第 { $n } 個工作日
    }
tell-day-answered =
    { $n ->
        [0] 「{ $step }」填寫的日期
       *[other] 「{ $step }」填寫的日期後第 { $n } 個工作日
    }
tell-day-before-answered = 「{ $step }」填寫的日期前 { $n } 個工作日
tell-day-turn =
    { $n ->
        [0] 每次「{ $step }」到期當天
       *[other] 每次「{ $step }」前 { $n } 個工作日
    }
tell-day-quarter-start =
    { $n ->
        [0] 每季的第一個工作日
       *[other] 每季第一個工作日後第 { $n } 個工作日
    }
tell-day-before-quarter-start = 每季開始前 { $n } 個工作日
tell-day-quarter-end =
    { $n ->
        [0] 每季的最後一個工作日
       *[other] 每季結束後第 { $n } 個工作日
    }
tell-day-before-quarter-end = 每季結束前 { $n } 個工作日
tell-due = { $due }到期
tell-window = { $opens }開始，{ $due }到期
tell-then-every = { $days }；之後{ $every }
tell-every-until = { $period }一次，到{ $until }為止
tell-every-working-days = 每 { $n } 個工作日
tell-every-week =
    每週{ $weekday ->
        [1] 一
        [2] 二
        [3] 三
        [4] 四
        [5] 五
        [6] 六
       *[7] 日
    }
tell-every-months = 每 { $n } 個月
tell-every-quarters = 每 { $n } 季
tell-every-years = 每 { $n } 年
tell-until-closed = 「{ $step }」完成
tell-after = 先完成{ $steps }
tell-join = 先完成{ $steps }其中的{ $share }；沒有全部完成時要寫下理由
tell-share = { $all } 項中的 { $n } 項
tell-percent = { $n }%

## 用文字說明條件

tell-and = { $left }，而且{ $right }
tell-or = { $left }，或{ $right }
tell-not = 並非{ $that }
tell-is = { $left }是{ $right }
tell-is-not = { $left }不是{ $right }
tell-less = { $left }小於 { $right }
tell-at-most = { $left }不超過 { $right }
tell-more = { $left }大於 { $right }
tell-at-least = { $left }至少 { $right }
tell-one-of = { $one }是{ $list }其中之一
tell-holds = { $list }包含{ $one }
tell-true = 是
tell-false = 否
tell-size = { $of }的項數
tell-roster = 團隊
tell-roster-size = 團隊人數
tell-cast = 有{ $role }
tell-answer = 「{ $step }」的「{ $field }」
tell-metric-last = 最近一次的「{ $metric }」
tell-metric-before = 再前一次的「{ $metric }」

## 用文字說明答案

tell-kind-long-text = 一段文字
tell-kind-text = 一行文字
tell-kind-choice = 單選：{ $list }
tell-kind-several = 可複選：{ $list }
tell-kind-scale = { $min } 到 { $max } 分
tell-kind-number = 數字
tell-kind-number-in = 數字，單位：{ $unit }
tell-kind-date = 日期
tell-kind-person = 團隊中的一人
tell-kind-table = 表格：{ $list }
tell-kind-smart = 具體、可衡量、做得到、相關、有期限的目標
tell-kind-rating = 逐項評分：{ $list }
tell-kind-file = 檔案，最大 { $n } MB
tell-kind-link = 連結

## 匯出

export-wave = 從第 { $n } 個工作日起
export-on-demand = 需要時才啟動
export-size = 共 { $modules } 個單元、{ $steps } 個步驟，每個做一次約需 { $hours } 小時。
export-cast = 除了主管，參與的還有：{ $cast }。
export-launch = 可由以下角色啟動：{ $who }。
export-offer = 符合以下情形時會主動建議：{ $when }。
export-facts = { $who }，{ $days }，約 { $effort } 分鐘
export-each = 每位成員各做一次；之後加入的成員有 { $within } 個工作日
export-when = 只在以下情形才做：{ $when }
export-review = 審閱：{ $role }
export-asks = 要交出的內容
export-field = { $label }（{ $kind }）
export-field-optional = { $label }（{ $kind }，可不填）
export-field-when = { $field }：{ $when }
export-only-if = { $when }時才需要回答

## 新版本改了什麼

diff-nothing = 沒有任何計畫感覺得到的差異。
diff-between = { $program }：{ $old } → { $new }
diff-count = { $steps } 個步驟：新增 { $added }、移除 { $removed }、修改 { $changed }
diff-pinned = 在人資套用更新之前，進行中的計畫會留在原來的版本。「→」之後是這項變更對這樣的計畫代表什麼。
diff-program-added = 方案 { $program } 是新的。
diff-program-removed = 方案 { $program } 不見了。已經開始的計畫會繼續進行。
diff-program =
    方案的{ $key ->
        [name] 名稱改變
        [words] 標題或摘要改變
        [cast] 角色（cast）改變
        [mentor_accepts] {" "}mentor_accepts 改變
        [checkpoints] 檢視點移動
        [mail] 郵件規則改變
        [ends] 最後一天移動
        [load] 工作量上限改變
        [gather] 合併頁面改變
       *[metrics] 指標改變
    }。
diff-program-means =
    { $key ->
        [name] 只有新計畫會用新名稱開始；進行中的計畫不能升級到另一個方案
        [words] 頁面會顯示新的文字
        [cast] 新增的角色要先有人擔任，才能做他們的步驟
        [mentor_accepts] 已經答應的導師不變
        [checkpoints] 依新的日子回報進度
        [mail] 之後的信依新的規則寄送
        [ends] 持續到最後的例行步驟會停在新的日子
        [load] 只有編譯器的警告改變
        [gather] 尚未完成的每週步驟依新的方式合併
       *[metrics] 條件會讀取已有的答案
    }
diff-curriculum =
    「{ $title }」{ $how ->
        [added] 是新增的
        [removed] 被移除
        [words] 的標題或摘要不同
        [launch] 的啟動方式或建議時機不同
       *[dimensions] 的評分面向不同
    }。
diff-curriculum-means =
    { $how ->
        [added] 步驟會加入計畫，如下所列
        [removed] 步驟會離開計畫，如下所列
        [words] 頁面會顯示新的文字
        [launch] 已經啟動的會繼續進行
       *[dimensions] 已完成的評分保留；未完成的依新的面向評分
    }
diff-step-added = { $step }（「{ $title }」）是新步驟：{ $days }。
diff-step-removed = { $step }（「{ $title }」）被移除。
diff-step = { $step }（「{ $title }」）：
diff-step-renamed = 改名，原名 { $was }。
diff-step-moved = 日子 { $from } → { $to }。
diff-step-curriculum = 從課程 { $from } 移到 { $to }。
diff-step-facets = 修改了：{ $list }。
diff-facet =
    { $key ->
        [was] 名稱
        [days] 日子
        [title] 標題
        [body] 內文
        [who] 由誰執行
        [after] 要先等什麼
        [when] 條件
        [each] 對誰重複
        [ask] 要交出的內容
        [review] 由誰審閱
        [report] 寄給誰看
        [visible_to] 誰可以閱讀
        [effort] 所需時間
        [remind] 提醒
        [meet] 與誰會談
       *[source] 出處
    }
diff-means =
    { $meaning ->
        [joins] 步驟會加入計畫；日子已經過了的，會立刻到期
        [joins_with_launch] 步驟會加入仍有未完成項目的劇本（日子已經過了的，會立刻到期），以及之後啟動的劇本；已全部結束的不變
        [leaves] 已完成的步驟保留證據；未完成的會離開計畫
        [keeps_work] 用舊名稱完成的，在新名稱下仍算完成
        [dates_move] 未完成的步驟改用新日期；已完成的保留原日期
        [words] 之後打開步驟的人會看到新的文字
        [asks] 已交出的內容維持原樣；未完成的步驟改問新的問題，草稿會保留仍然適用的答案
        [hands] 未完成的步驟改由新的角色負責；已完成的仍屬於完成的人
        [waits] 未完成的步驟可能因此可以開始，或要再等待；已完成的仍算完成
        [decides] 已經走上的分支不變；尚未決定的依新的條件
        [fans_out] 未完成的步驟會依團隊重新產生；已完成的保留
        [readers] 之後交出的內容由新的讀者閱讀；已交出的維持原來的讀者
        [meets] 未完成的步驟依新的設定約定會談，或不再約定；已完成的不變
        [load] 時數與提醒改變，工作內容不變
       *[nothing] 沒有影響
    }
diff-perhaps-renamed = 也許是改名：請在 { $new } 加上 was: [{ $old }]，完成的工作才會保留

## 關係圖

graph-description = { $program }：{ $modules } 個單元、{ $steps } 個步驟，依日子排列，並標出哪些步驟要等哪些步驟。
graph-each = 每位成員
graph-every = 定期重複
graph-legend =
    { $kind ->
        [after] 完成後才開始
        [join] 完成其中幾項後才開始
        [when] 依答案決定是否開始
       *[anchor] 日子由它起算
    }

## 預覽

watch-title = 課程檔案預覽
watch-found =
    { $errors ->
        [0] 沒有錯誤
       *[other] { $errors } 個錯誤
    }{ $warnings ->
        [0] {"。"}
       *[other] ，{ $warnings } 個警告。
    }
watch-gone = 顯示本頁的指令已經結束，內容停在最後一次的結果。
watch-diagnostics = 要修正的地方
watch-team = 工作量以 { $team } 人的團隊計算
watch-minutes = 主管約 { $minutes } 分鐘
watch-body = 內文

## 匯入

import-nothing = 檢查表裡找不到清單。步驟是由清單項目產生的，例如「- [ ] 認識團隊」。
guess-title = { $steps } 個步驟；使用前請先看過這 { $guesses } 項推測
guess-days = 「{ $words }」當作 { $opens } 到 { $due }
guess-before = 「{ $words }」在第一天之前，而計畫沒有這樣的日子：改為 { $due }
guess-no-days = 上方的標題沒有說明時間：{ $due } 到期
guess-who = 「{ $words }」當作角色「{ $role }」
guess-left-out = 這段不屬於任何步驟，已略過
guess-braces = 「{ $words }」會被讀成要填入的名字，已改寫成「{ $written }」
guess-too-many = 最多 { $max } 個步驟，或一個檔案放得下的文字；之後的內容已略過
guess-effort = { $count } 個步驟沒有說明需要多久：以 { $minutes } 分鐘計
guess-translate = { $count } 個步驟兩種語言的文字相同：請翻譯 { $lang }

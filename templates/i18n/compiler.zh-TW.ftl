### 編譯器在課程檔案中發現的問題，以及該怎麼做。

## 檔案

problem-too-large = 檔案超過 1 MiB。請把部分步驟移到另一份課程。
problem-not-utf8 = 檔案不是 UTF-8：第 { $line } 行（位移 { $offset } 的位元組）無法讀取。請將檔案另存為 UTF-8。
problem-control-character = 這裡有一個看不見的控制字元（{ $code }）。請刪除後重新輸入這段文字。
problem-empty-file = 檔案是空的。第一個鍵必須是 curriculum、playbook、assessment、program 或 calendar。
problem-too-deep = 清單與鍵值的巢狀超過 { $max } 層。請檢查縮排與括號。
problem-too-many-values = 檔案裡的值超過 { $max } 個。請把一部分移到另一個檔案。
problem-second-document = 第二份文件從這裡開始。一個檔案只放一份文件：請刪除這一行，或把後面的內容移到另一個檔案。
problem-many-more = 這個檔案還有 { $count } 個錯誤沒有列出。請先修正上面的錯誤。
problem-alias = 這些檔案不使用錨點（&）與別名（*）。請直接寫出內容；以 & 或 * 開頭的文字請加上引號。
problem-tag = 這些檔案不使用標籤（!）。請刪除標籤；以 ! 開頭的文字請加上引號。
problem-duplicate-key = 同一個地方有兩個 { $key }，第一個在第 { $line } 行。請只保留一個。
problem-key-not-text = 鍵必須是一個字詞。請檢查這裡的括號與問號。

## YAML

problem-syntax = 檔案讀到這裡就讀不下去了。請檢查這一行與上一行的縮排、引號與括號。
problem-syntax-tab = 這裡有定位字元（Tab）。請用空格縮排。
problem-syntax-colon = 沒有加引號的文字裡不能有「冒號加空格」。如果這是一個鍵，請檢查這一行與上一行的縮排。
problem-syntax-quote = 從這裡開始的引號沒有關閉。請補上結尾的引號。
problem-syntax-after-quote = 結尾引號之後還有文字。請把整段文字放進引號；單引號裡的單引號要寫兩次。
problem-syntax-bracket = 前面的 { "[" } 或 { "{" } 沒有關閉，或少了一個逗號。請檢查這裡與前幾行的括號。
problem-syntax-character = 沒有加引號的文字不能以這個字元開頭。
problem-syntax-escape = 雙引號裡的反斜線會開始一個代碼，而這個代碼並不存在。請改用單引號，或把反斜線寫兩次。
problem-syntax-indent = 縮排與前面幾行不一致。同一組的鍵要從同一欄開始。
problem-syntax-key = 這一行不是鍵，也不屬於上面的文字。請在鍵後面加上冒號，或檢查縮排。

## 鍵與形式

problem-unknown-file-kind = 檔案沒有說明自己是什麼。第一個鍵必須是 curriculum、playbook、assessment、program 或 calendar。
problem-kind-not-first = { $key } 說明檔案是什麼，所以必須是第一個鍵。請移到最上面。
problem-unknown-key = 這裡不能使用 { $key } 這個鍵。
problem-missing-key = 這裡缺少 { $key }。請補上。
problem-empty-value = { $key } 沒有值。請填寫；如果可以省略，就刪除這個鍵。
problem-wrong-type = { $key } 必須是{ $expected ->
        [map] 一組鍵與值
        [list] 清單
        [name] 名稱
        [both-languages] 兩種語言的文字
        [role] 角色
        [whole-number] 不加引號的整數
        [decimal] 不加引號的數字，小數點後最多三位
        [truth] {" "}true 或 false
        [day] 像 B10 這樣的日子
        [share] 像 2 這樣的數目，或像 80% 這樣的比例
        [weekday] 星期幾
        [date] 日期
       *[text] 文字
    }，但這裡是{ $found ->
        [map] 一組鍵與值
        [list] 清單
        [nothing] 空的
       *[text] 文字
    }。
problem-empty-list = { $key } 是空的。請至少列出一項。
problem-too-many = { $key } 有 { $given } 項，最多只能有 { $max } 項。
problem-duplicate-entry = { $name } 列了兩次。請刪除其中一個。
problem-duplicate-id = { $kind ->
        [step] 步驟
        [field] 欄位
        [column] 表格欄
        [option] 選項
        [form] 表單
        [dimension] 面向
        [gathering] 彙整頁
        [metric] 指標
        [curriculum] 課程
        [playbook] 劇本
        [assessment] 評量
        [program] 方案
       *[calendar] 行事曆
    } { $name } 已經存在，位於 { $file }:{ $line }。請把其中一個改名。

## 值

problem-bad-name = { $name } 不能當作名稱。名稱以小寫英文字母開頭，只能有小寫英文字母、數字與底線，最多 { $max } 個字元。
problem-reserved-name = { $name } 在本產品中另有意義。請改用較長的名稱，例如 first_{ $name }。
problem-missing-translation = { $key } 沒有{ $lang ->
        [en] 英文（en）
       *[zh-TW] 繁體中文（zh-TW）
    }文字。每段文字都要有兩種語言。
problem-text-too-long = { $key } 有 { $given } 個字元，最多只能有 { $max } 個。請縮短。
problem-not-one-line = { $key } 只能有一行。請刪除換行。
problem-number-out-of-range = { $key } 是 { $given }，但必須在 { $min } 到 { $max } 之間。
problem-bad-number = { $key } 不能是 { $given }：{ $why ->
        [point] 必須是整數，不能有小數點
        [digits] 小數點後最多三位
       *[long] 位數太多
    }。
problem-effort-out-of-range = { $given } 不能當作所需時間：單位是分鐘，從 1 到 { $max }。更花時間的步驟請拆成幾個。
problem-unknown-role = { $name } 不是角色。角色有：{ $roles }。
problem-bad-day = { $given } 不是有效的日子。可以寫計畫的第幾個工作日（B1 到 B{ $max }）、劇本啟動後的工作日（T+3）、某個步驟完成之後（some_step+3）、某個步驟所填日期的前後（some_step.some_date-3）、某個步驟每一次到期之前（some_step-1），或一季的頭尾（quarter_end-10）。
problem-unknown-weekday = { $name } 不是星期幾。請寫其中一個：{ $weekdays }。
problem-bad-date = { $given } 不是存在的日期。日期請寫成 2026-01-31。
problem-date-form = 日期不能寫成 { $given }。請寫四位數的年、兩位數的月與兩位數的日，例如 2026-01-05。

## 步驟

problem-opens-and-due-differ = opens 列了 { $opens } 天，due 列了 { $due } 天。每一次都需要一個開始日與一個到期日。
problem-days-not-ascending = { $key } 把 { $day } 列在 { $before } 之後。請依先後順序列出，每一天只列一次。
problem-opens-after-due = 步驟在 { $opens } 才開始，卻在 { $due } 就到期。請提早開始，或延後到期。
problem-no-until = 重複的步驟沒有結束日。請加上 until，寫出最後一次可以落在哪一天，例如 until: B250。
problem-bad-period = 重複的方式必須是其中一個，而且只能有一個：{ $forms }。
problem-until-too-early = 重複在 { $until } 結束，但步驟在 { $due } 才到期，之後不會再有下一次。請選較晚的日子，或刪除 every。
problem-bad-each = 步驟不能對每個 { $given } 重複。請寫 member，也就是每位成員一個步驟。
problem-manager-reviews = 主管不能審閱。請選 mentor、superior 或 hr。
problem-review-by-doer = 執行與審閱這個步驟的是同一個角色「{ $role }」。請由別人審閱，或刪除 review。
problem-visible-to-lacks = visible_to 漏了「{ $role }」，而這個步驟由這個角色執行、審閱，或寄給這個角色看。請把這個角色加進清單。
problem-bad-report = 這裡不能寄給「{ $role }」看。請寫 mentor 或 superior，而且不能是執行這個步驟的人。
problem-report-reviewed = 審閱這個步驟的是另一個人。請寫同一個人，請他審閱的信就會附上交出的內容；或刪除 report。
problem-report-of-nothing = 這裡沒有交出任何可以閱讀的內容。請加上 ask，或刪除 report。

## 步驟要求的內容

problem-unknown-type = { $type } 不是類型。請從這些類型選一個：{ $types }。
problem-min-over-max = 最小值（{ $min }）大於最大值（{ $max }）。請對調，或修改其中一個。
problem-scale-too-long = 量表有 { $given } 個值，一頁最多放得下 { $max } 個。請改用 number。
problem-scale-too-short = 從 { $given } 到 { $given } 的量表沒有選擇可言。請至少給兩個值。

## 檔案之間

problem-unknown-curriculum = 這些檔案裡沒有課程 { $name }。
problem-unused-curriculum = 沒有任何方案使用{ $kind ->
        [playbook] 劇本
        [assessment] 評量
       *[curriculum] 課程
    } { $name }，所以不會有人看到它的步驟。
problem-unknown-step = 這個方案裡沒有步驟 { $name }。
problem-step-not-in-program = 步驟 { $name } 屬於課程 { $curriculum }，但方案 { $program } 沒有使用這份課程。請把課程加進方案，或不要引用這個步驟。
problem-role-not-in-cast = 步驟 { $step } 需要「{ $role }」這個角色，但方案 { $program } 沒有。請把角色加進 cast，或把步驟交給其他角色。
problem-reader-not-in-cast = 步驟 { $step } 開放給「{ $role }」閱讀，但方案 { $program } 沒有這個角色。
problem-manager-in-cast = 主管一定會在，cast 只列其他角色。請刪除 manager。
problem-mentor-accepts-not-mentor = { $name } 是「{ $role }」的步驟。mentor_accepts 必須是由導師執行的步驟。
problem-too-many-steps = 方案有 { $given } 個步驟，最多只能有 { $max } 個。
problem-cycle = 這些步驟互相等待，永遠無法開始：{ $path }。請刪除其中一個等待。
problem-due-before-blocker = { $step } 在 { $day } 到期，卻要等 { $other_day } 才到期的 { $other }。請調整其中一個日子。

## 行事曆

problem-span-reversed = 期間的結束（{ $until }）早於開始（{ $from }）。請對調兩個日期。
problem-date-outside-known = { $date } 不在行事曆標示為已知的期間內（{ $from } 到 { $until }）。請修改 known，或刪除這個日期。
problem-holiday-at-weekend = { $date } 本來就是週末。請從 holidays 刪除。
problem-workday-not-at-weekend = { $date } 不是週末，本來就要上班。請從 workdays 刪除。
problem-duplicate-date = { $date } 列了兩次，第一次在第 { $line } 行。請只保留一個。
problem-no-working-days = 一週的每一天都是週末，沒有任何工作日。請至少留下一天。
problem-half-day-off = { $date } 整天放假，不是上半天班。請從 half_days 或 holidays 刪除。
problem-closed-too-long = 從 { $from } 起，連續超過 { $days } 天放假或凍結。請檢查 holidays 與 freezes。

## 自動填入的姓名

problem-name-not-closed = 這裡開始的姓名沒有結束：{ $given }。請寫成 { "{{" }mentor.name{ "}}" } 這樣。
problem-unknown-name = 沒有 { $given } 這個姓名可以填入。可以填入的有：{ $names }。
problem-name-empty = 這對大括號裡沒有姓名。請寫成 { "{{" }mentor.name{ "}}" } 這樣，或刪除大括號。
problem-no-names-here = 這裡不能填入姓名（{ $given }）。姓名只能用在步驟的標題與內文，以及表單的 label、help 與 example。
problem-member-without-each = 這裡填入成員的姓名，但步驟並不是對每位成員各做一次。請加上 each: member，或不要寫這個姓名。
problem-name-not-in-cast = { $step } 提到「{ $role }」的姓名，但方案 { $program } 沒有這個角色。讀者看到的會是角色名稱，不是姓名。

## 日子

problem-opens-elsewhere = opens（{ $opens }）與 due（{ $due }）的起算點不同。請從同一個起算點計算。
problem-day-in-list = { $day } 不能列在清單裡。清單只能列像 B10 這樣的日子，或劇本裡像 T+3 這樣的日子。
problem-not-a-plan-day = { $key } 不能是 { $day }，只能是計畫的第幾個工作日，例如 B22。
problem-plan-day-in-playbook = 劇本不能使用 { $day }，因為沒有人知道它什麼時候會啟動。請從啟動日（T+3）或某個步驟起算。
problem-launch-day-outside-playbook = { $day } 從劇本的啟動日起算，但這個檔案不是劇本。請寫計畫的日子，例如 B10。
problem-day-past-last = 在這一波，步驟 { $step } 會超過計畫的最後一天：{ $day } 從 { $from } 起算，而日子最多到 B{ $max }。請讓這一波早點開始，或調整日子。
problem-after-the-end = { $step } 在計畫的 { $day } 到期，但方案 { $program } 在 { $end } 就結束，任何計畫都不會有這個步驟。請延後方案的結束（ends）、提早到期日，或讓這一波早點開始。
problem-checkpoint-after-the-end = 檢視點 { $day } 在方案結束（{ $end }）之後。請延後方案的結束（ends），或調整檢視點。
problem-until-after-the-end = 重複會持續到計畫的 { $day }，但方案 { $program } 在 { $end } 就結束。請寫 until: end、選較早的日子，或延後方案的結束（ends）。
problem-before-the-plan = { $step } 第一次在 { $day } 到期，再往前 { $count } 個工作日，計畫還沒開始。請減少天數，或調整 { $step } 的日子。
problem-day-of-each = 步驟 { $step } 對每位成員各做一次，所以每位成員的這一天都不同。請在這個步驟加上 each: member，或改從別的起算點計算。
problem-not-a-date = 步驟 { $step } 的 { $field } 不是日期，不能從它起算。請選類型為 date 的欄位。
problem-turns-recur = 這個步驟已經跟著 { $step } 的每一次重複。請刪除 every。
problem-quarter-period = 從一季起算的日子只能以季或年重複。請寫 quarters: 1 或 years: 1。
problem-bad-until = 重複不能以 { $given } 結束。請寫日子（B250，劇本裡寫 T+40）、end（方案的最後一天），或另一個步驟（直到它結案）。

## 步驟的等待、舊名與提醒

problem-bad-share = { $given } 不是數目。請寫 1 到 { $max } 的數目，或 1% 到 99% 的比例。
problem-too-many-joins = 這個步驟的匯合超過 { $max } 個。請把其中幾個合併。
problem-join-of-all = { $count ->
        [1] 這個匯合只有一個步驟，一定要等它，所以永遠不會問到原因。請直接列出這個步驟，不要用匯合。
       *[other] 這個匯合要等全部 { $count } 個步驟，所以永遠不會問到原因。請寫小於 { $count } 的數目，或直接列出步驟，不要用匯合。
    }
problem-waits-for-playbook = { $step } 要等劇本 { $playbook } 的 { $other }，但這份劇本可能永遠不會啟動。請把 { $step } 移到劇本裡，或刪除這個等待。
problem-was-is-taken = { $name } 是現有步驟的名稱，位於 { $file }:{ $line }。只有不再使用的名稱才能當作舊名。
problem-was-twice = { $name } 已經是另一個步驟的舊名，位於 { $file }:{ $line }。請只保留一個。
problem-bad-remind = remind 不能是 { $given }。請寫 never，或用 due_soon 與 overdue_every 寫出天數。

## 表單與評分

problem-unknown-form = 這些檔案裡沒有表單 { $name }。
problem-form-in-form = 表單不能使用另一份表單。請在這裡寫出欄位，或讓步驟使用兩份表單。
problem-unused-form = 沒有任何步驟使用表單 { $name }。
problem-form-too-often = 超過 { $max } 個步驟使用表單 { $name }。請減少使用的步驟。
problem-form-not-in-program = 表單 { $name } 屬於課程 { $curriculum }，但方案 { $program } 沒有使用這份課程。請把課程加進方案，或直接在這裡寫出欄位。
problem-unknown-notes = notes 不能是 { $given }。請從這些選一個：{ $known }。

## 方案

problem-unknown-program = 這些檔案裡沒有方案 { $name }。
problem-unknown-playbook = 這些檔案裡沒有劇本 { $name }。
problem-listed-elsewhere = { $kind ->
        [playbook] { $name } 是劇本，請列在 playbooks 底下。
       *[other] { $name } 不是劇本，請列在 curricula 底下或某一波裡。
    }
problem-curriculum-twice = 方案用了兩次 { $name }。請只列在一波裡，而且合併的方案中只有一個列出它。
problem-include-cycle = 這些方案互相包含：{ $path }。請刪除其中一項。
problem-too-many-includes = 方案包含的方案（連同它們再包含的）超過 { $max } 個。請改為直接列出課程。
problem-nobody-launches = 在方案 { $program } 裡沒有人能啟動劇本 { $name }，因為這些角色都不在。請把角色加進 cast，或讓主管也能啟動。
problem-mentor-accepts-not-once = { $name } 不是從第一天起在每份計畫裡都剛好有一次。mentor_accepts 必須是這樣的步驟：不在劇本裡，沒有 when、each 與 every，而且只有一個計畫的到期日。
problem-cannot-gather = 彙整頁 { $gathering } 不能收入 { $step }。它只收每週在同一天重複、由主管執行，而且不是對每位成員各做一次的步驟。
problem-gathered-twice = { $step } 已經在另一個彙整頁裡，位於 { $file }:{ $line }。請只保留一個。
problem-bad-source = { $given } 不是答案的來源。請依這個鍵的要求，寫步驟（some_step），或步驟加欄位（some_step.some_field）。
problem-bad-view = 一個檢視只能有 { $kinds } 其中一種。
problem-bad-sign = 一個提醒只能是 quiet、same、says 其中一種：quiet 寫工作天數，same 寫欄位與 times，says 寫欄位與 is。
problem-other-kind-of-field = 步驟 { $step } 的 { $field } 不能放在這裡。{ $needs ->
    [number] 必須是 number 或 scale。
    [choice] 必須是 choice 或 several。
    [words] 必須是 text 或 long_text。
    [table] 必須是自行填寫各列的 table。
    [entries] 必須是有 of 的 table，每一列代表這些步驟。
    [end] 必須是 date，或類型為 smart 的目標。
   *[begins] 文字欄位可以從文字、number 或 scale 開始；其他欄位只能從同一種欄位開始。
    }
problem-unknown-column = 這裡要顯示的內容沒有欄位 { $column }。
problem-about-without-rows = 這個步驟不代表任何一列，about 沒有作用。請把日子改成從表格裡的日期起算（some_step.some_table.some_date+0），或刪除 about。
problem-waits-for-rows = { $step } 不能等待 { $other }：它對表格的每一列各出現一次，事先不知道會有幾列。請改為等待填寫那個表格的步驟。
problem-begins-in-words = done、late、gaps 都是句子，只有 text 或 long_text 能以它們開頭。
problem-entries-readers = 步驟 { $step } 的答案不是這裡的每個人都看得到：{ $role } 看不到。請把這個步驟的 visible_to 縮到和那裡一樣。
problem-form-refers = 多個步驟共用的表單不能有 { $key }，因為它牽涉到其他步驟。請把這個欄位直接寫在步驟裡。
problem-bad-metric = { $given } 不是指標的來源。請寫步驟與它的欄位，例如 goal_review.attainment。
problem-metric-no-number = 步驟 { $step } 的 { $field } 不是數字。指標要來自類型為 number 或 scale 的欄位。
problem-load-over-limit = 團隊 { $team } 人時，第 { $week } 週需要主管 { $hours } 小時，超過希望的 { $limit } 小時（這樣的週共有 { $count } 週）。最花時間的是：{ $steps }。請把日子錯開，或調高 load。

## 郵件與會談

problem-hour-is-quiet = 每日信會在 { $hour } 點寄出，但 { $from } 點到 { $until } 點不寄信。請改個時間，或修改 quiet。
problem-bad-quiet = quiet 不能是 { $given }。請寫 never，或用 from 與 until 寫出時間。
problem-quiet-all-day = 從 { $hour } 點到 { $hour } 點等於整天都不寄信，任何信都寄不出去。請寫兩個不同的時間；如果任何時間都可以寄，請寫 quiet: never。
problem-bad-ladder = { $given } 不能寫在 ladder 裡。請寫逾期幾個工作日之後通知（1 到 { $max }），或寫 never。
problem-ladder-falls = 「{ $role }」會在逾期 { $days } 個工作日之後得知，比 { $before } 個工作日之後才得知的「{ $lower }」還早。請寫 { $before } 以上，或寫 never。
problem-unknown-urgent = urgent 不能有 { $given }。可以寫的有：{ $known }。
problem-next-too-early = 下一位導師會在 { $next } 個工作日之後受邀，但前一位在 { $remind } 個工作日之後才收到提醒。next 必須大於 remind。
problem-bad-by = by 不能是「{ $given }」。請寫 members：由主管的團隊成員不記名評分；或刪除 by，由執行步驟的人評分。
problem-ballot-by-manager = 關於主管的評分票不能由主管自己發。請用 who 指定 mentor、superior 或 hr。
problem-ballot-each = 評分票是不記名的，不能對每位成員各做一次。請刪除 each 或 by。
problem-bad-meet = 會談的對象不能是「{ $role }」。請寫 mentor 或 superior，也就是主管要和誰見面。
problem-meet-by-other = 這是主管與「{ $role }」的會談，但執行步驟的是「{ $who }」。請交給其中一方執行，或刪除 meet。
problem-meet-each = 與「{ $role }」的會談不能對每位成員各做一次。請刪除 each 或 meet。
problem-meet-not-in-cast = 步驟 { $step } 是與「{ $role }」的會談，但方案 { $program } 沒有這個角色。請把角色加進 cast，或刪除 meet。

## 提示

hint-did-you-mean = 是不是要寫 { $name }？
hint-known-keys = 這裡可以使用：{ $keys }
hint-both-languages = 請寫成 { "{" }en: ..., zh-TW: ...{ "}" }
hint-quote-comma = 在 { "{" } 與 { "}" } 之間，逗號會結束文字；含有逗號的文字請加上引號
hint-quote-text = 請把文字放進引號，例如 'a: b'
hint-save-as-utf8 = 請在編輯器選擇「以編碼儲存」：UTF-8

## 條件

problem-condition-part = 條件裡不能使用 { $part }。
problem-condition-syntax = 條件讀到這裡就讀不下去了。請檢查這裡與前面的括號、引號與符號。
problem-condition-quote = 從這裡開始的文字沒有結尾的引號。請補上。
problem-condition-too-deep = 括號的巢狀超過 { $max } 層。請把條件分到幾個步驟。
problem-condition-number = { $number } 不是這裡可以使用的數字。請寫數字，小數點後最多三位。
problem-condition-item = 清單裡只能放數字、加引號的文字、true 與 false。
problem-condition-chained = 比較的結果不能再拿來比較。請用 && 或 || 連接兩個比較。
problem-condition-root = 條件不能查詢 { $name }。可以查詢的有：{ $roots }。
problem-condition-path = 條件不能查詢 { $path }。請寫成像 { $form } 這樣。
problem-condition-manager = 主管一定會在，所以這個條件永遠成立。請刪除。
problem-never-asked = 步驟 { $step } 沒有欄位 { $field }：用到的表單欄位從來沒有人填寫。
problem-this-asked-later = 欄位 { $field } 沒有排在這個欄位前面。欄位的 when 只能查詢排在它前面的欄位，請調整順序。
problem-this-never-asked = 這份表單沒有欄位 { $field }：用到的表單欄位從來沒有人填寫。
problem-this-outside-form = this 指同一份表單的答案，只能寫在欄位的 when 裡。請寫 answers，再寫步驟與欄位。
problem-plan-in-form = 欄位的 when 只能查詢同一份表單的其他欄位。請寫 this 與欄位，或把條件移到步驟。
problem-asks-each = 步驟 { $step } 對每位成員各做一次，只有使用 each 的步驟才能查詢它的答案。
problem-rating-needs-dimension = { $field } 是評分，還要寫出其中一個面向，例如 { $field }.{ $dimension }。
problem-unknown-dimension = 評分 { $field } 沒有面向 { $name }。
problem-no-dimensions = { $field } 不是評分，名稱後面不能再接任何東西。請刪除 { $name }。
problem-unknown-option = { $part } 沒有選項 { $name }，所以永遠不會是這個答案。
problem-unknown-metric = 這個方案裡沒有指標 { $name }。
problem-not-comparable = 欄位 { $field } 的類型是 { $type }，條件無法比較這種欄位。
problem-list-compared = { $part } 是清單。請查詢 size({ $part })，或用 in 查詢某個選項是否在其中。
problem-list-mixed = 清單裡的值種類不同。請只列數字，或只列文字。
problem-types-differ = 這裡拿{ $left ->
        [truth] 真假值
        [number] 數字
       *[text] 文字
    }與{ $right ->
        [truth] 真假值
        [number] 數字
       *[text] 文字
    }比較，但兩者無法比較。
problem-order = { $found ->
        [truth] 真假值
       *[text] 文字
    }沒有大小順序。請用 == 或 != 比較。
problem-in-needs-option = in { $part } 的前面要寫它的其中一個選項，並加上引號。
problem-in-needs-list = in 後面要寫清單，例如 ["a", "b"]，或類型為 several 的欄位。
problem-size-of = size() 計算清單的項數：several 欄位的選項、table 的列，或 roster 的成員。{ $part } 是{ $found ->
        [truth] 真假值
        [number] 數字
       *[text] 文字
    }。
problem-not-a-truth = 這裡是{ $found ->
        [number] 數字
        [text] 文字
       *[list] 清單
    }，但需要的是成立或不成立。請拿它與別的值比較。
problem-never-holds = 無論怎麼回答，這個條件都不可能成立。請修正，或刪除依賴它的內容。
problem-always-holds = 無論怎麼回答，這個條件都成立。請刪除或修正。
hint-condition = 條件可以使用 == != < <= > >= && || ! in size()、數字、加引號的文字、true、false 與清單
hint-quote-word = 文字請加上引號：{ $name }

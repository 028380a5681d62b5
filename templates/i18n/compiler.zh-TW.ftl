### 編譯器在課程檔案中發現的問題，以及該怎麼做。

## 檔案

problem-too-large = 檔案超過 1 MiB。請把部分步驟移到另一份課程。
problem-not-utf8 = 檔案不是 UTF-8：第 { $line } 行（位移 { $offset } 的位元組）無法讀取。請將檔案另存為 UTF-8。
problem-control-character = 這裡有一個看不見的控制字元（{ $code }）。請刪除後重新輸入這段文字。
problem-empty-file = 檔案是空的。第一個鍵必須是 curriculum、program 或 calendar。
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

problem-unknown-file-kind = 檔案沒有說明自己是什麼。第一個鍵必須是 curriculum、program 或 calendar。
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
        [curriculum] 課程
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
problem-effort-out-of-range = { $given } 不能當作所需時間：單位是分鐘，從 1 到 { $max }。更花時間的步驟請拆成幾個。
problem-unknown-role = { $name } 不是角色。角色有：{ $roles }。
problem-bad-day = { $given } 不是有效的日子。日子是計畫的第幾個工作日，從 B1 到 B{ $max }。
problem-unknown-weekday = { $name } 不是星期幾。請寫其中一個：{ $weekdays }。
problem-bad-date = { $given } 不是存在的日期。日期請寫成 2026-01-31。

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
problem-visible-to-lacks = visible_to 漏了「{ $role }」，而這個步驟由這個角色執行或審閱。請把這個角色加進清單。

## 步驟要求的內容

problem-unknown-type = { $type } 不是類型。請從這些類型選一個：{ $types }。
problem-min-over-max = 最小值（{ $min }）大於最大值（{ $max }）。請對調，或修改其中一個。
problem-scale-too-long = 量表有 { $given } 個值，一頁最多放得下 { $max } 個。請改用 number。

## 檔案之間

problem-unknown-curriculum = 這些檔案裡沒有課程 { $name }。
problem-unused-curriculum = 沒有任何方案使用課程 { $name }，所以不會有人看到它的步驟。
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
problem-closed-too-long = 從 { $from } 起，連續超過 { $days } 天沒有工作日。請檢查 holidays。

## 提示

hint-did-you-mean = 是不是要寫 { $name }？
hint-known-keys = 這裡可以使用：{ $keys }
hint-both-languages = 請寫成 { "{" }en: ..., zh-TW: ...{ "}" }
hint-quote-comma = 在 { "{" } 與 { "}" } 之間，逗號會結束文字；含有逗號的文字請加上引號
hint-quote-text = 請把文字放進引號，例如 'a: b'
hint-save-as-utf8 = 請在編輯器選擇「以編碼儲存」：UTF-8

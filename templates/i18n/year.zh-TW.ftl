### 人資匯入的年度日曆檔案：哪裡有問題，以及該怎麼做。

## 檔案

year-too-large = 檔案超過 1 MiB。請一次匯入一年。
year-not-text = 這一行既不是 UTF-8 也不是 Big5。請另存為「CSV UTF-8」，或重新匯出檔案。
year-no-days = 檔案裡沒有任何日期。請選擇列出當年假日的檔案。
year-too-many-days = 檔案列出的日子超過 { $max } 天。請一次匯入一年。
year-too-long = 檔案從 { $from } 到 { $until }，超過 { $max } 年。請檢查第一個與最後一個日期，或減少年數再匯入。
year-days-missing =
    { $count ->
        [1] 檔案列出了每個平日，唯獨缺少 { $date }。請補上，以免漏掉假日。
       *[other] 檔案列出了每個平日，但缺少 { $count } 天，第一天是 { $date }。請補上，以免漏掉假日。
    }
year-nothing-off = 檔案裡 { $year } 年沒有任何放假日。可能選錯檔案，或檔案只有一部分。
year-few-days = 檔案裡 { $year } 年的平日只有 { $count } 天放假日，分成 { $stretches } 段。一整年不只這些：請選擇完整的行事曆，或改為加入公司自訂日。
year-half =
    { $empty ->
        [first] 檔案裡 { $year } 年的平日有 { $count } 天放假日，但 1 月到 6 月一天也沒有。可能只有半年的行事曆，請選擇全年的檔案。
       *[second] 檔案裡 { $year } 年的平日有 { $count } 天放假日，但 7 月到 12 月一天也沒有。可能只有半年的行事曆，請選擇全年的檔案。
    }
year-nothing-differs = 檔案裡的每一天都和平常的星期一樣，沒有可以匯入的內容。可能選錯檔案。
year-many-more = 還有 { $count } 個錯誤沒有列出。請先修正上面的錯誤。

## 日期

year-not-a-date = 「{ $given }」不是日期。請寫成 2026-01-31、2026/1/31 或 20260131，使用西元年。
year-date-out-of-range = { $date } 不在 { $from } 到 { $until } 年之間。請檢查年份。
year-duplicate = { $date } 在第 { $first } 行與第 { $second } 行的內容互相矛盾。請只保留其中一行。
year-name-direction = 這一天的名稱含有會改變文字方向的隱形字元。請重新輸入名稱。
year-name-too-long = 名稱「{ $name }」有 { $count } 個字元，最多 { $max } 個。請縮短。

## 表格（CSV）

year-no-columns = 第一行必須是欄位名稱：date、kind、name；或 date、isHoliday、description；或 西元日期、是否放假、備註。
year-column-twice = { $column } 欄與這一行的另一欄重複。請只保留一欄。
year-quote = 引號裡的文字跨到了下一行。請補上結尾的引號，或刪除其中的換行。
year-bad-flag = 「{ $given }」無法判斷是否放假。放假請填 2 或 true，上班請填 0 或 false。
year-bad-kind = 「{ $given }」不是日子的類別。請填放假、補班或半天（off、worked、half）。

## 清單（JSON）

year-json-not-a-list = 檔案不是清單。檔案必須以方括號開頭，每天一列，各用大括號括起來。
year-json-syntax = 檔案讀到這裡就讀不下去了。請檢查這一行與上一行的逗號、引號與括號。
year-json-not-a-row = 這不是用大括號括起來的一列。每一列要有 date、isHoliday 與 description。
year-json-date = 這一列沒有日期。請寫成 "date": "20260131"。
year-json-holiday = isHoliday 必須是 true 或 false，不加引號。
year-json-description = description 必須是加上引號的文字。

## 行事曆檔案（.ics）

year-ics-no-calendar = 檔案不是行事曆：第一行必須是 BEGIN:VCALENDAR。請將行事曆重新匯出為 .ics。
year-ics-line = 這一行不屬於行事曆檔案：冒號前面沒有名稱。接續上一行的內容必須以空格開頭。
year-ics-end = 這裡的開始或結束與前面不相符：每個 BEGIN 都要有同名的 END。請重新匯出行事曆。
year-ics-cut = 檔案不完整，中途就結束了。請重新下載或匯出。
year-ics-no-start = 這個活動沒有開始的日期（DTSTART）。請刪除這個活動，或重新匯出行事曆。
year-ics-timed = 這個活動有時刻（{ $given }）。只有全天活動才算放假日：請改為全天活動，或從行事曆移除。
year-ics-repeats = 這個活動會重複（{ $rule }）。請匯出成單日活動，每年各一個。
year-ics-reversed = 這個活動在 { $until } 結束，早於開始的 { $from }。請更正其中一個日期。
year-ics-duration = 「{ $given }」不是天數。請填寫活動的結束日期（DTEND），或 P2D 這樣的長度。

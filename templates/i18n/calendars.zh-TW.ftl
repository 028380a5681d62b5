### 人資的行事曆：匯入年度、公司自訂日，以及跟著調整的計畫。

calendars-title = 行事曆
calendars-open = 匯入年度行事曆、加入公司自訂日
calendars-lede = 各地哪些日子上班。行事曆改了，進行中計畫裡還沒完成的步驟會重新推算日期；已完成的不變。
calendars-calendar = 行事曆
calendars-known = 已知期間
calendars-known-was = 目前已知
calendars-known-now = 之後已知
calendars-people = 人數
calendars-plans = 進行中的計畫
calendars-on-it = 使用者
calendars-and = 、
calendars-people-count = { $count } 人
calendars-plans-count = { $count } 個進行中的計畫
calendars-ends-soon = 即將用完，請匯入下一年
calendars-warn-provisional = 有 { $count } 個進行中的計畫用到「{ $title }」尚未公布的日子（{ $from }至 { $until }），日期可能再調整。
calendars-warn-beyond = 有 { $count } 個進行中的計畫會延續到 { $until }之後，而「{ $title }」只知道到那一天：之後的假日都沒有算進去。
calendars-warn-act-provisional = 公布後，匯入年度行事曆到「{ $title }」
calendars-warn-act-beyond = 匯入下一年的行事曆到「{ $title }」

## 一份行事曆

calendars-import = 匯入年度行事曆
calendars-import-lede = 直接用政府公布的檔案。儲存之前，會先列出每一個改變的日子，以及每一個會移動的計畫。
calendars-file = 檔案
calendars-file-hint = .ics、.csv（UTF-8 或 Big5）或 .json，最大 1 MiB。.ics 裡的全天活動都會變成放假日：請在預覽裡看看有沒有其實要上班的紀念日。
calendars-no-file = 請先選擇檔案。
calendars-file-refused = 這個檔案還不能匯入
calendars-line = 第 { $line } 行：
calendars-preview = 預覽
calendars-imports = 已匯入
calendars-import-line = { $from }至{ $until }，來自 { $file }；{ $name }，{ $time }
calendars-drop = 移除 { $from }至{ $until }
calendars-company = 公司自訂日
calendars-company-lede = 公司自訂日優先於行事曆，匯入年度後仍然保留。凍結期間照常上班、照常寄信，但計畫裡沒有步驟到期。
calendars-add = 新增自訂日
calendars-kind = 類型
calendars-kind-hint = 凍結是指計畫裡不會有步驟到期的期間，例如季底。
calendars-kind-off = 放假
calendars-kind-worked = 上班
calendars-kind-half = 半天
calendars-kind-freeze = 凍結
calendars-from = 第一天
calendars-until = 最後一天
calendars-until-hint = 留空表示只有一天。
calendars-name-en = 英文名稱
calendars-name-zh-tw = 中文名稱
calendars-name-hint = 「為什麼是這一天？」會用這個名稱。填一種語言就可以。
calendars-everywhere = 套用到每一份行事曆
calendars-everywhere-short = 每一份行事曆
calendars-by = { $name }
calendars-remove = 移除「{ $name }」
calendars-reversed = 最後一天早於第一天。請對調。
calendars-too-long = 超過 { $days } 天太長了。請分成較短的期間。
calendars-closed = 從 { $from } 起會連續超過 { $days } 天放假或凍結，計畫無法進行。請縮短。
calendars-gap = 檔案是 { $from } 至 { $until }，行事曆已知的是 { $known_from } 至 { $known_until }，中間的日子就沒有資料了。請先匯入中間的年度。
calendars-stale = 這段期間有人改了行事曆。請再預覽一次。
calendars-damaged = 預覽的內容沒有完整送回。請重新選擇檔案。
calendars-year = { $year } 年
calendars-year-lede = 與一般週休不同的每一天，以及依據。
calendars-month = { $month ->
    [m0] 一月
    [m1] 二月
    [m2] 三月
    [m3] 四月
    [m4] 五月
    [m5] 六月
    [m6] 七月
    [m7] 八月
    [m8] 九月
    [m9] 十月
    [m10] 十一月
   *[m11] 十二月
  }
calendars-month-plain = 照一般週休。
calendars-counts = 計畫可用 { $count } 天
calendars-is-weekend = 週末
calendars-is-work = 上班
calendars-is-off = 放假
calendars-is-make-up = 補班
calendars-is-half = 半天
calendars-frozen = 凍結：{ $name }
calendars-from-file = 來自行事曆檔
calendars-from-import = 匯入
calendars-from-company = 公司自訂

## 預覽

calendars-preview-title = 預覽：{ $title }
calendars-preview-import = 讀自 { $file }。
calendars-preview-lede = 還沒有儲存。
calendars-preview-days = 會改變的日子
calendars-preview-same-days = 日子都沒有變，只有已知期間不同。
calendars-preview-nothing = 沒有任何改變：行事曆已經是這樣。
calendars-day = 日期
calendars-was = 目前
calendars-now = 之後
calendars-preview-plans = 會移動的計畫
calendars-preview-count = { $count ->
    [0] 沒有進行中的計畫會移動。
   *[other] 有 { $count } 個進行中的計畫會移動。
  }
calendars-preview-kept = { $count ->
    [0] {""}
   *[other] 另有 { $count } 個日期都不變。
  }
calendars-moved = { $count } 個日期會移動。
calendars-later = 最多晚 { $days } 天。
calendars-earlier = 最多早 { $days } 天。
calendars-checkpoint = 第 { $n } 個工作日的檢視點：{ $was } → { $now }。
calendars-last-day = 方案的最後一天：{ $was } → { $now }。
calendars-slips = 有 { $count } 個步驟落到原定日期之後：
calendars-all-steps = 全部 { $count } 個日期，移動前後
calendars-apply-lede = { $count ->
    [0] 沒有計畫會移動。之後的信件會依新的日子寄送。
   *[other] 儲存後會更新 { $count } 個計畫的日期。30 天內可以在各計畫的頁面復原。
  }
calendars-apply = 儲存並移動日期
calendars-cancel = 維持原樣
done-calendar-changed = 行事曆已儲存，進行中的計畫已更新日期。

## 一個人的行事曆

calendars-person-preview = 改用「{ $title }」後，有 { $count } 個進行中的計畫會換日期。再按一次儲存就會生效。

### 信件標頭、會議邀請和附件表格裡的文字。

## 各類信件的名稱，由收信程式列出：只用文字和空格

form-list-reminders = 提醒
form-list-queue = 等你回覆
form-list-reports = 新任主管進度報告
form-list-digest = 人資週報

## 行事曆上的會議

form-meeting-summary = { $title }（{ $with }）

## 週報的表格

form-sheet-plan = 計畫
form-sheet-day = 第幾個工作日
form-sheet-done = 已完成步驟
form-sheet-all = 全部步驟
form-sheet-percent = 完成百分比
form-sheet-done-in-week = 本週完成
form-sheet-overdue = 逾期
form-sheet-waiting = 審閱中
form-sheet-state = 狀態
form-sheet-address = 網址
form-sheet-running = 進行中
form-sheet-paused = 暫停中
form-sheet-finished = 已完成

field-begun = 依你的計畫先寫好的草稿，可以修改，也可以照用。
field-suggestion = 從你的計畫
field-begun-and = {"；"}
begin-done = { $title }{ $count ->
    [1] {""}
   *[other] （×{ $count }）
    }
begin-late = { $title }：逾期 { $days } 天
begin-figure = { $label }，{ $day }：{ $value } { $unit }（前一次 { $before } { $unit }）
begin-figure-alone = { $label }，{ $day }：{ $value } { $unit }

### 人資上傳的課程檔案：錯誤、發布後會是什麼樣子，以及發布。

## 上傳

upload-title = 上傳課程檔案
upload-lede = 檔案的檢查方式與指令相同。在下一頁按下按鈕之前，不會發布任何內容。
upload-files = 壓縮檔或檔案
upload-files-hint = 整個資料夾壓成的 zip，或逐一選取 .yaml 檔。zip 最多 { $zip } MB，解壓縮後最多 { $max } MB。
upload-folder = 或選一個資料夾
upload-folder-hint = 包含其中各層的每個 .yaml 檔。部分手機無法選取資料夾。
upload-act = 上傳並檢查
upload-start = 不用 git 也能修改已發布的課程：到版本的頁面下載原始檔，修改後再上傳到這裡。
upload-nothing = 請先選擇壓縮檔、資料夾或檔案。
upload-one-way = 請選擇壓縮檔或檔案，或選擇資料夾，不要兩者都選。
upload-no-zip = 這不是可以讀取的 zip。請把資料夾重新壓成 .zip。
upload-zip-too-large = 壓縮檔超過 { $max } MB。請只壓縮放課程檔案的資料夾。
upload-broken = 壓縮檔已損壞，請重新壓縮資料夾。
upload-password = 壓縮檔設了密碼，請不要設密碼再壓縮一次。
upload-compression = 這裡無法讀取這種壓縮方式，請用一般的方式（deflate）壓縮。
upload-too-many-entries = 檔案超過 { $max } 個。請只壓縮放課程檔案的資料夾。
upload-too-many = 課程檔案超過 { $max } 個，請分幾次上傳。
upload-too-much = 課程檔案合計超過 { $max } MB。請只壓縮放課程檔案的資料夾。
upload-no-yaml = 其中沒有 .yaml 檔。
upload-twice = { $path } 出現了兩次，請只保留一個。
upload-bad-path = { $path } 指向資料夾之外，或檔名含有看不見的字元。沒有收下任何檔案，請重新壓縮資料夾。
upload-long-path = { $path } 的名稱超過 { $max } 個字元，請縮短資料夾名稱。
upload-link = { $path } 是指向其他檔案的連結，請改放檔案本身。
upload-archive-inside = { $path } 是裡面的另一個壓縮檔，請先解開，或不要放進來。

## 草稿

drafts-title = 草稿
drafts-lede = 已上傳、尚未發布。人資都看得到，30 天後自動刪除。
draft-uploaded = { $name }於 { $time } 上傳
draft-title = 草稿：{ $name }
draft-lede = { $name }於 { $time } 上傳，保留到 { $until }。
draft-files = { $count } 個課程檔案
draft-ignored = 略過其他 { $count } 個檔案
draft-refused = 有 { $count } 處錯誤，改正之前無法發布。
draft-refused-do = 請在你存放檔案的地方改正，再從下方重新上傳。
draft-mistakes = 錯誤
draft-warnings = 警告
draft-warnings-lede = 有警告仍然可以發布。
draft-count-errors = { $count } 處錯誤
draft-count-warnings = { $count } 處警告
draft-error = 錯誤
draft-warning = 警告
draft-place = 第 { $line } 行第 { $column } 字
draft-hint = 提示：{ $hint }
draft-programs = 課程方案
draft-no-program = 檔案中沒有方案。
draft-new = 新增
draft-changed = 有變更
draft-current = 已發布
draft-earlier = 曾經發布
draft-curricula = { $count } 份課程
draft-release = 版本
draft-load = 主管每週的時間
draft-load-says = 前 { $of } 週平均每週 { $mean } 小時，最多 { $most } 小時（第 { $week } 週），以 { $team } 人的團隊計算。
draft-load-limit =
    { $count ->
        [0] 沒有一週超過上限 { $limit } 小時。
       *[other] { $count } 週超過上限 { $limit } 小時。
    }
draft-beside = 目前發布的版本
draft-stays =
    { $count ->
        [0] 沒有計畫使用這個版本。
       *[other] { $count } 個計畫使用這個版本，在你套用更新之前維持不變。
    }
draft-calendars = 行事曆
draft-calendar-line = { $title }，{ $from } – { $until }：{ $state }
draft-calendar-new = 新增
draft-calendar-changed = 取代已發布的行事曆；進行中計畫裡未完成的步驟會重新排定日期，已完成的不變
draft-calendar-current = 與已發布的相同
draft-publish = 發布
draft-publish-lede = 發布之後，新的計畫採用這些版本，進行中的計畫維持原來的版本，直到你升級它們。
draft-publish-hash = { $program }：版本 { $hash }
draft-publish-confirm = 我已看過變更的內容，確定發布。
draft-publish-unconfirmed = 確定要發布，請勾選這個方框。
draft-publish-stale = 開啟本頁之後，已有其他內容發布。請先看現在會變更什麼，再決定一次。
draft-published = 這些內容都已經發布。
draft-discard = 刪除這份草稿
draft-discard-hint = 這裡不再保留上傳的檔案，已發布的內容不受影響。
draft-again = 重新上傳
done-draft-dropped = 草稿已刪除。

## 試用版本

tryout-title = 先試試看
tryout-simulate = 模擬
tryout-simulate-does = 每個日期、每週時數、每封信
tryout-preview = 以某人身分看某一天
tryout-preview-does = 當天早上的頁面與信件會是什麼樣子
tryout-diff = 有哪些變更
tryout-diff-does = 與另一個版本對照
tryout-graph = 步驟關係圖
tryout-graph-does = 哪個步驟在等哪個步驟
tryout-export = 匯出成文件
tryout-export-does = Markdown，方便閱讀與審閱
tryout-export-lang = { $lang ->
    [en] 英文
   *[other] 中文
    }
tryout-sources = 原始檔
tryout-sources-does = 可以修改後再上傳的 zip
tryout-again = 做成草稿
tryout-again-hint = 可以用現在的規則再檢查一次，或回到這個版本：發布草稿後，新的計畫會再採用它。
tryout-inputs = 假設條件
tryout-again-act = 顯示
tryout-team-label = 團隊人數
tryout-team-hint = 0 到 100 人。
tryout-team = 請填 0 到 { $max } 的整數。
tryout-start = 請選擇距今兩年之內的上任日。
tryout-role-label = 身分
tryout-role = 請選擇這個方案中的角色。
tryout-on-label = 哪一天早上
tryout-on-hint = 假設在那之前每個人都如期完成。
tryout-more = 成員姓名、劇本與答案
tryout-more-hint = 留空代表不啟動，或沒有作答。
tryout-names-label = 團隊成員姓名
tryout-names-hint = 一行一個名字，填了就取代上面的人數。
tryout-names = 最多 { $max } 個名字，一行一個，每個不超過 { $longest } 個字。
tryout-launch = 啟動「{ $playbook }」的工作日
tryout-launch-label = 劇本的啟動日
tryout-launch-day = 請填計畫的第幾個工作日，1 到 { $ends }。
tryout-answer-label = 某個答案
tryout-open = 未作答

## 與另一個版本對照，以及圖

compare-title = 「{ $program }」有哪些變更
compare-stays = 與版本 { $hash } 對照。{ $plans }
compare-with = 對照的版本
compare-count = 共 { $steps } 個步驟；新增 { $added } 個，移除 { $removed } 個，變更 { $changed } 個。
compare-added = 新增
compare-removed = 移除
compare-changed = 變更
compare-nothing-beside = 這個方案沒有其他版本可以對照。
graph-page-title = 「{ $program }」的步驟關係圖
graph-page-lede = 依日期排列，並標出哪個步驟在等哪個步驟。可捲動查看全圖。
graph-page-alone = 只看圖
graph-page-words = 以文字看所有步驟
graph-page-alt = { $program }：各步驟與等待的關係。文件中有相同內容的文字。

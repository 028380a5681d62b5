### 為什麼沒有完成，以及接下來可以怎麼做。

refusal-no-such-step = 這份計畫沒有「{ $step }」這個步驟。請回到計畫頁查看。
refusal-blocked =
    { $more ->
        [0] 「{ $step }」還在等「{ $blockers }」完成。
       *[other] 「{ $step }」還在等「{ $blockers }」以及另外 { $more } 個步驟完成。
    }
refusal-not-open-yet = 「{ $step }」於 { $opens } 開始，在那之前不需要做任何事。
refusal-not-yours = 只有這份計畫的{ $role }可以這麼做。
refusal-not-of-meeting = 只有會談的兩人可以這麼做：主管，以及{ $role }或目前的代理人。
refusal-already-closed = 「{ $step }」已經結束，不需要再做任何事。
refusal-in-review = 「{ $step }」已經交出，正在等{ $role }審閱。若要修改，請先收回。
refusal-nothing-to-review = 「{ $step }」目前沒有交出的內容，無法接受或退回。
refusal-put-off-too-often = 這個步驟已經延後 { $times } 次了。請完成它，或和導師談談改到哪一天。
refusal-line-needed = 請寫一句話說明還缺什麼，對方才知道如何補上。
refusal-evidence = 有 { $count } 個答案需要再看一下。你寫的內容都已保留。
refusal-changed-by = 你開啟本頁之後，{ $who }已於 { $at } 更動「{ $step }」。請先看最新的內容，再決定一次。
refusal-changed = 你開啟本頁之後，「{ $step }」已於 { $at } 更動。請先看最新的內容，再決定一次。
refusal-cannot-take-back = 無法收回「{ $step }」：只能收回自己交出、而且尚未被接受的內容。
refusal-next-turn-under-way = 「{ $step }」維持原狀，因為下一次已經開始。請改用留言補充。
refusal-accepted-upon = 這裡維持原狀，因為排在它後面的「{ $step }」已經被接受。請接受的人先收回，才能修改；或改用留言補充。
refusal-branch-under-way = 這裡維持原狀，因為由它開啟的「{ $step }」已經開始。請改用留言補充。
refusal-no-such-playbook = 這個課程沒有這份劇本。
refusal-playbook-runs = 這個劇本正在進行中，最後一個步驟完成後才能再次啟動。
refusal-no-such-module = 這個課程裡沒有這個單元。請回到計畫頁看看有哪些單元。
refusal-left-out = 這個單元已從計畫中略過；已交出的內容可以接受，但不會再重新開放。
refusal-module-skipped = 這個單元先前已經從計畫中略過。
refusal-paused = 這份計畫已經暫停了。
refusal-not-paused = 這份計畫沒有暫停，照常進行。
refusal-plan-ended =
    { $how ->
        [graduated] 這份計畫已於 { $at } 結業，現在只能閱讀。
        [cancelled] 這份計畫已於 { $at } 取消，現在只能閱讀。
       *[early] 這份計畫已於 { $at } 提前結束，現在只能閱讀。
    }
refusal-steps-left = 這份計畫還有未完成的步驟。請先完成，或寫下理由提前結束計畫。
refusal-no-mentor = 這份計畫還沒有導師，所以也沒有人可以代理。請先邀請導師。
refusal-day-passed = { $day }已經過了。請選今天或之後的日子。
refusal-ends-before = 最後一天（{ $until }）不能早於{ $from }。請檢查這兩個日期。
refusal-leave-before-plan = 請假在{ $until }就結束，早於計畫的第一天（{ $begins }），不會影響計畫。請檢查這兩個日期。
refusal-too-long = 超過上限 { $most } 天了。請減少天數。
refusal-nothing-offered = 這裡已經沒有待確認的變更：可能已經回覆，或已被更新的版本取代。
refusal-nothing-to-undo = 沒有可以復原的內容：已經復原過了。
refusal-too-late-to-undo = 已超過 { $days } 天，無法復原。請改為重新安排計畫。
refusal-of-roster = 這是團隊異動帶來的變更。請到該成員的頁面復原，所有計畫會一併處理。
refusal-of-calendar = 這是行事曆異動帶來的變更。請修改行事曆，採用它的計畫都會重新排定日期。
refusal-no-days = 請至少選一個工作日。
refusal-later-upgrade = 之後又套用了更新的版本，請先復原那一個版本。
refusal-later-rollout = 其中有計畫之後又升級過，請先復原那一次升級。目前沒有復原任何計畫。
refusal-plan-changed = 你查看預覽時，計畫已有變動。以下是現在套用的結果。
refusal-title-needed = 請給這個步驟一個標題，寫在同一行，不含特殊字元。
refusal-same-release = 這份計畫已經是這個版本。
refusal-not-asked = 這份計畫沒有邀請你擔任導師，或後來已改邀他人。請洽人資重新邀請。
refusal-mentor-in-cast = 這份計畫的{ $role }不能同時擔任導師，請另選一位。
refusal-already-mentor = { $who }已經是導師，或已受邀但尚未回覆。
refusal-superior-is-manager = 主管不能是自己的上級，請選擇其直屬上級。
refusal-member-present = { $member }已經在這個團隊裡。
refusal-member-absent = { $member }目前不在這個團隊裡。
refusal-left-before-joining = 離開的日期不能早於加入的日期，請檢查這兩個日期。
refusal-day-out-of-range = { $day } 離現在太遠，請檢查年份。
refusal-bad-words = 這段文字太長，或含有無法保存的字元。請縮短，或重新輸入而不要貼上。

## 表單的一個欄位

field-required = 請填寫這一項。
field-control-character = 這裡含有無法保存的字元，請重新輸入而不要貼上。
field-too-short = 請再多寫一些：至少 { $min } 個字，目前有 { $given } 個字。
field-too-long = 請縮短到 { $max } 個字以內，目前有 { $given } 個字。
field-not-an-option = 請從選項中選一個。
field-out-of-scale = 請選擇 { $min } 到 { $max } 之間的值。
field-not-a-number = 請用數字填寫，例如 80、1,250 或 2.5，小數點後最多三位。
field-number-too-small = 請填寫不小於 { $min } 的數字。
field-number-too-large = 請填寫不大於 { $max } 的數字。
field-not-a-date = 請選擇 2000 到 2099 年之間的日期，或以「年-月-日」填寫，例如 2026-03-02。
field-not-one-line = 請寫成一行，不要有看不見的字元（例如換行，或改變文字方向的符號）。如果是貼上的內容，請重新輸入。
field-not-on-roster = 請選擇團隊名冊上的成員。
field-not-a-link = 請填以 https:// 或 http:// 開頭的網址。
field-not-a-file = 請重新附上檔案。
field-file-too-large = 檔案超過 { $max } MB，請選小一點的檔案。
field-file-empty = 檔案是空的，請選另一個檔案。
field-file-kind = 無法接受這種檔案，或副檔名與內容不符。請附上 PDF、圖片（PNG、JPEG、WebP）、Office 或 OpenDocument 文件、文字檔或 CSV。
field-several-count =
    { $min ->
        [1] 最多選 { $max } 項，目前選了 { $given } 項。
       *[other] 請選 { $min } 到 { $max } 項，目前選了 { $given } 項。
    }
field-smart-lacks = 還要補上：{ $specific ->
    [missing] {" "}• 到底要改變什麼（具體）
   *[there] {""}
    }{ $measurable ->
    [missing] {" "}• 看哪個數字（可衡量）
   *[there] {""}
    }{ $measure ->
    [number] {" "}• 「可衡量」裡的數字，例如新增 20 家客戶、提高到 15%
    [unit] {" "}• 「可衡量」裡數字的單位，例如家、%、千元
   *[there] {""}
    }{ $achievable ->
    [missing] {" "}• 為什麼做得到（可達成）
   *[there] {""}
    }{ $relevant ->
    [missing] {" "}• 對應公司哪一項方向（相關）
   *[there] {""}
    }{ $time_bound ->
    [missing] {" "}• 截止日期（有期限）
   *[there] {""}
    }{ $owner ->
    [missing] {" "}• 由誰負責（負責人）
   *[there] {""}
    }
field-smart-past = 目標的期限已經過了，或就是今天。請寫一個還沒到的日子。
field-smart-too-long = 每個部分請縮短到 { $max } 個字以內。
field-dimension-missing = 「{ $dimension }」：請選一個分數。
field-dimension-out-of-scale = 「{ $dimension }」：請選擇畫面上的分數。
field-note-missing = 「{ $dimension }」：請在分數旁寫一個例子。
field-note-too-long = 「{ $dimension }」：說明請縮短到 { $max } 個字以內。
field-rated-too-few = 至少要評 { $min } 個面向；單看一個數字看不出什麼。目前評了 { $given } 個。
field-rows-too-few = 請至少填寫 { $min } 列，目前有 { $given } 列。
field-rows-too-many = 請保留最多 { $max } 列。

## 表格的一格

cell-required = 第 { $row } 列：請填寫「{ $column }」。
cell-control-character = 第 { $row } 列：「{ $column }」含有無法保存的字元，請重新輸入而不要貼上。
cell-too-long = 第 { $row } 列：請把「{ $column }」縮短到 2000 個字以內。
cell-not-a-number = 第 { $row } 列：「{ $column }」必須是數字，例如 80、1,250 或 2.5。
cell-not-a-date = 第 { $row } 列：「{ $column }」必須是日期，例如 2026-03-02。
cell-not-an-option = 第 { $row } 列：請為「{ $column }」選擇一個選項。
cell-not-on-roster = 第 { $row } 列：「{ $column }」請選擇團隊名冊上的成員。

refusal-team-too-small = 匿名回饋至少要有 { $fewest } 位成員；人數太少，容易猜出是誰寫的。請改為個別面談。
refusal-pulse-answered = 已經有人作答，這次回饋不能重新開始。時間到會自動截止。

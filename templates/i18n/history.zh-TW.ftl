### 計畫的歷程：發生了什麼、由誰；計畫在過去某一天的樣子；已離開計畫的步驟。

## 頁面

history-title = 計畫歷程
history-link = 這份計畫的歷程
history-of-step = 「{ $step }」的歷程
history-step-link = 這個步驟的歷程
history-whole = 整份計畫的歷程
history-lede = 這份計畫發生過的每一件事，最近的日子在最上面。時間以主管所在地為準。
history-verified =
    { $count ->
        [1] 紀錄鏈驗證無誤：唯一一筆紀錄與寫入時相同。
       *[other] 紀錄鏈驗證無誤：{ $count } 筆紀錄全都與寫入時相同，順序正確，沒有缺漏。
    }
history-chain-gap = 紀錄鏈中斷：缺少第 { $n } 筆紀錄，之後的紀錄沒有顯示。請通知系統管理人員。
history-chain-broken = 紀錄鏈在第 { $n } 筆中斷：這筆紀錄在寫入之後被更動過。從這一筆起的內容請勿採信，並通知系統管理人員。
history-chain-unreadable = 紀錄鏈中斷：第 { $n } 筆紀錄無法讀取，因此沒有顯示。請通知系統管理人員。
history-chain-end = 紀錄鏈的結尾不符：計畫記載最新的一筆是第 { $n } 筆，但紀錄推算不到那裡。請通知系統管理人員。
history-number = 第 { $n } 筆
history-by-program = 系統
history-as-of = 當天結束時的計畫
history-undone = { $who }已於 { $day } 復原（第 { $n } 筆）
history-calendar-link = 查看行事曆的變動
history-reason = 原因：
history-earlier = 更早的日子
history-newest = 回到最新
history-nothing = 那一天之前沒有任何紀錄。

## 動作

history-started = 計畫開始，{ $manager }於 { $day } 上任
history-moved-on = 計畫往前推進
history-planned = 「{ $step }」加入計畫，{ $due } 到期
history-handed-in = { $who }交出了「{ $step }」
history-done = { $who }完成了「{ $step }」
history-accepted = { $who }接受了「{ $step }」
history-returned = { $who }退回了「{ $step }」
history-taken-back = { $who }收回了「{ $step }」
history-reconsidered = { $who }收回了對「{ $step }」的回覆，這個步驟重新等待回覆
history-reconsidered-and-next = { $who }收回了對「{ $step }」的回覆，它帶出的下一次也離開了計畫
history-taken-back-and-next = { $who }收回了「{ $step }」，它帶出的下一次也離開了計畫
history-commented = { $who }對「{ $step }」留了言
history-lapsed = 「{ $step }」在下一次開放之前沒有完成
history-closed =
    { $reason ->
        [closed] 成員已移出團隊，「{ $step }」因此結案
        [not-taken] 依照所填的答案，不需要「{ $step }」
        [ended] 週期結束，「{ $step }」不再需要
        [waived] 「{ $step }」已從這份計畫中免除
        [skipped] 「{ $step }」所屬的單元已略過
        [plan-ended] 「{ $step }」隨計畫結束而結案
       *[other] 「{ $step }」已結案
    }
history-moved = 「{ $step }」改為 { $due } 到期
history-moved-opening = 「{ $step }」改為 { $opens } 開放
history-renamed = 「{ $step }」換了名稱
history-undid = { $who }復原了第 { $n } 筆
history-undid-what = 內容是：{ $what }（{ $day }）
history-put-back = 「{ $step }」恢復原狀
history-stays = 「{ $step }」之後有變動，維持現在的樣子
history-mentor-asked = 已邀請{ $mentor }擔任導師
history-somebody-asked = 已邀請人選擔任導師
history-mentor-accepted = { $mentor }答應擔任導師
history-mentor-declined = { $mentor }婉拒擔任導師
history-somebody-declined = 受邀的人選婉拒擔任導師
history-recast = 從現在起，上級是{ $superior }，人資負責人是{ $hr }
history-launched = 啟動了劇本「{ $playbook }」
history-withdrawn = 「{ $step }」離開了計畫
history-joined = { $member }自 { $day } 起在團隊中
history-somebody-joined = 一位成員自 { $day } 起在團隊中
history-left = { $member }在團隊的最後一天：{ $day }
history-somebody-left = 一位成員在團隊的最後一天：{ $day }
history-deputy-left = 導師回來了，不再需要代理

## 對整份計畫的安排

history-deed-moved = 「{ $step }」改到 { $due }
history-deed-moved-away = 「{ $step }」改到另一天
history-deed-shifted =
    { $days ->
        [1] 從 { $from } 起，計畫延後 1 個工作日
       *[other] 從 { $from } 起，計畫延後 { $days } 個工作日
    }
history-deed-added = 只為這份計畫新增了「{ $step }」
history-deed-waived = 從這份計畫中免除了「{ $step }」
history-deed-skipped = 略過了單元「{ $curriculum }」
history-deed-leave = 登記了請假：{ $from } 到 { $until }
history-deed-paused = 計畫自 { $from } 起暫停
history-deed-resumed = 計畫繼續進行
history-deed-resumed-after = 計畫繼續進行；{ $from } 到 { $until } 暫停
history-deed-deputy = { $deputy }於 { $from } 到 { $until } 代理導師
history-deed-deputy-instead = { $deputy }於 { $from } 到 { $until } 代理導師，取代原定 { $instead_from } 到 { $instead_until } 的{ $instead }
history-deed-redated = 依照行事曆「{ $calendar }」重新推算日期
history-deed-upgraded = 套用了方案的 { $version } 版本
history-deed-offer-taken = 採用了「{ $step }」的變更
history-deed-offer-declined = 沒有採用「{ $step }」的變更
history-deed-member-left = { $member }已從團隊移出
history-deed-somebody-left = 一位成員已從團隊移出
history-deed-member-back = { $member }已放回團隊名單
history-deed-somebody-back = 一位成員已放回團隊名單
history-deed-member-corrected = { $member }加入團隊的日期更正為 { $day }
history-deed-somebody-corrected = 一位成員加入團隊的日期更正為 { $day }
history-deed-ended =
    { $how ->
        [graduated] 計畫結業
        [early] 計畫提前完成
        [cancelled] 計畫取消
       *[other] 計畫結束
    }

## 隨之而來的變動，依種類計數

history-count-planned =
    { $count ->
        [1] 加入 1 個步驟
       *[other] 加入 { $count } 個步驟
    }
history-count-moved =
    { $count ->
        [1] 更動 1 個日期
       *[other] 更動 { $count } 個日期
    }
history-count-renamed =
    { $count ->
        [1] 1 個步驟換了名稱
       *[other] { $count } 個步驟換了名稱
    }
history-count-closed =
    { $count ->
        [1] 1 個步驟結案
       *[other] { $count } 個步驟結案
    }
history-count-withdrawn =
    { $count ->
        [1] 1 個步驟離開
       *[other] { $count } 個步驟離開
    }
history-count-lapsed =
    { $count ->
        [1] 1 個步驟逾期未做
       *[other] { $count } 個步驟逾期未做
    }
history-count-joined =
    { $count ->
        [1] 1 位成員
       *[other] { $count } 位成員
    }
history-count-asked =
    { $count ->
        [1] 邀請 1 位導師人選
       *[other] 邀請 { $count } 位導師人選
    }
history-count-put-back =
    { $count ->
        [1] 1 個步驟恢復原狀
       *[other] { $count } 個步驟恢復原狀
    }
history-count-stays =
    { $count ->
        [1] 1 個步驟維持現在的樣子
       *[other] { $count } 個步驟維持現在的樣子
    }
history-count-other =
    { $count ->
        [1] 另外 1 件事
       *[other] 另外 { $count } 件事
    }

## 過去某一天的計畫

history-as-it-was = { $day } 當天的計畫
history-as-it-was-means = 這是那一天結束時的樣子，這裡不能更改任何內容。
history-day-before = 前一天
history-day-after = 後一天
history-now = 現在的計畫
history-before-start = 這份計畫從 { $day } 開始，之前沒有內容。以下是現在的計畫。
history-not-yet = { $day } 還沒到。以下是現在的計畫。
history-not-a-day = 「{ $given }」不是日期。請寫成 2026-01-31。以下是現在的計畫。

## 已離開計畫的步驟

history-gone = 這個步驟已經離開計畫
history-gone-lede = 這個連結曾經有效。「{ $step }」原本在{ $manager }的計畫裡，後來移出了，現在不需要再做任何事。
history-gone-with = 它離開的原因：
history-gone-typed = 你寫的內容沒有保存。請把還需要的部分複製下來：
history-gone-draft = 你沒有交出的草稿
history-gone-plan = 前往計畫
history-gone-history = 查看歷程

### 調整一份計畫：表單、預覽、調整紀錄，以及其他頁面上的說明。

done-arranged = 計畫已經調整。調整紀錄列在本頁最後，需要時可以復原。
done-undone = 已經復原。之後完成的內容都保留。

## 頁面

arrange-link = 調整這份計畫
arrange-title = 調整{ $name }的計畫
arrange-lede = 選擇要調整的項目。套用之前會先顯示結果，套用之後也可以復原。
arrange-look = 先看結果

arrange-days = 日期
arrange-move = 移動一個步驟
arrange-move-lede = 到期日改為所選的日子；若遇放假，改為下一個工作日。之後這一天不變；只有請假、暫停或「整份計畫往後移」涵蓋到這一天時才會往後移。
arrange-shift = 整份計畫往後移
arrange-shift-lede = 從這一天起到期、還沒完成的步驟，全部往後移所填的工作日數。日期由人工指定的步驟維持不變；若落在這幾個工作日之內，改為之後的第一個工作日。
arrange-leave = 主管請假
arrange-leave-lede = 請填第一天與最後一天。請假的日子不計入計畫：落在其中和之後的步驟都會往後移。已經結束的請假也可以補登。
arrange-leave-others = 只計入這份計畫。{ $name }還有其他進行中的計畫，請也到那裡登記：
arrange-pause = 暫停計畫
arrange-pause-lede = 從今天起，直到恢復進行為止，沒有步驟會開放或到期，也不會提醒任何步驟。已交出的仍會請審閱者回覆。
arrange-resume = 恢復進行
arrange-resume-lede = 今天起繼續。還沒完成的步驟，依暫停的天數往後移。

arrange-steps = 步驟
arrange-add = 為這位主管加一個步驟
arrange-add-lede = 只有這份計畫有，做法與其他步驟相同。
arrange-waive = 免除一個步驟
arrange-waive-lede = 不必完成就結束。已經寫下的內容會保留。
arrange-skip = 略過一個單元
arrange-skip-lede = 未完成的步驟會結束，之後也不再出現。已完成的都保留。
arrange-module-option =
    { $count ->
        [0] { $title }（目前沒有未完成的步驟）
       *[other] { $title }（{ $count } 個步驟未完成）
    }

arrange-mentor = 導師
arrange-deputy = { $name }不在的期間
arrange-deputy-lede = 由另一位代理{ $name }：這段期間可以閱讀、審閱並收到信件，期間結束後就看不到這份計畫。

arrange-ending = 結束
arrange-end = 結束計畫
arrange-end-lede = 未完成的步驟會結束。所有內容仍可閱讀，已交出的也仍可接受。
arrange-how-graduated = 結業：列出的步驟都已結束
arrange-how-early = 提前結束：主管已經上手，或另有安排
arrange-how-cancelled = 取消：不再需要這份計畫

arrange-label-step = 步驟
arrange-label-due = 到期日
arrange-label-from = 開始日期
arrange-label-until = 結束日期
arrange-label-days = 工作日數
arrange-label-title = 標題
arrange-label-text = 要做什麼
arrange-label-who = 由誰完成
arrange-label-review = 由誰審閱
arrange-review-nobody = 不需審閱：勾選就完成
arrange-label-minutes = 需要幾分鐘
arrange-label-reason = 理由
arrange-label-module = 單元
arrange-label-deputy = 由誰代理
arrange-label-how = 如何結束
arrange-hint-text = 幾句話即可，也可以留白。
arrange-hint-reason = 一句話就好。參與這份計畫的人都看得到。
arrange-hint-end = 除了結業以外都需要填寫。參與這份計畫的人都看得到。
arrange-hint-deputy = 不能是這位主管本人或其上級。名單裡沒有合適的人嗎？人資可以選任何一位。

## 會有什麼結果

arrange-preview-title = { $name }的計畫會有什麼變化
arrange-preview-eyebrow = 目前還沒有任何變動
arrange-preview-undo = 復原：目前還沒有任何變動
arrange-preview-lede = 以下是套用之後與現在的差別。
arrange-apply = 套用
arrange-back = 返回，不做變動
arrange-undo = 復原
arrange-preview-of = 預覽：{ $deed }
arrange-undo-title = 復原：{ $deed }
arrange-undo-act = 確定復原

arrange-wish-move = 「{ $step }」改為 { $due } 到期
arrange-wish-shift = 從 { $from } 起，計畫往後移 { $days } 個工作日
arrange-wish-add = 為這位主管加一個步驟：「{ $step }」
arrange-wish-waive = 免除「{ $step }」
arrange-wish-skip = 略過單元「{ $module }」
arrange-wish-leave = 請假：{ $from } 到 { $until }
arrange-wish-pause = 計畫從今天起暫停
arrange-wish-resume = 計畫從今天起恢復
arrange-pause-then = 恢復進行時，暫停的天數不計，屆時未完成的步驟依這些天數往後移。
arrange-wish-deputy = { $from } 到 { $until } 由{ $name }代理導師
arrange-wish-graduate = 計畫結業
arrange-wish-early = 計畫提前結束
arrange-wish-cancel = 取消計畫

arrange-change-none = 日期都不變，步驟也沒有增減。
arrange-change-changed = { $count } 個步驟有變更
arrange-change-moved = { $count } 個日期改變
arrange-change-reopened = { $count } 個步驟重新開放
arrange-change-opening = { $count } 個步驟會立刻開放
arrange-change-list = 逐一列出與到期日
arrange-change-each = 逐一列出原本與新的日期
arrange-change-step = 步驟
arrange-change-was = 現在的到期日
arrange-change-now = 之後的到期日
arrange-change-later = 晚 { $days } 天
arrange-change-earlier = 早 { $days } 天
arrange-change-added = 新增 { $count } 個步驟
arrange-change-removed = { $count } 個步驟離開計畫
arrange-change-closed = { $count } 個步驟結束
arrange-change-closed-means = { $count ->
    [1] 這個步驟沒有完成，也不需要再做。
   *[other] 這些步驟沒有完成，也不需要再做。
  }
arrange-change-done = { $count } 個步驟已完成，維持不變
arrange-change-checkpoint = 第 { $n } 個工作日的檢視點
arrange-change-checkpoint-moves = 從 { $was } 移到 { $now }。
arrange-change-checkpoint-stays = 仍是 { $date }。
arrange-change-checkpoint-comes = 新增，在 { $date }。
arrange-change-checkpoint-goes = 取消，原本在 { $date }。
arrange-change-last-day = 方案的最後一天
arrange-change-slips = 原本 { $date } 前到期、之後會晚於這一天的步驟有 { $count } 個：
arrange-change-mail = 下一個早上的信
arrange-change-more = 多提到：
arrange-change-fewer = 不再提到：

arrange-deputy-title = 交給{ $name }的事
arrange-deputy-review = 審閱
arrange-deputy-does = 要做
arrange-deputy-replaces = 這會取代{ $name }（{ $from } 到 { $until }）。
arrange-deputy-one = 同一時間只有一位代理人，以最後指定的為準。
arrange-deputy-nothing = 到目前為止，這段期間沒有導師要處理的事。
arrange-deputy-means = 從現在起，導師看得到的內容{ $name }都看得到，方便事先準備。日期不會變動。

arrange-stays = { $count } 個步驟維持現在的樣子
arrange-stays-means = { $count ->
    [1] 之後有人做過這個步驟，內容會保留，所以計畫不會完全回到原來的樣子。
   *[other] 之後有人做過這些步驟，內容會保留，所以計畫不會完全回到原來的樣子。
  }

## 調整紀錄

arrange-deeds = 調整紀錄
arrange-deeds-lede = 最新的在最前面。
arrange-deeds-none = 還沒有任何調整，計畫照方案進行。
arrange-by-program = 自動
arrange-undone-by = 由{ $name }復原，{ $at }

## 其他頁面上的說明

arrange-is-graduated = 已於 { $date } 結業。
arrange-is-early = 已於 { $date } 提前結束。
arrange-is-cancelled = 已於 { $date } 取消。
arrange-is-read = 內容仍可閱讀，不需要再做任何事。
arrange-last-day-today = 今天是方案的最後一天；還沒完成的步驟會繼續，直到完成，或由人資結束計畫。
arrange-last-day-was = 方案的最後一天是 { $date }；還沒完成的步驟會繼續，直到完成，或由人資結束計畫。
arrange-is-paused = 從 { $date } 起暫停。
arrange-is-paused-means = 恢復之前，沒有步驟會開放或到期，也不會提醒任何步驟。已交出的仍會請審閱者回覆。
arrange-is-leave = 請假：{ $from } 到 { $until }。
arrange-is-leave-means = 這幾天不計入計畫，也不會提醒任何步驟。已交出的仍會請審閱者回覆。
arrange-is-of = 「{ $program }」：
arrange-is-deputy = { $from } 到 { $until } 由{ $name }代理導師。
arrange-today-rests = 今天不需要做任何事。
arrange-own-module = 專屬步驟
arrange-own-summary = 只為這份計畫加上的步驟。
arrange-step-waived = 這個步驟已從計畫中免除，不需要再做任何事。
arrange-step-skipped = 這個步驟所屬的單元已從計畫中略過，不需要再做任何事。
arrange-step-plan-ended = 計畫在這個步驟完成之前就結束了，不需要再做任何事。
arrange-step-reason = { $name }的說明：
arrange-digest-paused = 暫停中

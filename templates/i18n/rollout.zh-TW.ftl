### 進行中的計畫升級到新版本。

## 版本頁

rollout-behind = 有 { $count } 個進行中的計畫使用其他版本：看看這個版本會改變什麼。
rollout-look = 看看會改變什麼
rollout-earlier-link = 進行中的計畫升級到這個版本的紀錄

## 會改變什麼

rollout-title = 升級進行中的「{ $program }」計畫
rollout-lede = 先看這個版本會在每個進行中的計畫改變什麼，逐項決定，再升級一個、幾個或全部計畫。已完成的保持完成，不會再問一次。按下按鈕之前，什麼都不會發生。
rollout-not-current = 新計畫使用的是另一個版本。升級到這個版本，會讓進行中的計畫回到這裡。
rollout-changes-from = 使用 { $hash } 的 { $count } 個計畫會有的改變
rollout-choice = 在進行中的計畫
rollout-apply = 套用
rollout-offer = 讓主管自己決定
rollout-skip = 維持原樣
rollout-plans = 計畫
rollout-plans-count = { $count } 個計畫
rollout-counts-hint = 依開啟本頁時的選擇計算。「已完成」是這個版本有改動、但保持原樣的已完成步驟。
rollout-plan = 計畫
rollout-added = 新增
rollout-changed = 改變
rollout-removed = 移除
rollout-done = 已完成，保持原樣
rollout-slips = 延後超過檢視點
rollout-moved = 其中 { $count } 個改日期
rollout-stays = { $count } 項維持原樣
rollout-offers = { $count } 項等主管決定
rollout-whole = 看全部
rollout-not-counted = 本頁未計算
rollout-count-these = 計算第 { $from }–{ $until } 個
rollout-mails = 郵件
rollout-no-letter = 升級本身不會寄信；已寄出的郵件裡的連結仍然有效。
rollout-mail-of = { $role }，{ $plans } 個計畫：隔天早上的郵件會多列 { $more } 項、少列 { $fewer } 項。
rollout-mail-same = 隔天早上的郵件列出的步驟與不升級時相同。
rollout-start = 升級勾選的計畫
rollout-start-one = 升級這個計畫
rollout-tick-all = 全部勾選
rollout-tick-none = 全部取消勾選
rollout-start-hint = 立即開始，一個計畫接一個計畫。三十天內可以復原。
rollout-again = 依這些選擇重新計算
rollout-nobody = 這個方案所有進行中的計畫都已使用這個版本。
rollout-choose-plans = 請至少勾選一個使用其他版本的計畫。
rollout-earlier = 到目前為止升級到這個版本的紀錄
rollout-earlier-one = { $time }，{ $name }
rollout-was-undone = 已復原

## 一個計畫會有的改變

rollout-plan-title = 升級會為 { $name } 改變什麼
rollout-plan-lede = 這些都還沒有發生。
rollout-plan-offers = 留給主管決定
rollout-plan-stays = { $count } 個步驟在這個計畫維持原樣
rollout-plan-stays-means = 已交出、已開始填寫、已完成，或日期由人工指定的，升級不會抽換。
rollout-stay-in_review = 已交出，等待{ $role }審閱。
rollout-stay-begun = 已有人開始填寫。
rollout-stay-done = 已依目前的樣子完成或結束。
rollout-stay-by_hand = 日期由人工指定。
rollout-stay-name_taken = 這個計畫已有另一個步驟使用它的新名稱。
rollout-stay-others = 同一步驟另有 { $count } 個未完成的項目一起維持原樣。
rollout-back = 回到所有計畫

## 進行中與之後

rollout-view-title = 升級「{ $program }」
rollout-view-by = { $name } 於 { $time } 開始。
rollout-view-undone-by = { $name } 於 { $time } 復原。
rollout-progress = 已處理的計畫
rollout-settled = { $all } 個中的 { $settled } 個
rollout-counts = 已升級 { $done } 個計畫{ $refused ->
        [0] 。
       *[other] ；{ $refused } 個維持原樣。
    }
rollout-counts-alone = { $done ->
        [0] 目前沒有已升級的計畫
       *[other] 目前已升級 { $done } 個計畫
    }；{ $alone } 個之後單獨復原{ $refused ->
        [0] 。
       *[other] ；{ $refused } 個維持原樣。
    }
rollout-undone-counts = 已復原 { $undone } 個計畫{ $refused ->
        [0] 。
       *[other] ；{ $refused } 個維持現狀。
    }
rollout-running = 會自動繼續；本頁每兩秒更新一次。
rollout-over = 已全部處理完畢。
rollout-skipped = 維持原樣：
rollout-offered = 留給主管決定：
rollout-view-mail = 隔天早上的郵件依新日期列出到期的步驟。
rollout-state = 進度
rollout-state-waiting = 等待中
rollout-state-done = 已升級
rollout-state-refused = 維持原樣
rollout-state-undo_waiting = 等待復原
rollout-state-undone = 已復原
rollout-state-undo_refused = 未復原
rollout-state-undone_alone = 升級後，已在這個計畫單獨復原
rollout-why-plan_ended = 計畫在這段期間結束了
rollout-why-same_release = 已使用這個版本
rollout-why-stopped = 輪到之前，升級已被復原
rollout-why-too_late = 已超過三十天
rollout-why-later_upgrade = 之後又升級過
rollout-why-nothing_to_undo = 之前已有人復原
rollout-why-error = 發生錯誤；系統管理員可以在紀錄檔找到原因
rollout-why-other = 目前的規則不允許
rollout-view-stays = { $count } 個步驟維持原樣，以保留這個計畫已完成和已安排的事。
rollout-later = 其中有計畫之後又升級過，要先復原那一次升級。
rollout-later-link = 查看 { $time } 的升級
rollout-undo = 復原
rollout-undo-hint = 可復原到 { $date }。之後沒有變動的計畫會與原來完全相同；大家之後做的事會保留。
rollout-undo-act = 復原這 { $count } 個計畫的升級
rollout-undo-over = 這次升級的三十天復原期限已過，最後一天是 { $date }。

## 主管的選擇

version-title = 有新版本
version-changed = 「{ $step }」有新版本
version-added = 「{ $step }」是可以加入的新步驟
version-removed = 方案不再要求「{ $step }」
version-means-changed = 可以採用新版本，也可以維持原樣。
version-means-added = 可以加入你的計畫，也可以不加入。
version-means-removed = 可以移除，也可以留在你的計畫裡。做過的都會保留。
version-moves = 到期日 { $was } → { $now }。
version-due = { $date } 到期。
version-called = 目前的名稱：「{ $step }」。
version-who = 由{ $role }執行。
version-review = 由{ $role }審閱。
version-no-review = 不再需要審閱。
version-asks-more = 多問 { $count } 題。
version-asks-other = { $count } 題改了問法。
version-asks-fewer = 少問 { $count } 題。
version-also = 另外修改了：
version-nothing = 以你的計畫目前的進度，採用後不會有任何改變。
version-read = 閱讀新版本
version-take = 採用新版本
version-leave = 維持原樣
done-offer-taken = 你的計畫已採用新版本。
done-offer-left = 你的計畫在這裡維持原樣。

### 會談：步驟頁面上的區塊、信中連結的頁面，以及信件。

## 步驟頁面上

meeting-title = 約定時間
meeting-title-agreed = 會談時間
meeting-stands = 你與{ $with }的會談時間：
meeting-stands-both = { $manager }與{ $other }的會談時間：
meeting-was = { $manager }與{ $other }的會談已在這個時間舉行：
meeting-span = { $at }–{ $until }
meeting-where = 地點：{ $place }
meeting-shift-skipped = 時鐘在這之前剛往前調。
meeting-shift-first = 當天這個時間會出現兩次，這是第一次。
meeting-shift-second = 當天這個時間會出現兩次，這是第二次。
meeting-zone = 時間以你的時區 { $zone } 顯示。
meeting-said-accepted = { $name }的行事曆回覆：參加。
meeting-said-declined = { $name }的行事曆回覆：不參加。請彼此聯絡，另選時間或取消會談。
meeting-said-tentative = { $name }的行事曆回覆：暫定。
meeting-nobody-yet = 有人答應擔任{ $role }之後，主管與{ $role }可以在這裡約定時間。
meeting-none = 還沒有約定時間。請提出最多三個時間：{ $with }會收到信，按一下就能選定，兩人都會收到行事曆邀請。
meeting-none-others = 還沒有約定時間。
meeting-waiting = 你提出了這些時間，{ $with }還沒有選。
meeting-waiting-others = { $name }提出了這些時間，還沒有選定。
meeting-until-then = 選定新的時間之前，原來的時間仍然有效。
meeting-slot-past = （已過）
meeting-choose = { $name }提出這些時間
meeting-take = 選定 { $time }
meeting-others = 提出其他時間
meeting-change = 更改時間或地點
meeting-again = 再約一次
meeting-times = 時間
meeting-times-hint = 一到三個，最早從現在起十分鐘後，由{ $with }選定。
meeting-times-hint-change = 時間不變時，新的地點或長度會立即寄給你們兩人。提出其他時間時由{ $with }選定，在那之前原來的時間仍然有效。
meeting-time-1 = 第一個時間
meeting-time-2 = 第二個時間
meeting-time-3 = 第三個時間
meeting-minutes = 幾分鐘
meeting-place = 地點
meeting-place-hint = 會議室，或視訊會議的網址，會寫在邀請裡。
meeting-both-agreed = 我們已經說好這個時間
meeting-both-agreed-hint = 請只填這一個時間。兩人會立即收到邀請。
meeting-propose = 送出
meeting-save = 送出更改
meeting-cancel = 取消會談
meeting-cancel-means = 兩人都會收到行事曆的取消通知。
meeting-withdraw = 收回提議
meeting-withdraw-means = 信中的時間就不能再選。
done-meeting-proposed = 時間已經送出，對方選定後會顯示在這裡。
done-meeting-agreed = 時間已經約定，邀請正寄給你們兩人。
done-meeting-cancelled = 已經取消。行事曆上有這場會談的人會收到取消通知。

## 表單哪裡不對，或已經不能做的事

meeting-time-missing = 請至少選一個時間。
meeting-time-unreadable = 請選日期和時間，或寫成 2026-03-05T14:00。
meeting-time-soon = 請選至少十分鐘後的時間：邀請要在那之前送到。
meeting-time-far = 請選一年以內的時間。
meeting-minutes-wrong = 請寫 5 到 480 之間的整數分鐘。
meeting-place-long = 地點請縮短到 200 個字以內。
meeting-agreed-one = 請只留下說好的那一個時間，或取消勾選，讓對方選。
meeting-changed = 這一頁顯示之後，會談有了更動。請先看現在的情況，需要的話再做一次。
meeting-moved = 這個時間已經不能選：會談在那之後有了更動。
meeting-passed = 這個時間已經過了，請選或提出其他時間。
meeting-nobody = 目前還沒有會談的對象，等有人擔任之後再提出時間。

## 信中連結的頁面

meet-title = 與{ $with }的會談時間
meet-open-title = 在這個時間與{ $with }會談嗎？
meet-open = { $name }，你好：這是{ $with }提出的時間之一。
meet-instead-title = 改選這個時間嗎？
meet-instead = { $name }，你好：你之前選了另一個時間，現在仍可改成這一個。
meet-chosen-title = 你將與{ $with }會談
meet-chosen = 兩人都會收到行事曆邀請。
meet-agreed-title = 時間已經約定
meet-agreed = 這封信寄出之後，你與{ $with }已經約定時間。
meet-moved-title = 這個時間已不在提議之中
meet-moved = 這封信寄出之後，提議有了更動。請到步驟頁面看現在的情況。
meet-passed-title = 這個時間已經過了
meet-passed = 請選其他時間，或到步驟頁面提出你方便的時間。
meet-cancelled-title = 會談已經取消
meet-cancelled = 會談已取消，或提議已收回。可以到步驟頁面提出新的時間。
meet-closed-title = 這個步驟已經結束
meet-closed = 這個步驟沒有後續安排，不需要再約時間。
meet-gone-title = 這已經不是你的會談
meet-gone = 這個時間是為某個角色提出的，而你已不再擔任。
meet-stands = 目前約定：
meet-others = 提議的其他時間
meet-undo = 復原
meet-undo-means = 復原後就沒有約定的時間，{ $with }也會知道。你可以從信中重新選擇。
meet-undo-back = 復原後恢復原來的時間 { $time }，{ $with }也會知道。你可以從信中重新選擇。
meet-nothing-yet = 開啟這一頁不會改變任何事，按下按鈕才會。
meet-step = 開啟步驟，提出其他時間或取消會談

## 信件

mail-meeting-subject = 與{ $with }的會談：{ $title }
mail-proposal-preview = { $with }提出了幾個時間，按一下就能選定
mail-proposal-title = 選一個與{ $with }會談的時間
mail-proposal-lead = { $with }想為「{ $title }」與你會談，約 { $minutes } 分鐘。請選一個時間，選定後兩人都會收到邀請。
mail-proposal-choose = 選定 { $time }
mail-proposal-choose-numbered = { $number }. 選定 { $time }
mail-proposal-other = 都不方便嗎？提出其他時間
mail-meeting-preview-agreed = 已約定：{ $time }
mail-meeting-preview-changed = 已更改：{ $time }
mail-meeting-preview-cancelled = 已取消：{ $time }
mail-meeting-title-agreed = 你將與{ $with }會談
mail-meeting-title-changed = 與{ $with }的會談有更動
mail-meeting-title-cancelled = 與{ $with }的會談已取消
mail-meeting-lead-agreed = 你們為「{ $title }」約定了這個時間：
mail-meeting-lead-changed = 「{ $title }」現在的安排是：
mail-meeting-lead-cancelled = 「{ $title }」已取消。原定時間：
mail-meeting-calendar = 邀請已附在這封信裡，行事曆可以直接加入。
mail-meeting-calendar-cancelled = 取消通知已附在這封信裡，行事曆可以直接更新。
mail-meeting-step = 更改或取消會談

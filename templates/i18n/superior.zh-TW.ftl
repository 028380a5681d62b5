### 上級：關卡與回報。與導師共用的文字放在 mentor.zh-TW.ftl。

gates-title = 我帶的主管：關卡與進度
gates-lead =
    { $count ->
        [0] 目前沒有事等你核准。
       *[other] 有 { $count } 件事等你處理。
    }
gates-nobody-title = 你的部屬目前沒有人在進行計畫
gates-nobody = 人資為你帶的新任主管開始計畫後，這裡會列出他們走到哪裡、哪些關卡需要你核准。
gates-reviews-title = 等你核准
gates-reviews-empty-title = 沒有等你核准的關卡
gates-reviews-empty = 關卡是要你同意才能往下走的步驟。主管交出後，你可以在這裡直接讀內容，核准，或附一句話退回。
gates-ahead-title = 接下來的關卡
gates-ahead-empty = 之後沒有安排需要你核准的關卡。
gates-ahead-more = 之後還有 { $count } 個
gates-mine-title = 你自己要做的
gates-mine-empty = 目前沒有輪到你做的步驟。
gates-managers-title = 你帶的主管
gates-managers-hint = 你看得到所有步驟和日期。寫下的內容只在步驟開放給你時才讀得到；和團隊成員的訪談、和導師的談話都保持私密。

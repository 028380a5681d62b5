# 計畫的紀錄。

record-title = 主管成長履歷
record-link = 帶走成長履歷
record-lede = 你計畫了什麼、做了什麼、學到什麼，集成一份檔案。這是你的，隨時可以帶走。
record-lede-other = 這份計畫裡計畫了什麼、做了什麼、學到什麼，只含可以對外提供的部分。
record-pdf = 下載 PDF
record-steps = { $count } 個步驟與寫下的內容
record-html = 存成網頁
record-json = 存成可驗證的資料
record-print = 列印或存成 PDF
record-private = 要放進來的私人內容
record-private-help = 只有你、或你和導師看得到的內容，除非勾選，否則不會放進來。有些內容寫了成員的名字，交給別人之前請想一想。
record-choose = 照這樣顯示
record-from = 上任日期
record-ended = 結束日期
record-done = 完成
record-made = 製作時間
record-left-out = { $count } 份私人內容沒有放進來。
record-is-private = 私人內容，沒有放進來。
record-proof = 證明
record-proof-facts = 這份履歷背後有 { $count } 筆紀錄，每一筆都封存在前一筆之上。最新的封印：
record-offer-title = 主管成長履歷
record-offer = 在這份計畫裡規劃過、做過、學到的，都整理成一份檔案，可以帶著走。
record-offer-open = 看看並帶走

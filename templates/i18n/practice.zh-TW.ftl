# 計畫裡的答案合起來是什麼。

practice-title = 實務紀錄
practice-step-link = 看這些答案合起來的樣子
practice-link = 把答案放在一起看
practice-lede = 你在各步驟寫下的內容，整理在一起：團隊、承諾、目標、放出去的工作。會自動更新。
practice-lede-other = { $name } 在你看得到的步驟裡寫下的內容，整理在一起。
practice-not-begun = 目前還沒有內容。
practice-none = 這個方案沒有整理答案的頁面。
practice-flags = 有 { $count } 件事值得看一下

view-empty = 目前還沒有內容。以下步驟完成後會自動出現：
view-flags = 值得看一下
view-member = 成員
view-last-look = 最近一次檢視
view-no-look = 還沒有
view-outcome = 後來怎麼樣
view-handed-in = 填寫日期
view-late = 未完成，原訂 { $date }
view-until = 進行中，{ $date } 到期
view-counts-of = 根據 { $count } 份答案。
view-option = 答案
view-count = 人數
view-who = 誰
view-nobody = 沒有人
view-chart = 圖：{ $title }。數字列在下方表格。
view-radar = 圖：{ $title }。分數列在下方表格。
view-way = 通往目標的直線
view-way-line = 從 { $start } 的 { $from }，到 { $by } 以前達到 { $to }。
view-day = 日期
view-figure = 數字
view-should-be = 直線上應有
view-funnel-on = { $date } 的數字。
view-lost-most = 流失最多的一段：{ $stage }
view-loses-most = 流失最多
view-stage = 階段
view-kept = 佔前一階段
view-kept-before = 上一次
view-agenda = 下次會談的題目
view-agenda-hint = 這些是大家看法最不同、或都給得低的地方。請對方舉例，不要求評斷。
view-ratings = 誰怎麼看
view-dimension = 面向
view-gap = 相差
view-before = 先前：
view-no-verdict = 分數是談話的開頭，不是評斷；每個分數都要有例子。

agenda-apart = { $dimension }：「{ $higher }」給 { $high } 分，「{ $lower }」給 { $low } 分。各自看到了什麼？
agenda-alike = { $dimension }：大家都給 { $value } 分。怎樣才會再高一分？

### 團隊成員的頁面，供人資使用。

member-team-of = { $name } 的團隊
member-left = 已於 { $date } 離開團隊。
member-left-at-once = 不在團隊中：加入與離開都是 { $date }。
member-correct = 登記的資料
member-correct-hint = 可以更正姓名、職稱或到職日。還沒完成、且依到職日計算日期的步驟，會跟著新的日期調整。
member-again = 重新加入團隊
member-back = 回到團隊
member-back-hint = 從這一天起重新列入團隊，針對每位成員的步驟會重新排定。先前完成的內容會保留。
member-label-back = 回任日
member-back-act = 放回團隊名單
member-undo = 登記錯誤
member-undo-hint = 這位成員其實沒有離開。因此關閉的步驟會恢復為原來的日期。三十天內可以復原。
member-undo-act = 復原離開紀錄
member-undo-back = 其實沒有回來
member-undo-back-hint = 恢復為已於 { $date } 離開團隊。因回任而排定的步驟會關閉，已經有人做過的除外。三十天內可以復原。
member-undo-back-act = 登記錯誤：再次移出團隊名單
member-back-before-leaving = 請選離開當天或之後的日子。
member-correct-link = 更正

### 展示環境的頁面：用誰的身分看，以及信箱。

demo-page-title = 關於這個展示
demo-lead = 這是一家範例公司，幾位新任主管正走在同一個課程方案的不同階段。你可以用任何人的身分看看、讓時間往前走，再讀讀寄出的信。
demo-people-title = 用誰的身分看？
demo-people-lead = 點一下就以這個人的身分登入；想換人時，從最上面那一列回到這裡。
demo-column-name = 姓名
demo-column-part = 角色
demo-column-see = 換成他的身分
demo-day-of-plan =
    { $day ->
        [0] 尚未開始
       *[other] 第 { $day } 個工作日
    }
demo-part = { $role }，{ $day }
demo-part-none = 還沒有參與任何計畫
demo-see-as = 以{ $name }的身分看
demo-nobody = 這裡還沒有人。請用空的資料庫啟動展示，它會自己填入範例公司。
demo-try-title = 可以試試看
demo-try-manager-title = 新任主管的最初幾週
demo-try-manager = 選一位剛開始不久的主管。「今天」會告訴你現在最重要的事；打開一個步驟，填好表單，再交出去。
demo-try-mail-title = 信件
demo-try-mail = 按最上面的「到下一封信」，再打開信箱。信裡的連結會通往收信人的頁面；導師回覆邀請的連結不必登入就能用。
demo-try-mentor-title = 導師的十分鐘
demo-try-mentor = 選一位導師。交上來的內容在待辦頁就能直接讀，可以接受，也可以附一句話退回。
demo-try-superior-title = 上級看得到什麼
demo-try-superior = 選一位上級：有哪些關卡等著核准、帶的每位主管走到哪裡。關於團隊成員的私人筆記不在其中。
demo-try-hr-title = 人資的視角
demo-try-hr = 選人資：看大家的進度、開始一份計畫、邀請導師。每週第一個工作日的週報會點出需要幫忙的地方。
demo-try-why-title = 為什麼是這一天？
demo-try-why = 每個日期都可以問。它會說明怎麼算工作日，以及跳過了哪些假日。
demo-try-language-title = 另一種語言
demo-try-language = 右上角的按鈕可以切換語言，頁面和之後的信都會跟著改。
demo-own = 這個展示只屬於你：它在這台電腦上執行，信不會真的寄出去，怎麼按都不會影響任何真實資料。

mailbox-title = 信箱
mailbox-lead = 系統在這裡寄出的每一封信，最新的在最上面。正式使用時，信會直接寄給本人。
mailbox-count = { $count } 封信
mailbox-column-subject = 主旨
mailbox-column-to = 收件人
mailbox-column-date = 寄出時間
mailbox-for = 收件人
mailbox-everybody = 所有人
mailbox-show = 顯示
mailbox-older = 連同較早的 { $count } 封一起顯示
mailbox-empty-title = 還沒有信
mailbox-empty = 信會在收件人的工作日、依他設定的時間寄出。按最上面的「到下一封信」，時間就會前進到下一封信寄出的那一刻。
mailbox-empty-for = 目前還沒有寄給這個人的信。
mailbox-back = 回到所有信件

letter-from = 寄件人
letter-to = 收件人
letter-date = 寄出時間
letter-html-title = 在郵件軟體裡的樣子
letter-frame = 信件：{ $subject }
letter-text-title = 純文字內容
letter-text-why = 每封信都有內容相同的純文字版本，給不顯示圖片和顏色的軟體與讀者。
letter-attachments-title = 附件
letter-attachment = { $name }（{ $kind }，{ $size } 位元組）

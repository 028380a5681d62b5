## 團隊的看法（不記名）

pulse-title = 團隊的看法（不記名）
pulse-later = 這個步驟開始後，就可以在這裡產生給團隊的紙條。
pulse-small = 團隊只有 { $members } 位成員；至少 { $fewest } 位才能做到不記名。請改為個別面談。
pulse-ready = 會產生 { $members } 張紙條，每位成員一張，每張有一組只能用一次的代碼。系統不知道誰拿到哪一張。
pulse-open = 產生紙條
pulse-cast = 已有 { $cast } 人作答，共 { $codes } 張。
pulse-closes = { $at } 截止。
pulse-sealed-until = 截止前誰都看不到答案，人資也不例外；作答不到 { $fewest } 人，就永遠不會開封。
pulse-discard = 重新開始
pulse-discard-means = 還沒有人作答。先前的紙條會失效。
pulse-sealed = 已截止。只有 { $cast } 人作答，不到 { $fewest } 人，答案不會開封。
pulse-read = 共 { $codes } 張，{ $cast } 人作答。
pulse-dimension = 面向
pulse-middle = 中位數
pulse-times = 各分數的人次
pulse-value-times = { $value } 分 { $times } 人
pulse-too-few = 有看法的不到 { $fewest } 人
done-pulse-discarded = 先前的紙條已失效，可以重新產生。

## 紙條

pulse-slips-title = 給團隊的紙條
pulse-slips-lead = 印出來、剪開，在主管不在場時讓每位成員各抽一張。不在的人，個別把連結傳給他。
pulse-slips-once = 代碼只在這裡出現這一次，其他地方都沒有：離開這一頁之前，請先列印或複製。
pulse-slip-about = { $name } 怎麼帶團隊
pulse-slip-how = 掃描方塊，或到 { $address } 輸入代碼
pulse-slip-secret = 沒有人知道哪個答案是誰寫的。{ $at } 截止。
pulse-slip-square = 同一個網址的 QR code

## 作答

pulse-code-title = 你的代碼
pulse-code-lead = 就在你抽到的紙條上。
pulse-code-label = 代碼
pulse-code-help = 十二個英文字母與數字；有沒有橫線、大小寫都沒關係。
pulse-code-unknown = 沒有這組代碼。請再看一次紙條：代碼裡沒有 0、1、I、O。
pulse-code-act = 開始作答
pulse-ballot-title = { $name } 怎麼帶團隊？
pulse-ballot-lead = 兩分鐘。只評你親眼看到的，其他的略過。
pulse-secret-who = 不必登入，系統也不知道你的名字：你這張紙條，誰都可能抽到。
pulse-secret-when = 答案不記時間、不記先後。{ $at } 截止或全部作答後才開封，而且至少要有 { $fewest } 人作答。
pulse-secret-words = 沒有寫字的欄位，因為怎麼寫會讓人認出來。
pulse-ballot-act = 送出
pulse-ballot-final = 送出後不能收回，因為沒有人找得到是哪一張。
pulse-ballot-spent = 這組代碼已經用過了
pulse-ballot-spent-lead = 用它填的那一張已經和其他的放在一起，謝謝你。至少 { $fewest } 人作答才會開封。
pulse-ballot-closed = 這次回饋已截止
pulse-ballot-closed-lead = 這組代碼沒有用過，現在已失效。至少 { $fewest } 人作答才會開封。

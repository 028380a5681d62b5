### 人資的頁面：人員、開始計畫、進度、課程。

## 人員

people-title = 人員
people-lede = 這裡是所有有帳號的人：主管、導師、上級與人資。團隊成員不需要帳號，列在各主管的頁面上。
people-add = 新增人員
people-find = 姓名或電子郵件
people-found = { $all } 人中的 { $count } 人
people-count = 共 { $count } 人
people-none = 沒有人的姓名或電子郵件含有「{ $find }」。
people-parts = 在計畫中的角色
people-hr = 人資
people-lang-en = 英文
people-lang-zh-TW = 中文（台灣）
people-part-manager = 自己的計畫：{ $program }
people-part-mentor = 擔任導師：{ $manager }
people-part-asked = 受邀擔任導師：{ $manager }
people-part-superior = 擔任上級：{ $manager }

## 一個帳號

person-label-name = 姓名
person-label-email = 電子郵件
person-label-lang = 語言
person-label-zone = 時區
person-label-calendar = 工作日
person-label-hour = 每日信件的時間
person-label-hr = 人資帳號
person-hint-email = 登入連結與所有信件都寄到這裡。
person-hint-lang = 頁面與信件使用的語言，本人也可以自行更改。
person-hint-zone = 例如 Asia/Taipei，日期與時間都以此為準。
person-hint-calendar = 只在這些日子寄信，計畫也以此計算工作日；已另外選定行事曆的計畫，維持原本的行事曆。
person-hint-hour = 每天最多一封，在當地的這個整點寄出。
person-hint-hr = 可以查看所有計畫的進度、開始計畫；填寫的內容只看得到開放給人資的部分。
person-email = 請填寫一個電子郵件，例如 name@example.com。
person-email-taken = 已經有人使用這個電子郵件，請在人員清單中搜尋。
person-zone = 請從清單中選擇時區，例如 Asia/Taipei。
person-hour = 請選擇 0 到 23 之間的整點。
person-calendar = 請選擇一份行事曆。
person-own-hr = 無法取消自己的人資帳號，請由另一位人資同仁處理。
person-new-lede = 新增後，對方就能用電子郵件登入。計畫開始之前不會寄出任何信件。
person-plans = 計畫與參與的人
person-no-plan = 還沒有計畫。
person-start = 為這個人開始計畫
person-first-day = 第一天：{ $date }
person-since = { $date }起
person-ask-mentor = 邀請導師
person-ask-another = 改邀其他導師
person-mentor-whom = 邀請誰
person-mentor-hint = 對方會收到郵件，按一下就能回覆。先前邀請而尚未回覆的人會解除邀請；現任導師會繼續擔任，直到新導師答應為止。
person-mentor-next = 已邀請 { $name } 接手，尚未回覆。
person-mentor-ask = 送出邀請
person-team = 團隊
person-team-lede = 這個人帶領的成員。有些步驟每位成員各有一個，例如訪談。
person-team-empty = 團隊裡還沒有人。
person-label-member = 成員
person-label-position = 職稱
person-position-optional = 職稱（選填）
person-label-joined = 加入日期
person-label-left = 最後一天
person-change = 異動
person-leave = 標記離開：{ $name }
person-leave-hint = 與這位成員有關、還沒完成的步驟會關閉，已完成的會保留。如果對方根本沒來，請選擇加入當天的日期。
person-leave-act = 確認離開：{ $name }
person-gone = 目前不在團隊的（{ $count } 人）
person-gone-line = { $name }，{ $joined }至{ $left }
person-gone-at-once = { $name }：加入與離開都是 { $date }
person-join = 新增成員
person-join-hint = 進行中的計畫會立即加入這位成員的步驟，到期日從加入日期起算，不會太趕。
person-parts = 在其他計畫中的角色
person-account = 帳號
person-changed-joined = { $name }已加入團隊，計畫新增或重新開放了
person-changed-left = { $name }已不在團隊中，計畫關閉了
person-changed-nothing = 計畫的步驟沒有變動。
person-changed-no-plan = 目前沒有進行中的計畫，因此沒有日期變動。
hr-mentor-nobody = 尚未邀請
hr-mentor-asked = 已邀請，等待回覆
hr-mentor-unanswered = 曾邀請，結束前沒有回覆
hr-mentor-accepted = 已答應
hr-mentor-declined = 已婉拒

## 開始計畫

start-title = 開始計畫
start-lede = 選擇參與的人與開始的日子。正式開始之前，可以先看到每一個日期。
start-manager = 主管
start-manager-hint = 即將接任新職務的人。
start-without-plan = 沒有進行中的計畫
start-with-plan = 已有進行中的計畫
start-not-listed = 清單裡找不到人？請先新增人員。
start-person-option = { $name }（{ $email }）
start-superior = 上級
start-superior-hint = 主管的直屬上級，會讀到報告並核准目標。
start-mentor = 導師
start-mentor-optional = 導師（選填）
start-mentor-hint = 計畫開始時會寄信邀請。數字是這個人目前陪伴的主管人數。
start-mentor-2 = 第二人選（選填）
start-mentor-2-hint = 導師婉拒，或過了幾個工作天沒有回覆時，系統會自動邀請下一位，並通知你。
start-mentor-3 = 第三人選（選填）
start-mentor-nobody = 沒有
start-mentor-first = 請先選擇第一位要邀請的人。
start-mentor-later = 先不指定
start-mentor-option =
    { $count ->
        [0] { $name }：目前沒有陪伴任何主管
       *[other] { $name }：目前陪伴 { $count } 位主管
    }
start-hr = 人資負責人
start-program = 課程方案
start-effective = 上任第一天
start-effective-hint = 若當天放假，第 1 個工作日就是之後的第一個工作日。
start-calendar = 行事曆
start-calendar-hint = 計畫的日期依這份行事曆的工作日計算。
start-calendar-own = 主管自己的行事曆
start-preview = 預覽計畫
start-preview-hint = 現在還不會開始。
start-no-program = 還沒有發布任何課程方案，無法開始計畫。
start-preview-eyebrow = 預覽
start-preview-title = 計畫：{ $name }
start-preview-lede = { $program }，第 1 個工作日是 { $date }。
start-warn-runs = { $name }已有進行中的計畫：「{ $program }」。
start-warn-leave = 那份計畫登記了 { $from } 到 { $until } 的請假，不會帶到新計畫；開始之後請也在新計畫登記。
start-warn-paused = 那份計畫從 { $date } 起暫停；暫停不會帶到新計畫。
start-warn-runs-link = 查看計畫
start-warn-roster = { $name }的團隊還沒有成員，因此每位成員各有一個的步驟都不會出現。請先新增成員；之後再新增也可以，計畫會隨之增加步驟。
start-add-members = 新增團隊成員
start-warn-mentor = 還沒有選擇導師。與導師有關的步驟會一直等待，直到在主管的頁面上邀請導師。
start-warn-provisional = 有 { $count } 個步驟的日期是暫定的：「{ $calendar }」行事曆尚未公布這段期間的放假日。
start-warn-past = 上任第一天已經過了，有些步驟可能一開始就到期或逾期。
start-mentor-asked-then = （計畫開始時寄信邀請）
start-figure-steps =
    { $count ->
       *[other] 個步驟（開始時）
    }
start-figure-weeks =
    { $count ->
       *[other] 週有到期的步驟
    }
start-figure-busiest = 小時，主管最忙的一週
start-figure-members =
    { $count ->
       *[other] 位團隊成員
    }
start-begin = 開始計畫：{ $name }
start-change = 修改選擇
start-nothing-yet = 按下開始之前，不會儲存任何資料。
start-week = 第 { $n } 週
start-week-hours = 主管約 { $hours } 小時
start-week-others = 其他人約 { $hours } 小時
start-step = 步驟
start-who = 由誰做
start-opens = 開始
start-due = 到期
start-ritual = 定期
start-recurring = 持續進行的步驟
start-recurring-lede = 這些步驟在上面幾週之後仍會持續，計畫裡一次只放下一次。
start-recurring-line = { $title }：{ $every }，到 { $until } 為止（{ $role }）
plan-release-newer = 「{ $program }」在你預覽之後發布了新版本，計畫還沒有開始。請再看一次預覽。
plan-runs-already = 這位主管已經有同一天開始的相同計畫。請選擇其他日子，或從主管的頁面開啟進行中的計畫。

## 進度

overview-title = 進度
overview-lede = 一個計畫一列，需要關心的排在最前面。這裡看得到做了什麼，看不到每個人寫了什麼。
overview-figure-active =
    { $count ->
       *[other] 個進行中的計畫
    }
overview-figure-overdue =
    { $count ->
       *[other] 人有逾期的步驟
    }
overview-figure-mentors =
    { $count ->
       *[other] 個計畫還在等導師
    }
overview-figure-mail =
    { $count ->
       *[other] 封信沒有寄達
    }
overview-mail-hint = 有 { $count } 封信試了幾次仍無法寄達。請查看原因，更正有誤的電子郵件，再寄一次。
overview-mail-act = 查看放棄寄送的信件
overview-exceptions = 需要關心（{ $count }）
overview-no-exceptions = 沒有逾期的步驟，審閱與導師邀請也沒有久候。
overview-on-course = 順利進行（{ $count }）
overview-finished = 已結束（{ $count }）
overview-empty = 還沒有開始任何計畫。
overview-manager = 主管
overview-person = 個人與團隊
overview-day-n = 第 { $n } 個工作日
overview-starts = { $date }開始
overview-overdue-count = 逾期 { $count } 個步驟
overview-review = 等待審閱
overview-waiting = 等待中
overview-with =
    { $name }（{ $role }）：{ $count } 個，{ $days ->
        [0] 今天起
       *[other] 已 { $days } 天
    }
overview-with-nobody =
    還沒有{ $role }：{ $count } 個，{ $days ->
        [0] 今天起
       *[other] 已 { $days } 天
    }
overview-mentor = 導師
overview-mentor-days =
    { $days ->
        [0] 今天起
       *[other] 已 { $days } 天
    }
overview-last = 最近活動
overview-last-none = 還沒有
overview-finished-complete = { $date } 完成
overview-finished-graduated = { $date } 結業
overview-finished-early = { $date } 提前結束
overview-finished-cancelled = { $date } 取消

## 課程

curricula-title = 課程
curricula-lede = 已發布的內容。新計畫使用新版本；進行中的計畫維持原本的版本，直到人資升級它們。
curricula-releases = 版本
curricula-none = 還沒有發布任何內容。
curricula-current = 目前使用
curricula-earlier = 先前版本
curricula-published = { $time } 發布
curricula-published-when = 發布時間
curricula-plans =
    { $count ->
        [0] 沒有計畫使用
       *[other] { $count } 個計畫使用
    }
curricula-calendars = 行事曆
curricula-calendar = 行事曆
curricula-known = 已知期間
curricula-provisional = 暫定期間
curricula-ends-soon = 已公布的日子即將用完
curricula-days = 例外
curricula-days-of = 平日放假 { $holidays } 天，週末上班 { $workdays } 天
curricula-release = 版本
curricula-in-use = 使用情形
curricula-cast = 參與的人
curricula-checkpoints = 檢視點
curricula-day-rule = B1 是上任後的第 1 個工作日。B3–B10 表示第 3 個工作日開始，第 10 個工作日到期。
curricula-modules = 單元
curricula-comma = 、
curricula-until = 到 { $day } 為止
curricula-each = 每位成員
curricula-each-within = 各一個步驟；之後才加入的成員至少有 { $n } 個工作日
curricula-after = 前置步驟
curricula-review = 審閱
curricula-no-review = 不需要審閱
curricula-visible = 誰看得到
curricula-body = 內容
curricula-asks = { $count } 個問題
curricula-ask-text = 文字，{ $min } 到 { $max } 個字
curricula-ask-choice = { $count } 選 1
curricula-ask-scale = 量表，{ $min } 到 { $max }
curricula-ask-number = 數字
curricula-ask-number-from = 數字，至少 { $min }
curricula-ask-number-to = 數字，最多 { $max }
curricula-ask-number-between = 數字，{ $min } 到 { $max }
curricula-ask-date = 日期
curricula-ask-several = 複選，{ $min } 到 { $max } 項
curricula-ask-person = 名冊上的一位成員
curricula-ask-smart = SMART 目標
curricula-ask-rating = 評分，{ $min } 到 { $max }
curricula-ask-file = 檔案，最大 { $max } MB
curricula-ask-link = 連結
curricula-ask-table = 表格，{ $min } 到 { $max } 列
curricula-every-working-days =
    { $n ->
        [1] 每個工作日
       *[other] 每 { $n } 個工作日
    }
curricula-every-week =
    { $weekday ->
        [Mon] 每週一
        [Tue] 每週二
        [Wed] 每週三
        [Thu] 每週四
        [Fri] 每週五
        [Sat] 每週六
       *[Sun] 每週日
    }
curricula-every-months =
    { $n ->
        [1] 每月
        [3] 每季
        [12] 每年
       *[other] 每 { $n } 個月
    }
plan-hr-owner = 人資負責人必須有人資帳號。請改選有人資帳號的人，或先幫他開通。
person-owns-plans = 這個人是某個計畫的人資負責人，所以人資帳號必須保留。
member-leaves-later = 這一天還沒到。請在當天再標記離開：與這位成員有關的步驟會立刻關閉。如果對方根本沒來，請選擇加入當天的日期。
person-recast = 更換上級或人資負責人
person-recast-act = 儲存角色

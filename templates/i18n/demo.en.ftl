### The pages of the demo: whose eyes to look with, and the mailbox.

demo-page-title = About this demo
demo-lead = A sample company whose new managers are at different days of the same program. Look with anybody's eyes, let time pass, and read the mail that goes out.
demo-people-title = Whose eyes?
demo-people-lead = One click signs you in as this person. To change, come back here by the bar at the top.
demo-column-name = Person
demo-column-part = Part
demo-column-see = See it
demo-day-of-plan =
    { $day ->
        [0] not begun
       *[other] working day { $day }
    }
demo-part = { $role }, { $day }
demo-part-none = no part in a plan yet
demo-see-as = See as { $name }
demo-nobody = Nobody is here yet. Start the demo with an empty database, and it fills itself.
demo-try-title = What to try
demo-try-manager-title = The first weeks of a manager
demo-try-manager = Step into a manager on an early day. “Today” says what matters now; open a step, fill in its form and hand it in.
demo-try-mail-title = The mail
demo-try-mail = Press “To the next mail” in the bar at the top, then read the mail. Its links lead to the pages of the person who got it; the one with which a mentor answers works without signing in.
demo-try-mentor-title = Ten minutes of a mentor
demo-try-mentor = Step into a mentor. What was handed in can be read right in the queue; accept it, or return it with one line.
demo-try-superior-title = What a superior sees
demo-try-superior = Step into a superior: gates that wait for a yes, and how far each of their managers is. Private notes on team members are not among it.
demo-try-hr-title = The view of HR
demo-try-hr = Step into HR: the progress of everybody, starting a plan, asking a mentor. Each week begins with a digest that names what needs a hand.
demo-try-why-title = Why this date?
demo-try-why = Ask any date. It counts working days and names the holidays that it skipped.
demo-try-language-title = The other language
demo-try-language = The button at the top right changes it, for the pages and for the mail to come.
demo-own = The demo is yours alone: it runs on this machine, no mail leaves it, and nothing you press can break anything real.

mailbox-title = Mailbox
mailbox-lead = Every mail that the program has sent here, newest first. In real life it goes to the people themselves.
mailbox-count =
    { $count ->
        [one] { $count } mail
       *[other] { $count } mails
    }
mailbox-column-subject = Subject
mailbox-column-to = To
mailbox-column-date = Sent
mailbox-for = To whom
mailbox-everybody = Everybody
mailbox-show = Show
mailbox-older = Show the { $count } older ones too
mailbox-empty-title = No mail yet
mailbox-empty = Mail goes out in the recipient's hour, on their working days. Press “To the next mail” in the bar at the top, and time moves to the moment at which the next one leaves.
mailbox-empty-for = Nothing was sent to this person so far.
mailbox-back = To all mail

letter-from = From
letter-to = To
letter-date = Sent
letter-html-title = As a mail program shows it
letter-frame = The mail “{ $subject }”
letter-text-title = As plain text
letter-text-why = Every mail says the same in plain text, for programs and readers without pictures and colours.
letter-attachments-title = Attachments
letter-attachment = { $name } ({ $kind }, { $size } bytes)

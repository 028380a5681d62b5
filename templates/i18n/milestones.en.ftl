### Letters at milestones of a plan, and what HR's digest says of what goes wrong.

## A superior's report

mail-checkpoint-title = Report: { $manager } after { $day } working days
mail-checkpoint-preview =
    { $overdue ->
        [0] { $done } of { $all } steps done, nothing overdue
       *[other] { $done } of { $all } steps done, { $overdue } overdue
    }
mail-checkpoint-lead = { $date } is working day { $day } of “{ $program }”. This is how far the plan is.
mail-checkpoint-mentor = Mentor: { $mentor }
mail-checkpoint-no-mentor = { $manager } has no mentor who has said yes.
mail-checkpoint-progress-title = Progress
mail-checkpoint-progress = { $done } of { $all } steps are done ({ $percent }%).
mail-checkpoint-since =
    { $count ->
        [0] None of them was done since { $since }.
        [one] { $count } of them was done since { $since }.
       *[other] { $count } of them were done since { $since }.
    }
mail-checkpoint-column-module = Part of the plan
mail-checkpoint-colon = :{" "}
mail-checkpoint-nothing-overdue = Nothing is overdue.
mail-checkpoint-owes-mentor = , for the mentor to do
mail-checkpoint-owes-superior = , for you to do
mail-checkpoint-owes-hr = , for HR to do
mail-checkpoint-next-title = What comes next
mail-checkpoint-answer-title = Your answer
mail-checkpoint-answer = If you would like to talk, { $manager } hears of it in the mail of the next working morning. Each link opens a page with one button; nothing happens before you press it.
mail-checkpoint-what = the report on { $manager } after { $day } working days
mail-checkpoint-open = Open the plan of { $manager }

mail-act-seen = Seen: { $what }
mail-act-talk = Let’s talk about { $what }

## The end of a plan

mail-graduation-subject = You have completed “{ $program }”
mail-graduation-preview = { $done } of { $all } steps done. Well done, and thank you.
mail-graduation-title = You made it
mail-graduation-lead = You began “{ $program }” on { $from } and completed it on { $until }. Congratulations!
mail-graduation-done =
    { $all ->
        [one] You did { $done } step of { $all }, beside your daily work.
       *[other] You did { $done } of { $all } steps, beside your daily work.
    }
mail-graduation-people-title = The people who went with you
mail-graduation-stays = They are still there to be asked. What you wrote stays in Pilothouse for you to look up. This plan sends you no more mail.
mail-graduation-open = Look back at your plan

## HR's digest: what needs them

mail-digest-at-risk = At risk: { $manager }
mail-digest-at-risk-act = See how the plan of { $manager } stands
mail-digest-risk-late =
    { $count ->
        [one] { $count } step is overdue, for { $days } working days.
       *[other] { $count } steps are overdue, the oldest for { $days } working days.
    }
mail-digest-risk-unanswered = Work has waited for { $days } working days for an answer from the { $role }.
mail-digest-risk-silent = Nothing was done for { $days } working days.
mail-digest-risk-no-mentor = There is no mentor after { $days } working days.
mail-digest-sheet-risks = At risk
mail-digest-bounced-title = Addresses that take no mail
mail-digest-bounced = Mail to { $name } has come back since { $since }. { $what }
mail-digest-bounced-act = Correct the address of { $name }
mail-digest-fault-failed =
    { $count ->
        [one] { $count } letter could not be delivered and was given up:{" "}
       *[other] { $count } letters could not be delivered and were given up:{" "}
    }
mail-digest-fault-held =
    { $count ->
        [one] { $count } letter is held until an address is corrected:{" "}
       *[other] { $count } letters are held until an address is corrected:{" "}
    }
mail-digest-fault-act-failed = Look at what was given up
mail-digest-fault-act-held = Look at what is held
mail-digest-own-title = For you today
mail-digest-backlog-title = What waits for mentors
mail-digest-backlog =
    { $steps ->
        [0] { $mentor } owes { mail-digest-backlog-answers }, since { $since }.
       *[other] { $reviews ->
            [0] { $mentor } has { mail-digest-backlog-steps } overdue, since { $since }.
           *[other] { $mentor } owes { mail-digest-backlog-answers } and has { mail-digest-backlog-steps } overdue, since { $since }.
        }
    }
mail-digest-backlog-answers =
    { $reviews ->
        [one] { $reviews } answer
       *[other] { $reviews } answers
    }
mail-digest-backlog-steps =
    { $steps ->
        [one] { $steps } step
       *[other] { $steps } steps
    }
mail-digest-backlog-act = See the plans beside which { $mentor } stands
mail-digest-alone-title = Reached in Pilothouse alone
mail-digest-alone-hint = They stopped mail of a kind. What it would tell them stands on their pages; where it is urgent, talk to them.
mail-digest-alone = { $name } gets no mail about:{" "}
mail-digest-alone-and = ;{" "}
mail-digest-stopped-reminders = steps that are due, late or came back
mail-digest-stopped-queue = answers that others wait for, and what is late with them
mail-digest-stopped-reports = reports on new managers
mail-digest-alone-act = See the plans of { $name }

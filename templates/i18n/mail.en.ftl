### Letters. The words for help, for opening the site and for a link that fails stand in common.en.ftl.

mail-hello = Hello { $name },
mail-address-of = { $label }:
mail-counted = { $heading } ({ $count })
mail-brief-besides = { $count ->
    [one] 1 more is late, and comes back on another morning
   *[other] { $count } more are late, and come back on another morning
    }
mail-more = And { $count } more under “{ $heading }”

## The end of every letter: whose it is, why it comes, how it stops

mail-from = This mail comes from Pilothouse, which keeps the plans of new managers.{" "}
mail-topic-reminders = You get it because a plan has something for you: on your working days, once a day, and at once when work comes back to you.
mail-topic-queue = You get it because somebody waits for your answer, or because something that you look after is late.
mail-topic-reports = You get it because you are the superior or the mentor of a new manager.
mail-topic-digest = You get it once a week because you look after the plans in HR.
mail-topic-none = You get it once, for something that was asked for or arranged there; no list sends it.
mail-stop-reminders = Stop these reminders
mail-stop-queue = Stop mail about answers that wait for you
mail-stop-reports = Stop these reports
mail-stop-digest = Stop the weekly digest
mail-stop-means = Only the mail stops: what there is for you to do stays in Pilothouse.

## A step in a list: its title, then what tells it from others with the same title

mail-thing-member = {" "}({ $member })
mail-thing-parts =
    { $count ->
        [one] : { $count } part
       *[other] : { $count } parts
    }
mail-thing-turn = {" "}(no. { $turn })
mail-thing-plan = {" "}in the plan of { $manager }
mail-thing-program = {" "}(“{ $program }”)
mail-open-step = Open:{" "}
mail-review-step = Read and answer:{" "}
mail-due-today = due today, { $date }
mail-due-tomorrow = due tomorrow, { $date }
mail-due-on = due { $date }
mail-late =
    { $away ->
        [0] { late-days }, was due { $date }
        [one] { late-days } (not counting one day of leave or pause), was due { $date }
       *[other] { late-days } (not counting { $away } days of leave or pause), was due { $date }
    }
mail-handed-in =
    { $days ->
        [0] handed in today
        [one] waiting since yesterday
       *[other] waiting for { $days } days
    }
mail-why-date = Why this date? { $why }
mail-effort = , takes about { $minutes } minutes

## Welcome

mail-welcome-subject = Welcome to your new role: your first steps in “{ $program }”
mail-welcome-preview =
    { $count ->
        [0] The people around you, and what comes next
        [one] Your first step, and the people around you
       *[other] Your first { $count } steps, and the people around you
    }
mail-welcome-title = Welcome to your new role
mail-welcome-start = “{ $program }” begins on { $date }, your first working day in the role.
mail-welcome-people-title = The people around you
mail-welcome-superior = Your superior: { $name }
mail-welcome-mentor = Your mentor: { $name }
mail-welcome-no-mentor = Your mentor: nobody has said yes so far. You can begin without one, and their name will appear on your page.
mail-welcome-hr = Your contact in HR: { $name }
mail-welcome-steps-title = Your first steps
mail-welcome-no-steps = Nothing is due in the first days. Look around, and meet the people named above.
mail-welcome-what-comes = From now on one mail a day at most tells you what is due, on your working days and only when there is something to do. What you write stays in Pilothouse; no mail repeats it.
mail-welcome-open = Open your first day

## The brief

mail-brief-subject = Your week of { $monday }
mail-brief-title = Your day: { $date }
mail-brief-stands-in = You stand in for { $mentor } in the plan of { $manager } until { $until }.
mail-brief-preview-overdue =
    { $count ->
        [one] { $count } thing for you. Overdue: { $thing }
       *[other] { $count } things for you. Overdue: { $thing }
    }
mail-brief-preview-returned =
    { $count ->
        [one] { $count } thing for you. Sent back: { $thing }
       *[other] { $count } things for you. Sent back: { $thing }
    }
mail-brief-preview-due =
    { $count ->
        [one] { $count } thing for you. Next: { $thing }
       *[other] { $count } things for you. Next: { $thing }
    }
mail-brief-preview-review =
    { $count ->
        [one] { $count } thing for you. To read: { $thing }
       *[other] { $count } things for you. To read: { $thing }
    }
mail-brief-preview-asked =
    { $count ->
        [one] A new manager asks you to be their mentor
       *[other] { $count } new managers ask you to be their mentor
    }
mail-brief-preview-offered =
    { $count ->
        [one] A playbook fits the figures
       *[other] { $count } playbooks fit the figures
    }
mail-brief-overdue-title = Overdue
mail-brief-returned-title = Sent back to you
mail-brief-returned-hint = A reviewer left a line for you; it stands with the step.
mail-brief-due-title = Coming up
mail-brief-review-title = For you to read
mail-brief-review-hint = Accept it, or return it with one line. Somebody waits for your answer.
mail-brief-asked-title = Asked for as a mentor
mail-brief-asked = { $manager } waits for your answer, yes or no.
mail-brief-offered-title = Playbooks that fit the figures
mail-brief-offer-open = Look at “{ $playbook }” in the plan of { $manager }
mail-brief-open = Open everything for { $date }
mail-brief-settings = Change the hour at which this mail comes

## A mentor is asked

mail-mentor-request-subject = Will you be the mentor of { $manager }?
mail-mentor-request-preview = One press answers it, and no is a good answer too.
mail-mentor-request-title = Will you be the mentor of { $manager }?
mail-mentor-request-lead = { $manager } is newly promoted and begins “{ $program }” on { $date }. { $hr } in HR would like you to be the mentor.
mail-mentor-request-means-title = What it means
mail-mentor-request-meetings =
    { $count ->
        [0] The program sets you no fixed tasks: be somebody whom { $manager } can ask.
        [one] You have a part in { $count } step of the program: you meet, or you read what was handed in and accept it or return it with one line.
       *[other] You have a part in { $count } steps of the program: you meet, or you read what was handed in and accept it or return it with one line.
    }
mail-mentor-request-mail = One mail a day at most tells you when something waits for you, on your working days.
mail-mentor-request-no = No is a good answer too. HR then asks somebody else.
mail-mentor-request-open = Answer { $manager } with yes or no
mail-mentor-request-hint = The link opens a page with two buttons. Nothing happens until you press one of them. It works until you have answered.

## HR's digest

mail-digest-title = The week from { $from } to { $until }
mail-digest-subject =
    { $overdue ->
        [0] { $waiting ->
            [0] Week to { $until }: nothing overdue
            [one] Week to { $until }: nothing overdue, { $waiting } plan without a mentor
           *[other] Week to { $until }: nothing overdue, { $waiting } plans without a mentor
        }
        [one] { $waiting ->
            [0] Week to { $until }: { $overdue } step overdue
            [one] Week to { $until }: { $overdue } step overdue, { $waiting } plan without a mentor
           *[other] Week to { $until }: { $overdue } step overdue, { $waiting } plans without a mentor
        }
       *[other] { $waiting ->
            [0] Week to { $until }: { $overdue } steps overdue
            [one] Week to { $until }: { $overdue } steps overdue, { $waiting } plan without a mentor
           *[other] Week to { $until }: { $overdue } steps overdue, { $waiting } plans without a mentor
        }
    }
mail-digest-preview = In the week: { $started } started, { $finished } finished, steps done: { $done }
mail-digest-exceptions-title = What needs you
mail-digest-no-exceptions = Nothing: no step is overdue, every plan has its mentor, no plan goes on after its last day, and all mail arrived.
mail-digest-whose = { $manager }
mail-digest-whose-program = { $manager } (“{ $program }”)
mail-digest-whose-program-from = { $manager } (“{ $program }” from { $from })
mail-digest-late =
    { $count ->
        [one] { $manager } has { $count } step overdue.
       *[other] { $manager } has { $count } steps overdue.
    }
mail-digest-late-act = Look at what { $manager } has overdue
mail-digest-nobody-asked =
    { $days ->
        [0] { $manager } has no mentor, and nobody is asked.
        [one] { $manager } has had no mentor for { $days } day, and nobody is asked.
       *[other] { $manager } has had no mentor for { $days } days, and nobody is asked.
    }
mail-digest-asked =
    { $days ->
        [0] { $mentor } was asked today to be the mentor of { $manager }.
        [one] { $mentor } was asked { $days } day ago to be the mentor of { $manager }, and has not answered.
       *[other] { $mentor } was asked { $days } days ago to be the mentor of { $manager }, and has not answered.
    }
mail-digest-declined =
    { $days ->
        [0] { $mentor } said no today to being the mentor of { $manager }.
        [one] { $mentor } said no { $days } day ago to being the mentor of { $manager }, and nobody else is asked.
       *[other] { $mentor } said no { $days } days ago to being the mentor of { $manager }, and nobody else is asked.
    }
mail-digest-ask-act = Choose a mentor for { $manager }
mail-digest-wait-act = See the request for { $manager }
mail-digest-past =
    { $count ->
        [one] The plan of { $manager } goes on after the last day of its program, { $date }: { $count } step is open.
       *[other] The plan of { $manager } goes on after the last day of its program, { $date }: { $count } steps are open.
    }
mail-digest-past-act = Look at the plan of { $manager }, or end it
mail-digest-week-title = The week
mail-digest-started = Started:{" "}
mail-digest-nobody-started = Started: nobody
mail-digest-finished = Finished:{" "}
mail-digest-nobody-finished = Finished: nobody
mail-digest-done =
    { $count ->
        [0] Steps done this week: none
       *[other] Steps done this week: { $count }
    }
mail-digest-comma = ,{" "}
mail-digest-and-more = {" "}and { $count } more
mail-digest-progress-title = Progress, person by person
mail-digest-column-manager = Manager
mail-digest-column-progress = Done
mail-digest-day =
    { $day ->
        [0] not begun
       *[other] working day { $day }
    }
mail-digest-is-finished = finished
mail-digest-week = { $count } this week
mail-digest-overdue = { $count } overdue
mail-digest-review = { $count } in review
mail-digest-progress = { $done } of { $all } ({ $percent }%)
mail-digest-row = { $manager }, { $day }: { $done } of { $all } done ({ $percent }%), { $week } this week, { $overdue } overdue, { $review } in review
mail-digest-open = Open the progress of everybody

## Sign-in

mail-sign-in-subject = Your sign-in link for Pilothouse
mail-sign-in-preview =
    { $minutes ->
        [one] Use the link within { $minutes } minute.
       *[other] Use the link within { $minutes } minutes.
    }
mail-sign-in-title = Sign in to Pilothouse
mail-sign-in-lead =
    { $minutes ->
        [one] Here is the link that you asked for. It works once, for { $minutes } minute.
       *[other] Here is the link that you asked for. It works once, for { $minutes } minutes.
    }
mail-sign-in-open = Go on to sign in
mail-sign-in-not-you = You did not ask for it? Then leave this mail alone: without the link nobody gets in, and nothing else is needed.

mail-invitation-subject = Your account in Pilothouse
mail-invitation-lead = An account was made for you in Pilothouse. This link signs you in; it works once, for { $minutes } minutes.
mail-invitation-again = The link is too old? Ask for a new one at any time: { $url }

### HR's pages: people, starting a plan, progress, curricula.

## People

people-title = People
people-lede = Everybody with an account: managers, mentors, superiors and HR. Team members need none; they stand on their manager's page.
people-add = Add a person
people-find = Name or address
people-found =
    { $count ->
        [one] One of { $all } people
       *[other] { $count } of { $all } people
    }
people-count =
    { $count ->
        [one] One person
       *[other] { $count } people
    }
people-none = Nobody's name or address holds “{ $find }”.
people-parts = Parts in plans
people-hr = HR
people-lang-en = English
people-lang-zh-TW = Chinese (Taiwan)
people-part-manager = Own plan: { $program }
people-part-mentor = Mentor of { $manager }
people-part-asked = Asked to be the mentor of { $manager }
people-part-superior = Superior of { $manager }

## One account

person-label-name = Name
person-label-email = Mail address
person-label-lang = Language
person-label-zone = Time zone
person-label-calendar = Working days
person-label-hour = Hour of the daily mail
person-label-hr = HR account
person-hint-email = The sign-in link and all mail go here.
person-hint-lang = Of pages and mail. Everybody can change their own.
person-hint-zone = Such as Asia/Taipei. Dates and hours follow it.
person-hint-calendar = Mail comes on these days only, and plans count in them; a plan for which another calendar was chosen keeps that one.
person-hint-hour = At most one mail a day, at this hour where they are.
person-hint-hr = Sees the progress of every plan and starts plans; reads only what a step shows to HR.
person-email = Write one mail address, such as name@example.com.
person-email-taken = Somebody has an account with this address already. Search for it among the people.
person-zone = Choose a time zone from the list, such as Asia/Taipei.
person-hour = Choose a full hour from 0 to 23.
person-calendar = Choose one of the calendars.
person-own-hr = You can't take your own HR account away. Ask another HR colleague to do it.
person-new-lede = They can sign in at once with their mail address. Nothing is sent before a plan starts.
person-plans = Plans and cast
person-no-plan = No plan yet.
person-start = Start a plan for this person
person-first-day = First day: { $date }
person-since = since { $date }
person-ask-mentor = Ask a mentor
person-ask-another = Ask another mentor
person-mentor-whom = Whom to ask
person-mentor-hint = They get a mail and answer with one press. Whoever was asked before is released; a mentor goes on until the new one says yes.
person-mentor-next = { $name } was asked to take over and has not answered.
person-mentor-ask = Send the request
person-team = Team
person-team-lede = The members of this person's team. Some steps come once per member, such as the interviews.
person-team-empty = Nobody is on the team yet.
person-label-member = Member
person-label-position = Position
person-position-optional = Position (optional)
person-label-joined = Joined on
person-label-left = Last day
person-change = Change
person-leave = { $name } leaves
person-leave-hint = Steps about this member that are still open are closed. What was done stays. Somebody who never came: choose the day on which they joined, or were to join.
person-leave-act = Mark { $name } as gone
person-gone =
    { $count ->
        [one] One who is not on the team now
       *[other] { $count } who are not on the team now
    }
person-gone-line = { $name }, { $joined } to { $left }
person-gone-at-once = { $name }: { $date } is both the first and the last day
person-join = Add a member
person-join-hint = A running plan gets the new member's steps at once, with fair due dates counted from the day of joining.
person-parts = Parts in other plans
person-account = Account
person-changed-joined = { $name } is on the team. This is new or open again in the plan
person-changed-left = { $name } is not on the team any more. This is closed in the plan
person-changed-nothing = No step of the plan changes.
person-changed-no-plan = No plan is running, so no dates change.
hr-mentor-nobody = nobody asked
hr-mentor-asked = asked, no answer yet
hr-mentor-unanswered = asked, no answer before the end
hr-mentor-accepted = said yes
hr-mentor-declined = said no

## Starting a plan

start-title = Start a plan
start-lede = Choose who takes part and when it begins. You see every date before anything starts.
start-manager = Manager
start-manager-hint = Who takes a new role.
start-without-plan = Without a running plan
start-with-plan = With a running plan
start-not-listed = Somebody is not in these lists? Add them first.
start-person-option = { $name } ({ $email })
start-superior = Superior
start-superior-hint = The person they report to. Reads reports and approves goals.
start-mentor = Mentor
start-mentor-optional = Mentor (optional)
start-mentor-hint = The person is asked by mail when the plan starts. The number says how many managers they accompany now.
start-mentor-2 = Asked next (optional)
start-mentor-2-hint = When the mentor says no, or nothing for some working days, the next one is asked by itself and you are told.
start-mentor-3 = Asked after that (optional)
start-mentor-nobody = Nobody
start-mentor-first = Choose whom to ask first.
start-mentor-later = Nobody for now
start-mentor-option =
    { $count ->
        [0] { $name }: accompanies nobody now
        [one] { $name }: accompanies 1 manager now
       *[other] { $name }: accompanies { $count } managers now
    }
start-hr = HR owner
start-program = Program
start-effective = First day in the role
start-effective-hint = If it is a day off, working day 1 is the next working day.
start-calendar = Calendar
start-calendar-hint = Plan dates count its working days.
start-calendar-own = The manager's own
start-preview = Preview the plan
start-preview-hint = Nothing starts yet.
start-no-program = No program is published yet, so there is nothing to start.
start-preview-eyebrow = Preview
start-preview-title = Plan for { $name }
start-preview-lede = { $program }. Working day 1 is { $date }.
start-warn-runs = { $name } has a running plan already: “{ $program }”.
start-warn-leave = A leave from { $from } to { $until } counts there and is not carried over. Enter it in the new plan as well.
start-warn-paused = It has been paused since { $date }. The pause is not carried over.
start-warn-runs-link = Look at it
start-warn-roster = { $name } has no team members yet, so steps that come once per member are missing. Add the members first, or add them later; the plan then grows.
start-add-members = Add team members
start-warn-mentor = No mentor is chosen. Steps with a mentor wait until you ask somebody on the manager's page.
start-warn-provisional =
    { $count ->
        [one] One step has a provisional date: the days off for this time are not published yet in the calendar { $calendar }.
       *[other] { $count } steps have provisional dates: the days off for this time are not published yet in the calendar { $calendar }.
    }
start-warn-past = The first day is over, so some steps may be due at once or late from the start.
start-mentor-asked-then = (is asked when the plan starts)
start-figure-steps =
    { $count ->
        [one] step at the start
       *[other] steps at the start
    }
start-figure-weeks =
    { $count ->
        [one] week with due dates
       *[other] weeks with due dates
    }
start-figure-busiest = hours of the manager in the busiest week
start-figure-members =
    { $count ->
        [one] team member
       *[other] team members
    }
start-begin = Start the plan for { $name }
start-change = Change the choices
start-nothing-yet = Nothing is saved until you start.
start-week = Week { $n }
start-week-hours = manager: about { $hours } h
start-week-others = others: about { $hours } h
start-step = Step
start-who = Who
start-opens = Opens
start-due = Due
start-ritual = recurs
start-recurring = What keeps coming
start-recurring-lede = These go on after the weeks above. A plan always holds the next one only.
start-recurring-line = { $title }: { $every }, until { $until } ({ $role })
plan-release-newer = Another release of “{ $program }” was published since. Nothing was started; look at the preview again.
plan-runs-already = This manager has the same plan from this day already. Choose another day, or open the running plan from the manager's page.

## Progress

overview-title = Progress
overview-lede = One row per plan; whoever needs you stands on top. You see what is done, not what people wrote.
overview-figure-active =
    { $count ->
        [one] active plan
       *[other] active plans
    }
overview-figure-overdue =
    { $count ->
        [one] person with overdue steps
       *[other] people with overdue steps
    }
overview-figure-mentors =
    { $count ->
        [one] plan waiting for a mentor
       *[other] plans waiting for a mentor
    }
overview-figure-mail =
    { $count ->
        [one] mail not delivered
       *[other] mails not delivered
    }
overview-mail-hint =
    { $count ->
        [one] One mail could not be delivered, although it was tried several times. Look at the reason, correct the address if it is wrong, and send it again.
       *[other] { $count } mails could not be delivered, although they were tried several times. Look at the reasons, correct the addresses that are wrong, and send them again.
    }
overview-mail-act = Look at what was given up
overview-exceptions = Needs attention ({ $count })
overview-no-exceptions = Nothing is overdue, and nobody has kept a review or a request to be a mentor waiting.
overview-on-course = On course ({ $count })
overview-finished = Finished ({ $count })
overview-empty = No plan has started yet.
overview-manager = Manager
overview-person = Person and team
overview-day-n = Working day { $n }
overview-starts = Starts { $date }
overview-overdue-count =
    { $count ->
        [one] 1 step overdue
       *[other] { $count } steps overdue
    }
overview-review = Waiting for review
overview-waiting = Waiting
overview-with =
    { $name } ({ $role }): { $count }, { $days ->
        [0] since today
        [one] for 1 day
       *[other] for { $days } days
    }
overview-with-nobody =
    nobody ({ $role }): { $count }, { $days ->
        [0] since today
        [one] for 1 day
       *[other] for { $days } days
    }
overview-mentor = Mentor
overview-mentor-days =
    { $days ->
        [0] since today
        [one] for 1 day
       *[other] for { $days } days
    }
overview-last = Last activity
overview-last-none = None yet
overview-finished-complete = Finished { $date }
overview-finished-graduated = Graduated { $date }
overview-finished-early = Ended early { $date }
overview-finished-cancelled = Cancelled { $date }

## Curricula

curricula-title = Curricula
curricula-lede = What is published. New plans start on a new release; running plans stay on theirs until HR upgrades them.
curricula-releases = Releases
curricula-none = Nothing is published yet.
curricula-current = current
curricula-earlier = earlier
curricula-published = published { $time }
curricula-published-when = Published
curricula-plans =
    { $count ->
        [0] no plans on it
        [one] one plan on it
       *[other] { $count } plans on it
    }
curricula-calendars = Calendars
curricula-calendar = Calendar
curricula-known = Known days
curricula-provisional = Provisional
curricula-ends-soon = published days end soon
curricula-days = Exceptions
curricula-days-of =
    { $holidays ->
        [one] 1 day off
       *[other] { $holidays } days off
    } on weekdays, { $workdays } worked at weekends
curricula-release = Release
curricula-in-use = In use
curricula-cast = Cast
curricula-checkpoints = Checkpoints
curricula-day-rule = B1 is the first working day in the role. B3–B10 means: opens on working day 3, due on working day 10.
curricula-modules = Modules
curricula-comma = ,{" "}
curricula-until = until { $day }
curricula-each = Per team member
curricula-each-within =
    { $n ->
        [one] one step each; a later joiner gets at least 1 working day
       *[other] one step each; a later joiner gets at least { $n } working days
    }
curricula-after = After
curricula-review = Reviewed by
curricula-no-review = nobody
curricula-visible = Read by
curricula-body = What it says
curricula-asks =
    { $count ->
        [one] One question
       *[other] { $count } questions
    }
curricula-ask-text = Text, { $min } to { $max } characters
curricula-ask-choice =
    { $count ->
        [one] One option
       *[other] One of { $count } options
    }
curricula-ask-scale = Scale from { $min } to { $max }
curricula-ask-number = Number
curricula-ask-number-from = Number, at least { $min }
curricula-ask-number-to = Number, at most { $max }
curricula-ask-number-between = Number from { $min } to { $max }
curricula-ask-date = Date
curricula-ask-several = Several choices, { $min } to { $max }
curricula-ask-person = Somebody from the roster
curricula-ask-smart = A SMART goal
curricula-ask-rating = Rating from { $min } to { $max }
curricula-ask-file = A file, at most { $max } MB
curricula-ask-link = A link
curricula-ask-table = Table, { $min } to { $max } rows
curricula-every-working-days =
    { $n ->
        [one] every working day
       *[other] every { $n } working days
    }
curricula-every-week =
    { $weekday ->
        [Mon] every Monday
        [Tue] every Tuesday
        [Wed] every Wednesday
        [Thu] every Thursday
        [Fri] every Friday
        [Sat] every Saturday
       *[Sun] every Sunday
    }
curricula-every-months =
    { $n ->
        [1] every month
        [3] every quarter
        [12] every year
       *[other] every { $n } months
    }
plan-hr-owner = The HR owner needs an HR account. Choose somebody who has one, or give them one first.
person-owns-plans = This person is the HR owner of a plan, so the HR account has to stay.
member-leaves-later = This day lies ahead. Mark the leave on the day itself: the steps about the member close at once. For somebody who never came, choose their joining day.
person-recast = Change the superior or the HR owner
person-recast-act = Save the cast

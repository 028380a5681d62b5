### A program played to its end: at a terminal, as a page, and for HR before anybody is enrolled.

simulate-title = { $program }: played to its end
simulate-lead = Everybody does what they should on the day it is due; what is reviewed is handed in a working day earlier and accepted the next one. A question that is given no answer counts as left empty; a date that others count from is assumed to be the day of the answer.
simulate-role-starts = Takes the role
simulate-role-starts-on = { $date }; first working day { $first }
simulate-shown-until = Shown until
simulate-shown-until-day = { $date }, working day { $day }
simulate-calendar = Calendar
simulate-release = Release
simulate-team = Team
simulate-team-of =
    { $count ->
        [0] nobody
        [one] { $count } member
       *[other] { $count } members
    }
simulate-member = member { $n }
simulate-name = { $name }
simulate-member-joins = { $name } (from { $date })
simulate-launched = Launched
simulate-launched-on = { $playbook } on { $date } (B{ $day })
simulate-comma = ,{" "}
simulate-semicolon = ;{" "}
simulate-colon = { $label }:{" "}
simulate-days-off = Days off
simulate-made-up = Made up for
simulate-none = none
simulate-dated = { $name } ({ $date })

## Hours

simulate-hours-title = Hours per week
simulate-hours = { $hours } h
simulate-minutes = { $minutes } min
simulate-hours-lead =
    { $count ->
        [0] { $mean } h a week on average in the first { $of } weeks; the most is { $most } h, in week { $week }.
       *[other] { $mean } h a week on average in the first { $of } weeks; the most is { $most } h, in week { $week }. Weeks over the limit: { $count }.
    }
simulate-hours-lies = A step's time lies evenly on the working days from its opening to its due day.
simulate-limit = limit { $hours } h
simulate-week = Week
simulate-monday = Monday
simulate-manager-hours = Hours
simulate-bar = | marks the limit, { $hours } h
simulate-no-limit = no limit is set
simulate-mentor-minutes = Mentor min
simulate-due-count = Due
simulate-heavy = over the limit
simulate-heavy-week = Week { $n } is over the limit. What takes most:
simulate-chart-title = The manager's hours, week by week
simulate-chart-desc = Bars for { $weeks } weeks. The mean of the first { $of } is { $mean } hours; the most is { $most } hours, in week { $week }.
simulate-chart-weeks = week
simulate-chart-hours = hours
simulate-legend-manager = manager
simulate-legend-mentor = mentor
simulate-weeks-table = The hours as a table

## The calendar of steps

simulate-calendar-title = The calendar of steps
simulate-calendar-lead = What is due on which day; B12 is the 12th working day of the plan. Where a date is counted from something else, or a day off or a make-up day moved it, the reason stands below its day.
simulate-week-heading = Week { $n }, from { $monday }: { $hours } h
simulate-week-off = Off: { $days }
simulate-week-made-up = Worked: { $days }
simulate-plan-day = B{ $n }
simulate-nothing-due = Nothing is due.
simulate-step-members = { $title } ({ $members })
simulate-step-turn = { $title } (no. { $turn })
simulate-step-parts = { $title }: { $parts }
simulate-step-review = reviewed by the { $role }
simulate-step-left = not done: nothing that was played let it open
simulate-step-playbook = playbook { $playbook }
simulate-column-day = Day
simulate-column-step = Step
simulate-column-who = Who
simulate-column-minutes = Minutes
simulate-column-opens = Opens
simulate-column-why = Why this date?
simulate-opens = Opens { $date }.
simulate-due = Due { $date }.
simulate-why = Why:{" "}
simulate-counts-made-up = The weekend days that are worked count: { $days }.
simulate-earlier-off =
    { $count ->
        [one] It also skips { $count } day off that an earlier date names.
       *[other] It also skips { $count } days off that earlier dates name.
    }
simulate-earlier-made-up =
    { $count ->
        [one] { $count } make-up day that an earlier date names counts as well.
       *[other] { $count } make-up days that earlier dates name count as well.
    }

## Mail

simulate-mail-title = Every mail that would be sent
simulate-mail-lead = None on a day off. Sign-in mail is not among them.
simulate-mail-to = To
simulate-mail-subject = Subject
simulate-mail-names = Names
simulate-mail-count =
    { $count ->
        [one] { $role }: { $count } mail
       *[other] { $role }: { $count } mails
    }
simulate-mail-most = { $mails }, at most { $most } on a day
simulate-mail-named = { $count }: { $steps }
simulate-mail-nothing = no step
simulate-mail-times = { $title } ×{ $count }
simulate-mail-mentor-request = Will you be the mentor of the new manager?
simulate-mail-digest = The week's digest

## What the mentor agrees to

simulate-mentor-title = The mentor's part
simulate-mentor-load = { $total } h in all; { $mean } min a week on average in the first { $of } weeks, { $most } min in the fullest (week { $week }).
simulate-mentor-counts = Steps of their own: { $steps }. Hand-ins to read: { $reviews }. Mails: { $letters }.
simulate-mentor-none = The mentor has no part in what was played.

## Late, branches, provisional

simulate-late-title = What came late, or not at all
simulate-late-none = Nothing: every step could be done by its day.
simulate-late-line =
    { $days ->
        [one] { $step }, due { $date }: { $days } day late
       *[other] { $step }, due { $date }: { $days } days late
    }
simulate-left-line = { $step }, due { $date }
simulate-late-waited = waited for { $steps }
simulate-late-passed = its day had passed when it came to stand in the plan
simulate-branches-title = Branches
simulate-branches-none = Nothing in what was played hangs on an answer.
simulate-branch-taken = Taken
simulate-branch-not_taken = Not taken
simulate-branch-undecided = Not decided
simulate-asks-answer = { $step }, “{ $field }”
simulate-asks-metric = { $metric }, the latest value
simulate-asks-metric-before = { $metric }, the value before
simulate-asks-cast = somebody as { $role }
simulate-asks-no-cast = nobody as { $role }
simulate-asks-roster = size of the team
simulate-answered = { $about }: { $answer }
simulate-not-answered = { $about }: not answered
simulate-no-day = no day: what it counts from never came
simulate-playbooks = Not launched: { $playbooks }
simulate-provisional-title = Provisional dates
simulate-provisional-none = None: the days off are published for the whole time.
simulate-provisional-some =
    { $count ->
        [one] { $count } day, { $first }, may still move: the days off for that time are not published yet.
       *[other] { $count } days from { $first } to { $last } may still move: the days off for that time are not published yet.
    }

## As a person on a date

preview-heading = As { $role }, on the morning of { $date }
preview-title = { $role }, on the morning of { $date }
preview-plan-day = Working day { $n } of “{ $program }”, if everybody did everything on its day.
preview-before = “{ $program }” has not begun.
preview-off = A day off: no mail is sent.
preview-vacant = Nobody has this part yet: the mentor has not said yes.
preview-overdue = Overdue
preview-today = Due today
preview-soon = Due soon
preview-later = Open
preview-to-review = To read
preview-blocked = Waits for others
preview-mail = Mail of this morning
preview-no-mail = No mail.
preview-nothing = Nothing.
preview-item-due = { $step } (due { $date })
preview-item-waits = { $step }: waits for { $waits }
preview-mention-returned = sent back
preview-mention-overdue = overdue
preview-mention-due = due
preview-mention-to_review = to read

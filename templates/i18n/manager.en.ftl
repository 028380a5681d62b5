### The manager's pages: today, the plan, a step.

## Today

today-good-morning = Good morning, { $name }
today-good-afternoon = Good afternoon, { $name }
today-good-evening = Good evening, { $name }
today-lede-late =
    { $count ->
        [one] One step is late. Begin there.
       *[other] { $count } steps are late. Begin with the one that has waited longest.
    }
today-lede-open =
    { $count ->
        [one] Nothing is late. One step is open.
       *[other] Nothing is late. { $count } steps are open, the next one first.
    }
today-lede-none = Nothing is late and nothing is open.
today-resting = Open, while the plan rests
today-resting-hint = Nothing falls due before the plan goes on.
today-overdue = Late
today-returned = Sent back to you
today-returned-hint = The reviewer left a line that says what is missing. Your answers are still in the form.
today-soon = Due today or soon
today-week = Later this week
today-later = After this week
today-later-count =
    { $count ->
        [one] One more is open already
       *[other] { $count } more are open already
    }
today-empty = Nothing to do today
today-empty-next = Next, on { $date }:
today-empty-teach = Steps appear here on the day they open and leave when they are done. Your plan shows everything that is still to come.
today-waiting = Who waits for whom
today-waits-for-me = They wait for you
today-waiter = { $name } ({ $role }) can begin “{ $step }” after:
today-in-review = You wait for an answer
today-review-of = { $name } ({ $role }) has had it since { $date }
today-review-of-nobody = handed in on { $date }; nobody is { $role } yet
today-blocked = You wait for others
today-blocked-step = “{ $step }” opens after:
today-blocked-step-many = “{ $step }” ({ $count } people) opens after:
today-behind =
    { $count ->
        [one] One more opens when your own steps are done
       *[other] { $count } more open when your own steps are done
    }
today-how-far = How far the plan is
today-mentor = Mentor: { $name }
today-mentor-nobody = You have no mentor yet. HR is looking for one; begin without.
today-mentor-asked = Somebody was asked to be your mentor and has not answered yet. Begin without.
today-mentor-declined = You have no mentor yet. HR will ask somebody else; begin without.
today-ended-day = ended on working day { $n } of the plan
today-over = Your plan has ended
today-over-read = No more steps come. What you did and wrote can still be read:
today-no-plan = You have no plan of your own
today-no-plan-why = This page shows the steps of a newly promoted manager. If you have just taken such a role, ask HR to start your plan.
today-no-plan-others = What you do for somebody else's plan stands under the links at the top.

## The plan

plan-view-title = Plan of { $name }
plan-view-day = Working day { $n } of the plan
plan-view-starts = Begins on { $date }
plan-view-complete = Everything was done on { $date }
plan-view-about = What the program is about
plan-view-counts = Bars count what is done once. What recurs has counts of its own.
plan-view-checkpoint-rests = Next checkpoint: working day { $n }, once the plan is taken up again
plan-view-next-checkpoint = Next checkpoint: working day { $n }, { $date }
plan-view-checkpoint = Checkpoint on working day { $n }
plan-view-checkpoint-past = passed
plan-view-checkpoints = Checkpoints
plan-view-modules = What the plan holds
plan-view-overdue =
    { $count ->
        [one] One step is late.
       *[other] { $count } steps are late.
    }
plan-view-closed =
    { $count ->
        [one] One is over
       *[other] { $count } are over
    }
plan-view-later =
    { $count ->
        [one] One opens later
       *[other] { $count } open later
    }
plan-view-by = done by: { $who }
plan-view-member = a team member
plan-view-people = { $title } ({ $count } people)
plan-view-turn-due = due { $date }
plan-view-colon = :{" "}
plan-view-comma = ,{" "}
plan-view-timeline = Week by week
plan-view-past =
    { $count ->
        [one] One earlier week
       *[other] { $count } earlier weeks
    }
plan-view-ahead =
    { $count ->
        [one] One later week
       *[other] { $count } later weeks
    }
plan-view-week = Week of { $from }
plan-view-this-week = This week
plan-view-today = Today
plan-view-nothing-due = Nothing is due this week.
plan-view-cast = People
plan-view-role-manager = Manager
plan-view-role-mentor = Mentor
plan-view-role-superior = Superior
plan-view-role-hr = HR owner
plan-view-mentor-nobody = Nobody has been asked yet.
plan-view-mentor-asked = Asked, and has not answered yet.
plan-view-mentor-unanswered = Was asked; the plan ended before an answer.
plan-view-mentor-declined = Declined. HR asks somebody else.
plan-view-roster = Team
plan-view-playbooks = Playbooks
plan-view-launched = Launched on { $date }. Its steps stand in the plan.
plan-view-launch = Launch it
plan-view-launch-means = Its steps come into the plan, counted from today. It can be launched again when its last step is closed.
plan-view-launch-today = Launch it today
plan-view-no-roster = The team has no members here yet. HR adds them, and each gets their own steps.
plan-view-left = left on { $date }
plan-view-left-at-once = not on the team
plan-view-effective = In the role since { $date }. Working days are counted in the calendar { $calendar }.

## A step

step-view-turn = no. { $n }
step-view-what = What to do
step-view-instruction = Read the instruction
step-view-waits = First these have to be done:
step-view-opens = This step opens on { $date }. Look ahead if you like; nothing is expected before.
step-view-lapsed = This time it was not done before the next one opened. Nothing is expected of it any more.
step-view-closed = The member is not on the team any more, so nothing is expected here.
step-view-form = Your answers
step-view-sheet = Print these questions
step-view-tick = When it is done
step-view-prepare = You can prepare your answers now and keep them as a draft. They can be handed in as soon as the step is open.
step-view-draft = Draft, saved { $at }
step-view-left-draft = Your draft, not handed in
step-view-earlier = This is what you handed in before. Change it and hand it in again.
step-view-evidence = What was handed in
step-view-evidence-none = Done
step-view-handed-in-by = { $name }, { $at }
step-view-private = It was handed in. What it says stays with those named under “Read by”.
step-view-erased = These words were erased.
step-view-accepted-by = Accepted by { $name }, { $at }
step-view-returned-by = Sent back by { $name }, { $at }
step-view-review = Your answer
step-view-line = A line for them
step-view-line-help = Needed when you send it back: say what is missing. When you accept, a line is welcome.
step-view-reconsider = What was handed in stays, and waits for your answer again.
step-view-take-back = To change something, take it back first. Your answers stay in the form.
step-view-remarks = Comments
step-view-comment = Write a comment
step-view-comment-help = Read by:{" "}
step-view-said = { $name }, { $at }
step-view-said-reviewing = { $name }, as reviewer, { $at }
step-view-facts = At a glance
step-view-opens-label = Opens
step-view-due-label = Due
step-view-doer = Done by
step-view-reviewer = Reviewed by
step-view-readers = Read by
step-view-source = Source
step-view-turns = All times
step-view-mentor-nobody = There is nothing to tick here. The step is done when a mentor says yes; nobody has been asked yet.
step-view-mentor-asked = There is nothing to tick here. The step is done when the mentor says yes; the question is with them.
step-view-mentor-unanswered = There is nothing to tick here. The plan ended before the mentor answered.
step-view-mentor-declined = There is nothing to tick here. The step is done when a mentor says yes; HR asks somebody else.
step-view-mentor-accepted = The mentor said yes.
step-view-mentor-yours = Will you be the mentor of { $manager }?
step-view-mentor-yours-hint = You were asked. Say yes or no in your queue; the step is then done by itself.
step-view-mentor-answer = Answer in your queue
step-view-not-kept = What you typed here was not kept, since the step was handed in meanwhile. Copy what you still need:

## The sheet for a talk

sheet-back = Back to the step
sheet-lead = The questions with room to write, for a talk without a screen. Nothing that you answered stands on it.
sheet-print = Print
sheet-date = Date
sheet-file = A file; it is added on the step’s page.
sheet-after = Write it up soon after the talk, then destroy this sheet.

## Fields of a form

field-left-out = You can go on without these, if you say why:
field-link-hint = The whole address, beginning with https:// or http://
field-person-nobody = Nobody is on the team’s roster yet. HR adds the members.
field-person-left = { $name } (not on the team any more)
field-several-exactly = Choose { $count }
field-several-between = Choose { $min } to { $max }
field-several-at-most = Choose up to { $max }
field-several-at-least = Choose at least { $min }
field-several-any = Choose all that apply
field-rating-at-least = Rate at least { $min } dimensions
field-not-observed = Not observed yet
field-note = What you saw
field-note-where-rated = needed where you gave a value
field-file-hint = PDF, picture, Office or OpenDocument file, text or CSV, up to { $max } MB. It is sent when you save or hand in.
field-file-kept = Attached so far:
field-file-keep = Keep this file
field-file-drop = Remove this file
field-file-replace = To replace it, choose another file:
file-size-kb = { $size } KB
file-size-mb = { $size } MB
file-gone = The file was removed.
rating-dimension = Dimension
rating-value = Value
smart-specific = Specific
smart-measurable = Measurable
smart-achievable = Achievable
smart-relevant = Relevant
smart-time_bound = Time-bound
smart-owner = Owner
smart-help-specific = What exactly shall be different, for which product or customer?
smart-help-measurable = By which figure will you see it? Name the number.
smart-help-achievable = Why can it be reached with what you have?
smart-help-relevant = How does it serve the company’s strategy?
smart-help-time_bound = By which date?
smart-help-owner = Who answers for it? You, one member, or all of you: say which.
asked-if-is = Only if “{ $field }” is “{ $value }”
asked-if-is-not = Only if “{ $field }” is not “{ $value }”
asked-if-includes = Only if “{ $field }” includes “{ $value }”
asked-if-less = Only if “{ $field }” is less than { $value }
asked-if-at-most = Only if “{ $field }” is at most { $value }
asked-if-more = Only if “{ $field }” is more than { $value }
asked-if-at-least = Only if “{ $field }” is at least { $value }
asked-if-other = Only asked after certain answers to the other questions

## Names that nobody has yet, or that the reader may not know

name-of-manager = the manager
name-of-mentor = your mentor
name-of-superior = your superior
name-of-hr = HR
name-of-member = the team member

## Branches

state-waived = Taken out
state-skipped = Left out
state-plan-ended = Plan ended
state-not-taken = Not taken
state-ended = Ended
step-view-not-taken = The answers took another way, so this step is not needed. Nothing is expected here.
step-view-ended = What this recurred until is over, so nothing more is expected here.
plan-view-to-come =
    { $count ->
        [one] One is still open
       *[other] { $count } are still open
    }
plan-view-still-open = still open
plan-view-awaits-answer = depends on the answer to “{ $step }”
plan-view-awaits-after = comes after “{ $step }”
plan-view-awaits-turns = comes with each turn of “{ $step }”

## One page for many weekly rituals

gather-parts =
    { $count ->
        [one] { $count } part
       *[other] { $count } parts
    }
gather-how = Fill in what is true this week and hand it in together. A part that you leave empty stays open.
gather-own-page = On a page of its own
gather-done = Done
gather-hand-in = Hand in what is filled in
gather-empty = Nothing was filled in yet, so nothing was handed in.
gather-nothing-open = Nothing here is open now
gather-next = The next one opens on { $date }.
gather-rest = Also of this page
gather-not-kept = What you typed here was not kept, since these parts are no longer open. Copy what you still need:

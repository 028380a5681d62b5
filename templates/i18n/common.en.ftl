### Words that every page and mail may use. An area's own words go into <area>.<lang>.ftl; both
### languages hold the same ids with the same arguments (a test compares them).

site-name = Pilothouse
site-tagline = The first months of a new manager, one step at a time

## Around every page

skip-to-content = Skip to the content
nav-main = Main
nav-today = Today
nav-plan = My plan
nav-practice = Practice
nav-people = People
nav-start = Start a plan
nav-settings = Settings
signed-in-as = Signed in as { $name }
language-other = 中文
language-other-tag = zh-Hant-TW
language-switch = Change the language
help-title = Help
help-contact = Questions? { $name } helps:
help-nobody = Questions? Ask your HR team.
footer-name = Pilothouse, the onboarding of new managers
flash-done = Done
flash-refused = Not done

## The demo

demo-title = Demo
demo-now = It is { $now } here.
demo-day = One day on
demo-week = One week on
demo-mail = To the next mail
demo-mailbox = Read the mail
demo-about = About this demo
demo-as = See it as
demo-person = { $name } ({ $role })

## People

role-manager = manager
role-mentor = mentor
role-superior = superior
role-hr = HR owner

## What one can do

act-sign-in = Sign in
act-sign-out = Sign out
act-open = Open
act-save = Save
act-save-draft = Save the draft
act-hand-in = Hand in
act-mark-done = Mark as done
act-accept = Accept
act-return = Return with a line
act-take-back = Take back
act-reconsider = Take my answer back
act-comment = Comment
act-cancel = Cancel
act-back = Back
act-edit = Edit
act-add = Add
act-remove = Remove
act-search = Search
act-start = Start
act-confirm = Confirm
act-continue = Continue
act-download = Download
act-show-all = Show all

## Where a step stands

state-later = Opens later
state-blocked = Waiting for another step
state-open = Open
state-today = Due today
state-overdue = Overdue
state-resting = Resting
state-in-review = In review
state-returned = Returned
state-done = Done
state-lapsed = Not done this time
state-closed = No longer needed

due-today = due today
due-tomorrow = due tomorrow
due-on = due { $date }
due-rests = was due { $date }
due-in =
    { $days ->
        [one] due in { $days } day
       *[other] due in { $days } days
    }
late-by =
    { $away ->
        [0] { late-days }
        [one] { late-days }, not counting one day of leave or pause
       *[other] { late-days }, not counting { $away } days of leave or pause
    }
late-days =
    { $days ->
        [one] { $days } day late
       *[other] { $days } days late
    }
opens-on = opens { $date }
effort-minutes = about { $minutes } min
progress-label = Progress
progress-of = { $done } of { $all } done
progress-nothing = no step counts
plan-name = { $program }
plan-name-from = { $program } from { $from }
count-steps =
    { $count ->
        [one] { $count } step
       *[other] { $count } steps
    }

## Forms

optional = optional
# What explains a word beside it.
brackets = ({ $words })
example = Example
problem = Problem
problems-title =
    { $count ->
        [one] One answer needs another look
       *[other] { $count } answers need another look
    }
choose = Choose …
field-length = { $min } to { $max } characters
field-range = From { $min } to { $max }
field-at-least = At least { $min }
field-at-most = At most { $max }
scale-of = { $value } of { $max }
scale-between = { $value } ({ $min } to { $max })
rows-between = { $min } to { $max } rows; rows that stay empty are left out
rows-exactly = { $count } rows
rows-at-most = Up to { $max } rows; rows that stay empty are left out
row-head = Row
row-before = Row{" "}
row-after = {""}
add-row = Add a row
no-answer = No answer
autosave-saving = Saving …
autosave-saved = Draft saved at
autosave-failed = Not saved. Keep this page open; it tries again by itself.
autosave-offline = No connection. Kept on this device.
autosave-elsewhere = Not saved: another window saved this form after you opened it here. Load this page again to choose; what you wrote is kept on this device.
autosave-signed-out = You are signed out. Load this page again and sign in; what you wrote is kept on this device.
kept-back = What you wrote here without a connection at { $time } was put back. It is saved again now.
kept-left = The saved version stands here, not what you wrote without a connection at { $time }.
kept-leave = Use the saved version instead
kept-take = Use what I wrote

## Why this date

why-title = Why this date?
why-a-member = the member
why-plan-day = Working day { $n }, counted from { $date } in the calendar { $calendar }
why-joined =
    { $n ->
        [0] The first working day from { $date }, when { $member } joined, in the calendar { $calendar }
        [one] { $n } working day after { $member } joined on { $date }, in the calendar { $calendar }
       *[other] { $n } working days after { $member } joined on { $date }, in the calendar { $calendar }
    }
why-turn = No. { $turn }, working day { $n } after { $date } in the calendar { $calendar }
why-recurs = No. { $turn }, on its day, { $date }, in the calendar { $calendar }
why-recurs-moved = No. { $turn }, planned for { $date }, which is off in the calendar { $calendar }: moved to the next working day
why-on-weekday = No. { $turn }, on the weekday of its page: from { $from } on, the first is { $date } in the calendar { $calendar }
why-before =
    { $n ->
        [0] The day on which it is due, { $date }, in the calendar { $calendar }
        [one] { $n } working day before it is due on { $date }, in the calendar { $calendar }
       *[other] { $n } working days before it is due on { $date }, in the calendar { $calendar }
    }
why-launched =
    { $n ->
        [0] The day the playbook “{ $playbook }” was launched, { $date }, in the calendar { $calendar }
        [one] 1 working day after the playbook “{ $playbook }” was launched on { $date }, in the calendar { $calendar }
       *[other] { $n } working days after the playbook “{ $playbook }” was launched on { $date }, in the calendar { $calendar }
    }
why-closed =
    { $n ->
        [0] The day “{ $step }” was closed, { $date }, in the calendar { $calendar }
        [one] 1 working day after “{ $step }” was closed on { $date }, in the calendar { $calendar }
       *[other] { $n } working days after “{ $step }” was closed on { $date }, in the calendar { $calendar }
    }
why-answered =
    { $n ->
        [0] The date that was given in “{ $step }”, { $date }, in the calendar { $calendar }
        [one] 1 working day after the date that was given in “{ $step }”, { $date }, in the calendar { $calendar }
       *[other] { $n } working days after the date that was given in “{ $step }”, { $date }, in the calendar { $calendar }
    }
why-before-answered =
    { $n ->
        [one] 1 working day before the date that was given in “{ $step }”, { $date }, in the calendar { $calendar }
       *[other] { $n } working days before the date that was given in “{ $step }”, { $date }, in the calendar { $calendar }
    }
why-before-turn =
    { $n ->
        [0] The day “{ $step }” is due, { $date }, in the calendar { $calendar }
        [one] 1 working day before “{ $step }” is due on { $date }, in the calendar { $calendar }
       *[other] { $n } working days before “{ $step }” is due on { $date }, in the calendar { $calendar }
    }
why-quarter-start =
    { $n ->
        [0] The first working day of the quarter, { $date }, in the calendar { $calendar }
        [one] 1 working day after the quarter’s first, { $date }, in the calendar { $calendar }
       *[other] { $n } working days after the quarter’s first, { $date }, in the calendar { $calendar }
    }
why-before-quarter-start =
    { $n ->
        [one] 1 working day before the quarter’s first, { $date }, in the calendar { $calendar }
       *[other] { $n } working days before the quarter’s first, { $date }, in the calendar { $calendar }
    }
why-quarter-end =
    { $n ->
        [0] The last working day of the quarter, { $date }, in the calendar { $calendar }
        [one] 1 working day after the quarter’s last, { $date }, in the calendar { $calendar }
       *[other] { $n } working days after the quarter’s last, { $date }, in the calendar { $calendar }
    }
why-before-quarter-end =
    { $n ->
        [one] 1 working day before the quarter’s last, { $date }, in the calendar { $calendar }
       *[other] { $n } working days before the quarter’s last, { $date }, in the calendar { $calendar }
    }
why-chosen = Set to { $date } by hand for this plan, or the next working day, in the calendar { $calendar }
why-added = The day on which it was added to this plan, or the next that counts in it.
why-opened =
    { $n ->
        [0] { $date }, since its own days had passed by then; in the calendar { $calendar }
        [one] 1 working day from { $date }, since its own days had passed by then; in the calendar { $calendar }
       *[other] { $n } working days from { $date }, since its own days had passed by then; in the calendar { $calendar }
    }
why-stood = Open since { $date }: what stands open stays so when its days are counted anew, in the calendar { $calendar }
why-moved-on = ; { $date } does not count in this plan, and the next day that does is taken
why-recurs-passed = No. { $turn }, planned for { $date }, which does not count in this plan: moved to the next day that does, in the calendar { $calendar }
why-skips =
    { $more ->
        [0] ; skips { $days }
        [one] ; skips { $days } and one earlier day off
       *[other] ; skips { $days } and { $more } earlier days off
    }
why-skips-unnamed =
    { $more ->
        [one] ; skips one day off
       *[other] ; skips { $more } days off
    }
why-passes =
    { $more ->
        [0] ; not counted in this plan: { $spans }
        [one] ; not counted in this plan: { $spans }, and one earlier stretch
       *[other] ; not counted in this plan: { $spans }, and { $more } earlier stretches
    }
why-passes-unnamed =
    { $more ->
        [one] ; one stretch is not counted in this plan
       *[other] ; { $more } stretches are not counted in this plan
    }
why-names-all = ; the page in Pilothouse names all of them
why-span = { $name }, { $from } to { $until }
why-leave = leave
why-pause = the plan’s pause
why-shift = the plan was moved on
why-end = .
why-provisional = {" "}Provisional: the days off for this time are not published yet, so the date may still move.
provisional = provisional

## Mail

mail-help = Questions? Write to { $email }.
mail-open = Open Pilothouse
mail-link-hint = If the button does not work, open this address:

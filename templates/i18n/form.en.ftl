### What stands in headers, invitations and tables that letters carry.

## Names of the streams of letters, as mail programs list them: letters and spaces alone

form-list-reminders = Reminders
form-list-queue = Waiting for your answer
form-list-reports = Reports on new managers
form-list-digest = Weekly digest

## A meeting in a calendar

form-meeting-summary = { $title } ({ $with })

## The digest's table

form-sheet-plan = Plan
form-sheet-day = Working day
form-sheet-done = Steps done
form-sheet-all = Steps in all
form-sheet-percent = Percent done
form-sheet-done-in-week = Done in the week
form-sheet-overdue = Overdue
form-sheet-waiting = In review
form-sheet-state = State
form-sheet-address = Address
form-sheet-running = running
form-sheet-paused = paused
form-sheet-finished = finished

field-begun = Drafted from your plan: change it, or leave it as it is.
field-suggestion = From your plan
field-begun-and = {"; "}
begin-done = { $title }{ $count ->
    [one] {""}
   *[other] {" "}(×{ $count })
    }
begin-late = { $title }: { $days ->
    [one] 1 day late
   *[other] { $days } days late
    }
begin-figure = { $label }, { $day }: { $value }{" "}{ $unit } (before: { $before }{" "}{ $unit })
begin-figure-alone = { $label }, { $day }: { $value }{" "}{ $unit }

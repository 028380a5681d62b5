### Arranging one plan: the forms, what each would do, what was arranged, and what other pages say about it.

done-arranged = the plan is changed. What was arranged stands at the end of this page, where it can be undone.
done-undone = it is undone. What was done since stays.

## The page

arrange-link = Arrange this plan
arrange-title = Arrange the plan of { $name }
arrange-lede = Choose what should change. You see what it would do before anything happens, and you can undo it afterwards.
arrange-look = See what it would do

arrange-days = Days
arrange-move = Move one step
arrange-move-lede = It is due on the day you choose, or on the next working day. It keeps that day; only leave, a pause or moving the rest across it moves it on.
arrange-shift = Move the rest of the plan
arrange-shift-lede = Everything open that is due from this day on comes later by the working days you give. A step whose day was set by hand keeps it, unless it falls into these working days: then it moves to the first day after them.
arrange-leave = The manager is on leave
arrange-leave-lede = First and last day of the leave. These days don’t count: what would fall into them, and what follows, comes later. A leave that is already over can still be entered.
arrange-leave-others = It counts for this plan alone. { $name } has other running plans; enter it there as well:
arrange-pause = Pause the plan
arrange-pause-lede = From today on no step opens or falls due, and nobody is reminded of one, until somebody takes the plan up again. What was handed in still asks for its answer.
arrange-resume = Take the plan up again
arrange-resume-lede = It goes on today. What is open comes later by the days on which it rested.

arrange-steps = Steps
arrange-add = Add a step for this person
arrange-add-lede = It stands in this plan alone, and is done like any other step.
arrange-waive = Take out a step
arrange-waive-lede = It is closed without being done. What was written in it stays.
arrange-skip = Leave out a module
arrange-skip-lede = Its open steps are closed, and no more of them come. What was done stays.
arrange-module-option =
    { $count ->
        [0] { $title } (nothing open now)
        [one] { $title } (one open step)
       *[other] { $title } ({ $count } open steps)
    }

arrange-mentor = Mentor
arrange-deputy = { $name } is away
arrange-deputy-lede = Somebody stands in for { $name }: they read, answer and get the mail in these days, and see nothing of the plan afterwards.

arrange-ending = The end
arrange-end = End the plan
arrange-end-lede = What is open is closed. Everything can still be read, and what was handed in can still be accepted.
arrange-how-graduated = Graduate: everything that was listed is closed
arrange-how-early = End early: the manager is ready, or moves on
arrange-how-cancelled = Cancel: the plan is not needed any more

arrange-label-step = Step
arrange-label-due = Due on
arrange-label-from = From
arrange-label-until = Until
arrange-label-days = Working days
arrange-label-title = Title
arrange-label-text = What to do
arrange-label-who = Who does it
arrange-label-review = Who accepts it
arrange-review-nobody = Nobody: it is done when it is ticked
arrange-label-minutes = Minutes it takes
arrange-label-reason = Reason
arrange-label-module = Module
arrange-label-deputy = Who stands in
arrange-label-how = How it ends
arrange-hint-text = A few sentences. May stay empty.
arrange-hint-reason = One sentence. Everybody in this plan can read it.
arrange-hint-end = Needed unless the plan graduates. Everybody in this plan can read it.
arrange-hint-deputy = Neither the manager nor their superior. Is somebody missing here? HR can choose anybody.

## What it would do

arrange-preview-title = What it would do in the plan of { $name }
arrange-preview-eyebrow = Nothing has changed yet
arrange-preview-undo = Undo: nothing has changed yet
arrange-preview-lede = This is what the plan would be afterwards, compared with now.
arrange-apply = Do it
arrange-back = Back, and change nothing
arrange-undo = Undo
arrange-preview-of = Preview: { $deed }
arrange-undo-title = Undo: { $deed }
arrange-undo-act = Undo it

arrange-wish-move = “{ $step }” is due on { $due }
arrange-wish-shift =
    { $days ->
        [one] The rest of the plan, from { $from } on, comes one working day later
       *[other] The rest of the plan, from { $from } on, comes { $days } working days later
    }
arrange-wish-add = A step for this person: “{ $step }”
arrange-wish-waive = “{ $step }” is taken out
arrange-wish-skip = The module “{ $module }” is left out
arrange-wish-leave = Leave from { $from } to { $until }
arrange-wish-pause = The plan is paused from today
arrange-wish-resume = The plan goes on today
arrange-pause-then = When the plan is taken up again, the days of the pause don’t count, and what is open then comes later by them.
arrange-wish-deputy = { $name } stands in for the mentor from { $from } to { $until }
arrange-wish-graduate = The plan graduates
arrange-wish-early = The plan ends early
arrange-wish-cancel = The plan is cancelled

arrange-change-none = No date changes, and no step comes or goes.
arrange-change-changed =
    { $count ->
        [one] One step changes
       *[other] { $count } steps change
    }
arrange-change-moved =
    { $count ->
        [one] One date moves
       *[other] { $count } dates move
    }
arrange-change-reopened =
    { $count ->
        [one] One step is open again
       *[other] { $count } steps are open again
    }
arrange-change-opening =
    { $count ->
        [one] One step opens at once
       *[other] { $count } steps open at once
    }
arrange-change-list = Each with its day
arrange-change-each = Each with its old and its new day
arrange-change-step = Step
arrange-change-was = Due now
arrange-change-now = Due then
arrange-change-later =
    { $days ->
        [one] one day later
       *[other] { $days } days later
    }
arrange-change-earlier =
    { $days ->
        [one] one day earlier
       *[other] { $days } days earlier
    }
arrange-change-added =
    { $count ->
        [one] One step comes
       *[other] { $count } steps come
    }
arrange-change-removed =
    { $count ->
        [one] One step leaves the plan
       *[other] { $count } steps leave the plan
    }
arrange-change-closed =
    { $count ->
        [one] One step is closed
       *[other] { $count } steps are closed
    }
arrange-change-closed-means =
    { $count ->
        [one] It is not done, and nothing more is expected of it.
       *[other] They are not done, and nothing more is expected of them.
    }
arrange-change-done =
    { $count ->
        [one] One step is done, and stays so
       *[other] { $count } steps are done, and stay so
    }
arrange-change-checkpoint = Checkpoint on working day { $n }
arrange-change-checkpoint-moves = It moves from { $was } to { $now }.
arrange-change-checkpoint-stays = It stays on { $date }.
arrange-change-checkpoint-comes = It is new, on { $date }.
arrange-change-checkpoint-goes = There is no longer one; it would have been on { $date }.
arrange-change-last-day = Last day of the program
arrange-change-slips =
    { $count ->
        [one] One step was due by { $date } and no longer is:
       *[other] { $count } steps were due by { $date } and no longer are:
    }
arrange-change-mail = The next morning’s mail
arrange-change-more = Would also name:
arrange-change-fewer = Would no longer name:

arrange-deputy-title = What goes to { $name }
arrange-deputy-review = to answer
arrange-deputy-does = to do
arrange-deputy-replaces = This replaces { $name }, { $from } to { $until }.
arrange-deputy-one = One person at a time stands in: who is named last does.
arrange-deputy-nothing = Nothing of the mentor’s is open by then or falls into these days so far.
arrange-deputy-means = { $name } can read what the mentor reads from now on, so as to be prepared. No date changes.

arrange-stays =
    { $count ->
        [one] One step stays as it is now
       *[other] { $count } steps stay as they are now
    }
arrange-stays-means =
    { $count ->
        [one] Somebody worked on it since. That is kept, so the plan does not become exactly what it was.
       *[other] Somebody worked on them since. That is kept, so the plan does not become exactly what it was.
    }

## What was arranged

arrange-deeds = What was arranged
arrange-deeds-lede = The newest first.
arrange-deeds-none = Nothing so far. The plan runs as its program has it.
arrange-by-program = by itself
arrange-undone-by = Undone by { $name }, { $at }

## What other pages say

arrange-is-graduated = Graduated on { $date }.
arrange-is-early = Ended early on { $date }.
arrange-is-cancelled = Cancelled on { $date }.
arrange-is-read = The plan can still be read. Nothing more is expected.
arrange-last-day-today = Today is the last day of the program; what is still open goes on until it is done, or HR ends the plan.
arrange-last-day-was = The last day of the program was { $date }; what is still open goes on until it is done, or HR ends the plan.
arrange-is-paused = Paused since { $date }.
arrange-is-paused-means = Until the plan is taken up again, no step opens or falls due, and nobody is reminded of one. What was handed in still asks for its answer.
arrange-is-leave = Leave from { $from } to { $until }.
arrange-is-leave-means = These days don’t count, and nobody is reminded of a step. What was handed in still asks for its answer.
arrange-is-of = “{ $program }”:{" "}
arrange-is-deputy = { $name } stands in for the mentor from { $from } to { $until }.
arrange-today-rests = Nothing is expected of you today.
arrange-own-module = Only for this person
arrange-own-summary = Steps that were added to this plan alone.
arrange-step-waived = This step was taken out of the plan. Nothing is expected here.
arrange-step-skipped = The module of this step was left out of the plan. Nothing is expected here.
arrange-step-plan-ended = The plan ended before this step was done. Nothing is expected here.
arrange-step-reason = { $name }, in their own words:
arrange-digest-paused = paused

### Why something was not done, and what would help. Made by src/render/refusal.rs and, for the
### fields of a form, by src/engine/form.rs.

refusal-no-such-step = This plan has no step { $step }. Go back to the plan to see what it has.
refusal-blocked =
    { $more ->
        [0] { $step } is still waiting for { $blockers }.
       *[other] { $step } is still waiting for { $blockers } and { $more } more.
    }
refusal-not-open-yet = { $step } opens on { $opens }. Nothing is expected before.
refusal-not-yours = Only the { $role } of this plan can do this.
refusal-not-of-meeting = Only the two who meet can do this: the manager, and the { $role } or whoever stands in for them now.
refusal-already-closed = { $step } is closed; nothing more is expected of it.
refusal-in-review = { $step } was handed in and is waiting for the { $role }. Take it back first if you want to change it.
refusal-nothing-to-review = Nothing is handed in for { $step } now, so there is nothing to accept or return.
refusal-put-off-too-often = You have put this off { $times } times already. Do it, or talk with your mentor about another day.
refusal-line-needed = Write one line that says what is missing, so that it can be mended.
refusal-evidence =
    { $count ->
        [one] One answer needs another look. What you wrote is kept.
       *[other] { $count } answers need another look. What you wrote is kept.
    }
refusal-changed-by = { $who } changed { $step } on { $at }, after you opened this page. Look at it as it is now, then decide again.
refusal-changed = { $step } changed on { $at }, after you opened this page. Look at it as it is now, then decide again.
refusal-cannot-take-back = { $step } can't be taken back: only what you handed in yourself can be, and only until it is accepted.
refusal-next-turn-under-way = { $step } stays as it is, because the next one is already under way. Write a comment instead.
refusal-accepted-upon = This stays as it is, because { $step }, which comes after it, was accepted. Whoever accepted it can take that back first; or write a comment.
refusal-branch-under-way = This stays as it is, because { $step }, which it opened, is already under way. Write a comment instead.
refusal-no-such-playbook = This program has no such playbook.
refusal-playbook-runs = This playbook is under way. It can be launched again when its last step is closed.
refusal-no-such-module = This program has no such module. Go back to the plan to see what it has.
refusal-left-out = This module was left out of the plan. What was handed in can be accepted, and is not opened again.
refusal-module-skipped = This module was left out of the plan before.
refusal-paused = The plan is paused already.
refusal-not-paused = The plan is not paused; it goes on as it is.
refusal-plan-ended =
    { $how ->
        [graduated] This plan was graduated on { $at } and is only read now.
        [cancelled] This plan was cancelled on { $at } and is only read now.
       *[early] This plan was ended early on { $at } and is only read now.
    }
refusal-steps-left = Steps of this plan are still open. Close them first, or end the plan early with a reason.
refusal-no-mentor = Nobody mentors this plan yet, so nobody can stand in. Ask somebody to be the mentor first.
refusal-day-passed = { $day } is over. Choose today or a later day.
refusal-ends-before = The last day, { $until }, must not come before { $from }. Check both dates.
refusal-leave-before-plan = The leave ends on { $until }, before the plan’s first day, { $begins }: it would change nothing. Check both dates.
refusal-too-long = That is longer than { $most } days, which is the most. Choose fewer days.
refusal-nothing-offered = Nothing is offered here any more: it was answered, or a newer version took its place.
refusal-nothing-to-undo = There is nothing to undo here: it was undone already.
refusal-too-late-to-undo = This can't be undone any more: it is more than { $days } days old. Arrange the plan anew instead.
refusal-of-roster = This came with a change of the team. Undo it on the member’s page, where it counts for every plan.
refusal-of-calendar = This came with a change of the calendar. Change the calendar, and every plan that follows it is dated anew.
refusal-no-days = Choose at least one working day.
refusal-later-upgrade = A later version was applied to this plan since. Undo that one first.
refusal-later-rollout = Some of these plans were upgraded again since. Undo that later upgrade first; nothing was undone.
refusal-plan-changed = The plan changed while you were looking at the preview. Here is what it would do now.
refusal-title-needed = Give the step a title, on one line, without special characters.
refusal-same-release = This plan runs this version already.
refusal-not-asked = You were not asked to be the mentor of this plan, or somebody else was asked since. HR can ask you again.
refusal-mentor-in-cast = The { $role } of this plan can't be its mentor too. Choose somebody else.
refusal-already-mentor = { $who } is the mentor already, or was asked and has not answered yet.
refusal-superior-is-manager = A manager can't be their own superior. Choose the person they report to.
refusal-member-present = { $member } is on this team already.
refusal-member-absent = { $member } is not on this team now.
refusal-left-before-joining = The last day can't be before the day on which the member joined. Check both dates.
refusal-day-out-of-range = { $day } is too far away to be meant. Check the year.
refusal-bad-words = This text is too long, or holds a character that can't be kept. Shorten it, or type it anew instead of pasting.

## One field of a form

field-required = Fill this in.
field-control-character = This holds a character that can't be kept. Type it anew instead of pasting.
field-too-short = Write a little more: at least { $min } characters. So far there are { $given }.
field-too-long = Shorten this to { $max } characters. Now there are { $given }.
field-not-an-option = Choose one of the options.
field-out-of-scale = Choose a value from { $min } to { $max }.
field-not-a-number = Write a number in digits, such as 80, 1,250 or 2.5, with at most three digits after the point.
field-number-too-small = Write a number that is at least { $min }.
field-number-too-large = Write a number that is at most { $max }.
field-not-a-date = Choose a date between 2000 and 2099, or write it as year-month-day, such as 2026-03-02.
field-not-one-line = Write this on one line, without invisible characters (line breaks, or marks that turn the direction of the text). If you pasted it, type it anew.
field-not-on-roster = Choose somebody who is on your team’s roster.
field-not-a-link = Give an address that begins with https:// or http://.
field-not-a-file = Attach the file again.
field-file-too-large = The file is larger than { $max } MB. Choose a smaller one.
field-file-empty = The file is empty. Choose another one.
field-file-kind = This kind of file can’t be kept, or its name and its content don’t match. Attach a PDF, a picture (PNG, JPEG, WebP), an Office or OpenDocument file, text or CSV.
field-several-count =
    { $min ->
        [1] Choose at most { $max }. Now there are { $given }.
       *[other] Choose { $min } to { $max }. Now there are { $given }.
    }
field-smart-lacks = Still to add:{ $specific ->
    [missing] {" "}• what exactly (Specific)
   *[there] {""}
    }{ $measurable ->
    [missing] {" "}• the figure (Measurable)
   *[there] {""}
    }{ $measure ->
    [number] {" "}• a number in “Measurable”, such as 20 new customers or 15%
    [unit] {" "}• the unit of the number in “Measurable”: customers, %, thousand
   *[there] {""}
    }{ $achievable ->
    [missing] {" "}• why it can be reached (Achievable)
   *[there] {""}
    }{ $relevant ->
    [missing] {" "}• which aim of the company it serves (Relevant)
   *[there] {""}
    }{ $time_bound ->
    [missing] {" "}• the date (Time-bound)
   *[there] {""}
    }{ $owner ->
    [missing] {" "}• who answers for it (Owner)
   *[there] {""}
    }
field-smart-past = The day of the goal has passed, or is today. Write a day that lies ahead.
field-smart-too-long = Shorten each part to { $max } characters.
field-dimension-missing = { $dimension }: choose a value.
field-dimension-out-of-scale = { $dimension }: choose one of the values shown.
field-note-missing = { $dimension }: write an example beside the value.
field-note-too-long = { $dimension }: shorten the note to { $max } characters.
field-rated-too-few = Rate at least { $min } dimensions; one number alone says little. So far there are { $given }.
field-rows-too-few =
    { $min ->
        [one] Fill in at least one row.
       *[other] Fill in at least { $min } rows. So far there are { $given }.
    }
field-rows-too-many =
    { $max ->
        [one] Keep one row only.
       *[other] Keep at most { $max } rows.
    }

## One cell of a table

cell-required = Row { $row }: fill in { $column }.
cell-control-character = Row { $row }: { $column } holds a character that can't be kept. Type it anew instead of pasting.
cell-too-long = Row { $row }: shorten { $column } to 2000 characters.
cell-not-a-number = Row { $row }: { $column } must be a number in digits, such as 80, 1,250 or 2.5.
cell-not-a-date = Row { $row }: { $column } must be a date, such as 2026-03-02.
cell-not-an-option = Row { $row }: choose one of the options for { $column }.
cell-not-on-roster = Row { $row }: choose somebody from your team’s roster for { $column }.

refusal-team-too-small = A pulse needs { $fewest } members or more: among fewer, answers could be guessed. Ask each of them in a talk instead.
refusal-pulse-answered = Somebody has answered already, so this pulse can't be opened anew. It closes by itself.

### Letters about what waits, what came back and what is late; and what can be done from a mail itself.

## What one press does. What it is done to follows.

letter-act-done = Done
letter-act-snooze = Snooze 3 days
letter-act-accept = Accept
letter-act-return = Return with a line
letter-act-of = :{" "}
letter-act-line = { $label }: { $url }
letter-acts-hint = Every link here only opens a page. Nothing happens until you press a button there.

## Answering the mail

letter-answer = You can also answer this mail with a word and a number:{" "}
letter-answer-example = “{ $word } { $number }”
letter-answer-comma = ,{" "}
letter-answer-word-done = done
letter-answer-word-snooze = snooze
letter-answer-word-accept = accept
letter-answer-end = .
letter-answer-done = You can also answer this mail with “done”.
letter-answer-review = You can also answer this mail: “accept”, or “return:” with your line after it.
letter-answer-proposal = You can also answer this mail with the number of a time.
letter-answer-mentor = You can also answer this mail with “yes” or “no”.
letter-numbered = { $number }.{" "}

## In the brief and the welcome

letter-brief-preview-escalated =
    { $count ->
        [one] { $count } thing for you. Late with others: { $thing }
       *[other] { $count } things for you. Late with others: { $thing }
    }
letter-brief-preview-talk =
    { $count ->
        [one] { $count } thing for you. Your superior would like to talk
       *[other] { $count } things for you. Your superior would like to talk
    }
letter-talks-title = They would like to talk
letter-talk = { $by } read the report of working day { $day } on your plan, and would like to talk with you about it.
letter-talk-open = Look at your plan before you talk with { $by }
letter-talk-step = { $by } read “{ $step }”, and would like to talk with you about it.
letter-talk-open-step = Read again what you wrote before you talk with { $by }
letter-others-title = Waiting for you in other plans

## Late with others

letter-late-subject = What waits and what is late, week of { $monday }
letter-late-preview =
    { $count ->
        [one] { $count } step: { $thing }
       *[other] { $count } steps, the first of them: { $thing }
    }
letter-wait-preview =
    { $count ->
        [one] { $count } step waits for your answer: { $thing }
       *[other] { $count } steps wait for your answer, the first of them: { $thing }
    }
letter-late-title = What waits and what is late: { $date }
letter-late-lead = You hear of it because you have a part in these plans. A word from you often helps more than one more mail.
letter-late-list = Late with others
letter-late-owes =
    { $days ->
        [one] { $owes } ({ $role }) is { $days } working day late with it.
       *[other] { $owes } ({ $role }) is { $days } working days late with it.
    }
letter-late-answer =
    { $days ->
        [one] It was handed in, and { $owes } ({ $role }) is { $days } working day late with an answer.
       *[other] It was handed in, and { $owes } ({ $role }) is { $days } working days late with an answer.
    }
letter-late-told = Told before you:{" "}
letter-late-open = Look at it:{" "}
letter-late-all = Open your page

## Work came back

letter-returned-subject = Sent back to you: { $thing }
letter-returned-preview = What is missing is written with the step, on its page.
letter-returned-title = Sent back to you
letter-returned-lead = { $by } read what you handed in and sent it back to you with a line that says what is missing. The line is written with the step, on its page.
letter-returned-lead-nobody = What you handed in was sent back to you with a line that says what is missing. The line is written with the step, on its page.

## Work waits for an answer

letter-report-subject = { $manager }: { $thing }
letter-report-preview = To read. Say “seen”, or that you would like to talk.
letter-report-title = { $manager }: { $thing }
letter-report-lead = { $manager } handed in “{ $thing }” for you to read, { $at }.
letter-report-cell = { $column }:{" "}
letter-report-there = To be read on its page.
letter-report-erased = What was written has been erased since.
letter-report-answer-title = Your answer
letter-report-answer = Nothing waits for it. If you would like to talk, { $manager } hears of it in the mail of the next working morning. Each link opens a page with one button; nothing happens before you press it.
letter-report-what = “{ $thing }” by { $manager }
letter-report-open = Open it in the plan
letter-answer-report = You can also answer this mail: “seen” or “talk”. A line after it stands beside what was handed in.

letter-review-subject = { $manager } waits for your answer: { $thing }
letter-review-preview = Accept it, or return it with one line.
letter-review-title = { $manager } waits for your answer
letter-review-lead = In the plan of { $manager } something was handed in for you to read. Accept it, or return it with one line that says what is missing.
letter-gate-subject = { $manager } waits for your approval: { $thing }
letter-gate-preview =
    { $count ->
        [0] Accept it, or return it with one line.
        [one] { $count } step waits behind it.
       *[other] { $count } steps wait behind it.
    }
letter-gate-title = { $manager } waits for your approval
letter-gate-lead = In the plan of { $manager } a gate was handed in, and the way goes on only with your approval. Accept it, or return it with one line that says what is missing.
letter-gate-opens = What waits behind it

## A mentor is asked: what a plan that has begun and a reminder say

letter-mentor-begun = { $manager } is newly promoted and began “{ $program }” on { $date }. { $hr } in HR would like you to be the mentor.
letter-mentor-asked = You were asked on { $date }, and have not answered so far.
letter-mentor-next = Without an answer from you, somebody else is asked on { $date }.
letter-mentor-reminder-preview = You were asked on { $date }. One press answers it, and no is a good answer too.

## HR hears that nobody said yes

letter-silent-subject-next = { $next } is now asked to be the mentor of { $manager }
letter-silent-subject-none = { $manager } has no mentor: please choose one
letter-silent-preview-declined = { $asked } said no.
letter-silent-preview-silent = { $asked } has not answered.
letter-silent-title = The mentor of { $manager }
letter-silent-declined = { $asked } said no to being the mentor of { $manager } in “{ $program }”.
letter-silent-silent = { $asked } was asked to be the mentor of { $manager } in “{ $program }” and has not answered.
letter-silent-next = { $next }, who comes next on the list, was asked instead. You need not do anything.
letter-silent-none-declined = Nobody else is on the list. Choose somebody whom you would like to ask.
letter-silent-none-silent = Nobody else is on the list. Talk to { $asked }, or choose somebody else.

## A reply that could not be followed

answer-subject = Your reply to Pilothouse changed nothing
answer-title = Your reply changed nothing
answer-lead = Your reply to a mail from Pilothouse could not be followed. Nothing was changed, and nothing that you wrote was kept.
answer-kept-subject = Your words are kept, but the step still waits for your decision
answer-kept-title = The step still waits for your decision
answer-kept-lead = What you answered to a mail from Pilothouse stands beside the step as a comment. It does not say whether you accept the work, so nothing was decided.
answer-open = Open Pilothouse to do it there
answer-which-one = It is not clear which of the things in the mail you mean. Answer that mail once more, with the number that stands before the thing.
answer-not-here = What you ask for can’t be done with what that mail was about.
answer-moved-on = The step has moved on since that mail was sent.
answer-needs-form = The step asks for more than a word: fill in its form on its page.
answer-needs-line = To send work back, say what is missing. Answer that mail once more with “return:” and your line after it.
answer-no-more-snooze = The step was put off as often as it can be.
answer-still-waits = To decide, answer that mail once more: “accept”, or “return:” with your line after it. Where the mail numbers its things, write the number too.

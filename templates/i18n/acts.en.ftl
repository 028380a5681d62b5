### Acting from a mail: the page behind a link; and putting a step off on its own page.

## What the buttons do

press-done = Mark as done
press-snooze = Snooze 3 days
press-accept = Accept
press-return = Return with a line
press-seen = I have seen it
press-talk = Let’s talk
press-undo = Undo

## Before the press

press-open = Hello { $name }, this is what the link in your mail does.
press-instead = Hello { $name }, you gave another answer before. You can still change it to this one.
press-open-title-done = Mark this step as done?
press-open-title-snooze = Put this step off for 3 days?
press-open-title-accept = Accept what was handed in?
press-open-title-return = Send this back?
press-open-title-seen = Have you seen this report?
press-open-title-talk = Would you like to talk about this report?
press-of-plan = In the plan of { $manager }
press-report = The report on { $manager } after { $day } working days ({ $date })
press-means-done = It counts as done from now on, and what waits for it opens.
press-means-done-review = It goes to the { $role } for review.
press-means-snooze = No mail of yours names it again before { $date }. Its due day stays as it is.
press-means-accept = It counts as done from now on, and what waits for it opens.
press-means-return = It is open again, and your line stands beside it. Whoever handed it in hears of it by mail.
press-means-seen = Your answer is kept with the plan. Nobody gets a mail about it.
press-means-talk = { $manager } reads in the mail of the next working morning that you would like to talk.
press-line-accept = A line for whoever did it
press-line-return = What is missing
press-line-help-accept = It stands beside the step. What was handed in can be read on the step’s page.
press-line-help-return = One line that says what is missing, so that it can be mended. What was handed in can be read on the step’s page.
press-nothing-yet = Opening this page changes nothing: only the button does.

## After it

press-done-title-done = Done
press-done-title-snooze = Put off
press-done-title-accept = Accepted
press-done-title-return = Sent back
press-done-title-seen = Seen
press-done-title-talk = You asked for a talk
press-done-done = Thank you. The plan has it.
press-done-snooze = No mail of yours names it again before { $date }.
press-done-accept = It counts as done, and your line stands beside it if you wrote one.
press-done-return = It is open again, with your line beside it.
press-done-seen = It is kept with the plan of { $manager } that you have seen the report.
press-done-talk = { $manager } reads it in the mail of the next working morning.
press-undo-done = The step is open again then.
press-undo-snooze = Your mails name the step again then.
press-undo-accept = It waits for your answer again then.
press-undo-return = It waits for your answer again then.
press-undo-seen = The report is without an answer then.
press-undo-talk = The report is without an answer then.

## When it can’t be done any more

press-form-title = This step asks for more than a press
press-form = Fill in its form on its page. Nothing was done so far.
press-moved-title = The step has moved on
press-moved = It changed since this mail was sent, so the link does nothing any more. This is how it stands now:
press-refused-title = This link does nothing now
press-left-title = The step is not in the plan any more
press-left = The plan was changed since this mail was sent. Nothing is expected of this step, and nothing was done.
press-gone-title = This is not yours any more
press-gone = You no longer have the part for which this link was made. Nothing was done.
press-to-step = Open the step
press-to-plan = Open the plan
press-to-start = Open your page
press-sign-in = For more than this link does, you sign in there.

## On a step’s own page

snooze-act = Snooze 3 days
snooze-means = Your mails are silent about it. Its due day stays as it is.
snooze-undo = Put off no longer
snooze-until = You put this off: no mail of yours names it before { $date }.
done-put-off = your mails are silent about this step for 3 days.
done-not-put-off = your mails name this step again.

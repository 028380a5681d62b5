### The mentor: the queue, the answer to a request, and what mentor and superior share.

## Steps and reviews, for whoever reviews

part-member = {" "}({ $member })
part-turn = {" "}(no. { $turn })
part-stands-for = { $role }, for { $name }
part-of = in the plan of { $manager }
part-due = due { $date }
part-ahead-title = Later
part-ahead = { $manager }, due { $date }
review-handed-in = handed in on { $at }
review-waits =
    { $days ->
        [one] waiting for { $days } day
       *[other] waiting for { $days } days
    }
review-evidence = What { $manager } wrote
review-no-evidence = This step asks for no words: { $manager } says that it is done.
review-erased = What was written here was erased.
review-remarks = What was said about it
review-remark = { $by }, { $at }
review-line = Your line to { $manager }
review-line-free = If you like: a sentence or two that stay with it.
review-plan-ended = The plan has ended, or this module was left out of it: you can still accept this, and nothing goes back for more work.
review-line-help = When you return it: what is missing, in a sentence or two. When you accept: as you like.
review-accept-what = {" "}“{ $step }”, { $manager }
review-return-what = : “{ $step }”, { $manager }

## What is handed in for somebody to read

report-title = To read
report-hint = No decision is needed here. Say that you have seen it, or that you would like to talk; after two weeks it leaves this list.
report-seen = Seen
report-talk = Let’s talk
report-heard-seen = { $name } has seen it, { $at }.
report-heard-talk = { $name } would like to talk about it, { $at }.
report-went-to = It went to { $name } by mail.
report-will-go-to = When you hand it in, { $name } gets it by mail.
managers-column-manager = Manager
managers-column-progress = Done
managers-column-overdue = Overdue
managers-column-next = Next with you
managers-column-mentor = Mentor
managers-begins = begins { $date }
managers-day = working day { $day }
managers-finished = finished { $date }
managers-overdue =
    { $count ->
        [0] none
        [one] { $count } step
       *[other] { $count } steps
    }
managers-in-review =
    { $count ->
        [one] { $count } step waits for an answer
       *[other] { $count } steps wait for an answer
    }
managers-no-next = nothing more
managers-mentor-nobody = nobody asked so far
managers-mentor-asked = { $mentor } was asked
managers-mentor-unanswered = { $mentor } was asked, no answer before the end
managers-mentor-declined = { $mentor } said no
managers-mentor-none = without a mentor

## The queue

queue-title = To review
queue-lead =
    { $count ->
        [0] Nothing waits for you now.
        [one] { $count } thing waits for you.
       *[other] { $count } things wait for you.
    }
queue-nobody-title = You are nobody's mentor so far
queue-nobody = When HR asks you, the question comes by mail and stands here: who it is, and what it takes. Yes and no are both good answers.
queue-requests-title = Will you be their mentor?
queue-reviews-title = Waiting for your yes
queue-reviews-empty-title = Nothing to read
queue-reviews-empty = When one of your managers hands something in, it stands here with what they wrote. Accept it, or return it with one line that says what is missing.
queue-mine-title = Yours to do
queue-mine-empty = No step of your own is open.
queue-managers-title = Your managers
queue-managers-hint = You read what a step shares with the mentor. Whatever is between a manager and their team stays with them.

## A request, on the queue and behind the link in the mail

asked-lead = { $manager } is newly promoted and begins the program “{ $program }” on { $date }. { $hr } in HR would like you to be the mentor.
asked-first-day = First day
asked-program = Program
asked-superior = Superior
asked-hr = Asked by
asked-takes-title = What it takes
asked-steps =
    { $count ->
        [0] The program sets you no fixed tasks: be somebody whom { $manager } can ask.
        [one] You have a part in { $count } step of the plan so far: you meet, or you read what { $manager } handed in and answer it.
       *[other] You have a part in { $count } steps of the plan so far: you meet, or you read what { $manager } handed in and answer it.
    }
asked-mail = At most one mail a day tells you when something waits for you, on your working days.
asked-no = No is a good answer too, and needs no reason. HR then asks somebody else.
asked-about = How the program puts it
asked-yes = Yes, I will be the mentor of { $manager }
asked-decline = No, not this time
asked-decline-what = : { $manager }
asked-line = A line for HR, if you like
asked-line-help = Only HR reads it.
asked-title = Will you be the mentor of { $manager }?
asked-hello = Hello { $name },
asked-nothing-yet = Nothing happens until you press a button.
asked-accepted-title = You are the mentor of { $manager }
asked-accepted = Thank you. { $manager } sees your name now. What waits for you comes in your daily mail, and stands on your page.
asked-accepted-change = Something has changed? Tell { $hr } in HR, who can ask somebody else.
asked-declined-title = You said no, and that is fine
asked-declined = Thank you for answering. HR knows, and asks somebody else for { $manager }.
asked-declined-change = Did you change your mind? Tell { $hr } in HR, who can ask you again.
asked-elsewhere-title = This question is settled
asked-elsewhere = HR has found another way for { $manager } since the mail was sent, so nothing waits for your answer. Thank you for opening it.
asked-ended-title = This plan has ended
asked-ended = The plan of { $manager } is over, so nothing waits for your answer any more. Thank you for opening the mail.
asked-ended-more = Do you have a question? Ask { $hr } in HR.
asked-queue = To my page

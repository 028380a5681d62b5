### The mail as HR sees it, addresses that bounce, and stopping a kind of mail from a letter.

nav-outbox = Mail
done-letter-again = the letter is owed again and leaves in a moment, unless there is nothing left to say.
done-letter-taken-back = the letter is taken back and does not leave.
done-address-tried = the address gets another try. What was held for it leaves in a moment, where it still says something.

## The page

outbox-title = Mail
outbox-lede = Every letter that Pilothouse owes or owed, and why it did or did not leave. What a letter says is not kept.
outbox-letters = Letters
outbox-letter = Letter
outbox-to = To
outbox-state = State
outbox-when = When
outbox-any = All states
outbox-find = Name or address
outbox-none = There are no such letters.
outbox-newest = Back to the newest
outbox-older = Older letters
outbox-plan-of = Plan of { $manager }
outbox-late = Too late: the letter is on its way, or something became of it in the meantime. How it stands now is shown below.

outbox-state-owed = Owed
outbox-state-sent = Sent
outbox-state-held = Held
outbox-state-failed = Given up
outbox-state-unneeded = Not needed
outbox-leaving = on its way
outbox-due = Due { $at }
outbox-settled-sent = Left { $at }
outbox-settled-held = Held since { $at }
outbox-settled-failed = Given up { $at }
outbox-settled-unneeded = Decided { $at }
outbox-tried = Tried { $count } times
outbox-again-at = Tried again { $at }
outbox-send-again = Send again
outbox-take-back = Don’t send
outbox-named = ({ $kind }, { $name })

outbox-kind-welcome = Welcome
outbox-kind-brief = Daily mail
outbox-kind-mentor-request = Request to be a mentor
outbox-kind-mentor-reminder = Reminder of a request to be a mentor
outbox-kind-mentor-silent = Nobody has said yes to being a mentor
outbox-kind-digest = Weekly digest for HR
outbox-kind-sign-in = Sign-in link
outbox-kind-returned = Work that came back
outbox-kind-review = Work to review
outbox-kind-gate = Approval that is needed
outbox-kind-report = Something handed in to read
outbox-kind-checkpoint = Report to the superior
outbox-kind-graduation = The end of a plan
outbox-kind-proposal = Times to choose for a meeting
outbox-kind-meeting = Invitation to a meeting
outbox-kind-answer = Answer to a reply

## Why a letter was not needed, is held or waits

outbox-why-nothing = There was nothing left to say.
outbox-why-nothing-else = There was nothing to say beside what they stopped.
outbox-why-past = Its day was over.
outbox-why-quiet = It waits for the end of their quiet hours.
outbox-why-day-off = It waits for their next working day.
outbox-why-stopped = They stopped this kind of mail.
outbox-why-bounced = Their address takes no mail. Correct it, or give it another try.
outbox-why-budget = They had as many urgent letters that day as one person gets.
outbox-why-brief-says = The daily mail says it.
outbox-why-answered = It was answered in the meantime.
outbox-why-acted = It was done in the meantime.
outbox-why-moved-on = The step has moved on since.
outbox-why-ended = The plan has ended.
outbox-why-by-hr = HR took it back.
outbox-why-other = Reason: { $code }

## No mail leaves

outbox-canary = No mail has left since { $since }.
outbox-canary-never = No mail has ever left.
outbox-canary-owed =
    { $count ->
        [one] One letter could have left since { $since }. It is not lost, and leaves when the mail works again.
       *[other] { $count } letters could leave, the oldest since { $since }. They are not lost, and leave when the mail works again.
    }
outbox-canary-check = Ask whoever runs Pilothouse whether the program and the mail relay are running. This command says what is wrong:

## Addresses that take no mail

outbox-bounced-pill = Mail comes back
outbox-bounced-title = Mail to { $email } comes back
outbox-bounced-mailbox = There is no such mailbox.
outbox-bounced-domain = There is no such mail domain.
outbox-bounced-form = The address is not written as an address.
outbox-bounced-moved = The mailbox has moved and left no new address.
outbox-bounced-disabled = The mailbox is closed.
outbox-bounced-full = The mailbox is full.
outbox-bounced-address = The receiving server does not accept this address.
outbox-bounced-other = The receiving server does not accept mail to this address.
outbox-bounced-since = Nothing has been sent there since { $since }.
outbox-server-said = The receiving server said, with code { $status }:
outbox-bounced-act = Correct the address below, and what is held leaves for the new one. Is the address right, and its mailbox there again?
outbox-bounced-try = Try this address again
outbox-of-person = Mail to { $name }

## Mail that came in

outbox-incoming = Mail that came in
outbox-incoming-lede = Answers to letters, mail that came back and complaints, the newest of them. What they say is not kept here.
outbox-incoming-none = Nothing has come in yet.
outbox-came = Came
outbox-came-kind = What it was
outbox-from = Concerns
outbox-outcome = What became of it
outbox-came-reply = An answer
outbox-came-bounce = A letter that came back
outbox-came-complaint = A complaint about a letter
outbox-came-calendar = A calendar’s answer
outbox-came-unsubscribe = A wish to get no more of such mail
outbox-came-automatic = An automatic message
outbox-came-unknown = Something else
outbox-outcome-done = Done
outbox-outcome-refused = Refused
outbox-outcome-ignored = Nothing to do

## Why nothing, or what, was done about mail that came in

outbox-why-away = An absence note.
outbox-why-generated = A program wrote it, and no person.
outbox-why-list = It was sent to a list or to many.
outbox-why-loop = It is our own mail that came back in a circle.
outbox-why-receipt = A receipt.
outbox-why-no-letter = It belongs to no letter of ours.
outbox-why-nothing-asked = It came to an address that nobody answers to.
outbox-why-unreadable = It could not be read.
outbox-why-empty = It said nothing but what it quoted.
outbox-why-no-server = Whether it is from its sender could not be known: the setting MAIL_AUTHSERV is missing.
outbox-why-unproven = The mail server did not find that it is from its sender.
outbox-why-stranger = It came from another address than the letter went to.
outbox-why-older-invitation = It answers no invitation that stands.
outbox-why-no-topic = The letter was of no kind that can be stopped.
outbox-why-not-spam = They took a complaint back.
outbox-why-address-bounced = The address takes no mail. Nothing more is sent there until it is corrected.
outbox-why-earlier-address = It was about an address that was corrected since.
outbox-why-policy = A rule of the receiving server refuses our mail. Whoever runs Pilothouse finds its answer in the log.
outbox-why-not-for-good = The letter was lost for a reason that may pass, such as a full mailbox. The next one is sent.
outbox-why-delayed = It is late, and the mail server keeps trying.
outbox-why-delivered = It says that the letter arrived.
outbox-why-which-one = The letter named several things, and the answer did not say which one it meant.
outbox-why-not-here = What it asks for can’t be done about what the letter named.
outbox-why-needs-form = The step asks for more than a word.
outbox-why-needs-line = Work was sent back without a line that says what is missing.
outbox-why-no-more-snooze = The step was put off as often as it can be.
outbox-why-still-waits = Words without a decision: they are kept as a comment, and their sender was told that the step still waits.

## Stopping a kind of mail

unsubscribe-title = Stop this mail?
unsubscribe-lead = It is about mail of this kind: { $topic }.
unsubscribe-act = Stop this mail
unsubscribe-nothing-yet = Opening this page has changed nothing; only the button does.
unsubscribe-stopped = This mail is stopped
unsubscribe-stopped-lead = You get no more mail of this kind: { $topic }.
unsubscribe-undo = Was it a mistake? You can start it again here, or later in your settings.
unsubscribe-start = Start this mail again

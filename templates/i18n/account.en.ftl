### Around signing in: the pages before it, one's own settings, what an act came to, and what went wrong.

## Signing in

sign-in-title = Sign in
sign-in-lead = Write your work e-mail address. A mail with a link comes; there is no password to remember.
sign-in-email = E-mail address
sign-in-send = Send me the link
sign-in-sent-title = Look into your mail
sign-in-sent = If { $email } has an account here, a mail with a link is on its way. The link works once, for 10 minutes.
sign-in-sent-nothing = Nothing after a few minutes? Look among the unwanted mail, check the address, or ask HR whether you have an account.
sign-in-again = Write another address
sign-in-demo-title = This is the demo
sign-in-demo = Nobody needs an account here: choose somebody of the sample company and look with their eyes.
sign-in-demo-open = Choose somebody
sign-in-demo-mailbox = Open the mailbox of the demo

sign-in-link-title = Almost there
sign-in-link-lead = Press the button to sign in on this device. The link is used up with it.
sign-in-link-why = Mail programs open links before you do; so opening this page alone does nothing.
sign-in-link-dead-title = This link no longer works
sign-in-link-dead = It was used already, or its 10 minutes are over. Ask for a new one; it takes a moment.
sign-in-link-new = Ask for a new link

## One's own settings

settings-title = Settings
settings-lead = They are yours alone: the language of your pages and mail, and when your mail comes.
settings-lang = Language
settings-lang-help = For the pages and for the mail you get.
settings-lang-en = English
settings-lang-zh = 中文（台灣）
settings-zone = Time zone
settings-zone-help = Hours on the pages, and the hour of your mail, follow it.
settings-hour = Hour of the daily mail
settings-hour-help = At most one mail a day, on your working days, and only when something waits for you.
settings-email = E-mail address
settings-email-help = Your sign-in and your mail hang on it, so only HR changes it.
settings-topics = Mail that you get
settings-save = Save the settings

## Kinds of mail that can be stopped

topic-reminders = Reminders: what is due, late or came back
topic-queue = What waits for your answer, and what is late with others
topic-reports = Reports about your managers
topic-digest = HR’s weekly digest
topic-steps-stay = Only the mail stops. What there is for you to do stays in Pilothouse, and sign-in links still come.

## What an act came to; the word "Done" stands before it

done-ticked = the step is closed.
done-handed-in = what you wrote is handed in.
done-accepted = you accepted it, and the step is closed.
done-returned = it went back, with your line beside it.
done-seen = it stands beside it that you have seen it.
done-talk = the manager reads in the mail of the next working morning that you would like to talk.
done-reconsidered = your answer is taken back, and the step waits for it again.
done-taken-back = it is open again, and what you wrote is still there.
done-commented = your comment stands with the step.
done-saved = your changes are saved.
done-added = it was added.
done-joined = the member is on the team, and the steps about them are planned.
done-left = the member is no longer on the team. Open steps about them are no longer needed; what was written stays.
done-launched = the playbook is launched. Its steps stand in the plan.
done-started = the plan is started. The manager's first mail comes on the first working day.
done-mentor-asked = the question is on its way by mail.
done-mentor-accepted = you are the mentor now. What waits for you stands on this page and in your daily mail.
done-mentor-declined = you said no, and HR will ask somebody else. Thank you for answering.
done-published = it is published. Plans that start from now on use it; running plans stay on their version until you upgrade them.
done-travelled = time has moved on, and the mail of those days was sent.

## What went wrong: a title, what it means and what helps

error-not-found-title = This page is not there
error-not-found = There is nothing at this address, or it is not for your eyes. It may have been open to you before: parts in a plan change.
error-sign-in-title = Please sign in
error-sign-in = This page is for people who are signed in.
error-forged-title = This form can't be used any more
error-forged = You signed in anew, or the form was open in another window for long. Nothing was changed. Go back, load the page anew and try again; copy what you wrote first.
error-bad-request-title = This can't be read
error-bad-request = Something in the address or the form is not as this page needs it. Nothing was changed. Go back and try again.
error-too-large-title = This is too much at once
error-too-large = What was sent is larger than any form here. Nothing was changed. Go back and shorten it.
error-overtaken-title = Another window saved this form
error-overtaken = It was saved in another window or on another device after this page was opened. Nothing was changed. Go back, keep a copy of what you wrote, and load the page again to see both.
error-refused-title = This was not done
error-refused = The plan does not allow it as it stands now. Nothing was changed.
error-unavailable-title = Just a moment, please
error-unavailable = The database does not answer right now. Go back in a moment, look whether your change is there, and try again if it is not.
error-print-title = The PDF could not be printed
error-print = Take the page that stands alone instead, and print it from your browser. It is written down for whoever runs this program; if it happens again, tell your HR team.
error-broken-title = Something broke here
error-broken = It is our fault and not yours, and it is written down for whoever runs this program. Go back, look whether your change is there, and try again if it is not; if it happens again, tell your HR team when it happened.
error-home = To my first page

# The main navigation.
nav-queue = To review
nav-gates = My managers
nav-progress = Progress
nav-curricula = Curricula
nav-calendars = Calendars
error-reference = Reference { $reference }: with it, whoever runs the program finds the cause.

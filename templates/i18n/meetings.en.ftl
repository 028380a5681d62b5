### Meetings: the block on a step's page, the page behind a link in the mail, and the letters.

## On the step's page

meeting-title = Agree on a time
meeting-title-agreed = The meeting
meeting-stands = You meet { $with } on
meeting-stands-both = { $manager } and { $other } meet on
meeting-was = { $manager } and { $other } met on
meeting-span = { $at }–{ $until }
meeting-where = Where: { $place }
meeting-shift-skipped = The clocks go forward just before.
meeting-shift-first = The clocks show this time twice: this is the first one.
meeting-shift-second = The clocks show this time twice: this is the second one.
meeting-zone = Times are in your time zone, { $zone }.
meeting-said-accepted = { $name }’s calendar says yes.
meeting-said-declined = { $name }’s calendar says no. Talk to each other, and choose another time or call it off.
meeting-said-tentative = { $name }’s calendar says maybe.
meeting-nobody-yet = Here the manager and the { $role } agree on a time, once somebody has said yes to being the { $role }.
meeting-none = No time so far. Propose up to three: { $with } gets them by mail, chooses one with one press, and both of you get an invitation for your calendars.
meeting-none-others = No time has been agreed on so far.
meeting-waiting = You proposed these times. { $with } has not chosen one yet.
meeting-waiting-others = { $name } proposed these times. None has been chosen yet.
meeting-until-then = Until one is chosen, the time above stands.
meeting-slot-past = (over)
meeting-choose = { $name } proposes these times
meeting-take = Agree to { $time }
meeting-others = Propose other times
meeting-change = Change the time or the place
meeting-again = Meet once more
meeting-times = Times
meeting-times-hint = One to three, at least ten minutes from now. { $with } chooses.
meeting-times-hint-change = With the same time, a new place or length is sent to both of you at once. With other times, { $with } chooses, and the old time stands until then.
meeting-time-1 = First time
meeting-time-2 = Second time
meeting-time-3 = Third time
meeting-minutes = How many minutes
meeting-place = Where
meeting-place-hint = A room, or the address of a video call. It stands in the invitation.
meeting-both-agreed = We have already agreed on this time
meeting-both-agreed-hint = Give that one time only. Both of you get the invitation at once.
meeting-propose = Send
meeting-save = Send the change
meeting-cancel = Call the meeting off
meeting-cancel-means = Both of you get a cancellation for your calendars.
meeting-withdraw = Take the proposal back
meeting-withdraw-means = The times in the mail can then no longer be chosen.
done-meeting-proposed = The times are on their way. You see here what was chosen.
done-meeting-agreed = The time is agreed on. The invitation is on its way to both of you.
done-meeting-cancelled = It is off. Whoever has it in their calendar gets a cancellation.

## What is wrong with the form, or can't be done any more

meeting-time-missing = Choose at least one time.
meeting-time-unreadable = Choose a day and a time, or write it as 2026-03-05T14:00.
meeting-time-soon = Choose a time that is at least ten minutes ahead: the invitation must come before it.
meeting-time-far = Choose a time within a year from now.
meeting-minutes-wrong = Write a whole number of minutes, from 5 to 480.
meeting-place-long = Shorten the place to 200 characters.
meeting-agreed-one = Give only the one time that you agreed on, or take the tick away and let the other one choose.
meeting-changed = The meeting was changed after this page was shown. Look at how it stands now, and do it again if you still want to.
meeting-moved = This time is no longer there to choose: the meeting was changed since.
meeting-passed = This time is over. Choose or propose another one.
meeting-nobody = There is nobody to meet so far. Propose times once the part is taken.

## Behind a link in the mail

meet-title = A time with { $with }
meet-open-title = Meet { $with } at this time?
meet-open = Hello { $name }, this is one of the times that { $with } proposed.
meet-instead-title = Choose this time instead?
meet-instead = Hello { $name }, you chose another time before. You can still change to this one.
meet-chosen-title = You meet { $with }
meet-chosen = Both of you get an invitation for your calendars.
meet-agreed-title = A time is agreed on
meet-agreed = You and { $with } have agreed on a time since this mail was sent.
meet-moved-title = This time is no longer proposed
meet-moved = The proposal was changed since this mail was sent. The step’s page says how it stands.
meet-passed-title = This time is over
meet-passed = Choose another one, or propose times of your own on the step’s page.
meet-cancelled-title = The meeting is off
meet-cancelled = It was called off, or the proposal was taken back. New times can be proposed on the step’s page.
meet-closed-title = The step is closed
meet-closed = Nothing more is planned for this step, so no time is needed.
meet-gone-title = This is not yours any more
meet-gone = You no longer have the part for which this time was proposed.
meet-stands = What stands:
meet-others = Another of the times proposed
meet-undo = Undo
meet-undo-means = Nothing is agreed on then, and { $with } is told so. You can choose again from the mail.
meet-undo-back = { $time } stands again then, and { $with } is told so. You can choose again from the mail.
meet-nothing-yet = Opening this page changes nothing: only the button does.
meet-step = Open the step, to propose other times or to call it off

## The letters

mail-meeting-subject = Meeting with { $with }: { $title }
mail-proposal-preview = { $with } proposes times. Choose one with one press
mail-proposal-title = Choose a time with { $with }
mail-proposal-lead =
    { $minutes ->
        [one] { $with } would like to meet you for “{ $title }”, { $minutes } minute. Choose one of these times; both of you then get an invitation.
       *[other] { $with } would like to meet you for “{ $title }”, { $minutes } minutes. Choose one of these times; both of you then get an invitation.
    }
mail-proposal-choose = Choose { $time }
mail-proposal-choose-numbered = { $number }. Choose { $time }
mail-proposal-other = None of them? Propose other times
mail-meeting-preview-agreed = Agreed: { $time }
mail-meeting-preview-changed = Changed: { $time }
mail-meeting-preview-cancelled = Called off: { $time }
mail-meeting-title-agreed = You meet { $with }
mail-meeting-title-changed = The meeting with { $with } has changed
mail-meeting-title-cancelled = The meeting with { $with } is off
mail-meeting-lead-agreed = For “{ $title }” you two agreed on this time:
mail-meeting-lead-changed = This is how “{ $title }” stands now:
mail-meeting-lead-cancelled = “{ $title }” is called off. It was planned for:
mail-meeting-calendar = The invitation is part of this mail; your calendar can take it from here.
mail-meeting-calendar-cancelled = The cancellation is part of this mail; your calendar can take it from here.
mail-meeting-step = Change or call off the meeting

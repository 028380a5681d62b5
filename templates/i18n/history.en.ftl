### A plan's history: what happened, by whom; the plan as it was on a past day; steps that left it.

## The page

history-title = History of the plan
history-link = History of this plan
history-of-step = History of “{ $step }”
history-step-link = History of this step
history-whole = History of the whole plan
history-lede = Everything that happened to this plan, the newest day first. Hours are on the manager's clock.
history-verified =
    { $count ->
        [one] Chain verified: the one fact is as it was written.
       *[other] Chain verified: all { $count } facts are as they were written, in order and complete.
    }
history-chain-gap = The chain breaks: fact { $n } is missing. What came after it is not shown. Tell whoever runs this program.
history-chain-broken = The chain breaks at fact { $n }: it was changed after it was written. Do not rely on what stands here from there on, and tell whoever runs this program.
history-chain-unreadable = The chain breaks: fact { $n } cannot be read, and is not shown. Tell whoever runs this program.
history-chain-end = The chain breaks at its end: the plan says that its newest fact is { $n }, and the facts do not lead there. Tell whoever runs this program.
history-number = entry { $n }
history-by-program = the program
history-as-of = The plan at the end of this day
history-undone = Undone by { $who } on { $day } (entry { $n })
history-calendar-link = What changed in the calendar
history-reason = Reason:{" "}
history-earlier = Earlier days
history-newest = Back to the newest
history-nothing = Nothing happened before that day.

## Acts

history-started = The plan began. { $manager } takes the role on { $day }
history-moved-on = The plan moved on
history-planned = “{ $step }” came into the plan, due on { $due }
history-handed-in = { $who } handed in “{ $step }”
history-done = { $who } finished “{ $step }”
history-accepted = { $who } accepted “{ $step }”
history-returned = { $who } sent back “{ $step }”
history-taken-back = { $who } took back “{ $step }”
history-reconsidered = { $who } took back the answer to “{ $step }”, which waits for it again
history-reconsidered-and-next = { $who } took back the answer to “{ $step }”; the next time that it had brought left the plan
history-taken-back-and-next = { $who } took back “{ $step }”, and the next time that it had brought left the plan
history-commented = { $who } commented on “{ $step }”
history-lapsed = “{ $step }” was not done before the next one opened
history-closed =
    { $reason ->
        [closed] “{ $step }” was closed, since the member was taken off the team
        [not-taken] “{ $step }” is not needed: the answers took another way
        [ended] “{ $step }” ended with what it recurred until
        [waived] “{ $step }” was closed: it was taken out of this plan
        [skipped] “{ $step }” was closed: its module was left out
        [plan-ended] “{ $step }” was closed with the plan
       *[other] “{ $step }” was closed
    }
history-moved = “{ $step }” is now due on { $due }
history-moved-opening = “{ $step }” now opens on { $opens }
history-renamed = “{ $step }” goes by another name
history-undid = { $who } undid entry { $n }
history-undid-what = It was: { $what } ({ $day })
history-put-back = “{ $step }” is as it was before
history-stays = “{ $step }” has changed since, and stays as it is
history-mentor-asked = { $mentor } was asked to be the mentor
history-somebody-asked = Somebody was asked to be the mentor
history-mentor-accepted = { $mentor } said yes to being the mentor
history-mentor-declined = { $mentor } said no to being the mentor
history-somebody-declined = Whoever was asked to be the mentor said no
history-recast = { $superior } is the superior and { $hr } the HR owner from now on
history-launched = The playbook “{ $playbook }” was launched
history-withdrawn = “{ $step }” left the plan
history-joined = { $member } is in the team from { $day }
history-somebody-joined = A team member is in the team from { $day }
history-left = Last day of { $member } in the team: { $day }
history-somebody-left = Last day of a team member in the team: { $day }
history-deputy-left = The mentor is back, and nobody stands in any more

## Deeds

history-deed-moved = “{ $step }” was set to { $due }
history-deed-moved-away = “{ $step }” was set to another day
history-deed-shifted =
    { $days ->
        [one] The plan was moved on by one working day, from { $from }
       *[other] The plan was moved on by { $days } working days, from { $from }
    }
history-deed-added = “{ $step }” was added to this plan alone
history-deed-waived = “{ $step }” was taken out of this plan
history-deed-skipped = The module “{ $curriculum }” was left out
history-deed-leave = A leave was entered: { $from } to { $until }
history-deed-paused = The plan was paused from { $from }
history-deed-resumed = The plan was taken up again
history-deed-resumed-after = The plan was taken up again; it rested from { $from } to { $until }
history-deed-deputy = { $deputy } stands in for the mentor from { $from } to { $until }
history-deed-deputy-instead = { $deputy } stands in for the mentor from { $from } to { $until }, in place of { $instead } ({ $instead_from } to { $instead_until })
history-deed-redated = The days were counted again in the calendar { $calendar }
history-deed-upgraded = Version { $version } of the program was applied
history-deed-offer-taken = The change of “{ $step }” was taken
history-deed-offer-declined = The change of “{ $step }” was not taken
history-deed-member-left = { $member } was taken off the team
history-deed-somebody-left = A team member was taken off the team
history-deed-member-back = { $member } was put back on the team
history-deed-somebody-back = A team member was put back on the team
history-deed-member-corrected = { $member }'s first day in the team was corrected to { $day }
history-deed-somebody-corrected = A team member's first day was corrected to { $day }
history-deed-ended =
    { $how ->
        [graduated] The plan was completed
        [early] The plan was completed early
        [cancelled] The plan was cancelled
       *[other] The plan ended
    }

## What belongs to an act, counted

history-count-planned =
    { $count ->
        [one] one step came
       *[other] { $count } steps came
    }
history-count-moved =
    { $count ->
        [one] one date moved
       *[other] { $count } dates moved
    }
history-count-renamed =
    { $count ->
        [one] one step renamed
       *[other] { $count } steps renamed
    }
history-count-closed =
    { $count ->
        [one] one step closed
       *[other] { $count } steps closed
    }
history-count-withdrawn =
    { $count ->
        [one] one step left
       *[other] { $count } steps left
    }
history-count-lapsed =
    { $count ->
        [one] one step lapsed
       *[other] { $count } steps lapsed
    }
history-count-joined =
    { $count ->
        [one] one team member
       *[other] { $count } team members
    }
history-count-asked =
    { $count ->
        [one] one person asked to be the mentor
       *[other] { $count } people asked to be the mentor
    }
history-count-put-back =
    { $count ->
        [one] one step put back
       *[other] { $count } steps put back
    }
history-count-stays =
    { $count ->
        [one] one step stays as it is
       *[other] { $count } steps stay as they are
    }
history-count-other =
    { $count ->
        [one] one thing more
       *[other] { $count } things more
    }

## The plan as it was

history-as-it-was = The plan as it was on { $day }
history-as-it-was-means = You see it as it stood at the end of that day. Nothing can be changed here.
history-day-before = The day before
history-day-after = The day after
history-now = The plan as it is now
history-before-start = This plan began on { $day }; there is nothing to see before. This is the plan as it is now.
history-not-yet = { $day } is yet to come. This is the plan as it is now.
history-not-a-day = “{ $given }” is not a date. Write it as 2026-01-31. This is the plan as it is now.

## A step that left the plan

history-gone = This step has left the plan
history-gone-lede = The link was right once. “{ $step }” stood in the plan of { $manager }, and was taken out of it. Nothing is expected of it any more.
history-gone-with = It left with this:{" "}
history-gone-typed = What you wrote was not kept. Copy what you still need:
history-gone-draft = Your draft, not handed in
history-gone-plan = Go to the plan
history-gone-history = See its history

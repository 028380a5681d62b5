### Running plans take a release.

## On a release's page

rollout-behind =
    { $count ->
        [one] One running plan is on another version: look at what this one would change in it.
       *[other] { $count } running plans are on another version: look at what this one would change in them.
    }
rollout-look = Look at what it would change
rollout-earlier-link = Upgrades of running plans to this release

## What it would do

rollout-title = Upgrade running plans of “{ $program }”
rollout-lede = Look at what this release changes in each running plan, decide change by change, and upgrade one, some or all of them. What is done stays done and is not asked again. Nothing happens until you press the button.
rollout-not-current = New plans start on another release. Upgrading to this one takes running plans back to it.
rollout-changes-from =
    { $count ->
        [one] What changes for the plan on { $hash }
       *[other] What changes for the { $count } plans on { $hash }
    }
rollout-choice = In running plans
rollout-apply = apply it
rollout-offer = let the manager decide
rollout-skip = leave it as it is
rollout-plans = Plans
rollout-plans-count =
    { $count ->
        [one] One plan
       *[other] { $count } plans
    }
rollout-counts-hint = Counted with the choices above as they were when this page was opened. “Done” are steps that the release touches and that stay as they were done.
rollout-plan = Plan
rollout-added = Come
rollout-changed = Change
rollout-removed = Go
rollout-done = Done, and stay
rollout-slips = Slip past a checkpoint
rollout-moved =
    { $count ->
        [one] 1 date among them moves
       *[other] { $count } dates among them move
    }
rollout-stays =
    { $count ->
        [one] 1 stays as it is
       *[other] { $count } stay as they are
    }
rollout-offers =
    { $count ->
        [one] one waits for the manager's answer
       *[other] { $count } wait for the manager's answer
    }
rollout-whole = all of it
rollout-not-counted = not counted on this page
rollout-count-these = Count { $from }–{ $until }
rollout-mails = Mail
rollout-no-letter = An upgrade sends no letter of its own, and links in mails already sent still work.
rollout-mail-of =
    { $plans ->
        [one] { $role }, in one plan: the next morning's mail would name { $more } more and { $fewer } fewer.
       *[other] { $role }, in { $plans } plans: the next morning's mails would name { $more } more and { $fewer } fewer.
    }
rollout-mail-same = The next morning's mails would name the same steps as without it.
rollout-start = Upgrade the ticked plans
rollout-start-one = Upgrade this plan
rollout-tick-all = Tick all
rollout-tick-none = Tick none
rollout-start-hint = It begins at once, plan by plan. For thirty days you can undo it.
rollout-again = Count again with these choices
rollout-nobody = Every running plan of this program is on this release.
rollout-choose-plans = Tick at least one plan that is on another release.
rollout-earlier = Upgrades to this release so far
rollout-earlier-one = { $time }, by { $name }
rollout-was-undone = undone

## What it would do to one plan

rollout-plan-title = What the upgrade would change for { $name }
rollout-plan-lede = Nothing of it has happened.
rollout-plan-offers = Left for the manager to decide
rollout-plan-stays =
    { $count ->
        [one] One step stays as it is in this plan
       *[other] { $count } steps stay as they are in this plan
    }
rollout-plan-stays-means = What has been handed in, begun or done, and a day that was set by hand, is not taken away by an upgrade.
rollout-stay-in_review = handed in, and waiting for the { $role }.
rollout-stay-begun = somebody began to fill it in.
rollout-stay-done = already done or closed in its present form.
rollout-stay-by_hand = its day was set by hand.
rollout-stay-name_taken = another step of this plan has its new name.
rollout-stay-others =
    { $count ->
        [one] One other open turn of it stays with it.
       *[other] { $count } other open turns of it stay with it.
    }
rollout-back = Back to all plans

## While it goes, and afterwards

rollout-view-title = Upgrade of “{ $program }”
rollout-view-by = Begun by { $name }, { $time }.
rollout-view-undone-by = Undone by { $name }, { $time }.
rollout-progress = Plans that are through
rollout-settled = { $settled } of { $all }
rollout-counts =
    { $done ->
        [one] One plan was upgraded
       *[other] { $done } plans were upgraded
    }{ $refused ->
        [0] .
        [one] ; one was left as it was.
       *[other] ; { $refused } were left as they were.
    }
rollout-counts-alone =
    { $done ->
        [0] No plan is upgraded any more
        [one] One plan is upgraded
       *[other] { $done } plans are upgraded
    }{ $alone ->
        [one] ; one was undone by itself since
       *[other] ; { $alone } were undone by themselves since
    }{ $refused ->
        [0] .
        [one] ; one was left as it was.
       *[other] ; { $refused } were left as they were.
    }
rollout-undone-counts =
    { $undone ->
        [one] One plan was taken back
       *[other] { $undone } plans were taken back
    }{ $refused ->
        [0] .
        [one] ; one was left as it is.
       *[other] ; { $refused } were left as they are.
    }
rollout-running = It goes on by itself; this page looks again every two seconds.
rollout-over = Nothing more is to be done.
rollout-skipped = Left as they are:
rollout-offered = Left for the managers to decide:
rollout-view-mail = The next morning's mails name what is due by then, by the new dates.
rollout-state = How far
rollout-state-waiting = waiting
rollout-state-done = upgraded
rollout-state-refused = left as it was
rollout-state-undo_waiting = to be taken back
rollout-state-undone = taken back
rollout-state-undo_refused = not taken back
rollout-state-undone_alone = upgraded, and undone since in this plan alone
rollout-why-plan_ended = the plan ended meanwhile
rollout-why-same_release = it is on this release already
rollout-why-stopped = the upgrade was undone before its turn
rollout-why-too_late = more than thirty days have passed
rollout-why-later_upgrade = it was upgraded again since
rollout-why-nothing_to_undo = somebody undid it before
rollout-why-error = something went wrong; whoever runs the program finds it in the log
rollout-why-other = the rules do not allow it now
rollout-view-stays =
    { $count ->
        [one] One step stayed as it was, so that nothing done or arranged in this plan is lost.
       *[other] { $count } steps stayed as they were, so that nothing done or arranged in this plan is lost.
    }
rollout-later = A later upgrade stands on some of these plans, and has to be undone first.
rollout-later-link = To the upgrade of { $time }
rollout-undo = Undo
rollout-undo-hint = Until { $date }. Plans in which nothing happened since are exactly as before; what people did since stays.
rollout-undo-act =
    { $count ->
        [one] Undo the upgrade of this plan
       *[other] Undo the upgrade of these { $count } plans
    }
rollout-undo-over = The thirty days for undoing this upgrade are over; the last was { $date }.

## What the manager is asked

version-title = A newer version is there
version-changed = “{ $step }”: a newer version is there
version-added = “{ $step }”: a new step you can take on
version-removed = “{ $step }”: the program no longer asks for it
version-means-changed = Take it, or leave the step as you have it.
version-means-added = Take it into your plan, or leave it out.
version-means-removed = Let it go, or keep it in your plan. What you did stays.
version-moves = Due { $was } → { $now }.
version-due = Due { $date }.
version-called = Until now: “{ $step }”.
version-who = Done by the { $role }.
version-review = Reviewed by the { $role }.
version-no-review = No longer reviewed.
version-asks-more =
    { $count ->
        [one] It asks one more question.
       *[other] It asks { $count } more questions.
    }
version-asks-other =
    { $count ->
        [one] It asks one question differently.
       *[other] It asks { $count } questions differently.
    }
version-asks-fewer =
    { $count ->
        [one] It no longer asks one of the questions.
       *[other] It no longer asks { $count } of the questions.
    }
version-also = Also changed:
version-nothing = As far as your plan has come, nothing would change in it.
version-read = Read the newer version
version-take = Take the new version
version-leave = Leave it as it is
done-offer-taken = your plan has the newer version.
done-offer-left = your plan stays as it is there.

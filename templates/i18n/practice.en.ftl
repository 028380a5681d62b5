# What the answers of a plan add up to.

practice-title = Practice
practice-step-link = See what these answers add up to
practice-link = What the answers add up to
practice-lede = What you wrote in your steps, put together: your team, your promises, your goals, what you handed over. It fills itself.
practice-lede-other = What { $name } wrote in the steps that you may read, put together.
practice-not-begun = Nothing here yet.
practice-none = This plan has no pages that put answers together.
practice-flags = { $count ->
    [one] 1 thing to look at
   *[other] { $count } things to look at
    }

view-empty = Nothing here yet. It fills itself from:
view-flags = Worth a look
view-member = Member
view-everybody = The whole team
view-last-look = Last look
view-no-look = not yet
view-outcome = What became of it
view-handed-in = Written
view-late = open, was due { $date }
view-until = open until { $date }
view-counts-of = { $count ->
    [one] From 1 answer.
   *[other] From { $count } answers.
    }
view-option = Answer
view-count = How many
view-who = Who
view-nobody = nobody
view-chart = Drawing: { $title }. The figures stand in the table below.
view-radar = Drawing: { $title }. The values stand in the table below.
view-way = the straight way to the goal
view-way-line = From { $from } on { $start } to { $to } by { $by }.
view-day = Handed in on
view-figure = Figure
view-should-be = On the straight way
view-funnel-on = Figures handed in on { $date }.
view-lost-most = Most is lost on the way to: { $stage }
view-loses-most = loses most
view-stage = Stage
view-kept = Of the stage before
view-kept-before = The time before
view-agenda = For the next meeting
view-agenda-hint = Where you see things most differently, or all see them low. Ask for an example, not for a verdict.
view-ratings = Who sees what
view-dimension = Dimension
view-gap = Apart by
view-before = before:{" "}
view-no-verdict = Numbers start a talk. None of them is a verdict: read the example beside it first.

agenda-apart = { $dimension }: “{ $higher }” says { $high }, “{ $lower }” says { $low }. What did each of you see?
agenda-alike = { $dimension }: all say { $value }. What would move it up by one?
view-rater-team = the team, in secret
view-rater = ({ $who }, { $date })

### What authors read in a terminal, an export, a graph or a preview: src/cli/curriculum, and
### src/render/{telling,export,graph,diff}.rs.

## Severities

severity-error = error
severity-warning = warning
severity-hint = hint

## Days and waits in words

tell-role = { $role }
tell-list = { $list }, { $item }
tell-semicolon = {"; "}
tell-quoted = “{ $words }”
tell-brackets = ({ $words })
tell-day-plan = working day { $n }
tell-day-launch =
    { $n ->
        [0] the day of the launch
       *[other] working day { $n } after the launch
    }
tell-day-closed =
    { $n ->
        [0] the day “{ $step }” is done
       *[other] working day { $n } after “{ $step }” is done
    }
tell-day-answered =
    { $n ->
        [0] the date given in “{ $step }”
       *[other] working day { $n } after the date given in “{ $step }”
    }
tell-day-before-answered =
    { $n ->
        [one] 1 working day before the date given in “{ $step }”
       *[other] { $n } working days before the date given in “{ $step }”
    }
tell-day-turn =
    { $n ->
        [0] each day “{ $step }” is due
        [one] 1 working day before each “{ $step }”
       *[other] { $n } working days before each “{ $step }”
    }
tell-day-quarter-start =
    { $n ->
        [0] the first working day of a quarter
       *[other] working day { $n } after the first of a quarter
    }
tell-day-before-quarter-start =
    { $n ->
        [one] 1 working day before a quarter begins
       *[other] { $n } working days before a quarter begins
    }
tell-day-quarter-end =
    { $n ->
        [0] the last working day of a quarter
       *[other] working day { $n } after a quarter ends
    }
tell-day-before-quarter-end =
    { $n ->
        [one] 1 working day before a quarter ends
       *[other] { $n } working days before a quarter ends
    }
tell-due = due { $due }
tell-window = opens { $opens }, due { $due }
tell-then-every = { $days }; then { $every }
tell-every-until = { $period } until { $until }
tell-every-working-days =
    { $n ->
        [one] every working day
       *[other] every { $n } working days
    }
tell-every-week =
    every { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
tell-every-months =
    { $n ->
        [one] every month
       *[other] every { $n } months
    }
tell-every-quarters =
    { $n ->
        [one] every quarter
       *[other] every { $n } quarters
    }
tell-every-years =
    { $n ->
        [one] every year
       *[other] every { $n } years
    }
tell-until-closed = “{ $step }” is done
tell-after = After { $steps }
tell-join = After { $share } of { $steps }; with a written reason when not all are done
tell-share = { $n } of { $all }
tell-percent = { $n }%

## Conditions in words

tell-and = { $left } and { $right }
tell-or = { $left } or { $right }
tell-not = it is not so that { $that }
tell-is = { $left } is { $right }
tell-is-not = { $left } is not { $right }
tell-less = { $left } is less than { $right }
tell-at-most = { $left } is at most { $right }
tell-more = { $left } is more than { $right }
tell-at-least = { $left } is at least { $right }
tell-one-of = { $one } is one of { $list }
tell-holds = { $list } includes { $one }
tell-true = yes
tell-false = no
tell-size = how many { $of } has
tell-roster = the team
tell-roster-size = the size of the team
tell-cast = there is a { $role }
tell-answer = “{ $field }” in “{ $step }”
tell-metric-last = the latest “{ $metric }”
tell-metric-before = the “{ $metric }” before it

## Answers in words

tell-kind-long-text = paragraphs
tell-kind-text = one line
tell-kind-choice = one of: { $list }
tell-kind-several = any of: { $list }
tell-kind-scale = { $min } to { $max }
tell-kind-number = a number
tell-kind-number-in = a number, { $unit }
tell-kind-date = a date
tell-kind-person = somebody on the team
tell-kind-table = a table: { $list }
tell-kind-smart = a goal that is specific, measurable, achievable, relevant and has a date
tell-kind-rating = a rating of: { $list }
tell-kind-file = a file of at most { $n } MB
tell-kind-link = a link

## Export

export-wave = From working day { $n }
export-on-demand = On demand
export-size =
    { $modules ->
        [one] 1 module
       *[other] { $modules } modules
    }, { $steps ->
        [one] 1 step
       *[other] { $steps } steps
    }, about { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    } when each is done once.
export-cast = Beside the manager: { $cast }.
export-launch = Launched by: { $who }.
export-offer = Offered when { $when }.
export-facts = { $who }, { $days }, about { $effort } minutes
export-each =
    { $within ->
        [one] Once for each team member; whoever joins later gets 1 working day
       *[other] Once for each team member; whoever joins later gets { $within } working days
    }
export-when = Only if { $when }
export-review = Reviewed by: { $role }
export-asks = What is handed in
export-field = { $label } ({ $kind })
export-field-optional = { $label } ({ $kind }; optional)
export-field-when = { $field }: { $when }
export-only-if = only if { $when }

## What a new release changes

diff-nothing = Nothing that a plan could notice differs.
diff-between = { $program }: { $old } → { $new }
diff-count =
    { $steps ->
        [one] 1 step
       *[other] { $steps } steps
    }: { $added } added, { $removed } removed, { $changed } changed
diff-pinned = Running plans stay on their release until HR upgrades them. What follows “→” is what the change would mean for such a plan.
diff-program-added = The program { $program } is new.
diff-program-removed = The program { $program } is gone. Plans that run on it go on.
diff-program =
    The program’s { $key ->
        [name] name changes
        [words] title or summary changes
        [cast] cast changes
        [mentor_accepts] mentor_accepts changes
        [checkpoints] checkpoints move
        [mail] mail policy changes
        [ends] last day moves
        [load] load limit changes
        [gather] gathered pages change
       *[metrics] metrics change
    }.
diff-program-means =
    { $key ->
        [name] Only new plans start under the new name; a running plan can’t be upgraded to another program
        [words] Pages show the new words
        [cast] Roles that are new must be filled before their steps can be done
        [mentor_accepts] A mentor who has said yes stays
        [checkpoints] Progress is reported on the new days
        [mail] The next mail follows the new policy
        [ends] Rituals that last to the end stop on the new day
        [load] Only the compiler’s warnings change
        [gather] Open weekly steps are gathered as it says now
       *[metrics] Conditions read the answers that are there
    }
diff-curriculum =
    “{ $title }” { $how ->
        [added] comes
        [removed] goes
        [words] has another title or summary
        [launch] may be launched or is offered differently
       *[dimensions] rates other dimensions
    }.
diff-curriculum-means =
    { $how ->
        [added] Its steps join, as listed
        [removed] Its steps leave, as listed
        [words] Pages show the new words
        [launch] Running launches go on
       *[dimensions] Done ratings stay; open ones rate the new dimensions
    }
diff-step-added = { $step } (“{ $title }”) is new: { $days }.
diff-step-removed = { $step } (“{ $title }”) is gone.
diff-step = { $step } (“{ $title }”):
diff-step-renamed = renamed, it was { $was }.
diff-step-moved = days { $from } → { $to }.
diff-step-curriculum = from the curriculum { $from } to { $to }.
diff-step-facets = changed: { $list }.
diff-facet =
    { $key ->
        [was] name
        [days] days
        [title] title
        [body] body
        [who] who does it
        [after] what it waits for
        [when] its condition
        [each] for whom it is repeated
        [ask] what it asks for
        [review] who reviews it
        [report] who gets it by mail
        [visible_to] who may read it
        [effort] effort
        [remind] reminders
        [meet] with whom it is a meeting
       *[source] source
    }
diff-means =
    { $meaning ->
        [joins] The step joins the plan; if its days have passed, it is due at once
        [joins_with_launch] The step joins launches of the playbook in which something is still open (if its days have passed, it is due at once) and all later ones; launches in which everything is closed stay as they are
        [leaves] Done steps keep their evidence; open ones leave the plan
        [keeps_work] What was done under the old name stays done under the new one
        [dates_move] Open steps get the new dates; done ones keep theirs
        [words] Whoever opens the step reads the new words
        [asks] What was handed in stays as it is; open steps ask the new questions, and drafts keep the answers that still fit
        [hands] Open steps go to the new role; what was done stays with who did it
        [waits] Open steps may become free or wait again; done ones stay done
        [decides] A branch that was taken stays taken; those not decided yet follow the new condition
        [fans_out] Open steps are made anew for the team; done ones stay
        [readers] What is handed in from now on has the new readers; what was handed in keeps its own
        [meets] Open steps are meetings, or none, as the step says now; done ones stay done
        [load] Hours and reminders change, no work does
       *[nothing] Nothing changes
    }
diff-perhaps-renamed = perhaps a rename: add was: [{ $old }] to { $new }, so that done work stays done

## Graph

graph-description =
    { $program }: { $modules ->
        [one] 1 module
       *[other] { $modules } modules
    } with { $steps ->
        [one] 1 step
       *[other] { $steps } steps
    }, in the order of their days, and what waits for what.
graph-each = for each member
graph-every = again and again
graph-legend =
    { $kind ->
        [after] opens after
        [join] opens after some of
        [when] opens depending on an answer
       *[anchor] is counted from
    }

## Preview

watch-title = Preview of the curriculum files
watch-found =
    { $errors ->
        [0] No mistakes
        [one] 1 mistake
       *[other] { $errors } mistakes
    }{ $warnings ->
        [0] {"."}
        [one] , 1 warning.
       *[other] , { $warnings } warnings.
    }
watch-gone = The command that shows this page was ended. The page is as it was last.
watch-diagnostics = What to mend
watch-team = load for a team of { $team }
watch-minutes = { $minutes } min for the manager
watch-body = Text

## Import

import-nothing = No list was found in the checklist. Steps are made from list items, such as “- [ ] Meet the team”.
guess-title =
    { $steps ->
        [one] 1 step
       *[other] { $steps } steps
    }; look at these { $guesses } guesses before you use the file
guess-days = “{ $words }” was taken for { $opens } to { $due }
guess-before = “{ $words }” is before the first day, which a plan does not have: { $due }
guess-no-days = no heading above says when: due { $due }
guess-who = “{ $words }” was taken for the role { $role }
guess-left-out = this is in no step and was left out
guess-braces = “{ $words }” would be read as a name to fill in and was written “{ $written }”
guess-too-many = only { $max } steps, or as much text as a file holds; what follows was left out
guess-effort =
    { $count ->
        [one] 1 step says
       *[other] { $count } steps say
    } nothing of how long it takes: { $minutes } minutes
guess-translate =
    { $count ->
        [one] 1 step has
       *[other] { $count } steps have
    } the same words in both languages: translate { $lang }

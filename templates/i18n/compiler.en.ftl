### What the compiler found in curriculum files, and what to do about it. Made by src/curriculum/;
### the list of ids is src/curriculum/ids.rs.

## The file

problem-too-large = The file is larger than 1 MiB. Move some of its steps to another curriculum.
problem-not-utf8 = The file is not UTF-8: the byte at offset { $offset } (line { $line }) does not belong. Save the file as UTF-8.
problem-control-character = An invisible control character ({ $code }) stands here. Delete it and type the text again.
problem-empty-file = The file is empty. Its first key must be curriculum, playbook, assessment, program or calendar.
problem-too-deep = Lists and maps are nested more than { $max } levels deep. Check the indentation and the brackets.
problem-too-many-values = The file holds more than { $max } values. Move some of it to another file.
problem-second-document = A second document starts here. One file holds one document: delete this line, or move what follows to a file of its own.
problem-many-more =
    { $count ->
        [one] One more mistake of this file is not listed. Mend the ones above first.
       *[other] { $count } more mistakes of this file are not listed. Mend the ones above first.
    }
problem-alias = Anchors (&) and aliases (*) are not used in these files. Write the value out, or put a text that starts with & or * in quotes.
problem-tag = Tags (!) are not used in these files. Delete the tag, or put a text that starts with ! in quotes.
problem-duplicate-key = { $key } stands twice in the same place; the first is on line { $line }. Keep one of them.
problem-key-not-text = A key must be a word. Check the brackets and the question mark here.

## YAML

problem-syntax = The file can't be read further than this. Check the indentation, the quotes and the brackets here and on the line above.
problem-syntax-tab = There is a tab here. Indent with spaces.
problem-syntax-colon = A colon followed by a space can't stand inside a text without quotes. If this is a key, check the indentation of this line and the one above.
problem-syntax-quote = The quotation that starts here is not closed. Add the closing quote.
problem-syntax-after-quote = Something follows the closing quote. Put the whole text inside the quotes, and write a quote inside single quotes twice.
problem-syntax-bracket = A { "[" } or { "{" } is not closed before this, or a comma is missing. Check the brackets here and on the lines above.
problem-syntax-character = A text can't start with this character unless it is in quotes.
problem-syntax-escape = A backslash in double quotes starts a code, and this code does not exist. Use single quotes, or write the backslash twice.
problem-syntax-indent = The indentation does not fit the lines above. Keys that belong together start in the same column.
problem-syntax-key = This line is neither a key nor part of the text above it. Add the colon after the key, or check the indentation.

## Keys and shapes

problem-unknown-file-kind = The file does not say what it is. Its first key must be curriculum, playbook, assessment, program or calendar.
problem-kind-not-first = { $key } says what the file is, so it must be the first key. Move it to the top.
problem-unknown-key = { $key } is not a key that can stand here.
problem-missing-key = { $key } is missing here. Add it.
problem-empty-value = { $key } has no value. Write one, or delete the key if it may be left out.
problem-wrong-type = { $key } must be { $expected ->
        [map] keys with values
        [list] a list
        [name] a name
        [both-languages] a text in both languages
        [role] a role
        [whole-number] a whole number without quotes
        [decimal] a number without quotes, with at most three digits after the point
        [truth] true or false
        [day] a day such as B10
        [share] a number such as 2, or a part such as 80%
        [weekday] a day of the week
        [date] a date
       *[text] a text
    }, but here is { $found ->
        [map] a map of keys and values
        [list] a list
        [nothing] nothing
       *[text] a text
    }.
problem-empty-list = { $key } is empty. Name at least one.
problem-too-many = { $key } holds { $given } entries; at most { $max } are allowed.
problem-duplicate-entry = { $name } is listed twice. Delete one of them.
problem-duplicate-id = { $kind ->
        [step] The step
        [field] The field
        [column] The column
        [option] The option
        [form] The form
        [dimension] The dimension
        [gathering] The gathering
        [metric] The metric
        [curriculum] The curriculum
        [playbook] The playbook
        [assessment] The assessment
        [program] The program
       *[calendar] The calendar
    } { $name } exists already, at { $file }:{ $line }. Give one of them another name.

## Values

problem-bad-name = { $name } can't be a name. A name starts with a letter from a to z and has only small letters, digits and _, at most { $max } of them.
problem-reserved-name = { $name } has a meaning of its own in this product. Choose a longer name, such as first_{ $name }.
problem-missing-translation = { $key } has no text in { $lang ->
        [en] English (en)
       *[zh-TW] Traditional Chinese (zh-TW)
    }. Every text is written in both languages.
problem-text-too-long = { $key } has { $given } characters; at most { $max } are allowed. Shorten it.
problem-not-one-line = { $key } must be one line. Delete the line break.
problem-number-out-of-range = { $key } is { $given }; it must be from { $min } to { $max }.
problem-bad-number = { $given } can't be { $key }: { $why ->
        [point] it must be a whole number, without a point
        [digits] at most three digits can follow the point
       *[long] it has too many digits
    }.
problem-effort-out-of-range = { $given } can't be an effort: it is counted in minutes, from 1 to { $max }. Divide a step that takes longer.
problem-unknown-role = { $name } is not a role. The roles are { $roles }.
problem-bad-day = { $given } is not a day. Write a working day of the plan (B1 to B{ $max }), of a playbook (T+3), after a step (some_step+3), beside a date that a step asks for (some_step.some_date-3), before each turn of a step (some_step-1), or of a quarter (quarter_end-10).
problem-unknown-weekday = { $name } is not a day of the week. Write one of { $weekdays }.
problem-bad-date = { $given } is not a date that exists. Write dates as 2026-01-31.
problem-date-form = { $given } is not how a date is written here. Write the year with four digits, the month and the day with two, such as 2026-01-05.

## Steps

problem-opens-and-due-differ = opens lists { $opens ->
        [one] 1 day
       *[other] { $opens } days
    } and due lists { $due }. Each turn needs one of both.
problem-days-not-ascending = { $key } lists { $day } after { $before }. List the days in order, each once.
problem-opens-after-due = The step opens on { $opens }, after it is due on { $due }. Let it open earlier or fall due later.
problem-no-until = The recurrence has no end. Add until with the last day on which a turn may fall, such as until: B250.
problem-bad-period = A recurrence has exactly one of { $forms }.
problem-until-too-early = The recurrence ends on { $until }, but the step is due on { $due }: no turn would follow. Choose a later day, or delete every.
problem-bad-each = A step can't be repeated for each { $given }. Write member: one step for each team member.
problem-manager-reviews = The manager can't review. Choose mentor, superior or hr.
problem-review-by-doer = The same role ({ $role }) does this step and reviews it. Let somebody else review it, or delete review.
problem-visible-to-lacks = visible_to leaves out the role { $role }, which does or reviews this step, or gets it by mail. Add it to the list.
problem-bad-report = Nothing can be reported to the role { $role } here. Write mentor or superior, and somebody else than who does the step.
problem-report-reviewed = Somebody else reviews this step. Name the same one, and the mail that asks them carries what was handed in; or delete report.
problem-report-of-nothing = Nothing is handed in here that somebody could read. Add ask, or delete report.

## What a step asks for

problem-unknown-type = { $type } is not a type. Choose one of { $types }.
problem-min-over-max = The least ({ $min }) is more than the most ({ $max }). Exchange them or change one.
problem-scale-too-long = The scale has { $given } values; at most { $max } fit on a page. Use a number instead.
problem-scale-too-short = A scale from { $given } to { $given } leaves nothing to choose. Give it two values at least.

## Files together

problem-unknown-curriculum = There is no curriculum { $name } among these files.
problem-unused-curriculum = No program uses the { $kind ->
        [playbook] playbook
        [assessment] assessment
       *[curriculum] curriculum
    } { $name }, so nobody will see its steps.
problem-unknown-step = There is no step { $name } in this program.
problem-step-not-in-program = The step { $name } stands in the curriculum { $curriculum }, which the program { $program } does not use. Add the curriculum to the program, or do not refer to the step.
problem-role-not-in-cast = The step { $step } needs the role { $role }, which the program { $program } does not have. Add the role to its cast, or give the step to another one.
problem-reader-not-in-cast = The step { $step } may be read by the role { $role }, which the program { $program } does not have.
problem-manager-in-cast = The manager is always there. The cast lists only the other roles: delete manager.
problem-mentor-accepts-not-mentor = { $name } is a step for the role { $role }. mentor_accepts must name a step that the mentor does.
problem-too-many-steps = The program has { $given } steps; at most { $max } are allowed.
problem-cycle = These steps wait for each other, so none of them can ever start: { $path }. Delete one of the waits.
problem-due-before-blocker = { $step } is due on { $day } but waits for { $other }, which is due on { $other_day }. Move one of the days.

## Calendars

problem-span-reversed = The span ends ({ $until }) before it begins ({ $from }). Exchange the dates.
problem-date-outside-known = { $date } is outside the days that the calendar says are known, { $from } to { $until }. Change known, or delete the date.
problem-holiday-at-weekend = { $date } is at the weekend already. Delete it from the holidays.
problem-workday-not-at-weekend = { $date } is not at the weekend, so it is worked already. Delete it from the workdays.
problem-duplicate-date = { $date } is listed twice; the first is on line { $line }. Keep one of them.
problem-no-working-days = Every day of the week is in the weekend, so no day is worked. Leave at least one out.
problem-half-day-off = { $date } is a day off, so no half of it is worked. Delete it from the half_days, or from the holidays.
problem-closed-too-long = From { $from } on, more than { $days } days in a row are off or in a freeze. Check the holidays and freezes.

## Names that are filled in

problem-name-not-closed = A name starts here and is not closed: { $given }. Write it like { "{{" }mentor.name{ "}}" }.
problem-unknown-name = Nobody is called { $given } here. The names that can be filled in are { $names }.
problem-name-empty = There is no name between these braces. Write it like { "{{" }mentor.name{ "}}" }, or delete them.
problem-no-names-here = A name ({ $given }) can't be filled in here. Names stand in the title and body of a step, and in the labels, helps and examples of its form.
problem-member-without-each = The name of a member is filled in here, but the step is not done for each member. Add each: member, or leave the name out.
problem-name-not-in-cast = { $step } names the role { $role }, which the program { $program } does not have. Instead of a name the reader will see the role.

## Days

problem-opens-elsewhere = opens ({ $opens }) and due ({ $due }) are counted from different things. Count both from the same.
problem-day-in-list = { $day } can't stand in a list. Only days such as B10, or T+3 in a playbook, can be listed.
problem-not-a-plan-day = { $day } can't be { $key }: only a working day of the plan can, such as B22.
problem-plan-day-in-playbook = { $day } can't stand in a playbook, since nobody knows when it will be launched. Count from the launch (T+3) or from a step.
problem-launch-day-outside-playbook = { $day } is counted from the launch of a playbook, and this file is none. Write a day of the plan, such as B10.
problem-day-past-last = In this wave { $step } falls past the last plan day: its { $day } is counted from { $from }, and days go up to B{ $max }. Let the wave begin earlier, or move the day.
problem-after-the-end = { $step } is due on { $day } of the plan, but the program { $program } ends on { $end }, so no plan would hold it. Let the program end later (ends), the step be due earlier, or its wave begin earlier.
problem-checkpoint-after-the-end = The checkpoint on { $day } comes after the end of the program, { $end }. Let the program end later (ends), or move the checkpoint.
problem-until-after-the-end = The recurrence would go on until { $day } of the plan, but the program { $program } ends on { $end }. Write until: end, or an earlier day, or let the program end later (ends).
problem-before-the-plan = { $step } is first due on { $day }, and { $count ->
        [one] a working day
       *[other] { $count } working days
    } before that no plan has begun. Count fewer days, or move { $step }.
problem-day-of-each = { $step } is done once for each member, so this day would be another one for each. Add each: member to this step, or count from something else.
problem-not-a-date = A day can't be counted from { $field } of the step { $step }: it is no date. Choose a field of the type date.
problem-turns-recur = This step comes with every turn of { $step } already. Delete every.
problem-quarter-period = A day of a quarter recurs with quarters or years. Write quarters: 1 or years: 1.
problem-bad-until = A recurrence can't end with { $given }. Write a day (B250, in a playbook T+40), end for the last day of the program, or another step, until it is closed.

## Waiting, names and reminders of steps

problem-bad-share = { $given } is not how many. Write a number from 1 to { $max }, or a part from 1% to 99%.
problem-too-many-joins = The step joins more than { $max } times. Put the steps of some joins together.
problem-join-of-all = { $count ->
        [one] A join of one step waits for that step, so its reason is never asked. List the step without a join.
       *[other] This join waits for all { $count } of its steps, so its reason is never asked. Write a number below { $count }, or list the steps without a join.
    }
problem-waits-for-playbook = { $step } waits for { $other } of the playbook { $playbook }, which may never be launched. Move { $step } to the playbook, or delete the wait.
problem-was-is-taken = { $name } is the name of a step that there is, at { $file }:{ $line }. Only a name that is no longer used can be an earlier one.
problem-was-twice = { $name } is an earlier name of another step already, at { $file }:{ $line }. Keep one of them.
problem-bad-remind = { $given } can't be remind. Write never, or how many days: due_soon and overdue_every.

## Forms and ratings

problem-unknown-form = There is no form { $name } among these files.
problem-form-in-form = A form can't use another form. Write the fields here, or let the step use both forms.
problem-unused-form = No step asks for the form { $name }.
problem-form-too-often = More than { $max } steps ask for the form { $name }. Ask for it in fewer.
problem-form-not-in-program = The form { $name } stands in the curriculum { $curriculum }, which the program { $program } does not use. Add the curriculum to the program, or write the fields here.
problem-unknown-notes = { $given } can't be notes. Choose one of { $known }.

## Programs

problem-unknown-program = There is no program { $name } among these files.
problem-unknown-playbook = There is no playbook { $name } among these files.
problem-listed-elsewhere = { $kind ->
        [playbook] { $name } is a playbook. List it under playbooks.
       *[other] { $name } is no playbook. List it under curricula or in a wave.
    }
problem-curriculum-twice = The program uses { $name } twice. Name it in one wave, and in one of the programs that are put together.
problem-include-cycle = These programs include each other: { $path }. Delete one of the entries.
problem-too-many-includes = The program includes more than { $max } programs, counted with those that they include. List the curricula instead.
problem-nobody-launches = Nobody can launch the playbook { $name } in the program { $program }: it has none of these roles. Add one to its cast, or let the manager launch it.
problem-mentor-accepts-not-once = { $name } does not stand in every plan once from the first day on. mentor_accepts must name a step that does: no playbook, no condition, no each, no every, and one due day of the plan.
problem-cannot-gather = The page { $gathering } can't gather { $step }. It takes steps that recur weekly on the same day, are done by the manager, and not for each member.
problem-gathered-twice = { $step } stands in another gathering already, at { $file }:{ $line }. Keep one of them.
problem-bad-source = { $given } is not where answers come from. Write a step (some_step), or a step and one of its fields (some_step.some_field), as this key asks for.
problem-bad-view = A view shows exactly one of { $kinds }.
problem-bad-sign = A sign is exactly one of quiet, same and says: quiet with working days, same with a column and times, says with a column and is.
problem-other-kind-of-field = { $field } of the step { $step } can't stand here. { $needs ->
    [number] It has to be a number or a scale.
    [choice] It has to be a choice, or several.
    [words] It has to be a text or a long_text.
    [table] It has to be a table whose rows are typed.
    [entries] It has to be a table with of, whose rows stand for these steps.
    [end] It has to be a date, or a goal of the type smart.
   *[begins] A text begins with a text, a number or a scale; any other field with one of its own kind.
    }
problem-unknown-column = There is no column { $column } in what is shown here.
problem-about-without-rows = This step stands for no row, so about says nothing. Count its day from a date in a table (some_step.some_table.some_date+0), or delete about.
problem-waits-for-rows = { $step } can't wait for { $other }: it comes once for each row of a table, and nobody knows how many there will be. Wait for the step that asks for the table.
problem-begins-in-words = done, late and gaps are sentences: only a text or a long_text can begin with them.
problem-entries-readers = What { $step } was answered with may not be read by everybody who would read it here: { $role } may not. Make visible_to of this step as narrow as there.
problem-form-refers = A form that several steps use can't hold { $key }: it speaks of other steps. Put this field into the step itself.
problem-bad-metric = { $given } is not where a metric comes from. Write a step and one of its fields, such as goal_review.attainment.
problem-metric-no-number = { $field } of the step { $step } is no number. A metric comes from a field of the type number or scale.
problem-load-over-limit = Week { $week } asks for { $hours } hours of the manager with a team of { $team }, and at most { $limit } are wanted ({ $count ->
        [one] the only such week
       *[other] one of { $count } such weeks
    }). The largest: { $steps }. Move days apart, or raise load.

## Mail and meetings

problem-hour-is-quiet = The brief would leave at { $hour }, in the quiet hours from { $from } until { $until }. Choose another hour, or change quiet.
problem-bad-quiet = { $given } can't be quiet. Write never, or two hours: from and until.
problem-quiet-all-day = Quiet hours from { $hour } until { $hour } would be the whole day, and no mail could leave. Write two different hours, or quiet: never if no hour is to be quiet.
problem-bad-ladder = { $given } can't stand in the ladder. Write after how many working days late, from 1 to { $max }, or never.
problem-ladder-falls = The role { $role } would hear after { $days ->
        [one] one working day
       *[other] { $days } working days
    }, before the role { $lower }, which hears after { $before }. Write { $before } or more, or never.
problem-unknown-urgent = { $given } can't be urgent. Choose among { $known }.
problem-next-too-early = The next mentor would be asked after { $next ->
        [one] one working day
       *[other] { $next } working days
    }, and the one before reminded after { $remind }. Let next be more than remind.
problem-bad-by = Ratings can't be by { $given }. Write members: the manager's team rates in secret. Or delete by: who does the step rates.
problem-ballot-by-manager = The manager can't hand out ballots about the manager. Say who does the step: mentor, superior or hr.
problem-ballot-each = Ballots are secret, so this can't be repeated for each member. Delete each or by.
problem-bad-meet = A meeting can't be with the role { $role }. Write mentor or superior: the manager meets one of them.
problem-meet-by-other = This is a meeting of the manager with the role { $role }, but the role { $who } does the step. Give it to one of the two, or delete meet.
problem-meet-each = A meeting with the role { $role } can't be repeated for each member. Delete each or meet.
problem-meet-not-in-cast = The step { $step } is a meeting with the role { $role }, which the program { $program } does not have. Add the role to its cast, or delete meet.

## Hints

hint-did-you-mean = did you mean { $name }?
hint-known-keys = what can stand here: { $keys }
hint-both-languages = write { "{" }en: ..., zh-TW: ...{ "}" }
hint-quote-comma = between { "{" } and { "}" } a comma ends a text; put a text with a comma in quotes
hint-quote-text = put the text in quotes, such as 'a: b'
hint-save-as-utf8 = in the editor, choose Save with encoding: UTF-8

## Conditions

problem-condition-part = { $part } is not part of the language of conditions.
problem-condition-syntax = The condition can't be read further than this. Check the brackets, the quotes and the signs here and just before.
problem-condition-quote = The text that starts here is not closed. Add the closing quote.
problem-condition-too-deep = Brackets are nested more than { $max } deep. Divide the condition among several steps.
problem-condition-number = { $number } is not a number that can stand here. Write digits, with at most three after the point.
problem-condition-item = Only numbers, texts in quotes, true and false can stand in a list.
problem-condition-chained = A comparison can't be compared with something else. Join two comparisons with && or ||.
problem-condition-root = A condition can't ask for { $name }. It can ask for { $roots }.
problem-condition-path = A condition can't ask for { $path }. Write it like { $form }.
problem-condition-manager = The manager is always there, so this is always true. Delete it.
problem-never-asked = The step { $step } has no field { $field }: a form field is used but never asked.
problem-this-asked-later = The field { $field } is not asked above this one. A field's when may ask only for fields that stand above it: put it after them.
problem-this-never-asked = This form has no field { $field }: a form field is used but never asked.
problem-this-outside-form = this means the answers of the same form and can stand only in the when of a field. Write answers, the step and the field.
problem-plan-in-form = The when of a field can ask only for other fields of the same form. Write this and the field, or move the condition to the step.
problem-asks-each = The step { $step } is done once for each member. Only a step with each can ask for its answers.
problem-rating-needs-dimension = { $field } is a rating: name one of its dimensions too, such as { $field }.{ $dimension }.
problem-unknown-dimension = The rating { $field } has no dimension { $name }.
problem-no-dimensions = { $field } is not a rating, so nothing can follow its name. Delete { $name }.
problem-unknown-option = { $part } has no option { $name }, so it is never the answer.
problem-unknown-metric = There is no metric { $name } in this program.
problem-not-comparable = { $field } is a field of the type { $type }, which a condition can't compare.
problem-list-compared = { $part } is a list. Ask for size({ $part }), or whether an option is in it.
problem-list-mixed = The list holds values of several kinds. List only numbers or only texts.
problem-types-differ = { $left ->
        [truth] True or false
        [number] A number
       *[text] A text
    } is compared with { $right ->
        [truth] true or false
        [number] a number
       *[text] a text
    }. The two can't be compared.
problem-order = { $found ->
        [truth] True and false
       *[text] Texts
    } have no order. Compare them with == or !=.
problem-in-needs-option = Before in { $part } stands one of its options, in quotes.
problem-in-needs-list = After in stands a list such as ["a", "b"], or a field of the type several.
problem-size-of = size() counts a list: the options of a field of the type several, the rows of a table, or the roster. { $part } is { $found ->
        [truth] true or false
        [number] a number
       *[text] a text
    }.
problem-not-a-truth = This is { $found ->
        [number] a number
        [text] a text
       *[list] a list
    }, where something true or false is needed. Compare it with something.
problem-never-holds = This condition can never hold, whatever is answered. Mend it, or delete what depends on it.
problem-always-holds = This condition always holds, whatever is answered. Delete it, or mend it.
hint-condition = conditions know == != < <= > >= && || ! in size(), numbers, texts in quotes, true, false and lists
hint-quote-word = put a text in quotes: { $name }

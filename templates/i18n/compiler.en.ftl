### What the compiler found in curriculum files, and what to do about it. Made by src/curriculum/;
### the list of ids is src/curriculum/ids.rs.

## The file

problem-too-large = The file is larger than 1 MiB. Move some of its steps to another curriculum.
problem-not-utf8 = The file is not UTF-8: the byte at offset { $offset } (line { $line }) does not belong. Save the file as UTF-8.
problem-control-character = An invisible control character ({ $code }) stands here. Delete it and type the text again.
problem-empty-file = The file is empty. Its first key must be curriculum, program or calendar.
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

problem-unknown-file-kind = The file does not say what it is. Its first key must be curriculum, program or calendar.
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
        [curriculum] The curriculum
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
problem-effort-out-of-range = { $given } can't be an effort: it is counted in minutes, from 1 to { $max }. Divide a step that takes longer.
problem-unknown-role = { $name } is not a role. The roles are { $roles }.
problem-bad-day = { $given } is not a day. Days are working days of the plan, from B1 to B{ $max }.
problem-unknown-weekday = { $name } is not a day of the week. Write one of { $weekdays }.
problem-bad-date = { $given } is not a date that exists. Write dates as 2026-01-31.

## Steps

problem-opens-and-due-differ = opens lists { $opens } days and due lists { $due }. Each turn needs one of both.
problem-days-not-ascending = { $key } lists { $day } after { $before }. List the days in order, each once.
problem-opens-after-due = The step opens on { $opens }, after it is due on { $due }. Let it open earlier or fall due later.
problem-no-until = The recurrence has no end. Add until with the last day on which a turn may fall, such as until: B250.
problem-bad-period = A recurrence has exactly one of { $forms }.
problem-until-too-early = The recurrence ends on { $until }, but the step is due on { $due }: no turn would follow. Choose a later day, or delete every.
problem-bad-each = A step can't be repeated for each { $given }. Write member: one step for each team member.
problem-manager-reviews = The manager can't review. Choose mentor, superior or hr.
problem-review-by-doer = The same role ({ $role }) does this step and reviews it. Let somebody else review it, or delete review.
problem-visible-to-lacks = visible_to leaves out the role { $role }, which does or reviews this step. Add it to the list.

## What a step asks for

problem-unknown-type = { $type } is not a type. Choose one of { $types }.
problem-min-over-max = The least ({ $min }) is more than the most ({ $max }). Exchange them or change one.
problem-scale-too-long = The scale has { $given } values; at most { $max } fit on a page. Use a number instead.

## Files together

problem-unknown-curriculum = There is no curriculum { $name } among these files.
problem-unused-curriculum = No program uses the curriculum { $name }, so nobody will see its steps.
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
problem-closed-too-long = From { $from } on, more than { $days } days in a row have no working day. Check the holidays.

## Hints

hint-did-you-mean = did you mean { $name }?
hint-known-keys = what can stand here: { $keys }
hint-both-languages = write { "{" }en: ..., zh-TW: ...{ "}" }
hint-quote-comma = between { "{" } and { "}" } a comma ends a text; put a text with a comma in quotes
hint-quote-text = put the text in quotes, such as 'a: b'
hint-save-as-utf8 = in the editor, choose Save with encoding: UTF-8

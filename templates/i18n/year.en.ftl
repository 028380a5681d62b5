### Files of a year's days that HR imports: what is wrong, and what to do about it. Made by
### src/curriculum/year/; the list of ids is in its mod.rs.

## The file

year-too-large = The file is larger than 1 MiB. Import one year at a time.
year-not-text = This line is neither UTF-8 nor Big5. Save the file as "CSV UTF-8", or export it again.
year-no-days = The file names no day. Choose the file that lists the year's holidays.
year-too-many-days = The file lists more than { $max } days. Import one year at a time.
year-too-long = The file reaches from { $from } to { $until }, which is more than { $max } years. Check the first and the last date, or import fewer years.
year-days-missing =
    { $count ->
        [one] The file lists every working day but { $date }. Add it, so that no holiday is missed.
       *[other] The file lists every working day, but { $count } are missing, the first of them { $date }. Add them, so that no holiday is missed.
    }
year-nothing-off = The file has no day off in { $year }. It is probably the wrong file, or half of it.
year-few-days =
    { $count ->
        [one] The file has only one day off on a weekday of { $year }. A year has more: choose the whole calendar, or add the day as a day of the company.
       *[other] { $stretches ->
            [one] The file has only { $count } days off on weekdays of { $year }, all in one stretch. A year has more: choose the whole calendar, or add them as days of the company.
           *[other] The file has only { $count } days off on weekdays of { $year }, in { $stretches } stretches. A year has more: choose the whole calendar, or add them as days of the company.
        }
    }
year-half =
    { $empty ->
        [first] The file has { $count } days off on weekdays of { $year }, and none from January to June. It is probably half of the calendar; choose the whole year.
       *[second] The file has { $count } days off on weekdays of { $year }, and none from July to December. It is probably half of the calendar; choose the whole year.
    }
year-nothing-differs = Every day of the file is as its weekday has it: there is nothing to import. It is probably the wrong file.
year-many-more =
    { $count ->
        [one] One more mistake is not listed. Mend the ones above first.
       *[other] { $count } more mistakes are not listed. Mend the ones above first.
    }

## A day

year-not-a-date = "{ $given }" is not a date. Write it as 2026-01-31, 2026/1/31 or 20260131, with the Western year.
year-date-out-of-range = { $date } is not between { $from } and { $until }. Check the year.
year-duplicate = { $date } is one thing on line { $first } and another on line { $second }. Keep one of the two.
year-name-direction = The name of this day holds invisible characters that change the direction of writing. Type the name again.
year-name-too-long = The name "{ $name }" has { $count } characters; { $max } are allowed. Shorten it.

## Tables (CSV)

year-no-columns = The first line must name the columns: date, kind and name; or date, isHoliday and description; or 西元日期, 是否放假 and 備註.
year-column-twice = The column { $column } tells what another column of this line tells already. Keep one of them.
year-quote = A text in quotation marks runs on to the next line. Close its quotation mark, or take the line break out.
year-bad-flag = "{ $given }" does not say whether the day is off. Write 2 or true for a day off, 0 or false for a working day.
year-bad-kind = "{ $given }" is no kind of day. Write off, worked or half (放假, 補班, 半天).

## Lists (JSON)

year-json-not-a-list = The file is not a list. It must begin with a square bracket, and hold one row a day in braces.
year-json-syntax = The file can't be read further than this. Check the commas, quotation marks and brackets here and on the line above.
year-json-not-a-row = This is not a row in braces. A row has date, isHoliday and description.
year-json-date = This row has no date. Write it as "date": "20260131".
year-json-holiday = isHoliday must be true or false, without quotation marks.
year-json-description = The description must be a text in quotation marks.

## Calendar files (.ics)

year-ics-no-calendar = The file is no calendar: its first line must be BEGIN:VCALENDAR. Export the calendar again as .ics.
year-ics-line = This line is no part of a calendar file: it has no name before a colon. A line that continues the one above must begin with a space.
year-ics-end = What ends or begins here does not fit what was begun above: every BEGIN needs an END of the same name. Export the calendar again.
year-ics-cut = The file ends in the middle. Download or export it again.
year-ics-no-start = This event has no day on which it begins (DTSTART). Delete it, or export the calendar again.
year-ics-timed = This event has a time ({ $given }). Only all-day events are days off: make it an all-day event, or take it out of the calendar.
year-ics-repeats = This event repeats ({ $rule }). Export it as single days, one event for each year.
year-ics-reversed = This event ends on { $until }, before it begins on { $from }. Correct one of the two.
year-ics-duration = "{ $given }" is no number of days. Give the event an end date (DTEND), or a duration such as P2D.

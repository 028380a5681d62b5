### Calendars, for HR: years that are imported, days of the company, and the plans that follow.

calendars-title = Calendars
calendars-open = Import a year, and add your company's days
calendars-lede = Which days are worked where. When a calendar changes, the open steps of running plans on it get new dates; what is done stays as it was.
calendars-calendar = Calendar
calendars-known = Days are known
calendars-known-was = Known so far
calendars-known-now = Known then
calendars-people = People
calendars-plans = Running plans
calendars-on-it = On it
calendars-and = {" "}and{" "}
calendars-people-count =
    { $count ->
        [one] one person
       *[other] { $count } people
    }
calendars-plans-count =
    { $count ->
        [one] one running plan
       *[other] { $count } running plans
    }
calendars-ends-soon = ends soon: import the next year
calendars-warn-provisional =
    { $count ->
        [one] One running plan rests on days of the calendar { $title } that are not published yet ({ $from } to { $until }): its dates may still move.
       *[other] { $count } running plans rest on days of the calendar { $title } that are not published yet ({ $from } to { $until }): their dates may still move.
    }
calendars-warn-beyond =
    { $count ->
        [one] One running plan goes on after { $until }, the last day that the calendar { $title } knows: no holiday is taken into account from then on.
       *[other] { $count } running plans go on after { $until }, the last day that the calendar { $title } knows: no holiday is taken into account from then on.
    }
calendars-warn-act-provisional = Import the year into { $title } once it is published
calendars-warn-act-beyond = Import the next year into { $title }

## One calendar

calendars-import = Import a year
calendars-import-lede = Take the file as the government publishes it. You see every day that changes, and every plan that moves, before anything is saved.
calendars-file = File
calendars-file-hint = .ics, .csv (UTF-8 or Big5) or .json, at most 1 MiB. All-day events of an .ics file become days off: look at the preview for observances that are worked.
calendars-no-file = Choose a file first.
calendars-file-refused = The file can't be imported yet
calendars-line = Line { $line }:
calendars-preview = Preview
calendars-imports = Imported
calendars-import-line = { $from } to { $until }, from { $file }; { $name }, { $time }
calendars-drop = Take out { $from } to { $until }
calendars-company = Days of the company
calendars-company-lede = They stand over the calendar, and stay when a year is imported. In a freeze people work, and mail goes on, but nothing of a plan falls due.
calendars-add = Add days
calendars-kind = What they are
calendars-kind-hint = A freeze is a time in which nothing of a plan falls due, such as the end of a quarter.
calendars-kind-off = Day off
calendars-kind-worked = Working day
calendars-kind-half = Half day
calendars-kind-freeze = Freeze
calendars-from = First day
calendars-until = Last day
calendars-until-hint = Empty: one day.
calendars-name-en = Name in English
calendars-name-zh-tw = Name in Chinese
calendars-name-hint = As "why this date?" says it. One language is enough.
calendars-everywhere = In every calendar
calendars-everywhere-short = in every calendar
calendars-by = { $name }
calendars-remove = Remove { $name }
calendars-reversed = The last day is before the first one. Exchange them.
calendars-too-long = More than { $days } days are too long. Add shorter stretches.
calendars-closed = From { $from } on, more than { $days } days in a row would be off or in a freeze, and no plan could go on. Shorten it.
calendars-gap = The file has { $from } to { $until }; the calendar knows { $known_from } to { $known_until }. Nothing would be known of the days between: import the years between first.
calendars-stale = A calendar was changed in the meantime. Preview your change again.
calendars-damaged = What was previewed did not come back whole. Choose the file again.
calendars-year = The days of { $year }
calendars-year-lede = Every day that is not what its weekday says, and where that comes from.
calendars-month = { $month ->
    [m0] January
    [m1] February
    [m2] March
    [m3] April
    [m4] May
    [m5] June
    [m6] July
    [m7] August
    [m8] September
    [m9] October
    [m10] November
   *[m11] December
  }
calendars-month-plain = No day differs from the week.
calendars-counts =
    { $count ->
        [one] one day counts in plans
       *[other] { $count } days count in plans
    }
calendars-is-weekend = weekend
calendars-is-work = worked
calendars-is-off = off
calendars-is-make-up = worked (make-up day)
calendars-is-half = half day
calendars-frozen = freeze: { $name }
calendars-from-file = from the calendar file
calendars-from-import = imported
calendars-from-company = the company's

## The preview

calendars-preview-title = Preview: { $title }
calendars-preview-import = Read from { $file }.
calendars-preview-lede = Nothing is saved yet.
calendars-preview-days = Days that change
calendars-preview-same-days = No day changes; only how long they are known.
calendars-preview-nothing = Nothing changes: the calendar has it all already.
calendars-day = Day
calendars-was = So far
calendars-now = Then
calendars-preview-plans = Plans that move
calendars-preview-count =
    { $count ->
        [0] No running plan moves.
        [one] One running plan moves.
       *[other] { $count } running plans move.
    }
calendars-preview-kept =
    { $count ->
        [0] {""}
        [one] One keeps every date.
       *[other] { $count } keep every date.
    }
calendars-moved =
    { $count ->
        [one] One date moves.
       *[other] { $count } dates move.
    }
calendars-later =
    { $days ->
        [one] At most one day later.
       *[other] At most { $days } days later.
    }
calendars-earlier =
    { $days ->
        [one] At most one day earlier.
       *[other] At most { $days } days earlier.
    }
calendars-checkpoint = Checkpoint on working day { $n }: { $was } → { $now }.
calendars-last-day = Last day of the program: { $was } → { $now }.
calendars-slips =
    { $count ->
        [one] One step slips past the day it was:{" "}
       *[other] { $count } steps slip past the day it was:{" "}
    }
calendars-all-steps =
    { $count ->
        [one] The date, before and after
       *[other] All { $count } dates, before and after
    }
calendars-apply-lede =
    { $count ->
        [0] No plan moves. People's mail keeps to the new days from now on.
        [one] Saving gives the plan its new dates. You can undo it on the plan's page for 30 days.
       *[other] Saving gives the { $count } plans their new dates. You can undo it on each plan's page for 30 days.
    }
calendars-apply = Save, and move the dates
calendars-cancel = Leave it as it is
done-calendar-changed = the calendar is saved, and the running plans on it have their dates.

## A person's calendar

calendars-person-preview =
    { $count ->
        [one] On the calendar { $title } one running plan would get other dates. Save again to do it.
       *[other] On the calendar { $title } { $count } running plans would get other dates. Save again to do it.
    }

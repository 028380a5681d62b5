## Figures from a file

figures-title = Figures from a file
figures-lede = Let your CRM export its cases as CSV. Say once how each figure is worked out; next month the same answers stand here. Nothing reaches your form before you have looked at it.
figures-step-link = Take figures from a CSV file
figures-choose = CSV file
figures-choose-hint = One line with the names of the columns, then a line for each case. At most { $mb } MB, in UTF-8, UTF-16 or Big5. Only you see it, and it is dropped when you have taken the figures, or after { $hours } hours.
figures-upload = Look at it
figures-file = { $rows ->
    [one] One line
   *[other] { $rows } lines
} below the names of the columns.
figures-kept = Uploaded { $at }, kept for { $hours } hours at most.
figures-discard = Drop this file
figures-reading = How each figure is worked out
figures-reading-lede = Open a figure and choose a way. What you leave alone is not taken from the file.
figures-period = The days that the figures are of
figures-from = First day
figures-last = Last day
figures-how = Way
figures-how-none = Not from this file
figures-how-count = Count the lines
figures-how-sum = Add up a column
figures-how-mean = Mean of a column
figures-how-days = Mean number of days between two dates
figures-how-last = What the last line says
figures-column = Column
figures-column-hint = The numbers; for days, the first date.
figures-until = Second date
figures-until-hint = Only for days between two dates.
figures-dated = Date that puts a line into these days
figures-dated-hint = Leads by the day on which they came, contracts by the day on which they were signed.
figures-dated-none = All lines, whatever their date
figures-only = Only lines whose column
figures-only-none = All lines
figures-says = says one of
figures-says-hint = Several, with commas between: quotation, agreed, won. A case that went further has passed the stages before.
figures-none = None
figures-in-thousands = The file has single units, my form asks for thousands
figures-look = See what comes out
figures-look-means = This is remembered for next time. Your form stays as it is.
figures-found = What comes out, { $from } to { $until }
figures-figure = Figure
figures-value = From the file
figures-now = In your form now
figures-now-empty = empty
figures-rests-on = Rests on
figures-rows = { $rows ->
    [one] one line.
   *[other] { $rows } lines.
}
figures-unread = { $count ->
    [one] One line does not read and was left out:
   *[other] { $count } lines do not read and were left out:
}
figures-take = { $count ->
    [one] Put one figure into my form
   *[other] Put { $count } figures into my form
}
figures-take-means = As a draft: you look once more and hand it in yourself. The file is dropped.
figures-nothing-yet = Nothing comes out yet. Choose another way for one figure below.
figures-refused = Please mend this first
figures-no-file = No file was chosen. Choose the CSV that your CRM exported.
figures-too-large = The file holds more than { $mb } MB. Export fewer columns, or a shorter time.
figures-workbook = This is a workbook. Open it and save it as CSV (in Excel: “CSV UTF-8”), then upload that.
figures-not-text = This can't be read as a table. Save it as CSV in UTF-8 (in Excel: “CSV UTF-8”).
figures-empty = There is nothing below the names of the columns. The first line names them; each line after it is a case.
figures-too-many-columns = The table has more than { $max } columns. Export only those that you need.
figures-too-many-rows = The table has more than { $max } lines. Export a shorter time.
figures-no-column = The file has no column “{ $column }”. Choose another.
figures-unnamed = Choose a column.
figures-no-rows = No line of these days says anything.
figures-none-reads =
    { $count ->
        [one] The one line of these days does not read: line { $lines } of the file. Is its number or date written in another way?
       *[other] None of the { $count } lines of these days reads: line { $lines } of the file. Are their numbers or dates written in another way?
    }
done-figures-taken = the figures stand in your form. Look once more and hand it in.
figures-no-words = Say which words count: what the lines should say in this column.
figures-words = “{ $column }” says in this file:{" "}
figures-between-words = {" · "}
figures-unsaid = No line of the file says any of this in “{ $column }”: { $says }.
figures-too-long = That is more than a reading holds: { $max } characters of words for each figure at most.
figures-not-in-file = { $column } — not in this file
figures-guessed = The dates in “{ $column }” don’t show whether the day or the month comes first. They were read month first: { $cell } as { $date }. If that is wrong, export them as year, month, day.
figures-open-quote = A quotation mark in line { $line } is never closed, and takes all the lines after it with it. Mend it in the file, and upload it again.
figures-changed = The file, or how it is read, has changed since you looked: in another window, perhaps. Look once more at what comes out.
figures-bad-period = Choose a first day and a last day, in this order.

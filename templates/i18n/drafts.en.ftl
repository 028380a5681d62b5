### Curriculum files that HR uploads: their mistakes, what would come of them, publishing.

## Uploading

upload-title = Upload curriculum files
upload-lede = The files are checked the same way as by the command. Nothing is published before you press the button on the next page.
upload-files = A zip, or files
upload-files-hint = A zip of the folder, or .yaml files one by one. At most { $zip } MB for a zip, { $max } MB unpacked.
upload-folder = Or a folder
upload-folder-hint = Every .yaml file in it, at any depth. Some phones can't choose a folder.
upload-act = Upload and check
upload-start = To change what is published without git: take the sources of a release from its page, edit them, and bring them back here.
upload-nothing = Choose a zip, a folder or files first.
upload-one-way = Choose either a zip or files, or a folder, not both.
upload-no-zip = This is no zip that can be read. Pack the folder again as a .zip.
upload-zip-too-large = The zip is larger than { $max } MB. Pack only the folder with the curriculum files.
upload-broken = The zip is damaged. Pack the folder again.
upload-password = The zip is protected by a password. Pack it without one.
upload-compression = The zip is packed in a way that can't be read here. Pack it with the usual method (deflate).
upload-too-many-entries = More than { $max } files came. Pack only the folder with the curriculum files.
upload-too-many = There are more than { $max } curriculum files. Divide them among several uploads.
upload-too-much = The curriculum files are larger than { $max } MB together. Pack only the folder with the curriculum files.
upload-no-yaml = There is no .yaml file among them.
upload-twice = { $path } is there twice. Keep one of them.
upload-bad-path = { $path } leads out of the folder, or its name has characters that can't be seen. Nothing was taken. Pack the folder again.
upload-long-path = The name of { $path } is longer than { $max } characters. Shorten the names of its folders.
upload-link = { $path } is a link to another file. Put the file itself in its place.
upload-archive-inside = { $path } is an archive inside the upload. Unpack it first, or leave it out.

## Drafts

drafts-title = Drafts
drafts-lede = Uploaded and not published. Everybody in HR sees them; each is dropped after 30 days.
draft-uploaded = uploaded by { $name }, { $time }
draft-title = Draft: { $name }
draft-lede = { $name } uploaded this on { $time }. It is kept until { $until }.
draft-files =
    { $count ->
        [one] One curriculum file
       *[other] { $count } curriculum files
    }
draft-ignored =
    { $count ->
        [one] One other file was passed over
       *[other] { $count } other files were passed over
    }
draft-refused =
    { $count ->
        [one] There is one mistake. Nothing can be published before it is corrected.
       *[other] There are { $count } mistakes. Nothing can be published before they are corrected.
    }
draft-refused-do = Correct the files where you keep them, and upload them again below.
draft-mistakes = Mistakes
draft-warnings = Warnings
draft-warnings-lede = They keep nothing from being published.
draft-count-errors =
    { $count ->
        [one] one mistake
       *[other] { $count } mistakes
    }
draft-count-warnings =
    { $count ->
        [one] one warning
       *[other] { $count } warnings
    }
draft-error = mistake
draft-warning = warning
draft-place = line { $line }, column { $column }
draft-hint = Hint: { $hint }
draft-programs = Programs
draft-no-program = There is no program among the files.
draft-new = new
draft-changed = changed
draft-current = published
draft-earlier = published earlier
draft-curricula =
    { $count ->
        [one] one curriculum
       *[other] { $count } curricula
    }
draft-release = Release
draft-load = The manager's weeks
draft-load-says = { $mean } h a week on average in the first { $of } weeks, at most { $most } h (week { $week }), with a team of { $team }.
draft-load-limit =
    { $count ->
        [0] No week is over the limit of { $limit } h.
        [one] One week is over the limit of { $limit } h.
       *[other] { $count } weeks are over the limit of { $limit } h.
    }
draft-beside = Published now
draft-stays =
    { $count ->
        [0] No plan stands on it.
        [one] One plan stands on it and stays there until you upgrade it.
       *[other] { $count } plans stand on it and stay there until you upgrade them.
    }
draft-calendars = Calendars
draft-calendar-line = { $title }, { $from } – { $until }: { $state }
draft-calendar-new = new
draft-calendar-changed = replaces the published one; open steps of running plans are dated anew, done ones keep their dates
draft-calendar-current = as published
draft-publish = Publish
draft-publish-lede = New plans start on these releases from then on. Running plans stay on theirs until you upgrade them.
draft-publish-hash = { $program }: release { $hash }
draft-publish-confirm = I have looked at what changes. Publish it.
draft-publish-unconfirmed = Tick the box if you mean it.
draft-publish-stale = Something else was published since this page was opened. Look at what changes now, then decide again.
draft-published = All of this stands published already.
draft-discard = Drop this draft
draft-discard-hint = The uploaded files are forgotten here. What is published stays.
draft-again = Upload again
done-draft-dropped = the draft is dropped.

## Trying a release

tryout-title = Try it
tryout-simulate = Simulate
tryout-simulate-does = every date, every week's hours, every mail
tryout-preview = Look as somebody on a day
tryout-preview-does = what the page and the mail of a morning would show
tryout-diff = What changes
tryout-diff-does = beside another release
tryout-graph = The steps as a drawing
tryout-graph-does = what waits for what
tryout-export = As a document
tryout-export-does = Markdown, for reading and for review
tryout-export-lang = { $lang ->
    [en] English
   *[other] Chinese
    }
tryout-sources = Its files
tryout-sources-does = a zip to edit and upload again
tryout-again = Make a draft of it
tryout-again-hint = To check it with today's rules, or to go back to it: publishing the draft makes it current again.
tryout-inputs = What to assume
tryout-again-act = Show
tryout-team-label = Team members
tryout-team-hint = From 0 to 100.
tryout-team = Write a whole number from 0 to { $max }.
tryout-start = Choose a first day within two years of today.
tryout-role-label = As
tryout-role = Choose one of the parts of this program.
tryout-on-label = On the morning of
tryout-on-hint = Everybody has done everything on its day until then.
tryout-more = Names, playbooks, answers
tryout-more-hint = What is left open counts as not launched, or as not answered.
tryout-names-label = The team by name
tryout-names-hint = One name a line. Instead of the number above.
tryout-names = Write at most { $max } names, each on a line of its own and with at most { $longest } characters.
tryout-launch = Launch “{ $playbook }” on working day
tryout-launch-label = A playbook's launch
tryout-launch-day = Write a working day of the plan, from 1 to { $ends }.
tryout-answer-label = An answer
tryout-open = not answered

## Beside another release, and as a drawing

compare-title = What changes in “{ $program }”
compare-stays = Held against release { $hash }. { $plans }
compare-with = Hold it against
compare-count = { $steps } steps. New: { $added }; gone: { $removed }; changed: { $changed }.
compare-added = new
compare-removed = gone
compare-changed = changed
compare-nothing-beside = There is no other release of this program to hold it against.
graph-page-title = The steps of “{ $program }”
graph-page-lede = What waits for what, in the order of the days. Scroll to see all of it.
graph-page-alone = The drawing alone
graph-page-words = All steps in words
graph-page-alt = { $program }: its steps and what they wait for. The same stands in words in the document beside it.

### A team member's page, for HR.

member-team-of = The team of { $name }
member-left = Left the team on { $date }.
member-left-at-once = Not on the team: { $date } is both the first and the last day.
member-correct = What was entered
member-correct-hint = Correct a name, a position or a joining date. Steps that are still open and were dated from the joining date follow the new one.
member-again = On the team again
member-back = They came back
member-back-hint = From this day on they are on the team, and the steps for each member are planned anew. What was done before stays.
member-label-back = Back from
member-back-act = Put back on the team
member-undo = It was a mistake
member-undo-hint = They never left. Steps that were closed because of it are open again on their old days. Possible for thirty days.
member-undo-act = Undo the leaving
member-undo-back = They did not come back
member-undo-back-hint = They are gone again since { $date }, the day on which they had left. Steps that came with the return are closed, unless somebody worked on them. Possible for thirty days.
member-undo-back-act = That was a mistake: take off the team again
member-back-before-leaving = Choose the day on which they left, or a later one.
member-correct-link = Correct

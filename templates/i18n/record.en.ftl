# The record of a plan.

record-title = Growth record
record-link = Take the record along
record-lede = What you planned, did and learned, as one file. It is yours; take it along at any time.
record-lede-other = What was planned, done and learned in this plan, as far as it is meant to be handed on.
record-pdf = As PDF
record-steps = { $count ->
    [one] One step
   *[other] { $count } steps
} with what was written
record-html = Save as a page
record-json = Save as data that can be verified
record-print = Print, or save as PDF
record-private = Private words to put in
record-private-help = What only you, or you and your mentor, can read stays out unless you tick it. Names of members stand in some of it: think before you hand it on.
record-choose = Show it so
record-from = In the role since
record-ended = Ended
record-done = Done
record-made = Made
record-left-out = { $count ->
    [one] 1 private answer was left out.
   *[other] { $count } private answers were left out.
    }
record-is-private = Private, left out.
record-proof = Proof
record-proof-facts = { $count ->
    [one] 1 fact stands behind this record. Its seal:
   *[other] { $count } facts stand behind this record, each sealed over the one before. The newest seal:
    }
record-offer-title = Your growth record
record-offer = What you planned, did and learned in this plan is one file, and it is yours to take along.
record-offer-open = Look at it and take it along

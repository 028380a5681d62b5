## A team's view, in secret

pulse-title = The team’s view, in secret
pulse-later = Once this step is open, slips for the team can be made here.
pulse-small = The team has { $members ->
    [one] one member
   *[other] { $members } members
}; from { $fewest } on, a pulse is secret. Ask each of them in a talk instead.
pulse-ready = There will be { $members } slips, one for each member, each with a code that counts once. Nothing says who has which.
pulse-open = Make the slips
pulse-cast = { $cast } of { $codes } have answered.
pulse-closes = It closes on { $at }.
pulse-sealed-until = Until then nobody sees an answer, not even HR; and nobody ever, if fewer than { $fewest } have come.
pulse-discard = Begin anew
pulse-discard-means = Nobody has answered yet. The slips that were made count no longer.
pulse-sealed = It is closed. { $cast ->
    [0] Nobody has
    [one] One member has
   *[other] { $cast } members have
} answered, fewer than { $fewest }, so the answers stay sealed.
pulse-read = { $cast } of { $codes } have answered.
pulse-dimension = Dimension
pulse-middle = In the middle
pulse-times = How often each value was given
pulse-value-times = { $value }: { $times ->
    [one] once
   *[other] { $times } times
}
pulse-too-few = fewer than { $fewest } could say
done-pulse-discarded = the slips count no longer; new ones can be made.

## Slips

pulse-slips-title = Slips for the team
pulse-slips-lead = Print them, cut them, and let each member draw one, without the manager in the room. Who is away gets a link of their own.
pulse-slips-once = The codes stand here this once, and nowhere else: print or copy them before you leave this page.
pulse-slip-about = How { $name } leads the team
pulse-slip-how = Scan the square, or type the code at { $address }
pulse-slip-secret = Nobody can tell who answered what. Open until { $at }.
pulse-slip-square = The same address as a square for a phone

## The ballot

pulse-code-title = Your code
pulse-code-lead = It stands on the slip that you drew.
pulse-code-label = Code
pulse-code-help = Twelve letters and digits; dashes and small letters don’t matter.
pulse-code-unknown = There is no such code. Look at the slip once more: it has no 0, no 1, no I and no O.
pulse-code-act = Open the ballot
pulse-ballot-title = How does { $name } lead the team?
pulse-ballot-lead = Two minutes. Rate what you have seen yourself, and leave out the rest.
pulse-secret-who = Nobody signs in, and nothing here knows your name: any member could have drawn your slip.
pulse-secret-when = Answers are kept without a time and without an order. They are opened on { $at } or when all have answered, and only if { $fewest } or more came.
pulse-secret-words = There is no room for words, because a way to put things is known.
pulse-ballot-act = Cast the ballot
pulse-ballot-final = It can’t be taken back: nobody could find it again.
pulse-ballot-spent = This code has counted
pulse-ballot-spent-lead = The ballot that came with it is among the others. Thank you. They are read only if { $fewest } or more come.
pulse-ballot-closed = This pulse is closed
pulse-ballot-closed-lead = The code was not used, and no longer counts. Answers are read only if { $fewest } or more came.

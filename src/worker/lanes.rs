//! Which letter goes next, in two lanes: what is claimed, what of it is being composed, what is ready.
//!
//! Claiming and composing cost a transaction, so they are done for a few letters ahead, and for more while
//! many leave. A worker that is killed has not sent those, so they never come twice; but each has lost an
//! attempt and waits for its lease to end.

use std::collections::VecDeque;

use tokio::time::Instant;

use super::pace::Pace;
use super::preparing::{Held, Prepared, Ready};
use crate::store::outbox::{Claimed, Share};

/// How many are held ahead: at least and at most.
const AHEAD: (usize, usize) = (16, 128);

/// How many are composed together, at most.
const BATCH: usize = 32;

/// How many batches of a lane are on their way to being ready: one is composed while another is written.
const BATCHES: usize = 2;

struct Lane {
    waiting: VecDeque<Held>,
    /// Batches that are being composed or written, and the letters in them.
    batches: usize,
    composing: usize,
    ready: VecDeque<Ready>,
    flying: usize,
    /// How many may fly, of this lane alone or of both.
    most: usize,
    /// The last claim brought as many as were asked for.
    may_have_more: bool,
}

/// Letters that somebody waits for, and all others.
pub(super) struct Lanes {
    awaited: Lane,
    other: Lane,
    pace: Pace,
    ahead: usize,
    batch: usize,
}

impl Lane {
    fn new(most: usize) -> Lane {
        let (waiting, ready) = (VecDeque::new(), VecDeque::new());
        Lane { waiting, batches: 0, composing: 0, ready, flying: 0, most, may_have_more: false }
    }

    /// How many letters are held that were not begun.
    fn held(&self) -> usize {
        self.waiting.len() + self.composing + self.ready.len()
    }

    /// A batch, while no full one is ready to leave. What was begun before goes alone: should it end
    /// the program, it ends no other letter with it again and again.
    fn compose(&mut self, most: usize) -> Option<Vec<Held>> {
        if self.batches >= BATCHES || self.ready.len() >= most || self.waiting.is_empty() {
            return None;
        }
        let is_first = |held: &&Held| held.letter.attempt == 1;
        let firsts = self.waiting.iter().take(most).take_while(is_first).count();
        let batch: Vec<Held> = self.waiting.drain(..firsts.max(1)).collect();
        self.batches += 1;
        self.composing += batch.len();
        Some(batch)
    }
}

impl Lanes {
    pub fn new(pace: Pace) -> Lanes {
        let most = pace.at_once.max(1);
        let mut lanes =
            Lanes { awaited: Lane::new(most), other: Lane::new((most - 1).max(1)), pace, ahead: 0, batch: 0 };
        lanes.keep_up(0);
        lanes
    }

    /// Fits what is done ahead to how many letters left in the last second.
    pub fn keep_up(&mut self, rate: usize) {
        // Claimed for longer than a second or so, they would only be kept from other instances.
        let limit = self.pace.per_second.map_or(usize::MAX, usize::from).max(1);
        self.ahead = (rate / 2).clamp(AHEAD.0, AHEAD.1).min(limit);
        self.batch = (rate / 4).max(self.pace.at_once).clamp(1, BATCH).min(limit);
    }

    /// How many to claim now.
    pub fn share(&self) -> Share {
        let room = |lane: &Lane| self.ahead.saturating_sub(lane.held());
        Share { awaited: room(&self.awaited), other: room(&self.other) }
    }

    /// Whether a claim now would likely bring letters that can soon leave.
    pub fn want_more(&self) -> bool {
        let is_low = |lane: &Lane| lane.may_have_more && lane.held() <= self.ahead / 2;
        is_low(&self.awaited) || is_low(&self.other)
    }

    pub fn claimed(&mut self, letters: Vec<Claimed>, asked: Share, since: Instant) {
        let mut brought = Share { awaited: 0, other: 0 };
        for letter in letters {
            let (lane, count) = if letter.kind.is_awaited() {
                (&mut self.awaited, &mut brought.awaited)
            } else {
                (&mut self.other, &mut brought.other)
            };
            lane.waiting.push_back(Held { letter, since });
            *count += 1;
        }
        // Nobody knows more of a lane that was not asked for.
        for (lane, brought, asked) in
            [(&mut self.awaited, brought.awaited, asked.awaited), (&mut self.other, brought.other, asked.other)]
        {
            if asked > 0 {
                lane.may_have_more = brought == asked;
            }
        }
    }

    /// The database did not answer: it is asked again after a while and not before.
    pub fn claimed_nothing(&mut self) {
        (self.awaited.may_have_more, self.other.may_have_more) = (false, false);
    }

    /// The letters that are composed next, and whether somebody waits for them.
    pub fn compose(&mut self) -> Option<(Vec<Held>, bool)> {
        let batch = self.batch;
        let awaited = self.awaited.compose(batch).map(|letters| (letters, true));
        awaited.or_else(|| self.other.compose(batch).map(|letters| (letters, false)))
    }

    /// A batch of `count` letters is through.
    pub fn prepared(&mut self, prepared: Prepared, is_awaited: bool, count: usize) {
        let lane = if is_awaited { &mut self.awaited } else { &mut self.other };
        lane.batches -= 1;
        lane.composing -= count;
        lane.ready.extend(prepared.ready);
        for held in prepared.left.into_iter().rev() {
            lane.waiting.push_front(held);
        }
    }

    /// The letter that leaves next, unless none may.
    pub fn begin(&mut self, now: Instant) -> Option<Ready> {
        let flying = self.awaited.flying + self.other.flying;
        if flying >= self.pace.at_once.max(1) {
            return None;
        }
        let fresh = self.pace.limits.begin;
        [&mut self.awaited, &mut self.other].into_iter().find_map(|lane| {
            let may_begin = lane.flying < lane.most && lane.ready.front()?.held.since + fresh > now;
            let ready = may_begin.then(|| lane.ready.pop_front())??;
            lane.flying += 1;
            Some(ready)
        })
    }

    pub fn landed(&mut self, is_awaited: bool) {
        let lane = if is_awaited { &mut self.awaited } else { &mut self.other };
        lane.flying -= 1;
    }

    /// Whether something is held that was not begun.
    pub fn hold_some(&self) -> bool {
        [&self.awaited, &self.other].into_iter().any(|lane| !lane.waiting.is_empty() || !lane.ready.is_empty())
    }

    /// Takes out those that waited so long that their lease might not outlive them; all of them while
    /// none can leave.
    pub fn not_begun(&mut self, now: Instant, can_leave: bool) -> Vec<Claimed> {
        let fresh = self.pace.limits.begin;
        let is_over = |held: &Held| !can_leave || held.since + fresh <= now;
        let mut taken = Vec::new();
        for lane in [&mut self.awaited, &mut self.other] {
            let (over, ready) = lane.ready.drain(..).partition(|ready| is_over(&ready.held));
            lane.ready = ready;
            let over: VecDeque<Ready> = over;
            taken.extend(over.into_iter().map(|ready| ready.held.letter));
            let (over, waiting): (VecDeque<Held>, _) = lane.waiting.drain(..).partition(|held| is_over(held));
            lane.waiting = waiting;
            taken.extend(over.into_iter().map(|held| held.letter));
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::engine::vocabulary::PersonId;
    use crate::store::outbox::Kind;
    use crate::worker::attempt::Ending;

    fn letter(kind: Kind) -> Claimed {
        Claimed {
            id: uuid::Uuid::nil(),
            dedup_key: kind.as_str().to_owned(),
            kind,
            person: PersonId(uuid::Uuid::nil()),
            plan: None,
            for_day: None,
            step: None,
            meeting: None,
            attempt: 1,
        }
    }

    fn lanes(at_once: usize) -> Lanes {
        Lanes::new(Pace { at_once, ..Pace::default() })
    }

    fn give(lanes: &mut Lanes, kind: Kind, count: usize, now: Instant) {
        let asked = lanes.share();
        lanes.claimed(vec![letter(kind); count], asked, now);
    }

    /// Composes what may be composed.
    fn compose(lanes: &mut Lanes) {
        while let Some((letters, is_awaited)) = lanes.compose() {
            let ready = |held| Ready { held, next: Err(Ending::Unneeded("nothing")) };
            let ready: Vec<Ready> = letters.into_iter().map(ready).collect();
            let count = ready.len();
            lanes.prepared(Prepared { ready, left: Vec::new() }, is_awaited, count);
        }
    }

    fn begun(lanes: &mut Lanes, now: Instant) -> Vec<Kind> {
        compose(lanes);
        std::iter::from_fn(|| lanes.begin(now)).map(|ready| ready.held.letter.kind).collect()
    }

    #[test]
    fn briefs_leave_a_connection_free_for_whoever_wants_to_sign_in() {
        let (mut lanes, now) = (lanes(4), Instant::now());
        give(&mut lanes, Kind::Brief, 16, now);
        assert_eq!(begun(&mut lanes, now), [Kind::Brief; 3]);
        give(&mut lanes, Kind::SignIn, 2, now);
        assert_eq!(begun(&mut lanes, now), [Kind::SignIn]);
        lanes.landed(false);
        assert_eq!(begun(&mut lanes, now), [Kind::SignIn], "and it goes first on any other");
        lanes.landed(true);
        lanes.landed(true);
        assert_eq!(begun(&mut lanes, now), [Kind::Brief]);
    }

    #[test]
    fn one_connection_alone_carries_all() {
        let (mut lanes, now) = (lanes(1), Instant::now());
        give(&mut lanes, Kind::Brief, 2, now);
        assert_eq!(begun(&mut lanes, now), [Kind::Brief]);
        give(&mut lanes, Kind::SignIn, 1, now);
        lanes.landed(false);
        assert_eq!(begun(&mut lanes, now), [Kind::SignIn]);
    }

    #[test]
    fn more_is_claimed_when_few_are_left_and_there_may_be_more() {
        let (mut lanes, now) = (lanes(4), Instant::now());
        assert_eq!(lanes.share(), Share { awaited: 16, other: 16 });
        give(&mut lanes, Kind::Brief, 16, now);
        assert!(!lanes.want_more());
        for _ in 0..8 {
            compose(&mut lanes);
            assert!(lanes.begin(now).is_some());
            lanes.landed(false);
        }
        assert!(lanes.want_more());
        give(&mut lanes, Kind::Brief, 7, now);
        assert!(!lanes.want_more(), "fewer came than were asked for: those were all");
    }

    #[test]
    fn a_letter_that_waited_long_is_given_back_and_not_begun() {
        let (mut lanes, now) = (lanes(4), Instant::now());
        give(&mut lanes, Kind::Brief, 2, now);
        let later = now + Duration::from_secs(20);
        give(&mut lanes, Kind::Brief, 1, later);
        compose(&mut lanes);
        assert!(lanes.begin(later).is_none());
        assert_eq!(lanes.not_begun(later, true).len(), 2);
        assert!(lanes.begin(later).is_some());
    }

    #[test]
    fn while_the_relay_is_down_all_are_given_back() {
        let (mut lanes, now) = (lanes(4), Instant::now());
        give(&mut lanes, Kind::Brief, 5, now);
        compose(&mut lanes);
        give(&mut lanes, Kind::SignIn, 1, now);
        assert_eq!(lanes.not_begun(now, true).len(), 0);
        assert_eq!(lanes.not_begun(now, false).len(), 6);
        assert!(!lanes.hold_some());
    }

    #[test]
    fn no_more_is_composed_ahead_than_soon_leaves() {
        let (mut lanes, now) = (lanes(4), Instant::now());
        let batch = |lanes: &mut Lanes| lanes.compose().map(|(letters, _)| letters.len());
        give(&mut lanes, Kind::Brief, 16, now);
        assert_eq!(batch(&mut lanes), Some(4), "while nothing has left: as many as there are connections");
        assert_eq!(batch(&mut lanes), Some(4));
        assert_eq!(batch(&mut lanes), None, "two batches at a time");
        let mut lanes = Lanes::new(Pace { at_once: 4, ..Pace::default() });
        lanes.keep_up(1000);
        give(&mut lanes, Kind::Brief, 64, now);
        assert_eq!(batch(&mut lanes), Some(32));
        let mut lanes = Lanes::new(Pace { at_once: 4, per_second: Some(2), ..Pace::default() });
        give(&mut lanes, Kind::Brief, 2, now);
        assert_eq!(batch(&mut lanes), Some(2));
    }

    #[test]
    fn what_was_begun_before_is_composed_alone() {
        let (mut lanes, now) = (lanes(4), Instant::now());
        let attempts = [1, 1, 2, 1];
        let letters = attempts.map(|attempt| Claimed { attempt, ..letter(Kind::Brief) }).to_vec();
        let asked = lanes.share();
        lanes.claimed(letters, asked, now);
        let batches = std::iter::from_fn(|| {
            let (letters, is_awaited) = lanes.compose()?;
            lanes.prepared(Prepared::default(), is_awaited, letters.len());
            Some(letters.len())
        });
        assert_eq!(batches.collect::<Vec<_>>(), [2, 1, 1]);
    }
}

//! Which letter goes next: what was claimed and is not begun yet, in two lanes.
//!
//! A few letters are claimed ahead, because a claim costs a transaction. A worker that is killed has not
//! sent those, so they never come twice; but each has lost an attempt and waits for its lease to end.

use std::collections::VecDeque;

use tokio::time::Instant;

use super::pace::Pace;
use crate::store::outbox::{Claimed, Share};

/// How many are claimed ahead at most.
const AHEAD: usize = 16;

struct Lane {
    waiting: VecDeque<(Instant, Claimed)>,
    flying: usize,
    /// How many may fly, of this lane alone or of both.
    most: usize,
    ahead: usize,
    /// The last claim brought as many as were asked for.
    may_have_more: bool,
}

/// Letters that somebody waits for, and all others.
pub(super) struct Lanes {
    awaited: Lane,
    other: Lane,
    pace: Pace,
}

impl Lane {
    fn new(most: usize, ahead: usize) -> Lane {
        Lane { waiting: VecDeque::new(), flying: 0, most, ahead, may_have_more: false }
    }

    fn room(&self) -> usize {
        self.ahead.saturating_sub(self.waiting.len())
    }

    fn is_low(&self) -> bool {
        self.waiting.len() <= self.ahead / 2
    }
}

impl Lanes {
    pub fn new(pace: Pace) -> Lanes {
        let most = pace.at_once.max(1);
        // Claimed for longer than a second or so, they would only be kept from other instances.
        let ahead = AHEAD.min(pace.per_second.map_or(AHEAD, usize::from)).max(1);
        Lanes { awaited: Lane::new(most, ahead), other: Lane::new((most - 1).max(1), ahead), pace }
    }

    /// How many to claim now.
    pub fn share(&self) -> Share {
        Share { awaited: self.awaited.room(), other: self.other.room() }
    }

    /// Whether a claim now would likely bring letters that can soon leave.
    pub fn want_more(&self) -> bool {
        [&self.awaited, &self.other].into_iter().any(|lane| lane.may_have_more && lane.is_low())
    }

    pub fn claimed(&mut self, letters: Vec<Claimed>, asked: Share, now: Instant) {
        let mut brought = Share { awaited: 0, other: 0 };
        for letter in letters {
            let (lane, count) = if letter.kind.is_awaited() {
                (&mut self.awaited, &mut brought.awaited)
            } else {
                (&mut self.other, &mut brought.other)
            };
            lane.waiting.push_back((now, letter));
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

    /// The letter that leaves next, unless none may.
    pub fn begin(&mut self, now: Instant) -> Option<Claimed> {
        let flying = self.awaited.flying + self.other.flying;
        if flying >= self.pace.at_once.max(1) {
            return None;
        }
        let fresh = self.pace.limits.begin;
        [&mut self.awaited, &mut self.other].into_iter().find_map(|lane| {
            let may_begin = lane.flying < lane.most && lane.waiting.front()?.0 + fresh > now;
            let (_, letter) = may_begin.then(|| lane.waiting.pop_front())??;
            lane.flying += 1;
            Some(letter)
        })
    }

    pub fn landed(&mut self, is_awaited: bool) {
        let lane = if is_awaited { &mut self.awaited } else { &mut self.other };
        lane.flying -= 1;
    }

    /// Takes out those that waited so long that their lease might not outlive them; all of them while
    /// none can leave.
    pub fn not_begun(&mut self, now: Instant, can_leave: bool) -> Vec<Claimed> {
        let fresh = self.pace.limits.begin;
        let mut taken = Vec::new();
        for lane in [&mut self.awaited, &mut self.other] {
            let stale = lane.waiting.iter().take_while(|(since, _)| !can_leave || *since + fresh <= now).count();
            taken.extend(lane.waiting.drain(..stale).map(|(_, letter)| letter));
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

    fn begun(lanes: &mut Lanes, now: Instant) -> Vec<Kind> {
        std::iter::from_fn(|| lanes.begin(now)).map(|letter| letter.kind).collect()
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
        assert!(lanes.begin(later).is_none());
        assert_eq!(lanes.not_begun(later, true).len(), 2);
        assert!(lanes.begin(later).is_some());
    }

    #[test]
    fn while_the_relay_is_down_all_are_given_back() {
        let (mut lanes, now) = (lanes(4), Instant::now());
        give(&mut lanes, Kind::Brief, 5, now);
        assert_eq!(lanes.not_begun(now, true).len(), 0);
        assert_eq!(lanes.not_begun(now, false).len(), 5);
    }
}

//! Whether letters may leave: a relay that is down pauses all of them.

use std::time::Duration;

use super::backoff::Troubles;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Open,
    /// Asked again after a pause, without a letter.
    Down,
    /// It answers: one letter tries. A relay may greet and yet take none, from whatever sender.
    Trial,
    /// That one is on its way.
    Tried,
}

pub(super) struct Relaying {
    way: Way,
    troubles: Troubles,
}

impl Relaying {
    pub fn new() -> Relaying {
        Relaying { way: Way::Open, troubles: Troubles::new("reaching the mail relay") }
    }

    pub fn is_down(&self) -> bool {
        self.way == Way::Down
    }

    pub fn may_begin(&self) -> bool {
        matches!(self.way, Way::Open | Way::Trial)
    }

    pub fn begun(&mut self) {
        if self.way == Way::Trial {
            self.way = Way::Tried;
        }
    }

    /// A letter is back: the relay took it, cannot be used by any, or nobody knows. How long to leave the
    /// relay alone, when that is new.
    pub fn landed(&mut self, relay: Option<Result<(), String>>) -> Option<Duration> {
        match (relay, self.way) {
            (Some(Ok(())), Way::Open | Way::Trial | Way::Tried) => {
                self.troubles.are_over();
                self.way = Way::Open;
            }
            (Some(Err(why)), Way::Open | Way::Trial | Way::Tried) => {
                self.way = Way::Down;
                return Some(self.troubles.more(&why));
            }
            (None, Way::Tried) => self.way = Way::Trial,
            // Begun before it was down: tells nothing of now.
            (Some(_), Way::Down) | (None, _) => {}
        }
        None
    }

    /// What it said when it was asked without a letter; how long until the next look.
    pub fn answered(&mut self, relay: Result<(), String>) -> Duration {
        match relay {
            Ok(()) => {
                self.way = Way::Trial;
                Duration::ZERO
            }
            Err(why) => self.troubles.more(&why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSED: fn() -> Option<Result<(), String>> = || Some(Err("refused".to_owned()));

    #[test]
    fn a_relay_that_answers_again_gets_one_letter_and_all_others_when_it_took_that() {
        let mut relaying = Relaying::new();
        assert_eq!(relaying.landed(REFUSED()), Some(Duration::from_secs(1)));
        assert!(relaying.is_down() && !relaying.may_begin());
        assert_eq!(relaying.landed(REFUSED()), None, "those that were on their way as well say nothing new");
        assert_eq!(relaying.answered(Ok(())), Duration::ZERO);
        assert!(relaying.may_begin());
        relaying.begun();
        assert!(!relaying.may_begin() && !relaying.is_down());
        assert_eq!(relaying.landed(Some(Ok(()))), None);
        relaying.begun();
        assert!(relaying.may_begin());
    }

    #[test]
    fn a_relay_that_greets_and_takes_nothing_is_left_alone_longer_and_longer() {
        let mut relaying = Relaying::new();
        let pauses: Vec<u64> = (0..5)
            .map(|_| {
                let pause = relaying.landed(REFUSED()).expect("a pause");
                assert_eq!(relaying.answered(Ok(())), Duration::ZERO);
                relaying.begun();
                pause.as_secs()
            })
            .collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16]);
    }

    #[test]
    fn a_letter_that_never_reached_the_relay_leaves_the_trial_to_the_next() {
        let mut relaying = Relaying::new();
        let _ = relaying.landed(REFUSED());
        let _ = relaying.answered(Ok(()));
        relaying.begun();
        assert_eq!(relaying.landed(None), None);
        assert!(relaying.may_begin());
        relaying.begun();
        assert!(!relaying.may_begin());
    }
}

//! What a fact says: the sentence's code, and the names that it speaks of.

use std::collections::BTreeMap;

use super::acts::{Act, Changes, Numbered};
use crate::app::pages::change::closed_state;
use crate::engine::arrange::Deputy;
use crate::engine::deed::Deed;
use crate::engine::fact::What;
use crate::engine::message::{Arg, Message};
use crate::engine::vocabulary::{MemberId, PersonId, StepId, StepKey, Text, split_run};

/// How much of a release's hash tells it from others.
const SHORT_HASH: usize = 8;

/// A step as a sentence names it; its member and turn stand beside the sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepName {
    pub title: Text,
    pub member: Option<String>,
    pub turn: Option<u16>,
}

/// The names that sentences speak of, as one viewer may know them.
#[derive(Debug, Clone, Default)]
pub struct Named {
    pub steps: BTreeMap<StepKey, StepName>,
    pub people: BTreeMap<PersonId, String>,
    pub members: BTreeMap<MemberId, String>,
    /// By their names in the files.
    pub curricula: BTreeMap<String, Text>,
    pub calendars: BTreeMap<String, Text>,
    /// The facts in which somebody was asked, or said no, between them and HR.
    pub discreet: Vec<u64>,
    pub changes: Changes,
}

impl Named {
    fn step(&self, key: &StepKey) -> Arg {
        self.steps.get(key).map_or_else(|| key.id.as_str().into(), |step| step.title.clone().into())
    }

    fn of_id(&self, id: &StepId) -> Arg {
        self.step(&StepKey::first(id, None))
    }

    fn person(&self, id: PersonId) -> &str {
        self.people.get(&id).map_or("–", String::as_str)
    }

    fn is_discreet(&self, seq: u64) -> bool {
        self.discreet.contains(&seq)
    }

    /// Who did it, if that may be said; the program is nobody.
    pub fn by(&self, (seq, fact): &Numbered) -> Option<String> {
        let declined = matches!(fact.what, What::MentorDeclined { .. }) && self.is_discreet(*seq);
        fact.by.filter(|_| !declined).map(|by| self.person(by).to_owned())
    }

    /// A message about a member, or its like without a name.
    fn of_member(&self, member: MemberId, named: &'static str, unnamed: &'static str) -> Message {
        match self.members.get(&member) {
            Some(name) => Message::new(named).with("member", name.as_str()),
            None => Message::new(unnamed),
        }
    }

    /// What an act says.
    pub fn told(&self, act: &Act) -> Message {
        if act.is_headless() {
            return Message::new("history-moved-on");
        }
        match &act.first.1.what {
            What::Deed { deed, .. } => self.deed(deed, act),
            _ => self.fact(act.first),
        }
    }

    /// What one fact says. Every kind is named, so that a new one is not forgotten.
    pub fn fact(&self, (seq, fact): &Numbered) -> Message {
        let acted = |id, step: &StepKey| {
            let who = fact.by.map_or("–", |by| self.person(by));
            Message::new(id).with("who", who).with("step", self.step(step))
        };
        let about = |id, step: &StepKey| Message::new(id).with("step", self.step(step));
        let mentor = |named, unnamed, mentor: PersonId| match self.is_discreet(*seq) {
            true => Message::new(unnamed),
            false => Message::new(named).with("mentor", self.person(mentor)),
        };
        match &fact.what {
            What::Started { effective, manager, .. } => {
                Message::new("history-started").with("manager", self.person(*manager)).with("day", *effective)
            }
            What::Planned { step, due, .. } => about("history-planned", step).with("due", due.date),
            What::HandedIn { step, .. } => acted("history-handed-in", step),
            What::Done { step, .. } => acted("history-done", step),
            What::Accepted { step, .. } => acted("history-accepted", step),
            What::Returned { step, .. } => acted("history-returned", step),
            What::TakenBack { step, withdrawn: None } => acted("history-taken-back", step),
            What::TakenBack { step, withdrawn: Some(_) } => acted("history-taken-back-and-next", step),
            What::Reconsidered { step, withdrawn: None } => acted("history-reconsidered", step),
            What::Reconsidered { step, withdrawn: Some(_) } => acted("history-reconsidered-and-next", step),
            What::Commented { step, .. } => acted("history-commented", step),
            What::Lapsed { step } => about("history-lapsed", step),
            What::Closed { step, reason, .. } => about("history-closed", step).with("reason", closed_state(*reason)),
            What::Deed { deed, .. } => self.deed(deed, &Act { first: &(*seq, fact.clone()), rest: Vec::new() }),
            What::Moved { step, opens, .. } if self.changes.opening.contains(seq) => {
                about("history-moved-opening", step).with("opens", opens.date)
            }
            What::Moved { step, due, .. } => about("history-moved", step).with("due", due.date),
            What::Renamed { to, .. } => about("history-renamed", to),
            What::Undone { deed, .. } => {
                let who = fact.by.map_or("–", |by| self.person(by));
                Message::new("history-undid").with("who", who).with("n", number(*deed))
            }
            What::MentorAsked { mentor: who, .. } => mentor("history-mentor-asked", "history-somebody-asked", *who),
            What::MentorAccepted { mentor } => {
                Message::new("history-mentor-accepted").with("mentor", self.person(*mentor))
            }
            What::MentorDeclined { mentor: who, .. } => {
                mentor("history-mentor-declined", "history-somebody-declined", *who)
            }
            What::Recast { superior, hr } => {
                let message = Message::new("history-recast").with("superior", self.person(*superior));
                message.with("hr", self.person(*hr))
            }
            What::Launched { playbook, .. } => {
                Message::new("history-launched").with("playbook", self.curriculum(playbook))
            }
            What::Withdrawn { step } => about("history-withdrawn", step),
            What::Joined { member, on } => {
                self.of_member(*member, "history-joined", "history-somebody-joined").with("day", *on)
            }
            What::Left { member, on } => {
                self.of_member(*member, "history-left", "history-somebody-left").with("day", *on)
            }
            What::DeputyLeft => Message::new("history-deputy-left"),
        }
    }

    /// What a deed says. Every kind is named, so that a new one is not forgotten.
    fn deed(&self, deed: &Deed, act: &Act) -> Message {
        match deed {
            Deed::Moved { step } => {
                let due = act.rest.iter().find_map(|(_, fact)| match &fact.what {
                    What::Moved { step: moved, due, .. } if moved == step => Some(due.date),
                    _ => None,
                });
                let about = |id| Message::new(id).with("step", self.step(step));
                match due {
                    Some(due) => about("history-deed-moved").with("due", due),
                    None => about("history-deed-moved-away"),
                }
            }
            Deed::Shifted { from, days, .. } => {
                Message::new("history-deed-shifted").with("days", i64::from(*days)).with("from", *from)
            }
            Deed::Added { step, .. } => Message::new("history-deed-added").with("step", self.of_id(step)),
            Deed::Waived { step, .. } => Message::new("history-deed-waived").with("step", self.step(step)),
            Deed::Skipped { curriculum, .. } => {
                Message::new("history-deed-skipped").with("curriculum", self.curriculum(curriculum))
            }
            Deed::Leave { from, until } => Message::new("history-deed-leave").with("from", *from).with("until", *until),
            Deed::Paused { from } => Message::new("history-deed-paused").with("from", *from),
            Deed::Resumed { from, until: Some(until) } => {
                Message::new("history-deed-resumed-after").with("from", *from).with("until", *until)
            }
            Deed::Resumed { until: None, .. } => Message::new("history-deed-resumed"),
            Deed::DeputyNamed { who, from, until } => {
                let replaced = self.changes.replaced.get(&act.first.0);
                let id = if replaced.is_some() { "history-deed-deputy-instead" } else { "history-deed-deputy" };
                let message = Message::new(id).with("deputy", self.person(*who));
                let message = message.with("from", *from).with("until", *until);
                match replaced {
                    Some(Deputy { who, span }) => {
                        let message = message.with("instead", self.person(*who));
                        message.with("instead_from", span.from).with("instead_until", span.until)
                    }
                    None => message,
                }
            }
            Deed::Redated { calendar } => {
                let title = self.calendars.get(calendar).cloned().map_or_else(|| calendar.as_str().into(), Arg::Text);
                Message::new("history-deed-redated").with("calendar", title)
            }
            Deed::Upgraded { to, .. } => {
                let short: String = to.chars().take(SHORT_HASH).collect();
                Message::new("history-deed-upgraded").with("version", short)
            }
            Deed::OfferTaken { step, .. } => Message::new("history-deed-offer-taken").with("step", self.of_id(step)),
            Deed::OfferDeclined { step, .. } => {
                Message::new("history-deed-offer-declined").with("step", self.of_id(step))
            }
            Deed::MemberLeft { member } => {
                self.of_member(*member, "history-deed-member-left", "history-deed-somebody-left")
            }
            Deed::MemberBack { member } => {
                self.of_member(*member, "history-deed-member-back", "history-deed-somebody-back")
            }
            Deed::MemberCorrected { member, joined } => self
                .of_member(*member, "history-deed-member-corrected", "history-deed-somebody-corrected")
                .with("day", *joined),
            Deed::Ended { how, .. } => Message::new("history-deed-ended").with("how", how.as_str()),
        }
    }

    fn curriculum(&self, name: &str) -> Arg {
        // A further run of a playbook goes by the playbook's name.
        let of = split_run(name).map_or(name, |(of, _)| of);
        self.curricula.get(of).cloned().map_or_else(|| name.into(), Arg::Text)
    }

    /// What became of each step by a fact that undid a deed.
    pub fn put_back(&self, seq: u64) -> impl Iterator<Item = (&StepKey, Message)> {
        let steps = self.changes.back.get(&seq).into_iter().flatten();
        steps.map(|(key, back)| (key, Message::new(back.ids().0).with("step", self.step(key))))
    }
}

/// How many facts of each kind, in words, the most frequent first.
pub fn counted<'a>(facts: impl Iterator<Item = &'a Numbered>, changes: &Changes) -> Vec<Message> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (n, fact) in facts {
        match &fact.what {
            What::Undone { .. } => {
                for (_, back) in changes.back.get(n).into_iter().flatten() {
                    *counts.entry(back.ids().1).or_default() += 1;
                }
            }
            what => *counts.entry(count_of(what)).or_default() += 1,
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(id, count)| Message::new(id).with("count", count)).collect()
}

fn count_of(what: &What) -> &'static str {
    match what {
        What::Planned { .. } => "history-count-planned",
        What::Moved { .. } => "history-count-moved",
        What::Renamed { .. } => "history-count-renamed",
        What::Closed { .. } => "history-count-closed",
        What::Withdrawn { .. } => "history-count-withdrawn",
        What::Lapsed { .. } => "history-count-lapsed",
        What::Joined { .. } => "history-count-joined",
        What::MentorAsked { .. } => "history-count-asked",
        _ => "history-count-other",
    }
}

fn number(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

//! What a person's answer does about the things that its letter named.

use super::{DONE, End, Letter, Not, ignored, telling};
use crate::app::answers::NotFollowed;
use crate::app::from_mail;
use crate::app::meetings;
use crate::app::mentoring::{self, Answer};
use crate::app::steps::{self, At};
use crate::app::{Error, Moment, snoozing, worlds};
use crate::engine::Refusal;
use crate::engine::plan::StepState;
use crate::engine::vocabulary::{PersonId, PlanId, StepKey};
use crate::mail::incoming::{Command, Reply};
use crate::store::incoming::Outcome;
use crate::store::links::{Item, ReportAct, StepAct, StepLink};
use crate::store::people::Person;
use crate::store::pool::Tx;

/// Does what an answer asks for.
pub(super) async fn follow(
    tx: &mut Tx,
    person: &Person,
    letter: &Letter,
    reply: &Reply,
    moment: &Moment,
) -> Result<End, Not> {
    if reply.command.is_none() && reply.comment.is_none() {
        return Ok(ignored("empty"));
    }
    let items = &letter.said.items;
    let does = meant(items, reply).map_err(Not::Followed)?;
    let comment = reply.comment.as_deref();
    match does {
        Does::Step(on) => {
            from_mail::step(tx, person.id, &on, "", moment).await?;
            comments(tx, person.id, (on.plan, &on.step), comment, moment).await?;
        }
        Does::Snooze(on, days) => {
            let who = from_mail::viewer(tx, person.id, on.plan).await?;
            snoozing::put_off(tx, who, (on.plan, &on.step), days, moment).await?;
            comments(tx, person.id, (on.plan, &on.step), comment, moment).await?;
        }
        Does::Review(on, line) => from_mail::step(tx, person.id, &on, &line, moment).await?,
        Does::Comment(plan, step) => comments(tx, person.id, (plan, &step), comment, moment).await?,
        Does::Remark(plan, step) => {
            comments(tx, person.id, (plan, &step), comment, moment).await?;
            let who = from_mail::viewer(tx, person.id, plan).await?;
            let world = worlds::find(tx, who.scope(), plan).await?;
            if matches!(world.plan.steps.get(&step).map(|step| &step.state), Some(StepState::HandedIn { .. })) {
                return Ok(telling(Outcome::Done, NotFollowed::StillWaits));
            }
        }
        Does::Mentor(plan, answer) => {
            let who = from_mail::viewer(tx, person.id, plan).await?;
            match mentoring::answer(tx, who, plan, answer, moment).await {
                Err(Error::Refused(Refusal::AlreadyMentor { .. })) => {} // said yes before
                answered => answered?,
            }
        }
        Does::Report(plan, day, act) => from_mail::report(tx, person.id, plan, day, act, moment).await?,
        Does::Choose(meeting, slot) => meetings::choose_of(tx, person.id, meeting, slot, moment).await?,
    }
    Ok(DONE)
}

async fn comments(
    tx: &mut Tx,
    person: PersonId,
    (plan, step): (PlanId, &StepKey),
    comment: Option<&str>,
    moment: &Moment,
) -> Result<(), Error> {
    let Some(comment) = comment else { return Ok(()) };
    let who = from_mail::viewer(tx, person, plan).await?;
    let at = At { plan, step: step.clone(), seen: None };
    steps::comment(tx, who, &at, comment, moment).await
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Does {
    Step(StepLink),
    Snooze(StepLink, u64),
    /// With a line for who did it; it may be empty.
    Review(StepLink, String),
    Comment(PlanId, StepKey),
    /// Beside work that they are to decide on, and no decision.
    Remark(PlanId, StepKey),
    Mentor(PlanId, Answer),
    Report(PlanId, u16, ReportAct),
    Choose(uuid::Uuid, chrono::DateTime<chrono::Utc>),
}

/// What an answer means of what its letter named. Without a number only one thing can be meant.
fn meant(items: &[Item], reply: &Reply) -> Result<Does, NotFollowed> {
    let slots = || items.iter().filter(|item| matches!(item, Item::Slot { .. }));
    // The times of a meeting are what a bare number chooses from.
    if let Some(Command::Choose(number)) = reply.command {
        let Some(Item::Slot { meeting, at }) = slots().nth(usize::from(number).wrapping_sub(1)) else {
            return Err(if slots().next().is_some() { NotFollowed::WhichOne } else { NotFollowed::NotHere });
        };
        return Ok(Does::Choose(*meeting, *at));
    }
    if let Some(number) = reply.number {
        let item = items.get(usize::from(number).wrapping_sub(1)).ok_or(NotFollowed::WhichOne)?;
        return does(item, reply).ok_or(NotFollowed::NotHere);
    }
    let mut can: Vec<Does> = items.iter().filter_map(|item| does(item, reply)).collect();
    match can.len() {
        0 => Err(NotFollowed::NotHere),
        1 => Ok(can.remove(0)),
        _ => Err(NotFollowed::WhichOne),
    }
}

fn does(item: &Item, reply: &Reply) -> Option<Does> {
    let line = || reply.comment.clone().unwrap_or_default();
    let command = reply.command.as_ref();
    match item {
        Item::Step { plan, step, seen, reviews } => {
            let on = |act| StepLink { plan: *plan, step: step.clone(), act, seen: *seen };
            match (command, reviews) {
                (None, false) => Some(Does::Comment(*plan, step.clone())),
                (None, true) => Some(Does::Remark(*plan, step.clone())),
                (Some(Command::Done), false) => Some(Does::Step(on(StepAct::Done))),
                (Some(Command::Snooze(days)), false) => {
                    let days = days.map_or(snoozing::DAYS, u64::from);
                    Some(Does::Snooze(on(StepAct::Snooze), days))
                }
                (Some(Command::Accept | Command::Yes), true) => Some(Does::Review(on(StepAct::Accept), line())),
                (Some(Command::No), true) => Some(Does::Review(on(StepAct::Return), line())),
                (Some(Command::Return(why)), true) => {
                    let words = [why.clone(), line()].join("\n\n").trim().to_owned();
                    Some(Does::Review(on(StepAct::Return), words))
                }
                _ => None,
            }
        }
        Item::Mentoring { plan } => match command {
            Some(Command::Yes | Command::Accept) => Some(Does::Mentor(*plan, Answer::Accept)),
            Some(Command::No) => Some(Does::Mentor(*plan, Answer::Decline { line: line() })),
            _ => None,
        },
        Item::Report { plan, day } => match command {
            Some(Command::Seen) => Some(Does::Report(*plan, *day, ReportAct::Seen)),
            Some(Command::Talk) => Some(Does::Report(*plan, *day, ReportAct::Talk)),
            _ => None,
        },
        Item::Reading { plan, step, seen } => {
            let on = |answer| {
                let act = StepAct::Answer(answer);
                Does::Step(StepLink { plan: *plan, step: step.clone(), act, seen: *seen })
            };
            match command {
                None => Some(Does::Comment(*plan, step.clone())),
                Some(Command::Seen) => Some(on(ReportAct::Seen)),
                Some(Command::Talk) => Some(on(ReportAct::Talk)),
                _ => None,
            }
        }
        Item::Slot { meeting, at } => match command {
            Some(Command::Yes | Command::Accept) => Some(Does::Choose(*meeting, *at)),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(id: &str, reviews: bool) -> Item {
        let step = id.parse().expect("a key");
        Item::Step { plan: PlanId(uuid::Uuid::nil()), step, seen: 7, reviews }
    }

    fn reply(command: Option<Command>, number: Option<u16>, comment: Option<&str>) -> Reply {
        Reply { command, number, comment: comment.map(str::to_owned) }
    }

    fn said(items: &[Item], command: Command, number: Option<u16>) -> Result<Does, NotFollowed> {
        meant(items, &reply(Some(command), number, None))
    }

    #[test]
    fn without_a_number_only_one_thing_can_be_meant() {
        let two = [step("listen", false), step("write", false)];
        assert_eq!(said(&two, Command::Done, None), Err(NotFollowed::WhichOne));
        assert_eq!(meant(&two, &reply(None, None, Some("Why?"))), Err(NotFollowed::WhichOne));
        assert!(matches!(said(&two, Command::Done, Some(2)), Ok(Does::Step(on)) if on.step.id.0 == "write"));
        for beyond in [0, 3, u16::MAX] {
            assert_eq!(said(&two, Command::Done, Some(beyond)), Err(NotFollowed::WhichOne));
        }
        let mixed = [step("listen", false), step("write", true)];
        assert!(matches!(said(&mixed, Command::Accept, None), Ok(Does::Review(on, _)) if on.step.id.0 == "write"));
        assert_eq!(said(&mixed, Command::Accept, Some(1)), Err(NotFollowed::NotHere));
        assert_eq!(said(&[], Command::Done, None), Err(NotFollowed::NotHere));
    }

    #[test]
    fn a_bare_number_chooses_a_time_and_nothing_else() {
        let at = |hour: i64| chrono::DateTime::from_timestamp(hour * 3600, 0).expect("a moment");
        let slots = [1, 2].map(|hour| Item::Slot { meeting: uuid::Uuid::nil(), at: at(hour) });
        assert_eq!(said(&slots, Command::Choose(2), None), Ok(Does::Choose(uuid::Uuid::nil(), at(2))));
        assert_eq!(said(&slots, Command::Choose(3), None), Err(NotFollowed::WhichOne));
        assert_eq!(said(&slots, Command::Yes, None), Err(NotFollowed::WhichOne));
        assert!(matches!(said(&slots[..1], Command::Yes, None), Ok(Does::Choose(..))));
        assert_eq!(said(&[step("listen", false)], Command::Choose(1), None), Err(NotFollowed::NotHere));
    }

    #[test]
    fn a_no_to_work_sends_it_back_with_what_else_was_said() {
        let work = [step("write", true)];
        let no = meant(&work, &reply(Some(Command::No), None, Some("Who said so?")));
        assert!(matches!(no, Ok(Does::Review(on, line)) if on.act == StepAct::Return && line == "Who said so?"));
        let why = Command::Return("Too short.".to_owned());
        let both = meant(&work, &reply(Some(why), None, Some("Call me.")));
        assert!(matches!(both, Ok(Does::Review(_, line)) if line == "Too short.\n\nCall me."));
        assert_eq!(said(&work, Command::Done, None), Err(NotFollowed::NotHere));
        assert_eq!(said(&work, Command::Snooze(None), None), Err(NotFollowed::NotHere));
    }

    #[test]
    fn a_question_takes_only_its_own_answers() {
        let plan = PlanId(uuid::Uuid::nil());
        let items = [Item::Mentoring { plan }, Item::Report { plan, day: 30 }];
        assert!(matches!(said(&items, Command::Yes, None), Ok(Does::Mentor(_, Answer::Accept))));
        assert!(matches!(said(&items, Command::Talk, None), Ok(Does::Report(_, 30, ReportAct::Talk))));
        assert_eq!(said(&items, Command::Done, None), Err(NotFollowed::NotHere));
        assert_eq!(meant(&items, &reply(None, None, Some("Hello"))), Err(NotFollowed::NotHere));
    }
}

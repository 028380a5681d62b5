//! Mail that facts owe at once. Everything else waits for the brief.

use chrono::NaiveDate;

use super::access::{holder, holder_on};
use super::arrange::Ending;
use super::deed::Deed;
use super::fact::{Fact, What};
use super::mail::Urgent;
use super::plan::Plan;
use super::release::Release;
use super::vocabulary::{PersonId, Role, StepKey};

/// A letter that is owed because of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The manager's plan has begun to exist.
    Welcome { to: PersonId },
    /// Somebody is asked to be the mentor.
    MentorRequest { to: PersonId },
    /// To HR: somebody asked said no, or nothing for too long, and the next one was asked.
    MentorMissed { to: PersonId, asked: PersonId, declined: bool },
    /// Work was sent back.
    Returned { to: PersonId, step: StepKey },
    /// Work waits for a mentor's answer.
    Review { to: PersonId, step: StepKey },
    /// Work waits for the superior's or HR's answer.
    Gate { to: PersonId, step: StepKey },
    /// What somebody is to read, and need not answer.
    Report { to: PersonId, step: StepKey },
    /// The plan was gone through.
    Graduation { to: PersonId },
}

/// The letters that these facts owe; `plan` is as it is after them. What follows by itself owes none.
pub fn notices(before: &Plan, plan: &Plan, release: &Release, facts: &[Fact], today: NaiveDate) -> Vec<Notice> {
    let urgent = &release.program.mail.urgent;
    let silent = silent(before, facts);
    let of_fact = |fact: &Fact| match &fact.what {
        What::Started { manager, .. } => Some(Notice::Welcome { to: *manager }),
        What::MentorAsked { mentor, .. } => Some(Notice::MentorRequest { to: *mentor }),
        What::MentorDeclined { mentor, .. } => {
            Some(Notice::MentorMissed { to: plan.cast.hr, asked: *mentor, declined: true })
        }
        What::Returned { step, .. } if urgent.contains(&Urgent::Returned) => {
            let to = holder(plan, release.step(&step.id)?.who)?;
            Some(Notice::Returned { to, step: step.clone() })
        }
        What::HandedIn { step, .. } => {
            let role = release.step(&step.id)?.review?;
            let to = holder_on(plan, role, today)?;
            let step = step.clone();
            match role {
                Role::Mentor if urgent.contains(&Urgent::Review) => Some(Notice::Review { to, step }),
                Role::Superior | Role::Hr if urgent.contains(&Urgent::Gate) => Some(Notice::Gate { to, step }),
                _ => None,
            }
        }
        What::Done { step, .. } => {
            let to = holder_on(plan, release.step(&step.id)?.reports_to()?, today)?;
            Some(Notice::Report { to, step: step.clone() })
        }
        What::Deed { deed: Deed::Ended { how: Ending::Graduated, .. }, .. } => {
            Some(Notice::Graduation { to: plan.cast.manager })
        }
        _ => None,
    };
    let missed = silent.map(|asked| Notice::MentorMissed { to: plan.cast.hr, asked, declined: false });
    facts.iter().filter_map(of_fact).chain(missed).collect()
}

/// Who was passed over because they had not answered: time alone asked the next one.
fn silent(before: &Plan, facts: &[Fact]) -> Option<PersonId> {
    let by_time = |fact: &Fact| fact.by.is_none() && matches!(fact.what, What::MentorAsked { .. });
    let (asked, _) = before.cast.mentor.waiting()?;
    facts.iter().any(by_time).then_some(asked)
}

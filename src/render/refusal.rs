//! Why a request was not done, as a sentence that a person can act on.

use std::collections::HashMap;

use crate::engine::Refusal;
use crate::engine::message::{Arg, Message};
use crate::engine::template::{self, Who};
use crate::engine::vocabulary::{Lang, MemberId, PersonId, StepId, StepKey, Text};

/// More than these would hide the sentence behind a list.
const NAMED_BLOCKERS: usize = 3;

/// The words for the ids that a refusal names. What is missing here is paraphrased, so that a caller
/// gives only what is at hand and what the reader may see.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The titles; the member of a fan-out and the turn are added to them.
    pub steps: HashMap<StepId, Text>,
    pub people: HashMap<PersonId, String>,
    pub members: HashMap<MemberId, String>,
}

impl Names {
    /// A step by its title, with the member it is about and its turn where it has them.
    pub fn step(&self, key: &StepKey) -> Text {
        let in_lang = |lang: Lang| {
            let title = self.steps.get(&key.id);
            let mut name = title.map_or(key.id.as_str(), |title| title.in_lang(lang)).to_owned();
            if let Some(member) = key.member.and_then(|member| self.members.get(&member)) {
                let says_it = title.is_some_and(|title| template::speaks_of(title, Who::Member));
                name = match lang {
                    _ if says_it => template::fill(&name, &|who| (who == Who::Member).then(|| member.clone())),
                    Lang::En => format!("{name} ({member})"),
                    Lang::ZhTw => format!("{name}（{member}）"),
                };
            }
            match (key.turn, lang) {
                (0 | 1, _) => name,
                (turn, Lang::En) => format!("{name}, no. {turn}"),
                (turn, Lang::ZhTw) => format!("{name}第 {turn} 次"),
            }
        };
        Text { en: in_lang(Lang::En), zh_tw: in_lang(Lang::ZhTw) }
    }

    /// Several steps in a row. The Chinese sentence sets its quotation marks around the whole.
    fn steps(&self, keys: &[StepKey]) -> Text {
        let names: Vec<Text> = keys.iter().take(NAMED_BLOCKERS).map(|key| self.step(key)).collect();
        let joined = |lang, comma| names.iter().map(|name| name.in_lang(lang)).collect::<Vec<_>>().join(comma);
        Text { en: joined(Lang::En, ", "), zh_tw: joined(Lang::ZhTw, "」、「") }
    }

    fn person(&self, id: PersonId) -> Arg {
        self.people.get(&id).map_or_else(|| Arg::Text(somebody()), |name| Arg::Words(name.clone()))
    }

    fn member(&self, id: MemberId) -> Arg {
        self.members.get(&id).map_or_else(|| Arg::Text(this_member()), |name| Arg::Words(name.clone()))
    }
}

fn somebody() -> Text {
    Text { en: "Somebody".to_owned(), zh_tw: "有人".to_owned() }
}

fn this_member() -> Text {
    Text { en: "This member".to_owned(), zh_tw: "這位成員".to_owned() }
}

/// The message for a refusal. The problems of a form have their own, beside their fields.
pub fn refusal(refusal: &Refusal, names: &Names) -> Message {
    let about = |id, step: &StepKey| Message::new(id).with("step", names.step(step));
    match refusal {
        Refusal::NoSuchStep { step } => about("refusal-no-such-step", step),
        Refusal::Blocked { step, by } => about("refusal-blocked", step)
            .with("blockers", names.steps(by))
            .with("more", by.len().saturating_sub(NAMED_BLOCKERS)),
        Refusal::NotOpenYet { step, opens } => about("refusal-not-open-yet", step).with("opens", *opens),
        Refusal::NotYours { needs } => Message::new("refusal-not-yours").with("role", *needs),
        Refusal::NotOfMeeting { with } => Message::new("refusal-not-of-meeting").with("role", *with),
        Refusal::AlreadyClosed { step } => about("refusal-already-closed", step),
        Refusal::InReview { step, by } => about("refusal-in-review", step).with("role", *by),
        Refusal::NothingToReview { step } => about("refusal-nothing-to-review", step),
        Refusal::LineNeeded => Message::new("refusal-line-needed"),
        Refusal::PutOffTooOften { times } => Message::new("refusal-put-off-too-often").with("times", i64::from(*times)),
        Refusal::Evidence(problems) => Message::new("refusal-evidence").with("count", problems.len()),
        Refusal::Changed { step, by: Some(who), at } => {
            about("refusal-changed-by", step).with("who", names.person(*who)).with("at", *at)
        }
        Refusal::Changed { step, by: None, at } => about("refusal-changed", step).with("at", *at),
        Refusal::CannotTakeBack { step } => about("refusal-cannot-take-back", step),
        Refusal::AcceptedUpon { step } => about("refusal-accepted-upon", step),
        Refusal::NextTurnUnderWay { step } => about("refusal-next-turn-under-way", step),
        Refusal::BranchUnderWay { step } => about("refusal-branch-under-way", step),
        Refusal::NoSuchPlaybook => Message::new("refusal-no-such-playbook"),
        Refusal::PlaybookRuns => Message::new("refusal-playbook-runs"),
        Refusal::NoSuchModule => Message::new("refusal-no-such-module"),
        Refusal::ModuleSkipped => Message::new("refusal-module-skipped"),
        Refusal::LeftOut => Message::new("refusal-left-out"),
        Refusal::Paused => Message::new("refusal-paused"),
        Refusal::NotPaused => Message::new("refusal-not-paused"),
        Refusal::PlanEnded { how, at } => Message::new("refusal-plan-ended").with("how", how.as_str()).with("at", *at),
        Refusal::StepsLeft => Message::new("refusal-steps-left"),
        Refusal::NoMentor => Message::new("refusal-no-mentor"),
        Refusal::DayPassed { day } => Message::new("refusal-day-passed").with("day", *day),
        Refusal::EndsBefore { from, until } => {
            Message::new("refusal-ends-before").with("from", *from).with("until", *until)
        }
        Refusal::LeaveBeforePlan { begins, until } => {
            Message::new("refusal-leave-before-plan").with("begins", *begins).with("until", *until)
        }
        Refusal::TooLong { most } => Message::new("refusal-too-long").with("most", *most),
        Refusal::NothingOffered => Message::new("refusal-nothing-offered"),
        Refusal::NothingToUndo => Message::new("refusal-nothing-to-undo"),
        Refusal::TooLateToUndo { days } => Message::new("refusal-too-late-to-undo").with("days", *days),
        Refusal::OfRoster => Message::new("refusal-of-roster"),
        Refusal::OfCalendar => Message::new("refusal-of-calendar"),
        Refusal::NoDays => Message::new("refusal-no-days"),
        Refusal::LaterUpgrade => Message::new("refusal-later-upgrade"),
        Refusal::LaterRollout => Message::new("refusal-later-rollout"),
        Refusal::PlanChanged => Message::new("refusal-plan-changed"),
        Refusal::TitleNeeded => Message::new("refusal-title-needed"),
        Refusal::SameRelease => Message::new("refusal-same-release"),
        Refusal::NotAsked => Message::new("refusal-not-asked"),
        Refusal::MentorInCast { role } => Message::new("refusal-mentor-in-cast").with("role", *role),
        Refusal::AlreadyMentor { who } => Message::new("refusal-already-mentor").with("who", names.person(*who)),
        Refusal::SuperiorIsManager => Message::new("refusal-superior-is-manager"),
        Refusal::MemberPresent { member } => {
            Message::new("refusal-member-present").with("member", names.member(*member))
        }
        Refusal::MemberAbsent { member } => Message::new("refusal-member-absent").with("member", names.member(*member)),
        Refusal::LeftBeforeJoining => Message::new("refusal-left-before-joining"),
        Refusal::DayOutOfRange { day } => Message::new("refusal-day-out-of-range").with("day", *day),
        Refusal::TeamTooSmall { fewest } => Message::new("refusal-team-too-small").with("fewest", *fewest),
        Refusal::PulseAnswered => Message::new("refusal-pulse-answered"),
        Refusal::BadWords => Message::new("refusal-bad-words"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::form::FieldProblem;
    use crate::engine::vocabulary::Role;
    use crate::render::shared;

    fn member() -> MemberId {
        MemberId(uuid::Uuid::from_u128(1))
    }

    fn key(id: &str) -> StepKey {
        StepKey::first(&StepId(id.to_owned()), None)
    }

    fn names() -> Names {
        let title =
            |id: &str, en: &str, zh: &str| (StepId(id.to_owned()), Text { en: en.to_owned(), zh_tw: zh.to_owned() });
        Names {
            steps: HashMap::from([
                title("interview", "Interview", "訪談"),
                title("announce", "Announce the interviews", "宣布訪談"),
            ]),
            people: HashMap::new(),
            members: HashMap::from([(member(), "Chen".to_owned())]),
        }
    }

    fn said(lang: Lang, given: &Refusal) -> String {
        shared().sentence(lang, &refusal(given, &names()))
    }

    #[test]
    fn a_blocked_step_names_what_it_waits_for() {
        let step = StepKey::first(&StepId("interview".to_owned()), Some(member()));
        let one = Refusal::Blocked { step: step.clone(), by: vec![key("announce")] };
        assert_eq!(said(Lang::En, &one), "Interview (Chen) is still waiting for Announce the interviews.");
        assert_eq!(said(Lang::ZhTw, &one), "「訪談（Chen）」還在等「宣布訪談」完成。");
        let five = Refusal::Blocked { step, by: ["announce", "b", "c", "d", "e"].map(key).to_vec() };
        assert_eq!(
            said(Lang::En, &five),
            "Interview (Chen) is still waiting for Announce the interviews, b, c and 2 more."
        );
        assert_eq!(said(Lang::ZhTw, &five), "「訪談（Chen）」還在等「宣布訪談」、「b」、「c」以及另外 2 個步驟完成。");
    }

    #[test]
    fn a_title_that_says_the_member_is_not_followed_by_the_name_again() {
        let mut names = names();
        let title = Text { en: "Meet {{member.name}}".to_owned(), zh_tw: "訪談{{member.name}}".to_owned() };
        names.steps.insert(StepId("meet".to_owned()), title);
        let of_chen = StepKey::first(&StepId("meet".to_owned()), Some(member()));
        assert_eq!(names.step(&of_chen).en, "Meet Chen");
        assert_eq!(names.step(&of_chen).zh_tw, "訪談Chen");
        // Whose name the reader may not know stays a placeholder, which becomes "the team member".
        let of_nobody = StepKey { member: None, ..of_chen };
        let said = shared();
        let refused = Refusal::AlreadyClosed { step: of_nobody };
        assert!(said.sentence(Lang::En, &refusal(&refused, &names)).contains("Meet the team member"));
    }

    #[test]
    fn every_refusal_has_a_sentence_in_both_languages() {
        let step = || key("interview");
        let day = chrono::NaiveDate::MIN;
        let at = chrono::DateTime::UNIX_EPOCH;
        let who = PersonId(uuid::Uuid::nil());
        let problem = FieldProblem { field: "f".to_owned(), message: Message::new("field-required") };
        let all = [
            Refusal::NoSuchStep { step: step() },
            Refusal::Blocked { step: step(), by: vec![step()] },
            Refusal::NotOpenYet { step: step(), opens: day },
            Refusal::NotYours { needs: Role::Mentor },
            Refusal::NotOfMeeting { with: Role::Mentor },
            Refusal::AlreadyClosed { step: step() },
            Refusal::InReview { step: step(), by: Role::Superior },
            Refusal::NothingToReview { step: step() },
            Refusal::LineNeeded,
            Refusal::PutOffTooOften { times: 3 },
            Refusal::Evidence(vec![problem]),
            Refusal::Changed { step: step(), by: Some(who), at },
            Refusal::Changed { step: step(), by: None, at },
            Refusal::CannotTakeBack { step: step() },
            Refusal::AcceptedUpon { step: step() },
            Refusal::NextTurnUnderWay { step: step() },
            Refusal::NotAsked,
            Refusal::MentorInCast { role: Role::Manager },
            Refusal::AlreadyMentor { who },
            Refusal::SuperiorIsManager,
            Refusal::MemberPresent { member: member() },
            Refusal::MemberAbsent { member: member() },
            Refusal::LeftBeforeJoining,
            Refusal::DayOutOfRange { day },
            Refusal::TeamTooSmall { fewest: 5 },
            Refusal::PulseAnswered,
            Refusal::BadWords,
        ];
        let renderer = shared();
        let wordless: Vec<String> = all
            .iter()
            .map(|given| refusal(given, &names()))
            .flat_map(|message| Lang::ALL.map(|lang| (message.id, renderer.sentence(lang, &message))))
            .filter(|(id, sentence)| id == sentence)
            .map(|(id, _)| id.to_owned())
            .collect();
        assert_eq!(wordless, Vec::<String>::new());
    }
}

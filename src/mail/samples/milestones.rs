//! What is told at milestones of a plan, and every week to HR.

use super::days::{brief, full_brief};
use super::{address, calendar, date, line, plan_day, program, short, text, with};
use crate::app::calendar_warnings::CalendarWarning;
use crate::app::digest::{
    BouncedPerson, DigestLetter, DigestPlan, FaultKind, MailFault, MentorBacklog, PagesAlone, PastLastDay, Plans,
    WaitingMentor,
};
use crate::app::letters::{ActLink, Body, CheckpointLetter, GraduationLetter, MOST_BESIDE_OTHERS, ModuleLine};
use crate::engine::mail::Topic;
use crate::engine::message::Message;
use crate::engine::plan::Progress;
use crate::engine::vocabulary::{Role, Text};

fn module(en: &str, zh_tw: &str, done: usize, all: usize) -> ModuleLine {
    let progress = Progress { done, all };
    ModuleLine { title: text(en, zh_tw), progress, percent: progress.percent() }
}

/// Everything that a superior's report can hold.
pub(in crate::mail) fn checkpoint() -> CheckpointLetter {
    let progress = Progress { done: 11, all: 30 };
    let act = |act| ActLink { act, url: address(&format!("/act/{act}")) };
    let open = |line| with(line, |line| (line.standing, line.days) = ("later", 0));
    CheckpointLetter {
        name: "Victor Lin".to_owned(),
        manager: "Grace Chen".to_owned(),
        program: program(),
        plan_day: 21,
        date: plan_day(date("2030-03-04")),
        calendar: calendar(),
        progress,
        percent: progress.percent(),
        modules: vec![
            module("Mindset", "心態轉換", 4, 4),
            module("The team", "認識團隊", 7, 14),
            module("Goals", "目標", 0, 12),
        ],
        done: 6,
        since: date("2030-02-18"), // a Monday
        overdue: short(vec![
            with(line("Meet each member one to one", "和每位成員一對一訪談", -3), |line| {
                line.member = Some("Amy Tsai".to_owned());
            }),
            with(line("Watch a customer visit", "觀察一次客戶拜訪", -1), |line| line.who = Role::Mentor),
        ]),
        next: short(vec![
            open(line("Draw the map of the team", "繪製團隊地圖", 2)),
            open(with(line("Agree on the goals", "確認目標", 9), |line| line.who = Role::Superior)),
        ]),
        mentor: Some("May Wu".to_owned()),
        acts: vec![act("seen"), act("talk")],
        plan_url: address("/plans/grace-chen"),
    }
}

/// The first report on a plan in which nothing is late, nothing is ahead and no mentor stands.
pub(in crate::mail) fn bare_checkpoint() -> CheckpointLetter {
    CheckpointLetter {
        progress: Progress { done: 0, all: 30 },
        percent: 0,
        modules: Vec::new(),
        done: 0,
        overdue: short(Vec::new()),
        next: short(Vec::new()),
        mentor: None,
        ..checkpoint()
    }
}

pub(in crate::mail) fn graduation() -> GraduationLetter {
    GraduationLetter {
        name: "Grace Chen".to_owned(),
        program: program(),
        first_day: date("2029-12-03"), // a Monday
        last_day: date("2030-03-01"),  // a Friday
        progress: Progress { done: 29, all: 30 },
        superior: "Victor Lin".to_owned(),
        mentor: Some("May Wu".to_owned()),
        hr: "Holly Huang".to_owned(),
        plan_url: address("/plans/grace-chen"),
    }
}

pub(in crate::mail) fn graduation_without_mentor() -> GraduationLetter {
    GraduationLetter { mentor: None, ..graduation() }
}

fn risk(id: &'static str, days: i64) -> Message {
    Message::new(id).with("days", days)
}

fn backlog(mentor: &str, reviews: usize, steps: usize) -> MentorBacklog {
    MentorBacklog {
        mentor: mentor.to_owned(),
        reviews,
        steps,
        since: date("2030-03-01"), // a Friday
        url: address(&format!("/people/{}", mentor.to_lowercase().replace(' ', "-"))),
    }
}

fn alone(name: &str, topics: &[Topic]) -> PagesAlone {
    let url = address(&format!("/people/{}", name.to_lowercase().replace(' ', "-")));
    PagesAlone { name: name.to_owned(), topics: topics.to_vec(), url }
}

fn fault(state: &'static str, kinds: &[(&str, i64)]) -> MailFault {
    MailFault {
        state,
        count: kinds.iter().map(|(_, count)| count).sum(),
        kinds: kinds.iter().map(|(kind, count)| FaultKind { kind: (*kind).to_owned(), count: *count }).collect(),
        url: address(&format!("/outbox?state={state}")),
    }
}

fn plans(all: Vec<DigestPlan>) -> Plans {
    Plans::new(all, &address("/progress"))
}

fn digest_plan(manager: &str, day: u16, done: usize) -> DigestPlan {
    let progress = Progress { done, all: 30 };
    DigestPlan {
        manager: manager.to_owned(),
        whose: whose(manager),
        day,
        progress,
        percent: progress.percent(),
        done_in_week: 0,
        overdue: 0,
        waiting_for_review: 0,
        risks: Vec::new(),
        is_finished: false,
        is_paused: false,
        url: address(&format!("/plans/{}", manager.to_lowercase().replace(' ', "-"))),
    }
}

fn whose(manager: &str) -> Message {
    Message::new("mail-digest-whose").with("manager", manager)
}

/// As [`whose`], of somebody of whom several plans run.
fn of_several(manager: &str) -> Message {
    Message::new("mail-digest-whose-program").with("manager", manager).with("program", program())
}

/// As [`of_several`], where two of them are of one program.
fn of_alike(manager: &str) -> Message {
    let from = Message::new("mail-digest-whose-program-from").with("from", date("2029-12-03")); // a Monday
    from.with("manager", manager).with("program", program())
}

fn past(manager: &str, open: usize) -> PastLastDay {
    PastLastDay {
        whose: whose(manager),
        last_day: date("2030-03-01"), // a Friday
        open,
        url: address(&format!("/plans/{}", manager.to_lowercase().replace(' ', "-"))),
    }
}

fn waiting(manager: &str, mentor: Option<&str>, declined: bool, days: i64) -> WaitingMentor {
    WaitingMentor {
        whose: whose(manager),
        mentor: mentor.map(str::to_owned),
        declined,
        days,
        url: address(&format!("/plans/{}", manager.to_lowercase().replace(' ', "-"))),
    }
}

/// Everything that a digest can hold.
pub(in crate::mail) fn digest() -> DigestLetter {
    DigestLetter {
        name: "Holly Huang".to_owned(),
        from: date("2030-03-04"),  // a Monday
        until: date("2030-03-10"), // a Sunday
        started: short(vec![whose("Nina Kao"), of_several("Oscar Yeh")]),
        finished: short(vec![whose("Paul Ho")]),
        plans: plans(vec![
            DigestPlan {
                overdue: 3,
                done_in_week: 2,
                waiting_for_review: 1,
                risks: vec![
                    risk("mail-digest-risk-late", 12).with("count", 3_i64),
                    risk("mail-digest-risk-unanswered", 6).with("role", Role::Mentor),
                ],
                ..digest_plan("Grace Chen", 12, 8)
            },
            DigestPlan {
                overdue: 1,
                risks: vec![
                    risk("mail-digest-risk-late", 5).with("count", 1_i64),
                    risk("mail-digest-risk-silent", 10),
                    risk("mail-digest-risk-no-mentor", 22),
                ],
                ..digest_plan("Rita Su", 22, 4)
            },
            DigestPlan { overdue: 1, whose: of_several("Oscar Yeh"), ..digest_plan("Oscar Yeh", 5, 1) },
            digest_plan("Nina Kao", 0, 0),
            DigestPlan { is_paused: true, ..digest_plan("Wendy Ma", 9, 3) },
            DigestPlan { is_finished: true, done_in_week: 4, ..digest_plan("Paul Ho", 61, 30) },
        ]),
        waiting: short(vec![
            waiting("Nina Kao", None, false, 0),
            waiting("Oscar Yeh", Some("May Wu"), false, 3),
            waiting("Rita Su", Some("May Wu"), true, 1),
        ]),
        past_last_day: short(vec![past("Sam Ou", 1), PastLastDay { whose: of_alike("Tina Lo"), ..past("Tina Lo", 4) }]),
        done_in_week: 6,
        overdue: 5,
        backlog: short(vec![backlog("May Wu", 2, 0), backlog("Kevin Lin", 0, 1), backlog("Ivy Lo", 1, 3)]),
        pages_alone: short(vec![
            alone("May Wu", &[Topic::Reminders, Topic::Queue]),
            alone("Victor Lin", &[Topic::Reports]),
        ]),
        bounced: short(vec![BouncedPerson {
            name: "Nina Kao".to_owned(),
            what: Message::new("outbox-bounced-mailbox"),
            since: "2030-03-05T01:00:00Z".parse().expect("a moment"), // a Tuesday
            url: address("/people/nina-kao"),
        }]),
        faults: vec![fault("failed", &[("welcome", 1), ("meeting", 1)]), fault("held", &[("brief", 1)])],
        calendars: vec![warning("provisional", "2027-01-01"), warning("beyond", "2027-12-31")],
        people_url: address("/progress"),
        own: Some(Box::new(brief())),
    }
}

fn warning(is: &'static str, from: &str) -> CalendarWarning {
    CalendarWarning {
        name: "taiwan".to_owned(),
        title: Text { en: "Taiwan".to_owned(), zh_tw: "台灣".to_owned() },
        is,
        from: from.parse().expect("a date"),
        until: "2027-12-31".parse().expect("a date"),
        plans: 1,
        href: address(&format!("/calendars/{is}")),
    }
}

/// A week in which nothing happened and nothing is wrong.
pub(in crate::mail) fn quiet_digest() -> DigestLetter {
    DigestLetter {
        started: short(Vec::new()),
        finished: short(Vec::new()),
        plans: plans(vec![digest_plan("Grace Chen", 12, 8)]),
        waiting: short(Vec::new()),
        past_last_day: short(Vec::new()),
        done_in_week: 0,
        overdue: 0,
        backlog: short(Vec::new()),
        pages_alone: short(Vec::new()),
        bounced: short(Vec::new()),
        faults: Vec::new(),
        calendars: Vec::new(),
        own: None,
        ..digest()
    }
}

/// As long as a digest can get.
pub(in crate::mail) fn full_digest() -> DigestLetter {
    fn many<T>(to: impl FnMut(usize) -> T) -> Vec<T> {
        (1..=30).map(to).collect()
    }
    let name = |n: usize| format!("Grace Chen {n:02}");
    let of = |n: usize| digest().plans.all[n % 3].clone();
    let plan = |n: usize| DigestPlan {
        whose: of_several(&name(n)),
        url: address(&format!("/plans/{n}")),
        manager: name(n),
        overdue: 5,
        ..of(n)
    };
    let bounced = |n: usize| BouncedPerson { name: name(n), ..digest().bounced.shown[0].clone() };
    DigestLetter {
        started: short(many(|n| of_several(&name(n)))),
        finished: short(many(|n| of_several(&name(n)))),
        plans: plans(many(plan)),
        waiting: short(many(|n| WaitingMentor { whose: of_several(&name(n)), ..waiting("Nina Kao", None, false, 9) })),
        past_last_day: short(many(|n| PastLastDay { whose: of_alike(&name(n)), ..past("Tina Lo", 4) })),
        backlog: short(many(|n| backlog(&format!("May Wu {n:02}"), 1, 3))),
        pages_alone: short(many(|n| alone(&name(n), &[Topic::Queue, Topic::Reports]))),
        bounced: short(many(bounced)),
        own: Some(Box::new(full_brief(MOST_BESIDE_OTHERS))),
        ..digest()
    }
}

/// Of each letter, every branch.
pub(super) fn all() -> Vec<Body> {
    vec![
        Body::Checkpoint(checkpoint()),
        Body::Checkpoint(bare_checkpoint()),
        Body::Graduation(graduation()),
        Body::Graduation(graduation_without_mentor()),
        Body::Digest(digest()),
        Body::Digest(quiet_digest()),
        Body::Digest(full_digest()),
    ]
}

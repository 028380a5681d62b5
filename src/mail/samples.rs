//! Every letter with every branch, as people get it, in both languages.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::app::calendar_warnings::CalendarWarning;
use crate::app::digest::{DigestLetter, DigestPlan, PastLastDay, WaitingMentor};
use crate::app::letters::{Body, BriefLetter, Letter, MailLine, MentorRequestLetter, SignInLetter, WelcomeLetter};
use crate::app::pages::lines::StepLine;
use crate::engine::calendar::{Anchor, Calendar, Dated, Skipped, samples};
use crate::engine::message::Message;
use crate::engine::plan::Progress;
use crate::engine::vocabulary::{Lang, Role, Text};
use crate::mail::Sender;

pub(super) fn sender() -> Sender {
    Sender {
        from_name: "Pilothouse".to_owned(),
        from_email: "pilothouse@example.com".to_owned(),
        reply_to: Some("hr@example.com".to_owned()),
        domain: "pilothouse.example.com".to_owned(),
        home: "https://pilothouse.example.com".to_owned(),
        door: None,
        signer: None,
    }
}

pub(super) fn letter(lang: Lang, body: Body) -> Letter {
    let to_name = match lang {
        Lang::En => "Grace Chen",
        Lang::ZhTw => "陳怡君",
    };
    Letter {
        to_name: to_name.to_owned(),
        to_email: "grace@example.com".to_owned(),
        lang,
        zone: Tz::Asia__Taipei,
        dedup_key: "brief:grace:2030-03-04".to_owned(),
        thread: None,
        topic: None,
        stop: None,
        token: "0123456789abcdef0123456789abcdef".to_owned(),
        body,
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn text(en: &str, zh_tw: &str) -> Text {
    Text { en: en.to_owned(), zh_tw: zh_tw.to_owned() }
}

fn program() -> Text {
    text("First steps as a manager", "新任主管啟程")
}

fn address(path: &str) -> String {
    format!("https://pilothouse.example.com{path}")
}

fn calendar() -> Text {
    text("Taiwan", "台灣")
}

fn days() -> Calendar {
    let holiday = text("Founders' Day", "創辦日");
    Calendar { holidays: [(date("2030-03-06"), holiday)].into(), ..samples::calendar() }
}

/// A day of a plan that began on Monday, 4 February 2030.
fn plan_day(on: NaiveDate) -> Dated {
    let (days, effective) = (days(), date("2030-02-04"));
    days.dated(on, Anchor::PlanDay { n: days.plan_day_of(effective, on), effective }, effective)
}

/// The role begins on a Saturday.
fn first_day() -> Dated {
    days().plan_day(date("2030-03-02"), 1)
}

/// A step of the reader's own plan that is due in so many days from Monday, 4 March 2030.
pub(super) fn line(en: &str, zh_tw: &str, days: i64) -> MailLine {
    let due = date("2030-03-04") + chrono::TimeDelta::days(days);
    let href = format!("/plans/p/steps/{}", en.to_lowercase().replace(' ', "_"));
    MailLine {
        url: address(&href),
        parts: None,
        program: None,
        number: None,
        acts: Vec::new(),
        line: StepLine {
            href,
            key: "step".to_owned(),
            title: text(en, zh_tw),
            common_title: text(en, zh_tw),
            curriculum: text("Mindset", "心態轉換"),
            member: None,
            names_member: false,
            manager: "Grace Chen".to_owned(),
            who: Role::Manager,
            opens: plan_day(date("2030-03-04")),
            due: plan_day(due),
            calendar: calendar(),
            standing: if days < 0 { "overdue" } else { "open" },
            days: days.abs(),
            away: 0,
            rests: false,
            is_added: false,
            returned: false,
            waits_for: Vec::new(),
            reviewer: None,
            closed_on: None,
            effort: 30,
            turn: None,
            is_ritual: false,
        },
    }
}

fn with(mut line: MailLine, change: impl FnOnce(&mut StepLine)) -> MailLine {
    change(&mut line.line);
    line
}

fn holiday(day: &str) -> Skipped {
    Skipped { date: date(day), name: text("Founders' Day", "創辦日") }
}

pub(super) fn welcome() -> WelcomeLetter {
    WelcomeLetter {
        name: "Grace Chen".to_owned(),
        program: program(),
        summary: text(
            "Sixty working days, from your first hour to your first review.",
            "六十個工作日，從第一個小時到第一次回顧。",
        ),
        first_day: first_day(),
        calendar: calendar(),
        superior: "Victor Lin".to_owned(),
        mentor: Some("May Wu".to_owned()),
        hr: "Holly Huang".to_owned(),
        steps: vec![
            line("Write down what changes", "寫下有哪些改變", 0),
            line("Announce the interviews", "預告訪談", 1),
        ],
        others: Vec::new(),
        today_url: address("/today"),
    }
}

pub(super) fn bare_welcome() -> WelcomeLetter {
    WelcomeLetter { mentor: None, steps: Vec::new(), ..welcome() }
}

/// Everything that a brief can hold.
pub(super) fn brief() -> BriefLetter {
    let meet = || line("Meet each member one to one", "和每位成員一對一訪談", -1);
    BriefLetter {
        name: "Grace Chen".to_owned(),
        day: date("2030-03-04"), // a Monday
        overdue: vec![
            with(meet(), |line| line.member = Some("Amy Tsai".to_owned())),
            with(line("Meet each member one to one", "和每位成員一對一訪談", -12), |line| {
                line.member = Some("Ben <b>Kuo</b>".to_owned());
                (line.days, line.away) = (9, 3);
            }),
        ],
        returned: vec![with(line("Write down what changes", "寫下有哪些改變", 3), |line| line.returned = true)],
        due: vec![
            line("Announce the interviews", "預告訪談", 0),
            with(line("Weekly look back", "每週回顧", 1), |line| {
                line.turn = Some(3);
                line.due.why.skipped = [holiday("2030-03-04"), holiday("2030-01-01")].into();
                line.due.why.provisional = true;
            }),
            MailLine {
                program: Some(Message::new("plan-name").with("program", program())),
                ..with(line("Agree on the goals", "確認目標", 4), |line| {
                    line.who = Role::Superior;
                    line.manager = "Oscar Yeh".to_owned();
                    line.effort = 0;
                })
            },
        ],
        to_review: vec![with(line("Map the team", "繪製團隊地圖", 2), |line| {
            line.standing = "review";
            line.days = 0;
            line.manager = "Oscar Yeh".to_owned();
            line.reviewer = Some(Role::Mentor);
            line.effort = 10;
        })],
        escalated: Vec::new(),
        talks: Vec::new(),
        asked_by: vec![crate::app::letters::Asked {
            manager: "Nina Kao".to_owned(),
            program: program(),
            answer_url: address("/mentor-answer/0a1b"),
        }],
        stands_in: vec![crate::app::letters::StandsIn {
            mentor: "Kevin Lin".to_owned(),
            manager: "Oscar Yeh".to_owned(),
            until: date("2026-03-10"),
            program: None,
        }],
        offered: vec![crate::app::letters::OfferLine {
            manager: "Oscar Yeh".to_owned(),
            playbook: crate::engine::vocabulary::Text {
                en: "When the team falls short".to_owned(),
                zh_tw: "團隊業績不佳時".to_owned(),
            },
            url: address("/plans/0a1b"),
        }],
        today_url: address("/"),
        settings_url: address("/settings"),
        count: 8,
    }
}

fn empty_brief() -> BriefLetter {
    BriefLetter {
        overdue: Vec::new(),
        returned: Vec::new(),
        due: Vec::new(),
        to_review: Vec::new(),
        asked_by: Vec::new(),
        offered: Vec::new(),
        stands_in: Vec::new(),
        count: 1,
        ..brief()
    }
}

/// Briefs that hold one thing of one kind each.
pub(super) fn small_briefs() -> Vec<BriefLetter> {
    let all = brief();
    vec![
        BriefLetter { overdue: all.overdue[..1].to_vec(), ..empty_brief() },
        BriefLetter { returned: all.returned, ..empty_brief() },
        BriefLetter { due: all.due[..1].to_vec(), ..empty_brief() },
        BriefLetter { to_review: all.to_review, ..empty_brief() },
        BriefLetter { asked_by: all.asked_by, ..empty_brief() },
        BriefLetter { offered: all.offered, ..empty_brief() },
    ]
}

pub(super) fn mentor_request(meetings: usize) -> MentorRequestLetter {
    MentorRequestLetter {
        name: "May Wu".to_owned(),
        manager: "Grace Chen".to_owned(),
        program: program(),
        first_day: first_day(),
        calendar: calendar(),
        hr: "Holly Huang".to_owned(),
        has_begun: false,
        asked_on: None,
        next_on: None,
        meetings,
        answer_url: address("/mentor-answer/5ec2e7"),
    }
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
pub(super) fn digest() -> DigestLetter {
    DigestLetter {
        name: "Holly Huang".to_owned(),
        from: date("2030-03-04"),  // a Monday
        until: date("2030-03-10"), // a Sunday
        started: vec![whose("Nina Kao"), of_several("Oscar Yeh")],
        finished: vec![whose("Paul Ho")],
        plans: vec![
            DigestPlan { overdue: 3, done_in_week: 2, waiting_for_review: 1, ..digest_plan("Grace Chen", 12, 8) },
            DigestPlan { overdue: 1, whose: of_several("Oscar Yeh"), ..digest_plan("Oscar Yeh", 5, 1) },
            digest_plan("Nina Kao", 0, 0),
            DigestPlan { is_finished: true, done_in_week: 4, ..digest_plan("Paul Ho", 61, 30) },
        ],
        waiting: vec![
            waiting("Nina Kao", None, false, 0),
            waiting("Oscar Yeh", Some("May Wu"), false, 3),
            waiting("Rita Su", Some("May Wu"), true, 1),
        ],
        past_last_day: vec![past("Sam Ou", 1), PastLastDay { whose: of_alike("Tina Lo"), ..past("Tina Lo", 4) }],
        done_in_week: 6,
        overdue: 4,
        failed_mail: 2,
        calendars: vec![warning("provisional", "2027-01-01"), warning("beyond", "2027-12-31")],
        people_url: address("/progress"),
        own: None,
    }
}

/// A week in which nothing happened and nothing is wrong.
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

pub(super) fn quiet_digest() -> DigestLetter {
    DigestLetter {
        started: Vec::new(),
        finished: Vec::new(),
        plans: vec![digest_plan("Grace Chen", 12, 8)],
        waiting: Vec::new(),
        past_last_day: Vec::new(),
        done_in_week: 0,
        overdue: 0,
        failed_mail: 0,
        calendars: Vec::new(),
        ..digest()
    }
}

pub(super) fn sign_in() -> SignInLetter {
    SignInLetter {
        name: "Grace Chen".to_owned(),
        url: address("/sign-in/5ec2e7"),
        minutes: 10,
        is_invitation: false,
        again_url: address("/sign-in"),
    }
}

/// Every letter there is, for what must hold of each.
pub(super) fn all() -> Vec<Body> {
    let mut all = vec![
        Body::Welcome(welcome()),
        Body::Welcome(bare_welcome()),
        Body::Brief(brief()),
        Body::MentorRequest(mentor_request(0)),
        Body::MentorRequest(mentor_request(1)),
        Body::MentorRequest(mentor_request(9)),
        Body::Digest(digest()),
        Body::Digest(quiet_digest()),
        Body::SignIn(sign_in()),
    ];
    all.extend(small_briefs().into_iter().map(Body::Brief));
    all
}

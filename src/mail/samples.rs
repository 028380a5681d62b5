//! Every letter with every branch, as people get it, in both languages.

mod days;
mod meetings;
mod mentors;
mod milestones;
mod work;

use chrono::NaiveDate;
use chrono_tz::Tz;

pub(super) use days::{
    bare_welcome, brief, brief_after_a_long_leave, escalation, late_review, queue, small_briefs, welcome,
};
pub(super) use meetings::{meeting, moved_meeting, one_time, three_times};
pub(super) use mentors::{begun_request, last_reminder, mentor_request, mentor_silent, reminder};
pub(super) use milestones::{
    bare_checkpoint, checkpoint, digest, full_digest, graduation, graduation_without_mentor, quiet_digest,
};
pub(super) use work::{answer, erased_report, gate, last_gate, report, returned, returned_form, review};

use crate::app::letters::{ActLink, Body, Letter, MOST, MailLine, Short, SignInLetter};
use crate::app::pages::lines::StepLine;
use crate::engine::calendar::{Anchor, Calendar, Dated, samples};
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
        back: "fedcba9876543210fedcba9876543210".to_owned(),
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

/// As letters show a list.
fn short<T>(list: Vec<T>) -> Short<T> {
    Short::new(list, MOST, address("/"))
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
            about: None,
            is_ritual: false,
        },
    }
}

fn with(mut line: MailLine, change: impl FnOnce(&mut StepLine)) -> MailLine {
    change(&mut line.line);
    line
}

fn acts(line: MailLine, acts: &[&'static str]) -> MailLine {
    let link = |act: &&'static str| ActLink { act, url: address(&format!("/act/{}-{act}", line.line.days)) };
    MailLine { acts: acts.iter().map(link).collect(), ..line }
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
    let mut all = vec![Body::SignIn(sign_in())];
    all.extend(days::all());
    all.extend(meetings::all());
    all.extend(mentors::all());
    all.extend(milestones::all());
    all.extend(work::all());
    all
}

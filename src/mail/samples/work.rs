//! One step as the subject of a letter, and what is said to a reply about one.

use super::{acts, address, line, text, with};
use crate::app::answers::NotFollowed;
use crate::app::letters::{
    AnswerLetter, Body, GateLetter, HandedIn, MailLine, ReportLetter, ReturnedLetter, ReviewLetter,
};
use crate::app::pages::field_view::{FieldView, Somebody};
use crate::app::pages::step_form::samples;
use crate::engine::form::{Answer, Answers};
use crate::engine::release::{Choice, Column, ColumnKind, Field, FieldKind};
use crate::engine::vocabulary::{Role, Text};

/// With nothing to fill in, so that one press does it again.
pub(in crate::mail) fn returned() -> ReturnedLetter {
    let line = with(line("Announce the interviews", "預告訪談", 3), |line| line.returned = true);
    ReturnedLetter { name: "Grace Chen".to_owned(), by: "May Wu".to_owned(), line: acts(line, &["done"]) }
}

/// With a form, by somebody whose name is not known any more.
pub(in crate::mail) fn returned_form() -> ReturnedLetter {
    let line = with(line("Write down what changes", "寫下有哪些改變", 3), |line| line.returned = true);
    ReturnedLetter { by: String::new(), line, ..returned() }
}

fn handed_in(en: &str, zh_tw: &str, days: i64, reviewer: Role) -> MailLine {
    let line = with(line(en, zh_tw, 2), |line| {
        line.standing = "review";
        line.days = days;
        line.reviewer = Some(reviewer);
    });
    acts(line, &["accept", "return"])
}

pub(in crate::mail) fn review() -> ReviewLetter {
    ReviewLetter {
        name: "May Wu".to_owned(),
        manager: "Grace Chen".to_owned(),
        line: handed_in("Map the team", "繪製團隊地圖", 0, Role::Mentor),
        handed_in: Vec::new(),
    }
}

pub(in crate::mail) fn gate() -> GateLetter {
    GateLetter {
        name: "Victor Lin".to_owned(),
        manager: "Grace Chen".to_owned(),
        line: handed_in("Agree on the goals", "確認目標", 1, Role::Superior),
        handed_in: vec![
            HandedIn { of: text("Agree on the goals", "確認目標"), said: what_is_left_aside() },
            HandedIn { of: text("The team’s goal", "團隊目標"), said: goal() },
        ],
        opens: vec![
            text("Meet each member one to one", "和每位成員一對一訪談"),
            text("Share the goals with the team", "向團隊說明目標"),
        ],
    }
}

pub(in crate::mail) fn last_gate() -> GateLetter {
    GateLetter { opens: Vec::new(), handed_in: Vec::new(), ..gate() }
}

fn field(id: &str, label: Text, kind: FieldKind) -> Field {
    Field { id: id.to_owned(), label, help: None, required: false, when: None, begin: None, kind }
}

fn said(id: &str, label: Text, kind: FieldKind, answer: Answer) -> Vec<FieldView> {
    let around = samples::Around { people: Vec::new(), files: Vec::new() };
    samples::read(&[field(id, label, kind)], &Answers([(id.to_owned(), answer)].into()), &around)
}

fn what_is_left_aside() -> Vec<FieldView> {
    let kind = FieldKind::LongText { example: None, min: 0, max: 500 };
    said("aside", text("What we leave aside", "先放下什麼"), kind, Answer::One("The <new> dealer round.".to_owned()))
}

fn goal() -> Vec<FieldView> {
    let parts = [
        ("specific", "Sign 40 service contracts"),
        ("measurable", "40 contracts in the CRM, from 26 today"),
        ("achievable", "Eight months at five each"),
        ("relevant", "It keeps customers"),
        ("time_bound", "2030-06-28"),
        ("owner", "The team"),
    ];
    let row = parts.map(|(part, words)| (part.to_owned(), words.to_owned())).into();
    said("goal", text("The goal", "目標"), FieldKind::Smart { example: None }, Answer::Rows(vec![row]))
}

/// Whatever can be asked, answered and not.
pub(in crate::mail) fn report() -> ReportLetter {
    let choice = |id: &str, en, zh_tw| Choice { id: id.to_owned(), label: text(en, zh_tw) };
    let options = vec![choice("reading", "Reading is enough", "看過就好"), choice("talk", "Let’s talk", "想談一談")];
    let kinds = [
        ("progress", "Progress", "進度", FieldKind::LongText { example: None, min: 0, max: 500 }),
        ("support", "What I need", "需要的支持", FieldKind::LongText { example: None, min: 0, max: 500 }),
        ("talk", "Is reading enough?", "看過就好嗎？", FieldKind::Choice { options: options.clone() }),
        ("themes", "Themes", "主題", FieldKind::Several { options: options.clone(), min: 0, max: 2 }),
        ("mood", "Mood", "士氣", FieldKind::Scale { min: 1, max: 5, low: None, high: None }),
        ("change", "Change", "變化", FieldKind::Scale { min: -2, max: 2, low: None, high: None }),
        ("share", "Share", "占比", FieldKind::Number { min: None, max: None, unit: Some(text("%", "%")) }),
        ("next", "The next one", "下一次", FieldKind::Date),
        ("whom", "With whom", "和誰", FieldKind::Person),
        ("acts", "What follows", "接下來", {
            let column = |id: &str, kind| Column { id: id.to_owned(), label: text(id, id), required: true, kind };
            let columns = vec![
                column("what", ColumnKind::Text),
                column("whom", ColumnKind::Person),
                column("until", ColumnKind::Date),
            ];
            FieldKind::Table { columns, min_rows: 0, max_rows: 3, of: None }
        }),
        ("proof", "Proof", "佐證", FieldKind::File { max_mb: 1 }),
    ];
    let fields = kinds.map(|(id, en, zh_tw, kind)| field(id, text(en, zh_tw), kind));
    let chen = Somebody { id: "0190c2f4".to_owned(), name: "Chen".to_owned(), is_here: true };
    let one = |words: &str| Answer::One(words.to_owned());
    let row = |cells: [(&str, &str); 3]| cells.map(|(id, words)| (id.to_owned(), words.to_owned())).into();
    let rows = vec![
        row([("what", "Call both <customers>"), ("whom", &chen.id), ("until", "2030-03-06")]),
        row([("what", "Ask for the list"), ("whom", ""), ("until", "")]),
    ];
    let answers = [
        ("progress", one("15 of 18 renewals.\n\n-- \nFirst talk on price led by a member.")),
        ("talk", one("talk")),
        ("themes", Answer::Many(vec!["reading".to_owned(), "talk".to_owned()])),
        ("mood", one("4")),
        ("change", one("-1")),
        ("share", one("13.8")),
        ("next", one("2030-03-08")),
        ("whom", one(&chen.id)),
        ("acts", Answer::Rows(rows)),
    ];
    let answers = Answers(answers.map(|(id, answer)| (id.to_owned(), answer)).into());
    let said = samples::read(&fields, &answers, &samples::Around { people: vec![chen], files: vec![] });
    let line = with(line("Weekly brief to the superior", "給上級的週報", 0), |line| line.standing = "done");
    ReportLetter {
        name: "Victor Lin".to_owned(),
        manager: "Grace Chen".to_owned(),
        at: "2030-03-01T08:30:00Z".parse().expect("a moment"),
        line: acts(line, &["seen", "talk"]),
        said,
    }
}

pub(in crate::mail) fn erased_report() -> ReportLetter {
    ReportLetter { said: Vec::new(), ..report() }
}

pub(in crate::mail) fn answer(why: NotFollowed) -> AnswerLetter {
    why.letter("Grace Chen".to_owned(), address("/"))
}

/// Of each letter, every branch.
pub(super) fn all() -> Vec<Body> {
    let mut all = vec![
        Body::Returned(returned()),
        Body::Returned(returned_form()),
        Body::Review(review()),
        Body::Gate(gate()),
        Body::Gate(last_gate()),
        Body::Report(report()),
        Body::Report(erased_report()),
    ];
    all.extend(NotFollowed::ALL.map(|why| Body::Answer(answer(why))));
    all
}

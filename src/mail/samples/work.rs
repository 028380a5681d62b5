//! One step as the subject of a letter, and what is said to a reply about one.

use super::{acts, address, line, text, with};
use crate::app::letters::{AnswerLetter, Body, GateLetter, MailLine, ReturnedLetter, ReviewLetter};
use crate::engine::message::Message;
use crate::engine::vocabulary::Role;

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
    }
}

pub(in crate::mail) fn gate() -> GateLetter {
    GateLetter {
        name: "Victor Lin".to_owned(),
        manager: "Grace Chen".to_owned(),
        line: handed_in("Agree on the goals", "確認目標", 1, Role::Superior),
        opens: vec![
            text("Meet each member one to one", "和每位成員一對一訪談"),
            text("Share the goals with the team", "向團隊說明目標"),
        ],
    }
}

pub(in crate::mail) fn last_gate() -> GateLetter {
    GateLetter { opens: Vec::new(), ..gate() }
}

pub(in crate::mail) const WHYS: [&str; 6] = [
    "answer-which-one",
    "answer-not-here",
    "answer-moved-on",
    "answer-needs-form",
    "answer-needs-line",
    "answer-no-more-snooze",
];

pub(in crate::mail) fn answer(why: &'static str) -> AnswerLetter {
    AnswerLetter { name: "Grace Chen".to_owned(), why: Message::new(why), url: address("/") }
}

/// Of each letter, every branch.
pub(super) fn all() -> Vec<Body> {
    let mut all = vec![
        Body::Returned(returned()),
        Body::Returned(returned_form()),
        Body::Review(review()),
        Body::Gate(gate()),
        Body::Gate(last_gate()),
    ];
    all.extend(WHYS.map(|why| Body::Answer(answer(why))));
    all
}

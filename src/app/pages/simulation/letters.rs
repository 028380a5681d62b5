//! The mails that would be sent.

use chrono::NaiveDate;
use serde::Serialize;

use super::Played;
use crate::engine::brief::Mention;
use crate::engine::message::Message;
use crate::engine::simulate::{Kind, Letter};
use crate::engine::vocabulary::{Role, Text};

/// A mail that would be sent.
#[derive(Debug, Clone, Serialize)]
pub struct LetterLine {
    pub day: NaiveDate,
    pub to: Role,
    /// welcome, mentor_request, brief, digest
    pub kind: &'static str,
    /// As it would stand in the mailbox.
    pub subject: Message,
    /// How many steps it names.
    pub count: usize,
    pub named: Vec<Named>,
}

/// A step that a mail names, for so many members.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    pub mention: Mention,
    pub title: Text,
    pub count: usize,
}

pub(super) fn lines(played: &Played, last_day: NaiveDate) -> Vec<LetterLine> {
    let shown = played.simulation.letters.iter().filter(|letter| letter.day <= last_day);
    shown.map(|letter| line(played, letter)).collect()
}

pub(super) fn line(played: &Played, letter: &Letter) -> LetterLine {
    let mut named: Vec<Named> = Vec::new();
    for (mention, key) in &letter.steps {
        // The rituals of one page are one line of the mail.
        let page = played.release.program.gathering(&key.id).filter(|_| *mention != Mention::ToReview);
        let title = page.map_or_else(|| played.title(&key.id), |page| page.title.clone());
        match named.iter_mut().find(|one| one.mention == *mention && one.title == title) {
            Some(_) if page.is_some() => {}
            Some(one) => one.count += 1,
            None => named.push(Named { mention: *mention, title, count: 1 }),
        }
    }
    let count = named.iter().map(|one| one.count).sum();
    LetterLine {
        day: letter.day,
        to: letter.to,
        kind: letter.kind.as_str(),
        subject: subject(played, letter.kind, count, named.first()),
        count,
        named,
    }
}

/// The words of the real mail, of a brief those of its preview, where they don't name a person.
fn subject(played: &Played, kind: Kind, count: usize, first: Option<&Named>) -> Message {
    let id = match (kind, first.map(|one| one.mention)) {
        (Kind::Welcome, _) => {
            return Message::new("mail-welcome-subject").with("program", played.release.program.title.clone());
        }
        (Kind::MentorRequest, _) => "simulate-mail-mentor-request",
        (Kind::Digest, _) | (Kind::Brief, None) => "simulate-mail-digest",
        (Kind::Brief, Some(Mention::Overdue)) => "mail-brief-preview-overdue",
        (Kind::Brief, Some(Mention::Returned)) => "mail-brief-preview-returned",
        (Kind::Brief, Some(Mention::Due)) => "mail-brief-preview-due",
        (Kind::Brief, Some(Mention::ToReview)) => "mail-brief-preview-review",
    };
    match first {
        Some(first) => Message::new(id).with("count", count).with("thing", first.title.clone()),
        None => Message::new(id),
    }
}

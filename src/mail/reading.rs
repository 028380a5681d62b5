//! A message as the demo's mailbox and the tests read it: with a parser that shares no code with
//! what wrote it.

use chrono::{DateTime, Utc};
use mail_parser::{Address, MessageParser, MimeHeaders};
use serde::Serialize;

/// A message, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadMail {
    /// The left side of the Message-ID, by which a folder knows it.
    pub id: String,
    pub from: Vec<Correspondent>,
    pub to: Vec<Correspondent>,
    pub subject: String,
    pub date: Option<DateTime<Utc>>,
    pub text: String,
    pub html: String,
    pub attachments: Vec<Attachment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correspondent {
    pub name: String,
    pub address: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    pub name: String,
    pub media_type: String,
    pub size: usize,
}

/// Takes a message apart; none when it is not one.
pub fn read(bytes: &[u8]) -> Option<ReadMail> {
    let message = MessageParser::default().parse(bytes)?;
    let id = message.message_id()?.split('@').next()?.to_owned();
    Some(ReadMail {
        id,
        from: correspondents(message.from()),
        to: correspondents(message.to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        date: message.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
        // A part without a name is another form of the text, as calendars get it.
        attachments: message.attachments().map(attachment).filter(|attached| !attached.name.is_empty()).collect(),
    })
}

fn correspondents(address: Option<&Address<'_>>) -> Vec<Correspondent> {
    let addresses = address.into_iter().flat_map(Address::iter);
    addresses
        .map(|one| Correspondent {
            name: one.name().unwrap_or_default().to_owned(),
            address: one.address().unwrap_or_default().to_owned(),
        })
        .collect()
}

fn attachment(part: &mail_parser::MessagePart<'_>) -> Attachment {
    let media_type = part.content_type().map_or_else(
        || "application/octet-stream".to_owned(),
        |kind| kind.subtype().map_or_else(|| kind.ctype().to_owned(), |sub| format!("{}/{sub}", kind.ctype())),
    );
    Attachment { name: part.attachment_name().unwrap_or_default().to_owned(), media_type, size: part.len() }
}

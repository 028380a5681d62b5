//! The letter with which `doctor --mail` tries the whole way.

use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::address::Envelope;
use lettre::message::MultiPart;
use lettre::message::header::ContentType;

use super::dkim::Signer;
use super::{MailError, RECIPIENT, address, fingerprint, header, mailbox, moment, part};
use crate::engine::message::Message as Words;
use crate::engine::vocabulary::Lang;
use crate::render::Renderer;

/// Where a trial comes from and goes to.
#[derive(Debug, Clone, Copy)]
pub struct Trial<'a> {
    pub from_name: &'a str,
    pub from_email: &'a str,
    /// The sender on the envelope, whose domain SPF is asked about.
    pub return_path: &'a str,
    pub to: &'a str,
}

impl Trial<'_> {
    /// A short letter in both languages, since nobody knows who reads it; signed as all others are.
    ///
    /// # Errors
    /// An address is not one.
    pub fn write(
        &self,
        renderer: &Renderer,
        signer: Option<&Signer>,
        now: DateTime<Utc>,
    ) -> Result<Message, MailError> {
        let said = |lang| {
            let say = |id| renderer.sentence(lang, &Words::new(id));
            (say("trial-subject"), format!("{}\n\n{}\n", say("trial-lead"), say("trial-look")))
        };
        let ((subject, text), (subject_zh, text_zh)) = (said(Lang::En), said(Lang::ZhTw));
        let to = mailbox(RECIPIENT, "", self.to)?;
        let from = mailbox("sender", self.from_name, self.from_email)?;
        let envelope = Envelope::new(Some(address("sender", self.return_path)?), vec![to.email.clone()])?;
        // Each trial is a letter of its own.
        let id = fingerprint(&format!("trial:{}:{}", self.to, now.timestamp_micros()));
        let domain = from.email.domain().to_owned();
        let text = part(ContentType::TEXT_PLAIN, format!("{text}\n{text_zh}"), Lang::ZhTw);
        let mut message = Message::builder()
            .from(from)
            .to(to)
            .envelope(envelope)
            .subject(format!("{subject} / {subject_zh}"))
            .date(moment(now))
            .message_id(Some(format!("<{id}@{domain}>")))
            .raw_header(header("Auto-Submitted", "auto-generated"))
            // A multipart of one, because its end is the line break that signing needs.
            .multipart(MultiPart::mixed().boundary(format!("pilothouse-{id}")).singlepart(text))?;
        if let Some(signer) = signer {
            signer.sign(&mut message);
        }
        Ok(message)
    }
}

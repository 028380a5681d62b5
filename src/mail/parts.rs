//! A letter's body in MIME: text, HTML, and what is attached.

use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Attachment, Body as Encoded, MultiPart, SinglePart};

use super::headers::fingerprint;
use super::{MailError, Sender, invite, sheet};
use crate::app::letters::{Body, Letter};
use crate::engine::vocabulary::Lang;
use crate::render::{MailWords, Renderer};

/// Text, then HTML, both complete; a meeting's invitation among them, where calendars look, and once
/// more as a file for programs that show no such part (RFC 6047; the same object, so nothing is
/// entered twice).
pub(super) fn body(
    letter: &Letter,
    words: MailWords,
    renderer: &Renderer,
    sender: &Sender,
) -> Result<MultiPart, MailError> {
    let fingerprint = fingerprint(&letter.dedup_key);
    let mut body = MultiPart::alternative()
        // lettre would draw one; a retry should be the same message.
        .boundary(format!("pilothouse-{fingerprint}"))
        .singlepart(part(ContentType::TEXT_PLAIN, words.text, letter.lang))
        .singlepart(part(ContentType::TEXT_HTML, words.html, letter.lang));
    let attached = match &letter.body {
        Body::Meeting(meeting) => {
            let calendar = invite::write(meeting, letter, renderer, sender);
            let kind = format!("text/calendar; method={}; charset=utf-8", calendar.method);
            body = body.singlepart(
                SinglePart::builder().header(ContentType::parse(&kind)?).body(base64(calendar.text.clone())),
            );
            attachment("invite.ics", "application/ics; name=\"invite.ics\"", calendar.text)?
        }
        Body::Digest(digest) if !digest.plans.all.is_empty() => {
            let name = format!("week-{}.csv", digest.from);
            attachment(&name, "text/csv; charset=utf-8", sheet::of_the_week(digest, letter.lang, renderer))?
        }
        _ => return Ok(body),
    };
    Ok(MultiPart::mixed().boundary(format!("attached-{fingerprint}")).multipart(body).singlepart(attached))
}

/// Never 8bit: a relay on the way may not take it, and no line may pass 998 octets. Chinese is
/// shorter in base64, English readable in quoted-printable.
pub(super) fn part(content_type: ContentType, body: String, lang: Lang) -> SinglePart {
    let body = match lang {
        Lang::En => encoded(body, ContentTransferEncoding::QuotedPrintable),
        Lang::ZhTw => base64(body),
    };
    SinglePart::builder().header(content_type).body(body)
}

fn attachment(name: &str, kind: &str, body: String) -> Result<SinglePart, MailError> {
    Ok(Attachment::new(name.to_owned()).body(base64(body), ContentType::parse(kind)?))
}

/// What a machine reads: no line end of it may change on the way.
fn base64(body: String) -> Encoded {
    encoded(body, ContentTransferEncoding::Base64)
}

fn encoded(body: String, encoding: ContentTransferEncoding) -> Encoded {
    // These two take any text; lettre hands it back only for 7bit and 8bit.
    Encoded::new_with_encoding(body, encoding)
        .unwrap_or_else(|body| Encoded::new(String::from_utf8_lossy(&body).into_owned()))
}

//! A message taken apart as far as reading needs: header fields in their order, and the leaves of
//! its MIME tree, decoded.
//!
//! The tree is walked here and not by `mail_parser`, which reads single fields and decodes: it
//! follows messages inside messages without a limit, and forty thousand of them end the process.
//! Here nothing descends into an attached message.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::html::html_to_text;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Address, ContentType, Header, HeaderName, HeaderValue, Message, MessageParser};

/// No client nests deeper or attaches more; what does is not read to its end.
const DEEPEST: usize = 8;
const MOST_LEAVES: usize = 64;

/// One entity: its header, read, and its body as it came.
pub(super) struct Part<'x> {
    head: Option<Message<'x>>,
    body: &'x [u8],
}

impl<'x> Part<'x> {
    pub(super) fn new(bytes: &'x [u8]) -> Part<'x> {
        let (head, body) = split(bytes);
        Part { head: MessageParser::default().parse_headers(head), body }
    }

    fn fields(&self) -> &[Header<'x>] {
        self.head.as_ref().map_or(&[], Message::headers)
    }

    /// The values of all fields of a name, unread, topmost first.
    pub(super) fn raw(&self, name: &str) -> Vec<&str> {
        let all = self.head.as_ref().map(Message::headers_raw);
        all.into_iter()
            .flatten()
            .filter(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }

    /// The value of the topmost field of a name in lower case, without comments at its end.
    pub(super) fn word(&self, name: &str) -> Option<String> {
        let value = *self.raw(name).first()?;
        Some(value.split(['(', ';']).next().unwrap_or_default().trim().to_lowercase())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.count(name) > 0
    }

    pub(super) fn count(&self, name: &str) -> usize {
        self.fields().iter().filter(|field| field.name().eq_ignore_ascii_case(name)).count()
    }

    /// Where the topmost field stands that any of these names fits.
    pub(super) fn position(&self, names: &[&str]) -> Option<usize> {
        self.fields().iter().position(|field| names.iter().any(|name| field.name().eq_ignore_ascii_case(name)))
    }

    /// Names and raw values in their order; a value that is not UTF-8 is empty.
    pub(super) fn ordered(&self) -> Vec<(&str, &str)> {
        let raw = self.head.as_ref().map_or(&[][..], |head| &head.raw_message);
        let value = |field: &Header<'_>| raw.get(field.offset_start as usize..field.offset_end as usize);
        let text = |field| value(field).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        self.fields().iter().map(|field| (field.name(), text(field))).collect()
    }

    /// The Message-ID without its brackets.
    pub(super) fn message_id(&self) -> Option<String> {
        let id = self.head.as_ref()?.message_id()?;
        (id.len() <= 998 && id.chars().all(|c| c.is_ascii_graphic())).then(|| id.to_owned())
    }

    /// The address of the sender in lower case, when one field names one.
    pub(super) fn from(&self) -> Option<String> {
        let [HeaderValue::Address(from)] = self.values(HeaderName::From)[..] else { return None };
        let mut all = Address::iter(from);
        let (Some(one), None) = (all.next(), all.next()) else { return None };
        addr_spec(one.address()?)
    }

    fn values(&self, name: HeaderName<'_>) -> Vec<&HeaderValue<'x>> {
        self.fields().iter().filter(|field| field.name == name).map(Header::value).collect()
    }

    fn content_type(&self) -> Option<&ContentType<'x>> {
        self.values(HeaderName::ContentType).first()?.as_content_type()
    }

    /// `text/plain`, in lower case; that is also what a part without a type is.
    pub(super) fn media_type(&self) -> String {
        self.content_type().map_or_else(
            || "text/plain".to_owned(),
            |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_lowercase(),
        )
    }

    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        self.content_type()?.attribute(name).map(str::to_lowercase)
    }

    pub(super) fn is_attachment(&self) -> bool {
        let disposition = self.values(HeaderName::ContentDisposition);
        disposition.first().and_then(|value| value.as_content_type()).is_some_and(ContentType::is_attachment)
    }

    /// The body without its transfer encoding. What is not encoded as it claims stays as it is.
    pub(super) fn decoded(&self) -> Cow<'x, [u8]> {
        let decoded = match self.word("Content-Transfer-Encoding").as_deref() {
            Some("base64") => base64_decode(self.body),
            Some("quoted-printable") => quoted_printable_decode(self.body),
            _ => None,
        };
        decoded.map_or(Cow::Borrowed(self.body), Cow::Owned)
    }

    /// The body as text with plain line ends.
    pub(super) fn text(&self) -> String {
        let bytes = self.decoded();
        let decoder = self.parameter("charset").and_then(|charset| charset_decoder(charset.as_bytes()));
        let text = match decoder {
            // An empty body in Big5 has no room for the decoder's answer.
            Some(decode) if !bytes.is_empty() => decode(&bytes),
            _ => String::from_utf8_lossy(&bytes).into_owned(),
        };
        text.replace("\r\n", "\n").replace('\r', "\n")
    }

    /// The leaves of the MIME tree in their order; an attached message is one leaf.
    pub(super) fn leaves(self) -> Vec<Part<'x>> {
        let mut found = Vec::new();
        self.walk(DEEPEST, &mut found);
        found
    }

    fn walk(self, depth: usize, found: &mut Vec<Part<'x>>) {
        if found.len() >= MOST_LEAVES {
            return;
        }
        let boundary = self.content_type().filter(|kind| kind.ctype() == "multipart");
        let Some(boundary) = boundary.and_then(|kind| kind.attribute("boundary")) else {
            found.push(self);
            return;
        };
        if depth > 0 {
            let inside = between(self.body, boundary.as_bytes());
            inside.into_iter().take(MOST_LEAVES).for_each(|bytes| Part::new(bytes).walk(depth - 1, found));
        }
    }
}

/// Header, with the empty line that ends it, and body.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut start = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        start += line.len();
        if matches!(line, b"\n" | b"\r\n") {
            break;
        }
    }
    bytes.split_at(start)
}

/// What stands between the lines of a boundary. A last part without its end counts: mail is cut.
fn between<'x>(body: &'x [u8], boundary: &[u8]) -> Vec<&'x [u8]> {
    let mut parts = Vec::new();
    let (mut offset, mut start) = (0, None);
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let after = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary)).map(<[u8]>::trim_ascii);
        if let Some(end @ (b"" | b"--")) = after {
            parts.extend(start.map(|start| without_line_end(&body[start..offset])));
            start = end.is_empty().then_some(offset + line.len());
            if start.is_none() {
                return parts;
            }
        }
        offset += line.len();
    }
    parts.extend(start.map(|start| &body[start..]));
    parts
}

/// The line end before a boundary is the boundary's.
fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

/// `name: value` lines of a report or of a header, unfolded, names in lower case.
pub(super) fn report_fields(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (fields.last_mut(), line.split_once(':')) {
            (Some((_, value)), _) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, Some((name, value))) => fields.push((name.trim().to_lowercase(), value.trim().to_owned())),
            _ => {}
        }
    }
    fields
}

/// An address as it is compared: lower case, one `@`, nothing that an address cannot hold bare.
pub(super) fn addr_spec(address: &str) -> Option<String> {
    let address = address.trim().trim_start_matches('<').trim_end_matches('>').to_lowercase();
    let (local, domain) = address.split_once('@')?;
    let is_bare =
        |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '@' | '<' | '>' | '"' | ',' | ';' | ':');
    let is_whole = !local.is_empty() && domain.contains('.') && address.len() <= 320;
    (is_whole && local.chars().all(is_bare) && domain.chars().all(is_bare)).then_some(address)
}

/// HTML as lines. `html_to_text` breaks lines at `br` and `p` alone, and what is quoted there is
/// known by its element only.
pub(super) fn plain_of_html(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut quoted = 0_usize;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        let end =
            if tag.starts_with("<!--") { tag.find("-->").map(|at| at + 3) } else { tag.find('>').map(|at| at + 1) };
        let (tag, after) = tag.split_at(end.unwrap_or(tag.len()));
        rest = after;
        let name = tag.trim_start_matches('<').split([' ', '\t', '\n', '>']).next().unwrap_or_default().to_lowercase();
        if quoted == 0 {
            kept.push_str(text);
        }
        match name.as_str() {
            "blockquote" => {
                quoted += 1;
                kept.push_str("<br>&gt;<br>");
            }
            "/blockquote" => quoted = quoted.saturating_sub(1),
            "hr" | "hr/" if quoted == 0 => kept.push_str("<br>__________<br>"),
            "div" | "/div" | "/tr" | "/li" | "/table" | "/ul" | "/ol" | "/h1" | "/h2" | "/h3" if quoted == 0 => {
                kept.push_str("<br>");
            }
            _ if quoted == 0 => kept.push_str(tag),
            _ => {}
        }
    }
    if quoted == 0 {
        kept.push_str(rest);
    }
    html_to_text(&kept)
}

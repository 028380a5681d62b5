//! An answer to a meeting: iTIP `METHOD:REPLY` (RFC 5546), as calendars send it by mail.
//!
//! Read by lines and not by the `icalendar` crate, whose parser calls itself for every `BEGIN` and
//! so ends the process on a few thousand of them.

use super::mime::{Part, addr_spec};

/// What one attendee says of one meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarReply {
    pub uid: String,
    /// Of the invitation that is answered: an answer to an older one comes late.
    pub sequence: u32,
    pub attendee: String,
    pub answer: Answer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accepted,
    Declined,
    Tentative,
}

const LONGEST_UID: usize = 255;

/// Whether a mail bears an answer of a calendar, readable or not; the body's own METHOD counts, for
/// some bridges strip it from the type.
pub(super) fn is_reply(leaves: &[Part<'_>]) -> bool {
    calendars(leaves).any(|text| method(&text).as_deref() == Some("REPLY"))
}

pub(super) fn read(leaves: &[Part<'_>], from: Option<&str>) -> Option<CalendarReply> {
    calendars(leaves).filter(|text| method(text).as_deref() == Some("REPLY")).find_map(|text| reply(&text, from))
}

fn calendars<'a>(leaves: &'a [Part<'_>]) -> impl Iterator<Item = String> + 'a {
    let is_calendar = |part: &&Part<'_>| matches!(part.media_type().as_str(), "text/calendar" | "application/ics");
    leaves.iter().filter(is_calendar).map(Part::text)
}

fn method(text: &str) -> Option<String> {
    lines(text).iter().find(|line| line.name == "METHOD").map(|line| line.value.trim().to_uppercase())
}

fn reply(text: &str, from: Option<&str>) -> Option<CalendarReply> {
    let lines = lines(text);
    let is = |line: &&Line, name: &str| line.name == name && line.value.trim().eq_ignore_ascii_case("VEVENT");
    let event = lines.iter().skip_while(|line| !is(line, "BEGIN")).skip(1).take_while(|line| !is(line, "END"));
    let value = |name: &str| event.clone().find(|line| line.name == name).map(|line| line.value.trim());
    let uid = value("UID").filter(|uid| !uid.is_empty() && uid.len() <= LONGEST_UID)?;
    let attendees: Vec<(String, &Line)> = event
        .clone()
        .filter(|line| line.name == "ATTENDEE")
        .filter_map(|line| Some((address(&line.value)?, line)))
        .collect();
    // An answer has one attendee. Programs that send all of them still answer for their owner alone.
    let (attendee, line) = match &attendees[..] {
        [one] => one,
        several => several.iter().find(|(address, _)| Some(address.as_str()) == from)?,
    };
    let answer = match line.parameter("PARTSTAT")?.to_uppercase().as_str() {
        "ACCEPTED" => Answer::Accepted,
        "DECLINED" => Answer::Declined,
        "TENTATIVE" => Answer::Tentative,
        _ => return None,
    };
    let sequence = value("SEQUENCE").and_then(|number| number.parse().ok()).unwrap_or(0);
    Some(CalendarReply { uid: uid.to_owned(), sequence, attendee: attendee.clone(), answer })
}

fn address(value: &str) -> Option<String> {
    let value = value.trim();
    let scheme = value.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"))?;
    addr_spec(&value[scheme.len()..])
}

/// `NAME;PARAMETER=..:VALUE`
struct Line {
    name: String,
    parameters: Vec<String>,
    value: String,
}

impl Line {
    fn parameter(&self, name: &str) -> Option<&str> {
        let pairs = self.parameters.iter().filter_map(|parameter| parameter.split_once('='));
        pairs.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim_matches('"')).next()
    }

    fn parse(text: &str) -> Option<Line> {
        let (mut pieces, mut is_quoted) = (vec![String::new()], false);
        for (at, c) in text.char_indices() {
            match c {
                ':' if !is_quoted => {
                    let name = pieces.remove(0).trim().to_uppercase();
                    return Some(Line { name, parameters: pieces, value: text[at + 1..].to_owned() });
                }
                ';' if !is_quoted => pieces.push(String::new()),
                c => {
                    is_quoted ^= c == '"';
                    pieces.last_mut()?.push(c);
                }
            }
        }
        None
    }
}

fn lines(text: &str) -> Vec<Line> {
    let unfolded = text.replace("\n ", "").replace("\n\t", "");
    unfolded.lines().filter_map(Line::parse).collect()
}

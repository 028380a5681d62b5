//! A meeting as calendars take it: an iCalendar object (RFC 5545) that asks or cancels (RFC 5546).
//!
//! Written by hand: the crate `icalendar` knows no VTIMEZONE (it gives one a random UID and the
//! machine's hour), and folds the last piece of a line at 76 octets. It reads what is written here
//! in the tests instead.

use chrono::{DateTime, Duration, FixedOffset, Offset, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

use super::Sender;
use super::headers::plain;
use crate::app::letters::{Letter, MeetingLetter};
use crate::engine::message::Message;
use crate::render::Renderer;

/// An object, and the method that its MIME type must repeat.
pub(super) struct Calendar {
    pub method: &'static str,
    pub text: String,
}

/// The meeting of a letter, for its reader's zone and in their language. Of what it is about it says
/// the title, and where the rest stands: calendars are seen by others.
pub(super) fn write(meeting: &MeetingLetter, letter: &Letter, renderer: &Renderer, sender: &Sender) -> Calendar {
    let invite = &meeting.invite;
    let (method, status) = if invite.is_cancelled { ("CANCEL", "CANCELLED") } else { ("REQUEST", "CONFIRMED") };
    let summary = Message::new("form-meeting-summary").with("title", meeting.title.clone());
    let summary = renderer.sentence(letter.lang, &summary.with("with", meeting.with.clone()));
    let mut lines = Lines::default();
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//Pilothouse//Pilothouse//EN");
    lines.add("CALSCALE:GREGORIAN");
    lines.add(&format!("METHOD:{method}"));
    lines.zone(letter.zone, meeting.at, meeting.until);
    lines.add("BEGIN:VEVENT");
    lines.text("UID", &format!("{}@{}", invite.uid, sender.domain));
    lines.add(&format!("SEQUENCE:{}", invite.sequence));
    lines.add(&format!("DTSTAMP:{}", in_utc(invite.stamp)));
    lines.add(&format!("DTSTART{}", at(meeting.at, letter.zone)));
    lines.add(&format!("DTEND{}", at(meeting.until, letter.zone)));
    lines.text("SUMMARY", &summary);
    if !plain(&meeting.place).is_empty() {
        lines.text("LOCATION", &meeting.place);
    }
    lines.text("DESCRIPTION", &meeting.url);
    lines.add(&format!("ORGANIZER;CN={}:mailto:{}", quoted(&sender.from_name), sender.organizer()));
    for (name, email) in &invite.attendees {
        let (name, email) = (quoted(name), plain(email));
        lines.add(&format!("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN={name}:mailto:{email}"));
    }
    lines.add(&format!("STATUS:{status}"));
    lines.add("END:VEVENT");
    lines.add("END:VCALENDAR");
    Calendar { method, text: lines.0 }
}

/// The most octets of a line, without its end.
const WIDTH: usize = 75;

#[derive(Default)]
struct Lines(String);

impl Lines {
    /// Adds a line, folded between characters: a reader joins the pieces before it decodes them, but
    /// not every one does.
    fn add(&mut self, line: &str) {
        let mut width = 0;
        for c in line.chars() {
            if width + c.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds a property of type TEXT.
    fn text(&mut self, name: &str, value: &str) {
        let value = plain(value).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        self.add(&format!("{name}:{value}"));
    }

    /// Adds the reader's zone as it is around the meeting, turn by turn: the one in force and those of
    /// a year on either side. A rule for every year would claim what nobody has decided.
    fn zone(&mut self, zone: Tz, from: DateTime<Utc>, until: DateTime<Utc>) {
        self.add("BEGIN:VTIMEZONE");
        self.add(&format!("TZID:{}", zone.name()));
        let year = Duration::days(366);
        let mut before = from - year;
        self.observance(zone, before, fixed(zone, before), None);
        for turn in turns(zone, before, until + year) {
            self.observance(zone, turn, fixed(zone, before), Some(turn));
            before = turn;
        }
        self.add("END:VTIMEZONE");
    }

    /// What holds from `turn` on; without a turn, as long as anybody asks about.
    fn observance(&mut self, zone: Tz, at: DateTime<Utc>, before: FixedOffset, turn: Option<DateTime<Utc>>) {
        let now = zone.offset_from_utc_datetime(&at.naive_utc());
        let kind = if now.dst_offset().is_zero() { "STANDARD" } else { "DAYLIGHT" };
        // The local time of a turn is told by the clock as it was.
        let start = turn
            .map_or_else(|| "19700101T000000".to_owned(), |turn| turn.with_timezone(&before).format(LOCAL).to_string());
        self.add(&format!("BEGIN:{kind}"));
        self.add(&format!("DTSTART:{start}"));
        self.add(&format!("TZOFFSETFROM:{}", offset(before)));
        self.add(&format!("TZOFFSETTO:{}", offset(now.fix())));
        if let Some(name) = now.abbreviation() {
            self.text("TZNAME", name);
        }
        self.add(&format!("END:{kind}"));
    }
}

const LOCAL: &str = "%Y%m%dT%H%M%S";

/// `;TZID=Asia/Taipei:20300304T140000`. The hour that is told twice when clocks go back means its
/// first turn there, so a moment in it is told in UTC.
fn at(moment: DateTime<Utc>, zone: Tz) -> String {
    let local = moment.with_timezone(&zone).naive_local();
    if zone.from_local_datetime(&local).single().is_none() {
        return format!(":{}", in_utc(moment));
    }
    format!(";TZID={}:{}", zone.name(), local.format(LOCAL))
}

fn in_utc(moment: DateTime<Utc>) -> String {
    moment.format("%Y%m%dT%H%M%SZ").to_string()
}

fn fixed(zone: Tz, at: DateTime<Utc>) -> FixedOffset {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix()
}

/// `+0800`
fn offset(offset: FixedOffset) -> String {
    offset.to_string().replace(':', "")
}

/// The moments at which a zone's clocks turn, to the second: a day in which they do is halved until
/// the turn stands alone.
fn turns(zone: Tz, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let state = |at: DateTime<Utc>| {
        let offset = zone.offset_from_utc_datetime(&at.naive_utc());
        (offset.fix(), offset.dst_offset())
    };
    let day = Duration::days(1);
    let mut found = Vec::new();
    let mut at = from;
    while at < until {
        if state(at) != state(at + day) {
            let (mut before, mut after) = (at, at + day);
            while after - before > Duration::seconds(1) {
                let middle = before + (after - before) / 2;
                if state(middle) == state(before) { before = middle } else { after = middle }
            }
            found.push(after);
        }
        at += day;
    }
    found
}

/// A parameter's value, which has no way to say a quotation mark.
fn quoted(name: &str) -> String {
    format!("\"{}\"", plain(name).replace('"', "'"))
}

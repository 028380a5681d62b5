//! A table whose first line names its columns, in any order: as Taiwan's government publishes it
//! (`西元日期,星期,是否放假,備註`), with the names of the JSON file, or plain (`date,kind,name,name_en`).

use ::csv::{ReaderBuilder, StringRecord, Trim};

use crate::curriculum::findings::short;
use crate::engine::message::Message;

use super::days::Days;
use super::{Kind, Lines};

/// What a column tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Date,
    Kind,
    /// Whether the day is off: 0 or 2, false or true.
    Flag,
    Name,
    NameInEnglish,
}

/// Which column tells what, by its place.
struct Columns {
    date: usize,
    kind: usize,
    is_flag: bool,
    name: Option<usize>,
    in_english: Option<usize>,
}

pub fn read(days: &mut Days, text: &str) {
    // The reader counts a line end of two characters to the line after it.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = Lines::new(text.as_bytes());
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut columns: Option<Columns> = None;
    // Rows of any length, from memory, of valid text: there is nothing left that can fail.
    while let Ok(true) = reader.read_record(&mut record) {
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
        let blank = text.bytes().skip(start).take_while(|byte| *byte == b'\n').count();
        let line = lines.at(start + blank);
        if record.iter().all(str::is_empty) {
            continue;
        }
        // A quotation mark that is not closed takes all that follows into one field.
        if record.iter().any(|field| field.contains('\n')) {
            days.problem(line, Message::new("year-quote"));
            continue;
        }
        match &columns {
            Some(columns) => row(days, line, columns, &record),
            None => match header(days, line, &record) {
                Some(found) => columns = Some(found),
                None => return,
            },
        }
        if days.is_full() {
            return;
        }
    }
}

fn header(days: &mut Days, line: u32, record: &StringRecord) -> Option<Columns> {
    let mut found: Vec<(Told, usize)> = Vec::new();
    let mut is_sound = true;
    for (place, column) in record.iter().enumerate() {
        let Some(told) = told(column) else { continue };
        let same = |(other, _): &(Told, usize)| *other == told || is_kind(*other) && is_kind(told);
        if found.iter().any(same) {
            days.problem(line, Message::new("year-column-twice").with("column", short(column)));
            is_sound = false;
        } else {
            found.push((told, place));
        }
    }
    let place = |wanted: Told| found.iter().find(|(told, _)| *told == wanted).map(|(_, place)| *place);
    let (Some(date), Some(kind)) = (place(Told::Date), place(Told::Kind).or(place(Told::Flag))) else {
        days.problem(line, Message::new("year-no-columns"));
        return None;
    };
    let is_flag = place(Told::Flag).is_some();
    let columns = Columns { date, kind, is_flag, name: place(Told::Name), in_english: place(Told::NameInEnglish) };
    is_sound.then_some(columns)
}

fn told(column: &str) -> Option<Told> {
    Some(match column.to_lowercase().as_str() {
        "date" | "西元日期" | "日期" => Told::Date,
        "kind" => Told::Kind,
        "isholiday" | "是否放假" => Told::Flag,
        "name" | "description" | "備註" => Told::Name,
        "name_en" => Told::NameInEnglish,
        _ => return None,
    })
}

fn is_kind(told: Told) -> bool {
    matches!(told, Told::Kind | Told::Flag)
}

fn row(days: &mut Days, line: u32, columns: &Columns, record: &StringRecord) {
    let field = |place: Option<usize>| place.and_then(|place| record.get(place)).unwrap_or_default();
    let date = days.date(line, field(Some(columns.date)));
    let given = field(Some(columns.kind));
    let kind = if columns.is_flag { flag(given) } else { kind(given) };
    if kind.is_none() {
        let id = if columns.is_flag { "year-bad-flag" } else { "year-bad-kind" };
        days.problem(line, Message::new(id).with("given", short(given)));
    }
    let name = days.name(line, field(columns.name), field(columns.in_english));
    if let (Some(date), Some(kind)) = (date, kind) {
        days.say(line, date, kind, name);
    }
}

fn flag(given: &str) -> Option<Kind> {
    match given.to_lowercase().as_str() {
        "2" | "true" => Some(Kind::Off),
        "0" | "false" => Some(Kind::Worked),
        _ => None,
    }
}

fn kind(given: &str) -> Option<Kind> {
    match given.to_lowercase().as_str() {
        "off" | "放假" => Some(Kind::Off),
        "worked" | "補班" => Some(Kind::Worked),
        "half" | "半天" => Some(Kind::Half),
        _ => None,
    }
}

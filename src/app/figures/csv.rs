//! A CSV as programs and spreadsheets in Taiwan and elsewhere write it.

use encoding_rs::{BIG5, Encoding, UTF_8};

use crate::engine::figures::{Row, Table};
use crate::engine::message::Message;

const MOST_ROWS: usize = 50_000;
const MOST_COLUMNS: usize = 200;

/// The page offers each name again and again; a longer one is no name.
const MOST_NAME: usize = 80;

/// What stands between cells; the first line says which.
const BETWEEN: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads a table.
///
/// # Errors
/// What it is instead, as a message.
pub fn read(bytes: &[u8]) -> Result<Table, Message> {
    // A workbook is an archive, an older one a compound file.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Message::new("figures-workbook"));
    }
    let text = decoded(bytes).ok_or_else(|| Message::new("figures-not-text"))?;
    // The reader counts a line end of two characters to the line after it.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (between, begins) = separator(&text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(between)
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let (mut rows, mut at, mut line) = (Vec::new(), 0, 1);
    for record in reader.records() {
        let record = record.map_err(|_| Message::new("figures-not-text"))?;
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(at);
        if record.iter().all(str::is_empty) || start < begins {
            continue;
        }
        if record.len() > MOST_COLUMNS {
            return Err(Message::new("figures-too-many-columns").with("max", MOST_COLUMNS));
        }
        if rows.len() > MOST_ROWS {
            return Err(Message::new("figures-too-many-rows").with("max", MOST_ROWS));
        }
        // A record begins behind the lines without anything before it.
        let bytes = text.as_bytes();
        let blank = bytes.iter().skip(start).take_while(|byte| **byte == b'\n').count();
        line += bytes
            .get(at..start + blank)
            .map_or(0, |passed| passed.iter().filter(|byte| **byte == b'\n').count() as u64);
        at = start + blank;
        rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
    }
    // A quotation mark that is never closed takes all that follows into one cell.
    let is_open = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    let swallows = |row: &Row| row.cells.iter().any(|cell| cell.contains('\n'));
    if let Some(last) = rows.last().filter(|last| is_open && swallows(last)) {
        return Err(Message::new("figures-open-quote").with("line", i64::try_from(last.line).unwrap_or_default()));
    }
    let mut rows = rows.into_iter();
    let names = rows.next().map_or(Vec::new(), |row| row.cells);
    let table = Table { columns: distinct(names), rows: rows.collect(), by_semicolons: between == b';' };
    if table.columns.is_empty() || table.rows.is_empty() {
        return Err(Message::new("figures-empty"));
    }
    Ok(table)
}

/// What stands between the cells, and where the table begins: spreadsheets may write `sep=;` above it.
fn separator(text: &str) -> (u8, usize) {
    let first = text.lines().find(|line| !line.is_empty()).unwrap_or_default();
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', between] = *first.as_bytes()
        && BETWEEN.contains(&between)
    {
        return (between, text.find(first).unwrap_or_default() + first.len());
    }
    let count = |between: &u8| first.bytes().filter(|byte| byte == between).count();
    (BETWEEN.into_iter().rev().max_by_key(count).unwrap_or(b','), 0)
}

/// Spreadsheets save UTF-16 and Big5 besides UTF-8; other bytes are no text.
fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return read_as(encoding, bytes.get(mark..)?);
    }
    read_as(UTF_8, bytes).or_else(|| read_as(BIG5, bytes))
}

fn read_as(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains('\0')).then(|| text.into_owned())
}

/// Names that somebody can choose among: none is empty, none comes twice.
fn distinct(names: Vec<String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        let name: String = name.chars().take(MOST_NAME).collect();
        let name = if name.is_empty() { format!("#{}", at + 1) } else { name };
        let is_new = |name: &String| !distinct.contains(name);
        let name = if is_new(&name) { name } else { format!("{name} (#{})", at + 1) };
        distinct.push(name);
    }
    distinct
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn columns(bytes: &[u8]) -> Vec<String> {
        read(bytes).map(|table| table.columns).unwrap_or_default()
    }

    #[test]
    fn a_table_reads_in_the_encodings_that_spreadsheets_save() {
        let text = "案件,階段,金額\n台中醫院,成交,\"1,200\"\n";
        let (big5, _, _) = BIG5.encode(text);
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(text.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [text.as_bytes(), &big5, format!("\u{FEFF}{text}").as_bytes()] {
            let table = read(bytes).expect("a table");
            assert_eq!(table.columns, ["案件", "階段", "金額"]);
            assert_eq!(table.rows, [Row { line: 2, cells: vec!["台中醫院".into(), "成交".into(), "1,200".into()] }]);
        }
        assert_eq!(columns(&utf16).len(), 3);
        let european = read(b"a;b;c\n1;2,5;3\n").expect("a table");
        assert!(european.by_semicolons && european.columns == ["a", "b", "c"]);
        let named = read(b"sep=;\na,b;c\n1,5;2\n").expect("a table");
        assert_eq!((named.columns, named.rows[0].line), (vec!["a,b".into(), "c".into()], 3));
    }

    #[test]
    fn a_row_is_found_in_the_file_by_its_line() {
        let table = read(b"a,b\n1,\"two\nlines\"\n\n3,4\n").expect("a table");
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5]);
    }

    #[test]
    fn columns_can_be_told_apart() {
        assert_eq!(columns(b"date,,date\n1,2,3\n"), ["date", "#2", "date (#3)"]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_named_and_none_is_counted_short() {
        let message = read(b"a,b\n1,2\n3,\"4\n5,6\n7,8\n").expect_err("it swallows lines");
        assert_eq!(message, Message::new("figures-open-quote").with("line", 3_i64));
        assert_eq!(read(b"a,b\n1,\"two\nlines\"\n3,5\" pipe\n").map(|table| table.rows.len()), Ok(2));
    }

    #[test]
    fn what_is_no_table_says_what_it_is() {
        let said = |bytes: &[u8]| read(bytes).err().map(|message| message.id);
        assert_eq!(said(b"PK\x03\x04rest"), Some("figures-workbook"));
        assert_eq!(said(b""), Some("figures-empty"));
        assert_eq!(said(b"a,b\n"), Some("figures-empty"));
        assert_eq!(said(b"a,b\n\x00,\xFF\n"), Some("figures-not-text"));
        let wide = format!("{}\n1\n", vec!["a"; MOST_COLUMNS + 1].join(","));
        assert_eq!(said(wide.as_bytes()), Some("figures-too-many-columns"));
        let long = format!("a\n{}", "1\n".repeat(MOST_ROWS + 2));
        assert_eq!(said(long.as_bytes()), Some("figures-too-many-rows"));
    }

    proptest! {
        #[test]
        fn no_file_is_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes);
        }
    }
}

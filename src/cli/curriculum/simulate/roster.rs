//! A team from a file: one member a line.

use anyhow::{Context, anyhow, ensure};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::cli::Failure;
use crate::engine::vocabulary::{MemberId, is_blank, is_plain_line};

/// Larger teams are a mistake in the file.
const MOST: usize = 200;

/// How long a name may be.
const LONGEST: usize = 100;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: MemberId,
    pub name: String,
    pub joined: NaiveDate,
}

/// The id of the n-th member; ids keep the order of the file.
pub fn id(n: usize) -> MemberId {
    MemberId(Uuid::from_u128(n as u128))
}

/// `name, position, joined` a line; the last two may be left out. A heading, empty lines and lines that
/// begin with `#` are passed over.
pub fn read(text: &str, effective: NaiveDate) -> Result<Vec<Member>, Failure> {
    let mut members = Vec::new();
    // A spreadsheet puts a mark before the first character.
    for (n, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || (members.is_empty() && is_heading(line)) {
            continue;
        }
        let member = member(line, members.len() + 1, effective).with_context(|| format!("line {}", n + 1))?;
        members.push(member);
        ensure!(members.len() <= MOST, "a team has at most {MOST} members");
    }
    ensure!(!members.is_empty(), "no member: write one a line, `name, position, joined`");
    Ok(members)
}

fn is_heading(line: &str) -> bool {
    let first = cells(line).ok().and_then(|cells| cells.into_iter().next()).unwrap_or_default().to_lowercase();
    matches!(first.as_str(), "name" | "姓名")
}

fn member(line: &str, n: usize, effective: NaiveDate) -> Result<Member, Failure> {
    let mut cells = cells(line)?.into_iter();
    let name = cells.next().unwrap_or_default();
    ensure!(!is_blank(&name) && is_plain_line(&name), "a name is missing: `name, position, joined`");
    ensure!(name.chars().count() <= LONGEST, "a name has at most {LONGEST} characters");
    let joined = cells.nth(1).filter(|cell| !cell.is_empty());
    let day = |text: String| {
        let day = text.parse::<NaiveDate>();
        day.map_err(|_| anyhow!("`{text}` is no date; `joined` is written as 2026-02-02"))
    };
    let extra = cells.next();
    ensure!(extra.is_none(), "there are three things a line: `name, position, joined`");
    Ok(Member { id: id(n), name, joined: joined.map(day).transpose()?.unwrap_or(effective) })
}

/// The cells of a line, with or without quotation marks around them.
///
/// # Errors
/// The line is parted otherwise, or ends inside a cell.
fn cells(line: &str) -> Result<Vec<String>, Failure> {
    let mut found = vec![String::new()];
    let mut quoted = false;
    let mut before = ' ';
    let mut parted_otherwise = false;
    for c in line.chars() {
        let Some(cell) = found.last_mut() else { break };
        match c {
            // Two marks inside a quoted cell are one.
            '"' if !quoted && before == '"' && !cell.is_empty() => {
                cell.push('"');
                quoted = true;
            }
            '"' => quoted = !quoted,
            ',' | '，' if !quoted => found.push(String::new()),
            c => {
                parted_otherwise |= !quoted && matches!(c, ';' | '；' | '\t');
                cell.push(c);
            }
        }
        before = c;
    }
    // Spreadsheets write semicolons in countries whose numbers have a comma.
    ensure!(
        found.len() > 1 || !parted_otherwise,
        "commas part the cells, not semicolons or tabs: save the file with commas"
    );
    ensure!(!quoted, "a quotation mark has no other on its line: a member is one line");
    Ok(found.into_iter().map(|cell| cell.trim().to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn names(text: &str) -> Vec<(String, NaiveDate)> {
        let members = read(text, day("2026-02-02")).expect("a team");
        members.into_iter().map(|member| (member.name, member.joined)).collect()
    }

    fn owned((name, joined): (&str, NaiveDate)) -> (String, NaiveDate) {
        (name.to_owned(), joined)
    }

    #[test]
    fn a_member_a_line_with_or_without_position_and_day() {
        let found = names("\u{feff}name,position,joined\n# the team\n陳怡君, 業務, 2024-05-06\n\n\"Lin, Bo\"\nWu,,\n");
        let first_day = day("2026-02-02");
        let expected = [("陳怡君", day("2024-05-06")), ("Lin, Bo", first_day), ("Wu", first_day)];
        assert_eq!(names("\"Lin; Bo\"\nWu, sales; Taipei\n"), [("Lin; Bo", first_day), ("Wu", first_day)].map(owned));
        assert_eq!(found, expected.map(owned));
    }

    #[test]
    fn what_is_wrong_names_its_line() {
        let problem = |text: &str| format!("{:#}", read(text, day("2026-02-02")).expect_err("a mistake"));
        assert_eq!(problem("Wu\nLin,, 5 May"), "line 2: `5 May` is no date; `joined` is written as 2026-02-02");
        assert_eq!(problem(", sales"), "line 1: a name is missing: `name, position, joined`");
        assert_eq!(problem("a,b,2026-02-02,c"), "line 1: there are three things a line: `name, position, joined`");
        let commas = "commas part the cells, not semicolons or tabs: save the file with commas";
        assert_eq!(problem("name;position;joined\nA;B;2026-02-09"), format!("line 1: {commas}"));
        assert_eq!(problem("Wu\nA\tB"), format!("line 2: {commas}"));
        let quote = "a quotation mark has no other on its line: a member is one line";
        assert_eq!(problem("Wu\n\"Lin\nBo\",,"), format!("line 2: {quote}"));
        assert_eq!(problem("# nobody"), "no member: write one a line, `name, position, joined`");
    }
}

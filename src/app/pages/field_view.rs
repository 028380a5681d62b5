//! A field with what stands in it, as `partials/field` and `partials/answer` take it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::cards::Blocker;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::condition::{Comparison, Condition, Path};
use crate::engine::entries;
use crate::engine::form::Answers;
use crate::engine::message::Message;
use crate::engine::release::{ABOUT, Choice, ColumnKind, ENTRY, Entries, Entry, Field, FieldKind};
use crate::engine::vocabulary::{MemberId, StepKey, Text};
use crate::store::files::FileHead;

/// Empty rows shown below those that are filled, for those who can't add any (no script).
const SPARE_ROWS: usize = 2;

/// A field, and what was or is to be answered.
#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    pub field: Field,
    pub value: String,
    /// Of a table; a goal and a rating have one row.
    pub rows: Vec<BTreeMap<String, String>>,
    /// The options that were chosen, where several may be.
    pub chosen: BTreeMap<String, bool>,
    /// Whom the answer names; in a form, who may be named too.
    pub people: Vec<Somebody>,
    pub file: Option<FileView>,
    /// An address that may be followed.
    pub link: Option<LinkView>,
    /// What a rating's value in the middle is.
    pub middle: Option<String>,
    /// When it is asked, if not always.
    pub asked: Option<AskedIf>,
    /// What stands in it as a draft that nobody wrote: lines, if its value is empty.
    pub begun: Vec<Message>,
    /// Whether what stands in it was put there and not written.
    pub is_begun: bool,
    /// What the step goes on without; the field asks why.
    pub missing: Vec<Blocker>,
    pub problem: Option<Message>,
}

/// A member of the plan's roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Somebody {
    pub id: String,
    pub name: String,
    /// False once they left.
    pub is_here: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileView {
    pub id: String,
    pub name: String,
    pub size: Message,
    pub href: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkView {
    pub href: String,
    pub host: String,
}

/// A field's condition: in words, and as JSON for the script that hides what is not asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedIf {
    pub words: Message,
    pub condition: String,
}

/// What answers speak of: the roster, and the files that came with them. Only for those who read the
/// answers.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    people: Vec<Somebody>,
    files: Vec<FileHead>,
    /// The address of the step.
    href: String,
}

impl Beside {
    pub fn of(world: &PlanWorld, names: &Names, key: &StepKey, files: &[FileHead]) -> Beside {
        let step = key.to_string();
        let mut people: Vec<Somebody> = world
            .plan
            .members
            .iter()
            .filter_map(|(id, membership)| {
                let name = names.member(Some(*id))?;
                Some(Somebody { id: id.to_string(), name, is_here: membership.left.is_none() })
            })
            .collect();
        people.sort_by(|a, b| a.name.cmp(&b.name));
        Beside {
            people,
            files: files.iter().filter(|file| file.step_key == step).cloned().collect(),
            href: super::lines::step_href(&world.plan, key),
        }
    }

    #[cfg(test)]
    pub fn sample(people: Vec<Somebody>, files: Vec<FileHead>, href: &str) -> Beside {
        Beside { people, files, href: href.to_owned() }
    }

    /// Who may be named in an answer.
    pub fn members(&self) -> Vec<MemberId> {
        self.people.iter().filter(|one| one.is_here).filter_map(|one| one.id.parse().ok()).collect()
    }

    /// The people whom these texts name; with everybody who is there, if they may be chosen.
    fn people(&self, named: &BTreeSet<&str>, with_present: bool) -> Vec<Somebody> {
        let is_shown = |one: &&Somebody| named.contains(one.id.as_str()) || (with_present && one.is_here);
        self.people.iter().filter(is_shown).cloned().collect()
    }

    fn file(&self, field: &Field, id: &str) -> Option<FileView> {
        let head = self.files.iter().find(|head| head.field == field.id && head.id().to_string() == id.trim())?;
        Some(FileView {
            id: head.id().to_string(),
            name: head.name.clone(),
            size: size(head.size()),
            href: format!("{}/files/{}", self.href, head.id()),
        })
    }
}

/// An answer to be read.
pub(super) fn view(field: &Field, answers: &Answers, beside: &Beside) -> FieldView {
    let value = answers.text(&field.id).to_owned();
    let rows: Vec<_> = answers.rows(&field.id).iter().filter(|row| has_words(row)).cloned().collect();
    let (file, link, middle) = match &field.kind {
        FieldKind::File { .. } => (beside.file(field, &value), None, None),
        FieldKind::Link => (None, link(&value), None),
        FieldKind::Rating { min, max, .. } => (None, None, middle(*min, *max)),
        _ => (None, None, None),
    };
    FieldView {
        chosen: match &field.kind {
            FieldKind::Several { .. } => answers.many(&field.id).iter().map(|id| (id.clone(), true)).collect(),
            _ => BTreeMap::new(),
        },
        people: if names_people(field) { beside.people(&named(&value, &rows), false) } else { Vec::new() },
        field: field.clone(),
        value,
        rows,
        file,
        link,
        middle,
        asked: None,
        begun: Vec::new(),
        is_begun: false,
        missing: Vec::new(),
        problem: None,
    }
}

/// A field to be filled in; `fields` is its whole form.
pub(super) fn to_fill(fields: &[Field], field: &Field, answers: &Answers, beside: &Beside) -> FieldView {
    let mut view = view(field, answers, beside);
    match &field.kind {
        FieldKind::Table { of: Some(entries), .. } => view.rows = entry_rows(entries, &field.id, answers),
        FieldKind::Table { min_rows, max_rows, .. } => {
            let (least, most) = (usize::from(*min_rows).max(1), usize::from(*max_rows).max(1));
            // Rows beyond the limit stay to be seen: the problem beside the field says how many may.
            let shown = (view.rows.len() + SPARE_ROWS).max(least).min(most).max(view.rows.len());
            view.rows.resize_with(shown, BTreeMap::new);
        }
        FieldKind::Smart { .. } | FieldKind::Rating { .. } => view.rows.resize_with(1, BTreeMap::new),
        _ => {}
    }
    if names_people(field) {
        view.people = beside.people(&named(&view.value, &view.rows), true);
    }
    view.asked = field
        .when
        .as_ref()
        .map(|when| AskedIf { words: words(fields, when), condition: serde_json::to_string(when).unwrap_or_default() });
    view
}

/// A row for each entry that stands, with what was said of it.
fn entry_rows(entries: &Entries, field: &str, answers: &Answers) -> Vec<BTreeMap<String, String>> {
    let row = |entry: &Entry| {
        let mut row = entries::row_of(answers, field, std::slice::from_ref(&entry.key)).cloned().unwrap_or_default();
        row.extend([(ENTRY.to_owned(), entry.key.clone()), (ABOUT.to_owned(), entry.about.clone())]);
        row
    };
    entries.open.iter().map(row).collect()
}

fn names_people(field: &Field) -> bool {
    match &field.kind {
        FieldKind::Person => true,
        FieldKind::Table { columns, .. } => columns.iter().any(|column| matches!(column.kind, ColumnKind::Person)),
        _ => false,
    }
}

fn named<'a>(value: &'a str, rows: &'a [BTreeMap<String, String>]) -> BTreeSet<&'a str> {
    std::iter::once(value).chain(rows.iter().flat_map(BTreeMap::values).map(String::as_str)).map(str::trim).collect()
}

fn has_words(row: &BTreeMap<String, String>) -> bool {
    row.values().any(|cell| !cell.trim().is_empty())
}

fn link(address: &str) -> Option<LinkView> {
    let url = url::Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(LinkView { host: url.host_str()?.to_owned(), href: url.into() })
}

/// The value in the middle; between two, both.
fn middle(min: i32, max: i32) -> Option<String> {
    let sum = min.checked_add(max)?;
    let low = sum.div_euclid(2);
    Some(if sum % 2 == 0 { low.to_string() } else { format!("{low}–{}", low + 1) })
}

fn size(bytes: u32) -> Message {
    const MIB: u32 = 1024 * 1024;
    if bytes < MIB {
        return Message::new("file-size-kb").with("size", i64::from(bytes.div_ceil(1024)));
    }
    let tenths = (u64::from(bytes) * 10).div_ceil(u64::from(MIB));
    Message::new("file-size-mb").with("size", format!("{}.{}", tenths / 10, tenths % 10))
}

/// A condition in words, if it is a simple one.
fn words(fields: &[Field], when: &Condition) -> Message {
    simple(fields, when).unwrap_or_else(|| Message::new("asked-if-other"))
}

fn simple(fields: &[Field], when: &Condition) -> Option<Message> {
    let said = |id, (field, label): (&Field, Text), other: &Condition| {
        let message = Message::new(id).with("field", label);
        Some(match other {
            Condition::Text(text) => message.with("value", option_label(field, text)),
            Condition::Number(number) => message.with("value", number.to_string()),
            _ => return None,
        })
    };
    match when {
        Condition::Compare(how, a, b) => match (labelled(fields, a), labelled(fields, b)) {
            (Some(one), None) => said(comparison(*how), one, b),
            (None, Some(one)) => said(comparison(turned(*how)), one, a),
            _ => None,
        },
        Condition::In(one, list) => said("asked-if-includes", labelled(fields, list)?, one),
        _ => None,
    }
}

fn comparison(how: Comparison) -> &'static str {
    match how {
        Comparison::Equal => "asked-if-is",
        Comparison::NotEqual => "asked-if-is-not",
        Comparison::Less => "asked-if-less",
        Comparison::LessOrEqual => "asked-if-at-most",
        Comparison::Greater => "asked-if-more",
        Comparison::GreaterOrEqual => "asked-if-at-least",
    }
}

/// `3 < a` says `a > 3`.
fn turned(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

/// The field that a path leads to, with its label or that of its dimension.
fn labelled<'f>(fields: &'f [Field], of: &Condition) -> Option<(&'f Field, Text)> {
    let Condition::Path(Path::This { field, dimension }) = of else { return None };
    let field = fields.iter().find(|one| one.id == *field)?;
    let Some(dimension) = dimension else { return Some((field, field.label.clone())) };
    let FieldKind::Rating { dimensions, .. } = &field.kind else { return None };
    let dimension = dimensions.iter().find(|one| one.id == *dimension)?;
    Some((field, dimension.label.clone()))
}

fn option_label(field: &Field, id: &str) -> Text {
    let options: &[Choice] = match &field.kind {
        FieldKind::Choice { options } | FieldKind::Several { options, .. } => options,
        _ => &[],
    };
    let found = options.iter().find(|option| option.id == id).map(|option| option.label.clone());
    found.unwrap_or_else(|| Text { en: id.to_owned(), zh_tw: id.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::form::Answer;
    use crate::engine::release::Number;

    fn text(words: &str) -> Text {
        Text { en: words.to_owned(), zh_tw: words.to_owned() }
    }

    fn field(id: &str, kind: FieldKind) -> Field {
        Field { id: id.to_owned(), label: text(id), help: None, required: true, when: None, begin: None, kind }
    }

    fn table(min_rows: u16, max_rows: u16) -> Field {
        field("t", FieldKind::Table { columns: Vec::new(), min_rows, max_rows, of: None })
    }

    fn rows(count: usize) -> Answers {
        let row = |n: usize| BTreeMap::from([("what".to_owned(), n.to_string())]);
        Answers([("t".to_owned(), Answer::Rows((0..count).map(row).collect()))].into())
    }

    fn shown(field: &Field, answers: &Answers) -> usize {
        to_fill(&[], field, answers, &Beside::default()).rows.len()
    }

    #[test]
    fn a_table_has_spare_rows_up_to_its_limit() {
        assert_eq!(shown(&table(1, 10), &rows(0)), 2);
        assert_eq!(shown(&table(5, 10), &rows(0)), 5);
        assert_eq!(shown(&table(1, 10), &rows(9)), 10);
        assert_eq!(shown(&table(1, 3), &rows(5)), 5);
    }

    #[test]
    fn rows_that_stayed_empty_do_not_pile_up_in_drafts() {
        let empty = Answers([("t".to_owned(), Answer::Rows(vec![BTreeMap::new(); 8]))].into());
        assert_eq!(shown(&table(1, 10), &empty), 2);
    }

    #[test]
    fn whoever_left_is_still_named_and_is_not_to_be_chosen_anew() {
        let somebody = |id: &str, is_here| Somebody { id: id.to_owned(), name: id.to_owned(), is_here };
        let people = vec![somebody("here", true), somebody("left", false), somebody("long gone", false)];
        let beside = Beside { people, ..Beside::default() };
        let person = field("who", FieldKind::Person);
        let given = Answers([("who".to_owned(), Answer::One("left".to_owned()))].into());
        assert_eq!(view(&person, &given, &beside).people, [somebody("left", false)]);
        let to_choose = to_fill(&[], &person, &given, &beside).people;
        assert_eq!(to_choose, [somebody("here", true), somebody("left", false)]);
        assert_eq!(to_fill(&[], &person, &Answers::default(), &beside).people, [somebody("here", true)]);
    }

    #[test]
    fn a_simple_condition_is_said_in_words() {
        let yes = Choice { id: "yes".to_owned(), label: text("Yes, we do") };
        let fields =
            [field("leads", FieldKind::Choice { options: vec![yes] }), field("n", FieldKind::Date), table(1, 2)];
        let path = |id: &str| Box::new(Condition::Path(Path::This { field: id.to_owned(), dimension: None }));
        let is = Condition::Compare(Comparison::Equal, path("leads"), Box::new(Condition::Text("yes".to_owned())));
        let said = words(&fields, &is);
        assert_eq!(said, Message::new("asked-if-is").with("field", text("leads")).with("value", text("Yes, we do")));
        let three = || Box::new(Condition::Number(Number(3000)));
        assert_eq!(words(&fields, &Condition::Compare(Comparison::Less, three(), path("n"))).id, "asked-if-more");
        assert_eq!(words(&fields, &Condition::Not(Box::new(is))).id, "asked-if-other");
    }

    #[test]
    fn only_an_address_of_the_web_is_a_link() {
        assert_eq!(link("https://example.com/a?b=c").map(|link| link.host).as_deref(), Some("example.com"));
        assert_eq!(link("javascript:alert(1)"), None);
        assert_eq!(link("not an address"), None);
    }

    #[test]
    fn the_middle_of_a_scale_may_lie_between_two_values() {
        assert_eq!(middle(1, 5).as_deref(), Some("3"));
        assert_eq!(middle(1, 4).as_deref(), Some("2–3"));
    }
}

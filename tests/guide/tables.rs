//! Tables of the language, made of the schema that editors read.

use std::cell::RefCell;
use std::collections::BTreeSet;

use pilothouse::curriculum::schema::{DAYS, PATHS, document};
use serde_json::{Map, Value};

/// Definitions whose keys have a table of their own.
const APART: [&str; 4] = ["Ask", "Dimension", "RatingStep", "Step"];

/// Kinds of values that have a section of their own.
const EXPLAINED: [&str; 2] = ["Condition", "Day"];

struct Row {
    key: String,
    is_needed: bool,
    holds: String,
    means: String,
}

/// A table by what stands in its marker: `keys Step`, `keys PlaybookFile beyond CurriculumFile`, ..
pub fn table(what: &str) -> String {
    let schema: Value = serde_json::from_str(&document()).expect("JSON");
    let definitions = schema["definitions"].as_object().expect("definitions");
    let tables = Tables { schema: &schema, definitions, told: RefCell::default() };
    match what.split(' ').collect::<Vec<_>>().as_slice() {
        ["files"] => tables.files(),
        ["values"] => tables.values(),
        ["days"] => forms("written", "means", DAYS.iter().map(|(written, _, means)| (*written, *means))),
        ["paths"] => forms("path", "is", PATHS.into_iter()),
        ["types"] => tables.types(),
        ["keys", "of", "every", "field"] => tables.shared(),
        ["keys", name] => keys(&tables.rows(name, &BTreeSet::new())),
        ["keys", name, "beyond", other] => keys(&tables.rows(name, &tables.keys_of(other))),
        _ => panic!("nothing known generates {what}"),
    }
}

/// Bars divide cells, also in code.
pub fn cell(words: &str) -> String {
    words.replace('|', "\\|")
}

fn forms<'f>(first: &str, second: &str, forms: impl Iterator<Item = (&'f str, &'f str)>) -> String {
    let rows = forms.map(|(written, means)| format!("| `{}` | {} |\n", cell(written), cell(means)));
    format!("| {first} | {second} |\n|---|---|\n{}", rows.collect::<String>())
}

fn keys(rows: &[Row]) -> String {
    let rows = rows.iter().map(|row| format!("| {} | {} | {} |\n", row.name(), row.holds, cell(&row.means)));
    format!("| key | holds | meaning |\n|---|---|---|\n{}", rows.collect::<String>())
}

impl Row {
    fn name(&self) -> String {
        if self.is_needed { format!("**`{}`**", self.key) } else { format!("`{}`", self.key) }
    }
}

struct Tables<'s> {
    schema: &'s Value,
    definitions: &'s Map<String, Value>,
    /// What stands in the table already: an option has the same keys wherever it stands.
    told: RefCell<BTreeSet<&'s str>>,
}

impl<'s> Tables<'s> {
    fn definition(&self, name: &str) -> &'s Value {
        self.definitions.get(name).unwrap_or_else(|| panic!("no definition {name}"))
    }

    fn keys_of(&self, name: &str) -> BTreeSet<&'s str> {
        let keys = self.definition(name)["properties"].as_object().into_iter().flatten();
        keys.map(|(key, _)| key.as_str()).collect()
    }

    /// The first key of each kind of file, and what the file is.
    fn files(&self) -> String {
        let kinds = self.schema["oneOf"].as_array().expect("kinds").iter().filter_map(referred);
        let rows = kinds.map(|name| (self.needed(name)[0], text(self.definition(name), "description")));
        forms("first key", "the file is", rows)
    }

    fn needed(&self, name: &str) -> Vec<&'s str> {
        let needed = self.definition(name)["required"].as_array().into_iter().flatten();
        needed.filter_map(Value::as_str).collect()
    }

    /// Kinds of values, with the length of those that are texts.
    fn values(&self) -> String {
        let is_told = |(name, about): &(&String, &Value)| {
            let is_plain = about["type"] == "string" || about["properties"]["en"].is_object();
            is_plain && !EXPLAINED.contains(&name.as_str())
        };
        let row = |(_, about): (&String, &'s Value)| {
            let longest = about["properties"]["en"]["maxLength"].as_u64();
            let longest = longest.map_or(String::new(), |most| format!(" At most {} characters.", grouped(most)));
            (text(about, "title"), format!("{}{longest}", cell(text(about, "description"))))
        };
        let mut rows: Vec<_> = self.definitions.iter().filter(is_told).map(row).collect();
        rows.sort_by_key(|(title, _)| title.to_lowercase());
        let rows = rows.iter().map(|(title, means)| format!("| {title} | {means} |\n"));
        format!("| value | how it is written |\n|---|---|\n{}", rows.collect::<String>())
    }

    /// The keys that fields of all types have.
    fn shared(&self) -> String {
        let mut rows = self.rows("DateField", &BTreeSet::new());
        rows.iter_mut().filter(|row| row.key == "type").for_each(|row| row.holds = "a type".to_owned());
        keys(&rows)
    }

    /// The needed keys of a definition in the order of the schema, then the others by name, each followed
    /// by the keys that it holds.
    fn rows(&self, name: &str, without: &BTreeSet<&str>) -> Vec<Row> {
        let definition = self.definition(name);
        let needed = self.needed(name);
        let mut others: Vec<&str> = self.keys_of(name).into_iter().filter(|key| !needed.contains(key)).collect();
        others.sort_by_key(|key| place(key));
        let mut rows: Vec<Row> = Vec::new();
        for key in needed.iter().copied().chain(others).filter(|key| !without.contains(key)) {
            let about = &definition["properties"][key];
            let means = text(about, "description").to_owned();
            let is_needed = needed.contains(&key);
            rows.push(Row { key: key.to_owned(), is_needed, holds: self.holds(about), means });
            for below in self.held(about).iter().flat_map(|held| self.rows(held, &BTreeSet::new())) {
                let key = format!("{key}.{}", below.key);
                // A column may be one of two kinds that share their keys.
                match rows.iter_mut().find(|row| row.key == key) {
                    Some(row) if row.holds != below.holds => row.holds = format!("{}, {}", row.holds, below.holds),
                    Some(_) => {}
                    None => rows.push(Row { key, ..below }),
                }
            }
        }
        rows
    }

    /// The types of fields, each with the keys that it adds.
    fn types(&self) -> String {
        let shared = self.keys_of("DateField");
        let mut table = "| type | key | holds | meaning |\n|---|---|---|---|\n".to_owned();
        for name in self.definition("Ask")["anyOf"].as_array().expect("fields").iter().filter_map(referred) {
            let Some(kind) = self.definition(name)["properties"]["type"]["enum"][0].as_str() else { continue };
            table += &format!("| `{kind}` | | | {} |\n", text(self.definition(name), "description"));
            for row in self.rows(name, &shared) {
                table += &format!("| | {} | {} | {} |\n", row.name(), row.holds, cell(&row.means));
            }
        }
        table
    }

    /// What a value is, in a few words.
    fn holds(&self, about: &Value) -> String {
        if let Some(name) = referred(about) {
            let definition = self.definition(name);
            return match (text(definition, "title"), definition["anyOf"].is_array()) {
                ("", true) => self.holds(definition),
                ("", false) => "keys".to_owned(),
                (title, _) => title.to_owned(),
            };
        }
        if let Some(choices) = about["anyOf"].as_array() {
            return choices.iter().map(|choice| self.holds(choice)).collect::<Vec<_>>().join(" or ");
        }
        let words: Vec<&str> = about["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        match words.as_slice() {
            [] => {}
            [first, .., last] if words.len() == 7 => return format!("`{first}` to `{last}`"),
            words => return words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        }
        match text(about, "type") {
            "array" => self.list(about),
            "boolean" => "`true`, `false`".to_owned(),
            "integer" => whole(about),
            "number" => "number".to_owned(),
            _ => format!("words, at most {} characters", about["maxLength"]),
        }
    }

    fn list(&self, about: &Value) -> String {
        let item = &about["items"];
        let of = self.holds(item);
        if item["enum"].is_array() {
            return format!("list of {of}");
        }
        let of = of.split(" or ").map(|one| format!("{one}s")).collect::<Vec<_>>().join(" or ");
        let most = about["maxItems"].as_u64().map_or(String::new(), |most| format!(", at most {}", grouped(most)));
        format!("list of {of}{most}")
    }

    /// The definitions whose keys stand below this one.
    fn held(&self, about: &Value) -> Vec<&'s str> {
        if let Some(name) = referred(about) {
            let (name, definition) = self.definitions.get_key_value(name).expect("a definition");
            let is_apart = APART.contains(&name.as_str()) || definition["properties"]["en"].is_object();
            return match definition["properties"].is_object() {
                _ if is_apart => Vec::new(),
                true => Vec::from_iter(self.told.borrow_mut().insert(name).then_some(name.as_str())),
                false => self.held(definition),
            };
        }
        let choices = about["anyOf"].as_array().into_iter().flatten();
        choices.chain(about.get("items")).flat_map(|one| self.held(one)).collect()
    }
}

/// By name, but the least before the most.
fn place(key: &str) -> (&str, u8) {
    match key {
        "min" => ("max", 0),
        "max" => ("max", 1),
        "low" => ("high", 0),
        "middle" => ("high", 1),
        "high" => ("high", 2),
        other => (other, 0),
    }
}

/// The definition that a schema refers to.
fn referred(about: &Value) -> Option<&str> {
    let reference = about["$ref"].as_str().or(about["allOf"][0]["$ref"].as_str())?;
    reference.strip_prefix("#/definitions/")
}

fn text<'v>(about: &'v Value, key: &str) -> &'v str {
    about[key].as_str().unwrap_or_default()
}

fn whole(about: &Value) -> String {
    let end = |key: &str| about[key].as_i64();
    let written = |n: i64| if n < 0 { format!("−{}", grouped(n.unsigned_abs())) } else { grouped(n.unsigned_abs()) };
    match (end("minimum"), end("maximum")) {
        (Some(min), Some(max)) => format!("{} to {}", written(min), written(max)),
        (Some(min), None) => format!("{} or more", written(min)),
        _ => "whole number".to_owned(),
    }
}

/// A number as people write it: 20,000.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let grouped = digits.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned());
    grouped.collect::<Vec<_>>().join(",")
}

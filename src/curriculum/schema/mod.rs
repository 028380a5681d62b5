//! The shape of the files as JSON Schema, so that editors complete and check them while they are
//! written. It says which keys there are and what they hold; whether steps, days and conditions fit
//! together only the compiler can say.

mod fields;
mod files;
mod steps;
mod texts;
mod views;

#[cfg(test)]
mod file_tests;
#[cfg(test)]
mod tests;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

pub use super::scalar::RESERVED;

/// The whole schema, as `curricula/schema.json` holds it.
pub fn document() -> String {
    // Draft 7 is what the YAML extensions of editors know.
    let mut generator = SchemaSettings::draft07().into_generator();
    let kinds = [
        generator.subschema_for::<files::CurriculumFile>(),
        generator.subschema_for::<files::PlaybookFile>(),
        generator.subschema_for::<files::AssessmentFile>(),
        generator.subschema_for::<files::ProgramFile>(),
        generator.subschema_for::<files::CalendarFile>(),
    ];
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Pilothouse curriculum files",
        "description": "A curriculum, playbook, assessment, program or calendar; the first key says which.",
        "type": "object",
        "oneOf": kinds,
        "definitions": generator.take_definitions(true),
    });
    without_nothing(&mut schema);
    on_one_line(&mut schema);
    format!("{schema:#}\n")
}

/// Schemars lets what may be left out be null as well; in these files an empty value is a mistake.
fn without_nothing(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(without_nothing),
        Value::Object(map) => {
            drop_null_type(map);
            drop_null_choice(map);
            map.values_mut().for_each(without_nothing);
        }
        _ => {}
    }
}

/// A comment of several lines is one paragraph; editors would keep its line breaks.
fn on_one_line(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(on_one_line),
        Value::Object(map) => {
            if let Some(Value::String(words)) = map.get_mut("description") {
                *words = words.replace('\n', " ");
            }
            map.values_mut().for_each(on_one_line);
        }
        _ => {}
    }
}

fn drop_null_type(map: &mut Map<String, Value>) {
    let Some(Value::Array(types)) = map.get_mut("type") else { return };
    types.retain(|one| one != "null");
    if let [only] = types.as_slice() {
        let only = only.clone();
        map.insert("type".to_owned(), only);
    }
    if let Some(Value::Array(values)) = map.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
}

fn drop_null_choice(map: &mut Map<String, Value>) {
    let Some(Value::Array(choices)) = map.get_mut("anyOf") else { return };
    choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
    if choices.len() == 1 {
        let only = map.remove("anyOf").unwrap_or_default();
        map.insert("allOf".to_owned(), only);
    }
}

/// A way to write a day: an example, its pattern, what it means.
pub type DayForm = (&'static str, &'static str, &'static str);

/// Every way to write a day.
pub const DAYS: [DayForm; 7] = [
    (
        "B12",
        "B[1-9][0-9]*",
        "The 12th working day of the plan. `B1` is the first one on or after the day the manager takes the role. In \
         the curricula of a wave that begins on B22, `B1` is the plan's B22. At most B400.",
    ),
    ("T+3", "T\\+[0-9]+", "In a playbook: the 3rd working day after its launch. `T+0` is the day of the launch."),
    (
        "some_step+3",
        "[a-z][a-z0-9_]*\\+[0-9]+",
        "The 3rd working day after the step `some_step` is closed. `+0` is that day itself.",
    ),
    (
        "some_step.some_date-3",
        "[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*[+-][0-9]+",
        "Three working days before (`+3`: after) the date that the field `some_date` of `some_step` is answered with.",
    ),
    (
        "some_step.some_table.some_date+0",
        "[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*[+-][0-9]+",
        "For each row of the table `some_table` of `some_step`, the date in its column `some_date`: the step has as many \
         turns as there are rows, and each is open from when `some_step` is closed.",
    ),
    (
        "some_step-1",
        "[a-z][a-z0-9_]*-[0-9]+",
        "One working day before each turn of `some_step` is due. The step has as many turns as that one.",
    ),
    (
        "quarter_end-10",
        "quarter_(start|end)[+-][0-9]+",
        "Ten working days before the last working day of a calendar quarter. `quarter_start+5`: after its first one. \
         The first such day that is not before the curriculum's own B1.",
    ),
];

/// What a condition can ask for.
pub const PATHS: [(&str, &str); 6] = [
    (
        "answers.some_step.some_field",
        "The newest answer. Of a `choice` the id of an option, of `several` a list of ids, of `scale` and `number` a \
         number, of a `table` its rows, for `size()` alone. Other types can't be compared.",
    ),
    ("answers.some_step.some_rating.some_dimension", "The value that a dimension was rated with, a number."),
    ("cast.mentor", "Whether somebody has that part; also `cast.superior` and `cast.hr`."),
    ("size(roster)", "How many members the team has."),
    ("metrics.some_metric.last", "The latest value of a metric; `.before` is the one before it."),
    ("this.some_field", "In the `when` of a field, and only there: an answer of the same form."),
];

/// A type that stands for one word.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $($word:literal)|+),* $(,)?) => {$(
        $(#[$doc])*
        pub struct $name;

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($word),+] })
            }
        }
    )*};
}
use words;

/// A type that is a text of this form; its title is what the guide calls it.
macro_rules! pattern {
    ($($(#[$doc:meta])* $name:ident = $title:literal, $pattern:expr, $about:expr;)*) => {$(
        $(#[$doc])*
        pub struct $name;

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string", "title": $title, "pattern": $pattern, "description": $about,
                })
            }
        }
    )*};
}

pattern! {
    /// Permanent.
    Name = "name", format!("^[a-z][a-z0-9_]{{0,{}}}$", super::scalar::MAX_NAME - 1),
        "Small letters, digits and `_`, beginning with a letter, at most 64: `team_map`. Names are permanent, since running plans, conditions and addresses use them.";
    /// Any kind of day.
    Day = "day", any_day(), listed("A working day.", DAYS.map(|(written, _, means)| (written, means)));
    /// A day of the plan.
    PlanDay = "plan day", "^B[1-9][0-9]*$", "A working day of the plan: `B12`. At most B400.";
    /// A date.
    Date = "date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "Year, month, day: `2026-01-31`.";
    /// A condition.
    Condition = "condition", "\\S",
        listed("In CEL syntax, such as `answers.diagnose.leads == \"yes\" && size(roster) > 3`. Operators: `==` `!=` `<` `<=` `>` `>=` `&&` `||` `!` `in` `size()`.", PATHS);
    /// Where a value of a program comes from.
    FieldPath = "step and field", "^[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*$", "A step and one of its fields: `weekly_figures.attainment`.";
    /// A step, or a step and its field.
    SourcePath = "step or step and field", "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?$", "A step, or a step and one of its fields: `promise`, `promise.promises`.";
    /// What a field begins with.
    Beginning = "beginning", "^(done|late|gaps|[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*)$", "`done`, `late`, `gaps`, or a step and one of its fields: `weekly_figures.attainment`.";
    /// Part of all.
    Percent = "part", "^[1-9][0-9]?%$", "A part of all, `1%` to `99%`.";
}

fn any_day() -> String {
    format!("^({})$", DAYS.map(|(_, pattern, _)| pattern).join("|"))
}

fn listed<const N: usize>(about: &str, forms: [(&str, &str); N]) -> String {
    let forms = forms.map(|(written, means)| format!(" `{written}`: {means}"));
    about.to_owned() + &forms.concat()
}

words! {
    Role = "manager" | "mentor" | "superior" | "hr",
    Member = "member",
    Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun",
    End = "end",
    Never = "never",
}

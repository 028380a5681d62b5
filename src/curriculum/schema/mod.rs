//! The shape of the files as JSON Schema, so that editors complete and check them while they are
//! written. It says which keys there are and what they hold; whether steps, days and conditions fit
//! together only the compiler can say.

mod fields;
mod files;

#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

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

/// A type that is a text of this form.
macro_rules! pattern {
    ($($(#[$doc:meta])* $name:ident = $pattern:expr, $about:literal;)*) => {$(
        $(#[$doc])*
        pub struct $name;

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": $pattern, "description": $about })
            }
        }
    )*};
}

pattern! {
    /// Permanent.
    Name = "^[a-z][a-z0-9_]{0,63}$", "A permanent name: small letters, digits and _, beginning with a letter.";
    /// Any kind of day.
    Day = "^(B[1-9][0-9]*|T\\+[0-9]+|quarter_(start|end)[+-][0-9]+|[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?[+-][0-9]+)$",
        "A day. B12: working day 12 of the plan (of the wave). T+3: the third working day after the launch, in playbooks. some_step+3: the third working day after that step is done. some_step.some_field+3 or -3: counted from the date that a field was answered with. some_step-1: one working day before each turn of that step. quarter_start+5, quarter_end-10: counted from a calendar quarter.";
    /// A day of the plan.
    PlanDay = "^B[1-9][0-9]*$", "A working day of the plan, such as B12.";
    /// A date.
    Date = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A date such as 2026-01-31.";
    /// A condition.
    Condition = "\\S", "A condition in CEL syntax, such as answers.diagnose.leads == \"yes\" && size(roster) > 3. Paths: answers.<step>.<field>, answers.<step>.<rating>.<dimension>, cast.mentor, cast.superior, cast.hr, size(roster), metrics.<id>.last, metrics.<id>.before; in a field: this.<field>. Operators: == != < <= > >= && || ! in size().";
    /// Where a value of a program comes from.
    FieldPath = "^[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?$", "A number, scale or rating field: step.field.";
    /// Part of all.
    Percent = "^[1-9][0-9]?0?%$", "A part of all, such as 80%.";
}

words! {
    Role = "manager" | "mentor" | "superior" | "hr",
    Member = "member",
    Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun",
    End = "end",
    Never = "never",
}

/// A text in both languages. Names may be filled in where the text is shown in a plan:
/// {{manager.name}}, {{mentor.name}}, {{superior.name}}, {{hr.name}}, and {{member.name}} in steps with
/// each.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only the shape is used")]
pub struct Text {
    /// English.
    #[schemars(length(min = 1))]
    en: String,
    /// Traditional Chinese as written in Taiwan.
    #[schemars(rename = "zh-TW", length(min = 1))]
    zh_tw: String,
}

//! Tables whose rows stand for what other steps were answered with: a delegation that is looked at every
//! week until it is finished.

use super::ask::{ENTRY, Entries, Entry, Field, FieldKind};
use super::form::Answers;
use super::growth::Known;
use super::plan::{Plan, Step, StepState};
use super::vocabulary::StepKey;

/// The fields with the entries that stand for a step, apart from tables that have none: these are not
/// asked.
pub fn resolved(fields: Vec<Field>, key: &StepKey, plan: &Plan, known: &Known) -> Vec<Field> {
    let resolved = |mut field: Field| {
        if let FieldKind::Table { of: Some(entries), .. } = &mut field.kind {
            entries.open = open(entries, &field.id, key, plan, known);
            if entries.open.is_empty() {
                return None;
            }
        }
        Some(field)
    };
    fields.into_iter().filter_map(resolved).collect()
}

fn open(entries: &Entries, field: &str, key: &StepKey, plan: &Plan, known: &Known) -> Vec<Entry> {
    let handed_in = |step: &Step| matches!(step.state, StepState::HandedIn { .. } | StepState::Done { .. });
    let turns = entries.steps.iter().flat_map(|id| plan.of(id)).filter(|(_, step)| handed_in(step));
    let is_over = |entry: &str| {
        let Some(until) = &entries.until else { return false };
        let ends = |answers: &Answers| {
            let row = row_of(answers, field, entry);
            row.and_then(|row| row.get(&until.column)).is_some_and(|given| until.is.contains(given))
        };
        // By what was said in turns before this one: a correction of this turn still shows its rows.
        let earlier = plan.of(&key.id).filter(|(other, _)| other.member == key.member && other.turn < key.turn);
        earlier.filter(|(_, step)| handed_in(step)).any(|(other, _)| known.get(other).is_some_and(ends))
    };
    let entry = |(key, _): (&StepKey, &Step)| {
        let about = known.get(key).map(|answers| answers.text(&entries.about).to_owned()).unwrap_or_default();
        Entry { key: key.to_string(), about }
    };
    turns.map(entry).filter(|entry| !is_over(&entry.key)).collect()
}

/// What a table says of an entry.
pub fn row_of<'a>(
    answers: &'a Answers,
    field: &str,
    entry: &str,
) -> Option<&'a std::collections::BTreeMap<String, String>> {
    answers.rows(field).iter().find(|row| row.get(ENTRY).is_some_and(|key| key == entry))
}

//! Tables whose rows stand for what other steps were answered with: a delegation that is looked at every
//! week until it is finished.

use super::ask::{ENTRY, Entries, Entry, Field, FieldKind};
use super::form::Answers;
use super::growth::Known;
use super::plan::{Plan, Step, StepState};
use super::release::Release;
use super::vocabulary::StepKey;

/// The fields with the entries that stand for a step, apart from tables that have none: these are not
/// asked.
pub fn resolved(fields: Vec<Field>, key: &StepKey, (plan, release): (&Plan, &Release), known: &Known) -> Vec<Field> {
    let resolved = |mut field: Field| {
        if let FieldKind::Table { of: Some(entries), .. } = &mut field.kind {
            entries.open = open(entries, &field.id, key, (plan, release), known);
            if entries.open.is_empty() {
                return None;
            }
        }
        Some(field)
    };
    fields.into_iter().filter_map(resolved).collect()
}

fn open(
    entries: &Entries,
    field: &str,
    key: &StepKey,
    (plan, release): (&Plan, &Release),
    known: &Known,
) -> Vec<Entry> {
    let handed_in = |step: &Step| matches!(step.state, StepState::HandedIn { .. } | StepState::Done { .. });
    let turns = entries.steps.iter().flat_map(|id| plan.of(id)).filter(|(_, step)| handed_in(step));
    let is_over = |entry: &StepKey| {
        let names = names(release, entry);
        let Some(until) = &entries.until else { return false };
        let ends = |answers: &Answers| {
            let row = row_of(answers, field, &names);
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
    turns.filter(|(key, _)| !is_over(key)).map(entry).collect()
}

/// The names that a turn has or had: a row keeps the one of the day on which it was written.
pub fn names(release: &Release, key: &StepKey) -> Vec<String> {
    let was = release.step(&key.id).map_or(&[][..], |def| &def.was);
    std::iter::once(&key.id).chain(was).map(|id| StepKey { id: id.clone(), ..key.clone() }.to_string()).collect()
}

/// What a table says of an entry, by any of its names.
pub fn row_of<'a>(
    answers: &'a Answers,
    field: &str,
    names: &[String],
) -> Option<&'a std::collections::BTreeMap<String, String>> {
    answers.rows(field).iter().find(|row| row.get(ENTRY).is_some_and(|key| names.contains(key)))
}

#[cfg(test)]
mod tests {
    use super::names;
    use crate::engine::release::StepDef;
    use crate::engine::samples::{curriculum, released, step};
    use crate::engine::vocabulary::{StepId, StepKey};

    #[test]
    fn a_row_is_found_by_every_name_that_its_step_had() {
        let renamed = StepDef { was: vec![StepId("give_away".to_owned())], ..step("hand_over", 1, 3) };
        let release = released(vec![curriculum("all", vec![renamed])]);
        let key: StepKey = "hand_over.2".parse().expect("a key");
        assert_eq!(names(&release, &key), ["hand_over.2", "give_away.2"]);
    }
}

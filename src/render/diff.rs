//! What a new release changes, in sentences: the change, and what it means for a plan that is upgraded.

use super::Renderer;
use crate::engine::diff::{CurriculumHow, Diff, Meaning, ProgramFacet, StepChange, StepFacet, StepHow};
use crate::engine::message::Message;
use crate::engine::vocabulary::{Lang, StepId, Text};

/// One change as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `program`, `curriculum` or `step`.
    pub what: &'static str,
    /// `added`, `removed`, `changed`.
    pub how: &'static str,
    pub name: String,
    pub title: Option<Text>,
    pub curriculum: Option<String>,
    /// What of it is not as it was, by the keys of the files; `days` and `was` among them.
    pub keys: Vec<&'static str>,
    /// The sentence.
    pub says: String,
    pub means: Vec<String>,
    pub hint: Option<String>,
}

/// Every change, the program's first.
pub fn changes(renderer: &Renderer, lang: Lang, diff: &Diff) -> Vec<Change> {
    let say = |message: Message| renderer.sentence(lang, &message);
    let program = diff.program.iter().map(|facet| Change {
        what: "program",
        how: "changed",
        name: String::new(),
        title: None,
        curriculum: None,
        keys: vec![facet.as_str()],
        says: say(Message::new("diff-program").with("key", facet.as_str())),
        means: vec![say(program_means(*facet))],
        hint: None,
    });
    let curricula = diff.curricula.iter().map(|one| Change {
        what: "curriculum",
        how: match one.how {
            CurriculumHow::Added => "added",
            CurriculumHow::Removed => "removed",
            _ => "changed",
        },
        name: one.name.clone(),
        title: Some(one.title.clone()),
        curriculum: None,
        keys: match one.how {
            CurriculumHow::Added | CurriculumHow::Removed => Vec::new(),
            other => vec![other.as_str()],
        },
        says: say(Message::new("diff-curriculum").with("how", one.how.as_str()).with("title", one.title.clone())),
        means: vec![say(Message::new("diff-curriculum-means").with("how", one.how.as_str()))],
        hint: None,
    });
    let steps = diff.steps.iter().map(|one| step(&say, one));
    program.chain(curricula).chain(steps).collect()
}

fn program_means(facet: ProgramFacet) -> Message {
    Message::new("diff-program-means").with("key", facet.as_str())
}

fn step(say: &dyn Fn(Message) -> String, change: &StepChange) -> Change {
    let (how, keys) = match &change.how {
        StepHow::Added { .. } => ("added", Vec::new()),
        StepHow::Removed { .. } => ("removed", Vec::new()),
        StepHow::Changed { was, moved, from_curriculum, facets } => {
            let mut keys: Vec<&'static str> = Vec::new();
            keys.extend(was.as_ref().map(|_| "was"));
            keys.extend(moved.as_ref().map(|_| "days"));
            keys.extend(from_curriculum.as_ref().map(|_| "curriculum"));
            keys.extend(facets.iter().map(|facet| facet.as_str()));
            ("changed", keys)
        }
    };
    Change {
        what: "step",
        how,
        name: change.step.to_string(),
        title: Some(change.title.clone()),
        curriculum: Some(change.curriculum.clone()),
        keys,
        says: says(say, change).join(" "),
        means: change.how.meanings().into_iter().map(|meaning| say(means(meaning))).collect(),
        hint: hint(change).map(say),
    }
}

fn says(say: &dyn Fn(Message) -> String, change: &StepChange) -> Vec<String> {
    let of = |id| Message::new(id).with("step", change.step.as_str()).with("title", change.title.clone());
    match &change.how {
        StepHow::Added { days, .. } => vec![say(of("diff-step-added").with("days", days.as_str()))],
        StepHow::Removed { .. } => vec![say(of("diff-step-removed"))],
        StepHow::Changed { was, moved, from_curriculum, facets } => {
            let mut found = vec![say(of("diff-step"))];
            found.extend(was.as_ref().map(|was| say(Message::new("diff-step-renamed").with("was", was.as_str()))));
            found.extend(moved.as_ref().map(|(from, to)| {
                say(Message::new("diff-step-moved").with("from", from.as_str()).with("to", to.as_str()))
            }));
            found.extend(from_curriculum.as_ref().map(|from| {
                let to = change.curriculum.as_str();
                say(Message::new("diff-step-curriculum").with("from", from.as_str()).with("to", to))
            }));
            if !facets.is_empty() {
                let names: Vec<String> = facets.iter().map(|facet| say(facet_name(*facet))).collect();
                found.push(say(Message::new("diff-step-facets").with("list", list(say, names))));
            }
            found
        }
    }
}

fn facet_name(facet: StepFacet) -> Message {
    Message::new("diff-facet").with("key", facet.as_str())
}

fn list(say: &dyn Fn(Message) -> String, items: Vec<String>) -> String {
    let join = |list: String, item: String| say(Message::new("tell-list").with("list", list).with("item", item));
    items.into_iter().reduce(join).unwrap_or_default()
}

fn means(meaning: Meaning) -> Message {
    Message::new("diff-means").with("meaning", meaning.as_str())
}

fn hint(change: &StepChange) -> Option<Message> {
    let message = |old: &StepId, new: &StepId| {
        Message::new("diff-perhaps-renamed").with("old", old.as_str()).with("new", new.as_str())
    };
    match &change.how {
        StepHow::Added { perhaps_was: Some(was), .. } => Some(message(was, &change.step)),
        StepHow::Removed { perhaps_now: Some(now) } => Some(message(&change.step, now)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_step_of_a_playbook_is_said_to_join_what_is_open_and_nothing_that_is_closed() {
        let how = StepHow::Added { days: "B3".to_owned(), perhaps_was: None, in_playbook: true };
        let title = Text { en: "Ask".to_owned(), zh_tw: "詢問".to_owned() };
        let change = StepChange { step: StepId("ask".to_owned()), title, curriculum: "help".to_owned(), how };
        let diff = Diff { steps: vec![change], ..Diff::default() };
        let renderer = crate::render::shared();
        let [en, zh] = Lang::ALL.map(|lang| changes(renderer, lang, &diff).remove(0).means.join(" "));
        assert!(en.contains("joins launches of the playbook in which something is still open"), "{en}");
        assert!(en.contains("launches in which everything is closed stay as they are"), "{en}");
        assert!(zh.contains("會加入仍有未完成項目的劇本") && zh.contains("已全部結束的不變"), "{zh}");
    }
}

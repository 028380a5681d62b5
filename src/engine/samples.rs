//! Releases for tests: the least that each part needs.

use super::release::{Curriculum, Program, Release, Remind, StepDef, Window};
use super::vocabulary::{Role, StepId, Text};

pub fn text(words: &str) -> Text {
    Text { en: words.to_owned(), zh_tw: words.to_owned() }
}

pub fn step(id: &str, opens: u16, due: u16) -> StepDef {
    StepDef {
        id: StepId(id.to_owned()),
        was: Vec::new(),
        source: None,
        title: text(id),
        body: text("Do it."),
        who: Role::Manager,
        windows: vec![Window::plan(opens, due)],
        after: Vec::new(),
        pending: Vec::new(),
        joins: Vec::new(),
        when: None,
        each: None,
        every: None,
        ask: Vec::new(),
        review: None,
        report: None,
        visible_to: vec![Role::Manager, Role::Mentor, Role::Superior],
        effort: 15,
        meet: None,
        remind: Remind::Program,
        playbook: None,
        about: None,
        ballot: None,
    }
}

pub fn released(curricula: Vec<Curriculum>) -> Release {
    Release {
        hash: "0".repeat(64),
        program: Program {
            name: "sample".to_owned(),
            title: text("Sample"),
            summary: text("Sample"),
            cast: vec![Role::Mentor, Role::Superior, Role::Hr],
            mentor_accepts: Some(StepId("mentor_accepts".to_owned())),
            checkpoints: vec![21],
            due_soon: 2,
            overdue_every: 1,
            mail: crate::engine::mail::Policy::default(),
            ends: 250,
            load: None,
            gather: Vec::new(),
            metrics: Vec::new(),
        },
        curricula,
    }
}

pub fn curriculum(name: &str, steps: Vec<StepDef>) -> Curriculum {
    Curriculum {
        name: name.to_owned(),
        source: None,
        title: text(name),
        summary: text(name),
        launch: None,
        dimensions: Vec::new(),
        views: Vec::new(),
        steps,
    }
}

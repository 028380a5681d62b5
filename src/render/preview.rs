//! What an author sees of files while writing them: every mistake; without one, what they come to.

use serde::Serialize;

use super::telling::Telling;
use super::{Renderer, diagnostic};
use crate::engine::ask::Field;
use crate::engine::calendar::Calendar;
use crate::engine::diagnostic::{Diagnostic, Span};
use crate::engine::release::{Curriculum, Release, StepDef};
use crate::engine::vocabulary::Lang;

/// Team members, when the program does not say for how many its load is counted.
const TEAM: u16 = 6;

/// The page `watch`.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    pub errors: usize,
    pub warnings: usize,
    pub found: Vec<Found>,
    pub programs: Vec<Program>,
    pub calendars: Vec<String>,
    /// Why the files could not even be read.
    pub failure: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Found {
    pub is_error: bool,
    pub severity: String,
    pub place: String,
    pub says: String,
    /// Where in its line the mistake stands.
    pub span: Option<Span>,
    /// The line as it stands in the file.
    pub source: String,
    pub hint: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Program {
    pub name: String,
    pub title: String,
    pub summary: String,
    pub steps: usize,
    pub team: u16,
    pub modules: Vec<Module>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Module {
    pub title: String,
    pub is_playbook: bool,
    /// Of the manager, each step once and for each member; minutes.
    pub minutes: u32,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Step {
    pub id: String,
    pub title: String,
    pub who: String,
    pub days: String,
    pub effort: u16,
    pub is_each: bool,
    pub waits: Vec<String>,
    pub when: Option<String>,
    pub review: Option<String>,
    /// Label, kind of answer, and when it is asked if not always.
    pub asks: Vec<Ask>,
    /// Markdown.
    pub body: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Ask {
    pub label: String,
    pub kind: String,
    pub when: Option<String>,
}

/// What to show of files that were compiled.
pub fn preview(
    renderer: &Renderer,
    lang: Lang,
    found: &[Diagnostic],
    releases: &[Release],
    calendars: &[Calendar],
) -> Preview {
    let errors = found.iter().filter(|diagnostic| diagnostic.is_error()).count();
    Preview {
        errors,
        warnings: found.len() - errors,
        found: found.iter().map(|one| self::found(renderer, lang, one)).collect(),
        programs: releases.iter().map(|release| program(&Telling::new(renderer, release, lang))).collect(),
        calendars: calendars.iter().map(|calendar| calendar.name.clone()).collect(),
        failure: None,
    }
}

fn found(renderer: &Renderer, lang: Lang, one: &Diagnostic) -> Found {
    let place = one.span.map(|span| format!("{}:{}:{}", one.file, span.line, span.column));
    Found {
        is_error: one.is_error(),
        severity: renderer.sentence(lang, &diagnostic::severity(one)),
        place: place.unwrap_or_else(|| one.file.clone()),
        says: renderer.sentence(lang, &one.message),
        span: one.span,
        source: one.source.clone(),
        hint: one.hint.as_ref().map(|hint| renderer.sentence(lang, hint)),
    }
}

fn program(telling: &Telling) -> Program {
    let program = &telling.release.program;
    let team = program.load.map_or(TEAM, |load| load.team);
    Program {
        name: program.name.clone(),
        title: telling.text(&program.title),
        summary: telling.text(&program.summary),
        steps: telling.release.steps().count(),
        team,
        modules: telling.release.curricula.iter().map(|one| module(telling, one, team)).collect(),
    }
}

fn module(telling: &Telling, module: &Curriculum, team: u16) -> Module {
    use crate::engine::vocabulary::Role;
    let minutes = |def: &StepDef| u32::from(def.effort) * if def.each.is_some() { u32::from(team) } else { 1 };
    Module {
        title: telling.text(&module.title),
        is_playbook: module.launch.is_some(),
        minutes: module.steps.iter().filter(|def| def.who == Role::Manager).map(minutes).sum(),
        steps: module.steps.iter().map(|def| step(telling, def)).collect(),
    }
}

fn step(telling: &Telling, def: &StepDef) -> Step {
    Step {
        id: def.id.to_string(),
        title: telling.text(&def.title),
        who: telling.role(def.who),
        days: telling.days(def),
        effort: def.effort,
        is_each: def.each.is_some(),
        waits: telling.waits(def),
        when: def.when.as_ref().map(|when| telling.condition(when)),
        review: def.review.map(|role| telling.role(role)),
        asks: def.ask.iter().map(|field| ask(telling, def, field)).collect(),
        body: telling.text(&def.body),
    }
}

fn ask(telling: &Telling, def: &StepDef, field: &Field) -> Ask {
    Ask { label: telling.text(&field.label), kind: telling.kind(field), when: telling.asked_when(def, field) }
}

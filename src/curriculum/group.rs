//! Steps that are one space of names: what waits for what, and whether it ever comes.

use std::collections::HashMap;

use crate::engine::condition::Path;
use crate::engine::message::Message;
use crate::engine::release::{Column, ColumnKind, Day, FieldKind};
use crate::engine::view::Source;

use super::check::{Whereabouts, unknown};
use super::check_days;
use super::closest::closest;
use super::condition::{self, ConditionDraft, Sight, StepSight};
use super::draft::{Asked, CurriculumDraft, Files, Kind, StepDraft};
use super::duplicate;
use super::findings::{Findings, Place, Placed, short};
use super::graph;
use super::lower_days::{compared, shifted};
use super::programs::{Used, Whole};
use super::refs;

/// Steps of a circle that are printed; the rest are counted by an ellipsis.
const MAX_CYCLE: usize = 12;

/// The steps of a program, or of a curriculum that no program uses.
pub struct Group<'d> {
    /// None for a curriculum by itself.
    pub whole: Option<&'d Whole<'d>>,
    files: &'d Files,
    whereabouts: &'d Whereabouts<'d>,
    pub steps: Vec<Member<'d>>,
    by_id: HashMap<&'d str, usize>,
    is_partial: bool,
}

/// A step, the curriculum it stands in, and on which plan day that begins.
pub struct Member<'d> {
    pub step: &'d StepDraft,
    pub home: &'d CurriculumDraft,
    pub used: Used,
}

/// A step that another waits for, and where it says so.
struct Wait {
    target: usize,
    place: Place,
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// It must be closed: `after`.
    Closed,
    /// One of several, of which some must be closed: the step's join, counted from 0.
    Joined(usize),
    /// A condition asks for its answers.
    Answered,
    /// A day is counted from it.
    Counted,
}

impl<'d> Group<'d> {
    pub fn of_program(files: &'d Files, whereabouts: &'d Whereabouts<'d>, whole: &'d Whole<'d>) -> Group<'d> {
        Group::new(files, whereabouts, Some(whole), &whole.used, whole.is_partial)
    }

    pub fn of_curriculum(files: &'d Files, whereabouts: &'d Whereabouts<'d>, at: usize) -> Group<'d> {
        let used = Used { at, shift: 0, place: Place::default() };
        Group::new(files, whereabouts, None, &[used], files.unreadable.a_curriculum())
    }

    fn new(
        files: &'d Files,
        whereabouts: &'d Whereabouts<'d>,
        whole: Option<&'d Whole<'d>>,
        used: &[Used],
        is_partial: bool,
    ) -> Group<'d> {
        let homes = used.iter().filter_map(|used| Some((files.curricula.get(used.at)?, *used)));
        let steps: Vec<Member> =
            homes.flat_map(|(home, used)| home.steps.iter().map(move |step| Member { step, home, used })).collect();
        let mut by_id = HashMap::with_capacity(steps.len());
        for (at, member) in steps.iter().enumerate().filter(|(_, member)| !member.step.id.value.is_empty()) {
            by_id.entry(member.step.id.value.as_str()).or_insert(at);
        }
        Group { whole, files, whereabouts, steps, by_id, is_partial }
    }

    pub fn find(&self, name: &str) -> Option<&Member<'d>> {
        self.by_id.get(name).and_then(|at| self.steps.get(*at))
    }

    pub fn check(&self, findings: &mut Findings) {
        self.check_repeats(findings);
        self.check_earlier_names(findings);
        let waits: Vec<Vec<Wait>> = self.steps.iter().map(|member| self.waits(findings, member)).collect();
        let edges = waits.iter().map(|waits| waits.iter().map(|wait| wait.target).collect()).collect();
        let component = graph::components(&edges);
        for cycle in graph::cycles(&edges, &component) {
            self.report_cycle(findings, &waits, &cycle);
        }
        for (at, waits) in waits.iter().enumerate() {
            let Some(member) = self.steps.get(at) else { continue };
            // Within a circle some step is always due before what it waits for.
            let straight: Vec<&Wait> =
                waits.iter().filter(|wait| component.get(wait.target) != component.get(at)).collect();
            self.check_due(findings, member, &straight);
            straight.iter().for_each(|wait| self.check_comes(findings, member, wait));
            self.check_day(findings, member);
            straight.iter().for_each(|wait| self.check_not_of_rows(findings, member, wait));
            self.check_about(findings, member);
            self.check_forms(findings, member);
        }
        check_days::check(findings, self);
        refs::check(findings, self);
        self.check_conditions(findings);
    }

    fn check_repeats(&self, findings: &mut Findings) {
        for (at, member) in self.steps.iter().enumerate() {
            let id = &member.step.id;
            let first = self.by_id.get(id.value.as_str()).filter(|first| **first != at);
            if let Some(first) = first.and_then(|first| self.steps.get(*first)) {
                let message = duplicate(findings, "step", &id.value, first.step.id.place);
                findings.error(id.place, message);
            }
        }
    }

    /// An earlier name belongs to one step, and to none that there is.
    fn check_earlier_names(&self, findings: &mut Findings) {
        let mut known: HashMap<&str, Place> = HashMap::new();
        for was in self.steps.iter().flat_map(|member| &member.step.was) {
            if let Some(member) = self.find(&was.value) {
                let message = Message::new("problem-was-is-taken").with("name", short(&was.value));
                let place = member.step.id.place;
                let message = message.with("file", findings.path(place.file));
                findings.error(was.place, message.with("line", i64::from(place.span.line)));
            } else if let Some(first) = known.get(was.value.as_str()) {
                let message = Message::new("problem-was-twice").with("name", short(&was.value));
                let message = message.with("file", findings.path(first.file));
                findings.error(was.place, message.with("line", i64::from(first.span.line)));
            } else {
                known.insert(&was.value, was.place);
            }
        }
    }

    fn waits(&self, findings: &mut Findings, member: &Member) -> Vec<Wait> {
        let step = member.step;
        let mut waits = Vec::with_capacity(step.after.len());
        let joins = step.joins.iter().enumerate();
        let joined = joins.flat_map(|(at, join)| join.of.iter().map(move |name| (name, How::Joined(at))));
        for (name, how) in step.after.iter().map(|name| (name, How::Closed)).chain(joined) {
            match self.by_id.get(name.value.as_str()) {
                Some(target) => waits.push(Wait { target: *target, place: name.place, how }),
                None => self.unknown_step(findings, name),
            }
        }
        if let Some(due) = step.first_due()
            && let Some(anchor) = due.value.waits_for()
        {
            match self.by_id.get(anchor.as_str()) {
                Some(target) => waits.push(Wait { target: *target, place: due.place, how: How::Counted }),
                None => self.unknown_step(findings, &Placed { value: anchor.0.clone(), place: due.place }),
            }
        }
        // What a condition asks for in vain is reported with its types.
        waits.extend(step.when.iter().flat_map(|when| self.asked(when)));
        waits
    }

    fn asked(&self, when: &ConditionDraft) -> Vec<Wait> {
        let steps = when.condition.paths().into_iter().filter_map(|path| match path {
            Path::Answer { step, .. } => self.by_id.get(step.as_str()),
            _ => None,
        });
        steps.map(|target| Wait { target: *target, place: when.place, how: How::Answered }).collect()
    }

    pub fn unknown_step(&self, findings: &mut Findings, name: &Placed<String>) {
        match (self.whole, self.whereabouts.steps.get(name.value.as_str())) {
            (None, Some(_)) => {} // a program to come may put both together
            (Some(whole), Some(curriculum)) => {
                let message = Message::new("problem-step-not-in-program").with("name", short(&name.value));
                let message = message.with("curriculum", *curriculum);
                findings.error(name.place, message.with("program", short(&whole.own.name.value)));
            }
            _ if self.is_partial => {}
            _ => unknown(findings, "problem-unknown-step", name, self.by_id.keys().copied()),
        }
    }

    fn report_cycle(&self, findings: &mut Findings, waits: &[Vec<Wait>], cycle: &[usize]) {
        let name = |at: &usize| self.steps.get(*at).map_or("", |member| member.step.id.value.as_str());
        let (first, next) = (cycle.first(), cycle.get(1).or(cycle.first()));
        let waits = first.and_then(|first| waits.get(*first));
        let wait = waits.and_then(|waits| waits.iter().find(|wait| Some(&wait.target) == next));
        if let Some(wait) = wait {
            findings.error(wait.place, Message::new("problem-cycle").with("path", path(cycle, name)));
        }
    }

    /// Days are compared when both are counted from the same thing.
    fn check_due(&self, findings: &mut Findings, member: &Member, waits: &[&Wait]) {
        let Some(due) = member.step.first_due() else { return };
        let Some(day) = shifted(&due.value, member.used.shift) else { return };
        let later = |wait: &Wait| {
            let other = self.steps.get(wait.target)?;
            let other_day = shifted(&other.step.first_due()?.value, other.used.shift)?;
            let is_own = |day: &Day| matches!(day, Day::Launch { .. }) && other.used.at != member.used.at;
            let is_later = compared(&day, &other_day)?.is_lt() && !is_own(&other_day);
            is_later.then_some((other, other_day))
        };
        let report = |findings: &mut Findings, (other, other_day): (&Member, Day)| {
            let message = Message::new("problem-due-before-blocker").with("step", short(&member.step.id.value));
            let message = message.with("day", day.to_string()).with("other", short(&other.step.id.value));
            findings.error(due.place, message.with("other_day", other_day.to_string()));
        };
        for wait in waits.iter().filter(|wait| matches!(wait.how, How::Closed | How::Answered)) {
            if let Some(found) = later(wait) {
                report(findings, found);
            }
        }
        for (at, join) in member.step.def.joins.iter().enumerate() {
            let of = waits.iter().filter(|wait| wait.how == How::Joined(at));
            let mut late: Vec<_> = of.filter_map(|wait| later(wait)).collect();
            // Enough of them may be closed by then.
            if join.of.len().saturating_sub(late.len()) < join.at_least.of(join.of.len())
                && let Some(found) = late.pop()
            {
                report(findings, found);
            }
        }
    }

    /// A playbook may never be launched, so that only its own steps may wait for its steps.
    fn check_comes(&self, findings: &mut Findings, member: &Member, wait: &Wait) {
        let Some(other) = self.steps.get(wait.target) else { return };
        if other.home.kind == Kind::Playbook && other.used.at != member.used.at {
            let message = Message::new("problem-waits-for-playbook").with("step", short(&member.step.id.value));
            let message = message.with("other", short(&other.step.id.value));
            findings.error(wait.place, message.with("playbook", short(&other.home.name.value)));
        }
    }

    /// A day that is counted from an answer, or from turns, needs a step that has them.
    fn check_day(&self, findings: &mut Findings, member: &Member) {
        let Some(due) = member.step.first_due() else { return };
        let Some(other) = due.value.waits_for().and_then(|anchor| self.find(anchor.as_str())) else { return };
        let name = short(&other.step.id.value);
        let is_alone = member.step.def.each.is_none() && other.step.def.each.is_some();
        if is_alone && !matches!(due.value, Day::Closed { .. }) {
            findings.error(due.place, Message::new("problem-day-of-each").with("step", name));
            return;
        }
        let Day::Answer { field, column, .. } = &due.value else { return };
        let ask = &other.step.def.ask;
        let columns = match ask.iter().find(|one| one.id == *field).map(|found| &found.kind) {
            Some(FieldKind::Table { columns, .. }) => Some(columns),
            _ => None,
        };
        // The field, or the column of its table, and whether it holds a date.
        let found = match (column, columns) {
            (None, _) => ask.iter().find(|one| one.id == *field).map(|found| found.kind == FieldKind::Date),
            (Some(column), Some(columns)) => {
                columns.iter().find(|one| one.id == *column).map(|found| found.kind == ColumnKind::Date)
            }
            (Some(_), None) => ask.iter().any(|one| one.id == *field).then_some(false),
        };
        let field = &column.as_ref().map_or(field.clone(), |column| format!("{field}.{column}"));
        match found {
            Some(true) => {}
            Some(false) => {
                let message = Message::new("problem-not-a-date").with("step", name);
                findings.error(due.place, message.with("field", short(field)));
            }
            None if other.step.unread.may_hold(field.split('.').next().unwrap_or_default()) => {}
            None => {
                let of_table = |one: &Column| format!("{}.{}", field.split('.').next().unwrap_or_default(), one.id);
                let known: Vec<String> = match columns {
                    Some(columns) => columns.iter().map(of_table).collect(),
                    None => ask.iter().map(|one| one.id.clone()).collect(),
                };
                let known = known.iter().map(String::as_str);
                let known = if findings.may_suggest() { closest(field, known) } else { None };
                let hint = known.map(|name| Message::new("hint-did-you-mean").with("name", name));
                let message = Message::new("problem-never-asked").with("step", name);
                findings.error_with(due.place, message.with("field", short(field)), hint);
            }
        }
    }

    /// How many rows there will be, nobody knows beforehand, so nothing waits for all of them.
    fn check_not_of_rows(&self, findings: &mut Findings, member: &Member, wait: &Wait) {
        let Some(other) = self.steps.get(wait.target) else { return };
        let is_of_rows =
            matches!(other.step.first_due().map(|due| &due.value), Some(Day::Answer { column: Some(_), .. }));
        if is_of_rows {
            let message = Message::new("problem-waits-for-rows").with("step", short(&member.step.id.value));
            findings.error(wait.place, message.with("other", short(&other.step.id.value)));
        }
    }

    /// A step that stands for rows may say by which column it is called.
    fn check_about(&self, findings: &mut Findings, member: &Member) {
        let Some(about) = &member.step.about else { return };
        match member.step.first_due().map(|due| &due.value) {
            Some(Day::Answer { step, field, column: Some(_), .. }) => {
                let of = Source { step: step.clone(), field: Some(field.clone()) };
                refs::check_column(findings, self, about, &[of]);
            }
            Some(_) => findings.error(about.place, Message::new("problem-about-without-rows")),
            None => {}
        }
    }

    /// A form comes with its curriculum.
    fn check_forms(&self, findings: &mut Findings, member: &Member) {
        let Some(whole) = self.whole else { return };
        for item in &member.step.ask.items {
            let Asked::Use(name) = item else { continue };
            let Some(form) = self.files.forms.get(&name.value) else { continue };
            let home = self.whereabouts.curricula.get(form.curriculum.as_str());
            if !self.is_partial && !whole.used.iter().any(|used| Some(&used.at) == home) {
                let message = Message::new("problem-form-not-in-program").with("name", short(&name.value));
                let message = message.with("curriculum", short(&form.curriculum));
                findings.error(name.place, message.with("program", short(&whole.own.name.value)));
            }
        }
    }

    fn check_conditions(&self, findings: &mut Findings) {
        let own: HashMap<&str, StepSight>;
        let (steps, metrics): (_, Vec<&str>) = match self.whole {
            None => (&self.whereabouts.sights, self.whereabouts.metrics.clone()),
            Some(whole) => {
                own = self.sights();
                let metrics = whole.parts.iter().flat_map(|part| &part.program.metrics);
                (&own, metrics.map(|metric| metric.id.value.as_str()).collect())
            }
        };
        let is_partial = self.is_partial || (self.whole.is_none() && metrics.is_empty());
        let sight =
            |in_each: bool| Sight { steps, in_each, this: None, allows_plan: true, metrics: &metrics, is_partial };
        for member in &self.steps {
            if let Some(when) = &member.step.when {
                condition::check(findings, when, &sight(member.step.def.each.is_some()));
            }
        }
        let mut last = None;
        for member in self.steps.iter().filter(|member| last.replace(member.used.at) != Some(member.used.at)) {
            if let Some(offer) = &member.home.offer {
                condition::check(findings, offer, &sight(false));
            }
        }
    }

    fn sights(&self) -> HashMap<&'d str, StepSight<'d>> {
        let sight = |member: &Member<'d>| {
            let (step, is_each) = (member.step, member.step.def.each.is_some());
            (step.id.value.as_str(), StepSight { fields: &step.def.ask, unread: &step.unread, is_each })
        };
        self.steps.iter().map(sight).collect()
    }
}

/// The names of a circle, back to the first.
pub fn path<'n>(cycle: &[usize], name: impl Fn(&usize) -> &'n str) -> String {
    let mut names: Vec<&str> = cycle.iter().take(MAX_CYCLE).map(&name).collect();
    if cycle.len() > MAX_CYCLE {
        names.push("…");
    }
    names.extend(cycle.first().map(&name));
    names.join(" -> ")
}

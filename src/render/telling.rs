//! What an author wrote about a step, in words: its days, what it waits for, its conditions, what it
//! asks. For those who read a program without being in it: exports, graphs, previews.

use super::Renderer;
use crate::engine::ask::{Choice, Field, FieldKind};
use crate::engine::condition::{Comparison, Condition, Path};
use crate::engine::days::{Day, Every, Period, Quarter, Until, Window};
use crate::engine::message::{Arg, Message};
use crate::engine::release::{Join, Release, Share, StepDef};
use crate::engine::vocabulary::{Lang, Role, StepId, Text};

/// Tells about the steps of one release in one language.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    pub renderer: &'a Renderer,
    pub release: &'a Release,
    pub lang: Lang,
    /// The step whose form is told about: its conditions ask for fields beside them.
    form: Option<&'a StepDef>,
}

impl<'a> Telling<'a> {
    pub fn new(renderer: &'a Renderer, release: &'a Release, lang: Lang) -> Telling<'a> {
        Telling { renderer, release, lang, form: None }
    }
}

impl Telling<'_> {
    pub fn say(&self, message: &Message) -> String {
        self.renderer.sentence(self.lang, message)
    }

    fn id(&self, id: &'static str) -> String {
        self.say(&Message::new(id))
    }

    /// An author's text, with parts in place of names.
    pub fn text(&self, text: &Text) -> String {
        self.renderer.text(self.lang, text)
    }

    pub fn role(&self, role: Role) -> String {
        self.say(&Message::new("tell-role").with("role", role))
    }

    /// Several things in one sentence.
    pub fn list(&self, items: &[String]) -> String {
        let mut items = items.iter();
        let first = items.next().cloned().unwrap_or_default();
        items.fold(first, |list, item| {
            self.say(&Message::new("tell-list").with("list", list).with("item", item.as_str()))
        })
    }

    /// A step by its title; by its name if the release has none such.
    pub fn step(&self, id: &StepId) -> Arg {
        match self.release.step(id) {
            Some(def) => Arg::Text(def.title.clone()),
            None => Arg::Words(id.to_string()),
        }
    }

    pub fn day(&self, day: &Day) -> String {
        let around = |after: &'static str, before: &'static str, n: i16| {
            Message::new(if n < 0 { before } else { after }).with("n", i64::from(n.unsigned_abs()))
        };
        let message = match day {
            Day::Plan(n) => Message::new("tell-day-plan").with("n", i64::from(*n)),
            Day::Launch { launch } => Message::new("tell-day-launch").with("n", i64::from(*launch)),
            Day::Closed { step, after } => {
                Message::new("tell-day-closed").with("n", i64::from(*after)).with("step", self.step(step))
            }
            Day::Answer { step, n, .. } => {
                around("tell-day-answered", "tell-day-before-answered", *n).with("step", self.step(step))
            }
            Day::Turn { turn_of, before, .. } => {
                Message::new("tell-day-turn").with("n", i64::from(*before)).with("step", self.step(turn_of))
            }
            Day::Quarter { quarter: Quarter::Start, n, .. } => {
                around("tell-day-quarter-start", "tell-day-before-quarter-start", *n)
            }
            Day::Quarter { quarter: Quarter::End, n, .. } => {
                around("tell-day-quarter-end", "tell-day-before-quarter-end", *n)
            }
        };
        self.say(&message)
    }

    fn window(&self, window: &Window) -> String {
        let due = self.day(&window.due);
        if window.opens == window.due {
            return self.say(&Message::new("tell-due").with("due", due));
        }
        self.say(&Message::new("tell-window").with("opens", self.day(&window.opens)).with("due", due))
    }

    /// When a step happens: its windows and how it recurs.
    pub fn days(&self, def: &StepDef) -> String {
        let windows: Vec<String> = def.windows.iter().map(|window| self.window(window)).collect();
        let windows = windows.join(&self.id("tell-semicolon"));
        match &def.every {
            None => windows,
            Some(every) => {
                self.say(&Message::new("tell-then-every").with("days", windows).with("every", self.every(every)))
            }
        }
    }

    fn every(&self, every: &Every) -> String {
        let period = match every.period {
            Period::WorkingDays(n) => Message::new("tell-every-working-days").with("n", i64::from(n)),
            Period::Weekly(day) => Message::new("tell-every-week").with("weekday", i64::from(day.number_from_monday())),
            Period::Months(n) if n % 12 == 0 => Message::new("tell-every-years").with("n", i64::from(n / 12)),
            Period::Months(n) if n % 3 == 0 => Message::new("tell-every-quarters").with("n", i64::from(n / 3)),
            Period::Months(n) => Message::new("tell-every-months").with("n", i64::from(n)),
        };
        let until = match &every.until {
            Until::Plan(n) => self.day(&Day::Plan(*n)),
            Until::Launch { launch } => self.day(&Day::Launch { launch: *launch }),
            Until::Closed { step, .. } => self.say(&Message::new("tell-until-closed").with("step", self.step(step))),
        };
        self.say(&Message::new("tell-every-until").with("period", self.say(&period)).with("until", until))
    }

    /// What must be closed before the step opens, a line each.
    pub fn waits(&self, def: &StepDef) -> Vec<String> {
        let titles = |ids: &[StepId]| {
            let quoted = |id| self.say(&Message::new("tell-quoted").with("words", self.step(id)));
            self.list(&ids.iter().map(quoted).collect::<Vec<_>>())
        };
        let mut found = Vec::new();
        if !def.after.is_empty() {
            found.push(self.say(&Message::new("tell-after").with("steps", titles(&def.after))));
        }
        found.extend(def.joins.iter().map(|join| {
            self.say(&Message::new("tell-join").with("share", self.share(join)).with("steps", titles(&join.of)))
        }));
        found
    }

    /// How many of the steps of a join must be closed.
    pub fn share(&self, join: &Join) -> String {
        match join.at_least {
            Share::Count(n) => self.say(&Message::new("tell-share").with("n", i64::from(n)).with("all", join.of.len())),
            Share::Percent(n) => self.say(&Message::new("tell-percent").with("n", i64::from(n))),
        }
    }

    pub fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::And(a, b) => self.joined("tell-and", a, b),
            Condition::Or(a, b) => self.joined("tell-or", a, b),
            Condition::Not(inner) => self.say(&Message::new("tell-not").with("that", self.condition(inner))),
            Condition::Compare(how, a, b) => {
                let id = match how {
                    Comparison::Equal => "tell-is",
                    Comparison::NotEqual => "tell-is-not",
                    Comparison::Less => "tell-less",
                    Comparison::LessOrEqual => "tell-at-most",
                    Comparison::Greater => "tell-more",
                    Comparison::GreaterOrEqual => "tell-at-least",
                };
                let left = self.operand(a, b);
                self.say(&Message::new(id).with("left", left).with("right", self.operand(b, a)))
            }
            Condition::In(one, list) => {
                let id = if matches!(**list, Condition::Path(_)) { "tell-holds" } else { "tell-one-of" };
                let list_words = self.operand(list, one);
                self.say(&Message::new(id).with("one", self.operand(one, list)).with("list", list_words))
            }
            other => self.operand(other, other),
        }
    }

    /// When a field is asked, if not always.
    pub fn asked_when(&self, def: &StepDef, field: &Field) -> Option<String> {
        let telling = Telling { form: Some(def), ..*self };
        let when = telling.condition(field.when.as_ref()?);
        Some(self.say(&Message::new("export-only-if").with("when", when)))
    }

    /// Both sides; a side of the other kind stands in brackets.
    fn joined(&self, id: &'static str, a: &Condition, b: &Condition) -> String {
        let side = |of: &Condition| {
            let words = self.condition(of);
            let is_other = match id {
                "tell-and" => matches!(of, Condition::Or(..)),
                _ => matches!(of, Condition::And(..)),
            };
            if is_other { self.say(&Message::new("tell-brackets").with("words", words)) } else { words }
        };
        self.say(&Message::new(id).with("left", side(a)).with("right", side(b)))
    }

    /// A value; an option's name stands as its label, which the other side knows.
    fn operand(&self, value: &Condition, beside: &Condition) -> String {
        match value {
            Condition::Bool(true) => self.id("tell-true"),
            Condition::Bool(false) => self.id("tell-false"),
            Condition::Number(number) => number.to_string(),
            Condition::Text(text) => {
                let options = path_of(beside).map_or(&[][..], |path| self.options(path));
                let label = options.iter().find(|option| option.id == *text).map(|option| option.label.clone());
                self.say(
                    &Message::new("tell-quoted").with("words", label.map_or_else(|| text.as_str().into(), Arg::Text)),
                )
            }
            Condition::List(items) => {
                self.list(&items.iter().map(|item| self.operand(item, beside)).collect::<Vec<_>>())
            }
            Condition::Size(inner) => match &**inner {
                Condition::Path(Path::Roster) => self.id("tell-roster-size"),
                other => self.say(&Message::new("tell-size").with("of", self.operand(other, other))),
            },
            Condition::Path(path) => self.path(path),
            other => self.condition(other),
        }
    }

    fn path(&self, path: &Path) -> String {
        match path {
            Path::Answer { step, field, dimension } => {
                let def = field_of(self.release.step(step), field);
                let asked = self.asked(def, field, dimension.as_deref());
                self.say(&Message::new("tell-answer").with("field", asked).with("step", self.step(step)))
            }
            Path::This { field, dimension } => {
                let asked = self.asked(field_of(self.form, field), field, dimension.as_deref());
                self.say(&Message::new("tell-quoted").with("words", asked))
            }
            Path::Cast(role) => self.say(&Message::new("tell-cast").with("role", *role)),
            Path::Roster => self.id("tell-roster"),
            Path::Metric { id, before } => {
                let metric = self.release.program.metrics.iter().find(|metric| metric.id == *id);
                let title = metric.map_or_else(|| id.as_str().into(), |metric| Arg::Text(metric.title.clone()));
                self.say(
                    &Message::new(if *before { "tell-metric-before" } else { "tell-metric-last" })
                        .with("metric", title),
                )
            }
        }
    }

    fn asked(&self, field: Option<&Field>, id: &str, dimension: Option<&str>) -> String {
        let Some(field) = field else { return id.to_owned() };
        let FieldKind::Rating { dimensions, .. } = &field.kind else { return self.text(&field.label) };
        let rated = dimensions.iter().find(|one| Some(one.id.as_str()) == dimension);
        self.text(rated.map_or(&field.label, |one| &one.label))
    }

    fn options(&self, path: &Path) -> &[Choice] {
        let field = match path {
            Path::Answer { step, field, .. } => field_of(self.release.step(step), field),
            Path::This { field, .. } => field_of(self.form, field),
            _ => return &[],
        };
        match field.map(|field| &field.kind) {
            Some(FieldKind::Choice { options } | FieldKind::Several { options, .. }) => options,
            _ => &[],
        }
    }

    /// What kind of answer a field takes.
    pub fn kind(&self, field: &Field) -> String {
        let labels = |options: &[Choice]| options.iter().map(|option| self.text(&option.label)).collect::<Vec<_>>();
        let of = |id, items: &[String]| self.say(&Message::new(id).with("list", self.list(items)));
        match &field.kind {
            FieldKind::LongText { .. } => self.id("tell-kind-long-text"),
            FieldKind::Text { .. } => self.id("tell-kind-text"),
            FieldKind::Choice { options } => of("tell-kind-choice", &labels(options)),
            FieldKind::Several { options, .. } => of("tell-kind-several", &labels(options)),
            FieldKind::Scale { min, max, .. } => {
                self.say(&Message::new("tell-kind-scale").with("min", i64::from(*min)).with("max", i64::from(*max)))
            }
            FieldKind::Number { unit, .. } => match unit {
                Some(unit) => self.say(&Message::new("tell-kind-number-in").with("unit", unit.clone())),
                None => self.id("tell-kind-number"),
            },
            FieldKind::Date => self.id("tell-kind-date"),
            FieldKind::Person => self.id("tell-kind-person"),
            FieldKind::Table { columns, .. } => {
                let heads: Vec<String> = columns.iter().map(|column| self.text(&column.label)).collect();
                of("tell-kind-table", &heads)
            }
            FieldKind::Smart { .. } => self.id("tell-kind-smart"),
            FieldKind::Rating { dimensions, .. } => {
                let rated: Vec<String> = dimensions.iter().map(|one| self.text(&one.label)).collect();
                of("tell-kind-rating", &rated)
            }
            FieldKind::File { max_mb } => self.say(&Message::new("tell-kind-file").with("n", i64::from(*max_mb))),
            FieldKind::Link => self.id("tell-kind-link"),
        }
    }
}

fn field_of<'a>(def: Option<&'a StepDef>, id: &str) -> Option<&'a Field> {
    def?.ask.iter().find(|field| field.id == id)
}

fn path_of(condition: &Condition) -> Option<&Path> {
    match condition {
        Condition::Path(path) => Some(path),
        _ => None,
    }
}

/// The days as few characters as can be: as authors write them.
pub fn short_days(def: &StepDef) -> String {
    // Of days that are counted from a step, the last one says enough.
    let short = |window: &Window| match window.due {
        Day::Plan(_) | Day::Launch { .. } => window.to_string(),
        _ => window.due.to_string(),
    };
    match def.windows.as_slice() {
        [one] => short(one),
        [first, .., last] => format!("{} … {}", short(first), short(last)),
        [] => String::new(),
    }
}

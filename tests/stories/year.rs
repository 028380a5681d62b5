//! Fifty managers over a year, day by day: three time zones, two calendars, staggered first days, and what
//! a year brings to their plans. Through the use cases, the sweep and the mail; without pages.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use pilothouse::app::arrange::{self, Wish};
use pilothouse::app::mentoring::{self, Answer as Yes};
use pilothouse::app::people::{self, NewPerson};
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::rollouts;
use pilothouse::app::steps::{self, At};
use pilothouse::app::worlds::{Library, PlanWorld};
use pilothouse::app::{publish, roster};
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::access::{Actor, Viewer};
use pilothouse::engine::calendar::Calendar;
use pilothouse::engine::form::{Answer, Answers};
use pilothouse::engine::plan::Standing;
use pilothouse::engine::upgrade::Policy;
use pilothouse::engine::vocabulary::{Lang, MemberId, PersonId, PlanId, Role, StepKey};
use pilothouse::engine::zone::{at_hour, local_date};
use pilothouse::store;

use crate::access::world;
use crate::harness::{Someone, TestApp, date};
use crate::relay::message_id_of;

const MANAGERS: usize = 50;
const ZONES: [Tz; 3] = [chrono_tz::Asia::Taipei, chrono_tz::Europe::Berlin, chrono_tz::America::New_York];
const CALENDARS: [&str; 2] = ["taiwan", "weekdays"];

const PROGRAM: &str = "\
program: one_year
title: {en: One year, zh-TW: 一年}
summary: {en: A year of a manager., zh-TW: 主管的一年。}
curricula: [yearly]
cast: [mentor, superior, hr]
checkpoints: [B21, B63]
";

/// A step: its name, its days, and what else stands there.
fn step(id: &str, days: &str, more: &str) -> String {
    format!(
        "  - id: {id}\n    title: {{en: {id}, zh-TW: {id}}}\n    body: {{en: Do it., zh-TW: 做吧。}}\n    effort: 20\n    \
         {days}\n{more}"
    )
}

const ASKS: &str = "    ask:\n      - {id: words, type: long_text, label: {en: Words, zh-TW: 文字}}\n";
const CAUSE: &str = "    ask:\n      - {id: cause, type: choice, label: {en: Cause, zh-TW: 原因}, options: [{id: \
                     leads, label: {en: Leads, zh-TW: 名單}}, {id: value, label: {en: Value, zh-TW: 價值}}]}\n";

/// What the program asks for: first as it was published, then with one step renamed, one moved, one gone
/// and one new.
fn yearly(is_second: bool) -> String {
    let head = "curriculum: yearly\ntitle: {en: Yearly, zh-TW: 年度}\nsummary: {en: A year., zh-TW: 一年。}\nsteps:\n";
    let talk = if is_second { "talk_with_boss" } else { "talk" };
    let was = if is_second { "    was: [talk]\n" } else { "" };
    let steps = [
        step("announce", "due: B3", ""),
        step("meet", "due: B10", &format!("    each: member\n    after: [announce]\n{ASKS}")),
        step("team_map", "due: B20", &format!("    after: [meet]\n    review: mentor\n{ASKS}")),
        step("diagnose", "due: B25", CAUSE),
        step("leads_plan", "due: diagnose+5", "    when: answers.diagnose.cause == \"leads\"\n"),
        step("value_plan", "due: diagnose+8", "    when: answers.diagnose.cause == \"value\"\n"),
        step("gate", if is_second { "due: B70" } else { "due: B63" }, "    review: superior\n"),
        step("weekly", "due: B5", "    every: {weekly: fri, until: end}\n"),
        step("figures", "due: B21", &format!("    every: {{months: 1, until: end}}\n{ASKS}")),
        step(talk, "due: quarter_end-10", &format!("    every: {{quarters: 1, until: end}}\n{was}")),
        step("review_year", "due: B200", "    after: [gate]\n"),
        match is_second {
            true => step("look_ahead", "due: B180", ""),
            false => step("old_habit", "due: B120", ""),
        },
    ];
    format!("{head}{}", steps.concat())
}

/// A person and where their days are counted.
struct Somebody {
    who: Someone,
    zone: Tz,
    calendar: &'static str,
}

struct Manager {
    person: usize,
    superior: PersonId,
    mentor: PersonId,
    effective: NaiveDate,
    plan: Option<PlanId>,
    team: Vec<MemberId>,
}

struct Year {
    app: TestApp,
    first: NaiveDate,
    hr: Someone,
    people: Vec<Somebody>,
    managers: Vec<Manager>,
    /// When each letter left: to whom, and which.
    mails: Vec<(DateTime<Utc>, String, String)>,
    acts: usize,
}

impl Year {
    async fn begun() -> Year {
        let app = TestApp::at("2026-01-02T01:00:00Z").await;
        let hr = app.person("吳雅雯", "hr@company.example", Lang::ZhTw, true).await;
        let first = date("2026-01-05"); // a Monday
        let mut year = Year { app, first, hr, people: Vec::new(), managers: Vec::new(), mails: vec![], acts: 0 };
        year.publishes(&yearly(false)).await;
        for n in 0..5 {
            year.adds(&format!("superior{n}"), n, false).await;
        }
        for n in 0..8 {
            year.adds(&format!("mentor{n}"), n + 1, false).await;
        }
        for n in 0..MANAGERS {
            let person = year.people.len();
            year.adds(&format!("manager{n}"), n, n % 2 == 1).await;
            let (superior, mentor) = (year.people[n % 5].who.id, year.people[5 + n % 8].who.id);
            let effective = first + Days::new(3 * (n as u64 % 10));
            let team = Vec::new();
            year.managers.push(Manager { person, superior, mentor, effective, plan: None, team });
            for member in 0..2 + n % 2 {
                year.joins(n, &format!("Member {member}"), effective).await;
            }
        }
        year
    }

    async fn adds(&mut self, name: &str, n: usize, is_weekdays: bool) {
        let (zone, calendar) = (ZONES[n % 3], CALENDARS[usize::from(is_weekdays)]);
        let new = NewPerson {
            name: name.to_owned(),
            email: format!("{name}@company.example"),
            lang: Lang::En,
            zone: zone.name().to_owned(),
            calendar: calendar.to_owned(),
            brief_hour: 9,
            is_hr: false,
        };
        let moment = self.app.moment();
        let add = async |tx: &mut _| people::add(tx, Actor::Program, &new, &moment).await;
        let id = self.app.pool.in_transaction(add).await.expect("a person");
        let who = Someone { id, name: name.to_owned(), email: new.email.clone(), is_hr: false };
        self.people.push(Somebody { who, zone, calendar });
    }

    async fn publishes(&self, curriculum: &str) -> String {
        let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
        let (files, moment) = (vec![file("yearly.yaml", curriculum), file("program.yaml", PROGRAM)], self.app.moment());
        let published = self.app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await;
        published.expect("it is published").programs.remove(0).1
    }

    async fn joins(&mut self, n: usize, name: &str, on: NaiveDate) {
        let (hr, manager) = (self.hr.viewer(), self.people[self.managers[n].person].who.id);
        let moment = self.app.moment();
        let join = async |tx: &mut _| roster::join(tx, hr, manager, name, "Sales", Some(on), &moment).await;
        let member = self.app.pool.in_transaction(join).await.expect("a member");
        self.managers[n].team.push(member);
    }

    async fn leaves(&self, n: usize) {
        let Some(member) = self.managers[n].team.first().copied() else { return };
        let (hr, moment) = (self.hr.viewer(), self.app.moment());
        let leave = async |tx: &mut _| roster::leave(tx, hr, member, None, &moment).await;
        self.app.pool.in_transaction(leave).await.expect("they leave");
    }

    /// A plan, and the mentor's yes.
    async fn starts(&mut self, n: usize) {
        let manager = &self.managers[n];
        let new = NewPlan {
            program: "one_year".to_owned(),
            manager: self.people[manager.person].who.id,
            superior: manager.superior,
            hr: self.hr.id,
            mentor: Some(manager.mentor),
            then: Vec::new(),
            effective: manager.effective,
            calendar: None,
        };
        let (who, moment) = (Actor::Person(self.hr.viewer()), self.app.moment());
        let start = async |tx: &mut _| plans::start(tx, who, &new, &moment).await;
        let plan = self.app.pool.in_transaction(start).await.expect("a plan");
        self.managers[n].plan = Some(plan);
        self.accepts(n, self.managers[n].mentor).await;
    }

    async fn accepts(&self, n: usize, mentor: PersonId) {
        let (plan, moment) = (self.managers[n].plan.expect("a plan"), self.app.moment());
        let who = Viewer { id: mentor, is_hr: false };
        let accept = async |tx: &mut _| mentoring::answer(tx, who, plan, Yes::Accept, &moment).await;
        self.app.pool.in_transaction(accept).await.expect("a mentor");
    }

    async fn arranges(&self, n: usize, wish: Wish) {
        let (who, plan, moment) = (self.hr.viewer(), self.managers[n].plan.expect("a plan"), self.app.moment());
        let seen = world(&self.app, plan).await.plan.version;
        let apply = async |tx: &mut _| arrange::apply(tx, who, plan, &wish, seen, &moment).await;
        self.app.pool.in_transaction(apply).await.unwrap_or_else(|error| panic!("{wish:?} for {n}: {error}"));
    }

    /// Undoes the newest deed of a plan, as far as its rules let it.
    async fn undoes(&self, n: usize, deed: u64) {
        let (who, plan, moment) = (self.hr.viewer(), self.managers[n].plan.expect("a plan"), self.app.moment());
        let undo = async |tx: &mut _| arrange::undo(tx, who, plan, deed, None, &moment).await;
        self.app.pool.in_transaction(undo).await.expect("it is undone");
    }

    /// What a year brings, by the day it comes on.
    async fn lives_through(&mut self, day: usize, today: NaiveDate) {
        for n in 0..MANAGERS {
            if self.managers[n].effective == today {
                self.starts(n).await;
            }
        }
        let until = |days| today + Days::new(days);
        match day {
            24 => self.arranges(3, Wish::Leave { from: until(3), until: until(17) }).await,
            26 => self.arranges(4, Wish::Shift { from: until(2), days: 5 }).await,
            30 => self.joins(2, "A joiner", today).await,
            31 => self.leaves(5).await,
            32 => {
                let before = world(&self.app, self.managers[6].plan.expect("a plan")).await.plan.version;
                self.arranges(6, Wish::Leave { from: until(1), until: until(9) }).await;
                self.undoes(6, before + 1).await;
            }
            28 => self.arranges(7, Wish::Pause).await,
            33 => {
                let reason = "They sold before.".to_owned();
                self.arranges(0, Wish::Waive { step: key("gate"), reason }).await;
            }
            36 => self.arranges(7, Wish::Resume).await,
            38 => self.upgrades().await,
            100 => {
                for n in (8..MANAGERS).step_by(9) {
                    self.arranges(n, Wish::Leave { from: until(2), until: until(12) }).await;
                }
            }
            120 => {
                let (mentor, plan) = (self.people[6].who.id, self.managers[1].plan.expect("a plan"));
                let mentor = if mentor == self.managers[1].mentor { self.people[7].who.id } else { mentor };
                let (hr, moment) = (self.hr.viewer(), self.app.moment());
                let ask = async |tx: &mut _| mentoring::ask(tx, hr, plan, mentor, &[], &moment).await;
                self.app.pool.in_transaction(ask).await.expect("another mentor is asked");
                self.accepts(1, mentor).await;
            }
            150 => self.joins(9, "Another joiner", today).await,
            160 => self.arranges(11, Wish::Pause).await,
            200 => self.arranges(11, Wish::Resume).await,
            210 => self.leaves(9).await,
            _ => {}
        }
    }

    /// Every plan takes a new release; the letters and the sweep of the day do it.
    async fn upgrades(&self) {
        let to = self.publishes(&yearly(true)).await;
        let (who, moment) = (self.hr.viewer(), self.app.moment());
        let running: Vec<PlanId> = self.managers.iter().filter_map(|manager| manager.plan).collect();
        let begin = async |tx: &mut _| rollouts::start(tx, who, &to, Policy::default(), &running, &moment).await;
        self.app.pool.in_transaction(begin).await.expect("it begins");
        while rollouts::step(&self.app.pool, &self.app.moment()).await.expect("a step") > 0 {}
        for plan in running {
            assert_eq!(world(&self.app, plan).await.plan.release, to);
        }
    }

    /// Sweeps and delivers at nine o'clock in every zone.
    async fn delivers(&mut self, today: NaiveDate) {
        let mut hours: Vec<DateTime<Utc>> = ZONES.iter().map(|zone| at_hour(today, 9, *zone)).collect();
        hours.sort();
        for now in hours {
            self.app.clock.travel_to(now);
            self.app.deliver().await;
            let mails = self.app.mails();
            self.mails.extend(mails.into_iter().map(|mail| (now, mail.to[0].address.clone(), mail.id)));
        }
    }

    /// The people do what is due; every manager looks on a day of their own, each third day, and every
    /// eighth leaves something for later.
    async fn act(&mut self, day: usize) {
        self.app.clock.travel_to(self.app.clock.now() + TimeDelta::hours(1));
        let mut conn = self.app.pool.get().await.expect("a connection");
        let all = store::plans::all(&mut conn, Actor::Program.scope()).await.expect("plans");
        let looked = |id: PlanId| {
            self.managers.iter().position(|manager| manager.plan == Some(id)).is_some_and(|n| n % 3 == day % 3)
        };
        let all = all.into_iter().filter(|plan| looked(plan.id)).collect();
        let worlds = Library::default().worlds(&mut conn, all).await.expect("worlds");
        drop(conn);
        for world in &worlds {
            for (key, standing) in standing(world, self.app.clock.now()) {
                self.does(world, &key, &standing, day).await;
            }
        }
    }

    async fn does(&mut self, world: &PlanWorld, key: &StepKey, standing: &Standing, day: usize) {
        let Some(def) = world.release.step(&key.id) else { return };
        let cast = &world.plan.cast;
        let holder = |role| match role {
            Role::Mentor => cast.mentor.mentor(),
            Role::Superior => Some(cast.superior),
            _ => Some(cast.manager),
        };
        let at = At { plan: world.plan.id, step: key.clone(), seen: None };
        let moment = self.app.moment();
        let done = match standing {
            Standing::InReview { by } => {
                let Some(who) = holder(*by) else { return };
                let who = Viewer { id: who, is_hr: false };
                let accept = async |tx: &mut _| steps::accept(tx, who, &at, "Well done.", &moment).await;
                self.app.pool.in_transaction(accept).await
            }
            standing if standing.is_actionable() && !(day + key.id.as_str().len()).is_multiple_of(8) => {
                let Some(who) = holder(def.who) else { return };
                let who = Viewer { id: who, is_hr: false };
                let cause = if day.is_multiple_of(2) { "leads" } else { "value" };
                let answer = |id: &str| match id {
                    "cause" => cause.to_owned(),
                    _ => "We agreed on the next three visits, and why.".to_owned(),
                };
                let given = def.ask.iter().map(|field| (field.id.clone(), Answer::One(answer(&field.id))));
                let given = Answers(given.collect());
                let hand_in = async |tx: &mut _| steps::hand_in(tx, who, &at, given.clone(), &moment).await;
                self.app.pool.in_transaction(hand_in).await
            }
            _ => return,
        };
        // An act of the same day may have closed what this one was about.
        self.acts += usize::from(done.is_ok());
    }

    /// Never two briefs to a person on a day of theirs, and none on their day off.
    async fn briefs_came_once_and_on_working_days(&self) -> usize {
        let mut conn = self.app.pool.get().await.expect("a connection");
        let calendars = store::releases::calendars(&mut conn).await.expect("calendars");
        let calendars: HashMap<String, Calendar> = calendars.into_iter().map(|one| (one.name.clone(), one)).collect();
        let mut briefs = 0;
        for person in &self.people {
            let calendar = &calendars[person.calendar];
            let mine = self.mails.iter().filter(|(_, to, _)| *to == person.who.email);
            let mut on_day: BTreeMap<NaiveDate, usize> = BTreeMap::new();
            for (at, _, id) in mine {
                let local = local_date(*at, person.zone);
                let is_of = |day: NaiveDate| *id == id_of(&format!("brief:{}:{day}", person.who.id));
                // A letter of another kind is no brief; a brief of another day would be one too late.
                if (-3..4).map(|days| local + TimeDelta::days(days)).any(is_of) {
                    assert!(is_of(local), "a brief of another day reached {} on {local}", person.who.name);
                    assert!(calendar.is_working(local), "{} has {local} off", person.who.name);
                    *on_day.entry(local).or_default() += 1;
                }
            }
            assert!(on_day.values().all(|count| *count == 1), "{}: {on_day:?}", person.who.name);
            briefs += on_day.len();
        }
        briefs
    }
}

/// What [`pilothouse::mail::reading`] calls the id of a letter.
fn id_of(dedup_key: &str) -> String {
    let id = message_id_of(dedup_key, "company.example");
    id.trim_start_matches('<').split('@').next().expect("a left side").to_owned()
}

fn key(text: &str) -> StepKey {
    text.parse().expect("a step")
}

/// Steps that somebody can act on, by those who do and those who review.
fn standing(world: &PlanWorld, now: DateTime<Utc>) -> Vec<(StepKey, Standing)> {
    let today = world.today(now);
    let standing = |(key, step): (&StepKey, _)| {
        let standing = world.plan.standing(step, world.release.step(&key.id)?, today);
        let is_there = standing.is_actionable() || matches!(standing, Standing::InReview { .. });
        is_there.then(|| (key.clone(), standing))
    };
    world.plan.steps.iter().filter_map(standing).collect()
}

async fn live(days: usize) {
    let began = Instant::now();
    let mut year = Year::begun().await;
    for day in 0..days {
        let today = year.first + Days::new(day as u64);
        year.app.clock.travel_to(at_hour(today, 0, ZONES[0]));
        year.lives_through(day, today).await;
        year.delivers(today).await;
        if today.weekday().number_from_monday() < 6 {
            year.act(day).await;
        }
    }
    let briefs = year.briefs_came_once_and_on_working_days().await;
    year.app.assert_no_drift().await;
    let mut conn = year.app.pool.get().await.expect("a connection");
    let facts = crate::relay::number(&mut conn, "SELECT count(*) FROM facts").await;
    let plans = crate::relay::number(&mut conn, "SELECT count(*) FROM plans").await;
    assert_eq!(plans, MANAGERS as i64);
    println!(
        "{plans} plans, {days} days: {facts} facts, {} acts, {} letters of which {briefs} briefs, in {:.1} s",
        year.acts,
        year.mails.len(),
        began.elapsed().as_secs_f64()
    );
    assert!(year.acts > MANAGERS * days / 14, "the people do what is due: {} acts", year.acts);
    assert!(briefs > MANAGERS * days / 14, "they are told: {briefs} briefs");
}

#[actix_web::test]
async fn fifty_managers_over_six_weeks_have_no_drift_and_never_two_briefs_on_a_day() {
    live(45).await;
}

#[actix_web::test]
#[ignore = "takes minutes: cargo test --test stories -- --ignored year"]
async fn fifty_managers_over_a_year_have_no_drift_and_never_two_briefs_on_a_day() {
    live(365).await;
}

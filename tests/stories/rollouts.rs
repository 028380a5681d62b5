//! Running plans take a new release: HR looks, decides change by change, upgrades, and may undo it.

use std::time::Duration;

use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::publish;
use pilothouse::app::rollouts::{self, RolloutId};
use pilothouse::app::steps::{self, At};
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::access::Actor;
use pilothouse::engine::form::{Answer, Answers};
use pilothouse::engine::upgrade::Policy;
use pilothouse::engine::vocabulary::{Lang, PersonId, PlanId, StepId, StepKey};
use reqwest::StatusCode;

use crate::access::world;
use crate::harness::{Someone, TestApp, date, utc};
use crate::relay::number;

pub const PROGRAM: &str = "\
program: first_weeks
title: {en: First weeks, zh-TW: 最初幾週}
summary: {en: A short program., zh-TW: 簡短的方案。}
curricula: [basics]
cast: [mentor, superior, hr]
checkpoints: [B10]
";

/// Steps as an author writes them: name, title, due day, and what else stands there.
pub fn basics(steps: &[(&str, &str, &str, &str)]) -> String {
    let mut file = "curriculum: basics\ntitle: {en: Basics, zh-TW: 基本功}\n\
                    summary: {en: The first steps., zh-TW: 第一步。}\nsteps:\n"
        .to_owned();
    for (id, title, due, more) in steps {
        file += &format!(
            "  - id: {id}\n    title: {{en: {title}, zh-TW: {title}}}\n    body: {{en: Do it., zh-TW: 做吧。}}\n    \
             due: {due}\n    effort: 30\n{more}"
        );
    }
    file
}

pub const ASKS: &str = "    ask:\n      - {id: words, type: long_text, label: {en: Words, zh-TW: 文字}}\n";

pub fn first() -> String {
    basics(&[
        ("meet_everybody", "Meet everybody", "B3", ASKS),
        ("first_report", "First report", "B10", ""),
        ("old_habit", "Old habit", "B20", ""),
    ])
}

/// One step renamed, one moved, one gone, one new.
pub fn second() -> String {
    basics(&[
        ("meet_the_team", "Meet the team", "B4", &format!("    was: [meet_everybody]\n{ASKS}")),
        ("first_report", "Better report", "B15", ""),
        ("new_habit", "New habit", "B25", ""),
    ])
}

pub struct Story {
    pub app: TestApp,
    pub hr: Someone,
    superior: Someone,
    pub managers: Vec<Someone>,
    pub plans: Vec<PlanId>,
}

impl Story {
    /// So many plans on the first release, since Monday 2026-03-02.
    pub async fn begun(count: usize) -> Story {
        Story::begun_with(count, &first()).await
    }

    /// As [`Story::begun`], on a release of these steps.
    pub async fn begun_with(count: usize, basics: &str) -> Story {
        let app = TestApp::at("2026-03-02T02:00:00Z").await;
        let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
        let superior = app.person("Diane Wu", "diane@company.example", Lang::En, false).await;
        let mut story = Story { app, hr, superior, managers: Vec::new(), plans: Vec::new() };
        story.publishes(basics).await;
        for n in 1..=count {
            let email = format!("manager{n}@company.example");
            let manager = story.app.person(&format!("Manager {n}"), &email, Lang::En, false).await;
            story.plans.push(story.starts(manager.id).await);
            story.managers.push(manager);
        }
        story.app.deliver().await;
        story.app.mails();
        story
    }

    pub async fn publishes(&self, basics: &str) -> String {
        self.publishes_as(PROGRAM, basics).await
    }

    /// As [`Story::publishes`], of another program file.
    pub async fn publishes_as(&self, program: &str, basics: &str) -> String {
        let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
        let (files, moment) = (vec![file("basics.yaml", basics), file("program.yaml", program)], self.app.moment());
        let published = self.app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await;
        published.expect("it is published").programs.remove(0).1
    }

    async fn starts(&self, manager: PersonId) -> PlanId {
        let new = NewPlan {
            program: "first_weeks".to_owned(),
            manager,
            superior: self.superior.id,
            hr: self.hr.id,
            mentor: None,
            then: Vec::new(),
            effective: date("2026-03-02"),
            calendar: Some("taiwan".to_owned()),
        };
        let (who, moment) = (Actor::Person(self.hr.viewer()), self.app.moment());
        let started = self.app.pool.in_transaction(async |tx| plans::start(tx, who, &new, &moment).await).await;
        started.expect("a plan")
    }

    pub async fn hands_in(&self, n: usize, step: &str, words: &str) {
        let at = At { plan: self.plans[n], step: step.parse().expect("a step"), seen: None };
        let answers = match words {
            "" => Answers::default(),
            words => Answers([("words".to_owned(), Answer::One(words.to_owned()))].into()),
        };
        let (who, moment) = (self.managers[n].viewer(), self.app.moment());
        let done = async |tx: &mut _| steps::hand_in(tx, who, &at, answers.clone(), &moment).await;
        self.app.pool.in_transaction(done).await.expect("it is handed in");
    }

    pub async fn upgrades(&self, to: &str, policy: Policy) -> RolloutId {
        let (who, moment) = (self.hr.viewer(), self.app.moment());
        let begun = async |tx: &mut _| rollouts::start(tx, who, to, policy.clone(), &self.plans, &moment).await;
        self.app.pool.in_transaction(begun).await.expect("it begins")
    }

    pub async fn undoes(&self, id: RolloutId) -> Result<(), pilothouse::app::Error> {
        let (who, moment) = (self.hr.viewer(), self.app.moment());
        self.app.pool.in_transaction(async |tx| rollouts::undo(tx, who, id, &moment).await).await
    }

    pub async fn steps_through(&self) -> usize {
        let mut settled = 0;
        loop {
            match rollouts::step(&self.app.pool, &self.app.moment()).await.expect("a step") {
                0 => return settled,
                n => settled += n,
            }
        }
    }

    async fn keys(&self, n: usize) -> Vec<String> {
        world(&self.app, self.plans[n]).await.plan.steps.keys().map(ToString::to_string).collect()
    }

    async fn is_done(&self, n: usize, step: &str) -> bool {
        world(&self.app, self.plans[n]).await.plan.steps[&step.parse::<StepKey>().expect("a step")].state.is_done()
    }

    async fn count(&self, sql: &str) -> i64 {
        number(&mut self.app.pool.get().await.expect("a connection"), sql).await
    }
}

fn id(name: &str) -> StepId {
    StepId(name.to_owned())
}

#[actix_web::test]
async fn hr_looks_decides_change_by_change_and_watches_it_go() {
    let story = Story::begun(2).await;
    story.hands_in(0, "meet_everybody", "Everybody is well.").await;
    let to = story.publishes(&second()).await;
    let mut hr = story.app.signed_in(&story.hr).await;

    hr.get(&format!("/curricula/{to}")).await;
    assert!(hr.shows("2 running plans are on another version"), "{}", hr.text());
    let look = format!("/curricula/{to}/rollout");
    assert!(hr.links().contains(&look));
    hr.get(&look).await;
    for words in ["Better report", "New habit", "Old habit", "Manager 1", "sends no letter of its own"] {
        assert!(hr.shows(words), "{words}: {}", hr.text());
    }
    let whole =
        hr.links().into_iter().find(|link| link.contains(&story.plans[0].to_string()) && link.starts_with(&look));
    hr.get(&whole.expect("the whole of a plan")).await;
    assert_eq!(hr.status, StatusCode::OK);
    assert!(hr.shows("Better report") && hr.shows("Old habit") && hr.shows("Meet the team"), "{}", hr.text());

    hr.get(&look).await;
    let forged = hr.pairs(&look, &[("how.first_report", "perhaps")]);
    for path in [format!("{look}/preview"), look.clone()] {
        hr.post(&path, &forged).await;
        assert_eq!(hr.status, StatusCode::BAD_REQUEST);
    }
    hr.get(&look).await;
    let pairs = hr.pairs(&look, &[("how.first_report", "skip")]);
    hr.post(&format!("{look}/preview"), &pairs).await;
    assert_eq!(hr.status, StatusCode::OK);
    let kept = hr.pairs(&look, &[]);
    assert!(kept.contains(&("how.first_report".to_owned(), "skip".to_owned())), "{kept:?}");
    hr.submit(&look, &[]).await;
    assert!(
        hr.path.starts_with("/rollouts/") && hr.shows("0 of 2") && hr.shows("It goes on by itself"),
        "{}",
        hr.text()
    );
    let view = hr.path.clone();
    story.steps_through().await;
    hr.get(&view).await;
    assert!(hr.shows("2 of 2") && hr.shows("2 plans were upgraded.") && hr.shows("Better report"), "{}", hr.text());
    assert!(!hr.shows("It goes on by itself") && hr.has_form(&format!("{view}/undo")));

    assert_eq!(story.keys(0).await, ["first_report", "meet_the_team", "new_habit"]);
    assert!(story.is_done(0, "meet_the_team").await && !story.is_done(1, "meet_the_team").await);
    let kept = world(&story.app, story.plans[0]).await;
    assert_eq!(kept.release.step(&id("first_report")).expect("it is kept").title.en, "First report");
    assert_eq!(story.count("SELECT count(*) FROM outbox WHERE kind NOT IN ('sign_in', 'welcome')").await, 0);
    hr.get(&look).await;
    assert!(hr.shows("2 plans were upgraded."), "{}", hr.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_step_that_the_release_took_out_and_a_plan_keeps_is_named_by_its_title() {
    let story = Story::begun(1).await;
    let to = story.publishes(&second()).await;
    let rollout = story.upgrades(&to, Policy { skip: [id("old_habit")].into(), ..Policy::default() }).await;
    let mut hr = story.app.signed_in(&story.hr).await;
    hr.get(&format!("/rollouts/{rollout}")).await;
    assert!(hr.shows("Left as they are: Old habit"), "{}", hr.text());
}

#[actix_web::test]
async fn only_ticked_plans_are_upgraded_and_ticking_none_is_said() {
    let story = Story::begun(2).await;
    let to = story.publishes(&second()).await;
    let mut hr = story.app.signed_in(&story.hr).await;
    let look = format!("/curricula/{to}/rollout");
    hr.get(&look).await;
    let all = hr.pairs(&look, &[]);
    hr.post(&format!("{look}/preview"), &hr.pairs(&look, &[("tick", "none")])).await;
    hr.submit(&look, &[]).await;
    assert_eq!(hr.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hr.shows("Tick at least one plan"), "{}", hr.text());

    let second = format!("plan.{}", story.plans[1]);
    let one: Vec<_> = all.into_iter().filter(|(name, _)| !name.starts_with("plan.") || *name == second).collect();
    hr.post(&look, &one).await;
    story.steps_through().await;
    assert_eq!(story.keys(0).await, ["first_report", "meet_everybody", "old_habit"]);
    assert_eq!(story.keys(1).await, ["first_report", "meet_the_team", "new_habit"]);

    let whole = format!("{look}/{}?skip=first_report", story.plans[0]);
    hr.get(&whole).await;
    hr.submit(&look, &[]).await;
    story.steps_through().await;
    let only = world(&story.app, story.plans[0]).await;
    assert_eq!(only.release.step(&id("first_report")).expect("it is kept").title.en, "First report");
    assert_eq!(story.keys(0).await, ["first_report", "meet_the_team", "new_habit"]);
}

#[actix_web::test]
async fn a_manager_takes_one_offer_and_leaves_another() {
    let story = Story::begun(1).await;
    let to = story.publishes(&second()).await;
    let offer = [id("first_report"), id("new_habit"), id("old_habit")].into();
    story.upgrades(&to, Policy { offer, ..Policy::default() }).await;
    story.steps_through().await;
    assert_eq!(story.keys(0).await, ["first_report", "meet_the_team", "old_habit"]);

    let mut manager = story.app.signed_in(&story.managers[0]).await;
    let offers = format!("/plans/{}/offers", story.plans[0]);
    manager.get("/today").await;
    assert!(manager.shows("“Better report”: a newer version is there"), "{}", manager.text());
    manager.submit(&format!("{offers}/first_report"), &[("answer", "take")]).await;
    assert_eq!(manager.path, "/today");
    assert!(manager.html.contains("your plan has the newer version"), "{}", manager.text());
    manager.get(&format!("/plans/{}", story.plans[0])).await;
    assert!(
        manager.shows("“New habit”: a new step") && manager.shows("“Old habit”: the program no longer asks for it")
    );
    manager.submit(&format!("{offers}/new_habit"), &[("answer", "leave")]).await;
    manager.submit(&format!("{offers}/old_habit"), &[("answer", "take")]).await;
    assert_eq!(story.keys(0).await, ["first_report", "meet_the_team"]);
    assert!(!manager.has_form(&format!("{offers}/first_report")));
    let after = world(&story.app, story.plans[0]).await;
    assert_eq!(after.release.step(&id("first_report")).expect("a step").title.en, "Better report");
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn links_and_words_under_an_old_name_lead_to_the_new_one() {
    let story = Story::begun(2).await;
    story.hands_in(0, "meet_everybody", "Everybody is well, and I asked each of them.").await;
    let draft = format!("/plans/{}/steps/meet_everybody", story.plans[1]);
    let mut other = story.app.signed_in(&story.managers[1]).await;
    other.get(&draft).await;
    let typed = other.pairs(&format!("{draft}/hand-in"), &[("words", "Half a thought")]);
    other.post(&format!("{draft}/draft"), &typed).await;
    let to = story.publishes(&second()).await;
    let rollout = story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;

    let mut manager = story.app.signed_in(&story.managers[0]).await;
    manager.get(&format!("/plans/{}/steps/meet_everybody", story.plans[0])).await;
    assert_eq!(manager.status, StatusCode::OK);
    assert!(manager.path.ends_with("/steps/meet_the_team"), "{}", manager.path);
    assert!(manager.shows("and I asked each of them"), "{}", manager.text());
    other.get(&draft).await;
    assert!(other.html.contains("Half a thought"), "{}", other.text());

    story.undoes(rollout).await.expect("it is undone");
    story.steps_through().await;
    manager.get(&format!("/plans/{}/steps/meet_everybody", story.plans[0])).await;
    assert!(manager.shows("and I asked each of them"), "{}", manager.text());

    // A letter of the days in between may use the name that is gone, under whichever release.
    let again = story.publishes(&second().replace("meet_the_team", "greet_the_team")).await;
    story.upgrades(&again, Policy::default()).await;
    story.steps_through().await;
    manager.get(&format!("/plans/{}/steps/meet_the_team", story.plans[0])).await;
    assert!(manager.path.ends_with("/steps/greet_the_team"), "{}", manager.path);
    assert!(manager.shows("and I asked each of them"), "{}", manager.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn an_upgrade_that_is_cut_off_again_and_again_leaves_every_plan_whole_and_ends() {
    let story = Story::begun(12).await;
    story.hands_in(0, "meet_everybody", "Everybody is well.").await;
    let to = story.publishes(&second()).await;
    story.upgrades(&to, Policy::default()).await;

    let mut cuts = 0;
    for n in 1..200_u64 {
        let moment = story.app.moment();
        // Dropped in the middle, as a kill would: its connection closes, and its transaction with it.
        let step = tokio::time::timeout(Duration::from_millis(5 + n % 23), rollouts::step(&story.app.pool, &moment));
        match step.await {
            Ok(settled) if settled.as_ref().is_ok_and(|settled| *settled == 0) => break,
            Ok(_) => {}
            Err(_) => cuts += 1,
        }
    }
    story.steps_through().await;

    assert!(cuts > 0, "nothing was cut off");
    assert_eq!(story.count("SELECT count(*) FROM rollout_plans WHERE state = 'done'").await, 12);
    assert_eq!(story.count("SELECT count(*) FROM facts WHERE payload LIKE '%\"is\":\"upgraded\"%'").await, 12);
    assert!(story.is_done(0, "meet_the_team").await);
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn two_instances_at_once_upgrade_each_plan_once() {
    let story = Story::begun(8).await;
    let to = story.publishes(&second()).await;
    story.upgrades(&to, Policy::default()).await;
    let moment = story.app.moment();
    let (a, b) = tokio::join!(rollouts::step(&story.app.pool, &moment), rollouts::step(&story.app.pool, &moment));
    assert_eq!(a.expect("a step") + b.expect("a step") + story.steps_through().await, 8);
    assert_eq!(story.count("SELECT count(*) FROM facts WHERE payload LIKE '%\"is\":\"upgraded\"%'").await, 8);
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_plan_that_cannot_be_upgraded_says_why_and_holds_up_no_other() {
    let story = Story::begun(3).await;
    let to = story.publishes(&second()).await;
    let rollout = story.upgrades(&to, Policy::default()).await;
    story.app.clock.travel_to(utc("2026-03-02T02:01:00Z"));
    let again = story.upgrades(&to, Policy::default()).await;
    story.app.sql(&format!("UPDATE steps SET due_why = '{{}}' WHERE plan_id = '{}'", story.plans[1])).await;
    let first = rollouts::step(&story.app.pool, &story.app.moment()).await.expect("a step");
    assert_eq!(first, 3, "each plan takes the earlier one");
    assert_eq!(first + story.steps_through().await, 6);

    let mut hr = story.app.signed_in(&story.hr).await;
    hr.get(&format!("/rollouts/{rollout}")).await;
    assert!(hr.shows("2 plans were upgraded; one was left as it was."), "{}", hr.text());
    assert!(hr.shows("something went wrong"), "{}", hr.text());
    hr.get(&format!("/rollouts/{again}")).await;
    assert!(hr.shows("it is on this release already"), "{}", hr.text());
}

#[actix_web::test]
async fn an_upgrade_is_undone_within_thirty_days_and_what_was_done_since_stays() {
    let story = Story::begun(2).await;
    let before = world(&story.app, story.plans[0]).await.plan;
    let to = story.publishes(&second()).await;
    let rollout = story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;
    let mut hr = story.app.signed_in(&story.hr).await;
    story.app.clock.travel_to(utc("2026-03-27T02:00:00Z"));
    story.hands_in(1, "new_habit", "").await;

    let view = format!("/rollouts/{rollout}");
    hr.get(&view).await;
    hr.submit(&format!("{view}/undo"), &[]).await;
    assert!(hr.shows("to be taken back"), "{}", hr.text());
    story.steps_through().await;
    hr.get(&view).await;
    assert!(hr.shows("2 plans were taken back.") && !hr.has_form(&format!("{view}/undo")), "{}", hr.text());

    let after = world(&story.app, story.plans[0]).await.plan;
    assert_eq!((&after.steps, &after.release, &after.arranged), (&before.steps, &before.release, &before.arranged));
    assert_eq!(story.keys(1).await, ["first_report", "meet_everybody", "new_habit", "old_habit"]);
    assert!(story.is_done(1, "new_habit").await);
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn after_thirty_days_an_upgrade_stands() {
    let story = Story::begun(1).await;
    let to = story.publishes(&second()).await;
    let rollout = story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;
    let mut hr = story.app.signed_in(&story.hr).await;
    story.app.clock.travel_to(utc("2026-04-01T02:00:00Z"));
    assert!(story.undoes(rollout).await.is_err());
    hr.get(&format!("/rollouts/{rollout}")).await;
    assert!(!hr.has_form(&format!("/rollouts/{rollout}/undo")), "{}", hr.text());
    assert!(hr.shows("The thirty days for undoing this upgrade are over; the last was 1 April 2026."), "{}", hr.text());
}

#[actix_web::test]
async fn undoing_in_the_middle_takes_back_what_is_done_and_stops_the_rest() {
    let story = Story::begun(2).await;
    let to = story.publishes(&second()).await;
    let rollout = story.upgrades(&to, Policy::default()).await;
    story.undoes(rollout).await.expect("it is undone");
    assert_eq!(story.steps_through().await, 0);
    assert_eq!(story.count("SELECT count(*) FROM rollout_plans WHERE why = 'stopped'").await, 2);
    assert_eq!(story.keys(0).await, ["first_report", "meet_everybody", "old_habit"]);
}

//! What the manager practises: promises that come back until they are kept, a ledger that is looked at every
//! week, and pages that fill themselves from answers.

use pilothouse::app::publish;
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::vocabulary::{Lang, PlanId};
use reqwest::StatusCode;

use crate::browser::Browser;
use crate::harness::{Someone, TestApp, utc};
use crate::short::under_way;

const CURRICULUM: &str = "
curriculum: practice
title: {en: Practice, zh-TW: 練習}
summary: {en: Listen and let go., zh-TW: 傾聽與放手。}
views:
  - id: team
    title: {en: Team map, zh-TW: 團隊地圖}
    help: {en: Read down a column., zh-TW: 一欄一欄看。}
    table: {of: [talk], columns: [wish]}
  - id: needs
    title: {en: Shared needs, zh-TW: 共同需求}
    help: {en: The first counts most., zh-TW: 第一項最多。}
    counts: talk.needs
  - id: promises
    title: {en: 'You said, I will', zh-TW: 我聽到了}
    help: {en: Until kept., zh-TW: 直到做到。}
    table: {of: [promise.promises], columns: [what, by]}
  - id: ledger
    title: {en: Ledger, zh-TW: 帳本}
    help: {en: What is out., zh-TW: 放出去的。}
    table:
      of: [hand_over]
      columns: [work, whom]
      checks: look.items
      signs:
        - {quiet: 10, say: {en: Nobody looked for ten days., zh-TW: 十天沒看。}}
        - {says: status, is: [mine], say: {en: You finished this yourself., zh-TW: 你自己做完了。}}
        - {same: whom, times: 2, say: {en: Always the same person., zh-TW: 一直同一個人。}}
  - id: way
    title: {en: The way, zh-TW: 路}
    help: {en: Up., zh-TW: 往上。}
    line: {of: [month.reached], goal: {step: goal, from: now, to: target, by: smart}}
  - id: stages
    title: {en: Stages, zh-TW: 階段}
    help: {en: Where it leaks., zh-TW: 哪裡漏。}
    funnel: {step: month, stages: [leads, offers, deals]}
steps:
  - id: talk
    title: {en: 'Talk with {{member.name}}', zh-TW: '與{{member.name}}談'}
    body: {en: Listen., zh-TW: 聽。}
    each: member
    due: B2
    visible_to: [manager]
    effort: 10
    ask:
      - {id: wish, type: text, label: {en: Wish, zh-TW: 期望}}
      - id: needs
        type: several
        label: {en: Needs, zh-TW: 需求}
        options: [{id: time, label: {en: Time, zh-TW: 時間}}, {id: praise, label: {en: Praise, zh-TW: 肯定}}]
  - id: promise
    title: {en: Promise, zh-TW: 承諾}
    body: {en: Say when., zh-TW: 說好日期。}
    due: B3
    effort: 10
    ask:
      - id: promises
        type: table
        label: {en: Promises, zh-TW: 承諾}
        columns:
          - {id: heard, type: text, label: {en: You said, zh-TW: 我聽到}}
          - {id: what, type: text, label: {en: I will, zh-TW: 我會}}
          - {id: by, type: date, label: {en: By, zh-TW: 期限}}
  - id: keep
    title: {en: Keep a promise, zh-TW: 兌現承諾}
    body: {en: Do it., zh-TW: 做到。}
    due: promise.promises.by+0
    about: what
    remind: {due_soon: 1, overdue_every: 1}
    effort: 5
    ask:
      - id: outcome
        type: choice
        label: {en: What became of it, zh-TW: 後來}
        options: [{id: kept, label: {en: Kept, zh-TW: 做到了}}, {id: withdrawn, label: {en: Taken back, zh-TW: 收回}}]
      - {id: reason, type: text, when: this.outcome == \"withdrawn\", label: {en: Why, zh-TW: 原因}}
  - id: hand_over
    title: {en: Hand over, zh-TW: 放權}
    body: {en: One thing., zh-TW: 一件。}
    due: [B1, B4]
    effort: 10
    ask:
      - {id: work, type: text, label: {en: Work, zh-TW: 工作}}
      - {id: whom, type: person, label: {en: To whom, zh-TW: 交給誰}}
  - id: look
    title: {en: Weekly look, zh-TW: 每週檢視}
    body: {en: Look., zh-TW: 看。}
    due: B5
    every: {weekly: fri, until: B40}
    effort: 5
    ask:
      - {id: word, type: text, begin: done, label: {en: This week, zh-TW: 這週}}
      - id: items
        type: table
        label: {en: Out, zh-TW: 放出去的}
        of: {steps: [hand_over], about: work, until: {column: status, is: [done, mine]}}
        columns:
          - id: status
            type: choice
            label: {en: Status, zh-TW: 狀況}
            options: [{id: going, label: {en: Going, zh-TW: 進行}}, {id: done, label: {en: Done, zh-TW: 完成}}, {id: mine, label: {en: Done by me, zh-TW: 我做完了}}]
  - id: goal
    title: {en: Goal, zh-TW: 目標}
    body: {en: One., zh-TW: 一個。}
    due: B5
    visible_to: [manager, mentor, superior]
    review: superior
    effort: 10
    ask:
      - {id: smart, type: smart, label: {en: The goal, zh-TW: 目標}}
      - {id: now, type: number, label: {en: Now, zh-TW: 現在}}
      - {id: target, type: number, label: {en: Target, zh-TW: 目標值}}
  - id: month
    title: {en: Month, zh-TW: 月}
    body: {en: Count., zh-TW: 算。}
    due: B6
    every: {months: 1, until: end}
    visible_to: [manager, mentor, superior]
    effort: 10
    ask:
      - {id: reached, type: number, label: {en: Reached, zh-TW: 走到}}
      - {id: leads, type: number, label: {en: Leads, zh-TW: 名單}}
      - {id: offers, type: number, label: {en: Offers, zh-TW: 報價}}
      - {id: deals, type: number, label: {en: Deals, zh-TW: 成交}}
";

const PROGRAM: &str = "
program: practising
title: {en: Practising, zh-TW: 練習方案}
summary: {en: A program., zh-TW: 一個方案。}
curricula: [practice]
cast: [mentor, superior, hr]
checkpoints: [B5]
mail: {quiet: never}
";

pub struct Practice {
    pub app: TestApp,
    pub manager: Someone,
    pub mentor: Someone,
    pub superior: Someone,
    pub hr: Someone,
    pub plan: PlanId,
    pub amy: String,
}

pub async fn practice(lang: Lang) -> Practice {
    let app = TestApp::at("2026-03-02T01:30:00Z").await; // a Monday, 9:30 in Taipei
    let files = [("practice.yaml", CURRICULUM), ("program.yaml", PROGRAM)];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() });
    let moment = app.moment();
    app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await.expect("it publishes");
    let manager = app.person("Grace Chen", "grace@company.example", lang, false).await;
    let mentor = app.person("Kevin Lin", "kevin@company.example", Lang::En, false).await;
    let superior = app.person("Diane Wu", "diane@company.example", Lang::En, false).await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    let amy = app.join(&hr, &manager, "Amy Tsai", "2026-03-02").await.to_string();
    app.join(&hr, &manager, "Ben Kuo", "2026-03-02").await;
    let plan = under_way(&app, "practising", [&manager, &mentor, &superior, &hr]).await;
    Practice { app, manager, mentor, superior, hr, plan, amy }
}

impl Practice {
    fn step(&self, key: &str) -> String {
        format!("/plans/{}/steps/{key}", self.plan)
    }

    fn views(&self) -> String {
        format!("/plans/{}/practice/practice", self.plan)
    }

    pub async fn hand_in(&self, browser: &mut Browser, key: &str, fields: &[(&str, &str)]) {
        let at = self.step(key);
        browser.get(&at).await;
        browser.submit(&format!("{at}/hand-in"), fields).await;
        assert_eq!(browser.status, StatusCode::OK, "{key}: {}", browser.text());
    }

    pub async fn promise(&self, browser: &mut Browser) {
        let rows = [
            ("promises.0.heard", "Leads are shared unfairly"),
            ("promises.0.what", "A rule on the board"),
            ("promises.0.by", "2026-03-06"),
            ("promises.1.heard", "You interrupt"),
            ("promises.1.what", "I wait ten seconds"),
            ("promises.1.by", "2026-03-20"),
        ];
        self.hand_in(browser, "promise", &rows).await;
    }

    /// What the manager's mails of a morning say.
    async fn brief(&self, morning: &str) -> String {
        self.app.clock.travel_to(utc(morning));
        self.app.mails();
        self.app.deliver().await;
        let mails = self.app.mails().into_iter().filter(|mail| mail.to[0].address == self.manager.email);
        mails.map(|mail| format!("{}\n{}", mail.subject, mail.text)).collect::<Vec<_>>().join("\n")
    }
}

#[actix_web::test]
async fn each_promise_comes_back_on_its_day_until_it_is_kept_or_taken_back_with_a_reason() {
    let story = practice(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    story.promise(&mut browser).await;

    browser.get("/today").await;
    assert!(browser.shows("Keep a promise: A rule on the board"), "{}", browser.text());
    browser.get(&story.step("keep.2")).await;
    assert!(browser.shows("You interrupt") && browser.shows("I wait ten seconds"), "{}", browser.text());
    assert!(!browser.shows("A rule on the board") || browser.links().contains(&story.step("keep")));

    // Named in the brief while it is open, without its words.
    let due = story.brief("2026-03-06T01:30:00Z").await;
    let late = story.brief("2026-03-10T01:30:00Z").await;
    assert!(due.contains("Keep a promise") && late.contains("Keep a promise"), "{due}\n{late}");
    assert!(!due.contains("rule on the board") && !late.contains("rule on the board"), "{due}\n{late}");

    let mut browser = story.app.signed_in(&story.manager).await;
    story.hand_in(&mut browser, "keep", &[("outcome", "kept")]).await;
    let at = story.step("keep.2");
    browser.get(&at).await;
    browser.submit(&format!("{at}/hand-in"), &[("outcome", "withdrawn")]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "taking back needs a reason");
    story.hand_in(&mut browser, "keep.2", &[("outcome", "withdrawn"), ("reason", "Nobody minded")]).await;

    browser.get(&story.views()).await;
    assert!(browser.shows("A rule on the board") && browser.shows("Kept") && browser.shows("Taken back"));
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn the_team_map_builds_itself_and_nobody_but_the_manager_sees_it() {
    let story = practice(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    browser.get(&story.views()).await;
    assert!(browser.shows("Nothing here yet") && browser.shows("Talk with"), "{}", browser.text());

    let talk = format!("talk.{}", story.amy);
    story.hand_in(&mut browser, &talk, &[("wish", "Fewer meetings"), ("needs", "time")]).await;
    browser.get(&story.views()).await;
    assert!(browser.shows("Amy Tsai") && browser.shows("Fewer meetings"), "{}", browser.text());
    assert!(browser.shows("Praise How many nobody"), "what nobody named is a gap: {}", browser.text());

    for other in [&story.mentor, &story.superior] {
        let mut browser = story.app.signed_in(other).await;
        browser.get(&story.views()).await;
        assert_eq!(browser.status, StatusCode::OK);
        assert!(!browser.shows("Team map") && !browser.shows("Fewer meetings"), "{}", browser.text());
    }
}

#[actix_web::test]
async fn the_weekly_look_has_a_row_for_each_thing_that_is_out_until_it_is_over() {
    let story = practice(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    story.hand_in(&mut browser, "hand_over", &[("work", "Dealer report"), ("whom", &story.amy)]).await;
    story.hand_in(&mut browser, "hand_over.2", &[("work", "Trade fair"), ("whom", &story.amy)]).await;

    let at = story.step("look");
    browser.get(&at).await;
    assert!(browser.shows("Dealer report") && browser.shows("Trade fair"), "{}", browser.text());
    assert!(browser.html.contains("Hand over"), "drafted from the plan: {}", browser.html);
    let mut paper = story.app.signed_in(&story.manager).await;
    paper.get(&format!("{at}/sheet")).await;
    assert!(paper.shows("Dealer report") && paper.shows("Trade fair"), "on paper too: {}", paper.text());
    browser.submit(&format!("{at}/hand-in"), &[("items.0.status", "mine")]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "each row is answered");
    story.hand_in(&mut browser, "look", &[("items.0.status", "mine"), ("items.1.status", "going")]).await;
    browser.get(&at).await;
    assert!(browser.shows("Trade fair") && browser.shows("Done by me"), "{}", browser.text());

    browser.get(&story.views()).await;
    assert!(browser.shows("You finished this yourself.") && browser.shows("Always the same person."));
    assert!(!browser.shows("Nobody looked for ten days."), "{}", browser.text());

    story.app.clock.travel_to(utc("2026-03-09T01:30:00Z"));
    story.app.deliver().await;
    let mut browser = story.app.signed_in(&story.manager).await;
    browser.get(&story.step("look.2")).await;
    assert!(browser.shows("Trade fair") && !browser.shows("Dealer report"), "what is over is not asked for again");

    story.app.clock.travel_to(utc("2026-03-24T01:30:00Z"));
    story.app.deliver().await;
    let mut browser = story.app.signed_in(&story.manager).await;
    browser.get(&story.views()).await;
    assert!(browser.shows("Nobody looked for ten days. ( Trade fair )"), "{}", browser.text());
}

#[actix_web::test]
async fn a_goal_says_what_it_lacks_and_its_way_is_drawn_beside_what_was_reached() {
    let story = practice(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    let at = story.step("goal");
    browser.get(&at).await;
    let vague = [
        ("smart.0.specific", "More renewals"),
        ("smart.0.measurable", "from 60 to 75"),
        ("now", "60"),
        ("target", "75"),
    ];
    browser.submit(&format!("{at}/hand-in"), &vague).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    for lack in ["the unit of the number", "why it can be reached", "the date", "who answers for it"] {
        assert!(browser.shows(lack), "{lack}: {}", browser.text());
    }
    let whole = [
        ("smart.0.specific", "More renewals"),
        ("smart.0.measurable", "from 60% to 75%"),
        ("smart.0.achievable", "48 contracts end"),
        ("smart.0.relevant", "Keep customers"),
        ("smart.0.time_bound", "2026-04-01"),
        ("smart.0.owner", "All of us; I answer for it"),
        ("now", "60"),
        ("target", "75"),
    ];
    story.hand_in(&mut browser, "goal", &whole).await;
    story.app.clock.travel_to(utc("2026-03-09T01:30:00Z"));
    story.app.deliver().await;
    let mut browser = story.app.signed_in(&story.manager).await;
    let month = [("reached", "65"), ("leads", "100"), ("offers", "80"), ("deals", "20")];
    story.hand_in(&mut browser, "month", &month).await;

    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get(&story.views()).await;
    assert!(superior.html.contains("<polyline") && superior.html.contains("chart-way"), "{}", superior.html);
    assert!(superior.shows("65") && superior.shows("63.5"), "where the way should be by then: {}", superior.text());
    assert!(superior.shows("Most is lost on the way to: Deals"), "{}", superior.text());
}

#[actix_web::test]
async fn the_pages_speak_the_readers_language() {
    let story = practice(Lang::ZhTw).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    story.promise(&mut browser).await;
    browser.get(&format!("/plans/{}/practice", story.plan)).await;
    assert!(browser.shows("實務紀錄") && browser.shows("我聽到了"), "{}", browser.text());
    browser.get(&story.views()).await;
    assert!(browser.shows("進行中") && browser.shows("到期") && !browser.shows("Nothing"), "{}", browser.text());
}

//! Branches, names in texts, and rituals on one page: through the pages and the mail alone.

use pilothouse::app::publish;
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::vocabulary::{Lang, PlanId};
use pilothouse::mail::reading::ReadMail;
use reqwest::StatusCode;

use crate::browser::Browser;
use crate::harness::{Someone, TestApp, utc};
use crate::short::under_way;

const CURRICULUM: &str = "
curriculum: forks
title: {en: Forks, zh-TW: 岔路}
summary: {en: Where the road forks., zh-TW: 路在這裡分岔。}
steps:
  - id: diagnose
    title: {en: 'Diagnose with {{mentor.name}}', zh-TW: '與{{mentor.name}}一起診斷'}
    body: {en: 'Ask **{{superior.name}}** first.', zh-TW: '先問**{{superior.name}}**。'}
    due: B3
    visible_to: [manager, mentor]
    effort: 10
    ask:
      - id: cause
        type: choice
        label: {en: 'What would {{mentor.name}} say it is?', zh-TW: '{{mentor.name}}會說原因是什麼？'}
        options: [{id: leads, label: {en: Too few leads, zh-TW: 名單太少}}, {id: value, label: {en: Too little value, zh-TW: 價值不足}}]
  - id: find_leads
    title: {en: Find more leads, zh-TW: 找更多名單}
    body: {en: Find., zh-TW: 找。}
    when: answers.diagnose.cause == \"leads\"
    due: diagnose+2
    effort: 10
  - id: raise_value
    title: {en: Raise the value, zh-TW: 提高價值}
    body: {en: Raise., zh-TW: 提高。}
    when: answers.diagnose.cause == \"value\"
    due: B4
    effort: 10
  - id: look_again
    title: {en: Look again, zh-TW: 再看一次}
    body: {en: Look., zh-TW: 看。}
    due: find_leads+3
    effort: 10
  - id: meet
    title: {en: 'Meet {{member.name}}', zh-TW: '訪談{{member.name}}'}
    body: {en: 'Listen to {{member.name}}.', zh-TW: '聽{{member.name}}說。'}
    each: member
    due: B4
    effort: 10
  - id: close
    title: {en: Close the fork, zh-TW: 收尾}
    body: {en: Close., zh-TW: 收尾。}
    after: [raise_value]
    due: B20
    effort: 10
  - id: look_back
    title: {en: Look back, zh-TW: 回顧}
    body: {en: 'Tell {{mentor.name}}.', zh-TW: '告訴{{mentor.name}}。'}
    due: B5
    every: {weekly: fri, until: B40}
    effort: 10
    ask: [{id: well, type: long_text, label: {en: What went well, zh-TW: 什麼做得好}, min: 5, max: 500}]
  - id: numbers
    title: {en: Numbers, zh-TW: 數字}
    body: {en: Count., zh-TW: 算。}
    due: B5
    every: {weekly: fri, until: B40}
    effort: 10
    ask: [{id: calls, type: number, label: {en: Calls, zh-TW: 拜訪數}, min: 0}]
  - id: delegate
    title: {en: Delegate one thing, zh-TW: 交出一件事}
    body: {en: Delegate., zh-TW: 授權。}
    due: B5
    every: {weekly: fri, until: B40}
    effort: 10
";

const PROGRAM: &str = "
program: forking
title: {en: Forking, zh-TW: 岔路方案}
summary: {en: A road that forks., zh-TW: 會分岔的路。}
curricula: [forks]
cast: [mentor, superior, hr]
mail: {due_soon: 4}
gather:
  - id: friday
    title: {en: 'Friday with {{mentor.name}}', zh-TW: '和{{mentor.name}}的週五'}
    body: {en: Sit down., zh-TW: 坐下來。}
    weekly: fri
    effort: 30
    steps: [look_back, numbers, delegate]
";

struct Forks {
    app: TestApp,
    manager: Someone,
    superior: Someone,
    plan: PlanId,
}

/// A manager who reads this language, a mentor whose name is no Markdown, and two members.
async fn forks(lang: Lang) -> Forks {
    let app = TestApp::at("2026-03-02T01:30:00Z").await; // a Monday, 9:30 in Taipei
    let files = [("forks.yaml", CURRICULUM), ("program.yaml", PROGRAM)];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() });
    let moment = app.moment();
    app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await.expect("it publishes");
    let manager = app.person("Grace Chen", "grace@company.example", lang, false).await;
    let mentor = app.person("*Kevin* <b>Lin</b>", "kevin@company.example", Lang::En, false).await;
    let superior = app.person("Diane Wu", "diane@company.example", Lang::En, false).await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    app.join(&hr, &manager, "Amy Tsai", "2026-03-02").await;
    app.join(&hr, &manager, "Ben Kuo", "2026-03-02").await;
    let plan = under_way(&app, "forking", [&manager, &mentor, &superior, &hr]).await;
    Forks { app, manager, superior, plan }
}

impl Forks {
    fn step(&self, key: &str) -> String {
        format!("/plans/{}/steps/{key}", self.plan)
    }

    fn page(&self) -> String {
        format!("/plans/{}", self.plan)
    }

    fn friday(&self) -> String {
        format!("/plans/{}/weekly/friday", self.plan)
    }

    /// The manager's brief of a morning.
    async fn brief(&self, morning: &str) -> ReadMail {
        self.app.clock.travel_to(utc(morning));
        self.app.mails();
        self.app.deliver().await;
        let mails = self.app.mails().into_iter();
        mails.rev().find(|mail| mail.to[0].address == self.manager.email).expect("a brief")
    }

    async fn diagnose(&self, browser: &mut Browser, cause: &str) {
        let at = self.step("diagnose");
        browser.get(&at).await;
        browser.submit(&format!("{at}/hand-in"), &[("cause", cause)]).await;
        assert_eq!(browser.status, StatusCode::OK, "{}", browser.text());
    }
}

#[actix_web::test]
async fn an_answer_opens_its_branch_and_the_other_is_shown_as_not_taken() {
    let story = forks(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;

    browser.get(&story.page()).await;
    assert!(browser.shows("Find more leads still open: depends on the answer to “Diagnose with"), "{}", browser.text());
    assert!(browser.shows("Look again still open: comes after “Find more leads”"), "{}", browser.text());
    assert!(!browser.links().iter().any(|link| link.contains("find_leads") || link.contains("raise_value")));
    browser.get(&story.step("raise_value")).await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);

    story.diagnose(&mut browser, "leads").await;
    browser.get(&story.page()).await;
    assert!(browser.links().contains(&story.step("find_leads")));
    assert!(browser.shows("Not taken") && !browser.shows("Raise the value still open"), "{}", browser.text());
    assert!(browser.shows("1 of 5 done"), "{}", browser.text());
    browser.get(&story.step("raise_value")).await;
    let reason = "What would *Kevin* <b>Lin</b> say it is? Too few leads";
    assert!(browser.shows("The answers took another way") && browser.shows(reason), "{}", browser.text());
    assert!(!browser.has_form(&format!("{}/hand-in", story.step("raise_value"))));
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn who_may_not_read_the_question_sees_only_where_it_was_asked() {
    let story = forks(Lang::En).await;
    story.diagnose(&mut story.app.signed_in(&story.manager).await, "leads").await;

    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get(&story.step("raise_value")).await;

    assert!(superior.shows("The answers took another way") && superior.shows("Diagnose with"), "{}", superior.text());
    assert!(!superior.shows("say it is?") && !superior.shows("Too few leads"), "{}", superior.text());
}

#[actix_web::test]
async fn a_branch_that_was_not_taken_is_in_no_brief() {
    let story = forks(Lang::En).await;
    story.diagnose(&mut story.app.signed_in(&story.manager).await, "leads").await;

    let soon = story.brief("2026-03-03T01:00:00Z").await;
    let late = story.brief("2026-03-10T01:00:00Z").await;

    assert!(soon.text.contains("Find more leads") && !soon.text.contains("Raise the value"), "{}", soon.text);
    assert!(!late.text.contains("Raise the value"), "{}", late.text);
}

#[actix_web::test]
async fn a_blocker_that_is_not_in_the_plan_yet_has_no_link() {
    let story = forks(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    story.app.clock.travel_to(utc("2026-03-26T02:00:00Z")); // close is open by then

    browser.get(&story.step("close")).await;
    assert!(browser.shows("First these have to be done: Raise the value"), "{}", browser.text());
    assert!(!browser.links().iter().any(|link| link.contains("raise_value")));
    browser.get("/today").await;
    assert!(!browser.links().iter().any(|link| link.contains("raise_value")));
}

#[actix_web::test]
async fn names_stand_in_pages_and_mail_in_english() {
    let story = forks(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;

    browser.get(&story.step("diagnose")).await;
    assert!(browser.shows("Diagnose with *Kevin* <b>Lin</b>"), "{}", browser.text());
    assert!(browser.html.contains("Ask <strong>Diane Wu</strong> first."), "{}", browser.html);
    assert!(browser.shows("What would *Kevin* <b>Lin</b> say it is?"), "{}", browser.text());
    browser.get("/today").await;
    assert!(browser.shows("Meet the team member") && browser.shows("Amy Tsai"), "{}", browser.text());
    let brief = story.brief("2026-03-03T01:00:00Z").await;
    assert!(brief.text.contains("Diagnose with *Kevin* <b>Lin</b>"), "{}", brief.text);
    assert!(brief.text.contains("- Meet Amy Tsai\r\n"), "{}", brief.text);
    assert!(!brief.subject.contains("Amy") && !brief.text.contains("{{"), "{}", brief.subject);
}

#[actix_web::test]
async fn names_stand_in_pages_and_mail_in_chinese() {
    let story = forks(Lang::ZhTw).await;
    let mut browser = story.app.signed_in(&story.manager).await;

    browser.get(&story.step("diagnose")).await;
    assert!(browser.shows("與*Kevin* <b>Lin</b>一起診斷"), "{}", browser.text());
    assert!(browser.html.contains("先問<strong>Diane Wu</strong>。"), "{}", browser.html);
    browser.get("/today").await;
    assert!(browser.shows("訪談成員") && browser.shows("Amy Tsai"), "{}", browser.text());
    let brief = story.brief("2026-03-03T01:00:00Z").await;
    assert!(brief.text.contains("與*Kevin* <b>Lin</b>一起診斷"), "{}", brief.text);
    assert!(brief.text.contains("- 訪談Amy Tsai\r\n") && !brief.text.contains("{{"), "{}", brief.text);
}

#[actix_web::test]
async fn gathered_rituals_are_handed_in_from_one_page_and_are_one_line_of_mail() {
    let story = forks(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    let thursday = story.brief("2026-03-05T01:00:00Z").await;
    assert!(!thursday.text.contains("Friday with"), "{}", thursday.text);
    let brief = story.brief("2026-03-06T01:00:00Z").await;
    assert!(brief.text.contains("- Friday with *Kevin* <b>Lin</b>: 3 parts\r\n"), "{}", brief.text);
    assert!(brief.text.contains(&format!("{}{}", story.app.base_url, story.friday())), "{}", brief.text);
    assert!(!brief.text.contains("Look back") && !brief.text.contains("Numbers"), "{}", brief.text);

    browser.get("/today").await;
    assert!(browser.links().contains(&story.friday()) && browser.shows("3 parts"), "{}", browser.text());
    assert!(!browser.shows("Look back"), "{}", browser.text());
    browser.get(&story.friday()).await;
    assert!(browser.shows("Tell *Kevin* <b>Lin</b>."), "{}", browser.text());
    let all = [("look_back-1--well", "We listened."), ("numbers-1--calls", "12"), ("delegate-1--done", "yes")];
    browser.submit(&story.friday(), &all).await;

    assert_eq!(browser.status, StatusCode::OK);
    assert!(browser.shows("Nothing here is open now") && browser.shows("The next one opens on"), "{}", browser.text());
    assert!(browser.links().contains(&story.step("look_back")));
    browser.get(&story.step("look_back")).await;
    assert!(browser.shows("We listened.") && browser.shows("Done"), "{}", browser.text());
    let monday = story.brief("2026-03-09T01:00:00Z").await;
    assert!(!monday.text.contains("Friday with"), "{}", monday.text);
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_mistake_in_one_part_hands_in_none_and_keeps_what_was_typed() {
    let story = forks(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;

    browser.get(&story.friday()).await;
    browser.submit(&story.friday(), &[("look_back-1--well", "We listened."), ("numbers-1--calls", "many")]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.html.contains("href=\"#field-numbers-1--calls\""), "{}", browser.html);
    assert!(browser.html.contains("value=\"many\"") && browser.shows("We listened."), "{}", browser.text());
    browser.get(&story.friday()).await;
    assert!(browser.shows("We listened.") && browser.shows("Draft, saved"), "{}", browser.text());

    // What stays empty is left for later, and what was emptied does not come back.
    browser.submit(&story.friday(), &[("numbers-1--calls", "")]).await;
    assert_eq!(browser.status, StatusCode::OK, "{}", browser.text());
    assert!(browser.html.contains("name=\"numbers-1--calls\"") && !browser.html.contains("look_back-1--well"));
    browser.submit(&story.friday(), &[]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.shows("Nothing was filled in yet"), "{}", browser.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_page_left_open_until_its_rituals_lapsed_gives_back_what_was_typed() {
    let story = forks(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    browser.get(&story.friday()).await;
    let typed = browser.pairs(&story.friday(), &[("look_back-1--well", "Too late, and still mine.")]);
    story.app.clock.travel_to(utc("2026-03-11T02:00:00Z")); // the Wednesday after
    story.app.deliver().await;

    browser.post(&story.friday(), &typed).await;

    assert_eq!(browser.status, StatusCode::CONFLICT, "{}", browser.text());
    assert!(browser.shows("was not kept") && browser.shows("Too late, and still mine."), "{}", browser.text());
    assert!(browser.html.contains("look_back-2--well"), "{}", browser.html);
}

#[actix_web::test]
async fn a_draft_whose_turn_lapsed_is_still_read_by_its_author_and_by_nobody_else() {
    let story = forks(Lang::ZhTw).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    browser.get(&story.friday()).await;
    let draft = format!("{}/draft", story.friday());
    let typed = browser.pairs(&story.friday(), &[("look_back-1--well", "Half a thought.")]);
    browser.post(&draft, &typed).await;
    story.app.clock.travel_to(utc("2026-03-11T02:00:00Z")); // the Wednesday after
    story.app.deliver().await;

    browser.get(&story.step("look_back")).await;

    assert!(browser.shows("你的草稿（沒有交出）") && browser.shows("Half a thought."), "{}", browser.text());
    assert!(!browser.html.contains("name=\"well\""), "{}", browser.html);
    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get(&story.step("look_back")).await;
    assert_eq!(superior.status, StatusCode::OK);
    assert!(!superior.shows("Half a thought."), "{}", superior.text());
}

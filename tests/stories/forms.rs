//! Forms: every kind of field is filled in, kept, handed in and read, through the pages alone.

use chrono::TimeDelta;
use pilothouse::app::mentoring::Answer;
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::{publish, roster};
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::access::Actor;
use pilothouse::engine::vocabulary::{Lang, MemberId, PlanId};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap};
use scraper::{Html, Selector};

use crate::access::answer;
use crate::harness::{Someone, TestApp, date};
use crate::sign_in::{client, cookie_of, csrf_of};

const CURRICULUM: &str = "
curriculum: all_kinds
title: {en: All kinds, zh-TW: 各種欄位}
summary: {en: Every kind of field., zh-TW: 每一種欄位。}
steps:
  - {id: ask_sales, title: {en: Ask sales, zh-TW: 問業務}, body: {en: Ask., zh-TW: 問。}, due: B1, effort: 10}
  - {id: ask_service, title: {en: Ask service, zh-TW: 問客服}, body: {en: Ask., zh-TW: 問。}, due: B1, effort: 10}
  - id: draw_the_map
    title: {en: Draw the map, zh-TW: 畫地圖}
    body: {en: Draw., zh-TW: 畫。}
    due: B3
    after:
      - {of: [ask_sales, ask_service], at_least: 1, reason: {en: Why go on without the rest?, zh-TW: 為什麼不等其他人？}}
    effort: 10
  - id: fill_all
    title: {en: Fill all, zh-TW: 全部填寫}
    body: {en: Fill., zh-TW: 填。}
    due: B5
    effort: 30
    review: mentor
    visible_to: [manager, mentor]
    ask:
      - {id: headline, type: text, label: {en: Headline, zh-TW: 標題}, max: 40}
      - {id: story, type: long_text, label: {en: Story, zh-TW: 經過}, min: 10, max: 500}
      - id: cause
        type: choice
        label: {en: Main cause, zh-TW: 主因}
        options: [{id: price, label: {en: Price, zh-TW: 價格}}, {id: other, label: {en: Something else, zh-TW: 其他}}]
      - {id: why_other, type: text, label: {en: What else, zh-TW: 還有什麼}, when: 'this.cause == \"other\"'}
      - id: causes
        type: several
        label: {en: All causes, zh-TW: 所有原因}
        options: [{id: leads, label: {en: Leads, zh-TW: 名單}}, {id: value, label: {en: Value, zh-TW: 價值}}, {id: time, label: {en: Time, zh-TW: 時間}}]
        max: 2
      - {id: mood, type: scale, label: {en: Mood, zh-TW: 心情}}
      - {id: quota, type: number, label: {en: Quota, zh-TW: 目標}, min: 0}
      - {id: began, type: date, label: {en: Began on, zh-TW: 開始日}}
      - {id: whom, type: person, label: {en: Whom, zh-TW: 哪一位}}
      - id: calls
        type: table
        label: {en: Calls, zh-TW: 拜訪}
        columns:
          - {id: what, type: text, label: {en: What, zh-TW: 什麼}, required: true}
          - {id: whom, type: person, label: {en: With whom, zh-TW: 和誰}, required: true}
        rows: {min: 1, max: 3}
      - {id: goal, type: smart, label: {en: Goal, zh-TW: 目標}}
      - id: scores
        type: rating
        label: {en: Scores, zh-TW: 評分}
        at_least: 1
        dimensions:
          - {id: attainment, label: {en: Attainment, zh-TW: 達成率}, low: {en: Far below, zh-TW: 差很多}}
          - {id: turnover, label: {en: Turnover, zh-TW: 離職率}}
      - {id: report, type: file, label: {en: Report, zh-TW: 報告}, max_mb: 1}
      - {id: proof, type: file, label: {en: Proof, zh-TW: 佐證}, required: false}
      - {id: source, type: link, label: {en: Source, zh-TW: 出處}}
";

const PROGRAM: &str = "
program: kinds
title: {en: Kinds, zh-TW: 各種}
summary: {en: Kinds., zh-TW: 各種。}
curricula: [all_kinds]
cast: [mentor, superior, hr]
";

const PDF: &[u8] = b"%PDF-1.7\n\x00\xff binary";

/// A manager with two members on the program above, a mentor who said yes, and a stranger.
struct Company {
    app: TestApp,
    hr: Someone,
    manager: Someone,
    mentor: Someone,
    superior: Someone,
    stranger: Someone,
    members: [MemberId; 2],
    plan: PlanId,
}

async fn company() -> Company {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let files = [("kinds.yaml", CURRICULUM), ("program.yaml", PROGRAM)];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), bytes: text.trim_start().into() });
    let moment = app.moment();
    let published = app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await;
    published.expect("it publishes");
    let person = async |name, email| app.person(name, email, Lang::En, false).await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    let manager = person("Grace Chen", "grace@company.example").await;
    let mentor = person("Kevin Lin", "kevin@company.example").await;
    let superior = person("Diane Wu", "diane@company.example").await;
    let stranger = person("Priya Raman", "priya@company.example").await;
    let members = [
        app.join(&hr, &manager, "Amy Liu", "2026-03-02").await,
        app.join(&hr, &manager, "Bo Wang", "2026-03-02").await,
    ];
    let new = NewPlan {
        program: "kinds".to_owned(),
        manager: manager.id,
        superior: superior.id,
        hr: hr.id,
        mentor: Some(mentor.id),
        then: Vec::new(),
        effective: date("2026-03-02"),
        calendar: None,
    };
    let (moment, by) = (app.moment(), Actor::Person(hr.viewer()));
    let plan = app.pool.in_transaction(async |tx| plans::start(tx, by, &new, &moment).await).await.expect("a plan");
    answer(&app, &mentor, plan, Answer::Accept).await;
    Company { app, hr, manager, mentor, superior, stranger, members, plan }
}

struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answered {
    async fn of(request: reqwest::RequestBuilder) -> Answered {
        let answer = request.header("accept-language", "en").send().await.expect("an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        Answered { status, headers, body: answer.bytes().await.expect("a body").to_vec() }
    }

    fn html(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The words of the page.
    fn text(&self) -> String {
        let html = self.html();
        let page = Html::parse_document(&html);
        let main = page.select(&selector("main")).next().expect("a page");
        main.text().map(str::trim).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What an attribute holds, of each element that a selector finds.
    fn all(&self, what: &str, attribute: &str) -> Vec<String> {
        let page = Html::parse_document(&self.html());
        page.select(&selector(what)).filter_map(|it| it.value().attr(attribute).map(str::to_owned)).collect()
    }

    fn header(&self, name: impl reqwest::header::AsHeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

fn selector(what: &str) -> Selector {
    Selector::parse(what).expect("a selector")
}

type Pairs<'a> = &'a [(&'a str, &'a str)];
type Files<'a> = &'a [(&'a str, &'a str, &'a [u8])];

impl Company {
    fn step(&self, step: &str) -> String {
        format!("/plans/{}/steps/{step}", self.plan)
    }

    async fn get(&self, who: &Someone, path: &str) -> Answered {
        let cookie = cookie_of(&self.app, who).await;
        Answered::of(client().get(format!("{}{path}", self.app.base_url)).header("cookie", cookie)).await
    }

    /// Posts a form as browsers send it, when it has files.
    async fn post(&self, who: &Someone, path: &str, pairs: Pairs<'_>, files: Files<'_>) -> Answered {
        let cookie = cookie_of(&self.app, who).await;
        let mut body = Vec::new();
        let csrf = csrf_of(&cookie);
        for (name, value) in [("csrf", csrf.as_str())].iter().chain(pairs) {
            body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, file, content) in files {
            let head = format!("name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream");
            body.extend(format!("--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes());
            body.extend(*content);
            body.extend(b"\r\n");
        }
        body.extend(b"--cut--\r\n");
        let request = client().post(format!("{}{path}", self.app.base_url)).header("cookie", cookie).body(body);
        Answered::of(request.header(CONTENT_TYPE, "multipart/form-data; boundary=cut")).await
    }

    /// As the script saves a draft while somebody types.
    async fn autosave(&self, step: &str, pairs: Pairs<'_>) -> Answered {
        self.autosave_since(step, "", pairs).await
    }

    /// The same by a window whose page, or last draft, is of that moment.
    async fn autosave_since(&self, step: &str, since: &str, pairs: Pairs<'_>) -> Answered {
        let cookie = cookie_of(&self.app, &self.manager).await;
        let csrf = csrf_of(&cookie);
        let pairs: Vec<_> = [("csrf", csrf.as_str())].iter().chain(pairs).copied().collect();
        let path = format!("{}{}/draft?by=fetch", self.app.base_url, self.step(step));
        Answered::of(client().post(path).header("cookie", &cookie).header("draft-since", since).form(&pairs)).await
    }

    /// Answers to everything, files apart.
    fn right<'a>(&self, amy: &'a str) -> Vec<(&'a str, &'a str)> {
        vec![
            ("headline", "Win <back> ten"),
            ("story", "They left over the price.\r\nNow they return."),
            ("cause", "price"),
            ("why_other", "left from before"),
            ("causes", "leads"),
            ("causes", "time"),
            ("mood", "4"),
            ("quota", "12.5"),
            ("began", "2026-03-02"),
            ("whom", amy),
            ("calls.0.what", "First call"),
            ("calls.0.whom", amy),
            ("calls.1.what", ""),
            ("goal.0.specific", "More visits"),
            ("goal.0.measurable", "20 visits"),
            ("goal.0.achievable", "Two a day"),
            ("goal.0.relevant", "New regions"),
            ("goal.0.time_bound", "2026-06-30"),
            ("goal.0.owner", "All of us"),
            ("scores.0.attainment", "4"),
            ("scores.0.attainment:note", "Three quarters"),
            ("scores.0.turnover", "not_observed"),
            ("source", "https://example.com/report?a=1"),
        ]
    }
}

#[actix_web::test]
async fn every_kind_of_field_is_handed_in_wrong_then_right_and_read_by_the_mentor() {
    let company = company().await;
    let (step, amy) = (company.step("fill_all"), company.members[0].to_string());
    let form = company.get(&company.manager, &step).await;
    assert_eq!(form.all("form[enctype]", "enctype"), ["multipart/form-data"]);

    let wrong = [
        ("headline", "two\nlines"),
        ("story", "short"),
        ("cause", "other"),
        ("causes", "leads"),
        ("causes", "value"),
        ("causes", "time"),
        ("mood", "9"),
        ("quota", "-1"),
        ("began", "soon"),
        ("whom", "01a00000-0000-7000-8000-000000000000"),
        ("calls.0.what", "First call"),
        ("goal.0.specific", "More visits"),
        ("scores.0.attainment", "9"),
        ("source", "javascript:alert(1)"),
    ];
    let page = b"<html><script>alert(1)</script>";
    let refused =
        company.post(&company.manager, &format!("{step}/hand-in"), &wrong, &[("report", "a.pdf", page)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let links = refused.all(".problems a", "href");
    let all = "headline story cause why_other causes mood quota began whom calls goal scores report source";
    let expected: Vec<String> = all.split(' ').filter(|id| *id != "cause").map(|id| format!("#field-{id}")).collect();
    assert_eq!(links, expected, "{}", refused.text());
    assert!(refused.text().contains("its name and its content don’t match"), "{}", refused.text());
    assert_eq!(refused.all("input[name=causes][checked]", "value").len(), 3);

    let files: Files<'_> = &[("report", "第一季 %22Q1%22.pdf", PDF), ("proof", "", b"")];
    let done = company.post(&company.manager, &format!("{step}/hand-in"), &company.right(&amy), files).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());

    for path in [step.as_str(), "/queue"] {
        let read = company.get(&company.mentor, path).await;
        let text = read.text();
        for part in ["Win <back> ten", "Now they return.", "Price", "Leads", "Time", "4 of 5", "12.5", "Amy Liu"] {
            assert!(text.contains(part), "{path} lacks {part}: {text}");
        }
        for part in
            ["第一季 \"Q1\".pdf", "First call", "20 visits", "Tue 30 Jun 2026", "Three quarters", "Not observed yet"]
        {
            assert!(text.contains(part), "{path} lacks {part}: {text}");
        }
        assert!(!text.contains("left from before") && !text.contains("What else"), "{path}: {text}");
        assert_eq!(read.all(r#"a[rel="noopener noreferrer"]"#, "href"), ["https://example.com/report?a=1"]);
        assert_eq!(read.all("a[download]", "href").len(), 1, "{path}");
    }
    let accept = company.post(&company.mentor, &format!("{step}/accept"), &[("line", "Well done")], &[]).await;
    assert_eq!(accept.status, StatusCode::SEE_OTHER);
    company.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_file_is_opened_by_the_readers_of_its_step_and_by_nobody_else() {
    let company = company().await;
    let (step, amy) = (company.step("fill_all"), company.members[0].to_string());
    let files: Files<'_> = &[("report", "第一季.pdf", PDF)];
    company.post(&company.manager, &format!("{step}/hand-in"), &company.right(&amy), files).await;
    let link = company.get(&company.manager, &step).await.all("a[download]", "href").remove(0);

    let opened = company.get(&company.mentor, &link).await;
    assert_eq!((opened.status, opened.body.as_slice()), (StatusCode::OK, PDF));
    assert_eq!(opened.header(CONTENT_TYPE), "application/pdf");
    assert_eq!(
        opened.header(CONTENT_DISPOSITION),
        "attachment; filename=\"___.pdf\"; filename*=UTF-8''%E7%AC%AC%E4%B8%80%E5%AD%A3.pdf"
    );
    assert_eq!(opened.header("x-content-type-options"), "nosniff");
    assert_eq!(opened.header(CONTENT_SECURITY_POLICY), "default-src 'none'; sandbox");
    assert_eq!(company.get(&company.manager, &link).await.status, StatusCode::OK);
    for other in [&company.superior, &company.hr, &company.stranger] {
        assert_eq!(company.get(other, &link).await.status, StatusCode::NOT_FOUND, "{}", other.name);
    }
    let nobody = Answered::of(client().get(format!("{}{link}", company.app.base_url))).await;
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
    let elsewhere = link.replace("fill_all", "draw_the_map");
    assert_eq!(company.get(&company.manager, &elsewhere).await.status, StatusCode::NOT_FOUND);

    company.app.sql("UPDATE writings SET body = NULL, salt = NULL").await;
    assert_eq!(company.get(&company.mentor, &link).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_draft_keeps_its_file_until_it_is_replaced_or_removed() {
    let company = company().await;
    let (step, manager) = (company.step("fill_all"), &company.manager);
    let draft = format!("{step}/draft");
    let saved = company.post(manager, &draft, &[("story", "So far")], &[("proof", "one.txt", b"1")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let page = company.get(manager, &step).await;
    let first = page.all("a[download]", "href").remove(0);
    let id = page.all("input[name=proof][checked]", "value").remove(0);
    assert_eq!(company.get(manager, &first).await.body, b"1");
    assert_eq!(company.get(&company.mentor, &first).await.status, StatusCode::NOT_FOUND, "it is a draft");

    // What the script saves holds the id alone, and the file stays.
    assert_eq!(company.autosave("fill_all", &[("story", "So far, so good"), ("proof", &id)]).await.status, 204);
    assert_eq!(company.get(manager, &first).await.status, StatusCode::OK);

    let replaced =
        company.post(manager, &draft, &[("story", "Longer"), ("proof", &id)], &[("proof", "two.txt", b"2")]).await;
    assert_eq!(replaced.status, StatusCode::SEE_OTHER);
    let second = company.get(manager, &step).await.all("a[download]", "href").remove(0);
    assert_eq!(company.get(manager, &second).await.body, b"2");
    assert_eq!(company.get(manager, &first).await.status, StatusCode::NOT_FOUND);

    company.post(manager, &draft, &[("story", "Longer"), ("proof", "")], &[]).await;
    assert_eq!(company.get(manager, &second).await.status, StatusCode::NOT_FOUND);
    assert_eq!(company.get(manager, &step).await.all("a[download]", "href"), Vec::<String>::new());
}

#[actix_web::test]
async fn the_answer_to_a_saved_draft_bears_the_time_that_its_form_then_shows() {
    let company = company().await;
    let form = "form[data-autosave]";
    let before = company.get(&company.manager, &company.step("fill_all")).await;
    let saved = company.autosave("fill_all", &[("story", "So far")]).await;
    let after = company.get(&company.manager, &company.step("fill_all")).await;
    assert_eq!(before.all(form, "data-since"), Vec::<String>::new());
    assert_eq!(after.all(form, "data-since"), [saved.header("draft-saved-at")]);
    assert!(after.all(form, "data-now")[0] >= after.all(form, "data-since")[0]);
}

#[actix_web::test]
async fn a_window_that_does_not_know_of_a_newer_draft_does_not_write_over_it() {
    let company = company().await;
    let (form, step) = ("form[data-autosave]", company.step("fill_all"));
    let opened = company.get(&company.manager, &step).await.all(form, "data-now").remove(0);
    let now = company.app.clock.now();
    company.app.clock.travel_to(now + TimeDelta::minutes(1));
    let newer = company.autosave_since("fill_all", &opened, &[("story", "From the new window")]).await;
    assert_eq!(newer.status, StatusCode::NO_CONTENT);

    let older = company.autosave_since("fill_all", &opened, &[("story", "From the old window")]).await;

    assert_eq!(older.status, StatusCode::PRECONDITION_FAILED);
    assert!(older.text().contains("Another window saved this form"), "{}", older.text());
    assert!(company.get(&company.manager, &step).await.text().contains("From the new window"));
    let now = company.app.clock.now();
    company.app.clock.travel_to(now + TimeDelta::minutes(1));
    let known = newer.header("draft-saved-at");
    let again = company.autosave_since("fill_all", known, &[("story", "From the new window, further")]).await;
    assert_eq!(again.status, StatusCode::NO_CONTENT);
}

#[actix_web::test]
async fn a_sheet_for_the_talk_asks_what_the_step_asks_and_holds_no_answer() {
    let company = company().await;
    company.autosave("fill_all", &[("story", "They left over the price"), ("headline", "Win ten back")]).await;
    let page = company.get(&company.manager, &company.step("fill_all")).await;
    let link = page.all("a[href$='/sheet']", "href");
    assert_eq!(link, [format!("{}/sheet", company.step("fill_all"))]);
    let sheet = company.get(&company.manager, &link[0]).await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert!(!sheet.html().contains("over the price") && !sheet.html().contains("Win ten back"), "{}", sheet.text());
    assert_eq!(sheet.all(".question", "class").len(), page.all("[data-field]", "data-field").len());
    assert_eq!(company.get(&company.mentor, &link[0]).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_file_that_is_not_taken_costs_nothing_that_was_typed() {
    let company = company().await;
    let (step, manager) = (company.step("fill_all"), &company.manager);
    let large = vec![b'a'; 1024 * 1024 + 1];

    let files: Files<'_> = &[("report", "large.txt", &large), ("proof", "tool.exe", b"MZ")];
    let refused = company.post(manager, &format!("{step}/draft"), &[("story", "All that I know")], files).await;

    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(text.contains("The file is larger than 1 MB") && text.contains("can’t be kept"), "{text}");
    assert!(text.contains("All that I know"), "{text}");
    assert!(company.get(manager, &step).await.text().contains("All that I know"));

    // A file that came with a refused hand-in is kept with the draft.
    let files: Files<'_> = &[("report", "q1.pdf", PDF)];
    let refused = company.post(manager, &format!("{step}/hand-in"), &[("story", "All that I know")], files).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.all(".problems a", "href").contains(&"#field-report".to_owned()));
    assert_eq!(refused.all("input[type=hidden][name=report]", "value").len(), 1);
}

#[actix_web::test]
async fn the_id_of_a_file_from_elsewhere_is_no_answer() {
    let company = company().await;
    let (step, amy) = (company.step("fill_all"), company.members[0].to_string());
    let manager = &company.manager;
    company.post(manager, &format!("{step}/draft"), &[], &[("proof", "one.txt", b"1")]).await;
    let id = company.get(manager, &step).await.all("input[name=proof][checked]", "value").remove(0);

    let mut pairs = company.right(&amy);
    pairs.push(("report", &id));
    let refused = company.post(manager, &format!("{step}/hand-in"), &pairs, &[]).await;

    assert_eq!(refused.all(".problems a", "href"), ["#field-report"]);
    assert!(refused.text().contains("Attach the file again."));
}

#[actix_web::test]
async fn a_question_that_is_not_asked_is_dropped_and_one_that_is_asked_is_needed() {
    let company = company().await;
    let (step, amy) = (company.step("fill_all"), company.members[0].to_string());
    let hand_in = format!("{step}/hand-in");
    let form = company.get(&company.manager, &step).await;
    assert!(form.text().contains("Only if “Main cause” is “Something else”"), "{}", form.text());

    let files: Files<'_> = &[("report", "q1.pdf", PDF)];
    let other = |why| {
        let mut pairs = company.right(&amy);
        pairs.retain(|(name, _)| !matches!(*name, "cause" | "why_other"));
        pairs.extend([("cause", "other"), ("why_other", why)]);
        pairs
    };
    let refused = company.post(&company.manager, &hand_in, &other(""), files).await;
    let links = refused.all(".problems a", "href");
    let done = company.post(&company.manager, &hand_in, &other("The weather"), files).await;

    assert_eq!(links, ["#field-why_other"]);
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert!(company.get(&company.mentor, &step).await.text().contains("The weather"));
}

#[actix_web::test]
async fn whoever_left_the_team_is_still_named_and_can_not_be_chosen_anew() {
    let company = company().await;
    let (step, amy) = (company.step("fill_all"), company.members[0].to_string());
    let files: Files<'_> = &[("report", "q1.pdf", PDF)];
    company.post(&company.manager, &format!("{step}/hand-in"), &company.right(&amy), files).await;
    company.app.clock.travel_to(company.app.clock.now() + TimeDelta::days(1));
    let (hr, member, moment) = (company.hr.viewer(), company.members[0], company.app.moment());
    let left = company
        .app
        .pool
        .in_transaction(async |tx| roster::leave(tx, hr, member, Some(date("2026-03-03")), &moment).await);
    left.await.expect("she left");

    assert!(company.get(&company.mentor, &step).await.text().contains("Amy Liu"));
    company.post(&company.mentor, &format!("{step}/return"), &[("line", "Once more")], &[]).await;
    let again = company.get(&company.manager, &step).await;
    assert_eq!(again.all("select[name=whom] option[selected]", "value"), std::slice::from_ref(&amy));
    assert!(again.text().contains("Amy Liu (not on the team any more)"), "{}", again.text());
    let kept = again.all("input[type=hidden][name=report]", "value").remove(0);

    let mut pairs = company.right(&amy);
    pairs.push(("report", &kept));
    let refused = company.post(&company.manager, &format!("{step}/hand-in"), &pairs, &[]).await;
    assert_eq!(refused.all(".problems a", "href"), ["#field-whom", "#field-calls"]);
    let bo = company.members[1].to_string();
    let mut pairs = company.right(&bo);
    pairs.push(("report", &kept));
    let done = company.post(&company.manager, &format!("{step}/hand-in"), &pairs, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "the file of the evidence before is named again");
    let link = company.get(&company.mentor, &step).await.all("a[download]", "href").remove(0);
    assert_eq!(company.get(&company.mentor, &link).await.body, PDF);
}

#[actix_web::test]
async fn a_step_goes_on_without_a_part_of_what_it_joins_for_a_written_reason() {
    let company = company().await;
    let (map, manager) = (company.step("draw_the_map"), &company.manager);
    let blocked = company.post(manager, &format!("{map}/hand-in"), &[("go_on_reason", "No time")], &[]).await;
    assert_eq!(blocked.status, StatusCode::CONFLICT);
    company.post(manager, &format!("{}/hand-in", company.step("ask_sales")), &[], &[]).await;

    let form = company.get(manager, &map).await;
    let refused = company.post(manager, &format!("{map}/hand-in"), &[], &[]).await;
    let done = company.post(manager, &format!("{map}/hand-in"), &[("go_on_reason", "She is on leave")], &[]).await;

    let text = form.text();
    assert!(text.contains("Why go on without the rest?") && text.contains("You can go on without"), "{text}");
    assert_eq!(form.all(".left-out a", "href"), [company.step("ask_service")]);
    assert_eq!(refused.all(".problems a", "href"), ["#field-go_on_reason"]);
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let read = company.get(&company.mentor, &map).await.text();
    assert!(read.contains("Why go on without the rest?") && read.contains("She is on leave"), "{read}");
}

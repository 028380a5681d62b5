//! HR without git: takes the sources of a release, uploads changed files, hears every mistake, looks at
//! what would come of them, and publishes.

use std::io::{Cursor, Read, Write};

use chrono::TimeDelta;
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::publish;
use pilothouse::curriculum::{self, SourceFile};
use pilothouse::engine::access::Actor;
use pilothouse::engine::vocabulary::{Lang, PlanId};
use reqwest::StatusCode;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::access::world;
use crate::harness::{Someone, TestApp, date, shipped};
use crate::migrations::lines;
use crate::sign_in::{client, cookie_of, csrf_of};

/// A step of the playbook that opens on an answer.
const LEADS: &str = "Too few leads: sources and campaigns";

const PROGRAM: &str = "\
program: first_weeks
title: {en: First weeks, zh-TW: 最初幾週}
summary: {en: A short program., zh-TW: 簡短的方案。}
curricula: [basics]
cast: [mentor, superior, hr]
load: {hours: 8, team: 3}
";

const BASICS: &str = "\
curriculum: basics
title: {en: Basics, zh-TW: 基本功}
summary: {en: The first steps., zh-TW: 第一步。}
steps:
  - id: meet_everybody
    title: {en: Meet everybody, zh-TW: 認識大家}
    body: {en: Talk., zh-TW: 聊聊。}
    due: B3
    effort: 30
  - id: first_report
    title: {en: First report, zh-TW: 第一份報告}
    body: {en: Write., zh-TW: 寫下來。}
    due: B10
    after: [meet_everybody]
    effort: 60
";

/// A step that the next release has more.
const MORE: &str = "  - id: second_report
    title: {en: Second report, zh-TW: 第二份報告}
    body: {en: Write again., zh-TW: 再寫一次。}
    due: B15
    after: [first_report]
    effort: 45
";

fn folder(basics: &str) -> Vec<SourceFile> {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    vec![file("basics.yaml", basics), file("program.yaml", PROGRAM)]
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(body).expect("its bytes");
    }
    writer.finish().expect("a zip").into_inner()
}

fn zip_of(basics: &str) -> Vec<u8> {
    zip(&[("weeks/basics.yaml", basics.as_bytes()), ("weeks/program.yaml", PROGRAM.as_bytes())])
}

/// What a request was answered with.
struct Answer {
    status: StatusCode,
    location: String,
    page: String,
}

impl Answer {
    async fn of(response: reqwest::Response) -> Answer {
        let location = response.headers().get("location").and_then(|it| it.to_str().ok()).unwrap_or("").to_owned();
        Answer { status: response.status(), location, page: response.text().await.expect("a page") }
    }
}

/// Somebody at their browser.
struct Desk<'a> {
    app: &'a TestApp,
    cookie: String,
}

impl<'a> Desk<'a> {
    async fn of(app: &'a TestApp, who: &Someone) -> Desk<'a> {
        Desk { app, cookie: cookie_of(app, who).await }
    }

    async fn get(&self, path: &str) -> Answer {
        let request = client().get(format!("{}{path}", self.app.base_url)).header("cookie", &self.cookie);
        Answer::of(request.send().await.expect("an answer")).await
    }

    async fn bytes(&self, path: &str) -> Vec<u8> {
        let request = client().get(format!("{}{path}", self.app.base_url)).header("cookie", &self.cookie);
        request.send().await.expect("an answer").bytes().await.expect("bytes").to_vec()
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = csrf_of(&self.cookie);
        let fields: Vec<(&str, &str)> = [("csrf", token.as_str())].iter().chain(fields).copied().collect();
        let request = client().post(format!("{}{path}", self.app.base_url)).header("cookie", &self.cookie);
        Answer::of(request.form(&fields).send().await.expect("an answer")).await
    }

    /// Uploads as a browser does: field, name and content of each file.
    async fn upload(&self, files: &[(&str, &str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        let mut part = |head: &str, content: &[u8]| {
            body.extend(format!("--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
            body.extend(content);
            body.extend(b"\r\n");
        };
        part("name=\"csrf\"", csrf_of(&self.cookie).as_bytes());
        for (field, name, content) in files {
            part(&format!("name=\"{field}\"; filename=\"{name}\""), content);
        }
        body.extend(b"--cut--\r\n");
        let request = client().post(format!("{}/curricula/drafts", self.app.base_url)).header("cookie", &self.cookie);
        let request = request.header("content-type", "multipart/form-data; boundary=cut").body(body);
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// The draft that a zip becomes.
    async fn draft(&self, zip: &[u8]) -> String {
        let kept = self.upload(&[("files", "weeks.zip", zip)]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.page);
        kept.location
    }

    /// Presses the button that publishes, with what the page of the draft says.
    async fn publish(&self, draft: &str) -> Answer {
        let page = self.get(draft).await.page;
        let value = |name: &str| {
            let mark = format!("name=\"{name}\" value=\"");
            page.split(&mark).nth(1).and_then(|rest| rest.split('"').next()).expect("a hidden field").to_owned()
        };
        let (releases, current) = (value("releases"), value("current"));
        let fields = [("releases", releases.as_str()), ("current", &current), ("confirm", "yes")];
        self.post(&format!("{draft}/publish"), &fields).await
    }
}

async fn app_with_hr() -> (TestApp, Someone) {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    (app, hr)
}

async fn published(app: &TestApp, basics: &str) -> String {
    let (files, moment) = (folder(basics), app.moment());
    let done = app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await;
    done.expect("it publishes").programs.remove(0).1
}

async fn start(app: &TestApp, hr: &Someone, name: &str) -> PlanId {
    let manager = app.person(name, &format!("{name}@company.example"), Lang::En, false).await;
    let superior = app.person("Diane", &format!("diane.{name}@company.example"), Lang::En, false).await;
    let new = NewPlan {
        program: "first_weeks".to_owned(),
        manager: manager.id,
        superior: superior.id,
        hr: hr.id,
        mentor: None,
        then: Vec::new(),
        effective: date("2026-03-02"),
        calendar: None,
    };
    let (moment, hr) = (app.moment(), Actor::Person(hr.viewer()));
    app.pool.in_transaction(async |tx| plans::start(tx, hr, &new, &moment).await).await.expect("a plan")
}

async fn count(app: &TestApp, table: &str) -> String {
    let mut conn = app.pool.get().await.expect("a connection");
    lines(&mut conn, &format!("SELECT count(*)::text AS line FROM {table}")).await.remove(0)
}

#[actix_web::test]
async fn every_mistake_of_an_upload_is_shown_with_its_line_in_both_languages_and_nothing_is_published() {
    let (app, hr) = app_with_hr().await;
    let reader = app.person("吳雅雯", "hr2@company.example", Lang::ZhTw, true).await;
    let (english, chinese) = (Desk::of(&app, &hr).await, Desk::of(&app, &reader).await);
    let wrong = BASICS.replace("due: B3", "due: B0").replace("effort: 60", "effort: 6000");

    let draft = english.draft(&zip_of(&wrong)).await;
    let (en, zh) = (english.get(&draft).await, chinese.get(&draft).await);
    let refused = english.post(&format!("{draft}/publish"), &[("confirm", "yes")]).await;

    for shown in ["There are 2 mistakes.", "line 8, column", "line 15, column", "<mark>B0</mark>", "<mark>6000</mark>"]
    {
        assert!(en.page.contains(shown), "{shown}: {}", en.page);
    }
    assert!(en.page.contains("B0 is not a day.") && en.page.contains("be an effort: it is counted in minutes"));
    assert!(zh.page.contains("有 2 處錯誤") && zh.page.contains("第 8 行") && zh.page.contains("<mark>B0</mark>"));
    assert!(!en.page.contains("name=\"confirm\""));
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(count(&app, "programs WHERE name = 'first_weeks'").await, "0");
}

#[actix_web::test]
async fn an_upload_is_tried_out_and_published_and_the_older_plan_stays_where_it_is() {
    let (app, hr) = app_with_hr().await;
    let earlier = published(&app, BASICS).await;
    let older = start(&app, &hr, "grace").await;
    let desk = Desk::of(&app, &hr).await;

    let draft = desk.draft(&zip_of(&format!("{BASICS}{MORE}"))).await;
    let page = desk.get(&draft).await.page;
    let inputs = "start=2026-03-02&team=3&calendar=taiwan";
    let simulated = desk.get(&format!("{draft}/first_weeks/simulate?{inputs}")).await;
    let seen = desk.get(&format!("{draft}/first_weeks/preview?{inputs}&role=manager&on=2026-03-04")).await;
    let changes = desk.get(&format!("{draft}/first_weeks/diff")).await;
    let done = desk.publish(&draft).await;
    let again = desk.post(&format!("{draft}/publish"), &[("confirm", "yes")]).await;
    let newer = start(&app, &hr, "emily").await;

    assert!(
        page.contains("One plan stands on it and stays there until you upgrade it.") && page.contains(&earlier[..12]),
        "{page}"
    );
    assert!(simulated.page.contains("class=\"simulation-chart\"") && simulated.page.contains("Second report"));
    assert!(simulated.page.contains("Fri 20 Mar 2026"), "B15: {}", simulated.page);
    assert_eq!(seen.status, StatusCode::OK);
    assert!(seen.page.contains("Meet everybody") && !seen.page.contains("Second report"), "{}", seen.page);
    assert!(changes.page.contains("New: 1; gone: 0; changed: 0.") && changes.page.contains("second_report"));
    assert!(changes.page.contains("One plan stands on it and stays there until you upgrade it."), "{}", changes.page);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let release = done.location.trim_start_matches("/curricula/").split('?').next().expect("a hash").to_owned();
    assert_ne!(release, earlier);
    let drawn = desk.get(&format!("/curricula/{release}/graph.svg")).await.page;
    let document = desk.get(&format!("/curricula/{release}/export?lang=zh-TW")).await.page;
    let back = desk.get(&format!("/curricula/{release}/diff?with={earlier}")).await.page;
    assert!(drawn.starts_with("<svg") && drawn.contains("Second report") && document.contains("第二份報告"));
    assert!(back.contains("second_report") && back.contains("One plan stands on it"));
    assert_eq!(world(&app, older).await.plan.release, earlier);
    let world = world(&app, newer).await;
    assert_eq!(world.plan.release, release);
    assert!(world.release.steps().any(|step| step.id.as_str() == "second_report"));
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn pressed_twice_it_is_published_once_and_what_came_between_is_not_undone_unseen() {
    let (app, hr) = app_with_hr().await;
    published(&app, BASICS).await;
    let desk = Desk::of(&app, &hr).await;
    let draft = desk.draft(&zip_of(&format!("{BASICS}{MORE}"))).await;
    let stale = desk.draft(&zip_of(&BASICS.replace("B10", "B12"))).await;
    let page = desk.get(&stale).await.page;
    let value = |name: &str| page.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a field")[..64].to_owned();
    let (releases, current) = (value("releases"), value("current"));
    let unconfirmed = [("releases", releases.as_str()), ("current", current.as_str())];
    let fields = [unconfirmed[0], unconfirmed[1], ("confirm", "yes")];

    let unsure = desk.post(&format!("{stale}/publish"), &unconfirmed).await;
    let first = desk.publish(&draft).await;
    let between = desk.post(&format!("{stale}/publish"), &fields).await;
    let releases_then = count(&app, "releases WHERE program = 'first_weeks'").await;
    let page_after = desk.get(&draft).await.page;

    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsure.page.contains("Tick the box if you mean it."));
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    assert_eq!(between.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(between.page.contains("Something else was published since"), "{}", between.page);
    assert_eq!(releases_then, "2");
    assert!(page_after.contains("All of this stands published already."));
}

#[actix_web::test]
async fn the_sources_of_a_release_come_back_as_the_same_release() {
    let (app, hr) = app_with_hr().await;
    let shipped = curriculum::compile(&shipped()).expect("the shipped program");
    let small = published(&app, BASICS).await;
    let desk = Desk::of(&app, &hr).await;

    for hash in shipped.releases.iter().map(|release| &release.hash).chain([&small]) {
        let packed = desk.bytes(&format!("/curricula/{hash}/sources.zip")).await;
        let mut archive = ZipArchive::new(Cursor::new(packed.as_slice())).expect("a zip");
        let mut first = String::new();
        archive.by_index(0).expect("an entry").read_to_string(&mut first).expect("text");
        let page = desk.get(&desk.draft(&packed).await).await.page;
        assert!(!first.is_empty() && page.contains(&hash[..12]), "{page}");
        assert!(page.contains("All of this stands published already."), "{page}");
    }
    let back = desk.post(&format!("/curricula/{small}/draft"), &[]).await;
    assert!(desk.get(&back.location).await.page.contains(&small[..12]));
}

#[actix_web::test]
async fn a_folder_is_taken_without_a_zip_and_what_is_no_curriculum_is_listed() {
    let (app, hr) = app_with_hr().await;
    let desk = Desk::of(&app, &hr).await;
    let files = [
        ("files", "", b"".as_slice()),
        ("folder", "weeks/basics.yaml", BASICS.as_bytes()),
        ("folder", "weeks/program.yaml", PROGRAM.as_bytes()),
        ("folder", "weeks/notes.docx", b"PK"),
    ];

    let kept = desk.upload(&files).await;
    let page = desk.get(&kept.location).await.page;

    let hash = curriculum::compile(&folder(BASICS)).expect("a program").releases.remove(0).hash;
    assert!(page.contains(&hash[..12]) && page.contains("One other file was passed over"), "{page}");
    assert!(page.contains("notes.docx") && page.contains("Draft: weeks"));
}

#[actix_web::test]
async fn a_bomb_a_path_that_leads_out_and_a_stranger_are_refused() {
    let (app, hr) = app_with_hr().await;
    let manager = app.person("Grace Chen", "grace@company.example", Lang::En, false).await;
    let (desk, stranger) = (Desk::of(&app, &hr).await, Desk::of(&app, &manager).await);
    let bomb = zip(&[("a.yaml", &vec![0; 64 * 1024 * 1024])]);
    let good = zip_of(BASICS);

    let too_much = desk.upload(&[("files", "bomb.zip", &bomb)]).await;
    let leads_out = desk.upload(&[("files", "a.zip", &zip(&[("../../etc/a.yaml", b"x")]))]).await;
    let nothing = desk.post("/curricula/drafts", &[]).await;
    let forged = Desk { app: &app, cookie: desk.cookie.clone() + "0" }.upload(&[("files", "a.zip", &good)]).await;
    let theirs = stranger.upload(&[("files", "a.zip", &good)]).await;
    let draft = desk.draft(&good).await;

    assert!(bomb.len() < 100_000);
    assert_eq!(too_much.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(too_much.page.contains("larger than 20 MB together"), "{}", too_much.page);
    assert!(leads_out.page.contains("../../etc/a.yaml leads out of the folder"), "{}", leads_out.page);
    assert!(nothing.page.contains("Choose a zip, a folder or files first."));
    assert_eq!((forged.status, theirs.status), (StatusCode::SEE_OTHER, StatusCode::NOT_FOUND));
    assert!(forged.location.starts_with("/sign-in"));
    assert_eq!(stranger.get(&draft).await.status, StatusCode::NOT_FOUND);
    assert_eq!(count(&app, "curriculum_drafts").await, "1");
}

#[actix_web::test]
async fn a_draft_is_dropped_by_whoever_is_hr_or_by_time() {
    let (app, hr) = app_with_hr().await;
    let desk = Desk::of(&app, &hr).await;
    let (first, second) = (desk.draft(&zip_of(BASICS)).await, desk.draft(&zip_of(BASICS)).await);

    let dropped = desk.post(&format!("{first}/discard"), &[("draft", "dropped")]).await;
    app.clock.travel_to(app.clock.now() + TimeDelta::days(30));
    app.deliver().await;
    let on_the_last_day = desk.get(&second).await.status;
    app.clock.travel_to(app.clock.now() + TimeDelta::seconds(1));
    app.deliver().await;

    assert_eq!(dropped.location, "/curricula?done=draft-dropped");
    assert_eq!(on_the_last_day, StatusCode::OK);
    assert_eq!(
        (count(&app, "curriculum_drafts").await, count(&app, "curriculum_draft_files").await),
        ("0".into(), "0".into())
    );
}

/// The calendar of a simulation's page.
fn dates(page: &str) -> &str {
    let from = page.split("The calendar of steps").nth(1).expect("a calendar");
    from.split("Every mail that would be sent").next().expect("its end")
}

#[actix_web::test]
async fn a_team_with_names_a_launched_playbook_and_an_answer_are_assumed_from_the_page() {
    let (app, hr) = app_with_hr().await;
    let desk = Desk::of(&app, &hr).await;
    let shipped = curriculum::compile(&shipped()).expect("the shipped program");
    let release = shipped.releases.iter().find(|one| one.program.name == "sales_manager").expect("the program");
    let page = format!("/curricula/{}/simulate", release.hash);
    let inputs = "start=2026-03-02&team=3&calendar=taiwan&names=Wu%0ALin";

    let open = desk.get(&format!("{page}?{inputs}&launch.underperformance=12")).await;
    let answered = format!("{page}?{inputs}&launch.underperformance=12&answer.diagnose.leads=yes");
    let taken = desk.get(&answered).await;
    let wrong = desk.get(&format!("{page}?launch.underperformance=400&answer.diagnose.leads=perhaps")).await;

    assert_eq!((open.status, taken.status), (StatusCode::OK, StatusCode::OK));
    assert!(open.page.contains("2 members: Wu, Lin") && open.page.contains("Launch “When the team falls short”"));
    assert!(!dates(&open.page).contains(LEADS) && dates(&taken.page).contains(LEADS), "{}", taken.page);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("from 1 to 250") && wrong.page.contains("field-answer.diagnose.leads"));
}

//! HR imports a year, adds the company's days, moves somebody to another region; plans follow, and say so.

use pilothouse::app::arrange::{self, Wish};
use pilothouse::app::people::{self, NewPerson};
use pilothouse::app::publish;
use pilothouse::engine::arrange::Ending;
use pilothouse::engine::calendar::PassedCause;
use pilothouse::engine::deed::Deed;
use pilothouse::engine::plan::Plan;
use pilothouse::engine::vocabulary::{Lang, StepKey};
use pilothouse::engine::{Fact, What};
use pilothouse::store;
use reqwest::StatusCode;

use crate::access::world;
use crate::browser::Browser;
use crate::harness::{Cast, TestApp, date, shipped, utc};

const PREVIEW: &str = "/calendars/taiwan/preview";

/// What 2027 may come to be: Founding Day, a bridge of it, its make-up Saturday, and days late in the year.
const DAYS: [(&str, &str, &str); 6] = [
    ("2027-01-01", "off", "開國紀念日"),
    ("2027-01-04", "off", "彈性放假"),
    ("2027-01-09", "worked", "補行上班"),
    ("2027-09-15", "off", "中秋節"),
    ("2027-09-28", "off", "孔子誕辰紀念日"),
    ("2027-10-11", "off", "國慶日補假"),
];

/// A plan that begins in autumn, so that much of it lies in 2027.
async fn begun() -> (TestApp, Cast, Browser) {
    let app = TestApp::at("2026-11-02T02:00:00Z").await;
    let cast = app.cast("2026-11-02", 2).await;
    let hr = app.signed_in(&cast.hr).await;
    (app, cast, hr)
}

async fn upload(browser: &mut Browser, name: &str, body: impl Into<Vec<u8>>) {
    browser.get("/calendars/taiwan").await;
    browser.upload(PREVIEW, ("file", name), &body.into()).await;
}

/// Fills the form that adds days of the company, one of two that lead to the preview.
async fn add(browser: &mut Browser, days: &[(&str, &str)]) {
    browser.get("/calendars/taiwan").await;
    let mut pairs: Vec<(String, String)> =
        browser.pairs(PREVIEW, &[]).into_iter().filter(|(name, _)| name == "csrf").collect();
    let fields = [("what", "add")].into_iter().chain(days.iter().copied());
    pairs.extend(fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
    browser.post(PREVIEW, &pairs).await;
}

async fn plan(app: &TestApp, cast: &Cast) -> Plan {
    world(app, cast.plan).await.plan
}

async fn facts(app: &TestApp, cast: &Cast) -> Vec<Fact> {
    let mut conn = app.pool.get().await.expect("a connection");
    store::facts::read(&mut conn, cast.plan).await.expect("facts")
}

/// Without the members of whom steps are, who are others in every company.
fn open_dates(plan: &Plan) -> Vec<(String, u16, chrono::NaiveDate)> {
    let open = plan.steps.iter().filter(|(_, step)| !step.state.is_closed());
    let mut dates: Vec<_> = open.map(|(key, step)| (key.id.to_string(), key.turn, step.due.date)).collect();
    dates.sort();
    dates
}

fn csv() -> String {
    let rows: Vec<String> = DAYS.iter().map(|(day, kind, name)| format!("{day},{kind},{name}\n")).collect();
    format!("date,kind,name\n{}", rows.concat())
}

/// The week as the office publishes it, a row a day.
fn rows() -> Vec<(chrono::NaiveDate, bool, &'static str)> {
    use chrono::Datelike;
    let day = |day: chrono::NaiveDate| {
        let listed = DAYS.iter().find(|(listed, ..)| date(listed) == day);
        let weekend = day.weekday().num_days_from_monday() > 4;
        listed.map_or((day, weekend, ""), |(_, kind, name)| (day, *kind == "off", name))
    };
    date("2027-01-01").iter_days().take(365).map(day).collect()
}

fn json() -> String {
    let row = |(day, off, name): (chrono::NaiveDate, bool, &str)| serde_json::json!({"date": day.format("%Y%m%d").to_string(), "week": "", "isHoliday": off, "description": name});
    serde_json::to_string(&rows().into_iter().map(row).collect::<Vec<_>>()).expect("JSON")
}

fn government() -> Vec<u8> {
    let row = |(day, off, name): (chrono::NaiveDate, bool, &str)| {
        format!("{},一,{},{name}\r\n", day.format("%Y%m%d"), if off { 2 } else { 0 })
    };
    let rows: Vec<String> = rows().into_iter().map(row).collect();
    let text = format!("西元日期,星期,是否放假,備註\r\n{}", rows.concat());
    encoding_rs::BIG5.encode(&text).0.into_owned()
}

fn ics() -> String {
    let event = |day: &str, name: &str| {
        format!("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{}\r\nSUMMARY:{name}\r\nEND:VEVENT\r\n", day.replace('-', ""))
    };
    let off = DAYS.iter().filter(|(_, kind, _)| *kind == "off");
    let events: Vec<String> = off.map(|(day, _, name)| event(day, name)).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.concat())
}

#[actix_web::test]
async fn an_imported_year_moves_plans_after_a_preview_and_the_pages_say_so() {
    let (app, cast, mut hr) = begun().await;
    let before = plan(&app, &cast).await;
    upload(&mut hr, "2027.csv", csv()).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
    let text = hr.text();
    assert!(text.contains("彈性放假") && text.contains("2027"), "{text}");
    assert!(text.contains("陳怡君 Grace Chen"), "{text}");
    assert_eq!(open_dates(&plan(&app, &cast).await), open_dates(&before), "a preview changes nothing");

    hr.submit("/calendars/taiwan", &[]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
    let after = plan(&app, &cast).await;
    assert_ne!(open_dates(&after), open_dates(&before));
    let pushed = |step: &pilothouse::engine::plan::Step| {
        step.due.why.skipped.iter().any(|skipped| skipped.date == date("2027-01-04")) && !step.due.why.provisional
    };
    assert!(after.steps.values().any(pushed), "dates say which holiday pushed them, and are provisional no more");
    assert!(matches!(
        facts(&app, &cast).await.iter().rev().find_map(|fact| match &fact.what {
            What::Deed { deed, .. } => Some(deed.clone()),
            _ => None,
        }),
        Some(Deed::Redated { calendar }) if calendar == "taiwan"
    ));
    hr.get("/calendars/taiwan?year=2027").await;
    assert!(hr.shows("彈性放假") && hr.shows("2027.csv"), "{}", hr.text());
    let (history, calendar) = (format!("/plans/{}/history", cast.plan), "/calendars/taiwan".to_owned());
    hr.get(&history).await;
    assert!(hr.shows("重新推算日期") && hr.links().contains(&calendar), "{:?}", hr.links());
    let mut manager = app.signed_in(&cast.manager).await;
    manager.get(&history).await;
    assert!(manager.shows("The days were counted again") && !manager.links().contains(&calendar), "only HR reads it");
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn big5_json_and_ics_move_the_same_dates_as_utf8() {
    let mut dates = Vec::new();
    for (name, body) in [("a.csv", csv().into_bytes()), ("b.csv", government()), ("c.json", json().into_bytes())] {
        let (app, cast, mut hr) = begun().await;
        upload(&mut hr, name, body).await;
        hr.submit("/calendars/taiwan", &[]).await;
        assert_eq!(hr.status, StatusCode::OK, "{name}: {}", hr.text());
        dates.push(open_dates(&plan(&app, &cast).await));
    }
    assert!(dates[0] == dates[1] && dates[1] == dates[2]);
    let (app, cast, mut hr) = begun().await;
    let before = open_dates(&plan(&app, &cast).await);
    upload(&mut hr, "d.ics", ics()).await;
    assert!(hr.shows("開國紀念日"), "{}", hr.text());
    hr.submit("/calendars/taiwan", &[]).await;
    assert_ne!(open_dates(&plan(&app, &cast).await), before);
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_file_with_mistakes_is_refused_with_its_lines_and_a_gap_is_explained() {
    let (app, _, mut hr) = begun().await;
    upload(&mut hr, "2027.csv", "date,kind,name\n2027-01-01,off,A\n2027-13-01,off,B\n2027-01-04,maybe,C\n").await;
    assert_eq!(hr.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hr.shows("第 3 行") && hr.shows("第 4 行"), "{}", hr.text());
    let days: String = [1, 2, 3, 4, 7].map(|month| format!("2030-0{month}-01,off,A\n")).concat();
    upload(&mut hr, "2028.csv", "date,kind,name\n2028-01-03,off,A\n").await;
    assert_eq!(hr.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hr.shows("2028 年的平日只有 1 天放假日"), "{}", hr.text());
    upload(&mut hr, "2030.csv", format!("date,kind,name\n{days}")).await;
    assert_eq!(hr.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hr.shows("請先匯入中間的年度"), "{}", hr.text());
    let _ = app;
}

#[actix_web::test]
async fn two_events_are_no_year_and_leave_what_is_known_as_it_was() {
    let (_app, _, mut hr) = begun().await;
    let event = |from: &str, until: &str| {
        format!("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{from}\r\nDTEND;VALUE=DATE:{until}\r\nSUMMARY:A\r\nEND:VEVENT\r\n")
    };
    let two = event("20270204", "20270211") + &event("20271008", "20271012");
    upload(&mut hr, "2027.ics", format!("BEGIN:VCALENDAR\r\n{two}END:VCALENDAR\r\n")).await;
    assert_eq!(hr.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", hr.text());
    assert!(hr.shows("檔案裡 2027 年的平日只有 7 天放假日，分成 2 段。"), "{}", hr.text());
}

#[actix_web::test]
async fn a_day_that_stays_off_keeps_the_names_that_it_has_in_both_languages() {
    let (app, _, mut hr) = begun().await;
    let named = async || {
        let mut conn = app.pool.get().await.expect("a connection");
        let all = store::calendars::all(&mut conn).await.expect("calendars");
        let taiwan = all.into_iter().find(|one| one.name == "taiwan").expect("a calendar");
        ["2027-02-09", "2027-03-08"].map(|day| taiwan.holidays.get(&date(day)).cloned())
    };
    let before = named().await;
    assert!(before[0].as_ref().is_some_and(|name| name.en != name.zh_tw) && before[1].is_none());
    let body = csv() + "2027-02-09,off,補假\n2027-03-08,off,補假\n";
    upload(&mut hr, "2027.csv", body).await;
    hr.submit("/calendars/taiwan", &[]).await;
    let after = named().await;
    assert_eq!(after[0], before[0]);
    assert_eq!(after[1].as_ref().map(|name| name.en.as_str()), Some("補假"), "a new day has the file's name");
}

#[actix_web::test]
async fn the_days_of_the_company_move_plans_stay_over_an_import_and_can_be_removed() {
    let (app, cast, mut hr) = begun().await;
    let before = open_dates(&plan(&app, &cast).await);
    let days = [("kind", "freeze"), ("from", "2026-12-21"), ("until", "2026-12-31"), ("name_zh_tw", "年底衝刺")];
    add(&mut hr, &days).await;
    assert!(hr.shows("年底衝刺"), "{}", hr.text());
    hr.submit("/calendars/taiwan", &[]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
    let frozen = plan(&app, &cast).await;
    assert_ne!(open_dates(&frozen), before);
    let names = |step: &pilothouse::engine::plan::Step| {
        let passed = step.due.why.passed.iter();
        passed.into_iter().any(|passed| matches!(&passed.cause, PassedCause::Freeze(name) if name.en == "年底衝刺"))
    };
    assert!(frozen.steps.values().any(names), "the reason names the freeze");

    upload(&mut hr, "2027.csv", csv()).await;
    hr.submit("/calendars/taiwan", &[]).await;
    let files = shipped();
    let moment = app.moment();
    let again = app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await.expect("again");
    assert_eq!(again.redated, 0, "publishing the same file takes neither the import nor the company's days out");
    hr.get("/calendars/taiwan?year=2026").await;
    assert!(hr.shows("年底衝刺") && hr.shows("2027.csv"), "{}", hr.text());
    let id = hr.html.split("name=\"id\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
    let mut pairs: Vec<(String, String)> =
        hr.pairs(PREVIEW, &[]).into_iter().filter(|(name, _)| name == "csrf").collect();
    pairs.extend([("what".to_owned(), "remove".to_owned()), ("id".to_owned(), id.to_owned())]);
    hr.post(PREVIEW, &pairs).await;
    hr.submit("/calendars/taiwan", &[]).await;
    assert!(!hr.shows("年底衝刺"), "{}", hr.text());
    assert!(!plan(&app, &cast).await.steps.values().any(names));
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_freeze_entered_after_a_plan_ended_moves_nothing_of_what_its_pages_show() {
    let (app, cast, mut hr) = begun().await;
    app.clock.travel_to(utc("2027-01-20T02:00:00Z"));
    app.deliver().await;
    let (who, moment) = (cast.hr.viewer(), app.moment());
    let wish = Wish::End { how: Ending::Early, reason: "Enough.".to_owned() };
    let seen = plan(&app, &cast).await.version;
    let ended = async |tx: &mut _| arrange::apply(tx, who, cast.plan, &wish, seen, &moment).await;
    app.pool.in_transaction(ended).await.expect("it ends");
    let page = format!("/plans/{}", cast.plan);
    let before = hr.get(&page).await.text();
    let days = [("kind", "freeze"), ("from", "2026-11-09"), ("until", "2026-11-20"), ("name_zh_tw", "年底衝刺")];
    add(&mut hr, &days).await;
    hr.submit("/calendars/taiwan", &[]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());

    assert_eq!(hr.get(&page).await.text(), before);
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn what_a_calendar_moved_is_undone_where_the_calendar_is_and_not_plan_by_plan() {
    let (app, cast, mut hr) = begun().await;
    upload(&mut hr, "2027.csv", csv()).await;
    hr.submit("/calendars/taiwan", &[]).await;
    let facts = facts(&app, &cast).await;
    let at = facts.iter().rposition(|fact| matches!(fact.what, What::Deed { .. })).expect("a deed");
    let deed = u64::try_from(at).expect("a number") + 1;
    let (who, moment) = (cast.hr.viewer(), app.moment());
    let undone = app.pool.in_transaction(async |tx| arrange::undo(tx, who, cast.plan, deed, None, &moment).await).await;
    assert!(
        matches!(undone, Err(pilothouse::app::Error::Refused(pilothouse::engine::Refusal::OfCalendar))),
        "{undone:?}"
    );
}

#[actix_web::test]
async fn a_revised_year_changes_no_step_that_is_closed() {
    let app = TestApp::at("2025-09-01T02:00:00Z").await;
    let cast = app.cast("2025-09-01", 2).await;
    app.deliver().await;
    app.mails();
    let mut manager = app.signed_in(&cast.manager).await;
    let key: StepKey = "name_the_unease".parse().expect("a step");
    let path = format!("/plans/{}/steps/{key}", cast.plan);
    manager.get(&path).await;
    manager.fill_and_submit(&format!("{path}/hand-in"), "2025-09-01").await;
    let mut hr = app.signed_in(&cast.hr).await;
    let before = plan(&app, &cast).await;
    assert!(before.steps[&key].state.is_closed(), "{}", manager.text());
    // As the statute of May 2025 made it: three more days off.
    let revised = "date,kind,name\n2025-01-01,off,開國紀念日\n2025-09-29,off,教師節補假\n2025-10-06,off,中秋節\n\
                   2025-10-10,off,國慶日\n2025-10-24,off,光復節補假\n2025-12-25,off,行憲紀念日\n";
    upload(&mut hr, "2025.csv", revised).await;
    hr.submit("/calendars/taiwan", &[]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
    let after = plan(&app, &cast).await;
    assert_eq!(after.steps[&key], before.steps[&key]);
    assert_ne!(open_dates(&after), open_dates(&before));
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn the_digest_warns_of_days_that_nobody_published_until_the_year_is_imported() {
    let (app, _, mut hr) = begun().await;
    app.clock.travel_to(utc("2026-11-09T02:00:00Z")); // a Monday
    app.deliver().await;
    let digest = app.mails().into_iter().find(|mail| mail.text.contains("/calendars/taiwan")).expect("a digest");
    assert!(digest.text.contains("尚未公布的日子"), "{}", digest.text);
    hr.get("/calendars").await;
    assert!(hr.shows("尚未公布的日子"), "{}", hr.text());
    upload(&mut hr, "2027.csv", csv()).await;
    hr.submit("/calendars/taiwan", &[]).await;
    hr.get("/calendars").await;
    assert!(!hr.shows("尚未公布的日子"), "{}", hr.text());
    app.clock.travel_to(utc("2026-11-16T02:00:00Z"));
    app.deliver().await;
    assert!(app.mails().iter().all(|mail| !mail.text.contains("/calendars/taiwan")));
}

#[actix_web::test]
async fn a_manager_who_moves_to_another_region_takes_the_plan_along_after_a_preview() {
    let (app, cast, mut hr) = begun().await;
    let before = plan(&app, &cast).await;
    let person = format!("/people/{}", cast.manager.id);
    hr.get(&person).await;
    hr.submit(&person, &[("calendar", "weekdays")]).await;
    assert!(hr.shows("再按一次儲存就會生效"), "{}", hr.text());
    assert_eq!(plan(&app, &cast).await.calendar, "taiwan");
    hr.submit(&person, &[]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
    let after = plan(&app, &cast).await;
    assert_eq!(after.calendar, "weekdays");
    assert_ne!(open_dates(&after), open_dates(&before));
    let mut conn = app.pool.get().await.expect("a connection");
    let moved = store::people::find(&mut conn, cast.manager.id).await.expect("a person").expect("a person");
    assert_eq!(moved.calendar, "weekdays");
    drop(conn);
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_mentor_who_changes_calendars_moves_nobodys_plan() {
    let (app, cast, _) = begun().await;
    let before = plan(&app, &cast).await;
    let new = NewPerson {
        name: cast.mentor.name.clone(),
        email: cast.mentor.email.clone(),
        lang: Lang::ZhTw,
        zone: "Asia/Taipei".to_owned(),
        calendar: "weekdays".to_owned(),
        brief_hour: 9,
        is_hr: false,
    };
    let (who, moment) = (cast.hr.viewer(), app.moment());
    let edited = app.pool.in_transaction(async |tx| people::edit(tx, who, cast.mentor.id, &new, &moment).await).await;
    edited.expect("an edit");
    assert_eq!(plan(&app, &cast).await, before);
}

#[actix_web::test]
async fn a_change_that_was_previewed_before_another_one_is_previewed_again() {
    let (app, _, mut hr) = begun().await;
    upload(&mut hr, "2027.csv", csv()).await;
    let pairs = hr.pairs("/calendars/taiwan", &[]);
    hr.submit("/calendars/taiwan", &[]).await;
    hr.post("/calendars/taiwan", &pairs).await;
    assert_eq!(hr.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hr.shows("請再預覽一次"), "{}", hr.text());
    let _ = app;
}

#[actix_web::test]
async fn a_calendar_file_with_other_days_moves_running_plans_when_it_is_published() {
    let (app, cast, _) = begun().await;
    let before = open_dates(&plan(&app, &cast).await);
    let mut files = shipped();
    let file = files.iter_mut().find(|file| file.path.ends_with("taiwan.yaml")).expect("a calendar");
    let text = String::from_utf8(file.bytes.clone()).expect("text");
    let day = "holidays:\n  - {date: 2026-11-11, name: {en: Company day, zh-TW: 公司日}}\n";
    file.bytes = text.replacen("holidays:\n", day, 1).into_bytes();
    let moment = app.moment();
    let done =
        app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await.expect("published");
    assert_eq!(done.redated, 1);
    assert_ne!(open_dates(&plan(&app, &cast).await), before);
    app.assert_no_drift().await;
}

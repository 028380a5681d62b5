//! HR's pages as they show samples, in both languages.

use serde::Serialize;
use uuid::Uuid;

use super::*;
use crate::app::pages::outbox::BouncedAddress;
use crate::app::pages::people::{CalendarChoice, Choices, HourChoice, NewPersonPage, PartLine, PeoplePage, PersonLine};
use crate::app::pages::person::{Candidate, Changed, ChangedPlan, MemberLine, MentorState, Named, OwnPlan};
use crate::app::pages::progress::Finished;
use crate::engine::calendar::{Anchor, Dated, Why};
use crate::engine::vocabulary::{Role, Text};
use crate::render::{Chrome, shared};

/// A page in English and in Chinese.
pub(crate) fn shown<T: Serialize>(name: &str, page: &T) -> (String, String) {
    let renderer = shared();
    let in_lang = |lang| {
        let chrome = Chrome::visitor(lang, chrono_tz::Asia::Taipei, "/");
        renderer.page(name, &chrome, page).expect("a page")
    };
    (in_lang(Lang::En), in_lang(Lang::ZhTw))
}

pub(crate) fn text(en: &str, zh_tw: &str) -> Text {
    Text { en: en.to_owned(), zh_tw: zh_tw.to_owned() }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(crate) fn dated(date: &str, provisional: bool) -> Dated {
    let from = Anchor::PlanDay { n: 1, effective: day("2026-03-02") };
    let why = Why { from, calendar: "taiwan".into(), skipped: [].into(), passed: Vec::new(), provisional };
    Dated { date: day(date), why }
}

fn part(role: Role, is_asked: bool) -> PartLine {
    PartLine {
        role,
        is_asked,
        finished: (role == Role::Manager).then(|| Finished { on: day("2026-06-01"), how: "cancelled" }),
        manager: "林怡君".to_owned(),
        program: Message::new("plan-name").with("program", text("Sales manager", "業務主管")),
        href: "/plans/1".to_owned(),
    }
}

fn form() -> PersonForm {
    PersonForm {
        name: "<b>Chen</b>".to_owned(),
        email: "chen".to_owned(),
        lang: Lang::ZhTw,
        zone: "Asia/Taipei".to_owned(),
        calendar: "taiwan".to_owned(),
        brief_hour: "9".to_owned(),
        is_hr: true,
    }
}

fn choices() -> Choices {
    Choices {
        calendars: vec![CalendarChoice { name: "taiwan".to_owned(), title: text("Taiwan", "台灣") }],
        zones: vec!["Asia/Taipei"],
        hours: vec![HourChoice { value: "9".to_owned(), clock: "09:00".to_owned() }],
    }
}

fn wrong(field: &str, id: &'static str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: Message::new(id) }
}

fn member(n: u128, left_on: Option<NaiveDate>) -> MemberLine {
    MemberLine {
        id: MemberId(Uuid::from_u128(n)),
        name: "黃志明".to_owned(),
        position: String::new(),
        joined_on: day("2026-03-02"),
        left_on,
        leave_on: "2026-04-01".to_owned(),
        is_leaving: false,
        problem: None,
    }
}

fn named(name: &str) -> Named {
    Named { name: name.to_owned(), href: "/people/2".to_owned() }
}

fn own_plan(mentor: MentorState) -> OwnPlan {
    OwnPlan {
        superiors: Vec::new(),
        hr_owners: Vec::new(),
        id: PlanId(Uuid::from_u128(1)),
        href: "/plans/1".to_owned(),
        program: text("Sales manager", "業務主管"),
        first_day: dated("2026-03-02", false),
        calendar: text("Taiwan", "台灣"),
        finished: None,
        superior: named("Wang"),
        hr: named("Hsu"),
        mentor,
        candidates: vec![Candidate { id: PersonId(Uuid::from_u128(3)), name: "Tsai".to_owned(), mentees: 2 }],
    }
}

fn page() -> PersonPage {
    PersonPage {
        href: "/people/1".to_owned(),
        name: "林怡君".to_owned(),
        email: "lin@example.com".to_owned(),
        bounced: None,
        mail_href: "/outbox?find=lin%40example.com".to_owned(),
        form: form(),
        choices: choices(),
        mistakes: Mistakes::default(),
        parts: vec![part(Role::Mentor, true), part(Role::Superior, false)],
        plans: Vec::new(),
        start_href: "/plans/new?manager=1".to_owned(),
        present: vec![member(1, None)],
        gone: vec![member(2, Some(day("2026-03-31")))],
        joining: JoinForm { name: String::new(), position: String::new(), joined_on: "2026-04-01".to_owned() },
        join_mistakes: Mistakes::default(),
        changed: None,
        following: None,
    }
}

#[test]
fn the_list_says_who_plays_which_part() {
    let person = PersonLine {
        href: "/people/1".to_owned(),
        name: "<b>Lin</b>".to_owned(),
        email: "lin@example.com".to_owned(),
        lang: Lang::En,
        is_hr: true,
        bounced: None,
        parts: vec![part(Role::Manager, false), part(Role::Mentor, true), part(Role::Mentor, false)],
    };
    let (en, zh) = shown("people", &PeoplePage { find: String::new(), all: 1, people: vec![person] });
    assert!(en.contains("Asked to be the mentor of 林怡君") && en.contains("&lt;b&gt;Lin&lt;/b&gt;"));
    assert!(zh.contains("擔任導師：林怡君") && zh.contains("取消</span>"));
}

#[test]
fn an_address_that_takes_no_mail_says_so_and_how_to_go_on() {
    let address = |id| BouncedAddress {
        what: Message::new(id),
        status: "5.1.1".to_owned(),
        said: "550 <unknown>".to_owned(),
        since: "2026-03-02T01:00:00Z".parse().expect("a moment"),
    };
    let (en, zh) = shown("person", &PersonPage { bounced: Some(address("outbox-bounced-mailbox")), ..page() });
    assert!(en.contains("There is no such mailbox.") && en.contains("550 &lt;unknown&gt;") && en.contains("5.1.1"));
    assert!(en.contains("/people/1/try-address") && zh.contains("沒有這個信箱。"));
    for id in ["domain", "form", "moved", "disabled", "full", "address", "other"] {
        let id: &'static str = format!("outbox-bounced-{id}").leak();
        shown("person", &PersonPage { bounced: Some(address(id)), ..page() });
    }
}

#[test]
fn a_search_without_a_hit_says_so() {
    let (en, _) = shown("people", &PeoplePage { find: "zz".to_owned(), all: 3, people: Vec::new() });
    assert!(en.contains("holds “zz”"));
}

#[test]
fn a_mistake_stands_on_top_and_beside_its_field() {
    let found = vec![
        wrong("email", "person-email"),
        wrong("email", "person-email-taken"),
        wrong("zone", "person-zone"),
        wrong("brief_hour", "person-hour"),
        wrong("calendar", "person-calendar"),
        wrong("is_hr", "person-own-hr"),
    ];
    let mistakes = Mistakes::new("", found, person_label);
    let (en, zh) = shown("person_new", &NewPersonPage { form: form(), choices: choices(), mistakes });
    assert!(en.contains(r##"href="#field-zone""##) && en.contains(r#"id="problem-zone""#));
    assert!(en.contains(r#"value="&lt;b&gt;Chen&lt;/b&gt;""#));
    assert!(zh.contains("請選擇 0 到 23 之間的整點。"));
}

#[test]
fn a_decline_shows_its_line_where_hr_may_read_it() {
    let declined = MentorState {
        is: "declined",
        next: None,
        who: Some(named("Tsai")),
        at: Some("2026-03-02T01:00:00Z".parse().expect("a moment")),
        line: Some("No time <now>".to_owned()),
    };
    let nobody = MentorState { is: "nobody", who: None, next: None, at: None, line: None };
    let page = PersonPage { plans: vec![own_plan(declined), own_plan(nobody)], ..page() };
    let (en, zh) = shown("person", &page);
    assert!(en.contains("No time &lt;now&gt;") && en.contains("Ask another mentor") && en.contains("Ask a mentor"));
    assert!(zh.contains("已婉拒") && zh.contains("目前陪伴 2 位主管"));
}

#[test]
fn a_joiner_and_a_leaver_say_what_they_changed() {
    let changed = |has_left, plans| Some(Changed { member: "黃志明".to_owned(), has_left, plans });
    let plan =
        ChangedPlan { program: Message::new("plan-name").with("program", text("Sales", "業務")), steps: Vec::new() };
    let (en, _) = shown("person", &PersonPage { changed: changed(false, vec![plan]), ..page() });
    assert!(en.contains("黃志明 is on the team") && en.contains("No step of the plan changes"));
    let (_, zh) = shown("person", &PersonPage { changed: changed(true, Vec::new()), ..page() });
    assert!(zh.contains("黃志明已不在團隊中"));
}

#[test]
fn a_last_day_that_is_none_keeps_its_form_open() {
    let mut page = page();
    let id = page.present[0].id;
    mark(&mut page, id, "tomorrow", vec![wrong("left_on", "field-not-a-date")]);
    let (en, _) = shown("person", &page);
    assert!(en.contains("<details open>") && en.contains(&format!("href=\"#field-{id}-left_on\"")));
}

#[test]
fn a_date_that_does_not_read_is_named() {
    assert_eq!(date("x", " 2026-03-02 "), Ok(day("2026-03-02")));
    assert_eq!(date("x", "").map_err(|problem| problem.message.id), Err("field-required"));
    assert_eq!(date("x", "2026-02-30").map_err(|problem| problem.message.id), Err("field-not-a-date"));
}

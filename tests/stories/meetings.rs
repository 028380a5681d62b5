//! Manager and mentor agree on a time, on a page and from the mail; their calendars hear of it.

use std::collections::BTreeSet;

use mail_parser::{MessageParser, MimeHeaders};
use pilothouse::app::mentoring::{self, Answer as MentorAnswer};
use pilothouse::app::{meetings, people, publish, rollouts};
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::upgrade::Policy;
use pilothouse::engine::vocabulary::{Lang, PlanId};
use pilothouse::mail::Mailer;
use pilothouse::store::meetings::Answer;
use reqwest::StatusCode;

use crate::access::{answer, world};
use crate::browser::Browser;
use crate::harness::{Someone, TestApp, utc};
use crate::relay::number;
use crate::short::under_way;

const CURRICULUM: &str = "
curriculum: basics
title: {en: Basics, zh-TW: 基礎}
summary: {en: What comes first., zh-TW: 先做的事。}
steps:
  - id: first_talk
    title: {en: The first talk, zh-TW: 第一次會談}
    body: {en: Talk., zh-TW: 談談。}
    meet: mentor
    opens: B1
    due: B8
    effort: 45
  - {id: report, title: {en: Report it, zh-TW: 報告}, body: {en: Report., zh-TW: 報告。}, due: B9, effort: 10}
";

const PROGRAM: &str = "
program: talks
title: {en: Talks, zh-TW: 會談}
summary: {en: A short program., zh-TW: 短的方案。}
curricula: [basics]
cast: [mentor, superior, hr]
checkpoints: [B10]
";

pub struct Story {
    pub app: TestApp,
    pub manager: Someone,
    pub mentor: Someone,
    superior: Someone,
    hr: Someone,
    colleague: Someone,
    pub plan: PlanId,
}

/// A mail that left, with what it has for a calendar, each line in one piece.
struct Left {
    to: String,
    subject: String,
    text: String,
    calendar: Option<String>,
}

impl Left {
    fn has(&self, line: &str) -> bool {
        self.calendar.as_ref().is_some_and(|calendar| calendar.lines().any(|one| one == line))
    }

    fn value(&self, name: &str) -> String {
        let calendar = self.calendar.as_ref().expect("a calendar");
        let line = calendar.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
        line.trim_start_matches(':').to_owned()
    }
}

/// Monday, 2 March 2026: half past four in Taipei, half past nine in Berlin, where the mentor is.
pub async fn story() -> Story {
    let app = TestApp::at("2026-03-02T01:30:00Z").await;
    publishes(&app, CURRICULUM).await;
    let manager = app.person("Grace Chen", "grace@company.example", Lang::En, false).await;
    let mentor = app.person("林志明", "lin@company.example", Lang::ZhTw, false).await;
    let superior = app.person("Diane Wu", "diane@company.example", Lang::En, false).await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    let colleague = app.person("Priya Raman", "priya@company.example", Lang::En, false).await;
    lives_in(&app, &mentor, "Europe/Berlin").await;
    let plan = under_way(&app, "talks", [&manager, &mentor, &superior, &hr]).await;
    app.clock.travel_to(utc("2026-03-02T08:30:00Z"));
    Story { app, manager, mentor, superior, hr, colleague, plan }
}

async fn publishes(app: &TestApp, curriculum: &str) -> String {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let (files, moment) = (vec![file("basics.yaml", curriculum), file("program.yaml", PROGRAM)], app.moment());
    let published = app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await;
    published.expect("it is published").programs.remove(0).1
}

async fn lives_in(app: &TestApp, who: &Someone, zone: &str) {
    let (viewer, moment) = (who.viewer(), app.moment());
    let settled =
        app.pool.in_transaction(async |tx| people::settings(tx, viewer, Lang::ZhTw, zone, 9, &moment).await).await;
    settled.expect("settings");
}

impl Story {
    fn step(&self) -> String {
        format!("/plans/{}/steps/first_talk", self.plan)
    }

    pub fn form(&self) -> String {
        format!("{}/meeting", self.step())
    }

    pub async fn opened(&self, who: &Someone) -> Browser {
        let mut browser = self.app.signed_in(who).await;
        browser.get(&self.step()).await;
        browser
    }

    /// What leaves now about the meeting.
    async fn mails(&self) -> Vec<Left> {
        self.app.deliver().await;
        let Mailer::Memory(memory) = &*self.app.worker.mailer else { panic!("mail in memory") };
        let left = memory.take().into_iter().map(|raw| {
            let message = MessageParser::default().parse(&raw).expect("a mail");
            let calendar = message.parts.iter().find(|part| {
                part.content_type().is_some_and(|kind| kind.ctype() == "text" && kind.subtype() == Some("calendar"))
            });
            Left {
                to: message.to().and_then(|to| to.first()?.address()).unwrap_or_default().to_owned(),
                subject: message.subject().unwrap_or_default().to_owned(),
                text: message.body_text(0).unwrap_or_default().into_owned(),
                calendar: calendar.and_then(|part| part.text_contents()).map(|text| text.replace("\r\n ", "")),
            }
        });
        left.filter(|mail| mail.calendar.is_some() || mail.text.contains("/meet/")).collect()
    }

    /// The mentor proposes three times of Thursday, and the manager gets them.
    async fn proposed(&self) -> (Browser, Vec<String>) {
        let mut mentor = self.opened(&self.mentor).await;
        mentor.submit(&self.form(), &THREE).await;
        assert_eq!(mentor.status, StatusCode::OK, "{}", mentor.text());
        let mails = self.mails().await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to, self.manager.email);
        (mentor, self.links(&mails[0].text))
    }

    fn links(&self, text: &str) -> Vec<String> {
        let all = text.split_whitespace().filter(|word| word.contains("/meet/"));
        all.map(|link| link.strip_prefix(&self.app.base_url).expect("our own").to_owned()).collect()
    }

    /// Both agreed on Thursday at two in Taipei, and have the invitation; by the manager.
    async fn agreed(&self) -> (Browser, Vec<Left>) {
        let mut manager = self.opened(&self.manager).await;
        manager.submit(&self.form(), &[("time1", "2026-03-05T14:00"), ("agreed", "yes"), ("place", "Room 5")]).await;
        assert!(manager.shows("The time is agreed on."), "{} {}", manager.status, manager.text());
        let mails = self.mails().await;
        assert_eq!(mails.len(), 2);
        (manager, mails)
    }

    async fn at(&self, moment: &str) {
        self.app.clock.travel_to(utc(moment));
    }
}

/// In Berlin: three, four and five in the afternoon in Taipei.
pub const THREE: [(&str, &str); 4] =
    [("time1", "2026-03-05T08:00"), ("time2", "2026-03-05T09:00"), ("time3", "2026-03-05T10:00"), ("place", "Room 5")];

fn to<'m>(mails: &'m [Left], who: &Someone) -> &'m Left {
    mails.iter().find(|mail| mail.to == who.email).expect("a mail")
}

#[actix_web::test]
async fn a_mentor_proposes_and_the_manager_chooses_from_the_mail() {
    let story = story().await;
    let mut mentor = story.opened(&story.mentor).await;
    assert!(mentor.shows("還沒有約定時間。") && mentor.shows("Grace Chen會收到信"), "{}", mentor.text());
    let (_, links) = story.proposed().await;
    assert_eq!(links.len(), 3);

    let mut reader = Browser::new(&story.app.base_url);
    reader.get(&links[1]).await;
    assert!(
        reader.shows("Meet 林志明 at this time?") && reader.shows("Thu 5 Mar 2026, 16:00–16:45"),
        "{}",
        reader.text()
    );
    assert!(story.mails().await.is_empty(), "looking changes nothing");
    reader.submit(&links[1], &[]).await;
    assert!(reader.shows("You meet 林志明") && reader.shows("Room 5"), "{}", reader.text());

    let mails = story.mails().await;
    let (hers, his) = (to(&mails, &story.manager), to(&mails, &story.mentor));
    assert_eq!(mails.len(), 2);
    assert_eq!(hers.subject, "Meeting with 林志明: The first talk");
    assert_eq!(his.subject, "與Grace Chen的會談：第一次會談");
    assert!(hers.text.starts_with("Agreed: Thu 5 Mar 2026, 16:00–16:45"), "{}", hers.text);
    assert!(hers.text.contains("Thu 5 Mar 2026, 16:00–16:45") && hers.text.contains("Asia/Taipei"), "{}", hers.text);
    assert!(his.text.contains("2026年3月5日(四) 09:00–09:45") && his.text.contains("Europe/Berlin"), "{}", his.text);
    for mail in &mails {
        assert!(mail.has("METHOD:REQUEST") && mail.has("SEQUENCE:0") && mail.has("LOCATION:Room 5"));
    }
    assert_eq!(hers.value("UID"), his.value("UID"));
    assert!(hers.has("DTSTART;TZID=Asia/Taipei:20260305T160000"), "{:?}", hers.calendar);
    assert!(his.has("DTSTART;TZID=Europe/Berlin:20260305T090000"), "{:?}", his.calendar);
    mentor.get(&story.step()).await;
    assert!(mentor.shows("你與Grace Chen的會談時間： 2026年3月5日(四) 09:00–09:45"), "{}", mentor.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn pressing_twice_does_once_and_another_time_can_be_chosen_or_the_choice_undone() {
    let story = story().await;
    let (_, links) = story.proposed().await;
    let mut reader = Browser::new(&story.app.base_url);
    reader.get(&links[0]).await;
    reader.submit(&links[0], &[]).await;
    reader.post(&links[0], &[]).await;
    assert_eq!(story.mails().await.len(), 2);

    reader.get(&links[2]).await;
    assert!(reader.shows("Choose this time instead?"), "{}", reader.text());
    let undo = format!("{}/undo", links[2]);
    reader.submit(&undo, &[]).await;
    let off = story.mails().await;
    assert!(off.len() == 2 && off.iter().all(|mail| mail.has("METHOD:CANCEL") && mail.has("SEQUENCE:1")));
    assert!(reader.shows("Meet 林志明 at this time?"), "{}", reader.text());

    reader.submit(&links[2], &[]).await;
    let again = story.mails().await;
    assert!(again.len() == 2 && again.iter().all(|mail| mail.has("METHOD:REQUEST") && mail.has("SEQUENCE:2")));
    reader.submit(&links[2], &[("slot", "2026-03-05T07:00:00Z")]).await;
    let other = story.mails().await;
    assert!(other.iter().all(|mail| mail.has("SEQUENCE:3")) && to(&other, &story.manager).text.contains("15:00–15:45"));

    // A change is undone as the first choice is.
    reader.submit(&undo, &[]).await;
    let off = story.mails().await;
    assert!(off.len() == 2 && off.iter().all(|mail| mail.has("METHOD:CANCEL") && mail.has("SEQUENCE:4")));
    reader.post(&undo, &[]).await;
    assert!(story.mails().await.is_empty(), "and once");
}

#[actix_web::test]
async fn a_choice_that_moved_a_meeting_is_undone_to_the_time_that_stood() {
    let story = story().await;
    story.agreed().await;
    let (_, links) = story.proposed().await;
    let mut reader = Browser::new(&story.app.base_url);
    reader.get(&links[0]).await;
    assert!(!reader.has_form(&format!("{}/undo", links[0])), "nothing was chosen yet");
    reader.submit(&links[0], &[]).await;
    assert!(reader.shows("Thu 5 Mar 2026, 14:00–14:45 stands again then"), "{}", reader.text());
    assert!(story.mails().await.iter().all(|mail| mail.has("SEQUENCE:1") && mail.has("METHOD:REQUEST")));
    reader.get(&links[1]).await;
    reader.submit(&links[1], &[]).await;
    assert_eq!(story.mails().await.len(), 2);

    reader.submit(&format!("{}/undo", links[1]), &[]).await;
    assert!(reader.shows("What stands: Thu 5 Mar 2026, 14:00–14:45"), "{}", reader.text());
    let back = story.mails().await;
    assert!(back.len() == 2 && back.iter().all(|mail| mail.has("SEQUENCE:3") && mail.has("METHOD:REQUEST")));
    assert!(to(&back, &story.manager).has("DTSTART;TZID=Asia/Taipei:20260305T140000"));

    reader.submit(&links[1], &[]).await;
    assert_eq!(story.mails().await.len(), 2);
    story.at("2026-03-05T06:30:00Z").await;
    reader.get(&links[1]).await;
    assert!(reader.shows("You meet 林志明") && !reader.has_form(&format!("{}/undo", links[1])), "{}", reader.text());
}

#[actix_web::test]
async fn a_choice_undone_before_the_invitations_left_sends_nothing() {
    let story = story().await;
    let (_, links) = story.proposed().await;
    let mut reader = Browser::new(&story.app.base_url);
    reader.get(&links[0]).await;
    reader.submit(&links[0], &[]).await;
    reader.submit(&format!("{}/undo", links[0]), &[]).await;
    assert!(story.mails().await.is_empty(), "nobody gets a cancellation of what they never heard of");
}

#[actix_web::test]
async fn whoever_opens_a_link_ten_times_changes_nothing() {
    let story = story().await;
    let (mut mentor, links) = story.proposed().await;
    let client = reqwest::Client::new();
    for n in 0..20 {
        let address = format!("{}{}", story.app.base_url, links[n % 3]);
        let request = if n % 2 == 0 { client.get(address) } else { client.head(address) };
        let answer = request.send().await.expect("an answer");
        assert!(n % 2 == 1 || answer.status() == StatusCode::OK);
    }
    assert!(story.mails().await.is_empty());
    mentor.get(&story.step()).await;
    assert!(mentor.shows("Grace Chen還沒有選"), "{}", mentor.text());
}

#[actix_web::test]
async fn a_link_is_dead_when_the_meeting_moved_on_and_says_how_it_stands() {
    let story = story().await;
    let (mut mentor, links) = story.proposed().await;
    let mut reader = Browser::new(&story.app.base_url);
    mentor.submit(&story.form(), &[("time1", "2026-03-06T09:00"), ("time2", ""), ("time3", "")]).await;
    assert_eq!(story.mails().await.len(), 1, "the new proposal");
    reader.get(&links[0]).await;
    assert!(reader.shows("This time is no longer proposed") && !reader.has_form(&links[0]), "{}", reader.text());
    reader.post(&links[0], &[]).await;
    assert!(reader.shows("This time is no longer proposed") && story.mails().await.is_empty());

    mentor.get(&story.step()).await;
    mentor.submit(&format!("{}/cancel", story.form()), &[]).await;
    reader.post(&links[1], &[]).await;
    assert!(reader.shows("The meeting is off") && story.mails().await.is_empty(), "{}", reader.text());

    reader.get("/meet/0123456789abcdef").await;
    assert_eq!(reader.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_time_that_has_passed_is_not_chosen() {
    let story = story().await;
    let (_, links) = story.proposed().await;
    story.at("2026-03-05T07:30:00Z").await;
    let mut reader = Browser::new(&story.app.base_url);
    reader.get(&links[0]).await;
    assert!(reader.shows("This time is over"), "{}", reader.text());
    reader.post(&links[0], &[]).await;
    assert!(reader.shows("This time is over") && story.mails().await.is_empty());
    reader.get(&links[1]).await;
    reader.submit(&links[1], &[]).await;
    assert!(reader.shows("You meet 林志明"), "{}", reader.text());
}

#[actix_web::test]
async fn what_both_agreed_on_needs_no_choice_and_a_change_has_the_next_number() {
    let story = story().await;
    let (mut manager, first) = story.agreed().await;
    assert!(first.iter().all(|mail| mail.has("METHOD:REQUEST") && mail.has("SEQUENCE:0")));

    manager.get(&story.step()).await;
    manager.submit(&story.form(), &[("place", "Room 7")]).await;
    let place = story.mails().await;
    assert!(place.len() == 2 && place.iter().all(|mail| mail.has("SEQUENCE:1") && mail.has("LOCATION:Room 7")));
    let (hers, his) = (to(&place, &story.manager), to(&place, &story.mentor));
    assert!(hers.text.starts_with("Changed:") && his.text.starts_with("已更改："), "{} {}", hers.text, his.text);
    let subject = |mails: &[Left]| to(mails, &story.manager).subject.clone();
    assert_eq!(subject(&place), subject(&first), "one conversation has one subject");
    assert_eq!(place[0].value("UID"), first[0].value("UID"));

    let mut mentor = story.opened(&story.mentor).await;
    mentor.submit(&story.form(), &[("time1", "2026-03-06T09:00")]).await;
    assert!(mentor.shows("選定新的時間之前，原來的時間仍然有效。"), "{}", mentor.text());
    let offered = story.mails().await;
    assert!(offered.len() == 1 && offered[0].calendar.is_none());
    manager.get(&story.step()).await;
    assert!(manager.shows("You meet 林志明 on Thu 5 Mar 2026, 14:00–14:45"), "{}", manager.text());
    manager.submit(&format!("{}/choose", story.form()), &[("slot", "2026-03-06T08:00:00Z")]).await;
    assert!(manager.shows("You meet 林志明 on Fri 6 Mar 2026, 16:00–16:45"), "{}", manager.text());
    assert!(story.mails().await.iter().all(|mail| mail.has("SEQUENCE:2") && mail.has("METHOD:REQUEST")));
}

#[actix_web::test]
async fn each_version_of_an_invitation_has_a_higher_number_and_no_earlier_stamp() {
    let story = story().await;
    let (mut manager, first) = story.agreed().await;
    let mut versions = vec![first];
    // In the same second, a minute later, after the clock was set back, and the next day.
    for moment in ["2026-03-02T08:30:00Z", "2026-03-02T08:31:00Z", "2026-03-02T08:20:00Z", "2026-03-03T08:30:00Z"] {
        story.at(moment).await;
        manager.get(&story.step()).await;
        manager.submit(&story.form(), &[("place", moment)]).await;
        versions.push(story.mails().await);
    }
    manager.submit(&format!("{}/cancel", story.form()), &[]).await;
    versions.push(story.mails().await);

    let told = |mail: &Left| ["METHOD", "SEQUENCE", "DTSTAMP"].map(|name| mail.value(name)).join(" ");
    let hers: Vec<String> = versions.iter().map(|mails| told(to(mails, &story.manager))).collect();
    assert_eq!(
        hers,
        [
            "REQUEST 0 20260302T083000Z",
            "REQUEST 1 20260302T083000Z",
            "REQUEST 2 20260302T083100Z",
            "REQUEST 3 20260302T083100Z",
            "REQUEST 4 20260303T083000Z",
            "CANCEL 5 20260303T083000Z",
        ]
    );
    let his: Vec<String> = versions.iter().map(|mails| told(to(mails, &story.mentor))).collect();
    assert_eq!(his, hers, "both have the same versions");
    let uids: BTreeSet<String> = versions.iter().flatten().map(|mail| mail.value("UID")).collect();
    assert_eq!(uids.len(), 1, "of one meeting");
}

#[actix_web::test]
async fn calling_it_off_cancels_it_in_both_calendars_and_a_new_one_is_another() {
    let story = story().await;
    let (_, first) = story.agreed().await;
    let mut mentor = story.opened(&story.mentor).await;
    mentor.submit(&format!("{}/cancel", story.form()), &[]).await;
    assert!(mentor.shows("已經取消。") && mentor.shows("還沒有約定時間。"), "{}", mentor.text());
    let off = story.mails().await;
    assert!(off.len() == 2 && off.iter().all(|mail| mail.has("METHOD:CANCEL") && mail.has("SEQUENCE:1")));
    assert_eq!(off[0].value("UID"), first[0].value("UID"));
    let (_, second) = story.agreed().await;
    assert_ne!(second[0].value("UID"), first[0].value("UID"));
}

#[actix_web::test]
async fn nobody_gets_a_cancellation_of_what_was_never_sent_to_them() {
    let story = story().await;
    let mut manager = story.opened(&story.manager).await;
    manager.submit(&story.form(), &[("time1", "2026-03-05T14:00"), ("agreed", "yes")]).await;
    manager.submit(&format!("{}/cancel", story.form()), &[]).await;
    assert!(story.mails().await.is_empty());
}

#[actix_web::test]
async fn a_step_that_closes_before_the_time_calls_it_off_and_after_it_does_not() {
    let story = story().await;
    let (mut manager, _) = story.agreed().await;
    manager.get(&story.step()).await;
    manager.submit(&format!("{}/hand-in", story.step()), &[]).await;
    let off = story.mails().await;
    assert!(off.len() == 2 && off.iter().all(|mail| mail.has("METHOD:CANCEL") && mail.has("SEQUENCE:1")));

    manager.submit(&format!("{}/take-back", story.step()), &[]).await;
    let (mut manager, _) = story.agreed().await;
    story.at("2026-03-05T07:00:00Z").await;
    manager.get(&story.step()).await;
    assert!(manager.shows("Grace Chen and 林志明 met on"), "{}", manager.text());
    manager.submit(&format!("{}/hand-in", story.step()), &[]).await;
    assert!(story.mails().await.is_empty());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn the_end_of_the_plan_and_another_mentor_call_it_off() {
    let ended = story().await;
    ended.agreed().await;
    let mut hr = ended.app.signed_in(&ended.hr).await;
    let arrange = format!("/plans/{}/arrange", ended.plan);
    hr.get(&arrange).await;
    let end = [("what", "end"), ("end_how", "cancelled"), ("end_reason", "She moves on.")];
    hr.submit(&format!("{arrange}/preview?form=end"), &end).await;
    hr.submit(&arrange, &[]).await;
    let off = ended.mails().await;
    assert!(off.len() == 2 && off.iter().all(|mail| mail.has("METHOD:CANCEL")), "{}", hr.text());

    let changed = story().await;
    changed.agreed().await;
    let (by, next, plan, moment) = (changed.hr.viewer(), &changed.colleague, changed.plan, changed.app.moment());
    let asked =
        changed.app.pool.in_transaction(async |tx| mentoring::ask(tx, by, plan, next.id, &[], &moment).await).await;
    asked.expect("asked");
    assert!(changed.mails().await.is_empty(), "until the next one says yes");
    answer(&changed.app, next, plan, MentorAnswer::Accept).await;
    let off = changed.mails().await;
    assert!(off.len() == 2 && to(&off, &changed.mentor).has("METHOD:CANCEL"));
}

#[actix_web::test]
async fn whoever_stands_in_for_the_mentor_agrees_on_a_time_and_takes_over_only_what_was_not_agreed() {
    let story = story().await;
    story.proposed().await;
    let mut mentor = story.opened(&story.mentor).await;
    let arrange = format!("/plans/{}/arrange", story.plan);
    mentor.get(&arrange).await;
    let who = story.colleague.id.to_string();
    let away = [("deputy_who", who.as_str()), ("deputy_from", "2026-03-02"), ("deputy_until", "2026-03-06")];
    mentor.submit(&format!("{arrange}/preview?form=deputy"), &away).await;
    mentor.submit(&arrange, &[]).await;
    let mut deputy = story.opened(&story.colleague).await;
    assert!(deputy.has_form(&story.form()) && !deputy.has_form(&format!("{}/choose", story.form())));

    deputy.submit(&story.form(), &[("time1", "2026-03-04T10:00"), ("agreed", "yes")]).await;
    let mails = story.mails().await;
    assert!(mails.len() == 2 && to(&mails, &story.colleague).has("METHOD:REQUEST"), "{}", deputy.text());
    assert!(to(&mails, &story.manager).text.contains("Wed 4 Mar 2026, 10:00–10:45"));

    // While somebody stands in, the mentor looks on.
    mentor.get(&story.step()).await;
    assert!(
        mentor.shows("Grace Chen與Priya Raman的會談時間：") && !mentor.has_form(&story.form()),
        "{}",
        mentor.text()
    );
    // What was agreed on for a day after they stood in is off with them.
    deputy.get(&story.step()).await;
    deputy.submit(&story.form(), &[("time1", "2026-03-10T10:00"), ("agreed", "yes")]).await;
    assert!(story.mails().await.iter().all(|mail| mail.has("SEQUENCE:1") && mail.has("METHOD:REQUEST")));
    story.at("2026-03-09T08:30:00Z").await;
    let off = story.mails().await;
    assert!(off.len() == 2 && to(&off, &story.colleague).has("METHOD:CANCEL"));
}

#[actix_web::test]
async fn a_step_that_an_upgrade_renames_keeps_its_meeting_and_one_that_leaves_loses_it() {
    let story = story().await;
    story.agreed().await;
    let renamed = CURRICULUM.replace("  - id: first_talk\n", "  - id: opening_talk\n    was: [first_talk]\n");
    upgrades(&story, &renamed).await;
    assert!(story.mails().await.is_empty());
    let mut manager = story.app.signed_in(&story.manager).await;
    let page = format!("/plans/{}/steps/opening_talk", story.plan);
    manager.get(&page).await;
    assert!(manager.shows("You meet 林志明 on Thu 5 Mar 2026, 14:00–14:45"), "{}", manager.text());
    manager.submit(&format!("{page}/meeting"), &[("place", "Room 9")]).await;
    assert!(story.mails().await.iter().all(|mail| mail.has("SEQUENCE:1")));

    let (start, end) =
        (CURRICULUM.find("  - id: first_talk").expect("it"), CURRICULUM.find("  - {id: report").expect("it"));
    upgrades(&story, &format!("{}{}", &CURRICULUM[..start], &CURRICULUM[end..])).await;
    assert!(!world(&story.app, story.plan).await.plan.steps.keys().any(|key| key.id.as_str() == "opening_talk"));
    let off = story.mails().await;
    assert!(off.len() == 2 && off.iter().all(|mail| mail.has("METHOD:CANCEL") && mail.has("SEQUENCE:2")));
    assert!(to(&off, &story.manager).text.contains("The first talk"), "by its title, though it left");
    story.app.assert_no_drift().await;
}

async fn upgrades(story: &Story, curriculum: &str) {
    let to = publishes(&story.app, curriculum).await;
    let (who, plans, moment) = (story.hr.viewer(), [story.plan], story.app.moment());
    let begun = async |tx: &mut _| rollouts::start(tx, who, &to, Policy::default(), &plans, &moment).await;
    story.app.pool.in_transaction(begun).await.expect("it begins");
    while rollouts::step(&story.app.pool, &story.app.moment()).await.expect("a step") > 0 {}
}

#[actix_web::test]
async fn mistakes_stand_beside_their_fields_and_what_was_typed_stays() {
    let story = story().await;
    let mut manager = story.opened(&story.manager).await;
    let typed = [("time1", "2026-03-02T16:35"), ("time2", "2026-03-05T14:00"), ("minutes", "3"), ("place", "Room 5")];
    manager.submit(&story.form(), &typed).await;
    assert_eq!(manager.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(manager.shows("at least ten minutes ahead") && manager.shows("from 5 to 480"), "{}", manager.text());
    let kept = manager.pairs(&story.form(), &[]);
    for (name, value) in typed {
        assert!(kept.contains(&(name.to_owned(), value.to_owned())), "{name}: {kept:?}");
    }
    assert!(story.mails().await.is_empty());
}

#[actix_web::test]
async fn of_two_who_write_at_once_the_second_is_shown_what_the_first_did() {
    let story = story().await;
    let (mut manager, mut mentor) = (story.opened(&story.manager).await, story.opened(&story.mentor).await);
    let stale = manager.pairs(&story.form(), &[("time1", "2026-03-06T14:00")]);
    mentor.submit(&story.form(), &THREE).await;
    manager.post(&story.form(), &stale).await;
    assert_eq!(manager.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(manager.shows("The meeting was changed after this page was shown."), "{}", manager.text());
    assert!(manager.shows("林志明 proposes these times"), "{}", manager.text());
    let own = [("slot".to_owned(), "2026-03-05T07:00:00Z".to_owned())];
    let pairs = mentor.pairs(&format!("{}/cancel", story.form()), &[]).into_iter().chain(own).collect::<Vec<_>>();
    mentor.post(&format!("{}/choose", story.form()), &pairs).await;
    assert_eq!(mentor.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody chooses what they proposed themselves");
}

#[actix_web::test]
async fn others_see_that_a_time_is_agreed_on_and_do_nothing_and_strangers_see_nothing() {
    let story = story().await;
    story.agreed().await;
    for who in [&story.hr, &story.superior] {
        let mut browser = story.opened(who).await;
        assert!(browser.shows("Grace Chen and 林志明 meet on Thu 5 Mar 2026, 14:00–14:45"), "{}", browser.text());
        assert!(!browser.has_form(&story.form()) && !browser.has_form(&format!("{}/cancel", story.form())));
        let token = token(&mut browser).await;
        for what in ["", "/choose", "/cancel"] {
            browser.post(&format!("{}{what}", story.form()), &token).await;
            assert_eq!(browser.status, StatusCode::CONFLICT, "{what}");
            assert!(browser.shows("Only the two who meet can do this: the manager, and the mentor or"), "{what}");
        }
    }
    let mut stranger = story.app.signed_in(&story.colleague).await;
    let token = token(&mut stranger).await;
    for what in ["", "/choose", "/cancel"] {
        stranger.post(&format!("{}{what}", story.form()), &token).await;
        assert_eq!(stranger.status, StatusCode::NOT_FOUND, "{what}");
    }
    assert!(story.mails().await.is_empty());
}

/// A form that holds nothing but the token of a session.
async fn token(browser: &mut Browser) -> Vec<(String, String)> {
    browser.get("/settings").await;
    browser.pairs("/settings", &[]).into_iter().filter(|(name, _)| name == "csrf").collect()
}

#[actix_web::test]
async fn what_a_calendar_answers_to_the_newest_invitation_is_shown() {
    let story = story().await;
    let (mut manager, mails) = story.agreed().await;
    let uid = mails[0].value("UID");
    let lin = story.mentor.email.as_str();
    let says = async |uid: &str, email: &str, sequence, answer| {
        story.app.pool.in_transaction(async |tx| meetings::answered(tx, uid, email, sequence, answer).await).await
    };
    assert!(says(&uid, lin, 0, Answer::Declined).await.expect("kept"));
    assert!(!says(&uid, &story.colleague.email, 0, Answer::Accepted).await.expect("nobody's"));
    assert!(!says("nothing@elsewhere", lin, 0, Answer::Accepted).await.expect("no meeting"));
    manager.get(&story.step()).await;
    assert!(manager.shows("林志明’s calendar says no."), "{}", manager.text());

    manager.submit(&story.form(), &[("place", "Room 7")]).await;
    assert!(!manager.shows("calendar says"), "{}", manager.text());
    assert!(!says(&uid, lin, 0, Answer::Accepted).await.expect("too late"));
    assert!(says(&uid, lin, 1, Answer::Accepted).await.expect("kept"));
    manager.get(&story.step()).await;
    assert!(manager.shows("林志明’s calendar says yes."), "{}", manager.text());
}

#[actix_web::test]
async fn a_time_that_the_clocks_skip_or_show_twice_is_shown_as_it_was_understood() {
    let story = story().await;
    story.at("2026-03-24T09:00:00Z").await;
    let mut mentor = story.opened(&story.mentor).await;
    // On 29 March 2026 the clocks of Berlin go from two to three; on 25 October from three back to two.
    mentor.submit(&story.form(), &[("time1", "2026-03-29T02:30"), ("time2", "2026-10-25T02:30")]).await;
    assert!(mentor.shows("2026年3月29日(日) 03:00–03:45 時鐘在這之前剛往前調。"), "{}", mentor.text());
    assert!(mentor.shows("2026年10月25日(日) 02:30–02:15 當天這個時間會出現兩次，這是第一次。"), "{}", mentor.text());
}

#[actix_web::test]
async fn no_secret_of_a_link_stands_in_the_database() {
    let story = story().await;
    let (_, links) = story.proposed().await;
    let secret = links[0].rsplit('/').next().expect("a secret");
    let mut conn = story.app.pool.get().await.expect("a connection");
    let kept = number(&mut conn, "SELECT count(*) FROM links WHERE purpose = 'slot'").await;
    let found = format!("SELECT count(*) FROM links l, outbox o WHERE (l.*)::text || (o.*)::text LIKE '%{secret}%'");
    assert_eq!((kept, number(&mut conn, &found).await), (3, 0));
}

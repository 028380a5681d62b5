//! Letters answered by mail: what is done, and what is not, and who hears of it.

use std::net::SocketAddr;

use mail_parser::{Address, MessageParser};
use pilothouse::app::replies;
use pilothouse::door::{self, Door};
use pilothouse::engine::plan::{Mentoring, StepState};
use pilothouse::mail::{self, Mailer};
use pilothouse::store::incoming;
use pilothouse::store::pool::Pool;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::access::world;
use crate::harness::{Someone, TestApp, chance, utc};
use crate::meetings::{self, THREE};
use crate::relay::number;
use crate::short::{self, Story};

/// Tuesday, nine in Taipei: "Listen first" is due the day after.
pub const TUESDAY: &str = "2026-03-03T01:00:00Z";
pub const WEDNESDAY: &str = "2026-03-04T01:00:00Z";
const THURSDAY: &str = "2026-03-05T01:00:00Z";

/// What the receiving server of the house found out about a mail.
const PROVEN: &str = "Authentication-Results: mx.company.example; dkim=pass header.d=company.example\r\n";

fn address() -> replies::Door {
    replies::Door {
        local: "reply".to_owned(),
        domain: "plans.company.example".to_owned(),
        sender: "plans@company.example".to_owned(),
        authserv: Some("mx.company.example".to_owned()),
    }
}

/// The door of a story; closed when dropped.
pub struct Opened {
    pub at: SocketAddr,
    pub _stop: watch::Sender<bool>,
}

impl Opened {
    /// Letters name the door from now on, and what comes to it is acted on.
    pub fn before(app: &mut TestApp) -> Opened {
        let address = address();
        app.worker.sender.door = Some(mail::Door { local: address.local, domain: address.domain });
        Opened::on(app, app.pool.clone())
    }

    pub fn on(app: &TestApp, pool: Pool) -> Opened {
        let listener = door::listen("127.0.0.1:0".parse().expect("an address")).expect("a port");
        let at = listener.local_addr().expect("its address");
        let (stop, stopped) = watch::channel(false);
        let door = Door { pool, address: address(), clock: app.clock.clone(), chance: chance() };
        actix_web::rt::spawn(door.run(listener, stopped));
        Opened { at, _stop: stop }
    }

    /// Hands a mail over as the house's server does; what the door says to it.
    pub async fn given(&self, from: &str, to: &str, mail: &str) -> String {
        let said = speak(self.at, from, to, mail).await;
        said.lines().rev().nth(1).unwrap_or_default().to_owned()
    }

    /// As [`Opened::given`], and it is taken.
    pub async fn takes(&self, from: &str, to: &str, mail: &str) {
        let said = self.given(from, to, mail).await;
        assert_eq!(said, "250 2.0.0 Taken");
    }
}

pub async fn speak(at: SocketAddr, from: &str, to: &str, mail: &str) -> String {
    let mut stream = TcpStream::connect(at).await.expect("the door");
    let mail = mail.replace("\r\n", "\n").replace('\n', "\r\n");
    let dialogue = format!(
        "EHLO mx.company.example\r\nMAIL FROM:<{from}> SIZE={}\r\nRCPT TO:<{to}>\r\nDATA\r\n{mail}\r\n.\r\nQUIT\r\n",
        mail.len()
    );
    stream.write_all(dialogue.as_bytes()).await.expect("it listens");
    let mut said = String::new();
    stream.read_to_string(&mut said).await.expect("it answers");
    said
}

/// A letter that left.
pub struct Left {
    pub to: String,
    pub reply_to: String,
    /// Where its topic is stopped by mail; empty: it has none.
    pub stop: String,
    pub text: String,
}

impl Left {
    /// The address that bounces of the letter come back to.
    pub fn bounces(&self) -> String {
        self.stop.replace("+u-", "+b-")
    }

    /// An answer to it, as its reader's program writes it.
    pub fn answered(&self, who: &Someone, words: &str) -> String {
        format!("{PROVEN}{}", self.unproven(&who.email, words))
    }

    pub fn unproven(&self, from: &str, words: &str) -> String {
        format!(
            "From: <{from}>\r\nTo: <{}>\r\nSubject: Re: Today\r\nMessage-ID: <answer@company.example>\r\n\r\n{words}\r\n\r\nOn Tue, 3 Mar 2026 at 09:00, Pilothouse <plans@company.example> wrote:\r\n> snooze\r\n",
            self.reply_to
        )
    }
}

/// What leaves now.
pub async fn left(app: &TestApp) -> Vec<Left> {
    app.deliver().await;
    let Mailer::Memory(memory) = &*app.worker.mailer else { panic!("mail in memory") };
    let one = |address: Option<&Address>| address.and_then(|to| to.first()?.address()).unwrap_or_default().to_owned();
    let read = |raw: Vec<u8>| {
        let mail = MessageParser::default().parse(&raw).expect("a mail");
        Left {
            to: one(mail.to()),
            reply_to: one(mail.reply_to()),
            stop: stop(mail.header_raw("List-Unsubscribe").unwrap_or_default()),
            text: mail.body_text(0).unwrap_or_default().into_owned(),
        }
    };
    memory.take().into_iter().map(read).collect()
}

fn stop(ways: &str) -> String {
    let by_mail = ways.split_once("<mailto:").and_then(|(_, mail)| mail.split_once('>'));
    by_mail.map(|(mail, _)| mail.to_owned()).unwrap_or_default()
}

pub async fn letter_to(app: &TestApp, who: &Someone, when: &str) -> Left {
    app.clock.travel_to(utc(when));
    left(app).await.into_iter().find(|mail| mail.to == who.email).expect("a letter")
}

pub async fn count(app: &TestApp, from_and_where: &str) -> i64 {
    let mut conn = app.pool.get().await.expect("a connection");
    number(&mut conn, &format!("SELECT count(*) FROM {from_and_where}")).await
}

/// How many mails came in and ended so.
pub async fn ended(app: &TestApp, kind: &str, outcome: &str, why: Option<&str>) -> usize {
    let mut conn = app.pool.get().await.expect("a connection");
    let all = incoming::newest(&mut conn, 100).await.expect("what came in");
    let all: Vec<_> = all.iter().map(|row| (row.kind.as_str(), row.outcome.as_str(), row.why.as_deref())).collect();
    let found = all.iter().filter(|row| **row == (kind, outcome, why)).count();
    // Said when a story fails.
    println!("{found} of {kind} {outcome} {why:?} in {all:?}");
    found
}

async fn answers_owed(app: &TestApp) -> i64 {
    count(app, "outbox WHERE kind = 'answer'").await
}

/// A plan on its second morning, its manager's letter of that day, and the door.
pub async fn morning() -> (Story, Opened, Left) {
    let mut story = short::story().await;
    let door = Opened::before(&mut story.app);
    let letter = letter_to(&story.app, &story.manager, TUESDAY).await;
    (story, door, letter)
}

#[actix_web::test]
async fn a_manager_answers_done_and_the_step_is_done() {
    let (story, door, letter) = morning().await;
    let who = &story.manager;
    assert!(letter.reply_to.starts_with("reply+") && letter.text.contains("Listen first"), "{}", letter.text);

    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "Done.\n\nThat went well.")).await;
    assert!(matches!(story.state("listen").await, StepState::Done { by, .. } if by == who.id));
    assert_eq!(ended(&story.app, "reply", "done", None).await, 1);
    let mut browser = story.app.signed_in(who).await;
    browser.get(&story.step("listen")).await;
    assert!(browser.shows("That went well.") && !browser.shows("wrote:"), "{}", browser.text());

    // Said again in another mail, it is done as it was.
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "完成")).await;
    assert_eq!((ended(&story.app, "reply", "done", None).await, answers_owed(&story.app).await), (2, 0));
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_manager_puts_a_step_off_and_says_why() {
    let (story, door, letter) = morning().await;
    let who = &story.manager;
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "snooze 2 days\nI am travelling.")).await;
    assert_eq!(count(&story.app, "snoozes WHERE until = '2026-03-05' AND times = 1").await, 1);

    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "Is the room booked?")).await;
    let mut mentor = story.app.signed_in(&story.mentor).await;
    mentor.get(&story.step("listen")).await;
    assert!(mentor.shows("I am travelling.") && mentor.shows("Is the room booked?"), "{}", mentor.text());
    assert_eq!(ended(&story.app, "reply", "done", None).await, 2);
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn the_same_mail_twice_acts_once_and_is_taken_twice() {
    let (story, door, letter) = morning().await;
    let who = &story.manager;
    let mail = letter.answered(who, "A word about it.");
    let both = (door.given(&who.email, &letter.reply_to, &mail), door.given(&who.email, &letter.reply_to, &mail));
    let both = futures_util::future::join(both.0, both.1).await;
    assert_eq!(both, ("250 2.0.0 Taken".to_owned(), "250 2.0.0 Taken".to_owned()));
    // Much later, when no comment is a button pressed twice.
    story.app.clock.travel_to(utc("2026-03-03T09:00:00Z"));
    door.takes(&who.email, &letter.reply_to, &mail).await;
    assert_eq!(count(&story.app, "incoming").await, 1);
    assert_eq!(count(&story.app, "writings WHERE kind = 'comment'").await, 1);
}

#[actix_web::test]
async fn nobody_acts_by_mail_but_the_reader_whom_the_receiving_server_vouches_for() {
    let (story, door, letter) = morning().await;
    let (who, to) = (&story.manager, &letter.reply_to);
    let forged = letter.unproven(&who.email, "done").replace("\r\nTo:", &format!("\r\n{PROVEN}To:"));
    let elsewhere = format!("{}{}", PROVEN.replace("mx.company", "mx.evil"), letter.unproven(&who.email, "done"));
    let other = PROVEN.replace("header.d=company.example", "header.d=evil.example");
    for mail in [letter.unproven(&who.email, "done"), forged, elsewhere, other + &letter.unproven(&who.email, "done")] {
        door.takes(&who.email, to, &mail).await;
    }
    assert_eq!(ended(&story.app, "reply", "refused", Some("unproven")).await, 4);

    // Even the superior's own mail is not the manager's.
    door.takes(&story.superior.email, to, &letter.answered(&story.superior, "done")).await;
    assert_eq!(ended(&story.app, "reply", "refused", Some("stranger")).await, 1);
    assert!(matches!(story.state("listen").await, StepState::Todo { .. }));
    assert_eq!(answers_owed(&story.app).await, 0, "strangers hear nothing");
    let mut hr = story.app.signed_in(&story.hr).await;
    hr.get("/outbox").await;
    assert!(hr.shows("It came from another address than the letter went to."), "{}", hr.text());
}

#[actix_web::test]
async fn absence_notes_lists_and_loops_do_nothing_and_get_no_answer() {
    let (story, door, letter) = morning().await;
    let who = &story.manager;
    let with = |header: &str| format!("{header}\r\n{}", letter.answered(who, "done"));
    door.takes("", &letter.reply_to, &with("Auto-Submitted: auto-replied")).await;
    door.takes("", &letter.bounces(), &with("X-Test: the envelope takes no answer")).await;
    door.takes("all@company.example", &letter.reply_to, &with("List-Id: <all.company.example>")).await;
    let ours = letter.unproven("plans@company.example", "done");
    door.takes("plans@company.example", &letter.reply_to, &ours).await;
    for why in ["away", "generated", "list", "loop"] {
        assert_eq!(ended(&story.app, "automatic", "ignored", Some(why)).await, 1, "{why}");
    }
    assert!(matches!(story.state("listen").await, StepState::Todo { .. }));
    assert_eq!(answers_owed(&story.app).await, 0);
}

#[actix_web::test]
async fn what_cannot_be_followed_is_answered_but_fills_no_mailbox() {
    let (story, door, letter) = morning().await;
    let who = &story.manager;
    let mut browser = story.app.signed_in(who).await;
    story.hand_in(&mut browser, "listen", &[]).await;

    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "snooze")).await;
    assert_eq!(ended(&story.app, "reply", "refused", Some("moved_on")).await, 1);
    assert_eq!(count(&story.app, "outbox WHERE kind = 'answer' AND dedup_key LIKE '%:moved_on'").await, 1);
    assert_eq!(count(&story.app, "snoozes").await, 0);
    let told = left(&story.app).await.into_iter().find(|mail| mail.to == who.email).expect("a letter");
    assert!(told.text.contains("The step has moved on since that mail was sent."), "{}", told.text);

    for n in 0..8 {
        let mail = format!("X-Number: {n}\r\n{}", letter.answered(who, "let's talk"));
        door.takes(&who.email, &letter.reply_to, &mail).await;
    }
    assert_eq!(ended(&story.app, "reply", "refused", Some("not_here")).await, 8);
    assert_eq!(answers_owed(&story.app).await, 5);
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "")).await;
    assert_eq!(ended(&story.app, "reply", "ignored", Some("empty")).await, 1);
}

#[actix_web::test]
async fn a_number_chooses_among_several_things_and_a_form_needs_its_page() {
    let (story, door, _) = morning().await;
    let who = &story.manager;
    let letter = letter_to(&story.app, who, WEDNESDAY).await;
    assert!(letter.text.contains("Listen first") && letter.text.contains("Write it down"), "{}", letter.text);

    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "done")).await;
    assert_eq!(ended(&story.app, "reply", "refused", Some("which_one")).await, 1);
    let place = |title: &str| letter.text.find(title).expect(title);
    let [listen, write] = if place("Listen first") < place("Write it down") { [1, 2] } else { [2, 1] };
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, &format!("done {write}"))).await;
    assert_eq!(ended(&story.app, "reply", "refused", Some("needs_form")).await, 1);
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, &format!("{write}: Which format?"))).await;
    assert_eq!(count(&story.app, "writings WHERE kind = 'comment' AND step_key LIKE 'write_down%'").await, 1);
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, &format!("done {listen}"))).await;
    assert!(matches!(story.state("listen").await, StepState::Done { .. }));
    assert!(matches!(story.state("write_down").await, StepState::Todo { .. }));
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_mentor_who_answers_in_other_words_hears_that_the_work_still_waits() {
    let (story, door, _) = morning().await;
    let mut manager = story.app.signed_in(&story.manager).await;
    story.hand_in(&mut manager, "write_down", &[("what", "They want to be heard.")]).await;
    let who = &story.mentor;
    let letter = letter_to(&story.app, who, WEDNESDAY).await;
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "Good enough for me, go ahead.")).await;
    assert_eq!(ended(&story.app, "reply", "done", Some("still_waits")).await, 1);
    assert!(matches!(story.state("write_down").await, StepState::HandedIn { .. }));
    manager.get(&story.step("write_down")).await;
    assert!(manager.shows("Good enough for me, go ahead."), "{}", manager.text());
    let told = left(&story.app).await.into_iter().rfind(|mail| mail.to == who.email).expect("a letter");
    assert!(told.text.contains("stands beside the step as a comment"), "{}", told.text);
    assert!(told.text.contains("To decide, answer that mail once more"), "{}", told.text);

    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "accept")).await;
    assert!(matches!(story.state("write_down").await, StepState::Done { review: Some(_), .. }));
    // What is said after the decision leaves nothing open.
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "See you on Friday.")).await;
    assert_eq!(ended(&story.app, "reply", "done", Some("still_waits")).await, 1);
    assert_eq!(answers_owed(&story.app).await, 1);
    let mut hr = story.app.signed_in(&story.hr).await;
    hr.get("/outbox").await;
    assert!(hr.shows("Words without a decision"), "{}", hr.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_mentor_sends_work_back_with_a_line_and_accepts_it() {
    let (story, door, _) = morning().await;
    let mut manager = story.app.signed_in(&story.manager).await;
    story.hand_in(&mut manager, "write_down", &[("what", "They want to be heard.")]).await;
    let who = &story.mentor;
    let letter = letter_to(&story.app, who, WEDNESDAY).await;
    assert!(letter.text.contains("Write it down"), "{}", letter.text);

    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "no")).await;
    assert_eq!(ended(&story.app, "reply", "refused", Some("needs_line")).await, 1);
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "return: Who said\nso?")).await;
    assert!(matches!(story.state("write_down").await, StepState::Returned { by, .. } if by == who.id));
    manager.get(&story.step("write_down")).await;
    assert!(manager.shows("Who said so?"), "{}", manager.text());

    story.hand_in(&mut manager, "write_down", &[("what", "Kevin Lin said so.")]).await;
    // The old letter is about the work that was sent back.
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "accept")).await;
    assert_eq!(ended(&story.app, "reply", "refused", Some("moved_on")).await, 1);
    left(&story.app).await;
    let letter = letter_to(&story.app, who, THURSDAY).await;
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "accept\nWell seen.")).await;
    assert!(matches!(story.state("write_down").await, StepState::Done { review: Some(_), .. }));
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn somebody_who_is_asked_to_be_a_mentor_says_yes_or_no_by_an_answer() {
    let mut app = TestApp::at("2026-03-02T01:30:00Z").await;
    let door = Opened::before(&mut app);
    let cast = app.cast("2026-03-02", 0).await;
    let who = &cast.mentor;
    let letter = letter_to(&app, who, "2026-03-02T01:31:00Z").await;
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "不行\n這一季太忙。")).await;
    let declined = world(&app, cast.plan).await.plan.cast.mentor;
    assert!(matches!(declined, Mentoring::Declined { .. }), "{declined:?}");
    assert_eq!(count(&app, "writings WHERE step_key IS NULL AND kind = 'line'").await, 1);
    // Nobody else was asked since, so that they may think better of it.
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "好")).await;
    let accepted = world(&app, cast.plan).await.plan.cast.mentor;
    assert!(matches!(accepted, Mentoring::Accepted { .. }), "{accepted:?}");
    assert_eq!(ended(&app, "reply", "done", None).await, 2);
}

#[actix_web::test]
async fn a_time_of_a_meeting_is_chosen_by_its_number_and_calendars_answer() {
    let mut story = meetings::story().await;
    let door = Opened::before(&mut story.app);
    let mut mentor = story.opened(&story.mentor).await;
    mentor.submit(&story.form(), &THREE).await;
    let who = &story.manager;
    let letter = letter_to(&story.app, who, "2026-03-02T08:31:00Z").await;
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "2")).await;
    assert_eq!(count(&story.app, "meetings WHERE state = 'agreed' AND starts_at = '2026-03-05T08:00:00Z'").await, 1);

    let mut conn = story.app.pool.get().await.expect("a connection");
    let id = pilothouse::store::meetings::under_way(&mut conn, story.plan).await.expect("meetings")[0].id;
    drop(conn);
    let says = |from: &str, attendee: &str, answer: &str| {
        format!(
            "{PROVEN}From: <{from}>\r\nTo: <reply@plans.company.example>\r\nSubject: Accepted\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{id}\r\nSEQUENCE:0\r\nATTENDEE;PARTSTAT={answer}:mailto:{attendee}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    };
    let bare = "reply@plans.company.example";
    door.takes(&who.email, bare, &says(&who.email, &who.email, "ACCEPTED")).await;
    assert_eq!(count(&story.app, "meetings WHERE manager_says = 'accepted' AND other_says IS NULL").await, 1);
    door.takes(&who.email, bare, &says(&who.email, &story.mentor.email, "DECLINED")).await;
    assert_eq!(ended(&story.app, "calendar", "refused", Some("stranger")).await, 1);
    assert_eq!(count(&story.app, "meetings WHERE other_says IS NULL").await, 1);
}

use std::collections::HashSet;

use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};

use super::reading::{Correspondent, ReadMail, read};
use super::*;
use crate::app::answers::NotFollowed;
use crate::app::letters::{BriefLetter, SignInLetter};
use crate::engine::vocabulary::Lang;
use crate::mail::samples::*;

macro_rules! letters {
    ($($name:ident => $body:expr;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(concat!(stringify!($name), ".en"), as_text(Lang::En, $body));
            insta::assert_snapshot!(concat!(stringify!($name), ".zh-TW"), as_text(Lang::ZhTw, $body));
        }
    )*};
}

macro_rules! pages {
    ($($name:ident => $body:expr;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(concat!(stringify!($name), ".en"), as_html(Lang::En, $body));
            insta::assert_snapshot!(concat!(stringify!($name), ".zh-TW"), as_html(Lang::ZhTw, $body));
        }
    )*};
}

mod answers;
mod form;
mod invitations;
mod look;
mod milestones;
mod signature;

fn renderer() -> &'static Renderer {
    crate::render::shared()
}

fn date() -> DateTime<Utc> {
    "2030-03-04T01:00:00Z".parse().expect("a moment") // nine in Taipei, a Monday
}

fn sent(letter: &Letter) -> ReadMail {
    let message = write(letter, RENDERER.with(|renderer| *renderer), &sender(), date()).expect("a message");
    read(&message.formatted()).expect("a message that another parser reads")
}

fn as_text(lang: Lang, body: Body) -> String {
    let mail = sent(&letter(lang, body));
    format!("Subject: {}\n\n{}", mail.subject, mail.text.replace("\r\n", "\n"))
}

fn as_html(lang: Lang, body: Body) -> String {
    sent(&letter(lang, body)).html.replace("\r\n", "\n")
}

letters! {
    a_welcome => Body::Welcome(welcome());
    a_welcome_without_mentor_and_steps => Body::Welcome(bare_welcome());
    a_brief_with_everything => Body::Brief(brief());
    a_brief_after_a_long_leave => Body::Brief(brief_after_a_long_leave());
    a_brief_with_an_overdue_step => Body::Brief(small_briefs().remove(0));
    a_brief_with_a_returned_step => Body::Brief(small_briefs().remove(1));
    a_brief_with_a_step_due_today => Body::Brief(small_briefs().remove(2));
    a_brief_with_a_review => Body::Brief(small_briefs().remove(3));
    a_brief_with_a_request => Body::Brief(small_briefs().remove(4));
    a_brief_with_an_offer => Body::Brief(small_briefs().remove(5));
    a_brief_with_what_is_late_with_others_and_a_talk => Body::Brief(small_briefs().remove(6));
    a_brief_with_a_talk_and_an_offer => Body::Brief(small_briefs().remove(7));
    what_is_late_with_others => Body::Escalation(escalation(brief().escalated.shown));
    what_waits_for_an_answer => Body::Escalation(queue(Vec::new()));
    what_waits_and_what_is_late => Body::Escalation(queue(brief().escalated.shown));
    one_answer_that_is_late => Body::Escalation(escalation(vec![late_review()]));
    a_returned_step => Body::Returned(returned());
    a_returned_form => Body::Returned(returned_form());
    a_review => Body::Review(review());
    a_gate => Body::Gate(gate());
    a_gate_with_nothing_behind_it => Body::Gate(last_gate());
    a_report_of_a_step => Body::Report(report());
    a_report_whose_words_were_erased => Body::Report(erased_report());
    a_mentor_request => Body::MentorRequest(mentor_request(9));
    a_mentor_request_without_tasks => Body::MentorRequest(mentor_request(0));
    a_mentor_request_of_a_plan_that_runs => Body::MentorRequest(begun_request());
    a_reminder_of_a_mentor_request => Body::MentorRequest(reminder());
    the_last_reminder_of_a_mentor_request => Body::MentorRequest(last_reminder());
    a_mentor_was_silent => Body::MentorSilent(mentor_silent(false, Some("Kevin Lin")));
    a_mentor_was_silent_and_nobody_is_left => Body::MentorSilent(mentor_silent(false, None));
    a_mentor_said_no => Body::MentorSilent(mentor_silent(true, Some("Kevin Lin")));
    a_mentor_said_no_and_nobody_is_left => Body::MentorSilent(mentor_silent(true, None));
    times_to_choose_from => Body::Proposal(three_times());
    one_time_to_choose => Body::Proposal(one_time());
    a_meeting_is_agreed => Body::Meeting(meeting(false));
    a_meeting_is_changed => Body::Meeting(moved_meeting());
    a_meeting_is_cancelled => Body::Meeting(meeting(true));
    a_reply_that_was_not_followed => Body::Answer(answer(NotFollowed::WhichOne));
    a_reply_without_a_decision => Body::Answer(answer(NotFollowed::StillWaits));
    a_digest_with_everything => Body::Digest(digest());
    a_digest_of_many_plans => Body::Digest(full_digest());
    a_quiet_digest => Body::Digest(quiet_digest());
    a_sign_in_link => Body::SignIn(sign_in());
    an_invitation => Body::SignIn(SignInLetter { is_invitation: true, ..sign_in() });
}

pages! {
    a_welcome_in_html => Body::Welcome(welcome());
    a_brief_in_html => Body::Brief(brief());
    a_mentor_request_in_html => Body::MentorRequest(mentor_request(9));
    a_reminder_of_a_mentor_request_in_html => Body::MentorRequest(reminder());
    a_mentor_was_silent_in_html => Body::MentorSilent(mentor_silent(false, None));
    what_is_late_with_others_in_html => Body::Escalation(escalation(brief().escalated.shown));
    a_returned_step_in_html => Body::Returned(returned());
    a_review_in_html => Body::Review(review());
    a_gate_in_html => Body::Gate(gate());
    a_reply_that_was_not_followed_in_html => Body::Answer(answer(NotFollowed::NeedsLine));
    times_to_choose_from_in_html => Body::Proposal(three_times());
    a_meeting_in_html => Body::Meeting(meeting(false));
    a_digest_in_html => Body::Digest(digest());
    a_quiet_digest_in_html => Body::Digest(quiet_digest());
    a_sign_in_link_in_html => Body::SignIn(sign_in());
}

#[test]
fn a_message_has_these_headers_and_no_others() {
    let message = write(&letter(Lang::ZhTw, Body::SignIn(sign_in())), renderer(), &sender(), date());
    let bytes = message.expect("a message").formatted();
    let head = String::from_utf8(bytes).expect("ASCII").split("\r\n\r\n").next().map(str::to_owned);
    insta::assert_snapshot!(head.unwrap_or_default().replace("\r\n", "\n"));
}

#[test]
fn two_attempts_at_a_letter_are_the_same_message() {
    let letter = letter(Lang::En, Body::Brief(brief()));
    let once = write(&letter, renderer(), &sender(), date()).expect("a message").formatted();
    let again = write(&letter, renderer(), &sender(), date()).expect("a message").formatted();
    assert!(once == again);
}

#[test]
fn no_line_of_a_message_is_too_long_or_8bit() {
    let renderer = renderer();
    for lang in Lang::ALL {
        for body in all() {
            let bytes = write(&letter(lang, body), renderer, &sender(), date()).expect("a message").formatted();
            assert!(bytes.is_ascii());
            assert!(bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 998));
        }
    }
}

#[test]
fn no_letter_has_two_links_with_the_same_name_and_none_is_clipped() {
    let links = Selector::parse("a").expect("a selector");
    for lang in Lang::ALL {
        for body in all() {
            let html = as_html(lang, body);
            assert!(html.len() < 102_000);
            let page = Html::parse_document(&html);
            let name =
                |link: ElementRef<'_>| link.attr("aria-label").map_or_else(|| link.text().collect(), str::to_owned);
            let words: Vec<String> = page.select(&links).map(name).collect();
            let different: HashSet<&String> = words.iter().collect();
            assert_eq!(words.len(), different.len(), "{words:?}");
        }
    }
}

#[test]
fn a_brief_of_63_late_steps_says_so_and_is_clipped_by_nobody() {
    for (lang, heading, rest) in [
        (Lang::En, "Overdue (63)", "And 55 more under “Overdue”"),
        (Lang::ZhTw, "已逾期（63）", "「已逾期」還有 55 項"),
    ] {
        let letter = letter(lang, Body::Brief(brief_after_a_long_leave()));
        let message = write(&letter, RENDERER.with(|renderer| *renderer), &sender(), date()).expect("a message");
        assert!(message.formatted().len() < 102_000);
        let mail = sent(&letter);
        for body in [&mail.text, &mail.html] {
            assert!(body.contains(heading) && body.contains(rest), "{body}");
        }
    }
}

#[test]
fn every_address_in_the_html_stands_in_the_text_too() {
    let links = Selector::parse("a").expect("a selector");
    for lang in Lang::ALL {
        for body in all() {
            let mail = sent(&letter(lang, body));
            let page = Html::parse_document(&mail.html);
            for link in page.select(&links).filter_map(|link| link.value().attr("href")) {
                let address = link.strip_prefix("mailto:").unwrap_or(link);
                assert!(mail.text.contains(address), "{link} is not in the text");
            }
        }
    }
}

#[test]
fn each_line_that_shows_a_day_says_why_it_is_that_one() {
    let (en, zh) = (as_text(Lang::En, Body::Brief(brief())), as_text(Lang::ZhTw, Body::Brief(brief())));
    assert!(en.contains("Why this date? Working day 21, counted from 4 February 2030 in the calendar Taiwan."), "{en}");
    assert!(zh.contains("為什麼是這一天？從 2030年2月4日起，依「台灣」行事曆算的第 21 個工作日。"), "{zh}");
    // Two late, one returned, four due; what waits for a review shows no day.
    let html = as_html(Lang::En, Body::Brief(brief()));
    assert_eq!([&en, &html].map(|mail| mail.matches("Why this date?").count()), [7, 7]);
    let begins = as_text(Lang::En, Body::MentorRequest(mentor_request(9)));
    assert!(begins.contains("Working day 1, counted from 2 March 2030 in the calendar Taiwan."), "{begins}");
}

#[test]
fn neither_subject_nor_preview_of_a_brief_names_a_member() {
    let mail = sent(&letter(Lang::En, Body::Brief(brief())));
    let preview = mail.text.lines().next().unwrap_or_default();
    assert_eq!(preview, "12 things for you. Overdue: Meet each member one to one");
    assert!(!mail.subject.contains("Amy") && mail.text.contains("Amy Tsai"));
}

#[test]
fn the_briefs_of_a_week_have_one_subject() {
    let on = |day: &str| BriefLetter { day: day.parse().expect("a date"), ..brief() };
    let [monday, friday, next] =
        ["2030-03-04", "2030-03-08", "2030-03-11"].map(|day| sent(&letter(Lang::En, Body::Brief(on(day)))).subject);
    assert_eq!([&monday, &friday, &next], ["Your week of 4 March", "Your week of 4 March", "Your week of 11 March"]);
}

#[test]
fn a_name_that_is_markup_is_shown_and_not_obeyed() {
    let html = as_html(Lang::En, Body::Brief(brief()));
    assert!(html.contains("Ben &lt;b&gt;Kuo&lt;/b&gt;"));
    assert!(as_text(Lang::En, Body::Brief(brief())).contains("Ben <b>Kuo</b>"));
}

#[test]
fn an_address_that_is_none_is_the_recipients_fault_for_good() {
    let to = |email: &str| {
        let letter = Letter { to_email: email.to_owned(), ..letter(Lang::En, Body::SignIn(sign_in())) };
        write(&letter, renderer(), &sender(), date()).expect_err("no message").is_permanent()
    };
    assert!(to("") && to("grace") && to("grace@example.com\r\nBcc: all@example.com"));
}

#[test]
fn a_senders_address_gives_the_message_ids_their_domain() {
    let sender = Sender::new("HR\r\n", "hr@example.com", "https://example.com").expect("a sender");
    assert_eq!((sender.from_name.as_str(), sender.domain.as_str()), ("HR", "example.com"));
    assert!(Sender::new("HR", "hr", "https://example.com").is_err());
}

#[test]
fn our_own_address_that_is_none_is_no_recipients_fault() {
    let sender = Sender { from_email: "pilothouse".to_owned(), ..sender() };
    let refused = write(&letter(Lang::En, Body::SignIn(sign_in())), renderer(), &sender, date());
    assert!(!refused.expect_err("no message").is_permanent());
}

#[test]
fn a_moment_that_no_date_header_can_say_does_not_panic() {
    let letter = letter(Lang::En, Body::SignIn(sign_in()));
    assert!(write(&letter, renderer(), &sender(), DateTime::<Utc>::MIN_UTC).is_ok());
    assert!(write(&letter, renderer(), &sender(), DateTime::<Utc>::MAX_UTC).is_ok());
}

#[test]
fn a_folder_keeps_one_message_a_letter_and_lists_the_newest_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let directory = Directory::open(folder.path()).expect("a folder that opens");
    let mailer = Mailer::Directory(directory);
    let send = |key: &str, at: &str| {
        let letter = Letter { dedup_key: key.to_owned(), ..letter(Lang::En, Body::SignIn(sign_in())) };
        let message = write(&letter, renderer(), &sender(), at.parse().expect("a moment")).expect("a message");
        futures_util::FutureExt::now_or_never(mailer.send(&message)).expect("at once").expect("sent");
    };
    send("first", "2030-03-04T01:00:00Z");
    send("second", "2030-03-05T01:00:00Z");
    send("first", "2030-03-06T01:00:00Z");
    let Mailer::Directory(directory) = &mailer else { unreachable!() };
    let listed = directory.list().expect("a list");
    let ids: Vec<&str> = listed.iter().map(|mail| mail.id.as_str()).collect();
    assert_eq!(ids, [fingerprint("first"), fingerprint("second")]);
    let stored = directory.read(&fingerprint("first")).expect("readable").expect("there");
    assert_eq!(read(&stored).expect("a message").id, fingerprint("first"));
    assert_eq!(directory.read("../first").expect("readable"), None);
    assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 2, "nothing unfinished is left over");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_name_makes_the_mailer_panic_or_forges_a_header(name in "\\PC{0,40}|(?s:.){0,40}") {
        let letter = Letter { to_name: name.clone(), ..letter(Lang::En, Body::SignIn(SignInLetter { name, ..sign_in() })) };
        let message = write(&letter, RENDERER.with(|renderer| *renderer), &sender(), date()).expect("a message");
        let mail = read(&message.formatted()).expect("a message");
        prop_assert_eq!(mail.to.len(), 1);
        prop_assert_eq!(&mail.to[0].address, "grace@example.com");
        prop_assert_eq!(mail.from, [Correspondent { name: "Pilothouse".into(), address: "pilothouse@example.com".into() }]);
    }
}

thread_local! {
    /// Parsing every template 64 times would take most of the test's time.
    static RENDERER: &'static Renderer = Box::leak(Box::new(renderer()));
}

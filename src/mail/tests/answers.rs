//! What letters say of answering them, where answers are read, and only there.

use super::form::with_door;
use super::*;

fn answerable(lang: Lang, body: Body) -> ReadMail {
    let message = write(&letter(lang, body), RENDERER.with(|renderer| *renderer), &with_door(), date());
    read(&message.expect("a message").formatted()).expect("a message that another parser reads")
}

fn said(lang: Lang, body: Body) -> String {
    answerable(lang, body).text.replace("\r\n", "\n")
}

#[test]
fn a_brief_numbers_its_lines_and_says_how_to_answer() {
    for lang in Lang::ALL {
        insta::assert_snapshot!(format!("a_brief_to_answer.{}", lang.as_str()), said(lang, Body::Brief(brief())));
        insta::assert_snapshot!(format!("a_welcome_to_answer.{}", lang.as_str()), said(lang, Body::Welcome(welcome())));
    }
}

#[test]
fn an_example_of_an_answer_is_one_that_does_something() {
    for (lang, examples) in
        [(Lang::En, "“done 4”, “snooze 1”, “accept 7”."), (Lang::ZhTw, "「完成 4」、「延後 1」、「接受 7」。")]
    {
        let mail = answerable(lang, Body::Brief(brief()));
        assert!(mail.text.contains(examples) && mail.html.contains(examples), "{}", mail.text);
    }
}

#[test]
fn a_letter_about_one_thing_says_how_it_is_answered() {
    for (body, en, zh_tw) in [
        (Body::Returned(returned()), "with “done”", "寫「完成」"),
        (Body::Review(review()), "“accept”, or “return:”", "寫「接受」，或寫「退回：」"),
        (Body::Gate(gate()), "“accept”, or “return:”", "寫「接受」，或寫「退回：」"),
        (Body::MentorRequest(mentor_request(9)), "“yes” or “no”", "寫「可以」或「婉拒」"),
        (Body::Proposal(three_times()), "the number of a time", "寫上時間的編號"),
        (Body::Proposal(three_times()), "2. ", "2. "),
    ] {
        for (lang, words) in [(Lang::En, en), (Lang::ZhTw, zh_tw)] {
            let mail = answerable(lang, body.clone());
            assert!(mail.text.contains(words) && mail.html.contains(words), "{}", mail.text);
        }
    }
}

#[test]
fn no_letter_offers_to_be_answered_where_nobody_reads_answers() {
    for body in all() {
        let (en, zh_tw) = (as_text(Lang::En, body.clone()), as_text(Lang::ZhTw, body));
        assert!(!en.contains("answer this mail") && !en.contains("\n1. "), "{en}");
        assert!(!zh_tw.contains("直接回信") && !zh_tw.contains("\n1. "), "{zh_tw}");
    }
}

#[test]
fn every_link_that_acts_is_in_both_bodies_and_says_what_it_acts_on() {
    for lang in Lang::ALL {
        let mail = answerable(lang, Body::Brief(brief()));
        let page = Html::parse_document(&mail.html);
        let press = Selector::parse("a.press").expect("a selector");
        let names: Vec<&str> = page.select(&press).filter_map(|link| link.attr("aria-label")).collect();
        assert_eq!(names.len(), brief().lines().map(|line| line.acts.len()).sum::<usize>());
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{names:?}");
        for link in page.select(&press) {
            let shown: String = link.text().collect();
            // WCAG 2.5.3: who speaks to their screen says what they see.
            assert!(link.attr("aria-label").is_some_and(|name| name.starts_with(&shown)), "{}", link.html());
        }
        for act in brief().lines().flat_map(|line| &line.acts).map(|act| &act.url) {
            assert!(mail.text.contains(act.as_str()) && mail.html.contains(act.as_str()), "{act}");
        }
    }
}

#[test]
fn a_reply_that_was_not_followed_hears_why_before_it_is_opened() {
    for lang in Lang::ALL {
        let said =
            NotFollowed::ALL.map(|why| as_text(lang, Body::Answer(answer(why))).lines().nth(2).map(str::to_owned));
        insta::assert_snapshot!(
            format!("why_not_followed.{}", lang.as_str()),
            said.into_iter().flatten().collect::<Vec<_>>().join("\n")
        );
    }
}

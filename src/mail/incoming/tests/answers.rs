//! What people's answers ask for.

use super::*;
use crate::mail::incoming::reply::understand;

fn asks(words: &str) -> Option<(Command, Option<u16>)> {
    let reply = understand(words);
    reply.command.map(|command| (command, reply.number))
}

#[test]
fn gmail_in_english_gives_the_thing_by_its_number_and_the_words_below() {
    let reply = answer("reply-gmail-en");
    assert_eq!((reply.command, reply.number), (Some(Command::Done), Some(2)));
    let words = "We spoke for half an hour, and it went well – Holly now leads the stand-up.";
    assert_eq!(reply.comment.as_deref(), Some(words));
}

#[test]
fn gmail_in_chinese_breaks_its_introduction_over_two_lines() {
    let reply = answer("reply-gmail-zh");
    assert_eq!(reply, Reply { command: Some(Command::Snooze(Some(3))), number: None, comment: None });
    assert_eq!(incoming("reply-gmail-zh").from.as_deref(), Some("grace@company.example"));
}

#[test]
fn outlook_returns_work_with_a_reason_of_several_lines() {
    let reply = answer("reply-outlook-en");
    let why = "the second answer names no date. Please add one, and say who was there.";
    assert_eq!(reply.command, Some(Command::Return(why.to_owned())));
    assert_eq!(reply.comment.as_deref(), Some("Thanks\nGrace"));
}

#[test]
fn outlook_in_big5_returns_work_too() {
    let reply = answer("reply-outlook-zh-big5");
    assert_eq!(reply.command, Some(Command::Return("第二題沒有寫日期，請補上。".to_owned())));
    assert_eq!(reply.comment, None);
}

#[test]
fn html_without_a_text_part_keeps_its_lines() {
    let reply = answer("reply-outlook-html-only");
    assert_eq!(reply.command, Some(Command::Accept));
    assert_eq!(reply.comment.as_deref(), Some("I know Holly & her team well."));
}

#[test]
fn html_counts_where_the_text_part_is_empty() {
    let mail = "From: grace@company.example\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\n\n--x\nContent-Type: text/html\n\n<p>seen</p>\n--x--\n";
    let Kind::Reply(reply) = read(mail.as_bytes(), OURS).kind else { panic!("a reply") };
    assert_eq!(reply.command, Some(Command::Seen));
}

#[test]
fn html_quotations_are_known_by_their_element() {
    let mail = "From: grace@company.example\nContent-Type: text/html\n\n<div>seen</div><div>On 2 Dec Pilothouse wrote:<br><blockquote><div>done</div></blockquote></div><p>thanks</p>";
    let Kind::Reply(reply) = read(mail.as_bytes(), OURS).kind else { panic!("a reply") };
    assert_eq!((reply.command, reply.comment.as_deref()), (Some(Command::Seen), Some("thanks")));
}

#[test]
fn a_telephone_signs_without_a_word_of_its_owner() {
    let reply = answer("reply-iphone-en");
    assert_eq!(reply, Reply { command: Some(Command::Snooze(Some(3))), number: None, comment: None });
}

#[test]
fn apples_flowing_lines_are_joined_and_its_signature_goes() {
    let reply = answer("reply-apple-zh");
    assert_eq!(reply.command, Some(Command::Talk));
    assert_eq!(reply.comment.as_deref(), Some("想先聊聊怎麼帶新人，下週二下午我都在。"));
}

#[test]
fn an_answer_below_the_quotation_is_a_comment_when_it_is_a_sentence() {
    let reply = answer("reply-thunderbird-flowed");
    assert_eq!(reply.command, None);
    let words = "I have a question about this one before I call it done: does a conversation on the telephone count?";
    assert_eq!(reply.comment.as_deref(), Some(words));
}

#[test]
fn full_width_digits_and_spaces_count() {
    let reply = answer("reply-thunderbird-zh");
    assert_eq!(reply, Reply { command: Some(Command::Done), number: Some(2), comment: None });
}

#[test]
fn every_command_is_understood_in_both_languages() {
    assert_eq!(asks("DONE!"), Some((Command::Done, None)));
    assert_eq!(asks("2 done"), Some((Command::Done, Some(2))));
    assert_eq!(asks("done #12."), Some((Command::Done, Some(12))));
    assert_eq!(asks("「完成」"), Some((Command::Done, None)));
    assert_eq!(asks("完成２。"), Some((Command::Done, Some(2))));
    assert_eq!(asks("第 2 項完成"), Some((Command::Done, Some(2))));
    assert_eq!(asks("snooze"), Some((Command::Snooze(None), None)));
    assert_eq!(asks("Snooze 3d"), Some((Command::Snooze(Some(3)), None)));
    assert_eq!(asks("2 snooze for 3 days"), Some((Command::Snooze(Some(3)), Some(2))));
    assert_eq!(asks("snooze 2 3d"), Some((Command::Snooze(Some(3)), Some(2))));
    assert_eq!(asks("snooze 1 week"), Some((Command::Snooze(Some(7)), None)));
    assert_eq!(asks("延後 3 天"), Some((Command::Snooze(Some(3)), None)));
    assert_eq!(asks("延後兩週"), Some((Command::Snooze(Some(14)), None)));
    assert_eq!(asks("接受"), Some((Command::Accept, None)));
    assert_eq!(asks("accept 1"), Some((Command::Accept, Some(1))));
    assert_eq!(asks("退回：請補日期"), Some((Command::Return("請補日期".to_owned()), None)));
    assert_eq!(asks("退回 2：請補日期"), Some((Command::Return("請補日期".to_owned()), Some(2))));
    assert_eq!(asks("return #4: which day?"), Some((Command::Return("which day?".to_owned()), Some(4))));
    assert_eq!(asks("seen"), Some((Command::Seen, None)));
    assert_eq!(asks("已讀"), Some((Command::Seen, None)));
    assert_eq!(asks("Let’s talk!"), Some((Command::Talk, None)));
    assert_eq!(asks("談談"), Some((Command::Talk, None)));
    assert_eq!(asks("想談談。"), Some((Command::Talk, None)));
    for (said, command) in [
        ("我想談談", Command::Talk),
        ("I would like to talk.", Command::Talk),
        ("已閱，謝謝", Command::Seen),
        ("Seen, thanks!", Command::Seen),
        ("同意。謝謝", Command::Accept),
        ("核准", Command::Accept),
    ] {
        assert_eq!(asks(said), Some((command, None)), "{said}");
    }
    for said in ["不同意", "謝謝", "Thanks", "I do not approve", "不想談", "seen nothing, thanks"] {
        assert_eq!(asks(said), None, "{said}");
    }
    assert_eq!(asks("Yes"), Some((Command::Yes, None)));
    assert_eq!(asks("好。"), Some((Command::Yes, None)));
    assert_eq!(asks("no"), Some((Command::No, None)));
    assert_eq!(asks("不"), Some((Command::No, None)));
    assert_eq!(asks("３"), Some((Command::Choose(3), None)));
}

#[test]
fn a_number_after_snooze_without_a_unit_names_the_thing() {
    assert_eq!(asks("snooze 2"), Some((Command::Snooze(None), Some(2))));
}

#[test]
fn a_line_that_says_more_than_a_command_is_a_comment() {
    assert_eq!(asks("done, but I have a question"), None);
    assert_eq!(asks("not done"), None);
    assert_eq!(asks("undone"), None);
    assert_eq!(asks("1 done 2"), None);
    assert_eq!(asks("done 0"), None);
    assert_eq!(asks("還沒完成"), None);
    assert_eq!(asks("不好"), None);
    assert_eq!(asks("4"), None);
    assert_eq!(asks("return:"), None);
    assert_eq!(asks("snooze 99999 weeks"), None);
    assert_eq!(understand("Done, but why?").comment.as_deref(), Some("Done, but why?"));
}

#[test]
fn a_comment_is_bounded_and_holds_nothing_but_text() {
    let reply = understand(&format!("a\u{0}\u{7}b\u{202e}c\n{}", "長".repeat(3000)));
    let comment = reply.comment.expect("a comment");
    assert!(comment.starts_with("abc\n長"));
    assert_eq!(comment.chars().count(), 2000);
}

#[test]
fn an_empty_answer_asks_for_nothing() {
    assert_eq!(understand(" \n\n"), Reply::default());
}

#[test]
fn an_attached_text_is_not_the_answer() {
    let mail = "From: grace@company.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\ndone\n--x\nContent-Type: text/plain\n\naccept\n--x--\n";
    let Kind::Reply(reply) = read(mail.as_bytes(), OURS).kind else { panic!("a reply") };
    assert_eq!(reply.command, Some(Command::Accept));
}

#[test]
fn a_comment_names_its_thing_by_a_number_and_a_time_of_day_is_none() {
    let words = |text: &str| (understand(text).number, understand(text).comment);
    assert_eq!(words("2: Which room?"), (Some(2), Some("Which room?".to_owned())));
    assert_eq!(words("第 2 項：\n哪一間？"), (Some(2), Some("哪一間？".to_owned())));
    for other in ["10:30 suits me", "Which room: 5?", "Grace: 2", "0: nothing", "2. Which room?"] {
        assert_eq!(words(other), (None, Some(other.to_owned())), "{other}");
    }
}

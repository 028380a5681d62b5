//! Whatever a mail program puts around an answer, only the answer is left.

use proptest::prelude::*;

use crate::mail::incoming::quotes::own_words;

/// Lines that no program's own could be taken for.
fn answers() -> impl Strategy<Value = String> {
    let line = prop_oneof!["[a-z]{1,12}( [a-z0-9,.]{1,12}){0,6}", "[一-龥]{1,20}[。！]?"];
    prop::collection::vec(line, 1..5).prop_map(|lines| lines.join("\n").trim().to_owned())
}

fn quoted(words: &str) -> String {
    words.lines().map(|line| format!("> {line}\n")).collect()
}

/// Each of the ways in which programs quote, by its number.
fn wrapped(style: usize, answer: &str, letter: &str) -> String {
    let marked = quoted(letter);
    match style {
        0 => format!(
            "{answer}\n\nOn Sun, Nov 29, 2026 at 9:00 AM Pilothouse <reply@plans.company.example> wrote:\n\n{marked}"
        ),
        1 => format!(
            "{answer}\n\nOn Sun, Nov 29, 2026 at 9:00 AM Pilothouse\n<reply@plans.company.example> wrote:\n{marked}"
        ),
        2 => format!("{answer}\n\n-----Original Message-----\nFrom: Pilothouse\nSent: Sunday\n\n{letter}"),
        3 => format!(
            "{answer}\n\n________________________________\n寄件者: Pilothouse\n寄件日期: 2026年11月29日\n\n{letter}"
        ),
        4 => format!("{answer}\n\nFrom: Pilothouse\nSent: Sunday, November 29, 2026\nTo: Grace Chen\n\n{letter}"),
        5 => format!("{answer}\n寄件者：Pilothouse\n寄件日期：2026年11月29日\n收件者：陳怡君\n\n{letter}"),
        6 => format!(
            "{answer}\n\nPilothouse <reply@plans.company.example> 於 2026年11月29日 週日 上午9:00寫道：\n\n{marked}"
        ),
        7 => {
            format!("{answer}\n\nPilothouse <reply@plans.company.example>\n於 2026年11月29日 上午9:00 寫道：\n{marked}")
        }
        8 => format!("於 2026/11/29 上午9:00, Pilothouse 寫道:\n{marked}\n{answer}\n"),
        9 => format!("On 11/29/26 09:00, Pilothouse wrote:\n{marked}\n{answer}\n\n-- \nGrace Chen"),
        10 => format!("{answer}\n\nSent from my iPhone\n\n{marked}"),
        11 => format!("{answer}\n\n從我的 iPhone 傳送\n\nMay 於 2026年11月29日 上午9:00 寫道：\n\n{marked}"),
        12 => format!("{answer}\n\n-----原始郵件-----\n寄件者: Pilothouse\n\n{letter}"),
        13 => format!("{answer}\n\nOn Nov 29, 2026, at 9:00 AM, Pilothouse wrote:\n\n{letter}"),
        14 => format!("{answer}\n\n2026-11-29 9:00 GMT+08:00 Pilothouse <reply@plans.company.example>:\n\n{marked}"),
        _ => format!("{answer}\n\n---------- Forwarded message ---------\n{letter}"),
    }
}

proptest! {
    #[test]
    fn an_answer_comes_out_as_it_was_written_whatever_quotes_below_it(answer in answers(), letter in answers(), style in 0_usize..16) {
        prop_assert_eq!(own_words(&wrapped(style, &answer, &letter)), answer);
    }

    #[test]
    fn an_answer_without_a_quotation_stays_whole(answer in answers()) {
        prop_assert_eq!(own_words(&answer), answer);
    }
}

#[test]
fn a_sentence_that_begins_with_on_is_no_introduction() {
    assert_eq!(own_words("On Monday I asked Holly.\nShe wrote a plan."), "On Monday I asked Holly.\nShe wrote a plan.");
}

#[test]
fn a_last_line_is_not_swallowed_with_the_introduction_below_it() {
    let text = "On Monday 30 I asked Holly\nOn 11/29/26 09:00, Pilothouse wrote:\n> x";
    assert_eq!(own_words(text), "On Monday 30 I asked Holly");
}

#[test]
fn an_address_in_the_persons_own_words_stays() {
    let text = "done\n\nAsk May Wu <may@company.example>\n\nSent from my iPhone";
    assert_eq!(own_words(text), "done\n\nAsk May Wu <may@company.example>");
}

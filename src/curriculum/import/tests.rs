use proptest::prelude::*;

use super::*;
use crate::curriculum::{SourceFile, compile};

const CHECKLIST: &str = "\
---
name: Onboarding
about: For new people
---
# New team lead

Welcome! This list takes you through the first month.

<!-- Copy this issue for each new person. -->

## Before day 1
- [ ] HR: prepare the contract
- [ ] Order a laptop (2 hours)

## Week 1
- [ ] Meet your buddy @mentor
- [ ] Read the [handbook](https://handbook.example/start)
  - the part about [pay]
  - holidays
1. Ask three questions

Some words that belong nowhere.

**Day 30**

* Say how it went (15 min)

[pay]: https://handbook.example/pay
";

fn imported(markdown: &str) -> Imported {
    import(markdown, "imported", language_of(markdown)).expect("steps")
}

fn compiles(yaml: &str) {
    let file = SourceFile { path: "imported.yaml".to_owned(), bytes: yaml.as_bytes().to_vec() };
    let program = "program: p\ntitle: {en: P, zh-TW: P}\nsummary: {en: P, zh-TW: P}\ncurricula: [imported]\nends: B400\ncast: [mentor, superior, hr]\n";
    let program = SourceFile { path: "program.yaml".to_owned(), bytes: program.as_bytes().to_vec() };
    if let Err(found) = compile(&[file, program]) {
        panic!("{:?}\n{yaml}", found.iter().map(|one| (one.message.id, one.span)).collect::<Vec<_>>());
    }
}

#[test]
fn a_checklist_becomes_a_curriculum() {
    let imported = imported(CHECKLIST);
    compiles(&imported.yaml);
    insta::assert_snapshot!(imported.yaml);
}

#[test]
fn every_guess_is_listed_with_its_line() {
    let listed: Vec<(Option<u32>, &str)> =
        imported(CHECKLIST).guesses.iter().map(|guess| (guess.line, guess.message.id)).collect();
    let expected = [
        (Some(12), "guess-before"),
        (Some(12), "guess-who"),
        (Some(13), "guess-before"),
        (Some(16), "guess-days"),
        (Some(16), "guess-who"),
        (Some(17), "guess-days"),
        (Some(20), "guess-days"),
        (Some(22), "guess-left-out"),
        (Some(26), "guess-days"),
        (None, "guess-effort"),
        (None, "guess-translate"),
    ];
    assert_eq!(listed, expected);
}

#[test]
fn a_chinese_checklist_keeps_its_words_and_gets_numbers_for_names() {
    let imported = imported(
        "# 新任主管\n\n## 第一週\n- [ ] 與主管面談（主管）\n- [ ] 設定 VPN 帳號與信箱\n\n## 第二個月\n- 回顧目標\n",
    );
    compiles(&imported.yaml);
    for part in
        ["- id: step_1\n", "who: superior\n", "opens: B22\n    due: B42\n", "en: \"回顧目標\"", "copies: translate"]
    {
        assert!(imported.yaml.contains(part), "{part}\n{}", imported.yaml);
    }
}

#[test]
fn weeks_that_are_items_are_headings() {
    let imported = imported("- Week 1\n  - one thing\n- Week 2\n  - another thing\n- a third thing\n");
    compiles(&imported.yaml);
    assert_eq!(imported.steps, 3);
    assert!(imported.yaml.contains("- id: another_thing") && imported.yaml.contains("due: B10"), "{}", imported.yaml);
}

#[test]
fn a_text_without_a_list_gives_a_sentence_and_no_file() {
    assert_eq!(import("# Title\n\nWords.\n", "x", Lang::En).map(|done| done.yaml), Err(Message::new("import-nothing")));
}

#[test]
fn names_to_fill_in_are_taken_apart_and_listed() {
    let imported = imported("# {{company}}\n\n## Week 1\n- Meet {{manager}} and {{team}}\n- Read `a}}`\n");
    compiles(&imported.yaml);
    let listed: Vec<_> = imported.guesses.iter().filter(|guess| guess.message.id == "guess-braces").collect();
    let expected = Message::new("guess-braces").with("written", "{ {manager} }").with("words", "{{manager}}");
    assert_eq!(listed.iter().map(|guess| guess.line).collect::<Vec<_>>(), [Some(4), Some(5), None]);
    assert_eq!(listed.first().map(|guess| &guess.message), Some(&expected));
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        any::<String>(),
        Just("# Week 1\n".to_owned()),
        Just("## 第 30 天\n".to_owned()),
        Just("\n- [ ] ".to_owned()),
        Just("\n  - ".to_owned()),
        Just("\n1. ".to_owned()),
        Just("{{manager.name}}".to_owned()),
        Just("{{{{x}}".to_owned()),
        Just("\t\u{85}\u{2028}\u{feff}\u{202e}".to_owned()),
        Just("| a |\n|---|\n".to_owned()),
        Just("[x](y) [z][z]\n\n[z]: <a b>\n".to_owned()),
        Just(" : # ' \" \\ - & * ! % @ ` \n\n".to_owned()),
        Just("(999999999999 min) day 99999999999".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_is_imported_compiles(pieces in prop::collection::vec(piece(), 0..24)) {
        let markdown = pieces.concat();
        if let Ok(imported) = import(&markdown, "imported", language_of(&markdown)) {
            compiles(&imported.yaml);
        }
    }
}

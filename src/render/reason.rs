//! "Why this date?", in sentences.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::dates;
use super::words::{Reader, SentenceError, Words};
use crate::engine::calendar::{Anchor, Passed, PassedCause, Skipped, Why};
use crate::engine::days::Quarter;
use crate::engine::vocabulary::{Lang, Text};

/// How the date came about, each holiday that pushed it, and whether it may still move; of the
/// holidays, those before `since` stay out.
///
/// The reason itself knows the calendar and the member by their ids alone; who calls gives their
/// names where they are at hand.
pub(super) fn sentences(
    words: &Words,
    reader: Reader,
    why: &Why,
    (calendar, member): (Option<&Value>, Option<&Value>),
    since: Option<NaiveDate>,
) -> Result<String, SentenceError> {
    let lang = reader.lang;
    let calendar = calendar.cloned().unwrap_or_else(|| json!(*why.calendar));
    let somebody = || words.plain(reader, "why-a-member").map(Value::from);
    let title = |title: &Text| words.text(reader, title).map(Value::from);
    let (id, args) = match &why.from {
        Anchor::PlanDay { n, effective } => ("why-plan-day", vec![("n", json!(n)), ("date", long(lang, *effective))]),
        Anchor::Joined { n, on, .. } => {
            let member = member.cloned().map_or_else(somebody, Ok)?;
            ("why-joined", vec![("n", json!(n)), ("date", long(lang, *on)), ("member", member)])
        }
        Anchor::Turn { turn, n, base } => {
            ("why-turn", vec![("turn", json!(turn)), ("n", json!(n)), ("date", long(lang, *base))])
        }
        Anchor::Recurs { turn, nominal, moved } => {
            let id = match (*moved, why.passed.is_empty()) {
                (true, true) => "why-recurs-moved",
                (true, false) => "why-recurs-passed",
                (false, _) => "why-recurs",
            };
            (id, vec![("turn", json!(turn)), ("date", long(lang, *nominal))])
        }
        Anchor::OnWeekday { turn, from, nominal } => {
            ("why-on-weekday", vec![("turn", json!(turn)), ("from", long(lang, *from)), ("date", long(lang, *nominal))])
        }
        Anchor::Before { n, due } => ("why-before", vec![("n", json!(n)), ("date", long(lang, *due))]),
        Anchor::Launched { n, playbook, on } => {
            ("why-launched", vec![("n", json!(n)), ("date", long(lang, *on)), ("playbook", title(playbook)?)])
        }
        Anchor::Closed { n, title: step, on, .. } => {
            ("why-closed", vec![("n", json!(n)), ("date", long(lang, *on)), ("step", title(step)?)])
        }
        Anchor::Answered { n, title: step, on, .. } => {
            let id = if *n < 0 { "why-before-answered" } else { "why-answered" };
            (id, vec![("n", json!(n.unsigned_abs())), ("date", long(lang, *on)), ("step", title(step)?)])
        }
        Anchor::BeforeTurn { n, title: step, due, .. } => {
            ("why-before-turn", vec![("n", json!(n)), ("date", long(lang, *due)), ("step", title(step)?)])
        }
        Anchor::Quarter { quarter, n, day, .. } => {
            let id = match (quarter, *n < 0) {
                (Quarter::Start, false) => "why-quarter-start",
                (Quarter::Start, true) => "why-before-quarter-start",
                (Quarter::End, false) => "why-quarter-end",
                (Quarter::End, true) => "why-before-quarter-end",
            };
            (id, vec![("n", json!(n.unsigned_abs())), ("date", long(lang, *day))])
        }
        Anchor::Chosen { on } => ("why-chosen", vec![("date", long(lang, *on))]),
        Anchor::Stood { on } => ("why-stood", vec![("date", long(lang, *on))]),
        Anchor::Opened { n, on } => ("why-opened", vec![("n", json!(n)), ("date", long(lang, *on))]),
    };
    let args = args.into_iter().chain([("calendar", calendar)]).map(|(name, value)| (name.to_owned(), value));
    let mut said = words.say_with(reader, id, args)?;
    if let Anchor::Quarter { nominal: Some(nominal), .. } = why.from {
        said += &words.say_with(reader, "why-moved-on", [("date".to_owned(), long(lang, nominal))])?;
    }
    said += &passed_over(words, reader, why, since)?;
    said += &words.plain(reader, "why-end")?;
    if why.provisional {
        said += &words.plain(reader, "why-provisional")?;
    }
    Ok(said)
}

/// How far back a mail looks for what pushed a date: what lies further back moved all dates since then;
/// a mail only counts it, and the page of the step names it.
const RECENT: chrono::Days = chrono::Days::new(14);

/// The first day from which a mail names what pushed a date.
pub(super) fn recent(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(RECENT).unwrap_or(date)
}

/// The holidays and stretches that a date passed over; those that are not named are counted, so that who
/// counts again misses none.
fn passed_over(words: &Words, reader: Reader, why: &Why, since: Option<NaiveDate>) -> Result<String, SentenceError> {
    let is_told = |day: NaiveDate| since.is_none_or(|since| since <= day);
    let skipped: Vec<&Skipped> = why.skipped.iter().filter(|one| is_told(one.date)).collect();
    let passed: Vec<&Passed> = why.passed.iter().filter(|one| is_told(one.span.until)).collect();
    let (more_days, more_spans) = (why.skipped.len() - skipped.len(), why.passed.len() - passed.len());
    let mut said = String::new();
    let mut say = |id, named: Option<(&str, String)>, more: usize| -> Result<(), SentenceError> {
        let named = named.map(|(name, words)| (name.to_owned(), words.into()));
        said += &words.say_with(reader, id, named.into_iter().chain([("more".to_owned(), more.into())]))?;
        Ok(())
    };
    match (skipped.is_empty(), more_days) {
        (true, 0) => {}
        (true, more) => say("why-skips-unnamed", None, more)?,
        (false, more) => say("why-skips", Some(("days", days(reader.lang, &skipped))), more)?,
    }
    match (passed.is_empty(), more_spans) {
        (true, 0) => {}
        (true, more) => say("why-passes-unnamed", None, more)?,
        (false, more) => say("why-passes", Some(("spans", spans(words, reader, &passed)?)), more)?,
    }
    if more_days + more_spans > 0 {
        said += &words.plain(reader, "why-names-all")?;
    }
    Ok(said)
}

fn long(lang: Lang, day: NaiveDate) -> Value {
    dates::long(lang, day).into()
}

fn days(lang: Lang, skipped: &[&Skipped]) -> String {
    let (open, close, comma) = match lang {
        Lang::En => (" (", ")", ", "),
        Lang::ZhTw => ("（", "）", "、"),
    };
    let days: Vec<String> = skipped
        .iter()
        .map(|day| format!("{}{open}{}{close}", day.name.in_lang(lang), dates::short(lang, day.date)))
        .collect();
    days.join(comma)
}

/// The stretches that were passed over, each with its days.
fn spans(words: &Words, reader: Reader, passed: &[&Passed]) -> Result<String, SentenceError> {
    let lang = reader.lang;
    let comma = if lang == Lang::En { ", " } else { "、" };
    let one = |passed: &&Passed| {
        let (from, until) = (dates::short(lang, passed.span.from), dates::short(lang, passed.span.until));
        let days = [("from".to_owned(), from.into()), ("until".to_owned(), until.into())];
        let name = match &passed.cause {
            PassedCause::Leave => words.plain(reader, "why-leave")?,
            PassedCause::Pause => words.plain(reader, "why-pause")?,
            PassedCause::Shift => words.plain(reader, "why-shift")?,
            PassedCause::Freeze(name) => name.in_lang(lang).to_owned(),
        };
        words.say_with(reader, "why-span", days.into_iter().chain([("name".to_owned(), name.into())]))
    };
    let said: Result<Vec<String>, SentenceError> = passed.iter().map(one).collect();
    Ok(said?.join(comma))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calendar::Span;
    use crate::engine::vocabulary::{MemberId, StepId};
    use crate::render::embedded;

    fn said(lang: Lang, from: Anchor, skipped: Vec<Skipped>, provisional: bool) -> String {
        let words = Words::parse(embedded::word_files().expect("files")).expect("words");
        let why = Why { from, calendar: "taiwan".into(), skipped: skipped.into(), passed: Vec::new(), provisional };
        let calendar = json!({ "en": "Taiwan", "zh-TW": "台灣" });
        let reader = Reader { lang, zone: chrono_tz::Asia::Taipei };
        sentences(&words, reader, &why, (Some(&calendar), None), None).expect("sentences")
    }

    fn day(text: &str) -> chrono::NaiveDate {
        text.parse().expect("a date")
    }

    fn peace_day() -> Skipped {
        let name = Text { en: "228 Peace Memorial Day".to_owned(), zh_tw: "和平紀念日".to_owned() };
        Skipped { date: day("2026-02-27"), name }
    }

    #[test]
    fn a_plan_day_says_where_the_count_began_and_what_it_skipped() {
        let from = Anchor::PlanDay { n: 10, effective: day("2026-02-16") };
        assert_eq!(
            said(Lang::En, from.clone(), vec![peace_day()], false),
            "Working day 10, counted from 16 February 2026 in the calendar Taiwan; skips 228 Peace Memorial Day (27 Feb)."
        );
        assert_eq!(
            said(Lang::ZhTw, from, vec![peace_day()], true),
            "從 2026年2月16日起，依「台灣」行事曆算的第 10 個工作日；跳過和平紀念日（2月27日）。暫定：這段期間的放假日尚未公布，日期可能再調整。"
        );
    }

    #[test]
    fn a_mail_names_only_what_pushed_a_date_of_late_and_counts_the_rest() {
        let new_year = |on: &str| {
            let name = Text { en: "New Year".to_owned(), zh_tw: "元旦".to_owned() };
            Skipped { date: day(on), name }
        };
        let leave = |from: &str, until: &str| {
            let span = Span { from: day(from), until: day(until) };
            Passed { span, cause: PassedCause::Leave }
        };
        let long_ago = || leave("2026-01-05", "2026-01-09");

        let one = lately(Lang::En, vec![new_year("2026-01-01"), peace_day()], vec![]);
        assert_eq!(
            one,
            "Working day 40, counted from 29 December 2025 in the calendar Taiwan; \
             skips 228 Peace Memorial Day (27 Feb) and one earlier day off; the page in Pilothouse names all of them."
        );
        let unnamed = lately(Lang::En, vec![new_year("2026-01-01"), new_year("2026-01-02")], vec![long_ago()]);
        assert!(unnamed.ends_with(
            "; skips 2 days off; one stretch is not counted in this plan; the page in Pilothouse names all of them."
        ));
        let recent = lately(Lang::En, vec![peace_day()], vec![long_ago(), leave("2026-02-16", "2026-02-20")]);
        assert!(recent.ends_with(
            "; skips 228 Peace Memorial Day (27 Feb); not counted in this plan: leave, 16 Feb to 20 Feb, \
             and one earlier stretch; the page in Pilothouse names all of them."
        ));
        let whole = lately(Lang::En, vec![peace_day()], vec![]);
        assert!(whole.ends_with("; skips 228 Peace Memorial Day (27 Feb)."), "nothing is left out: {whole}");
        assert_eq!(
            lately(Lang::ZhTw, vec![new_year("2026-01-01"), peace_day()], vec![long_ago()]),
            "從 2025年12月29日起，依「台灣」行事曆算的第 40 個工作日；跳過和平紀念日（2月27日）及更早的 1 個放假日；\
             另有 1 段期間這份計畫不計入；完整清單請見 Pilothouse 頁面。"
        );
    }

    /// What a mail says of a date, the 2nd of March.
    fn lately(lang: Lang, skipped: Vec<Skipped>, passed: Vec<Passed>) -> String {
        let words = Words::parse(embedded::word_files().expect("files")).expect("words");
        let from = Anchor::PlanDay { n: 40, effective: day("2025-12-29") };
        let why = Why { from, calendar: "taiwan".into(), skipped: skipped.into(), passed, provisional: false };
        let calendar = json!({ "en": "Taiwan", "zh-TW": "台灣" });
        let reader = Reader { lang, zone: chrono_tz::Asia::Taipei };
        let since = Some(recent(day("2026-03-02")));
        sentences(&words, reader, &why, (Some(&calendar), None), since).expect("sentences")
    }

    #[test]
    fn every_anchor_has_a_sentence_in_both_languages() {
        let member = MemberId(uuid::Uuid::nil());
        let on = day("2026-03-02");
        let first = Anchor::Joined { n: 0, member, on };
        assert_eq!(
            said(Lang::En, first.clone(), Vec::new(), false),
            "The first working day from 2 March 2026, when the member joined, in the calendar Taiwan."
        );
        let joined = Anchor::Joined { n: 5, member, on };
        assert_eq!(
            said(Lang::En, joined.clone(), Vec::new(), false),
            "5 working days after the member joined on 2 March 2026, in the calendar Taiwan."
        );
        said(Lang::ZhTw, first, Vec::new(), false);
        said(Lang::ZhTw, joined, Vec::new(), false);
        assert_eq!(
            said(Lang::En, Anchor::Before { n: 1, due: on }, Vec::new(), false),
            "1 working day before it is due on 2 March 2026, in the calendar Taiwan."
        );
        said(Lang::ZhTw, Anchor::Before { n: 0, due: on }, Vec::new(), false);
        said(Lang::En, Anchor::Turn { turn: 3, n: 20, base: on }, Vec::new(), true);
        said(Lang::ZhTw, Anchor::Turn { turn: 3, n: 20, base: on }, Vec::new(), false);
        said(Lang::En, Anchor::Recurs { turn: 3, nominal: on, moved: true }, Vec::new(), false);
        said(Lang::ZhTw, Anchor::Recurs { turn: 3, nominal: on, moved: true }, Vec::new(), true);
        let weekday = Anchor::OnWeekday { turn: 1, from: on, nominal: day("2026-03-06") };
        said(Lang::En, weekday.clone(), Vec::new(), false);
        said(Lang::ZhTw, weekday, Vec::new(), false);
        let title = || Text { en: "Diagnose".to_owned(), zh_tw: "診斷".to_owned() };
        let step = || StepId("diagnose".to_owned());
        let anchors = |n: i16| {
            [
                Anchor::Launched { n: n.unsigned_abs(), playbook: title(), on },
                Anchor::Closed { n: n.unsigned_abs(), step: step(), title: title(), on },
                Anchor::Answered { n, step: step(), title: title(), on },
                Anchor::BeforeTurn { n: n.unsigned_abs(), step: step(), title: title(), due: on },
                Anchor::Quarter { quarter: Quarter::Start, n, day: on, nominal: None },
                Anchor::Quarter { quarter: Quarter::End, n, day: on, nominal: None },
                Anchor::Quarter { quarter: Quarter::End, n, day: on, nominal: Some(on) },
                Anchor::Stood { on },
                Anchor::Opened { n: n.unsigned_abs(), on },
            ]
        };
        let all = [0, 1, -1, 3, -3].into_iter().flat_map(anchors);
        let said: Vec<String> =
            all.flat_map(|anchor| Lang::ALL.map(|lang| said(lang, anchor.clone(), Vec::new(), false))).collect();
        insta::assert_snapshot!(said.join("\n"));
    }
}

use super::*;

fn of(text: &str) -> Option<(u16, u16)> {
    days(text).map(|found| (found.window.opens, found.window.due))
}

#[test]
fn headings_in_english_name_working_days() {
    assert_eq!(of("Week 1"), Some((1, 5)));
    assert_eq!(of("Weeks 2–4: settle in"), Some((6, 20)));
    assert_eq!(of("Your first week"), Some((1, 5)));
    assert_eq!(of("Second week"), Some((6, 10)));
    assert_eq!(of("Day 1"), Some((1, 1)));
    assert_eq!(of("By day 30"), Some((17, 22)));
    assert_eq!(of("Days 31-60"), Some((23, 43)));
    assert_eq!(of("30-60 days"), Some((23, 43)));
    assert_eq!(of("First 90 days"), Some((1, 65)));
    assert_eq!(of("30/60/90 plan"), Some((1, 65)));
    assert_eq!(of("First month"), Some((1, 21)));
    assert_eq!(of("Month 2"), Some((22, 42)));
    assert_eq!(of("Q2"), Some((64, 126)));
    assert_eq!(of("Working day 5"), Some((5, 5)));
    assert_eq!(of("Before day 1"), Some((1, 1)));
    assert_eq!(of("Before you start"), Some((1, 1)));
    assert_eq!(of("Pre-boarding"), Some((1, 1)));
}

#[test]
fn headings_in_chinese_name_working_days() {
    assert_eq!(of("第一週"), Some((1, 5)));
    assert_eq!(of("第 2-4 週"), Some((6, 20)));
    assert_eq!(of("第１週：認識團隊"), Some((1, 5)));
    assert_eq!(of("第 30 天"), Some((17, 22)));
    assert_eq!(of("前三十天"), Some((1, 22)));
    assert_eq!(of("首月"), Some((1, 21)));
    assert_eq!(of("第二個月"), Some((22, 42)));
    assert_eq!(of("第三季"), Some((127, 189)));
    assert_eq!(of("第 5 個工作天"), Some((5, 5)));
    assert_eq!(of("報到前"), Some((1, 1)));
}

#[test]
fn what_is_before_the_first_day_is_said_to_be() {
    let texts = [
        "2 weeks before start",
        "One week before",
        "The week before: IT",
        "1 week before Day 1",
        "Prior to joining",
        "Week 0",
        "到職日前",
        "報到前一週",
        "到職之前",
        "到職當天前",
        "第一天前",
    ];
    for text in texts {
        let found = days(text).map(|found| (found.window.opens, found.window.due, found.is_before));
        assert_eq!(found, Some((1, 1, true)), "{text}");
    }
}

#[test]
fn after_a_time_comes_the_next_week_or_month() {
    let expected = [
        ("After 3 months", (64, 84)),
        ("After one year", (251, 271)),
        ("After the first week", (6, 10)),
        ("After day 30", (23, 27)),
        ("After your first 90 days", (66, 70)),
        ("Two weeks later", (11, 15)),
        ("After Q1", (64, 84)),
        ("滿三個月", (64, 84)),
        ("到職滿 3 個月", (64, 84)),
        ("半年後", (127, 147)),
        ("一年後", (251, 271)),
        ("兩週之後", (11, 15)),
        ("第三個月後", (64, 84)),
        ("到職後三個月", (64, 84)),
        ("到職滿三個月後", (64, 84)),
    ];
    for (text, window) in expected {
        assert_eq!(of(text), Some(window), "{text}");
    }
}

#[test]
fn within_a_time_is_from_the_first_day_on() {
    let expected = [
        ("Within 3 months", (1, 63)),
        ("Two weeks", (1, 10)),
        ("三個月內", (1, 63)),
        ("3 個月以內", (1, 63)),
        ("到職後一週內", (1, 5)),
        ("前半年", (1, 126)),
        ("前兩週", (1, 10)),
        ("滿三個月前", (1, 63)),
        ("未滿三個月", (1, 63)),
        ("十個工作天內", (1, 10)),
    ];
    for (text, window) in expected {
        assert_eq!(of(text), Some(window), "{text}");
    }
}

#[test]
fn the_first_day_has_many_names() {
    for text in ["到職日", "報到當天", "到職當天", "入職首日", "Day 0", "第 0 天", "First day", "到職日：領取識別證"]
    {
        let found = days(text).map(|found| (found.window.opens, found.window.due, found.is_before));
        assert_eq!(found, Some((1, 1, false)), "{text}");
    }
}

#[test]
fn a_range_may_name_its_unit_twice_and_a_number_may_be_of_something_else() {
    let expected = [
        ("Phase 2: Week 3", (11, 15)),
        ("Phase 2 - Week 3", (11, 15)),
        ("Phase 2 Week 3", (11, 15)),
        ("Part 1: Weeks 2-4", (6, 20)),
        ("Days 0-30", (1, 22)),
        ("第二週～第四週", (6, 20)),
        ("第2週至第4週", (6, 20)),
        ("第二到第四週", (6, 20)),
        ("第二週到四週", (6, 20)),
        ("第一、二週", (1, 10)),
        ("第一個月至第三個月", (1, 63)),
        ("第一階段：第三週", (11, 15)),
    ];
    for (text, window) in expected {
        assert_eq!(of(text), Some(window), "{text}");
    }
}

#[test]
fn other_words_name_no_day() {
    let others = [
        "Tools",
        "Day-to-day work",
        "2026",
        "Someday",
        "Weekly report",
        "Meet 3 people",
        "2 weeks before your review",
        "After lunch",
        "第三方",
        "一般事項",
        "到職日期",
        "上任日程",
        "2026 年內",
        "三月後",
    ];
    assert_eq!(others.map(of), [None; 14]);
}

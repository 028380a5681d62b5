//! Dates and times as each language writes them.

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

use crate::engine::vocabulary::Lang;

/// `Mon 2 Mar 2026` or `2026年3月2日(一)`: for a date that somebody acts on.
pub(super) fn with_weekday(lang: Lang, day: NaiveDate) -> String {
    match lang {
        Lang::En => day.format("%a %-d %b %Y").to_string(),
        Lang::ZhTw => format!("{}({})", long(lang, day), weekday(day)),
    }
}

/// `2 March 2026` or `2026年3月2日`: inside a sentence.
pub(super) fn long(lang: Lang, day: NaiveDate) -> String {
    match lang {
        Lang::En => day.format("%-d %B %Y").to_string(),
        Lang::ZhTw => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
    }
}

/// `27 Feb` or `2月27日`: beside other dates of about the same time.
pub(super) fn short(lang: Lang, day: NaiveDate) -> String {
    match lang {
        Lang::En => day.format("%-d %b").to_string(),
        Lang::ZhTw => format!("{}月{}日", day.month(), day.day()),
    }
}

/// `2 March` or `3月2日`: the Monday of the week of a day, by which the week goes.
pub(super) fn week(lang: Lang, day: NaiveDate) -> String {
    let monday = day.week(Weekday::Mon).checked_first_day().unwrap_or(day);
    match lang {
        Lang::En => monday.format("%-d %B").to_string(),
        Lang::ZhTw => short(lang, monday),
    }
}

/// `Mon 2 Mar 2026, 14:05` or `2026年3月2日(一) 14:05`.
pub(super) fn moment(lang: Lang, zone: Tz, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&zone);
    let (day, hour) = (with_weekday(lang, local.date_naive()), local.format("%H:%M"));
    match lang {
        Lang::En => format!("{day}, {hour}"),
        Lang::ZhTw => format!("{day} {hour}"),
    }
}

fn weekday(day: NaiveDate) -> &'static str {
    ["一", "二", "三", "四", "五", "六", "日"][day.weekday().num_days_from_monday() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_date_says_its_weekday_in_both_languages() {
        assert_eq!(with_weekday(Lang::En, day("2026-03-02")), "Mon 2 Mar 2026"); // a Monday
        assert_eq!(with_weekday(Lang::ZhTw, day("2026-03-02")), "2026年3月2日(一)");
        assert_eq!(with_weekday(Lang::ZhTw, day("2026-03-08")), "2026年3月8日(日)"); // a Sunday
    }

    #[test]
    fn a_week_goes_by_its_monday() {
        assert_eq!(week(Lang::En, day("2026-03-02")), "2 March"); // a Monday
        assert_eq!(week(Lang::ZhTw, day("2026-03-08")), "3月2日"); // a Sunday
    }

    #[test]
    fn a_moment_is_told_in_the_readers_zone_by_the_24_hour_clock() {
        let at = "2026-03-02T16:05:00Z".parse().expect("a moment");
        assert_eq!(moment(Lang::En, chrono_tz::Asia::Taipei, at), "Tue 3 Mar 2026, 00:05");
        assert_eq!(moment(Lang::ZhTw, chrono_tz::Asia::Taipei, at), "2026年3月3日(二) 00:05");
    }
}

//! Times to choose from, and what became of them.

use chrono::{DateTime, Utc};

use super::{address, text};
use crate::app::letters::{Body, Invite, MeetingLetter, MeetingNews, ProposalLetter, SlotLine};
use crate::engine::vocabulary::Text;

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn title() -> Text {
    text(
        "First talk; goals, habits and what your mentor would do again in the first ninety days",
        "第一次導師談話：角色轉換、九十天的目標，以及前三個月最想避免的三個錯誤",
    )
}

/// The first talk of a mentor and a manager, as the manager hears of it.
pub(in crate::mail) fn meeting(is_cancelled: bool) -> MeetingLetter {
    MeetingLetter {
        name: "Grace Chen".to_owned(),
        with: "林志明".to_owned(),
        news: if is_cancelled { MeetingNews::Cancelled } else { MeetingNews::Agreed },
        title: title(),
        at: moment("2030-03-06T06:00:00Z"),
        until: moment("2030-03-06T06:45:00Z"),
        place: "台北總部 3 樓, 會議室「玉山」; 靠窗".to_owned(),
        url: address("/plans/p/steps/first_talk"),
        invite: Invite {
            uid: "0190c2f4".to_owned(),
            sequence: u32::from(is_cancelled) + 1,
            is_cancelled,
            stamp: moment("2030-03-04T01:00:00Z"),
            attendees: vec![
                ("陳怡君 \"Grace\" Chen, 業務部".to_owned(), "grace@example.com".to_owned()),
                ("林志明".to_owned(), "lin@example.com".to_owned()),
            ],
        },
    }
}

pub(in crate::mail) fn moved_meeting() -> MeetingLetter {
    MeetingLetter { news: MeetingNews::Changed, place: String::new(), ..meeting(false) }
}

pub(in crate::mail) fn proposal(times: &[&str], place: &str) -> ProposalLetter {
    let slot = |(number, at): (usize, &&str)| {
        let at = moment(at);
        SlotLine {
            number,
            at,
            until: at + chrono::TimeDelta::minutes(45),
            url: address(&format!("/meet/5ec2e{number}")),
        }
    };
    ProposalLetter {
        name: "Grace Chen".to_owned(),
        with: "林志明".to_owned(),
        title: title(),
        minutes: 45,
        place: place.to_owned(),
        slots: (1..).zip(times).map(slot).collect(),
        url: address("/plans/p/steps/first_talk"),
    }
}

pub(in crate::mail) fn three_times() -> ProposalLetter {
    proposal(&["2030-03-06T06:00:00Z", "2030-03-07T01:30:00Z", "2030-03-08T08:00:00Z"], "台北總部 3 樓")
}

pub(in crate::mail) fn one_time() -> ProposalLetter {
    proposal(&["2030-03-06T06:00:00Z"], "")
}

/// Of each letter, every branch.
pub(super) fn all() -> Vec<Body> {
    let news = [meeting(false), moved_meeting(), meeting(true)].map(Body::Meeting);
    news.into_iter().chain([three_times(), one_time()].map(Body::Proposal)).collect()
}

//! What a day brings: the first one, and every other.

use super::{acts, address, calendar, date, first_day, line, program, short, text, with};
use crate::app::letters::{
    ActLink, Asked, Body, BriefLetter, Escalated, EscalationLetter, MOST, MailLine, OfferLine, Short, StandsIn, Talk,
    WelcomeLetter,
};
use crate::engine::calendar::Skipped;
use crate::engine::message::Message;
use crate::engine::vocabulary::Role;

fn holiday(day: &str) -> Skipped {
    Skipped { date: date(day), name: text("Founders' Day", "創辦日") }
}

pub(in crate::mail) fn welcome() -> WelcomeLetter {
    WelcomeLetter {
        name: "Grace Chen".to_owned(),
        program: program(),
        summary: text(
            "Sixty working days, from your first hour to your first review.",
            "六十個工作日，從第一個小時到第一次回顧。",
        ),
        first_day: first_day(),
        calendar: calendar(),
        superior: "Victor Lin".to_owned(),
        mentor: Some("May Wu".to_owned()),
        hr: "Holly Huang".to_owned(),
        steps: short(vec![
            line("Write down what changes", "寫下有哪些改變", 0),
            line("Announce the interviews", "預告訪談", 1),
        ]),
        others: short(vec![
            numbered(1, of_plan(acts(line("Weekly look back", "每週回顧", 1), &["done", "snooze"]))),
            numbered(2, of_plan(acts(to_review(), &["accept", "return"]))),
        ]),
        today_url: address("/today"),
    }
}

pub(in crate::mail) fn bare_welcome() -> WelcomeLetter {
    WelcomeLetter { mentor: None, steps: short(Vec::new()), others: short(Vec::new()), ..welcome() }
}

fn numbered(number: usize, line: MailLine) -> MailLine {
    MailLine { number: Some(number), ..line }
}

fn of_plan(line: MailLine) -> MailLine {
    MailLine { program: Some(Message::new("plan-name").with("program", program())), ..line }
}

fn to_review() -> MailLine {
    with(line("Map the team", "繪製團隊地圖", 2), |line| {
        line.standing = "review";
        line.days = 0;
        line.manager = "Oscar Yeh".to_owned();
        line.reviewer = Some(Role::Mentor);
        line.effort = 10;
    })
}

fn returned() -> MailLine {
    with(line("Write down what changes", "寫下有哪些改變", 3), |line| line.returned = true)
}

fn overdue() -> Vec<MailLine> {
    let meet = |days| line("Meet each member one to one", "和每位成員一對一訪談", days);
    let first = with(meet(-1), |line| line.member = Some("Amy Tsai".to_owned()));
    let second = with(meet(-12), |line| {
        line.member = Some("Ben <b>Kuo</b>".to_owned());
        (line.days, line.away) = (9, 3);
    });
    // The second has a form, and was put off as often as it can be.
    vec![numbered(1, acts(first, &["snooze"])), numbered(2, second)]
}

fn due() -> Vec<MailLine> {
    let look_back = with(line("Weekly look back", "每週回顧", 1), |line| {
        line.turn = Some(3);
        line.due.why.skipped = [holiday("2030-03-04"), holiday("2030-01-01")].into();
        line.due.why.provisional = true;
    });
    let goals = with(line("Agree on the goals", "確認目標", 4), |line| {
        line.who = Role::Superior;
        line.manager = "Oscar Yeh".to_owned();
        line.effort = 0;
    });
    vec![
        numbered(4, acts(line("Announce the interviews", "預告訪談", 0), &["done", "snooze"])),
        numbered(5, acts(look_back, &["snooze"])),
        // It stands for several, so that no answer names it.
        MailLine { parts: Some(2), ..line("The week’s notes", "這一週的紀錄", 4) },
        numbered(6, of_plan(acts(goals, &["snooze"]))),
    ]
}

fn late(owes: &str, role: Role, late: u16, told: &[Role], line: MailLine) -> Escalated {
    Escalated {
        manager: "Oscar Yeh".to_owned(),
        owes: owes.to_owned(),
        role,
        is_review: role != Role::Manager,
        late,
        told: told.to_vec(),
        line: with(line, |line| line.manager = "Oscar Yeh".to_owned()),
    }
}

fn late_step() -> Escalated {
    late("Oscar Yeh", Role::Manager, 6, &[Role::Mentor, Role::Superior], line("Find a rhythm", "找到節奏", -8))
}

pub(in crate::mail) fn late_review() -> Escalated {
    let standing = with(to_review(), |line| line.days = 3);
    late("Kevin Lin", Role::Mentor, 1, &[], standing)
}

/// A morning with nothing but what is late with others.
pub(in crate::mail) fn escalation(escalated: Vec<Escalated>) -> EscalationLetter {
    EscalationLetter {
        name: "Holly Huang".to_owned(),
        day: date("2030-03-04"), // a Monday
        to_review: short(Vec::new()),
        escalated: short(escalated),
        today_url: address("/"),
    }
}

/// Its reader wants no reminders: what waits for their answer, with what is late or without.
pub(in crate::mail) fn queue(escalated: Vec<Escalated>) -> EscalationLetter {
    EscalationLetter { to_review: brief().to_review, ..escalation(escalated) }
}

/// Everything that a brief can hold.
pub(in crate::mail) fn brief() -> BriefLetter {
    BriefLetter {
        name: "Grace Chen".to_owned(),
        day: date("2030-03-04"), // a Monday
        overdue: short(overdue()),
        besides: 3,
        returned: short(vec![numbered(3, returned())]),
        due: short(due()),
        to_review: short(vec![numbered(7, acts(to_review(), &["accept", "return"]))]),
        escalated: short(vec![late_step(), late_review()]),
        talks: short(vec![Talk {
            by: "Victor Lin".to_owned(),
            plan_day: Some(30),
            step: None,
            url: address("/plans/0a1b"),
        }]),
        asked_by: short(vec![Asked {
            manager: "Nina Kao".to_owned(),
            program: program(),
            answer_url: address("/mentor-answer/0a1b"),
        }]),
        stands_in: vec![StandsIn {
            mentor: "Kevin Lin".to_owned(),
            manager: "Oscar Yeh".to_owned(),
            until: date("2026-03-10"),
            program: None,
        }],
        offered: short(vec![OfferLine {
            manager: "Oscar Yeh".to_owned(),
            playbook: text("When the team falls short", "團隊業績不佳時"),
            url: address("/plans/0a1b"),
        }]),
        today_url: address("/"),
        settings_url: address("/settings"),
        count: 12,
    }
}

fn empty_brief() -> BriefLetter {
    BriefLetter {
        overdue: short(Vec::new()),
        besides: 0,
        returned: short(Vec::new()),
        due: short(Vec::new()),
        to_review: short(Vec::new()),
        escalated: short(Vec::new()),
        talks: short(Vec::new()),
        asked_by: short(Vec::new()),
        offered: short(Vec::new()),
        stands_in: Vec::new(),
        count: 1,
        ..brief()
    }
}

/// Briefs that hold one thing of one kind each.
pub(in crate::mail) fn small_briefs() -> Vec<BriefLetter> {
    let all = brief();
    vec![
        BriefLetter { overdue: short(all.overdue.shown[..1].to_vec()), ..empty_brief() },
        BriefLetter { returned: all.returned, ..empty_brief() },
        BriefLetter { due: short(all.due.shown[..1].to_vec()), ..empty_brief() },
        BriefLetter { to_review: all.to_review, ..empty_brief() },
        BriefLetter { asked_by: all.asked_by, ..empty_brief() },
        BriefLetter { offered: all.offered.clone(), ..empty_brief() },
        BriefLetter { escalated: all.escalated, talks: all.talks.clone(), count: 3, ..empty_brief() },
        BriefLetter { talks: all.talks, offered: all.offered, count: 2, ..empty_brief() },
    ]
}

/// How many of a list there are at their worst.
const FAR_TOO_MANY: usize = 63;

fn many<T>(to: impl FnMut(usize) -> T) -> Vec<T> {
    (1..=FAR_TOO_MANY).map(to).collect()
}

/// With everything on it that a line can have, and links as long as they are.
fn long_line(n: usize, days: i64, acts: &[&'static str]) -> MailLine {
    let line = line(
        "First talk; goals, habits and what your mentor would do again in the first ninety days",
        "第一次導師談話：角色轉換、九十天的目標，以及前三個月最想避免的三個錯誤",
        days,
    );
    let line = with(line, |line| line.member = Some(format!("Amy Tsai {n}")));
    let url = address(&format!("/plans/0190c2f4-0000-7000-8000-000000000000/steps/first_talk.{n}"));
    let press = |act: &&'static str| ActLink { act, url: address(&format!("/act/{n:060x}-{act}")) };
    numbered(n, of_plan(MailLine { url, acts: acts.iter().map(press).collect(), ..line }))
}

/// A manager comes back, and everything is late.
pub(in crate::mail) fn brief_after_a_long_leave() -> BriefLetter {
    let member = |n: usize| {
        let meet = line("Meet each member one to one", "和每位成員一對一訪談", -1);
        numbered(n, with(meet, |line| line.member = Some(format!("Amy Tsai {n}"))))
    };
    BriefLetter { overdue: short(many(member)), count: FAR_TOO_MANY, ..empty_brief() }
}

/// As long as a brief can get.
pub(in crate::mail) fn full_brief(most: usize) -> BriefLetter {
    fn cut<T>(list: Vec<T>, most: usize) -> Short<T> {
        Short::new(list, most, address("/"))
    }
    let lines = |at: usize, days: i64, acts: &[&'static str]| cut(many(|n| long_line(at + n, days, acts)), most);
    let asked = |n| Asked {
        manager: format!("Nina Kao {n}"),
        program: program(),
        answer_url: address(&format!("/mentor-answer/{n:064x}")),
    };
    let offer = |n| OfferLine {
        manager: format!("Oscar Yeh {n}"),
        playbook: text("When the team falls short", "團隊業績不佳時"),
        url: address("/plans/0190c2f4-0000-7000-8000-000000000000"),
    };
    let talk = |n| Talk {
        by: format!("Victor Lin {n}"),
        plan_day: None,
        step: Some(text("Weekly brief", "週報")),
        url: address("/plans/0a1b"),
    };
    let told = [Role::Mentor, Role::Superior];
    let late_with_others = |n| late("Oscar Yeh", Role::Manager, 6, &told, long_line(1000 + n, -8, &[]));
    BriefLetter {
        overdue: lines(100, -9, &["done", "snooze"]),
        returned: lines(200, 3, &["done"]),
        due: lines(300, 1, &["done", "snooze"]),
        to_review: lines(400, 2, &["accept", "return"]),
        escalated: cut(many(late_with_others), most),
        asked_by: cut(many(asked), most),
        talks: cut(many(talk), most),
        offered: cut(many(offer), most),
        count: 8 * FAR_TOO_MANY,
        ..brief()
    }
}

/// Of each letter, every branch.
pub(super) fn all() -> Vec<Body> {
    let mut all = vec![Body::Welcome(welcome()), Body::Welcome(bare_welcome()), Body::Brief(brief())];
    all.extend([brief_after_a_long_leave(), full_brief(MOST)].map(Body::Brief));
    all.push(Body::Escalation(EscalationLetter { to_review: full_brief(MOST).to_review, ..escalation(Vec::new()) }));
    all.extend(small_briefs().into_iter().map(Body::Brief));
    all.extend([vec![late_step(), late_review()], vec![late_review()]].map(|late| Body::Escalation(escalation(late))));
    all.extend([vec![late_step(), late_review()], Vec::new()].map(|late| Body::Escalation(queue(late))));
    all
}

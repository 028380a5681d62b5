use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::acts::{Act, Changes, Numbered, acts, changes, names_of};
use super::telling::{Named, StepName, counted};
use super::undoing::Back;
use crate::engine::calendar::{Anchor, Dated, Why};
use crate::engine::deed::Deed;
use crate::engine::fact::{Fact, PAYLOAD_VERSION, What};
use crate::engine::message::Message;
use crate::engine::vocabulary::{Lang, MemberId, PersonId, PlanId, StepKey, Text};
use crate::render::shared;

const GRACE: &str = "01a00000-0000-7000-8000-000000000001";
const DIANE: &str = "01a00000-0000-7000-8000-000000000002";
const MEMBER: &str = "01a00000-0000-7000-8000-000000000003";
const STEP: &str = "announce";

fn words() -> Value {
    json!({ "id": "01a00000-0000-7000-8000-000000000009", "digest": "00".repeat(32) })
}

fn dated(day: &str) -> Value {
    let date = day.parse().expect("a date");
    let from = Anchor::PlanDay { n: 1, effective: date };
    let why = Why { from, calendar: "taiwan".into(), skipped: [].into(), passed: Vec::new(), provisional: false };
    serde_json::to_value(Dated { date, why }).expect("JSON")
}

fn what(json: Value) -> What {
    serde_json::from_value(json).expect("a fact")
}

fn deed(mut deed: Value, is: &str) -> What {
    deed["is"] = json!(is);
    what(json!({ "is": "deed", "deed": deed, "covers": 0 }))
}

fn closed(reason: &str) -> What {
    what(json!({ "is": "closed", "step": STEP, "reason": reason }))
}

fn step(is: &str) -> What {
    what(json!({ "is": is, "step": STEP, "evidence": words(), "line": words(), "comment": words() }))
}

fn whole_day(is: &str) -> What {
    what(json!({ "is": is, "step": STEP, "opens": dated("2026-03-02"), "due": dated("2026-03-06") }))
}

fn of_member(is: &str) -> What {
    what(json!({ "is": is, "member": MEMBER, "on": "2026-03-02" }))
}

fn of_mentor(is: &str) -> What {
    what(json!({ "is": is, "mentor": DIANE, "line": null }))
}

fn undone() -> What {
    let restored =
        json!({ "release": "r", "calendar": "taiwan", "arranged": {}, "members": [], "steps": [[STEP, null]] });
    what(json!({ "is": "undone", "deed": 7, "restored": restored }))
}

/// Every kind leads to the next: a new one has no arm here until it is told about.
fn next(before: Option<&What>) -> Option<What> {
    Some(match before {
        None => what(json!({ "is": "started", "release": "r", "calendar": "taiwan", "effective": "2026-03-02",
            "manager": GRACE, "superior": DIANE, "hr": DIANE })),
        Some(What::Started { .. }) => whole_day("planned"),
        Some(What::Planned { .. }) => step("handed_in"),
        Some(What::HandedIn { .. }) => step("done"),
        Some(What::Done { .. }) => step("accepted"),
        Some(What::Accepted { .. }) => step("returned"),
        Some(What::Returned { .. }) => step("taken_back"),
        Some(What::TakenBack { withdrawn: None, .. }) => {
            what(json!({ "is": "taken_back", "step": STEP, "withdrawn": "announce.2" }))
        }
        Some(What::TakenBack { .. }) => step("reconsidered"),
        Some(What::Reconsidered { withdrawn: None, .. }) => {
            what(json!({ "is": "reconsidered", "step": STEP, "withdrawn": "announce.2" }))
        }
        Some(What::Reconsidered { .. }) => step("commented"),
        Some(What::Commented { .. }) => step("lapsed"),
        Some(What::Lapsed { .. }) => closed("member_left"),
        Some(What::Closed { reason, .. }) => match crate::app::pages::change::closed_state(*reason) {
            "closed" => closed("not_taken"),
            "not-taken" => closed("ended"),
            "ended" => closed("waived"),
            "waived" => closed("skipped"),
            "skipped" => closed("plan_ended"),
            _ => whole_day("moved"),
        },
        Some(What::Moved { .. }) => what(json!({ "is": "renamed", "step": "tell", "to": STEP })),
        Some(What::Renamed { .. }) => undone(),
        Some(What::Undone { .. }) => of_mentor("mentor_asked"),
        Some(What::MentorAsked { .. }) => of_mentor("mentor_accepted"),
        Some(What::MentorAccepted { .. }) => of_mentor("mentor_declined"),
        Some(What::MentorDeclined { .. }) => what(json!({ "is": "recast", "superior": GRACE, "hr": DIANE })),
        Some(What::Recast { .. }) => what(json!({ "is": "launched", "playbook": "short_team~2", "on": "2026-03-02" })),
        Some(What::Launched { .. }) => what(json!({ "is": "withdrawn", "step": STEP })),
        Some(What::Withdrawn { .. }) => of_member("joined"),
        Some(What::Joined { .. }) => of_member("left"),
        Some(What::Left { .. }) => what(json!({ "is": "deputy_left" })),
        Some(What::DeputyLeft) => deed(json!({ "step": STEP }), "moved"),
        Some(What::Deed { deed, .. }) => return next_deed(deed),
    })
}

fn next_deed(before: &Deed) -> Option<What> {
    let days = || json!({ "from": "2026-03-02", "until": "2026-03-06", "days": 5, "who": DIANE });
    let why = json!({ "step": STEP, "curriculum": "short_team", "reason": words() });
    let own = json!({ "who": "manager", "review": null, "effort": 30, "words": words() });
    Some(match before {
        Deed::Moved { .. } => deed(days(), "shifted"),
        Deed::Shifted { .. } => deed(json!({ "step": STEP, "own": own }), "added"),
        Deed::Added { .. } => deed(why, "waived"),
        Deed::Waived { .. } => deed(why, "skipped"),
        Deed::Skipped { .. } => deed(days(), "leave"),
        Deed::Leave { .. } => deed(days(), "paused"),
        Deed::Paused { .. } => deed(json!({ "from": "2026-03-02", "until": null }), "resumed"),
        Deed::Resumed { until: None, .. } => deed(days(), "resumed"),
        Deed::Resumed { .. } => deed(days(), "deputy_named"),
        Deed::DeputyNamed { .. } => deed(json!({ "calendar": "taiwan" }), "redated"),
        Deed::Redated { .. } => deed(json!({ "to": "ab12cd34ef56", "taken": {} }), "upgraded"),
        Deed::Upgraded { .. } => deed(json!({ "step": STEP }), "offer_taken"),
        Deed::OfferTaken { .. } => deed(json!({ "step": STEP }), "offer_declined"),
        Deed::OfferDeclined { .. } => deed(json!({ "member": MEMBER }), "member_left"),
        Deed::MemberLeft { .. } => deed(json!({ "member": MEMBER }), "member_back"),
        Deed::MemberBack { .. } => deed(json!({ "member": MEMBER, "joined": "2026-03-02" }), "member_corrected"),
        Deed::MemberCorrected { .. } => deed(json!({ "how": "graduated", "reason": null }), "ended"),
        Deed::Ended { how, .. } => match how.as_str() {
            "graduated" => deed(json!({ "how": "early", "reason": null }), "ended"),
            "early" => deed(json!({ "how": "cancelled", "reason": null }), "ended"),
            _ => return None,
        },
    })
}

fn every_kind() -> Vec<What> {
    std::iter::successors(next(None), |before| next(Some(before))).collect()
}

fn numbered(seq: u64, by: Option<&str>, at: &str, what: What) -> Numbered {
    let by = by.map(|by| by.parse().expect("a person"));
    (seq, Fact { v: PAYLOAD_VERSION, at: at.parse().expect("a moment"), by, what })
}

fn named() -> Named {
    let person = |id: &str, name: &str| (id.parse::<PersonId>().expect("an id"), name.to_owned());
    let text = |en: &str, zh_tw: &str| Text { en: en.to_owned(), zh_tw: zh_tw.to_owned() };
    let title = StepName { title: text("Announce the interviews", "預告訪談"), member: None, turn: None };
    Named {
        steps: [(STEP.parse().expect("a step"), title)].into(),
        people: [person(GRACE, "Grace Chen"), person(DIANE, "Diane Wu")].into(),
        members: [(MEMBER.parse::<MemberId>().expect("an id"), "Member One".to_owned())].into(),
        curricula: [("short_team".to_owned(), text("When the team falls short", "團隊人手不足"))].into(),
        calendars: [("taiwan".to_owned(), text("Taiwan", "台灣"))].into(),
        discreet: Vec::new(),
        changes: Changes::default(),
    }
}

/// What facts say in both languages, a line each.
fn said(messages: &[Message]) -> String {
    let renderer = shared();
    let in_lang = |lang| messages.iter().map(|message| renderer.sentence(lang, message)).collect::<Vec<_>>().join("\n");
    let both = Lang::ALL.map(in_lang);
    both.join("\n\n")
}

#[test]
fn every_kind_of_fact_and_deed_reads_as_a_sentence_in_both_languages() {
    let named = named();
    let told = every_kind().into_iter().map(|what| {
        let fact = numbered(9, Some(GRACE), "2026-03-02T02:00:00Z", what);
        named.told(&Act { first: &fact, rest: Vec::new() })
    });
    insta::assert_snapshot!(said(&told.collect::<Vec<_>>()));
}

#[test]
fn whom_the_viewer_may_not_know_stays_unnamed() {
    let named = Named { members: Default::default(), discreet: vec![9], ..named() };
    let is_nameless = |what: &What| {
        matches!(
            what,
            What::MentorAsked { .. }
                | What::MentorDeclined { .. }
                | What::Joined { .. }
                | What::Left { .. }
                | What::Deed { deed: Deed::MemberLeft { .. } | Deed::MemberBack { .. }, .. }
                | What::Deed { deed: Deed::MemberCorrected { .. }, .. }
        )
    };
    let facts = every_kind().into_iter().filter(is_nameless);
    let facts: Vec<Numbered> = facts.map(|what| numbered(9, Some(DIANE), "2026-03-02T02:00:00Z", what)).collect();
    let told: Vec<Message> = facts.iter().map(|fact| named.told(&Act { first: fact, rest: Vec::new() })).collect();
    let words = said(&told);
    assert!(!words.contains("Diane") && !words.contains("Member One"), "{words}");
    let declined = facts.iter().find(|(_, fact)| matches!(fact.what, What::MentorDeclined { .. })).expect("a fact");
    assert_eq!(named.by(declined), None);
    insta::assert_snapshot!(words);
}

#[test]
fn what_belongs_to_an_act_is_counted_by_kind_in_both_languages() {
    let once: Vec<Numbered> =
        every_kind().into_iter().map(|what| numbered(9, None, "2026-03-02T02:00:00Z", what)).collect();
    let back = [Back::AsBefore, Back::Gone, Back::Stays].map(|back| (STEP.parse().expect("a step"), back));
    let changes = Changes { back: [(9, back.to_vec())].into(), ..Changes::default() };
    let mut counts = counted(once.iter(), &changes);
    counts.extend(counted(once.iter().chain(&once), &changes));
    insta::assert_snapshot!(said(&counts));
}

#[test]
fn a_deed_holds_what_it_covers_and_an_act_what_followed_from_it() {
    let mut shifted = deed(json!({ "from": "2026-03-02", "until": "2026-03-06", "days": 5 }), "shifted");
    if let What::Deed { covers, .. } = &mut shifted {
        *covers = 2;
    }
    let (nine, ten) = ("2026-03-02T01:00:00Z", "2026-03-02T02:00:00Z");
    let facts = [
        numbered(1, Some(GRACE), nine, step("done")),
        numbered(2, Some(GRACE), nine, whole_day("planned")),
        numbered(3, Some(DIANE), nine, shifted),
        numbered(4, Some(DIANE), nine, whole_day("moved")),
        numbered(5, Some(DIANE), nine, step("commented")),
        numbered(6, Some(DIANE), nine, step("commented")),
        numbered(7, None, ten, step("lapsed")),
        numbered(8, None, ten, whole_day("planned")),
    ];
    let grouped: Vec<Vec<u64>> =
        acts(&facts, &Changes::default()).iter().map(|act| act.facts().map(|(n, _)| *n).collect()).collect();
    assert_eq!(grouped, [vec![1, 2], vec![3, 4, 5], vec![6], vec![7, 8]]);
    let headless: Vec<bool> = acts(&facts, &Changes::default()).iter().map(Act::is_headless).collect();
    assert_eq!(headless, [false, false, false, true]);
}

#[test]
fn a_step_is_followed_through_its_names_and_out_of_acts_about_others() {
    let renamed = what(json!({ "is": "renamed", "step": "tell", "to": STEP }));
    let other =
        what(json!({ "is": "planned", "step": "other", "opens": dated("2026-03-02"), "due": dated("2026-03-02") }));
    let facts = [
        numbered(1, None, "2026-03-02T01:00:00Z", other),
        numbered(2, None, "2026-03-02T01:00:00Z", what(json!({ "is": "lapsed", "step": "tell" }))),
        numbered(3, Some(GRACE), "2026-03-03T01:00:00Z", renamed),
        numbered(4, Some(GRACE), "2026-03-04T01:00:00Z", step("done")),
    ];
    let keys = names_of(&STEP.parse::<StepKey>().expect("a step"), &facts);
    assert_eq!(
        keys.iter().map(ToString::to_string).collect::<BTreeSet<_>>(),
        ["announce", "tell"].map(String::from).into()
    );
    let about: Vec<Vec<u64>> = acts(&facts, &Changes::default())
        .into_iter()
        .filter_map(|act| act.about(&keys))
        .map(|act| act.facts().map(|(n, _)| *n).collect())
        .collect();
    assert_eq!(about, [vec![2], vec![3], vec![4]]);
}

#[test]
fn a_day_whose_reason_alone_changed_is_neither_told_nor_counted() {
    let moved =
        |opens: &str, due: &str| what(json!({ "is": "moved", "step": STEP, "opens": dated(opens), "due": dated(due) }));
    let mut redated = deed(json!({ "calendar": "taiwan" }), "redated");
    if let What::Deed { covers, .. } = &mut redated {
        *covers = 3;
    }
    let at = "2026-03-02T01:00:00Z";
    let facts = [
        numbered(1, Some(GRACE), at, whole_day("planned")),
        numbered(2, Some(GRACE), "2026-03-02T02:00:00Z", redated),
        numbered(3, Some(GRACE), "2026-03-02T02:00:00Z", moved("2026-03-02", "2026-03-06")),
        numbered(4, Some(GRACE), "2026-03-02T02:00:00Z", moved("2026-03-03", "2026-03-06")),
        numbered(5, Some(GRACE), "2026-03-02T02:00:00Z", moved("2026-03-03", "2026-03-09")),
        numbered(6, Some(GRACE), "2026-03-02T03:00:00Z", step("commented")),
    ];
    let changes = changes(PlanId(uuid::Uuid::from_u128(1)), &facts);
    let acts = acts(&facts, &changes);
    let grouped: Vec<Vec<u64>> = acts.iter().map(|act| act.facts().map(|(n, _)| *n).collect()).collect();
    assert_eq!(grouped, [vec![1], vec![2, 4, 5], vec![6]]);
    let named = Named { changes, ..named() };
    let told: Vec<Message> = acts[1].rest.iter().map(|numbered| named.fact(numbered)).collect();
    assert_eq!(
        said(&told).lines().take(2).collect::<Vec<_>>(),
        [
            "“Announce the interviews” now opens on Tue 3 Mar 2026",
            "“Announce the interviews” is now due on Mon 9 Mar 2026"
        ]
    );
}

#[test]
fn who_stands_in_instead_of_somebody_else_is_told_with_them() {
    let stands_in =
        |who: &str, from: &str| deed(json!({ "who": who, "from": from, "until": "2026-03-06" }), "deputy_named");
    let facts = [
        numbered(1, Some(DIANE), "2026-03-02T01:00:00Z", stands_in(GRACE, "2026-03-04")),
        numbered(2, Some(DIANE), "2026-03-02T02:00:00Z", stands_in(DIANE, "2026-03-05")),
    ];
    let named = Named { changes: changes(PlanId(uuid::Uuid::from_u128(1)), &facts), ..named() };
    let told: Vec<Message> = acts(&facts, &named.changes).iter().map(|act| named.told(act)).collect();
    insta::assert_snapshot!(said(&told));
}

//! What HR reads of a week in which something went wrong, and what is told at milestones of a plan.

use pilothouse::mail::reading::ReadMail;
use pilothouse::store::bounced::{self, Bounced};

use crate::harness::{Someone, utc};
use crate::short::story;

/// A week after the last step was due, of a plan that its manager left after one hand-in.
const LATER: &str = "2026-03-16T01:30:00Z"; // a Monday, 9:30 in Taipei

fn to<'a>(mails: &'a [ReadMail], who: &Someone, subject: &str) -> Option<&'a ReadMail> {
    mails.iter().find(|mail| mail.to[0].address == who.email && mail.subject.contains(subject))
}

#[actix_web::test]
async fn the_digest_says_who_is_at_risk_and_why_who_waits_for_a_mentor_and_what_mail_did_not_arrive() {
    let story = story().await;
    let mut manager = story.app.signed_in(&story.manager).await;
    story.hand_in(&mut manager, "write_down", &[("what", "They want to be asked.")]).await;
    let address = Bounced {
        email: story.superior.email.clone(),
        at: utc("2026-03-10T01:00:00Z"), // a Tuesday
        status: "5.1.1".to_owned(),
        said: "550 5.1.1 unknown".to_owned(),
    };
    story.app.pool.in_transaction(async |tx| bounced::put(tx, &address).await).await.expect("a bounce");
    let failed = "state = 'failed', settled_at = '2026-03-10T01:00:00Z', last_error = '550 no'";
    story.app.sql(&format!("UPDATE outbox SET {failed} WHERE kind = 'welcome'")).await;

    let mails = story.mails(LATER).await;

    let digest = to(&mails, &story.hr, "Week to").expect("a digest");
    for words in [
        "- At risk: Grace Chen\r\n  4 steps are overdue, the oldest for 8 working days.",
        "Work has waited for 10 working days for an answer from the mentor.",
        "Nothing was done for 10 working days.",
        "- Kevin Lin owes 1 answer and has 1 step overdue, since 2 March 2026.",
        "- Mail to Diane Wu has come back since Tue 10 Mar 2026. There is no such mailbox.",
        &format!("{}/people/{}", story.app.base_url, story.superior.id),
        "- 1 letter could not be delivered and was given up: Welcome (1)",
        &format!("{}/outbox?state=failed", story.app.base_url),
    ] {
        assert!(digest.text.contains(words), "{words}: {}", digest.text);
    }
    assert!(!digest.text.contains("They want to be asked."), "no words of anybody's");
    let sheet = digest.attachments.first().expect("a sheet");
    assert_eq!(sheet.name, "week-2026-03-09.csv");
}

#[actix_web::test]
async fn what_went_wrong_with_mail_is_told_in_the_digest_of_its_week_alone() {
    let story = story().await;
    let failed = "state = 'failed', settled_at = '2026-03-06T01:00:00Z', last_error = '550 no'";
    story.app.sql(&format!("UPDATE outbox SET {failed} WHERE kind = 'welcome'")).await;

    let of_the_week = story.mails("2026-03-09T01:30:00Z").await;
    let of_the_next = story.mails(LATER).await;

    let says = |mails| to(mails, &story.hr, "Week to").expect("a digest").text.contains("was given up");
    assert_eq!([&of_the_week, &of_the_next].map(|mails| says(mails)), [true, false]);
}

#[actix_web::test]
async fn the_digest_names_whom_the_pages_alone_reach() {
    let story = story().await;
    for (who, topic) in [(&story.mentor, "queue"), (&story.colleague, "reminders")] {
        let row = format!("('{}', '{topic}', now(), 'page')", who.id);
        story.app.sql(&format!("INSERT INTO stopped (person_id, topic, at, by) VALUES {row}")).await;
    }

    let mails = story.mails("2026-03-09T01:30:00Z").await;

    let digest = &to(&mails, &story.hr, "Week to").expect("a digest").text;
    let says = "- Kevin Lin gets no mail about: answers that others wait for, and what is late with them\r\n";
    assert!(digest.contains(says) && digest.contains(&format!("/people/{}\r\n", story.mentor.id)), "{digest}");
    assert!(!digest.contains("Priya Raman"), "who has no part in a plan misses nothing: {digest}");
}

#[actix_web::test]
async fn a_letter_that_fails_on_the_morning_of_a_digest_is_told_once() {
    for (at, told) in [
        ("2026-03-09T00:59:59Z", [true, false]), // a second before nine in Taipei, when the digest comes due
        ("2026-03-09T01:00:00Z", [false, true]),
        ("2026-03-09T01:10:00Z", [false, true]), // after that, though before it is written
    ] {
        let story = story().await;
        let failed = format!("state = 'failed', settled_at = '{at}', last_error = '550 no'");
        story.app.sql(&format!("UPDATE outbox SET {failed} WHERE kind = 'welcome'")).await;

        let of_the_week = story.mails("2026-03-09T01:30:00Z").await;
        let of_the_next = story.mails(LATER).await;

        let says = |mails| to(mails, &story.hr, "Week to").expect("a digest").text.contains("was given up");
        assert_eq!([&of_the_week, &of_the_next].map(|mails| says(mails)), told, "{at}");
    }
}

#[actix_web::test]
async fn the_superior_gets_a_report_on_the_day_of_a_checkpoint_with_two_answers_to_choose_from() {
    let story = story().await;
    let mut manager = story.app.signed_in(&story.manager).await;
    story.hand_in(&mut manager, "listen", &[]).await;
    let title = "Report: Grace Chen after 5 working days";
    assert!(to(&story.mails("2026-03-05T02:00:00Z").await, &story.superior, title).is_none());

    let mails = story.mails("2026-03-06T02:00:00Z").await; // a Friday

    let report = to(&mails, &story.superior, title).expect("a report");
    for words in
        ["Mentor: Kevin Lin", "1 of them was done since 2 March 2026.", "Nothing is overdue.", "- Write it down"]
    {
        assert!(report.text.contains(words), "{words}: {}", report.text);
    }
    assert_eq!(report.text.matches("/act/").count(), 2, "{}", report.text);
    assert!(to(&story.mails("2026-03-09T02:00:00Z").await, &story.superior, title).is_none(), "once");
}

#[actix_web::test]
async fn who_has_done_everything_gets_a_farewell() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    story.hand_in(&mut manager, "listen", &[]).await;
    for module in ["basics", "extra"] {
        story.arranged(&mut hr, &[("what", "skip"), ("skip_module", module), ("skip_reason", "Known.")]).await;
    }
    story.arranged(&mut hr, &[("what", "end"), ("end_how", "graduated")]).await;

    let mails = story.mails("2026-03-02T02:00:00Z").await;

    let farewell = to(&mails, &story.manager, "You have completed “Short”").expect("a farewell");
    assert!(farewell.text.contains("Mon 2 Mar 2026. Congratulations!"), "{}", farewell.text);
    assert!(farewell.text.contains("Your mentor: Kevin Lin"), "{}", farewell.text);
}

//! The mail as HR sees it: what leaves, what does not and why, and what HR can do about it.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use pilothouse::app::outbox as acts;
use pilothouse::store::bounced::{self, Bounced};
use pilothouse::store::incoming::{self, Came, Kind, Outcome};
use reqwest::StatusCode;

use crate::access::{Company, company};
use crate::harness::{TestApp, utc};
use crate::relay::number;

async fn count(app: &TestApp, condition: &str) -> i64 {
    let mut conn = app.pool.get().await.expect("a connection");
    number(&mut conn, &format!("SELECT count(*) FROM outbox WHERE {condition}")).await
}

/// Makes the manager's welcome stand as a story needs it; its id stands on the page.
async fn welcome(company: &Company, columns: &str) {
    let who = company.manager.id;
    let change = format!("UPDATE outbox SET {columns} WHERE kind = 'welcome' AND person_id = '{who}'");
    company.app.sql(&change).await;
}

fn action(html: &str, end: &str) -> String {
    let found = html.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
    found.filter(|action| action.ends_with(end)).map(str::to_owned).next().unwrap_or_else(|| panic!("no form {end}"))
}

#[actix_web::test]
async fn hr_sees_each_letter_with_its_state_and_the_reason_in_words_in_both_languages() {
    let company = company().await;
    let mut hr = company.app.signed_in(&company.hr).await;
    welcome(&company, "state = 'failed', attempts = 12, last_error = '550 5.7.1 <blocked>'").await;
    company.app.sql("UPDATE outbox SET state = 'unneeded', why = 'brief_says' WHERE kind = 'mentor_request'").await;
    company.app.sql("UPDATE outbox SET why = 'half_moon', state = 'unneeded' WHERE kind = 'sign_in'").await;

    hr.get("/outbox").await;
    for words in ["Welcome", "Given up", "550 5.7.1 <blocked>", "Tried 12 times", "The daily mail says it."] {
        assert!(hr.shows(words), "{words}: {}", hr.text());
    }
    assert!(hr.shows("Reason: half_moon") && hr.shows("Plan of Grace Chen"), "{}", hr.text());
    assert!(hr.links().contains(&format!("/plans/{}", company.plan)));

    hr.get("/outbox?state=failed").await;
    assert!(hr.shows("Given up") && !hr.shows("Request to be a mentor"), "{}", hr.text());
    hr.get("/outbox?find=vincent").await;
    assert!(hr.shows("Vincent Chang") && !hr.shows("Kevin Lin"), "{}", hr.text());
    hr.get("/outbox?find=nobody-at-all").await;
    assert!(hr.shows("There are no such letters."), "{}", hr.text());
    hr.submit("/language", &[("lang", "zh-TW")]).await;
    hr.get("/outbox").await;
    assert!(hr.shows("放棄寄送") && hr.shows("每日信件裡已經寫了。") && hr.shows("原因：half_moon"), "{}", hr.text());
}

#[actix_web::test]
async fn a_letter_that_was_given_up_is_sent_again_and_one_that_is_owed_can_be_taken_back() {
    let company = company().await;
    let app = &company.app;
    let mut hr = app.signed_in(&company.hr).await;
    welcome(&company, "state = 'failed', attempts = 12, settled_at = now(), last_error = '550 no'").await;

    hr.get("/outbox?state=failed").await;
    let again = action(&hr.html, "/again");
    hr.submit(&again, &[]).await;
    assert!(hr.shows("the letter is owed again") && hr.shows("There are no such letters."), "{}", hr.text());
    app.deliver().await;
    let mails = app.mails();
    assert!(mails.iter().any(|mail| mail.to[0].address == company.manager.email), "it left");

    welcome(&company, "state = 'owed', attempts = 0, settled_at = NULL").await;
    hr.get("/outbox?state=owed").await;
    let take_back = action(&hr.html, "/take-back");
    let late = hr.pairs(&take_back, &[]);
    hr.submit(&take_back, &[]).await;
    assert!(hr.shows("the letter is taken back"), "{}", hr.text());
    assert_eq!(count(app, "state = 'unneeded' AND why = 'by_hr'").await, 1);
    app.deliver().await;
    assert!(app.mails().iter().all(|mail| mail.to[0].address != company.manager.email), "nothing left");

    hr.post(&take_back, &late).await;
    assert!(hr.shows("Too late") && hr.path == "/outbox", "{}", hr.text());
}

#[actix_web::test]
async fn a_letter_on_its_way_cannot_be_taken_back() {
    let company = company().await;
    let mut hr = company.app.signed_in(&company.hr).await;
    let lease = "lease_owner = gen_random_uuid(), lease_until = now() + interval '1 minute'";
    welcome(&company, &format!("state = 'owed', settled_at = NULL, {lease}")).await;

    hr.get("/outbox?state=owed").await;

    assert!(hr.shows("on its way") && !hr.html.contains("/take-back"), "{}", hr.text());
    let moment = company.app.moment();
    let who = company.hr.viewer();
    let id = hr_letter(&company).await;
    let taken = company.app.pool.in_transaction(async |tx| acts::take_back(tx, who, id, &moment).await).await;
    assert!(!taken.expect("an answer"));
}

async fn hr_letter(company: &Company) -> uuid::Uuid {
    let mut conn = company.app.pool.get().await.expect("a connection");
    let rows = pilothouse::store::outbox::list(&mut conn, Some("owed"), 1).await.expect("letters");
    rows.first().expect("an owed letter").id
}

/// Mail to the manager comes back, and their welcome is held.
async fn bounced(company: &Company) {
    let address = Bounced {
        email: company.manager.email.clone(),
        at: utc("2026-03-02T01:00:00Z"),
        status: "5.1.1".to_owned(),
        said: "550 5.1.1\r\n <grace> unknown".to_owned(),
    };
    company.app.pool.in_transaction(async |tx| bounced::put(tx, &address).await).await.expect("a bounce");
    welcome(company, "state = 'held', why = 'bounced', settled_at = now()").await;
}

#[actix_web::test]
async fn an_address_that_bounces_is_named_and_corrected_and_what_was_held_leaves() {
    let company = company().await;
    let app = &company.app;
    let mut hr = app.signed_in(&company.hr).await;
    bounced(&company).await;

    hr.get("/people").await;
    assert!(hr.shows("Mail comes back") && hr.shows("There is no such mailbox."), "{}", hr.text());
    let page = format!("/people/{}", company.manager.id);
    hr.get(&page).await;
    assert!(hr.shows("Mail to grace@company.example comes back") && hr.shows("<grace> unknown"), "{}", hr.text());
    hr.submit(&page, &[("name", "Grace Chen-Lin")]).await;
    assert_eq!(count(app, "state = 'held'").await, 1, "the address is the same");
    hr.submit(&page, &[("email", "grace.chen@company.example")]).await;

    assert!(!hr.shows("comes back"), "{}", hr.text());
    assert_eq!(count(app, "state = 'held'").await, 0);
    app.deliver().await;
    assert!(app.mails().iter().any(|mail| mail.to[0].address == "grace.chen@company.example"));
}

#[actix_web::test]
async fn an_address_gets_another_try_from_its_page_or_from_a_held_letter() {
    let company = company().await;
    let app = &company.app;
    let mut hr = app.signed_in(&company.hr).await;
    let page = format!("/people/{}", company.manager.id);

    bounced(&company).await;
    hr.get(&page).await;
    hr.submit(&format!("{page}/try-address"), &[]).await;
    assert!(hr.shows("the address gets another try") && !hr.shows("comes back"), "{}", hr.text());
    assert_eq!(count(app, "state = 'held'").await, 0);

    bounced(&company).await;
    hr.get("/outbox?state=held").await;
    assert!(hr.shows("Their address takes no mail."), "{}", hr.text());
    let again = action(&hr.html, "/again");
    hr.submit(&again, &[]).await;
    hr.get(&page).await;
    assert!(!hr.shows("comes back") && count(app, "state = 'held'").await == 0, "{}", hr.text());
}

#[actix_web::test]
async fn mail_that_came_in_is_listed_once_with_what_became_of_it() {
    let company = company().await;
    let app = &company.app;
    let came = |digest: u8, kind, outcome, why| Came {
        id: app.moment().id(),
        at: utc("2026-03-02T02:00:00Z"),
        digest: [digest; 32],
        kind,
        person: Some(company.mentor.id),
        letter: None,
        outcome,
        why,
    };
    let note = async |mail: Came| app.pool.in_transaction(async |tx| incoming::insert(tx, &mail).await).await;
    assert!(note(came(1, Kind::Reply, Outcome::Refused, Some("not_aligned"))).await.expect("noted"));
    assert!(!note(came(1, Kind::Reply, Outcome::Refused, Some("not_aligned"))).await.expect("known"));
    assert!(note(came(2, Kind::Bounce, Outcome::Done, None)).await.expect("noted"));
    let mut hr = app.signed_in(&company.hr).await;

    hr.get("/outbox").await;

    let shown = hr.text();
    assert_eq!(shown.matches("An answer").count(), 1, "{shown}");
    assert!(shown.contains("A letter that came back") && shown.contains("Reason: not_aligned"), "{shown}");
}

#[actix_web::test]
async fn mail_that_does_not_leave_is_warned_of_where_hr_begins_and_fails_no_probe() {
    let company = company().await;
    let app = &company.app;
    let mut hr = app.signed_in(&company.hr).await;
    welcome(&company, "state = 'owed', settled_at = NULL, attempts = 0").await;
    let warns = "No mail has left since";

    app.clock.travel_to(app.clock.now() + TimeDelta::minutes(29));
    hr.get("/outbox").await;
    assert!(!hr.shows(warns), "it may still be on its way: {}", hr.text());
    app.clock.travel_to(app.clock.now() + TimeDelta::minutes(1));
    hr.get("/outbox").await;
    assert!(hr.shows(warns) && hr.shows("One letter could have left since"), "{}", hr.text());
    hr.get("/progress").await;
    assert!(hr.shows(warns), "{}", hr.text());
    hr.get("/readyz").await;
    assert_eq!(hr.status, StatusCode::OK);

    app.sql("UPDATE outbox SET retry_at = now() + interval '1 hour' WHERE state = 'owed'").await;
    hr.get("/progress").await;
    assert!(!hr.shows(warns), "it waits for its next try: {}", hr.text());
    app.sql("UPDATE outbox SET retry_at = now() WHERE state = 'owed'").await;
    app.deliver().await;
    hr.get("/progress").await;
    assert!(!hr.shows(warns), "{}", hr.text());
}

#[actix_web::test]
async fn a_hundred_thousand_letters_are_leafed_through_quickly_and_none_stands_twice() {
    let company = company().await;
    let app = &company.app;
    let mut hr = app.signed_in(&company.hr).await;
    app.sql(&format!(
        "INSERT INTO outbox (id, dedup_key, kind, lane, person_id, owed_at, due_at, state, settled_at, retry_at) \
         SELECT ('01a00000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'many:' || n, 'brief', 2, '{}', now(), \
           now(), CASE WHEN n % 1000 = 0 THEN 'failed' ELSE 'sent' END, now(), now() FROM generate_series(1, 100000) n; \
         ANALYZE outbox",
        company.mentor.id
    ))
    .await;

    let (mut path, mut seen, mut slowest) = ("/outbox?state=failed".to_owned(), Vec::new(), Duration::ZERO);
    loop {
        let began = Instant::now();
        hr.get(&path).await;
        slowest = slowest.max(began.elapsed());
        let forms = hr.html.split("action=\"/outbox/").skip(1).filter_map(|rest| rest.split('/').next());
        seen.extend(forms.map(str::to_owned));
        let next = hr.links().into_iter().find(|link| link.contains("after="));
        // The first page is linked from all others without a place to begin after.
        match next {
            Some(next) => path = next,
            None => break,
        }
    }

    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((all, seen.len()), (100, 100));
    let began = Instant::now();
    hr.get("/outbox?find=kevin").await;
    slowest = slowest.max(began.elapsed());
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    assert!(hr.shows("Kevin Lin"), "{}", hr.text());
}

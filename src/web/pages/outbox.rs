//! The mail, for HR, and what HR does about a letter or an address.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;

use crate::app::outbox as acts;
use crate::app::pages::outbox::{self, STATES, Search};
use crate::app::pages::people::{self, for_hr};
use crate::engine::vocabulary::PersonId;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::pages::people::named;
use crate::web::session::{Visit, local, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(all).service(again).service(take_back).service(try_address);
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    find: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    late: String,
}

#[get("/outbox")]
async fn all(visit: Visit, asked: Query<Asked>) -> Result<HttpResponse, Error> {
    let search = Search {
        state: STATES.into_iter().find(|state| *state == asked.state),
        find: asked.find.clone(),
        after: asked.after.parse().ok(),
    };
    let mut conn = visit.state.pool.get().await?;
    let mut page = outbox::load(&mut conn, visit.viewer, &search, visit.moment().now).await?;
    page.is_late = !asked.late.is_empty();
    visit.page("outbox", &page)
}

#[post("/outbox/{letter}/again")]
async fn again(posted: Posted, letter: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let (letter, moment) = (named(&letter)?, visit.moment());
    let work = async |tx: &mut _| acts::again(tx, visit.viewer, letter, &moment).await;
    let is_done = visit.state.pool.in_transaction(work).await?;
    Ok(back(&fields, is_done, "letter-again"))
}

#[post("/outbox/{letter}/take-back")]
async fn take_back(posted: Posted, letter: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let (letter, moment) = (named(&letter)?, visit.moment());
    let work = async |tx: &mut _| acts::take_back(tx, visit.viewer, letter, &moment).await;
    let is_done = visit.state.pool.in_transaction(work).await?;
    Ok(back(&fields, is_done, "letter-taken-back"))
}

/// To the letters that were looked at, with what the act came to.
fn back(fields: &Fields, is_done: bool, done: &str) -> HttpResponse {
    let here = Some(local(fields.text("here"))).filter(|here| here.starts_with("/outbox")).unwrap_or("/outbox");
    if is_done {
        return see(here, Some(done));
    }
    let joined = if here.contains('?') { '&' } else { '?' };
    see(&format!("{here}{joined}late=yes"), None)
}

#[post("/people/{id}/try-address")]
async fn try_address(posted: Posted, id: Path<String>) -> Result<HttpResponse, Error> {
    let visit = posted.visit;
    for_hr(visit.viewer)?;
    let (id, moment): (PersonId, _) = (named(&id)?, visit.moment());
    visit.state.pool.in_transaction(async |tx| acts::try_address(tx, visit.viewer, id, &moment).await).await?;
    Ok(see(&people::href(id), Some("address-tried")))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use crate::app::outbox::Canary;
    use crate::app::pages::outbox::{Count, IncomingLine, LetterLine, OutboxPage, PlanOf, STATES};
    use crate::engine::message::Message;
    use crate::store::outbox::Kind;
    use crate::web::pages::people::tests::shown;

    fn letter(kind: &str, state: &str) -> LetterLine {
        let at = "2026-03-02T01:00:00Z".parse().expect("a moment");
        LetterLine {
            id: Uuid::from_u128(1),
            kind: kind.replace('_', "-"),
            person: "<b>Lin</b>".to_owned(),
            person_href: "/people/1".to_owned(),
            plan: Some(PlanOf { manager: "陳怡君".to_owned(), href: "/plans/1".to_owned() }),
            state: state.to_owned(),
            why: None,
            error: None,
            due_at: at,
            settled_at: (state != "owed").then_some(at),
            attempts: 0,
            again_at: None,
            is_leaving: false,
            may_send_again: matches!(state, "failed" | "held"),
            may_take_back: state == "owed",
        }
    }

    fn page(letters: Vec<LetterLine>) -> OutboxPage {
        let count = |state| Count { state, count: 2, href: format!("/outbox?state={state}") };
        OutboxPage {
            here: "/outbox?state=owed".to_owned(),
            state: Some("owed"),
            find: "Lin".to_owned(),
            canary: None,
            counts: STATES.into_iter().map(count).collect(),
            is_late: false,
            letters,
            first: None,
            next: None,
            incoming: Vec::new(),
        }
    }

    #[test]
    fn every_kind_and_state_of_a_letter_and_of_what_came_in_has_its_words() {
        let mut letters: Vec<LetterLine> = Kind::ALL.map(|kind| letter(kind.as_str(), "sent")).into();
        letters.extend(STATES.map(|state| letter("brief", state)));
        let came = |kind: &str, outcome: &str| IncomingLine {
            at: "2026-03-02T01:00:00Z".parse().expect("a moment"),
            kind: kind.to_owned(),
            person: None,
            person_href: None,
            outcome: outcome.to_owned(),
            why: Some(Message::new("outbox-why-other").with("code", "no_result")),
        };
        let kinds = ["reply", "bounce", "complaint", "calendar", "unsubscribe", "automatic", "unknown"];
        let mut incoming = kinds.map(|kind| came(kind, "done")).to_vec();
        incoming.extend(["refused", "ignored"].map(|outcome| came("reply", outcome)));
        let (en, zh) = shown("outbox", &OutboxPage { incoming, ..page(letters) });
        assert!(en.contains("&lt;b&gt;Lin&lt;/b&gt;") && en.contains("Daily mail") && en.contains("no_result"));
        assert!(zh.contains("每日信件") && zh.contains("陳怡君"));
    }

    #[test]
    fn a_letter_that_failed_says_why_and_when_it_is_tried_again() {
        let again_at = Some("2026-03-02T02:30:00Z".parse().expect("a moment"));
        let error = Some("452 4.2.2 <over quota>".to_owned());
        let (en, zh) =
            shown("outbox", &page(vec![LetterLine { attempts: 3, again_at, error, ..letter("brief", "owed") }]));
        assert!(en.contains("452 4.2.2 &lt;over quota&gt;") && en.contains("Tried 3 times"), "{en}");
        assert!(zh.contains("10:30"), "{zh}");
    }

    #[test]
    fn no_mail_at_all_is_warned_of_on_top() {
        let since = "2026-03-02T01:00:00Z".parse().expect("a moment");
        let canary = |last_sent| Some(Canary { since, owed: 7, last_sent });
        let (en, zh) = shown("outbox", &OutboxPage { canary: canary(Some(since)), ..page(Vec::new()) });
        assert!(en.contains("No mail has left since") && zh.contains("沒有寄出任何信件"));
        let (en, _) = shown("outbox", &OutboxPage { canary: canary(None), is_late: true, ..page(Vec::new()) });
        assert!(en.contains("No mail has ever left") && en.contains("Too late"));
    }
}

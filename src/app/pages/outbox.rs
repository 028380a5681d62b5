//! The mail, for HR: what is owed, held, given up, not needed and sent, with the reason of each, and what
//! came in. Nothing of what a letter says.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use uuid::Uuid;

use super::people::{for_hr, href};
use crate::app::Error;
use crate::app::outbox::{self, Canary};
use crate::engine::access::Viewer;
use crate::engine::message::Message;
use crate::engine::vocabulary::PersonId;
use crate::store::bounced::Bounced;
use crate::store::mailroom::{self, Letter, Wanted};
use crate::store::{incoming, outbox as store, people};

/// Letters of one page.
const PAGE: i64 = 50;

/// Mails that came in, on the first page.
const CAME_IN: i64 = 20;

/// The states of letters, as HR reads them.
pub const STATES: [&str; 5] = ["owed", "sent", "held", "failed", "unneeded"];

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    pub state: Option<&'static str>,
    /// A part of a name or an address; empty: everybody.
    pub find: String,
    /// Letters older than this one.
    pub after: Option<Uuid>,
}

impl Search {
    /// Where these letters are listed.
    pub fn href(&self) -> String {
        let mut pairs = Vec::new();
        pairs.extend(self.state.map(|state| ("state", state.to_owned())));
        pairs.extend((!self.find.is_empty()).then(|| ("find", self.find.clone())));
        pairs.extend(self.after.map(|after| ("after", after.to_string())));
        let query: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        if query.is_empty() { "/outbox".to_owned() } else { format!("/outbox?{query}") }
    }
}

/// Where the mail to one person is listed.
pub fn href_to(email: &str) -> String {
    Search { find: email.to_owned(), ..Search::default() }.href()
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct OutboxPage {
    /// The address of what is shown.
    pub here: String,
    pub state: Option<&'static str>,
    pub find: String,
    pub canary: Option<Canary>,
    pub counts: Vec<Count>,
    /// What was to be done to a letter came too late.
    pub is_late: bool,
    pub letters: Vec<LetterLine>,
    /// The newest again, on a later page.
    pub first: Option<String>,
    /// Older letters.
    pub next: Option<String>,
    pub incoming: Vec<IncomingLine>,
}

/// How many letters are in a state.
#[derive(Debug, Clone, Serialize)]
pub struct Count {
    pub state: &'static str,
    pub count: i64,
    pub href: String,
}

/// A letter.
#[derive(Debug, Clone, Serialize)]
pub struct LetterLine {
    pub id: Uuid,
    pub kind: String,
    pub person: String,
    pub person_href: String,
    pub plan: Option<PlanOf>,
    pub state: String,
    pub why: Option<Message>,
    /// As the relay said it.
    pub error: Option<String>,
    pub due_at: DateTime<Utc>,
    pub settled_at: Option<DateTime<Utc>>,
    pub attempts: i32,
    pub again_at: Option<DateTime<Utc>>,
    /// On its way at this moment.
    pub is_leaving: bool,
    pub may_send_again: bool,
    pub may_take_back: bool,
}

/// A plan by its manager.
#[derive(Debug, Clone, Serialize)]
pub struct PlanOf {
    pub manager: String,
    pub href: String,
}

/// A mail that came in.
#[derive(Debug, Clone, Serialize)]
pub struct IncomingLine {
    pub at: DateTime<Utc>,
    pub kind: String,
    pub person: Option<String>,
    pub person_href: Option<String>,
    pub outcome: String,
    pub why: Option<Message>,
}

/// An address that takes no mail.
#[derive(Debug, Clone, Serialize)]
pub struct BouncedAddress {
    pub what: Message,
    pub status: String,
    /// The receiving server's line.
    pub said: String,
    pub since: DateTime<Utc>,
}

impl From<Bounced> for BouncedAddress {
    fn from(bounced: Bounced) -> BouncedAddress {
        BouncedAddress {
            what: Message::new(what_bounced(&bounced.status)),
            status: bounced.status,
            said: bounced.said,
            since: bounced.at,
        }
    }
}

/// What a status of RFC 3463 means for whoever corrects the address.
fn what_bounced(status: &str) -> &'static str {
    match status {
        "5.1.1" | "5.1.10" => "outbox-bounced-mailbox",
        "5.1.2" => "outbox-bounced-domain",
        "5.1.3" => "outbox-bounced-form",
        "5.1.6" => "outbox-bounced-moved",
        "5.2.1" => "outbox-bounced-disabled",
        "5.2.2" => "outbox-bounced-full",
        _ if status.starts_with("5.1.") => "outbox-bounced-address",
        _ => "outbox-bounced-other",
    }
}

/// Why a letter was not needed, is held or waits, and what became of a mail that came in. A code that is not
/// known here shows itself.
const WHY: [(&str, &str); 41] = [
    ("nothing", "outbox-why-nothing"),
    ("nothing_else", "outbox-why-nothing-else"),
    ("past", "outbox-why-past"),
    ("quiet", "outbox-why-quiet"),
    ("day_off", "outbox-why-day-off"),
    ("stopped", "outbox-why-stopped"),
    ("bounced", "outbox-why-bounced"),
    ("budget", "outbox-why-budget"),
    ("brief_says", "outbox-why-brief-says"),
    ("answered", "outbox-why-answered"),
    ("acted", "outbox-why-acted"),
    ("moved_on", "outbox-why-moved-on"),
    ("ended", "outbox-why-ended"),
    ("by_hr", "outbox-why-by-hr"),
    ("away", "outbox-why-away"),
    ("generated", "outbox-why-generated"),
    ("list", "outbox-why-list"),
    ("loop", "outbox-why-loop"),
    ("receipt", "outbox-why-receipt"),
    ("no_letter", "outbox-why-no-letter"),
    ("nothing_asked", "outbox-why-nothing-asked"),
    ("unreadable", "outbox-why-unreadable"),
    ("empty", "outbox-why-empty"),
    ("no_server", "outbox-why-no-server"),
    ("unproven", "outbox-why-unproven"),
    ("stranger", "outbox-why-stranger"),
    ("older_invitation", "outbox-why-older-invitation"),
    ("no_topic", "outbox-why-no-topic"),
    ("not_spam", "outbox-why-not-spam"),
    ("address_bounced", "outbox-why-address-bounced"),
    ("earlier_address", "outbox-why-earlier-address"),
    ("policy", "outbox-why-policy"),
    ("not_for_good", "outbox-why-not-for-good"),
    ("delayed", "outbox-why-delayed"),
    ("delivered", "outbox-why-delivered"),
    ("which_one", "outbox-why-which-one"),
    ("not_here", "outbox-why-not-here"),
    ("needs_form", "outbox-why-needs-form"),
    ("needs_line", "outbox-why-needs-line"),
    ("no_more_snooze", "outbox-why-no-more-snooze"),
    ("still_waits", "outbox-why-still-waits"),
];

fn why(code: &str) -> Message {
    match WHY.iter().find(|(known, _)| *known == code) {
        Some((_, id)) => Message::new(id),
        None => Message::new("outbox-why-other").with("code", code),
    }
}

/// The mail, newest first.
///
/// # Errors
/// The viewer is not HR, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    search: &Search,
    now: DateTime<Utc>,
) -> Result<OutboxPage, Error> {
    for_hr(viewer)?;
    let people = match search.find.trim() {
        "" => None,
        find => Some(named(conn, viewer, find).await?),
    };
    let wanted = Wanted { state: search.state, people, after: search.after };
    let mut letters = mailroom::letters(conn, viewer.scope(), &wanted, PAGE + 1).await?;
    let has_more = letters.len() > PAGE as usize;
    letters.truncate(PAGE as usize);
    let older = |last: &Letter| Search { after: Some(last.id), ..search.clone() }.href();
    let counted = store::counts(conn).await?;
    let count = |state: &'static str| Count {
        state,
        count: counted.iter().find(|(known, _)| known == state).map_or(0, |(_, count)| *count),
        href: Search { state: Some(state), ..Search::default() }.href(),
    };
    Ok(OutboxPage {
        here: search.href(),
        state: search.state,
        find: search.find.trim().to_owned(),
        canary: outbox::canary(conn, now).await?,
        counts: STATES.into_iter().map(count).collect(),
        is_late: false,
        first: search.after.map(|_| Search { after: None, ..search.clone() }.href()),
        next: letters.last().filter(|_| has_more).map(older),
        letters: letters.into_iter().map(letter).collect(),
        incoming: if search.after.is_none() { came_in(conn).await? } else { Vec::new() },
    })
}

/// Whose name or address holds `find`; somebody whose address it is comes alone.
async fn named(conn: &mut AsyncPgConnection, viewer: Viewer, find: &str) -> Result<Vec<PersonId>, Error> {
    if let Some(person) = people::by_email(conn, find).await? {
        return Ok(vec![person.id]);
    }
    let wanted = find.to_lowercase();
    let everybody = people::all(conn, viewer.scope()).await?;
    let holds =
        |person: &&people::Person| person.name.to_lowercase().contains(&wanted) || person.email.contains(&wanted);
    Ok(everybody.iter().filter(holds).map(|person| person.id).collect())
}

fn letter(letter: Letter) -> LetterLine {
    let is_owed = letter.state == "owed";
    let is_leaving = is_owed && letter.is_leased;
    let plan = letter.plan_id.zip(letter.manager);
    LetterLine {
        id: letter.id,
        person_href: href(PersonId(letter.person_id)),
        plan: plan.map(|(plan, manager)| PlanOf { manager, href: format!("/plans/{plan}") }),
        why: letter.why.as_deref().map(why),
        may_send_again: matches!(letter.state.as_str(), "failed" | "held"),
        may_take_back: is_owed && !is_leaving,
        is_leaving,
        kind: letter.kind.replace('_', "-"),
        person: letter.person,
        state: letter.state,
        error: letter.last_error,
        due_at: letter.due_at,
        settled_at: letter.settled_at,
        attempts: letter.attempts,
        again_at: letter.again_at,
    }
}

async fn came_in(conn: &mut AsyncPgConnection) -> Result<Vec<IncomingLine>, Error> {
    let rows = incoming::newest(conn, CAME_IN).await?;
    let ids: Vec<PersonId> = rows.iter().filter_map(|row| row.person).map(PersonId).collect();
    let known = people::some(conn, &ids).await?;
    let line = |row: incoming::Row| {
        let person = known.iter().find(|person| Some(person.id.0) == row.person);
        IncomingLine {
            at: row.at,
            kind: row.kind,
            person: person.map(|person| person.name.clone()),
            person_href: person.map(|person| href(person.id)),
            outcome: row.outcome,
            why: row.why.as_deref().map(why),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_that_is_not_known_shows_itself() {
        assert_eq!(why("past").id, "outbox-why-past");
        assert_eq!(why("brand_new"), Message::new("outbox-why-other").with("code", "brand_new"));
    }

    #[test]
    fn an_address_that_bounced_says_in_words_what_is_wrong_with_it() {
        let ids = ["5.1.1", "5.1.2", "5.1.9", "5.2.2", "5.4.4"].map(what_bounced);
        let said = ids.map(|id| id.trim_start_matches("outbox-bounced-"));
        assert_eq!(said, ["mailbox", "domain", "address", "full", "other"]);
    }

    #[test]
    fn what_is_looked_for_stands_in_the_address() {
        assert_eq!(Search::default().href(), "/outbox");
        assert_eq!(href_to("a+b@x.example"), "/outbox?find=a%2Bb%40x.example");
    }
}

//! Mail that does not arrive: addresses that take none, and letters that were given up or are held.

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;

use super::{BouncedPerson, FaultKind, MailFault};
use crate::app::Error;
use crate::app::letters::{MOST, Short};
use crate::app::pages::outbox::BouncedAddress;
use crate::app::pages::people::href;
use crate::engine::access::Scope;
use crate::engine::vocabulary::PersonId;
use crate::store::{bounced, mailroom, people};

/// Everybody whose address takes no mail, by name.
pub(super) async fn addresses(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    base_url: &str,
) -> Result<Short<BouncedPerson>, Error> {
    let people = people::all(conn, scope).await?;
    let emails: Vec<String> = people.iter().map(|person| person.email.clone()).collect();
    let bounced = bounced::among(conn, &emails).await?;
    let row = |person: people::Person| {
        let address = BouncedAddress::from(bounced.iter().find(|one| one.email == person.email)?.clone());
        let url = format!("{base_url}{}", href(person.id));
        Some(BouncedPerson { name: person.name, what: address.what, since: address.since, url })
    };
    Ok(Short::new(people.into_iter().filter_map(row).collect(), MOST, format!("{base_url}/people")))
}

/// What was given up, then what is held, from when the digest before came due until this one did: whatever
/// happened is told once, however late either was written.
pub(super) async fn letters(
    conn: &mut AsyncPgConnection,
    to: PersonId,
    day: NaiveDate,
    (week_began, now): (DateTime<Utc>, DateTime<Utc>),
    base_url: &str,
) -> Result<Vec<MailFault>, Error> {
    let digests = mailroom::digests(conn, to, day).await?;
    let span = digests.before.unwrap_or(week_began)..digests.this.unwrap_or(now);
    let unsent = mailroom::unsent_in(conn, &span).await?;
    let fault = |state: &'static str| {
        let of_state = unsent.iter().filter(|unsent| unsent.state == state);
        let kinds: Vec<FaultKind> =
            of_state.map(|one| FaultKind { kind: one.kind.replace('_', "-"), count: one.count }).collect();
        let count = kinds.iter().map(|kind| kind.count).sum();
        (count > 0).then(|| MailFault { state, count, kinds, url: format!("{base_url}/outbox?state={state}") })
    };
    Ok(["failed", "held"].into_iter().filter_map(fault).collect())
}

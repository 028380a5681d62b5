//! Sign-in by a mailed link, and sessions.

use diesel_async::AsyncPgConnection;

use super::{Error, Moment, moment};
use crate::engine::vocabulary::{PersonId, is_plain_line};
use crate::store::outbox::{self, Owed};
use crate::store::pool::Tx;
use crate::store::{links, people, sessions};

/// Sign-in mails that an address gets in an hour: a stranger must not fill somebody's mailbox.
const MOST_LINKS_AN_HOUR: i64 = 5;

/// Owes a sign-in mail to an address that has an account. Who asks learns nothing about whether it
/// has one.
///
/// # Errors
/// The database fails.
pub async fn request(tx: &mut Tx, email: &str, moment: &Moment) -> Result<(), Error> {
    // What can't be an address has no account; the database would choke on some of it.
    if !is_plain_line(email) || email.len() > 254 {
        return Ok(());
    }
    if let Some(person) = people::by_email(tx, email).await?
        && outbox::in_the_last_hour(tx, person.id, outbox::Kind::SignIn).await? < MOST_LINKS_AN_HOUR
    {
        owe_link(tx, person.id, Wanted::Asked, moment).await?;
    }
    Ok(())
}

/// Why somebody gets a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// They asked for it on the page.
    Asked,
    /// Their account was just made.
    Invited,
}

/// How the key of an invitation begins: its words are others.
pub(super) const INVITATION: &str = "invitation";

/// Owes a sign-in mail. The link itself is made when the mail is written, so that no secret waits in
/// the outbox and its ten minutes begin with the mail.
pub(super) async fn owe_link(tx: &mut Tx, person: PersonId, why: Wanted, moment: &Moment) -> Result<(), Error> {
    let id = moment.id();
    let key = match why {
        Wanted::Asked => "sign_in",
        Wanted::Invited => INVITATION,
    };
    let letter = Owed {
        id,
        dedup_key: format!("{key}:{id}"),
        kind: outbox::Kind::SignIn,
        person,
        plan: None,
        for_day: None,
        step: None,
        meeting: None,
        due_at: moment.now,
    };
    outbox::owe(tx, &[letter], moment.now).await?;
    Ok(())
}

/// Whether a link would still sign somebody in; uses nothing up.
///
/// # Errors
/// The database fails.
pub async fn is_live(conn: &mut AsyncPgConnection, secret: &str) -> Result<bool, Error> {
    Ok(links::is_live_sign_in(conn, &moment::token_hash(secret)).await?)
}

/// Uses a link up and makes a session: its cookie's secret.
///
/// # Errors
/// [`Error::NotFound`] when the link was used, has expired, or never was.
pub async fn use_link(tx: &mut Tx, secret: &str, moment: &Moment) -> Result<String, Error> {
    let person = links::use_sign_in(tx, &moment::token_hash(secret)).await?.ok_or(Error::NotFound)?;
    begin_session(tx, person, moment).await
}

/// Makes a session for somebody: its cookie's secret. Only a used link and the demo get here.
///
/// # Errors
/// The database fails.
pub async fn begin_session(tx: &mut Tx, person: PersonId, moment: &Moment) -> Result<String, Error> {
    let token = moment.token();
    sessions::insert(tx, &token.hash, person).await?;
    Ok(token.secret)
}

/// Whose session a cookie is.
///
/// # Errors
/// The database fails.
pub async fn who(conn: &mut AsyncPgConnection, secret: &str) -> Result<Option<people::Person>, Error> {
    match sessions::person(conn, &moment::token_hash(secret)).await? {
        Some(person) => Ok(people::find(conn, person).await?),
        None => Ok(None),
    }
}

/// Ends a session.
///
/// # Errors
/// The database fails.
pub async fn end(tx: &mut Tx, secret: &str) -> Result<(), Error> {
    Ok(sessions::end(tx, &moment::token_hash(secret)).await?)
}

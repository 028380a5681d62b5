//! Mail that came in, acted on: an answer to a letter, a letter that came back, a complaint, a calendar's
//! answer, a wish to get no more.
//!
//! One transaction each. The message is noted first, by its digest, so that one that comes twice does
//! nothing the second time; an act that is refused takes itself back and leaves the note.

mod answer;
mod reports;

use diesel_async::AsyncPgConnection;
use sha2::{Digest, Sha256};

use super::answers::{self, NotFollowed};
use super::meetings;
use super::{Error, Moment, moment};
use crate::engine::chain::Link;
use crate::engine::vocabulary::PersonId;
use crate::mail::incoming::{
    self, Address, Answer, Authentic, Automatic, CalendarReply, Doubt, Incoming, Kind as Says, Ours, Purpose,
};
use crate::store::incoming::{self as store, Came, Kind, Outcome};
use crate::store::links::{self, Said};
use crate::store::pool::{Pool, Tx};
use crate::store::stopped::{self, By};
use crate::store::{meetings as store_meetings, outbox, people};

/// Letters an hour that tell somebody that their answer was not followed.
const MOST_ANSWERS_AN_HOUR: i64 = 5;

/// Where mail comes in, and whose word on its senders counts.
#[derive(Debug, Clone)]
pub struct Door {
    pub local: String,
    pub domain: String,
    /// The address that our own mail comes from.
    pub sender: String,
    pub authserv: Option<String>,
}

impl Door {
    /// Whether mail to this address is ours to take.
    pub fn takes(&self, address: &str) -> bool {
        Address::read(address, &self.local, &self.domain).is_some() || incoming::is_postmaster(address, &self.domain)
    }

    fn ours(&self) -> Ours<'_> {
        Ours { local: &self.local, domain: &self.domain, sender: &self.sender, authserv: self.authserv.as_deref() }
    }
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Became {
    pub kind: Kind,
    pub outcome: Outcome,
    /// A code.
    pub why: Option<&'static str>,
}

/// Takes a mail that came to these addresses; none when the same one came before, or when it is for
/// the postmaster alone, who is no person here: a line in the log is all that becomes of it.
///
/// # Errors
/// The database fails: nothing was noted, and the mail is to be given again.
pub async fn take(
    pool: &Pool,
    door: &Door,
    to: &[String],
    bytes: &[u8],
    moment: &Moment,
) -> Result<Option<Became>, Error> {
    if to.iter().any(|to| incoming::is_postmaster(to, &door.domain)) {
        let from = incoming::sender_domain(bytes);
        tracing::warn!(?from, "mail for the postmaster came in and is not kept: route it to a person before the door");
        if !to.iter().any(|to| Address::read(to, &door.local, &door.domain).is_some()) {
            return Ok(None);
        }
    }
    let mail = incoming::read(bytes, door.ours());
    let to = address(to, door);
    let digest = Sha256::digest(bytes).into();
    pool.in_transaction(async |tx| {
        // What a server reports counts by the secret alone that no answer shows to others.
        let is_report = matches!(mail.kind, Says::Bounce(_) | Says::Complaint(_));
        let letter = match &to.token {
            Some(token) if to.purpose != Purpose::Answer => Letter::behind(tx, token).await?,
            Some(token) if !is_report => Letter::answered(tx, token).await?,
            _ => reports::complained_of(tx, &mail.kind).await?,
        };
        let mut came = Came {
            id: moment.id(),
            at: moment.now,
            digest,
            kind: kind(&mail.kind, to.purpose),
            person: letter.as_ref().map(|letter| letter.person),
            letter: letter.as_ref().map(|letter| letter.id),
            outcome: Outcome::Ignored,
            why: None,
        };
        if came.person.is_none() && mail.authentic == Authentic::Yes {
            came.person = sender(tx, &mail).await?.map(|person| person.id);
        }
        if !store::insert(tx, &came).await? {
            return Ok(None);
        }
        let end = match tx.attempt(async |tx| act(tx, &came, &mail, letter.as_ref(), moment).await).await? {
            Ok(end) => end,
            Err(not) => not_followed(not)?,
        };
        if let Some(why) = end.tell {
            tell(tx, &came, why, moment).await?;
        }
        store::settle(tx, came.id, end.outcome, end.why).await?;
        Ok(Some(Became { kind: came.kind, outcome: end.outcome, why: end.why }))
    })
    .await
}

/// The letter that a mail is about.
struct Letter {
    id: uuid::Uuid,
    person: PersonId,
    said: Said,
}

impl Letter {
    async fn answered(conn: &mut AsyncPgConnection, token: &str) -> Result<Option<Letter>, Error> {
        Letter::find(conn, &moment::token_hash(token)).await
    }

    async fn behind(conn: &mut AsyncPgConnection, token: &str) -> Result<Option<Letter>, Error> {
        Letter::find(conn, &moment::token_hash(&moment::answering(token))).await
    }

    async fn find(conn: &mut AsyncPgConnection, hash: &Link) -> Result<Option<Letter>, Error> {
        let found = links::letter(conn, hash).await?;
        Ok(found.map(|(person, id, said)| Letter { id, person, said }))
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy)]
struct End {
    outcome: Outcome,
    why: Option<&'static str>,
    /// What its sender is to be told.
    tell: Option<NotFollowed>,
}

const DONE: End = End { outcome: Outcome::Done, why: None, tell: None };

fn done(why: &'static str) -> End {
    End { outcome: Outcome::Done, why: Some(why), tell: None }
}

fn ignored(why: &'static str) -> End {
    End { outcome: Outcome::Ignored, why: Some(why), tell: None }
}

fn refused(why: &'static str) -> End {
    End { outcome: Outcome::Refused, why: Some(why), tell: None }
}

/// Also to its sender.
fn telling(outcome: Outcome, why: NotFollowed) -> End {
    End { outcome, why: Some(why.as_str()), tell: Some(why) }
}

/// Why nothing was done that was asked for.
#[derive(Debug)]
enum Not {
    /// Its sender is told so.
    Followed(NotFollowed),
    /// Nobody is: who wrote it is not known, or is nobody's business.
    Heard(End),
    Failed(Error),
}

impl From<Error> for Not {
    fn from(error: Error) -> Not {
        NotFollowed::of(&error).map_or(Not::Failed(error), Not::Followed)
    }
}

impl From<crate::store::StoreError> for Not {
    fn from(error: crate::store::StoreError) -> Not {
        Not::Failed(error.into())
    }
}

/// The address that a mail came to: the first that names a letter.
fn address(to: &[String], door: &Door) -> Address {
    let mut ours = to.iter().filter_map(|to| Address::read(to, &door.local, &door.domain));
    let named = ours.clone().find(|address| address.token.is_some());
    named.or_else(|| ours.next()).unwrap_or(Address { purpose: Purpose::Answer, token: None })
}

fn kind(says: &Says, purpose: Purpose) -> Kind {
    match (says, purpose) {
        (Says::Bounce(_), _) => Kind::Bounce,
        (Says::Complaint(_), _) => Kind::Complaint,
        (Says::Calendar(_), _) => Kind::Calendar,
        // Programs send the wish to stop by themselves when their owner presses a button.
        (Says::Reply(_), Purpose::Unsubscribe) => Kind::Unsubscribe,
        (Says::Automatic(automatic), Purpose::Unsubscribe) if *automatic != Automatic::Loop => Kind::Unsubscribe,
        (Says::Reply(_), Purpose::Answer) => Kind::Reply,
        (Says::Automatic(_), _) => Kind::Automatic,
        (Says::Reply(_), Purpose::Bounce) | (Says::Unreadable, _) => Kind::Unknown,
    }
}

async fn act(tx: &mut Tx, came: &Came, mail: &Incoming, letter: Option<&Letter>, moment: &Moment) -> Result<End, Not> {
    match &mail.kind {
        Says::Bounce(bounce) => reports::bounced(tx, bounce, letter, moment).await,
        Says::Complaint(complaint) => reports::complained(tx, complaint, letter, moment).await,
        Says::Calendar(answer) => calendar(tx, answer, mail).await,
        _ if came.kind == Kind::Unsubscribe => unsubscribed(tx, mail, letter, moment).await,
        Says::Reply(reply) if came.kind == Kind::Reply => {
            let Some(letter) = letter else {
                is_authentic(mail)?;
                // Whoever answers a calendar's organizer gets to hear that nobody reads it.
                return Err(came
                    .person
                    .map_or(Not::Heard(ignored("no_letter")), |_| Not::Followed(NotFollowed::NotHere)));
            };
            let person = its_reader(tx, mail, letter).await?;
            answer::follow(tx, &person, letter, reply, moment).await
        }
        Says::Automatic(automatic) => Ok(ignored(match automatic {
            Automatic::Away => "away",
            Automatic::Generated => "generated",
            Automatic::List => "list",
            Automatic::Loop => "loop",
            Automatic::Report => "receipt",
        })),
        Says::Reply(_) => Ok(ignored("nothing_asked")),
        Says::Unreadable => Ok(ignored("unreadable")),
    }
}

fn is_authentic(mail: &Incoming) -> Result<(), Not> {
    match mail.authentic {
        Authentic::Yes => Ok(()),
        Authentic::No(Doubt::NoServer) => Err(Not::Heard(refused("no_server"))),
        Authentic::No(_) => Err(Not::Heard(refused("unproven"))),
    }
}

/// The one whom a letter went to, when the mail is theirs.
async fn its_reader(tx: &mut Tx, mail: &Incoming, letter: &Letter) -> Result<people::Person, Not> {
    is_authentic(mail)?;
    let reader = people::find(tx, letter.person).await?.filter(|reader| is_from(mail, &reader.email));
    reader.ok_or(Not::Heard(refused("stranger")))
}

fn is_from(mail: &Incoming, email: &str) -> bool {
    mail.from.as_ref().is_some_and(|from| *from == email.to_lowercase())
}

async fn sender(conn: &mut AsyncPgConnection, mail: &Incoming) -> Result<Option<people::Person>, Error> {
    match &mail.from {
        Some(from) => Ok(people::by_email(conn, from).await?),
        None => Ok(None),
    }
}

async fn calendar(tx: &mut Tx, reply: &CalendarReply, mail: &Incoming) -> Result<End, Not> {
    is_authentic(mail)?;
    if !is_from(mail, &reply.attendee) {
        return Ok(refused("stranger"));
    }
    let answer = match reply.answer {
        Answer::Accepted => store_meetings::Answer::Accepted,
        Answer::Declined => store_meetings::Answer::Declined,
        Answer::Tentative => store_meetings::Answer::Tentative,
    };
    let is_newest = meetings::answered(tx, &reply.uid, &reply.attendee, reply.sequence, answer).await?;
    Ok(if is_newest { DONE } else { ignored("older_invitation") })
}

async fn unsubscribed(tx: &mut Tx, mail: &Incoming, letter: Option<&Letter>, moment: &Moment) -> Result<End, Not> {
    let Some(letter) = letter else { return Ok(ignored("no_letter")) };
    its_reader(tx, mail, letter).await?;
    stop(tx, letter, By::Mail, moment).await
}

async fn stop(tx: &mut Tx, letter: &Letter, by: By, moment: &Moment) -> Result<End, Not> {
    let Some(topic) = letter.said.topic else { return Ok(ignored("no_topic")) };
    stopped::stop(tx, letter.person, topic, by, moment.now).await?;
    Ok(done("stopped"))
}

fn not_followed(not: Not) -> Result<End, Error> {
    match not {
        Not::Failed(error) => Err(error),
        Not::Heard(end) => Ok(end),
        Not::Followed(why) => Ok(telling(Outcome::Refused, why)),
    }
}

/// Owes the sender of an answer a letter about it. Only an answer that is known to be theirs gets here with
/// somebody to tell.
async fn tell(tx: &mut Tx, came: &Came, why: NotFollowed, moment: &Moment) -> Result<(), Error> {
    if let Some(id) = came.person
        && came.kind == Kind::Reply
        && let Some(person) = people::find(tx, id).await?
        && outbox::in_the_last_hour(tx, id, outbox::Kind::Answer).await? < MOST_ANSWERS_AN_HOUR
    {
        let letter = answers::owed(moment.id(), &person, why, moment.now);
        outbox::owe(tx, &[letter], moment.now).await?;
    }
    Ok(())
}

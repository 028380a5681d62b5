//! What servers report of letters: that one did not arrive, that somebody called one unwanted.

use super::{End, Letter, Not, done, ignored, stop};
use crate::app::{Error, Moment};
use crate::mail::incoming::{Bounce, Complaint, Feedback, Kind as Says, Recipient, Verdict};
use crate::store::bounced::{self, Bounced};
use crate::store::people;
use crate::store::pool::Tx;
use crate::store::stopped::By;

/// What a server that names no code of its own means by refusing an address.
const NO_MAILBOX: &str = "5.1.1";

/// A letter came back. Its token alone says whose it was; what it says of addresses anybody could write.
pub(super) async fn bounced(
    tx: &mut Tx,
    bounce: &Bounce,
    letter: Option<&Letter>,
    moment: &Moment,
) -> Result<End, Not> {
    let Some(letter) = letter else { return Ok(ignored("no_letter")) };
    let worst = bounce.recipients.iter().min_by_key(|recipient| recipient.verdict());
    let said = worst.and_then(|recipient| recipient.diagnostic.clone()).unwrap_or_default();
    match bounce.verdict() {
        Verdict::Address => {
            let Some(person) = people::find(tx, letter.person).await? else { return Ok(ignored("no_letter")) };
            let email = person.email.to_lowercase();
            if is_of_an_earlier_address(tx, bounce, &email).await? {
                return Ok(ignored("earlier_address"));
            }
            let status = worst.and_then(status).unwrap_or_else(|| NO_MAILBOX.to_owned());
            bounced::put(tx, &Bounced { email, at: moment.now, status, said }).await?;
            Ok(done("address_bounced"))
        }
        Verdict::Policy => {
            let status = worst.and_then(status).unwrap_or_default();
            tracing::error!(letter = %letter.id, status, said, "a receiving server refuses our mail by a rule of its own");
            Ok(done("policy"))
        }
        Verdict::Other => Ok(ignored("not_for_good")),
        Verdict::Later => Ok(ignored("delayed")),
        Verdict::Delivered => Ok(ignored("delivered")),
    }
}

/// Whether a bounce names only what is known to bounce already: HR corrected the address meanwhile, and
/// nothing is said of the new one.
async fn is_of_an_earlier_address(tx: &mut Tx, bounce: &Bounce, email: &str) -> Result<bool, Error> {
    let named = bounce.recipients.iter().flat_map(|one| [&one.original, &one.last]).flatten();
    let named: Vec<String> = named.map(|address| address.to_lowercase()).collect();
    Ok(!named.iter().any(|address| address == email) && !bounced::among(tx, &named).await?.is_empty())
}

fn status(recipient: &Recipient) -> Option<String> {
    let status = recipient.precise().filter(|status| status.class == 5)?;
    Some(format!("5.{}.{}", status.subject.min(999), status.detail.min(999)))
}

/// Somebody called a letter unwanted: no more of its kind.
pub(super) async fn complained(
    tx: &mut Tx,
    complaint: &Complaint,
    letter: Option<&Letter>,
    moment: &Moment,
) -> Result<End, Not> {
    match (complaint.feedback, letter) {
        (Feedback::NotSpam, _) => Ok(ignored("not_spam")),
        (_, None) => Ok(ignored("no_letter")),
        (_, Some(letter)) => stop(tx, letter, By::Complaint, moment).await,
    }
}

/// The letter that a complaint quotes, where it came to an address that names none.
pub(super) async fn complained_of(tx: &mut Tx, says: &Says) -> Result<Option<Letter>, Error> {
    let Says::Complaint(complaint) = says else { return Ok(None) };
    for token in complaint.addresses.iter().filter_map(|address| address.token.as_deref()) {
        if let Some(letter) = Letter::behind(tx, token).await? {
            return Ok(Some(letter));
        }
    }
    Ok(None)
}

//! A team member, for HR.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};

use super::people::{date, named, names};
use crate::app;
use crate::app::pages::member::{self, MemberPage};
use crate::app::pages::person;
use crate::app::roster::{self, Corrected};
use crate::engine::vocabulary::MemberId;
use crate::web::error::Error;
use crate::web::form::Posted;
use crate::web::session::{Visit, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(save).service(undo).service(back).service(undo_back);
}

#[get("/members/{id}")]
async fn show(visit: Visit, id: Path<String>) -> Result<HttpResponse, Error> {
    visit.page("member", &page(&visit, named(&id)?).await?)
}

#[post("/members/{id}")]
async fn save(posted: Posted, id: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let (id, moment): (MemberId, _) = (named(&id)?, visit.moment());
    let [name, position, joined] = ["name", "position", "joined_on"].map(|field| fields.text(field).trim().to_owned());
    let saved = match date("joined_on", &joined) {
        Ok(joined_on) => {
            let new = Corrected { name: name.clone(), position: position.clone(), joined_on };
            let work = async |tx: &mut _| roster::correct(tx, visit.viewer, id, &new, &moment).await;
            visit.state.pool.in_transaction(work).await
        }
        Err(problem) => Err(app::Error::Invalid(vec![problem])),
    };
    let mut shown = page(&visit, id).await?;
    shown.typed(&name, &position, &joined, Vec::new());
    done(&visit, id, shown, saved, "saved").await
}

#[post("/members/{id}/undo-leave")]
async fn undo(posted: Posted, id: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, .. } = posted;
    let (id, moment): (MemberId, _) = (named(&id)?, visit.moment());
    let work = async |tx: &mut _| roster::undo_leave(tx, visit.viewer, id, &moment).await;
    let undone = visit.state.pool.in_transaction(work).await;
    let shown = page(&visit, id).await?;
    done(&visit, id, shown, undone, "saved").await
}

#[post("/members/{id}/back")]
async fn back(posted: Posted, id: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let (id, moment): (MemberId, _) = (named(&id)?, visit.moment());
    let typed = fields.text("back_on").trim().to_owned();
    let is_back = match date("back_on", &typed) {
        Ok(on) => {
            let work = async |tx: &mut _| roster::come_back(tx, visit.viewer, id, on, &moment).await;
            visit.state.pool.in_transaction(work).await
        }
        Err(problem) => Err(app::Error::Invalid(vec![problem])),
    };
    let mut shown = page(&visit, id).await?;
    shown.back_on = typed;
    done(&visit, id, shown, is_back, "joined").await
}

#[post("/members/{id}/undo-back")]
async fn undo_back(posted: Posted, id: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, .. } = posted;
    let (id, moment): (MemberId, _) = (named(&id)?, visit.moment());
    let work = async |tx: &mut _| roster::undo_return(tx, visit.viewer, id, &moment).await;
    let undone = visit.state.pool.in_transaction(work).await;
    let shown = page(&visit, id).await?;
    done(&visit, id, shown, undone, "left").await
}

async fn page(visit: &Visit, id: MemberId) -> Result<MemberPage, Error> {
    let mut conn = visit.state.pool.get().await?;
    Ok(member::load(&mut conn, visit.viewer, id, visit.moment().now).await?)
}

/// On to the team; or the page again, with what was typed and what is wrong.
async fn done(
    visit: &Visit,
    id: MemberId,
    mut shown: MemberPage,
    result: Result<(), app::Error>,
    what: &str,
) -> Result<HttpResponse, Error> {
    match result {
        Ok(()) => {
            let mut conn = visit.state.pool.get().await?;
            let manager = person::manager_of(&mut conn, visit.viewer, id).await?;
            Ok(see(&member::team_href(manager, id), Some(what)))
        }
        Err(app::Error::Invalid(found)) => {
            shown.wrong(found);
            visit.invalid("member", &shown)
        }
        Err(app::Error::Refused(refusal)) => visit.refused("member", &shown, &refusal, &names(visit).await?),
        Err(other) => Err(other.into()),
    }
}

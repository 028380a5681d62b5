//! Drafts of releases, for HR: upload, look at what would come of it, publish.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};

use super::to_keep;
use crate::app::drafts::{self as kept, DraftId, Seen};
use crate::app::pages::people::{Mistakes, for_hr};
use crate::app::pages::{curricula, drafts};
use crate::app::{self, archive};
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::zone::local_date;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::pages::people::named;
use crate::web::session::{Visit, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(uploading).service(upload).service(one).service(sources);
    config.service(publishing).service(publish).service(discard);
}

/// Where the language button leads on a page that came back.
#[get("/curricula/drafts")]
async fn uploading(visit: Visit) -> Result<HttpResponse, Error> {
    for_hr(visit.viewer)?;
    Ok(see("/curricula", None))
}

#[post("/curricula/drafts")]
async fn upload(posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let unpacked = match archive::unpack(&fields.given().uploads) {
        Ok(unpacked) => unpacked,
        Err(why) => return refused(&visit, why).await,
    };
    let (who, moment) = (visit.viewer, visit.moment());
    let kept = async |tx: &mut _| kept::keep(tx, who, unpacked.clone(), &moment).await;
    let id = visit.state.pool.in_transaction(kept).await?;
    Ok(see(&drafts::href(id), None))
}

/// The page with the form again, and why nothing was taken.
async fn refused(visit: &Visit, message: Message) -> Result<HttpResponse, Error> {
    let today = local_date(visit.moment().now, visit.zone);
    let mut conn = visit.state.pool.get().await?;
    let mut page = curricula::load(&mut conn, visit.viewer, today).await?;
    drop(conn);
    let found = vec![FieldProblem { field: "files".to_owned(), message }];
    page.mistakes = Mistakes::new("", found, |_| "upload-files");
    visit.invalid("curricula", &page)
}

#[get("/curricula/drafts/{draft}")]
async fn one(visit: Visit, draft: Path<String>) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let page = drafts::load(&mut conn, visit.viewer, named(&draft)?).await?;
    drop(conn);
    visit.page("draft", &page)
}

/// The files of a draft, to keep.
#[get("/curricula/drafts/{draft}/sources.zip")]
async fn sources(visit: Visit, draft: Path<String>) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let packed = kept::pack(&mut conn, visit.viewer, named(&draft)?).await?;
    Ok(to_keep(packed))
}

/// As [`uploading`].
#[get("/curricula/drafts/{draft}/publish")]
async fn publishing(visit: Visit, draft: Path<String>) -> Result<HttpResponse, Error> {
    for_hr(visit.viewer)?;
    Ok(see(&drafts::href(named(&draft)?), None))
}

fn seen(fields: &Fields) -> Seen {
    let hashes = |name| fields.text(name).split_whitespace().map(|hash| hash.trim_matches('-').to_owned()).collect();
    Seen { releases: hashes("releases"), current: hashes("current"), confirmed: fields.is_checked("confirm") }
}

#[post("/curricula/drafts/{draft}/publish")]
async fn publish(posted: Posted, draft: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let (id, seen): (DraftId, _) = (named(&draft)?, seen(&fields));
    let (who, moment) = (visit.viewer, visit.moment());
    let published = async |tx: &mut _| kept::publish(tx, who, id, &seen, &moment).await;
    let found = match visit.state.pool.in_transaction(published).await {
        Ok(done) => {
            let href = match done.programs.as_slice() {
                [(_, hash, _)] => format!("/curricula/{hash}"),
                _ => "/curricula".to_owned(),
            };
            return Ok(see(&href, Some("published")));
        }
        Err(app::Error::Invalid(found)) => found,
        // Its page says them all.
        Err(app::Error::Curriculum(_)) => Vec::new(),
        Err(other) => return Err(other.into()),
    };
    let mut conn = visit.state.pool.get().await?;
    let mut page = drafts::load(&mut conn, visit.viewer, id).await?;
    drop(conn);
    page.mistakes = Mistakes::new("", found, |_| "draft-publish");
    visit.invalid("draft", &page)
}

#[post("/curricula/drafts/{draft}/discard")]
async fn discard(posted: Posted, draft: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let id: DraftId = named(&draft)?;
    // What the button says: an address that was posted to by chance drops nothing.
    let _: String = fields.need("draft")?;
    let who = visit.viewer;
    visit.state.pool.in_transaction(async |tx| kept::discard(tx, who, id).await).await?;
    Ok(see("/curricula", Some("draft-dropped")))
}

//! Arranging one plan: wish, look at what would come of it, press once; and undo.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};

use super::people::named;
use crate::app;
use crate::app::arrange::{self as arranging, OwnStep, Wish};
use crate::app::pages::arrange::preview::{self as coming, Kept, PreviewPage};
use crate::app::pages::arrange::{self, arrangeable};
use crate::app::pages::names;
use crate::app::pages::people::Mistakes;
use crate::engine::Refusal;
use crate::engine::arrange::Ending;
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::vocabulary::{PlanId, Role};
use crate::render;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::session::{Visit, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(apply).service(previewed).service(preview).service(undoing).service(undo);
}

#[get("/plans/{plan}/arrange")]
async fn show(visit: Visit, plan: Path<String>) -> Result<HttpResponse, Error> {
    visit.page("arrange", &page(&visit, named(&plan)?).await?)
}

/// A preview can't be asked for again without what was typed: the language button leads back to the
/// forms.
#[get("/plans/{plan}/arrange/preview")]
async fn previewed(visit: Visit, plan: Path<String>) -> Result<HttpResponse, Error> {
    let plan = named(&plan)?;
    may(&visit, plan).await?;
    Ok(see(&arrange::href(plan), None))
}

#[post("/plans/{plan}/arrange/preview")]
async fn preview(posted: Posted, plan: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let plan = named(&plan)?;
    may(&visit, plan).await?;
    let wish = match wish(&fields)? {
        Ok(wish) => wish,
        Err(problems) => return again(&visit, plan, &fields, app::Error::Invalid(problems)).await,
    };
    match look(&visit, plan, &wish, &fields).await {
        Ok(page) => visit.page("arrange_preview", &page),
        Err(why) => again(&visit, plan, &fields, why).await,
    }
}

#[post("/plans/{plan}/arrange")]
async fn apply(posted: Posted, plan: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let plan = named(&plan)?;
    may(&visit, plan).await?;
    let wish = match wish(&fields)? {
        Ok(wish) => wish,
        Err(problems) => return again(&visit, plan, &fields, app::Error::Invalid(problems)).await,
    };
    let (seen, moment) = (fields.need::<u64>("seen")?, visit.moment());
    let work = async |tx: &mut _| arranging::apply(tx, visit.viewer, plan, &wish, seen, &moment).await;
    match visit.state.pool.in_transaction(work).await {
        Ok(()) => Ok(see(&arrange::href(plan), Some("arranged"))),
        Err(app::Error::Refused(refusal @ Refusal::PlanChanged)) => match look(&visit, plan, &wish, &fields).await {
            Ok(page) => visit.refused("arrange_preview", &page, &refusal, &render::Names::default()),
            Err(why) => again(&visit, plan, &fields, why).await,
        },
        Err(why) => again(&visit, plan, &fields, why).await,
    }
}

#[get("/plans/{plan}/undo/{deed}")]
async fn undoing(visit: Visit, address: Path<(String, String)>) -> Result<HttpResponse, Error> {
    let (plan, deed) = (named(&address.0)?, named(&address.1)?);
    may(&visit, plan).await?;
    let mut conn = visit.state.pool.get().await?;
    let page = coming::undo(&mut conn, visit.viewer, plan, deed, &visit.moment()).await;
    drop(conn);
    match page {
        Ok(page) => visit.page("arrange_preview", &page),
        Err(why) => again(&visit, plan, &Fields::default(), why).await,
    }
}

#[post("/plans/{plan}/undo/{deed}")]
async fn undo(posted: Posted, address: Path<(String, String)>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let (plan, deed) = (named(&address.0)?, named(&address.1)?);
    may(&visit, plan).await?;
    let (seen, moment) = (fields.need::<u64>("seen")?, visit.moment());
    let work = async |tx: &mut _| arranging::undo(tx, visit.viewer, plan, deed, Some(seen), &moment).await;
    match visit.state.pool.in_transaction(work).await {
        Ok(()) => Ok(see(&arrange::href(plan), Some("undone"))),
        Err(app::Error::Refused(refusal @ Refusal::PlanChanged)) => {
            let mut conn = visit.state.pool.get().await?;
            let page = coming::undo(&mut conn, visit.viewer, plan, deed, &visit.moment()).await;
            drop(conn);
            match page {
                Ok(page) => visit.refused("arrange_preview", &page, &refusal, &render::Names::default()),
                Err(why) => again(&visit, plan, &Fields::default(), why).await,
            }
        }
        Err(why) => again(&visit, plan, &Fields::default(), why).await,
    }
}

/// Whoever may arrange nothing here finds nothing here, whatever they post.
async fn may(visit: &Visit, plan: PlanId) -> Result<(), Error> {
    let mut conn = visit.state.pool.get().await?;
    arrangeable(&mut conn, visit.viewer, plan, visit.moment().now).await?;
    Ok(())
}

async fn page(visit: &Visit, plan: PlanId) -> Result<arrange::ArrangePage, Error> {
    let mut conn = visit.state.pool.get().await?;
    Ok(arrange::load(&mut conn, visit.viewer, plan, visit.moment().now).await?)
}

async fn look(visit: &Visit, plan: PlanId, wish: &Wish, fields: &Fields) -> Result<PreviewPage, app::Error> {
    let mut conn = visit.state.pool.get().await?;
    let kept = ["what"].into_iter().chain(own_fields(fields));
    let kept = kept.map(|name| Kept { name: name.to_owned(), value: fields.text(name).to_owned() }).collect();
    coming::wish(&mut conn, visit.viewer, plan, (wish, kept), &visit.moment()).await
}

/// The fields of the form that was posted: each begins with the form's name.
fn own_fields(fields: &Fields) -> impl Iterator<Item = &str> {
    let form = format!("{}_", fields.text("what"));
    fields.names().filter(move |name| name.starts_with(&form))
}

/// The forms again, with what was typed and what is wrong with it.
async fn again(visit: &Visit, plan: PlanId, fields: &Fields, why: app::Error) -> Result<HttpResponse, Error> {
    let mut page = page(visit, plan).await?;
    let form = fields.text("what").to_owned();
    page.typed.extend(own_fields(fields).map(|name| (name.to_owned(), fields.text(name).to_owned())));
    page.again = Some(form.clone()).filter(|form| !form.is_empty());
    let found = match why {
        app::Error::Invalid(found) => found,
        app::Error::Refused(refusal) => {
            let mut conn = visit.state.pool.get().await?;
            let names = names::of_plan(&mut conn, visit.viewer, plan).await?.into();
            drop(conn);
            match beside(&form, &refusal) {
                Some(field) => {
                    vec![FieldProblem { field: field.to_owned(), message: render::refusal(&refusal, &names) }]
                }
                None => return visit.refused("arrange", &page, &refusal, &names),
            }
        }
        other => return Err(other.into()),
    };
    page.mistakes = Mistakes::new("", found, label);
    visit.invalid("arrange", &page)
}

/// The field that a refusal is about, where it is about one.
fn beside(form: &str, refusal: &Refusal) -> Option<&'static str> {
    Some(match (form, refusal) {
        ("move", Refusal::DayPassed { .. } | Refusal::DayOutOfRange { .. }) => "move_due",
        ("shift", Refusal::DayPassed { .. } | Refusal::DayOutOfRange { .. }) => "shift_from",
        ("shift", Refusal::TooLong { .. } | Refusal::NoDays) => "shift_days",
        ("add", Refusal::DayPassed { .. } | Refusal::DayOutOfRange { .. }) => "add_due",
        ("add", Refusal::TitleNeeded) => "add_title",
        ("add", Refusal::BadWords) => "add_text",
        ("waive", Refusal::BadWords) => "waive_reason",
        ("skip", Refusal::BadWords) => "skip_reason",
        ("end", Refusal::BadWords) => "end_reason",
        ("end", Refusal::StepsLeft) => "end_how",
        (
            "leave",
            Refusal::EndsBefore { .. }
            | Refusal::LeaveBeforePlan { .. }
            | Refusal::TooLong { .. }
            | Refusal::DayOutOfRange { .. },
        ) => "leave_until",
        ("deputy", Refusal::EndsBefore { .. } | Refusal::DayPassed { .. } | Refusal::DayOutOfRange { .. }) => {
            "deputy_until"
        }
        ("deputy", Refusal::MentorInCast { .. } | Refusal::AlreadyMentor { .. }) => "deputy_who",
        _ => return None,
    })
}

/// Reads the fields of a form, and collects everything that is wrong with them.
struct Reading<'f> {
    fields: &'f Fields,
    problems: Vec<FieldProblem>,
}

impl Reading<'_> {
    fn wrong(&mut self, field: &'static str, id: &'static str) {
        self.problems.push(FieldProblem { field: field.to_owned(), message: Message::new(id) });
    }

    /// A value that reads as something; `id` says what is wrong with one that does not.
    fn read<T>(&mut self, field: &'static str, id: &'static str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.fields.text(field).trim();
        let found = read(text);
        if found.is_none() {
            self.wrong(field, if text.is_empty() { "field-required" } else { id });
        }
        found
    }

    fn parsed<T: std::str::FromStr>(&mut self, field: &'static str, id: &'static str) -> Option<T> {
        self.read(field, id, |text| text.parse().ok())
    }

    fn date(&mut self, field: &'static str) -> Option<chrono::NaiveDate> {
        self.parsed(field, "field-not-a-date")
    }

    fn choice<T: std::str::FromStr>(&mut self, field: &'static str) -> Option<T> {
        self.parsed(field, "field-not-an-option")
    }

    /// Words that must be there.
    fn words(&mut self, field: &'static str) -> Option<String> {
        self.read(field, "field-required", |text| (!text.is_empty()).then(|| text.to_owned()))
    }
}

/// The wish that a form makes, or everything that is wrong with it: both sides of a `zip` are read.
///
/// # Errors
/// [`Error::BadRequest`] when it is none of the page's forms.
fn wish(fields: &Fields) -> Result<Result<Wish, Vec<FieldProblem>>, Error> {
    let mut form = Reading { fields, problems: Vec::new() };
    let read = match fields.text("what") {
        "move" => form.choice("move_step").zip(form.date("move_due")).map(|(step, due)| Wish::Move { step, due }),
        "shift" => {
            let days = form.date("shift_from").zip(form.parsed("shift_days", "field-not-a-number"));
            days.map(|(from, days)| Wish::Shift { from, days })
        }
        "add" => own_step(&mut form).map(Wish::Add),
        "waive" => {
            form.choice("waive_step").zip(form.words("waive_reason")).map(|(step, reason)| Wish::Waive { step, reason })
        }
        "skip" => form
            .words("skip_module")
            .zip(form.words("skip_reason"))
            .map(|(curriculum, reason)| Wish::Skip { curriculum, reason }),
        "leave" => {
            form.date("leave_from").zip(form.date("leave_until")).map(|(from, until)| Wish::Leave { from, until })
        }
        "pause" => Some(Wish::Pause),
        "resume" => Some(Wish::Resume),
        "deputy" => {
            let days = form.date("deputy_from").zip(form.date("deputy_until"));
            form.choice("deputy_who").zip(days).map(|(who, (from, until))| Wish::Deputy { who, from, until })
        }
        "end" => end(&mut form),
        _ => return Err(Error::BadRequest),
    };
    Ok(read.filter(|_| form.problems.is_empty()).ok_or(form.problems))
}

fn own_step(form: &mut Reading) -> Option<OwnStep> {
    let title = form.words("add_title");
    let who = form.read("add_who", "field-not-an-option", Role::parse);
    let review = match form.fields.text("add_review") {
        "" => Some(None),
        _ => form.read("add_review", "field-not-an-option", |text| Role::parse(text).map(Some)),
    };
    let due = form.date("add_due");
    let effort = form.parsed("add_minutes", "field-not-a-number");
    let text = form.fields.text("add_text").replace("\r\n", "\n");
    Some(OwnStep { title: title?, text, who: who?, review: review?, due: due?, effort: effort? })
}

fn end(form: &mut Reading) -> Option<Wish> {
    let how = form.read("end_how", "field-not-an-option", Ending::parse)?;
    let reason = match how {
        Ending::Graduated => form.fields.text("end_reason").to_owned(),
        Ending::Early | Ending::Cancelled => form.words("end_reason")?,
    };
    Some(Wish::End { how, reason })
}

fn label(field: &str) -> &'static str {
    match field {
        "move_step" | "waive_step" => "arrange-label-step",
        "move_due" | "add_due" => "arrange-label-due",
        "shift_days" => "arrange-label-days",
        "add_title" => "arrange-label-title",
        "add_text" => "arrange-label-text",
        "add_who" => "arrange-label-who",
        "add_review" => "arrange-label-review",
        "add_minutes" => "arrange-label-minutes",
        "waive_reason" | "skip_reason" | "end_reason" => "arrange-label-reason",
        "skip_module" => "arrange-label-module",
        "shift_from" | "leave_from" | "deputy_from" => "arrange-label-from",
        "leave_until" | "deputy_until" => "arrange-label-until",
        "deputy_who" => "arrange-label-deputy",
        _ => "arrange-label-how",
    }
}

#[cfg(test)]
mod tests {
    use crate::app::pages::arrange::preview::PreviewPage;
    use crate::app::pages::change::{ChangeView, Line, MailChange};
    use crate::engine::message::Message;
    use crate::engine::vocabulary::Role;
    use crate::web::pages::people::tests::{shown, text};

    #[test]
    fn what_a_mail_would_also_name_stands_in_a_list() {
        let step = |turn| Line { title: text("Meet", "認識團隊"), member: None, turn };
        let (more, fewer) = (vec![step(Some(2)), step(None), step(None)], Vec::new());
        let change = ChangeView {
            mail: vec![MailChange { role: Role::Manager, name: None, more, fewer }],
            calendar: text("Taiwan", "台灣"),
            ..ChangeView::default()
        };
        let page = PreviewPage {
            plan_href: "/plans/1".to_owned(),
            arrange_href: "/plans/1/arrange".to_owned(),
            action: "/plans/1/arrange".to_owned(),
            manager: "Grace Chen".to_owned(),
            program: text("Sales", "業務"),
            is_undo: false,
            said: Message::new("arrange-wish-pause"),
            is_pause: true,
            others: Vec::new(),
            reason: None,
            text: None,
            kept: Vec::new(),
            seen: 1,
            change,
            deputy: None,
            replaces: None,
            handed_over: Vec::new(),
            stays: Vec::new(),
        };
        let (en, zh) = shown("arrange_preview", &page);
        assert!(en.contains("Would also name:\n<ul><li>Meet") && en.contains("</li><li>Meet"), "{en}");
        assert!(zh.contains("多提到：\n<ul><li>認識團隊"), "{zh}");
    }
}

//! Starting a plan, for HR: choose, look at what would come of it, press once.

use actix_web::web::{Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;

use super::people::{date, names};
use crate::app;
use crate::app::pages::people::{Mistakes, for_hr};
use crate::app::pages::start::{self, Chosen};
use crate::app::plans::{self as starting, NewPlan};
use crate::engine::access::Actor;
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::vocabulary::PersonId;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::session::{Visit, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(choose).service(previewed).service(preview).service(begun).service(begin);
}

/// Choices in an address: a link from a person's page, or the way back from the preview.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    manager: String,
    superior: String,
    mentor: String,
    mentor_2: String,
    mentor_3: String,
    hr: String,
    program: String,
    effective: String,
    calendar: String,
}

#[get("/plans/new")]
async fn choose(visit: Visit, given: Query<Given>) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let given = given.into_inner();
    // An address from the preview holds every choice; one from a person's page only the manager.
    let whole = !given.program.is_empty();
    let manager = given.manager.clone();
    let chosen = whole.then_some(Chosen {
        manager: given.manager,
        superior: given.superior,
        mentor: given.mentor,
        mentor_2: given.mentor_2,
        mentor_3: given.mentor_3,
        hr: given.hr,
        program: given.program,
        effective: given.effective,
        calendar: given.calendar,
    });
    let mut page = start::load(&mut conn, visit.viewer, chosen, visit.moment().now).await?;
    if !whole {
        page.chosen.manager = manager;
    }
    visit.page("start", &page)
}

fn typed(fields: &Fields) -> Chosen {
    let text = |name| fields.text(name).trim().to_owned();
    Chosen {
        manager: text("manager"),
        superior: text("superior"),
        mentor: text("mentor"),
        mentor_2: text("mentor_2"),
        mentor_3: text("mentor_3"),
        hr: text("hr"),
        program: text("program"),
        effective: text("effective"),
        calendar: text("calendar"),
    }
}

/// The order that the choices make, or every choice that is missing.
fn order(chosen: &Chosen) -> Result<NewPlan, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut person = |field: &'static str, text: &str| -> Option<PersonId> {
        let id = text.parse().ok();
        if id.is_none() {
            problems.push(FieldProblem { field: field.to_owned(), message: Message::new("field-required") });
        }
        id
    };
    let manager = person("manager", &chosen.manager);
    let superior = person("superior", &chosen.superior);
    let mentor = if chosen.mentor.is_empty() { None } else { person("mentor", &chosen.mentor) };
    let mut then = Vec::new();
    for (field, next) in [("mentor_2", &chosen.mentor_2), ("mentor_3", &chosen.mentor_3)] {
        then.extend(if next.is_empty() { None } else { person(field, next) });
    }
    let hr = person("hr", &chosen.hr);
    if mentor.is_none() && !then.is_empty() {
        problems.push(FieldProblem { field: "mentor".to_owned(), message: Message::new("start-mentor-first") });
    }
    if chosen.program.is_empty() {
        problems.push(FieldProblem { field: "program".to_owned(), message: Message::new("field-required") });
    }
    let effective = date("effective", &chosen.effective).map_err(|problem| problems.push(problem)).ok();
    match (manager, superior, hr, effective) {
        (Some(manager), Some(superior), Some(hr), Some(effective)) if problems.is_empty() => Ok(NewPlan {
            program: chosen.program.clone(),
            manager,
            superior,
            hr,
            mentor,
            then,
            effective,
            calendar: Some(chosen.calendar.clone()).filter(|name| !name.is_empty()),
        }),
        _ => Err(problems),
    }
}

fn label(field: &str) -> &'static str {
    match field {
        "manager" => "start-manager",
        "superior" => "start-superior",
        "mentor" => "start-mentor",
        "mentor_2" => "start-mentor-2",
        "mentor_3" => "start-mentor-3",
        "hr" => "start-hr",
        "program" => "start-program",
        "effective" => "start-effective",
        _ => "start-calendar",
    }
}

/// The form again, with what is wrong.
async fn again(visit: &Visit, chosen: Chosen, why: app::Error) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let mut page = start::load(&mut conn, visit.viewer, Some(chosen), visit.moment().now).await?;
    drop(conn);
    match why {
        app::Error::Invalid(found) => {
            page.mistakes = Mistakes::new("", found, label);
            visit.invalid("start", &page)
        }
        app::Error::Refused(refusal) => visit.refused("start", &page, &refusal, &names(visit).await?),
        other => Err(other.into()),
    }
}

/// The preview itself can't be asked for again without its choices: the language button leads back to
/// the form.
#[get("/plans/preview")]
async fn previewed(visit: Visit) -> Result<HttpResponse, Error> {
    to_the_form(&visit)
}

/// As [`previewed`].
#[get("/plans")]
async fn begun(visit: Visit) -> Result<HttpResponse, Error> {
    to_the_form(&visit)
}

fn to_the_form(visit: &Visit) -> Result<HttpResponse, Error> {
    for_hr(visit.viewer)?;
    Ok(see("/plans/new", None))
}

#[post("/plans/preview")]
async fn preview(posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let chosen = typed(&fields);
    let new = match order(&chosen) {
        Ok(new) => new,
        Err(problems) => return again(&visit, chosen, app::Error::Invalid(problems)).await,
    };
    let mut conn = visit.state.pool.get().await?;
    let page = start::preview(&mut conn, visit.viewer, &new, chosen.clone(), &visit.moment()).await;
    drop(conn);
    match page {
        Ok(page) => visit.page("start_preview", &page),
        Err(why) => again(&visit, chosen, why).await,
    }
}

#[post("/plans")]
async fn begin(posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let chosen = typed(&fields);
    let new = match order(&chosen) {
        Ok(new) => new,
        Err(problems) => return again(&visit, chosen, app::Error::Invalid(problems)).await,
    };
    let (moment, who) = (visit.moment(), Actor::Person(visit.viewer));
    let started = visit
        .state
        .pool
        .in_transaction(async |tx| {
            start::check_calendar(tx, &new).await?;
            starting::start_as_previewed(tx, who, &new, fields.text("release"), &moment).await
        })
        .await;
    match started {
        Ok(plan) => Ok(see(&format!("/plans/{plan}"), Some("started"))),
        Err(why) => again(&visit, chosen, why).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::pages::start::{PreviewPage, PreviewStep, Recurring, RunningPlan, StartPage, Week};
    use crate::engine::calendar::Span;
    use crate::engine::vocabulary::Role;
    use crate::web::pages::people::tests::{dated, day, shown, text};

    fn chosen() -> Chosen {
        let id = uuid::Uuid::from_u128(1).to_string();
        Chosen {
            manager: id.clone(),
            superior: id.clone(),
            mentor: String::new(),
            mentor_2: String::new(),
            mentor_3: String::new(),
            hr: id,
            program: "sales_manager".to_owned(),
            effective: "2026-03-02".to_owned(),
            calendar: String::new(),
        }
    }

    fn fields(problems: Vec<FieldProblem>) -> Vec<String> {
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn every_choice_that_is_missing_is_named_at_once() {
        let empty = Chosen { mentor: "nobody".to_owned(), effective: "soon".to_owned(), ..Chosen::default() };
        let found = order(&empty).map(drop).map_err(fields);
        let all = ["manager", "superior", "mentor", "hr", "program", "effective"].map(str::to_owned).to_vec();
        assert_eq!(found, Err(all));
    }

    #[test]
    fn a_mentor_and_a_calendar_may_be_left_out() {
        let new = order(&chosen()).expect("an order");
        assert_eq!((new.mentor, new.calendar, new.effective), (None, None, day("2026-03-02")));
    }

    #[test]
    fn the_form_without_a_program_says_why_nothing_can_start() {
        let page = StartPage {
            chosen: chosen(),
            mistakes: Mistakes::default(),
            without_plan: Vec::new(),
            with_plan: Vec::new(),
            everybody: Vec::new(),
            mentors: Vec::new(),
            hr: Vec::new(),
            programs: Vec::new(),
            calendars: Vec::new(),
        };
        let (en, _) = shown("start", &page);
        assert!(en.contains("No program is published yet"));
    }

    fn preview_page() -> PreviewPage {
        let step = PreviewStep {
            title: text("Interview", "訪談"),
            module: text("Team", "團隊"),
            who: Role::Manager,
            member: Some("黃志明".to_owned()),
            names_member: false,
            opens: dated("2026-03-02", false),
            due: dated("2026-03-06", true),
            effort: 45,
            is_ritual: true,
        };
        let week = Week {
            n: 1,
            from: day("2026-03-02"),
            until: day("2026-03-08"),
            minutes: 45,
            others: 10,
            steps: vec![step],
        };
        PreviewPage {
            chosen: chosen(),
            manager: "林怡君".to_owned(),
            manager_href: "/people/1".to_owned(),
            superior: "Wang".to_owned(),
            mentor: None,
            hr: "Hsu".to_owned(),
            program: text("Sales manager", "業務主管"),
            release: "0123abcd".to_owned(),
            calendar: text("Taiwan", "台灣"),
            first_day: dated("2026-03-02", false),
            steps: 1,
            weeks: vec![week],
            recurring: vec![Recurring {
                title: text("One-to-one", "一對一"),
                who: Role::Manager,
                every: Message::new("curricula-every-week").with("weekday", "Fri"),
                until: dated("2026-12-31", false),
            }],
            busiest: 45,
            members: 0,
            lacks_roster: true,
            lacks_mentor: true,
            provisional: 1,
            running: vec![RunningPlan {
                href: "/plans/1".to_owned(),
                program: Message::new("plan-name").with("program", text("First weeks", "前幾週")),
                leaves: vec![Span { from: day("2026-03-04"), until: day("2026-03-06") }],
                paused_since: Some(day("2026-03-02")),
            }],
            is_past: true,
        }
    }

    #[test]
    fn the_preview_names_its_warnings_and_keeps_the_choices() {
        let (en, zh) = shown("start_preview", &preview_page());
        for warning in ["has a running plan already", "has no team members yet", "No mentor is chosen", "provisional"] {
            assert!(en.contains(warning), "{warning}");
        }
        assert!(en.contains("A leave from Wed 4 Mar 2026 to Fri 6 Mar 2026 counts there and is not carried over."));
        assert!(en.contains("It has been paused since Mon 2 Mar 2026. The pause is not carried over."), "{en}");
        assert_eq!(en.matches(r#"name="effective" value="2026-03-02""#).count(), 4);
        assert_eq!(en.matches(r#"name="release" value="0123abcd""#).count(), 2);
        assert!(en.contains("every Friday") && zh.contains("每週五") && zh.contains("開始計畫：林怡君"));
    }
}

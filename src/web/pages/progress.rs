//! How every plan goes, for HR.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};

use crate::app::pages::progress;
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show);
}

#[get("/progress")]
async fn show(visit: Visit) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let page = progress::load(&mut conn, visit.viewer, visit.moment().now).await?;
    visit.page("progress", &page)
}

#[cfg(test)]
mod tests {
    use crate::app::pages::arrange::banner::Banner;
    use crate::app::pages::progress::{Finished, PlanRow, ProgressPage, Waiting};
    use crate::engine::message::Message;
    use crate::engine::vocabulary::Role;
    use crate::web::pages::people::tests::{dated, day, shown, text};

    fn row() -> PlanRow {
        PlanRow {
            href: "/plans/1".to_owned(),
            manager: "林怡君".to_owned(),
            manager_href: "/people/1".to_owned(),
            program: Message::new("plan-name").with("program", text("Sales manager", "業務主管")),
            day: Some(12),
            first_day: dated("2026-03-02", false),
            calendar: text("Taiwan", "台灣"),
            done: 3,
            all: 10,
            overdue: vec![Waiting { role: Role::Manager, name: Some("林怡君".to_owned()), count: 2, days: 4 }],
            overdue_count: 2,
            in_review: vec![Waiting { role: Role::Mentor, name: None, count: 1, days: 0 }],
            mentoring: Some("declined"),
            mentor: Some("Tsai".to_owned()),
            mentor_days: 4,
            last_act: Some("2026-03-02T01:00:00Z".parse().expect("a moment")),
            finished: None,
            banner: Banner { paused_since: Some(day("2026-03-05")), ..Banner::default() },
        }
    }

    fn calm() -> PlanRow {
        PlanRow {
            day: None,
            overdue: Vec::new(),
            overdue_count: 0,
            in_review: Vec::new(),
            mentoring: None,
            mentor: None,
            last_act: None,
            ..row()
        }
    }

    fn page() -> ProgressPage {
        ProgressPage {
            calendars: Vec::new(),
            active: 2,
            overdue_people: 1,
            waiting_mentors: 1,
            failed_mail: 1,
            canary: None,
            exceptions: vec![row()],
            on_course: vec![calm()],
            finished: vec![PlanRow { finished: Some(Finished { on: day("2026-06-01"), how: "complete" }), ..calm() }],
        }
    }

    #[test]
    fn exceptions_stand_before_what_is_on_course() {
        let (en, zh) = shown("progress", &page());
        let at = |words: &str| en.find(words).expect(words);
        assert!(at("Needs attention (1)") < at("On course (1)") && at("On course (1)") < at("Finished (1)"));
        assert!(
            en.contains("2 steps overdue")
                && en.contains("nobody (mentor): 1, since today")
                && en.contains("Starts Mon 2 Mar")
        );
        assert!(zh.contains("已婉拒") && zh.contains("逾期 2 個步驟"));
        assert!(en.contains("Paused since Thu 5 Mar 2026"), "a plan that rests says so");
    }

    #[test]
    fn a_company_without_plans_is_told_how_to_start_one() {
        let none =
            ProgressPage { active: 0, exceptions: Vec::new(), on_course: Vec::new(), finished: Vec::new(), ..page() };
        assert!(shown("progress", &none).0.contains(r#"href="/plans/new""#));
    }
}

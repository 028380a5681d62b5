//! A step's questions on a sheet of paper, for a talk.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use super::step::named;
use crate::app::pages::sheet;
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show);
}

#[get("/plans/{plan}/steps/{key}/sheet")]
async fn show(visit: Visit, address: Path<(String, String)>) -> Result<HttpResponse, Error> {
    let (plan, key) = named(&address.0, &address.1)?;
    let mut conn = visit.state.pool.get().await?;
    visit.page("sheet", &sheet::load(&mut conn, visit.viewer, plan, &key, visit.moment().now).await?)
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use crate::app::pages::sheet::{SheetPage, empty};
    use crate::engine::vocabulary::Lang;
    use crate::render::{Chrome, shared};
    use crate::web::pages::form_tests::asks;
    use crate::web::pages::manager_tests::step;

    fn rendered(lang: Lang) -> String {
        let mut step = step("Meet one to one", "open");
        step.line.member = Some("Lin <Mei>".to_owned());
        let page = SheetPage { step, fields: empty(&asks()) };
        let chrome = Chrome::visitor(lang, chrono_tz::Asia::Taipei, "/plans/p/steps/s/sheet");
        shared().page("sheet", &chrome, &page).expect("a page")
    }

    fn count(html: &str, selector: &str) -> usize {
        Html::parse_document(html).select(&Selector::parse(selector).expect("a selector")).count()
    }

    #[test]
    fn every_kind_of_question_has_room_of_its_own_size_on_paper() {
        let html = rendered(Lang::En);
        assert_eq!(count(&html, ".question"), asks().len());
        assert_eq!(count(&html, ".question-line .rule"), 1);
        assert_eq!(count(&html, ".question-text .rule"), 12);
        assert_eq!(count(&html, ".question-choice .box"), 3);
        assert_eq!(count(&html, ".question-several .box"), 3);
        assert_eq!(count(&html, ".question-scale .circle"), 5);
        assert_eq!((count(&html, ".question-table th[scope=col]"), count(&html, ".question-table tbody tr")), (4, 3));
        assert_eq!(count(&html, ".question-smart .rule"), 10);
        assert_eq!((count(&html, ".question-rating .circle"), count(&html, ".question-rating .box")), (10, 2));
        assert_eq!(count(&html, "main :is(input, select, textarea)"), 0);
    }

    #[test]
    fn a_sheet_names_whom_the_talk_is_with_in_both_languages() {
        assert!(rendered(Lang::En).contains("Meet one to one: Lin &lt;Mei&gt;"));
        assert!(rendered(Lang::ZhTw).contains("Meet one to one：Lin &lt;Mei&gt;"));
    }
}

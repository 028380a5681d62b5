use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::*;
use crate::engine::template::{self, Who};
use crate::engine::vocabulary::Text;

fn with_template(name: &str, source: &str) -> Renderer {
    let mut renderer = Renderer::new().expect("a renderer");
    let registry = if name.ends_with(".txt") { &mut renderer.text } else { &mut renderer.html };
    registry.register_template_string(name, source).expect("a template");
    renderer
}

fn visitor(lang: Lang) -> Chrome {
    Chrome::visitor(lang, chrono_tz::Asia::Taipei, "/here")
}

/// What a page of this source shows.
fn shown(lang: Lang, source: &str, page: &Value) -> Result<String, RenderError> {
    with_template("pages/sample", source).page("sample", &visitor(lang), page)
}

fn error(result: Result<String, RenderError>) -> String {
    let error = result.expect_err("an error");
    format!("{error}: {}", std::error::Error::source(&error).expect("a cause"))
}

/// The messages of the files of one language, each with the arguments it names.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in embedded::word_files().expect("files").into_iter().filter(|file| file.lang == Some(lang)) {
        let mut id = String::new();
        for line in file.source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| line.starts_with(char::is_alphabetic)) {
                name.clone_into(&mut id);
            }
            let args = line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect::<String>()
            });
            found.entry(id.clone()).or_default().extend(args);
        }
    }
    found.remove("");
    found
}

#[test]
fn every_template_and_every_word_parses() {
    Renderer::new().expect("a renderer");
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_arguments() {
    assert_eq!(messages(Lang::En), messages(Lang::ZhTw));
}

#[test]
fn no_template_writes_without_escaping() {
    let raw = embedded::templates().expect("templates").into_iter().filter(|template| {
        let code = without_comments(&template.source);
        code.contains("{{{") || code.contains("{{&") || code.contains("{{~{") || code.contains("{{~&")
    });
    assert_eq!(raw.map(|template| template.name).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn every_message_that_a_template_names_has_words_in_both_languages() {
    let renderer = shared();
    let mut missing = BTreeSet::new();
    for template in embedded::templates().expect("templates") {
        let code = without_comments(&template.source);
        let calls = code.split("{{t \"").skip(1).chain(code.split("(t \"").skip(1));
        let ids = calls.filter_map(|rest| rest.split_once('"').map(|(id, _)| id));
        missing.extend(
            ids.filter(|id| Lang::ALL.iter().any(|lang| !renderer.knows(*lang, id)))
                .map(|id| format!("{id} in {}", template.name)),
        );
    }
    assert_eq!(missing, BTreeSet::new());
}

fn without_comments(source: &str) -> String {
    let mut parts = source.split("{{!--");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |code, part| code + part.split_once("--}}").map_or("", |(_, after)| after))
}

#[test]
fn the_assets_keep_to_their_budgets() {
    assert!(asset("app.css").expect("the style sheet").0.len() < 23_000);
    let scripts = ["app.js", "autosave.js"].map(|name| asset(name).expect("a script").0.len());
    assert!(scripts.iter().sum::<usize>() < 10_000, "{scripts:?}");
}

#[test]
fn an_assets_address_names_its_content() {
    let address = asset_address("app.css").expect("an address");
    assert_eq!(address.len(), "/assets/app.css?v=".len() + 12);
    assert_eq!(asset("../layouts/base.hbs"), None);
}

#[test]
fn words_are_escaped_on_a_page_and_stay_as_they_are_in_text() {
    let page = json!({ "name": "<b>Chen & Co</b>" });
    let html = shown(Lang::En, r#"{{t "signed-in-as" name=page.name}}{{page.name}}"#, &page).expect("a page");
    assert_eq!(html, "Signed in as &lt;b&gt;Chen &amp; Co&lt;/b&gt;&lt;b&gt;Chen &amp; Co&lt;/b&gt;");
    let mut renderer = with_template("mail/sample/subject.txt", r#"{{t "signed-in-as" name=letter.name}}"#);
    renderer.text.register_template_string("mail/sample/preview.txt", "").expect("a template");
    renderer.text.register_template_string("mail/sample/body.txt", "{{letter.name}}").expect("a template");
    renderer.html.register_template_string("mail/sample/body.html", "{{letter.name}}").expect("a template");
    let mail = renderer.mail("sample", Lang::En, Tz::UTC, &page).expect("a mail");
    assert_eq!(mail.subject, "Signed in as <b>Chen & Co</b>");
    assert_eq!(mail.text, "<b>Chen & Co</b>");
    assert_eq!(mail.html, "&lt;b&gt;Chen &amp; Co&lt;/b&gt;");
}

#[test]
fn a_subject_never_holds_a_line_break() {
    let mut renderer = with_template("mail/sample/subject.txt", "{{letter.name}}\n");
    renderer.text.register_template_string("mail/sample/preview.txt", "").expect("a template");
    renderer.text.register_template_string("mail/sample/body.txt", "").expect("a template");
    renderer.html.register_template_string("mail/sample/body.html", "").expect("a template");
    let mail = renderer.mail("sample", Lang::En, Tz::UTC, &json!({ "name": "Chen\r\nBcc: all" })).expect("a mail");
    assert_eq!(mail.subject, "Chen Bcc: all");
}

#[test]
fn a_misspelt_message_is_an_error_that_names_it() {
    assert!(error(shown(Lang::ZhTw, r#"{{t "no-such-words"}}"#, &json!({}))).contains("`no-such-words` in zh-TW"));
}

#[test]
fn a_missing_argument_is_an_error_that_names_it() {
    assert!(error(shown(Lang::En, r#"{{t "signed-in-as"}}"#, &json!({}))).contains("$name"));
    let misspelt = shown(Lang::En, r#"{{t "signed-in-as" name=page.nmae}}"#, &json!({ "name": "Chen" }));
    assert!(error(misspelt).contains("page.nmae"));
}

#[test]
fn a_message_has_its_arguments_in_the_readers_language_and_zone() {
    let message = Message::new("refusal-changed")
        .with("step", Text { en: "Announce".to_owned(), zh_tw: "宣布".to_owned() })
        .with("at", "2026-03-02T16:05:00Z".parse::<chrono::DateTime<chrono::Utc>>().expect("a moment"));
    let page = json!({ "refusal": message });
    assert_eq!(
        shown(Lang::En, "{{message page.refusal}}", &page).expect("a page"),
        "Announce changed on Tue 3 Mar 2026, 00:05, after you opened this page. \
         Look at it as it is now, then decide again."
    );
    assert_eq!(
        shown(Lang::ZhTw, "{{message page.refusal}}", &page).expect("a page"),
        "你開啟本頁之後，「宣布」已於 2026年3月3日(二) 00:05 更動。請先看最新的內容，再決定一次。"
    );
}

#[test]
fn a_sentence_without_words_stands_as_its_id() {
    let renderer = shared();
    assert_eq!(renderer.sentence(Lang::En, &Message::new("no-such-words")), "no-such-words");
    assert_eq!(renderer.sentence(Lang::En, &Message::new("act-save")), "Save");
}

#[test]
fn every_problem_of_a_form_has_a_sentence() {
    let renderer = shared();
    let source = include_str!("../engine/form.rs");
    let ids: BTreeSet<&str> =
        source.split('"').filter(|text| text.starts_with("field-") || text.starts_with("cell-")).collect();
    assert!(ids.len() > 15, "{ids:?}");
    assert_eq!(ids.iter().filter(|id| !renderer.knows(Lang::En, id)).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn what_somebody_wrote_is_not_indented_by_the_page_around_it() {
    let field = json!({ "id": "f", "label": { "en": "F", "zh-TW": "F" }, "help": null, "required": true,
        "kind": { "type": "text", "example": null, "min": 1, "max": 100 } });
    let page = json!({ "field": field, "value": "one\n  two\nthree", "problem": null });
    let html = shown(Lang::En, "<div>\n    {{> partials/field page}}\n</div>", &page).expect("a page");
    assert!(html.contains(">\none\n  two\nthree</textarea>"), "{html}");
}

#[test]
fn a_field_is_itself_whatever_its_page_calls_things() {
    let field = json!({ "id": "day", "label": { "en": "Day", "zh-TW": "日期" }, "help": null, "required": true,
        "kind": { "type": "date" } });
    let page = json!({ "fields": [{ "field": field, "value": "2026-03-02", "problem": "Too late" }] });
    let source = "{{#each page.fields as |field value|}}{{> partials/field field}}{{/each}}";
    let html = shown(Lang::En, source, &page).expect("a page");
    assert!(
        html.contains(r#"name="day" value="2026-03-02" aria-describedby="problem-day" aria-invalid="true""#),
        "{html}"
    );
}

#[test]
fn the_layout_marks_the_language_and_holds_the_page() {
    let source = r#"{{#> layouts/base page_title=(t "nav-today")}}<h1>{{page.word}}</h1>{{/layouts/base}}"#;
    let html = shown(Lang::ZhTw, source, &json!({ "word": "A&B" })).expect("a page");
    assert!(html.starts_with("<!doctype html>\n<html lang=\"zh-Hant-TW\">"), "{html}");
    assert!(html.contains("<title>今天 · Pilothouse</title>"));
    assert!(html.contains("<h1>A&amp;B</h1>"));
    assert!(!html.contains(" style="));
}

#[test]
fn a_name_in_markdown_comes_out_as_it_is() {
    let look =
        |who: Who| (who != Who::Member).then(|| template::as_markdown("# *x* <b>y</b> [z](https://z) `q` {{hr.name}}"));
    let body = Text { en: "{{manager.name}} meets **{{member.name}}**.".to_owned(), zh_tw: "甲".to_owned() };
    let page = json!({ "body": template::fill_text(&body, &look) });
    assert_eq!(
        shown(Lang::En, "{{markdown page.body}}", &page).expect("a page"),
        "<p># *x* &lt;b&gt;y&lt;/b&gt; [z](https://z) `q` {{hr.name}} meets <strong>the team member</strong>.</p>\n"
    );
}

#[test]
fn a_name_that_nobody_has_is_the_part_in_the_readers_language() {
    let title = Text { en: "{{mentor.name}} reads it".to_owned(), zh_tw: "請{{ mentor.name }}讀".to_owned() };
    let page = json!({ "title": title, "typed": "{{mentor.name}}" });
    let source = "{{text page.title}} {{page.typed}} {{text page.typed}}";
    assert_eq!(shown(Lang::En, source, &page).expect("a page"), "Your mentor reads it {{mentor.name}} {{mentor.name}}");
    assert_eq!(shown(Lang::ZhTw, "{{text page.title}}", &page).expect("a page"), "請導師讀");
    let title = Text { en: "For {{member.name}}".to_owned(), zh_tw: "與 {{member.name}} 一對一".to_owned() };
    assert_eq!(shown(Lang::ZhTw, "{{text page}}", &json!(title)).expect("a page"), "與成員一對一");
}

#[test]
fn every_part_that_a_text_may_name_has_words() {
    let renderer = shared();
    let ids = Who::ALL.map(|who| format!("name-of-{}", who.as_str()));
    assert!(ids.iter().all(|id| Lang::ALL.iter().all(|lang| renderer.knows(*lang, id))));
}

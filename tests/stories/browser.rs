//! A browser without scripts: it follows links, fills the forms that a page really has, and keeps
//! cookies. A form that is not on the page can't be sent, as for a person.

use reqwest::StatusCode;
use scraper::{ElementRef, Html, Selector};

pub struct Browser {
    client: reqwest::Client,
    base: String,
    pub status: StatusCode,
    pub path: String,
    pub html: String,
}

impl Browser {
    pub fn new(base: &str) -> Browser {
        let client = reqwest::Client::builder().cookie_store(true).build().expect("a client");
        Browser { client, base: base.to_owned(), status: StatusCode::OK, path: String::new(), html: String::new() }
    }

    /// Opens an address of the program.
    pub async fn get(&mut self, path: &str) -> &mut Browser {
        let request = self.client.get(format!("{}{path}", self.base)).header("accept-language", "en");
        self.take(request.send().await.expect("an answer")).await
    }

    /// Sends the page's form with this action; `fields` replace or add to what it holds.
    pub async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) -> &mut Browser {
        let form = self.form(action).unwrap_or_else(|| panic!("no form {action} on {}:\n{}", self.path, self.text()));
        let mut pairs: Vec<(String, String)> =
            form.into_iter().filter(|(name, _)| !fields.iter().any(|(field, _)| field == name)).collect();
        pairs.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.post(action, &pairs).await
    }

    /// Posts pairs, whatever the page holds.
    pub async fn post(&mut self, path: &str, pairs: &[(String, String)]) -> &mut Browser {
        let request = self.client.post(format!("{}{path}", self.base)).form(pairs).header("accept-language", "en");
        self.take(request.send().await.expect("an answer")).await
    }

    async fn take(&mut self, response: reqwest::Response) -> &mut Browser {
        self.status = response.status();
        self.path = response.url().path().to_owned();
        self.html = response.text().await.expect("a page");
        self
    }

    /// The page's words, without its tags.
    pub fn text(&self) -> String {
        let page = Html::parse_document(&self.html);
        let main = page.select(&select("main")).next().unwrap_or_else(|| page.root_element());
        main.text().map(str::trim).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
    }

    pub fn shows(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    pub fn has_form(&self, action: &str) -> bool {
        self.form(action).is_some()
    }

    /// Addresses that the page links to.
    pub fn links(&self) -> Vec<String> {
        let page = Html::parse_document(&self.html);
        page.select(&select("a[href]")).filter_map(|a| a.value().attr("href").map(str::to_owned)).collect()
    }

    /// What the form with this action would send as it stands.
    fn form(&self, action: &str) -> Option<Vec<(String, String)>> {
        let page = Html::parse_document(&self.html);
        let all = select("form");
        let form = page.select(&all).find(|form| form.value().attr("action") == Some(action))?;
        Some(form.select(&select("input, textarea, select")).filter_map(|field| pair(&field)).collect())
    }
}

fn select(what: &str) -> Selector {
    Selector::parse(what).expect("a selector")
}

fn pair(field: &ElementRef) -> Option<(String, String)> {
    let element = field.value();
    let name = element.attr("name")?.to_owned();
    let value = match element.name() {
        "textarea" => field.text().collect::<String>(),
        "select" => {
            let chosen = field.select(&select("option[selected]")).next();
            chosen.or_else(|| field.select(&select("option")).next())?.value().attr("value")?.to_owned()
        }
        _ if matches!(element.attr("type"), Some("radio" | "checkbox")) && element.attr("checked").is_none() => {
            return None;
        }
        _ if matches!(element.attr("type"), Some("submit")) => return None,
        _ => element.attr("value").unwrap_or("").to_owned(),
    };
    Some((name, value))
}

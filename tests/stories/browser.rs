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
        // No connection is kept between requests: on a busy machine the server may close one just as the
        // next request goes out on it.
        let client = reqwest::Client::builder().cookie_store(true).pool_max_idle_per_host(0).build();
        let client = client.expect("a client");
        Browser { client, base: base.to_owned(), status: StatusCode::OK, path: String::new(), html: String::new() }
    }

    /// Opens an address of the program.
    pub async fn get(&mut self, path: &str) -> &mut Browser {
        let request = self.client.get(format!("{}{path}", self.base)).header("accept-language", "en");
        self.take(request.send().await.expect("an answer")).await
    }

    /// Sends the page's form with this action; `fields` replace or add to what it holds.
    pub async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) -> &mut Browser {
        let pairs = self.pairs(action, fields);
        self.post(action, &pairs).await
    }

    /// What the form with this action holds, with `fields` in place of or beside it.
    pub fn pairs(&self, action: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let form = self.form(action).unwrap_or_else(|| panic!("no form {action} on {}:\n{}", self.path, self.text()));
        let mut pairs: Vec<(String, String)> =
            form.into_iter().filter(|(name, _)| !fields.iter().any(|(field, _)| field == name)).collect();
        pairs.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        pairs
    }

    /// Posts pairs, whatever the page holds.
    pub async fn post(&mut self, path: &str, pairs: &[(String, String)]) -> &mut Browser {
        let request = self.client.post(format!("{}{path}", self.base)).form(pairs).header("accept-language", "en");
        self.take(request.send().await.expect("an answer")).await
    }

    /// As the script keeps a form, from a window whose page, or last draft, is of that moment.
    pub async fn autosave(&mut self, path: &str, since: &str, pairs: &[(String, String)]) -> &mut Browser {
        let request = self.client.post(format!("{}{path}?by=fetch", self.base)).header("draft-since", since);
        self.take(request.form(pairs).send().await.expect("an answer")).await
    }

    async fn take(&mut self, response: reqwest::Response) -> &mut Browser {
        self.status = response.status();
        self.path = response.url().path().to_owned();
        self.html = response.text().await.expect("a page");
        self
    }

    /// Sends the form with a file chosen in one of its fields, and all else as it stands.
    pub async fn upload(&mut self, action: &str, (field, name): (&str, &str), file: &[u8]) -> &mut Browser {
        let mut body = Vec::new();
        for (name, value) in self.pairs(action, &[]).into_iter().filter(|(name, _)| name != field) {
            body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        let head = format!("form-data; name=\"{field}\"; filename=\"{name}\"");
        body.extend(format!("--cut\r\nContent-Disposition: {head}\r\n\r\n").bytes());
        body.extend(file);
        body.extend(b"\r\n--cut--\r\n");
        let request = self.client.post(format!("{}{action}", self.base)).header("accept-language", "en");
        let request = request.header("content-type", "multipart/form-data; boundary=cut").body(body);
        self.take(request.send().await.expect("an answer")).await
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

    /// Fills what is empty in the form with this action, as somebody in a hurry would, and sends it.
    pub async fn fill_and_submit(&mut self, action: &str, today: &str) -> &mut Browser {
        self.fill_with(action, today, &[]).await
    }

    /// As [`Browser::fill_and_submit`], with these answers in place of the hurried ones.
    pub async fn fill_with(&mut self, action: &str, today: &str, fields: &[(&str, &str)]) -> &mut Browser {
        let mut pairs = self.filled(action, today).unwrap_or_else(|| panic!("no form {action} on {}", self.path));
        pairs.retain(|(name, _)| !fields.iter().any(|(field, _)| field == name));
        pairs.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.post(action, &pairs).await
    }

    fn filled(&self, action: &str, today: &str) -> Option<Vec<(String, String)>> {
        let mut pairs = self.form(action)?;
        let page = Html::parse_document(&self.html);
        let all = select("form");
        let form = page.select(&all).find(|form| self.action_of(form) == action)?;
        for field in form.select(&select("input[name], textarea[name], select[name]")) {
            let element = field.value();
            let name = element.attr("name").unwrap_or_default();
            let given = match (element.name(), element.attr("type").unwrap_or("text")) {
                ("textarea", _) => "我先聽,再決定。 I listen first, 3 times, then decide. ".repeat(4),
                ("select", _) => {
                    let options = select("option");
                    field.select(&options).filter_map(|o| o.value().attr("value")).find(|v| !v.is_empty())?.to_owned()
                }
                // A goal's day lies ahead.
                (_, "date") if name.ends_with(".time_bound") => "2030-06-28".to_owned(),
                (_, "date") => today.to_owned(),
                (_, "file") => continue,
                (_, "url") => "https://example.com/".to_owned(),
                (_, "radio" | "checkbox") => element.attr("value").unwrap_or_default().to_owned(),
                (_, "hidden") => continue,
                _ if element.attr("inputmode").is_some_and(|mode| mode != "text") => "3".to_owned(),
                (_, "number") => "3".to_owned(),
                _ => "三件事 three things".to_owned(),
            };
            // Of several that may be chosen, the first three.
            if element.attr("type") == Some("checkbox") {
                if pairs.iter().filter(|(known, _)| known == name).count() < 3 {
                    pairs.push((name.to_owned(), given));
                }
                continue;
            }
            match pairs.iter_mut().find(|(known, _)| known == name) {
                Some((_, value)) if value.is_empty() => *value = given,
                Some(_) => {}
                None => pairs.push((name.to_owned(), given)),
            }
        }
        Some(pairs)
    }

    /// A form without an action posts to the page that it stands on.
    fn action_of<'a>(&'a self, form: &ElementRef<'a>) -> &'a str {
        form.value().attr("action").filter(|action| !action.is_empty()).unwrap_or(&self.path)
    }

    /// What the form with this action would send as it stands.
    fn form(&self, action: &str) -> Option<Vec<(String, String)>> {
        let page = Html::parse_document(&self.html);
        let all = select("form");
        let form = page.select(&all).find(|form| self.action_of(form) == action)?;
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
            let option = chosen.or_else(|| field.select(&select("option")).next())?;
            // Without a value an option sends its words.
            option.value().attr("value").map_or_else(|| option.text().collect(), str::to_owned)
        }
        _ if matches!(element.attr("type"), Some("radio" | "checkbox")) && element.attr("checked").is_none() => {
            return None;
        }
        _ if matches!(element.attr("type"), Some("submit" | "file")) => return None,
        _ => element.attr("value").unwrap_or("").to_owned(),
    };
    Some((name, value))
}

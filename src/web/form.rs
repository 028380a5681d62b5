//! Posted forms: bounded, UTF-8, with the token that shows they came from one of our pages.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use super::error::Error;
use super::session::Visit;
use crate::engine::form::{Answer, Answers};

/// A form is words in a few fields; more is an attack or an accident.
const MOST_BYTES: usize = 512 * 1024;

/// Rows that a table may be given; the engine holds the step's own limit against them.
const MOST_ROWS: usize = 200;

/// The fields of a form, in the order they came.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a field; empty when it was not given.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// A value that reads as something, or none when it is empty.
    ///
    /// # Errors
    /// It is given and does not read.
    pub fn read<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Error> {
        match self.text(name).trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Error::BadRequest),
        }
    }

    /// As [`Fields::read`], of a field that every such form has.
    ///
    /// # Errors
    /// It is missing or does not read.
    pub fn need<T: std::str::FromStr>(&self, name: &str) -> Result<T, Error> {
        self.read(name)?.ok_or(Error::BadRequest)
    }

    pub fn is_checked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// The answers to a step: `field`, or `field.row.column` for tables.
    pub fn answers(&self) -> Answers {
        let mut one = BTreeMap::new();
        let mut tables: BTreeMap<String, BTreeMap<usize, BTreeMap<String, String>>> = BTreeMap::new();
        for (name, value) in &self.0 {
            // Browsers send line breaks as CR LF.
            let value = value.replace("\r\n", "\n");
            let mut parts = name.splitn(3, '.');
            match (parts.next(), parts.next().map(str::parse::<usize>), parts.next()) {
                (Some(field), Some(Ok(row)), Some(column)) if row < MOST_ROWS => {
                    tables
                        .entry(field.to_owned())
                        .or_default()
                        .entry(row)
                        .or_default()
                        .insert(column.to_owned(), value);
                }
                (Some(field), None, None) if field != "csrf" && field != "seen" => {
                    one.insert(field.to_owned(), Answer::One(value));
                }
                _ => {}
            }
        }
        one.extend(tables.into_iter().map(|(field, rows)| (field, Answer::Rows(rows.into_values().collect()))));
        Answers(one)
    }
}

/// A form that anybody may post: sign-in, a mentor's answer. That it came from our own page is held
/// by the same-origin guard.
impl FromRequest for Fields {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Fields, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = web::Payload::from_request(request, payload);
        Box::pin(async move {
            let body = body.await.map_err(|_| Error::BadRequest)?;
            let bytes = body.to_bytes_limited(MOST_BYTES).await.map_err(|_| Error::TooLarge)?;
            let bytes = bytes.map_err(|_| Error::BadRequest)?;
            serde_urlencoded::from_bytes(&bytes).map(Fields).map_err(|_| Error::BadRequest)
        })
    }
}

/// A form posted by somebody who is signed in, with the token of their session.
pub struct Posted {
    pub visit: Visit,
    pub fields: Fields,
}

impl FromRequest for Posted {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Posted, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visit = Visit::from_request(request, payload);
        let fields = Fields::from_request(request, payload);
        Box::pin(async move {
            let (visit, fields) = (visit.await?, fields.await?);
            if fields.text("csrf") == visit.csrf { Ok(Posted { visit, fields }) } else { Err(Error::Forged) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(body: &str) -> Fields {
        Fields(serde_urlencoded::from_str(body).expect("a form"))
    }

    #[test]
    fn a_table_is_read_row_by_row_and_its_gaps_close() {
        let answers = fields("csrf=x&seen=3&note=hi&t.0.what=a&t.0.by=b&t.7.what=c").answers();
        assert_eq!(answers.text("note"), "hi");
        assert_eq!(answers.rows("t").len(), 2);
        assert_eq!(answers.rows("t")[1]["what"], "c");
        assert!(!answers.0.contains_key("csrf"));
    }

    #[test]
    fn a_row_beyond_any_table_is_dropped() {
        assert!(fields("t.999999999999.what=a&t.500.what=b").answers().is_empty());
    }

    #[test]
    fn line_breaks_of_browsers_become_plain_ones() {
        assert_eq!(fields("note=a%0D%0Ab").answers().text("note"), "a\nb");
    }
}

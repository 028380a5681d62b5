//! Posted forms: bounded, UTF-8, with the token that shows they came from one of our pages.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::future::Future;
use std::pin::Pin;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::{StreamExt, TryStreamExt};

use super::error::Error;
use super::session::Visit;
use crate::app::files::{self, Given, Upload};
use crate::engine::form::{Answer, Answers};

/// A form is words in a few fields; more is an attack or an accident.
const MOST_BYTES: usize = 512 * 1024;

/// A form with files, as a whole: a few of the largest.
const MOST_UPLOADED: usize = 4 * files::MOST_BYTES;

/// Rows that a table may be given; the engine holds the step's own limit against them.
const MOST_ROWS: usize = 200;

/// The fields of a form, in the order they came.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    uploads: Vec<Upload>,
}

impl Fields {
    /// The first value of a field; empty when it was not given.
    pub fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
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

    /// The answers to a step: `field`, or `field.row.column` for tables and what is kept as one. A name
    /// that came several times is several answers; the step's form knows whether it may be.
    pub fn answers(&self) -> Answers {
        let mut one: BTreeMap<String, Answer> = BTreeMap::new();
        let mut tables: BTreeMap<String, BTreeMap<usize, BTreeMap<String, String>>> = BTreeMap::new();
        for (name, value) in &self.pairs {
            // Browsers send line breaks as CR LF.
            let value = value.replace("\r\n", "\n");
            let mut parts = name.splitn(3, '.');
            match (parts.next(), parts.next().map(str::parse::<usize>), parts.next()) {
                (Some(field), Some(Ok(row)), Some(column)) if row < MOST_ROWS => {
                    let rows = tables.entry(field.to_owned()).or_default();
                    rows.entry(row).or_default().entry(column.to_owned()).or_insert(value);
                }
                (Some(field), None, None) if field != "csrf" && field != "seen" => add(&mut one, field, value),
                _ => {}
            }
        }
        one.extend(tables.into_iter().map(|(field, rows)| (field, Answer::Rows(rows.into_values().collect()))));
        Answers(one)
    }

    /// The names of what came.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|(name, _)| name).chain(self.uploads.iter().map(|one| &one.field)).map(String::as_str)
    }

    /// The fields whose names begin with this, without it: one part of a page with several.
    pub fn within(&self, prefix: &str) -> Fields {
        let inner = |name: &str| name.strip_prefix(prefix).map(str::to_owned);
        let pairs = self.pairs.iter().filter_map(|(name, value)| Some((inner(name)?, value.clone())));
        let uploads = self.uploads.iter().filter_map(|one| Some(Upload { field: inner(&one.field)?, ..one.clone() }));
        Fields { pairs: pairs.collect(), uploads: uploads.collect() }
    }

    /// The answers with the files that came beside them.
    pub fn given(&self) -> Given {
        Given { answers: self.answers(), uploads: self.uploads.clone() }
    }
}

fn add(answers: &mut BTreeMap<String, Answer>, field: &str, value: String) {
    match answers.entry(field.to_owned()) {
        Entry::Vacant(place) => drop(place.insert(Answer::One(value))),
        Entry::Occupied(mut place) => match place.get_mut() {
            Answer::Many(many) => many.push(value),
            Answer::One(first) => {
                let first = std::mem::take(first);
                place.insert(Answer::Many(vec![first, value]));
            }
            Answer::Rows(_) => {}
        },
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
            let pairs = serde_urlencoded::from_bytes(&bytes).map_err(|_| Error::BadRequest)?;
            Ok(Fields { pairs, uploads: Vec::new() })
        })
    }
}

impl Fields {
    /// Reads a form in parts, with its files, as long as they are no more bytes than `most`.
    async fn in_parts(request: HttpRequest, body: web::Payload, most: usize) -> Result<Fields, Error> {
        let mut seen = 0;
        // Counted before anything is read from it: headers, names and what is thrown away count as well.
        let bounded = body.map(move |chunk| {
            let chunk = chunk?;
            seen += chunk.len();
            if seen > most { Err(PayloadError::Overflow) } else { Ok(chunk) }
        });
        let mut parts = Multipart::new(request.headers(), bounded);
        let (mut fields, mut room) = (Fields::default(), MOST_BYTES);
        while let Some(part) = parts.try_next().await.map_err(unreadable)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.content_disposition().and_then(|it| it.get_filename());
            // So browsers write the quotes of a name.
            let file = file.map(|name| name.replace("%22", "\""));
            match file {
                Some(file) => fields.uploads.extend(upload(part, name, file).await?),
                None => {
                    let value = text(part, room).await?;
                    room = room.saturating_sub(name.len() + value.len() + 1);
                    fields.pairs.push((name, value));
                }
            }
        }
        Ok(fields)
    }
}

/// A file; none when nothing was chosen, which browsers send as a file without name and content.
async fn upload(mut part: Field, field: String, name: String) -> Result<Option<Upload>, Error> {
    let body = match part.bytes(files::MOST_BYTES).await {
        Ok(bytes) => Some(bytes.map_err(unreadable)?.as_ref().into()),
        Err(_) => None,
    };
    let is_nothing = |body: &std::sync::Arc<[u8]>| body.is_empty() && name.is_empty();
    Ok(if body.as_ref().is_some_and(is_nothing) { None } else { Some(Upload { field, name, body }) })
}

async fn text(mut part: Field, most: usize) -> Result<String, Error> {
    let bytes = part.bytes(most).await.map_err(|_| Error::TooLarge)?.map_err(unreadable)?;
    String::from_utf8(bytes.to_vec()).map_err(|_| Error::BadRequest)
}

fn unreadable(error: MultipartError) -> Error {
    match error {
        MultipartError::Payload(PayloadError::Overflow) => Error::TooLarge,
        _ => Error::BadRequest,
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
        // Files are taken only from those who are signed in.
        let fields = of_either_kind(request, payload, MOST_UPLOADED);
        Box::pin(async move {
            let (visit, fields) = (visit.await?, fields.await?);
            if fields.text("csrf") == visit.csrf { Ok(Posted { visit, fields }) } else { Err(Error::Forged) }
        })
    }
}

/// A form as browsers send it, or in parts.
fn of_either_kind(request: &HttpRequest, payload: &mut Payload, most: usize) -> <Fields as FromRequest>::Future {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Fields::from_request(request, payload);
    }
    let (request, body) = (request.clone(), web::Payload::from_request(request, payload));
    Box::pin(async move { Fields::in_parts(request, body.await.map_err(|_| Error::BadRequest)?, most).await })
}

/// The body that stops a list's mail (RFC 8058): `List-Unsubscribe=One-Click`, in a form of either kind.
pub struct OneClick;

/// Its one field, with room for the edges of its parts.
const MOST_OF_ONE_CLICK: usize = 4 * 1024;

impl FromRequest for OneClick {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<OneClick, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let fields = of_either_kind(request, payload, MOST_OF_ONE_CLICK);
        Box::pin(async move {
            let is_meant = fields.await?.text("List-Unsubscribe") == "One-Click";
            if is_meant { Ok(OneClick) } else { Err(Error::BadRequest) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(body: &str) -> Fields {
        Fields { pairs: serde_urlencoded::from_str(body).expect("a form"), uploads: Vec::new() }
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

    #[test]
    fn a_name_that_came_twice_is_several_answers() {
        let answers = fields("causes=price&note=once&causes=value&causes=time").answers();
        assert_eq!(answers.many("causes"), ["price", "value", "time"]);
        assert_eq!(answers.text("note"), "once");
    }

    #[test]
    fn a_rating_and_its_notes_are_one_row() {
        let answers =
            fields("scores.0.attainment=4&scores.0.attainment%3Anote=Q1&goal.0.time_bound=2030-03-04").answers();
        assert_eq!(answers.rows("scores")[0]["attainment"], "4");
        assert_eq!(answers.rows("scores")[0]["attainment:note"], "Q1");
        assert_eq!(answers.rows("goal")[0]["time_bound"], "2030-03-04");
    }

    #[test]
    fn a_cell_that_came_twice_keeps_the_first() {
        assert_eq!(fields("t.0.what=a&t.0.what=b").answers().rows("t")[0]["what"], "a");
    }

    async fn in_parts(body: &[u8]) -> Result<Fields, Error> {
        let (request, mut payload) = actix_web::test::TestRequest::post()
            .insert_header((CONTENT_TYPE, "multipart/form-data; boundary=cut"))
            .set_payload(body.to_vec())
            .to_http_parts();
        let body = web::Payload::from_request(&request, &mut payload).await.expect("a body");
        Fields::in_parts(request, body, MOST_UPLOADED).await
    }

    fn part(head: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        [head.as_bytes(), body, b"\r\n"].concat()
    }

    #[actix_web::test]
    async fn a_form_in_parts_holds_words_and_files_apart() {
        let body = [
            part("name=\"csrf\"", b"token"),
            part("name=\"note\"", "報告".as_bytes()),
            part("name=\"report\"", b"an id"),
            part("name=\"report\"; filename=\"報告.pdf\"\r\nContent-Type: application/pdf", b"%PDF-\x00\r\n."),
            part("name=\"none\"; filename=\"\"\r\nContent-Type: application/octet-stream", b""),
            b"--cut--\r\n".to_vec(),
        ];
        let fields = in_parts(&body.concat()).await.expect("a form");
        let Given { answers, uploads } = fields.given();
        assert_eq!((answers.text("note"), answers.text("report"), fields.text("csrf")), ("報告", "an id", "token"));
        assert_eq!(uploads.len(), 1);
        assert_eq!((uploads[0].field.as_str(), uploads[0].name.as_str()), ("report", "報告.pdf"));
        assert_eq!(uploads[0].body.as_deref(), Some(b"%PDF-\x00\r\n.".as_slice()));
    }

    #[actix_web::test]
    async fn a_file_that_is_too_large_is_named_and_not_kept_and_too_many_are_refused() {
        let large = vec![b'a'; files::MOST_BYTES + 1];
        let file = part("name=\"f\"; filename=\"a.txt\"", &large);
        let words = part("name=\"note\"", b"kept");
        let one = in_parts(&[file.clone(), words, b"--cut--\r\n".to_vec()].concat()).await.expect("a form");
        let four = in_parts(&[file.clone(), file.clone(), file.clone(), file, b"--cut--\r\n".to_vec()].concat()).await;
        assert!(one.uploads[0].body.is_none() && one.text("note") == "kept");
        assert!(matches!(four, Err(Error::TooLarge)));
    }

    #[actix_web::test]
    async fn words_in_parts_are_bounded_as_words_are() {
        let note = part("name=\"note\"", &vec![b'a'; MOST_BYTES + 1]);
        let refused = in_parts(&[note, b"--cut--\r\n".to_vec()].concat()).await;
        assert!(matches!(refused, Err(Error::TooLarge)));
        assert!(matches!(in_parts(b"--cut\r\nno").await, Err(Error::BadRequest)));
    }
}

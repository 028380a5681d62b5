//! Uploads: which are taken, under which name, and who opens them again.

use std::sync::Arc;

use diesel_async::AsyncPgConnection;

use super::steps::{self, At};
use super::worlds;
use super::{Error, Moment};
use crate::engine::access::{self, Viewer};
use crate::engine::chain;
use crate::engine::form::{Answer, Answers, FieldProblem};
use crate::engine::message::Message;
use crate::engine::release::{Field, FieldKind};
use crate::engine::vocabulary::{is_blank, is_plain_line};
use crate::store::files::{self, FileHead, FileId, NewFile};

/// The most that any field may ask for, in bytes; the language says the same.
pub const MOST_BYTES: usize = 10 * MIB;

const MIB: usize = 1024 * 1024;

/// Longer names help nobody, and some systems can't keep them.
const MOST_NAME: usize = 120;

/// A file as it came.
#[derive(Debug, Clone)]
pub struct Upload {
    pub field: String,
    pub name: String,
    /// None when it was larger than any field allows, and was not kept.
    pub body: Option<Arc<[u8]>>,
}

/// A form as it was sent: answers, and files beside them.
#[derive(Debug, Clone, Default)]
pub struct Given {
    pub answers: Answers,
    pub uploads: Vec<Upload>,
}

impl From<Answers> for Given {
    fn from(answers: Answers) -> Given {
        Given { answers, uploads: Vec::new() }
    }
}

impl From<&Answers> for Given {
    fn from(answers: &Answers) -> Given {
        answers.clone().into()
    }
}

/// Answers with the ids of their files in place, the files that are new, and what is wrong with those
/// that were not taken.
#[derive(Debug)]
pub(super) struct Taken {
    pub answers: Answers,
    pub files: Vec<NewFile>,
    pub problems: Vec<FieldProblem>,
}

/// Looks at what came with a form.
///
/// # Errors
/// The database fails.
pub(super) async fn take(
    conn: &mut AsyncPgConnection,
    who: Viewer,
    at: &At,
    asks: &[Field],
    given: Given,
    moment: &Moment,
) -> Result<Taken, Error> {
    let mut taken = Taken { answers: steps::fitted(asks, given.answers), files: Vec::new(), problems: Vec::new() };
    if !asks.iter().any(|field| matches!(field.kind, FieldKind::File { .. })) {
        return Ok(taken);
    }
    let known = files::heads(conn, who.scope(), at.plan, Some(&at.step)).await?;
    for field in asks {
        let FieldKind::File { max_mb } = field.kind else { continue };
        match given.uploads.iter().find(|upload| upload.field == field.id).map(|upload| judged(upload, max_mb)) {
            Some(Ok((name, media_type, body))) => {
                let id = FileId(moment.id());
                taken.answers.0.insert(field.id.clone(), Answer::One(id.to_string()));
                taken.files.push(NewFile {
                    id,
                    plan: at.plan,
                    step: at.step.clone(),
                    field: field.id.clone(),
                    name,
                    media_type,
                    sha256: chain::digest(&[], &body),
                    body,
                    uploaded_by: who.id,
                    uploaded_at: moment.now,
                });
                continue;
            }
            Some(Err(message)) => taken.problems.push(FieldProblem { field: field.id.clone(), message }),
            None => {}
        }
        // Only this field's own files: another id would open what somebody else uploaded.
        let id = taken.answers.text(&field.id).trim().to_owned();
        let is_known = known.iter().any(|head| head.field == field.id && head.id().to_string() == id);
        if !is_blank(&id) && !is_known {
            taken.answers.0.remove(&field.id);
            let message = Message::new("field-not-a-file");
            taken.problems.push(FieldProblem { field: field.id.clone(), message });
        }
    }
    Ok(taken)
}

/// The files that answers name.
pub(super) fn named(asks: &[Field], answers: &Answers) -> Vec<FileId> {
    asks.iter()
        .filter(|field| matches!(field.kind, FieldKind::File { .. }))
        .filter_map(|field| answers.text(&field.id).trim().parse().ok())
        .collect()
}

/// A file of a step, for those who read the step's evidence, or who uploaded it.
///
/// # Errors
/// There is no such file for this viewer, or the database fails.
pub async fn open(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    at: &At,
    id: FileId,
) -> Result<(FileHead, Vec<u8>), Error> {
    let world = worlds::find(conn, viewer.scope(), at.plan).await?;
    let def = world.release.step(&at.step.id).ok_or(Error::NotFound)?;
    // Whoever does a step is among its readers; others have nothing here, whatever its words say.
    if !access::may_read(&world.plan, def, viewer) {
        return Err(Error::NotFound);
    }
    files::open(conn, viewer.scope(), at.plan, &at.step, id).await?.ok_or(Error::NotFound)
}

/// Name, type and content of an upload that is taken.
fn judged(upload: &Upload, max_mb: u16) -> Result<(String, &'static str, Vec<u8>), Message> {
    let too_large = || Message::new("field-file-too-large").with("max", i64::from(max_mb));
    let body = upload.body.as_ref().ok_or_else(too_large)?;
    if body.len() > usize::from(max_mb) * MIB {
        return Err(too_large());
    }
    if body.is_empty() {
        return Err(Message::new("field-file-empty"));
    }
    let (stem, ending) = named_apart(&upload.name);
    let media_type = media_type(&ending, body).ok_or_else(|| Message::new("field-file-kind"))?;
    let stem: String = stem.chars().take(MOST_NAME).collect();
    Ok((format!("{}.{ending}", stem.trim()), media_type, body.to_vec()))
}

/// A name without folders and without characters that could make it pass for another, and its ending.
fn named_apart(name: &str) -> (String, String) {
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let own: String = own.chars().filter(|c| is_plain_line(&c.to_string())).collect();
    let (stem, ending) = own.rsplit_once('.').unwrap_or((&own, ""));
    let stem = if is_blank(stem) { "file" } else { stem };
    (stem.to_owned(), ending.to_ascii_lowercase())
}

/// The type that both the ending of a name and the content speak for.
fn media_type(ending: &str, body: &[u8]) -> Option<&'static str> {
    let (media_type, is_so) = match ending {
        "pdf" => ("application/pdf", body.starts_with(b"%PDF-")),
        "png" => ("image/png", body.starts_with(b"\x89PNG\r\n\x1a\n")),
        "jpg" | "jpeg" => ("image/jpeg", body.starts_with(b"\xff\xd8\xff")),
        "webp" => ("image/webp", body.starts_with(b"RIFF") && body.get(8..12) == Some(b"WEBP")),
        "docx" => {
            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", is_office(body, b"word/"))
        }
        "xlsx" => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_office(body, b"xl/")),
        "pptx" => {
            ("application/vnd.openxmlformats-officedocument.presentationml.presentation", is_office(body, b"ppt/"))
        }
        "odt" => ("application/vnd.oasis.opendocument.text", is_open_document(body, "text")),
        "ods" => ("application/vnd.oasis.opendocument.spreadsheet", is_open_document(body, "spreadsheet")),
        "odp" => ("application/vnd.oasis.opendocument.presentation", is_open_document(body, "presentation")),
        "txt" => ("text/plain", is_text(body)),
        "csv" => ("text/csv", is_text(body)),
        "md" => ("text/markdown", is_text(body)),
        _ => return None,
    };
    is_so.then_some(media_type)
}

/// A zip archive with a table of contents and a folder of its kind: entries bear their names in plain.
fn is_office(body: &[u8], folder: &[u8]) -> bool {
    let holds = |part: &[u8]| body.windows(part.len()).any(|window| window == part);
    body.starts_with(b"PK\x03\x04") && holds(b"[Content_Types].xml") && holds(folder)
}

/// OpenDocument begins with its type, uncompressed.
fn is_open_document(body: &[u8], kind: &str) -> bool {
    let mark = format!("mimetypeapplication/vnd.oasis.opendocument.{kind}");
    body.starts_with(b"PK\x03\x04") && body.get(30..).is_some_and(|rest| rest.starts_with(mark.as_bytes()))
}

/// Text in any encoding: spreadsheets in Taiwan still write Big5. UTF-16 says so at its beginning;
/// elsewhere a zero byte stands in no text.
fn is_text(body: &[u8]) -> bool {
    let is_utf16 = body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff");
    is_utf16 || !(body.contains(&0) || body.starts_with(b"%PDF-") || body.starts_with(b"PK\x03\x04"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(name: &str, body: &[u8]) -> Upload {
        Upload { field: "f".to_owned(), name: name.to_owned(), body: Some(body.into()) }
    }

    fn taken(name: &str, body: &[u8]) -> Result<(String, &'static str), &'static str> {
        judged(&upload(name, body), 1).map(|(name, media_type, _)| (name, media_type)).map_err(|why| why.id)
    }

    #[test]
    fn a_file_is_taken_when_its_ending_and_its_content_agree() {
        assert_eq!(taken("報告.PDF", b"%PDF-1.7 .."), Ok(("報告.pdf".to_owned(), "application/pdf")));
        assert_eq!(taken("a.jpeg", b"\xff\xd8\xff\xe0"), Ok(("a.jpeg".to_owned(), "image/jpeg")));
        assert_eq!(taken("a.csv", b"\xa4\xa4,1"), Ok(("a.csv".to_owned(), "text/csv")));
        let sheet = b"PK\x03\x04.. [Content_Types].xml .. xl/workbook.xml";
        assert!(taken("a.xlsx", sheet).is_ok());
        let mut open = b"PK\x03\x04".to_vec();
        open.resize(30, 0);
        open.extend(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK");
        assert!(taken("a.ods", &open).is_ok());
        assert_eq!(taken("a.odt", &open), Err("field-file-kind"));
    }

    #[test]
    fn a_file_that_pretends_is_refused() {
        assert_eq!(taken("a.pdf", b"<html>"), Err("field-file-kind"));
        assert_eq!(taken("a.docx", b"PK\x03\x04 anything else"), Err("field-file-kind"));
        assert_eq!(taken("a.txt", b"MZ\x00\x00"), Err("field-file-kind"));
        assert_eq!(taken("a.html", b"<script>"), Err("field-file-kind"));
        assert_eq!(taken("pdf", b"%PDF-"), Err("field-file-kind"));
    }

    #[test]
    fn a_file_is_as_large_as_its_field_allows_and_not_a_byte_larger() {
        assert!(taken("a.txt", &vec![b'a'; MIB]).is_ok());
        assert_eq!(taken("a.txt", &vec![b'a'; MIB + 1]), Err("field-file-too-large"));
        assert_eq!(taken("a.txt", b""), Err("field-file-empty"));
        let cut = Upload { body: None, ..upload("a.txt", b"") };
        assert_eq!(judged(&cut, 10).map(drop).map_err(|why| why.id), Err("field-file-too-large"));
    }

    #[test]
    fn a_name_has_no_folders_and_nothing_unseen() {
        assert_eq!(taken("C:\\Users\\a\\plan.txt", b"a").map(|it| it.0).as_deref(), Ok("plan.txt"));
        assert_eq!(taken("../../etc/a\u{202e}\r\n\".txt", b"a").map(|it| it.0).as_deref(), Ok("a\".txt"));
        assert_eq!(taken(".txt", b"a").map(|it| it.0).as_deref(), Ok("file.txt"));
        assert_eq!(taken(&format!("{}.txt", "長".repeat(500)), b"a").map(|it| it.0.chars().count()), Ok(124));
    }
}

//! A file of a step, to keep; never shown inside our own pages.

use actix_web::http::header::{
    CONTENT_SECURITY_POLICY, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use super::step::named;
use crate::app::files;
use crate::app::steps::At;
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(download);
}

#[get("/plans/{plan}/steps/{key}/files/{file}")]
async fn download(visit: Visit, address: Path<(String, String, String)>) -> Result<HttpResponse, Error> {
    let (plan, step) = named(&address.0, &address.1)?;
    let id = address.2.parse().map_err(|_| Error::NotFound)?;
    let mut conn = visit.state.pool.get().await?;
    let (head, body) = files::open(&mut conn, visit.viewer, &At { plan, step, seen: None }, id).await?;
    // Whatever it holds, it runs nowhere: not shown here, not guessed at, and alone if opened.
    Ok(HttpResponse::Ok()
        .content_type(head.media_type.as_str())
        .insert_header(to_keep(&head.name))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(body))
}

/// The name twice: in ASCII for old programs, and as RFC 5987 says for the others.
pub(super) fn to_keep(name: &str) -> ContentDisposition {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '(' | ')');
    let ascii = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let whole = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(ascii), DispositionParam::FilenameExt(whole)],
    }
}

#[cfg(test)]
mod tests {
    use super::to_keep;

    #[test]
    fn a_name_in_chinese_or_with_quotes_stays_whole_and_breaks_no_header() {
        assert_eq!(
            to_keep("報告\"1\".pdf").to_string(),
            "attachment; filename=\"___1_.pdf\"; filename*=UTF-8''%E5%A0%B1%E5%91%8A%221%22.pdf"
        );
    }
}

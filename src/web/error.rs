//! What a request answers when it fails: one place decides the status and what a client may see.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use crate::app;
use crate::engine::Refusal;
use crate::render::RenderError;
use crate::store::pool::StoreError;

/// A request that is not answered as it was meant.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("not found")]
    NotFound,
    /// Nobody is signed in; after signing in, here.
    #[error("sign in first")]
    SignInFirst { next: String },
    /// There was such a thing once; the page says what became of it. Not 410, which browsers keep:
    /// undoing may bring it back.
    #[error("not there any more")]
    Absent { page: String },
    /// A form whose token is not of this session, or that came from another site.
    #[error("the form did not come from a page of this session")]
    Forged,
    #[error("the request cannot be read")]
    BadRequest,
    #[error("the request is too large")]
    TooLarge,
    #[error("refused: {0:?}")]
    Refused(Refusal),
    #[error("no PDF: {0}")]
    Print(String),
    #[error(transparent)]
    Render(#[from] RenderError),
    #[error(transparent)]
    App(app::Error),
}

impl From<app::Error> for Error {
    fn from(error: app::Error) -> Error {
        match error {
            app::Error::NotFound => Error::NotFound,
            app::Error::Refused(refusal) => Error::Refused(refusal),
            other => Error::App(other),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Error {
        Error::App(error.into())
    }
}

/// What a failed request left for the guard that dresses it in a page.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The id of the sentence, `error-…`; with a refusal, the refusal says it.
    pub code: &'static str,
    pub refusal: Option<Refusal>,
    /// What went wrong on our side, for the log alone.
    pub cause: Option<String>,
}

impl Error {
    fn code(&self) -> (StatusCode, &'static str) {
        match self {
            Error::NotFound | Error::Absent { .. } => (StatusCode::NOT_FOUND, "error-not-found"),
            Error::SignInFirst { .. } => (StatusCode::SEE_OTHER, "error-sign-in"),
            Error::Forged => (StatusCode::FORBIDDEN, "error-forged"),
            Error::BadRequest => (StatusCode::BAD_REQUEST, "error-bad-request"),
            Error::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "error-too-large"),
            Error::Refused(_) => (StatusCode::CONFLICT, "error-refused"),
            Error::App(app::Error::Overtaken) => (StatusCode::PRECONDITION_FAILED, "error-overtaken"),
            Error::App(app::Error::Invalid(_) | app::Error::Curriculum(_)) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "error-bad-request")
            }
            Error::App(app::Error::Store(error)) if error.is_transient() => {
                (StatusCode::SERVICE_UNAVAILABLE, "error-unavailable")
            }
            Error::Print(_) => (StatusCode::BAD_GATEWAY, "error-print"),
            Error::App(_) | Error::Render(_) => (StatusCode::INTERNAL_SERVER_ERROR, "error-broken"),
        }
    }
}

impl Error {
    fn with_causes(&self) -> String {
        let mut said = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(error) = source {
            said = format!("{said}: {error}");
            source = error.source();
        }
        said
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.code().0
    }

    fn error_response(&self) -> HttpResponse {
        let (status, code) = self.code();
        if let Error::SignInFirst { next } = self {
            let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
            return HttpResponse::SeeOther().insert_header(("Location", format!("/sign-in?{query}"))).finish();
        }
        if let Error::Absent { page } = self {
            return HttpResponse::build(status).content_type("text/html; charset=utf-8").body(page.clone());
        }
        let mut response = HttpResponse::build(status);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.insert_header(("Retry-After", "5"));
        }
        let mut response = response.finish();
        let refusal = if let Error::Refused(refusal) = self { Some(refusal.clone()) } else { None };
        let cause = status.is_server_error().then(|| self.with_causes());
        response.extensions_mut().insert(Failure { code, refusal, cause });
        response
    }
}

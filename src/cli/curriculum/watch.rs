//! `curriculum check --watch`: checks again whenever a file changes, and shows the result on a page.
//!
//! Files are looked at twice a second instead of being watched by the system (the crate `notify`):
//! they are few, editors replace a file instead of writing into it, and shared folders and containers
//! tell nobody of a change.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::check::{self, Check};
use super::{Failure, files, tell};
use crate::cli::wording::lang;
use crate::curriculum;
use crate::render::Renderer;
use crate::render::preview::{Preview, preview};
use crate::startup::{self, StartError};
use crate::web::preview::Shown;

const EVERY: Duration = Duration::from_millis(500);

pub async fn run(check: &Check, renderer: Arc<Renderer>) -> Result<ExitCode, Failure> {
    let listening = startup::listen(([127, 0, 0, 1], check.port).into()).map_err(|error| match error {
        StartError::PortInUse { address } => {
            anyhow::anyhow!("the address {address} is in use by another program; choose another with --port")
        }
        other => other.into(),
    })?;
    let shown = Shown::new(renderer.clone(), lang(check.lang));
    tell(format_args!("Watching; the preview is at http://{}/. Ctrl-C ends it.\n", listening.address));
    let mut last = None;
    once(check, &renderer, &shown, &mut last)?;
    let work = keep_looking(check, &renderer, &shown, &mut last);
    startup::preview(listening, shown.clone(), work).await??;
    Ok(ExitCode::SUCCESS)
}

/// Ends only when the page can't be made.
async fn keep_looking(
    check: &Check,
    renderer: &Renderer,
    shown: &Shown,
    last: &mut Option<Seen>,
) -> Result<(), Failure> {
    loop {
        tokio::time::sleep(EVERY).await;
        once(check, renderer, shown, last)?;
    }
}

/// What was seen last: the files, or why they could not be read.
type Seen = Result<Vec<files::Trace>, String>;

/// Checks if anything is not as it was.
fn once(check: &Check, renderer: &Renderer, shown: &Shown, last: &mut Option<Seen>) -> Result<(), Failure> {
    let seen = files::traces(&check.paths).map_err(|error| format!("{error:#}"));
    if last.as_ref() == Some(&seen) {
        return Ok(());
    }
    let is_first = last.replace(seen).is_none();
    if !is_first {
        tell(format_args!("\n{}\n", "─".repeat(40)));
    }
    shown.show(&looked_at(check, renderer)?)?;
    Ok(())
}

fn looked_at(check: &Check, renderer: &Renderer) -> Result<Preview, Failure> {
    let lang = lang(check.lang);
    let found = match files::read(&check.paths) {
        Ok(found) => found,
        Err(error) => {
            // Between two saves a file may be gone; the next look finds it.
            tell(format_args!("pilothouse: {error:#}\n"));
            let failure = Some(format!("{error:#}"));
            check::print_failure(check, &error)?;
            return Ok(Preview { failure, ..preview(renderer, lang, &[], &[], &[]) });
        }
    };
    let compiled = curriculum::compile(&found.files);
    check::print(renderer, check, &found, &compiled)?;
    Ok(match &compiled {
        Ok(compiled) => {
            let warnings = found.placed(&compiled.warnings);
            preview(renderer, lang, &warnings, &compiled.releases, &compiled.calendars)
        }
        Err(mistakes) => preview(renderer, lang, &found.placed(mistakes), &[], &[]),
    })
}

//! `curriculum schema`.

use std::process::ExitCode;

use super::Failure;
use crate::curriculum::schema;

pub fn run() -> Result<ExitCode, Failure> {
    super::out(&schema::document())?;
    Ok(ExitCode::SUCCESS)
}

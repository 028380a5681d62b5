//! `curriculum schema`.

use std::process::ExitCode;

use super::{Failure, out};
use crate::curriculum::schema;

pub fn run() -> Result<ExitCode, Failure> {
    out(&schema::document())?;
    Ok(ExitCode::SUCCESS)
}

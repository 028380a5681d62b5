//! Publishing: compiled files become releases and calendars, and running plans follow the calendars.

use super::{Error, Moment, calendars};
use crate::curriculum::{self, SourceFile};
use crate::store::pool::Tx;
use crate::store::releases;

/// What publishing did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Name and hash of each program, and whether its release is new.
    pub programs: Vec<(String, String, bool)>,
    pub calendars: Vec<String>,
    /// Running plans that a changed calendar gave other dates.
    pub redated: usize,
}

/// Compiles files and stores all that they hold; with one mistake, nothing.
///
/// # Errors
/// [`Error::Curriculum`] with every mistake.
pub async fn publish(tx: &mut Tx, files: &[SourceFile], moment: &Moment) -> Result<Published, Error> {
    let compiled = curriculum::compile(files).map_err(Error::Curriculum)?;
    let redated = calendars::publish(tx, &compiled.calendars, moment).await?;
    let names = compiled.calendars.iter().map(|calendar| calendar.name.clone()).collect();
    let mut done = Published { programs: Vec::new(), calendars: names, redated };
    let sources: Vec<(String, Vec<u8>)> = files.iter().map(|file| (file.path.clone(), file.bytes.clone())).collect();
    for release in &compiled.releases {
        let is_new = releases::publish(tx, release, &sources, moment.now).await?;
        done.programs.push((release.program.name.clone(), release.hash.clone(), is_new));
    }
    Ok(done)
}

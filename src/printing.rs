//! A page on paper, as PDF: a browser without a window prints it, and loads nothing but that page.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A record of a year takes two seconds; a browser that takes this long hangs.
const LONGEST: Duration = Duration::from_secs(60);

/// How often it is asked whether the browser has finished.
const PAUSE: Duration = Duration::from_millis(50);

/// Why nothing was printed, for the log.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    #[error("the folder for printing: {0}")]
    Folder(std::io::Error),
    #[error("the browser {0} did not start: {1}")]
    Start(PathBuf, std::io::Error),
    #[error("the browser did not finish within {} seconds", LONGEST.as_secs())]
    TooLong,
    #[error("the browser printed nothing ({0})")]
    Nothing(String),
}

/// Prints pages with a browser of the machine, one after the other: each takes as much memory as the program.
#[derive(Debug)]
pub struct Printer {
    browser: PathBuf,
    /// Where pages lie while they are printed.
    folder: PathBuf,
    turn: Mutex<u64>,
}

impl Printer {
    /// `browser` is a Chromium or a Chrome.
    pub fn new(browser: PathBuf, folder: PathBuf) -> Printer {
        Printer { browser, folder, turn: Mutex::new(0) }
    }

    /// The page as PDF. Blocks until the browser has finished.
    ///
    /// # Errors
    /// The browser does not start, hangs, or prints nothing; nothing stays behind.
    pub fn print(&self, html: &str) -> Result<Vec<u8>, PrintError> {
        // Whoever printed before and panicked left nothing half-done but its folder.
        let mut turn = self.turn.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *turn += 1;
        let own = self.folder.join(format!("pilothouse-print-{}-{turn}", std::process::id()));
        fs::DirBuilder::new().mode(0o700).create(&own).map_err(PrintError::Folder)?;
        let printed = self.print_in(&own, html);
        let _ = fs::remove_dir_all(&own);
        printed
    }

    fn print_in(&self, own: &Path, html: &str) -> Result<Vec<u8>, PrintError> {
        let (page, pdf) = (own.join("page.html"), own.join("page.pdf"));
        fs::write(&page, html).map_err(PrintError::Folder)?;
        let is_root = fs::metadata(own).map_err(PrintError::Folder)?.uid() == 0;
        let mut command = Command::new(&self.browser);
        command
            .args(["--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run", "--disable-extensions"])
            // The page itself forbids scripts and loads nothing; should words ever bring an address, it leads nowhere.
            .arg("--host-resolver-rules=MAP * ~NOTFOUND")
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .arg("--disable-dev-shm-usage")
            .arg(format!("--user-data-dir={}", own.join("profile").display()))
            .arg(format!("--print-to-pdf={}", pdf.display()))
            .arg(format!("file://{}", page.display()))
            .env_clear()
            .env("HOME", own)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if is_root {
            // A browser refuses root its sandbox.
            command.arg("--no-sandbox");
        }
        let child = command.spawn().map_err(|error| PrintError::Start(self.browser.clone(), error))?;
        let ended = finished(child)?;
        let bytes = fs::read(&pdf).unwrap_or_default();
        if bytes.starts_with(b"%PDF") { Ok(bytes) } else { Err(PrintError::Nothing(ended)) }
    }
}

/// How a child ended; one that takes too long is ended.
fn finished(mut child: Child) -> Result<String, PrintError> {
    let began = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.to_string()),
            Ok(None) if began.elapsed() < LONGEST => std::thread::sleep(PAUSE),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(PrintError::TooLong);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A program in place of a browser, and the folder that it prints in.
    fn printer(script: &str) -> (tempfile::TempDir, Printer) {
        let folder = tempfile::tempdir().expect("a folder");
        let browser = folder.path().join("browser");
        fs::write(&browser, format!("#!/bin/sh\n{script}\n")).expect("a script");
        fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).expect("it may run");
        let printer = Printer::new(browser, folder.path().to_owned());
        (folder, printer)
    }

    fn left_behind(folder: &Path) -> usize {
        fs::read_dir(folder).expect("the folder").flatten().filter(|one| one.file_name() != "browser").count()
    }

    #[test]
    fn what_the_browser_prints_is_answered_and_nothing_stays_behind() {
        let to = r#"for one in "$@"; do case "$one" in --print-to-pdf=*) to="${one#*=}";; file://*) page="${one#file://}";; esac; done"#;
        let (folder, printer) = printer(&format!("{to}\n/bin/cat \"$page\" > \"$to\""));
        assert_eq!(printer.print("%PDF-1.7 the page").expect("it prints"), b"%PDF-1.7 the page");
        assert_eq!(left_behind(folder.path()), 0);
    }

    #[test]
    fn a_browser_that_fails_says_how_and_leaves_nothing_behind() {
        let (folder, printer) = printer("exit 7");
        let error = printer.print("<p>").expect_err("nothing was printed");
        assert!(error.to_string().contains("exit status: 7"), "{error}");
        assert_eq!(left_behind(folder.path()), 0);
    }

    #[test]
    fn a_browser_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let error =
            Printer::new("/nowhere/chromium".into(), folder.path().to_owned()).print("<p>").expect_err("no browser");
        assert!(error.to_string().contains("/nowhere/chromium"), "{error}");
        assert_eq!(left_behind(folder.path()), 0);
    }
}

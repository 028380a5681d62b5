//! The real program in a process of its own, for stories in which it dies, sleeps or has company.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use crate::relay::TestRelay;

/// `pilothouse serve`, killed when dropped.
pub struct Serving {
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
}

impl Serving {
    pub fn start(database: &str, relay: &TestRelay) -> Serving {
        Serving::with(database, &relay.url(), &[])
    }

    pub fn with(database: &str, smtp: &str, more: &[&str]) -> Serving {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pilothouse"))
            .args(["serve", "--listen", "127.0.0.1:0", "--base-url", "http://127.0.0.1:1"])
            .args(["--mail-from", "plans@company.example", "--database-url", database, "--smtp-url", smtp])
            .args(more)
            .env("RUST_LOG", "warn,pilothouse::cli::serve=info")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let out = child.stderr.take().expect("its log");
        let log = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                kept.lock().expect("a lock").push(line);
            }
        });
        Serving { child, log }
    }

    pub fn assert_alive(&mut self) {
        let ended = self.child.try_wait().expect("a process to ask");
        assert!(ended.is_none(), "the program ended by itself: {ended:?}, {:?}", self.log());
    }

    /// Where its pages are, once it says so.
    pub fn address(&self) -> Option<String> {
        self.log().iter().find_map(|line| Some(line.split_once("serving ")?.1.split_once(" on ")?.1.trim().to_owned()))
    }

    /// The most memory that it held, in MB. Linux only.
    pub fn largest(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).expect("a process to ask");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its memory");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") / 1024
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it said on its log since the start.
    pub fn log(&self) -> Vec<String> {
        self.log.lock().expect("a lock").clone()
    }

    /// SIGKILL, then waits until it is gone.
    pub fn kill(&mut self) {
        self.child.kill().expect("a process to kill");
        self.child.wait().expect("it ends");
    }

    /// SIGSTOP: it stands still, and its connections stay open.
    pub fn sleep(&self) {
        self.signal("-STOP");
    }

    pub fn wake(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.id().to_string()]).status().expect("kill is there");
        assert!(sent.success(), "{name}");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.kill();
        }
    }
}

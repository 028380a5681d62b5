//! A mail relay of the tests' own: it takes letters over real SMTP, keeps every one as it came, and
//! fails in the ways in which relays do. A thread for each connection, no runtime: a story may block.

use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use diesel::QueryableByName;
use diesel::sql_types::BigInt;
use diesel_async::AsyncPgConnection;
use sha2::{Digest, Sha256};

/// What the relay does with letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Takes,
    /// 450 on RCPT: come back later.
    Greylists,
    /// 550 on RCPT: there is no such mailbox.
    KnowsNobody,
    /// 421 on RCPT, and hangs up.
    Closes,
    /// 451 after the letter.
    IsBroken,
    /// 552 after the letter: the mailbox is full.
    IsFull,
    /// 535 on AUTH: the password is wrong.
    KnowsNotUs,
    /// 554 for a greeting.
    TurnsAway,
    /// Takes the whole letter, and hangs up before it says so.
    HangsUpAfterData,
    /// Hangs up when it has the first line of a letter.
    HangsUpInData,
    /// Greets with a byte a second.
    Drips,
    /// Reads each letter and says nothing more, until the client hangs up.
    Stalls,
    /// So with the first letter; takes all others.
    StallsOnce,
    /// 553 on MAIL: it takes no letter from our address.
    RefusesUs,
}

/// A letter as it came over the wire, its dots unstuffed.
#[derive(Debug, Clone)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub raw: Vec<u8>,
    pub at: Instant,
}

impl Received {
    /// The value of a header that stands on one line.
    pub fn header(&self, name: &str) -> String {
        let text = String::from_utf8_lossy(&self.raw);
        let prefix = format!("{}:", name.to_lowercase());
        let head = text.lines().take_while(|line| !line.is_empty());
        let lines: Vec<&str> = head.filter(|line| line.to_lowercase().starts_with(&prefix)).collect();
        assert_eq!(lines.len(), 1, "{name} in\n{text}");
        lines[0][prefix.len()..].trim().to_owned()
    }

    pub fn message_id(&self) -> String {
        self.header("Message-ID")
    }
}

/// The Message-ID that a letter must bear: derived again, not asked of the program.
pub fn message_id_of(dedup_key: &str, domain: &str) -> String {
    format!("<{}@{domain}>", &hex::encode(Sha256::digest(dedup_key.as_bytes()))[..32])
}

#[derive(Debug)]
struct Seen {
    mode: Mutex<Mode>,
    /// Whether letters are kept whole; else who they were to.
    is_keeping: AtomicBool,
    /// Between having a letter and saying so.
    delay: Mutex<Duration>,
    received: Mutex<Vec<Received>>,
    /// What clients said, but for the letters.
    heard: Mutex<Vec<String>>,
    open: Mutex<Vec<TcpStream>>,
}

impl Seen {
    /// Whether this is the one letter with which it stalls.
    fn stalls_once(&self) -> bool {
        let mut mode = locked(&self.mode);
        let is_first = *mode == Mode::StallsOnce;
        if is_first {
            *mode = Mode::Takes;
        }
        is_first
    }
}

/// The relay; gone when dropped.
pub struct TestRelay {
    pub address: SocketAddr,
    seen: Arc<Seen>,
    door: Option<Door>,
}

struct Door {
    is_closing: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

fn locked<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().expect("a lock")
}

impl TestRelay {
    /// A relay that takes everything at once.
    pub fn start() -> TestRelay {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Seen {
            mode: Mutex::new(Mode::Takes),
            is_keeping: AtomicBool::new(true),
            delay: Mutex::default(),
            received: Mutex::default(),
            heard: Mutex::default(),
            open: Mutex::default(),
        });
        let door = Some(Door::open(listener, &seen));
        TestRelay { address, seen, door }
    }

    /// A relay that needs this long for each letter.
    pub fn slow(delay: Duration) -> TestRelay {
        let relay = TestRelay::start();
        *locked(&relay.seen.delay) = delay;
        relay
    }

    /// A relay that keeps of each letter only to whom it was and when it came, for very many.
    pub fn forgetful() -> TestRelay {
        let relay = TestRelay::start();
        relay.seen.is_keeping.store(false, Ordering::SeqCst);
        relay
    }

    /// When the last letter to somebody came.
    pub fn came(&self, to: &str) -> Option<Instant> {
        locked(&self.seen.received).iter().rev().find(|letter| letter.to == [to]).map(|letter| letter.at)
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn set(&self, mode: Mode) {
        *locked(&self.seen.mode) = mode;
    }

    /// Nobody listens any more, and open connections break off.
    pub fn goes_down(&mut self) {
        if let Some(door) = self.door.take() {
            door.close(self.address);
        }
        self.hangs_up();
    }

    /// Ends every connection, and goes on listening.
    pub fn hangs_up(&self) {
        for stream in locked(&self.seen.open).drain(..) {
            let _ = stream.shutdown(Shutdown::Both); // it may have ended by itself
        }
    }

    /// Listens again, on the same port.
    pub fn comes_back(&mut self) {
        let listener = TcpListener::bind(self.address).expect("its own port");
        self.door = Some(Door::open(listener, &self.seen));
    }

    /// Every letter so far, also those whose sender was never told.
    pub fn received(&self) -> Vec<Received> {
        locked(&self.seen.received).clone()
    }

    /// Whether any client began a line so.
    pub fn has_heard(&self, command: &str) -> bool {
        self.times_heard(command) > 0
    }

    pub fn times_heard(&self, command: &str) -> usize {
        locked(&self.seen.heard).iter().filter(|line| line.to_uppercase().starts_with(command)).count()
    }

    pub fn count(&self) -> usize {
        locked(&self.seen.received).len()
    }
}

impl Drop for TestRelay {
    fn drop(&mut self) {
        self.goes_down();
    }
}

impl Door {
    fn open(listener: TcpListener, seen: &Arc<Seen>) -> Door {
        let (is_closing, seen) = (Arc::new(AtomicBool::new(false)), Arc::clone(seen));
        let closing = Arc::clone(&is_closing);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if closing.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                locked(&seen.open).push(stream.try_clone().expect("a second handle"));
                let seen = Arc::clone(&seen);
                std::thread::spawn(move || talk(stream, &seen));
            }
        });
        Door { is_closing, thread }
    }

    fn close(self, address: SocketAddr) {
        self.is_closing.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(address); // wakes the thread, which then ends and frees the port
        self.thread.join().expect("the door closes");
    }
}

/// One client's dialogue; none when it is over.
fn talk(mut out: TcpStream, seen: &Seen) -> Option<()> {
    // Answers to commands that came together: the system would hold back all but the first.
    out.set_nodelay(true).ok()?;
    let mut input = BufReader::new(out.try_clone().ok()?);
    greet(&mut out, *locked(&seen.mode))?;
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).ok();
    let (mut from, mut to) = (String::new(), Vec::new());
    loop {
        let line = String::from_utf8_lossy(&line(&mut input)?).into_owned();
        let mode = *locked(&seen.mode);
        if seen.is_keeping.load(Ordering::SeqCst) {
            locked(&seen.heard).push(line.clone());
        }
        match line.get(..4).unwrap_or_default().to_uppercase().as_str() {
            "EHLO" => say("250-relay.test\r\n250-PIPELINING\r\n250-AUTH PLAIN\r\n250 8BITMIME")?,
            "AUTH" if mode == Mode::KnowsNotUs => say("535 5.7.8 wrong password")?,
            "AUTH" => say("235 2.7.0 welcome")?,
            "MAIL" => {
                (from, to) = (address(&line), Vec::new());
                say(if mode == Mode::RefusesUs { "553 5.1.8 not from you" } else { "250 2.1.0 ok" })?;
            }
            "RCPT" => match mode {
                Mode::Greylists => say("450 4.2.0 greylisted, come back later")?,
                Mode::KnowsNobody => say("550 5.1.1 no such user here")?,
                Mode::Closes => {
                    say("421 4.3.2 closing for today")?;
                    return input.get_ref().shutdown(Shutdown::Both).ok();
                }
                _ => {
                    to.push(address(&line));
                    say("250 2.1.5 ok")?;
                }
            },
            "DATA" if to.is_empty() => say("554 5.5.1 no valid recipients")?,
            "DATA" => {
                say("354 go on")?;
                if mode == Mode::HangsUpInData {
                    self::line(&mut input)?;
                    return input.get_ref().shutdown(Shutdown::Both).ok();
                }
                let stalls = mode == Mode::Stalls || seen.stalls_once();
                let raw = letter(&mut input)?;
                if stalls {
                    self::line(&mut input)?;
                }
                match mode {
                    Mode::IsBroken => say("451 4.3.0 try again later")?,
                    Mode::IsFull => say("552 5.2.2 mailbox full")?,
                    _ => {
                        // Counted before the answer: a sender that dies while it waits has sent it all the same.
                        let raw = if seen.is_keeping.load(Ordering::SeqCst) { raw } else { Vec::new() };
                        let letter = Received { from: from.clone(), to: to.clone(), raw, at: Instant::now() };
                        locked(&seen.received).push(letter);
                        std::thread::sleep(*locked(&seen.delay));
                        if mode == Mode::HangsUpAfterData {
                            return input.get_ref().shutdown(Shutdown::Both).ok();
                        }
                        say("250 2.0.0 taken")?;
                    }
                }
            }
            "QUIT" => return say("221 2.0.0 bye"),
            _ => say("250 2.0.0 ok")?,
        }
    }
}

fn greet(out: &mut TcpStream, mode: Mode) -> Option<()> {
    match mode {
        Mode::TurnsAway => out.write_all(b"554 5.3.2 not for you\r\n").ok(),
        Mode::Drips => b"220 relay.test ESMTP and many words\r\n".iter().try_for_each(|byte| {
            std::thread::sleep(Duration::from_secs(1));
            out.write_all(&[*byte]).ok()
        }),
        _ => out.write_all(b"220 relay.test ESMTP\r\n").ok(),
    }
}

fn line(input: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    let read = input.read_until(b'\n', &mut line).ok()?;
    (read > 0 && line.ends_with(b"\r\n")).then_some(line)
}

/// Up to the lone dot; none when the client broke off before it.
fn letter(input: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut raw = Vec::new();
    loop {
        let line = line(input)?;
        if line == b".\r\n" {
            return Some(raw);
        }
        raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

fn address(line: &str) -> String {
    line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or("", |(inside, _)| inside).to_owned()
}

/// Waits for a condition, looked at every few milliseconds; what it waited for is said when it fails.
pub async fn until(what: &str, limit: Duration, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + limit;
    while !holds().await {
        assert!(Instant::now() < deadline, "waited {limit:?} in vain for: {what}");
        actix_web::rt::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A number from the database.
pub async fn number(conn: &mut AsyncPgConnection, query: &str) -> i64 {
    use diesel_async::RunQueryDsl;
    let row: Number = diesel::sql_query(format!("SELECT ({query})::bigint AS n")).get_result(conn).await.expect(query);
    row.n
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

//! One dialogue in SMTP (RFC 5321) or LMTP (RFC 2033), without its connection: bytes go in, replies and
//! whole messages come out.
//!
//! Of our own, since the crates that speak SMTP as a server refuse what a bounce begins with
//! (`MAIL FROM:<>`) or announces (`SIZE`), or bring a mail system along.
//!
//! A line ends with CR and LF, and a message with CRLF.CRLF, and with nothing that only looks like it:
//! else what one server takes for words in a message is a second message to the next.

/// The largest message, as other servers hear of it.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;

/// Longer than any command with an address of 320 octets and the parameters that we know.
pub(super) const LONGEST_LINE: usize = 1000;

/// Answers go to one letter; a few more do no harm.
pub(super) const MOST_RECIPIENTS: usize = 100;

/// Whoever says so much that is wrong is no mail server.
pub(super) const MOST_MISTAKES: usize = 20;

/// What a dialogue wants of its connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Say(String),
    /// A message is whole; [`Dialogue::taken`] says what its sender hears.
    Take(Mail),
    /// The last words.
    Part(String),
}

/// A message with its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub to: Vec<String>,
    /// As it came, with the envelope's sender above it (`Return-Path`).
    pub bytes: Vec<u8>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Kept,
    /// Its sender is to come again.
    Later,
}

/// One dialogue.
pub struct Dialogue<'a> {
    /// How we call ourselves.
    host: &'a str,
    is_ours: &'a dyn Fn(&str) -> bool,
    input: Vec<u8>,
    greeted: Option<Protocol>,
    from: Option<String>,
    to: Vec<String>,
    data: Option<Data>,
    mistakes: usize,
    is_over: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Smtp,
    /// One reply for each recipient.
    Lmtp,
}

impl<'a> Dialogue<'a> {
    pub fn new(host: &'a str, is_ours: &'a dyn Fn(&str) -> bool) -> Dialogue<'a> {
        Dialogue {
            host,
            is_ours,
            input: Vec::new(),
            greeted: None,
            from: None,
            to: Vec::new(),
            data: None,
            mistakes: 0,
            is_over: false,
        }
    }

    /// The first words.
    pub fn greeting(&self) -> String {
        format!("220 {} ESMTP Pilothouse\r\n", self.host)
    }

    pub fn hear(&mut self, bytes: &[u8]) {
        self.input.extend_from_slice(bytes);
    }

    /// Whether a letter is on its way, from its sender's name on.
    pub fn is_in_letter(&self) -> bool {
        self.from.is_some()
    }

    /// What comes of what was heard; none: more must be heard.
    pub fn event(&mut self) -> Option<Event> {
        if self.is_over {
            return None;
        }
        let event = if self.data.is_some() { self.message() } else { self.command() };
        self.is_over = matches!(event, Some(Event::Part(_)));
        event
    }

    /// What the sender of a message hears, once it is kept for good.
    pub fn taken(&mut self, fate: Fate) -> String {
        self.for_each_recipient(match fate {
            Fate::Kept => "250 2.0.0 Taken",
            Fate::Later => "451 4.3.0 Not now, please come again",
        })
    }

    fn for_each_recipient(&mut self, reply: &str) -> String {
        let times = if self.greeted == Some(Protocol::Lmtp) { self.to.len() } else { 1 };
        self.reset();
        format!("{reply}\r\n").repeat(times)
    }

    fn reset(&mut self) {
        (self.from, self.data) = (None, None);
        self.to.clear();
    }

    fn message(&mut self) -> Option<Event> {
        let data = self.data.as_mut()?;
        let end = data.hear(&self.input);
        self.input.drain(..end.unwrap_or(self.input.len()));
        end?;
        let Data { bytes, is_too_large, .. } = self.data.take()?;
        if is_too_large {
            return Some(Event::Say(self.for_each_recipient("552 5.3.4 The message is too large")));
        }
        Some(Event::Take(Mail { to: self.to.clone(), bytes }))
    }

    fn command(&mut self) -> Option<Event> {
        let end = self.input.iter().position(|byte| *byte == b'\n');
        if end.unwrap_or(self.input.len()) > LONGEST_LINE {
            return Some(Event::Part("500 5.5.2 The line is too long\r\n".to_owned()));
        }
        let line: Vec<u8> = self.input.drain(..=end?).collect();
        let Some(line) = line.strip_suffix(b"\r\n") else {
            return Some(Event::Part("500 5.5.2 Lines end with CR and LF\r\n".to_owned()));
        };
        let line = std::str::from_utf8(line).ok().filter(|line| !line.chars().any(char::is_control));
        let reply = line.map_or(Err("500 5.5.2 Not understood"), |line| self.answer(line));
        Some(match reply {
            Ok(Answer::Say(reply)) => Event::Say(format!("{reply}\r\n")),
            Ok(Answer::Part) => Event::Part(format!("221 2.0.0 {} closes the connection\r\n", self.host)),
            Err(mistake) => {
                self.mistakes += 1;
                if self.mistakes < MOST_MISTAKES {
                    Event::Say(format!("{mistake}\r\n"))
                } else {
                    Event::Part("421 4.7.0 Too many mistakes\r\n".to_owned())
                }
            }
        })
    }

    fn answer(&mut self, line: &str) -> Result<Answer, &'static str> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "HELO" => self.greet(Protocol::Smtp, rest).map(|()| Answer::Say(format!("250 {}", self.host))),
            "EHLO" => self.greet(Protocol::Smtp, rest).map(|()| Answer::Say(self.extensions())),
            "LHLO" => self.greet(Protocol::Lmtp, rest).map(|()| Answer::Say(self.extensions())),
            "MAIL" => self.mail(rest),
            "RCPT" => self.recipient(rest),
            "DATA" => self.begin(rest),
            "RSET" => {
                self.reset();
                say("250 2.0.0 Forgotten")
            }
            "NOOP" => say("250 2.0.0 Here"),
            "VRFY" => say("252 2.1.5 Send it, and see"),
            "QUIT" => Ok(Answer::Part),
            "EXPN" | "HELP" | "AUTH" | "STARTTLS" | "BDAT" | "ETRN" | "TURN" => Err("502 5.5.1 Not offered here"),
            _ => Err("500 5.5.2 Not understood"),
        }
    }

    fn greet(&mut self, protocol: Protocol, name: &str) -> Result<(), &'static str> {
        if name.trim().is_empty() {
            return Err("501 5.5.4 Say who you are");
        }
        self.reset();
        self.greeted = Some(protocol);
        Ok(())
    }

    fn extensions(&self) -> String {
        let host = self.host;
        format!(
            "250-{host}\r\n250-PIPELINING\r\n250-SIZE {MOST_BYTES}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES"
        )
    }

    fn mail(&mut self, rest: &str) -> Result<Answer, &'static str> {
        if self.greeted.is_none() {
            return Err("503 5.5.1 Say who you are first");
        }
        if self.from.is_some() {
            return Err("503 5.5.1 There is a sender already");
        }
        let (path, parameters) = path(rest, "FROM:").ok_or("501 5.5.4 MAIL FROM:<address>")?;
        for parameter in parameters.split_whitespace() {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match name.to_ascii_uppercase().as_str() {
                "SIZE" => {
                    let size: u64 = value.parse().map_err(|_| "501 5.5.4 SIZE is a number")?;
                    if size > MOST_BYTES as u64 {
                        return Err("552 5.3.4 The message is too large");
                    }
                }
                "BODY" if matches!(value.to_ascii_uppercase().as_str(), "7BIT" | "8BITMIME") => {}
                "SMTPUTF8" if value.is_empty() => {}
                _ => return Err("555 5.5.4 A parameter that is not known"),
            }
        }
        self.from = Some(path.to_owned());
        say("250 2.1.0 Sender noted")
    }

    fn recipient(&mut self, rest: &str) -> Result<Answer, &'static str> {
        if self.from.is_none() {
            return Err("503 5.5.1 Name the sender first");
        }
        let (path, parameters) = path(rest, "TO:").ok_or("501 5.5.4 RCPT TO:<address>")?;
        if !parameters.is_empty() {
            return Err("555 5.5.4 A parameter that is not known");
        }
        if !(self.is_ours)(path) {
            return Err("550 5.1.1 There is no such address here");
        }
        if self.to.len() >= MOST_RECIPIENTS {
            return Err("452 4.5.3 Too many recipients");
        }
        self.to.push(path.to_owned());
        say("250 2.1.5 Recipient noted")
    }

    fn begin(&mut self, rest: &str) -> Result<Answer, &'static str> {
        if !rest.trim().is_empty() {
            return Err("501 5.5.4 DATA stands alone");
        }
        let from = self.from.as_ref().filter(|_| !self.to.is_empty()).ok_or("503 5.5.1 Name a recipient first")?;
        self.data = Some(Data::under(format!("Return-Path: <{from}>\r\n")));
        say("354 End with a dot on a line of its own")
    }
}

enum Answer {
    Say(String),
    Part,
}

fn say(reply: &str) -> Result<Answer, &'static str> {
    Ok(Answer::Say(reply.to_owned()))
}

/// What stands in the angle brackets after a label, and after them.
fn path<'l>(rest: &'l str, label: &str) -> Option<(&'l str, &'l str)> {
    let rest = rest.trim_start();
    let rest =
        rest.get(..label.len()).filter(|found| found.eq_ignore_ascii_case(label)).map(|_| &rest[label.len()..])?;
    let inside = rest.trim_start().strip_prefix('<')?;
    let (mut is_quoted, mut is_escaped) = (false, false);
    let end = inside.char_indices().find_map(|(at, c)| {
        let is_end = c == '>' && !is_quoted;
        (is_escaped, is_quoted) =
            if is_escaped { (false, is_quoted) } else { (c == '\\' && is_quoted, is_quoted ^ (c == '"')) };
        is_end.then_some(at)
    })?;
    let after = &inside[end + 1..];
    (after.is_empty() || after.starts_with(' ')).then(|| (&inside[..end], after.trim()))
}

/// A message on its way in.
struct Data {
    bytes: Vec<u8>,
    most: usize,
    is_too_large: bool,
    at: At,
}

/// Where in a line its last byte stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before its first byte.
    Start,
    /// After the dot that it begins with, which is no part of the message.
    Dot,
    /// After that dot and a CR.
    DotReturn,
    Text,
    Return,
}

impl Data {
    fn under(head: String) -> Data {
        let most = head.len() + MOST_BYTES;
        Data { bytes: head.into_bytes(), most, is_too_large: false, at: At::Start }
    }

    /// Hears up to the message's end, and says where that is.
    fn hear(&mut self, bytes: &[u8]) -> Option<usize> {
        for (n, byte) in bytes.iter().enumerate() {
            self.at = match (self.at, byte) {
                (At::Start, b'.') => At::Dot,
                (At::Dot, b'\r') => At::DotReturn,
                (At::DotReturn, b'\n') => return Some(n + 1),
                (before, byte) => {
                    if before == At::DotReturn {
                        self.keep(b'\r');
                    }
                    self.keep(*byte);
                    match (before, byte) {
                        (_, b'\r') => At::Return,
                        (At::Return, b'\n') => At::Start,
                        _ => At::Text,
                    }
                }
            };
        }
        None
    }

    fn keep(&mut self, byte: u8) {
        if self.bytes.len() < self.most {
            self.bytes.push(byte);
        } else {
            self.is_too_large = true;
            self.bytes = Vec::new();
            self.most = 0;
        }
    }
}

//! Just enough of PostgreSQL's protocol to ask a socket whether anybody is at home.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// The cluster's superuser and only user. Not the operating system's: the same cluster may run
/// under `postgres` today and `nobody` tomorrow.
pub(super) const SUPERUSER: &str = "pilothouse";

/// The socket's name, which carries the port although there is none.
pub(super) const SOCKET: &str = ".s.PGSQL.5432";

/// A server that is busy recovering answers at once, so a longer silence is none.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a socket says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A session was opened, or refused for a reason that only a running server has.
    Ready,
    /// Somebody listens, but is starting or stopping.
    NotNow,
    /// Nobody listens.
    Silent,
}

/// Opens a session and leaves.
pub(super) fn ask(socket_folder: &Path) -> Answer {
    match UnixStream::connect(socket_folder.join(SOCKET)) {
        Ok(stream) => greet(stream).unwrap_or(Answer::NotNow),
        Err(_) => Answer::Silent,
    }
}

fn greet(mut stream: UnixStream) -> io::Result<Answer> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let asked = format!("\0\x03\0\0user\0{SUPERUSER}\0database\0postgres\0\0");
    let length = u32::try_from(asked.len() + 4).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), asked.as_bytes()].concat())?;
    loop {
        let (kind, body) = message(&mut stream)?;
        match kind {
            b'Z' => {
                // Said goodbye to; otherwise the server logs a lost connection.
                stream.write_all(b"X\0\0\0\x04")?;
                return Ok(Answer::Ready);
            }
            // 57P03 is cannot_connect_now: starting up, recovering or shutting down.
            b'E' if body.split(|&byte| byte == 0).any(|field| field == b"C57P03") => return Ok(Answer::NotNow),
            b'E' => return Ok(Answer::Ready),
            _ => {}
        }
    }
}

fn message(stream: &mut UnixStream) -> io::Result<(u8, Vec<u8>)> {
    let mut head = [0; 5];
    stream.read_exact(&mut head)?;
    let [kind, length @ ..] = head;
    let length = u32::from_be_bytes(length);
    if !(4..64 * 1024).contains(&length) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut body = Vec::new();
    stream.take(u64::from(length) - 4).read_to_end(&mut body)?;
    Ok((kind, body))
}

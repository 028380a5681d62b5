//! Whatever comes in, reading ends, and ends well.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

/// A sample with a few of its pieces cut, doubled or overwritten: closer to the edges of the code
/// than noise is.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(folder()).expect("the samples").map(|entry| entry.expect("an entry").path()).collect();
    names.sort();
    let samples: Vec<Vec<u8>> = names.iter().map(|name| std::fs::read(name).expect("a sample")).collect();
    let harm = (any::<Index>(), any::<Index>(), 0_u8..3, prop::collection::vec(any::<u8>(), 0..12));
    (prop::sample::select(samples), prop::collection::vec(harm, 1..6)).prop_map(|(mut bytes, harms)| {
        for (start, length, way, noise) in harms {
            let start = start.index(bytes.len().max(1)).min(bytes.len());
            let end = (start + length.index(80)).min(bytes.len());
            let piece = match way {
                0 => Vec::new(),
                1 => bytes[start..end].repeat(2),
                _ => noise,
            };
            bytes.splice(start..end, piece);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read(&bytes, OURS);
    }

    #[test]
    fn any_damaged_mail_is_read_without_a_panic(bytes in damaged()) {
        read(&bytes, OURS);
    }

    #[test]
    fn any_body_in_any_charset_is_read_without_a_panic(
        body in prop::collection::vec(any::<u8>(), 0..80),
        charset in prop::sample::select(vec!["big5", "gb18030", "iso-2022-jp", "utf-16", "utf-7", "euc-kr", "shift_jis", "none"]),
        kind in prop::sample::select(vec!["plain", "html", "calendar"]),
        encoding in prop::sample::select(vec!["8bit", "base64", "quoted-printable"]),
    ) {
        let head = format!("From: a@b.example\nContent-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n");
        read(&[head.as_bytes(), &body].concat(), OURS);
    }
}

#[test]
fn messages_inside_messages_do_not_end_the_process() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(100_000);
    read(nested.as_bytes(), OURS);
    let parts: String =
        (0..20_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    read(parts.as_bytes(), OURS);
    let calendar = format!("Content-Type: text/calendar\n\nMETHOD:REPLY\n{}", "BEGIN:VEVENT\n".repeat(100_000));
    read(calendar.as_bytes(), OURS);
    let comment = format!("Authentication-Results: mx.company.example {}\nFrom: a@b.example\n\n", "(".repeat(100_000));
    read(comment.as_bytes(), OURS);
}

//! Any bytes as files of a curriculum and as a checklist: nothing panics or hangs, every diagnostic
//! points into its file and can be said in both languages, and what is imported compiles.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pilothouse::curriculum::import::{import, language_of};
use pilothouse::curriculum::{IDS, SourceFile, compile};
use pilothouse::engine::diagnostic::{Diagnostic, Span};
use pilothouse::engine::vocabulary::Lang;
use pilothouse::render::{Renderer, diagnostic};

/// Between two files. The compiler refuses it in a file, so that it takes nothing away from the rest.
const SEPARATOR: u8 = 0x1e;

/// Saying takes longer than finding; the rest is said in the same way.
const MAX_SAID: usize = 10;

static RENDERER: LazyLock<Renderer> = LazyLock::new(|| Renderer::new().expect("the embedded templates"));

fuzz_target!(|bytes: &[u8]| {
    compiles(bytes);
    if let Ok(markdown) = std::str::from_utf8(bytes) {
        imports(markdown);
    }
});

fn compiles(bytes: &[u8]) {
    let parts = bytes.split(|byte| *byte == SEPARATOR);
    let files: Vec<SourceFile> = ('a'..='z').zip(parts).map(|(name, part)| file(name, part)).collect();
    let found = compile(&files).map_or_else(|found| found, |compiled| compiled.warnings);
    for diagnostic in &found {
        assert!(IDS.contains(&diagnostic.message.id), "{diagnostic:?}");
        let file = files.iter().find(|file| file.path == diagnostic.file).expect("a file that was given");
        if let Some(span) = diagnostic.span {
            assert!(lies_in(&file.bytes, span), "{diagnostic:?}");
        }
    }
    let said: Vec<Diagnostic> = found.into_iter().take(MAX_SAID).collect();
    assert_eq!(diagnostic::plain(&RENDERER, Lang::En, &said).is_empty(), said.is_empty());
    assert_eq!(diagnostic::github(&RENDERER, Lang::ZhTw, &said).is_empty(), said.is_empty());
}

fn file(name: char, bytes: &[u8]) -> SourceFile {
    SourceFile { path: format!("{name}.yaml"), bytes: bytes.to_vec() }
}

/// Whether the span begins on a line of the file, or just behind it, and ends no further.
fn lies_in(bytes: &[u8], span: Span) -> bool {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let Some(line) = (span.line as usize).checked_sub(1).and_then(|at| text.split('\n').nth(at)) else { return false };
    let end = line.chars().count() + 1;
    let (first, length) = (span.column as usize, span.length as usize);
    first >= 1 && first <= end && length >= 1 && first + length <= end.max(first) + 1
}

fn imports(markdown: &str) {
    let Ok(imported) = import(markdown, "imported", language_of(markdown)) else { return };
    let program = "program: p\ntitle: {en: P, zh-TW: P}\nsummary: {en: P, zh-TW: P}\ncurricula: [imported]\n\
                   ends: B400\ncast: [mentor, superior, hr]\n";
    let files = [file('a', imported.yaml.as_bytes()), file('b', program.as_bytes())];
    if let Err(found) = compile(&files) {
        panic!("{found:?}\n{}", imported.yaml);
    }
}

//! Every message of the compiler as its fixture makes it, and the limits that they name.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pilothouse::curriculum::schema::RESERVED;
use pilothouse::curriculum::{MAX_BYTES, SourceFile, compile};
use pilothouse::engine::diagnostic::{Diagnostic, Severity};
use pilothouse::engine::message::Arg;
use pilothouse::engine::vocabulary::Lang;
use pilothouse::render::Renderer;

use super::root;
use super::tables::{cell, grouped};

/// The YAML files at or under a path, named relative to `base`.
fn files(path: &Path, base: &Path) -> Vec<SourceFile> {
    if path.is_dir() {
        return entries(path).iter().flat_map(|entry| files(entry, base)).collect();
    }
    let name = path.strip_prefix(base).expect("below its base").to_string_lossy().into_owned();
    vec![SourceFile { path: name, bytes: fs::read(path).expect("a file that can be read") }]
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn file(path: &str, text: String) -> SourceFile {
    SourceFile { path: path.to_owned(), bytes: text.into_bytes() }
}

fn program(name: usize, keys: &str) -> SourceFile {
    let words = "title: {en: A, zh-TW: 甲}\nsummary: {en: A, zh-TW: 甲}\n";
    file(&format!("p{name}.yaml"), format!("program: p{name}\n{words}{keys}\n"))
}

fn curriculum(steps: usize, ask: &str) -> SourceFile {
    let words = "title: {en: A, zh-TW: 甲}\nsummary: {en: A, zh-TW: 甲}\n";
    let form = "forms: [{id: f, ask: [{id: x, type: date, label: {en: A, zh-TW: 甲}}]}]\n";
    let step = |n| {
        format!("- {{id: s{n}, title: {{en: A, zh-TW: 甲}}, body: {{en: A, zh-TW: 甲}}, due: B1, effort: 1{ask}}}\n")
    };
    let form = if ask.is_empty() { "" } else { form };
    file("c.yaml", format!("curriculum: c\n{words}{form}steps:\n{}", (0..steps).map(step).collect::<String>()))
}

/// Mistakes of size: as fixtures they would be a megabyte.
fn of_size() -> [(&'static str, Vec<SourceFile>); 6] {
    let including = |n: usize| program(n, &format!("curricula: []\nincludes: [p{}]", n + 1));
    let keys = |n: usize| format!("k{n}: 1\n");
    [
        ("too-large", vec![file("a.yaml", "#".repeat(MAX_BYTES + 1))]),
        ("too-many-values", vec![file("a.yaml", format!("curriculum: [{}]", "1, ".repeat(160_000)))]),
        ("many-more", vec![file("a.yaml", format!("curriculum: a\n{}", (0..600).map(keys).collect::<String>()))]),
        ("too-many-steps", vec![program(0, "curricula: [c]"), curriculum(5001, "")]),
        ("form-too-often", vec![program(0, "curricula: [c]"), curriculum(51, ", ask: [{use: f}]")]),
        ("too-many-includes", (0..30).map(including).collect()),
    ]
}

/// What the compiler says of each fixture that is about its own name; with a hint, if one has it.
fn said() -> BTreeMap<String, Diagnostic> {
    let folder = root().join("tests/curricula/bad");
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    let fixtures = entries(&folder).into_iter().map(|path| (name(&path), files(&path, &folder)));
    let fixtures = fixtures.chain(of_size().map(|(name, files)| (name.to_owned(), files)));
    fixtures.map(|(name, files)| (name.clone(), about(&name, &files))).collect()
}

fn about(name: &str, files: &[SourceFile]) -> Diagnostic {
    let found = compile(files).map_or_else(|found| found, |compiled| compiled.warnings);
    let id = format!("problem-{name}");
    let mut found: Vec<Diagnostic> = found.into_iter().filter(|one| one.message.id == id).collect();
    let at = found.iter().position(|one| one.hint.is_some()).unwrap_or(0);
    if found.is_empty() {
        panic!("{name} does not give its message");
    }
    found.swap_remove(at)
}

/// One table, in the order and under the headings of the file of sentences.
pub fn all() -> String {
    let renderer = Renderer::new().expect("sentences");
    let said = said();
    let sentences = fs::read_to_string(root().join("templates/i18n/compiler.en.ftl")).expect("sentences");
    let mut table = "| name | what it says, with an example's own words |\n|---|---|\n".to_owned();
    let mut heading = None;
    for line in sentences.lines() {
        if let Some(words) = line.strip_prefix("## ") {
            heading = Some(words);
        }
        let id = line.split_once(" =").map_or("", |(id, _)| id);
        let Some(name) = id.strip_prefix("problem-") else { continue };
        let one = said.get(name).unwrap_or_else(|| panic!("no fixture for {name}"));
        if let Some(words) = heading.take() {
            table += &format!("| **{words}** | |\n");
        }
        let warning = if matches!(one.severity, Severity::Warning) { "*Warning:* " } else { "" };
        let hint = one.hint.as_ref().map(|hint| format!(" → {}", renderer.sentence(Lang::En, hint)));
        let words = renderer.sentence(Lang::En, &one.message) + &hint.unwrap_or_default();
        table += &format!("| `{name}` | {warning}{} |\n", plain(&words));
    }
    table
}

/// Words in which no letter means something to Markdown.
fn plain(words: &str) -> String {
    cell(words).replace('*', "\\*").replace('<', "&lt;").replace("](", "]\\(")
}

/// What is limited, and the message that names the limit.
const LIMITS: [(&str, &str, &str); 12] = [
    ("values in a file", "too-many-values", "max"),
    ("levels of lists and maps in each other", "too-deep", "max"),
    ("characters of a name", "bad-name", "max"),
    ("steps of a program", "too-many-steps", "max"),
    ("programs that a program includes, with those that they include", "too-many-includes", "max"),
    ("steps that ask for the same form", "form-too-often", "max"),
    ("joins of a step", "too-many-joins", "max"),
    ("values of a scale", "scale-too-long", "max"),
    ("brackets in each other in a condition", "condition-too-deep", "max"),
    ("the last day of a plan, Bn", "bad-day", "max"),
    ("minutes of a step", "effort-out-of-range", "max"),
    ("days in a row without a working day, in a calendar", "closed-too-long", "days"),
];

pub fn limits() -> String {
    let said = said();
    let mut table = format!("| what | at most |\n|---|---|\n| size of a file | {} MiB |\n", MAX_BYTES / 1024 / 1024);
    for (what, name, arg) in LIMITS {
        let message = &said.get(name).unwrap_or_else(|| panic!("no fixture for {name}")).message;
        let most = match message.args.iter().find(|(given, _)| *given == arg) {
            Some((_, Arg::Number(most))) => grouped(most.unsigned_abs()),
            other => panic!("{name}: {other:?}"),
        };
        table += &format!("| {what} | {most} |\n");
    }
    let words: Vec<String> = RESERVED.iter().map(|word| format!("`{word}`")).collect();
    format!(
        "{table}\nWords that can't name a step, since conditions and days use them: {}.\n",
        wrapped(&words.join(" "))
    )
}

/// Lines as the rest of the guide has them.
fn wrapped(words: &str) -> String {
    let mut text = String::new();
    let mut length = 78;
    for word in words.split(' ') {
        let is_first = text.is_empty();
        length += word.len() + 1;
        if length > 100 {
            text.push('\n');
            length = word.len();
        } else if !is_first {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

//! The author's guide is true: its examples compile without a word from the compiler, and its tables are
//! those that the schema, the limits and the messages of the compiler make today.
//!
//! What is generated stands between `<!-- generated: .. -->` and `<!-- end -->`. After a change,
//! `UPDATE_GUIDE=1 cargo test --test guide` writes it anew, and `curricula/schema.json` with it. That every
//! key of the language stands in an example is tested beside the schema.

mod commands;
mod messages;
mod tables;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pilothouse::curriculum::{Compiled, SourceFile, compile, schema};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn guide() -> String {
    fs::read_to_string(root().join("docs/curriculum.md")).expect("the guide")
}

/// Whether what is generated is written, and not only compared.
#[expect(clippy::disallowed_methods, reason = "an order to this test, no setting of the product")]
fn is_update() -> bool {
    std::env::var_os("UPDATE_GUIDE").is_some()
}

/// Compares a file with what it should be, or writes it.
fn hold(path: &Path, is: &str, should_be: &str) {
    if is_update() {
        fs::write(path, should_be).expect("a file that can be written");
    } else {
        let first = is.lines().zip(should_be.lines()).find(|(is, should_be)| is != should_be);
        let how = "write it anew: UPDATE_GUIDE=1 cargo test --test guide";
        assert!(is == should_be, "{} is stale; {how}\n{first:#?}", path.display());
    }
}

/// The blocks that name a file, by their folder: "```yaml folder/file.yaml".
fn examples() -> BTreeMap<String, Vec<SourceFile>> {
    let mut found: BTreeMap<String, Vec<SourceFile>> = BTreeMap::new();
    for block in guide().split("\n```yaml ").skip(1) {
        let (path, rest) = block.split_once('\n').expect("a path and a body");
        let body = rest.split("\n```").next().expect("an end");
        let (folder, file) = path.trim().split_once('/').expect("a folder and a file");
        let source = SourceFile { path: file.to_owned(), bytes: format!("{body}\n").into_bytes() };
        found.entry(folder.to_owned()).or_default().push(source);
    }
    found
}

fn compiled(name: &str) -> Compiled {
    let files = examples().remove(name).expect("the example");
    compile(&files).unwrap_or_else(|found| panic!("{name}: {found:#?}"))
}

#[test]
fn the_half_hour_example_compiles_without_warnings_and_has_ten_steps() {
    let compiled = compiled("first_quarter");
    assert!(compiled.warnings.is_empty(), "{:#?}", compiled.warnings);
    assert_eq!(compiled.releases[0].steps().count(), 10);
}

#[test]
fn the_example_of_everything_compiles_without_warnings() {
    let compiled = compiled("everything");
    assert!(compiled.warnings.is_empty(), "{:#?}", compiled.warnings);
    assert_eq!(compiled.releases.len(), 2);
}

/// The guide with every generated block as it would be generated now.
fn regenerated(guide: &str) -> String {
    let mut parts = guide.split("<!-- generated: ");
    let mut whole = parts.next().expect("a beginning").to_owned();
    for part in parts {
        let (what, rest) = part.split_once(" -->\n").expect("what is generated");
        let (_, after) = rest.split_once("<!-- end -->").expect("an end");
        let made = match what {
            "limits" => messages::limits(),
            "messages" => messages::all(),
            table => tables::table(table),
        };
        whole += &format!("<!-- generated: {what} -->\n{made}<!-- end -->{after}");
    }
    whole
}

#[test]
fn what_is_generated_in_the_guide_is_what_would_be_generated_now() {
    let guide = guide();
    hold(&root().join("docs/curriculum.md"), &guide, &regenerated(&guide));
}

#[test]
fn the_shipped_schema_is_the_one_of_this_program() {
    let path = root().join("curricula/schema.json");
    hold(&path, &fs::read_to_string(&path).unwrap_or_default(), &schema::document());
}

/// Headings outside of fences, as their level and words.
fn headings(guide: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut is_fenced = false;
    for line in guide.lines() {
        is_fenced ^= line.starts_with("```");
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        if !is_fenced && level > 0 {
            found.push((level, line.trim_start_matches('#').trim().to_owned()));
        }
    }
    found
}

#[test]
fn the_headings_nest_and_the_table_of_contents_names_every_section() {
    let guide = guide();
    let headings = headings(&guide);
    let jumps: Vec<_> = headings.windows(2).filter(|pair| pair[1].0 > pair[0].0 + 1).collect();
    assert!(jumps.is_empty(), "{jumps:?}");
    let contents = guide.split("\n## ").next().expect("a beginning");
    let link = |words: &str| format!("[{words}](#{})", words.to_lowercase().replace(' ', "-"));
    let sections: Vec<String> =
        headings.iter().filter(|(level, _)| *level == 2).map(|(_, words)| link(words)).collect();
    let missing: Vec<_> = sections.iter().filter(|section| !contents.contains(*section)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(contents.matches("](#").count(), sections.len());
}

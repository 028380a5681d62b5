//! The author's guide is true: its examples compile without a word from the compiler, and hold every
//! key that the language has.

use std::collections::BTreeMap;

use pilothouse::curriculum::{Compiled, SourceFile, compile};

const GUIDE: &str = include_str!("../docs/curriculum.md");

/// The blocks that name a file, by their folder: "```yaml folder/file.yaml".
fn examples() -> BTreeMap<String, Vec<SourceFile>> {
    let mut found: BTreeMap<String, Vec<SourceFile>> = BTreeMap::new();
    for block in GUIDE.split("\n```yaml ").skip(1) {
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

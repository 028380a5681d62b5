//! The compiler against files: `curricula/good` compiles, `curricula/bad` gives exactly the mistakes
//! that its `# expect: <id without "problem-"> <line>:<column>` comments name, and what the product
//! ships compiles.
//!
//! A fixture is a file or a folder, named after the mistake it is about.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use pilothouse::curriculum::{Compiled, IDS, SourceFile, compile};
use pilothouse::engine::diagnostic::Diagnostic;
use pilothouse::engine::message::{Arg, Message};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The YAML files at or under a path, named relative to `base`.
fn files(path: &Path, base: &Path) -> Vec<SourceFile> {
    if path.is_dir() {
        return entries(path).iter().flat_map(|entry| files(entry, base)).collect();
    }
    if path.extension().is_none_or(|extension| extension != "yaml") {
        return Vec::new();
    }
    let name = path.strip_prefix(base).expect("below its base").to_string_lossy().into_owned();
    vec![SourceFile { path: name, bytes: fs::read(path).expect("a file that can be read") }]
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn fixtures(kind: &str) -> Vec<(String, Vec<SourceFile>)> {
    let folder = root().join("tests/curricula").join(kind);
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    entries(&folder).iter().map(|path| (name(path), files(path, &folder))).collect()
}

fn compiled(result: Result<Compiled, Vec<Diagnostic>>) -> Compiled {
    result.unwrap_or_else(|found| panic!("{}", found.iter().map(line).collect::<Vec<_>>().join("\n")))
}

/// Everything that was found, warnings too.
fn found(files: &[SourceFile]) -> Vec<Diagnostic> {
    compile(files).map_or_else(|found| found, |compiled| compiled.warnings)
}

/// A diagnostic as these tests write it.
fn line(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.span.map_or("whole".to_owned(), |span| format!("{}:{}", span.line, span.column));
    let id = diagnostic.message.id.trim_start_matches("problem-");
    format!("{}: {id} {place}", diagnostic.file)
}

/// What the comments of the files expect, in the form of [`line`].
fn expected(files: &[SourceFile]) -> Vec<String> {
    let in_file = |file: &SourceFile| {
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        let comments = text.lines().filter_map(|line| line.split_once("# expect: "));
        comments.map(|(_, expected)| format!("{}: {}", file.path, expected.trim())).collect::<Vec<_>>()
    };
    files.iter().flat_map(in_file).collect()
}

#[test]
fn every_good_fixture_compiles() {
    for (name, files) in fixtures("good") {
        assert!(!compiled(compile(&files)).releases.is_empty() || name.starts_with("calendar"), "{name} is empty");
    }
}

#[test]
fn every_bad_fixture_gives_exactly_the_mistakes_it_expects() {
    let mut wrong = String::new();
    for (name, files) in fixtures("bad") {
        // A curriculum alone in its fixture is used by no program, which is not what it is about.
        let is_meant = |diagnostic: &&Diagnostic| {
            diagnostic.message.id != "problem-unused-curriculum" || name == "unused-curriculum"
        };
        let found: Vec<String> = found(&files).iter().filter(is_meant).map(line).collect();
        if found != expected(&files) || !found.iter().any(|line| line.contains(&format!(": {name} "))) {
            wrong += &format!("{name}\n  found    {found:#?}\n  expected {:#?}\n", expected(&files));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Mistakes of size, which tests in the crate make: a fixture of them would be a megabyte.
const WITHOUT_FIXTURE: [&str; 6] = [
    "problem-too-large",
    "problem-too-many-values",
    "problem-many-more",
    "problem-too-many-steps",
    "problem-form-too-often",
    "problem-too-many-includes",
];

#[test]
fn every_mistake_that_the_compiler_knows_has_a_fixture() {
    let shown: BTreeSet<String> = fixtures("bad").into_iter().map(|(name, _)| format!("problem-{name}")).collect();
    let problems = IDS.iter().filter(|id| id.starts_with("problem-") && !WITHOUT_FIXTURE.contains(id));
    let missing: Vec<_> = problems.filter(|id| !shown.contains(**id)).collect();
    assert!(missing.is_empty(), "no fixture for {missing:?}");
}

#[test]
fn what_is_shipped_compiles_without_a_mistake_or_a_warning() {
    let compiled = compiled(compile(&files(&root().join("curricula"), &root())));
    assert_eq!(compiled.warnings.iter().map(line).collect::<Vec<_>>(), Vec::<String>::new());
    assert!(!compiled.releases.is_empty() && !compiled.calendars.is_empty());
}

#[test]
fn a_release_is_named_by_the_files_it_uses_and_by_no_others() {
    let mut files = files(&root().join("tests/curricula/good/two_curricula"), &root());
    let before = compiled(compile(&files)).releases[0].hash.clone();
    files.push(SourceFile {
        path: "other.yaml".to_owned(),
        bytes: fs::read(root().join("tests/curricula/good/calendar.yaml")).expect("a calendar"),
    });
    files.reverse();
    assert_eq!(compiled(compile(&files)).releases[0].hash, before);
    files.iter_mut().find(|file| file.path.contains("second")).expect("a curriculum").bytes.extend(b"# changed\n");
    assert_ne!(compiled(compile(&files)).releases[0].hash, before);
}

#[test]
fn compiling_again_gives_the_same_in_the_same_order() {
    let files: Vec<SourceFile> = fixtures("bad").into_iter().flat_map(|(_, files)| files).collect();
    assert_eq!(found(&files), found(&files));
}

fn words(lang: &str) -> FluentBundle<FluentResource> {
    let common = ["common", "compiler"].map(|name| root().join(format!("templates/i18n/{name}.{lang}.ftl")));
    let mut bundle = FluentBundle::new(vec![lang.parse().expect("a language")]);
    bundle.set_use_isolating(false);
    for path in common {
        let source = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let resource = FluentResource::try_new(source).expect("Fluent that parses");
        bundle.add_resource(resource).expect("each id once");
    }
    bundle
}

const ROLES: [&str; 4] = ["role-manager", "role-mentor", "role-superior", "role-hr"];

fn sentence(bundle: &FluentBundle<FluentResource>, message: &Message) -> String {
    let mut args = FluentArgs::new();
    for (name, arg) in &message.args {
        let value: FluentValue = match arg {
            Arg::Words(words) => words.as_str().into(),
            Arg::Number(number) => (*number).into(),
            Arg::Role(role) => sentence(bundle, &Message::new(ROLES[*role as usize])).into(),
            Arg::Date(date) => date.to_string().into(),
            other => panic!("the compiler gives no {other:?}"),
        };
        args.set(*name, value);
    }
    let pattern = bundle.get_message(message.id).and_then(|message| message.value());
    let pattern = pattern.unwrap_or_else(|| panic!("no sentence for {}", message.id));
    let mut problems = Vec::new();
    let words = bundle.format_pattern(pattern, Some(&args), &mut problems).into_owned();
    assert!(problems.is_empty(), "{}: {problems:?}", message.id);
    words
}

#[test]
fn every_id_has_a_sentence_in_both_languages_and_every_sentence_an_id() {
    for lang in ["en", "zh-TW"] {
        let source = fs::read_to_string(root().join(format!("templates/i18n/compiler.{lang}.ftl"))).expect("words");
        let told: Vec<&str> = source.lines().filter_map(|line| Some(line.split_once(" =")?.0)).collect();
        let sentences: BTreeSet<&str> = told.iter().copied().filter(|id| !id.starts_with(' ')).collect();
        assert_eq!(sentences, IDS.iter().copied().collect(), "{lang}");
    }
}

#[test]
fn the_list_of_ids_is_what_the_code_says() {
    let mut said = BTreeSet::new();
    let in_folders = |path: PathBuf| if path.is_dir() { entries(&path) } else { vec![path] };
    let sources: Vec<PathBuf> = entries(&root().join("src/curriculum")).into_iter().flat_map(in_folders).collect();
    for file in
        sources.iter().filter(|path| path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("ids.rs"))
    {
        let source = fs::read_to_string(file).expect("source");
        let quoted = source.split('"').filter(|word| word.starts_with("problem-") || word.starts_with("hint-"));
        said.extend(quoted.filter(|word| !word.ends_with('-')).map(str::to_owned));
    }
    assert_eq!(said, IDS.iter().map(|id| (*id).to_owned()).collect());
}

#[test]
fn every_mistake_of_the_fixtures_reads_as_a_sentence_in_both_languages() {
    let (en, zh) = (words("en"), words("zh-TW"));
    let mut told = String::new();
    for (name, files) in fixtures("bad") {
        told += &format!("## {name}\n");
        for diagnostic in found(&files).iter().filter(|found| found.message.id.ends_with(&name)) {
            for bundle in [&en, &zh] {
                let hint = diagnostic.hint.as_ref().map_or(String::new(), |hint| sentence(bundle, hint));
                told += format!("{}  {hint}", sentence(bundle, &diagnostic.message)).trim_end();
                told += "\n";
            }
        }
    }
    insta::assert_snapshot!(told);
}

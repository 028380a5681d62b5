//! The house holds: who may import whom, and which crate lives in which room (docs/architecture.md).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// What each room may import from this crate. A path with `::` grants that file alone.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("engine", &[]),
    ("config", &[]),
    ("clock", &[]),
    ("telemetry", &[]),
    ("postgres", &[]),
    ("printing", &[]),
    ("curriculum", &["engine"]),
    ("store", &["engine"]),
    ("app", &["engine", "curriculum", "store", "mail::incoming"]),
    ("render", &["engine"]),
    ("mail", &["engine", "app", "render"]),
    ("worker", &["engine", "app", "mail", "render", "clock", "store::pool", "store::outbox"]),
    ("door", &["engine", "app", "clock", "store::pool"]),
    ("web", &["engine", "app", "render", "clock", "store::pool"]),
    ("startup", &["*"]),
    ("cli", &["*"]),
    ("main", &["*"]),
    ("lib", &["*"]),
];

/// Crates with a home: nobody else names them.
const HOMES: &[(&str, &[&str])] = &[
    ("diesel", &["store"]),
    ("diesel_async", &["store", "app"]),
    ("diesel_migrations", &["store"]),
    ("deadpool", &["store"]),
    ("actix_multipart", &["web"]),
    ("actix_web", &["web", "startup", "cli"]),
    ("lettre", &["mail"]),
    ("base64", &["mail"]),
    ("ed25519_dalek", &["mail"]),
    ("hickory_resolver", &["mail"]),
    ("rsa", &["mail"]),
    ("mail_parser", &["mail"]),
    ("handlebars", &["render"]),
    ("css_inline", &["render"]),
    ("fluent_bundle", &["render"]),
    ("pulldown_cmark", &["render", "curriculum"]),
    ("ammonia", &["render"]),
    ("saphyr_parser", &["curriculum"]),
    ("encoding_rs", &["curriculum", "app"]),
    ("qrcode", &["render"]),
    ("tokio", &["worker", "door", "startup", "postgres", "cli"]),
    ("clap", &["cli", "config"]),
    ("libc", &["postgres"]),
    ("zip", &["app"]),
];

/// The engine takes only crates without I/O.
const ENGINE_CRATES: &[&str] =
    &["chrono", "chrono_tz", "serde", "serde_json", "sha2", "thiserror", "uuid", "hex", "url"];

/// One mention of a path in a file.
struct Mentions {
    paths: BTreeSet<Vec<String>>,
}

impl<'ast> Visit<'ast> for Mentions {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        flatten(&item.tree, Vec::new(), &mut self.paths);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let is_test = item.attrs.iter().any(|attr| attr.path().is_ident("cfg"));
        if !is_test {
            visit::visit_item_mod(self, item);
        }
    }
}

fn flatten(tree: &syn::UseTree, before: Vec<String>, into: &mut BTreeSet<Vec<String>>) {
    let with = |ident: &syn::Ident| {
        let mut path = before.clone();
        path.push(ident.to_string());
        path
    };
    match tree {
        syn::UseTree::Path(path) => flatten(&path.tree, with(&path.ident), into),
        syn::UseTree::Name(name) => drop(into.insert(with(&name.ident))),
        syn::UseTree::Rename(rename) => drop(into.insert(with(&rename.ident))),
        syn::UseTree::Glob(_) => drop(into.insert(before)),
        syn::UseTree::Group(group) => group.items.iter().for_each(|item| flatten(item, before.clone(), into)),
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the source tree") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// Every file outside tests, with its room and the paths that it mentions.
fn house() -> Vec<(PathBuf, String, BTreeSet<Vec<String>>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files
        .into_iter()
        .filter(|path| !path.file_stem().is_some_and(|stem| stem == "tests" || stem == "samples"))
        .map(|path| {
            let inside = path.strip_prefix(&root).expect("a file of src").to_owned();
            let room = inside.components().next().expect("a room").as_os_str().to_string_lossy().replace(".rs", "");
            let text = std::fs::read_to_string(&path).expect("a source file");
            (inside, room, mentions(&text))
        })
        .collect()
}

fn mentions(source: &str) -> BTreeSet<Vec<String>> {
    let mut mentions = Mentions { paths: BTreeSet::new() };
    mentions.visit_file(&syn::parse_file(source).expect("Rust"));
    mentions.paths
}

/// The rule that a mention breaks, if any.
fn broken_import(room: &str, path: &[String]) -> Option<String> {
    let [first, inner @ ..] = path else { return None };
    if first != "crate" || inner.is_empty() || inner[0] == room {
        return None;
    }
    let allowed = MAY_IMPORT.iter().find(|(name, _)| *name == room).map(|(_, allowed)| *allowed);
    let Some(allowed) = allowed else { return Some(format!("{room} is no room of the house")) };
    let two = inner.iter().take(2).cloned().collect::<Vec<_>>().join("::");
    let is_allowed = allowed.iter().any(|grant| *grant == "*" || *grant == inner[0] || *grant == two);
    (!is_allowed).then(|| format!("{room} may not import crate::{two}"))
}

fn broken_home(room: &str, path: &[String]) -> Option<String> {
    let first = path.first()?;
    let (name, homes) = HOMES.iter().find(|(name, _)| name == first)?;
    (!homes.contains(&room)).then(|| format!("{name} lives in {homes:?}, not in {room}"))
}

#[test]
fn every_room_imports_only_what_it_may() {
    let broken: Vec<String> = house()
        .iter()
        .flat_map(|(file, room, paths)| {
            let rules = |path: &Vec<String>| broken_import(room, path).or_else(|| broken_home(room, path));
            paths.iter().filter_map(rules).map(|why| format!("{}: {why}", file.display())).collect::<Vec<_>>()
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_engine_knows_no_input_or_output() {
    let known: BTreeSet<&str> = ENGINE_CRATES.iter().copied().collect();
    let dependencies = dependencies();
    let broken: Vec<String> = house()
        .iter()
        .filter(|(_, room, _)| room == "engine")
        .flat_map(|(file, _, paths)| {
            let outside = |path: &Vec<String>| {
                let first = path.first()?;
                let is_io = path.len() > 1
                    && first == "std"
                    && matches!(path[1].as_str(), "fs" | "net" | "env" | "process" | "thread");
                let is_foreign = dependencies.contains(first.as_str()) && !known.contains(first.as_str());
                (is_io || is_foreign).then(|| format!("{}: {}", file.display(), path.join("::")))
            };
            paths.iter().filter_map(outside).collect::<Vec<_>>()
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn dependencies() -> BTreeSet<String> {
    let manifest =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("a manifest");
    let section =
        manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).expect("dependencies");
    section.lines().filter_map(|line| Some(line.split_once(" =")?.0.trim().replace('-', "_"))).collect()
}

#[test]
fn a_broken_rule_is_found() {
    let found = |room: &str, source: &str| {
        let paths = mentions(source);
        paths.iter().any(|path| broken_import(room, path).or_else(|| broken_home(room, path)).is_some())
    };
    assert!(found("engine", "use crate::store::people;"));
    assert!(found("web", "use crate::{app, store::outbox};"));
    assert!(found("app", "fn f() { diesel::sql_query(\"SELECT 1\"); }"));
    assert!(found("web", "fn f() { lettre::Message::builder(); }"));
    assert!(!found("web", "use crate::store::pool::Pool;"));
    assert!(!found("app", "use diesel_async::AsyncPgConnection;"));
}

#[test]
fn every_dependency_has_its_line() {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dependencies.md")).expect("the page");
    let missing: Vec<String> = dependencies()
        .into_iter()
        .filter(|name| !page.contains(&format!("`{}`", name.replace('_', "-"))) && !page.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "docs/dependencies.md says nothing of {missing:?}");
}

#[test]
fn no_template_writes_unescaped() {
    let mut found = BTreeMap::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("templates") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "hbs") {
                let text = std::fs::read_to_string(&path).expect("a template");
                if text.contains("{{{") || text.contains("{{&") {
                    found.insert(path, ());
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:?}");
}

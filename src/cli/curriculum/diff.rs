//! `curriculum diff`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Failure, out, released};
use crate::cli::wording::{lang, parse_lang};
use crate::config::DatabaseArgs;
use crate::engine::diff::{self, StepHow};
use crate::engine::message::Message;
use crate::engine::release::Release;
use crate::engine::vocabulary::Lang;
use crate::render::Renderer;
use crate::render::diff::{Change, changes};
use crate::startup;

#[derive(Args)]
pub struct Diff {
    #[command(flatten)]
    database: DatabaseArgs,
    /// What plans run on: a folder, a file, or the hash of a published release
    old: String,
    /// What they would be upgraded to: likewise
    new: String,
    /// One program of several
    #[arg(long)]
    program: Option<String>,
    /// text for people, or json: one document
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The language of what is said: en or zh-TW; else the terminal's
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A program in both versions, or in one.
enum Pair {
    Both(Box<Release>, Box<Release>),
    Added(String),
    Removed(String),
}

pub async fn run(command: &Diff) -> Result<ExitCode, Failure> {
    let lang = lang(command.lang);
    let old = released::of(&command.old, &command.database, lang).await?;
    let new = released::of(&command.new, &command.database, lang).await?;
    let (Some(old), Some(new)) = (old, new) else { return Ok(ExitCode::FAILURE) };
    let pairs = pairs(old, new, command.program.as_deref())?;
    let renderer = startup::renderer()?;
    match command.format {
        Format::Text => {
            let texts: Vec<String> = pairs.iter().map(|pair| as_text(&renderer, lang, pair)).collect();
            out(&texts.join("\n"))?;
        }
        Format::Json => {
            let programs: Vec<_> = pairs.iter().map(|pair| as_json(&renderer, lang, pair)).collect();
            out(&format!("{:#}\n", json!({ "programs": programs })))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn pairs(old: Vec<Release>, new: Vec<Release>, program: Option<&str>) -> Result<Vec<Pair>, Failure> {
    if program.is_some() {
        let (old, new) = (released::the_one(old, program)?, released::the_one(new, program)?);
        return Ok(vec![Pair::Both(Box::new(old), Box::new(new))]);
    }
    // Two programs alone are meant to be compared, whatever they are called.
    if let ([before], [after]) = (old.as_slice(), new.as_slice()) {
        return Ok(vec![Pair::Both(Box::new(before.clone()), Box::new(after.clone()))]);
    }
    let mut before: BTreeMap<String, Release> = by_name(old);
    let mut pairs = Vec::new();
    for (name, after) in by_name(new) {
        pairs.push(match before.remove(&name) {
            Some(before) => Pair::Both(Box::new(before), Box::new(after)),
            None => Pair::Added(name),
        });
    }
    pairs.extend(before.into_keys().map(Pair::Removed));
    Ok(pairs)
}

fn by_name(releases: Vec<Release>) -> BTreeMap<String, Release> {
    releases.into_iter().map(|release| (release.program.name.clone(), release)).collect()
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

fn as_text(renderer: &Renderer, lang: Lang, pair: &Pair) -> String {
    let say = |message: Message| renderer.sentence(lang, &message);
    let (old, new) = match pair {
        Pair::Both(old, new) => (old, new),
        Pair::Added(name) => return say(Message::new("diff-program-added").with("program", name.as_str())) + "\n",
        Pair::Removed(name) => return say(Message::new("diff-program-removed").with("program", name.as_str())) + "\n",
    };
    let found = diff::diff(old, new);
    let between = Message::new("diff-between").with("program", new.program.name.as_str());
    let mut text = say(between.with("old", short(&old.hash)).with("new", short(&new.hash))) + "\n";
    if found.is_empty() {
        return text + &say(Message::new("diff-nothing")) + "\n";
    }
    let count = |is: fn(&StepHow) -> bool| found.steps.iter().filter(|change| is(&change.how)).count();
    text += &say(Message::new("diff-count")
        .with("steps", new.steps().count())
        .with("added", count(|how| matches!(how, StepHow::Added { .. })))
        .with("removed", count(|how| matches!(how, StepHow::Removed { .. })))
        .with("changed", count(|how| matches!(how, StepHow::Changed { .. }))));
    text += &format!("\n{}\n", say(Message::new("diff-pinned")));
    for change in changes(renderer, lang, &found) {
        text += &one_as_text(&say, &change);
    }
    text
}

fn one_as_text(say: &dyn Fn(Message) -> String, change: &Change) -> String {
    let mark = match change.how {
        "added" => '+',
        "removed" => '-',
        _ => '~',
    };
    let mut text = format!("\n{mark} {}\n", change.says);
    for means in &change.means {
        text += &format!("    → {means}\n");
    }
    if let Some(hint) = &change.hint {
        text += &format!("    {}: {hint}\n", say(Message::new("severity-hint")));
    }
    text
}

fn as_json(renderer: &Renderer, lang: Lang, pair: &Pair) -> serde_json::Value {
    let (old, new) = match pair {
        Pair::Both(old, new) => (old, new),
        Pair::Added(name) => return json!({ "program": name, "how": "added" }),
        Pair::Removed(name) => return json!({ "program": name, "how": "removed" }),
    };
    let found = diff::diff(old, new);
    let one = |change: Change| {
        json!({
            "what": change.what,
            "how": change.how,
            "name": change.name,
            "title": change.title,
            "curriculum": change.curriculum,
            "keys": change.keys,
            "says": change.says,
            "means": change.means,
            "hint": change.hint,
        })
    };
    json!({
        "program": new.program.name,
        "how": if found.is_empty() { "same" } else { "changed" },
        "old": old.hash,
        "new": new.hash,
        "changes": changes(renderer, lang, &found).into_iter().map(one).collect::<Vec<_>>(),
    })
}

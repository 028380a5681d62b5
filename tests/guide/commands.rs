//! What the guide shows of the commands is what they print.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{examples, guide};

/// Alone it stands for any number of lines, in a line for any words.
const LEFT_OUT: &str = "…";

/// A command, and the lines that are shown below it.
struct Shown {
    command: String,
    lines: Vec<String>,
}

/// The blocks "```console" in their order: a later one may use what an earlier one wrote.
fn shown() -> Vec<Shown> {
    let guide = guide();
    let mut shown: Vec<Shown> = Vec::new();
    for block in guide.split("\n```console\n").skip(1) {
        for line in block.split("\n```").next().expect("an end").lines() {
            match line.strip_prefix("$ ") {
                Some(command) => shown.push(Shown { command: command.to_owned(), lines: Vec::new() }),
                None => shown.last_mut().expect("a command first").lines.push(line.trim_end().to_owned()),
            }
        }
    }
    shown
}

/// Puts the files of the guide into a folder.
fn write_examples(folder: &Path) {
    for (name, files) in examples() {
        fs::create_dir_all(folder.join(&name)).expect("a folder");
        for file in files {
            fs::write(folder.join(&name).join(file.path), file.bytes).expect("a file");
        }
    }
    let guide = guide();
    let checklist = guide.split("\n```markdown checklist.md\n").nth(1).expect("a checklist");
    let checklist = checklist.split("\n```").next().expect("an end");
    fs::write(folder.join("checklist.md"), format!("{checklist}\n")).expect("a file");
}

/// What a terminal in this folder would show.
fn printed(folder: &Path, command: &str) -> Vec<String> {
    let binary = Path::new(env!("CARGO_BIN_EXE_pilothouse")).parent().expect("a folder");
    let script = format!("PATH=\"{}:$PATH\"\n{{ {command}\n}} 2>&1", binary.display());
    let run = Command::new("sh").args(["-c", &script]).env("LC_ALL", "en_US.UTF-8").current_dir(folder).output();
    let printed = String::from_utf8(run.expect("a shell").stdout).expect("UTF-8");
    printed.trim_end().lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Whether a line is what is shown of it.
fn is_shown(printed: &str, shown: &str) -> bool {
    match (shown.split(LEFT_OUT).next(), shown.rsplit(LEFT_OUT).next()) {
        (Some(start), Some(end)) if shown.contains(LEFT_OUT) => printed.starts_with(start) && printed.ends_with(end),
        _ => printed == shown,
    }
}

fn all_shown(printed: &[String], shown: &[String]) -> bool {
    printed.len() == shown.len() && printed.iter().zip(shown).all(|(printed, shown)| is_shown(printed, shown))
}

/// Whether the lines are those that are shown, with any others where some were left out.
fn are_shown(printed: &[String], shown: &[String]) -> bool {
    let pieces: Vec<&[String]> = shown.split(|line| line == LEFT_OUT).collect();
    let [first, others @ ..] = pieces.as_slice() else { return printed.is_empty() };
    let is_at =
        |at: usize, piece: &[String]| printed.get(at..at + piece.len()).is_some_and(|lines| all_shown(lines, piece));
    if !is_at(0, first) {
        return false;
    }
    let mut next = first.len();
    for piece in others {
        let Some(at) = (next..=printed.len()).find(|at| is_at(*at, piece)) else { return false };
        next = at + piece.len();
    }
    match others.last() {
        Some(last) => last.is_empty() || (last.len() <= printed.len() && is_at(printed.len() - last.len(), last)),
        None => next == printed.len(),
    }
}

#[test]
fn the_commands_print_what_the_guide_shows() {
    let folder = tempfile::tempdir().expect("a folder");
    write_examples(folder.path());
    let mut wrong = String::new();
    for Shown { command, lines } in shown() {
        let printed = printed(folder.path(), &command);
        if !are_shown(&printed, &lines) {
            wrong += &format!("$ {command}\n{}\n\n", printed.join("\n"));
        }
    }
    assert!(wrong.is_empty(), "the guide shows something else of:\n{wrong}");
}

#[test]
fn lines_that_were_left_out_may_be_any() {
    let lines = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert!(are_shown(&lines("a b c d"), &lines("a … d")));
    assert!(are_shown(&lines("a b c d"), &lines("a … c …")));
    assert!(are_shown(&lines("a b c d"), &lines("… b … d")));
    assert!(are_shown(&lines("a b c-1 d"), &lines("a … c…1 d")));
    assert!(!are_shown(&lines("a b c-1 d"), &lines("a … c…2 d")));
    assert!(!are_shown(&lines("a b c d"), &lines("a … c")));
    assert!(!are_shown(&lines("a b c d"), &lines("a b c")));
    assert!(!are_shown(&lines("a b c d"), &lines("b … d")));
}

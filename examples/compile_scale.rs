//! How long the compiler takes for programs of 1,000 to 5,000 steps and for files made to hurt
//! it, and the most memory it held.
//!
//!     cargo run --release --example compile_scale

use std::time::{Duration, Instant};

use pilothouse::curriculum::{SourceFile, compile};

fn main() {
    println!("steps      bytes    time (best of 9)   per step");
    for steps in [1000, 2000, 4000, 5000] {
        let files = program(steps);
        let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
        let best = best(&files);
        println!("{steps:5} {bytes:10} {:>12.1} ms {:>12.1} µs", ms(best), ms(best) * 1000.0 / steps as f64);
    }
    println!("\nmade to hurt (as much of each as the limits let through)");
    for unit in ["[", "- ", "a: b\n", "a,", "&a ", "'a'\n", "? ", "- - a\n", "- a\n", "{b: c},", "一", "  - id: a\n"] {
        for head in ["", "curriculum: a\nsteps: [", "curriculum: a\nsteps:\n"] {
            let marks = unit.bytes().filter(|byte| b",:[]{}'\"&*!?".contains(byte)).count();
            let times = ((1024 * 1024 - head.len()) / unit.len()).min(149_990 / marks.max(1));
            let time = best(&[file("a.yaml", format!("{head}{}", unit.repeat(times)))]);
            println!("{:<44} {:>6.1} ms", format!("{:?}", format!("{head}{unit}")), ms(time));
        }
    }
    println!("{:<44} {:>6.1} ms", "5,000 references to nothing", ms(best(&lost())));
    println!("{:<44} {:>6.1} ms", "5,000 conditions and days, one on the other", ms(best(&chained())));
    println!("{:<44} {:>6.1} ms", "20 programs in a row, 5,000 steps in each", ms(best(&included())));
    // Linux only, and nothing elsewhere.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("\n{}", status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default());
}

/// Every step waits for one that does not exist, and is named much like all others.
fn lost() -> Vec<SourceFile> {
    let mut files = program(5000);
    for file in &mut files {
        let text = String::from_utf8_lossy(&file.bytes).replace("after: [s", "after: [x");
        file.bytes = text.into_bytes();
    }
    files
}

/// Every step opens by an answer of the one before and is counted from the day it is closed.
fn chained() -> Vec<SourceFile> {
    let mut files = program(5000);
    for file in &mut files {
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        let mut before = String::new();
        let mut lines = Vec::new();
        for line in text.lines() {
            match (line.strip_prefix("  - id: "), line.strip_prefix("    due: ")) {
                (Some(id), _) => {
                    lines.push(line.to_owned());
                    if !before.is_empty() {
                        lines.push(format!("    when: answers.{before}.mood > 2 && size(roster) > 3"));
                    }
                    before = id.to_owned();
                }
                (None, Some(_)) => {
                    let n: usize = before.trim_start_matches('s').parse().unwrap_or_default();
                    let is_first = n.is_multiple_of(500);
                    lines.push(if is_first { line.to_owned() } else { format!("    due: s{}+3", n - 1) });
                }
                _ if line.starts_with("    after: ") => {}
                _ => lines.push(line.to_owned()),
            }
        }
        file.bytes = lines.join("\n").into_bytes();
    }
    files
}

/// Each program takes over the next one.
fn included() -> Vec<SourceFile> {
    let mut files = program(5000);
    let head = "title: {en: Scale, zh-TW: 規模}\nsummary: {en: How long it takes., zh-TW: 需要多久。}\n";
    for n in 0..19 {
        let next = if n == 18 { "scale".to_owned() } else { format!("p{}", n + 1) };
        let text = format!("program: p{n}\n{head}includes: [{next}]\ncast: [mentor]\nload: {{hours: 60, team: 200}}\n");
        files.push(file(&format!("p{n}.yaml"), text));
    }
    files
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn best(files: &[SourceFile]) -> Duration {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(compile(files).is_ok());
        start.elapsed()
    };
    (0..9).map(once).min().unwrap_or_default()
}

fn file(path: &str, text: String) -> SourceFile {
    SourceFile { path: path.to_owned(), bytes: text.into_bytes() }
}

/// Curricula of 500 steps, each step with a body of a few lines, a form, and three to wait for.
fn program(steps: usize) -> Vec<SourceFile> {
    let head = "title: {en: Scale, zh-TW: 規模}\nsummary: {en: How long it takes., zh-TW: 需要多久。}\n";
    let curricula: Vec<usize> = (0..steps.div_ceil(500)).collect();
    let names: Vec<String> = curricula.iter().map(|n| format!("part_{n}")).collect();
    let mut files = vec![file(
        "program.yaml",
        format!("program: scale\n{head}curricula: [{}]\ncast: [mentor]\n", names.join(", ")),
    )];
    for (n, name) in curricula.iter().zip(&names) {
        let own: String = (n * 500..steps.min((n + 1) * 500)).map(step).collect();
        files.push(file(&format!("{name}.yaml"), format!("curriculum: {name}\n{head}steps:\n{own}")));
    }
    files
}

fn step(n: usize) -> String {
    let after: Vec<String> = (1..=3).filter_map(|back| n.checked_sub(back * 7)).map(|n| format!("s{n}")).collect();
    format!(
        "  - id: s{n}
    source: M01.{n}
    title: {{en: Meet each member one to one, zh-TW: 與每一位成員一對一}}
    body:
      en: |
        **Why.** People tell you in private what they will not say in a meeting, and they remember who asked.

        **How.** Forty-five minutes, their agenda first. Write down what you promised before you stand up.
      zh-TW: |
        **為什麼。** 大家私下願意說的話,在會議上不會說;而且他們會記得是誰問的。

        **怎麼做。** 四十五分鐘,先談對方想談的。起身之前,先寫下你答應了什麼。
    due: B{}
    after: [{}]
    review: mentor
    effort: 45
    ask:
      - id: strengths
        type: text
        label: {{en: Strengths, zh-TW: 優勢}}
      - id: mood
        type: scale
        label: {{en: Mood, zh-TW: 心情}}
",
        5 + n / 20,
        after.join(", ")
    )
}

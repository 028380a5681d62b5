//! A program as Markdown, for reading: what the company asks of a new manager, without the product.

use std::collections::BTreeMap;

use super::Renderer;
use super::telling::Telling;
use crate::engine::days::Day;
use crate::engine::message::Message;
use crate::engine::release::{Curriculum, Release, StepDef};
use crate::engine::vocabulary::Lang;

/// The deepest heading that this page gives; headings of the steps' own texts go below it.
const DEEPEST: usize = 4;

/// The whole program in one language.
pub fn markdown(renderer: &Renderer, lang: Lang, release: &Release) -> String {
    let telling = Telling::new(renderer, release, lang);
    let mut page = head(&telling);
    for (from, modules) in waves(release) {
        let title = match from {
            Some(n) => Message::new("export-wave").with("n", i64::from(n)),
            None => Message::new("export-on-demand"),
        };
        page += &format!("\n## {}\n", line(&telling.say(&title)));
        for module in modules {
            page += &self::module(&telling, module);
        }
    }
    page
}

fn head(telling: &Telling) -> String {
    let program = &telling.release.program;
    let mut page = format!("# {}\n\n{}\n", line(&telling.text(&program.title)), telling.text(&program.summary).trim());
    let cast: Vec<String> = program.cast.iter().map(|role| telling.role(*role)).collect();
    let minutes: usize = telling.release.steps().map(|def| usize::from(def.effort)).sum();
    page += &format!(
        "\n{}\n",
        telling.say(
            &Message::new("export-size")
                .with("modules", telling.release.curricula.len())
                .with("steps", telling.release.steps().count())
                .with("hours", minutes.div_ceil(60))
        )
    );
    if !cast.is_empty() {
        page += &format!("\n{}\n", telling.say(&Message::new("export-cast").with("cast", telling.list(&cast))));
    }
    page
}

/// Modules by the plan day on which they begin; what begins on no plan day comes last.
pub fn waves(release: &Release) -> Vec<(Option<u16>, Vec<&Curriculum>)> {
    let mut waves: BTreeMap<(bool, Option<u16>), Vec<&Curriculum>> = BTreeMap::new();
    for module in &release.curricula {
        let from = if module.launch.is_some() { None } else { first_day(module) };
        waves.entry((from.is_none(), from)).or_default().push(module);
    }
    waves.into_iter().map(|((_, from), modules)| (from, modules)).collect()
}

fn first_day(module: &Curriculum) -> Option<u16> {
    let opens = module.steps.iter().flat_map(|def| &def.windows).filter_map(|window| match window.opens {
        Day::Plan(n) => Some(n),
        Day::Quarter { not_before, .. } => Some(not_before),
        _ => None,
    });
    opens.min()
}

fn module(telling: &Telling, module: &Curriculum) -> String {
    let mut page = format!("\n### {}\n", line(&telling.text(&module.title)));
    page += &format!("\n{}\n", telling.text(&module.summary).trim());
    if let Some(launch) = &module.launch {
        let who: Vec<String> = launch.who.iter().map(|role| telling.role(*role)).collect();
        page += &format!("\n{}\n", telling.say(&Message::new("export-launch").with("who", telling.list(&who))));
        if let Some(offer) = &launch.offer {
            page +=
                &format!("\n{}\n", telling.say(&Message::new("export-offer").with("when", telling.condition(offer))));
        }
    }
    for (at, def) in module.steps.iter().enumerate() {
        page += &step(telling, at + 1, def);
    }
    page
}

fn step(telling: &Telling, number: usize, def: &StepDef) -> String {
    let title = telling.text(&def.title);
    let mut page = format!("\n#### {number}. {}\n\n", line(&title));
    let mut facts = vec![
        telling.say(
            &Message::new("export-facts")
                .with("who", telling.role(def.who))
                .with("days", telling.days(def))
                .with("effort", i64::from(def.effort)),
        ),
    ];
    if let Some(each) = &def.each {
        facts.push(telling.say(&Message::new("export-each").with("within", i64::from(each.within))));
    }
    facts.extend(telling.waits(def));
    if let Some(when) = &def.when {
        facts.push(telling.say(&Message::new("export-when").with("when", telling.condition(when))));
    }
    if let Some(role) = def.review {
        facts.push(telling.say(&Message::new("export-review").with("role", telling.role(role))));
    }
    for fact in facts {
        page += &format!("- {}\n", line(&fact));
    }
    page += &format!("\n{}\n", below_headings(&telling.text(&def.body)));
    if !def.ask.is_empty() {
        page += &format!("\n**{}**\n\n", telling.say(&Message::new("export-asks")));
        for field in &def.ask {
            let label = telling.text(&field.label);
            let id = if field.required { "export-field" } else { "export-field-optional" };
            let mut words = telling.say(&Message::new(id).with("label", label).with("kind", telling.kind(field)));
            if let Some(when) = telling.asked_when(def, field) {
                words = telling.say(&Message::new("export-field-when").with("field", words).with("when", when));
            }
            page += &format!("- {}\n", line(&words));
        }
    }
    page
}

/// Words that may stand behind a `#` or a `-` without becoming something else.
fn line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A step's own headings must not look like steps.
fn below_headings(markdown: &str) -> String {
    let mut fenced = false;
    let deeper = |text: &str| {
        let level = text.chars().take_while(|c| *c == '#').count();
        let is_heading = (1..=6).contains(&level) && text[level..].starts_with([' ', '\t']);
        if is_heading { format!("{}{}", "#".repeat((level + DEEPEST).min(6)), &text[level..]) } else { text.to_owned() }
    };
    let mut lines = Vec::new();
    for text in markdown.trim().lines() {
        fenced ^= text.trim_start().starts_with("```");
        lines.push(if fenced { text.to_owned() } else { deeper(text) });
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_inside_a_step_goes_below_the_steps() {
        assert_eq!(
            below_headings("# Why\ntext # no\n```\n# code\n```\n## How"),
            "##### Why\ntext # no\n```\n# code\n```\n###### How"
        );
    }
}

//! What holds whatever the text of a condition.

use proptest::prelude::*;

use super::{Stands, compiled, quoted};
use crate::engine::condition::{Comparison, Condition, Path};

/// A piece of a condition, or of what might be taken for one.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: &str = "answers.diagnose.cause answers.diagnose.causes answers.diagnose.score answers.diagnose.budget \
        answers.diagnose.scores.turnover answers.diagnose.rows answers. this.cause cast.mentor cast. roster \
        metrics.attainment.last metrics. size( size ( ) [ ] , . == != < <= > >= && || ! in - + * / % ? : { } ` \
        \"leads\" 'price' \" ' \\ 1 2.5 1e9 0x1 9223372036854775807 true false null b'a' r\" '''a''' has( map( // 團 \u{1} \n";
    let pieces: Vec<&str> = PIECES.split(' ').filter(|piece| !piece.is_empty()).collect();
    prop_oneof![8 => prop::sample::select(pieces).prop_map(str::to_owned), 1 => ".{0,4}"]
}

/// A condition of the language; not every one fits its types.
fn sound() -> impl Strategy<Value = String> {
    let value = prop::sample::select(vec![
        "answers.diagnose.cause",
        "answers.diagnose.score",
        "answers.diagnose.budget",
        "answers.diagnose.scores.turnover",
        "size(roster)",
        "size(answers.diagnose.causes)",
        "metrics.attainment.last",
        "\"leads\"",
        "'price'",
        "3",
        "-2.5",
        "0.125",
    ]);
    let sign = prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let leaf = prop_oneof![
        (value.clone(), sign, value).prop_map(|(a, sign, b)| format!("{a} {sign} {b}")),
        prop::sample::select(vec![
            "cast.mentor",
            "true",
            "'leads' in answers.diagnose.causes",
            "answers.diagnose.score in [1, 2]"
        ])
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) && {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} || ({b})")),
            inner.prop_map(|a| format!("!({a})")),
        ]
    })
}

/// As an author could write it, with every bracket.
fn written(condition: &Condition) -> String {
    let two = |a: &Condition, sign: &str, b: &Condition| format!("({} {sign} {})", written(a), written(b));
    match condition {
        Condition::Bool(truth) => truth.to_string(),
        Condition::Number(number) => number.to_string(),
        Condition::Text(text) => format!("\"{text}\""),
        Condition::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Condition::Path(Path::Answer { step, field, dimension }) => {
            let dimension = dimension.as_ref().map(|one| format!(".{one}")).unwrap_or_default();
            format!("answers.{step}.{field}{dimension}")
        }
        Condition::Path(Path::This { field, .. }) => format!("this.{field}"),
        Condition::Path(Path::Cast(role)) => format!("cast.{}", role.as_str()),
        Condition::Path(Path::Roster) => "roster".to_owned(),
        Condition::Path(Path::Metric { id, before }) => {
            format!("metrics.{id}.{}", if *before { "before" } else { "last" })
        }
        Condition::Not(one) => format!("!({})", written(one)),
        Condition::And(a, b) => two(a, "&&", b),
        Condition::Or(a, b) => two(a, "||", b),
        Condition::In(a, b) => two(a, "in", b),
        Condition::Size(one) => format!("size({})", written(one)),
        Condition::Compare(how, a, b) => {
            let sign = match how {
                Comparison::Equal => "==",
                Comparison::NotEqual => "!=",
                Comparison::Less => "<",
                Comparison::LessOrEqual => "<=",
                Comparison::Greater => ">",
                Comparison::GreaterOrEqual => ">=",
            };
            two(a, sign, b)
        }
    }
}

fn hold(text: &str, stands: &Stands) -> Result<(), TestCaseError> {
    let file = quoted(text);
    let (draft, found) = compiled(&file, stands);
    let is_answered = draft.is_some() || !found.is_empty();
    prop_assert!(is_answered);
    prop_assert!(found.iter().all(|one| one.span.is_none_or(|span| span.column >= 1 && span.length >= 1)));
    let again = compiled(&file, stands);
    prop_assert_eq!(draft.map(|draft| draft.condition), again.0.map(|draft| draft.condition));
    prop_assert_eq!(found, again.1);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}") {
        hold(&text, &Stands::default())?;
    }

    #[test]
    fn no_text_made_of_conditions_makes_it_panic(pieces in prop::collection::vec(piece(), 0..30), in_form: bool) {
        hold(&pieces.join(" "), &Stands { in_form, ..Stands::default() })?;
        hold(&pieces.concat(), &Stands { in_form, ..Stands::default() })?;
    }

    #[test]
    fn no_change_of_a_condition_makes_it_panic(text in sound(), at in 0usize..1000, gone in 0usize..5, piece in piece()) {
        let mut chars: Vec<char> = text.chars().collect();
        let start = at * chars.len() / 1000;
        chars.splice(start..(start + gone).min(chars.len()), piece.chars());
        hold(&chars.into_iter().collect::<String>(), &Stands::default())?;
    }

    #[test]
    fn what_was_admitted_and_is_written_out_reads_the_same(text in sound()) {
        let (draft, _) = compiled(&quoted(&text), &Stands::default());
        if let Some(draft) = draft {
            let (again, _) = compiled(&quoted(&written(&draft.condition)), &Stands::default());
            if let Some(again) = again {
                prop_assert_eq!(draft.condition, again.condition); // written out it may nest too deep
            }
        }
    }
}

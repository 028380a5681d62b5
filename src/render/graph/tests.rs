use super::layout::{self, layout, measure, wrap};
use super::*;
use crate::engine::release::Curriculum;
use crate::engine::samples::{self, curriculum, released, text};

fn step(id: &str, title: &str, due: u16, after: &[&str]) -> StepDef {
    let after = after.iter().map(|id| StepId((*id).to_owned())).collect();
    StepDef { title: text(title), after, ..samples::step(id, 1, due) }
}

/// Eight modules, so that they need two bands, with titles that are hard to draw.
fn release() -> Release {
    let module = |n: usize| {
        let (first, second) = (format!("end_{n}"), format!("graph_{n}"));
        let steps = vec![
            step(
                &second,
                "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung <script>",
                9,
                &[&first],
            ),
            step(&first, "先聽再動手：談過每一位成員、一起訂目標、把別人做得來的事交出去、固定向上匯報", 3, &["end_0"]),
        ];
        Curriculum { title: text("\"A\" & [B] | {C}; #d `e` end"), ..curriculum(&format!("module_{n}"), steps) }
    };
    let mut release = released((0..8).map(module).collect());
    release.program.title = text("Program: <one> & \"two\"");
    release
}

fn drawn() -> Drawing {
    drawing(crate::render::shared(), Lang::En, &release())
}

#[test]
fn steps_stand_in_the_order_of_their_days() {
    let drawing = drawn();
    let first = drawing.modules.first().expect("a module");
    assert_eq!(first.steps.iter().map(|node| node.id.as_str()).collect::<Vec<_>>(), ["end_0", "graph_0"]);
}

#[test]
fn no_box_stands_over_another_and_no_text_leaves_its_box() {
    let placed = layout(&drawn(), 80.0);
    let boxes: Vec<&layout::Rect> =
        placed.modules.iter().flat_map(|module| module.steps.iter().map(|step| &step.frame)).collect();
    for (n, one) in boxes.iter().enumerate() {
        assert!(one.right() <= placed.width && one.bottom() <= placed.height);
        let over = boxes.iter().skip(n + 1).any(|other| {
            one.x < other.right() && other.x < one.right() && one.y < other.bottom() && other.y < one.bottom()
        });
        assert!(!over);
    }
    for step in placed.modules.iter().flat_map(|module| &module.steps) {
        let wide = step.title.iter().find(|line| measure(line, layout::FONT) > step.frame.width - 2.0 * layout::PAD);
        assert_eq!(wide, None);
    }
}

#[test]
fn a_line_keeps_words_whole_and_loses_none() {
    assert_eq!(wrap("one two three", 60.0, 13.0), ["one two", "three"]);
    assert_eq!(wrap("談過每一位成員，再動手", 60.0, 13.0).concat(), "談過每一位成員，再動手");
    assert!(wrap("談過每一，位成員", 54.0, 13.0).iter().all(|line| !line.starts_with('，')));
}

#[test]
fn the_svg_is_well_formed_and_speaks_to_those_who_cannot_see_it() {
    let svg = svg(crate::render::shared(), Lang::En, &release());
    let document = scraper::Html::parse_document(&format!("<!doctype html><title>x</title>{svg}"));
    assert!(document.errors.is_empty(), "{:?}", document.errors);
    assert!(svg.contains("<title id=\"graph-title\">Program: &lt;one&gt; &amp; &quot;two&quot;</title>"), "{svg}");
    assert!(svg.contains("<desc id=\"graph-desc\">Program: ") && !svg.contains("<script>"));
    assert!(svg.contains("prefers-color-scheme:dark"));
    assert_eq!(svg.matches("<g>").count(), svg.matches("</g>").count());
}

#[test]
fn a_mermaid_label_holds_nothing_that_mermaid_reads() {
    let mermaid = mermaid(crate::render::shared(), Lang::En, &release());
    assert!(
        mermaid.contains("subgraph m0[\"#34;A#34; #38; #91;B#93; #124; #123;C#125;#59; #35;d #96;e#96; end\"]"),
        "{mermaid}"
    );
    assert!(mermaid.contains("  m0s0 --> m0s1\n") && mermaid.contains("#60;script#62;"), "{mermaid}");
}

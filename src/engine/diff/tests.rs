use super::super::condition::{Comparison, Condition};
use super::super::days::Window;
use super::super::release::Launch;
use super::super::samples::{self, curriculum, released, text};
use super::super::vocabulary::Role;
use super::*;

fn id(id: &str) -> StepId {
    StepId(id.to_owned())
}

fn step(name: &str) -> StepDef {
    StepDef { body: text(&format!("What {name} is about.")), ..samples::step(name, 1, 5) }
}

fn release(steps: Vec<StepDef>) -> Release {
    released(vec![curriculum("c", steps)])
}

fn hows(old: &Release, new: &Release) -> Vec<(String, StepHow)> {
    diff(old, new).steps.into_iter().map(|change| (change.step.0, change.how)).collect()
}

#[test]
fn nothing_differs_from_itself() {
    let release = release(vec![step("a"), step("b")]);
    assert!(diff(&release, &release).is_empty());
}

#[test]
fn a_renamed_step_is_the_same_step_and_so_is_what_refers_to_it() {
    let asks = |name: &str| {
        let path = Path::Answer { step: id(name), field: "f".to_owned(), dimension: None };
        let yes = Condition::Text("yes".to_owned());
        Condition::Compare(Comparison::Equal, Box::new(Condition::Path(path)), Box::new(yes))
    };
    let after = |name: &str| StepDef { after: vec![id(name)], when: Some(asks(name)), ..step("b") };
    let renamed = StepDef { was: vec![id("a")], title: text("a"), body: step("a").body, ..step("a_new") };
    let (old, new) = (release(vec![step("a"), after("a")]), release(vec![renamed, after("a_new")]));

    let changed = StepHow::Changed { was: Some(id("a")), moved: None, from_curriculum: None, facets: Vec::new() };
    assert_eq!(hows(&old, &new), [("a_new".to_owned(), changed.clone())]);
    assert_eq!(changed.meanings(), [Meaning::KeepsWork]);
}

#[test]
fn a_name_that_still_stands_is_not_taken_over_by_was() {
    let second = StepDef { was: vec![id("a")], ..step("b") };
    let found = hows(&release(vec![step("a")]), &release(vec![step("a"), second]));
    assert!(matches!(found.as_slice(), [(name, StepHow::Added { .. })] if name == "b"), "{found:?}");
}

#[test]
fn a_step_that_moves_and_asks_something_else_says_both() {
    let moved = StepDef { windows: vec![Window::plan(3, 9)], effort: 20, ..step("a") };
    let found = hows(&release(vec![step("a")]), &release(vec![moved]));
    let [(_, how @ StepHow::Changed { moved: Some((from, to)), facets, .. })] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!((from.as_str(), to.as_str()), ("B1–B5", "B3–B9"));
    assert_eq!(facets, &[StepFacet::Effort]);
    assert_eq!(how.meanings(), [Meaning::DatesMove, Meaning::Load]);
}

#[test]
fn a_step_that_went_and_one_that_came_with_the_same_words_are_perhaps_one() {
    let again = StepDef { title: text("Another title"), body: step("meet_everybody").body, ..step("meet_all") };
    let other = StepDef { body: text("Nothing that was said before, at all."), ..step("other") };
    let found = hows(&release(vec![step("meet_everybody"), step("gone")]), &release(vec![again, other]));
    let perhaps: Vec<_> = found
        .iter()
        .filter_map(|(name, how)| match how {
            StepHow::Added { perhaps_was: Some(was), .. } => Some((name.as_str(), was.as_str())),
            StepHow::Removed { perhaps_now: Some(now) } => Some((name.as_str(), now.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(perhaps, [("meet_all", "meet_everybody"), ("meet_everybody", "meet_all")]);
}

#[test]
fn what_stands_in_a_playbook_comes_with_its_launch_and_leaves_with_it() {
    let mut new = release(vec![step("a")]);
    let launch = Some(Launch { who: vec![Role::Hr], offer: None });
    new.curricula.push(Curriculum { name: "q".to_owned(), launch, steps: vec![step("b")], ..new.curricula[0].clone() });
    let old = release(vec![step("a")]);
    let found = diff(&old, &new);
    assert_eq!(found.curricula.iter().map(|one| one.how).collect::<Vec<_>>(), [CurriculumHow::Added]);
    assert_eq!(found.steps[0].how.meanings(), [Meaning::JoinsWithLaunch]);
    assert_eq!(diff(&new, &old).steps[0].how.meanings(), [Meaning::Leaves]);
}

#[test]
fn every_part_of_a_program_is_compared() {
    let mut new = release(vec![step("a")]);
    new.program.ends = 100;
    new.program.cast = vec![Role::Hr];
    new.program.due_soon = 3;
    let found = diff(&release(vec![step("a")]), &new);
    assert_eq!(found.program, [ProgramFacet::Cast, ProgramFacet::Mail, ProgramFacet::Ends]);
}

#[test]
fn another_ladder_is_another_policy_of_mail() {
    let mut new = release(vec![step("a")]);
    new.program.mail.ladder.superior = None;
    assert_eq!(diff(&release(vec![step("a")]), &new).program, [ProgramFacet::Mail]);
}

#[test]
fn a_step_that_becomes_a_meeting_says_so() {
    let meeting = StepDef { meet: Some(Role::Mentor), ..step("a") };
    let found = hows(&release(vec![step("a")]), &release(vec![meeting]));
    let [(_, how @ StepHow::Changed { facets, .. })] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(facets, &[StepFacet::Meet]);
    assert_eq!(how.meanings(), [Meaning::Meets]);
}

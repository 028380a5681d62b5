//! The shipped program played to its end in Taiwan: once over Lunar New Year 2026, once over the make-up
//! Saturday of 2025. What an author sees before anybody is enrolled.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use chrono::NaiveDate;
use pilothouse::app::pages::simulation::preview::{PreviewPage, preview};
use pilothouse::app::pages::simulation::{Played, SimulationPage, StepLine, page};
use pilothouse::curriculum::{Compiled, SourceFile, compile};
use pilothouse::engine::StartOrder;
use pilothouse::engine::calendar::{Anchor, Calendar};
use pilothouse::engine::release::Release;
use pilothouse::engine::simulate::{Setup, Simulation, simulate};
use pilothouse::engine::vocabulary::{Lang, MemberId, PersonId, Role};
use pilothouse::engine::workload::week_number;
use pilothouse::render::Renderer;
use uuid::Uuid;

const TEAM: [&str; 6] = ["陳怡君", "Bo Lin", "王大明", "Dee Wu", "李小華", "Fay Chang"];

/// Minutes.
const HOUR: u32 = 60;

struct Run {
    simulation: Simulation,
    release: &'static Release,
    calendar: &'static Calendar,
    names: BTreeMap<MemberId, String>,
}

static SHIPPED: LazyLock<Compiled> = LazyLock::new(|| {
    let mut files = Vec::new();
    collect(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("curricula"), &mut files);
    compile(&files).unwrap_or_else(|found| panic!("{found:#?}"))
});
static LUNAR_NEW_YEAR: LazyLock<Run> = LazyLock::new(|| Run::from("2026-02-02", None));
static MADE_UP_SATURDAY: LazyLock<Run> = LazyLock::new(|| Run::from("2025-01-06", None));

fn collect(folder: &Path, found: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "yaml") {
            let bytes = fs::read(&path).expect("a file");
            found.push(SourceFile { path: path.to_string_lossy().into_owned(), bytes });
        }
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

impl Run {
    fn from(effective: &str, stop_on: Option<NaiveDate>) -> Run {
        let find = |name: &str| SHIPPED.releases.iter().find(|release| release.program.name == name);
        let release = find("sales_manager").expect("the shipped program");
        let calendar = SHIPPED.calendars.iter().find(|calendar| calendar.name == "taiwan").expect("its calendar");
        let id = |n: usize| MemberId(Uuid::from_u128(n as u128 + 1));
        let person = |n: u128| PersonId(Uuid::from_u128(n));
        let order = StartOrder {
            own_calendar: false,
            effective: day(effective),
            manager: person(1),
            superior: person(2),
            hr: person(3),
            mentor: Some(person(4)),
            then: Vec::new(),
            members: (0..TEAM.len()).map(|n| (id(n), day(effective))).collect(),
        };
        let setup = Setup {
            release,
            calendar,
            zone: chrono_tz::Tz::UTC,
            order: &order,
            launches: &[],
            answers: &BTreeMap::new(),
            stop_on,
        };
        let simulation = simulate(&setup).expect("it plays");
        let names = TEAM.iter().enumerate().map(|(n, name)| (id(n), (*name).to_owned())).collect();
        Run { simulation, release, calendar, names }
    }

    fn played(&self, until: Option<NaiveDate>) -> Played<'_> {
        let Run { simulation, release, calendar, names } = self;
        Played { simulation, release, calendar, names, until }
    }

    fn page(&self) -> SimulationPage {
        page(&self.played(None))
    }

    fn text(&self, lang: Lang, weeks: usize) -> String {
        let last = self.simulation.plan.effective.iter_days().nth(weeks * 7 - 1);
        // The name of the release changes with every comma.
        let page = SimulationPage { short_hash: "0".repeat(12), ..page(&self.played(last)) };
        Renderer::new().expect("words").plain("simulation", lang, &page).expect("a text")
    }
}

fn lines(page: &SimulationPage) -> impl Iterator<Item = &StepLine> {
    page.weeks.iter().flat_map(|week| &week.days).flat_map(|day| &day.steps)
}

fn holds_its_load(run: &Run) {
    let page = run.page();
    assert!(page.load.mean <= 6 * HOUR, "{} minutes a week on average", page.load.mean);
    let heavy: Vec<String> = page
        .weeks
        .iter()
        .filter(|week| week.manager > 8 * HOUR)
        .map(|week| format!("week {}: {} minutes, {:?}", week.n, week.manager, week.largest))
        .collect();
    assert!(heavy.is_empty(), "{heavy:#?}");
    assert_eq!(page.load.limit, Some(8 * HOUR));
    assert_eq!(page.load.mean_of, 13);
}

#[test]
fn the_load_is_six_hours_a_week_on_average_and_never_over_eight_over_lunar_new_year() {
    holds_its_load(&LUNAR_NEW_YEAR);
}

#[test]
fn the_load_is_six_hours_a_week_on_average_and_never_over_eight_over_a_make_up_saturday() {
    holds_its_load(&MADE_UP_SATURDAY);
}

#[test]
fn the_program_is_as_large_as_the_readme_says() {
    let Run { release, .. } = &*LUNAR_NEW_YEAR;
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    let words = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    let modules = release.curricula.iter().filter(|curriculum| curriculum.launch.is_none()).count();
    let dimensions = release.curricula.iter().map(|curriculum| curriculum.dimensions.len()).max().unwrap_or(0);
    let habits = release.program.gather[0].steps.len();
    let hours = [&LUNAR_NEW_YEAR, &MADE_UP_SATURDAY].map(|run| run.page().load.mean.div_ceil(HOUR));
    let said = [
        format!("{modules} modules"),
        format!("{dimensions} dimensions"),
        format!("about {} hours a week", hours.into_iter().max().unwrap_or(0)),
        format!("{habits} weekly habits"),
    ];
    assert_eq!(said.iter().filter(|said| !words.contains(*said)).collect::<Vec<_>>(), Vec::<&String>::new());
}

fn keeps_days_off(run: &Run) {
    let off = |day: &NaiveDate| !run.calendar.is_working(*day);
    let dates = run.simulation.plan.steps.values().flat_map(|step| [step.opens.date, step.due.date]);
    assert_eq!(dates.filter(off).collect::<Vec<_>>(), []);
    assert_eq!(run.simulation.letters.iter().map(|letter| letter.day).filter(off).collect::<Vec<_>>(), []);
}

#[test]
fn no_date_and_no_mail_lies_on_a_day_off() {
    keeps_days_off(&LUNAR_NEW_YEAR);
    keeps_days_off(&MADE_UP_SATURDAY);
}

fn writes_once_a_day(run: &Run) {
    let briefs = run.simulation.letters.iter().filter(|letter| letter.kind.as_str() != "digest");
    let days: Vec<(NaiveDate, Role)> = briefs.map(|letter| (letter.day, letter.to)).collect();
    assert_eq!(days.len(), days.iter().collect::<BTreeSet<_>>().len());
}

#[test]
fn nobody_gets_two_briefs_on_a_day() {
    writes_once_a_day(&LUNAR_NEW_YEAR);
    writes_once_a_day(&MADE_UP_SATURDAY);
}

/// Every day off between the first day and a date that is counted from it stands in its reason.
fn names_every_day_off(run: &Run) {
    let (page, effective) = (run.page(), run.simulation.plan.effective);
    let counted: Vec<&StepLine> =
        lines(&page).filter(|line| matches!(line.reason.why.from, Anchor::PlanDay { .. })).collect();
    assert!(counted.len() > 50);
    for line in counted {
        let between = effective.iter_days().take_while(|day| *day <= line.due);
        let off: Vec<NaiveDate> = between
            .filter(|day| !run.calendar.weekend.contains(&chrono::Datelike::weekday(day)))
            .filter(|day| !run.calendar.is_working(*day))
            .collect();
        let named: Vec<NaiveDate> = line.reason.why.skipped.iter().map(|skipped| skipped.date).collect();
        assert_eq!(named, off, "{} on {}", line.id, line.due);
    }
}

#[test]
fn every_date_that_is_counted_from_the_first_day_names_each_day_off_on_the_way() {
    names_every_day_off(&LUNAR_NEW_YEAR);
    names_every_day_off(&MADE_UP_SATURDAY);
}

#[test]
fn what_was_stored_as_the_reason_of_a_date_is_what_is_shown() {
    let run = &*LUNAR_NEW_YEAR;
    let page = run.page();
    let stored = |line: &StepLine| {
        let steps = run.simulation.plan.steps.iter();
        let mut same = steps.filter(|(key, step)| key.id.as_str() == line.id && step.due.date == line.due);
        same.any(|(_, step)| step.due.why.skipped == line.reason.why.skipped)
    };
    let is_counted_back =
        |line: &&StepLine| matches!(line.reason.why.from, Anchor::BeforeTurn { .. } | Anchor::Quarter { n: ..0, .. });
    let own: Vec<&StepLine> = lines(&page).filter(|line| line.parts.is_empty() && !is_counted_back(line)).collect();
    let differ: Vec<_> = own.into_iter().filter(|line| !stored(line)).map(|line| (&line.id, line.due)).collect();
    assert_eq!(differ, []);
}

#[test]
fn lunar_new_year_is_passed_over_by_name() {
    let page = LUNAR_NEW_YEAR.page();
    let week = page.weeks.iter().find(|week| week.monday == day("2026-02-16")).expect("the week");
    assert!(week.days.is_empty() && week.manager == 0);
    let after = lines(&page)
        .find(|line| line.due > day("2026-02-20") && matches!(line.reason.why.from, Anchor::PlanDay { .. }));
    let skipped = &after.expect("a step after the holidays").reason.why.skipped;
    let names: Vec<&str> = skipped.iter().map(|skipped| skipped.name.zh_tw.as_str()).collect();
    assert_eq!(names, ["農曆除夕", "春節", "春節", "春節", "小年夜補假"]);
}

#[test]
fn the_make_up_saturday_is_worked_and_named() {
    let page = MADE_UP_SATURDAY.page();
    let saturday = day("2025-02-08");
    let worked = page.weeks.iter().flat_map(|week| &week.days).find(|day| day.date == saturday).expect("work on it");
    assert_eq!(worked.plan_day, 21);
    assert!(!worked.steps.is_empty());
    let made_up = &worked.steps[0].reason.made_up;
    assert_eq!(made_up.iter().map(|day| day.date).collect::<Vec<_>>(), [saturday]);
    assert!(page.letters.iter().any(|letter| letter.day == saturday && letter.to == Role::Manager));
}

#[test]
fn the_first_eight_weeks_over_lunar_new_year_in_english() {
    insta::assert_snapshot!(LUNAR_NEW_YEAR.text(Lang::En, 8));
}

#[test]
fn the_first_eight_weeks_over_lunar_new_year_in_chinese() {
    insta::assert_snapshot!(LUNAR_NEW_YEAR.text(Lang::ZhTw, 8));
}

#[test]
fn the_first_eight_weeks_over_a_make_up_saturday_in_english() {
    insta::assert_snapshot!(MADE_UP_SATURDAY.text(Lang::En, 8));
}

#[test]
fn the_first_eight_weeks_over_a_make_up_saturday_in_chinese() {
    insta::assert_snapshot!(MADE_UP_SATURDAY.text(Lang::ZhTw, 8));
}

/// Columns of a terminal, as `unicode-width` counts them.
fn width(line: &str) -> usize {
    line.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

#[test]
fn no_line_of_the_text_is_wider_than_a_hundred_columns() {
    let both = Lang::ALL.map(|lang| LUNAR_NEW_YEAR.text(lang, 60)).join("\n");
    let wide: Vec<&str> = both.lines().filter(|line| width(line) > 100 || line.ends_with(' ')).collect();
    assert_eq!(wide, Vec::<&str>::new());
}

#[test]
fn the_page_stands_alone_and_its_drawing_has_a_bar_a_week() {
    let (renderer, page) = (Renderer::new().expect("words"), LUNAR_NEW_YEAR.page());
    for lang in Lang::ALL {
        let html = renderer.document("simulation", lang, &page).expect("a page");
        let fetched = ["<script", "<link", "src=", " href=", "@import", "url("];
        assert_eq!(fetched.iter().filter(|what| html.contains(**what)).collect::<Vec<_>>(), Vec::<&&str>::new());
        assert_eq!(html.matches("class=\"chart-bar\" x=").count(), page.weeks.len() + 1); // and its legend
        assert_eq!(html.matches("class=\"why\"").count(), lines(&page).count());
        let drawing = renderer.document("simulation_chart", lang, &page).expect("a drawing");
        assert!(drawing.contains("<title id=") && drawing.contains("<desc id=") && drawing.contains("<style>"));
    }
}

#[test]
fn a_table_holds_every_line_of_the_calendar() {
    let page = MADE_UP_SATURDAY.page();
    let table = Renderer::new().expect("words").plain("simulation.csv", Lang::En, &page).expect("a table");
    assert_eq!(table.lines().count(), lines(&page).count() + 1);
    assert!(table.starts_with("week,due,plan_day,"));
}

fn seen(role: Role, on: &str) -> PreviewPage {
    let run = Run::from("2026-02-02", Some(day(on)));
    preview(&run.played(None), role, day(on))
}

#[test]
fn a_manager_sees_on_a_morning_what_is_due_and_the_brief_that_names_it() {
    let page = seen(Role::Manager, "2026-02-03");
    assert_eq!(page.plan_day, 2);
    assert!(!page.today.is_empty() && page.overdue.is_empty());
    let [brief] = page.letters.as_slice() else { panic!("{:?}", page.letters) };
    let named: usize = page.today.iter().chain(&page.soon).map(|item| item.members.len().max(1)).sum();
    assert_eq!(brief.count, named);
    let text = Renderer::new().expect("words").plain("preview", Lang::ZhTw, &page).expect("a text");
    assert!(text.contains("第 2 個工作日"), "{text}");
}

#[test]
fn a_mentor_sees_nothing_before_saying_yes_and_reads_what_was_handed_in_after() {
    let early = seen(Role::Mentor, "2026-02-02");
    assert!(early.is_vacant && early.to_review.is_empty());
    assert_eq!(early.letters.iter().map(|letter| letter.kind).collect::<Vec<_>>(), ["mentor_request"]);
    let later = seen(Role::Mentor, "2026-02-06"); // the first meeting was handed in on the 5th
    assert!(!later.is_vacant && !later.to_review.is_empty());
}

#[test]
fn a_day_off_and_a_day_before_the_first_say_so() {
    let off = seen(Role::Manager, "2026-02-17");
    assert!(!off.is_working && off.letters.is_empty());
    let early = seen(Role::Manager, "2026-01-30");
    assert_eq!((early.plan_day, early.letters.len()), (0, 0));
}

#[test]
fn weeks_are_counted_from_the_monday_of_the_first() {
    assert_eq!(week_number(day("2026-02-04"), day("2026-02-02")), 1); // a Wednesday and its Monday
    assert_eq!(week_number(day("2026-02-04"), day("2026-02-09")), 2);
}

fn command(arguments: &[&str]) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pilothouse"));
    let output = command.args(["curriculum", "simulate"]).args(arguments).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_command_plays_the_shipped_program_for_a_named_roster() {
    let folder = tempfile::tempdir().expect("a folder");
    let roster = folder.path().join("team.csv");
    fs::write(&roster, "name,position,joined\n陳怡君,業務,2024-05-06\nBo Lin,,2026-03-02\n").expect("a roster");
    let roster = roster.to_string_lossy();
    let given = ["--start", "2026-02-02", "--until", "B40", "--lang", "en", "--roster", &roster];
    let (done, said, problem) = command(&given);
    assert!(done, "{problem}");
    assert!(said.contains("2 members: 陳怡君, Bo Lin (from Mon 2 Mar 2026)"), "{said}");
    assert!(said.contains("(陳怡君)") && said.contains("working day 40"));
}

#[test]
fn a_name_that_does_not_exist_is_refused_with_those_that_do() {
    let refused = |arguments: &[&str]| {
        let (done, _, problem) = command(arguments);
        assert!(!done);
        problem
    };
    assert!(refused(&["--calendar", "mars"]).contains("no calendar `mars`; there is `taiwan`"));
    assert!(refused(&["--launch", "rescue=B30"]).contains("no playbook `rescue`; there is `underperformance`"));
    assert!(refused(&["--program", "cook"]).contains("no program `cook`; there is `sales_manager`"));
    assert!(refused(&["--answer", "diagnos.leads=yes"]).contains("Did you mean `diagnose`?"));
}

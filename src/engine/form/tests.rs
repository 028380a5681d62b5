use super::*;
use crate::engine::condition::{Comparison, Condition};
use crate::engine::release::{Column, Number};
use crate::engine::vocabulary::Text;

fn words(text: &str) -> Text {
    Text { en: text.to_owned(), zh_tw: text.to_owned() }
}

fn field(id: &str, kind: FieldKind) -> Field {
    Field { id: id.to_owned(), label: words(id), help: None, required: true, when: None, begin: None, kind }
}

fn one(id: &str, text: &str) -> Answers {
    Answers([(id.to_owned(), Answer::One(text.to_owned()))].into())
}

#[test]
fn every_missing_field_is_named_at_once() {
    let fields = [field("a", FieldKind::Date), field("b", FieldKind::LongText { example: None, min: 1, max: 10 })];
    let problems = check(&fields, &Answers::default(), &[]).expect_err("two problems");
    assert_eq!(problems.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn a_scale_takes_its_ends_and_nothing_beyond() {
    let fields = [field("s", FieldKind::Scale { min: 1, max: 5, low: None, high: None })];
    assert!(check(&fields, &one("s", "1"), &[]).is_ok());
    assert!(check(&fields, &one("s", "5"), &[]).is_ok());
    assert!(check(&fields, &one("s", "0"), &[]).is_err());
    assert!(check(&fields, &one("s", "6"), &[]).is_err());
}

#[test]
fn a_text_is_counted_in_characters_not_bytes() {
    let fields = [field("t", FieldKind::LongText { example: None, min: 1, max: 3 })];
    assert!(check(&fields, &one("t", "陳怡君"), &[]).is_ok());
    assert!(check(&fields, &one("t", "陳怡君們"), &[]).is_err());
}

#[test]
fn empty_rows_of_a_table_do_not_count() {
    let column = Column { id: "what".to_owned(), label: words("What"), required: true, kind: ColumnKind::Text };
    let fields = [field("t", FieldKind::Table { columns: vec![column], min_rows: 2, max_rows: 3, of: None })];
    let row = |cell: &str| BTreeMap::from([("what".to_owned(), cell.to_owned())]);
    let given = |rows: Vec<BTreeMap<String, String>>| Answers([("t".to_owned(), Answer::Rows(rows))].into());
    assert!(check(&fields, &given(vec![row("one"), row("  "), row("two")]), &[]).is_ok());
    assert!(check(&fields, &given(vec![row("one"), row(" ")]), &[]).is_err());
    assert!(check(&fields, &given(vec![row("1"), row("2"), row("3"), row("4")]), &[]).is_err());
}

/// Asked when another one was answered with 1.
fn when(id: &str, other: &str) -> Field {
    let path = Path::This { field: other.to_owned(), dimension: None };
    let (path, one) = (Condition::Path(path), Condition::Number(Number::parse("1").expect("a number")));
    let when = Condition::Compare(Comparison::Equal, Box::new(path), Box::new(one));
    Field { when: Some(when), ..field(id, FieldKind::Scale { min: 1, max: 5, low: None, high: None }) }
}

#[test]
fn a_question_whose_own_question_is_not_asked_any_more_is_not_asked_either() {
    let first = field("a", FieldKind::Scale { min: 1, max: 5, low: None, high: None });
    let fields = [first, when("b", "a"), when("c", "b")];
    let given = |a: &str| {
        Answers([("a", a), ("b", "1"), ("c", "1")].map(|(id, n)| (id.to_owned(), Answer::One(n.to_owned()))).into())
    };
    assert_eq!(asked(&fields, &given("1")).len(), 3);
    assert_eq!(asked(&fields, &given("2")).len(), 1);
}

#[test]
fn questions_that_wait_for_each_other_are_never_asked() {
    let fields = [when("a", "b"), when("b", "a"), when("c", "c")];
    let given = Answers(["a", "b", "c"].map(|id| (id.to_owned(), Answer::One("1".to_owned()))).into());
    assert!(asked(&fields, &given).is_empty());
}

#[test]
fn fields_that_the_form_does_not_have_are_left_out() {
    let fields = [field("d", FieldKind::Date)];
    let mut given = one("d", "2030-03-04");
    given.0.insert("is_admin".to_owned(), Answer::One("yes".to_owned()));
    assert_eq!(check(&fields, &given, &[]), Ok(one("d", "2030-03-04")));
}

#[test]
fn a_number_is_kept_in_digits_however_it_was_written() {
    let fields = [field("n", FieldKind::Number { min: None, max: None, unit: None })];
    let kept = |text: &str| check(&fields, &one("n", text), &[]).map(|clean| clean.text("n").to_owned());
    let written = ["1,250,000", "80%", "12.5 %", "４", "１２．５％", "－3", "-1,000.25"];
    let found: Vec<_> = written.iter().map(|text| kept(text).expect("a number")).collect();
    assert_eq!(found, ["1250000", "80", "12.5", "4", "12.5", "-3", "-1000.25"]);
    assert!(["1,25", "12,3456", ",5", "1.2345", "1.2.3", "%", "1,,000"].iter().all(|text| kept(text).is_err()));
}

#[test]
fn a_year_that_is_half_typed_is_no_date() {
    let fields = [field("d", FieldKind::Date)];
    assert!(check(&fields, &one("d", "2026-03-02"), &[]).is_ok());
    assert!(
        ["0202-03-02", "-0001-03-02", "9999-12-31", "1999-12-31"].iter().all(|text| check(
            &fields,
            &one("d", text),
            &[]
        )
        .is_err())
    );
}

/// A goal whose parts are there but for these.
fn goal(changed: &[(&str, &str)]) -> Answers {
    let mut row: BTreeMap<String, String> = [
        ("specific", "More renewals"),
        ("measurable", "from 60% to 75%"),
        ("achievable", "48 contracts end"),
        ("relevant", "Keep customers"),
        ("time_bound", "2030-06-30"),
        ("owner", "All of us"),
    ]
    .map(|(id, part)| (id.to_owned(), part.to_owned()))
    .into();
    row.extend(changed.iter().map(|(id, part)| ((*id).to_owned(), (*part).to_owned())));
    Answers([("g".to_owned(), Answer::Rows(vec![row]))].into())
}

/// What the goal is said to lack.
fn lacks(changed: &[(&str, &str)]) -> Vec<String> {
    let fields = [field("g", FieldKind::Smart { example: None })];
    let Err(problems) = check(&fields, &goal(changed), &[]) else { return Vec::new() };
    let said = problems.iter().flat_map(|problem| &problem.message.args).filter_map(|(name, arg)| match arg {
        crate::engine::message::Arg::Words(words) if words == "missing" => Some((*name).to_owned()),
        crate::engine::message::Arg::Words(words) if words == "number" || words == "unit" => Some(words.clone()),
        _ => None,
    });
    said.collect()
}

#[test]
fn a_goal_lacks_whatever_nobody_could_check_it_by() {
    assert_eq!(lacks(&[]), Vec::<String>::new());
    assert_eq!(lacks(&[("measurable", "more than last year")]), ["number"]);
    assert_eq!(lacks(&[("measurable", "from 60 to 75")]), ["unit"]);
    assert_eq!(lacks(&[("time_bound", "soon"), ("owner", " ")]), ["time_bound", "owner"]);
    assert_eq!(lacks(&[("specific", ""), ("measurable", "")]), ["specific", "measurable"]);
}

#[test]
fn the_day_of_a_goal_lies_ahead() {
    let fields = [field("g", FieldKind::Smart { example: None })];
    let late = |today: &str| check_days(&fields, &goal(&[("time_bound", "2030-06-28")]), today.parse().expect("a day"));
    assert_eq!(late("2030-06-27"), Ok(()));
    for today in ["2030-06-28", "2031-01-01"] {
        assert_eq!(late(today).expect_err("too late")[0].message.id, "field-smart-past");
    }
}

#[test]
fn a_number_has_its_unit_in_either_language_and_a_currency_before_it_is_one() {
    let measures = ["20 new customers", "15%", "NT$ 3,600,000", "新增 20 家", "３０％", "一百件"];
    for measure in measures {
        assert_eq!(lacks(&[("measurable", measure)]), Vec::<String>::new(), "{measure}");
    }
    assert_eq!(lacks(&[("measurable", "增加到 30")]), ["unit"]);
    for none in ["一季內大家一起進步", "統一作法", "大家都一樣好", "often enough"] {
        assert_eq!(lacks(&[("measurable", none)]), ["number"], "{none}");
    }
    for some in ["提高一成", "一季十二件", "少一次", "十一家", "業績兩倍", "three customers", "Double the visits"]
    {
        assert_eq!(lacks(&[("measurable", some)]), Vec::<String>::new(), "{some}");
    }
}

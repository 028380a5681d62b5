//! Migrations go both ways and leave what the program believes: its tables as `store/schema.rs` names
//! them, and constraints that refuse rows which break a rule.

use std::collections::BTreeSet;

use diesel::sql_types::Text;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use pilothouse::startup;
use pilothouse::store::pool;

use crate::harness::{self, TestApp};

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// What a query says, a text a row; its column is named `line`.
pub async fn lines(conn: &mut AsyncPgConnection, query: &str) -> Vec<String> {
    let rows: Vec<Line> = diesel::sql_query(query).load(conn).await.expect("rows");
    rows.into_iter().map(|row| row.line).collect()
}

/// Everything that migrations make, as PostgreSQL describes it. diesel's own list of migrations is
/// left out: it stays when all of them are taken back.
const SCHEMA: &str = "
    SELECT line FROM (
        SELECT format('column %s.%s %s %s null=%s default=%s generated=%s', table_name, column_name, ordinal_position,
            udt_name, is_nullable, column_default, generation_expression) AS line, table_name
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL
        SELECT format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
            conrelid::regclass::text
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('index %s', indexdef), tablename FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL
        SELECT format('comment %s %s', relname, obj_description(oid)), relname
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        UNION ALL
        SELECT format('trigger %s', tgname), tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL
        SELECT format('function %s', proname), proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) AS made WHERE table_name <> '__diesel_schema_migrations' ORDER BY line";

async fn schema_of(url: &str) -> Vec<String> {
    lines(&mut pool::connect(url).await.expect("a connection"), SCHEMA).await
}

async fn take_back_everything(url: &str) {
    let url = url.to_owned();
    let taken = actix_web::rt::task::spawn_blocking(move || pool::unmigrate(&url)).await;
    taken.expect("the thread ends").expect("every migration has a way down");
}

#[actix_web::test]
async fn migrations_go_up_and_down_and_up_again_to_the_same_schema() {
    let url = harness::empty_database().await;

    startup::migrate(&url).await.expect("up");
    let first = schema_of(&url).await;
    take_back_everything(&url).await;
    let nothing = schema_of(&url).await;
    startup::migrate(&url).await.expect("up again");

    assert_eq!(nothing, Vec::<String>::new());
    assert_eq!(schema_of(&url).await, first);
    assert!(first.iter().any(|line| line.starts_with("column plans.version")), "{first:#?}");
}

#[actix_web::test]
async fn a_second_migration_finds_nothing_to_do() {
    let url = harness::empty_database().await;

    let first = startup::migrate(&url).await.expect("up");
    let second = startup::migrate(&url).await.expect("nothing");

    assert!(first.len() >= 6, "{first:?}");
    assert_eq!(second, Vec::<String>::new());
}

#[actix_web::test]
async fn a_database_that_is_behind_is_told_from_one_that_is_not() {
    let url = harness::empty_database().await;

    let before = startup::check_database(&url).await;
    startup::migrate(&url).await.expect("up");

    assert!(matches!(before, Err(startup::StartError::Behind)), "{before:?}");
    startup::check_database(&url).await.expect("up to date");
}

/// `table.column Type` and `table key columns` for every table of `store/schema.rs`.
fn believed() -> BTreeSet<String> {
    let text = include_str!("../../src/store/schema.rs");
    let mut table = String::new();
    let mut found = BTreeSet::new();
    for line in text.lines().map(str::trim) {
        if let Some((name, key)) = line.strip_suffix(") {").and_then(|head| head.split_once(" (")) {
            name.clone_into(&mut table);
            found.insert(format!("{name} key {key}"));
        } else if let Some((column, kind)) = line.strip_suffix(',').and_then(|line| line.split_once(" -> ")) {
            found.insert(format!("{table}.{column} {kind}"));
        }
    }
    found
}

const AS_DIESEL: &str = "
    SELECT format('%s.%s %s', c.table_name, c.column_name,
        CASE WHEN is_nullable = 'YES' THEN format('Nullable<%s>', kind) ELSE kind END) AS line
    FROM information_schema.columns c
    CROSS JOIN LATERAL (SELECT CASE udt_name
        WHEN 'uuid' THEN 'Uuid' WHEN 'text' THEN 'Text' WHEN '_text' THEN 'Array<Text>' WHEN 'bool' THEN 'Bool'
        WHEN 'int2' THEN 'SmallInt' WHEN 'int4' THEN 'Integer' WHEN 'int8' THEN 'BigInt' WHEN 'bytea' THEN 'Binary'
        WHEN 'jsonb' THEN 'Jsonb' WHEN 'date' THEN 'Date' WHEN 'timestamptz' THEN 'Timestamptz' WHEN '_timestamptz' THEN 'Array<Timestamptz>'
        ELSE 'unknown ' || udt_name END AS kind) AS kinds
    WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations'
    UNION ALL
    SELECT format('%s key %s', conrelid::regclass, (
        SELECT string_agg(attname, ', ' ORDER BY n) FROM unnest(conkey) WITH ORDINALITY AS k (num, n)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = num))
    FROM pg_constraint
    WHERE contype = 'p' AND connamespace = 'public'::regnamespace
        AND conrelid <> '__diesel_schema_migrations'::regclass";

#[actix_web::test]
async fn schema_rs_names_every_column_of_a_migrated_database_with_its_type_and_nullability() {
    let url = harness::database().await;

    let actual = lines(&mut pool::connect(&url).await.expect("a connection"), AS_DIESEL).await;

    assert_eq!(actual.into_iter().collect::<BTreeSet<_>>(), believed());
    assert!(believed().contains("plans.mentor_id Nullable<Uuid>"));
}

/// The constraint by which the database refuses a statement.
async fn refused_by(app: &TestApp, statement: &str) -> String {
    let mut conn = app.pool.get().await.expect("a connection");
    match conn.batch_execute(statement).await {
        Err(diesel::result::Error::DatabaseError(_, what)) => what.constraint_name().unwrap_or("").to_owned(),
        other => panic!("{statement} was answered with {other:?}"),
    }
}

async fn app_with_a_plan() -> TestApp {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    app.cast("2026-03-02", 1).await;
    app
}

#[actix_web::test]
async fn a_member_cannot_leave_before_joining() {
    let app = app_with_a_plan().await;

    let of_the_roster = refused_by(&app, "UPDATE members SET left_on = joined_on - 1").await;
    let of_the_plan = refused_by(&app, "UPDATE plan_members SET left_on = joined_on - 1").await;

    assert_eq!(of_the_roster, "members_check");
    assert_eq!(of_the_plan, "plan_members_check");
    app.sql("UPDATE members SET left_on = joined_on").await;
}

#[actix_web::test]
async fn a_step_cannot_be_due_before_it_opens() {
    let app = app_with_a_plan().await;
    assert_eq!(refused_by(&app, "UPDATE steps SET due_on = opens_on - 1").await, "steps_check");
}

#[actix_web::test]
async fn a_name_holds_no_control_character() {
    let app = app_with_a_plan().await;

    let of_a_person = refused_by(&app, r"UPDATE people SET name = E'Grace\r\nBcc: all@company.example'").await;
    let of_a_member = refused_by(&app, r"UPDATE members SET name = E'Chen\x07'").await;
    let of_a_position = refused_by(&app, r"UPDATE members SET position = E'Sales\n'").await;

    assert_eq!(of_a_person, "people_name_check");
    assert_eq!(of_a_member, "members_name_check");
    assert_eq!(of_a_position, "members_position_check");
}

#[actix_web::test]
async fn a_state_that_the_program_does_not_know_is_refused() {
    let app = app_with_a_plan().await;

    let of_a_step = refused_by(&app, r#"UPDATE steps SET state = '{"is": "forgotten"}'"#).await;
    let of_a_letter = refused_by(&app, "UPDATE outbox SET state = 'lost', settled_at = now()").await;
    let of_a_mentor = refused_by(&app, r#"UPDATE plans SET mentoring = '{"is": "maybe"}'"#).await;

    assert_eq!(of_a_step, "steps_status_check");
    assert_eq!(of_a_letter, "outbox_state_check");
    assert_eq!(of_a_mentor, "plans_mentor_state_check");
}

#[actix_web::test]
async fn one_plan_starts_once() {
    let app = app_with_a_plan().await;

    let again = "INSERT INTO plans (id, manager_id, superior_id, hr_id, mentor_id, mentoring, release_hash, calendar, \
                 effective_on, started_at, version, head) SELECT gen_random_uuid(), manager_id, superior_id, hr_id, \
                 mentor_id, mentoring, release_hash, calendar, effective_on, started_at, version, head FROM plans";

    assert_eq!(refused_by(&app, again).await, "plans_one_start");
}

#[actix_web::test]
async fn nobody_is_their_own_superior_or_mentor() {
    let app = app_with_a_plan().await;

    let superior = refused_by(&app, "UPDATE plans SET superior_id = manager_id").await;
    let mentor = refused_by(&app, "UPDATE plans SET mentor_id = manager_id").await;
    let both = refused_by(&app, "UPDATE plans SET mentor_id = superior_id").await;

    assert_eq!(superior, "plans_check");
    assert!(mentor.starts_with("plans_check") && both.starts_with("plans_check"), "{mentor} {both}");
}

#[actix_web::test]
async fn one_letter_is_owed_once_and_one_mailbox_is_one_account() {
    let app = app_with_a_plan().await;

    let letter = "INSERT INTO outbox (id, dedup_key, kind, lane, person_id, owed_at, due_at) SELECT gen_random_uuid(), \
                  dedup_key, kind, lane, person_id, owed_at, due_at FROM outbox";
    let capitals = "UPDATE people SET email = 'Grace@company.example' WHERE email = 'grace@company.example'";
    let twin = "UPDATE people SET email = 'grace@company.example' WHERE email = 'lin@company.example'";

    assert_eq!(refused_by(&app, letter).await, "outbox_dedup_key_key");
    assert_eq!(refused_by(&app, capitals).await, "people_email_check");
    assert_eq!(refused_by(&app, twin).await, "people_email_key");
}

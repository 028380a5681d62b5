//! Who may see and do what: every route for every kind of visitor.

use pilothouse::app::drafts;
use pilothouse::app::mentoring::{self, Answer as MentorAnswer};
use pilothouse::app::moment::code_hash;
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::worlds::{self, PlanWorld};
use pilothouse::engine::access::Actor;
use pilothouse::engine::form::NOTE;
use pilothouse::engine::mail::Topic;
use pilothouse::engine::release::{Field, FieldKind, OWNER, SMART};
use pilothouse::engine::vocabulary::{Lang, MemberId, PlanId, StepKey};
use pilothouse::store::links::{self, NewLink, Purpose, StepAct, StepLink};
use pilothouse::store::outbox;
use reqwest::{Method, StatusCode};

use crate::browser::Browser;
use crate::harness::{Someone, TestApp, date, link_in};
use crate::sign_in::{client, cookie_of, csrf_of};

/// What the manager attached to a draft, for the route that opens it.
const FILE: &str = "01a00000-0000-7000-8000-00000000f11e";

/// A code of a pulse that stands open.
const CODE: &str = "ABCD-EFGH-JKLM";

/// An upgrade to the release that the plans run, of no plan.
const ROLLOUT: &str = "01a00000-0000-7000-8000-000000000420";

/// A route as the source declares it, with an address at which this company has something.
#[derive(Debug, Clone)]
pub struct Route {
    pub method: Method,
    pub pattern: String,
    pub path: String,
}

/// Two managers with mentors, and a third whose mentor has not answered.
pub struct Company {
    pub app: TestApp,
    pub hr: Someone,
    pub manager: Someone,
    pub mentor: Someone,
    pub superior: Someone,
    pub other_manager: Someone,
    pub other_mentor: Someone,
    pub asked: Someone,
    pub plan: PlanId,
    pub asked_plan: PlanId,
    other_plan: PlanId,
    member: MemberId,
    release: String,
    /// Of the same files.
    draft: String,
    asset: String,
    /// The secret of the asked mentor's link.
    secret: String,
    /// The secret of a link that stops the manager's reminders.
    stop: String,
    /// The secret of a link that puts the manager's first step off.
    act: String,
    letter: String,
}

/// Routes as they are declared in the source, so that none can be forgotten here.
fn declared() -> Vec<(Method, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/pages");
    let mut found = Vec::new();
    let mut paths: Vec<_> = folder.read_dir().expect("handlers").flatten().map(|entry| entry.path()).collect();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(path.read_dir().expect("handlers").flatten().map(|entry| entry.path()));
            continue;
        }
        if path.ends_with("demo.rs") {
            continue;
        }
        let text = std::fs::read_to_string(path).expect("a file");
        for line in text.lines() {
            let get = line.strip_prefix("#[get(\"").map(|rest| (Method::GET, rest));
            let post = line.strip_prefix("#[post(\"").map(|rest| (Method::POST, rest));
            if let Some((method, rest)) = get.or(post) {
                found.push((method, rest.split('"').next().expect("a pattern").to_owned()));
            }
        }
    }
    found.sort_by_key(|(method, pattern)| (pattern.clone(), method.to_string()));
    found
}

impl Company {
    /// Every route, at this company's first plan; but a mentor's answers at the other one: who has said yes
    /// a moment ago may still say no, and the first plan keeps its mentor for the rows that follow.
    pub fn routes(&self) -> Vec<Route> {
        let (plan, other) = (self.plan.to_string(), self.other_plan.to_string());
        let mut routes = self.routes_at(&plan, &self.member.to_string(), &self.manager.id.to_string());
        for route in routes.iter_mut().filter(|route| route.pattern.starts_with("/mentor-requests/")) {
            route.path = route.path.replace(&plan, &other);
        }
        routes
    }

    fn routes_at(&self, plan: &str, member: &str, person: &str) -> Vec<Route> {
        let fill = |pattern: &str| {
            let segments = pattern.split('/').map(|segment| match segment.split([':', '}']).next() {
                Some("{plan") => plan,
                // Not the step whose draft is saved on the way: that takes the file off it.
                Some("{key") if pattern.contains("{file") => "operating_rhythm",
                Some("{key") if pattern.contains("/meeting") => "first_mentor_meeting",
                Some("{key") if pattern.contains("/figures") => "monthly_figures",
                Some("{key") if pattern.contains("/pulse") => "team_pulse",
                Some("{code") => CODE,
                Some("{key") => "name_the_unease",
                Some("{id") if pattern.starts_with("/members/") => member,
                Some("{id") => person,
                Some("{hash") => &self.release,
                Some("{draft") => &self.draft,
                Some("{rollout") => ROLLOUT,
                Some("{step") => "name_the_unease",
                Some("{program") => "sales_manager",
                Some("{calendar") => "taiwan",
                Some("{curriculum") => "know_every_member",
                Some("{name") => &self.asset,
                Some("{file") => FILE,
                Some("{gather") => "friday_thirty",
                Some("{playbook") => "underperformance",
                Some("{deed") => "1",
                Some("{secret") if pattern.starts_with("/unsubscribe/") => &self.stop,
                Some("{secret") if pattern.starts_with("/act/") => &self.act,
                Some("{secret") => &self.secret,
                Some("{letter") => &self.letter,
                Some(new) if new.starts_with('{') => panic!("{pattern}: what stands for {new}?"),
                _ => segment,
            });
            segments.collect::<Vec<_>>().join("/")
        };
        declared().into_iter().map(|(method, pattern)| Route { path: fill(&pattern), method, pattern }).collect()
    }
}

pub async fn start(app: &TestApp, cast: (&Someone, &Someone, &Someone, &Someone)) -> PlanId {
    let (manager, superior, mentor, hr) = cast;
    let new = NewPlan {
        program: "sales_manager".to_owned(),
        manager: manager.id,
        superior: superior.id,
        hr: hr.id,
        mentor: Some(mentor.id),
        then: Vec::new(),
        effective: date("2026-03-02"),
        calendar: None,
    };
    let (moment, hr) = (app.moment(), Actor::Person(hr.viewer()));
    app.pool.in_transaction(async |tx| plans::start(tx, hr, &new, &moment).await).await.expect("a plan")
}

pub async fn answer(app: &TestApp, mentor: &Someone, plan: PlanId, answer: MentorAnswer) {
    let (who, moment) = (mentor.viewer(), app.moment());
    let answered = app.pool.in_transaction(async |tx| mentoring::answer(tx, who, plan, answer, &moment).await).await;
    answered.expect("an answer");
}

/// The company of the stories about access, on the first morning of three plans.
pub async fn company() -> Company {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let person = async |name, email| app.person(name, email, Lang::En, false).await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    let manager = person("Grace Chen", "grace@company.example").await;
    let mentor = person("Kevin Lin", "kevin@company.example").await;
    let superior = person("Diane Wu", "diane@company.example").await;
    let other_manager = person("Emily Tsai", "emily@company.example").await;
    let other_mentor = person("Priya Raman", "priya@company.example").await;
    let other_superior = person("Olivia Hsu", "olivia@company.example").await;
    let third = person("Daniel Lin", "daniel@company.example").await;
    let asked = person("Vincent Chang", "vincent@company.example").await;
    let member = app.join(&hr, &manager, "Member One", "2026-03-02").await;
    app.join(&hr, &other_manager, "Member Two", "2026-03-02").await;
    let plan = start(&app, (&manager, &superior, &mentor, &hr)).await;
    let other = start(&app, (&other_manager, &other_superior, &other_mentor, &hr)).await;
    let asked_plan = start(&app, (&third, &other_superior, &asked, &hr)).await;
    answer(&app, &mentor, plan, MentorAnswer::Accept).await;
    answer(&app, &other_mentor, other, MentorAnswer::Accept).await;
    app.deliver().await;
    let mails = app.mails();
    let request = mails.iter().find_map(|mail| link_in(&mail.text, "/mentor-answer/")).expect("a mentor's request");
    let secret = request.rsplit('/').next().expect("a secret").to_owned();
    let mut visitor = Browser::new(&app.base_url);
    visitor.get("/sign-in").await;
    let asset = visitor.html.split("/assets/").nth(1).and_then(|rest| rest.split('"').next()).expect("an asset");
    let asset = asset.to_owned();
    let release = world(&app, plan).await.plan.release;
    let (who, moment) = (hr.viewer(), app.moment());
    let draft = app.pool.in_transaction(async |tx| drafts::from_release(tx, who, &release, &moment).await).await;
    let draft = draft.expect("a draft").to_string();
    app.sql(&format!(
        "INSERT INTO files (id, plan_id, step_key, field, name, media_type, size, body, sha256, uploaded_by, \
         uploaded_at) VALUES ('{FILE}', '{plan}', 'operating_rhythm', 'proof', 'a.txt', 'text/plain', 1, 'a', \
         sha256('a'), '{}', now())",
        manager.id
    ))
    .await;
    app.sql(&format!(
        "INSERT INTO rollouts (id, program, release_hash, policy, started_by, started_at) \
         VALUES ('{ROLLOUT}', 'sales_manager', '{release}', '{{}}', '{}', '2026-03-02T02:00:00Z')",
        hr.id
    ))
    .await;
    app.sql(&format!(
        "INSERT INTO pulses (id, plan_id, step_key, opened_by, opened_at, closes_at, codes) \
         VALUES ('{ROLLOUT}', '{other}', 'team_pulse', '{}', '2026-03-02', '2026-03-16', 5)",
        superior.id
    ))
    .await;
    let hash = hex::encode(code_hash(CODE));
    app.sql(&format!("INSERT INTO pulse_codes (hash, pulse_id) VALUES ('\\x{hash}', '{ROLLOUT}')")).await;
    let stop = stop_link(&app, &manager, Topic::Reminders).await;
    let step = StepLink { plan, step: "name_the_unease".parse().expect("a step"), act: StepAct::Snooze, seen: 0 };
    let act = minted(&app, &manager, Purpose::Step(step)).await;
    let mut conn = app.pool.get().await.expect("a connection");
    let letters = outbox::list(&mut conn, Some("sent"), 1).await.expect("letters");
    let letter = letters.first().expect("a letter that was sent").id.to_string();
    drop(conn);
    Company {
        app,
        hr,
        manager,
        mentor,
        superior,
        other_manager,
        other_mentor,
        asked,
        plan,
        asked_plan,
        other_plan: other,
        member,
        release,
        draft,
        asset,
        secret,
        stop,
        act,
        letter,
    }
}

/// The secret of a link that stops a topic of somebody's mail.
pub async fn stop_link(app: &TestApp, who: &Someone, topic: Topic) -> String {
    minted(app, who, Purpose::Unsubscribe { topic }).await
}

/// The secret of a link that no mail brought.
pub async fn minted(app: &TestApp, who: &Someone, purpose: Purpose) -> String {
    let token = app.moment().token();
    let link = NewLink { token_hash: token.hash, person: who.id, purpose };
    app.pool.in_transaction(async |tx| links::insert(tx, &[link]).await).await.expect("a link");
    token.secret
}

pub async fn world(app: &TestApp, plan: PlanId) -> PlanWorld {
    let mut conn = app.pool.get().await.expect("a connection");
    worlds::find(&mut conn, Actor::Program.scope(), plan).await.expect("the plan")
}

/// Asks for a route as somebody with a session of their own, with an empty form that bears its token.
async fn answered(app: &TestApp, route: &Route, who: Option<&Someone>) -> (StatusCode, String) {
    let cookie = match who {
        Some(who) => cookie_of(app, who).await,
        None => String::new(),
    };
    let request = client().request(route.method.clone(), format!("{}{}", app.base_url, route.path));
    let request = request.header("accept-language", "en").header("cookie", &cookie);
    let request = if route.method == Method::POST { request.form(&[("csrf", csrf_of(&cookie))]) } else { request };
    let answer = request.send().await.expect("an answer");
    (answer.status(), answer.text().await.unwrap_or_default())
}

/// What each visitor is answered: nobody, the manager, another manager, the mentor, another mentor, an
/// asked mentor, the superior, HR. Forms are empty, so whoever may act hears 400, 409 or 422 for what
/// is missing, and 303 only where there is nothing to fill in.
const MATRIX: &str = "
GET  /                                     303 303 303 303 303 303 303 303
GET  /act/{secret}                         200 200 200 200 200 200 200 200
POST /act/{secret}                         303 303 303 303 303 303 303 303
POST /act/{secret}/undo                    303 303 303 303 303 303 303 303
GET  /assets/{name}                        200 200 200 200 200 200 200 200
GET  /calendars                            303 404 404 404 404 404 404 200
GET  /calendars/{calendar}                 303 404 404 404 404 404 404 200
POST /calendars/{calendar}                 303 404 404 404 404 404 404 400
GET  /calendars/{calendar}/preview         303 404 404 404 404 404 404 303
POST /calendars/{calendar}/preview         303 404 404 404 404 404 404 400
GET  /curricula                            303 404 404 404 404 404 404 200
GET  /curricula/drafts                     303 404 404 404 404 404 404 303
POST /curricula/drafts                     303 404 404 404 404 404 404 422
GET  /curricula/drafts/{draft}             303 404 404 404 404 404 404 200
POST /curricula/drafts/{draft}/discard     303 404 404 404 404 404 404 400
GET  /curricula/drafts/{draft}/publish     303 404 404 404 404 404 404 303
POST /curricula/drafts/{draft}/publish     303 404 404 404 404 404 404 422
GET  /curricula/drafts/{draft}/sources.zip 303 404 404 404 404 404 404 200
GET  /curricula/drafts/{draft}/{program}/diff 303 404 404 404 404 404 404 200
GET  /curricula/drafts/{draft}/{program}/export 303 404 404 404 404 404 404 200
GET  /curricula/drafts/{draft}/{program}/graph 303 404 404 404 404 404 404 200
GET  /curricula/drafts/{draft}/{program}/graph.svg 303 404 404 404 404 404 404 200
GET  /curricula/drafts/{draft}/{program}/preview 303 404 404 404 404 404 404 200
GET  /curricula/drafts/{draft}/{program}/simulate 303 404 404 404 404 404 404 200
GET  /curricula/{hash}                     303 404 404 404 404 404 404 200
GET  /curricula/{hash}/diff                303 404 404 404 404 404 404 200
POST /curricula/{hash}/draft               303 404 404 404 404 404 404 303
GET  /curricula/{hash}/export              303 404 404 404 404 404 404 200
GET  /curricula/{hash}/graph               303 404 404 404 404 404 404 200
GET  /curricula/{hash}/graph.svg           303 404 404 404 404 404 404 200
GET  /curricula/{hash}/preview             303 404 404 404 404 404 404 200
GET  /curricula/{hash}/rollout             303 404 404 404 404 404 404 200
POST /curricula/{hash}/rollout             303 404 404 404 404 404 404 422
GET  /curricula/{hash}/rollout/preview     303 404 404 404 404 404 404 303
POST /curricula/{hash}/rollout/preview     303 404 404 404 404 404 404 200
GET  /curricula/{hash}/rollout/{plan}      303 404 404 404 404 404 404 409
GET  /curricula/{hash}/simulate            303 404 404 404 404 404 404 200
GET  /curricula/{hash}/sources.zip         303 404 404 404 404 404 404 200
GET  /gates                                303 200 200 200 200 200 200 200
GET  /healthz                              200 200 200 200 200 200 200 200
POST /language                             400 400 400 400 400 400 400 400
GET  /meet/{secret}                        404 404 404 404 404 404 404 404
POST /meet/{secret}                        404 404 404 404 404 404 404 404
POST /meet/{secret}/undo                   404 404 404 404 404 404 404 404
GET  /members/{id}                         303 404 404 404 404 404 404 200
POST /members/{id}                         303 404 404 404 404 404 404 422
POST /members/{id}/back                    303 404 404 404 404 404 404 422
GET  /members/{id}/leave                   303 404 404 404 404 404 404 303
POST /members/{id}/leave                   303 404 404 404 404 404 404 422
POST /members/{id}/undo-back               303 404 404 404 404 404 404 409
POST /members/{id}/undo-leave              303 404 404 404 404 404 404 409
GET  /mentor-answer/{secret}               200 200 200 200 200 200 200 200
POST /mentor-answer/{secret}/accept        303 303 303 303 303 303 303 303
POST /mentor-answer/{secret}/decline       303 303 303 303 303 303 303 303
POST /mentor-requests/{plan}/accept        303 409 409 409 409 409 409 409
POST /mentor-requests/{plan}/decline       303 409 409 409 303 409 409 409
GET  /outbox                               303 404 404 404 404 404 404 200
POST /outbox/{letter}/again                303 404 404 404 404 404 404 303
POST /outbox/{letter}/take-back            303 404 404 404 404 404 404 303
GET  /people                               303 404 404 404 404 404 404 200
POST /people                               303 404 404 404 404 404 404 400
GET  /people/new                           303 404 404 404 404 404 404 200
GET  /people/{id}                          303 404 404 404 404 404 404 200
POST /people/{id}                          303 404 404 404 404 404 404 400
GET  /people/{id}/members                  303 404 404 404 404 404 404 303
POST /people/{id}/members                  303 404 404 404 404 404 404 422
POST /people/{id}/try-address              303 404 404 404 404 404 404 303
GET  /plans                                303 404 404 404 404 404 404 303
POST /plans                                303 404 404 404 404 404 404 422
GET  /plans/new                            303 404 404 404 404 404 404 200
GET  /plans/preview                        303 404 404 404 404 404 404 303
POST /plans/preview                        303 404 404 404 404 404 404 422
GET  /plans/{plan}                         303 200 404 200 404 404 200 200
GET  /plans/{plan}/arrange                 303 404 404 200 404 404 200 200
POST /plans/{plan}/arrange                 303 404 404 400 404 404 400 400
GET  /plans/{plan}/arrange/preview         303 404 404 303 404 404 303 303
POST /plans/{plan}/arrange/preview         303 404 404 400 404 404 400 400
GET  /plans/{plan}/cast                    303 404 404 404 404 404 404 303
POST /plans/{plan}/cast                    303 404 404 404 404 404 404 400
GET  /plans/{plan}/history                 303 200 404 200 404 404 200 200
GET  /plans/{plan}/mentor                  303 404 404 404 404 404 404 303
POST /plans/{plan}/mentor                  303 404 404 404 404 404 404 400
POST /plans/{plan}/offers/{step}           303 400 404 400 404 404 400 400
POST /plans/{plan}/playbooks/{playbook}    303 303 404 409 404 404 409 409
GET  /plans/{plan}/practice                303 200 404 200 404 404 200 200
GET  /plans/{plan}/practice/{curriculum}   303 200 404 200 404 404 404 404
GET  /plans/{plan}/record                  303 200 404 200 404 404 200 200
GET  /plans/{plan}/record.html             303 200 404 200 404 404 200 200
GET  /plans/{plan}/record.json             303 200 404 200 404 404 200 200
GET  /plans/{plan}/record.pdf              303 404 404 404 404 404 404 404
GET  /plans/{plan}/steps/{key}             303 200 404 200 404 404 200 200
POST /plans/{plan}/steps/{key}/accept      303 409 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/comment     303 422 404 422 404 404 422 422
POST /plans/{plan}/steps/{key}/draft       303 303 404 409 404 404 409 409
GET  /plans/{plan}/steps/{key}/figures     303 200 404 303 404 404 303 303
POST /plans/{plan}/steps/{key}/figures     303 422 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/figures/discard 303 303 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/figures/reading 303 422 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/figures/take 303 303 404 409 404 404 409 409
GET  /plans/{plan}/steps/{key}/files/{file} 303 200 404 404 404 404 404 404
POST /plans/{plan}/steps/{key}/hand-in     303 422 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/meeting     303 422 404 422 404 404 409 409
POST /plans/{plan}/steps/{key}/meeting/cancel 303 422 404 422 404 404 409 409
POST /plans/{plan}/steps/{key}/meeting/choose 303 422 404 422 404 404 409 409
POST /plans/{plan}/steps/{key}/pulse       303 409 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/pulse/discard 303 409 404 409 404 404 303 409
POST /plans/{plan}/steps/{key}/read        303 404 404 404 404 404 404 404
POST /plans/{plan}/steps/{key}/reconsider  303 409 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/return      303 409 404 409 404 404 409 409
GET  /plans/{plan}/steps/{key}/sheet       303 200 404 404 404 404 404 404
POST /plans/{plan}/steps/{key}/snooze      303 303 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/snooze/undo 303 303 404 303 404 404 303 303
POST /plans/{plan}/steps/{key}/take-back   303 409 404 409 404 404 409 409
GET  /plans/{plan}/undo/{deed}             303 404 404 404 404 404 404 404
POST /plans/{plan}/undo/{deed}             303 404 404 400 404 404 400 400
GET  /plans/{plan}/weekly/{gather}         303 200 404 404 404 404 404 404
POST /plans/{plan}/weekly/{gather}         303 422 404 404 404 404 404 404
POST /plans/{plan}/weekly/{gather}/draft   303 303 404 404 404 404 404 404
GET  /progress                             303 404 404 404 404 404 404 200
GET  /pulse                                200 200 200 200 200 200 200 200
POST /pulse                                422 422 422 422 422 422 422 422
GET  /pulse/{code}                         200 200 200 200 200 200 200 200
POST /pulse/{code}                         422 422 422 422 422 422 422 422
GET  /queue                                303 200 200 200 200 200 200 200
GET  /readyz                               200 200 200 200 200 200 200 200
GET  /rollouts/{rollout}                   303 404 404 404 404 404 404 200
POST /rollouts/{rollout}/undo              303 404 404 404 404 404 404 409
GET  /settings                             303 200 200 200 200 200 200 200
POST /settings                             303 400 400 400 400 400 400 400
GET  /sign-in                              200 200 200 200 200 200 200 200
POST /sign-in                              200 200 200 200 200 200 200 200
GET  /sign-in/{secret}                     200 200 200 200 200 200 200 200
POST /sign-in/{secret}                     200 200 200 200 200 200 200 200
POST /sign-out                             303 303 303 303 303 303 303 303
GET  /today                                303 200 200 200 200 200 200 200
GET  /unsubscribe/{secret}                 200 200 200 200 200 200 200 200
POST /unsubscribe/{secret}                 400 400 400 400 400 400 400 400
POST /unsubscribe/{secret}/start           303 303 303 303 303 303 303 303
";

#[actix_web::test]
async fn every_route_answers_every_visitor_as_the_table_says() {
    let company = company().await;
    let visitors = [
        None,
        Some(&company.manager),
        Some(&company.other_manager),
        Some(&company.mentor),
        Some(&company.other_mentor),
        Some(&company.asked),
        Some(&company.superior),
        Some(&company.hr),
    ];

    let mut table = String::from("\n");
    for route in company.routes() {
        let mut statuses = Vec::new();
        for visitor in visitors {
            statuses.push(answered(&company.app, &route, visitor).await.0.as_str().to_owned());
        }
        table += &format!("{:<4} {:<37} {}\n", route.method.as_str(), short(&route.pattern), statuses.join(" "));
    }

    assert!(table == MATRIX, "{table}");
    company.app.assert_no_drift().await;
}

/// A pattern without its regular expression.
fn short(pattern: &str) -> String {
    let segments = pattern.split('/').map(|segment| match segment.split_once(':') {
        Some((name, _)) => format!("{name}}}"),
        None => segment.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

const TOKEN: &str = "name=\"csrf\" value=\"";
const NOWHERE: &str = "01a00000-0000-7000-8000-000000000000";

#[actix_web::test]
async fn what_is_not_yours_looks_like_what_is_not_there() {
    let company = company().await;
    let (plan, member, manager) = (company.plan, company.member, company.manager.id);
    let there = company.routes_at(&plan.to_string(), &member.to_string(), &manager.to_string());
    let nowhere = company.routes_at(NOWHERE, NOWHERE, NOWHERE);
    let strangers = [&company.other_manager, &company.other_mentor, &company.asked];
    let hide = |page: &str| {
        let ids = [company.plan.to_string(), company.member.to_string(), company.manager.id.to_string()];
        let mut page = ids.iter().fold(page.to_owned(), |page, id| page.replace(id.as_str(), NOWHERE));
        // Each request has a session of its own, and so a token of its own.
        while let Some(at) = page.find(TOKEN) {
            page.replace_range(at..at + TOKEN.len() + 64, "");
        }
        page
    };

    let mut compared = 0;
    for (there, nowhere) in there.iter().zip(&nowhere).filter(|(there, nowhere)| there.path != nowhere.path) {
        for stranger in strangers {
            let (status, page) = answered(&company.app, there, Some(stranger)).await;
            let (missing, empty) = answered(&company.app, nowhere, Some(stranger)).await;
            assert_eq!(status, missing, "{} {}", there.method, there.pattern);
            assert_eq!(hide(&page), hide(&empty), "{} {}", there.method, there.pattern);
            assert!(!status.is_success() && !status.is_redirection(), "{} {status}", there.pattern);
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared}");
}

#[actix_web::test]
async fn an_asked_mentor_sees_the_question_and_nothing_of_the_plan_until_they_say_yes() {
    let company = company().await;
    let (app, plan) = (&company.app, company.asked_plan);
    let get = |path: String| Route { method: Method::GET, pattern: path.clone(), path };
    let page = get(format!("/plans/{plan}"));
    let step = get(format!("/plans/{plan}/steps/name_the_unease"));
    let queue = get("/queue".to_owned());

    let before = answered(app, &page, Some(&company.asked)).await.0;
    let step_before = answered(app, &step, Some(&company.asked)).await.0;
    let (_, question) = answered(app, &queue, Some(&company.asked)).await;
    answer(app, &company.asked, plan, MentorAnswer::Accept).await;

    assert_eq!((before, step_before), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert!(question.contains("Daniel Lin") && !question.contains("Grace Chen"), "{question}");
    assert_eq!(answered(app, &page, Some(&company.asked)).await.0, StatusCode::OK);
    assert_eq!(answered(app, &step, Some(&company.asked)).await.0, StatusCode::OK);
}

#[actix_web::test]
async fn a_mentor_who_was_replaced_is_out_with_the_next_request() {
    let company = company().await;
    let (app, plan) = (&company.app, company.plan);
    let page = Route { method: Method::GET, pattern: String::new(), path: format!("/plans/{plan}") };
    assert_eq!(answered(app, &page, Some(&company.mentor)).await.0, StatusCode::OK);

    let (hr, asked, moment) = (company.hr.viewer(), company.asked.id, app.moment());
    app.pool.in_transaction(async |tx| mentoring::ask(tx, hr, plan, asked, &[], &moment).await).await.expect("asked");
    assert_eq!(answered(app, &page, Some(&company.mentor)).await.0, StatusCode::OK, "until the next one says yes");
    assert_eq!(answered(app, &page, Some(&company.asked)).await.0, StatusCode::NOT_FOUND);

    let (next, yes) = (company.asked.viewer(), MentorAnswer::Accept);
    app.pool.in_transaction(async |tx| mentoring::answer(tx, next, plan, yes, &moment).await).await.expect("a yes");
    assert_eq!(answered(app, &page, Some(&company.mentor)).await.0, StatusCode::NOT_FOUND);
    assert_eq!(answered(app, &page, Some(&company.asked)).await.0, StatusCode::OK);
}

/// Fields of a form that satisfy all that a step asks, for stories about something else.
pub async fn answers_to(app: &TestApp, plan: PlanId, step: &str) -> Vec<(String, String)> {
    let world = world(app, plan).await;
    let key: StepKey = step.parse().expect("a step");
    let def = world.release.step(&key.id).expect("its definition");
    let member = || world.plan.present().next().expect("a member").to_string();
    let asks = world.plan.asks(&key, def);
    asks.iter().filter(|field| field.when.is_none()).flat_map(|field| given(field, step, &member)).collect()
}

fn given(field: &Field, step: &str, member: &dyn Fn() -> String) -> Vec<(String, String)> {
    let words = |min: u32| "words ".repeat(min as usize / 6 + 1);
    let one = |text: String| vec![(field.id.clone(), text)];
    let part = |name: &str, text: &str| (format!("{}.0.{name}", field.id), text.to_owned());
    match &field.kind {
        FieldKind::LongText { min, .. } | FieldKind::Text { min, .. } => one(words(*min)),
        FieldKind::Choice { options } => one(options[0].id.clone()),
        FieldKind::Several { options, min, .. } => {
            options.iter().take(usize::from(*min).max(1)).map(|o| (field.id.clone(), o.id.clone())).collect()
        }
        FieldKind::Scale { min, .. } => one(min.to_string()),
        FieldKind::Number { min, .. } => one(min.map_or("1".to_owned(), |min| min.to_string())),
        FieldKind::Date => one("2026-04-01".to_owned()),
        FieldKind::Person => one(member()),
        FieldKind::Link => one("https://example.com/".to_owned()),
        FieldKind::Smart { .. } => {
            let all = SMART.into_iter().chain([OWNER]);
            let parts = all.map(|name| part(name, if name == "time_bound" { "2030-06-28" } else { "20 more" }));
            parts.collect()
        }
        FieldKind::Rating { dimensions, min, .. } => {
            let note = |id: &str| part(&format!("{id}{NOTE}"), "seen");
            dimensions.iter().flat_map(|one| [part(&one.id, &min.to_string()), note(&one.id)]).collect()
        }
        FieldKind::File { .. } | FieldKind::Table { .. } => panic!("{step} asks for {}", field.id),
    }
}

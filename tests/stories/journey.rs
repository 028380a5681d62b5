//! Sixty-three working days of one manager, their mentor, superior and HR, through pages and mail.

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pilothouse::engine::access::Actor;
use pilothouse::engine::calendar::Calendar;
use pilothouse::engine::vocabulary::Lang;
use pilothouse::engine::zone::at_hour;
use pilothouse::mail::reading::ReadMail;
use pilothouse::store;

use crate::browser::Browser;
use crate::harness::{Someone, TestApp, date, link_in};

/// Somebody with the browser in which they act.
struct Player {
    who: Someone,
    browser: Browser,
}

struct Story {
    app: TestApp,
    manager: Player,
    mentor: Player,
    superior: Player,
    hr: Player,
    /// Every mail so far, with the moment it left.
    mails: Vec<(DateTime<Utc>, ReadMail)>,
    returned_once: bool,
}

impl Story {
    fn hour(&self, day: NaiveDate, hour: u8) {
        self.app.clock.travel_to(at_hour(day, hour, chrono_tz::Asia::Taipei));
    }

    /// Delivers what is due and answers what came for somebody.
    async fn deliver(&mut self) {
        self.app.deliver().await;
        let now = self.app.clock.now();
        self.mails.extend(self.app.mails().into_iter().map(|mail| (now, mail)));
    }

    /// The steps that today's mail to somebody links to.
    fn named_to(&self, who: &Someone) -> Vec<String> {
        let now = self.app.clock.now();
        let of_today = self.mails.iter().filter(|(at, mail)| *at == now && mail.to[0].address == who.email);
        let mut paths: Vec<String> = of_today
            .flat_map(|(_, mail)| mail.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .filter(|word| word.contains("/steps/") || word.contains("/weekly/"))
            .filter_map(|word| Some(word.strip_prefix(&self.app.base_url)?.to_owned()))
            .collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

/// Opens each step that the mail named and does what its page offers.
async fn act_on(player: &mut Player, paths: &[String], day: NaiveDate, returned_once: &mut bool) {
    for path in paths {
        player.browser.get(path).await;
        assert_eq!(player.browser.status, 200, "{path}");
        let hand_in = format!("{path}/hand-in");
        let accept = format!("{path}/accept");
        if player.browser.has_form(path) {
            // The page that gathers weekly rituals.
            player.browser.fill_and_submit(path, &day.to_string()).await;
            assert_eq!(player.browser.status, 200, "{path}: {}", player.browser.text());
        }
        if player.browser.has_form(&hand_in) {
            player.browser.fill_and_submit(&hand_in, &day.to_string()).await;
            assert_eq!(player.browser.status, 200, "{path}: {}", player.browser.text());
        } else if player.browser.has_form(&accept) {
            // The first piece of work goes back with a line, everything else is accepted.
            let line = [("line", if *returned_once { "做得好。Well done." } else { "請再具體一點。" })];
            let pairs = player.browser.pairs(&accept, &line);
            let to = if *returned_once { accept } else { format!("{path}/return") };
            *returned_once = true;
            player.browser.post(&to, &pairs).await;
            assert_eq!(player.browser.status, 200, "{path}: {}", player.browser.text());
        }
    }
}

async fn begin() -> Story {
    // Friday before the first Monday, in the morning.
    let app = TestApp::at("2026-02-26T01:00:00Z").await;
    let hr = app.person("吳雅雯", "hr@company.example", Lang::ZhTw, true).await;
    let manager = app.person("陳怡君", "grace@company.example", Lang::ZhTw, false).await;
    let mentor = app.person("Martin Lin", "martin@company.example", Lang::En, false).await;
    let superior = app.person("Diane Wu", "diane@company.example", Lang::En, false).await;
    let mut desk = app.signed_in(&hr).await;
    let person = format!("/people/{}", manager.id);
    for name in ["王小明", "Amy Liu", "張家豪"] {
        desk.get(&person).await;
        desk.submit(&format!("{person}/members"), &[("name", name), ("position", "業務專員")]).await;
        assert_eq!(desk.status, 200, "{}", desk.text());
    }
    desk.get("/plans/new").await;
    let (m, s, t, h) = (manager.id.to_string(), superior.id.to_string(), mentor.id.to_string(), hr.id.to_string());
    let choices = [
        ("manager", m.as_str()),
        ("superior", &s),
        ("mentor", &t),
        ("hr", &h),
        ("program", "sales_manager"),
        ("effective", "2026-03-02"),
        ("calendar", "taiwan"),
    ];
    desk.submit("/plans/preview", &choices).await;
    assert!(desk.shows("2026年3月13日"), "the preview shows B10: {}", desk.text());
    desk.submit("/plans", &[]).await;
    assert_eq!(desk.status, 200, "{}", desk.text());
    app.deliver().await;
    let mails = app.mails();
    let request = mails.iter().find(|mail| mail.to[0].address == mentor.email).expect("the mentor is asked");
    let link = link_in(&request.text, "/mentor-answer/").expect("a link to answer");
    let path = link.strip_prefix(&app.base_url).expect("our own").to_owned();
    // One press from the mail, without signing in: the page shows a button, the button acts.
    let mut phone = Browser::new(&app.base_url);
    phone.get(&path).await;
    phone.submit(&format!("{path}/accept"), &[]).await;
    assert_eq!(phone.status, 200, "{}", phone.text());
    let manager = Player { browser: app.signed_in(&manager).await, who: manager };
    let mentor = Player { browser: app.signed_in(&mentor).await, who: mentor };
    let superior = Player { browser: app.signed_in(&superior).await, who: superior };
    let hr = Player { browser: desk, who: hr };
    Story { app, manager, mentor, superior, hr, mails: Vec::new(), returned_once: false }
}

async fn calendar(app: &TestApp) -> Calendar {
    let mut conn = app.pool.get().await.expect("a connection");
    let all = store::releases::calendars(&mut conn).await.expect("calendars");
    all.into_iter().find(|calendar| calendar.name == "taiwan").expect("Taiwan's")
}

#[actix_web::test]
async fn sixty_three_working_days_from_the_first_mail_to_the_last_digest() {
    let mut story = begin().await;
    let calendar = calendar(&story.app).await;
    let first = date("2026-03-02");
    let last = calendar.plan_day(first, 63).date;

    let mut day = first;
    while day <= last {
        story.hour(day, 9);
        story.deliver().await;
        story.hour(day, 9);
        let named: [Vec<String>; 4] =
            [&story.manager, &story.mentor, &story.superior, &story.hr].map(|p| story.named_to(&p.who));
        let mut returned = story.returned_once;
        for (player, paths) in
            [&mut story.manager, &mut story.mentor, &mut story.superior, &mut story.hr].into_iter().zip(&named)
        {
            act_on(player, paths, day, &mut returned).await;
        }
        story.returned_once = returned;
        day = day + Days::new(1);
    }

    // HR's digest of the last week.
    let mut digests = story.mails.iter().filter(|(_, mail)| mail.to[0].address == story.hr.who.email);
    let (_, digest) = digests.next_back().expect("a digest");
    let words = digest.text.replace(&story.app.base_url, "https://pilothouse.example");
    insta::assert_snapshot!("the_digest_of_the_last_week", words.lines().map(mask_ids).collect::<Vec<_>>().join("\n"));

    // Never two briefs on a day, few urgent letters, and nothing on a day off or at night.
    let mut conn = story.app.pool.get().await.expect("a connection");
    for day in mail_days(&mut conn).await {
        assert!(day.briefs <= 1 && day.urgent <= 3 && day.reports <= 1, "{day:?}");
        assert!(calendar.is_working(day.day), "{day:?}");
        assert!(day.first >= 7 && day.last < 20, "{day:?}");
    }

    // Everything that was due by now is done, and the projection is what its facts say.
    let plans = store::plans::all(&mut conn, Actor::Program.scope()).await.expect("plans");
    let release = store::releases::by_hash(&mut conn, &plans[0].release).await.expect("a read").expect("the release");
    assert_eq!(open_steps(&plans[0], &release, last), Vec::<String>::new());
    let done = plans[0].progress(&release).done;
    assert!(done > 85, "{done}");
    drop(conn);
    story.app.assert_no_drift().await;
}

fn open_steps(plan: &pilothouse::engine::Plan, release: &pilothouse::engine::Release, last: NaiveDate) -> Vec<String> {
    plan.steps
        .iter()
        .filter(|(key, step)| {
            step.due.date < last
                && !step.state.is_closed()
                && release.step(&key.id).is_some_and(|def| !def.is_ritual_turn(key.turn))
        })
        .map(|(key, step)| format!("{key}: {:?}", step.state))
        .collect()
}

/// What one person was sent on one day, by the outbox.
#[derive(Debug, diesel::QueryableByName)]
struct MailDay {
    #[diesel(sql_type = diesel::sql_types::Date)]
    day: NaiveDate,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    briefs: i64,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    urgent: i64,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    reports: i64,
    /// Hours of the day.
    #[diesel(sql_type = diesel::sql_types::Integer)]
    first: i32,
    #[diesel(sql_type = diesel::sql_types::Integer)]
    last: i32,
}

async fn mail_days(conn: &mut AsyncPgConnection) -> Vec<MailDay> {
    diesel::sql_query(
        "SELECT at::date AS day, count(*) FILTER (WHERE kind IN ('brief', 'digest', 'welcome')) AS briefs, \
           count(*) FILTER (WHERE kind IN ('returned', 'review', 'gate')) AS urgent, \
           count(*) FILTER (WHERE kind IN ('checkpoint', 'graduation')) AS reports, \
           min(extract(hour FROM at))::int AS first, max(extract(hour FROM at))::int AS last \
         FROM (SELECT *, settled_at AT TIME ZONE 'Asia/Taipei' AS at FROM outbox) AS sent \
         WHERE state = 'sent' AND kind <> 'sign_in' GROUP BY person_id, at::date",
    )
    .load(conn)
    .await
    .expect("what was sent")
}

/// Ids and secrets differ from run to run.
fn mask_ids(line: &str) -> String {
    let is_secret = |part: &str| part.len() == 64 && part.bytes().all(|b| b.is_ascii_hexdigit());
    line.split('/')
        .map(|part| if is_secret(part) || part.parse::<uuid::Uuid>().is_ok() { "<id>" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

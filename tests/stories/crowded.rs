//! So much is late that a mail about all of it would be too long to be read.

use pilothouse::engine::vocabulary::Lang;
use pilothouse::mail::Mailer;
use pilothouse::mail::reading::{ReadMail, read};

use crate::harness::{Someone, TestApp, utc};
use crate::relay::number;
use crate::short::{publishes, under_way};

/// Two weeks after a plan of 63 steps for its manager began; its manager and mentor.
async fn everything_is_late() -> (TestApp, Someone, Someone) {
    let app = TestApp::at("2026-03-02T01:30:00Z").await; // a Monday, 9:30 in Taipei
    let step = |n: usize| {
        let due = if n == 40 { "B1" } else { "B3" };
        format!(
            "  - {{id: step_{n}, title: {{en: Step {n}, zh-TW: 步驟 {n}}}, body: {{en: Do it., zh-TW: 去做。}}, \
             due: {due}, effort: 10}}\n"
        )
    };
    let basics = "curriculum: basics\ntitle: {en: Basics, zh-TW: 基礎}\nsummary: {en: All., zh-TW: 全部。}\nsteps:\n";
    publishes(&app, &format!("{basics}{}", (1..=62).map(step).collect::<String>())).await;
    let manager = app.person("Grace Chen", "grace@company.example", Lang::En, false).await;
    let mentor = app.person("Kevin Lin", "kevin@company.example", Lang::En, false).await;
    let superior = app.person("Diane Wu", "diane@company.example", Lang::En, false).await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    under_way(&app, "short", [&manager, &mentor, &superior, &hr]).await;
    (app, manager, mentor)
}

/// The mail to somebody on a morning, and how long it is.
async fn morning(app: &TestApp, now: &str, who: &Someone) -> (ReadMail, usize) {
    app.clock.travel_to(utc(now));
    app.deliver().await;
    let Mailer::Memory(memory) = &*app.worker.mailer else { panic!("this story's mail is in memory") };
    let mails = memory.take().into_iter().map(|raw| (read(&raw).expect("a mail"), raw.len()));
    let mut theirs = mails.filter(|(mail, _)| mail.to[0].address == who.email);
    theirs.next().expect("a mail")
}

#[actix_web::test]
async fn a_brief_names_the_most_urgent_of_63_late_steps_and_says_how_many_more_there_are() {
    let (app, manager, _) = everything_is_late().await;
    let mut conn = app.pool.get().await.expect("a connection");
    let acts = "SELECT count(*) FROM links WHERE purpose = 'step'";
    let before = number(&mut conn, acts).await;

    let (brief, bytes) = morning(&app, "2026-03-16T01:30:00Z", &manager).await;

    assert!(bytes < 102_000, "{bytes} bytes");
    assert!(brief.text.starts_with("63 things for you. Overdue: Step 40\r\n"), "{}", brief.text);
    for body in [&brief.text, &brief.html] {
        assert!(body.contains("Overdue (63)") && body.contains("And 55 more under “Overdue”"), "{body}");
    }
    assert_eq!(brief.text.matches("days late").count(), 8, "{}", brief.text);
    assert_eq!(brief.text.matches("/act/").count(), 8 * 2, "one to do it, one to put it off: {}", brief.text);
    let theirs = format!("{acts} AND person_id = '{}'", manager.id);
    assert_eq!(number(&mut conn, &theirs).await - before, 8 * 2, "what is not shown has no link");
}

#[actix_web::test]
async fn what_is_late_with_others_and_had_no_room_is_told_the_next_morning() {
    let (app, _, mentor) = everything_is_late().await;

    let (first, bytes) = morning(&app, "2026-03-16T01:30:00Z", &mentor).await;
    let (second, _) = morning(&app, "2026-03-17T01:30:00Z", &mentor).await;

    assert!(bytes < 102_000, "{bytes} bytes");
    let says = |mail: &ReadMail, words: &str| assert!(mail.text.contains(words), "{words}: {}", mail.text);
    says(&first, "Late with others (63)");
    says(&first, "And 55 more under “Late with others”");
    says(&first, "- Step 40 in the plan of Grace Chen\r\n");
    says(&second, "Late with others (55)");
    assert!(!second.text.contains("- Step 40 in the plan"), "each once: {}", second.text);
}

//! A program that delivers no mail must not look like one that runs.

use std::time::Duration;

use pilothouse::render::HelpContact;
use pilothouse::startup::{self, StartError};
use pilothouse::web::State;

use crate::harness::{TestApp, chance, renderer};

#[actix_web::test]
async fn a_worker_that_dies_ends_the_program_with_failure() {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let listening = startup::listen("127.0.0.1:0".parse().expect("an address")).expect("a port");
    let state = State {
        pool: app.pool.clone(),
        renderer: renderer(),
        clock: app.clock.clone(),
        chance: chance(),
        base_url: format!("http://{}", listening.address),
        secure_cookies: false,
        help: Some(HelpContact { name: "Help".to_owned(), email: "help@company.example".to_owned() }),
        pdf: None,
        demo: None,
    };

    let run = startup::run(listening, state, |_| async { Err::<(), _>("it fell overboard") });
    let ended = tokio::time::timeout(Duration::from_secs(20), run).await.expect("the program ends");

    assert!(matches!(&ended, Err(StartError::Worker(why)) if why.contains("overboard")), "{ended:?}");
}

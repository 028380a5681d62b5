//! Handlers, one file per screen.

pub mod account;
pub mod act;
pub mod arrange;
pub mod calendars;
pub mod curricula;
pub mod demo;
pub mod figures;
pub mod files;
pub mod gates;
pub mod gather;
pub mod history;
pub mod home;
pub mod meeting;
pub mod member;
pub mod mentor_answer;
pub mod outbox;
pub mod people;
pub mod plan;
pub mod practice;
pub mod progress;
pub mod pulse;
pub mod queue;
pub mod record;
pub mod sheet;
pub mod start;
pub mod step;
pub mod styleguide;
pub mod today;
pub mod unsubscribe;

#[cfg(test)]
mod calendars_tests;
#[cfg(test)]
mod form_tests;
#[cfg(test)]
mod manager_tests;
#[cfg(test)]
mod part_tests;

use actix_web::web::ServiceConfig;

pub fn configure(config: &mut ServiceConfig) {
    home::configure(config);
    // Before any `/plans/{plan}`: the first route that matches wins.
    start::configure(config);
    people::configure(config);
    outbox::configure(config);
    member::configure(config);
    progress::configure(config);
    calendars::configure(config);
    curricula::configure(config);
    arrange::configure(config);
    account::configure(config);
    today::configure(config);
    plan::configure(config);
    practice::configure(config);
    record::configure(config);
    history::configure(config);
    step::configure(config);
    sheet::configure(config);
    pulse::configure(config);
    files::configure(config);
    figures::configure(config);
    gather::configure(config);
    queue::configure(config);
    gates::configure(config);
    mentor_answer::configure(config);
    meeting::configure(config);
    act::configure(config);
    unsubscribe::configure(config);
}

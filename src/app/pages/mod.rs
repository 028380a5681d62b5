//! What a viewer may see, now: one file per screen, each a typed struct that its template shows.

pub mod cards;
pub mod curricula;
pub mod everybody;
pub mod gates;
pub mod lines;
pub mod managers;
pub mod mentor_answer;
pub mod names;
pub mod parts;
pub mod people;
pub mod person;
pub mod plan;
pub mod progress;
pub mod queue;
pub mod reviews;
pub mod start;
pub mod step;
pub mod step_form;
pub mod today;

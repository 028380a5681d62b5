//! What a viewer may see, now: one file per screen, each a typed struct that its template shows.

pub mod branches;
pub mod cards;
pub mod compare;
pub mod curricula;
pub mod drafts;
pub mod everybody;
pub mod field_view;
pub mod gates;
pub mod gather;
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
pub mod simulation;
pub mod start;
pub mod step;
pub mod step_form;
pub mod today;
pub mod tryout;

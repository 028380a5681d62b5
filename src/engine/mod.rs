//! The pure core: words, rules, who may see and do what.
//!
//! It knows no clock, database, web, mail, and writes no sentences. Everything here is a function
//! of its arguments; a code with arguments ([`message::Message`]) stands for every sentence.

pub mod access;
mod act;
pub mod arrange;
pub mod ask;
pub mod ballot;
pub mod brief;
pub mod calendar;
pub mod cast;
pub mod chain;
pub mod compare;
pub mod condition;
pub mod days;
pub mod decide;
mod decision;
pub mod deed;
pub mod diagnostic;
pub mod diff;
pub mod entries;
pub mod fact;
pub mod figures;
pub mod form;
pub mod growth;
pub mod ladder;
pub mod load;
pub mod mail;
mod mentoring;
pub mod message;
pub mod notice;
pub mod plan;
pub mod redate;
pub mod refusal;
pub mod release;
pub mod replan;
pub mod risk;
pub mod ritual;
pub mod silence;
pub mod simulate;
pub mod tailor;
pub mod template;
pub mod undo;
pub mod upgrade;
pub mod view;
pub mod vocabulary;
pub mod workload;
pub mod zone;

#[cfg(test)]
pub mod samples;
#[cfg(test)]
mod tests;

pub use decide::{Request, StartOrder, World, decide, start};
pub use fact::{Fact, What, fold};
pub use plan::Plan;
pub use refusal::Refusal;
pub use release::Release;

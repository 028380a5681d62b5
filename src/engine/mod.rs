//! The pure core: words, rules, who may see and do what.
//!
//! It knows no clock, database, web, mail, and writes no sentences. Everything here is a function
//! of its arguments; a code with arguments ([`message::Message`]) stands for every sentence.

pub mod access;
pub mod calendar;
pub mod chain;
pub mod decide;
pub mod diagnostic;
pub mod fact;
pub mod form;
pub mod message;
pub mod notice;
pub mod plan;
pub mod refusal;
pub mod release;
pub mod ritual;
pub mod vocabulary;
pub mod zone;

#[cfg(test)]
mod tests;

pub use decide::{Request, StartOrder, World, decide, start};
pub use fact::{Fact, What, fold};
pub use plan::Plan;
pub use refusal::Refusal;
pub use release::Release;

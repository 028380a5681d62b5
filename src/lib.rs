//! Pilothouse turns curriculum files into the first months of a newly promoted manager.
//!
//! - [`engine`] — the pure core: vocabulary, rules, who may see and do what
//! - [`curriculum`] — the compiler: files to engine definitions, or every diagnostic at once
//! - [`store`] — rows in, engine types out
//! - [`app`] — use cases, what a page shows, what a letter says
//! - [`render`] — sentences and HTML
//! - [`mail`] — a letter becomes MIME and leaves
//! - [`worker`] — the loop: sweep, claim, deliver, settle
//! - [`door`] — mail that comes in by SMTP
//! - [`web`] — routes, sessions, forms
//! - [`cli`] — commands
//! - [`config`], [`clock`], [`telemetry`], [`startup`], [`postgres`], [`printing`] — around them
//!
//! The rule: who may import whom stands in `docs/architecture.md`, and `tests/architecture.rs`
//! holds the code to it.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod curriculum;
pub mod door;
pub mod engine;
pub mod mail;
pub mod postgres;
pub mod printing;
pub mod render;
pub mod startup;
pub mod store;
pub mod telemetry;
pub mod web;
pub mod worker;

/// Pages and mails are made of many small values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

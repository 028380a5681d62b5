//! Stories: what people do with the whole program, on a real PostgreSQL, through its pages and mail.

mod briefs;
mod browser;
mod commands;
mod crash;
mod harness;
mod journey;
mod migrations;
mod outage;
mod relay;
mod replay;
mod smtp;

//! Stories: what people do with the whole program, on a real PostgreSQL, through its pages and mail.

mod access;
mod briefs;
mod browser;
mod commands;
mod crash;
mod dying;
mod harness;
mod journey;
mod migrations;
mod mistakes;
mod outage;
mod private_words;
mod races;
mod relay;
mod replay;
mod running;
mod sign_in;
mod smtp;

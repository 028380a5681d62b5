//! Stories: what people do with the whole program, on a real PostgreSQL, through its pages and mail.

mod access;
mod branches;
mod briefs;
mod browser;
mod commands;
mod commands_curriculum;
mod crash;
mod curricula_page;
mod dying;
mod forms;
mod harness;
mod journey;
mod migrations;
mod mistakes;
mod outage;
mod playbooks;
mod private_words;
mod races;
mod relay;
mod replay;
mod running;
mod sign_in;
mod smtp;

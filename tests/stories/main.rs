//! Stories: what people do with the whole program, on a real PostgreSQL, through its pages and mail.

mod browser;
mod harness;
mod replay;

//! What a viewer may see, now: one file per screen, each a typed struct that its template shows.

pub mod everybody;
pub mod lines;
pub mod parts;

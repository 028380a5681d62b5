//! Handlers, one file per screen.

pub mod account;
pub mod demo;
pub mod home;

use actix_web::web::ServiceConfig;

pub fn configure(config: &mut ServiceConfig) {
    home::configure(config);
    account::configure(config);
}

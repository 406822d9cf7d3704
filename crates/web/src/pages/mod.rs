//! The pages, one module per part of the site, with templates of the same names under `templates/pages`.

pub mod basics;
pub mod desk;
pub mod programme;
pub mod home;
pub mod session;
pub mod account;
pub mod demo;
pub mod register;
pub mod my_congress;
pub mod statutory;

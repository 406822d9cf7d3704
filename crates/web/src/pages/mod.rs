//! The pages, one module per part of the site, with templates of the same names under `templates/pages`.

pub mod account;
pub mod basics;
pub mod demo;
pub mod desk;
pub mod home;
pub mod my_congress;
pub mod privacy;
pub mod programme;
pub mod register;
pub mod registered;
pub mod seats;
pub mod second_factor;
pub mod session;
pub mod statutory;

//! The pages, one module per part of the site, with templates of the same names under `templates/pages`.

pub mod account;
pub mod agenda;
pub mod basics;
pub mod delegate;
pub mod delegation;
pub mod delegation_file;
pub mod demo;
pub mod desk;
pub mod home;
pub mod identities;
pub mod my_congress;
pub mod my_sessions;
pub mod now;
pub mod offline;
pub mod own;
pub mod privacy;
pub mod programme;
pub mod register;
pub mod registered;
pub mod screens;
pub mod seats;
pub mod second_factor;
pub mod session;
pub mod statutory;
pub mod take_over;
pub mod widget;

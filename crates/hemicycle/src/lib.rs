//! The binary: wires the slices together, serves, and offers the commands an operator needs.
//!
//! Invariants: holds no rule of its own; prints to standard output only what was asked for; every command works beside a
//! running server.

pub mod config;

pub mod wiring;

pub mod edge;
pub mod front;
pub mod server;
pub mod worker;

pub mod demo;

pub mod commands;

#[cfg(test)]
mod tests;

//! programme

pub mod released;

//! The slice tried: what is pure by tables and properties, the rest against a database on the engine the run names.

mod arbitrary;
mod cleaning;
mod differing;
mod markdown;
mod pasting;

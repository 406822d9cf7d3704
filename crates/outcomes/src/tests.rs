//! The slice tried against a database, on the engine the run names.

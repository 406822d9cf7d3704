//! The Assembly track on both engines.

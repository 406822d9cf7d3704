//! The statutory track on both engines.

//! The Town Hall track on both engines.

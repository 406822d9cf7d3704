//! The Local4Action track on both engines.

//! session-formats

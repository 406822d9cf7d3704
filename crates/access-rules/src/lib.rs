//! access-rules

//! hemicycle

//! actix-kit

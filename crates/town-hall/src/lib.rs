//! town-hall

//! local4action

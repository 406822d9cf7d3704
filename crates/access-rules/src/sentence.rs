//! Rules as sentences in three languages.

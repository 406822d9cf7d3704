//! What can go wrong with a file.

use kernel::{Fault, Kind};

use crate::rules::BYTES_MAX;

kernel::faults! {
    /// What can go wrong with a file.
    pub enum FilesFault {
        /// The file is of a kind that is not taken, whatever it is called.
        TypeRefused { found: String } => UnsupportedMedia, "file_type", at "file";
        /// The document carries macros or other active parts.
        Active => UnsupportedMedia, "file_active", at "file";
        /// The file is empty.
        Empty => Invalid, "file_empty", at "file";
        /// The file is not what it begins as: cut off, or made to harm.
        Damaged => Invalid, "file_damaged", at "file";
        /// The picture has more pixels than allowed.
        ImageTooBig { pixels_max: u64 } => Invalid, "image_too_big", at "file";
        /// The folder of files cannot be written to or read from right now.
        StorageUnavailable => Unavailable, "storage_unavailable";
    }
}

/// The file is larger than [`BYTES_MAX`].
pub(crate) fn too_large() -> Fault {
    Fault::new(Kind::TooLarge, "too_large")
        .with("bytes_max", BYTES_MAX)
        .at("file")
}

/// The disk refuses, it may be full; the reason goes to our log.
pub(crate) fn disk(error: std::io::Error) -> Fault {
    Fault {
        cause: Some(error.to_string()),
        retry_after_seconds: Some(30),
        ..FilesFault::StorageUnavailable.into()
    }
}

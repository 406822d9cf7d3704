//! Where nginx is, which the drills put before two servers.

use std::path::{Path, PathBuf};

use crate::shell;

/// The program; Debian and its kin keep it where only an administrator's `PATH` leads.
pub fn program() -> Option<PathBuf> {
    let usual = [
        "/usr/sbin/nginx",
        "/usr/local/sbin/nginx",
        "/opt/homebrew/bin/nginx",
    ];
    shell::find("nginx").or_else(|| {
        usual
            .iter()
            .map(|file| Path::new(file).to_path_buf())
            .find(|file| file.is_file())
    })
}

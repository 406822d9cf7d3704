//! `cargo xtask setup`: finds what the tests need and installs what is missing.
//!
//! Debian and its kin are served by apt, as root or through a `sudo` that asks nothing; elsewhere it prints what to
//! install. When everything is here it only looks, which takes a fraction of a second.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::{nginx, postgres, shell};

/// What something is needed for; a run provides only what it will use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// Compiling the workspace, with its SQLite, libpq and OpenSSL in C.
    Building,
    /// A server to run the tests on.
    Postgres,
    /// Programs that journeys check files and letters with.
    Journeys,
    /// Pages in a real browser.
    Browser,
    /// A proxy before two servers, and certificates. Tests do without them, and say so.
    Drills,
}

struct Need {
    name: &'static str,
    debian: &'static [&'static str],
    fedora: &'static [&'static str],
    macos: &'static str,
    is_here: fn() -> bool,
}

/// The oldest Node.js that the packages in `tests/browser` accept.
const NODE_OLDEST: u32 = 20;

/// `cargo xtask setup`: everything, for every purpose.
pub fn run(root: &Path) -> Result<(), String> {
    provide(
        root,
        &[
            Purpose::Building,
            Purpose::Postgres,
            Purpose::Journeys,
            Purpose::Browser,
        ],
    )?;
    offer(root, Purpose::Drills);
    Ok(())
}

/// Installs what tests do without if they must, or says what to install; they say then what they left out.
pub fn offer(root: &Path, purpose: Purpose) {
    let needs = needs(purpose);
    let packages: Vec<&str> = missing(&needs).flat_map(|need| need.debian).copied().collect();
    if packages.is_empty() {
        return;
    }
    let installed = install(root, &packages);
    if missing(&needs).next().is_some() {
        println!(
            "setup: {}\n  Until then those tests are left out.",
            advice(&needs)
        );
    }
    if let Err(reason) = installed {
        println!("setup: {reason}");
    }
}

/// Makes sure that what these purposes need is here, or fails with what to install.
pub fn provide(root: &Path, purposes: &[Purpose]) -> Result<(), String> {
    let started = Instant::now();
    let needs: Vec<Need> = purposes.iter().flat_map(|purpose| needs(*purpose)).collect();

    if needs.iter().any(|need| !(need.is_here)()) {
        let packages: Vec<&str> = missing(&needs).flat_map(|need| need.debian).copied().collect();
        install(root, &packages)?;
        if missing(&needs).next().is_some() {
            return Err(advice(&needs));
        }
    }
    if purposes
        .iter()
        .any(|purpose| matches!(purpose, Purpose::Journeys | Purpose::Browser))
    {
        install_node_packages(&root.join("tests/browser"))?;
    }

    println!(
        "setup: everything is here ({:.1} s)",
        started.elapsed().as_secs_f32()
    );
    Ok(())
}

/// The browser that page tests drive.
pub fn chromium() -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .filter(|file| file.is_file());
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ];
    let mac = [
        "Chromium.app/Contents/MacOS/Chromium",
        "Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    named
        .or_else(|| names.iter().find_map(|name| shell::find(name)))
        .or_else(|| {
            mac.iter()
                .map(|app| Path::new("/Applications").join(app))
                .find(|file| file.is_file())
        })
}

fn needs(purpose: Purpose) -> Vec<Need> {
    match purpose {
        Purpose::Building => vec![
            Need {
                name: "a C compiler",
                debian: &["gcc", "libc6-dev"],
                fedora: &["gcc"],
                macos: "xcode-select --install",
                is_here: || shell::find("cc").is_some(),
            },
            Need {
                name: "make",
                debian: &["make"],
                fedora: &["make"],
                macos: "xcode-select --install",
                is_here: || shell::find("make").is_some(),
            },
            Need {
                name: "perl",
                debian: &["perl"],
                fedora: &["perl"],
                macos: "brew install perl",
                is_here: || shell::find("perl").is_some(),
            },
            Need {
                name: "pkg-config",
                debian: &["pkg-config"],
                fedora: &["pkgconf-pkg-config"],
                macos: "brew install pkgconf",
                is_here: || shell::find("pkg-config").is_some(),
            },
            Need {
                name: "OpenSSL with its headers",
                debian: &["libssl-dev"],
                fedora: &["openssl-devel"],
                macos: "brew install openssl@3",
                is_here: has_openssl,
            },
        ],
        Purpose::Postgres => vec![Need {
            name: "the PostgreSQL server",
            debian: &["postgresql"],
            fedora: &["postgresql-server"],
            macos: "brew install postgresql@17",
            is_here: || postgres::binaries().is_some(),
        }],
        Purpose::Journeys => vec![
            Need {
                name: "xmllint",
                debian: &["libxml2-utils"],
                fedora: &["libxml2"],
                macos: "brew install libxml2",
                is_here: || shell::find("xmllint").is_some(),
            },
            Need {
                name: "pdftotext",
                debian: &["poppler-utils"],
                fedora: &["poppler-utils"],
                macos: "brew install poppler",
                is_here: || shell::find("pdftotext").is_some(),
            },
            Need {
                name: "Node.js 20 or later",
                debian: &["nodejs"],
                fedora: &["nodejs"],
                macos: "brew install node",
                is_here: node_is_recent,
            },
            Need {
                name: "npm",
                debian: &["npm"],
                fedora: &["nodejs-npm"],
                macos: "brew install node",
                is_here: || shell::find("npm").is_some(),
            },
        ],
        Purpose::Browser => vec![
            Need {
                name: "Chromium",
                debian: &["chromium"],
                fedora: &["chromium"],
                macos: "brew install --cask chromium",
                is_here: || chromium().is_some(),
            },
            Need {
                name: "the DejaVu fonts",
                debian: &["fonts-dejavu-core"],
                fedora: &["dejavu-sans-fonts"],
                macos: "(the system's own fonts do)",
                is_here: || has_font("DejaVuSans"),
            },
            Need {
                name: "the Noto fonts for Chinese, Japanese and Korean",
                debian: &["fonts-noto-cjk"],
                fedora: &["google-noto-sans-cjk-fonts"],
                macos: "(the system's own fonts do)",
                is_here: || has_font("NotoSansCJK"),
            },
        ],
        Purpose::Drills => vec![
            Need {
                name: "nginx",
                debian: &["nginx"],
                fedora: &["nginx"],
                macos: "brew install nginx",
                is_here: || nginx::program().is_some(),
            },
            Need {
                name: "openssl",
                debian: &["openssl"],
                fedora: &["openssl"],
                macos: "brew install openssl@3",
                is_here: || shell::find("openssl").is_some(),
            },
        ],
    }
}

fn missing(needs: &[Need]) -> impl Iterator<Item = &Need> {
    needs.iter().filter(|need| !(need.is_here)())
}

/// Where Homebrew keeps it, pkg-config does not look, and the build does.
fn has_openssl() -> bool {
    let kegs = ["/opt/homebrew/opt/openssl@3", "/usr/local/opt/openssl@3"];
    shell::answer("pkg-config", &["--exists", "openssl"]).is_some()
        || kegs.iter().any(|keg| Path::new(keg).is_dir())
}

fn node_is_recent() -> bool {
    shell::answer("node", &["--version"])
        .and_then(|version| {
            version
                .trim_start_matches('v')
                .split('.')
                .next()?
                .parse::<u32>()
                .ok()
        })
        .is_some_and(|major| major >= NODE_OLDEST)
}

fn has_font(start: &str) -> bool {
    if cfg!(target_os = "macos") {
        return true;
    }
    let home = env::var_os("HOME").map(|home| Path::new(&home).join(".local/share/fonts"));
    ["/usr/share/fonts", "/usr/local/share/fonts"]
        .iter()
        .map(PathBuf::from)
        .chain(home)
        .any(|folder| holds_file(&folder, start, 5))
}

fn holds_file(folder: &Path, start: &str, depth: u8) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => depth > 0 && holds_file(&entry.path(), start, depth - 1),
        _ => entry.file_name().to_string_lossy().starts_with(start),
    })
}

/// Installs through apt where that is possible without asking; a failure shows as what is still missing.
fn install(root: &Path, packages: &[&str]) -> Result<(), String> {
    if shell::find("apt-get").is_none() {
        return Ok(());
    }
    let prefix: &[&str] = match (shell::is_root(), shell::answer("sudo", &["-n", "true"])) {
        (true, _) => &["env"],
        (false, Some(_)) => &["sudo", "-n", "env"],
        (false, None) => return Ok(()),
    };
    println!("setup: installing {}", packages.join(", "));
    let apt = |arguments: &[&str]| {
        let mut command = shell::command(prefix[0], root);
        command
            .args(&prefix[1..])
            .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2", "--yes"]);
        command
            .args(["-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0"])
            .args(arguments);
        shell::succeed(&mut command)
    };
    apt(&["update"])?;
    apt(&[&["install", "--no-install-recommends"], packages].concat())
}

/// `npm ci` when the lock file is not the one that was installed last.
fn install_node_packages(folder: &Path) -> Result<(), String> {
    let lock = fs::read(folder.join("package-lock.json")).map_err(|e| format!("package-lock.json: {e}"))?;
    let installed = folder.join("node_modules/.installed-from");
    if fs::read(&installed).is_ok_and(|earlier| earlier == lock) {
        return Ok(());
    }
    println!("setup: installing the packages of {}", folder.display());
    shell::succeed(shell::command("npm", folder).args(["ci", "--loglevel=error"]))?;
    fs::write(&installed, lock).map_err(|e| format!("{}: {e}", installed.display()))
}

fn advice(needs: &[Need]) -> String {
    let names: Vec<&str> = missing(needs).map(|need| need.name).collect();
    let debian: Vec<&str> = missing(needs).flat_map(|need| need.debian).copied().collect();
    let fedora: Vec<&str> = missing(needs).flat_map(|need| need.fedora).copied().collect();
    let mut macos: Vec<&str> = missing(needs).map(|need| need.macos).collect();
    macos.dedup();
    format!(
        "the tests need {}, and it could not be installed from here\n  Debian, Ubuntu  apt-get install {}\n  \
         Fedora          dnf install {}\n  macOS           {}",
        names.join(", "),
        debian.join(" "),
        fedora.join(" "),
        macos.join("; ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn never(name: &'static str) -> Need {
        Need {
            name,
            debian: &["postgresql"],
            fedora: &["postgresql-server"],
            macos: "brew install it",
            is_here: || false,
        }
    }

    #[test]
    fn the_advice_names_only_what_is_missing() {
        let here = Need {
            name: "a C compiler",
            is_here: || true,
            ..never("")
        };

        let text = advice(&[here, never("the PostgreSQL server")]);

        assert!(text.contains("need the PostgreSQL server,"), "{text}");
        assert!(text.contains("apt-get install postgresql\n"), "{text}");
        assert!(!text.contains("C compiler"), "{text}");
    }

    #[test]
    fn every_need_has_a_package_on_every_system() {
        for purpose in [
            Purpose::Building,
            Purpose::Postgres,
            Purpose::Journeys,
            Purpose::Browser,
            Purpose::Drills,
        ] {
            for need in needs(purpose) {
                assert!(!need.debian.is_empty() && !need.fedora.is_empty() && !need.macos.is_empty());
            }
        }
    }
}

//! The binary: one line, so that tests can start the same server in their own process.

fn main() -> std::process::ExitCode {
    hemicycle::commands::run()
}

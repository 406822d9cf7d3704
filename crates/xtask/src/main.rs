//! `cargo xtask`: what maintainers do by name. One file per command; the commands call `cargo`, `node` and
//! PostgreSQL as programs and know nothing of the crates they build and test.

mod agreement;
mod bench;
mod fresh;
mod regenerate;
mod requirements;
mod schemathesis;
mod setup;
mod soak;
mod test;

use std::process::ExitCode;

use xtask::{nginx, postgres, shell};

const USAGE: &str = "\
cargo xtask setup                  install what the tests need, or say what to install
cargo xtask test                   check the source, then run every test on both engines
    [--engine sqlite|postgres]     … on one engine
    [--only unit|journeys|browser|tidy]
cargo xtask bench read|seats|start|feed|floor|board|growth
                                   measure the built program; one line of JSON at the end
cargo xtask soak [NAME…]           do the drills of docs/operations.md at length; one line of JSON at the end
    [--minutes N]                  … for so long, 10 if nothing is said
    [--from PROGRAM]               … upgrading from this older program
    [--debug]                      … with the program as the tests build it
cargo xtask requirements           compare docs/requirements.md with the tests that bear an R-number
cargo xtask schemathesis           ask the API what nobody thought of, by its own reference; some 70 seconds
cargo xtask regenerate             write the generated pages of docs/ anew
cargo xtask fresh                  clone the last commit into a temporary folder and run .ci/run there";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = shell::root().and_then(|root| match words.as_slice() {
        ["setup"] => setup::run(&root),
        ["test", options @ ..] => test::run(&root, options),
        ["bench", name] => bench::run(&root, name),
        ["soak", options @ ..] => soak::run(&root, options),
        ["requirements"] => requirements::run(&root),
        ["schemathesis"] => test::asked_oddly(&root),
        ["regenerate"] => regenerate::run(&root),
        ["fresh"] => fresh::run(&root),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        [unknown, ..] => Err(format!(
            "there is no `{}` (or it takes no options)\n\n{USAGE}",
            unknown
        )),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

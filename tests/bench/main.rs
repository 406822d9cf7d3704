//! How fast the built program is, and how small: `cargo xtask bench read|seats|start|feed|floor|board|growth|search` builds all and calls this.
//!
//! The program runs as in a congress, with its own defaults, and is driven over HTTP; what it is compared with runs on the
//! same machine at the same time, turn by turn, so that whatever else the machine does meets both. A figure that is a
//! ratio, or memory, decides the outcome; one that depends on the machine is printed with its cores and load.
//!
//! [`read`]: the public programme against a bare actix route ([`control`]) · [`seats`]: reservations against the same server
//! without group commit · [`start`]: time to the first answer, memory at rest · [`feed`]: how soon all who listen know ·
//! [`floor`]: how soon all who follow a floor do ·
//! [`board`]: a move on a large board, and what a browser draws of it · [`growth`]: lists of a hundred times as many ·
//! [`search`]: words among fifteen thousand texts · [`load`]: who asks · [`furniture`]: the
//! congress asked for · [`figures`]: what was found.

mod board;
mod control;
mod feed;
mod figures;
mod floor;
mod furniture;
mod growth;
mod load;
mod read;
mod search;
mod seats;
mod start;

use std::{path::PathBuf, process::ExitCode};

use tests::Program;

const USAGE: &str = "read | seats | start | feed | floor | board | growth | search, with HEMICYCLE_TEST_PROGRAM naming the built program; \
    furnish read|seats FILE leaves in a new database what one of them asks for, and tells cookies and ids, for a profiler";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let ["control", answers @ ..] = words.as_slice() {
        return control::serve(answers);
    }
    if let ["furnish", what, file] = words.as_slice() {
        return furniture::leave(what, file.as_ref());
    }
    let Some(program) = Program::built() else {
        return ExitCode::FAILURE;
    };
    let measure: fn(&PathBuf) -> figures::Report = match words.as_slice() {
        ["read"] => read::measure,
        ["seats"] => seats::measure,
        ["start"] => start::measure,
        ["feed"] => feed::measure,
        ["floor"] => floor::measure,
        ["board"] => board::measure,
        ["growth"] => growth::measure,
        ["search"] => search::measure,
        _ => {
            tests::note(USAGE);
            return ExitCode::FAILURE;
        }
    };
    let report = measure(&program);
    report.print();
    if report.holds() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

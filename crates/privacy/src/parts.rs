//! What every slice declares to keep about persons, put together. The upper slices come first: their rows refer to those
//! of the lower ones.

use records::personal::Trace;

/// What one slice keeps.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The slice, by the name of its crate.
    pub name: &'static str,
    /// What it declares.
    pub traces: &'static [Trace],
}

/// All of them.
pub const ALL: &[Part] = &[
    Part {
        name: "registration",
        traces: registration::personal::TRACES,
    },
    Part {
        name: "statutory",
        traces: statutory::personal::TRACES,
    },
    Part {
        name: "local4action",
        traces: local4action::personal::TRACES,
    },
    Part {
        name: "assembly",
        traces: assembly::personal::TRACES,
    },
    Part {
        name: "town-hall",
        traces: town_hall::personal::TRACES,
    },
    Part {
        name: "outcomes",
        traces: outcomes::personal::TRACES,
    },
    Part {
        name: "papers",
        traces: papers::personal::TRACES,
    },
    Part {
        name: "floor",
        traces: floor::personal::TRACES,
    },
    Part {
        name: "texts",
        traces: texts::personal::TRACES,
    },
    Part {
        name: "webhooks",
        traces: webhooks::personal::TRACES,
    },
    Part {
        name: "programme",
        traces: programme::personal::TRACES,
    },
    Part {
        name: "mail",
        traces: mail::personal::TRACES,
    },
    Part {
        name: "members",
        traces: members::personal::TRACES,
    },
    Part {
        name: "files",
        traces: files::personal::TRACES,
    },
    Part {
        name: "people",
        traces: people::personal::TRACES,
    },
    Part {
        name: "records",
        traces: records::personal::TRACES,
    },
];

//! `docs/access-matrix.md`: who may do what, written from the code that decides it.
//!
//! The text depends on nothing but the code, so that a test can compare it with the page.

use std::fmt::Write as _;

use kernel::{Coded, Language};

use crate::{
    Act, Actor, Basis, Circumstances, Key, Role, Tag,
    catalogue::{self, CODES, DOORS},
    decide::grants,
    ids::AccountId,
    sentence::sentence,
    words,
};

/// The whole page.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Who may do what\n\n\
         Written by `cargo xtask regenerate` from `crates/access-rules` and `tests/journeys/matrix`; do not edit. Everything not allowed here is denied.\n",
    );
    acts(&mut page);
    roles(&mut page);
    rules(&mut page);
    audiences(&mut page);
    keys(&mut page);
    page
}

fn acts(page: &mut String) {
    page.push_str("\n## What decides each act\n\n| act | decided by |\n|---|---|\n");
    for act in Act::ALL {
        let by = match act.basis() {
            Basis::Open => "nothing: anyone may",
            Basis::Key => "the key beside the row",
            Basis::Own => "being the person it is of",
            Basis::Organisation => {
                "being focal point of the organisation it is of, or a role that may `manage_members`"
            }
            Basis::Rule => "the rule in force, below",
            Basis::Role => "a role, below",
        };
        line(page, &[&format!("`{act}`"), by]);
    }
}

/// R16: only roles that grant something have a column.
fn roles(page: &mut String) {
    let acts = || Act::ALL.iter().filter(|act| act.basis() == Basis::Role);
    let (granting, silent): (Vec<Role>, Vec<Role>) = Role::ALL
        .iter()
        .partition(|role| acts().any(|act| grants(**role, *act)));
    page.push_str(
        "\n## Roles\n\nA role is held over something (everything, an edition, a track, an organisation, a body, a session, a theme) and \
         says nothing outside it.\n\n",
    );
    heading(page, "act", granting.iter().map(|role| format!("`{role}`")));
    for act in acts() {
        let cells = granting.iter().map(|role| yes(grants(*role, *act)).to_owned());
        row(page, &format!("`{act}`"), cells);
    }
    let names: Vec<String> = silent.iter().map(|role| format!("`{role}`")).collect();
    let _ = writeln!(
        page,
        "\nThese roles grant none of these acts; rules and keys may name them: {}.",
        names.join(", ")
    );
}

fn rules(page: &mut String) {
    page.push_str(
        "\n## Rules an edition begins with\n\nOrganisers change them; the sentence is made from the rule.\n\n\
         | where | act | rule | stands on |\n|---|---|---|---|\n",
    );
    for seed in catalogue::all() {
        let code = format!("`{}`", seed.code);
        let act = format!("`{}`", seed.act);
        line(
            page,
            &[
                &code,
                &act,
                &sentence(&seed.rule, seed.act, Language::En),
                seed.source,
            ],
        );
    }
}

fn audiences(page: &mut String) {
    page.push_str(
        "\n## Audiences\n\nFor somebody of this audience and what it implies, registered for the congress and with every other \
         circumstance a rule may ask for (an invitation, an open call, a seat in the body, an endorsement).\n",
    );
    for act in [Act::Propose, Act::Attend] {
        let columns: Vec<&str> = CODES
            .into_iter()
            .chain(
                DOORS
                    .into_iter()
                    .filter(|(_, of)| *of == act)
                    .map(|(code, _)| code),
            )
            .collect();
        let _ = writeln!(page, "\n### `{act}`\n");
        heading(page, "audience", columns.iter().map(|code| format!("`{code}`")));
        for tag in Tag::ALL {
            let somebody = of_audience(*tag);
            let cells = columns.iter().map(|code| {
                yes(catalogue::seeded(code, act).admits(&somebody, Circumstances::all())).to_owned()
            });
            row(page, &format!("`{tag}` {}", words::tag(*tag).en), cells);
        }
    }
}

fn of_audience(tag: Tag) -> Actor {
    Actor {
        account: Some(AccountId::named("somebody of an audience")),
        tags: Tag::with_implied([tag]),
        ..Actor::default()
    }
}

fn keys(page: &mut String) {
    let _ = write!(
        page,
        "\n## Keys\n\nWhat may be read is decided by the key stored beside each row (`visible_to`).\n\n\
         | key | held by |\n|---|---|\n\
         | `public` | anyone |\n\
         | `signed_in` | anyone with an account |\n\
         | `registered:<edition>` | whoever is registered for that edition |\n\
         | `members` | people of a member organisation, active or in arrears; staff of the statutory desk |\n\
         | `body:<id>` | whoever sits in the body while their organisation is a member; staff of the statutory desk |\n\
         | {} | staff of that track’s desk |\n\
         | `{}` | staff of all tracks, and of tracks the edition made for itself |\n\
         | `organisation:<id>` | people with a confirmed position in it; its focal points |\n\
         | `person:<id>` | that person |\n\n\
         Whoever has a part in a session reads it whatever its key. A paper with an embargo is readable by anyone from its instant on.\n",
        Key::DESKS
            .map(|track| format!("`{}`", Key::desk(Some(track))))
            .join(" "),
        Key::desk(None),
    );
}

fn heading(page: &mut String, first: &str, columns: impl Iterator<Item = String>) {
    let columns: Vec<String> = columns.collect();
    row(page, first, columns.iter().cloned());
    row(page, "---", columns.iter().map(|_| "---".to_owned()));
}

fn row(page: &mut String, first: &str, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = std::iter::once(first.to_owned()).chain(cells).collect();
    line(page, &cells.iter().map(String::as_str).collect::<Vec<_>>());
}

fn line(page: &mut String, cells: &[&str]) {
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

const fn yes(may: bool) -> &'static str {
    if may { "yes" } else { "–" }
}

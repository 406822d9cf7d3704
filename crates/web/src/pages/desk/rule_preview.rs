//! Who would gain and who would lose by a rule, on the rule's page before it is saved.

use access_rules::{Act, Atom, EditionId, Rule};
use db::Conn;
use kernel::{Coded as _, Fault, Localized};
use programme::{
    model::Edition,
    rule_book::{self, RuleInput, RuleScope},
    sessions,
};
use registration::{
    categories,
    model::CategoryId,
    rule_preview::{RulePreview, Side},
};

use super::{DeskPage, Table, anchor, plain};
use crate::visit::Visit;

/// What is asked for, with what cannot be ticked as it was.
pub(super) fn input_of(
    conn: &mut Conn,
    edition: EditionId,
    (scope, of, act): (RuleScope, &str, Act),
    asked: &Rule,
    reading: &str,
) -> Result<RuleInput, Fault> {
    let mut rule = asked.clone();
    if let Some(row) = rule_book::in_force(conn, edition, scope, of, act)? {
        // Rules within rules cannot be ticked; they stay as they are.
        let nested = |atoms: &[Atom]| {
            atoms
                .iter()
                .filter(|atom| matches!(atom, Atom::Rule(_)))
                .cloned()
                .collect::<Vec<_>>()
        };
        rule.any_of.extend(nested(&row.rule.0.any_of));
        rule.all_of.extend(nested(&row.rule.0.all_of));
        rule.none_of.extend(nested(&row.rule.0.none_of));
    }
    Ok(RuleInput {
        scope: scope.code().to_owned(),
        scope_ref: of.to_owned(),
        act: act.code().to_owned(),
        rule,
        reading: reading.to_owned(),
    })
}

/// A preview, with the titles of what it speaks of.
pub(super) struct Told {
    preview: RulePreview,
    categories: Vec<(CategoryId, Localized)>,
    /// Address of the session's seats at the desk, its title, how many.
    seats: Vec<(String, Localized, usize)>,
}

impl Told {
    /// A preview of a rule of this edition, its titles looked up.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) fn of(conn: &mut Conn, edition: &Edition, preview: RulePreview) -> Result<Self, Fault> {
        let all = categories::all(conn, edition.id)?;
        let mut seats = Vec::new();
        for held in &preview.seats {
            if let Some(session) = sessions::row(conn, held.session)? {
                let path = format!("desk/{}/sessions/{}", edition.slug, session.id);
                seats.push((path, session.title.clone(), held.seats));
            }
        }
        Ok(Self {
            preview,
            categories: all.into_iter().map(|one| (one.id, one.title)).collect(),
            seats,
        })
    }

    /// Whether those who lose hold seats.
    pub(super) fn holds_seats(&self) -> bool {
        !self.seats.is_empty()
    }

    /// Puts it on the page.
    pub(super) fn put(&self, visit: &Visit, page: &mut DeskPage) {
        let voice = &visit.voice;
        let preview = &self.preview;
        page.heading(voice.t("desk-rule-preview-title"));
        page.say(voice.t1("desk-rule-preview-people", "count", preview.people));
        if preview.gain.people + preview.lose.people == 0 {
            page.say(voice.t("desk-rule-preview-nobody"));
        } else {
            page.put(&self.sides(visit));
            for (key, side) in [
                ("desk-rule-preview-first-gain", &preview.gain),
                ("desk-rule-preview-first-lose", &preview.lose),
            ] {
                if !side.first.is_empty() {
                    let names: Vec<&str> = side.first.iter().map(|one| one.name.as_str()).collect();
                    page.say(voice.t1(key, "names", names.join(", ")));
                }
            }
        }
        if !self.seats.is_empty() {
            page.say(voice.t("desk-rule-preview-seats"));
            let mut table = Table::new(["desk-session-title", "desk-how-many"].map(|key| voice.t(key)));
            for (path, title, seats) in &self.seats {
                table.row([
                    anchor(visit.at(path), title.text(voice.language)),
                    plain(voice.count(*seats)),
                ]);
            }
            page.put(&table);
        }
        page.say(voice.t("desk-rule-preview-limits"));
    }

    fn sides(&self, visit: &Visit) -> Table {
        let voice = &visit.voice;
        let (gain, lose) = (&self.preview.gain, &self.preview.lose);
        let keys = [
            "desk-rule-preview-category",
            "desk-rule-preview-gain",
            "desk-rule-preview-lose",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        let cells = |title: String, of: &dyn Fn(&Side) -> usize| {
            [
                plain(title),
                plain(voice.count(of(gain))),
                plain(voice.count(of(lose))),
            ]
        };
        for (id, title) in &self.categories {
            let of = |side: &Side| {
                let found = side.by_category.iter().find(|one| one.category == *id);
                found.map_or(0, |one| one.people)
            };
            if of(gain) + of(lose) > 0 {
                table.row(cells(title.text(voice.language).to_owned(), &of));
            }
        }
        table.row(cells(voice.t("desk-rule-preview-all"), &|side| side.people));
        table
    }
}

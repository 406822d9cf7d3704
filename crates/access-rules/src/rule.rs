//! Rules as data: `{any_of, all_of, none_of}` over atoms, at most four deep; an unknown atom denies (R8, R12).
//!
//! Only `any_of` lets people in; `all_of` and `none_of` narrow it. So taking an atom out of `any_of` never lets anybody in,
//! not even when it was the last. What is not understood is neither true nor false: nobody passes by it, and nobody
//! escapes an exception by it, however deep it stands.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Actor, Role, Tag, object::Circumstances};

/// How deep rules may nest.
pub const DEPTH_MOST: usize = 4;
/// How many atoms a rule may hold in all.
pub const ATOMS_MOST: usize = 100;

/// Who a rule lets in: whoever is at least one of `any_of`, each of `all_of` and none of `none_of`.
/// A rule without `any_of` lets nobody in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// At least one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub any_of: Vec<Atom>,
    /// Each of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub all_of: Vec<Atom>,
    /// None of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub none_of: Vec<Atom>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Atom {
    /// Anyone, even without an account: `everyone`.
    Everyone,
    /// Has an account: `signed_in`.
    SignedIn,
    /// Is registered for the edition: `registered`.
    Registered,
    /// Is admitted to the track: `admitted_to_track`.
    AdmittedToTrack,
    /// Was personally invited: `invited`.
    Invited,
    /// The proposal came through a call: `accepted_in_call`.
    AcceptedInCall,
    /// Sits on the body's roster: `on_roster`.
    OnRoster,
    /// Is endorsed by their network: `endorsed`.
    Endorsed,
    /// Is this: `tag:mayor`.
    Tag(Tag),
    /// Holds this role, over anything: `role:chair`.
    Role(Role),
    /// A rule within the rule.
    Rule(Box<Rule>),
    /// Written by a newer version, or by mistake: nobody passes by it.
    Unknown(String),
}

impl Rule {
    /// A rule that lets anyone in who is at least one of these.
    pub fn any(atoms: impl IntoIterator<Item = Atom>) -> Self {
        Self {
            any_of: atoms.into_iter().collect(),
            ..Self::default()
        }
    }

    /// A rule over tags alone.
    pub fn tags(tags: impl IntoIterator<Item = Tag>) -> Self {
        Self::any(tags.into_iter().map(Atom::Tag))
    }

    /// A rule that lets nobody in.
    pub fn nobody() -> Self {
        Self::default()
    }

    /// The same, for those only who are each of these besides.
    pub fn and(mut self, atoms: impl IntoIterator<Item = Atom>) -> Self {
        self.all_of.extend(atoms);
        self
    }

    /// The same, except for these.
    pub fn except(mut self, atoms: impl IntoIterator<Item = Atom>) -> Self {
        self.none_of.extend(atoms);
        self
    }

    /// Whether it lets this actor in.
    pub fn admits(&self, actor: &Actor, circumstances: Circumstances) -> bool {
        self.truth(actor, circumstances, 1) == Some(true)
    }

    /// True, false, or nothing where it hangs on something this version does not understand (Kleene's logic).
    fn truth(&self, actor: &Actor, circumstances: Circumstances, depth: usize) -> Option<bool> {
        if depth > DEPTH_MOST {
            return None;
        }
        let each = |atoms: &[Atom]| -> Vec<Option<bool>> {
            atoms
                .iter()
                .map(|atom| atom.truth(actor, circumstances, depth))
                .collect()
        };
        let not = |truth: Option<bool>| truth.map(|holds| !holds);
        all([
            not(all(each(&self.any_of).into_iter().map(not))),
            all(each(&self.all_of)),
            all(each(&self.none_of).into_iter().map(not)),
        ])
    }

    /// Whether it is one an organiser may save: known atoms, not too deep, not too many, and no narrowing of nobody.
    ///
    /// # Errors
    /// The code of what is wrong.
    pub fn check(&self) -> Result<(), &'static str> {
        let mut atoms = 0;
        self.check_at(1, &mut atoms)
    }

    fn check_at(&self, depth: usize, atoms: &mut usize) -> Result<(), &'static str> {
        if depth > DEPTH_MOST {
            return Err("rule_too_deep");
        }
        if self.any_of.is_empty() && !(self.all_of.is_empty() && self.none_of.is_empty()) {
            return Err("rule_without_any_of");
        }
        for atom in self.any_of.iter().chain(&self.all_of).chain(&self.none_of) {
            *atoms += 1;
            if *atoms > ATOMS_MOST {
                return Err("rule_too_long");
            }
            match atom {
                Atom::Unknown(_) => return Err("unknown_atom"),
                Atom::Rule(rule) => rule.check_at(depth + 1, atoms)?,
                _ => {}
            }
        }
        Ok(())
    }
}

impl Atom {
    fn truth(&self, actor: &Actor, circumstances: Circumstances, depth: usize) -> Option<bool> {
        Some(match self {
            Self::Everyone => true,
            Self::SignedIn => actor.signed_in(),
            Self::Registered => circumstances.registered,
            Self::AdmittedToTrack => circumstances.admitted_to_track,
            Self::Invited => circumstances.invited,
            Self::AcceptedInCall => circumstances.accepted_in_call,
            Self::OnRoster => circumstances.on_roster,
            Self::Endorsed => circumstances.endorsed,
            Self::Tag(tag) => actor.is(*tag),
            Self::Role(role) => actor.standings.iter().any(|standing| standing.role == *role),
            Self::Rule(rule) => return rule.truth(actor, circumstances, depth + 1),
            Self::Unknown(_) => return None,
        })
    }

    /// As it is written.
    pub fn text(&self) -> String {
        match self {
            Self::Everyone => "everyone".into(),
            Self::SignedIn => "signed_in".into(),
            Self::Registered => "registered".into(),
            Self::AdmittedToTrack => "admitted_to_track".into(),
            Self::Invited => "invited".into(),
            Self::AcceptedInCall => "accepted_in_call".into(),
            Self::OnRoster => "on_roster".into(),
            Self::Endorsed => "endorsed".into(),
            Self::Tag(tag) => format!("tag:{tag}"),
            Self::Role(role) => format!("role:{role}"),
            Self::Rule(_) => "rule".into(),
            Self::Unknown(text) => text.clone(),
        }
    }

    /// From what is written; what is not understood is kept as unknown, and denies.
    pub fn parse(text: &str) -> Self {
        let simple = [
            Self::Everyone,
            Self::SignedIn,
            Self::Registered,
            Self::AdmittedToTrack,
            Self::Invited,
            Self::AcceptedInCall,
            Self::OnRoster,
            Self::Endorsed,
        ];
        let of = |prefix| text.strip_prefix(prefix);
        simple
            .into_iter()
            .find(|atom| atom.text() == text)
            .or_else(|| of("tag:").and_then(|tag| tag.parse().ok()).map(Self::Tag))
            .or_else(|| of("role:").and_then(|role| role.parse().ok()).map(Self::Role))
            .unwrap_or_else(|| Self::Unknown(text.to_owned()))
    }
}

/// False as soon as one is false; else nothing as soon as one is nothing; else true.
fn all(truths: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let truths: Vec<Option<bool>> = truths.into_iter().collect();
    if truths.contains(&Some(false)) {
        Some(false)
    } else if truths.contains(&None) {
        None
    } else {
        Some(true)
    }
}

impl Serialize for Atom {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Rule(rule) => rule.serialize(serializer),
            other => serializer.serialize_str(&other.text()),
        }
    }
}

impl<'de> Deserialize<'de> for Atom {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Text(String),
            Rule(Rule),
            Other(serde_json::Value),
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Text(text) => Self::parse(&text),
            Written::Rule(rule) => Self::Rule(Box::new(rule)),
            Written::Other(value) => Self::Unknown(value.to_string()),
        })
    }
}

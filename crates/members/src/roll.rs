//! What a member roll says: its headings and its cells, in English, French or Spanish, and what is to be said of them.
//!
//! Needs no database: a file is read before the transaction in which [`crate::import`] holds it against what is known.

use kernel::{Coded, Fault, Fields, fault::FieldFault, text};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    dues,
    faults::SheetFault,
    model::{Category, DuesState, MembershipState, OrganisationKind},
    sheet::{self, Charset, Sheet, SheetRow},
};

/// Most rows of a roll.
pub const ROLL_MAX: usize = 5000;
/// A member roll, read and not yet held against the database.
#[derive(Clone, Debug)]
pub struct Roll {
    pub(crate) columns: Columns,
    pub(crate) rows: Vec<SheetRow>,
    pub(crate) messages: Vec<Message>,
}

kernel::coded! {
    /// How grave a message is.
    pub enum Severity {
        /// To be looked at; the row is taken.
        Warning => "warning",
        /// The row is not taken.
        Error => "error",
    }
}

/// What is to be said of a row or column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Message {
    /// How grave.
    pub severity: Severity,
    /// Stable code: `required`, `unknown`, `looks_alike`, `role_ignored`, …
    pub code: &'static str,
    /// The column.
    pub field: String,
    /// What the sentence needs to know.
    #[schema(value_type = Object)]
    pub facts: Map<String, Value>,
}

/// Reads a roll. Needs no database: call it before the transaction.
///
/// # Errors
/// As [`sheet::read`]; `column_missing` without a column of names.
pub fn read(bytes: &[u8], charset: Charset) -> Result<Roll, Fault> {
    let sheet = sheet::read(bytes, charset)?;
    if sheet.rows.len() > ROLL_MAX {
        return Err(SheetFault::SheetTooLarge {
            what: "rows".into(),
            most: i64::try_from(ROLL_MAX).unwrap_or(i64::MAX),
        }
        .into());
    }
    let (columns, messages) = Columns::of(&sheet)?;
    Ok(Roll {
        columns,
        rows: sheet.rows,
        messages,
    })
}

/// Where each thing stands in the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    pub(crate) id: Option<usize>,
    pub(crate) name: Option<usize>,
    pub(crate) name_en: Option<usize>,
    pub(crate) name_fr: Option<usize>,
    pub(crate) name_es: Option<usize>,
    pub(crate) acronym: Option<usize>,
    pub(crate) kind: Option<usize>,
    pub(crate) country: Option<usize>,
    pub(crate) section: Option<usize>,
    pub(crate) site: Option<usize>,
    pub(crate) email_domain: Option<usize>,
    pub(crate) category: Option<usize>,
    pub(crate) state: Option<usize>,
    pub(crate) since: Option<usize>,
    pub(crate) contact_email: Option<usize>,
    pub(crate) contact_name: Option<usize>,
    pub(crate) dues: Vec<(i32, usize)>,
    pub(crate) role: Option<usize>,
}

impl Columns {
    pub(crate) fn of(sheet: &Sheet) -> Result<(Self, Vec<Message>), Fault> {
        let mut columns = Self {
            id: sheet.column(&["id"])?,
            name: sheet.column(&["name", "nom", "nombre", "organisation", "organization", "member"])?,
            name_en: sheet.column(&["name_en"])?,
            name_fr: sheet.column(&["name_fr", "nom_fr"])?,
            name_es: sheet.column(&["name_es", "nombre_es"])?,
            acronym: sheet.column(&["acronym", "acronyme", "sigle", "acrónimo", "siglas"])?,
            kind: sheet.column(&["kind", "type", "tipo"])?,
            country: sheet.column(&["country", "pays", "país"])?,
            section: sheet.column(&["section", "sección"])?,
            site: sheet.column(&["site", "website", "web", "url", "sitio"])?,
            email_domain: sheet.column(&["email_domain", "domain", "domaine", "dominio"])?,
            category: sheet.column(&["category", "catégorie", "categoría", "membership"])?,
            state: sheet.column(&["state", "status", "statut", "état", "estado"])?,
            since: sheet.column(&["since", "member_since", "depuis", "desde"])?,
            contact_email: sheet.column(&["contact_email", "email", "courriel", "correo"])?,
            contact_name: sheet.column(&["contact_name", "contact", "contacto"])?,
            dues: vec![],
            role: sheet.column(&["role", "roles", "rôle", "rol"])?,
        };
        if columns.name.is_none() {
            return Err(SheetFault::ColumnMissing {
                column: "name".into(),
            }
            .into());
        }
        let mut messages = Vec::new();
        for (at, heading) in sheet.header.iter().enumerate() {
            match dues_year(heading) {
                Some(year) if (dues::YEAR_FIRST..=dues::YEAR_LAST).contains(&year) => {
                    if columns.dues.iter().any(|(known, _)| *known == year) {
                        let column = heading.clone();
                        return Err(SheetFault::ColumnTwice { column }.into());
                    }
                    columns.dues.push((year, at));
                }
                _ if columns.role == Some(at) => messages.push(warning("role_ignored", heading)),
                _ if heading.is_empty() || columns.knows(at) => {}
                _ => messages.push(warning("unknown_column", heading)),
            }
        }
        Ok((columns, messages))
    }

    pub(crate) fn knows(&self, at: usize) -> bool {
        [
            self.id,
            self.name,
            self.name_en,
            self.name_fr,
            self.name_es,
            self.acronym,
            self.kind,
            self.country,
            self.section,
            self.site,
            self.email_domain,
            self.category,
            self.state,
            self.since,
            self.contact_email,
            self.contact_name,
        ]
        .contains(&Some(at))
    }
}

/// The year of a column of fees: `dues 2019`, `cotisation_2019`, `cuota 2019`, `2019`.
pub(crate) fn dues_year(heading: &str) -> Option<i32> {
    let folded = text::same_name(heading);
    let year = ["dues", "fees", "fee", "cotisation", "cuota"]
        .iter()
        .find_map(|word| folded.strip_prefix(word))
        .unwrap_or(&folded);
    (year.len() == 4).then(|| year.parse().ok()).flatten()
}

pub(crate) fn kind_named(said: &str) -> Option<OrganisationKind> {
    use OrganisationKind as K;
    named(
        said,
        &[
            (
                K::City,
                &[
                    "ville",
                    "ciudad",
                    "municipality",
                    "commune",
                    "municipio",
                    "local government",
                ],
            ),
            (K::Metropolis, &["métropole", "metrópolis", "metropolitan area"]),
            (
                K::Region,
                &["région", "región", "province", "provincia", "state", "county"],
            ),
            (
                K::NationalAssociation,
                &["association nationale", "asociación nacional", "association"],
            ),
            (
                K::RegionalAssociation,
                &["association régionale", "asociación regional"],
            ),
            (
                K::InternationalLgNetwork,
                &["réseau international", "red internacional", "network"],
            ),
            (
                K::NationalGovernment,
                &[
                    "gouvernement national",
                    "gobierno nacional",
                    "ministry",
                    "ministère",
                ],
            ),
            (
                K::UnAgency,
                &["agence onusienne", "agencia onu", "united nations"],
            ),
            (
                K::InternationalOrganisation,
                &[
                    "international organization",
                    "organisation internationale",
                    "organización internacional",
                ],
            ),
            (
                K::Ngo,
                &["ong", "civil society", "société civile", "sociedad civil"],
            ),
            (K::Academia, &["université", "university", "universidad"]),
            (K::Foundation, &["fondation", "fundación"]),
            (K::Company, &["entreprise", "empresa"]),
            (K::Press, &["presse", "prensa", "media"]),
            (K::Section, &["sección"]),
            (
                K::ConsultationMechanism,
                &["mécanisme de consultation", "mecanismo de consulta"],
            ),
            (K::Other, &["autre", "otro", "otra"]),
        ],
    )
}

pub(crate) fn category_named(said: &str) -> Option<Category> {
    named(
        said,
        &[
            (
                Category::Individual,
                &["individuel", "individual member", "individuelle"],
            ),
            (Category::Association, &["asociación"]),
            (
                Category::InternationalOrganisation,
                &[
                    "international organization",
                    "organisation internationale",
                    "organización internacional",
                ],
            ),
            (
                Category::Associate,
                &["associé", "associée", "asociado", "asociada"],
            ),
            (
                Category::Honorary,
                &["honoraire", "honorario", "honoraria", "d’honneur"],
            ),
            (Category::Section, &["sección"]),
        ],
    )
}

pub(crate) fn state_named(said: &str) -> Option<MembershipState> {
    use MembershipState as S;
    named(
        said,
        &[
            (S::Applied, &["candidat", "solicitado"]),
            (S::Approved, &["approuvé", "aprobado"]),
            (
                S::AwaitingFee,
                &["en attente de cotisation", "pendiente de cuota"],
            ),
            (S::Active, &["actif", "active member", "activo", "activa"]),
            (S::InArrears, &["arrears", "en retard", "con atraso"]),
            (S::Suspended, &["suspendu", "suspendido"]),
            (S::Excluded, &["exclu", "excluido"]),
            (S::Resigned, &["démissionné", "renunció"]),
        ],
    )
}

/// What a cell of fees says.
pub(crate) enum Said {
    Nothing,
    Unpaid,
    State(DuesState),
    Odd,
}

pub(crate) fn dues_named(cell: &str) -> Said {
    if cell.is_empty() {
        return Said::Nothing;
    }
    let folded = text::same_name(cell);
    match folded.as_str() {
        "" | "unpaid" | "no" | "non" | "impaye" | "impagado" | "0" | "false" => Said::Unpaid,
        "yes" | "oui" | "si" | "x" | "1" | "true" | "paye" | "payee" | "pagado" | "pagada" => {
            Said::State(DuesState::Paid)
        }
        "partiel" | "parcial" | "partially" => Said::State(DuesState::Partial),
        "exonere" | "exoneree" | "exento" | "exenta" | "exempt" => Said::State(DuesState::Waived),
        other => DuesState::from_code(other).map_or(Said::Odd, Said::State),
    }
}

/// The value somebody names: its code, however written, or one of its other names.
pub(crate) fn named<T: Coded>(said: &str, others: &[(T, &[&str])]) -> Option<T> {
    let asked = text::same_name(said);
    if asked.is_empty() {
        return None;
    }
    let is_asked = |name: &str| text::same_name(name) == asked;
    T::ALL
        .iter()
        .copied()
        .find(|value| is_asked(value.code()))
        .or_else(|| {
            others
                .iter()
                .find(|(_, names)| names.iter().any(|name| is_asked(name)))
                .map(|(value, _)| *value)
        })
}

/// What is to be said of a row, as it comes up.
#[derive(Default)]
pub(crate) struct Notes(pub(crate) Vec<Message>);

impl Notes {
    pub(crate) fn warn(&mut self, code: &'static str, field: &str) {
        self.0.push(warning(code, field));
    }

    pub(crate) fn err(&mut self, code: &'static str, field: &str) {
        self.err_with(code, field, json!({}));
    }

    pub(crate) fn err_with(&mut self, code: &'static str, field: &str, facts: Value) {
        self.0.push(Message {
            severity: Severity::Error,
            facts: facts.as_object().cloned().unwrap_or_default(),
            ..warning(code, field)
        });
    }

    pub(crate) fn take_faults(&mut self, fields: Fields) {
        let faults: Vec<FieldFault> = fields.done().err().map(|fault| fault.fields).unwrap_or_default();
        for fault in faults {
            self.err_with(fault.code, &fault.field, Value::Object(fault.facts));
        }
    }

    pub(crate) fn has_error(&self) -> bool {
        self.0.iter().any(|message| message.severity == Severity::Error)
    }
}

pub(crate) fn warning(code: &'static str, field: &str) -> Message {
    Message {
        severity: Severity::Warning,
        code,
        field: field.to_owned(),
        facts: Map::new(),
    }
}

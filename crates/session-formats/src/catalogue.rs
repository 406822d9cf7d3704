//! The formats an edition begins with: the four the source describes, and the fifth it only counts, as an empty row.
//!
//! Lengths are a proposal of ours: 60 to 90 minutes, LocalTALKS shorter, Labs 120 to 180 (R25).

use access_rules::{Act, Rule, catalogue::seeded};
use kernel::Localized;

use crate::model::{Format, FormatState, Kind, Terms};

/// The formats, in the order of the source.
pub fn catalogue() -> Vec<Format> {
    vec![
        inspiration(),
        local_policies_voices(),
        global_conversations(),
        labs(),
        fifth(),
    ]
}

/// « Inspirez et laissez-vous inspirer » (R3, R24).
fn inspiration() -> Format {
    let kind = |code: &str, en, fr, es| Kind {
        code: code.to_owned(),
        title: Localized::of(en, fr, es),
    };
    Format {
        title: Localized::of("Inspiration", "Inspiration", "Inspiración"),
        tagline: Localized::of(
            "Inspire and be inspired",
            "Inspirez et laissez-vous inspirer",
            "Inspirar y dejarse inspirar",
        ),
        ..of(
            "inspiration",
            Terms {
                kinds: vec![
                    kind("localtalks", "LocalTALKS", "LocalTALKS", "LocalTALKS"),
                    kind(
                        "small_exchanges",
                        "Small Exchanges",
                        "Small Exchanges",
                        "Small Exchanges",
                    ),
                    kind(
                        "experiences",
                        "Presentation of experiences",
                        "Présentation d’expériences",
                        "Presentación de experiencias",
                    ),
                    kind(
                        "implementations",
                        "Implementation",
                        "Mise en œuvre",
                        "Implementación",
                    ),
                    kind("events", "Event", "Événement", "Evento"),
                    kind("launches", "Launch", "Lancement", "Lanzamiento"),
                ],
                ..minutes(15, 60, 90)
            },
        )
    }
}

/// « Venez découvrir ce qu’il se passe à l’échelle locale » (R4, R28).
fn local_policies_voices() -> Format {
    Format {
        title: Localized::of(
            "Local Policies and Voices",
            "Politiques et voix locales",
            "Políticas y voces locales",
        ),
        tagline: Localized::of(
            "Come and discover what happens locally",
            "Venez découvrir ce qu’il se passe à l’échelle locale",
            "Descubrir lo que ocurre a escala local",
        ),
        ..of(
            "local_policies_voices",
            Terms {
                spheres: true,
                ..minutes(60, 90, 90)
            },
        )
    }
}

/// « Prenez place à la table mondiale » (R5, R6, R27).
fn global_conversations() -> Format {
    Format {
        title: Localized::of(
            "Global Conversations",
            "Conversations mondiales",
            "Conversaciones mundiales",
        ),
        tagline: Localized::of(
            "Take a seat at the global table",
            "Prenez place à la table mondiale",
            "Tomar asiento en la mesa mundial",
        ),
        ..of(
            "global_conversations",
            Terms {
                needs_call: true,
                high_level: true,
                ..minutes(60, 90, 90)
            },
        )
    }
}

/// « Interagir et apprendre » (R7, R25, R26).
fn labs() -> Format {
    Format {
        title: Localized::of("Labs", "Labs", "Labs"),
        tagline: Localized::of(
            "Interact and learn",
            "Interagir et apprendre",
            "Interactuar y aprender",
        ),
        ..of(
            "labs",
            Terms {
                needs_call: true,
                interactive: true,
                ..minutes(120, 120, 180)
            },
        )
    }
}

/// The fifth of « Cinq formats différents de sessions »: nobody proposes or attends until an organiser fills it.
fn fifth() -> Format {
    Format {
        title: Localized::of("Fifth format", "Cinquième format", "Quinto formato"),
        state: FormatState::Empty,
        propose: Rule::nobody(),
        attend: Rule::nobody(),
        ..of("fifth", Terms::default())
    }
}

fn of(code: &str, terms: Terms) -> Format {
    Format {
        code: code.to_owned(),
        title: Localized::default(),
        tagline: Localized::default(),
        state: FormatState::Active,
        terms,
        propose: seeded(code, Act::Propose),
        attend: seeded(code, Act::Attend),
    }
}

fn minutes(min: i64, usual: i64, max: i64) -> Terms {
    Terms {
        minutes_min: Some(min),
        minutes_usual: Some(usual),
        minutes_max: Some(max),
        ..Terms::default()
    }
}

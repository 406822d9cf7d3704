//! The congress of the demonstration: the edition with its tracks, themes, calls and categories.

use access_rules::{Actor, EditionId};
use db::Conn;
use kernel::{Fault, Moment};
use local4action::calls::{self, CallInput};
use programme::{
    editions::{self, EditionInput},
    model::EditionState,
    tracks::{self, TrackInput},
};
use registration::{
    categories::{self, CategoryInput},
    model::Category,
};
use town_hall::{
    model::PartnerRole,
    partners::{self, PartnerInput},
    themes::{self, Set},
};

use super::{DemoMoment, SLUG, organisations::Directory};

/// The calls of the edition, by their formats.
pub(super) struct Calls {
    /// For Labs.
    pub labs: String,
    /// For Global Conversations.
    pub global_conversations: String,
}

/// What each track is about, in plain words.
const TRACKS: [(&str, [&str; 3]); 4] = [
    (
        "assembly",
        [
            "Local and regional governments bring their priorities, region by region and sector by sector, and take them to the World Assembly.",
            "Les gouvernements locaux et régionaux apportent leurs priorités, région par région et secteur par secteur, et les portent à l’Assemblée mondiale.",
            "Los gobiernos locales y regionales aportan sus prioridades, región por región y sector por sector, y las llevan a la Asamblea Mundial.",
        ],
    ),
    (
        "town_hall",
        [
            "Partners of civil society present what they ask of cities; mayors answer on the spot.",
            "Les partenaires de la société civile présentent ce qu’ils attendent des villes ; des maires répondent sur-le-champ.",
            "Aliados de la sociedad civil presentan lo que piden a las ciudades; alcaldesas y alcaldes responden en el acto.",
        ],
    ),
    (
        "local4action",
        [
            "What works somewhere is shown, asked about and taken home: in talks, debates and Labs.",
            "Ce qui marche quelque part est montré, questionné et emporté chez soi : exposés, débats et Labs.",
            "Lo que funciona en algún lugar se muestra, se pregunta y se lleva a casa: charlas, debates y Labs.",
        ],
    ),
    (
        "statutory",
        [
            "The members of the organisation meet and decide. Others see when, and nothing more.",
            "Les membres de l’organisation se réunissent et décident. Les autres voient quand, et rien de plus.",
            "Los miembros de la organización se reúnen y deciden. Los demás ven cuándo, y nada más.",
        ],
    ),
];

/// Who stands behind which theme: its lead, and a partner that joins in. Of the demonstration, but for informality.
const PARTNERS: [(&str, &str, &str); 5] = [
    (
        "accessible_inclusive_cities",
        "world-enabled",
        "hearth-and-commons",
    ),
    ("addressing_informality", "cities-alliance", "huairou"),
    ("gender_equality", "huairou", "hearth-and-commons"),
    ("right_to_the_city", "gpr2c", "hic"),
    ("sustainable_urban_development", "gap", "hic"),
];

/// Makes the edition and opens it for registration.
pub(super) fn make(conn: &mut Conn, actor: &Actor) -> Result<EditionId, Fault> {
    let at = Moment::at("2019-01-14T09:00:00Z");
    let input = EditionInput {
        slug: SLUG.to_owned(),
        title: super::said([
            "UCLG Congress · World Summit of Local and Regional Leaders, Durban 2019 (demonstration)",
            "Congrès de CGLU · Sommet mondial des dirigeant·e·s locaux et régionaux, Durban 2019 (démonstration)",
            "Congreso de CGLU · Cumbre Mundial de Líderes Locales y Regionales, Durban 2019 (demostración)",
        ]),
        motto: super::said([
            "Cities are listening",
            "Les villes à l’écoute",
            "Las ciudades escuchan",
        ]),
        city: "Durban".to_owned(),
        country: "ZA".to_owned(),
        zone: "Africa/Johannesburg".to_owned(),
        starts_on: "2019-11-11".to_owned(),
        ends_on: "2019-11-15".to_owned(),
        standard: true,
        ..EditionInput::default()
    };
    let edition = editions::create(conn, actor, at, &input)?.id;
    for (code, description) in TRACKS {
        let Some(track) = tracks::by_code(conn, edition, code)? else {
            continue;
        };
        let input = TrackInput {
            title: track.title,
            subtitle: track.subtitle,
            description: super::said(description),
            position: Some(track.position),
            ..TrackInput::default()
        };
        tracks::edit(conn, actor, at, track.id, &input, None)?;
    }
    for (state, at) in [
        (EditionState::Announced, "2019-02-04T09:00:00Z"),
        (EditionState::Open, "2019-05-13T09:00:00Z"),
    ] {
        editions::step(conn, actor, Moment::at(at), edition, state, None)?;
    }
    Ok(edition)
}

/// Gives the edition Durban's five themes and those who stand behind them.
pub(super) fn themes(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    directory: &Directory,
) -> Result<(), Fault> {
    let at = Moment::at("2019-03-11T09:00:00Z");
    for theme in themes::seed(conn, actor, at, edition, Set::Durban2019)? {
        let behind = PARTNERS.iter().find(|(code, ..)| *code == theme.code);
        let Some((_, lead, joins)) = behind else { continue };
        for (key, role) in [(lead, PartnerRole::Lead), (joins, PartnerRole::Co)] {
            let input = PartnerInput {
                organisation: Some(directory.id(key)?),
                role: Some(role),
            };
            partners::name(conn, actor, at, theme.id, &input)?;
        }
    }
    Ok(())
}

/// Makes the calls through which Labs and Global Conversations came; both are closed.
pub(super) fn calls(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Calls, Fault> {
    let at = Moment::at("2019-02-18T09:00:00Z");
    let mut call = |format: &str, title: [&str; 3]| {
        let input = CallInput {
            format: format.to_owned(),
            title: super::said(title),
            opens_at: Some(Moment::at("2019-03-01T08:00:00Z")),
            closes_at: Some(Moment::at("2019-06-28T22:00:00Z")),
        };
        calls::create(conn, actor, at, edition, &input).map(|call| call.id.to_string())
    };
    Ok(Calls {
        labs: call(
            "labs",
            [
                "Call for Labs (demonstration)",
                "Appel à Labs (démonstration)",
                "Convocatoria de Labs (demostración)",
            ],
        )?,
        global_conversations: call(
            "global_conversations",
            [
                "Call for Global Conversations (demonstration)",
                "Appel à Conversations mondiales (démonstration)",
                "Convocatoria de Conversaciones mundiales (demostración)",
            ],
        )?,
    })
}

/// Makes the categories one registers in; that of accompanying persons holds two, so that somebody waits.
pub(super) fn categories(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Vec<Category>, Fault> {
    let at = Moment::at("2019-05-06T09:00:00Z");
    categories::seed(conn, actor, at, edition)?;
    let all = categories::all(conn, edition)?;
    if let Some(small) = all.iter().find(|category| category.code == "accompanying") {
        let input = CategoryInput {
            code: small.code.clone(),
            title: small.title.clone(),
            description: small.description.clone(),
            tag: small.tag,
            places_max: Some(2),
            needs_review: small.needs_review,
            no_sessions: !small.allows_sessions,
            ..CategoryInput::default()
        };
        categories::edit(conn, actor, at, small.id, small.version, &input)?;
    }
    categories::all(conn, edition)
}

/// Takes the edition to where it stands at the moment the demonstration opens.
pub(super) fn go_on(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    moment: DemoMoment,
) -> Result<(), Fault> {
    let steps: &[(EditionState, &str)] = match moment {
        DemoMoment::Before => &[],
        DemoMoment::Live => &[(EditionState::Running, "2019-11-11T06:00:00Z")],
        DemoMoment::After => &[
            (EditionState::Running, "2019-11-11T06:00:00Z"),
            (EditionState::Closed, "2019-11-15T17:00:00Z"),
        ],
    };
    for (state, at) in steps {
        editions::step(conn, actor, Moment::at(at), edition, *state, None)?;
    }
    Ok(())
}

//! What sessions refer to: venues, rooms, tracks, formats, policy domains, Town Hall themes. Whoever sees an edition sees
//! these; its desk changes them.

use std::collections::BTreeMap;

use access_rules::{Act, EditionId, ThemeId};
use actix_kit::{At, Body, Caller, Problem, Version, once::created};
use actix_web::HttpResponse;
use kernel::Localized;
use programme::{
    domains::{self, DomainInput},
    formats::{self, FormatCount, FormatInput},
    model::{
        Domain, DomainId, Equipment, Format, FormatId, FormatState, FormatTerms, Known, OpenHours, Room,
        RoomId, Theme, Track, TrackId, TrackKind, Venue, VenueId,
    },
    rooms::{self, RoomInput},
    themes::{self, ThemeInput},
    tracks::{self, TrackInput},
    venues::{self, VenueInput},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    programme::edition,
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/venues", Act::Read, venues_of, "The venues of an edition.").lists_all::<VenueView>(),
        post("/editions/{slug}/venues", Act::ManageEdition, create_venue, "Adds a venue.")
            .takes::<VenueInput>().gives::<VenueView>().once().account(),
        put("/venues/{id}", Act::ManageEdition, edit_venue, "Changes a venue.")
            .takes::<VenueInput>().gives::<VenueView>().versioned().account(),
        delete("/venues/{id}", Act::ManageEdition, remove_venue, "Removes a venue nothing is in.").account(),

        get("/editions/{slug}/rooms", Act::Read, rooms_of, "The rooms of an edition.").lists_all::<RoomView>(),
        post("/editions/{slug}/rooms", Act::ManageEdition, create_room, "Adds a room.")
            .takes::<RoomInput>().gives::<RoomView>().once().account(),
        put("/rooms/{id}", Act::ManageEdition, edit_room, "Changes a room.")
            .takes::<RoomInput>().gives::<RoomView>().versioned().account(),
        delete("/rooms/{id}", Act::ManageEdition, remove_room, "Removes a room no session is in.").account(),

        get("/editions/{slug}/tracks", Act::Read, tracks_of, "The tracks of an edition.").lists_all::<TrackOfEdition>(),
        post("/editions/{slug}/tracks", Act::ManageEdition, create_track, "Adds a track.")
            .takes::<TrackInput>().gives::<TrackOfEdition>().once().account(),
        put("/tracks/{id}", Act::ManageEdition, edit_track, "Changes a track.")
            .takes::<TrackInput>().gives::<TrackOfEdition>().versioned().account(),
        delete("/tracks/{id}", Act::ManageEdition, remove_track, "Removes a track no session is in.").account(),

        get("/editions/{slug}/formats", Act::Read, formats_of, "The formats of an edition.").lists_all::<FormatView>(),
        get("/editions/{slug}/formats/statistics", Act::SeeDesk, statistics, "How many sessions there are by format, domain and state.")
            .lists_all::<FormatCount>().account(),
        post("/editions/{slug}/formats", Act::ManageFormats, create_format, "Adds a format.")
            .takes::<FormatInput>().gives::<FormatView>().once().account(),
        put("/formats/{id}", Act::ManageFormats, edit_format, "Changes a format; sessions keep the terms they were made under.")
            .takes::<FormatInput>().gives::<FormatView>().versioned().account(),
        put("/formats/{id}/retirement", Act::ManageFormats, retire_format, "Offers a format no more, or again.")
            .takes::<Retirement>().gives::<FormatView>().versioned().account(),
        delete("/formats/{id}", Act::ManageFormats, remove_format, "Removes a format no session has.").account(),

        get("/editions/{slug}/domains", Act::Read, domains_of, "The policy domains of an edition.").lists_all::<DomainView>(),
        post("/editions/{slug}/domains", Act::ManageFormats, create_domain, "Adds a policy domain.")
            .takes::<DomainInput>().gives::<DomainView>().once().account(),
        put("/domains/{id}", Act::ManageFormats, edit_domain, "Changes a policy domain.")
            .takes::<DomainInput>().gives::<DomainView>().versioned().account(),
        delete("/domains/{id}", Act::ManageFormats, remove_domain, "Removes a policy domain no session has.").account(),

        get("/editions/{slug}/themes", Act::Read, themes_of, "The Town Hall themes of an edition.").lists_all::<ThemeView>(),
        post("/editions/{slug}/themes", Act::ManageEdition, create_theme, "Adds a Town Hall theme.")
            .takes::<ThemeInput>().gives::<ThemeView>().once().account(),
        put("/themes/{id}", Act::ManageEdition, edit_theme, "Changes a Town Hall theme.")
            .takes::<ThemeInput>().gives::<ThemeView>().versioned().account(),
        delete("/themes/{id}", Act::ManageEdition, remove_theme, "Removes a Town Hall theme no session has.").account(),
    ]
}

// What goes in and out.

/// A building or site.
#[derive(Debug, Serialize, ToSchema)]
pub struct VenueView {
    /// Its id.
    pub id: VenueId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its name.
    pub name: Localized,
    /// Where it stands.
    pub address: String,
    /// How to get there.
    pub directions: Localized,
    /// Its place in lists.
    pub position: i64,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// A room.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoomView {
    /// Its id.
    pub id: RoomId,
    /// The edition it is of.
    pub edition: EditionId,
    /// The venue it is in.
    pub venue: Option<VenueId>,
    /// Its name.
    pub name: Localized,
    /// Its place in lists and grids.
    pub position: i64,
    /// Seats; none means unknown.
    pub capacity: Option<i64>,
    /// The floor, in the house's own words.
    pub floor: String,
    /// How to find it.
    pub directions: Localized,
    /// Without a step.
    pub step_free: Known,
    /// With a hearing loop.
    pub hearing_loop: Known,
    /// With captions.
    pub captions: Known,
    /// With a place for interpreters into sign language.
    pub sign_language: Known,
    /// Quiet.
    pub quiet: Known,
    /// What stands in it.
    pub equipment: Equipment,
    /// Minutes it must stay free between two sessions.
    pub turnaround_minutes: i64,
    /// When it is open, by day; a day that is not named is open all day.
    pub hours: BTreeMap<String, OpenHours>,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// A track.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackOfEdition {
    /// Its id.
    pub id: TrackId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its code.
    pub code: String,
    /// What sort it is.
    pub kind: TrackKind,
    /// Its title.
    pub title: Localized,
    /// Its subtitle.
    pub subtitle: Localized,
    /// What it is about.
    pub description: Localized,
    /// Its place in lists.
    pub position: i64,
    /// Most people admitted to it; none means no limit.
    pub places_max: Option<i64>,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// A format of session.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormatView {
    /// Its id.
    pub id: FormatId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Its invitation.
    pub tagline: Localized,
    /// Its place in lists.
    pub position: i64,
    /// How far it is.
    pub state: FormatState,
    /// What it asks for now.
    pub terms: FormatTerms,
    /// The number of these terms.
    pub rule_version: i64,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// Whether a format is offered no more.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct Retirement {
    /// Whether it is.
    pub retired: bool,
}

/// A policy domain.
#[derive(Debug, Serialize, ToSchema)]
pub struct DomainView {
    /// Its id.
    pub id: DomainId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Its place in lists.
    pub position: i64,
    /// Whether it is offered no more.
    pub retired: bool,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// A Town Hall theme.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThemeView {
    /// Its id.
    pub id: ThemeId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The question it asks.
    pub question: Localized,
    /// Its place in lists.
    pub position: i64,
    /// Whether it is offered no more.
    pub retired: bool,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// The four handlers of a noun that is listed, created, edited and removed in the same way as all others.
macro_rules! handlers {
    ($module:ident, $id:ty, $input:ty, $view:ident, $name:literal,
     $list:ident, $create:ident, $edit:ident, $remove:ident) => {
        async fn $list(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
            let views = caller
                .read(concat!($name, "s"), move |conn, actor, _| {
                    let edition = edition(conn, actor, &slug)?;
                    let all = $module::list(conn, edition)?;
                    Ok(all.into_iter().map($view).collect::<Vec<_>>())
                })
                .await?;
            Ok(answers::all(&views))
        }

        async fn $create(
            caller: Caller,
            At(slug): At<String>,
            body: Body<$input>,
        ) -> Result<HttpResponse, Problem> {
            let input = body.input;
            caller
                .once(
                    concat!($name, ".create"),
                    &body.hash,
                    move |conn, actor, now| {
                        let edition = edition(conn, actor, &slug)?;
                        let view = $view($module::create(conn, actor, now, edition, &input)?);
                        created(
                            &format!(concat!("/api/v1/", $name, "s/{}"), view.id),
                            Some(view.version),
                            &view,
                        )
                    },
                )
                .await
        }

        async fn $edit(
            caller: Caller,
            At(id): At<$id>,
            Version(version): Version,
            body: Body<$input>,
        ) -> Result<HttpResponse, Problem> {
            let view = caller
                .write(concat!($name, ".edit"), move |conn, actor, now| {
                    $module::edit(conn, actor, now, id, &body.input, Some(version)).map($view)
                })
                .await?;
            Ok(answers::edited(view.version, &view))
        }

        async fn $remove(caller: Caller, At(id): At<$id>) -> Result<HttpResponse, Problem> {
            caller
                .write(concat!($name, ".remove"), move |conn, actor, now| {
                    $module::remove(conn, actor, now, id)
                })
                .await?;
            Ok(answers::done())
        }
    };
}

handlers!(
    venues,
    VenueId,
    VenueInput,
    venue_view,
    "venue",
    venues_of,
    create_venue,
    edit_venue,
    remove_venue
);
handlers!(
    rooms,
    RoomId,
    RoomInput,
    room_view,
    "room",
    rooms_of,
    create_room,
    edit_room,
    remove_room
);
handlers!(
    tracks,
    TrackId,
    TrackInput,
    track_view,
    "track",
    tracks_of,
    create_track,
    edit_track,
    remove_track
);
handlers!(
    formats,
    FormatId,
    FormatInput,
    format_view,
    "format",
    formats_of,
    create_format,
    edit_format,
    remove_format
);
handlers!(
    domains,
    DomainId,
    DomainInput,
    domain_view,
    "domain",
    domains_of,
    create_domain,
    edit_domain,
    remove_domain
);
handlers!(
    themes,
    ThemeId,
    ThemeInput,
    theme_view,
    "theme",
    themes_of,
    create_theme,
    edit_theme,
    remove_theme
);

async fn statistics(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let counts = caller
        .read("formats.statistics", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            formats::statistics(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&counts))
}

async fn retire_format(
    caller: Caller,
    At(id): At<FormatId>,
    Version(version): Version,
    body: Body<Retirement>,
) -> Result<HttpResponse, Problem> {
    let retired = body.input.retired;
    let view = caller
        .write("format.retire", move |conn, actor, now| {
            formats::retire(conn, actor, now, id, retired, Some(version)).map(format_view)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

// Views.

fn venue_view(venue: Venue) -> VenueView {
    VenueView {
        id: venue.id,
        edition: venue.edition,
        name: venue.name,
        address: venue.address,
        directions: venue.directions,
        position: venue.position,
        version: venue.version,
    }
}

fn room_view(room: Room) -> RoomView {
    RoomView {
        id: room.id,
        edition: room.edition,
        venue: room.venue,
        name: room.name,
        position: room.position,
        capacity: room.capacity,
        floor: room.floor,
        directions: room.directions,
        step_free: room.step_free,
        hearing_loop: room.hearing_loop,
        captions: room.captions,
        sign_language: room.sign_language,
        quiet: room.quiet,
        equipment: room.equipment.0,
        turnaround_minutes: room.turnaround_minutes,
        hours: room.hours.0,
        version: room.version,
    }
}

fn track_view(track: Track) -> TrackOfEdition {
    TrackOfEdition {
        id: track.id,
        edition: track.edition,
        code: track.code,
        kind: track.kind,
        title: track.title,
        subtitle: track.subtitle,
        description: track.description,
        position: track.position,
        places_max: track.places_max,
        version: track.version,
    }
}

fn format_view(format: Format) -> FormatView {
    FormatView {
        id: format.id,
        edition: format.edition,
        code: format.code,
        title: format.title,
        tagline: format.tagline,
        position: format.position,
        state: format.state,
        terms: format.terms.0,
        rule_version: format.rule_version,
        version: format.version,
    }
}

fn domain_view(domain: Domain) -> DomainView {
    DomainView {
        id: domain.id,
        edition: domain.edition,
        code: domain.code,
        title: domain.title,
        position: domain.position,
        retired: domain.retired,
        version: domain.version,
    }
}

fn theme_view(theme: Theme) -> ThemeView {
    ThemeView {
        id: theme.id,
        edition: theme.edition,
        code: theme.code,
        title: theme.title,
        question: theme.question,
        position: theme.position,
        retired: theme.retired,
        version: theme.version,
    }
}

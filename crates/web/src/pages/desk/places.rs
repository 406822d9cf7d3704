//! Where it takes place: venues and their rooms, with what each offers.

use access_rules::Act;
use actix_kit::Form;
use actix_web::web::Path;
use kernel::{Coded as _, Fault};
use programme::{
    editions,
    model::{Known, Room, Venue},
    rooms::{self, RoomInput},
    rules,
    venues::{self, VenueInput},
};

use super::{Again, DeskPage, Sheet, Table, after, anchor, gate, id_of, plain, said};
use crate::{
    components::{Empty, Link},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/{edition}/rooms", Act::ManageEdition, list),
        get("/{lang}/desk/{edition}/rooms/{id}", Act::ManageEdition, room),
        post("/{lang}/desk/{edition}/rooms/{id}", Act::ManageEdition, save_room),
        post(
            "/{lang}/desk/{edition}/rooms/{id}/remove",
            Act::ManageEdition,
            remove_room,
        ),
        get("/{lang}/desk/{edition}/venues/{id}", Act::ManageEdition, venue),
        post(
            "/{lang}/desk/{edition}/venues/{id}",
            Act::ManageEdition,
            save_venue,
        ),
    ]
}

type At = Path<(String, String, String)>;

/// The word in an address for what is not there yet.
const NEW: &str = "new";

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, (venues, rooms)) = visit
        .read_in("desk.rooms", &slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            Ok((venues::list(conn, edition.id)?, rooms::list(conn, edition.id)?))
        })
        .await?;
    let voice = &visit.voice;
    let at = |rest: &str| visit.at(&format!("desk/{slug}/{rest}"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-rooms"));
    page.links(vec![
        Link::new(at("rooms/new"), voice.t("desk-room-new")),
        Link::new(at("venues/new"), voice.t("desk-venue-new")),
    ]);
    if rooms.is_empty() {
        page.put(&Empty::new(
            voice.t("desk-rooms-none"),
            voice.t("desk-rooms-none-hint"),
        ));
    } else {
        let keys = [
            "desk-room-name",
            "desk-room-venue",
            "desk-room-capacity",
            "desk-room-step-free",
            "desk-room-hearing-loop",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for room in &rooms {
            let of = venues.iter().find(|venue| Some(venue.id) == room.venue);
            let capacity = room
                .capacity
                .map_or_else(|| voice.t("unknown"), |capacity| voice.count(capacity));
            table.row([
                anchor(
                    at(&format!("rooms/{}", room.id)),
                    room.name.text(visit.language()),
                ),
                of.map(|venue| said(voice, &venue.name)).unwrap_or_default(),
                plain(capacity),
                plain(voice.code("known", room.step_free.code())),
                plain(voice.code("known", room.hearing_loop.code())),
            ]);
        }
        page.put(&table);
    }
    if !venues.is_empty() {
        page.heading(voice.t("desk-venues"));
        let mut table = Table::new(["desk-venue-name", "desk-venue-address"].map(|key| voice.t(key)));
        for venue in &venues {
            let name = anchor(
                at(&format!("venues/{}", venue.id)),
                venue.name.text(visit.language()),
            );
            table.row([name, plain(venue.address.clone())]);
        }
        page.put(&table);
    }
    page.answer(&visit, None)
}

async fn room(visit: Visit, path: At) -> Page {
    let (_, slug, id) = path.into_inner();
    show_room(visit, &slug, &id, None).await
}

async fn show_room(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, (days, venues, room)) = visit
        .read_in("desk.room", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let room: Option<Room> = match asked.as_str() {
                NEW => None,
                id => Some(
                    rooms::find(conn, id_of(id)?)?
                        .filter(|room| room.edition == edition.id)
                        .ok_or_else(Fault::not_found)?,
                ),
            };
            Ok((rules::days(edition), venues::list(conn, edition.id)?, room))
        })
        .await?;
    let voice = &visit.voice;
    let title = room.as_ref().map_or_else(
        || voice.t("desk-room-new"),
        |room| room.name.text(visit.language()).to_owned(),
    );
    let mut page = DeskPage::new(&visit, &frame, title);
    let form = Again::view(again, &visit, || match &room {
        Some(room) => FormView::filled(voice, room),
        None => FormView::blank(voice).with("turnaround_minutes", "15").with(
            "venue",
            venues
                .first()
                .map(|venue| venue.id.to_string())
                .unwrap_or_default(),
        ),
    })
    .named("desk-room");
    let of: Vec<Choice> = venues
        .iter()
        .map(|venue| Choice::new(venue.id.to_string(), venue.name.text(visit.language())))
        .collect();
    let known = Choice::codes::<Known>(voice, "known");
    let action = visit.at(&format!("desk/{slug}/rooms/{id}"));
    let sends = room
        .as_ref()
        .map_or_else(|| page.chrome.sends(), |room| page.chrome.edits(&room.version));
    let mut sheet = Sheet::new(action.clone(), sends)
        .and(form.summary())
        .with(
            form.tongues("name", "desk-room-name")
                .hint("localized-hint")
                .required(),
        )
        .with(form.select("venue", "desk-room-venue", &of).optional())
        .with(
            form.number("capacity", "desk-room-capacity")
                .hint("desk-room-capacity-hint")
                .optional(),
        )
        .with(form.text("floor", "desk-room-floor").short().optional())
        .with(form.tongues("directions", "desk-room-directions").optional())
        .section(voice.t("desk-room-access"))
        .with(form.radios("step_free", "desk-room-step-free", &known))
        .with(form.radios("hearing_loop", "desk-room-hearing-loop", &known))
        .with(form.radios("captions", "desk-room-captions", &known))
        .with(form.radios("sign_language", "desk-room-sign-language", &known))
        .with(form.radios("quiet", "desk-room-quiet", &known))
        .section(voice.t("desk-room-equipment"))
        .with(form.number("equipment.booths", "desk-room-booths").optional())
        .with(form.radios("equipment.streaming", "desk-room-streaming", &known))
        .with(
            form.text("equipment.layout", "desk-room-layout")
                .middle()
                .optional(),
        )
        .with(
            form.number("turnaround_minutes", "desk-room-turnaround-minutes")
                .optional(),
        )
        .with(form.number("position", "desk-position").optional())
        .section(voice.t("desk-room-hours"));
    for day in days {
        let said = voice.capital(&voice.day(day));
        sheet = sheet
            .with(
                form.time(&format!("hours.{day}.opens"), "desk-room-opens")
                    .hint_text(&said)
                    .optional(),
            )
            .with(
                form.time(&format!("hours.{day}.closes"), "desk-room-closes")
                    .hint_text(&said)
                    .optional(),
            );
    }
    page.put(&sheet.does(voice.t("save")));
    if room.is_some() {
        page.add(super::button(
            &page.chrome,
            format!("{action}/remove"),
            "desk-room-remove",
        ));
    }
    page.answer(&visit, again)
}

async fn save_room(visit: Visit, path: At, form: Form) -> Page {
    let (lang, slug, id) = path.into_inner();
    let done = match form.input::<RoomInput>() {
        Ok(input) => {
            let (of, id, version) = (slug.clone(), id.clone(), form.version());
            let run = visit.submit("desk.room.save", &form, move |conn, actor, now| {
                let edition = editions::by_slug(conn, actor, &of)?;
                if id == NEW {
                    rooms::create(conn, actor, now, edition.id, &input)?;
                } else {
                    rooms::edit(conn, actor, now, id_of(&id)?, &input, version)?;
                }
                Ok(format!("/{lang}/desk/{of}/rooms"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_room(visit, &slug, &id, again).await
    })
    .await
}

async fn remove_room(visit: Visit, path: At, form: Form) -> Page {
    let (lang, slug, id) = path.into_inner();
    let (of, gone) = (slug.clone(), id.clone());
    let run = visit.submit("desk.room.remove", &form, move |conn, actor, now| {
        rooms::remove(conn, actor, now, id_of(&gone)?)?;
        Ok(format!("/{lang}/desk/{of}/rooms"))
    });
    match run.await {
        Ok(next) => Ok(visit.go(&next, Some("removed"))),
        Err(fault) => Err(visit.refused(fault)),
    }
}

async fn venue(visit: Visit, path: At) -> Page {
    let (_, slug, id) = path.into_inner();
    show_venue(visit, &slug, &id, None).await
}

async fn show_venue(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, venue) = visit
        .read_in("desk.venue", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let venue: Option<Venue> = match asked.as_str() {
                NEW => None,
                id => Some(
                    venues::find(conn, id_of(id)?)?
                        .filter(|venue| venue.edition == edition.id)
                        .ok_or_else(Fault::not_found)?,
                ),
            };
            Ok(venue)
        })
        .await?;
    let voice = &visit.voice;
    let title = venue.as_ref().map_or_else(
        || voice.t("desk-venue-new"),
        |venue| venue.name.text(visit.language()).to_owned(),
    );
    let mut page = DeskPage::new(&visit, &frame, title);
    let form = Again::view(again, &visit, || {
        venue
            .as_ref()
            .map_or_else(|| FormView::blank(voice), |venue| FormView::filled(voice, venue))
    })
    .named("desk-venue");
    let sends = venue
        .as_ref()
        .map_or_else(|| page.chrome.sends(), |venue| page.chrome.edits(&venue.version));
    let sheet = Sheet::new(visit.at(&format!("desk/{slug}/venues/{id}")), sends)
        .and(form.summary())
        .with(
            form.tongues("name", "desk-venue-name")
                .hint("localized-hint")
                .required(),
        )
        .with(form.text("address", "desk-venue-address").optional())
        .with(
            form.tongues_area("directions", "desk-venue-directions")
                .optional(),
        )
        .with(form.number("position", "desk-position").optional())
        .does(voice.t("save"));
    page.put(&sheet);
    page.answer(&visit, again)
}

async fn save_venue(visit: Visit, path: At, form: Form) -> Page {
    let (lang, slug, id) = path.into_inner();
    let done = match form.input::<VenueInput>() {
        Ok(input) => {
            let (of, id, version) = (slug.clone(), id.clone(), form.version());
            let run = visit.submit("desk.venue.save", &form, move |conn, actor, now| {
                let edition = editions::by_slug(conn, actor, &of)?;
                if id == NEW {
                    venues::create(conn, actor, now, edition.id, &input)?;
                } else {
                    venues::edit(conn, actor, now, id_of(&id)?, &input, version)?;
                }
                Ok(format!("/{lang}/desk/{of}/rooms"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_venue(visit, &slug, &id, again).await
    })
    .await
}

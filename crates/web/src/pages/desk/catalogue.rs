//! What the programme is made of: tracks, formats of session and policy domains, as rows an organiser changes, adds to
//! and retires (R23). The fifth format stands here without rules until somebody fills it.

use access_rules::{Act, Actor, EditionId};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Coded as _, Fault, Moment};
use programme::{
    domains::{self, DomainInput},
    formats::{self, FormatInput},
    model::{Domain, Edition, Format, FormatState, Track, TrackKind},
    tracks::{self, TrackInput},
};

use super::{Again, DeskPage, Sheet, Table, after, anchor, code, gate, id_of, plain, state, write_in};
use crate::{
    components::Link,
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageEdition;
    vec![
        get("/{lang}/desk/{edition}/tracks", act, list),
        get("/{lang}/desk/{edition}/tracks/{id}", act, track),
        post("/{lang}/desk/{edition}/tracks/{id}", act, save_track),
        post("/{lang}/desk/{edition}/tracks/{id}/remove", act, remove_track),
        get("/{lang}/desk/{edition}/formats/{id}", act, format),
        post("/{lang}/desk/{edition}/formats/{id}", act, save_format),
        post("/{lang}/desk/{edition}/formats/{id}/remove", act, remove_format),
        post("/{lang}/desk/{edition}/formats/{id}/retire", act, retire_format),
        get("/{lang}/desk/{edition}/domains/{id}", act, domain),
        post("/{lang}/desk/{edition}/domains/{id}", act, save_domain),
        post("/{lang}/desk/{edition}/domains/{id}/remove", act, remove_domain),
    ]
}

/// The address of something of an edition.
pub(super) type At = Path<(String, String, String)>;

/// The word in an address for what is not there yet.
pub(super) const NEW: &str = "new";

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, (tracks, formats, domains)) = visit
        .read_in("desk.catalogue", &slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            Ok((
                tracks::list(conn, edition.id)?,
                formats::list(conn, edition.id)?,
                domains::list(conn, edition.id)?,
            ))
        })
        .await?;
    let voice = &visit.voice;
    let at = |rest: String| visit.at(&format!("desk/{slug}/{rest}"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-catalogue"));
    page.links(
        ["track", "format", "domain"]
            .map(|noun| {
                let label = voice.t(format!("desk-{noun}-new"));
                Link::new(at(format!("{noun}s/{NEW}")), label)
            })
            .into(),
    );

    page.heading(voice.t("nav-tracks"));
    let mut table = Table::new(
        ["desk-track-title", "desk-track-subtitle", "desk-track-places-max"].map(|key| voice.t(key)),
    );
    for track in &tracks {
        let places = track
            .places_max
            .map_or_else(|| voice.t("desk-no-limit"), |most| voice.count(most));
        table.row([
            anchor(at(format!("tracks/{}", track.id)), voice.said(&track.title).text),
            plain(voice.said(&track.subtitle).text),
            plain(places),
        ]);
    }
    page.put(&table);

    let of_tracks: Vec<Link> = tracks
        .iter()
        .filter_map(|track| beneath(&visit, &slug, track.kind))
        .collect();
    if !of_tracks.is_empty() {
        page.links(of_tracks);
    }

    page.heading(voice.t("desk-formats"));
    let mut table =
        Table::new(["desk-format-title", "desk-format-lengths", "desk-format-state"].map(|key| voice.t(key)));
    for format in &formats {
        let title = match format.title.is_blank() {
            true => voice.t("desk-format-unnamed"),
            false => voice.said(&format.title).text,
        };
        let terms = &format.terms.0;
        let lengths = [terms.minutes_min, terms.minutes_usual, terms.minutes_max]
            .map(|minutes| minutes.map_or_else(|| "–".to_owned(), |minutes| voice.count(minutes)))
            .join(" · ");
        table.row([
            anchor(at(format!("formats/{}", format.id)), title),
            plain(lengths),
            state(voice, "format-state", format.state.code()),
        ]);
    }
    page.put(&table);

    page.heading(voice.t("desk-domains"));
    let mut table = Table::new(["desk-domain-title", "desk-domain-state"].map(|key| voice.t(key)));
    for domain in &domains {
        let code = if domain.retired {
            FormatState::Retired
        } else {
            FormatState::Active
        };
        table.row([
            anchor(
                at(format!("domains/{}", domain.id)),
                voice.said(&domain.title).text,
            ),
            state(voice, "format-state", code.code()),
        ]);
    }
    page.put(&table);
    page.answer(&visit, None)
}

/// Where the desk keeps what sessions of a track are about: the themes of the Town Hall, the scopes of the Assembly.
fn beneath(visit: &Visit, slug: &str, kind: TrackKind) -> Option<Link> {
    let noun = match kind {
        TrackKind::TownHall => "themes",
        TrackKind::Assembly => "scopes",
        TrackKind::Local4action | TrackKind::Statutory | TrackKind::Custom => return None,
    };
    let href = visit.at(&format!("desk/{slug}/{noun}"));
    Some(Link::new(href, visit.voice.t(format!("desk-{noun}"))))
}

/// What stands at `id` in an edition; nothing for a new one, the one 404 for another edition's.
pub(super) fn stands<T, Of: 'static>(
    conn: &mut Conn,
    edition: EditionId,
    id: &str,
    find: impl FnOnce(&mut Conn, kernel::Id<Of>) -> Result<Option<T>, Fault>,
    of: impl FnOnce(&T) -> EditionId,
) -> Result<Option<T>, Fault> {
    if id == NEW {
        return Ok(None);
    }
    match find(conn, id_of(id)?)? {
        Some(found) if of(&found) == edition => Ok(Some(found)),
        _ => Err(Fault::not_found()),
    }
}

/// Does what a form asks in the edition of its address, and answers where the list is.
async fn write(
    visit: &Visit,
    name: &'static str,
    path: &At,
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, EditionId) -> Result<(), Fault> + Send + 'static,
) -> Result<String, Fault> {
    let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        run(conn, actor, now, edition.id)?;
        Ok("tracks".to_owned())
    };
    write_in(visit, name, &path.1, form, run).await
}

async fn track(visit: Visit, path: At) -> Page {
    let (_, slug, id) = path.into_inner();
    show_track(visit, &slug, &id, None).await
}

async fn show_track(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, found) = visit
        .read_in("desk.track", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            stands(conn, edition.id, &asked, tracks::find, |track: &Track| {
                track.edition
            })
        })
        .await?;
    let voice = &visit.voice;
    let title = found.as_ref().map_or_else(
        || voice.t("desk-track-new"),
        |track| voice.said(&track.title).text,
    );
    let mut page = DeskPage::new(&visit, &frame, title);
    let below = found.as_ref().and_then(|track| beneath(&visit, slug, track.kind));
    if let Some(link) = below {
        page.links(vec![link]);
    }
    let form = Again::view(again, &visit, || match &found {
        Some(track) => FormView::filled(voice, track),
        None => FormView::blank(voice),
    })
    .named("desk-track");
    let action = visit.at(&format!("desk/{slug}/tracks/{id}"));
    let sends = found
        .as_ref()
        .map_or_else(|| page.chrome.sends(), |track| page.chrome.edits(&track.version));
    let mut sheet = Sheet::new(action.clone(), sends)
        .and(form.summary())
        .with(
            form.tongues("title", "desk-track-title")
                .hint("localized-hint")
                .required(),
        )
        .with(form.tongues("subtitle", "desk-track-subtitle").optional())
        .with(
            form.tongues_area("description", "desk-track-description")
                .optional(),
        );
    if found.is_none() {
        sheet = sheet.with(code(&form));
    }
    let sheet = sheet
        .with(
            form.number("places_max", "desk-track-places-max")
                .hint("desk-track-places-max-hint")
                .optional(),
        )
        .with(form.number("position", "desk-position").optional())
        .does(voice.t("save"));
    page.put(&sheet);
    if found.is_some() {
        page.add(super::button(
            &page.chrome,
            format!("{action}/remove"),
            "desk-track-remove",
        ));
    }
    page.answer(&visit, again)
}

async fn save_track(visit: Visit, path: At, form: Form) -> Page {
    let asked = path.2.clone();
    let done = match form.input::<TrackInput>() {
        Ok(input) => {
            let version = form.version();
            let run = move |conn: &mut Conn, actor: &Actor, now, edition| match asked.as_str() {
                NEW => tracks::create(conn, actor, now, edition, &input).map(drop),
                id => tracks::edit(conn, actor, now, id_of(id)?, &input, version).map(drop),
            };
            write(&visit, "desk.track.save", &path, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_track(visit, &path.1, &path.2, again).await
    })
    .await
}

async fn remove_track(visit: Visit, path: At, form: Form) -> Page {
    let gone = path.2.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, _| tracks::remove(conn, actor, now, id_of(&gone)?);
    let done = write(&visit, "desk.track.remove", &path, &form, run).await;
    after(visit, done, "removed", &form, async |visit, again| {
        show_track(visit, &path.1, &path.2, again).await
    })
    .await
}

async fn format(visit: Visit, path: At) -> Page {
    let (_, slug, id) = path.into_inner();
    show_format(visit, &slug, &id, None).await
}

async fn show_format(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, found) = visit
        .read_in("desk.format", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            stands(conn, edition.id, &asked, formats::find, |format: &Format| {
                format.edition
            })
        })
        .await?;
    let voice = &visit.voice;
    let title = match &found {
        None => voice.t("desk-format-new"),
        Some(format) if format.title.is_blank() => voice.t("desk-format-unnamed"),
        Some(format) => voice.said(&format.title).text,
    };
    let mut page = DeskPage::new(&visit, &frame, title);
    if found
        .as_ref()
        .is_some_and(|format| format.state == FormatState::Empty)
    {
        page.lead(voice.t("desk-format-empty-lead"));
    }
    let form = Again::view(again, &visit, || match &found {
        Some(format) => FormView::filled(voice, format),
        None => FormView::blank(voice),
    })
    .named("desk-format");
    let action = visit.at(&format!("desk/{slug}/formats/{id}"));
    let sends = found.as_ref().map_or_else(
        || page.chrome.sends(),
        |format| page.chrome.edits(&format.version),
    );
    let mut sheet = Sheet::new(action.clone(), sends)
        .and(form.summary())
        .with(
            form.tongues("title", "desk-format-title")
                .hint("localized-hint")
                .required(),
        )
        .with(form.tongues("tagline", "desk-format-tagline").optional());
    if found.is_none() {
        sheet = sheet.with(code(&form));
    }
    sheet = sheet
        .section(voice.t("desk-format-terms"))
        .with(
            form.number("terms.minutes_min", "desk-format-minutes-min")
                .optional(),
        )
        .with(
            form.number("terms.minutes_usual", "desk-format-minutes-usual")
                .optional(),
        )
        .with(
            form.number("terms.minutes_max", "desk-format-minutes-max")
                .optional(),
        )
        .with(form.check("terms.needs_call", "desk-format-needs-call"))
        .with(form.check("terms.interactive", "desk-format-interactive"))
        .with(form.check("terms.high_level", "desk-format-high-level"))
        .with(form.check("terms.spheres", "desk-format-spheres"))
        .section(voice.t("desk-format-kinds"));
    let kinds = found.as_ref().map_or(0, |format| format.terms.0.kinds.len());
    // One row more than there are: for the next.
    for row in 0..=kinds {
        sheet = sheet
            .with(
                form.tongues(&format!("terms.kinds.{row}.title"), "desk-format-kind")
                    .optional(),
            )
            .with(
                form.text(&format!("terms.kinds.{row}.code"), "desk-code")
                    .middle()
                    .optional(),
            );
    }
    let sheet = sheet
        .with(form.number("position", "desk-position").optional())
        .does(voice.t("save"));
    page.put(&sheet);
    if let Some(format) = &found {
        if format.state != FormatState::Empty {
            let key = match format.state {
                FormatState::Retired => "desk-format-bring-back",
                _ => "desk-format-retire",
            };
            page.add(super::button(&page.chrome, format!("{action}/retire"), key));
        }
        page.add(super::button(
            &page.chrome,
            format!("{action}/remove"),
            "desk-format-remove",
        ));
    }
    page.answer(&visit, again)
}

async fn save_format(visit: Visit, path: At, form: Form) -> Page {
    let asked = path.2.clone();
    let done = match form.input::<FormatInput>() {
        Ok(input) => {
            let version = form.version();
            let run = move |conn: &mut Conn, actor: &Actor, now, edition| match asked.as_str() {
                NEW => formats::create(conn, actor, now, edition, &input).map(drop),
                id => formats::edit(conn, actor, now, id_of(id)?, &input, version).map(drop),
            };
            write(&visit, "desk.format.save", &path, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_format(visit, &path.1, &path.2, again).await
    })
    .await
}

/// Retires a format that is in use, brings back one that is not.
async fn retire_format(visit: Visit, path: At, form: Form) -> Page {
    let asked = path.2.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, _| {
        let id = id_of(&asked)?;
        let found = formats::find(conn, id)?.ok_or_else(Fault::not_found)?;
        let retired = found.state != FormatState::Retired;
        formats::retire(conn, actor, now, id, retired, None).map(drop)
    };
    let done = write(&visit, "desk.format.retire", &path, &form, run).await;
    after(visit, done, "saved", &form, async |visit, again| {
        show_format(visit, &path.1, &path.2, again).await
    })
    .await
}

async fn remove_format(visit: Visit, path: At, form: Form) -> Page {
    let gone = path.2.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, _| formats::remove(conn, actor, now, id_of(&gone)?);
    let done = write(&visit, "desk.format.remove", &path, &form, run).await;
    after(visit, done, "removed", &form, async |visit, again| {
        show_format(visit, &path.1, &path.2, again).await
    })
    .await
}

async fn domain(visit: Visit, path: At) -> Page {
    let (_, slug, id) = path.into_inner();
    show_domain(visit, &slug, &id, None).await
}

async fn show_domain(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, found) = visit
        .read_in("desk.domain", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            stands(conn, edition.id, &asked, domains::find, |domain: &Domain| {
                domain.edition
            })
        })
        .await?;
    let voice = &visit.voice;
    let title = found.as_ref().map_or_else(
        || voice.t("desk-domain-new"),
        |domain| voice.said(&domain.title).text,
    );
    let mut page = DeskPage::new(&visit, &frame, title);
    let form = Again::view(again, &visit, || match &found {
        Some(domain) => FormView::filled(voice, domain),
        None => FormView::blank(voice),
    })
    .named("desk-domain");
    let action = visit.at(&format!("desk/{slug}/domains/{id}"));
    let sends = found.as_ref().map_or_else(
        || page.chrome.sends(),
        |domain| page.chrome.edits(&domain.version),
    );
    let mut sheet = Sheet::new(action.clone(), sends).and(form.summary()).with(
        form.tongues("title", "desk-domain-title")
            .hint("localized-hint")
            .required(),
    );
    if found.is_none() {
        sheet = sheet.with(code(&form));
    }
    let sheet = sheet
        .with(form.check("retired", "desk-domain-retired"))
        .with(form.number("position", "desk-position").optional())
        .does(voice.t("save"));
    page.put(&sheet);
    if found.is_some() {
        page.add(super::button(
            &page.chrome,
            format!("{action}/remove"),
            "desk-domain-remove",
        ));
    }
    page.answer(&visit, again)
}

async fn save_domain(visit: Visit, path: At, form: Form) -> Page {
    let asked = path.2.clone();
    let done = match form.input::<DomainInput>() {
        Ok(input) => {
            let version = form.version();
            let run = move |conn: &mut Conn, actor: &Actor, now, edition| match asked.as_str() {
                NEW => domains::create(conn, actor, now, edition, &input).map(drop),
                id => domains::edit(conn, actor, now, id_of(id)?, &input, version).map(drop),
            };
            write(&visit, "desk.domain.save", &path, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_domain(visit, &path.1, &path.2, again).await
    })
    .await
}

async fn remove_domain(visit: Visit, path: At, form: Form) -> Page {
    let gone = path.2.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, _| domains::remove(conn, actor, now, id_of(&gone)?);
    let done = write(&visit, "desk.domain.remove", &path, &form, run).await;
    after(visit, done, "removed", &form, async |visit, again| {
        show_domain(visit, &path.1, &path.2, again).await
    })
    .await
}

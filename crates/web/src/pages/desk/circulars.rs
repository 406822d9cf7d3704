//! Letters to many: which there are; one being written, with how it will read in each language, whom it would go to and who
//! is left out and why; sent once, and how far its letters are.

use access_rules::Act;
use actix_kit::{Form, Paging, Query};
use actix_web::web::Path;
use kernel::{Coded as _, Fault, Language};
use mail::{editing::Preview, model::LetterState};
use programme::{
    model::{Edition, Room, SessionKind, SessionState, Track},
    rooms, tracks,
};
use registration::{
    categories,
    circulars::{self, CircularInput, SendInput},
    model::{Category, Circular, CircularPurpose, CircularState, NotWritten, RegistrationState, SegmentOf},
    segments::{self, Recipient, Segment},
};
use std::collections::BTreeMap;

use super::{
    Again, AsWritten, DeskPage, Sheet, Table, after, anchor, audit::moment, button, gate, id_of, pager,
    plain, state, write_in,
};
use crate::{
    components::{Empty, Facts, Link},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Frame, Page, Visit},
};

/// People named before they are written to.
const SAMPLE: usize = 10;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/{edition}/circulars", Act::ManageOutbox, list),
        get(
            "/{lang}/desk/{edition}/circulars/{id}",
            Act::ManageOutbox,
            circular,
        ),
        post("/{lang}/desk/{edition}/circulars/{id}", Act::ManageOutbox, save),
        post(
            "/{lang}/desk/{edition}/circulars/{id}/send",
            Act::ManageOutbox,
            send,
        ),
        post(
            "/{lang}/desk/{edition}/circulars/{id}/discard",
            Act::ManageOutbox,
            discard,
        ),
    ]
}

/// What a segment is chosen from.
struct Choices {
    categories: Vec<Category>,
    tracks: Vec<Track>,
    rooms: Vec<Room>,
}

/// A letter to many with all that its page says.
struct Shown {
    circular: Circular,
    recipients: Vec<Recipient>,
    progress: BTreeMap<LetterState, i64>,
}

async fn list(visit: Visit, path: Path<(String, String)>, paging: Paging) -> Page {
    let (_, slug) = path.into_inner();
    let (ask, paged) = (paging.0.clone(), paging.0.after.is_some());
    let (frame, found) = visit
        .read_in("desk.circulars", &slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            circulars::list(conn, actor, now, edition.id, &ask)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/circulars"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-circulars"));
    page.links(vec![Link::new(
        format!("{base}/new"),
        voice.t("desk-circular-new"),
    )]);
    if found.items.is_empty() {
        page.put(&Empty::new(
            voice.t("list-empty"),
            voice.t("desk-circulars-none-hint"),
        ));
    } else {
        let keys = [
            "desk-circular-subject",
            "desk-circular-of",
            "desk-circular-state",
            "desk-circular-letters",
            "desk-letter-sent",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for one in &found.items {
            let of = one.segment.0.of.map(|of| voice.code("segment-of", of.code()));
            let sent = one.sent_at.map(|at| moment(&visit, &frame, at));
            table.row([
                anchor(format!("{base}/{}", one.id), one.subject.text(voice.language)),
                plain(of.unwrap_or_default()),
                state(voice, "circular-state", one.state.code()),
                plain(voice.count(one.letters)),
                plain(sent.unwrap_or_default()),
            ]);
        }
        page.put(&table);
    }
    page.put(&pager(&visit, &base, &(), found.next.as_ref(), paged));
    page.answer(&visit, None)
}

async fn circular(visit: Visit, path: Path<(String, String, String)>, query: Query<Segment>) -> Page {
    let (_, slug, id) = path.into_inner();
    show(visit, &slug, &id, query.0, None).await
}

async fn show(visit: Visit, slug: &str, id: &str, asked: Segment, again: Option<Again<'_>>) -> Page {
    let wanted = id.to_owned();
    let (frame, (shown, choices, edition)) = visit
        .read_in("desk.circular", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let choices = Choices {
                categories: categories::all(conn, edition.id)?,
                tracks: tracks::list(conn, edition.id)?,
                rooms: rooms::list(conn, edition.id)?,
            };
            if wanted == "new" {
                // Who may not read any may not begin one.
                circulars::list(conn, actor, now, edition.id, &kernel::PageAsk::of(1))?;
                return Ok((None, choices, edition.clone()));
            }
            let circular = circulars::get(conn, actor, now, id_of(&wanted)?)?;
            if circular.edition != edition.id {
                return Err(Fault::not_found());
            }
            let shown = Shown {
                recipients: match circular.state {
                    CircularState::Draft => circulars::recipients(conn, actor, now, circular.id)?,
                    CircularState::Sent => Vec::new(),
                },
                progress: circulars::progress(conn, actor, now, circular.id)?,
                circular,
            };
            Ok((Some(shown), choices, edition.clone()))
        })
        .await?;
    let voice = &visit.voice;
    let title = match &shown {
        Some(shown) => shown.circular.subject.text(voice.language).to_owned(),
        None => voice.t("desk-circular-new"),
    };
    let mut page = DeskPage::new(&visit, &frame, title);
    let Some(shown) = shown else {
        write(&visit, &mut page, slug, "new", (None, &asked), &choices, again);
        return page.answer(&visit, again);
    };
    page.add(state(voice, "circular-state", shown.circular.state.code()));
    page.put(&facts(&visit, &frame, &shown.circular));
    match shown.circular.state {
        CircularState::Draft => {
            whom(&visit, &mut page, &shown);
            previews(&visit, &mut page, &edition, &shown.circular).map_err(|fault| visit.refused(fault))?;
            steps(&visit, &mut page, slug, &shown);
            page.heading(voice.t("desk-circular-edit"));
            let of = (Some(&shown.circular), &shown.circular.segment.0);
            write(&visit, &mut page, slug, id, of, &choices, again);
        }
        CircularState::Sent => {
            sent(&visit, &mut page, &shown);
            previews(&visit, &mut page, &edition, &shown.circular).map_err(|fault| visit.refused(fault))?;
        }
    }
    page.links(vec![Link::new(
        visit.at(&format!("desk/audit?object={}", shown.circular.id)),
        voice.t("desk-audit-of-this"),
    )]);
    page.answer(&visit, again)
}

fn facts(visit: &Visit, frame: &Frame, circular: &Circular) -> Facts {
    let voice = &visit.voice;
    let of = circular.segment.0.of;
    let facts = [
        (
            "desk-circular-purpose",
            voice.code("circular-purpose", circular.purpose.code()),
        ),
        (
            "desk-circular-of",
            of.map(|of| voice.code("segment-of", of.code()))
                .unwrap_or_default(),
        ),
        (
            "desk-letter-sent",
            circular
                .sent_at
                .map(|at| moment(visit, frame, at))
                .unwrap_or_default(),
        ),
    ];
    let told = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Facts::new(told.map(|(key, value)| (voice.t(key), value)).collect()).lined()
}

/// Whom it would go to, who is left out and why, and the first of them by name.
fn whom(visit: &Visit, page: &mut DeskPage, shown: &Shown) {
    let voice = &visit.voice;
    let written: Vec<&Recipient> = shown
        .recipients
        .iter()
        .filter(|one| one.left_out.is_none())
        .collect();
    page.heading(voice.t("desk-circular-whom"));
    page.say(voice.t1("desk-circular-count", "count", written.len()));
    let mut table = Table::new(["desk-letter-language", "desk-how-many"].map(|key| voice.t(key)));
    for language in Language::ALL {
        let people = written.iter().filter(|one| one.language == *language).count();
        table.row([
            plain(voice.code("language", language.code())),
            plain(voice.count(people)),
        ]);
    }
    page.put(&table);
    if !written.is_empty() {
        let names: Vec<&str> = written.iter().take(SAMPLE).map(|one| one.name.as_str()).collect();
        page.say(voice.t1("desk-circular-sample", "names", names.join(", ")));
    }
    left_out(visit, page, &segments::left_out(&shown.recipients));
}

fn left_out(visit: &Visit, page: &mut DeskPage, counts: &BTreeMap<String, i64>) {
    let voice = &visit.voice;
    if counts.is_empty() {
        page.say(voice.t("desk-circular-left-out-none"));
        return;
    }
    let mut table = Table::new(["desk-circular-left-out", "desk-how-many"].map(|key| voice.t(key)));
    for reason in NotWritten::ALL {
        if let Some(people) = counts.get(reason.code()) {
            table.row([
                plain(voice.code("not-written", reason.code())),
                plain(voice.count(*people)),
            ]);
        }
    }
    page.put(&table);
}

/// How it will read in each language; where it is not written in one, that is said.
fn previews(visit: &Visit, page: &mut DeskPage, edition: &Edition, circular: &Circular) -> Result<(), Fault> {
    let voice = &visit.voice;
    let settings = visit.site().settings();
    for wanted in Language::ALL {
        let name = voice.code("language", wanted.code());
        page.heading(voice.t1("desk-circular-preview", "language", name));
        let (language, words) = circulars::preview(edition, circular, *wanted, "")?;
        if language != *wanted {
            let instead = voice.code("language", language.code());
            page.say(voice.t1("desk-circular-instead", "language", instead));
            continue;
        }
        let preview = Preview::of_words(
            &words.subject,
            &words.body,
            &settings.public_url,
            &settings.site_name,
        );
        page.put(&AsWritten {
            lang: language.code().to_owned(),
            text: format!("{}\n\n{}", preview.subject, preview.text),
        });
    }
    Ok(())
}

/// The buttons that send it and throw it away.
fn steps(visit: &Visit, page: &mut DeskPage, slug: &str, shown: &Shown) {
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/circulars/{}", shown.circular.id));
    let letters = shown
        .recipients
        .iter()
        .filter(|one| one.left_out.is_none())
        .count();
    if letters > 0 {
        let expected = FormView::blank(voice)
            .with("expected", letters.to_string())
            .hidden("expected");
        let sheet =
            Sheet::new(format!("{base}/send"), page.chrome.edits(&shown.circular.version)).and(expected);
        page.put(&sheet.does(voice.t1("desk-circular-send", "count", letters)));
    }
    page.add(button(
        &page.chrome,
        format!("{base}/discard"),
        "desk-circular-discard",
    ));
}

/// What became of it.
fn sent(visit: &Visit, page: &mut DeskPage, shown: &Shown) {
    let voice = &visit.voice;
    page.heading(voice.t("desk-circular-progress"));
    let mut table = Table::new(["desk-letter-state", "desk-how-many"].map(|key| voice.t(key)));
    for (of, letters) in &shown.progress {
        table.row([
            state(voice, "letter-state", of.code()),
            plain(voice.count(*letters)),
        ]);
    }
    page.put(&table);
    left_out(visit, page, &shown.circular.left_out.0);
    page.links(vec![Link::new(
        visit.at(&format!("desk/letters?circular={}", shown.circular.id)),
        voice.t("desk-circular-its-letters"),
    )]);
}

/// The form of its words and of whom it goes to.
fn write(
    visit: &Visit,
    page: &mut DeskPage,
    slug: &str,
    id: &str,
    (circular, segment): (Option<&Circular>, &Segment),
    choices: &Choices,
    again: Option<Again<'_>>,
) {
    let voice = &visit.voice;
    let form = Again::view(again, visit, || {
        let filled = serde_json::json!({
            "purpose": circular.map_or(CircularPurpose::Service, |one| one.purpose),
            "subject": circular.map(|one| one.subject.clone()),
            "body": circular.map(|one| one.body.clone()),
            "segment": segment,
        });
        FormView::filled(voice, &filled)
    })
    .named("desk-circular");
    let sends = match circular {
        Some(one) => page.chrome.edits(&one.version),
        None => page.chrome.sends(),
    };
    let language = voice.language;
    let of_categories = choices
        .categories
        .iter()
        .map(|one| Choice::new(one.id.to_string(), one.title.text(language)));
    let of_tracks = choices
        .tracks
        .iter()
        .map(|one| Choice::new(one.code.clone(), one.title.text(language)));
    let of_rooms = choices
        .rooms
        .iter()
        .map(|one| Choice::new(one.id.to_string(), one.name.text(language)));
    let placed = [
        Choice::new("true", voice.t("yes")),
        Choice::new("false", voice.t("no")),
    ];
    let sheet = Sheet::new(visit.at(&format!("desk/{slug}/circulars/{id}")), sends)
        .and(form.summary())
        .with(
            form.radios(
                "purpose",
                "desk-circular-purpose",
                &Choice::codes::<CircularPurpose>(voice, "circular-purpose"),
            )
            .required(),
        )
        .with(
            form.tongues("subject", "desk-circular-subject")
                .hint("localized-hint")
                .required(),
        )
        .with(
            form.tongues_area("body", "desk-circular-body")
                .hint("desk-letter-words-hint")
                .required(),
        )
        .section(voice.t("desk-circular-whom"))
        .with(
            form.select(
                "segment.of",
                "desk-circular-of",
                &Choice::codes::<SegmentOf>(voice, "segment-of"),
            )
            .required(),
        )
        .section(voice.t("desk-circular-of-registered"))
        .with(
            form.select(
                "segment.state",
                "desk-registration-state",
                &Choice::codes::<RegistrationState>(voice, "registration-state"),
            )
            .hint("desk-circular-state-hint")
            .optional(),
        )
        .with(
            form.select(
                "segment.category",
                "desk-registration-category",
                &of_categories.collect::<Vec<_>>(),
            )
            .optional(),
        )
        .with(
            form.text("segment.country", "desk-circular-country")
                .hint("desk-circular-country-hint")
                .short()
                .optional(),
        )
        .section(voice.t("desk-circular-of-sessions"))
        .with(
            form.select(
                "segment.kind",
                "desk-session-kind",
                &Choice::codes::<SessionKind>(voice, "session-kind"),
            )
            .optional(),
        )
        .with(
            form.select(
                "segment.session_state",
                "desk-session-state",
                &Choice::codes::<SessionState>(voice, "session-state"),
            )
            .optional(),
        )
        .with(
            form.select("segment.room", "filter-room", &of_rooms.collect::<Vec<_>>())
                .optional(),
        )
        .with(form.date("segment.day", "desk-session-day").optional())
        .with(
            form.select("segment.placed", "desk-session-placed", &placed)
                .optional(),
        )
        .with(
            form.text("segment.session", "desk-circular-session")
                .hint("desk-circular-session-hint")
                .optional(),
        )
        .section(voice.t("desk-circular-of-both"))
        .with(
            form.select("segment.track", "filter-track", &of_tracks.collect::<Vec<_>>())
                .optional(),
        )
        .with(form.text("segment.text", "filter-text").optional())
        .and(form.hidden("segment.organisation"))
        .does(voice.t("desk-circular-save"));
    page.put(&sheet);
}

async fn save(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let done = match form.input::<CircularInput>() {
        Ok(input) => {
            let (asked, version) = (id.clone(), form.version());
            write_in(
                &visit,
                "desk.circular.save",
                &slug,
                &form,
                move |conn, actor, now, edition| {
                    let kept = match asked.as_str() {
                        "new" => circulars::create(conn, actor, now, edition.id, &input)?,
                        id => circulars::edit(conn, actor, now, id_of(id)?, version, &input)?,
                    };
                    Ok(format!("circulars/{}", kept.id))
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, &id, Segment::default(), again).await
    })
    .await
}

async fn send(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let done = match form.input::<SendInput>() {
        Ok(input) => {
            let (asked, version) = (id.clone(), form.version());
            write_in(
                &visit,
                "desk.circular.send",
                &slug,
                &form,
                move |conn, actor, now, _| {
                    let sent = circulars::send(conn, actor, now, id_of(&asked)?, version, input)?;
                    Ok(format!("circulars/{}", sent.id))
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    // What was typed is not of the form of its words: it stands there as it is kept.
    let blank = Form::of(Vec::new());
    match done {
        Ok(next) => Ok(visit.go(&next, Some("circular-sent"))),
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            show(visit, &slug, &id, Segment::default(), Again::of(&blank, &fault)).await
        }
    }
}

async fn discard(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let done = write_in(
        &visit,
        "desk.circular.discard",
        &slug,
        &form,
        move |conn, actor, now, _| {
            circulars::discard(conn, actor, now, id_of(&id)?)?;
            Ok("circulars".to_owned())
        },
    )
    .await;
    match done {
        Ok(next) => Ok(visit.go(&next, Some("saved"))),
        Err(fault) => Err(visit.refused(fault)),
    }
}

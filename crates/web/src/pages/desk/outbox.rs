//! The letters as they leave, held back, sent again; and the audit: who did what.

use access_rules::{Act, Object, decide};
use actix_kit::{Form, Paging, Query};
use actix_web::web::Path;
use kernel::{Coded as _, LocalDate, Moment, Zone};
use mail::{
    model::LetterState,
    outbox::{self, Filter},
};
use people::persons;
use records::audit;
use serde::{Deserialize, Serialize};

use super::{AsWritten, DeskPage, Filters, Sheet, Table, anchor, asked_for, id_of, pager, plain, state};
use crate::{
    components::{Empty, Facts},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Frame, Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/letters", Act::ReadOutbox, letters),
        get("/{lang}/desk/letters/{id}", Act::ReadOutbox, letter),
        post("/{lang}/desk/letters/{id}/{what}", Act::ManageOutbox, act),
        get("/{lang}/desk/audit", Act::ReadAudit, entries),
    ]
}

/// A moment in the words of the congress's clock, or of UTC's.
fn moment(visit: &Visit, frame: &Frame, at: Moment) -> String {
    match &frame.edition {
        Some(edition) => visit.voice.moment(edition.zone.local(at)),
        None => at.rfc3339(),
    }
}

/// What a list of letters may be asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    text: Option<String>,
    state: Option<String>,
}

async fn letters(visit: Visit, query: Query<Asked>, paging: Paging) -> Page {
    let (asked, ask) = (query.0, paging.0);
    let paged = ask.after.is_some();
    let filter = Filter {
        state: asked.state.as_deref().and_then(LetterState::from_code),
        text: asked.text.clone(),
        ..Filter::default()
    };
    let (frame, found) = visit
        .read("desk.letters", None, move |conn, actor, now, _| {
            outbox::list(conn, actor, now, &filter, &ask)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at("desk/letters");
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-letters"));
    let form = FormView::filled(voice, &asked);
    let filters = Filters::new(voice, base.clone(), !asked_for(&asked).is_empty())
        .with(form.text("text", "filter-text"))
        .with(form.select(
            "state",
            "desk-letter-state",
            &Choice::codes::<LetterState>(voice, "letter-state"),
        ));
    page.put(&filters);
    if found.items.is_empty() {
        page.put(&Empty::new(voice.t("desk-letters-none"), ""));
    } else {
        let keys = [
            "desk-letter-subject",
            "desk-letter-to",
            "desk-letter-language",
            "desk-letter-state",
            "desk-letter-written",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for letter in &found.items {
            table.row([
                anchor(format!("{base}/{}", letter.id), letter.subject.clone()),
                plain(format!("{} {}", letter.to_name, letter.to_email).trim()),
                plain(voice.code("language", letter.language.code())),
                state(voice, "letter-state", letter.state.code()),
                plain(moment(&visit, &frame, letter.created_at)),
            ]);
        }
        page.put(&table);
    }
    page.put(&pager(&visit, &base, &asked, found.next.as_ref(), paged));
    page.answer(&visit, None)
}

async fn letter(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, id) = path.into_inner();
    let asked = id.clone();
    let (frame, letter) = visit
        .read("desk.letter", None, move |conn, actor, now, _| {
            outbox::get(conn, actor, now, id_of(&asked)?)
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, letter.subject.clone());
    page.add(state(voice, "letter-state", letter.state.code()));
    let facts = vec![
        (
            voice.t("desk-letter-to"),
            format!("{} {}", letter.to_name, letter.to_email)
                .trim()
                .to_owned(),
        ),
        (
            voice.t("desk-letter-language"),
            voice.code("language", letter.language.code()),
        ),
        (
            voice.t("desk-letter-written"),
            moment(&visit, &frame, letter.created_at),
        ),
        (
            voice.t("desk-letter-sent"),
            letter
                .sent_at
                .map(|at| moment(&visit, &frame, at))
                .unwrap_or_default(),
        ),
        (
            voice.t("desk-letter-error"),
            letter.last_error.clone().unwrap_or_default(),
        ),
    ];
    page.put(&Facts::new(facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()).lined());
    page.put(&AsWritten {
        lang: letter.language.code().to_owned(),
        text: letter.shown.clone().unwrap_or_else(|| letter.body.clone()),
    });
    let acts: &[(&str, &str)] = match letter.state {
        LetterState::Waiting => &[("hold", "desk-letter-hold"), ("cancel", "desk-letter-cancel")],
        LetterState::Held => &[
            ("release", "desk-letter-release"),
            ("cancel", "desk-letter-cancel"),
        ],
        LetterState::Sent | LetterState::Failed | LetterState::Cancelled => {
            &[("resend", "desk-letter-resend")]
        }
        LetterState::Sending => &[],
    };
    for (what, key) in acts {
        let sheet = Sheet::new(
            visit.at(&format!("desk/letters/{id}/{what}")),
            page.chrome.sends(),
        )
        .in_a_row();
        page.put(&sheet.does(voice.t(key)));
    }
    page.answer(&visit, None)
}

async fn act(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, id, what) = path.into_inner();
    let done = match what.as_str() {
        "hold" => "held",
        "release" => "let-go",
        "cancel" => "cancelled",
        _ => "resent",
    };
    let run = visit.submit("desk.letter.act", &form, move |conn, actor, now| {
        let letter = id_of(&id)?;
        let mut shown = letter;
        match what.as_str() {
            "hold" => outbox::hold(conn, actor, now, letter)?,
            "release" => outbox::release(conn, actor, now, letter)?,
            "cancel" => outbox::cancel(conn, actor, now, letter)?,
            "resend" => shown = outbox::resend(conn, actor, now, letter)?,
            _ => return Err(kernel::Fault::not_found()),
        }
        Ok(format!("/{lang}/desk/letters/{shown}"))
    });
    match run.await {
        Ok(next) => Ok(visit.go(&next, Some(done))),
        Err(fault) => Err(visit.refused(fault)),
    }
}

/// What the audit may be asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct AskedOfAudit {
    act: Option<String>,
    object_kind: Option<String>,
    object: Option<String>,
    day: Option<String>,
}

async fn entries(visit: Visit, query: Query<AskedOfAudit>, paging: Paging) -> Page {
    let (asked, ask) = (query.0, paging.0);
    let (wanted, paged) = (asked.clone(), ask.after.is_some());
    let (frame, (entries, next, names)) = visit
        .read("desk.audit", None, move |conn, actor, now, edition| {
            decide(actor, Act::ReadAudit, &Object::site(), now).or_fault()?;
            let zone: Option<Zone> = edition.map(|edition| edition.zone).or_else(|| "UTC".parse().ok());
            let midnight = |day: LocalDate| {
                day.at(0, 0)
                    .zip(zone)
                    .and_then(|(at, zone)| at.in_zone(zone).ok())
            };
            let day: Option<LocalDate> = wanted.day.as_deref().and_then(|day| day.parse().ok());
            let filter = audit::Filter {
                act: wanted.act.clone(),
                object_kind: wanted.object_kind.clone(),
                object_id: wanted
                    .object
                    .as_deref()
                    .and_then(|id| id.parse::<access_rules::PersonId>().ok())
                    .map(|id| id.uuid()),
                from: day.and_then(midnight),
                to: day.and_then(|day| midnight(day.plus_days(1))),
                ..audit::Filter::default()
            };
            let found = audit::list(conn, &filter, &ask)?;
            let ids: Vec<access_rules::PersonId> = found
                .items
                .iter()
                .filter_map(|entry| entry.actor)
                .map(|id| kernel::Id::from_uuid(id.uuid()))
                .collect();
            Ok((found.items, found.next, persons::many(conn, &ids)?))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at("desk/audit");
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-audit"));
    let form = FormView::filled(voice, &asked);
    let filters = Filters::new(voice, base.clone(), !asked_for(&asked).is_empty())
        .with(form.text("act", "desk-audit-act"))
        .with(form.text("object_kind", "desk-audit-object-kind"))
        .with(form.text("object", "desk-audit-object"))
        .with(form.date("day", "desk-audit-day"));
    page.put(&filters);
    if entries.is_empty() {
        page.put(&Empty::new(voice.t("list-empty"), ""));
    } else {
        let keys = [
            "desk-audit-at",
            "desk-audit-who",
            "desk-audit-act",
            "desk-audit-object-kind",
            "desk-audit-facts",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for entry in &entries {
            let who = entry
                .actor
                .and_then(|id| names.iter().find(|person| person.id.uuid() == id.uuid()));
            let who = who.map_or_else(
                || plain(voice.t("desk-audit-nobody")),
                |person| anchor(visit.at(&format!("desk/people/{}", person.id)), person.name()),
            );
            let object = entry.object_id.map(|id| id.to_string()).unwrap_or_default();
            table.row([
                plain(moment(&visit, &frame, entry.at)),
                who,
                plain(entry.act.clone()),
                plain(format!("{} {object}", entry.object_kind).trim()),
                plain(entry.facts().to_string()),
            ]);
        }
        page.put(&table);
    }
    page.put(&pager(&visit, &base, &asked, next.as_ref(), paged));
    page.answer(&visit, None)
}

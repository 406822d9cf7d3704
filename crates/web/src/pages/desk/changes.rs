//! Changes that leads ask for in their sessions: those that wait, one of them word by word, and until when leads may ask.

use access_rules::Act;
use actix_kit::{Form, Paging, Query};
use actix_web::web::{Data, Path};
use kernel::Coded as _;
use programme::{
    admission::Admissions,
    change_settling::{self, ChangeDecision},
    change_terms::{self, ChangeTermsInput},
    model::{FieldOutcome, SessionChangeState},
    session_changes::{self, Told},
};
use serde::{Deserialize, Serialize};

use super::{
    Again, DeskPage, Filters, Sheet, Table, Tick, after, anchor, gate, id_of, pager, plain, state, write_in,
};
use crate::{
    components::{
        Empty, Facts, Markup,
        word_diff::{difference, field_name, said_plain},
    },
    forms::{Choice, FormView},
    pages::my_sessions::outcome_code,
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/{edition}/changes", Act::EditSession, list),
        post(
            "/{lang}/desk/{edition}/changes/terms",
            Act::ManageEdition,
            set_terms,
        ),
        get("/{lang}/desk/{edition}/changes/{id}", Act::EditSession, one),
        post("/{lang}/desk/{edition}/changes/{id}", Act::EditSession, settle),
    ]
}

/// What the list may be asked for; what waits, when it is asked for nothing.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    state: Option<String>,
}

async fn list(visit: Visit, path: Path<(String, String)>, query: Query<Asked>, paging: Paging) -> Page {
    let (_, slug) = path.into_inner();
    show_list(visit, &slug, query.0, paging, None).await
}

async fn set_terms(visit: Visit, path: Path<(String, String)>, form: Form, paging: Paging) -> Page {
    let (_, slug) = path.into_inner();
    let done = match form.input::<ChangeTermsInput>() {
        Ok(input) => {
            let version = form.version();
            let run = write_in(
                &visit,
                "change_terms.set",
                &slug,
                &form,
                move |conn, actor, now, edition| {
                    change_terms::set(conn, actor, now, edition.id, &input, version)?;
                    Ok("changes".to_owned())
                },
            );
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_list(visit, &slug, Asked::default(), paging, again).await
    })
    .await
}

async fn show_list(visit: Visit, slug: &str, asked: Asked, paging: Paging, again: Option<Again<'_>>) -> Page {
    let ask = paging.0;
    let paged = ask.after.is_some();
    let wanted = match asked.state.as_deref() {
        None => Some(SessionChangeState::Waiting),
        Some(code) => SessionChangeState::from_code(code),
    };
    let (frame, (found, terms)) = visit
        .read_in("desk.changes", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            Ok((
                session_changes::list(conn, actor, edition.id, wanted, &ask)?,
                change_terms::get(conn, actor, edition.id)?,
            ))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/changes"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-changes"));
    let form = FormView::filled(voice, &asked).with("state", SessionChangeState::Waiting.code());
    let states = Choice::codes::<SessionChangeState>(voice, "change-state");
    page.put(
        &Filters::new(voice, base.clone(), asked.state.is_some()).with(form.select(
            "state",
            "change-state",
            &states,
        )),
    );
    if found.items.is_empty() {
        page.put(&Empty::new(
            voice.t("desk-changes-none"),
            voice.t("desk-changes-none-hint"),
        ));
    } else {
        page.put(&table(voice, &base, &found.items));
    }
    page.put(&pager(&visit, &base, &asked, found.next.as_ref(), paged));
    page.heading(voice.t("desk-change-terms"));
    page.say(voice.t("desk-change-terms-hint"));
    let form = Again::view(again, &visit, || FormView::filled(voice, &terms)).named("desk-change");
    let sheet = Sheet::new(format!("{base}/terms"), page.chrome.edits(&terms.version))
        .and(form.summary())
        .with(form.date("last_day", "desk-change-last-day").optional())
        .with(
            form.text("contact", "desk-change-contact")
                .hint("desk-change-contact-hint")
                .optional(),
        )
        .does(voice.t("save"));
    page.put(&sheet);
    page.answer(&visit, again)
}

fn table(voice: &Voice, base: &str, found: &[Told]) -> Table {
    let keys = [
        "desk-session-title",
        "change-asked-by",
        "change-fields",
        "change-state",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for told in found {
        let title = format!(
            "{} {}",
            told.session.code,
            told.session.title.text(voice.language)
        );
        let fields: Vec<String> = told
            .fields
            .iter()
            .map(|field| field_name(voice, &field.field))
            .collect();
        table.row([
            anchor(format!("{base}/{}", told.change.id), title),
            plain(told.asked_by.clone()),
            plain(fields.join(", ")),
            state(voice, "change-state", told.change.state.code()),
        ]);
    }
    table
}

async fn one(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, id) = path.into_inner();
    show(visit, &slug, &id, None).await
}

async fn settle(
    visit: Visit,
    path: Path<(String, String, String)>,
    form: Form,
    admissions: Data<Admissions>,
) -> Page {
    let (_, slug, id) = path.into_inner();
    let done = match form.input::<ChangeDecision>() {
        Ok(input) => {
            let (change, version) = (id.clone(), form.version());
            let run = write_in(
                &visit,
                "session_change.settle",
                &slug,
                &form,
                move |conn, actor, now, _| {
                    let change = id_of(&change)?;
                    change_settling::settle(conn, actor, now, admissions.get_ref(), change, &input, version)?;
                    Ok(format!("changes/{change}"))
                },
            );
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "change-settled", &form, async |visit, again| {
        show(visit, &slug, &id, again).await
    })
    .await
}

async fn show(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, told) = visit
        .read_in("desk.change", slug, move |conn, actor, now, _| {
            gate(actor, now)?;
            session_changes::get(conn, actor, now, id_of(&asked)?)
        })
        .await?;
    let voice = &visit.voice;
    let title = told.session.title.text(voice.language).to_owned();
    let mut page = DeskPage::new(&visit, &frame, voice.t1("desk-change-in", "title", title));
    page.put(&Facts::new(vec![
        (voice.t("change-asked-by"), told.asked_by.clone()),
        (voice.t("change-note"), told.change.note.clone()),
        (
            voice.t("change-state"),
            voice.code("change-state", told.change.state.code()),
        ),
        (voice.t("change-decided-by"), told.decided_by.clone()),
        (voice.t("change-reason"), told.change.reason.clone()),
    ]));
    let base = visit.at(&format!("desk/{slug}/changes/{id}"));
    if told.change.state == SessionChangeState::Waiting {
        let form = Again::view(again, &visit, || FormView::blank(voice)).named("change");
        let sends = page.chrome.edits(&told.change.version);
        let mut sheet = Sheet::new(base, sends).and(form.summary());
        for part in to_decide(voice, &told, again) {
            sheet = sheet.and(part);
        }
        sheet = sheet
            .with(
                form.area("reason", "change-reason")
                    .hint("desk-change-reason-hint")
                    .optional(),
            )
            .does(voice.t("desk-change-take"));
        page.say(voice.t("desk-change-take-hint"));
        page.put(&sheet);
    } else {
        page.put(&decided(voice, &told));
    }
    let session = visit.at(&format!("desk/{slug}/sessions/{}", told.session.id));
    page.links(vec![crate::components::Link::new(
        session,
        voice.t("desk-change-session"),
    )]);
    page.answer(&visit, again)
}

/// Each field to be taken or left: ticked, unless the session changed there meanwhile or it was left before.
fn to_decide(voice: &Voice, told: &Told, again: Option<Again<'_>>) -> Vec<Markup> {
    let kept = |path: &str| match again {
        Some(again) => again
            .form
            .pairs()
            .iter()
            .any(|(name, value)| name == "accept[]" && value == path),
        None => true,
    };
    let mut parts = Vec::new();
    for field in &told.fields {
        let name = field_name(voice, &field.field);
        if field.is_stale() {
            let now = said_plain(voice, &field.field, &field.now);
            parts.push(Markup::of(&Facts::new(vec![(
                voice.t1("desk-change-stale", "field", name.clone()),
                now,
            )])));
        }
        parts.push(Markup::of(&Tick {
            name: "accept[]",
            value: field.field.clone(),
            label: name,
            ticked: kept(&field.field) && !field.is_stale(),
        }));
        parts.push(difference(voice, &field.field, &field.before, &field.after));
    }
    parts
}

fn decided(voice: &Voice, told: &Told) -> Table {
    let mut table = Table::new(["change-field", "change-what", "change-outcome"].map(|key| voice.t(key)));
    for field in &told.fields {
        let code = match field.outcome {
            FieldOutcome::Waiting => outcome_code(field),
            outcome => outcome.code(),
        };
        table.row([
            plain(field_name(voice, &field.field)),
            difference(voice, &field.field, &field.before, &field.after),
            state(voice, "change-outcome", code),
        ]);
    }
    table
}

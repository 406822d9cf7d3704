//! Releases: what would change, in words; what stands against it; everything or these changes only.

use access_rules::Act;
use actix_kit::Form;
use actix_web::web::{Data, Path};
use kernel::{Coded as _, Fault, Localized};
use programme::{
    admission::Admissions,
    changes::Change,
    editions,
    releases::{self, ReleaseInput},
    sessions,
};
use serde_json::Value;

use super::{
    Again, DeskPage, Sheet, Table, Tick, after, anchor, gate, plain,
    schedule::{Names, conflict_table},
};
use crate::{
    components::{Empty, Link, Markup},
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/{edition}/releases", Act::SeeDesk, list),
        get("/{lang}/desk/{edition}/releases/new", Act::Release, preview),
        post("/{lang}/desk/{edition}/releases", Act::Release, publish),
        post("/{lang}/desk/{edition}/releases/only", Act::Release, publish_only),
    ]
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, releases) = visit
        .read_in("desk.releases", &slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            releases::list(conn, edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-releases"));
    page.links(vec![Link::new(
        visit.at(&format!("desk/{slug}/releases/new")),
        voice.t("desk-release-new"),
    )]);
    if releases.is_empty() {
        page.put(&Empty::new(
            voice.t("desk-releases-none"),
            voice.t("desk-releases-none-hint"),
        ));
    } else {
        let keys = [
            "desk-release-number",
            "desk-release-name",
            "desk-release-at",
            "desk-release-note",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        let zone = frame.edition.as_ref().map(|edition| edition.zone);
        for release in &releases {
            let at = zone
                .map(|zone| voice.moment(zone.local(release.released_at)))
                .unwrap_or_default();
            table.row([
                plain(release.number.to_string()),
                plain(release.name.clone()),
                plain(at),
                plain(release.note.clone()),
            ]);
        }
        page.put(&table);
    }
    page.answer(&visit, None)
}

async fn preview(visit: Visit, path: Path<(String, String)>, admissions: Data<Admissions>) -> Page {
    let (_, slug) = path.into_inner();
    show(visit, &slug, admissions, None).await
}

async fn show(visit: Visit, slug: &str, admissions: Data<Admissions>, again: Option<Again<'_>>) -> Page {
    let (frame, (preview, names)) = visit
        .read_in("desk.release", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let preview = releases::preview(conn, actor, now, admissions.get_ref(), edition.id, None)?;
            let names = Names::of(
                &programme::rooms::list(conn, edition.id)?,
                &sessions::all(conn, edition.id)?,
            );
            Ok((preview, names))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/releases"));
    let mut page = DeskPage::new(
        &visit,
        &frame,
        voice.t1("desk-release-title", "number", preview.number),
    );
    if preview.changes.is_empty() {
        page.put(&Empty::new(
            voice.t("desk-release-unchanged"),
            voice.t("desk-release-unchanged-hint"),
        ));
        return page.answer(&visit, again);
    }
    if !preview.refusals.is_empty() {
        page.heading(voice.t("desk-release-refusals"));
        let mut table = Table::new(["desk-session-title", "desk-release-why"].map(|key| voice.t(key)));
        for refusal in &preview.refusals {
            let mut why = vec![visit.says(&Fault::new(kernel::Kind::Invalid, refusal.reason))];
            why.extend(refusal.fields.iter().map(|field| {
                actix_kit::problem::sentence(visit.site().words(), voice.language, field.code, &field.facts)
            }));
            let href = visit.at(&format!("desk/{slug}/sessions/{}", refusal.session));
            table.row([
                anchor(href, names.title(&visit, refusal.session)),
                plain(why.join(" ")),
            ]);
        }
        page.put(&table);
    }
    if !preview.conflicts.is_empty() {
        page.heading(voice.t("desk-release-conflicts"));
        let back = format!("{base}/new");
        page.put(&conflict_table(
            &visit,
            &page.chrome,
            slug,
            &names,
            &preview.conflicts,
            &back,
        ));
    }
    page.heading(voice.t1("desk-release-changes", "count", preview.changes.len()));
    let ticked: Vec<String> = again
        .map(|again| again.form.all("only[]").map(str::to_owned).collect())
        .unwrap_or_default();
    let mut seen = Vec::new();
    let mut table =
        Table::new(["desk-session-title", "desk-change", "desk-change-words"].map(|key| voice.t(key)));
    for change in &preview.changes {
        let title = format!("{} {}", change.code, change.title.text(voice.language));
        let name = if seen.contains(&change.session) {
            plain(title.trim())
        } else {
            seen.push(change.session);
            let value = change.session.to_string();
            Markup::of(&Tick {
                name: "only[]",
                ticked: ticked.contains(&value),
                value,
                label: title.trim().to_owned(),
            })
        };
        table.row([
            name,
            plain(voice.code("desk-change", change.kind.code())),
            plain(change_words(voice, change)),
        ]);
    }
    let form = Again::view(again, &visit, || FormView::blank(voice))
        .with("draft", preview.draft.to_string())
        .named("desk-release");
    let sheet = Sheet::new(base.clone(), page.chrome.sends())
        .and(form.summary())
        .with(table)
        .and(form.hidden("draft"))
        .with(
            form.text("name", "desk-release-name")
                .hint("desk-release-name-hint")
                .optional(),
        )
        .with(form.area("note", "desk-release-note").optional())
        .with(super::Paragraph {
            text: voice.t("desk-release-told"),
        })
        .does(voice.t("desk-release-all"))
        .or_does(format!("{base}/only"), voice.t("desk-release-only"));
    page.put(&sheet);
    page.answer(&visit, again)
}

fn change_words(voice: &Voice, change: &Change) -> String {
    let (was, is) = (in_words(voice, &change.was), in_words(voice, &change.is));
    match (was.is_empty(), is.is_empty()) {
        (false, false) => voice.t2("desk-change-from-to", "was", was, "is", is),
        _ => is,
    }
}

fn in_words(voice: &Voice, value: &Value) -> String {
    match value {
        Value::String(text) => text.parse().map_or_else(|_| text.clone(), |at| voice.moment(at)),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items
            .iter()
            .map(|item| in_words(voice, item))
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        Value::Object(fields) => match serde_json::from_value::<Localized>(value.clone()) {
            Ok(text) if fields.keys().any(|key| key.len() == 2) => text.text(voice.language).to_owned(),
            _ => fields
                .values()
                .map(|field| in_words(voice, field))
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
        },
        Value::Null | Value::Bool(_) => String::new(),
    }
}

async fn publish(
    visit: Visit,
    path: Path<(String, String)>,
    form: Form,
    admissions: Data<Admissions>,
) -> Page {
    release(visit, path, form, admissions, false).await
}

async fn publish_only(
    visit: Visit,
    path: Path<(String, String)>,
    form: Form,
    admissions: Data<Admissions>,
) -> Page {
    release(visit, path, form, admissions, true).await
}

async fn release(
    visit: Visit,
    path: Path<(String, String)>,
    form: Form,
    admissions: Data<Admissions>,
    only: bool,
) -> Page {
    let (lang, slug) = path.into_inner();
    let done = match form.input::<ReleaseInput>() {
        Ok(input) if only && input.only.as_ref().is_none_or(Vec::is_empty) => {
            Err(Fault::field("only", "required"))
        }
        Ok(input) => {
            let input = ReleaseInput {
                only: input.only.filter(|_| only),
                ..input
            };
            let (of, tracks) = (slug.clone(), admissions.clone());
            let run = visit.submit("desk.release.publish", &form, move |conn, actor, now| {
                let edition = editions::by_slug(conn, actor, &of)?;
                releases::publish(conn, actor, now, tracks.get_ref(), edition.id, &input)?;
                Ok(format!("/{lang}/desk/{of}/releases"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "released", &form, async |visit, again| {
        show(visit, &slug, admissions, again).await
    })
    .await
}

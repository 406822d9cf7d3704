//! Registrations: the list with its filters, the same for spreadsheets, and the decision on one.

use access_rules::{Act, Object, decide};
use actix_kit::{Form, Paging, Query, paper};
use actix_web::web::Path;
use db::Conn;
use kernel::{Coded as _, Fault};
use members::organisations;
use people::persons;
use records::sheets::Format;
use registration::{
    categories,
    lists::{self, Filter},
    model::{Category, Registration, RegistrationState},
    registrations::{self, DecisionInput},
};
use serde::{Deserialize, Serialize};

use super::{
    Again, DeskPage, Filters, Sheet, Table, after, anchor, asked_for, gate, id_of,
    many_decisions::{Choosing, Tick},
    pager, plain, state,
};
use crate::{
    components::{Empty, Facts, Link, Markup},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get(
            "/{lang}/desk/{edition}/registrations",
            Act::DecideRegistration,
            list,
        ),
        get(
            "/{lang}/desk/{edition}/registrations.csv",
            Act::DecideRegistration,
            csv,
        ),
        get(
            "/{lang}/desk/{edition}/registrations.xlsx",
            Act::DecideRegistration,
            xlsx,
        ),
        get(
            "/{lang}/desk/{edition}/registrations.json",
            Act::DecideRegistration,
            json,
        ),
        get(
            "/{lang}/desk/{edition}/registrations/{id}",
            Act::DecideRegistration,
            registration,
        ),
        post(
            "/{lang}/desk/{edition}/registrations/{id}",
            Act::DecideRegistration,
            settle,
        ),
    ]
}

/// What a list of registrations may be asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    text: Option<String>,
    state: Option<String>,
    category: Option<String>,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            state: self.state.as_deref().and_then(RegistrationState::from_code),
            category: self.category.as_deref().and_then(|id| id.parse().ok()),
            text: self.text.clone(),
            ..Filter::default()
        }
    }
}

/// A registration with the names a reader needs.
struct Named {
    row: Registration,
    name: String,
    organisation: String,
}

fn named(conn: &mut Conn, rows: Vec<Registration>) -> Result<Vec<Named>, Fault> {
    let ids: Vec<_> = rows.iter().map(|row| row.person).collect();
    let of: Vec<_> = rows.iter().filter_map(|row| row.organisation).collect();
    let (people, organisations) = (persons::many(conn, &ids)?, organisations::many(conn, &of)?);
    let name = |row: &Registration| {
        people
            .iter()
            .find(|person| person.id == row.person)
            .map(|person| person.name())
    };
    let organisation = |row: &Registration| {
        organisations
            .iter()
            .find(|one| Some(one.id) == row.organisation)
            .map(|one| one.name.clone())
    };
    Ok(rows
        .into_iter()
        .map(|row| Named {
            name: name(&row).unwrap_or_default(),
            organisation: organisation(&row).unwrap_or_default(),
            row,
        })
        .collect())
}

fn category_of(voice: &Voice, all: &[Category], row: &Registration) -> String {
    let category = all.iter().find(|category| Some(category.id) == row.category);
    category
        .map(|category| category.title.text(voice.language).to_owned())
        .unwrap_or_default()
}

async fn list(visit: Visit, path: Path<(String, String)>, query: Query<Asked>, paging: Paging) -> Page {
    let (_, slug) = path.into_inner();
    let (asked, ask) = (query.0, paging.0);
    let (filter, paged) = (asked.filter(), ask.after.is_some());
    let (frame, (all, rows, next, counts)) = visit
        .read_in("desk.registrations", &slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let found = lists::list(conn, actor, now, edition.id, &filter, &ask)?;
            let counts = lists::counts(conn, actor, now, edition.id)?;
            Ok((
                categories::all(conn, edition.id)?,
                named(conn, found.items)?,
                found.next,
                counts,
            ))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/registrations"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-registrations"));
    let told: Vec<String> = counts
        .iter()
        .map(|(state, count)| {
            format!(
                "{}: {}",
                voice.code("registration-state", state.code()),
                voice.count(*count)
            )
        })
        .collect();
    if !told.is_empty() {
        page.lead(told.join(" · "));
    }
    let query = asked_for(&asked);
    let mut links = super::files(voice, &base, &query);
    links.push(Link::new(format!("{base}/decided"), voice.t("desk-many-log")));
    if decide(
        &frame.actor,
        Act::ManageOutbox,
        &Object::site(),
        visit.caller.now(),
    )
    .allows()
    {
        let kept = ["of=registered".to_owned()].into_iter().chain(query.clone());
        let address = format!("desk/{slug}/circulars/new?{}", kept.collect::<Vec<_>>().join("&"));
        links.push(Link::new(visit.at(&address), voice.t("desk-write-to-these")));
    }
    page.links(links);
    let form = FormView::filled(voice, &asked);
    let of: Vec<Choice> = all
        .iter()
        .map(|category| Choice::new(category.id.to_string(), category.title.text(voice.language)))
        .collect();
    let filters = Filters::new(voice, base.clone(), !query.is_empty())
        .with(form.text("text", "filter-text"))
        .with(form.select(
            "state",
            "desk-registration-state",
            &Choice::codes::<RegistrationState>(voice, "registration-state"),
        ))
        .with(form.select("category", "desk-registration-category", &of));
    page.put(&filters);
    if rows.is_empty() {
        let key = if query.is_empty() {
            "list-empty"
        } else {
            "list-empty-filtered"
        };
        page.put(&Empty::new(voice.t(key), ""));
    } else {
        let keys = [
            "desk-registration-name",
            "desk-registration-organisation",
            "desk-registration-category",
            "desk-registration-state",
            "desk-registration-number",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for one in &rows {
            table.row([
                Markup::of(&Tick {
                    id: one.row.id.to_string(),
                    label: voice.t1("desk-many-choose", "name", one.name.clone()),
                    link: anchor(format!("{base}/{}", one.row.id), one.name.clone()),
                }),
                plain(one.organisation.clone()),
                plain(category_of(voice, &all, &one.row)),
                state(voice, "registration-state", one.row.state.code()),
                plain(one.row.number.clone().unwrap_or_default()),
            ]);
        }
        page.put(&table);
        let kept = FormView::filled(voice, &asked);
        let fields = ["text", "state", "category"].map(|name| (name.to_owned(), kept.value(name).to_owned()));
        page.put(&Choosing {
            action: format!("{base}/decisions"),
            kept: fields
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect(),
            ticked: voice.t("desk-many-ticked"),
            all: voice.t("desk-many-all"),
        });
    }
    page.put(&pager(&visit, &base, &asked, next.as_ref(), paged));
    page.answer(&visit, None)
}

async fn csv(visit: Visit, path: Path<(String, String)>, query: Query<Asked>) -> Page {
    file(&visit, &path.1, &query.0, Format::Csv).await
}

async fn xlsx(visit: Visit, path: Path<(String, String)>, query: Query<Asked>) -> Page {
    file(&visit, &path.1, &query.0, Format::Xlsx).await
}

async fn json(visit: Visit, path: Path<(String, String)>, query: Query<Asked>) -> Page {
    file(&visit, &path.1, &query.0, Format::Json).await
}

async fn file(visit: &Visit, slug: &str, asked: &Asked, format: Format) -> Page {
    let filter = asked.filter();
    let (_, file) = visit
        .read_in(
            "desk.registrations.file",
            slug,
            move |conn, actor, now, edition| {
                gate(actor, now)?;
                lists::sheet(conn, actor, now, edition.id, &filter)?.render(format)
            },
        )
        .await?;
    Ok(paper::sheet("registrations", format, file))
}

async fn registration(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, id) = path.into_inner();
    show(visit, &slug, &id, None).await
}

async fn show(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, (all, one)) = visit
        .read_in("desk.registration", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let row = registrations::get(conn, actor, now, id_of(&asked)?)?;
            let mut rows = named(conn, vec![row])?;
            Ok((
                categories::all(conn, edition.id)?,
                rows.pop().ok_or_else(Fault::not_found)?,
            ))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, one.name.clone());
    let facts = vec![
        (
            voice.t("desk-registration-state"),
            voice.code("registration-state", one.row.state.code()),
        ),
        (
            voice.t("desk-registration-number"),
            one.row.number.clone().unwrap_or_default(),
        ),
        (voice.t("desk-registration-email"), one.row.email.to_string()),
        (
            voice.t("desk-registration-organisation"),
            one.organisation.clone(),
        ),
        (
            voice.t("desk-registration-position"),
            one.row.position_title.clone(),
        ),
        (
            voice.t("desk-registration-category"),
            category_of(voice, &all, &one.row),
        ),
        (voice.t("desk-registration-reason"), one.row.reason.clone()),
    ];
    page.put(&Facts::new(facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()).lined());
    page.links(vec![Link::new(
        visit.at(&format!("desk/people/{}", one.row.person)),
        voice.t("desk-registration-person"),
    )]);
    let action = visit.at(&format!("desk/{slug}/registrations/{id}"));
    if one.row.state == RegistrationState::PendingReview {
        let form = Again::view(again, &visit, || FormView::blank(voice)).named("desk-registration");
        let yes = FormView::blank(voice).with("accept", "true").hidden("accept");
        page.heading(voice.t("desk-registration-decide"));
        page.put(
            &Sheet::new(action.clone(), page.chrome.edits(&one.row.version))
                .and(yes)
                .does(voice.t("desk-registration-accept")),
        );
        let sheet = Sheet::new(action, page.chrome.edits(&one.row.version)).and(form.summary());
        page.put(
            &sheet
                .with(
                    form.area("reason", "desk-registration-reason")
                        .hint("desk-registration-reason-hint")
                        .required(),
                )
                .does(voice.t("desk-registration-refuse")),
        );
    }
    page.answer(&visit, again)
}

async fn settle(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, slug, id) = path.into_inner();
    let done = match form.input::<DecisionInput>() {
        Ok(input) => {
            let (of, id, version) = (slug.clone(), id.clone(), form.version());
            let run = visit.submit("desk.registration.decide", &form, move |conn, actor, now| {
                registrations::decide(conn, actor, now, id_of(&id)?, version, &input)?;
                Ok(format!("/{lang}/desk/{of}/registrations/{id}"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "decided", &form, async |visit, again| {
        show(visit, &slug, &id, again).await
    })
    .await
}

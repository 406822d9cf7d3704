//! Deciding on many registrations: the ticked ones of a list, or all it holds. A page says first what would be done and what
//! is left as it is, and why; then it is done as one act, and a page says what became of each.

use access_rules::Act;
use actix_kit::{Form, Paging, Query};
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault};
use members::organisations;
use people::persons;
use registration::{
    many_decisions::{self, Considered, ManyInput, Tally},
    model::{LeftBecause, ManyDecision, Registration, RegistrationState},
};

use super::{
    Again, DeskPage, Sheet, Table, after, anchor, audit::moment, gate, id_of, pager, plain, state, together,
    write_in,
};
use crate::{
    components::{Empty, Facts, Link, Markup},
    forms::FormView,
    table::{Line, get, post},
    visit::{Frame, Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let path = "/{lang}/desk/{edition}/registrations/decisions";
    vec![
        get(path, Act::DecideRegistration, ask),
        post(path, Act::DecideRegistration, decide),
        get(
            "/{lang}/desk/{edition}/registrations/decided",
            Act::DecideRegistration,
            log,
        ),
        get(
            "/{lang}/desk/{edition}/registrations/decided/{id}",
            Act::DecideRegistration,
            outcomes,
        ),
    ]
}

/// The box to tick beside a name, of the form [`Choosing`] further down.
#[derive(Template)]
#[template(path = "pages/desk/tick.html")]
pub(super) struct Tick {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) link: Markup,
}

/// What is done with what was ticked.
#[derive(Template)]
#[template(path = "pages/desk/choosing.html")]
pub(super) struct Choosing {
    pub(super) action: String,
    pub(super) kept: Vec<(String, String)>,
    pub(super) ticked: String,
    pub(super) all: String,
}

/// What a form carries unseen.
#[derive(Template)]
#[template(path = "pages/desk/carried.html")]
struct Carried {
    fields: Vec<(String, String)>,
}

/// What a registration is told by: its person's name and its organisation's.
struct Names {
    person: String,
    organisation: String,
}

fn names(conn: &mut Conn, rows: &[&Registration]) -> Result<Vec<Names>, Fault> {
    let ids: Vec<_> = rows.iter().map(|row| row.person).collect();
    let of: Vec<_> = rows.iter().filter_map(|row| row.organisation).collect();
    let people: std::collections::BTreeMap<_, _> = persons::many(conn, &ids)?
        .into_iter()
        .map(|person| (person.id, person.name()))
        .collect();
    let organisations: std::collections::BTreeMap<_, _> = organisations::many(conn, &of)?
        .into_iter()
        .map(|one| (one.id, one.name))
        .collect();
    let names = rows.iter().map(|row| Names {
        person: people.get(&row.person).cloned().unwrap_or_default(),
        organisation: row
            .organisation
            .and_then(|id| organisations.get(&id).cloned())
            .unwrap_or_default(),
    });
    Ok(names.collect())
}

async fn ask(visit: Visit, path: Path<(String, String)>, query: Query<ManyInput>) -> Page {
    show(visit, &path.1, query.0, None).await
}

/// What would be done by accepting them, and by refusing them.
async fn show(visit: Visit, slug: &str, asked: ManyInput, again: Option<Again<'_>>) -> Page {
    let input = asked.clone();
    let (frame, (accepted, refused, names)) = visit
        .read_in("desk.decisions", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let mut consider = |accept| {
                let input = ManyInput {
                    accept,
                    ..input.clone()
                };
                many_decisions::consider(conn, actor, now, edition.id, &input)
            };
            let (accepted, refused) = (consider(true)?, consider(false)?);
            let rows: Vec<&Registration> = accepted.iter().map(|one| &one.registration).collect();
            let names = names(conn, &rows)?;
            Ok((accepted, refused, names))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-many-title"));
    if accepted.is_empty() {
        page.put(&Empty::new(voice.t("desk-many-none"), ""));
        return page.answer(&visit, again);
    }
    page.lead(voice.t1("desk-many-chosen", "count", accepted.len()));
    for (accept, considered) in [(true, &accepted), (false, &refused)] {
        let tally = Tally::of(considered.iter().map(|one| one.left));
        page.heading(voice.t(if accept {
            "desk-many-accept-title"
        } else {
            "desk-many-refuse-title"
        }));
        page.say(told(voice, accept, &tally));
        if tally.changed > 0 {
            form(&visit, &mut page, slug, &asked, (accept, considered), again);
        }
    }
    page.heading(voice.t("desk-many-each"));
    page.put(&each(&visit, slug, (&accepted, &refused), &names));
    page.answer(&visit, again)
}

/// `180 are accepted · 30: decided this way already · 4: no place left in the category`.
fn told(voice: &Voice, accept: bool, tally: &Tally) -> String {
    let key = if accept {
        "desk-many-accepts"
    } else {
        "desk-many-refuses"
    };
    let left = tally.left.iter().map(|(why, count)| {
        voice.t2(
            "desk-many-left",
            "count",
            *count,
            "why",
            voice.code("left-because", why.code()),
        )
    });
    let all: Vec<String> = [voice.t1(key, "count", tally.changed)]
        .into_iter()
        .chain(left)
        .collect();
    all.join(" · ")
}

fn form(
    visit: &Visit,
    page: &mut DeskPage,
    slug: &str,
    asked: &ManyInput,
    (accept, considered): (bool, &[Considered]),
    again: Option<Again<'_>>,
) {
    let voice = &visit.voice;
    let action = visit.at(&format!("desk/{slug}/registrations/decisions"));
    let mut fields = fields(asked);
    fields.push(("accept".to_owned(), accept.to_string()));
    fields.push(("seen".to_owned(), many_decisions::seen(considered)));
    let changes = considered.iter().filter(|one| one.left.is_none()).count();
    let carried = Markup::of(&Carried { fields });
    if accept {
        let sheet = Sheet::new(action, page.chrome.sends()).and(carried);
        page.put(&sheet.does(voice.t1("desk-many-accept", "count", changes)));
        return;
    }
    let form = Again::view(again, visit, || FormView::blank(voice)).named("desk-registration");
    let refusing = Sheet::new(action, page.chrome.sends())
        .and(form.summary())
        .and(carried);
    page.put(
        &refusing
            .with(
                form.area("reason", "desk-registration-reason")
                    .hint("desk-registration-reason-hint")
                    .required(),
            )
            .does(voice.t1("desk-many-refuse", "count", changes)),
    );
}

/// What was chosen, as a form carries it on.
fn fields(asked: &ManyInput) -> Vec<(String, String)> {
    if !asked.all {
        let ids = asked.ids.iter().map(|id| ("ids[]".to_owned(), id.to_string()));
        return ids.collect();
    }
    let filter = [
        ("state", asked.state.map(|state| state.code().to_owned())),
        ("category", asked.category.map(|id| id.to_string())),
        ("text", asked.text.clone()),
    ];
    let kept = filter
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    kept.chain([("all".to_owned(), "true".to_owned())]).collect()
}

/// Each of them, with what accepting and refusing would do to it.
fn each(visit: &Visit, slug: &str, both: (&[Considered], &[Considered]), names: &[Names]) -> Table {
    let voice = &visit.voice;
    let keys = [
        "desk-registration-name",
        "desk-registration-organisation",
        "desk-registration-state",
        "desk-many-accept-title",
        "desk-many-refuse-title",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    let would = |left: Option<LeftBecause>| match left {
        None => plain(voice.t("yes")),
        Some(why) => plain(voice.code("left-because", why.code())),
    };
    for ((accepted, refused), name) in both.0.iter().zip(both.1).zip(names) {
        table.row([
            named(visit, slug, &accepted.registration, &name.person),
            plain(name.organisation.clone()),
            state(voice, "registration-state", accepted.before.code()),
            would(accepted.left),
            would(refused.left),
        ]);
    }
    table
}

fn named(visit: &Visit, slug: &str, registration: &Registration, name: &str) -> Markup {
    let address = visit.at(&format!("desk/{slug}/registrations/{}", registration.id));
    anchor(address, name)
}

async fn decide(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let input = form.input::<ManyInput>();
    let asked = input.clone().unwrap_or_default();
    let done = match input {
        Ok(input) => {
            write_in(
                &visit,
                "desk.decisions",
                &slug,
                &form,
                move |conn, actor, now, edition| {
                    let (act, _) = many_decisions::decide(conn, actor, now, edition.id, &input)?;
                    Ok(format!("registrations/decided/{}", act.id))
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "decided-many", &form, async |visit, again| {
        show(visit, &slug, asked, again).await
    })
    .await
}

/// Who decided on many, and when.
async fn log(visit: Visit, path: Path<(String, String)>, paging: Paging) -> Page {
    let (_, slug) = path.into_inner();
    let (ask, paged) = (paging.0.clone(), paging.0.after.is_some());
    let (frame, (found, people)) = visit
        .read_in("desk.decided", &slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let found = many_decisions::list(conn, actor, now, edition.id, &ask)?;
            let ids: Vec<_> = found.items.iter().filter_map(|act| act.decided_by).collect();
            let people = persons::many(conn, &ids)?;
            Ok((found, people))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-many-log"));
    let base = visit.at(&format!("desk/{slug}/registrations/decided"));
    if found.items.is_empty() {
        page.put(&Empty::new(voice.t("list-empty"), ""));
    } else {
        let keys = [
            "desk-audit-at",
            "desk-audit-who",
            "desk-many-done",
            "desk-many-not",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for act in &found.items {
            let who = people.iter().find(|person| Some(person.id) == act.decided_by);
            table.row([
                anchor(
                    format!("{base}/{}", act.id),
                    moment(&visit, &frame, act.decided_at),
                ),
                plain(who.map(|person| person.name()).unwrap_or_default()),
                plain(done(voice, act)),
                plain(voice.count(act.unchanged)),
            ]);
        }
        page.put(&table);
    }
    page.put(&pager(&visit, &base, &(), found.next.as_ref(), paged));
    page.answer(&visit, None)
}

fn done(voice: &Voice, act: &ManyDecision) -> String {
    let key = if act.accept {
        "desk-many-accepts"
    } else {
        "desk-many-refuses"
    };
    voice.t1(key, "count", act.changed)
}

/// What became of each.
async fn outcomes(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, id) = path.into_inner();
    let (frame, (act, rows, names, who)) = visit
        .read_in("desk.decided.one", &slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let (act, rows) = many_decisions::outcomes(conn, actor, now, edition.id, id_of(&id)?)?;
            let registrations: Vec<&Registration> = rows.iter().map(|(_, row)| row).collect();
            let names = names(conn, &registrations)?;
            let who = match act.decided_by {
                Some(person) => persons::find(conn, person)?.map(|person| person.name()),
                None => None,
            };
            Ok((act, rows, names, who))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-many-log"));
    let tally = Tally::of(rows.iter().map(|(outcome, _)| outcome.left_because));
    page.lead(told(voice, act.accept, &tally));
    page.put(&facts(&visit, &frame, &act, who));
    let keys = [
        "desk-registration-name",
        "desk-registration-organisation",
        "desk-many-before",
        "desk-many-after",
        "desk-many-why",
        "desk-nav-audit",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    let of = |state_of: RegistrationState| state(voice, "registration-state", state_of.code());
    for ((outcome, registration), name) in rows.iter().zip(&names) {
        let why = outcome
            .left_because
            .map(|why| voice.code("left-because", why.code()));
        table.row([
            named(&visit, &slug, registration, &name.person),
            plain(name.organisation.clone()),
            of(outcome.state_before),
            of(outcome.state_after),
            plain(why.unwrap_or_default()),
            together([anchor(
                visit.at(&format!("desk/audit?object={}", registration.id)),
                voice.t("desk-audit-of-this"),
            )]),
        ]);
    }
    page.put(&table);
    page.links(vec![
        Link::new(
            visit.at(&format!("desk/audit?object={}", act.id)),
            voice.t("desk-audit-of-this"),
        ),
        Link::new(
            visit.at(&format!("desk/{slug}/registrations")),
            voice.t("desk-nav-registrations"),
        ),
    ]);
    page.answer(&visit, None)
}

fn facts(visit: &Visit, frame: &Frame, act: &ManyDecision, who: Option<String>) -> Facts {
    let voice = &visit.voice;
    let chosen = &act.chosen.0;
    let by = match chosen["by"].as_str() {
        Some("filter") => {
            let state = chosen["state"]
                .as_str()
                .map(|code| voice.code("registration-state", code));
            voice.t1(
                "desk-many-by-filter",
                "state",
                state.unwrap_or_else(|| voice.t("desk-many-any-state")),
            )
        }
        _ => voice.t("desk-many-by-ticks"),
    };
    let facts = [
        ("desk-audit-at", moment(visit, frame, act.decided_at)),
        ("desk-audit-who", who.unwrap_or_default()),
        ("desk-many-how", by),
        ("desk-registration-reason", act.reason.clone()),
    ];
    let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Facts::new(said.map(|(key, value)| (voice.t(key), value)).collect()).lined()
}

//! The World Assembly, for everybody who knows of it: how far it is, who convoked it and with whose consent, its agenda with
//! what became of each item, and, for whom their network endorsed, the say in consensus. Who runs it has a desk of its own:
//! [`super::assembly_chair`]. It is not the General Assembly, and the page says so.

use access_rules::{Act, Actor, OrganisationId, SessionId};
use actix_kit::{Form, Query};
use actix_web::web::Path;
use assembly::{
    agenda::{self, AssemblyItemView},
    consensus::{self, ObjectionInput, QuestionView},
    convocation::{self, ConsentInput, ConsentView},
    endorsements::{self, EndorsementAnswerInput, EndorsementInput, EndorsementView},
    model::world::{AssemblyState, EndorsementState, NetworkAnswer, QuestionState},
    world_assembly::{self, WorldAssemblyView},
};
use db::Conn;
use kernel::{Coded as _, Fault, Kind, Moment};
use members::{model::RelationKind, organisations, relations};
use programme::{editions, model::Edition};
use serde::Deserialize;

use super::{
    desk::{Again, Sheet, Table, after, anchor, button, id_of, plain, state, together},
    parts::PartsPage,
};
use crate::{
    components::{Empty, Facts, Link, Markup, Notice, Weight},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Frame, Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let at = Act::MindOrganisation;
    vec![
        get("/{lang}/{edition}/world-assembly", Act::Read, page),
        post("/{lang}/{edition}/world-assembly/endorsement", Act::MindOwn, ask),
        post(
            "/{lang}/{edition}/world-assembly/questions/{question}/objections",
            Act::Vote,
            object,
        ),
        post(
            "/{lang}/{edition}/world-assembly/objections/{objection}/withdraw",
            Act::Vote,
            withdraw,
        ),
        get("/{lang}/{edition}/world-assembly/networks/{network}", at, network),
        post(
            "/{lang}/{edition}/world-assembly/networks/{network}/consent",
            at,
            consent,
        ),
        post(
            "/{lang}/{edition}/world-assembly/networks/{network}/endorsements/{endorsement}",
            at,
            answer,
        ),
    ]
}

/// The World Assembly of an edition, for who may know of it.
///
/// # Errors
/// 404.
pub fn of(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
) -> Result<WorldAssemblyView, Fault> {
    let session = world_assembly::of_edition(conn, edition.id)?.ok_or_else(Fault::not_found)?;
    world_assembly::show(conn, actor, now, session.id)
}

/// What the page shows.
struct Known {
    view: WorldAssemblyView,
    consents: Vec<ConsentView>,
    items: Vec<AssemblyItemView>,
    questions: Vec<QuestionView>,
    mine: Option<EndorsementView>,
    /// The networks that could endorse.
    networks: Vec<(OrganisationId, String)>,
    /// Those the reader is focal point of.
    own: Vec<(OrganisationId, String)>,
}

fn find(conn: &mut Conn, actor: &Actor, now: Moment, edition: &Edition) -> Result<Known, Fault> {
    let view = of(conn, actor, now, edition)?;
    let session = view.assembly.session;
    let networks = networks(conn, now)?;
    let focal: Vec<OrganisationId> = actor.focal_point_of().collect();
    Ok(Known {
        consents: unless_hidden(convocation::consents(conn, actor, now, session))?,
        items: unless_hidden(agenda::list(conn, actor, now, session))?,
        questions: unless_hidden(consensus::list(conn, actor, now, session))?,
        mine: match actor.person {
            Some(_) => endorsements::mine(conn, actor, edition.id)?,
            None => None,
        },
        own: networks
            .iter()
            .filter(|(id, _)| focal.contains(id))
            .cloned()
            .collect(),
        networks,
        view,
    })
}

/// What one may not read is no part of the page.
fn unless_hidden<T: Default>(found: Result<T, Fault>) -> Result<T, Fault> {
    match found {
        Err(fault) if matches!(fault.kind, Kind::NotFound | Kind::Forbidden | Kind::SignInNeeded) => {
            Ok(T::default())
        }
        found => found,
    }
}

/// The networks of the Global Taskforce.
fn networks(conn: &mut Conn, now: Moment) -> Result<Vec<(OrganisationId, String)>, Fault> {
    let ids = relations::of_kind(conn, RelationKind::GtfNetwork, now)?;
    let mut found: Vec<(OrganisationId, String)> = organisations::many(conn, &ids)?
        .into_iter()
        .map(|own| (own.id, own.name))
        .collect();
    found.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(found)
}

async fn page(visit: Visit, path: Path<(String, String)>) -> Page {
    show(visit, &path.1, None).await
}

async fn show(visit: Visit, slug: &str, again: Option<Again<'_>>) -> Page {
    let (frame, known) = visit
        .read_in("world_assembly", slug, |conn, actor, now, edition| {
            match find(conn, actor, now, edition) {
                Err(fault) if fault.kind == Kind::NotFound => Ok(None),
                found => found.map(Some),
            }
        })
        .await?;
    let voice = &visit.voice;
    let Some(known) = known else {
        let mut page = PartsPage::own(&visit, &frame, voice.t("wa-none-title")).styled("deliberation.css");
        page.put(&Empty::new(voice.t("wa-none"), voice.t("wa-none-hint")));
        return page.answer(&visit, again);
    };
    let view = &known.view;
    let mut page =
        PartsPage::own(&visit, &frame, voice.said(&view.shown.title).text).styled("deliberation.css");
    page.lead(when(voice, &frame, view));
    let base = visit.at(&format!("{slug}/world-assembly"));
    let mut links = vec![Link::new(
        visit.at(&format!("{slug}/sessions/{}", view.assembly.session)),
        voice.t("wa-session"),
    )];
    if view.you.runs || view.you.convokes {
        links.push(Link::new(format!("{base}/chair"), voice.t("wa-chair")));
    }
    for (id, name) in &known.own {
        links.push(Link::new(format!("{base}/networks/{id}"), name.clone()));
    }
    page.links(links);
    page.put(
        &Notice::new(Weight::Info, voice.t("wa-not-ga")).with_text(voice.t("friends-general-assembly-is")),
    );
    asked(&visit, &mut page, &base, &known, again);
    items(&visit, &mut page, slug, &known.items);
    mine(&visit, &mut page, &frame, &base, &known, again);
    convoked(&visit, &mut page, &frame, &known);
    page.answer(&visit, again)
}

/// When it is, and how far.
pub fn when(voice: &Voice, frame: &Frame, view: &WorldAssemblyView) -> String {
    let zone = frame.edition.as_ref().map(|edition| edition.zone);
    let begins = view
        .shown
        .starts_at
        .zip(zone)
        .map(|(at, zone)| voice.moment(zone.local(at)));
    let state = voice.code("world-assembly-state", view.assembly.state.code());
    match begins {
        Some(begins) => format!("{begins}. {state}"),
        None => state,
    }
}

/// Questions of consensus that are open: who is endorsed may object.
fn asked(visit: &Visit, page: &mut PartsPage, base: &str, known: &Known, again: Option<Again<'_>>) {
    let voice = &visit.voice;
    let open = known
        .questions
        .iter()
        .filter(|own| own.question.state == QuestionState::Asked);
    for own in open {
        let item = known
            .items
            .iter()
            .find(|item| item.item.outcome == Some(own.question.outcome));
        let title = item
            .and_then(|item| item.put.as_ref())
            .map(|put| format!("{} {}", put.code, voice.said(&put.title).text))
            .unwrap_or_default();
        page.heading(voice.t1("wa-asked", "title", title));
        page.put(&Notice::new(Weight::Wait, voice.t("wa-asked-hint")));
        page.add(objections(visit, page, base, own));
        let endorsed = known
            .mine
            .as_ref()
            .is_some_and(|mine| mine.endorsement.state == EndorsementState::Endorsed);
        if endorsed {
            let form = Again::view(again, visit, || FormView::blank(voice)).named("objection");
            let action = format!("{base}/questions/{}/objections", own.question.id);
            let sheet = Sheet::new(action, page.chrome.sends())
                .and(form.summary())
                .with(form.area("reason", "wa-objection-reason").required())
                .does(voice.t("wa-object"));
            page.put(&sheet);
        }
    }
}

/// What was objected, and by whom; one's own can be taken back.
fn objections(visit: &Visit, page: &PartsPage, base: &str, own: &QuestionView) -> Markup {
    let voice = &visit.voice;
    if own.objections.is_empty() {
        return plain(voice.t("wa-objections-none"));
    }
    let me = visit.caller.actor_seen().person;
    let keys = ["wa-objection-by", "wa-objection-reason", "wa-objection-state"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for view in &own.objections {
        let objection = &view.objection;
        let stands = objection.withdrawn_at.is_none();
        let mut how = vec![plain(voice.t(if stands {
            "wa-objection-stands"
        } else {
            "wa-objection-withdrawn"
        }))];
        if stands && me == Some(objection.person) {
            how.push(button(
                &page.chrome,
                format!("{base}/objections/{}/withdraw", objection.id),
                "wa-objection-withdraw",
            ));
        }
        table.row([
            plain(format!("{}, {}", view.person_name, view.network_name)),
            plain(objection.reason.clone()),
            together(how),
        ]);
    }
    Markup::of(&table)
}

fn items(visit: &Visit, page: &mut PartsPage, slug: &str, items: &[AssemblyItemView]) {
    let voice = &visit.voice;
    page.heading(voice.t("wa-agenda"));
    if items.is_empty() {
        page.put(&Empty::new(
            voice.t("wa-agenda-none"),
            voice.t("wa-agenda-none-hint"),
        ));
        return;
    }
    let keys = ["wa-item", "wa-item-title", "wa-item-kind", "wa-item-state"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for item in items {
        let (title, how) = match &item.put {
            Some(put) => (
                anchor(
                    visit.at(&format!("{slug}/outcomes/{}", put.code)),
                    format!("{} {}", put.code, voice.said(&put.title).text),
                ),
                state(voice, "outcome-state", put.state.code()),
            ),
            None => (plain(voice.said(&item.item.title).text), plain("")),
        };
        table.row([
            plain(voice.count(item.item.position)),
            title,
            plain(voice.code("world-assembly-item", item.item.kind.code())),
            how,
        ]);
    }
    page.put(&table);
}

/// Whether the reader has a say, and how to get it (R70).
fn mine(
    visit: &Visit,
    page: &mut PartsPage,
    frame: &Frame,
    base: &str,
    known: &Known,
    again: Option<Again<'_>>,
) {
    let voice = &visit.voice;
    if !frame.actor.signed_in() {
        return;
    }
    page.heading(voice.t("wa-endorsement"));
    if let Some(own) = &known.mine {
        let words = voice.code("endorsement-state", own.endorsement.state.code());
        page.say(format!("{}: {words}", own.network_name));
        if !own.endorsement.reason.is_empty() {
            page.say(own.endorsement.reason.clone());
        }
        if matches!(
            own.endorsement.state,
            EndorsementState::Endorsed | EndorsementState::PendingNetwork
        ) {
            return;
        }
    }
    page.say(voice.t("wa-endorsement-hint"));
    if known.networks.is_empty() {
        return;
    }
    let choices: Vec<Choice> = known
        .networks
        .iter()
        .map(|(id, name)| Choice::new(id.to_string(), name.clone()))
        .collect();
    let form = Again::view(again, visit, || FormView::blank(voice)).named("endorsement");
    let action = format!("{base}/endorsement");
    let sheet = Sheet::new(action.clone(), page.chrome.sends())
        .and(form.summary())
        .with(form.select("network", "wa-network", &choices).required())
        .or_does(action, voice.t("wa-endorsement-ask"));
    page.put(&sheet);
}

/// Who convoked it, when, and with whose consent (R67, R69).
fn convoked(visit: &Visit, page: &mut PartsPage, frame: &Frame, known: &Known) {
    let voice = &visit.voice;
    let assembly = &known.view.assembly;
    page.heading(voice.t("wa-convocation"));
    let zone = frame.edition.as_ref().map(|edition| edition.zone);
    let at = |at: Option<Moment>| {
        at.zip(zone)
            .map(|(at, zone)| voice.moment(zone.local(at)))
            .unwrap_or_default()
    };
    let due = known
        .view
        .notice
        .as_ref()
        .map(|notice| voice.day_plain(notice.due_on))
        .unwrap_or_default();
    page.put(&Facts::new(vec![
        (voice.t("wa-convoked-by"), voice.t("wa-gtf")),
        (voice.t("wa-convoked-at"), at(assembly.convoked_at)),
        (voice.t("wa-notice-due"), due),
        (voice.t("wa-short-notice"), assembly.short_notice_reason.clone()),
    ]));
    if known.consents.is_empty() {
        return;
    }
    page.add(consents(voice, &known.consents));
}

/// The networks and what each answered.
pub fn consents(voice: &Voice, consents: &[ConsentView]) -> Markup {
    let mut table = Table::new(["wa-network", "wa-consent"].map(|key| voice.t(key)));
    for own in consents {
        let words = own.consent.as_ref().map_or_else(
            || voice.t("wa-consent-awaited"),
            |consent| voice.code("network-answer", consent.answer.code()),
        );
        table.row([plain(own.network_name.clone()), plain(words)]);
    }
    Markup::of(&table)
}

/// Does what a form asks at the World Assembly of the edition of its address. `run` answers where to go on, below it.
pub async fn write(
    visit: &Visit,
    name: &'static str,
    slug: &str,
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, &Edition, SessionId) -> Result<String, Fault> + Send + 'static,
) -> Result<String, Fault> {
    let (lang, slug) = (visit.language().code(), slug.to_owned());
    let done = visit.submit(name, form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &slug)?;
        let session = world_assembly::of_edition(conn, edition.id)?.ok_or_else(Fault::not_found)?;
        let next = run(conn, actor, now, &edition, session.id)?;
        Ok(format!("/{lang}/{slug}/world-assembly{next}"))
    });
    done.await
}

async fn ask(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let done = match form.input::<EndorsementInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition, _| {
                endorsements::ask(conn, actor, now, edition.id, &input)?;
                Ok(String::new())
            };
            write(&visit, "endorsement.ask", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, again).await
    })
    .await
}

async fn object(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, question) = path.into_inner();
    let done = match form.input::<ObjectionInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, _: &Edition, _| {
                consensus::object(conn, actor, now, id_of(&question)?, &input)?;
                Ok(String::new())
            };
            write(&visit, "consensus.object", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, again).await
    })
    .await
}

async fn withdraw(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, objection) = path.into_inner();
    let run = move |conn: &mut Conn, actor: &Actor, now, _: &Edition, _| {
        consensus::withdraw(conn, actor, now, id_of(&objection)?)?;
        Ok(String::new())
    };
    let done = write(&visit, "consensus.withdraw", &slug, &form, run).await;
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, again).await
    })
    .await
}

// A network's own page.

/// What a network's page shows.
struct OfNetwork {
    name: String,
    state: AssemblyState,
    consent: Option<ConsentView>,
    endorsements: Vec<EndorsementView>,
}

/// Who is refused, by the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Refused {
    refuse: String,
}

async fn network(visit: Visit, path: Path<(String, String, String)>, query: Query<Refused>) -> Page {
    let Query(asked) = query;
    show_network(visit, &path.1, &path.2, &asked.refuse, None).await
}

async fn show_network(visit: Visit, slug: &str, id: &str, refuse: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, known) = visit
        .read_in(
            "world_assembly.network",
            slug,
            move |conn, actor, now, edition| {
                let id: OrganisationId = id_of(&asked)?;
                let endorsements = endorsements::list(conn, actor, now, edition.id, id)?;
                let view = of(conn, actor, now, edition)?;
                let consents = unless_hidden(convocation::consents(conn, actor, now, view.assembly.session))?;
                let own = organisations::find(conn, id)?.ok_or_else(Fault::not_found)?;
                Ok(OfNetwork {
                    name: own.name,
                    state: view.assembly.state,
                    consent: consents.into_iter().find(|own| own.network == id),
                    endorsements,
                })
            },
        )
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("{slug}/world-assembly/networks/{id}"));
    let mut page = PartsPage::own(&visit, &frame, known.name.clone());
    page.links(vec![Link::new(
        visit.at(&format!("{slug}/world-assembly")),
        voice.t("wa-back"),
    )]);
    if let Some(own) = &known.consent {
        consent_form(&visit, &mut page, &base, known.state, own, again);
    }
    page.heading(voice.t("wa-endorsements"));
    page.say(voice.t("wa-endorsements-hint"));
    if known.endorsements.is_empty() {
        page.say(voice.t("wa-endorsements-none"));
    } else {
        page.add(endorsed(&visit, &page, &base, &known.endorsements));
    }
    let refused = known
        .endorsements
        .iter()
        .find(|own| own.endorsement.id.to_string() == refuse);
    if let Some(own) = refused {
        page.heading(voice.t1("wa-refuse", "name", own.person_name.clone()));
        let form =
            Again::view(again, &visit, || FormView::blank(voice).with("endorsed", "false")).named("refuse");
        let sheet = Sheet::new(
            format!("{base}/endorsements/{}", own.endorsement.id),
            page.chrome.edits(&own.endorsement.version),
        )
        .and(form.summary())
        .and(form.hidden("endorsed"))
        .with(form.area("reason", "wa-refuse-reason").required())
        .does(voice.t("wa-endorse-not"));
        page.put(&sheet);
    }
    page.answer(&visit, again)
}

fn consent_form(
    visit: &Visit,
    page: &mut PartsPage,
    base: &str,
    state: AssemblyState,
    own: &ConsentView,
    again: Option<Again<'_>>,
) {
    let voice = &visit.voice;
    page.heading(voice.t("wa-consent"));
    let said = own.consent.as_ref();
    page.say(said.map_or_else(
        || voice.t("wa-consent-awaited"),
        |consent| voice.code("network-answer", consent.answer.code()),
    ));
    if state != AssemblyState::AwaitingConsent {
        return;
    }
    let form = Again::view(again, visit, || match said {
        Some(consent) => FormView::filled(voice, consent),
        None => FormView::blank(voice),
    })
    .named("consent");
    let sends = match said {
        Some(consent) => page.chrome.edits(&consent.version),
        None => page.chrome.sends(),
    };
    let sheet = Sheet::new(format!("{base}/consent"), sends)
        .and(form.summary())
        .with(
            form.radios(
                "answer",
                "wa-consent-answer",
                &Choice::codes::<NetworkAnswer>(voice, "network-answer"),
            )
            .required(),
        )
        .with(form.area("note", "wa-consent-note").optional())
        .does(voice.t("save"));
    page.put(&sheet);
}

/// Whom it endorses, and who asks; each can be answered.
fn endorsed(visit: &Visit, page: &PartsPage, base: &str, all: &[EndorsementView]) -> Markup {
    let voice = &visit.voice;
    let keys = ["wa-delegate", "wa-endorsement-state", "wa-endorsement-answer"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for own in all {
        let action = format!("{base}/endorsements/{}", own.endorsement.id);
        let state_now = own.endorsement.state;
        let mut how = Vec::new();
        if state_now == EndorsementState::PendingNetwork {
            let form = FormView::blank(voice).with("endorsed", "true");
            let sheet = Sheet::new(action.clone(), page.chrome.edits(&own.endorsement.version))
                .in_a_row()
                .and(form.hidden("endorsed"))
                .or_does(action.clone(), voice.t("wa-endorse"));
            how.push(Markup::of(&sheet));
        }
        if matches!(
            state_now,
            EndorsementState::PendingNetwork | EndorsementState::Endorsed
        ) {
            how.push(anchor(
                format!("{base}?refuse={}", own.endorsement.id),
                voice.t("wa-endorse-not"),
            ));
        }
        table.row([
            plain(own.person_name.clone()),
            state(voice, "endorsement-state", state_now.code()),
            together(how),
        ]);
    }
    Markup::of(&table)
}

async fn consent(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let (network, version) = (id.clone(), form.version());
    let done = match form.input::<ConsentInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, _: &Edition, session| {
                convocation::answer(conn, actor, now, session, id_of(&network)?, &input, version)?;
                Ok(format!("/networks/{network}"))
            };
            write(&visit, "world_assembly.consent", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_network(visit, &slug, &id, "", again).await
    })
    .await
}

/// One button endorses who asked; the other refuses them, or takes an endorsement back.
async fn answer(visit: Visit, path: Path<(String, String, String, String)>, form: Form) -> Page {
    let (_, slug, id, endorsement) = path.into_inner();
    let refused = endorsement.clone();
    let (network, version) = (id.clone(), form.version());
    let done = match form.input::<EndorsementAnswerInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition, _| {
                let own = id_of(&endorsement)?;
                let there = endorsements::list(conn, actor, now, edition.id, id_of(&network)?)?;
                let stands = there.iter().any(|view| {
                    view.endorsement.id == own && view.endorsement.state == EndorsementState::Endorsed
                });
                match stands {
                    true => endorsements::withdraw(conn, actor, now, own, &input.reason, version)?,
                    false => endorsements::answer(conn, actor, now, own, &input, version)?,
                };
                Ok(format!("/networks/{network}"))
            };
            write(&visit, "endorsement.answer", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_network(visit, &slug, &id, &refused, again).await
    })
    .await
}

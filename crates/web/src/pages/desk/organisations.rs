//! Organisations: found by name, kind and state; one with its memberships, dues, relations, positions and focal points.

use access_rules::Act;
use actix_kit::{Form, Paging, Query};
use actix_web::web::Path;
use kernel::{Coded as _, Fault};
use members::{
    dues::{self, DuesInput},
    focal_points::{self, FocalPointInput},
    memberships::{self, AdmitInput, StepInput},
    model::{Category, DuesState, MembershipState, OrganisationKind, OrganisationState, RelationKind},
    organisations::{self, Filter, Inside, OrganisationInput, OrganisationView},
    positions,
    relations::{self, EndInput, RelationInput},
    rules,
    sections::Section,
};
use serde::{Deserialize, Serialize};

use super::{
    Again, DeskPage, Filters, Sheet, Table, after, anchor, asked_for, gate, id_of, pager, plain, state,
};
use crate::{
    components::{Chrome, Empty, Link, Markup},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/organisations", Act::SeePeople, list),
        get("/{lang}/desk/organisations/new", Act::ManageMembers, new),
        post("/{lang}/desk/organisations", Act::ManageMembers, create),
        get("/{lang}/desk/organisations/{id}", Act::SeePeople, organisation),
        get("/{lang}/desk/organisations/{id}/edit", Act::ManageMembers, edit),
        post("/{lang}/desk/organisations/{id}/edit", Act::ManageMembers, save),
        post("/{lang}/desk/organisations/{id}/{what}", Act::ManageMembers, act),
    ]
}

/// What a list of organisations may be asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    text: String,
    kind: Option<String>,
    state: Option<String>,
    membership: Option<String>,
}

fn sections(voice: &Voice) -> Vec<Choice> {
    Section::ALL
        .iter()
        .map(|section| Choice::new(section.code(), section.names().text(voice.language)))
        .collect()
}

async fn list(visit: Visit, query: Query<Asked>, paging: Paging) -> Page {
    let (asked, ask) = (query.0, paging.0);
    let paged = ask.after.is_some();
    let filter = Filter {
        text: asked.text.clone(),
        kind: asked.kind.as_deref().and_then(OrganisationKind::from_code),
        state: asked.state.as_deref().and_then(OrganisationState::from_code),
        membership: asked.membership.as_deref().and_then(MembershipState::from_code),
        ..Filter::default()
    };
    let (frame, found) = visit
        .read("desk.organisations", None, move |conn, actor, now, _| {
            gate(actor, now)?;
            organisations::list(conn, actor, now, &filter, &ask)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at("desk/organisations");
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-organisations"));
    page.links(vec![
        Link::new(format!("{base}/new"), voice.t("desk-organisation-new")),
        Link::new(visit.at("desk/roll"), voice.t("desk-nav-roll")),
    ]);
    let form = FormView::filled(voice, &asked);
    let filtered = asked_for(&asked).iter().any(|pair| pair != "text=");
    let filters = Filters::new(voice, base.clone(), filtered)
        .with(form.text("text", "filter-text"))
        .with(form.select(
            "kind",
            "desk-organisation-kind",
            &Choice::codes::<OrganisationKind>(voice, "organisation-kind"),
        ))
        .with(form.select(
            "state",
            "desk-organisation-state",
            &Choice::codes::<OrganisationState>(voice, "organisation-state"),
        ))
        .with(form.select(
            "membership",
            "desk-organisation-membership",
            &Choice::codes::<MembershipState>(voice, "membership-state"),
        ));
    page.put(&filters);
    if found.items.is_empty() {
        page.put(&Empty::new(
            voice.t("list-empty"),
            voice.t("desk-organisations-none-hint"),
        ));
    } else {
        let keys = [
            "desk-organisation-name",
            "desk-organisation-kind",
            "desk-organisation-country",
            "desk-organisation-state",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for card in &found.items {
            table.row([
                anchor(format!("{base}/{}", card.id), card.name.clone()),
                plain(voice.code("organisation-kind", card.kind.code())),
                plain(card.country.clone().unwrap_or_default()),
                state(voice, "organisation-state", card.state.code()),
            ]);
        }
        page.put(&table);
    }
    page.put(&pager(&visit, &base, &asked, found.next.as_ref(), paged));
    page.answer(&visit, None)
}

async fn new(visit: Visit) -> Page {
    form_page(visit, None, None).await
}

async fn edit(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, id) = path.into_inner();
    form_page(visit, Some(&id), None).await
}

async fn form_page(visit: Visit, id: Option<&str>, again: Option<Again<'_>>) -> Page {
    let asked = id.map(str::to_owned);
    let (frame, found) = visit
        .read("desk.organisation.form", None, move |conn, actor, now, _| {
            gate(actor, now)?;
            asked
                .as_deref()
                .map(|id| organisations::get(conn, actor, now, id_of(id)?))
                .transpose()
        })
        .await?;
    let voice = &visit.voice;
    let title = found.as_ref().map_or_else(
        || voice.t("desk-organisation-new"),
        |found| found.card.name.clone(),
    );
    let mut page = DeskPage::new(&visit, &frame, title);
    let form = Again::view(again, &visit, || match &found {
        Some(found) => FormView::filled(voice, &found.card).with(
            "email_domain",
            found
                .inside
                .as_ref()
                .map(|inside| inside.email_domain.clone())
                .unwrap_or_default(),
        ),
        None => FormView::blank(voice),
    })
    .named("desk-organisation");
    let (action, sends) = match (&found, id) {
        (Some(found), Some(id)) => (
            visit.at(&format!("desk/organisations/{id}/edit")),
            page.chrome.edits(&found.card.version),
        ),
        _ => (visit.at("desk/organisations"), page.chrome.sends()),
    };
    let mut sheet = Sheet::new(action, sends)
        .and(form.summary())
        .with(form.text("name", "desk-organisation-name").required())
        .with(form.tongues("names", "desk-organisation-names").optional())
        .with(
            form.text("acronym", "desk-organisation-acronym")
                .short()
                .optional(),
        )
        .with(
            form.select(
                "kind",
                "desk-organisation-kind",
                &Choice::codes::<OrganisationKind>(voice, "organisation-kind"),
            )
            .required(),
        )
        .with(
            form.text("country", "desk-organisation-country")
                .hint("desk-country-hint")
                .short()
                .optional(),
        )
        .with(
            form.select("section", "desk-organisation-section", &sections(voice))
                .optional(),
        )
        .with(form.address("site", "desk-organisation-site").optional())
        .with(
            form.text("email_domain", "desk-organisation-email-domain")
                .hint("desk-organisation-email-domain-hint")
                .optional(),
        )
        .and(form.hidden("parent"));
    if again.is_some() {
        sheet = sheet.with(form.check("despite_lookalike", "desk-organisation-despite-lookalike"));
    }
    page.put(&sheet.does(voice.t("save")));
    page.answer(&visit, again)
}

async fn create(visit: Visit, form: Form) -> Page {
    saved(visit, None, form).await
}

async fn save(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (_, id) = path.into_inner();
    saved(visit, Some(id), form).await
}

async fn saved(visit: Visit, id: Option<String>, form: Form) -> Page {
    let lang = visit.language().code();
    let done = match form.input::<OrganisationInput>() {
        Ok(input) => {
            let (id, version) = (id.clone(), form.version());
            let run = visit.submit("desk.organisation.save", &form, move |conn, actor, now| {
                let saved = match &id {
                    Some(id) => organisations::edit(conn, actor, now, id_of(id)?, version, &input)?,
                    None => organisations::create(conn, actor, now, &input)?,
                };
                Ok(format!("/{lang}/desk/organisations/{}", saved.id))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        form_page(visit, id.as_deref(), again).await
    })
    .await
}

async fn organisation(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, id) = path.into_inner();
    show(visit, &id, None).await
}

async fn show(visit: Visit, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, (found, people, points)) = visit
        .read("desk.organisation", None, move |conn, actor, now, _| {
            gate(actor, now)?;
            let id = id_of(&asked)?;
            let found: OrganisationView = organisations::get(conn, actor, now, id)?;
            let people = positions::of_organisation(conn, actor, now, id).unwrap_or_default();
            let points = focal_points::list(conn, actor, now, id).unwrap_or_default();
            Ok((found, people, points))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/organisations/{id}"));
    let mut page = DeskPage::new(&visit, &frame, found.card.name.clone());
    page.add(state(voice, "organisation-state", found.card.state.code()));
    page.say(voice.code("organisation-kind", found.card.kind.code()));
    page.links(vec![Link::new(format!("{base}/edit"), voice.t("edit"))]);
    if found.card.state == OrganisationState::Proposed {
        let sheet = Sheet::new(format!("{base}/accept"), page.chrome.edits(&found.card.version)).in_a_row();
        page.put(&sheet.does(voice.t("desk-organisation-accept")));
    }
    let form = Again::view(again, &visit, || FormView::blank(voice)).named("desk-organisation");
    page.add(form.summary());
    if let Some(inside) = &found.inside {
        membership(voice, &mut page, inside, &form, &base);
        money(voice, &mut page, inside, &form, &base);
        related(voice, &mut page, inside, &form, &base);
    }
    page.heading(voice.t("desk-organisation-people"));
    let mut table = Table::new(
        [
            "desk-position-person",
            "desk-position-kind",
            "desk-position-state",
        ]
        .map(|key| voice.t(key)),
    );
    for one in &people {
        table.row([
            anchor(
                visit.at(&format!("desk/people/{}", one.position.person)),
                one.person_name.clone(),
            ),
            plain(voice.code("position", one.position.kind.code())),
            state(voice, "position-state", one.position.state.code()),
        ]);
    }
    page.put(&table);
    page.heading(voice.t("desk-organisation-focal-points"));
    for person in &points {
        let who = FormView::blank(voice)
            .with("person", person.id.to_string())
            .hidden("person");
        let sheet = Sheet::new(format!("{base}/focal-point-remove"), page.chrome.sends()).in_a_row();
        page.put(&sheet.and(plain(person.name())).and(who).does(voice.t("remove")));
    }
    let choices: Vec<Choice> = people
        .iter()
        .map(|one| Choice::new(one.position.person.to_string(), one.person_name.clone()))
        .collect();
    if !choices.is_empty() {
        let sheet = Sheet::new(format!("{base}/focal-point"), page.chrome.sends());
        page.put(
            &sheet
                .with(form.select("person", "desk-organisation-focal-point", &choices))
                .does(voice.t("add")),
        );
    }
    page.answer(&visit, again)
}

fn membership(voice: &Voice, page: &mut DeskPage, inside: &Inside, form: &FormView, base: &str) {
    page.heading(voice.t("desk-organisation-memberships"));
    let mut table = Table::new(
        [
            "desk-membership-category",
            "desk-membership-state",
            "desk-membership-step",
        ]
        .map(|key| voice.t(key)),
    );
    for history in &inside.memberships {
        let now = &history.membership;
        table.row([
            plain(voice.code("membership-category", now.category.code())),
            state(voice, "membership-state", now.state.code()),
            steps(
                voice,
                &page.chrome,
                now.id.to_string(),
                now.state,
                now.version,
                base,
            ),
        ]);
    }
    if !table.is_empty() {
        page.put(&table);
    }
    let states: Vec<Choice> = [
        MembershipState::Applied,
        MembershipState::Approved,
        MembershipState::AwaitingFee,
        MembershipState::Active,
    ]
    .map(|state| Choice::new(state.code(), voice.code("membership-state", state.code())))
    .to_vec();
    let sheet = Sheet::new(format!("{base}/admit"), page.chrome.sends())
        .with(form.select(
            "category",
            "desk-membership-category",
            &Choice::codes::<Category>(voice, "membership-category"),
        ))
        .with(form.select("state", "desk-membership-state", &states))
        .with(form.text("reason", "desk-membership-reason").optional())
        .does(voice.t("desk-membership-admit"));
    page.put(&sheet);
}

fn steps(
    voice: &Voice,
    chrome: &Chrome,
    id: String,
    from: MembershipState,
    version: i64,
    base: &str,
) -> Markup {
    let next: Vec<Choice> = MembershipState::ALL
        .iter()
        .filter(|to| rules::leads_to(from, **to))
        .map(|to| Choice::new(to.code(), voice.code("membership-state", to.code())))
        .collect();
    if next.is_empty() {
        return Markup::default();
    }
    let form = FormView::blank(voice).with("_membership", id);
    let sheet = Sheet::new(format!("{base}/step"), chrome.edits(&version)).in_a_row();
    let sheet = sheet
        .and(form.hidden("_membership"))
        .with(form.select("state", "desk-membership-to", &next));
    Markup::of(
        &sheet
            .with(form.text("reason", "desk-membership-reason").optional())
            .does(voice.t("desk-membership-go")),
    )
}

fn money(voice: &Voice, page: &mut DeskPage, inside: &Inside, form: &FormView, base: &str) {
    page.heading(voice.t("desk-organisation-dues"));
    let mut table = Table::new(["desk-dues-year", "desk-dues-state"].map(|key| voice.t(key)));
    for year in &inside.dues {
        table.row([
            plain(year.year.to_string()),
            state(voice, "dues-state", year.state.code()),
        ]);
    }
    if !table.is_empty() {
        page.put(&table);
    }
    let sheet = Sheet::new(format!("{base}/dues"), page.chrome.sends())
        .with(form.number("year", "desk-dues-year"))
        .with(form.select(
            "state",
            "desk-dues-state",
            &Choice::codes::<DuesState>(voice, "dues-state"),
        ))
        .with(form.date("paid_on", "desk-dues-paid-on").optional())
        .does(voice.t("desk-dues-record"));
    page.put(&sheet);
}

fn related(voice: &Voice, page: &mut DeskPage, inside: &Inside, form: &FormView, base: &str) {
    page.heading(voice.t("desk-organisation-relations"));
    for relation in &inside.relations {
        let of = FormView::blank(voice)
            .with("_relation", relation.id.to_string())
            .hidden("_relation");
        let said = plain(
            format!(
                "{} {}",
                voice.code("relation", relation.kind.code()),
                relation.basis
            )
            .trim(),
        );
        if relation.to_at.is_some() {
            page.add(said);
        } else {
            let sheet = Sheet::new(format!("{base}/relation-end"), page.chrome.sends()).in_a_row();
            page.put(&sheet.and(said).and(of).does(voice.t("desk-relation-end")));
        }
    }
    let sheet = Sheet::new(format!("{base}/relation"), page.chrome.sends())
        .with(form.select(
            "kind",
            "desk-relation-kind",
            &Choice::codes::<RelationKind>(voice, "relation"),
        ))
        .with(
            form.text("other_name", "desk-relation-other")
                .suggests("/api/v1/organisations/suggest?text=", "other")
                .optional(),
        )
        .and(form.hidden("other"))
        .with(form.text("basis", "desk-relation-basis"))
        .does(voice.t("desk-relation-record"));
    page.put(&sheet);
}

/// What is done to an organisation besides changing its card.
enum Done {
    Accept,
    Admit(AdmitInput),
    Step(String, StepInput),
    Dues(DuesInput),
    Relation(RelationInput),
    EndRelation(String),
    Appoint(FocalPointInput),
    Dismiss(FocalPointInput),
}

fn asked_of(what: &str, form: &Form) -> Result<Done, Fault> {
    Ok(match what {
        "accept" => Done::Accept,
        "admit" => Done::Admit(form.input()?),
        "step" => Done::Step(form.typed("_membership").to_owned(), form.input()?),
        "dues" => Done::Dues(form.input()?),
        "relation" => Done::Relation(form.input()?),
        "relation-end" => Done::EndRelation(form.typed("_relation").to_owned()),
        "focal-point" => Done::Appoint(form.input()?),
        "focal-point-remove" => Done::Dismiss(form.input()?),
        _ => return Err(Fault::not_found()),
    })
}

async fn act(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, id, what) = path.into_inner();
    let done = match asked_of(&what, &form) {
        Ok(asked) => {
            let (own, version) = (id.clone(), form.version());
            let run = visit.submit("desk.organisation.act", &form, move |conn, actor, now| {
                let organisation = id_of(&own)?;
                match &asked {
                    Done::Accept => drop(organisations::accept(conn, actor, now, organisation, version)?),
                    Done::Admit(input) => {
                        memberships::admit(conn, actor, now, organisation, input)?;
                    }
                    Done::Step(id, input) => {
                        memberships::step(conn, actor, now, id_of(id)?, version, input)?;
                    }
                    Done::Dues(input) => drop(dues::record(conn, actor, now, organisation, input)?),
                    Done::Relation(input) => drop(relations::record(conn, actor, now, organisation, input)?),
                    Done::EndRelation(id) => drop(relations::end(
                        conn,
                        actor,
                        now,
                        id_of(id)?,
                        &EndInput::default(),
                    )?),
                    Done::Appoint(input) => focal_points::appoint(conn, actor, now, organisation, input)?,
                    Done::Dismiss(input) => {
                        let person = input.person.ok_or_else(|| Fault::field("person", "required"))?;
                        focal_points::remove(conn, actor, now, organisation, person)?;
                    }
                }
                Ok(format!("/{lang}/desk/organisations/{own}"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &id, again).await
    })
    .await
}

//! The themes of the Town Hall: what they ask, which organisations stand behind each, and who leads it for them (R91,
//! R92). Made and changed here, from the desk's page of the track.

use access_rules::{Act, Actor, OrganisationId, PersonId};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Coded as _, Fault, Kind, Moment, text};
use members::{organisations, positions};
use people::{model::Person, persons};
use programme::{
    model::{Edition, FormatState, Theme},
    themes::{self, ThemeInput},
};
use town_hall::{
    model::PartnerRole,
    partners::{self, LeadInput, LeadView, PartnerInput, PartnerView},
};

use super::{
    Again, DeskPage, Sheet, Table, after, anchor, button,
    catalogue::{At, NEW, stands},
    code, gate, id_of, plain, state, write_in,
};
use crate::{
    components::Link,
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageEdition;
    vec![
        get("/{lang}/desk/{edition}/themes", act, list),
        get("/{lang}/desk/{edition}/themes/{id}", act, theme),
        post("/{lang}/desk/{edition}/themes/{id}", act, save),
        post("/{lang}/desk/{edition}/themes/{id}/remove", act, remove),
        post("/{lang}/desk/{edition}/themes/{id}/partners", act, name_partner),
        post(
            "/{lang}/desk/{edition}/themes/{id}/partners/{partner}/end",
            act,
            end_partner,
        ),
        post("/{lang}/desk/{edition}/themes/{id}/leads", act, name_lead),
        post(
            "/{lang}/desk/{edition}/themes/{id}/leads/{person}/dismiss",
            act,
            dismiss_lead,
        ),
    ]
}

/// The address of somebody's or something's part in a theme.
type AtPart = Path<(String, String, String, String)>;

/// Which form of a theme's page came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Theme,
    Partner,
    Lead,
}

/// A theme as its page shows it; all but the theme is empty for whoever does not manage it.
struct Found {
    theme: Theme,
    partners: Vec<PartnerView>,
    leads: Vec<LeadView>,
    /// With the name of an organisation of theirs behind the theme.
    people: Vec<(Person, String)>,
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, rows) = visit
        .read_in("desk.themes", &slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            let mut rows = Vec::new();
            for theme in themes::list(conn, edition.id)? {
                let partners = partners::list(conn, actor, theme.id)?;
                rows.push((theme, partners));
            }
            Ok(rows)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/themes"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-themes"));
    let mut links = vec![Link::new(format!("{base}/{NEW}"), voice.t("desk-theme-new"))];
    if super::caucuses::may(&frame.actor, visit.caller.now()).is_ok() {
        links.push(Link::new(
            visit.at(&format!("desk/{slug}/caucuses")),
            voice.t("desk-caucuses"),
        ));
    }
    page.links(links);
    let mut table =
        Table::new(["desk-theme-title", "desk-theme-led-by", "desk-theme-state"].map(|key| voice.t(key)));
    for (theme, partners) in &rows {
        let lead = partners
            .iter()
            .find(|view| view.partner.role == PartnerRole::Lead);
        table.row([
            anchor(format!("{base}/{}", theme.id), voice.said(&theme.title).text),
            plain(
                lead.map(|view| view.organisation_name.clone())
                    .unwrap_or_default(),
            ),
            state(voice, "format-state", offered(theme).code()),
        ]);
    }
    if table.is_empty() {
        page.say(voice.t("none"));
    } else {
        page.put(&table);
    }
    page.answer(&visit, None)
}

/// Themes have two of the states of formats.
fn offered(theme: &Theme) -> FormatState {
    match theme.retired {
        true => FormatState::Retired,
        false => FormatState::Active,
    }
}

async fn theme(visit: Visit, path: At) -> Page {
    show(visit, &path.1, &path.2, None).await
}

async fn show(visit: Visit, slug: &str, id: &str, back: Option<(Part, Again<'_>)>) -> Page {
    let asked = id.to_owned();
    let (frame, found) = visit
        .read_in("desk.theme", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            find(conn, actor, now, edition, &asked)
        })
        .await?;
    let voice = &visit.voice;
    let title = found.as_ref().map_or_else(
        || voice.t("desk-theme-new"),
        |found| voice.said(&found.theme.title).text,
    );
    let mut page = DeskPage::new(&visit, &frame, title);
    let again = |part| back.filter(|(own, _)| *own == part).map(|(_, again)| again);
    let form = Again::view(again(Part::Theme), &visit, || match &found {
        Some(found) => FormView::filled(voice, &found.theme),
        None => FormView::blank(voice),
    })
    .named("desk-theme");
    let action = visit.at(&format!("desk/{slug}/themes/{id}"));
    let sends = found.as_ref().map_or_else(
        || page.chrome.sends(),
        |found| page.chrome.edits(&found.theme.version),
    );
    let mut sheet = Sheet::new(action.clone(), sends)
        .and(form.summary())
        .with(
            form.tongues("title", "desk-theme-title")
                .hint("localized-hint")
                .required(),
        )
        .with(form.tongues_area("question", "desk-theme-question").optional());
    if found.is_none() {
        sheet = sheet.with(code(&form));
    }
    let sheet = sheet
        .with(form.check("retired", "desk-theme-retired"))
        .with(form.number("position", "desk-position").optional())
        .does(voice.t("save"));
    page.put(&sheet);
    if let Some(found) = &found {
        page.add(button(
            &page.chrome,
            format!("{action}/remove"),
            "desk-theme-remove",
        ));
        let zone = frame.edition.as_ref().map(|edition| edition.zone);
        // By the clock of the congress.
        let day = |at: Moment| zone.map_or_else(String::new, |zone| voice.day_plain(zone.local(at).date()));
        stand_behind(&visit, &mut page, found, &action, again(Part::Partner), &day);
        lead(&visit, &mut page, found, &action, again(Part::Lead), &day);
    }
    page.answer(&visit, back.map(|(_, again)| again))
}

fn find(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    id: &str,
) -> Result<Option<Found>, Fault> {
    let theme = stands(conn, edition.id, id, themes::find, |theme: &Theme| theme.edition)?;
    let Some(theme) = theme else { return Ok(None) };
    let partners = partners::list(conn, actor, theme.id)?;
    let leads = match partners::leads(conn, actor, now, theme.id) {
        Ok(leads) => Some(leads),
        Err(fault) if matches!(fault.kind, Kind::Forbidden | Kind::NotFound) => None,
        Err(fault) => return Err(fault),
    };
    // Who may name a lead chooses among the people of the partners.
    let people = match &leads {
        Some(_) => {
            let behind: Vec<OrganisationId> = partners.iter().map(|view| view.partner.organisation).collect();
            let mut holders = positions::holders_in(conn, &behind)?;
            // Somebody may hold two positions.
            holders.dedup_by_key(|(person, _)| *person);
            let ids: Vec<PersonId> = holders.iter().map(|(person, _)| *person).collect();
            let named = persons::many(conn, &ids)?;
            named
                .into_iter()
                .map(|person| {
                    let of = holders.iter().find(|(held, _)| *held == person.id);
                    let organisation = of.and_then(|(_, organisation)| {
                        partners
                            .iter()
                            .find(|view| view.partner.organisation == *organisation)
                    });
                    let organisation = organisation.map(|view| view.organisation_name.clone());
                    (person, organisation.unwrap_or_default())
                })
                .collect()
        }
        None => Vec::new(),
    };
    Ok(Some(Found {
        leads: leads.unwrap_or_default(),
        theme,
        partners,
        people,
    }))
}

/// The organisations behind a theme, and the form that names one.
fn stand_behind(
    visit: &Visit,
    page: &mut DeskPage,
    found: &Found,
    action: &str,
    again: Option<Again<'_>>,
    day: &dyn Fn(Moment) -> String,
) {
    let voice = &visit.voice;
    page.heading(voice.t("desk-theme-partners"));
    let keys = [
        "desk-partner-organisation-name",
        "desk-partner-role",
        "desk-partner-since",
        "desk-partner-end",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for view in &found.partners {
        let partner = &view.partner;
        table.row([
            anchor(
                visit.at(&format!("desk/organisations/{}", partner.organisation)),
                view.organisation_name.clone(),
            ),
            plain(voice.code("partner-role", partner.role.code())),
            plain(day(partner.from_at)),
            button(
                &page.chrome,
                format!("{action}/partners/{}/end", partner.id),
                "desk-partner-end-do",
            ),
        ]);
    }
    if table.is_empty() {
        page.say(voice.t("none"));
    } else {
        page.put(&table);
    }
    let form = Again::view(again, visit, || FormView::blank(voice)).named("desk-partner");
    let sheet = Sheet::new(format!("{action}/partners"), page.chrome.sends())
        .and(form.summary())
        .with(
            form.text("organisation_name", "desk-partner-organisation-name")
                .hint("desk-partner-organisation-hint")
                .suggests("/api/v1/organisations/suggest?text=", "organisation")
                .required(),
        )
        .and(form.hidden("organisation"))
        .with(form.radios(
            "role",
            "desk-partner-role",
            &Choice::codes::<PartnerRole>(voice, "partner-role"),
        ))
        .does(voice.t("desk-partner-name"));
    page.put(&sheet);
}

/// Who leads a theme in person, and the form that names somebody: of the people of its partners.
fn lead(
    visit: &Visit,
    page: &mut DeskPage,
    found: &Found,
    action: &str,
    again: Option<Again<'_>>,
    day: &dyn Fn(Moment) -> String,
) {
    let voice = &visit.voice;
    page.heading(voice.t("desk-theme-leads"));
    page.say(voice.t("desk-theme-leads-hint"));
    let keys = ["desk-lead-person", "desk-lead-since", "desk-lead-dismiss"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for view in &found.leads {
        table.row([
            anchor(
                visit.at(&format!("desk/people/{}", view.person)),
                view.person_name.clone(),
            ),
            plain(day(view.from_at)),
            button(
                &page.chrome,
                format!("{action}/leads/{}/dismiss", view.person),
                "desk-lead-dismiss-do",
            ),
        ]);
    }
    if !table.is_empty() {
        page.put(&table);
    }
    let choices: Vec<Choice> = found
        .people
        .iter()
        .map(|(person, organisation)| {
            Choice::new(
                person.id.to_string(),
                format!("{} ({organisation})", person.name()),
            )
        })
        .collect();
    if choices.is_empty() {
        page.say(voice.t("desk-lead-nobody"));
        return;
    }
    let form = Again::view(again, visit, || FormView::blank(voice)).named("desk-lead");
    let sheet = Sheet::new(format!("{action}/leads"), page.chrome.sends())
        .and(form.summary())
        .with(form.select("person", "desk-lead-person", &choices).required())
        .does(voice.t("desk-lead-name"));
    page.put(&sheet);
}

async fn save(visit: Visit, path: At, form: Form) -> Page {
    let asked = path.2.clone();
    let done = match form.input::<ThemeInput>() {
        Ok(input) => {
            let version = form.version();
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                let theme = match stands(conn, edition.id, &asked, themes::find, |theme: &Theme| {
                    theme.edition
                })? {
                    None => themes::create(conn, actor, now, edition.id, &input)?,
                    Some(theme) => themes::edit(conn, actor, now, theme.id, &input, version)?,
                };
                Ok(format!("themes/{}", theme.id))
            };
            write_in(&visit, "desk.theme.save", &path.1, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &path.1, &path.2, again.map(|again| (Part::Theme, again))).await
    })
    .await
}

async fn remove(visit: Visit, path: At, form: Form) -> Page {
    let gone = path.2.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        let theme = of(conn, edition, &gone)?;
        themes::remove(conn, actor, now, theme.id)?;
        Ok("themes".to_owned())
    };
    let done = write_in(&visit, "desk.theme.remove", &path.1, &form, run).await;
    after(visit, done, "removed", &form, async |visit, again| {
        show(visit, &path.1, &path.2, again.map(|again| (Part::Theme, again))).await
    })
    .await
}

async fn name_partner(visit: Visit, path: At, form: Form) -> Page {
    let asked = path.2.clone();
    let done = match form.input::<PartnerInput>() {
        Ok(input) => {
            let typed = form.typed("organisation_name").to_owned();
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                let theme = of(conn, edition, &asked)?;
                let input = PartnerInput {
                    organisation: match input.organisation {
                        Some(chosen) => Some(chosen),
                        None => named(conn, &typed)?,
                    },
                    ..input.clone()
                };
                partners::name(conn, actor, now, theme.id, &input).map_err(beside_its_name)?;
                Ok(format!("themes/{}", theme.id))
            };
            write_in(&visit, "desk.theme.partner", &path.1, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &path.1, &path.2, again.map(|again| (Part::Partner, again))).await
    })
    .await
}

/// The organisation somebody typed the name of, where it is the only one that fits or fits wholly.
pub(super) fn named(conn: &mut Conn, typed: &str) -> Result<Option<OrganisationId>, Fault> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    match organisations::suggest(conn, typed, 2)?.as_slice() {
        [one] => Ok(Some(one.id)),
        [one, _] if text::same_name(&one.name) == text::same_name(typed) => Ok(Some(one.id)),
        _ => Err(Fault::field("organisation_name", "unknown")),
    }
}

/// What is wrong with the organisation is told beside its name, which is what one sees of it.
pub(super) fn beside_its_name(mut fault: Fault) -> Fault {
    for field in &mut fault.fields {
        if field.field == "organisation" {
            "organisation_name".clone_into(&mut field.field);
        }
    }
    fault
}

async fn end_partner(visit: Visit, path: AtPart, form: Form) -> Page {
    let (_, slug, id, partner) = path.into_inner();
    let theme = id.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        let theme = of(conn, edition, &theme)?;
        let partner = id_of(&partner)?;
        let stands = partners::list(conn, actor, theme.id)?;
        if !stands.iter().any(|view| view.partner.id == partner) {
            return Err(Fault::not_found());
        }
        partners::end(conn, actor, now, partner, None)?;
        Ok(format!("themes/{}", theme.id))
    };
    let done = write_in(&visit, "desk.theme.partner.end", &slug, &form, run).await;
    after(visit, done, "ended", &form, async |visit, again| {
        show(visit, &slug, &id, again.map(|again| (Part::Partner, again))).await
    })
    .await
}

async fn name_lead(visit: Visit, path: At, form: Form) -> Page {
    let asked = path.2.clone();
    let done = match form.input::<LeadInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                let theme = of(conn, edition, &asked)?;
                partners::name_lead(conn, actor, now, theme.id, &input)?;
                Ok(format!("themes/{}", theme.id))
            };
            write_in(&visit, "desk.theme.lead", &path.1, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &path.1, &path.2, again.map(|again| (Part::Lead, again))).await
    })
    .await
}

async fn dismiss_lead(visit: Visit, path: AtPart, form: Form) -> Page {
    let (_, slug, id, person) = path.into_inner();
    let theme = id.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        let theme = of(conn, edition, &theme)?;
        partners::dismiss_lead(conn, actor, now, theme.id, id_of(&person)?)?;
        Ok(format!("themes/{}", theme.id))
    };
    let done = write_in(&visit, "desk.theme.lead.dismiss", &slug, &form, run).await;
    after(visit, done, "ended", &form, async |visit, again| {
        show(visit, &slug, &id, again.map(|again| (Part::Lead, again))).await
    })
    .await
}

/// A theme that is there, and of this edition.
fn of(conn: &mut Conn, edition: &Edition, id: &str) -> Result<Theme, Fault> {
    let found = stands(conn, edition.id, id, themes::find, |theme: &Theme| theme.edition)?;
    found.ok_or_else(Fault::not_found)
}

//! How many each organisation may send in each category.

use access_rules::{Act, OrganisationId};
use actix_kit::Form;
use actix_web::web::Path;
use members::organisations;
use registration::{
    categories,
    delegation_quotas::{self, QuotaInput},
};

use super::{
    Again, DeskPage, Sheet, Table, after, anchor, gate, plain,
    themes::{beside_its_name, named},
    write_in,
};
use crate::{
    components::Empty,
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get(
            "/{lang}/desk/{edition}/delegations",
            Act::DecideRegistration,
            list,
        ),
        post("/{lang}/desk/{edition}/delegations", Act::DecideRegistration, set),
    ]
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    show(visit, &slug, None).await
}

async fn set(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let done = match form.input::<QuotaInput>() {
        Ok(input) => {
            let typed = form.typed("organisation_name").to_owned();
            let run = write_in(
                &visit,
                "delegation_quota.set",
                &slug,
                &form,
                move |conn, actor, now, edition| {
                    let input = QuotaInput {
                        organisation: match input.organisation {
                            Some(chosen) => Some(chosen),
                            None => named(conn, &typed)?,
                        },
                        ..input.clone()
                    };
                    let set = delegation_quotas::set(conn, actor, now, edition.id, &input);
                    set.map_err(beside_its_name)?;
                    Ok("delegations".to_owned())
                },
            );
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, again).await
    })
    .await
}

async fn show(visit: Visit, slug: &str, again: Option<Again<'_>>) -> Page {
    let (frame, (quotas, names, categories)) = visit
        .read_in("desk.delegations", slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            let quotas = delegation_quotas::all(conn, actor, now, edition.id)?;
            let mut names: Vec<(OrganisationId, String)> = Vec::new();
            for quota in &quotas {
                if !names.iter().any(|(id, _)| *id == quota.organisation) {
                    let found = organisations::find(conn, quota.organisation)?;
                    names.extend(found.map(|found| (quota.organisation, found.name)));
                }
            }
            Ok((quotas, names, categories::all(conn, edition.id)?))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-delegations"));
    page.lead(voice.t("desk-delegations-lead"));
    if quotas.is_empty() {
        page.put(&Empty::new(voice.t("desk-delegations-none"), ""));
    } else {
        let keys = [
            "desk-quota-organisation",
            "desk-quota-category",
            "desk-quota-places-max",
            "desk-quota-taken",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for quota in &quotas {
            let name = names.iter().find(|(id, _)| *id == quota.organisation);
            let category = categories.iter().find(|found| found.id == quota.category);
            let href = visit.at(&format!("{slug}/delegation/{}", quota.organisation));
            table.row([
                anchor(href, name.map_or("", |(_, name)| name.as_str())),
                plain(category.map_or("", |found| found.title.text(voice.language))),
                plain(voice.count(quota.places_max)),
                plain(voice.count(quota.taken)),
            ]);
        }
        page.put(&table);
    }
    page.heading(voice.t("desk-quota-set"));
    let form = Again::view(again, &visit, || FormView::blank(voice)).named("desk-quota");
    let choices: Vec<Choice> = categories
        .iter()
        .filter(|category| !category.retired)
        .map(|category| Choice::new(category.id.to_string(), category.title.text(voice.language)))
        .collect();
    let action = visit.at(&format!("desk/{slug}/delegations"));
    let sheet = Sheet::new(action, page.chrome.sends())
        .and(form.summary())
        .and(form.hidden("organisation"))
        .with(
            form.text("organisation_name", "desk-quota-organisation-name")
                .hint("desk-quota-organisation-hint")
                .suggests("/api/v1/organisations/suggest?text=", "organisation"),
        )
        .with(
            form.select("category", "desk-quota-category", &choices)
                .required(),
        )
        .with(form.number("places_max", "desk-quota-places-max").required())
        .does(voice.t("save"));
    page.put(&sheet);
    page.answer(&visit, again)
}

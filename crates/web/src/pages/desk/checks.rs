//! What the draft is checked by: how grave each conflict is, how long the ways between venues take, and when the people
//! with a part in the programme are there.

use std::collections::BTreeMap;

use access_rules::{Act, PersonId};
use actix_kit::Form;
use actix_web::web::Path;
use kernel::{Coded as _, Fault};
use people::persons;
use programme::{
    checks::Severity,
    parts,
    presences::{self, PresenceInput, StretchInput},
    severities::{self, CheckTerms, SeveritiesInput},
    travel::{self, TravelInput},
    venues,
};
use serde_json::json;

use super::{Again, DeskPage, Sheet, Table, after, anchor, gate, id_of, plain, write_in};
use crate::{
    components::{Empty, Link},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageEdition;
    vec![
        get("/{lang}/desk/{edition}/checks", act, show_checks),
        post("/{lang}/desk/{edition}/checks", act, save_checks),
        get("/{lang}/desk/{edition}/travel-times", act, show_travel),
        post("/{lang}/desk/{edition}/travel-times", act, save_travel),
        get("/{lang}/desk/{edition}/presences", act, list),
        get("/{lang}/desk/{edition}/presences/{person}", act, show_presence),
        post("/{lang}/desk/{edition}/presences/{person}", act, save_presence),
    ]
}

type Of = Path<(String, String)>;
type OfPerson = Path<(String, String, String)>;

/// Stretches of being there that a form offers beyond those there are.
const STRETCHES_MORE: usize = 2;

async fn show_checks(visit: Visit, path: Of) -> Page {
    checks(visit, &path.1, None).await
}

async fn checks(visit: Visit, slug: &str, again: Option<Again<'_>>) -> Page {
    let (frame, all) = visit
        .read_in("desk.checks", slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            severities::list(conn, actor, now, edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let at = |rest: &str| visit.at(&format!("desk/{slug}/{rest}"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-checks"));
    page.lead(voice.t("desk-checks-lead"));
    page.links(vec![
        Link::new(at("conflicts"), voice.t("desk-nav-conflicts")),
        Link::new(at("travel-times"), voice.t("desk-travel")),
        Link::new(at("presences"), voice.t("desk-presences")),
    ]);
    let form = Again::view(again, &visit, || {
        let set: BTreeMap<&str, &str> = all
            .iter()
            .map(|terms| (terms.check.code(), terms.severity.code()))
            .collect();
        FormView::filled(voice, &json!({ "severities": set }))
    })
    .named("desk-check");
    let sheet = Sheet::new(at("checks"), page.chrome.sends()).and(form.summary());
    let sheet = all
        .iter()
        .filter(|terms| !terms.fixed)
        .fold(sheet, |sheet, terms| {
            let code = terms.check.code();
            let field = form.select(
                &format!("severities.{code}"),
                &format!("check-{code}"),
                &choices(voice, terms),
            );
            sheet.with(field.required())
        });
    page.put(&sheet.does(voice.t("save")));
    page.answer(&visit, again)
}

/// How grave a check can be, the usual one marked.
fn choices(voice: &Voice, terms: &CheckTerms) -> Vec<Choice> {
    let choice = |severity: &Severity| {
        let word = voice.code("severity", severity.code());
        let word = match *severity == terms.usual {
            true => voice.t1("desk-check-usual", "severity", word),
            false => word,
        };
        Choice::new(severity.code(), word)
    };
    Severity::ALL.iter().map(choice).collect()
}

async fn save_checks(visit: Visit, path: Of, form: Form) -> Page {
    let done = match form.input::<SeveritiesInput>() {
        Ok(input) => {
            write_in(
                &visit,
                "desk.checks",
                &path.1,
                &form,
                move |conn, actor, now, edition| {
                    severities::set(conn, actor, now, edition.id, &input)?;
                    Ok("checks".to_owned())
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        checks(visit, &path.1, again).await
    })
    .await
}

async fn show_travel(visit: Visit, path: Of) -> Page {
    ways(visit, &path.1, None).await
}

async fn ways(visit: Visit, slug: &str, again: Option<Again<'_>>) -> Page {
    let (frame, (venues, travel)) = visit
        .read_in("desk.travel_times", slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            Ok((
                venues::list(conn, edition.id)?,
                travel::list(conn, actor, now, edition.id)?,
            ))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-travel"));
    page.lead(voice.t("desk-travel-lead"));
    if venues.len() < 2 {
        page.put(&Empty::new(
            voice.t("desk-travel-none"),
            voice.t("desk-travel-none-hint"),
        ));
        return page.answer(&visit, again);
    }
    let choices: Vec<Choice> = venues
        .iter()
        .map(|venue| Choice::new(venue.id.to_string(), venue.name.text(voice.language)))
        .collect();
    let named = |id| {
        let venue = venues.iter().find(|venue| Some(venue.id) == id);
        plain(venue.map_or("", |venue| venue.name.text(voice.language)))
    };
    if !travel.is_empty() {
        let keys = ["desk-way-one", "desk-way-other", "desk-way-minutes"];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for way in travel.ways() {
            let minutes = way.minutes.map(|minutes| minutes.to_string());
            table.row([
                named(way.one),
                named(way.other),
                plain(minutes.unwrap_or_default()),
            ]);
        }
        page.put(&table);
    }
    let form = Again::view(again, &visit, || FormView::blank(voice)).named("desk-way");
    let sheet = Sheet::new(
        visit.at(&format!("desk/{slug}/travel-times")),
        page.chrome.sends(),
    )
    .and(form.summary())
    .with(form.select("ways.0.one", "desk-way-one", &choices).required())
    .with(form.select("ways.0.other", "desk-way-other", &choices).required())
    .with(
        form.number("ways.0.minutes", "desk-way-minutes")
            .hint("desk-way-minutes-hint"),
    )
    .does(voice.t("save"));
    page.put(&sheet);
    page.answer(&visit, again)
}

async fn save_travel(visit: Visit, path: Of, form: Form) -> Page {
    let done = match form.input::<TravelInput>() {
        Ok(input) => {
            write_in(
                &visit,
                "desk.travel_times",
                &path.1,
                &form,
                move |conn, actor, now, edition| {
                    travel::set(conn, actor, now, edition.id, &input)?;
                    Ok("travel-times".to_owned())
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        ways(visit, &path.1, again).await
    })
    .await
}

async fn list(visit: Visit, path: Of) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, (people, presences)) = visit
        .read_in("desk.presences", &slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            let presences = presences::list(conn, actor, now, edition.id)?;
            let mut ids: Vec<PersonId> = parts::all_speakers(conn, edition.id)?
                .into_iter()
                .filter_map(|speaker| speaker.person)
                .collect();
            ids.sort_unstable();
            ids.dedup();
            let mut people = persons::many(conn, &ids)?;
            people.sort_by_key(|person| person.name().to_lowercase());
            Ok((people, presences))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-presences"));
    page.lead(voice.t("desk-presences-lead"));
    if people.is_empty() {
        page.put(&Empty::new(
            voice.t("desk-presences-none"),
            voice.t("desk-presences-none-hint"),
        ));
        return page.answer(&visit, None);
    }
    let mut table = Table::new(["desk-presence-person", "desk-presence-when"].map(|key| voice.t(key)));
    for person in &people {
        let when = match presences.stretches(person.id) {
            None => voice.t("desk-presence-throughout"),
            Some(stretches) => stretches
                .iter()
                .map(|(from, until)| {
                    format!(
                        "{} {}–{} {}",
                        voice.day(from.date()),
                        voice.clock(*from),
                        voice.day(until.date()),
                        voice.clock(*until)
                    )
                })
                .collect::<Vec<_>>()
                .join("; "),
        };
        let at = visit.at(&format!("desk/{slug}/presences/{}", person.id));
        table.row([anchor(at, person.name()), plain(when)]);
    }
    page.put(&table);
    page.answer(&visit, None)
}

async fn show_presence(visit: Visit, path: OfPerson) -> Page {
    presence(visit, &path.1, &path.2, None).await
}

async fn presence(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, (name, stretches)) = visit
        .read_in("desk.presence", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let presences = presences::list(conn, actor, now, edition.id)?;
            let id = id_of::<PersonId>(&asked)?;
            let speakers = parts::all_speakers(conn, edition.id)?;
            if !speakers.iter().any(|speaker| speaker.person == Some(id)) {
                return Err(Fault::not_found());
            }
            let person = persons::many(conn, &[id])?.pop().ok_or_else(Fault::not_found)?;
            let stretches: Vec<StretchInput> = presences
                .stretches(id)
                .unwrap_or_default()
                .iter()
                .map(|(from, until)| StretchInput {
                    from: from.to_string(),
                    until: until.to_string(),
                })
                .collect();
            Ok((person.name(), stretches))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, name);
    page.lead(voice.t("desk-presence-lead"));
    let offered = stretches.len() + STRETCHES_MORE;
    let form = Again::view(again, &visit, || {
        FormView::filled(voice, &json!({ "stretches": stretches }))
    })
    .named("desk-presence");
    let action = visit.at(&format!("desk/{slug}/presences/{id}"));
    let sheet = Sheet::new(action, page.chrome.sends()).and(form.summary());
    let sheet = (0..offered).fold(sheet, |sheet, place| {
        sheet
            .with(
                form.day_time(&format!("stretches.{place}.from"), "desk-presence-from")
                    .optional(),
            )
            .with(
                form.day_time(&format!("stretches.{place}.until"), "desk-presence-until")
                    .optional(),
            )
    });
    page.put(&sheet.does(voice.t("save")));
    page.answer(&visit, again)
}

async fn save_presence(visit: Visit, path: OfPerson, form: Form) -> Page {
    let asked = path.2.clone();
    let done = match form.input::<PresenceInput>() {
        Ok(input) => {
            write_in(
                &visit,
                "desk.presence",
                &path.1,
                &form,
                move |conn, actor, now, edition| {
                    presences::set(conn, actor, now, edition.id, id_of(&asked)?, &input)?;
                    Ok("presences".to_owned())
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        presence(visit, &path.1, &path.2, again).await
    })
    .await
}

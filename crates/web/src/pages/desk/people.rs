//! People: found by name, with their positions and their roles, which are given and ended here. Who runs the site takes a
//! lost second factor from somebody here too.

use access_rules::{Act, Role, Scope};
use actix_kit::{Form, Paging, Query};
use actix_web::web::Path;
use kernel::Coded as _;
use mail::second_factor_letters;
use people::{
    persons::{self, Filter},
    second_factor::{self, SecondFactorResetInput},
    standings::{self, GrantInput},
};
use serde::{Deserialize, Serialize};

use super::{
    Again, DeskPage, Filters, Sheet, Table, after, anchor, asked_for, bodies, gate, id_of, pager, plain,
    state,
};
use crate::{
    components::{Empty, Link, Markup},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/people", Act::SeePeople, list),
        get("/{lang}/desk/people/{id}", Act::SeePeople, person),
        post("/{lang}/desk/people/{id}/standings", Act::GrantRole, grant),
        post(
            "/{lang}/desk/people/{id}/standings/{standing}/end",
            Act::GrantRole,
            end,
        ),
        post(
            "/{lang}/desk/people/{id}/second-factor-reset",
            Act::RunSite,
            reset_second_factor,
        ),
    ]
}

/// The kinds of thing a role may be held over.
const SCOPES: &[&str] = &[
    "everywhere",
    "edition",
    "track",
    "organisation",
    "body",
    "session",
    "theme",
    "section",
];

/// What the form that resets a second factor calls itself.
const RESET: &str = "reset-second-factor";

/// What a list of people may be asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    text: Option<String>,
}

async fn list(visit: Visit, query: Query<Asked>, paging: Paging) -> Page {
    let (asked, ask) = (query.0, paging.0);
    let paged = ask.after.is_some();
    let filter = Filter {
        text: asked.text.clone(),
    };
    let (frame, found) = visit
        .read("desk.people", None, move |conn, actor, now, _| {
            gate(actor, now)?;
            persons::list(conn, actor, now, &filter, &ask)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at("desk/people");
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-people"));
    let filters = Filters::new(voice, base.clone(), !asked_for(&asked).is_empty());
    page.put(&filters.with(FormView::filled(voice, &asked).text("text", "filter-text")));
    if found.items.is_empty() {
        page.put(&Empty::new(voice.t("list-empty"), ""));
    } else {
        let mut table = Table::new(
            ["desk-person-name", "desk-person-badge", "desk-person-language"].map(|key| voice.t(key)),
        );
        for person in &found.items {
            table.row([
                anchor(format!("{base}/{}", person.id), person.name()),
                plain(person.on_badge()),
                plain(voice.code("language", person.language.code())),
            ]);
        }
        page.put(&table);
    }
    page.put(&pager(&visit, &base, &asked, found.next.as_ref(), paged));
    page.answer(&visit, None)
}

async fn person(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, id) = path.into_inner();
    show(visit, &id, None).await
}

/// A person's page, perhaps with a form that came back.
///
/// # Errors
/// What reading refuses.
pub async fn show(visit: Visit, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, (person, positions, rows, grants, named, second)) = visit
        .read("desk.person", None, move |conn, actor, now, _| {
            gate(actor, now)?;
            let person = persons::view(conn, actor, now, id_of(&asked)?)?;
            let positions = members::positions::of_person(conn, actor, now, person.id)?;
            let grants =
                access_rules::decide(actor, Act::GrantRole, &access_rules::Object::site(), now).allows();
            let rows = if grants {
                standings::history(conn, person.id)?
            } else {
                Vec::new()
            };
            let named =
                match access_rules::decide(actor, Act::ManageMeeting, &access_rules::Object::site(), now)
                    .allows()
                {
                    true => statutory::bodies::list(conn)?,
                    false => Vec::new(),
                };
            let runs = access_rules::decide(actor, Act::RunSite, &access_rules::Object::site(), now).allows();
            let second = match runs {
                true => Some(second_factor::of_person(conn, person.id)?),
                false => None,
            };
            Ok((person, positions, rows, grants, named, second))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, person.name());
    if access_rules::decide(
        &frame.actor,
        Act::ReadAudit,
        &access_rules::Object::site(),
        visit.caller.now(),
    )
    .allows()
    {
        page.links(vec![
            Link::new(
                visit.at(&format!("desk/audit?person={}", person.id)),
                voice.t("desk-audit-by-this-person"),
            ),
            Link::new(
                visit.at(&format!("desk/letters?person={}", person.id)),
                voice.t("desk-letters-to-this-person"),
            ),
        ]);
    }
    page.heading(voice.t("desk-person-positions"));
    if positions.is_empty() {
        page.say(voice.t("none"));
    } else {
        let mut table = Table::new(
            [
                "desk-position-organisation",
                "desk-position-kind",
                "desk-position-state",
            ]
            .map(|key| voice.t(key)),
        );
        for one in &positions {
            table.row([
                anchor(
                    visit.at(&format!("desk/organisations/{}", one.in_organisation.id)),
                    one.in_organisation.name.clone(),
                ),
                plain(voice.code("position", one.position.kind.code())),
                state(voice, "position-state", one.position.state.code()),
            ]);
        }
        page.put(&table);
    }
    let (of_seat, of_reset, of_role) = match again {
        Some(again) if bodies::is_appointment(again.form) => (Some(again), None, None),
        Some(again) if again.form.typed("act") == RESET => (None, Some(again), None),
        again => (None, None, again),
    };
    if !named.is_empty() {
        page.heading(voice.t("desk-seat-name"));
        let sheet = bodies::appointment(&visit, &page.chrome, id, &named, of_seat);
        page.put(&sheet);
    }
    if let Some(since) = second {
        let zone = frame
            .edition
            .as_ref()
            .map_or_else(|| "UTC".parse().expect("UTC is a zone"), |edition| edition.zone);
        page.heading(voice.t("second-factor-title"));
        page.say(match since {
            Some(since) => voice.t1(
                "desk-second-factor-since",
                "when",
                voice.moment(zone.local(since)),
            ),
            None => voice.t("desk-second-factor-none"),
        });
        if since.is_some() {
            let form = Again::view(of_reset, &visit, || FormView::blank(voice).with("act", RESET))
                .named("desk-second-factor");
            let action = visit.at(&format!("desk/people/{id}/second-factor-reset"));
            let sheet = Sheet::new(action, page.chrome.sends())
                .and(form.summary())
                .and(form.hidden("act"))
                .with(
                    form.text("reason", "desk-second-factor-reason")
                        .hint("desk-second-factor-reason-hint")
                        .required(),
                )
                .does(voice.t("desk-second-factor-reset"));
            page.put(&sheet);
        }
    }
    if !grants {
        return page.answer(&visit, again);
    }
    page.heading(voice.t("desk-person-roles"));
    let now = visit.caller.now();
    let base = visit.at(&format!("desk/people/{id}/standings"));
    if !rows.is_empty() {
        let keys = [
            "desk-standing-role",
            "desk-standing-scope",
            "desk-standing-basis",
            "desk-standing-end",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for row in &rows {
            let act = if row.holds_at(now)
                && !matches!(row.role, Role::FocalPoint | Role::BodyMember | Role::Participant)
            {
                super::button(
                    &page.chrome,
                    format!("{base}/{}/end", row.id),
                    "desk-standing-end-do",
                )
            } else if row.holds_at(now) {
                Markup::default()
            } else {
                plain(voice.t("desk-standing-over"))
            };
            table.row([
                plain(voice.code("role", row.role.code())),
                plain(format!("{} {}", voice.code("desk-over", &row.scope_kind), row.scope_ref).trim()),
                plain(row.basis.clone()),
                act,
            ]);
        }
        page.put(&table);
    }
    page.heading(voice.t("desk-standing-grant"));
    let form = Again::view(of_role, &visit, || {
        FormView::blank(voice).with("scope_kind", "everywhere")
    })
    .named("desk-standing");
    let roles: Vec<Choice> = Role::ALL
        .iter()
        .filter(|role| !matches!(role, Role::FocalPoint | Role::BodyMember | Role::Participant))
        .map(|role| Choice::new(role.code(), voice.code("role", role.code())))
        .collect();
    let scopes: Vec<Choice> = SCOPES
        .iter()
        .map(|code| Choice::new(*code, voice.code("desk-over", code)))
        .collect();
    let sheet = Sheet::new(base, page.chrome.sends())
        .and(form.summary())
        .with(form.select("role", "desk-standing-role", &roles).required())
        .with(
            form.select("scope_kind", "desk-standing-scope", &scopes)
                .required(),
        )
        .with(
            form.text("scope_ref", "desk-standing-scope-ref")
                .hint("desk-standing-scope-ref-hint")
                .optional(),
        )
        .with(
            form.text("basis", "desk-standing-basis")
                .hint("desk-standing-basis-hint")
                .required(),
        )
        .does(voice.t("desk-standing-grant"));
    page.put(&sheet);
    page.answer(&visit, again)
}

async fn grant(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (lang, id) = path.into_inner();
    let done = match form.input::<GrantInput>() {
        Ok(input) => {
            let own = id.clone();
            let run = visit.submit("desk.standing.grant", &form, move |conn, actor, now| {
                let mut input = input.clone();
                input.person = Some(id_of(&own)?);
                // Everywhere has nothing to name.
                if Scope::from_columns(&input.scope_kind, "") == Some(Scope::Everywhere) {
                    input.scope_ref.clear();
                }
                standings::grant(conn, actor, now, &input)?;
                Ok(format!("/{lang}/desk/people/{own}"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "granted", &form, async |visit, again| {
        show(visit, &id, again).await
    })
    .await
}

async fn end(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, id, standing) = path.into_inner();
    let own = id.clone();
    let run = visit.submit("desk.standing.end", &form, move |conn, actor, now| {
        standings::end(conn, actor, now, id_of(&standing)?)?;
        Ok(format!("/{lang}/desk/people/{own}"))
    });
    let done = run.await;
    after(visit, done, "ended", &form, async |visit, again| {
        show(visit, &id, again).await
    })
    .await
}

async fn reset_second_factor(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (lang, id) = path.into_inner();
    let machine_now = visit.caller.machine_now();
    let done = match form.input::<SecondFactorResetInput>() {
        Ok(input) => {
            let own = id.clone();
            let run = visit.submit("desk.second_factor.reset", &form, move |conn, actor, _| {
                second_factor_letters::reset(conn, actor, machine_now, id_of(&own)?, &input)?;
                Ok(format!("/{lang}/desk/people/{own}"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "second-factor-reset", &form, async |visit, again| {
        show(visit, &id, again).await
    })
    .await
}

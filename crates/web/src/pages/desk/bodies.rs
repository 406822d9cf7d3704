//! Statutory bodies and who sits in them: named on a person's page, ended here, and never forgotten.

use access_rules::Act;
use actix_kit::Form;
use actix_web::web::Path;
use kernel::{Fault, Moment};
use statutory::{
    bodies,
    roster::{self, SeatInput, SeatView},
};

use super::{Again, DeskPage, Sheet, Table, after, anchor, button, gate, id_of, people, plain};
use crate::{
    components::{Chrome, Markup},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageMeeting;
    vec![
        get("/{lang}/desk/bodies", act, list),
        get("/{lang}/desk/bodies/{id}", act, body),
        post("/{lang}/desk/bodies/{id}/seats/{seat}/end", act, end),
        post("/{lang}/desk/people/{id}/seats", act, appoint),
    ]
}

async fn list(visit: Visit) -> Page {
    let (frame, rows) = visit
        .read("desk.bodies", None, |conn, actor, now, _| {
            gate(actor, now)?;
            bodies::list(conn)
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-bodies"));
    let mut table = Table::new(["desk-body-name", "desk-body-what"].map(|key| voice.t(key)));
    for row in &rows {
        let href = visit.at(&format!("desk/bodies/{}", row.id));
        table.row([
            anchor(href, voice.said(&row.name).text),
            plain(voice.code("body-kind", kernel::Coded::code(row.kind))),
        ]);
    }
    page.put(&table);
    page.answer(&visit, None)
}

async fn body(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, id) = path.into_inner();
    show(visit, &id, None).await
}

async fn show(visit: Visit, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, (found, seats)) = visit
        .read("desk.body", None, move |conn, actor, now, _| {
            gate(actor, now)?;
            let found = bodies::get(conn, id_of(&asked)?)?;
            let seats = match found.kind.is_computed() {
                true => Vec::new(),
                false => roster::history(conn, actor, now, found.id)?,
            };
            Ok((found, seats))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.said(&found.name).text);
    page.lead(voice.code("body-kind", kernel::Coded::code(found.kind)));
    if found.kind.is_computed() {
        page.say(voice.t("desk-body-computed"));
        return page.answer(&visit, again);
    }
    page.heading(voice.t("desk-body-roster"));
    page.say(voice.t("desk-body-roster-hint"));
    let now = visit.caller.now();
    let keys = [
        "desk-seat-person",
        "desk-seat-organisation",
        "desk-seat-basis",
        "desk-seat-since",
        "desk-seat-end",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    let (sitting, former): (Vec<&SeatView>, Vec<&SeatView>) =
        seats.iter().partition(|view| view.seat.holds_at(now));
    let zone = frame.edition.as_ref().map(|edition| edition.zone);
    // By the clock of the congress; before there is one, by that of UTC.
    let day = |at: Moment| match zone {
        Some(zone) => voice.day_plain(zone.local(at).date()),
        None => at.rfc3339(),
    };
    for view in sitting.into_iter().chain(former) {
        let until = view.seat.to_at.filter(|to| *to <= now);
        let act: Markup = match until {
            None => button(
                &page.chrome,
                visit.at(&format!("desk/bodies/{id}/seats/{}/end", view.seat.id)),
                "desk-seat-end-do",
            ),
            Some(until) => plain(voice.t1("desk-seat-over", "day", day(until))),
        };
        table.row([
            anchor(
                visit.at(&format!("desk/people/{}", view.seat.person)),
                view.person_name.clone(),
            ),
            plain(view.organisation_name.clone()),
            plain(view.seat.basis.clone()),
            plain(day(view.seat.from_at)),
            act,
        ]);
    }
    if table.is_empty() {
        page.say(voice.t("none"));
    } else {
        page.put(&table);
    }
    page.answer(&visit, again)
}

async fn end(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, id, seat) = path.into_inner();
    let own = id.clone();
    let run = visit.submit("desk.seat.end", &form, move |conn, actor, now| {
        roster::end(conn, actor, now, id_of(&seat)?, None)?;
        Ok(format!("/{lang}/desk/bodies/{own}"))
    });
    let done = run.await;
    after(visit, done, "ended", &form, async |visit, again| {
        show(visit, &id, again).await
    })
    .await
}

/// The form on a person's page that names them to a body.
pub fn appointment(
    visit: &Visit,
    chrome: &Chrome,
    id: &str,
    rows: &[statutory::model::Body],
    again: Option<Again<'_>>,
) -> Sheet {
    let voice = &visit.voice;
    let form = Again::view(again, visit, || FormView::blank(voice)).named("desk-seat");
    let choices: Vec<Choice> = rows
        .iter()
        .filter(|body| !body.kind.is_computed())
        .map(|body| Choice::new(body.id.to_string(), voice.said(&body.name).text))
        .collect();
    Sheet::new(visit.at(&format!("desk/people/{id}/seats")), chrome.sends())
        .and(form.summary())
        .with(form.select("body", "desk-seat-body", &choices).required())
        .with(
            form.text("basis", "desk-seat-basis")
                .hint("desk-seat-basis-hint")
                .required(),
        )
        .does(voice.t("desk-seat-name"))
}

/// Whether a form that came back is the one that names somebody to a body.
pub fn is_appointment(form: &Form) -> bool {
    form.pairs().iter().any(|(name, _)| name == "body")
}

async fn appoint(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (lang, id) = path.into_inner();
    let done = match form.input::<SeatInput>() {
        Ok(input) => {
            let (own, body) = (id.clone(), form.typed("body").to_owned());
            let run = visit.submit("desk.seat.name", &form, move |conn, actor, now| {
                if body.is_empty() {
                    return Err(Fault::field("body", "required"));
                }
                let input = SeatInput {
                    person: Some(id_of(&own)?),
                    ..input.clone()
                };
                roster::appoint(conn, actor, now, id_of(&body)?, &input)?;
                Ok(format!("/{lang}/desk/bodies/{body}"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "granted", &form, async |visit, again| {
        people::show(visit, &id, again).await
    })
    .await
}

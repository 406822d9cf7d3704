//! Positions that wait to be confirmed: sorted by what speaks for them, confirmed together or looked at one by one.

use access_rules::Act;
use actix_kit::{Form, Paging};
use actix_web::web::Path;
use kernel::{Coded as _, Fault};
use members::{
    model::{PositionId, PositionState},
    positions::{self, ConfirmManyInput, DecideInput, PositionView, WaitingFilter},
};

use super::{Again, DeskPage, Sheet, Table, Tick, after, anchor, gate, id_of, pager, plain, state};
use crate::{
    components::{Empty, Facts, Markup},
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/confirmations", Act::ConfirmPosition, way_in),
        get("/{lang}/desk/confirmations", Act::ConfirmPosition, list),
        post("/{lang}/desk/confirmations/check", Act::ConfirmPosition, check),
        post("/{lang}/desk/confirmations", Act::ConfirmPosition, confirm_many),
        get("/{lang}/desk/confirmations/{id}", Act::ConfirmPosition, position),
        post(
            "/{lang}/desk/confirmations/{id}/confirm",
            Act::ConfirmPosition,
            confirm,
        ),
        post(
            "/{lang}/desk/confirmations/{id}/refuse",
            Act::ConfirmPosition,
            refuse,
        ),
    ]
}

/// Letters lead here.
async fn way_in(visit: Visit) -> Page {
    Ok(visit.go(&visit.at("desk/confirmations"), None))
}

async fn list(visit: Visit, paging: Paging) -> Page {
    let ask = paging.0;
    let paged = ask.after.is_some();
    let (frame, found) = visit
        .read("desk.confirmations", None, move |conn, actor, now, _| {
            positions::waiting(conn, actor, now, &WaitingFilter::default(), &ask)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at("desk/confirmations");
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-confirmations"));
    page.lead(voice.t("desk-confirmations-lead"));
    if found.items.is_empty() {
        page.put(&Empty::new(voice.t("desk-confirmations-none"), ""));
        return page.answer(&visit, None);
    }
    let sheet = Sheet::new(format!("{base}/check"), page.chrome.sends());
    page.put(
        &sheet
            .with(table(&visit, &found.items, false))
            .does(voice.t("desk-confirmations-check")),
    );
    page.put(&pager(&visit, &base, &(), found.next.as_ref(), paged));
    page.answer(&visit, None)
}

fn table(visit: &Visit, items: &[PositionView], ticked: bool) -> Table {
    let voice = &visit.voice;
    let keys = [
        "desk-position-person",
        "desk-position-kind",
        "desk-position-organisation",
        "desk-position-evidence",
        "desk-position-look",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for item in items {
        let tick = Tick {
            name: "positions[]",
            value: item.position.id.to_string(),
            label: item.person_name.clone(),
            ticked,
        };
        let name = if item.may_decide {
            Markup::of(&tick)
        } else {
            plain(item.person_name.clone())
        };
        table.row([
            name,
            plain(kind(voice, item)),
            plain(item.in_organisation.name.clone()),
            plain(voice.code("evidence", item.position.evidence.code())),
            anchor(
                visit.at(&format!("desk/confirmations/{}", item.position.id)),
                voice.t("view"),
            ),
        ]);
    }
    table
}

fn kind(voice: &Voice, item: &PositionView) -> String {
    let kind = voice.code("position", item.position.kind.code());
    match item.position.title.as_str() {
        "" => kind,
        title => format!("{kind}: {title}"),
    }
}

/// Says how many are about to be confirmed, before anything is.
async fn check(visit: Visit, form: Form) -> Page {
    let ids: Vec<PositionId> = form.all("positions[]").filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(visit.go(&visit.at("desk/confirmations"), None));
    }
    let (frame, items) = visit
        .read("desk.confirmations.check", None, move |conn, actor, now, _| {
            gate(actor, now)?;
            ids.iter()
                .map(|id| positions::get(conn, actor, now, *id))
                .collect::<Result<Vec<_>, Fault>>()
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-confirmations"));
    page.lead(voice.t1("desk-confirmations-about-to", "count", items.len()));
    let sheet = Sheet::new(visit.at("desk/confirmations"), page.chrome.sends());
    page.put(&sheet.with(table(&visit, &items, true)).does(voice.t1(
        "desk-confirmations-do",
        "count",
        items.len(),
    )));
    page.answer(&visit, None)
}

async fn confirm_many(visit: Visit, form: Form) -> Page {
    let lang = visit.language().code();
    let done = match form.input::<ConfirmManyInput>() {
        Ok(input) => {
            let run = visit.submit("desk.confirmations", &form, move |conn, actor, now| {
                let outcomes = positions::confirm_many(conn, actor, now, &input)?;
                let all = outcomes.iter().all(|one| one.confirmed);
                Ok(format!(
                    "/{lang}/desk/confirmations?done={}",
                    if all { "confirmed" } else { "confirmed-some" }
                ))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    match done {
        Ok(next) => Ok(visit.go(&next, None)),
        Err(fault) => Err(visit.refused(fault)),
    }
}

async fn position(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, id) = path.into_inner();
    show(visit, &id, None).await
}

async fn show(visit: Visit, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, item) = visit
        .read("desk.position", None, move |conn, actor, now, _| {
            positions::get(conn, actor, now, id_of(&asked)?)
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, item.person_name.clone());
    page.add(state(voice, "position-state", item.position.state.code()));
    let facts = vec![
        (voice.t("desk-position-kind"), kind(voice, &item)),
        (
            voice.t("desk-position-organisation"),
            item.in_organisation.name.clone(),
        ),
        (
            voice.t("desk-position-evidence"),
            voice.code("evidence", item.position.evidence.code()),
        ),
        (voice.t("desk-position-reason"), item.position.reason.clone()),
    ];
    page.put(&Facts::new(facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()).lined());
    if item.may_decide && item.position.state == PositionState::Requested {
        let base = visit.at(&format!("desk/confirmations/{id}"));
        let form = Again::view(again, &visit, || FormView::blank(voice)).named("desk-position");
        page.put(
            &Sheet::new(
                format!("{base}/confirm"),
                page.chrome.edits(&item.position.version),
            )
            .does(voice.t("desk-position-confirm")),
        );
        let sheet = Sheet::new(
            format!("{base}/refuse"),
            page.chrome.edits(&item.position.version),
        )
        .and(form.summary());
        page.put(
            &sheet
                .with(form.area("reason", "desk-position-reason").required())
                .does(voice.t("desk-position-refuse")),
        );
    }
    page.answer(&visit, again)
}

async fn confirm(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    decide(visit, path, form, true).await
}

async fn refuse(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    decide(visit, path, form, false).await
}

async fn decide(visit: Visit, path: Path<(String, String)>, form: Form, yes: bool) -> Page {
    let (lang, id) = path.into_inner();
    let done = match form.input::<DecideInput>() {
        Ok(input) => {
            let (own, version) = (id.clone(), form.version());
            let run = visit.submit("desk.position.decide", &form, move |conn, actor, now| {
                let decided = if yes {
                    positions::confirm
                } else {
                    positions::refuse
                };
                decided(conn, actor, now, id_of(&own)?, version, &input)?;
                Ok(format!("/{lang}/desk/confirmations"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(
        visit,
        done,
        if yes { "confirmed" } else { "refused" },
        &form,
        async |visit, again| show(visit, &id, again).await,
    )
    .await
}

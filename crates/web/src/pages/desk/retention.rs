//! For how long what is kept is kept: the days of each kind, how many rows would go tonight, and how many would with other
//! days, before they are said.

use access_rules::Act;
use actix_kit::Form;
use kernel::{Coded as _, Fault};
use privacy::retention::{self, Clocks, Retained, RetentionInput, Swept};

use super::{Again, DeskPage, Sheet, Table, after, plain};
use crate::{
    components::Link,
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/retention", Act::RunSite, shown),
        post("/{lang}/desk/retention", Act::RunSite, sent),
        post("/{lang}/desk/retention/check", Act::RunSite, checked),
    ]
}

async fn shown(visit: Visit) -> Page {
    show(visit, None, None).await
}

/// What would go by the rules, or by what was typed.
async fn foretold(visit: &Visit, input: Option<RetentionInput>) -> Result<Vec<Swept>, Fault> {
    let machine = visit.caller.machine_now();
    let run = visit
        .caller
        .try_write("desk.retention.foretell", move |conn, actor, congress| {
            let clocks = Clocks { congress, machine };
            match &input {
                Some(input) => retention::check(conn, actor, clocks, input),
                None => retention::foretell(conn, actor, clocks),
            }
        });
    run.await
}

async fn show(visit: Visit, again: Option<Again<'_>>, typed: Option<(&Form, Vec<Swept>)>) -> Page {
    let machine = visit.caller.machine_now();
    let (frame, retained) = visit
        .read("desk.retention", None, move |conn, actor, congress, _| {
            retention::view(conn, actor, Clocks { congress, machine })
        })
        .await?;
    let tonight = foretold(&visit, None)
        .await
        .map_err(|fault| visit.refused(fault))?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-retention-title"));
    let rows: usize = tonight.iter().map(|one| one.rows).sum();
    page.lead(voice.t1("desk-retention-tonight", "count", rows));
    if let Some(day) = &retained.last_run {
        page.say(voice.t1("desk-retention-last", "day", day.clone()));
    }
    page.put(&table(
        &visit,
        &retained,
        &tonight,
        typed.as_ref().map(|(_, swept)| swept),
    ));
    page.heading(voice.t("desk-retention-change"));
    page.say(voice.t("desk-retention-change-lead"));
    let mut form = Again::view(again, &visit, || match &typed {
        Some((typed, _)) => FormView::typed(voice, typed),
        None => FormView::blank(voice),
    })
    .named("desk-retention");
    for rule in &retained.rules {
        form = form.with(&format!("days.{}", rule.kind.code()), rule.days.to_string());
    }
    let mut sheet =
        Sheet::new(visit.at("desk/retention"), page.chrome.edits(&retained.version)).and(form.summary());
    for rule in &retained.rules {
        if let (Some(least), Some(most)) = (rule.least, rule.most) {
            let code = rule.kind.code();
            let hint = voice.t2("desk-retention-bounds", "least", least, "most", most);
            sheet = sheet.with(
                form.number(&format!("days.{code}"), &format!("retention-kind-{code}"))
                    .hint_text(&hint)
                    .short(),
            );
        }
    }
    page.put(
        &sheet
            .does(voice.t("save"))
            .or_does(visit.at("desk/retention/check"), voice.t("desk-retention-check")),
    );
    page.links(vec![Link::new(
        visit.at("desk/audit?object_kind=site"),
        voice.t("desk-retention-log"),
    )]);
    page.answer(&visit, again)
}

/// Each kind with its days and what would go, also with the days that are being tried.
fn table(visit: &Visit, retained: &Retained, tonight: &[Swept], tried: Option<&Vec<Swept>>) -> Table {
    let voice = &visit.voice;
    let mut keys = vec![
        "desk-retention-kind",
        "desk-retention-days",
        "desk-retention-would-go",
    ];
    keys.extend(tried.map(|_| "desk-retention-would-go-then"));
    let mut table = Table::new(keys.into_iter().map(|key| voice.t(key)));
    let rows_of = |swept: &[Swept], rule: &retention::RetentionRule| {
        let found = swept.iter().find(|one| one.kind == rule.kind);
        voice.count(found.map_or(0, |one| one.rows))
    };
    for rule in &retained.rules {
        let mut row = vec![
            plain(voice.code("retention-kind", rule.kind.code())),
            plain(voice.count(rule.days)),
            plain(rows_of(tonight, rule)),
        ];
        row.extend(tried.map(|tried| plain(rows_of(tried, rule))));
        table.row(row);
    }
    table
}

async fn checked(visit: Visit, form: Form) -> Page {
    let tried = match form.input::<RetentionInput>() {
        Ok(input) => foretold(&visit, Some(input)).await,
        Err(fault) => Err(fault),
    };
    match tried {
        Ok(swept) => show(visit, None, Some((&form, swept))).await,
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            show(visit, Again::of(&form, &fault), None).await
        }
    }
}

async fn sent(visit: Visit, form: Form) -> Page {
    let done = match form.input::<RetentionInput>() {
        Ok(input) => {
            let (next, version) = (visit.at("desk/retention"), form.version());
            let machine = visit.caller.machine_now();
            let run = visit.submit("desk.retention", &form, move |conn, actor, congress| {
                retention::set(conn, actor, Clocks { congress, machine }, &input, version)?;
                Ok(next.clone())
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, again, None).await
    })
    .await
}

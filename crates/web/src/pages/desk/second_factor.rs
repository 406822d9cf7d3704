//! Of which roles the second factor is asked, with how many of their holders would be stopped until they add one.

use access_rules::{Act, Role};
use actix_kit::Form;
use kernel::Coded as _;
use people::second_factor_rule::{self, Asked, SecondFactorRuleInput};
use serde_json::json;

use super::{Again, DeskPage, Sheet};
use crate::{
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/second-factor", Act::RunSite, shown),
        post("/{lang}/desk/second-factor", Act::RunSite, sent),
    ]
}

async fn shown(visit: Visit) -> Page {
    show(visit, None).await
}

async fn show(visit: Visit, again: Option<Again<'_>>) -> Page {
    let (frame, lines) = visit
        .read("desk.second_factor", None, |conn, actor, now, _| {
            second_factor_rule::view(conn, actor, now)
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-second-factor-title"));
    page.lead(voice.t("desk-second-factor-lead"));
    let asked: Vec<Role> = lines
        .iter()
        .filter(|line| line.is_asked)
        .map(|line| line.role)
        .collect();
    let form = Again::view(again, &visit, || {
        FormView::filled(voice, &json!({ "roles": asked }))
    })
    .named("desk-second-factor");
    let choices: Vec<Choice> = lines.iter().map(|line| choice(&visit, line)).collect();
    let sheet = Sheet::new(visit.at("desk/second-factor"), page.chrome.sends())
        .and(form.summary())
        .with(form.checks("roles", "desk-second-factor-roles", &choices))
        .does(voice.t("save"));
    page.put(&sheet);
    page.answer(&visit, again)
}

fn choice(visit: &Visit, line: &Asked) -> Choice {
    let voice = &visit.voice;
    let choice = Choice::new(line.role.code(), voice.code("role", line.role.code()));
    match line.holders {
        0 => choice,
        holders => choice.with_hint(voice.t2(
            "desk-second-factor-holders",
            "holders",
            holders,
            "without",
            line.without,
        )),
    }
}

async fn sent(visit: Visit, form: Form) -> Page {
    let done = match form.input::<SecondFactorRuleInput>() {
        Ok(input) => {
            let next = visit.at("desk/second-factor");
            let run = visit.submit("desk.second_factor_rule", &form, move |conn, actor, now| {
                second_factor_rule::set(conn, actor, now, &input)?;
                Ok(next.clone())
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    match done {
        Ok(next) => Ok(visit.go(&next, Some("saved"))),
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            show(visit, Again::of(&form, &fault)).await
        }
    }
}

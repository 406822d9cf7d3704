//! One delegate: what stands of them until they take it over, somebody else in their place, taking them out.

use access_rules::{Act, Actor};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Coded as _, Fault, Moment};
use registration::{
    delegates::{self, DelegateInput, Line as Sent},
    model::RegistrationId,
    rules,
};

use super::{
    delegation::{Lists, details, name, next_step},
    desk::{Again, Sheet, after, id_of},
    parts::PartsPage,
};
use crate::{
    components::{Facts, Link},
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/delegates/{id}", Act::MindOrganisation, one),
        post("/{lang}/{edition}/delegates/{id}", Act::MindOrganisation, save),
        get(
            "/{lang}/{edition}/delegates/{id}/substitute",
            Act::MindOrganisation,
            other,
        ),
        post(
            "/{lang}/{edition}/delegates/{id}/substitute",
            Act::MindOrganisation,
            substitute,
        ),
        post(
            "/{lang}/{edition}/delegates/{id}/withdraw",
            Act::MindOrganisation,
            withdraw,
        ),
    ]
}

async fn one(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, id) = path.into_inner();
    show_one(visit, &slug, &id, None).await
}

async fn save(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, id) = path.clone();
    let done = act(&visit, path, &form, "delegate.edit", delegates::edit);
    after(visit.clone(), done.await, "saved", &form, async |visit, again| {
        show_one(visit, &slug, &id, again).await
    })
    .await
}

async fn other(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, id) = path.into_inner();
    show_other(visit, &slug, &id, None).await
}

async fn substitute(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, id) = path.clone();
    let done = act(&visit, path, &form, "delegate.substitute", delegates::substitute);
    after(
        visit.clone(),
        done.await,
        "delegate-substituted",
        &form,
        async |visit, again| show_other(visit, &slug, &id, again).await,
    )
    .await
}

async fn withdraw(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, id) = path.clone();
    let done = act(
        &visit,
        path,
        &form,
        "delegate.withdraw",
        |conn, actor, now, id, _, version| delegates::withdraw(conn, actor, now, id, version),
    );
    after(
        visit.clone(),
        done.await,
        "delegate-withdrawn",
        &form,
        async |visit, again| show_one(visit, &slug, &id, again).await,
    )
    .await
}

/// Something done to one delegate; answers the address of the delegation.
async fn act(
    visit: &Visit,
    path: Path<(String, String, String)>,
    form: &Form,
    name: &'static str,
    run: impl Fn(&mut Conn, &Actor, Moment, RegistrationId, &DelegateInput, Option<i64>) -> Result<Sent, Fault>
    + Send
    + 'static,
) -> Result<String, Fault> {
    let (lang, slug, id) = path.into_inner();
    let input = form.input::<DelegateInput>()?;
    let version = form.version();
    visit
        .submit(name, form, move |conn, actor, now| {
            let line = run(conn, actor, now, id_of(&id)?, &input, version)?;
            Ok(format!(
                "/{lang}/{slug}/delegation/{}",
                line.delegate.organisation
            ))
        })
        .await
}

/// The form of somebody who goes in a delegate's place.
async fn show_other(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, (line, lists)) = visit
        .read_in("delegate.other", slug, move |conn, actor, now, edition| {
            let line = delegates::get(conn, actor, now, id_of(&asked)?)?;
            Ok((line, Lists::of(conn, edition.id)?))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = PartsPage::own(
        &visit,
        &frame,
        voice.t1("delegate-substitute-of", "name", name(&line)),
    );
    page.lead(voice.t("delegate-substitute-hint"));
    let form = Again::view(again, &visit, || {
        FormView::blank(voice).with("role", line.delegate.role.clone())
    })
    .named("delegate");
    let action = visit.at(&format!("{slug}/delegates/{id}/substitute"));
    let sheet = Sheet::new(action, page.chrome.edits(&line.registration.version));
    page.put(&details(voice, sheet, &form, &lists).does(voice.t("delegate-substitute-do")));
    page.answer(&visit, again)
}

async fn show_one(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, (line, lists)) = visit
        .read_in("delegate", slug, move |conn, actor, now, edition| {
            let line = delegates::get(conn, actor, now, id_of(&asked)?)?;
            if line.delegate.edition != edition.id {
                return Err(Fault::not_found());
            }
            Ok((line, Lists::of(conn, edition.id)?))
        })
        .await?;
    let voice = &visit.voice;
    let registration = &line.registration;
    let mut page = PartsPage::own(&visit, &frame, name(&line));
    let category = lists
        .categories
        .iter()
        .find(|found| Some(found.id) == registration.category);
    page.put(&Facts::new(vec![
        (
            voice.t("delegate-state"),
            voice.code("registration-state", registration.state.code()),
        ),
        (voice.t("delegate-next"), next_step(voice, &line)),
        (
            voice.t("register-number"),
            registration.number.clone().unwrap_or_default(),
        ),
        (voice.t("delegate-role"), lists.role(voice, &line.delegate.role)),
        (
            voice.t("delegate-category"),
            category
                .map(|found| found.title.text(voice.language).to_owned())
                .unwrap_or_default(),
        ),
    ]));
    let base = visit.at(&format!("{slug}/delegates/{id}"));
    let back = visit.at(&format!("{slug}/delegation/{}", line.delegate.organisation));
    if !rules::is_over(registration.state) {
        let version = registration.version;
        if line.is_taken_over() {
            page.say(voice.t("delegate-theirs"));
        } else {
            page.heading(voice.t("delegate-edit"));
            let form =
                Again::view(again, &visit, || FormView::filled(voice, &stated(&line))).named("delegate");
            let sheet = Sheet::new(base.clone(), page.chrome.edits(&version));
            page.put(&details(voice, sheet, &form, &lists).does(voice.t("save")));
        }
        page.heading(voice.t("delegate-substitute"));
        page.say(voice.t("delegate-substitute-hint"));
        page.links(vec![Link::new(
            format!("{base}/substitute"),
            voice.t("delegate-substitute-do"),
        )]);
        page.heading(voice.t("delegate-withdraw"));
        page.say(voice.t("delegate-withdraw-hint"));
        let sheet = Sheet::new(format!("{base}/withdraw"), page.chrome.edits(&version)).in_a_row();
        page.put(&sheet.does(voice.t("delegate-withdraw-do")));
    }
    page.links(vec![Link::new(back, voice.t("delegation-back"))]);
    page.answer(&visit, again)
}

fn stated(line: &Sent) -> DelegateInput {
    let registration = &line.registration;
    DelegateInput {
        given_name: line.given_name.clone(),
        family_name: line.family_name.clone(),
        email: registration.email.to_string(),
        role: line.delegate.role.clone(),
        position_kind: registration.position_kind,
        position_title: registration.position_title.clone(),
        language: Some(registration.language),
        ..DelegateInput::default()
    }
}

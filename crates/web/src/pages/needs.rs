//! What somebody needs at the congress, said or changed once they are registered: by themselves, or by who registered
//! them. For whoever looks after a delegation this page does not exist (R22).

use access_rules::Act;
use actix_kit::Form;
use actix_web::web::Path;
use registration::{
    model::RegistrationId,
    needs::{self, NEVER_SAID, NeedsInput},
};

use super::{
    desk::{Again, Sheet, after},
    parts::PartsPage,
    register::{draft, tongues},
};
use crate::{
    components::Link,
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/register/{id}/needs", Act::Register, shown),
        post("/{lang}/{edition}/register/{id}/needs", Act::Register, stated),
    ]
}

async fn shown(visit: Visit, path: Path<(String, String, RegistrationId)>) -> Page {
    let (_, slug, id) = path.into_inner();
    show(visit, &slug, id, None).await
}

async fn stated(visit: Visit, path: Path<(String, String, RegistrationId)>, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let back = visit.at(&format!("{slug}/register/{id}/done"));
    let done = async {
        let input = form.input::<NeedsInput>()?;
        let version = form.version();
        let run = visit.submit("needs.state", &form, move |conn, actor, now| {
            needs::state(conn, actor, now, id, version, &input)?;
            Ok(back.clone())
        });
        run.await
    };
    let done = done.await;
    after(visit, done, "needs-kept", &form, async |visit, again| {
        show(visit, &slug, id, again).await
    })
    .await
}

async fn show(visit: Visit, slug: &str, id: RegistrationId, again: Option<Again<'_>>) -> Page {
    let language = visit.language();
    let (frame, draft) = visit
        .read_in("register.needs", slug, move |conn, actor, now, edition| {
            draft(conn, actor, now, edition, id, language)
        })
        .await?;
    let voice = &visit.voice;
    let mut page = PartsPage::own(
        &visit,
        &frame,
        voice.t1("register-needs-of", "name", draft.person.name()),
    );
    page.lead(voice.t("register-needs-hint"));
    let kept = draft.needs.as_ref();
    let form = Again::view(again, &visit, || {
        let filled = serde_json::json!({
            "access": kept.map(|needs| &needs.access), "diet": kept.map(|needs| &needs.diet),
            "interpretation": kept.map(|needs| &needs.interpretation.0), "consent": kept.map(|_| true),
        });
        FormView::filled(voice, &filled)
    })
    .named("needs");
    let version = kept.map_or(NEVER_SAID, |needs| needs.version);
    let here = visit.at(&format!("{slug}/register/{id}"));
    let mut sheet = Sheet::new(format!("{here}/needs"), page.chrome.edits(&version))
        .and(form.summary())
        .with(form.area("access", "register-needs-access").optional())
        .with(form.text("diet", "register-needs-diet").optional());
    let tongues = tongues(voice, &frame);
    if !tongues.is_empty() {
        sheet = sheet.with(form.checks("interpretation", "register-needs-interpretation", &tongues));
    }
    page.put(
        &sheet
            .with(form.check("consent", "register-needs-consent"))
            .does(voice.t("save")),
    );
    if kept.is_some() {
        page.say(voice.t("register-needs-blank"));
    }
    page.links(vec![Link::new(format!("{here}/done"), voice.t("back"))]);
    page.answer(&visit, again)
}

//! Whoever a focal point registered takes the registration over, signed in with the address it was made for.

use access_rules::Act;
use actix_kit::Form;
use actix_web::web::Path;
use kernel::Coded as _;
use registration::delegate_take_over;

use super::{
    delegation::Lists,
    desk::{Again, Sheet, after, id_of},
    parts::PartsPage,
};
use crate::{
    components::{Empty, Facts},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/take-over", Act::MindOwn, offered),
        post("/{lang}/{edition}/take-over/{id}", Act::MindOwn, accept),
    ]
}

async fn offered(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    show_offers(visit, &slug, None).await
}

async fn accept(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, slug, id) = path.into_inner();
    let of = slug.clone();
    let run = visit.submit("delegate.take_over", &form, move |conn, actor, now| {
        delegate_take_over::accept(conn, actor, now, id_of(&id)?)?;
        Ok(format!("/{lang}/{of}/my-congress"))
    });
    let done = run.await;
    after(visit, done, "taken-over", &form, async |visit, again| {
        show_offers(visit, &slug, again).await
    })
    .await
}

async fn show_offers(visit: Visit, slug: &str, again: Option<Again<'_>>) -> Page {
    let (frame, (offers, lists)) = visit
        .read_in("delegate.offers", slug, |conn, actor, now, edition| {
            let offers = delegate_take_over::offers(conn, actor, now, edition.id)?;
            Ok((offers, Lists::of(conn, edition.id)?))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = PartsPage::own(&visit, &frame, voice.t("take-over"));
    if offers.is_empty() {
        page.put(&Empty::new(
            voice.t("take-over-none"),
            voice.t("take-over-none-hint"),
        ));
    } else {
        page.lead(voice.t("take-over-lead"));
    }
    for offer in &offers {
        page.heading(offer.organisation.clone());
        page.put(&Facts::new(vec![
            (voice.t("delegate-role"), lists.role(voice, &offer.role)),
            (
                voice.t("delegate-state"),
                voice.code("registration-state", offer.registration.state.code()),
            ),
            (
                voice.t("register-number"),
                offer.registration.number.clone().unwrap_or_default(),
            ),
        ]));
        let action = visit.at(&format!("{slug}/take-over/{}", offer.registration.id));
        page.put(
            &Sheet::new(action, page.chrome.sends())
                .in_a_row()
                .does(voice.t("take-over-do")),
        );
    }
    page.answer(&visit, again)
}

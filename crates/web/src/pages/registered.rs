//! The end of registering: what was asked for and how it stands, and taking it back. Focal points read it of their
//! organisation's people (R15), without address and needs.

use access_rules::Act;
use actix_kit::Form;
use actix_web::web::Path;
use askama::Template;
use kernel::Coded as _;
use registration::{
    admissions,
    model::{ForWhom, RegistrationId, RegistrationState},
    registrations,
};

use super::register::{is_over, place_of, seen, so_far};
use crate::{
    components::{Chrome, Facts, Foreign, Notice, Sends, Weight},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/register/{id}/done", Act::Register, done),
        post("/{lang}/{edition}/register/{id}/cancel", Act::Register, cancel),
    ]
}

#[derive(Template)]
#[template(path = "pages/register_done.html")]
struct DonePage {
    chrome: Chrome,
    notice: Notice,
    number: Option<String>,
    so_far: Facts,
    tracks: Vec<(Foreign, String, String, String)>,
    batch: Option<String>,
    needs: Option<String>,
    cancel: Option<String>,
    sends: Sends,
}

async fn done(visit: Visit, path: Path<(String, String, RegistrationId)>) -> Page {
    let (_, slug, id) = path.into_inner();
    let language = visit.language();
    let (frame, (draft, asked)) = visit
        .read_in("register.done", &slug, move |conn, actor, now, edition| {
            let held = seen(conn, actor, now, edition, id, language)?;
            Ok((held, admissions::of_registration(conn, id)?))
        })
        .await?;
    let voice = &visit.voice;
    let registration = &draft.registration;
    let chrome = visit.chrome(&frame, voice.t("nav-register"));
    let (weight, key) = match registration.state {
        RegistrationState::Draft => return Ok(visit.go(&chrome.to(&place_of(registration)), None)),
        RegistrationState::Confirmed | RegistrationState::Approved => (Weight::Done, "register-confirmed"),
        RegistrationState::Waiting => (Weight::Wait, "register-waiting"),
        RegistrationState::Applied | RegistrationState::PendingReview => (Weight::Wait, "register-review"),
        RegistrationState::Rejected => (Weight::Stop, "register-rejected"),
        RegistrationState::Cancelled | RegistrationState::Expired => (Weight::Info, "register-over"),
    };
    let mut notice = Notice::new(weight, voice.t1(key, "name", draft.person.name()));
    if !registration.reason.is_empty() {
        notice = notice.with_text(registration.reason.clone());
    }
    let tracks = asked
        .iter()
        .filter_map(|asked| {
            let (track, _) = draft.tracks.iter().find(|(track, _)| track.id == asked.track)?;
            let (why, _) = registration::letters::why(&asked.why);
            let why = why
                .map(|why| voice.capital(&voice.said(&why).text))
                .unwrap_or_default();
            Some((
                voice.said(&track.title),
                asked.state.code().to_owned(),
                voice.code("admission", asked.state.code()),
                why,
            ))
        })
        .collect();
    let is_kept = draft.is_own && !is_over(registration);
    visit.show(&DonePage {
        notice,
        number: registration.number.clone(),
        so_far: so_far(&visit, &draft),
        tracks,
        batch: (draft.is_own && registration.for_whom == ForWhom::Group)
            .then(|| registration.batch.map(|batch| batch.to_string()))
            .flatten(),
        needs: is_kept.then(|| chrome.to(&format!("register/{id}/needs"))),
        cancel: is_kept.then(|| chrome.to(&format!("register/{id}/cancel"))),
        sends: chrome.edits(&registration.version),
        chrome,
    })
}

async fn cancel(visit: Visit, path: Path<(String, String, RegistrationId)>, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let version = form.version();
    let cancelled = visit.submit("registration.cancel", &form, move |conn, actor, now| {
        registrations::cancel(conn, actor, now, id, version).map(|_| String::new())
    });
    cancelled.await.map_err(|fault| visit.refused(fault))?;
    Ok(visit.go(
        &visit.at(&format!("{slug}/register")),
        Some("registration-cancelled"),
    ))
}

impl DonePage {
    /// The state of a track in its dress.
    fn state(&self, code: &str, word: &str) -> crate::components::State {
        crate::components::State::of(code, word)
    }
}

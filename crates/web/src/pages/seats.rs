//! What a participant does with a session: seats, agenda, invitations; then back to where they came from, or the refusal
//! with the one thing to do about it.

use access_rules::{Act, SessionId};
use actix_kit::Form;
use actix_web::{
    HttpRequest,
    http::header,
    web::{Data, Path},
};
use askama::Template;
use kernel::{Coded as _, Fault, Kind};
use programme::admission::Admissions;
use registration::{
    agenda, invitations,
    seats::{self, SeatInput},
};

use crate::{
    components::{Chrome, Link, Notice, Sends, Weight},
    table::{Line, post},
    visit::{Page, Refused, Visit, encoded, own_address},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        post("/{lang}/{edition}/sessions/{id}/seat", Act::Attend, reserve),
        post(
            "/{lang}/{edition}/sessions/{id}/seat/release",
            Act::Attend,
            release,
        ),
        post(
            "/{lang}/{edition}/sessions/{id}/seat/acceptance",
            Act::Attend,
            accept,
        ),
        post(
            "/{lang}/{edition}/sessions/{id}/seat/decline",
            Act::Attend,
            decline,
        ),
        post("/{lang}/{edition}/sessions/{id}/agenda", Act::MindOwn, toggle),
        post(
            "/{lang}/{edition}/sessions/{id}/invitation",
            Act::MindOwn,
            invitation,
        ),
    ]
}

/// The session of an address, and whose seat is meant.
fn session_of(visit: &Visit, id: &str) -> Result<SessionId, Refused> {
    id.parse().map_err(|_| visit.refused(Fault::not_found()))
}

fn seat_of(visit: &Visit, form: &Form) -> Result<SeatInput, Refused> {
    form.input().map_err(|fault| visit.refused(fault))
}

async fn reserve(
    visit: Visit,
    admissions: Data<Admissions>,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    form: Form,
) -> Page {
    let (_, slug, id) = path.into_inner();
    let (session, input) = (session_of(&visit, &id)?, seat_of(&visit, &form)?);
    let outcome = visit.submit("seat.reserve", &form, move |conn, actor, now| {
        let reserved = seats::reserve(conn, &admissions, actor, now, session, &input)?;
        Ok(reserved.seat.state.code().to_owned())
    });
    let done = outcome.await.map(|state| match state.as_str() {
        "waiting" => "seat-waiting",
        _ => "seat-reserved",
    });
    on_session(&visit, &request, &slug, session, &form, done).await
}

async fn release(
    visit: Visit,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    form: Form,
) -> Page {
    let (_, slug, id) = path.into_inner();
    let (session, input) = (session_of(&visit, &id)?, seat_of(&visit, &form)?);
    let outcome = visit.submit("seat.release", &form, move |conn, actor, now| {
        seats::release(conn, actor, now, session, &input).map(|_| String::new())
    });
    let done = outcome.await.map(|_| "seat-released");
    on_session(&visit, &request, &slug, session, &form, done).await
}

async fn accept(
    visit: Visit,
    admissions: Data<Admissions>,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    form: Form,
) -> Page {
    let (_, slug, id) = path.into_inner();
    let (session, input) = (session_of(&visit, &id)?, seat_of(&visit, &form)?);
    let outcome = visit.submit("seat.accept", &form, move |conn, actor, now| {
        seats::accept(conn, &admissions, actor, now, session, &input).map(|_| String::new())
    });
    let done = outcome.await.map(|_| "seat-reserved");
    on_session(&visit, &request, &slug, session, &form, done).await
}

async fn decline(
    visit: Visit,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    form: Form,
) -> Page {
    let (_, slug, id) = path.into_inner();
    let (session, input) = (session_of(&visit, &id)?, seat_of(&visit, &form)?);
    let outcome = visit.submit("seat.decline", &form, move |conn, actor, now| {
        seats::decline(conn, actor, now, session, &input).map(|_| String::new())
    });
    let done = outcome.await.map(|_| "seat-declined");
    on_session(&visit, &request, &slug, session, &form, done).await
}

async fn toggle(
    visit: Visit,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    form: Form,
) -> Page {
    let (_, slug, id) = path.into_inner();
    let session = session_of(&visit, &id)?;
    let of = slug.clone();
    let outcome = visit.submit("agenda.toggle", &form, move |conn, actor, now| {
        let edition = programme::editions::by_slug(conn, actor, &of)?;
        let held = agenda::of(conn, actor, edition.id)?
            .iter()
            .any(|line| line.session == session && line.seat.is_none());
        if held {
            agenda::remove(conn, actor, session)?;
        } else {
            agenda::add(conn, actor, now, session)?;
        }
        Ok(if held { "removed" } else { "added" }.to_owned())
    });
    let done = outcome.await.map(|done| {
        if done == "removed" {
            "agenda-removed"
        } else {
            "agenda-added"
        }
    });
    on_session(&visit, &request, &slug, session, &form, done).await
}

async fn invitation(
    visit: Visit,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    form: Form,
) -> Page {
    let (_, slug, id) = path.into_inner();
    let session = session_of(&visit, &id)?;
    let outcome = visit.submit("invitation.ask", &form, move |conn, actor, now| {
        invitations::ask(conn, actor, now, session).map(|()| String::new())
    });
    let done = outcome.await.map(|_| "invitation-asked");
    on_session(&visit, &request, &slug, session, &form, done).await
}

async fn on_session(
    visit: &Visit,
    request: &HttpRequest,
    slug: &str,
    session: SessionId,
    form: &Form,
    done: Result<&'static str, Fault>,
) -> Page {
    let fallback = visit.at(&format!("{slug}/sessions/{session}"));
    finished(visit, request, slug, form, done, &fallback, Some(session)).await
}

/// A refusal: in a sentence, with one act.
#[derive(Template)]
#[template(path = "pages/not_done.html")]
struct NotDonePage {
    chrome: Chrome,
    notice: Notice,
    invitation: Option<(String, Sends)>,
    back: Link,
}

/// Back to where one came from, or the refusal with the one thing to do about it.
pub(crate) async fn finished(
    visit: &Visit,
    request: &HttpRequest,
    slug: &str,
    form: &Form,
    done: Result<&'static str, Fault>,
    fallback: &str,
    session: Option<SessionId>,
) -> Page {
    let back = back_to(visit, request, form).unwrap_or_else(|| fallback.to_owned());
    let fault = match done {
        Ok(done) => return Ok(visit.go(&back, Some(done))),
        Err(fault) if fault.kind == Kind::SignInNeeded => {
            let sign_in = format!("{}?next={}", visit.at("sign-in"), encoded(&back));
            return Ok(visit.go(&sign_in, None));
        }
        Err(fault) => visit.correctable(fault)?,
    };
    let frame = visit.frame(Some(slug)).await?;
    let voice = &visit.voice;
    let chrome = visit.chrome(&frame, voice.t("not-done-title"));
    let of_session = |part: &str| session.map(|id| chrome.to(&format!("sessions/{id}{part}")));
    let (href, key) = match fault.remedy {
        Some("register") => (Some(chrome.to("register")), "remedy-register"),
        Some("remind_confirmer") => (
            Some(format!("{}#tracks", chrome.to("my-congress"))),
            "remedy-remind_confirmer",
        ),
        Some("choose_organisation") => (Some(chrome.to("my-congress")), "remedy-choose_organisation"),
        Some("see_similar") => (of_session("#similar"), "remedy-see_similar"),
        Some("settle_dues") => (Some(chrome.to("statutory")), "remedy-settle_dues"),
        Some("reserve" | "add_to_agenda") => (of_session(""), "my-see-session"),
        _ => (None, ""),
    };
    let mut notice = Notice::new(Weight::Stop, visit.says(&fault));
    if let Some(href) = href {
        notice = notice.with_act(Link::new(href, voice.t(key)));
    }
    let invitation = match (fault.remedy, of_session("/invitation")) {
        (Some("ask_invitation"), Some(action)) => Some((action, chrome.sends())),
        _ => None,
    };
    let page = NotDonePage {
        notice,
        invitation,
        back: Link::new(back, voice.t("back")),
        chrome,
    };
    visit.show_again(&fault, &page)
}

/// The page of ours a form was sent from: what it says, else what the browser says; what was done before is left out.
fn back_to(visit: &Visit, request: &HttpRequest, form: &Form) -> Option<String> {
    let said = own_address(form.typed("next"));
    let from = || {
        let referer = request.headers().get(header::REFERER)?.to_str().ok()?;
        let public_url = visit
            .site()
            .settings()
            .public_url
            .trim_end_matches('/')
            .to_owned();
        own_address(referer.strip_prefix(&public_url)?)
    };
    let address = said.or_else(from)?;
    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("done="))
        .collect();
    Some(if kept.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", kept.join("&"))
    })
}

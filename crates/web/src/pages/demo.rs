//! The demonstration's front door: one click and one is somebody, another and all is as it was at the start; and where what
//! it shows comes from. All are there only where the server was given a [`DemoDoor`].

use std::{fmt, sync::Arc};

use access_rules::{AccountId, Act};
use actix_kit::{Form, proof};
use actix_web::web::Data;
use askama::Template;
use futures_util::future::BoxFuture;
use kernel::{Fault, Localized, Moment};
use people::{accounts, sign_in};

use super::account::{farewell, signed_out, welcome};
use crate::{
    components::{Chrome, Foreign},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/demo", Act::UseSite, door),
        post("/{lang}/demo", Act::UseSite, enter),
        post("/{lang}/demo/start-again", Act::UseSite, start_again),
        get("/{lang}/about-this-demo", Act::UseSite, about),
    ]
}

/// Who one may be in the demonstration, and where what it shows comes from; given to the server by who opens it.
#[derive(Clone, Debug, Default)]
pub struct DemoDoor {
    /// The people.
    pub personas: Vec<DemoPersona>,
    /// What it shows, and the address it comes from.
    pub sources: Vec<(Localized, String)>,
    /// How to put everything back as it was at the start; none where no start is kept.
    pub start_again: Option<StartAgain>,
}

/// Puts everything back as it was at the start. It is told when it was asked to, by the machine's clock.
#[derive(Clone)]
pub struct StartAgain(pub Arc<StartingAgain>);

/// What [`StartAgain`] does.
pub type StartingAgain = dyn Fn(Moment) -> BoxFuture<'static, Result<(), Fault>> + Send + Sync;

impl fmt::Debug for StartAgain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StartAgain")
    }
}

/// Somebody one may be.
#[derive(Clone, Debug)]
pub struct DemoPersona {
    /// The code in the form.
    pub code: String,
    /// Who they are.
    pub name: Localized,
    /// One thing to try.
    pub try_this: Localized,
    /// The account one is signed in to; none for a visitor.
    pub account: Option<AccountId>,
}

struct Persona {
    code: String,
    name: Foreign,
    try_this: Foreign,
    is_me: bool,
}

#[derive(Template)]
#[template(path = "pages/demo.html")]
struct DoorPage {
    chrome: Chrome,
    personas: Vec<Persona>,
    starts_again: bool,
}

async fn door(visit: Visit, known: Option<Data<DemoDoor>>) -> Page {
    let known = known.ok_or_else(|| visit.refused(Fault::not_found()))?;
    let frame = visit.frame(None).await?;
    let personas = known
        .personas
        .iter()
        .map(|persona| Persona {
            code: persona.code.clone(),
            name: visit.voice.said(&persona.name),
            try_this: visit.voice.said(&persona.try_this),
            is_me: persona.account == frame.actor.account,
        })
        .collect();
    visit.show(&DoorPage {
        chrome: visit.chrome(&frame, visit.voice.t("demo-title")),
        personas,
        starts_again: known.start_again.is_some(),
    })
}

async fn enter(visit: Visit, known: Option<Data<DemoDoor>>, form: Form) -> Page {
    let chosen = known.and_then(|known| {
        let code = form.typed("persona");
        known
            .personas
            .iter()
            .find(|persona| persona.code == code)
            .cloned()
    });
    let chosen = chosen.ok_or_else(|| visit.refused(Fault::not_found()))?;
    let home = visit.at("");
    let Some(id) = chosen.account else {
        return farewell(&visit, &home).await;
    };
    let asking = visit.caller.clone();
    let entered = visit.site().write("demo.enter", move |conn| {
        let (now, network) = (asking.machine_now(), asking.network());
        let account = accounts::get(conn, id)?;
        sign_in::enter(conn, now, &proof::visitor(&asking, &network), &account)
    });
    let entered = entered.await.map_err(|fault| visit.refused(fault))?;
    Ok(welcome(&visit, &entered, &home))
}

/// Puts everything back. Whoever asked is signed out by it, like everybody else.
async fn start_again(visit: Visit, known: Option<Data<DemoDoor>>, _: Form) -> Page {
    let act = known.and_then(|known| known.start_again.clone());
    let act = act.ok_or_else(|| visit.refused(Fault::not_found()))?;
    let done = (act.0)(visit.caller.machine_now()).await;
    done.map_err(|fault| visit.refused(fault))?;
    signed_out(&visit, &visit.at("demo"), Some("started-again"))
}

#[derive(Template)]
#[template(path = "pages/about_this_demo.html")]
struct AboutPage {
    chrome: Chrome,
    sources: Vec<(Foreign, String)>,
}

async fn about(visit: Visit, known: Option<Data<DemoDoor>>) -> Page {
    let known = known.ok_or_else(|| visit.refused(Fault::not_found()))?;
    let frame = visit.frame(None).await?;
    let sources = known
        .sources
        .iter()
        .map(|(what, address)| (visit.voice.said(what), address.clone()))
        .collect();
    visit.show(&AboutPage {
        chrome: visit.chrome(&frame, visit.voice.t("demo-about")),
        sources,
    })
}

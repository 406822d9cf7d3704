//! The second factor of one's own account: shown as a picture and as text, confirmed by its first code, its recovery codes
//! shown once on the answer that made them, removed or renewed by itself.
//!
//! Whoever owes one (a role of theirs asks for it) is led here from every page, and goes on from here to where they wanted
//! to be. Nothing here needs a script.

use access_rules::Act;
use actix_kit::{Form, Query, proof};
use actix_web::web::Data;
use askama::Template;
use kernel::Fault;
use mail::second_factor_letters;
use people::{
    Outcome, accounts,
    passwords::{Hasher, Password},
    second_factor::{self, Draft, SecondInput, State},
    second_factor_rule,
};
use serde::Deserialize;

use crate::{
    components::{Chrome, Markup, Notice, Weight},
    forms::FormView,
    svg,
    table::{Line, get, post},
    visit::{Frame, Page, Refused, Visit, encoded, own_address},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/account/second-factor", Act::MindOwn, shown),
        post("/{lang}/account/second-factor", Act::MindOwn, sent),
    ]
}

/// Where to go on to afterwards.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Next {
    next: Option<String>,
}

/// What the page shows, read in one go.
struct Mine {
    state: State,
    draft: Option<Draft>,
    fresh: bool,
    owed: bool,
    has_password: bool,
}

/// How far it is.
enum Part {
    /// There is none.
    Off,
    /// A secret waits for its first code: as text, and as a picture.
    Waiting(String, Option<Markup>),
    /// New recovery codes, shown this once.
    Codes(Vec<String>),
    /// There is one, since when.
    On(String),
}

#[derive(Template)]
#[template(path = "pages/second_factor.html")]
struct SecondFactorPage {
    chrome: Chrome,
    form: FormView,
    part: Part,
    owed: bool,
    asks_proof: bool,
    asks_password: bool,
}

/// What a form was answered with.
enum Done {
    /// A secret waits.
    Begun,
    /// New recovery codes.
    Codes(Vec<String>),
    /// There is none any more.
    Removed,
}

async fn shown(visit: Visit, query: Query<Next>) -> Page {
    let visit = visit.adding_second_factor();
    let next = query.0.next.as_deref().and_then(own_address).unwrap_or_default();
    let form = FormView::blank(&visit.voice).with("next", next);
    let page = page(&visit, form, None).await?;
    visit.show(&page)
}

async fn sent(visit: Visit, hasher: Data<Hasher>, form: Form) -> Page {
    let visit = visit.adding_second_factor();
    let next = own_address(form.typed("next")).unwrap_or_default();
    let done = match form.typed("act") {
        "confirm" => confirm(&visit, &form).await,
        "renew" => renew(&visit, &form).await,
        "remove" => remove(&visit, &form).await,
        _ => begin(&visit, &hasher, &form).await,
    };
    match done {
        Ok(Done::Begun) => {
            let here = visit.at("account/second-factor");
            Ok(visit.go(&with_next(&here, &next), None))
        }
        Ok(Done::Codes(codes)) => {
            let form = FormView::blank(&visit.voice).with("next", next);
            let page = page(&visit, form, Some(codes)).await?;
            visit.show(&page)
        }
        Ok(Done::Removed) => Ok(visit.go(&visit.at("account/second-factor"), Some("second-factor-removed"))),
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            let form = FormView::typed(&visit.voice, &form).with_fault(visit.site().words(), &fault);
            let page = page(&visit, form, None).await?;
            visit.show_again(&fault, &page)
        }
    }
}

async fn begin(visit: &Visit, hasher: &Hasher, form: &Form) -> Result<Done, Fault> {
    let password = Password::new(form.typed("password"));
    let given = proof::prove(&visit.caller, hasher, password, form.typed("code").to_owned()).await?;
    let asking = visit.caller.clone();
    let outcome = visit
        .caller
        .try_write("me.second_factor_draft", move |conn, actor, _| {
            let (now, network, current) = (
                asking.machine_now(),
                asking.network(),
                proof::browser(conn, &asking)?,
            );
            second_factor::begin(conn, actor, now, &network, current, given.as_given())
        });
    outcome.await.and_then(Outcome::settled).map(|_| Done::Begun)
}

async fn confirm(visit: &Visit, form: &Form) -> Result<Done, Fault> {
    let typed = form.typed("code").to_owned();
    let asking = visit.caller.clone();
    let outcome = visit.caller.try_write("me.second_factor", move |conn, actor, _| {
        let (now, network, current) = (
            asking.machine_now(),
            asking.network(),
            proof::browser(conn, &asking)?,
        );
        second_factor_letters::confirm(conn, actor, now, &network, current, &typed)
    });
    outcome.await.and_then(Outcome::settled).map(Done::Codes)
}

async fn renew(visit: &Visit, form: &Form) -> Result<Done, Fault> {
    let given: SecondInput = form.input()?;
    let asking = visit.caller.clone();
    let outcome = visit
        .caller
        .try_write("me.recovery_codes", move |conn, actor, _| {
            let (now, network) = (asking.machine_now(), asking.network());
            second_factor_letters::renew_codes(conn, actor, now, &network, &given)
        });
    outcome.await.and_then(Outcome::settled).map(Done::Codes)
}

async fn remove(visit: &Visit, form: &Form) -> Result<Done, Fault> {
    let given: SecondInput = form.input()?;
    let asking = visit.caller.clone();
    let outcome = visit
        .caller
        .try_write("me.second_factor_removal", move |conn, actor, _| {
            let (now, network, current) = (
                asking.machine_now(),
                asking.network(),
                proof::browser(conn, &asking)?,
            );
            second_factor_letters::remove(conn, actor, now, &network, current, &given)
        });
    outcome.await.and_then(Outcome::settled).map(|()| Done::Removed)
}

async fn read(visit: &Visit) -> Result<(Frame, Mine), Refused> {
    let asking = visit.caller.clone();
    visit
        .read("second_factor", None, move |conn, actor, _, _| {
            let now = asking.machine_now();
            let account = accounts::mine(conn, actor, now)?;
            let current = proof::browser(conn, &asking)?;
            let state = second_factor::mine(conn, actor, now)?;
            let owed = match second_factor_rule::owed(conn, actor, state.since.is_some()) {
                Ok(()) => false,
                Err(fault) if fault.code == "second_factor_required" => true,
                Err(fault) => return Err(fault),
            };
            Ok(Mine {
                draft: second_factor::draft(conn, actor, now, current)?,
                fresh: second_factor::is_fresh(conn, actor, now, current)?,
                has_password: account.password_hash.is_some(),
                owed,
                state,
            })
        })
        .await
}

async fn page(
    visit: &Visit,
    form: FormView,
    codes: Option<Vec<String>>,
) -> Result<SecondFactorPage, Refused> {
    let (frame, mine) = read(visit).await?;
    let voice = &visit.voice;
    let zone = frame
        .edition
        .as_ref()
        .map_or_else(|| "UTC".parse().expect("UTC is a zone"), |edition| edition.zone);
    let part = match (codes, mine.state.since, mine.draft) {
        (Some(codes), _, _) => Part::Codes(codes),
        (None, Some(since), _) => Part::On(voice.t2(
            "second-factor-is-on",
            "since",
            voice.moment(zone.local(since)),
            "left",
            mine.state.recovery_codes_left,
        )),
        (None, None, Some(draft)) => {
            let qr = svg::qr(&draft.address, voice.t("second-factor-qr"));
            Part::Waiting(draft.secret, qr)
        }
        (None, None, None) => Part::Off,
    };
    Ok(SecondFactorPage {
        chrome: visit.chrome(&frame, voice.t("second-factor-title")),
        form: form.named("second-factor"),
        part,
        owed: mine.owed,
        asks_proof: !mine.fresh,
        asks_password: mine.has_password,
    })
}

fn with_next(address: &str, next: &str) -> String {
    match next {
        "" => address.to_owned(),
        next => format!("{address}?next={}", encoded(next)),
    }
}

impl SecondFactorPage {
    /// Why somebody was led here.
    fn owed_notice(&self) -> Option<Notice> {
        self.owed.then(|| {
            Notice::new(Weight::Wait, self.chrome.t("second-factor-owed"))
                .with_text(self.chrome.t("second-factor-owed-why"))
        })
    }

    /// This page, for a form that comes back to it.
    fn here(&self) -> String {
        with_next(&self.chrome.at("account/second-factor"), self.form.value("next"))
    }

    /// Where somebody wanted to be.
    fn onward(&self) -> String {
        own_address(self.form.value("next")).unwrap_or_else(|| self.chrome.at("account"))
    }
}

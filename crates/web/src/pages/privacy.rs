//! One's privacy: everything kept about oneself as one file, and being erased, with what goes and what stays told first.

use access_rules::Act;
use actix_kit::{Form, proof};
use actix_web::{HttpResponse, http::header, web::Data};
use askama::Template;
use kernel::{Coded as _, Fault, Id};
use people::{
    Outcome, accounts,
    model::{Consent, ConsentPurpose},
    passwords::{Hasher, Password},
};
use privacy::{
    agreements,
    erasure::{self, Foretold},
    export,
};

use super::account::signed_out;
use crate::{
    components::{Chrome, Notice, Weight},
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Refused, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/account/privacy", Act::MindOwn, shown),
        post("/{lang}/account/privacy/consents", Act::MindOwn, withdrawn),
        post("/{lang}/account/privacy/news", Act::MindOwn, wanted),
        get("/{lang}/account/privacy/export", Act::MindOwn, exported),
        get("/{lang}/account/privacy/erasure", Act::MindOwn, asked),
        post("/{lang}/account/privacy/erasure", Act::MindOwn, erased),
    ]
}

#[derive(Template)]
#[template(path = "pages/privacy.html")]
struct PrivacyPage {
    chrome: Chrome,
    agreed: Vec<Agreed>,
    has_news: bool,
}

/// A line of what somebody agreed to.
struct Agreed {
    id: String,
    title: String,
    text: String,
    holds: bool,
}

async fn shown(visit: Visit) -> Page {
    let asking = visit.caller.clone();
    let (frame, all) = visit
        .read("privacy", None, move |conn, actor, _, _| {
            agreements::own(conn, actor, asking.machine_now())
        })
        .await?;
    let has_news = all
        .iter()
        .any(|consent| consent.purpose == ConsentPurpose::News && consent.withdrawn_at.is_none());
    let voice = &visit.voice;
    let zone = frame
        .edition
        .as_ref()
        .map_or_else(|| "UTC".parse().expect("UTC is a zone"), |edition| edition.zone);
    let said = |at| voice.moment(zone.local(at));
    let agreed = |consent: Consent| Agreed {
        id: consent.id.to_string(),
        title: voice.code("consent-purpose", consent.purpose.code()),
        text: match consent.withdrawn_at {
            None => voice.t1("privacy-consent-since", "when", said(consent.given_at)),
            Some(at) => voice.t2(
                "privacy-consent-ended",
                "when",
                said(consent.given_at),
                "until",
                said(at),
            ),
        },
        holds: consent.withdrawn_at.is_none(),
    };
    visit.show(&PrivacyPage {
        chrome: visit.chrome(&frame, voice.t("privacy-title")),
        agreed: all.into_iter().map(agreed).collect(),
        has_news,
    })
}

async fn withdrawn(visit: Visit, form: Form) -> Page {
    let id: Option<Id<Consent>> = form.typed("consent").parse().ok();
    let machine_now = visit.caller.machine_now();
    let done = visit.submit("me.consent_withdraw", &form, move |conn, actor, now| {
        agreements::withdraw(conn, actor, now, machine_now, id)?;
        Ok(String::new())
    });
    done.await.map_err(|fault| visit.refused(fault))?;
    Ok(visit.go(&visit.at("account/privacy"), Some("consent-withdrawn")))
}

async fn wanted(visit: Visit, form: Form) -> Page {
    let machine_now = visit.caller.machine_now();
    let done = visit.submit("me.consent_news", &form, move |conn, actor, now| {
        agreements::want_news(conn, actor, now, machine_now)?;
        Ok(String::new())
    });
    done.await.map_err(|fault| visit.refused(fault))?;
    Ok(visit.go(&visit.at("account/privacy"), Some("news-wanted")))
}

async fn exported(visit: Visit) -> Page {
    let asking = visit.caller.clone();
    let (_, export) = visit
        .read("privacy.export", None, move |conn, actor, _, _| {
            export::own(conn, actor, asking.machine_now())
        })
        .await?;
    let text = serde_json::to_vec_pretty(&export).map_err(|error| visit.refused(Fault::internal(error)))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"about-me.json\"",
        ))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(text))
}

// Being erased.

#[derive(Template)]
#[template(path = "pages/erasure.html")]
struct ErasurePage {
    chrome: Chrome,
    form: FormView,
    foretold: Foretold,
    has_password: bool,
    roles: String,
}

async fn asked(visit: Visit) -> Page {
    let form = FormView::blank(&visit.voice);
    let page = erasure_page(&visit, form).await?;
    visit.show(&page)
}

async fn erased(visit: Visit, hasher: Data<Hasher>, form: Form) -> Page {
    match erase(&visit, &hasher, &form).await {
        Ok(()) => signed_out(&visit, &visit.at(""), Some("erased")),
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            let form = FormView::typed(&visit.voice, &form).with_fault(visit.site().words(), &fault);
            let page = erasure_page(&visit, form).await?;
            visit.show_again(&fault, &page)
        }
    }
}

async fn erase(visit: &Visit, hasher: &Hasher, form: &Form) -> Result<(), Fault> {
    let password = Password::new(form.typed("password"));
    let given = proof::prove(&visit.caller, hasher, password, form.typed("code").to_owned()).await?;
    let asking = visit.caller.clone();
    let outcome = visit.caller.try_write("me.erase", move |conn, actor, now| {
        let (machine_now, network) = (asking.machine_now(), asking.network());
        erasure::erase(conn, actor, now, machine_now, &network, given.as_given())
    });
    outcome.await.and_then(Outcome::settled)
}

async fn erasure_page(visit: &Visit, form: FormView) -> Result<ErasurePage, Refused> {
    let asking = visit.caller.clone();
    let (frame, (foretold, has_password)) = visit
        .read("erasure", None, move |conn, actor, now, _| {
            let machine_now = asking.machine_now();
            let account = accounts::mine(conn, actor, machine_now)?;
            let foretold = erasure::foretell(conn, actor, now, machine_now)?;
            Ok((foretold, account.password_hash.is_some()))
        })
        .await?;
    let roles: Vec<String> = foretold
        .offices
        .iter()
        .map(|role| visit.voice.code("role", role))
        .collect();
    Ok(ErasurePage {
        chrome: visit.chrome(&frame, visit.voice.t("erasure-title")),
        form: form.named("erasure"),
        roles: roles.join(", "),
        foretold,
        has_password,
    })
}

impl ErasurePage {
    /// What must be handed over first.
    fn in_the_way(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if !self.roles.is_empty() {
            let text = self.chrome.t1("erasure-offices", "roles", &self.roles);
            notices.push(Notice::new(Weight::Wait, self.chrome.t("erasure-first")).with_text(text));
        }
        if !self.foretold.parts_to_come.is_empty() {
            let codes = self.foretold.parts_to_come.join(", ");
            let text = self.chrome.t1("erasure-parts", "sessions", &codes);
            notices.push(Notice::new(Weight::Wait, self.chrome.t("erasure-first")).with_text(text));
        }
        notices
    }
}

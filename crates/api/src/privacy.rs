//! Everything kept about oneself, having it erased, what one agreed to; and how long what is kept is kept.
//!
//! For a person at a browser; a program's token is refused (`scope`). Nothing here tells about anybody else.

use access_rules::Act;
use actix_kit::{Body, Caller, Problem, Version, cookies, proof};
use actix_web::{HttpResponse, http::header, web};
use kernel::{Fault, Id, Moment};
use people::{
    model::{Consent, ConsentPurpose},
    passwords::{Hasher, Password},
};
use privacy::{
    agreements,
    erasure::{self, Foretold},
    export::{self, Export},
    retention::{self, Clocks, Retained, RetentionInput, Swept},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    account::finished,
    answers,
    table::{Line, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/me/export", Act::MindOwn, exported, "Everything kept about me, table by table, as one document to keep. Hashes and secrets are not in it.")
            .gives::<Export>().account(),
        get("/me/erasure", Act::MindOwn, foretold, "What erasing me would do: what goes, what stays under a pseudonym, and what must be handed over first.")
            .gives::<Foretold>().account(),
        post("/me/erasure", Act::MindOwn, erase, "Erases me, by password or code: names and addresses go everywhere, seats to the next in line, every sign-in ends. It cannot be undone.")
            .takes::<ErasureInput>().account(),
        get("/me/consents", Act::MindOwn, agreed, "What I agreed to, by which words, and what I took back; the latest first.")
            .lists_all::<ConsentView>().account(),
        post("/me/consents/news", Act::MindOwn, want_news, "Agrees that news of the congress are written to me. Saying so twice is once.").account(),
        post("/me/consents/withdrawals", Act::MindOwn, withdraw, "Takes a consent back; what rested on it is erased at once.")
            .takes::<WithdrawalInput>().account(),
        get("/retention", Act::RunSite, retained, "How long what is kept is kept, and how many rows would go if that were carried out now. Nothing is changed.")
            .lists_all::<Swept>().account(),
        get("/retention/rules", Act::RunSite, rules, "For how many days each kind is kept, and within which bounds that may be said.")
            .gives::<Retained>().account(),
        put("/retention/rules", Act::RunSite, set_rules, "Says for how many days kinds are kept. Nothing goes before the next run.")
            .takes::<RetentionInput>().gives::<Retained>().versioned().account(),
        post("/retention/rules/check", Act::RunSite, check_rules, "How many rows would go now, were these the days. Nothing is changed.")
            .takes::<RetentionInput>().lists_all::<Swept>().answers(200).account(),
    ]
}

/// The proof an erasure asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct ErasureInput {
    /// The password.
    #[serde(default)]
    pub password: Password,
    /// Or a code sent to the account's address.
    #[serde(default)]
    pub code: String,
}

/// A consent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: Id<Consent>,
    /// For what.
    pub purpose: ConsentPurpose,
    /// By which words: their key and version.
    pub words: String,
    /// When it was given.
    pub given_at: Moment,
    /// On which form.
    pub given_through: String,
    /// When it was taken back, or what rested on it was erased.
    pub withdrawn_at: Option<Moment>,
}

/// Which consent is taken back.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct WithdrawalInput {
    /// Its id.
    #[schema(value_type = Option<String>)]
    pub consent: Option<Id<Consent>>,
}

async fn agreed(caller: Caller) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let all = caller
        .read("me.consents", move |conn, actor, _| {
            agreements::own(conn, actor, machine_now)
        })
        .await?;
    let view = |consent: Consent| ConsentView {
        id: consent.id,
        purpose: consent.purpose,
        words: consent.words,
        given_at: consent.given_at,
        given_through: consent.given_through,
        withdrawn_at: consent.withdrawn_at,
    };
    Ok(answers::all(&all.into_iter().map(view).collect::<Vec<_>>()))
}

async fn want_news(caller: Caller) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    caller
        .write("me.consent_news", move |conn, actor, now| {
            agreements::want_news(conn, actor, now, machine_now)
        })
        .await?;
    Ok(answers::done())
}

async fn withdraw(caller: Caller, body: Body<WithdrawalInput>) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    caller
        .write("me.consent_withdraw", move |conn, actor, now| {
            agreements::withdraw(conn, actor, now, machine_now, body.input.consent)
        })
        .await?;
    Ok(answers::done())
}

async fn retained(caller: Caller) -> Result<HttpResponse, Problem> {
    let machine = caller.machine_now();
    let swept = caller
        .write("retention.foretell", move |conn, actor, now| {
            let clocks = Clocks {
                congress: now,
                machine,
            };
            retention::foretell(conn, actor, clocks)
        })
        .await?;
    Ok(answers::all(&swept))
}

async fn rules(caller: Caller) -> Result<HttpResponse, Problem> {
    let machine = caller.machine_now();
    let view = caller
        .read("retention.rules", move |conn, actor, congress| {
            retention::view(conn, actor, Clocks { congress, machine })
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn set_rules(
    caller: Caller,
    Version(version): Version,
    body: Body<RetentionInput>,
) -> Result<HttpResponse, Problem> {
    let machine = caller.machine_now();
    let view = caller
        .write("retention.set", move |conn, actor, congress| {
            let clocks = Clocks { congress, machine };
            retention::set(conn, actor, clocks, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn check_rules(caller: Caller, body: Body<RetentionInput>) -> Result<HttpResponse, Problem> {
    let machine = caller.machine_now();
    let swept = caller
        .write("retention.check", move |conn, actor, congress| {
            retention::check(conn, actor, Clocks { congress, machine }, &body.input)
        })
        .await?;
    Ok(answers::all(&swept))
}

async fn exported(caller: Caller) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let export = caller
        .read("me.export", move |conn, actor, _| {
            export::own(conn, actor, machine_now)
        })
        .await?;
    let mut answer = answers::one(&export);
    answer.headers_mut().insert(
        header::CONTENT_DISPOSITION,
        header::HeaderValue::from_static("attachment; filename=\"about-me.json\""),
    );
    Ok(answer)
}

async fn foretold(caller: Caller) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let foretold = caller
        .read("me.erasure", move |conn, actor, now| {
            erasure::foretell(conn, actor, now, machine_now)
        })
        .await?;
    Ok(answers::one(&foretold))
}

async fn erase(
    caller: Caller,
    hasher: web::Data<Hasher>,
    body: Body<ErasureInput>,
) -> Result<HttpResponse, Problem> {
    let proof = proof::prove(&caller, &hasher, body.input.password, body.input.code)
        .await
        .map_err(|fault| caller.problem(fault))?;
    let asking = caller.clone();
    let outcome = caller.try_write("me.erase", move |conn, actor, now| {
        let (machine_now, network) = (asking.machine_now(), asking.network());
        erasure::erase(conn, actor, now, machine_now, &network, proof.as_given())
    });
    let mut answer = finished(&caller, outcome.await, answers::done())?;
    answer
        .add_cookie(&cookies::signed_out(caller.site()))
        .map_err(|error| caller.problem(Fault::internal(error)))?;
    Ok(answer)
}

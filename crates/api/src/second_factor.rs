//! The second factor: the second step of signing in, one's own, the roles of which it is asked, and resetting another's.
//!
//! Recovery codes stand in the answer that made them and nowhere else. What is one's own here is for a person at a browser;
//! a program's token is refused (`scope`). Whoever owes a second factor may come here and to `POST /me/codes`, and is refused
//! everything else (`second_factor_required`).

use access_rules::{Act, PersonId, Role};
use actix_kit::{At, Body, Caller, Problem, proof};
use actix_web::{HttpResponse, http::header, web};
use kernel::Moment;
use mail::second_factor_letters;
use people::{
    Outcome,
    half_sign_ins::SecondStepInput,
    passwords::{Hasher, Password},
    second_factor::{self, SecondFactorResetInput, SecondInput},
    second_factor_rule::{self, Asked, SecondFactorRuleInput},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    account::{SignedInView, finished, welcome},
    answers,
    table::{Line, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        post("/sign-in/second-step", Act::UseSite, second_step, "Signs in by the second factor, with the token `POST /sign-in` answered; sets the session cookie.")
            .takes::<SecondStepInput>().gives::<SignedInView>(),

        get("/me/second-factor", Act::MindOwn, mine, "Whether I have a second factor, and how many recovery codes are left.")
            .gives::<SecondFactorView>().account(),
        post("/me/second-factor/draft", Act::MindOwn, begin, "Draws a secret for my app; by password or code, but for soon after signing in. Nothing is on before its first code.")
            .takes::<SecondFactorDraftInput>().gives::<SecondFactorDraftView>().account(),
        put("/me/second-factor", Act::MindOwn, confirm, "Adds my second factor by its first code, and answers the recovery codes, this once. All other browsers are signed out, tokens end.")
            .takes::<FirstCodeInput>().gives::<RecoveryCodesView>().account(),
        post("/me/second-factor/recovery-codes", Act::MindOwn, renew_codes, "Draws new recovery codes, by the second factor; those before are worth nothing.")
            .takes::<SecondInput>().gives::<RecoveryCodesView>().account(),
        post("/me/second-factor/removal", Act::MindOwn, remove, "Removes my second factor, by itself. All other browsers are signed out.")
            .takes::<SecondInput>().account(),

        get("/second-factor-rule", Act::RunSite, rule, "The roles a second factor can be asked of, and how many of their holders have none.")
            .lists_all::<AskedView>().account(),
        put("/second-factor-rule", Act::RunSite, set_rule, "Says of which roles a second factor is asked. Whoever holds one and has none adds it before anything else.")
            .takes::<SecondFactorRuleInput>().account(),
        post("/people/{id}/second-factor-reset", Act::RunSite, reset, "Takes a person's second factor from them, with a reason, when app and codes are lost. They are told, and signed out everywhere.")
            .takes::<SecondFactorResetInput>().account(),
    ]
}

// What goes in and out.

/// How it stands with my second factor.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecondFactorView {
    /// Whether I have one.
    pub is_on: bool,
    /// Since when.
    pub since: Option<Moment>,
    /// How many recovery codes are left.
    pub recovery_codes_left: i64,
}

/// The proof asked when the sign-in is a while ago.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct SecondFactorDraftInput {
    /// The password.
    #[serde(default)]
    pub password: Password,
    /// Or a code sent to the account's address.
    #[serde(default)]
    pub code: String,
}

/// A secret for an app.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecondFactorDraftView {
    /// As one types it in: base32, in groups of four.
    pub secret: String,
    /// As an app reads it from a picture: `otpauth://totp/…`.
    pub address: String,
    /// Until when its first code is waited for.
    pub expires_at: Moment,
}

/// The first code of an app.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct FirstCodeInput {
    /// The six digits it shows.
    #[serde(default)]
    pub code: String,
}

/// Recovery codes, shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryCodesView {
    /// Each is good for one sign-in.
    pub recovery_codes: Vec<String>,
}

/// A role, and how it stands with its holders.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedView {
    /// Which.
    pub role: Role,
    /// Whether the second factor is asked of it.
    pub is_asked: bool,
    /// How many hold it now.
    pub holders: usize,
    /// How many of them have no second factor.
    pub without: usize,
}

// Signing in.

async fn second_step(caller: Caller, body: Body<SecondStepInput>) -> Result<HttpResponse, Problem> {
    let asking = caller.clone();
    let outcome = caller.site().write("sign_in.second_step", move |conn| {
        let network = asking.network();
        let visitor = proof::visitor(&asking, &network);
        second_factor_letters::finish(conn, asking.machine_now(), &visitor, &body.input)
    });
    match outcome.await.and_then(Outcome::settled) {
        Ok(entered) => Ok(welcome(&caller, &entered)),
        Err(fault) => Err(caller.problem(fault)),
    }
}

// One's own.

async fn mine(caller: Caller) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let view = caller
        .adding_second_factor()
        .read("me.second_factor", move |conn, actor, _| {
            let state = second_factor::mine(conn, actor, machine_now)?;
            Ok(SecondFactorView {
                is_on: state.since.is_some(),
                since: state.since,
                recovery_codes_left: state.recovery_codes_left,
            })
        })
        .await?;
    Ok(answers::one(&view))
}

async fn begin(
    caller: Caller,
    hasher: web::Data<Hasher>,
    body: Body<SecondFactorDraftInput>,
) -> Result<HttpResponse, Problem> {
    let caller = caller.adding_second_factor();
    let proof = proof::prove(&caller, &hasher, body.input.password, body.input.code)
        .await
        .map_err(|fault| caller.problem(fault))?;
    let asking = caller.clone();
    let outcome = caller.try_write("me.second_factor_draft", move |conn, actor, _| {
        let (now, network, current) = (
            asking.machine_now(),
            asking.network(),
            proof::browser(conn, &asking)?,
        );
        second_factor::begin(conn, actor, now, &network, current, proof.as_given())
    });
    let draft = outcome
        .await
        .and_then(Outcome::settled)
        .map_err(|fault| caller.problem(fault))?;
    Ok(shown_once(&SecondFactorDraftView {
        secret: draft.secret,
        address: draft.address,
        expires_at: draft.expires_at,
    }))
}

async fn confirm(caller: Caller, body: Body<FirstCodeInput>) -> Result<HttpResponse, Problem> {
    let caller = caller.adding_second_factor();
    let asking = caller.clone();
    let outcome = caller.try_write("me.second_factor", move |conn, actor, _| {
        let (now, network, current) = (
            asking.machine_now(),
            asking.network(),
            proof::browser(conn, &asking)?,
        );
        second_factor_letters::confirm(conn, actor, now, &network, current, &body.input.code)
    });
    let codes = outcome
        .await
        .and_then(Outcome::settled)
        .map_err(|fault| caller.problem(fault))?;
    Ok(shown_once(&RecoveryCodesView {
        recovery_codes: codes,
    }))
}

async fn renew_codes(caller: Caller, body: Body<SecondInput>) -> Result<HttpResponse, Problem> {
    let asking = caller.clone();
    let outcome = caller.try_write("me.recovery_codes", move |conn, actor, _| {
        let (now, network) = (asking.machine_now(), asking.network());
        second_factor_letters::renew_codes(conn, actor, now, &network, &body.input)
    });
    let codes = outcome
        .await
        .and_then(Outcome::settled)
        .map_err(|fault| caller.problem(fault))?;
    Ok(shown_once(&RecoveryCodesView {
        recovery_codes: codes,
    }))
}

async fn remove(caller: Caller, body: Body<SecondInput>) -> Result<HttpResponse, Problem> {
    let asking = caller.clone();
    let outcome = caller.try_write("me.second_factor_removal", move |conn, actor, _| {
        let (now, network, current) = (
            asking.machine_now(),
            asking.network(),
            proof::browser(conn, &asking)?,
        );
        second_factor_letters::remove(conn, actor, now, &network, current, &body.input)
    });
    finished(&caller, outcome.await, answers::done())
}

// Whom it is asked of, and whose is reset.

async fn rule(caller: Caller) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("second_factor_rule", |conn, actor, now| {
            let lines = second_factor_rule::view(conn, actor, now)?;
            Ok(lines.into_iter().map(asked_view).collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

async fn set_rule(caller: Caller, body: Body<SecondFactorRuleInput>) -> Result<HttpResponse, Problem> {
    caller
        .write("second_factor_rule.set", move |conn, actor, now| {
            second_factor_rule::set(conn, actor, now, &body.input)
        })
        .await?;
    Ok(answers::done())
}

async fn reset(
    caller: Caller,
    At(id): At<PersonId>,
    body: Body<SecondFactorResetInput>,
) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    caller
        .write("second_factor.reset", move |conn, actor, _| {
            second_factor_letters::reset(conn, actor, machine_now, id, &body.input)
        })
        .await?;
    Ok(answers::done())
}

fn asked_view(line: Asked) -> AskedView {
    AskedView {
        role: line.role,
        is_asked: line.is_asked,
        holders: line.holders,
        without: line.without,
    }
}

/// An answer nobody keeps.
fn shown_once(view: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(view)
}

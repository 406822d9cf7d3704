//! Everything kept about oneself, and having it erased.
//!
//! For a person at a browser; a program's token is refused (`scope`). Nothing here tells about anybody else.

use access_rules::Act;
use actix_kit::{Body, Caller, Problem, cookies, proof};
use actix_web::{HttpResponse, http::header, web};
use kernel::Fault;
use people::passwords::{Hasher, Password};
use privacy::{
    erasure::{self, Foretold},
    export::{self, Export},
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    account::finished,
    answers,
    table::{Line, get, post},
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

//! The OpenID providers linked to one's account: which, and unlinking one. Linking begins on a page, for a browser must go to the
//! provider and come back. Where the settings name no provider, none of this is there.

use access_rules::Act;
use actix_kit::{At, Body, Caller, Problem, proof};
use actix_web::{HttpResponse, web};
use kernel::Moment;
use mail::identity_letters;
use people::{
    Outcome, identities,
    passwords::{Hasher, Password},
    providers::Providers,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    account::finished,
    answers,
    ids::IdentityId,
    table::{Line, get, post},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/me/identities", Act::MindOwn, mine, "The OpenID providers by which I can sign in; hidden where the site offers none.")
            .lists_all::<IdentityView>().account(),
        post("/me/identities/{id}/removal", Act::MindOwn, remove, "Unlinks one; by password or code, but for soon after giving one. Not the last way of signing in. All other browsers are signed out.")
            .takes::<IdentityRemovalInput>().account(),
    ]
}

/// An identity at a provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct IdentityView {
    /// Its id.
    pub id: IdentityId,
    /// What the provider is called, in the caller's language.
    pub provider: String,
    /// The provider's issuer.
    pub issuer: String,
    /// Since when it is linked.
    pub created_at: Moment,
    /// When somebody last signed in by it.
    pub last_used_at: Option<Moment>,
}

/// The proof asked when the sign-in is a while ago.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct IdentityRemovalInput {
    /// The password.
    #[serde(default)]
    pub password: Password,
    /// Or a code sent to the account's address.
    #[serde(default)]
    pub code: String,
}

async fn mine(caller: Caller, providers: web::Data<Providers>) -> Result<HttpResponse, Problem> {
    let (machine_now, language) = (caller.machine_now(), caller.language());
    let views = caller
        .read("me.identities", move |conn, actor, _| {
            let all = identities::list(conn, actor, machine_now)?;
            providers.offered()?;
            let views = all.into_iter().map(|identity| IdentityView {
                id: identity.id,
                provider: providers.name(&identity.provider, &identity.issuer, language),
                issuer: identity.issuer,
                created_at: identity.created_at,
                last_used_at: identity.last_used_at,
            });
            Ok(views.collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

async fn remove(
    caller: Caller,
    providers: web::Data<Providers>,
    hasher: web::Data<Hasher>,
    At(id): At<IdentityId>,
    body: Body<IdentityRemovalInput>,
) -> Result<HttpResponse, Problem> {
    let given = proof::prove(&caller, &hasher, body.input.password, body.input.code)
        .await
        .map_err(|fault| caller.problem(fault))?;
    let asking = caller.clone();
    let outcome = caller.try_write("me.identity_removal", move |conn, actor, _| {
        let (now, network, current) = (
            asking.machine_now(),
            asking.network(),
            proof::browser(conn, &asking)?,
        );
        providers.offered()?;
        identity_letters::unlink(
            conn,
            actor,
            now,
            &network,
            current,
            id,
            given.as_given(),
            &providers,
        )
    });
    let outcome: Result<Outcome<()>, _> = outcome.await;
    finished(&caller, outcome, answers::done())
}

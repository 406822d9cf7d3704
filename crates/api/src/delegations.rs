//! Delegations: whom an organisation sends, within which quota; and the taking over by whom it was made for.
//!
//! Nothing here says what somebody needs (R22), and another organisation's delegation does not exist (R15).

use access_rules::{Act, Actor, EditionId, OrganisationId};
use actix_kit::{At, Body, Caller, Problem, Query, Version, body, once::created};
use actix_web::{HttpRequest, HttpResponse, web};
use db::Conn;
use kernel::{Fault, Kind, Moment};
use members::{
    model::PositionKind,
    sheet::{self, Charset},
};
use registration::{
    delegate_take_over::{self, Offer},
    delegates::{self, DelegateInput, Delegation, Line},
    delegation_file::{self, FileReport},
    delegation_quotas::{self, QuotaInput},
    model::{CategoryId, DelegationQuota, DelegationRole, RegistrationId, RegistrationState},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    programme::edition,
    table::{self, get, post, put},
    upload::{self, SHEETS},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<table::Line> {
    vec![
        get("/delegation-roles", Act::UseSite, roles, "The roles there are in delegations.")
            .lists_all::<DelegationRole>(),
        get("/editions/{slug}/delegation-quotas", Act::DecideRegistration, quotas, "How many each organisation may send in each category.")
            .lists_all::<DelegationQuota>().account(),
        put("/editions/{slug}/delegation-quotas", Act::DecideRegistration, set_quota, "Sets how many an organisation may send in a category; never fewer than it sends.")
            .takes::<QuotaInput>().gives::<DelegationQuota>().account(),
        get("/editions/{slug}/delegations/{organisation}", Act::MindOrganisation, list, "The delegation of an organisation, for its focal points.")
            .gives::<DelegationView>().account(),
        post("/editions/{slug}/delegations/{organisation}/delegates", Act::MindOrganisation, add, "Registers somebody for the delegation and invites them to take it over.")
            .takes::<DelegateInput>().gives::<DelegateView>().once().account(),
        post("/editions/{slug}/delegations/{organisation}/imports", Act::MindOrganisation, import, "Registers a file of people, all or nobody; with `dry_run` only tells each bad line and field.")
            .asks::<FileQuery>().takes_media(SHEETS).gives::<FileReport>().account(),
        get("/delegates/{id}", Act::MindOrganisation, view, "One delegate.").gives::<DelegateView>().account(),
        put("/delegates/{id}", Act::MindOrganisation, edit, "Changes a delegate who has not taken the registration over.")
            .takes::<DelegateInput>().gives::<DelegateView>().versioned().account(),
        post("/delegates/{id}/substitution", Act::MindOrganisation, substitute, "Sends somebody else in their place; place and number stay.")
            .takes::<DelegateInput>().gives::<DelegateView>().once().versioned().answers(200).account(),
        post("/delegates/{id}/withdrawal", Act::MindOrganisation, withdraw, "Takes somebody out of the delegation.")
            .gives::<DelegateView>().once().versioned().answers(200).account(),
        get("/editions/{slug}/me/delegations", Act::MindOwn, offers, "Registrations made for my address that I can take over.")
            .lists_all::<OfferView>().account(),
        post("/delegates/{id}/take-over", Act::MindOwn, accept, "Takes over a registration made for my address.")
            .once().answers(204).account(),
    ]
}

/// How a file is to be read.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct FileQuery {
    /// Whether it is only tried.
    pub dry_run: bool,
    /// In which characters a CSV is written: `utf-8` when not said, or `windows-1252`.
    pub charset: Option<Charset>,
}

/// A delegation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DelegationView {
    /// The organisation's name.
    pub organisation: String,
    /// How many it may send, by category.
    pub quotas: Vec<DelegationQuota>,
    /// Whom it sends, in the order they were named.
    pub delegates: Vec<DelegateView>,
}

/// Somebody who is sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DelegateView {
    /// The id of their registration.
    #[schema(value_type = String)]
    pub id: RegistrationId,
    /// Given names.
    pub given_name: String,
    /// Family names.
    pub family_name: String,
    /// The code of their role in the delegation.
    pub role: String,
    /// The category.
    #[schema(value_type = Option<String>)]
    pub category: Option<CategoryId>,
    /// As what they come for the organisation.
    pub position_kind: Option<PositionKind>,
    /// The same in words.
    pub position_title: String,
    /// Where their letters go; nothing once they took it over.
    pub email: Option<String>,
    /// How far the registration is.
    pub state: RegistrationState,
    /// Its number, once it is certain.
    pub number: Option<String>,
    /// When the person took it over.
    pub taken_over_at: Option<Moment>,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// A registration made for my address.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfferView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: RegistrationId,
    /// The organisation that sends me.
    pub organisation: String,
    /// The code of my role in its delegation.
    pub role: String,
    /// How far the registration is.
    pub state: RegistrationState,
    /// Its number, once it is certain.
    pub number: Option<String>,
}

async fn roles(caller: Caller) -> Result<HttpResponse, Problem> {
    let roles = caller
        .read("delegation_roles", |conn, _, _| delegates::roles(conn))
        .await?;
    Ok(answers::all(&roles))
}

async fn quotas(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let quotas = caller
        .read("delegation_quotas", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            delegation_quotas::all(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&quotas))
}

async fn set_quota(
    caller: Caller,
    At(slug): At<String>,
    body: Body<QuotaInput>,
) -> Result<HttpResponse, Problem> {
    let quota = caller
        .write("delegation_quota.set", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            delegation_quotas::set(conn, actor, now, edition, &body.input)
        })
        .await?;
    Ok(answers::one(&quota))
}

async fn list(
    caller: Caller,
    At((slug, organisation)): At<(String, OrganisationId)>,
) -> Result<HttpResponse, Problem> {
    let found = caller
        .read("delegation", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            delegates::list(conn, actor, now, edition, organisation)
        })
        .await?;
    Ok(answers::one(&delegation_view(found)))
}

async fn add(
    caller: Caller,
    At((slug, organisation)): At<(String, OrganisationId)>,
    body: Body<DelegateInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("delegate.add", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let line = delegates::add(conn, actor, now, edition, organisation, &input)?;
            let view = delegate_view(line);
            created(
                &format!("/api/v1/delegates/{}", view.id),
                Some(view.version),
                &view,
            )
        })
        .await
}

async fn import(
    caller: Caller,
    request: HttpRequest,
    At((slug, organisation)): At<(String, OrganisationId)>,
    Query(query): Query<FileQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let of = slug.clone();
    // From nobody else a byte is read.
    caller
        .read("delegation.may", move |conn, actor, now| {
            let edition = edition(conn, actor, &of)?;
            delegates::list(conn, actor, now, edition, organisation).map(drop)
        })
        .await?;
    if !SHEETS.contains(&body::media_type(&request).as_str()) {
        let fault = Fault::new(Kind::UnsupportedMedia, "media_type").with("taken", SHEETS.join(", "));
        return Err(caller.problem(fault));
    }
    let bytes = body::read(payload.into_inner(), sheet::FILE_MAX)
        .await
        .map_err(|fault| caller.problem(fault))?;
    let hash = records::rules::sha256_hex(&bytes).into_bytes();
    let charset = query.charset.unwrap_or(Charset::Utf8);
    let sheet = upload::aside(&caller, move || sheet::read(&bytes, charset)).await?;
    let run = move |conn: &mut Conn, actor: &Actor, now: Moment| {
        let edition: EditionId = edition(conn, actor, &slug)?;
        delegation_file::import(conn, actor, now, edition, organisation, &sheet, query.dry_run)
    };
    if query.dry_run {
        let report = caller.read("delegation.import_try", run).await?;
        return Ok(answers::one(&report));
    }
    caller
        .once("delegation.import", &hash, move |conn, actor, now| {
            answers::kept(&run(conn, actor, now)?)
        })
        .await
}

async fn view(
    caller: Caller,
    request: HttpRequest,
    At(id): At<RegistrationId>,
) -> Result<HttpResponse, Problem> {
    let line = caller
        .read("delegate", move |conn, actor, now| {
            delegates::get(conn, actor, now, id)
        })
        .await?;
    Ok(answers::versioned(
        &request,
        line.registration.version,
        &delegate_view(line),
    ))
}

async fn edit(
    caller: Caller,
    At(id): At<RegistrationId>,
    Version(version): Version,
    body: Body<DelegateInput>,
) -> Result<HttpResponse, Problem> {
    let line = caller
        .write("delegate.edit", move |conn, actor, now| {
            delegates::edit(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(line.registration.version, &delegate_view(line)))
}

async fn substitute(
    caller: Caller,
    At(id): At<RegistrationId>,
    Version(version): Version,
    body: Body<DelegateInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("delegate.substitute", &body.hash, move |conn, actor, now| {
            let line = delegates::substitute(conn, actor, now, id, &input, Some(version))?;
            answers::kept(&delegate_view(line))
        })
        .await
}

async fn withdraw(
    caller: Caller,
    At(id): At<RegistrationId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .once("delegate.withdraw", &[], move |conn, actor, now| {
            let line = delegates::withdraw(conn, actor, now, id, Some(version))?;
            answers::kept(&delegate_view(line))
        })
        .await
}

async fn offers(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let offers = caller
        .read("delegate.offers", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            delegate_take_over::offers(conn, actor, now, edition)
        })
        .await?;
    let views: Vec<OfferView> = offers.into_iter().map(offer_view).collect();
    Ok(answers::all(&views))
}

async fn accept(caller: Caller, At(id): At<RegistrationId>) -> Result<HttpResponse, Problem> {
    caller
        .once("delegate.take_over", &[], move |conn, actor, now| {
            delegate_take_over::accept(conn, actor, now, id)?;
            Ok(actix_kit::once::done(actix_web::http::StatusCode::NO_CONTENT))
        })
        .await
}

fn delegation_view(found: Delegation) -> DelegationView {
    DelegationView {
        organisation: found.organisation,
        quotas: found.quotas,
        delegates: found.lines.into_iter().map(delegate_view).collect(),
    }
}

fn delegate_view(line: Line) -> DelegateView {
    let email = (!line.is_taken_over()).then(|| line.registration.email.to_string());
    DelegateView {
        id: line.registration.id,
        given_name: line.given_name,
        family_name: line.family_name,
        role: line.delegate.role,
        category: line.registration.category,
        position_kind: line.registration.position_kind,
        position_title: line.registration.position_title,
        email,
        state: line.registration.state,
        number: line.registration.number,
        taken_over_at: line.delegate.taken_over_at,
        version: line.registration.version,
    }
}

fn offer_view(offer: Offer) -> OfferView {
    OfferView {
        id: offer.registration.id,
        organisation: offer.organisation,
        role: offer.role,
        state: offer.registration.state,
        number: offer.registration.number,
    }
}

//! What comes into the programme from outside: calls, proposals, and who leads the themes of the Town Hall.

use access_rules::{Act, Circumstances, PersonId, ThemeId};
use actix_kit::{
    At, Body, Caller, Problem, Version,
    once::{self, created},
};
use actix_web::{HttpResponse, http::StatusCode, web};
use kernel::Coded as _;
use local4action::{
    calls::{self, CallInput, CallView, InvitationInput},
    model::CallId,
    proposals,
};
use programme::{admission::Admissions, model::SessionKind, session_form::SessionInput, sessions};
use town_hall::{
    model::{PartnerId, ThemePartner},
    partners::{self, LeadInput, LeadView, PartnerInput, PartnerView},
};

use crate::{
    answers,
    programme::edition,
    sessions::{DraftDetail, detail},
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/calls", Act::Read, list, "The calls of an edition; those by invitation for the desk alone.")
            .lists_all::<CallView>(),
        get("/calls/{id}", Act::Read, view, "One call.").gives::<CallView>(),
        post("/editions/{slug}/calls", Act::ManageFormats, create, "Makes a call.")
            .takes::<CallInput>().gives::<CallView>().once().account(),
        post("/editions/{slug}/calls/invitations", Act::ManageFormats, invite, "Records why sessions of a format come through no call.")
            .takes::<InvitationInput>().gives::<CallView>().once().account(),
        put("/calls/{id}", Act::ManageFormats, edit, "Changes title and dates of a call.")
            .takes::<CallInput>().gives::<CallView>().versioned().account(),
        delete("/calls/{id}", Act::ManageFormats, remove, "Takes out a call nothing came through.").account(),
        post("/editions/{slug}/proposals", Act::Propose, propose, "Proposes a session; of the Local4Action track when it names no other kind.")
            .takes::<SessionInput>().gives::<DraftDetail>().once().account(),

        get("/themes/{id}/partners", Act::Read, list_partners, "The partners of a Town Hall theme.").lists_all::<PartnerView>(),
        post("/themes/{id}/partners", Act::ManageEdition, name_partner, "Names a partner of a theme.")
            .takes::<PartnerInput>().gives::<ThemePartner>().once().account(),
        delete("/theme-partners/{id}", Act::ManageEdition, end_partner, "Ends a partnership.").versioned().account(),
        get("/themes/{id}/leads", Act::EditSession, list_leads, "Who leads a theme.").lists_all::<LeadView>().account(),
        post("/themes/{id}/leads", Act::ManageEdition, name_lead, "Names somebody of a partner to lead a theme.")
            .takes::<LeadInput>().once().answers(204).account(),
        delete("/themes/{id}/leads/{person}", Act::ManageEdition, dismiss_lead, "Takes it from somebody.").account(),
    ]
}

// Calls.

async fn list(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("calls", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            calls::list(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&views))
}

/// Its state follows from the clock: it is always answered fresh.
async fn view(caller: Caller, At(id): At<CallId>) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("call", move |conn, actor, now| calls::get(conn, actor, now, id))
        .await?;
    Ok(answers::edited(view.call.version, &view))
}

async fn create(
    caller: Caller,
    At(slug): At<String>,
    body: Body<CallInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("call.create", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let call = calls::create(conn, actor, now, edition, &input)?;
            let view = calls::get(conn, actor, now, call.id)?;
            created(&format!("/api/v1/calls/{}", call.id), Some(call.version), &view)
        })
        .await
}

async fn invite(
    caller: Caller,
    At(slug): At<String>,
    body: Body<InvitationInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("call.invite", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let call = calls::invite(conn, actor, now, edition, &input)?;
            let view = calls::get(conn, actor, now, call.id)?;
            created(&format!("/api/v1/calls/{}", call.id), Some(call.version), &view)
        })
        .await
}

async fn edit(
    caller: Caller,
    At(id): At<CallId>,
    Version(version): Version,
    body: Body<CallInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("call.edit", move |conn, actor, now| {
            calls::edit(conn, actor, now, id, &body.input, Some(version))?;
            calls::get(conn, actor, now, id)
        })
        .await?;
    Ok(answers::edited(view.call.version, &view))
}

async fn remove(caller: Caller, At(id): At<CallId>) -> Result<HttpResponse, Problem> {
    caller
        .write("call.remove", move |conn, actor, now| {
            calls::remove(conn, actor, now, id)
        })
        .await?;
    Ok(answers::done())
}

// Proposals.

async fn propose(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
    body: Body<SessionInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("session.propose", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let is_local = input.kind.is_empty() || input.kind == SessionKind::Local4action.code();
            let session = if is_local {
                proposals::propose(conn, actor, now, &admissions, edition, &input)?
            } else {
                let known = Circumstances {
                    registered: actor.registered().any(|registered| registered == edition),
                    ..Circumstances::default()
                };
                sessions::propose(conn, actor, now, &admissions, edition, known, &input)?
            };
            let detail = detail(conn, session)?;
            created(
                &format!("/api/v1/sessions/{}/draft", detail.session.id),
                Some(detail.session.version),
                &detail,
            )
        })
        .await
}

// Who leads the themes of the Town Hall.

async fn list_partners(caller: Caller, At(id): At<ThemeId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("theme.partners", move |conn, actor, _| {
            partners::list(conn, actor, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn name_partner(
    caller: Caller,
    At(id): At<ThemeId>,
    body: Body<PartnerInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("theme.partner", &body.hash, move |conn, actor, now| {
            let partner = partners::name(conn, actor, now, id, &input)?;
            created(
                &format!("/api/v1/themes/{id}/partners"),
                Some(partner.version),
                &partner,
            )
        })
        .await
}

async fn end_partner(
    caller: Caller,
    At(id): At<PartnerId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .write("theme.partner_end", move |conn, actor, now| {
            partners::end(conn, actor, now, id, Some(version)).map(drop)
        })
        .await?;
    Ok(answers::done())
}

async fn list_leads(caller: Caller, At(id): At<ThemeId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("theme.leads", move |conn, actor, now| {
            partners::leads(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn name_lead(
    caller: Caller,
    At(id): At<ThemeId>,
    body: Body<LeadInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("theme.lead", &body.hash, move |conn, actor, now| {
            partners::name_lead(conn, actor, now, id, &input)?;
            Ok(once::done(StatusCode::NO_CONTENT))
        })
        .await
}

async fn dismiss_lead(
    caller: Caller,
    At((id, person)): At<(ThemeId, PersonId)>,
) -> Result<HttpResponse, Problem> {
    caller
        .write("theme.lead_dismiss", move |conn, actor, now| {
            partners::dismiss_lead(conn, actor, now, id, person)
        })
        .await?;
    Ok(answers::done())
}

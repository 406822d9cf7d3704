//! The Assembly's papers and sittings: who is invited to write, what is looked through and published, what comes of each
//! paper in a sitting, and its closing, which hands all of it to the World Assembly.

use access_rules::{Act, PaperId, SessionId};
use actix_kit::{At, Body, Caller, Problem, Version, VersionSeen, once::created};
use actix_web::HttpResponse;
use assembly::{
    closings::{self, ClosingView},
    deadlines::{self, DeadlineInput},
    filing::{self, FilingInput},
    invitations::{self, AnswerInput, PaperInvitationInput, PaperInvitationView, RevokeInput},
    model::{AssemblyTerms, InvitationId, PaperInvitation, SittingPaper, TransmittingSession},
    priorities::{self, PriorityGroup},
    results::{self, ResultInput, ResultView},
    screening::{self, PublishInput, ReturnInput, ScreenInput},
    sitting_papers::{self, SittingPaperInput, SittingPaperView},
    special_sessions::{self, SpecialSessionView},
    terms::{self, AssemblyTermsInput},
};
use kernel::Fault;
use outcomes::model::Transmission;
use papers::model::Paper;

use crate::{
    answers,
    programme::edition,
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/assembly-terms", Act::Read, terms_of, "By what the Assembly of an edition goes: deadlines, notice, majorities.").gives::<AssemblyTerms>(),
        put("/editions/{slug}/assembly-terms", Act::ManageRules, set_terms, "Changes them.").takes::<AssemblyTermsInput>().gives::<AssemblyTerms>().versioned().account(),

        get("/editions/{slug}/paper-invitations", Act::Read, list_invitations, "Who is invited to write: all for the desk, one's own for focal points.")
            .lists_all::<PaperInvitationView>().account(),
        post("/editions/{slug}/paper-invitations", Act::ManagePapers, invite, "Invites a section or a sister organisation to write a position paper.")
            .takes::<PaperInvitationInput>().gives::<PaperInvitation>().once().account(),
        get("/paper-invitations/{id}", Act::Read, invitation, "One invitation.").gives::<PaperInvitationView>().account(),
        post("/paper-invitations/{id}/acceptance", Act::WritePaper, accept, "Accepts an invitation, for the organisation.")
            .takes::<AnswerInput>().gives::<PaperInvitation>().once().versioned().answers(200).account(),
        post("/paper-invitations/{id}/refusal", Act::WritePaper, decline, "Declines an invitation, for the organisation.")
            .takes::<AnswerInput>().gives::<PaperInvitation>().once().versioned().answers(200).account(),
        post("/paper-invitations/{id}/revocation", Act::ManagePapers, revoke, "Takes an invitation back: a paper that is there stays, and nobody edits it.")
            .takes::<RevokeInput>().gives::<PaperInvitation>().once().versioned().answers(200).account(),
        post("/editions/{slug}/papers", Act::WritePaper, file, "Files another position paper for an organisation that was invited.")
            .takes::<FilingInput>().gives::<Paper>().once().account(),
        put("/papers/{id}/deadline", Act::ManagePapers, set_deadline, "Gives a paper another deadline; later than the rule needs a reason, which is logged.")
            .takes::<DeadlineInput>().gives::<Paper>().versioned().account(),
        post("/papers/{id}/screening", Act::ManagePapers, screen, "Looks a paper through: it can be published, or returned.")
            .takes::<ScreenInput>().gives::<Paper>().once().versioned().answers(200).account(),
        post("/papers/{id}/return", Act::ManagePapers, return_, "Returns a paper to its team, with a reason.")
            .takes::<ReturnInput>().gives::<Paper>().once().versioned().answers(200).account(),
        post("/papers/{id}/publication", Act::ManagePapers, publish, "Publishes a paper, for participants or for everyone.")
            .takes::<PublishInput>().gives::<Paper>().once().versioned().answers(200).account(),
        get("/editions/{slug}/paper-priorities", Act::Read, list_priorities, "The priorities that papers set, by continent, sector and theme.").lists_all::<PriorityGroup>(),

        get("/sessions/{id}/papers", Act::Read, list_papers, "The papers of a sitting, with what came of each where it may be read.").lists_all::<SittingPaperView>(),
        post("/sessions/{id}/papers", Act::EditSession, add_paper, "Takes a paper up in a sitting.").takes::<SittingPaperInput>().gives::<SittingPaper>().once().account(),
        put("/sessions/{id}/papers/{paper}", Act::EditSession, edit_paper, "Says when it is taken, who presents it and who responds.")
            .takes::<SittingPaperInput>().gives::<SittingPaper>().versioned().account(),
        delete("/sessions/{id}/papers/{paper}", Act::EditSession, remove_paper, "Takes it out of the sitting.").account(),
        put("/sessions/{id}/papers/{paper}/result", Act::RecordResult, record, "Records what came of a paper, with its recommendations.")
            .takes::<ResultInput>().gives::<ResultView>().account(),
        post("/sessions/{id}/sitting-closing", Act::RecordResult, close, "Closes a sitting: each paper's result goes to the World Assembly, exactly once.")
            .gives::<ClosingView>().once().answers(200).account(),

        get("/editions/{slug}/transmitting-sessions", Act::Read, list_special, "Special sessions whose results go to the World Assembly.").lists_all::<SpecialSessionView>(),
        put("/sessions/{id}/transmission-flag", Act::ManagePapers, flag, "Says that a special session's result goes to the World Assembly.").gives::<TransmittingSession>().account(),
        delete("/sessions/{id}/transmission-flag", Act::ManagePapers, unflag, "Says that it does not.").account(),
        put("/sessions/{id}/special-result", Act::RecordResult, record_special, "Records what came of such a session.").takes::<ResultInput>().gives::<ResultView>().account(),
        post("/sessions/{id}/special-transmission", Act::RecordResult, transmit, "Hands it to the World Assembly, once.").gives::<Transmission>().once().answers(200).account(),
    ]
}

// By what an edition goes.

async fn terms_of(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let terms = caller
        .read("assembly.terms", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            terms::of(conn, edition)
        })
        .await?;
    Ok(answers::edited(terms.version, &terms))
}

async fn set_terms(
    caller: Caller,
    At(slug): At<String>,
    Version(version): Version,
    body: Body<AssemblyTermsInput>,
) -> Result<HttpResponse, Problem> {
    let terms = caller
        .write("assembly.terms.set", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            terms::set(conn, actor, now, edition, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(terms.version, &terms))
}

// Invitations.

async fn list_invitations(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("paper_invitations", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            invitations::list(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn invite(
    caller: Caller,
    At(slug): At<String>,
    body: Body<PaperInvitationInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.invite", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let made = invitations::invite(conn, actor, now, edition, &input)?;
            created(
                &format!("/api/v1/paper-invitations/{}", made.id),
                Some(made.version),
                &made,
            )
        })
        .await
}

async fn invitation(caller: Caller, At(id): At<InvitationId>) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("paper_invitation", move |conn, actor, now| {
            invitations::get(conn, actor, now, id)
        })
        .await?;
    Ok(answers::edited(view.invitation.version, &view))
}

async fn accept(
    caller: Caller,
    At(id): At<InvitationId>,
    Version(version): Version,
    body: Body<AnswerInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.accept", &body.hash, move |conn, actor, now| {
            let after = invitations::accept(conn, actor, now, id, &input, Some(version))?;
            answers::kept(&after)
        })
        .await
}

async fn decline(
    caller: Caller,
    At(id): At<InvitationId>,
    Version(version): Version,
    body: Body<AnswerInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.decline", &body.hash, move |conn, actor, now| {
            let after = invitations::decline(conn, actor, now, id, &input, Some(version))?;
            answers::kept(&after)
        })
        .await
}

async fn revoke(
    caller: Caller,
    At(id): At<InvitationId>,
    Version(version): Version,
    body: Body<RevokeInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.revoke", &body.hash, move |conn, actor, now| {
            let after = invitations::revoke(conn, actor, now, id, &input, Some(version))?;
            answers::kept(&after)
        })
        .await
}

async fn file(
    caller: Caller,
    At(slug): At<String>,
    body: Body<FilingInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.file", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let paper = filing::file(conn, actor, now, edition, &input)?;
            created(
                &format!("/api/v1/papers/{}", paper.id),
                Some(paper.version),
                &paper,
            )
        })
        .await
}

// From its deadline until it is out.

async fn set_deadline(
    caller: Caller,
    At(id): At<PaperId>,
    Version(version): Version,
    body: Body<DeadlineInput>,
) -> Result<HttpResponse, Problem> {
    let paper = caller
        .write("paper.deadline", move |conn, actor, now| {
            deadlines::set(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(paper.version, &paper))
}

async fn screen(
    caller: Caller,
    At(id): At<PaperId>,
    Version(version): Version,
    body: Body<ScreenInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.screen", &body.hash, move |conn, actor, now| {
            let paper = screening::screen(conn, actor, now, id, &input, Some(version))?;
            answers::kept(&paper)
        })
        .await
}

async fn return_(
    caller: Caller,
    At(id): At<PaperId>,
    Version(version): Version,
    body: Body<ReturnInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.return", &body.hash, move |conn, actor, now| {
            let paper = screening::return_(conn, actor, now, id, &input, Some(version))?;
            answers::kept(&paper)
        })
        .await
}

async fn publish(
    caller: Caller,
    At(id): At<PaperId>,
    Version(version): Version,
    body: Body<PublishInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.publish", &body.hash, move |conn, actor, now| {
            let paper = screening::publish(conn, actor, now, id, &input, Some(version))?;
            answers::kept(&paper)
        })
        .await
}

async fn list_priorities(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let groups = caller
        .read("paper_priorities", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            priorities::report(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&groups))
}

// Sittings.

async fn list_papers(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("sitting.papers", move |conn, actor, now| {
            sitting_papers::list(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn add_paper(
    caller: Caller,
    At(id): At<SessionId>,
    body: Body<SittingPaperInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("sitting.paper.add", &body.hash, move |conn, actor, now| {
            let taken_up = sitting_papers::add(conn, actor, now, id, &input)?;
            created(
                &format!("/api/v1/sessions/{id}/papers"),
                Some(taken_up.version),
                &taken_up,
            )
        })
        .await
}

async fn edit_paper(
    caller: Caller,
    At((id, paper)): At<(SessionId, PaperId)>,
    Version(version): Version,
    body: Body<SittingPaperInput>,
) -> Result<HttpResponse, Problem> {
    let taken_up = caller
        .write("sitting.paper.edit", move |conn, actor, now| {
            sitting_papers::edit(conn, actor, now, id, paper, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(taken_up.version, &taken_up))
}

async fn remove_paper(
    caller: Caller,
    At((id, paper)): At<(SessionId, PaperId)>,
) -> Result<HttpResponse, Problem> {
    caller
        .write("sitting.paper.remove", move |conn, actor, now| {
            sitting_papers::remove(conn, actor, now, id, paper)
        })
        .await?;
    Ok(answers::done())
}

/// The first time it is made, then it is edited: what it was is named by `If-Match`, where there is one.
async fn record(
    caller: Caller,
    At((id, paper)): At<(SessionId, PaperId)>,
    VersionSeen(version): VersionSeen,
    body: Body<ResultInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("sitting.result", move |conn, actor, now| {
            results::record(conn, actor, now, id, paper, &body.input, version)
        })
        .await?;
    Ok(answers::edited(view.result.version, &view))
}

async fn close(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    caller
        .once("sitting.close", &[], move |conn, actor, now| {
            let view = closings::close(conn, actor, now, id)?;
            answers::kept(&view)
        })
        .await
}

// Special sessions.

async fn list_special(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("transmitting_sessions", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            special_sessions::list(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn flag(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let flag = caller
        .write("session.flag", move |conn, actor, now| {
            special_sessions::flag(conn, actor, now, id)
        })
        .await?;
    Ok(answers::one(&flag))
}

async fn unflag(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    caller
        .write("session.unflag", move |conn, actor, now| {
            special_sessions::unflag(conn, actor, now, id)
        })
        .await?;
    Ok(answers::done())
}

async fn record_special(
    caller: Caller,
    At(id): At<SessionId>,
    VersionSeen(version): VersionSeen,
    body: Body<ResultInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("session.special_result", move |conn, actor, now| {
            special_sessions::record(conn, actor, now, id, &body.input, version)
        })
        .await?;
    Ok(answers::edited(view.result.version, &view))
}

async fn transmit(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    caller
        .once("session.transmit", &[], move |conn, actor, now| {
            let sent: Result<Transmission, Fault> = special_sessions::transmit(conn, actor, now, id);
            answers::kept(&sent?)
        })
        .await
}

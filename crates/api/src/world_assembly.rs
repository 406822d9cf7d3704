//! The World Assembly: convoked with the consent of its networks, its delegates endorsed by them, its agenda, and what it
//! presents, debates and decides. A meeting of the General Assembly is never it (R77).

use access_rules::{Act, OrganisationId, SessionId};
use actix_kit::{At, Body, Caller, Problem, Version, VersionSeen, once::created};
use actix_web::{HttpResponse, web};
use assembly::{
    agenda::{self, AssemblyItemInput, AssemblyItemView, AssemblyOrderInput},
    consensus::{self, ObjectionInput, QuestionView},
    convocation::{self, ConsentInput, ConsentView, ConvokeInput},
    decisions::{self, DecisionInput, HandsInput, VotedView},
    endorsements::{self, EndorseInput, EndorsementAnswerInput, EndorsementInput, EndorsementView},
    model::world::{
        AssemblyItem, ConsensusQuestion, Endorsement, EndorsementId, ItemId, NetworkConsent, Objection,
        ObjectionId, QuestionId, WorldAssembly,
    },
    proceedings::{self, AssemblyStepInput},
    world_assembly::{self, WorldAssemblyView},
};
use outcomes::model::{Outcome, OutcomeId};
use programme::{admission::Admissions, session_form::SessionInput};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
        post("/editions/{slug}/world-assemblies", Act::RunAssembly, convene, "Plans the World Assembly of an edition, for the Global Taskforce.")
            .takes::<SessionInput>().gives::<DraftDetail>().once().account(),
        get("/world-assemblies/{id}", Act::Read, show, "How far it is, and what I may do there.").gives::<WorldAssemblyView>(),
        get("/world-assemblies/{id}/consents", Act::Read, consents, "Which networks agree to its convocation.").lists_all::<ConsentView>(),
        post("/world-assemblies/{id}/consents", Act::RunAssembly, ask_consents, "Asks the networks for their consent.").gives::<WorldAssembly>().once().versioned().answers(200).account(),
        put("/world-assemblies/{id}/consents/{network}", Act::MindOrganisation, consent, "Agrees for a network, or not.")
            .takes::<ConsentInput>().gives::<NetworkConsent>().account(),
        post("/world-assemblies/{id}/convocation", Act::RunAssembly, convoke, "Convokes it: with every network's consent, and notice; shorter with a reason.")
            .takes::<ConvokeInput>().gives::<WorldAssembly>().once().versioned().answers(200).account(),

        get("/editions/{slug}/me/endorsement", Act::MindOwn, mine, "My endorsement by my network.").gives::<MyEndorsement>().account(),
        post("/editions/{slug}/me/endorsement", Act::MindOwn, ask_endorsement, "Asks my network to endorse me.")
            .takes::<EndorsementInput>().gives::<Endorsement>().once().account(),
        get("/editions/{slug}/endorsements/{network}", Act::MindOrganisation, list_endorsements, "Whom a network endorses, and who asks.")
            .lists_all::<EndorsementView>().account(),
        post("/editions/{slug}/endorsements/{network}", Act::MindOrganisation, endorse, "Endorses somebody registered, for a network.")
            .takes::<EndorseInput>().gives::<Endorsement>().once().account(),
        post("/endorsements/{id}/answer", Act::MindOrganisation, answer_endorsement, "Endorses who asked, or refuses with a reason.")
            .takes::<EndorsementAnswerInput>().gives::<Endorsement>().once().versioned().answers(200).account(),
        post("/endorsements/{id}/withdrawal", Act::MindOrganisation, withdraw_endorsement, "Takes an endorsement back.")
            .takes::<WithdrawalInput>().gives::<Endorsement>().once().versioned().answers(200).account(),

        get("/world-assemblies/{id}/agenda", Act::Read, list_items, "Its agenda.").lists_all::<AssemblyItemView>(),
        post("/world-assemblies/{id}/agenda", Act::RunAssembly, add_item, "Puts an outcome or a topic on it.").takes::<AssemblyItemInput>().gives::<AssemblyItem>().once().account(),
        post("/world-assemblies/{id}/agenda/received", Act::RunAssembly, add_received, "Puts everything received on it that is not there yet.")
            .lists_all::<AssemblyItem>().once().answers(200).account(),
        put("/world-assemblies/{id}/agenda/order", Act::RunAssembly, order, "Puts its items in another order.").takes::<AssemblyOrderInput>().lists_all::<AssemblyItem>().account(),
        put("/world-assembly-items/{id}", Act::RunAssembly, edit_item, "Changes an item.").takes::<AssemblyItemInput>().gives::<AssemblyItem>().versioned().account(),
        delete("/world-assembly-items/{id}", Act::RunAssembly, remove_item, "Takes an item out.").account(),

        post("/world-assemblies/{id}/opening", Act::RunAssembly, open, "Opens it.").gives::<WorldAssembly>().once().versioned().answers(200).account(),
        post("/world-assemblies/{id}/suspension", Act::RunAssembly, suspend, "Suspends it.").takes::<AssemblyStepInput>().gives::<WorldAssembly>().once().versioned().answers(200).account(),
        post("/world-assemblies/{id}/resumption", Act::RunAssembly, resume, "Takes it up again.").gives::<WorldAssembly>().once().versioned().answers(200).account(),
        post("/world-assemblies/{id}/closing", Act::RunAssembly, close, "Closes it, once everything received is decided.").gives::<WorldAssembly>().once().versioned().answers(200).account(),
        post("/world-assemblies/{id}/publication", Act::RunAssembly, publish, "Publishes what it decided.").gives::<WorldAssembly>().once().versioned().answers(200).account(),

        post("/world-assemblies/{id}/outcomes/{outcome}/presentation", Act::RunAssembly, present, "Presents an outcome.")
            .takes::<AssemblyStepInput>().gives::<Outcome>().once().versioned().answers(200).account(),
        post("/world-assemblies/{id}/outcomes/{outcome}/debate", Act::RunAssembly, debate, "Opens its debate.")
            .takes::<AssemblyStepInput>().gives::<Outcome>().once().versioned().answers(200).account(),
        post("/world-assemblies/{id}/outcomes/{outcome}/question", Act::RunAssembly, ask, "Asks whether anybody objects.").gives::<ConsensusQuestion>().once().account(),
        post("/world-assemblies/{id}/outcomes/{outcome}/adoption", Act::RunAssembly, adopt, "Adopts it by consensus: no objection stands.")
            .takes::<DecisionInput>().gives::<Outcome>().once().versioned().answers(200).account(),
        post("/world-assemblies/{id}/outcomes/{outcome}/return", Act::RunAssembly, return_, "Returns it, with a reason.")
            .takes::<DecisionInput>().gives::<Outcome>().once().versioned().answers(200).account(),
        post("/world-assemblies/{id}/outcomes/{outcome}/refusal", Act::RunAssembly, refuse, "Does not adopt it, with a reason.")
            .takes::<DecisionInput>().gives::<Outcome>().once().versioned().answers(200).account(),
        post("/world-assemblies/{id}/outcomes/{outcome}/count", Act::RunAssembly, count, "Counts hands where consensus failed and the terms allow a vote.")
            .takes::<HandsInput>().gives::<VotedView>().once().versioned().answers(200).account(),
        get("/world-assemblies/{id}/questions", Act::Read, questions, "Questions of consensus, with the objections to each.").lists_all::<QuestionView>(),
        post("/consensus-questions/{id}/objections", Act::Vote, object, "Objects, with a reason.").takes::<ObjectionInput>().gives::<Objection>().once().account(),
        post("/objections/{id}/withdrawal", Act::Vote, withdraw_objection, "Takes an objection back; that it was raised stays.").gives::<Objection>().once().answers(200).account(),
    ]
}

/// Whether I am endorsed, and by whom.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MyEndorsement {
    /// What I asked for or was given; none when nothing.
    pub endorsement: Option<EndorsementView>,
}

/// Why an endorsement is taken back.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = EndorsementWithdrawalInput)]
pub struct WithdrawalInput {
    /// Why.
    pub reason: String,
}

// Its convocation.

async fn convene(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
    body: Body<SessionInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("world_assembly.convene", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let session = world_assembly::convene(conn, actor, now, &admissions, edition, &input)?;
            let detail = detail(conn, session)?;
            created(
                &format!("/api/v1/world-assemblies/{}", detail.session.id),
                None,
                &detail,
            )
        })
        .await
}

async fn show(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("world_assembly", move |conn, actor, now| {
            world_assembly::show(conn, actor, now, id)
        })
        .await?;
    Ok(answers::edited(view.assembly.version, &view))
}

async fn consents(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("world_assembly.consents", move |conn, actor, now| {
            convocation::consents(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn ask_consents(
    caller: Caller,
    At(id): At<SessionId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .once("world_assembly.ask", &[], move |conn, actor, now| {
            let after = convocation::ask(conn, actor, now, id, Some(version))?;
            answers::kept(&after)
        })
        .await
}

async fn consent(
    caller: Caller,
    At((id, network)): At<(SessionId, OrganisationId)>,
    VersionSeen(version): VersionSeen,
    body: Body<ConsentInput>,
) -> Result<HttpResponse, Problem> {
    let answer = caller
        .write("world_assembly.consent", move |conn, actor, now| {
            convocation::answer(conn, actor, now, id, network, &body.input, version)
        })
        .await?;
    Ok(answers::edited(answer.version, &answer))
}

async fn convoke(
    caller: Caller,
    At(id): At<SessionId>,
    Version(version): Version,
    body: Body<ConvokeInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("world_assembly.convoke", &body.hash, move |conn, actor, now| {
            let after = convocation::convoke(conn, actor, now, id, &input, Some(version))?;
            answers::kept(&after)
        })
        .await
}

// Endorsements.

async fn mine(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let endorsement = caller
        .read("endorsement.mine", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            endorsements::mine(conn, actor, edition)
        })
        .await?;
    Ok(answers::one(&MyEndorsement { endorsement }))
}

async fn ask_endorsement(
    caller: Caller,
    At(slug): At<String>,
    body: Body<EndorsementInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("endorsement.ask", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let asked = endorsements::ask(conn, actor, now, edition, &input)?;
            let at = format!("/api/v1/editions/{slug}/me/endorsement");
            created(&at, Some(asked.version), &asked)
        })
        .await
}

async fn list_endorsements(
    caller: Caller,
    At((slug, network)): At<(String, OrganisationId)>,
) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("endorsements", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            endorsements::list(conn, actor, now, edition, network)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn endorse(
    caller: Caller,
    At((slug, network)): At<(String, OrganisationId)>,
    body: Body<EndorseInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("endorsement.endorse", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let made = endorsements::endorse(conn, actor, now, edition, network, &input)?;
            let at = format!("/api/v1/editions/{slug}/endorsements/{network}");
            created(&at, Some(made.version), &made)
        })
        .await
}

async fn answer_endorsement(
    caller: Caller,
    At(id): At<EndorsementId>,
    Version(version): Version,
    body: Body<EndorsementAnswerInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("endorsement.answer", &body.hash, move |conn, actor, now| {
            let after = endorsements::answer(conn, actor, now, id, &input, Some(version))?;
            answers::kept(&after)
        })
        .await
}

async fn withdraw_endorsement(
    caller: Caller,
    At(id): At<EndorsementId>,
    Version(version): Version,
    body: Body<WithdrawalInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("endorsement.withdraw", &body.hash, move |conn, actor, now| {
            let after = endorsements::withdraw(conn, actor, now, id, &input.reason, Some(version))?;
            answers::kept(&after)
        })
        .await
}

// Its agenda.

async fn list_items(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("world_assembly.agenda", move |conn, actor, now| {
            agenda::list(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn add_item(
    caller: Caller,
    At(id): At<SessionId>,
    body: Body<AssemblyItemInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("world_assembly.item.add", &body.hash, move |conn, actor, now| {
            let item = agenda::add(conn, actor, now, id, &input)?;
            let at = format!("/api/v1/world-assemblies/{id}/agenda");
            created(&at, Some(item.version), &item)
        })
        .await
}

async fn add_received(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    caller
        .once("world_assembly.received", &[], move |conn, actor, now| {
            let items = agenda::add_received(conn, actor, now, id)?;
            answers::kept(&answers::Items::of(items))
        })
        .await
}

async fn order(
    caller: Caller,
    At(id): At<SessionId>,
    body: Body<AssemblyOrderInput>,
) -> Result<HttpResponse, Problem> {
    let items = caller
        .write("world_assembly.order", move |conn, actor, now| {
            agenda::order(conn, actor, now, id, &body.input)
        })
        .await?;
    Ok(answers::all(&items))
}

async fn edit_item(
    caller: Caller,
    At(id): At<ItemId>,
    Version(version): Version,
    body: Body<AssemblyItemInput>,
) -> Result<HttpResponse, Problem> {
    let item = caller
        .write("world_assembly.item.edit", move |conn, actor, now| {
            agenda::edit(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(item.version, &item))
}

async fn remove_item(caller: Caller, At(id): At<ItemId>) -> Result<HttpResponse, Problem> {
    caller
        .write("world_assembly.item.remove", move |conn, actor, now| {
            agenda::remove(conn, actor, now, id)
        })
        .await?;
    Ok(answers::done())
}

// Its course.

async fn open(
    caller: Caller,
    At(id): At<SessionId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .once("world_assembly.open", &[], move |conn, actor, now| {
            answers::kept(&proceedings::open(conn, actor, now, id, Some(version))?)
        })
        .await
}

async fn suspend(
    caller: Caller,
    At(id): At<SessionId>,
    Version(version): Version,
    body: Body<AssemblyStepInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("world_assembly.suspend", &body.hash, move |conn, actor, now| {
            answers::kept(&proceedings::suspend(
                conn,
                actor,
                now,
                id,
                &input,
                Some(version),
            )?)
        })
        .await
}

async fn resume(
    caller: Caller,
    At(id): At<SessionId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .once("world_assembly.resume", &[], move |conn, actor, now| {
            answers::kept(&proceedings::resume(conn, actor, now, id, Some(version))?)
        })
        .await
}

async fn close(
    caller: Caller,
    At(id): At<SessionId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .once("world_assembly.close", &[], move |conn, actor, now| {
            answers::kept(&proceedings::close(conn, actor, now, id, Some(version))?)
        })
        .await
}

async fn publish(
    caller: Caller,
    At(id): At<SessionId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .once("world_assembly.publish", &[], move |conn, actor, now| {
            answers::kept(&proceedings::publish(conn, actor, now, id, Some(version))?)
        })
        .await
}

// What it decides.

/// A handler that takes an outcome on: it is presented, debated, adopted, returned or not adopted.
macro_rules! takes_on {
    ($name:ident, $code:literal, $input:ty, $run:path) => {
        async fn $name(
            caller: Caller,
            At((id, outcome)): At<(SessionId, OutcomeId)>,
            Version(version): Version,
            body: Body<$input>,
        ) -> Result<HttpResponse, Problem> {
            let input = body.input;
            caller
                .once($code, &body.hash, move |conn, actor, now| {
                    let after = $run(conn, actor, now, id, outcome, &input, Some(version))?;
                    answers::kept(&after)
                })
                .await
        }
    };
}
takes_on!(
    present,
    "outcome.present",
    AssemblyStepInput,
    proceedings::present
);
takes_on!(debate, "outcome.debate", AssemblyStepInput, proceedings::debate);
takes_on!(adopt, "outcome.adopt", DecisionInput, decisions::adopt);
takes_on!(return_, "outcome.return", DecisionInput, decisions::return_);
takes_on!(refuse, "outcome.refuse", DecisionInput, decisions::refuse);
takes_on!(count, "outcome.count", HandsInput, decisions::count);

async fn ask(caller: Caller, At((id, outcome)): At<(SessionId, OutcomeId)>) -> Result<HttpResponse, Problem> {
    caller
        .once("consensus.ask", &[], move |conn, actor, now| {
            let question = consensus::ask(conn, actor, now, id, outcome)?;
            let at = format!("/api/v1/world-assemblies/{id}/questions");
            created(&at, Some(question.version), &question)
        })
        .await
}

async fn questions(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("consensus.questions", move |conn, actor, now| {
            consensus::list(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn object(
    caller: Caller,
    At(id): At<QuestionId>,
    body: Body<ObjectionInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("consensus.object", &body.hash, move |conn, actor, now| {
            let objection = consensus::object(conn, actor, now, id, &input)?;
            created(
                &format!("/api/v1/objections/{}", objection.id),
                Some(objection.version),
                &objection,
            )
        })
        .await
}

async fn withdraw_objection(caller: Caller, At(id): At<ObjectionId>) -> Result<HttpResponse, Problem> {
    caller
        .once("consensus.withdraw", &[], move |conn, actor, now| {
            answers::kept(&consensus::withdraw(conn, actor, now, id)?)
        })
        .await
}

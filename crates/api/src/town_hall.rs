//! The Town Hall: the pages of its themes, their papers through their phases, the caucuses and their reviews, the policy
//! councils themes talk with, and what came of sessions. Who leads a theme is named in [`super::local4action`]; what a paper
//! says is [`super::papers`].

use access_rules::{Act, PaperId, PersonId, SessionId, ThemeId};
use actix_kit::{
    At, Body, Caller, Problem, Version, VersionSeen,
    once::{self, created},
};
use actix_web::{HttpResponse, http::StatusCode};
use papers::model::Paper;
use town_hall::{
    asking::{self, AskInput},
    caucuses::{self, CaucusInput, MemberInput, MemberView},
    consultation::{self, Point, TermsInput, WindowInput},
    deliberations::{self, DeliberationInput, DeliberationView},
    model::{Caucus, CaucusId, PairingId, ReviewId, Terms},
    pairing::{self, PairingInput, PairingView},
    papers::{self as theme_papers, PaperInput},
    phases::{self, PhaseInput},
    reviews::{self, ReviewInput, ReviewView},
    space::{self, SpaceInput, SpaceView},
};

use crate::{
    answers,
    programme::edition,
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/town-hall", Act::Read, list_spaces, "The pages of the themes of an edition.").lists_all::<SpaceView>(),
        get("/editions/{slug}/town-hall-terms", Act::Read, terms_of, "For how many months papers are open to comment before the congress.").gives::<Terms>(),
        put("/editions/{slug}/town-hall-terms", Act::ManageFormats, set_terms, "Says so.").takes::<TermsInput>().gives::<Terms>().versioned().account(),
        get("/themes/{id}/space", Act::Read, view_space, "The page of a theme: its introduction, partners, paper, call for comments, sessions and what came of them.")
            .gives::<SpaceView>(),
        put("/themes/{id}/space", Act::ManagePapers, edit_space, "Changes how a theme is introduced, and its links.")
            .takes::<SpaceInput>().gives::<SpaceView>().versioned().account(),
        put("/themes/{id}/consultation", Act::ManagePapers, plan, "Plans when the paper of a theme takes comments.")
            .takes::<WindowInput>().gives::<SpaceView>().versioned().account(),
        get("/themes/{id}/checklist", Act::ManagePapers, checklist, "What a theme still lacks, in the order in which it will be asked for.")
            .lists_all::<Point>().account(),

        get("/themes/{id}/paper", Act::Read, current, "The current paper of a theme.").gives::<Paper>(),
        post("/themes/{id}/papers", Act::ManagePapers, begin, "Begins the paper of a theme; it takes the place of the one before it.")
            .takes::<PaperInput>().gives::<Paper>().once().account(),
        post("/papers/{id}/phase", Act::ManagePapers, go, "Takes a policy paper to another phase.")
            .takes::<PhaseInput>().gives::<Paper>().once().answers(200).account(),
        post("/papers/{id}/shown", Act::ManagePapers, show, "Shows readers of a policy paper what its working copy says now.")
            .gives::<Paper>().once().answers(200).account(),

        get("/themes/{id}/pairings", Act::Read, list_pairings, "The policy councils a theme talks with.").lists_all::<PairingView>(),
        post("/themes/{id}/pairings", Act::ManagePapers, pair, "Pairs a theme with a policy council.")
            .takes::<PairingInput>().gives::<PairingView>().once().account(),
        put("/theme-pairings/{id}", Act::ManagePapers, edit_pairing, "Gives a pairing another name or session.")
            .takes::<PairingInput>().gives::<PairingView>().versioned().account(),
        delete("/theme-pairings/{id}", Act::ManagePapers, end_pairing, "Ends a pairing.").account(),
        get("/sessions/{id}/pairings", Act::Read, pairings_in, "The themes and councils that talk in a session.").lists_all::<PairingView>(),

        get("/editions/{slug}/caucuses", Act::Read, list_caucuses, "The caucuses of an edition with their checklists.").lists_all::<Caucus>(),
        post("/editions/{slug}/caucuses", Act::ManageFormats, create_caucus, "Adds a caucus.").takes::<CaucusInput>().gives::<Caucus>().once().account(),
        post("/editions/{slug}/caucuses/standard", Act::ManageFormats, seed, "Adds those of the three of Daejeon 2022 that are not there yet.")
            .lists_all::<Caucus>().once().answers(200).account(),
        get("/caucuses/{id}", Act::Read, view_caucus, "One caucus.").gives::<Caucus>(),
        put("/caucuses/{id}", Act::ManageFormats, edit_caucus, "Changes a caucus, retires it or brings it back.")
            .takes::<CaucusInput>().gives::<Caucus>().versioned().account(),
        get("/caucuses/{id}/members", Act::ManageFormats, list_members, "Who answers for a caucus.").lists_all::<MemberView>().account(),
        post("/caucuses/{id}/members", Act::ManageFormats, name_member, "Names somebody to answer for a caucus.")
            .takes::<MemberInput>().once().answers(204).account(),
        delete("/caucuses/{id}/members/{person}", Act::ManageFormats, dismiss_member, "Takes it from somebody.").account(),

        get("/papers/{id}/reviews", Act::Read, list_reviews, "What caucuses say of a paper.").lists_all::<ReviewView>(),
        post("/papers/{id}/reviews", Act::ManagePapers, ask, "Asks caucuses for their review, until a deadline.")
            .takes::<AskInput>().lists_all::<ReviewView>().once().answers(200).account(),
        get("/editions/{slug}/caucus-reviews", Act::Comment, my_reviews, "The reviews I may give for my caucuses, those not answered first.")
            .lists_all::<ReviewView>().account(),
        put("/caucus-reviews/{id}", Act::Comment, answer, "Answers for a caucus, or changes its answer.").takes::<ReviewInput>().gives::<ReviewView>().account(),

        get("/sessions/{id}/deliberation", Act::Read, deliberation, "What came of a session of the Town Hall.").gives::<DeliberationView>(),
        put("/sessions/{id}/deliberation", Act::RecordResult, record, "Writes it down, with the recommendations, until the session is closed.")
            .takes::<DeliberationInput>().gives::<DeliberationView>().account(),
        post("/sessions/{id}/deliberation-closing", Act::RecordResult, close, "Closes the session: what came of it goes to the World Assembly, exactly once.")
            .gives::<DeliberationView>().once().answers(200).account(),
    ]
}

// The pages of the themes.

async fn list_spaces(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("town_hall", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            space::list(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn terms_of(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let terms = caller
        .read("town_hall.terms", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            consultation::terms(conn, actor, edition)
        })
        .await?;
    Ok(answers::edited(terms.version, &terms))
}

async fn set_terms(
    caller: Caller,
    At(slug): At<String>,
    Version(version): Version,
    body: Body<TermsInput>,
) -> Result<HttpResponse, Problem> {
    let terms = caller
        .write("town_hall.terms.set", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            consultation::set_terms(conn, actor, now, edition, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(terms.version, &terms))
}

/// Whether comments are taken follows from the clock: it is always answered fresh.
async fn view_space(caller: Caller, At(id): At<ThemeId>) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("theme.space", move |conn, actor, now| {
            space::get(conn, actor, now, id)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn edit_space(
    caller: Caller,
    At(id): At<ThemeId>,
    Version(version): Version,
    body: Body<SpaceInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("theme.space.edit", move |conn, actor, now| {
            space::edit(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn plan(
    caller: Caller,
    At(id): At<ThemeId>,
    Version(version): Version,
    body: Body<WindowInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("theme.consultation", move |conn, actor, now| {
            consultation::plan(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn checklist(caller: Caller, At(id): At<ThemeId>) -> Result<HttpResponse, Problem> {
    let points = caller
        .read("theme.checklist", move |conn, actor, now| {
            consultation::checklist(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&points))
}

// Their papers.

async fn current(caller: Caller, At(id): At<ThemeId>) -> Result<HttpResponse, Problem> {
    let paper = caller
        .read("theme.paper", move |conn, actor, now| {
            theme_papers::current(conn, actor, now, id)
        })
        .await?;
    Ok(answers::edited(paper.version, &paper))
}

async fn begin(caller: Caller, At(id): At<ThemeId>, body: Body<PaperInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("theme.paper.begin", &body.hash, move |conn, actor, now| {
            let paper = theme_papers::begin(conn, actor, now, id, &input)?;
            created(
                &format!("/api/v1/papers/{}", paper.id),
                Some(paper.version),
                &paper,
            )
        })
        .await
}

async fn go(caller: Caller, At(id): At<PaperId>, body: Body<PhaseInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.phase", &body.hash, move |conn, actor, now| {
            let paper = phases::go(conn, actor, now, id, &input)?;
            answers::kept(&paper)
        })
        .await
}

async fn show(caller: Caller, At(id): At<PaperId>) -> Result<HttpResponse, Problem> {
    caller
        .once("paper.show", &[], move |conn, actor, now| {
            let paper = phases::show(conn, actor, now, id)?;
            answers::kept(&paper)
        })
        .await
}

// Policy councils.

async fn list_pairings(caller: Caller, At(id): At<ThemeId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("theme.pairings", move |conn, actor, now| {
            pairing::of_theme(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn pair(
    caller: Caller,
    At(id): At<ThemeId>,
    body: Body<PairingInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("theme.pair", &body.hash, move |conn, actor, now| {
            let view = pairing::pair(conn, actor, now, id, &input)?;
            created(
                &format!("/api/v1/themes/{id}/pairings"),
                Some(view.version),
                &view,
            )
        })
        .await
}

async fn edit_pairing(
    caller: Caller,
    At(id): At<PairingId>,
    Version(version): Version,
    body: Body<PairingInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("theme.pairing.edit", move |conn, actor, now| {
            pairing::edit(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn end_pairing(caller: Caller, At(id): At<PairingId>) -> Result<HttpResponse, Problem> {
    caller
        .write("theme.pairing.end", move |conn, actor, now| {
            pairing::remove(conn, actor, now, id)
        })
        .await?;
    Ok(answers::done())
}

async fn pairings_in(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("session.pairings", move |conn, actor, now| {
            pairing::of_session(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

// Caucuses.

async fn list_caucuses(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let caucuses = caller
        .read("caucuses", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            caucuses::list(conn, actor, edition)
        })
        .await?;
    Ok(answers::all(&caucuses))
}

async fn create_caucus(
    caller: Caller,
    At(slug): At<String>,
    body: Body<CaucusInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("caucus.create", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let caucus = caucuses::create(conn, actor, now, edition, &input)?;
            created(
                &format!("/api/v1/caucuses/{}", caucus.id),
                Some(caucus.version),
                &caucus,
            )
        })
        .await
}

async fn seed(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    caller
        .once("caucuses.seed", &[], move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let all = caucuses::seed(conn, actor, now, edition)?;
            answers::kept(&answers::Items::of(all))
        })
        .await
}

async fn view_caucus(caller: Caller, At(id): At<CaucusId>) -> Result<HttpResponse, Problem> {
    let caucus = caller
        .read("caucus", move |conn, actor, _| caucuses::get(conn, actor, id))
        .await?;
    Ok(answers::edited(caucus.version, &caucus))
}

async fn edit_caucus(
    caller: Caller,
    At(id): At<CaucusId>,
    Version(version): Version,
    body: Body<CaucusInput>,
) -> Result<HttpResponse, Problem> {
    let caucus = caller
        .write("caucus.edit", move |conn, actor, now| {
            caucuses::edit(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(caucus.version, &caucus))
}

async fn list_members(caller: Caller, At(id): At<CaucusId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("caucus.members", move |conn, actor, now| {
            caucuses::members(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn name_member(
    caller: Caller,
    At(id): At<CaucusId>,
    body: Body<MemberInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("caucus.name", &body.hash, move |conn, actor, now| {
            caucuses::name(conn, actor, now, id, &input)?;
            Ok(once::done(StatusCode::NO_CONTENT))
        })
        .await
}

async fn dismiss_member(
    caller: Caller,
    At((id, person)): At<(CaucusId, PersonId)>,
) -> Result<HttpResponse, Problem> {
    caller
        .write("caucus.dismiss", move |conn, actor, now| {
            caucuses::dismiss(conn, actor, now, id, person)
        })
        .await?;
    Ok(answers::done())
}

// Their reviews.

async fn list_reviews(caller: Caller, At(id): At<PaperId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("paper.reviews", move |conn, actor, now| {
            reviews::of_paper(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn ask(caller: Caller, At(id): At<PaperId>, body: Body<AskInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.reviews.ask", &body.hash, move |conn, actor, now| {
            let views = asking::ask(conn, actor, now, id, &input)?;
            answers::kept(&answers::Items::of(views))
        })
        .await
}

async fn my_reviews(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("caucus_reviews.mine", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            reviews::mine(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&views))
}

/// The first answer makes it, then it is edited: what it was is named by `If-Match`.
async fn answer(
    caller: Caller,
    At(id): At<ReviewId>,
    VersionSeen(version): VersionSeen,
    body: Body<ReviewInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("caucus_review.answer", move |conn, actor, now| {
            reviews::answer(conn, actor, now, id, &body.input, version)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

// What came of sessions.

async fn deliberation(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("deliberation", move |conn, actor, now| {
            deliberations::get(conn, actor, now, id)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

/// The first time it is made, then it is edited: what it was is named by `If-Match`, where there is one.
async fn record(
    caller: Caller,
    At(id): At<SessionId>,
    VersionSeen(version): VersionSeen,
    body: Body<DeliberationInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("deliberation.record", move |conn, actor, now| {
            deliberations::record(conn, actor, now, id, &body.input, version)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn close(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    caller
        .once("deliberation.close", &[], move |conn, actor, now| {
            let view = deliberations::close(conn, actor, now, id)?;
            answers::kept(&view)
        })
        .await
}

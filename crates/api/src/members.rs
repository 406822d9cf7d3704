//! Organisations and who is a member: the directory, memberships, fees, relations, positions, focal points, the roll.
//!
//! The directory is public; what concerns one organisation is for the desk, its people and its focal points, who do not
//! learn that another's people exist (R15).

use access_rules::{Act, OrganisationId, PersonId};
use actix_kit::{At, Body, Caller, Paging, Problem, Query, Version, once::created, paper};
use actix_web::{HttpRequest, HttpResponse, web};
use db::Conn;
use kernel::{Coded as _, Fault, Localized};
use members::{
    countries, dues, export,
    focal_points::{self, FocalPointInput},
    import::{self, Plan},
    memberships::{self, AdmitInput, StepInput},
    merging::{self, MergeInput},
    model::{Dues, Membership, MembershipId, Organisation, Position, PositionId, Relation, RelationId},
    organisations::{self, Card, Filter, OrganisationInput, OrganisationView},
    positions::{
        self, BulkOutcome, ConfirmManyInput, DecideInput, PositionView, RecordInput, RequestInput,
        WaitingFilter,
    },
    relations::{self, EndInput, RelationInput},
    roll::{self, Roll},
    sections::Section,
    sheet::{self, Charset},
};
use people::model::Person;
use records::sheets::Format;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    table::{Line, delete, get, post, put},
    upload::{self, SHEETS},
};

/// Most names offered while somebody types.
const SUGGESTIONS: usize = 10;

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/sections", Act::UseSite, all_sections, "The sections of UCLG.").lists_all::<SectionView>(),
        get("/countries", Act::UseSite, all_countries, "The countries, each with its section unless an organisation says otherwise.")
            .lists_all::<CountryView>(),

        get("/organisations", Act::Read, list, "Organisations by name; proposed ones, and by membership, for the desk.")
            .asks::<Filter>().lists::<Card>(),
        get("/organisations/suggest", Act::Read, suggest, "Organisations whose names begin as typed, the likeliest first.")
            .asks::<SuggestQuery>().lists_all::<Card>(),
        get("/organisations/{id}", Act::Read, view, "One organisation; with what concerns it alone for the desk and its own people.")
            .gives::<OrganisationView>(),
        post("/organisations", Act::ManageMembers, create, "Puts an organisation into the directory.")
            .takes::<OrganisationInput>().gives::<Card>().once().account(),
        put("/organisations/{id}", Act::ManageMembers, edit, "Changes an organisation's record: the whole of it.")
            .takes::<OrganisationInput>().gives::<Card>().versioned().account(),
        put("/organisations/{id}/acceptance", Act::ManageMembers, accept, "Accepts a proposed organisation into the directory.")
            .gives::<Card>().versioned().account(),
        post("/organisations/{id}/merger", Act::ManageMembers, merge, "Merges an organisation into another, which stays and is answered.")
            .takes::<MergeInput>().gives::<Card>().once().versioned().answers(200).account(),

        post("/organisations/{id}/memberships", Act::ManageMembers, admit, "Records a new membership.")
            .takes::<AdmitInput>().gives::<Membership>().once().account(),
        post("/memberships/{id}/steps", Act::ManageMembers, step, "Takes a membership one step on in its life.")
            .takes::<StepInput>().gives::<Membership>().once().versioned().account(),
        put("/organisations/{id}/dues/{year}", Act::ManageMembers, record_dues, "Records what became of a year's fee.")
            .takes::<DuesOfYear>().gives::<Dues>().account(),
        post("/organisations/{id}/relations", Act::ManageMembers, record_relation, "Records what an organisation is to UCLG or to a network.")
            .takes::<RelationInput>().gives::<Relation>().once().account(),
        put("/relations/{id}/end", Act::ManageMembers, end_relation, "Ends a relation; its record stays.")
            .takes::<EndInput>().gives::<Relation>().account(),

        get("/organisations/{id}/focal-points", Act::MindOrganisation, list_focal_points, "Who looks after an organisation's people; for the desk and its own.")
            .lists_all::<NameView>().account(),
        post("/organisations/{id}/focal-points", Act::ManageMembers, appoint_focal_point, "Appoints a focal point.")
            .takes::<FocalPointInput>().lists_all::<NameView>().once().account(),
        delete("/organisations/{id}/focal-points/{person}", Act::ManageMembers, remove_focal_point, "Takes it from somebody.").account(),

        get("/organisations/{id}/positions", Act::MindOrganisation, of_organisation, "An organisation's people; for the desk and its focal points.")
            .lists_all::<PositionView>().account(),
        get("/people/{id}/positions", Act::MindOrganisation, of_person, "A person's positions; for themselves, the desk, and focal points in their own organisations.")
            .lists_all::<PositionView>().account(),
        get("/me/positions", Act::MindOwn, of_me, "My positions, and how far each is.").lists_all::<PositionView>().account(),
        post("/positions", Act::MindOwn, request, "Asks for a position of my own. It counts for nothing until it is confirmed.")
            .takes::<RequestInput>().gives::<Position>().once().account(),
        post("/positions/records", Act::ConfirmPosition, record, "Records a position as confirmed, for staff who know it.")
            .takes::<RecordInput>().gives::<Position>().once().account(),
        get("/positions/waiting", Act::ConfirmPosition, waiting, "Positions that wait, the strongest evidence first; focal points see their own people's.")
            .asks::<WaitingFilter>().lists::<PositionView>().account(),
        post("/positions/confirmations", Act::ConfirmPosition, confirm_many, "Confirms several that wait; each is told by itself.")
            .takes::<ConfirmManyInput>().lists_all::<BulkOutcome>().once().answers(200).account(),
        get("/positions/{id}", Act::Read, position, "One position.").gives::<PositionView>().account(),
        put("/positions/{id}/confirmation", Act::ConfirmPosition, confirm, "Confirms a position that waits.")
            .takes::<DecideInput>().gives::<Position>().versioned().account(),
        put("/positions/{id}/refusal", Act::ConfirmPosition, refuse, "Refuses a position that waits, with the reason the person is told.")
            .takes::<DecideInput>().gives::<Position>().versioned().account(),
        put("/positions/{id}/end", Act::MindOwn, end, "Ends a position, or withdraws one that waits.")
            .takes::<DecideInput>().gives::<Position>().versioned().account(),

        get("/organisations.csv", Act::SeePeople, roll_csv, "The directory and the member roll as CSV, in the columns the import reads.")
            .gives_media("text/csv").account(),
        get("/organisations.xlsx", Act::SeePeople, roll_xlsx, "The same as a workbook, which the import reads too.")
            .gives_media(Format::Xlsx.media_type()).account(),
        get("/organisations.json", Act::SeePeople, roll_json, "The same rows and columns for programs.")
            .gives_media(Format::Json.media_type()).account(),
        post("/organisations/imports/plan", Act::Import, plan_import, "What an import of the member roll would do, row by row. Writes nothing.")
            .asks::<ImportQuery>().takes_media(SHEETS).gives::<Plan>().account(),
        post("/organisations/imports", Act::Import, apply_import, "Imports the member roll: the whole of it or nothing, unless only the good rows are asked for.")
            .asks::<ImportQuery>().takes_media(SHEETS).gives::<Plan>().once().account(),
    ]
}

// What goes in and out.

/// A section.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionView {
    /// Its code.
    pub code: Section,
    /// Its name.
    pub names: Localized,
    /// Whether it is of a region of the world; two cut across.
    pub is_regional: bool,
}

/// A country.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountryView {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    /// Its name.
    pub names: Localized,
    /// The section of its local governments, unless one says otherwise.
    pub section: Section,
}

/// A person by name and nothing more.
#[derive(Debug, Serialize, ToSchema)]
pub struct NameView {
    /// Who.
    pub id: PersonId,
    /// By name.
    pub name: String,
}

/// What was typed so far.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct SuggestQuery {
    /// Beginnings of words of the name, or the acronym.
    pub text: String,
}

/// What became of the fee of the year in the address.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct DuesOfYear {
    /// What became of it.
    pub state: Option<members::model::DuesState>,
    /// How much was paid, in hundredths of the currency.
    pub amount_cents: Option<i64>,
    /// The currency, ISO 4217.
    pub currency: String,
    /// On which day.
    pub paid_on: Option<kernel::LocalDate>,
}

/// How a member roll is to be read.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ImportQuery {
    /// In which characters a CSV is written: `utf-8` when not said, or `windows-1252`.
    pub charset: Option<Charset>,
    /// Whether rows at fault are left out.
    pub good_rows_only: bool,
}

// Data everybody may read.

async fn all_sections() -> HttpResponse {
    let views = Section::ALL.iter().map(|section| SectionView {
        code: *section,
        names: section.names(),
        is_regional: section.is_regional(),
    });
    answers::all(&views.collect::<Vec<_>>())
}

async fn all_countries() -> HttpResponse {
    let views = countries::ALL.iter().map(|country| CountryView {
        code: country.code,
        names: country.names(),
        section: country.section,
    });
    answers::all(&views.collect::<Vec<_>>())
}

// Organisations.

async fn list(
    caller: Caller,
    request: HttpRequest,
    Paging(ask): Paging,
    Query(filter): Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("organisations", move |conn, actor, now| {
            organisations::list(conn, actor, now, &filter, &ask)
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

async fn suggest(caller: Caller, Query(query): Query<SuggestQuery>) -> Result<HttpResponse, Problem> {
    let cards = caller
        .read("organisations.suggest", move |conn, _, _| {
            organisations::suggest(conn, &query.text, SUGGESTIONS)
        })
        .await?;
    Ok(answers::all(&cards))
}

async fn view(
    caller: Caller,
    request: HttpRequest,
    At(id): At<OrganisationId>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("organisation", move |conn, actor, now| {
            organisations::get(conn, actor, now, id)
        })
        .await?;
    // What concerns it alone has no version of its own: who sees that, sees it fresh.
    Ok(match view.inside {
        None => answers::versioned(&request, view.card.version, &view),
        Some(_) => answers::edited(view.card.version, &view),
    })
}

async fn create(caller: Caller, body: Body<OrganisationInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("organisation.create", &body.hash, move |conn, actor, now| {
            let card = card(&organisations::create(conn, actor, now, &input)?);
            created(
                &format!("/api/v1/organisations/{}", card.id),
                Some(card.version),
                &card,
            )
        })
        .await
}

async fn edit(
    caller: Caller,
    At(id): At<OrganisationId>,
    Version(version): Version,
    body: Body<OrganisationInput>,
) -> Result<HttpResponse, Problem> {
    let card = caller
        .write("organisation.edit", move |conn, actor, now| {
            organisations::edit(conn, actor, now, id, Some(version), &body.input).map(|row| card(&row))
        })
        .await?;
    Ok(answers::edited(card.version, &card))
}

async fn accept(
    caller: Caller,
    At(id): At<OrganisationId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    let card = caller
        .write("organisation.accept", move |conn, actor, now| {
            organisations::accept(conn, actor, now, id, Some(version)).map(|row| card(&row))
        })
        .await?;
    Ok(answers::edited(card.version, &card))
}

async fn merge(
    caller: Caller,
    At(id): At<OrganisationId>,
    Version(version): Version,
    body: Body<MergeInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("organisation.merge", &body.hash, move |conn, actor, now| {
            let card = card(&merging::merge(conn, actor, now, id, Some(version), &input)?);
            answers::kept(&card)
        })
        .await
}

// Memberships, fees, relations.

async fn admit(
    caller: Caller,
    At(id): At<OrganisationId>,
    body: Body<AdmitInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("membership.admit", &body.hash, move |conn, actor, now| {
            let membership = memberships::admit(conn, actor, now, id, &input)?;
            created(&address(id), Some(membership.version), &membership)
        })
        .await
}

async fn step(
    caller: Caller,
    At(id): At<MembershipId>,
    Version(version): Version,
    body: Body<StepInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("membership.step", &body.hash, move |conn, actor, now| {
            let membership = memberships::step(conn, actor, now, id, Some(version), &input)?;
            created(
                &address(membership.organisation),
                Some(membership.version),
                &membership,
            )
        })
        .await
}

async fn record_dues(
    caller: Caller,
    At((id, year)): At<(OrganisationId, i32)>,
    body: Body<DuesOfYear>,
) -> Result<HttpResponse, Problem> {
    let DuesOfYear {
        state,
        amount_cents,
        currency,
        paid_on,
    } = body.input;
    let input = dues::DuesInput {
        year,
        state,
        amount_cents,
        currency,
        paid_on,
    };
    let dues = caller
        .write("dues.record", move |conn, actor, now| {
            dues::record(conn, actor, now, id, &input)
        })
        .await?;
    Ok(answers::one(&dues))
}

async fn record_relation(
    caller: Caller,
    At(id): At<OrganisationId>,
    body: Body<RelationInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("relation.record", &body.hash, move |conn, actor, now| {
            let relation = relations::record(conn, actor, now, id, &input)?;
            created(&address(id), None, &relation)
        })
        .await
}

async fn end_relation(
    caller: Caller,
    At(id): At<RelationId>,
    body: Body<EndInput>,
) -> Result<HttpResponse, Problem> {
    let relation = caller
        .write("relation.end", move |conn, actor, now| {
            relations::end(conn, actor, now, id, &body.input)
        })
        .await?;
    Ok(answers::one(&relation))
}

// Focal points.

async fn list_focal_points(caller: Caller, At(id): At<OrganisationId>) -> Result<HttpResponse, Problem> {
    let names = caller
        .read("focal_points", move |conn, actor, now| {
            focal_points::list(conn, actor, now, id).map(names)
        })
        .await?;
    Ok(answers::all(&names))
}

async fn appoint_focal_point(
    caller: Caller,
    At(id): At<OrganisationId>,
    body: Body<FocalPointInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("focal_point.appoint", &body.hash, move |conn, actor, now| {
            focal_points::appoint(conn, actor, now, id, &input)?;
            let names = names(focal_points::list(conn, actor, now, id)?);
            created(
                &format!("{}/focal-points", address(id)),
                None,
                &answers::Items::of(names),
            )
        })
        .await
}

async fn remove_focal_point(
    caller: Caller,
    At((id, person)): At<(OrganisationId, PersonId)>,
) -> Result<HttpResponse, Problem> {
    caller
        .write("focal_point.remove", move |conn, actor, now| {
            focal_points::remove(conn, actor, now, id, person)
        })
        .await?;
    Ok(answers::done())
}

// Positions.

async fn of_organisation(caller: Caller, At(id): At<OrganisationId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("positions.of_organisation", move |conn, actor, now| {
            positions::of_organisation(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn of_person(caller: Caller, At(id): At<PersonId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("positions.of_person", move |conn, actor, now| {
            positions::of_person(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn of_me(caller: Caller) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("positions.mine", move |conn, actor, now| {
            let own = actor.person.ok_or_else(Fault::sign_in_needed)?;
            positions::of_person(conn, actor, now, own)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn request(caller: Caller, body: Body<RequestInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("position.request", &body.hash, move |conn, actor, now| {
            made(&positions::request(conn, actor, now, &input)?)
        })
        .await
}

async fn record(caller: Caller, body: Body<RecordInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("position.record", &body.hash, move |conn, actor, now| {
            made(&positions::record(conn, actor, now, &input)?)
        })
        .await
}

async fn waiting(
    caller: Caller,
    request: HttpRequest,
    Paging(ask): Paging,
    Query(filter): Query<WaitingFilter>,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("positions.waiting", move |conn, actor, now| {
            positions::waiting(conn, actor, now, &filter, &ask)
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

async fn confirm_many(caller: Caller, body: Body<ConfirmManyInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("positions.confirm", &body.hash, move |conn, actor, now| {
            let outcomes = positions::confirm_many(conn, actor, now, &input)?;
            answers::kept(&answers::Items::of(outcomes))
        })
        .await
}

async fn position(
    caller: Caller,
    request: HttpRequest,
    At(id): At<PositionId>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("position", move |conn, actor, now| {
            positions::get(conn, actor, now, id)
        })
        .await?;
    Ok(answers::versioned(&request, view.position.version, &view))
}

/// A use case that decides a position.
type Deciding = fn(
    &mut Conn,
    &access_rules::Actor,
    kernel::Moment,
    PositionId,
    Option<i64>,
    &DecideInput,
) -> Result<Position, Fault>;

async fn confirm(
    caller: Caller,
    At(id): At<PositionId>,
    version: Version,
    body: Body<DecideInput>,
) -> Result<HttpResponse, Problem> {
    decide(caller, "position.confirm", positions::confirm, id, version, body).await
}

async fn refuse(
    caller: Caller,
    At(id): At<PositionId>,
    version: Version,
    body: Body<DecideInput>,
) -> Result<HttpResponse, Problem> {
    decide(caller, "position.refuse", positions::refuse, id, version, body).await
}

async fn end(
    caller: Caller,
    At(id): At<PositionId>,
    version: Version,
    body: Body<DecideInput>,
) -> Result<HttpResponse, Problem> {
    decide(caller, "position.end", positions::end, id, version, body).await
}

async fn decide(
    caller: Caller,
    name: &'static str,
    deciding: Deciding,
    id: PositionId,
    Version(version): Version,
    body: Body<DecideInput>,
) -> Result<HttpResponse, Problem> {
    let position = caller
        .write(name, move |conn, actor, now| {
            deciding(conn, actor, now, id, Some(version), &body.input)
        })
        .await?;
    Ok(answers::edited(position.version, &position))
}

// The roll.

async fn roll_csv(caller: Caller) -> Result<HttpResponse, Problem> {
    roll_as(&caller, Format::Csv).await
}

async fn roll_xlsx(caller: Caller) -> Result<HttpResponse, Problem> {
    roll_as(&caller, Format::Xlsx).await
}

async fn roll_json(caller: Caller) -> Result<HttpResponse, Problem> {
    roll_as(&caller, Format::Json).await
}

async fn roll_as(caller: &Caller, format: Format) -> Result<HttpResponse, Problem> {
    let file = caller
        .read("organisations.file", move |conn, actor, now| {
            export::sheet(conn, actor, now)?.render(format)
        })
        .await?;
    Ok(paper::sheet("organisations", format, file))
}

async fn plan_import(
    caller: Caller,
    request: HttpRequest,
    Query(query): Query<ImportQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let (roll, _) = read_roll(&caller, &request, &query, payload).await?;
    let plan = caller
        .read("members.plan", move |conn, actor, now| {
            import::plan(conn, actor, now, &roll)
        })
        .await?;
    Ok(answers::one(&plan))
}

async fn apply_import(
    caller: Caller,
    request: HttpRequest,
    Query(query): Query<ImportQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let (roll, hash) = read_roll(&caller, &request, &query, payload).await?;
    caller
        .once("members.import", &hash, move |conn, actor, now| {
            let plan = import::apply(conn, actor, now, &roll, query.good_rows_only)?;
            created("/api/v1/organisations", None, &plan)
        })
        .await
}

async fn read_roll(
    caller: &Caller,
    request: &HttpRequest,
    query: &ImportQuery,
    payload: web::Payload,
) -> Result<(Roll, Vec<u8>), Problem> {
    let upload = upload::read(caller, request, payload, SHEETS, sheet::FILE_MAX).await?;
    let charset = query.charset.unwrap_or(Charset::Utf8);
    let roll = upload::aside(caller, move || roll::read(&upload.bytes, charset)).await?;
    Ok((roll, upload.hash))
}

// Views.

fn card(organisation: &Organisation) -> Card {
    Card::from(organisation)
}

fn names(persons: Vec<Person>) -> Vec<NameView> {
    let name = |person: Person| NameView {
        id: person.id,
        name: person.name(),
    };
    persons.into_iter().map(name).collect()
}

fn made(position: &Position) -> Result<records::idempotency::Answer, Fault> {
    let location = format!("/api/v1/positions/{}", position.id);
    created(&location, Some(position.version), position)
}

fn address(organisation: OrganisationId) -> String {
    format!("/api/v1/organisations/{organisation}")
}

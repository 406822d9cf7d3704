//! People and their appointments, for the desk.

use access_rules::{Act, Object, PersonId, Role, decide};
use actix_kit::{At, Body, Caller, Paging, Problem, Query, Version, once::created};
use actix_web::{HttpRequest, HttpResponse};
use db::Conn;
use kernel::{Fault, Language, Moment};
use mail::invitations::{self, InviteInput};
use people::{
    accounts,
    model::{Account, Person, StandingRow},
    persons::{self, Filter, PersonInput},
    second_factor,
    standings::{self, GrantInput},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    ids::StandingId,
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/people", Act::SeePeople, list, "People by name; for the desk.")
            .asks::<PeopleQuery>().lists::<PersonView>().account(),
        get("/people/{id}", Act::SeePeople, view, "One person, with what they were ever appointed to; for the desk and themselves.")
            .gives::<PersonDetail>().account(),
        put("/people/{id}", Act::ManageMembers, edit, "Changes a person's names and language.")
            .takes::<PersonInput>().gives::<PersonView>().versioned().account(),
        get("/standings", Act::GrantRole, staff, "Who is appointed to what now.")
            .lists_all::<StandingView>().account(),
        post("/standings", Act::GrantRole, grant, "Appoints somebody by hand.")
            .takes::<GrantInput>().gives::<StandingView>().once().account(),
        delete("/standings/{id}", Act::GrantRole, end_standing, "Ends an appointment.").account(),
        post("/staff-invitations", Act::GrantRole, invite, "Invites somebody to a role: person, account, appointment and letter in one.")
            .takes::<InviteInput>().gives::<PersonView>().once().account(),
    ]
}

// What goes in and out.

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonView {
    /// Its id.
    pub id: PersonId,
    /// Given names.
    pub given_name: String,
    /// Family names; may be empty.
    pub family_name: String,
    /// Both as one line.
    pub name: String,
    /// What stands on the badge, when it is not the two names.
    pub badge_name: Option<String>,
    /// In which language to write to them.
    pub language: Language,
    /// The address they sign in with, when they have an account.
    pub email: Option<String>,
    /// Since when they are known.
    pub created_at: Moment,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// A person and their appointments.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonDetail {
    /// The person.
    #[serde(flatten)]
    pub person: PersonView,
    /// What they were ever appointed to, the latest first.
    pub standings: Vec<StandingView>,
    /// Since when they have a second factor, if they have one.
    pub second_factor_since: Option<Moment>,
}

/// An appointment.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandingView {
    /// Its id.
    pub id: StandingId,
    /// Who.
    pub person: PersonId,
    /// By name; where several people stand in one list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_name: Option<String>,
    /// To what.
    pub role: Role,
    /// Over what kind of thing.
    pub scope_kind: String,
    /// Over which one.
    pub scope_ref: String,
    /// From when.
    pub from: Moment,
    /// Until when; open when none.
    pub to: Option<Moment>,
    /// On what ground.
    pub basis: String,
    /// By whom; none when the site itself did.
    pub granted_by: Option<PersonId>,
}

/// Which people are asked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PeopleQuery {
    /// Words of the name, in any order; or a whole e-mail address.
    pub text: Option<String>,
}

// People, for the desk.

async fn list(
    caller: Caller,
    request: HttpRequest,
    Paging(ask): Paging,
    Query(query): Query<PeopleQuery>,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("people", move |conn, actor, now| {
            let filter = Filter {
                text: query.text.clone(),
            };
            let page = persons::list(conn, actor, now, &filter, &ask)?;
            let ids: Vec<PersonId> = page.items.iter().map(|person| person.id).collect();
            let accounts = accounts::of_persons(conn, &ids)?;
            Ok(page.map(|person| person_with(person, &accounts)))
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

async fn view(caller: Caller, request: HttpRequest, At(id): At<PersonId>) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("person", move |conn, actor, now| {
            let person = persons::view(conn, actor, now, id)?;
            let standings = standings::history(conn, id)?;
            Ok(PersonDetail {
                // Who has none is for those alone who run the site, and for oneself.
                second_factor_since: match actor.person == Some(id)
                    || decide(actor, Act::RunSite, &Object::site(), now).allows()
                {
                    true => second_factor::of_person(conn, id)?,
                    false => None,
                },
                person: person_view(conn, person)?,
                standings: standings
                    .into_iter()
                    .map(|row| standing_view(row, None))
                    .collect(),
            })
        })
        .await?;
    Ok(answers::versioned(&request, view.person.version, &view))
}

async fn edit(
    caller: Caller,
    At(id): At<PersonId>,
    Version(version): Version,
    body: Body<PersonInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("person.edit", move |conn, actor, now| {
            let person = persons::edit(conn, actor, now, id, Some(version), &body.input)?;
            person_view(conn, person)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn staff(caller: Caller) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("standings", |conn, actor, now| {
            let held = standings::held_by_hand(conn, actor, now)?;
            let ids: Vec<PersonId> = held.iter().map(|row| row.person_id).collect();
            let persons = persons::many(conn, &ids)?;
            let name_of = |row: &StandingRow| {
                let person = persons.iter().find(|person| person.id == row.person_id);
                person.map(Person::name)
            };
            let views = held.into_iter().map(|row| {
                let name = name_of(&row);
                standing_view(row, name)
            });
            Ok(views.collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

async fn grant(caller: Caller, body: Body<GrantInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("standing.grant", &body.hash, move |conn, actor, now| {
            let id = standings::grant(conn, actor, now, &input)?;
            let view = standing_view(standings::get(conn, id)?, None);
            created(&format!("/api/v1/standings/{id}"), None, &view)
        })
        .await
}

async fn end_standing(caller: Caller, At(id): At<StandingId>) -> Result<HttpResponse, Problem> {
    caller
        .write("standing.end", move |conn, actor, now| {
            standings::end(conn, actor, now, id)
        })
        .await?;
    Ok(answers::done())
}

async fn invite(caller: Caller, body: Body<InviteInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("staff.invite", &body.hash, move |conn, actor, now| {
            let id = invitations::invite(conn, actor, now, &input)?;
            let person = persons::get(conn, id)?;
            let view = person_view(conn, person)?;
            created(&format!("/api/v1/people/{id}"), Some(view.version), &view)
        })
        .await
}

// Views.

pub(crate) fn person_view(conn: &mut Conn, person: Person) -> Result<PersonView, Fault> {
    let accounts = accounts::of_persons(conn, &[person.id])?;
    Ok(person_with(person, &accounts))
}

pub(crate) fn person_with(person: Person, accounts: &[Account]) -> PersonView {
    let account = accounts.iter().rfind(|account| account.person_id == person.id);
    PersonView {
        id: person.id,
        name: person.name(),
        given_name: person.given_name,
        family_name: person.family_name,
        badge_name: person.badge_name,
        language: person.language,
        email: account.map(|account| account.email.to_string()),
        created_at: person.created_at,
        version: person.version,
    }
}

fn standing_view(row: StandingRow, person_name: Option<String>) -> StandingView {
    StandingView {
        id: row.id,
        person: row.person_id,
        person_name,
        role: row.role,
        scope_kind: row.scope_kind,
        scope_ref: row.scope_ref,
        from: row.from_at,
        to: row.to_at,
        basis: row.basis,
        granted_by: row.granted_by,
    }
}

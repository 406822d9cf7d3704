//! Signing in, and one's own account: profile, password, address, browsers, tokens.
//!
//! Whoever asks to sign in is answered the same whether there is such an account or not. Who has a second factor gives it in
//! a second step ([`crate::second_factor`]). All here goes by the machine's
//! clock, names apart.

use std::sync::{Arc, Mutex, PoisonError};

use access_rules::{AccountId, Act, Actor, PersonId, Role, Tag};
use actix_kit::{
    At, Body, Caller, Problem, Version, cookies,
    once::{self, created},
    proof,
};
use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web,
};
use db::Conn;
use kernel::{Fault, Language, Moment};
use mail::sign_in_letters::{self, AskInput};
use members::{
    dues, memberships,
    model::{Category, MembershipState},
    organisations::{self, Card},
};
use people::{
    Outcome, accounts,
    changes::{NewEmailInput, NewPasswordInput, ResetInput},
    model::{BearerToken, Purpose, SignInSession, TokenScope},
    passwords::{Hasher, Password},
    persons::{self, PersonInput},
    sessions,
    sign_in::{self, CodeInput, Entered, PasswordInput, Progress},
    tokens::{self, TokenInput},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    ids::{SignInSessionId, TokenId},
    people::{PersonView, person_view, person_with},
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        post("/sign-in/codes", Act::UseSite, ask_code, "Sends a six-digit code to an address; the answer does not say whether it has an account.")
            .takes::<AskInput>().once().answers(202),
        post("/sign-in", Act::UseSite, sign_in, "Signs in by a code or a password; sets the session cookie, or answers a token for the second step.")
            .takes::<SignInInput>().gives::<SignedInView>(),
        delete("/sign-in", Act::UseSite, sign_out, "Signs this browser out."),
        post("/password-resets", Act::UseSite, reset_password, "Sets a new password by a code sent for `reset`, and signs in as `POST /sign-in` does; everything signed in before ends.")
            .takes::<ResetInput>().gives::<SignedInView>(),

        get("/me", Act::MindOwn, me, "Who I am: roles, tags, organisations, and why I am in arrears if I am.")
            .gives::<Me>().account(),
        put("/me", Act::MindOwn, edit_me, "Changes my name, badge name and language.")
            .takes::<PersonInput>().gives::<PersonView>().versioned().account(),
        put("/me/language", Act::MindOwn, speak, "Sets the language of my pages and letters.")
            .takes::<LanguageInput>().account(),
        post("/me/codes", Act::MindOwn, ask_own_code, "Sends a code to my own address, to prove myself again.")
            .once().answers(202).account(),
        put("/me/password", Act::MindOwn, set_password, "Sets or changes my password; by the old one or a code. All other browsers are signed out.")
            .takes::<NewPasswordInput>().account(),
        post("/me/email", Act::MindOwn, ask_new_email, "Asks to change my address; by password or code. A code goes to the new one.")
            .takes::<NewEmailInput>().answers(202).account(),
        put("/me/email", Act::MindOwn, confirm_new_email, "Changes my address to the one whose code this is.")
            .takes::<CodeInput>().account(),
        post("/me/closure", Act::MindOwn, close, "Closes my account; by password or code. What I am registered for stays.")
            .takes::<NewEmailInput>().account(),
        get("/me/sessions", Act::MindOwn, my_sessions, "The browsers I am signed in with.")
            .lists_all::<SessionView>().account(),
        delete("/me/sessions", Act::MindOwn, end_other_sessions, "Signs all my other browsers out.").account(),
        delete("/me/sessions/{id}", Act::MindOwn, end_session, "Signs one of my browsers out.").account(),
        get("/me/tokens", Act::MindOwn, my_tokens, "My bearer tokens, without the tokens themselves.")
            .lists_all::<TokenView>().account(),
        post("/me/tokens", Act::MindOwn, make_token, "Makes a bearer token. It is shown in this answer and never again.")
            .takes::<TokenInput>().gives::<NewTokenView>().once().account(),
        delete("/me/tokens/{id}", Act::MindOwn, end_token, "Ends a bearer token.").account(),
    ]
}

// What goes in and out.

/// By what one signs in: a code, or a password.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct SignInInput {
    /// The address.
    #[serde(default)]
    pub email: String,
    /// The six digits sent to it.
    #[serde(default)]
    pub code: String,
    /// What the code was sent for: `sign_in` when not said, or `registration`.
    pub purpose: Option<Purpose>,
    /// Or the password.
    #[serde(default)]
    pub password: Password,
}

/// Somebody just signed in, with the session cookie beside it; or somebody who owes their second factor, and is nobody
/// until then.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignedInView {
    /// Who; nothing while the second factor is waited for.
    pub person: Option<PersonId>,
    /// They have not said their name yet: ask for it with `PUT /me`.
    pub needs_name: bool,
    /// When the sign-in ends in any case, or the wait for the second factor.
    pub ends_at: Moment,
    /// Send this to `POST /sign-in/second-step` with a code of the app, or a recovery code.
    pub second_step: Option<String>,
}

/// A language.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
pub struct LanguageInput {
    /// Which.
    pub language: Language,
}

/// Who I am.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// The person.
    pub person: PersonView,
    /// The account.
    pub account: AccountId,
    /// Whether it has a password.
    pub has_password: bool,
    /// In which language its pages and letters are.
    pub language: Language,
    /// Whether they have yet to say their name.
    pub needs_name: bool,
    /// What I have been appointed to, and over what.
    pub roles: Vec<RoleView>,
    /// What I am, as rules speak of it.
    pub tags: Vec<Tag>,
    /// The organisations I hold a confirmed position in.
    pub organisations: Vec<MyOrganisation>,
    /// Whether every membership that makes me a member is in arrears: I may attend and read, and not vote.
    pub in_arrears: bool,
    /// What the bearer token I came with may be used for; nothing for a browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_scopes: Option<Vec<String>>,
}

/// A role held now.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleView {
    /// Which.
    pub role: Role,
    /// Over what kind of thing.
    pub scope_kind: &'static str,
    /// Over which one: its id or code; empty for everything.
    pub scope_ref: String,
}

/// An organisation I am of.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyOrganisation {
    /// The organisation.
    pub organisation: Card,
    /// Its running memberships.
    pub memberships: Vec<MyMembership>,
}

/// A running membership of an organisation I am of.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyMembership {
    /// In which way.
    pub category: Category,
    /// Its state.
    pub state: MembershipState,
    /// The years it owes its fee for; told when it is in arrears.
    pub owes: Vec<i32>,
}

/// A browser I am signed in with.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    /// Its id.
    pub id: SignInSessionId,
    /// Its family and system.
    pub label: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// Since when.
    pub created_at: Moment,
    /// When it was last used, to the minute.
    pub last_seen_at: Moment,
    /// When it ends in any case.
    pub expires_at: Moment,
}

/// A bearer token, without the token itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenView {
    /// Its id.
    pub id: TokenId,
    /// What I call it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<TokenScope>,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it is good.
    pub expires_at: Moment,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Moment>,
}

/// A bearer token just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewTokenView {
    /// The token, shown this once; nothing when the same request is answered again.
    pub token: Option<String>,
    /// What is kept of it.
    #[serde(flatten)]
    pub made: TokenView,
}

// Signing in.

async fn ask_code(caller: Caller, body: Body<AskInput>) -> Result<HttpResponse, Problem> {
    let (asking, input) = (caller.clone(), body.input);
    caller
        .once("sign_in.code", &body.hash, move |conn, _, _| {
            let (now, network) = (asking.machine_now(), asking.network());
            sign_in_letters::ask_code(conn, now, &network, asking.language(), &input)?;
            Ok(once::done(StatusCode::ACCEPTED))
        })
        .await
}

async fn sign_in(
    caller: Caller,
    hasher: web::Data<Hasher>,
    body: Body<SignInInput>,
) -> Result<HttpResponse, Problem> {
    let entered = if body.input.password.is_empty() {
        by_code(&caller, body.input).await
    } else {
        by_password(&caller, &hasher, body.input).await
    };
    entered
        .map(|progress| arrived(&caller, progress))
        .map_err(|fault| caller.problem(fault))
}

async fn by_code(caller: &Caller, input: SignInInput) -> Result<Progress, Fault> {
    let purpose = input.purpose.unwrap_or(Purpose::SignIn);
    if !matches!(purpose, Purpose::SignIn | Purpose::Registration) {
        return Err(mail::faults::LetterFault::PurposeNotOffered.into());
    }
    let typed = CodeInput {
        email: input.email,
        code: input.code,
    };
    let asking = caller.clone();
    let outcome = caller.site().write("sign_in.by_code", move |conn| {
        let network = asking.network();
        sign_in::with_code(
            conn,
            asking.machine_now(),
            &proof::visitor(&asking, &network),
            purpose,
            &typed,
        )
    });
    outcome.await?.settled()
}

async fn by_password(caller: &Caller, hasher: &Hasher, input: SignInInput) -> Result<Progress, Fault> {
    let typed = PasswordInput {
        email: input.email,
        password: input.password.clone(),
    };
    let asking = caller.clone();
    let challenge = caller
        .site()
        .write("sign_in.challenge", move |conn| {
            sign_in::challenge(conn, asking.machine_now(), &asking.network(), &typed)
        })
        .await?;
    let answered = proof::compare(hasher, input.password, challenge).await?;
    let asking = caller.clone();
    caller
        .site()
        .write("sign_in.by_password", move |conn| {
            let network = asking.network();
            sign_in::with_password(
                conn,
                asking.machine_now(),
                &proof::visitor(&asking, &network),
                &answered,
            )
        })
        .await
}

async fn sign_out(caller: Caller) -> Result<HttpResponse, Problem> {
    if let Some(token) = caller.cookie().map(str::to_owned) {
        let now = caller.machine_now();
        caller
            .site()
            .write("sign_in.end", move |conn| {
                sessions::end_by_token(conn, now, &token)
            })
            .await
            .map_err(|fault| caller.problem(fault))?;
    }
    let mut answer = answers::done();
    if let Err(error) = answer.add_cookie(&cookies::signed_out(caller.site())) {
        return Err(caller.problem(Fault::internal(error)));
    }
    Ok(answer)
}

async fn reset_password(
    caller: Caller,
    hasher: web::Data<Hasher>,
    body: Body<ResetInput>,
) -> Result<HttpResponse, Problem> {
    let ResetInput {
        email,
        code,
        password,
    } = body.input;
    let hashed = proof::hash(&hasher, password, email.parse().ok())
        .await
        .map_err(|fault| caller.problem(fault))?;
    let (asking, typed) = (caller.clone(), CodeInput { email, code });
    let outcome = caller.site().write("sign_in.reset", move |conn| {
        let network = asking.network();
        let visitor = proof::visitor(&asking, &network);
        sign_in_letters::reset_password(conn, asking.machine_now(), &visitor, &typed, &hashed)
    });
    match outcome.await.and_then(Outcome::settled) {
        Ok(progress) => Ok(arrived(&caller, progress)),
        Err(fault) => Err(caller.problem(fault)),
    }
}

// One's own account.

async fn me(caller: Caller) -> Result<HttpResponse, Problem> {
    let view = caller.read("me", me_view).await?;
    Ok(answers::one(&view))
}

async fn edit_me(
    caller: Caller,
    Version(version): Version,
    body: Body<PersonInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("me.edit", move |conn, actor, now| {
            let own = actor.person.ok_or_else(Fault::sign_in_needed)?;
            let person = persons::edit(conn, actor, now, own, Some(version), &body.input)?;
            person_view(conn, person)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn speak(caller: Caller, body: Body<LanguageInput>) -> Result<HttpResponse, Problem> {
    caller
        .write("me.language", move |conn, actor, now| {
            accounts::speak(conn, actor, now, body.input.language)
        })
        .await?;
    Ok(answers::done())
}

async fn ask_own_code(caller: Caller) -> Result<HttpResponse, Problem> {
    let asking = caller.clone();
    caller
        .adding_second_factor()
        .once("me.code", &[], move |conn, actor, _| {
            let (now, network) = (asking.machine_now(), asking.network());
            sign_in_letters::ask_own_code(conn, actor, now, &network, asking.language())?;
            Ok(once::done(StatusCode::ACCEPTED))
        })
        .await
}

async fn set_password(
    caller: Caller,
    hasher: web::Data<Hasher>,
    body: Body<NewPasswordInput>,
) -> Result<HttpResponse, Problem> {
    let NewPasswordInput {
        password,
        old_password,
        code,
    } = body.input;
    let asking = caller.clone();
    let account = caller
        .read("me.account", move |conn, actor, _| {
            proof::browser(conn, &asking)?;
            accounts::mine(conn, actor, asking.machine_now())
        })
        .await?;
    let proof = proof::prove(&caller, &hasher, old_password, code)
        .await
        .map_err(|fault| caller.problem(fault))?;
    let hashed = proof::hash(&hasher, password, Some(account.email))
        .await
        .map_err(|fault| caller.problem(fault))?;
    let asking = caller.clone();
    let outcome = caller.try_write("me.password", move |conn, actor, _| {
        let (now, network, current) = (
            asking.machine_now(),
            asking.network(),
            proof::browser(conn, &asking)?,
        );
        sign_in_letters::set_password(conn, actor, now, &network, current, proof.as_given(), &hashed)
    });
    finished(&caller, outcome.await, answers::done())
}

async fn ask_new_email(
    caller: Caller,
    hasher: web::Data<Hasher>,
    body: Body<NewEmailInput>,
) -> Result<HttpResponse, Problem> {
    let NewEmailInput {
        email,
        password,
        code,
    } = body.input;
    let proof = proof::prove(&caller, &hasher, password, code)
        .await
        .map_err(|fault| caller.problem(fault))?;
    let asking = caller.clone();
    let outcome = caller.try_write("me.email", move |conn, actor, _| {
        let (now, network, language) = (asking.machine_now(), asking.network(), asking.language());
        sign_in_letters::ask_new_email(conn, actor, now, &network, language, proof.as_given(), &email)
    });
    finished(&caller, outcome.await, HttpResponse::Accepted().finish())
}

async fn confirm_new_email(caller: Caller, body: Body<CodeInput>) -> Result<HttpResponse, Problem> {
    let asking = caller.clone();
    let outcome = caller.try_write("me.email_confirm", move |conn, actor, _| {
        let (now, network, current) = (
            asking.machine_now(),
            asking.network(),
            proof::browser(conn, &asking)?,
        );
        sign_in_letters::confirm_new_email(conn, actor, now, &network, current, &body.input)
    });
    finished(&caller, outcome.await, answers::done())
}

async fn close(
    caller: Caller,
    hasher: web::Data<Hasher>,
    body: Body<NewEmailInput>,
) -> Result<HttpResponse, Problem> {
    let proof = proof::prove(&caller, &hasher, body.input.password, body.input.code)
        .await
        .map_err(|fault| caller.problem(fault))?;
    let asking = caller.clone();
    let outcome = caller.try_write("me.close", move |conn, actor, _| {
        let (now, network) = (asking.machine_now(), asking.network());
        sign_in_letters::close(conn, actor, now, &network, proof.as_given())
    });
    finished(&caller, outcome.await, answers::done())
}

async fn my_sessions(caller: Caller) -> Result<HttpResponse, Problem> {
    let asking = caller.clone();
    let views = caller
        .read("me.sessions", move |conn, actor, _| {
            let rows = sessions::list(conn, actor, asking.machine_now())?;
            let this = proof::browser(conn, &asking)?;
            Ok(rows
                .into_iter()
                .map(|row| session_view(row, this))
                .collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

async fn end_other_sessions(caller: Caller) -> Result<HttpResponse, Problem> {
    let asking = caller.clone();
    caller
        .write("me.sessions_end", move |conn, actor, _| {
            let this = proof::browser(conn, &asking)?;
            sessions::revoke_others(conn, actor, asking.machine_now(), Some(this)).map(drop)
        })
        .await?;
    Ok(answers::done())
}

async fn end_session(caller: Caller, At(id): At<SignInSessionId>) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    caller
        .write("me.session_end", move |conn, actor, _| {
            sessions::revoke(conn, actor, machine_now, id)
        })
        .await?;
    Ok(answers::done())
}

async fn my_tokens(caller: Caller) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let views = caller
        .read("me.tokens", move |conn, actor, _| {
            let rows = tokens::list(conn, actor, machine_now)?;
            Ok(rows.into_iter().map(token_view).collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

/// The kept answer does not hold the token: it is put in beside it, the first time alone.
async fn make_token(caller: Caller, body: Body<TokenInput>) -> Result<HttpResponse, Problem> {
    let Some(key) = caller.idempotency_key().map(str::to_owned) else {
        return Err(caller.problem(once::key_missing()));
    };
    let (machine_now, input) = (caller.machine_now(), body.input);
    let shown = Arc::new(Mutex::new(None));
    let showing = Arc::clone(&shown);
    let replay = caller
        .try_once("me.token", &key, &body.hash, move |conn, actor, _| {
            let made = tokens::make(conn, actor, machine_now, &input)?;
            *showing.lock().unwrap_or_else(PoisonError::into_inner) = Some(made.token);
            let view = NewTokenView {
                token: None,
                made: token_view(made.row),
            };
            created(&format!("/api/v1/me/tokens/{}", view.made.id), None, &view)
        })
        .await
        .map_err(|fault| caller.problem(fault))?;
    let mut replay = replay;
    if !replay.replayed {
        let token = shown.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut view: serde_json::Value = serde_json::from_str(&replay.answer.body)
            .map_err(|error| caller.problem(Fault::internal(error)))?;
        view["token"] = token.into();
        replay.answer.body = view.to_string();
    }
    Ok(once::reply(replay))
}

async fn end_token(caller: Caller, At(id): At<TokenId>) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    caller
        .write("me.token_end", move |conn, actor, _| {
            tokens::revoke(conn, actor, machine_now, id)
        })
        .await?;
    Ok(answers::done())
}

pub(crate) fn finished<T>(
    caller: &Caller,
    outcome: Result<Outcome<T>, Fault>,
    answer: HttpResponse,
) -> Result<HttpResponse, Problem> {
    outcome
        .and_then(Outcome::settled)
        .map(|_| answer)
        .map_err(|fault| caller.problem(fault))
}

fn arrived(caller: &Caller, progress: Progress) -> HttpResponse {
    match progress {
        Progress::Entered(entered) => welcome(caller, &entered),
        Progress::Half(half) => HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(SignedInView {
                person: None,
                needs_name: false,
                ends_at: half.expires_at,
                second_step: Some(half.token),
            }),
    }
}

pub(crate) fn welcome(caller: &Caller, entered: &Entered) -> HttpResponse {
    let cookie = cookies::signed_in(caller.site(), caller.machine_now(), &entered.started);
    HttpResponse::Ok()
        .cookie(cookie)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(SignedInView {
            person: Some(entered.person),
            needs_name: entered.is_nameless,
            ends_at: entered.started.expires_at,
            second_step: None,
        })
}

// Views.

fn me_view(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<Me, Fault> {
    let account = accounts::mine(conn, actor, now)?;
    let person = persons::get(conn, account.person_id)?;
    let needs_name = person.name().is_empty();
    let roles = actor.standings.iter().map(|standing| {
        let (scope_kind, scope_ref) = standing.scope.columns();
        RoleView {
            role: standing.role,
            scope_kind,
            scope_ref,
        }
    });
    let mut organisations = Vec::new();
    for organisation in organisations::many(conn, &actor.organisations)? {
        organisations.push(MyOrganisation {
            memberships: my_memberships(conn, organisation.id, now)?,
            organisation: Card::from(&organisation),
        });
    }
    Ok(Me {
        person: person_with(person, std::slice::from_ref(&account)),
        account: account.id,
        has_password: account.password_hash.is_some(),
        language: account.language,
        needs_name,
        roles: roles.collect(),
        tags: actor.tags.iter().copied().collect(),
        organisations,
        in_arrears: actor.in_arrears,
        token_scopes: actor.token_scopes.clone(),
    })
}

fn my_memberships(
    conn: &mut Conn,
    organisation: access_rules::OrganisationId,
    now: Moment,
) -> Result<Vec<MyMembership>, Fault> {
    let mut views = Vec::new();
    for held in memberships::history(conn, organisation)? {
        let Some(state) = held.state_at(now).filter(|_| held.membership.to_at.is_none()) else {
            continue;
        };
        let owes = match state {
            MembershipState::InArrears => {
                let first = year_of(held.membership.from_at)?;
                dues::owed(conn, organisation, first, year_of(now)?)?
            }
            _ => vec![],
        };
        views.push(MyMembership {
            category: held.membership.category,
            state,
            owes,
        });
    }
    Ok(views)
}

fn year_of(moment: Moment) -> Result<i32, Fault> {
    let year = moment.utc().format("%Y").to_string();
    year.parse().map_err(Fault::internal)
}

fn session_view(row: SignInSession, this: SignInSessionId) -> SessionView {
    SessionView {
        is_this: row.id == this,
        id: row.id,
        label: row.label,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
        expires_at: row.expires_at,
    }
}

fn token_view(row: BearerToken) -> TokenView {
    TokenView {
        id: row.id,
        name: row.name,
        scopes: row.scopes.0,
        created_at: row.created_at,
        expires_at: row.expires_at,
        last_used_at: row.last_used_at,
    }
}

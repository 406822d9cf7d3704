//! Signing in and out, and one's own account: name and language, password, address, browsers, tokens.
//!
//! Whoever asks for a code is answered the same whether there is such an account or not. Who has a second factor gives it on a
//! page of its own, whose form carries a token that is no session; the second factor itself is on
//! [`super::second_factor`]. A new token for programs is shown once, on the answer that made it.

use std::sync::{Arc, Mutex, PoisonError};

use access_rules::Act;
use actix_kit::{Form, Query, cookies, proof};
use actix_web::{HttpResponse, web::Data};
use askama::Template;
use kernel::{Coded as _, Fault, Id, Language};
use mail::{
    second_factor_letters,
    sign_in_letters::{self, AskInput},
};
use people::{
    Outcome, accounts,
    changes::{NewEmailInput, NewPasswordInput},
    half_sign_ins::SecondStepInput,
    model::{Account, BearerToken, Person, Purpose, SignInSession, TokenScope},
    passwords::{Hasher, Password},
    persons::{self, PersonInput},
    providers::Providers,
    second_factor, sessions,
    sign_in::{self, CodeInput, Entered, PasswordInput, Progress},
    tokens::{self, TokenInput},
};
use serde::Deserialize;

use super::identities::{self, Way};
use crate::{
    components::{Chrome, Notice, Weight},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Frame, Page, Visit, own_address},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/sign-in", Act::UseSite, sign_in_page),
        post("/{lang}/sign-in", Act::UseSite, sign_in_sent),
        post("/{lang}/sign-out", Act::UseSite, sign_out),
        get("/{lang}/account", Act::MindOwn, account),
        post("/{lang}/account/name", Act::MindOwn, name),
        post("/{lang}/account/code", Act::MindOwn, own_code),
        post("/{lang}/account/password", Act::MindOwn, password),
        post("/{lang}/account/browsers", Act::MindOwn, end_browsers),
        post("/{lang}/account/tokens", Act::MindOwn, make_token),
        post("/{lang}/account/tokens/end", Act::MindOwn, end_token),
        get("/{lang}/account/email", Act::MindOwn, email_page),
        post("/{lang}/account/email", Act::MindOwn, email_sent),
    ]
}

// Signing in.

/// Where to go on to after signing in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Next {
    next: Option<String>,
}

/// What stands on the page of signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The address, and the password of who has one.
    Address,
    /// The code that was sent.
    Code,
    /// The code that was sent, and a new password.
    Reset,
}

#[derive(Template)]
#[template(path = "pages/sign_in.html")]
struct SignInPage {
    chrome: Chrome,
    form: FormView,
    step: Step,
    notice: Option<Notice>,
    ways: Vec<Way>,
}

fn sign_in_view(
    visit: &Visit,
    providers: &Providers,
    frame: &Frame,
    form: FormView,
    step: Step,
) -> SignInPage {
    SignInPage {
        chrome: visit.chrome(frame, visit.voice.t("sign-in")),
        form: form.named("sign-in"),
        step,
        notice: None,
        ways: identities::ways(visit, providers),
    }
}

/// The page of signing in, for who comes back from elsewhere: with what there is to say, or with what was refused.
pub(crate) async fn door(
    visit: &Visit,
    providers: &Providers,
    form: FormView,
    notice: Option<Notice>,
    fault: Option<&Fault>,
) -> Page {
    let frame = visit.frame(None).await?;
    let page = SignInPage {
        notice,
        ..sign_in_view(visit, providers, &frame, form, Step::Address)
    };
    match fault {
        Some(fault) => visit.show_again(fault, &page),
        None => visit.show(&page),
    }
}

async fn sign_in_page(visit: Visit, providers: Data<Providers>, query: Query<Next>) -> Page {
    let frame = visit.frame(None).await?;
    let next = query.0.next.as_deref().and_then(own_address).unwrap_or_default();
    if frame.actor.signed_in() && next.is_empty() {
        return Ok(visit.go(&visit.at("account"), None));
    }
    let form = FormView::blank(&visit.voice).with("next", next);
    visit.show(&sign_in_view(&visit, &providers, &frame, form, Step::Address))
}

async fn sign_in_sent(visit: Visit, hasher: Data<Hasher>, providers: Data<Providers>, form: Form) -> Page {
    if form.typed("act") == "second" {
        return second_step(&visit, &providers, &form).await;
    }
    let next = own_address(form.typed("next"));
    let typed_password = !form.typed("password").is_empty();
    let (step, outcome) = match form.typed("act") {
        "send" if !typed_password => (
            Step::Address,
            ask_code(&visit, &form, Purpose::SignIn).await.map(|()| None),
        ),
        "forgot" => (
            Step::Address,
            ask_code(&visit, &form, Purpose::Reset).await.map(|()| None),
        ),
        "enter" => (
            Step::Code,
            by_code(&visit, &form, Purpose::SignIn).await.map(Some),
        ),
        "reset" => (Step::Reset, by_reset(&visit, &hasher, &form).await.map(Some)),
        _ => (Step::Address, by_password(&visit, &hasher, &form).await.map(Some)),
    };
    let view = FormView::typed(&visit.voice, &form);
    match outcome {
        Ok(Some(progress)) => arrive(&visit, progress, next.as_deref()).await,
        Ok(None) => {
            let step = if form.typed("act") == "forgot" {
                Step::Reset
            } else {
                Step::Code
            };
            let frame = visit.frame(None).await?;
            visit.show(&sign_in_view(&visit, &providers, &frame, view, step))
        }
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            let frame = visit.frame(None).await?;
            let form = view.with_fault(visit.site().words(), &fault);
            visit.show_again(&fault, &sign_in_view(&visit, &providers, &frame, form, step))
        }
    }
}

// The second step.

#[derive(Template)]
#[template(path = "pages/second_step.html")]
struct SecondStepPage {
    chrome: Chrome,
    form: FormView,
}

/// Lets in who gave all there is to give, and asks who has one for the second factor.
///
/// # Errors
/// When the page cannot be made.
pub(crate) async fn arrive(visit: &Visit, progress: Progress, next: Option<&str>) -> Page {
    match progress {
        Progress::Entered(entered) => Ok(let_in(visit, &entered, next)),
        Progress::Half(half) => {
            let form = FormView::blank(&visit.voice)
                .named("second-step")
                .with("next", next.unwrap_or_default())
                .with("token", half.token);
            let page = second_step_page(visit, form).await?;
            visit.show(&page)
        }
    }
}

async fn second_step_page(visit: &Visit, form: FormView) -> Result<SecondStepPage, crate::visit::Refused> {
    let frame = visit.frame(None).await?;
    Ok(SecondStepPage {
        chrome: visit.chrome(&frame, visit.voice.t("second-step-title")),
        form,
    })
}

async fn second_step(visit: &Visit, providers: &Providers, form: &Form) -> Page {
    let next = own_address(form.typed("next"));
    let fault = match by_second_factor(visit, form).await {
        Ok(entered) => return Ok(let_in(visit, &entered, next.as_deref())),
        Err(fault) => visit.correctable(fault)?,
    };
    if fault.code == "sign_in_over" {
        // It begins anew.
        let form = FormView::blank(&visit.voice)
            .with("next", next.unwrap_or_default())
            .with_fault(visit.site().words(), &fault);
        return door(visit, providers, form, None, Some(&fault)).await;
    }
    let form = FormView::typed(&visit.voice, form)
        .named("second-step")
        .with_fault(visit.site().words(), &fault);
    let page = second_step_page(visit, form).await?;
    visit.show_again(&fault, &page)
}

async fn by_second_factor(visit: &Visit, form: &Form) -> Result<Entered, Fault> {
    let input: SecondStepInput = form.input()?;
    let asking = visit.caller.clone();
    let outcome = visit.site().write("sign_in.second_step", move |conn| {
        let network = asking.network();
        let visitor = proof::visitor(&asking, &network);
        second_factor_letters::finish(conn, asking.machine_now(), &visitor, &input)
    });
    outcome.await.and_then(Outcome::settled)
}

/// Goes on to where somebody wanted to be, or to where they say their name.
fn let_in(visit: &Visit, entered: &Entered, next: Option<&str>) -> HttpResponse {
    let next = match next {
        Some(next) => next.to_owned(),
        None if entered.is_nameless => visit.at("account"),
        None => visit.at(""),
    };
    welcome(visit, entered, &next)
}

/// Sends a code to the address of a form, once under its key.
///
/// # Errors
/// `invalid`, `too_many`.
pub(crate) async fn ask_code(visit: &Visit, form: &Form, purpose: Purpose) -> Result<(), Fault> {
    let input = AskInput {
        email: form.typed("email").to_owned(),
        purpose: Some(purpose),
    };
    let asking = visit.caller.clone();
    visit
        .submit("sign_in.code", form, move |conn, _, _| {
            let (now, network) = (asking.machine_now(), asking.network());
            sign_in_letters::ask_code(conn, now, &network, asking.language(), &input)?;
            Ok(String::new())
        })
        .await
        .map(drop)
}

/// Signs in by the code of a form.
///
/// # Errors
/// `invalid`, `wrong_code`, `too_many`.
pub(crate) async fn by_code(visit: &Visit, form: &Form, purpose: Purpose) -> Result<Progress, Fault> {
    let typed = CodeInput {
        email: form.typed("email").to_owned(),
        code: form.typed("code").to_owned(),
    };
    let asking = visit.caller.clone();
    let outcome = visit.site().write("sign_in.by_code", move |conn| {
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

/// The answer that signs this browser in and goes on.
pub(crate) fn welcome(visit: &Visit, entered: &Entered, next: &str) -> HttpResponse {
    let mut answer = visit.go(next, None);
    let cookie = cookies::signed_in(visit.site(), visit.caller.machine_now(), &entered.started);
    if let Err(error) = answer.add_cookie(&cookie) {
        tracing::error!(%error, "a cookie could not be written");
    }
    answer
}

/// The answer that signs this browser out and goes on.
pub(crate) async fn farewell(visit: &Visit, next: &str) -> Page {
    if let Some(token) = visit.caller.cookie().map(str::to_owned) {
        let now = visit.caller.machine_now();
        let ended = visit.site().write("sign_in.end", move |conn| {
            sessions::end_by_token(conn, now, &token)
        });
        ended.await.map_err(|fault| visit.refused(fault))?;
    }
    signed_out(visit, next, None)
}

/// The answer that takes this browser's cookie and goes on; `done` is said there.
pub(crate) fn signed_out(visit: &Visit, next: &str, done: Option<&str>) -> Page {
    let mut answer = visit.go(next, done);
    answer
        .add_cookie(&cookies::signed_out(visit.site()))
        .map_err(|error| visit.refused(Fault::internal(error)))?;
    Ok(answer)
}

async fn by_password(visit: &Visit, hasher: &Hasher, form: &Form) -> Result<Progress, Fault> {
    let password = Password::new(form.typed("password"));
    let typed = PasswordInput {
        email: form.typed("email").to_owned(),
        password: password.clone(),
    };
    let asking = visit.caller.clone();
    let challenge = visit.site().write("sign_in.challenge", move |conn| {
        sign_in::challenge(conn, asking.machine_now(), &asking.network(), &typed)
    });
    let answered = proof::compare(hasher, password, challenge.await?).await?;
    let asking = visit.caller.clone();
    let entered = visit.site().write("sign_in.by_password", move |conn| {
        let network = asking.network();
        sign_in::with_password(
            conn,
            asking.machine_now(),
            &proof::visitor(&asking, &network),
            &answered,
        )
    });
    entered.await
}

async fn by_reset(visit: &Visit, hasher: &Hasher, form: &Form) -> Result<Progress, Fault> {
    let typed = CodeInput {
        email: form.typed("email").to_owned(),
        code: form.typed("code").to_owned(),
    };
    let hashed = proof::hash(
        hasher,
        Password::new(form.typed("password")),
        typed.email.parse().ok(),
    )
    .await?;
    let asking = visit.caller.clone();
    let outcome = visit.site().write("sign_in.reset", move |conn| {
        let network = asking.network();
        let visitor = proof::visitor(&asking, &network);
        sign_in_letters::reset_password(conn, asking.machine_now(), &visitor, &typed, &hashed)
    });
    outcome.await.and_then(Outcome::settled)
}

async fn sign_out(visit: Visit, form: Form) -> Page {
    drop(form);
    let home = visit.at("");
    farewell(&visit, &home).await
}

// One's own account.

/// What the page of the account shows, read in one go.
struct Mine {
    person: Person,
    account: Account,
    second_factor: second_factor::State,
    browsers: Vec<SignInSession>,
    this: Id<SignInSession>,
    tokens: Vec<BearerToken>,
}

/// A line of the browsers signed in, or of the tokens made.
struct Held {
    id: String,
    title: String,
    text: String,
    this: bool,
}

#[derive(Template)]
#[template(path = "pages/account.html")]
struct AccountPage {
    chrome: Chrome,
    email: String,
    has_password: bool,
    version: i64,
    name: FormView,
    languages: Vec<Choice>,
    password: FormView,
    second_factor: String,
    browsers: Vec<Held>,
    several: bool,
    tokens: Vec<Held>,
    token: FormView,
    scopes: Vec<Choice>,
    made: Option<String>,
    has_identities: bool,
}

/// Which form of the page is shown again.
enum Again {
    None,
    Name(FormView),
    Password(FormView),
    Token(FormView),
}

async fn read(visit: &Visit) -> Result<(Frame, Mine), crate::visit::Refused> {
    let asking = visit.caller.clone();
    visit
        .read("account", None, move |conn, actor, _, _| {
            let now = asking.machine_now();
            let account = accounts::mine(conn, actor, now)?;
            Ok(Mine {
                person: persons::get(conn, account.person_id)?,
                second_factor: second_factor::mine(conn, actor, now)?,
                browsers: sessions::list(conn, actor, now)?,
                this: proof::browser(conn, &asking)?,
                tokens: tokens::list(conn, actor, now)?,
                account,
            })
        })
        .await
}

fn page(visit: &Visit, frame: &Frame, mine: Mine, again: Again, made: Option<String>) -> AccountPage {
    let voice = &visit.voice;
    let zone = frame
        .edition
        .as_ref()
        .map_or_else(|| "UTC".parse().expect("UTC is a zone"), |edition| edition.zone);
    let said = |at| voice.moment(zone.local(at));
    let person = &mine.person;
    let input = serde_json::json!({
        "given_name": person.given_name, "family_name": person.family_name, "badge_name": person.badge_name,
        "language": mine.account.language.code(),
    });
    let mut name = FormView::filled(voice, &input).named("account");
    let mut password = FormView::blank(voice).named("account");
    let mut token = FormView::blank(voice)
        .named("account")
        .with("days", "90")
        .with("scopes", "read");
    match again {
        Again::None => {}
        Again::Name(view) => name = view,
        Again::Password(view) => password = view,
        Again::Token(view) => token = view,
    }
    let browsers: Vec<Held> = mine
        .browsers
        .iter()
        .map(|browser| Held {
            id: browser.id.to_string(),
            title: browser.label.clone(),
            text: voice.t2(
                "account-seen-since",
                "when",
                said(browser.last_seen_at),
                "since",
                said(browser.created_at),
            ),
            this: browser.id == mine.this,
        })
        .collect();
    let tokens = mine
        .tokens
        .iter()
        .map(|token| Held {
            id: token.id.to_string(),
            title: token.name.clone(),
            text: voice.t2(
                "account-token-until",
                "when",
                said(token.expires_at),
                "scopes",
                scopes_said(visit, token),
            ),
            this: false,
        })
        .collect();
    AccountPage {
        email: mine.account.email.to_string(),
        has_password: mine.account.password_hash.is_some(),
        version: person.version,
        name,
        languages: Choice::codes::<Language>(voice, "language"),
        password,
        second_factor: match mine.second_factor.since {
            Some(since) => voice.t2(
                "second-factor-is-on",
                "since",
                said(since),
                "left",
                mine.second_factor.recovery_codes_left,
            ),
            None => voice.t("second-factor-is-off"),
        },
        several: browsers.len() > 1,
        browsers,
        tokens,
        token,
        scopes: Choice::codes::<TokenScope>(voice, "token-scope"),
        made,
        has_identities: visit.site().settings().has_providers,
        chrome: visit.chrome(frame, voice.t("nav-account")),
    }
}

fn scopes_said(visit: &Visit, token: &BearerToken) -> String {
    let words: Vec<String> = token
        .scopes
        .0
        .iter()
        .map(|scope| visit.voice.code("token-scope", scope.code()))
        .collect();
    words.join(", ")
}

async fn account(visit: Visit) -> Page {
    let (frame, mine) = read(&visit).await?;
    visit.show(&page(&visit, &frame, mine, Again::None, None))
}

async fn again(visit: &Visit, fault: Fault, again: impl FnOnce(FormView) -> Again, form: &Form) -> Page {
    let fault = visit.correctable(fault)?;
    let view = FormView::typed(&visit.voice, form)
        .named("account")
        .with_fault(visit.site().words(), &fault);
    let (frame, mine) = read(visit).await?;
    visit.show_again(&fault, &page(visit, &frame, mine, again(view), None))
}

async fn name(visit: Visit, form: Form) -> Page {
    let version = form.version();
    let machine_now = visit.caller.machine_now();
    let outcome = match form.input::<PersonInput>() {
        Ok(input) => {
            visit
                .submit("me.edit", &form, move |conn, actor, now| {
                    let own = actor.person.ok_or_else(Fault::sign_in_needed)?;
                    persons::edit(conn, actor, now, own, version, &input)?;
                    if let Some(language) = input.language {
                        accounts::speak(conn, actor, machine_now, language)?;
                    }
                    Ok(String::new())
                })
                .await
        }
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(_) => Ok(visit.go(&visit.at("account"), Some("name-saved"))),
        Err(fault) => again(&visit, fault, Again::Name, &form).await,
    }
}

async fn own_code(visit: Visit, form: Form) -> Page {
    let visit = visit.adding_second_factor();
    let asking = visit.caller.clone();
    let sent = visit.submit("me.code", &form, move |conn, actor, _| {
        let (now, network) = (asking.machine_now(), asking.network());
        sign_in_letters::ask_own_code(conn, actor, now, &network, asking.language())?;
        Ok(String::new())
    });
    sent.await.map_err(|fault| visit.refused(fault))?;
    let back = own_address(form.typed("next")).unwrap_or_else(|| visit.at("account"));
    Ok(visit.go(&back, Some("code-sent")))
}

async fn password(visit: Visit, hasher: Data<Hasher>, form: Form) -> Page {
    match set_password(&visit, &hasher, &form).await {
        Ok(()) => Ok(visit.go(&visit.at("account"), Some("password-set"))),
        Err(fault) => again(&visit, fault, Again::Password, &form).await,
    }
}

async fn set_password(visit: &Visit, hasher: &Hasher, form: &Form) -> Result<(), Fault> {
    let NewPasswordInput {
        password,
        old_password,
        code,
    } = form.input()?;
    let asking = visit.caller.clone();
    let account = visit
        .caller
        .try_read("me.account", move |conn, actor, _| {
            proof::browser(conn, &asking)?;
            accounts::mine(conn, actor, asking.machine_now())
        })
        .await?;
    let given = proof::prove(&visit.caller, hasher, old_password, code).await?;
    let hashed = proof::hash(hasher, password, Some(account.email)).await?;
    let asking = visit.caller.clone();
    let outcome = visit.caller.try_write("me.password", move |conn, actor, _| {
        let (now, network, current) = (
            asking.machine_now(),
            asking.network(),
            proof::browser(conn, &asking)?,
        );
        sign_in_letters::set_password(conn, actor, now, &network, current, given.as_given(), &hashed)
    });
    outcome.await.and_then(Outcome::settled)
}

async fn end_browsers(visit: Visit, form: Form) -> Page {
    let one: Option<Id<SignInSession>> = form.typed("id").parse().ok();
    let asking = visit.caller.clone();
    let ended = visit.submit("me.sessions_end", &form, move |conn, actor, _| {
        let now = asking.machine_now();
        match one {
            Some(id) => sessions::revoke(conn, actor, now, id)?,
            None => {
                let this = proof::browser(conn, &asking)?;
                sessions::revoke_others(conn, actor, now, Some(this)).map(drop)?;
            }
        }
        Ok(String::new())
    });
    ended.await.map_err(|fault| visit.refused(fault))?;
    Ok(visit.go(&visit.at("account"), Some("browser-ended")))
}

async fn make_token(visit: Visit, form: Form) -> Page {
    let shown = Arc::new(Mutex::new(None));
    let outcome = match form.input::<TokenInput>() {
        Ok(input) => {
            let (showing, machine_now) = (Arc::clone(&shown), visit.caller.machine_now());
            visit
                .submit("me.token", &form, move |conn, actor, _| {
                    let made = tokens::make(conn, actor, machine_now, &input)?;
                    *showing.lock().unwrap_or_else(PoisonError::into_inner) = Some(made.token);
                    Ok(String::new())
                })
                .await
        }
        Err(fault) => Err(fault),
    };
    if let Err(fault) = outcome {
        return again(&visit, fault, Again::Token, &form).await;
    }
    let made = shown.lock().unwrap_or_else(PoisonError::into_inner).take();
    if made.is_none() {
        return Ok(visit.go(&visit.at("account"), None));
    }
    let (frame, mine) = read(&visit).await?;
    visit.show(&page(&visit, &frame, mine, Again::None, made))
}

async fn end_token(visit: Visit, form: Form) -> Page {
    let id: Id<BearerToken> = form
        .typed("id")
        .parse()
        .map_err(|_| visit.refused(Fault::not_found()))?;
    let machine_now = visit.caller.machine_now();
    let ended = visit.submit("me.token_end", &form, move |conn, actor, _| {
        tokens::revoke(conn, actor, machine_now, id)?;
        Ok(String::new())
    });
    ended.await.map_err(|fault| visit.refused(fault))?;
    Ok(visit.go(&visit.at("account"), Some("token-ended")))
}

// Another address.

#[derive(Template)]
#[template(path = "pages/account_email.html")]
struct EmailPage {
    chrome: Chrome,
    form: FormView,
    present: String,
    has_password: bool,
    sent: bool,
}

async fn email_page(visit: Visit) -> Page {
    let (frame, mine) = read(&visit).await?;
    let form = FormView::blank(&visit.voice).named("account");
    visit.show(&address_page(&visit, &frame, &mine, form, false))
}

fn address_page(visit: &Visit, frame: &Frame, mine: &Mine, form: FormView, sent: bool) -> EmailPage {
    EmailPage {
        chrome: visit.chrome(frame, visit.voice.t("account-email-title")),
        form,
        present: mine.account.email.to_string(),
        has_password: mine.account.password_hash.is_some(),
        sent,
    }
}

async fn email_sent(visit: Visit, hasher: Data<Hasher>, form: Form) -> Page {
    let confirms = form.typed("act") == "confirm";
    let outcome = if confirms {
        confirm_email(&visit, &form).await
    } else {
        ask_email(&visit, &hasher, &form).await
    };
    let view = FormView::typed(&visit.voice, &form).named("account");
    match outcome {
        Ok(()) if confirms => Ok(visit.go(&visit.at("account"), Some("address-changed"))),
        Ok(()) => {
            let (frame, mine) = read(&visit).await?;
            let form = FormView::blank(&visit.voice)
                .named("account")
                .with("email", form.typed("email"));
            visit.show(&address_page(&visit, &frame, &mine, form, true))
        }
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            let (frame, mine) = read(&visit).await?;
            let view = view.with_fault(visit.site().words(), &fault);
            visit.show_again(&fault, &address_page(&visit, &frame, &mine, view, confirms))
        }
    }
}

async fn ask_email(visit: &Visit, hasher: &Hasher, form: &Form) -> Result<(), Fault> {
    let NewEmailInput {
        email,
        password,
        code,
    } = form.input()?;
    let given = proof::prove(&visit.caller, hasher, password, code).await?;
    let asking = visit.caller.clone();
    let outcome = visit.caller.try_write("me.email", move |conn, actor, _| {
        let (now, network, language) = (asking.machine_now(), asking.network(), asking.language());
        sign_in_letters::ask_new_email(conn, actor, now, &network, language, given.as_given(), &email)
    });
    outcome.await.and_then(Outcome::settled)
}

async fn confirm_email(visit: &Visit, form: &Form) -> Result<(), Fault> {
    let input: CodeInput = form.input()?;
    let asking = visit.caller.clone();
    let outcome = visit.caller.try_write("me.email_confirm", move |conn, actor, _| {
        let (now, network, current) = (
            asking.machine_now(),
            asking.network(),
            proof::browser(conn, &asking)?,
        );
        sign_in_letters::confirm_new_email(conn, actor, now, &network, current, &input)
    });
    outcome.await.and_then(Outcome::settled)
}

impl AccountPage {
    /// The token just made, with the word that it is shown once.
    fn made_notice(&self) -> Option<Notice> {
        self.made.as_ref().map(|_| {
            Notice::new(Weight::Wait, self.chrome.t("account-token-made"))
                .with_text(self.chrome.t("account-token-once"))
        })
    }
}

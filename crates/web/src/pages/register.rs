//! Registering: for oneself, somebody else, or a group. Whoever has no account begins with an address and the code sent to
//! it, on the same page. Four steps, each saved as it is left, so that one can close the page and come back.

use access_rules::{Act, Actor, sentence::sentence};
use actix_kit::Form;
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Language, Moment};
use members::{
    model::{OrganisationKind, PositionKind},
    organisations::{self, Card},
};
use people::{
    model::{Person, Purpose},
    persons,
};
use programme::{
    model::{Edition, Track},
    rule_book::{self, RuleScope},
    tracks,
};
use registration::{
    admissions, categories,
    model::{Category, ForWhom, Needs, Registration, RegistrationId, RegistrationState},
    needs,
    registrations::{self, BeginInput, RegistrationInput},
    rules,
};

use super::account;
use crate::{
    components::{Chrome, Facts, Notice, Sends, Steps, Weight},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Frame, Page, Refused, Visit},
    voice::Voice,
};

/// Suggestions for what was typed of an organisation's name.
const SUGGESTIONS: usize = 12;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/register", Act::UseSite, begin_page),
        post("/{lang}/{edition}/register", Act::Register, begin_sent),
        get("/{lang}/{edition}/register/{id}/{step}", Act::Register, step_page),
        post("/{lang}/{edition}/register/{id}/{step}", Act::Register, step_sent),
    ]
}

// The beginning.

/// A registration already begun or made, as the first page lists it.
struct Begun {
    name: String,
    state: String,
    word: String,
    href: String,
}

#[derive(Template)]
#[template(path = "pages/register.html")]
struct BeginPage {
    chrome: Chrome,
    closed: Option<Notice>,
    signed_in: bool,
    sent: bool,
    form: FormView,
    whom: Vec<Choice>,
    begun: Vec<Begun>,
    steps: Steps,
}

async fn begin_page(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, page) = begin_view(&visit, &slug, FormView::blank(&visit.voice), false).await?;
    drop(frame);
    visit.show(&page)
}

async fn begin_view(
    visit: &Visit,
    slug: &str,
    form: FormView,
    sent: bool,
) -> Result<(Frame, BeginPage), Refused> {
    let (frame, mine) = visit
        .read_in("register", slug, |conn, actor, _, edition| {
            if !actor.signed_in() {
                return Ok(Vec::new());
            }
            let mine = registrations::mine(conn, actor, edition.id)?;
            let ids: Vec<_> = mine.iter().map(|registration| registration.person).collect();
            let persons = persons::many(conn, &ids)?;
            let named = |registration: &Registration| {
                persons
                    .iter()
                    .find(|person| person.id == registration.person)
                    .map(Person::name)
                    .unwrap_or_default()
            };
            Ok(mine
                .into_iter()
                .map(|registration| (named(&registration), registration))
                .collect())
        })
        .await?;
    let voice = &visit.voice;
    let chrome = visit.chrome(&frame, voice.t("nav-register"));
    let open = chrome.edition.as_ref().is_some_and(|edition| edition.open);
    let own = mine.iter().any(|(_, registration)| {
        Some(registration.person) == frame.actor.person
            && !is_over(registration)
            && registration.state != RegistrationState::Draft
    });
    let whom = Choice::codes::<ForWhom>(voice, "for-whom")
        .into_iter()
        .filter(|choice| !(own && choice.value == ForWhom::Myself.code()))
        .map(|choice| {
            let hint = voice.t(format!("for-whom-hint-{}", choice.value));
            choice.with_hint(hint)
        })
        .collect();
    let begun = mine
        .iter()
        .filter(|(_, registration)| !is_over(registration))
        .map(|(name, registration)| Begun {
            name: if name.is_empty() {
                voice.t("register-nameless")
            } else {
                name.clone()
            },
            state: registration.state.code().to_owned(),
            word: voice.code("registration-state", registration.state.code()),
            href: chrome.to(&place_of(registration)),
        })
        .collect();
    let default = if own {
        ForWhom::SomeoneElse
    } else {
        ForWhom::Myself
    };
    let page = BeginPage {
        closed: (!open).then(|| Notice::new(Weight::Wait, voice.t("register-closed"))),
        signed_in: frame.actor.signed_in(),
        sent,
        form: form.named("register").with("for_whom", default.code()),
        whom,
        begun,
        steps: steps(&chrome, None, 1),
        chrome,
    };
    Ok((frame, page))
}

/// Where a registration is gone on with, or looked at.
pub(super) fn place_of(registration: &Registration) -> String {
    match registration.state {
        RegistrationState::Draft => format!("register/{}/{}", registration.id, registration.step.clamp(1, 4)),
        _ => format!("register/{}/done", registration.id),
    }
}

pub(super) fn is_over(registration: &Registration) -> bool {
    rules::is_over(registration.state)
}

fn steps(chrome: &Chrome, id: Option<RegistrationId>, at: usize) -> Steps {
    let names = [
        "register-step-1",
        "register-step-2",
        "register-step-3",
        "register-step-4",
    ];
    let named = names.iter().enumerate().map(|(before, key)| {
        let back = id
            .filter(|_| before + 1 < at)
            .map(|id| chrome.to(&format!("register/{id}/{}", before + 1)));
        (chrome.t(key), back)
    });
    Steps::new(&chrome.voice, named.collect(), at)
}

async fn begin_sent(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let here = visit.at(&format!("{slug}/register"));
    let (sent, outcome) = match form.typed("act") {
        "send" => (
            true,
            account::ask_code(&visit, &form, Purpose::Registration)
                .await
                .map(|()| None),
        ),
        "enter" => match account::by_code(&visit, &form, Purpose::Registration).await {
            Ok(progress) => return account::arrive(&visit, progress, Some(&here)).await,
            Err(fault) => (true, Err(fault)),
        },
        _ => (
            false,
            begin(&visit, &slug, &form)
                .await
                .map(|next| Some(visit.go(&next, None))),
        ),
    };
    let view = FormView::typed(&visit.voice, &form);
    match outcome {
        Ok(Some(answer)) => Ok(answer),
        Ok(None) => {
            let (_, page) = begin_view(&visit, &slug, view, true).await?;
            visit.show(&page)
        }
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            let asks = form.typed("act") == "send";
            let view = view.named("register").with_fault(visit.site().words(), &fault);
            let (_, page) = begin_view(&visit, &slug, view, sent && !asks).await?;
            visit.show_again(&fault, &page)
        }
    }
}

async fn begin(visit: &Visit, slug: &str, form: &Form) -> Result<String, Fault> {
    let input = BeginInput {
        language: Some(visit.language()),
        ..form.input::<BeginInput>()?
    };
    let (slug, base) = (slug.to_owned(), visit.at(slug));
    visit
        .submit("registration.begin", form, move |conn, actor, now| {
            let edition = programme::editions::by_slug(conn, actor, &slug)?;
            let begun = registrations::begin(conn, actor, now, edition.id, &input)?;
            Ok(format!("{base}/{}", place_of(&begun)))
        })
        .await
}

// The steps.

/// What the steps show, read in one go.
pub(super) struct Draft {
    pub(super) registration: Registration,
    pub(super) person: Person,
    organisation: Option<Card>,
    categories: Vec<Category>,
    pub(super) tracks: Vec<(Track, Option<String>)>,
    asked: Vec<String>,
    pub(super) needs: Option<Needs>,
    /// Whether the reader has or made it: only they read its address and its needs here, and only they change it.
    pub(super) is_own: bool,
}

/// A registration its reader has or made.
pub(super) fn draft(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    id: RegistrationId,
    language: Language,
) -> Result<Draft, Fault> {
    let found = seen(conn, actor, now, edition, id, language)?;
    match found.is_own {
        true => Ok(found),
        false => Err(Fault::not_found()),
    }
}

/// A registration as whoever may see it reads it: somebody else's without its needs (R22), and not before it was sent.
pub(super) fn seen(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    id: RegistrationId,
    language: Language,
) -> Result<Draft, Fault> {
    let registration = registrations::get(conn, actor, now, id)?;
    let is_own = registrations::is_own(actor, &registration);
    let is_sent = registration.state != RegistrationState::Draft;
    if registration.edition != edition.id || !(is_own || is_sent) {
        return Err(Fault::not_found());
    }
    let all = tracks::list(conn, edition.id)?;
    let asked = admissions::of_registration(conn, id)?
        .iter()
        .filter_map(|asked| {
            all.iter()
                .find(|track| track.id == asked.track)
                .map(|track| track.code.clone())
        })
        .collect();
    let mut with_rules = Vec::new();
    for track in all {
        let rule = rule_book::in_force(conn, edition.id, RuleScope::Track, &track.code, Act::Attend)?;
        let said = rule.map(|row| sentence(&row.rule.0, Act::Attend, language));
        with_rules.push((track, said));
    }
    let organisation = match registration.organisation {
        Some(id) => organisations::find(conn, id)?.as_ref().map(Card::from),
        None => None,
    };
    Ok(Draft {
        person: persons::get(conn, registration.person)?,
        organisation,
        categories: categories::all(conn, edition.id)?,
        tracks: with_rules,
        asked,
        needs: match is_own {
            true => needs::get(conn, actor, now, id)?,
            false => None,
        },
        is_own,
        registration,
    })
}

impl Draft {
    /// Everything it holds, as a save states it again.
    fn input(&self) -> RegistrationInput {
        RegistrationInput {
            given_name: self.person.given_name.clone(),
            family_name: self.person.family_name.clone(),
            badge_name: self.person.badge_name.clone(),
            email: self.registration.email.to_string(),
            organisation: self.registration.organisation,
            unlisted: None,
            position_kind: self.registration.position_kind,
            position_title: self.registration.position_title.clone(),
            category: self.registration.category,
            tracks: self.asked.clone(),
            needs: None,
            step: self.registration.step,
        }
    }

    /// The fields of all steps, filled.
    fn form(&self, visit: &Visit) -> FormView {
        let needs = self.needs.as_ref();
        let mut filled = serde_json::json!({
            "given_name": self.person.given_name, "family_name": self.person.family_name, "badge_name": self.person.badge_name,
            "email": self.registration.email.to_string(),
            "position_kind": self.registration.position_kind.map(|kind| kind.code()),
            "position_title": self.registration.position_title,
            "category": self.registration.category.map(|id| id.to_string()),
            "tracks": self.asked,
            "needs": {
                "access": needs.map(|needs| needs.access.clone()), "diet": needs.map(|needs| needs.diet.clone()),
                "interpretation": needs.map(|needs| needs.interpretation.0.clone()).unwrap_or_default(),
                "consent": needs.map(|_| true),
            },
        });
        if let Some(card) = &self.organisation {
            filled["organisation"] = card.id.to_string().into();
            filled["organisation_name"] = card.name.clone().into();
        }
        FormView::filled(&visit.voice, &filled).named("register")
    }
}

#[derive(Template)]
#[template(path = "pages/register_step.html")]
struct StepPage {
    chrome: Chrome,
    form: FormView,
    step: usize,
    steps: Steps,
    action: String,
    back: String,
    sends: Sends,
    for_self: bool,
    so_far: Facts,
    found: Vec<Choice>,
    searched: bool,
    unlisted: bool,
    organisation_kinds: Vec<Choice>,
    positions: Vec<Choice>,
    categories: Vec<Choice>,
    tracks: Vec<Choice>,
    tongues: Vec<Choice>,
}

async fn step_page(visit: Visit, path: Path<(String, String, RegistrationId, usize)>) -> Page {
    let (_, slug, id, step) = path.into_inner();
    let (frame, draft) = read_draft(&visit, &slug, id).await?;
    if draft.registration.state != RegistrationState::Draft {
        return Ok(visit.go(&visit.at(&format!("{slug}/register/{id}/done")), None));
    }
    let form = draft.form(&visit);
    visit.show(&step_view(&visit, &frame, &draft, step, form, None))
}

async fn read_draft(visit: &Visit, slug: &str, id: RegistrationId) -> Result<(Frame, Draft), Refused> {
    let language = visit.language();
    visit
        .read_in("register.step", slug, move |conn, actor, now, edition| {
            draft(conn, actor, now, edition, id, language)
        })
        .await
}

fn step_view(
    visit: &Visit,
    frame: &Frame,
    draft: &Draft,
    step: usize,
    form: FormView,
    found: Option<&[Card]>,
) -> StepPage {
    let voice = &visit.voice;
    let chrome = visit.chrome(frame, voice.t("nav-register"));
    let (id, step) = (draft.registration.id, step.clamp(1, 4));
    let today = frame
        .edition
        .as_ref()
        .map(|edition| edition.zone.local(visit.caller.now()).date());
    let is_open = |category: &&Category| {
        !category.retired
            && today.is_none_or(|today| rules::is_open(category.opens_on, category.closes_on, today))
    };
    let categories = draft
        .categories
        .iter()
        .filter(is_open)
        .map(|category| {
            let full = category
                .places_max
                .is_some_and(|most| category.places_taken >= most);
            let mut hint = voice.said(&category.description).text;
            for (is, key) in [
                (full, "register-category-full"),
                (category.needs_review, "register-category-review"),
            ] {
                if is {
                    hint = format!("{hint} {}", voice.t(key)).trim().to_owned();
                }
            }
            let choice = Choice::new(category.id.to_string(), voice.said(&category.title).text);
            if hint.is_empty() {
                choice
            } else {
                choice.with_hint(hint)
            }
        })
        .collect();
    let tracks = draft
        .tracks
        .iter()
        .map(|(track, rule)| {
            let choice = Choice::new(track.code.clone(), voice.said(&track.title).text);
            match rule {
                Some(rule) => choice.with_hint(rule.clone()),
                None => choice,
            }
        })
        .collect();
    let place = |card: &Card| {
        let kind = voice.code("organisation-kind", card.kind.code());
        let note = match &card.country {
            Some(country) => format!("{kind}, {country}"),
            None => kind,
        };
        Choice::new(card.id.to_string(), card.name.clone()).with_hint(note)
    };
    StepPage {
        so_far: so_far(visit, draft),
        step,
        steps: steps(&chrome, Some(id), step),
        action: chrome.to(&format!("register/{id}/{step}")),
        back: if step > 1 {
            chrome.to(&format!("register/{id}/{}", step - 1))
        } else {
            chrome.to("register")
        },
        sends: chrome.edits(&draft.registration.version),
        for_self: draft.registration.for_whom == ForWhom::Myself,
        unlisted: !form.value("unlisted.name").is_empty() || found.is_some_and(<[Card]>::is_empty),
        found: found.unwrap_or_default().iter().map(place).collect(),
        searched: found.is_some(),
        organisation_kinds: Choice::codes::<OrganisationKind>(voice, "organisation-kind"),
        positions: Choice::codes::<PositionKind>(voice, "position"),
        categories,
        tracks,
        tongues: tongues(voice, frame),
        form,
        chrome,
    }
}

/// The languages of the edition, for what is interpreted into.
pub(super) fn tongues(voice: &Voice, frame: &Frame) -> Vec<Choice> {
    let languages = frame.edition.iter().flat_map(|edition| &edition.languages.0);
    languages
        .map(|tag| Choice::new(tag.clone(), voice.code("language", tag)))
        .collect()
}

pub(super) fn so_far(visit: &Visit, draft: &Draft) -> Facts {
    let voice = &visit.voice;
    let category = draft
        .categories
        .iter()
        .find(|category| Some(category.id) == draft.registration.category);
    let tracks: Vec<String> = draft
        .tracks
        .iter()
        .filter(|(track, _)| draft.asked.contains(&track.code))
        .map(|(track, _)| voice.said(&track.title).text)
        .collect();
    let position = draft
        .registration
        .position_kind
        .map(|kind| voice.code("position", kind.code()))
        .unwrap_or_default();
    let position = match draft.registration.position_title.as_str() {
        "" => position,
        title => format!("{position} ({title})"),
    };
    let needs = draft.needs.as_ref().map(|_| voice.t("yes")).unwrap_or_default();
    let address = match draft.is_own {
        true => draft.registration.email.to_string(),
        false => String::new(),
    };
    Facts::new(vec![
        (voice.t("register-person"), draft.person.name()),
        (voice.t("register-email"), address),
        (
            voice.t("register-organisation"),
            draft
                .organisation
                .as_ref()
                .map(|card| card.name.clone())
                .unwrap_or_default(),
        ),
        (voice.t("register-position-kind"), position),
        (
            voice.t("register-category"),
            category
                .map(|category| voice.said(&category.title).text)
                .unwrap_or_default(),
        ),
        (voice.t("register-tracks"), tracks.join(", ")),
        (voice.t("register-needs"), needs),
    ])
}

/// What became of a step that was sent.
enum Sent {
    /// Kept; to the next.
    Next,
    /// The organisation's name fits several, or none: these.
    Choose(Vec<Card>),
}

async fn step_sent(visit: Visit, path: Path<(String, String, RegistrationId, usize)>, form: Form) -> Page {
    let (_, slug, id, step) = path.into_inner();
    let step = step.clamp(1, 4);
    let outcome = match step {
        4 => submit(&visit, id, &form).await.map(|()| Sent::Next),
        _ => save(&visit, &slug, id, step, &form).await,
    };
    let base = visit.at(&format!("{slug}/register/{id}"));
    let fault = match outcome {
        Ok(Sent::Next) if step == 4 => return Ok(visit.go(&format!("{base}/done"), None)),
        Ok(Sent::Next) => return Ok(visit.go(&format!("{base}/{}", step + 1), None)),
        Ok(Sent::Choose(found)) => {
            let (frame, draft) = read_draft(&visit, &slug, id).await?;
            let typed = form.typed("organisation_name");
            let mut view = FormView::typed(&visit.voice, &form).named("register");
            if found.is_empty() {
                view = view.with("unlisted.name", typed);
            }
            return visit.show(&step_view(&visit, &frame, &draft, step, view, Some(&found)));
        }
        Err(fault) => visit.correctable(fault)?,
    };
    let (frame, draft) = read_draft(&visit, &slug, id).await?;
    let view = if step == 4 {
        draft.form(&visit)
    } else {
        FormView::typed(&visit.voice, &form).named("register")
    };
    let view = view.with_fault(visit.site().words(), &fault);
    visit.show_again(&fault, &step_view(&visit, &frame, &draft, step, view, None))
}

async fn save(
    visit: &Visit,
    slug: &str,
    id: RegistrationId,
    step: usize,
    form: &Form,
) -> Result<Sent, Fault> {
    let typed = form.input::<RegistrationInput>()?;
    let slug = slug.to_owned();
    if step == 2
        && typed
            .unlisted
            .as_ref()
            .is_none_or(|unlisted| unlisted.name.trim().is_empty())
    {
        let name = form.typed("organisation_name").trim().to_owned();
        let chosen = typed.organisation;
        let searches = form.typed("act") == "search";
        // Without script the hidden id stays while the name is changed: the name decides then.
        let found = visit
            .caller
            .try_read("register.organisation", move |conn, _, _| {
                if let (Some(id), false) = (chosen, searches) {
                    let known = organisations::find(conn, id)?;
                    if known.is_some_and(|known| known.name == name || name.is_empty()) {
                        return Ok(None);
                    }
                }
                if name.is_empty() && !searches {
                    return Ok(None);
                }
                organisations::suggest(conn, &name, SUGGESTIONS).map(Some)
            })
            .await?;
        if let Some(found) = found {
            let picked = form.typed("picked").parse().ok().filter(|_| !searches);
            let Some(only) = picked.or(match found.as_slice() {
                [one]
                    if one
                        .name
                        .eq_ignore_ascii_case(form.typed("organisation_name").trim()) =>
                {
                    Some(one.id)
                }
                _ => None,
            }) else {
                return Ok(Sent::Choose(found));
            };
            return keep(
                visit,
                slug,
                id,
                step,
                RegistrationInput {
                    organisation: Some(only),
                    ..typed
                },
                form,
            )
            .await;
        }
    }
    let is_unlisted = typed
        .unlisted
        .as_ref()
        .is_some_and(|unlisted| !unlisted.name.trim().is_empty());
    let is_named = !form.typed("organisation_name").trim().is_empty();
    let organisation = typed.organisation.filter(|_| is_named && !is_unlisted);
    keep(
        visit,
        slug,
        id,
        step,
        RegistrationInput {
            organisation,
            ..typed
        },
        form,
    )
    .await
}

async fn keep(
    visit: &Visit,
    slug: String,
    id: RegistrationId,
    step: usize,
    typed: RegistrationInput,
    form: &Form,
) -> Result<Sent, Fault> {
    let (version, language) = (form.version(), visit.language());
    visit
        .submit("registration.save", form, move |conn, actor, now| {
            let edition = programme::editions::by_slug(conn, actor, &slug)?;
            let held = draft(conn, actor, now, &edition, id, language)?;
            let before = held.input();
            let typed = typed.clone();
            let further = i64::try_from(step).unwrap_or(4) + 1;
            let kept = match step {
                1 => RegistrationInput {
                    given_name: typed.given_name,
                    family_name: typed.family_name,
                    badge_name: typed.badge_name,
                    email: typed.email,
                    ..before
                },
                2 => RegistrationInput {
                    organisation: typed.organisation,
                    unlisted: typed.unlisted,
                    position_kind: typed.position_kind,
                    position_title: typed.position_title,
                    ..before
                },
                _ => RegistrationInput {
                    category: typed.category,
                    tracks: typed.tracks,
                    needs: Some(typed.needs.unwrap_or_default()),
                    ..before
                },
            };
            if step == 1 && kept.given_name.trim().is_empty() && kept.family_name.trim().is_empty() {
                return Err(Fault::field("given_name", "required"));
            }
            if step == 3 && kept.category.is_none() {
                return Err(Fault::field("category", "required"));
            }
            let unlisted = kept.unlisted.is_some();
            let kept = RegistrationInput {
                step: further.max(kept.step),
                ..kept
            };
            registrations::save(conn, actor, now, id, version, &kept)
                .map(|_| String::new())
                .map_err(|fault| if unlisted { below_unlisted(fault) } else { fault })
        })
        .await
        .map(|_| Sent::Next)
}

/// What is wrong with an organisation that is not listed, beside its own fields.
fn below_unlisted(mut fault: Fault) -> Fault {
    for field in &mut fault.fields {
        if matches!(field.field.as_str(), "name" | "country" | "kind" | "site") {
            field.field = format!("unlisted.{}", field.field);
        }
    }
    fault
}

async fn submit(visit: &Visit, id: RegistrationId, form: &Form) -> Result<(), Fault> {
    let version = form.version();
    let sent = visit.submit("registration.submit", form, move |conn, actor, now| {
        registrations::submit(conn, actor, now, id, version).map(|_| String::new())
    });
    sent.await.map(drop)
}

impl StepPage {
    /// The search for an organisation while typing.
    fn organisation(&self) -> crate::forms::Field {
        self.form
            .text("organisation_name", "register-organisation-name")
            .hint("register-organisation-hint")
            .suggests("/api/v1/organisations/suggest?text=", "organisation")
    }
}

impl BeginPage {
    /// The state of a registration in its dress.
    fn state(&self, begun: &Begun) -> crate::components::State {
        crate::components::State::of(&begun.state, begun.word.clone())
    }
}

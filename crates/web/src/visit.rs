//! A visit to a page: who reads it, in which edition, and how its answer is made.
//!
//! `visit.read` and `visit.write` run a use case as the reader and load, in the same snapshot or transaction, the frame
//! every page needs (the reader's name, the edition). A fault becomes a page: sign-in first for 401, the second factor
//! first for who owes one, the form again for what can be corrected, a page that says what to do for the rest.

use std::{fmt, future::Ready, sync::Arc};

use access_rules::Actor;
use actix_kit::{Caller, Form, Problem, Site, csrf, problem};
use actix_web::{
    FromRequest, HttpRequest, HttpResponse, ResponseError,
    body::BoxBody,
    dev::Payload,
    http::{StatusCode, header},
};
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Kind, Language, Moment};
use programme::model::{Edition, EditionState};

use crate::{
    components::{Chrome, DemoStrip, EditionRef, Link, Notice, Weight},
    voice::Voice,
};

/// The code of a fault that leads to the page where a second factor is added.
const SECOND_FACTOR_OWED: &str = "second_factor_required";

/// A request for a page.
#[derive(Clone)]
pub struct Visit {
    /// Who asks.
    pub caller: Caller,
    /// What the reader is told in.
    pub voice: Voice,
    /// The path after the language, with its query.
    path: String,
    /// What the page before said was done (`?done=<code>`).
    done: Option<String>,
}

/// What every page needs to know besides its own matter.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Who reads.
    pub actor: Actor,
    /// Their name.
    pub name: Option<String>,
    /// The edition of the page, or the one that is on.
    pub edition: Option<Edition>,
    /// Whether it has decided something already.
    pub decided: bool,
}

/// A fault on its way to a reader of pages.
pub struct Refused {
    fault: Fault,
    visit: Visit,
    frame: Option<Frame>,
}

/// What a handler of pages answers.
pub type Page = Result<HttpResponse, Refused>;

impl Visit {
    /// The visit of this request.
    pub fn of(request: &HttpRequest) -> Self {
        let caller = Caller::of(request);
        let voice = Voice::new(caller.language(), Arc::new(caller.site().clone()));
        let whole = request.uri().path_and_query().map_or("/", |whole| whole.as_str());
        let prefix = format!("/{}", caller.language().code());
        let path = match whole.strip_prefix(&prefix) {
            Some(rest) if rest.is_empty() || rest.starts_with(['/', '?']) => rest.to_owned(),
            _ => whole.to_owned(),
        };
        let done = url_query(whole, "done")
            .filter(|code| code.len() <= 40 && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        Self {
            caller,
            voice,
            path,
            done,
        }
    }

    /// What the page before said was done, for a page that leads on to another.
    pub fn done(&self) -> Option<&str> {
        self.done.as_deref()
    }

    /// The same visit where a second factor is added: who owes one may do this, and nothing else.
    pub fn adding_second_factor(&self) -> Self {
        Self {
            caller: self.caller.adding_second_factor(),
            ..self.clone()
        }
    }

    /// The same visit, of a page at another address than that of its request: its links to other languages lead to the door.
    pub(crate) fn of_door(&self) -> Self {
        Self {
            path: "/sign-in".into(),
            ..self.clone()
        }
    }

    /// The same visit in another language than the request says.
    pub(crate) fn speaking(&self, language: Language) -> Self {
        Self {
            voice: Voice::new(language, Arc::new(self.site().clone())),
            ..self.clone()
        }
    }

    /// The site.
    pub fn site(&self) -> &Site {
        self.caller.site()
    }

    /// The reader's language.
    pub fn language(&self) -> Language {
        self.voice.language
    }

    /// An address in the reader's language: `at("account")` is `/en/account`.
    pub fn at(&self, rest: &str) -> String {
        format!("/{}/{rest}", self.language().code())
            .trim_end_matches('/')
            .to_owned()
    }

    /// Reads as this reader, in the edition of `slug` or the one that is on.
    ///
    /// # Errors
    /// What `run` answers; the one 404 for an edition the reader may not see.
    pub async fn read<T: Send + 'static>(
        &self,
        name: &'static str,
        slug: Option<&str>,
        run: impl Fn(&mut Conn, &Actor, Moment, Option<&Edition>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<(Frame, T), Refused> {
        let slug = slug.map(str::to_owned);
        let answer = self.caller.try_read(name, move |conn, actor, now| {
            let frame = frame(conn, actor, slug.as_deref())?;
            let found = run(conn, actor, now, frame.edition.as_ref());
            Ok((frame, found))
        });
        match answer.await {
            Ok((frame, Ok(found))) => Ok((frame, found)),
            Ok((frame, Err(fault))) => {
                self.caller.note_denial(&fault);
                Err(Refused {
                    fault,
                    visit: self.clone(),
                    frame: Some(frame),
                })
            }
            Err(fault) => Err(self.refused(fault)),
        }
    }

    /// Reads as this reader in an edition that must be there.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn read_in<T: Send + 'static>(
        &self,
        name: &'static str,
        slug: &str,
        run: impl Fn(&mut Conn, &Actor, Moment, &Edition) -> Result<T, Fault> + Send + 'static,
    ) -> Result<(Frame, T), Refused> {
        self.read(name, Some(slug), move |conn, actor, now, edition| {
            run(conn, actor, now, edition.ok_or_else(Fault::not_found)?)
        })
        .await
    }

    /// Only the frame, for pages with nothing else to read.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn frame(&self, slug: Option<&str>) -> Result<Frame, Refused> {
        self.read("frame", slug, |_, _, _, _| Ok(()))
            .await
            .map(|(frame, ())| frame)
    }

    /// Does what a form asks, once under the form's hidden key: sending it twice does it once. The bare fault comes back,
    /// so that the form can be shown again with it: `Err(fault) => if let Some(fault) = visit.correctable(fault)? { … }`.
    ///
    /// # Errors
    /// What `run` refuses.
    pub async fn submit(
        &self,
        name: &'static str,
        form: &Form,
        run: impl Fn(&mut Conn, &Actor, Moment) -> Result<String, Fault> + Send + 'static,
    ) -> Result<String, Fault> {
        let done = self
            .caller
            .try_once(name, form.key(), &form.hash, move |conn, actor, now| {
                let next = run(conn, actor, now)?;
                Ok(records::idempotency::Answer {
                    status: 303,
                    body: next,
                    headers: Vec::new(),
                })
            });
        done.await
            .map(|replay| replay.answer.body)
            .map_err(|fault| self.told_first(fault))
    }

    /// To whose session is over, a form's lack of a key says nothing: they sign in first.
    fn told_first(&self, fault: Fault) -> Fault {
        let is_over = self.caller.cookie().is_some() && !self.caller.actor_seen().signed_in();
        if fault.kind == Kind::Malformed && is_over {
            Fault::sign_in_needed()
        } else {
            fault
        }
    }

    /// The fault, when the reader can correct it on the page; otherwise the page that says what is wrong.
    ///
    /// # Errors
    /// The faults no form can mend.
    pub fn correctable(&self, fault: Fault) -> Result<Fault, Refused> {
        match fault.kind {
            Kind::Invalid
            | Kind::Conflict
            | Kind::Stale
            | Kind::Gone
            | Kind::TooMany
            | Kind::TooLarge
            | Kind::UnsupportedMedia => Ok(fault),
            Kind::Forbidden if !["cross_site", SECOND_FACTOR_OWED].contains(&fault.code) => Ok(fault),
            _ => Err(self.refused(fault)),
        }
    }

    /// A fault as a page.
    pub fn refused(&self, fault: Fault) -> Refused {
        Refused {
            fault,
            visit: self.clone(),
            frame: None,
        }
    }

    /// What a fault says to this reader.
    pub fn says(&self, fault: &Fault) -> String {
        problem::sentence(self.site().words(), self.language(), fault.code, &fault.facts)
    }

    /// The notice of a fault at the top of a page.
    pub fn notice(&self, fault: &Fault) -> Notice {
        Notice::new(Weight::Stop, self.says(fault))
    }

    /// What surrounds the page.
    pub fn chrome(&self, frame: &Frame, title: impl Into<String>) -> Chrome {
        let now = self.caller.now();
        let edition = frame.edition.as_ref().map(|edition| {
            let at = edition.zone.local(now);
            let open = matches!(edition.state, EditionState::Open | EditionState::Running);
            let is_registered = frame
                .actor
                .registered()
                .any(|registered| registered == edition.id);
            EditionRef {
                slug: edition.slug.clone(),
                title: edition.title.text(self.language()).to_owned(),
                when_where: format!(
                    "{}, {}",
                    edition.city,
                    self.voice.days(edition.starts_on, edition.ends_on)
                ),
                clock_of: format!("{} ({})", edition.city, self.voice.offset(edition.zone, at)),
                open,
                registers: open && !is_registered,
                decided: frame.decided,
            }
        });
        let demo = self.site().settings().demo.then(|| {
            let moment = frame
                .edition
                .as_ref()
                .map_or_else(String::new, |edition| self.voice.moment(edition.zone.local(now)));
            DemoStrip::new(&self.voice, &moment, frame.name.as_deref())
        });
        Chrome {
            voice: self.voice.clone(),
            title: title.into(),
            path_without_lang: self.path.clone(),
            signed_in: frame.name.clone(),
            is_staff: frame.actor.is_staff(),
            edition,
            demo,
            csrf: csrf::token(&self.caller),
            notice: self
                .done
                .as_ref()
                .map(|code| Notice::new(Weight::Done, self.voice.t(format!("done-{code}")))),
        }
    }

    /// Answers a page.
    pub fn show(&self, page: &impl Template) -> Page {
        self.show_with(StatusCode::OK, page)
    }

    /// Answers a form again, with what was typed and what is wrong: 422, 409, … as the fault has it.
    pub fn show_again(&self, fault: &Fault, page: &impl Template) -> Page {
        self.show_with(problem::status(fault.kind), page)
    }

    /// Answers a page with a status.
    pub fn show_with(&self, status: StatusCode, page: &impl Template) -> Page {
        match page.render() {
            Ok(html) => Ok(HttpResponse::build(status)
                .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
                .insert_header((header::CONTENT_LANGUAGE, self.language().code()))
                .insert_header((header::CACHE_CONTROL, "private, no-store"))
                .insert_header(("x-reader", self.reader()))
                .body(html)),
            Err(error) => Err(self.refused(Fault::internal(error))),
        }
    }

    /// A mark of who reads, by which the service worker tells one reader's pages from another's.
    fn reader(&self) -> String {
        match self.caller.actor_seen().person {
            Some(person) => self.site().sign("reader", &person.to_string()),
            None => "nobody".to_owned(),
        }
    }

    /// Goes on to another page of ours after a form was taken; `done` is said there (`done-<code>`).
    pub fn go(&self, address: &str, done: Option<&str>) -> HttpResponse {
        let own = own_address(address).unwrap_or_else(|| self.at(""));
        let (path, anchor) = match own.split_once('#') {
            Some((path, anchor)) => (path, format!("#{anchor}")),
            None => (own.as_str(), String::new()),
        };
        let address = match done {
            Some(code) if path.contains('?') => format!("{path}&done={code}{anchor}"),
            Some(code) => format!("{path}?done={code}{anchor}"),
            None => own,
        };
        HttpResponse::SeeOther()
            .insert_header((header::LOCATION, address))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish()
    }
}

/// The address when it is a path of this site; nothing for `//evil`, `/\evil`, `https:evil` and the like.
pub fn own_address(address: &str) -> Option<String> {
    let good = address.starts_with('/')
        && !address.starts_with("//")
        && !address.starts_with("/\\")
        && !address.chars().any(|c| c.is_control() || c == '\\');
    good.then(|| address.to_owned())
}

fn frame(conn: &mut Conn, actor: &Actor, slug: Option<&str>) -> Result<Frame, Fault> {
    let name = match actor.person {
        Some(person) => people::persons::find(conn, person)?.map(|person| person.name()),
        None => None,
    };
    let edition = match slug {
        Some(slug) => Some(programme::editions::by_slug(conn, actor, slug)?),
        None => programme::editions::current(conn, actor)?,
    };
    let decided = match &edition {
        Some(edition) => outcomes::shown::is_decided(conn, edition.id)?,
        None => false,
    };
    Ok(Frame {
        actor: actor.clone(),
        name: name.or_else(|| actor.signed_in().then(String::new)),
        edition,
        decided,
    })
}

fn url_query(whole: &str, name: &str) -> Option<String> {
    let query = whole.split_once('?')?.1;
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

impl FromRequest for Visit {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(match csrf::check_origin(request, Caller::of(request).site()) {
            Ok(()) => Ok(Self::of(request)),
            Err(fault) => Err(Caller::of(request).problem(fault)),
        })
    }
}

/// The page of a fault.
#[derive(Template)]
#[template(path = "pages/refused.html")]
struct RefusedPage {
    chrome: Chrome,
    heading: String,
    sentence: String,
    acts: Vec<Link>,
}

impl Refused {
    fn page(&self) -> HttpResponse {
        let visit = &self.visit;
        let actor = visit.caller.actor_seen();
        let signed_in = actor.signed_in();
        let here = format!("/{}{}", visit.language().code(), visit.path);
        let sign_in = format!("{}?next={}", visit.at("sign-in"), encoded(&here));
        if self.fault.kind == Kind::SignInNeeded {
            return visit.go(&sign_in, None);
        }
        if self.fault.code == SECOND_FACTOR_OWED {
            let add = format!("{}?next={}", visit.at("account/second-factor"), encoded(&here));
            return visit.go(&add, None);
        }
        let (heading, sentence, mut acts) = if self.fault.kind == Kind::NotFound {
            let name = self
                .frame
                .as_ref()
                .and_then(|frame| frame.name.clone())
                .unwrap_or_default();
            let sentence = if signed_in {
                visit.voice.t1("not-found-signed-in", "name", name)
            } else {
                visit.voice.t("not-found-sent-link")
            };
            let acts = if signed_in {
                Vec::new()
            } else {
                vec![Link::new(sign_in, visit.voice.t("nav-sign-in"))]
            };
            (visit.voice.t("not-found-title"), sentence, acts)
        } else {
            let status = problem::status(self.fault.kind).as_u16();
            (
                visit.voice.t(format!("kind-{status}")),
                visit.says(&self.fault),
                Vec::new(),
            )
        };
        acts.push(Link::new(visit.at(""), visit.voice.t("fault-page-home")));
        let frame = self.frame.clone().unwrap_or_else(|| Frame {
            actor,
            name: signed_in.then(String::new),
            edition: None,
            decided: false,
        });
        let chrome = visit.chrome(&frame, heading.clone());
        let page = RefusedPage {
            chrome,
            heading,
            sentence,
            acts,
        };
        let html = page.render().unwrap_or_default();
        let mut answer = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.fault.retry_after_seconds {
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        answer
            .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(html)
    }
}

/// An address as a value in another's query.
pub(crate) fn encoded(address: &str) -> String {
    let kept = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.');
    address
        .bytes()
        .map(|b| {
            if kept(b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.fault, f)
    }
}
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.fault, f)
    }
}
impl ResponseError for Refused {
    fn status_code(&self) -> StatusCode {
        problem::status(self.fault.kind)
    }
    fn error_response(&self) -> HttpResponse<BoxBody> {
        if self.fault.kind == Kind::Internal {
            // Logged under its number, as for the API.
            drop(self.visit.caller.problem(self.fault.clone()));
        }
        self.page()
    }
}

#[cfg(test)]
mod tests {
    use super::own_address;

    #[test]
    fn only_paths_of_this_site_are_gone_on_to() {
        assert_eq!(own_address("/en/account?x=1").as_deref(), Some("/en/account?x=1"));
        for evil in [
            "//evil.example",
            "/\\evil",
            "https:evil",
            "https://evil.example/",
            "javascript:alert(1)",
            "en/x",
            "/a\r\nSet-Cookie: x",
            "",
        ] {
            assert_eq!(own_address(evil), None, "{evil:?}");
        }
    }
}

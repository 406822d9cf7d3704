//! What somebody agreed to, and taking it back: what rested on it is erased by the slice that kept it, in the same
//! transaction. A purpose that is added must say here what rests on it.

use access_rules::Actor;
use db::Conn;
use kernel::{Fault, Fields, Id, Moment};
use people::{
    consents,
    model::{Consent, ConsentPurpose},
    sessions,
};
use registration::{circulars, needs};

/// The form on which one agrees and takes back what is not on a form of its own.
const THROUGH: &str = "account";
/// By which words one agrees to news: their key and version.
const NEWS_WORDS: &str = "privacy-news-agree 1";

/// What the actor agreed to, the latest first. For a person at a browser, never for a program's token.
///
/// # Errors
/// 401; `scope`.
pub fn own(conn: &mut Conn, actor: &Actor, machine_now: Moment) -> Result<Vec<Consent>, Fault> {
    sessions::list(conn, actor, machine_now)?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    consents::of_person(conn, person)
}

/// Takes back one of the actor's consents, and erases what rested on it. Taking it back twice is once.
///
/// # Errors
/// 401; `scope`; `invalid` when none is named; 404 when it is none of theirs.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    machine_now: Moment,
    id: Option<Id<Consent>>,
) -> Result<(), Fault> {
    let all = own(conn, actor, machine_now)?;
    let mut fields = Fields::new();
    let id = fields.required("consent", id);
    fields.done()?;
    let found = all.into_iter().find(|consent| Some(consent.id) == id);
    let consent = found.ok_or_else(Fault::not_found)?;
    match consent.purpose {
        ConsentPurpose::Needs => needs::withdraw(conn, actor, now, consent.about.cast()),
        // What has not left does not leave; each of the letters to come asks for itself.
        ConsentPurpose::News => {
            consents::withdraw(conn, now, ConsentPurpose::News, consent.about, THROUGH)?;
            circulars::end_news(conn, consent.about.cast()).map(drop)
        }
    }
}

/// Agrees that news of the congress are written to the actor. Saying so twice is once.
///
/// # Errors
/// 401; `scope`.
pub fn want_news(conn: &mut Conn, actor: &Actor, now: Moment, machine_now: Moment) -> Result<(), Fault> {
    sessions::list(conn, actor, machine_now)?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let agreed = consents::Agreed {
        purpose: ConsentPurpose::News,
        about: person.cast(),
        words: NEWS_WORDS,
        through: THROUGH,
    };
    consents::give(conn, now, person, &agreed)
}

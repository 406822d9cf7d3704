//! The outbox: a letter is posted in the transaction that wants it, and leaves after that has been committed.
//!
//! Staff read, hold back, release, cancel and send again; what they read holds no code, for there is none yet.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Act, Actor, Object, ObjectKind, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{
    Coded as _, Email, Fault, Id, Json, Kind, Language, Moment, Page, PageAsk, fault::illegal_step,
    page::Cursor, text,
};
use people::{
    accounts,
    model::{Account, Person},
    persons,
};
use records::audit::{self, Note};
use serde_json::json;

use crate::{
    deliveries,
    letters::{self, Content},
    model::{Letter, LetterKind, LetterState},
    rules,
    tables::letters as table,
};

/// Longest name a letter is addressed to, in characters.
const TO_NAME_MAX: usize = 100;
/// How long a letter that had a code is kept after it left, in days.
pub const CODES_KEPT_DAYS: i64 = 7;
/// Letters forgotten in one sweep: SQLite bounds how many values a statement may carry.
const SWEPT_AT_ONCE: i64 = 5_000;
/// The same where a person is forgotten.
const FORGOTTEN_AT_ONCE: usize = 5_000;

/// A letter to be.
#[derive(Clone, Debug)]
pub struct NewLetter {
    /// What it says.
    pub content: Content,
    /// In which language.
    pub language: Language,
    /// To which address.
    pub to: Email,
    /// To whom; may be empty.
    pub name: String,
    /// To which person, when we know.
    pub person: Option<PersonId>,
    /// Not before this moment of the machine's clock; at once when none.
    pub not_before: Option<Moment>,
    /// Of several posted under one key only the first is kept: `seat_offer:<id>`.
    pub dedupe_key: Option<String>,
}

/// Which letters are asked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this state.
    pub state: Option<LetterState>,
    /// About this.
    pub kind: Option<LetterKind>,
    /// To this name or address, or part of it.
    pub text: Option<String>,
    /// To this person.
    pub person: Option<PersonId>,
    /// Posted at this moment or later.
    pub from: Option<Moment>,
    /// Posted before this moment.
    pub until: Option<Moment>,
    /// Of the letter to many of this id.
    pub circular: Option<Id<Circular>>,
}

/// A letter to many, whose slice is another: its letters bear its id in their keys.
pub enum Circular {}

/// What the keys of a circular's letters begin with.
pub fn circular_key(circular: Id<Circular>) -> String {
    format!("circular:{circular}:")
}

/// Posts a letter to whose account it is, in their language, inside the transaction that wants it.
pub(crate) fn tell_owner(
    conn: &mut Conn,
    now: Moment,
    account: &Account,
    content: Content,
) -> Result<(), Fault> {
    let person = persons::get(conn, account.person_id)?;
    let new = NewLetter {
        content,
        language: account.language,
        to: account.email.clone(),
        name: person.name(),
        person: Some(person.id),
        not_before: None,
        dedupe_key: None,
    };
    post(conn, now, &new).map(drop)
}

/// Posts a letter, inside the transaction that wants it. Nothing, when one was posted under its key before.
///
/// # Errors
/// When the database refuses.
pub fn post(conn: &mut Conn, now: Moment, new: &NewLetter) -> Result<Option<Id<Letter>>, Fault> {
    let words = letters::render(&new.content, new.language, &new.name)?;
    let (secret, secret_payload) = new.content.secret().unzip();
    let letter = Letter {
        id: Id::new(),
        kind: new.content.kind(),
        language: new.language,
        to_email: new.to.clone(),
        to_name: text::cut(&letters::one_line(&new.name), TO_NAME_MAX),
        to_key: to_key(&new.to, &new.name),
        person_id: new.person,
        subject: words.subject,
        body: words.body,
        secret,
        secret_payload: secret_payload.flatten().map(Json),
        state: LetterState::Waiting,
        not_before: new.not_before,
        attempts: 0,
        next_try_at: None,
        leased_until: None,
        last_error: None,
        dedupe_key: new.dedupe_key.clone(),
        created_at: now,
        sent_at: None,
        shown: None,
        version: 1,
    };
    let is_new = on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&letter)
        .on_conflict(table::dedupe_key)
        .do_nothing()
        .execute(c))
    .at_most_one()?;
    Ok(is_new.then_some(letter.id))
}

/// Posts a letter to a person at their account's address and in its language; nothing, when they have no account.
///
/// # Errors
/// When there is no such person; when the database refuses.
pub fn post_to_person(
    conn: &mut Conn,
    now: Moment,
    person: PersonId,
    dedupe_key: Option<String>,
    content: impl FnOnce(Language) -> Content,
) -> Result<Option<Id<Letter>>, Fault> {
    let Some(account) = accounts::of_person(conn, person)? else {
        return Ok(None);
    };
    let person: Person = persons::get(conn, person)?;
    let new = NewLetter {
        content: content(account.language),
        language: account.language,
        to: account.email,
        name: person.name(),
        person: Some(person.id),
        not_before: None,
        dedupe_key,
    };
    post(conn, now, &new)
}

/// Letters, the newest first, for who may read the outbox.
///
/// # Errors
/// 401, 403; `bad_cursor`.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Letter>, Fault> {
    may(actor, Act::ReadOutbox, now)?;
    let after = ask.after.as_ref().map(place_of).transpose()?;
    let rows: Vec<Letter> = on_each!(conn, |c| {
        let mut asked = table::table.select(Letter::as_select()).into_boxed();
        if let Some((at, id)) = after {
            asked = asked
                .filter(table::created_at.le(at))
                .filter(table::created_at.lt(at).or(table::id.lt(id)));
        }
        if let Some(state) = filter.state {
            asked = asked.filter(table::state.eq(state));
        }
        if let Some(kind) = filter.kind {
            asked = asked.filter(table::kind.eq(kind));
        }
        if let Some(person) = filter.person {
            asked = asked.filter(table::person_id.eq(person));
        }
        if let Some(circular) = filter.circular {
            let key = format!("{}%", escaped(&circular_key(circular)));
            asked = asked.filter(table::dedupe_key.like(key).escape('!'));
        }
        if let Some(from) = filter.from {
            asked = asked.filter(table::created_at.ge(from));
        }
        if let Some(until) = filter.until {
            asked = asked.filter(table::created_at.lt(until));
        }
        for word in text::fold(filter.text.as_deref().unwrap_or_default())
            .split_whitespace()
            .take(8)
        {
            asked = asked.filter(table::to_key.like(format!("%{}%", escaped(word))).escape('!'));
        }
        asked
            .order((table::created_at.desc(), table::id.desc()))
            .limit(ask.fetch())
            .load(c)
    })?;
    Ok(paged(rows, ask))
}

/// How many letters are in each state, for the desk.
///
/// # Errors
/// 401, 403; when the database refuses.
pub fn counts(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<BTreeMap<LetterState, i64>, Fault> {
    may(actor, Act::ReadOutbox, now)?;
    let counted: Vec<(LetterState, i64)> = on_each!(conn, |c| table::table
        .group_by(table::state)
        .select((table::state, diesel::dsl::count_star()))
        .load(c))?;
    Ok(LetterState::ALL
        .iter()
        .map(|state| (*state, 0))
        .chain(counted)
        .collect())
}

/// Which of these addresses gave the last letter to them back.
///
/// # Errors
/// When the database refuses.
pub fn given_back(conn: &mut Conn, addresses: &[Email]) -> Result<BTreeSet<String>, Fault> {
    let texts: Vec<&str> = addresses.iter().map(Email::as_str).collect();
    let latest = |conn: &mut Conn, state: LetterState| -> Result<BTreeMap<String, Moment>, Fault> {
        let rows: Vec<(String, Option<Moment>)> = on_each!(conn, |c| table::table
            .filter(table::to_email.eq_any(&texts))
            .filter(table::state.eq(state))
            .group_by(table::to_email)
            .select((table::to_email, diesel::dsl::max(table::sent_at)))
            .load(c))?;
        Ok(rows.into_iter().filter_map(|(to, at)| Some((to, at?))).collect())
    };
    let came_back = latest(conn, LetterState::Bounced)?;
    let taken = latest(conn, LetterState::Sent)?;
    let is_last = |to: &String, at: Moment| taken.get(to).is_none_or(|taken| *taken <= at);
    Ok(came_back
        .into_iter()
        .filter(|(to, at)| is_last(to, *at))
        .map(|(to, _)| to)
        .collect())
}

/// How many of the letters posted under keys that begin so are in each state.
///
/// # Errors
/// When the database refuses.
pub fn counts_under(conn: &mut Conn, prefix: &str) -> Result<BTreeMap<LetterState, i64>, Fault> {
    let counted: Vec<(LetterState, i64)> = on_each!(conn, |c| table::table
        .filter(
            table::dedupe_key
                .like(format!("{}%", escaped(prefix)))
                .escape('!')
        )
        .group_by(table::state)
        .select((table::state, diesel::dsl::count_star()))
        .load(c))?;
    Ok(counted.into_iter().collect())
}

/// One letter, for who may read the outbox.
///
/// # Errors
/// 401, 403, 404.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Letter>) -> Result<Letter, Fault> {
    may(actor, Act::ReadOutbox, now)?;
    find(conn, id)
}

/// The actor's own letters, the newest first; those with codes left out.
///
/// # Errors
/// 401; `bad_cursor`.
pub fn mine(conn: &mut Conn, actor: &Actor, now: Moment, ask: &PageAsk) -> Result<Page<Letter>, Fault> {
    let account = accounts::mine(conn, actor, now)?;
    let after = ask.after.as_ref().map(place_of).transpose()?;
    let rows: Vec<Letter> = on_each!(conn, |c| {
        let mut asked = table::table.select(Letter::as_select()).into_boxed();
        if let Some((at, id)) = after {
            asked = asked
                .filter(table::created_at.le(at))
                .filter(table::created_at.lt(at).or(table::id.lt(id)));
        }
        asked
            .filter(table::person_id.eq(account.person_id))
            .filter(table::secret.is_null())
            .filter(table::state.ne(LetterState::Cancelled))
            .order((table::created_at.desc(), table::id.desc()))
            .limit(ask.fetch())
            .load(c)
    })?;
    Ok(paged(rows, ask))
}

/// Holds a letter back.
///
/// # Errors
/// 401, 403, 404; `illegal_step` when it does not wait.
pub fn hold(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Letter>) -> Result<(), Fault> {
    step(conn, actor, now, id, LetterState::Held, "letter.hold")
}

/// Lets a held letter go.
///
/// # Errors
/// 401, 403, 404; `illegal_step` when it is not held.
pub fn release(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Letter>) -> Result<(), Fault> {
    step(conn, actor, now, id, LetterState::Waiting, "letter.release")
}

/// Gives up a letter that has not left.
///
/// # Errors
/// 401, 403, 404; `illegal_step` when it has.
pub fn cancel(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Letter>) -> Result<(), Fault> {
    step(conn, actor, now, id, LetterState::Cancelled, "letter.cancel")
}

/// Gives up what has not left of the letters posted under these keys. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn give_up(conn: &mut Conn, keys: &[String]) -> Result<usize, Fault> {
    let waits = [LetterState::Waiting, LetterState::Held];
    Ok(on_each!(conn, |c| diesel::update(table::table)
        .filter(table::dedupe_key.eq_any(keys))
        .filter(table::state.eq_any(waits.map(|state| state.code())))
        .set(table::state.eq(LetterState::Cancelled.code()))
        .execute(c))?)
}

/// Sends now what waits for later: for its hour, or for the next try.
///
/// # Errors
/// 401, 403, 404; `illegal_step` when it neither waits nor is held.
pub fn send_now(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Letter>) -> Result<(), Fault> {
    may(actor, Act::ManageOutbox, now)?;
    let from = find(conn, id)?.state;
    if !matches!(from, LetterState::Waiting | LetterState::Held) {
        return Err(illegal_step(from, LetterState::Waiting));
    }
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::state.eq(from))
        .set((
            table::state.eq(LetterState::Waiting),
            table::not_before.eq(None::<Moment>),
            table::next_try_at.eq(None::<Moment>),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "letter.send_now", Some(id))
}

/// Sends again: a failed, held or cancelled letter waits once more; of one that was sent or came back a copy is posted.
/// Answers which letter waits.
///
/// # Errors
/// 401, 403, 404; `illegal_step` when it waits or is being sent.
pub fn resend(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Letter>) -> Result<Id<Letter>, Fault> {
    may(actor, Act::ManageOutbox, now)?;
    let letter = find(conn, id)?;
    if !matches!(letter.state, LetterState::Sent | LetterState::Bounced) {
        step(conn, actor, now, id, LetterState::Waiting, "letter.resend")?;
        return Ok(id);
    }
    let copy = Letter {
        id: Id::new(),
        state: LetterState::Waiting,
        attempts: 0,
        not_before: None,
        next_try_at: None,
        last_error: None,
        dedupe_key: None,
        created_at: now,
        sent_at: None,
        shown: None,
        version: 1,
        ..letter
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&copy)
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, "letter.resend", Some(id))?;
    Ok(copy.id)
}

/// Holds back every letter that waits. Answers how many.
///
/// # Errors
/// 401, 403; when the database refuses.
pub fn hold_all(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<usize, Fault> {
    may(actor, Act::ManageOutbox, now)?;
    let held = on_each!(conn, |c| diesel::update(table::table)
        .filter(table::state.eq(LetterState::Waiting))
        .set(table::state.eq(LetterState::Held))
        .execute(c))?;
    note(conn, actor, now, "letter.hold_all", None)?;
    Ok(held)
}

/// Lets every held letter go. Answers how many.
///
/// # Errors
/// 401, 403; when the database refuses.
pub fn release_all(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<usize, Fault> {
    may(actor, Act::ManageOutbox, now)?;
    let released = on_each!(conn, |c| diesel::update(table::table)
        .filter(table::state.eq(LetterState::Held))
        .set(table::state.eq(LetterState::Waiting))
        .execute(c))?;
    note(conn, actor, now, "letter.release_all", None)?;
    Ok(released)
}

/// After a restore: whatever had not left when the copy was made may have left since. It is held until somebody looks
/// (§5.9, 103). Letters posted from now on leave as usual. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn hold_everything(conn: &mut Conn) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::update(table::table)
        .filter(table::state.eq_any([LetterState::Waiting.code(), LetterState::Sending.code()]))
        .set((
            table::state.eq(LetterState::Held),
            table::leased_until.eq(None::<Moment>),
        ))
        .execute(c))?)
}

/// Gives up letters to an address that ask for the same code: a newer one is about to be posted.
pub(crate) fn supersede(conn: &mut Conn, to: &Email, kind: LetterKind) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::to_email.eq(to))
        .filter(table::kind.eq(kind))
        .filter(table::state.eq(LetterState::Waiting))
        .set(table::state.eq(LetterState::Cancelled))
        .execute(c))?;
    Ok(())
}

/// Forgets letters that had a code, some days after they left or were given up, and what tells of an erasure, at the
/// latest then. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment, days: i64) -> Result<usize, Fault> {
    let over = [
        LetterState::Sent,
        LetterState::Failed,
        LetterState::Cancelled,
        LetterState::Bounced,
    ]
    .map(LetterState::code);
    let had_code = table::secret.is_not_null().and(table::state.eq_any(over));
    // One that was held all the time no longer leaves: who is erased is not kept for a letter about it.
    let forgotten: Vec<Id<Letter>> = on_each!(conn, |c| table::table
        .filter(had_code.or(table::kind.eq(LetterKind::Erased)))
        .filter(table::created_at.lt(now.plus_days(-days)))
        .select(table::id)
        .limit(SWEPT_AT_ONCE)
        .load(c))?;
    remove(conn, &forgotten)
}

/// Forgets the letter that told somebody they are erased, with the address it went to, once it left or was given up.
pub(crate) fn forget_last(conn: &mut Conn, letter: &Letter) -> Result<usize, Fault> {
    match letter.kind == LetterKind::Erased {
        true => remove(conn, &[letter.id]),
        false => Ok(0),
    }
}

fn remove(conn: &mut Conn, letters: &[Id<Letter>]) -> Result<usize, Fault> {
    deliveries::forget(conn, letters)?;
    Ok(on_each!(conn, |c| diesel::delete(table::table)
        .filter(table::id.eq_any(letters))
        .execute(c))?)
}

/// Empties the text of letters that left before this: that they went, when and to whom, stays. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn empty_old(conn: &mut Conn, before: Moment) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::update(table::table)
        .filter(table::state.eq(LetterState::Sent))
        .filter(table::sent_at.lt(before))
        .filter(table::body.ne(""))
        .set((
            table::subject.eq(""),
            table::body.eq(""),
            table::shown.eq(None::<String>),
        ))
        .execute(c))?)
}

/// Forgets somebody who is erased: letters addressed to them go, those that wait with them; in letters to others that have
/// left a pseudonym stands where one of their names or addresses stood for itself. Answers how many letters went.
///
/// # Errors
/// When the database refuses.
pub fn forget(
    conn: &mut Conn,
    person: PersonId,
    names: &BTreeSet<String>,
    addresses: &[Email],
    pseudonym: &str,
) -> Result<usize, Fault> {
    let mut theirs: Vec<Id<Letter>> = on_each!(conn, |c| table::table
        .filter(table::person_id.eq(person))
        .select(table::id)
        .load(c))?;
    for address in addresses {
        let to = format!("{} %", escaped(&address.key()));
        let found: Vec<Id<Letter>> = on_each!(conn, |c| table::table
            .filter(table::to_key.like(&to).escape('!'))
            .select(table::id)
            .load(c))?;
        theirs.extend(found);
    }
    let mut gone = 0;
    for some in theirs.chunks(FORGOTTEN_AT_ONCE) {
        deliveries::forget(conn, some)?;
        gone += on_each!(conn, |c| diesel::delete(table::table)
            .filter(table::id.eq_any(some))
            .execute(c))?;
    }
    let texts = addresses
        .iter()
        .map(Email::as_str)
        .chain(names.iter().map(String::as_str));
    for text in texts.filter(|text| !text.is_empty()) {
        unname(conn, text, pseudonym)?;
    }
    Ok(gone)
}

/// Puts the pseudonym where the text stands for itself in letters that have left or never will; what still waits leaves
/// as it was written. Who else a letter is to keeps their name, should it be the same.
fn unname(conn: &mut Conn, words: &str, pseudonym: &str) -> Result<(), Fault> {
    let holds = format!("%{}%", escaped(words));
    let waits = [LetterState::Waiting, LetterState::Held, LetterState::Sending];
    let letters: Vec<Letter> = on_each!(conn, |c| table::table
        .filter(table::state.ne_all(waits.map(|state| state.code())))
        .filter(
            table::subject
                .like(&holds)
                .escape('!')
                .or(table::body.like(&holds).escape('!'))
                .or(table::shown.like(&holds).escape('!'))
                .or(table::to_name.like(&holds).escape('!'))
        )
        .select(Letter::as_select())
        .load(c))?;
    for letter in letters {
        let unnamed = |old: String| text::with_words_replaced(&old, words, pseudonym).unwrap_or(old);
        let to_name = match letter.person_id {
            Some(_) => letter.to_name,
            None => unnamed(letter.to_name),
        };
        on_each!(conn, |c| diesel::update(table::table.find(letter.id))
            .set((
                table::subject.eq(unnamed(letter.subject)),
                table::body.eq(unnamed(letter.body)),
                table::shown.eq(letter.shown.map(unnamed)),
                table::to_key.eq(to_key(&letter.to_email, &to_name)),
                table::to_name.eq(to_name),
            ))
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}

/// Address and name folded, for searching.
fn to_key(to: &Email, name: &str) -> String {
    format!("{} {}", to.key(), text::fold(name))
}

fn escaped(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

pub(crate) fn may(actor: &Actor, act: Act, now: Moment) -> Result<(), Fault> {
    access_rules::decide(actor, act, &Object::public(ObjectKind::Letter), now).or_fault()
}

pub(crate) fn find(conn: &mut Conn, id: Id<Letter>) -> Result<Letter, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Letter::as_select())
        .first(c))?)
}

/// Brings a letter from the state it is in to another, if that leads there and nobody was quicker.
fn step(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: Id<Letter>,
    to: LetterState,
    act: &str,
) -> Result<(), Fault> {
    may(actor, Act::ManageOutbox, now)?;
    let from = find(conn, id)?.state;
    if !rules::leads_to(from, to) {
        return Err(illegal_step(from, to));
    }
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::state.eq(from))
        .set((
            table::state.eq(to),
            table::attempts.eq(0),
            table::next_try_at.eq(None::<Moment>),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, act, Some(id))
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    letter: Option<Id<Letter>>,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: letter.map(|id| id.uuid()),
        summary: json!({}),
        ..Note::of(act, "letter")
    };
    audit::note(conn, now, &note)
}

/// Where a page ended: when its last letter was posted, and which that was.
fn place_of(cursor: &Cursor) -> Result<(Moment, Id<Letter>), Fault> {
    let micros = cursor.key.parse().map_err(|_| bad_cursor())?;
    Ok((Moment::from_micros(micros), Id::from_uuid(cursor.id)))
}

fn bad_cursor() -> Fault {
    Fault::new(Kind::Malformed, "bad_cursor").at("after")
}

fn paged(rows: Vec<Letter>, ask: &PageAsk) -> Page<Letter> {
    Page::cut(rows, ask, |letter| Cursor {
        key: letter.created_at.micros().to_string(),
        id: letter.id.uuid(),
    })
}

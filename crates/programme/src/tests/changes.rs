//! Changes that leads ask for: taken whole, in part, not at all; never over what changed meanwhile; until the last day.

use access_rules::Act;
use db::on_each;
use diesel::prelude::*;
use kernel::Language;
use people::accounts;
use records::tables::audit_entries;

use super::*;
use crate::{
    change_settling::{self, ChangeDecision},
    change_terms::{self, ChangeTermsInput},
    model::{FieldOutcome, Part, SessionChangeState},
    session_changes::{self, ChangeInput, Told},
};

/// A placed session, and somebody with an account who leads it.
fn led(it: &mut Congress) -> (Session, Actor) {
    let hall = it.hall;
    let session = it.placed(
        "plenary",
        "The right to the city",
        &at(hall, "2019-11-12T09:00", 60),
    );
    let somebody = somebody(&mut it.conn, &[]);
    let person = somebody.person.expect("a person");
    let address = "lead@congress.example".parse().expect("an address");
    let account = accounts::create(&mut it.conn, now(), person, &address, Language::Fr).expect("an account");
    accounts::verified(&mut it.conn, now(), account.id).expect("verified");
    (session.clone(), leading(&somebody, session.id))
}

fn asking(en: &str, fr: &str) -> ChangeInput {
    ChangeInput {
        title: Some(Localized(
            [("en", en), ("fr", fr)]
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(language, text)| (language.to_owned(), text.to_owned()))
                .collect(),
        )),
        ..ChangeInput::default()
    }
}

fn ask(it: &mut Congress, lead: &Actor, session: &Session, input: &ChangeInput) -> Result<Told, Fault> {
    session_changes::propose(&mut it.conn, lead, now(), session.id, input)
}

fn settle(
    it: &mut Congress,
    actor: &Actor,
    told: &Told,
    accept: &[&str],
    reason: &str,
) -> Result<Told, Fault> {
    let input = ChangeDecision {
        accept: accept.iter().map(|path| (*path).to_owned()).collect(),
        reason: reason.to_owned(),
    };
    let version = Some(told.change.version);
    change_settling::settle(
        &mut it.conn,
        actor,
        now(),
        &it.open,
        told.change.id,
        &input,
        version,
    )
}

fn outcomes(told: &Told) -> Vec<(&str, FieldOutcome)> {
    told.fields
        .iter()
        .map(|field| (field.field.as_str(), field.outcome))
        .collect()
}

#[test]
fn a_lead_asks_and_the_desk_takes_some_fields_with_both_names_on_record() {
    let mut it = congress();
    let (session, lead) = led(&mut it);
    let input = asking("The right to the whole city", "Le droit à la ville");

    let told = ask(&mut it, &lead, &session, &input).expect("asked");
    assert_eq!(it.row(session.id).title, session.title);
    assert_eq!(told.asked_by, "Somebody");
    assert_eq!(code(ask(&mut it, &lead, &session, &input)), "change_waiting");
    assert_eq!(
        wrong(settle(&mut it, &secretariat(), &told, &["title.fr"], "")),
        [("reason".to_owned(), "required")]
    );
    assert_eq!(
        code(settle(&mut it, &lead, &told, &["title.fr"], "x")),
        "not_allowed"
    );
    let told = settle(
        &mut it,
        &secretariat(),
        &told,
        &["title.fr"],
        "The English is printed.",
    )
    .expect("settled");

    assert_eq!(told.change.state, SessionChangeState::PartlyAccepted);
    assert_eq!(
        outcomes(&told),
        [
            ("title.en", FieldOutcome::Refused),
            ("title.fr", FieldOutcome::Accepted)
        ]
    );
    let after = it.row(session.id);
    assert_eq!(after.title.text(Language::Fr), "Le droit à la ville");
    assert_eq!(after.title.text(Language::En), "The right to the city");
    assert_eq!(after.version, it.row(session.id).version);
    let noted: String = on_each!(&mut it.conn, |c| audit_entries::table
        .filter(audit_entries::act.eq("session.edit"))
        .select(audit_entries::summary)
        .first(c))
    .expect("noted");
    let asked_by = lead.person.expect("a person").to_string();
    assert!(noted.contains(&format!("\"asked_by\":\"{asked_by}\"")), "{noted}");
    let letters: Vec<(String, String)> = on_each!(&mut it.conn, |c| mail::tables::letters::table
        .select((mail::tables::letters::subject, mail::tables::letters::body))
        .load(c))
    .expect("letters");
    assert_eq!(letters.len(), 1);
    assert!(
        letters[0]
            .0
            .starts_with("Votre modification est acceptée en partie"),
        "{letters:?}"
    );
    assert!(letters[0].1.contains("The English is printed."), "{letters:?}");
    assert_eq!(
        code(settle(&mut it, &secretariat(), &told, &["title.fr"], "x")),
        "change_decided"
    );
}

#[test]
fn what_changed_meanwhile_is_left_alone_and_told_field_by_field() {
    let mut it = congress();
    let (session, lead) = led(&mut it);
    let told = ask(&mut it, &lead, &session, &asking("Our city", "Notre ville")).expect("asked");
    let mut by_desk = session_form_of(&mut it, session.id);
    by_desk.title = Localized::only("en", "The city");
    sessions::edit(
        &mut it.conn,
        &secretariat(),
        now(),
        &it.open,
        session.id,
        &by_desk,
        None,
    )
    .expect("edited");

    let seen = session_changes::get(&mut it.conn, &lead, now(), told.change.id).expect("mine");
    let stale: Vec<bool> = seen
        .fields
        .iter()
        .map(crate::session_changes::FieldTold::is_stale)
        .collect();
    let told = settle(&mut it, &secretariat(), &told, &["title.en", "title.fr"], "").expect("settled");

    assert_eq!(stale, [true, false]);
    assert_eq!(
        outcomes(&told),
        [
            ("title.en", FieldOutcome::Stale),
            ("title.fr", FieldOutcome::Accepted)
        ]
    );
    let after = it.row(session.id);
    assert_eq!(after.title.text(Language::En), "The city");
    assert_eq!(after.title.text(Language::Fr), "Notre ville");
}

fn session_form_of(it: &mut Congress, id: SessionId) -> SessionInput {
    let row = it.row(id);
    crate::session_form::stated(&mut it.conn, &row).expect("stated")
}

#[test]
fn after_the_last_day_a_lead_is_told_the_day_and_whom_to_ask() {
    let mut it = congress();
    let (session, lead) = led(&mut it);
    let input = |last_day: &str, contact: &str| ChangeTermsInput {
        last_day: last_day.to_owned(),
        contact: contact.to_owned(),
    };
    let edition = it.edition.id;
    let mut set = |actor: &Actor, input: &ChangeTermsInput, version| {
        change_terms::set(&mut it.conn, actor, now(), edition, input, version)
    };
    assert_eq!(code(set(&lead, &input("2019-10-31", "x"), None)), "not_allowed");
    assert_eq!(
        wrong(set(&secretariat(), &input("2019-10-31", ""), None)),
        [("contact".to_owned(), "required")]
    );
    set(&secretariat(), &input("2019-11-01", "Mpho, room 3"), Some(0)).expect("set");
    assert_eq!(set(&secretariat(), &input("", ""), Some(0)), Err(Fault::stale()));
    // The day itself counts, by Durban's clock.
    let told = ask(&mut it, &lead, &session, &asking("Our city", "")).expect("the last day");
    session_changes::withdraw(&mut it.conn, &lead, now(), told.change.id, None).expect("withdrawn");
    let mut set = |last_day: &str| {
        change_terms::set(
            &mut it.conn,
            &secretariat(),
            now(),
            edition,
            &input(last_day, "Mpho, room 3"),
            None,
        )
    };
    set("2019-10-31").expect("set");

    let fault = ask(&mut it, &lead, &session, &asking("Our city", "")).expect_err("over");

    assert_eq!(fault.code, "changes_frozen");
    assert_eq!(fault.facts["last_day"], "2019-10-31");
    assert_eq!(fault.facts["contact"], "Mpho, room 3");
}

#[test]
fn a_change_is_its_leads_and_its_desks_and_nobody_elses() {
    let mut it = congress();
    let (session, lead) = led(&mut it);
    let told = ask(&mut it, &lead, &session, &asking("Our city", "")).expect("asked");
    let id = told.change.id;
    let other = somebody(&mut it.conn, &[]);
    let chair = Actor {
        standings: vec![Standing {
            role: Role::Chair,
            scope: Scope::Session(session.id),
        }],
        ..other.clone()
    };

    assert!(session_changes::get(&mut it.conn, &secretariat(), now(), id).is_ok());
    for stranger in [&other, &chair, &desk("statutory"), &Actor::nobody()] {
        assert_eq!(
            session_changes::get(&mut it.conn, stranger, now(), id),
            Err(Fault::not_found())
        );
    }
    assert_eq!(
        code(session_changes::withdraw(
            &mut it.conn,
            &secretariat(),
            now(),
            id,
            None
        )),
        "not_allowed"
    );
    // By a token it is withdrawn as it is asked for: within its scopes.
    let reading = Actor {
        token_scopes: Some(vec!["agenda".to_owned()]),
        ..lead.clone()
    };
    let refused = session_changes::withdraw(&mut it.conn, &reading, now(), id, None);
    assert_eq!(code(refused), "scope");
    // The chair asks for their own; they and the lead may both wait.
    ask(&mut it, &chair, &session, &asking("Whose city", "")).expect("who chairs may ask");
    assert_eq!(
        session_changes::own(&mut it.conn, &chair, now(), it.edition.id)
            .expect("own")
            .len(),
        1
    );
    assert_eq!(
        session_changes::waiting(&mut it.conn, &secretariat(), it.edition.id),
        Ok(2)
    );
    assert_eq!(
        session_changes::waiting(&mut it.conn, &desk("statutory"), it.edition.id),
        Ok(0)
    );
    assert!(!access_rules::decide(&other, Act::ProposeChange, &access_rules::Object::site(), now()).allows());
}

#[test]
fn a_lead_raises_nobodys_rank_and_learns_no_name_by_an_id() {
    let mut it = congress();
    let (session, lead) = led(&mut it);
    let mayor = named("Mayor", &mut it.conn);
    let stranger = named("Stranger", &mut it.conn);
    let mut form = session_form_of(&mut it, session.id);
    form.speakers = Some(vec![SpeakerInput {
        high_level: true,
        ..by(mayor)
    }]);
    sessions::edit(
        &mut it.conn,
        &secretariat(),
        now(),
        &it.open,
        session.id,
        &form,
        None,
    )
    .expect("edited");
    let part = |person: Option<PersonId>, name: &str| Part {
        person,
        name: name.to_owned(),
        role: "chair".to_owned(),
        ..Part::default()
    };
    let with = |parts: Vec<Part>| ChangeInput {
        speakers: Some(parts),
        ..ChangeInput::default()
    };

    let by_id = ask(&mut it, &lead, &session, &with(vec![part(Some(stranger), "")]));
    assert_eq!(wrong(by_id), [("speakers.0.person".to_owned(), "unknown")]);
    let parts = with(vec![part(Some(mayor), "Mayor"), part(None, "Somebody new")]);
    let told = ask(&mut it, &lead, &session, &parts).expect("asked");
    settle(&mut it, &secretariat(), &told, &["speakers"], "").expect("settled");

    let speakers = sessions::speakers(&mut it.conn, session.id).expect("answers");
    let ranks: Vec<(&str, bool)> = speakers
        .iter()
        .map(|one| (one.name.as_str(), one.high_level))
        .collect();
    assert_eq!(ranks, [("Mayor", true), ("Somebody new", false)]);
}

#[test]
fn once_a_session_has_its_place_its_lead_asks_instead_of_editing() {
    let mut it = congress();
    let (session, lead) = led(&mut it);
    let form = session_form_of(&mut it, session.id);

    let edited = sessions::edit(&mut it.conn, &lead, now(), &it.open, session.id, &form, None);

    assert_eq!(code(edited), "propose_instead");
    assert_eq!(
        code(ask(&mut it, &lead, &session, &ChangeInput::default())),
        "nothing_changed"
    );
}

//! What the Assembly track writes to people: that their organisation is invited, that their network is asked or told of the
//! World Assembly, whether it stands for them. What becomes of a paper `papers` tells its people. One letter per event and
//! reader, in the transaction.

use std::collections::BTreeSet;

use access_rules::{EditionId, OrganisationId};
use db::Conn;
use kernel::{Fault, Language, Localized, Moment};
use mail::{
    letters::{Congress, Content},
    outbox::{self, NewLetter},
};
use members::{contacts, focal_points, organisations};
use papers::model::Paper;
use people::accounts;
use programme::{
    editions,
    model::{Edition, Session},
};

use crate::{
    model::{
        PaperInvitation,
        world::{Endorsement, EndorsementState},
    },
    rules,
};

/// Tells an organisation that it is invited: its focal points, and the addresses the member roll gives for it.
pub(crate) fn invited(
    conn: &mut Conn,
    now: Moment,
    invitation: &PaperInvitation,
    paper: &Paper,
    title: &Localized,
    written_in: &str,
) -> Result<(), Fault> {
    let edition = edition(conn, invitation.edition)?;
    let organisation = name_of(conn, invitation.organisation)?;
    let content = |language: Language| Content::PaperInvitation {
        congress: congress(&edition, language),
        organisation: organisation.clone(),
        paper: paper.id,
        title: title.text(language).to_owned(),
        deadline: said(paper.deadline, &edition, language),
        lines: invitation.message.lines().map(str::to_owned).collect(),
    };
    let mut told = BTreeSet::new();
    for person in focal_points::of(conn, invitation.organisation, now)? {
        let key = Some(format!("paper_invitation:{}:{person}", invitation.id));
        outbox::post_to_person(conn, now, person, key, content)?;
        told.extend(accounts::of_person(conn, person)?.map(|account| account.email.key()));
    }
    let language = written_in.parse().unwrap_or(Language::En);
    for contact in contacts::of(conn, invitation.organisation)? {
        let Ok(to) = contact.email.parse() else { continue };
        if !told.insert(contact.email_key.clone()) {
            continue;
        }
        let letter = NewLetter {
            content: content(language),
            language,
            to,
            name: contact.name,
            person: None,
            not_before: None,
            dedupe_key: Some(format!(
                "paper_invitation:{}:{}",
                invitation.id, contact.email_key
            )),
        };
        outbox::post(conn, now, &letter)?;
    }
    Ok(())
}

/// Asks the focal points of a network whether it agrees to the World Assembly.
pub(crate) fn consent_asked(
    conn: &mut Conn,
    now: Moment,
    session: &Session,
    network: OrganisationId,
) -> Result<(), Fault> {
    let edition = edition(conn, session.edition)?;
    let name = name_of(conn, network)?;
    let key = format!("consent_asked:{}:{network}", session.id);
    tell_focal_points(conn, now, network, &key, |language| Content::ConsentAsked {
        congress: congress(&edition, language),
        network: name.clone(),
        title: session.title.text(language).to_owned(),
        starts: said(session.starts_at, &edition, language),
    })
}

/// Tells the focal points of a network that the World Assembly is convoked.
pub(crate) fn convoked(
    conn: &mut Conn,
    now: Moment,
    session: &Session,
    network: OrganisationId,
) -> Result<(), Fault> {
    let edition = edition(conn, session.edition)?;
    let name = name_of(conn, network)?;
    let key = format!("assembly_convoked:{}:{network}", session.id);
    tell_focal_points(conn, now, network, &key, |language| Content::AssemblyConvoked {
        congress: congress(&edition, language),
        network: name.clone(),
        title: session.title.text(language).to_owned(),
        starts: said(session.starts_at, &edition, language),
    })
}

/// Tells a participant whether their network stands for them.
pub(crate) fn endorsement(conn: &mut Conn, now: Moment, answered: &Endorsement) -> Result<(), Fault> {
    let edition = edition(conn, answered.edition)?;
    let network = name_of(conn, answered.network)?;
    let key = format!("endorsement:{}:{}", answered.id, answered.version);
    let content = |language| Content::EndorsementAnswered {
        congress: congress(&edition, language),
        network,
        endorsed: answered.state == EndorsementState::Endorsed,
        reason: some(&answered.reason),
    };
    outbox::post_to_person(conn, now, answered.person, Some(key), content).map(drop)
}

fn tell_focal_points(
    conn: &mut Conn,
    now: Moment,
    organisation: OrganisationId,
    key: &str,
    content: impl Fn(Language) -> Content,
) -> Result<(), Fault> {
    for person in focal_points::of(conn, organisation, now)? {
        let key = Some(format!("{key}:{person}"));
        outbox::post_to_person(conn, now, person, key, &content)?;
    }
    Ok(())
}

fn edition(conn: &mut Conn, id: EditionId) -> Result<Edition, Fault> {
    editions::find(conn, id)?.ok_or_else(Fault::not_found)
}

fn name_of(conn: &mut Conn, organisation: OrganisationId) -> Result<String, Fault> {
    let found = organisations::find(conn, organisation)?;
    Ok(found.map(|organisation| organisation.name).unwrap_or_default())
}

fn congress(edition: &Edition, language: Language) -> Congress {
    Congress {
        name: edition.title.text(language).to_owned(),
        slug: edition.slug.clone(),
    }
}

fn said(at: Option<Moment>, edition: &Edition, language: Language) -> String {
    at.map(|at| rules::said_at(at, edition.zone, language))
        .unwrap_or_default()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

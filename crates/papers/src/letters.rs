//! What the people of a paper are told by letter: that they are named, and what became of it.
//!
//! A letter leads to the paper's address without its edition, which this slice does not know; nor does it know how a
//! congress writes days and hours, so whoever tells of a deadline says it in words.

use std::collections::BTreeSet;

use access_rules::{PersonId, Role, Scope};
use db::Conn;
use kernel::{Fault, Language, Localized, Moment};
use mail::{
    letters::{Content, PaperFacts, PaperNews},
    outbox,
};
use members::{focal_points, organisations};
use people::standings;
use texts::texts as all_texts;

use crate::{
    model::{Paper, TeamRole},
    team,
};

/// What became of a paper, as its people are told.
#[derive(Clone, Debug)]
pub struct News<'a> {
    /// What.
    pub what: PaperNews,
    /// Why; may be empty.
    pub reason: &'a str,
    /// Until when it is to be handed in, in words.
    pub until: Option<Localized>,
}

impl News<'_> {
    /// That this became of it, without more words.
    pub const fn of(what: PaperNews) -> Self {
        Self {
            what,
            reason: "",
            until: None,
        }
    }
}

/// Tells the people of a paper what became of it: its team, the focal points of its organisation, who leads its theme.
/// Each is told once of what the paper is at this version.
///
/// # Errors
/// When the database refuses.
pub fn tell(conn: &mut Conn, now: Moment, paper: &Paper, news: &News<'_>) -> Result<(), Fault> {
    let (title, organisation) = called(conn, paper)?;
    for person in people_of(conn, now, paper)? {
        let key = format!("paper_news:{}:{}:{}:{person}", paper.id, paper.version, news.what);
        let content = |language: Language| Content::PaperNews {
            paper: facts(paper, &title, language),
            organisation: organisation.clone(),
            what: news.what,
            reason: (!news.reason.trim().is_empty()).then(|| news.reason.to_owned()),
            until: news.until.as_ref().map(|until| until.text(language).to_owned()),
        };
        outbox::post_to_person(conn, now, person, Some(key), content)?;
    }
    Ok(())
}

/// Everybody who has a part in a paper and is told of it.
///
/// # Errors
/// When the database refuses.
pub fn people_of(conn: &mut Conn, now: Moment, paper: &Paper) -> Result<BTreeSet<PersonId>, Fault> {
    let mut people: BTreeSet<PersonId> = focal_points::of(conn, paper.owner, now)?.into_iter().collect();
    people.extend(team::current(conn, paper.id)?.iter().map(|part| part.person));
    if let Some(theme) = paper.theme {
        let leads = standings::holders(conn, Role::ThemeLead, &Scope::Theme(theme), now)?;
        people.extend(leads.iter().map(|lead| lead.person_id));
    }
    Ok(people)
}

/// Tells somebody that they write at a paper, or translate it.
pub(crate) fn named(
    conn: &mut Conn,
    now: Moment,
    paper: &Paper,
    person: PersonId,
    role: TeamRole,
) -> Result<(), Fault> {
    let (title, organisation) = called(conn, paper)?;
    let content = |language: Language| Content::PaperNamed {
        paper: facts(paper, &title, language),
        organisation: organisation.clone(),
        role: kernel::Coded::code(role).to_owned(),
    };
    outbox::post_to_person(conn, now, person, None, content).map(drop)
}

/// The title of a paper and the name of whose it is.
fn called(conn: &mut Conn, paper: &Paper) -> Result<(Localized, String), Fault> {
    let title = all_texts::get(conn, paper.text)?.title;
    let owner = organisations::find(conn, paper.owner)?;
    Ok((title, owner.map(|owner| owner.name).unwrap_or_default()))
}

fn facts(paper: &Paper, title: &Localized, language: Language) -> PaperFacts {
    PaperFacts {
        id: paper.id,
        code: paper.code.clone(),
        title: title.text(language).to_owned(),
    }
}

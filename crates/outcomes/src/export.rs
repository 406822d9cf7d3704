//! A published collection, or one outcome, gathered to be handed out as a file: every code, every item, and which language
//! counts. How each form is written is in [`texts::volume`].
//!
//! An item is said in the language that is asked for where all of it is, else in its authentic one; each says which it is.
//! A collection is made of what was sealed when the edition was published, and of nothing that can change since.

use access_rules::Actor;
use db::Conn;
use kernel::{Coded as _, Fault, Language, LocalDate, Moment};
use texts::{
    akn::{About, Author, AuthorKind, Element},
    translations, versions,
    volume::{self, Fact, Imprint, Piece, Sort, Volume},
};

use crate::{
    agendas,
    legacy_model::{Item, Origin, Published},
    model::{OutcomeId, OutcomeKind, OutcomeState},
    reading::{self, OutcomeView, Wording},
    words::{self, Word, say},
};

/// A published edition, in a language.
///
/// # Errors
/// When the database refuses.
pub fn collection(
    conn: &mut Conn,
    published: &Published,
    imprint: &Imprint,
    language: Language,
) -> Result<Volume, Fault> {
    let on = imprint.zone.local(published.published_at).date();
    let title = published.title.said(language);
    let path = format!("outcomes/collection/{}", published.number);
    let mut pieces = Vec::with_capacity(published.items.0.len());
    for item in &published.items.0 {
        let wording = wording(conn, item, language)?;
        pieces.push(item_piece(imprint, item, wording, on, language));
    }
    Ok(Volume {
        sort: Sort::Collection,
        language,
        title_language: title.lang.to_owned(),
        subtitle: vec![
            imprint.congress.text(language).to_owned(),
            words::edition(published.number, on, language),
        ],
        citation: published.citation.text(language).to_owned(),
        foreword: volume::paragraphs(&published.foreword, language),
        about: About {
            code: format!("collection-{}", published.number),
            title: title.text.to_owned(),
            language: language.code().into(),
            authentic_language: language.code().into(),
            version: Some(published.number),
            ..imprint.about("collection", "publication", on, &path)
        },
        pieces,
    })
}

/// One outcome as it is now, in a language, as far as this actor reads it. `now` says of which day it is.
///
/// # Errors
/// 404.
pub fn outcome(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OutcomeId,
    imprint: &Imprint,
    language: Language,
) -> Result<Volume, Fault> {
    let day = |at: Moment| imprint.zone.local(at).date();
    let view = reading::view(conn, actor, day(now), id)?;
    let mut wording = reading::shown(conn, actor, id, language.code())?;
    if !wording.is_whole() {
        wording = reading::shown(conn, actor, id, &view.language)?;
    }
    let own = &view.outcome;
    let known = Known {
        code: &own.code,
        kind: own.kind,
        state: own.state,
        on: day(own.decided_at.unwrap_or(own.created_at)),
        version: own.adopted_version,
        origin: view.origin.as_ref(),
    };
    let facts = told_of(conn, &view, language)?;
    let piece = piece(imprint, &known, wording, facts, language);
    Ok(Volume::of_one(Sort::Text, imprint, language, piece))
}

/// What an item says: in this language where all of it does, else in its authentic one.
///
/// # Errors
/// When the database refuses.
pub fn wording(conn: &mut Conn, item: &Item, language: Language) -> Result<Wording, Fault> {
    if item.language != language.code() {
        let version = versions::get(conn, item.text, item.text_version)?;
        let said = translations::sealed(conn, &version, language.code())?;
        let wording = reading::worded(item.title.clone(), item.language.clone(), language.code(), said);
        if wording.is_whole() {
            return Ok(wording);
        }
    }
    let said = item.blocks.iter().cloned().map(reading::authentic).collect();
    Ok(reading::worded(
        item.title.clone(),
        item.language.clone(),
        &item.language,
        said,
    ))
}

/// What is known of an outcome, wherever it stands.
struct Known<'a> {
    code: &'a str,
    kind: OutcomeKind,
    state: OutcomeState,
    on: LocalDate,
    version: Option<i64>,
    origin: Option<&'a Origin>,
}

fn item_piece(
    imprint: &Imprint,
    item: &Item,
    wording: Wording,
    published_on: LocalDate,
    language: Language,
) -> Piece {
    let known = Known {
        code: &item.code,
        kind: item.kind,
        state: item.state,
        on: item
            .decided_at
            .map_or(published_on, |at| imprint.zone.local(at).date()),
        version: Some(item.text_version),
        origin: item.origin.as_ref(),
    };
    let served = item.agendas.iter().map(|own| {
        let phase = words::phase(own.link.phase, language);
        format!("{} ({phase})", own.title.text(language))
    });
    let facts = facts(
        item.origin.as_ref(),
        served.collect(),
        item.horizon_to,
        &item.links,
        language,
    );
    piece(imprint, &known, wording, facts, language)
}

fn piece(
    imprint: &Imprint,
    known: &Known<'_>,
    wording: Wording,
    facts: Vec<Fact>,
    language: Language,
) -> Piece {
    let title = wording.title.said(language);
    let event = match known.state.is_adopted() {
        true => "adoption",
        false => known.state.code(),
    };
    let path = format!("outcomes/{}", known.code);
    Piece {
        element: Element::Statement,
        about: About {
            code: known.code.to_owned(),
            title: title.text.to_owned(),
            language: wording.language.clone(),
            authentic_language: wording.authentic.clone(),
            version: known.version,
            authors: known.origin.and_then(author).into_iter().collect(),
            ..imprint.about(known.kind.code(), event, known.on, &path)
        },
        title_language: title.lang.to_owned(),
        standing: format!(
            "{}, {}.",
            words::kind(known.kind, language),
            words::state(known.state, language)
        ),
        blocks: wording.blocks.into_iter().map(|(said, _)| said.block).collect(),
        facts,
    }
}

/// The organisation whose paper or theme it came from.
fn author(origin: &Origin) -> Option<Author> {
    let organisation = origin.organisation?;
    Some(Author {
        kind: AuthorKind::Organisation,
        key: organisation.to_string(),
        name: origin.organisation_name.clone(),
    })
}

/// What is told of an outcome as it is now.
fn told_of(conn: &mut Conn, view: &OutcomeView, language: Language) -> Result<Vec<Fact>, Fault> {
    let links: Vec<String> = view.links.iter().map(|own| own.code.clone()).collect();
    let all = match view.agendas.is_empty() {
        true => Vec::new(),
        false => agendas::list(conn)?,
    };
    let served = view.agendas.iter().map(|own| {
        let agenda = all.iter().find(|agenda| agenda.code == own.agenda);
        let title = agenda.map_or(own.agenda.as_str(), |agenda| agenda.title.text(language));
        format!("{title} ({})", words::phase(own.phase, language))
    });
    let (origin, horizon_to) = (view.origin.as_ref(), view.outcome.horizon_to);
    Ok(facts(origin, served.collect(), horizon_to, &links, language))
}

/// Where it came from, whom it serves, until when.
fn facts(
    origin: Option<&Origin>,
    served: Vec<String>,
    horizon_to: Option<LocalDate>,
    links: &[String],
    language: Language,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut tell = |name: &str, told: String, own: Option<&str>| {
        if !told.is_empty() {
            facts.push(Fact {
                name: name.to_owned(),
                told,
                language: own.map(str::to_owned),
            });
        }
    };
    if let Some(origin) = origin {
        let session = origin.session_title.said(language);
        if origin.session.is_some() {
            tell(
                say(Word::Session, language),
                session.text.to_owned(),
                Some(session.lang),
            );
        }
        let paper = origin.paper_title.said(language);
        tell(
            say(Word::Paper, language),
            paper.text.to_owned(),
            Some(paper.lang),
        );
        let name = volume::say(volume::Word::Organisation, language);
        tell(name, origin.organisation_name.clone(), None);
    }
    tell(say(Word::Agendas, language), served.join("; "), None);
    let until = horizon_to.map(|to| to.to_string());
    tell(
        say(Word::FollowedUntil, language),
        until.unwrap_or_default(),
        None,
    );
    tell(say(Word::SeeAlso, language), links.join(", "), None);
    facts
}

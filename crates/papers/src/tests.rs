//! The slice against a real database, on whichever engine the run names: a congress, two organisations, two themes, and
//! everybody who could want to see or write a paper.

mod commenting;
mod editing;
mod progress;
mod readers;
mod sight;
mod states;
mod team;
mod translating;

use access_rules::{
    Actor, EditionId, Key, OrganisationId, PaperId, PersonId, Role, Scope, Standing, ThemeId,
};
use db::{Conn, testing, testing::TestDatabase};
use kernel::{Email, Fault, Id, Language, Localized, Moment};
use members::{
    actors,
    focal_points::{self, FocalPointInput},
    model::{OrganisationKind, PositionKind},
    organisations::{self, OrganisationInput},
    positions::{self, RecordInput},
};
use people::{
    accounts,
    persons::{self, NewPerson},
    standings::{self, Appointment},
};
use programme::{
    editions::{self, EditionInput},
    themes::{self, ThemeInput},
};
use texts::model::{Block, BlockId};

use crate::{
    begin,
    model::{Paper, PaperState, PaperTrack, Priority, PriorityKind, TeamRole},
    papers::NewPaper,
    reading::{self, Reading},
    steps::{self, SubmitInput},
    team::{NameInput, name},
    writing::{self, BlockForm, EditView, ImportInput},
};

/// Long before the congress.
fn now() -> Moment {
    Moment::at("2019-09-01T08:00:00Z")
}

/// When papers are handed in.
fn deadline() -> Moment {
    Moment::at("2019-10-01T00:00:00Z")
}

/// Runs everything, for what is arranged.
fn root() -> Actor {
    Actor {
        account: Some(Id::named("root")),
        standings: vec![Standing {
            role: Role::Secretariat,
            scope: Scope::Everywhere,
        }],
        ..Actor::default()
    }
}

struct World {
    database: TestDatabase,
    conn: Conn,
    edition: EditionId,
    /// Whose papers are written.
    section: OrganisationId,
    /// Another organisation.
    other: OrganisationId,
    theme: ThemeId,
    other_theme: ThemeId,
}

fn world() -> World {
    let database = testing::fresh();
    let mut conn = database.conn();
    let input = EditionInput {
        slug: "durban-2019".into(),
        title: Localized::only("en", "Durban 2019"),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        standard: true,
        ..EditionInput::default()
    };
    let edition = editions::create(&mut conn, &root(), now(), &input)
        .expect("an edition")
        .id;
    let [theme, other_theme] = ["housing", "climate"].map(|code| {
        let input = ThemeInput {
            code: code.into(),
            title: Localized::only("en", code),
            ..ThemeInput::default()
        };
        themes::create(&mut conn, &root(), now(), edition, &input)
            .expect("a theme")
            .id
    });
    let [section, other] = ["Section of the South", "Network of the North"].map(|name| {
        let input = OrganisationInput {
            name: name.into(),
            kind: Some(OrganisationKind::Ngo),
            ..OrganisationInput::default()
        };
        organisations::create(&mut conn, &root(), now(), &input)
            .expect("an organisation")
            .id
    });
    World {
        database,
        conn,
        edition,
        section,
        other,
        theme,
        other_theme,
    }
}

impl World {
    /// Somebody with an account whose address is proved.
    fn person(&mut self, name: &str) -> PersonId {
        let new = NewPerson {
            given_name: name.to_owned(),
            family_name: "Somebody".into(),
            ..NewPerson::default()
        };
        let person = persons::create(&mut self.conn, now(), &new).expect("a person");
        let email: Email = format!("{person}@example.org").parse().expect("an address");
        let account =
            accounts::create(&mut self.conn, now(), person, &email, Language::En).expect("an account");
        accounts::verified(&mut self.conn, now(), account.id).expect("proved");
        person
    }

    /// They as they ask, with what they are by now.
    fn actor(&mut self, person: PersonId) -> Actor {
        let account = accounts::of_person(&mut self.conn, person)
            .expect("read")
            .expect("an account");
        actors::load(&mut self.conn, account.id, person, now()).expect("an actor")
    }

    fn appointed(&mut self, name: &str, role: Role, scope: Scope) -> Actor {
        let person = self.person(name);
        let appointment = Appointment {
            person,
            role,
            scope,
            from: now(),
            to: None,
            basis: "a test".into(),
            granted_by: None,
        };
        standings::appoint(&mut self.conn, now(), &appointment).expect("appointed");
        self.actor(person)
    }

    /// The desk of a track.
    fn desk(&mut self, track: PaperTrack) -> Actor {
        let code = kernel::Coded::code(track);
        let name = format!("Desk-{code}");
        self.appointed(&name, Role::Secretariat, Scope::Track(code.into()))
    }

    fn lead(&mut self, name: &str, theme: ThemeId) -> Actor {
        self.appointed(name, Role::ThemeLead, Scope::Theme(theme))
    }

    /// Somebody with a confirmed position in an organisation.
    fn of(&mut self, name: &str, organisation: OrganisationId) -> PersonId {
        let person = self.person(name);
        let record = RecordInput {
            person: Some(person),
            organisation: Some(organisation),
            kind: Some(PositionKind::Staff),
            ..RecordInput::default()
        };
        positions::record(&mut self.conn, &root(), now(), &record).expect("recorded");
        person
    }

    fn focal_point(&mut self, name: &str, organisation: OrganisationId) -> Actor {
        let person = self.person(name);
        let input = FocalPointInput { person: Some(person) };
        focal_points::appoint(&mut self.conn, &root(), now(), organisation, &input).expect("appointed");
        self.actor(person)
    }

    /// A paper that is being drafted.
    fn begun(&mut self, track: PaperTrack) -> Paper {
        self.begun_as(track, PaperState::Drafting)
    }

    fn begun_as(&mut self, track: PaperTrack, state: PaperState) -> Paper {
        let new = self.new_paper(track, state);
        begin(&mut self.conn, None, now(), new).expect("begun")
    }

    fn new_paper(&self, track: PaperTrack, state: PaperState) -> NewPaper {
        let (stem, theme, until) = match track {
            PaperTrack::Assembly => ("AS-2019", None, Some(deadline())),
            PaperTrack::TownHall => ("TH-2019", Some(self.theme), None),
        };
        NewPaper {
            edition: self.edition,
            track,
            stem: stem.into(),
            owner: self.section,
            theme,
            title: Localized::only("en", "Water for all"),
            language: "en".into(),
            state,
            deadline: until,
            supersedes: None,
        }
    }

    /// A paper that is being drafted, of these paragraphs, and one who drafts it.
    fn drafted(&mut self, track: PaperTrack, words: &[&str]) -> (Paper, Actor) {
        let paper = self.begun(track);
        let drafter = self.drafter("Drafter", paper.id);
        for (place, words) in words.iter().enumerate() {
            let after = match place {
                0 => None,
                _ => self.blocks(&drafter, paper.id).last().copied(),
            };
            self.add(&drafter, paper.id, after, words);
        }
        (paper, drafter)
    }

    fn drafter(&mut self, name: &str, paper: PaperId) -> Actor {
        let person = self.of(name, self.section);
        self.named(person, paper, TeamRole::Drafter);
        self.actor(person)
    }

    fn named(&mut self, person: PersonId, paper: PaperId, role: TeamRole) {
        let input = NameInput {
            person: Some(person),
            role: Some(role),
        };
        name(&mut self.conn, &root(), now(), paper, &input).expect("named");
    }

    fn add(&mut self, actor: &Actor, paper: PaperId, after: Option<BlockId>, words: &str) -> EditView {
        let form = BlockForm { after, ..says(words) };
        writing::add(&mut self.conn, actor, now(), paper, &form).expect("added")
    }

    fn shown(&mut self, actor: &Actor, paper: PaperId) -> Reading {
        reading::shown(&mut self.conn, actor, now(), paper, "").expect("shown")
    }

    fn blocks(&mut self, actor: &Actor, paper: PaperId) -> Vec<BlockId> {
        let shown = self.shown(actor, paper);
        shown.blocks.iter().map(|block| block.block.id).collect()
    }

    fn words(&mut self, actor: &Actor, paper: PaperId) -> Vec<String> {
        said(&self.shown(actor, paper))
    }

    fn row(&mut self, paper: PaperId) -> Paper {
        crate::row(&mut self.conn, paper).expect("read").expect("there")
    }

    fn go(&mut self, paper: PaperId, to: PaperState) -> Paper {
        crate::go(&mut self.conn, None, now(), paper, to, "").expect("gone on")
    }

    fn submit(&mut self, actor: &Actor, paper: PaperId, at: Moment) -> Result<Paper, Fault> {
        steps::submit(&mut self.conn, actor, at, paper, &SubmitInput::default())
    }

    /// A position paper of one paragraph that is out, to whoever holds a key.
    fn out(&mut self, key: Key) -> (Paper, Actor) {
        let (paper, drafter) = self.drafted(PaperTrack::Assembly, &["Cities act."]);
        self.submit(&drafter, paper.id, now()).expect("handed in");
        self.go(paper.id, PaperState::Screened);
        let with = [priority()];
        crate::set_priorities(&mut self.conn, None, now(), paper.id, None, &with).expect("set");
        let paper = crate::publish(&mut self.conn, None, now(), paper.id, key).expect("out");
        (paper, drafter)
    }

    /// A policy paper of two paragraphs that takes comments for a month.
    fn open_to_comments(&mut self) -> (Paper, Actor) {
        let (paper, drafter) = self.drafted(PaperTrack::TownHall, &["Cities act.", "Regions act."]);
        self.go(paper.id, PaperState::OpenComment);
        crate::publish(&mut self.conn, None, now(), paper.id, Key::Public).expect("out");
        let paper = crate::open_comments(&mut self.conn, None, now(), paper.id, now(), Some(deadline()))
            .expect("opened");
        (paper, drafter)
    }

    fn replace(&mut self, actor: &Actor, paper: PaperId, markdown: &str) {
        let input = ImportInput {
            text: markdown.into(),
        };
        writing::replace_all_markdown(&mut self.conn, actor, now(), paper, None, &input).expect("replaced");
    }
}

fn priority() -> Priority {
    Priority {
        kind: PriorityKind::Thematic,
        section: None,
        label: Localized::only("en", "Water"),
    }
}

/// A paragraph.
fn says(words: &str) -> BlockForm {
    BlockForm {
        content: Some(Block::paragraph(words).content),
        ..BlockForm::default()
    }
}

fn said(reading: &Reading) -> Vec<String> {
    reading
        .blocks
        .iter()
        .map(|block| block.block.content.words())
        .collect()
}

fn code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    answer.expect_err("refused").code
}

/// The first field's fault.
fn field<T: std::fmt::Debug>(answer: Result<T, Fault>) -> (String, &'static str) {
    let fault = answer.expect_err("refused");
    let first = fault.fields.first().expect("beside a field");
    (first.field.clone(), first.code)
}

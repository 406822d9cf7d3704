//! What deliberations are done to: a paper that is written and one that is out, a sitting, the World Assembly as it sits,
//! and the Town Hall's caucuses and councils. Made by the organiser through the use cases.

use access_rules::{Actor, Key, OrganisationId, PaperId, SessionId, ThemeId};
use assembly::{
    agenda::{self, AssemblyItemInput},
    consensus::{self, ObjectionInput},
    convocation::{self, ConsentInput, ConvokeInput},
    endorsements::{self, EndorseInput},
    invitations::{self, AnswerInput, PaperInvitationInput},
    model::world::{NetworkAnswer, QuestionId},
    proceedings::{self, AssemblyStepInput},
    screening::{self, ReturnInput},
    sitting_papers::{self, SittingPaperInput},
    world_assembly,
};
use db::Conn;
use kernel::{Localized, Moment};
use members::{
    actors,
    memberships::{self, AdmitInput},
    model::{Category, MembershipState, OrganisationKind, RelationKind},
    organisations::{self, OrganisationInput},
    relations::{self, RelationInput},
};
use outcomes::{model::OutcomeKind, outcomes as all_outcomes, wordings::NewOutcome};
use papers::{
    commenting::{self, CommentInput},
    model::{PaperState, PaperTrack, Priority, PriorityKind, TeamRole},
    papers as all_papers, progress, reading,
    steps::{self, SubmitInput},
    team::{self, NameInput},
    translating::{self, TranslationInput},
    writing::{self, ImportInput},
};
use programme::{
    model::SittingScope,
    scheduling::{self, Placement},
    session_form::SessionInput,
    sessions::{self, OrganiserInput, SpeakerInput},
};
use serde_json::{from_value, json};
use tests::{Cast, Decided, Somebody};
use town_hall::{
    asking::{self, AskInput},
    caucuses::{self, CaucusInput, MemberInput},
    deliberations::{self, DeliberationInput},
    pages::{self, PageInput},
    pairing::{self, PairingInput},
    papers::{self as theme_papers, PaperInput},
};

use super::floor;

/// Ids by name.
pub type Ids = Vec<(&'static str, String)>;

/// Who makes them, and when.
struct Making<'a> {
    conn: &'a mut Conn,
    cast: &'a Cast,
    desk: Actor,
    now: Moment,
}

/// Makes them. `theme` is one that a partner leads.
pub fn make(conn: &mut Conn, cast: &Cast, decided: &Decided, theme: &str) -> Ids {
    let now = Moment::now();
    let mut making = Making {
        desk: acting(conn, cast.find("organiser"), now),
        conn,
        cast,
        now,
    };
    let mut ids = making.draft();
    let published = making.published(&mut ids);
    making.assembly(&mut ids, published);
    ids.push(("a received outcome, its id", decided.received.id.to_string()));
    making.town_hall(&mut ids, decided.paper, theme.parse().expect("an id"));
    ids
}

fn acting(conn: &mut Conn, somebody: &Somebody, now: Moment) -> Actor {
    actors::load(conn, somebody.account, somebody.person, now).expect("an actor")
}

fn said(text: &str) -> Localized {
    Localized::only("en", text)
}

impl Making<'_> {
    fn organisation(&mut self, name: &str, kind: OrganisationKind) -> OrganisationId {
        let input = OrganisationInput {
            name: name.to_owned(),
            kind: Some(kind),
            country: "ZA".into(),
            ..OrganisationInput::default()
        };
        let made = organisations::create(self.conn, &self.desk, self.now, &input);
        made.expect("an organisation").id
    }

    /// A section of UCLG: those are invited to write.
    fn section(&mut self, name: &str) -> OrganisationId {
        let section = self.organisation(name, OrganisationKind::Section);
        let admit = AdmitInput {
            category: Some(Category::Section),
            state: Some(MembershipState::Active),
            from_at: Some(Moment::at("2010-01-01T00:00:00Z")),
            reason: "statutes".into(),
        };
        memberships::admit(self.conn, &self.desk, self.now, section, &admit).expect("admitted");
        section
    }

    /// A network of the Global Taskforce.
    fn network(&mut self, name: &str) -> OrganisationId {
        let network = self.organisation(name, OrganisationKind::InternationalLgNetwork);
        let input = RelationInput {
            kind: Some(RelationKind::GtfNetwork),
            basis: "agreement".into(),
            from_at: Some(Moment::at("2010-01-01T00:00:00Z")),
            ..RelationInput::default()
        };
        relations::record(self.conn, &self.desk, self.now, network, &input).expect("related");
        network
    }

    /// A paper of a section, handed in once and returned: its desk and its people know of it.
    fn draft(&mut self) -> Ids {
        let section = self.section("Section of the South");
        let input = PaperInvitationInput {
            organisation: Some(section),
            title: said("Water for every city"),
            language: "en".into(),
            ..PaperInvitationInput::default()
        };
        let edition = self.cast.congress.edition;
        let invited = invitations::invite(self.conn, &self.desk, self.now, edition, &input).expect("invited");
        let answer = AnswerInput::default();
        invitations::accept(self.conn, &self.desk, self.now, invited.id, &answer, None).expect("accepted");
        let block = self.written(invited.paper);
        let part = self.named(invited.paper, section, "a drafter");
        steps::submit(
            self.conn,
            &self.desk,
            self.now,
            invited.paper,
            &SubmitInput::default(),
        )
        .expect("handed in");
        let returned = ReturnInput {
            reason: "Say whose water it is.".into(),
        };
        screening::return_(self.conn, &self.desk, self.now, invited.paper, &returned, None)
            .expect("returned");
        vec![
            ("a section", section.to_string()),
            ("a paper invitation", invited.id.to_string()),
            ("a draft paper", invited.paper.to_string()),
            ("the code of a draft paper", self.code(invited.paper)),
            ("a block of a draft paper", block),
            ("a part in a draft paper", part),
        ]
    }

    /// A paper that everybody reads and comments on.
    fn published(&mut self, ids: &mut Ids) -> PaperId {
        let owner = self.organisation("Rivermouth", OrganisationKind::City);
        let new = all_papers::NewPaper {
            edition: self.cast.congress.edition,
            track: PaperTrack::Assembly,
            stem: "AS-2030".into(),
            owner,
            theme: None,
            title: said("Streets for all"),
            language: "en".into(),
            state: PaperState::Drafting,
            deadline: None,
            supersedes: None,
        };
        let paper = all_papers::begin(self.conn, None, self.now, new)
            .expect("a paper")
            .id;
        let block = self.written(paper);
        let part = self.named(paper, owner, "another drafter");
        let priority = Priority {
            kind: PriorityKind::Thematic,
            section: None,
            label: said("Safe streets"),
        };
        progress::set_priorities(self.conn, None, self.now, paper, None, &[priority]).expect("set");
        for state in [PaperState::Submitted, PaperState::Screened] {
            progress::go(self.conn, None, self.now, paper, state, "").expect("a step");
        }
        progress::publish(self.conn, None, self.now, paper, Key::Public).expect("published");
        progress::open_comments(self.conn, None, self.now, paper, self.now, None).expect("open");
        let individual = acting(self.conn, self.cast.find("individual"), self.now);
        let input = json!({ "position": "support", "language": "en", "body": "Yes, and shade." });
        let input: CommentInput = from_value(input).expect("a comment");
        let comment = commenting::post(self.conn, &individual, self.now, self.now, paper, &input);
        ids.extend([
            ("a city", owner.to_string()),
            ("a published paper", paper.to_string()),
            ("the code of a published paper", self.code(paper)),
            ("a block of a published paper", block),
            ("a part in a published paper", part),
            ("a comment", comment.expect("posted").id.to_string()),
        ]);
        paper
    }

    /// Writes a paper and translates what it begins with; that block.
    fn written(&mut self, paper: PaperId) -> String {
        let words = ImportInput {
            text: "# Water\n\nEvery city has a right to it.".into(),
        };
        writing::replace_all_markdown(self.conn, &self.desk, self.now, paper, None, &words).expect("written");
        let read = reading::shown(self.conn, &self.desk, self.now, paper, "").expect("read");
        let first = read.blocks.first().expect("a block");
        let said = TranslationInput {
            of_version: first.version.expect("of the working copy"),
            markdown: Some("# L’eau".into()),
            ..TranslationInput::default()
        };
        translating::set(
            self.conn,
            &self.desk,
            self.now,
            paper,
            first.block.id,
            "fr",
            &said,
        )
        .expect("translated");
        first.block.id.to_string()
    }

    /// Names somebody of its organisation to write at a paper; their part.
    fn named(&mut self, paper: PaperId, owner: OrganisationId, name: &str) -> String {
        let drafter = Somebody::of(self.conn, name, owner);
        let input = NameInput {
            person: Some(drafter.person),
            role: Some(TeamRole::Drafter),
        };
        let part = team::name(self.conn, &self.desk, Moment::now(), paper, &input);
        part.expect("named").id.to_string()
    }

    fn code(&mut self, paper: PaperId) -> String {
        let row = all_papers::row(self.conn, paper).expect("asked");
        row.expect("there").code
    }

    /// A sitting that takes the published paper up, and the World Assembly that sits, both released.
    fn assembly(&mut self, ids: &mut Ids, paper: PaperId) {
        let sitting = self.sitting(paper, "2030-11-12T14:00");
        let network = self.network("Cities of the World");
        let assembly = self.convoked(network);
        self.cast.congress.release(self.conn);
        self.now = Moment::now();
        let (desk, now) = (self.desk.clone(), self.now);
        proceedings::open(self.conn, &desk, now, assembly, None).expect("open");
        let topic = AssemblyItemInput {
            title: said("Who speaks for cities"),
            ..AssemblyItemInput::default()
        };
        let item = agenda::add(self.conn, &desk, now, assembly, &topic).expect("a topic");
        let question = self.asked(assembly);
        let envoy = Somebody::of(self.conn, "an envoy", network);
        self.cast.congress.register(self.conn, &envoy, &["assembly"]);
        self.now = Moment::now();
        let now = self.now;
        let person = EndorseInput {
            person: Some(envoy.person),
            ..EndorseInput::default()
        };
        let edition = self.cast.congress.edition;
        let endorsement =
            endorsements::endorse(self.conn, &desk, now, edition, network, &person).expect("endorsed");
        let envoy = acting(self.conn, &envoy, now);
        let reason = ObjectionInput {
            reason: "We were not heard.".into(),
        };
        let objection = consensus::object(self.conn, &envoy, now, question, &reason).expect("raised");
        // Without a time it is in no release: nobody knows of it but its desk.
        let hidden = self.sitting(paper, "");
        ids.extend(floor::make(self.conn, (&desk, &envoy), now, assembly, hidden));
        ids.extend([
            ("a sitting", sitting.to_string()),
            ("a network", network.to_string()),
            ("the World Assembly", assembly.to_string()),
            ("an item of the World Assembly's", item.id.to_string()),
            ("a question of consensus", question.to_string()),
            ("an objection", objection.id.to_string()),
            ("an endorsement", endorsement.id.to_string()),
        ]);
    }

    fn placed(&mut self, session: SessionId, starts: &str) {
        let place = Placement {
            starts: starts.into(),
            length_minutes: Some(90),
            ..Placement::default()
        };
        let admissions = &self.cast.congress.admissions;
        scheduling::place(self.conn, &self.desk, self.now, admissions, session, &place, None)
            .expect("placed");
    }

    fn sitting(&mut self, paper: PaperId, starts: &str) -> SessionId {
        let city = self.organisation(&format!("Hillbridge {starts}"), OrganisationKind::City);
        let input = SessionInput {
            kind: "sitting".into(),
            title: said("Round table"),
            attendance: "online".into(),
            scope: SittingScope {
                region_group: "africa".into(),
                sector: String::new(),
            },
            organisers: Some(vec![OrganiserInput {
                organisation: Some(city),
                leads: true,
                ..OrganiserInput::default()
            }]),
            speakers: Some(vec![SpeakerInput {
                name: "A Mayor".into(),
                high_level: true,
                ..SpeakerInput::default()
            }]),
            ..SessionInput::default()
        };
        let congress = &self.cast.congress;
        let made = sessions::create(
            self.conn,
            &self.desk,
            self.now,
            &congress.admissions,
            congress.edition,
            &input,
        );
        let sitting = made.expect("a sitting").id;
        if !starts.is_empty() {
            self.placed(sitting, starts);
        }
        let input = SittingPaperInput {
            paper: Some(paper),
            ..SittingPaperInput::default()
        };
        sitting_papers::add(self.conn, &self.desk, self.now, sitting, &input).expect("taken up");
        sitting
    }

    /// The World Assembly, convoked with the consent of its one network.
    fn convoked(&mut self, network: OrganisationId) -> SessionId {
        let input = SessionInput {
            title: said("World Assembly"),
            attendance: "online".into(),
            ..SessionInput::default()
        };
        let congress = &self.cast.congress;
        let convened = world_assembly::convene(
            self.conn,
            &self.desk,
            self.now,
            &congress.admissions,
            congress.edition,
            &input,
        );
        let assembly = convened.expect("convened").id;
        self.placed(assembly, "2030-11-15T10:00");
        let (desk, now) = (self.desk.clone(), self.now);
        convocation::ask(self.conn, &desk, now, assembly, None).expect("asked");
        let consent = ConsentInput {
            answer: Some(NetworkAnswer::Agreed),
            note: "By letter of 12 June.".into(),
        };
        convocation::answer(self.conn, &desk, now, assembly, network, &consent, None).expect("agreed");
        let convoke = ConvokeInput::default();
        convocation::convoke(self.conn, &desk, now, assembly, &convoke, None).expect("convoked");
        assembly
    }

    /// What the chair asks about: a recommendation that was debated.
    fn asked(&mut self, assembly: SessionId) -> QuestionId {
        let (desk, now) = (self.desk.clone(), self.now);
        let new = NewOutcome {
            kind: OutcomeKind::Recommendation,
            title: said("Cities speak for themselves"),
            language: "en".into(),
            markdown: "They do.".into(),
            agendas: vec![],
        };
        let edition = self.cast.congress.edition;
        let outcome = all_outcomes::draft(self.conn, &desk, now, edition, 2030, &new).expect("drafted");
        let item = AssemblyItemInput {
            outcome: Some(outcome.id),
            ..AssemblyItemInput::default()
        };
        agenda::add(self.conn, &desk, now, assembly, &item).expect("on the agenda");
        let step = AssemblyStepInput::default();
        proceedings::present(self.conn, &desk, now, assembly, outcome.id, &step, None).expect("presented");
        proceedings::debate(self.conn, &desk, now, assembly, outcome.id, &step, None).expect("debated");
        let question = consensus::ask(self.conn, &desk, now, assembly, outcome.id);
        question.expect("asked").id
    }

    /// A caucus that the member answers for and that was asked about a public paper; the paper of a theme, and the council
    /// it talks with.
    fn town_hall(&mut self, ids: &mut Ids, public: PaperId, theme: ThemeId) {
        let (desk, now) = (self.desk.clone(), self.now);
        let question = json!({ "code": "reach", "text": { "en": "Whom does it reach?" }, "kind": "words" });
        let input = json!({ "code": "elders", "name": { "en": "Elders" }, "questions": [question] });
        let input: CaucusInput = from_value(input).expect("a caucus");
        let edition = self.cast.congress.edition;
        let caucus = caucuses::create(self.conn, &desk, now, edition, &input).expect("a caucus");
        let member = MemberInput {
            person: Some(self.cast.find("member").person),
        };
        caucuses::name(self.conn, &desk, now, caucus.id, &member).expect("named");
        let ask = AskInput {
            caucuses: vec![caucus.id],
            deadline: Some(now.plus_days(30)),
        };
        let reviews = asking::ask(self.conn, &desk, now, public, &ask).expect("asked");
        let new = PaperInput {
            title: said("Water is common"),
            language: "en".into(),
        };
        let paper = theme_papers::begin(self.conn, &desk, now, theme, &new).expect("begun");
        let council = PairingInput {
            council: said("Policy Council on the Commons"),
            session: None,
        };
        let pairing = pairing::pair(self.conn, &desk, now, theme, &council).expect("paired");
        let hall = self.hall();
        ids.push(("a page of a theme", self.page(theme, "How to join", true)));
        ids.push(("a draft page of a theme", self.page(theme, "Not yet", false)));
        ids.extend([
            ("a Town Hall", hall.to_string()),
            ("a caucus", caucus.id.to_string()),
            ("a caucus's review", reviews.first().expect("one").id.to_string()),
            ("the paper of a theme", paper.id.to_string()),
            ("a pairing", pairing.id.to_string()),
        ]);
    }

    /// A page of a theme's space.
    fn page(&mut self, theme: ThemeId, title: &str, is_published: bool) -> String {
        let input = PageInput {
            title: said(title),
            is_published,
            ..PageInput::default()
        };
        let page = pages::add(self.conn, &self.desk, self.now, theme, &input);
        page.expect("a page").id.to_string()
    }

    /// A session of the Town Hall that is not released, of which something came.
    fn hall(&mut self) -> SessionId {
        let input = SessionInput {
            kind: "town_hall".into(),
            title: said("Open debate"),
            attendance: "online".into(),
            theme: "water".into(),
            ..SessionInput::default()
        };
        let congress = &self.cast.congress;
        let made = sessions::create(
            self.conn,
            &self.desk,
            self.now,
            &congress.admissions,
            congress.edition,
            &input,
        );
        let hall = made.expect("a Town Hall").id;
        let result = DeliberationInput {
            result: said("The room agrees."),
            recommendations: vec![],
        };
        deliberations::record(self.conn, &self.desk, self.now, hall, &result, None).expect("recorded");
        hall
    }
}

//! The papers of the demonstration, from their invitation to what the World Assembly made of them: position papers of the
//! sittings ([`position`]) and policy papers of the themes ([`policy`]), comments with what became of each, results, and,
//! when all is over, a collection.
//!
//! Real organisations are named as those whose paper it would be; every paper says that it is no text of theirs, and every
//! consent that it is none of theirs. Whoever comments is invented.

mod policy;
mod position;

use std::collections::BTreeMap;

use ::assembly::{
    agenda, closings, consensus, convocation,
    convocation::{ConsentInput, ConvokeInput},
    decisions,
    decisions::DecisionInput,
    invitations::{self, AnswerInput as InvitationAnswer, PaperInvitationInput},
    model::world::{AssemblyState, NetworkAnswer},
    proceedings::{self, AssemblyStepInput},
    results::{self, ResultInput},
    screening::{self, Audience, PublishInput, ScreenInput},
    sitting_papers::{self, SittingPaperInput},
    world_assembly,
};
use ::papers::{
    commenting::{self, CommentInput, DisposeInput},
    model::{Paper, PaperState, Priority, PriorityKind},
    steps::{self, SubmitInput},
    translating::{self, TranslationInput},
    writing::{self, ImportInput, PrioritiesInput},
};
use ::town_hall::{
    asking::{self, AskInput},
    caucuses::{self, MemberInput},
    consultation::{self, WindowInput},
    deliberations::{self, DeliberationInput},
    model::{AnswerKind, AnswerValue},
    papers::{self as policy_papers, PaperInput},
    phases::{self, PhaseInput},
    reviews::{self, AnswerInput, ReviewInput},
};
use access_rules::{Actor, EditionId, Role, Scope, SessionId};
use db::Conn;
use kernel::{Coded as _, Fault, Language, LocalDate, Localized, Moment};
use members::sections::Section;
use outcomes::{
    collection::{self, Citing, CollectionInput},
    legacy_model::{Addressee, Field},
    model::{AgendaLink, OutcomeId, OutcomeKind, OutcomeState, Phase},
    outcomes as all_outcomes,
    references::{self, ReferenceInput},
    transmissions,
    wordings::NewOutcome,
};
use programme::{sessions as all_sessions, themes};
use texts::{
    model::{Content, Disposition, Position, TextId},
    texts as all_texts, translations,
};

use super::{
    DemoMoment,
    organisations::Directory,
    said,
    sessions::{Made, of, rows},
};

/// The words of a paper: two paragraphs, and what it proposes, each in English, French and Spanish.
pub(super) struct PaperWords {
    /// The session it is presented in.
    pub session: &'static str,
    /// The language it was written in.
    pub language: &'static str,
    /// Its paragraphs.
    pub body: [[&'static str; 3]; 2],
    /// What it proposes.
    pub proposals: [Proposal; 2],
    /// The international agendas it serves.
    pub agendas: &'static [&'static str],
}

/// What a paper proposes.
pub(super) struct Proposal {
    /// In a few words.
    pub title: [&'static str; 3],
    /// As it is to be adopted.
    pub body: [&'static str; 3],
}

/// Whose a sitting's paper is: by its region group or sector.
const OWNERS: [(&str, &str); 12] = [
    ("africa", "uclg-africa"),
    ("asia_pacific", "uclg-aspac"),
    ("europe", "cemr"),
    ("eurasia", "uclg-eurasia"),
    ("mewa", "uclg-mewa"),
    ("middle_east_west_asia", "uclg-mewa"),
    ("latin_america", "flacma"),
    ("north_america", "uclg-noram"),
    ("metropolises", "metropolis"),
    ("metropolitan", "metropolis"),
    ("regions", "uclg-regions"),
    ("territories", "uclg-regions"),
];
/// What is said of each policy paper: by whom, what they think, where, and what became of it.
const COMMENTS: [(&str, Position, [&str; 2], Disposition, &str); 2] = [
    (
        "individual",
        Position::Support,
        ["es", "Digan también quién paga, y desde cuándo."],
        Disposition::Accepted,
        "The first proposal now names its means.",
    ),
    (
        "focal_point",
        Position::Neutral,
        ["en", "Small towns will read this as a rule for large ones."],
        Disposition::Partly,
        "The wording stays; the debate in the session says what it means for small towns.",
    ),
];
/// The paper of the sitting that a visitor chairs: left for them to record and to close.
const LEFT_TO_THE_CHAIR: &str = "AS-09";
/// What the World Assembly returns, and what it does not adopt, by the code of the session it came from.
const RETURNED: &str = "AS-04";
const NOT_ADOPTED: &str = "AS-08";

/// Makes the papers and takes them as far as they are when the demonstration opens.
pub(super) fn make(
    conn: &mut Conn,
    actor: &Actor,
    made: &Made,
    edition: EditionId,
    directory: &Directory,
    moment: DemoMoment,
) -> Result<(), Fault> {
    let world = of(made, "WA-01")?;
    convoke(conn, actor, world)?;
    let positions = position_papers(conn, actor, made, edition, directory)?;
    invite_in_vain(conn, actor, edition, directory)?;
    let policies = policy_papers(conn, actor, edition)?;
    for words in position::ALL {
        present(conn, actor, made, &positions, words, moment)?;
    }
    for words in policy::ALL {
        debate(conn, actor, made, &policies, words, moment)?;
    }
    translate_outcomes(conn, edition)?;
    if moment == DemoMoment::Before {
        return Ok(());
    }
    let at = Moment::at("2019-11-14T07:00:00Z");
    if moment == DemoMoment::Live {
        agenda::add_received(conn, actor, at, world)?;
        return Ok(());
    }
    decide(conn, actor, edition, world)?;
    publish(conn, actor, edition)
}

/// The World Assembly is convoked in time; a visitor may chair it.
fn convoke(conn: &mut Conn, actor: &Actor, world: SessionId) -> Result<(), Fault> {
    let asked = Moment::at("2019-06-03T09:00:00Z");
    convocation::ask(conn, actor, asked, world, None)?;
    for own in convocation::consents(conn, actor, asked, world)? {
        let input = ConsentInput {
            answer: Some(NetworkAnswer::Agreed),
            note: "Recorded for the demonstration; not a statement of the network.".to_owned(),
        };
        convocation::answer(conn, actor, asked, world, own.network, &input, None)?;
    }
    let at = Moment::at("2019-07-01T09:00:00Z");
    convocation::convoke(conn, actor, at, world, &ConvokeInput::default(), None)?;
    let at = Moment::at("2019-09-30T08:00:00Z");
    super::appoint(conn, at, "chair", Role::Chair, Scope::Session(world))
}

/// The number of a language among English, French and Spanish.
fn place(language: &str) -> usize {
    ["en", "fr", "es"]
        .iter()
        .position(|own| *own == language)
        .unwrap_or(0)
}

/// The paragraphs of a paper in a language.
fn paragraphs(words: &PaperWords, language: usize) -> Vec<String> {
    let body = words.body.iter().map(|own| own[language].to_owned());
    let proposals = words.proposals.iter().map(|own| own.body[language].to_owned());
    body.chain(proposals).collect()
}

/// Writes a paper and says the same in the two other languages.
fn write(conn: &mut Conn, actor: &Actor, at: Moment, paper: &Paper, words: &PaperWords) -> Result<(), Fault> {
    let own = place(words.language);
    let text = paragraphs(words, own);
    let (body, proposals) = text.split_at(words.body.len());
    let listed: Vec<String> = proposals.iter().map(|own| format!("1. {own}")).collect();
    let input = ImportInput {
        text: format!("{}\n\n{}", body.join("\n\n"), listed.join("\n")),
    };
    writing::replace_all_markdown(conn, actor, at, paper.id, None, &input)?;
    let blocks = all_texts::working(conn, paper.text)?;
    for language in Language::ALL
        .iter()
        .filter(|language| language.code() != words.language)
    {
        let said = paragraphs(words, place(language.code()));
        for (block, said) in blocks.iter().zip(said) {
            let input = TranslationInput {
                of_version: block.version,
                version: None,
                content: Some(Content::plain(said)),
                markdown: None,
            };
            translating::set(conn, actor, at, paper.id, block.id, language.code(), &input)?;
        }
    }
    Ok(())
}

/// A section that was invited and has not answered: its desk sees what is still out.
fn invite_in_vain(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    directory: &Directory,
) -> Result<(), Fault> {
    let at = Moment::at("2019-04-01T16:00:00Z");
    let input = PaperInvitationInput {
        organisation: Some(directory.id("flacma")?),
        title: Localized::of(
            "Cities that make room for who arrives",
            "Des villes qui font place à qui arrive",
            "Ciudades que hacen sitio a quien llega",
        ),
        language: "es".to_owned(),
        ..PaperInvitationInput::default()
    };
    invitations::invite(conn, actor, at, edition, &input).map(drop)
}

/// Position papers: invited, written, handed in, looked through, published, taken up in their sitting (R61–R65).
fn position_papers(
    conn: &mut Conn,
    actor: &Actor,
    made: &Made,
    edition: EditionId,
    directory: &Directory,
) -> Result<BTreeMap<&'static str, Paper>, Fault> {
    let mut all = BTreeMap::new();
    for (words, number) in position::ALL.iter().zip(0..) {
        let at = Moment::at("2019-04-01T09:00:00Z").plus_minutes(number * 30);
        let row = rows()
            .find(|row| row.code == words.session)
            .ok_or_else(|| Fault::internal("a paper of no sitting"))?;
        let of_what = if row.region.is_empty() {
            row.sector
        } else {
            row.region
        };
        let owner = OWNERS.iter().find(|(code, _)| *code == of_what);
        let owner = directory.id(owner.map_or("uclg-regions", |(_, key)| *key))?;
        let input = PaperInvitationInput {
            organisation: Some(owner),
            title: said(row.paper),
            language: words.language.to_owned(),
            ..PaperInvitationInput::default()
        };
        let invited = match invitations::invite(conn, actor, at, edition, &input) {
            Ok(invited) => invited,
            // Who was invited once files another.
            Err(_) => {
                let filed = ::assembly::filing::FilingInput {
                    organisation: Some(owner),
                    title: said(row.paper),
                    language: words.language.to_owned(),
                };
                let paper = ::assembly::filing::file(conn, actor, at, edition, &filed)?;
                all.insert(words.session, paper);
                continue;
            }
        };
        invitations::accept(conn, actor, at, invited.id, &InvitationAnswer::default(), None)?;
        let paper = ::papers::row(conn, invited.paper)?.ok_or_else(Fault::not_found)?;
        all.insert(words.session, paper);
    }
    for (words, number) in position::ALL.iter().zip(0..) {
        let at = Moment::at("2019-06-03T09:00:00Z").plus_minutes(number * 90);
        let paper = &all[words.session];
        write(conn, actor, at, paper, words)?;
        let row = rows().find(|row| row.code == words.session);
        let priority = priority(row.map_or("", |row| row.region), words);
        let priorities = PrioritiesInput {
            priorities: vec![priority],
        };
        writing::set_priorities(conn, actor, at, paper.id, None, &priorities)?;
        steps::submit(conn, actor, at, paper.id, &SubmitInput::default())?;
        let at = Moment::at("2019-09-16T09:00:00Z").plus_minutes(number * 20);
        screening::screen(conn, actor, at, paper.id, &ScreenInput::default(), None)?;
        let to = PublishInput {
            audience: Audience::Everyone,
        };
        let published = screening::publish(conn, actor, at, paper.id, &to, None)?;
        let session = of(made, words.session)?;
        let taken_up = SittingPaperInput {
            paper: Some(paper.id),
            ..SittingPaperInput::default()
        };
        sitting_papers::add(conn, actor, at, session, &taken_up)?;
        all.insert(words.session, published);
    }
    Ok(all)
}

fn priority(region: &str, words: &PaperWords) -> Priority {
    let section = Section::ALL
        .iter()
        .copied()
        .find(|section| section.code() == region);
    Priority {
        kind: match section {
            Some(_) => PriorityKind::Continental,
            None => PriorityKind::Sectoral,
        },
        section,
        label: said(words.proposals[0].title),
    }
}

/// Policy papers: begun, open to comments, reviewed by the caucuses, final before the congress (R90, R95, R96, R98).
fn policy_papers(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
) -> Result<BTreeMap<&'static str, Paper>, Fault> {
    let at = Moment::at("2019-03-18T09:00:00Z");
    let all_caucuses = caucuses::seed(conn, actor, at, edition)?;
    for (caucus, code) in all_caucuses
        .iter()
        .zip(["individual", "focal_point", "assistant"])
    {
        let (person, _) = super::persona(code)?;
        let member = MemberInput { person: Some(person) };
        caucuses::name(conn, actor, at, caucus.id, &member)?;
    }
    let mut all = BTreeMap::new();
    for (words, number) in policy::ALL.iter().zip(0..) {
        let at = Moment::at("2019-04-08T09:00:00Z").plus_minutes(number * 60);
        let row = rows()
            .find(|row| row.code == words.session)
            .ok_or_else(|| Fault::internal("a paper of no session"))?;
        let theme = themes::by_code(conn, edition, row.theme)?.ok_or_else(Fault::not_found)?;
        let window = WindowInput {
            from: Some(Moment::at("2019-05-06T07:00:00Z")),
            until: Some(Moment::at("2019-11-01T17:00:00Z")),
        };
        consultation::plan(conn, actor, at, theme.id, &window, None)?;
        let input = PaperInput {
            title: theme.title.clone(),
            language: words.language.to_owned(),
        };
        let paper = policy_papers::begin(conn, actor, at, theme.id, &input)?;
        write(conn, actor, at, &paper, words)?;
        go(
            conn,
            actor,
            "2019-05-06T07:00:00Z",
            &paper,
            PaperState::OpenComment,
        )?;
        comment(conn, actor, &paper)?;
        review(conn, actor, &paper)?;
        for phase in [
            PaperState::Presented,
            PaperState::Discussed,
            PaperState::Debated,
            PaperState::Consolidated,
            PaperState::Final,
        ] {
            go(conn, actor, "2019-11-02T09:00:00Z", &paper, phase)?;
        }
        all.insert(words.session, paper);
    }
    Ok(all)
}

fn go(conn: &mut Conn, actor: &Actor, at: &str, paper: &Paper, to: PaperState) -> Result<(), Fault> {
    let input = PhaseInput {
        to: Some(to),
        ..PhaseInput::default()
    };
    phases::go(conn, actor, Moment::at(at), paper.id, &input).map(drop)
}

/// What is said of a paper, and what became of it (R95).
fn comment(conn: &mut Conn, actor: &Actor, paper: &Paper) -> Result<(), Fault> {
    let at = Moment::at("2019-06-17T12:00:00Z");
    for (code, position, [language, body], disposition, reason) in COMMENTS {
        let author = super::actor_of(conn, code, at)?;
        let input = CommentInput {
            block: None,
            position: Some(position),
            language: language.to_owned(),
            body: body.to_owned(),
        };
        let posted = commenting::post(conn, &author, at, at, paper.id, &input)?;
        let disposed = DisposeInput {
            disposition: Some(disposition),
            reason: reason.to_owned(),
        };
        let later = Moment::at("2019-09-02T09:00:00Z");
        commenting::dispose(conn, actor, later, paper.id, posted.id, posted.version, &disposed)?;
    }
    Ok(())
}

/// The caucuses look at a paper (R96).
fn review(conn: &mut Conn, actor: &Actor, paper: &Paper) -> Result<(), Fault> {
    let at = Moment::at("2019-09-09T09:00:00Z");
    let input = AskInput {
        caucuses: vec![],
        deadline: Some(Moment::at("2019-10-21T16:00:00Z")),
    };
    let asked = asking::ask(conn, actor, at, paper.id, &input)?;
    for (review, code) in asked.iter().zip(["individual", "focal_point", "assistant"]) {
        let at = Moment::at("2019-10-01T09:00:00Z");
        let member = super::actor_of(conn, code, at)?;
        let answers = review.questions.iter().map(|question| AnswerInput {
            question: question.code.clone(),
            value: (question.kind != AnswerKind::Words).then_some(AnswerValue::Yes),
            remark: "Written for the demonstration.".to_owned(),
        });
        let input = ReviewInput {
            answers: answers.collect(),
            language: "en".to_owned(),
            remarks: "Read, and nothing is missing.".to_owned(),
        };
        reviews::answer(conn, &member, at, review.id, &input, None)?;
    }
    Ok(())
}

/// When a session is over and its result in, if that is before the demonstration opens.
fn over(conn: &mut Conn, session: SessionId, moment: DemoMoment) -> Result<Option<Moment>, Fault> {
    let row = all_sessions::row(conn, session)?.ok_or_else(Fault::not_found)?;
    let ends = row.ends_at.map(|ends| ends.plus_minutes(15));
    Ok(ends.filter(|ends| *ends <= moment.opens()))
}

fn recommendation(words: &PaperWords, proposal: &Proposal) -> NewOutcome {
    let agendas = words.agendas.iter().map(|code| AgendaLink {
        agenda: (*code).to_owned(),
        phase: Phase::FollowUp,
    });
    NewOutcome {
        kind: OutcomeKind::Recommendation,
        title: said(proposal.title),
        language: words.language.to_owned(),
        markdown: proposal.body[place(words.language)].to_owned(),
        agendas: agendas.collect(),
    }
}

/// A paper is presented, its result recorded, its sitting closed (R66).
fn present(
    conn: &mut Conn,
    actor: &Actor,
    made: &Made,
    papers: &BTreeMap<&'static str, Paper>,
    words: &PaperWords,
    moment: DemoMoment,
) -> Result<(), Fault> {
    let session = of(made, words.session)?;
    let Some(at) = over(conn, session, moment)? else {
        return Ok(());
    };
    if moment == DemoMoment::Live && words.session == LEFT_TO_THE_CHAIR {
        return Ok(());
    }
    let input = ResultInput {
        result: said([
            "The paper was presented and its first proposal taken up as a recommendation.",
            "Le document a été présenté et sa première proposition reprise comme recommandation.",
            "El documento se presentó y su primera propuesta se retomó como recomendación.",
        ]),
        outcomes: vec![recommendation(words, &words.proposals[0])],
    };
    let paper = papers[words.session].id;
    results::record(conn, actor, at, session, paper, &input, None)?;
    closings::close(conn, actor, at, session).map(drop)
}

/// A theme's session is over: its result with its recommendations goes to the World Assembly (R94).
fn debate(
    conn: &mut Conn,
    actor: &Actor,
    made: &Made,
    papers: &BTreeMap<&'static str, Paper>,
    words: &PaperWords,
    moment: DemoMoment,
) -> Result<(), Fault> {
    let session = of(made, words.session)?;
    debug_assert!(papers.contains_key(words.session), "each session has a paper");
    let Some(at) = over(conn, session, moment)? else {
        return Ok(());
    };
    let input = DeliberationInput {
        result: said([
            "The debate agreed on two recommendations.",
            "Le débat s’est accordé sur deux recommandations.",
            "El debate acordó dos recomendaciones.",
        ]),
        recommendations: words
            .proposals
            .iter()
            .map(|proposal| recommendation(words, proposal))
            .collect(),
    };
    deliberations::record(conn, actor, at, session, &input, None)?;
    deliberations::close(conn, actor, at, session).map(drop)
}

/// Says in the two other languages what was received.
fn translate_outcomes(conn: &mut Conn, edition: EditionId) -> Result<(), Fault> {
    let at = Moment::at("2019-11-13T06:00:00Z");
    for received in transmissions::all(conn, edition)? {
        for outcome in received.outcomes {
            let Some(row) = all_outcomes::row(conn, outcome.id)? else {
                continue;
            };
            translate(conn, at, row.text)?;
        }
    }
    Ok(())
}

fn translate(conn: &mut Conn, at: Moment, text: TextId) -> Result<(), Fault> {
    let authentic = all_texts::get(conn, text)?.language;
    for block in all_texts::working(conn, text)? {
        let says = block.content.0.words();
        let proposals = position::ALL
            .iter()
            .chain(policy::ALL)
            .flat_map(|words| &words.proposals);
        let own = proposals
            .into_iter()
            .find(|own| own.body[place(&authentic)].trim() == says.trim());
        let Some(own) = own else { continue };
        for language in Language::ALL
            .iter()
            .filter(|language| language.code() != authentic)
        {
            let said = Content::plain(own.body[place(language.code())]);
            translations::set(
                conn,
                None,
                at,
                block.id,
                language.code(),
                block.version,
                None,
                said,
            )?;
        }
    }
    Ok(())
}

/// The World Assembly takes each thing it received from presented to decided (R71, R73).
fn decide(conn: &mut Conn, actor: &Actor, edition: EditionId, world: SessionId) -> Result<(), Fault> {
    let at = Moment::at("2019-11-15T08:45:00Z");
    let declaration = NewOutcome {
        kind: OutcomeKind::Declaration,
        title: said([
            "Political declaration of Durban (demonstration)",
            "Déclaration politique de Durban (démonstration)",
            "Declaración política de Durban (demostración)",
        ]),
        language: "en".to_owned(),
        markdown: "Written for the demonstration.\n\nWhat follows was asked for by those who live in our towns and by those who lead them. We take it home, we say by when, and we come back with what became of it.".to_owned(),
        agendas: vec![],
    };
    all_outcomes::draft(conn, actor, at, edition, 2019, &declaration)?;
    agenda::add_received(conn, actor, at, world)?;
    proceedings::open(conn, actor, at, world, None)?;
    let all = transmissions::all(conn, edition)?;
    let mut decided: Vec<(OutcomeId, String)> = Vec::new();
    for received in &all {
        let from = rows()
            .find(|row| super::said(row.title) == received.transmission.session_title)
            .map_or("", |row| row.code);
        decided.extend(received.outcomes.iter().map(|own| (own.id, from.to_owned())));
    }
    let undecided = all_outcomes::undecided(conn, edition)?;
    for own in &undecided {
        if !decided.iter().any(|(id, _)| *id == own.id) {
            decided.push((own.id, String::new()));
        }
    }
    for ((id, from), number) in decided.iter().zip(1..) {
        let at = at.plus_minutes(number * 3);
        let step = AssemblyStepInput::default();
        proceedings::present(conn, actor, at, world, *id, &step, None)?;
        proceedings::debate(conn, actor, at, world, *id, &step, None)?;
        let reason = |text: &str| DecisionInput {
            reason: text.to_owned(),
        };
        match from.as_str() {
            RETURNED => {
                let why = reason(
                    "Written for the demonstration: two delegations ask for a text on small islands first.",
                );
                decisions::return_(conn, actor, at, world, *id, &why, None)?;
            }
            NOT_ADOPTED => {
                let why = reason("Written for the demonstration: there was no consensus on its figures.");
                decisions::refuse(conn, actor, at, world, *id, &why, None)?;
            }
            _ => {
                consensus::ask(conn, actor, at, world, *id)?;
                decisions::adopt(conn, actor, at, world, *id, &DecisionInput::default(), None)?;
            }
        }
    }
    let at = Moment::at("2019-11-15T10:45:00Z");
    proceedings::close(conn, actor, at, world, None)?;
    let over = proceedings::publish(conn, actor, at, world, None)?;
    debug_assert_eq!(over.state, AssemblyState::Published);
    world_assembly::show(conn, actor, at, world).map(drop)
}

/// What was adopted is addressed to somebody and published as a collection (R191, R192).
fn publish(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<(), Fault> {
    let at = Moment::at("2019-11-18T09:00:00Z");
    for (own, number) in references::unreferenced(conn, actor, at, edition)?
        .iter()
        .zip(0..)
    {
        // A few are left, for an organiser to find.
        if number % 6 == 5 {
            continue;
        }
        let input = ReferenceInput {
            addressed_to: Some(if number % 2 == 0 {
                Addressee::Gtf
            } else {
                Addressee::Uclg
            }),
            field: Some(match number % 3 {
                0 => Field::Policy,
                1 => Field::Advocacy,
                _ => Field::WorkPlan,
            }),
            note: Localized::default(),
        };
        references::add(conn, actor, at, own.outcome.id, &input)?;
    }
    let input = CollectionInput {
        title: said([
            "What Durban decided (demonstration)",
            "Ce que Durban a décidé (démonstration)",
            "Lo que decidió Durban (demostración)",
        ]),
        foreword: said([
            "Written for the demonstration. One political declaration and a series of recommendations; each says where it came from.",
            "Écrit pour la démonstration. Une déclaration politique et une série de recommandations ; chacune dit d’où elle vient.",
            "Escrito para la demostración. Una declaración política y una serie de recomendaciones; cada una dice de dónde viene.",
        ]),
    };
    collection::edit(conn, actor, at, edition, &input, None)?;
    let citing = Citing {
        congress: said([
            "Durban 2019 (demonstration)",
            "Durban 2019 (démonstration)",
            "Durban 2019 (demostración)",
        ]),
        publisher: "Hemicycle".to_owned(),
        address: String::new(),
    };
    let on = LocalDate::on("2019-11-18");
    let (published, _) = collection::publish(conn, actor, at, edition, on, &citing, None)?;
    debug_assert_eq!(published.number, 1);
    let adopted = all_outcomes::undecided(conn, edition)?;
    debug_assert!(adopted.is_empty(), "{:?}", OutcomeState::ALL);
    Ok(())
}

//! Who sees a paper before it is out, and after.

use access_rules::{Act, Actor, EditionId, Key, PaperId, Role, Scope, Standing, Tag, ThemeId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Id, Localized, PageAsk, page::walk};
use proptest::{
    prelude::*,
    sample::{select, subsequence},
    test_runner::{Config, TestRunner},
};

use super::{World, code, now, world};
use crate::{
    PaperFilter, begin, count, get, list, may,
    model::{Paper, PaperState, PaperTrack, TeamRole},
    papers::{NewPaper, PaperLine},
    reading,
    tables::papers,
    team, translating, versions,
};

fn listed(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    filter: &PaperFilter,
    limit: i64,
) -> Vec<PaperLine> {
    walk(PageAsk::of(limit), |ask| {
        list(conn, actor, now(), edition, filter, ask)
    })
    .expect("listed")
}

/// Whether somebody finds a paper: the same in every answer there is.
fn finds(it: &mut World, actor: &Actor, paper: PaperId) -> bool {
    let (edition, conn) = (it.edition, &mut it.conn);
    let got = get(conn, actor, now(), paper);
    let read = reading::shown(conn, actor, now(), paper, "");
    let counted = count(conn, actor, edition, &PaperFilter::default()).expect("counted");
    let lines = listed(conn, actor, edition, &PaperFilter::default(), 50);
    let has = lines.iter().any(|line| line.paper.id == paper);
    assert_eq!(counted, i64::try_from(lines.len()).expect("few"));
    assert_eq!(has, got.is_ok(), "list and get agree");
    match (got, read) {
        (Ok(_), Ok(_)) => true,
        (Err(got), Err(read)) => {
            assert_eq!(
                (got, read),
                (kernel::Fault::not_found(), kernel::Fault::not_found())
            );
            false
        }
        (got, read) => panic!("get says {got:?} and shown {read:?}"),
    }
}

#[test]
fn a_draft_is_found_by_who_has_a_part_in_it_and_is_hidden_from_everybody_else() {
    let mut it = world();
    let assembly = it.begun(PaperTrack::Assembly);
    let policy = it.begun(PaperTrack::TownHall);
    let (section, other, theme, other_theme) = (it.section, it.other, it.theme, it.other_theme);
    let (desk, town_hall) = (it.desk(PaperTrack::Assembly), it.desk(PaperTrack::TownHall));
    let focal = it.focal_point("Focal", section);
    let other_focal = it.focal_point("Otherfocal", other);
    let (lead, other_lead) = (it.lead("Lead", theme), it.lead("Otherlead", other_theme));
    let drafter = it.drafter("Drafter", assembly.id);
    let translator = it.person("Translator");
    it.named(translator, assembly.id, TeamRole::Translator);
    let translator = it.actor(translator);
    let colleague = it.of("Colleague", section);
    let colleague = it.actor(colleague);
    let edition = it.edition;
    let participant = it.appointed("Participant", Role::Participant, Scope::Edition(edition));
    let stranger = it.person("Stranger");
    let stranger = it.actor(stranger);
    // Each with whether they find the position paper, and the policy paper.
    let cases = [
        ("the site itself", Actor::system(), true, true),
        ("the assembly's desk", desk, true, false),
        ("Town Hall's desk", town_hall, false, true),
        ("the focal point of the owner", focal, true, true),
        ("who leads its theme", lead, false, true),
        ("who drafts it", drafter, true, false),
        ("who translates it", translator, true, false),
        ("a colleague without a part", colleague, false, false),
        ("another's focal point", other_focal, false, false),
        ("who leads another theme", other_lead, false, false),
        ("a participant", participant, false, false),
        ("a stranger", stranger, false, false),
        ("nobody", Actor::nobody(), false, false),
    ];

    for (who, actor, of_assembly, of_policy) in cases {
        let found = (
            finds(&mut it, &actor, assembly.id),
            finds(&mut it, &actor, policy.id),
        );

        assert_eq!(found, (of_assembly, of_policy), "{who}");
    }
}

#[test]
fn what_is_out_is_found_by_its_audience() {
    let mut it = world();
    let edition = it.edition;
    let (paper, _) = it.out(Key::Registered(edition));
    let participant = it.appointed("Participant", Role::Participant, Scope::Edition(edition));
    let elsewhere = it.appointed("Elsewhere", Role::Participant, Scope::Edition(Id::new()));

    let found = [participant.clone(), elsewhere, Actor::nobody()].map(|who| finds(&mut it, &who, paper.id));

    assert_eq!(found, [true, false, false]);
    crate::publish(&mut it.conn, None, now(), paper.id, Key::Public).expect("out to all");
    assert!(finds(&mut it, &Actor::nobody(), paper.id));
    assert!(finds(&mut it, &participant, paper.id));
}

#[test]
fn somebody_dismissed_finds_the_draft_no_more() {
    let mut it = world();
    let (paper, drafter) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    assert!(finds(&mut it, &drafter, paper.id));
    let part = team::current(&mut it.conn, paper.id).expect("read")[0].id;

    team::dismiss(&mut it.conn, &super::root(), now(), paper.id, part).expect("dismissed");

    let after = drafter.person.expect("a person");
    let after = it.actor(after);
    assert!(!finds(&mut it, &after, paper.id));
}

#[test]
fn what_is_hidden_is_hidden_from_every_use_case() {
    let mut it = world();
    let (paper, drafter) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    let block = it.blocks(&drafter, paper.id)[0];
    let stranger = it.person("Stranger");
    let stranger = it.actor(stranger);
    let (conn, id) = (&mut it.conn, paper.id);
    let who = &stranger;

    let codes = [
        code(team::list(conn, who, now(), id)),
        code(team::name(conn, who, now(), id, &team::NameInput::default())),
        code(crate::writing::add(conn, who, now(), id, &super::says("x"))),
        code(crate::writing::change(
            conn,
            who,
            now(),
            id,
            block,
            1,
            &super::says("x"),
        )),
        code(crate::writing::remove(conn, who, now(), id, block, 1)),
        code(crate::steps::submit(
            conn,
            who,
            now(),
            id,
            &crate::steps::SubmitInput::default(),
        )),
        code(crate::steps::history(conn, who, now(), id)),
        code(translating::state(conn, who, now(), id)),
        code(translating::sheet(conn, who, now(), id, "fr")),
        code(versions::list(conn, who, now(), id)),
        code(versions::resolve(conn, who, now(), id, block)),
        code(crate::commenting::counts(
            conn,
            who,
            now(),
            id,
            &crate::commenting::CommentFilter::default(),
        )),
    ];

    assert_eq!(codes, ["not_found"; 12]);
}

#[test]
fn whoever_reads_what_is_out_may_not_write_at_it() {
    let mut it = world();
    let (paper, drafter) = it.open_to_comments();
    let stranger = it.person("Stranger");
    let stranger = it.actor(stranger);
    let may = |actor: &Actor, act| may(actor, act, &paper, now()).allows();

    assert_eq!(
        (may(&drafter, Act::WritePaper), may(&drafter, Act::ManagePapers)),
        (true, false)
    );
    assert_eq!(
        (may(&stranger, Act::Read), may(&stranger, Act::WritePaper)),
        (true, false)
    );
    assert_eq!(
        code(crate::writing::add(
            &mut it.conn,
            &stranger,
            now(),
            paper.id,
            &super::says("x")
        )),
        "not_allowed"
    );
    assert_eq!(
        code(crate::writing::add(
            &mut it.conn,
            &Actor::nobody(),
            now(),
            paper.id,
            &super::says("x")
        )),
        "sign_in_needed"
    );
}

/// Papers of every kind of owner, theme and audience.
fn papers_of_all_kinds(it: &mut World) -> Vec<Paper> {
    let mut all = Vec::new();
    let keys = [
        "desk:assembly".to_owned(),
        "desk:town_hall".to_owned(),
        "public".to_owned(),
        "signed_in".to_owned(),
        format!("registered:{}", it.edition),
        format!("organisation:{}", it.other),
        "what is no key".to_owned(),
    ];
    for owner in [it.section, it.other] {
        // An assembly's paper stands under no theme's unique key.
        for (track, theme) in [
            (PaperTrack::Assembly, None),
            (PaperTrack::Assembly, Some(it.theme)),
            (PaperTrack::Assembly, Some(it.other_theme)),
        ] {
            for key in &keys {
                let new = NewPaper {
                    owner,
                    theme,
                    title: Localized::only("en", key),
                    ..it.new_paper(track, PaperState::Drafting)
                };
                let paper = begin(&mut it.conn, None, now(), new).expect("begun");
                on_each!(&mut it.conn, |c| diesel::update(papers::table.find(paper.id))
                    .set(papers::visible_to.eq(key))
                    .execute(c))
                .expect("shown");
                all.push(it.row(paper.id));
            }
        }
    }
    all
}

/// Everything somebody could hold that has to do with papers.
fn all_standings(it: &World, papers: &[Paper]) -> Vec<Standing> {
    let themes: [ThemeId; 2] = [it.theme, it.other_theme];
    let mut all = vec![
        (Role::Secretariat, Scope::Track("assembly".into())),
        (Role::Secretariat, Scope::Track("town_hall".into())),
        (Role::Secretariat, Scope::Track("statutory".into())),
        (Role::Secretariat, Scope::Everywhere),
        (Role::PlatformAdmin, Scope::Everywhere),
        (Role::Registrar, Scope::Everywhere),
        (Role::Participant, Scope::Edition(it.edition)),
        (Role::FocalPoint, Scope::Organisation(it.section)),
        (Role::FocalPoint, Scope::Organisation(it.other)),
        (Role::Translator, Scope::Everywhere),
    ];
    all.extend(themes.map(|theme| (Role::ThemeLead, Scope::Theme(theme))));
    all.extend(
        papers
            .iter()
            .step_by(9)
            .map(|paper| (Role::Drafter, Scope::Paper(paper.id))),
    );
    all.into_iter()
        .map(|(role, scope)| Standing { role, scope })
        .collect()
}

/// Whoever asks, whatever they hold, whatever they filter by and however they page: a list is what [`get`] would give them.
#[test]
fn a_list_is_what_somebody_would_get_one_by_one() {
    let mut it = world();
    let all = papers_of_all_kinds(&mut it);
    let standings = all_standings(&it, &all);
    let account = it.person("Anybody");
    let account = accounts_id(&mut it, account);
    let (section, other, theme) = (it.section, it.other, it.theme);
    let held = subsequence(standings.clone(), 0..=3);
    let signed_in = select(vec![false, true]);
    let own = subsequence(vec![section, other], 0..=2);
    let filter = (
        proptest::option::of(select(vec![section, other])),
        proptest::option::of(select(vec![theme, it.other_theme])),
        proptest::option::of(select(vec![PaperState::Drafting, PaperState::Published])),
    );
    let asked = (held, signed_in, own, filter, 1_i64..60);
    let edition = it.edition;
    let conn = std::cell::RefCell::new(&mut it.conn);
    let config = Config {
        cases: 80,
        failure_persistence: None,
        ..Config::default()
    };

    TestRunner::new(config)
        .run(
            &asked,
            |(held, is_signed_in, own, (owner, theme, state), limit)| {
                let actor = Actor {
                    account: is_signed_in.then_some(account),
                    tags: [Tag::Individual].into(),
                    organisations: own,
                    standings: held,
                    ..Actor::default()
                };
                let filter = PaperFilter {
                    owner,
                    theme,
                    state,
                    track: None,
                };
                let asked_for = |paper: &&Paper| {
                    owner.is_none_or(|owner| paper.owner == owner)
                        && theme.is_none_or(|theme| paper.theme == Some(theme))
                        && state.is_none_or(|state| paper.state == state)
                };
                let conn = &mut **conn.borrow_mut();
                let one_by_one: Vec<PaperId> = all
                    .iter()
                    .filter(asked_for)
                    .filter(|paper| get(conn, &actor, now(), paper.id).is_ok())
                    .map(|paper| paper.id)
                    .collect();

                let lines = listed(conn, &actor, edition, &filter, limit);

                let found: Vec<PaperId> = lines.iter().map(|line| line.paper.id).collect();
                prop_assert_eq!(&found, &one_by_one);
                let counted = count(conn, &actor, edition, &filter).expect("counted");
                prop_assert_eq!(counted, i64::try_from(found.len()).expect("few"));
                Ok(())
            },
        )
        .expect("it holds");
}

fn accounts_id(it: &mut World, person: access_rules::PersonId) -> access_rules::AccountId {
    it.actor(person).account.expect("an account")
}

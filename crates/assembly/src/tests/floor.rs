//! The floor of the World Assembly and of a sitting belongs to them: who chairs, on what it is opened, what ends it.

use access_rules::{Actor, Role, Scope, SessionId};
use floor::model::{Floor, FloorState, SpeechKind};
use kernel::{Fault, Id, Language};

use super::{
    secretariat,
    stage::{Stage, code, congress_time, said, stage},
};
use crate::{
    agenda, closings,
    floor::{
        asking::{self, SpeakInput},
        chairing::{self, FloorInput},
        seeing,
    },
    proceedings::{self, AssemblyStepInput},
};

fn opened(it: &mut Stage, actor: &Actor, session: SessionId, input: &FloorInput) -> Result<Floor, Fault> {
    let actor = actor.clone();
    it.whole(|conn| chairing::open(conn, &actor, congress_time(), session, input))
}

fn topic() -> FloorInput {
    FloorInput {
        title: said("Who speaks for cities"),
        ..FloorInput::default()
    }
}

fn statement() -> SpeakInput {
    SpeakInput {
        kind: Some(SpeechKind::Statement),
        ..SpeakInput::default()
    }
}

#[test]
fn an_outcome_on_the_floor_is_named_by_its_code_and_by_its_title_to_who_may_read_it() {
    let mut it = stage();
    let paper = it.published();
    let sitting = it.sitting("2019-11-12T14:00");
    it.take_up(sitting, paper);
    it.record(sitting, paper, &["Plan before the road"]);
    it.whole(|conn| closings::close(conn, &secretariat(), congress_time(), sitting))
        .expect("closed");
    let session = it.open_assembly();
    let convener = it.convener();
    let items = agenda::list(&mut it.conn, &convener, congress_time(), session).expect("listed");
    let put = items[0].put.clone().expect("an outcome");
    let input = FloorInput {
        item: Some(Id::from_uuid(items[0].item.id.uuid())),
        ..FloorInput::default()
    };

    let floor = opened(&mut it, &convener, session, &input).expect("open");

    assert_eq!(floor.title.text(Language::En), put.code);
    let title = |it: &mut Stage, actor: &Actor| {
        let shown = seeing::of_session(&mut it.conn, actor, congress_time(), session).expect("seen");
        shown.discussed.map(|own| own.title)
    };
    assert_eq!(title(&mut it, &Actor::nobody()), None);
    assert_eq!(title(&mut it, &convener), Some(said("Plan before the road")));
    let again = opened(&mut it, &convener, session, &topic());
    assert_eq!(code(again), "another_floor_open");
    let foreign = FloorInput {
        item: Some(Id::named("no item of this agenda")),
        ..FloorInput::default()
    };
    assert_eq!(code(opened(&mut it, &convener, session, &foreign)), "not_an_item");
}

#[test]
fn a_floor_is_chaired_by_who_runs_its_session_and_goes_with_the_world_assembly() {
    let mut it = stage();
    let paper = it.published();
    let sitting = it.sitting("2019-11-12T14:00");
    it.take_up(sitting, paper);
    let session = it.open_assembly();
    let (convener, at) = (it.convener(), congress_time());
    let chair = it.somebody("Chris Chair");
    it.stand(chair, Role::Chair, Scope::Session(sitting));
    let chair = it.actor(chair);

    // Each by who runs it, and by nobody else.
    assert_eq!(code(opened(&mut it, &chair, session, &topic())), "not_allowed");
    assert_eq!(code(opened(&mut it, &convener, sitting, &topic())), "not_allowed");
    let world = opened(&mut it, &convener, session, &topic()).expect("open");
    let round = opened(&mut it, &chair, sitting, &topic()).expect("open");

    // In a sitting whoever comes to the congress may speak.
    let (guest, stranger) = (it.participant("Pia Participant"), it.somebody("Stan Stranger"));
    let (guest, stranger) = (it.actor(guest), it.actor(stranger));
    let refused = it.whole(|conn| asking::ask(conn, &stranger, at, round.id, &statement()));
    assert_eq!(code(refused), "not_registered");
    it.whole(|conn| asking::ask(conn, &guest, at, round.id, &statement()))
        .expect("asked");
    let refused = it.whole(|conn| asking::ask(conn, &guest, at, world.id, &statement()));
    assert_eq!(code(refused), "not_endorsed");

    let reason = AssemblyStepInput::default();
    it.whole(|conn| proceedings::suspend(conn, &convener, at, session, &reason, None))
        .expect("suspended");
    assert_eq!(state(&mut it, &world), FloorState::Paused);
    let early = it.whole(|conn| chairing::resume(conn, &convener, at, world.id));
    assert_eq!(code(early), "world_assembly_not_open");
    it.whole(|conn| proceedings::resume(conn, &convener, at, session, None))
        .expect("resumed");
    it.whole(|conn| chairing::resume(conn, &convener, at, world.id))
        .expect("goes on");
    it.whole(|conn| proceedings::close(conn, &convener, at, session, None))
        .expect("closed");
    assert_eq!(state(&mut it, &world), FloorState::Closed);
}

#[test]
fn a_sitting_that_is_closed_closes_its_floor_and_opens_no_other() {
    let mut it = stage();
    let paper = it.published();
    let sitting = it.sitting("2019-11-12T14:00");
    it.take_up(sitting, paper);
    it.release();
    let (desk, at) = (secretariat(), congress_time());
    let round = opened(&mut it, &desk, sitting, &topic()).expect("open");
    it.record(sitting, paper, &[]);

    it.whole(|conn| closings::close(conn, &desk, at, sitting))
        .expect("closed");

    assert_eq!(state(&mut it, &round), FloorState::Closed);
    assert_eq!(code(opened(&mut it, &desk, sitting, &topic())), "sitting_closed");
    let again = it.whole(|conn| chairing::resume(conn, &desk, at, round.id));
    assert_eq!(code(again), "sitting_closed");
}

fn state(it: &mut Stage, floor: &Floor) -> FloorState {
    floor::floors::get(&mut it.conn, floor.id).expect("there").state
}

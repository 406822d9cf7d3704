//! The World Assembly is convoked, and networks stand for its participants.

use access_rules::{Actor, Role, Scope};
use kernel::{Id, Moment, PageAsk};
use mail::{
    model::LetterKind,
    outbox::{self, Filter},
};
use members::{
    model::{OrganisationKind, RelationKind},
    relations::{self, RelationInput},
};
use people::accounts;
use programme::{access, admission::Admission as _, sessions};

use super::{
    secretariat, staff,
    stage::{Somebody, Stage, code, congress_time, june, stage},
};
use crate::{
    admission::AssemblyAdmission,
    convocation::{self, ConsentInput, ConvokeInput},
    endorsements::{self, EndorseInput, EndorsementAnswerInput, EndorsementInput},
    model::world::{AssemblyState, EndorsementState, NetworkAnswer},
    terms::{self, AssemblyTermsInput},
    world_assembly,
};

#[test]
fn r67_who_convokes_is_the_convener_or_the_desk_of_the_track_and_no_other() {
    let mut it = stage();
    let session = it.world_assembly();
    it.network("A Network");
    let chair = it.somebody("Chris Chair");
    it.stand(chair, Role::Chair, Scope::Session(session));
    let chair = it.actor(chair);
    let edition = it.id();

    let refused = [
        (chair, "convener_only"),
        // Who staffs another desk does not even know of it yet.
        (
            staff(Role::Secretariat, Scope::Track("statutory".into())),
            "not_found",
        ),
        (
            staff(Role::GtfConvener, Scope::Edition(Id::named("another"))),
            "not_found",
        ),
        (Actor::nobody(), "not_found"),
    ];
    for (actor, why) in refused {
        let asked = convocation::ask(&mut it.conn, &actor, june(), session, None);
        assert_eq!(code(asked), why);
    }
    it.release();
    let statutory = staff(Role::Secretariat, Scope::Track("statutory".into()));
    let asked = convocation::ask(&mut it.conn, &statutory, june(), session, None);
    assert_eq!(code(asked), "convener_only");
    let desk = staff(Role::Secretariat, Scope::Track("assembly".into()));
    let asked = convocation::ask(&mut it.conn, &desk, june(), session, None).expect("asked");
    assert_eq!(
        (asked.edition, asked.state),
        (edition, AssemblyState::AwaitingConsent)
    );
}

#[test]
fn r69_every_network_agrees_before_it_is_convoked() {
    let mut it = stage();
    let session = it.world_assembly();
    let (convener, at) = (it.convener(), june());
    let none = convocation::ask(&mut it.conn, &convener, at, session, None);
    assert_eq!(code(none), "no_networks");
    let (first, second) = (
        it.network("Network of the Coasts"),
        it.network("Network of the Hills"),
    );
    let of_first = it.focal_point(first, "Fred First");
    let of_first = it.actor(of_first);
    let convoke = |it: &mut Stage| {
        let convener = it.convener();
        it.whole(|conn| convocation::convoke(conn, &convener, at, session, &ConvokeInput::default(), None))
    };
    let answer = |answer, note: &str| ConsentInput {
        answer: Some(answer),
        note: note.into(),
    };

    assert_eq!(code(convoke(&mut it)), "world_assembly_state");
    assert_eq!(
        code(convocation::consents(&mut it.conn, &of_first, at, session)),
        "not_found",
        "no network was asked yet"
    );
    convocation::ask(&mut it.conn, &convener, at, session, None).expect("asked");
    assert_eq!(
        code(convocation::ask(&mut it.conn, &convener, at, session, None)),
        "world_assembly_state"
    );
    let refused = convoke(&mut it).expect_err("nobody has agreed");
    assert_eq!(refused.code, "consent_missing");
    assert_eq!(
        refused.facts["names"],
        "Network of the Coasts, Network of the Hills"
    );

    let agreed = answer(NetworkAnswer::Agreed, "");
    let own = convocation::answer(&mut it.conn, &of_first, at, session, first, &agreed, None);
    own.expect("agreed");
    let foreign = convocation::answer(&mut it.conn, &of_first, at, session, second, &agreed, None);
    assert_eq!(code(foreign), "convener_only");
    let silent = convocation::answer(&mut it.conn, &convener, at, session, second, &agreed, None);
    assert_eq!(silent.expect_err("how is it known?").fields[0].field, "note");
    let not = answer(NetworkAnswer::NotAgreed, "By telephone.");
    convocation::answer(&mut it.conn, &convener, at, session, second, &not, None).expect("recorded");
    let one_not = convoke(&mut it).expect_err("one does not agree");
    assert_eq!(one_not.facts["networks"], serde_json::json!([second]));
    assert_eq!(it.assembly(session).state, AssemblyState::AwaitingConsent);
    let city = convocation::answer(&mut it.conn, &convener, at, session, it.city, &agreed, None);
    assert_eq!(code(city), "not_a_network");

    it.consent(session, second);
    let convoked = convoke(&mut it).expect("convoked");
    assert_eq!(convoked.state, AssemblyState::Convoked);
    assert_eq!(convoked.convoked_for, Some(Moment::at("2019-11-15T08:00:00Z")));
    let late = convocation::answer(&mut it.conn, &of_first, at, session, first, &not, None);
    assert_eq!(code(late), "world_assembly_state");
    for kind in [LetterKind::ConsentAsked, LetterKind::AssemblyConvoked] {
        let filter = Filter {
            kind: Some(kind),
            ..Filter::default()
        };
        let letters = outbox::list(&mut it.conn, &secretariat(), at, &filter, &PageAsk::first());
        let to: Vec<_> = letters
            .expect("read")
            .items
            .iter()
            .map(|letter| letter.person_id)
            .collect();
        assert_eq!(to, [of_first.person], "{kind}");
    }
}

#[test]
fn r69_eighty_nine_days_are_too_short_unless_a_reason_is_given() {
    let mut it = stage();
    let session = it.world_assembly();
    let network = it.network("A Network");
    let convener = it.convener();
    convocation::ask(&mut it.conn, &convener, june(), session, None).expect("asked");
    it.consent(session, network);
    let convoke = |it: &mut Stage, at: &str, reason: &str| {
        let (convener, at) = (it.convener(), Moment::at(at));
        let input = ConvokeInput {
            override_reason: reason.into(),
        };
        it.whole(|conn| convocation::convoke(conn, &convener, at, session, &input, None))
    };

    // 18 August is 89 days before 15 November; the last day in time is 15 August, by the congress's clock.
    let refused = convoke(&mut it, "2019-08-18T08:00:00Z", "").expect_err("too short");
    assert_eq!(refused.code, "notice_too_short");
    assert_eq!(refused.facts["due_on"], "2019-08-15");
    let next_day = convoke(&mut it, "2019-08-15T22:00:00Z", "");
    assert_eq!(code(next_day), "notice_too_short");
    let view = world_assembly::show(
        &mut it.conn,
        &convener,
        Moment::at("2019-08-18T08:00:00Z"),
        session,
    );
    assert_eq!(view.expect("seen").notice.expect("placed").in_time, Some(false));
    let convoked = convoke(&mut it, "2019-08-18T08:00:00Z", "The host was found late.").expect("an override");
    assert_eq!(convoked.short_notice_reason, "The host was found late.");
    let view = world_assembly::show(&mut it.conn, &convener, june(), session).expect("seen");
    assert_eq!(
        view.steps.last().map(|step| step.reason.as_str()),
        Some("The host was found late.")
    );

    // How long before is a term of the edition.
    let mut other = stage();
    let session = other.world_assembly();
    let network = other.network("A Network");
    let two = AssemblyTermsInput {
        notice_months: Some(2),
        ..AssemblyTermsInput::default()
    };
    let edition = other.id();
    terms::set(&mut other.conn, &secretariat(), june(), edition, &two, Some(0)).expect("set");
    let convener = other.convener();
    convocation::ask(&mut other.conn, &convener, june(), session, None).expect("asked");
    other.consent(session, network);
    let at = Moment::at("2019-09-15T21:59:00Z");
    let input = ConvokeInput::default();
    let in_time = convocation::convoke(&mut other.conn, &convener, at, session, &input, None);
    assert_eq!(in_time.expect("in time").short_notice_reason, "");
}

#[test]
fn r70_without_a_networks_endorsement_a_participant_is_pending_and_has_neither_floor_nor_say() {
    let mut it = stage();
    let session = it.world_assembly();
    it.release();
    let network = it.network("A Network");
    let head = it.focal_point(network, "Hedda Head");
    let (who, stranger) = (it.participant("Pia Participant"), it.somebody("Stan Stranger"));
    let (edition, at) = (it.id(), congress_time());
    let (head, who_acts, stranger) = (it.actor(head), it.actor(who), it.actor(stranger));
    let asked = EndorsementInput {
        network: Some(network),
    };
    let city = EndorsementInput {
        network: Some(it.city),
    };
    let may = |it: &mut Stage| {
        let actor = it.actor(who);
        let row = sessions::row(&mut it.conn, session)
            .expect("read")
            .expect("there");
        let known = AssemblyAdmission
            .circumstances(&mut it.conn, &actor, at, &row)
            .expect("known");
        let view = access::of(&mut it.conn, &actor, at, session, known).expect("seen");
        (view.attend.allowed, view.speak.code, view.vote.code)
    };

    assert_eq!(may(&mut it), (true, Some("not_endorsed"), Some("not_endorsed")));
    assert_eq!(
        code(endorsements::ask(&mut it.conn, &stranger, at, edition, &asked)),
        "person_not_registered"
    );
    assert_eq!(
        code(endorsements::ask(&mut it.conn, &who_acts, at, edition, &city)),
        "not_a_network"
    );
    let pending = endorsements::ask(&mut it.conn, &who_acts, at, edition, &asked).expect("asked");
    assert_eq!(pending.state, EndorsementState::PendingNetwork);
    let twice = it.whole(|conn| endorsements::ask(conn, &who_acts, at, edition, &asked));
    assert_eq!(code(twice), "endorsement_asked");
    assert_eq!(may(&mut it), (true, Some("not_endorsed"), Some("not_endorsed")));

    let yes = EndorsementAnswerInput {
        endorsed: Some(true),
        reason: String::new(),
    };
    let own = endorsements::answer(&mut it.conn, &who_acts, at, pending.id, &yes, None);
    assert_eq!(code(own), "not_found");
    let foreign = endorsements::list(&mut it.conn, &who_acts, at, edition, network);
    assert_eq!(code(foreign), "not_found");
    let waiting = endorsements::list(&mut it.conn, &head, at, edition, network).expect("listed");
    assert_eq!(waiting[0].person_name, "Pia Participant");
    endorsements::answer(&mut it.conn, &head, at, pending.id, &yes, Some(1)).expect("endorsed");
    assert_eq!(may(&mut it), (true, None, None));

    let silent = endorsements::withdraw(&mut it.conn, &head, at, pending.id, "", None);
    assert_eq!(silent.expect_err("refused").fields[0].field, "reason");
    endorsements::withdraw(&mut it.conn, &head, at, pending.id, "A mistake.", None).expect("withdrawn");
    assert_eq!(may(&mut it), (true, Some("not_endorsed"), Some("not_endorsed")));
    let mine = endorsements::mine(&mut it.conn, &who_acts, edition).expect("read");
    assert_eq!(mine.expect("one").endorsement.state, EndorsementState::Withdrawn);
}

#[test]
fn r70_a_network_endorses_its_own_people_unasked_and_nobody_it_does_not_know() {
    let mut it = stage();
    let network = it.network("A Network");
    let head = it.focal_point(network, "Hedda Head");
    let (own, of_member, foreign) = (
        it.participant("Olga Own"),
        it.participant("Mona Member"),
        it.participant("Fred Foreign"),
    );
    it.of(own, network);
    let member = it.organisation("A Member City", OrganisationKind::City, None);
    let joined = RelationInput {
        kind: Some(RelationKind::MemberOfNetwork),
        other: Some(network),
        basis: "register".into(),
        ..RelationInput::default()
    };
    relations::record(&mut it.conn, &secretariat(), june(), member, &joined).expect("joined");
    it.of(of_member, member);
    it.of(foreign, it.city);
    let (head, edition, at) = (it.actor(head), it.id(), congress_time());
    let endorse = |it: &mut Stage, who: Somebody| {
        let input = EndorseInput {
            person: Some(who.person),
            ..EndorseInput::default()
        };
        endorsements::endorse(&mut it.conn, &head, at, edition, network, &input)
    };

    let candidates = |it: &mut Stage| {
        let found = endorsements::candidates(&mut it.conn, &head, at, edition, network).expect("told");
        found.into_iter().map(|(person, _)| person).collect::<Vec<_>>()
    };
    assert_eq!(candidates(&mut it), [own.person], "of its own people, registered");
    let address = |it: &mut Stage, who: Somebody| {
        let account = accounts::of_person(&mut it.conn, who.person);
        account.expect("read").expect("an account").email.to_string()
    };
    let (theirs, others) = (address(&mut it, of_member), address(&mut it, foreign));
    for (email, fault) in [
        (others.as_str(), "unknown"),
        ("nobody@example.org", "unknown"),
        ("no", "not_an_email"),
    ] {
        let input = EndorseInput {
            email: email.to_owned(),
            ..EndorseInput::default()
        };
        let refused = endorsements::endorse(&mut it.conn, &head, at, edition, network, &input);
        let refused = refused.expect_err("not theirs");
        assert_eq!(
            (refused.fields[0].field.as_str(), refused.fields[0].code),
            ("email", fault)
        );
    }
    let input = EndorseInput {
        email: theirs,
        ..EndorseInput::default()
    };
    let given = endorsements::endorse(&mut it.conn, &head, at, edition, network, &input).expect("endorsed");
    assert_eq!(
        (given.person, given.state),
        (of_member.person, EndorsementState::Endorsed)
    );
    let given = endorse(&mut it, own).expect("endorsed");
    assert_eq!(given.state, EndorsementState::Endorsed);
    assert_eq!(candidates(&mut it), [], "nobody stands for them twice");
    let unknown = endorse(&mut it, foreign).expect_err("not theirs");
    assert_eq!(
        (unknown.fields[0].field.as_str(), unknown.fields[0].code),
        ("person", "unknown")
    );
    assert_eq!(
        endorsements::network_of(&mut it.conn, edition, own.person, at),
        Ok(Some(network))
    );
    let before = Moment::at("2009-01-01T00:00:00Z");
    assert_eq!(
        endorsements::network_of(&mut it.conn, edition, own.person, before),
        Ok(None),
        "it was no network of the Task Force then"
    );
}

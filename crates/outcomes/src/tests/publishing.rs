//! The collection: ordered, linked, published, and never changed.

use db::testing;
use kernel::Language;

use super::*;
use crate::{
    collection::{self, Citing, CollectionInput, Warning},
    links,
    outcomes::OutcomeInput,
};

fn citing() -> Citing {
    Citing {
        congress: Localized::of("Congress of Durban", "Congrès de Durban", "Congreso de Durban"),
        publisher: "UCLG".into(),
        address: "https://congress.example/durban-2019/collection".into(),
    }
}

fn entitled(conn: &mut Conn, it: &Congress) {
    let input = CollectionInput {
        title: Localized::of("What we decided", "Ce que nous avons décidé", "Lo que decidimos"),
        foreword: Localized::only("en", "A series.\n\nNot one text."),
    };
    collection::edit(conn, &desk(), now(), it.edition, &input, None).expect("edited");
}

fn publish(conn: &mut Conn, it: &Congress) -> Result<(crate::legacy_model::Published, Vec<Warning>), Fault> {
    collection::publish(conn, &desk(), now(), it.edition, today(), &citing(), None)
}

fn codes(published: &crate::legacy_model::Published) -> Vec<&str> {
    published.items.0.iter().map(|item| item.code.as_str()).collect()
}

#[test]
fn r192_publishing_a_single_item_warns() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let declaration = NewOutcome {
        kind: OutcomeKind::Declaration,
        ..recommendation("Declaration of Durban")
    };
    let first = sent(conn, result(&it, 0, vec![declaration])).1[0].id;
    assert_eq!(fields(publish(conn, &it)), [("title".to_owned(), "required")]);
    entitled(conn, &it);
    assert_eq!(code(publish(conn, &it)), "nothing_to_publish");
    taken_to(conn, first, OutcomeState::Adopted);

    let (_, alone) = publish(conn, &it).expect("published");
    let more: Vec<OutcomeId> = received(conn, &it, 1, &["Build", "Rent"])
        .iter()
        .map(|own| own.id)
        .collect();
    taken_to(conn, more[0], OutcomeState::Adopted);
    let before = collection::assembled(conn, &desk(), now(), it.edition)
        .expect("told")
        .warnings;
    taken_to(conn, more[1], OutcomeState::Returned);
    let (_, whole) = publish(conn, &it).expect("published");

    assert_eq!(alone, [Warning::SingleItem, Warning::NoRecommendation]);
    assert_eq!(before, [Warning::Undecided]);
    assert_eq!(whole, []);
}

#[test]
fn r192_a_published_edition_never_changes() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &["Build", "Rent", "Move"])
        .iter()
        .map(|own| own.id)
        .collect();
    for id in &ids[..2] {
        taken_to(conn, *id, OutcomeState::Adopted);
    }
    entitled(conn, &it);
    let (first, _) = publish(conn, &it).expect("published");
    let pages = |conn: &mut Conn, number| {
        let published = collection::get(conn, it.edition, Some(number)).expect("there");
        let html = super::exporting::gathered(conn, &published, Language::Fr).html();
        (published, html)
    };
    let before = pages(conn, 1);

    assert_eq!(
        publish(conn, &it).expect("answered").0,
        first,
        "nothing changed: no new edition"
    );
    taken_to(conn, ids[2], OutcomeState::Adopted);
    collection::arrange(conn, &desk(), now(), it.edition, &[ids[2], ids[0]], None).expect("arranged");
    links::link(conn, &desk(), now(), ids[0], ids[1]).expect("linked");
    crate::translating::entitle(conn, &desk(), now(), ids[0], "fr", "Construire").expect("entitled");
    let input = CollectionInput {
        title: Localized::only("en", "Decided"),
        ..CollectionInput::default()
    };
    collection::edit(conn, &desk(), now(), it.edition, &input, None).expect("edited");
    let (second, _) = publish(conn, &it).expect("published");

    assert_eq!(pages(conn, 1), before);
    assert_eq!((first.number, second.number), (1, 2));
    assert_eq!(codes(&first), ["TH-2019-03-R01", "TH-2019-03-R02"]);
    assert_eq!(
        codes(&second),
        ["TH-2019-03-R03", "TH-2019-03-R01", "TH-2019-03-R02"]
    );
    assert_eq!(second.items.0[1].title.text(Language::Fr), "Construire");
    assert_ne!(first.hash, second.hash);
    assert_eq!(collection::get(conn, it.edition, None).expect("there").number, 2);
    assert_eq!(code(collection::get(conn, it.edition, Some(3))), "not_found");
    let listed = collection::list(conn, it.edition).expect("listed");
    let listed: Vec<(i64, usize)> = listed.iter().map(|line| (line.number, line.items)).collect();
    assert_eq!(listed, [(2, 3), (1, 2)]);
    let edited = outcomes::edit(conn, &desk(), now(), ids[0], &OutcomeInput::default(), None);
    assert_eq!(code(edited), "outcome_decided");
}

#[test]
fn r192_a_collection_is_ordered_linked_and_cited() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &["One", "Two", "Three", "Open"])
        .iter()
        .map(|own| own.id)
        .collect();
    for id in &ids[..3] {
        taken_to(conn, *id, OutcomeState::Adopted);
    }
    entitled(conn, &it);
    links::link(conn, &desk(), now(), ids[2], ids[0]).expect("linked");
    links::link(conn, &desk(), now(), ids[0], ids[2]).expect("once");
    links::link(conn, &desk(), now(), ids[0], ids[3]).expect("linked");
    let arrange = |conn: &mut Conn, order: &[OutcomeId], version| {
        collection::arrange(conn, &desk(), now(), it.edition, order, version)
    };

    let odd = arrange(conn, &[ids[1], ids[1], ids[3]], None);
    assert_eq!(
        fields(odd),
        [
            ("order.1".to_owned(), "named_twice"),
            ("order.2".to_owned(), "unknown")
        ]
    );
    let arranged = arrange(conn, &[ids[1], ids[2]], Some(2)).expect("arranged");
    assert_eq!(code(arrange(conn, &[ids[0]], Some(2))), "stale");
    let (published, _) = publish(conn, &it).expect("published");

    let order: Vec<OutcomeId> = arranged.items.iter().map(|line| line.outcome.id).collect();
    assert_eq!(order, [ids[1], ids[2], ids[0]], "what was not named comes after");
    assert_eq!(
        codes(&published),
        ["TH-2019-03-R02", "TH-2019-03-R03", "TH-2019-03-R01"]
    );
    let links: Vec<&[String]> = published
        .items
        .0
        .iter()
        .map(|item| item.links.as_slice())
        .collect();
    assert_eq!(links[0], [] as [&str; 0]);
    assert_eq!(links[1], ["TH-2019-03-R01"]);
    assert_eq!(links[2], ["TH-2019-03-R03"], "and not what is not published");
    assert_eq!(
        published.citation.text(Language::Es),
        "UCLG. Lo que decidimos. Congreso de Durban. edición 1. 2019-11-15. https://congress.example/durban-2019/collection/1"
    );
    assert_eq!(
        code(links::link(conn, &desk(), now(), ids[0], ids[0])),
        "own_link"
    );
    links::unlink(conn, &desk(), now(), ids[0], ids[2]).expect("unlinked");
    assert_eq!(
        code(links::unlink(conn, &desk(), now(), ids[0], ids[2])),
        "not_found"
    );
    let elsewhere = congress(conn, "daejeon-2022");
    let other = NewTransmission {
        stem: "TH-2022-01".into(),
        ..result(&elsewhere, 0, vec![recommendation("Other")])
    };
    let foreign = sent(conn, other).1[0].id;
    let refused = links::link(conn, &desk(), now(), ids[0], foreign);
    assert_eq!(fields(refused), [("other".to_owned(), "unknown")]);
}

#[test]
fn r192_editions_published_at_once_have_numbers_of_their_own() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &["One", "Two"])
        .iter()
        .map(|own| own.id)
        .collect();
    for id in &ids {
        taken_to(conn, *id, OutcomeState::Adopted);
    }
    entitled(conn, &it);

    let mut numbers: Vec<i64> = std::thread::scope(|scope| {
        let publishing: Vec<_> = (0..8)
            .map(|number| {
                let (test, it, ids) = (&test, it.clone(), ids.clone());
                scope.spawn(move || {
                    test.write("publish", move |conn| {
                        if number % 2 == 0 {
                            let order = [ids[1 - number % 4 / 2], ids[number % 4 / 2]];
                            collection::arrange(conn, &desk(), now(), it.edition, &order, None)?;
                        }
                        publish(conn, &it).map(|(published, _)| published.number)
                    })
                    .expect("published")
                })
            })
            .collect();
        publishing
            .into_iter()
            .map(|one| one.join().expect("ran"))
            .collect()
    });

    numbers.sort_unstable();
    numbers.dedup();
    let last = i64::try_from(numbers.len()).expect("few");
    assert_eq!(numbers, (1..=last).collect::<Vec<_>>(), "no gap and no double");
    assert_eq!(
        collection::list(conn, it.edition).expect("listed").len(),
        numbers.len()
    );
}

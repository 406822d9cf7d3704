//! Persons: found, listed, edited.

use super::*;

#[test]
fn people_are_listed_by_family_name_page_by_page_and_found_by_any_part_of_it() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let admin = admin(&mut conn);
    for (given, family) in [
        ("Zoé", "Ábalos"),
        ("Ömer", "Çelik"),
        ("Ana", "100%_Real"),
        ("Pelé", ""),
    ] {
        person(&mut conn, given, family);
    }
    let names = |conn: &mut Conn, text: &str, ask: &PageAsk| {
        let filter = Filter {
            text: Some(text.into()),
        };
        let page = persons::list(conn, &admin, now(), &filter, ask).expect("listed");
        (
            page.items
                .iter()
                .map(crate::model::Person::name)
                .collect::<Vec<_>>(),
            page.next,
        )
    };

    let (first, next) = names(&mut conn, "", &PageAsk::of(3));
    let ask = PageAsk {
        after: next,
        limit: 3,
    };
    let (second, end) = names(&mut conn, "", &ask);

    assert_eq!(first, ["Ana 100%_Real", "Zoé Ábalos", "Ada Admin"]);
    assert_eq!(second, ["Ömer Çelik", "Pelé"]);
    assert_eq!(end, None);
    assert_eq!(
        names(&mut conn, "celik OMER", &PageAsk::first()).0,
        ["Ömer Çelik"]
    );
    assert_eq!(names(&mut conn, "%", &PageAsk::first()).0, ["Ana 100%_Real"]);
    assert_eq!(
        names(&mut conn, "Admin@Example.org", &PageAsk::first()).0,
        ["Ada Admin"]
    );
    let refused = persons::list(
        &mut conn,
        &Actor::nobody(),
        now(),
        &Filter::default(),
        &PageAsk::first(),
    );
    assert_eq!(refused.expect_err("not for all").kind, Kind::SignInNeeded);
}

#[test]
fn r255_of_two_who_edit_a_person_the_second_is_told() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let actor = actor_of(&ana);
    let named = |given: &str| PersonInput {
        given_name: given.into(),
        family_name: "N'Diaye".into(),
        ..PersonInput::default()
    };
    let edit = |conn: &mut Conn, version: Option<i64>, given: &str| {
        persons::edit(conn, &actor, now(), ana.person, version, &named(given))
    };

    let first = edit(&mut conn, Some(1), "Ana").expect("edited");
    let second = edit(&mut conn, Some(1), "Anna");
    let blind = edit(&mut conn, None, "Anna");

    assert_eq!((first.version, first.name().as_str()), (2, "Ana N'Diaye"));
    assert_eq!(second.expect_err("stale"), Fault::stale());
    assert_eq!(blind.expect_err("blind").kind, Kind::VersionNeeded);
}

#[test]
fn a_person_is_seen_and_edited_by_themselves_and_by_who_looks_after_people() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let admin = admin(&mut conn);
    let ana = enter(&mut conn, "ana@example.org");
    let ben = enter(&mut conn, "ben@example.org");
    let absent = Id::new();
    let blank = PersonInput::default();

    persons::view(&mut conn, &actor_of(&ana), now(), ana.person).expect("herself");
    persons::view(&mut conn, &admin, now(), ana.person).expect("the desk");
    let hidden = persons::view(&mut conn, &actor_of(&ben), now(), ana.person).expect_err("hidden");
    let missing = persons::view(&mut conn, &actor_of(&ben), now(), absent).expect_err("missing");
    let edited = persons::edit(&mut conn, &actor_of(&ben), now(), ana.person, Some(1), &blank);
    let nameless = persons::edit(&mut conn, &actor_of(&ana), now(), ana.person, Some(1), &blank);

    assert_eq!(hidden, missing);
    assert_eq!(edited.expect_err("hidden"), missing);
    assert_eq!(nameless.expect_err("no name").fields[0].field, "given_name");
}

//! Registrations are found by how the words of name, organisation and address begin.

use super::*;

/// Somebody of this name, registered.
fn called(
    conn: &mut Conn,
    congress: &Congress,
    number: usize,
    given_name: &str,
    family_name: &str,
) -> Registration {
    let actor = person(conn, number);
    let begun = draft(conn, congress, &actor, &[]);
    let input = RegistrationInput {
        given_name: given_name.into(),
        family_name: family_name.into(),
        category: Some(congress.category),
        step: 3,
        ..RegistrationInput::default()
    };
    let saved =
        registrations::save(conn, &actor, now(), begun.id, Some(begun.version), &input).expect("saved");
    registrations::submit(conn, &actor, now(), saved.id, Some(saved.version)).expect("sent")
}

/// Who is found by what is typed, in the order of the list.
fn found(conn: &mut Conn, congress: &Congress, typed: &str) -> Vec<crate::model::RegistrationId> {
    let filter = Filter {
        text: Some(typed.into()),
        ..Filter::default()
    };
    let ask = kernel::PageAsk::of(200);
    let page = lists::list(conn, &Actor::system(), now(), congress.edition, &filter, &ask);
    page.expect("listed")
        .items
        .into_iter()
        .map(|row| row.id)
        .collect()
}

#[test]
fn a_name_is_found_by_the_beginnings_of_its_words_in_any_order_case_and_accent() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    let jose = called(conn, &congress, 1, "José Ángel", "Muñoz-Iturbe").id;
    let joseph = called(conn, &congress, 2, "Joseph", "Angelis").id;

    for typed in [
        "José Ángel Muñoz-Iturbe",
        "munoz jose",
        "ITUR ang JOS",
        "  iturbe,  muñ ",
        "ana1@example.org mu",
        "1@EX mu",
    ] {
        let wanted = if typed.starts_with('1') {
            vec![]
        } else {
            vec![jose]
        };
        assert_eq!(found(conn, &congress, typed), wanted, "{typed}");
    }
    let both = found(conn, &congress, "jose");
    assert_eq!(both.len(), 2);
    assert!(both.contains(&jose) && both.contains(&joseph), "both begin so");
    assert_eq!(found(conn, &congress, "joseph"), [joseph]);
    // Within a word nobody is found by it, nor by a word too many.
    for typed in ["unoz", "turbe", "jose munoz other"] {
        assert_eq!(found(conn, &congress, typed), [], "{typed}");
    }
    // Where no word is typed, nobody is looked for.
    assert_eq!(found(conn, &congress, " -- ").len(), 2);
}

#[test]
fn a_word_that_everybody_has_and_a_rare_one_find_who_has_both() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    for number in 0..6 {
        called(conn, &congress, number, "Thandeka", &format!("Dube {number}"));
    }
    let rare = called(conn, &congress, 6, "Thandeka", "Zwartbooi").id;
    let other = called(conn, &congress, 7, "Quenby", "Zwartland").id;

    assert_eq!(
        found(conn, &congress, "example").len(),
        8,
        "each has such an address"
    );
    assert_eq!(found(conn, &congress, "thandeka").len(), 7);
    assert_eq!(found(conn, &congress, "thandeka zwart"), [rare]);
    assert_eq!(found(conn, &congress, "zwart thandeka"), [rare]);
    assert_eq!(found(conn, &congress, "example zwart"), [rare, other]);
    assert_eq!(found(conn, &congress, "quenby zwartbooi"), []);
}

#[test]
fn two_words_that_many_have_find_who_has_both_page_by_page() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    let mut both = Vec::new();
    for number in 1..=7 {
        both.push(
            called(
                conn,
                &congress,
                number,
                "Thandeka",
                &format!("Ndlovu {}", "b".repeat(number)),
            )
            .id,
        );
    }
    for number in 8..=13 {
        called(conn, &congress, number, "Thandeka", "Zulu");
        called(conn, &congress, number + 10, "Sipho", "Ndlovu");
    }

    assert_eq!(found(conn, &congress, "ndlo thand"), both);
    assert_eq!(found(conn, &congress, "thandeka sipho"), []);

    let filter = Filter {
        text: Some("thandeka ndlovu".into()),
        ..Filter::default()
    };
    let page_by_page = kernel::page::walk(kernel::PageAsk::of(3), |ask| {
        lists::list(conn, &Actor::system(), now(), congress.edition, &filter, ask)
    });
    let ids: Vec<_> = page_by_page
        .expect("walked")
        .into_iter()
        .map(|row| row.id)
        .collect();
    assert_eq!(ids, both);
}

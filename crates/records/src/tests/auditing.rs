//! The log: its chain, its denials, and how it is browsed.

use super::*;

fn noted(conn: &mut Conn, acts: &[&str]) {
    for (number, act) in acts.iter().enumerate() {
        let note = Note {
            object_id: Some(Id::<Subject>::named(act).uuid()),
            summary: json!({"room": number, "é": "\u{0}", "rate": 1.50}),
            before: Fingerprint::of(&json!({"v": 1})),
            after: Fingerprint::of(&json!({"v": 2})),
            ..Note::of(act, "session")
        };
        conn.transaction(|conn| audit::note(conn, noon(), &note))
            .expect("noted");
    }
}

fn verdict(conn: &mut Conn) -> Verdict {
    audit::verify(conn).expect("read")
}

fn broken_at(entries: i64, seq: i64, why: Wrong) -> Verdict {
    Verdict {
        entries,
        broken: Some(Break { seq, why }),
    }
}

#[test]
fn r254_an_untouched_chain_holds() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    assert_eq!(
        verdict(conn),
        Verdict {
            entries: 0,
            broken: None
        }
    );

    noted(conn, &["a", "b", "c"]);

    assert_eq!(
        verdict(conn),
        Verdict {
            entries: 3,
            broken: None
        }
    );
}

#[test]
fn r254_tampering_is_detected_whatever_was_touched() {
    let cases = [
        (
            "UPDATE audit_entries SET act = 'x' WHERE seq = 2",
            broken_at(1, 2, Wrong::Changed),
        ),
        (
            "UPDATE audit_entries SET summary = '{}' WHERE seq = 3",
            broken_at(2, 3, Wrong::Changed),
        ),
        (
            "UPDATE audit_entries SET actor = object_id WHERE seq = 1",
            broken_at(0, 1, Wrong::Changed),
        ),
        (
            "UPDATE audit_entries SET after_hash = NULL WHERE seq = 2",
            broken_at(1, 2, Wrong::Changed),
        ),
        (
            "DELETE FROM audit_entries WHERE seq = 2",
            broken_at(1, 2, Wrong::Missing),
        ),
        (
            "DELETE FROM audit_entries WHERE seq = 3",
            broken_at(2, 3, Wrong::Missing),
        ),
        (
            "DELETE FROM audit_entries WHERE seq = 3; UPDATE audit_head SET seq = 2",
            broken_at(2, 2, Wrong::Head),
        ),
    ];
    for (tampering, expected) in cases {
        let db = testing::fresh();
        let conn = &mut db.conn();
        noted(conn, &["a", "b", "c"]);

        conn.execute_batch(tampering).expect("tampered");

        assert_eq!(verdict(conn), expected, "{tampering}");
    }
}

#[test]
fn r254_entries_written_at_once_form_one_chain() {
    let db = testing::fresh();
    std::thread::scope(|scope| {
        for _ in 0..40 {
            scope.spawn(|| {
                db.write("note", |conn| {
                    audit::note(conn, noon(), &Note::of("seat.reserve", "seat"))
                })
            });
        }
    });

    assert_eq!(
        verdict(&mut db.conn()),
        Verdict {
            entries: 40,
            broken: None
        }
    );
}

#[test]
fn an_act_that_is_refused_leaves_no_entry() {
    let db = testing::fresh();
    let refused = db.write("note", |conn| {
        audit::note(conn, noon(), &Note::of("seat.reserve", "seat"))?;
        Err::<(), _>(Fault::conflict("full"))
    });

    assert_eq!(refused, Err(Fault::conflict("full")));
    assert_eq!(
        verdict(&mut db.conn()),
        Verdict {
            entries: 0,
            broken: None
        }
    );
}

#[test]
fn r257_entries_are_paged_and_filtered() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    noted(conn, &["a", "b", "a", "b", "a"]);
    let only_a = Filter {
        act: Some("a".into()),
        object_kind: Some("session".into()),
        object_id: Some(Id::<Subject>::named("a").uuid()),
        from: Some(noon()),
        to: Some(noon().plus_seconds(1)),
        ..Filter::default()
    };

    let first = audit::list(conn, &only_a, &PageAsk::of(2)).expect("listed");
    noted(conn, &["a"]);
    let ask = PageAsk {
        after: first.next.clone(),
        limit: 2,
    };
    let second = audit::list(conn, &only_a, &ask).expect("listed");

    let seqs = |page: &kernel::Page<crate::model::Entry>| -> Vec<i64> {
        page.items.iter().map(|entry| entry.seq).collect()
    };
    assert_eq!((seqs(&first), seqs(&second)), (vec![5, 3], vec![1]));
    assert_eq!(second.next, None);
    assert_eq!(first.items[0].facts()["room"], json!(4));
    let forged = PageAsk {
        after: Some(Cursor {
            key: "x".into(),
            id: Id::<Subject>::random().uuid(),
        }),
        limit: 2,
    };
    assert_eq!(
        audit::list(conn, &only_a, &forged).map_err(|fault| (fault.kind, fault.code)),
        Err((Kind::Malformed, "bad_cursor"))
    );
    let nobody = Filter {
        actor: Some(Id::random()),
        ..Filter::default()
    };
    assert_eq!(
        audit::list(conn, &nobody, &PageAsk::first())
            .expect("listed")
            .items,
        vec![]
    );
}

#[test]
fn r20_every_denial_is_kept_with_ids_and_reason() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let denial = |number: usize| Denial {
        subject: Some(Id::named("mallory")),
        object_kind: "meeting".into(),
        object_id: Some(Id::named("council")),
        act: "read".into(),
        reason: format!("reason_{number}"),
        at: noon(),
    };

    denials::append(conn, &(0..10).map(denial).collect::<Vec<_>>()).expect("appended");
    denials::append(conn, &[]).expect("nothing to append");

    let first = denials::list(conn, &PageAsk::of(6)).expect("listed");
    let rest = PageAsk {
        after: first.next.clone(),
        limit: 6,
    };
    let rest = denials::list(conn, &rest).expect("listed");
    let reasons: Vec<String> = first
        .items
        .iter()
        .chain(&rest.items)
        .map(|row| row.reason.clone())
        .collect();
    let newest_first: Vec<String> = (0..10).rev().map(|number| format!("reason_{number}")).collect();
    assert_eq!(reasons, newest_first);
    assert_eq!(first.items[0].subject, Some(Id::named("mallory")));
}

#[test]
fn the_audit_of_a_day_is_found_by_its_numbers_and_pages_go_on() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    for day in 0..4 {
        for _ in 0..3 {
            audit::note(conn, noon().plus_days(day), &Note::of("room.edit", "room")).expect("noted");
        }
    }
    let of_day = audit::Filter {
        from: Some(noon().plus_days(1)),
        to: Some(noon().plus_days(2)),
        ..audit::Filter::default()
    };
    let later = audit::Filter {
        from: Some(noon().plus_days(9)),
        ..audit::Filter::default()
    };
    let seqs = |page: &kernel::Page<crate::model::Entry>| {
        page.items.iter().map(|entry| entry.seq).collect::<Vec<_>>()
    };

    let first = audit::list(conn, &of_day, &PageAsk::of(2)).expect("listed");
    let ask = PageAsk {
        after: first.next.clone(),
        limit: 2,
    };
    let second = audit::list(conn, &of_day, &ask).expect("listed");
    let none = audit::list(conn, &later, &PageAsk::first()).expect("listed");

    assert_eq!((seqs(&first), seqs(&second)), (vec![6, 5], vec![4]));
    assert_eq!((second.next, none.items.len()), (None, 0));
}

/// §5.5 case 51.
#[test]
fn no_cell_of_the_audit_is_a_formula() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let note = Note {
        actor: Some(Id::named("ana")),
        ..Note::of("=1+1", "@sum")
    };
    audit::note(conn, noon(), &note).expect("noted");
    let page = audit::list(conn, &audit::Filter::default(), &PageAsk::first()).expect("listed");

    let sheet = audit_sheet::of(&page.items, |_| {
        Some("=HYPERLINK(\"http://evil.example\")".into())
    });

    let text = String::from_utf8(sheet.render(Format::Csv).expect("a file")).expect("text");
    let mut table = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let row = table.records().next().expect("a row").expect("reads");
    assert_eq!(row.len(), 9);
    for cell in &row {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
    }
}

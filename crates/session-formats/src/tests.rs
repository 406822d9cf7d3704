//! Formats as data, and what fits them.

use std::collections::BTreeSet;

use access_rules::{Act, Rule, Tag, catalogue::seeded};
use kernel::{Coded, Language};

use crate::{
    Format, FormatState, Kind, Misfit, Proposal, Severity, Stage, Terms,
    calls::{Call, call_fits},
    catalogue, domains,
    fit::{admitted, default_above_lab_minimum, fits},
    model::is_high_level,
    versions::{NumberedTerms, binding, may_become, may_delete, may_take_new, number_after},
};

fn format(code: &str) -> Format {
    let found = catalogue().into_iter().find(|format| format.code == code);
    found.expect("it is in the catalogue")
}

fn spheres(codes: &[&str]) -> Vec<String> {
    codes.iter().map(ToString::to_string).collect()
}

/// A session that fits every format of this length.
fn proposal(length_minutes: i64) -> Proposal<'static> {
    Proposal {
        length_minutes,
        main_domains: 1,
        ..Proposal::default()
    }
}

fn told(code: &str, proposal: &Proposal<'_>, stage: Stage) -> Vec<(&'static str, &'static str, Severity)> {
    let misfits = fits(&format(code).terms, proposal, stage);
    misfits
        .into_iter()
        .map(|misfit| (misfit.code, misfit.field, misfit.severity))
        .collect()
}

const ALL_STAGES: &[Stage] = Stage::ALL;

#[test]
fn r23_five_formats_four_described_and_one_a_row_without_rules() {
    let formats = catalogue();

    let codes: Vec<&str> = formats.iter().map(|format| format.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "inspiration",
            "local_policies_voices",
            "global_conversations",
            "labs",
            "fifth"
        ]
    );
    for format in &formats {
        let is_fifth = format.code == "fifth";
        assert_eq!(format.state == FormatState::Empty, is_fifth);
        assert_eq!(format.propose == Rule::nobody(), is_fifth);
        assert_eq!(format.terms == Terms::default(), is_fifth);
        assert_eq!(format.propose, seeded(&format.code, Act::Propose));
        assert_eq!(format.attend, seeded(&format.code, Act::Attend));
        assert_eq!(format.terms.check(), []);
        for language in Language::ALL {
            assert_eq!(format.title.said(*language).lang, language.code());
            assert!(is_fifth || format.tagline.said(*language).lang == language.code());
        }
    }
}

#[test]
fn r23_an_organiser_fills_the_fifth_by_data_alone() {
    let written = r#"{"code": "fifth", "title": {"en": "Networking"}, "tagline": {}, "state": "active",
        "terms": {"kinds": [{"code": "speed", "title": {"en": "Speed meetings"}}], "minutes_min": 30, "minutes_max": 45},
        "propose": {"any_of": ["tag:city"]}, "attend": {"any_of": ["registered"]}}"#;

    let filled: Format = serde_json::from_str(written).expect("it is a format");
    let session = Proposal {
        kind: "speed",
        ..proposal(45)
    };

    assert_eq!(may_take_new(filled.state), Ok(()));
    assert_eq!(fits(&filled.terms, &session, Stage::Publish), []);
    assert_eq!(
        fits(
            &filled.terms,
            &Proposal {
                kind: "slow",
                ..proposal(60)
            },
            Stage::Create
        )
        .iter()
        .map(|misfit| misfit.code)
        .collect::<Vec<_>>(),
        ["too_long", "unknown_kind"]
    );
}

#[test]
fn r24_inspiration_has_six_kinds_and_a_session_chooses_one() {
    let kinds = format("inspiration").terms.kinds;
    let codes: Vec<&str> = kinds.iter().map(|kind| kind.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "localtalks",
            "small_exchanges",
            "experiences",
            "implementations",
            "events",
            "launches"
        ]
    );

    for kind in codes {
        let session = Proposal { kind, ..proposal(60) };
        assert_eq!(told("inspiration", &session, Stage::Publish), []);
    }
    let karaoke = Proposal {
        kind: "karaoke",
        ..proposal(60)
    };
    for stage in ALL_STAGES {
        let severity = match stage {
            Stage::Import => Severity::Warning,
            Stage::Create | Stage::Place | Stage::Publish => Severity::Error,
        };
        let expected = [("unknown_kind", "format_kind", severity)];
        assert_eq!(told("inspiration", &karaoke, *stage), expected);
        assert_eq!(told("global_conversations", &karaoke, *stage)[0], expected[0]);
    }
    assert_eq!(
        told("inspiration", &proposal(60), Stage::Create),
        [("kind_missing", "format_kind", Severity::Warning)]
    );
    assert_eq!(
        told("inspiration", &proposal(60), Stage::Publish),
        [("kind_missing", "format_kind", Severity::Error)]
    );
}

#[test]
fn r25_a_lab_of_sixty_minutes_is_refused_when_made_and_told_on_the_board() {
    let lab = Proposal {
        method: "world café",
        participants_max: Some(40),
        ..proposal(60)
    };
    let facts = serde_json::json!({"minutes": 60, "least": 120});

    let misfits = fits(&format("labs").terms, &lab, Stage::Create);

    assert_eq!(
        misfits,
        [Misfit {
            code: "too_short",
            field: "length_minutes",
            severity: Severity::Error,
            facts: facts.as_object().expect("it is an object").clone(),
        }]
    );
    for stage in [Stage::Place, Stage::Publish, Stage::Import] {
        assert_eq!(
            told("labs", &lab, stage),
            [("too_short", "length_minutes", Severity::Warning)]
        );
    }
    for (minutes, expected) in [
        (119, Some("too_short")),
        (120, None),
        (180, None),
        (181, Some("too_long")),
    ] {
        let lab = Proposal {
            length_minutes: minutes,
            ..lab.clone()
        };
        let codes: Vec<&str> = told("labs", &lab, Stage::Create)
            .iter()
            .map(|told| told.0)
            .collect();
        assert_eq!(codes, Vec::from_iter(expected), "{minutes}");
    }
}

#[test]
fn r25_no_other_formats_usual_length_reaches_the_shortest_lab() {
    let mut formats = catalogue();
    let check = |formats: &[Format]| {
        default_above_lab_minimum(formats.iter().map(|format| (format.code.as_str(), &format.terms)))
    };
    assert_eq!(check(&formats), []);

    for (usual, expected) in [(119, 0), (120, 1), (121, 1)] {
        formats[0].terms.minutes_usual = Some(usual);
        let misfits = check(&formats);
        assert_eq!(misfits.len(), expected, "{usual}");
        for misfit in misfits {
            assert_eq!(
                (misfit.code, misfit.severity),
                ("default_above_lab_minimum", Severity::Error)
            );
            assert_eq!(misfit.facts["format"], "inspiration");
            assert_eq!(misfit.facts["lab"], "labs");
        }
    }
}

#[test]
fn r26_a_lab_leaves_the_draft_with_a_method_and_a_most_of_participants() {
    let missing = |severity| {
        [
            ("method_missing", "method", severity),
            ("participants_max_missing", "participants_max", severity),
        ]
    };
    let nobody_fits = Proposal {
        method: "  ",
        participants_max: Some(0),
        ..proposal(120)
    };
    let complete = Proposal {
        method: "world café",
        participants_max: Some(40),
        ..proposal(120)
    };

    for stage in [Stage::Create, Stage::Place, Stage::Import] {
        assert_eq!(told("labs", &nobody_fits, stage), missing(Severity::Warning));
    }
    assert_eq!(
        told("labs", &nobody_fits, Stage::Publish),
        missing(Severity::Error)
    );
    assert_eq!(told("labs", &complete, Stage::Publish), []);
    assert_eq!(
        told("global_conversations", &proposal(90), Stage::Create).len(),
        1
    );
}

#[test]
fn r27_a_global_conversation_is_released_with_a_speaker_of_high_rank() {
    let with_mayor = Proposal {
        speakers_high_level: 1,
        ..proposal(90)
    };

    assert_eq!(
        told("global_conversations", &proposal(90), Stage::Publish),
        [("high_level_missing", "speakers", Severity::Error)]
    );
    assert_eq!(
        told("global_conversations", &proposal(90), Stage::Place),
        [("high_level_missing", "speakers", Severity::Warning)]
    );
    assert_eq!(told("global_conversations", &with_mayor, Stage::Publish), []);
}

#[test]
fn r27_mayors_governors_ministers_and_heads_are_of_high_rank() {
    let ranks: BTreeSet<Tag> = Tag::ALL
        .iter()
        .copied()
        .filter(|tag| is_high_level(&BTreeSet::from([*tag])))
        .collect();

    assert_eq!(
        ranks,
        BTreeSet::from([Tag::Mayor, Tag::Governor, Tag::Minister, Tag::HeadOfOrganisation])
    );
}

#[test]
fn r28_one_sphere_of_government_is_told_and_never_refused() {
    for (codes, is_told) in [
        (spheres(&[]), true),
        (spheres(&["local"]), true),
        (spheres(&["local", "local"]), true),
        (spheres(&["local", "national"]), false),
        (spheres(&["local", "regional", "national"]), false),
    ] {
        let session = Proposal {
            spheres: &codes,
            ..proposal(90)
        };
        for stage in ALL_STAGES {
            let expected = match is_told {
                true => vec![("one_sphere_only", "spheres", Severity::Warning)],
                false => vec![],
            };
            assert_eq!(
                told("local_policies_voices", &session, *stage),
                expected,
                "{codes:?}"
            );
        }
    }
    let galactic = spheres(&["local", "regional", "galactic"]);
    let session = Proposal {
        spheres: &galactic,
        ..proposal(90)
    };
    assert_eq!(
        told("local_policies_voices", &session, Stage::Create),
        [("unknown_sphere", "spheres", Severity::Error)]
    );
}

#[test]
fn r29_a_session_has_exactly_one_main_domain() {
    for (main_domains, is_refused) in [(0, true), (1, false), (2, true)] {
        let session = Proposal {
            main_domains,
            kind: "events",
            ..proposal(60)
        };

        let answer = admitted(fits(&format("inspiration").terms, &session, Stage::Create));

        match answer {
            Ok(warnings) => assert!(!is_refused && warnings.is_empty(), "{main_domains}"),
            Err(fault) => {
                assert!(is_refused, "{main_domains}");
                assert_eq!(fault.fields.len(), 1);
                assert_eq!(
                    (fault.fields[0].code, fault.fields[0].field.as_str()),
                    ("main_domain", "domain")
                );
                assert_eq!(fault.fields[0].facts["named"], main_domains);
            }
        }
    }
}

#[test]
fn r29_four_policy_domains_in_three_languages() {
    let domains = domains();

    assert_eq!(domains.len(), 4);
    for domain in domains {
        for language in Language::ALL {
            assert_eq!(
                domain.title.said(*language).lang,
                language.code(),
                "{}",
                domain.code
            );
        }
    }
}

#[test]
fn r31_a_format_in_use_is_retired_and_never_deleted() {
    assert_eq!(may_delete(0), Ok(()));
    assert_eq!(may_delete(1), Err("format_in_use"));
    assert_eq!(may_take_new(FormatState::Retired), Err("format_retired"));
    assert_eq!(may_take_new(FormatState::Empty), Err("format_empty"));
    for from in FormatState::ALL {
        assert!(may_become(*from, FormatState::Retired));
        assert_eq!(may_become(*from, FormatState::Empty), *from == FormatState::Empty);
    }
}

#[test]
fn r31_a_session_keeps_the_terms_it_was_created_under() {
    let first = format("labs").terms;
    let longer = Terms {
        minutes_min: Some(150),
        ..first.clone()
    };
    let number = number_after(1, &first, &longer);
    let kept = [
        NumberedTerms {
            number: 1,
            terms: first.clone(),
        },
        NumberedTerms {
            number,
            terms: longer.clone(),
        },
    ];

    assert_eq!(number, 2);
    assert_eq!(number_after(2, &longer, &longer), 2);
    assert_eq!(binding(&kept, Some(1)), Some(&first));
    assert_eq!(binding(&kept, Some(2)), Some(&longer));
    assert_eq!(binding(&kept, None), Some(&longer));
    assert_eq!(binding(&[], None), None);
}

#[test]
fn r6_a_format_that_needs_a_call_takes_an_open_one_of_its_own_only() {
    let own = spheres(&["global_conversations"]);
    let others = spheres(&["labs"]);
    let call = |formats, is_open| Some(Call { formats, is_open });
    let cases = [
        ("global_conversations", None, Some("call_required")),
        ("global_conversations", call(&own, true), None),
        ("global_conversations", call(&own, false), Some("call_closed")),
        ("global_conversations", call(&others, true), Some("call_mismatch")),
        ("labs", None, Some("call_required")),
        ("inspiration", None, None),
        ("inspiration", call(&others, true), Some("call_mismatch")),
    ];

    for (code, call, expected) in cases {
        let misfit = call_fits(code, &format(code).terms, call);
        assert_eq!(misfit.map(|misfit| misfit.code), expected, "{code}");
    }
}

#[test]
fn terms_out_of_order_are_told() {
    let kind = Kind {
        code: "events".into(),
        ..Kind::default()
    };
    let terms = |min, usual, max| Terms {
        minutes_min: min,
        minutes_usual: usual,
        minutes_max: max,
        ..Terms::default()
    };
    let cases = [
        (terms(Some(60), Some(90), Some(90)), vec![]),
        (terms(None, Some(90), None), vec![]),
        (terms(Some(60), Some(30), None), vec!["terms.minutes_usual"]),
        (terms(Some(60), None, Some(30)), vec!["terms.minutes_max"]),
        (
            terms(Some(0), None, Some(1441)),
            vec!["terms.minutes_min", "terms.minutes_max"],
        ),
        (
            Terms {
                kinds: vec![kind.clone(), kind],
                ..Terms::default()
            },
            vec!["terms.kinds"],
        ),
    ];

    for (terms, expected) in cases {
        let fields: Vec<&str> = terms.check().iter().map(|misfit| misfit.field).collect();
        assert_eq!(fields, expected, "{terms:?}");
    }
}

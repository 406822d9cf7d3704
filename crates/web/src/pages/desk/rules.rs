//! Rules: who may propose, attend, speak and vote, as sentences; edited by ticking, tried on a named person.

use access_rules::{
    Act, Actor, Circumstances, Role, Rule, Tag, catalogue, rule::Atom, sentence::sentence, words,
};
use actix_kit::{Form, Query};
use actix_web::web::{Data, Path};
use kernel::{Coded as _, Fault, PageAsk};
use people::persons;
use programme::{
    admission::Admissions,
    editions, formats,
    rule_book::{self, RuleRow, RuleScope},
    tracks,
};
use registration::{model::LostSeats, rule_preview, rule_seats};
use serde::{Deserialize, Serialize};

use super::{
    Again, DeskPage, Filters, Sheet, Table, after, anchor, gate, plain,
    rule_preview::{Told, input_of},
    together,
};
use crate::{
    components::Link,
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/{edition}/rules", Act::SeeDesk, list),
        get(
            "/{lang}/desk/{edition}/rules/{scope}/{of}/{act}",
            Act::ManageRules,
            rule,
        ),
        post(
            "/{lang}/desk/{edition}/rules/{scope}/{of}/{act}",
            Act::ManageRules,
            save,
        ),
        post(
            "/{lang}/desk/{edition}/rules/{scope}/{of}/{act}/preview",
            Act::ManageRules,
            preview,
        ),
        post(
            "/{lang}/desk/{edition}/rules/{scope}/{of}/{act}/same",
            Act::ManageRules,
            same,
        ),
    ]
}

type At = Path<(String, String, String, String, String)>;

/// What stands in an address for a rule of everything.
const ALL: &str = "all";

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, (rows, named)) = visit
        .read_in("desk.rules", &slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            let mut named: Vec<(RuleScope, String, kernel::Localized)> = Vec::new();
            named.extend(
                tracks::list(conn, edition.id)?
                    .into_iter()
                    .map(|one| (RuleScope::Track, one.code, one.title)),
            );
            named.extend(
                formats::list(conn, edition.id)?
                    .into_iter()
                    .map(|one| (RuleScope::Format, one.code, one.title)),
            );
            Ok((rule_book::list(conn, edition.id)?, named))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-rules"));
    page.lead(voice.t("desk-rules-lead"));
    for (scope, code, title) in &named {
        page.heading(format!(
            "{}: {}",
            voice.code("desk-scope", scope.code()),
            title.text(voice.language)
        ));
        let mut table = Table::new(["desk-rule-act", "desk-rule-sentence"].map(|key| voice.t(key)));
        for act in catalogue::ACTS {
            let row = rows
                .iter()
                .find(|row| row.scope == *scope && row.scope_ref == *code && row.act == act);
            table.row([
                plain(voice.code("may", act.code())),
                rule_cell(&visit, &slug, *scope, code, act, row),
            ]);
        }
        page.put(&table);
    }
    let others: Vec<&RuleRow> = rows
        .iter()
        .filter(|row| {
            !named
                .iter()
                .any(|(scope, code, _)| row.scope == *scope && row.scope_ref == *code)
        })
        .collect();
    if !others.is_empty() {
        page.heading(voice.t("desk-rules-others"));
        let mut table =
            Table::new(["desk-rule-of", "desk-rule-act", "desk-rule-sentence"].map(|key| voice.t(key)));
        for row in others {
            table.row([
                plain(format!("{} {}", voice.code("desk-scope", row.scope.code()), row.scope_ref).trim()),
                plain(act_word(voice, row.act)),
                rule_cell(&visit, &slug, row.scope, &row.scope_ref, row.act, Some(row)),
            ]);
        }
        page.put(&table);
    }
    page.answer(&visit, None)
}

fn act_word(voice: &Voice, act: Act) -> String {
    match act {
        Act::Read => voice.t("desk-act-read"),
        act => voice.code("may", act.code()),
    }
}

fn rule_cell(
    visit: &Visit,
    slug: &str,
    scope: RuleScope,
    of: &str,
    act: Act,
    row: Option<&RuleRow>,
) -> crate::components::Markup {
    let voice = &visit.voice;
    let said = row.map_or_else(
        || voice.t("desk-rule-none"),
        |row| sentence(&row.rule.0, act, voice.language),
    );
    let of = if of.is_empty() { ALL } else { of };
    let href = visit.at(&format!("desk/{slug}/rules/{}/{of}/{}", scope.code(), act.code()));
    together([plain(said), anchor(href, voice.t("desk-rule-edit"))])
}

/// Whom to try a rule on.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Trying {
    text: Option<String>,
}

async fn rule(visit: Visit, path: At, query: Query<Trying>) -> Page {
    let (_, slug, scope, of, act) = path.into_inner();
    show(visit, &slug, (&scope, &of, &act), query.0, None, None).await
}

fn parsed(scope: &str, of: &str, act: &str) -> Result<(RuleScope, String, Act), Fault> {
    let scope = RuleScope::from_code(scope).ok_or_else(Fault::not_found)?;
    let act = Act::from_code(act).ok_or_else(Fault::not_found)?;
    let of = if of == ALL { String::new() } else { of.to_owned() };
    Ok((scope, of, act))
}

fn atoms(voice: &Voice) -> Vec<Choice> {
    let simple = [
        "everyone",
        "signed_in",
        "registered",
        "admitted_to_track",
        "invited",
        "accepted_in_call",
        "on_roster",
        "endorsed",
    ];
    let all = simple.into_iter().map(Atom::parse);
    let all = all
        .chain(Tag::ALL.iter().copied().map(Atom::Tag))
        .chain(Role::ALL.iter().copied().map(Atom::Role));
    all.map(|atom| Choice::new(atom.text(), words::label(&atom, voice.language)))
        .collect()
}

async fn show(
    visit: Visit,
    slug: &str,
    at: (&str, &str, &str),
    trying: Trying,
    again: Option<Again<'_>>,
    previewed: Option<(&Form, Told)>,
) -> Page {
    let (scope, of, act) = parsed(at.0, at.1, at.2).map_err(|fault| visit.refused(fault))?;
    let (own, text) = (of.clone(), trying.text.clone());
    let (frame, (row, tried)) = visit
        .read_in("desk.rule", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let row = rule_book::in_force(conn, edition.id, scope, &own, act)?;
            let mut tried: Vec<(String, bool)> = Vec::new();
            if let (Some(text), Some(row)) = (&text, &row) {
                let filter = persons::Filter {
                    text: Some(text.clone()),
                };
                for person in persons::list(conn, actor, now, &filter, &PageAsk::of(10))?.items {
                    let as_they: Actor = members::actors::load_person(conn, person.id, now)?;
                    let known = Circumstances {
                        registered: as_they.registered().any(|id| id == edition.id),
                        ..Circumstances::default()
                    };
                    tried.push((person.name(), row.rule.0.admits(&as_they, known)));
                }
            }
            Ok((row, tried))
        })
        .await?;
    let voice = &visit.voice;
    let title = format!(
        "{} {}: {}",
        voice.code("desk-scope", scope.code()),
        of,
        act_word(voice, act)
    );
    let mut page = DeskPage::new(&visit, &frame, title);
    let said = row.as_ref().map(|row| sentence(&row.rule.0, act, voice.language));
    page.say(said.clone().unwrap_or_else(|| voice.t("desk-rule-none")));
    let base = visit.at(&format!("desk/{slug}/rules/{}/{}/{}", at.0, at.1, at.2));
    page.heading(voice.t("desk-rule-try"));
    let filters = Filters::new(voice, base.clone(), trying.text.is_some());
    page.put(&filters.with(FormView::filled(voice, &trying).text("text", "desk-rule-try-name")));
    if trying.text.is_some() && tried.is_empty() {
        page.say(voice.t1("people-count", "count", 0_i64));
    }
    for (name, admitted) in &tried {
        let key = if *admitted {
            "desk-rule-admits"
        } else {
            "desk-rule-refuses"
        };
        page.say(voice.tn(
            key,
            &[
                ("name", name.as_str().into()),
                ("act", act_word(voice, act).into()),
                ("sentence", said.clone().unwrap_or_default().into()),
            ],
        ));
    }
    if previewed.is_none() {
        page.heading(voice.t("desk-rule-change"));
    }
    let texts = |atoms: &[Atom]| {
        atoms
            .iter()
            .filter(|atom| !matches!(atom, Atom::Rule(_)))
            .map(Atom::text)
            .collect::<Vec<_>>()
    };
    let form = Again::view(again, &visit, || {
        if let Some((typed, _)) = &previewed {
            return FormView::typed(voice, typed);
        }
        let (rule, reading) = row.as_ref().map(|row| (row.rule.0.clone(), row.reading.clone())).unwrap_or_default();
        FormView::filled(
            voice,
            &serde_json::json!({
                "any_of": texts(&rule.any_of), "all_of": texts(&rule.all_of), "none_of": texts(&rule.none_of), "reading": reading,
            }),
        )
    })
    .named("desk-rule");
    let choices = atoms(voice);
    let version = row.as_ref().map_or(0, |row| row.version);
    // What was previewed is saved upon the version it was begun on, or not at all.
    let begun_on = previewed.as_ref().and_then(|(typed, _)| typed.version());
    let version = begun_on.unwrap_or(version);
    if let Some((_, told)) = &previewed {
        told.put(&visit, &mut page);
        page.heading(voice.t("desk-rule-change"));
    }
    let mut sheet = Sheet::new(base.clone(), page.chrome.edits(&version)).and(form.summary());
    if previewed.as_ref().is_some_and(|(_, told)| told.holds_seats()) {
        let choices = Choice::codes::<LostSeats>(voice, "lost-seats");
        let form = form.clone().with("lost_seats", LostSeats::Keep.code());
        sheet = sheet.with(form.radios("lost_seats", "desk-rule-lost-seats", &choices));
    }
    let sheet = sheet
        .with(
            form.checks("any_of", "desk-rule-any-of", &choices)
                .hint("desk-rule-any-of-hint"),
        )
        .with(
            form.checks("all_of", "desk-rule-all-of", &choices)
                .hint("desk-rule-all-of-hint"),
        )
        .with(
            form.checks("none_of", "desk-rule-none-of", &choices)
                .hint("desk-rule-none-of-hint"),
        )
        .with(
            form.area("reading", "desk-rule-reading")
                .hint("desk-rule-reading-hint")
                .optional(),
        )
        .does(voice.t("save"))
        .or_does(format!("{base}/preview"), voice.t("desk-rule-preview"));
    let nested = row.as_ref().is_some_and(|row| {
        let rule = &row.rule.0;
        rule.any_of
            .iter()
            .chain(&rule.all_of)
            .chain(&rule.none_of)
            .any(|atom| matches!(atom, Atom::Rule(_)))
    });
    if nested {
        page.say(voice.t("desk-rule-nested"));
    }
    page.put(&sheet);
    if act == Act::Attend {
        let sheet = Sheet::new(format!("{base}/same"), page.chrome.edits(&version)).in_a_row();
        page.put(&sheet.does(voice.t("desk-rule-same")));
    }
    page.links(vec![Link::new(
        visit.at(&format!("desk/{slug}/rules")),
        voice.t("back"),
    )]);
    page.answer(&visit, again)
}

async fn save(visit: Visit, path: At, form: Form, admissions: Data<Admissions>) -> Page {
    let (lang, slug, scope, of, act) = path.into_inner();
    let (kind, own, what) = parsed(&scope, &of, &act).map_err(|fault| visit.refused(fault))?;
    let (asked, reading) = ticked(&form);
    let (edition, version) = (slug.clone(), form.version());
    let lost = LostSeats::from_code(form.typed("lost_seats")).unwrap_or(LostSeats::Keep);
    let run = visit.submit("desk.rule.save", &form, move |conn, actor, now| {
        let found = editions::by_slug(conn, actor, &edition)?;
        let input = input_of(conn, found.id, (kind, &own, what), &asked, &reading)?;
        rule_seats::set(conn, &admissions, actor, now, found.id, &input, version, lost)?;
        Ok(format!("/{lang}/desk/{edition}/rules"))
    });
    let done = run.await;
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, (&scope, &of, &act), Trying::default(), again, None).await
    })
    .await
}

/// The rule as it was ticked, and its reading.
fn ticked(form: &Form) -> (Rule, String) {
    let all = |name: &str| form.all(name).map(Atom::parse).collect::<Vec<_>>();
    let rule = Rule {
        any_of: all("any_of[]"),
        all_of: all("all_of[]"),
        none_of: all("none_of[]"),
    };
    (rule, form.typed("reading").to_owned())
}

async fn preview(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, scope, of, act) = path.into_inner();
    let (kind, own, what) = parsed(&scope, &of, &act).map_err(|fault| visit.refused(fault))?;
    let (asked, reading) = ticked(&form);
    let read = visit.read_in("desk.rule.preview", &slug, move |conn, actor, now, edition| {
        gate(actor, now)?;
        let input = input_of(conn, edition.id, (kind, &own, what), &asked, &reading)?;
        match rule_preview::compare(conn, actor, now, edition.id, &input) {
            Ok(preview) => Told::of(conn, edition, preview).map(Ok),
            Err(fault) => Ok(Err(fault)),
        }
    });
    let (_, told) = read.await?;
    let at = (scope.as_str(), of.as_str(), act.as_str());
    match told {
        Ok(told) => show(visit, &slug, at, Trying::default(), None, Some((&form, told))).await,
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            show(
                visit,
                &slug,
                at,
                Trying::default(),
                Again::of(&form, &fault),
                None,
            )
            .await
        }
    }
}

async fn same(visit: Visit, path: At, form: Form) -> Page {
    let (lang, slug, scope, of, act) = path.into_inner();
    let (kind, own, _) = parsed(&scope, &of, &act).map_err(|fault| visit.refused(fault))?;
    let (edition, version) = (slug.clone(), form.version());
    let run = visit.submit("desk.rule.same", &form, move |conn, actor, now| {
        let found = editions::by_slug(conn, actor, &edition)?;
        rule_book::same_as_propose(conn, actor, now, found.id, kind, &own, version)?;
        Ok(format!("/{lang}/desk/{edition}/rules"))
    });
    match run.await {
        Ok(next) => Ok(visit.go(&next, Some("saved"))),
        Err(fault) => Err(visit.refused(fault)),
    }
}

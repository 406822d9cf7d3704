//! The pages of a theme's space, and who is named to it by its own leads.

use people::standings;

use super::*;
use crate::{
    model::PageBlock,
    pages::{self, PageInput, PageView},
};

fn page(title: &str) -> PageInput {
    PageInput {
        title: Localized::only("en", title),
        blocks: vec![
            PageBlock {
                heading: Localized::only("en", "Why"),
                text: Localized::of("Because.", "Parce que.", ""),
            },
            PageBlock::default(),
        ],
        ..PageInput::default()
    }
}

fn published(title: &str) -> PageInput {
    PageInput {
        is_published: true,
        ..page(title)
    }
}

fn titles(pages: &[PageView]) -> Vec<(&str, i64)> {
    pages
        .iter()
        .map(|page| (page.title.text(Language::En), page.place))
        .collect()
}

#[test]
fn r89_the_leads_of_a_theme_write_its_pages_and_nobody_elses() {
    let mut c = congress();
    let (theme, other) = (c.themes[0].id, c.themes[1].id);
    let (_, lead) = c.led(theme, "A Platform");
    let (_, stranger) = c.led(other, "Another Platform");
    let nobody = Actor::nobody();

    let draft = pages::add(&mut c.conn, &lead, now(), theme, &page("How to join")).expect("added");
    assert_eq!(draft.slug, "how-to-join");
    assert_eq!(draft.blocks.len(), 1, "what says nothing is left out");
    assert_eq!(
        pages::list(&mut c.conn, &lead, now(), theme),
        Ok(vec![draft.clone()])
    );
    for reader in [&nobody, &stranger] {
        assert_eq!(pages::list(&mut c.conn, reader, now(), theme), Ok(vec![]));
        assert_eq!(
            code(pages::get(&mut c.conn, reader, now(), draft.id)),
            "not_found"
        );
        let hidden = pages::edit(&mut c.conn, reader, now(), draft.id, &page("Mine"), None);
        assert_eq!(
            code(hidden),
            "not_found",
            "who is not entitled learns nothing of drafts"
        );
    }
    let out = published("How to join us");
    let shown = pages::edit(&mut c.conn, &lead, now(), draft.id, &out, Some(1)).expect("published");
    assert_eq!(shown.slug, "how-to-join", "its address stays");
    for reader in [&nobody, &stranger] {
        let read = pages::by_slug(&mut c.conn, reader, now(), theme, "how-to-join");
        assert_eq!(read, Ok(shown.clone()));
    }
    let signed_out = pages::edit(&mut c.conn, &nobody, now(), draft.id, &out, None);
    assert_eq!(code(signed_out), "sign_in_needed");
    let theirs = pages::edit(&mut c.conn, &stranger, now(), draft.id, &out, None);
    assert_eq!(theirs.expect_err("refused").kind, kernel::Kind::Forbidden);
    let theirs = pages::add(&mut c.conn, &stranger, now(), theme, &out);
    assert_eq!(theirs.expect_err("refused").kind, kernel::Kind::Forbidden);
    let theirs = pages::remove(&mut c.conn, &stranger, now(), draft.id, None);
    assert_eq!(theirs.expect_err("refused").kind, kernel::Kind::Forbidden);
    let old = pages::edit(&mut c.conn, &lead, now(), draft.id, &out, Some(1));
    assert_eq!(code(old), "stale");
    pages::remove(&mut c.conn, &lead, now(), draft.id, Some(2)).expect("removed");
    assert_eq!(code(pages::get(&mut c.conn, &lead, now(), draft.id)), "not_found");
}

#[test]
fn pages_stand_in_the_order_their_leads_give_them_and_there_are_not_too_many() {
    let mut c = congress();
    let theme = c.themes[0].id;
    let (_, lead) = c.led(theme, "A Platform");
    for title in ["One", "Two", "Three"] {
        pages::add(&mut c.conn, &lead, now(), theme, &published(title)).expect("added");
    }
    let first = PageInput {
        place: Some(1),
        ..published("One")
    };
    let again = pages::add(&mut c.conn, &lead, now(), theme, &first).expect("added");
    assert_eq!((again.slug.as_str(), again.place), ("one-2", 1));

    let last = PageInput {
        place: Some(99),
        ..published("One again")
    };
    let moved = pages::edit(&mut c.conn, &lead, now(), again.id, &last, None).expect("moved");

    assert_eq!(moved.place, 4);
    let all = pages::list(&mut c.conn, &Actor::nobody(), now(), theme).expect("listed");
    assert_eq!(
        titles(&all),
        [("One", 1), ("Two", 2), ("Three", 3), ("One again", 4)]
    );
    pages::remove(&mut c.conn, &lead, now(), all[1].id, None).expect("removed");
    let left = pages::list(&mut c.conn, &Actor::nobody(), now(), theme).expect("listed");
    assert_eq!(titles(&left), [("One", 1), ("Three", 2), ("One again", 3)]);
    for number in left.len()..pages::PAGES_MOST {
        pages::add(&mut c.conn, &lead, now(), theme, &page(&format!("Page {number}"))).expect("added");
    }
    let more = pages::add(&mut c.conn, &lead, now(), theme, &page("More"));
    assert_eq!(code(more), "too_many_theme_pages");
    let untitled = PageInput {
        blocks: vec![PageBlock::default(); pages::BLOCKS_MOST + 1],
        ..PageInput::default()
    };
    let wrong = pages::edit(&mut c.conn, &lead, now(), left[0].id, &untitled, None).expect_err("refused");
    let fields: Vec<&str> = wrong.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["title", "blocks"]);
}

#[test]
fn r89_who_leads_a_theme_names_who_joins_in_and_who_else_leads_it_but_not_the_lead() {
    let mut c = congress();
    let (theme, other) = (c.themes[0].id, c.themes[1].id);
    let (partner, lead) = c.led(theme, "A Platform");
    let (_, stranger) = c.led(other, "Another Platform");
    let seventh = c.partner("A Seventh");
    let joins = |role| PartnerInput {
        organisation: Some(seventh),
        role,
    };

    let as_lead = partners::name(&mut c.conn, &lead, now(), theme, &joins(Some(PartnerRole::Lead)));
    assert_eq!(as_lead.expect_err("the desk's").kind, kernel::Kind::Forbidden);
    let theirs = partners::name(&mut c.conn, &stranger, now(), theme, &joins(None));
    assert_eq!(theirs.expect_err("not their theme").kind, kernel::Kind::Forbidden);
    let joined = partners::name(&mut c.conn, &lead, now(), theme, &joins(None)).expect("named");
    let ended = partners::end(&mut c.conn, &stranger, now(), joined.id, None);
    assert_eq!(ended.expect_err("not their theme").kind, kernel::Kind::Forbidden);

    let colleague = c.somebody("Colleague", partner, PositionKind::Staff);
    let own = lead.person.expect("somebody");
    let last = partners::dismiss_lead(&mut c.conn, &lead, now(), theme, own);
    assert_eq!(code(last), "last_theme_lead");
    let named = LeadInput {
        person: Some(colleague),
    };
    let theirs = partners::name_lead(&mut c.conn, &stranger, now(), theme, &named);
    assert_eq!(theirs.expect_err("not their theme").kind, kernel::Kind::Forbidden);
    partners::name_lead(&mut c.conn, &lead, now(), theme, &named).expect("named");
    assert_eq!(
        partners::leads(&mut c.conn, &lead, now(), theme)
            .expect("told")
            .len(),
        2
    );
    partners::dismiss_lead(&mut c.conn, &lead, now(), theme, own).expect("handed on");
    let held = standings::holders(&mut c.conn, Role::ThemeLead, &Scope::Theme(theme), now()).expect("read");
    assert_eq!(
        held.iter().map(|held| held.person_id).collect::<Vec<_>>(),
        [colleague]
    );
    let of_lead = partners::list(&mut c.conn, &Actor::nobody(), theme).expect("told");
    let of_lead = of_lead
        .into_iter()
        .find(|view| view.partner.organisation == partner);
    let ended = partners::end(
        &mut c.conn,
        &lead,
        now(),
        of_lead.expect("there").partner.id,
        None,
    );
    assert_eq!(ended.expect_err("the desk's").kind, kernel::Kind::Forbidden);
}

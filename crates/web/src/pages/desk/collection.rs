//! The collection of a congress at the desk: what it is called, in which order its items stand, and its published editions
//! (R192). What it lacks is told beside; it stops nobody.

use access_rules::{Act, Actor};
use actix_kit::Form;
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault};
use outcomes::{
    collection::{self, Assembled, Citing, CollectionInput, PublishedLine},
    model::OutcomeId,
};
use programme::{links::Links, model::Edition};

use super::{Again, DeskPage, Sheet, Table, after, anchor, id_of, plain, write_in};
use crate::{
    components::{Empty, Link, Markup, Notice, State, Weight},
    forms::FormView,
    pages::outcomes::state,
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageOutcomes;
    vec![
        get("/{lang}/desk/{edition}/outcomes/collection", act, one),
        post("/{lang}/desk/{edition}/outcomes/collection", act, edit),
        post("/{lang}/desk/{edition}/outcomes/collection/order", act, arrange),
        post("/{lang}/desk/{edition}/outcomes/collection/publish", act, publish),
    ]
}

type At = Path<(String, String)>;

/// Which form of the page came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Words,
    Order,
    Publish,
}

/// An item, with the number of its place to be typed.
struct Place {
    id: String,
    number: String,
    code: String,
    href: String,
    title: String,
    lang: Option<String>,
    kind: String,
    state: State,
}

#[derive(Template)]
#[template(path = "pages/desk/outcome_order.html")]
struct Order {
    head: [String; 4],
    places: Vec<Place>,
    label: String,
}

async fn one(visit: Visit, path: At) -> Page {
    let (_, slug) = path.into_inner();
    show(visit, &slug, None).await
}

async fn show(visit: Visit, slug: &str, back: Option<(Part, Again<'_>)>) -> Page {
    let (frame, (found, published)) = visit
        .read_in("desk.collection", slug, |conn, actor, now, edition| {
            let found = collection::assembled(conn, actor, now, edition.id)?;
            Ok((found, collection::list(conn, edition.id)?))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-collection"));
    page.lead(voice.t("desk-collection-lead"));
    page.links(vec![Link::new(
        visit.at(&format!("desk/{slug}/outcomes")),
        voice.t("desk-nav-outcomes"),
    )]);
    let action = visit.at(&format!("desk/{slug}/outcomes/collection"));
    let again = |part| back.filter(|(own, _)| *own == part).map(|(_, again)| again);
    words(&visit, &mut page, &found, &action, again(Part::Words));
    page.heading(voice.t("desk-collection-order"));
    if found.items.is_empty() {
        page.put(&Empty::new(
            voice.t("desk-collection-none"),
            voice.t("desk-collection-none-hint"),
        ));
    } else {
        order(&visit, slug, &mut page, &found, &action);
        page.heading(voice.t("desk-collection-publish"));
        for warning in &found.warnings {
            let said = voice.code("collection-warning", warning.code());
            page.put(&Notice::new(Weight::Wait, said));
        }
        let sends = page.chrome.edits(&found.collection.version);
        let sheet = Sheet::new(format!("{action}/publish"), sends)
            .in_a_row()
            .does(voice.t1(
                "desk-collection-publish-do",
                "number",
                found.collection.last_number + 1,
            ));
        page.put(&sheet);
    }
    if !published.is_empty() {
        page.heading(voice.t("outcomes-editions"));
        let zone = frame.edition.as_ref().map(|edition| edition.zone);
        let when = |own: &PublishedLine| {
            zone.map(|zone| voice.moment(zone.local(own.published_at)))
                .unwrap_or_default()
        };
        let keys = [
            "desk-collection-number",
            "desk-collection-when",
            "desk-collection-items",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for own in &published {
            let href = page.chrome.to(&format!("outcomes/collection/{}", own.number));
            table.row([
                anchor(href, own.number.to_string()),
                plain(when(own)),
                plain(voice.count(own.items)),
            ]);
        }
        page.put(&table);
    }
    page.answer(&visit, back.map(|(_, again)| again))
}

fn words(visit: &Visit, page: &mut DeskPage, found: &Assembled, action: &str, again: Option<Again<'_>>) {
    let voice = &visit.voice;
    let form =
        Again::view(again, visit, || FormView::filled(voice, &found.collection)).named("desk-collection");
    let sheet = Sheet::new(action, page.chrome.edits(&found.collection.version))
        .and(form.summary())
        .with(
            form.tongues("title", "desk-collection-title")
                .hint("localized-hint")
                .required(),
        )
        .with(
            form.tongues_area("foreword", "desk-collection-foreword")
                .hint("desk-collection-foreword-hint")
                .optional(),
        )
        .or_does(action, voice.t("save"));
    page.put(&sheet);
}

fn order(visit: &Visit, slug: &str, page: &mut DeskPage, found: &Assembled, action: &str) {
    let voice = &visit.voice;
    let places = found.items.iter().zip(1..).map(|(line, number): (_, usize)| {
        let title = voice.said(&line.title);
        Place {
            id: line.outcome.id.to_string(),
            number: number.to_string(),
            code: line.outcome.code.clone(),
            href: visit.at(&format!("desk/{slug}/outcomes/{}", line.outcome.code)),
            title: title.text,
            lang: title.lang,
            kind: voice.code("outcome-kind", line.outcome.kind.code()),
            state: state(voice, line.outcome.state),
        }
    });
    let order = Order {
        head: [
            "desk-collection-place",
            "desk-outcome-title",
            "desk-outcome-kind",
            "desk-outcome-state",
        ]
        .map(|key| voice.t(key)),
        places: places.collect(),
        label: voice.t("desk-collection-place"),
    };
    let to = format!("{action}/order");
    let sheet = Sheet::new(to.clone(), page.chrome.edits(&found.collection.version))
        .and(Markup::of(&order))
        .or_does(to, voice.t("desk-collection-order-do"));
    page.put(&sheet);
}

async fn edit(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let done = match form.input::<CollectionInput>() {
        Ok(input) => {
            let version = form.version();
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                collection::edit(conn, actor, now, edition.id, &input, version)?;
                Ok("outcomes/collection".to_owned())
            };
            write_in(&visit, "desk.collection.edit", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    follow(visit, &slug, Part::Words, done, "saved", &form).await
}

async fn arrange(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let (typed, version) = (places(&form), form.version());
    let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        let order: Result<Vec<OutcomeId>, Fault> = typed.iter().map(|id| id_of(id)).collect();
        collection::arrange(conn, actor, now, edition.id, &order?, version)?;
        Ok("outcomes/collection".to_owned())
    };
    let done = write_in(&visit, "desk.collection.arrange", &slug, &form, run).await;
    follow(visit, &slug, Part::Order, done, "saved", &form).await
}

/// The ids in the order of the numbers typed beside them; where two have the same, as they stood.
fn places(form: &Form) -> Vec<String> {
    let mut typed: Vec<(f64, String)> = form
        .pairs()
        .iter()
        .filter_map(|(name, value)| {
            let id = name.strip_prefix("place[")?.strip_suffix(']')?;
            let number = value.trim().replace(',', ".");
            Some((number.parse().unwrap_or(f64::MAX), id.to_owned()))
        })
        .collect();
    typed.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    typed.into_iter().map(|(_, id)| id).collect()
}

async fn publish(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let settings = visit.site().settings().clone();
    let version = form.version();
    let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        let citing = Citing {
            congress: edition.title.clone(),
            publisher: settings.site_name.clone(),
            address: Links::below(&settings.public_url).collection(edition.own_language(), &edition.slug),
        };
        let on = edition.zone.local(now).date();
        collection::publish(conn, actor, now, edition.id, on, &citing, version)?;
        Ok("outcomes/collection".to_owned())
    };
    let done = write_in(&visit, "desk.collection.publish", &slug, &form, run).await;
    follow(visit, &slug, Part::Publish, done, "collection-published", &form).await
}

async fn follow(
    visit: Visit,
    slug: &str,
    part: Part,
    done: Result<String, Fault>,
    word: &str,
    form: &Form,
) -> Page {
    after(visit, done, word, form, async |visit, again| {
        show(visit, slug, again.map(|again| (part, again))).await
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_by_the_numbers_typed_and_else_as_they_stood() {
        let typed = [
            ("place[a]", "3"),
            ("place[b]", "1,5"),
            ("place[c]", "3"),
            ("place[d]", "x"),
            ("_key", "1"),
        ];
        let pairs = typed
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));

        let order = places(&Form::of(pairs.collect()));

        assert_eq!(order, ["b", "a", "c", "d"]);
    }
}

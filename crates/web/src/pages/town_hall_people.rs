//! Who runs a theme of the Town Hall, where its leads say so themselves (R89, PD7): the organisations that join in, and who
//! else leads it for them. Which organisation leads it is named by the desk (R11).

use access_rules::{Act, Actor, PersonId, ThemeId};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Coded as _, Fault, Moment};
use programme::editions;
use town_hall::{
    model::{PartnerId, PartnerRole},
    partners::{self, LeadInput, LeadView, PartnerInput, PartnerView},
    space,
};

use super::{
    desk::{
        Again, Sheet, Table, after, button, id_of, plain,
        themes::{beside_its_name, named},
    },
    parts::PartsPage,
    town_hall::of,
    town_hall_lead::At,
};
use crate::{
    components::{Link, Markup},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManagePapers;
    vec![
        get("/{lang}/{edition}/town-hall/{theme}/lead/people", act, page),
        post("/{lang}/{edition}/town-hall/{theme}/lead/partners", act, join),
        post(
            "/{lang}/{edition}/town-hall/{theme}/lead/partners/{partner}/end",
            act,
            leave,
        ),
        post("/{lang}/{edition}/town-hall/{theme}/lead/leads", act, name),
        post(
            "/{lang}/{edition}/town-hall/{theme}/lead/leads/{person}/dismiss",
            act,
            dismiss,
        ),
    ]
}

type AtPart = Path<(String, String, String, String)>;

/// Which form came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Partner,
    Lead,
}

/// What the page shows.
struct Known {
    theme: String,
    partners: Vec<PartnerView>,
    leads: Vec<LeadView>,
    candidates: Vec<(PersonId, String)>,
}

async fn page(visit: Visit, path: At) -> Page {
    show(visit, &path.1, &path.2, None).await
}

async fn show(visit: Visit, slug: &str, code: &str, back: Option<(Part, Again<'_>)>) -> Page {
    let (asked, voice) = (code.to_owned(), visit.voice.clone());
    let (frame, known) = visit
        .read_in("town_hall.people", slug, move |conn, actor, now, edition| {
            let theme = of(conn, edition, &asked)?;
            let leads = partners::leads(conn, actor, now, theme)?;
            let space = space::get(conn, actor, now, theme)?;
            let candidates = partners::candidates(conn, actor, now, theme)?;
            Ok(Known {
                theme: voice.said(&space.title).text,
                candidates: candidates
                    .into_iter()
                    .filter(|(person, _)| !leads.iter().any(|lead| lead.person == *person))
                    .collect(),
                partners: space.partners,
                leads,
            })
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("{slug}/town-hall/{code}/lead"));
    let mut page = PartsPage::own(&visit, &frame, voice.t("theme-people"));
    page.lead(voice.t1("theme-people-lead", "theme", known.theme.clone()));
    page.links(vec![Link::new(base.clone(), voice.t("theme-lead-back"))]);
    let again = |part| back.filter(|(own, _)| *own == part).map(|(_, again)| again);
    organisations(&visit, &mut page, &known, &base, again(Part::Partner));
    people(&visit, &mut page, &known, &base, again(Part::Lead));
    page.answer(&visit, back.map(|(_, again)| again))
}

fn organisations(visit: &Visit, page: &mut PartsPage, known: &Known, base: &str, again: Option<Again<'_>>) {
    let voice = &visit.voice;
    page.heading(voice.t("desk-theme-partners"));
    let keys = [
        "desk-partner-organisation-name",
        "desk-partner-role",
        "desk-partner-end",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for view in &known.partners {
        let partner = &view.partner;
        table.row([
            plain(view.organisation_name.clone()),
            plain(voice.code("partner-role", partner.role.code())),
            match partner.role {
                PartnerRole::Co => button(
                    &page.chrome,
                    format!("{base}/partners/{}/end", partner.id),
                    "desk-partner-end-do",
                ),
                PartnerRole::Lead => Markup::default(),
            },
        ]);
    }
    if !table.is_empty() {
        page.put(&table);
    }
    let form = Again::view(again, visit, || FormView::blank(voice)).named("theme-partner");
    let sheet = Sheet::new(format!("{base}/partners"), page.chrome.sends())
        .and(form.summary())
        .with(
            form.text("organisation_name", "desk-partner-organisation-name")
                .hint("theme-partner-hint")
                .suggests("/api/v1/organisations/suggest?text=", "organisation")
                .required(),
        )
        .and(form.hidden("organisation"))
        .does(voice.t("theme-partner-name"));
    page.put(&sheet);
}

fn people(visit: &Visit, page: &mut PartsPage, known: &Known, base: &str, again: Option<Again<'_>>) {
    let voice = &visit.voice;
    page.heading(voice.t("desk-theme-leads"));
    page.say(voice.t("theme-leads-hint"));
    let keys = ["desk-lead-person", "desk-lead-dismiss"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for view in &known.leads {
        table.row([
            plain(view.person_name.clone()),
            button(
                &page.chrome,
                format!("{base}/leads/{}/dismiss", view.person),
                "desk-lead-dismiss-do",
            ),
        ]);
    }
    if !table.is_empty() {
        page.put(&table);
    }
    if known.candidates.is_empty() {
        page.say(voice.t("theme-leads-nobody"));
        return;
    }
    let choices: Vec<Choice> = known
        .candidates
        .iter()
        .map(|(person, name)| Choice::new(person.to_string(), name.clone()))
        .collect();
    let form = Again::view(again, visit, || FormView::blank(voice)).named("theme-lead");
    let action = format!("{base}/leads");
    let sheet = Sheet::new(action.clone(), page.chrome.sends())
        .and(form.summary())
        .with(form.select("person", "desk-lead-person", &choices).required())
        .or_does(action, voice.t("desk-lead-name"));
    page.put(&sheet);
}

/// Does what a form asks of a theme, and goes back to who runs it.
async fn act(
    visit: Visit,
    deed: (&'static str, &'static str, Part),
    at: (&str, &str),
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, ThemeId) -> Result<(), Fault> + Send + 'static,
) -> Page {
    let (act, word, part) = deed;
    let (lang, slug, code) = (visit.language().code(), at.0.to_owned(), at.1.to_owned());
    let done = visit
        .submit(act, form, move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            let theme = of(conn, &edition, &code)?;
            run(conn, actor, now, theme)?;
            Ok(format!("/{lang}/{slug}/town-hall/{code}/lead/people"))
        })
        .await;
    after(visit, done, word, form, async |visit, again| {
        show(visit, at.0, at.1, again.map(|again| (part, again))).await
    })
    .await
}

async fn join(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let (input, typed) = (
        form.input::<PartnerInput>(),
        form.typed("organisation_name").to_owned(),
    );
    let deed = ("theme.partner.name", "saved", Part::Partner);
    act(
        visit,
        deed,
        (&slug, &code),
        &form,
        move |conn, actor, now, theme| {
            let input = input.clone()?;
            partners::may_name(conn, actor, now, theme)?;
            let input = PartnerInput {
                organisation: match input.organisation {
                    Some(chosen) => Some(chosen),
                    None => named(conn, &typed)?,
                },
                role: Some(PartnerRole::Co),
            };
            let named = partners::name(conn, actor, now, theme, &input);
            named.map(drop).map_err(beside_its_name)
        },
    )
    .await
}

async fn leave(visit: Visit, path: AtPart, form: Form) -> Page {
    let (_, slug, code, partner) = path.into_inner();
    let id: PartnerId = id_of(&partner).map_err(|fault| visit.refused(fault))?;
    let deed = ("theme.partner.end", "ended", Part::Partner);
    act(
        visit,
        deed,
        (&slug, &code),
        &form,
        move |conn, actor, now, theme| {
            partners::may_name(conn, actor, now, theme)?;
            let own = partners::list(conn, actor, theme)?;
            match own.iter().any(|view| view.partner.id == id) {
                true => partners::end(conn, actor, now, id, None).map(drop),
                false => Err(Fault::not_found()),
            }
        },
    )
    .await
}

async fn name(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let input = form.input::<LeadInput>();
    let deed = ("theme.lead.name", "saved", Part::Lead);
    act(
        visit,
        deed,
        (&slug, &code),
        &form,
        move |conn, actor, now, theme| partners::name_lead(conn, actor, now, theme, &input.clone()?),
    )
    .await
}

async fn dismiss(visit: Visit, path: AtPart, form: Form) -> Page {
    let (_, slug, code, person) = path.into_inner();
    let id: PersonId = id_of(&person).map_err(|fault| visit.refused(fault))?;
    let deed = ("theme.lead.dismiss", "ended", Part::Lead);
    act(
        visit,
        deed,
        (&slug, &code),
        &form,
        move |conn, actor, now, theme| partners::dismiss_lead(conn, actor, now, theme, id),
    )
    .await
}

//! The desk of the Town Hall's caucuses: which there are in the edition, each with its checklist and who answers for it
//! (R96), and for how long papers are open to comment before the congress (R98).

use std::collections::BTreeSet;

use access_rules::{Act, Actor, Object, ObjectKind, decide};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Fault, Fields, Moment};
use people::accounts;
use programme::model::Edition;
use serde::Deserialize;
use town_hall::{
    caucuses::{self, CaucusInput, MemberInput, MemberView, QuestionInput},
    consultation::{self, TermsInput},
    model::{AnswerKind, Caucus},
};

use super::{
    Again, DeskPage, Sheet, Table, after, anchor, button,
    catalogue::{At, NEW},
    gate, id_of, plain, state, write_in,
};
use crate::{
    components::{Empty, Link},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// Rows for further questions in the form.
const ROWS_MORE: usize = 2;

/// The lines of this part; what has a word of its own stands before what has an id.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageFormats;
    vec![
        get("/{lang}/desk/{edition}/caucuses", act, list),
        post("/{lang}/desk/{edition}/caucuses/standard", act, seed),
        post("/{lang}/desk/{edition}/caucuses/terms", act, set_terms),
        get("/{lang}/desk/{edition}/caucuses/{id}", act, caucus),
        post("/{lang}/desk/{edition}/caucuses/{id}", act, save),
        post("/{lang}/desk/{edition}/caucuses/{id}/members", act, name),
        post(
            "/{lang}/desk/{edition}/caucuses/{id}/members/{person}/dismiss",
            act,
            dismiss,
        ),
    ]
}

/// Which form of a caucus's page came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Caucus,
    Member,
}

/// Goes on when this is the desk of the Town Hall.
///
/// # Errors
/// 401 or 403.
pub(super) fn may(actor: &Actor, now: Moment) -> Result<(), Fault> {
    gate(actor, now)?;
    let object = Object::public(ObjectKind::Edition).of_track(Some("town_hall"));
    decide(actor, Act::ManageFormats, &object, now).or_fault()
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    show_all(visit, &path.1, None).await
}

async fn show_all(visit: Visit, slug: &str, again: Option<Again<'_>>) -> Page {
    let (frame, (all, terms)) = visit
        .read_in("desk.caucuses", slug, |conn, actor, now, edition| {
            may(actor, now)?;
            Ok((
                caucuses::list(conn, actor, edition.id)?,
                consultation::terms(conn, actor, edition.id)?,
            ))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/caucuses"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-caucuses"));
    page.lead(voice.t("desk-caucuses-lead"));
    page.links(vec![
        Link::new(format!("{base}/{NEW}"), voice.t("desk-caucus-new")),
        Link::new(visit.at(&format!("desk/{slug}/themes")), voice.t("desk-themes")),
    ]);
    if all.is_empty() {
        page.put(&Empty::new(
            voice.t("desk-caucuses-none"),
            voice.t("desk-caucuses-none-hint"),
        ));
        page.add(button(
            &page.chrome,
            format!("{base}/standard"),
            "desk-caucuses-seed",
        ));
    } else {
        let keys = ["caucus", "desk-caucus-questions", "desk-caucus-state"];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for own in &all {
            let offered = if own.retired { "retired" } else { "active" };
            table.row([
                anchor(format!("{base}/{}", own.id), voice.said(&own.name).text),
                plain(voice.count(own.questions.0.len())),
                state(voice, "format-state", offered),
            ]);
        }
        page.put(&table);
    }
    page.heading(voice.t("desk-town-hall-terms"));
    let form = Again::view(again, &visit, || FormView::filled(voice, &terms)).named("desk-town-hall");
    let action = format!("{base}/terms");
    let sheet = Sheet::new(action.clone(), page.chrome.edits(&terms.version))
        .and(form.summary())
        .with(
            form.number("consultation_months", "desk-town-hall-consultation-months")
                .hint("desk-town-hall-consultation-months-hint")
                .required(),
        )
        .or_does(action, voice.t("save"));
    page.put(&sheet);
    page.answer(&visit, again)
}

async fn seed(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let run = |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        caucuses::seed(conn, actor, now, edition.id)?;
        Ok("caucuses".to_owned())
    };
    let done = write_in(&visit, "desk.caucuses.seed", &path.1, &form, run).await;
    after(visit, done, "saved", &form, async |visit, again| {
        show_all(visit, &path.1, again).await
    })
    .await
}

async fn set_terms(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let version = form.version();
    let done = match form.input::<TermsInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                consultation::set_terms(conn, actor, now, edition.id, &input, version)?;
                Ok("caucuses".to_owned())
            };
            write_in(&visit, "desk.town_hall.terms", &path.1, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_all(visit, &path.1, again).await
    })
    .await
}

/// What stands at `id` in an edition; nothing for a new one.
fn stands(conn: &mut Conn, actor: &Actor, edition: &Edition, id: &str) -> Result<Option<Caucus>, Fault> {
    if id == NEW {
        return Ok(None);
    }
    let found = caucuses::get(conn, actor, id_of(id)?)?;
    match found.edition == edition.id {
        true => Ok(Some(found)),
        false => Err(Fault::not_found()),
    }
}

/// A caucus that is there, and of this edition.
fn there(conn: &mut Conn, actor: &Actor, edition: &Edition, id: &str) -> Result<Caucus, Fault> {
    stands(conn, actor, edition, id)?.ok_or_else(Fault::not_found)
}

async fn caucus(visit: Visit, path: At) -> Page {
    show(visit, &path.1, &path.2, None).await
}

async fn show(visit: Visit, slug: &str, id: &str, back: Option<(Part, Again<'_>)>) -> Page {
    let asked = id.to_owned();
    let (frame, (found, members)) = visit
        .read_in("desk.caucus", slug, move |conn, actor, now, edition| {
            may(actor, now)?;
            let found = stands(conn, actor, edition, &asked)?;
            let members = match &found {
                Some(own) => caucuses::members(conn, actor, now, own.id)?,
                None => vec![],
            };
            Ok((found, members))
        })
        .await?;
    let voice = &visit.voice;
    let title = found
        .as_ref()
        .map_or_else(|| voice.t("desk-caucus-new"), |own| voice.said(&own.name).text);
    let mut page = DeskPage::new(&visit, &frame, title);
    let again = |part| back.filter(|(own, _)| *own == part).map(|(_, again)| again);
    let action = visit.at(&format!("desk/{slug}/caucuses/{id}"));
    page.links(vec![Link::new(
        visit.at(&format!("desk/{slug}/caucuses")),
        voice.t("desk-caucuses"),
    )]);
    if let Some(own) = &found {
        let place = Place {
            visit: &visit,
            edition: frame.edition.as_ref(),
            action: &action,
        };
        place.people(&mut page, own, &members, again(Part::Member));
    }
    page.heading(voice.t("desk-caucus-checklist"));
    let form = Again::view(again(Part::Caucus), &visit, || match &found {
        Some(own) => FormView::filled(voice, own),
        None => FormView::blank(voice),
    })
    .named("desk-caucus");
    let sends = match &found {
        Some(own) => page.chrome.edits(&own.version),
        None => page.chrome.sends(),
    };
    let mut sheet = Sheet::new(action, sends).and(form.summary()).with(
        form.tongues("name", "desk-caucus-name")
            .hint("localized-hint")
            .required(),
    );
    if found.is_none() {
        sheet = sheet.with(
            form.text("code", "desk-caucus-code")
                .hint("desk-caucus-code-hint")
                .middle()
                .required(),
        );
    }
    let rows = found.as_ref().map_or(0, |own| own.questions.0.len()) + ROWS_MORE;
    sheet = sheet.section(voice.t("desk-caucus-questions"));
    for row in 0..rows {
        sheet = question(
            sheet,
            &form,
            row,
            &Choice::codes::<AnswerKind>(voice, "answer-kind"),
        );
    }
    let sheet = sheet
        .with(form.check("retired", "desk-caucus-retired"))
        .with(form.number("position", "desk-position").optional())
        .does(voice.t("save"));
    page.put(&sheet);
    page.answer(&visit, back.map(|(_, again)| again))
}

/// The row of a question in the form.
fn question(sheet: Sheet, form: &FormView, row: usize, kinds: &[Choice]) -> Sheet {
    let path = |rest: &str| format!("questions.{row}.{rest}");
    sheet
        .with(form.tongues(&path("text"), "desk-caucus-question").optional())
        .with(
            form.select(&path("kind"), "desk-caucus-question-kind", kinds)
                .optional(),
        )
        // Answers refer to it: it stays when the words change.
        .and(form.hidden(&path("code")))
}

/// Where the page of a caucus is.
struct Place<'a> {
    visit: &'a Visit,
    edition: Option<&'a Edition>,
    action: &'a str,
}

impl Place<'_> {
    /// Who answers for a caucus, and the form that names somebody.
    fn people(&self, page: &mut DeskPage, own: &Caucus, members: &[MemberView], again: Option<Again<'_>>) {
        let voice = &self.visit.voice;
        page.heading(voice.t("desk-caucus-members"));
        if members.is_empty() {
            page.put(&Empty::new(
                voice.t("desk-caucus-members-none"),
                voice.t("desk-caucus-members-none-hint"),
            ));
        } else {
            let keys = ["desk-caucus-member", "desk-caucus-since", "desk-caucus-dismiss"];
            let mut table = Table::new(keys.map(|key| voice.t(key)));
            for view in members {
                let since = self.edition.map_or_else(String::new, |edition| {
                    voice.day_plain(edition.zone.local(view.from_at).date())
                });
                table.row([
                    plain(view.person_name.clone()),
                    plain(since),
                    button(
                        &page.chrome,
                        format!("{}/members/{}/dismiss", self.action, view.person),
                        "desk-caucus-dismiss-do",
                    ),
                ]);
            }
            page.put(&table);
        }
        if own.retired {
            return;
        }
        let form = Again::view(again, self.visit, || FormView::blank(voice)).named("desk-caucus");
        let action = format!("{}/members", self.action);
        let sheet = Sheet::new(action.clone(), page.chrome.sends())
            .and(form.summary())
            .with(
                form.email("email", "desk-caucus-email")
                    .hint("desk-caucus-email-hint")
                    .required(),
            )
            .or_does(action, voice.t("desk-caucus-name-do"));
        page.put(&sheet);
    }
}

/// Questions without words are none; a new one gets the first code that is free.
fn stated(input: CaucusInput) -> CaucusInput {
    let mut questions: Vec<QuestionInput> = input.questions;
    questions.retain(|question| !question.text.is_blank());
    let mut taken: BTreeSet<String> = questions.iter().map(|question| question.code.clone()).collect();
    let mut free = (1..).map(|number| format!("question_{number}"));
    for question in questions.iter_mut().filter(|question| question.code.is_empty()) {
        if let Some(code) = free.find(|code| !taken.contains(code)) {
            taken.insert(code.clone());
            question.code = code;
        }
    }
    CaucusInput { questions, ..input }
}

async fn save(visit: Visit, path: At, form: Form) -> Page {
    let asked = path.2.clone();
    let done = match form.input::<CaucusInput>().map(stated) {
        Ok(input) => {
            let version = form.version();
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                let own = match stands(conn, actor, edition, &asked)? {
                    None => caucuses::create(conn, actor, now, edition.id, &input)?,
                    Some(own) => caucuses::edit(conn, actor, now, own.id, &input, version)?,
                };
                Ok(format!("caucuses/{}", own.id))
            };
            write_in(&visit, "desk.caucus.save", &path.1, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &path.1, &path.2, again.map(|again| (Part::Caucus, again))).await
    })
    .await
}

/// Somebody by the address they sign in with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Named {
    email: String,
}

impl Named {
    /// Who that is. Asked only by who manages the caucus.
    fn member(&self, conn: &mut Conn) -> Result<MemberInput, Fault> {
        let mut fields = Fields::new();
        let email = fields.email("email", &self.email);
        fields.done()?;
        let found = match email {
            Some(email) => accounts::by_email(conn, &email)?,
            None => None,
        };
        let account = found.ok_or_else(|| Fault::field("email", "unknown"))?;
        Ok(MemberInput {
            person: Some(account.person_id),
        })
    }
}

async fn name(visit: Visit, path: At, form: Form) -> Page {
    let asked = path.2.clone();
    let done = match form.input::<Named>() {
        Ok(named) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                may(actor, now)?;
                let own = there(conn, actor, edition, &asked)?;
                let member = named.member(conn)?;
                caucuses::name(conn, actor, now, own.id, &member).map_err(beside_the_address)?;
                Ok(format!("caucuses/{}", own.id))
            };
            write_in(&visit, "desk.caucus.name", &path.1, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &path.1, &path.2, again.map(|again| (Part::Member, again))).await
    })
    .await
}

/// What is wrong with the person is told beside their address, which is what the form asks.
fn beside_the_address(mut fault: Fault) -> Fault {
    for field in &mut fault.fields {
        if field.field == "person" {
            "email".clone_into(&mut field.field);
        }
    }
    fault
}

async fn dismiss(visit: Visit, path: Path<(String, String, String, String)>, form: Form) -> Page {
    let (_, slug, id, person) = path.into_inner();
    let asked = id.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        let own = there(conn, actor, edition, &asked)?;
        caucuses::dismiss(conn, actor, now, own.id, id_of(&person)?)?;
        Ok(format!("caucuses/{}", own.id))
    };
    let done = write_in(&visit, "desk.caucus.dismiss", &slug, &form, run).await;
    after(visit, done, "ended", &form, async |visit, again| {
        show(visit, &slug, &id, again.map(|again| (Part::Member, again))).await
    })
    .await
}

//! Who works at a paper, and handing it in: for its organisation's focal points, its drafters, who leads its theme, the desk.

use access_rules::{Act, Actor};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Coded as _, Fault, Moment};
use members::positions;
use papers::{
    model::{Paper, PaperState, PaperTrack, TeamRole},
    reading,
    steps::{self, SubmitInput, WithdrawInput},
    team::{self, NameInput, TeamView},
};
use people::{model::Person, persons};
use programme::editions;

use super::{
    desk::{Again, Sheet, Table, after, button, id_of, plain},
    papers::At,
    parts::PartsPage,
};
use crate::{
    components::{Empty, Link},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::WritePaper;
    vec![
        get("/{lang}/{edition}/papers/{paper}/team", act, page),
        post("/{lang}/{edition}/papers/{paper}/team", act, name),
        post("/{lang}/{edition}/papers/{paper}/team/{part}/end", act, end),
        post("/{lang}/{edition}/papers/{paper}/hand-in", act, hand_in),
        post("/{lang}/{edition}/papers/{paper}/withdraw", act, withdraw),
    ]
}

/// Which form came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    Name,
    HandIn,
    Withdraw,
}

/// What the page shows.
struct Known {
    paper: Paper,
    team: Vec<TeamView>,
    /// Whom one may name: people of the organisation.
    people: Vec<Person>,
    may_name: bool,
    may_write: bool,
}

async fn page(visit: Visit, path: At) -> Page {
    show(visit, &path.1, &path.2, None).await
}

async fn show(visit: Visit, slug: &str, code: &str, back: Option<(Sent, Again<'_>)>) -> Page {
    let named = code.to_owned();
    let (frame, known) = visit
        .read_in("paper.team", slug, move |conn, actor, now, edition| {
            let paper = papers::by_code(conn, actor, now, edition.id, &named)?;
            let may = reading::may_now(actor, &paper, now);
            let people = match may.name {
                true => {
                    let held = positions::people_of(conn, paper.owner)?;
                    persons::many(conn, &held)?
                }
                false => vec![],
            };
            Ok(Known {
                team: team::list(conn, actor, now, paper.id)?,
                may_name: may.name,
                may_write: may.write,
                people,
                paper,
            })
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("{slug}/papers/{code}"));
    let title = format!("{} {}", known.paper.code, voice.t("paper-team"));
    let mut page = PartsPage::own(&visit, &frame, title);
    page.links(vec![Link::new(base.clone(), voice.t("paper-back"))]);
    let again = |part| back.filter(|(own, _)| *own == part).map(|(_, again)| again);
    members(&visit, &mut page, &known, &base);
    if known.may_name {
        page.heading(voice.t("paper-team-name"));
        if known.people.is_empty() {
            page.say(voice.t("paper-team-nobody"));
        } else {
            let choices: Vec<Choice> = known
                .people
                .iter()
                .map(|person| Choice::new(person.id.to_string(), person.name()))
                .collect();
            let form = Again::view(again(Sent::Name), &visit, || FormView::blank(voice)).named("paper-team");
            let roles = Choice::codes::<TeamRole>(voice, "paper-role");
            let sheet = Sheet::new(format!("{base}/team"), page.chrome.sends())
                .and(form.summary())
                .with(form.select("person", "paper-team-person", &choices).required())
                .with(form.radios("role", "paper-team-role", &roles).required())
                .does(voice.t("paper-team-name-do"));
            page.put(&sheet);
        }
    }
    steps_of(&visit, &mut page, &known, &base, &again);
    page.answer(&visit, back.map(|(_, again)| again))
}

fn members(visit: &Visit, page: &mut PartsPage, known: &Known, base: &str) {
    let voice = &visit.voice;
    let current: Vec<&TeamView> = known.team.iter().filter(|own| own.part.to_at.is_none()).collect();
    if current.is_empty() {
        page.put(&Empty::new(
            voice.t("paper-team-none"),
            voice.t("paper-team-none-hint"),
        ));
        return;
    }
    let keys = ["paper-team-person", "paper-team-role", "paper-team-end"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for own in current {
        let end = match known.may_name {
            true => button(
                &page.chrome,
                format!("{base}/team/{}/end", own.part.id),
                "paper-team-end-do",
            ),
            false => plain(""),
        };
        table.row([
            plain(own.person_name.clone()),
            plain(voice.code("paper-role", own.part.role.code())),
            end,
        ]);
    }
    page.put(&table);
}

/// Handing it in, and taking it back.
fn steps_of<'a>(
    visit: &Visit,
    page: &mut PartsPage,
    known: &Known,
    base: &str,
    again: &dyn Fn(Sent) -> Option<Again<'a>>,
) {
    let voice = &visit.voice;
    let is_open = matches!(known.paper.state, PaperState::Drafting | PaperState::Returned);
    if known.may_write && is_open && known.paper.track == PaperTrack::Assembly {
        page.heading(voice.t("paper-hand-in"));
        page.say(voice.t("paper-hand-in-hint"));
        let form = Again::view(again(Sent::HandIn), visit, || FormView::blank(voice)).named("hand-in");
        let sheet = Sheet::new(format!("{base}/hand-in"), page.chrome.sends())
            .and(form.summary())
            .with(form.area("note", "paper-hand-in-note").optional())
            .does(voice.t("paper-hand-in-do"));
        page.put(&sheet);
    }
    if known.may_name && !papers::rules::is_over(known.paper.state) {
        page.heading(voice.t("paper-take-back"));
        page.say(voice.t("paper-take-back-hint"));
        let form = Again::view(again(Sent::Withdraw), visit, || FormView::blank(voice)).named("take-back");
        let action = format!("{base}/withdraw");
        let sheet = Sheet::new(action.clone(), page.chrome.sends())
            .and(form.summary())
            .with(form.area("reason", "paper-take-back-reason").required())
            .or_does(action, voice.t("paper-take-back"));
        page.put(&sheet);
    }
}

/// Does what a form asks of the paper of its address. `run` answers where to go on, below the paper.
async fn write(
    visit: &Visit,
    name: &'static str,
    slug: &str,
    code: &str,
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, Paper) -> Result<&'static str, Fault> + Send + 'static,
) -> Result<String, Fault> {
    let (lang, slug, code) = (visit.language().code(), slug.to_owned(), code.to_owned());
    let done = visit.submit(name, form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &slug)?;
        let paper = papers::by_code(conn, actor, now, edition.id, &code)?;
        let code = paper.code.clone();
        let next = run(conn, actor, now, paper)?;
        Ok(format!("/{lang}/{slug}/papers/{code}{next}"))
    });
    done.await
}

async fn name(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let done = match form.input::<NameInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper: Paper| {
                team::name(conn, actor, now, paper.id, &input)?;
                Ok("/team")
            };
            write(&visit, "paper.team.name", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, &code, again.map(|again| (Sent::Name, again))).await
    })
    .await
}

async fn end(visit: Visit, path: Path<(String, String, String, String)>, form: Form) -> Page {
    let (_, slug, code, part) = path.into_inner();
    let run = move |conn: &mut Conn, actor: &Actor, now, paper: Paper| {
        team::dismiss(conn, actor, now, paper.id, id_of(&part)?)?;
        Ok("/team")
    };
    let done = write(&visit, "paper.team.end", &slug, &code, &form, run).await;
    after(visit, done, "ended", &form, async |visit, again| {
        show(visit, &slug, &code, again.map(|again| (Sent::Name, again))).await
    })
    .await
}

async fn hand_in(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let done = match form.input::<SubmitInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper: Paper| {
                steps::submit(conn, actor, now, paper.id, &input)?;
                Ok("")
            };
            write(&visit, "paper.submit", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "paper-handed-in", &form, async |visit, again| {
        show(visit, &slug, &code, again.map(|again| (Sent::HandIn, again))).await
    })
    .await
}

async fn withdraw(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let done = match form.input::<WithdrawInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper: Paper| {
                steps::withdraw(conn, actor, now, paper.id, &input)?;
                Ok("")
            };
            write(&visit, "paper.withdraw", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "paper-taken-back", &form, async |visit, again| {
        show(visit, &slug, &code, again.map(|again| (Sent::Withdraw, again))).await
    })
    .await
}

//! The desk of the Assembly's papers: who is invited to write, what was handed in, and by what the Assembly goes. A paper's
//! own page at the desk takes it on: looked through, returned, published, its deadline, its invitation taken back.

use access_rules::{Act, Actor, Object, ObjectKind, decide};
use actix_kit::Form;
use actix_web::web::Path;
use assembly::{
    deadlines::{self, DeadlineInput},
    invitations::{self, PaperInvitationInput, PaperInvitationView, RevokeInput},
    model::{AssemblyTerms, InvitationState},
    priorities::{self, PriorityGroup},
    screening::{self, Audience, PublishInput, ReturnInput, ScreenInput},
    terms::{self, AssemblyTermsInput},
};
use db::Conn;
use kernel::{Coded as _, Fault, Language, LocalDateTime, Localized, Moment, local_time::NotOneInstant};
use papers::model::{Paper, PaperState, PaperTrack};
use programme::model::Edition;
use serde::Deserialize;

use super::{
    Again, DeskPage, Sheet, Table, after, anchor,
    catalogue::At,
    gate, plain, said, state,
    themes::{beside_its_name, named},
    write_in,
};
use crate::{
    components::{Empty, Link, Markup, Notice, Weight},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManagePapers;
    vec![
        get("/{lang}/desk/{edition}/papers", act, list),
        post("/{lang}/desk/{edition}/papers/invitations", act, invite),
        post("/{lang}/desk/{edition}/papers/terms", Act::ManageRules, set_terms),
        get("/{lang}/desk/{edition}/papers/{paper}", act, one),
        post("/{lang}/desk/{edition}/papers/{paper}/screen", act, screen),
        post("/{lang}/desk/{edition}/papers/{paper}/return", act, return_),
        post("/{lang}/desk/{edition}/papers/{paper}/publish", act, publish),
        post(
            "/{lang}/desk/{edition}/papers/{paper}/deadline",
            act,
            set_deadline,
        ),
        post("/{lang}/desk/{edition}/papers/{paper}/revoke", act, revoke),
    ]
}

/// Which form came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Invite,
    Terms,
    Screen,
    Return,
    Publish,
    Deadline,
    Revoke,
}

/// Goes on when this is the desk of the Assembly's papers.
fn may(actor: &Actor, now: Moment) -> Result<(), Fault> {
    gate(actor, now)?;
    let object = Object::public(ObjectKind::Paper).of_track(Some(PaperTrack::Assembly.code()));
    decide(actor, Act::ManagePapers, &object, now).or_fault()
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    show_all(visit, &path.1, None).await
}

async fn show_all(visit: Visit, slug: &str, back: Option<(Part, Again<'_>)>) -> Page {
    let (frame, (views, terms, groups)) = visit
        .read_in("desk.papers", slug, |conn, actor, now, edition| {
            may(actor, now)?;
            Ok((
                invitations::list(conn, actor, now, edition.id)?,
                terms::of(conn, edition.id)?,
                priorities::report(conn, actor, now, edition.id)?,
            ))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/papers"));
    let again = |part| back.filter(|(own, _)| *own == part).map(|(_, again)| again);
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-papers"));
    page.lead(voice.t("desk-papers-lead"));
    if views.is_empty() {
        page.put(&Empty::new(
            voice.t("desk-papers-none"),
            voice.t("desk-papers-none-hint"),
        ));
    } else {
        page.put(&table(voice, frame.edition.as_ref(), &base, &views));
    }
    page.heading(voice.t("desk-invite"));
    page.say(voice.t("desk-invite-hint"));
    let form = Again::view(again(Part::Invite), &visit, || {
        FormView::blank(voice).with("language", voice.language.code())
    })
    .named("desk-invite");
    let sheet = Sheet::new(format!("{base}/invitations"), page.chrome.sends())
        .and(form.summary())
        .with(
            form.text("organisation_name", "desk-partner-organisation-name")
                .hint("desk-invite-organisation-hint")
                .suggests("/api/v1/organisations/suggest?text=", "organisation")
                .required(),
        )
        .and(form.hidden("organisation"))
        .with(
            form.tongues("title", "paper-title")
                .hint("localized-hint")
                .required(),
        )
        .with(
            form.select("language", "paper-authentic", &tongues(voice))
                .required(),
        )
        .with(
            form.day_time("deadline_local", "desk-deadline")
                .hint("desk-deadline-hint")
                .optional(),
        )
        .with(form.area("message", "desk-invite-message").optional())
        .does(voice.t("desk-invite-do"));
    page.put(&sheet);
    page.heading(voice.t("desk-papers-priorities"));
    told(voice, &mut page, &visit.at(&format!("{slug}/papers")), &groups);
    page.heading(voice.t("desk-assembly-terms"));
    page.add(terms_form(&visit, &page, &base, &terms, again(Part::Terms)));
    page.answer(&visit, back.map(|(_, again)| again))
}

fn tongues(voice: &Voice) -> Vec<Choice> {
    Language::ALL
        .iter()
        .map(|language| Choice::new(language.code(), voice.code("language", language.code())))
        .collect()
}

fn table(voice: &Voice, edition: Option<&Edition>, base: &str, views: &[PaperInvitationView]) -> Table {
    let keys = [
        "paper-owner",
        "paper-title",
        "desk-invitation-state",
        "paper-state",
        "desk-deadline",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for view in views {
        let deadline = view.deadline.zip(edition);
        table.row([
            plain(view.organisation_name.clone()),
            anchor(
                format!("{base}/{}", view.paper_code),
                format!("{} {}", view.paper_code, voice.said(&view.title).text),
            ),
            state(voice, "invitation-state", view.invitation.state.code()),
            state(voice, "paper-state", view.paper_state.code()),
            plain(
                deadline
                    .map(|(at, edition)| voice.moment(edition.zone.local(at)))
                    .unwrap_or_default(),
            ),
        ]);
    }
    table
}

/// The priorities that papers set (R65).
fn told(voice: &Voice, page: &mut DeskPage, papers: &str, groups: &[PriorityGroup]) {
    if groups.is_empty() {
        page.say(voice.t("desk-papers-no-priorities"));
        return;
    }
    let mut table =
        Table::new(["paper-priority-kind", "paper-priority", "paper-title"].map(|key| voice.t(key)));
    for group in groups {
        let of = match group.section {
            Some(_) => voice.said(&group.name).text,
            None => voice.code("priority-kind", group.kind.code()),
        };
        for line in &group.priorities {
            table.row([
                plain(of.clone()),
                said(voice, &line.label),
                anchor(
                    format!("{papers}/{}", line.paper_code),
                    format!("{} {}", line.paper_code, voice.said(&line.paper_title).text),
                ),
            ]);
        }
    }
    page.put(&table);
}

fn terms_form(
    visit: &Visit,
    page: &DeskPage,
    base: &str,
    terms: &AssemblyTerms,
    again: Option<Again<'_>>,
) -> Markup {
    let voice = &visit.voice;
    let form = Again::view(again, visit, || FormView::filled(voice, terms)).named("desk-terms");
    let action = format!("{base}/terms");
    let sheet = Sheet::new(action.clone(), page.chrome.edits(&terms.version))
        .and(form.summary())
        .with(
            form.number("deadline_days", "desk-terms-deadline")
                .hint("desk-terms-deadline-hint"),
        )
        .with(
            form.number("notice_months", "desk-terms-notice")
                .hint("desk-terms-notice-hint"),
        )
        .with(form.check("fallback_vote", "desk-terms-fallback"))
        .with(form.number("majority_votes", "desk-terms-votes"))
        .with(form.number("majority_of", "desk-terms-of"))
        .with(
            form.checks("aligned_languages", "desk-terms-aligned", &tongues(voice))
                .hint("desk-terms-aligned-hint")
                .optional(),
        )
        .or_does(action, voice.t("save"));
    Markup::of(&sheet)
}

/// One paper at the desk.
struct Known {
    paper: Paper,
    title: Localized,
    invitation: Option<PaperInvitationView>,
}

fn find(conn: &mut Conn, actor: &Actor, now: Moment, edition: &Edition, code: &str) -> Result<Known, Fault> {
    may(actor, now)?;
    let paper = papers::by_code(conn, actor, now, edition.id, code)?;
    if paper.track != PaperTrack::Assembly {
        return Err(Fault::not_found());
    }
    let reading = papers::reading::shown(conn, actor, now, paper.id, "")?;
    let invitation = match invitations::of_paper(conn, paper.id)? {
        Some(own) => Some(invitations::get(conn, actor, now, own.id)?),
        None => None,
    };
    Ok(Known {
        paper,
        title: reading.title,
        invitation,
    })
}

async fn one(visit: Visit, path: At) -> Page {
    show(visit, &path.1, &path.2, None).await
}

async fn show(visit: Visit, slug: &str, code: &str, back: Option<(Part, Again<'_>)>) -> Page {
    let asked = code.to_owned();
    let (frame, known) = visit
        .read_in("desk.paper", slug, move |conn, actor, now, edition| {
            find(conn, actor, now, edition, &asked)
        })
        .await?;
    let voice = &visit.voice;
    let paper = &known.paper;
    let title = format!("{} {}", paper.code, voice.said(&known.title).text);
    let mut page = DeskPage::new(&visit, &frame, title);
    page.lead(voice.code("paper-state", paper.state.code()));
    page.links(vec![
        Link::new(
            visit.at(&format!("{slug}/papers/{}", paper.code)),
            voice.t("desk-paper-read"),
        ),
        Link::new(
            visit.at(&format!("{slug}/papers/{}/team", paper.code)),
            voice.t("paper-team"),
        ),
        Link::new(
            visit.at(&format!("{slug}/papers/{}/translate", paper.code)),
            voice.t("paper-translate"),
        ),
    ]);
    if paper.is_revoked {
        page.put(&Notice::new(Weight::Stop, voice.t("paper-revoked")));
    }
    let again = |part| back.filter(|(own, _)| *own == part).map(|(_, again)| again);
    let at = visit.at(&format!("desk/{slug}/papers/{}", paper.code));
    steps(&visit, &mut page, &at, paper, &again);
    deadline(
        &visit,
        &mut page,
        frame.edition.as_ref(),
        &at,
        paper,
        again(Part::Deadline),
    );
    if let Some(view) = &known.invitation {
        invitation(&visit, &mut page, &at, view, again(Part::Revoke));
    }
    page.answer(&visit, back.map(|(_, again)| again))
}

/// What is done with it next.
fn steps<'a>(
    visit: &Visit,
    page: &mut DeskPage,
    at: &str,
    paper: &Paper,
    again: &dyn Fn(Part) -> Option<Again<'a>>,
) {
    let voice = &visit.voice;
    let form = |part, name| Again::view(again(part), visit, || FormView::blank(voice)).named(name);
    match paper.state {
        PaperState::Submitted => {
            page.heading(voice.t("desk-screen"));
            page.say(voice.t("desk-screen-hint"));
            let form = form(Part::Screen, "desk-screen");
            let sheet = Sheet::new(format!("{at}/screen"), page.chrome.edits(&paper.version))
                .and(form.summary())
                .with(form.area("note", "desk-screen-note").optional())
                .does(voice.t("desk-screen-do"));
            page.put(&sheet);
        }
        PaperState::Screened => {
            page.heading(voice.t("desk-publish"));
            if paper.priorities.0.is_empty() {
                page.put(&Notice::new(Weight::Wait, voice.t("desk-publish-no-priority")));
            }
            let audience = form(Part::Publish, "desk-publish").with("audience", Audience::default().code());
            let sheet = Sheet::new(format!("{at}/publish"), page.chrome.edits(&paper.version))
                .and(audience.summary())
                .with(audience.radios(
                    "audience",
                    "desk-publish-to",
                    &Choice::codes::<Audience>(voice, "paper-audience"),
                ))
                .does(voice.t("desk-publish-do"));
            page.put(&sheet);
            page.heading(voice.t("desk-return"));
            let form = form(Part::Return, "desk-return");
            let action = format!("{at}/return");
            let sheet = Sheet::new(action.clone(), page.chrome.edits(&paper.version))
                .and(form.summary())
                .with(form.area("reason", "desk-return-reason").required())
                .or_does(action, voice.t("desk-return-do"));
            page.put(&sheet);
        }
        _ => page.say(voice.t("desk-paper-nothing")),
    }
}

fn deadline(
    visit: &Visit,
    page: &mut DeskPage,
    edition: Option<&Edition>,
    at: &str,
    paper: &Paper,
    again: Option<Again<'_>>,
) {
    let voice = &visit.voice;
    page.heading(voice.t("desk-deadline"));
    let local = paper
        .deadline
        .zip(edition)
        .map(|(at, edition)| edition.zone.local(at).to_string())
        .unwrap_or_default();
    let form = Again::view(again, visit, || {
        FormView::blank(voice).with("deadline_local", local.clone())
    })
    .named("desk-deadline");
    let action = format!("{at}/deadline");
    let sheet = Sheet::new(action.clone(), page.chrome.edits(&paper.version))
        .and(form.summary())
        .with(
            form.day_time("deadline_local", "desk-deadline")
                .hint("desk-deadline-hint"),
        )
        .with(
            form.text("reason", "desk-deadline-reason")
                .hint("desk-deadline-reason-hint")
                .optional(),
        )
        .or_does(action, voice.t("save"));
    page.put(&sheet);
}

fn invitation(
    visit: &Visit,
    page: &mut DeskPage,
    at: &str,
    view: &PaperInvitationView,
    again: Option<Again<'_>>,
) {
    let voice = &visit.voice;
    let own = &view.invitation;
    page.heading(voice.t("desk-invitation"));
    page.say(format!(
        "{}: {}",
        view.organisation_name,
        voice.code("invitation-state", own.state.code())
    ));
    for words in [&own.answer, &own.revoke_reason] {
        if !words.is_empty() {
            page.say(words.clone());
        }
    }
    if own.state == InvitationState::Revoked {
        return;
    }
    let form = Again::view(again, visit, || FormView::blank(voice)).named("desk-revoke");
    let action = format!("{at}/revoke");
    let sheet = Sheet::new(action.clone(), page.chrome.edits(&own.version))
        .and(form.summary())
        .with(
            form.area("reason", "desk-revoke-reason")
                .hint("desk-revoke-hint")
                .required(),
        )
        .or_does(action, voice.t("desk-revoke-do"));
    page.put(&sheet);
}

/// A deadline as the form of the desk has it: by the congress's clock.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Dated {
    deadline_local: Option<LocalDateTime>,
}

impl Dated {
    /// The instant it is; of an hour that comes twice the earlier.
    fn at(&self, edition: &Edition) -> Result<Option<Moment>, Fault> {
        let Some(local) = self.deadline_local else {
            return Ok(None);
        };
        match local.in_zone(edition.zone) {
            Ok(at) | Err(NotOneInstant::Twice { earlier: at, .. }) => Ok(Some(at)),
            Err(NotOneInstant::Skipped) => Err(Fault::field("deadline_local", "skipped_hour")),
        }
    }
}

/// What is wrong with a deadline is told beside the field of the form.
fn beside_its_form(mut fault: Fault) -> Fault {
    for field in &mut fault.fields {
        if field.field == "deadline" {
            "deadline_local".clone_into(&mut field.field);
        }
    }
    fault
}

async fn invite(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let typed = form.typed("organisation_name").to_owned();
    let inputs = form
        .input::<PaperInvitationInput>()
        .and_then(|input| Ok((input, form.input::<Dated>()?)));
    let done = match inputs {
        Ok((input, dated)) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                may(actor, now)?;
                let input = PaperInvitationInput {
                    organisation: match input.organisation {
                        Some(chosen) => Some(chosen),
                        None => named(conn, &typed)?,
                    },
                    deadline: dated.at(edition)?,
                    ..input.clone()
                };
                invitations::invite(conn, actor, now, edition.id, &input)
                    .map_err(beside_its_name)
                    .map_err(beside_its_form)?;
                Ok("papers".to_owned())
            };
            write_in(&visit, "desk.paper.invite", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "invited", &form, async |visit, again| {
        show_all(visit, &slug, again.map(|again| (Part::Invite, again))).await
    })
    .await
}

async fn set_terms(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let version = form.version();
    let done = match form.input::<AssemblyTermsInput>() {
        Ok(input) => {
            // A box that is not ticked sends nothing, and means no.
            let input = AssemblyTermsInput {
                fallback_vote: Some(input.fallback_vote.unwrap_or_default()),
                aligned_languages: Some(input.aligned_languages.unwrap_or_default()),
                ..input
            };
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                terms::set(conn, actor, now, edition.id, &input, version)?;
                Ok("papers".to_owned())
            };
            write_in(&visit, "desk.assembly.terms", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_all(visit, &slug, again.map(|again| (Part::Terms, again))).await
    })
    .await
}

/// Does what a form asks of the paper of its address, and goes back to it.
async fn step(
    visit: Visit,
    name: &'static str,
    path: At,
    form: Form,
    part: Part,
    word: &str,
    run: impl Fn(&mut Conn, &Actor, Moment, &Edition, &Paper) -> Result<(), Fault> + Send + 'static,
) -> Page {
    let (_, slug, code) = path.into_inner();
    let asked = code.clone();
    let done = write_in(&visit, name, &slug, &form, move |conn, actor, now, edition| {
        let known = find(conn, actor, now, edition, &asked)?;
        run(conn, actor, now, edition, &known.paper)?;
        Ok(format!("papers/{}", known.paper.code))
    })
    .await;
    after(visit, done, word, &form, async |visit, again| {
        show(visit, &slug, &code, again.map(|again| (part, again))).await
    })
    .await
}

/// A form that could not be read comes back as any other.
fn read<T: serde::de::DeserializeOwned>(form: &Form) -> Result<T, Fault> {
    form.input::<T>()
}

async fn screen(visit: Visit, path: At, form: Form) -> Page {
    let (input, version) = (read::<ScreenInput>(&form), form.version());
    step(
        visit,
        "desk.paper.screen",
        path,
        form,
        Part::Screen,
        "paper-screened",
        move |conn, actor, now, _, paper| {
            screening::screen(conn, actor, now, paper.id, &input.clone()?, version).map(drop)
        },
    )
    .await
}

async fn return_(visit: Visit, path: At, form: Form) -> Page {
    let (input, version) = (read::<ReturnInput>(&form), form.version());
    step(
        visit,
        "desk.paper.return",
        path,
        form,
        Part::Return,
        "paper-returned",
        move |conn, actor, now, _, paper| {
            screening::return_(conn, actor, now, paper.id, &input.clone()?, version).map(drop)
        },
    )
    .await
}

async fn publish(visit: Visit, path: At, form: Form) -> Page {
    let (input, version) = (read::<PublishInput>(&form), form.version());
    step(
        visit,
        "desk.paper.publish",
        path,
        form,
        Part::Publish,
        "paper-published",
        move |conn, actor, now, _, paper| {
            screening::publish(conn, actor, now, paper.id, &input.clone()?, version).map(drop)
        },
    )
    .await
}

async fn set_deadline(visit: Visit, path: At, form: Form) -> Page {
    let (input, dated, version) = (read::<DeadlineInput>(&form), read::<Dated>(&form), form.version());
    step(
        visit,
        "desk.paper.deadline",
        path,
        form,
        Part::Deadline,
        "saved",
        move |conn, actor, now, edition, paper| {
            let input = DeadlineInput {
                deadline: dated.clone()?.at(edition)?,
                ..input.clone()?
            };
            deadlines::set(conn, actor, now, paper.id, &input, version)
                .map(drop)
                .map_err(beside_its_form)
        },
    )
    .await
}

async fn revoke(visit: Visit, path: At, form: Form) -> Page {
    let (input, version) = (read::<RevokeInput>(&form), form.version());
    step(
        visit,
        "desk.paper.revoke",
        path,
        form,
        Part::Revoke,
        "paper-revoked",
        move |conn, actor, now, _, paper| {
            let own = invitations::of_paper(conn, paper.id)?.ok_or_else(Fault::not_found)?;
            invitations::revoke(conn, actor, now, own.id, &input.clone()?, version).map(drop)
        },
    )
    .await
}

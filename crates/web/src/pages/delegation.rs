//! The delegation of an organisation: who is sent, how each stands and what comes next; and the form of one more.
//!
//! What somebody needs is not asked for here and not shown: they say it themselves once it is theirs.

use access_rules::{Act, Actor, EditionId, OrganisationId};
use actix_kit::Form;
use actix_web::web::Path;
use assembly::{endorsements, world_assembly};
use db::Conn;
use kernel::{Coded as _, Fault, Language, Moment};
use members::{model::PositionKind, organisations, sheet::Charset};
use programme::{editions, model::Track, tracks};
use registration::{
    categories,
    delegates::{self, DelegateInput, Delegation, Line as Sent},
    model::{Category, DelegationQuota, DelegationRole, RegistrationState},
};

use super::{
    delegation_file::{Tried, told},
    desk::{Again, Sheet, Table, after, anchor, id_of, plain, state},
    parts::PartsPage,
};
use crate::{
    components::{Empty, Facts, Link},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/delegation", Act::MindOwn, choose),
        get(
            "/{lang}/{edition}/delegation/{organisation}",
            Act::MindOrganisation,
            show,
        ),
        post(
            "/{lang}/{edition}/delegation/{organisation}",
            Act::MindOrganisation,
            add,
        ),
    ]
}

/// What forms here choose from.
pub(super) struct Lists {
    pub(super) roles: Vec<DelegationRole>,
    pub(super) categories: Vec<Category>,
    pub(super) tracks: Vec<Track>,
}

impl Lists {
    pub(super) fn of(conn: &mut Conn, edition: EditionId) -> Result<Self, Fault> {
        Ok(Self {
            roles: delegates::roles(conn)?,
            categories: categories::all(conn, edition)?,
            tracks: tracks::list(conn, edition)?,
        })
    }

    pub(super) fn role(&self, voice: &Voice, code: &str) -> String {
        let found = self.roles.iter().find(|role| role.code == code);
        found.map_or_else(
            || code.to_owned(),
            |role| role.title.text(voice.language).to_owned(),
        )
    }
}

async fn choose(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, mine) = visit
        .read_in("delegations", &slug, |conn, actor, _, _| {
            if !actor.signed_in() {
                return Err(Fault::sign_in_needed());
            }
            let mut mine = Vec::new();
            for id in actor.focal_point_of() {
                mine.extend(organisations::find(conn, id)?.map(|found| (id, found.name)));
            }
            Ok(mine)
        })
        .await?;
    let voice = &visit.voice;
    let mut page = PartsPage::own(&visit, &frame, voice.t("delegation"));
    if mine.is_empty() {
        page.put(&Empty::new(
            voice.t("delegation-none"),
            voice.t("delegation-none-hint"),
        ));
    }
    let links = mine
        .into_iter()
        .map(|(id, name)| Link::new(visit.at(&format!("{slug}/delegation/{id}")), name))
        .collect();
    page.links(links);
    page.answer(&visit, None)
}

async fn show(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, organisation) = path.into_inner();
    show_delegation(visit, &slug, &organisation, None, None).await
}

async fn add(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, slug, organisation) = path.into_inner();
    let done = match form.input::<DelegateInput>() {
        Ok(input) => {
            let (of, id) = (slug.clone(), organisation.clone());
            let run = visit.submit("delegate.add", &form, move |conn, actor, now| {
                let edition = editions::by_slug(conn, actor, &of)?;
                delegates::add(conn, actor, now, edition.id, id_of(&id)?, &input)?;
                Ok(format!("/{lang}/{of}/delegation/{id}"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "delegate-added", &form, async |visit, again| {
        show_delegation(visit, &slug, &organisation, again, None).await
    })
    .await
}

pub(super) async fn show_delegation(
    visit: Visit,
    slug: &str,
    organisation: &str,
    again: Option<Again<'_>>,
    tried: Option<Tried>,
) -> Page {
    let asked = organisation.to_owned();
    let (frame, (delegation, lists, endorses)) = visit
        .read_in("delegation", slug, move |conn, actor, now, edition| {
            let id: OrganisationId = id_of(&asked)?;
            let found = delegates::list(conn, actor, now, edition.id, id)?;
            let lists = Lists::of(conn, edition.id)?;
            Ok((found, lists, endorses(conn, actor, now, edition.id, id)?))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = PartsPage::own(&visit, &frame, voice.t("delegation"));
    page.lead(delegation.organisation.clone());
    let base = visit.at(&format!("{slug}/delegation/{organisation}"));
    if let Some(tried) = tried {
        told(&visit, &mut page, &base, &tried);
    }
    if endorses {
        let here = format!("{slug}/world-assembly/networks/{organisation}");
        page.links(vec![Link::new(visit.at(&here), voice.t("delegation-endorsing"))]);
    }
    page.put(&places(voice, &delegation, &lists));
    let of_edition = visit.at(slug);
    if delegation.lines.is_empty() {
        page.put(&Empty::new(
            voice.t("delegation-empty"),
            voice.t("delegation-empty-hint"),
        ));
    } else {
        page.put(&people(voice, &of_edition, &delegation, &lists));
    }
    page.heading(voice.t("delegate-new"));
    let form =
        Again::view(again, &visit, || FormView::blank(voice).with("role", "delegate")).named("delegate");
    let sends = page.chrome.sends();
    let open: Vec<&Category> = lists
        .categories
        .iter()
        .filter(|category| {
            delegation
                .quotas
                .iter()
                .any(|quota| quota.category == category.id)
        })
        .collect();
    if open.is_empty() {
        page.say(voice.t("delegation-no-quota"));
        return page.answer(&visit, again);
    }
    let choices: Vec<Choice> = open
        .iter()
        .map(|category| Choice::new(category.id.to_string(), category.title.text(voice.language)))
        .collect();
    let wanted: Vec<Choice> = lists
        .tracks
        .iter()
        .map(|track| Choice::new(track.code.clone(), track.title.text(voice.language)))
        .collect();
    let sheet = details(voice, Sheet::new(base.clone(), sends), &form, &lists)
        .with(form.select("category", "delegate-category", &choices).required())
        .with(form.checks("tracks", "delegate-tracks", &wanted).optional())
        .does(voice.t("delegate-register"));
    page.put(&sheet);
    page.heading(voice.t("delegation-file"));
    page.say(voice.t("delegation-file-hint"));
    let form = FormView::blank(voice).with("charset", Charset::Utf8.code());
    let charsets = Choice::codes::<Charset>(voice, "desk-charset");
    let sheet = Sheet::new(format!("{base}/file"), page.chrome.sends())
        .with_file()
        .with(form.file("file", "delegation-file-choose").takes(".csv,.xlsx"))
        .with(form.select("charset", "delegation-file-charset", &charsets))
        .does(voice.t("delegation-file-try"));
    page.put(&sheet);
    page.answer(&visit, again)
}

/// Whether the organisation is a network that stands for people at the World Assembly of this edition, and the reader knows
/// of that (R70).
fn endorses(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    organisation: OrganisationId,
) -> Result<bool, Fault> {
    if !endorsements::endorses(conn, organisation, now)? {
        return Ok(false);
    }
    let world = world_assembly::of_edition(conn, edition)?;
    Ok(world.is_some_and(|session| world_assembly::show(conn, actor, now, session.id).is_ok()))
}

/// How many may be sent, and how many are.
fn places(voice: &Voice, delegation: &Delegation, lists: &Lists) -> Facts {
    let of = |quota: &DelegationQuota| {
        let category = lists.categories.iter().find(|found| found.id == quota.category);
        let title = category.map(|found| found.title.text(voice.language).to_owned());
        let taken = voice.t2("delegation-taken", "taken", quota.taken, "most", quota.places_max);
        (title.unwrap_or_default(), taken)
    };
    Facts::new(delegation.quotas.iter().map(of).collect()).lined()
}

fn people(voice: &Voice, base: &str, delegation: &Delegation, lists: &Lists) -> Table {
    let keys = [
        "delegate-name",
        "delegate-role",
        "delegate-state",
        "delegate-next",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for line in &delegation.lines {
        let registration = &line.registration;
        table.row([
            anchor(format!("{base}/delegates/{}", registration.id), name(line)),
            plain(lists.role(voice, &line.delegate.role)),
            state(voice, "registration-state", registration.state.code()),
            plain(next_step(voice, line)),
        ]);
    }
    table
}

pub(super) fn name(line: &Sent) -> String {
    format!("{} {}", line.given_name, line.family_name)
        .trim()
        .to_owned()
}

/// Who has to do what next.
pub(super) fn next_step(voice: &Voice, line: &Sent) -> String {
    let key = match line.registration.state {
        RegistrationState::Draft | RegistrationState::Applied | RegistrationState::PendingReview => {
            "delegate-next-review"
        }
        RegistrationState::Waiting => "delegate-next-waiting",
        RegistrationState::Approved | RegistrationState::Confirmed if line.is_taken_over() => {
            "delegate-next-theirs"
        }
        RegistrationState::Approved | RegistrationState::Confirmed => "delegate-next-take-over",
        RegistrationState::Rejected | RegistrationState::Cancelled | RegistrationState::Expired => {
            "delegate-next-over"
        }
    };
    voice.t(key)
}

/// The fields of who is sent.
pub(super) fn details(voice: &Voice, sheet: Sheet, form: &FormView, lists: &Lists) -> Sheet {
    let roles: Vec<Choice> = lists
        .roles
        .iter()
        .map(|role| Choice::new(role.code.clone(), role.title.text(voice.language)))
        .collect();
    sheet
        .and(form.summary())
        .with(form.text("given_name", "delegate-given-name").required())
        .with(form.text("family_name", "delegate-family-name").optional())
        .with(
            form.email("email", "delegate-email")
                .hint("delegate-email-hint")
                .required(),
        )
        .with(form.select("role", "delegate-role", &roles))
        .with(
            form.select(
                "position_kind",
                "delegate-position-kind",
                &Choice::codes::<PositionKind>(voice, "position"),
            )
            .optional(),
        )
        .with(form.text("position_title", "delegate-position-title").optional())
        .with(
            form.select(
                "language",
                "delegate-language",
                &Choice::codes::<Language>(voice, "language"),
            )
            .optional(),
        )
}

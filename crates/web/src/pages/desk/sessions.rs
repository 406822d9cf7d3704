//! Sessions of the draft: the list with its filters, and the form of one.

use access_rules::{Act, EditionId, Object, SessionId, decide};
use actix_kit::{Form, Paging, Query, paper};
use actix_web::web::{Data, Path};
use db::Conn;
use kernel::{Coded as _, Fault, LocalDate};
use programme::{
    admission::Admissions,
    domains, draft_sheet, editions, formats,
    model::{
        Access, Attendance, Domain, Entry, Format, Languages, Room, Session, SessionKind, SessionState,
        Theme, Track,
    },
    parts::{self, OrganiserInput, SpeakerInput},
    rooms, rules,
    session_form::{self, SessionInput},
    session_list::{self, Filter},
    sessions, themes, tracks,
};
use records::sheets::Format as SheetFormat;
use serde::{Deserialize, Serialize};
use session_formats::Sphere;
use statutory::model::Body;

use super::{Again, DeskPage, Filters, Sheet, Table, after, anchor, gate, id_of, pager, plain, said, state};
use crate::{
    components::{Empty, Link},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/{edition}/sessions", Act::SeeDesk, list),
        get("/{lang}/desk/{edition}/sessions.csv", Act::SeeDesk, csv),
        get("/{lang}/desk/{edition}/sessions.xlsx", Act::SeeDesk, xlsx),
        get("/{lang}/desk/{edition}/sessions.json", Act::SeeDesk, json),
        get("/{lang}/desk/{edition}/sessions/new", Act::EditSession, new),
        post("/{lang}/desk/{edition}/sessions", Act::EditSession, create),
        get(
            "/{lang}/desk/{edition}/sessions/{id}/edit",
            Act::EditSession,
            edit,
        ),
        post(
            "/{lang}/desk/{edition}/sessions/{id}/edit",
            Act::EditSession,
            save,
        ),
    ]
}

/// What a list of sessions may be asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    text: Option<String>,
    track: Option<String>,
    kind: Option<String>,
    state: Option<String>,
    room: Option<String>,
    day: Option<String>,
    placed: Option<bool>,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            state: self.state.as_deref().and_then(SessionState::from_code),
            kind: self.kind.as_deref().and_then(SessionKind::from_code),
            track: self.track.clone(),
            room: self.room.as_deref().and_then(|room| room.parse().ok()),
            day: self.day.as_deref().and_then(|day| day.parse::<LocalDate>().ok()),
            placed: self.placed,
            text: self.text.clone(),
            ..Filter::default()
        }
    }
}

/// What the congress chooses from.
#[derive(Default)]
pub struct Lists {
    tracks: Vec<Track>,
    formats: Vec<Format>,
    domains: Vec<Domain>,
    themes: Vec<Theme>,
    /// The rooms.
    pub rooms: Vec<Room>,
    bodies: Vec<Body>,
    scopes: Vec<assembly::model::SittingScope>,
    days: Vec<LocalDate>,
    languages: Vec<String>,
}

impl Lists {
    /// All of an edition.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn of(conn: &mut Conn, edition: EditionId) -> Result<Self, Fault> {
        let row = editions::find(conn, edition)?.ok_or_else(Fault::not_found)?;
        Ok(Self {
            tracks: tracks::list(conn, edition)?,
            formats: formats::list(conn, edition)?,
            domains: domains::list(conn, edition)?,
            themes: themes::list(conn, edition)?,
            rooms: rooms::list(conn, edition)?,
            bodies: statutory::bodies::list(conn)?,
            scopes: assembly::scopes::list(conn, edition)?,
            days: rules::days(&row),
            languages: row.languages.0,
        })
    }

    /// The rooms to choose from.
    pub fn room_choices(&self, voice: &Voice) -> Vec<Choice> {
        self.rooms
            .iter()
            .map(|room| Choice::new(room.id.to_string(), room.name.text(voice.language)))
            .collect()
    }
}

/// When and where a session is, in words.
pub fn when_where(voice: &Voice, session: &Session, rooms: &[Room]) -> String {
    let when = match (session.starts_local, session.ends_local) {
        (Some(from), Some(until)) => format!("{}, {}", voice.day(from.date()), voice.clocks(from, until)),
        _ => return voice.t("desk-session-unplaced"),
    };
    match rooms.iter().find(|room| Some(room.id) == session.room) {
        Some(room) => format!("{when}, {}", room.name.text(voice.language)),
        None => when,
    }
}

async fn list(visit: Visit, path: Path<(String, String)>, query: Query<Asked>, paging: Paging) -> Page {
    let (_, slug) = path.into_inner();
    let (asked, ask) = (query.0, paging.0);
    let (filter, paged) = (asked.filter(), ask.after.is_some());
    let (frame, (lists, found)) = visit
        .read_in("desk.sessions", &slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            Ok((
                Lists::of(conn, edition.id)?,
                session_list::list(conn, actor, edition.id, &filter, &ask)?,
            ))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/sessions"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-sessions"));
    let query = super::asked_for(&asked);
    let mut links = vec![
        Link::new(format!("{base}/new"), voice.t("desk-session-new")),
        Link::new(visit.at(&format!("desk/{slug}/swap")), voice.t("desk-swap")),
    ];
    links.extend(super::files(voice, &base, &query));
    if decide(
        &frame.actor,
        Act::ManageOutbox,
        &Object::site(),
        visit.caller.now(),
    )
    .allows()
    {
        links.push(write_to(&visit, &slug, "speakers", &query));
    }
    page.links(links);
    let form = FormView::filled(voice, &asked);
    let of_tracks: Vec<Choice> = lists
        .tracks
        .iter()
        .map(|track| Choice::new(track.code.clone(), track.title.text(voice.language)))
        .collect();
    let days: Vec<Choice> = lists
        .days
        .iter()
        .map(|day| Choice::new(day.to_string(), voice.day(*day)))
        .collect();
    let placed = [
        Choice::new("true", voice.t("yes")),
        Choice::new("false", voice.t("no")),
    ];
    let filtered = !super::asked_for(&asked).is_empty();
    let filters = Filters::new(voice, base.clone(), filtered)
        .with(form.text("text", "filter-text"))
        .with(form.select("track", "filter-track", &of_tracks))
        .with(form.select(
            "kind",
            "desk-session-kind",
            &Choice::codes::<SessionKind>(voice, "session-kind"),
        ))
        .with(form.select(
            "state",
            "desk-session-state",
            &Choice::codes::<SessionState>(voice, "session-state"),
        ))
        .with(form.select("room", "filter-room", &lists.room_choices(voice)))
        .with(form.select("day", "desk-session-day", &days))
        .with(form.select("placed", "desk-session-placed", &placed));
    page.put(&filters);
    if found.items.is_empty() {
        let key = if filtered {
            "list-empty-filtered"
        } else {
            "list-empty"
        };
        page.put(&Empty::new(
            voice.t(key),
            if filtered {
                voice.t("list-empty-filtered-hint")
            } else {
                voice.t("desk-sessions-none-hint")
            },
        ));
    } else {
        let keys = [
            "desk-session-title",
            "desk-session-kind",
            "desk-session-when",
            "desk-session-state",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for session in &found.items {
            let title = format!("{} {}", session.code, session.title.text(voice.language));
            table.row([
                anchor(format!("{base}/{}", session.id), title.trim()),
                plain(voice.code("session-kind", session.kind.code())),
                plain(when_where(voice, session, &lists.rooms)),
                state(voice, "session-state", session.state.code()),
            ]);
        }
        page.put(&table);
    }
    page.put(&pager(&visit, &base, &asked, found.next.as_ref(), paged));
    page.answer(&visit, None)
}

/// Leads to a letter to those of the sessions shown.
fn write_to(visit: &Visit, slug: &str, of: &str, query: &[String]) -> Link {
    let kept = query.iter().map(|asked| match asked.strip_prefix("state=") {
        Some(state) => format!("session_state={state}"),
        None => asked.clone(),
    });
    let all: Vec<String> = [format!("of={of}")].into_iter().chain(kept).collect();
    let address = visit.at(&format!("desk/{slug}/circulars/new?{}", all.join("&")));
    Link::new(address, visit.voice.t("desk-write-to-these"))
}

async fn csv(visit: Visit, path: Path<(String, String)>, query: Query<Asked>) -> Page {
    file(&visit, &path.1, &query.0, SheetFormat::Csv).await
}

async fn xlsx(visit: Visit, path: Path<(String, String)>, query: Query<Asked>) -> Page {
    file(&visit, &path.1, &query.0, SheetFormat::Xlsx).await
}

async fn json(visit: Visit, path: Path<(String, String)>, query: Query<Asked>) -> Page {
    file(&visit, &path.1, &query.0, SheetFormat::Json).await
}

async fn file(visit: &Visit, slug: &str, asked: &Asked, format: SheetFormat) -> Page {
    let (filter, language) = (asked.filter(), visit.language());
    let (_, sheet) = visit
        .read_in("desk.sessions.file", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            draft_sheet::of(conn, actor, edition.id, language, &filter)
        })
        .await?;
    let file = paper::set(move || sheet.render(format)).await;
    Ok(paper::sheet(
        "sessions",
        format,
        file.map_err(|fault| visit.refused(fault))?,
    ))
}

async fn new(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    show(visit, &slug, None, None).await
}

async fn edit(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, id) = path.into_inner();
    show(visit, &slug, Some(&id), None).await
}

async fn create(
    visit: Visit,
    path: Path<(String, String)>,
    form: Form,
    admissions: Data<Admissions>,
) -> Page {
    let (lang, slug) = path.into_inner();
    let done = match form.input::<SessionInput>() {
        Ok(input) => {
            let of = slug.clone();
            let run = visit.submit("desk.session.create", &form, move |conn, actor, now| {
                let edition = editions::by_slug(conn, actor, &of)?;
                let session = sessions::create(conn, actor, now, admissions.get_ref(), edition.id, &input)?;
                Ok(format!("/{lang}/desk/{of}/sessions/{}", session.id))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, None, again).await
    })
    .await
}

async fn save(
    visit: Visit,
    path: Path<(String, String, String)>,
    form: Form,
    admissions: Data<Admissions>,
) -> Page {
    let (lang, slug, id) = path.into_inner();
    let done = match form.input::<SessionInput>() {
        Ok(mut input) => {
            // The form shows every row: rows left blank are taken out.
            input.organisers.get_or_insert_default();
            input.speakers.get_or_insert_default();
            let (of, id, version) = (slug.clone(), id.clone(), form.version());
            let run = visit.submit("desk.session.edit", &form, move |conn, actor, now| {
                sessions::edit(
                    conn,
                    actor,
                    now,
                    admissions.get_ref(),
                    id_of(&id)?,
                    &input,
                    version,
                )?;
                Ok(format!("/{lang}/desk/{of}/sessions/{id}"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, Some(&id), again).await
    })
    .await
}

async fn show(visit: Visit, slug: &str, id: Option<&str>, again: Option<Again<'_>>) -> Page {
    let asked = id.map(str::to_owned);
    let (frame, (lists, found, has_history)) = visit
        .read_in("desk.session.form", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let lists = Lists::of(conn, edition.id)?;
            let Some(id) = &asked else {
                return Ok((lists, None, false));
            };
            let found = sessions::get(conn, actor, now, id_of::<SessionId>(id)?)?;
            let has_history = decide(actor, Act::ReadAudit, &found.object(actor), now).allows();
            let found = told(conn, found.session)?;
            Ok((lists, Some(found), has_history))
        })
        .await?;
    let voice = &visit.voice;
    let title = found.as_ref().map_or_else(
        || voice.t("desk-session-new"),
        |(session, _)| session.title.text(voice.language).to_owned(),
    );
    let mut page = DeskPage::new(&visit, &frame, title);
    let form = Again::view(again, &visit, || match &found {
        Some((_, input)) => FormView::filled(voice, input),
        None => FormView::blank(voice)
            .with("entry", Entry::WalkIn.code())
            .with("attendance", Attendance::InPerson.code())
            .with("length_minutes", "90"),
    })
    .named("desk-session");
    let (action, sends) = match (&found, id) {
        (Some((session, _)), Some(id)) => (
            visit.at(&format!("desk/{slug}/sessions/{id}/edit")),
            page.chrome.edits(&session.version),
        ),
        _ => (visit.at(&format!("desk/{slug}/sessions")), page.chrome.sends()),
    };
    if let (Some((session, _)), true) = (&found, has_history) {
        page.links(vec![Link::new(
            visit.at(&format!("desk/audit?object={}", session.id)),
            voice.t("desk-audit-of-this"),
        )]);
    }
    let input = found.map(|(_, input)| input).unwrap_or_default();
    page.put(&sheet(voice, Sheet::new(action, sends), &form, &lists, &input).does(voice.t("save")));
    page.answer(&visit, again)
}

fn sheet(voice: &Voice, sheet: Sheet, form: &FormView, lists: &Lists, input: &SessionInput) -> Sheet {
    let language = voice.language;
    let tracks: Vec<Choice> = lists
        .tracks
        .iter()
        .map(|track| Choice::new(track.code.clone(), track.title.text(language)))
        .collect();
    let formats: Vec<Choice> = lists
        .formats
        .iter()
        .map(|format| Choice::new(format.code.clone(), format.title.text(language)))
        .collect();
    let kinds: Vec<Choice> = lists
        .formats
        .iter()
        .flat_map(|format| format.terms.0.kinds.iter().map(move |kind| (format, kind)))
        .map(|(format, kind)| {
            Choice::new(
                kind.code.clone(),
                format!("{}: {}", format.title.text(language), kind.title.text(language)),
            )
        })
        .collect();
    let domains: Vec<Choice> = lists
        .domains
        .iter()
        .map(|domain| Choice::new(domain.code.clone(), domain.title.text(language)))
        .collect();
    let themes: Vec<Choice> = lists
        .themes
        .iter()
        .filter(|theme| !theme.retired || form.value("theme") == theme.code)
        .map(|theme| Choice::new(theme.code.clone(), theme.title.text(language)))
        .collect();
    let bodies: Vec<Choice> = lists
        .bodies
        .iter()
        .map(|body| Choice::new(body.id.to_string(), body.name.text(language)))
        .collect();
    let scopes = |kind: assembly::model::ScopeKind| -> Vec<Choice> {
        let of = lists.scopes.iter().filter(|scope| scope.kind == kind);
        of.map(|scope| Choice::new(scope.code.clone(), scope.title.text(language)))
            .collect()
    };
    let tongues = tongues(voice, &lists.languages, &input.languages);
    let mut sheet = sheet
        .and(form.summary())
        .with(
            form.select(
                "kind",
                "desk-session-kind",
                &Choice::codes::<SessionKind>(voice, "session-kind"),
            )
            .required(),
        )
        .with(
            form.select("track", "desk-session-track", &tracks)
                .hint("desk-session-track-hint")
                .optional(),
        )
        .with(
            form.tongues("title", "desk-session-title")
                .hint("localized-hint")
                .required(),
        )
        .with(form.tongues_area("abstract", "desk-session-abstract").optional())
        .with(form.number("length_minutes", "desk-session-length-minutes"))
        .with(form.radios(
            "entry",
            "desk-session-entry",
            &Choice::codes::<Entry>(voice, "entry"),
        ))
        .with(
            form.number("capacity", "desk-session-capacity")
                .hint("desk-session-capacity-hint")
                .optional(),
        )
        .with(form.radios(
            "attendance",
            "desk-session-attendance",
            &Choice::codes::<Attendance>(voice, "attendance"),
        ))
        .with(form.address("join_link", "desk-session-join-link").optional())
        .with(
            form.checks("languages.floor", "desk-session-floor", &tongues)
                .optional(),
        )
        .with(
            form.checks("languages.interpreted", "desk-session-interpreted", &tongues)
                .optional(),
        )
        .with(
            form.checks(
                "access",
                "desk-session-access",
                &Choice::codes::<Access>(voice, "access"),
            )
            .optional(),
        )
        .with(form.text("code", "desk-session-code").short().optional())
        .section(voice.t("desk-session-local4action"))
        .with(form.select("format", "desk-session-format", &formats).optional())
        .with(
            form.select("format_kind", "desk-session-format-kind", &kinds)
                .optional(),
        )
        .with(form.select("domain", "desk-session-domain", &domains).optional())
        .with(
            form.checks("other_domains", "desk-session-other-domains", &domains)
                .optional(),
        )
        .with(
            form.text("method", "desk-session-method")
                .hint("desk-session-method-hint")
                .optional(),
        )
        .with(
            form.number("participants_max", "desk-session-participants-max")
                .optional(),
        )
        .with(
            form.checks(
                "spheres",
                "desk-session-spheres",
                &Choice::codes::<Sphere>(voice, "desk-sphere"),
            )
            .optional(),
        )
        .with(form.text("call", "desk-session-call").middle().optional());
    if !themes.is_empty() {
        sheet = sheet
            .section(voice.t("desk-session-town-hall"))
            .with(form.select("theme", "desk-session-theme", &themes).optional());
    }
    sheet = sheet
        .section(voice.t("desk-session-assembly"))
        .with(
            form.select(
                "scope.region_group",
                "desk-session-region-group",
                &scopes(assembly::model::ScopeKind::Continental),
            )
            .optional(),
        )
        .with(
            form.select(
                "scope.sector",
                "desk-session-sector",
                &scopes(assembly::model::ScopeKind::Sectoral),
            )
            .optional(),
        );
    for at in 0..=input.papers.len() {
        sheet = sheet.and(form.hidden(&format!("papers.{at}.id"))).with(
            form.tongues(&format!("papers.{at}.title"), "desk-session-paper")
                .optional(),
        );
    }
    sheet = sheet
        .section(voice.t("desk-session-statutory"))
        .with(form.select("body", "desk-session-body", &bodies).optional())
        .section(voice.t("desk-session-organisers"));
    for at in 0..input.organisers.as_ref().map_or(0, Vec::len) + 2 {
        let path = |field: &str| format!("organisers.{at}.{field}");
        sheet = sheet
            .and(form.hidden(&path("organisation")))
            .with(form.text(&path("name"), "desk-session-organiser").optional())
            .with(form.check(&path("leads"), "desk-session-leads"));
    }
    sheet = sheet.section(voice.t("desk-session-speakers"));
    let roles = Choice::codes::<programme::model::SpeakerRole>(voice, "speaker-role");
    for at in 0..input.speakers.as_ref().map_or(0, Vec::len) + 3 {
        let path = |field: &str| format!("speakers.{at}.{field}");
        sheet = speaker(sheet, form, &roles, at)
            .with(form.check(&path("high_level"), "desk-session-high-level"))
            .with(form.check(&path("elected"), "desk-session-elected"));
    }
    for kept in ["guid", "level", "public_from", "source"] {
        sheet = sheet.and(form.hidden(kept));
    }
    for at in 0..input.links.len() {
        sheet = sheet
            .and(form.hidden(&format!("links.{at}.url")))
            .and(form.hidden(&format!("links.{at}.title")));
    }
    sheet
}

/// The languages a session may be in: those of the congress, and what it says already.
pub fn tongues(voice: &Voice, offered: &[String], said: &Languages) -> Vec<Choice> {
    let mut tags = offered.to_vec();
    for tag in said.floor.iter().chain(&said.interpreted) {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    tags.into_iter()
        .map(|tag| {
            let name = voice.code("language", &tag);
            Choice::new(tag, name)
        })
        .collect()
}

/// Who speaks, as whoever fills in the form may say it: the session's lead too.
pub fn speaker(sheet: Sheet, form: &FormView, roles: &[Choice], at: usize) -> Sheet {
    let path = |field: &str| format!("speakers.{at}.{field}");
    sheet
        .and(form.hidden(&path("person")))
        .and(form.hidden(&path("organisation")))
        .with(form.text(&path("name"), "desk-session-speaker").optional())
        .with(
            form.select(&path("role"), "desk-session-speaker-role", roles)
                .optional(),
        )
        .with(
            form.text(&path("affiliation"), "desk-session-affiliation")
                .optional(),
        )
}

/// A session as the form of it would have said it.
fn told(conn: &mut Conn, session: Session) -> Result<(Session, SessionInput), Fault> {
    let organisers = parts::organisers(conn, session.id)?.into_iter();
    let speakers = parts::speakers(conn, session.id)?.into_iter();
    let input = SessionInput {
        organisers: Some(
            organisers
                .map(|one| OrganiserInput {
                    organisation: one.organisation,
                    name: one.name,
                    leads: one.leads,
                })
                .collect(),
        ),
        speakers: Some(
            speakers
                .map(|one| SpeakerInput {
                    person: one.person,
                    name: one.name,
                    role: one.role.code().to_owned(),
                    affiliation: one.affiliation,
                    organisation: one.organisation,
                    high_level: one.high_level,
                    elected: one.elected,
                })
                .collect(),
        ),
        ..session_form::stated(conn, &session)?
    };
    Ok((session, input))
}

/// What a session is, above what may be done with it.
pub fn summary(voice: &Voice, session: &Session, lists: &Lists) -> Table {
    let mut table = Table::new(
        [
            "desk-session-kind",
            "desk-session-track",
            "desk-session-when",
            "desk-session-state",
        ]
        .map(|key| voice.t(key)),
    );
    let track = lists.tracks.iter().find(|track| Some(track.id) == session.track);
    table.row([
        plain(voice.code("session-kind", session.kind.code())),
        track.map_or_else(|| plain(voice.t("track-none")), |track| said(voice, &track.title)),
        plain(when_where(voice, session, &lists.rooms)),
        state(voice, "session-state", session.state.code()),
    ]);
    table
}

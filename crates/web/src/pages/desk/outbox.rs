//! The letters: which there are, how each will look, what mail servers said to it; held back, changed, sent again.

use access_rules::{Act, Object, ObjectKind, PersonId, decide};
use actix_kit::{Form, Paging, Query, paper};
use actix_web::web::Path;
use kernel::{Coded as _, Fault};
use mail::{
    deliveries::{self, BounceInput},
    editing::{self, LetterInput, Preview},
    letter_sheet,
    model::{Delivery, Letter, LetterKind, LetterState},
    outbox::{self, Filter},
};
use programme::model::Edition;
use records::sheets::Format;
use serde::{Deserialize, Serialize};

use super::{
    Again, AsWritten, DeskPage, Filters, Sheet, Table, after, anchor, asked_for,
    audit::{day_of, moment},
    id_of, pager, plain, state,
};
use crate::{
    components::{Empty, Facts, Link},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Frame, Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/letters", Act::ReadOutbox, letters),
        get("/{lang}/desk/letters.csv", Act::ReadOutbox, csv),
        get("/{lang}/desk/letters.xlsx", Act::ReadOutbox, xlsx),
        get("/{lang}/desk/letters.json", Act::ReadOutbox, json),
        get("/{lang}/desk/letters/{id}", Act::ReadOutbox, letter),
        post("/{lang}/desk/letters/{id}/words", Act::ManageOutbox, save),
        post("/{lang}/desk/letters/{id}/bounce", Act::ManageOutbox, bounce),
        post("/{lang}/desk/letters/{id}/{what}", Act::ManageOutbox, act),
    ]
}

/// What a list of letters may be asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    text: Option<String>,
    state: Option<String>,
    kind: Option<String>,
    person: Option<String>,
    day: Option<String>,
    circular: Option<String>,
}

impl Asked {
    fn filter(&self, edition: Option<&Edition>) -> Result<Filter, Fault> {
        let (from, until) = day_of(edition, self.day.as_deref());
        Ok(Filter {
            state: self.state.as_deref().and_then(LetterState::from_code),
            kind: self.kind.as_deref().and_then(LetterKind::from_code),
            text: self.text.clone(),
            person: self.person.as_deref().map(id_of::<PersonId>).transpose()?,
            from,
            until,
            circular: self.circular.as_deref().map(id_of).transpose()?,
        })
    }
}

/// Which form of a letter's page came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Words,
    Bounce,
}

async fn letters(visit: Visit, query: Query<Asked>, paging: Paging) -> Page {
    let (asked, ask) = (query.0, paging.0);
    let paged = ask.after.is_some();
    let wanted = asked.clone();
    let (frame, found) = visit
        .read("desk.letters", None, move |conn, actor, now, edition| {
            outbox::list(conn, actor, now, &wanted.filter(edition)?, &ask)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at("desk/letters");
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-letters"));
    page.links(super::files(voice, &base, &asked_for(&asked)));
    let form = FormView::filled(voice, &asked);
    let filters = Filters::new(voice, base.clone(), !asked_for(&asked).is_empty())
        .with(form.text("text", "filter-text"))
        .with(form.select(
            "state",
            "desk-letter-state",
            &Choice::codes::<LetterState>(voice, "letter-state"),
        ))
        .with(form.select(
            "kind",
            "desk-letter-kind",
            &Choice::codes::<LetterKind>(voice, "letter-kind"),
        ))
        .with(form.text("person", "desk-letter-person"))
        .with(form.date("day", "desk-audit-day"));
    page.put(&filters);
    if found.items.is_empty() {
        page.put(&Empty::new(voice.t("desk-letters-none"), ""));
    } else {
        page.put(&table(&visit, &frame, &found.items));
    }
    page.put(&pager(&visit, &base, &asked, found.next.as_ref(), paged));
    page.answer(&visit, None)
}

async fn csv(visit: Visit, query: Query<Asked>) -> Page {
    file(&visit, query.0, Format::Csv).await
}

async fn xlsx(visit: Visit, query: Query<Asked>) -> Page {
    file(&visit, query.0, Format::Xlsx).await
}

async fn json(visit: Visit, query: Query<Asked>) -> Page {
    file(&visit, query.0, Format::Json).await
}

async fn file(visit: &Visit, asked: Asked, format: Format) -> Page {
    let (_, sheet) = visit
        .read("desk.letters.file", None, move |conn, actor, now, edition| {
            letter_sheet::of(conn, actor, now, &asked.filter(edition)?)
        })
        .await?;
    let file = paper::set(move || sheet.render(format)).await;
    Ok(paper::sheet(
        "letters",
        format,
        file.map_err(|fault| visit.refused(fault))?,
    ))
}

fn table(visit: &Visit, frame: &Frame, letters: &[Letter]) -> Table {
    let voice = &visit.voice;
    let keys = [
        "desk-letter-subject",
        "desk-letter-kind",
        "desk-letter-to",
        "desk-letter-language",
        "desk-letter-state",
        "desk-letter-written",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for letter in letters {
        table.row([
            anchor(
                visit.at(&format!("desk/letters/{}", letter.id)),
                letter.subject.clone(),
            ),
            plain(voice.code("letter-kind", letter.kind.code())),
            plain(addressee(letter)),
            plain(voice.code("language", letter.language.code())),
            state(voice, "letter-state", letter.state.code()),
            plain(moment(visit, frame, letter.created_at)),
        ]);
    }
    table
}

async fn letter(visit: Visit, path: Path<(String, String)>) -> Page {
    show(visit, &path.1, None).await
}

async fn show(visit: Visit, id: &str, back: Option<(Part, Again<'_>)>) -> Page {
    let asked = id.to_owned();
    let (frame, (letter, tries, manages)) = visit
        .read("desk.letter", None, move |conn, actor, now, _| {
            let letter = outbox::get(conn, actor, now, id_of(&asked)?)?;
            let tries = deliveries::list(conn, actor, now, letter.id)?;
            let object = Object::public(ObjectKind::Letter);
            Ok((
                letter,
                tries,
                decide(actor, Act::ManageOutbox, &object, now).allows(),
            ))
        })
        .await?;
    let settings = visit.site().settings();
    let preview = Preview::of(&letter, &settings.public_url, &settings.site_name);
    let mut page = DeskPage::new(&visit, &frame, preview.subject.clone());
    page.add(state(&visit.voice, "letter-state", letter.state.code()));
    page.put(&facts(&visit, &frame, &letter));
    page.put(&AsWritten {
        lang: letter.language.code().to_owned(),
        text: letter.shown.clone().unwrap_or(preview.text),
    });
    if manages {
        steps(&visit, &mut page, &letter);
    }
    log(&visit, &frame, &mut page, &tries);
    if manages {
        forms(&visit, &mut page, &letter, back);
    }
    page.links(vec![Link::new(
        visit.at(&format!("desk/audit?object={}", letter.id)),
        visit.voice.t("desk-audit-of-this"),
    )]);
    page.answer(&visit, back.map(|(_, again)| again))
}

fn addressee(letter: &Letter) -> String {
    format!("{} {}", letter.to_name, letter.to_email)
        .trim()
        .to_owned()
}

fn facts(visit: &Visit, frame: &Frame, letter: &Letter) -> Facts {
    let voice = &visit.voice;
    let at = |at: Option<kernel::Moment>| at.map(|at| moment(visit, frame, at)).unwrap_or_default();
    let facts = [
        ("desk-letter-to", addressee(letter)),
        ("desk-letter-kind", voice.code("letter-kind", letter.kind.code())),
        (
            "desk-letter-language",
            voice.code("language", letter.language.code()),
        ),
        ("desk-letter-written", at(Some(letter.created_at))),
        ("desk-letter-not-before", at(letter.not_before)),
        ("desk-letter-next-try", at(letter.next_try_at)),
        ("desk-letter-sent", at(letter.sent_at)),
        ("desk-letter-error", letter.last_error.clone().unwrap_or_default()),
    ];
    let told = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Facts::new(told.map(|(key, value)| (voice.t(key), value)).collect()).lined()
}

/// The buttons that bring the letter on.
fn steps(visit: &Visit, page: &mut DeskPage, letter: &Letter) {
    let acts: &[(&str, &str)] = match letter.state {
        LetterState::Waiting => &[
            ("send-now", "desk-letter-send-now"),
            ("hold", "desk-letter-hold"),
            ("cancel", "desk-letter-cancel"),
        ],
        LetterState::Held => &[
            ("release", "desk-letter-release"),
            ("cancel", "desk-letter-cancel"),
        ],
        LetterState::Sent | LetterState::Failed | LetterState::Cancelled | LetterState::Bounced => {
            &[("resend", "desk-letter-resend")]
        }
        LetterState::Sending => &[],
    };
    for (what, key) in acts {
        let action = visit.at(&format!("desk/letters/{}/{what}", letter.id));
        let sheet = Sheet::new(action, page.chrome.sends()).in_a_row();
        page.put(&sheet.does(visit.voice.t(key)));
    }
}

/// Every try with what the mail server said.
fn log(visit: &Visit, frame: &Frame, page: &mut DeskPage, tries: &[Delivery]) {
    let voice = &visit.voice;
    page.heading(voice.t("desk-letter-tries"));
    if tries.is_empty() {
        page.say(voice.t("desk-letter-tries-none"));
        return;
    }
    let keys = ["desk-audit-at", "desk-letter-state", "desk-letter-said"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for delivery in tries {
        table.row([
            plain(moment(visit, frame, delivery.at)),
            state(voice, "delivery-outcome", delivery.outcome.code()),
            plain(delivery.said.clone()),
        ]);
    }
    page.put(&table);
}

/// The form for the words of a letter that has not left, or for the notice that one came back.
fn forms(visit: &Visit, page: &mut DeskPage, letter: &Letter, back: Option<(Part, Again<'_>)>) {
    let voice = &visit.voice;
    let again = |part| back.filter(|(own, _)| *own == part).map(|(_, again)| again);
    let base = visit.at(&format!("desk/letters/{}", letter.id));
    if editing::can_edit(letter) {
        page.heading(voice.t("desk-letter-words"));
        page.say(voice.t("desk-letter-words-hint"));
        let form = Again::view(again(Part::Words), visit, || {
            FormView::blank(voice)
                .with("subject", letter.subject.clone())
                .with("body", letter.body.clone())
        })
        .named("desk-letter");
        let sheet = Sheet::new(format!("{base}/words"), page.chrome.edits(&letter.version))
            .and(form.summary())
            .with(form.text("subject", "desk-letter-subject").required())
            .with(form.area("body", "desk-letter-body").required())
            .does(voice.t("save"));
        page.put(&sheet);
    }
    if letter.state == LetterState::Sent {
        page.heading(voice.t("desk-letter-bounce"));
        let form = Again::view(again(Part::Bounce), visit, || FormView::blank(voice)).named("desk-letter");
        let sheet = Sheet::new(format!("{base}/bounce"), page.chrome.sends())
            .and(form.summary())
            .with(
                form.text("said", "desk-letter-said")
                    .hint("desk-letter-bounce-hint")
                    .required(),
            )
            .does(voice.t("desk-letter-bounce-do"));
        page.put(&sheet);
    }
}

async fn save(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (lang, id) = path.into_inner();
    let asked = id.clone();
    let done = match form.input::<LetterInput>() {
        Ok(input) => {
            let (version, now) = (form.version(), visit.caller.machine_now());
            let run = visit.submit("desk.letter.words", &form, move |conn, actor, _| {
                let letter = id_of(&asked)?;
                editing::edit(conn, actor, now, letter, &input, version)?;
                Ok(format!("/{lang}/desk/letters/{letter}"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &id, again.map(|again| (Part::Words, again))).await
    })
    .await
}

async fn bounce(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (lang, id) = path.into_inner();
    let asked = id.clone();
    let done = match form.input::<BounceInput>() {
        Ok(input) => {
            let now = visit.caller.machine_now();
            let run = visit.submit("desk.letter.bounce", &form, move |conn, actor, _| {
                let letter = id_of(&asked)?;
                deliveries::bounced(conn, actor, now, letter, &input)?;
                Ok(format!("/{lang}/desk/letters/{letter}"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &id, again.map(|again| (Part::Bounce, again))).await
    })
    .await
}

async fn act(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, id, what) = path.into_inner();
    let done = match what.as_str() {
        "hold" => "held",
        "release" | "send-now" => "let-go",
        "cancel" => "cancelled",
        _ => "resent",
    };
    let now = visit.caller.machine_now();
    let run = visit.submit("desk.letter.act", &form, move |conn, actor, _| {
        let letter = id_of(&id)?;
        let mut shown = letter;
        match what.as_str() {
            "hold" => outbox::hold(conn, actor, now, letter)?,
            "release" => outbox::release(conn, actor, now, letter)?,
            "send-now" => outbox::send_now(conn, actor, now, letter)?,
            "cancel" => outbox::cancel(conn, actor, now, letter)?,
            "resend" => shown = outbox::resend(conn, actor, now, letter)?,
            _ => return Err(Fault::not_found()),
        }
        Ok(format!("/{lang}/desk/letters/{shown}"))
    });
    match run.await {
        Ok(next) => Ok(visit.go(&next, Some(done))),
        Err(fault) => Err(visit.refused(fault)),
    }
}

//! The member roll as a file: tried first, each row with its fate, then applied.

use std::sync::Arc;

use access_rules::Act;
use actix_kit::{Form, csrf, problem};
use actix_multipart::Multipart;
use actix_web::web;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use futures_util::TryStreamExt as _;
use kernel::{Coded as _, Fault, Kind};
use members::{
    import::{self, Plan},
    roll::{self, Roll},
    sheet::Charset,
};
use sha2::{Digest as _, Sha256};

use super::{DeskPage, Sheet, Table, gate, plain, state};
use crate::{
    components::{Facts, Markup},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Frame, Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/roll", Act::Import, ask),
        post("/{lang}/desk/roll", Act::Import, sent),
        post("/{lang}/desk/roll/apply", Act::Import, apply),
    ]
}

/// Most bytes of a file that is sent.
const FILE_BYTES_MAX: usize = 8 << 20;
/// Most bytes of any other field.
const FIELD_BYTES_MAX: usize = 4096;
/// Most rows whose fate is shown.
const ROWS_SHOWN: usize = 1000;

async fn ask(visit: Visit) -> Page {
    let (frame, ()) = visit
        .read("desk.roll", None, |_, actor, now, _| gate(actor, now))
        .await?;
    let mut page = DeskPage::new(&visit, &frame, visit.voice.t("desk-nav-roll"));
    upload(&visit, &mut page, FormView::blank(&visit.voice));
    page.answer(&visit, None)
}

fn upload(visit: &Visit, page: &mut DeskPage, form: FormView) {
    let voice = &visit.voice;
    let form = form.with("charset", Charset::Utf8.code()).named("desk-roll");
    let charsets = Choice::codes::<Charset>(voice, "desk-charset");
    let sheet = Sheet::new(visit.at("desk/roll"), page.chrome.sends())
        .with_file()
        .and(form.summary())
        .with(
            form.file("file", "desk-roll-file")
                .hint("desk-roll-file-hint")
                .takes(".csv,.xlsx"),
        )
        .with(form.select("charset", "desk-roll-charset", &charsets))
        .does(voice.t("desk-roll-try"));
    page.put(&sheet);
}

/// The fields of a form that carries a file, and the file.
pub(in crate::pages) async fn taken(
    mut payload: Multipart,
) -> Result<(Vec<(String, String)>, Vec<u8>), Fault> {
    let broken = |_| Fault::new(Kind::Malformed, "malformed");
    let (mut pairs, mut file) = (Vec::new(), Vec::new());
    while let Some(mut field) = payload.try_next().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let most = if name == "file" {
            FILE_BYTES_MAX
        } else {
            FIELD_BYTES_MAX
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = field.try_next().await.map_err(broken)? {
            if bytes.len() + chunk.len() > most {
                return Err(Fault::new(Kind::TooLarge, "too_large"));
            }
            bytes.extend_from_slice(&chunk);
        }
        match name.as_str() {
            "file" => file = bytes,
            _ => pairs.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok((pairs, file))
}

async fn read(bytes: Vec<u8>, charset: &str) -> Result<Arc<Roll>, Fault> {
    if bytes.is_empty() {
        return Err(Fault::field("file", "required"));
    }
    let charset = Charset::from_code(charset).unwrap_or(Charset::Utf8);
    let read = web::block(move || roll::read(&bytes, charset)).await;
    read.unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
        .map(Arc::new)
}

async fn sent(visit: Visit, payload: Multipart) -> Page {
    // From nobody else a byte is read.
    visit
        .read("desk.roll.may", None, |_, actor, now, _| gate(actor, now))
        .await?;
    let (pairs, file) = match taken(payload).await {
        Ok(taken) => taken,
        Err(fault) => return refused(visit, fault).await,
    };
    let form = Form::of(pairs);
    csrf::check_token(&visit.caller, form.typed("_csrf")).map_err(|fault| visit.refused(fault))?;
    let charset = form.typed("charset").to_owned();
    let kept = STANDARD.encode(&file);
    let roll = match read(file, &charset).await {
        Ok(roll) => roll,
        Err(fault) => return refused(visit, fault).await,
    };
    let (frame, plan) = visit
        .read("desk.roll.plan", None, move |conn, actor, now, _| {
            gate(actor, now)?;
            import::plan(conn, actor, now, &roll)
        })
        .await?;
    let mut page = told(&visit, &frame, &plan);
    let voice = &visit.voice;
    if kept.len() + FIELD_BYTES_MAX < visit.site().settings().body_bytes_max {
        let form = FormView::blank(voice)
            .with("_roll", kept)
            .with("charset", charset);
        let mut sheet = Sheet::new(visit.at("desk/roll/apply"), page.chrome.sends())
            .and(form.hidden("_roll"))
            .and(form.hidden("charset"));
        if plan.errors > 0 {
            sheet = sheet.with(form.check("good_rows_only", "desk-roll-good-rows-only"));
        }
        page.put(&sheet.does(voice.t("desk-roll-apply")));
    } else {
        page.say(voice.t("desk-roll-too-long"));
    }
    page.heading(voice.t("desk-roll-again"));
    upload(&visit, &mut page, FormView::blank(voice));
    page.answer(&visit, None)
}

async fn refused(visit: Visit, fault: Fault) -> Page {
    let fault = visit.correctable(fault)?;
    let (frame, ()) = visit
        .read("desk.roll", None, |_, actor, now, _| gate(actor, now))
        .await?;
    let mut page = DeskPage::new(&visit, &frame, visit.voice.t("desk-nav-roll"));
    let form = FormView::blank(&visit.voice).with_fault(visit.site().words(), &fault);
    upload(&visit, &mut page, form);
    visit.show_again(&fault, &page)
}

fn told(visit: &Visit, frame: &Frame, plan: &Plan) -> DeskPage {
    let voice = &visit.voice;
    let mut page = DeskPage::new(visit, frame, voice.t("desk-roll-plan"));
    page.lead(voice.t("desk-roll-plan-lead"));
    let counts = [
        ("desk-fate-create", plan.creates),
        ("desk-fate-update", plan.updates),
        ("desk-fate-unchanged", plan.unchanged),
        ("desk-fate-error", plan.errors),
    ];
    page.put(
        &Facts::new(
            counts
                .map(|(key, count)| (voice.t(key), voice.count(count)))
                .to_vec(),
        )
        .lined(),
    );
    let said = |messages: &[roll::Message]| -> String {
        let sentences = messages.iter().map(|message| {
            let said = problem::sentence(visit.site().words(), voice.language, message.code, &message.facts);
            if message.field.is_empty() {
                said
            } else {
                format!("{}: {said}", message.field)
            }
        });
        sentences.collect::<Vec<_>>().join(" ")
    };
    if !plan.messages.is_empty() {
        page.say(said(&plan.messages));
    }
    let keys = [
        "desk-roll-name",
        "desk-roll-row",
        "desk-roll-fate",
        "desk-roll-changes",
        "desk-roll-messages",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for row in plan.rows.iter().take(ROWS_SHOWN) {
        let fate: Markup = state(voice, "desk-fate", row.fate.code());
        table.row([
            plain(row.name.clone()),
            plain(row.row_number.to_string()),
            fate,
            plain(row.changes.join(", ")),
            plain(said(&row.messages)),
        ]);
    }
    page.put(&table);
    page
}

async fn apply(visit: Visit, form: Form) -> Page {
    let lang = visit.language().code();
    let good_rows_only = form.typed("good_rows_only") == "true";
    let bytes = STANDARD.decode(form.typed("_roll")).unwrap_or_default();
    let form = form.hashed(Sha256::digest(&bytes).to_vec());
    let roll = match read(bytes, form.typed("charset")).await {
        Ok(roll) => roll,
        Err(fault) => return refused(visit, fault).await,
    };
    let run = visit.submit("desk.roll.apply", &form, move |conn, actor, now| {
        import::apply(conn, actor, now, &roll, good_rows_only)?;
        Ok(format!("/{lang}/desk/organisations"))
    });
    match run.await {
        Ok(next) => Ok(visit.go(&next, Some("imported"))),
        Err(fault) => refused(visit.clone(), fault).await,
    }
}

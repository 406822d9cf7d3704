//! A delegation as a file: tried first, each bad line with its fields, then registered all at once by one button.

use access_rules::Act;
use actix_kit::{Form, csrf, problem};
use actix_multipart::Multipart;
use actix_web::web::{self, Path};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use kernel::{Coded as _, Fault};
use members::sheet::{self, Charset, Sheet as Rows};
use programme::editions;
use registration::{
    delegates,
    delegation_file::{self, FileReport},
};

use super::{
    delegation::show_delegation,
    desk::{Again, Sheet, Table, id_of, plain, roll::taken},
    parts::PartsPage,
};
use crate::{
    components::{Notice, Weight},
    forms::FormView,
    table::{Line, post},
    visit::{Page, Refused, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        post(
            "/{lang}/{edition}/delegation/{organisation}/file",
            Act::MindOrganisation,
            try_file,
        ),
        post(
            "/{lang}/{edition}/delegation/{organisation}/file/apply",
            Act::MindOrganisation,
            apply_file,
        ),
    ]
}

/// A file that was tried: what came of it, and the file itself for the button that registers it.
pub(super) struct Tried {
    report: FileReport,
    file: String,
    charset: String,
}

async fn rows(bytes: Vec<u8>, charset: &str) -> Result<Rows, Fault> {
    if bytes.is_empty() {
        return Err(Fault::field("file", "required"));
    }
    let charset = Charset::from_code(charset).unwrap_or(Charset::Utf8);
    let read = web::block(move || sheet::read(&bytes, charset)).await;
    read.unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
}

async fn try_file(visit: Visit, path: Path<(String, String, String)>, payload: Multipart) -> Page {
    let (_, slug, organisation) = path.into_inner();
    may(&visit, &slug, &organisation).await?;
    let (pairs, file) = taken(payload).await.map_err(|fault| visit.refused(fault))?;
    let form = Form::of(pairs);
    csrf::check_token(&visit.caller, form.typed("_csrf")).map_err(|fault| visit.refused(fault))?;
    let kept = STANDARD.encode(&file);
    let charset = form.typed("charset").to_owned();
    let outcome = match rows(file, &charset).await {
        Ok(rows) => run_file(&visit, &slug, &organisation, rows).await?,
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(report) => {
            let tried = Tried {
                report,
                file: kept,
                charset,
            };
            show_delegation(visit, &slug, &organisation, None, Some(tried)).await
        }
        Err(fault) => refused_file(visit, &slug, &organisation, fault).await,
    }
}

/// Goes on for who looks after this delegation: from nobody else a byte is read.
async fn may(visit: &Visit, slug: &str, organisation: &str) -> Result<(), Refused> {
    let asked = organisation.to_owned();
    visit
        .read_in("delegation.may", slug, move |conn, actor, now, edition| {
            delegates::list(conn, actor, now, edition.id, id_of(&asked)?).map(drop)
        })
        .await
        .map(drop)
}

async fn run_file(
    visit: &Visit,
    slug: &str,
    organisation: &str,
    rows: Rows,
) -> Result<Result<FileReport, Fault>, Refused> {
    let asked = organisation.to_owned();
    let (_, report) = visit
        .read_in("delegation.file", slug, move |conn, actor, now, edition| {
            let id = id_of(&asked)?;
            Ok(delegation_file::import(
                conn, actor, now, edition.id, id, &rows, true,
            ))
        })
        .await?;
    Ok(report)
}

async fn apply_file(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, slug, organisation) = path.into_inner();
    may(&visit, &slug, &organisation).await?;
    let bytes = STANDARD.decode(form.typed("_file")).unwrap_or_default();
    let rows = match rows(bytes, form.typed("charset")).await {
        Ok(rows) => rows,
        Err(fault) => return refused_file(visit, &slug, &organisation, fault).await,
    };
    let (of, id) = (slug.clone(), organisation.clone());
    let run = visit.submit("delegation.import", &form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &of)?;
        let organisation = id_of(&id)?;
        let report = delegation_file::import(conn, actor, now, edition.id, organisation, &rows, false)?;
        match report.registered {
            true => Ok(format!("/{lang}/{of}/delegation/{id}")),
            false => Err(Fault::stale()),
        }
    });
    match run.await {
        Ok(next) => Ok(visit.go(&next, Some("delegation-registered"))),
        Err(fault) => refused_file(visit.clone(), &slug, &organisation, fault).await,
    }
}

/// A file nothing can be read from, beside the form it came by.
async fn refused_file(visit: Visit, slug: &str, organisation: &str, fault: Fault) -> Page {
    let fault = visit.correctable(fault)?;
    // The fault names the file, which no field of the form above is called.
    let bare = Fault {
        fields: Vec::new(),
        ..fault.clone()
    };
    let told = fault.fields.first().map(|field| Fault {
        code: field.code,
        facts: field.facts.clone(),
        ..bare.clone()
    });
    let form = Form::of(Vec::new());
    let shown = told.unwrap_or(bare);
    show_delegation(visit, slug, organisation, Again::of(&form, &shown), None).await
}

pub(super) fn told(visit: &Visit, page: &mut PartsPage, base: &str, tried: &Tried) {
    let (voice, report) = (&visit.voice, &tried.report);
    page.heading(voice.t("delegation-file-tried"));
    if !report.ignored.is_empty() {
        page.say(voice.t1("delegation-file-ignored", "columns", report.ignored.join(", ")));
    }
    if let Some(most) = report.rows_most {
        page.put(&Notice::new(
            Weight::Stop,
            voice.t1("delegation-file-long", "most", most),
        ));
    }
    for short in &report.short {
        let sentence = voice.tn(
            "delegation-file-short",
            &[
                ("category", short.category.clone().into()),
                ("wanted", short.wanted.into()),
                ("left", short.left.into()),
            ],
        );
        page.put(&Notice::new(Weight::Stop, sentence));
    }
    if report.bad_lines > 0 {
        let title = voice.t1("delegation-file-bad", "count", report.bad_lines);
        page.put(&Notice::new(Weight::Stop, title).with_text(voice.t("delegation-file-nobody")));
        let mut table = Table::new(["delegation-file-line", "delegation-file-wrong"].map(|key| voice.t(key)));
        for line in &report.bad {
            let said: Vec<String> = line
                .fields
                .iter()
                .map(|wrong| {
                    let sentence =
                        problem::sentence(visit.site().words(), voice.language, wrong.code, &wrong.facts);
                    format!("{}: {sentence}", wrong.field)
                })
                .collect();
            table.row([plain(line.line.to_string()), plain(said.join(" "))]);
        }
        page.put(&table);
    }
    if report.is_good() {
        page.say(voice.t1("delegation-file-good", "count", report.good));
        let form = FormView::blank(voice)
            .with("_file", tried.file.clone())
            .with("charset", tried.charset.clone());
        let sheet = Sheet::new(format!("{base}/file/apply"), page.chrome.sends())
            .in_a_row()
            .and(form.hidden("_file"))
            .and(form.hidden("charset"))
            .does(voice.t1("delegation-file-apply", "count", report.good));
        page.put(&sheet);
    }
}

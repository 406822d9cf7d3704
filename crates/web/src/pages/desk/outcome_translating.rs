//! An outcome beside what it says in another language, block by block, at the desk. What says what the block said before is
//! marked; somebody else than who translated reads it over (R88). It changes nothing of what was decided.

use access_rules::{Act, Actor};
use actix_kit::Form;
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Language, Moment};
use outcomes::{
    reading::{self, Wording},
    translating,
    translation_sheet::{self, OutcomeSheetLine, OutcomeTranslation, OutcomeTranslationInput},
};
use programme::model::Edition;
use texts::{
    markdown,
    model::{Block, BlockId},
};

use super::{Again, DeskPage, Sheet, after, id_of, outcome::of, write_in};
use crate::{
    components::{Link, Markup, State, text::text},
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::TranslatePaper;
    vec![
        get(
            "/{lang}/desk/{edition}/outcomes/{code}/translate/{tongue}",
            act,
            one,
        ),
        post(
            "/{lang}/desk/{edition}/outcomes/{code}/translate/{tongue}/title",
            act,
            title,
        ),
        post(
            "/{lang}/desk/{edition}/outcomes/{code}/translate/{tongue}/{block}",
            act,
            set,
        ),
        post(
            "/{lang}/desk/{edition}/outcomes/{code}/translate/{tongue}/{block}/review",
            act,
            review,
        ),
    ]
}

type At = Path<(String, String, String, String)>;
type AtBlock = Path<(String, String, String, String, String)>;

/// Which form came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Title,
    Block(BlockId),
}

/// A block beside its translation.
#[derive(Template)]
#[template(
    source = "<section class=\"pair bordered\" id=\"t-{{ id }}\"><div lang=\"{{ authentic }}\">{{ source }}</div><div>{% if let Some(state) = state %}<p>{{ state }}</p>{% endif %}{{ form }}{% if let Some(review) = review %}{{ review }}{% endif %}</div></section>",
    ext = "html"
)]
struct Beside {
    id: BlockId,
    authentic: String,
    source: Markup,
    state: Option<State>,
    form: Markup,
    review: Option<Markup>,
}

/// The versions a translation was made on.
#[derive(Template)]
#[template(
    source = "<input type=\"hidden\" name=\"of_version\" value=\"{{ of }}\">{% if let Some(version) = version %}<input type=\"hidden\" name=\"version\" value=\"{{ version }}\">{% endif %}",
    ext = "html"
)]
struct Versions {
    of: i64,
    version: Option<i64>,
}

async fn one(visit: Visit, path: At) -> Page {
    let (_, slug, code, tongue) = path.into_inner();
    show(visit, (&slug, &code, &tongue), None).await
}

/// What the outcome says in its own language, and what in the other.
fn find(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    code: &str,
    tongue: &str,
) -> Result<(Wording, Vec<OutcomeSheetLine>), Fault> {
    let found = of(conn, actor, edition, code)?;
    let wording = reading::shown(conn, actor, found.id, tongue)?;
    if Language::from_code(tongue).is_none() || wording.is_authentic() {
        return Err(Fault::not_found());
    }
    let lines = translation_sheet::sheet(conn, actor, now, found.id, tongue)?;
    Ok((wording, lines))
}

async fn show(visit: Visit, at: (&str, &str, &str), back: Option<(Part, Again<'_>)>) -> Page {
    let (slug, code, tongue) = at;
    let (asked, language) = (code.to_owned(), tongue.to_owned());
    let (frame, (wording, lines)) = visit
        .read_in(
            "desk.outcome.translate",
            slug,
            move |conn, actor, now, edition| find(conn, actor, now, edition, &asked, &language),
        )
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/outcomes/{code}"));
    let heading = format!("{code} {}", voice.code("language", tongue));
    let mut page = DeskPage::new(&visit, &frame, heading).styled("deliberation.css");
    page.lead(voice.t("paper-translate-lead"));
    page.links(vec![Link::new(base.clone(), voice.said(&wording.title).text)]);
    let again = |part| back.filter(|(own, _)| *own == part).map(|(_, again)| again);
    let form = Again::view(again(Part::Title), &visit, || {
        let there = wording.title.0.get(tongue).cloned().unwrap_or_default();
        FormView::blank(voice).with("title", there)
    })
    .named("desk-outcome");
    let action = format!("{base}/translate/{tongue}");
    let sheet = Sheet::new(format!("{action}/title"), page.chrome.sends())
        .and(form.summary())
        .with(
            form.text("title", "desk-outcome-title")
                .hint_text(&voice.said(&wording.title).text)
                .required(),
        )
        .or_does(format!("{action}/title"), voice.t("save"));
    page.put(&sheet);
    for line in &lines {
        let again = again(Part::Block(line.block.id));
        page.put(&beside(&visit, &page, &action, &wording.authentic, line, again));
    }
    page.answer(&visit, back.map(|(_, again)| again))
}

fn beside(
    visit: &Visit,
    page: &DeskPage,
    at: &str,
    authentic: &str,
    line: &OutcomeSheetLine,
    again: Option<Again<'_>>,
) -> Beside {
    let voice = &visit.voice;
    let id = line.block.id;
    let (action, field) = (format!("{at}/{id}"), format!("said.{id}"));
    let there = line.translation.as_ref();
    let form = Again::view(again, visit, || {
        FormView::blank(voice).with(&field, there.map(|own| words(line, own)).unwrap_or_default())
    })
    .named("paper-translation");
    let versions = Versions {
        of: line.version,
        version: there.and_then(|own| own.version),
    };
    let sheet = Sheet::new(action.clone(), page.chrome.sends())
        .and(form.summary())
        .and(Markup::of(&versions))
        .with(form.area(&field, "paper-translation").required())
        .or_does(action.clone(), voice.t("save"));
    let review = there
        .filter(|own| !own.is_stale && !own.is_reviewed && !own.is_own)
        .and_then(|own| own.version)
        .map(|version| {
            let action = format!("{action}/review");
            let sheet = Sheet::new(action.clone(), page.chrome.edits(&version))
                .in_a_row()
                .or_does(action, voice.t("paper-translation-review"));
            Markup::of(&sheet)
        });
    Beside {
        id,
        authentic: authentic.to_owned(),
        source: text(std::slice::from_ref(&line.block), authentic),
        state: there.map(|own| state(voice, own)),
        form: Markup::of(&sheet),
        review,
    }
}

/// What a block says in the other language, as it is typed.
fn words(line: &OutcomeSheetLine, own: &OutcomeTranslation) -> String {
    let block = Block {
        content: own.content.clone(),
        ..line.block.clone()
    };
    markdown::export(&[block]).trim_end().to_owned()
}

fn state(voice: &Voice, own: &OutcomeTranslation) -> State {
    match (own.is_stale, own.is_reviewed) {
        (true, _) => State::of("stale", voice.t("text-stale")),
        (false, true) => State::of("done", voice.t("paper-translation-reviewed")),
        (false, false) => State::of("waiting", voice.t("paper-translation-unreviewed")),
    }
}

/// Goes back to the page, to the block that was said.
async fn back(
    visit: Visit,
    at: (&str, &str, &str),
    part: Part,
    done: Result<String, Fault>,
    form: &Form,
) -> Page {
    after(visit, done, "saved", form, async |visit, again| {
        show(visit, at, again.map(|again| (part, again))).await
    })
    .await
}

async fn title(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code, tongue) = path.into_inner();
    let (asked, language, typed) = (code.clone(), tongue.clone(), form.typed("title").to_owned());
    let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        let found = of(conn, actor, edition, &asked)?;
        translating::entitle(conn, actor, now, found.id, &language, &typed)?;
        Ok(format!("outcomes/{asked}/translate/{language}"))
    };
    let done = write_in(&visit, "desk.outcome.entitle", &slug, &form, run).await;
    back(visit, (&slug, &code, &tongue), Part::Title, done, &form).await
}

async fn set(visit: Visit, path: AtBlock, form: Form) -> Page {
    let (_, slug, code, tongue, block) = path.into_inner();
    let id: BlockId = id_of(&block).map_err(|fault| visit.refused(fault))?;
    let field = format!("said.{id}");
    let input = OutcomeTranslationInput {
        of_version: form.typed("of_version").parse().unwrap_or_default(),
        version: form.typed("version").parse().ok(),
        content: None,
        markdown: Some(form.typed(&format!("said[{id}]")).to_owned()),
    };
    let (asked, language) = (code.clone(), tongue.clone());
    let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        let found = of(conn, actor, edition, &asked)?;
        translation_sheet::set(conn, actor, now, found.id, id, &language, &input)
            .map_err(|fault| beside_the_words(fault, &field))?;
        Ok(format!("outcomes/{asked}/translate/{language}#t-{id}"))
    };
    let done = write_in(&visit, "desk.outcome.translate", &slug, &form, run).await;
    back(visit, (&slug, &code, &tongue), Part::Block(id), done, &form).await
}

/// What is wrong with the words is told beside the field they were typed into.
fn beside_the_words(mut fault: Fault, field: &str) -> Fault {
    for own in &mut fault.fields {
        field.clone_into(&mut own.field);
    }
    fault
}

async fn review(visit: Visit, path: AtBlock, form: Form) -> Page {
    let (_, slug, code, tongue, block) = path.into_inner();
    let id: BlockId = id_of(&block).map_err(|fault| visit.refused(fault))?;
    let (asked, language, version) = (code.clone(), tongue.clone(), form.version());
    let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        let found = of(conn, actor, edition, &asked)?;
        let version = version.ok_or_else(Fault::stale)?;
        translation_sheet::review(conn, actor, now, found.id, id, &language, version)?;
        Ok(format!("outcomes/{asked}/translate/{language}#t-{id}"))
    };
    let done = write_in(&visit, "desk.outcome.review", &slug, &form, run).await;
    back(visit, (&slug, &code, &tongue), Part::Block(id), done, &form).await
}

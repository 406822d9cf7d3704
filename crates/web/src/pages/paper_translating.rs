//! A paper beside what it says in another language, block by block. What says what the block said before is marked; somebody
//! else than who translated reads it over (R88).

use access_rules::{Act, Actor};
use actix_kit::Form;
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Language, Moment};
use papers::{
    model::Paper,
    reading,
    translating::{self, SheetLine, TitleInput, TranslationInput},
};
use programme::editions;
use texts::{
    markdown,
    model::{Block, BlockId},
    translations::LanguageState,
};

use super::{
    desk::{Again, Sheet, Table, after, anchor, id_of, plain},
    papers::At,
    parts::PartsPage,
};
use crate::{
    components::{Empty, Link, Markup, Notice, State, Weight, text::text},
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::TranslatePaper;
    vec![
        get("/{lang}/{edition}/papers/{paper}/translate", act, languages),
        get("/{lang}/{edition}/papers/{paper}/translate/{tongue}", act, page),
        post(
            "/{lang}/{edition}/papers/{paper}/translate/{tongue}/title",
            act,
            title,
        ),
        post(
            "/{lang}/{edition}/papers/{paper}/translate/{tongue}/blocks/{block}",
            act,
            set,
        ),
        post(
            "/{lang}/{edition}/papers/{paper}/translate/{tongue}/blocks/{block}/review",
            act,
            review,
        ),
    ]
}

async fn languages(visit: Visit, path: At) -> Page {
    let (_, slug, code) = path.into_inner();
    let named = code.clone();
    let (frame, (paper, states, authentic)) = visit
        .read_in("paper.languages", &slug, move |conn, actor, now, edition| {
            let paper = papers::by_code(conn, actor, now, edition.id, &named)?;
            let states = translating::state(conn, actor, now, paper.id)?;
            let authentic = reading::shown(conn, actor, now, paper.id, "")?.authentic;
            Ok((paper, states, authentic))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("{slug}/papers/{code}"));
    let mut page = PartsPage::own(
        &visit,
        &frame,
        format!("{} {}", paper.code, voice.t("paper-translate")),
    );
    page.links(vec![Link::new(base.clone(), voice.t("paper-back"))]);
    page.put(&table(voice, &base, &states, &authentic));
    page.answer(&visit, None)
}

fn table(voice: &Voice, base: &str, states: &[LanguageState], authentic: &str) -> Table {
    let keys = ["paper-language", "paper-language-state", "paper-language-lacks"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for state in states {
        let name = voice.code("language", &state.language);
        if state.language == authentic {
            table.row([plain(name), plain(voice.t("paper-authentic")), plain("")]);
            continue;
        }
        let lacks = voice.tn(
            "paper-language-counts",
            &[
                ("missing", voice.count(state.missing).into()),
                ("stale", voice.count(state.stale).into()),
                ("unreviewed", voice.count(state.unreviewed).into()),
            ],
        );
        table.row([
            anchor(format!("{base}/translate/{}", state.language), name),
            super::desk::state(voice, "alignment", state.state.code()),
            plain(lacks),
        ]);
    }
    table
}

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
    id: String,
    authentic: String,
    source: Markup,
    state: Option<State>,
    form: Markup,
    review: Option<Markup>,
}

async fn page(visit: Visit, path: Path<(String, String, String, String)>) -> Page {
    show(visit, &path.1, &path.2, &path.3, None).await
}

async fn show(visit: Visit, slug: &str, code: &str, tongue: &str, back: Option<(Part, Again<'_>)>) -> Page {
    let (named, language) = (code.to_owned(), tongue.to_owned());
    let (frame, (reading, lines)) = visit
        .read_in("paper.translate", slug, move |conn, actor, now, edition| {
            let paper = papers::by_code(conn, actor, now, edition.id, &named)?;
            if Language::ALL.iter().all(|known| known.code() != language) {
                return Err(Fault::not_found());
            }
            let lines = translating::sheet(conn, actor, now, paper.id, &language)?;
            Ok((reading::shown(conn, actor, now, paper.id, "")?, lines))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("{slug}/papers/{code}"));
    let title = format!("{} {}", reading.paper.code, voice.code("language", tongue));
    let mut page = PartsPage::own(&visit, &frame, title).styled("deliberation.css");
    page.links(vec![
        Link::new(base.clone(), voice.t("paper-back")),
        Link::new(format!("{base}/translate"), voice.t("paper-languages")),
    ]);
    if !reading.may.translate {
        page.put(&Notice::new(Weight::Stop, voice.t("paper-not-translated-now")));
        return page.answer(&visit, back.map(|(_, again)| again));
    }
    page.lead(voice.t("paper-translate-lead"));
    let at = format!("{base}/translate/{tongue}");
    let again = |part| back.filter(|(own, _)| *own == part).map(|(_, again)| again);
    let form = Again::view(again(Part::Title), &visit, || {
        let there = reading.title.0.get(tongue).cloned().unwrap_or_default();
        FormView::blank(voice).with("title", there)
    })
    .named("paper-title");
    let action = format!("{at}/title");
    let sheet = Sheet::new(
        action.clone(),
        page.chrome.edits(&reading.text_version.unwrap_or_default()),
    )
    .and(form.summary())
    .with(
        form.text("title", "paper-title")
            .hint_text(&voice.said(&reading.title).text)
            .required(),
    )
    .or_does(action, voice.t("save"));
    page.put(&sheet);
    if lines.is_empty() {
        page.put(&Empty::new(voice.t("paper-empty"), voice.t("paper-empty-hint")));
    }
    for line in &lines {
        let again = again(Part::Block(line.block.id));
        let beside = beside(&visit, &page, &at, &reading.authentic, line, again);
        page.put(&beside);
    }
    page.answer(&visit, back.map(|(_, again)| again))
}

fn beside(
    visit: &Visit,
    page: &PartsPage,
    at: &str,
    authentic: &str,
    line: &SheetLine,
    again: Option<Again<'_>>,
) -> Beside {
    let voice = &visit.voice;
    let id = line.block.id;
    let action = format!("{at}/blocks/{id}");
    let there = line.translation.as_ref();
    let form = Again::view(again, visit, || {
        let said = there.map(|own| {
            let block = Block {
                content: own.content.clone(),
                ..line.block.clone()
            };
            markdown::export(&[block]).trim_end().to_owned()
        });
        FormView::blank(voice)
            .with("markdown", said.unwrap_or_default())
            .with("of_version", line.version.to_string())
            .with(
                "version",
                there
                    .and_then(|own| own.version)
                    .map(|version| version.to_string())
                    .unwrap_or_default(),
            )
    })
    .named("paper-translation");
    let sheet = Sheet::new(action.clone(), page.chrome.sends())
        .and(form.summary())
        .and(form.hidden("of_version"))
        .and(form.hidden("version"))
        .with(form.area("markdown", "paper-translation").required())
        .or_does(action.clone(), voice.t("save"));
    let state = there.map(|own| match (own.is_stale, own.is_reviewed) {
        (true, _) => State::of("stale", voice.t("text-stale")),
        (false, true) => State::of("done", voice.t("paper-translation-reviewed")),
        (false, false) => State::of("waiting", voice.t("paper-translation-unreviewed")),
    });
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
        id: id.to_string(),
        authentic: authentic.to_owned(),
        source: text(std::slice::from_ref(&line.block), authentic),
        state,
        form: Markup::of(&sheet),
        review,
    }
}

/// Does what a form asks of the paper of its address. `run` answers the anchor to go to.
async fn write(
    visit: &Visit,
    name: &'static str,
    path: (&str, &str, &str),
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, &Paper) -> Result<String, Fault> + Send + 'static,
) -> Result<String, Fault> {
    let (slug, code, tongue) = (path.0.to_owned(), path.1.to_owned(), path.2.to_owned());
    let lang = visit.language().code();
    let done = visit.submit(name, form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &slug)?;
        let paper = papers::by_code(conn, actor, now, edition.id, &code)?;
        let anchor = run(conn, actor, now, &paper)?;
        Ok(format!(
            "/{lang}/{slug}/papers/{}/translate/{tongue}{anchor}",
            paper.code
        ))
    });
    done.await
}

async fn back(
    visit: Visit,
    done: Result<String, Fault>,
    path: (&str, &str, &str),
    part: Part,
    form: &Form,
) -> Page {
    let (slug, code, tongue) = path;
    after(visit, done, "saved", form, async |visit, again| {
        show(visit, slug, code, tongue, again.map(|again| (part, again))).await
    })
    .await
}

async fn title(visit: Visit, path: Path<(String, String, String, String)>, form: Form) -> Page {
    let (_, slug, code, tongue) = path.into_inner();
    let version = form.version();
    let at = (slug.as_str(), code.as_str(), tongue.as_str());
    let done = match form.input::<TitleInput>() {
        Ok(input) => {
            let tongue = tongue.clone();
            let run = move |conn: &mut Conn, actor: &Actor, now, paper: &Paper| {
                translating::set_title(conn, actor, now, paper.id, &tongue, version, &input)?;
                Ok(String::new())
            };
            write(&visit, "paper.translate_title", at, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    back(visit, done, at, Part::Title, &form).await
}

/// The address of a block in another language.
type AtBlock = Path<(String, String, String, String, String)>;

async fn set(visit: Visit, path: AtBlock, form: Form) -> Page {
    let (_, slug, code, tongue, block) = path.into_inner();
    let id: BlockId = id_of(&block).map_err(|fault| visit.refused(fault))?;
    let at = (slug.as_str(), code.as_str(), tongue.as_str());
    let done = match form.input::<TranslationInput>() {
        Ok(input) => {
            let tongue = tongue.clone();
            let run = move |conn: &mut Conn, actor: &Actor, now, paper: &Paper| {
                translating::set(conn, actor, now, paper.id, id, &tongue, &input)?;
                Ok(format!("#t-{id}"))
            };
            write(&visit, "paper.translate", at, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    back(visit, done, at, Part::Block(id), &form).await
}

async fn review(visit: Visit, path: AtBlock, form: Form) -> Page {
    let (_, slug, code, tongue, block) = path.into_inner();
    let id: BlockId = id_of(&block).map_err(|fault| visit.refused(fault))?;
    let at = (slug.as_str(), code.as_str(), tongue.as_str());
    let version = form.version();
    let language = tongue.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, paper: &Paper| {
        let version = version.ok_or_else(Fault::stale)?;
        translating::review(conn, actor, now, paper.id, id, &language, version)?;
        Ok(format!("#t-{id}"))
    };
    let done = write(&visit, "paper.review", at, &form, run).await;
    back(visit, done, at, Part::Block(id), &form).await
}

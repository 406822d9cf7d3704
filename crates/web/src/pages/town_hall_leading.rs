//! What the forms of [`super::town_hall_lead`] do. Each is one use case of the theme of its address, and goes back to it.

use access_rules::{Act, Actor, ThemeId};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Coded as _, Fault, LocalDateTime, Moment};
use programme::{editions, model::Edition};
use serde::Deserialize;
use town_hall::{
    asking::{self, AskInput},
    consultation::{self, WindowInput},
    model::PairingId,
    pairing::{self, PairingInput},
    papers::{self as theme_papers, PaperInput},
    phases::{self, PhaseInput},
    space::{self, SpaceInput},
};

use super::{
    desk::{after, id_of},
    town_hall::of,
    town_hall_lead::{At, Part, instant, show},
};
use crate::{
    table::{Line, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManagePapers;
    vec![
        post("/{lang}/{edition}/town-hall/{theme}/lead/paper", act, begin),
        post("/{lang}/{edition}/town-hall/{theme}/lead/phase", act, phase),
        post("/{lang}/{edition}/town-hall/{theme}/lead/show", act, show_now),
        post("/{lang}/{edition}/town-hall/{theme}/lead/window", act, window),
        post("/{lang}/{edition}/town-hall/{theme}/lead/reviews", act, ask),
        post("/{lang}/{edition}/town-hall/{theme}/lead/space", act, edit_space),
        post("/{lang}/{edition}/town-hall/{theme}/lead/pairings", act, pair),
        post(
            "/{lang}/{edition}/town-hall/{theme}/lead/pairings/{pairing}",
            act,
            edit_pairing,
        ),
        post(
            "/{lang}/{edition}/town-hall/{theme}/lead/pairings/{pairing}/remove",
            act,
            end_pairing,
        ),
    ]
}

/// The address of a pairing of a theme.
type AtPairing = Path<(String, String, String, String)>;

/// What a form does and how it is told.
struct Deed<'a> {
    name: &'static str,
    part: Part,
    word: &'static str,
    slug: &'a str,
    code: &'a str,
}

/// Does what a form asks of the theme of its address, and goes back to where it is run.
async fn act(
    visit: Visit,
    form: Form,
    deed: Deed<'_>,
    run: impl Fn(&mut Conn, &Actor, Moment, &Edition, ThemeId) -> Result<(), Fault> + Send + 'static,
) -> Page {
    let (lang, slug, code) = (
        visit.language().code(),
        deed.slug.to_owned(),
        deed.code.to_owned(),
    );
    let done = visit
        .submit(deed.name, &form, move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            let theme = of(conn, &edition, &code)?;
            run(conn, actor, now, &edition, theme)?;
            Ok(format!("/{lang}/{slug}/town-hall/{code}/lead"))
        })
        .await;
    after(visit, done, deed.word, &form, async |visit, again| {
        show(visit, deed.slug, deed.code, Some(deed.part), again).await
    })
    .await
}

/// What is wrong is told beside the fields of the form, which say instants by the congress's clock.
fn by_its_clock(mut fault: Fault) -> Fault {
    for field in &mut fault.fields {
        if matches!(field.field.as_str(), "from" | "until" | "deadline") {
            field.field.push_str("_local");
        }
    }
    fault
}

async fn begin(visit: Visit, path: At, form: Form) -> Page {
    let input = form.input::<PaperInput>();
    let deed = Deed {
        name: "theme.paper.begin",
        part: Part::Begin,
        word: "theme-paper-begun",
        slug: &path.1,
        code: &path.2,
    };
    act(visit, form, deed, move |conn, actor, now, _, theme| {
        theme_papers::begin(conn, actor, now, theme, &input.clone()?).map(drop)
    })
    .await
}

async fn phase(visit: Visit, path: At, form: Form) -> Page {
    let input = form.input::<PhaseInput>();
    let deed = Deed {
        name: "paper.phase",
        part: Part::Phase,
        word: "theme-phase-taken",
        slug: &path.1,
        code: &path.2,
    };
    act(visit, form, deed, move |conn, actor, now, _, theme| {
        let paper = theme_papers::current(conn, actor, now, theme)?;
        phases::go(conn, actor, now, paper.id, &input.clone()?).map(drop)
    })
    .await
}

async fn show_now(visit: Visit, path: At, form: Form) -> Page {
    let deed = Deed {
        name: "paper.show",
        part: Part::Phase,
        word: "theme-paper-shown",
        slug: &path.1,
        code: &path.2,
    };
    act(visit, form, deed, move |conn, actor, now, _, theme| {
        let paper = theme_papers::current(conn, actor, now, theme)?;
        phases::show(conn, actor, now, paper.id).map(drop)
    })
    .await
}

/// A window as the form has it: by the congress's clock.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Dated {
    from_local: Option<LocalDateTime>,
    until_local: Option<LocalDateTime>,
    deadline_local: Option<LocalDateTime>,
}

async fn window(visit: Visit, path: At, form: Form) -> Page {
    let (dated, version) = (form.input::<Dated>(), form.version());
    let deed = Deed {
        name: "theme.consultation",
        part: Part::Window,
        word: "saved",
        slug: &path.1,
        code: &path.2,
    };
    act(visit, form, deed, move |conn, actor, now, edition, theme| {
        let dated = dated.clone()?;
        let input = WindowInput {
            from: instant(edition, "from_local", dated.from_local)?,
            until: instant(edition, "until_local", dated.until_local)?,
        };
        let planned = consultation::plan(conn, actor, now, theme, &input, version);
        planned.map(drop).map_err(by_its_clock)
    })
    .await
}

async fn ask(visit: Visit, path: At, form: Form) -> Page {
    let (input, dated) = (form.input::<AskInput>(), form.input::<Dated>());
    let deed = Deed {
        name: "paper.reviews.ask",
        part: Part::Ask,
        word: "caucuses-asked",
        slug: &path.1,
        code: &path.2,
    };
    act(visit, form, deed, move |conn, actor, now, edition, theme| {
        let paper = theme_papers::current(conn, actor, now, theme)?;
        let input = AskInput {
            deadline: instant(edition, "deadline_local", dated.clone()?.deadline_local)?,
            ..input.clone()?
        };
        let asked = asking::ask(conn, actor, now, paper.id, &input);
        asked.map(drop).map_err(by_its_clock)
    })
    .await
}

async fn edit_space(visit: Visit, path: At, form: Form) -> Page {
    let (input, version) = (form.input::<SpaceInput>(), form.version());
    let deed = Deed {
        name: "theme.space.edit",
        part: Part::Space,
        word: "saved",
        slug: &path.1,
        code: &path.2,
    };
    act(visit, form, deed, move |conn, actor, now, _, theme| {
        space::edit(conn, actor, now, theme, &input.clone()?, version).map(drop)
    })
    .await
}

async fn pair(visit: Visit, path: At, form: Form) -> Page {
    let input = form.input::<PairingInput>();
    let deed = Deed {
        name: "theme.pair",
        part: Part::Pair,
        word: "saved",
        slug: &path.1,
        code: &path.2,
    };
    act(visit, form, deed, move |conn, actor, now, _, theme| {
        pairing::pair(conn, actor, now, theme, &input.clone()?).map(drop)
    })
    .await
}

/// A pairing of this theme, and of no other.
fn own(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    id: PairingId,
) -> Result<PairingId, Fault> {
    let paired = pairing::of_theme(conn, actor, now, theme)?;
    let found = paired.into_iter().find(|own| own.id == id);
    found.map(|own| own.id).ok_or_else(Fault::not_found)
}

async fn edit_pairing(visit: Visit, path: AtPairing, form: Form) -> Page {
    let (_, slug, code, pairing) = path.into_inner();
    let id: PairingId = id_of(&pairing).map_err(|fault| visit.refused(fault))?;
    let (input, version) = (form.input::<PairingInput>(), form.version());
    let deed = Deed {
        name: "theme.pairing.edit",
        part: Part::Pairing(id),
        word: "saved",
        slug: &slug,
        code: &code,
    };
    act(visit, form, deed, move |conn, actor, now, _, theme| {
        let id = own(conn, actor, now, theme, id)?;
        pairing::edit(conn, actor, now, id, &input.clone()?, version).map(drop)
    })
    .await
}

async fn end_pairing(visit: Visit, path: AtPairing, form: Form) -> Page {
    let (_, slug, code, pairing) = path.into_inner();
    let id: PairingId = id_of(&pairing).map_err(|fault| visit.refused(fault))?;
    let deed = Deed {
        name: "theme.pairing.end",
        part: Part::Pair,
        word: "ended",
        slug: &slug,
        code: &code,
    };
    act(visit, form, deed, move |conn, actor, now, _, theme| {
        let id = own(conn, actor, now, theme, id)?;
        pairing::remove(conn, actor, now, id)
    })
    .await
}

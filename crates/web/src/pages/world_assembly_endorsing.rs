//! A network of the Global Taskforce that stands for somebody unasked (R70): somebody of its own people, or of its members
//! by the address of their account. Its list, its answers and taking back are on the page of the network
//! ([`super::world_assembly`]).

use access_rules::{Act, Actor, PersonId};
use actix_kit::Form;
use actix_web::web::Path;
use assembly::endorsements::{self, EndorseInput};
use db::Conn;
use programme::model::Edition;

use super::{
    desk::{Again, Sheet, after, id_of},
    parts::PartsPage,
    world_assembly::{show_network, write},
};
use crate::{
    forms::{Choice, FormView},
    table::{Line, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![post(
        "/{lang}/{edition}/world-assembly/networks/{network}/endorsements",
        Act::MindOrganisation,
        endorse,
    )]
}

/// Whether what came back is the form of [`unasked`], of those on the page of a network.
pub(super) fn is_of_it(again: &Again<'_>) -> bool {
    let own = |field: &str| matches!(field, "person" | "email");
    again.fault.fields.iter().all(|wrong| own(&wrong.field))
}

/// The form that stands for somebody unasked.
pub(super) fn unasked(
    visit: &Visit,
    page: &mut PartsPage,
    base: &str,
    candidates: &[(PersonId, String)],
    again: Option<Again<'_>>,
) {
    let voice = &visit.voice;
    page.heading(voice.t("wa-endorse-unasked"));
    page.say(voice.t("wa-endorse-unasked-hint"));
    let form = Again::view(again, visit, || FormView::blank(voice)).named("endorse");
    let action = format!("{base}/endorsements");
    let mut sheet = Sheet::new(action.clone(), page.chrome.sends()).and(form.summary());
    if !candidates.is_empty() {
        let choices: Vec<Choice> = candidates
            .iter()
            .map(|(person, name)| Choice::new(person.to_string(), name.clone()))
            .collect();
        sheet = sheet.with(form.select("person", "wa-endorse-person", &choices).optional());
    }
    let sheet = sheet
        .with(
            form.email("email", "wa-endorse-email")
                .hint("wa-endorse-email-hint")
                .optional(),
        )
        .or_does(action, voice.t("wa-endorse"));
    page.put(&sheet);
}

async fn endorse(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let network = id.clone();
    let done = match form.input::<EndorseInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition, _| {
                endorsements::endorse(conn, actor, now, edition.id, id_of(&network)?, &input)?;
                Ok(format!("/networks/{network}"))
            };
            write(&visit, "endorsement.give", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "endorsed", &form, async |visit, again| {
        show_network(visit, &slug, &id, "", again).await
    })
    .await
}

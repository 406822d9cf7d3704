//! What is said of a theme's paper: by anybody with a proved address, within limits, and never deleted without trace.

use kernel::PageAsk;
use papers::commenting::{self, CommentFilter, CommentInput, CommentView, ModerateInput};
use texts::{
    model::{CommentState, Position},
    rules::COMMENTS_MOST,
};

use super::*;

/// Somebody with an account, of no organisation and without a registration.
pub(super) fn somebody(c: &mut Congress, name: &str) -> Actor {
    let new = NewPerson {
        given_name: name.to_owned(),
        ..NewPerson::default()
    };
    let person = persons::create(&mut c.conn, now(), &new).expect("a person");
    c.signed_in(person, now())
}

pub(super) fn says(
    c: &mut Congress,
    actor: &Actor,
    paper: &Paper,
    words: &str,
) -> Result<CommentView, Fault> {
    let input = CommentInput {
        block: None,
        position: Some(Position::Support),
        language: "en".into(),
        body: words.into(),
    };
    commenting::post(&mut c.conn, actor, now(), now(), paper.id, &input)
}

#[test]
fn any_proved_account_comments_and_no_other() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let (_, lead) = c.led(theme, "A Platform");
    let paper = c.open(&lead, theme);
    let ana = somebody(&mut c, "Ana");
    let said = says(&mut c, &ana, &paper, "Say who pays.").expect("said");
    assert_eq!(said.author_name.as_deref(), Some("Ana"));

    let nobody = Actor::nobody();
    assert_eq!(code(says(&mut c, &nobody, &paper, "Me too.")), "sign_in_needed");
    let new = NewPerson {
        given_name: "Unproved".into(),
        ..NewPerson::default()
    };
    let person = persons::create(&mut c.conn, now(), &new).expect("a person");
    let email = "unproved@example.org".parse().expect("an address");
    let account = accounts::create(&mut c.conn, now(), person, &email, Language::En).expect("an account");
    let unproved = actors::load(&mut c.conn, account.id, person, now()).expect("loaded");
    assert_eq!(
        code(says(&mut c, &unproved, &paper, "Me too.")),
        "account_unproved"
    );
}

#[test]
fn r100_a_flood_is_stopped_and_what_is_hidden_leaves_a_placeholder_with_its_reason() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let (_, lead) = c.led(theme, "A Platform");
    let paper = c.open(&lead, theme);
    let city = c.city("Port Verne");
    let mayor = c.somebody("A Mayor", city, PositionKind::Mayor);
    let mayor = c.signed_in(mayor, now());
    let partner = somebody(&mut c, "A Partner");
    for place in 0..COMMENTS_MOST {
        says(&mut c, &partner, &paper, &format!("Comment {place}")).expect("within limits");
    }
    assert_eq!(code(says(&mut c, &partner, &paper, "One more")), "too_many");

    // A mayor's comment is hidden like anybody's: by who manages the paper, with a reason that everybody reads.
    let said = says(&mut c, &mayor, &paper, "An insult.").expect("said");
    let reason = ModerateInput {
        reason: "It insults another participant.".into(),
    };
    let by = |c: &mut Congress, actor: &Actor, input: &ModerateInput| {
        commenting::moderate(&mut c.conn, actor, now(), paper.id, said.id, said.version, input)
    };
    assert_eq!(code(by(&mut c, &partner, &reason)), "not_allowed");
    let (_, other_lead) = c.led(c.themes[0].id, "A Coalition");
    assert_eq!(code(by(&mut c, &other_lead, &reason)), "not_allowed");
    let unsaid = by(&mut c, &lead, &ModerateInput::default()).expect_err("refused");
    assert_eq!(unsaid.fields[0].field, "reason");
    by(&mut c, &lead, &reason).expect("hidden");

    let nobody = Actor::nobody();
    let ask = PageAsk::of(200);
    let all = commenting::list(
        &mut c.conn,
        &nobody,
        now(),
        paper.id,
        &CommentFilter::default(),
        &ask,
    );
    let all = all.expect("public").items;
    assert_eq!(
        all.len(),
        usize::try_from(COMMENTS_MOST).expect("few") + 1,
        "it is still there"
    );
    let hidden = all
        .iter()
        .find(|comment| comment.id == said.id)
        .expect("its place");
    assert_eq!(hidden.state, CommentState::Moderated);
    assert_eq!((&hidden.body, &hidden.author_name), (&None, &None));
    assert_eq!(
        hidden.moderation_reason.as_deref(),
        Some("It insults another participant.")
    );
}

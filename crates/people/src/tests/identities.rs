//! Signing in with a provider, and linking what is proved there.

use access_rules::AccountId;
use kernel::Localized;

use super::*;
use crate::{
    identities::{self, Arrival},
    model::Identity,
    oidc_attempts::{self, SettingOut},
    providers::{BrowserSecret, Proved, Provider},
};

const ISSUER: &str = "https://id.city.example";

fn provider() -> Provider {
    Provider {
        key: "city".into(),
        issuer: ISSUER.into(),
        label: Localized::of("City", "Ville", "Ciudad"),
        email_domains: vec![],
        trusts_second_factor: false,
    }
}

fn proved(subject: &str, email: &str) -> Proved {
    Proved {
        issuer: ISSUER.into(),
        subject: subject.into(),
        email: Some(email.into()),
        is_email_verified: true,
        had_second_factor: false,
    }
}

fn setting_out() -> SettingOut {
    SettingOut {
        provider: "city".into(),
        language: Language::Es,
        next: "/es/agenda".into(),
    }
}

fn begun(conn: &mut Conn) -> BrowserSecret {
    oidc_attempts::begin(conn, now(), HERE, &setting_out()).expect("begun")
}

fn come(conn: &mut Conn, at: Moment, provider: &Provider, proved: &Proved) -> Result<Arrival, Fault> {
    let secret = begun(conn);
    identities::enter(conn, at, &visitor(), &secret, provider, proved)
}

fn in_by(conn: &mut Conn, provider: &Provider, proved: &Proved) -> Entered {
    match come(conn, now(), provider, proved).expect("arrived") {
        Arrival::Progress(progress) => entered(progress),
        Arrival::Offered(email) => panic!("offered to {email}"),
    }
}

fn linked(conn: &mut Conn, of: &Entered, subject: &str) -> Result<Option<Identity>, Fault> {
    let (actor, proved) = (actor_of(of), proved(subject, "x@city.example"));
    identities::link(
        conn,
        &actor,
        now(),
        of.started.id,
        of.account,
        &provider(),
        &proved,
    )
}

fn acts(conn: &mut Conn, account: AccountId) -> Vec<String> {
    let filter = audit::Filter {
        object_id: Some(account.uuid()),
        ..audit::Filter::default()
    };
    let all = audit::list(conn, &filter, &PageAsk::first()).expect("listed");
    all.items
        .into_iter()
        .map(|entry| entry.act)
        .filter(|act| act.starts_with("identity."))
        .collect()
}

#[test]
fn an_unknown_verified_address_makes_an_account_and_the_identity_opens_it_from_then_on() {
    let database = testing::fresh();
    let mut conn = database.conn();

    let first = in_by(&mut conn, &provider(), &proved("u-1", "ana@city.example"));
    let moved = in_by(&mut conn, &provider(), &proved("u-1", "elsewhere@city.example"));

    assert!(first.is_nameless);
    assert_eq!((first.account, first.person), (moved.account, moved.person));
    let account = accounts::get(&mut conn, first.account).expect("there");
    assert_eq!(account.email.as_str(), "ana@city.example");
    assert_eq!((account.verified_at, account.password_hash), (Some(now()), None));
    let browsers = sessions::list(&mut conn, &actor_of(&moved), now()).expect("read");
    assert_eq!(browsers.len(), 2);
    let mine = identities::list(&mut conn, &actor_of(&moved), now()).expect("read");
    assert_eq!((mine.len(), mine[0].last_used_at), (1, Some(now())));
    assert_eq!(acts(&mut conn, first.account), ["identity.link"]);
}

#[test]
fn an_address_the_provider_has_not_checked_or_may_not_vouch_for_opens_nothing() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let unverified = Proved {
        is_email_verified: false,
        ..proved("u-1", "ana@city.example")
    };
    let none = Proved {
        email: None,
        ..proved("u-1", "")
    };
    let strict = Provider {
        email_domains: vec!["city.example".into()],
        ..provider()
    };
    let below = proved("u-1", "ana@evil.city.example");
    let like = proved("u-1", "ana@evilcity.example");
    let cases = [
        (provider(), unverified, "oidc_email_unverified"),
        (provider(), none, "oidc_email_unverified"),
        (strict.clone(), below, "oidc_email_elsewhere"),
        (strict.clone(), like, "oidc_email_elsewhere"),
    ];
    for (provider, proved, code) in cases {
        let refused = come(&mut conn, now(), &provider, &proved);

        assert_eq!(refused.expect_err("refused").code, code);
    }
    assert!(
        accounts::by_email(&mut conn, &email("ana@city.example"))
            .expect("read")
            .is_none()
    );
    in_by(&mut conn, &strict, &proved("u-1", "ana@CITY.example"));
}

#[test]
fn an_identity_with_the_address_of_an_account_is_linked_by_its_owner_alone() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@city.example");
    let bo = enter(&mut conn, "bo@city.example");
    let secret = begun(&mut conn);
    let claim = proved("u-1", "ana@city.example");

    let arrived = identities::enter(&mut conn, now(), &visitor(), &secret, &provider(), &claim);
    let by_bo = oidc_attempts::accept(&mut conn, &actor_of(&bo), now(), bo.started.id, &secret);
    let other = BrowserSecret::draw();
    let elsewhere = oidc_attempts::accept(&mut conn, &actor_of(&ana), now(), ana.started.id, &other);
    let stale = now().plus_minutes(20);
    let unproved = oidc_attempts::accept(&mut conn, &actor_of(&ana), stale, ana.started.id, &secret);
    let late = now().plus_minutes(31);
    let too_late = oidc_attempts::accept(&mut conn, &actor_of(&ana), late, ana.started.id, &secret);

    assert_eq!(
        arrived.expect("arrived"),
        Arrival::Offered(email("ana@city.example"))
    );
    assert_eq!(by_bo.expect_err("refused").code, "oidc_offer_over");
    assert_eq!(elsewhere.expect_err("refused").code, "oidc_offer_over");
    assert_eq!(unproved.expect_err("refused").code, "proof_needed");
    assert_eq!(too_late.expect_err("refused").code, "oidc_offer_over");
    assert!(
        identities::list(&mut conn, &actor_of(&ana), now())
            .expect("read")
            .is_empty()
    );

    oidc_attempts::accept(&mut conn, &actor_of(&ana), now(), ana.started.id, &secret).expect("linked");
    let twice = oidc_attempts::accept(&mut conn, &actor_of(&ana), now(), ana.started.id, &secret);
    let by_identity = in_by(&mut conn, &provider(), &claim);

    assert_eq!(twice.expect_err("refused").code, "oidc_offer_over");
    assert_eq!(by_identity.account, ana.account);
}

#[test]
fn a_browser_comes_back_once_in_time_and_as_the_one_that_was_sent() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let secret = begun(&mut conn);
    let late = begun(&mut conn);

    let attempt = oidc_attempts::take(&mut conn, now().plus_minutes(19), &secret).expect("taken");
    let again = oidc_attempts::take(&mut conn, now().plus_minutes(19), &secret);
    let too_late = oidc_attempts::take(&mut conn, now().plus_minutes(20), &late);
    let unknown = oidc_attempts::take(&mut conn, now(), &BrowserSecret::draw());

    assert_eq!(
        (attempt.provider.as_str(), attempt.next.as_str()),
        ("city", "/es/agenda")
    );
    assert_eq!((attempt.language, attempt.linking_account), (Language::Es, None));
    for refused in [again, too_late, unknown] {
        assert_eq!(refused.expect_err("refused").code, "oidc_over");
    }
    secret.check(&secret.state()).expect("its own");
    assert_eq!(
        secret.check(&late.state()).expect_err("another's").code,
        "oidc_other_browser"
    );
    assert_eq!(secret.check("").expect_err("none").code, "oidc_other_browser");
    let made = [secret.state(), secret.nonce(), secret.verifier()];
    assert!(made.iter().all(|made| made.len() == 64) && made[0] != made[1] && made[1] != made[2]);
}

#[test]
fn an_identity_is_one_accounts_and_linking_it_signs_other_browsers_out() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let (ana, bo) = (
        enter(&mut conn, "ana@city.example"),
        enter(&mut conn, "bo@city.example"),
    );
    let elsewhere = enter(&mut conn, "ana@city.example");

    let new = linked(&mut conn, &ana, "u-1").expect("linked");
    let again = linked(&mut conn, &ana, "u-1").expect("known");
    let by_bo = linked(&mut conn, &bo, "u-1");
    let crossed = identities::link(
        &mut conn,
        &actor_of(&bo),
        now(),
        bo.started.id,
        ana.account,
        &provider(),
        &proved("u-2", "x@city.example"),
    );

    assert!(new.is_some() && again.is_none());
    assert_eq!(by_bo.expect_err("refused").code, "oidc_taken");
    assert_eq!(crossed.expect_err("refused").code, "oidc_other_account");
    assert!(is_signed_in(&mut conn, &ana, now()) && !is_signed_in(&mut conn, &elsewhere, now()));
}

#[test]
fn linking_and_unlinking_ask_for_a_proof_but_soon_after_one_was_given() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let by_provider = in_by(&mut conn, &provider(), &proved("u-1", "ana@city.example"));
    let actor = actor_of(&by_provider);
    let current = by_provider.started.id;
    let id = identities::list(&mut conn, &actor, now()).expect("read")[0].id;
    let begin = |conn: &mut Conn, proof: Proof<'_>| {
        oidc_attempts::begin_linking(conn, &actor, now(), HERE, current, proof, &setting_out())
            .and_then(Outcome::settled)
    };

    let unproved = begin(&mut conn, Proof::None);
    let code = codes::mint(
        &mut conn,
        now(),
        &email("ana@city.example"),
        Purpose::Verify,
        None,
    )
    .expect("minted");
    let wrongly = begin(&mut conn, Proof::Code(&wrong(&code)));
    let at = now().plus_minutes(1);
    let unlinked = identities::unlink(&mut conn, &actor, at, HERE, current, id, Proof::Code(&code));
    begin(&mut conn, Proof::None).expect("proved a minute ago");

    assert_eq!(unproved.expect_err("refused").code, "proof_needed");
    assert_eq!(wrongly.expect_err("refused").code, "wrong_code");
    assert_eq!(
        unlinked.and_then(Outcome::settled).expect("unlinked").subject,
        "u-1"
    );
    assert_eq!(acts(&mut conn, by_provider.account).len(), 2);
    let anew = come(&mut conn, now(), &provider(), &proved("u-1", "ana@city.example"));
    assert!(matches!(anew, Ok(Arrival::Offered(_))));
}

#[test]
fn the_last_way_of_signing_in_stays() {
    let cases = [
        ((false, false, 0), false),
        ((false, false, 1), true),
        ((false, true, 0), true),
        ((true, false, 0), true),
    ];
    for ((has_password, is_verified, others), may) in cases {
        assert_eq!(crate::rules::may_unlink(has_password, is_verified, others), may);
    }
    let database = testing::fresh();
    let mut conn = database.conn();
    let person = person(&mut conn, "Ana", "Mayor");
    let account = accounts::create(&mut conn, now(), person, &email("ana@city.example"), Language::En)
        .expect("an invited account, its address unproved");
    identities::keep(&mut conn, now(), &account, "city", ISSUER, "u-1").expect("kept");
    let by_provider = in_by(&mut conn, &provider(), &proved("u-1", "ana@city.example"));
    let actor = actor_of(&by_provider);
    let id = identities::list(&mut conn, &actor, now()).expect("read")[0].id;

    let refused = identities::unlink(
        &mut conn,
        &actor,
        now(),
        HERE,
        by_provider.started.id,
        id,
        Proof::None,
    );

    assert_eq!(refused.expect_err("refused").code, "oidc_last_way");
}

#[test]
fn the_second_factor_is_asked_unless_a_trusted_provider_says_it_was_given() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@city.example");
    linked(&mut conn, &ana, "u-1").expect("linked");
    let trusted = Provider {
        trusts_second_factor: true,
        ..provider()
    };
    let with_factor = Proved {
        had_second_factor: true,
        ..proved("u-1", "ana@city.example")
    };
    let vouched = in_by(&mut conn, &trusted, &with_factor);
    let untrusted = in_by(&mut conn, &provider(), &with_factor);
    let has_one = |conn: &mut Conn, entered: &Entered| {
        let found = sessions::signed_in(conn, &entered.started.token, now()).expect("read");
        found.expect("signed in").has_second_factor
    };
    assert!(has_one(&mut conn, &vouched) && !has_one(&mut conn, &untrusted));

    second_factor::add(&mut conn, &ana);
    let asked = come(&mut conn, now(), &provider(), &with_factor).expect("arrived");
    let not_given = come(&mut conn, now(), &trusted, &proved("u-1", "ana@city.example")).expect("arrived");
    in_by(&mut conn, &trusted, &with_factor);

    assert!(matches!(asked, Arrival::Progress(Progress::Half(_))));
    assert!(matches!(not_given, Arrival::Progress(Progress::Half(_))));
}

#[test]
fn a_closed_account_has_no_identities_and_after_a_restore_nobody_is_on_the_way() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@city.example");
    linked(&mut conn, &ana, "u-1").expect("linked");
    let secret = begun(&mut conn);

    sign_in::end_everything(&mut conn, now()).expect("ended");
    let after = oidc_attempts::take(&mut conn, now(), &secret);
    let account = accounts::get(&mut conn, ana.account).expect("there");
    accounts::close(&mut conn, now(), &account).expect("closed");
    let anew = in_by(&mut conn, &provider(), &proved("u-1", "ana@city.example"));

    assert_eq!(after.expect_err("refused").code, "oidc_over");
    assert_ne!(anew.account, ana.account);
}

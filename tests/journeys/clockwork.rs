//! What the worker does by the clock: sessions begin and end, and follow their zone's rules after an upgrade.

use std::time::Duration;

use db::on_each;
use diesel::prelude::*;
use hemicycle::wiring::ZONE_RULES;
use kernel::{Moment, Zone};
use programme::{model::SessionState, sessions, tables};
use records::settings;
use tests::{Congress, Site, wait_for};

/// How long a worker may take to come round.
const SOON: Duration = Duration::from_secs(20);

#[test]
fn r52_a_released_session_that_began_is_live_and_one_that_ended_was_held() {
    let opens = Moment::at("2030-11-12T07:30:00Z");
    let (site, (over, on, to_come)) = Site::opening(opens, |conn| {
        let congress = Congress::open(conn);
        // In Durban, two hours ahead.
        let made = ["2030-11-12T08:00", "2030-11-12T09:00", "2030-11-12T10:00"]
            .map(|starts| congress.session(conn, starts, starts, None));
        congress.release(conn);
        made.into()
    });
    let state = |id| {
        let row = sessions::row(&mut site.conn(), id).expect("read");
        row.expect("there").state
    };
    wait_for("the sessions to turn", SOON, || {
        (state(on) == SessionState::Live && state(over) == SessionState::Held).then_some(())
    });
    assert_eq!(state(to_come), SessionState::Published);
}

/// §5.8 case 87.
#[test]
fn r53_after_an_upgrade_sessions_keep_their_clock_times_by_the_zones_rules_as_they_are_now() {
    let (site, session) = Site::furnished(|conn| {
        let congress = Congress::open(conn);
        let id = congress.session(conn, "Opening", "2030-11-12T09:00", None);
        congress.release(conn);
        // As the rules of another year had it: summer time in Durban.
        let before = Some(Moment::at("2030-11-12T06:00:00Z"));
        on_each!(conn, |c| diesel::update(tables::sessions::table.find(id))
            .set(tables::sessions::starts_at.eq(before))
            .execute(c))
        .expect("written");
        settings::put(conn, ZONE_RULES, &"1943a").expect("kept");
        id
    });
    let followed = wait_for("the session to follow", SOON, || {
        let row = sessions::row(&mut site.conn(), session)
            .expect("read")
            .expect("there");
        (row.starts_at == Some(Moment::at("2030-11-12T07:00:00Z"))).then_some(row)
    });
    assert_eq!(followed.state, SessionState::Moved, "the next release tells it");
    wait_for("it to be noted", SOON, || {
        let known: Option<String> = settings::get(&mut site.conn(), ZONE_RULES).expect("read");
        (known.as_deref() == Some(Zone::RULES)).then_some(())
    });
}

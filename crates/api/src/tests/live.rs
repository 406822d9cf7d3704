//! Those who listen, without a server: how much waits for one who does not read, and how many there are.

use std::sync::Arc;

use access_rules::{EditionId, Sight};
use actix_kit::Caller;
use actix_web::{test::TestRequest, web};
use db::testing::fresh;
use kernel::Kind;

use super::site;
use crate::{
    live::{Coming, Live, OF_ONE_NETWORK_MOST},
    topics::Topic,
};

#[actix_web::test]
async fn who_does_not_read_is_let_go_and_no_more_are_let_in_than_there_are_places() {
    let database = fresh();
    let request = TestRequest::get()
        .app_data(web::Data::new(site(&database)))
        .to_http_request();
    let caller = Caller::of(&request);
    let live = Live::new(1, Arc::default());
    let place = live.enter("192.0.2.1").expect("a place");
    let sight = Sight::default();
    let coming = Coming {
        topic: Topic::Programme(EditionId::named("durban")),
        from: 3,
        caller: &caller,
        sight: &sight,
        by_part: false,
    };
    let listening = live.listen(&coming);
    let mut told = listening.expect("open").expect("nothing was told meanwhile");

    for _ in 0..40 {
        live.beat();
    }

    let mut messages = 0;
    while told.recv().await.is_some() {
        messages += 1;
    }
    assert_eq!(messages, 16);
    let refused = live
        .enter("192.0.2.1")
        .err()
        .expect("the place is taken until it is given back");
    assert_eq!(
        (refused.kind, refused.retry_after_seconds),
        (Kind::Unavailable, Some(15))
    );
    drop(place);
    assert!(live.enter("192.0.2.1").is_ok());

    live.close();
    assert!(live.enter("192.0.2.1").is_err());
    assert!(live.listen(&coming).is_err());
}

#[test]
fn one_network_cannot_take_the_places_of_all_others() {
    let live = Live::new(1000, Arc::default());
    let mut places: Vec<_> = (0..OF_ONE_NETWORK_MOST)
        .map(|_| live.enter("192.0.2.1").expect("a place"))
        .collect();

    let refused = live.enter("192.0.2.1").err().expect("one too many");

    assert_eq!(
        (refused.kind, refused.code, refused.retry_after_seconds),
        (Kind::Unavailable, "busy", Some(15))
    );
    assert!(live.enter("198.51.100.1").is_ok());
    places.pop();
    assert!(live.enter("192.0.2.1").is_ok());
}

//! The floor of the World Assembly over real HTTP, on the demonstration (R79–R81): who may speak, who comes next, points of
//! order, motions; what is done twice or by two at once; and what is told while it goes on.

use std::thread;

use hemicycle::demo::DemoMoment;
use serde_json::{Value, json};
use tests::{Answer, Client, EventStream, Site};

use crate::deliberation::{Hands, be, items, session, version};

const EDITION: &str = "/api/v1/editions/durban-2019";
/// Those whose network stands for them, in the order in which they ask.
const ENDORSED: [&str; 4] = ["council", "arrears", "committee", "partner"];

/// The World Assembly while it sits, with the floor open on a topic.
struct Hall {
    site: Site,
    chair: Hands,
    organiser: Hands,
    session: String,
    floor: String,
}

impl Hall {
    fn open() -> Self {
        let site = Site::demonstration(DemoMoment::Live);
        let organiser = Hands::of(be(&site, "organiser"));
        let chair = Hands::of(be(&site, "chair"));
        let session = session(&organiser, "WA-01");
        let world = format!("/api/v1/world-assemblies/{session}");
        let opening = json!({ "title": { "en": "Who speaks for cities" } });
        let floors = format!("/api/v1/sessions/{session}/floors");
        let early = chair.post(&floors, None, &opening);
        assert_eq!(
            (early.status, early.code().as_str()),
            (409, "world_assembly_not_open")
        );
        let seen = version(&chair.get(&world));
        chair
            .post(&format!("{world}/opening"), seen, &json!({}))
            .expect(200);
        let opened = chair.post(&floors, None, &opening).expect(201).json();
        let mut hall = Self {
            floor: text(&opened["id"]),
            site,
            chair,
            organiser,
            session,
        };
        hall.endorse();
        hall
    }

    /// Each asks a network of the Task Force, and it answers.
    fn endorse(&mut self) {
        let consents = self
            .organiser
            .get(&format!("/api/v1/world-assemblies/{}/consents", self.session));
        let network = items(&consents)[0]["network"].clone();
        for who in ENDORSED {
            let asked = self.as_(who).post(
                &format!("{EDITION}/me/endorsement"),
                None,
                &json!({ "network": network }),
            );
            let asked = asked.expect(201).json();
            let at = format!("/api/v1/endorsements/{}/answer", text(&asked["id"]));
            self.organiser
                .post(&at, version(&asked), &json!({ "endorsed": true }))
                .expect(200);
        }
    }

    fn as_(&self, persona: &str) -> Hands {
        Hands::of(be(&self.site, persona))
    }

    fn path(&self, act: &str) -> String {
        format!("/api/v1/floors/{}/{act}", self.floor)
    }

    fn view_of(&self, hands: &Hands) -> Value {
        hands.get(&format!("/api/v1/sessions/{}/floor", self.session))
    }

    fn view(&self) -> Value {
        self.view_of(&self.chair)
    }

    fn ask(&self, hands: &Hands, kind: &str) -> Answer {
        hands.post(&self.path("requests"), None, &json!({ "kind": kind }))
    }

    fn statement(&self, who: &str) -> String {
        text(&self.ask(&self.as_(who), "statement").expect(201).json()["id"])
    }

    /// The chair calls the next, seeing who has the floor.
    fn call(&self) -> Answer {
        let view = self.view();
        let seen = json!({ "ending": view["floor"]["current"]["id"], "start": true });
        self.chair.post(&self.path("call"), None, &seen)
    }

    fn of_request(&self, id: &str, act: &str, body: &Value) -> Answer {
        self.chair
            .post(&format!("/api/v1/speaker-requests/{id}/{act}"), None, body)
    }

    fn queue(&self) -> Vec<String> {
        ids(&self.view()["floor"]["queue"])
    }

    fn current(&self) -> String {
        text(&self.view()["floor"]["current"]["id"])
    }
}

fn text(of: &Value) -> String {
    of.as_str().unwrap_or_default().to_owned()
}

fn ids(list: &Value) -> Vec<String> {
    let all = list.as_array().into_iter().flatten();
    all.map(|own| text(&own["id"])).collect()
}

fn refused(answer: &Answer) -> (u16, String) {
    (answer.status, answer.code())
}

fn conflict(code: &str) -> (u16, String) {
    (409, code.to_owned())
}

#[test]
fn r79_r70_the_endorsed_have_the_floor_once_each_and_a_closed_list_takes_replies_and_points_of_order_alone() {
    let hall = Hall::open();
    let (nobody, observer) = (Hands::of(hall.site.nobody()), hall.as_("individual"));
    let first = hall.as_("council");

    // Who may speak, and who is told why not; everybody follows.
    assert_eq!(hall.ask(&nobody, "statement").status, 401);
    assert_eq!(
        refused(&hall.ask(&observer, "statement")),
        (403, "not_endorsed".into())
    );
    assert_eq!(
        refused(&hall.ask(&hall.chair, "statement")),
        (403, "not_endorsed".into())
    );
    let you = &hall.view_of(&observer)["you"];
    assert_eq!(
        (&you["may_speak"], &you["why_not"], &you["chairs"]),
        (&json!(false), &json!("not_endorsed"), &json!(false))
    );
    assert_eq!(
        hall.view_of(&nobody)["floor"]["title"]["en"],
        "Who speaks for cities"
    );

    // Once each, in the order of asking; nobody jumps the queue.
    let council = text(&hall.ask(&first, "statement").expect(201).json()["id"]);
    assert_eq!(refused(&hall.ask(&first, "statement")), conflict("already_asked"));
    let arrears = hall.statement("arrears");
    assert_eq!(hall.queue(), [council.clone(), arrears.clone()]);
    let second = hall.as_("arrears");
    for (act, body) in [
        ("place", json!({ "reason": "I am in a hurry." })),
        ("call", json!({ "reason": "I am in a hurry." })),
        ("start", json!({})),
        ("removal", json!({ "reason": "They talk too long." })),
    ] {
        let at = format!("/api/v1/speaker-requests/{arrears}/{act}");
        assert_eq!(second.post(&at, None, &body).status, 403, "{act}");
    }
    let others = format!("/api/v1/speaker-requests/{council}/withdrawal");
    assert_eq!(second.post(&others, None, &json!({})).status, 403);
    assert_eq!(second.post(&hall.path("call"), None, &json!({})).status, 403);
    let you = &hall.view_of(&second)["you"]["requests"][0];
    assert_eq!((&you["place"], &you["kind"]), (&json!(2), &json!("statement")));
    assert_eq!(hall.view()["floor"]["queue"][1]["why"], "in_order");

    // Whoever withdraws and asks again stands at the end.
    first.post(&others, None, &json!({})).expect(200);
    let again = hall.statement("council");
    assert_eq!(hall.queue(), [arrears.clone(), again.clone()]);
    // The chair may change the order, with a reason that all read.
    let bare = hall.of_request(&again, "place", &json!({}));
    assert_eq!(bare.status, 422, "{}", bare.text());
    hall.of_request(&again, "place", &json!({ "reason": "They leave at noon." }))
        .expect(200);
    let line = &hall.view_of(&nobody)["floor"]["queue"][0];
    assert_eq!(
        (&line["why"], &line["reason"]),
        (&json!("by_chair"), &json!("They leave at noon."))
    );

    // A closed list.
    hall.chair
        .post(&hall.path("list-closing"), None, &json!({}))
        .expect(200);
    let late = hall.as_("committee");
    assert_eq!(
        refused(&hall.ask(&late, "statement")),
        conflict("speakers_list_closed")
    );
    hall.ask(&late, "right_of_reply").expect(201);
    hall.ask(&late, "point_of_order").expect(201);
    hall.chair
        .post(&hall.path("list-opening"), None, &json!({}))
        .expect(200);
    hall.ask(&late, "statement").expect(201);

    // With the World Assembly suspended nobody is called; with it the floor is closed.
    let world = format!("/api/v1/world-assemblies/{}", hall.session);
    let seen = version(&hall.chair.get(&world));
    hall.chair
        .post(&format!("{world}/suspension"), seen, &json!({}))
        .expect(200);
    assert_eq!(refused(&hall.call()), conflict("floor_paused"));
    let resumed = hall.chair.post(&hall.path("resumption"), None, &json!({}));
    assert_eq!(refused(&resumed), conflict("world_assembly_not_open"));
}

#[test]
fn r80_a_point_of_order_is_served_next_ruled_on_and_appealed_and_the_queue_goes_on_unchanged() {
    let hall = Hall::open();
    let queued: Vec<String> = ["council", "arrears", "committee"]
        .map(|who| hall.statement(who))
        .into();
    hall.call().expect(200);
    assert_eq!(hall.current(), queued[0]);
    let waiting = hall.queue();
    assert_eq!(waiting, queued[1..]);

    let objector = hall.as_("partner");
    let point = text(&hall.ask(&objector, "point_of_order").expect(201).json()["id"]);
    assert_eq!(hall.view()["floor"]["next"], json!(point));
    assert_eq!(hall.view()["floor"]["queue"][0]["why"], "point_of_order");
    hall.call().expect(200);
    assert_eq!(hall.current(), point);
    // Until it is ruled on nothing else goes on.
    assert_eq!(refused(&hall.call()), conflict("point_not_ruled"));
    let own = objector.post(
        &format!("/api/v1/speaker-requests/{point}/ruling"),
        None,
        &json!({ "finding": "well_taken" }),
    );
    assert_eq!(own.status, 403);
    let ruling = hall.of_request(
        &point,
        "ruling",
        &json!({ "finding": "not_well_taken", "words": "The item is in order." }),
    );
    let ruling = text(&ruling.expect(201).json()["id"]);
    assert_eq!(
        hall.current(),
        queued[0],
        "who was interrupted has the floor again"
    );

    // The appeal opens a vote at once.
    let appeal = format!("/api/v1/floor-rulings/{ruling}/appeal");
    let observer = hall.as_("individual");
    assert_eq!(
        refused(&observer.post(&appeal, None, &json!({}))),
        (403, "not_endorsed".into())
    );
    objector.post(&appeal, None, &json!({})).expect(200);
    assert_eq!(refused(&hall.call()), conflict("appeal_open"));
    let count = json!({ "votes_for": 12, "votes_against": 30, "abstentions": 4 });
    let vote = format!("/api/v1/floor-rulings/{ruling}/vote");
    assert_eq!(objector.post(&vote, None, &count).status, 403);
    let decided = hall.chair.post(&vote, None, &count).expect(200).json();
    assert_eq!((&decided["state"], &decided["count"]), (&json!("upheld"), &count));
    let given = &hall.view()["floor"]["rulings"][0];
    assert_eq!(given["words"], "The item is in order.");
    assert_eq!(hall.queue(), waiting, "the list is as it was");
    hall.call().expect(200);
    assert_eq!(hall.current(), queued[1]);
}

#[test]
fn r81_motions_are_taken_by_precedence_and_a_third_supporter_is_refused() {
    let hall = Hall::open();
    hall.statement("council");
    let moves = |who: &str, kind: &str| {
        let moved = hall
            .as_(who)
            .post(&hall.path("motions"), None, &json!({ "kind": kind }));
        text(&moved.expect(201).json()["id"])
    };
    let observer = hall.as_("individual");
    let refusal = observer.post(&hall.path("motions"), None, &json!({ "kind": "close_debate" }));
    assert_eq!(refused(&refusal), (403, "not_endorsed".into()));

    let close = moves("arrears", "close_debate");
    let adjourn = moves("council", "adjourn_debate");
    assert_eq!(refused(&hall.call()), conflict("motion_pending"));
    let hands = json!({ "votes_for": 3, "votes_against": 20 });
    let put = |motion: &str| {
        let at = format!("/api/v1/procedural-motions/{motion}/vote");
        hall.chair.post(&at, None, &hands)
    };
    assert_eq!(refused(&put(&close)), conflict("motion_waits"));
    let side = |who: &str, kind: &str| {
        let body = json!({ "kind": kind, "motion": adjourn });
        hall.as_(who).post(&hall.path("requests"), None, &body)
    };
    assert_eq!(
        refused(&side("council", "for_motion")),
        conflict("mover_has_spoken")
    );
    side("arrears", "for_motion").expect(201);
    side("committee", "for_motion").expect(201);
    assert_eq!(
        refused(&side("partner", "for_motion")),
        conflict("motion_speakers_full")
    );
    assert_eq!(put(&adjourn).expect(200).json()["state"], "lost");
    // Its mover takes the other back, and nobody else does.
    let at = format!("/api/v1/procedural-motions/{close}/withdrawal");
    assert_eq!(hall.as_("council").post(&at, None, &json!({})).status, 403);
    hall.as_("arrears").post(&at, None, &json!({})).expect(200);
    hall.call().expect(200);
}

#[test]
fn what_is_sent_twice_is_done_once_and_two_calls_at_once_give_the_floor_to_one() {
    let hall = Hall::open();
    let council = hall.statement("council");
    let arrears = hall.statement("arrears");

    // The same key, the same answer, one act.
    let seen = json!({ "ending": null, "start": true });
    let once = |client: &Client| client.post_once(&hall.path("call"), "one call", &seen);
    let first = once(&hall.chair.client).expect(200);
    let replayed = once(&hall.chair.client).expect(200);
    assert_eq!(first.json(), replayed.json());
    assert_eq!(replayed.header("idempotent-replayed"), "true");
    assert_eq!(
        (hall.current(), hall.queue()),
        (council.clone(), vec![arrears.clone()])
    );
    let asks = be(&hall.site, "partner");
    let body = json!({ "kind": "statement" });
    let asked = asks
        .post_once(&hall.path("requests"), "one wish", &body)
        .expect(201);
    let again = asks
        .post_once(&hall.path("requests"), "one wish", &body)
        .expect(201);
    assert_eq!(asked.json(), again.json());

    // Two who chair call at once, seeing the same.
    let seen = json!({ "ending": council, "start": true });
    let calls: Vec<(u16, String)> = thread::scope(|scope| {
        let call = |client: Client, key: &'static str| {
            let (path, seen) = (hall.path("call"), &seen);
            scope.spawn(move || refused(&client.post_once(&path, key, seen)))
        };
        let both = [
            call(be(&hall.site, "chair"), "chair"),
            call(be(&hall.site, "organiser"), "desk"),
        ];
        both.map(|one| one.join().expect("answered")).into()
    });
    let done = calls.iter().filter(|(status, _)| *status == 200).count();
    assert_eq!(done, 1, "{calls:?}");
    assert!(calls.contains(&conflict("floor_moved_on")), "{calls:?}");
    assert_eq!(hall.current(), arrears);
    assert_eq!(hall.queue().len(), 1);
}

#[test]
fn r79_who_follows_is_told_of_a_change_and_nobody_hears_of_a_floor_they_may_not_know() {
    let hall = Hall::open();
    let at = format!("/api/v1/sessions/{}/floor", hall.session);
    let mut anybody = EventStream::begun(hall.site.address(), &format!("{at}/events"), &[]);
    let tag = hall.site.nobody().get(&at).header("etag").to_owned();
    let unchanged = [("if-none-match", tag.as_str())];
    assert_eq!(hall.site.nobody().send("GET", &at, &unchanged, None).status, 304);

    let asked = hall.statement("council");
    let event = anybody.event().expect("told");
    assert_eq!(event.name, "floor.changed");
    assert_eq!(event.data["floor"], json!(hall.floor));
    let view = hall.view_of(&Hands::of(hall.site.nobody()));
    assert_eq!(view["floor"]["digest"], event.data["digest"]);
    assert_eq!(ids(&view["floor"]["queue"]), [asked]);
    assert_ne!(hall.site.nobody().send("GET", &at, &unchanged, None).status, 304);

    // Whoever was away is told how it is by now, once, whatever happened meanwhile.
    drop(anybody);
    hall.call().expect(200);
    hall.statement("arrears");
    let back = [("last-event-id", event.id.as_str())];
    let mut anybody = EventStream::begun(hall.site.address(), &format!("{at}/events"), &back);
    let caught = anybody.event().expect("caught up");
    let seen = hall.view();
    assert_eq!(caught.data["version"], seen["floor"]["version"]);
    let asks = |after: &str| {
        let path = format!("{at}/events?after={after}");
        let json = [("accept", "application/json")];
        hall.site
            .nobody()
            .send("GET", &path, &json, None)
            .expect(200)
            .json()
    };
    assert_eq!(asks(&caught.id)["changed"], Value::Null);
    assert_eq!(asks(&event.id)["changed"]["version"], seen["floor"]["version"]);
    // Nothing that is told names anybody.
    assert!(!anybody.said.contains("name"), "{}", anybody.said);

    // Of what one may not know, the one 404; of what never has a floor, that.
    let nothing = "/api/v1/sessions/01890000-0000-7000-8000-000000000000/floor";
    let absent = hall.site.nobody().get(nothing);
    let hidden = items(&hall.organiser.get(&format!("{EDITION}/sessions?limit=200")))
        .into_iter()
        .map(|own| text(&own["id"]))
        .find(|id| hall.site.nobody().get(&format!("/api/v1/sessions/{id}")).status == 404);
    if let Some(hidden) = hidden {
        for rest in ["", "/events"] {
            let there = hall
                .site
                .nobody()
                .get(&format!("/api/v1/sessions/{hidden}/floor{rest}"));
            assert_eq!((there.status, there.code()), (404, absent.code()), "{rest}");
        }
    }
    let general = session(&hall.organiser, "ST-04");
    let other = hall
        .organiser
        .client
        .get(&format!("/api/v1/sessions/{general}/floor"));
    assert_eq!((other.status, other.code().as_str()), (422, "no_floor_here"));
}

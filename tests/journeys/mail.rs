//! Letters leave through a real mail server: one brings somebody in, one waits until the server is back, one is refused.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use access_rules::Role;
use kernel::Moment;
use serde_json::{Value, json};
use tests::{Client, Site, Somebody, note, root, wait_for};

/// A mail server on 127.0.0.1 that prints its port, then each letter as a line of JSON, and knows no `nobody@…`.
const SERVER: &str = r"
const { SMTPServer } = require('smtp-server');
const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(address, session, done) {
        if (!address.address.startsWith('nobody@')) return done();
        const refusal = new Error('5.1.1 no mailbox of that name');
        refusal.responseCode = 550;
        done(refusal);
    },
    onData(stream, session, done) {
        const parts = [];
        stream.on('data', part => parts.push(part));
        stream.on('end', () => {
            const to = session.envelope.rcptTo.map(one => one.address);
            console.log(JSON.stringify({ to, text: Buffer.concat(parts).toString('utf8') }));
            done();
        });
    },
});
server.listen(Number(process.argv[1]), '127.0.0.1', () => console.log(server.server.address().port));
";
/// How long to wait for what happens at once, on a machine that is busy.
const SOON: Duration = Duration::from_secs(30);

/// The mail server; gone when dropped.
struct Peer {
    child: Child,
    said: BufReader<ChildStdout>,
    port: String,
}

impl Peer {
    /// Starts one on a port, `0` for any; none, with a word about it, where it is not installed.
    fn start(port: &str) -> Option<Self> {
        let modules = root().join("tests/browser/node_modules");
        if !modules.join("smtp-server").is_dir() {
            note("tests/browser/node_modules has no smtp-server: not tested");
            return None;
        }
        let spawned = Command::new("node")
            .args(["-e", SERVER, port])
            .env("NODE_PATH", modules)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut child) = spawned else {
            note("no node: not tested");
            return None;
        };
        let stdout = child.stdout.take().expect("piped");
        let mut peer = Self {
            child,
            said: BufReader::new(stdout),
            port: String::new(),
        };
        peer.port = peer.line();
        Some(peer)
    }

    /// The letter it took next: to whom, and its text.
    fn letter(&mut self) -> (String, String) {
        let letter: Value = serde_json::from_str(&self.line()).expect("a letter");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&letter["to"][0]), text(&letter["text"]))
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("it speaks");
        line.trim().to_owned()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A site that sends by this server, and the browser of somebody at its desk.
fn site(peer: &Peer) -> (Site, Client) {
    let settings = [
        ("mail.transport", "smtp".to_owned()),
        ("mail.host", "127.0.0.1".to_owned()),
        ("mail.port", peer.port.clone()),
        ("mail.security", "none".to_owned()),
    ];
    let (site, cookie) = Site::with_settings(&settings, |conn| {
        Somebody::new(conn, "organiser")
            .appointed(conn, Role::Secretariat)
            .cookie
    });
    let desk = site.browser(&cookie);
    (site, desk)
}

fn ask_code(client: &Client, key: &str, email: &str) {
    client
        .post_once("/api/v1/sign-in/codes", key, &json!({ "email": email }))
        .expect(202);
}

/// The code in a letter's subject.
fn code(text: &str) -> String {
    let subject = text.lines().find_map(|line| line.strip_prefix("Subject: "));
    let digits = subject.unwrap_or_default().chars();
    digits.take_while(char::is_ascii_digit).collect()
}

/// The letter to an address as the outbox has it, once it is as asked.
fn in_outbox(desk: &Client, email: &str, state: &str, attempts: i64) -> Value {
    wait_for(&format!("the letter to {email} to be {state}"), SOON, || {
        let letter = desk
            .get(&format!("/api/v1/letters?text={email}"))
            .expect(200)
            .json()["items"][0]
            .clone();
        (letter["state"] == state && letter["attempts"] == attempts).then_some(letter)
    })
}

#[test]
fn a_code_that_came_by_mail_signs_in_once() {
    let Some(mut peer) = Peer::start("0") else { return };
    let (site, desk) = site(&peer);
    let client = site.nobody();
    let email = "amina@congress.example";
    ask_code(&client, "a-letter", email);

    let (to, text) = peer.letter();
    let code = code(&text);
    assert_eq!((to.as_str(), code.len()), (email, 6), "{text}");
    let input = json!({ "email": email, "code": code });
    client.post("/api/v1/sign-in", &input).expect(200);
    client.get("/api/v1/me").expect(200);

    let again = site.nobody().post("/api/v1/sign-in", &input).expect(422);
    assert_eq!(again.code(), "wrong_code", "a code is good once");
    let letter = in_outbox(&desk, email, "sent", 1);
    let kept = desk.get(&format!(
        "/api/v1/letters/{}",
        letter["id"].as_str().unwrap_or_default()
    ));
    assert!(
        !kept.expect(200).text().contains(&code),
        "the outbox keeps no code"
    );
}

#[test]
fn a_letter_waits_until_the_mail_server_is_back() {
    let Some(peer) = Peer::start("0") else { return };
    let (site, desk) = site(&peer);
    let port = peer.port.clone();
    drop(peer);
    let client = site.nobody();
    let email = "bello@congress.example";
    ask_code(&client, "while-it-is-down", email);

    let waiting = in_outbox(&desk, email, "waiting", 1);
    assert_ne!(waiting["last_error"], Value::Null);
    let next: Moment = serde_json::from_value(waiting["next_try_at"].clone()).expect("another try");
    assert!(
        next > Moment::now() && next < Moment::now().plus_minutes(2),
        "{waiting}"
    );

    let Some(mut peer) = Peer::start(&port) else {
        return;
    };
    // Whoever mended the server need not wait for the next try: held and let go, the letter's turn is now.
    let hold = format!(
        "/api/v1/letters/{}/hold",
        waiting["id"].as_str().unwrap_or_default()
    );
    desk.send("PUT", &hold, &[], None).expect(204);
    desk.send("DELETE", &hold, &[], None).expect(204);
    let (to, text) = peer.letter();
    assert_eq!(to, email);
    let sent = in_outbox(&desk, email, "sent", 1);
    assert_eq!(sent["last_error"], Value::Null);
    let input = json!({ "email": email, "code": code(&text) });
    client.post("/api/v1/sign-in", &input).expect(200);
}

#[test]
fn a_letter_the_mail_server_refuses_for_good_says_why() {
    let Some(mut peer) = Peer::start("0") else { return };
    let (site, desk) = site(&peer);
    let client = site.nobody();
    let email = "nobody@congress.example";
    ask_code(&client, "to-nobody", email);

    let failed = in_outbox(&desk, email, "failed", 1);
    let why = failed["last_error"].as_str().unwrap_or_default();
    assert!(why.contains("no mailbox of that name"), "{why}");
    assert_eq!(failed["next_try_at"], Value::Null);

    ask_code(&client, "to-somebody", "chen@congress.example");
    assert_eq!(
        peer.letter().0,
        "chen@congress.example",
        "the next letter leaves all the same"
    );
}

//! The flow with a provider driven by hand: it answers whatever a test makes it answer.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Language, Moment};
use people::providers::{Asked, Brought, BrowserSecret, Protocol as _, Proved, Provider};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use url::Url;

use crate::{flow::OpenId, settings};

const CLIENT: &str = "hemicycle";
const REDIRECT: &str = "https://congress.example/oidc/city";

/// A provider on a port of its own. It ends with the test's process.
struct House {
    issuer: String,
    says: Arc<Mutex<Says>>,
}

/// What it says, as a test has it.
struct Says {
    metadata: Value,
    keys: Value,
    /// The answer to a code: status and body; made anew for each test.
    token: (u16, Value),
    userinfo: Value,
    /// What came to the token endpoint.
    forms: Vec<String>,
}

impl House {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("bound"));
        let metadata = json!({
            "issuer": issuer, "authorization_endpoint": format!("{issuer}/auth"),
            "token_endpoint": format!("{issuer}/token"), "userinfo_endpoint": format!("{issuer}/me"),
            "jwks_uri": format!("{issuer}/keys"), "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["ES256"],
            "authorization_response_iss_parameter_supported": true,
        });
        let says = Arc::new(Mutex::new(Says {
            metadata,
            keys: json!({ "keys": [] }),
            token: (500, json!({})),
            userinfo: json!({ "sub": "u-1" }),
            forms: vec![],
        }));
        let told = Arc::clone(&says);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut reader = BufReader::new(stream);
                let mut line = String::new();
                reader.read_line(&mut line).ok();
                let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
                let mut length = 0;
                loop {
                    let mut header = String::new();
                    reader.read_line(&mut header).ok();
                    if let Some(value) = header.to_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap_or(0);
                    }
                    if header.trim().is_empty() {
                        break;
                    }
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).ok();
                let mut says = told.lock().expect("not poisoned");
                let (status, answer) = match path.as_str() {
                    "/.well-known/openid-configuration" => (200, says.metadata.clone()),
                    "/keys" => (200, says.keys.clone()),
                    "/me" => (200, says.userinfo.clone()),
                    "/token" => {
                        says.forms.push(String::from_utf8_lossy(&body).into_owned());
                        says.token.clone()
                    }
                    _ => (404, json!({})),
                };
                let answer = answer.to_string();
                write!(
                    reader.into_inner(),
                    "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}",
                    answer.len()
                )
                .ok();
            }
        });
        Self { issuer, says }
    }

    fn provider(&self) -> Provider {
        settings::parse(&self.file(), &BTreeMap::new(), no_file)
            .expect("good settings")
            .remove(0)
            .provider
    }

    fn file(&self) -> String {
        format!(
            "[[provider]]\nkey = \"city\"\nissuer = \"{}\"\nclient_id = \"{CLIENT}\"\nclient_secret = \"hush\"\n\
             label = {{ en = \"City\", fr = \"Ville\", es = \"Ciudad\" }}\n",
            self.issuer
        )
    }

    fn flow(&self) -> OpenId {
        OpenId::new(settings::parse(&self.file(), &BTreeMap::new(), no_file).expect("good settings"))
    }

    fn says(&self, change: impl FnOnce(&mut Says)) {
        change(&mut self.says.lock().expect("not poisoned"));
    }

    /// Answers the code with an ID token of these claims, signed by this key.
    fn gives(&self, key: &Key, claims: &Value) {
        let token = key.sign(&json!({ "alg": "ES256", "typ": "JWT", "kid": key.name }), claims);
        self.gives_token(&token);
    }

    fn gives_token(&self, token: &str) {
        let body =
            json!({ "access_token": "opaque", "token_type": "Bearer", "expires_in": 60, "id_token": token });
        self.says(|says| says.token = (200, body));
    }

    /// What an honest ID token says.
    fn claims(&self, asked: &Asked) -> Value {
        let now = Moment::now().micros() / 1_000_000;
        json!({
            "iss": self.issuer, "sub": "u-1", "aud": CLIENT, "exp": now + 60, "iat": now,
            "nonce": asked.secret.nonce(), "email": "ana@city.example", "email_verified": true,
        })
    }

    fn brought(&self, asked: &Asked) -> Brought {
        Brought {
            code: "code".into(),
            state: asked.secret.state(),
            iss: Some(self.issuer.clone()),
            error: None,
        }
    }
}

/// A key to sign with.
struct Key {
    name: &'static str,
    pair: EcdsaKeyPair,
}

impl Key {
    fn draw(name: &'static str) -> Self {
        let chance = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &chance).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &chance);
        Self {
            name,
            pair: pair.expect("a key"),
        }
    }

    fn shown(&self) -> Value {
        let point = &self.pair.public_key().as_ref()[1..];
        json!({ "keys": [{
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.name,
            "x": URL_SAFE_NO_PAD.encode(&point[..32]), "y": URL_SAFE_NO_PAD.encode(&point[32..]),
        }] })
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = self
            .pair
            .sign(&SystemRandom::new(), signed.as_bytes())
            .expect("signed");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }
}

fn asked() -> Asked {
    Asked {
        redirect: REDIRECT.into(),
        language: Language::Fr,
        secret: BrowserSecret::draw(),
    }
}

fn no_file(_: &str) -> std::io::Result<String> {
    Err(std::io::Error::other("no file"))
}

/// A house with one key, an honest answer ready, and the flow to it.
fn honest() -> (House, Key, Asked, OpenId) {
    let house = House::open();
    let key = Key::draw("one");
    house.says(|says| says.keys = key.shown());
    let asked = asked();
    house.gives(&key, &house.claims(&asked));
    let flow = house.flow();
    (house, key, asked, flow)
}

fn code_of(flow: &OpenId, house: &House, asked: &Asked, brought: &Brought) -> &'static str {
    flow.prove(&house.provider(), asked, brought)
        .expect_err("refused")
        .code
}

#[test]
fn a_browser_is_sent_with_state_nonce_and_challenge_and_its_code_is_exchanged_with_the_verifier() {
    let (house, _, asked, flow) = honest();

    let address = flow.address(&house.provider(), &asked).expect("an address");
    let proved = flow.prove(&house.provider(), &asked, &house.brought(&asked));

    let address: Url = address.parse().expect("an address");
    let sent: BTreeMap<String, String> = address.query_pairs().into_owned().collect();
    assert_eq!(sent["response_type"], "code");
    assert_eq!(sent["redirect_uri"], REDIRECT);
    assert_eq!(sent["state"], asked.secret.state());
    assert_eq!(sent["nonce"], asked.secret.nonce());
    assert_eq!(sent["code_challenge_method"], "S256");
    assert_eq!(sent["scope"], "openid email");
    assert_eq!(sent["ui_locales"], "fr");
    assert!(!address.as_str().contains(&asked.secret.verifier()));
    let expected = Proved {
        issuer: house.issuer.clone(),
        subject: "u-1".into(),
        email: Some("ana@city.example".into()),
        is_email_verified: true,
        had_second_factor: false,
    };
    assert_eq!(proved.expect("proved"), expected);
    let form = house.says.lock().expect("not poisoned").forms.join("");
    assert!(
        form.contains(&format!("code_verifier={}", asked.secret.verifier())),
        "{form}"
    );
}

#[test]
fn a_token_that_is_not_for_us_and_for_this_browser_proves_nobody() {
    let (house, key, asked, flow) = honest();
    let changes: [(&str, Value); 6] = [
        ("nonce", json!("another")),
        ("nonce", Value::Null),
        ("aud", json!("another-client")),
        ("aud", json!([CLIENT, "another-client"])),
        ("iss", json!("https://evil.example")),
        ("exp", json!(1)),
    ];
    for (claim, value) in changes {
        let mut claims = house.claims(&asked);
        claims[claim] = value.clone();
        house.gives(&key, &claims);

        let code = code_of(&flow, &house, &asked, &house.brought(&asked));

        assert_eq!(code, "oidc_not_proved", "{claim} = {value}");
    }
}

#[test]
fn a_token_the_provider_has_not_signed_proves_nobody() {
    let (house, key, asked, flow) = honest();
    let claims = house.claims(&asked);
    let stranger = Key::draw("one");
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let by_stranger = stranger.sign(&json!({ "alg": "ES256", "kid": "one" }), &claims);
    let unsigned = format!("{}.{}.", part(&json!({ "alg": "none" })), part(&claims));
    let by_our_secret = key.sign(&json!({ "alg": "HS256" }), &claims);
    let mut cut = key.sign(&json!({ "alg": "ES256", "kid": "one" }), &claims);
    cut.truncate(cut.len() - 4);
    for token in [by_stranger, unsigned, by_our_secret, cut] {
        house.gives_token(&token);

        let code = code_of(&flow, &house, &asked, &house.brought(&asked));

        assert_eq!(code, "oidc_not_proved", "{token}");
    }
}

#[test]
fn an_answer_of_another_issuer_or_of_none_is_refused_before_the_code_goes_anywhere() {
    let (house, _, asked, flow) = honest();
    for iss in [Some("https://evil.example".to_owned()), None] {
        let brought = Brought {
            iss,
            ..house.brought(&asked)
        };

        assert_eq!(code_of(&flow, &house, &asked, &brought), "oidc_mixed_up");
    }
    assert!(house.says.lock().expect("not poisoned").forms.is_empty());
}

#[test]
fn a_refusal_there_is_told_for_what_it_is() {
    let (house, _, asked, flow) = honest();
    for (error, code) in [
        ("access_denied", "oidc_denied"),
        ("login_required", "oidc_refused_there"),
    ] {
        let brought = Brought {
            error: Some(error.into()),
            ..house.brought(&asked)
        };

        assert_eq!(code_of(&flow, &house, &asked, &brought), code);
    }
    house.says(|says| says.token = (400, json!({ "error": "invalid_grant" })));
    let replayed = code_of(&flow, &house, &asked, &house.brought(&asked));
    assert_eq!(replayed, "oidc_not_proved");
}

#[test]
fn an_address_that_only_userinfo_tells_is_asked_for_and_must_be_of_the_same_subject() {
    let (house, key, asked, flow) = honest();
    let mut claims = house.claims(&asked);
    claims.as_object_mut().expect("an object").remove("email");
    claims["amr"] = json!(["pwd", "mfa"]);
    house.gives(&key, &claims);
    house.says(|says| {
        says.userinfo = json!({ "sub": "u-1", "email": "bo@city.example", "email_verified": false });
    });

    let proved = flow.prove(&house.provider(), &asked, &house.brought(&asked));
    house.says(|says| says.userinfo["sub"] = json!("u-2"));
    let of_another = code_of(&flow, &house, &asked, &house.brought(&asked));

    let proved = proved.expect("proved");
    assert_eq!(proved.email.as_deref(), Some("bo@city.example"));
    assert!(!proved.is_email_verified && proved.had_second_factor);
    assert_eq!(of_another, "oidc_not_proved");
}

#[test]
fn a_provider_that_does_not_answer_or_speaks_for_another_is_down() {
    let (house, _, asked, _) = honest();
    house.says(|says| says.metadata["issuer"] = json!("https://evil.example"));
    let lying = house.flow().address(&house.provider(), &asked);

    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr();
    let file = house
        .file()
        .replace(&house.issuer, &format!("http://{}", closed.expect("bound")));
    let known = settings::parse(&file, &BTreeMap::new(), no_file).expect("good settings");
    let provider = known[0].provider.clone();
    let silent = OpenId::new(known).address(&provider, &asked);

    assert_eq!(lying.expect_err("refused").code, "oidc_provider_down");
    assert_eq!(silent.expect_err("refused").code, "oidc_provider_down");
}

#[test]
fn a_provider_that_was_down_a_moment_ago_is_not_asked_again_at_each_click() {
    let (house, _, asked, _) = honest();
    let provider = house.provider();
    let flow = house.flow();
    house.says(|says| says.metadata["issuer"] = json!("https://evil.example"));
    let first = flow.address(&provider, &asked);

    house.says(|says| says.metadata["issuer"] = json!(house.issuer));
    let second = flow.address(&provider, &asked);

    assert_eq!(first.expect_err("refused").code, "oidc_provider_down");
    assert_eq!(second.expect_err("not asked").code, "oidc_provider_down");
    assert!(
        house.flow().address(&provider, &asked).is_ok(),
        "it would have answered"
    );
}

#[test]
fn an_authorization_address_without_tls_is_nowhere_to_send_anybody() {
    let (house, _, asked, _) = honest();
    house.says(|says| says.metadata["authorization_endpoint"] = json!("http://id.example/auth"));

    let refused = house.flow().address(&house.provider(), &asked);

    assert_eq!(refused.expect_err("refused").code, "oidc_provider_down");
}

#[test]
fn a_file_that_cannot_be_used_says_why_and_tells_no_secret() {
    let good = House::open().file();
    let cases = [
        (good.replace("\"city\"", "\"City\""), "key"),
        (good.replace("http://127.0.0.1", "http://id.example"), "issuer"),
        (good.replace("es = ", "de = "), "de"),
        (format!("{good}client_secret_file = \"/nowhere\"\n"), "/nowhere"),
        (format!("{good}{good}"), "twice"),
        (good.replace("client_secret", "secret"), "secret"),
        (good.replace("\"hush\"", "\"hush"), "string"),
    ];
    for (file, said) in cases {
        let refused = settings::parse(&file, &BTreeMap::new(), no_file)
            .err()
            .expect("refused");

        assert!(refused.contains(said), "{refused:?} lacks {said:?}");
        assert!(!refused.contains("hush"), "{refused}");
    }
    let twice = BTreeMap::from([("city".to_owned(), "more".to_owned())]);
    assert!(settings::parse(&good, &twice, no_file).is_err());
    let nobodys = BTreeMap::from([("town".to_owned(), "more".to_owned())]);
    assert!(settings::parse(&good, &nobodys, no_file).is_err());
}

//! What every request finds: the database, the clock, the words, the site's own settings.

use std::sync::{Arc, Mutex};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use db::{Conn, Database, Isolation};
use kernel::{Clock, Fault, Moment};
use records::model::Denial;
use tokio::sync::oneshot;

use crate::Words;

/// The settings of the edge; see `config/default.toml` for what each means.
#[derive(Clone, Debug)]
pub struct EdgeSettings {
    /// The address people type, without a trailing slash: `https://congress.example`.
    pub public_url: String,
    /// The site's name, as letters bear it.
    pub site_name: String,
    /// Addresses whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Largest body of JSON or form, in bytes.
    pub body_bytes_max: usize,
    /// Whether this is the demonstration: one-click personas, the demo strip.
    pub demo: bool,
    /// Whether there are OpenID providers to sign in with.
    pub has_providers: bool,
}

/// What every request finds. Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

struct Inner {
    db: Database,
    clock: Clock,
    words: Words,
    settings: EdgeSettings,
    secret: [u8; 32],
    denials: Mutex<Vec<Denial>>,
}

/// Bytes of chance before a veiled number.
const VEIL_NONCE: usize = 12;
/// Bytes after it that show that it is ours.
const VEIL_SEAL: usize = 10;
/// Denials kept back for one batch; beyond, the oldest wait no longer.
const DENIALS_MOST: usize = 10_000;

impl Site {
    /// Puts a site together. `secret` signs cursors and form tokens (`records::settings::secret`).
    pub fn new(db: Database, clock: Clock, settings: EdgeSettings, secret: [u8; 32]) -> Self {
        Self(Arc::new(Inner {
            db,
            clock,
            words: Words::embedded(),
            settings,
            secret,
            denials: Mutex::default(),
        }))
    }

    /// The database.
    pub fn db(&self) -> &Database {
        &self.0.db
    }

    /// The congress clock: what domain rules and pages go by.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The congress's present.
    pub fn now(&self) -> Moment {
        self.0.clock.now()
    }

    /// The words.
    pub fn words(&self) -> &Words {
        &self.0.words
    }

    /// The settings of the edge.
    pub fn settings(&self) -> &EdgeSettings {
        &self.0.settings
    }

    /// Whether cookies must go over TLS only.
    pub fn is_secure(&self) -> bool {
        self.0.settings.public_url.starts_with("https://")
    }

    /// A message authentication code over `parts`, for cursors and form tokens.
    pub fn sign(&self, purpose: &str, message: &str) -> String {
        URL_SAFE_NO_PAD.encode(&self.code_over(purpose, message.as_bytes())[..18])
    }

    fn code_over(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        use hmac::{KeyInit as _, Mac as _};
        let mut mac =
            hmac::Hmac::<sha2::Sha256>::new_from_slice(&self.0.secret).expect("any length of key will do");
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// A number as something only this site can read, another text each time: whoever is given two of them learns neither
    /// the numbers, nor whether they are the same, nor what lies between.
    pub fn veiled(&self, purpose: &str, number: i64) -> String {
        let nonce = kernel::secret::bytes::<VEIL_NONCE>();
        let mut veiled = nonce.to_vec();
        veiled.extend(number.to_be_bytes());
        self.mask(purpose, &mut veiled);
        let seal = self.code_over(&format!("{purpose} seal"), &veiled);
        veiled.extend(&seal[..VEIL_SEAL]);
        URL_SAFE_NO_PAD.encode(veiled)
    }

    /// The number behind a veil of ours; nothing for any other text.
    pub fn unveiled(&self, purpose: &str, text: &str) -> Option<i64> {
        use subtle::ConstantTimeEq as _;
        let mut bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        if bytes.len() != VEIL_NONCE + size_of::<i64>() + VEIL_SEAL {
            return None;
        }
        let seal = bytes.split_off(VEIL_NONCE + size_of::<i64>());
        let own = self.code_over(&format!("{purpose} seal"), &bytes);
        if !bool::from(own[..VEIL_SEAL].ct_eq(&seal)) {
            return None;
        }
        self.mask(purpose, &mut bytes);
        let number = bytes[VEIL_NONCE..].try_into().ok()?;
        Some(i64::from_be_bytes(number))
    }

    /// Covers the number that stands after the nonce, or uncovers it.
    fn mask(&self, purpose: &str, bytes: &mut [u8]) {
        let (nonce, number) = bytes.split_at_mut(VEIL_NONCE);
        let mask = self.code_over(&format!("{purpose} mask"), nonce);
        for (byte, mask) in number.iter_mut().zip(mask) {
            *byte ^= mask;
        }
    }

    /// Whether `signature` is ours, in constant time.
    pub fn signed(&self, purpose: &str, message: &str, signature: &str) -> bool {
        use subtle::ConstantTimeEq as _;
        self.sign(purpose, message)
            .as_bytes()
            .ct_eq(signature.as_bytes())
            .into()
    }

    /// Reads one snapshot off the serving thread.
    ///
    /// # Errors
    /// What `run` answers, or that the database is busy or away.
    pub async fn read<T: Send + 'static>(
        &self,
        name: &'static str,
        run: impl Fn(&mut Conn) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (send, receive) = oneshot::channel();
        self.db()
            .submit_read(name, run, move |answer| drop(send.send(answer)));
        receive
            .await
            .unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
    }

    /// Writes durably off the serving thread. `run` may be run again: it must have no effect but rows.
    ///
    /// # Errors
    /// What `run` answers, or that the database is busy or away.
    pub async fn write<T: Send + 'static>(
        &self,
        name: &'static str,
        run: impl Fn(&mut Conn) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (send, receive) = oneshot::channel();
        self.db()
            .submit_write(name, Isolation::Guarded, run, move |answer| {
                drop(send.send(answer))
            });
        receive
            .await
            .unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
    }

    /// Keeps a denial for the next batch (R20).
    pub(crate) fn keep_denial(&self, denial: Denial) {
        let mut kept = self
            .0
            .denials
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if kept.len() < DENIALS_MOST {
            kept.push(denial);
        }
    }

    /// Writes the denials kept so far, and waits; called every second and at the end, never on a thread that serves.
    ///
    /// # Errors
    /// When the database refuses; the denials are kept for the next time.
    pub fn flush_denials(&self) -> Result<usize, Fault> {
        let kept = std::mem::take(
            &mut *self
                .0
                .denials
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        );
        if kept.is_empty() {
            return Ok(0);
        }
        let count = kept.len();
        let rows = Arc::new(kept);
        let written = Arc::clone(&rows);
        let answer = self
            .db()
            .write("denials", move |conn| records::denials::append(conn, &written));
        if answer.is_err() {
            let mut back = self
                .0
                .denials
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            back.extend(rows.iter().cloned());
        }
        answer.map(|()| count)
    }
}

//! Passwords: optional, hashed by argon2id with a salt each, on two threads of their own.
//!
//! A hash costs 19 MiB and some hundredths of a second; a bounded queue before two threads bounds both, whoever asks.
//! Nothing here touches the database: hashing stays outside of every transaction (architecture §5).

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError, mpsc},
};

use access_rules::AccountId;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use kernel::{Email, Fault, Fields, secret};
use serde::Deserialize;
use subtle::ConstantTimeEq as _;

use crate::{rules, threads::Threads};

/// Length of a salt and of a hash, in bytes.
const SALT: usize = 16;
const HASH: usize = 32;
/// Most memory a stored hash may ask for, in KiB, whatever it says.
const MEMORY_MOST_KIB: u32 = 256 * 1024;
/// A block of memory larger than this the allocator of Linux gives back at once, in KiB (glibc's `M_MMAP_THRESHOLD` grows to
/// 32 MiB): so much is reserved and only what is needed touched, or an idle server would keep two hashes' memory.
const RESERVED_KIB: usize = 33 * 1024;

/// A password as typed: never printed, never compared.
#[derive(Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = Password)]
pub struct Password(String);

/// A new password's hash: made by [`Hasher::hash`] alone, after it was found good enough.
#[derive(Clone, PartialEq, Eq)]
pub struct Hashed(String);

/// What a typed password is to be compared with; of an unknown account nothing, and that takes as long.
#[derive(Clone)]
pub struct Challenge {
    pub(crate) account: Option<AccountId>,
    pub(crate) email: Email,
    pub(crate) hash: Option<String>,
}

/// A challenge with its answer: made by [`Hasher::verify`] alone.
#[derive(Clone)]
pub struct Answered {
    pub(crate) challenge: Challenge,
    pub(crate) is_right: bool,
}

/// How costly hashing is, and how much of it may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hashing {
    /// Memory of one hash, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Threads that hash.
    pub threads: usize,
    /// Passwords that may wait; beyond, the answer is `busy`.
    pub queue: usize,
}

impl Hashing {
    /// The parameters OWASP asks for: 19 MiB, two passes, one lane; on two threads.
    pub const fn owasp() -> Self {
        Self {
            memory_kib: 19 * 1024,
            passes: 2,
            threads: 2,
            queue: 64,
        }
    }

    /// As cheap as argon2 goes, for tests and the demonstration's own people.
    pub const fn cheap() -> Self {
        Self {
            memory_kib: 8,
            passes: 1,
            threads: 1,
            queue: 64,
        }
    }
}

/// The threads that hash. Cheap to clone; they end when the last clone goes.
#[derive(Clone)]
pub struct Hasher {
    hashing: Hashing,
    threads: Threads,
    /// What is compared when there is no account or no password.
    dummy: Arc<str>,
}

impl Hasher {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the parameters are none argon2 takes, or no thread can be started.
    pub fn start(hashing: Hashing) -> Result<Self, Fault> {
        let threads =
            Threads::start("passwords", hashing.threads.max(1), hashing.queue).map_err(Fault::internal)?;
        let dummy = phc(&hashing, &secret::token())?.into();
        Ok(Self {
            hashing,
            threads,
            dummy,
        })
    }

    /// Checks and hashes a new password, beside the field `password`; `reply` gets the hash, on a thread of ours, so it
    /// must be quick.
    pub fn submit_hash(
        &self,
        password: Password,
        email: Option<Email>,
        reply: impl FnOnce(Result<Hashed, Fault>) + Send + 'static,
    ) {
        if let Err(fault) = password.check(email.as_ref()) {
            return reply(Err(fault));
        }
        let hashing = self.hashing;
        self.submit(reply, move || phc(&hashing, &password.0).map(Hashed));
    }

    /// Compares a password with what was challenged; takes as long when there is nothing to compare it with.
    pub fn submit_verify(
        &self,
        password: Password,
        challenge: Challenge,
        reply: impl FnOnce(Result<Answered, Fault>) + Send + 'static,
    ) {
        let dummy = Arc::clone(&self.dummy);
        self.submit(reply, move || {
            let against = challenge.hash.as_deref().unwrap_or(&dummy);
            let is_right = matches(against, &password.0)? && challenge.hash.is_some();
            Ok(Answered { challenge, is_right })
        });
    }

    /// [`Self::submit_hash`], waiting for the answer; for commands and tests.
    ///
    /// # Errors
    /// `invalid` when it is too short, too long or too common; `busy`.
    pub fn hash(&self, password: Password, email: Option<Email>) -> Result<Hashed, Fault> {
        let (send, receive) = mpsc::sync_channel(1);
        self.submit_hash(password, email, move |answer| drop(send.send(answer)));
        receive
            .recv()
            .unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
    }

    /// [`Self::submit_verify`], waiting for the answer; for commands and tests.
    ///
    /// # Errors
    /// `busy`.
    pub fn verify(&self, password: Password, challenge: Challenge) -> Result<Answered, Fault> {
        let (send, receive) = mpsc::sync_channel(1);
        self.submit_verify(password, challenge, move |answer| drop(send.send(answer)));
        receive
            .recv()
            .unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
    }

    fn submit<T: Send + 'static>(
        &self,
        reply: impl FnOnce(Result<T, Fault>) + Send + 'static,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) {
        // The reply is kept where both the task and, when the queue is full, we ourselves can take it.
        let reply = Arc::new(Mutex::new(Some(reply)));
        let answer = {
            let reply = Arc::clone(&reply);
            move |answer| {
                if let Some(reply) = reply.lock().unwrap_or_else(PoisonError::into_inner).take() {
                    reply(answer);
                }
            }
        };
        if !self.threads.take(move || answer(work()))
            && let Some(reply) = reply.lock().unwrap_or_else(PoisonError::into_inner).take()
        {
            reply(Err(Fault::unavailable("busy", 1)));
        }
    }
}

impl Password {
    /// A password that stands in a test or a command.
    pub fn new(typed: &str) -> Self {
        Self(typed.to_owned())
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it may be somebody's new password.
    ///
    /// # Errors
    /// `invalid`, beside the field `password`: `too_short`, `too_long`, `too_common`.
    pub fn check(&self, email: Option<&Email>) -> Result<(), Fault> {
        let mut fields = Fields::new();
        match rules::password_problem(&self.0, email) {
            Some("too_short") => fields.wrong_with("password", "too_short", "least", rules::PASSWORD_MIN),
            Some(code) => fields.wrong("password", code),
            None => {}
        }
        fields.done()
    }
}

impl Hashed {
    /// As it is kept (PHC string).
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}
impl fmt::Debug for Hashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashed(…)")
    }
}

/// The hash of a password with a new salt, as a PHC string.
fn phc(hashing: &Hashing, password: &str) -> Result<String, Fault> {
    let salt: [u8; SALT] = secret::bytes();
    let hash = argon2id(hashing.memory_kib, hashing.passes, password, &salt)?;
    Ok(format!(
        "$argon2id$v=19$m={},t={},p=1${}${}",
        hashing.memory_kib,
        hashing.passes,
        STANDARD_NO_PAD.encode(salt),
        STANDARD_NO_PAD.encode(hash)
    ))
}

/// Whether a password has this hash, by the cost it was made with.
fn matches(phc: &str, password: &str) -> Result<bool, Fault> {
    let (memory_kib, passes, salt, hash) =
        read(phc).ok_or_else(|| Fault::internal("a password's hash cannot be read"))?;
    // Longer ones were never taken; hashing them would only cost us.
    if password.len() > rules::PASSWORD_MAX_BYTES {
        return Ok(false);
    }
    let typed = argon2id(memory_kib, passes, password, &salt)?;
    Ok(typed.as_slice().ct_eq(&hash).into())
}

fn argon2id(memory_kib: u32, passes: u32, password: &str, salt: &[u8]) -> Result<[u8; HASH], Fault> {
    let params = Params::new(memory_kib, passes, 1, Some(HASH)).map_err(Fault::internal)?;
    let mut memory: Vec<Block> = Vec::new();
    memory
        .try_reserve_exact(RESERVED_KIB.max(params.block_count()))
        .map_err(|_| Fault::unavailable("busy", 1))?;
    memory.resize(params.block_count(), Block::new());
    let mut hash = [0; HASH];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(password.as_bytes(), salt, &mut hash, &mut memory)
        .map_err(Fault::internal)?;
    Ok(hash)
}

/// `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`
fn read(phc: &str) -> Option<(u32, u32, Vec<u8>, Vec<u8>)> {
    let rest = phc.strip_prefix("$argon2id$v=19$m=")?;
    let (memory, rest) = rest.split_once(",t=")?;
    let (passes, rest) = rest.split_once(",p=1$")?;
    let (salt, hash) = rest.split_once('$')?;
    let memory = memory.parse().ok().filter(|memory| *memory <= MEMORY_MOST_KIB)?;
    Some((
        memory,
        passes.parse().ok()?,
        STANDARD_NO_PAD.decode(salt).ok()?,
        STANDARD_NO_PAD.decode(hash).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenge(hash: Option<&Hashed>) -> Challenge {
        Challenge {
            account: None,
            email: "ana@example.org".parse().expect("an address"),
            hash: hash.map(|hash| hash.0.clone()),
        }
    }

    #[test]
    fn a_password_matches_its_hash_and_no_other_does() {
        let hasher = Hasher::start(Hashing::cheap()).expect("starts");
        let hash = hasher
            .hash(Password::new("correct horse battery"), None)
            .expect("good enough");

        let right = hasher.verify(Password::new("correct horse battery"), challenge(Some(&hash)));
        let wrong = hasher.verify(Password::new("correct horse batterY"), challenge(Some(&hash)));
        let absent = hasher.verify(Password::new("correct horse battery"), challenge(None));

        assert!(right.expect("compared").is_right);
        assert!(!wrong.expect("compared").is_right);
        assert!(!absent.expect("compared").is_right);
    }

    #[test]
    fn the_cost_is_what_owasp_asks_and_the_hash_says_so() {
        let hash = phc(&Hashing::owasp(), "correct horse battery").expect("hashed");

        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(matches(&hash, "correct horse battery").expect("compared"));
        assert_ne!(
            hash,
            phc(&Hashing::owasp(), "correct horse battery").expect("hashed")
        );
    }

    #[test]
    fn our_hashes_are_those_of_the_reference() {
        // From the test vectors of the reference implementation (argon2 -id -t 2 -k 65536 -p 1, "password", "somesalt").
        let reference =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assert!(matches(reference, "password").expect("compared"));
        assert!(!matches(reference, "Password").expect("compared"));
    }

    #[test]
    fn a_password_too_weak_is_refused_before_it_is_hashed() {
        let hasher = Hasher::start(Hashing::cheap()).expect("starts");

        let refused = hasher.hash(Password::new("short"), None).expect_err("refused");

        assert_eq!(refused.fields[0].code, "too_short");
        assert_eq!(refused.fields[0].field, "password");
    }

    #[test]
    fn a_full_queue_answers_busy_at_once() {
        let hasher = Hasher::start(Hashing {
            queue: 1,
            ..Hashing::cheap()
        })
        .expect("starts");
        let (hold, held) = mpsc::channel::<()>();
        let (begun, has_begun) = mpsc::channel::<()>();
        hasher.submit(
            |_: Result<(), Fault>| {},
            move || {
                begun.send(()).ok();
                held.recv().ok();
                Ok(())
            },
        );
        has_begun.recv().expect("the one thread is busy");
        hasher.submit(|_: Result<(), Fault>| {}, || Ok(()));

        let refused = hasher.hash(Password::new("correct horse battery"), None);

        assert_eq!(refused.expect_err("refused").code, "busy");
        hold.send(()).expect("the thread goes on");
    }

    #[test]
    fn a_password_is_never_printed() {
        assert_eq!(format!("{:?}", Password::new("geheim")), "Password(…)");
    }
}

//! An app for one-time codes, as somebody has it on their telephone.

use std::time::Duration;

use kernel::Moment;
use totp_rs::{Builder, Secret, Totp};

use crate::wait_for;

/// How long a code is shown, in seconds.
const STEP: u64 = 30;

/// The app, told one secret.
pub struct App {
    totp: Totp,
    next: u64,
}

impl App {
    /// Types a secret in, with the spaces it is shown with.
    ///
    /// # Panics
    /// When it is no base32.
    pub fn of(secret: &str) -> Self {
        let plain: String = secret.chars().filter(|c| !c.is_whitespace()).collect();
        let secret = Secret::try_from_base32(plain).expect("base32");
        let totp = Builder::new().with_secret(secret).build().expect("an app");
        Self { totp, next: 0 }
    }

    /// A code that is good now and was not given before: of this step, or of the one that comes, which is taken too. Who
    /// wants a third at once waits for it.
    ///
    /// # Panics
    /// When the machine's clock stands before 1970.
    pub fn code(&mut self) -> String {
        let now = || u64::try_from(Moment::now().micros() / 1_000_000).expect("after 1970") / STEP;
        let step = wait_for("the next code", Duration::from_secs(2 * STEP), || {
            let step = self.next.max(now());
            (step <= now() + 1).then_some(step)
        });
        self.next = step + 1;
        self.totp.generate(step * STEP).to_string()
    }
}

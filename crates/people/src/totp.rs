//! The codes an app shows (RFC 6238): SHA-1, six digits, thirty seconds, one step of drift either way. Pure: the secret
//! and the moment come in.

use kernel::{Fault, Moment};
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// Length of a secret, in bytes: what SHA-1 takes and RFC 4226 §4 asks.
pub(crate) const SECRET: usize = 20;
/// How long a code is shown, in seconds.
const STEP_SECONDS: u64 = 30;
/// What an app calls the site.
const ISSUER: &str = "Hemicycle";

/// The step whose code this is: the one of the moment, the one before or the one after.
pub(crate) fn step_of(secret: &[u8], typed: &str, now: Moment) -> Result<Option<i64>, Fault> {
    let digits: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let step = totp(secret)?.check(&digits, seconds(now));
    step.map(|step| i64::try_from(step).map_err(Fault::internal))
        .transpose()
}

/// The secret as one types it into an app: base32, in groups of four.
pub(crate) fn in_groups(secret: &[u8]) -> String {
    let text = base32(secret);
    let groups: Vec<&str> = (0..text.len())
        .step_by(4)
        .map(|at| &text[at..text.len().min(at + 4)])
        .collect();
    groups.join(" ")
}

/// The address an app reads from a picture.
pub(crate) fn address(secret: &[u8], email: &str) -> String {
    format!(
        "otpauth://totp/{ISSUER}:{}?secret={}&issuer={ISSUER}&algorithm=SHA1&digits=6&period={STEP_SECONDS}",
        escaped(email),
        base32(secret)
    )
}

fn totp(secret: &[u8]) -> Result<Totp, Fault> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(STEP_SECONDS)
        .with_secret(secret.to_vec())
        .build()
        .map_err(Fault::internal)
}

fn seconds(now: Moment) -> u64 {
    u64::try_from(now.micros().div_euclid(1_000_000)).unwrap_or(0)
}

/// RFC 4648 §6, without padding.
fn base32(secret: &[u8]) -> String {
    Secret::from(secret.to_vec()).to_base32()
}

fn escaped(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'@' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// The code an app shows, for tests.
#[cfg(test)]
pub(crate) fn shown(secret: &[u8], at: Moment) -> String {
    totp(secret).expect("a secret").generate(seconds(at)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RFC: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> Moment {
        Moment::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        // Appendix B, the last six of its eight digits.
        let table = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, code) in table {
            assert_eq!(shown(RFC, at(seconds)), code);
            assert_eq!(step_of(RFC, code, at(seconds)), Ok(Some(seconds / 30)));
        }
    }

    #[test]
    fn a_code_is_good_one_step_early_or_late_and_no_further() {
        let now = at(1_700_000_010);
        let own = 1_700_000_010 / 30;
        for (drift, found) in [
            (-2, None),
            (-1, Some(own - 1)),
            (0, Some(own)),
            (1, Some(own + 1)),
            (2, None),
        ] {
            let code = shown(RFC, now.plus_seconds(30 * drift));
            assert_eq!(step_of(RFC, &code, now), Ok(found), "{drift}");
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in ["", "28708", "2870822", "28708a", "٢٨٧٠٨٢", "287082; DROP TABLE"] {
            assert_eq!(step_of(RFC, typed, at(59)), Ok(None), "{typed:?}");
        }
        assert_eq!(step_of(RFC, " 287-082 ", at(59)), Ok(Some(1)));
    }

    #[test]
    fn the_secret_is_written_as_apps_read_it() {
        assert_eq!(in_groups(RFC), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            address(RFC, "ana+x@example.org"),
            "otpauth://totp/Hemicycle:ana%2Bx@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Hemicycle&algorithm=SHA1&digits=6&period=30"
        );
    }
}

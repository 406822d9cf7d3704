//! Decisions without a database: when a letter is tried again, what its id is, what is put in its placeholders.

use kernel::{Id, Moment};

use crate::model::{Letter, LetterState};

/// How long to wait after each failed try, in minutes: some three days in all.
const WAITS_MINUTES: &[i64] = &[1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60, 24 * 60];
/// A letter with a code is given up sooner: who asked for it asks again.
const WAITS_WITH_CODE_MINUTES: &[i64] = &[1, 5, 30];

/// Stands for the code in a letter that waits.
pub const CODE: &str = "[code]";
/// Stands for the site's public address.
pub const SITE: &str = "[site]";
/// Stands for the site's name.
pub const SITE_NAME: &str = "[site_name]";

/// When a letter is tried again after so many tries; never, when it was tried long enough.
pub fn next_try(now: Moment, attempts: i32, has_code: bool) -> Option<Moment> {
    let waits = if has_code {
        WAITS_WITH_CODE_MINUTES
    } else {
        WAITS_MINUTES
    };
    let index = usize::try_from(attempts.saturating_sub(1)).ok()?;
    waits.get(index).map(|minutes| now.plus_minutes(*minutes))
}

/// The Message-ID: the same for every try, so that a mail server can tell a letter sent twice after a crash. A letter
/// with a code has another code at each try, is another letter, and has another id.
pub fn message_id(id: Id<Letter>, attempts: i32, has_code: bool, domain: &str) -> String {
    if has_code && attempts > 1 {
        format!("<{id}.{attempts}@{domain}>")
    } else {
        format!("<{id}@{domain}>")
    }
}

/// A text with what is known only now.
pub fn fill(text: &str, site: &str, site_name: &str, code: Option<&str>) -> String {
    let text = text.replace(SITE_NAME, site_name).replace(SITE, site);
    match code {
        Some(code) => text.replace(CODE, code),
        None => text,
    }
}

/// Whether a refusal by this SMTP status is about the letter, and final. Refusals of our own credentials are not: the
/// letter is good, the settings are wrong, and somebody will mend them.
pub fn is_final(status: u16) -> bool {
    (500..600).contains(&status) && !matches!(status, 502..=504 | 530 | 534 | 535 | 538)
}

/// Whether a letter in this state can be brought to that one by hand.
pub const fn leads_to(from: LetterState, to: LetterState) -> bool {
    use LetterState::{Bounced, Cancelled, Failed, Held, Sending, Sent, Waiting};
    match (from, to) {
        (Waiting, Held | Cancelled)
        | (Held, Waiting | Cancelled)
        | (Failed, Waiting | Cancelled)
        | (Cancelled, Waiting)
        | (Sent, Bounced) => true,
        (Waiting | Held | Sending | Sent | Failed | Cancelled | Bounced, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_tried_for_three_days_and_one_with_a_code_for_half_an_hour() {
        let now = Moment::at("2026-11-22T10:00:00Z");
        let mut at = now;
        let mut tries = 1;
        while let Some(next) = next_try(at, tries, false) {
            at = next;
            tries += 1;
        }

        assert_eq!(next_try(now, 1, false), Some(now.plus_minutes(1)));
        assert_eq!(next_try(now, 2, false), Some(now.plus_minutes(5)));
        assert_eq!(tries, 9);
        assert!(at >= now.plus_days(2) && at <= now.plus_days(4));
        assert_eq!(next_try(now, 4, true), None);
    }

    #[test]
    fn a_letter_keeps_its_message_id_unless_its_code_is_another() {
        let id = Id::named("letter");

        assert_eq!(
            message_id(id, 1, false, "x.org"),
            message_id(id, 7, false, "x.org")
        );
        assert_ne!(message_id(id, 1, true, "x.org"), message_id(id, 2, true, "x.org"));
    }

    #[test]
    fn refused_letters_are_final_and_refused_settings_are_not() {
        for (status, is_about_the_letter) in
            [(550, true), (554, true), (451, false), (535, false), (530, false)]
        {
            assert_eq!(is_final(status), is_about_the_letter, "{status}");
        }
    }

    #[test]
    fn what_is_sent_is_not_called_back() {
        assert!(!leads_to(LetterState::Sent, LetterState::Cancelled));
        assert!(!leads_to(LetterState::Sending, LetterState::Held));
        assert!(leads_to(LetterState::Held, LetterState::Waiting));
    }
}

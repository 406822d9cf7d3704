//! Decisions without a database: names and their keys, how long a browser stays signed in, what a browser is called,
//! which role is held over what, which passwords are refused.

use access_rules::{Role, Scope};
use kernel::{Email, Moment, secret, text};

/// How long a code is good, in minutes (requirements §4.3, ASVS 6.5).
pub const CODE_MINUTES: i64 = 10;
/// How often a code may be tried.
pub const CODE_TRIES: i32 = 5;
/// Without use a browser stays signed in for so long, in minutes: seven days.
pub const IDLE_MINUTES: i64 = 7 * 24 * 60;
/// It stays signed in no longer than this, in days.
pub const SESSION_DAYS: i64 = 30;
/// The same for staff: half a day without use, in minutes,
pub const STAFF_IDLE_MINUTES: i64 = 12 * 60;
/// and three days in any case.
pub const STAFF_SESSION_DAYS: i64 = 3;
/// Somebody who proved who they are need not do so again for so long, in minutes.
pub const PROOF_MINUTES: i64 = 15;
/// For so long a sign-in waits for its second factor, in minutes,
pub const HALF_MINUTES: i64 = 10;
/// and may try so often.
pub const HALF_TRIES: i32 = 5;
/// For so long a secret shown in a browser waits for its first code, in minutes.
pub const DRAFT_MINUTES: i64 = 30;
/// A browser sent to a provider is expected back within so many minutes: long enough to find a password there.
pub const ATTEMPT_MINUTES: i64 = 20;
/// An identity waits for the owner of the account for so long, in minutes.
pub const OFFER_MINUTES: i64 = 30;
/// Browsers one network may send to providers in ten minutes: a venue full of people.
pub const ATTEMPTS_BY_NETWORK: (i64, i64) = (1000, 10 * 60);
/// Recovery codes made at a time.
pub const RECOVERY_CODES: usize = 10;

/// How coarsely the last use is kept, in seconds.
pub const SEEN_SECONDS: i64 = 60;

/// Longest life of a bearer token, in days.
pub const TOKEN_DAYS_MAX: i64 = 365;
/// Bearer tokens an account may have at a time.
pub const TOKENS_MAX: i64 = 20;

/// Shortest password, in characters (ASVS 6.2.1); 15 is advised.
pub const PASSWORD_MIN: usize = 8;
/// Longest password, in bytes: long enough for any passphrase, short enough to hash.
pub const PASSWORD_MAX_BYTES: usize = 1024;

/// The commonest passwords of eight characters and more, folded, one a line.
const COMMON: &str = include_str!("common_passwords.txt");

/// Given and family name as one line.
pub fn full_name(given: &str, family: &str) -> String {
    format!("{given} {family}").trim().to_owned()
}

/// By which persons are sorted: family name first.
pub fn name_sort(given: &str, family: &str) -> Vec<u8> {
    text::sort_key(full_name(family, given).as_str())
}

/// By which persons are found.
pub fn name_key(given: &str, family: &str) -> String {
    text::fold(&full_name(given, family))
}

/// How long a browser stays signed in: minutes without use, and the end in any case.
pub fn lifetime(now: Moment, is_staff: bool) -> (i64, Moment) {
    if is_staff {
        (STAFF_IDLE_MINUTES, now.plus_days(STAFF_SESSION_DAYS))
    } else {
        (IDLE_MINUTES, now.plus_days(SESSION_DAYS))
    }
}

/// What each form of a signed-in browser must send back: follows from its token, and does not tell it.
pub fn csrf(token: &str) -> String {
    hex::encode(secret::hash(&format!("csrf:{token}")))
}

/// The browser's family and system as its owner would say them: `Firefox, Linux`. The rest of the header is not kept.
pub fn browser_label(user_agent: &str) -> String {
    let named = |known: &[(&str, &'static str)]| {
        let found = known.iter().find(|(mark, _)| user_agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    // The order matters: each of these names those below it too.
    let family = named(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ]);
    let system = named(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (family, system) {
        (Some(family), Some(system)) => format!("{family}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "?".to_owned(),
    }
}

/// Whether holders of this role work for the congress: their sign-ins are shorter.
pub const fn is_staff(role: Role) -> bool {
    match role {
        Role::PlatformAdmin
        | Role::Secretariat
        | Role::Registrar
        | Role::CareDesk
        | Role::PressOfficer
        | Role::BadgeDesk
        | Role::Scanner
        | Role::ReturningOfficer => true,
        Role::SectionOfficer
        | Role::CommissionSecretariat
        | Role::ThemeLead
        | Role::Drafter
        | Role::SessionLead
        | Role::Rapporteur
        | Role::Chair
        | Role::Scrutineer
        | Role::Translator
        | Role::GtfConvener
        | Role::FocalPoint
        | Role::BodyMember
        | Role::Participant => false,
    }
}

/// Whether somebody is appointed to this role by hand, and not by a registration, a roster or an organisation's desk.
pub const fn is_by_hand(role: Role) -> bool {
    !matches!(
        role,
        Role::FocalPoint | Role::BodyMember | Role::Participant | Role::Drafter
    )
}

/// Whether holders of this role can be asked for a second factor.
pub const fn is_askable(role: Role) -> bool {
    !matches!(role, Role::Participant)
}

/// Whether the role is held over this kind of thing (R16: a role says nothing outside its scope).
pub const fn fits(role: Role, scope: &Scope) -> bool {
    match role {
        Role::PlatformAdmin => matches!(scope, Scope::Everywhere),
        Role::Secretariat => matches!(scope, Scope::Everywhere | Scope::Track(_)),
        Role::SectionOfficer => matches!(scope, Scope::Section(_)),
        Role::CommissionSecretariat | Role::BodyMember => matches!(scope, Scope::Body(_)),
        Role::ThemeLead => matches!(scope, Scope::Theme(_)),
        Role::Drafter => matches!(scope, Scope::Paper(_)),
        Role::Translator => matches!(scope, Scope::Everywhere | Scope::Edition(_) | Scope::Paper(_)),
        Role::SessionLead | Role::Rapporteur => matches!(scope, Scope::Session(_)),
        Role::Chair => matches!(scope, Scope::Session(_) | Scope::Body(_)),
        Role::ReturningOfficer | Role::Scrutineer => matches!(scope, Scope::Everywhere | Scope::Body(_)),
        Role::Registrar
        | Role::BadgeDesk
        | Role::Scanner
        | Role::PressOfficer
        | Role::CareDesk
        | Role::GtfConvener => matches!(scope, Scope::Everywhere | Scope::Edition(_)),
        Role::FocalPoint => matches!(scope, Scope::Organisation(_)),
        Role::Participant => matches!(scope, Scope::Edition(_)),
    }
}

/// Whether a way of signing in may go: another is left, which is a password, a proved address to send codes to, or another
/// identity.
pub fn may_unlink(has_password: bool, is_verified: bool, others: usize) -> bool {
    has_password || is_verified || others > 0
}

/// Whether an address belongs to one of these domains, or any will do. A domain is meant by itself, not with those below it.
pub fn is_of_domains(email: &Email, domains: &[String]) -> bool {
    let domain = email.as_str().rsplit('@').next().unwrap_or_default();
    domains.is_empty() || domains.iter().any(|allowed| allowed.eq_ignore_ascii_case(domain))
}

/// What is wrong with a new password, if anything (ASVS 6.2): too short, too long, or among the first an attacker
/// tries. Nothing is asked of its composition.
pub fn password_problem(password: &str, email: Option<&Email>) -> Option<&'static str> {
    if password.chars().count() < PASSWORD_MIN {
        return Some("too_short");
    }
    if password.len() > PASSWORD_MAX_BYTES {
        return Some("too_long");
    }
    let folded = text::same_name(password);
    let is_of_address = email.is_some_and(|email| {
        let key = text::same_name(email.as_str());
        let local = email.as_str().split('@').next().unwrap_or_default();
        folded == key || folded == text::same_name(local)
    });
    let mut characters = password.chars();
    let first = characters.next();
    let is_one_character = characters.all(|c| Some(c) == first);
    let lower = password.to_lowercase();
    let is_common = COMMON.lines().any(|common| common == lower || common == folded);
    (is_of_address || is_one_character || is_common).then_some("too_common")
}

#[cfg(test)]
mod tests {
    use kernel::Coded as _;

    use super::*;

    #[test]
    fn names_sort_by_family_name_and_people_of_one_name_have_a_place() {
        let mut names = [("Zoé", "Abara"), ("Ana", "Östberg"), ("Pelé", "")];
        names.sort_by_key(|(given, family)| name_sort(given, family));

        assert_eq!(names, [("Zoé", "Abara"), ("Ana", "Östberg"), ("Pelé", "")]);
        assert_eq!(full_name("Pelé", ""), "Pelé");
        assert_eq!(name_key("Ana", "Östberg"), "ana ostberg");
    }

    #[test]
    fn a_browser_is_called_by_family_and_system_alone() {
        let cases = [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox, Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
                "Safari, iPhone",
            ),
            ("curl/8.5.0", "curl"),
            ("<script>alert(1)</script>\r\nX: y", "?"),
        ];
        for (header, label) in cases {
            assert_eq!(browser_label(header), label);
        }
    }

    #[test]
    fn passwords_are_judged_by_length_and_by_how_many_others_use_them() {
        let email: Email = "ana.mayor@example.org".parse().expect("an address");
        let cases = [
            ("short", Some("too_short")),
            ("éèêëàâäü", None),
            ("Password1", Some("too_common")),
            ("12345678", Some("too_common")),
            ("aaaaaaaaaaaa", Some("too_common")),
            ("ana.mayor", Some("too_common")),
            ("correct horse battery staple", None),
            ("onlyletters but long", None),
        ];
        for (password, problem) in cases {
            assert_eq!(password_problem(password, Some(&email)), problem, "{password}");
        }
        assert_eq!(password_problem(&"long passphrase ".repeat(8), None), None);
        assert_eq!(password_problem(&"x y".repeat(1000), None), Some("too_long"));
    }

    #[test]
    fn every_common_password_is_refused_as_such() {
        for common in COMMON.lines() {
            assert_eq!(password_problem(common, None), Some("too_common"), "{common}");
        }
    }

    #[test]
    fn r16_every_role_is_held_over_something_and_none_over_everything_unasked() {
        use kernel::Id;
        let scopes = [
            Scope::Everywhere,
            Scope::Edition(Id::new()),
            Scope::Track("assembly".into()),
            Scope::Organisation(Id::new()),
            Scope::Body(Id::new()),
            Scope::Session(Id::new()),
            Scope::Theme(Id::new()),
            Scope::Section("africa".into()),
            Scope::Paper(Id::new()),
        ];
        for role in Role::ALL {
            let fitting = scopes.iter().filter(|scope| fits(*role, scope)).count();
            assert!((1..=3).contains(&fitting), "{role}");
        }
        assert!(!fits(Role::PlatformAdmin, &Scope::Track("assembly".into())));
    }
}

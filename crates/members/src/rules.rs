//! Decisions without a database: when two names are one, which steps a membership may take, what evidence weighs, what
//! is owed, and when networks would contain each other.

use access_rules::{Act, Actor, Object, OrganisationId};
use kernel::{Email, Moment, text};

use crate::model::{
    DuesState, Evidence, MembershipState, Organisation, OrganisationKind, OrganisationState, PositionState,
};

/// Longest acronym, in characters.
pub const ACRONYM_MAX: usize = 40;
/// Longest web address, in characters.
pub const SITE_MAX: usize = 300;
/// Words of a search beyond which the rest is passed over.
pub const WORDS_MAX: usize = 8;

/// Name, country and kind in one: two active organisations never share it. A city and a region of one name are two.
pub fn identity(name: &str, country: Option<&str>, kind: OrganisationKind) -> String {
    format!("{}|{}|{kind}", text::same_name(name), country.unwrap_or_default())
}

/// What a name looks like, without regard to spaces and punctuation: equal for « UCLG » in Latin and with a Cyrillic С.
pub fn skeleton(name: &str) -> String {
    text::skeleton(&text::same_name(name))
}

/// The words under which something is found, each after a space and each once.
pub fn search_key<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut key = String::new();
    let mut seen = std::collections::BTreeSet::new();
    for word in texts.into_iter().flat_map(words) {
        if seen.insert(word.clone()) {
            key.push(' ');
            key.push_str(&word);
        }
    }
    key
}

/// The words of a text, folded, cut at everything that is neither letter nor digit.
pub fn words(text: &str) -> Vec<String> {
    text::fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether it has a letter or a digit at all, so that it can be compared.
pub fn is_a_name(name: &str) -> bool {
    !text::same_name(name).is_empty()
}

/// A web address with its scheme, or nothing when it is none. What has another scheme than `http` and `https` is none.
pub fn site(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let rest = match typed.split_once("://") {
        Some((scheme, rest)) if ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) => rest,
        Some(_) => return None,
        None => typed,
    };
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`\\{}|^".contains(c);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_host = format!("x@{host}").parse::<Email>().is_ok();
    let scheme = if typed.to_ascii_lowercase().starts_with("http://") {
        "http"
    } else {
        "https"
    };
    (is_host && !rest.contains(odd) && typed.len() <= SITE_MAX).then(|| format!("{scheme}://{rest}"))
}

/// The domain of an organisation's addresses in lower case, or nothing when it is none or anybody can have an address there.
pub fn email_domain(typed: &str) -> Option<String> {
    let domain = typed.trim().trim_start_matches('@').to_lowercase();
    let is_domain = format!("x@{domain}").parse::<Email>().is_ok();
    (is_domain && !ANYBODYS.contains(&domain.as_str())).then_some(domain)
}

/// Domains in which anybody can have an address: they speak for nobody.
const ANYBODYS: &[&str] = &[
    "aol.com",
    "free.fr",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "laposte.net",
    "live.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "outlook.fr",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "wanadoo.fr",
    "yahoo.com",
    "yahoo.es",
    "yahoo.fr",
    "yandex.com",
    "yandex.ru",
    "163.com",
    "naver.com",
];

/// Whether this actor sees an organisation's record: everyone sees active ones, staff and its own people see all.
pub fn may_see(actor: &Actor, organisation: &Organisation, now: Moment) -> bool {
    organisation.state == OrganisationState::Active
        || is_desk(actor, now)
        || actor.organisations.contains(&organisation.id)
}

/// Whether this actor sees people and organisations beyond what they show themselves.
pub fn is_desk(actor: &Actor, now: Moment) -> bool {
    access_rules::decide(actor, Act::SeePeople, &Object::site(), now).allows()
}

/// Whether this actor sees what concerns an organisation alone: the desk, its people and its focal points.
pub fn is_inside(actor: &Actor, organisation: OrganisationId, now: Moment) -> bool {
    is_desk(actor, now)
        || actor.organisations.contains(&organisation)
        || actor.focal_point_of().any(|own| own == organisation)
}

/// The life of a membership (requirements §3.5): applied → approved → awaiting fee → active → in arrears ⇄ active →
/// suspended → (active or excluded); active → resigned. Everything else is refused.
pub fn leads_to(from: MembershipState, to: MembershipState) -> bool {
    use MembershipState::{Active, Applied, Approved, AwaitingFee, Excluded, InArrears, Resigned, Suspended};
    match from {
        Applied => to == Approved,
        Approved => to == AwaitingFee,
        AwaitingFee => to == Active,
        Active => matches!(to, InArrears | Suspended | Resigned),
        InArrears => to == Active,
        Suspended => matches!(to, Active | Excluded),
        Excluded | Resigned => false,
    }
}

/// Whether a membership in this state opens the members' door: active and in arrears (reading of R1).
pub const fn opens_door(state: MembershipState) -> bool {
    matches!(state, MembershipState::Active | MembershipState::InArrears)
}

/// Whether nothing comes after this state.
pub const fn is_final(state: MembershipState) -> bool {
    matches!(state, MembershipState::Excluded | MembershipState::Resigned)
}

/// The state entered last at `at` (R13). Steps in the order they were taken, each with the moment from which it holds.
pub fn state_at(steps: &[(Moment, MembershipState)], at: Moment) -> Option<MembershipState> {
    steps
        .iter()
        .take_while(|(from, _)| *from <= at)
        .last()
        .map(|(_, state)| *state)
}

/// Whether something that holds from `from` until `to` holds at `at`.
pub fn holds(from: Moment, to: Option<Moment>, at: Moment) -> bool {
    from <= at && to.is_none_or(|to| at < to)
}

/// The life of a position: requested → (confirmed or refused); either open one → ended.
pub fn position_leads_to(from: PositionState, to: PositionState) -> bool {
    use PositionState::{Confirmed, Ended, Refused, Requested};
    match from {
        Requested => matches!(to, Confirmed | Refused | Ended),
        Confirmed => to == Ended,
        Refused | Ended => false,
    }
}

/// What speaks for a position: the best of what there is.
pub fn evidence(is_contact: bool, has_document: bool, is_of_domain: bool) -> Evidence {
    if is_contact {
        Evidence::MemberRollContact
    } else if has_document {
        Evidence::Document
    } else if is_of_domain {
        Evidence::EmailDomain
    } else {
        Evidence::None
    }
}

/// The place of evidence in the queue: 1 is the strongest.
pub const fn strength(evidence: Evidence) -> i32 {
    match evidence {
        Evidence::MemberRollContact => 1,
        Evidence::Document => 2,
        Evidence::EmailDomain => 3,
        Evidence::None => 4,
    }
}

/// Whether staff may confirm it together with others; a domain alone never suffices, it wants a look of its own.
pub const fn suffices_in_bulk(evidence: Evidence) -> bool {
    matches!(evidence, Evidence::MemberRollContact | Evidence::Document)
}

/// The years from `first` to `last` for which a fee is still owed: neither paid in full nor waived. A member is in
/// arrears when any is owed up to the year before (R135, rules of procedure art. 36); this year's may still come.
pub fn years_owed(dues: &[(i32, DuesState)], first: i32, last: i32) -> Vec<i32> {
    let is_settled = |year: i32| {
        dues.iter()
            .any(|(of, state)| *of == year && matches!(state, DuesState::Paid | DuesState::Waived))
    };
    (first..=last).filter(|year| !is_settled(*year)).collect()
}

/// Whether a network would contain itself if `organisation` became a member of `network` (requirements §5.10, case 130).
/// `edges` are the memberships there are: (member, network).
pub fn closes_circle(
    edges: &[(OrganisationId, OrganisationId)],
    organisation: OrganisationId,
    network: OrganisationId,
) -> bool {
    let mut to_visit = vec![network];
    let mut visited = std::collections::BTreeSet::new();
    while let Some(next) = to_visit.pop() {
        if next == organisation {
            return true;
        }
        if visited.insert(next) {
            to_visit.extend(
                edges
                    .iter()
                    .filter(|(member, _)| *member == next)
                    .map(|(_, of)| *of),
            );
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use kernel::{Coded as _, Id};

    use super::*;
    use MembershipState::{Active, Applied, Approved, AwaitingFee, Excluded, InArrears, Resigned, Suspended};

    #[test]
    fn r259_names_that_look_alike_share_a_skeleton_and_spelling_makes_no_other_identity() {
        let city = OrganisationKind::City;
        assert_eq!(skeleton("UCLG"), skeleton("U\u{0421}LG"));
        assert_eq!(skeleton("Durban City"), skeleton("DurbanCity"));
        assert_eq!(
            identity("Ville d’Évry", Some("FR"), city),
            identity("VILLE D'EVRY", Some("FR"), city)
        );
        assert_ne!(
            identity("Córdoba", Some("ES"), city),
            identity("Córdoba", Some("AR"), city)
        );
        assert_ne!(
            identity("Córdoba", Some("AR"), city),
            identity("Córdoba", Some("AR"), OrganisationKind::Region)
        );
    }

    #[test]
    fn words_are_cut_at_apostrophes_and_dots_and_kept_once() {
        assert_eq!(
            search_key(["Ville d’Évry", "Evry (UCLG)", "C.G.L.U."]),
            " ville d evry uclg c g l u"
        );
    }

    #[test]
    fn a_membership_takes_the_steps_of_its_life_and_no_other() {
        let allowed = [
            (Applied, Approved),
            (Approved, AwaitingFee),
            (AwaitingFee, Active),
            (Active, InArrears),
            (InArrears, Active),
            (Active, Suspended),
            (Suspended, Active),
            (Suspended, Excluded),
            (Active, Resigned),
        ];
        for from in MembershipState::ALL {
            for to in MembershipState::ALL {
                assert_eq!(
                    leads_to(*from, *to),
                    allowed.contains(&(*from, *to)),
                    "{from} → {to}"
                );
            }
        }
    }

    #[test]
    fn r1_the_door_is_open_to_active_and_in_arrears_alone() {
        let open: Vec<_> = MembershipState::ALL
            .iter()
            .copied()
            .filter(|state| opens_door(*state))
            .collect();
        assert_eq!(open, [Active, InArrears]);
    }

    #[test]
    fn r13_the_state_of_a_moment_is_that_of_the_last_step_before_it() {
        let day = |text| Moment::at(text);
        let steps = [
            (day("2017-01-01T00:00Z"), Active),
            (day("2019-11-13T12:00Z"), Suspended),
        ];

        assert_eq!(state_at(&steps, day("2016-12-31T23:59Z")), None);
        assert_eq!(state_at(&steps, day("2019-11-13T11:59Z")), Some(Active));
        assert_eq!(state_at(&steps, day("2019-11-13T12:00Z")), Some(Suspended));
    }

    #[test]
    fn r135_a_year_is_owed_unless_paid_in_full_or_waived() {
        let dues = [
            (2016, DuesState::Paid),
            (2017, DuesState::Partial),
            (2018, DuesState::Waived),
        ];
        assert_eq!(years_owed(&dues, 2016, 2018), [2017]);
        assert_eq!(years_owed(&dues, 2016, 2019), [2017, 2019]);
        assert_eq!(years_owed(&dues, 2019, 2018), Vec::<i32>::new());
    }

    #[test]
    fn a_network_cannot_come_to_contain_itself() {
        let [a, b, c]: [OrganisationId; 3] = ["a", "b", "c"].map(Id::named);
        let edges = [(a, b), (b, c)];

        assert!(closes_circle(&edges, c, a));
        assert!(closes_circle(&[], a, a));
        assert!(!closes_circle(&edges, a, c));
    }

    #[test]
    fn addresses_of_sites_and_domains_are_read_and_tricks_are_not() {
        assert_eq!(
            site("www.durban.gov.za").as_deref(),
            Some("https://www.durban.gov.za")
        );
        assert_eq!(
            site("http://uclg.org/fr?x=1").as_deref(),
            Some("http://uclg.org/fr?x=1")
        );
        for bad in [
            "javascript:alert(1)",
            "ftp://x.org",
            "x",
            "https://a b.org",
            "https://x.org/\"><script>",
        ] {
            assert_eq!(site(bad), None, "{bad}");
        }
        assert_eq!(email_domain("@Durban.gov.ZA").as_deref(), Some("durban.gov.za"));
        assert_eq!(email_domain("gmail.com"), None);
        assert_eq!(email_domain("durban"), None);
    }
}

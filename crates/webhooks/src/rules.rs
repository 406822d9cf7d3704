//! Decisions without a database: which addresses may be told, and when a delivery is tried again.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use kernel::Moment;
use url::{Host, Url};

use crate::faults::WebhookFault;

/// Longest address, in characters.
pub const URL_MAX: usize = 500;
/// How long to wait after each failed try, in seconds: a little over three days in all.
const WAITS_SECONDS: &[i64] = &[
    5,
    5 * 60,
    30 * 60,
    2 * 3600,
    5 * 3600,
    10 * 3600,
    14 * 3600,
    20 * 3600,
    24 * 3600,
];

/// Which addresses may be told besides the public ones, and which may not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// Hosts of our own networks that may be told, over `http` too: `intranet.example`, `127.0.0.1:8080`.
    pub allowed_hosts: Vec<String>,
    /// Whether those alone may be told: in a demonstration, where everybody may be an organiser.
    pub only_allowed: bool,
    /// This site's own address.
    pub public_url: String,
}

impl Guard {
    /// Checks an address as far as it can be without asking who has its name.
    ///
    /// # Errors
    /// `webhook_not_an_address`, `webhook_not_https`, `webhook_address_private`, `webhook_own_site`.
    pub fn check(&self, address: &str) -> Result<Url, WebhookFault> {
        let url = Url::parse(address.trim()).map_err(|_| WebhookFault::NotAnAddress)?;
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        let Some(host) = url.host() else {
            return Err(WebhookFault::NotAnAddress);
        };
        if has_credentials || !["http", "https"].contains(&url.scheme()) {
            return Err(WebhookFault::NotAnAddress);
        }
        if self.is_own(&url) {
            return Err(WebhookFault::OwnSite);
        }
        if self.allows(&host.to_string(), url.port_or_known_default()) {
            return Ok(url);
        }
        let literal = match host {
            Host::Ipv4(address) => Some(IpAddr::V4(address)),
            Host::Ipv6(address) => Some(IpAddr::V6(address)),
            Host::Domain(_) => None,
        };
        if self.only_allowed || literal.is_some_and(|address| !is_public(address)) {
            return Err(WebhookFault::PrivateAddress);
        }
        match url.scheme() {
            "https" => Ok(url),
            _ => Err(WebhookFault::NotHttps),
        }
    }

    /// Whether the settings name a host, at any port or at this one.
    pub fn allows(&self, host: &str, port: Option<u16>) -> bool {
        let with_port = port.map(|port| format!("{host}:{port}"));
        self.allowed_hosts
            .iter()
            .any(|allowed| allowed == host || Some(allowed) == with_port.as_ref())
    }

    fn is_own(&self, url: &Url) -> bool {
        Url::parse(&self.public_url).is_ok_and(|own| {
            own.host() == url.host() && own.port_or_known_default() == url.port_or_known_default()
        })
    }
}

/// Whether an address belongs to the public internet: not to this machine, a private network, a link, a carrier, a
/// documentation or test range, a group; nor is one of those wrapped in IPv6 (RFC 6890 and the IANA registries).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 31, 196)
            | (192, 52, 193)
            | (192, 88, 99)
            | (192, 168, _)
            | (192, 175, 48)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=255, _, _)
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let wrapped = |high: u16, low: u16| {
        let [w, x] = high.to_be_bytes();
        let [y, z] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(w, x, y, z))
    };
    match (a, b) {
        // NAT64 by the well-known prefix (RFC 6052): the network translates it to the IPv4 address at its end.
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => wrapped(g, h),
        // 6to4 (RFC 3056).
        (0x2002, _) => wrapped(b, c),
        // Of the registry's protocols: Teredo, benchmarking, ORCHID, and what may follow.
        (0x2001, 0x0000..=0x01ff) => false,
        // Documentation.
        (0x2001, 0x0db8) | (0x3fff, 0x0000..=0x0fff) => false,
        // Mapped and compatible IPv4, this machine, unique local, link-local, groups: none is global unicast.
        _ => (0x2000..=0x3fff).contains(&a),
    }
}

/// When a delivery is tried again after so many tries; never, when it was tried long enough.
pub fn next_try(now: Moment, attempts: i32) -> Option<Moment> {
    let index = usize::try_from(attempts.saturating_sub(1)).ok()?;
    WAITS_SECONDS.get(index).map(|wait| now.plus_seconds(*wait))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// §5.6 case 62.
    #[test]
    fn case62_no_address_inside_a_network_is_public() {
        for inside in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::1",
            "2002:a9fe:a9fe::",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!is_public(inside.parse().expect("an address")), "{inside}");
        }
        for outside in [
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert!(is_public(outside.parse().expect("an address")), "{outside}");
        }
    }

    #[test]
    fn case62_addresses_are_read_as_a_client_reads_them() {
        let guard = Guard {
            allowed_hosts: vec!["intranet.example".into(), "127.0.0.1:8080".into()],
            only_allowed: false,
            public_url: "https://congress.example".into(),
        };
        let code = |address: &str| {
            guard
                .check(address)
                .map(drop)
                .map_err(|fault| kernel::Fault::from(fault).code)
        };

        for (address, met) in [
            ("https://hooks.example/in?x=1", Ok(())),
            ("http://intranet.example/", Ok(())),
            ("http://127.0.0.1:8080/", Ok(())),
            ("http://127.0.0.1:8081/", Err("webhook_address_private")),
            ("http://hooks.example/", Err("webhook_not_https")),
            ("https://0x7f000001/", Err("webhook_address_private")),
            ("https://2130706433/", Err("webhook_address_private")),
            ("https://127.1/", Err("webhook_address_private")),
            ("https://[::1]/", Err("webhook_address_private")),
            ("https://[::ffff:10.0.0.1]/", Err("webhook_address_private")),
            ("https://169.254.169.254/latest", Err("webhook_address_private")),
            ("https://CONGRESS.example:443/api", Err("webhook_own_site")),
            (
                "https://user:secret@hooks.example/",
                Err("webhook_not_an_address"),
            ),
            ("file:///etc/passwd", Err("webhook_not_an_address")),
            ("gopher://hooks.example/", Err("webhook_not_an_address")),
            ("hooks.example", Err("webhook_not_an_address")),
        ] {
            assert_eq!(code(address), met, "{address}");
        }
        let demo = Guard {
            only_allowed: true,
            ..guard.clone()
        };
        assert!(demo.check("https://hooks.example/").is_err());
        assert!(demo.check("http://intranet.example/").is_ok());
    }

    #[test]
    fn a_delivery_is_tried_for_three_days() {
        let now = Moment::at("2026-11-24T10:00:00Z");
        let mut at = now;
        let mut tries = 1;
        while let Some(next) = next_try(at, tries) {
            at = next;
            tries += 1;
        }

        assert_eq!(tries, 10);
        assert!(at >= now.plus_days(3) && at <= now.plus_days(4));
    }
}

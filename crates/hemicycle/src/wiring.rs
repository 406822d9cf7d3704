//! The house: which slices there are, and what they need of each other. The one place that knows them all.

use std::{collections::BTreeSet, sync::Arc};

use access_rules::EditionId;
use actix_kit::{EdgeSettings, Site, health::Counters};
use arc_swap::ArcSwap;
use db::{Conn, Database};
use kernel::{Clock, Coded as _, Email, Fault, Moment};
use mail::{
    sender::Sender,
    transport::{Letterhead, Security, SmtpSettings, Transport},
};
use people::{
    passwords::{Hasher, Hashing},
    providers::Providers,
};
use programme::{
    admission::Admissions,
    editions,
    links::Links,
    model::TrackKind,
    snapshot::{self, Snapshots},
};
use records::settings;
use registration::printing::Printer;

use crate::{commands::said, config::Config, demo::start::Start, front::Front};

/// Under which it is kept that a database is a demonstration's.
pub const DEMO: &str = "demo";
/// Under which the latest moment the congress clock showed is kept, in microseconds; only a demonstration has one.
pub const CLOCK_SHOWN: &str = "clock_shown_micros";
/// Under which it is kept by which rules of the world's zones the instants of sessions were derived.
pub const ZONE_RULES: &str = "zone_rules";
/// The data folder's part for stored files.
pub const FILES: &str = "files";
/// How long a mail server may take to answer, in seconds.
const SMTP_SECONDS: u64 = 30;
/// Passwords that may wait to be hashed.
const PASSWORDS_WAITING: usize = 64;

/// What a house is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A congress.
    Congress,
    /// The demonstration, whose clock shows this moment when it first opens.
    Demo {
        /// Not before this; a clock that was further already goes on from there.
        opens: Moment,
    },
}

/// Everything a server needs. Cheap to clone.
#[derive(Clone)]
pub struct House {
    /// What every request finds.
    pub site: Site,
    /// What is counted.
    pub counters: Arc<Counters>,
    /// The tracks' admissions.
    pub admissions: Arc<Admissions>,
    /// Stored files.
    pub files: files::Store,
    /// The threads that hash passwords.
    pub hasher: Hasher,
    /// The public programme.
    pub snapshots: Arc<Snapshots>,
    /// Which editions have decided something, as the public programme shows it.
    pub decided: Arc<Decided>,
    /// Who prints programmes and agendas.
    pub printer: Arc<Printer>,
    /// The public programme, ready to be answered.
    pub front: Front,
    /// Who is told of changes as they happen.
    pub live: api::live::Live,
    /// How letters leave.
    pub mail: MailSettings,
    /// Which other programs may be told what happens.
    pub webhooks: webhooks::rules::Guard,
    /// With which OpenID providers people may sign in.
    pub providers: Providers,
    /// What it is for.
    pub purpose: Purpose,
    /// How it began, where it can begin again.
    pub start: Option<Arc<Start>>,
}

/// The editions that have decided something.
pub type Decided = ArcSwap<BTreeSet<EditionId>>;

/// How letters leave; each worker makes its own sender of it.
#[derive(Clone)]
pub struct MailSettings {
    /// The mail server; none: letters wait, or are shown in the demonstration.
    pub smtp: Option<SmtpSettings>,
    /// Whether letters are shown on the outbox page instead.
    pub is_shown: bool,
    /// Who letters are from.
    pub letterhead: Letterhead,
}

/// Puts a house together on an open database.
///
/// # Errors
/// What stands in the way, for the operator.
pub fn house(config: &Config, database: Database, purpose: Purpose) -> Result<House, String> {
    let is_demo = matches!(purpose, Purpose::Demo { .. });
    let kept = database
        .write("start", move |conn| {
            let secret = settings::secret(conn)?;
            Ok((secret, settings::get::<bool>(conn, DEMO)?.unwrap_or(false)))
        })
        .map_err(said)?;
    let (secret, was_demo) = kept;
    if was_demo && !is_demo {
        return Err(
            "this is a demonstration's database: start it with `hemicycle demo`, or choose another folder"
                .into(),
        );
    }
    let clock = match purpose {
        Purpose::Congress => Clock::machine(),
        Purpose::Demo { opens } => {
            let shown = database
                .read("clock", |conn| settings::get::<i64>(conn, CLOCK_SHOWN))
                .map_err(said)?;
            Clock::showing(opens.max(Moment::from_micros(shown.unwrap_or(i64::MIN))))
        }
    };
    let public_url = config.public_url();
    let providers = providers(config)?;
    let edge = EdgeSettings {
        public_url: public_url.clone(),
        site_name: config.mail.from_name.clone(),
        trusted_proxies: config.server.trusted_proxies.clone(),
        body_bytes_max: config.server.body_kib_max * 1024,
        demo: is_demo,
        has_providers: !providers.all().is_empty(),
    };
    let front = Front::new(public_url.starts_with("https://"));
    let shown = front.clone();
    let decided: Arc<Decided> = Arc::default();
    let mut renderers = vec![snapshot::files(Links::below(&public_url))];
    if !is_demo {
        // In the demonstration every page bears its strip with the hour it shows.
        let known = Arc::clone(&decided);
        renderers.push(web::printed::renderer(move |edition| {
            known.load().contains(&edition)
        }));
    }
    let snapshots = Snapshots::new(renderers).watched(Box::new(move |snapshots| shown.show(snapshots)));
    let hashing = Hashing {
        memory_kib: config.passwords.memory_kib,
        passes: config.passwords.iterations,
        threads: 2,
        queue: PASSWORDS_WAITING,
    };
    let counters: Arc<Counters> = Arc::default();
    Ok(House {
        site: Site::new(database, clock, edge, secret),
        live: api::live::Live::new(config.server.listeners_max, Arc::clone(&counters)),
        counters,
        admissions: Arc::new(admissions()),
        files: files::Store::open(&config.data.dir.join(FILES)).map_err(said)?,
        hasher: Hasher::start(hashing).map_err(said)?,
        snapshots: Arc::new(snapshots),
        decided,
        printer: Arc::new(web::booklet::printer(Links::below(&public_url))),
        front,
        mail: mail_settings(config, is_demo)?,
        webhooks: webhook_guard(config, is_demo),
        providers,
        purpose,
        start: None,
    })
}

/// Every track's admission (R5, R10, R11, R62, R92): a track that is not here lets nothing in. Who reserves seats looks out
/// for rooms that are too small for them.
pub fn admissions() -> Admissions {
    Admissions::general_only()
        .with(TrackKind::Assembly, assembly::admission::AssemblyAdmission)
        .with(TrackKind::TownHall, town_hall::admission::TownHallAdmission)
        .with(
            TrackKind::Local4action,
            local4action::admission::Local4ActionAdmission,
        )
        .with(TrackKind::Statutory, statutory::admission::StatutoryAdmission)
        .watched_by(registration::lookout::ReservedSeats)
}

/// Which other programs may be told. In a demonstration, where everybody may be an organiser, those the settings name, and
/// one that is nowhere (RFC 2606), so that the page can be tried.
fn webhook_guard(config: &Config, is_demo: bool) -> webhooks::rules::Guard {
    let nowhere = is_demo.then(|| "hooks.example".to_owned());
    webhooks::rules::Guard {
        allowed_hosts: config
            .webhooks
            .allowed_hosts
            .iter()
            .cloned()
            .chain(nowhere)
            .collect(),
        only_allowed: is_demo,
        public_url: config.public_url(),
    }
}

/// With which OpenID providers people may sign in.
#[cfg(feature = "oidc")]
fn providers(config: &Config) -> Result<Providers, String> {
    let settings = &config.oidc;
    if settings.providers.as_os_str().is_empty() {
        return Ok(Providers::none());
    }
    let said = |why: String| format!("oidc.providers = {}: {why}", settings.providers.display());
    let text = std::fs::read_to_string(&settings.providers).map_err(|error| said(error.to_string()))?;
    let secrets = settings
        .secrets
        .iter()
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, secret)| (key.trim().to_owned(), secret.to_owned()))
        .collect();
    let known =
        openid::settings::parse(&text, &secrets, |path| std::fs::read_to_string(path)).map_err(&said)?;
    let all = known.iter().map(|known| known.provider.clone()).collect();
    Providers::start(all, openid::flow::OpenId::new(known)).map_err(|error| said(error.to_string()))
}

/// None: this program was built without them, and says so where they are asked for.
#[cfg(not(feature = "oidc"))]
fn providers(config: &Config) -> Result<Providers, String> {
    match config.oidc.providers.as_os_str().is_empty() {
        true => Ok(Providers::none()),
        false => {
            Err("oidc.providers: this program was built without OpenID Connect (the feature `oidc`)".into())
        }
    }
}

/// How letters leave by these settings.
///
/// # Errors
/// When the sender's address is none.
pub fn mail_settings(config: &Config, is_demo: bool) -> Result<MailSettings, String> {
    let settings = &config.mail;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let smtp = SmtpSettings {
        host: settings.host.clone(),
        port: Some(settings.port),
        security: Security::from_code(&settings.security).ok_or("mail.security is none of ours")?,
        user: some(&settings.user),
        password: some(&settings.password),
        timeout_seconds: SMTP_SECONDS,
    };
    let from: Email = settings
        .from
        .parse()
        .map_err(|_| "mail.from is no e-mail address")?;
    Ok(MailSettings {
        smtp: (settings.transport == "smtp" && !is_demo).then_some(smtp),
        is_shown: is_demo,
        letterhead: Letterhead {
            from,
            from_name: settings.from_name.clone(),
            reply_to: None,
            site_name: settings.from_name.clone(),
            public_url: config.public_url(),
        },
    })
}

impl MailSettings {
    /// A sender.
    ///
    /// # Errors
    /// `bad_mail_settings`.
    pub fn sender(&self) -> Result<Sender, Fault> {
        let transport = match &self.smtp {
            _ if self.is_shown => Transport::Shown,
            Some(smtp) => Transport::smtp(smtp)?,
            None => Transport::Held,
        };
        Ok(Sender::new(transport, self.letterhead.clone()))
    }
}

impl House {
    /// Brings the snapshots to what the database holds: renders what was released, and those of editions that decided
    /// something for the first time, forgets what was withdrawn. The worker does so all the time; whoever just released
    /// does so at once.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub fn refresh_snapshots(&self) -> Result<(), Fault> {
        let (snapshots, decided) = (Arc::clone(&self.snapshots), Arc::clone(&self.decided));
        self.site.db().read("snapshot", move |conn: &mut Conn| {
            for edition in newly_decided(conn, &decided)? {
                if let Some(edition) = editions::find(conn, edition)? {
                    snapshots.forget(&edition.slug);
                }
            }
            snapshots.refresh(conn)
        })?;
        let now = Moment::now();
        self.front.checked(now);
        self.counters.programme_asked(now);
        Ok(())
    }

    /// Makes the snapshots anew, whatever they held: the database was put back. Where that cannot be done now, they are
    /// forgotten, and the worker makes them.
    pub fn show_anew(&self) {
        let (snapshots, decided) = (Arc::clone(&self.snapshots), Arc::clone(&self.decided));
        let shown = self.site.db().read("snapshot anew", move |conn: &mut Conn| {
            newly_decided(conn, &decided)?;
            snapshots.begin_again(conn)
        });
        match shown {
            Ok(()) => self.front.checked(Moment::now()),
            Err(fault) => {
                tracing::warn!(%fault, "the programme is shown anew a little later");
                let slugs = self.snapshots.slugs();
                slugs.iter().for_each(|slug| self.snapshots.forget(slug));
            }
        }
    }
}

/// The editions of which it is known since now that they have decided something, or that they have not.
fn newly_decided(conn: &mut Conn, known: &Decided) -> Result<Vec<EditionId>, Fault> {
    let now: BTreeSet<EditionId> = outcomes::shown::editions(conn)?.into_iter().collect();
    let before = known.swap(Arc::new(now.clone()));
    Ok(before.symmetric_difference(&now).copied().collect())
}

//! The public programme as bytes: rendered once per release, then only handed out (architecture §6).
//!
//! Invariants: a snapshot holds what anybody may see and nothing else; whoever reads takes no lock; a file's ETag is
//! strong, so it differs between encodings; two releases with the same bytes have the same ETag. Knows no HTTP: `web` and
//! `api` register what they render, `actix-kit` sends it.

use std::{
    collections::HashMap,
    io::Write as _,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use access_rules::Actor;
use arc_swap::ArcSwap;
use db::Conn;
use kernel::{Coded as _, Fault, Language, Moment};
use records::settings;
use sha2::{Digest, Sha256};

use crate::{
    calendar::{self, Which},
    csv_export, editions,
    links::Links,
    listing,
    model::Edition,
    personal::NAMES_TAKEN_OUT,
    released::Programme,
    releases, schedule_json, schedule_xml,
};

/// Below this a compressed copy saves nothing, in bytes.
const WORTH_COMPRESSING: usize = 860;

/// One file a renderer made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Its name within the edition, unique: `en/programme.html`, `schedule.xml`.
    pub path: String,
    /// As in the Content-Type header.
    pub content_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Prints files of the public view it is given.
pub type Renderer = Box<dyn Fn(&Programme) -> Vec<Printed> + Send + Sync>;

/// A file's bytes in one encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// What is sent.
    pub bytes: Arc<[u8]>,
    /// Strong, with its quotes.
    pub etag: String,
}

/// A file, ready to be sent.
#[derive(Debug)]
pub struct Rendered {
    /// As in the Content-Type header.
    pub content_type: &'static str,
    /// When the release it is of came out.
    pub last_modified: Moment,
    /// As it is.
    pub identity: Variant,
    /// Gzipped; absent where that saves nothing.
    pub gzip: Option<Variant>,
    /// Brotli, filled in the background; absent until then and where it saves nothing.
    brotli: OnceLock<Option<Variant>>,
}

/// All public files of one release of one edition.
pub struct Snapshot {
    /// The view all this was rendered from, for filters and search.
    pub programme: Programme,
    files: HashMap<String, Rendered>,
}

/// Told of the snapshots of all editions, by slug, whenever one changed.
pub type Watch = Box<dyn Fn(&HashMap<String, Arc<Snapshot>>) + Send + Sync>;

/// The snapshot of each edition, by slug.
pub struct Snapshots {
    current: ArcSwap<HashMap<String, Arc<Snapshot>>>,
    renderers: Vec<Renderer>,
    watch: Option<Watch>,
    /// How often names had been taken out of releases when it was last looked; held while they are brought up to date.
    refreshing: Mutex<i64>,
}

impl Rendered {
    /// What to send to a client with this `Accept-Encoding`, and its `Content-Encoding`.
    pub fn best(&self, accept_encoding: &str) -> (&Variant, Option<&'static str>) {
        if let Some(brotli) = self.brotli()
            && accepts(accept_encoding, "br")
        {
            return (brotli, Some("br"));
        }
        match &self.gzip {
            Some(gzip) if accepts(accept_encoding, "gzip") => (gzip, Some("gzip")),
            _ => (&self.identity, None),
        }
    }

    /// The brotli copy, when it is made and saves something.
    pub fn brotli(&self) -> Option<&Variant> {
        self.brotli.get().and_then(Option::as_ref)
    }

    fn of(printed: Printed, last_modified: Moment) -> Self {
        let digest = Sha256::digest(&printed.bytes);
        let etag = |suffix: &str| {
            let hex: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
            format!("\"{hex}{suffix}\"")
        };
        let gzip = gzipped(&printed.bytes).map(|bytes| Variant {
            bytes: bytes.into(),
            etag: etag("-gzip"),
        });
        Self {
            content_type: printed.content_type,
            last_modified,
            identity: Variant {
                bytes: printed.bytes.into(),
                etag: etag(""),
            },
            gzip,
            brotli: OnceLock::new(),
        }
    }

    fn add_brotli(&self) {
        self.brotli.get_or_init(|| {
            let bytes = brotli_of(&self.identity.bytes)?;
            let plain = self.identity.etag.trim_matches('"');
            Some(Variant {
                bytes: bytes.into(),
                etag: format!("\"{plain}-br\""),
            })
        });
    }
}

impl Snapshot {
    /// The file of this name.
    pub fn file(&self, path: &str) -> Option<&Rendered> {
        self.files.get(path)
    }

    /// The names of all its files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The number of the release it is of.
    pub const fn release(&self) -> i64 {
        self.programme.release.number
    }

    fn of(programme: &Programme, renderers: &[Renderer]) -> Self {
        let public = programme.public().indexed();
        let printed = renderers.iter().flat_map(|render| render(&public));
        let at = public.release.at;
        let files = printed
            .map(|file| (file.path.clone(), Rendered::of(file, at)))
            .collect();
        Self {
            programme: public,
            files,
        }
    }
}

impl Snapshots {
    /// None yet; each will hold what these renderers print.
    pub fn new(renderers: Vec<Renderer>) -> Self {
        Self {
            current: ArcSwap::default(),
            renderers,
            watch: None,
            refreshing: Mutex::new(0),
        }
    }

    /// The same, telling `watch` of every change.
    pub fn watched(mut self, watch: Watch) -> Self {
        self.watch = Some(watch);
        self
    }

    /// The snapshot of an edition.
    pub fn get(&self, slug: &str) -> Option<Arc<Snapshot>> {
        self.current.load().get(slug).cloned()
    }

    /// Hands a file of an edition to `send`, without a lock and without a copy; nothing when there is no such file.
    pub fn with<T>(&self, slug: &str, path: &str, send: impl FnOnce(&Rendered) -> T) -> Option<T> {
        let current = self.current.load();
        current.get(slug)?.file(path).map(send)
    }

    /// The slugs it has snapshots of.
    pub fn slugs(&self) -> Vec<String> {
        self.current.load().keys().cloned().collect()
    }

    /// Whether the edition's snapshot is of another release than the one in force, or missing.
    pub fn is_behind(&self, slug: &str, release: i64) -> bool {
        self.current
            .load()
            .get(slug)
            .is_none_or(|held| held.release() != release)
    }

    /// Renders what anybody may see of a release and puts it in place of what was there; the brotli copies follow from a
    /// thread of their own, which gives up when the next release overtakes it. An older release never replaces a newer.
    pub fn put(&self, programme: &Programme) -> Arc<Snapshot> {
        let made = Arc::new(Snapshot::of(programme, &self.renderers));
        let slug = programme.edition.slug.clone();
        self.current.rcu(|current| {
            let mut next = HashMap::clone(current);
            let newer = next.get(&slug).is_some_and(|held| {
                held.release() > made.release() && held.programme.edition.id == made.programme.edition.id
            });
            if !newer {
                next.insert(slug.clone(), Arc::clone(&made));
            }
            next
        });
        self.tell();
        compress_later(&made);
        made
    }

    /// Brings all to what the database holds: renders the releases in force, forgets editions that are gone. Whoever
    /// released something calls it right after; the worker does again and again, for other nodes' releases.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn refresh(&self, conn: &mut Conn) -> Result<(), Fault> {
        // One at a time: rendering the same release twice at once is waste.
        let mut names_seen = self.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        let names_taken_out: i64 = settings::get(conn, NAMES_TAKEN_OUT)?.unwrap_or(0);
        let is_reprinted = *names_seen != names_taken_out;
        let released: Vec<Edition> = editions::list(conn, &Actor::nobody())?
            .into_iter()
            .filter(|edition| edition.live_release > 0)
            .collect();
        for edition in &released {
            if (is_reprinted || self.is_behind(&edition.slug, edition.live_release))
                && let Some(live) = releases::live(conn, edition.id)?
            {
                self.put(&live);
            }
        }
        for slug in self.slugs() {
            if !released.iter().any(|edition| edition.slug == slug) {
                self.forget(&slug);
            }
        }
        *names_seen = names_taken_out;
        Ok(())
    }

    /// Renders all anew whatever it held, in one step: what the database holds was put back, and an older release counts
    /// again.
    ///
    /// # Errors
    /// When the database refuses; then it goes on holding what it held.
    pub fn begin_again(&self, conn: &mut Conn) -> Result<(), Fault> {
        let _alone = self.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut made = HashMap::new();
        for edition in editions::list(conn, &Actor::nobody())? {
            if let Some(live) = releases::live(conn, edition.id)? {
                made.insert(edition.slug, Arc::new(Snapshot::of(&live, &self.renderers)));
            }
        }
        self.current.store(Arc::new(made));
        self.tell();
        self.current.load().values().for_each(compress_later);
        Ok(())
    }

    /// Takes an edition's snapshot away: it was withdrawn or renamed.
    pub fn forget(&self, slug: &str) {
        self.current.rcu(|current| {
            let mut next = HashMap::clone(current);
            next.remove(slug);
            next
        });
        self.tell();
    }

    fn tell(&self) {
        if let Some(watch) = &self.watch {
            watch(&self.current.load());
        }
    }
}

/// What the programme itself prints: `programme.json` ([`listing::ProgrammeListing`]), `schedule.xml`, `schedule.json`,
/// and in each language `<lang>/programme.ics`, `<lang>/programme.csv`, `<lang>/tracks/<code>.ics`, `<lang>/days/<day>.ics`.
pub fn files(links: Links) -> Renderer {
    Box::new(move |programme| {
        let json = serde_json::to_vec(&listing::of_programme(programme)).expect("a listing is JSON");
        let own = own_language(programme);
        let mut files = vec![
            printed("programme.json".into(), schedule_json::MEDIA_TYPE, json),
            printed(
                "schedule.xml".into(),
                schedule_xml::MEDIA_TYPE,
                schedule_xml::render(programme, own, &links),
            ),
            printed(
                "schedule.json".into(),
                schedule_json::MEDIA_TYPE,
                schedule_json::render(programme, own, &links),
            ),
        ];
        for language in Language::ALL {
            files.extend(files_in(programme, *language, &links));
        }
        files
    })
}

/// The language of files that come in one only: the first of the edition's that is one of ours.
pub fn own_language(programme: &Programme) -> Language {
    let tags = programme.edition.languages.iter();
    tags.filter_map(|tag| Language::from_code(tag))
        .next()
        .unwrap_or(Language::En)
}

fn files_in(programme: &Programme, language: Language, links: &Links) -> Vec<Printed> {
    let tag = language.code();
    let calendar = |path: String, which: &Which| {
        let bytes = calendar::render(programme, which, language, links);
        printed(path, calendar::MEDIA_TYPE, bytes)
    };
    let mut files = vec![
        calendar(format!("{tag}/programme.ics"), &Which::Whole),
        printed(
            format!("{tag}/programme.csv"),
            csv_export::MEDIA_TYPE,
            csv_export::render(programme, language, links),
        ),
    ];
    for track in &programme.tracks {
        let path = format!("{tag}/tracks/{}.ics", track.code);
        files.push(calendar(path, &Which::Track(&track.code)));
    }
    for day in &programme.days {
        files.push(calendar(format!("{tag}/days/{day}.ics"), &Which::Day(*day)));
    }
    files
}

const fn printed(path: String, content_type: &'static str, bytes: Vec<u8>) -> Printed {
    Printed {
        path,
        content_type,
        bytes,
    }
}

fn compress_later(snapshot: &Arc<Snapshot>) {
    let weak = Arc::downgrade(snapshot);
    let mut paths: Vec<String> = snapshot.paths().map(str::to_owned).collect();
    paths.sort_unstable();
    let started = std::thread::Builder::new().name("brotli".into()).spawn(move || {
        for path in paths {
            let Some(snapshot) = weak.upgrade() else { return };
            if let Some(file) = snapshot.file(&path) {
                file.add_brotli();
            }
        }
    });
    if let Err(error) = started {
        tracing::warn!(%error, "no thread for brotli: gzip goes on being sent");
    }
}

/// Whether an `Accept-Encoding` header names a coding without forbidding it.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let mut pieces = part.split(';');
        let named = pieces
            .next()
            .unwrap_or_default()
            .trim()
            .eq_ignore_ascii_case(coding);
        let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")?.trim().parse::<f32>().ok());
        named && weight.is_none_or(|weight| weight > 0.0)
    })
}

fn gzipped(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() < WORTH_COMPRESSING {
        return None;
    }
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).expect("memory takes every write");
    let gzipped = writer.finish().expect("memory takes every write");
    (gzipped.len() < bytes.len()).then_some(gzipped)
}

fn brotli_of(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() < WORTH_COMPRESSING {
        return None;
    }
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 9, 22);
    writer.write_all(bytes).expect("memory takes every write");
    drop(writer);
    (compressed.len() < bytes.len()).then_some(compressed)
}

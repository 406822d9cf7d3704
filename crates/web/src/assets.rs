//! Static files: embedded, named by their content's hash, so that browsers may keep them for ever; gzip made once.

use std::io::Write as _;
use std::sync::LazyLock;

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest as _, Sha256};

/// How long a browser may keep a file whose name holds its hash.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

const FILES: &[(&str, &str, &[u8])] = &[
    (
        "hemicycle.css",
        "text/css; charset=utf-8",
        include_bytes!("../static/hemicycle.css"),
    ),
    (
        "grid.css",
        "text/css; charset=utf-8",
        include_bytes!("../static/grid.css"),
    ),
    (
        "deliberation.css",
        "text/css; charset=utf-8",
        include_bytes!("../static/deliberation.css"),
    ),
    (
        "board.css",
        "text/css; charset=utf-8",
        include_bytes!("../static/board.css"),
    ),
    (
        "board.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../static/board.js"),
    ),
    (
        "screen.css",
        "text/css; charset=utf-8",
        include_bytes!("../static/screen.css"),
    ),
    (
        "widget.css",
        "text/css; charset=utf-8",
        include_bytes!("../static/widget.css"),
    ),
    ("mark.svg", "image/svg+xml", include_bytes!("../static/mark.svg")),
    (
        "start.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../static/start.js"),
    ),
    (
        "filter.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../static/filter.js"),
    ),
    (
        "ahead.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../static/ahead.js"),
    ),
    (
        "guard.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../static/guard.js"),
    ),
    (
        "copy.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../static/copy.js"),
    ),
    (
        "live.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../static/live.js"),
    ),
    (
        "floor.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../static/floor.js"),
    ),
    (
        "zone.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../static/zone.js"),
    ),
];

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| FILES.iter().map(Asset::of).collect());

/// A static file as it is served.
#[derive(Debug)]
pub struct Asset {
    /// Its plain name: `hemicycle.css`.
    pub name: &'static str,
    /// Its address: `/static/hemicycle.0123456789ab.css`.
    pub url: String,
    /// Its media type.
    pub content_type: &'static str,
    /// As it is.
    pub bytes: &'static [u8],
    /// Compressed.
    pub gzip: Vec<u8>,
}

impl Asset {
    fn of((name, content_type, bytes): &(&'static str, &'static str, &'static [u8])) -> Self {
        let hash = Sha256::digest(bytes);
        let hash: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let gzip = gzip
            .write_all(bytes)
            .and_then(|()| gzip.finish())
            .expect("writing to memory does not fail");
        Self {
            name,
            url: format!("/static/{stem}.{hash}.{end}"),
            content_type,
            bytes,
            gzip,
        }
    }
}

/// The address of a file by its plain name.
///
/// # Panics
/// When there is no such file: names are written in templates, and tests render them all.
pub fn url(name: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map(|asset| asset.url.as_str())
        .expect("a template names a static file that exists")
}

/// The file at an address, if its hash is the present one.
pub fn at(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.url == path)
}

/// Serves `/static/{file}`.
pub async fn serve(request: HttpRequest) -> HttpResponse {
    let Some(asset) = at(request.path()) else {
        return HttpResponse::NotFound().finish();
    };
    let takes_gzip = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"));
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, asset.content_type))
        .insert_header((header::CACHE_CONTROL, CACHE_CONTROL))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if takes_gzip {
        answer.insert_header((header::CONTENT_ENCODING, "gzip"));
        answer.body(web::Bytes::from_static(&asset.gzip))
    } else {
        answer.body(web::Bytes::from_static(asset.bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found_by_its_address_and_by_no_other() {
        for asset in ASSETS.iter() {
            let found = at(&asset.url).expect("its own address finds it");
            assert_eq!(found.name, asset.name);
            assert!(asset.gzip.len() < asset.bytes.len(), "{}", asset.name);
        }
        assert!(at("/static/hemicycle.css").is_none());
        assert!(at("/static/hemicycle.000000000000.css").is_none());
        assert!(at("/static/../Cargo.toml").is_none());
    }

    #[test]
    fn files_keep_their_promised_sizes() {
        for asset in ASSETS.iter() {
            let most = match asset.name {
                "hemicycle.css" => 60 * 1024,
                "grid.css" => 24 * 1024,
                "board.css" => 8 * 1024,
                // Only the board loads it.
                "board.js" => 28 * 1024,
                // Only pages of papers, outcomes and floors load it.
                "deliberation.css" => 8 * 1024,
                // Only pages of a floor load it.
                "floor.js" => 6 * 1024,
                _ => 3 * 1024,
            };
            assert!(
                asset.bytes.len() <= most,
                "{}: {} bytes",
                asset.name,
                asset.bytes.len()
            );
        }
    }

    #[test]
    fn no_text_is_shouted_and_no_direction_is_assumed() {
        let css = include_str!("../static/hemicycle.css");
        for banned in [
            "uppercase",
            "margin-left",
            "margin-right",
            "padding-left",
            "padding-right",
            "text-align: left",
        ] {
            assert!(!css.contains(banned), "{banned}");
        }
    }
}

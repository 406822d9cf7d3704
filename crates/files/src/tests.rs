//! What is taken, what is refused, and what remains of it.

use std::{
    fs,
    io::{Cursor, Read as _},
};

use db::testing;
use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use kernel::{Fault, Id, Kind, Moment};

use crate::{
    FileState, Hash, MediaType, Received, Store, Upload,
    faults::FilesFault,
    rules::{self, BYTES_MAX, Disposition},
    stored,
};

/// A store in a folder of its own.
struct Shelf {
    folder: tempfile::TempDir,
    store: Store,
}

impl Shelf {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = Store::open(folder.path()).expect("opened");
        Self { folder, store }
    }

    fn receive(&self, name: &str, content: &[u8]) -> Result<Received, (Kind, &'static str)> {
        let received = self.store.receive(name, content);
        received.map_err(|fault| (fault.kind, fault.code))
    }

    fn read(&self, hash: &Hash) -> Vec<u8> {
        let mut content = Vec::new();
        let mut file = self.store.open_read(hash).expect("it is there");
        file.read_to_end(&mut content).expect("read");
        content
    }

    /// Every file under the folder.
    fn files(&self) -> usize {
        fn count(folder: &std::path::Path) -> usize {
            let entries = fs::read_dir(folder).expect("a folder").flatten();
            entries
                .map(|entry| {
                    if entry.path().is_dir() {
                        count(&entry.path())
                    } else {
                        1
                    }
                })
                .sum()
        }
        count(self.folder.path())
    }
}

const TYPE: (Kind, &str) = (Kind::UnsupportedMedia, "file_type");
const ACTIVE: (Kind, &str) = (Kind::UnsupportedMedia, "file_active");
const DAMAGED: (Kind, &str) = (Kind::Invalid, "file_damaged");
const TOO_BIG: (Kind, &str) = (Kind::Invalid, "image_too_big");

fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj<<>>endobj\n\x00\xff%%EOF".to_vec()
}

/// An archive of parts stored as they are.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    zip_claiming(parts, None)
}

fn zip_claiming(parts: &[(&str, &[u8])], unpacked: Option<u32>) -> Vec<u8> {
    let (mut body, mut list) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let begin = u32::try_from(body.len()).expect("small");
        let length = u32::try_from(content.len()).expect("small").to_le_bytes();
        let name_length = u16::try_from(name.len()).expect("small").to_le_bytes();
        body.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        body.extend([length, length].concat());
        body.extend(name_length);
        body.extend([0, 0]);
        body.extend(name.as_bytes());
        body.extend(*content);
        list.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        list.extend(length);
        list.extend(unpacked.map_or(length, u32::to_le_bytes));
        list.extend(name_length);
        list.extend([0; 12]);
        list.extend(begin.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let (begin, size, count) = (body.len(), list.len(), parts.len());
    body.extend(list);
    body.extend(b"PK\x05\x06\0\0\0\0");
    let count = u16::try_from(count).expect("small").to_le_bytes();
    body.extend([count, count].concat());
    body.extend(u32::try_from(size).expect("small").to_le_bytes());
    body.extend(u32::try_from(begin).expect("small").to_le_bytes());
    body.extend([0, 0]);
    body
}

const TYPES: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
const WORD: (&str, &[u8]) = ("word/document.xml", b"<document/>");

fn jpeg_with_exif() -> Vec<u8> {
    let mut plain = Vec::new();
    // Wide and left half red, so that a turn shows.
    let picture = RgbImage::from_fn(64, 32, |x, _| {
        if x < 32 { [200, 0, 0] } else { [0, 0, 200] }.into()
    });
    DynamicImage::ImageRgb8(picture)
        .write_to(&mut Cursor::new(&mut plain), ImageFormat::Jpeg)
        .expect("encoded");
    // Exif: big endian, one entry, orientation (0x0112) = 6: the camera was held upright; then a secret.
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend(b"GPS-29.85-31.02");
    let length = u16::try_from(exif.len() + 2).expect("small").to_be_bytes();
    [
        &plain[..2],
        b"\xff\xe1",
        &length,
        &exif,
        &plain[2..],
        b"<script>alert(1)</script>",
    ]
    .concat()
}

fn png(picture: DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .expect("encoded");
    bytes
}

fn contains(content: &[u8], part: &[u8]) -> bool {
    content.windows(part.len()).any(|window| window == part)
}

#[test]
fn documents_are_taken_by_their_bytes_and_named_by_them() {
    let shelf = Shelf::new();
    let odt = b"application/vnd.oasis.opendocument.text";
    let ods = b"application/vnd.oasis.opendocument.spreadsheet";
    let xlsx = zip(&[TYPES, ("xl/workbook.xml", b"")]);
    let pptx = zip(&[TYPES, ("ppt/presentation.xml", b"")]);
    let cases: &[(&str, Vec<u8>, MediaType, &str)] = &[
        ("paper.pdf", pdf(), MediaType::Pdf, "paper.pdf"),
        ("paper.HTML", pdf(), MediaType::Pdf, "paper.HTML.pdf"),
        ("paper.docx", zip(&[TYPES, WORD]), MediaType::Docx, "paper.docx"),
        ("roll.xlsx", xlsx, MediaType::Xlsx, "roll.xlsx"),
        ("talk", pptx, MediaType::Pptx, "talk.pptx"),
        (
            "a.odt",
            zip(&[("mimetype", odt), ("content.xml", b"")]),
            MediaType::Odt,
            "a.odt",
        ),
        ("a.ods", zip(&[("mimetype", ods)]), MediaType::Ods, "a.ods"),
        (
            "élu·e·s.csv",
            "nom;ville\nZoé;Évry\n".into(),
            MediaType::Csv,
            "élu·e·s.csv",
        ),
        (
            "notes.txt",
            b"BMW is no bitmap, 1 < 2\r\n\tend".to_vec(),
            MediaType::Text,
            "notes.txt",
        ),
        ("notes.md", b"# Notes".to_vec(), MediaType::Text, "notes.md"),
    ];
    for (name, content, media_type, cleaned) in cases {
        let received = shelf
            .receive(name, content)
            .unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
        assert_eq!(
            (received.media_type, received.name.as_str()),
            (*media_type, *cleaned)
        );
        assert_eq!(received.size, i64::try_from(content.len()).expect("small"));
        assert_eq!(shelf.read(&received.hash), *content, "{name} is kept to the byte");
        assert_eq!(shelf.store.is_sound(&received.hash), Ok(true));
    }
    assert_eq!(
        shelf.files(),
        cases.len() - 1,
        "the same content is kept once, and nothing else stays"
    );
}

#[test]
fn what_could_do_harm_is_refused_whatever_it_is_called() {
    let shelf = Shelf::new();
    let cases: &[(&str, Vec<u8>, (Kind, &str))] = &[
        ("empty.pdf", vec![], (Kind::Invalid, "file_empty")),
        ("page.pdf", b"<!DOCTYPE html><p>".to_vec(), TYPE),
        ("page.txt", b"\xef\xbb\xbf  \n<HTML>".to_vec(), TYPE),
        ("notes.txt", b"hello <script>alert(1)</script>".to_vec(), TYPE),
        (
            "logo.png",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>".to_vec(),
            TYPE,
        ),
        ("logo.svg", b"<?xml version='1.0'?><svg/>".to_vec(), TYPE),
        ("run.txt", b"#!/bin/sh\nrm -rf /\n".to_vec(), TYPE),
        (
            "run.pdf",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0".to_vec(),
            TYPE,
        ),
        ("run.pdf", [b"MZ\x90\0".as_slice(), &[0; 200]].concat(), TYPE),
        (
            "old.doc",
            [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat(),
            TYPE,
        ),
        ("paper.rtf", b"{\\rtf1 hello}".to_vec(), TYPE),
        ("moving.gif", b"GIF89a\x01\0\x01\0\0\0\0;<script>".to_vec(), TYPE),
        ("win.csv", b"nom;ville\nZo\xe9;\xc9vry\n".to_vec(), TYPE),
        ("nul.txt", b"a\0b".to_vec(), TYPE),
        ("esc.txt", b"a\x1b[2Jb".to_vec(), TYPE),
        ("things.zip", zip(&[("a.txt", b"a")]), TYPE),
        (
            "tool.jar",
            zip(&[("META-INF/MANIFEST.MF", b""), ("A.class", b"")]),
            TYPE,
        ),
        (
            "macro.docx",
            zip(&[TYPES, WORD, ("word/vbaProject.bin", b"")]),
            ACTIVE,
        ),
        (
            "basic.odt",
            zip(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("Basic/a.xml", b""),
            ]),
            ACTIVE,
        ),
        (
            "out.docx",
            zip(&[TYPES, WORD, ("../../etc/passwd", b"")]),
            DAMAGED,
        ),
        ("abs.docx", zip(&[TYPES, WORD, ("/etc/passwd", b"")]), DAMAGED),
        ("twice.docx", zip(&[TYPES, WORD, WORD]), DAMAGED),
        ("bomb.docx", zip_claiming(&[TYPES, WORD], Some(u32::MAX)), DAMAGED),
        ("cut.docx", zip(&[TYPES, WORD])[..60].to_vec(), DAMAGED),
        ("photo.jpg", jpeg_with_exif()[..200].to_vec(), DAMAGED),
        ("photo.png", b"\x89PNG\r\n\x1a\n<script>".to_vec(), DAMAGED),
    ];
    for (name, content, expected) in cases {
        assert_eq!(shelf.receive(name, content), Err(*expected), "{name}");
    }
    assert_eq!(shelf.files(), 0, "nothing of it remains");
}

#[test]
fn a_refusal_names_what_was_found() {
    let shelf = Shelf::new();
    let fault = shelf
        .store
        .receive("a.pdf", &b"GIF89a\x01\0\x01\0"[..])
        .expect_err("refused");
    assert_eq!(
        fault,
        Fault::from(FilesFault::TypeRefused {
            found: "image/gif".into()
        })
    );
    assert_eq!(fault.fields[0].field, "file");
}

#[test]
fn of_a_photograph_only_the_picture_remains() {
    let shelf = Shelf::new();
    let sent = jpeg_with_exif();
    assert!(contains(&sent, b"GPS-29.85"));

    let received = shelf.receive("IMG_0001.JPG", &sent).expect("received");

    let kept = shelf.read(&received.hash);
    assert_eq!(
        (received.media_type, received.name.as_str()),
        (MediaType::Jpeg, "IMG_0001.jpg")
    );
    assert!(!contains(&kept, b"Exif") && !contains(&kept, b"GPS") && !contains(&kept, b"<script>"));
    assert_eq!(received.size, i64::try_from(kept.len()).expect("small"));
    let picture = image::load_from_memory(&kept)
        .expect("still a picture")
        .into_rgb8();
    assert_eq!(picture.dimensions(), (32, 64), "turned as the camera was held");
    assert!(
        picture[(16, 8)][0] > 150 && picture[(16, 56)][2] > 150,
        "red above, blue below"
    );
}

#[test]
fn a_png_keeps_its_transparency_and_loses_what_follows_it() {
    let shelf = Shelf::new();
    let picture = RgbaImage::from_pixel(8, 8, [10, 20, 30, 40].into());
    let mut sent = png(DynamicImage::ImageRgba8(picture.clone()));
    sent.extend(b"PK\x03\x04<script>");

    let received = shelf.receive("logo.svg", &sent).expect("received");

    let kept = shelf.read(&received.hash);
    assert_eq!(received.name, "logo.svg.png");
    assert!(!contains(&kept, b"script"));
    assert_eq!(
        image::load_from_memory(&kept).expect("a picture").into_rgba8(),
        picture
    );
}

#[test]
fn pictures_too_large_to_draw_are_refused_before_they_are_drawn() {
    let shelf = Shelf::new();
    let wide = png(DynamicImage::new_luma8(20_001, 1));
    assert_eq!(shelf.receive("wide.png", &wide), Err(TOO_BIG));
    let mut bomb = png(DynamicImage::new_luma8(1, 1));
    // The header claims 19,000 × 19,000 pixels; its checksum is that of the lie.
    bomb[16..24].copy_from_slice(&[0, 0, 0x4a, 0x38, 0, 0, 0x4a, 0x38]);
    let sum = crc32(&bomb[12..29]).to_be_bytes();
    bomb[29..33].copy_from_slice(&sum);
    assert_eq!(shelf.receive("bomb.png", &bomb), Err(TOO_BIG));
    assert_eq!(shelf.files(), 0);
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 {
                (sum >> 1) ^ 0xedb8_8320
            } else {
                sum >> 1
            }
        })
    })
}

#[test]
fn at_most_25_mebibytes_are_taken_however_they_come() {
    let shelf = Shelf::new();
    let mut whole = b"%PDF-1.7\n".to_vec();
    whole.resize(usize::try_from(BYTES_MAX).expect("fits"), b' ');
    let received = shelf.receive("large.pdf", &whole).expect("just fits");
    assert_eq!(received.size, 26_214_400);

    let mut upload: Upload = shelf.store.begin().expect("begun");
    for chunk in whole.chunks(1 << 20) {
        upload.write(chunk).expect("not yet");
    }
    assert_eq!(upload.size(), BYTES_MAX);
    let fault = upload.write(b"!").expect_err("one byte too many");
    assert_eq!((fault.kind, fault.code), (Kind::TooLarge, "too_large"));
    assert_eq!(fault.facts["bytes_max"], BYTES_MAX);

    drop(upload);
    assert_eq!(shelf.files(), 1);
}

#[test]
fn text_in_many_chunks_is_checked_to_its_end() {
    let shelf = Shelf::new();
    let long = "é€𝄞 ".repeat(50_000);
    assert_eq!(
        shelf
            .receive("a.txt", long.as_bytes())
            .map(|received| received.media_type),
        Ok(MediaType::Text)
    );
    let cut = &long.as_bytes()[..long.len() - 2];
    assert_eq!(shelf.receive("a.txt", cut), Err(TYPE));
    assert_eq!(
        shelf.receive("a.txt", &[long.as_bytes(), b"\0"].concat()),
        Err(TYPE)
    );
}

#[test]
fn names_are_cleaned_so_that_nothing_takes_them_for_something_else() {
    let cases = [
        ("paper.pdf", "paper.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.ini", "boot.ini.pdf"),
        ("/srv/x/Überblick (final).PDF", "Überblick (final).pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x_1.pdf"),
        ("evil\u{202e}fdp.exe", "evilfdp.exe.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".pdf", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("con", "_con.pdf"),
        ("LPT1.pdf", "_LPT1.pdf"),
        ("aux.h", "_aux.h.pdf"),
        ("trailing. . .pdf", "trailing.pdf"),
        ("a\0b.pdf", "a b.pdf"),
        ("x\";rm -rf $HOME|.pdf", "x__rm -rf _HOME_.pdf"),
        ("홍길동 발표.pdf", "홍길동 발표.pdf"),
    ];
    for (raw, cleaned) in cases {
        assert_eq!(rules::clean_name(raw, MediaType::Pdf), cleaned, "{raw:?}");
    }
    let long = rules::clean_name(&"é".repeat(10_000), MediaType::Docx);
    assert!(long.ends_with("….docx") && long.chars().count() == 105, "{long}");
    assert_eq!(
        rules::clean_name(&format!("a{}", "\u{301}".repeat(99)), MediaType::Pdf),
        "file.pdf"
    );
}

#[test]
fn a_name_in_a_header_is_one_parameter() {
    assert_eq!(
        rules::disposition(Disposition::Attachment, "Résumé \"a\"\r\nx; y=%41.pdf"),
        "attachment; filename=\"R_sum_ _a___x_ y__41.pdf\"; \
         filename*=UTF-8''R%C3%A9sum%C3%A9%20%22a%22%0D%0Ax%3B%20y%3D%2541.pdf"
    );
    assert_eq!(
        rules::disposition(Disposition::Inline, "logo.png"),
        "inline; filename=\"logo.png\"; filename*=UTF-8''logo.png"
    );
}

#[test]
fn a_hash_is_a_path_only_when_it_is_a_hash() {
    let good = "0123456789abcdef".repeat(4);
    assert_eq!(
        good.parse::<Hash>().map(|hash| hash.to_string()),
        Ok(good.clone())
    );
    for bad in [
        "",
        "..",
        &good[1..],
        &good.to_uppercase(),
        &format!("../{}", &good[3..]),
        &format!("{good}0"),
    ] {
        assert!(bad.parse::<Hash>().is_err(), "{bad}");
    }
}

#[test]
fn a_swapped_content_is_noticed() {
    let shelf = Shelf::new();
    let received = shelf.receive("a.pdf", &pdf()).expect("received");
    let text = received.hash.as_str();
    let place = shelf.folder.path().join(&text[..2]).join(&text[2..4]).join(text);

    fs::write(&place, b"%PDF-1.7 forged").expect("swapped");
    assert_eq!(shelf.store.is_sound(&received.hash), Ok(false));

    fs::remove_file(&place).expect("removed");
    assert_eq!(shelf.store.is_sound(&received.hash), Ok(false));
    let missing = shelf.store.open_read(&received.hash).expect_err("missing");
    assert_eq!(missing.kind, Kind::Internal);
}

#[test]
fn a_full_or_missing_disk_is_told_as_such() {
    let shelf = Shelf::new();
    fs::remove_dir_all(shelf.folder.path()).expect("gone");

    let fault = shelf
        .store
        .receive("a.pdf", &pdf()[..])
        .expect_err("nowhere to put it");

    assert_eq!(
        (fault.kind, fault.code),
        (Kind::Unavailable, "storage_unavailable")
    );
    assert!(fault.retry_after_seconds.is_some() && fault.cause.is_some());
    assert_eq!(
        Store::open(std::path::Path::new("/proc/nowhere"))
            .map(drop)
            .map_err(|f| f.code),
        Err("storage_unavailable")
    );
}

// --- rows ---

#[test]
fn a_file_is_read_while_it_is_stored() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let shelf = Shelf::new();
    let received = shelf.receive("paper.pdf", &pdf()).expect("received");
    let now = Moment::at("2019-11-14T10:40:00Z");

    let file = stored::record(conn, Some(Id::named("ana")), now, &received).expect("recorded");

    let code = |answer: Result<(), Fault>| answer.map_err(|fault| (fault.kind, fault.code));
    assert_eq!(stored::get(conn, file.id), Ok(file.clone()));
    assert_eq!(
        (file.hash.clone(), file.original_name.as_str()),
        (received.hash, "paper.pdf")
    );
    assert_eq!(
        code(stored::release(conn, file.id)),
        Err((Kind::Conflict, "illegal_step"))
    );
    assert_eq!(code(stored::quarantine(conn, file.id)), Ok(()));
    assert_eq!(stored::get(conn, file.id), Err(Fault::not_found()));
    assert_eq!(code(stored::release(conn, file.id)), Ok(()));
    assert_eq!(stored::get(conn, file.id), Ok(file.clone()));
    assert_eq!(code(stored::remove(conn, file.id)), Ok(()));
    assert_eq!(
        code(stored::remove(conn, file.id)),
        Err((Kind::NotFound, "not_found"))
    );
    assert_eq!(
        code(stored::quarantine(conn, file.id)),
        Err((Kind::Conflict, "illegal_step"))
    );
    assert_eq!(stored::get(conn, file.id), Err(Fault::not_found()));
    let kept = stored::find(conn, file.id).expect("read").map(|file| file.state);
    assert_eq!(kept, Some(FileState::Removed));
    assert_eq!(
        code(stored::quarantine(conn, Id::random())),
        Err((Kind::NotFound, "not_found"))
    );
}

#[test]
fn contents_go_when_no_file_needs_them_and_uploads_when_given_up() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let shelf = Shelf::new();
    let now = Moment::now();
    let shared = shelf.receive("a.pdf", &pdf()).expect("received");
    let rowless = shelf.receive("b.txt", b"nobody took this").expect("received");
    let first = stored::record(conn, None, now, &shared).expect("recorded");
    let second = stored::record(conn, None, now, &shared).expect("recorded");
    let mut given_up = shelf.store.begin().expect("begun");
    given_up.write(b"%PDF").expect("written");
    let left = shelf.folder.path().join("incoming/left-by-a-crash");
    fs::write(&left, b"x").expect("left");

    assert_eq!(shelf.store.sweep(now), Ok(0));
    assert_eq!(shelf.store.sweep(now.plus_minutes(121)), Ok(2));
    assert!(!left.exists());
    assert_eq!(
        shelf.store.forget_unused(conn, now),
        Ok(0),
        "its row may be about to commit"
    );
    let later = now.plus_days(2);
    assert_eq!(shelf.store.forget_unused(conn, later), Ok(1));
    assert_eq!(shelf.store.is_sound(&rowless.hash), Ok(false));
    stored::remove(conn, first.id).expect("removed");
    assert_eq!(
        shelf.store.forget_unused(conn, later),
        Ok(0),
        "the second file shares it"
    );
    stored::remove(conn, second.id).expect("removed");
    assert_eq!(shelf.store.forget_unused(conn, later), Ok(1));
    assert_eq!(shelf.files(), 0);
}

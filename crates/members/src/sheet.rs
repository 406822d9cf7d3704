//! Files of rows, as people keep them: CSV with comma, semicolon or tab, in UTF-8 or, when said, Windows-1252; and XLSX.
//!
//! Read outside any transaction. A file is refused whole when it, or what it unpacks to, is larger than allowed; an XLSX
//! is unpacked once into nothing, and counted, before a cell of it is read. Formulas are not computed: the text counts.

use std::{collections::BTreeMap, io::Cursor, io::Read as _};

use calamine::{DataRef, Reader as _, Xlsx};
use kernel::{Fault, text};

use crate::faults::SheetFault;

/// Largest file, in bytes.
pub const FILE_MAX: usize = 10 * 1024 * 1024;
/// Most bytes an XLSX may unpack to.
pub const UNPACKED_MAX: u64 = 64 * 1024 * 1024;
/// Most files within an XLSX.
pub const PARTS_MAX: usize = 1000;
/// Most rows.
pub const ROWS_MAX: usize = 20_000;
/// Most columns.
pub const COLUMNS_MAX: usize = 120;
/// Most characters in a cell.
pub const CELL_MAX: usize = 10_000;

kernel::coded! {
    /// In which characters a CSV is written.
    pub enum Charset {
        /// UTF-8, with or without a byte-order mark.
        Utf8 => "utf-8",
        /// What older spreadsheets write in Western Europe and Latin America.
        Windows1252 => "windows-1252",
    }
}

/// A file of rows under a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The headings, as written.
    pub header: Vec<String>,
    /// The rows that hold anything.
    pub rows: Vec<SheetRow>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number in the file, as a spreadsheet shows it; the line, for CSV.
    pub number: i64,
    /// Its cells, at most as many as there are headings; missing ones at the end are empty.
    pub cells: Vec<String>,
}

impl Sheet {
    /// The column with one of these headings, whatever their case, marks and spaces.
    ///
    /// # Errors
    /// `column_twice` when two columns have it.
    pub fn column(&self, headings: &[&str]) -> Result<Option<usize>, Fault> {
        let asked: Vec<String> = headings.iter().map(|heading| text::same_name(heading)).collect();
        let mut found = self
            .header
            .iter()
            .enumerate()
            .filter(|(_, heading)| asked.contains(&text::same_name(heading)));
        let first = found.next().map(|(at, _)| at);
        match found.next() {
            None => Ok(first),
            Some((_, heading)) => Err(SheetFault::ColumnTwice {
                column: heading.clone(),
            }
            .into()),
        }
    }
}

impl SheetRow {
    /// The cell of a column: trimmed, and freed of the apostrophe that our own exports put before what looks like a
    /// formula. Empty where there is no such column or cell.
    pub fn cell(&self, column: Option<usize>) -> &str {
        let cell = column
            .and_then(|column| self.cells.get(column))
            .map_or("", |cell| cell.trim());
        match cell.strip_prefix('\'') {
            Some(rest) if text::csv_safe(rest) != rest => rest,
            _ => cell,
        }
    }
}

/// Reads a file. What it is follows from its first bytes, whatever it is called.
///
/// # Errors
/// `sheet_too_large`; `not_a_sheet`; `not_utf8`; `bad_line`; `no_rows`.
pub fn read(bytes: &[u8], charset: Charset) -> Result<Sheet, Fault> {
    if bytes.len() > FILE_MAX {
        return Err(too_large("bytes", FILE_MAX));
    }
    let lines = if bytes.starts_with(b"PK\x03\x04") {
        read_xlsx(bytes)?
    } else {
        read_csv(&decode(bytes, charset)?)?
    };
    let mut lines = lines
        .into_iter()
        .filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    let header: Vec<String> = lines
        .next()
        .map(|row| row.cells.iter().map(|cell| cell.trim().to_owned()).collect())
        .unwrap_or_default();
    let rows: Vec<SheetRow> = lines.collect();
    if rows.is_empty() {
        return Err(SheetFault::NoRows.into());
    }
    Ok(Sheet { header, rows })
}

fn decode(bytes: &[u8], charset: Charset) -> Result<String, Fault> {
    // Old Excel files, PDF and UTF-16 all have zero bytes, which no CSV has.
    if bytes.contains(&0) {
        return Err(SheetFault::NotASheet.into());
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match charset {
        Charset::Windows1252 => Ok(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
        Charset::Utf8 => String::from_utf8(bytes.to_vec()).map_err(|error| {
            let before = &bytes[..error.utf8_error().valid_up_to()];
            let lines = before.iter().filter(|byte| **byte == b'\n').count();
            SheetFault::NotUtf8 {
                line: i64::try_from(lines).unwrap_or(i64::MAX).saturating_add(1),
            }
            .into()
        }),
    }
}

/// The character of a byte; the five that stand for none become U+FFFD.
fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž', '\u{FFFD}',
        '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => FROM_80[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

fn read_csv(text: &str) -> Result<Vec<SheetRow>, Fault> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| SheetFault::BadLine {
            line: error
                .position()
                .map_or(0, |at| i64::try_from(at.line()).unwrap_or(i64::MAX)),
        })?;
        let number = record.position().map_or(0, |at| line_of(text, at));
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        check_row(&cells, rows.len())?;
        rows.push(SheetRow { number, cells });
    }
    Ok(rows)
}

/// The line a record begins on. The reader tells where it began to look; empty lines before the record are passed over.
fn line_of(text: &str, looked: &csv::Position) -> i64 {
    let from = usize::try_from(looked.byte()).unwrap_or(usize::MAX);
    let ahead = text.as_bytes().get(from..).unwrap_or_default();
    let empty = ahead
        .iter()
        .take_while(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(|byte| **byte == b'\n')
        .count();
    let empty = u64::try_from(empty).unwrap_or(0);
    i64::try_from(looked.line() + empty).unwrap_or(i64::MAX)
}

/// The one of comma, semicolon and tab that the first line has most of, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts
                .iter_mut()
                .filter(|(mark, _)| *mark == byte)
                .for_each(|(_, count)| *count += 1),
        }
    }
    // The first of equals wins: a comma, when there is one column only.
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(mark, _)| *mark)
}

fn read_xlsx(bytes: &[u8]) -> Result<Vec<SheetRow>, Fault> {
    unpacks_to_little(bytes)?;
    let no_sheet = |error: calamine::XlsxError| Fault {
        cause: Some(error.to_string()),
        ..Fault::from(SheetFault::NotASheet)
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(no_sheet)?;
    let first = book.sheet_names().first().cloned().ok_or(SheetFault::NotASheet)?;
    let mut cells = book.worksheet_cells_reader(&first).map_err(no_sheet)?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    // Cell by cell: a whole range would be as large as the place of its last cell says.
    while let Some(cell) = cells.next_cell().map_err(no_sheet)? {
        let (row, column) = cell.get_position();
        let text = written(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= COLUMNS_MAX {
            return Err(too_large("columns", COLUMNS_MAX));
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        if rows.len() > ROWS_MAX + 1 {
            return Err(too_large("rows", ROWS_MAX));
        }
    }
    let mut read = Vec::with_capacity(rows.len());
    for (row, cells) in rows {
        check_row(&cells, read.len())?;
        read.push(SheetRow {
            number: i64::from(row) + 1,
            cells,
        });
    }
    Ok(read)
}

/// Unpacks every part into nothing and counts, since what the archive says of its sizes may be a lie.
fn unpacks_to_little(bytes: &[u8]) -> Result<(), Fault> {
    let not_one = |_| Fault::from(SheetFault::NotASheet);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(not_one)?;
    if archive.len() > PARTS_MAX {
        return Err(too_large("parts", PARTS_MAX));
    }
    let mut left = UNPACKED_MAX;
    for part in 0..archive.len() {
        let file = archive.by_index(part).map_err(not_one)?;
        let read = std::io::copy(&mut file.take(left + 1), &mut std::io::sink())
            .map_err(|_| SheetFault::NotASheet)?;
        left = left.checked_sub(read).ok_or_else(|| {
            too_large(
                "unpacked_bytes",
                usize::try_from(UNPACKED_MAX).unwrap_or(usize::MAX),
            )
        })?;
    }
    Ok(())
}

/// What a cell shows: whole numbers without a point, days as `2019-11-14`.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTime(length) => length.as_f64().to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn check_row(cells: &[String], rows_before: usize) -> Result<(), Fault> {
    // One more than rows allowed, for the header.
    if rows_before > ROWS_MAX {
        return Err(too_large("rows", ROWS_MAX));
    }
    if cells.len() > COLUMNS_MAX {
        return Err(too_large("columns", COLUMNS_MAX));
    }
    if cells.iter().any(|cell| cell.chars().count() > CELL_MAX) {
        return Err(too_large("characters_in_a_cell", CELL_MAX));
    }
    Ok(())
}

fn too_large(what: &str, most: usize) -> Fault {
    SheetFault::SheetTooLarge {
        what: what.to_owned(),
        most: i64::try_from(most).unwrap_or(i64::MAX),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use kernel::Kind;

    use super::*;

    fn cells(sheet: &Sheet) -> Vec<Vec<&str>> {
        sheet
            .rows
            .iter()
            .map(|row| row.cells.iter().map(String::as_str).collect())
            .collect()
    }

    /// An XLSX with one sheet of inline texts.
    pub(super) fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
        let mut sheet = String::from(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
        );
        for (number, row) in rows.iter().enumerate() {
            sheet.push_str(&format!(r#"<row r="{}">"#, number + 1));
            for (column, cell) in row.iter().enumerate() {
                let letter = char::from(b'A' + u8::try_from(column).expect("few columns"));
                sheet.push_str(&format!(
                    r#"<c r="{letter}{}" t="inlineStr"><is><t>{cell}</t></is></c>"#,
                    number + 1
                ));
            }
            sheet.push_str("</row>");
        }
        sheet.push_str("</sheetData></worksheet>");
        archive(&[
            (
                "[Content_Types].xml",
                r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#,
            ),
            (
                "_rels/.rels",
                r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
            ),
            (
                "xl/workbook.xml",
                r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Roll" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
            ),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
            ),
            ("xl/worksheets/sheet1.xml", &sheet),
        ])
    }

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive
                .start_file(*name, zip::write::SimpleFileOptions::default())
                .expect("a part begins");
            archive.write_all(text.as_bytes()).expect("a part is written");
        }
        archive.finish().expect("the archive ends").into_inner()
    }

    #[test]
    fn commas_semicolons_and_tabs_are_told_apart_and_empty_rows_passed_over() {
        for mark in [",", ";", "\t"] {
            let file = format!("\u{FEFF}name{mark}country\n\n\"a{mark} b\"{mark}ZA\n{mark}\nc\n");
            let sheet = read(file.as_bytes(), Charset::Utf8).expect("a sheet");

            assert_eq!(sheet.header, ["name", "country"]);
            assert_eq!(cells(&sheet), [vec![&*format!("a{mark} b"), "ZA"], vec!["c"]]);
            assert_eq!(sheet.rows[0].number, 3);
        }
    }

    #[test]
    fn windows_1252_is_read_when_said_and_refused_when_not() {
        let file = b"name,country\nS\xE3o Paulo \x96 \x80,BR\n";
        let sheet = read(file, Charset::Windows1252).expect("a sheet");
        let refused = read(file, Charset::Utf8).expect_err("not UTF-8");

        assert_eq!(sheet.rows[0].cells[0], "São Paulo – €");
        assert_eq!((refused.kind, refused.code), (Kind::Malformed, "not_utf8"));
        assert_eq!(refused.facts["line"], 2);
    }

    #[test]
    fn an_xlsx_is_read_like_a_csv() {
        let sheet = read(
            &xlsx(&[&["name", "country"], &["Durban", "ZA"], &["=1+1", ""]]),
            Charset::Utf8,
        )
        .expect("a sheet");

        assert_eq!(sheet.header, ["name", "country"]);
        assert_eq!(cells(&sheet), [vec!["Durban", "ZA"], vec!["=1+1"]]);
        assert_eq!(sheet.rows[0].number, 2);
    }

    #[test]
    fn an_xlsx_that_unpacks_to_too_much_is_refused_before_it_is_read() {
        let bomb = archive(&[("xl/worksheets/sheet1.xml", &" ".repeat(65 * 1024 * 1024))]);
        assert!(bomb.len() < FILE_MAX);

        let refused = read(&bomb, Charset::Utf8).expect_err("too large");

        assert_eq!((refused.kind, refused.code), (Kind::TooLarge, "sheet_too_large"));
    }

    #[test]
    fn a_cell_far_away_costs_nothing_and_is_refused() {
        let far = xlsx(&[&["name"], &["x"]]);
        let mut parts = zip::ZipArchive::new(Cursor::new(far)).expect("an archive");
        let mut sheet = String::new();
        parts
            .by_name("xl/worksheets/sheet1.xml")
            .expect("the sheet")
            .read_to_string(&mut sheet)
            .expect("text");
        let sheet = sheet.replace("A2", "XFD1048576");
        let mut others = Vec::new();
        for name in [
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
        ] {
            let mut text = String::new();
            parts
                .by_name(name)
                .expect("a part")
                .read_to_string(&mut text)
                .expect("text");
            others.push((name, text));
        }
        let mut all: Vec<(&str, &str)> = others.iter().map(|(name, text)| (*name, text.as_str())).collect();
        all.push(("xl/worksheets/sheet1.xml", &sheet));

        let refused = read(&archive(&all), Charset::Utf8).expect_err("too many columns");

        assert_eq!(refused.code, "sheet_too_large");
    }

    #[test]
    fn what_is_no_sheet_is_refused() {
        let empty_zip = archive(&[("a.txt", "x")]);
        let not: [&[u8]; 4] = [
            b"%PDF-1.7\0",
            b"\xD0\xCF\x11\xE0\0",
            b"PK\x03\x04garbage",
            &empty_zip,
        ];
        for bytes in not {
            assert_eq!(
                read(bytes, Charset::Utf8).expect_err("refused").code,
                "not_a_sheet"
            );
        }
        for bytes in ["", "name,country\n", " \n\n"] {
            assert_eq!(
                read(bytes.as_bytes(), Charset::Utf8).expect_err("refused").code,
                "no_rows"
            );
        }
        let wide = ",".repeat(COLUMNS_MAX);
        assert_eq!(
            read(format!("{wide}\n{wide}x").as_bytes(), Charset::Utf8)
                .expect_err("refused")
                .code,
            "sheet_too_large"
        );
    }

    #[test]
    fn headings_are_found_however_written_and_only_once() {
        let sheet = read(b"Contact e-mail;PAYS\nx;FR\n", Charset::Utf8).expect("a sheet");
        assert_eq!(sheet.column(&["contact_email"]).expect("once"), Some(0));
        assert_eq!(sheet.column(&["country", "pays"]).expect("once"), Some(1));
        assert_eq!(sheet.column(&["name"]).expect("none"), None);

        let twice = read(b"name;Name\nx;y\n", Charset::Utf8).expect("a sheet");
        assert_eq!(twice.column(&["name"]).expect_err("twice").code, "column_twice");
    }

    #[test]
    fn our_own_apostrophe_before_formulas_is_taken_off_again() {
        let row = SheetRow {
            number: 2,
            cells: vec!["'=1+1".into(), "'t Hart".into(), " x ".into()],
        };
        assert_eq!(row.cell(Some(0)), "=1+1");
        assert_eq!(row.cell(Some(1)), "'t Hart");
        assert_eq!(row.cell(Some(2)), "x");
        assert_eq!(row.cell(None), "");
    }
}

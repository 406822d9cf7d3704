//! Lists as text, as a workbook and for programs.

use super::*;

/// A list of so many rows with all that is hostile to spreadsheets.
fn sheet(rows: i64) -> Sheet {
    let mut sheet = Sheet::new(["number", "name", "note"]);
    for number in 0..rows {
        let name = ["=1+1", "@sum", "-2", "  =x", "Ana, \"Bo\"\nCé", "\u{202e}大田"][number as usize % 6];
        sheet.row([number.into(), name.into(), None.into()]);
    }
    sheet
}

/// The rows of a workbook, its headings among them.
fn rows_of(workbook: Vec<u8>) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(workbook)).expect("a workbook");
    let range = workbook.worksheet_range_at(0).expect("a sheet").expect("rows");
    assert!(
        workbook
            .worksheet_formula("Sheet1")
            .expect("read")
            .used_cells()
            .next()
            .is_none(),
        "nothing is a formula"
    );
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn a_list_says_the_same_as_text_as_a_workbook_and_for_programs() {
    let sheet = sheet(6);

    let csv = sheet.render(Format::Csv).expect("a file");
    let workbook = rows_of(sheet.render(Format::Xlsx).expect("a file"));
    let json: serde_json::Value =
        serde_json::from_slice(&sheet.render(Format::Json).expect("a file")).expect("JSON");

    let mut reader = csv::Reader::from_reader(csv.strip_prefix(b"\xEF\xBB\xBF").expect("marked"));
    let table: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("reads")).collect();
    assert_eq!(table.len(), 6);
    assert_eq!(workbook.len(), 7);
    for (number, row) in table.iter().enumerate() {
        let name = json["items"][number]["name"].as_str().expect("a name");
        assert_eq!(kernel::text::csv_safe(name), row[1]);
        assert_eq!(workbook[number + 1][1], Data::String(name.to_owned()));
        assert_eq!(workbook[number + 1][0], Data::Float(number as f64));
        assert_eq!(json["items"][number]["number"], number);
        assert_eq!(json["items"][number]["note"], "");
    }
}

#[test]
fn ten_thousand_rows_are_written_in_no_time() {
    let sheet = sheet(10_000);

    for format in Format::ALL {
        let started = std::time::Instant::now();
        let file = sheet.render(*format).expect("a file");

        assert!(file.len() > 10_000);
        assert!(
            started.elapsed().as_secs() < 20,
            "{format:?}: {:?}",
            started.elapsed()
        );
    }
}

//! The parts of a document that are the same for every text, or almost.

use super::About;
use crate::xml::Xml;

/// What sort each part is.
pub(super) const TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>"#,
    r#"<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>"#,
    "</Types>\n",
);
/// Where the package leads.
pub(super) const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    "</Relationships>\n",
);
/// Which footnotes are lines and no notes.
pub(super) const SETTINGS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>"#,
    r#"<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"#,
    "</w:settings>\n",
);

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE_RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const RELATION_TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The list of all items that are not counted.
pub(super) const BULLETS: usize = 1;
/// As many levels as Word has.
const LEVELS: usize = 9;
/// How far each level is set in, in twentieths of a point.
const INDENT: usize = 426;
/// Languages that are written from right to left.
const FROM_RIGHT: [&str; 7] = ["ar", "dv", "fa", "he", "ps", "ur", "yi"];

/// The number of the counted list at a place.
pub(super) const fn counted_list(place: usize) -> usize {
    BULLETS + 1 + place
}

/// The id of the link at a place.
pub(super) fn link_id(place: usize) -> String {
    format!("rIdLink{}", place + 1)
}

/// The title and the language, where other programs look for them.
pub(super) fn core(about: &About<'_>) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open(
        "cp:coreProperties",
        &[
            (
                "xmlns:cp",
                "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            ),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ],
    );
    xml.leaf("dc:title", &[], about.title);
    xml.leaf("dc:language", &[], about.language);
    xml.done()
}

/// Where the text leads.
pub(super) fn text_relations(links: &[String]) -> Vec<u8> {
    relations(&["styles", "numbering", "footnotes", "settings"], links)
}

/// Where the footnotes lead.
pub(super) fn note_relations(links: &[String]) -> Vec<u8> {
    relations(&[], links)
}

fn relations(parts: &[&str], links: &[String]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("Relationships", &[("xmlns", PACKAGE_RELATIONS)]);
    for part in parts {
        let (id, of_type, target) = (
            format!("rId_{part}"),
            format!("{RELATION_TYPES}/{part}"),
            format!("{part}.xml"),
        );
        xml.empty(
            "Relationship",
            &[("Id", &id), ("Type", &of_type), ("Target", &target)],
        );
    }
    let of_type = format!("{RELATION_TYPES}/hyperlink");
    for (place, link) in links.iter().enumerate() {
        let id = link_id(place);
        let own = [
            ("Id", id.as_str()),
            ("Type", &of_type),
            ("Target", link),
            ("TargetMode", "External"),
        ];
        xml.empty("Relationship", &own);
    }
    xml.done()
}

/// The lists: one of bullets, and a counted one, which each list that begins counts anew at its depth.
pub(super) fn numbering(counted: &[i32]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("w:numbering", &[("xmlns:w", MAIN)]);
    definition(&mut xml, "0", |_| ("bullet", "•".to_owned()));
    definition(&mut xml, "1", |level| {
        let format = ["lowerLetter", "lowerRoman", "decimal"][level % 3];
        (format, format!("%{})", level + 1))
    });
    list(&mut xml, BULLETS, "0", None);
    for (place, level) in counted.iter().enumerate() {
        list(&mut xml, counted_list(place), "1", Some(*level));
    }
    xml.done()
}

fn definition(xml: &mut Xml, id: &str, level_of: impl Fn(usize) -> (&'static str, String)) {
    xml.open("w:abstractNum", &[("w:abstractNumId", id)]);
    value(xml, "w:multiLevelType", "multilevel");
    for level in 0..LEVELS {
        let (format, shown) = level_of(level);
        xml.open("w:lvl", &[("w:ilvl", &level.to_string())]);
        value(xml, "w:start", "1");
        value(xml, "w:numFmt", format);
        value(xml, "w:lvlText", &shown);
        value(xml, "w:lvlJc", "left");
        xml.open("w:pPr", &[]);
        let left = ((level + 1) * INDENT).to_string();
        xml.empty("w:ind", &[("w:left", &left), ("w:hanging", &INDENT.to_string())]);
        xml.close();
        xml.close();
    }
    xml.close();
    xml.line();
}

fn list(xml: &mut Xml, number: usize, definition: &str, counted_from: Option<i32>) {
    xml.open("w:num", &[("w:numId", &number.to_string())]);
    value(xml, "w:abstractNumId", definition);
    if let Some(level) = counted_from {
        xml.open("w:lvlOverride", &[("w:ilvl", &level.to_string())]);
        value(xml, "w:startOverride", "1");
        xml.close();
    }
    xml.close();
    xml.line();
}

/// How everything looks.
pub(super) fn styles(language: &str) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("w:styles", &[("xmlns:w", MAIN)]);
    xml.open("w:docDefaults", &[]);
    xml.open("w:rPrDefault", &[]);
    xml.open("w:rPr", &[]);
    xml.empty(
        "w:rFonts",
        &[
            ("w:ascii", "Calibri"),
            ("w:hAnsi", "Calibri"),
            ("w:cs", "Calibri"),
        ],
    );
    value(&mut xml, "w:sz", "22");
    let primary = language.split('-').next().unwrap_or_default();
    match FROM_RIGHT.contains(&primary) {
        true => xml.empty("w:lang", &[("w:val", language), ("w:bidi", language)]),
        false => value(&mut xml, "w:lang", language),
    }
    xml.close_to(2);
    xml.open("w:pPrDefault", &[]);
    xml.open("w:pPr", &[]);
    if FROM_RIGHT.contains(&primary) {
        xml.empty("w:bidi", &[]);
    }
    xml.empty(
        "w:spacing",
        &[("w:after", "120"), ("w:line", "264"), ("w:lineRule", "auto")],
    );
    xml.close_to(1);
    xml.line();
    paragraph_style(&mut xml, "Normal", "Normal", None, |_| {}, |_| {});
    paragraph_style(
        &mut xml,
        "Title",
        "Title",
        Some("Normal"),
        |_| {},
        |xml| {
            xml.empty("w:b", &[]);
            value(xml, "w:sz", "40");
        },
    );
    for (level, size) in [(1, "32"), (2, "28"), (3, "24"), (4, "22")] {
        let (id, name) = (format!("Heading{level}"), format!("heading {level}"));
        let before = |xml: &mut Xml| {
            xml.empty("w:keepNext", &[]);
            xml.empty("w:spacing", &[("w:before", "240"), ("w:after", "80")]);
            value(xml, "w:outlineLvl", &(level - 1).to_string());
        };
        paragraph_style(&mut xml, &id, &name, Some("Normal"), before, |xml| {
            xml.empty("w:b", &[]);
            value(xml, "w:sz", size);
        });
    }
    paragraph_style(
        &mut xml,
        "ListParagraph",
        "List Paragraph",
        Some("Normal"),
        |_| {},
        |_| {},
    );
    let set_in = |xml: &mut Xml| xml.empty("w:ind", &[("w:left", "567"), ("w:right", "567")]);
    paragraph_style(&mut xml, "Quote", "Quote", Some("Normal"), set_in, |_| {});
    paragraph_style(
        &mut xml,
        "FootnoteText",
        "footnote text",
        Some("Normal"),
        |_| {},
        |xml| {
            value(xml, "w:sz", "18");
        },
    );
    character_style(&mut xml, "FootnoteReference", "footnote reference", |xml| {
        value(xml, "w:vertAlign", "superscript");
    });
    character_style(&mut xml, "Hyperlink", "Hyperlink", |xml| {
        value(xml, "w:color", "0563C1");
        value(xml, "w:u", "single");
    });
    table_style(&mut xml);
    xml.done()
}

fn paragraph_style(
    xml: &mut Xml,
    id: &str,
    name: &str,
    based_on: Option<&str>,
    paragraph: impl FnOnce(&mut Xml),
    run: impl FnOnce(&mut Xml),
) {
    let own = [("w:type", "paragraph"), ("w:styleId", id)];
    match based_on {
        Some(_) => xml.open("w:style", &own),
        None => xml.open("w:style", &[own[0], own[1], ("w:default", "1")]),
    }
    value(xml, "w:name", name);
    if let Some(style) = based_on {
        value(xml, "w:basedOn", style);
    }
    xml.empty("w:qFormat", &[]);
    xml.open("w:pPr", &[]);
    paragraph(xml);
    xml.close();
    xml.open("w:rPr", &[]);
    run(xml);
    xml.close();
    xml.close();
    xml.line();
}

fn character_style(xml: &mut Xml, id: &str, name: &str, run: impl FnOnce(&mut Xml)) {
    xml.open("w:style", &[("w:type", "character"), ("w:styleId", id)]);
    value(xml, "w:name", name);
    xml.open("w:rPr", &[]);
    run(xml);
    xml.close();
    xml.close();
    xml.line();
}

fn table_style(xml: &mut Xml) {
    xml.open("w:style", &[("w:type", "table"), ("w:styleId", "TableGrid")]);
    value(xml, "w:name", "Table Grid");
    xml.open("w:tblPr", &[]);
    xml.open("w:tblBorders", &[]);
    for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
        xml.empty(
            side,
            &[
                ("w:val", "single"),
                ("w:sz", "4"),
                ("w:space", "0"),
                ("w:color", "808080"),
            ],
        );
    }
    xml.close();
    xml.close();
    xml.close();
    xml.line();
}

fn value(xml: &mut Xml, name: &'static str, value: &str) {
    xml.empty(name, &[("w:val", value)]);
}

//! Texts as Word documents and back, and documents that mean no good.

use std::io::{Cursor, Read as _, Write as _};

use flate2::{Compress, Compression, Crc, FlushCompress};
use proptest::prelude::*;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::arbitrary::{cleaned, text};
use crate::{
    clean::{BLOCKS_MAX, Notice},
    docx::{About, DEPTH_MAX, ENTRIES_MAX, FILE_MAX, Opened, TEXT_MAX, export, import},
    markdown,
    model::{Block, BlockKind, Content, Run},
};

const ABOUT: About<'_> = About {
    title: "Housing & land <for> all",
    language: "en",
};
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("a part begins");
        archive.write_all(bytes).expect("a part is written");
    }
    archive.finish().expect("the archive ends").into_inner()
}

/// A document whose body is this, with parts beside it.
fn docx_with(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let text = format!("<w:document xmlns:w=\"w\" xmlns:r=\"r\"><w:body>{body}</w:body></w:document>");
    let types = [
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("footnotes", "footnotes.xml"),
        ("endnotes", "endnotes.xml"),
    ];
    let beside: String = types
        .iter()
        .map(|(sort, target)| format!("<Relationship Id=\"{sort}\" Type=\"x/{sort}\" Target=\"{target}\"/>"))
        .collect();
    let links = r#"<Relationship Id="good" Type="x/hyperlink" Target="https://uclg.org/" TargetMode="External"/><Relationship Id="bad" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/><Relationship Id="file" Type="x/hyperlink" Target="file:///etc/passwd" TargetMode="External"/>"#;
    let relations = format!("<Relationships>{beside}{links}</Relationships>");
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("word/document.xml", text.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
    ];
    parts.extend(others.iter().map(|(name, text)| (*name, text.as_bytes())));
    archive(&parts)
}

fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

fn paragraph(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn run(words: &str) -> String {
    format!("<w:r><w:t>{words}</w:t></w:r>")
}

fn opened(bytes: &[u8]) -> Opened {
    import(bytes).expect("read")
}

/// What was read, as Markdown: a form that people can compare.
fn said(bytes: &[u8]) -> String {
    markdown::export(&opened(bytes).blocks)
}

fn refused(bytes: &[u8]) -> (&'static str, Vec<String>) {
    let fault = import(bytes).expect_err("refused");
    (
        fault.code,
        fault.fields.into_iter().map(|field| field.field).collect(),
    )
}

fn told(bytes: &[u8], notice: Notice) -> Option<usize> {
    opened(bytes).notices.0.get(&notice).copied()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive
        .by_name(name)
        .expect("a part")
        .read_to_string(&mut text)
        .expect("text");
    text
}

#[test]
fn a_text_is_written_with_styles_lists_and_footnotes_of_words() {
    let note = Block {
        kind: BlockKind::Footnote,
        ..Block::paragraph("On the way.")
    };
    let mut marked = Block::paragraph("");
    marked.content = Content::Text(vec![Run::plain("We act"), Run::mark(note.id), Run::plain(".")]);
    let blocks = cleaned(vec![
        Block::heading(2, "Rights"),
        marked,
        Block::item(1, true, "first"),
        Block::item(2, false, "within"),
        Block::item(1, true, "second"),
        Block::paragraph("Then"),
        Block::item(1, true, "counted anew"),
        note,
    ]);

    let written = export(&ABOUT, &blocks);

    let (text, numbering) = (
        part(&written, "word/document.xml"),
        part(&written, "word/numbering.xml"),
    );
    assert!(text.contains("<w:pStyle w:val=\"Heading2\"/>"));
    assert!(text.contains("<w:footnoteReference w:id=\"1\"/>"));
    let lists: Vec<&str> = text
        .match_indices("<w:numId w:val=\"")
        .map(|(at, found)| &text[at + found.len()..at + found.len() + 1])
        .collect();
    assert_eq!(lists, ["2", "1", "2", "3"]);
    assert_eq!(numbering.matches("<w:startOverride w:val=\"1\"/>").count(), 2);
    assert!(part(&written, "word/footnotes.xml").contains("On the way."));
    assert_eq!(
        written,
        export(&ABOUT, &blocks),
        "the same text gives the same bytes"
    );
}

#[test]
fn the_title_comes_back_and_is_no_block() {
    let blocks = cleaned(vec![Block::paragraph("We act.")]);

    let found = opened(&export(&ABOUT, &blocks));

    assert_eq!(found.title.as_deref(), Some("Housing & land <for> all"));
    assert_eq!(found.blocks, blocks);
}

#[test]
fn a_document_of_word_is_read_by_the_names_of_its_styles() {
    let styles = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/></w:style>
        <w:style w:styleId="Moi"><w:name w:val="Mon titre"/><w:basedOn w:val="Titre2"/></w:style>
        <w:style w:styleId="Titre"><w:name w:val="Title"/></w:style>
        <w:style w:styleId="Citation"><w:name w:val="Quote"/></w:style>
        <w:style w:styleId="Tourne"><w:name w:val="x"/><w:basedOn w:val="Tourne"/></w:style>
        <w:style w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
        <w:style w:styleId="Listepuces2"><w:name w:val="List Bullet 2"/><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>
        <w:style w:type="character" w:styleId="lev"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style></w:styles>"#;
    let numbering = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num></w:numbering>"#;
    let styled = |style: &str, words: &str| {
        paragraph(&format!(
            "<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}",
            run(words)
        ))
    };
    let item = |level: usize, words: &str| {
        paragraph(&format!(
            "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>{}",
            run(words)
        ))
    };
    let body = [
        styled("Titre", "Document"),
        styled("TM1", "Rights … 3"),
        styled("Titre2", "Rights"),
        styled("Moi", "Duties"),
        paragraph("<w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr><w:r><w:t>Land</w:t></w:r>"),
        item(0, "first"),
        item(1, "within"),
        styled("Listepuces2", "bullet"),
        styled("Citation", "Said"),
        styled("Tourne", "plain"),
        paragraph("<w:r><w:rPr><w:rStyle w:val=\"lev\"/></w:rPr><w:t>strong</w:t></w:r><w:r><w:t xml:space=\"preserve\"> and </w:t></w:r><w:r><w:rPr><w:i/><w:b w:val=\"0\"/></w:rPr><w:t>slanted</w:t></w:r>"),
        paragraph("<w:hyperlink r:id=\"good\"><w:r><w:t>here</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>there</w:t><w:tab/><w:t>&amp; &#233;</w:t></w:r>"),
    ]
    .concat();

    let found = said(&docx_with(
        &body,
        &[("word/styles.xml", styles), ("word/numbering.xml", numbering)],
    ));

    assert_eq!(
        found,
        "# Document\n\n## Rights\n\n## Duties\n\n### Land\n\n1. first\n   - within\n   - bullet\n\n> Said\n\nplain\n\n**strong** and *slanted*\n\n[here](<https://uclg.org/>)\\\nthere \\& é\n"
    );
}

#[test]
fn tables_footnotes_and_marks_that_refer_to_others_are_read() {
    let notes = format!(
        "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\" w:id=\"-1\">{0}</w:footnote><w:footnote w:id=\"4\">{1}{2}</w:footnote></w:footnotes>",
        paragraph(&run("line")),
        paragraph(
            "<w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> On the </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>way</w:t></w:r>"
        ),
        paragraph(&run("Further")),
    );
    let ends = format!(
        "<w:endnotes xmlns:w=\"w\"><w:endnote w:id=\"4\">{}</w:endnote></w:endnotes>",
        paragraph(&run("Last"))
    );
    let body = [
        paragraph("<w:r><w:t>One</w:t></w:r><w:bookmarkStart w:id=\"9\" w:name=\"_Ref12\"/><w:r><w:footnoteReference w:id=\"4\"/></w:r><w:bookmarkEnd w:id=\"9\"/>"),
        paragraph("<w:r><w:t>Two</w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> NOTEREF _Ref12 \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:endnoteReference w:id=\"4\"/></w:r>"),
        format!("<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>{}</w:tc></w:tr><w:tr><w:tc>{}{}</w:tc><w:tc><w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>{}</w:tc></w:tr></w:tbl>", paragraph(&run("A")), paragraph(&run("b")), paragraph(&run("c")), paragraph(&run("d")), paragraph(&run("e")), paragraph("")),
    ]
    .concat();

    let found = said(&docx_with(
        &body,
        &[("word/footnotes.xml", &notes), ("word/endnotes.xml", &ends)],
    ));

    assert_eq!(
        found,
        "One[^1]\n\nTwo[^1]\u{2060}[^2]\n\n| A |  |\n| --- | --- |\n| b c | d e |\n\n[^1]: On the **way**\\\n    Further\n\n[^2]: Last\n"
    );
}

#[test]
fn of_followed_changes_the_outcome_is_taken_and_that_is_told() {
    let body = [
        paragraph("<w:r><w:t xml:space=\"preserve\">We </w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>may</w:delText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>shall</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t xml:space=\"preserve\"> act</w:t></w:r></w:moveTo>"),
        paragraph("<w:pPr><w:rPr><w:del w:id=\"3\"/><w:b/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">joined </w:t></w:r>"),
        paragraph("<w:pPr><w:pPrChange><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>to this</w:t></w:r>"),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr><w:tr><w:trPr><w:del w:id=\"4\"/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph(&run("stays")), paragraph(&run("goes"))),
    ]
    .concat();
    let bytes = docx(&body);

    assert_eq!(
        said(&bytes),
        "We shall act\n\njoined to this\n\n| stays |\n| --- |\n"
    );
    assert_eq!(told(&bytes, Notice::InsertionKept), Some(2));
    assert_eq!(told(&bytes, Notice::DeletionDropped), Some(3));
}

#[test]
fn what_is_left_out_is_told() {
    let picture =
        "<w:r><w:drawing><wp:inline><wp:docPr descr=\"a street\"/><pic:pic/></wp:inline></w:drawing></w:r>";
    let text_box = "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:t>boxed</w:t></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
    let comment = "<w:commentRangeStart w:id=\"0\"/><w:r><w:t>said</w:t></w:r><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>";
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>";
    let bytes = docx(&[picture, text_box, comment, hidden].map(paragraph).concat());

    assert_eq!(said(&bytes), "a street\n\nsaid\n");
    assert_eq!(told(&bytes, Notice::PictureLeftOut), Some(1));
    assert_eq!(told(&bytes, Notice::PartLeftOut), Some(1));
    assert_eq!(told(&bytes, Notice::CommentLeftOut), Some(1));
}

#[test]
fn what_fields_ask_for_is_never_text_and_leads_nowhere() {
    let field = |instruction: &str, shown: &str| {
        paragraph(&format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>{instruction}</w:instrText><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
            run(shown)
        ))
    };
    let bytes = docx(
        &[
            field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc.exe\"", "shown"),
            field("INCLUDETEXT \"https://evil.example/x.docx\"", "included"),
            field("HYPERLINK \"javascript:alert(1)\"", "script"),
            field("HYPERLINK \"https://uclg.org/\" \\o \"tip\"", "link"),
            paragraph("<w:fldSimple w:instr=\"MACROBUTTON evil run me\"><w:r><w:t>pressed</w:t></w:r></w:fldSimple>"),
            paragraph("<w:hyperlink r:id=\"bad\"><w:r><w:t>bad</w:t></w:r></w:hyperlink><w:hyperlink r:id=\"file\"><w:r><w:t>file</w:t></w:r></w:hyperlink><w:hyperlink r:id=\"none\"><w:r><w:t>none</w:t></w:r></w:hyperlink>"),
            paragraph("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>never ends</w:instrText></w:r>"),
            paragraph(&run("after")),
        ]
        .concat(),
    );

    assert_eq!(
        said(&bytes),
        "shown\n\nincluded\n\nscript\n\n[link](<https://uclg.org/>)\n\npressed\n\nbadfilenone\n\nafter\n"
    );
    assert_eq!(told(&bytes, Notice::LinkDropped), Some(3));
}

#[test]
fn r87_a_paragraph_that_is_divided_moved_or_typed_before_keeps_its_id_once() {
    let blocks = cleaned(vec![Block::paragraph("one"), Block::paragraph("two")]);
    let written = export(&ABOUT, &blocks);
    let (before, after) = ("<w:p><w:bookmarkStart", "<w:bookmarkEnd");
    let text = part(&written, "word/document.xml");
    let body = &text[text.find("<w:body>").expect("a body") + 8..text.find("<w:sectPr>").expect("its end")];
    let with = |body: &str| opened(&docx(body)).blocks;

    // In the middle of the first a new paragraph is begun: its bookmark now goes over two.
    let divided = with(&body.replacen(
        "one</w:t></w:r>",
        "o</w:t></w:r></w:p><w:p><w:r><w:t>ne</w:t></w:r>",
        1,
    ));
    // Before its first word.
    let typed = with(&body.replacen(
        "<w:r><w:t xml:space=\"preserve\">one",
        "</w:p><w:p><w:r><w:t>one",
        1,
    ));
    // The second is copied in front.
    let second = &body[body.rfind(before).expect("the second")..];
    let copied = with(&format!("{second}{body}"));

    assert!(body.contains(after));
    let ids = |found: &[Block]| found.iter().map(|block| block.id).collect::<Vec<_>>();
    assert_eq!(
        (divided.len(), divided[0].id, divided[2].id),
        (3, blocks[0].id, blocks[1].id)
    );
    assert_ne!(divided[1].id, blocks[0].id);
    assert_eq!(ids(&typed), ids(&blocks));
    assert_eq!(ids(&copied)[..2], [blocks[1].id, blocks[0].id]);
    assert_ne!(copied[2].id, blocks[1].id);
}

#[test]
fn a_list_two_hundred_deep_is_flattened_and_that_is_told() {
    let numbering =
        r#"<w:numbering xmlns:w="w"><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let items: String = (0..200)
        .map(|level| {
            paragraph(&format!(
                "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}",
                run("x")
            ))
        })
        .collect();

    let found = opened(&docx_with(&items, &[("word/numbering.xml", numbering)]));

    assert_eq!((found.blocks.len(), found.blocks[199].level), (200, 6));
    assert_eq!(found.notices.0.get(&Notice::DepthFlattened), Some(&194));
}

#[test]
fn what_turns_text_around_or_hides_is_taken_out() {
    let found = said(&docx(&paragraph(&run("a\u{202e}b\u{200b}c\u{2066}d"))));

    assert_eq!(found, "abcd\n");
}

/// One entry of an archive that is put together by hand, so that it may lie.
struct Entry {
    name: &'static str,
    method: u16,
    flags: u16,
    packed: Vec<u8>,
    claims: u32,
    check: u32,
}

impl Entry {
    fn stored(name: &'static str, bytes: &[u8]) -> Self {
        let mut check = Crc::new();
        check.update(bytes);
        Self {
            name,
            method: 0,
            flags: 0,
            claims: u32::try_from(bytes.len()).expect("small"),
            packed: bytes.to_vec(),
            check: check.sum(),
        }
    }
}

/// APPNOTE.TXT 4.3: the entries, their list, its end.
fn by_hand(entries: &[Entry]) -> Vec<u8> {
    let (mut file, mut list) = (Vec::new(), Vec::new());
    for entry in entries {
        let begin = u32::try_from(file.len()).expect("small");
        let mut head = Vec::new();
        for number in [20, entry.flags, entry.method, 0, 0x21] {
            head.extend(number.to_le_bytes());
        }
        head.extend(entry.check.to_le_bytes());
        head.extend(u32::try_from(entry.packed.len()).expect("small").to_le_bytes());
        head.extend(entry.claims.to_le_bytes());
        head.extend(u16::try_from(entry.name.len()).expect("small").to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&head);
        file.extend(entry.name.as_bytes());
        file.extend(&entry.packed);
        list.extend(b"PK\x01\x02");
        list.extend(20_u16.to_le_bytes());
        list.extend(&head);
        list.extend([0; 10]);
        list.extend(begin.to_le_bytes());
        list.extend(entry.name.as_bytes());
    }
    let (count, at, length) = (
        u16::try_from(entries.len()).expect("few").to_le_bytes(),
        u32::try_from(file.len()).expect("small").to_le_bytes(),
        u32::try_from(list.len()).expect("small").to_le_bytes(),
    );
    file.extend(list);
    file.extend(b"PK\x05\x06\0\0\0\0");
    for piece in [&count[..], &count, &length, &at, &[0, 0]] {
        file.extend(piece);
    }
    file
}

fn sound(others: Vec<Entry>) -> Vec<Entry> {
    let mut entries = vec![
        Entry::stored("[Content_Types].xml", TYPES.as_bytes()),
        Entry::stored("_rels/.rels", RELATIONS.as_bytes()),
    ];
    entries.extend(others);
    entries
}

/// A mebibyte of spaces, packed so that it can stand many times in a row.
fn spaces(times: usize) -> Vec<u8> {
    let mut packer = Compress::new(Compression::best(), false);
    let mut once = Vec::with_capacity(64 * 1024);
    packer
        .compress_vec(&vec![b' '; 1024 * 1024], &mut once, FlushCompress::Full)
        .expect("packed");
    let mut packed = once.repeat(times);
    packed.extend([0x03, 0x00]);
    packed
}

#[test]
fn a_part_that_unpacks_to_a_gibibyte_is_refused_whatever_it_claims() {
    for claims in [0, 10, 1024 * 1024 * 1024] {
        let bomb = by_hand(&sound(vec![Entry {
            method: 8,
            packed: spaces(1024),
            claims,
            ..Entry::stored("word/document.xml", b"")
        }]));
        assert!(bomb.len() < 4 * 1024 * 1024, "{}", bomb.len());

        let (code, fields) = refused(&bomb);

        // Where it claims less the end is looked for too early, and the check fails.
        assert!(["docx_too_large", "docx_damaged"].contains(&code), "{code}");
        assert_eq!(fields, ["file"]);
    }
}

#[test]
fn what_is_no_document_of_word_is_refused_beside_its_field() {
    let sheet = RELATIONS.replace("word/document.xml", "xl/workbook.xml");
    let macros = TYPES.replace(
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        "vnd.ms-word.document.macroEnabled.main",
    );
    let whole = docx(&paragraph(&run("x")));
    let twice = by_hand(&sound(vec![
        Entry::stored("word/document.xml", b"<w:document/>"),
        Entry::stored("word/document.xml", b"<w:document/>"),
    ]));
    let locked = by_hand(&sound(vec![Entry {
        flags: 1,
        ..Entry::stored("word/document.xml", b"<w:document/>")
    }]));
    let types = ("[Content_Types].xml", TYPES.as_bytes());
    let relations = ("_rels/.rels", RELATIONS.as_bytes());
    let with_text = |text: &str| archive(&[types, relations, ("word/document.xml", text.as_bytes())]);
    let cases: [(&str, Vec<u8>, &str); 18] = [
        ("nothing", vec![], "not_a_docx"),
        ("a picture", b"\x89PNG\r\n".to_vec(), "not_a_docx"),
        ("an archive", archive(&[("a.txt", b"a")]), "not_a_docx"),
        ("an archive of types alone", archive(&[types]), "not_a_docx"),
        (
            "a sheet",
            archive(&[
                types,
                ("_rels/.rels", sheet.as_bytes()),
                ("xl/workbook.xml", b"<workbook/>"),
            ]),
            "not_a_docx",
        ),
        ("without its text", archive(&[types, relations]), "docx_damaged"),
        (
            "text that is no XML",
            with_text("<w:document><w:p>"),
            "docx_damaged",
        ),
        (
            "wrongly closed",
            with_text("<w:document></w:p></w:document>"),
            "docx_damaged",
        ),
        (
            "not in UTF-8",
            archive(&[
                types,
                relations,
                ("word/document.xml", b"<w:document>\xff</w:document>"),
            ]),
            "docx_damaged",
        ),
        (
            "with a document type",
            with_text("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document>&x;</w:document>"),
            "docx_damaged",
        ),
        (
            "under a password",
            [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "EncryptedPackage".as_bytes()].concat(),
            "docx_protected",
        ),
        ("with a locked part", locked, "docx_protected"),
        (
            "with macros",
            archive(&[
                ("[Content_Types].xml", macros.as_bytes()),
                relations,
                ("word/document.xml", b"<w:document/>"),
            ]),
            "docx_has_macros",
        ),
        (
            "with a part of macros",
            archive(&[
                types,
                relations,
                ("word/document.xml", b"<w:document/>"),
                ("word/vbaProject.bin", b""),
            ]),
            "docx_has_macros",
        ),
        ("cut off", whole[..whole.len() / 2].to_vec(), "docx_damaged"),
        (
            "cut off at its end",
            whole[..whole.len() - 30].to_vec(),
            "docx_damaged",
        ),
        ("with two texts", twice, "docx_damaged"),
        (
            "too large",
            [&b"PK"[..], &vec![0; FILE_MAX]].concat(),
            "docx_too_large",
        ),
    ];
    for (case, bytes, code) in cases {
        assert_eq!(refused(&bytes), (code, vec!["file".to_owned()]), "{case}");
    }
    const { assert!(TEXT_MAX > FILE_MAX) };
}

#[test]
fn more_entries_than_any_document_has_are_refused_before_they_are_read() {
    let entries = (0..=ENTRIES_MAX).map(|_| Entry::stored("x", b"")).collect();

    assert_eq!(refused(&by_hand(&sound(entries))).0, "docx_too_large");
}

#[test]
fn names_that_lead_out_are_only_names() {
    let relations = RELATIONS.replace("word/document.xml", "../../etc/passwd");
    let named = archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", relations.as_bytes()),
    ]);

    assert_eq!(refused(&named).0, "docx_damaged");
}

#[test]
fn what_is_two_hundred_deep_is_refused() {
    for (begin, end) in [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt>", "</w:sdt>"),
        ("<w:ins>", "</w:ins>"),
        ("<w:del>", "</w:del>"),
        ("<x>", "</x>"),
    ] {
        let deep = docx(&format!("{}{}", begin.repeat(200), end.repeat(200)));

        let fault = import(&deep).expect_err("too deep");

        assert_eq!(
            (fault.code, fault.facts["most"].as_u64()),
            ("docx_too_deep", Some(DEPTH_MAX as u64))
        );
    }
    let fields = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(200);
    assert_eq!(refused(&docx(&paragraph(&fields))).0, "docx_too_deep");
}

#[test]
fn what_is_too_much_for_a_text_is_named() {
    let many = docx(&paragraph(&run("x")).repeat(BLOCKS_MAX + 1));
    let long = docx(&paragraph(&run(&"x".repeat(2 * 1024 * 1024))));
    let rows = docx(&format!(
        "<w:tbl>{}</w:tbl>",
        format!("<w:tr><w:tc>{}</w:tc></w:tr>", paragraph(&run("x"))).repeat(600)
    ));

    let code = |bytes: &[u8]| import(bytes).expect_err("too much").fields[0].code;
    assert_eq!(
        [code(&many), code(&long), code(&rows)],
        ["too_many_blocks", "too_long", "table_too_large"]
    );
}

#[test]
fn the_largest_text_goes_out_and_comes_back() {
    let blocks: Vec<Block> = (0..BLOCKS_MAX)
        .map(|place| {
            Block::item(
                1 + i32::try_from(place % 6).expect("small"),
                place % 2 == 0,
                "x".repeat(400),
            )
        })
        .collect();

    assert!(opened(&export(&ABOUT, &blocks)).blocks == blocks);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r87_what_goes_out_to_word_and_comes_back_is_the_same_with_its_ids(blocks in text()) {
        let written = export(&ABOUT, &blocks);

        let again = opened(&written);

        prop_assert_eq!(again.blocks, blocks, "{}", part(&written, "word/document.xml"));
    }

    #[test]
    fn any_xml_can_be_read(body in "(<(w:)?(p|r|t|tbl|tr|tc|pPr|rPr|b|i|ins|del|hyperlink|fldChar|numPr|footnoteReference|bookmarkStart|drawing|x)( w:(val|id|name)=\"[a-z0-9_]{0,3}\")?/>|[a-z &;]){0,40}") {
        let found = import(&docx(&body.replace('&', "&amp;")));

        prop_assert!(found.is_ok());
    }

    #[test]
    fn any_bytes_are_read_or_refused(at in 0..2_000_usize, byte in any::<u8>(), cut in 0..2_000_usize) {
        let mut bytes = export(&ABOUT, &[Block::paragraph("one"), Block::item(2, true, "two")]);
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - cut % 50);

        let refused = import(&bytes).err();

        prop_assert!(refused.is_none_or(|fault| fault.kind != kernel::Kind::Internal));
    }
}

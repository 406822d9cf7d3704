//! Pasted HTML in, safe HTML out.

use proptest::prelude::*;

use super::arbitrary::text;
use crate::{
    clean::{BLOCKS_MAX, Notice, PASTE_MAX},
    html::{Showing, render},
    markdown::export,
    model::{Block, BlockKind, Content},
    paste::import,
};

const BARE: Showing<'_> = Showing {
    language: "fr",
    headings_from: 1,
    has_numbers: false,
};

fn read(html: &str) -> Vec<Block> {
    import(html).expect("read").blocks
}

/// What was read, as Markdown: a form that people can compare.
fn said(html: &str) -> String {
    export(&read(html))
}

#[test]
fn a_page_of_a_browser_is_read_without_its_styles_scripts_and_comments() {
    let html = "<html><head><title>t</title><style>p{color:red}</style></head><body><!-- c -->
        <script>alert('<p>x</p>')</script><h2 class=x style='color:red'>Rights</h2>
        <p>We <b>resolve</b> <span style=\"font-weight:700\">to</span> <i>act</i>, <a href='https://uclg.org/?a=1&amp;b=2' onclick='x()'>here</a>.<br>Now
        <div>Then<ul><li>one<ol><li>deep</ol></li><li><p>two</p></ul></div>
        <blockquote><p>Said</p></blockquote><span style='display: none'>hidden</span>
        <table><caption>Cap</caption><tr><th colspan=2>A</th></tr><tr><td>b<td><p>c</p><p>d</p></table></body></html>";

    assert_eq!(
        said(html),
        "## Rights\n\nWe **resolve to** *act*, [here](<https://uclg.org/?a=1\\&b=2>).\\\nNow\n\nThen\n\n- one\n  1. deep\n- two\n\n> Said\n\nCap\n\n| A |  |\n| --- | --- |\n| b | c d |\n"
    );
}

#[test]
fn a_page_of_word_is_read_with_its_lists_title_and_footnotes() {
    let html = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--><style><!-- p.MsoNormal {mso-style-parent:\"\";} --></style></head>
<body lang=FR style='tab-interval:35.4pt'><!--StartFragment-->
<p class=MsoTitle>Document d’orientation<o:p></o:p></p>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span lang=FR>Nous</span></b><span lang=FR> agissons<a style='mso-footnote-id:ftn1' href=\"#_ftn1\" name=\"_ftnref1\" title=\"\"><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>un</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span style='font-family:Symbol'>·<span>&nbsp;</span></span><!--[endif]-->deux</p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width=\"33%\"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href=\"#_ftnref1\" name=\"_ftn1\" title=\"\"><span class=MsoFootnoteReference>[1]</span></a> Voir plus loin.</p></div></div>
<!--EndFragment--></body></html>";

    assert_eq!(
        said(html),
        "# Document d’orientation\n\n**Nous** agissons[^1].\n\n1. un\n   - deux\n\n[^1]: Voir plus loin.\n"
    );
}

#[test]
fn an_office_on_the_web_wraps_everything_in_a_bold_that_is_none() {
    let html = "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-x\"><p dir=\"ltr\"><span style=\"font-weight:400\">plain </span><span style=\"font-weight:700\">bold</span></p></b>";

    assert_eq!(said(html), "plain **bold**\n");
}

#[test]
fn what_windows_puts_before_a_copy_is_left_out() {
    let html = "Version:0.9\r\nStartHTML:00000097\r\nStartFragment:00000131\r\n<html><body><!--StartFragment--><p>a</p>";

    assert_eq!(said(html), "a\n");
}

#[test]
fn nothing_pasted_is_markup_when_it_is_shown() {
    let pranks = [
        "<p><img src=x onerror=alert(1)>",
        "<p><a href=\"javascript:alert(1)\">x</a>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;",
        "<svg/onload=alert(1)><p>x",
        "<p><a href='https://x.org/\"onmouseover=alert(1)//'>x</a>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<p id=\"b-x\" onclick=alert(1) style=background:url(javascript:alert(1))>x",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object>",
        "<!--><script>alert(1)</script>-->",
        "<p title='--><script>alert(1)</script>'>x</p>",
        "<noscript><p title=\"</noscript><script>alert(1)</script>\"></noscript>",
    ];
    for prank in pranks {
        let shown = render(&read(prank), &BARE);
        for word in [
            "<script",
            "onerror=",
            "onclick",
            "onload",
            " onmouseover",
            "javascript:",
            "<iframe",
            "<svg",
            "<img",
            "style=",
        ] {
            let has_it =
                shown.contains(word) && !shown.contains(&format!("&lt;{}", word.trim_start_matches('<')));
            assert!(!has_it, "{word} of {prank} in {shown}");
        }
    }
}

#[test]
fn text_is_escaped_and_anchors_are_lasting() {
    let blocks = [Block::heading(1, "A & B <b>\"'"), Block::paragraph("one\ntwo")];

    let shown = render(
        &blocks,
        &Showing {
            headings_from: 2,
            has_numbers: true,
            ..BARE
        },
    );

    let [first, second] = [&blocks[0].id, &blocks[1].id];
    assert_eq!(
        shown,
        format!(
            "<div class=\"text\" lang=\"fr\">\n<h2 id=\"b-{first}\"><a class=\"b-number\" href=\"#b-{first}\">1.</a> A &amp; B &lt;b&gt;&quot;&#39;</h2>\n<p id=\"b-{second}\"><a class=\"b-number\" href=\"#b-{second}\">§ 2</a> one<br>two</p>\n</div>\n"
        )
    );
}

#[test]
fn a_list_two_hundred_deep_is_flattened_and_that_is_told() {
    let html = "<ul><li>x".repeat(200);

    let found = import(&html).expect("read");

    assert_eq!(found.blocks.len(), 200);
    assert_eq!(found.blocks[199].level, 6);
    assert_eq!(found.notices.0.get(&Notice::DepthFlattened), Some(&194));
}

#[test]
fn what_is_too_much_is_refused_and_what_is_a_prank_is_read_quickly() {
    assert_eq!(
        import(&"x".repeat(PASTE_MAX + 1)).expect_err("too much").code,
        "too_much_pasted"
    );
    for prank in [
        "<b>",
        "<p>",
        "<ul><li>",
        "<table><tr><td>",
        "<blockquote>",
        "<b></i>",
        "<a href=x>",
        "<!--",
        "<p id=b-x>",
        "</p>",
        "<td>",
        "<x y=\"",
        "&amp",
        "<pre>",
    ] {
        let found = import(&prank.repeat(300_000 / prank.len()));
        let is_read = found.as_ref().is_ok_and(|found| found.blocks.len() <= BLOCKS_MAX);
        assert!(
            is_read || found.is_err_and(|fault| fault.code == "invalid"),
            "{prank}"
        );
    }
}

#[test]
fn two_blocks_that_bear_one_id_get_two() {
    let block = Block::paragraph("x");
    let shown = render(&[block.clone(), block.clone()], &BARE);

    let found = read(&shown);

    assert_eq!(found[0].id, block.id);
    assert_ne!(found[1].id, block.id);
    assert_eq!(
        (found[1].kind, &found[1].content),
        (BlockKind::Paragraph, &Content::plain("x"))
    );
}

#[test]
fn an_address_that_is_too_long_is_left_out_and_read_once() {
    let long = format!("https://x.org/{}", "a".repeat(1_000_000));
    let html = format!("<a href='{long}'>{}</a>", "<b>x</b>y".repeat(900));
    let markdown = format!("[{}](<{long}>)", "**x**y ".repeat(900));

    for found in [import(&html), crate::markdown::import(&markdown)] {
        let found = found.expect("read");
        assert_eq!(found.notices.0.get(&Notice::LinkDropped), Some(&1));
        assert!(found.blocks[0].content.runs().all(|run| run.link.is_none()));
    }
}

#[test]
fn an_address_that_goes_on_for_ever_is_kept_only_so_often() {
    let address = format!("https://x.org/{}", "a".repeat(1_900));
    let blocks = format!("<a href='{address}'>{}", "<p>x".repeat(200_000));
    let runs = format!("<p><a href='{address}'>{}", "<b>x</b>y".repeat(100_000));
    let cells = format!(
        "<table><a href='{address}'>{}",
        "<td colspan=30>x".repeat(100_000)
    );

    assert_eq!(
        import(&blocks).expect_err("refused").fields[0].code,
        "too_many_blocks"
    );
    assert_eq!(
        import(&runs).expect_err("refused").fields[0].code,
        "too_many_looks"
    );
    assert!(import(&cells).is_err());
}

#[test]
fn many_lists_after_many_spaces_are_read_quickly() {
    let html = format!("{}{}", " ".repeat(1_000_000), "<ul>".repeat(200_000));

    assert_eq!(import(&html).expect("read").blocks, []);
}

#[test]
fn what_says_that_a_mark_begins_and_never_ends_it_hides_nothing() {
    let open = "<![if !supportLists]>";

    assert_eq!(said(&format!("{open}<ul><li>one</ul>")), "- one\n");
    assert_eq!(
        said(&format!(
            "<p style='mso-list:l0 level1 lfo1'>{open}1.</p><ul><li>one</ul>"
        )),
        "- one\n"
    );
    assert_eq!(
        said(&format!("{open}<table><tr><td>a<td>b</table>")),
        "| a | b |\n| --- | --- |\n"
    );
}

#[test]
fn a_table_within_a_footnote_keeps_its_cells_apart() {
    let table = "<table><tr><td>a</td><td>b</td></tr><tr><td>c<td>d</table>";
    let html =
        format!("<p>x<a href='#_ftn1'>1</a></p><div style='mso-element:footnote' id=ftn1>{table}</div>");
    let markdown = "x[^1]\n\n[^1]: | a | b |\n    | --- | --- |\n    | c | d |\n";

    for found in [import(&html), crate::markdown::import(markdown)] {
        let words: Vec<String> = found
            .expect("read")
            .blocks
            .iter()
            .map(|block| block.content.words())
            .collect();
        assert_eq!(words, ["x", "a b\nc d"]);
    }
}

#[test]
fn a_block_that_names_itself_as_one_before_gets_its_own_name() {
    let id = Block::paragraph("").id;

    let found = read(&format!("<p id='b-{id}'>one</p><p id='b-{id}'>two</p>"));

    assert_eq!(found[0].id, id);
    assert_ne!(found[1].id, id);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_and_pasted_again_is_the_same_with_its_ids(blocks in text(), has_numbers in any::<bool>()) {
        let shown = render(&blocks, &Showing { has_numbers, ..BARE });

        let again = read(&shown);

        prop_assert_eq!(again, blocks, "{}", shown);
    }

    #[test]
    fn anything_can_be_pasted(html in "(<[/!]?(p|b|i|ul|ol|li|table|tr|td|h1|a|div|br|script|x)[ a-z='\"#:;-]{0,6}>?|[a-z &;<>\\n-]){0,60}") {
        let shown = render(&read(&html), &BARE);

        prop_assert!(!shown.contains("<script"), "{}", shown);
        prop_assert_eq!(render(&read(&shown), &BARE), shown);
    }
}

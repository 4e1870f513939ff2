//! One damage at a time: no wrong number, and nothing lost far from the damage.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use gongkai_tests::adversary;
use gongkai_tests::print::Style;
use gongkai_tests::random::Random;
use gongkai_tests::render::{
    Carrier, CsvForm, DocForm, DocxForm, Encoding, HtmlForm, MhtmlForm, OdtForm, OfdForm, PdfForm, RtfForm,
    TextLayout, XlsForm, XlsxForm,
};
use gongkai_tests::runs::{self, Damaged};
use gongkai_tests::truth::Wishes;

/// Every damage to one plain report, and a sample of those to random ones.
fn harmless(carrier: Carrier) {
    let first = runs::first_seed();
    let mut damaged = Damaged::default();
    let plain =
        runs::styled(&Style::default(), Wishes { dense: true, ..Wishes::default() }, &mut Random::new(first));
    damaged.read(&plain, &adversary::damages(&plain), carrier, first);
    for seed in first..first + runs::cases(6) {
        let printed = runs::report(seed);
        let damages = runs::sampled(&printed, 12, &mut Random::new(seed));
        damaged.read(&printed, &damages, carrier, seed);
    }
    damaged.assert_harmless();
}

macro_rules! layouts {
    ($($name:ident: $carrier:expr;)+) => {
        $(#[test]
        fn $name() {
            harmless($carrier);
        })+
    };
}

layouts! {
    tabbed_cells: Carrier::Text(TextLayout::TabbedCells, Encoding::Utf8, false);
    spaced_lines: Carrier::Text(TextLayout::SpacedLines, Encoding::Utf8, false);
    lines: Carrier::Text(TextLayout::Lines, Encoding::Utf8, false);
    gapped_lines: Carrier::Text(TextLayout::GappedLines, Encoding::Utf8, false);
    pipes: Carrier::Text(TextLayout::Pipes, Encoding::Utf8, false);
    markdown_blank: Carrier::Text(TextLayout::MarkdownBlank, Encoding::Utf8, false);
    markdown_repeated: Carrier::Text(TextLayout::MarkdownRepeated, Encoding::Utf8, false);
    tabbed_rows: Carrier::Text(TextLayout::TabbedRows, Encoding::Utf8, false);
    padded_tabs: Carrier::Text(TextLayout::PaddedTabs, Encoding::Utf8, false);
    cut_tabs: Carrier::Text(TextLayout::CutTabs, Encoding::Utf8, false);
    html: Carrier::Html(HtmlForm::Clean);
    html_soup: Carrier::Html(HtmlForm::Soup);
    docx: Carrier::Docx(DocxForm::Word);
    docx_of_libreoffice: Carrier::Docx(DocxForm::LibreOffice);
    doc: Carrier::Doc(DocForm::Word);
    doc_merged_by_flags: Carrier::Doc(DocForm::MergedByFlags);
    rtf: Carrier::Rtf(RtfForm::Word);
    rtf_of_wps: Carrier::Rtf(RtfForm::Wps);
    rtf_of_libreoffice: Carrier::Rtf(RtfForm::LibreOffice);
    rtf_merged_by_flags: Carrier::Rtf(RtfForm::MergedByFlags);
    rtf_nested: Carrier::Rtf(RtfForm::Nested);
    flat_opc: Carrier::FlatOpc(DocxForm::Word);
    mhtml: Carrier::Mhtml(MhtmlForm::Word);
    odt: Carrier::Odt(OdtForm::LibreOffice);
    odt_with_repeated_cells: Carrier::Odt(OdtForm::Repeated);
    odt_nested: Carrier::Odt(OdtForm::Nested);
    pdf: Carrier::Pdf(PdfForm::Gbk);
    pdf_with_repeated_headers: Carrier::Pdf(PdfForm::ToUnicode);
    pdf_with_cut_rows: Carrier::Pdf(PdfForm::Cut);
    pdf_without_lines: Carrier::Pdf(PdfForm::Bare);
    pdf_with_lines_between_rows: Carrier::Pdf(PdfForm::Between);
    pdf_with_shaded_rows: Carrier::Pdf(PdfForm::Shaded);
    ofd: Carrier::Ofd(OfdForm::Grouped);
    xlsx: Carrier::Xlsx(XlsxForm::Ruled);
    xlsx_without_lines: Carrier::Xlsx(XlsxForm::Bare);
    xls: Carrier::Xls(XlsForm::Ruled);
    xls_without_lines: Carrier::Xls(XlsForm::Bare);
    csv: Carrier::Csv(CsvForm::Padded, Encoding::Utf8);
    csv_with_short_rows: Carrier::Csv(CsvForm::Short, Encoding::Utf8);
    csv_edited: Carrier::Csv(CsvForm::Edited, Encoding::Utf8);
    csv_in_quotes: Carrier::Csv(CsvForm::Semicolons, Encoding::Utf8);
    csv_with_tabs: Carrier::Csv(CsvForm::Tabs, Encoding::Utf16Le);
}

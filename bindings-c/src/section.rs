//! Sections, paragraphs and the editions of blocks.

use std::ffi::c_char;

use crate::ffi::{self, Out, Text};
use crate::location::Location;
use crate::report::Report;

/// A section of a report.
pub struct Section {
    heading: Text,
    roles: Box<[Text]>,
    location: Location,
    paragraphs: Box<[Paragraph]>,
}

/// A paragraph of narrative.
pub struct Paragraph {
    text: Text,
    location: Location,
}

/// Which edition of the form a block of the statutory tables follows.
pub struct BlockEdition {
    table: Text,
    block: Text,
    edition: Option<Text>,
    evidence: Text,
    location: Location,
}

fn section(section: &gongkai::Section) -> Section {
    Section {
        heading: Text::new(&section.heading),
        roles: section.roles.iter().map(|role| Text::new(role.name())).collect(),
        location: Location::new(&section.location),
        paragraphs: paragraphs(&section.paragraphs),
    }
}

fn paragraphs(texts: &[gongkai::Text]) -> Box<[Paragraph]> {
    let paragraph = |text: &gongkai::Text| Paragraph {
        text: Text::new(&text.text),
        location: Location::new(&text.location),
    };
    texts.iter().map(paragraph).collect()
}

fn edition(block: &gongkai::BlockEdition) -> BlockEdition {
    BlockEdition {
        table: Text::new(&block.table),
        block: Text::new(&block.block),
        edition: block.edition.map(|edition| Text::new(edition.to_string())),
        evidence: Text::new(&block.evidence),
        location: Location::new(&block.location),
    }
}

impl Report {
    fn sections(&self) -> &[Section] {
        self.sections.get_or_init(|| self.report.sections().iter().map(section).collect())
    }

    fn preamble(&self) -> &[Paragraph] {
        self.preamble.get_or_init(|| paragraphs(self.report.preamble()))
    }

    fn closing(&self) -> &[Paragraph] {
        self.closing.get_or_init(|| paragraphs(self.report.closing()))
    }

    fn editions(&self) -> &[BlockEdition] {
        self.editions.get_or_init(|| self.report.editions().iter().map(edition).collect())
    }
}

/// Number of sections, those that the form does not have included.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_section_count(report: Option<&Report>) -> usize {
    ffi::count(report, |report| report.report.sections().len())
}

/// One section, in printed order, counted from 0.
///
/// Ownership: the section lives as long as `report`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_section(
    report: Option<&Report>,
    index: usize,
    section: Out<*const Section>,
) -> i32 {
    ffi::get_part(report, section, |report| report.sections().get(index))
}

/// Number of paragraphs before the first heading, the title left out.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_preamble_count(report: Option<&Report>) -> usize {
    ffi::count(report, |report| report.report.preamble().len())
}

/// One paragraph before the first heading, counted from 0.
///
/// Ownership: the paragraph lives as long as `report`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_preamble(
    report: Option<&Report>,
    index: usize,
    paragraph: Out<*const Paragraph>,
) -> i32 {
    ffi::get_part(report, paragraph, |report| report.preamble().get(index))
}

/// Number of lines under the report: signature and date.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_closing_count(report: Option<&Report>) -> usize {
    ffi::count(report, |report| report.report.closing().len())
}

/// One line under the report, counted from 0.
///
/// Ownership: the paragraph lives as long as `report`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_closing(
    report: Option<&Report>,
    index: usize,
    paragraph: Out<*const Paragraph>,
) -> i32 {
    ffi::get_part(report, paragraph, |report| report.closing().get(index))
}

/// Number of blocks of the statutory tables whose edition was looked for.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_edition_count(report: Option<&Report>) -> usize {
    ffi::count(report, |report| report.report.editions().len())
}

/// The edition of one block, in the order of the tables, counted from 0.
///
/// Ownership: the edition lives as long as `report`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_report_edition(
    report: Option<&Report>,
    index: usize,
    edition: Out<*const BlockEdition>,
) -> i32 {
    ffi::get_part(report, edition, |report| report.editions().get(index))
}

/// Heading as printed, its number included.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_section_heading(
    section: Option<&Section>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(section, text, length, |section| Some(&section.heading))
}

/// What the section is about, told by its heading: `overview`, `proactive`, `requests`,
/// `review`, `problems` or `other_matters`. Counted from 0: two where one heading names two,
/// none for a section that the form does not have.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_section_role(
    section: Option<&Section>,
    index: usize,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(section, text, length, |section| section.roles.get(index))
}

/// Where the heading stands.
///
/// Ownership: the place lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_section_location(section: Option<&Section>, location: Out<*const Location>) -> i32 {
    ffi::get_part(section, location, |section| Some(&section.location))
}

/// Number of paragraphs of narrative in the section; tables are in the facts.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_section_paragraph_count(section: Option<&Section>) -> usize {
    ffi::count(section, |section| section.paragraphs.len())
}

/// One paragraph of the section, counted from 0.
///
/// Ownership: the paragraph lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_section_paragraph(
    section: Option<&Section>,
    index: usize,
    paragraph: Out<*const Paragraph>,
) -> i32 {
    ffi::get_part(section, paragraph, |section| section.paragraphs.get(index))
}

/// The characters, white space at both ends removed.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_paragraph_text(
    paragraph: Option<&Paragraph>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(paragraph, text, length, |paragraph| Some(&paragraph.text))
}

/// Where the paragraph stands.
///
/// Ownership: the place lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_paragraph_location(
    paragraph: Option<&Paragraph>,
    location: Out<*const Location>,
) -> i32 {
    ffi::get_part(paragraph, location, |paragraph| Some(&paragraph.location))
}

/// The table: `proactive`, `requests` or `review`.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_edition_table(
    edition: Option<&BlockEdition>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(edition, text, length, |edition| Some(&edition.table))
}

/// The block as the form titles it; empty where a table is one block.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_edition_block(
    edition: Option<&BlockEdition>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(edition, text, length, |edition| Some(&edition.block))
}

/// The edition, named by its year of issue, for example `2021`.
///
/// Ownership: the text lives as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where the block fits several and nothing decides;
/// `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_edition_name(
    edition: Option<&BlockEdition>,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(edition, text, length, |edition| edition.edition.as_ref())
}

/// The printed words that decided, and their place.
///
/// Ownership: text and place live as long as the report.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_edition_evidence(
    edition: Option<&BlockEdition>,
    text: Out<*const c_char>,
    length: Out<usize>,
    location: Out<*const Location>,
) -> i32 {
    ffi::get(edition, |edition| {
        edition.evidence.lend(text, length);
        location.put(&raw const edition.location);
        Ok(())
    })
}

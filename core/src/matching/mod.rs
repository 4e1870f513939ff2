//! From the neutral document to the report: which words of the form are printed where.

mod align;
mod block;
mod cell;
mod cut;
mod facts;
mod label;
mod lexicon;
mod lines;
mod metadata;
mod printed;
mod section;
mod sheet;

use std::borrow::Cow;

use crate::date::Date;
use crate::document::fold::{fold, has_radicals, ideograph, is_space, squeeze};
use crate::document::{Block, Document, Geometry, Paragraph, Place, Table};
use crate::error::{Error, Result};
use crate::finding::{Finding, Findings, ReportKey, Severity};
use crate::format::Format;
use crate::location::Location;
use crate::model::{Evidence, Report, Role, SCHEMA_VERSION, Section, Text};

use block::{Identity, Part};
use facts::Facts;
use lexicon::Lexicon;
use printed::PrintedTable;
use section::Outline;

/// Builds the report, or says why the document is none.
pub(crate) fn read(document: &Document, format: Format, mut findings: Findings) -> Result<Report> {
    let lexicon = Lexicon::get();
    let Content { items, tables, radicals } = flatten(&document.blocks, lexicon);
    report_radicals(radicals, &mut findings);
    let mut facts = Facts::new(lexicon);
    let mut narrative = Narrative::read(&items, tables, lexicon, &mut facts, &mut findings);
    refuse_other_documents(&narrative, &facts, &items)?;
    let metadata = Metadata::read(&mut narrative, &mut findings);
    narrative.report_sections(&facts, &mut findings);
    let year = metadata.year.as_ref().map(|year| year.value);
    let content = facts.finish(year, &mut findings);
    let findings = findings.finish(&[ReportKey {
        agency: metadata.agency.as_ref().map_or("", |agency| agency.name.as_str()),
        year,
    }]);
    Ok(Report {
        schema_version: SCHEMA_VERSION,
        format,
        encoding: document.encoding.map(Cow::Borrowed),
        title: metadata.title,
        agency: metadata.agency,
        year: metadata.year,
        period: metadata.period,
        published: metadata.published,
        signed: metadata.signed,
        document_number: metadata.document_number,
        editions: content.editions,
        preamble: metadata.preamble,
        sections: narrative.sections,
        closing: metadata.closing,
        facts: content.facts,
        subtotals: content.subtotals,
        findings,
    })
}

/// What stands in the document, tables that only lay out the page dissolved.
enum Item<'a> {
    Paragraph(&'a Paragraph),
    /// One of several lines of a paragraph, or what is read for radicals in it.
    Line(Box<Paragraph>),
    /// A cell of the table of index number, issue date and the like above a page.
    Furniture(&'a Paragraph),
    /// The next of [`Content::tables`].
    Table,
    Picture(&'a Place),
}

impl Item<'_> {
    fn paragraph(&self) -> Option<&Paragraph> {
        match self {
            Self::Paragraph(paragraph) => Some(paragraph),
            Self::Line(paragraph) => Some(paragraph),
            _ => None,
        }
    }
}

/// All items in order, and the tables among them, which are gone once they are read.
#[derive(Default)]
struct Content<'a, 'l> {
    items: Vec<Item<'a>>,
    tables: Vec<FormTable<'a, 'l>>,
    /// The first paragraph in which radicals stood for ideographs.
    radicals: Option<&'a Place>,
}

impl<'a, 'l> Content<'a, 'l> {
    fn push_table(&mut self, table: FormTable<'a, 'l>) {
        self.items.push(Item::Table);
        self.tables.push(table);
    }

    /// Pages may separate all their paragraphs by line breaks alone: each line is one. Radicals,
    /// as they stand in what was copied out of a PDF file, are the ideographs they look like.
    fn push_lines(&mut self, paragraph: &'a Paragraph) {
        let has_radicals = has_radicals(&paragraph.text);
        if has_radicals {
            self.radicals.get_or_insert(&paragraph.location);
        } else if !paragraph.text.contains('\n') {
            self.items.push(Item::Paragraph(paragraph));
            return;
        }
        for (index, line) in paragraph.text.split('\n').enumerate() {
            let text = if has_radicals { line.chars().map(ideograph).collect() } else { line.into() };
            let mut own = Paragraph { text, location: paragraph.location.clone(), ..Paragraph::default() };
            if index == 0 {
                own.numbering.clone_from(&paragraph.numbering);
                own.level = paragraph.level;
                own.gap = paragraph.gap;
            }
            self.items.push(Item::Line(Box::new(own)));
        }
    }
}

/// Says once that characters were taken for others, where text is more than its cells: those
/// keep their own.
fn report_radicals(first: Option<&Place>, findings: &mut Findings) {
    if let Some(place) = first {
        let finding = Finding::new(
            "DOC-RADICALS",
            Severity::Info,
            "文字中的部首符号（如⼈⺠）按字形相同的汉字（人民）读取",
            "radicals in the text (such as ⼈⺠) were read as the ideographs that look the same (人民)",
        );
        findings.push(finding.at(&place.location()));
    }
}

fn flatten<'a, 'l>(blocks: &'a [Block], lexicon: &'l Lexicon) -> Content<'a, 'l> {
    let mut content = Content::default();
    // Blocks still to come, last first; nesting is bounded by the readers.
    let mut pending: Vec<&Block> = blocks.iter().rev().collect();
    while let Some(block) = pending.pop() {
        match block {
            Block::Paragraph(paragraph) => content.push_lines(paragraph),
            Block::Picture(location) => content.items.push(Item::Picture(location)),
            Block::Table(table) if table.geometry == Geometry::Sheet => {
                sheet::flatten(table, lexicon, &mut content)
            }
            Block::Table(table) => match form_table(table, lexicon) {
                Some(printed) => content.push_table(printed),
                None if is_index(table) => {
                    let blocks = table.cells.iter().flat_map(|cell| cell.blocks.iter());
                    content.items.extend(blocks.filter_map(|block| match block {
                        Block::Paragraph(paragraph) => Some(Item::Furniture(paragraph)),
                        _ => None,
                    }));
                }
                None => pending.extend(table.cells.iter().rev().flat_map(|cell| cell.blocks.iter().rev())),
            },
        }
    }
    if content.tables.iter().any(sheet::shows) {
        for FormTable { printed, .. } in &mut content.tables {
            if printed.tabbed {
                printed.geometry = Geometry::Sheet;
            }
        }
    }
    content
}

/// A small table whose cells begin like the furniture of a page: 索引号, 发文日期.
fn is_index(table: &Table) -> bool {
    if table.cells.len() > 40 || nested(table).next().is_some() {
        return false;
    }
    let short = |cell: &crate::document::Cell| cell.text().chars().count() <= 80;
    let named = table.cells.iter().filter(|cell| metadata::is_chrome(&cell.text())).count();
    named >= 2 && table.cells.iter().all(short)
}

/// A table with blocks of the form, cut into parts.
struct FormTable<'a, 'l> {
    printed: PrintedTable<'a>,
    parts: Vec<(Part, Option<Identity<'l>>)>,
}

impl<'a, 'l> FormTable<'a, 'l> {
    fn new(printed: PrintedTable<'a>, lexicon: &'l Lexicon) -> Self {
        let identified = |part: Part| {
            let identity = block::identify(&part, &printed, lexicon);
            (part, identity)
        };
        let parts = block::split(&printed, lexicon).into_iter().map(identified).collect();
        Self { printed, parts }
    }

    /// Whether any part is a block of the form, or may continue one from the page before.
    fn is_form(&self) -> bool {
        self.parts.iter().any(|(part, identity)| {
            identity.is_some() || (part.header.is_empty() && self.has_known_row(part))
        })
    }

    fn has_known_row(&self, part: &Part) -> bool {
        part.data.iter().any(|&row| {
            let cells = || self.printed.row(row).map(|(_, cell)| cell);
            cells().any(|cell| cell.is_number) && cells().any(|cell| !cell.is_value && cell.key.word.row)
        })
    }
}

/// The table as printed, if it holds blocks of the form itself and not only in tables
/// inside it.
fn form_table<'a, 'l>(table: &'a Table, lexicon: &'l Lexicon) -> Option<FormTable<'a, 'l>> {
    // A table in a value's cell is content; around the form's tables it is layout.
    if nested(table).any(|inner| holds_form(inner, lexicon)) {
        return None;
    }
    let table = FormTable::new(PrintedTable::new(table, lexicon), lexicon);
    table.is_form().then_some(table)
}

fn nested(table: &Table) -> impl Iterator<Item = &Table> {
    table.cells.iter().flat_map(|cell| cell.blocks.iter()).filter_map(|block| match block {
        Block::Table(inner) => Some(&**inner),
        _ => None,
    })
}

/// Whether a table or one inside it is a block of the form, innermost first.
fn holds_form(table: &Table, lexicon: &Lexicon) -> bool {
    let mut pending = vec![table];
    while let Some(table) = pending.pop() {
        let before = pending.len();
        pending.extend(nested(table));
        if pending.len() == before {
            let form = FormTable::new(PrintedTable::new(table, lexicon), lexicon);
            if form.parts.iter().any(|(_, identity)| identity.is_some()) {
                return true;
            }
        }
    }
    false
}

/// The document in order: what stands before the first heading, the sections, and the
/// furniture of the page around them.
#[derive(Default)]
struct Narrative<'a> {
    preamble: Vec<&'a Paragraph>,
    sections: Vec<Section>,
    chrome: Vec<&'a Paragraph>,
    /// Sections in which a picture stands.
    pictures: Vec<(Option<usize>, &'a Place)>,
}

impl<'a> Narrative<'a> {
    fn read<'l>(
        items: &'a [Item<'_>],
        tables: Vec<FormTable<'_, 'l>>,
        lexicon: &'l Lexicon,
        facts: &mut Facts<'l>,
        findings: &mut Findings,
    ) -> Self {
        let mut outline = Outline::new(items.iter().filter_map(Item::paragraph));
        let mut tables = tables.into_iter();
        let mut narrative = Self::default();
        let mut at = 0;
        while let Some(item) = items.get(at) {
            at += 1;
            let first: &Paragraph = match item {
                Item::Picture(location) => {
                    let section = narrative.sections.len().checked_sub(1);
                    narrative.pictures.push((section, location));
                    continue;
                }
                Item::Furniture(paragraph) => {
                    narrative.chrome.push(paragraph);
                    continue;
                }
                Item::Table => {
                    if let Some(table) = tables.next() {
                        read_table(&table, facts, findings);
                    }
                    continue;
                }
                Item::Paragraph(paragraph) => paragraph,
                Item::Line(line) => line,
            };
            // Lines on a page are no cells: which of them stand in one row is told by their
            // places, which the reader knew.
            if first.location.has_page() || !lines::may_open(first, lexicon) {
                narrative.push(first, &mut outline, facts);
                continue;
            }
            let rest = items.get(at - 1..).unwrap_or_default();
            let run: Vec<&Paragraph> = rest.iter().map_while(Item::paragraph).take(MAX_REGION).collect();
            let is_heading = |p: &Paragraph| outline.recognize(p).is_some();
            if let Some(region) = lines::region(&run, lexicon, &is_heading) {
                read_table(&FormTable::new(region.table, lexicon), facts, findings);
                at += region.length - 1;
            } else {
                narrative.push(first, &mut outline, facts);
            }
        }
        // Reports are kept, many at a time.
        narrative.sections.iter_mut().for_each(|section| section.paragraphs.shrink_to_fit());
        narrative
    }

    fn push(&mut self, paragraph: &'a Paragraph, outline: &mut Outline, facts: &mut Facts<'_>) {
        if paragraph.is_blank() {
            return;
        }
        if metadata::is_chrome(&paragraph.text) {
            self.chrome.push(paragraph);
            return;
        }
        let heading = outline.heading(paragraph);
        let announces = paragraph.text.trim_end().ends_with(['：', ':']);
        if heading.is_some() || announces || lines::ends_sentence(&paragraph.text) {
            facts.interrupt();
        }
        if let Some(heading) = heading {
            let rest = heading.rest.map(|text| Text { text, location: paragraph.location.location() });
            self.sections.push(Section {
                roles: heading.roles,
                heading: heading.text,
                location: paragraph.location.location(),
                paragraphs: rest.into_iter().collect(),
            });
            return;
        }
        match self.sections.last_mut() {
            Some(section) => section.paragraphs.push(text_of(paragraph)),
            None => self.preamble.push(paragraph),
        }
    }

    fn has_role(&self, role: Role) -> bool {
        self.sections.iter().any(|section| section.roles.contains(&role))
    }

    /// Sections that stand before one that the form has before them.
    fn report_order(&self, findings: &mut Findings) {
        let first = |role: &Role| self.sections.iter().position(|section| section.roles.contains(role));
        let printed: Vec<(Role, usize)> =
            Role::ALL.into_iter().filter_map(|role| Some((role, first(&role)?))).collect();
        for pair in printed.windows(2) {
            let &[(earlier, before), (later, after)] = pair else { continue };
            let Some(section) = self.sections.get(after).filter(|_| after < before) else { continue };
            findings.push(
                Finding::new(
                    "STR-SECTION",
                    Severity::Warning,
                    format!("章节顺序与格式不符：“{}”排在“{}”之前", later.heading(), earlier.heading()),
                    format!("section {} stands before {}", later.heading(), earlier.heading()),
                )
                .actual(&section.heading)
                .at(&section.location),
            );
        }
    }

    /// Reports sections and tables that the form has and the document has not.
    fn report_sections(&self, facts: &Facts<'_>, findings: &mut Findings) {
        for role in Role::ALL {
            if !self.has_role(role) {
                findings.push(
                    Finding::new(
                        "STR-SECTION",
                        Severity::Warning,
                        format!("缺少章节：{}", role.heading()),
                        format!("section missing: {}", role.heading()),
                    )
                    .expected(role.heading()),
                );
            }
        }
        self.report_order(findings);
        for section in &self.sections {
            if section.roles.len() > 1 {
                findings.push(
                    Finding::new(
                        "STR-SECTION-JOINED",
                        Severity::Info,
                        format!("标题“{}”兼有两个章节的内容", section.heading),
                        format!("heading \"{}\" names two sections at once", section.heading),
                    )
                    .actual(&section.heading)
                    .at(&section.location),
                );
            }
        }
        for role in facts::TABLES {
            if facts.has_table(role.name()) {
                continue;
            }
            let index = self.sections.iter().position(|section| section.roles.contains(&role));
            let section = index.and_then(|index| self.sections.get(index));
            let picture = self.pictures.iter().find(|(place, _)| index.is_some() && *place == index);
            let name = role.heading();
            let finding = if let Some((_, location)) = picture {
                Finding::new(
                    "STR-TABLE-PICTURE",
                    Severity::Error,
                    format!("“{name}”的表格是图片，无法读取"),
                    format!("the table of {name} is a picture and cannot be read"),
                )
                .at(&location.location())
            } else {
                // A sentence in place of the table is quoted, not turned into zeros.
                let said = section.and_then(|s| s.paragraphs.first()).map(|p| p.text.as_str());
                let mut finding = Finding::new(
                    "STR-TABLE-MISSING",
                    Severity::Error,
                    format!("缺少“{name}”的表格"),
                    format!("the table of {name} is missing"),
                );
                if let Some(said) = said {
                    finding = finding.actual(said.chars().take(80).collect::<String>());
                }
                match section {
                    Some(section) => finding.at(&section.location),
                    None => finding,
                }
            };
            findings.push(finding.expected(name));
        }
    }
}

/// The most paragraphs looked at for one table of lines.
const MAX_REGION: usize = 4_000;

fn text_of(paragraph: &Paragraph) -> Text {
    let text = paragraph.printed().trim_matches(is_space).to_owned();
    Text { text, location: paragraph.location.location() }
}

fn read_table<'l>(table: &FormTable<'_, 'l>, facts: &mut Facts<'l>, findings: &mut Findings) {
    for (part, identity) in &table.parts {
        if facts.continues(part, &table.printed) {
            facts.read_continued(part, &table.printed, findings);
        } else if let Some(identity) = identity {
            facts.read(part, identity, &table.printed, findings);
        } else {
            report_unknown_part(part, &table.printed, findings);
        }
    }
}

/// Rows of a statutory table that are no block of the form: their words are kept.
fn report_unknown_part(part: &Part, table: &PrintedTable<'_>, findings: &mut Findings) {
    let rows = part.title.iter().map(|(row, _)| row).chain(&part.header).chain(&part.data);
    for &row in rows {
        let texts: Vec<String> = table
            .row(row)
            .filter(|(slot, cell)| slot.first && !cell.is_blank())
            .map(|(_, cell)| squeeze(&cell.text))
            .collect();
        if texts.is_empty() {
            continue;
        }
        let text = texts.join(" | ");
        findings.push(
            Finding::new(
                "STR-BLOCK-UNKNOWN",
                Severity::Warning,
                format!("无法识别所属表格，未读取：{text}"),
                format!("part of no table of the form, not read: {text}"),
            )
            .actual(text)
            .at(&table.row_location(row)),
        );
    }
}

/// A document without the form's tables and headings is no report; say what it is.
fn refuse_other_documents(narrative: &Narrative<'_>, facts: &Facts<'_>, items: &[Item<'_>]) -> Result<()> {
    if !facts.is_empty() {
        return Ok(());
    }
    let roles = Role::ALL.into_iter().filter(|role| narrative.has_role(*role)).count();
    let own = facts::TABLES.into_iter().any(|role| narrative.has_role(role));
    let titled = metadata::title(&narrative.preamble).is_some();
    if own && roles + usize::from(titled) >= 3 {
        return Ok(());
    }
    let texts: Vec<&str> = items
        .iter()
        .filter_map(Item::paragraph)
        .filter(|paragraph| !paragraph.is_blank())
        .map(|paragraph| paragraph.text.as_str())
        .collect();
    let pictures = items.iter().filter(|item| matches!(item, Item::Picture(_))).count();
    let tables = items.iter().any(|item| matches!(item, Item::Table));
    if texts.is_empty() && !tables {
        return Err(if pictures > 0 {
            Error::unsupported(
                "scan",
                format!("文档只有{pictures}张图片，没有文字"),
                format!("the document holds {pictures} pictures and no text"),
            )
        } else {
            Error::input("empty", "文档没有文字", "the document has no text")
        });
    }
    let links = texts
        .iter()
        .filter(|text| {
            let folded = fold(text);
            folded.contains("信息公开") && (folded.contains("年度报告") || folded.contains("年报"))
        })
        .filter(|text| text.chars().count() <= 60)
        .count();
    if links >= 3 && links * 4 >= texts.len() {
        return Err(Error::input(
            "list-page",
            format!("这是列表页：列有{links}份年度报告的标题，没有报告正文"),
            format!("a list page: {links} titles of annual reports and no report"),
        ));
    }
    let characters: usize = texts.iter().map(|text| text.chars().filter(|&c| !is_space(c)).count()).sum();
    if pictures > 0 && characters < 200 {
        return Err(Error::unsupported(
            "scan",
            format!("正文是图片（{pictures}张），没有可读的表格和章节"),
            format!("the body is pictures ({pictures}); there are no tables or headings to read"),
        ));
    }
    Err(Error::input(
        "not-a-report",
        "没有政府信息公开工作年度报告的表格和章节标题",
        "none of the tables and headings of an open-government annual report",
    ))
}

/// What the document says of itself.
#[derive(Default)]
struct Metadata {
    title: Option<Evidence<String>>,
    agency: Option<crate::model::Agency>,
    year: Option<Evidence<i32>>,
    period: Option<Evidence<crate::model::Period>>,
    published: Option<Evidence<Date>>,
    signed: Option<Evidence<Date>>,
    document_number: Option<Evidence<String>>,
    preamble: Vec<Text>,
    closing: Vec<Text>,
}

impl Metadata {
    fn read(narrative: &mut Narrative<'_>, findings: &mut Findings) -> Self {
        let mut metadata = Self::default();
        let title = metadata::title(&narrative.preamble);
        let in_title =
            |index: usize| title.as_ref().is_some_and(|t| (t.first..t.first + t.length).contains(&index));
        for (index, paragraph) in narrative.preamble.iter().enumerate() {
            if in_title(index) {
                continue;
            }
            match metadata::document_number(&paragraph.text) {
                Some(value) if metadata.document_number.is_none() => {
                    let text = paragraph.text.trim_matches(is_space).to_owned();
                    metadata.document_number =
                        Some(Evidence { value, text, location: paragraph.location.location() });
                }
                _ => metadata.preamble.push(text_of(paragraph)),
            }
        }
        let signature = metadata.read_closing(narrative);
        let preamble = narrative.preamble.iter().map(|p| p.location.location()).collect::<Vec<_>>();
        let sections =
            narrative.sections.iter().flat_map(|s| &s.paragraphs).map(|p| (p.text.as_str(), &p.location));
        let before = narrative.preamble.iter().map(|p| p.text.as_str()).zip(&preamble);
        metadata.period = metadata::period(before.chain(sections));
        let chrome: Vec<(&str, &Place)> = narrative
            .chrome
            .iter()
            .chain(&narrative.preamble)
            .map(|p| (p.text.as_str(), &p.location))
            .collect();
        metadata.published = metadata::published(&chrome);
        if let Some(title) = title {
            metadata.title = Some(title.title);
            metadata.agency = title.agency;
            metadata.year = title.year;
        }
        metadata.read_agency(signature, findings);
        metadata.read_year(narrative, findings);
        metadata
    }

    /// Signature and date at the end of the last section.
    fn read_closing(&mut self, narrative: &mut Narrative<'_>) -> Option<crate::model::Agency> {
        let paragraphs = &mut narrative.sections.last_mut()?.paragraphs;
        let (last, before) = paragraphs.split_last()?;
        let (date, names) = match metadata::lone_date(&last.text) {
            Some(date) => (Some(date), before),
            None => (None, paragraphs.as_slice()),
        };
        let name = names.last().and_then(|p| metadata::lone_agency(&p.text).map(|name| (name, p)));
        // The name may stand above the date or below it; a name alone signs only after text.
        let (name, from) = match (name, date) {
            (Some(name), Some(_)) => (Some(name), names.len() - 1),
            (None, Some(_)) => (None, names.len()),
            (Some((name, p)), None) if names.len() > 1 => {
                let dated =
                    names.get(names.len() - 2).and_then(|p| metadata::lone_date(&p.text).map(|d| (d, p)));
                if let Some((value, p)) = dated {
                    self.signed =
                        Some(Evidence { value, text: p.text.clone(), location: p.location.clone() });
                    (Some((name, p)), names.len() - 2)
                } else {
                    (Some((name, p)), names.len() - 1)
                }
            }
            _ => return None,
        };
        if let Some(value) = date {
            self.signed = Some(Evidence { value, text: last.text.clone(), location: last.location.clone() });
        }
        let agency = name.map(|(name, p)| metadata::agency(name, &p.text, &p.location));
        self.closing = paragraphs.split_off(from);
        agency
    }

    fn read_agency(&mut self, signature: Option<crate::model::Agency>, findings: &mut Findings) {
        match (&self.agency, signature) {
            (None, Some(signature)) => self.agency = Some(signature),
            (Some(titled), Some(signed)) if !same_agency(&titled.name, &signed.name) => findings.push(
                Finding::new(
                    "META-AGENCY",
                    Severity::Info,
                    format!("标题中的机关“{}”与落款“{}”不一致", titled.name, signed.name),
                    format!("title names {}, signature {}", titled.name, signed.name),
                )
                .expected(&titled.name)
                .actual(&signed.name)
                .at(&titled.location)
                .at(&signed.location),
            ),
            (None, None) => findings.push(Finding::new(
                "META-AGENCY",
                Severity::Warning,
                "标题和落款都没有写明机关",
                "neither title nor signature names the agency",
            )),
            _ => {}
        }
        if self.title.is_none() {
            findings.push(Finding::new(
                "META-TITLE",
                Severity::Warning,
                "没有标题",
                "the report has no title",
            ));
        }
    }

    /// Title, then period, then the year the overview opens with. Plans for next year and
    /// dates of publication say nothing.
    fn read_year(&mut self, narrative: &Narrative<'_>, findings: &mut Findings) {
        let of_period = self.period.as_ref().map(|period| Evidence {
            value: period.value.end.ymd().0,
            text: period.text.clone(),
            location: period.location.clone(),
        });
        if let (Some(titled), Some(period)) = (&self.year, &of_period)
            && titled.value != period.value
        {
            let (a, b) = (titled.value, period.value);
            findings.push(
                Finding::new(
                    "STR-YEAR",
                    Severity::Warning,
                    format!("标题年度{a}与统计期限{b}不一致"),
                    format!("title year {a} differs from period {b}"),
                )
                .expected(a.to_string())
                .actual(b.to_string())
                .at(&titled.location)
                .at(&period.location),
            );
        }
        if self.year.is_none() {
            self.year = of_period;
        }
        if self.year.is_none() {
            let openings: Vec<(&str, &Location)> = narrative
                .sections
                .iter()
                .take(1)
                .flat_map(|section| &section.paragraphs)
                .map(|p| (p.text.as_str(), &p.location))
                .collect();
            self.year = metadata::opening_year(&openings);
        }
        if self.year.is_none() {
            findings.push(Finding::new(
                "META-YEAR",
                Severity::Warning,
                "没有写明报告年度",
                "the report does not say which year it is about",
            ));
        }
    }
}

/// 大田镇 and 东方市大田镇人民政府 may be the same organ; 大岚镇镇 is a slip worth a word.
fn same_agency(titled: &str, signed: &str) -> bool {
    let core = |name: &str| name.strip_suffix("人民政府").unwrap_or(name).to_owned();
    let (a, b) = (core(titled), core(signed));
    a.ends_with(&b) || b.ends_with(&a)
}

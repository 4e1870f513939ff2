//! From identified parts of tables to facts.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::align::{Header, Placed, PlacedRow};
use super::block::{Identity, Part};
use super::cell::{self, Irregular, Reading};
use super::label::{Agreement, Key, Label};
use super::lexicon::{BlockWords, Lexicon};
use super::printed::{PrintedCell, PrintedTable};
use crate::document::Geometry;
use crate::document::fold::{fold, one_line, squeeze};
use crate::finding::{Finding, Findings, Severity, Suggestion};
use crate::location::Location;
use crate::model::{BlockEdition, Edition, Fact, Role, Status, Unit};
use crate::template::{ColumnSpec, Kind, RowSpec, SUBTOTALS, TEMPLATES};

/// Place of a fact in the form: table, block, row, named row under it, column, in one number,
/// since there is much comparing. No form is so large that it does not fit.
type Place = u64;

fn place_of((table, block): (usize, u32), (row, sub): (usize, usize), column: usize) -> Place {
    (table as Place & 0xf) << 60
        | Place::from(block & 0xff) << 52
        | (row as Place & 0xfff) << 40
        | (sub as Place & 0xffff_ffff) << 8
        | (column as Place & 0xff)
}

/// Where the facts of places are in the order in which they were read.
#[derive(Default)]
struct Places {
    /// Nearly all documents print them in the order of the form.
    in_order: Vec<(Place, usize)>,
    others: BTreeMap<Place, usize>,
}

impl Places {
    /// The fact of that place; `next` if it is new.
    fn index(&mut self, place: Place, next: usize) -> usize {
        let is_last = self.in_order.last().is_none_or(|&(last, _)| last < place);
        if is_last && self.others.is_empty() {
            self.in_order.push((place, next));
            return next;
        }
        match self.in_order.binary_search_by_key(&place, |&(known, _)| known) {
            Ok(at) => self.in_order.get(at).map_or(next, |&(_, index)| index),
            Err(_) => *self.others.entry(place).or_insert(next),
        }
    }
}

/// Collects the facts of a document.
pub(super) struct Facts<'l> {
    lexicon: &'l Lexicon,
    /// In the order in which they were read.
    facts: Vec<Fact>,
    places: Places,
    editions: Vec<BlockEdition>,
    /// Names of the rows printed under open rows, in order.
    named: Vec<String>,
    /// Rows and columns seen, by table and block.
    seen: BTreeMap<(usize, u32), SeenBlock<'l>>,
    /// Values of groups of rows, beside the facts.
    subtotals: Vec<Fact>,
    /// Labels already reported.
    reported: BTreeSet<String>,
    /// Header of the last part, for a table continued on the next page.
    last: Option<(&'l BlockWords, Option<Edition>, Header)>,
}

struct SeenBlock<'l> {
    words: &'l BlockWords,
    rows: BTreeSet<usize>,
    columns: BTreeSet<usize>,
    location: Location,
}

/// What the statutory tables say.
pub(super) struct FormContent {
    pub(super) facts: Vec<Fact>,
    pub(super) subtotals: Vec<Fact>,
    pub(super) editions: Vec<BlockEdition>,
}

/// What a row's labels name.
enum RowMatch {
    Row(usize, Option<Agreement>),
    /// A row the form does not name, under one that it does.
    Named(usize, String),
    /// The group of rows of that label, with values of its own.
    Subtotal(&'static str),
    Unknown,
}

impl<'l> Facts<'l> {
    pub(super) fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            facts: Vec::new(),
            places: Places::default(),
            editions: Vec::new(),
            named: Vec::new(),
            seen: BTreeMap::new(),
            subtotals: Vec::new(),
            reported: BTreeSet::new(),
            last: None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Whether the table was met at all.
    pub(super) fn has_table(&self, table: &str) -> bool {
        self.seen.values().any(|block| block.words.spec.table == table)
    }

    /// A table continues over the next page only as long as nothing stands between but what a
    /// page has at its top and bottom.
    pub(super) fn interrupt(&mut self) {
        self.last = None;
    }

    /// Whether rows without a header continue the last table.
    pub(super) fn continues(&self, part: &Part, table: &PrintedTable<'_>) -> bool {
        let Some((words, _, header)) = &self.last else { return false };
        let fits = part
            .data
            .iter()
            .all(|&row| table.rows.get(row).is_some_and(|r| r.whole && header.serves(r.width)));
        let known = part
            .data
            .iter()
            .any(|&row| table.row(row).any(|(_, cell)| !cell.is_value && words.row(&cell.key).is_some()));
        part.title.is_none() && part.header.is_empty() && table.geometry != Geometry::Rows && fits && known
    }

    /// Reads a part that continues the last table.
    pub(super) fn read_continued(&mut self, part: &Part, table: &PrintedTable<'_>, findings: &mut Findings) {
        if let Some((words, edition, header)) = self.last.take() {
            self.read_rows(part, table, words, edition, &header, findings);
            self.last = Some((words, edition, header));
        }
    }

    pub(super) fn read(
        &mut self,
        part: &Part,
        identity: &Identity<'l>,
        table: &PrintedTable<'_>,
        findings: &mut Findings,
    ) {
        let words = identity.words;
        let header = Header::read(table, part, words);
        let first = part.title.map(|(row, _)| row).or_else(|| part.header.first().copied());
        let location = table.row_location(first.or_else(|| part.data.first().copied()).unwrap_or(0));
        let seen = self.seen.entry(block_key(words)).or_insert_with(|| SeenBlock {
            words,
            rows: BTreeSet::new(),
            columns: BTreeSet::new(),
            location: location.clone(),
        });
        seen.columns.extend(header.labels.iter().map(|label| label.spec));
        self.note_edition(identity, part, table, &header, location);
        self.report_header(words, &header, findings);
        self.read_rows(part, table, words, identity.edition, &header, findings);
        self.last = Some((words, identity.edition, header));
    }

    fn note_edition(
        &mut self,
        identity: &Identity<'_>,
        part: &Part,
        table: &PrintedTable<'_>,
        header: &Header,
        location: Location,
    ) {
        let words = identity.words;
        let known = self.editions.iter().any(|e| {
            e.table == words.spec.table && e.block == words.spec.title && e.edition == identity.edition
        });
        if known {
            return;
        }
        let telling = words.spec.telling_rows;
        let evidence: Vec<String> = if telling.is_empty() {
            header.labels.iter().map(|label| one_line(&label.text)).collect()
        } else {
            (part.data.iter().flat_map(|&row| table.row(row)))
                .filter(|(slot, cell)| slot.first && !cell.is_value)
                .filter(|(_, cell)| telling.iter().any(|word| cell.text.contains(word)))
                .map(|(_, cell)| one_line(&cell.text))
                .collect()
        };
        self.editions.push(BlockEdition {
            table: words.spec.table.into(),
            block: words.spec.title.into(),
            edition: identity.edition,
            evidence: evidence.join("；"),
            location,
        });
    }

    fn report_header(&mut self, words: &BlockWords, header: &Header, findings: &mut Findings) {
        for label in &header.labels {
            let Some(spec) = words.spec.columns.get(label.spec) else { continue };
            let what = (words.spec.table, spec.label);
            self.report_label(
                "STR-COLUMN-LABEL",
                what,
                Some(label.agreement),
                &label.text,
                || label.location.clone(),
                findings,
            );
        }
        for (text, location) in &header.unknown {
            let text = one_line(text);
            findings.push(
                Finding::new(
                    "STR-COLUMN-UNKNOWN",
                    Severity::Warning,
                    format!("无法识别列标题“{text}”"),
                    format!("column label \"{text}\" is not one of the form's"),
                )
                .actual(text)
                .at(location),
            );
        }
        for (text, location) in &header.repeated {
            let text = one_line(text);
            findings.push(
                Finding::new(
                    "STR-COLUMN-REPEATED",
                    Severity::Error,
                    format!("列标题“{text}”重复出现，无法确定各列"),
                    format!("column label \"{text}\" stands twice, so neither column is certain"),
                )
                .actual(text)
                .at(location),
            );
        }
    }

    /// Every label that is not the form's own is reported once, as printed.
    fn report_label(
        &mut self,
        code: &'static str,
        (table, expected): (&str, &str),
        agreement: Option<Agreement>,
        printed: &str,
        location: impl FnOnce() -> Location,
        findings: &mut Findings,
    ) {
        let severity = match agreement {
            None | Some(Agreement::Exact) => return,
            Some(Agreement::Variant) => Severity::Info,
            Some(Agreement::Near(_)) => Severity::Warning,
        };
        let printed = one_line(printed);
        if !self.reported.insert(format!("{code} {table} {expected} {printed}")) {
            return;
        }
        let (zh, en) = if code == "STR-ROW-LABEL" { ("行", "row") } else { ("列", "column") };
        findings.push(
            Finding::new(
                code,
                severity,
                format!("{zh}标题“{printed}”与模板“{expected}”不符"),
                format!("{en} label \"{printed}\" differs from \"{expected}\""),
            )
            .expected(expected)
            .actual(printed)
            .at(&location()),
        );
    }

    fn read_rows(
        &mut self,
        part: &Part,
        table: &PrintedTable<'_>,
        words: &'l BlockWords,
        edition: Option<Edition>,
        header: &Header,
        findings: &mut Findings,
    ) {
        let count = part.data.len().min(MAX_ROWS);
        let mut rows: Vec<(usize, PlacedRow<'_>, RowMatch)> = Vec::with_capacity(count);
        if let Some(&row) = part.data.get(MAX_ROWS) {
            findings.push(
                Finding::new(
                    "STR-ROWS-CUT",
                    Severity::Error,
                    format!("表格超过{MAX_ROWS}行，其后各行未读取"),
                    format!("the table has more than {MAX_ROWS} rows; those after are not read"),
                )
                .at(&table.row_location(row)),
            );
        }
        for &row in part.data.iter().take(MAX_ROWS) {
            let mut placed = header.place(table, row, words);
            let above = rows.last().map(|(_, _, matched)| matched);
            let mut matched = if placed.has_own_label || placed.labels.is_empty() {
                match_row(&placed.labels, words, above)
            } else {
                RowMatch::Unknown
            };
            if placed.misfit && matches!(matched, RowMatch::Unknown) {
                // A text among the values is no label; the row is unreadable, not unknown.
                let shorter =
                    (1..placed.labels.len()).rev().filter_map(|n| Some((n, placed.labels.get(..n)?)));
                let mut known = shorter.map(|(n, labels)| (n, match_row(labels, words, above)));
                if let Some((n, known)) = known.find(|(_, known)| matches!(known, RowMatch::Row(..))) {
                    matched = known;
                    let values = placed.labels.split_off(n);
                    placed.unplaced.splice(..0, values);
                }
            }
            rows.push((row, placed, matched));
        }
        // Where a row is divided into named ones, its own label alone names none of them.
        let divided: Vec<usize> = rows
            .iter()
            .filter_map(|(_, _, matched)| match matched {
                RowMatch::Named(parent, _) => Some(*parent),
                _ => None,
            })
            .collect();
        for (row, placed, matched) in rows {
            let place = || table.row_location(row);
            match matched {
                RowMatch::Row(index, agreement) if !divided.contains(&index) => {
                    let Some(&spec) = words.rows.get(index) else { continue };
                    if let Some(label) =
                        placed.labels.last().filter(|_| !placed.misfit || !placed.columns.is_empty())
                    {
                        let what = (words.spec.table, spec.label);
                        self.report_label(
                            "STR-ROW-LABEL",
                            what,
                            agreement,
                            &label.text,
                            || label.location.location(),
                            findings,
                        );
                    }
                    self.put_row(
                        words,
                        edition,
                        (index, 0),
                        spec.id.into(),
                        &placed,
                        &place,
                        header,
                        findings,
                    );
                }
                RowMatch::Named(index, name) => {
                    let Some(&spec) = words.rows.get(index) else { continue };
                    let sub = self.named_row(spec, &name);
                    let id = format!("{}/{name}", spec.id);
                    self.put_row(words, edition, (index, sub), id.into(), &placed, &place, header, findings);
                }
                RowMatch::Subtotal(group) => {
                    report_row("STR-ROW-SUBTOTAL", Severity::Info, &placed, &place(), findings);
                    self.put_subtotal(words, edition, group, &placed);
                }
                RowMatch::Row(..) | RowMatch::Unknown => {
                    report_row("STR-ROW-UNKNOWN", Severity::Warning, &placed, &place(), findings);
                }
            }
        }
    }

    fn named_row(&mut self, parent: &RowSpec, name: &str) -> usize {
        let full = format!("{}/{name}", parent.id);
        match self.named.iter().position(|known| *known == full) {
            Some(index) => index + 1,
            None => {
                self.named.push(full);
                self.named.len()
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one row, with all that is known of it")]
    fn put_row(
        &mut self,
        words: &'l BlockWords,
        edition: Option<Edition>,
        (row, sub): (usize, usize),
        id: Cow<'static, str>,
        placed: &PlacedRow<'_>,
        place: &dyn Fn() -> Location,
        header: &Header,
        findings: &mut Findings,
    ) {
        let block = block_key(words);
        if let Some(seen) = self.seen.get_mut(&block) {
            seen.rows.insert(row);
        }
        let mut unclear: Vec<String> = Vec::new();
        let mut absent: Vec<String> = Vec::new();
        let row_text = join_texts(&placed.unplaced);
        for (index, spec) in words.spec.columns.iter().enumerate() {
            let content = placed.columns.iter().find(|(column, _)| *column == index).map(|(_, c)| c);
            let (text, location, reading) = match content {
                Some(Placed::Cell(printed)) => {
                    let reading = cell::read(&printed.text, spec.kind);
                    (printed.text.to_string(), printed.location.location(), reading)
                }
                Some(Placed::Unclear(cells)) => {
                    let location = cells.first().map_or_else(place, |cell| cell.location.location());
                    (join_texts(cells), location, Reading::UNREADABLE)
                }
                // Values without a column of their own may be this one's.
                None if !placed.unplaced.is_empty() && (placed.misfit || !header.has(index)) => {
                    (row_text.clone(), place(), Reading::UNREADABLE)
                }
                None => {
                    if header.has(index) && !placed.columns.is_empty() {
                        let row = spec.row.unwrap_or(&id);
                        absent.push(format!("{}.{row}.{}", words.spec.table, spec.id));
                    }
                    continue;
                }
            };
            let label = header.labels.iter().find(|label| label.spec == index);
            let fact = Fact {
                table: words.spec.table.into(),
                row: spec.row.map_or_else(|| id.clone(), Cow::Borrowed),
                column: spec.id.into(),
                edition,
                value: reading.value,
                unit: reading.unit(label.and_then(|label| label.unit)),
                status: reading.status,
                text,
                location,
            };
            if matches!(content, Some(Placed::Cell(_))) {
                report_cell(&fact, &reading, spec, findings);
            } else {
                unclear.push(fact.id());
            }
            self.put(place_of(block, (row, sub), index), fact, findings);
        }
        if !absent.is_empty() {
            let ids = absent.join(", ");
            findings.push(
                Finding::new(
                    "STR-CELL-MISSING",
                    Severity::Warning,
                    format!("该行没有这些单元格：{ids}"),
                    format!("the row does not print {ids}"),
                )
                .facts(absent)
                .at(&place()),
            );
        }
        if !unclear.is_empty() {
            let found = placed.unplaced.len();
            let texts = row_text.replace('\t', " | ");
            findings.push(
                Finding::new(
                    "STR-ROW-SHAPE",
                    Severity::Error,
                    format!("该行的值无法与列一一对应（{found}个值：{texts}），相关单元格不予读取"),
                    format!("the row's values cannot be matched to its columns ({found} values: {texts}); the cells are not read"),
                )
                .facts(unclear)
                .actual(texts)
                .at(&place()),
            );
        }
    }

    /// Values of a group of rows, which the form does not have, beside the facts.
    fn put_subtotal(
        &mut self,
        words: &'l BlockWords,
        edition: Option<Edition>,
        group: &str,
        placed: &PlacedRow<'_>,
    ) {
        let mut ids = words.rows.iter().filter(|row| row.group.contains(&group)).map(|row| row.id);
        // The ids of a group's rows begin with the group's own.
        let Some((id, _)) = ids.next().and_then(|first| first.split_once('.')) else { return };
        if !ids.all(|other| other.split_once('.').is_some_and(|(own, _)| own == id)) {
            return;
        }
        for (column, content) in &placed.columns {
            let (Some(spec), Placed::Cell(printed)) = (words.spec.columns.get(*column), content) else {
                continue;
            };
            // The row as a whole is reported already.
            let reading = cell::read(&printed.text, spec.kind);
            self.subtotals.push(Fact {
                table: words.spec.table.into(),
                row: id.into(),
                column: spec.id.into(),
                edition,
                value: reading.value,
                unit: reading.unit(None),
                status: reading.status,
                text: printed.text.to_string(),
                location: printed.location.location(),
            });
        }
    }

    /// A cell printed twice counts once if both say the same, and is unreadable if not.
    #[inline]
    fn put(&mut self, place: Place, fact: Fact, findings: &mut Findings) {
        let index = self.places.index(place, self.facts.len());
        if let Some(known) = self.facts.get_mut(index) {
            settle_repeated(known, &fact, findings);
            return;
        }
        if self.facts.is_empty() {
            let cells = self.lexicon.cells();
            self.facts.reserve_exact(cells);
            self.places.in_order.reserve_exact(cells);
        }
        self.facts.push(fact);
    }

    /// Reports what the form has and the document does not print, and settles the
    /// editions that words left open.
    pub(super) fn finish(mut self, year: Option<i32>, findings: &mut Findings) -> FormContent {
        self.settle_editions(year);
        self.report_missing(findings);
        self.editions.sort_by_cached_key(|block| (table_order(&block.table), title_order(&block.block)));
        FormContent {
            facts: in_order(self.facts, self.places),
            subtotals: self.subtotals,
            editions: self.editions,
        }
    }

    /// A block whose words fit several editions follows the other blocks, else the year.
    fn settle_editions(&mut self, year: Option<i32>) {
        let mut decided: BTreeMap<Edition, usize> = BTreeMap::new();
        for edition in self.editions.iter().filter_map(|block| block.edition) {
            *decided.entry(edition).or_default() += 1;
        }
        let most = decided.values().max().copied();
        let leaders: Vec<Edition> =
            decided.iter().filter(|&(_, &count)| Some(count) == most).map(|(e, _)| *e).collect();
        let of_requests =
            self.editions.iter().find(|block| block.table == "requests").and_then(|block| block.edition);
        let by_year = year.and_then(|year| {
            TEMPLATES.iter().map(|t| t.edition).rfind(|edition| i32::from(edition.year()) <= year)
        });
        let (edition, reason) = match leaders.as_slice() {
            [edition] => (Some(*edition), "与其他表一致"),
            [] => (by_year, "按报告年度"),
            _ => (of_requests, "与申请表一致"),
        };
        let Some(edition) = edition else { return };
        for block in self.editions.iter_mut().filter(|block| block.edition.is_none()) {
            block.edition = Some(edition);
            block.evidence = if block.evidence.is_empty() {
                reason.to_owned()
            } else {
                format!("{}（{reason}）", block.evidence)
            };
        }
        let facts = self.facts.iter_mut().chain(&mut self.subtotals);
        facts.filter(|f| f.edition.is_none()).for_each(|f| f.edition = Some(edition));
    }

    fn report_missing(&self, findings: &mut Findings) {
        for seen in self.seen.values() {
            let spec = seen.words.spec;
            let section = TABLES.get(table_order(spec.table)).map_or("", |role| role.heading());
            let name = if spec.title.is_empty() { section } else { spec.title };
            let rows: Vec<&RowSpec> = (seen.words.rows.iter().enumerate())
                .filter(|(index, _)| !seen.rows.contains(index))
                .map(|(_, row)| *row)
                .collect();
            let columns: Vec<&ColumnSpec> = (spec.columns.iter().enumerate())
                .filter(|(index, _)| !seen.columns.contains(index))
                .map(|(_, column)| column)
                .collect();
            if !rows.is_empty() {
                let labels: Vec<&str> = rows.iter().map(|row| row.label).collect();
                let ids = rows.iter().flat_map(|row| {
                    spec.columns
                        .iter()
                        .map(|c| format!("{}.{}.{}", spec.table, c.row.unwrap_or(row.id), c.id))
                });
                findings.push(
                    Finding::new(
                        "STR-ROW-MISSING",
                        Severity::Warning,
                        format!("“{name}”缺少行：{}", labels.join("；")),
                        format!("{name}: rows missing: {}", labels.join("; ")),
                    )
                    .facts(ids)
                    .at(&seen.location),
                );
            }
            if !columns.is_empty() {
                let labels: Vec<String> = columns
                    .iter()
                    .map(|c| c.group.iter().copied().chain([c.label]).collect::<Vec<_>>().join(" / "))
                    .collect();
                findings.push(
                    Finding::new(
                        "STR-COLUMN-MISSING",
                        Severity::Warning,
                        format!("“{name}”缺少列：{}", labels.join("；")),
                        format!("{name}: columns missing: {}", labels.join("; ")),
                    )
                    .at(&seen.location),
                );
            }
        }
        // Blocks of section 2 that the edition has, where some of them are printed.
        let editions: BTreeSet<Edition> = self
            .editions
            .iter()
            .filter(|block| block.table == "proactive")
            .filter_map(|block| block.edition)
            .collect();
        if editions.len() != 1 {
            return;
        }
        for words in &self.lexicon.blocks {
            let expected =
                words.spec.table == "proactive" && words.editions.iter().any(|e| editions.contains(e));
            if expected && !self.seen.contains_key(&block_key(words)) {
                let title = words.spec.title;
                findings.push(
                    Finding::new(
                        "STR-BLOCK-MISSING",
                        Severity::Warning,
                        format!("缺少“{title}”"),
                        format!("block {title} is missing"),
                    )
                    .expected(title),
                );
            }
        }
    }
}

/// Of a cell printed twice, if both say the same, one counts; else none is read.
#[cold]
fn settle_repeated(known: &mut Fact, fact: &Fact, findings: &mut Findings) {
    let same = known.status == fact.status && known.value == fact.value && known.unit == fact.unit;
    let id = known.id();
    let (severity, zh, en) = if same {
        (Severity::Info, "重复出现，内容相同", "stands twice with the same content")
    } else {
        (
            Severity::Error,
            "重复出现且内容不同，不予读取",
            "stands twice with different contents and is not read",
        )
    };
    findings.push(
        Finding::new("STR-CELL-REPEATED", severity, format!("“{id}”{zh}"), format!("{id} {en}"))
            .fact(id)
            .actual(format!("{} | {}", one_line(&known.text), one_line(&fact.text)))
            .at(&known.location)
            .at(&fact.location),
    );
    if !same {
        known.text = format!("{}\t{}", known.text, fact.text);
        known.value = None;
        known.unit = None;
        known.status = Status::Unreadable;
    }
}

/// The facts in the order of the form, in which nearly all documents print them.
fn in_order(mut facts: Vec<Fact>, places: Places) -> Vec<Fact> {
    facts.shrink_to_fit();
    if places.others.is_empty() {
        return facts;
    }
    let mut order = places.in_order;
    order.extend(places.others);
    order.sort_unstable();
    let mut facts: Vec<Option<Fact>> = facts.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, index)| facts.get_mut(index)?.take()).collect()
}

/// A part of a statutory table has 25 rows and a few named ones.
const MAX_ROWS: usize = 1_000;

/// The statutory tables, which are named as the sections they stand in.
pub(super) const TABLES: [Role; 3] = [Role::Proactive, Role::Requests, Role::Review];

fn table_order(table: &str) -> usize {
    TABLES.iter().position(|role| role.name() == table).unwrap_or(TABLES.len())
}

fn block_key(words: &BlockWords) -> (usize, u32) {
    (table_order(words.spec.table), words.title.unwrap_or(0))
}

fn title_order(title: &str) -> u32 {
    super::lexicon::title_number(&Key::new(title)).flatten().unwrap_or(0)
}

fn join_texts(cells: &[&PrintedCell<'_>]) -> String {
    cells.iter().map(|cell| &*cell.text).collect::<Vec<_>>().join("\t")
}

fn report_row(
    code: &'static str,
    severity: Severity,
    placed: &PlacedRow<'_>,
    place: &Location,
    findings: &mut Findings,
) {
    let label = placed.labels.iter().map(|cell| one_line(&cell.text)).collect::<Vec<_>>().join(" / ");
    let cells = placed.columns.iter().flat_map(|(_, content)| match content {
        Placed::Cell(cell) => vec![*cell],
        Placed::Unclear(cells) => cells.clone(),
    });
    let values: Vec<&PrintedCell<'_>> = cells.chain(placed.unplaced.iter().copied()).collect();
    if values.iter().all(|cell| cell.is_blank()) && label.is_empty() {
        return;
    }
    let values = join_texts(&values).replace('\t', " | ");
    let (zh, en) = match code {
        "STR-ROW-SUBTOTAL" => (
            "分组行带有数值，模板没有此小计",
            "a group of rows has values of its own; the form has no such subtotal",
        ),
        _ => ("无法识别的行，数值未读取", "the form has no such row; its values are not read"),
    };
    findings.push(
        Finding::new(
            code,
            severity,
            format!("{zh}：“{label}”（{values}）"),
            format!("{en}: \"{label}\" ({values})"),
        )
        .actual(format!("{label}: {values}"))
        .at(place),
    );
}

/// The row that labels name, from the last label backwards.
fn match_row(labels: &[&PrintedCell<'_>], words: &BlockWords, above: Option<&RowMatch>) -> RowMatch {
    let Some((own, groups)) = labels.split_last() else {
        // Section 4 prints one row without a label.
        return match words.rows.iter().position(|row| row.label.is_empty()) {
            Some(index) => RowMatch::Row(index, None),
            None => RowMatch::Unknown,
        };
    };
    let group = groups.iter().rev().find_map(|cell| words.row_group(&cell.key));
    // "其他" and "总计" mean their row only in their own group.
    let contradicts = |index: usize| {
        let is_generic = words.row_labels.get(index).is_some_and(Label::is_generic);
        let is_in = |group: &str| words.rows.get(index).is_some_and(|row| row.group.contains(&group));
        is_generic && group.is_some_and(|group| !is_in(group))
    };
    let open = groups.iter().rev().find_map(|cell| {
        let (index, _) = words.row(&cell.key)?;
        words.rows.get(index).filter(|row| row.open).map(|_| index)
    });
    if let Some((index, agreement)) = words.row(&own.key) {
        // The same label in both label columns is one label.
        if open.is_none() || open == Some(index) {
            return if contradicts(index) {
                RowMatch::Unknown
            } else {
                RowMatch::Row(index, Some(agreement))
            };
        }
    }
    if let Some(parent) = open {
        return RowMatch::Named(parent, squeeze(&own.text));
    }
    // A label cut into two cells.
    if let [.., before, _] = labels {
        let joined = Key::from_folded(format!("{}{}", before.key.full, own.key.full).into());
        if let Some((index, agreement)) = words.row(&joined).filter(|(index, _)| !contradicts(*index)) {
            return RowMatch::Row(index, Some(agreement));
        }
    }
    let is_subtotal = SUBTOTALS.contains(&&*own.key.full);
    if let Some(group) = words.row_group(&own.key).or(group.filter(|_| is_subtotal)) {
        return RowMatch::Subtotal(group);
    }
    let is_open = |index: usize| words.rows.get(index).is_some_and(|row| row.open);
    let parent = match above {
        Some(RowMatch::Named(parent, _)) => Some(*parent),
        // The row above may be the first named one, and have lost its name.
        Some(RowMatch::Row(index, _)) if is_open(*index) => Some(*index),
        _ => None,
    };
    if let Some(parent) = parent.filter(|_| group.is_none() && labels.len() == 1) {
        // The next of several named rows; their common label is not printed again.
        return RowMatch::Named(parent, squeeze(&own.text));
    }
    RowMatch::Unknown
}

/// What there is to say of a cell that is certainly this fact's.
fn report_cell(fact: &Fact, reading: &Reading, spec: &'static ColumnSpec, findings: &mut Findings) {
    // Of nearly every cell nothing is said, so nothing need be put into words.
    let as_expected = match (reading.status, fact.unit, spec.unit) {
        (Status::Unreadable, ..) => false,
        (Status::Reported, Some(printed), Some(form)) => printed == form,
        (Status::Reported, None, Some(_)) => spec.kind != Kind::Money,
        _ => true,
    };
    if as_expected && reading.irregular.is_none() {
        return;
    }
    let id = fact.id();
    let text = one_line(&fact.text);
    if reading.status == Status::Unreadable {
        let mut finding = Finding::new(
            "VAL-UNREADABLE",
            Severity::Error,
            format!("“{id}”不是数字：{text}"),
            format!("{id} is no number: {text}"),
        )
        .fact(id.clone())
        .actual(text.clone())
        .at(&fact.location);
        if let Some(value) = reading.suggestion {
            finding = finding.suggest(Suggestion::new(
                id.clone(),
                value.to_string(),
                format!("“{text}”似为{value}"),
                format!("\"{text}\" looks like {value}"),
            ));
        }
        findings.push(finding);
    }
    match reading.irregular {
        Some(Irregular::Form) => findings.push(
            Finding::new(
                "VAL-FORMAT",
                Severity::Info,
                format!("“{id}”数字写法不规范：{text}"),
                format!("{id}: irregular number form {text}"),
            )
            .fact(id.clone())
            .actual(text.clone())
            .at(&fact.location),
        ),
        Some(Irregular::Note) => findings.push(
            Finding::new(
                "VAL-NOTE",
                Severity::Info,
                format!("“{id}”带有注释：{text}"),
                format!("{id} carries a note: {text}"),
            )
            .fact(id.clone())
            .actual(text.clone())
            .at(&fact.location),
        ),
        None => {}
    }
    if reading.status != Status::Reported {
        return;
    }
    let form = spec.unit;
    match (fact.unit, form) {
        (Some(printed), Some(form)) if printed != form => findings.push(
            Finding::new(
                "VAL-UNIT",
                Severity::Warning,
                format!("“{id}”的单位是{printed}，模板为{form}；按原文保留：{text}"),
                format!("{id} is in {printed}, the form asks for {form}; kept as printed: {text}"),
            )
            .fact(id)
            .expected(form.symbol())
            .actual(printed.symbol())
            .at(&fact.location),
        ),
        (None, Some(form)) if spec.kind == Kind::Money => findings.push(
            Finding::new(
                "VAL-UNIT-ASSUMED",
                Severity::Info,
                format!("“{id}”未标明单位，按模板应为{form}"),
                format!("{id} prints no unit; the form means {form}"),
            )
            .fact(id)
            .expected(form.symbol())
            .at(&fact.location),
        ),
        _ => {}
    }
}

/// The unit a column label states in brackets.
pub(super) fn unit_of_label(label: &str) -> Option<Unit> {
    let folded = fold(label);
    let (_, inside) = folded.split_once('(')?;
    let (inside, _) = inside.split_once(')')?;
    let inside = inside.strip_prefix("单位").unwrap_or(inside);
    let inside = inside.trim_start_matches(':');
    // 万元 before 元: the longer symbol contains the shorter.
    [Unit::TenThousandYuan, Unit::Yuan, Unit::Piece, Unit::Item]
        .into_iter()
        .find(|unit| inside.split([',', '、', ';']).any(|word| word == unit.symbol()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fact_of_a_place_is_found_again_in_any_order() {
        for order in [[1, 2, 3], [3, 2, 1], [2, 3, 1], [2, 1, 3]] {
            let mut places = Places::default();
            let new: Vec<usize> =
                order.into_iter().enumerate().map(|(at, place)| places.index(place, at)).collect();
            assert_eq!(new, [0, 1, 2], "{order:?}");
            let again: Vec<usize> = order.into_iter().map(|place| places.index(place, 9)).collect();
            assert_eq!(again, [0, 1, 2], "{order:?}");
        }
        let mut places = Places::default();
        assert_eq!([places.index(5, 0), places.index(5, 9)], [0, 0]);
    }

    #[test]
    fn units_stand_in_brackets() {
        assert_eq!(unit_of_label("采购总金额（万元，保留四位小数）"), Some(Unit::TenThousandYuan));
        assert_eq!(unit_of_label("本年收费金额（单位：万元）"), Some(Unit::TenThousandYuan));
        assert_eq!(unit_of_label("本年收费金额(元)"), Some(Unit::Yuan));
        assert_eq!(unit_of_label("处理决定数量（2023年办件量）"), None);
        assert_eq!(unit_of_label("采购总金额"), None);
    }
}

//! A statutory table laid out as the form has it: merged headings above and beside the
//! cells, from the edition's data alone.

use crate::model::Report;
use crate::template::BlockSpec;
use crate::view::form::named_rows;

/// A place in the table that holds something, with how far it reaches.
pub(super) struct Slot {
    pub(super) holds: Holds,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

pub(super) enum Holds {
    /// The title of a block.
    Title(String),
    /// The heading of columns.
    Column(String),
    /// The heading of rows.
    Row(String),
    /// A cell of the form, with its labels.
    Cell { row: String, column: &'static str, labels: String },
}

/// The rows of a statutory table that is made of these blocks.
pub(super) fn grid(report: &Report, blocks: &[&'static BlockSpec]) -> Vec<Vec<Slot>> {
    let bands: Vec<Band> = blocks.iter().map(|spec| Band::of(report, spec)).collect();
    // Blocks of one, two and three columns share a grid of six.
    let width = bands.iter().map(|band| band.columns.len().max(1)).fold(1, least_common_multiple);
    let beside = bands.iter().map(|band| levels(&band.rows)).max().unwrap_or(0);
    bands.iter().flat_map(|band| band.slots(beside, width)).collect()
}

/// A block's lines, each with its labels from the outermost.
struct Band {
    spec: &'static BlockSpec,
    columns: Vec<Line<(&'static str, Option<&'static str>)>>,
    rows: Vec<Line<String>>,
}

struct Line<Id> {
    id: Id,
    labels: Vec<String>,
}

impl Band {
    fn of(report: &Report, spec: &'static BlockSpec) -> Self {
        let labels = |group: &[&str], label: &str| -> Vec<String> {
            group.iter().copied().chain([label]).filter(|l| !l.is_empty()).map(str::to_owned).collect()
        };
        let column = |c: &crate::template::ColumnSpec| Line {
            id: (c.id, c.row),
            labels: spec
                .over_columns
                .is_empty()
                .then(Vec::new)
                .unwrap_or_else(|| vec![spec.over_columns.to_owned()])
                .into_iter()
                .chain(labels(c.group, c.label))
                .collect(),
        };
        let mut rows = Vec::new();
        for row in spec.rows() {
            let own = labels(row.group, row.label);
            let named = named_rows(report, spec.table, row.id);
            // A row that the report names itself stands below the one it names it under.
            if named.is_empty() || report.facts().any(|f| f.table == spec.table && f.row == row.id) {
                rows.push(Line { id: row.id.to_owned(), labels: own.clone() });
            }
            for id in named {
                let name = id.split_once('/').map_or(id.as_str(), |(_, name)| name).to_owned();
                let labels = own.iter().cloned().chain([name]).collect();
                rows.push(Line { id, labels });
            }
        }
        Self { spec, columns: spec.columns.iter().map(column).collect(), rows }
    }

    /// The block's rows, with `beside` columns for the headings of rows and `width` for cells.
    fn slots(&self, beside: usize, width: usize) -> Vec<Vec<Slot>> {
        let mut out = Vec::new();
        if !self.spec.title.is_empty() {
            let holds = Holds::Title(self.spec.title.to_owned());
            out.push(vec![Slot { holds, rows: 1, columns: beside + width }]);
        }
        let above = levels(&self.columns);
        let each = width / self.columns.len().max(1);
        let headings = headings(&self.columns, above);
        for level in 0..above {
            let mut row = Vec::new();
            if level == 0 && beside > 0 {
                let words = self.spec.corner.first().copied().unwrap_or_default();
                row.push(Slot { holds: Holds::Column(words.to_owned()), rows: above, columns: beside });
            }
            row.extend(headings.iter().filter(|heading| heading.level == level).map(|heading| Slot {
                holds: Holds::Column(heading.label.clone()),
                rows: heading.deep,
                columns: heading.long * each,
            }));
            out.push(row);
        }
        let headings = self::headings(&self.rows, beside);
        for (at, line) in self.rows.iter().enumerate() {
            let own = headings.iter().filter(|heading| heading.at == at).map(|heading| Slot {
                holds: Holds::Row(heading.label.clone()),
                rows: heading.long,
                columns: heading.deep,
            });
            let cells = self.columns.iter().map(|column| {
                let (id, row) = column.id;
                let leaf = line.labels.last().into_iter().chain(&column.labels);
                Slot {
                    holds: Holds::Cell {
                        row: row.map_or_else(|| line.id.clone(), str::to_owned),
                        column: id,
                        labels: leaf
                            .filter(|l| *l != self.spec.over_columns)
                            .cloned()
                            .collect::<Vec<_>>()
                            .join(" · "),
                    },
                    rows: 1,
                    columns: each,
                }
            });
            out.push(own.chain(cells).collect());
        }
        out
    }
}

/// A label merged over the neighbours that share it.
struct Heading {
    label: String,
    /// From the outermost.
    level: usize,
    /// The first line it stands at.
    at: usize,
    /// How many levels it takes.
    deep: usize,
    /// How many lines.
    long: usize,
}

fn levels<Id>(lines: &[Line<Id>]) -> usize {
    lines.iter().map(|line| line.labels.len()).max().unwrap_or(0)
}

/// Ordered by level within each line. A line with fewer labels than levels has its last
/// one reach to the cells.
fn headings<Id>(lines: &[Line<Id>], levels: usize) -> Vec<Heading> {
    let mut out = Vec::new();
    for level in 0..levels {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let group = line.labels.get(..=level);
            let is_group =
                |line: &&Line<Id>| line.labels.len() > level + 1 && line.labels.get(..=level) == group;
            let together = lines.iter().skip(at).take_while(is_group).count();
            let (long, deep) = if together > 0 { (together, 1) } else { (1, levels - level) };
            if let Some(label) = line.labels.get(level) {
                out.push(Heading { label: label.clone(), level, at, deep, long });
            }
            at += long;
        }
    }
    out
}

fn least_common_multiple(a: usize, b: usize) -> usize {
    let (mut greater, mut less) = (a, b);
    while less > 0 {
        (greater, less) = (less, greater % less);
    }
    a / greater.max(1) * b
}

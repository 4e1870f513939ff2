//! What a report states: cells whose values are known, and random balanced tables.

use crate::form::{APPLICANTS, BLOCKS_2019, BLOCKS_2021, BlockForm, EXTRA_SERVICES, Edition, Kind, outcomes};
use crate::random::Random;

/// What a cell is, as the library tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// A number is printed.
    Reported,
    /// Nothing is printed.
    Blank,
    /// A mark for "none" is printed.
    NotApplicable,
    /// Something is printed that cannot be taken as this cell's number.
    Unreadable,
}

impl Status {
    /// The name in the library's outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Blank => "blank",
            Self::NotApplicable => "not_applicable",
            Self::Unreadable => "unreadable",
        }
    }
}

/// One cell, expected or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// `table.row.column`.
    pub id: String,
    /// What the cell is.
    pub status: Status,
    /// The number as plain decimal text.
    pub value: Option<String>,
    /// The unit printed in the cell or its header.
    pub unit: Option<String>,
    /// The cell's characters.
    pub text: String,
}

/// One row of an Article 20 block.
#[derive(Debug, Clone)]
pub struct BlockRow {
    /// Id of the row.
    pub id: String,
    /// Labels, from the outermost.
    pub labels: Vec<&'static str>,
    /// One number per column.
    pub numbers: Vec<String>,
}

/// One Article 20 block.
#[derive(Debug, Clone)]
pub struct Block {
    /// The form it follows.
    pub form: &'static BlockForm,
    /// Its rows.
    pub rows: Vec<BlockRow>,
}

/// The numbers of one report.
#[derive(Debug, Clone)]
pub struct Truth {
    /// The form of the requests table.
    pub edition: Edition,
    /// The year reported on.
    pub year: i64,
    /// Article 20.
    pub blocks: Vec<Block>,
    /// The requests table: id of the row, seven numbers.
    pub requests: Vec<(String, Vec<i64>)>,
    /// The review table: three times five numbers.
    pub review: Vec<Vec<i64>>,
}

/// What kind of report to make.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes {
    /// Blocks of both editions in one report.
    pub hybrid: bool,
    /// Block （九） in the 2021 form.
    pub keep_procurement: bool,
    /// Named rows below 其他对外管理服务事项.
    pub extra_services: bool,
    /// Hardly any zeros and hardly any number twice, so that no shift stays unseen.
    pub dense: bool,
}

impl Truth {
    /// A random report whose tables balance.
    pub fn random(edition: Edition, wishes: Wishes, random: &mut Random) -> Self {
        let year = match edition {
            Edition::Y2019 => random.between(2019, 2020),
            Edition::Y2021 => random.between(2021, 2025),
        };
        let size = random.pick_copy(&[0, 0, 9, 9, 99, 999, 20_000]);
        Self {
            edition,
            year,
            blocks: blocks(edition, wishes, random),
            requests: requests(edition, wishes.dense, size, random),
            review: review(wishes.dense, size, random),
        }
    }
}

impl Truth {
    /// Whether a block of Article 20 follows another edition than the requests table.
    pub fn mixes_editions(&self) -> bool {
        let own = match self.edition {
            Edition::Y2019 => BLOCKS_2019,
            Edition::Y2021 => BLOCKS_2021,
        };
        self.blocks.iter().any(|block| !own.iter().any(|form| std::ptr::eq(form, block.form)))
    }

    /// The total column of a row of the requests table, or of all rows of a group.
    pub fn total(&self, row: &str) -> i64 {
        let within =
            |id: &str| id.strip_prefix(row).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.requests.iter().filter(|(id, _)| within(id)).filter_map(|(_, numbers)| numbers.last()).sum()
    }
}

fn blocks(edition: Edition, wishes: Wishes, random: &mut Random) -> Vec<Block> {
    let (own, foreign) = match edition {
        Edition::Y2019 => (BLOCKS_2019, BLOCKS_2021),
        Edition::Y2021 => (BLOCKS_2021, BLOCKS_2019),
    };
    let mut forms: Vec<&'static BlockForm> = own.iter().collect();
    if wishes.hybrid {
        for form in &mut forms {
            if random.chance(50)
                && let Some(other) = foreign.iter().find(|f| f.item == form.item)
            {
                *form = other;
            }
        }
    }
    if wishes.keep_procurement && edition == Edition::Y2021 {
        forms.extend(BLOCKS_2019.last());
    }
    forms.into_iter().map(|form| block(form, wishes, random)).collect()
}

fn block(form: &'static BlockForm, wishes: Wishes, random: &mut Random) -> Block {
    let size = if wishes.dense { 120_000 } else { random.pick_copy(&[0, 9, 99, 3000, 120_000]) };
    let mut rows = Vec::new();
    let mut add = |id: String, labels: Vec<&'static str>| {
        let mut numbers: Vec<String> = Vec::new();
        for &(_, _, kind) in form.columns {
            // A change never takes away more items than there were.
            let before = numbers.first().and_then(|number| number.parse().ok()).unwrap_or(0);
            numbers.push(number(kind, size, before, random));
        }
        rows.push(BlockRow { id, labels, numbers });
    };
    for &(id, label) in form.rows {
        if id == "other_services" && wishes.extra_services {
            for extra in &EXTRA_SERVICES[..2] {
                add(format!("{id}/{extra}"), vec![label, extra]);
            }
        } else {
            add(id.to_owned(), vec![label]);
        }
    }
    Block { form, rows }
}

fn number(kind: Kind, size: i64, before: i64, random: &mut Random) -> String {
    match kind {
        Kind::Pieces | Kind::Items => random.between(0, size).to_string(),
        Kind::Change => random.between(-before.min(size / 2), size).to_string(),
        Kind::Money => {
            let places = random.below(5);
            let whole = random.between(0, size);
            if places == 0 {
                return whole.to_string();
            }
            let part = random.below(10_usize.pow(places as u32));
            format!("{whole}.{part:0places$}")
        }
    }
}

/// Splits `whole` at random into `count` parts, many of them zero.
fn split(whole: i64, count: usize, random: &mut Random) -> Vec<i64> {
    let mut parts = vec![0; count];
    let mut left = whole;
    while left > 0 {
        let take = random.between(1, left).min(random.between(1, left));
        parts[random.below(count)] += take;
        left -= take;
    }
    parts
}

/// The last number of each row is the sum of those before it.
fn with_total(mut row: Vec<i64>) -> Vec<i64> {
    row.push(row.iter().sum());
    row
}

fn requests(edition: Edition, dense: bool, size: i64, random: &mut Random) -> Vec<(String, Vec<i64>)> {
    let applicants = APPLICANTS.len() - 1;
    let mut ids = Vec::new();
    for outcome in outcomes(edition) {
        if outcome.rows.is_empty() {
            ids.push(outcome.id.to_owned());
        }
        ids.extend(outcome.rows.iter().map(|(row, _)| format!("{}.{row}", outcome.id)));
    }
    let by_applicant: Vec<Vec<i64>> = (0..applicants)
        .map(|_| {
            if dense {
                ids.iter().map(|_| random.between(1, 9999)).collect()
            } else {
                let share = if random.chance(40) { size } else { size / 10 };
                split(random.between(0, share), ids.len(), random)
            }
        })
        .collect();
    let processed: Vec<i64> = by_applicant.iter().map(|column| column.iter().sum()).collect();
    let carried: Vec<i64> = processed.iter().map(|&p| random.between(0, p / 4)).collect();
    let brought: Vec<i64> =
        processed.iter().zip(&carried).map(|(p, c)| random.between(0, (p + c) / 4)).collect();
    let received = (0..applicants).map(|a| processed[a] + carried[a] - brought[a]).collect();

    let mut table = vec![
        ("received".to_owned(), with_total(received)),
        ("brought_forward".to_owned(), with_total(brought)),
    ];
    for (index, id) in ids.into_iter().enumerate() {
        table.push((id, with_total(by_applicant.iter().map(|column| column[index]).collect())));
    }
    table.push(("total".to_owned(), with_total(processed)));
    table.push(("carried_forward".to_owned(), with_total(carried)));
    table
}

fn review(dense: bool, size: i64, random: &mut Random) -> Vec<Vec<i64>> {
    (0..3)
        .map(|_| {
            with_total(if dense {
                (0..4).map(|_| random.between(1, 9999)).collect()
            } else {
                split(random.between(0, size / 3), 4, random)
            })
        })
        .collect()
}

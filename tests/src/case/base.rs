//! The plain report that cases differ from: balanced, modest, invented. Years follow each
//! other, so that a series of plain reports has nothing to be found either.

use crate::form::{BLOCKS_2019, BLOCKS_2021, BlockForm, Edition, outcomes};
use crate::truth::{Block, BlockRow, Truth};

/// What the plain report is made for.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) edition: Edition,
    pub(super) year: i64,
    /// Every number is this many times the plain one.
    pub(super) times: i64,
    /// Blocks of section 2, by item, that follow the other edition.
    pub(super) other_edition: Vec<String>,
}

impl Plan {
    /// Years since the plain numbers begin.
    fn years(&self) -> i64 {
        (self.year - 2019).max(0)
    }
}

/// The plain numbers.
pub(super) fn truth(plan: &Plan) -> Truth {
    Truth {
        edition: plan.edition,
        year: plan.year,
        blocks: blocks(plan),
        requests: requests(plan),
        review: review(plan.years()).map(|row| row.map(|number| number * plan.times).to_vec()).to_vec(),
    }
}

/// Other numbers every year: equal ones would look copied.
fn review(years: i64) -> [[i64; 5]; 3] {
    [[1 + years, 0, 0, 1, 2 + years], [0, 0, 1, 0, 1], [0; 5]]
}

fn blocks(plan: &Plan) -> Vec<Block> {
    let (own, other) = match plan.edition {
        Edition::Y2019 => (BLOCKS_2019, BLOCKS_2021),
        Edition::Y2021 => (BLOCKS_2021, BLOCKS_2019),
    };
    let choose = |form: &'static BlockForm| {
        let moved = plan.other_edition.iter().any(|item| item == form.item);
        other.iter().find(|other| moved && other.item == form.item).unwrap_or(form)
    };
    own.iter()
        .map(choose)
        .map(|form| {
            let row = |&(id, label): &(&str, &'static str)| {
                let number = |&(column, _, _): &(&str, &str, _)| match (form.item, column) {
                    // Money: in tenths.
                    (_, "amount") => {
                        let tenths = if id == "fees" { 42 } else { 365 } * plan.times;
                        format!("{}.{}", tenths / 10, tenths % 10)
                    }
                    _ => (plain(id, column, plan.years()) * plan.times).to_string(),
                };
                BlockRow {
                    id: id.to_owned(),
                    labels: vec![label],
                    numbers: form.columns.iter().map(number).collect(),
                }
            };
            Block { form, rows: form.rows.iter().map(row).collect() }
        })
        .collect()
}

/// A number of section 2.
fn plain(row: &str, column: &str, years: i64) -> i64 {
    match (row, column) {
        ("normative_documents", "made") => 4,
        ("normative_documents", "disclosed") => 3,
        ("normative_documents", "disclosed_total") => 20 + 3 * years,
        ("normative_documents", "issued") => 3,
        ("normative_documents", "repealed") => 1,
        ("normative_documents", "in_force") => 20 + 2 * years,
        ("licensing", "prior_items") => 12 + years,
        ("licensing", "change") => 1,
        ("licensing", "decisions") => 30 + years,
        ("other_services", "prior_items") => 5,
        ("other_services", "decisions") => 6,
        ("penalties", "prior_items") => 9,
        ("penalties", "decisions") => 7,
        ("compulsion", "prior_items") => 3,
        ("fees", "prior_items") => 2,
        ("procurement", "projects") => 2,
        _ => 0,
    }
}

fn requests(plan: &Plan) -> Vec<(String, Vec<i64>)> {
    let years = plan.years();
    let mut ids = vec!["received".to_owned(), "brought_forward".to_owned()];
    for outcome in outcomes(plan.edition) {
        if outcome.rows.is_empty() {
            ids.push(outcome.id.to_owned());
        }
        ids.extend(outcome.rows.iter().map(|(row, _)| format!("{}.{row}", outcome.id)));
    }
    ids.extend(["total", "carried_forward"].map(str::to_owned));
    let row = |id: String| {
        // Natural persons, enterprises, legal services.
        let [person, enterprise, legal] = match id.as_str() {
            "received" => [8 + years, 3, 1],
            "brought_forward" | "carried_forward" => [1, 0, 0],
            "granted" => [4 + years, 2, 0],
            "partially_granted" | "denied.third_party_rights" => [1, 0, 0],
            "unavailable.not_held" | "not_processed.duplicate" => [1, 0, 0],
            "denied.process_information" => [0, 1, 0],
            "other" | "other.correction_overdue" => [0, 0, 1],
            "total" => [8 + years, 3, 1],
            _ => [0, 0, 0],
        };
        let mut numbers = vec![person, enterprise, 0, 0, legal, 0, person + enterprise + legal];
        numbers.iter_mut().for_each(|number| *number *= plan.times);
        (id, numbers)
    };
    ids.into_iter().map(row).collect()
}

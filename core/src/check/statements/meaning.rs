//! From words to the cells they name.

use super::measure::Gist;
use super::number::Counter;
use super::target::Target;
use crate::template::phrases::{Columns, Grade, Quantity, Readings};

/// What the sentences so far are about.
#[derive(Debug, Default, Clone)]
pub(super) struct Context {
    /// Requests for information.
    pub(super) requests: bool,
    /// Reviews and suits over the disclosure of information.
    pub(super) cases: bool,
    /// Steps of requests stated in this sentence: parts by applicant are parts of one.
    pub(super) flows: Vec<&'static Quantity>,
    /// The review or suit stated last: results are its results.
    pub(super) case: Vec<&'static Quantity>,
    /// Applicants stated in this sentence: outcomes may be theirs.
    pub(super) columns: Vec<&'static Columns>,
    /// Another time than the report's year.
    pub(super) other_time: bool,
    pub(super) year: Option<i32>,
    pub(super) plan: bool,
    pub(super) scope: bool,
    pub(super) channel: bool,
    /// Something that the tables do not count has been named.
    pub(super) elsewhere: bool,
    /// Cases left out or passed on have been named.
    pub(super) aside: bool,
    /// What the first number about requests counts with.
    pub(super) counter: Option<Counter>,
}

fn lists(readings: Readings) -> Vec<Vec<&'static str>> {
    readings.iter().map(|terms| terms.to_vec()).collect()
}

/// The cells that words name; several where each of several names has the number. None
/// where the words do not decide.
pub(super) fn targets(gist: &Gist, context: &Context, each: bool) -> Vec<Target> {
    let Some(quantities) = own(gist, context) else { return Vec::new() };
    let Some(table) = table(&quantities, gist) else { return Vec::new() };
    if gist.columns.iter().any(|columns| columns.table != table) {
        return Vec::new();
    }
    let known = match table {
        "requests" => gist.requests || context.requests && !context.elsewhere,
        "review" => gist.disclosure || gist.requests || context.cases && !context.elsewhere,
        _ => true,
    };
    if !known {
        return Vec::new();
    }
    let columns = columns(&quantities, gist, context, each);
    let mut found = Vec::new();
    if each {
        for quantity in &quantities {
            for columns in &columns {
                found.push(Target::new(table, lists(quantity.rows), columns.clone(), quantity.grade));
            }
        }
        return found;
    }
    let [columns] = columns.as_slice() else { return Vec::new() };
    match quantities.as_slice() {
        [] => Vec::new(),
        [one] => vec![Target::new(table, lists(one.rows), columns.clone(), one.grade)],
        several if gist.quantities.is_empty() => {
            // Of what the applicants are parts is open.
            let mut rows: Vec<Vec<&str>> = Vec::new();
            for reading in several.iter().flat_map(|quantity| lists(quantity.rows)) {
                if !rows.contains(&reading) {
                    rows.push(reading);
                }
            }
            vec![Target::new(table, rows, columns.clone(), Grade::Loose)]
        }
        several if several.iter().all(|quantity| quantity.adds) => {
            let rows =
                several.iter().filter_map(|quantity| quantity.rows.first()).copied().flatten().copied();
            vec![Target::new(table, vec![rows.collect()], columns.clone(), Grade::Firm)]
        }
        _ => Vec::new(),
    }
}

/// The quantities that the words name, or that the sentence goes on about.
fn own(gist: &Gist, context: &Context) -> Option<Vec<&'static Quantity>> {
    let mut own = gist.quantities.clone();
    if own.is_empty() {
        return match gist.columns.first()?.table {
            "requests" => Some(context.flows.clone()),
            "review" => Some(context.case.clone()),
            _ => None,
        };
    }
    // 收到行政复议: the verb names no step of a request.
    let case = own.iter().any(|quantity| quantity.table == "review");
    if case && context.cases {
        own.retain(|quantity| quantity.table == "review" || !is_received(quantity));
    }
    // 行政诉讼未经复议直接起诉: the narrower is meant.
    let narrower = |wide: &Quantity, all: &[&'static Quantity]| {
        all.iter().any(|other| below(first_row(other), first_row(wide)))
    };
    let all = own.clone();
    own.retain(|quantity| !narrower(quantity, &all));
    // 作出不予公开答复: the outcome is meant.
    if own.iter().any(|quantity| quantity.adds && quantity.table == "requests") {
        own.retain(|quantity| quantity.adds || first_row(quantity) != "total");
    }
    Some(own)
}

fn first_row(quantity: &Quantity) -> &'static str {
    quantity.rows.first().and_then(|rows| rows.first()).copied().unwrap_or_default()
}

fn below(row: &str, group: &str) -> bool {
    row.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'))
}

/// 收到 or 新收.
pub(super) fn is_received(quantity: &Quantity) -> bool {
    first_row(quantity) == "received"
}

/// A step that requests go through, none of their outcomes.
pub(super) fn is_flow(quantity: &Quantity) -> bool {
    quantity.table == "requests" && !quantity.adds
}

/// Whether it often begins a statement of its own: steps, reviews and suits.
pub(super) fn begins(quantity: &Quantity) -> bool {
    is_flow(quantity) || quantity.table == "review"
}

/// Whether 无 or 未 before it says that the cell is zero. 未办结 is no such statement.
pub(super) fn can_be_none(quantity: &Quantity, absence: bool) -> bool {
    match quantity.table {
        "requests" if quantity.adds => absence,
        "requests" => first_row(quantity) != "total",
        _ => true,
    }
}

fn table(quantities: &[&'static Quantity], gist: &Gist) -> Option<&'static str> {
    let table = match quantities.first() {
        Some(quantity) => quantity.table,
        None => gist.columns.first()?.table,
    };
    quantities.iter().all(|quantity| quantity.table == table).then_some(table)
}

/// Alternatives of sums of columns; several lists where each of several names has the number.
fn columns(
    quantities: &[&'static Quantity],
    gist: &Gist,
    context: &Context,
    each: bool,
) -> Vec<Vec<Vec<&'static str>>> {
    match gist.columns.as_slice() {
        [] => {
            let Some(quantity) = quantities.first() else { return Vec::new() };
            let mut own = lists(quantity.columns);
            if own.is_empty() {
                return Vec::new();
            }
            if quantity.table == "requests" && quantity.adds {
                own.extend(context.columns.iter().flat_map(|columns| lists(columns.columns)));
            }
            vec![own]
        }
        [one] => vec![lists(one.columns)],
        several if each => several.iter().map(|columns| lists(columns.columns)).collect(),
        several => {
            let all =
                several.iter().filter_map(|columns| columns.columns.first()).copied().flatten().copied();
            vec![vec![all.collect()]]
        }
    }
}

//! The validation report of the European Statistical System, version 1.0.1 (M. van der
//! Loo, O. ten Bosch: Design of a generic machine-readable validation report structure,
//! 2017).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::check::{CheckInfo, Outcome, checks};
use crate::finding::{Finding, Severity, Verdict};
use crate::model::Report;
use crate::template::{Axis, Edit, Relation, TEMPLATES, Term};

use super::{Checked, Language};

/// The population that every report belongs to.
const POPULATION: &str = "政府信息公开工作年度报告";

/// Every answer of the checks, passes included, as an array of validations. A cell is
/// identified by population, year, agency and its id. Findings without an outcome, as
/// those across years, follow as validations of their own.
///
/// `time` is when the checks ran (ISO 8601, for example `20240131T101530+0800`): the
/// library has no clock.
pub fn ess(checked: &[Checked<'_>], language: Language, time: &str) -> String {
    let checks = checks();
    let mut ids = Ids::default();
    let mut validations: Vec<Value> = Vec::new();
    for one in checked {
        let writer = Writer { checks: &checks, checked: one, language, time };
        let mut told: Vec<usize> = Vec::new();
        for outcome in one.outcomes {
            told.extend(outcome.finding);
            let finding = outcome.finding.and_then(|at| one.findings.get(at));
            validations.push(writer.outcome(outcome, finding, &mut ids));
        }
        for (at, finding) in one.findings.iter().enumerate() {
            if !told.contains(&at) && finding.baseline != Some(crate::finding::Baseline::Gone) {
                validations.push(writer.finding(finding, &mut ids));
            }
        }
    }
    // One validation a line.
    let lines: Vec<String> = validations.iter().map(ToString::to_string).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// Ids that have been given: each must be the only one of its kind.
#[derive(Default)]
struct Ids(BTreeMap<String, usize>);

impl Ids {
    fn next(&mut self, source: &str, code: &str, instance: &str) -> String {
        let id = if instance.is_empty() {
            format!("{source}#{code}")
        } else {
            format!("{source}#{code}[{instance}]")
        };
        let count = self.0.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id } else { format!("{id}/{count}") }
    }
}

struct Writer<'a> {
    checks: &'a [CheckInfo],
    checked: &'a Checked<'a>,
    language: Language,
    time: &'a str,
}

impl Writer<'_> {
    fn outcome(&self, outcome: &Outcome, finding: Option<&Finding>, ids: &mut Ids) -> Value {
        let edit = edit(outcome.code, self.checked.report);
        let facts = match (finding, edit) {
            (Some(finding), _) => finding.facts.clone(),
            (None, Some(edit)) => cells(edit, &outcome.instance),
            (None, None) => {
                self.checked.report.fact(&outcome.instance).map(|fact| fact.id()).into_iter().collect()
            }
        };
        let id = ids.next(self.checked.source, outcome.code, &outcome.instance);
        self.validation(id, outcome.code, outcome.holds, &facts, finding)
    }

    fn finding(&self, finding: &Finding, ids: &mut Ids) -> Value {
        let instance = finding.facts.first().map_or("", String::as_str);
        let id = ids.next(self.checked.source, &finding.code, instance);
        let holds = (finding.verdict == Verdict::Failed).then_some(false);
        self.validation(id, &finding.code, holds, &finding.facts, Some(finding))
    }

    fn validation(
        &self,
        id: String,
        code: &str,
        holds: Option<bool>,
        facts: &[String],
        finding: Option<&Finding>,
    ) -> Value {
        let data: Vec<Value> = self.keys(facts);
        json!({
            "id": id,
            "type": "validation",
            "event": { "time": self.time, "actor": concat!("gongkai ", env!("CARGO_PKG_VERSION")) },
            "rule": self.check(code, finding),
            "data": {
                "source": data,
                "target": data,
                "description": finding.map_or("", |finding| self.language.of(&finding.message)),
            },
            "value": match holds {
                Some(true) => "1",
                Some(false) => "0",
                None => "NA",
            },
        })
    }

    /// The four parts that identify a datum: population, event, unit and variable.
    fn keys(&self, facts: &[String]) -> Vec<Value> {
        let report = self.checked.report;
        let year = report.year().map(|year| year.to_string()).unwrap_or_default();
        let agency = report.agency().map_or(self.checked.source, |agency| agency.name.as_str());
        if facts.is_empty() {
            return vec![json!([POPULATION, year, agency, ""])];
        }
        facts.iter().map(|id| json!([POPULATION, year, agency, id])).collect()
    }

    /// The check; a severity that a person changed or waived, with the reason.
    fn check(&self, code: &str, finding: Option<&Finding>) -> Value {
        let info = self.checks.iter().find(|check| check.code == code);
        let severity = finding.map(|finding| finding.severity).or(info.map(|check| check.severity));
        let expression = edit(code, self.checked.report)
            .map_or_else(|| info.map_or_else(|| code.to_owned(), |check| check.title.en.clone()), expression);
        let mut check = json!({
            "language": concat!("gongkai ", env!("CARGO_PKG_VERSION")),
            "expression": format!("{code}: {expression}"),
            "severity": severity.map_or("information", name),
            "description": info.map_or(code, |check| self.language.of(&check.title)),
        });
        let changed = finding.and_then(|finding| {
            let regraded = finding.regraded.as_ref().map(|regrade| {
                (if finding.severity > regrade.from { "up" } else { "down" }, regrade.why.clone())
            });
            let waived = finding
                .waiver
                .as_ref()
                .map(|waiver| ("down", format!("{} ({}, {})", waiver.why, waiver.by, waiver.when)));
            waived.or(regraded)
        });
        if let (Some((change, why)), Some(check)) = (changed, check.as_object_mut()) {
            check.insert("change".to_owned(), json!(change));
            check.insert("explanation".to_owned(), json!(why));
        }
        check
    }
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "information",
    }
}

/// The check's relation between cells, in the report's edition if it has one.
fn edit(code: &str, report: &Report) -> Option<&'static Edit> {
    let own = TEMPLATES.iter().filter(|template| report.edition() == Some(template.edition));
    own.chain(TEMPLATES).flat_map(|template| template.edits).copied().find(|edit| edit.code == code)
}

/// Ids of the cells of an edit in one line.
fn cells(edit: &Edit, line: &str) -> Vec<String> {
    let id = |term: &Term| match edit.axis {
        Axis::Rows => format!("{}.{}.{line}", edit.table, term.id),
        Axis::Columns => format!("{}.{line}.{}", edit.table, term.id),
    };
    edit.terms().filter(|term| !term.before).map(id).collect()
}

/// An edit as a formula over rows or columns.
fn expression(edit: &Edit) -> String {
    let side = |terms: &[Term]| {
        let mut text = String::new();
        for term in terms {
            let sign = match (text.is_empty(), term.negative) {
                (true, false) => "",
                (true, true) => "-",
                (false, false) => " + ",
                (false, true) => " - ",
            };
            text.push_str(sign);
            text.push_str(term.id);
            if term.before {
                text.push_str("[t-1]");
            }
        }
        if text.is_empty() { "0".to_owned() } else { text }
    };
    let relation = match edit.relation {
        Relation::Equal => "=",
        Relation::AtMost => "<=",
        Relation::AtLeast => ">=",
    };
    format!("{} {relation} {}", side(edit.left), side(edit.right))
}

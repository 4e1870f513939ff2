//! `gongkai_findings`, `gongkai_finding` and `gongkai_suggestion`.

use std::ffi::c_char;
use std::sync::OnceLock;

use gongkai::{Baseline, Severity, Verdict};

use crate::error::{self, ABSENT, GONGKAI_E_CALLER};
use crate::ffi::{self, Out, Text};
use crate::location::Location;

/// Worth knowing; nothing is wrong with the numbers.
pub const GONGKAI_INFO: i32 = 0;
/// Irregular; a person should look.
pub const GONGKAI_WARNING: i32 = 1;
/// Something the form defines does not hold, or cells could not be read.
pub const GONGKAI_ERROR: i32 = 2;

/// The statement does not hold.
pub const GONGKAI_FAILED: i32 = 0;
/// A blank or missing cell forbids an answer.
pub const GONGKAI_UNKNOWN: i32 = 1;

/// A list of findings. It never changes, so that any number of threads may use it at once.
pub struct Findings {
    pub(crate) list: Vec<gongkai::Finding>,
    items: OnceLock<Box<[Finding]>>,
}

/// One irregularity, with its place and evidence.
pub struct Finding {
    severity: i32,
    verdict: i32,
    zh: Text,
    en: Text,
    texts: Vec<(&'static str, Text)>,
    facts: Box<[Text]>,
    locations: Box<[Location]>,
    suggestions: Box<[Suggestion]>,
    report: Option<u32>,
    as_zero: Option<i32>,
}

/// A cell to look at, with the value that would mend it.
pub struct Suggestion {
    texts: Vec<(&'static str, Text)>,
    zh: Text,
    en: Text,
}

impl Findings {
    pub(crate) fn new(list: Vec<gongkai::Finding>) -> Self {
        Self { list, items: OnceLock::new() }
    }

    fn items(&self) -> &[Finding] {
        self.items.get_or_init(|| self.list.iter().map(Finding::new).collect())
    }
}

impl Finding {
    fn new(finding: &gongkai::Finding) -> Self {
        let when = finding.waiver.as_ref().map(|waiver| waiver.when.to_string());
        let texts = [
            ("code", Some(finding.code.as_str())),
            ("fingerprint", Some(finding.fingerprint.as_str())),
            ("expected", finding.expected.as_deref()),
            ("actual", finding.actual.as_deref()),
            ("quote", finding.quote.as_deref()),
            ("group", finding.group.as_deref()),
            ("waived_by", finding.waiver.as_ref().map(|waiver| waiver.by.as_str())),
            ("waived_when", when.as_deref()),
            ("waived_why", finding.waiver.as_ref().map(|waiver| waiver.why.as_str())),
            ("regraded_from", finding.regraded.as_ref().map(|regrade| regrade.from.name())),
            ("regraded_why", finding.regraded.as_ref().map(|regrade| regrade.why.as_str())),
            ("baseline", finding.baseline.map(Baseline::name)),
        ];
        Self {
            severity: match finding.severity {
                Severity::Info => GONGKAI_INFO,
                Severity::Warning => GONGKAI_WARNING,
                _ => GONGKAI_ERROR,
            },
            verdict: match finding.verdict {
                Verdict::Failed => GONGKAI_FAILED,
                _ => GONGKAI_UNKNOWN,
            },
            zh: Text::new(&finding.message.zh),
            en: Text::new(&finding.message.en),
            texts: present(texts),
            facts: finding.facts.iter().map(Text::new).collect(),
            locations: finding.locations.iter().map(Location::new).collect(),
            suggestions: finding.suggestions.iter().map(Suggestion::new).collect(),
            report: finding.report,
            as_zero: finding.as_zero.map(i32::from),
        }
    }
}

impl Suggestion {
    fn new(suggestion: &gongkai::Suggestion) -> Self {
        let range = suggestion.range.as_ref();
        let texts = [
            ("fact", Some(suggestion.fact.as_str())),
            ("value", suggestion.value.as_deref()),
            ("least", range.map(|(least, _)| least.as_str())),
            ("greatest", range.and_then(|(_, greatest)| greatest.as_deref())),
            ("code", suggestion.code.as_deref()),
        ];
        Self {
            texts: present(texts),
            zh: Text::new(&suggestion.reason.zh),
            en: Text::new(&suggestion.reason.en),
        }
    }
}

const FINDING_TEXTS: &[&str] = &[
    "code",
    "fingerprint",
    "expected",
    "actual",
    "quote",
    "group",
    "waived_by",
    "waived_when",
    "waived_why",
    "regraded_from",
    "regraded_why",
    "baseline",
];

const SUGGESTION_TEXTS: &[&str] = &["fact", "value", "least", "greatest", "code"];

fn present<const N: usize>(texts: [(&'static str, Option<&str>); N]) -> Vec<(&'static str, Text)> {
    texts.into_iter().filter_map(|(name, text)| text.map(|text| (name, Text::new(text)))).collect()
}

fn named<'a>(texts: &'a [(&'static str, Text)], name: &str) -> Result<&'a Text, i32> {
    texts.iter().find(|(own, _)| *own == name).map(|(_, text)| text).ok_or(ABSENT)
}

/// Number of findings.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_findings_count(findings: Option<&Findings>) -> usize {
    ffi::count(findings, |findings| findings.list.len())
}

/// One finding, in the order of the checks, counted from 0.
///
/// Ownership: the finding lives as long as `findings`.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_findings_at(
    findings: Option<&Findings>,
    index: usize,
    finding: Out<*const Finding>,
) -> i32 {
    ffi::get_part(findings, finding, |findings| findings.items().get(index))
}

/// Frees findings that a function gave through `gongkai_findings **`.
///
/// Ownership: takes `findings`; NULL is allowed and does nothing. Those that
/// `gongkai_report_findings` lends belong to their report.
/// Threads: any, once nobody else uses the findings.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_findings_free(findings: Option<Box<Findings>>) {
    ffi::free(findings);
}

/// How much it weighs: `GONGKAI_INFO`, `GONGKAI_WARNING` or `GONGKAI_ERROR`.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_finding_severity(finding: Option<&Finding>, severity: Out<i32>) -> i32 {
    ffi::get_value(finding, severity, |finding| Some(finding.severity))
}

/// Whether its statement was found false, `GONGKAI_FAILED`, or could not be decided,
/// `GONGKAI_UNKNOWN`.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_finding_verdict(finding: Option<&Finding>, verdict: Out<i32>) -> i32 {
    ffi::get_value(finding, verdict, |finding| Some(finding.verdict))
}

/// Message for people in the language `GONGKAI_ZH` or `GONGKAI_EN`.
///
/// Ownership: the text lives as long as the findings.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL or another language.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_finding_message(
    finding: Option<&Finding>,
    language: i32,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get(finding, |finding| {
        error::pick(language, &finding.zh, &finding.en)?.lend(text, length);
        Ok(())
    })
}

/// One of the finding's texts, by name: `code` (stable, for example `REQ-BALANCE`),
/// `fingerprint` (identity that survives a re-run), `expected` and `actual` (where it
/// compares), `quote` (the sentence it rests on, as printed), `group` (the same for findings
/// with one likely cause), `waived_by`, `waived_when`, `waived_why` (of a finding that a
/// person accepted), `regraded_from`, `regraded_why` (where the caller set another
/// severity), `baseline` (against an earlier run: `new`, `unchanged`, `gone`).
///
/// Ownership: the text lives as long as the findings.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where it has no such text; `GONGKAI_E_CALLER` for NULL or
/// another name.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_finding_text(
    finding: Option<&Finding>,
    name: *const c_char,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get(finding, |finding| {
        // SAFETY: the caller's promise.
        let name = unsafe { ffi::name_among(name, FINDING_TEXTS) }?;
        named(&finding.texts, name)?.lend(text, length);
        Ok(())
    })
}

/// Id of a fact concerned, counted from 0.
///
/// Ownership: the text lives as long as the findings.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_finding_fact(
    finding: Option<&Finding>,
    index: usize,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get_text(finding, text, length, |finding| finding.facts.get(index))
}

/// A place concerned, counted from 0.
///
/// Ownership: the place lives as long as the findings.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_finding_location(
    finding: Option<&Finding>,
    index: usize,
    location: Out<*const Location>,
) -> i32 {
    ffi::get_part(finding, location, |finding| finding.locations.get(index))
}

/// Of several reports checked together, which one it concerns, counted from 0.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where one report was checked; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_finding_report(finding: Option<&Finding>, index: Out<u32>) -> i32 {
    ffi::get_value(finding, index, |finding| finding.report)
}

/// For an unknown verdict: 1 if the statement would hold were every blank and missing cell
/// zero, else 0.
///
/// Ownership: nothing changes hands.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where that does not decide it either, and for other verdicts;
/// `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_finding_as_zero(finding: Option<&Finding>, holds: Out<i32>) -> i32 {
    ffi::get_value(finding, holds, |finding| finding.as_zero)
}

/// A cell to look at, counted from 0.
///
/// Ownership: the suggestion lives as long as the findings.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_finding_suggestion(
    finding: Option<&Finding>,
    index: usize,
    suggestion: Out<*const Suggestion>,
) -> i32 {
    ffi::get_part(finding, suggestion, |finding| finding.suggestions.get(index))
}

/// One of the suggestion's texts, by name: `fact` (id of the cell), `value` (the decimal
/// that would mend it; it never enters the facts), `least` and `greatest` (where several
/// would), `code` (of the likely slip, for example `TRANSPOSED_DIGITS`).
///
/// Ownership: the text lives as long as the findings.
/// Threads: any.
/// Errors: `GONGKAI_ABSENT` where it has no such text; `GONGKAI_E_CALLER` for NULL or
/// another name.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_suggestion_text(
    suggestion: Option<&Suggestion>,
    name: *const c_char,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get(suggestion, |suggestion| {
        // SAFETY: the caller's promise.
        let name = unsafe { ffi::name_among(name, SUGGESTION_TEXTS) }?;
        named(&suggestion.texts, name)?.lend(text, length);
        Ok(())
    })
}

/// Why the cell is suspected, in the language `GONGKAI_ZH` or `GONGKAI_EN`.
///
/// Ownership: the text lives as long as the findings.
/// Threads: any.
/// Errors: `GONGKAI_E_CALLER` for NULL or another language.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_suggestion_reason(
    suggestion: Option<&Suggestion>,
    language: i32,
    text: Out<*const c_char>,
    length: Out<usize>,
) -> i32 {
    ffi::get(suggestion, |suggestion| {
        error::pick(language, &suggestion.zh, &suggestion.en)?.lend(text, length);
        Ok(())
    })
}

/// The severity of that number.
pub(crate) fn severity(number: i32) -> Result<Severity, i32> {
    match number {
        GONGKAI_INFO => Ok(Severity::Info),
        GONGKAI_WARNING => Ok(Severity::Warning),
        GONGKAI_ERROR => Ok(Severity::Error),
        _ => Err(GONGKAI_E_CALLER),
    }
}

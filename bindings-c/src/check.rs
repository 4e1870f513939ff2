//! The checks.

use std::ffi::c_char;

use gongkai::{CheckOptions, Evaluation, SeverityOverride, Waivers};

use crate::error::Error;
use crate::ffi::{self, Out};
use crate::finding::{self, Findings};
use crate::report::Report;

/// How to check. Everything not set keeps its default, which is the catalogue as it stands.
#[derive(Default)]
pub struct CheckSettings(pub(crate) CheckOptions);

impl CheckSettings {
    /// The options, or the defaults for NULL.
    pub(crate) fn or_default(options: Option<&Self>) -> CheckOptions {
        options.map(|options| options.0.clone()).unwrap_or_default()
    }
}

/// Makes options of the catalogue as it stands.
///
/// Ownership: the caller frees the options with `gongkai_check_options_free`.
/// Threads: any.
/// Errors: none; never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_check_options_new() -> Box<CheckSettings> {
    Box::default()
}

/// Sets another severity for a check: `GONGKAI_INFO`, `GONGKAI_WARNING` or `GONGKAI_ERROR`.
/// Its findings carry the reason.
///
/// Ownership: `code` and `why` are copied.
/// Threads: one at a time for the same options.
/// Errors: `GONGKAI_E_CALLER` for NULL, a check that does not exist or another severity.
///
/// # Safety
///
/// `code` and `why` are NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_check_options_set_severity(
    options: Option<&mut CheckSettings>,
    code: *const c_char,
    severity: i32,
    why: *const c_char,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let options = options.ok_or_else(|| Error::null("options"))?;
        // SAFETY: the caller's promise.
        let (code, why) = unsafe { (ffi::name("code", code)?, ffi::name("why", why)?) };
        let known = gongkai::checks();
        if !known.iter().any(|check| check.code == code) {
            let known: Vec<_> = known.iter().map(|check| check.code).collect();
            return Err(Error::unknown("check", code, &known));
        }
        let severity = finding::severity(severity)
            .map_err(|_| Error::unknown("severity", &severity.to_string(), &["0", "1", "2"]))?;
        options.0.severities.retain(|other| other.code != code);
        options.0.severities.push(SeverityOverride { code: code.to_owned(), severity, why: why.to_owned() });
        Ok(())
    })
}

/// Sets the findings that a person accepted, from the JSON of a file of waivers. They stay
/// listed, with their waiver.
///
/// Ownership: `json` is not kept.
/// Threads: one at a time for the same options.
/// Errors: `GONGKAI_E_CALLER` for NULL or text that is no file of waivers.
///
/// # Safety
///
/// `json` points to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_check_options_set_waivers(
    options: Option<&mut CheckSettings>,
    json: *const c_char,
    length: usize,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let options = options.ok_or_else(|| Error::null("options"))?;
        // SAFETY: the caller's promise.
        let json = unsafe { ffi::utf8("json", json, length) }?;
        options.0.waivers = Waivers::from_json(json)?.list;
        Ok(())
    })
}

/// Adds a fact that is known to be right: it is never suspected.
///
/// Ownership: `id` is copied.
/// Threads: one at a time for the same options.
/// Errors: `GONGKAI_E_CALLER` for NULL.
///
/// # Safety
///
/// `id` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_check_options_add_trusted(
    options: Option<&mut CheckSettings>,
    id: *const c_char,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let options = options.ok_or_else(|| Error::null("options"))?;
        // SAFETY: the caller's promise.
        options.0.trusted.push(unsafe { ffi::name("id", id) }?.to_owned());
        Ok(())
    })
}

/// Adds the name of a member, as its report prints it, that a roll-up must have a report of.
///
/// Ownership: `name` is copied.
/// Threads: one at a time for the same options.
/// Errors: `GONGKAI_E_CALLER` for NULL.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_check_options_add_member(
    options: Option<&mut CheckSettings>,
    name: *const c_char,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let options = options.ok_or_else(|| Error::null("options"))?;
        // SAFETY: the caller's promise.
        options.0.members.push(unsafe { ffi::name("name", name) }?.to_owned());
        Ok(())
    })
}

/// Sets one of the numbers of the options. Names and defaults: `jump` 10 (the factor by
/// which a cell may change from year to year before `XY-JUMP` asks), `search_steps` 20 000
/// (of the search for wrong cells, in one table), `alternatives` 3 (listed where several
/// sets of cells explain a difference), `findings` 1 000 (kept; one more says how many were
/// dropped).
///
/// Ownership: `name` is not kept.
/// Threads: one at a time for the same options.
/// Errors: `GONGKAI_E_CALLER` for NULL, another name, or a number above 2^32 - 1.
///
/// # Safety
///
/// `name` is NULL or ended by a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_check_options_set_number(
    options: Option<&mut CheckSettings>,
    name: *const c_char,
    number: u64,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::call(error, || {
        let options = options.ok_or_else(|| Error::null("options"))?;
        // SAFETY: the caller's promise.
        let name = unsafe { ffi::name("name", name) }?;
        let small = u32::try_from(number).map_err(|_| {
            let zh = format!("{name} = {number} 过大");
            Error::caller("number", zh, format!("{name} = {number} is too large"))
        })?;
        match name {
            "jump" => options.0.jump = small,
            "search_steps" => options.0.search_steps = small,
            "alternatives" => options.0.alternatives = small,
            "findings" => options.0.findings = number,
            _ => {
                let known = ["jump", "search_steps", "alternatives", "findings"];
                return Err(Error::unknown("number", name, &known));
            }
        }
        Ok(())
    })
}

/// Frees options.
///
/// Ownership: takes `options`; NULL is allowed and does nothing.
/// Threads: any, once nobody else uses the options.
/// Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_check_options_free(options: Option<Box<CheckSettings>>) {
    ffi::free(options);
}

/// Checks one report: structure, values, sums, the cells that explain wrong sums, and the
/// narrative against the tables. The report is never changed.
///
/// Ownership: the caller frees `findings` with `gongkai_findings_free`; they do not need the
/// report any more.
/// Threads: any; the same report and options may serve several calls at once.
/// Errors: `GONGKAI_E_CALLER` for NULL; what the checks find are findings, not errors.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_check(
    report: Option<&Report>,
    options: Option<&CheckSettings>,
    findings: Out<Box<Findings>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(findings, error, || {
        let report = report.ok_or_else(|| Error::null("report"))?;
        let found = gongkai::check(&report.report, &CheckSettings::or_default(options));
        Ok(Box::new(Findings::new(found)))
    })
}

/// As `gongkai_check`, with what the reader found beside the findings of the checks: all
/// that is to be said of one report.
///
/// Ownership: the caller frees `findings` with `gongkai_findings_free`; they do not need the
/// report any more.
/// Threads: any; the same report and options may serve several calls at once.
/// Errors: `GONGKAI_E_CALLER` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn gongkai_check_all(
    report: Option<&Report>,
    options: Option<&CheckSettings>,
    findings: Out<Box<Findings>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(findings, error, || {
        let report = report.ok_or_else(|| Error::null("report"))?;
        let options = CheckSettings::or_default(options);
        let checked = Evaluation { findings: gongkai::check(&report.report, &options), outcomes: Vec::new() };
        Ok(Box::new(Findings::new(checked.with_reading(&report.report, &options).findings)))
    })
}

/// Checks the reports of one agency, of several years, against each other. Only what lies
/// between the reports is checked; each alone is the task of `gongkai_check`.
///
/// Ownership: the caller frees `findings` with `gongkai_findings_free`; they do not need the
/// reports any more.
/// Threads: any; the same reports and options may serve several calls at once.
/// Errors: `GONGKAI_E_CALLER` for NULL, in the array too.
///
/// # Safety
///
/// `reports` points to `count` handles.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_check_series(
    reports: *const *const Report,
    count: usize,
    options: Option<&CheckSettings>,
    findings: Out<Box<Findings>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(findings, error, || {
        // SAFETY: the caller's promise.
        let reports = unsafe { ffi::handles("reports", reports, count) }?;
        let reports: Vec<_> = reports.into_iter().map(|report| &*report.report).collect();
        let options = CheckSettings::or_default(options);
        Ok(Box::new(Findings::new(gongkai::check_series_with_options(&reports, &options))))
    })
}

/// Checks a report that covers members, for example a county's, against theirs: each cell
/// is the sum of the members'. The findings count the parent as report 0, the members from 1
/// on.
///
/// Ownership: the caller frees `findings` with `gongkai_findings_free`; they do not need the
/// reports any more.
/// Threads: any; the same reports and options may serve several calls at once.
/// Errors: `GONGKAI_E_CALLER` for NULL, in the array too.
///
/// # Safety
///
/// `members` points to `count` handles.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gongkai_check_rollup(
    parent: Option<&Report>,
    members: *const *const Report,
    count: usize,
    options: Option<&CheckSettings>,
    findings: Out<Box<Findings>>,
    error: Out<Box<Error>>,
) -> i32 {
    ffi::give(findings, error, || {
        let parent = parent.ok_or_else(|| Error::null("parent"))?;
        // SAFETY: the caller's promise.
        let members = unsafe { ffi::handles("members", members, count) }?;
        let members: Vec<_> = members.into_iter().map(|report| &*report.report).collect();
        let options = CheckSettings::or_default(options);
        let found = gongkai::check_rollup_with_options(&parent.report, &members, &options);
        Ok(Box::new(Findings::new(found)))
    })
}

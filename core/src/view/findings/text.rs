//! Findings as a person reads them in a terminal.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::document::fold::one_line;
use crate::finding::{Baseline, Finding, Severity, Verdict};
use crate::model::Report;
use crate::view::form;

use super::cause::Cause;
use super::{Checked, Language, Standing, marks};

/// Columns of the terminal.
const WIDTH: usize = 100;
/// Findings listed of one check in one cause; fewer where nothing is known to be wrong.
const LISTED: usize = 5;
/// See [`LISTED`].
const LISTED_UNKNOWN: usize = 2;
/// Digits of a fingerprint that are shown: enough to name a finding in a run.
const SHORT: usize = 8;
/// Columns before a finding's message: the fingerprint stands there.
const INDENT: usize = 2 + SHORT + 2;

/// The findings by their likely causes, the gravest first, and a line that sums them up.
/// Of many findings of one check the first are listed, and a note tells of the others.
pub fn text(checked: &[Checked<'_>], language: Language) -> String {
    let mut page = Page { out: String::new(), language };
    for one in checked {
        page.report(one);
    }
    page.line(&summary(checked, language));
    page.out
}

/// One line on all reports: how many there are, and how many findings of each kind.
pub fn summary(checked: &[Checked<'_>], language: Language) -> String {
    let standings: Vec<Standing> = checked.iter().flat_map(|one| one.findings).map(Standing::of).collect();
    let wrong = checked.iter().filter(|one| one.findings.iter().any(Finding::stands)).count();
    let reports = checked.len();
    let head = match (language, reports) {
        (Language::Zh, _) => format!("共{reports}份报告，{wrong}份有错误。"),
        (Language::En, 1) => format!("1 report, {wrong} with errors. "),
        (Language::En, _) => format!("{reports} reports, {wrong} with errors. "),
    };
    format!("{head}{}", counts(&standings, language))
}

/// How many there are of each kind.
fn counts(standings: &[Standing], language: Language) -> String {
    let count = |standing: Standing| {
        let n = standings.iter().filter(|own| **own == standing).count();
        (n > 0).then(|| match language {
            Language::Zh => format!("{}{n}条", standing.name(language)),
            Language::En => {
                let many = matches!(standing, Standing::Failed(of) if of.0 != Severity::Info) && n > 1;
                format!("{n} {}{}", standing.name(language), if many { "s" } else { "" })
            }
        })
    };
    let counts: Vec<String> = Standing::ALL.into_iter().filter_map(count).collect();
    if counts.is_empty() {
        return language.pick("没有发现问题。", "nothing found").to_owned();
    }
    counts.join(language.pick("，", ", "))
}

struct Page {
    out: String,
    language: Language,
}

impl Page {
    fn line(&mut self, text: &str) {
        // Writing to a string does not fail.
        let _ = writeln!(self.out, "{}", text.trim_end());
    }

    /// A text over as many lines as it needs, each behind as many blanks.
    fn wrapped(&mut self, first: &str, text: &str) {
        let mut before = first.to_owned();
        for line in wrap(&one_line(text), WIDTH - INDENT) {
            self.line(&format!("{before}{line}"));
            before = " ".repeat(INDENT);
        }
    }

    fn report(&mut self, checked: &Checked<'_>) {
        let (report, language) = (checked.report, self.language);
        let unknown = language.pick("？", "?");
        let agency = report.agency().map_or(unknown, |agency| agency.name.as_str());
        let year = report.year().map_or_else(|| unknown.to_owned(), |year| year.to_string());
        let edition = report.edition().map_or_else(|| unknown.to_owned(), |edition| edition.to_string());
        self.line(&format!("■ {}", one_line(checked.source)));
        self.line(&match language {
            Language::Zh => format!("  {agency}  {year}年度  {edition}年版格式"),
            Language::En => format!("  {agency}  {year}  edition {edition}"),
        });
        let standings: Vec<Standing> = checked.findings.iter().map(Standing::of).collect();
        self.line(&format!("  {}", counts(&standings, language)));
        let mut before = None;
        for cause in Cause::all(checked.findings) {
            // What cannot be decided is seldom read line by line.
            if (before, cause.standing) != (Some(Standing::Unknown), Standing::Unknown) {
                self.line("");
            }
            before = Some(cause.standing);
            self.cause(checked, &cause);
        }
        self.line("");
    }

    fn cause(&mut self, checked: &Checked<'_>, cause: &Cause<'_>) {
        self.heading(cause);
        let (explaining, others) = cause.parts();
        // Findings of one check have its code in their heading.
        let coded = cause.named;
        self.findings(checked.report, explaining, coded, true);
        let table = marks::table(checked.report, cause, self.language);
        if !table.is_empty() {
            self.line("");
            table.iter().for_each(|line| self.line(&format!("  {line}")));
            if !others.is_empty() {
                self.line("");
            }
        }
        // An explanation has named the cells already.
        self.findings(checked.report, others, coded, explaining.is_empty());
    }

    fn heading(&mut self, cause: &Cause<'_>) {
        let (language, count) = (self.language, cause.findings.len());
        let standing = cause.standing.name(language);
        let text = match cause.findings.first() {
            Some(first) if !cause.named => {
                let title = title(&first.code, language).map(|title| format!("  {title}"));
                let title = title.unwrap_or_default();
                match language {
                    Language::Zh => format!("{}{title}  {count}条", first.code),
                    Language::En => format!("{}{title}  ({count})", first.code),
                }
            }
            _ => match language {
                Language::Zh => format!("{count}条，很可能出于同一原因"),
                Language::En => format!("{count} findings, likely of one cause"),
            },
        };
        self.line(&format!("● {standing}  {text}"));
    }

    /// The first of each code, and how many more there are.
    fn findings(&mut self, report: &Report, findings: &[&Finding], coded: bool, suggestions: bool) {
        let mut codes: Vec<&str> = Vec::new();
        for finding in findings {
            if !codes.contains(&finding.code.as_str()) {
                codes.push(&finding.code);
            }
        }
        for code in codes {
            let own: Vec<&Finding> = findings.iter().copied().filter(|f| f.code == code).collect();
            // A note as long as what it stands for would spare nothing.
            let unknown = own.iter().all(|finding| finding.verdict == Verdict::Unknown);
            let most = if unknown { LISTED_UNKNOWN } else { LISTED };
            let listed = if own.len() <= most + 1 { own.len() } else { most };
            own.iter().take(listed).for_each(|finding| self.finding(report, finding, coded, suggestions));
            if let Some(more) = own.len().checked_sub(listed).filter(|more| *more > 0) {
                let blanks = " ".repeat(INDENT);
                self.line(&match self.language {
                    Language::Zh => format!("{blanks}……另有{more}条{code}未列出，JSON 中有全部"),
                    Language::En => format!("{blanks}… {more} more {code} not listed; JSON has all"),
                });
            }
        }
    }

    fn finding(&mut self, report: &Report, finding: &Finding, coded: bool, suggestions: bool) {
        let language = self.language;
        let name: String = finding.fingerprint.chars().take(SHORT).collect();
        let mut text = if coded { format!("{} ", finding.code) } else { String::new() };
        match finding.baseline {
            Some(Baseline::New) => text.push_str(language.pick("［新］", "[new] ")),
            Some(Baseline::Unchanged) => text.push_str(language.pick("［未变］", "[unchanged] ")),
            _ => {}
        }
        text.push_str(language.of(&finding.message));
        if let (Verdict::Unknown, Some(holds)) = (finding.verdict, finding.as_zero) {
            text.push_str(match (language, holds) {
                (Language::Zh, true) => "；空缺若为零则成立",
                (Language::Zh, false) => "；空缺即使为零也不成立",
                (Language::En, true) => "; it would hold if what is blank were zero",
                (Language::En, false) => "; it would not hold even if what is blank were zero",
            });
        }
        if let Some(place) = finding.locations.first() {
            let place = language.place(place);
            text.push_str(&match language {
                Language::Zh => format!("（{place}）"),
                Language::En => format!(" ({place})"),
            });
        }
        self.wrapped(&format!("  {name:<SHORT$}  "), &text);
        let blanks = " ".repeat(INDENT);
        if let Some(quote) =
            finding.quote.as_deref().filter(|quote| !language.of(&finding.message).contains(*quote))
        {
            self.wrapped(
                &blanks,
                &format!("{}{quote}{}", language.pick("“", "\""), language.pick("”", "\"")),
            );
        }
        for suggestion in finding.suggestions.iter().filter(|_| suggestions) {
            let printed = report.fact(&suggestion.fact).map(form::shown).unwrap_or_default();
            let value = marks::proposed(suggestion);
            let value = if value.is_empty() { value } else { format!(" → {value}") };
            let reason = language.of(&suggestion.reason);
            let colon = language.pick("：", ": ");
            self.wrapped(&blanks, &format!("↳ {} {printed}{value}{colon}{reason}", suggestion.fact));
        }
        if let Some(regraded) = &finding.regraded {
            let from = language.severity(regraded.from);
            self.wrapped(
                &blanks,
                &match language {
                    Language::Zh => format!("原为{from}：{}", regraded.why),
                    Language::En => format!("{from} in the catalogue: {}", regraded.why),
                },
            );
        }
        if let Some(waiver) = &finding.waiver {
            self.wrapped(
                &blanks,
                &match language {
                    Language::Zh => format!("{}于{}豁免：{}", waiver.by, waiver.when, waiver.why),
                    Language::En => format!("waived by {} on {}: {}", waiver.by, waiver.when, waiver.why),
                },
            );
        }
    }
}

/// What a check states. Findings of the reader alone have no check.
fn title(code: &str, language: Language) -> Option<String> {
    let check = crate::check::checks().into_iter().find(|check| check.code == code);
    check.map(|check| language.of(&check.title).to_owned())
}

/// Lines of at most so many columns, broken at a blank where there is one near the end,
/// else anywhere but behind an opening mark or before a closing one.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for c in text.chars() {
        let c = if c.is_control() { '\u{fffd}' } else { c };
        if line.width() + c.width().unwrap_or(0) > columns {
            let rest = break_off(&mut line, c, columns);
            lines.push(std::mem::replace(&mut line, rest));
        }
        line.push(c);
    }
    lines.push(line);
    lines
}

/// Takes from the end of a full line what belongs to the next, which `next` follows.
fn break_off(line: &mut String, next: char, columns: usize) -> String {
    if let Some((kept, rest)) = line.rsplit_once(' ')
        && kept.width() * 3 > columns * 2
    {
        let (kept, rest) = (kept.to_owned(), rest.to_owned());
        *line = kept;
        return rest;
    }
    let mut taken = Vec::new();
    let mut next = next;
    while let Some(last) = line.chars().next_back().filter(|last| is_opening(*last) || is_closing(next)) {
        // Marks alone do not fill a line.
        if line.width() * 2 < columns {
            break;
        }
        line.pop();
        taken.push(last);
        next = last;
    }
    taken.into_iter().rev().collect()
}

fn is_opening(c: char) -> bool {
    "（“《［(".contains(c)
}

fn is_closing(c: char) -> bool {
    "）”》］)，。；：、？".contains(c)
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_at_blanks_and_anywhere_between_han() {
        assert_eq!(vec!["one two", "three"], wrap("one two three", 8));
        assert_eq!(vec!["一二三", "四五"], wrap("一二三四五", 7));
        assert_eq!(vec![""], wrap("", 7));
    }

    #[test]
    fn marks_stay_with_what_they_belong_to() {
        assert_eq!(vec!["一二三", "（四）"], wrap("一二三（四）", 8));
        assert_eq!(vec!["一二三", "四）五"], wrap("一二三四）五", 8));
        assert_eq!("）".repeat(20), wrap(&"）".repeat(20), 8).concat());
    }
}

//! Five published reports against keys and headings written down by hand.
// Test code: a panic is a failed test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::Path;

use gongkai_tests::{published, reading};

fn folder() -> Option<std::path::PathBuf> {
    let folder = published::folder();
    if folder.is_none() {
        eprintln!("SKIPPED: the published reports are not at hand");
    }
    folder
}

fn read(folder: &Path, name: &str, ending: &str) -> Result<reading::Reading, String> {
    let bytes = std::fs::read(folder.join(format!("{name}.{ending}"))).unwrap();
    reading::read(&bytes).map_err(|error| format!("{name}.{ending}: {}", error.replace('\n', " ")))
}

#[test]
fn facts_equal_the_key_in_every_carrier() {
    let Some(folder) = folder() else { return };
    let mut failures = Vec::new();
    for name in published::NAMES {
        let key = published::key(&folder, name);
        for ending in published::ENDINGS {
            let read = match read(&folder, name, ending) {
                Ok(read) => read,
                Err(error) => {
                    failures.push(error);
                    continue;
                }
            };
            let different = published::differences(&key, &read.facts);
            let count = different.len();
            failures.extend(different.into_iter().take(5).map(|d| format!("{name}.{ending} ({count}): {d}")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What a person reads off the first page and the headings. White space is left out of
/// the comparison: carriers differ in it.
struct Expected {
    name: &'static str,
    title: Option<&'static str>,
    agency: Option<&'static str>,
    year: i64,
    edition: &'static str,
    sections: &'static [(&'static str, &'static str)],
}

const EXPECTED: &[Expected] = &[
    Expected {
        name: "datian-2020",
        title: Some("东方市大田镇2020年政府信息公开工作年度报告"),
        agency: Some("东方市大田镇"),
        year: 2020,
        edition: "2019",
        sections: &[
            ("overview", "一、总体情况"),
            ("proactive", "二、主动公开政府信息的情况"),
            ("requests", "三、收到和处理政府信息公开申请情况"),
            ("review", "四、政府信息公开行政复议、行政诉讼情况"),
            ("problems", "五、存在的主要问题及改进情况"),
            ("other_matters", "六、其他需要报告的事项"),
        ],
    },
    Expected {
        name: "jinfeng-2020",
        title: Some("南充市嘉陵区金凤镇人民政府2020年政府信息公开工作年度报告"),
        agency: Some("南充市嘉陵区金凤镇人民政府"),
        year: 2020,
        edition: "2019",
        sections: &[
            ("overview", "一、总体情况"),
            ("proactive", "二、主动公开政府信息情况"),
            ("requests", "三、收到和处理政府信息公开申请情况"),
            ("review", "四、政府信息公开行政复议、行政诉讼情况"),
            ("problems", "五、存在的主要问题及改进情况"),
            ("other_matters", "六、其他需要报告的事项"),
        ],
    },
    Expected {
        name: "yongzheng-2020",
        // Printed over two lines, as "…年度" and "报   告".
        title: Some("永正镇2020年政府信息公开工作年度报告"),
        agency: Some("永正镇"),
        year: 2020,
        edition: "2019",
        sections: &[
            ("overview", "一、总体情况"),
            ("proactive", "二、主动公开政府信息情况"),
            ("extra", "三、政务公开情况"),
            ("extra", "四、政务新媒体监管情况"),
            ("extra", "五、公开平台建设情况"),
            ("extra", "六、政务公开工作情况"),
            ("requests", "七、收到和处理政府信息公开申请情况"),
            ("review", "八、政府信息公开行政复议和行政诉讼情况"),
            ("problems", "九、存在问题及改进措施"),
            ("other_matters", "十、其他需要报告的事项"),
        ],
    },
    Expected {
        name: "untitled-2019",
        title: None,
        // Only "我镇"; the district's office is named, and is not the author.
        agency: None,
        year: 2019,
        edition: "2019",
        sections: &[
            ("overview", "一、总体情况"),
            ("proactive", "二、主动公开政府信息情况"),
            // Printed without 申请情况.
            ("requests", "三、收到和处理政府信息公开"),
            ("review", "四、政府信息公开行政复议、行政诉讼情况"),
            ("problems", "五、政府信息公开工作存在的主要问题及改进情况"),
            ("other_matters", "六、其他需要报告的事项"),
        ],
    },
    Expected {
        name: "dalan-2021",
        title: Some("大岚镇人民政府2021年政府信息公开工作年度报告"),
        // The sign-off doubles 镇; the title does not.
        agency: Some("大岚镇人民政府"),
        year: 2021,
        edition: "2021",
        sections: &[
            ("overview", "一、总体情况"),
            ("proactive", "二、政府信息主动公开形式及情况"),
            ("requests", "三、收到和处理政府信息公开申请情况"),
            ("review", "四、政府信息公开行政复议、行政诉讼情况"),
            ("problems", "5、存在的主要问题及改进措施"),
            ("other_matters", "6、其他需要报告的事项"),
        ],
    },
];

#[test]
fn title_agency_year_edition_and_sections_are_those_printed() {
    let Some(folder) = folder() else { return };
    let mut failures = Vec::new();
    for expected in EXPECTED {
        for ending in published::ENDINGS {
            // Refusals fail above.
            let Ok(read) = read(&folder, expected.name, ending) else { continue };
            let mut same = |what: &str, expected_text: String, got: String| {
                if expected_text != got {
                    failures.push(format!(
                        "{}.{ending} {what}: expected {expected_text}, got {got}",
                        expected.name
                    ));
                }
            };
            same("title", bare(expected.title), bare(read.title.as_deref()));
            same("agency", bare(expected.agency), bare(read.agency.as_deref()));
            same("year", format!("{:?}", Some(expected.year)), format!("{:?}", read.year));
            same("editions", expected.edition.to_owned(), read.editions.join(" "));
            let sections = |pairs: &mut dyn Iterator<Item = (&str, &str)>| {
                pairs
                    .map(|(role, heading)| format!("{role} {}", bare(Some(heading))))
                    .collect::<Vec<_>>()
                    .join(" / ")
            };
            same(
                "sections",
                sections(&mut expected.sections.iter().copied()),
                sections(&mut read.sections.iter().map(|(role, heading)| (role.as_str(), heading.as_str()))),
            );
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn bare(text: Option<&str>) -> String {
    text.unwrap_or("-").chars().filter(|c| !c.is_whitespace()).collect()
}

fn parse(folder: &Path, name: &str, ending: &str) -> gongkai::Report {
    gongkai::parse(&std::fs::read(folder.join(format!("{name}.{ending}"))).unwrap()).unwrap()
}

#[test]
fn sums_of_requests_and_reviews_hold() {
    let Some(folder) = folder() else { return };
    for name in published::NAMES {
        let report = parse(&folder, name, "txt");
        let answers = gongkai::evaluate(&report, &gongkai::CheckOptions::default()).outcomes;
        // One answer for each row of the form, and for each column of both sums.
        let rows = if name == "dalan-2021" { 25 } else { 23 };
        for (code, count) in
            [("REQ-ROW-TOTAL", rows), ("REQ-OUTCOME-TOTAL", 7), ("REQ-BALANCE", 7), ("REV-TOTAL", 3)]
        {
            let own: Vec<_> = answers.iter().filter(|answer| answer.code == code).collect();
            assert_eq!(own.len(), count, "{name} {code}");
            for answer in own {
                assert_eq!(answer.holds, Some(true), "{name} {code} {}", answer.instance);
            }
        }
    }
}

#[test]
fn every_carrier_gives_the_same_findings() {
    let Some(folder) = folder() else { return };
    let mut failures = Vec::new();
    for name in published::NAMES {
        let found = |ending| {
            let report = parse(&folder, name, ending);
            let findings = gongkai::check(&report, &gongkai::CheckOptions::default());
            let said = |f: &gongkai::Finding| {
                format!("{} {} {:?} {:?}", f.code, f.facts.join(" "), f.expected, f.actual)
            };
            findings.iter().map(said).collect::<Vec<_>>()
        };
        let first = found(published::ENDINGS[0]);
        for ending in &published::ENDINGS[1..] {
            let other = found(ending);
            let only = |these: &[String], those: &[String]| -> Vec<String> {
                these.iter().filter(|said| !those.contains(said)).cloned().collect()
            };
            if first != other {
                failures.push(format!(
                    "{name}: only {}: {:?}\n  only {ending}: {:?}",
                    published::ENDINGS[0],
                    only(&first, &other),
                    only(&other, &first)
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn breakdowns_in_the_narrative_hold_but_for_the_one_that_does_not() {
    let Some(folder) = folder() else { return };
    if !gongkai::checks().iter().any(|check| check.code == "NT-PARTS") {
        eprintln!("SKIPPED: no check adds up the narrative's parts");
        return;
    }
    for name in published::NAMES {
        for ending in published::ENDINGS {
            let report = parse(&folder, name, ending);
            let found = gongkai::evaluate(&report, &gongkai::CheckOptions::default());
            let own = || found.outcomes.iter().filter(|answer| answer.code == "NT-PARTS");
            let failed: Vec<_> = own()
                .filter(|answer| answer.holds == Some(false))
                .map(|answer| {
                    let finding = &found.findings[answer.finding.unwrap()];
                    (finding.expected.as_deref().unwrap(), finding.actual.as_deref().unwrap())
                })
                .collect();
            // 212条，其中 143, 67, 28, 45.
            let expected: &[_] = if name == "yongzheng-2020" { &[("212", "283")] } else { &[] };
            assert_eq!(failed, expected, "{name}.{ending}");
            if ["datian-2020", "untitled-2019", "dalan-2021"].contains(&name) {
                assert!(own().any(|answer| answer.holds == Some(true)), "{name}.{ending}: no breakdown");
            }
        }
    }
}

//! True sentences never give a finding; with one number changed they always do.

use std::collections::BTreeMap;

use super::sample::Sample;
use crate::check::{CheckOptions, check};
use crate::finding::{Finding, Verdict};
use crate::model::Role;

/// Sentences in which each `{name}` stands for a number of the table.
const SENTENCES: &[&str] = &[
    "{y}年，我镇共收到政府信息公开申请{received}件，办结{total}件。",
    "本年度新收政府信息公开申请{received}件，上年结转{brought_forward}件，结转下年度继续办理{carried_forward}件。",
    "全年共收到依申请公开{received+brought_forward}件（含上年度结转{brought_forward}件）。",
    "共受理政府信息公开申请{received}宗，其中自然人申请{received.natural_person}宗，法人或其他组织申请{received.organizations}宗。",
    "收到政府信息公开申请{received}件。其中：自然人{received.natural_person}件；商业企业{received.enterprise}件；科研机构{received.research}件；社会公益组织{received.public_welfare}件；法律服务机构{received.legal_services}件。",
    "{y}年青禾镇办结政府信息公开申请{total}件，其中予以公开{granted}件、部分公开{partially_granted}件、不予公开{denied}件、无法提供{unavailable}件、不予处理{not_processed}件、其他处理{other}件。",
    "依法答复政府信息公开申请{total}件，其中，予以公开的{granted}件；不予公开的{denied}件，其中{denied.state_secret}件属于国家秘密，{denied.third_party_rights}件属于保护第三方合法权益；无法提供的{unavailable}件。",
    "（二）依申请公开情况。{y}年，收到申请{received}件，结转下年度{carried_forward}件。",
    "不予公开政府信息公开申请{denied}件，不予处理{not_processed}件，其中重复申请{not_processed.duplicate}件。",
    "办结政府信息公开申请{total}件，予以公开、部分公开分别为{granted}件和{partially_granted}件。",
    "因政府信息公开被申请行政复议{reconsideration}件，其中结果维持{reconsideration.upheld}件、结果纠正{reconsideration.corrected}件，尚未审结{reconsideration.pending}件；被提起行政诉讼{litigation}件。",
    "政府信息公开行政复议、行政诉讼分别为{reconsideration}件、{litigation}件。",
    "{y}年制发行政规范性文件{normative_documents.issued}件，废止规范性文件{normative_documents.repealed}件，现行有效规范性文件{normative_documents.in_force}件。",
    "作出行政许可决定{licensing.decisions}件、行政处罚决定{penalties.decisions}件、行政强制决定{compulsion.decisions}件。",
    "收取行政事业性收费{fees.amount}万元。",
];

const NONE: &[(&str, &str)] = &[
    ("{y}年，我镇未收到政府信息公开申请。", "received"),
    ("本年度没有收到公民、法人和其他组织的政府信息公开申请。", "received"),
    ("无结转下年度的政府信息公开申请。", "carried_forward"),
    ("未发生因政府信息公开引起的行政复议、行政诉讼。", "reconsideration"),
    ("政府信息公开申请中，不予处理及其他处理均为0件。", "not_processed"),
];

/// A linear congruence: enough to vary tables.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 40).unwrap() % bound
    }
}

const APPLICANTS: [&str; 6] =
    ["natural_person", "enterprise", "research", "public_welfare", "legal_services", "other"];

/// Rows by columns, balanced; the totals by the names that sentences use.
fn table(random: &mut Random, size: i64) -> BTreeMap<String, i64> {
    let mut cells = BTreeMap::new();
    let mut put = |name: String, value: i64| *cells.entry(name).or_insert(0) += value;
    for (row, parts) in [
        ("granted", &[""] as &[&str]),
        ("partially_granted", &[""]),
        (
            "denied",
            &[
                "state_secret",
                "prohibited_by_law",
                "security_or_stability",
                "third_party_rights",
                "internal_affairs",
                "process_information",
                "enforcement_files",
                "inquiry_matters",
            ],
        ),
        ("unavailable", &["not_held", "needs_creation", "still_unclear"]),
        ("not_processed", &["petition", "duplicate", "published", "excessive", "reissue"]),
        ("other", &["correction_overdue", "fee_unpaid", "other"]),
        ("carried_forward", &[""]),
    ] {
        for part in parts {
            for column in APPLICANTS {
                let value = random.below(size);
                let cell = if part.is_empty() { row.to_owned() } else { format!("{row}.{part}") };
                // Half of what is dealt with was left from the year before.
                let brought = if row == "granted" { value / 2 } else { 0 };
                let closed = if row == "carried_forward" { 0 } else { value };
                put(format!("requests.{cell}.{column}"), value);
                put(format!("requests.{cell}.total"), value);
                put(format!("requests.total.{column}"), closed);
                put("requests.total.total".to_owned(), closed);
                put(format!("requests.brought_forward.{column}"), brought);
                put("requests.brought_forward.total".to_owned(), brought);
                put(format!("requests.received.{column}"), value - brought);
                put("requests.received.total".to_owned(), value - brought);
            }
        }
    }
    for row in ["reconsideration", "litigation.direct", "litigation.after_reconsideration"] {
        for column in ["upheld", "corrected", "other", "pending"] {
            let value = random.below(size);
            put(format!("review.{row}.{column}"), value);
            put(format!("review.{row}.total"), value);
        }
    }
    for cell in [
        "normative_documents.issued",
        "normative_documents.repealed",
        "normative_documents.in_force",
        "licensing.decisions",
        "penalties.decisions",
        "compulsion.decisions",
        "fees.amount",
    ] {
        put(format!("proactive.{cell}"), random.below(size));
    }
    cells
}

/// The number of a name: a sum of cells.
fn number(cells: &BTreeMap<String, i64>, name: &str) -> i64 {
    if name == "y" {
        return 2022;
    }
    if name == "received+brought_forward" {
        return number(cells, "received") + number(cells, "brought_forward");
    }
    if name == "received.organizations" {
        return APPLICANTS.iter().skip(1).map(|c| number(cells, &format!("received.{c}"))).sum();
    }
    let cell = |id: String| cells.get(&id).copied();
    cell(format!("requests.{name}.total"))
        .or_else(|| cell(format!("requests.{name}")))
        .or_else(|| cell(format!("review.{name}.total")))
        .or_else(|| cell(format!("review.{name}")))
        .or_else(|| cell(format!("proactive.{name}")))
        .unwrap_or_else(|| {
            let below = |id: &&String| {
                let inside = id.split_once('.').map_or("", |(_, inside)| inside);
                inside.starts_with(&format!("{name}.")) && id.ends_with(".total")
            };
            cells.keys().filter(below).map(|id| cells[id]).sum()
        })
}

/// The sentence with its numbers, the one at `change` replaced.
fn fill(sentence: &str, cells: &BTreeMap<String, i64>, change: Option<usize>) -> String {
    let mut out = String::new();
    let mut rest = sentence;
    let mut count = 0;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').unwrap();
        let value = number(cells, name);
        let changed = name != "y" && Some(count) == change;
        count += usize::from(name != "y");
        out.push_str(before);
        out.push_str(&(if changed { value + 1_000_000 } else { value }).to_string());
        rest = tail;
    }
    out + rest
}

fn findings(cells: &BTreeMap<String, i64>, text: &str) -> Vec<Finding> {
    let value = |table: &str, row: &str, column: &str| {
        Some(*cells.get(&format!("{table}.{row}.{column}")).unwrap_or(&0))
    };
    let report = Sample::new(2022).section(&[Role::Overview], &[text]).tables(value).report();
    check(&report, &CheckOptions::default()).into_iter().filter(|f| f.code.starts_with("NT-")).collect()
}

#[test]
fn true_sentences_give_no_finding_and_false_ones_do() {
    for seed in 0..12 {
        let mut random = Random(seed);
        let cells = table(&mut random, if seed % 3 == 0 { 3 } else { 40 });
        for sentence in SENTENCES {
            let text = fill(sentence, &cells, None);
            // A list that names only some of the outcomes may be found open, never wrong.
            let failed: Vec<_> =
                findings(&cells, &text).into_iter().filter(|f| f.verdict == Verdict::Failed).collect();
            assert!(failed.is_empty(), "{text}\n{failed:#?}");
            let count = sentence.matches('{').count() - sentence.matches("{y}").count();
            for change in 0..count {
                let text = fill(sentence, &cells, Some(change));
                let found = findings(&cells, &text);
                assert!(found.iter().any(|f| f.verdict == Verdict::Failed), "{text}\n{found:#?}");
                // Another scope may have any number.
                let text = text.replacen("政府信息公开", "全县政府信息公开", 1);
                let found = findings(&cells, &text);
                let wrong = |f: &&Finding| f.verdict == Verdict::Failed && f.code != "NT-PARTS";
                let blurred = !text.contains("全县") || found.iter().find(wrong).is_none();
                assert!(blurred, "{text}\n{found:#?}");
            }
        }
        for (sentence, name) in NONE {
            let text = fill(sentence, &cells, None);
            let failed = findings(&cells, &text).iter().any(|f| f.verdict == Verdict::Failed);
            let zero = |name: &str| number(&cells, name) == 0;
            let others = match *name {
                "reconsideration" => zero("litigation"),
                "not_processed" => zero("other"),
                _ => true,
            };
            assert_eq!(failed, !(zero(name) && others), "{text}");
        }
        let none = findings(&BTreeMap::new(), "未收到政府信息公开申请，无行政复议、行政诉讼。");
        assert!(none.is_empty(), "{none:#?}");
    }
}

#[test]
fn a_difference_names_its_reason() {
    let mut cells = BTreeMap::new();
    for (id, value) in [
        ("requests.granted.total", 31),
        ("requests.granted.natural_person", 25),
        ("requests.partially_granted.total", 4),
        ("requests.unavailable.not_held.total", 9),
        ("requests.unavailable.needs_creation.total", 2),
        ("requests.received.total", 47),
        ("requests.brought_forward.total", 3),
        ("requests.total.total", 50),
    ] {
        cells.insert(id.to_owned(), value);
    }
    for (text, code) in [
        ("收到政府信息公开申请47件，予以公开25件。", Some("ONE_COLUMN")),
        ("收到政府信息公开申请47件，予以公开35件。", Some("PARTIAL_INCLUDED")),
        ("收到政府信息公开申请47件，无法提供9件。", Some("ONE_ITEM")),
        ("新收政府信息公开申请50件。", Some("BROUGHT_FORWARD_INCLUDED")),
        ("新收政府信息公开申请74件。", Some("TRANSPOSED_DIGITS")),
        ("新收政府信息公开申请60件。", None),
    ] {
        let found = findings(&cells, text);
        let [finding] = found.as_slice() else { panic!("{text}: {found:#?}") };
        let reason = match code {
            Some("TRANSPOSED_DIGITS") => finding.message.zh.contains("对调").then_some("TRANSPOSED_DIGITS"),
            _ => finding.suggestions.first().and_then(|s| s.code.as_deref()),
        };
        assert_eq!(reason, code, "{text}");
    }
}

#[test]
fn other_years_and_repetitions_are_found() {
    let cells = BTreeMap::new();
    let codes = |text: &str| findings(&cells, text).into_iter().map(|f| f.code).collect::<Vec<_>>();
    assert_eq!(codes("2021年，我镇未收到政府信息公开申请。"), ["NT-YEAR"]);
    assert_eq!(codes("2021年，我镇认真贯彻条例，主动公开信息3条。"), ["NT-YEAR"]);
    assert_eq!(codes("2021年，我镇制定方案，全年收到政府信息公开申请4件。"), ["NT-YEAR"]);
    for text in [
        "2021年未收到政府信息公开申请，2022年也未收到政府信息公开申请。",
        "2021年12月，县里印发通知。",
        "根据条例（2019年修订）和县政办发〔2021〕5号文件，编制本报告。",
        "本报告于2023年1月发布。",
        "自2021年起，我镇未收到政府信息公开申请。",
    ] {
        assert!(codes(text).is_empty(), "{text}");
    }
    let twice = "收到政府信息公开申请5件。全年共收到政府信息公开申请6件。";
    assert!(codes(twice).contains(&"NT-SELF".to_owned()));
    let mut cells = BTreeMap::new();
    cells.insert("requests.received.total".to_owned(), 12);
    for (text, wrong) in [
        ("收到政府信息公开申请12件，比上年增加2件，增长20%。", false),
        ("收到政府信息公开申请12件，比上年增加2件，增长25%。", true),
        ("收到政府信息公开申请12件，比上年的10件增长20%。", false),
    ] {
        assert_eq!(findings(&cells, text).iter().any(|f| f.code == "NT-SELF"), wrong, "{text}");
    }
    for (text, wrong) in [
        ("收到政府信息公开申请12件，其中自然人0件，企业0件，科研机构0件。", false),
        ("发布信息30条，其中动态10条，占33.3%，公告20条，占66.6%。", false),
        ("发布信息30条，其中动态10条，占34.3%，公告20条，占66.7%。", true),
    ] {
        let failed = |f: &Finding| f.code == "NT-PARTS" && f.verdict == Verdict::Failed;
        assert_eq!(findings(&cells, text).iter().any(failed), wrong, "{text}");
    }
}

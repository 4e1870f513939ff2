//! SARIF 2.1.0 (OASIS): what code review tools and editors show at the place.

use serde_json::{Map, Value, json};

use crate::check::{CheckInfo, checks};
use crate::finding::{Baseline, Finding, Severity, Verdict};
use crate::location::Location;

use super::{Checked, Language, marks};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The part of a fingerprint's name that grows if it is ever made another way.
const FINGERPRINT: &str = "gongkai/v1";

/// The findings of a run as a SARIF log. Messages are in the language given; every check
/// is described in both. A cell is a logical location, its place in the file a physical
/// one; lines are given for text, and no columns, since those of the decoded text are not
/// those of the bytes.
pub fn sarif(checked: &[Checked<'_>], language: Language) -> String {
    let checks = checks();
    let results: Vec<Value> = checked
        .iter()
        .enumerate()
        .flat_map(|(index, one)| one.findings.iter().map(move |finding| (index, one, finding)))
        .map(|(index, one, finding)| result(&checks, index, one, finding, language))
        .collect();
    let other = if language == Language::Zh { Language::En } else { Language::Zh };
    let mut driver = component(&checks, language);
    insert(&mut driver, "semanticVersion", json!(env!("CARGO_PKG_VERSION")));
    insert(&mut driver, "contents", json!(["localizedData", "nonLocalizedData"]));
    let mut translation = component(&checks, other);
    insert(&mut translation, "contents", json!(["localizedData"]));
    insert(&mut translation, "translationMetadata", json!({ "name": tag(other) }));
    insert(&mut translation, "associatedComponent", json!({ "name": "gongkai" }));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "translations": [translation],
            "language": tag(language),
            "artifacts": checked.iter().map(artifact).collect::<Vec<_>>(),
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// The tag of RFC 5646.
fn tag(language: Language) -> &'static str {
    language.pick("zh-CN", "en-US")
}

fn insert(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

/// The tool and its checks in one language.
fn component(checks: &[CheckInfo], language: Language) -> Value {
    json!({
        "name": "gongkai",
        "language": tag(language),
        "rules": checks.iter().map(|check| descriptor(check, language)).collect::<Vec<_>>(),
    })
}

fn descriptor(check: &CheckInfo, language: Language) -> Value {
    let title = language.of(&check.title);
    let editions: Vec<String> = check.editions.iter().map(ToString::to_string).collect();
    let editions = editions.join(language.pick("、", ", "));
    let rests = match (language, check.clause) {
        (Language::Zh, "") => "依据：经验".to_owned(),
        (Language::En, "") => "Rests on experience".to_owned(),
        (Language::Zh, clause) => format!("依据：{clause}"),
        (Language::En, clause) => format!("Rests on {clause}"),
    };
    let help = match language {
        Language::Zh => format!("{title}。适用格式版本：{editions}。{rests}。"),
        Language::En => format!("{title}. Editions of the form: {editions}. {rests}."),
    };
    json!({
        "id": check.code,
        "shortDescription": { "text": title },
        "fullDescription": { "text": help },
        "help": { "text": help },
        "messageStrings": {
            "failed": { "text": match language {
                Language::Zh => format!("不成立：{title}"),
                Language::En => format!("This does not hold: {title}"),
            } },
            "unknown": { "text": match language {
                Language::Zh => format!("不能判断：{title}"),
                Language::En => format!("This cannot be decided: {title}"),
            } },
        },
        "defaultConfiguration": { "level": level(check.severity) },
        "properties": { "version": check.version, "validationLevel": check.level },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn artifact(checked: &Checked<'_>) -> Value {
    let mut artifact = json!({
        "location": { "uri": uri(checked.source) },
        "properties": {
            "agency": checked.report.agency().map(|agency| agency.name.as_str()),
            "year": checked.report.year(),
            "edition": checked.report.edition(),
        },
    });
    if let Some(encoding) = checked.report.encoding() {
        insert(&mut artifact, "encoding", json!(encoding));
    }
    artifact
}

/// A path as a reference of RFC 3986.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    // `C:` would be a scheme.
    let drive = matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    let mut out = String::from(match (drive, path.starts_with('/')) {
        (true, _) => "file:///",
        (_, true) => "file://",
        _ => "",
    });
    for byte in path.bytes() {
        let kept = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) || drive && byte == b':';
        if kept {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn result(
    checks: &[CheckInfo],
    artifact: usize,
    checked: &Checked<'_>,
    finding: &Finding,
    language: Language,
) -> Value {
    let (kind, level, message) = match finding.verdict {
        Verdict::Failed => ("fail", level(finding.severity), "failed"),
        // What is no failure has no level.
        Verdict::Unknown => ("open", "none", "unknown"),
    };
    let index = checks.iter().position(|check| check.code == finding.code);
    let text = language.of(&finding.message);
    let mut result = json!({
        "ruleId": finding.code,
        "kind": kind,
        "level": level,
        "message": { "text": text },
        "partialFingerprints": { FINGERPRINT: finding.fingerprint },
        "properties": properties(finding),
    });
    if let Some(index) = index {
        insert(&mut result, "ruleIndex", json!(index));
        insert(&mut result, "message", json!({ "text": text, "id": message }));
    }
    let mut places = places(artifact, checked, finding).into_iter();
    insert(&mut result, "locations", places.next().into_iter().collect());
    let related: Vec<Value> = places.collect();
    if !related.is_empty() {
        insert(&mut result, "relatedLocations", json!(related));
    }
    if let Some(baseline) = finding.baseline {
        let state = match baseline {
            Baseline::New => "new",
            Baseline::Unchanged => "unchanged",
            Baseline::Gone => "absent",
        };
        insert(&mut result, "baselineState", json!(state));
    }
    if let Some(waiver) = &finding.waiver {
        let suppression = json!({
            "kind": "external",
            "status": "accepted",
            "justification": waiver.why,
            "properties": { "by": waiver.by, "when": waiver.when },
        });
        insert(&mut result, "suppressions", json!([suppression]));
    }
    result
}

/// Where the finding stands: the suspect cells first, then the cells concerned, then
/// places that are no cells. Cells that are not printed stand in the file as a whole.
fn places(artifact: usize, checked: &Checked<'_>, finding: &Finding) -> Vec<Value> {
    let mut cells: Vec<&str> = Vec::new();
    for id in finding.suggestions.iter().map(|s| &s.fact).chain(&finding.facts) {
        if !cells.contains(&id.as_str()) {
            cells.push(id);
        }
    }
    let mut known: Vec<&Location> = Vec::new();
    let mut places: Vec<Value> = Vec::new();
    let mut unprinted: Vec<Value> = Vec::new();
    for id in cells {
        let cell = json!({ "fullyQualifiedName": id, "kind": "value" });
        let Some(fact) = checked.report.fact(id) else {
            unprinted.push(cell);
            continue;
        };
        known.push(&fact.location);
        places.push(json!({
            "physicalLocation": physical(artifact, checked, Some(&fact.location), finding),
            "logicalLocations": [cell],
        }));
    }
    for location in finding.locations.iter().filter(|location| !known.contains(location)) {
        places.push(json!({ "physicalLocation": physical(artifact, checked, Some(location), finding) }));
    }
    if places.is_empty() || !unprinted.is_empty() {
        let mut place = json!({ "physicalLocation": physical(artifact, checked, None, finding) });
        if !unprinted.is_empty() {
            insert(&mut place, "logicalLocations", json!(unprinted));
        }
        places.push(place);
    }
    places
}

fn physical(artifact: usize, checked: &Checked<'_>, location: Option<&Location>, finding: &Finding) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(checked.source), "index": artifact } });
    let Some(location) = location else { return physical };
    match location.line {
        Some(line) => {
            let mut region = json!({ "startLine": line });
            if let Some(quote) = &finding.quote {
                insert(&mut region, "snippet", json!({ "text": quote }));
            }
            insert(&mut physical, "region", region);
        }
        // A region demands a line or an offset; packages have neither.
        None => insert(&mut physical, "properties", json!({ "place": location })),
    }
    physical
}

/// What SARIF has no field for.
fn properties(finding: &Finding) -> Value {
    let mut bag = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            bag.insert(name.to_owned(), value);
        }
    };
    put("message", Some(json!(finding.message)));
    put("severity", Some(json!(finding.severity)));
    put("expected", finding.expected.as_ref().map(|text| json!(text)));
    put("actual", finding.actual.as_ref().map(|text| json!(text)));
    put("asZero", finding.as_zero.map(|holds| json!(holds)));
    put("quote", finding.quote.as_ref().map(|text| json!(text)));
    put("group", finding.group.as_ref().map(|text| json!(text)));
    put("regraded", finding.regraded.as_ref().map(|regrade| json!(regrade)));
    let implied: Vec<Value> = finding
        .suggestions
        .iter()
        .map(|s| json!({ "fact": s.fact, "implied": marks::proposed(s), "code": s.code, "reason": s.reason }))
        .collect();
    put("suggestions", (!implied.is_empty()).then(|| json!(implied)));
    Value::Object(bag)
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_references() {
        assert_eq!("a/b%20c.txt", uri("a/b c.txt"));
        assert_eq!("%E4%B8%80.txt", uri("一.txt"));
        assert_eq!("file:///tmp/a%23b", uri("/tmp/a#b"));
        assert_eq!("file:///C:/a/b", uri("C:\\a\\b"));
        assert_eq!("-", uri("-"));
        assert_eq!("a%3Ab", uri("a:b"));
    }
}

//! NT-PARTS: the parts that the narrative lists add up to their whole.
//!
//! # What it checks
//!
//! Numbers after 其中, 包括 and the like, of the same counter as the number before them, up to
//! the end of the sentence; and shares (占60%) of parts against part and whole. Parts of
//! parts are told from parts; what only remarks (a growth, a rate) is left out.
//!
//! # Why
//!
//! A whole and its parts stand in one sentence, yet are often mended one at a time, or a
//! category is counted twice.
//!
//! # Example
//!
//! 发布信息150条，其中动态80条、公告40条、解读40条: the parts add up to 160.
//!
//! # When it cannot tell
//!
//! The parts add up to less, and nothing says that all are listed (分别为, 包括, 其余); or they
//! add up to more, but are ways of publishing, of which one thing may use several. A single
//! smaller part, inexact numbers, and lists that cannot be told apart say nothing.

use crate::check::results::Results;
use crate::check::statements::{Added, List, Share, is_share};
use crate::check::subject::Subject;
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::model::Decimal;

pub(in crate::check) const CHECK: Check = Check {
    code: "NT-PARTS",
    version: 1,
    severity: Severity::Info,
    level: 1,
    title_zh: "正文分项之和等于总数",
    title_en: "parts in the text add up to their whole",
    clause: "",
    run: Run::Report(run),
};

fn run(subject: &Subject<'_>, results: &mut Results<'_>) {
    let narrative = subject.narrative();
    narrative.lists.iter().for_each(|list| add(list, results));
    narrative.shares.iter().for_each(|share| divide(share, results));
}

fn add(list: &List<'_>, results: &mut Results<'_>) {
    let whole = list.whole.number.value;
    let last = list.parts.last().map_or(list.whole.quote, |part| part.quote);
    let quote = list.whole.quote.to(last);
    let instance = || quote.text().to_owned();
    let (sum, why) = match list.add() {
        Added::Equal => {
            results.pass(instance);
            return;
        }
        Added::Unclear => return,
        Added::Differs(sum) => (sum, None),
        Added::Less(sum) => (sum, Some(("可能未列全", "perhaps not all are listed"))),
        Added::Overlaps(sum) => (sum, Some(("各渠道可能重复", "ways of publishing may overlap"))),
    };
    let parts: Vec<String> = list.parts.iter().map(|part| part.number.value.to_string()).collect();
    let (parts, text) = (parts.join("+"), quote.text());
    let finding = match why {
        None => results.finding(
            format!("“{text}”分项之和{parts}={sum}，总数{whole}"),
            format!("parts add up to {parts} = {sum}, whole is {whole}: \"{text}\""),
        ),
        Some((zh, en)) => results
            .finding(
                format!("“{text}”分项之和{parts}={sum}，总数{whole}，{zh}，不能判断"),
                format!("parts add up to {parts} = {sum}, whole is {whole}, {en}: \"{text}\""),
            )
            .unknown(None),
    };
    let finding =
        finding.expected(whole.to_string()).actual(sum.to_string()).quote(text).at(&quote.location());
    results.push(instance, finding);
}

fn divide(share: &Share<'_>, results: &mut Results<'_>) {
    let percent = share.percent.number;
    if !percent.is_exact() || !share.part.number.is_exact() {
        return;
    }
    let answer = |whole: Decimal| is_share(share.part.number.value, whole, percent.value);
    let answers: Vec<Option<bool>> = share.wholes.iter().map(|whole| answer(whole.number.value)).collect();
    let quote = share.part.quote.to(share.percent.quote);
    let text = quote.text();
    if answers.contains(&Some(true)) {
        results.pass(|| text.to_owned());
    } else if answers.iter().all(|answer| *answer == Some(false)) {
        let wholes: Vec<String> = share.wholes.iter().map(|whole| whole.number.value.to_string()).collect();
        let (part, percent, wholes) = (share.part.number.value, percent.value, wholes.join("、"));
        let finding = results
            .finding(
                format!("“{text}”：{part}不占{wholes}的{percent}%"),
                format!("{part} is not {percent} % of {wholes}: \"{text}\""),
            )
            .expected(format!("{percent}%"))
            .quote(text)
            .at(&quote.location());
        results.push(|| text.to_owned(), finding);
    }
}

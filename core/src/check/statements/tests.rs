//! Sentences and what they state.

use super::sample::Sample;
use super::{Added, Narrative};
use crate::check::CheckOptions;
use crate::check::subject::Subject;
use crate::location::Location;
use crate::model::Role;

/// The statements of a sentence in short: cells in their usual meaning, `=` the number,
/// `~` for an inexact one, `?` where the scope is open, `@` another year. Lines are
/// paragraphs.
fn stated(roles: &[Role], text: &str) -> String {
    let paragraphs: Vec<&str> = text.split('\n').collect();
    let report = Sample::new(2022).section(roles, &paragraphs).report();
    let narrative = Narrative::of(&report);
    let short = |s: &super::Statement<'_>| {
        let rows = s.target.rows.first().map(|rows| rows.join("+")).unwrap_or_default();
        let columns = s.target.columns.first().map(|columns| columns.join("+")).unwrap_or_default();
        let sign = if s.number.is_exact() { "=" } else { "~" };
        let mark = if s.blurred { "?" } else { "" };
        let year = s.year.map(|year| format!("@{year}")).unwrap_or_default();
        format!("{rows}.{columns}{sign}{}{mark}{year}", s.number.value)
    };
    narrative.statements.iter().map(short).collect::<Vec<_>>().join(" ")
}

fn check(roles: &[Role], cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, stated(roles, text)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}\n  expected {expected}\n  found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const FIVE: &str = "enterprise+research+public_welfare+legal_services+other";

#[test]
fn requests_are_read() {
    check(
        &[Role::Overview],
        &[
            ("2022年，我局共收到政府信息公开申请12件。", "received.total=12"),
            ("全年受理政府信息公开申请１２件。", "received.total=12"),
            ("本年度青禾镇共收到依申请公开1,234件", "received.total=1234"),
            ("本机关收到政府信息公开申请两件，均已办结。", "received.total=2"),
            (
                "新收政府信息公开申请9件，上年结转2件，结转下年度1件。",
                "received.total=9 brought_forward.total=2 carried_forward.total=1",
            ),
            (
                "收到政府信息公开申请11件（含上年结转2件），办结10件。",
                "received.total=11 brought_forward.total=2 total.total=10",
            ),
            (
                "共收到政府信息公开申请8件，其中自然人申请5件、企业2件，法律服务机构1件。",
                "received.total=8 received.natural_person=5 received.enterprise=2 received.legal_services=1",
            ),
            (
                "办理政府信息公开申请8宗：予以公开3宗，部分公开1宗，不予公开2宗，无法提供1宗，其他处理1宗。",
                "total.total=8 granted.total=3 partially_granted.total=1 denied.total=2 unavailable.total=1 other.total=1",
            ),
            (
                "答复政府信息公开申请6件，其中2件属于重复申请，1件因申请内容不明确。",
                "total.total=6 not_processed.duplicate.total=2 unavailable.still_unclear.total=1",
            ),
            ("政府信息公开申请中，自然人、商业企业分别为5件、3件。", ""),
            (
                "共收到政府信息公开申请8件，自然人、商业企业分别为5件和3件。",
                "received.total=8 received.natural_person=5 received.enterprise=3",
            ),
            (
                "收到政府信息公开申请6件，不予公开、不予处理各1件，其他处理为零。",
                "received.total=6 denied.total=1 not_processed.total=1 other.total=0",
            ),
            (
                "收到政府信息公开申请6件，予以公开和部分公开共5件。",
                "received.total=6 granted+partially_granted.total=5",
            ),
            ("收到政府信息公开申请近200件。", "received.total~200"),
            ("收到政府信息公开申请60余件。", "received.total~60"),
            ("收到政府信息公开申请1.9万件。", "received.total~19000"),
            ("未收到政府信息公开申请。", "received.total=0"),
            ("2022年本单位未收到公民、法人和其他组织提出的政府信息公开申请", "received.total=0"),
            ("本年度无依申请公开事项，无结转下年度申请。", "received.total=0 carried_forward.total=0"),
            ("收到政府信息公开申请0件。", "received.total=0"),
            ("全县共收到政府信息公开申请50件，其中，予以公开30件。", "received.total=50? granted.total=30?"),
            ("未收到在线依申请公开。", "received.total=0?"),
        ],
    );
}

#[test]
fn what_counts_something_else_is_left_alone() {
    check(
        &[Role::Overview, Role::Requests, Role::Review],
        &[
            ("收到群众来信12件，均已办结。", ""),
            ("收到来信12件，办结12件，答复率100%。", ""),
            ("收到人大建议3件、政协提案5件，已全部答复。", ""),
            ("2021年收到政府信息公开申请5件，2022年收到7件。", "received.total=5@2021 received.total=7"),
            ("上半年收到政府信息公开申请5件。", ""),
            ("去年收到政府信息公开申请5件，办结5件。", ""),
            ("收到政府信息公开申请12件，比上年增加3件，增长33.3%。", "received.total=12"),
            ("政府信息公开申请须在20个工作日内答复。", ""),
            ("依照第三十六条第1项，对申请予以公开。", ""),
            ("印发《关于办理政府信息公开申请12件实事的通知》。", ""),
            ("下一步，力争受理政府信息公开申请50件。", ""),
            ("通过网络收到政府信息公开申请6件，信函收到2件。", ""),
            ("3个部门收到政府信息公开申请12件。", "received.total=12?"),
            ("5个科室未收到政府信息公开申请。", ""),
            ("如未收到答复，可以申请行政复议。", ""),
            ("办结时限由20日压缩为15日，答复更加规范。", ""),
            ("无法提供的，告知理由；无正当理由大量反复申请的，不予处理。", ""),
            ("公文属性为主动公开150件，依申请公开30件，不予公开20件。", ""),
            ("收到政府信息公开申请7件，涉及15项，予以公开9项。", "received.total=7"),
            ("收到政府信息公开申请6件（不含撤回1件）。", "received.total=6?"),
            ("受理政府信息公开申请7件、投诉举报12件，办结19件。", "received.total=7"),
            ("没有未办结的政府信息公开申请。", ""),
            ("本局办理行政复议案件30件。", ""),
            ("行政许可、行政处罚信息7个工作日内公开，公开行政处罚决定书12份。", ""),
            ("开展规范性文件清理3次，修改规范性文件2件。", ""),
            ("规范性文件12件次接受备案审查。", ""),
        ],
    );
}

#[test]
fn reviews_and_documents_are_read() {
    let direct = "litigation.direct.total";
    check(
        &[Role::Review],
        &[
            (
                "2022年，因政府信息公开被申请行政复议3件，其中结果维持2件，尚未审结1件；行政诉讼2件。",
                "reconsideration.total=3 reconsideration.upheld=2 reconsideration.pending=1 litigation.total=2",
            ),
            ("行政复议、行政诉讼均为0件。", "reconsideration.total=0 litigation.total=0"),
            ("未发生行政复议和行政诉讼。", "reconsideration.total=0 litigation.total=0"),
            ("行政复议和行政诉讼分别为2件和3件。", "reconsideration.total=2 litigation.total=3"),
            ("未经复议直接起诉1起。", &format!("{direct}=1")),
        ],
    );
    check(
        &[Role::Proactive],
        &[
            ("本年制发规范性文件4件，废止2件，现行有效31件。", "normative_documents.issued=4"),
            (
                "制发行政规范性文件4件，废止规范性文件2件，现行有效规范性文件31件。",
                "normative_documents.issued=4 normative_documents.repealed=2 normative_documents.in_force=31",
            ),
            (
                "新公开规范性文件6件，规范性文件对外公开总数24件。",
                "normative_documents.disclosed=6 normative_documents.disclosed_total=24",
            ),
            ("作出行政许可决定120件、行政处罚决定35件。", "licensing.decisions=120 penalties.decisions=35"),
            ("行政事业性收费25.1万元。", "fees.amount=251000"),
            ("2022年未制发规范性文件。", "normative_documents.issued=0"),
            ("法人和其他组织3件", ""),
        ],
    );
    assert_eq!(
        stated(&[Role::Requests], "本年度收到申请4件，其中公民1件，法人或其他组织3件。"),
        format!("received.total=4 received.natural_person=1 received.{FIVE}=3")
    );
}

#[test]
fn problems_and_plans_state_nothing() {
    assert_eq!(stated(&[Role::Problems], "收到政府信息公开申请5件。"), "");
}

#[test]
fn lists_are_added() {
    let added = |text: &str| {
        let report = Sample::new(2022).section(&[Role::Overview], &[text]).report();
        Narrative::of(&report).lists.iter().map(super::List::add).collect::<Vec<_>>()
    };
    let n = |value: i64| value.into();
    for (text, expected) in [
        ("发布信息150条，其中动态80条、公告40条，解读30条。", vec![Added::Equal]),
        ("发布信息150条，其中动态80条、公告40条，解读40条。", vec![Added::Differs(n(160))]),
        ("发布信息150条。其中动态80条；公告40条；解读40条。", vec![Added::Differs(n(160))]),
        ("发布信息150条，其中动态80条、公告40条。", vec![Added::Less(n(120))]),
        ("发布信息150条，其中动态80条、公告40条等。", vec![Added::Less(n(120))]),
        ("发布信息150条，包括动态80条、公告40条。", vec![Added::Differs(n(120))]),
        ("发布信息150条，其中动态80条，其余60条。", vec![Added::Differs(n(140))]),
        ("发布信息150条，其中动态80条。", vec![Added::Unclear]),
        ("发布信息150条，其中动态近80条、公告90条。", vec![Added::Unclear]),
        ("召开会议2次，发布信息150条，其中培训3次。", vec![]),
        ("收到申请8件，其中自然人5件，企业3件，办结8件。", vec![Added::Equal]),
        ("收到申请8件，其中自然人5件，企业3件，占37.5%；网络6件，信函2件。", vec![Added::Equal]),
        ("答复7件，其中公开3件，不公开4件，其中涉密1件，内部3件。", vec![Added::Equal, Added::Equal]),
        (
            "答复7件，其中公开3件；不公开3件，其中涉密2件，内部1件；无法提供1件。",
            vec![Added::Equal, Added::Equal],
        ),
        ("网站和公众号分别发布156和70条。", vec![]),
        ("发布信息226条，分别为网站156条、公众号70条。", vec![Added::Equal]),
        ("发布信息226条，分别为网站156和公众号70条。", vec![]),
        ("发布信息226条，分别为网站156和70条。", vec![Added::Equal]),
        ("发布信息9条，其中动态、其余分别为5条、3条。", vec![Added::Differs(n(8))]),
        ("发布信息150条，其中，动态80条、公告40条。", vec![Added::Less(n(120))]),
        ("发布信息150条，包括：动态80条、公告40条。", vec![Added::Less(n(120))]),
        ("发布信息150条，其中动态80条、其余60条。", vec![Added::Differs(n(140))]),
        ("发布信息150条，其中动态80条其余60条。", vec![Added::Differs(n(140))]),
        ("发布信息150条，其中动态80条，网站其他60条。", vec![Added::Less(n(140))]),
        ("发布信息100条，其中动态50条，公告40条；微信发布50条。", vec![Added::Unclear]),
    ] {
        assert_eq!(added(text), expected, "{text}");
    }
}

#[test]
fn numbers_are_of_their_words() {
    check(
        &[Role::Overview],
        &[
            // Ordinals, codes and fractions count nothing.
            ("收到政府信息公开申请第12件。", ""),
            ("收到政府信息公开申请第三件。", ""),
            ("收到政府信息公开申请A12件。", ""),
            ("收到政府信息公开申请-12件。", ""),
            ("收到政府信息公开申请12-3件。", ""),
            ("收到政府信息公开申请12.5件。", ""),
            ("收到政府信息公开申请12元。", ""),
            ("收到政府信息公开申请12人次。", ""),
            ("收到《政府信息公开申请12件》。", ""),
            ("收到政府信息公开申请12。", "received.total=12"),
            ("收到政府信息公开申请1,23件。", ""),
            ("收到政府信息公开申请5,APP运行正常。", "received.total=5"),
            ("政府信息公开申请收到5件，APP运行正常。", "received.total=5"),
            ("收到政府信息公开申请1,2345件。", ""),
            ("收到政府信息公开申请12,345,678件。", "received.total=12345678"),
            ("收到政府信息公开申请12.0件。", "received.total=12.0"),
            ("3年来收到政府信息公开申请12件。", ""),
            ("12月31日收到政府信息公开申请12件。", "received.total=12"),
            ("1月1日至12月31日，收到政府信息公开申请12件。", "received.total=12"),
            ("1月2日至12月31日，收到政府信息公开申请12件。", ""),
            ("收到政府信息公开申请十二件，办结十件。", "received.total=12 total.total=10"),
            ("收到政府信息公开申请零件。", "received.total=0"),
            // About, over and under.
            ("收到政府信息公开申请约60件。", "received.total~60"),
            ("收到政府信息公开申请超60件。", "received.total~60"),
            ("收到政府信息公开申请60件左右。", "received.total~60"),
            ("收到政府信息公开申请60件以上。", "received.total~60"),
            ("收到政府信息公开申请不足60件。", "received.total~60"),
            ("收到政府信息公开申请1.9万余件。", "received.total~19000"),
            // A counter that stands once.
            (
                "共收到政府信息公开申请8件，自然人、商业企业分别为5和3件。",
                "received.total=8 received.natural_person=5 received.enterprise=3",
            ),
            ("共收到政府信息公开申请8件，自然人、商业企业分别为5件。", "received.total=8"),
            (
                "共收到政府信息公开申请8件，分别为自然人5件、商业企业3件。",
                "received.total=8 received.natural_person=5 received.enterprise=3",
            ),
            // Zero counts as well without a counter.
            (
                "政府信息公开申请上年结转0，新收5件，办结5件。",
                "brought_forward.total=0 received.total=5 total.total=5",
            ),
            // More digits than any number has; what stands behind them is still read.
            (
                &format!("收到政府信息公开申请{}件，新收政府信息公开申请3件。", "9".repeat(60)),
                "received.total=3",
            ),
            // Another counter counts something else.
            ("收到政府信息公开申请7件，予以公开9项，不予公开1件。", "received.total=7 denied.total=1"),
        ],
    );
}

#[test]
fn words_name_their_cells() {
    check(
        &[Role::Overview],
        &[
            ("作出不予公开答复的政府信息公开申请2件。", "denied.total=2"),
            (
                "收到政府信息公开申请8件，办结7件，其中企业3件。",
                "received.total=8 total.total=7 received.enterprise=3",
            ),
            ("收到和办结政府信息公开申请8件。", ""),
            ("收到不予公开的政府信息公开申请2件。", ""),
            ("未收到政府信息公开申请5件。", ""),
            ("无政府信息公开申请结转下年度。", "carried_forward.total=0"),
            ("我局依法受理政府信息公开申请，无结转下年度申请。", "carried_forward.total=0"),
            ("因政府信息公开答复行政复议3件。", ""),
            (
                "收到政府信息公开申请8件、自然人、商业企业各4件。",
                "received.total=8 received.natural_person=4 received.enterprise=4",
            ),
            (
                "答复政府信息公开申请6件，其中2件属于重复申请、1件申请内容不明确。",
                "total.total=6 not_processed.duplicate.total=2 unavailable.still_unclear.total=1",
            ),
            (
                "收到政府信息公开申请8件，其中自然人、商业企业各4件。",
                "received.total=8 received.natural_person=4 received.enterprise=4",
            ),
            (
                "收到政府信息公开申请8件，其中自然人和商业企业共6件。",
                "received.total=8 received.natural_person+enterprise=6",
            ),
            ("收到政府信息公开申请8件，无不予公开情形。", "received.total=8 denied.total=0"),
            ("收到政府信息公开申请8件，未不予公开。", "received.total=8"),
            ("政府信息公开申请尚未部分公开。", ""),
            ("政府信息公开申请未办结。", ""),
            // Reviews and suits only over the disclosure of information.
            ("本局办理行政复议案件30件。", ""),
            ("因政府信息公开引发行政复议3件。", "reconsideration.total=3"),
            ("因政府信息公开收到行政复议3件。", "reconsideration.total=3"),
            ("因政府信息公开引发行政诉讼未经复议直接起诉2件。", "litigation.direct.total=2"),
            ("收到举报12件，因政府信息公开引发行政复议3件。", "reconsideration.total=3"),
            // Whose numbers they are.
            ("我县共收到政府信息公开申请50件。", "received.total=50?"),
            ("我镇共收到政府信息公开申请50件。", "received.total=50"),
            ("计划受理政府信息公开申请50件。", ""),
            ("下一步，受理政府信息公开申请50件。", ""),
            ("收到政府信息公开申请50件（全县）。", "received.total=50"),
        ],
    );
}

#[test]
fn sentences_go_on() {
    check(
        &[Role::Overview],
        &[
            (
                "收到政府信息公开申请8件。其中自然人5件，商业企业3件。",
                "received.total=8 received.natural_person=5 received.enterprise=3",
            ),
            ("收到政府信息公开申请8件。自然人5件。", "received.total=8"),
            (
                "收到政府信息公开申请8件。（其中自然人5件，商业企业3件）",
                "received.total=8 received.natural_person=5 received.enterprise=3",
            ),
            ("收到政府信息公开申请8件。予以公开3件。", "received.total=8 granted.total=3"),
            ("开展培训2次。予以公开3件。", ""),
            ("收到政府信息公开申请8件。工作有序开展。予以公开3件。", "received.total=8"),
            ("2021年收到政府信息公开申请5件。予以公开3件。", "received.total=5@2021 granted.total=3@2021"),
            (
                "2021年收到政府信息公开申请5件。2022年收到政府信息公开申请6件。予以公开3件。",
                "received.total=5@2021 received.total=6 granted.total=3",
            ),
            ("全县收到政府信息公开申请50件。予以公开30件。", "received.total=50? granted.total=30?"),
            ("因政府信息公开引发行政复议3件。行政诉讼2件。", "reconsideration.total=3 litigation.total=2"),
            (
                "收到政府信息公开申请8件（其中自然人5件），予以公开3件。",
                "received.total=8 received.natural_person=5 granted.total=3",
            ),
            ("收到政府信息公开申请8件（2021年为5件），予以公开3件。", "received.total=8 granted.total=3"),
            // What a numbered beginning is about.
            ("（二）依申请公开情况。收到申请8件。", "received.total=8"),
            ("（二）依申请公开情况\n收到申请8件。", "received.total=8"),
            ("2.依申请公开情况\n收到申请8件。", "received.total=8"),
            ("2.收到政府信息公开申请8件。", "received.total=8"),
            ("（三）平台建设情况，含依申请公开渠道\n收到申请8件。", ""),
            ("（二）依申请公开情况\n（三）平台建设情况\n收到申请8件。", ""),
            ("（四）行政复议情况\n行政复议2件，行政诉讼1件。", "reconsideration.total=2 litigation.total=1"),
            ("（四）监督保障情况\n行政复议2件，行政诉讼1件。", ""),
        ],
    );
    check(&[Role::Requests], &[("（一）办理情况\n收到申请8件。", "received.total=8")]);
    check(&[Role::Review], &[("（一）办理情况\n行政复议2件。", "reconsideration.total=2")]);
}

#[test]
fn lists_in_lists_and_remarks() {
    let added = |text: &str| {
        let report = Sample::new(2022).section(&[Role::Overview], &[text]).report();
        Narrative::of(&report).lists.iter().map(super::List::add).collect::<Vec<_>>()
    };
    let n = |value: i64| value.into();
    for (text, expected) in [
        ("发布信息150条，其中动态80条，占53.3%，公告40条，比上年增加10条，解读30条。", vec![Added::Equal]),
        (
            "发布信息150条，其中动态80条（含图文50条）、公告40条、解读40条。",
            vec![Added::Differs(n(160)), Added::Unclear],
        ),
        ("发布信息150条（其中动态80条、公告70条），解读20条。", vec![Added::Equal]),
        (
            "答复9件，其中公开3件，不公开4件，其中涉密1件、内部3件，无法提供2件。",
            vec![Added::Equal, Added::Equal],
        ),
        (
            "答复9件，其中公开3件，不公开4件，其中涉密1件、内部3件，无法提供3件。",
            vec![Added::Differs(n(10)), Added::Equal],
        ),
        ("答复8件，其中公开3件，不公开3件，其中涉密2件；无法提供1件。", vec![Added::Unclear, Added::Equal]),
        (
            "答复9件，其中公开3件，不公开4件，其中涉密1件，内部2件，无法提供2件。",
            vec![Added::Unclear, Added::Unclear],
        ),
        (
            "答复9件，其中公开3件，不公开4件，其中涉密5件，无法提供2件。",
            vec![Added::Unclear, Added::Differs(n(7))],
        ),
        ("发布信息9条，其中动态、公告各3条，解读4条。", vec![Added::Unclear]),
        ("发布信息100条，其中网站发布60条、公众号发布50条。", vec![Added::Overlaps(n(110))]),
        ("发布信息100条，其中网站发布60条、公众号发布30条。", vec![Added::Less(n(90))]),
        ("发布信息150条。工作有序，成效明显，其中动态80条、公告40条、解读40条。", vec![]),
        ("发布信息150，其中动态80、公告40、解读40。", vec![]),
        ("发布信息150条，其中动态80条、公告40条、会议2次，解读40条。", vec![Added::Less(n(120))]),
        ("发布信息150条，其中动态80条、公告0，解读70条。", vec![Added::Equal]),
        // The first part begins nothing anew, what begins later may.
        ("发布信息10件，包括答复6件、公示3件。", vec![Added::Differs(n(9))]),
        ("发布信息10条，其中动态6条，共8条。", vec![Added::Unclear]),
        ("发布信息10条，其中动态6条，公告共8条。", vec![Added::Differs(n(14))]),
        // What a semicolon parts.
        ("发布信息100条，其中动态50条；解读60条。", vec![Added::Differs(n(110))]),
        ("发布信息100条，其中动态50条，公告40条；解读50条。", vec![Added::Unclear]),
        ("发布信息150条；其中动态80条，公告60条；解读40条。", vec![Added::Unclear]),
        ("发布信息5条，其中动态3条；转载4条，其中图文3条、视频1条。", vec![Added::Unclear, Added::Equal]),
        ("发布信息100条，其中网站60条；微信50条。", vec![Added::Overlaps(n(110))]),
        ("发布信息100条，其中动态50条；微信60条。", vec![Added::Unclear]),
        // Lists below parts that do not end.
        ("答复9件，其中不公开4件，其中涉密1件、内部2件，无法提供5件。", vec![Added::Unclear, Added::Unclear]),
        ("答复8件，其中不公开3件，其中涉密2件；无法提供6件。", vec![Added::Unclear, Added::Unclear]),
        ("答复8件，其中公开3件，不公开6件，其中涉密2件。", vec![Added::Unclear, Added::Unclear]),
        (
            "答复8件，其中不公开2件，其中涉密3件，其中内部2件，公开9件。",
            vec![Added::Unclear, Added::Unclear, Added::Unclear],
        ),
        // Ordinals, codes, titles and names are no parts.
        (&format!("发布信息150条，其中{}条、动态80条、公告70条。", "9".repeat(60)), vec![Added::Equal]),
        ("发布信息150条，其中第12条80条、公告70条。", vec![Added::Equal]),
        ("发布信息150条，其中第三条80条、公告70条。", vec![Added::Equal]),
        ("发布信息150条，其中A12条80条、公告70条。", vec![Added::Equal]),
        ("发布信息150条，其中2-12条80条、公告70条。", vec![Added::Equal]),
        ("发布信息150条，其中动态80条，公告12-3，解读70条。", vec![Added::Equal]),
        ("发布信息150条，其中《条例》12条80条、公告70条。", vec![Added::Equal]),
        ("发布信息150条，其中《关于12条意见》类80条、公告70条。", vec![Added::Equal]),
        ("发布信息150条，其中“12条”类80条、公告70条。", vec![Added::Equal]),
    ] {
        assert_eq!(added(text), expected, "{text}");
    }
}

#[test]
fn shares_and_growths_are_told_only_in_plain_words() {
    let shares = |text: &str| {
        let report = Sample::new(2022).section(&[Role::Overview], &[text]).report();
        Narrative::of(&report)
            .shares
            .iter()
            .map(|share| {
                let wholes = share.wholes.iter().map(|whole| whole.number.value.to_string());
                let wholes = wholes.collect::<Vec<_>>().join("/");
                format!("{}:{wholes}={}", share.part.number.value, share.percent.number.value)
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (text, expected) in [
        ("发布信息100条，其中动态80条，占80%，公告20条，占20%。", "80:100=80 20:100/80=20"),
        ("发布信息100条。其中动态80条，占80%。", "80:100=80"),
        ("发布信息100条，动态80条，占80%。", ""),
        ("发布信息100条，其中动态80条，增长80%。", ""),
        ("发布信息100条，其中动态80条，占全网90%。", ""),
        ("发布信息100条，其中动态80条，占上年80%。", ""),
        ("发布信息100条，其中动态80条，占80%为企业。", ""),
        ("发布信息100次，其中动态80条，占80%。", ""),
        ("发布信息100条，其中动态80条，自然人占80%。", ""),
        ("发布信息100条，其中动态80条，收到占80%。", ""),
    ] {
        assert_eq!(shares(text), expected, "{text}");
    }
    let growths = |text: &str| {
        let report = Sample::new(2022).section(&[Role::Overview], &[text]).report();
        Narrative::of(&report).growths.iter().map(super::Growth::holds).collect::<Vec<_>>()
    };
    for (text, expected) in [
        ("收到申请12件，比上年增加2件，增长20%。", vec![Some(true)]),
        ("收到申请12件，比上年增加2件，增长30%。", vec![Some(false)]),
        ("收到申请8件，比上年减少2件，下降20%。", vec![Some(true)]),
        ("收到申请8件，比上年的10件减少20%。", vec![Some(true)]),
        ("收到申请8件，比上年的10件减少30%。", vec![Some(false)]),
        ("收到申请12件，增加2件，增长20%。", vec![]),
        ("收到申请12件，比上年增加2次，增长20%。", vec![]),
        ("收到申请12件，比上年增加约2件，增长20%。", vec![]),
        ("收到申请12件，比上年增加2件，比2019年增长20%。", vec![]),
        ("收到申请12件，比上年增加2件，群众满意度增长20%。", vec![]),
        ("收到申请12件，比上年增加2件，增长20件。", vec![]),
        ("收到申请12件，比上年增加2件，完成20%。", vec![]),
        ("收到申请12件，群众来访比上年增加2件，增长20%。", vec![]),
        ("收到申请12件，网上申请比上年增加2件，增长20%。", vec![]),
        ("收到申请12件，办结比上年增加2件，增长20%。", vec![]),
        ("收到申请12件，比上年增加2件，全县增长20%。", vec![]),
    ] {
        assert_eq!(growths(text), expected, "{text}");
    }
}

#[test]
fn quotes_are_what_is_printed() {
    let paragraph = "工作 有序。发布信息 9 条 ，其中动态5条、公告4条甲乙；收到政府信息公开申请8件 。";
    let mut report = Sample::new(2022).section(&[Role::Overview], &[paragraph]).report();
    let narrative = Narrative::of(&report);
    let list = &narrative.lists[0];
    assert_eq!(list.whole.quote.text(), "发布信息 9 条");
    let last = list.parts.last().unwrap();
    assert_eq!(list.whole.quote.to(last.quote).text(), "发布信息 9 条 ，其中动态5条、公告4条甲乙");
    let statement = &narrative.statements[0];
    assert_eq!(statement.quote.text(), "收到政府信息公开申请8件");
    assert_eq!(statement.quote.location(), Location::default());
    // In text the quote has a place of its own.
    let at = paragraph.find("收到").unwrap() as u32;
    let length = "收到政府信息公开申请8件".len() as u32;
    for (end, expected) in [(100 + paragraph.len() as u32, (100 + at, 100 + at + length)), (300, (100, 300))]
    {
        report.sections[0].paragraphs[0].location = Location::line(7, (100, end));
        let narrative = Narrative::of(&report);
        assert_eq!(narrative.statements[0].quote.location(), Location::line(7, expected));
    }
}

#[test]
fn the_cells_that_are_meant_have_their_places() {
    let sample = Sample::new(2022).section(&[Role::Overview], &["收到政府信息公开申请8件。"]);
    let mut report = sample.tables(|_, _, _| Some(0)).report();
    for fact in &mut report.facts {
        if fact.id() == "requests.received.total" {
            fact.location.row = Some(4);
        }
    }
    let narrative = Narrative::of(&report);
    let place = Location { row: Some(4), ..Location::default() };
    let options = CheckOptions::default();
    let subject = Subject::new(&report, &options);
    assert_eq!(narrative.statements[0].target.locations(&subject), [place]);
}

#[test]
fn outcomes_may_be_those_of_the_applicants_named_before() {
    let columns = |text: &str| {
        let report = Sample::new(2022).section(&[Role::Overview], &[text]).report();
        let narrative = Narrative::of(&report);
        narrative.statements.last().unwrap().target.columns.clone()
    };
    let total = [vec!["total"]];
    let both = [vec!["total"], vec!["natural_person"]];
    assert_eq!(columns("收到政府信息公开申请8件，其中自然人5件，予以公开3件。"), both);
    // Not their steps, nor what was named in the sentence before.
    assert_eq!(columns("收到政府信息公开申请8件，其中自然人5件，办结3件。"), total);
    assert_eq!(columns("收到政府信息公开申请8件，其中自然人5件。予以公开3件。"), total);
}

#[test]
fn an_overview_may_open_with_another_year() {
    let openings = |text: &str| {
        let report = Sample::new(2022).section(&[Role::Overview], &[text]).report();
        let narrative = Narrative::of(&report);
        narrative.openings.iter().map(|(year, quote)| (*year, quote.text().to_owned())).collect::<Vec<_>>()
    };
    for (text, year) in [
        ("2021年，收到政府信息公开申请3件。", Some(2021)),
        ("2023年度我镇收到政府信息公开申请3件。", Some(2023)),
        ("2021年青禾镇收到政府信息公开申请3件。", Some(2021)),
        ("2021年云溪县青禾镇收到政府信息公开申请3件。", Some(2021)),
        ("2021年乌有镇收到政府信息公开申请3件。", None),
        ("2020年，收到政府信息公开申请3件。", None),
        ("2021年，收到政府信息公开申请3件。2022年收到4件。", None),
    ] {
        let expected: Vec<(i32, String)> =
            year.map(|year| (year, text.split('。').next().unwrap().to_owned())).into_iter().collect();
        assert_eq!(openings(text), expected, "{text}");
    }
}

//! What the editions have in common.

use super::spec::{BlockSpec, ColumnSpec, Kind, RowSpec};
use crate::model::Unit;

pub(super) const fn column(id: &'static str, label: &'static str, kind: Kind) -> ColumnSpec {
    ColumnSpec { id, row: None, group: &[], label, variants: &[], kind, unit: None, stock: false }
}

pub(super) const fn row(id: &'static str, label: &'static str, clause: &'static str) -> RowSpec {
    RowSpec { id, group: &[], label, variants: &[], open: false, clause }
}

pub(super) const GOVERNMENT_RULES: RowSpec = row("government_rules", "规章", "第二十条第一项");

pub(super) const LICENSING: RowSpec =
    RowSpec { variants: &["政许可"], ..row("licensing", "行政许可", "第二十条第五项") };

pub(super) const PENALTIES: RowSpec =
    RowSpec { variants: &["政处罚"], ..row("penalties", "行政处罚", "第二十条第六项") };

pub(super) const COMPULSION: RowSpec =
    RowSpec { variants: &["政强制"], ..row("compulsion", "行政强制", "第二十条第六项") };

pub(super) const FEES: RowSpec = row("fees", "行政事业性收费", "第二十条第八项");

/// Header words of the blocks of section 2 that name no column.
pub(super) const CORNER: &[&str] = &["信息内容"];

const fn applicant(
    id: &'static str,
    group: &'static [&'static str],
    label: &'static str,
    variants: &'static [&'static str],
) -> ColumnSpec {
    ColumnSpec {
        id,
        row: None,
        group,
        label,
        variants,
        kind: Kind::Count,
        unit: Some(Unit::Piece),
        stock: false,
    }
}

const ORGANIZATION: &[&str] = &["法人或其他组织"];

pub(super) const ORGANIZATION_VARIANTS: &[(&str, &[&str])] =
    &[("法人或其他组织", &["法人或其它组织", "法人和其他组织", "法人及其他组织", "法人或者其他组织"])];

/// Columns of section 3: the kinds of applicants.
pub(super) const APPLICANTS: &[ColumnSpec] = &[
    applicant("natural_person", &[], "自然人", &["公民", "个人"]),
    applicant("enterprise", ORGANIZATION, "商业企业", &["企业"]),
    applicant("research", ORGANIZATION, "科研机构", &["科研", "科研单位"]),
    applicant("public_welfare", ORGANIZATION, "社会公益组织", &["公益组织", "社会组织", "社会公益机构"]),
    applicant("legal_services", ORGANIZATION, "法律服务机构", &["法律服务", "法律服务组织"]),
    applicant("other", ORGANIZATION, "其他", &["其它", "其他组织"]),
    applicant("total", &[], "总计", &["合计", "总数", "总结"]),
];

/// The header above the kinds of applicants.
pub(super) const APPLICANT: &str = "申请人情况";

pub(super) const REQUESTS_CORNER: &[&str] = &[
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
    APPLICANT,
    "项目",
];

pub(super) const REQUESTS_TELLING: &[&str] = &["其他处理", "逾期"];

pub(super) const RECEIVED: &[RowSpec] = &[
    RowSpec {
        variants: &["本年新收申请数量", "本年度新收政府信息公开申请数量", "新收政府信息公开申请数量"],
        ..row("received", "一、本年新收政府信息公开申请数量", "")
    },
    RowSpec {
        variants: &["上年结转申请数量", "上年度结转政府信息公开申请数量", "上年结转政府信息公开数量"],
        ..row("brought_forward", "二、上年结转政府信息公开申请数量", "")
    },
];

const RESULT: &str = "三、本年度办理结果";
const DENIED_GROUP: &[&str] = &[RESULT, "（三）不予公开"];
const UNAVAILABLE_GROUP: &[&str] = &[RESULT, "（四）无法提供"];
const NOT_PROCESSED_GROUP: &[&str] = &[RESULT, "（五）不予处理"];

const fn outcome(
    id: &'static str,
    group: &'static [&'static str],
    label: &'static str,
    variants: &'static [&'static str],
    clause: &'static str,
) -> RowSpec {
    RowSpec { id, group, label, variants, open: false, clause }
}

pub(super) const GRANTED: &[RowSpec] = &[
    outcome("granted", &[RESULT], "（一）予以公开", &["同意公开"], "第三十六条第一、二项"),
    outcome(
        "partially_granted",
        &[RESULT],
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        &["部分公开"],
        "第三十七条",
    ),
];

pub(super) const DENIED: &[RowSpec] = &[
    outcome("denied.state_secret", DENIED_GROUP, "1.属于国家秘密", &["国家秘密", "涉及国家秘密"], "第十四条"),
    outcome(
        "denied.prohibited_by_law",
        DENIED_GROUP,
        "2.其他法律行政法规禁止公开",
        &["其他法律、行政法规禁止公开", "法律行政法规禁止公开", "其它法律行政法规禁止公开"],
        "第十四条",
    ),
    outcome(
        "denied.security_or_stability",
        DENIED_GROUP,
        "3.危及“三安全一稳定”",
        &["危及三安全一隐患", "三安全一稳定", "危及安全稳定"],
        "第十四条",
    ),
    outcome(
        "denied.third_party_rights",
        DENIED_GROUP,
        "4.保护第三方合法权益",
        &["第三方合法权益", "损害第三方合法权益"],
        "第十五条",
    ),
    outcome(
        "denied.internal_affairs",
        DENIED_GROUP,
        "5.属于三类内部事务信息",
        &["三类内部事务信息", "属于内部事务信息"],
        "第十六条",
    ),
    outcome(
        "denied.process_information",
        DENIED_GROUP,
        "6.属于四类过程性信息",
        &["四类过程性信息", "属于过程性信息"],
        "第十六条",
    ),
    outcome("denied.enforcement_files", DENIED_GROUP, "7.属于行政执法案卷", &["行政执法案卷"], "第十六条"),
    outcome(
        "denied.inquiry_matters",
        DENIED_GROUP,
        "8.属于行政查询事项",
        &["行政查询事项"],
        "第三十六条第七项",
    ),
];

pub(super) const UNAVAILABLE: &[RowSpec] = &[
    outcome(
        "unavailable.not_held",
        UNAVAILABLE_GROUP,
        "1.本机关不掌握相关政府信息",
        &["不掌握相关政府信息", "本机关不掌握"],
        "第三十六条第四、五项",
    ),
    outcome(
        "unavailable.needs_creation",
        UNAVAILABLE_GROUP,
        "2.没有现成信息需要另行制作",
        &["没有现成信息，需要另行制作", "需要另行制作"],
        "第三十八条",
    ),
    outcome(
        "unavailable.still_unclear",
        UNAVAILABLE_GROUP,
        "3.补正后申请内容仍不明确",
        &["申请内容不明确", "补正后仍不明确"],
        "第三十条",
    ),
];

pub(super) const NOT_PROCESSED: &[RowSpec] = &[
    outcome(
        "not_processed.petition",
        NOT_PROCESSED_GROUP,
        "1.信访举报投诉类申请",
        &["信访举报投诉诉求类申请", "信访、举报、投诉类申请"],
        "第三十九条",
    ),
    outcome("not_processed.duplicate", NOT_PROCESSED_GROUP, "2.重复申请", &[], "第三十六条第六项"),
    outcome(
        "not_processed.published",
        NOT_PROCESSED_GROUP,
        "3.要求提供公开出版物",
        &["公开出版物"],
        "第三十九条",
    ),
    outcome(
        "not_processed.excessive",
        NOT_PROCESSED_GROUP,
        "4.无正当理由大量反复申请",
        &["大量反复申请"],
        "第三十五条",
    ),
    outcome(
        "not_processed.reissue",
        NOT_PROCESSED_GROUP,
        "5.要求行政机关确认或重新出具已获取信息",
        &["要求确认或重新出具已获取信息"],
        "",
    ),
];

/// Edition 2019 prints one row for other dispositions.
pub(super) const OTHER_2019: &[RowSpec] =
    &[outcome("other", &[RESULT], "（六）其他处理", &["其它处理"], "第三十条")];

const OTHER_GROUP: &[&str] = &[RESULT, "（六）其他处理"];

/// Edition 2021 prints three.
pub(super) const OTHER_2021: &[RowSpec] = &[
    outcome(
        "other.correction_overdue",
        OTHER_GROUP,
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        &["申请人无正当理由逾期不补正", "逾期不补正"],
        "第三十条",
    ),
    outcome(
        "other.fee_unpaid",
        OTHER_GROUP,
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        &["申请人逾期未按收费通知要求缴纳费用", "逾期未缴费", "逾期未缴纳费用"],
        "国办函〔2020〕109号",
    ),
    outcome("other.other", OTHER_GROUP, "3.其他", &["其它", "其他情形"], ""),
];

pub(super) const CLOSED: &[RowSpec] = &[
    outcome("total", &[RESULT], "（七）总计", &["合计", "总数"], ""),
    RowSpec {
        variants: &["结转下年度办理", "结转下年继续办理", "结转下年度"],
        ..row("carried_forward", "四、结转下年度继续办理", "")
    },
];

const fn result(
    row: &'static str,
    group: &'static [&'static str],
    id: &'static str,
    label: &'static str,
    variants: &'static [&'static str],
) -> ColumnSpec {
    ColumnSpec {
        id,
        row: Some(row),
        group,
        label,
        variants,
        kind: Kind::Count,
        unit: Some(Unit::Piece),
        stock: false,
    }
}

macro_rules! results {
    ($($row:literal under $group:expr),+) => {
        &[$(
            result($row, $group, "upheld", "结果维持", &["维持", "维持结果"]),
            result($row, $group, "corrected", "结果纠正", &["纠正", "纠正结果"]),
            result($row, $group, "other", "其他结果", &["其他其结果", "其它结果", "其他"]),
            result($row, $group, "pending", "尚未审结", &["未审结", "尚未办结"]),
            result($row, $group, "total", "总计", &["总结", "合计", "总数"]),
        )+]
    };
}

/// Section 4, the same in both editions.
pub(super) const REVIEW: BlockSpec = BlockSpec {
    table: "review",
    title: "",
    corner: &[],
    over_columns: "",
    group_variants: &[
        ("未经复议直接起诉", &["直接起诉", "未经复议起诉", "未经复议直接提起诉讼"]),
        ("复议后起诉", &["复议后", "经复议后起诉", "复议后提起诉讼"]),
    ],
    telling_rows: &[],
    columns: results![
        "reconsideration" under &["行政复议"],
        "litigation.direct" under &["行政诉讼", "未经复议直接起诉"],
        "litigation.after_reconsideration" under &["行政诉讼", "复议后起诉"]
    ],
    rows: &[&[RowSpec { variants: &["数量", "件数"], ..row("", "", "") }]],
};

//! The relations between cells, as data. An edition lists those it has.

use super::spec::{Axis, Edit, Pattern, Relation, Term, before, minus, plus};
use crate::finding::Severity;

const FORM: &str = "《中华人民共和国政府信息公开工作年度报告格式》";

pub(crate) const ROW_TOTAL: Edit = Edit {
    code: "REQ-ROW-TOTAL",
    severity: Severity::Error,
    level: 1,
    clause: FORM,
    message: Pattern {
        zh: "“{line}”：各类申请人合计{lhs}，总计栏{rhs}，差{diff}",
        en: "{line}: applicant columns add up to {lhs}, total column says {rhs} (diff {diff})",
    },
    table: "requests",
    axis: Axis::Columns,
    left: &[
        plus("natural_person"),
        plus("enterprise"),
        plus("research"),
        plus("public_welfare"),
        plus("legal_services"),
        plus("other"),
    ],
    relation: Relation::Equal,
    right: TOTAL,
};

const TOTAL: &[Term] = &[plus("total")];

/// The outcomes that the editions share, then `other`.
const fn outcome_total(left: &'static [Term]) -> Edit {
    Edit {
        code: "REQ-OUTCOME-TOTAL",
        severity: Severity::Error,
        level: 1,
        clause: FORM,
        message: Pattern {
            zh: "“{line}”列：办理结果各项之和{lhs}，总计{rhs}，差{diff}",
            en: "{line}: outcomes add up to {lhs}, outcome total says {rhs} (diff {diff})",
        },
        table: "requests",
        axis: Axis::Rows,
        left,
        relation: Relation::Equal,
        right: TOTAL,
    }
}

macro_rules! outcomes {
    ($($other:literal),+) => {
        &[
            plus("granted"),
            plus("partially_granted"),
            plus("denied.state_secret"),
            plus("denied.prohibited_by_law"),
            plus("denied.security_or_stability"),
            plus("denied.third_party_rights"),
            plus("denied.internal_affairs"),
            plus("denied.process_information"),
            plus("denied.enforcement_files"),
            plus("denied.inquiry_matters"),
            plus("unavailable.not_held"),
            plus("unavailable.needs_creation"),
            plus("unavailable.still_unclear"),
            plus("not_processed.petition"),
            plus("not_processed.duplicate"),
            plus("not_processed.published"),
            plus("not_processed.excessive"),
            plus("not_processed.reissue"),
            $(plus($other)),+
        ]
    };
}

pub(crate) const OUTCOME_TOTAL_2019: Edit = outcome_total(outcomes!("other"));

pub(crate) const OUTCOME_TOTAL_2021: Edit =
    outcome_total(outcomes!("other.correction_overdue", "other.fee_unpaid", "other.other"));

pub(crate) const BALANCE: Edit = Edit {
    code: "REQ-BALANCE",
    severity: Severity::Error,
    level: 1,
    clause: "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
    message: Pattern {
        zh: "“{line}”列：新收{received}+上年结转{brought_forward}≠办理总计{total}+结转下年{carried_forward}，差{diff}",
        en: "{line}: received {received} + carried in {brought_forward} <> outcomes {total} + carried over {carried_forward} (diff {diff})",
    },
    table: "requests",
    axis: Axis::Rows,
    left: &[plus("received"), plus("brought_forward")],
    relation: Relation::Equal,
    right: &[plus("total"), plus("carried_forward")],
};

pub(crate) const REVIEW_TOTAL: Edit = Edit {
    code: "REV-TOTAL",
    severity: Severity::Error,
    level: 1,
    clause: FORM,
    message: Pattern {
        zh: "“{line}”：四项之和{lhs}，总计{rhs}，差{diff}",
        en: "{line}: results add up to {lhs}, total says {rhs} (diff {diff})",
    },
    table: "review",
    axis: Axis::Columns,
    left: &[plus("upheld"), plus("corrected"), plus("other"), plus("pending")],
    relation: Relation::Equal,
    right: TOTAL,
};

/// 本年新公开 is a part of 对外公开总数.
pub(crate) const NEW_TOTAL: Edit = Edit {
    code: "A20-NEW-TOTAL",
    severity: Severity::Warning,
    level: 1,
    clause: "第二十条第一项",
    message: Pattern {
        zh: "“{line}”新公开{disclosed}大于对外公开总数{disclosed_total}",
        en: "{line}: newly disclosed {disclosed} exceeds total {disclosed_total}",
    },
    table: "proactive",
    axis: Axis::Columns,
    left: &[plus("disclosed")],
    relation: Relation::AtMost,
    right: &[plus("disclosed_total")],
};

pub(crate) const CHANGE: Edit = Edit {
    code: "A20-CHANGE",
    severity: Severity::Error,
    level: 1,
    clause: "第二十条第五、六、八项",
    message: Pattern {
        zh: "“{line}”上年{prior_items}+增减{change}为负",
        en: "{line}: previous {prior_items} plus change {change} is negative",
    },
    table: "proactive",
    axis: Axis::Columns,
    left: &[plus("prior_items"), plus("change")],
    relation: Relation::AtLeast,
    right: &[],
};

pub(crate) const IN_FORCE: Edit = Edit {
    code: "A20-IN-FORCE",
    severity: Severity::Warning,
    level: 1,
    clause: "第二十条第一项",
    message: Pattern {
        zh: "“{line}”现行有效{in_force}小于制发{issued}-废止{repealed}",
        en: "{line}: in force {in_force} below issued {issued} - repealed {repealed}",
    },
    table: "proactive",
    axis: Axis::Columns,
    left: &[plus("in_force")],
    relation: Relation::AtLeast,
    right: &[plus("issued"), minus("repealed")],
};

pub(crate) const CARRY: Edit = Edit {
    code: "XY-CARRY",
    severity: Severity::Error,
    level: 2,
    clause: FORM,
    message: Pattern {
        zh: "“{line}”列：上年结转{lhs}≠{previous}年结转下年{rhs}",
        en: "{line}: carried in {lhs} <> {rhs} carried over in {previous}",
    },
    table: "requests",
    axis: Axis::Rows,
    left: &[plus("brought_forward")],
    relation: Relation::Equal,
    right: &[before("carried_forward")],
};

pub(crate) const STOCK: Edit = Edit {
    code: "XY-A20-STOCK",
    severity: Severity::Warning,
    level: 2,
    clause: "第二十条第一项",
    message: Pattern {
        zh: "“{line}”：{before.in_force}+{issued}-{repealed}={lhs}，现行有效填{rhs}",
        en: "{line}: {before.in_force} + {issued} - {repealed} = {lhs}, in force says {rhs}",
    },
    table: "proactive",
    axis: Axis::Columns,
    left: &[before("in_force"), plus("issued"), minus("repealed")],
    relation: Relation::Equal,
    right: &[plus("in_force")],
};

pub(crate) const PRIOR_ITEMS: Edit = Edit {
    code: "XY-A20-COUNT",
    severity: Severity::Warning,
    level: 2,
    clause: "第二十条第五、六、八项",
    message: Pattern {
        zh: "“{line}”上年项目数{rhs}，应为{lhs}",
        en: "{line}: previous count {rhs}, expected {lhs}",
    },
    table: "proactive",
    axis: Axis::Columns,
    left: &[before("prior_items"), before("change")],
    relation: Relation::Equal,
    right: &[plus("prior_items")],
};

pub(crate) const DISCLOSED: Edit = Edit {
    code: "XY-A20-DISCLOSED",
    severity: Severity::Info,
    level: 2,
    clause: "第二十条第一项",
    message: Pattern {
        zh: "“{line}”对外公开总数{rhs}，按上年推算{lhs}",
        en: "{line}: total {rhs}, last year implies {lhs}",
    },
    table: "proactive",
    axis: Axis::Columns,
    left: &[before("disclosed_total"), plus("disclosed")],
    relation: Relation::Equal,
    right: &[plus("disclosed_total")],
};

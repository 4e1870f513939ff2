//! Edition 2019: 国办公开办函〔2019〕60号, used for report years 2019 and 2020.

use super::edits;
use super::shared::*;
use super::spec::{BlockSpec, ColumnSpec, Kind, RowSpec, Template};
use crate::model::{Edition, Unit};

pub(super) const TEMPLATE: Template = Template {
    edition: Edition(2019),
    issued_by: "国办公开办函〔2019〕60号",
    blocks: &[&ITEM_1, &ITEM_5, &ITEM_6, &ITEM_8, &ITEM_9, &REQUESTS, &REVIEW],
    edits: &[
        &edits::ROW_TOTAL,
        &edits::OUTCOME_TOTAL_2019,
        &edits::BALANCE,
        &edits::REVIEW_TOTAL,
        &edits::NEW_TOTAL,
        &edits::CHANGE,
        &edits::CARRY,
        &edits::PRIOR_ITEMS,
        &edits::DISCLOSED,
    ],
};

const ITEM_1: BlockSpec = BlockSpec {
    table: "proactive",
    title: "第二十条第（一）项",
    corner: CORNER,
    over_columns: "",
    group_variants: &[],
    telling_rows: &[],
    columns: &[
        ColumnSpec {
            unit: Some(Unit::Piece),
            variants: &["本年制作数量", "新制作数量"],
            ..column("made", "本年新制作数量", Kind::Count)
        },
        ColumnSpec {
            unit: Some(Unit::Piece),
            variants: &["新公开数量"],
            ..column("disclosed", "本年新公开数量", Kind::Count)
        },
        ColumnSpec {
            unit: Some(Unit::Piece),
            variants: &["对外公开数量", "对外公开总数"],
            stock: true,
            ..column("disclosed_total", "对外公开总数量", Kind::Count)
        },
    ],
    rows: &[&[
        GOVERNMENT_RULES,
        RowSpec {
            variants: &["行政规范性文件"],
            ..row("normative_documents", "规范性文件", "第二十条第一项")
        },
    ]],
};

const PRIOR_ITEMS: ColumnSpec = ColumnSpec {
    unit: Some(Unit::Item),
    variants: &["上年项目数量", "上一年度项目数量"],
    stock: true,
    ..column("prior_items", "上一年项目数量", Kind::Count)
};

const CHANGE: ColumnSpec = ColumnSpec {
    unit: Some(Unit::Item),
    variants: &["本年增/减处", "本年增减", "本年增减数量", "增/减", "本年度增/减"],
    ..column("change", "本年增/减", Kind::Change)
};

const DECISIONS: ColumnSpec =
    ColumnSpec { unit: Some(Unit::Piece), ..column("decisions", "处理决定数量", Kind::Count) };

const ITEM_5: BlockSpec = BlockSpec {
    table: "proactive",
    title: "第二十条第（五）项",
    corner: CORNER,
    over_columns: "",
    group_variants: &[],
    telling_rows: &[],
    columns: &[PRIOR_ITEMS, CHANGE, DECISIONS],
    rows: &[&[
        LICENSING,
        RowSpec {
            variants: &["其他对外管理服务", "其它对外管理服务事项", "对外管理服务事项"],
            open: true,
            ..row("other_services", "其他对外管理服务事项", "第二十条第五项")
        },
    ]],
};

const ITEM_6: BlockSpec = BlockSpec {
    table: "proactive",
    title: "第二十条第（六）项",
    corner: CORNER,
    over_columns: "",
    group_variants: &[],
    telling_rows: &[],
    columns: &[PRIOR_ITEMS, CHANGE, DECISIONS],
    rows: &[&[PENALTIES, COMPULSION]],
};

const ITEM_8: BlockSpec = BlockSpec {
    table: "proactive",
    title: "第二十条第（八）项",
    corner: CORNER,
    over_columns: "",
    group_variants: &[],
    telling_rows: &[],
    columns: &[PRIOR_ITEMS, CHANGE],
    rows: &[&[FEES]],
};

const ITEM_9: BlockSpec = BlockSpec {
    table: "proactive",
    title: "第二十条第（九）项",
    corner: CORNER,
    over_columns: "",
    group_variants: &[],
    telling_rows: &[],
    columns: &[
        ColumnSpec { unit: Some(Unit::Item), ..column("projects", "采购项目数量", Kind::Count) },
        ColumnSpec {
            unit: Some(Unit::TenThousandYuan),
            variants: &["采购金额", "采购总额"],
            ..column("amount", "采购总金额", Kind::Money)
        },
    ],
    rows: &[&[RowSpec {
        variants: &["集中采购"], ..row("procurement", "政府集中采购", "第二十条第九项")
    }]],
};

const REQUESTS: BlockSpec = BlockSpec {
    table: "requests",
    title: "",
    corner: REQUESTS_CORNER,
    over_columns: APPLICANT,
    group_variants: ORGANIZATION_VARIANTS,
    telling_rows: REQUESTS_TELLING,
    columns: APPLICANTS,
    rows: &[RECEIVED, GRANTED, DENIED, UNAVAILABLE, NOT_PROCESSED, OTHER_2019, CLOSED],
};

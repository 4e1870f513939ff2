//! Edition 2021: 国办公开办函〔2021〕30号, used for report years from 2021.

use super::edits;
use super::shared::*;
use super::spec::{BlockSpec, ColumnSpec, Kind, RowSpec, Template};
use crate::model::{Edition, Unit};

pub(super) const TEMPLATE: Template = Template {
    edition: Edition(2021),
    issued_by: "国办公开办函〔2021〕30号",
    blocks: &[&ITEM_1, &ITEM_5, &ITEM_6, &ITEM_8, &REQUESTS, &REVIEW],
    edits: &[
        &edits::ROW_TOTAL,
        &edits::OUTCOME_TOTAL_2021,
        &edits::BALANCE,
        &edits::REVIEW_TOTAL,
        &edits::IN_FORCE,
        &edits::CARRY,
        &edits::STOCK,
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
            variants: &["本年制发数量", "制发件数"],
            ..column("issued", "本年制发件数", Kind::Count)
        },
        ColumnSpec {
            unit: Some(Unit::Piece),
            variants: &["本年废止数量", "废止件数", "年废止件数"],
            ..column("repealed", "本年废止件数", Kind::Count)
        },
        ColumnSpec {
            unit: Some(Unit::Piece),
            variants: &["现行有效数量", "现有效件数", "现行有效"],
            stock: true,
            ..column("in_force", "现行有效件数", Kind::Count)
        },
    ],
    rows: &[&[
        GOVERNMENT_RULES,
        RowSpec {
            variants: &["规范性文件"],
            ..row("normative_documents", "行政规范性文件", "第二十条第一项")
        },
    ]],
};

const DECISIONS: ColumnSpec = ColumnSpec {
    unit: Some(Unit::Piece),
    variants: &["处理决定数量", "本年度处理决定数量"],
    ..column("decisions", "本年处理决定数量", Kind::Count)
};

const ITEM_5: BlockSpec = BlockSpec {
    table: "proactive",
    title: "第二十条第（五）项",
    corner: CORNER,
    over_columns: "",
    group_variants: &[],
    telling_rows: &[],
    columns: &[DECISIONS],
    rows: &[&[RowSpec {
        variants: &["政许可"], ..row("licensing", "行政许可", "第二十条第五项")
    }]],
};

const ITEM_6: BlockSpec = BlockSpec {
    table: "proactive",
    title: "第二十条第（六）项",
    corner: CORNER,
    over_columns: "",
    group_variants: &[],
    telling_rows: &[],
    columns: &[DECISIONS],
    rows: &[&[PENALTIES, COMPULSION]],
};

const ITEM_8: BlockSpec = BlockSpec {
    table: "proactive",
    title: "第二十条第（八）项",
    corner: CORNER,
    over_columns: "",
    group_variants: &[],
    telling_rows: &[],
    columns: &[ColumnSpec {
        unit: Some(Unit::TenThousandYuan),
        variants: &["收费金额", "本年度收费金额"],
        ..column("amount", "本年收费金额（单位：万元）", Kind::Money)
    }],
    rows: &[&[FEES]],
};

const REQUESTS: BlockSpec = BlockSpec {
    table: "requests",
    title: "",
    corner: REQUESTS_CORNER,
    over_columns: APPLICANT,
    group_variants: ORGANIZATION_VARIANTS,
    telling_rows: REQUESTS_TELLING,
    columns: APPLICANTS,
    rows: &[RECEIVED, GRANTED, DENIED, UNAVAILABLE, NOT_PROCESSED, OTHER_2021, CLOSED],
};

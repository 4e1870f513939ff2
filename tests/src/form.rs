//! The two printed forms: ids, labels, and which words vary in the wild.

/// Which form a block follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// Reports for 2019 and 2020.
    Y2019,
    /// Reports for 2021 and later.
    Y2021,
}

/// What kind of number a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A count of documents, decisions or requests.
    Pieces,
    /// A count of items on a list.
    Items,
    /// A signed change of such a count.
    Change,
    /// An amount of money.
    Money,
}

/// A column of an Article 20 block: id, label, kind.
pub type Column = (&'static str, &'static str, Kind);

/// One block of the Article 20 table.
#[derive(Debug)]
pub struct BlockForm {
    /// The item of Article 20: 一, 五, 六, 八, 九.
    pub item: &'static str,
    /// Rows: id and label.
    pub rows: &'static [(&'static str, &'static str)],
    /// Columns, from left to right.
    pub columns: &'static [Column],
}

const STOCK_2019: &[Column] = &[
    ("made", "本年新制作数量", Kind::Pieces),
    ("disclosed", "本年新公开数量", Kind::Pieces),
    ("disclosed_total", "对外公开总数量", Kind::Pieces),
];
const ACTS_2019: &[Column] = &[
    ("prior_items", "上一年项目数量", Kind::Items),
    ("change", "本年增/减", Kind::Change),
    ("decisions", "处理决定数量", Kind::Pieces),
];
const STOCK_2021: &[Column] = &[
    ("issued", "本年制发件数", Kind::Pieces),
    ("repealed", "本年废止件数", Kind::Pieces),
    ("in_force", "现行有效件数", Kind::Pieces),
];
const ACTS_2021: &[Column] = &[("decisions", "本年处理决定数量", Kind::Pieces)];

/// The blocks of the 2019 form.
pub const BLOCKS_2019: &[BlockForm] = &[
    BlockForm {
        item: "一",
        rows: &[("government_rules", "规章"), ("normative_documents", "规范性文件")],
        columns: STOCK_2019,
    },
    BlockForm {
        item: "五",
        rows: &[("licensing", "行政许可"), ("other_services", "其他对外管理服务事项")],
        columns: ACTS_2019,
    },
    BlockForm {
        item: "六",
        rows: &[("penalties", "行政处罚"), ("compulsion", "行政强制")],
        columns: ACTS_2019,
    },
    BlockForm {
        item: "八",
        rows: &[("fees", "行政事业性收费")],
        columns: &[("prior_items", "上一年项目数量", Kind::Items), ("change", "本年增/减", Kind::Change)],
    },
    BlockForm {
        item: "九",
        rows: &[("procurement", "政府集中采购")],
        columns: &[("projects", "采购项目数量", Kind::Items), ("amount", "采购总金额", Kind::Money)],
    },
];

/// The blocks of the 2021 form.
pub const BLOCKS_2021: &[BlockForm] = &[
    BlockForm {
        item: "一",
        rows: &[("government_rules", "规章"), ("normative_documents", "行政规范性文件")],
        columns: STOCK_2021,
    },
    BlockForm { item: "五", rows: &[("licensing", "行政许可")], columns: ACTS_2021 },
    BlockForm {
        item: "六",
        rows: &[("penalties", "行政处罚"), ("compulsion", "行政强制")],
        columns: ACTS_2021,
    },
    BlockForm {
        item: "八",
        rows: &[("fees", "行政事业性收费")],
        columns: &[("amount", "本年收费金额（单位：万元）", Kind::Money)],
    },
];

/// Names under which some reports split 其他对外管理服务事项.
pub const EXTRA_SERVICES: &[&str] = &["行政检查", "行政确认", "行政给付", "行政裁决"];

/// Columns of the requests table.
pub const APPLICANTS: &[(&str, &str)] = &[
    ("natural_person", "自然人"),
    ("enterprise", "商业企业"),
    ("research", "科研机构"),
    ("public_welfare", "社会公益组织"),
    ("legal_services", "法律服务机构"),
    ("other", "其他"),
    ("total", "总计"),
];

/// What a group of outcome rows is called, and its rows without their numbers. A group
/// without rows is a row itself.
#[derive(Debug)]
pub struct Outcome {
    /// Id of the row, or the prefix of its rows' ids.
    pub id: &'static str,
    /// The label, numbered.
    pub label: &'static str,
    /// Rows of the group: id below the group's, label without its number.
    pub rows: &'static [(&'static str, &'static str)],
}

const COMMON_OUTCOMES: [Outcome; 5] = [
    Outcome { id: "granted", label: "（一）予以公开", rows: &[] },
    Outcome {
        id: "partially_granted",
        label: "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        rows: &[],
    },
    Outcome {
        id: "denied",
        label: "（三）不予公开",
        rows: &[
            ("state_secret", "属于国家秘密"),
            ("prohibited_by_law", "其他法律行政法规禁止公开"),
            ("security_or_stability", "危及“三安全一稳定”"),
            ("third_party_rights", "保护第三方合法权益"),
            ("internal_affairs", "属于三类内部事务信息"),
            ("process_information", "属于四类过程性信息"),
            ("enforcement_files", "属于行政执法案卷"),
            ("inquiry_matters", "属于行政查询事项"),
        ],
    },
    Outcome {
        id: "unavailable",
        label: "（四）无法提供",
        rows: &[
            ("not_held", "本机关不掌握相关政府信息"),
            ("needs_creation", "没有现成信息需要另行制作"),
            ("still_unclear", "补正后申请内容仍不明确"),
        ],
    },
    Outcome {
        id: "not_processed",
        label: "（五）不予处理",
        rows: &[
            ("petition", "信访举报投诉类申请"),
            ("duplicate", "重复申请"),
            ("published", "要求提供公开出版物"),
            ("excessive", "无正当理由大量反复申请"),
            ("reissue", "要求行政机关确认或重新出具已获取信息"),
        ],
    },
];

const OTHER_2019: Outcome = Outcome { id: "other", label: "（六）其他处理", rows: &[] };
const OTHER_2021: Outcome = Outcome {
    id: "other",
    label: "（六）其他处理",
    rows: &[
        ("correction_overdue", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        ("fee_unpaid", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        ("other", "其他"),
    ],
};

/// The outcomes of a form, in order, without the total.
pub fn outcomes(edition: Edition) -> Vec<Outcome> {
    let mut all = Vec::from(COMMON_OUTCOMES);
    all.push(match edition {
        Edition::Y2019 => OTHER_2019,
        Edition::Y2021 => OTHER_2021,
    });
    all
}

/// Labels of the requests table that stand outside the outcomes.
pub const CORNER: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
/// First row.
pub const RECEIVED: &str = "一、本年新收政府信息公开申请数量";
/// Second row.
pub const BROUGHT_FORWARD: &str = "二、上年结转政府信息公开申请数量";
/// Label over all outcomes.
pub const OUTCOMES: &str = "三、本年度办理结果";
/// Sum of the outcomes.
pub const OUTCOME_TOTAL: &str = "（七）总计";
/// Last row.
pub const CARRIED_FORWARD: &str = "四、结转下年度继续办理";

/// The five results of the review table.
pub const RESULTS: &[(&str, &str)] = &[
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
];

/// The three rows of ids of the review table.
pub const REVIEWS: &[&str] = &["reconsideration", "litigation.direct", "litigation.after_reconsideration"];

/// Where a label stands; the same word varies differently in different tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The Article 20 blocks.
    Proactive,
    /// The requests table.
    Requests,
    /// The review table.
    Review,
}

/// Misprints and shorter forms seen in published reports, by table.
pub fn variants(place: Place, label: &str) -> &'static [&'static str] {
    match (place, label) {
        (Place::Proactive, "规章") => &["规章（设区的市、自治州人民政府应提供相关数据）"],
        (Place::Proactive, "行政许可") => &["政许可"],
        (Place::Proactive, "行政处罚") => &["政处罚"],
        (Place::Proactive, "行政事业性收费") => &["行业事业性收费"],
        (Place::Proactive, "其他对外管理服务事项") => &["其它对外管理服务事项"],
        (Place::Proactive, "本年废止件数") => &["年废止件数"],
        (Place::Proactive, "本年增/减") => &["本年增/减处", "本年增减", "本年增／减"],
        (Place::Proactive, "处理决定数量") => &["处理决定数量（2023年办件量）"],
        (Place::Requests, "总计") => &["合计"],
        (Place::Requests, "（七）总计") => &["（七）合计"],
        (Place::Requests, "商业企业") => &["企业", "商业 企业"],
        (Place::Requests, "科研机构") => &["科研"],
        (Place::Requests, "社会公益组织") => &["公益组织", "社会组织"],
        (Place::Requests, "法律服务机构") => &["法律服务"],
        (Place::Requests, "其他") => &["其它"],
        (Place::Requests, "属于国家秘密") => &["国家秘密"],
        (Place::Requests, "危及“三安全一稳定”") => {
            &["危及“三安全一隐患”", "危及安全稳定", "危及\"三安全一稳定\""]
        }
        (Place::Requests, "补正后申请内容仍不明确") => &["申请内容不明确"],
        (Place::Requests, "信访举报投诉类申请") => &["信访举报投诉诉求类申请"],
        (Place::Requests, "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请") => {
            &["逾期不补正", "申请人无正当理由逾期不补正"]
        }
        (Place::Requests, "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请") => {
            &["逾期未缴费", "申请人逾期未按收费通知要求缴纳费用"]
        }
        (Place::Review, "结果维持") => &["维持"],
        (Place::Review, "结果纠正") => &["纠正"],
        (Place::Review, "其他结果") => &["其他其结果", "其它结果"],
        (Place::Review, "总计") => &["总结", "合计"],
        (Place::Review, "未经复议直接起诉") => &["直接起诉"],
        _ => &[],
    }
}

/// Where a label breaks when it is printed as two paragraphs of one cell.
pub fn halves(label: &str) -> Option<(&'static str, &'static str)> {
    Some(match label {
        "本年新制作数量" => ("本年新", "制作数量"),
        "本年新公开数量" => ("本年新", "公开数量"),
        "对外公开总数量" => ("对外公开", "总数量"),
        "商业企业" => ("商业", "企业"),
        "科研机构" => ("科研", "机构"),
        "结果维持" => ("结果", "维持"),
        "结果纠正" => ("结果", "纠正"),
        "其他结果" => ("其他", "结果"),
        "尚未审结" => ("尚未", "审结"),
        _ => return None,
    })
}

//! Words of the narrative, and what they say about a number beside them. Data only. All
//! words are in the folded form (`document/fold.rs`).

/// Sums of which any may be meant, the first being the usual meaning. A row stands for
/// itself and for all rows below it (`denied` for `denied.state_secret` and the rest); a
/// minus before it takes it off.
pub(crate) type Readings = &'static [&'static [&'static str]];

/// Something that the tables count.
#[derive(Debug)]
pub(crate) struct Quantity {
    /// `proactive`, `requests` or `review`.
    pub(crate) table: &'static str,
    pub(crate) rows: Readings,
    /// Columns that are meant where no word names one; none where one must be named.
    pub(crate) columns: Readings,
    pub(crate) grade: Grade,
    /// Whether two of them named together mean their sum. Steps of the same request, as
    /// received and answered, have no sum.
    pub(crate) adds: bool,
}

/// How firmly a word names its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grade {
    /// Only the cell can be meant.
    Firm,
    /// Usage differs: 收到 may or may not include what the year before left.
    Loose,
}

/// Columns of a table, named by a word.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) table: &'static str,
    pub(crate) columns: Readings,
}

/// What a word says.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Says {
    /// Nothing that decides.
    Filler,
    /// That the report's own year is meant.
    ThisYear,
    /// That another time than the report's year is meant.
    OtherTime,
    /// That a year named is the first of several.
    Since,
    /// That something is still to come.
    Plan,
    /// That numbers are compared with other ones.
    Change,
    /// That a number is a share of another.
    Share,
    /// More or fewer bodies, or years, than the report's own.
    Scope,
    /// Cases left out or passed on: the count may go beyond the table's.
    Aside,
    /// The body whose territory the report's own may be.
    Territory,
    /// One way of several.
    Channel,
    /// Something that the tables do not count.
    Elsewhere,
    /// Something did not happen.
    Negation,
    /// There is none.
    Absence,
    /// Parts of the number before follow.
    Among,
    /// The parts that follow are all parts.
    Whole,
    /// The rest: a list with it is complete.
    Rest,
    /// A list is left open.
    Open,
    /// A new statement begins; otherwise nothing.
    Anew,
    /// Joins names and numbers.
    Join,
    /// Each of the names has the number.
    Each,
    /// The names have the numbers in their order.
    Respectively,
    /// The number is not exact.
    About,
    /// The number is a bound from below.
    Over,
    /// The number is a bound from above.
    Under,
    /// That the disclosure of information is the matter.
    Disclosure,
    /// Requests for information.
    Requests,
    /// Requests of some kind.
    Request,
    Quantity(&'static Quantity),
    Columns(&'static Columns),
}

/// Words that say the same.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) says: Says,
    /// With blanks between them.
    pub(crate) words: &'static str,
}

/// Words that count what the tables count.
pub(crate) const COUNTERS: &[&str] = &["件", "宗", "起", "份", "条", "项", "例", "个", "次"];

/// Words that count what they do not.
pub(crate) const OTHER_COUNTERS: &[&str] = &[
    "(人)次", "人次", "件次", "条次", "篇次", "期次", "场次", "户次", "家次", "批次", "篇", "封", "人", "户",
    "期", "场", "家", "名", "部", "册", "本", "张", "幅", "类", "批", "轮", "只", "处", "号", "页",
];

const TOTAL: Readings = &[&["total"]];

const fn requests(rows: Readings, grade: Grade, adds: bool) -> Quantity {
    Quantity { table: "requests", rows, columns: TOTAL, grade, adds }
}

const fn case(rows: Readings) -> Quantity {
    Quantity { table: "review", rows, columns: TOTAL, grade: Grade::Firm, adds: true }
}

const fn item(rows: Readings, columns: Readings) -> Quantity {
    Quantity { table: "proactive", rows, columns, grade: Grade::Firm, adds: false }
}

/// What is granted or refused of a request: an outcome.
macro_rules! outcome {
    ($($row:literal: $words:literal;)+) => {
        &[$(Phrase {
            says: Says::Quantity(&requests(&[&[$row]], Grade::Firm, true)),
            words: $words,
        }),+]
    };
}

macro_rules! columns {
    ($table:literal $($readings:expr => $words:literal;)+) => {
        &[$(Phrase {
            says: Says::Columns(&Columns { table: $table, columns: $readings }),
            words: $words,
        }),+]
    };
}

/// 收到: what 无政府信息公开申请 means too.
pub(crate) static RECEIVED: Quantity =
    requests(&[&["received"], &["received", "brought_forward"]], Grade::Loose, false);

/// Rows of the form's section 3 that are no outcome.
const FLOWS: &[Phrase] = &[
    Phrase {
        says: Says::Quantity(&RECEIVED), words: "收到 接到 收悉 接收 受理 收到并受理 接收到 收到各类"
    },
    Phrase {
        says: Says::Quantity(&requests(&[&["received"]], Grade::Firm, false)),
        words: "新收 新收到 新接收 新受理",
    },
    Phrase {
        says: Says::Quantity(&requests(
            &[&["total"], &["received"], &["received", "brought_forward"]],
            Grade::Loose,
            false,
        )),
        words: "办理 处理 收到和处理 受理并办理 受理和办理",
    },
    Phrase {
        says: Says::Quantity(&requests(
            &[
                &["total"],
                &["granted", "partially_granted", "denied", "unavailable"],
                &["granted", "partially_granted", "denied", "unavailable", "not_processed"],
                &["total", "-brought_forward"],
            ],
            Grade::Firm,
            false,
        )),
        words: "答复 办结 回复 予以答复 作出答复 办理完毕 办理答复 答复办结 办结答复",
    },
    Phrase {
        says: Says::Quantity(&requests(&[&["brought_forward"]], Grade::Firm, false)),
        words: "上年结转 上年度结转 去年结转 上一年结转 上一年度结转 结转上年 结转上年度 上年转结
            上年度转结 去年转结",
    },
    Phrase {
        says: Says::Quantity(&requests(&[&["carried_forward"]], Grade::Firm, false)),
        words: "结转下年 结转下年度 结转下一年 结转下一年度 结转至下年 结转至下年度 结转至下一年
            结转至下一年度 结转到下年 结转到下年度 结转到下一年度 结转下年度继续办理
            结转下年继续办理 结转至下年度继续办理 结转下年度办理 结转下年办理 转下年办理
            转下年度办理 结转来年",
    },
    Phrase {
        says: Says::Quantity(&requests(&[&["carried_forward"], &["brought_forward"]], Grade::Loose, false)),
        words: "结转",
    },
];

const OUTCOMES: &[Phrase] = outcome! {
    "granted": "予以公开 同意公开 给予公开 全部予以公开";
    "partially_granted": "部分公开 予以部分公开 同意部分公开 给予部分公开";
    "denied": "不予公开 不同意公开 决定不予公开";
    "unavailable": "无法提供 无法提供信息 无法提供政府信息";
    "not_processed": "不予处理";
    "other": "其他处理 其它处理 其他处理情形 作其他处理 其他处理方式";
    "denied.state_secret": "属于国家秘密 涉及国家秘密 国家秘密";
    "denied.prohibited_by_law":
        "其他法律行政法规禁止公开 其它法律行政法规禁止公开 其他法律、行政法规禁止公开
        属于其他法律行政法规禁止公开 属于其他法律、行政法规禁止公开 法律行政法规禁止公开
        法律、行政法规禁止公开 属于法律行政法规禁止公开 属于法律、行政法规禁止公开";
    "denied.security_or_stability": "危及三安全一稳定 三安全一稳定 涉及三安全一稳定 属于危及三安全一稳定";
    "denied.third_party_rights":
        "保护第三方合法权益 属于保护第三方合法权益 损害第三方合法权益 涉及第三方合法权益
        第三方合法权益";
    "denied.internal_affairs":
        "属于三类内部事务信息 三类内部事务信息 属于三类内部事务 三类内部事务 内部事务信息
        属于内部事务信息";
    "denied.process_information":
        "属于四类过程性信息 四类过程性信息 过程性信息 属于过程性信息 属于四类过程性";
    "denied.enforcement_files": "属于行政执法案卷 行政执法案卷 行政执法案卷信息 属于行政执法案卷信息";
    "denied.inquiry_matters": "属于行政查询事项 行政查询事项 行政查询";
    "unavailable.not_held":
        "本机关不掌握相关政府信息 本机关不掌握 不掌握相关政府信息 本机关不掌握相关信息 不掌握相关信息
        本机关不掌握政府信息";
    "unavailable.needs_creation":
        "没有现成信息需要另行制作 没有现成信息,需要另行制作 没有现成信息、需要另行制作 没有现成信息
        需要另行制作 需另行制作 没有现成信息需另行制作";
    "unavailable.still_unclear":
        "补正后申请内容仍不明确 补正后仍不明确 补正后内容仍不明确 经补正后申请内容仍不明确
        申请内容不明确";
    "not_processed.petition":
        "信访举报投诉类申请 信访举报投诉类 信访、举报、投诉类申请 信访、投诉、举报类申请
        属于信访举报投诉类 属于信访举报投诉类申请 信访举报投诉诉求类申请";
    "not_processed.duplicate": "重复申请 属于重复申请";
    "not_processed.published": "要求提供公开出版物 属于要求提供公开出版物 公开出版物";
    "not_processed.excessive": "无正当理由大量反复申请 大量反复申请 属于无正当理由大量反复申请";
    "not_processed.reissue":
        "要求行政机关确认或重新出具已获取信息 要求确认或重新出具已获取信息 确认或重新出具已获取信息";
    "other.correction_overdue":
        "申请人无正当理由逾期不补正 申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
        无正当理由逾期不补正 逾期不补正 逾期未补正 申请人逾期不补正";
    "other.fee_unpaid":
        "申请人逾期未按收费通知要求缴纳费用
        申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
        逾期未按收费通知要求缴纳费用 逾期未缴纳费用 逾期未缴费";
};

const APPLICANTS: &[Phrase] = columns! { "requests"
    &[&["natural_person"]] => "自然人 公民 个人 自然人申请 公民申请 个人申请 自然人(公民)";
    &[&["enterprise", "research", "public_welfare", "legal_services", "other"]] =>
        "法人或其他组织 法人和其他组织 法人及其他组织 法人或其它组织 法人、其他组织 法人或者其他组织
        法人和其它组织 法人或其他组织申请 法人和其他组织申请 法人及其他组织申请 法人组织 法人";
    &[&["enterprise"], &["enterprise", "research", "public_welfare", "legal_services", "other"]] =>
        "企业 企业法人 企业申请";
    &[&["enterprise"]] => "商业企业 商业企业申请";
    &[&["research"]] => "科研机构 科研机构申请";
    &[&["public_welfare"]] => "社会公益组织 公益组织 社会公益组织申请";
    &[&["legal_services"]] => "法律服务机构 法律服务机构申请";
};

const CASES: &[Phrase] = &[
    Phrase {
        says: Says::Quantity(&case(&[&["reconsideration"]])),
        words: "行政复议 行政复议申请 行政复议案件 行政复议案 复议案件 申请行政复议 复议",
    },
    Phrase {
        says: Says::Quantity(&case(&[&["litigation"]])),
        words: "行政诉讼 行政诉讼案件 行政诉讼案 诉讼案件 提起行政诉讼 诉讼",
    },
    Phrase {
        says: Says::Quantity(&case(&[&["litigation.direct"]])),
        words: "未经复议直接起诉 直接起诉 未经复议直接提起诉讼 未经复议直接提起行政诉讼",
    },
    Phrase {
        says: Says::Quantity(&case(&[&["litigation.after_reconsideration"]])),
        words: "复议后起诉 经复议后起诉 复议后提起诉讼 复议后提起行政诉讼 行政复议后起诉",
    },
];

const RESULTS: &[Phrase] = columns! { "review"
    &[&["upheld"]] => "结果维持 维持 维持结果 维持原行政行为 予以维持 被维持";
    &[&["corrected"]] => "结果纠正 纠正 纠正结果 被纠正 予以纠正";
    &[&["other"]] => "其他结果 其它结果";
    &[&["pending"]] => "尚未审结 未审结 尚未审结案件";
};

const ITEMS: &[Phrase] = &[
    Phrase {
        says: Says::Quantity(&item(&[&["normative_documents"]], &[])),
        words: "规范性文件 行政规范性文件",
    },
    Phrase { says: Says::Quantity(&item(&[&["government_rules"]], &[])), words: "规章 政府规章" },
    Phrase { says: Says::Quantity(&item(&[&["licensing"]], &[])), words: "行政许可" },
    Phrase { says: Says::Quantity(&item(&[&["penalties"]], &[])), words: "行政处罚" },
    Phrase { says: Says::Quantity(&item(&[&["compulsion"]], &[])), words: "行政强制" },
    Phrase { says: Says::Quantity(&item(&[&["fees"]], &[&["amount"]])), words: "行政事业性收费" },
];

const MOVEMENTS: &[Phrase] = columns! { "proactive"
    &[&["issued"], &["made"]] => "制发 新制发 制定 新制定 制作 新制作 本年制发 本年新制作 制定印发";
    &[&["repealed"]] => "废止 本年废止";
    &[&["in_force"]] => "现行有效";
    &[&["disclosed"]] => "新公开 本年新公开";
    &[&["disclosed_total"]] => "对外公开总数 对外公开总数量";
    &[&["decisions"]] => "决定 处理决定 作出决定";
};

/// All words, in no order that matters.
pub(crate) static PHRASES: &[&[Phrase]] =
    &[FLOWS, OUTCOMES, APPLICANTS, CASES, RESULTS, ITEMS, MOVEMENTS, OBJECTS, TIMES, MODES, FILLERS];

const OBJECTS: &[Phrase] = &[
    Phrase {
        says: Says::Requests,
        words: "政府信息公开申请 信息公开申请 依申请公开 依申请公开申请 依申请公开信息
            依申请公开政府信息 政府信息依申请公开 依申请公开件 依申请公开事项 依申请公开办件
            依申请公开政府信息申请 依申请政府信息公开 申请公开政府信息 公开政府信息申请
            公开政府信息的申请 要求公开政府信息的申请 政府信息公开申请公开 政府信息申请公开
            信息公开的申请 政府信息公开的申请 依申请公开的申请 政府信息公开申请件
            政府信息公开申请事项 政务信息公开申请 依申请公开信息申请",
    },
    Phrase {
        says: Says::Request,
        words: "申请 申请件 申请数 申请数量 申请总数 申请总量 申请的 申请事项 的申请",
    },
    Phrase {
        says: Says::Disclosure,
        words: "政府信息公开 信息公开 政府信息公开工作 信息公开工作 政府信息公开类 政府信息公开方面",
    },
    Phrase {
        says: Says::Elsewhere,
        words: "信访 来信 来访 信件 来电 建议 提案 议案 咨询 舆情 投诉 举报 留言 热线 邮件 诉求 会议
            培训 稿件 解读 访谈 报道 动态 公告 公示 主动公开 工单 信息条数 浏览 访问 点击 粉丝 阅读
            调解 执法检查 审查 清理 文件 公文 发文 收文 印发 制度 方案",
    },
    Phrase {
        says: Says::Channel,
        words: "网站 门户网站 公众号 微信 微博 新媒体 邮箱 在线 网上 网络 信函 邮寄 当面 现场 窗口 传真
            电子邮件 平台 专栏 线上 线下 互联网 书面",
    },
    Phrase {
        says: Says::Scope,
        words: "全市 全县 全区 全省 全州 全旗 全国 全系统 系统内 各部门 各单位 各级 各乡镇 各镇 各街道
            各县 各区 各科室 各地 下属 所属 直属 本级 累计 历年 部门 乡镇 街道 市直 县直 区直 辖区
            市级 县级 区级 省级 行政机关 系统 村 社区 备案",
    },
    Phrase {
        says: Says::Aside,
        words: "不含 撤回 撤销 转办 转交 移送 合并 剔除 扣除 除去 不计 未计 不包括 除外 终止 代收 退回",
    },
    Phrase { says: Says::Territory, words: "我市 我县 我区 我省 我州 我旗 本市 本县 本区" },
];

const TIMES: &[Phrase] = &[
    Phrase { says: Says::ThisYear, words: "今年 本年 本年度 报告期 报告期内 统计期内" },
    Phrase {
        says: Says::OtherTime,
        words: "去年 上年 上年度 上一年 上一年度 往年 前年 明年 下年 下年度 下一年 下一年度 来年 上半年
            下半年 季度 每月 每季 每年 以来 近年 近年来 近三年 目前 至今 当月 月份 期初 同期",
    },
    Phrase { says: Says::Plan, words: "下一步 计划 拟 将 今后 力争 预计 如 若 对未" },
    Phrase { says: Says::Since, words: "起" },
    Phrase {
        says: Says::Change,
        words: "比 较 同比 相比 环比 增长 增加 减少 下降 上升 增幅 降幅 提高 降低 增至 增长率 新增 净增",
    },
];

const MODES: &[Phrase] = &[
    Phrase { says: Says::Share, words: "占 占比 占总数 占比为 占总量 占总数的" },
    Phrase { says: Says::Negation, words: "未 均未 尚未 暂未 未曾 也未 亦未 从未" },
    Phrase {
        says: Says::Absence,
        words: "无 没有 暂无 未有 均无 未发生 没有发生 未产生 不存在 未出现 也无 也没有 亦无 均未发生
            均没有 暂未发生",
    },
    Phrase { says: Says::Among, words: "其中 含 包含 内含" },
    Phrase { says: Says::Whole, words: "包括 分为 构成" },
    Phrase { says: Says::Rest, words: "其余 其他 其它 剩余 余下" },
    Phrase { says: Says::Open, words: "等" },
    Phrase {
        says: Says::Anew,
        words: "共 共计 总计 总共 一共 合计 同时 此外 另外 另 还 截至 截止 另有 还有",
    },
    Phrase { says: Says::Join, words: "、 和 与 及 以及 或 或者" },
    Phrase { says: Says::Each, words: "各 均 皆 各有" },
    Phrase { says: Says::Respectively, words: "分别" },
    Phrase { says: Says::About, words: "约 大约 大概 左右 近似" },
    Phrase { says: Says::Over, words: "超 超过 逾 突破 至少 以上 多达 不少于" },
    Phrase { says: Says::Under, words: "近 将近 接近 不足 不到 以下 不超过 至多" },
];

const FILLERS: &[Phrase] = &[Phrase {
    says: Says::Filler,
    words: "全年 全年度 年内 年度内 当年 一年来 的 为 从 自 以 内 日 是 有 达 达到 数 数量 总数 总量 总数量 件数 个数 了 已 已经 全部 都
            也 并 并且 且 其 该 因 由 由于 对 于 在 到 向 至 止 被 情况 情形 案件 事项 类 类型
            方面 工作 相关 有关 各类 各种 任何 具体 依法 依规 依法依规 及时 按规定 按要求 认真 规范
            引起 引发 产生 导致 涉及 提起 提出 提交 发生 出现 作出 做出 收取 政府信息 信息 我单位
            我局 我镇 我乡 我委 我办 我厅 我院 我所 我站 我处 我街道 我街 我机关 我中心 我部门 我府
            本机关 本单位 本局 本镇 本乡 本委 本办 本厅 本院 本中心 本街道 本部门 我们 街道办事处
            镇政府 乡政府 镇人民政府 乡人民政府 年 年度 年底 年末 答复书 本行政机关
            公民、法人和其他组织 公民、法人或其他组织 公民、法人或者其他组织 公民、法人及其他组织
            公民、法人和其它组织 公民、法人或其它组织 公民,法人和其他组织 自然人、法人和其他组织
            自然人、法人或其他组织 自然人、法人及其他组织 公民和法人 群众 社会公众 公众 申请人 一是
            二是 三是 四是 五是 六是 首先 收到的 新",
}];

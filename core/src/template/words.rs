//! Words that tell sections and page furniture, common to all editions. Data only.

use crate::model::Role;

/// Words of a heading that tell a section's role. The words are folded: no white
/// space, half width, no quotes. All of one `all` list and none of `none` must occur.
#[derive(Debug)]
pub(crate) struct HeadingSpec {
    pub(crate) role: Role,
    /// The form's own headings: the whole text, exact.
    pub(crate) exact: &'static [&'static str],
    pub(crate) all: &'static [&'static [&'static str]],
    pub(crate) none: &'static [&'static str],
}

/// Every role's words.
pub(crate) const HEADINGS: &[HeadingSpec] = &[
    HeadingSpec {
        role: Role::Overview,
        exact: &["总体情况"],
        all: &[
            &["总体情况"],
            &["基本工作情况"],
            &["工作基本情况"],
            &["基本情况"],
            &["概述"],
            &["主要任务落实情况"],
            &["工作要点落实情况"],
        ],
        none: &["复议", "诉讼", "申请", "问题"],
    },
    HeadingSpec {
        role: Role::Proactive,
        exact: &["主动公开政府信息情况"],
        all: &[&["主动公开"]],
        none: &["复议", "诉讼", "问题"],
    },
    HeadingSpec {
        role: Role::Requests,
        exact: &["收到和处理政府信息公开申请情况"],
        all: &[
            &["收到和处理"],
            &["依申请公开"],
            &["收到", "处理", "申请"],
            &["申请", "办理情况"],
            &["处理", "申请", "情况"],
        ],
        none: &["复议", "诉讼", "问题"],
    },
    HeadingSpec {
        role: Role::Review,
        exact: &["政府信息公开行政复议、行政诉讼情况"],
        all: &[&["复议"], &["诉讼"]],
        none: &["问题"],
    },
    HeadingSpec {
        role: Role::Problems,
        exact: &["存在的主要问题及改进情况", "政府信息公开工作存在的主要问题及改进情况"],
        all: &[&["问题"], &["不足", "改进"]],
        none: &["需要报告", "需要说明"],
    },
    HeadingSpec {
        role: Role::OtherMatters,
        exact: &["其他需要报告的事项"],
        all: &[
            &["其他", "报告", "事项"],
            &["其它", "报告", "事项"],
            &["其他", "报告", "情况"],
            &["其它", "报告", "情况"],
            &["其他", "说明", "事项"],
            &["需要报告的"],
            &["需要说明的"],
        ],
        none: &[],
    },
];

/// Labels of sums inside a group of columns or rows; the form has none.
pub(crate) const SUBTOTALS: [&str; 2] = ["小计", "法人小计"];

/// A line of page furniture: it begins with one of the words, or is one of them.
#[derive(Debug)]
pub(crate) struct Chrome {
    pub(crate) starts: &'static [&'static str],
    pub(crate) whole: &'static [&'static str],
    pub(crate) contains: &'static [&'static str],
}

/// Furniture of government sites and of tools (folded text).
pub(crate) const CHROME: Chrome = Chrome {
    starts: &[
        "当前位置",
        "您的位置",
        "您现在的位置",
        "首页>",
        "首页»",
        "时间:",
        "发布时间:",
        "发布日期:",
        "发文日期:",
        "成文日期:",
        "发表时间:",
        "更新时间:",
        "索引号",
        "文号:",
        "来源:",
        "信息来源:",
        "发布机构:",
        "发布单位:",
        "浏览次数",
        "浏览量",
        "阅读次数",
        "点击数",
        "点击量",
        "访问量:",
        "字号:",
        "字体:",
        "分享到",
        "分享:",
        "扫一扫",
        "上一篇",
        "下一篇",
        "主办单位",
        "主办:",
        "承办单位",
        "承办:",
        "版权所有",
        "组配分类",
        "主题分类",
        "责任编辑",
        "全文共计",
        "相关链接",
        "相关文档",
        "友情链接",
        "网站地图",
        "网站标识码",
    ],
    whole: &[
        "打印",
        "关闭",
        "打印本页",
        "关闭窗口",
        "打印关闭",
        "分享",
        "收藏",
        "x",
        "返回顶部",
        "无障碍",
        "长者版",
        "无障碍阅读",
        "登录",
        "注册",
        "首页",
        "大中小",
        "政务公开",
        "保存",
    ],
    contains: &["门户网站提醒您", "icp备", "公网安备", "手机打开当前页面"],
};

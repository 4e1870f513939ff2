//! What stands around the tables: titles, headings, and sentences full of numbers and
//! of words that also occur in the tables.

use crate::print::{Item, Style, Table};
use crate::random::Random;
use crate::truth::{Block, Truth};

const PLACES: &[&str] =
    &["青禾镇", "云溪县水利局", "白石滩乡", "临河区民政局", "松坪街道办事处", "南屏市商务局"];

const SENTENCES: &[&str] = &[
    "全年共发布各类信息A条，其中动态类B条、公告类C条。",
    "年初有部署，季度有督查，年终有总结，并及时归纳总结经验。",
    "总计开展业务培训B次，参训C人次，其他形式的宣传A次。",
    "收到群众来信B件，均已办结，办结率100%。",
    "对照《条例》第二十条、第二十一条，梳理公开事项A项。",
    "规范性文件清理工作按季开展，规章以外的文件同步清理。",
    "“三安全一稳定”事项由办公室与司法所会商后再公开。",
    "上年结转的咨询事项已全部答复，结转下年度的为0件。",
    "不予公开的理由须逐条说明，予以公开的须在3日内上网。",
    "新媒体账号“A号窗口”粉丝约1.9万（人）次，点击2000余次。",
    "行政许可、行政处罚信息按“双公示”要求7个工作日内公开。",
    "本机关不掌握相关政府信息的，告知其向第三方查询。",
    "重复申请、信访举报投诉类申请已建立登记本B册。",
    "会议费、培训费共计A.5万元，较上年减少C%。",
    "总计：A。",
    "其他",
    "一是完善制度；二是加强培训B次；三是强化考核。",
    "12345热线转办C件，法律服务机构参与调解B件。",
];

/// A place that reports.
pub(crate) fn place(random: &mut Random) -> &'static str {
    random.pick_copy(PLACES)
}

/// One sentence with random numbers.
pub(crate) fn sentence(random: &mut Random) -> String {
    let mut text = random.pick(SENTENCES).to_owned();
    for letter in ['A', 'B', 'C'] {
        text = text.replace(letter, &random.between(1, 400).to_string());
    }
    text
}

const PLAIN_HEADINGS: [&str; 6] = [
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
];

const WILD_HEADINGS: [&[&str]; 6] = [
    &["总体情况", "工作基本情况", "概述", "Y年政府信息公开工作的总体情况"],
    &["主动公开政府信息的情况", "政府信息主动公开形式及情况", "行政机关主动公开政府信息情况"],
    &["收到和处理政府信息公开申请情况", "收到和处理政府信息公开", "政府信息依申请公开办理情况"],
    &[
        "政府信息公开行政复议和行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "行政复议及行政诉讼",
    ],
    &["存在问题及改进措施", "政府信息公开工作存在的主要问题及改进情况", "当前存在的主要问题及下一步改进措施"],
    &["其他需要报告的事项", "其它需要报告事项", "其他需要报告的情况"],
];

const EXTRA_HEADINGS: &[&str] =
    &["政务公开情况", "政务新媒体监管情况", "公开平台建设情况", "政务公开工作情况"];

const CHINESE: &[&str] = &["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// The items of a report: prose with the tables in their sections.
pub(crate) fn around(
    truth: &Truth,
    style: &Style,
    proactive: Vec<Table>,
    requests: Table,
    review: Table,
    random: &mut Random,
) -> Vec<Item> {
    let (year, wild) = (truth.year, style.wild_prose);
    let mut writer = Writer { items: Vec::new(), year, random };
    let place = writer.random.pick_copy(PLACES);
    writer.title(place, wild);
    writer.paragraph(&format!(
        "根据《中华人民共和国政府信息公开条例》编制本报告，所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
    ));

    // The order of the six roles, with further sections between them.
    let mut sections: Vec<Option<usize>> = (0..6).map(Some).collect();
    if wild && writer.random.chance(40) {
        let further = if writer.random.chance(50) { 4 } else { 1 };
        sections.splice(2..2, std::iter::repeat_n(None, further));
    }
    let mut extra = EXTRA_HEADINGS.iter();
    let numbering = if wild { writer.random.below(4) } else { 0 };
    let mut tables = [Vec::new(), proactive, vec![requests], vec![review], Vec::new(), Vec::new()];
    for (ordinal, role) in sections.into_iter().enumerate() {
        let words = match role {
            Some(role) if wild => writer.random.pick(WILD_HEADINGS[role]),
            Some(role) => PLAIN_HEADINGS[role],
            None => extra.next().unwrap_or(&"政务公开情况"),
        };
        let number = match numbering {
            1 => format!("{}、 ", ordinal + 1),
            2 => format!("第{}部分 ", CHINESE[ordinal]),
            _ => format!("{}、", CHINESE[ordinal]),
        };
        writer.items.push(Item::Heading(number, words.replace('Y', &year.to_string())));
        let own = role.map(|role| std::mem::take(&mut tables[role])).unwrap_or_default();
        if style.stated {
            for sentence in role.map(|role| stated(truth, role)).unwrap_or_default() {
                writer.paragraph(&sentence);
            }
        } else if own.is_empty() || writer.random.chance(40) {
            writer.sentences();
        }
        writer.items.extend(own.into_iter().map(Item::Table));
    }
    let date = format!("{}年1月{}日", year + 1, writer.random.between(4, 29));
    writer.paragraph(place);
    writer.paragraph(&date);
    writer.items
}

/// What the narrative of a section says of the tables.
fn stated(truth: &Truth, role: usize) -> Vec<String> {
    let requests = |row: &str| truth.total(row);
    let year = truth.year;
    let sentence = match role {
        0 => format!(
            "{year}年，本机关共收到政府信息公开申请{}件，上年结转{}件。",
            requests("received"),
            requests("brought_forward")
        ),
        1 => return truth.blocks.iter().flat_map(stated_of_block).collect(),
        2 => format!(
            "{year}年，办结政府信息公开申请{}件，其中予以公开{}件，部分公开{}件，不予公开{}件，无法提供{}件，不予处理{}件，其他处理{}件；结转下年度继续办理{}件。",
            requests("total"),
            requests("granted"),
            requests("partially_granted"),
            requests("denied"),
            requests("unavailable"),
            requests("not_processed"),
            requests("other"),
            requests("carried_forward")
        ),
        3 => {
            let total = |review: usize| truth.review[review].last().copied().unwrap_or_default();
            format!(
                "{year}年，因政府信息公开被申请行政复议{}件；未经复议直接起诉{}件，复议后起诉{}件。",
                total(0),
                total(1),
                total(2)
            )
        }
        _ => "无其他情况。".to_owned(),
    };
    vec![sentence]
}

fn stated_of_block(block: &Block) -> Vec<String> {
    let mut sentences = Vec::new();
    for row in &block.rows {
        let number = |column: &str| {
            let at = block.form.columns.iter().position(|(id, ..)| *id == column)?;
            row.numbers.get(at)
        };
        let three = |ids: [&str; 3]| Some((number(ids[0])?, number(ids[1])?, number(ids[2])?));
        let label = row.labels[0];
        if let Some((issued, repealed, in_force)) = three(["issued", "repealed", "in_force"]) {
            sentences.push(format!(
                "本年制发{label}{issued}件，废止{label}{repealed}件，现行有效{label}{in_force}件。"
            ));
        }
        if let Some((made, disclosed, total)) = three(["made", "disclosed", "disclosed_total"]) {
            sentences
                .push(format!("本年新制作{label}{made}件，新公开{disclosed}件，对外公开总数{total}件。"));
        }
        if let Some(decisions) = number("decisions") {
            sentences.push(format!("作出{}处理决定{decisions}件。", row.labels.concat()));
        }
        if let (Some(amount), "fees") = (number("amount"), row.id.as_str()) {
            sentences.push(format!("本年收取行政事业性收费{amount}万元。"));
        }
    }
    sentences
}

struct Writer<'a> {
    items: Vec<Item>,
    year: i64,
    random: &'a mut Random,
}

impl Writer<'_> {
    fn paragraph(&mut self, text: &str) {
        self.items.push(Item::Paragraph(text.to_owned()));
    }

    fn title(&mut self, place: &str, wild: bool) {
        let year = self.year;
        let lines = match if wild { self.random.below(5) } else { 0 } {
            1 => vec![format!("{year}年{place}政府信息公开工作年度报告")],
            2 => vec![format!("{place}{year}年政府信息公开工作年度"), "报   告".to_owned()],
            3 => vec![],
            4 => vec![format!("{place}{year}年度政府信息公开年度报告"), format!("（{}年1月20日）", year + 1)],
            _ => vec![format!("{place}{year}年政府信息公开工作年度报告")],
        };
        self.items.extend(lines.into_iter().map(Item::Title));
    }

    fn sentences(&mut self) {
        let count = 1 + self.random.below(3);
        for number in CHINESE.iter().take(count) {
            let mut text = String::new();
            if self.random.chance(40) {
                text = format!(
                    "（{number}）{}",
                    self.random.pick(&["组织领导。", "平台建设", "主动公开方面。"])
                );
            }
            text.push_str(&sentence(self.random));
            self.paragraph(&text);
        }
    }
}

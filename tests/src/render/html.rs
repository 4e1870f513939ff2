//! Web pages, from clean markup to what editors and site systems make of it.

use crate::print::{Cell, Item, Printed, Table};
use crate::random::Random;

/// The kind of page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HtmlForm {
    /// Valid and bare.
    Clean,
    /// What a word processor saves.
    Word,
    /// A site's page with navigation, buttons, scripts and a footer.
    Site,
    /// The whole report inside a table that serves as layout.
    LayoutTable,
    /// End tags left out.
    Soup,
    /// GBK bytes, declared in the page.
    Gbk,
}

impl HtmlForm {
    /// All forms.
    pub const ALL: &'static [Self] =
        &[Self::Clean, Self::Word, Self::Site, Self::LayoutTable, Self::Soup, Self::Gbk];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Word => "word",
            Self::Site => "site",
            Self::LayoutTable => "layout-table",
            Self::Soup => "soup",
            Self::Gbk => "gbk",
        }
    }
}

const SITE_ABOVE: &str = r##"<script>var rows="<table><tr><td>99777</td></tr></table>";</script>
<style>td{border:1px solid}</style>
<table class="nav"><tr><td><a href="#">首页</a></td><td><a href="#">政务公开</a></td><td>总计 99777</td></tr></table>
<div class="crumbs">当前位置：<a href="#">首页</a> &gt; <a href="#">年度报告</a></div>
<table class="info"><tr><td>索引号</td><td>00299777/2022-00012</td></tr><tr><td>发文日期</td><td>2022-01-20</td></tr></table>
<div class="bar">发布时间：2022-01-20 09:16 来源：本站 浏览次数：<span id="hits">99777</span> 字号：[大 中 小] <a href="#">打印</a> 分享：</div>
<div id="zoom" class="TRS_Editor">
"##;

const SITE_BELOW: &str = r##"</div>
<div>上一篇：<a href="#">没有了</a></div><div>扫一扫在手机打开当前页面</div>
<noscript><table><tr><td>规章</td><td>99777</td></tr></table></noscript>
<div class="footer">主办单位：云溪县人民政府办公室　备案号：滇ICP备00099777号</div>
"##;

pub(super) fn render(printed: &Printed, form: HtmlForm, random: &mut Random) -> Vec<u8> {
    let charset = if form == HtmlForm::Gbk { "gb2312" } else { "utf-8" };
    let title = printed.items.iter().find_map(|item| match item {
        Item::Title(text) => Some(text.as_str()),
        _ => None,
    });
    let mut page = Page { out: String::new(), form, random };
    page.out.push_str(&format!(
        "<!DOCTYPE html>\n<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\"><title>{}</title></head><body>\n",
        title.unwrap_or("年度报告")
    ));
    match form {
        HtmlForm::Site => page.out.push_str(SITE_ABOVE),
        HtmlForm::LayoutTable => page.out.push_str(
            "<table width=\"960\" align=\"center\"><tr><td valign=\"top\">左侧导航</td><td><div>\n",
        ),
        HtmlForm::Word => page.out.push_str("<div class=WordSection1>\n"),
        _ => {}
    }
    for item in &printed.items {
        page.item(item);
    }
    match form {
        HtmlForm::Site => page.out.push_str(SITE_BELOW),
        HtmlForm::LayoutTable => page.out.push_str("</div></td></tr></table>\n"),
        HtmlForm::Word => page.out.push_str("</div>\n"),
        _ => {}
    }
    page.out.push_str("</body></html>\n");
    match form {
        HtmlForm::Gbk => encoding_rs::GBK.encode(&page.out).0.into_owned(),
        _ => page.out.into_bytes(),
    }
}

struct Page<'a> {
    out: String,
    form: HtmlForm,
    random: &'a mut Random,
}

impl Page<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Title(text) if self.form == HtmlForm::Clean => {
                self.out.push_str(&format!("<h1>{}</h1>\n", escape(text)));
            }
            Item::Heading(number, text) if self.form == HtmlForm::Clean => {
                self.out.push_str(&format!("<h2>{}{}</h2>\n", escape(number), escape(text)));
            }
            Item::Title(text) | Item::Paragraph(text) => self.paragraph(text),
            Item::Heading(number, text) => self.paragraph(&format!("{number}{text}")),
            Item::Table(table) => self.table(table),
        }
    }

    fn paragraph(&mut self, text: &str) {
        let line = match self.form {
            HtmlForm::Word => format!(
                "<p class=MsoNormal style='text-indent:32.0pt'><span\nlang=EN-US>&nbsp;&nbsp;</span>{}<o:p></o:p></p>\n",
                self.split(text)
            ),
            HtmlForm::Soup => format!("<p>{}\n", escape(text)),
            HtmlForm::Site => format!("<p>&emsp;&emsp;{}</p>\n", escape(text)),
            _ => format!("<p>{}</p>\n", escape(text)),
        };
        self.out.push_str(&line);
    }

    /// Text in several spans, cut anywhere.
    fn split(&mut self, text: &str) -> String {
        let mut out = String::from("<span style='font-size:16.0pt'>");
        for c in text.chars() {
            if self.random.chance(8) {
                out.push_str("</span><span lang=EN-US>");
            }
            out.push_str(&escape(c.encode_utf8(&mut [0; 4])));
        }
        out.push_str("</span>");
        out
    }

    fn table(&mut self, table: &Table) {
        let soup = self.form == HtmlForm::Soup;
        self.out.push_str(match self.form {
            HtmlForm::Word => "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>\n",
            HtmlForm::Soup => "<TABLE BORDER=1>",
            _ => "<table border=\"1\"><tbody>\n",
        });
        for row in &table.rows {
            self.out.push_str(if soup { "<TR>" } else { "<tr>" });
            for cell in &row.cells {
                let mut tag = String::from("<td");
                if cell.columns > 1 {
                    tag.push_str(&format!(" colspan={0}{1}{0}", if soup { "" } else { "\"" }, cell.columns));
                }
                if cell.rows > 1 {
                    tag.push_str(&format!(" rowspan={0}{1}{0}", if soup { "" } else { "\"" }, cell.rows));
                }
                tag.push('>');
                let content = self.content(cell);
                self.out.push_str(&tag);
                self.out.push_str(&content);
                self.out.push_str(if soup { "" } else { "</td>" });
            }
            self.out.push_str(if soup { "\n" } else { "</tr>\n" });
        }
        self.out.push_str(match self.form {
            HtmlForm::Word | HtmlForm::Soup => "</table>\n",
            _ => "</tbody></table>\n",
        });
    }

    fn content(&mut self, cell: &Cell) -> String {
        let escaped = || cell.paragraphs.iter().map(|p| escape(p));
        match self.form {
            HtmlForm::Word if cell.is_blank() => "<p class=MsoNormal><span>&nbsp;</span></p>".to_owned(),
            HtmlForm::Word => cell
                .paragraphs
                .iter()
                .map(|p| format!("<p class=MsoNormal align=center>{}</p>", self.split(p)))
                .collect(),
            HtmlForm::Soup => escaped().map(|p| format!("<p>{p}")).collect(),
            HtmlForm::Site if self.random.chance(5) => {
                format!(
                    "<span style=\"display:none\">99777</span>{}",
                    escaped().collect::<Vec<_>>().join("<br>")
                )
            }
            _ => escaped().collect::<Vec<_>>().join("<br/>"),
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{a0}', "&nbsp;")
}

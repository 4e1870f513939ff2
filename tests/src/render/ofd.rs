//! OFD packages: placed text with steps between characters, and ruled tables.

use super::sheet::{self, Breaking, Sheet, Text};
use crate::package;
use crate::print::Printed;

/// The kind of package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfdForm {
    /// Steps written out, one path for each line, the furniture of pages in a template.
    Plain,
    /// Steps repeated with `g`, transformed objects, cells as closed paths, headers
    /// repeated.
    Grouped,
    /// Objects of points among the resources, each placed by a composite object: lines in one
    /// of another, every text in one of its own.
    Composite,
}

impl OfdForm {
    /// All forms.
    pub const ALL: &'static [Self] = &[Self::Plain, Self::Grouped, Self::Composite];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Grouped => "grouped",
            Self::Composite => "composite",
        }
    }
}

const MM: f64 = 25.4 / 72.0;
const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

pub(super) fn render(printed: &Printed, form: OfdForm) -> Vec<u8> {
    let breaking = if form == OfdForm::Grouped { Breaking::Repeat } else { Breaking::Plain };
    let sheets = sheet::sheets(printed, breaking);
    let mut pages = String::new();
    let mut resources = Vec::new();
    let mut parts = vec![(
        "OFD.xml".to_owned(),
        format!(
            "<ofd:OFD {SPACE} Version=\"1.0\"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
    )];
    for (index, sheet) in sheets.sheets.iter().enumerate() {
        pages.push_str(&format!(
            "<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{index}/Content.xml\"/>",
            index + 100
        ));
        let mut sheet = sheet.clone();
        // The header, which all pages have, is the template's.
        let header = sheet.texts.len() - 2;
        sheet.texts.remove(header);
        parts.push((format!("Doc_0/Pages/Page_{index}/Content.xml"), page(&sheet, form, &mut resources)));
    }
    let template = sheets.sheets.first().map(|sheet| {
        let header = sheet.texts[sheet.texts.len() - 2].clone();
        page(&Sheet { texts: vec![header], rules: Vec::new() }, form, &mut resources)
    });
    parts.push(("Doc_0/Tpls/Tpl_0/Content.xml".to_owned(), template.unwrap_or_default()));
    parts.push((
        "Doc_0/DocumentRes.xml".to_owned(),
        format!(
            "<ofd:Res {SPACE}><ofd:CompositeGraphicUnits>{}</ofd:CompositeGraphicUnits></ofd:Res>",
            resources.concat()
        ),
    ));
    parts.push((
        "Doc_0/Document.xml".to_owned(),
        format!(
            "<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {:.4} {:.4}</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes><ofd:TemplatePage ID=\"1\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/></ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
            sheets.width * MM,
            sheets.height * MM
        ),
    ));
    let parts: Vec<(String, Vec<u8>)> =
        parts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    package::zip(&parts)
}

fn page(sheet: &Sheet, form: OfdForm, resources: &mut Vec<String>) -> String {
    let mut out =
        format!("<ofd:Page {SPACE}><ofd:Template TemplateID=\"1\"/><ofd:Content><ofd:Layer ID=\"1\">\n");
    let unit = if form == OfdForm::Composite { 1.0 } else { MM };
    let rules: String = sheet.rules.iter().map(|rule| path_object(*rule, unit)).collect();
    if form == OfdForm::Composite {
        if !rules.is_empty() {
            let [width, height] =
                [2, 3].map(|side| sheet.rules.iter().map(|rule| rule[side]).fold(0.0, f64::max));
            let inner = composite(resources, &rules, [0.0, 0.0, width, height], 1.0);
            out.push_str(&composite(resources, &inner, [0.0, 0.0, width, height], MM));
        }
        for text in &sheet.texts {
            let own = Text { x: 0.0, y: text.size, ..text.clone() };
            let [x, y, width, height] = bounds(text, 1.0);
            out.push_str(&composite(resources, &text_object(&own, form, 1.0), [x, y, width, height], MM));
        }
    } else {
        out.push_str(&rules);
        for text in &sheet.texts {
            out.push_str(&text_object(text, form, unit));
        }
    }
    out.push_str("</ofd:Layer></ofd:Content></ofd:Page>");
    out
}

/// An object that shows the content at a place; place and size in units of the content.
fn composite(resources: &mut Vec<String>, content: &str, place: [f64; 4], unit: f64) -> String {
    let id = 1000 + resources.len();
    let [x, y, width, height] = place;
    resources.push(format!(
        "<ofd:CompositeGraphicUnit ID=\"{id}\" Width=\"{width:.4}\" Height=\"{height:.4}\"><ofd:Content>{content}</ofd:Content></ofd:CompositeGraphicUnit>\n"
    ));
    format!(
        "<ofd:CompositeObject ID=\"5\" CTM=\"{unit:.6} 0 0 {unit:.6} 0 0\" Boundary=\"{:.4} {:.4} {:.4} {:.4}\" ResourceID=\"{id}\"/>\n",
        x * unit,
        y * unit,
        width * unit,
        height * unit
    )
}

fn path_object(rule: [f64; 4], unit: f64) -> String {
    let [x0, y0, x1, y1] = rule;
    let (x, y) = (x0.min(x1) * unit, y0.min(y1) * unit);
    let (w, h) = ((x1 - x0).abs() * unit, (y1 - y0).abs() * unit);
    format!(
        "<ofd:PathObject ID=\"2\" Boundary=\"{x:.4} {y:.4} {w:.4} {h:.4}\" LineWidth=\"0.2\"><ofd:AbbreviatedData>M 0 0 L {w:.4} {h:.4}</ofd:AbbreviatedData></ofd:PathObject>\n"
    )
}

/// Left, top, width and height.
fn bounds(text: &Text, unit: f64) -> [f64; 4] {
    let width = text.text.chars().map(sheet::advance).sum::<f64>() * text.size;
    [text.x, text.y - text.size, width, text.size * 1.3].map(|n| n * unit)
}

fn text_object(text: &Text, form: OfdForm, unit: f64) -> String {
    let size = text.size * unit;
    let [x, y, width, height] = bounds(text, unit);
    let steps: Vec<f64> = text.text.chars().map(|c| sheet::advance(c) * size).collect();
    let steps = &steps[..steps.len().saturating_sub(1)];
    let escaped = text.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let boundary = format!("{x:.4} {y:.4} {width:.4} {height:.4}");
    match form {
        OfdForm::Plain | OfdForm::Composite => {
            let steps: Vec<String> = steps.iter().map(|step| format!("{step:.4}")).collect();
            format!(
                "<ofd:TextObject ID=\"3\" Boundary=\"{boundary}\" Font=\"4\" Size=\"{size:.4}\"><ofd:TextCode X=\"0\" Y=\"{size:.4}\" DeltaX=\"{}\">{escaped}</ofd:TextCode></ofd:TextObject>\n",
                steps.join(" ")
            )
        }
        OfdForm::Grouped => {
            // Everything twice as large, and the transformation halves it.
            let mut grouped = String::new();
            let mut rest = steps;
            while let Some(&first) = rest.first() {
                let count = rest.iter().take_while(|step| **step == first).count();
                grouped.push_str(&match count {
                    1 => format!("{:.4} ", first * 2.0),
                    n => format!("g {n} {:.4} ", first * 2.0),
                });
                rest = &rest[count..];
            }
            format!(
                "<ofd:TextObject ID=\"3\" Boundary=\"{boundary}\" CTM=\"0.5 0 0 0.5 0 0\" Font=\"4\" Size=\"{:.4}\"><ofd:FillColor Value=\"0 0 0\"/><ofd:TextCode X=\"0\" Y=\"{:.4}\" DeltaX=\"{}\">{escaped}</ofd:TextCode></ofd:TextObject>\n",
                size * 2.0,
                size * 2.0,
                grouped.trim_end()
            )
        }
    }
}

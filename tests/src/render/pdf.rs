//! PDF files: placed text in the encodings that Chinese documents use, and ruled tables.

use std::collections::BTreeMap;
use std::io::Write;

use super::sheet::{self, Breaking, Sheet};
use crate::print::Printed;

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PdfForm {
    /// Identifiers of glyphs with ToUnicode, thin filled rectangles, headers repeated,
    /// objects in streams.
    ToUnicode,
    /// GBK-EUC-H without ToUnicode, strokes, tables that go on over pages.
    Gbk,
    /// UniGB-UTF16-H without ToUnicode, strokes, rows cut by the page's end.
    Cut,
    /// As `Cut`, in a frame around the text of each page.
    Framed,
    /// As `Cut`, without lines where rows are cut.
    Sliced,
    /// As `Cut`, without any lines, and rows whole.
    Bare,
    /// The same with lines between rows only.
    Between,
    /// The same with shades behind every second row.
    Shaded,
    /// Identifiers of glyphs with ToUnicode, as browsers write it for fonts that draw a radical
    /// and an ideograph with one glyph: named by the radical.
    Radicals,
}

/// Radicals, each before the ideograph that looks the same.
const RADICALS: &str = "⼀一⼆二⼈人⼊入⼋八⼒力⼗十⼝口⼟土⼤大⼥女⼦子⼩小⼯工⼰己⼲干⼼心⼿手⽀支⽂文⽅方⽆无⽇日⽉月⽊木\
    ⽔水⽐比⽕火⽗父⽚片⽜牛⽟玉⽣生⽤用⽥田⽩白⽬目⽯石⽰示⽴立⽹网⽼老⽽而⾄至⾏行⾐衣⾔言⾜足⾝身⾥里⾦金⾮非⾯面\
    ⾳音⾷食⾸首⺠民⻄西⻅见⻓长⻔门⻋车⻘青⻚页⻛风⻢马⻩黄";

/// The radical that looks like the character, or itself.
fn radical(c: char) -> char {
    let pairs = RADICALS.chars().step_by(2).zip(RADICALS.chars().skip(1).step_by(2));
    pairs.into_iter().find(|&(_, ideograph)| ideograph == c).map_or(c, |(radical, _)| radical)
}

impl PdfForm {
    /// All forms that are read as a whole.
    pub const ALL: &'static [Self] =
        &[Self::ToUnicode, Self::Gbk, Self::Cut, Self::Framed, Self::Sliced, Self::Radicals];

    /// Forms in which no lines part the columns: what their places leave in doubt is not read.
    pub const OPEN: &'static [Self] = &[Self::Bare, Self::Between, Self::Shaded];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::ToUnicode => "to-unicode",
            Self::Gbk => "gbk",
            Self::Cut => "cut-rows",
            Self::Framed => "framed",
            Self::Sliced => "sliced-rows",
            Self::Bare => "bare",
            Self::Between => "lines-between-rows",
            Self::Shaded => "shaded-rows",
            Self::Radicals => "radicals",
        }
    }
}

/// Characters as codes of a font: its name in the resources and the bytes.
struct Fonts {
    form: PdfForm,
    /// Identifiers given to characters.
    glyphs: BTreeMap<char, u16>,
}

impl Fonts {
    /// Pieces of a text, each with the name of its font.
    fn encode(&mut self, text: &str) -> Vec<(&'static str, Vec<u8>)> {
        let mut pieces: Vec<(&'static str, Vec<u8>)> = Vec::new();
        for c in text.chars() {
            let (font, code) = self.code(c);
            match pieces.last_mut() {
                Some((last, bytes)) if *last == font => bytes.extend(code),
                _ => pieces.push((font, code)),
            }
        }
        pieces
    }

    fn code(&mut self, c: char) -> (&'static str, Vec<u8>) {
        let utf16 = || {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()).collect::<Vec<u8>>()
        };
        match self.form {
            PdfForm::ToUnicode | PdfForm::Radicals => {
                let next = self.glyphs.len() as u16 + 3;
                ("F0", self.glyphs.entry(c).or_insert(next).to_be_bytes().to_vec())
            }
            PdfForm::Gbk => {
                let text = c.to_string();
                match encoding_rs::GBK.encode(&text) {
                    (bytes, _, false) if bytes[0] != 0x80 => ("F1", bytes.into_owned()),
                    _ => ("F2", utf16()),
                }
            }
            _ => ("F2", utf16()),
        }
    }

    /// The CMap from identifiers to text, and the widths.
    fn to_unicode(&self) -> (String, String) {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
        );
        let mut widths = String::new();
        let entries: Vec<(&char, &u16)> = self.glyphs.iter().collect();
        for chunk in entries.chunks(100) {
            map.push_str(&format!("{} beginbfchar\n", chunk.len()));
            for (c, id) in chunk {
                let named = if self.form == PdfForm::Radicals { radical(**c) } else { **c };
                let units: String =
                    named.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04X}")).collect();
                map.push_str(&format!("<{id:04X}> <{units}>\n"));
            }
            map.push_str("endbfchar\n");
        }
        for (c, id) in entries {
            widths.push_str(&format!("{id} [{}] ", (sheet::advance(*c) * 1000.0) as u32));
        }
        map.push_str("endcmap CMapName currentdict /CMap defineresource pop end end");
        (map, widths)
    }
}

pub(super) fn render(printed: &Printed, form: PdfForm) -> Vec<u8> {
    let breaking = match form {
        PdfForm::ToUnicode => Breaking::Repeat,
        PdfForm::Gbk | PdfForm::Bare | PdfForm::Between | PdfForm::Shaded | PdfForm::Radicals => {
            Breaking::Plain
        }
        PdfForm::Cut => Breaking::Cut,
        PdfForm::Framed => Breaking::Framed,
        PdfForm::Sliced => Breaking::Sliced,
    };
    let sheets = sheet::sheets(printed, breaking);
    let mut fonts = Fonts { form, glyphs: BTreeMap::new() };
    let contents: Vec<String> =
        sheets.sheets.iter().map(|sheet| content(sheet, sheets.height, &mut fonts)).collect();
    let mut file = PdfFile::default();
    let composite = |encoding: &str, descendant: usize, extra: &str| {
        format!(
            "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/{encoding}/DescendantFonts[{descendant} 0 R]{extra}>>"
        )
    };
    let descendant = |ordering: &str, widths: &str| {
        format!(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>/DW 1000/W[{widths}]>>"
        )
    };
    file.object(1, "<</Type/Catalog/Pages 2 0 R>>".to_owned());
    let kids: String = (0..contents.len()).map(|page| format!("{} 0 R ", 20 + 2 * page)).collect();
    file.object(
        2,
        format!(
            "<</Type/Pages/Count {}/Kids[{kids}]/MediaBox[0 0 {} {}]/Resources<</Font<</F0 3 0 R/F1 6 0 R/F2 8 0 R>>>>>>",
            contents.len(),
            sheets.width,
            sheets.height
        ),
    );
    let (map, widths) = fonts.to_unicode();
    file.object(3, composite("Identity-H", 4, "/ToUnicode 5 0 R"));
    file.object(4, descendant("Identity", &widths));
    file.stream(5, map.as_bytes());
    file.object(6, composite("GBK-EUC-H", 7, ""));
    file.object(7, descendant("GB1", "814 907 500 7716 [500]"));
    file.object(8, composite("UniGB-UTF16-H", 9, ""));
    file.object(9, descendant("GB1", "1 95 500"));
    for (page, content) in contents.iter().enumerate() {
        let id = 20 + 2 * page;
        file.object(id, format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", id + 1));
        file.stream(id + 1, content.as_bytes());
    }
    file.finish(form == PdfForm::ToUnicode)
}

fn content(sheet: &Sheet, height: f64, fonts: &mut Fonts) -> String {
    let mut out = String::new();
    if fonts.form == PdfForm::Shaded {
        out.push_str(&shades(sheet, height));
    }
    let is_drawn = |&&[_, y0, _, y1]: &&[f64; 4]| match fonts.form {
        PdfForm::Bare | PdfForm::Shaded => false,
        PdfForm::Between => y0 == y1,
        _ => true,
    };
    for &[x0, y0, x1, y1] in sheet.rules.iter().filter(is_drawn) {
        let (y0, y1) = (height - y0, height - y1);
        if fonts.form == PdfForm::ToUnicode {
            let (w, h) = ((x1 - x0).abs().max(0.5), (y1 - y0).abs().max(0.5));
            out.push_str(&format!("{x0:.2} {:.2} {w:.2} {h:.2} re f\n", y0.min(y1)));
        } else {
            out.push_str(&format!("{x0:.2} {y0:.2} m {x1:.2} {y1:.2} l S\n"));
        }
    }
    for text in &sheet.texts {
        out.push_str(&format!("BT 1 0 0 1 {:.2} {:.2} Tm ", text.x, height - text.y));
        for (font, bytes) in fonts.encode(&text.text) {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
            out.push_str(&format!("/{font} {} Tf <{hex}> Tj ", text.size));
        }
        out.push_str("ET\n");
    }
    out
}

/// Grounds of every second row, as wide as the tables.
fn shades(sheet: &Sheet, height: f64) -> String {
    let across = || sheet.rules.iter().filter(|[_, y0, _, y1]| y0 == y1);
    let left = across().map(|rule| rule[0]).fold(f64::INFINITY, f64::min);
    let right = across().map(|rule| rule[2]).fold(f64::NEG_INFINITY, f64::max);
    let mut ys: Vec<f64> = across().map(|rule| rule[1]).collect();
    ys.sort_by(f64::total_cmp);
    ys.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    let rows: String = (ys.windows(2).step_by(2))
        .map(|row| {
            format!("{left:.2} {:.2} {:.2} {:.2} re f\n", height - row[1], right - left, row[1] - row[0])
        })
        .collect();
    format!("0.9 g\n{rows}0 g\n")
}

/// A file being written.
#[derive(Default)]
pub struct PdfFile {
    /// Objects as written, and whether they are streams.
    objects: BTreeMap<usize, (Vec<u8>, bool)>,
}

impl PdfFile {
    /// Adds an object of that number.
    pub fn object(&mut self, id: usize, text: String) {
        self.objects.insert(id, (text.into_bytes(), false));
    }

    /// Adds a stream, deflated.
    pub fn stream(&mut self, id: usize, bytes: &[u8]) {
        self.stream_with(id, "", bytes);
    }

    /// Adds a stream, deflated, with more entries in its dictionary.
    pub fn stream_with(&mut self, id: usize, entries: &str, bytes: &[u8]) {
        let deflated = deflate(bytes);
        let mut body =
            format!("<<{entries}/Filter/FlateDecode/Length {}>>stream\n", deflated.len()).into_bytes();
        body.extend(deflated);
        body.extend(b"\nendstream");
        self.objects.insert(id, (body, true));
    }

    /// Adds a stream whose bytes are encoded already, as its dictionary says.
    pub fn encoded(&mut self, id: usize, entries: &str, bytes: &[u8]) {
        let mut body = format!("<<{entries}/Length {}>>stream\n", bytes.len()).into_bytes();
        body.extend(bytes);
        body.extend(b"\nendstream");
        self.objects.insert(id, (body, true));
    }

    /// The bytes of the file; with `packed`, objects in a stream, and cross-references in
    /// another.
    pub fn finish(mut self, packed: bool) -> Vec<u8> {
        let mut packed_ids = Vec::new();
        let last = self.objects.keys().max().copied().unwrap_or(0);
        let (bundle, references) = (last + 1, last + 2);
        if packed {
            let (mut index, mut body) = (String::new(), Vec::new());
            for (id, (bytes, _)) in self.objects.iter().filter(|(_, (_, stream))| !stream) {
                index.push_str(&format!("{id} {} ", body.len()));
                body.extend(bytes);
                body.push(b'\n');
                packed_ids.push(*id);
            }
            self.objects.retain(|_, (_, stream)| *stream);
            let entries = format!("/Type/ObjStm/N {}/First {}", packed_ids.len(), index.len());
            let mut bytes = index.into_bytes();
            bytes.extend(body);
            self.stream_with(bundle, &entries, &bytes);
        }
        let mut out = b"%PDF-1.5\n%\xe4\xb8\xad\n".to_vec();
        let mut offsets: BTreeMap<usize, usize> = BTreeMap::new();
        for (id, (bytes, _)) in &self.objects {
            offsets.insert(*id, out.len());
            out.extend(format!("{id} 0 obj\n").bytes());
            out.extend(bytes);
            out.extend(b"\nendobj\n");
        }
        let start = out.len();
        if packed {
            offsets.insert(references, start);
            let mut table = Vec::new();
            for id in 0..=references {
                let in_bundle = packed_ids.iter().position(|own| *own == id);
                let (kind, value, index) = match (offsets.get(&id), in_bundle) {
                    (Some(offset), _) => (1, *offset, 0),
                    (None, Some(index)) => (2, bundle, index),
                    (None, None) => (0, 0, 0),
                };
                table.push(kind);
                table.extend((value as u32).to_be_bytes());
                table.extend((index as u16).to_be_bytes());
            }
            let mut own = Self::default();
            let entries = format!("/Type/XRef/W[1 4 2]/Size {}/Root 1 0 R", references + 1);
            own.stream_with(references, &entries, &table);
            out.extend(format!("{references} 0 obj\n").bytes());
            out.extend(&own.objects[&references].0);
            out.extend(b"\nendobj\n");
        } else {
            out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", last + 1).bytes());
            for id in 1..=last {
                match offsets.get(&id) {
                    Some(offset) => out.extend(format!("{offset:010} 00000 n \n").bytes()),
                    None => out.extend(b"0000000000 00000 f \n"),
                }
            }
            out.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\n", last + 1).bytes());
        }
        out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        out
    }
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

//! Web pages in one file, as Word and browsers save them.

use super::html::{self, HtmlForm};
use crate::print::Printed;
use crate::random::Random;

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MhtmlForm {
    /// Word's page in GBK, quoted-printable, before its other files.
    Word,
    /// A browser's page in UTF-8 and base64, named as the one that counts.
    Browser,
}

impl MhtmlForm {
    /// All forms.
    pub const ALL: &'static [Self] = &[Self::Word, Self::Browser];

    /// The name in tables of results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Browser => "browser",
        }
    }
}

pub(super) fn render(printed: &Printed, form: MhtmlForm, random: &mut Random) -> Vec<u8> {
    let other = "<html><body><p>99777</p></body></html>";
    let text = match form {
        MhtmlForm::Word => {
            let page = html::render(printed, HtmlForm::Gbk, random);
            format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----=_NextPart_01D\"\r\n\r\nThis document is a Single File Web Page. 99777\r\n\r\n------=_NextPart_01D\r\nContent-Location: file:///C:/99777/report.htm\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"gb2312\"\r\n\r\n{}\r\n------=_NextPart_01D\r\nContent-Location: file:///C:/99777/header.htm\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"us-ascii\"\r\n\r\n{other}\r\n------=_NextPart_01D--\r\n",
                quoted_printable(&page)
            )
        }
        MhtmlForm::Browser => {
            let page = html::render(printed, HtmlForm::Site, random);
            format!(
                "From: <Saved by Browser>\nSnapshot-Content-Location: http://www.example.cn/99777.html\nSubject: =?utf-8?Q?99777?=\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype=\"text/html\";\n\tstart=\"<page@mhtml>\"; boundary=\"a;b\"\n\n--a;b\nContent-Type: text/html\nContent-ID: <frame@mhtml>\n\n{other}\n--a;b\nContent-Type: text/html; charset=utf-8\nContent-ID: <page@mhtml>\nContent-Transfer-Encoding: base64\n\n{}\n--a;b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--a;b--\n",
                base64(&page)
            )
        }
    };
    text.into_bytes()
}

fn quoted_printable(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut width = 0;
    for (n, &byte) in bytes.iter().enumerate() {
        let last = bytes.get(n + 1) == Some(&b'\n');
        let piece = match byte {
            b'\n' => "\r\n".to_owned(),
            b' ' if last => "=20".to_owned(),
            b' '..=b'~' if byte != b'=' => char::from(byte).to_string(),
            _ => format!("={byte:02X}"),
        };
        if byte != b'\n' && width + piece.len() > 75 {
            out.push_str("=\r\n");
            width = 0;
        }
        width = if byte == b'\n' { 0 } else { width + piece.len() };
        out.push_str(&piece);
    }
    out
}

/// Base64 in lines ([RFC 2045] 6.8).
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (n, three) in bytes.chunks(3).enumerate() {
        let bits = three.iter().fold(0_u32, |bits, &b| bits << 8 | u32::from(b)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place > three.len() { '=' } else { char::from(digit) });
        }
        if n % 19 == 18 {
            out.push('\n');
        }
    }
    out
}

//! What a group inherits, and what it is for ("RTF Syntax", "Destinations").

use crate::format::word::{Look, Raised};

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    Text,
    /// The automatic number of the paragraph, written out.
    Number,
    Fonts,
    /// Shapes and objects: only what is nested in them is printed.
    Quiet,
}

/// What the end of a group ends with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Nothing,
    Number,
    TextBox,
    RowProperties,
}

/// What the first word of a group makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing in it is printed.
    Skip,
    /// The group goes on as the one around it, also after `\*`.
    Through,
    /// Text again, inside what is quiet.
    Result,
    Quiet,
    Fonts,
    Number,
    TextBox,
    /// Definition and end of a nested row.
    RowProperties,
    Picture,
    /// `\upr` holds a text twice, `\ud` the one in Unicode.
    TwoTexts,
    UnicodeText,
}

/// The role of a group by one of its words; nothing if the word is no destination.
pub(super) fn role(word: &[u8]) -> Option<Role> {
    Some(match word {
        b"fonttbl" => Role::Fonts,
        b"listtext" | b"pntext" => Role::Number,
        b"pict" => Role::Picture,
        b"nesttableprops" => Role::RowProperties,
        b"shptxt" | b"dptxbxtext" => Role::TextBox,
        b"result" => Role::Result,
        b"upr" => Role::TwoTexts,
        b"ud" => Role::UnicodeText,
        b"shp" | b"shpgrp" | b"shpinst" | b"sp" | b"sv" | b"object" | b"do" => Role::Quiet,
        b"shppict" | b"field" | b"fldrslt" | b"mmath" | b"moMath" | b"moMathPara" => Role::Through,
        b"colortbl" | b"filetbl" | b"stylesheet" | b"listtable" | b"listoverridetable" | b"revtbl"
        | b"rsidtbl" | b"info" | b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer"
        | b"footerl" | b"footerr" | b"footerf" | b"footnote" | b"ftnsep" | b"ftnsepc" | b"ftncn"
        | b"aftnsep" | b"aftnsepc" | b"aftncn" | b"annotation" | b"fldinst" | b"datafield" | b"formfield"
        | b"nonshppict" | b"shprslt" | b"nonesttables" | b"pntxta" | b"pntxtb" | b"pn" | b"pnseclvl"
        | b"bkmkstart" | b"bkmkend" | b"xe" | b"tc" | b"tcn" | b"rxe" | b"txe" | b"private" | b"comment"
        | b"objclass" | b"objname" | b"objdata" | b"objalias" | b"objsect" | b"sn" | b"falt" | b"panose"
        | b"fname" | b"template" | b"background" | b"mmathPict" | b"generator" | b"userprops"
        | b"xmlnstbl" => Role::Skip,
        // Properties of formulas.
        [b'm', .., b'P', b'r'] => Role::Skip,
        _ => return None,
    })
}

/// The properties of a group's text.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) destination: Destination,
    /// What was meant before `\upr`.
    pub(super) meant: Destination,
    pub(super) ends: Ends,
    /// `\*` was the last token.
    pub(super) starred: bool,
    pub(super) look: Look,
    pub(super) deleted: bool,
    /// Characters that stand for one in Unicode, for readers that do not know it.
    pub(super) substitutes: u32,
    pub(super) font: Option<i32>,
    /// The font for East Asian characters.
    pub(super) east_asian: Option<i32>,
    /// The words last named East Asian characters.
    pub(super) in_east_asian: bool,
    pub(super) in_table: bool,
    pub(super) nesting: Option<u32>,
    pub(super) outline: Option<u8>,
}

impl State {
    pub(super) const START: Self = Self {
        destination: Destination::Text,
        meant: Destination::Text,
        ends: Ends::Nothing,
        starred: false,
        look: Look::PLAIN,
        deleted: false,
        substitutes: 1,
        font: None,
        east_asian: None,
        in_east_asian: false,
        in_table: false,
        nesting: None,
        outline: None,
    };

    /// `\plain`.
    pub(super) fn reset_characters(&mut self) {
        (self.look, self.deleted) = (Look::PLAIN, false);
        (self.font, self.east_asian, self.in_east_asian) = (None, None, false);
    }

    /// `\pard`.
    pub(super) fn reset_paragraph(&mut self) {
        (self.in_table, self.nesting, self.outline) = (false, None, None);
    }

    /// How many tables the paragraph stands in.
    pub(super) fn depth(&self) -> u32 {
        self.nesting.unwrap_or(u32::from(self.in_table))
    }

    /// A word about characters; whether it is one.
    pub(super) fn character_word(&mut self, word: &[u8], number: Option<i32>) -> bool {
        let on = number != Some(0);
        match word {
            b"plain" => self.reset_characters(),
            b"v" => self.look.hidden = on,
            b"strike" | b"striked" => self.look.struck = on,
            b"super" => self.look.raised = if on { Raised::Super } else { Raised::No },
            b"sub" => self.look.raised = if on { Raised::Sub } else { Raised::No },
            b"nosupersub" => self.look.raised = Raised::No,
            b"deleted" | b"mvf" => self.deleted = on,
            b"uc" => self.substitutes = number.and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
            b"f" => {
                self.font = number;
                if self.in_east_asian {
                    self.east_asian = number;
                }
            }
            b"af" if self.in_east_asian => self.east_asian = number,
            b"dbch" => self.in_east_asian = true,
            b"loch" | b"hich" | b"rtlch" | b"ltrch" => self.in_east_asian = false,
            _ => return false,
        }
        true
    }
}

/// Words and symbols that stand for characters ("Special Characters").
pub(super) fn character(word: &[u8]) -> Option<&'static str> {
    Some(match word {
        b"tab" => "\t",
        b"line" | b"lbr" => "\n",
        b"emdash" => "—",
        b"endash" => "–",
        b"emspace" => "\u{2003}",
        b"enspace" => "\u{2002}",
        b"qmspace" => "\u{2005}",
        b"bullet" => "•",
        b"lquote" => "‘",
        b"rquote" => "’",
        b"ldblquote" => "“",
        b"rdblquote" => "”",
        // Nothing that a person sees.
        b"ltrmark" | b"rtlmark" | b"zwj" | b"zwnj" | b"zwbo" | b"zwnbo" => "",
        _ => return None,
    })
}

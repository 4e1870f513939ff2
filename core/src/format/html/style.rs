//! What an inline style says about whether and how text is seen, read once for each
//! element. Values are compared without regard to case; of several declarations of one
//! property the last one counts.

/// White space in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Collapsed,
    Kept,
    LinesKept,
}

/// Properties of an element's `style` attribute.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    no_display: bool,
    invisible: bool,
    struck: bool,
    word_hides: bool,
    word_comment: bool,
    word_comment_sign: bool,
    /// `display` makes it a block.
    pub(super) block: bool,
    pub(super) space: Option<Space>,
    /// Set above the line (true) or below it.
    pub(super) raised: Option<bool>,
}

impl Style {
    pub(super) fn read(declarations: &str) -> Self {
        let mut style = Self::default();
        for (name, value) in each(declarations) {
            style.declare(name, value);
        }
        style
    }

    /// Adds the declarations that are important, or those that are not.
    pub(super) fn apply(&mut self, declarations: &str, important: bool) {
        let own = each(declarations).filter(|(_, value)| is_important(value) == important);
        own.for_each(|(name, value)| self.declare(name, value));
    }

    /// Whether declarations say anything of whether or how text is seen.
    pub(super) fn matters(declarations: &str) -> bool {
        const NAMES: [&str; 7] = [
            "display",
            "visibility",
            "mso-hide",
            "text-decoration",
            "text-decoration-line",
            "text-line-through",
            "vertical-align",
        ];
        each(declarations).any(|(name, _)| NAMES.iter().any(|own| name.eq_ignore_ascii_case(own)))
    }

    fn declare(&mut self, name: &str, value: &str) {
        let named = |property: &str| name.eq_ignore_ascii_case(property);
        let is = |words: &[&str]| {
            let value = value.split_once('!').map_or(value, |(value, _)| value).trim();
            words.iter().any(|word| value.eq_ignore_ascii_case(word))
        };
        // Most properties are told apart by their length alone.
        match name.len() {
            7 if named("display") => {
                self.no_display = is(&["none"]);
                self.block = is(&["block", "flex", "grid", "list-item", "table"]);
            }
            8 if named("mso-hide") => self.word_hides = is(&["all"]),
            10 if named("visibility") => self.invisible = is(&["hidden", "collapse"]),
            11 if named("white-space") => {
                self.space = if is(&["pre", "pre-wrap", "break-spaces"]) {
                    Some(Space::Kept)
                } else if is(&["pre-line"]) {
                    Some(Space::LinesKept)
                } else {
                    is(&["normal", "nowrap"]).then_some(Space::Collapsed)
                };
            }
            11 if named("mso-element") => self.word_comment = is(&["comment-list", "comment"]),
            14 if named("vertical-align") => {
                self.raised = if is(&["super"]) { Some(true) } else { is(&["sub"]).then_some(false) };
            }
            // A line through text is kept by all within, whatever they say.
            15 | 20 if named("text-decoration") || named("text-decoration-line") => {
                let lines = value.split_once('!').map_or(value, |(lines, _)| lines);
                self.struck =
                    lines.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("line-through"));
            }
            // Word's own.
            17 if named("text-line-through") => self.struck = !is(&["none"]),
            21 if named("mso-special-character") => self.word_comment_sign = is(&["comment"]),
            _ => {}
        }
    }

    pub(super) fn hides(self) -> bool {
        self.no_display || self.invisible || self.struck || self.word_hides
    }

    /// Word's comments: the mark in the text, and the list at the end.
    pub(super) fn is_comment(self) -> bool {
        self.word_comment || self.word_comment_sign
    }
}

/// Declarations by name and value.
fn each(declarations: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = declarations.split(';').filter_map(|declaration| declaration.split_once(':'));
    pairs.map(|(name, value)| (name.trim(), value))
}

fn is_important(value: &str) -> bool {
    value.rsplit_once('!').is_some_and(|(_, mark)| mark.trim().eq_ignore_ascii_case("important"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_declaration_counts() {
        let style = Style::read("color:red; DISPLAY : None !important;white-space:pre;");
        assert!(style.hides() && !style.block);
        assert_eq!(style.space, Some(Space::Kept));
        assert!(!Style::read("display:none;display:inline").hides());
        assert!(Style::read("display:none;nothing;visibility:hidden").hides());
        assert!(Style::read("text-decoration: underline Line-Through red!important").hides());
        assert!(Style::read("text-decoration-line:line-through").hides());
        assert!(Style::read("text-line-through:double").hides());
        assert!(!Style::read("text-decoration:line-through;text-decoration:none").hides());
        assert!(Style::read("mso-special-character:comment").is_comment());
        assert_eq!(Style::read("vertical-align: Super").raised, Some(true));
    }
}

//! The words of all editions, in comparison form.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::LazyLock;

use super::label::{Agreement, Key, Label, Labels, Word, WordId};
use crate::document::fold::{chinese_number, trim};
use crate::model::Edition;
use crate::template::{BlockSpec, RowSpec, TEMPLATES};

/// With fixed keys: the words are, so nobody can choose them to collide.
type Words = HashMap<String, (WordId, Word), BuildHasherDefault<DefaultHasher>>;
type Keys = HashMap<&'static str, Key<'static>, BuildHasherDefault<DefaultHasher>>;

/// Words of every block of every edition. A block that editions share stands once.
pub(super) struct Lexicon {
    pub(super) blocks: Vec<BlockWords>,
    /// Every word of every block without what stands in brackets, for the one question asked of
    /// each cell.
    words: Words,
    /// The keys of all labels as the forms print them, which most cells are.
    keys: Keys,
}

/// Words of one block.
pub(super) struct BlockWords {
    pub(super) spec: &'static BlockSpec,
    /// Editions that have the block.
    pub(super) editions: Vec<Edition>,
    /// Number in the title: 5 for 第二十条第（五）项.
    pub(super) title: Option<u32>,
    corner: Vec<Label>,
    /// Parallel to the columns of `spec`.
    pub(super) columns: Labels,
    /// The same: labels of the groups above, from the top.
    pub(super) column_groups: Vec<Vec<Label>>,
    /// The rows of `spec`, flat, and their labels.
    pub(super) rows: Vec<&'static RowSpec>,
    pub(super) row_labels: Labels,
    row_groups: Vec<&'static str>,
    row_group_labels: Labels,
}

/// A constant that only running code can make: it depends on nothing but the templates.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

impl Lexicon {
    pub(super) fn get() -> &'static Self {
        &LEXICON
    }

    fn new() -> Self {
        let mut blocks: Vec<BlockWords> = Vec::new();
        for template in TEMPLATES {
            for spec in template.blocks {
                match blocks.iter_mut().find(|known| same(known.spec, spec)) {
                    Some(known) => known.editions.push(template.edition),
                    None => blocks.push(BlockWords::new(spec, template.edition)),
                }
            }
        }
        let mut words = Words::default();
        let mut add = |labels: &mut dyn Iterator<Item = &Label>, word: Word| {
            for (_, key) in labels.flat_map(Label::keys) {
                let next = WordId::try_from(words.len() + 1).unwrap_or(WordId::MAX);
                let (_, known) = words.entry(key.bare().to_owned()).or_insert((next, Word::default()));
                known.header |= word.header;
                known.row |= word.row;
            }
        };
        let header = Word { header: true, ..Word::default() };
        for block in &blocks {
            add(&mut block.corner.iter(), header);
            add(&mut block.columns.iter(), header);
            add(&mut block.column_groups.iter().flatten(), header);
            let row = Word { row: true, ..Word::default() };
            add(&mut block.row_labels.iter(), row);
            add(&mut block.row_group_labels.iter(), row);
        }
        // The label of a row that prints none is no word.
        words.remove("");
        let id_of = |text: &str| words.get(text).map_or(0, |&(id, _)| id);
        blocks.iter_mut().for_each(|block| block.number(&id_of));
        let labels = blocks.iter().flat_map(|block| labels(block.spec)).map(trim);
        let keys = labels.map(|label| (label, key(label, &words).borrowed_from(label))).collect();
        Self { blocks, words, keys }
    }

    /// Cells of the form, by its last edition.
    pub(super) fn cells(&self) -> usize {
        let last = self.blocks.iter().flat_map(|block| &block.editions).max();
        let of_last = self.blocks.iter().filter(|block| block.editions.last() == last);
        of_last.map(|block| block.rows.len() * block.spec.columns.len()).sum()
    }

    /// The comparison form of a printed text, with what the forms know of it.
    pub(super) fn key<'a>(&self, printed: &'a str) -> Key<'a> {
        let printed = trim(printed);
        // Nearly every cell.
        if printed.bytes().all(|b| b.is_ascii_digit()) {
            return Key::of_digits(printed);
        }
        self.keys.get(printed).cloned().unwrap_or_else(|| key(printed, &self.words))
    }
}

fn key<'a>(printed: &'a str, words: &Words) -> Key<'a> {
    let mut key = Key::new(printed);
    let (id, word) = words.get(key.bare()).copied().unwrap_or_default();
    (key.id, key.word) = (Some(id), word);
    key
}

/// All labels of a block, as the form prints them.
fn labels(spec: &'static BlockSpec) -> impl Iterator<Item = &'static str> {
    let with = |label: &'static str, others: [&'static [&'static str]; 2]| {
        std::iter::once(label).chain(others.into_iter().flatten().copied())
    };
    let corner = with(spec.title, [spec.corner, &[]]);
    let columns =
        spec.columns.iter().flat_map(move |column| with(column.label, [column.variants, column.group]));
    let groups = spec.group_variants.iter().flat_map(|(_, variants)| variants.iter().copied());
    let rows = spec.rows().flat_map(move |row| with(row.label, [row.variants, row.group]));
    corner.chain(columns).chain(groups).chain(rows)
}

/// Blocks shared by editions are equal in content, wherever the compiler put them.
fn same(a: &BlockSpec, b: &BlockSpec) -> bool {
    let rows = |spec: &BlockSpec| spec.rows().map(|r| (r.id, r.label)).collect::<Vec<_>>();
    let columns = |spec: &BlockSpec| spec.columns.iter().map(|c| (c.row, c.id, c.label)).collect::<Vec<_>>();
    a.table == b.table && a.title == b.title && columns(a) == columns(b) && rows(a) == rows(b)
}

impl BlockWords {
    fn new(spec: &'static BlockSpec, edition: Edition) -> Self {
        let mut row_groups: Vec<&'static str> = Vec::new();
        for group in spec.rows().flat_map(|row| row.group) {
            if !row_groups.contains(group) {
                row_groups.push(group);
            }
        }
        Self {
            spec,
            editions: vec![edition],
            title: title_number(&Key::new(spec.title)).flatten(),
            corner: spec.corner.iter().map(|word| Label::new(word, &[])).collect(),
            columns: Labels::new(spec.columns.iter().map(|c| Label::new(c.label, c.variants)).collect()),
            column_groups: (spec.columns.iter())
                .map(|c| c.group.iter().map(|g| Label::new(g, group_variants(spec, g))).collect())
                .collect(),
            rows: spec.rows().collect(),
            row_labels: Labels::new(spec.rows().map(|row| Label::new(row.label, row.variants)).collect()),
            row_group_labels: Labels::new(row_groups.iter().map(|group| Label::new(group, &[])).collect()),
            row_groups,
        }
    }

    /// Gives all words their numbers.
    fn number(&mut self, id_of: &impl Fn(&str) -> WordId) {
        for labels in [&mut self.columns, &mut self.row_labels, &mut self.row_group_labels] {
            labels.number(id_of);
        }
        let others = self.corner.iter_mut().chain(self.column_groups.iter_mut().flatten());
        others.for_each(|label| label.number(id_of));
    }

    pub(super) fn is_corner(&self, key: &Key<'_>) -> bool {
        self.corner.iter().any(|label| label.known(key).is_some())
    }

    /// The group of rows the text names.
    pub(super) fn row_group(&self, key: &Key<'_>) -> Option<&'static str> {
        self.row_group_labels.best(key).and_then(|(index, _)| self.row_groups.get(index).copied())
    }

    /// The row the text names.
    pub(super) fn row(&self, key: &Key<'_>) -> Option<(usize, Agreement)> {
        self.row_labels.best(key)
    }
}

fn group_variants(spec: &'static BlockSpec, group: &str) -> &'static [&'static str] {
    spec.group_variants.iter().find(|(own, _)| *own == group).map_or(&[], |(_, variants)| variants)
}

/// The number in a block's title such as 第二十条第（五）项; `Some(None)` where the title
/// stands but its number is lost.
pub(super) fn title_number(key: &Key<'_>) -> Option<Option<u32>> {
    // Asked of every cell and every short line; labels are no titles.
    if key.word.is_known() || !(ARTICLE.len()..=MAX_TITLE).contains(&key.full.len()) {
        return None;
    }
    let (_, rest) = key.full.split_once(ARTICLE)?;
    let rest = rest.strip_prefix("第").unwrap_or(rest);
    let (inside, tail) = match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(')')?,
        None => {
            let (inside, _) = rest.split_once('项')?;
            (inside, "项")
        }
    };
    let number = chinese_number(inside).or_else(|| inside.parse().ok());
    (tail.starts_with('项') && key.full.chars().count() <= 20 && (number.is_some() || inside.is_empty()))
        .then_some(number)
}

/// The article of the Regulations that all titles name.
const ARTICLE: &str = "第二十条";

/// No title is longer, in bytes: twenty characters.
const MAX_TITLE: usize = 20 * 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_give_their_number() {
        for (text, number) in [
            ("第二十条第（一）项", Some(Some(1))),
            ("第二十条  第(九)项", Some(Some(9))),
            ("第二十条(五)项", Some(Some(5))),
            ("第二十条第五项", Some(Some(5))),
            ("《条例》第二十条第（八）项", Some(Some(8))),
            ("第二十条第()项", Some(None)),
            ("第二十条", None),
            ("第二十条第（一）款", None),
            ("第二十条第（某）项", None),
            ("第二十条第某项", None),
            ("《中华人民共和国政府信息公开条例》第二十条第（一）项", None),
            ("规章", None),
        ] {
            assert_eq!(title_number(&Key::new(text)), number, "{text}");
        }
    }

    #[test]
    fn no_word_of_a_form_is_a_title() {
        let title = Lexicon::new().words.into_keys().find(|word| title_number(&Key::new(word)).is_some());
        assert_eq!(title, None);
    }

    #[test]
    fn shared_blocks_stand_once() {
        let lexicon = Lexicon::new();
        let review: Vec<_> = lexicon.blocks.iter().filter(|b| b.spec.table == "review").collect();
        assert_eq!(review.len(), 1);
        assert_eq!(review[0].editions, [Edition(2019), Edition(2021)]);
        assert_eq!(lexicon.blocks.len(), 5 + 4 + 2 + 1);
    }
}

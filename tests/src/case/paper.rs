//! The printed report of a case, and what a case may change in it.

use super::base::{Plan, truth};
use crate::print::{Cell, Item, Printed, Role, Row, Style, Table, print};
use crate::random::Random;
use crate::truth::Fact;

/// A section: its heading and what stands below it.
#[derive(Debug)]
struct Section {
    name: &'static str,
    number: &'static str,
    /// Words of the heading; none where it is not printed.
    words: Option<String>,
    paragraphs: Vec<String>,
    tables: Vec<Table>,
}

/// Name, number, heading and text of the plain sections.
const SECTIONS: [(&str, &str, &str, &[&str]); 6] = [
    ("overview", "一、", "总体情况", &["本年度政府信息公开工作平稳有序。"]),
    ("proactive", "二、", "主动公开政府信息情况", &[]),
    ("requests", "三、", "收到和处理政府信息公开申请情况", &[]),
    ("review", "四、", "政府信息公开行政复议、行政诉讼情况", &[]),
    ("problems", "五、", "存在的主要问题及改进情况", &["公开的主动性有待加强，将组织业务学习。"]),
    ("other_matters", "六、", "其他需要报告的事项", &["按规定报送。"]),
];

/// A report about to be printed.
#[derive(Debug)]
pub(super) struct Paper {
    pub(super) title: Option<String>,
    pub(super) period: Option<String>,
    sections: Vec<Section>,
    facts: Vec<Fact>,
}

impl Paper {
    pub(super) fn new(plan: &Plan, agency: &str) -> Self {
        let printed = print(&truth(plan), &Style::default(), &mut Random::new(1));
        let mut tables: Vec<Table> = printed.tables().map(|(_, table)| table.clone()).collect();
        let review = tables.split_off(tables.len() - 1);
        let requests = tables.split_off(tables.len() - 1);
        let mut tables = [Vec::new(), tables, requests, review, Vec::new(), Vec::new()].into_iter();
        let section = |(name, number, words, paragraphs): (_, _, &str, &[&str])| Section {
            name,
            number,
            words: Some(words.to_owned()),
            paragraphs: paragraphs.iter().map(|text| (*text).to_owned()).collect(),
            tables: tables.next().unwrap_or_default(),
        };
        let year = plan.year;
        Self {
            title: Some(format!("{agency}{year}年政府信息公开工作年度报告")),
            period: Some(format!("本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。")),
            sections: SECTIONS.map(section).into_iter().collect(),
            facts: printed.facts,
        }
    }

    pub(super) fn print(self) -> Printed {
        let mut items: Vec<Item> = self.title.into_iter().map(Item::Title).collect();
        items.extend(self.period.map(Item::Paragraph));
        for section in self.sections {
            items.extend(section.words.map(|words| Item::Heading(section.number.to_owned(), words)));
            items.extend(section.paragraphs.into_iter().map(Item::Paragraph));
            items.extend(section.tables.into_iter().map(Item::Table));
        }
        Printed { items, facts: self.facts }
    }

    fn section(&mut self, name: &str) -> &mut Section {
        let found = self.sections.iter_mut().find(|section| section.name == name);
        found.unwrap_or_else(|| panic!("no section {name}"))
    }

    pub(super) fn say(&mut self, section: &str, text: &str) {
        self.section(section).paragraphs.push(text.to_owned());
    }

    pub(super) fn heading(&mut self, section: &str, words: &str) {
        self.section(section).words = Some(words.to_owned());
    }

    pub(super) fn drop_text(&mut self, section: &str) {
        self.section(section).paragraphs.clear();
    }

    /// The section's heading and text; its tables stay, below the section before.
    pub(super) fn drop_section(&mut self, name: &str) {
        let section = self.section(name);
        section.words = None;
        section.paragraphs.clear();
    }

    /// The section stands before the other, with its number.
    pub(super) fn move_section(&mut self, name: &str, before: &str) {
        let at = |sections: &[Section], name: &str| {
            sections.iter().position(|section| section.name == name).unwrap_or_else(|| panic!("no {name}"))
        };
        let from = at(&self.sections, name);
        let section = self.sections.remove(from);
        let to = at(&self.sections, before);
        self.sections.insert(to, section);
        for (section, (_, number, ..)) in self.sections.iter_mut().zip(SECTIONS) {
            section.number = number;
        }
    }

    pub(super) fn drop_table(&mut self, name: &str) {
        self.section(name).tables.clear();
    }

    pub(super) fn drop_block(&mut self, item: &str) {
        let title = format!("第二十条第（{item}）项");
        let tables = &mut self.section("proactive").tables;
        let before = tables.len();
        tables.retain(|table| table.rows.first().is_none_or(|row| row.cells[0].line() != title));
        assert!(tables.len() < before, "no block {item}");
    }

    fn tables(&mut self) -> impl Iterator<Item = &mut Table> {
        self.sections.iter_mut().flat_map(|section| &mut section.tables)
    }

    /// The table and row in which a row of facts, `requests.granted`, stands.
    fn row(&mut self, id: &str) -> (&mut Table, usize) {
        let prefix = format!("{id}.");
        let facts: Vec<usize> = self
            .facts
            .iter()
            .enumerate()
            .filter(|(_, f)| f.id.starts_with(&prefix))
            .map(|(i, _)| i)
            .collect();
        for table in self.tables() {
            let own = |cell: &Cell| matches!(cell.role, Role::Value(fact) if facts.contains(&fact));
            if let Some(row) = table.rows.iter().position(|row| row.cells.iter().any(own)) {
                return (table, row);
            }
        }
        panic!("no row {id}");
    }

    pub(super) fn set(&mut self, id: &str, text: &str) {
        let fact = self.facts.iter().position(|fact| fact.id == id);
        let fact = fact.unwrap_or_else(|| panic!("no cell {id}"));
        let mut cells = self.tables().flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells);
        let cell = cells.find(|cell| cell.role == Role::Value(fact));
        cell.unwrap_or_else(|| panic!("{id} is not printed")).paragraphs = vec![text.to_owned()];
    }

    /// Prints another label, header or title in the place of every one of those words.
    pub(super) fn relabel(&mut self, from: &str, to: &str) {
        let mut found = false;
        for cell in self.tables().flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells) {
            if !matches!(cell.role, Role::Value(_)) && cell.line() == from {
                cell.paragraphs = vec![to.to_owned()];
                found = true;
            }
        }
        assert!(found, "nobody prints {from:?}");
    }

    pub(super) fn drop_row(&mut self, id: &str) {
        let (table, row) = self.row(id);
        for (above, cells) in table.rows[..row].iter_mut().enumerate() {
            for cell in cells.cells.iter_mut().filter(|cell| above + cell.rows > row) {
                cell.rows -= 1;
            }
        }
        let gone = table.rows.remove(row);
        let mut kept: Vec<Cell> = gone.cells.into_iter().filter(|cell| cell.rows > 1).collect();
        kept.iter_mut().for_each(|cell| cell.rows -= 1);
        if let Some(next) = table.rows.get_mut(row) {
            next.cells.splice(0..0, kept);
        }
    }

    pub(super) fn drop_cell(&mut self, id: &str) {
        let fact = self.facts.iter().position(|fact| fact.id == id);
        for row in self.tables().flat_map(|table| &mut table.rows) {
            row.cells.retain(|cell| !matches!(cell.role, Role::Value(own) if Some(own) == fact));
        }
    }

    /// A row that the form does not have, below another and as deep.
    pub(super) fn add_row(&mut self, below: &str, label: &str, values: &str) {
        let (table, row) = self.row(below);
        let own = table.rows[row].cells.iter().rfind(|cell| cell.role == Role::Label).cloned();
        let mut own = own.unwrap_or_else(|| panic!("{below} has no label"));
        own.paragraphs = vec![label.to_owned()];
        for (above, cells) in table.rows[..=row].iter_mut().enumerate() {
            for cell in cells.cells.iter_mut().filter(|cell| cell.rows > 1 && above + cell.rows > row) {
                cell.rows += 1;
            }
        }
        let block = table.rows[row].block;
        let cells = [own].into_iter().chain(numbers(values)).collect();
        table.rows.insert(row + 1, Row { cells, block });
    }

    /// A subtotal on top of a group of rows, `requests.denied`, in the group's own row or
    /// under a label of its own.
    pub(super) fn subtotal(&mut self, group: &str, label: Option<&str>, values: &str) {
        let (table, row) = self.row(group);
        let cells = &mut table.rows[row].cells;
        let at = cells.iter().rposition(|cell| cell.role == Role::Label && cell.rows > 1);
        let at = at.unwrap_or_else(|| panic!("{group} is no group"));
        let mut top: Vec<Cell> = cells.drain(..at).collect();
        let mut name = cells[0].clone();
        match label {
            Some(label) => {
                name.rows += 1;
                top.push(name.clone());
                name.paragraphs = vec![label.to_owned()];
                name.rows = 1;
                cells.remove(0);
            }
            None => {
                name.rows = 1;
                name.columns = 2;
            }
        }
        top.push(name);
        for cell in &mut top {
            if cell.line() == crate::form::OUTCOMES {
                cell.rows += 1;
            }
        }
        for (above, cells) in table.rows[..row].iter_mut().enumerate() {
            for cell in cells.cells.iter_mut().filter(|cell| above + cell.rows > row) {
                cell.rows += 1;
            }
        }
        let block = table.rows[row].block;
        top.extend(numbers(values));
        table.rows.insert(row, Row { cells: top, block });
    }
}

/// Cells of a row that has no facts.
fn numbers(values: &str) -> impl Iterator<Item = Cell> {
    values.split_whitespace().map(|text| Cell {
        paragraphs: vec![text.to_owned()],
        columns: 1,
        rows: 1,
        role: Role::Label,
    })
}

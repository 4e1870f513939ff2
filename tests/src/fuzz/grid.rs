//! A page made of headings, sentences and tables, as a program says.

use super::program::{NUMBERS, Program, WORDS};

/// Longer programs add nothing but time.
const STEPS: usize = 400;

/// The page; every text in it stands as it is.
pub(super) fn page(program: &[u8]) -> String {
    let mut program = Program(program);
    let mut page = String::from("<!DOCTYPE html><meta charset=utf-8><body>");
    let mut in_table = false;
    for _ in 0..STEPS {
        if program.is_over() {
            break;
        }
        match program.byte() % 16 {
            0 | 1 if in_table => page.push_str("<tr>"),
            2 if in_table => {
                page.push_str("</table>");
                in_table = false;
            }
            0..=2 => {
                page.push_str("<table><tr>");
                in_table = true;
            }
            3 if !in_table => {
                let word = program.pick(WORDS);
                page.push_str(&format!("<h2>{word}</h2>"));
            }
            4 if !in_table => {
                let (word, number) = (program.pick(WORDS), program.pick(NUMBERS));
                page.push_str(&format!("<p>{word}{number}{}</p>", program.pick(WORDS)));
            }
            // A row as the form has it: a label and its numbers.
            5 | 6 if in_table => {
                page.push_str(&format!("<tr><td>{}", program.pick(WORDS)));
                for _ in 0..program.byte() % 9 {
                    page.push_str(&format!("<td>{}", program.pick(NUMBERS)));
                }
            }
            // A run of the form's words in their order.
            7 if in_table => {
                let first = program.below(WORDS.len());
                for word in WORDS.iter().skip(first).take(usize::from(program.byte() % 8)) {
                    page.push_str(&format!("<td>{word}"));
                }
            }
            kind if in_table => {
                let text = if kind % 2 == 0 { program.pick(WORDS) } else { program.pick(NUMBERS) };
                let (columns, rows) = match kind {
                    12.. => (program.byte() % 9, program.byte() % 9),
                    _ => (1, 1),
                };
                page.push_str(&format!("<td colspan={columns} rowspan={rows}>{text}</td>"));
            }
            _ => page.push_str(&format!("<p>{}</p>", program.pick(WORDS))),
        }
    }
    page
}

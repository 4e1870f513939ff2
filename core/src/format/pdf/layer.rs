//! Optional content: layers that are switched off are not shown (ISO 32000-1, 8.11).

use std::collections::BTreeSet;

use super::file::File;
use super::object::{Dict, Object};
use crate::error::Result;

/// What the document's own configuration switches off.
#[derive(Debug, Default)]
pub(super) struct Layers {
    /// Object numbers of the groups that are off, or, with `off_at_first`, that are on.
    named: BTreeSet<u32>,
    off_at_first: bool,
}

impl Layers {
    pub(super) fn read(catalog: &Dict, file: &File<'_>) -> Result<Self> {
        let properties = file.get(catalog, b"OCProperties")?;
        let Some(properties) = properties.dict() else { return Ok(Self::default()) };
        let own = file.get(properties, b"D")?;
        let Some(own) = own.dict() else { return Ok(Self::default()) };
        let off_at_first = file.get(own, b"BaseState")?.name() == Some(b"OFF");
        let list = file.get(own, if off_at_first { b"ON" } else { b"OFF" })?;
        let numbers = list.array().unwrap_or_default().iter().filter_map(number);
        Ok(Self { named: numbers.collect(), off_at_first })
    }

    /// Whether content is shown that is marked with these operands.
    pub(super) fn shows_content(
        &self,
        operands: &[Object],
        resources: &Dict,
        file: &File<'_>,
    ) -> Result<bool> {
        let [tag, Object::Name(name)] = operands else { return Ok(true) };
        if tag.name() != Some(b"OC") {
            return Ok(true);
        }
        let properties = file.get(resources, b"Properties")?;
        let own = properties.dict().and_then(|properties| properties.get(name.as_ref()));
        own.map_or(Ok(true), |own| self.shows(own, file))
    }

    /// Whether a group is shown, or the groups of a membership by its policy.
    pub(super) fn shows(&self, layer: &Object, file: &File<'_>) -> Result<bool> {
        let own = file.resolve(layer)?;
        let Some(own) = own.dict() else { return Ok(true) };
        if file.get(own, b"Type")?.name() != Some(b"OCMD") {
            return Ok(number(layer).is_none_or(|layer| self.is_on(layer)));
        }
        let groups: Vec<u32> = match own.get(b"OCGs".as_slice()) {
            Some(one @ Object::Reference(group)) => match file.resolve(one)? {
                Object::Array(groups) => groups.iter().filter_map(number).collect(),
                _ => vec![*group],
            },
            Some(Object::Array(groups)) => groups.iter().filter_map(number).collect(),
            _ => Vec::new(),
        };
        let mut states = groups.iter().map(|&group| self.is_on(group));
        Ok(groups.is_empty()
            || match file.get(own, b"P")?.name() {
                Some(b"AllOn") => states.all(|on| on),
                Some(b"AnyOff") => states.any(|on| !on),
                Some(b"AllOff") => states.all(|on| !on),
                _ => states.any(|on| on),
            })
    }

    fn is_on(&self, group: u32) -> bool {
        self.named.contains(&group) == self.off_at_first
    }
}

fn number(object: &Object) -> Option<u32> {
    match object {
        Object::Reference(number) => Some(*number),
        _ => None,
    }
}

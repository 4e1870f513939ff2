//! Streams of a compound file, read within limits ([MS-CFB]).
//!
//! Only the sectors of the directory and of the streams asked for are followed, so damage
//! elsewhere does not matter, and no size written in the file is trusted: a chain that is
//! too short, leaves the file or comes back to itself is an error.

use crate::error::{Error, Result};
use crate::options::Limits;

/// The first bytes of every compound file ([MS-CFB] 2.2).
pub(crate) const MAGIC: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// [MS-CFB] 2.1: what is above names no sector.
const LAST_SECTOR: u32 = 0xffff_fffa;
const END_OF_CHAIN: u32 = 0xffff_fffe;
/// [MS-CFB] 2.6.1: no sibling, no child.
const NO_STREAM: u32 = 0xffff_ffff;
const ENTRY_BYTES: usize = 128;
const MINI_SHIFT: u32 = 6;
/// [MS-CFB] 2.2: smaller streams stand in the mini stream.
const MINI_CUTOFF: u64 = 4096;

/// A stream of the root storage.
#[derive(Debug)]
struct Entry {
    name: String,
    start: u32,
    size: u64,
}

/// An opened compound file.
#[derive(Debug)]
pub(crate) struct CompoundFile<'a> {
    bytes: &'a [u8],
    limits: &'a Limits,
    shift: u32,
    /// The sectors that hold the FAT.
    fat: Vec<u32>,
    mini_fat: u32,
    root: Entry,
    streams: Vec<Entry>,
    /// Bytes still allowed for all streams.
    left: u64,
}

impl<'a> CompoundFile<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self> {
        if !bytes.starts_with(MAGIC) {
            return Err(damaged("it does not begin as one"));
        }
        let shift = u32::from(u16_at(bytes, 30).unwrap_or(0));
        let header = |at: usize| u32_at(bytes, at).ok_or_else(|| damaged("the header is cut"));
        if !matches!(shift, 9 | 12) || u16_at(bytes, 32) != Some(6) {
            return Err(damaged("its sectors have an impossible size"));
        }
        let mut file = Self {
            bytes,
            limits,
            shift,
            fat: Vec::new(),
            mini_fat: header(60)?,
            root: Entry { name: String::new(), start: END_OF_CHAIN, size: 0 },
            streams: Vec::new(),
            left: limits.total_bytes,
        };
        file.read_fat(header(68)?)?;
        let directory = file.chain(header(48)?, None)?;
        file.read_directory(&directory)?;
        Ok(file)
    }

    /// Whether the root storage has a stream of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The content of a stream of the root storage.
    pub(crate) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(entry) = self.streams.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let (start, size) = (entry.start, entry.size);
        if size > self.limits.part_bytes {
            return Err(Error::limit("part_bytes", self.limits.part_bytes));
        }
        self.left = self
            .left
            .checked_sub(size)
            .ok_or_else(|| Error::limit("total_bytes", self.limits.total_bytes))?;
        if size < MINI_CUTOFF {
            self.read_mini(start, size).map(Some)
        } else {
            self.content(start, size).map(Some)
        }
    }

    fn sector_bytes(&self) -> usize {
        1 << self.shift
    }

    /// Sectors of the file, a cut one at its end included.
    fn sectors(&self) -> usize {
        self.bytes.len().div_ceil(self.sector_bytes()).saturating_sub(1)
    }

    fn sector(&self, number: u32) -> Result<&'a [u8]> {
        let start = usize::try_from(number).ok().filter(|_| number <= LAST_SECTOR);
        let start = start.and_then(|n| n.checked_add(1)).and_then(|n| n.checked_mul(self.sector_bytes()));
        let rest = start.and_then(|start| self.bytes.get(start..)).filter(|rest| !rest.is_empty());
        let rest = rest.ok_or_else(|| damaged("a sector lies beyond the end of the file"))?;
        Ok(rest.get(..self.sector_bytes()).unwrap_or(rest))
    }

    /// The sectors of the FAT, as far as the file has sectors to describe ([MS-CFB] 2.5).
    fn read_fat(&mut self, first: u32) -> Result<()> {
        let described = self.sector_bytes() / 4;
        let needed = self.sectors().div_ceil(described);
        let listed = |list: &[u8], count: usize| -> Vec<u32> {
            (0..count).filter_map(|n| u32_at(list, n * 4)).filter(|&n| n <= LAST_SECTOR).collect()
        };
        self.fat = listed(self.bytes.get(76..512).unwrap_or_default(), 109);
        let mut next = first;
        while self.fat.len() < needed && next <= LAST_SECTOR {
            let sector = self.sector(next)?;
            let more = listed(sector, described - 1);
            if more.is_empty() {
                break;
            }
            self.fat.extend(more);
            next = u32_at(sector, (described - 1) * 4).unwrap_or(END_OF_CHAIN);
        }
        self.fat.truncate(needed);
        Ok(())
    }

    /// [MS-CFB] 2.3.
    fn next(&self, sector: u32) -> Result<u32> {
        let described = self.sector_bytes() / 4;
        let index = usize::try_from(sector).unwrap_or(usize::MAX);
        let holder = self.fat.get(index / described).copied();
        let holder = holder.ok_or_else(|| damaged("a chain of sectors is not described"))?;
        u32_at(self.sector(holder)?, index % described * 4).ok_or_else(|| damaged("the FAT is cut"))
    }

    /// The sectors of a chain: `count` of them, or all.
    fn chain(&self, start: u32, count: Option<usize>) -> Result<Vec<u32>> {
        let mut seen = vec![false; self.sectors()];
        let mut chain = Vec::new();
        let mut next = start;
        while count.is_none_or(|count| chain.len() < count) {
            if let Some(&last) = chain.last() {
                next = self.next(last)?;
            }
            if next == END_OF_CHAIN && count.is_none() {
                break;
            }
            match usize::try_from(next).ok().and_then(|n| seen.get_mut(n)) {
                None => return Err(damaged("a chain of sectors leaves the file")),
                Some(true) => return Err(damaged("a chain of sectors comes back to itself")),
                Some(seen) => *seen = true,
            }
            chain.push(next);
        }
        Ok(chain)
    }

    /// The first `size` bytes of a chain of sectors.
    fn content(&self, start: u32, size: u64) -> Result<Vec<u8>> {
        let size = usize::try_from(size).ok().filter(|&size| size <= self.bytes.len());
        let size = size.ok_or_else(|| damaged("a stream is longer than the file"))?;
        let mut content = Vec::with_capacity(size);
        for sector in self.chain(start, Some(size.div_ceil(self.sector_bytes())))? {
            let sector = self.sector(sector)?;
            content.extend_from_slice(sector.get(..size - content.len()).unwrap_or(sector));
        }
        if content.len() < size { Err(damaged("a stream is cut")) } else { Ok(content) }
    }

    /// A small stream, within the mini stream ([MS-CFB] 2.4).
    fn read_mini(&self, start: u32, size: u64) -> Result<Vec<u8>> {
        if size == 0 {
            return Ok(Vec::new());
        }
        let holder = self.content(self.root.start, self.root.size)?;
        let described = self.sector_bytes() / 4;
        let fat = self.chain(self.mini_fat, None)?;
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let mut content = Vec::with_capacity(size);
        let mut next = start;
        // Small streams have less than a hundred sectors, so a circle ends soon.
        while content.len() < size {
            let at = usize::try_from(next).ok().and_then(|n| n.checked_mul(1 << MINI_SHIFT));
            let rest = at.and_then(|at| holder.get(at..)).filter(|rest| !rest.is_empty());
            let rest = rest.ok_or_else(|| damaged("a small stream leaves the stream it stands in"))?;
            content.extend(rest.iter().take((size - content.len()).min(1 << MINI_SHIFT)));
            if content.len() < size {
                let index = usize::try_from(next).unwrap_or(usize::MAX);
                let sector = fat.get(index / described).copied();
                let sector = sector.ok_or_else(|| damaged("a small stream is not described"))?;
                next = u32_at(self.sector(sector)?, index % described * 4).unwrap_or(END_OF_CHAIN);
            }
        }
        Ok(content)
    }

    /// The streams that are children of the root: embedded documents have names of their
    /// own further down ([MS-CFB] 2.6.4).
    fn read_directory(&mut self, sectors: &[u32]) -> Result<()> {
        let per_sector = self.sector_bytes() / ENTRY_BYTES;
        let count = sectors.len() * per_sector;
        if count as u64 > self.limits.entries {
            return Err(Error::limit("entries", self.limits.entries));
        }
        let entry = |number: usize| -> Result<&'a [u8]> {
            let sector = sectors.get(number / per_sector).ok_or_else(|| damaged("the directory is cut"))?;
            let start = number % per_sector * ENTRY_BYTES;
            let entry = self.sector(*sector)?.get(start..start + ENTRY_BYTES);
            entry.ok_or_else(|| damaged("the directory is cut"))
        };
        let root = entry(0)?;
        if root.get(66) != Some(&5) {
            return Err(damaged("the directory has no root"));
        }
        let mut streams = Vec::new();
        let mut seen = vec![false; count];
        let mut open = vec![u32_at(root, 76).unwrap_or(NO_STREAM)];
        while let Some(number) = open.pop() {
            if number == NO_STREAM {
                continue;
            }
            let number = usize::try_from(number).unwrap_or(usize::MAX);
            match seen.get_mut(number) {
                Some(seen) if !*seen => *seen = true,
                _ => return Err(damaged("the directory is no tree")),
            }
            let entry = entry(number)?;
            open.extend([68, 72].map(|at| u32_at(entry, at).unwrap_or(NO_STREAM)));
            if entry.get(66) == Some(&2) {
                streams.push(self.entry(entry));
            }
        }
        (self.root, self.streams) = (self.entry(root), streams);
        Ok(())
    }

    fn entry(&self, entry: &[u8]) -> Entry {
        let length = usize::from(u16_at(entry, 64).unwrap_or(0)).clamp(2, 64) - 2;
        let name: Vec<u16> = (0..length / 2).filter_map(|n| u16_at(entry, n * 2)).collect();
        let low = u64::from(u32_at(entry, 120).unwrap_or(0));
        // [MS-CFB] 2.6.1: with sectors of 512 bytes the upper half means nothing.
        let high = if self.shift == 9 { 0 } else { u64::from(u32_at(entry, 124).unwrap_or(0)) };
        Entry {
            name: String::from_utf16_lossy(&name),
            start: u32_at(entry, 116).unwrap_or(END_OF_CHAIN),
            size: (high << 32) | low,
        }
    }
}

/// The 16-bit number, least byte first, at an offset.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes))
}

/// The 32-bit number, least byte first, at an offset.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

fn damaged(why: &str) -> Error {
    Error::input("damaged", format!("复合文件损坏：{why}"), format!("damaged compound file: {why}"))
}

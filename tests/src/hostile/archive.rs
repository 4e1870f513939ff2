//! Zip archives byte by byte, so that every field can lie (APPNOTE 6.3.10).

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// One entry; what is set stands in the headers, whatever the data are.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) local_name: Vec<u8>,
    pub(super) name: Vec<u8>,
    pub(super) method: u16,
    pub(super) local_method: u16,
    pub(super) flags: u16,
    pub(super) crc: u32,
    pub(super) packed: u64,
    pub(super) size: u64,
    pub(super) local_packed: u32,
    pub(super) local_size: u32,
    pub(super) data: Vec<u8>,
    pub(super) extra: Vec<u8>,
    pub(super) local_extra: Vec<u8>,
    /// Bytes behind the data.
    pub(super) descriptor: Vec<u8>,
    pub(super) attributes: u32,
    /// Stands in the central directory, and where else than it does.
    pub(super) listed: bool,
    pub(super) offset: Option<u32>,
    /// Its own local header and data stand in the file.
    pub(super) present: bool,
}

impl Entry {
    pub(super) fn stored(name: &str, content: &[u8]) -> Self {
        let mut crc = Crc::new();
        crc.update(content);
        Self::of(name, 0, crc.sum(), content.len() as u64, content.to_vec())
    }

    pub(super) fn deflated(name: &str, content: &[u8]) -> Self {
        let mut crc = Crc::new();
        crc.update(content);
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).unwrap();
        Self::of(name, 8, crc.sum(), content.len() as u64, encoder.finish().unwrap())
    }

    /// `before`, a pattern over and over, `after`: a gibibyte costs no more than its bytes in the
    /// archive. The checksum is wrong; nobody gets so far.
    pub(super) fn bomb(name: &str, before: &str, pattern: &str, mebibytes: usize) -> Self {
        let chunk = |text: &[u8]| {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
            encoder.write_all(text).unwrap();
            // Ends at a byte, without a last block.
            encoder.flush().unwrap();
            encoder.get_ref().clone()
        };
        let mut data = chunk(before.as_bytes());
        let repeated = pattern.repeat((1 << 20) / pattern.len());
        let packed = chunk(repeated.as_bytes());
        (0..mebibytes).for_each(|_| data.extend_from_slice(&packed));
        // The last block, empty.
        data.extend_from_slice(&[3, 0]);
        let size = before.len() + repeated.len() * mebibytes;
        Self::of(name, 8, 0, size as u64, data)
    }

    fn of(name: &str, method: u16, crc: u32, size: u64, data: Vec<u8>) -> Self {
        let packed = data.len() as u64;
        Self {
            local_name: name.as_bytes().to_vec(),
            name: name.as_bytes().to_vec(),
            method,
            local_method: method,
            flags: 0x0800,
            crc,
            packed,
            size,
            local_packed: packed as u32,
            local_size: size as u32,
            data,
            extra: Vec::new(),
            local_extra: Vec::new(),
            descriptor: Vec::new(),
            attributes: 0,
            listed: true,
            offset: None,
            present: true,
        }
    }
}

/// An archive.
#[derive(Debug, Clone, Default)]
pub(super) struct Archive {
    pub(super) entries: Vec<Entry>,
    pub(super) prefix: Vec<u8>,
    /// Between the central directory and its end record.
    pub(super) before_end: Vec<u8>,
    pub(super) comment: Vec<u8>,
    pub(super) suffix: Vec<u8>,
    /// What the end record says instead: entries, size, offset.
    pub(super) end: [Option<u32>; 3],
}

impl Archive {
    pub(super) fn entry(&mut self, name: &str) -> &mut Entry {
        self.entries.iter_mut().find(|entry| entry.name == name.as_bytes()).unwrap()
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = self.prefix.clone();
        let mut directory = Vec::new();
        let mut count = 0;
        for entry in &self.entries {
            let offset = out.len() as u32;
            if entry.present {
                out.extend_from_slice(b"PK\x03\x04");
                for field in [20, entry.flags, entry.local_method, 0, 0x21] {
                    out.extend_from_slice(&field.to_le_bytes());
                }
                for field in [entry.crc, entry.local_packed, entry.local_size] {
                    out.extend_from_slice(&field.to_le_bytes());
                }
                for length in [entry.local_name.len(), entry.local_extra.len()] {
                    out.extend_from_slice(&(length as u16).to_le_bytes());
                }
                for part in [&entry.local_name, &entry.local_extra, &entry.data, &entry.descriptor] {
                    out.extend_from_slice(part);
                }
            }
            if !entry.listed {
                continue;
            }
            count += 1;
            directory.extend_from_slice(b"PK\x01\x02");
            for field in [20, 20, entry.flags, entry.method, 0, 0x21_u16] {
                directory.extend_from_slice(&field.to_le_bytes());
            }
            for field in [entry.crc, entry.packed as u32, entry.size as u32] {
                directory.extend_from_slice(&field.to_le_bytes());
            }
            for field in [entry.name.len() as u16, entry.extra.len() as u16, 0, 0, 0] {
                directory.extend_from_slice(&field.to_le_bytes());
            }
            directory.extend_from_slice(&entry.attributes.to_le_bytes());
            directory.extend_from_slice(&entry.offset.unwrap_or(offset).to_le_bytes());
            directory.extend_from_slice(&entry.name);
            directory.extend_from_slice(&entry.extra);
        }
        let start = out.len() as u32;
        out.extend_from_slice(&directory);
        out.extend_from_slice(&self.before_end);
        let [entries, size, offset] = self.end;
        out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        let entries = entries.unwrap_or(count) as u16;
        for field in [entries, entries] {
            out.extend_from_slice(&field.to_le_bytes());
        }
        for field in [size.unwrap_or(directory.len() as u32), offset.unwrap_or(start)] {
            out.extend_from_slice(&field.to_le_bytes());
        }
        out.extend_from_slice(&(self.comment.len() as u16).to_le_bytes());
        out.extend_from_slice(&self.comment);
        out.extend_from_slice(&self.suffix);
        out
    }
}

//! Zip files: parts of a package and members of an archive, read within limits.
//!
//! Only what is asked for is inflated, and no size written in the file is trusted.
//! Names are compared as ECMA-376 part 2 demands: without regard to case, with `/` as
//! the only separator and percent-encoding undone. Signatures and content types are
//! not looked at.

use std::io::{self, Cursor, Read};

use ::zip::read::ZipFileEntry;
use ::zip::result::ZipError;
use ::zip::{CompressionMethod, ZipArchive};
use memchr::memmem;

use crate::error::{Error, Result};
use crate::options::Limits;

/// First bytes of an OLE2 compound file: old .doc, or an encrypted package.
const OLE2: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Parts smaller than this may be compressed as well as they like.
const RATIO_FREE: u64 = 1 << 20;

/// The directory of a zip file that can be read in one way only.
pub(crate) struct Directory<B> {
    archive: ZipArchive<Cursor<B>>,
    bytes: B,
    /// Large, and cleared when it is made; so it serves all parts.
    inflater: Option<flate2::Decompress>,
}

impl<B: Clone> Clone for Directory<B> {
    fn clone(&self) -> Self {
        Self { archive: self.archive.clone(), bytes: self.bytes.clone(), inflater: None }
    }
}

impl<B: AsRef<[u8]> + Clone> Directory<B> {
    pub(crate) fn open(source: B, limits: &Limits) -> Result<Self> {
        let bytes = source.as_ref();
        if bytes.starts_with(OLE2) {
            return Err(if ole2_is_encrypted(bytes) { encrypted() } else { not_a_package() });
        }
        if !bytes.starts_with(b"PK") && memmem::rfind(bytes, b"PK\x05\x06").is_none() {
            return Err(not_a_package());
        }
        // Counted before the archive builds its index of them.
        let entries = usize::try_from(limits.entries).unwrap_or(usize::MAX);
        if memmem::find_iter(bytes, b"PK\x01\x02").nth(entries).is_some() {
            return Err(Error::limit("entries", limits.entries));
        }
        let mut archive =
            ZipArchive::new(Cursor::new(source.clone())).map_err(|e| damaged(&e.to_string()))?;
        if archive.has_duplicate_names() {
            return Err(duplicate(&repeated_name(bytes)));
        }
        if archive.has_overlapping_entries().map_err(|e| damaged(&e.to_string()))? {
            return Err(Error::input(
                "overlapping-parts",
                "文件包内的部件相互重叠",
                "parts of the package overlap each other",
            ));
        }
        Ok(Self { archive, bytes: source, inflater: None })
    }

    /// Every entry that is a file, in the order of the directory.
    pub(crate) fn files(&self) -> impl Iterator<Item = (usize, ZipFileEntry<'_>)> {
        let entries = (0..self.archive.len()).map(|index| (index, self.archive.by_index_data(index)));
        entries.filter_map(|(index, entry)| Some((index, entry.ok()?))).filter(|(_, entry)| entry.is_file())
    }

    /// The inflated bytes of an entry, which `name` stands for in messages: at most `most`,
    /// or the error of `over`, and at most `ratio` for a compressed byte.
    pub(crate) fn read(
        &mut self,
        index: usize,
        name: &str,
        ratio: u64,
        most: u64,
        over: impl FnOnce() -> Error,
    ) -> Result<Vec<u8>> {
        let entry = self.archive.by_index_data(index).map_err(refused)?;
        if entry.encrypted() {
            return Err(encrypted());
        }
        let (packed, claimed, checksum) = (entry.compressed_size(), entry.size(), entry.crc32());
        let allowed = most.min(packed.saturating_mul(ratio).max(RATIO_FREE));
        let part = self.archive.by_index(index).map_err(refused)?;
        let all = self.bytes.as_ref();
        let method = all.get(usize::try_from(part.central_header_start()).unwrap_or(usize::MAX)..);
        let method = method.and_then(|header| header.get(10..12));
        if !agrees(all, part.header_start(), part.name_raw(), method) {
            return Err(damaged(&format!("{name}: its local header and the directory disagree")));
        }
        let packed = part.data_start().map(|start| range(all, start, packed));
        let bytes = match packed {
            Some(packed) if part.compression() == CompressionMethod::Deflated => {
                let inflater = self.inflater.get_or_insert_with(|| flate2::Decompress::new(false));
                inflater.reset(false);
                inflate(inflater, packed, claimed, allowed, checksum)
            }
            _ => {
                let mut bytes = Vec::new();
                part.take(allowed.saturating_add(1)).read_to_end(&mut bytes).map(|_| bytes)
            }
        };
        let bytes = bytes.map_err(|e| damaged(&format!("{name}: {e}")))?;
        if bytes.len() as u64 > allowed {
            return Err(if allowed == most { over() } else { Error::limit("inflate_ratio", ratio) });
        }
        Ok(bytes)
    }
}

/// An opened package.
pub(crate) struct Package<'a> {
    directory: Directory<&'a [u8]>,
    /// Comparable name and index of every entry, sorted.
    names: Vec<(String, usize)>,
    limits: &'a Limits,
    /// Inflated bytes still allowed for all parts.
    left: u64,
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self> {
        let directory = Directory::open(bytes, limits)?;
        let mut names = Vec::with_capacity(directory.archive.len());
        for index in 0..directory.archive.len() {
            match directory.archive.name_for_index(index) {
                Some(Ok(name)) if !name.ends_with('/') => names.push((comparable(&name), index)),
                _ => {}
            }
        }
        names.sort_unstable();
        for pair in names.windows(2) {
            if let [(first, _), (second, _)] = pair
                && first == second
            {
                return Err(duplicate(first));
            }
        }
        Ok(Self { directory, names, limits, left: limits.total_bytes })
    }

    fn index(&self, name: &str) -> Option<usize> {
        let name = comparable(name);
        let at = self.names.binary_search_by(|(n, _)| n.as_str().cmp(&name)).ok()?;
        self.names.get(at).map(|(_, index)| *index)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// The inflated bytes of a part, `None` if there is no such part.
    pub(crate) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let limits = self.limits;
        let most = limits.part_bytes.min(self.left);
        let bytes = self.directory.read(index, name, limits.inflate_ratio, most, || {
            if most == limits.part_bytes {
                Error::limit("part_bytes", limits.part_bytes)
            } else {
                Error::limit("total_bytes", limits.total_bytes)
            }
        })?;
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }
}

/// So many bytes from `start` on, or what there is of them.
fn range(bytes: &[u8], start: u64, length: u64) -> &[u8] {
    let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX).min(bytes.len());
    bytes.get(at(start)..at(start.saturating_add(length))).unwrap_or_default()
}

/// The most room taken on the word of a header alone.
const TRUSTED: u64 = 8 << 20;

/// Inflates a part in one go, where the archive reader would do it piece by piece into
/// memory it has cleared first. Ends where the part is larger than allowed by a byte.
fn inflate(
    inflater: &mut flate2::Decompress,
    packed: &[u8],
    claimed: u64,
    allowed: u64,
    checksum: u32,
) -> io::Result<Vec<u8>> {
    /// With so much room to spare, the inflater need not look for its end at every step.
    const SPARE: usize = 512;
    let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let most = size(claimed.min(allowed)).saturating_add(1);
    let mut bytes = Vec::with_capacity(most.min(size(TRUSTED)) + SPARE);
    loop {
        let rest = packed.get(size(inflater.total_in())..).unwrap_or_default();
        let before = bytes.len();
        let status = inflater.decompress_vec(rest, &mut bytes, flate2::FlushDecompress::None);
        let corrupt = || io::Error::other("corrupt deflate stream");
        if status.map_err(|_| corrupt())? == flate2::Status::StreamEnd || bytes.len() >= most {
            break;
        }
        // There is room, and nothing came: the stream is cut off.
        if bytes.len() == before && bytes.capacity() > before {
            return Err(corrupt());
        }
        bytes.reserve(most.saturating_sub(bytes.len()).min(bytes.len()) + SPARE);
    }
    if bytes.len() as u64 > claimed {
        return Err(io::Error::other("File is larger than its declared uncompressed size"));
    }
    if bytes.len() as u64 <= allowed && crc32fast::hash(&bytes) != checksum {
        return Err(io::Error::other("Invalid checksum"));
    }
    Ok(bytes)
}

/// Whether the local header gives the name and the method of the directory: programs that
/// read an archive from its beginning see another part otherwise (APPNOTE 4.3.7).
fn agrees(bytes: &[u8], start: u64, name: &[u8], method: Option<&[u8]>) -> bool {
    const NAME: usize = 30;
    let header = usize::try_from(start).ok().and_then(|start| bytes.get(start..)).unwrap_or_default();
    let length = match header.get(26..28) {
        Some(&[low, high]) => usize::from(u16::from_le_bytes([low, high])),
        _ => return false,
    };
    header.get(NAME..NAME + length) == Some(name) && header.get(8..10) == method
}

/// A part name in the form in which names are compared.
pub(crate) fn comparable(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let escaped = (byte == b'%').then(|| Some(hex(ahead.next()?)? << 4 | hex(ahead.next()?)?)).flatten();
        if let Some(escaped) = escaped {
            rest = ahead;
            bytes.push(escaped);
        } else {
            bytes.push(if byte == b'\\' { b'/' } else { byte });
        }
    }
    segments(String::from_utf8_lossy(&bytes).to_ascii_lowercase().split('/')).join("/")
}

/// The steps of a path, with `.`, `..` and doubled separators undone.
fn segments<'s>(steps: impl Iterator<Item = &'s str>) -> Vec<&'s str> {
    let mut segments = Vec::new();
    for step in steps {
        match step {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    segments
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

/// The part a relationship of `source` points to (ECMA-376 part 2, annex A).
pub(crate) fn resolve(source: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if target.starts_with('/') { "" } else { folder };
    segments(base.split('/').chain(target.split('/'))).join("/")
}

/// The name of the part that holds the relationships of `source`.
pub(crate) fn relationships_of(source: &str) -> String {
    match source.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{source}.rels"),
    }
}

/// Why an entry cannot be opened.
fn refused(error: ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => encrypted(),
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            Error::unsupported("compression", "压缩方式不受支持", error.to_string())
        }
        error => damaged(&error.to_string()),
    }
}

/// Office writes an encrypted package as a compound file with this stream name.
fn ole2_is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
    memmem::find(bytes, &name).is_some()
}

fn encrypted() -> Error {
    Error::unsupported("encrypted", "文件已加密", "the file is encrypted")
}

fn not_a_package() -> Error {
    Error::input("not-a-package", "不是zip文件包", "not a zip package")
}

pub(crate) fn damaged(why: &str) -> Error {
    Error::input("damaged", format!("文件包损坏：{why}"), format!("damaged package: {why}"))
}

/// The first name that stands twice in the central directory (APPNOTE 4.3.12); the
/// archive reader keeps only one of them.
fn repeated_name(bytes: &[u8]) -> String {
    let mut seen = std::collections::BTreeSet::new();
    for at in memchr::memmem::find_iter(bytes, b"PK\x01\x02") {
        let length = match bytes.get(at + 28..at + 30) {
            Some(&[low, high]) => usize::from(u16::from_le_bytes([low, high])),
            _ => continue,
        };
        let Some(name) = bytes.get(at + 46..at + 46 + length) else { continue };
        if !seen.insert(name) {
            return String::from_utf8_lossy(name).into_owned();
        }
    }
    String::new()
}

pub(crate) fn duplicate(name: &str) -> Error {
    Error::input(
        "duplicate-part",
        format!("文件包内有重名部件：{name}"),
        format!("the package has two parts of one name: {name}"),
    )
}

//! Archives of documents: the .zip of attachments that a site offers, member by member.

use std::sync::Arc;

use encoding_rs::GB18030;

use crate::container::zip::{Directory, comparable, damaged};
use crate::error::{Error, Result};
use crate::format::Format;
use crate::options::Limits;

/// Parts by which a zip file is a document of its own.
const PACKAGES: &[&str] = &["[content_types].xml", "word/document.xml", "mimetype", "content.xml", "ofd.xml"];

/// Extensions of archives, which are refused by name where they are members.
const ARCHIVES: &[&str] = &["zip", "rar", "7z", "gz", "tar"];

/// An opened .zip file of documents. Nothing is unpacked until it is asked for, and
/// nothing is written: the names of members are for people, never paths.
///
/// Copies are cheap and share the bytes, so that several threads may read members.
#[derive(Clone)]
pub struct Archive {
    directory: Directory<Arc<[u8]>>,
    members: Arc<[Member]>,
    limits: Limits,
}

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    name: String,
    index: usize,
    size: u64,
}

impl Member {
    /// Its path in the archive, with `/` between folders. Names that are not UTF-8 are
    /// GB18030, as programs in China write them.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its size in bytes, as the archive states it.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether its name is that of a document some reader may know, or of an archive. What
    /// systems and word processors leave behind (`__MACOSX`, `~$…`, `.…`) is none.
    pub fn is_document(&self) -> bool {
        let mut steps = self.name.split('/').filter(|step| !matches!(*step, "." | ".."));
        let extension = self.name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let known =
            Format::from_name(extension).is_some() || ARCHIVES.contains(&&*extension.to_ascii_lowercase());
        known && !steps.any(|step| step.starts_with('.') || step.starts_with("~$") || step == "__MACOSX")
    }
}

impl Archive {
    /// Whether the bytes are a zip file of files that is no document itself.
    pub fn is_archive(bytes: &[u8]) -> bool {
        let is_zip = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06");
        is_zip
            && Directory::open(bytes, &Limits::default())
                .is_ok_and(|directory| directory.files().next().is_some() && !is_package(&directory))
    }

    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// The bytes are no zip file, or a damaged one, one with two members of one name or
    /// with members that overlap, or one that is a document itself; or a limit is passed:
    /// `input_bytes`, `entries`, or `archive_bytes` by the sizes that all members state.
    pub fn open(bytes: impl Into<Arc<[u8]>>, limits: &Limits) -> Result<Self> {
        let bytes = bytes.into();
        if bytes.len() as u64 > limits.input_bytes {
            return Err(Error::limit("input_bytes", limits.input_bytes));
        }
        let directory = Directory::open(bytes, limits)?;
        if is_package(&directory) {
            return Err(Error::input("not-an-archive", "文件本身就是文档", "the file is a document itself"));
        }
        let members: Arc<[Member]> = directory
            .files()
            .map(|(index, entry)| Member { name: decoded(entry.name_raw()), index, size: entry.size() })
            .collect();
        let stated = members.iter().fold(0u64, |sum, member| sum.saturating_add(member.size));
        if stated > limits.archive_bytes {
            return Err(Error::limit("archive_bytes", limits.archive_bytes));
        }
        Ok(Self { directory, members, limits: limits.clone() })
    }

    /// Its files, in their order in the archive; folders and links are left out.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The bytes of a member.
    ///
    /// # Errors
    ///
    /// The member is damaged, encrypted, compressed in an unknown way or larger than it
    /// states; or a limit is passed: `input_bytes` or `inflate_ratio`.
    pub fn read(&self, member: &Member) -> Result<Vec<u8>> {
        let Member { name, index, size } = member;
        let limits = &self.limits;
        if *size > limits.input_bytes {
            return Err(Error::limit("input_bytes", limits.input_bytes));
        }
        // What is not stated was not counted.
        let lies = || damaged(&format!("{name}: larger than the {size} bytes it states"));
        self.directory.clone().read(*index, name, limits.inflate_ratio, *size, lies)
    }
}

/// The error of a reader, unless the bytes are an archive: then that.
pub(crate) fn or_archive(bytes: &[u8], error: Error) -> Error {
    if Archive::is_archive(bytes) {
        Error::unsupported(
            "archive",
            "这是压缩包，请逐个读取其中的文件",
            "an archive of files: read its members one by one",
        )
    } else {
        error
    }
}

fn is_package<B: AsRef<[u8]> + Clone>(directory: &Directory<B>) -> bool {
    let mut names =
        directory.files().map(|(_, entry)| comparable(&String::from_utf8_lossy(entry.name_raw())));
    names.any(|name| PACKAGES.contains(&&*name))
}

fn decoded(name: &[u8]) -> String {
    let text = match std::str::from_utf8(name) {
        Ok(text) => text.to_owned(),
        Err(_) => GB18030
            .decode_without_bom_handling_and_without_replacement(name)
            .map_or_else(|| String::from_utf8_lossy(name).into_owned(), |text| text.into_owned()),
    };
    text.replace('\\', "/")
}

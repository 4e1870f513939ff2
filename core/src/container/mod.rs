//! Containers: from bytes to bounded parts and decoded text.

pub(crate) mod charset;
#[cfg(any(feature = "doc", feature = "xls"))]
pub(crate) mod ole;
pub(crate) mod xml;
pub(crate) mod zip;

//! Containers: from bytes to bounded parts and decoded text.

pub(crate) mod charset;
#[cfg(feature = "doc")]
pub(crate) mod ole;
pub(crate) mod xml;
pub(crate) mod zip;

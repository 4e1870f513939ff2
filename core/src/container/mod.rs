//! Containers: from bytes to bounded parts and decoded text.

pub(crate) mod charset;
pub(crate) mod ole;
pub(crate) mod xml;
pub(crate) mod zip;

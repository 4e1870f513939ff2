//! Parts of a zip package, read within limits.

//! C interface of `gongkai`: casts, ownership, null checks and the panic guard, no logic.
//!
//! `README.md` beside this crate has the conventions, on one page. Parameters say who owns
//! what: `Option<&T>` is borrowed, `Option<Box<T>>` is taken, `Out<Box<T>>` is given.
//! Pointers that C may leave NULL are `Option`.

mod ffi;

// The order of the header. Empty lines keep it.

mod version;

mod error;

mod location;

mod options;

mod report;

mod fact;

mod section;

mod finding;

mod check;

mod batch;

mod view;

mod arrow;

mod bytes;

mod charset;

//! Support code of the project's tests.

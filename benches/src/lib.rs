//! Support code of the project's benches.

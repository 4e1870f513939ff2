//! Sentences and what they state.

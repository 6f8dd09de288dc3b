//! The tables that `build.rs` compiled from `data/`: a read-only part of the program.

/// For [`Lexicon::embedded`](crate::Lexicon::embedded).
pub(crate) const LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

/// For [`Weights::embedded`](crate::attribution::weights::Weights::embedded).
pub(crate) const WEIGHTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/attribution.bin"));

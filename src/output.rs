//! Records → formats.

//! The rows of the flat tables, as `onrecord::output::table` tells them.

use super::Column;
use onrecord::output::table;
use serde::Serialize;

/// The rows of a flat table; of one that is not wanted nothing is kept.
pub(crate) struct Rows {
    pub(crate) columns: Vec<Column>,
    pub(crate) is_wanted: bool,
    /// whether a value found no room
    pub(crate) is_full: bool,
    at: usize,
}

impl Rows {
    pub(crate) fn new(columns: Vec<Column>, is_wanted: bool) -> Self {
        Self { columns, is_wanted, is_full: false, at: 0 }
    }

    #[inline]
    fn put<T: Serialize>(&mut self, value: T) -> &mut Self {
        if self.is_wanted {
            self.is_full |= value.serialize(&mut self.columns[self.at]).is_err();
            self.at += 1;
        }
        self
    }
}

impl table::Rows for Rows {
    type Key = String;

    fn key_of(id: String) -> String {
        id
    }

    fn key(&mut self, id: &String) -> &mut Self {
        self.put(id)
    }

    fn text_or(&mut self, value: Option<String>) -> &mut Self {
        self.put(value)
    }

    fn int_or(&mut self, value: Option<u32>) -> &mut Self {
        self.put(value)
    }

    fn float_or(&mut self, value: Option<f64>) -> &mut Self {
        self.put(value)
    }

    fn bool_or(&mut self, value: Option<bool>) -> &mut Self {
        self.put(value)
    }

    fn end(&mut self) {
        self.at = 0;
    }
}

//! Encodings other than UTF-8, by encoding_rs: of whole streams, and of a page that says its own.

use super::Settings;
use crate::error::{Error, Result};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::io::{BufRead, BufReader};

impl Settings {
    /// Takes texts to be in the encoding of this label of the WHATWG Encoding Standard, such as `windows-1252`.
    ///
    /// # Errors
    /// A usage error where there is none such.
    pub fn set_encoding(&mut self, label: &str) -> Result<()> {
        self.encoding = Some(Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            Error::usage(format!(
                "there is no encoding {label:?}; say windows-1252, iso-8859-15, utf-16le, gbk …"
            ))
        })?);
        Ok(())
    }
}

/// The encoding that a mark at the beginning means; that of UTF-8 stays as it is.
pub(super) fn of_mark(first: &[u8]) -> Option<&'static Encoding> {
    match first {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// The stream in UTF-8; what its encoding does not have becomes U+FFFD.
pub(super) fn decode<'a>(
    bytes: Box<dyn BufRead + 'a>,
    encoding: Option<&'static Encoding>,
) -> Box<dyn BufRead + 'a> {
    let decoded = DecodeReaderBytesBuilder::new().encoding(encoding).strip_bom(true).build(bytes);
    Box::new(BufReader::with_capacity(1 << 16, decoded))
}

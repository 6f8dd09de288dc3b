//! Strings as JSON: as they are where nothing in them must be escaped, which is told by blocks.

use super::out::Out;
use crate::lexicon::swar;

/// So many bytes of a string are looked at at once for what must be escaped.
const BLOCK: usize = 16;

/// Whether all bytes can stand in a string as they are.
#[inline(always)]
pub(super) fn is_plain(block: &[u8; BLOCK]) -> bool {
    escapes(block) == 0
}

/// One in each byte that cannot stand in a string as it is: asked of each without a branch, which the compiler does by one
/// instruction for all of them.
#[inline(always)]
fn escapes(block: &[u8; BLOCK]) -> u128 {
    let mut escaped = [0; BLOCK];
    for i in 0..BLOCK {
        escaped[i] = u8::from(is_escaped(block[i]));
    }
    u128::from_le_bytes(escaped)
}

/// Whether a byte cannot stand in a string as it is.
#[inline(always)]
fn is_escaped(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// Puts a string in its marks.
pub(super) fn string(out: &mut Out, text: &str) {
    let bytes = text.as_bytes();
    if bytes.len() < BLOCK {
        let length = bytes.len() as u32;
        let letters = short(bytes);
        let spaces = u128::from_le_bytes([b' '; BLOCK]) << (8 * length);
        if is_plain(&(letters | spaces).to_le_bytes()) {
            // the closing mark of fifteen bytes is a seventeenth
            let mark = u128::from(b'"');
            let run = mark | letters << 8 | mark.checked_shl(8 * length + 8).unwrap_or(0);
            let mut marked = [b'"'; BLOCK + 1];
            marked[..BLOCK].copy_from_slice(&run.to_le_bytes());
            return out.put_first(&marked, bytes.len() + 2);
        }
    } else if out.put_plain(bytes) {
        return;
    }
    escaped(out, bytes);
}

/// At most fifteen bytes, the first lowest: four reads that overlap, and no copy of a length that nobody foretells.
#[inline]
fn short(bytes: &[u8]) -> u128 {
    let Some(last) = bytes.len().checked_sub(size_of::<u32>()) else { return swar::load(bytes).into() };
    let four = |at: usize| {
        let four = bytes.get(at..).and_then(|bytes| bytes.first_chunk());
        four.map_or(0, |four| u64::from(u32::from_le_bytes(*four)))
    };
    // where the second and third four begin, or the last where it begins before
    let (second, third) = (last.min(4), last.min(8));
    let low = four(0) | four(second) << (8 * second);
    let high = four(third) | four(last) << (8 * (last - third));
    u128::from(low) | u128::from(high) << (8 * third)
}

fn escaped(out: &mut Out, bytes: &[u8]) {
    out.put(b"\"");
    let mut rest = bytes;
    loop {
        let (block, length) = match rest.first_chunk() {
            Some(block) => (*block, BLOCK),
            None => (short(rest).to_le_bytes(), rest.len()),
        };
        let clean = (escapes(&block).trailing_zeros() as usize / 8).min(length);
        out.put_first(&block, clean);
        rest = &rest[clean..];
        if clean == BLOCK {
            continue;
        }
        let Some((&byte, after)) = rest.split_first() else { break };
        match byte {
            b'"' => out.put(b"\\\""),
            b'\\' => out.put(b"\\\\"),
            b'\n' => out.put(b"\\n"),
            b'\r' => out.put(b"\\r"),
            b'\t' => out.put(b"\\t"),
            0x08 => out.put(b"\\b"),
            0x0c => out.put(b"\\f"),
            _ => {
                let digit = |n: u8| b"0123456789abcdef"[usize::from(n & 15)];
                out.put(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte)]);
            }
        }
        rest = after;
    }
    out.put(b"\"");
}

//! Strings as JSON: as they are where nothing in them must be escaped, which is told by blocks.

use super::out::Out;
use crate::lexicon::swar;

/// So many bytes of a string are looked at at once for what must be escaped.
const BLOCK: usize = 16;

/// Whether all bytes can stand in a string as they are: asked of each without a branch, which the compiler does by one
/// instruction for all of them.
#[inline(always)]
pub(super) fn is_plain(block: &[u8; BLOCK]) -> bool {
    let mut escaped = [0; BLOCK];
    for i in 0..BLOCK {
        escaped[i] = u8::from(is_escaped(block[i]));
    }
    u128::from_ne_bytes(escaped) == 0
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

/// At most fifteen bytes, the first lowest: two reads that overlap, and no copy of a length that nobody foretells.
#[inline]
fn short(bytes: &[u8]) -> u128 {
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
            u128::from(first) | u128::from(last) << (8 * (bytes.len() - size_of::<u64>()))
        }
        _ => u128::from(swar::load(bytes)),
    }
}

/// How many bytes at the start can stand as they are.
fn plain(bytes: &[u8]) -> usize {
    let (blocks, _) = bytes.as_chunks();
    let start = BLOCK * blocks.iter().take_while(|block| is_plain(block)).count();
    start + bytes[start..].iter().take_while(|byte| !is_escaped(**byte)).count()
}

fn escaped(out: &mut Out, bytes: &[u8]) {
    out.put(b"\"");
    let mut rest = bytes;
    loop {
        let (clean, after) = rest.split_at(plain(rest));
        out.put_all(clean);
        let Some((&byte, after)) = after.split_first() else { break };
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

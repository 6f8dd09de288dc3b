//! Squares of bits and bytes with rows for columns, so that a byte a token becomes a bit a token for each sign.
//!
//! Owns [`bits_turned`] and [`bytes_turned`], which take and return plain numbers. What the bits mean is
//! [`super::sign`]'s business.

/// The bits of a square of eight by eight, eight signs of as many tokens, with rows for columns.
#[inline]
pub(super) fn bits_turned(square: u64) -> u64 {
    let swap = |x: u64, mask: u64, by: u32| {
        let change = (x ^ x >> by) & mask;
        x ^ change ^ change << by
    };
    let x = swap(square, 0x00aa_00aa_00aa_00aa, 7);
    let x = swap(x, 0x0000_cccc_0000_cccc, 14);
    swap(x, 0x0000_0000_f0f0_f0f0, 28)
}

/// The same of the bytes of eight words.
#[inline]
pub(super) fn bytes_turned(words: &mut [u64; 8]) {
    const STEPS: [(usize, u64, [usize; 4]); 3] = [
        (4, 0xffff_ffff, [0, 1, 2, 3]),
        (2, 0xffff_0000_ffff, [0, 1, 4, 5]),
        (1, 0x00ff_00ff_00ff_00ff, [0, 2, 4, 6]),
    ];
    for (gap, mask, uppers) in STEPS {
        for upper in uppers {
            let change = (words[upper] >> (8 * gap) ^ words[upper + gap]) & mask;
            words[upper + gap] ^= change;
            words[upper] ^= change << (8 * gap);
        }
    }
}

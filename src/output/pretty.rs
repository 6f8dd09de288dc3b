//! JSON laid out for reading and for line-wise diffs: what fits on a line stays on it.
//!
//! serde_json's own pretty printer gives a span four lines; a record of an article would run to thousands.

const WIDTH: usize = 120;

/// Lays out compact JSON. The first line is not indented, since something may stand before it; the others are, by
/// two spaces for each level of `depth` and below.
///
/// Works on the text, so that keys keep their order and numbers their digits. Text that is no JSON comes out as some
/// text or other.
pub fn pretty(compact: &str, depth: usize) -> String {
    let bytes = compact.as_bytes();
    let widths = widths(bytes);
    let mut out = String::with_capacity(compact.len() * 2);
    // for each open bracket: whether it is laid out over several lines
    let mut open: Vec<bool> = Vec::new();
    let mut line_start = 0;
    let mut copied = 0;
    let mut i = 0;
    let newline = |out: &mut String, levels: usize| {
        out.push('\n');
        let start = out.len();
        out.extend(std::iter::repeat_n("  ", levels));
        start
    };
    while i < bytes.len() {
        let byte = bytes[i];
        match byte {
            b'"' => i = string_end(bytes, i),
            b'{' | b'[' => {
                out.push_str(&compact[copied..=i]);
                copied = i + 1;
                let used = (depth + open.len()) * 2 + (out.len() - line_start);
                let breaks = open.last() != Some(&false) && used + widths[i] > WIDTH && widths[i] > 0;
                open.push(breaks);
                if breaks {
                    line_start = newline(&mut out, depth + open.len());
                }
            }
            b'}' | b']' => {
                out.push_str(&compact[copied..i]);
                copied = i;
                if open.pop() == Some(true) {
                    line_start = newline(&mut out, depth + open.len());
                }
            }
            b',' => {
                out.push_str(&compact[copied..=i]);
                copied = i + 1;
                match open.last() {
                    Some(true) => line_start = newline(&mut out, depth + open.len()),
                    _ => out.push(' '),
                }
            }
            b':' => {
                out.push_str(&compact[copied..=i]);
                copied = i + 1;
                out.push(' ');
            }
            _ => {}
        }
        i += 1;
    }
    out.push_str(&compact[copied.min(compact.len())..]);
    out
}

/// The position of the quotation mark that closes the string.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut i = start + 1;
    while i < bytes.len() && bytes[i] != b'"' {
        i += if bytes[i] == b'\\' { 2 } else { 1 };
    }
    i.min(bytes.len() - 1)
}

/// At each opening bracket, the characters from there to its closing one when laid out on one line; 0 where nothing
/// stands between them.
fn widths(bytes: &[u8]) -> Vec<usize> {
    let mut widths = vec![0; bytes.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut column = 0;
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        match bytes[i] {
            b'"' => i = string_end(bytes, i),
            b'{' | b'[' => open.push((i, column)),
            b'}' | b']' => {
                if let Some((at, from)) = open.pop()
                    && at + 1 < i
                {
                    widths[at] = column + 1 - from;
                }
            }
            b',' | b':' => column += 1,
            _ => {}
        }
        // continuation bytes are no characters of their own
        column += bytes[start..=i].iter().filter(|&&b| (b as i8) >= -0x40).count();
        i += 1;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_on_its_line() {
        assert_eq!(
            pretty(r#"{"a":[1,2],"b":{},"c":"x,\"y:{"}"#, 0),
            r#"{"a": [1, 2], "b": {}, "c": "x,\"y:{"}"#
        );
        let long = "é".repeat(60);
        let compact = format!(r#"{{"a":"{long}","b":[[0,1],[2,3]],"c":"{long}","d":[]}}"#);
        let want = format!(
            "{{\n    \"a\": \"{long}\",\n    \"b\": [[0, 1], [2, 3]],\n    \"c\": \"{long}\",\n    \"d\": []\n  }}"
        );
        assert_eq!(pretty(&compact, 1), want);
    }

    #[test]
    fn any_text_comes_out() {
        for text in ["", "\"", "}", "[", "{\"a\\", "é\"é", "]]]]{,"] {
            pretty(text, 0);
        }
    }
}

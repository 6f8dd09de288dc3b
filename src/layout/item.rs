//! Items of lists: what bullet or number opens a paragraph.

/// The bytes that a bullet or number with the space after it takes; 0 where none opens the paragraph.
pub(super) fn bullet(s: &str) -> usize {
    let Some(first) = s.chars().next() else { return 0 };
    let after = |n: usize| {
        let rest = &s[n..];
        let space = rest.len() - rest.trim_start().len();
        if space > 0 && space < rest.len() { n + space } else { 0 }
    };
    match first {
        '•' | '·' | '▪' | '●' | '◦' | '‣' | '■' | '⁃' | '►' | '▶' | '✓' | '→' => {
            let n = first.len_utf8();
            let rest = &s[n..];
            let n = n + rest.len() - rest.trim_start().len();
            if n < s.len() { n + number(&s[n..]) } else { 0 }
        }
        '-' if s[1..].starts_with(char::is_uppercase) => 1,
        '-' | '–' | '—' if s.trim_end_matches('.').ends_with(['-', '–', '—']) => 0,
        '*' | '-' | '–' | '—' | '~' | '+' => after(first.len_utf8()),
        _ => 0,
    }
}

/// The same for "1.", "1)", "(a)", "1.)".
pub(super) fn number(s: &str) -> usize {
    if !matches!(s.as_bytes().first(), Some(b'(' | b'0'..=b'9' | b'a'..=b'z')) {
        return 0;
    }
    let open = usize::from(s.starts_with('('));
    let bytes = s.as_bytes();
    let digits = bytes[open..].iter().take_while(|b| b.is_ascii_digit()).count();
    let letter = digits == 0
        && bytes.get(open).is_some_and(u8::is_ascii_lowercase)
        && matches!(bytes.get(open + 1), Some(b'.' | b')'));
    let length = if letter { 1 } else { digits };
    if length == 0 || length > 2 {
        return 0;
    }
    let mut at = open + length;
    match bytes.get(at) {
        Some(b')') => at += 1,
        Some(b'.') if open == 0 => {
            at += 1;
            if bytes.get(at) == Some(&b')') {
                at += 1;
            }
        }
        _ => return 0,
    }
    let rest = &s[at..];
    let space = rest.len() - rest.trim_start().len();
    if space == 0 || space == rest.len() { 0 } else { at + space }
}

/// The number of a numbered item: 3 for "3)", 2 for "b.".
pub(super) fn value(s: &str) -> Option<u32> {
    let s = s.trim_start_matches('(');
    let digits = s.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return s[..digits].parse().ok();
    }
    s.bytes().next().filter(u8::is_ascii_lowercase).map(|b| u32::from(b - b'a') + 1)
}

/// Whether a paragraph is a dash and a name: who said what stands above it.
pub(super) fn is_signature(s: &str) -> bool {
    let Some(rest) = s.strip_prefix(['-', '–', '—']) else { return false };
    const MOST: usize = 6;
    let words = rest.split_whitespace().take(MOST + 1).count();
    let capital = |w: &str| w.starts_with(char::is_uppercase) || w.len() <= 3;
    (1..=MOST).contains(&words)
        && rest.split_whitespace().all(capital)
        && !rest.contains(|c: char| c == ':' || c.is_ascii_digit())
        && !rest.trim_end_matches('.').ends_with(['-', '–', '—'])
}

/// Whether a line opens as an item.
pub(super) fn is_item(s: &str) -> bool {
    bullet(s) > 0 || number(s) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (text, want) in [
            ("• Boil water", "• "),
            ("- Boil water", "- "),
            ("— Boil water", "— "),
            ("1. Boil water", "1. "),
            ("1.) Boil water", "1.) "),
            ("(a) Boil water", "(a) "),
            ("• 9. Boil", "• 9. "),
            ("-5 degrees", ""),
            ("3.5 million", ""),
            ("2016. A year", ""),
            ("A. Lind left", ""),
            ("a", ""),
            ("•", ""),
        ] {
            let n = bullet(text).max(number(text));
            assert_eq!(&text[..n], want, "{text}");
        }
    }
}

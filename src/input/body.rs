//! A text that a dump keeps in pieces → the text: lists of paragraphs, sections with their headings.

use serde_json::Value;

/// The keys of an object that holds an article's pieces, in reading order: fundus has a summary and sections of a
/// headline and paragraphs.
const PIECES: [&str; 6] = ["headline", "summary", "text", "content", "paragraphs", "sections"];

/// The pieces that stand in a list or an object, each a paragraph of its own; none where there is no text in them.
pub(super) fn text(value: &Value) -> Option<String> {
    let mut text = String::new();
    gather(value, &mut text);
    (!text.is_empty()).then_some(text)
}

// as deep as the value, which the JSON reader bounds
fn gather(value: &Value, text: &mut String) {
    match value {
        Value::String(piece) => {
            let piece = piece.trim();
            if !piece.is_empty() {
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(piece);
            }
        }
        Value::Array(list) => list.iter().for_each(|piece| gather(piece, text)),
        Value::Object(object) => {
            PIECES.iter().filter_map(|key| object.get(*key)).for_each(|v| gather(v, text))
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pieces_are_joined_in_reading_order() {
        for (value, want) in [
            (json!(["One.", " ", "Two."]), Some("One.\n\nTwo.")),
            (
                json!({"sections": [{"paragraphs": ["B."], "headline": ["A"]}, {"headline": [], "paragraphs": ["C.", "D."]}],
                       "summary": ["S."]}),
                Some("S.\n\nA\n\nB.\n\nC.\n\nD."),
            ),
            (json!([{"text": "One."}, {"type": "image"}]), Some("One.")),
            (json!({"page": 1}), None),
            (json!(5), None),
        ] {
            assert_eq!(text(&value).as_deref(), want, "{value}");
        }
    }
}

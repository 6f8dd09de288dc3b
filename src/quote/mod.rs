//! Quotation marks → quotes: which marks pair, which paragraphs continue a quote, and what the pair means.
//!
//! Takes the [`Document`]; returns every quoted stretch with its role. Leaves who speaks to [`crate::attribution`].

mod marks;
mod pair;
mod paragraphs;
mod role;

use crate::lexicon::Lexicon;
use crate::rule::{Rule, Stage};
use crate::span::Span;
use crate::text::Document;
use crate::vocabulary::QuoteRole;
use std::ops::Range;

/// Everything between quotation marks.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// By first offset; a nested quote comes after the one that holds it.
    pub list: Vec<Quote>,
    /// Marks that found no partner, and the like.
    pub diagnostics: Vec<Diagnostic>,
}

/// A quoted stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// With its marks; from the first paragraph's opening mark to the last one's closing mark.
    pub span: Span,
    /// Its tokens, the marks included.
    pub tokens: Range<u32>,
    /// What the marks mean.
    pub role: QuoteRole,
    /// How many paragraphs it runs through.
    pub paragraphs: u32,
    /// Whether its closing mark stands.
    pub closed: bool,
    /// Whether it stands inside another quote.
    pub nested: bool,
}

/// Something to tell the reader of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Where.
    pub span: Span,
    /// What, in kebab case.
    pub code: &'static str,
    /// What, in words.
    pub message: &'static str,
}

/// The rules by which quotes are found. Quotes carry no rule in the record, so the unit tests hold the examples.
pub const RULES: &[Rule] = &[
    rule(
        "mark-pair",
        "An opening mark pairs with the next closing one; a straight mark points as its neighbours say.",
    ),
    rule("single-marks", "A single mark opens only where one follows that is no apostrophe."),
    rule(
        "feet-and-inches",
        "Marks close after a number are measures unless a quote is open that needs them.",
    ),
    rule("running-quote", "A quote that opens anew in each paragraph and closes in the last is one quote."),
    rule(
        "unclosed-quote",
        "A quote that nothing closes ends with its paragraph or before a clause like \", he said\".",
    ),
    rule(
        "unopened-quote",
        "A closing mark after a stop or comma that nothing opens closes a quote from the paragraph's start.",
    ),
    rule("block-quote-speech", "A block quote is speech without marks."),
    rule("role", "What a pair means shows in its length, its capitals, its last mark and its neighbours."),
];

const fn rule(id: &'static str, reason: &'static str) -> Rule {
    Rule { id, stage: Stage::Quote, reason, examples: &[], near_misses: &[] }
}

/// Finds the quotes of a document.
pub fn find(document: &Document<'_>, _lexicon: &Lexicon) -> Quotes {
    let mut quotes = paragraphs::read(document);
    // they nearly always are in order, and to sort takes as much room again
    let place = |q: &Quote| (q.span.start, std::cmp::Reverse(q.span.end));
    if !quotes.list.is_sorted_by_key(place) {
        quotes.list.sort_by_key(place);
    }
    if !quotes.diagnostics.is_sorted_by_key(|d| d.span) {
        quotes.diagnostics.sort_by_key(|d| d.span);
    }
    quotes.list.shrink_to_fit();
    quotes.diagnostics.shrink_to_fit();
    mark_nested(&mut quotes.list);
    for i in 0..quotes.list.len() {
        quotes.list[i].role = role::of(document, &quotes.list, i);
    }
    quotes
}

/// Sets `nested` in a sorted list.
fn mark_nested(list: &mut [Quote]) {
    let mut reach = 0;
    for quote in list {
        quote.nested = quote.span.end <= reach;
        reach = reach.max(quote.span.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layout, text};

    fn read(text: &str, check: impl Fn(&Quotes, &str)) {
        let lexicon = Lexicon::embedded();
        let layout = layout::blocks(text, &lexicon);
        let document = text::read(text, &layout, &lexicon);
        check(&find(&document, &lexicon), text);
    }

    /// The quotes' texts, `|` between them, and how many diagnostics there are.
    #[test]
    fn marks_pair() {
        for (text, want, diagnostics) in [
            ("“It rained,” she said. “We left.”", "“It rained,”|“We left.”", 0),
            ("\"It rained,\" she said. \"We left.\"", "\"It rained,\"|\"We left.\"", 0),
            ("``It rained,'' she said.", "``It rained,''", 0),
            ("''It rained,'' she said.", "''It rained,''", 0),
            ("« Il pleut », dit-elle.", "« Il pleut »", 0),
            ("‘It rained,’ she said, ‘and we left.’", "‘It rained,’|‘and we left.’", 0),
            ("'It rained,' she said, 'and we left.'", "'It rained,'|'and we left.'", 0),
            ("‘Ann’s dogs’ bed is wet,’ she said.", "‘Ann’s dogs’ bed is wet,’", 0),
            ("'The dogs' bed' was wet.", "'The dogs' bed'", 0),
            ("The dogs’ bed and the cats’ bed, in the ’90s.", "", 0),
            ("rock 'n' roll and 'em all, 'til it rained", "", 0),
            ("“He said ‘no’ to us,” she said.", "“He said ‘no’ to us,”|‘no’", 0),
            ("\"He said, 'No.'\" And so it was.", "\"He said, 'No.'\"|'No.'", 0),
            ("She is 6'3\" tall, a 5\" heel not counted.", "", 0),
            ("\"I am 6'3\" tall,\" she said.", "\"I am 6'3\" tall,\"", 0),
            ("She said”We left.”", "”We left.”", 0),
            ("“It rained,“ she said.", "“It rained,“", 0),
            ("\"It rained, \"she said. \"We left.\"", "\"It rained, \"|\"We left.\"", 0),
            ("the (\"wet\") dog", "\"wet\"", 0),
            ("“It rained, she said.", "“It rained,", 1),
            ("It rained,” she said.", "It rained,”", 1),
            ("The dog” slept.", "", 1),
            ("“It rained. It did.\n\nBo left.", "“It rained. It did.", 1),
        ] {
            read(text, |quotes, text| {
                let got: Vec<_> = quotes.list.iter().map(|q| q.span.of(text)).collect();
                assert_eq!(got.join("|"), want, "{text}");
                assert_eq!(quotes.diagnostics.len(), diagnostics, "{text}");
            });
        }
    }

    #[test]
    fn quotes_run_through_paragraphs() {
        for (text, want) in [
            ("“It rained.\n\n“We left,” he said. “Then it stopped.”", "2 1"),
            ("He said: “It rained.\n\n“We left.\n\n“Then it stopped.” Bo slept.", "3"),
            ("\"It rained.\n\n\"We left.\n\n\"Then it stopped,\" he said.", "3"),
            ("‘It rained.\n\n‘We left,’ he said.", "2"),
            ("“It rained.\n\nWe left.” Bo slept.", "2"),
            ("“It rained,” he said.\n\n“We left,” she said.", "1 1"),
            ("“It rained, he said.\n\n“We left,” she said.", "1 1"),
        ] {
            read(text, |quotes, text| {
                let got: Vec<_> = quotes.list.iter().map(|q| q.paragraphs.to_string()).collect();
                assert_eq!(got.join(" "), want, "{text}");
            });
        }
    }

    #[test]
    fn roles() {
        use QuoteRole::*;
        for (text, want) in [
            ("“It rained,” she said.", Speech),
            ("She said, “It rained.”", Speech),
            ("“No,” she said.", Speech),
            ("He said it was “a great loss” to the town.", Fragment),
            ("They saw the film “The Long Rain” twice.", Title),
            ("Joe “Bugs” Lind won.", Nickname),
            ("The “fresh” fish was a week old.", Scare),
        ] {
            read(text, |quotes, text| assert_eq!(quotes.list[0].role, want, "{text}"));
        }
    }
}

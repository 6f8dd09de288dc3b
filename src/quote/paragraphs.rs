//! Pairs of each block → quotes through paragraphs, and what to make of marks without a partner.
//!
//! A quote that runs through paragraphs opens anew in each and closes once, in the last. A mark that finds no partner
//! recovers at its paragraph and leaves a diagnostic.

use super::marks::{self, Family, Mark};
use super::{Diagnostic, Quote, Quotes, pair};
use crate::lexicon::Classes;
use crate::portion::grown;
use crate::span::{BlockId, Span};
use crate::text::{Document, TokenKind};
use crate::vocabulary::{BlockKind, QuoteRole};
use std::ops::Range;

/// How many paragraphs without a mark may stand in a quote that is not reopened.
const LONGEST_GAP: u32 = 3;
/// How many tokens from a comma to a paragraph's end a clause like "he said" may take.
const LONGEST_REPORTING: u32 = 8;

/// A quote that was open when its paragraph ended.
#[derive(Clone, Copy)]
struct Running {
    first: u32,
    family: Family,
    straight: bool,
    paragraphs: u32,
    /// one past the last token of the last paragraph that surely belongs
    end: u32,
    /// paragraphs since that did not open anew
    gap: u32,
    /// one of those had no mark at all
    broken: bool,
}

struct Reader<'a> {
    document: &'a Document<'a>,
    quotes: Quotes,
    running: Option<Running>,
    /// the last block was a block quote: its quote's position
    blockquote: Option<usize>,
}

/// Reads all blocks that yield quotes.
pub(super) fn read(document: &Document<'_>) -> Quotes {
    let mut reader = Reader { document, quotes: Quotes::default(), running: None, blockquote: None };
    let (mut marks, mut stack) = (Vec::new(), Vec::new());
    let mut sentence = 0;
    for (b, block) in document.blocks.iter().enumerate() {
        let first = sentence;
        while document.sentences.get(sentence).is_some_and(|s| s.block == BlockId::from(b)) {
            sentence += 1;
        }
        if first == sentence || !block.kind.is_read() {
            continue;
        }
        let tokens = document.sentences[first].tokens.start..document.sentences[sentence - 1].tokens.end;
        let framed = block.kind == BlockKind::Turn
            && marks::is_mark(&document.tokens[tokens.start as usize])
            && !block.label.is_empty();
        let tokens = if block.label.is_empty() {
            tokens
        } else {
            let open = document.token_at(block.label.end).max(tokens.start);
            open.min(tokens.end)..tokens.end
        };
        marks.clear();
        marks::read(document, tokens.clone(), &mut marks);
        pair::pair(document, &mut marks, &mut stack);
        if framed {
            // marks that frame a transcript's turns quote the transcript, not a speaker in it
            reader.running = None;
            if let Some(last) = marks.last_mut().filter(|m| m.partner.is_none() && m.token + 1 == tokens.end)
            {
                last.idle = true;
            }
        }
        reader.block(block.kind, tokens, &marks);
    }
    reader.stop_running();
    reader.quotes
}

impl Reader<'_> {
    fn block(&mut self, kind: BlockKind, tokens: Range<u32>, marks: &[Mark]) {
        let runs = matches!(
            kind,
            BlockKind::Paragraph | BlockKind::Turn | BlockKind::ListItem | BlockKind::Blockquote
        );
        // the mark that carries on the quote of the paragraph before
        let mut carried = None;
        if runs {
            carried = self.carry_on(&tokens, marks);
        }
        if kind == BlockKind::Blockquote {
            self.block_quote(&tokens, marks);
        } else if runs {
            self.blockquote = None;
        }
        for (i, mark) in marks.iter().enumerate() {
            if mark.idle || carried == Some(i) {
                continue;
            }
            match mark.partner {
                Some(partner) if partner as usize > i => {
                    self.push(mark.token..marks[partner as usize].token + 1, 1, true);
                }
                Some(_) => {}
                None if mark.opens => self.unclosed(runs, mark, &marks[i + 1..], &tokens),
                None => self.unopened(mark, &marks[..i], &tokens),
            }
        }
    }

    fn push(&mut self, tokens: Range<u32>, paragraphs: u32, closed: bool) {
        // an attribute's value in markup that was left in the text is no quote: id="5"
        let valued = tokens.start > 0 && self.document.word(tokens.start - 1) == "=";
        if tokens.is_empty() || valued {
            return;
        }
        let span = self.document.span(tokens.clone());
        let role = QuoteRole::Speech;
        grown(&mut self.quotes.list).push(Quote { span, tokens, role, paragraphs, closed, nested: false });
    }

    fn warn(&mut self, token: u32, code: &'static str, message: &'static str) {
        let span = self.document.tokens[token as usize].span;
        grown(&mut self.quotes.diagnostics).push(Diagnostic { span, code, message });
    }

    /// Carries a running quote into a block: through its first mark, or up to a closing mark that nothing opened.
    /// Returns the mark that did so.
    fn carry_on(&mut self, tokens: &Range<u32>, marks: &[Mark]) -> Option<usize> {
        let running = self.running?;
        // quotes of the other style inside stand by themselves
        let alike = |m: &Mark| m.family == running.family && m.is_straight() == running.straight && !m.idle;
        let Some(i) = marks.iter().position(alike) else {
            if running.gap < LONGEST_GAP {
                let broken = running.broken || !marks.iter().any(|m| m.family == running.family && !m.idle);
                self.running = Some(Running { gap: running.gap + 1, broken, ..running });
            } else {
                self.stop_running();
            }
            return None;
        };
        let mark = &marks[i];
        if mark.opens && mark.token == tokens.start && !running.broken {
            let paragraphs = running.paragraphs + running.gap + 1;
            if let Some(partner) = mark.partner {
                self.running = None;
                self.push(running.first..marks[partner as usize].token + 1, paragraphs, true);
                return Some(i);
            }
            let later =
                marks[i + 1..].iter().any(|m| m.family == running.family && !m.idle && m.partner.is_none());
            if !later {
                self.running = Some(Running { paragraphs, end: tokens.end, gap: 0, ..running });
                return Some(i);
            }
        }
        if !mark.opens && mark.partner.is_none() && self.follows_words(mark) {
            self.running = None;
            self.push(running.first..mark.token + 1, running.paragraphs + running.gap + 1, true);
            return Some(i);
        }
        self.stop_running();
        None
    }

    /// Ends a running quote that no mark closes.
    fn stop_running(&mut self) {
        if let Some(running) = self.running.take() {
            self.warn(running.first, "unclosed-quote", "no mark closes this quote");
            self.push(running.first..running.end, running.paragraphs, false);
        }
    }

    /// An opening mark without partner. The last one of a paragraph may run on into the next.
    fn unclosed(&mut self, runs: bool, mark: &Mark, later: &[Mark], tokens: &Range<u32>) {
        let next = later.iter().find(|m| m.family == mark.family && !m.idle && m.partner.is_none());
        if mark.family == Family::Single && self.running.is_none() && !self.stands_as_opening(mark, tokens) {
            // an apostrophe that was set the wrong way round
            return;
        }
        if let Some(end) = self.reporting_end(mark.token, tokens.end) {
            self.warn(mark.token, "unclosed-quote", "no mark closes this quote");
            self.push(mark.token..end, 1, false);
        } else if runs && next.is_none() {
            self.stop_running();
            self.running = Some(Running {
                first: mark.token,
                family: mark.family,
                straight: mark.is_straight(),
                paragraphs: 1,
                end: tokens.end,
                gap: 0,
                broken: false,
            });
        } else {
            let limit = next.map_or(tokens.end, |m| m.token);
            let sentence = self.document.sentence_of(mark.token);
            let end = self.document.sentences[sentence.index()].tokens.end.min(limit);
            self.warn(mark.token, "unclosed-quote", "no mark closes this quote");
            self.push(mark.token..end, 1, false);
        }
    }

    /// Whether an unclosed single mark is placed as one that opens a quote: first in its block, or after a comma or
    /// colon.
    fn stands_as_opening(&self, mark: &Mark, tokens: &Range<u32>) -> bool {
        mark.token == tokens.start
            || matches!(
                self.document.tokens[mark.token as usize - 1].kind,
                TokenKind::Comma | TokenKind::Colon | TokenKind::DoubleQuote
            )
    }

    /// Where an unclosed quote ends before a clause like ", he said." that closes the paragraph.
    fn reporting_end(&self, open: u32, end: u32) -> Option<u32> {
        let from = open.max(end.saturating_sub(LONGEST_REPORTING));
        let comma = (from..end).rev().find(|&i| self.document.tokens[i as usize].kind == TokenKind::Comma)?;
        let cue = (comma + 1..end).any(|i| self.document.tokens[i as usize].is(Classes::CUE_VERB));
        let short = end - comma <= 5;
        (cue && short && comma > open + 1).then_some(comma + 1)
    }

    /// A closing mark without partner. Where it stands as one that closes speech, the quote is taken to begin with the
    /// paragraph.
    fn unopened(&mut self, mark: &Mark, earlier: &[Mark], tokens: &Range<u32>) {
        if mark.family == Family::Single {
            return;
        }
        self.warn(mark.token, "unopened-quote", "no mark opens this quote");
        let first = !earlier.iter().any(|m| m.family == mark.family && !m.idle);
        if first && self.follows_words(mark) {
            self.push(tokens.start..mark.token + 1, 1, true);
        }
    }

    /// Whether a mark follows the stop or comma that closes speech.
    fn follows_words(&self, mark: &Mark) -> bool {
        mark.token > 0 && self.document.tokens[mark.token as usize - 1].kind.ends_speech()
    }

    /// A block quote is a quote without marks, unless marks enclose the whole of it.
    fn block_quote(&mut self, tokens: &Range<u32>, marks: &[Mark]) {
        if marks.first().is_some_and(|m| m.token == tokens.start && !m.idle) {
            self.blockquote = None;
            return;
        }
        if let Some(at) = self.blockquote {
            let quote = &mut self.quotes.list[at];
            quote.tokens.end = tokens.end;
            quote.paragraphs += 1;
            quote.span = Span::new(quote.span.start, self.document.span(tokens.clone()).end);
            return;
        }
        let at = self.quotes.list.len();
        self.push(tokens.clone(), 1, true);
        self.blockquote = (self.quotes.list.len() > at).then_some(at);
    }
}

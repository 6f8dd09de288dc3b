//! Marks of a block → pairs.
//!
//! Double marks and guillemets pair by a stack, singles within what the doubles leave: an apostrophe looks like a
//! closing single mark, so a single opens only where one that can close it follows.

use super::marks::{Direction, Family, Mark};
use crate::portion::grown;
use crate::text::{Document, Flags, TokenKind};

/// How many marks a single mark looks ahead for its partner.
const REACH: usize = 64;

/// Sets the partners of a block's marks.
pub(super) fn pair(document: &Document<'_>, marks: &mut [Mark], stack: &mut Vec<u32>) {
    pair_family(marks, Family::Double, stack, false);
    let doubles = || marks.iter().filter(|m| m.family == Family::Double && !m.idle);
    let unmatched = doubles().any(|m| m.partner.is_none());
    if unmatched && doubles().all(|m| m.shape == Direction::Either) && doubles().count() % 2 == 0 {
        // straight marks with slips in their spacing: an even number of them pairs by turns
        pair_family(marks, Family::Double, stack, true);
    }
    pair_family(marks, Family::Guillemet, stack, false);
    pair_singles(document, marks);
}

/// Pairs the marks of one family by a stack; by turns, where their places are not to be trusted.
fn pair_family(marks: &mut [Mark], family: Family, stack: &mut Vec<u32>, by_turns: bool) {
    stack.clear();
    for i in 0..marks.len() {
        if marks[i].family != family {
            continue;
        }
        marks[i].partner = None;
        let next = marks[i + 1..].iter().find(|m| m.family == family).map(|m| m.place);
        let open = !stack.is_empty();
        let mark = &mut marks[i];
        if mark.after_number && mark.place != Direction::Open && !by_turns {
            // 6'3": inches, unless a quote that is open has no other mark to close it
            mark.idle = !open || next == Some(Direction::Close);
        }
        if mark.idle {
            continue;
        }
        mark.opens = if by_turns {
            !open
        } else {
            match (mark.shape, mark.place) {
                (Direction::Open, Direction::Close) => !open,
                (Direction::Open, _) => true,
                (Direction::Close, Direction::Open) => !open,
                (Direction::Close, Direction::Either) => !open && next == Some(Direction::Close),
                (Direction::Close, Direction::Close) => false,
                (Direction::Either, Direction::Open) => true,
                (Direction::Either, Direction::Close) => !open && next == Some(Direction::Close),
                (Direction::Either, Direction::Either) => !open,
            }
        };
        if mark.opens {
            grown(stack).push(i as u32);
        } else if let Some(opening) = stack.pop() {
            mark.partner = Some(opening);
            marks[opening as usize].partner = Some(i as u32);
        }
    }
}

/// Pairs single marks, none across the edge of a pair of doubles.
fn pair_singles(document: &Document<'_>, marks: &mut [Mark]) {
    let mut i = 0;
    while i < marks.len() {
        let mark = marks[i];
        if mark.family == Family::Single && mark.partner.is_none() && can_open(&mark) {
            if let Some(close) = closing_single(document, marks, i) {
                marks[i].partner = Some(close as u32);
                marks[i].opens = true;
                marks[close].partner = Some(i as u32);
                marks[close].opens = false;
                // what stood between was apostrophes, or nests in turn: doubles only
                for between in &mut marks[i + 1..close] {
                    between.idle |= between.family == Family::Single;
                }
            } else {
                marks[i].idle = mark.shape != Direction::Open;
                marks[i].opens = true;
            }
        } else if mark.family == Family::Single && mark.partner.is_none() {
            marks[i].idle = true;
        }
        i += 1;
    }
}

fn can_open(mark: &Mark) -> bool {
    !mark.idle
        && (mark.shape == Direction::Open || mark.shape == Direction::Either && mark.place == Direction::Open)
}

/// The mark that closes the single one at `open`: the first that cannot be an apostrophe, else the last that can
/// before another one opens.
fn closing_single(document: &Document<'_>, marks: &[Mark], open: usize) -> Option<usize> {
    let mut weak = None;
    let mut i = open + 1;
    while i < marks.len().min(open + REACH) {
        let mark = &marks[i];
        if mark.family != Family::Single {
            match mark.partner {
                Some(partner) if partner as usize > i => i = partner as usize,
                // the pair of doubles around the opening mark ends here
                Some(_) => break,
                None => {}
            }
        } else if !mark.idle && mark.shape != Direction::Open && mark.place != Direction::Open {
            match strength(document, mark) {
                Strength::Sure => return Some(i),
                Strength::Perhaps => weak = Some(i),
                Strength::No => {}
            }
        } else if weak.is_some() && can_open(mark) {
            break;
        }
        i += 1;
    }
    weak
}

enum Strength {
    Sure,
    /// a possessive's apostrophe looks the same
    Perhaps,
    No,
}

fn strength(document: &Document<'_>, mark: &Mark) -> Strength {
    let token = &document.tokens[mark.token as usize];
    if mark.shape == Direction::Close {
        return Strength::Sure;
    }
    if token.flags.contains(Flags::SPACE) {
        return Strength::No;
    }
    let before = &document.tokens[mark.token as usize - 1];
    if before.kind == TokenKind::Number && mark.after_number {
        return Strength::Perhaps;
    }
    if before.kind != TokenKind::Word {
        return Strength::Sure;
    }
    let word = document.word(mark.token - 1);
    let clipped = word.ends_with(['s', 'S']) || word.len() > 3 && word.ends_with("in");
    let block = |token: u32| Some(document.sentences.get(document.sentence_of(token).index())?.block);
    let word_follows = document
        .tokens
        .get(mark.token as usize + 1)
        .is_some_and(|t| t.is_wordlike() && t.flags.contains(Flags::SPACE))
        && block(mark.token) == block(mark.token + 1);
    if clipped && word_follows { Strength::Perhaps } else { Strength::Sure }
}

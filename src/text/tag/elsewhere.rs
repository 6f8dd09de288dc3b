//! Sentences that open with a name: "Halsted continued by saying …" where the next paragraph has "Mayor Halsted".
//!
//! A capital tells nothing at the start of a sentence, and the ending of a word that nobody knows may be that of a
//! participle or an adjective. Takes an article whose tokens are tagged; where such a word is a name in the midst of
//! another sentence it is one here as well, and its sentence is tagged anew, for the words after it went by it.

use super::mend::{self, is_unknown};
use super::{Sights, Walk, sight};
use crate::lexicon::Lexicon;
use crate::text::key::{self, ByKey};
use crate::text::{Sentence, Token};

/// Tags anew what opens with a word that is a name elsewhere in the article.
pub(super) fn names(
    text: &str,
    tokens: &mut [Token],
    sentences: &[Sentence],
    lexicon: &Lexicon,
    sights: &mut Sights,
) {
    let range = |s: &Sentence| s.tokens.start as usize..s.tokens.end as usize;
    let opens = |s: &Sentence, tokens: &[Token]| {
        let first = range(s).find(|&t| tokens[t].is_wordlike())?;
        (s.tagged && is_unknown(&tokens[first]) && !tokens[first].tag.is_proper()).then_some(first)
    };
    let doubtful: Vec<(usize, usize)> = sentences
        .iter()
        .enumerate()
        .filter_map(|(s, sentence)| Some((s, opens(sentence, tokens)?)))
        .collect();
    if doubtful.is_empty() {
        return;
    }
    let mut named = ByKey::new(16);
    for sentence in sentences.iter().filter(|s| s.tagged) {
        let tokens = &tokens[range(sentence)];
        let mut meant = None;
        for w in tokens.windows(2) {
            if is_unknown(&w[1])
                && w[0].is_wordlike()
                && w[1].tag.is_proper()
                && *meant.get_or_insert_with(|| !sight::is_headline(tokens))
            {
                named.or_insert(key::exact(text, w[1].span), 0);
            }
        }
    }
    for (s, first) in doubtful {
        if !named.contains(key::exact(text, tokens[first].span)) {
            continue;
        }
        let sentence = &sentences[s];
        let tokens = &mut tokens[range(sentence)];
        Walk::new(text, lexicon.tagger(), tokens, sights).named(first - sentence.tokens.start as usize).run();
        mend::all(tokens, sentence, lexicon);
    }
}

//! Words that only their clause tells: a verb that passes for a plural ("a study of rents shows that …", "the minister's
//! website states that …"), a name that passes for an adjective ("…, Devine said").
//!
//! Takes a tagged sentence; gives a form of a verb that takes a clause its verbal tag where it was taken for a noun
//! though no other word can be its clause's verb, and a capitalised word between a comma and a verb of saying the tag of
//! a name. A tagger that goes from left to right has no means to know that: it
//! weighs a few neighbours, and between two nouns and "that" a noun is the likelier by far. What stands right behind
//! "its" or "the" is no verb, whatever its ending.

use super::Tag;
use crate::lexicon::{Classes, CuePos, Frames, Inflection, Lexicon, WordId};
use crate::text::{Flags, Sentence, Token, TokenKind};

/// How far a clause is looked at to either side, in tokens.
const REACH: usize = 40;

/// Gives the words of a tagged sentence whose clause tells better another tag.
pub(super) fn all(tokens: &mut [Token], sentence: &Sentence, lexicon: &Lexicon) {
    name(tokens);
    if sentence.classes.intersects(Classes::CUE_VERB) {
        mend(tokens, lexicon);
    }
}

/// Gives verbs that were taken for nouns, and names that were taken for adjectives, their tag.
fn mend(tokens: &mut [Token], lexicon: &Lexicon) {
    for t in 1..tokens.len() {
        // hardly any passes all of it, so that one question of several is foretold where each of them is not
        let (before, here) = (&tokens[t - 1], &tokens[t]);
        let adjective = here.tag.is_finite() & (before.tag == Tag::Jj) & before.is_capital();
        let noun = matches!(here.tag, Tag::Vbn | Tag::Nn | Tag::Nns) & before.tag.is_noun();
        if !(here.is(Classes::CUE_VERB) & (adjective | noun)) {
            continue;
        }
        if tokens[t].tag.is_finite()
            && tokens[t - 1].tag == Tag::Jj
            && tokens[t - 1].is_capital()
            && t > 1
            && tokens[t - 2].kind == TokenKind::Comma
        {
            tokens[t - 1].tag = Tag::Nnp;
        }
        // "The port lost money, a new study found."
        if tokens[t].tag == Tag::Vbn
            && tokens[t - 1].tag.is_noun()
            && tokens.get(t + 1).is_none_or(|next| next.tag == Tag::Period)
            && Subject::before(tokens, t).is_some_and(|s| s.after_comma && s.plain)
        {
            tokens[t].tag = Tag::Vbd;
        }
        if matches!(tokens[t].tag, Tag::Nn | Tag::Nns)
            && tokens[t - 1].tag.is_noun()
            && let Some(tag) = verb(tokens, t, lexicon)
        {
            tokens[t].tag = tag;
        }
    }
}

/// Gives a word that neither lexicon nor tagger knows, with a capital, the tag of a name where its ending alone told
/// another: after a first name, before a clause's verb, and in mid-sentence where no noun follows that it may describe.
/// Gives a verb's base behind a possessive or an article, "its dividend by half", the tag of a noun.
fn name(tokens: &mut [Token]) {
    for t in 0..tokens.len() {
        let token = &tokens[t];
        if matches!(token.tag, Tag::Vb | Tag::Vbp) & (t > 0) && determines(&tokens[t - 1]) {
            tokens[t].tag = Tag::Nn;
            continue;
        }
        if !is_unknown(token) {
            continue;
        }
        let open = matches!(token.tag, Tag::Nn | Tag::Rb) || token.tag.is_verb() || token.tag.is_adjective();
        let next = tokens.get(t + 1).map_or(Tag::None, |n| n.tag);
        let after = |classes| t > 0 && tokens[t - 1].is_capital() && tokens[t - 1].is(classes);
        let first = t == 0 || !tokens[t - 1].is_wordlike() && tokens[t - 1].kind != TokenKind::Comma;
        let describes = next.is_noun() || next.is_adjective();
        if open
            && (after(Classes::FIRST_NAME)
                || if first { next.is_finite() || next == Tag::Pos } else { !describes })
        {
            tokens[t].tag = Tag::Nnp;
        }
    }
}

/// Whether a word opens a noun phrase and can be none alone: its, the.
fn determines(token: &Token) -> bool {
    token.tag == Tag::PrpPoss
        || token.tag == Tag::Dt && token.is(Classes::DEFINITE) && !token.is(Classes::INDEFINITE)
}

/// Whether a word with a capital, and nothing else than letters, is one that neither lexicon nor tagger knows.
pub(super) fn is_unknown(token: &Token) -> bool {
    let look = Flags::CAPITAL | Flags::CAPITALS | Flags::DIGIT | Flags::HYPHEN | Flags::STOP;
    // one question, whose answer is nearly always no; those that it is made of are as good as random
    let flags = token.flags.intersection(look) ^ Flags::CAPITAL;
    (token.word.0 ^ WordId::UNKNOWN.0) | u32::from(flags.bits()) | token.kind as u32 ^ TokenKind::Word as u32
        == 0
}

/// The tag of the verb that a token must be.
fn verb(tokens: &[Token], t: usize, lexicon: &Lexicon) -> Option<Tag> {
    let (third, spoken) = lexicon.cue_forms(tokens[t].word).iter().find_map(|f| {
        let cue = lexicon.cue(f.cue);
        let clausal = cue.pos == CuePos::Verb && cue.frames.intersects(Frames::THAT | Frames::CLAUSE);
        let spoken = cue.is_of_saying();
        match f.inflection {
            Inflection::Third if clausal => Some((true, spoken)),
            Inflection::Base if clausal => Some((false, spoken)),
            _ => None,
        }
    })?;
    let subject = Subject::before(tokens, t)?;
    if subject.plural == third {
        return None;
    }
    let ends = tokens.get(t + 1).is_none_or(|next| matches!(next.tag, Tag::Period | Tag::Comma));
    let fits = if ends {
        // "…, an analysis of the accounts shows": a clause put after what it reports
        // or "…, Brandt notes, …"
        (subject.document || subject.name && spoken) && subject.after_comma
    } else {
        let opener = opener(tokens, t + 1)?;
        let sure = subject.plain && tokens[opener].tag != Tag::Prp;
        (sure || subject.document) && one_verb(tokens, opener)
    };
    fits.then_some(if third { Tag::Vbz } else { Tag::Vbp })
}

/// What would be the subject of a verb.
struct Subject {
    plural: bool,
    document: bool,
    /// nothing hangs on it: of "the number of lost letters that …" the last noun may be one
    plain: bool,
    after_comma: bool,
    /// a singular name and nothing else
    name: bool,
}

impl Subject {
    /// The head of the phrase that fills the clause before a token; none where the clause has its verb already.
    fn before(tokens: &[Token], t: usize) -> Option<Self> {
        let floor = t.saturating_sub(REACH);
        let mut start = t;
        while start > floor {
            let token = &tokens[start - 1];
            if token.tag.is_finite() {
                return None;
            }
            let opens = matches!(token.tag, Tag::Comma | Tag::Colon | Tag::Open | Tag::Close | Tag::Cc)
                || token.tag == Tag::In && token.is(Classes::SUBORDINATOR);
            if opens {
                break;
            }
            start -= 1;
        }
        // the head ends the first run of words that can stand in a phrase
        let run = (start..t).take_while(|&i| {
            let tag = tokens[i].tag;
            !matches!(tag, Tag::In | Tag::To | Tag::Vbg) && !(tag == Tag::Vbn && i > start)
        });
        let head = run.last().filter(|&h| tokens[h].tag.is_noun())?;
        let plain = head + 1 == t;
        let head = &tokens[head];
        Some(Self {
            plain,
            plural: matches!(head.tag, Tag::Nns | Tag::Nnps),
            document: head.is(Classes::DOCUMENT),
            after_comma: start > 0 && tokens[start - 1].kind == TokenKind::Comma,
            name: head.tag == Tag::Nnp && tokens[start..t].iter().all(|n| n.is_capital()),
        })
    }
}

/// Where a clause opens after a verb: at "that", a question word or a pronoun, a phrase like "in detail" between or not.
fn opener(tokens: &[Token], from: usize) -> Option<usize> {
    let tag = |i: usize| tokens.get(i).map(|t| t.tag);
    let opens = |i: usize| {
        matches!(tag(i), Some(Tag::Wp | Tag::Prp))
            // "two states where voters wait": a clause of place or time hangs on a noun
            || tokens.get(i).is_some_and(|t| t.tag == Tag::Wrb && !t.is(Classes::SUBORDINATOR))
            || tokens.get(i).is_some_and(|t| t.classes.contains(Classes::RELATIVE | Classes::SUBORDINATOR))
    };
    if opens(from) {
        return Some(from);
    }
    let phrase = tag(from) == Some(Tag::In) && tag(from + 1) == Some(Tag::Nn);
    (phrase && opens(from + 2)).then_some(from + 2)
}

/// Whether the clause that a token opens has a verb, and no second one that would be the verb of what stands before: "the
/// claims that she made | were false". Nor may its verb stand right after "that".
fn one_verb(tokens: &[Token], opener: usize) -> bool {
    let mut verbs = 0;
    for i in opener + 1..tokens.len().min(opener + REACH) {
        let tag = tokens[i].tag;
        if matches!(tag, Tag::Comma | Tag::Colon | Tag::Cc | Tag::Wdt | Tag::Wp | Tag::Wrb)
            || tag == Tag::In && tokens[i].is(Classes::SUBORDINATOR)
        {
            break;
        }
        if tag.is_finite() {
            // "claims that were false": "that" is the verb's subject; "claims he made": the pronoun is, with no word between
            let pronoun = tokens[opener].tag == Tag::Prp;
            if verbs == 0 && (i == opener + 1) != pronoun {
                return false;
            }
            verbs += 1;
        }
    }
    verbs == 1
}

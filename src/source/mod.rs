//! Mentions → the article's cast: who "he" is, which names are one person, who stays unnamed.
//!
//! Takes document, quotes and attributions. Returns the [`Cast`]; changes none of them.

mod agreement;
mod answer;
mod cast;
mod cluster;
mod describe;
mod entity;
mod group;
mod link;
mod name;
mod part;
mod phrase;
mod pronoun;
mod question;
mod reading;
mod role;
mod room;
mod run;
mod scan;
mod short;
mod table;
mod walk;
mod weight;

use self::phrase::Phrases;
use self::question::Asked;
use self::room::Room;
use self::walk::Walker;
use crate::attribution::Attribution;
use crate::lexicon::Lexicon;
use crate::quote::Quote;
use crate::rule::{Rule, Stage};
use crate::span::{SourceId, Span};
use crate::text::Document;
use crate::vocabulary::{Gender, SourceKind};

/// Someone or something that is cited.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The fullest name in the article, without title; for the unnamed, the noun phrase.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Whether the article names it.
    pub named: bool,
    /// Gender, where the article tells.
    pub gender: Option<Gender>,
    /// Title, office or apposition.
    pub description: Option<String>,
    /// In text order.
    pub mentions: Vec<Span>,
}

/// The article's sources, and who each attribution's mention refers to.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// By first mention.
    pub sources: Vec<Source>,
    /// For each attribution, whom its source mention refers to; none where it has no mention or it stays open.
    pub speakers: Vec<Option<SourceId>>,
    /// For each attribution, whom its relay mention refers to.
    pub relays: Vec<Option<SourceId>>,
}

/// The rules by which sources are found.
pub const RULES: &[Rule] = &[
    rule(
        "source-name",
        "A full name, its surname, first name, initials or ending name one and the same: news gives \
        the full name once.",
    ),
    rule(
        "source-title",
        "Where two share a surname, a title that tells the gender tells them apart; without one, the \
        bare surname is the one who is mostly called by it.",
    ),
    rule(
        "source-role",
        "A definite noun takes up whoever the article has described by it; a new description of one \
        who has been named is the person whom the article is about.",
    ),
    rule(
        "source-pronoun",
        "A pronoun takes up the likeliest mention that agrees in number and gender: late, a \
        subject, a speaker, and often mentioned.",
    ),
    rule("source-relative", "A relative pronoun takes up the noun beside it."),
    rule(
        "source-first-person",
        "\"I\" in someone's words is that someone; in the article's own words, its author.",
    ),
    rule("source-group", "Several joined by a conjunction speak as one group, and are \"they\" later on."),
    rule(
        "source-unnamed",
        "One who is not named keeps the noun phrase as a name; an indefinite phrase is someone new.",
    ),
];

const fn rule(id: &'static str, reason: &'static str) -> Rule {
    // a source carries no rule's id in the record, so tables of this room's tests stand for examples
    Rule { id, stage: Stage::Source, reason, examples: &[], near_misses: &[] }
}

/// The name of the author of an article, where it says "I".
pub const AUTHOR: &str = "AUTHOR";

/// Resolves every mention of an article's attributions.
pub fn resolve(
    document: &Document<'_>,
    quotes: &[Quote],
    attributions: &[Attribution],
    lexicon: &Lexicon,
) -> Cast {
    let mut cast = Cast {
        sources: Vec::new(),
        speakers: vec![None; attributions.len()],
        relays: vec![None; attributions.len()],
    };
    if attributions.iter().all(|a| a.source.is_none() && a.relay.is_none()) {
        return cast;
    }
    let mut room = Room::take(document.tokens.len());
    room.resolve(document, quotes, attributions, lexicon, &mut cast);
    room.keep();
    cast
}

impl Room {
    fn resolve(
        &mut self,
        document: &Document<'_>,
        quotes: &[Quote],
        attributions: &[Attribution],
        lexicon: &Lexicon,
        cast: &mut Cast,
    ) {
        let tokens = document.tokens.len();
        self.scan.look(document);
        run::find(document, lexicon, &self.scan.capitals, &mut self.run, &mut self.names);
        cluster::cluster(document, &mut self.names, &mut self.entities, &mut self.of, &mut self.clusters);
        self.names_are_known();
        self.places.place(&self.names, tokens);
        let phrases = Phrases { document, names: &self.names, places: &self.places };
        describe::describe(
            phrases,
            &self.of,
            &mut self.entities,
            &self.scan.gendered,
            &mut self.appositions,
            &mut self.votes,
        );
        self.list.clear();
        for (a, attribution) in attributions.iter().enumerate() {
            for (mention, relay) in [(attribution.source, false), (attribution.relay, true)] {
                let Some(mention) = mention else { continue };
                if let Some(reading) = phrases.read(phrases.tokens_of(&mention), mention.head) {
                    self.list.push(Asked { attribution: a as u32, relay, reading });
                }
            }
        }
        self.asked.ask(self.list.iter().map(|a| a.reading.answered_at(&self.names)), tokens);
        self.scan.tell(document, &self.names, &self.places);
        let telling = &mut self.scan.telling;
        self.asked.tokens().for_each(|token| telling.insert(token));
        self.appositions.iter().for_each(|&(head, _)| telling.insert(head));
        self.roles.begin(phrases, &self.appositions);
        self.mentions.clear();
        self.mentions.reserve(tokens / 8);
        self.discourse.begin(tokens / 8, document.sentences.len());
        self.answers.clear();
        self.answers.resize(self.list.len(), None);
        self.here.reset(tokens);
        let mut walker = Walker {
            phrases,
            quotes,
            attributions,
            of: &self.of,
            entities: &mut self.entities,
            appositions: &self.appositions,
            telling: &self.scan.telling,
            heads: &self.scan.heads,
            next_name: 0,
            mentions: &mut self.mentions,
            discourse: &mut self.discourse,
            roles: &mut self.roles,
            asked: &mut self.asked,
            answers: &mut self.answers,
            list: &self.list,
            first_persons: Vec::new(),
            here: &mut self.here,
            author: None,
        };
        walker.run();
        self.all_is_answered();
        let phrases = Phrases { document, names: &self.names, places: &self.places };
        cast.fill(phrases, &self.entities, &mut self.mentions, &self.answers, &self.list, &mut self.cast);
    }
}

#[cfg(test)]
mod tests {
    use crate::attribution::{Attribution, Mention};
    use crate::span::{SentenceId, Span};
    use crate::vocabulary::{AttributionKind, Form, Mode};
    use crate::{Article, Lexicon};

    /// Resolves the mentions in square brackets; an attribution's content reaches from its mention to the next, or
    /// is the quote before it.
    fn resolved(marked: &str) -> Vec<String> {
        let article = Article::new("test", marked.replace(['[', ']'], ""));
        let text = article.text.as_str();
        let mut mentions = Vec::new();
        let mut at = 0;
        for c in marked.chars() {
            match c {
                '[' => mentions.push(Span::new(at, at)),
                ']' => mentions.last_mut().unwrap().end = at,
                c => at += c.len_utf8() as u32,
            }
        }
        let lexicon = Lexicon::embedded();
        let layout = crate::layout::blocks(text, &lexicon);
        let document = crate::text::read(text, &layout, &lexicon);
        let quotes = crate::quote::find(&document, &lexicon);
        let attributions: Vec<Attribution> = mentions
            .iter()
            .map(|&span| {
                let before = quotes
                    .list
                    .iter()
                    .rev()
                    .find(|q| q.span.end <= span.start && q.span.end + 2 >= span.start);
                Attribution {
                    sentence: SentenceId(0),
                    mode: if before.is_some() { Mode::Direct } else { Mode::Indirect },
                    kind: AttributionKind::Statement,
                    source: Some(Mention { span, head: document.tokens_in(span).end - 1, form: Form::Name }),
                    cue: None,
                    content: before.map(|q| q.span).into_iter().collect(),
                    addressee: None,
                    relay: None,
                    parent: None,
                    quotes: Vec::new(),
                    rule: "test",
                    confidence: 1.0,
                }
            })
            .collect();
        let cast = super::resolve(&document, &quotes.list, &attributions, &lexicon);
        cast.speakers
            .iter()
            .map(|s| s.map_or_else(String::new, |s| cast.sources[s.index()].name.clone()))
            .collect()
    }

    fn check(table: &[(&str, &[&str])]) {
        for (text, want) in table {
            assert_eq!(resolved(text), *want, "{text}");
        }
    }

    #[test]
    fn names() {
        check(&[
            ("[Mayor Ana Brandt] said it rained. [Brandt] said so twice.", &["Ana Brandt", "Ana Brandt"]),
            (
                "[Trade Minister Karl B. Oster] resigned. [Mr. Oster] said why.",
                &["Karl B. Oster", "Karl B. Oster"],
            ),
            // a surname that is a firm's name too
            ("[Karl S. Boeing] was late. [He] said it rained.", &["Karl S. Boeing", "Karl S. Boeing"]),
            (
                "The Lindmark Harbour Commission met. [The Harbour Commission] said no. [The LHC] said nothing else.",
                &["Lindmark Harbour Commission", "Lindmark Harbour Commission"],
            ),
            (
                "Peter Lind met his wife, Anna Lind. [Mrs. Lind] said yes. [Mr. Lind] said no.",
                &["Anna Lind", "Peter Lind"],
            ),
            ("[A spokesman for the port, Bo Lind,] said so.", &["Bo Lind"]),
            ("[His wife and campaign manager Anna Lind] agreed.", &["Anna Lind"]),
        ]);
    }

    #[test]
    fn pronouns() {
        check(&[
            ("Anna Lind met Peter Oster on Monday. [She] said it rained.", &["Anna Lind"]),
            ("Anna Lind met Peter Oster on Monday. [He] said it rained.", &["Peter Oster"]),
            ("Voters waited in the rain. [They] said it was cold.", &["Voters"]),
            (
                "Anna Lind and Peter Oster left early. [They] said it was cold.",
                &["Anna Lind and Peter Oster"],
            ),
            ("Anna Lind, [who] said it rained, left.", &["Anna Lind"]),
            ("He was tired, [Peter Oster] said.", &["Peter Oster"]),
            ("“It is late and [I] think we should go,” [Anna Lind] said.", &["Anna Lind", "Anna Lind"]),
            ("It was late. [I] thought we should go.", &["AUTHOR"]),
        ]);
    }

    #[test]
    fn roles_and_unnamed_sources() {
        check(&[
            (
                "Lena Holm, a spokeswoman for the port, came. [The spokeswoman] said it was shut.",
                &["Lena Holm"],
            ),
            (
                "[A retired diplomat] said yes. [A retired diplomat] said no. [The diplomat] said maybe.",
                &["A retired diplomat", "A retired diplomat", "A retired diplomat"],
            ),
            ("[Several officials at the port] said so.", &["Several officials at the port"]),
            ("[Some] say it rained.", &["Some"]),
            ("[Anna Lind and Mayor Bo Holm] said so.", &["Anna Lind and Bo Holm"]),
        ]);
    }
}

//! The whole way, from an article to its record.
//!
//! Owns [`Pipeline`] (a lexicon and the choices of a run) and [`Article`]. Each line of [`Pipeline::run`] is a room.

use crate::lexicon::Lexicon;
use crate::record::{Meta, Options, Record, RecordView};
use crate::rule::Rule;
use crate::{attribution, claim, language, layout, quantity, quote, record, source, text};
use once_cell::sync::Lazy;
use std::sync::Arc;

/// An article as it was read: its id, its text, and what the input told of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Unique among the articles of a run.
    pub id: String,
    /// The text exactly as it was read; every offset of the record points into it.
    pub text: String,
    /// Title, date and the like, from the input's fields.
    pub meta: Meta,
}

impl Article {
    /// An article of which only id and text are known.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), meta: Meta::default() }
    }
}

/// A lexicon and the choices of a run. Cheap to clone; one serves all threads.
#[derive(Clone, Debug)]
pub struct Pipeline {
    lexicon: Arc<Lexicon>,
    options: Options,
}

static EMBEDDED: Lazy<Arc<Lexicon>> = Lazy::new(|| Arc::new(Lexicon::embedded()));

impl Default for Pipeline {
    /// With the embedded rules and default options.
    fn default() -> Self {
        Self { lexicon: EMBEDDED.clone(), options: Options::default() }
    }
}

impl Pipeline {
    /// With a lexicon of one's own.
    pub fn new(lexicon: Lexicon) -> Self {
        Self { lexicon: Arc::new(lexicon), options: Options::default() }
    }

    /// The same with other options.
    #[must_use]
    pub fn with_options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// The lexicon that it runs with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What its records say in `engine`: the version, and a digest of the rules.
    pub fn engine(&self) -> String {
        record::engine(self.lexicon.digest())
    }

    /// Reads one article. Any text gives a record; none panics.
    pub fn run(&self, article: &Article) -> Record {
        self.read(article, |record| record.into_owned())
    }

    /// Reads one article and hands over its record while the strings still lie where they were found: for whoever writes
    /// it at once.
    pub fn read<T>(&self, article: &Article, then: impl FnOnce(RecordView<'_>) -> T) -> T {
        let lexicon = &*self.lexicon;
        let layout = layout::blocks(&article.text, lexicon);
        let document = text::read(&article.text, &layout, lexicon);
        if !self.options.any_language
            && let Some(other) = language::other(&document)
        {
            let (digest, options) = (lexicon.digest(), &self.options);
            return then(record::unread(&article.id, &article.meta, &article.text, other, digest, options));
        }
        let quotes = quote::find(&document, lexicon);
        let attributions = attribution::find(&document, &quotes.list, lexicon);
        let cast = source::resolve(&document, &quotes.list, &attributions, lexicon);
        let quantities = quantity::find(&document, lexicon);
        let claims = claim::find(&document, quantities, &attributions, &cast, lexicon);
        let sentences = document.into_sentences();
        let parts = record::Parts {
            article: &article.text,
            layout: &layout,
            sentences,
            quotes,
            attributions,
            cast,
            claims,
        };
        then(record::write(&article.id, &article.meta, parts, lexicon.digest(), &self.options))
    }
}

/// Every rule, in the order of the rooms.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let before = [layout::RULES, text::RULES, quote::RULES].into_iter().flatten();
    let attribution = attribution::RULES.iter().copied().flatten().copied();
    let after = [source::RULES, quantity::RULES, claim::RULES].into_iter().flatten();
    before.chain(attribution).chain(after)
}

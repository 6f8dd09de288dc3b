//! Word classes: what one look-up of a word tells, as bits.

use bitflags::bitflags;

bitflags! {
    /// The classes of a word. A word may have many: "May" is a month, a modal and a first name.
    ///
    /// In `data/*.toml` a class goes by its name in lower case with hyphens: `first-name-female`.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct Classes: u64 {
        /// a form of a verb that can be a cue
        const CUE_VERB = 1;
        /// a noun that can be a cue: claim, promise, view
        const CUE_NOUN = 1 << 1;
        /// any other word that can be or begin a cue: according, per, confident
        const CUE_OTHER = 1 << 2;
        /// written with a full stop that is part of it
        const ABBREVIATION = 1 << 3;
        /// name of a month or its abbreviation
        const MONTH = 1 << 4;
        /// name of a day of the week or its abbreviation
        const WEEKDAY = 1 << 5;
        /// first name that women bear; a name with both bits tells no gender
        const FIRST_NAME_FEMALE = 1 << 6;
        /// first name that men bear
        const FIRST_NAME_MALE = 1 << 7;
        /// stands before a name: Mr., Sen., President
        const TITLE = 1 << 8;
        /// noun for someone by office or trade: spokesman, minister, analyst
        const OFFICE = 1 << 9;
        /// noun of kinship: wife, brother
        const KIN = 1 << 10;
        /// noun by which unnamed sources go: official, source, diplomat
        const ANONYMOUS = 1 << 11;
        /// plural or collective noun of people: voters, residents, critics
        const GROUP = 1 << 12;
        /// head noun of an organisation's name or description: ministry, committee, party
        const ORGANISATION = 1 << 13;
        /// noun for something that says: report, poll, statement, video
        const DOCUMENT = 1 << 14;
        /// adjective or noun of nationality or region: Ukrainian
        const DEMONYM = 1 << 15;
        /// name of a country, state or great city
        const PLACE = 1 << 16;
        /// word that makes its person female: she, spokeswoman, Mrs.
        const FEMALE = 1 << 17;
        /// word that makes its person male: he, chairman, Mr.
        const MALE = 1 << 18;
        /// personal pronoun in any case: he, them
        const PERSONAL = 1 << 19;
        /// possessive pronoun: his, their
        const POSSESSIVE = 1 << 20;
        /// relative pronoun: who, which, that
        const RELATIVE = 1 << 21;
        /// pronoun of the first person: I, we, our
        const FIRST_PERSON = 1 << 22;
        /// number word: seven, hundred, dozens
        const NUMBER = 1 << 23;
        /// magnitude or its abbreviation: million, bn
        const MAGNITUDE = 1 << 24;
        /// form of a unit of measure, money or time
        const UNIT = 1 << 25;
        /// noun of a span or point of time: year, week, yesterday
        const TIME = 1 << 26;
        /// negation: not, never, n't, no
        const NEGATION = 1 << 27;
        /// word that bounds a number: nearly, least, topped
        const BOUND = 1 << 28;
        /// verb or noun of movement of a quantity: rose, fell, cut
        const CHANGE = 1 << 29;
        /// news agency or outlet, in a dateline or as a source
        const OUTLET = 1 << 30;
        /// auxiliary or modal verb: has, would
        const AUXILIARY = 1 << 31;
        /// last word of a publication's name: Examiner, Times, News
        const PUBLISHER = 1 << 32;
        /// particle of a surname: van, de, bin
        const NAME_PARTICLE = 1 << 33;
        /// comes after a name: Jr., III
        const NAME_SUFFIX = 1 << 34;
        /// head of a legal name of an enterprise: Inc., Corp.
        const COMPANY = 1 << 35;
        /// noun for a thing that a number counts oddly or a label that a number follows: No., Section, Flight
        const NUMBERED = 1 << 36;
        /// word of an intransitive time or place adverb that may stand between parts: yesterday, here
        const ADVERB = 1 << 37;
        /// noun that denotes one or more persons, other than the above: man, girl, people
        const PERSON = 1 << 38;
        /// plural personal noun or pronoun
        const PLURAL = 1 << 39;
        /// abbreviation that stands before what it belongs to, so that no sentence ends at it: Mr., vs.
        const ABBREVIATION_INNER = 1 << 40;
        /// abbreviation only before a number: No., p.
        const ABBREVIATION_NUMBER = 1 << 41;
        /// abbreviation only with a capital: Sen., Mass., Oct.
        const ABBREVIATION_CAPITAL = 1 << 42;
        /// abbreviation that ends a sentence before almost any capital: a.m., etc.
        const ABBREVIATION_FINAL = 1 << 43;
        /// word that with a capital opens a sentence rather than carries on a name: the, he, but, when
        const OPENER = 1 << 44;
        /// noun for a work that has a title: film, song, episode
        const WORK = 1 << 45;
        /// word that introduces a name or word as such: called, dubbed, titled, nicknamed
        const NAMING = 1 << 46;
        /// what a colon and the maker's name follow in a caption: photo, image, credit
        const CREDIT = 1 << 47;
        /// quantifier or demonstrative that stands alone for no one in particular: some, others, everyone, those
        const INDEFINITE = 1 << 48;
        /// sign or code of a currency that stands before a number: $, US$, USD
        const CURRENCY = 1 << 49;
        /// a word whose apostrophe stands for letters left out at its start: 'em, 'til
        const ELISION = 1 << 50;
        /// opens a subordinate clause: because, although, when
        const SUBORDINATOR = 1 << 51;
        /// joins equals: and, or, &
        const COORDINATOR = 1 << 52;
        /// quantifier that floats between subject and verb: both, all, each
        const FLOATING = 1 << 53;
        /// verb that lends its noun object the force of a verb: make a claim, express concern
        const LIGHT_VERB = 1 << 54;
        /// adverb that attributes without a source: reportedly, allegedly
        const HEARSAY = 1 << 55;
        /// form of "be"
        const BE = 1 << 56;
        /// noun of a standpoint: "in her view"
        const VIEWPOINT = 1 << 57;
        /// noun of an inquiry among many: poll, survey
        const POLL = 1 << 58;
        /// form of "have"
        const HAVE = 1 << 59;
        /// form of "do"
        const DO = 1 << 60;
        /// form of "get", which makes a passive with a participle
        const GET = 1 << 61;
        /// verb that joins with "to" and another verb: going, trying
        const SEMI_AUXILIARY = 1 << 62;
        /// determiner that points to what the reader knows already: the, this, those
        const DEFINITE = 1 << 63;
    }
}

impl Classes {
    /// A first name of either sex.
    pub const FIRST_NAME: Self = Self::FIRST_NAME_FEMALE.union(Self::FIRST_NAME_MALE);
    /// Nouns for people, one or many.
    pub const PEOPLE: Self =
        Self::OFFICE.union(Self::KIN).union(Self::PERSON).union(Self::ANONYMOUS).union(Self::GROUP);

    /// The class of a name as `data/*.toml` writes it.
    pub fn named(name: &str) -> Option<Self> {
        Self::from_name(&name.to_ascii_uppercase().replace('-', "_"))
    }

    /// The names of all the classes that are set, as `data/*.toml` writes them.
    pub fn names(self) -> impl Iterator<Item = String> {
        self.iter_names().map(|(n, _)| n.to_ascii_lowercase().replace('_', "-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bitflags::Flags;

    #[test]
    fn every_class_has_a_bit_of_its_own() {
        assert_eq!(Classes::FLAGS.len(), Classes::all().bits().count_ones() as usize);
    }
}

//! Agreement: which entities a pronoun or noun can stand for, by kind, number and gender, and how well they fit.
//!
//! Takes an entity's [`Sort`] and what is asked ([`Agreement`]); returns the fit from a table that the compiler fills in.

use super::entity::Entity;
use crate::vocabulary::{Gender, SourceKind};

/// What a pronoun asks of its antecedent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Agreement {
    /// he, she; a singular description of a person
    Person(Option<Gender>),
    /// they
    Plural,
    /// it
    Thing,
    /// who
    Someone,
    /// which, that
    Anything,
    /// "the candidate"
    Role(Option<Gender>),
    /// "the agency"
    Body,
    /// "the report"
    Document,
}

/// The fit of what does not fit.
pub(super) const DOES_NOT: f32 = f32::NEG_INFINITY;

/// All that can be asked, in the order of the table's columns.
const ASKED: [Agreement; 12] = [
    Agreement::Person(None),
    Agreement::Person(Some(Gender::Female)),
    Agreement::Person(Some(Gender::Male)),
    Agreement::Role(None),
    Agreement::Role(Some(Gender::Female)),
    Agreement::Role(Some(Gender::Male)),
    Agreement::Plural,
    Agreement::Thing,
    Agreement::Someone,
    Agreement::Anything,
    Agreement::Body,
    Agreement::Document,
];

/// All kinds, in the order of their declaration.
const KINDS: [SourceKind; 8] = [
    SourceKind::Person,
    SourceKind::Organisation,
    SourceKind::Place,
    SourceKind::Document,
    SourceKind::Group,
    SourceKind::Unnamed,
    SourceKind::Author,
    SourceKind::Unknown,
];

/// What agreement asks of an entity, in eight bits: kind, number, gender, whether it has a name or is new.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sort(u8);

const PLURAL: u8 = 1 << 3;
const NAMED: u8 = 1 << 4;
const INTRODUCED: u8 = 1 << 5;
const FEMALE: u8 = 1 << 6;
const MALE: u8 = 2 << 6;

/// By sort, the fits by what is asked; a row fills a line of the cache.
static FITS: [[f32; 16]; 256] = fits();

/// By what is asked, which sorts fit at all.
static FITTING: [[bool; 256]; 16] = {
    let (fits, mut fitting, mut sort) = (fits(), [[false; 256]; 16], 0);
    while sort < fits.len() {
        let mut column = 0;
        while column < fitting.len() {
            fitting[column][sort] = fits[sort][column] != DOES_NOT;
            column += 1;
        }
        sort += 1;
    }
    fitting
};

impl Agreement {
    /// The column of the table of fits.
    pub(super) fn column(self) -> usize {
        let sex = |gender| match gender {
            None => 0,
            Some(Gender::Female) => 1,
            Some(Gender::Male) => 2,
        };
        match self {
            Self::Person(gender) => sex(gender),
            Self::Role(gender) => 3 + sex(gender),
            Self::Plural => 6,
            Self::Thing => 7,
            Self::Someone => 8,
            Self::Anything => 9,
            Self::Body => 10,
            Self::Document => 11,
        }
    }
}

impl Sort {
    #[inline]
    pub(super) fn of(entity: &Entity) -> Self {
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        let gender = match entity.gender {
            None => 0,
            Some(Gender::Female) => FEMALE,
            Some(Gender::Male) => MALE,
        };
        let flags =
            flag(entity.plural, PLURAL) | flag(entity.named, NAMED) | flag(entity.introduced, INTRODUCED);
        Self(entity.kind as u8 | flags | gender)
    }

    /// Which sorts fit what a column stands for.
    pub(super) fn fitting(column: usize) -> impl Fn(Self) -> bool {
        let fitting = &FITTING[column % 16];
        move |sort| fitting[usize::from(sort.0)]
    }

    /// How well it fits what a column stands for; [`DOES_NOT`] where it does not.
    #[inline]
    pub(super) fn fit(self, column: usize) -> f32 {
        FITS[usize::from(self.0)][column % 16]
    }
}

/// Whether an entity agrees.
pub(super) fn agrees(agreement: Agreement, entity: &Entity) -> bool {
    Sort::of(entity).fit(agreement.column()) != DOES_NOT
}

const fn fits() -> [[f32; 16]; 256] {
    let mut table = [[DOES_NOT; 16]; 256];
    let mut sort = 0;
    while sort < table.len() {
        let mut column = 0;
        while column < ASKED.len() {
            if let Some(fit) = fit(ASKED[column], sort as u8) {
                table[sort][column] = fit;
            }
            column += 1;
        }
        sort += 1;
    }
    table
}

/// How well a sort of entity agrees; none if it does not.
const fn fit(agreement: Agreement, sort: u8) -> Option<f32> {
    use SourceKind::{Author, Document, Group, Organisation, Person, Place, Unknown, Unnamed};
    let kind = KINDS[sort as usize & 7];
    let (plural, named, introduced) = (sort & PLURAL != 0, sort & NAMED != 0, sort & INTRODUCED != 0);
    if matches!(kind, Author) {
        return None;
    }
    match agreement {
        Agreement::Person(gender) | Agreement::Role(gender) => {
            let kind = match kind {
                Person => 0.3,
                Unnamed if !plural => -0.2,
                // "the sheriff" is not the dam that has no class
                Unknown if !plural && named && matches!(agreement, Agreement::Person(_)) => -1.2,
                _ => return None,
            };
            let own = sort & (FEMALE | MALE);
            let agrees = match gender {
                Some(Gender::Female) if own == MALE => return None,
                Some(Gender::Male) if own == FEMALE => return None,
                Some(_) if own != 0 => 0.6,
                _ => 0.0,
            };
            Some(kind + agrees)
        }
        Agreement::Plural => match kind {
            Group => Some(0.6),
            Unnamed | Document | Unknown if plural => Some(0.3),
            Organisation if plural => Some(0.3),
            Organisation => Some(-0.4),
            Unknown if named => Some(-0.9),
            Place => Some(-1.2),
            _ => None,
        },
        Agreement::Thing => match kind {
            Organisation | Document if !plural => Some(0.3),
            Place => Some(-0.1),
            Unknown if !plural => Some(-0.4),
            _ => None,
        },
        Agreement::Someone => match kind {
            Person | Unnamed | Group => Some(0.2),
            Unknown if !named => Some(0.0),
            _ => None,
        },
        Agreement::Anything => match kind {
            Person => None,
            _ => Some(0.0),
        },
        Agreement::Body => match kind {
            Organisation if !plural && named => Some(0.0),
            _ => None,
        },
        Agreement::Document => match kind {
            Document if !plural && introduced => Some(0.0),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_columns_stand_in_their_order() {
        for (i, kind) in KINDS.into_iter().enumerate() {
            assert_eq!(kind as usize, i);
        }
        for (i, asked) in ASKED.into_iter().enumerate() {
            assert_eq!(asked.column(), i);
        }
    }
}

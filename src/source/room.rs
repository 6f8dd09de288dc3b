//! Room for the lists that are made on the way to an article's cast, kept from article to article: to ask for it and to
//! give it back fifty times an article would take a tenth of the time.
//!
//! Owns [`Room`]. What lies in it is nobody's business once an article is read.

use super::cast;
use super::cluster;
use super::describe::{Appositions, Votes};
use super::entity::{Entities, EntityId};
use super::name::Name;
use super::phrase::Places;
use super::pronoun::Discourse;
use super::question::{Asked, Questions};
use super::role::Roles;
use super::run;
use super::scan::Scan;
use super::table::ByToken;
use crate::span::Span;
use std::cell::Cell;

/// Room for an article of more tokens is let go: few are as long, and a thread keeps it as long as it lives.
const LONG: usize = 8192;

/// The lists of one article.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) scan: Scan,
    pub(super) run: run::Room,
    pub(super) names: Vec<Name>,
    pub(super) clusters: cluster::Room,
    pub(super) entities: Entities,
    /// by name, its entity
    pub(super) of: Vec<u32>,
    pub(super) places: Places,
    pub(super) appositions: Appositions,
    pub(super) votes: Votes,
    pub(super) list: Vec<Asked>,
    pub(super) asked: Questions,
    pub(super) answers: Vec<Option<EntityId>>,
    pub(super) mentions: Vec<(u32, Span)>,
    pub(super) discourse: Discourse,
    pub(super) roles: Roles,
    pub(super) here: ByToken,
    pub(super) cast: cast::Room,
    /// for a long article: each list is let go where it is done with
    long: bool,
}

thread_local! {
    static KEPT: Cell<Option<Box<Room>>> = const { Cell::new(None) };
}

impl Room {
    /// Room for an article of so many tokens.
    pub(super) fn take(tokens: usize) -> Box<Self> {
        if tokens > LONG {
            return Box::new(Self { long: true, ..Self::default() });
        }
        KEPT.try_with(Cell::take).ok().flatten().unwrap_or_default()
    }

    /// Keeps it for the next article.
    pub(super) fn keep(self: Box<Self>) {
        if !self.long {
            // a thread that ends keeps nothing
            let _ = KEPT.try_with(|kept| kept.set(Some(self)));
        }
    }

    /// Lets go of what only finds and tells apart names, if it is much.
    pub(super) fn names_are_known(&mut self) {
        if self.long {
            (self.run, self.clusters, self.votes) = Default::default();
        }
    }

    /// Lets go of what is only for looking back, if it is much.
    pub(super) fn all_is_answered(&mut self) {
        if self.long {
            (self.scan, self.appositions, self.asked) = Default::default();
            (self.of, self.discourse, self.roles, self.here) = Default::default();
        }
    }
}

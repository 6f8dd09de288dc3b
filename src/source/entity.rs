//! Those whom the article speaks of: one [`Entity`] each, with what it is called.
//!
//! Owns [`Entities`]. [`super::cluster`] makes those that have names, [`super::describe`] tells of them, and
//! [`super::walk`] adds those without.

use crate::vocabulary::{Gender, SourceKind};
use std::ops::{Index, IndexMut, Range, RangeInclusive};

/// Position among the article's entities.
pub(super) type EntityId = usize;

/// How many head nouns of what one is called are looked at.
const ROLES: usize = 64;

/// Roles are noted name by name, so that they stand in text order but for so many tokens.
const DISORDER: u32 = 64;

/// No role.
const NONE: u32 = u32::MAX;

/// Someone or something that the article speaks of.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    /// the tokens of its fullest name or of its noun phrase
    pub(super) tokens: Range<u32>,
    /// the tokens of what first describes it; empty where nothing does
    pub(super) description: Range<u32>,
    pub(super) kind: SourceKind,
    pub(super) gender: Option<Gender>,
    pub(super) named: bool,
    pub(super) plural: bool,
    /// the lexicon has its name
    pub(super) listed: bool,
    /// "a report": brought up as something new
    pub(super) introduced: bool,
    /// names of it that stood alone as a surname
    pub(super) short: u32,
    /// its first and last role among all the entities' roles
    roles: (u32, u32),
    /// the first of its roles that is not far behind already
    near: u32,
    /// those whom a coordination joins, among the members of all groups
    members: (u32, u32),
}

impl Entity {
    pub(super) fn new(tokens: Range<u32>, kind: SourceKind, named: bool) -> Self {
        Self {
            tokens,
            description: 0..0,
            kind,
            gender: None,
            named,
            plural: false,
            listed: false,
            introduced: false,
            short: 0,
            roles: (NONE, NONE),
            near: NONE,
            members: (0, 0),
        }
    }

    pub(super) fn is_person(&self) -> bool {
        self.kind == SourceKind::Person
    }

    /// Whether the article calls it anything but its name.
    pub(super) fn has_role(&self) -> bool {
        self.roles.0 != NONE
    }
}

/// The head noun of what an entity is called, and the entity's next.
#[derive(Debug)]
struct Role {
    head: u32,
    next: u32,
    of: u32,
}

/// All the entities of an article.
#[derive(Debug, Default)]
pub(super) struct Entities {
    list: Vec<Entity>,
    /// head nouns of what the article calls them, in the order in which they are found
    roles: Vec<Role>,
    /// the members of groups, one group behind the other
    members: Vec<EntityId>,
}

impl Entities {
    /// Forgets all of them.
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.roles.clear();
        self.members.clear();
    }

    pub(super) fn push(&mut self, entity: Entity) -> EntityId {
        self.list.push(entity);
        self.list.len() - 1
    }

    /// The same of one that a coordination joins of several.
    pub(super) fn push_group(&mut self, mut entity: Entity, members: &[EntityId]) -> EntityId {
        let first = self.members.len() as u32;
        self.members.extend_from_slice(members);
        entity.members = (first, self.members.len() as u32);
        self.push(entity)
    }

    /// Those whom a coordination joins.
    #[inline]
    pub(super) fn members(&self, e: EntityId) -> &[EntityId] {
        let (first, end) = self.list[e].members;
        &self.members[first as usize..end as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entity> {
        self.list.iter_mut()
    }

    /// Notes the head noun of what an entity is called.
    pub(super) fn add_role(&mut self, e: EntityId, head: u32) {
        let at = self.roles.len() as u32;
        self.roles.push(Role { head, next: NONE, of: e as u32 });
        let (first, last) = self.list[e].roles;
        if let Some(last) = self.roles.get_mut(last as usize) {
            last.next = at;
        }
        self.list[e].roles = (if first == NONE { at } else { first }, at);
    }

    /// Whether a role that was noted shortly before is this one.
    pub(super) fn has_just_noted(&self, e: EntityId, head: u32) -> bool {
        let near = self.roles.iter().rev().take_while(|r| r.head + DISORDER > head);
        near.take(ROLES).any(|r| r.head == head && r.of == e as u32)
    }

    /// The head nouns of what an entity is called, in the order in which they were found.
    pub(super) fn roles(&self, e: EntityId) -> impl Iterator<Item = u32> {
        self.roles_from(self.list[e].roles.0).take(ROLES)
    }

    /// Those within some tokens, which are asked for in text order.
    pub(super) fn roles_near(
        &mut self,
        e: EntityId,
        tokens: RangeInclusive<u32>,
    ) -> impl Iterator<Item = u32> {
        let entity = &mut self.list[e];
        if entity.near == NONE {
            entity.near = entity.roles.0;
        }
        while let Some(role) = self.roles.get(entity.near as usize)
            && role.next != NONE
            && role.head + DISORDER < *tokens.start()
        {
            entity.near = role.next;
        }
        let last = tokens.end() + DISORDER;
        let near = entity.near;
        self.roles_from(near).take_while(move |&head| head <= last).filter(move |head| tokens.contains(head))
    }

    fn roles_from(&self, first: u32) -> impl Iterator<Item = u32> {
        let mut at = first;
        std::iter::from_fn(move || {
            let role = self.roles.get(at as usize)?;
            at = role.next;
            Some(role.head)
        })
    }
}

impl Index<EntityId> for Entities {
    type Output = Entity;

    #[inline]
    fn index(&self, e: EntityId) -> &Entity {
        &self.list[e]
    }
}

impl IndexMut<EntityId> for Entities {
    #[inline]
    fn index_mut(&mut self, e: EntityId) -> &mut Entity {
        &mut self.list[e]
    }
}

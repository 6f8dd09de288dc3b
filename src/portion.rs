//! Long lists that are made of one another a portion at a time, so that the one and the other are not both held whole.
//!
//! Owns [`emptied`], [`roomy`] and [`grown`], and [`filled`] for lists that are used again. Takes and returns lists; what lies
//! in them is the rooms' business. Lists of the length that articles have pay a comparison: they are gone through, and grow,
//! as any other.

use std::vec::IntoIter;

/// Lists up to this long are no matter.
pub(crate) const SHORT: usize = 1024;
/// A list is let go and grows by such a part of itself.
const PART: usize = 16;
/// One whose length is not known grows by such a part.
const GROWTH: usize = 8;

/// The items of a list, which lets go of its room as they are taken.
#[derive(Debug)]
pub(crate) enum Emptied<T> {
    Short(IntoIter<T>),
    /// those that are left, the last one first, and how many may be taken before room is let go again
    Long(Vec<T>, usize),
}

/// Takes a list's items one by one.
pub(crate) fn emptied<T>(mut list: Vec<T>) -> Emptied<T> {
    if list.len() <= SHORT {
        return Emptied::Short(list.into_iter());
    }
    list.reverse();
    list.shrink_to_fit();
    Emptied::Long(list, 0)
}

impl<T> Emptied<T> {
    /// Puts what each item becomes into a list.
    pub(crate) fn into_list<U>(self, mut become_of: impl FnMut(T) -> U) -> Vec<U> {
        if let Self::Short(items) = self {
            return items.map(become_of).collect();
        }
        let total = self.len();
        let mut list = Vec::new();
        self.for_each(|item| roomy(&mut list, total).push(become_of(item)));
        list
    }
}

impl<T> Iterator for Emptied<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        match self {
            Self::Short(items) => items.next(),
            Self::Long(items, left) => {
                let item = items.pop()?;
                match left.checked_sub(1) {
                    Some(fewer) => *left = fewer,
                    None => {
                        items.shrink_to_fit();
                        *left = items.len() / PART;
                    }
                }
                Some(item)
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match self {
            Self::Short(items) => items.len(),
            Self::Long(items, _) => items.len(),
        };
        (left, Some(left))
    }
}

impl<T> ExactSizeIterator for Emptied<T> {}

/// A list with room for one more, which will have so many.
#[inline]
pub(crate) fn roomy<T>(list: &mut Vec<T>, total: usize) -> &mut Vec<T> {
    if list.len() == list.capacity() {
        let left = total.saturating_sub(list.len());
        list.reserve_exact(if total <= SHORT { left } else { left.min(total / PART) }.max(1));
    }
    list
}

/// A list with room for one more, which grows as any other until it is long, and then by a part of what it is: to double
/// it would be as much again for nothing.
#[inline]
pub(crate) fn grown<T>(list: &mut Vec<T>) -> &mut Vec<T> {
    if list.len() == list.capacity() {
        grow(list);
    }
    list
}

/// Makes a list so many of one value, in the room that it has: what lay there is overwritten at one go.
#[inline]
pub(crate) fn filled<T: Copy>(list: &mut Vec<T>, length: usize, value: T) {
    list.truncate(length);
    list.fill(value);
    list.resize(length, value);
}

#[cold]
#[inline(never)]
fn grow<T>(list: &mut Vec<T>) {
    let length = list.len();
    if length <= SHORT { list.reserve(1) } else { list.reserve_exact(length / GROWTH) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_their_order() {
        for length in [0, 1, SHORT, SHORT + 1, 5000] {
            let list: Vec<usize> = (0..length).collect();
            assert_eq!(emptied(list.clone()).into_list(|i| i.to_string()).len(), length);
            assert_eq!(emptied(list.clone()).collect::<Vec<_>>(), list);
        }
    }

    #[test]
    fn long_lists_grow_by_a_part_of_themselves() {
        let mut list = Vec::new();
        for i in 0..100_000 {
            grown(&mut list).push(i);
            assert!(list.len() <= SHORT || list.capacity() <= list.len() + list.len() / GROWTH + SHORT);
        }
        assert!(list.capacity() < 100_000 + 100_000 / GROWTH);
    }

    #[test]
    fn neither_list_is_held_whole_beside_the_other() {
        let length = 100 * SHORT;
        let mut items = emptied((0..length).collect());
        let mut made = Vec::new();
        while let Some(item) = items.next() {
            roomy(&mut made, length).push(item);
            let Emptied::Long(rest, _) = &items else { panic!("a long list") };
            assert!(rest.capacity() + made.capacity() <= length + 2 * length / PART + 2, "{item}");
        }
        assert_eq!(made.len(), length);
    }
}

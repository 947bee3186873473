//! Putting lists in order by a number.
//!
//! The sort of the standard library is made anew for every type and key, some 4 KB of a module for the browser each;
//! here only numbers are sorted, so it is made once.

/// Takes an item into a list that is in order, where each item is once. Whether it was not there yet.
pub(crate) fn insert<T: Ord>(list: &mut Vec<T>, item: T) -> bool {
    match list.binary_search(&item) {
        Ok(_) => false,
        Err(at) => {
            list.insert(at, item);
            true
        }
    }
}

/// A number, and the index of the item whose it is.
pub(crate) type Numbered = (u64, usize);

/// Numbers in order, each with its index; those that are equal stay as they are.
pub(crate) fn sorted(numbers: impl Iterator<Item = u64>) -> Vec<Numbered> {
    #[inline(never)]
    fn sort(mut numbers: Vec<Numbered>) -> Vec<Numbered> {
        numbers.sort_unstable();
        numbers
    }
    sort(numbers.zip(0..).collect())
}

/// Puts items in the order of their numbers; those with the same number stay as they are.
pub(crate) fn by_number<T>(items: &mut [T], number: impl Fn(&T) -> u64) {
    if items.is_sorted_by_key(&number) {
        return;
    }
    for (one, other) in swaps(sorted(items.iter().map(number))) {
        items.swap(one, other);
    }
}

/// What has to change places, one pair after the other, to put items in this order. Along the cycles
/// of the order, so that large items are moved but once, and only within their list.
#[inline(never)]
fn swaps(mut order: Vec<Numbered>) -> Vec<(usize, usize)> {
    let mut swaps = Vec::new();
    for start in 0..order.len() {
        let mut at = start;
        while let Some((_, from)) = order.get_mut(at)
            && let from = std::mem::replace(from, at)
            && from != start
        {
            swaps.push((at, from));
            at = from;
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::by_number;

    proptest! {
        #[test]
        fn items_of_the_same_number_keep_their_order(numbers in prop::collection::vec(0_u64..6, 0..12)) {
            let mut items: Vec<_> = numbers.into_iter().enumerate().collect();
            let mut sorted = items.clone();
            sorted.sort_by_key(|(_, number)| *number);
            by_number(&mut items, |(_, number)| *number);
            prop_assert_eq!(items, sorted);
        }
    }
}

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

/// Puts items in the order of their numbers; those with the same number stay as they are.
pub(crate) fn by_number<T>(items: &mut [T], number: impl Fn(&T) -> u64) {
    if items.is_sorted_by_key(&number) {
        return;
    }
    let mut order = ordered(items.iter().map(number).collect());
    // Along the cycles of the order, so that large items are moved but once, and only within their list.
    for start in 0..order.len() {
        let mut at = start;
        while let Some(from) = order.get_mut(at).map(|from| std::mem::replace(from, at))
            && from != start
        {
            items.swap(at, from);
            at = from;
        }
    }
}

/// For each place in the order of the numbers, where its number was.
#[inline(never)]
fn ordered(numbers: Vec<u64>) -> Vec<usize> {
    let mut ordered: Vec<_> =
        numbers.into_iter().enumerate().map(|(index, number)| (number, index)).collect();
    ordered.sort_unstable();
    ordered.into_iter().map(|(_, index)| index).collect()
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

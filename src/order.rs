//! Putting lists in order by a number.
//!
//! The sort of the standard library is made anew for every type and key, some 4 KB of a module for the browser each;
//! here only numbers are sorted, so it is made once.

/// Puts items in the order of their numbers; those with the same number stay as they are.
pub(crate) fn by_number<T>(items: &mut Vec<T>, number: impl Fn(&T) -> u64) {
    let numbers: Vec<u64> = items.iter().map(number).collect();
    if numbers.is_sorted() {
        return;
    }
    let mut unordered: Vec<Option<T>> = items.drain(..).map(Some).collect();
    let taken = ordered(numbers).into_iter().filter_map(|(_, index)| unordered.get_mut(index)?.take());
    items.extend(taken);
}

/// The numbers in order, each with the place where it was.
#[inline(never)]
fn ordered(numbers: Vec<u64>) -> Vec<(u64, usize)> {
    let mut ordered: Vec<_> =
        numbers.into_iter().enumerate().map(|(index, number)| (number, index)).collect();
    ordered.sort_unstable();
    ordered
}

#[cfg(test)]
mod tests {
    use super::by_number;

    #[test]
    fn items_of_the_same_number_keep_their_order() {
        let mut items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')];
        by_number(&mut items, |(number, _)| *number);
        assert_eq!(items, [(0, 'd'), (1, 'b'), (1, 'e'), (2, 'a'), (2, 'c')]);
    }
}

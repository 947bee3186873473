//! Fixes of a body: what is mended has fewer faults than before, and mending it again changes nothing.
#![no_main]

use elblint::{Context, Operation, Severity, check_body, fix};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, bool, &str)| {
    let (operation, unsafe_too, text) = input;
    let operation = Operation::ALL[usize::from(operation) % Operation::ALL.len()];
    let mut check = |text: &str| vec![check_body(operation, text, &Context::default())];
    let before = check(text);
    if let Some(mended) = fix::mend(text, &before, unsafe_too, &mut check) {
        let after = check(&mended.text);
        assert!(mended.fixed > 0 && mended.text != text);
        assert!(after[0].count(Severity::Error) <= before[0].count(Severity::Error), "{after:?}");
        assert_eq!(fix::mend(&mended.text, &after, unsafe_too, &mut check), None);
    }
});

//! The one program of fuzzing: runs the target that `GONGKAI_TARGET` names.
#![no_main]

use std::sync::LazyLock;

use gongkai_tests::fuzz::Target;

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("GONGKAI_TARGET").expect("GONGKAI_TARGET names a target");
    Target::named(&name).expect("a target of that name")
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET.fuzz(bytes));

#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| gongkai_tests::fuzz::matching(data));

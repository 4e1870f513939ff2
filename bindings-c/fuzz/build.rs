//! Compiles the program of calls against the committed header.

fn main() {
    let source = "../tests/programs/sequence.c";
    println!("cargo::rerun-if-changed={source}");
    println!("cargo::rerun-if-changed=../include/gongkai.h");
    cc::Build::new()
        .file(source)
        .include("../include")
        .define("GONGKAI_FUZZED", None)
        .std("c99")
        .compile("sequence");
}

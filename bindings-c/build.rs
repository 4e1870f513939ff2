//! Names the shared library for the dynamic linker: by the number of the ABI.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // `cargo cbuild` sets a name of its own making, which is the same.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libgongkai.so.1");
    }
}

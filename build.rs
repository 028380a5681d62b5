//! A new file in an embedded folder is a reason to build again; cargo sees only changed ones.

fn main() {
    for folder in ["templates", "curricula", "migrations"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}

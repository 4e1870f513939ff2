//! What fuzzing found, and the seeds it begins with, each through its target again.

use gongkai_tests::fuzz::{self, ELSEWHERE, LONGEST, TARGETS, Target};

#[test]
fn what_fuzzing_found_stays_mended() {
    for target in TARGETS {
        for (name, bytes) in fuzz::cases(target.name) {
            // The name is told by the panic of the target itself.
            println!("{}/{name}", target.name);
            target.replay(&bytes);
        }
    }
}

#[test]
fn every_target_runs_on_its_seeds() {
    for target in TARGETS {
        let seeds = (target.seeds)();
        assert!(!seeds.is_empty(), "{} has no seeds", target.name);
        for seed in seeds {
            assert!(seed.len() <= LONGEST, "{}: a seed of {} bytes is cut", target.name, seed.len());
            target.replay(&seed);
        }
    }
}

#[test]
fn every_folder_of_cases_has_a_target() {
    for folder in std::fs::read_dir(fuzz::found()).into_iter().flatten() {
        let name = folder.unwrap().file_name().to_string_lossy().into_owned();
        let known = Target::named(&name).is_some() || ELSEWHERE.iter().any(|(own, _)| *own == name);
        assert!(known, "no target named {name}");
    }
}

//! Every file of `cmd/` is a session: commands, run in `fixtures/`, and what they print. To accept
//! what they print now: `TRYCMD=overwrite cargo test -p client-cert-cli --test cmd`.

use std::path::Path;

#[test]
fn sessions_print_what_they_did() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    std::env::set_current_dir(tests.join("fixtures")).unwrap();
    trycmd::TestCases::new().case(tests.join("cmd/*.md"));
}

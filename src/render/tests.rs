use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::*;
use crate::engine::vocabulary::Text;

#[test]
fn every_template_and_every_word_parses() {
    Renderer::new().expect("a renderer");
}

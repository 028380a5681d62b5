//! The files that the binary carries.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_embed::{Embed, EmbeddedFile};
use sha2::{Digest, Sha256};

use super::RenderError;
use crate::engine::vocabulary::Lang;

#[derive(Embed)]
#[folder = "templates/"]
struct Files;

/// Where a template's output is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Html,
    Text,
}

pub(super) struct TemplateFile {
    /// The path without `.hbs`.
    pub name: String,
    pub kind: Kind,
    pub source: String,
}

pub(super) struct WordFile {
    pub file: String,
    /// None when the name says neither language.
    pub lang: Option<Lang>,
    pub source: String,
}

pub(super) fn templates() -> Result<Vec<TemplateFile>, RenderError> {
    sources(".hbs")
        .map(|(file, source)| {
            let name = file.strip_suffix(".hbs").unwrap_or(&file).to_owned();
            let kind = if name.ends_with(".txt") { Kind::Text } else { Kind::Html };
            Ok(TemplateFile { name, kind, source: source? })
        })
        .collect()
}

/// The files `i18n/<area>.<lang>.ftl`.
pub(super) fn word_files() -> Result<Vec<WordFile>, RenderError> {
    sources(".ftl")
        .map(|(file, source)| {
            let lang = file.strip_suffix(".ftl").and_then(|name| name.rsplit_once('.')).map(|(_, lang)| lang);
            Ok(WordFile { lang: lang.and_then(Lang::parse), source: source?, file })
        })
        .collect()
}

fn sources(extension: &str) -> impl Iterator<Item = (String, Result<String, RenderError>)> {
    Files::iter().filter(move |file| file.ends_with(extension)).filter_map(|file| {
        let bytes = Files::get(&file)?.data;
        let source = match std::str::from_utf8(&bytes) {
            Ok(source) => Ok(source.to_owned()),
            Err(source) => Err(RenderError::NotText { file: file.to_string(), source }),
        };
        Some((file.into_owned(), source))
    })
}

/// The first digits of each asset's SHA-256: an address with it may be cached for ever.
static ASSET_VERSIONS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    Files::iter()
        .filter_map(|file| {
            let name = file.strip_prefix("assets/")?;
            let digest = hex::encode(Sha256::digest(Files::get(&file)?.data));
            Some((name.to_owned(), digest[..12].to_owned()))
        })
        .collect()
});

/// The bytes and the content type of `/assets/<name>`.
pub fn asset(name: &str) -> Option<(Cow<'static, [u8]>, &'static str)> {
    let EmbeddedFile { data, .. } = Files::get(&format!("assets/{name}"))?;
    let content_type = match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    };
    Some((data, content_type))
}

/// The address of an asset, which changes when the asset does.
pub fn asset_address(name: &str) -> Option<String> {
    ASSET_VERSIONS.get(name).map(|version| format!("/assets/{name}?v={version}"))
}

//! Templates of generated sources: the files of `tests/xtask/templates`, in the language of Jinja.

use std::path::Path;

use anyhow::{Context, Result};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

use crate::workspace;

/// Folder of the templates.
pub(super) const FOLDER: &str = "tests/xtask/templates";

/// Characters with a meaning in XML or in Android's resource syntax.
const ANDROID_ESCAPES: [(&str, &str); 5] =
    [("&", "&amp;"), ("<", "&lt;"), ("\\", "\\\\"), ("'", "\\'"), ("\"", "\\\"")];

/// Fills in the template of this name. A name that the context does not define is an error.
pub(super) fn render(template: &str, context: impl Serialize) -> Result<String> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // A line that contains a tag only is no line of the output.
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build()?);
    environment.add_filter("android", |text: &str| escaped(text, &ANDROID_ESCAPES));
    let source = std::fs::read_to_string(workspace::root().join(FOLDER).join(template))
        .with_context(|| format!("reading the template {template}"))?;
    environment
        .render_named_str(template, &source, Serde(context))
        .with_context(|| format!("filling in {template}"))
}

/// Fills in a template and writes it to a file of the same name in this folder.
pub(super) fn write(template: &str, context: impl Serialize, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join(template);
    std::fs::write(&file, render(template, context)?).with_context(|| format!("writing {}", file.display()))
}

fn escaped(text: &str, escapes: &[(&str, &str)]) -> String {
    escapes.iter().fold(text.to_owned(), |text, (letter, escape)| text.replace(letter, escape))
}

//! Compiles messages of Project Fluent. Supported is what the locales use: texts, arguments, other messages, and choices
//! by a number. Anything else stops the build.

use std::io;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Variant, VariantKey,
};
use fluent_syntax::parser;
use fluent_syntax::unicode::unescape_unicode_to_string;

use crate::message;

/// Compiles the text of a locale.
///
/// # Errors
/// The text is no Fluent, or uses what is not supported; the error says in which message.
pub(crate) fn compile(text: &str) -> io::Result<Vec<u8>> {
    let resource = parser::parse(text).map_err(|(_, errors)| io::Error::other(format!("{errors:?}")))?;
    let mut sources = Vec::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(message) if message.attributes.is_empty() => sources.push(message),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            other => return Err(io::Error::other(format!("not supported: {other:?}"))),
        }
    }
    sources.sort_by_key(|message| message.id.name);
    if let Some(twice) = sources.windows(2).find(|pair| pair[0].id.name == pair[1].id.name) {
        return Err(io::Error::other(format!("duplicate message: {}", twice[0].id.name)));
    }
    // Unescaped text is leaked: a build script is short-lived.
    let compiled: io::Result<message::Messages<'_>> = sources
        .iter()
        .map(|source| {
            let text = compile_pattern(value(source)?, &sources);
            Ok((
                source.id.name,
                text.map_err(|error| io::Error::other(format!("{}: {error}", source.id.name)))?,
            ))
        })
        .collect();
    postcard::to_stdvec(&compiled?).map_err(io::Error::other)
}

fn value<'a>(message: &'a Message<&'a str>) -> io::Result<&'a Pattern<&'a str>> {
    message.value.as_ref().ok_or_else(|| io::Error::other(format!("{} has no text", message.id.name)))
}

fn compile_pattern<'a>(
    source: &'a Pattern<&'a str>,
    messages: &[&'a Message<&'a str>],
) -> io::Result<message::Pattern<'a>> {
    let mut compiled = Vec::new();
    for element in &source.elements {
        match element {
            PatternElement::TextElement { value } => compiled.push(message::Element::Text(value)),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                compiled.extend(compile_placeable(inline, messages)?);
            }
            PatternElement::Placeable {
                expression:
                    Expression::Select { selector: InlineExpression::VariableReference { id }, variants },
            } => compiled.push(compile_select(id.name, variants, messages)?),
            PatternElement::Placeable { expression } => {
                return Err(io::Error::other(format!("not supported: {expression:?}")));
            }
        }
    }
    Ok(compiled)
}

fn compile_placeable<'a>(
    inline: &'a InlineExpression<&'a str>,
    messages: &[&'a Message<&'a str>],
) -> io::Result<message::Pattern<'a>> {
    match inline {
        InlineExpression::VariableReference { id } => Ok(vec![message::Element::Argument(id.name)]),
        InlineExpression::StringLiteral { value } => {
            Ok(vec![message::Element::Text(unescape_unicode_to_string(value).into_owned().leak())])
        }
        InlineExpression::MessageReference { id, attribute: None } => {
            let referenced = messages.iter().find(|message| message.id.name == id.name);
            let referenced = referenced.ok_or_else(|| io::Error::other(format!("no message {}", id.name)))?;
            compile_pattern(value(referenced)?, messages)
        }
        other => Err(io::Error::other(format!("not supported: {other:?}"))),
    }
}

fn compile_select<'a>(
    argument: &'a str,
    sources: &'a [Variant<&'a str>],
    messages: &[&'a Message<&'a str>],
) -> io::Result<message::Element<'a>> {
    let mut variants = Vec::new();
    let mut default = Vec::new();
    for source in sources {
        if source.default {
            default = compile_pattern(&source.value, messages)?;
        } else {
            variants.push((compile_key(&source.key)?, compile_pattern(&source.value, messages)?));
        }
    }
    Ok(message::Element::Select { argument, variants, default })
}

fn compile_key(source: &VariantKey<&str>) -> io::Result<message::Key> {
    Ok(match source {
        VariantKey::NumberLiteral { value } => message::Key::Number(value.parse().map_err(io::Error::other)?),
        VariantKey::Identifier { name: "zero" } => message::Key::Zero,
        VariantKey::Identifier { name: "one" } => message::Key::One,
        VariantKey::Identifier { name: "two" } => message::Key::Two,
        VariantKey::Identifier { name: "few" } => message::Key::Few,
        VariantKey::Identifier { name: "many" } => message::Key::Many,
        VariantKey::Identifier { name: "other" } => message::Key::Other,
        VariantKey::Identifier { name } => {
            return Err(io::Error::other(format!("no plural category: {name}")));
        }
    })
}

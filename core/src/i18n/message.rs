//! Form in which the build hands the messages of `locales/*.ftl` to the library: parsed and checked there, so that a
//! phone carries no parser and a start spends nothing on one. Also compiled into the build script.

use serde::{Deserialize, Serialize};

/// Messages of one language, sorted by name.
pub(crate) type Messages<'a> = Vec<(&'a str, Pattern<'a>)>;

/// Text of a message, piece by piece.
pub(crate) type Pattern<'a> = Vec<Element<'a>>;

/// Piece of a message.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Element<'a> {
    /// A text as it is.
    Text(&'a str),
    /// The value of the argument with this name.
    Argument(&'a str),
    /// One of several patterns, by the number that this argument has.
    Select {
        /// Name of the argument.
        argument: &'a str,
        /// Patterns in their order; the first that fits is taken.
        #[serde(borrow)]
        variants: Vec<(Key, Pattern<'a>)>,
        /// Pattern of any other number.
        default: Pattern<'a>,
    },
}

/// Numbers for which a variant is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Key {
    /// This number alone.
    Number(i64),
    /// Plural category `zero` (CLDR).
    Zero,
    /// Plural category `one`.
    One,
    /// Plural category `two`.
    Two,
    /// Plural category `few`.
    Few,
    /// Plural category `many`.
    Many,
    /// Plural category `other`.
    Other,
}

//! Changes to a valid text, for fuzz tests of what parses it: random bytes alone are refused at their first character.

use bolero::TypeGenerator;

/// Texts that break parsers: ends of numbers, tokens of JSON, TOML and CSV, characters that are longer than they look.
const TOKENS: [&str; 24] = [
    "",
    "null",
    "true",
    "[]",
    "{}",
    "{",
    "]",
    "\"",
    "\\u0000",
    "\\ud800",
    ":",
    ",",
    ";",
    "\n",
    "\r\n",
    "\t",
    "#",
    "-1",
    "1e400",
    "18446744073709551616",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "e\u{301}\u{1f468}\u{200d}",
];

/// Change at a place of a text. Places are taken modulo its length, and moved to the beginning of a character.
#[derive(Debug, Clone, TypeGenerator)]
pub enum Mutation {
    /// Inserts one of the texts that break parsers.
    Insert {
        /// Place.
        at: u16,
        /// Number of the text.
        token: u8,
    },
    /// Replaces a quoted text, number or word by one of the texts that break parsers.
    Replace {
        /// Place in the word.
        at: u16,
        /// Number of the text.
        token: u8,
    },
    /// Removes a part.
    Remove {
        /// Beginning.
        at: u16,
        /// Length.
        length: u8,
    },
    /// Repeats a part where it ends.
    Repeat {
        /// Beginning.
        at: u16,
        /// Length.
        length: u8,
        /// Number of times.
        times: u8,
    },
    /// Copies a part to another place.
    Copy {
        /// Beginning.
        at: u16,
        /// Length.
        length: u8,
        /// Place of the copy.
        to: u16,
    },
}

/// Applies the changes in order.
pub fn mutate(text: &str, mutations: &[Mutation]) -> String {
    let mut mutated = text.to_owned();
    for mutation in mutations {
        mutation.apply(&mut mutated);
    }
    mutated
}

impl Mutation {
    fn apply(&self, text: &mut String) {
        match *self {
            Self::Insert { at, token } => text.insert_str(place(text, at), of(token)),
            Self::Replace { at, token } => {
                let at = place(text, at);
                let is_delimiter = |c: char| ",:;\"'[]{}=\n ".contains(c);
                let start =
                    text[..at].rfind(is_delimiter).map_or(0, |found| text.ceil_char_boundary(found + 1));
                let end = text[at..].find(is_delimiter).map_or(text.len(), |length| at + length);
                text.replace_range(start..end.max(start), of(token));
            }
            Self::Remove { at, length } => drop(text.drain(part(text, at, length))),
            Self::Repeat { at, length, times } => {
                let part = part(text, at, length);
                let repeated = text[part.clone()].repeat(usize::from(times % 8));
                text.insert_str(part.end, &repeated);
            }
            Self::Copy { at, length, to } => {
                let copied = text[part(text, at, length)].to_owned();
                text.insert_str(place(text, to), &copied);
            }
        }
    }
}

fn of(token: u8) -> &'static str {
    TOKENS[usize::from(token) % TOKENS.len()]
}

fn place(text: &str, at: u16) -> usize {
    text.floor_char_boundary(usize::from(at) % (text.len() + 1))
}

fn part(text: &str, at: u16, length: u8) -> std::ops::Range<usize> {
    let start = place(text, at);
    start..text.floor_char_boundary(start + usize::from(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_is_what_its_name_says() {
        let mutated = |mutation: Mutation| mutate(r#"{"é":12}"#, &[mutation]);
        assert_eq!(mutated(Mutation::Insert { at: 0, token: 4 }), r#"{}{"é":12}"#);
        assert_eq!(mutated(Mutation::Replace { at: 7, token: 17 }), r#"{"é":-1}"#);
        assert_eq!(mutated(Mutation::Remove { at: 3, length: 2 }), r#"{"":12}"#, "at a character's middle");
        assert_eq!(mutated(Mutation::Repeat { at: 6, length: 1, times: 2 }), r#"{"é":1112}"#);
        assert_eq!(mutated(Mutation::Copy { at: 6, length: 2, to: 9 }), r#"{"é":12}12"#);
        assert_eq!(mutate("", &[Mutation::Remove { at: 9, length: 9 }]), "");
    }
}

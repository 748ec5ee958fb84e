//! Texts that no line of a log may contain.

use std::{fmt, path::Path};

use fos_support::seed;

/// Fewest characters of a text that is searched for: shorter ones are parts of words.
const MIN_LENGTH: usize = 4;
/// Fewest digits of a number that is searched for inside longer words.
const MIN_DIGITS: usize = 6;
/// Fewest hexadecimal digits in a row that are a token, a key or a digest: 128 bits.
const TOKEN_DIGITS: usize = 32;
/// Fewest digits of a typed number that identifies somebody: a telephone number has ten, a bank account 24.
const IDENTIFIER_DIGITS: usize = 10;
/// Fields whose value is a measured number, which may equal one that a member typed.
const MEASURED: [&str; 2] = ["duration_ms=", "delay="];

/// Kind of a text that no line may contain, as a failure names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Payroll number.
    Ppr,
    /// Number of the national identity card.
    Cin,
    /// Pension number.
    PensionNumber,
    /// E-mail address.
    Email,
    /// Name of a member.
    Name,
    /// Name, id or date of birth of a member's family.
    Family,
    /// Number of a request.
    RequestNumber,
    /// Password, mailed or chosen.
    Password,
    /// Text that the journey typed.
    Typed,
    /// Token, key or digest.
    Token,
}

impl fmt::Display for TextKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Ppr => "a payroll number (PPR)",
            Self::Cin => "an identity card number (CIN)",
            Self::PensionNumber => "a pension number",
            Self::Email => "an e-mail address",
            Self::Name => "a member's name",
            Self::Family => "data of a member's family",
            Self::RequestNumber => "a request number",
            Self::Password => "a password",
            Self::Typed => "a typed text",
            Self::Token => "a token, a key or a digest",
        })
    }
}

/// Texts that no line may contain, in lower case.
#[derive(Debug, Clone, Default)]
pub struct PrivateTexts(Vec<(TextKind, String)>);

impl PrivateTexts {
    /// Returns the data of all members of the seed folder.
    ///
    /// # Errors
    /// If the seed cannot be read.
    pub fn of_members(seed: &Path) -> anyhow::Result<Self> {
        let mut texts = Self::default();
        for member in seed::members(seed)? {
            texts.add(TextKind::Ppr, &member.ppr);
            texts.add(TextKind::Cin, &member.cin);
            texts.add(TextKind::Name, &member.name.ar);
            texts.add(TextKind::Name, &member.name.fr);
            member.pension_number.iter().for_each(|number| texts.add(TextKind::PensionNumber, number));
            member.emails.iter().for_each(|address| texts.add(TextKind::Email, address));
            for person in &member.family {
                for text in [&person.id, &person.name.ar, &person.name.fr, &person.born] {
                    texts.add(TextKind::Family, text);
                }
            }
        }
        Ok(texts)
    }

    /// Adds a text, also without its spaces; one shorter than four characters is left out.
    pub fn add(&mut self, kind: TextKind, text: &str) {
        let text = text.trim().to_lowercase();
        let without_spaces = text.split_whitespace().collect::<String>();
        for text in [text, without_spaces] {
            if text.chars().count() >= MIN_LENGTH && !self.0.iter().any(|(_, known)| *known == text) {
                self.0.push((kind, text));
            }
        }
    }

    /// Returns the kind of a text that the line contains after its timestamp.
    pub fn find_in(&self, line: &str) -> Option<TextKind> {
        let line = line.split_once(' ').map_or("", |(_timestamp, rest)| rest).to_lowercase();
        let is_measured = |word: &&str| MEASURED.iter().any(|field| word.starts_with(field));
        let line = line.split(' ').filter(|word| !is_measured(word)).collect::<Vec<_>>().join(" ");
        let found = self.0.iter().find(|(_, text)| contains(&line, text)).map(|(kind, _)| *kind);
        found.or_else(|| contains_token(&line).then_some(TextKind::Token))
    }

    /// Returns the kind of a text that a file of the phone contains and may contain only sealed.
    pub fn find_in_file(&self, bytes: &[u8]) -> Option<TextKind> {
        let content = String::from_utf8_lossy(bytes).to_ascii_lowercase();
        let is_found =
            |(kind, text): &&(TextKind, String)| is_sealed_on_phones(*kind, text) && content.contains(text);
        self.0.iter().find(is_found).map(|(kind, _)| *kind)
    }
}

/// Returns true if a phone may store the text only sealed. What was typed may stand in a public text as well, as in the
/// catalogue that was searched for it, unless it is a long number.
fn is_sealed_on_phones(kind: TextKind, text: &str) -> bool {
    match kind {
        TextKind::Typed => {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            digits >= IDENTIFIER_DIGITS && !text.chars().any(char::is_alphabetic)
        }
        TextKind::RequestNumber | TextKind::Token => false,
        _ => true,
    }
}

/// Returns true if the line contains the text: a short number as a whole word only.
fn contains(line: &str, text: &str) -> bool {
    let is_short_number = text.len() < MIN_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_short_number {
        line.split(|character: char| !character.is_alphanumeric()).any(|word| word == text)
    } else {
        line.contains(text)
    }
}

fn contains_token(line: &str) -> bool {
    line.split(|character: char| !character.is_ascii_hexdigit()).any(|word| word.len() >= TOKEN_DIGITS)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    fn seed_texts() -> PrivateTexts {
        let seed = fos_portal::PortalConfig::for_tests("", ([127, 0, 0, 1], 0).into()).seed;
        PrivateTexts::of_members(&seed).unwrap()
    }

    fn found(texts: &PrivateTexts, text: &str) -> Option<TextKind> {
        texts.find_in(&format!("2026-11-24T09:00:00Z INFO operation name=sign-in: text={text} done"))
    }

    #[test]
    fn each_datum_of_a_member_is_found() {
        let texts = seed_texts();
        for (text, kind) in [
            ("0123456", TextKind::Ppr),
            ("x0123456x", TextKind::Ppr),
            ("ab123456", TextKind::Cin),
            ("88/4521", TextKind::PensionNumber),
            ("Membre.Essai@finances.test", TextKind::Email),
            ("عضو تجربة", TextKind::Name),
            ("Membre Essai", TextKind::Name),
            ("membreessai", TextKind::Name),
            ("Conjointe Essai", TextKind::Family),
            ("1984-03-09", TextKind::Family),
            ("essai-1", TextKind::Family),
            (&"0f".repeat(16), TextKind::Token),
        ] {
            assert_eq!(found(&texts, text), Some(kind), "{text}");
        }
        assert_eq!(found(&texts, "nothing"), None);
    }

    #[test]
    fn what_a_journey_adds_is_found() {
        let mut texts = seed_texts();
        texts.add(TextKind::Typed, "230 780 0000");
        texts.add(TextKind::Typed, "12345");
        texts.add(TextKind::Typed, "48");
        texts.add(TextKind::RequestNumber, "FOS-2026-000017");
        for (text, kind) in [
            ("230 780 0000", Some(TextKind::Typed)),
            ("2307800000", Some(TextKind::Typed)),
            ("12345", Some(TextKind::Typed)),
            ("512345", None),
            ("48", None),
            ("fos-2026-000017", Some(TextKind::RequestNumber)),
        ] {
            assert_eq!(found(&texts, text), kind, "{text}");
        }
    }

    #[test]
    fn each_datum_of_a_member_is_found_in_a_file_between_other_bytes() {
        let mut texts = seed_texts();
        texts.add(TextKind::Typed, "007 810 0009876543210987 65");
        texts.add(TextKind::Typed, "0612345678");
        texts.add(TextKind::Typed, "منحة الحج");
        for (text, kind) in [
            ("0123456", Some(TextKind::Ppr)),
            ("AB123456", Some(TextKind::Cin)),
            ("عضو تجربة", Some(TextKind::Name)),
            ("Conjointe Essai", Some(TextKind::Family)),
            ("1984-03-09", Some(TextKind::Family)),
            ("007810000987654321098765", Some(TextKind::Typed)),
            ("0612345678", Some(TextKind::Typed)),
            ("منحة الحج", None),
        ] {
            let bytes = [b"\xff\xd8\x00".as_slice(), text.as_bytes(), b"\xd8\x00"].concat();
            assert_eq!(texts.find_in_file(&bytes), kind, "{text}");
        }
    }

    #[test]
    fn a_timestamp_and_a_duration_are_no_typed_number() {
        let mut texts = PrivateTexts::default();
        texts.add(TextKind::Typed, "2026-11-24");
        texts.add(TextKind::Typed, "1500");
        assert_eq!(texts.find_in("2026-11-24T09:00:00Z INFO request: answered duration_ms=1500"), None);
        assert_eq!(texts.find_in("2026-11-24T09:00:00Z INFO rows=1500"), Some(TextKind::Typed));
    }
}

//! Passwords that are guessed first: listed words however they are padded or disguised, repetitions, sequences, runs of
//! keys.

use crate::fold::{fold_digits, fold_for_search};

/// The commonest passwords and word stems; lower case, Arabic ones folded for search, one in a line.
const COMMON: &str = include_str!("../../data/common-passwords.txt");

/// Fingerprints of the lines of [`COMMON`], which are half as long: one password in some hundred thousand is taken for a
/// listed one, which costs whoever thought of it another.
static FINGERPRINTS: [u32; count_lines(COMMON)] = fingerprints(COMMON);

/// Rows of French, English and Arabic keyboards.
const KEY_ROWS: &[&str] = &[
    "1234567890",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
    "ئءؤرلاىةوزظ",
];
/// Shortest run of neighbouring keys that is no word.
const MIN_RUN: usize = 4;
/// Shortest part of a password that makes all of it guessable.
const MIN_PATTERN: usize = 6;

/// Returns true for a common password, one padded with digits or signs, one with signs in the place of letters or between
/// them, a repetition, a sequence, or a run of keys.
pub(super) fn is_common(password: &str) -> bool {
    let lower = fold_digits(password).to_lowercase();
    let word = lower.trim_matches(|c: char| !c.is_alphabetic());
    let compact = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (all, stem) = (compact(&lower), compact(word));
    let plain = compact(&fold_for_search(&undisguised(word)));
    let is_most = |part: &str| {
        let length = part.chars().count();
        length >= MIN_PATTERN && length * 2 >= lower.chars().count()
    };
    [lower.as_str(), word, &stem, &plain].into_iter().any(is_listed)
        || is_pattern(&lower)
        || [all, stem].iter().any(|part| is_most(part) && is_pattern(part))
}

/// Replaces signs and digits that stand for letters: «m0tdep@sse».
fn undisguised(word: &str) -> String {
    let letter = |c| match c {
        '@' | '4' => 'a',
        '0' => 'o',
        '1' | '!' => 'i',
        '3' | '€' => 'e',
        '5' | '$' => 's',
        '7' => 't',
        c => c,
    };
    word.chars().map(letter).collect()
}

fn is_pattern(text: &str) -> bool {
    is_repetition(text) || is_sequence(text) || is_run_of_keys(text)
}

/// Returns true for a line of [`COMMON`].
fn is_listed(word: &str) -> bool {
    let fingerprint = word.bytes().fold(FINGERPRINT_OF_NOTHING, add_byte);
    FINGERPRINTS.contains(&fingerprint)
}

/// Offset of FNV-1a.
const FINGERPRINT_OF_NOTHING: u32 = 0x811c_9dc5;

/// Adds a byte to a fingerprint, as FNV-1a does.
const fn add_byte(fingerprint: u32, byte: u8) -> u32 {
    (fingerprint ^ byte as u32).wrapping_mul(0x0100_0193)
}

const fn count_lines(text: &str) -> usize {
    let (bytes, mut at, mut lines) = (text.as_bytes(), 0, 0);
    while at < bytes.len() {
        if bytes[at] == b'\n' {
            lines += 1;
        }
        at += 1;
    }
    lines
}

/// Computes the fingerprint of each line, which ends in a line feed. For the compiler: the lines are not in the library.
const fn fingerprints<const LINES: usize>(text: &str) -> [u32; LINES] {
    let (bytes, mut at) = (text.as_bytes(), 0);
    let (mut found, mut line, mut fingerprint) = ([0; LINES], 0, FINGERPRINT_OF_NOTHING);
    while at < bytes.len() {
        if bytes[at] == b'\n' {
            found[line] = fingerprint;
            (line, fingerprint) = (line + 1, FINGERPRINT_OF_NOTHING);
        } else {
            fingerprint = add_byte(fingerprint, bytes[at]);
        }
        at += 1;
    }
    found
}

/// Returns true for one unit repeated throughout, the last time perhaps in part: «aaaa…», «123412341234».
fn is_repetition(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=chars.len() / 2).any(|unit| chars.iter().zip(&chars[unit..]).all(|(one, next)| one == next))
}

/// Returns true for sequences such as «abcdefghijkl» and «987654321098»; 0 follows 9.
fn is_sequence(text: &str) -> bool {
    let follows = |from: char, to: char| match (from, to) {
        ('9', '0') => true,
        _ => u32::from(from) + 1 == u32::from(to),
    };
    let chars: Vec<char> = text.chars().collect();
    let pairs = || chars.windows(2).map(|pair| (pair[0], pair[1]));
    chars.len() > 2
        && (pairs().all(|(from, to)| follows(from, to)) || pairs().all(|(from, to)| follows(to, from)))
}

/// Returns true for nothing but keys that lie side by side: «azertyqsdfgh», «poiuytreza».
fn is_run_of_keys(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let mut run = 1;
    for pair in chars.windows(2) {
        if are_neighbours(pair[0], pair[1]) {
            run += 1;
        } else if run < MIN_RUN {
            return false;
        } else {
            run = 1;
        }
    }
    run >= MIN_RUN
}

fn are_neighbours(one: char, other: char) -> bool {
    KEY_ROWS.iter().any(|row| {
        row.chars().zip(row.chars().skip(1)).any(|pair| pair == (one, other) || pair == (other, one))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_password_of_the_list_is_common_in_any_case() {
        assert!(COMMON.lines().all(|password| is_common(&password.to_uppercase())));
        assert!(!is_listed("") && !is_listed("a") && !is_listed("zzzzz") && !is_listed("passwore"));
    }

    #[test]
    fn arabic_words_of_the_list_are_folded() {
        for word in COMMON.lines().filter(|word| !word.is_ascii()) {
            assert_eq!(fold_for_search(word), word);
        }
    }
}

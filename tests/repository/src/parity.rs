//! Parity of both faces: every field of a view (its actions included), every stage, kind and act of the core, and every
//! screen, also of the named states, occurs in both. Each is searched for by name. Exceptions are listed with their reason.

use std::collections::BTreeSet;

use regex::Regex;

use crate::{
    files,
    rules::{Tree, kebab},
};

/// A face: its name, its source folders, and the way it spells the core's `SomeVariant`.
struct Face {
    name: &'static str,
    sources: &'static [&'static str],
    variant: fn(&str, &str) -> [String; 2],
}

const ANDROID: Face = Face { name: "Android", sources: &["android/app/src/main/"], variant: kotlin_variant };
const IPHONE: Face =
    Face { name: "the iPhone", sources: &["ios/Fos/", "ios/FosKit/Sources/"], variant: swift_variant };
/// Folder of the iPhone's previews, which are not part of the app.
const PREVIEWS: &str = "ios/Fos/Preview/";

/// Exceptions that a face leaves to its platform: face, item, reason.
const LEFT_TO_SYSTEM: [(&str, &str, &str); 7] = [
    ("Android", "Phrase::AppName", "a resource generated from the same phrase"),
    ("Android", "ActionView.decisive", "the core's guard reads it in the action that the face hands it"),
    ("the iPhone", "ActionView.decisive", "the core's guard reads it in the action that the face hands it"),
    ("the iPhone", "Phrase::AppName", "a resource generated from the same phrase"),
    ("the iPhone", "Phrase::ClearSearch", "the system's own search field"),
    ("the iPhone", "CaptchaState::NotAsked", "a switch that is off, as one that waits"),
    ("the iPhone", "FileView.media_type", "Quick Look reads it from the file's name"),
];

/// A requirement: its name in the test's output, and the spellings of which one must occur in the face's sources.
type Requirement = (String, [String; 2]);

#[test]
fn both_faces_show_everything_that_the_core_provides() {
    let tree = Tree::read();
    let core: Vec<&str> = tree.under("core/src/").map(|(_, text)| text).collect();
    let screens = files::read("tests/journeys/README.md");
    let mut found = BTreeSet::new();
    for face in [ANDROID, IPHONE] {
        let requirements = requirements(&core, &screens, &face);
        assert!(requirements.len() > 150, "only {} requirements for {}", requirements.len(), face.name);
        let missing = missing(&requirements, &face_sources(&tree, &face)).into_iter();
        found.extend(missing.map(|what| format!("{}: {what}", face.name)));
    }
    let left_to_system = LEFT_TO_SYSTEM.iter().map(|(face, what, _)| format!("{face}: {what}")).collect();
    assert_eq!(found, left_to_system, "left: not shown; right: in LEFT_TO_SYSTEM");
}

#[test]
fn both_faces_draw_every_screen_of_the_named_states() {
    let tree = Tree::read();
    let list = files::read("tests/journeys/named-states.txt");
    let lines = list.lines().filter_map(|line| line.split_once(": ").filter(|_| !line.starts_with('#')));
    let states: Vec<(&str, &str)> =
        lines.flat_map(|(screen, names)| names.split_whitespace().map(move |name| (screen, name))).collect();
    let names: BTreeSet<&str> = states.iter().map(|(_, name)| *name).collect();
    assert!(names.len() > 100 && names.len() == states.len(), "{} names of {}", names.len(), states.len());
    for folder in ["android/app/src/debug/", PREVIEWS] {
        let text: String = tree.under(folder).map(|(_, text)| text).collect();
        let is_missing = |screen: &&str| !text.contains(&format!("\"{screen}\""));
        let missing: BTreeSet<&str> = states.iter().map(|(screen, _)| *screen).filter(is_missing).collect();
        assert_eq!(missing, BTreeSet::new(), "{folder} does not draw these screens");
    }
}

#[test]
fn a_missing_item_is_named() {
    let core = [
        "#[derive(uniffi::Record)]\npub struct DoorView {\n    pub open_now: bool,\n    pub sign: Sign,\n}\n\
                 #[derive(uniffi::Enum)]\npub enum Sign {\n    NoEntry,\n    Way { to: String },\n}\n",
    ];
    let screens = "Screens: `door`, `back-door`.\n";
    let kotlin = "door.openNow; when (door.sign) { Sign.NO_ENTRY -> Page(\"door\"); is Sign.Way -> access.backDoor() }";
    let all = requirements(&core, screens, &ANDROID);
    assert_eq!(missing(&all, kotlin), Vec::<String>::new());
    for (there, forgotten) in [
        ("openNow", "DoorView.open_now"),
        ("NO_ENTRY", "Sign::NoEntry"),
        ("Sign.Way", "Sign::Way"),
        ("\"door\"", "screen door"),
        (".backDoor(", "screen back-door"),
    ] {
        assert_eq!(missing(&all, &kotlin.replace(there, "nothing")), [forgotten]);
    }
    assert_eq!(swift_variant("Sign", "NoEntry"), [".noEntry", ".NoEntry"]);
}

/// Returns the text of a face's sources, without previews.
fn face_sources(tree: &Tree, face: &Face) -> String {
    let sources = face.sources.iter().flat_map(|folder| tree.under(folder));
    sources.filter(|(path, _)| !path.starts_with(PREVIEWS)).map(|(_, text)| text).collect()
}

fn missing(requirements: &[Requirement], text: &str) -> Vec<String> {
    let is_missing = |(_, words): &&Requirement| !words.iter().any(|word| contains_word(text, word));
    requirements.iter().filter(is_missing).map(|(name, _)| name.clone()).collect()
}

/// Returns true if the text contains the word as a whole: `.help` is not `.helpView`.
fn contains_word(text: &str, word: &str) -> bool {
    let whole = word.ends_with(|end: char| !end.is_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        whole || !text[at + word.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_')
    })
}

fn requirements(core: &[&str], screens: &str, face: &Face) -> Vec<Requirement> {
    let record = Regex::new(r"uniffi::Record[^{]*pub struct (\w+) \{\n((?s:.*?))\n\}").unwrap();
    let kind = Regex::new(r"uniffi::Enum[^{]*pub enum (\w+) \{\n((?s:.*?))\n\}").unwrap();
    let field = Regex::new(r"(?m)^    pub (\w+):").unwrap();
    let variant = Regex::new(r"(?m)^    ([A-Z]\w*)(?:[,( ]|$)").unwrap();
    let phrase = Regex::new(r#"(?m)^\s*(\w+) = ""#).unwrap();
    let mut requirements: Vec<Requirement> = Vec::new();
    for text in core {
        for (_, [view, body]) in record.captures_iter(text).map(|found| found.extract()) {
            if view.ends_with("View") || ["Identifier", "SignOutConfirmation"].contains(&view) {
                requirements.extend(field.captures_iter(body).map(|field| {
                    // `.field`, or `(field)` in a function of the view itself.
                    let access = camel(&field[1], '_');
                    (format!("{view}.{}", &field[1]), [format!(".{access}"), format!("({access})")])
                }));
            }
        }
        let mut require_variants = |kind: &str, name: &Regex, body: &str| {
            requirements.extend(name.captures_iter(body).map(|found| {
                let variant = &found[1];
                (format!("{kind}::{variant}"), (face.variant)(kind, variant))
            }));
        };
        for (_, [kind, body]) in kind.captures_iter(text).map(|found| found.extract()) {
            require_variants(kind, &variant, body);
        }
        let phrases = text.split_once("\nphrases! {").map_or("", |(_, body)| body);
        require_variants("Phrase", &phrase, phrases);
    }
    let named = screens.split_once("Screens: ").map_or("", |(_, rest)| rest);
    for screen in named.split_once('.').map_or("", |(list, _)| list).split('`').skip(1).step_by(2) {
        // A form's screen has the form's own name: there the face asks the core for the form.
        let words = [format!("\"{screen}\""), format!(".{}(", camel(screen, '-'))];
        requirements.push((format!("screen {screen}"), words));
    }
    requirements
}

/// Returns Kotlin's spellings: `Kind.SOME_VARIANT`, or `Kind.SomeVariant` if variants carry data.
fn kotlin_variant(kind: &str, variant: &str) -> [String; 2] {
    [format!("{kind}.{}", kebab(variant).replace('-', "_").to_uppercase()), format!("{kind}.{variant}")]
}

/// Returns Swift's spellings: `.someVariant`, or `.SomeVariant` of an error.
fn swift_variant(_kind: &str, variant: &str) -> [String; 2] {
    [format!(".{}", camel(&kebab(variant), '-')), format!(".{variant}")]
}

/// Converts `some_words` to `someWords`.
fn camel(name: &str, between: char) -> String {
    let word_start = Regex::new(&format!("{between}(.)")).unwrap();
    word_start.replace_all(name, |found: &regex::Captures<'_>| found[1].to_uppercase()).into_owned()
}

//! Parity of both faces: every field of a view (its actions included), every stage, kind and act of the core, every
//! screen and every named state occurs in both. Each is searched for by name. Exceptions are listed with their reason.

use std::collections::BTreeSet;

use crate::{rules::Tree, workspace::Workspace};

/// A face: its name, its source folders, and the way it spells the core's `SomeVariant`.
struct Face {
    name: &'static str,
    sources: &'static [&'static str],
    variant: fn(&str, &str) -> Vec<String>,
}

const ANDROID: Face = Face { name: "Android", sources: &["android/app/src/main/"], variant: kotlin_variant };
const IPHONE: Face =
    Face { name: "the iPhone", sources: &["ios/Fos/", "ios/FosKit/Sources/"], variant: swift_variant };
/// Folders of previews and generated files, which are not part of the app.
const PREVIEW_FOLDERS: [&str; 2] = ["ios/Fos/Preview/", "ios/Fos/Generated/"];

/// Exceptions that a face leaves to its platform: face, item, reason.
const LEFT_TO_SYSTEM: [(&str, &str, &str); 5] = [
    ("Android", "Phrase::AppName", "a resource generated from the same phrase"),
    ("the iPhone", "Phrase::AppName", "a resource generated from the same phrase"),
    ("the iPhone", "Phrase::ClearSearch", "the system's own search field"),
    ("the iPhone", "Robot::NotAsked", "a switch that is off, as one that waits"),
    ("the iPhone", "FileView.media_type", "Quick Look reads it from the file's name"),
];

/// A requirement: its name in the test's output, and the spellings of which one must occur in the face's sources.
type Requirement = (String, Vec<String>);

#[test]
fn both_faces_show_everything_that_the_core_provides() {
    let tree = Tree::read(&Workspace::locate().root).unwrap();
    let core: Vec<&str> = tree.under("core/src/").map(|(_, text)| text).collect();
    let screens = std::fs::read_to_string(Workspace::locate().root.join("tests/journeys/README.md")).unwrap();
    let mut found: Vec<String> = Vec::new();
    for face in [ANDROID, IPHONE] {
        let requirements = requirements(&core, &screens, &face);
        assert!(requirements.len() > 150, "only {} requirements for {}", requirements.len(), face.name);
        found.extend(
            missing(&requirements, &face_sources(&tree, &face)).map(|what| format!("{}: {what}", face.name)),
        );
    }
    let left_to_system: Vec<String> =
        LEFT_TO_SYSTEM.iter().map(|(face, what, _)| format!("{face}: {what}")).collect();
    let not_shown: Vec<_> = found.iter().filter(|what| !left_to_system.contains(what)).collect();
    assert!(not_shown.is_empty(), "not shown, and not in LEFT_TO_SYSTEM:\n{not_shown:#?}");
    let shown: Vec<_> = left_to_system.iter().filter(|what| !found.contains(what)).collect();
    assert!(shown.is_empty(), "in LEFT_TO_SYSTEM, but shown:\n{shown:#?}");
}

#[test]
fn both_faces_have_the_same_named_states() {
    let tree = Tree::read(&Workspace::locate().root).unwrap();
    let names = |folder: &str, word: &str| -> BTreeSet<String> {
        let texts = tree.under(folder).map(|(_, text)| text).collect::<String>();
        quoted_after(&texts, word).map(str::to_owned).collect()
    };
    let android = names("android/app/src/debug/", "ScreenState(");
    assert!(android.len() > 60, "{} states", android.len());
    assert_eq!(android, names("ios/Fos/Preview/", "state("));
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
    assert_eq!(missing(&all, kotlin).collect::<Vec<_>>(), Vec::<String>::new());
    for (there, forgotten) in [
        ("openNow", "DoorView.open_now"),
        ("NO_ENTRY", "Sign::NoEntry"),
        ("Sign.Way", "Sign::Way"),
        ("\"door\"", "screen door"),
        (".backDoor(", "screen back-door"),
    ] {
        let without = kotlin.replace(there, "nothing");
        assert_eq!(missing(&all, &without).collect::<Vec<_>>(), [forgotten]);
    }
}

/// Returns the text of a face's sources, without previews.
fn face_sources(tree: &Tree, face: &Face) -> String {
    let is_app_source = |path: &str| !PREVIEW_FOLDERS.iter().any(|folder| path.starts_with(folder));
    face.sources
        .iter()
        .flat_map(|folder| tree.under(folder))
        .filter(|(path, _)| is_app_source(path))
        .map(|(_, text)| text)
        .collect()
}

fn missing<'a>(requirements: &'a [Requirement], text: &'a str) -> impl Iterator<Item = String> + 'a {
    requirements
        .iter()
        .filter(|(_, words)| !words.iter().any(|word| contains_word(text, word)))
        .map(|(name, _)| name.clone())
}

/// Returns true if the text contains the word as a whole: `.help` is not `.helpView`.
fn contains_word(text: &str, word: &str) -> bool {
    let whole = word.ends_with(|end: char| !end.is_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        whole || !text[at + word.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_')
    })
}

fn requirements(core: &[&str], screens: &str, face: &Face) -> Vec<Requirement> {
    let mut requirements: Vec<Requirement> = Vec::new();
    for text in core {
        for (view, body) in exported_items(text, "uniffi::Record", "pub struct ") {
            let fields = body.lines().filter_map(|line| line.strip_prefix("    pub ")?.split(':').next());
            let shown = view.ends_with("View") || view == "Identifier";
            requirements.extend(
                fields
                    .filter(|_| shown)
                    .map(|field| (format!("{view}.{field}"), field_accesses(&camel(field, '_')))),
            );
        }
        for (kind, body) in exported_items(text, "uniffi::Enum", "pub enum ") {
            for variant in body.lines().filter_map(variant) {
                requirements.push((format!("{kind}::{variant}"), (face.variant)(kind, variant)));
            }
        }
        for line in text.split_once("\nphrases! {").map_or("", |(_, body)| body).lines() {
            if let Some((variant, _)) = line.trim().split_once(" = \"") {
                requirements.push((format!("Phrase::{variant}"), (face.variant)("Phrase", variant)));
            }
        }
    }
    let named = screens.split_once("Screens: ").map_or("", |(_, rest)| rest);
    for screen in named.split_once('.').map_or("", |(list, _)| list).split('`').skip(1).step_by(2) {
        // A form's screen has the form's own name: there the face asks the core for the form.
        let words = vec![format!("\"{screen}\""), format!(".{}(", camel(screen, '-'))];
        requirements.push((format!("screen {screen}"), words));
    }
    requirements
}

/// Returns the spellings of a field: `.field`, or `(field)` in a function of the view itself.
fn field_accesses(field: &str) -> Vec<String> {
    vec![format!(".{field}"), format!("({field})")]
}

/// Iterates over the exported items of this kind: name and body.
fn exported_items<'a>(
    text: &'a str,
    exported: &str,
    word: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    text.split(exported).skip(1).filter_map(move |rest| {
        let (_, rest) = rest.split_once(word)?;
        let (name, rest) = rest.split_once(" {\n")?;
        Some((name, rest.split_once("\n}")?.0))
    })
}

/// Returns the variant that the line declares.
fn variant(line: &str) -> Option<&str> {
    let name = line.strip_prefix("    ")?.split([',', ' ', '(']).next()?;
    (name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric)).then_some(name)
}

/// Returns Kotlin's spellings: `Kind.SOME_VARIANT`, or `Kind.SomeVariant` if variants carry data.
fn kotlin_variant(kind: &str, variant: &str) -> Vec<String> {
    let mut upper = String::new();
    for letter in variant.chars() {
        if letter.is_uppercase() && !upper.is_empty() {
            upper.push('_');
        }
        upper.extend(letter.to_uppercase());
    }
    vec![format!("{kind}.{upper}"), format!("{kind}.{variant}")]
}

/// Returns Swift's spellings: `.someVariant`, or `.SomeVariant` of an error.
fn swift_variant(_kind: &str, variant: &str) -> Vec<String> {
    let mut letters = variant.chars();
    let lower: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    vec![format!(".{lower}"), format!(".{variant}")]
}

/// Converts `some_words` to `someWords`.
fn camel(name: &str, between: char) -> String {
    let mut words = name.split(between);
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |all, word| {
        let mut letters = word.chars();
        let start: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        all + &start + letters.as_str()
    })
}

fn quoted_after<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(word).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
}

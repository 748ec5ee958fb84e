//! A feature has a folder of the same name in the core and in both faces, so that whoever knows one side finds the other two.

use super::{Tree, Violations, imports::FEATURES};

const ANDROID: &str = "android/app/src/main/kotlin/ma/fos/services/feature";
/// Models and screens of the iPhone, whose folders begin with a capital.
const IPHONE: [&str; 2] = ["ios/FosKit/Sources/FosKit", "ios/Fos"];
/// Folders of the iPhone beside the features.
const BESIDE: [&str; 6] = ["App", "Components", "Forms", "Preview", "Generated", "Resources"];

pub(super) fn check(tree: &Tree, violations: &mut Violations) {
    for feature in FEATURES {
        let sides = [format!("core/src/{feature}"), format!("{ANDROID}/{feature}")];
        for folder in sides.into_iter().chain(IPHONE.map(|side| format!("{side}/{}", capitalized(feature)))) {
            if !tree.folders().contains(&folder) {
                violations
                    .in_file(&folder, format_args!("the feature `{feature}` has no folder of its name here"));
            }
        }
    }
    let is_feature =
        |name: &str| FEATURES.iter().any(|feature| *feature == name || capitalized(feature) == name);
    for folder in tree.folders() {
        let Some((side, name)) = folder.rsplit_once('/') else { continue };
        let holds_features = side == ANDROID || (IPHONE.contains(&side) && !BESIDE.contains(&name));
        if holds_features && !is_feature(name) {
            violations.in_file(folder, "no feature of the core has this name");
        }
    }
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

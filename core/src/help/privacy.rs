//! Text about personal data (law 09-08, art. 5), to be read before any is given.

use crate::context::AppContext;
use crate::i18n::{FormatArg, Language, decompressed};
use crate::views::{ArticleView, ReadingView};

/// Texts of each language, compressed by the build (LZ4).
const ARABIC: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/privacy.ar.md"));
const FRENCH: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/privacy.fr.md"));

pub(crate) fn privacy(context: &AppContext) -> ReadingView {
    let localizer = context.localizer();
    let mut view = read(&decompressed(match localizer.language() {
        Language::Ar => ARABIC,
        Language::Fr => FRENCH,
    }));
    // The article is shown only if the config has an authorisation number: it is never invented.
    if let Some(number) = context.remote_config().config().and_then(|config| config.authorisation.clone()) {
        let number = crate::i18n::Identifier::new(&number).shown;
        view.articles.push(ArticleView {
            heading: localizer.message("privacy-authorisation"),
            paragraphs: vec![localizer.format("authorisation", &[("number", FormatArg::Text(&number))])],
        });
    }
    view
}

/// Parses `# title`, `## heading`, and one paragraph in each line.
fn read(text: &str) -> ReadingView {
    let mut view = ReadingView { title: String::new(), articles: Vec::new() };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("## ") {
            view.articles.push(ArticleView { heading: heading.to_owned(), paragraphs: Vec::new() });
        } else if let Some(title) = line.strip_prefix("# ") {
            title.clone_into(&mut view.title);
        } else if let Some(article) = view.articles.last_mut() {
            article.paragraphs.push(line.to_owned());
        }
    }
    view
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_purpose_recipients_and_rights() {
        let (arabic, french) = (read(&decompressed(ARABIC)), read(&decompressed(FRENCH)));
        assert_eq!(arabic.articles.len(), french.articles.len());
        assert!(arabic.articles.len() >= 5);
        for view in [arabic, french] {
            assert!(!view.title.is_empty());
            assert!(view.articles.iter().all(|article| !article.paragraphs.is_empty()));
        }
    }
}

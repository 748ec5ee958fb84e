//! What becomes of the member's data, to be read before any of it is given (law 09-08, art. 5; domain.md c).

use crate::context::Context;
use crate::language::{Language, Told};
use crate::views::{ArticleView, ReadingView};

const ARABIC: &str = include_str!("../../locales/privacy.ar.md");
const FRENCH: &str = include_str!("../../locales/privacy.fr.md");

pub(crate) fn privacy(context: &Context) -> ReadingView {
    let words = context.words();
    let mut view = read(match words.language() {
        Language::Ar => ARABIC,
        Language::Fr => FRENCH,
    });
    // Never invented: the article stands only once the portal has told the number.
    if let Some(number) = context.gate.config().and_then(|config| config.authorisation.clone()) {
        let number = crate::language::Identifier::new(&number).shown;
        view.articles.push(ArticleView {
            heading: words.say("privacy-authorisation"),
            paragraphs: vec![words.say_with("authorisation", &[("number", Told::Text(&number))])],
        });
    }
    view
}

/// `# title`, `## heading`, and a paragraph a line.
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
        let (arabic, french) = (read(ARABIC), read(FRENCH));
        assert_eq!(arabic.articles.len(), french.articles.len());
        assert!(arabic.articles.len() >= 5);
        for view in [arabic, french] {
            assert!(!view.title.is_empty());
            assert!(view.articles.iter().all(|article| !article.paragraphs.is_empty()));
        }
    }
}

//! Last page of a service's form: the answers to be read before they are filed.

use fos_wire::request::ANSWER_WITHIN_DAYS;

use super::answers::{AnswerSectionView, answers_by_section};
use super::draft::Values;
use super::spec::FieldSpec;
use crate::i18n::{ActionView, FormatArg, Localizer};

/// Last page of a form, from which alone it is submitted.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReviewView {
    /// Title.
    pub title: String,
    /// Answers, section by section.
    pub sections: Vec<ReviewSectionView>,
    /// Consequence of the submission: what happens next, and by when.
    pub expectation: String,
}

/// Answers of one section, with the way to it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReviewSectionView {
    /// Index of the section, for [`crate::Form::open_section`].
    pub section: u32,
    /// Title and answers.
    pub answers: AnswerSectionView,
    /// Opens the section.
    pub edit: ActionView,
}

impl ReviewView {
    pub(super) fn new(fields: &[FieldSpec], values: &Values, localizer: &Localizer) -> Self {
        let section = |(at, answers): (usize, AnswerSectionView)| {
            // Each section has a button of its own.
            let key = format!("edit-answers:{}", at + 1);
            ReviewSectionView {
                section: at.try_into().unwrap_or(u32::MAX),
                edit: ActionView { key, ..localizer.action("edit-answers") },
                answers,
            }
        };
        Self {
            title: localizer.message("title-review"),
            sections: answers_by_section(fields, values, localizer).into_iter().map(section).collect(),
            expectation: localizer
                .format("review-expectation", &[("days", FormatArg::Number(ANSWER_WITHIN_DAYS))]),
        }
    }
}

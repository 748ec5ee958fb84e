//! Screens of the member's requests and of the sign-out confirmation.

use super::{
    phone::{ActionError, Phone, Route},
    snapshot::ScreenContent,
    tasks::NextStep,
};
use fos_core::{AnswerSectionView, QuestionView, RequestTarget, UnsentWork};

impl Phone {
    pub(super) fn show_requests(&self, content: &mut ScreenContent) {
        let list = match self.fos.requests().list() {
            Ok(list) => list,
            Err(error) => return content.text(error.to_string()),
        };
        content.text(list.title);
        content.tag("profile");
        self.show_tabs(content);
        content.optional_text(list.empty);
        for group in list.groups {
            content.text(group.title);
            for card in group.cards {
                content.text(card.title);
                content.optional_text(card.number.map(|number| number.shown));
                content.text(card.state.text);
                content.text(card.line);
                content.tag(format!("request:{}", card.id));
                content.optional_action(card.delete.map(|delete| delete.open));
            }
        }
    }

    pub(super) fn show_request(&self, content: &mut ScreenContent) {
        let Some(Route::Request(id)) = self.back_stack.last() else { return };
        match self.fos.requests().request(id) {
            Ok(request) => {
                content.text(request.title);
                content.text(request.number_label);
                content.text(request.number.shown);
                content.tag("copy:number");
                content.text(request.state.text);
                content.texts.extend(request.lines);
                content.optional_text(request.refusal);
                show_answers(request.sections, content);
                content.action(request.receipt);
                content.action(request.share);
            }
            Err(error) => content.text(error.to_string()),
        }
    }

    pub(super) fn show_queued_request(&self, content: &mut ScreenContent) {
        let Some(Route::Queued(key)) = self.back_stack.last() else { return };
        match self.fos.requests().queued_request(key) {
            Ok(request) => {
                content.text(request.title);
                content.text(request.state.text);
                content.text(request.line);
                show_answers(request.sections, content);
                content.main_action(request.edit);
            }
            Err(error) => content.text(error.to_string()),
        }
    }

    pub(super) fn show_sign_out(&self, content: &mut ScreenContent) {
        match self.fos.account().sign_out_confirmation() {
            Ok(Some(leaving)) => {
                content.text(leaving.title);
                content.text(leaving.text);
                content.optional_action(leaving.send_now);
                content.action(leaving.keep);
                content.text(leaving.keep_line);
                content.action(leaving.erase);
            }
            Ok(None) => {}
            Err(error) => content.text(error.to_string()),
        }
    }

    /// Opens the target of a card: a draft, a queued entry or a filed request.
    pub(super) fn open_request_card(&mut self, id: &str) -> Result<(), ActionError> {
        let list = self.fos.requests().list().map_err(|error| error.to_string())?;
        let card = list.groups.into_iter().flat_map(|group| group.cards).find(|card| card.id == id);
        match card.ok_or("no such card")?.target {
            RequestTarget::Form { service } => self.open_form(service),
            RequestTarget::Request { id } => self.open_request(id),
            RequestTarget::Queued { key } => self.back_stack.push(Route::Queued(key)),
            RequestTarget::OutboxEntry { key } => self.edit_outbox_entry(&key),
        }
        Ok(())
    }

    /// Opens the page of a request, which fetches its answers unless they are stored.
    pub(super) fn open_request(&mut self, id: String) {
        self.back_stack.push(Route::Request(id.clone()));
        self.fos.requests().fetch_answers(id);
    }

    /// Returns the question before the draft of a card's button is deleted.
    pub(super) fn delete_question(&self, service: &str) -> Option<QuestionView> {
        let list = self.fos.requests().list().ok()?;
        let drafts = list.groups.into_iter().flat_map(|group| group.cards).filter_map(|card| card.delete);
        drafts.into_iter().find(|delete| delete.service == service).map(|delete| delete.question)
    }

    /// Returns an entry to draft and opens its form.
    pub(super) fn edit_outbox_entry(&mut self, key: &str) {
        match self.fos.requests().return_to_draft(key) {
            Ok(service) => {
                if matches!(self.back_stack.last(), Some(Route::Queued(_))) {
                    self.back_stack.pop();
                }
                self.open_form(service);
            }
            Err(error) => self.message = Some(error.to_string()),
        }
    }

    pub(super) fn open_form(&mut self, service: String) {
        self.request_form = None;
        self.field_search = None;
        self.back_stack.push(Route::RequestForm);
        self.tasks.fetch_form(&self.fos, service);
    }

    /// Signs out, after a confirmation if there is unsent work.
    pub(super) fn sign_out(&mut self) {
        match self.fos.account().sign_out_confirmation() {
            Ok(None) => self.sign_out_with(UnsentWork::Keep),
            Ok(Some(_)) => self.back_stack.push(Route::SignOut),
            Err(error) => self.message = Some(error.to_string()),
        }
    }

    pub(super) fn sign_out_with(&mut self, unsent: UnsentWork) {
        let account = self.fos.account();
        self.tasks.run(NextStep::Stay, async move { account.sign_out(unsent).await });
    }
}

fn show_answers(sections: Vec<AnswerSectionView>, content: &mut ScreenContent) {
    for section in sections {
        content.text(section.title);
        content.facts(section.answers);
    }
}

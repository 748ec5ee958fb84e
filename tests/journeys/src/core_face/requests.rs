//! My requests, one of them, and what is asked before signing out.

use super::{
    acts::Then,
    phone::{Over, Phone, Refusal},
    sight::Shown,
};
use fos_core::{RequestTarget, UnsentWork};

impl Phone {
    pub(super) fn show_requests(&self, shown: &mut Shown) {
        let list = match self.fos.requests().list() {
            Ok(list) => list,
            Err(error) => return shown.say(error.to_string()),
        };
        shown.say(list.title);
        shown.tag("profile");
        self.show_places(shown);
        shown.say_if_any(list.empty);
        for group in list.groups {
            shown.say(group.title);
            for card in group.cards {
                shown.say(card.title);
                shown.say_if_any(card.number);
                shown.say(card.state.text);
                shown.say(card.line);
                shown.tag(format!("request:{}", card.id));
            }
        }
    }

    pub(super) fn show_request(&self, shown: &mut Shown) {
        let Some(Over::Request(id)) = self.over.last() else { return };
        match self.fos.requests().request(id) {
            Ok(request) => {
                shown.say(request.title);
                shown.say(request.number_label);
                shown.say(request.number.shown);
                shown.tag("copy:number");
                shown.say(request.state.text);
                shown.texts.extend(request.lines);
                shown.say_if_any(request.refusal);
                shown.action(request.receipt);
                shown.action(request.share);
            }
            Err(error) => shown.say(error.to_string()),
        }
    }

    pub(super) fn show_sign_out(&self, shown: &mut Shown) {
        match self.fos.account().sign_out_confirmation() {
            Ok(Some(leaving)) => {
                shown.say(leaving.title);
                shown.say(leaving.text);
                shown.action_if_any(leaving.send_now);
                shown.action(leaving.keep);
                shown.say(leaving.keep_line);
                shown.action(leaving.erase);
            }
            Ok(None) => {}
            Err(error) => shown.say(error.to_string()),
        }
    }

    /// Opens what a card of the list leads to.
    pub(super) fn open_card(&mut self, id: &str) -> Result<(), Refusal> {
        let list = self.fos.requests().list().map_err(|error| error.to_string())?;
        let card = list.groups.into_iter().flat_map(|group| group.cards).find(|card| card.id == id);
        match card.ok_or("no such card")?.target {
            RequestTarget::Form { service } => self.open_form(service),
            RequestTarget::Request { id } => self.over.push(Over::Request(id)),
            RequestTarget::OutboxEntry { key } => match self.fos.requests().return_to_draft(&key) {
                Ok(service) => self.open_form(service),
                Err(error) => self.told = Some(error.to_string()),
            },
        }
        Ok(())
    }

    pub(super) fn open_form(&mut self, service: String) {
        self.request_form = None;
        self.searched = None;
        self.over.push(Over::RequestForm);
        self.acts.fetch_form(&self.fos, service);
    }

    /// Asks first where something was not sent.
    pub(super) fn sign_out(&mut self) {
        match self.fos.account().sign_out_confirmation() {
            Ok(None) => self.leave(UnsentWork::Keep),
            Ok(Some(_)) => self.over.push(Over::SignOut),
            Err(error) => self.told = Some(error.to_string()),
        }
    }

    pub(super) fn leave(&mut self, unsent: UnsentWork) {
        let account = self.fos.account();
        self.acts.run(Then::Stay, async move { account.sign_out(unsent).await });
    }
}

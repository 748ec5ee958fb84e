//! Screens of the member's space: services, profile, devices, help.

use fos_core::{CardView, Phrase};

use super::{
    phone::{Phone, Route},
    snapshot::ScreenContent,
};

impl Phone {
    pub(super) fn show_services(&self, content: &mut ScreenContent) {
        let list = match self.fos.services().list(&self.search, &self.category) {
            Ok(list) => list,
            Err(error) => return content.text(error.to_string()),
        };
        content.text(list.title);
        content.text(list.search_hint);
        content.tag("profile");
        self.show_tabs(content);
        for category in list.categories {
            content.text(category.label);
            content.tag(format!("category:{}", category.key));
        }
        content.optional_text(list.welcome);
        if let Some(unfinished) = list.unfinished {
            content.text(unfinished.text);
            content.action(unfinished.open);
        }
        for group in list.groups {
            content.text(group.title);
            content.text(group.count);
            for card in group.services {
                show_card(card, content);
            }
        }
        content.optional_text(list.empty);
    }

    pub(super) fn show_service(&self, content: &mut ScreenContent) {
        let services = self.fos.services();
        match self.back_stack.last() {
            Some(Route::Service(id)) => match services.service(id) {
                Ok(service) => {
                    content.text(service.title);
                    content.text(service.chip.text);
                    content.text(service.summary);
                    content.facts(service.facts);
                    content.optional_text(service.documents_title);
                    content.texts.extend(service.documents.into_iter().map(|document| document.title));
                    content.optional_text(service.why_not);
                    content.optional_action(service.circular);
                    content.optional_text(service.circular_line);
                    if let Some(plus) = service.plus {
                        content.main_action(plus);
                    }
                }
                Err(error) => content.text(error.to_string()),
            },
            Some(Route::Start(id)) => match services.start(id) {
                Ok(start) => {
                    content.text(start.title);
                    content.text(start.service);
                    content.text(start.text);
                    content.optional_action(start.earlier.map(|earlier| earlier.open));
                    content.optional_text(start.documents_title);
                    content.texts.extend(start.documents.into_iter().map(|document| document.title));
                    content.optional_action(start.start_over);
                    content.main_action(start.fill.unwrap_or(start.close));
                }
                Err(error) => content.text(error.to_string()),
            },
            _ => {}
        }
    }

    /// Opens the page behind «+», or in its place the form where that page has nothing to say.
    pub(super) fn open_start(&mut self, service: String) {
        if self.fos.services().start(&service).is_ok_and(|start| start.fill_at_once) {
            self.open_form(service);
        } else {
            self.back_stack.push(Route::Start(service));
        }
    }

    pub(super) fn show_tabs(&self, content: &mut ScreenContent) {
        let mut phrases = self.fos.phrases();
        for (tag, phrase) in [("place:services", Phrase::Services), ("place:requests", Phrase::Requests)] {
            content.text(phrases.remove(&phrase).unwrap_or_default());
            content.tag(tag);
        }
    }

    pub(super) fn show_profile(&self, content: &mut ScreenContent) {
        match self.fos.account().profile() {
            Ok(profile) => {
                content.text(profile.name);
                content.text(profile.kind);
                content.text(profile.ppr_label);
                content.text(profile.ppr.shown);
                content.tag("copy:ppr");
                content.text(profile.language_label);
                content.text(profile.other_language);
                content.tag("language");
                content.text(profile.theme_label);
                for theme in profile.themes {
                    content.text(theme.label);
                    content.tag(format!("theme:{}", theme.key));
                }
                for action in [profile.change_password, profile.devices, profile.charter, profile.help] {
                    content.action(action);
                }
                content.action(profile.sign_out);
            }
            Err(error) => content.text(error.to_string()),
        }
    }

    pub(super) fn show_devices(&self, content: &mut ScreenContent) {
        let Some(list) = self.devices.clone() else { return };
        content.text(self.fos.phrases().remove(&Phrase::Devices).unwrap_or_default());
        content.text(list.text);
        for device in list.devices {
            content.text(device.name);
            content.text(device.line);
            content.optional_text(device.current.map(|chip| chip.text));
            if let Some(end) = device.end {
                content.text(end.label);
                content.tag(format!("end:{}", device.id));
            }
        }
    }

    pub(super) fn show_help(&self, content: &mut ScreenContent) {
        let help = self.fos.help();
        content.text(help.title);
        content.texts.extend(help.checks.into_iter().map(|check| check.text));
        content.optional_text(help.contacts_title);
        for contact in help.contacts {
            content.text(contact.label);
            content.text(contact.value.shown);
            if contact.link.is_some() {
                content.tag(format!("contact:{}", contact.key));
            }
        }
        content.text(help.about_title);
        content.facts(help.about);
        content.action(help.privacy);
        content.action(help.licences);
        content.action(help.diagnostic);
    }
}

fn show_card(card: CardView, content: &mut ScreenContent) {
    content.text(card.title);
    content.text(card.line);
    content.optional_text(card.chip.map(|chip| chip.text));
    content.tag(format!("card:{}", card.id));
    if card.plus.is_some() {
        content.tag(format!("plus:{}", card.id));
    }
}

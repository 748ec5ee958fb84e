//! The screens of the services' space, and of help.

use fos_core::{CardView, Phrase};

use super::{
    phone::{Over, Phone},
    sight::Shown,
};

impl Phone {
    pub(super) fn show_services(&self, shown: &mut Shown) {
        let list = match self.fos.services().list(&self.search, &self.category) {
            Ok(list) => list,
            Err(error) => return shown.say(error.to_string()),
        };
        shown.say(list.title);
        shown.say(list.search_hint);
        shown.tag("profile");
        self.show_places(shown);
        for category in list.categories {
            shown.say(category.label);
            shown.tag(format!("category:{}", category.key));
        }
        for group in list.groups {
            shown.say(group.title);
            shown.say(group.count);
            for card in group.services {
                show_card(card, shown);
            }
        }
        shown.say_if_any(list.empty);
    }

    pub(super) fn show_one_service(&self, shown: &mut Shown) {
        let services = self.fos.services();
        match self.over.last() {
            Some(Over::Service(id)) => match services.service(id) {
                Ok(service) => {
                    shown.say(service.title);
                    shown.say(service.chip.text);
                    shown.say(service.summary);
                    shown.facts(service.facts);
                    shown.say_if_any(service.documents_title);
                    shown.texts.extend(service.documents.into_iter().map(|document| document.title));
                    shown.say_if_any(service.why_not);
                    shown.action_if_any(service.circular);
                    shown.say_if_any(service.circular_line);
                    shown.action_if_any(service.plus);
                }
                Err(error) => shown.say(error.to_string()),
            },
            Some(Over::Start(id)) => match services.start(id) {
                Ok(start) => {
                    shown.say(start.title);
                    shown.say(start.service);
                    shown.say(start.text);
                    shown.say_if_any(start.documents_title);
                    shown.texts.extend(start.documents.into_iter().map(|document| document.title));
                    shown.action_if_any(start.start_over);
                    shown.action(start.fill.unwrap_or(start.close));
                }
                Err(error) => shown.say(error.to_string()),
            },
            _ => {}
        }
    }

    pub(super) fn show_places(&self, shown: &mut Shown) {
        let mut phrases = self.fos.phrases();
        for (tag, phrase) in [("place:services", Phrase::Services), ("place:requests", Phrase::Requests)] {
            shown.say(phrases.remove(&phrase).unwrap_or_default());
            shown.tag(tag);
        }
    }

    pub(super) fn show_profile(&self, shown: &mut Shown) {
        match self.fos.account().profile() {
            Ok(profile) => {
                shown.say(profile.name);
                shown.say(profile.kind);
                shown.say(profile.ppr_label);
                shown.say(profile.ppr.shown);
                shown.tag("copy:ppr");
                shown.say(profile.language_label);
                shown.say(profile.other_language);
                shown.tag("language");
                shown.say(profile.theme_label);
                for theme in profile.themes {
                    shown.say(theme.label);
                    shown.tag(format!("theme:{}", theme.key));
                }
                for action in [profile.change_password, profile.devices, profile.charter, profile.help] {
                    shown.action(action);
                }
                shown.action(profile.sign_out);
            }
            Err(error) => shown.say(error.to_string()),
        }
    }

    pub(super) fn show_devices(&self, shown: &mut Shown) {
        let Some(list) = self.devices.clone() else { return };
        shown.say(self.fos.phrases().remove(&Phrase::Devices).unwrap_or_default());
        shown.say(list.text);
        for device in list.devices {
            shown.say(device.name);
            shown.say(device.line);
            shown.say_if_any(device.current.map(|chip| chip.text));
            if let Some(end) = device.end {
                shown.say(end.label);
                shown.tag(format!("end:{}", device.id));
            }
        }
    }

    pub(super) fn show_help(&self, shown: &mut Shown) {
        let help = self.fos.help();
        shown.say(help.title);
        shown.texts.extend(help.checks.into_iter().map(|check| check.text));
        shown.say_if_any(help.contacts_title);
        for contact in help.contacts {
            shown.say(contact.label);
            shown.say(contact.value.shown);
            if contact.link.is_some() {
                shown.tag(format!("contact:{}", contact.key));
            }
        }
        shown.say(help.about_title);
        shown.facts(help.about);
        shown.action(help.privacy);
        shown.action(help.licences);
    }
}

fn show_card(card: CardView, shown: &mut Shown) {
    shown.say(card.title);
    shown.say(card.line);
    shown.say_if_any(card.chip.map(|chip| chip.text));
    shown.tag(format!("card:{}", card.id));
    if card.plus.is_some() {
        shown.tag(format!("plus:{}", card.id));
    }
}

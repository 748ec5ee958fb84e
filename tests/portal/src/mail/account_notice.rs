//! Emails about the account itself, to every address on file: a password was set, a device signed in for the first time.
//! Whoever did not do it learns of it, and what to do.

use fos_rules::day;
use fos_wire::{LocalizedText, config::Contacts};
use jiff::Timestamp;
use rusqlite::Transaction;

use super::{
    email::{EmailText, escape_html},
    queue::{self, EmailDates, EmailKind, EncryptedEmail, EnqueueError},
};
use crate::{formatting, members, remote_config, retention::NOTICE_LIFETIME, secrets::Keys};

const SUBJECT: &str = "أمان حسابك لدى المؤسسة – Sécurité de votre compte FOS";

/// Event that a member is told of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum AccountNotice<'a> {
    /// A new password was set.
    PasswordSet,
    /// A device of this name signed in that was not known.
    NewDevice(&'a str),
}

impl AccountNotice<'_> {
    /// Queues the notice for every address on the member's file.
    pub(crate) fn enqueue(
        self,
        db: &Transaction,
        keys: &Keys,
        ppr: &str,
        now: i64,
    ) -> Result<(), EnqueueError> {
        let (kind, device) = match self {
            Self::PasswordSet => (EmailKind::PasswordSet, ""),
            Self::NewDevice(device) => (EmailKind::NewDevice, device),
        };
        let dates = EmailDates { created_at: now, expires_at: now + NOTICE_LIFETIME };
        for address in members::find(db, ppr)?.map(|record| record.addresses).unwrap_or_default() {
            let email = EncryptedEmail::encrypt(keys, device)?;
            queue::enqueue_notice(db, &email, kind, ppr, &address, &dates)?;
        }
        Ok(())
    }

    /// Composes the text. `at`: time of the event, in seconds since 1970 UTC; `ppr_suffix`: end of the payroll number.
    pub(super) fn compose(self, at: i64, contacts: &Contacts, ppr_suffix: &str) -> EmailText {
        let text = self.text(&time_in_morocco(at), ppr_suffix);
        let contacts = remote_config::direct_contacts(contacts).collect::<Vec<_>>().join("\n");
        let plain = format!(
            "السلام عليكم،\n\n{}\n\n{contacts}\n\n------------------------------\n\nBonjour,\n\n{}\n",
            text.ar, text.fr
        );
        EmailText { subject: SUBJECT, plain, html: html(&text, &contacts) }
    }

    /// Paragraphs in both languages; the contacts stand between them.
    fn text(self, time: &LocalizedText, ppr_suffix: &str) -> LocalizedText {
        let (ar, fr) = match self {
            Self::PasswordSet => (
                format!("حُدّدت كلمة سر جديدة لحسابك لدى مؤسسة الأعمال الاجتماعية، {}.", time.ar),
                format!(
                    "Un nouveau mot de passe a été choisi pour votre compte de la Fondation des Œuvres Sociales, {}.",
                    time.fr
                ),
            ),
            Self::NewDevice(device) => (
                format!(
                    "تم الدخول إلى حسابك لدى مؤسسة الأعمال الاجتماعية من جهاز جديد، {}.\nالجهاز: {}",
                    time.ar,
                    device_name(device, "بدون اسم")
                ),
                format!(
                    "Un nouvel appareil s’est connecté à votre compte de la Fondation des Œuvres Sociales, {}.\n\
                     Appareil\u{a0}: {}",
                    time.fr,
                    device_name(device, "sans nom")
                ),
            ),
        };
        LocalizedText {
            ar: format!(
                "{ar}\nيتعلق الأمر بالحساب الذي ينتهي رقم تأجيره بـ {ppr_suffix}.\n\n\
                 إذا كنت أنت، فلا تفعل شيئًا.\n\
                 وإذا لم تكن أنت، فاطلب كلمة سر من التطبيق واستبدلها فورًا بكلمة سر جديدة: تنتهي بذلك كل الجلسات الأخرى. \
                 ثم اتصل بالمؤسسة:"
            ),
            fr: format!(
                "{fr}\nIl s’agit du compte dont le numéro PPR se termine par {ppr_suffix}.\n\n\
                 Si c’est vous, vous n’avez rien à faire.\n\
                 Sinon, demandez un mot de passe dans l’application et remplacez-le aussitôt par un nouveau\u{a0}: toutes les \
                 autres connexions prennent fin. Contactez ensuite la Fondation, aux coordonnées ci-dessus."
            ),
        }
    }
}

fn device_name<'a>(name: &'a str, without: &'a str) -> &'a str {
    if name.is_empty() { without } else { name }
}

/// Formats day and time of day in Morocco.
fn time_in_morocco(at: i64) -> LocalizedText {
    let at = day::time_in_morocco(Timestamp::from_second(at).unwrap_or_default());
    let (day, time) = (formatting::day(at.date()), at.strftime("%H:%M"));
    LocalizedText {
        ar: format!("يوم {} على الساعة {time} بتوقيت المغرب", day.ar),
        fr: format!("le {} à {time}, heure du Maroc", day.fr),
    }
}

fn html(text: &LocalizedText, contacts: &str) -> String {
    let lines = |text: &str| escape_html(text).replace('\n', "<br>\n");
    format!(
        r#"<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{SUBJECT}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.6;max-width:36em;margin:1em auto;padding:0 1em">
<div lang="ar" dir="rtl"><p>السلام عليكم،</p>
<p>{}</p></div>
<p dir="ltr" style="text-align:center">{}</p>
<hr>
<div lang="fr" dir="ltr"><p>Bonjour,</p>
<p>{}</p></div>
</body></html>
"#,
        lines(&text.ar),
        lines(contacts),
        lines(&text.fr)
    )
}

//! Email that notifies an address on file of a change, so that an unwanted one can be reported in time.

use fos_wire::config::Contacts;

use super::email::{EmailText, escape_html};
use crate::remote_config;

const SUBJECT: &str = "تغيير عنوان البريد في ملفك – Changement d’adresse dans votre dossier FOS";

/// Composes the text. `addresses` are those on file, masked, one a line; `ppr_suffix` is the end of the payroll number.
pub(super) fn compose(addresses: &str, contacts: &Contacts, ppr_suffix: &str) -> EmailText {
    let contact_lines: Vec<_> = remote_config::direct_contacts(contacts).collect();
    let html = html(
        &escape_html(addresses).replace('\n', "<br>"),
        &escape_html(&contact_lines.join("\n")).replace('\n', "<br>"),
        ppr_suffix,
    );
    EmailText { subject: SUBJECT, plain: text(addresses, &contact_lines.join("\n"), ppr_suffix), html }
}

fn text(addresses: &str, contact_lines: &str, ppr_suffix: &str) -> String {
    format!(
        "السلام عليكم،

تغير عنوان البريد الإلكتروني المسجل في ملفك لدى مؤسسة الأعمال الاجتماعية.
يتعلق الأمر بالحساب الذي ينتهي رقم تأجيره بـ {ppr_suffix}. وهذا هو العنوان المسجل الآن، مع إخفاء جزء منه:

{addresses}

إذا كنت على علم بهذا التغيير، فلا تفعل شيئًا.
وإذا لم تطلبه، فاتصل بالمؤسسة فورًا:

{contact_lines}

------------------------------

Bonjour,

L’adresse électronique inscrite dans votre dossier à la Fondation des Œuvres Sociales a changé.
Il s’agit du compte dont le numéro PPR se termine par {ppr_suffix}. La nouvelle adresse figure plus haut, en partie masquée.

Si vous êtes au courant de ce changement, vous n’avez rien à faire.
Si vous ne l’avez pas demandé, contactez la Fondation sans attendre, aux coordonnées ci-dessus.
"
    )
}

fn html(addresses: &str, contact_lines: &str, ppr_suffix: &str) -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{SUBJECT}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.6;max-width:36em;margin:1em auto;padding:0 1em">
<div lang="ar" dir="rtl">
<p>السلام عليكم،</p>
<p>تغير عنوان البريد الإلكتروني المسجل في ملفك لدى مؤسسة الأعمال الاجتماعية. يتعلق الأمر بالحساب الذي ينتهي رقم
تأجيره بـ <bdi dir="ltr">{ppr_suffix}</bdi>. وهذا هو العنوان المسجل الآن، مع إخفاء جزء منه:</p>
</div>
<p dir="ltr" translate="no" style="text-align:center;font-family:monospace;font-size:20px">{addresses}</p>
<div lang="ar" dir="rtl">
<p>إذا كنت على علم بهذا التغيير، فلا تفعل شيئًا. وإذا لم تطلبه، فاتصل بالمؤسسة فورًا:</p>
</div>
<p dir="ltr" style="text-align:center">{contact_lines}</p>
<hr>
<div lang="fr" dir="ltr">
<p>Bonjour,</p>
<p>L’adresse électronique inscrite dans votre dossier à la Fondation des Œuvres Sociales a changé. Il s’agit du compte
dont le numéro PPR se termine par {ppr_suffix}. La nouvelle adresse figure plus haut, en partie masquée.</p>
<p>Si vous êtes au courant de ce changement, vous n’avez rien à faire. Si vous ne l’avez pas demandé, contactez la
Fondation sans attendre, aux coordonnées ci-dessus.</p>
</div>
</body></html>
"#
    )
}

//! The letter that tells an address on file of a change (design §3): who did not want it can say so in time.

use super::letter::{Words, escaped};
use crate::gate::Contacts;

const SUBJECT: &str = "تغيير عنوان البريد في ملفك – Changement d’adresse dans votre dossier FOS";

/// `now` are the addresses on file, masked, one a line; `end` is the end of the payroll number.
pub(super) fn words(now: &str, contacts: &Contacts, end: &str) -> Words {
    let ways: Vec<_> = contacts.ways().collect();
    let html =
        html(&escaped(now).replace('\n', "<br>"), &escaped(&ways.join("\n")).replace('\n', "<br>"), end);
    Words { subject: SUBJECT, text: text(now, &ways.join("\n"), end), html }
}

fn text(now: &str, ways: &str, end: &str) -> String {
    format!(
        "السلام عليكم،

تغير عنوان البريد الإلكتروني المسجل في ملفك لدى مؤسسة الأعمال الاجتماعية.
يتعلق الأمر بالحساب الذي ينتهي رقم تأجيره بـ {end}. وهذا هو العنوان المسجل الآن، مع إخفاء جزء منه:

{now}

إذا كنت على علم بهذا التغيير، فلا تفعل شيئا.
وإذا لم تطلبه، فاتصل بالمؤسسة فورا:

{ways}

------------------------------

Bonjour,

L’adresse électronique inscrite dans votre dossier à la Fondation des Œuvres Sociales a changé.
Il s’agit du compte dont le numéro PPR se termine par {end}. La nouvelle adresse figure plus haut, en partie masquée.

Si vous êtes au courant de ce changement, vous n’avez rien à faire.
Si vous ne l’avez pas demandé, contactez la Fondation sans attendre, aux coordonnées ci-dessus.
"
    )
}

fn html(now: &str, ways: &str, end: &str) -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{SUBJECT}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.6;max-width:36em;margin:1em auto;padding:0 1em">
<div lang="ar" dir="rtl">
<p>السلام عليكم،</p>
<p>تغير عنوان البريد الإلكتروني المسجل في ملفك لدى مؤسسة الأعمال الاجتماعية. يتعلق الأمر بالحساب الذي ينتهي رقم
تأجيره بـ <bdi dir="ltr">{end}</bdi>. وهذا هو العنوان المسجل الآن، مع إخفاء جزء منه:</p>
</div>
<p dir="ltr" translate="no" style="text-align:center;font-family:monospace;font-size:20px">{now}</p>
<div lang="ar" dir="rtl">
<p>إذا كنت على علم بهذا التغيير، فلا تفعل شيئا. وإذا لم تطلبه، فاتصل بالمؤسسة فورا:</p>
</div>
<p dir="ltr" style="text-align:center">{ways}</p>
<hr>
<div lang="fr" dir="ltr">
<p>Bonjour,</p>
<p>L’adresse électronique inscrite dans votre dossier à la Fondation des Œuvres Sociales a changé. Il s’agit du compte
dont le numéro PPR se termine par {end}. La nouvelle adresse figure plus haut, en partie masquée.</p>
<p>Si vous êtes au courant de ce changement, vous n’avez rien à faire. Si vous ne l’avez pas demandé, contactez la
Fondation sans attendre, aux coordonnées ci-dessus.</p>
</div>
</body></html>
"#
    )
}

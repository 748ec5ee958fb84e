//! Email that carries a password (guide step 4).

use super::email::EmailText;

const SUBJECT: &str = "كلمة السر لولوج خدمات المؤسسة – Mot de passe de vos services FOS";

/// Composes the text. `ppr_suffix` is the end of the payroll number.
pub(super) fn compose(password: &str, ppr_suffix: &str) -> EmailText {
    EmailText { subject: SUBJECT, plain: text(password, ppr_suffix), html: html(password, ppr_suffix) }
}

/// Plain text; the password is alone on its line, so that it can be selected whole.
fn text(password: &str, ppr_suffix: &str) -> String {
    format!(
        "السلام عليكم،

توصلنا بطلب للحصول على كلمة سر لولوج خدمات مؤسسة الأعمال الاجتماعية.
تخص كلمة السر هذه الحساب الذي ينتهي رقم تأجيره بـ {ppr_suffix}.
كلمة السر مكتوبة وحدها في السطر الموالي، وهي صالحة لمدة 24 ساعة:

{password}

1. ادخل إلى التطبيق برقم تأجيرك وبكلمة السر هذه.
2. اقرأ ميثاق الاستعمال واقبله.
3. اختر كلمة سر جديدة لا يعرفها غيرك.

إذا لم تطلب كلمة السر، فلا تفعل شيئًا: لم يتغير أي شيء في حسابك.
لا تطلب منك المؤسسة كلمة السر أبدًا، لا بالهاتف ولا بالبريد.

------------------------------

Bonjour,

Nous avons reçu une demande de mot de passe pour les services de la Fondation des Œuvres Sociales.
Il s’agit du compte dont le numéro PPR se termine par {ppr_suffix}.
Le mot de passe se trouve plus haut, seul sur sa ligne. Il est valable 24 heures.

1. Connectez-vous à l’application avec votre numéro PPR et ce mot de passe.
2. Lisez la charte d’utilisation et acceptez-la.
3. Choisissez un nouveau mot de passe, connu de vous seul.

Si vous n’avez rien demandé, n’en tenez pas compte : rien n’a changé dans votre compte.
La Fondation ne vous demandera jamais votre mot de passe, ni par téléphone ni par courriel.
"
    )
}

fn html(password: &str, ppr_suffix: &str) -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{SUBJECT}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.6;max-width:36em;margin:1em auto;padding:0 1em">
<div lang="ar" dir="rtl">
<p>السلام عليكم،</p>
<p>توصلنا بطلب للحصول على كلمة سر لولوج خدمات مؤسسة الأعمال الاجتماعية.<br>
تخص كلمة السر هذه الحساب الذي ينتهي رقم تأجيره بـ <bdi dir="ltr">{ppr_suffix}</bdi>، وهي صالحة لمدة 24 ساعة:</p>
</div>
<p dir="ltr" translate="no" style="text-align:center;font-family:monospace;font-size:24px">{password}</p>
<div lang="ar" dir="rtl">
<ol><li>ادخل إلى التطبيق برقم تأجيرك وبكلمة السر هذه.</li>
<li>اقرأ ميثاق الاستعمال واقبله.</li>
<li>اختر كلمة سر جديدة لا يعرفها غيرك.</li></ol>
<p>إذا لم تطلب كلمة السر، فلا تفعل شيئًا: لم يتغير أي شيء في حسابك.<br>
لا تطلب منك المؤسسة كلمة السر أبدًا، لا بالهاتف ولا بالبريد.</p>
</div>
<hr>
<div lang="fr" dir="ltr">
<p>Bonjour,</p>
<p>Nous avons reçu une demande de mot de passe pour les services de la Fondation des Œuvres Sociales.
Il s’agit du compte dont le numéro PPR se termine par {ppr_suffix}. Le mot de passe ci-dessus est valable 24 heures.</p>
<ol><li>Connectez-vous à l’application avec votre numéro PPR et ce mot de passe.</li>
<li>Lisez la charte d’utilisation et acceptez-la.</li>
<li>Choisissez un nouveau mot de passe, connu de vous seul.</li></ol>
<p>Si vous n’avez rien demandé, n’en tenez pas compte : rien n’a changé dans votre compte.<br>
La Fondation ne vous demandera jamais votre mot de passe, ni par téléphone ni par courriel.</p>
</div>
</body></html>
"#
    )
}

//! The letter that carries a password (guide step 4), in both languages.

use std::time::{Duration, SystemTime};

use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};

/// A letter that cannot be written: an address that is none.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LetterError {
    #[error("address: {0}")]
    Address(#[from] lettre::address::AddressError),
    #[error("message: {0}")]
    Message(#[from] lettre::error::Error),
}

const SUBJECT: &str = "كلمة السر لولوج خدمات المؤسسة – Mot de passe de vos services FOS";

/// A letter ready to be written.
pub(crate) struct Letter<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) message_id: &'a str,
    /// In seconds since 1970 UTC.
    pub(crate) written_at: i64,
    pub(crate) password: &'a str,
}

/// RFC 3834 §5: answering machines leave this letter alone.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Letter<'_> {
    /// The letter as it goes to the mail server.
    pub(crate) fn write(&self) -> Result<Message, LetterError> {
        let written_at = Duration::from_secs(self.written_at.try_into().unwrap_or_default());
        let body = MultiPart::alternative_plain_html(text(self.password), html(self.password));
        let from: Mailbox = self.from.parse()?;
        let message_id = format!("<{}@{}>", self.message_id, from.email.domain());
        Ok(Message::builder()
            .from(from)
            .to(self.to.parse::<Mailbox>()?)
            .subject(SUBJECT)
            .date(SystemTime::UNIX_EPOCH + written_at)
            .message_id(Some(message_id))
            .header(AutoSubmitted)
            .multipart(body)?)
    }
}

/// The password stands alone on its line, so that it can be selected whole.
fn text(password: &str) -> String {
    format!(
        "السلام عليكم،

توصلنا بطلب للحصول على كلمة سر لولوج خدمات مؤسسة الأعمال الاجتماعية.
كلمة السر مكتوبة وحدها في السطر الموالي، وهي صالحة لمدة 24 ساعة:

{password}

1. ادخل إلى التطبيق برقم تأجيرك وبكلمة السر هذه.
2. اقرأ ميثاق الاستعمال واقبله.
3. اختر كلمة سر جديدة لا يعرفها غيرك.

إذا لم تطلب كلمة السر، فلا تفعل شيئا: لم يتغير أي شيء في حسابك.
لا تطلب منك المؤسسة كلمة السر أبدا، لا بالهاتف ولا بالبريد.

------------------------------

Bonjour,

Nous avons reçu une demande de mot de passe pour les services de la Fondation des Œuvres Sociales.
Le mot de passe se trouve plus haut, seul sur sa ligne. Il est valable 24 heures.

1. Connectez-vous à l’application avec votre numéro PPR et ce mot de passe.
2. Lisez la charte d’utilisation et acceptez-la.
3. Choisissez un nouveau mot de passe, connu de vous seul.

Si vous n’avez rien demandé, n’en tenez pas compte : rien n’a changé dans votre compte.
La Fondation ne vous demandera jamais votre mot de passe, ni par téléphone ni par courriel.
"
    )
}

fn html(password: &str) -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{SUBJECT}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.6;max-width:36em;margin:1em auto;padding:0 1em">
<div lang="ar" dir="rtl">
<p>السلام عليكم،</p>
<p>توصلنا بطلب للحصول على كلمة سر لولوج خدمات مؤسسة الأعمال الاجتماعية. كلمة السر صالحة لمدة 24 ساعة:</p>
</div>
<p dir="ltr" translate="no" style="text-align:center;font-family:monospace;font-size:24px">{password}</p>
<div lang="ar" dir="rtl">
<ol><li>ادخل إلى التطبيق برقم تأجيرك وبكلمة السر هذه.</li>
<li>اقرأ ميثاق الاستعمال واقبله.</li>
<li>اختر كلمة سر جديدة لا يعرفها غيرك.</li></ol>
<p>إذا لم تطلب كلمة السر، فلا تفعل شيئا: لم يتغير أي شيء في حسابك.<br>
لا تطلب منك المؤسسة كلمة السر أبدا، لا بالهاتف ولا بالبريد.</p>
</div>
<hr>
<div lang="fr" dir="ltr">
<p>Bonjour,</p>
<p>Nous avons reçu une demande de mot de passe pour les services de la Fondation des Œuvres Sociales.
Le mot de passe ci-dessus est valable 24 heures.</p>
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

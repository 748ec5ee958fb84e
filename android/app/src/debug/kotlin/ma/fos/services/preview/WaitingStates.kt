package ma.fos.services.preview

import androidx.compose.runtime.Composable
import ma.fos.core.ArticleView
import ma.fos.core.CharterView
import ma.fos.core.CountdownView
import ma.fos.core.FactView
import ma.fos.core.HintView
import ma.fos.core.PasswordSentView
import ma.fos.core.QuestionView
import ma.fos.services.core.ReadResult
import ma.fos.services.feature.access.CharterScreen
import ma.fos.services.feature.access.CharterUiState
import ma.fos.services.feature.access.MailSentScreen
import ma.fos.services.feature.access.MailSentUiState

internal fun mailSentStates(mock: Mock): List<ScreenState> = with(mock) {
    val countdown = CountdownView(localized("طلب رسالة أخرى بعد 1:41", "Autre courriel possible dans 1:41"), 0.7f)
    listOf(
        ScreenState("mail-sent-counting") { Show(MailSentUiState(ReadResult(waiting(countdown)))) },
        ScreenState("mail-sent-again") { Show(MailSentUiState(ReadResult(waiting(null)))) },
        ScreenState("mail-sent-asking") { Show(MailSentUiState(ReadResult(waiting(null)), asking = true)) },
        ScreenState("mail-sent-offline", notice = offline) {
            val problem = localized(
                "لا اتصال بالإنترنت. ما كتبته محفوظ: أعد المحاولة حين يعود.",
                "Pas de connexion à Internet. Votre saisie est gardée : réessayez dès son retour."
            )
            Show(MailSentUiState(ReadResult(waiting(null)), problem))
        }
    )
}

internal fun charterStates(mock: Mock): List<ScreenState> = with(mock) {
    listOf(
        ScreenState("charter-reading") { CharterScreen(CharterUiState(charter(articles())), {}) },
        ScreenState("charter-renewed") {
            val why = localized("نُشر إصدار جديد من الميثاق.", "Une nouvelle version de la charte est parue.")
            CharterScreen(CharterUiState(charter(articles()).copy(steps = null, intro = why)), {})
        },
        ScreenState("charter-again") {
            val accepted = charter(articles().take(1)).copy(
                steps = null,
                accept = null,
                refuse = null,
                readThrough = null,
                accepted = localized("قبلته يوم 24 نونبر 2026", "Acceptée le 24 novembre 2026")
            )
            CharterScreen(CharterUiState(accepted), {}, {})
        },
        ScreenState("charter-short") { CharterScreen(CharterUiState(charter(articles().take(1))), {}) },
        ScreenState("charter-accepting") {
            CharterScreen(CharterUiState(charter(articles().take(1)), accepting = true), {})
        },
        ScreenState("charter-refusing") {
            CharterScreen(CharterUiState(charter(articles().take(1)), isConfirming = true), {})
        },
        ScreenState("charter-loading", Mock.NOTICED) { CharterScreen(CharterUiState(null), {}) },
        ScreenState("charter-missing") {
            val problem = localized("لا اتصال بالإنترنت.", "Pas de connexion à Internet.")
            CharterScreen(CharterUiState(null, problem = problem), {})
        }
    )
}

@Composable
private fun Show(state: MailSentUiState) = MailSentScreen(state, {})

private fun Mock.waiting(countdown: CountdownView?) = PasswordSentView(
    title = localized("الرسالة في الطريق إليك", "Le courriel est en route"),
    steps = step(2u, "الرسالة والدخول", "le courriel et la connexion"),
    sentToLabel = localized("أُرسلت إلى", "Envoyé à"),
    sentTo = Mock.identifier(Mock.MAIL),
    ifMatch = localized(
        "إذا تطابقت هذه المعلومات مع سجلاتنا، تصلك رسالة فيها كلمة السر.",
        "Si ces informations correspondent à nos dossiers, vous recevrez un courriel avec votre mot de passe."
    ),
    typed = listOf(
        FactView(null, localized("رقم التأجير", "Numéro de PPR (SOM)"), Mock.identifier(Mock.PPR), null),
        FactView(null, localized("رقم البطاقة", "Numéro de carte nationale"), Mock.identifier("AB•••456"), null)
    ),
    correct = action("correct-address", "تصحيح المعلومات", "Corriger mes informations"),
    hints = listOf(
        HintView(
            "hourglass_top",
            localized("تصل عادة في أقل من 5 دقائق.", "Il arrive d’habitude en moins de 5 minutes.")
        ),
        HintView(
            "report",
            localized("انظر أيضًا في غير المرغوب فيه (Spam).", "Regardez aussi dans les indésirables (Spam).")
        ),
        HintView("key", localized("كلمة السر صالحة 24 ساعة.", "Le mot de passe vaut 24 heures."))
    ),
    haveIt = action("have-password", "وصلتني كلمة السر", "J’ai reçu le mot de passe"),
    askAgain = action("ask-again", "طلب رسالة أخرى", "Demander un autre courriel"),
    countdown = countdown
)

private fun Mock.charter(articles: List<ArticleView>) = CharterView(
    edition = "2026-1",
    title = localized("ميثاق الاستعمال", "Charte d’utilisation"),
    steps = step(3u, "اقرأ ثم اختر", "lisez, puis choisissez"),
    intro = null,
    version = localized("الإصدار 2026-1", "Version 2026-1"),
    articles = articles,
    readOn = action("read-on", "متابعة القراءة", "Continuer la lecture"),
    accept = action("accept", "أقبل", "Accepter", "Accepter"),
    refuse = action("refuse", "لا أقبل", "Refuser"),
    refuseQuestion = QuestionView(
        localized("ألا تقبل الميثاق؟", "Refuser la charte ?"),
        localized(
            "بدون قبول الميثاق لا يمكن استعمال الخدمات. سيُسجَّل خروجك، ويمكنك أن تعود بكلمة السر نفسها فتقرأه وتقبله.",
            "Sans elle, aucun service ne s’ouvre. Vous serez déconnecté. Vous pourrez revenir avec le même mot de passe, la relire et l’accepter."
        ),
        action("refuse-charter", "لا أقبل، سجّل خروجي", "Refuser et se déconnecter"),
        action("keep-reading", "العودة إلى الميثاق", "Revenir à la charte")
    ),
    readThrough = localized(
        "وصلت إلى نهاية الميثاق: جوابك تجده تحت آخر النص.",
        "Vous êtes au bout de la charte : votre réponse se donne à la fin du texte."
    ),
    accepted = null
)

private fun Mock.articles() = List(ARTICLES) { number ->
    ArticleView(
        "${number + 1}. " + localized("معطياتك الشخصية", "Vos données personnelles"),
        listOf(
            localized(
                "لا تُستعمل معطياتك إلا لدراسة طلباتك وتقديم الخدمات لك. يمكنك في أي وقت الاطلاع عليها أو تصحيحها.",
                "Vos données ne servent qu’à étudier vos demandes. Vous pouvez à tout moment les voir ou les rectifier."
            )
        )
    )
}

private const val ARTICLES = 6

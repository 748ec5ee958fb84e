package ma.fos.services.preview

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import java.time.Duration
import ma.fos.core.ActionView
import ma.fos.core.Identifier
import ma.fos.core.Language
import ma.fos.core.NoticeAction
import ma.fos.core.NoticeView
import ma.fos.core.OptionView
import ma.fos.core.Phrase
import ma.fos.core.StepsView
import ma.fos.core.Tone
import ma.fos.services.ui.components.LocalNotices
import ma.fos.services.ui.components.LocalizedContent
import ma.fos.services.ui.forms.FormEvents
import ma.fos.services.ui.theme.FosTheme

/** One state of one screen, by name: what previews show and what the checks look at, some [after] a while only. */
internal class ScreenState(
    val name: String,
    val after: Duration = Duration.ZERO,
    notice: NoticeView? = null,
    state: @Composable () -> Unit
) {
    val content = @Composable { CompositionLocalProvider(LocalNotices provides listOfNotNull(notice), content = state) }
}

/** Made-up words in one of the two languages, of the length that the real ones have. */
internal class Mock(val language: Language) {
    /** The words in this language. */
    fun localized(ar: String, fr: String): String = when (language) {
        Language.AR -> ar
        Language.FR -> fr
    }

    /** A button; the guide's French name is the Arabic app's only. */
    fun action(key: String, ar: String, fr: String, guide: String? = null) =
        ActionView(key, localized(ar, fr), guide.takeIf { language == Language.AR })

    private fun notice(
        key: String,
        icon: String,
        text: String,
        tone: Tone,
        action: ActionView? = null,
        does: NoticeAction? = null
    ) = NoticeView(key, icon, text, tone, action, does)

    /** A step of the first access, or a part of a form in as many. */
    fun step(now: UInt, ar: String, fr: String) =
        StepsView(now, STEPS, localized("الخطوة $now من 4 · $ar", "Étape $now sur 4 · $fr"))

    val offline = notice(
        "offline",
        "cloud_off",
        localized(
            "لا اتصال. ما تراه محفوظ في هاتفك.",
            "Pas de connexion. Ce que vous voyez est gardé sur votre téléphone."
        ),
        Tone.INFO
    )

    val signInAgain = notice(
        "sign-in-again",
        "key",
        localized(
            "انتهت جلستك. ما تراه محفوظ في هاتفك.",
            "Votre session a pris fin. Ce que vous voyez est gardé sur votre téléphone."
        ),
        Tone.WARNING,
        action("sign-in-again", "الدخول من جديد", "Se reconnecter"),
        NoticeAction.SignIn
    )

    val maintenance = notice(
        "maintenance",
        "build",
        localized(
            "أشغال صيانة إلى 14:00. تبقى القراءة ممكنة.",
            "Travaux en cours jusqu’à 14:00. La lecture reste possible."
        ),
        Tone.WARNING,
        action("recheck", "تحقق الآن", "Vérifier maintenant"),
        NoticeAction.Recheck
    )

    val update = notice(
        "update",
        "info",
        localized("صدرت نسخة أحدث من التطبيق.", "Une version plus récente de l’application est disponible."),
        Tone.INFO,
        action("update", "تحديث التطبيق", "Mettre à jour"),
        NoticeAction.Update("https://fos.test/app")
    )

    val phrases: Map<Phrase, String> = Phrase.entries.associateWith { phrase ->
        when (phrase) {
            Phrase.APP_NAME -> localized("خدمات المؤسسة", "Services FOS")
            Phrase.BACK -> localized("رجوع", "Retour")
            Phrase.CLOSE -> localized("إغلاق", "Fermer")
            Phrase.SHOW_PASSWORD -> localized("إظهار كلمة السر", "Afficher le mot de passe")
            Phrase.HIDE_PASSWORD -> localized("إخفاء كلمة السر", "Masquer le mot de passe")
            Phrase.COPY -> localized("نسخ", "Copier")
            Phrase.LOADING -> localized("جارٍ التحميل", "Chargement")
            Phrase.TRY_AGAIN -> localized("إعادة المحاولة", "Réessayer")
            Phrase.SERVICES -> localized("الخدمات", "Services")
            Phrase.PROFILE -> localized("حسابي", "Mon compte")
            Phrase.CHARTER -> localized("ميثاق الاستعمال", "Charte d’utilisation")
            Phrase.DEVICES -> localized("أجهزتي", "Mes appareils")
            Phrase.CLEAR_SEARCH -> localized("مسح البحث", "Effacer la recherche")
            Phrase.PROBLEM_ICON -> localized("تنبيه", "Attention")
            Phrase.DONE -> localized("تم", "Terminé")
            Phrase.WORKING -> localized("جارٍ العمل", "En cours")
            Phrase.REFRESH -> localized("تحديث", "Actualiser")
            Phrase.HELP -> localized("مساعدة", "Aide")
            Phrase.REQUESTS -> localized("طلباتي", "Demandes")
            Phrase.CHOOSE -> localized("اختر", "Choisir")
            Phrase.SEARCH -> localized("ابحث", "Chercher")
            Phrase.LICENCES -> localized("رخص البرمجيات", "Licences des logiciels")
        }
    }

    /** [content] as the app would show it. */
    @Composable
    fun Environment(dark: Boolean, content: @Composable () -> Unit) = LocalizedContent(language, phrases) {
        FosTheme(dark, content)
    }

    companion object {
        private const val STEPS = 4u

        /** Long enough for what shows only when a wait is noticed. */
        val NOTICED: Duration = Duration.ofMillis(400)

        /** Identifiers of nobody. */
        const val PPR = "0123456"
        const val CIN = "AB123456"
        const val MAIL = "membre.essai@finances.test"

        /** As the core shows one: isolated, left to right. */
        fun identifier(bare: String) = Identifier("\u2066$bare\u2069", bare, bare.toList().joinToString(" "))
    }
}

/** Events that nobody listens to. */
internal object NoFormEvents : FormEvents {
    override fun set(key: String, input: String) = Unit

    override fun find(key: String, text: String) = emptyList<OptionView>()

    override fun blur(key: String) = Unit

    override fun previous() = Unit

    override fun submit() = Unit
}

/** Every state of every screen. */
internal fun allStates(mock: Mock): List<ScreenState> = signInStates(mock) +
    passwordRequestStates(mock) +
    mailSentStates(mock) +
    charterStates(mock) +
    newPasswordStates(mock) +
    servicesStates(mock) +
    serviceStates(mock) +
    startStates(mock) +
    profileStates(mock) +
    accountStates(mock) +
    openingStates(mock) +
    blockingStates(mock) +
    helpStates(mock) +
    requestsStates(mock) +
    requestStates(mock) +
    queuedStates(mock) +
    requestFormStates(mock) +
    signOutStates(mock)

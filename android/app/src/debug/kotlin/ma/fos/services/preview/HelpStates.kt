package ma.fos.services.preview

import androidx.compose.foundation.layout.Box
import androidx.compose.ui.Modifier
import ma.fos.core.ArticleView
import ma.fos.core.BlockingView
import ma.fos.core.ContactView
import ma.fos.core.DiagnosticView
import ma.fos.core.FactView
import ma.fos.core.HelpView
import ma.fos.core.HintView
import ma.fos.core.Identifier
import ma.fos.core.ReadingView
import ma.fos.services.core.ActionState
import ma.fos.services.feature.access.BlockingScreen
import ma.fos.services.feature.help.Component
import ma.fos.services.feature.help.DiagnosticNavigation
import ma.fos.services.feature.help.DiagnosticScreen
import ma.fos.services.feature.help.HelpNavigation
import ma.fos.services.feature.help.HelpScreen
import ma.fos.services.feature.help.LicenceScreen
import ma.fos.services.feature.help.LicencesScreen
import ma.fos.services.feature.help.PrivacyScreen
import ma.fos.services.ui.components.SnackbarCard
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.topInset

internal fun blockingStates(mock: Mock): List<ScreenState> = with(mock) {
    val maintenance = BlockingView(
        "maintenance",
        "build",
        localized("أشغال صيانة", "Travaux en cours"),
        localized("نعود اليوم على الساعة 14:00.", "Nous revenons aujourd’hui à 14:00."),
        action("recheck", "تحقق الآن", "Vérifier maintenant"),
        null
    )
    val update = BlockingView(
        "update",
        "info",
        localized("تحديث ضروري", "Mise à jour nécessaire"),
        localized(
            "هذه النسخة لم تعد تسمح بالإرسال. حدّث التطبيق.",
            "Cette version ne permet plus d’envoyer. Mettez l’application à jour."
        ),
        action("update", "تحديث التطبيق", "Mettre à jour"),
        "https://fos.test/app"
    )
    val problem = localized("لا اتصال بالإنترنت.", "Pas de connexion à Internet.")
    listOf(
        ScreenState("gate-maintenance") { BlockingScreen(maintenance, ActionState()) {} },
        ScreenState("gate-looking") { BlockingScreen(maintenance, ActionState(isRunning = true)) {} },
        ScreenState("gate-offline") { BlockingScreen(maintenance, ActionState(problem = problem)) {} },
        ScreenState("gate-update") { BlockingScreen(update, ActionState()) {} }
    )
}

internal fun helpStates(mock: Mock): List<ScreenState> = with(mock) {
    val navigation = HelpNavigation({}, {}, {}, {})
    val parts = listOf(
        Component("androidx.compose.foundation.foundation-layout-android", "1.10.5", "Apache-2.0", listOf(TEXT)),
        Component("rustls", "0.23.35", "Apache-2.0 OR ISC OR MIT", listOf(TEXT))
    )
    listOf(
        ScreenState("help") { HelpScreen(help(), navigation) {} },
        ScreenState("help-no-contacts") {
            HelpScreen(help().copy(contactsTitle = null, contacts = emptyList()), navigation) {}
        },
        ScreenState("privacy") { PrivacyScreen(privacy()) {} },
        ScreenState("licences") { LicencesScreen(parts, {}, {}) },
        ScreenState("licence") { LicenceScreen(parts.last()) {} },
        ScreenState("diagnostic") { DiagnosticScreen(diagnostic(LOG), DiagnosticNavigation({}, {}, {})) },
        ScreenState("diagnostic-empty") { DiagnosticScreen(diagnostic(emptyList()), DiagnosticNavigation({}, {}, {})) },
        ScreenState("said") {
            Box(Modifier.topInset().margins()) {
                SnackbarCard(localized("غُيرت كلمة السر.", "Le mot de passe est changé."))
            }
        }
    )
}

private fun Mock.help() = HelpView(
    title = localized("مساعدة", "Aide"),
    checks = listOf(
        HintView(
            "id_card",
            localized(
                "رقم التأجير في ورقة الأداء، وفي سند المعاش للمتقاعد.",
                "Le numéro de PPR (SOM) figure sur le bulletin de paie, et sur le titre de pension pour un retraité."
            )
        ),
        HintView(
            "key",
            localized(
                "أول مرة أو نسيت كلمة السر: المس «طلب كلمة السر».",
                "Première fois ou mot de passe oublié : touchez « Récupérer mot de passe »."
            )
        ),
        HintView("wifi", localized("تحقق من الاتصال بالإنترنت.", "Vérifiez la connexion à Internet."))
    ),
    contactsTitle = localized("الاتصال بالمؤسسة", "Joindre la Fondation"),
    contacts = listOf(
        ContactView("phone", "call", localized("الهاتف", "Téléphone"), isolated("05 00 00 00 00"), "tel:+212500000000"),
        ContactView(
            "email",
            "mail",
            localized("البريد الإلكتروني", "Adresse électronique"),
            isolated("aide@fos.test"),
            "mailto:aide@fos.test"
        ),
        ContactView(
            "hours",
            "schedule",
            localized("الأوقات", "Horaires"),
            localized("من الاثنين إلى الجمعة", "Du lundi au vendredi").let { Identifier(it, it, it) },
            null
        ),
        ContactView(
            "address",
            "location_on",
            localized("العنوان", "Adresse"),
            localized("زنقة المثال، الرباط", "Rue de l’Exemple, Rabat").let { Identifier(it, it, it) },
            null
        )
    ),
    aboutTitle = localized("هذا التطبيق", "Cette application"),
    about = listOf(
        FactView(null, localized("النسخة", "Version"), isolated("0.1.0"), null),
        FactView(null, localized("رمز المساعدة", "Code pour l’assistance"), isolated("0.1.0-A-P-NET-3"), null)
    ),
    privacy = action("privacy", "معطياتك الشخصية", "Vos données personnelles"),
    licences = action("licences", "رخص البرمجيات", "Licences des logiciels"),
    diagnostic = action("diagnostic", "تشخيص", "Diagnostic")
)

private fun isolated(bare: String) = Mock.identifier(bare)

private fun Mock.privacy() = ReadingView(
    localized("معطياتك الشخصية", "Vos données personnelles"),
    List(ARTICLES) {
        ArticleView(
            localized("ما نطلبه ولماذا", "Ce que nous demandons, et pourquoi"),
            listOf(
                localized(
                    "رقم التأجير ورقم البطاقة والبريد الإلكتروني للتعرف عليك وفتح الخدمات لك.",
                    "Le numéro de PPR, le numéro de carte et l’adresse servent à vous reconnaître."
                ),
                localized("لا نستعملها في غرض آخر.", "Rien ne sert à une autre fin.")
            )
        )
    }
)

private fun Mock.diagnostic(lines: List<String>) = DiagnosticView(
    title = localized("تشخيص", "Diagnostic"),
    text = localized(
        "هذه آخر العمليات التي قام بها التطبيق. لا تتضمن هذه الأسطر أي معطيات شخصية، ولا تُرسل أبدًا من تلقاء نفسها.",
        "Voici les dernières opérations de l’application. Elles ne sont jamais envoyées d’elles-mêmes."
    ),
    lines = lines,
    copied = lines.joinToString("\n"),
    copy = action("copy-diagnostic", "نسخ", "Copier"),
    share = action("share-diagnostic", "مشاركة", "Partager")
)

private val LOG = List(LINES) {
    listOf(
        "2026-11-29T09:14:0${it % TEN}Z INFO  open app: opened version=0.1.0 system=android",
        "2026-11-29T09:14:0${it % TEN}Z WARN  act name=sign-in api::retry: retry code=NET attempt=2"
    )
}.flatten()

private const val LINES = 8
private const val TEN = 10
private const val ARTICLES = 4
private const val TEXT =
    "Permission is hereby granted, free of charge, to any person.\n\nTHE SOFTWARE IS PROVIDED \"AS IS\"."

package ma.fos.services.states

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
import ma.fos.services.access.GateContent
import ma.fos.services.access.GateState
import ma.fos.services.help.DiagnosticContent
import ma.fos.services.help.DiagnosticEvents
import ma.fos.services.help.HelpContent
import ma.fos.services.help.HelpEvents
import ma.fos.services.help.LicenceContent
import ma.fos.services.help.LicencesContent
import ma.fos.services.help.Part
import ma.fos.services.help.PrivacyContent
import ma.fos.services.parts.SaidCard
import ma.fos.services.parts.clearTop
import ma.fos.services.parts.margins

internal fun gateStates(mock: Mock): List<ScreenState> = with(mock) {
    val maintenance = BlockingView(
        "maintenance",
        "build",
        say("أشغال صيانة", "Travaux en cours"),
        say("نعود اليوم على الساعة 14:00.", "Nous revenons aujourd’hui à 14:00."),
        action("recheck", "تحقق الآن", "Vérifier maintenant"),
        null
    )
    val update = BlockingView(
        "update",
        "info",
        say("تحديث ضروري", "Mise à jour nécessaire"),
        say(
            "هذه النسخة لم تعد تسمح بالإرسال. حدّث التطبيق.",
            "Cette version ne permet plus d’envoyer. Mettez l’application à jour."
        ),
        action("update", "تحديث التطبيق", "Mettre à jour"),
        "https://fos.test/app"
    )
    val problem = say("لا اتصال بالإنترنت.", "Pas de connexion à Internet.")
    listOf(
        ScreenState("gate-maintenance") { GateContent(GateState(maintenance)) {} },
        ScreenState("gate-looking") { GateContent(GateState(maintenance, working = true)) {} },
        ScreenState("gate-offline") { GateContent(GateState(maintenance, problem)) {} },
        ScreenState("gate-update") { GateContent(GateState(update)) {} }
    )
}

internal fun helpStates(mock: Mock): List<ScreenState> = with(mock) {
    val events = HelpEvents({}, {}, {}, {})
    val parts = listOf(
        Part("androidx.compose.foundation.foundation-layout-android", "1.10.5", "Apache-2.0", listOf(TEXT)),
        Part("rustls", "0.23.35", "Apache-2.0 OR ISC OR MIT", listOf(TEXT))
    )
    listOf(
        ScreenState("help") { HelpContent(help(), events) {} },
        ScreenState("help-no-contacts") {
            HelpContent(help().copy(contactsTitle = null, contacts = emptyList()), events) {}
        },
        ScreenState("privacy") { PrivacyContent(privacy()) {} },
        ScreenState("licences") { LicencesContent(parts, {}, {}) },
        ScreenState("licence") { LicenceContent(parts.last()) {} },
        ScreenState("diagnostic") { DiagnosticContent(diagnostic(LOG), DiagnosticEvents({}, {}, {})) },
        ScreenState("diagnostic-empty") { DiagnosticContent(diagnostic(emptyList()), DiagnosticEvents({}, {}, {})) },
        ScreenState("said") {
            Box(Modifier.clearTop().margins()) { SaidCard(say("غُيرت كلمة السر.", "Le mot de passe est changé.")) }
        }
    )
}

private fun Mock.help() = HelpView(
    title = say("مساعدة", "Aide"),
    checks = listOf(
        HintView(
            "id_card",
            say(
                "رقم التأجير في ورقة الأداء، وفي سند المعاش للمتقاعد.",
                "Le numéro de PPR (SOM) figure sur le bulletin de paie, et sur le titre de pension pour un retraité."
            )
        ),
        HintView(
            "key",
            say(
                "أول مرة أو نسيت كلمة السر: المس «طلب كلمة السر».",
                "Première fois ou mot de passe oublié : touchez « Récupérer mot de passe »."
            )
        ),
        HintView("wifi", say("تحقق من الاتصال بالإنترنت.", "Vérifiez la connexion à Internet."))
    ),
    contactsTitle = say("الاتصال بالمؤسسة", "Joindre la Fondation"),
    contacts = listOf(
        ContactView("phone", "call", say("الهاتف", "Téléphone"), isolated("05 00 00 00 00"), "tel:+212500000000"),
        ContactView(
            "email",
            "mail",
            say("البريد الإلكتروني", "Adresse électronique"),
            isolated("aide@fos.test"),
            "mailto:aide@fos.test"
        ),
        ContactView(
            "hours",
            "schedule",
            say("الأوقات", "Horaires"),
            say("من الاثنين إلى الجمعة", "Du lundi au vendredi").let { Identifier(it, it, it) },
            null
        ),
        ContactView(
            "address",
            "location_on",
            say("العنوان", "Adresse"),
            say("زنقة المثال، الرباط", "Rue de l’Exemple, Rabat").let { Identifier(it, it, it) },
            null
        )
    ),
    aboutTitle = say("هذا التطبيق", "Cette application"),
    about = listOf(
        FactView(null, say("النسخة", "Version"), isolated("0.1.0"), null),
        FactView(null, say("رمز المساعدة", "Code pour l’assistance"), isolated("0.1.0-A-P-NET-3"), null)
    ),
    privacy = action("privacy", "معطياتك الشخصية", "Vos données personnelles"),
    licences = action("licences", "رخص البرمجيات", "Licences des logiciels"),
    diagnostic = action("diagnostic", "تشخيص", "Diagnostic")
)

private fun isolated(bare: String) = Mock.identifier(bare)

private fun Mock.privacy() = ReadingView(
    say("معطياتك الشخصية", "Vos données personnelles"),
    List(ARTICLES) {
        ArticleView(
            say("ما نطلبه ولماذا", "Ce que nous demandons, et pourquoi"),
            listOf(
                say(
                    "رقم التأجير ورقم البطاقة والبريد الإلكتروني للتعرف عليك وفتح الخدمات لك.",
                    "Le numéro de PPR, le numéro de carte et l’adresse servent à vous reconnaître."
                ),
                say("لا نستعملها في غرض آخر.", "Rien ne sert à une autre fin.")
            )
        )
    }
)

private fun Mock.diagnostic(lines: List<String>) = DiagnosticView(
    title = say("تشخيص", "Diagnostic"),
    text = say(
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

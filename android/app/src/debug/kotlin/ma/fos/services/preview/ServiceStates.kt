package ma.fos.services.preview

import ma.fos.core.ChipView
import ma.fos.core.DocumentView
import ma.fos.core.EarlierRequestView
import ma.fos.core.FactView
import ma.fos.core.Identifier
import ma.fos.core.Language
import ma.fos.core.ProfileView
import ma.fos.core.QuestionView
import ma.fos.core.ServiceView
import ma.fos.core.StartView
import ma.fos.core.Theme
import ma.fos.core.ThemeView
import ma.fos.core.Tone
import ma.fos.services.core.ReadResult
import ma.fos.services.feature.account.ProfileScreen
import ma.fos.services.feature.account.ProfileUiState
import ma.fos.services.feature.services.ServiceScreen
import ma.fos.services.feature.services.ServiceUiState
import ma.fos.services.feature.services.StartRequestScreen
import ma.fos.services.feature.services.StartRequestUiState

internal fun serviceStates(mock: Mock): List<ScreenState> = with(mock) {
    val notForYou = service().copy(
        chip = ChipView("block", localized("للمتقاعدين", "Pour les retraités"), Tone.QUIET),
        plus = null,
        whyNot = localized("هذه الخدمة للمتقاعدين وحدهم.", "Ce service est réservé aux retraités."),
        circularLine = localized("PDF · 48 Ko · محفوظة في هاتفك", "PDF · 48 Ko · gardé sur ce téléphone")
    )
    val closed = service().copy(
        chip = ChipView("lock", localized("مغلقة", "Fermé"), Tone.QUIET),
        plus = null,
        whyNot = localized("انتهى أجل تقديم الطلبات.", "Le délai de dépôt des demandes est passé.")
    )
    listOf(
        ScreenState("service-open") { ServiceScreen(ServiceUiState(ReadResult(service())), {}) },
        ScreenState("service-closed", notice = offline) { ServiceScreen(ServiceUiState(ReadResult(closed)), {}) },
        ScreenState("service-not-for-you") { ServiceScreen(ServiceUiState(ReadResult(notForYou)), {}) },
        ScreenState("service-fetching") {
            ServiceScreen(ServiceUiState(ReadResult(service()), fetching = true), {})
        },
        ScreenState("service-circular-offline", notice = offline) {
            val problem = localized(
                "لا اتصال بالإنترنت. أعد المحاولة حين يعود.",
                "Pas de connexion à Internet. Réessayez dès son retour."
            )
            ServiceScreen(ServiceUiState(ReadResult(service()), problem), {})
        },
        ScreenState("service-gone") {
            val gone = localized("لم تعد هذه الخدمة مقترحة.", "Ce service n’est plus proposé.")
            ServiceScreen(ServiceUiState(ReadResult(null, gone)), {})
        }
    )
}

internal fun startStates(mock: Mock): List<ScreenState> = with(mock) {
    val view = StartView(
        title = localized("طلب جديد", "Nouvelle demande"),
        service = localized("منحة الحج", "Allocation de pèlerinage"),
        text = localized(
            "حضّر هذه الوثائق ثم املأ الطلب. ما تكتبه يُحفظ في هذا الهاتف أولا بأول.",
            "Préparez ces documents, puis remplissez la demande. Ce que vous écrivez est gardé sur ce téléphone."
        ),
        earlier = null,
        fill = action("fill", "ملء الطلب", "Remplir la demande"),
        startOver = null,
        startOverQuestion = null,
        documentsTitle = localized("حضّر هذه الوثائق", "Préparez ces documents"),
        documents = documents(),
        close = action("close", "فهمت", "J’ai compris")
    )
    val onPaper = view.copy(
        text = localized(
            "يودع هذا الطلب ورقيا: حضّر هذه الوثائق واتبع ما جاء في الوثيقة المرجعية.",
            "Cette demande se fait sur papier : préparez ces documents et suivez le texte de référence."
        ),
        fill = null
    )
    val begun = view.copy(
        text = localized(
            "بدأت هذا الطلب من قبل. ما كتبته محفوظ في هذا الهاتف (آخر تعديل: اليوم 10:40).",
            "Vous avez commencé cette demande. Ce que vous avez écrit est gardé (dernière modification : 10:40)."
        ),
        fill = action("continue-filling", "متابعة الطلب", "Continuer la demande"),
        startOver = action("start-over", "البدء من جديد", "Recommencer à zéro"),
        startOverQuestion = QuestionView(
            localized("أتمحو ما كتبته؟", "Effacer ce que vous avez écrit ?"),
            localized(
                "ستُمحى أجوبتك في «منحة الحج» (آخر تعديل: اليوم 10:40)، ولا يمكن استرجاعها.",
                "Vos réponses à « Allocation de pèlerinage » (dernière modification : aujourd’hui à 10:40) seront effacées. On ne peut pas les retrouver."
            ),
            action("erase-draft", "المحو والبدء من جديد", "Effacer et recommencer"),
            action("keep-draft", "الاحتفاظ بأجوبتي", "Garder mes réponses")
        )
    )
    val earlier = Mock.identifier("FOS-26-004117")
    val last = view.copy(
        text = localized(
            "لديك طلب لهذه الخدمة: رقم ${earlier.shown}، أُودع يوم 20 نونبر 2026. لا تقبل منك طلبا ثانيا. تجده في «طلباتي».",
            "Vous avez une demande pour ce service : n° ${earlier.shown}, déposée le 20 novembre 2026. Il n’en accepte pas une seconde. Elle se trouve dans « Mes demandes »."
        ),
        earlier = EarlierRequestView("1", action("open-earlier", "عرض هذا الطلب", "Voir cette demande")),
        fill = null,
        documentsTitle = null,
        documents = emptyList()
    )
    listOf(
        ScreenState("start") { StartRequestScreen(StartRequestUiState(ReadResult(view)), {}) },
        ScreenState("start-on-paper") { StartRequestScreen(StartRequestUiState(ReadResult(onPaper)), {}) },
        ScreenState("start-already-requested") { StartRequestScreen(StartRequestUiState(ReadResult(last)), {}) },
        ScreenState("start-begun") { StartRequestScreen(StartRequestUiState(ReadResult(begun)), {}) },
        ScreenState("start-erasing") {
            StartRequestScreen(StartRequestUiState(ReadResult(begun), isConfirming = true), {})
        }
    )
}

internal fun profileStates(mock: Mock): List<ScreenState> = with(mock) {
    val view = ProfileView(
        name = localized("عضو تجربة", "Membre Essai"),
        kind = localized("عضو موظف", "Membre en activité"),
        pprLabel = localized("رقم التأجير", "Numéro de PPR (SOM)"),
        ppr = Mock.identifier(Mock.PPR),
        languageLabel = localized("اللغة", "Langue"),
        ownLanguage = localized("العربية", "Français"),
        otherLanguage = localized("Français", "العربية"),
        other = if (language == Language.AR) Language.FR else Language.AR,
        themeLabel = localized("المظهر", "Apparence"),
        themes = listOf(
            ThemeView("phone", Theme.PHONE, localized("تلقائي", "Auto"), true),
            ThemeView("light", Theme.LIGHT, localized("فاتح", "Clair"), false),
            ThemeView("dark", Theme.DARK, localized("داكن", "Sombre"), false)
        ),
        changePassword = action(
            "change-password",
            "تغيير كلمة السر",
            "Changer le mot de passe",
            "Changer le mot de passe"
        ),
        devices = action("devices", "أجهزتي", "Mes appareils"),
        charter = action("charter", "ميثاق الاستعمال", "Charte d’utilisation"),
        help = action("help", "مساعدة", "Aide"),
        signOut = action("sign-out", "تسجيل الخروج", "Se déconnecter")
    )
    listOf(
        ScreenState("profile") { ProfileScreen(ProfileUiState(ReadResult(view)), {}) },
        ScreenState("profile-leaving") { ProfileScreen(ProfileUiState(ReadResult(view), signingOut = true), {}) }
    )
}

private fun Mock.service() = ServiceView(
    id = "hajj-grant",
    icon = "mosque",
    title = localized("منحة الحج", "Allocation de pèlerinage"),
    chip = ChipView("check", localized("مفتوحة", "Ouvert"), Tone.SUCCESS),
    summary = localized(
        "مساعدة مالية لمن وقع عليه الاختيار في قرعة الحج، مرة واحدة في العمر.",
        "Une aide pour le membre tiré au sort pour le pèlerinage, une fois dans la vie."
    ),
    facts = listOf(
        FactView(
            null,
            localized("آخر أجل", "Date limite"),
            plain(localized("30 نونبر 2026", "30 novembre 2026")),
            ChipView("schedule", localized("بقيت 6 أيام", "6 jours restants"), Tone.WARNING)
        ),
        FactView(null, localized("المبلغ", "Montant"), plain(localized("30.000 درهم", "30.000 DH")), null),
        FactView(
            "article",
            localized("النص المرجعي", "Texte de référence"),
            plain(localized("دورية 2/26", "Circulaire 2/26")),
            null
        )
    ),
    documentsTitle = localized("حضّر هذه الوثائق", "Préparez ces documents"),
    documents = documents(),
    plus = action("plus", "تقديم طلب", "Faire une demande"),
    whyNot = null,
    circular = action("circular", "قراءة النص", "Lire le texte"),
    circularLine = "PDF · 48 Ko"
)

private fun Mock.documents() = listOf(
    DocumentView(
        "id_card",
        localized("بطاقة التعريف الوطنية", "Carte nationale"),
        localized("الوجهان", "Recto et verso")
    ),
    DocumentView("description", localized("شهادة الاختيار في القرعة", "Attestation de tirage au sort"), null)
)

private fun plain(text: String) = Identifier(text, text, text)

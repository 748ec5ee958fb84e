package ma.fos.services.states

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
import ma.fos.services.account.ProfileContent
import ma.fos.services.account.ProfileEvents
import ma.fos.services.account.ProfileState
import ma.fos.services.account.ProfileWays
import ma.fos.services.parts.Read
import ma.fos.services.services.ServiceContent
import ma.fos.services.services.ServiceEvents
import ma.fos.services.services.ServiceState
import ma.fos.services.services.StartContent
import ma.fos.services.services.StartEvents
import ma.fos.services.services.StartState

internal fun serviceStates(mock: Mock): List<ScreenState> = with(mock) {
    val events = ServiceEvents({}, {}, {})
    val notForYou = service().copy(
        chip = ChipView("block", say("للمتقاعدين", "Pour les retraités"), Tone.QUIET),
        plus = null,
        whyNot = say("هذه الخدمة للمتقاعدين وحدهم.", "Ce service est réservé aux retraités."),
        circularLine = say("PDF · 48 Ko · محفوظة في هاتفك", "PDF · 48 Ko · gardé sur ce téléphone")
    )
    val closed = service().copy(
        chip = ChipView("lock", say("مغلقة", "Fermé"), Tone.QUIET),
        plus = null,
        whyNot = say("انتهى أجل تقديم الطلبات.", "Le délai de dépôt des demandes est passé.")
    )
    listOf(
        ScreenState("service-open") { ServiceContent(ServiceState(Read(service())), events) },
        ScreenState("service-closed") { ServiceContent(ServiceState(Read(closed), listOf(offline)), events) },
        ScreenState("service-not-for-you") { ServiceContent(ServiceState(Read(notForYou)), events) },
        ScreenState("service-fetching") { ServiceContent(ServiceState(Read(service()), fetching = true), events) },
        ScreenState("service-circular-offline") {
            val problem = say(
                "لا اتصال بالإنترنت. أعد المحاولة حين يعود.",
                "Pas de connexion à Internet. Réessayez dès son retour."
            )
            ServiceContent(ServiceState(Read(service()), listOf(offline), problem), events)
        },
        ScreenState("service-gone") {
            val gone = say("لم تعد هذه الخدمة مقترحة.", "Ce service n’est plus proposé.")
            ServiceContent(ServiceState(Read(null, gone)), events)
        }
    )
}

internal fun startStates(mock: Mock): List<ScreenState> = with(mock) {
    val view = StartView(
        title = say("طلب جديد", "Nouvelle demande"),
        service = say("منحة الحج", "Allocation de pèlerinage"),
        text = say(
            "حضّر هذه الوثائق ثم املأ الطلب. ما تكتبه يُحفظ في هذا الهاتف أولا بأول.",
            "Préparez ces documents, puis remplissez la demande. Ce que vous écrivez est gardé sur ce téléphone."
        ),
        earlier = null,
        fill = action("fill", "ملء الطلب", "Remplir la demande"),
        startOver = null,
        startOverQuestion = null,
        documentsTitle = say("حضّر هذه الوثائق", "Préparez ces documents"),
        documents = documents(),
        close = action("close", "فهمت", "J’ai compris")
    )
    val onPaper = view.copy(
        text = say(
            "يودع هذا الطلب ورقيا: حضّر هذه الوثائق واتبع ما جاء في الوثيقة المرجعية.",
            "Cette demande se fait sur papier : préparez ces documents et suivez le texte de référence."
        ),
        fill = null
    )
    val begun = view.copy(
        text = say(
            "بدأت هذا الطلب من قبل. ما كتبته محفوظ في هذا الهاتف (آخر تعديل: اليوم 10:40).",
            "Vous avez commencé cette demande. Ce que vous avez écrit est gardé (dernière modification : 10:40)."
        ),
        fill = action("continue-filling", "متابعة الطلب", "Continuer la demande"),
        startOver = action("start-over", "البدء من جديد", "Recommencer à zéro"),
        startOverQuestion = QuestionView(
            say("أتمحو ما كتبته؟", "Effacer ce que vous avez écrit ?"),
            say(
                "ستُمحى أجوبتك في «منحة الحج» (آخر تعديل: اليوم 10:40)، ولا يمكن استرجاعها.",
                "Vos réponses à « Allocation de pèlerinage » (dernière modification : aujourd’hui à 10:40) seront effacées. On ne peut pas les retrouver."
            ),
            action("erase-draft", "المحو والبدء من جديد", "Effacer et recommencer"),
            action("keep-draft", "الاحتفاظ بأجوبتي", "Garder mes réponses")
        )
    )
    val earlier = Mock.identifier("FOS-26-004117")
    val last = view.copy(
        text = say(
            "لديك طلب لهذه الخدمة: رقم ${earlier.shown}، أُودع يوم 20 نونبر 2026. لا تقبل منك طلبا ثانيا. تجده في «طلباتي».",
            "Vous avez une demande pour ce service : n° ${earlier.shown}, déposée le 20 novembre 2026. Il n’en accepte pas une seconde. Elle se trouve dans « Mes demandes »."
        ),
        earlier = EarlierRequestView("1", action("open-earlier", "عرض هذا الطلب", "Voir cette demande")),
        fill = null,
        documentsTitle = null,
        documents = emptyList()
    )
    val events = StartEvents({}, {}, {}, {}, {})
    listOf(
        ScreenState("start") { StartContent(StartState(Read(view)), events) },
        ScreenState("start-on-paper") { StartContent(StartState(Read(onPaper)), events) },
        ScreenState("start-already-requested") { StartContent(StartState(Read(last)), events) },
        ScreenState("start-begun") { StartContent(StartState(Read(begun)), events) },
        ScreenState("start-erasing") { StartContent(StartState(Read(begun), asking = true), events) }
    )
}

internal fun profileStates(mock: Mock): List<ScreenState> = with(mock) {
    val view = ProfileView(
        name = say("عضو تجربة", "Membre Essai"),
        kind = say("عضو موظف", "Membre en activité"),
        pprLabel = say("رقم التأجير", "Numéro de PPR (SOM)"),
        ppr = Mock.identifier(Mock.PPR),
        languageLabel = say("اللغة", "Langue"),
        ownLanguage = say("العربية", "Français"),
        otherLanguage = say("Français", "العربية"),
        other = if (language == Language.AR) Language.FR else Language.AR,
        themeLabel = say("المظهر", "Apparence"),
        themes = listOf(
            ThemeView("phone", Theme.PHONE, say("تلقائي", "Auto"), true),
            ThemeView("light", Theme.LIGHT, say("فاتح", "Clair"), false),
            ThemeView("dark", Theme.DARK, say("داكن", "Sombre"), false)
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
    val events = ProfileEvents(ProfileWays(), {}, {}, {})
    listOf(
        ScreenState("profile") { ProfileContent(ProfileState(Read(view)), events) },
        ScreenState("profile-leaving") { ProfileContent(ProfileState(Read(view), leaving = true), events) }
    )
}

private fun Mock.service() = ServiceView(
    id = "hajj-grant",
    icon = "mosque",
    title = say("منحة الحج", "Allocation de pèlerinage"),
    chip = ChipView("check", say("مفتوحة", "Ouvert"), Tone.SUCCESS),
    summary = say(
        "مساعدة مالية لمن وقع عليه الاختيار في قرعة الحج، مرة واحدة في العمر.",
        "Une aide pour le membre tiré au sort pour le pèlerinage, une fois dans la vie."
    ),
    facts = listOf(
        FactView(
            null,
            say("آخر أجل", "Date limite"),
            plain(say("30 نونبر 2026", "30 novembre 2026")),
            ChipView("schedule", say("بقيت 6 أيام", "6 jours restants"), Tone.WARNING)
        ),
        FactView(null, say("المبلغ", "Montant"), plain(say("30.000 درهم", "30.000 DH")), null),
        FactView(
            "article",
            say("النص المرجعي", "Texte de référence"),
            plain(say("دورية 2/26", "Circulaire 2/26")),
            null
        )
    ),
    documentsTitle = say("حضّر هذه الوثائق", "Préparez ces documents"),
    documents = documents(),
    plus = action("plus", "تقديم طلب", "Faire une demande"),
    whyNot = null,
    circular = action("circular", "قراءة النص", "Lire le texte"),
    circularLine = "PDF · 48 Ko"
)

private fun Mock.documents() = listOf(
    DocumentView("id_card", say("بطاقة التعريف الوطنية", "Carte nationale"), say("الوجهان", "Recto et verso")),
    DocumentView("description", say("شهادة الاختيار في القرعة", "Attestation de tirage au sort"), null)
)

private fun plain(text: String) = Identifier(text, text, text)

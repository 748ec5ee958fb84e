package ma.fos.services.preview

import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.runtime.Composable
import ma.fos.core.CardView
import ma.fos.core.ChipView
import ma.fos.core.GroupView
import ma.fos.core.OptionView
import ma.fos.core.ServicesView
import ma.fos.core.Tone
import ma.fos.services.core.ReadResult
import ma.fos.services.feature.services.ServicesScreen
import ma.fos.services.feature.services.ServicesUiState

internal fun servicesStates(mock: Mock): List<ScreenState> = with(mock) {
    val nothing = services(emptyList())
    listOf(
        ScreenState("services-list") { Show(services(groups())) },
        ScreenState("services-closed") { Show(services(groups().drop(1))) },
        ScreenState("services-loading", Mock.NOTICED) { Show(nothing.copy(loading = true)) },
        ScreenState("services-none") {
            val empty = localized("لا خدمة بهذا الاسم.", "Aucun service de ce nom. Essayez un mot plus court.")
            Show(nothing.copy(empty = empty), "xyz")
        },
        ScreenState("services-offline", notice = offline) { Show(services(groups())) },
        ScreenState("services-session-ended", notice = signInAgain) { Show(services(groups())) },
        ScreenState("services-maintenance", notice = maintenance) { Show(services(groups())) },
        ScreenState("services-not-for-you") { Show(services(groups().drop(2) + notForYou())) },
        ScreenState("services-pulled") { Show(services(groups()), refreshing = true) },
        ScreenState("services-problem") {
            val problem =
                localized("الخدمة تعرف إقبالا كبيرا. أعد المحاولة.", "Le service est très demandé. Réessayez.")
            Show(services(groups()), problem = problem)
        }
    )
}

@Composable
private fun Show(view: ServicesView, search: String = "", problem: String? = null, refreshing: Boolean = false) =
    ServicesScreen(ServicesUiState(ReadResult(view), problem, refreshing), TextFieldState(search), {})

private fun Mock.services(groups: List<GroupView>) = ServicesView(
    title = localized("الخدمات", "Services"),
    searchHint = localized("ابحث عن خدمة", "Chercher un service"),
    categories = listOf(
        OptionView("all", localized("الكل", "Tout"), true, null),
        OptionView("retirement", localized("التقاعد", "Retraite"), false, null),
        OptionView("health", localized("الصحة", "Santé"), false, null),
        OptionView("family", localized("الأسرة", "Famille"), false, null),
        OptionView("housing", localized("السكن", "Logement"), false, null)
    ),
    groups = groups,
    empty = null,
    loading = false
)

private fun Mock.groups() = listOf(
    GroupView(
        Tone.SUCCESS,
        localized("مفتوحة الآن", "Ouverts"),
        "2",
        listOf(
            open(
                "hajj-grant",
                "mosque",
                localized("منحة الحج", "Allocation de pèlerinage"),
                localized("دورية 2/26 · إلى 30 نونبر", "Circulaire 2/26 · jusqu’au 30 novembre")
            ),
            open(
                "attakmili",
                "savings",
                localized("التقاعد التكميلي", "Retraite complémentaire Attakmili"),
                localized("دورية 1/26 · طيلة السنة", "Circulaire 1/26 · toute l’année")
            )
        )
    ),
    GroupView(
        Tone.NOW,
        localized("معلن عنها", "Annoncés"),
        "1",
        listOf(
            shut(
                "summer",
                "beach_access",
                localized("الاصطياف", "Estivage"),
                ChipView("campaign", localized("تفتح 5 دجنبر", "Ouvre le 5 décembre"), Tone.NOW)
            )
        )
    ),
    GroupView(
        Tone.QUIET,
        localized("مغلقة", "Fermés"),
        "1",
        listOf(
            shut(
                "language-stay",
                "translate",
                localized("المقام اللغوي", "Séjours linguistiques"),
                ChipView("lock", localized("أغلقت 31 غشت", "Fermé le 31 août"), Tone.QUIET)
            ).copy(quiet = true)
        )
    )
)

private fun Mock.notForYou() = GroupView(
    Tone.QUIET,
    localized("ليست لفئتك", "Pas pour votre situation"),
    "1",
    listOf(
        shut(
            "pregnancy-gift",
            "elderly",
            localized("مواكبة المتقاعدين", "Accompagnement des retraités"),
            ChipView("block", localized("للمتقاعدين", "Pour les retraités"), Tone.QUIET)
        ).copy(quiet = true)
    )
)

private fun Mock.open(id: String, icon: String, title: String, line: String) =
    CardView(id, icon, title, line, null, localized("تقديم طلب: $title", "Faire une demande : $title"), false)

private fun Mock.shut(id: String, icon: String, title: String, chip: ChipView) =
    CardView(id, icon, title, localized("إعلان 9/26", "Communiqué 9/26"), chip, null, false)

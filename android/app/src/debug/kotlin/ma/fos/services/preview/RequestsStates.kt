package ma.fos.services.preview

import androidx.compose.runtime.Composable
import ma.fos.core.ChipView
import ma.fos.core.RequestCardView
import ma.fos.core.RequestGroupView
import ma.fos.core.RequestTarget
import ma.fos.core.RequestView
import ma.fos.core.RequestsView
import ma.fos.core.Tone
import ma.fos.services.core.ReadResult
import ma.fos.services.feature.requests.RequestScreen
import ma.fos.services.feature.requests.RequestUiState
import ma.fos.services.feature.requests.RequestsScreen
import ma.fos.services.feature.requests.RequestsUiState

internal fun requestsStates(mock: Mock): List<ScreenState> = with(mock) {
    val drafts = RequestGroupView(localized("لم تكتمل", "À finir"), listOf(draft()))
    val waiting = RequestGroupView(localized("تنتظر الإرسال", "À envoyer"), listOf(waiting()))
    val held = RequestGroupView(localized("تنتظر الإرسال", "À envoyer"), listOf(held()))
    val both = held.copy(cards = held.cards + waiting.cards)
    val filed = RequestGroupView(localized("مودعة", "Déposées"), listOf(filed(), refused()))
    listOf(
        ScreenState("requests-empty") {
            val empty = localized(
                "ليس لديك طلب بعد. اختر خدمة والمس «+».",
                "Vous n’avez pas encore de demande. Choisissez un service et touchez «+»."
            )
            Show(requests(emptyList()).copy(empty = empty))
        },
        ScreenState("requests-drafts") { Show(requests(listOf(drafts))) },
        ScreenState("requests-waiting", notice = offline) { Show(requests(listOf(waiting))) },
        ScreenState("requests-held") { Show(requests(listOf(held))) },
        ScreenState("requests-filed") { Show(requests(listOf(filed))) },
        ScreenState("requests-everything") { Show(requests(listOf(drafts, both, filed))) }
    )
}

internal fun requestStates(mock: Mock): List<ScreenState> = with(mock) {
    val appeal = localized(
        "لم ترفق شهادة القرعة.\nيمكن الطعن إلى غاية 15 يناير 2027",
        "L’attestation de tirage manque.\nRecours possible jusqu’au 15 janvier 2027"
    )
    val filedOn = localized("أُودع يوم 24 نونبر 2026", "Déposée le 24 novembre 2026")
    val underReview = ChipView("search", localized("قيد الدراسة", "À l’étude"), Tone.NOW)
    val approved = ChipView("check_circle", localized("مقبول", "Acceptée"), Tone.SUCCESS)
    val refused = ChipView("error", localized("مرفوض", "Refusée"), Tone.ERROR)
    listOf(
        ScreenState("request-filed") { Show(request()) },
        ScreenState("request-under-review") { Show(request().copy(state = underReview)) },
        ScreenState("request-refused") {
            Show(request().copy(state = refused, lines = listOf(filedOn), refusal = appeal))
        },
        ScreenState("request-approved") { Show(request().copy(state = approved, lines = listOf(filedOn))) }
    )
}

@Composable
private fun Show(view: RequestsView) = RequestsScreen(RequestsUiState(ReadResult(view)), {})

@Composable
private fun Show(view: RequestView) = RequestScreen(RequestUiState(ReadResult(view)), {})

private fun Mock.requests(groups: List<RequestGroupView>) =
    RequestsView(localized("طلباتي", "Mes demandes"), groups, null)

private fun Mock.draft() = RequestCardView(
    id = "draft-hajj-grant",
    icon = "mosque",
    title = localized("منحة الحج", "Allocation de pèlerinage"),
    number = null,
    state = ChipView("edit", localized("مسودة", "Brouillon"), Tone.QUIET),
    needsAction = false,
    line = localized("الخطوة 2 من 4 · آخر تعديل: اليوم 10:40", "Étape 2 sur 4 · modifié : aujourd’hui à 10:40"),
    target = RequestTarget.Form("hajj-grant")
)

private fun Mock.waiting() = RequestCardView(
    id = "outbox-travel",
    icon = "flight",
    title = localized("شهادة الاستفادة من السفر", "Attestation de voyage"),
    number = null,
    state = ChipView("schedule", localized("سيُرسل", "Sera envoyée"), Tone.INFO),
    needsAction = false,
    line = localized(
        "سيُرسل عند عودة الاتصال. المسه لتقرأه.",
        "Elle partira dès que le réseau le permet. Touchez pour la relire."
    ),
    target = RequestTarget.Queued("a")
)

private fun Mock.held() = RequestCardView(
    id = "outbox-summer",
    icon = "beach_access",
    title = localized("الاصطياف", "Estivage"),
    number = null,
    state = ChipView("warning", localized("يحتاج إلى مراجعة", "À revoir"), Tone.WARNING),
    needsAction = true,
    line = localized(
        "لم تعد الخدمة مفتوحة. لم يضع شيء: المسه لتراجعه.",
        "Le service n’est plus ouvert. Rien n’est perdu : touchez pour la revoir."
    ),
    target = RequestTarget.OutboxEntry("b")
)

private fun Mock.filed() = RequestCardView(
    id = NUMBER,
    icon = "savings",
    title = localized("التقاعد التكميلي", "Retraite complémentaire Attakmili"),
    number = Mock.identifier(NUMBER),
    state = ChipView("check_circle", localized("مودع", "Déposée"), Tone.SUCCESS),
    needsAction = false,
    line = localized("أُودع يوم 24 نونبر 2026", "Déposée le 24 novembre 2026"),
    target = RequestTarget.Request("1")
)

private fun Mock.refused() = filed().copy(
    id = "FOS-26-003980",
    icon = "mosque",
    title = localized("منحة الحج", "Allocation de pèlerinage"),
    number = Mock.identifier("FOS-26-003980"),
    state = ChipView("error", localized("مرفوض", "Refusée"), Tone.ERROR),
    line = localized("أُودع يوم 2 أكتوبر 2026", "Déposée le 2 octobre 2026")
)

private fun Mock.request() = RequestView(
    icon = "savings",
    title = localized("التقاعد التكميلي", "Retraite complémentaire Attakmili"),
    numberLabel = localized("رقم الطلب", "Numéro de la demande"),
    number = Mock.identifier(NUMBER),
    state = ChipView("check_circle", localized("مودع", "Déposée"), Tone.SUCCESS),
    lines = listOf(
        localized("أُودع يوم 24 نونبر 2026", "Déposée le 24 novembre 2026"),
        localized("الجواب في أجل أقصاه 23 يناير 2027", "Réponse au plus tard le 23 janvier 2027")
    ),
    refusal = null,
    receipt = action("receipt", "عرض الوصل", "Voir le reçu"),
    share = action("share-receipt", "مشاركة الوصل", "Partager le reçu")
)

private const val NUMBER = "FOS-26-004117"

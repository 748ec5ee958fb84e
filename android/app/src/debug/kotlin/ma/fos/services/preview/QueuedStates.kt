package ma.fos.services.preview

import androidx.compose.runtime.Composable
import ma.fos.core.AnswerSectionView
import ma.fos.core.ChipView
import ma.fos.core.FactView
import ma.fos.core.Identifier
import ma.fos.core.QuestionView
import ma.fos.core.QueuedRequestView
import ma.fos.core.Tone
import ma.fos.services.core.ReadResult
import ma.fos.services.feature.requests.QueuedRequestScreen
import ma.fos.services.feature.requests.QueuedRequestUiState

internal fun queuedStates(mock: Mock): List<ScreenState> = with(mock) {
    listOf(
        ScreenState("queued-request", notice = offline) { Show(QueuedRequestUiState(ReadResult(queued()))) },
        ScreenState("queued-request-editing") { Show(QueuedRequestUiState(ReadResult(queued()), isConfirming = true)) }
    )
}

@Composable
private fun Show(state: QueuedRequestUiState) = QueuedRequestScreen(state, {})

private fun Mock.queued() = QueuedRequestView(
    icon = "mosque",
    title = localized("منحة الحج", "Allocation de pèlerinage"),
    state = ChipView("schedule", localized("سيُرسل", "Sera envoyée"), Tone.INFO),
    line = localized("سيُرسل عند عودة الاتصال.", "Elle partira dès que le réseau le permet."),
    sections = listOf(
        AnswerSectionView(
            localized("القرعة", "Le tirage au sort"),
            listOf(
                answer(
                    localized("جهة القرعة", "Organisateur du tirage"),
                    localized("السلطة المحلية", "Autorité locale")
                ),
                FactView(null, localized("يوم القرعة", "Jour du tirage"), Mock.identifier("01/10/2026"), null)
            )
        ),
        AnswerSectionView(
            localized("الأداء", "Le versement"),
            listOf(
                FactView(null, localized("الحساب البنكي", "RIB"), Mock.identifier("011 780 0000123456789012 96"), null),
                FactView(null, localized("الهاتف", "Téléphone"), Mock.identifier("06 12 34 56 78"), null)
            )
        )
    ),
    edit = action("edit", "تعديل", "Modifier"),
    editQuestion = QuestionView(
        localized("أتعدل هذا الطلب؟", "Modifier cette demande ?"),
        localized(
            "لن يُرسل حتى تودعه من جديد.",
            "Elle ne sera pas envoyée tant que vous ne l’aurez pas déposée de nouveau."
        ),
        action("edit-request", "تعديل الطلب", "Modifier la demande"),
        action("leave-queued", "تركه يُرسل كما هو", "La laisser partir")
    )
)

private fun answer(label: String, value: String) = FactView(null, label, Identifier(value, value, value), null)

package ma.fos.services.states

import androidx.compose.runtime.Composable
import ma.fos.core.AnswerSectionView
import ma.fos.core.ChipView
import ma.fos.core.FactView
import ma.fos.core.Identifier
import ma.fos.core.QuestionView
import ma.fos.core.QueuedRequestView
import ma.fos.core.Tone
import ma.fos.services.parts.Read
import ma.fos.services.requests.QueuedContent
import ma.fos.services.requests.QueuedEvents
import ma.fos.services.requests.QueuedState

internal fun queuedStates(mock: Mock): List<ScreenState> = with(mock) {
    listOf(
        ScreenState("queued-request") { Show(QueuedState(Read(queued()), listOf(offline))) },
        ScreenState("queued-request-editing") { Show(QueuedState(Read(queued()), asking = true)) }
    )
}

@Composable
private fun Show(state: QueuedState) = QueuedContent(state, QueuedEvents({}, {}, {}, {}))

private fun Mock.queued() = QueuedRequestView(
    icon = "mosque",
    title = say("منحة الحج", "Allocation de pèlerinage"),
    state = ChipView("schedule", say("سيُرسل", "Sera envoyée"), Tone.INFO),
    line = say("سيُرسل عند عودة الاتصال.", "Elle partira dès que le réseau le permet."),
    sections = listOf(
        AnswerSectionView(
            say("القرعة", "Le tirage au sort"),
            listOf(
                answer(say("جهة القرعة", "Organisateur du tirage"), say("السلطة المحلية", "Autorité locale")),
                FactView(null, say("يوم القرعة", "Jour du tirage"), Mock.identifier("01/10/2026"), null)
            )
        ),
        AnswerSectionView(
            say("الأداء", "Le versement"),
            listOf(
                FactView(null, say("الحساب البنكي", "RIB"), Mock.identifier("011 780 0000123456789012 96"), null),
                FactView(null, say("الهاتف", "Téléphone"), Mock.identifier("06 12 34 56 78"), null)
            )
        )
    ),
    edit = action("edit", "تعديل", "Modifier"),
    editQuestion = QuestionView(
        say("أتعدل هذا الطلب؟", "Modifier cette demande ?"),
        say(
            "لن يُرسل حتى تودعه من جديد.",
            "Elle ne sera pas envoyée tant que vous ne l’aurez pas déposée de nouveau."
        ),
        action("edit-request", "تعديل الطلب", "Modifier la demande"),
        action("leave-queued", "تركه يُرسل كما هو", "La laisser partir")
    )
)

private fun answer(label: String, value: String) = FactView(null, label, Identifier(value, value, value), null)

import FosCore
import SwiftUI

extension Mock {
  var queuedStates: [ScreenState] {
    [
      state("queued-request", [offline]) { QueuedRequestScreen(view: queued) { _ in } },
      state("queued-request-editing") {
        QueuedRequestScreen(view: queued, question: queued.editQuestion) { _ in }
      },
    ]
  }

  private var queued: QueuedRequestView {
    let answers = [
      fact("يوم القرعة", "Jour du tirage", isolated("01/10/2026")),
      fact("الهاتف", "Téléphone", isolated("06 12 34 56 78")),
    ]
    return QueuedRequestView(
      icon: "mosque", title: say("منحة الحج", "Allocation de pèlerinage"),
      state: chip("schedule", "سيُرسل", "Sera envoyée", .info),
      line: say("سيُرسل عند عودة الاتصال.", "Elle partira dès que le réseau le permet."),
      sections: [
        AnswerSectionView(title: say("القرعة", "Le tirage au sort"), answers: answers)
      ],
      edit: action("edit", "تعديل", "Modifier"),
      editQuestion: QuestionView(
        question: say("أتعدل هذا الطلب؟", "Modifier cette demande ?"),
        consequences: say(
          "لن يُرسل حتى تودعه من جديد.",
          "Elle ne sera pas envoyée tant que vous ne l’aurez pas déposée de nouveau."),
        confirm: action("edit-request", "تعديل الطلب", "Modifier la demande"),
        cancel: action("leave-queued", "تركه يُرسل كما هو", "La laisser partir")))
  }
}

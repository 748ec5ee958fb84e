package ma.fos.services.preview

import androidx.compose.runtime.Composable
import ma.fos.core.ChipView
import ma.fos.core.ContentType
import ma.fos.core.FieldKind
import ma.fos.core.FieldView
import ma.fos.core.FormView
import ma.fos.core.Keyboard
import ma.fos.core.OptionView
import ma.fos.core.Tone
import ma.fos.services.feature.requests.RequestFormPlaceholder
import ma.fos.services.ui.forms.FormEvents
import ma.fos.services.ui.forms.FormScreen
import ma.fos.services.ui.forms.FormUiState
import ma.fos.services.ui.forms.Secrets

internal fun requestFormStates(mock: Mock): List<ScreenState> = with(mock) {
    val offlineNow = localized(
        "لا اتصال بالإنترنت. أعد المحاولة حين يعود.",
        "Pas de connexion à Internet. Réessayez dès son retour."
    )
    val places = first(place("casablanca"))
    val notSaved = ChipView(
        "error",
        localized("لم يُحفظ: امتلأت ذاكرة الهاتف", "Non gardé : le téléphone n’a plus de place"),
        Tone.ERROR
    )
    listOf(
        ScreenState("request-form-loading", Mock.NOTICED) { RequestFormPlaceholder(null) },
        ScreenState("request-form-failed", notice = offline) { RequestFormPlaceholder(offlineNow) },
        ScreenState("request-form-first-part") { Show(FormUiState(first(place("")))) },
        ScreenState("request-form-problems") { Show(FormUiState(problems())) },
        ScreenState("request-form-wishes") { Show(FormUiState(part(2u, wishes()))) },
        ScreenState("request-form-places") { Show(FormUiState(places)) },
        ScreenState("request-form-places-open") { Show(FormUiState(places, searching = "place")) },
        ScreenState("request-form-declaration") { Show(FormUiState(last())) },
        ScreenState("request-form-instalment") { Show(FormUiState(part(3u, *loan()))) },
        ScreenState("request-form-lines") { Show(FormUiState(part(3u, lines()))) },
        ScreenState("request-form-not-saved") { Show(FormUiState(first(place("")).copy(saved = notSaved))) },
        ScreenState("request-form-working") { Show(FormUiState(last(), working = true)) }
    )
}

@Composable
private fun Show(state: FormUiState) {
    val events = object : FormEvents by NoFormEvents {
        override fun find(key: String, text: String) = state.form.fields.first { it.key == key }.options
    }
    FormScreen(state, Secrets(), events, onBack = {})
}

/** One part of a form in four. */
private fun Mock.part(now: UInt, vararg fields: FieldView) = FormView(
    key = "request-form",
    title = localized("منحة الحج", "Allocation de pèlerinage"),
    steps = step(now, "الحساب البنكي", "le compte bancaire"),
    saved = ChipView("cloud_done", localized("حُفظ", "Gardé"), Tone.SUCCESS),
    intro = null,
    summary = null,
    fields = fields.toList(),
    action = action("next", "التالي", "Suivant"),
    previous = action("previous", "السابق", "Précédent"),
    notice = null
)

private fun Mock.first(place: FieldView) = part(1u, lottery(), place, day()).copy(previous = null)

private fun Mock.problems(): FormView {
    val missing = localized("أرقام الحساب البنكي (RIB) الأربعة والعشرون.", "Les 24 chiffres du RIB.")
    val wrong =
        localized("رقم مغربي من عشرة أرقام، مثل 06 12 34 56 78.", "Un numéro de dix chiffres, comme 06 12 34 56 78.")
    return part(
        2u,
        forWhom(),
        rib().copy(value = "011 780 0000123456789012 4", problem = missing),
        phone().copy(value = "06 12 34", problem = wrong)
    ).copy(summary = localized("خانتان تحتاجان إلى تصحيح.", "Deux champs sont à corriger."))
}

private fun Mock.last() = part(4u, declaration()).copy(
    steps = step(4u, "التصريح", "la déclaration"),
    action = action("file", "إيداع الطلب", "Déposer la demande"),
    notice = localized(
        "طلبك ووصله لا يطلع عليهما إلا من يدرسه. يمكنك طلب الاطلاع عليهما أو تصحيحهما أو محوهما (القانون 09.08).",
        "Votre demande et son reçu sont réservés au service qui l’étudie (loi 09-08)."
    )
)

private fun option(key: String, label: String, chosen: Boolean = false, place: String? = null) =
    OptionView(key, label, chosen, place)

private fun Mock.lottery() = field("lottery", localized("القرعة", "Tirage au sort"), FieldKind.CHOICE).copy(
    options = listOf(
        option(
            "local",
            localized("قرعة العمالة أو الإقليم", "Tirage de la préfecture ou de la province"),
            chosen = true
        ),
        option("ministry", localized("قرعة الوزارة", "Tirage du ministère"))
    )
)

private fun Mock.forWhom() = field("for-whom", localized("لمن المنحة؟", "Pour qui ?"), FieldKind.CHOICE).copy(
    options = listOf(
        option("self", localized("أنا نفسي", "Moi-même"), chosen = true),
        option("spouse", localized("الزوج(ة)", "Conjoint"))
    )
)

private fun Mock.place(chosen: String) =
    field("place", localized("العمالة أو الإقليم", "Préfecture ou province"), FieldKind.SEARCH).copy(
        options = listOf(
            "agadir" to localized("أكادير إداوتنان", "Agadir Ida-Outanane"),
            "beni-mellal" to localized("بني ملال", "Béni Mellal"),
            "casablanca" to localized("الدار البيضاء", "Casablanca"),
            "errachidia" to localized("الرشيدية", "Errachidia"),
            "fes" to localized("فاس", "Fès"),
            "guelmim" to localized("كلميم", "Guelmim"),
            "kenitra" to localized("القنيطرة", "Kénitra"),
            "laayoune" to localized("العيون", "Laâyoune"),
            "marrakech" to localized("مراكش", "Marrakech"),
            "oujda" to localized("وجدة أنكاد", "Oujda-Angad"),
            "rabat" to localized("الرباط", "Rabat")
        ).map { (key, label) -> option(key, label, key == chosen) }
    )

private fun Mock.day() = field("drawn-on", localized("تاريخ القرعة", "Date du tirage"), FieldKind.TEXT).copy(
    help = localized("مكتوب في شهادة الاختيار.", "Elle figure sur l’attestation de désignation."),
    value = "25/10/2026",
    keyboard = Keyboard.DAY,
    last = true
)

private fun Mock.rib() = field("rib", localized("رقم الحساب البنكي (RIB)", "Compte bancaire (RIB)"), FieldKind.TEXT)

private fun Mock.phone() = field("phone", localized("الهاتف", "Téléphone"), FieldKind.TEXT).copy(
    contentType = ContentType.PHONE,
    keyboard = Keyboard.PHONE,
    last = true
)

private fun Mock.wishes() = field("centres", localized("مراكز الاصطياف", "Centres d’estivage"), FieldKind.WISHES).copy(
    help = localized("المسها بالترتيب الذي تفضله.", "Touchez-les dans l’ordre de votre préférence."),
    options = listOf(
        option("ifrane", localized("إفران", "Ifrane"), chosen = true, place = "2"),
        option("saidia", localized("السعيدية", "Saïdia"), chosen = true, place = "1"),
        option("agadir", localized("أكادير", "Agadir")),
        option("marrakech", localized("مراكش، مركز الزيتون", "Marrakech, centre des Oliviers"))
    )
)

private fun Mock.declaration() = field("honour", localized("تصريح بالشرف", "Déclaration"), FieldKind.DECLARATION).copy(
    options = listOf(
        option(
            "true",
            localized(
                "أصرح بشرفي أنني لم أستفد من هذه المنحة من قبل، وأن ما كتبته صحيح.",
                "Je déclare sur l’honneur ne pas avoir reçu cette aide auparavant, et que ce qui précède est exact."
            ),
            chosen = true
        )
    )
)

private fun Mock.loan() = arrayOf(
    field("amount", localized("مبلغ القرض", "Montant du prêt"), FieldKind.TEXT).copy(
        value = "20.000,00",
        keyboard = Keyboard.AMOUNT
    ),
    field("months", localized("عدد الأشهر", "Nombre de mois"), FieldKind.TEXT).copy(value = "24", last = true),
    field("instalment", localized("القسط الشهري المتوقع", "Mensualité à prévoir"), FieldKind.READ_ONLY).copy(
        value = localized("833,33 درهم", "833,33 DH")
    )
)

private fun Mock.lines() =
    field("reason", localized("سبب الطلب", "Motif de la demande"), FieldKind.MULTILINE_TEXT).copy(
        help = localized("بضعة أسطر تكفي.", "Quelques lignes suffisent."),
        value = localized(
            "أعيل والدتي المسنة وهي في حاجة إلى علاج\nومصاريف التنقل إلى المستشفى مرتفعة.",
            "Ma mère, âgée, est à ma charge\net ses soins à l’hôpital coûtent cher."
        ),
        keyboard = Keyboard.TEXT,
        last = true
    )

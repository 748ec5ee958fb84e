package ma.fos.services.ui.forms

import ma.fos.core.OptionView

/** Events of a form; the renderer knows nothing else. */
internal interface FormEvents {
    /** Called for a keystroke, a choice or the captcha's box. Returns the value as the field shows it while it is typed. */
    fun set(key: String, input: String): String

    /** Returns the options of a searchable field that match the text. */
    fun find(key: String, text: String): List<OptionView>

    /** Called when the field loses focus. */
    fun blur(key: String)

    /** Called for a day that was chosen in a calendar, counted from 1970-01-01. */
    fun pickDay(key: String, day: Long)

    /** Goes to a field that the summary of problems names. */
    fun openField(key: String)

    /** Returns to the page before. */
    fun previous()

    /** Goes from the review to a section, by its index. */
    fun openSection(section: UInt)

    /** Submits the form or its page. */
    fun submit()
}

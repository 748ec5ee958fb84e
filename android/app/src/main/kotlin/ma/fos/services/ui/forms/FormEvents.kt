package ma.fos.services.ui.forms

import ma.fos.core.OptionView

/** Events of a form; the renderer knows nothing else. */
internal interface FormEvents {
    /** Called for a keystroke, a choice or the captcha's box. */
    fun set(key: String, input: String)

    /** Returns the options of a searchable field that match the text. */
    fun find(key: String, text: String): List<OptionView>

    /** Called when the field loses focus. */
    fun blur(key: String)

    /** Returns to the page before. */
    fun previous()

    /** Goes from the review to a section, by its index. */
    fun openSection(section: UInt)

    /** Submits the form or its page. */
    fun submit()
}

package ma.fos.services.ui.components

/** Returns the text without lone surrogates, which some keyboards leave behind and UTF-8 cannot encode. */
internal fun String.withoutLoneSurrogates(): String {
    if (none(Char::isSurrogate)) return this
    val whole = StringBuilder(length)
    var at = 0
    while (at < length) {
        val point = codePointAt(at)
        if (point !in HALVES) whole.appendCodePoint(point)
        at += Character.charCount(point)
    }
    return whole.toString()
}

private val HALVES = Char.MIN_SURROGATE.code..Char.MAX_SURROGATE.code

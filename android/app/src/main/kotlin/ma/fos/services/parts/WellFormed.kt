package ma.fos.services.parts

/** The text without halves of surrogate pairs, which some keyboards leave behind and the core's strings cannot hold. */
internal fun String.wellFormed(): String {
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

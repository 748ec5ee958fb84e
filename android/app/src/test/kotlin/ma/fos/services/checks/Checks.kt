package ma.fos.services.checks

import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.text.intl.LocaleList
import androidx.compose.ui.text.style.ResolvedTextDirection
import androidx.compose.ui.unit.LayoutDirection
import ma.fos.core.Language
import ma.fos.services.get
import ma.fos.services.layout
import ma.fos.services.merged
import ma.fos.services.tag
import ma.fos.services.ui.components.english
import ma.fos.services.ui.components.french
import ma.fos.services.ui.components.locales
import ma.fos.services.ui.theme.identifierStyle
import ma.fos.services.unmerged
import ma.fos.services.words

/** Lists the faults of a drawn screen for the people who use it; empty when there are none. */
internal fun ViewRootForTest.faults(direction: LayoutDirection, voice: LocaleList): List<String> =
    unlabelled() + small() + clipped() + broken() + misdirected(direction) + identifiers() + voiceless(voice) +
        disordered(direction)

/** Whatever can be touched must have a name for who does not see it. */
internal fun ViewRootForTest.unlabelled(): List<String> = merged()
    .filter { it[SemanticsActions.OnClick] != null && it.words().all(String::isBlank) }
    .map { "${it.name}: no label" }

/** Whatever can be touched must be large enough for any finger. */
internal fun ViewRootForTest.small(): List<String> {
    val least = density.density * TARGET - 1
    return merged()
        .filter { it[SemanticsActions.OnClick] != null && (it.size.width < least || it.size.height < least) }
        .map { "${it.name}: a target of ${it.size}" }
}

private const val TARGET = 48

/** No word may lose a piece, at any size of letters. */
internal fun ViewRootForTest.clipped(): List<String> = unmerged().mapNotNull { node ->
    val layout = node.layout().takeIf { node[SemanticsProperties.EditableText] == null } ?: return@mapNotNull null
    val lines = 0 until layout.lineCount
    val lost = layout.didOverflowHeight ||
        node.size.height < layout.multiParagraph.height.toInt() ||
        lines.any { layout.isLineEllipsized(it) || layout.reach(it) > node.size.width + 1 } ||
        lines.any { breaksWord(layout, it) }
    "${node.name}: clipped «${layout.layoutInput.text}»".takeIf { lost }
}

/** Returns the width of the line: either measure alone counts the space at its end, or the room around a line that has no end. */
private fun TextLayoutResult.reach(line: Int): Float =
    minOf(multiParagraph.getLineWidth(line), getLineRight(line) - getLineLeft(line))

/** Returns true if the line ends in the middle of a word, for want of room. Identifiers may break. */
private fun breaksWord(layout: TextLayoutResult, line: Int): Boolean {
    if (layout.layoutInput.style.fontFeatureSettings == identifierStyle.fontFeatureSettings) return false
    val text = layout.layoutInput.text.text
    val end = layout.getLineEnd(line)
    return end in 1 until text.length && text[end - 1].isLetter() && text[end].isLetter()
}

/** An address ends its line after «@» or a dot, never inside a word. */
internal fun ViewRootForTest.broken(): List<String> = unmerged().mapNotNull { node ->
    val layout = node.layout() ?: return@mapNotNull null
    val text = layout.layoutInput.text.text
    val ends = (0 until layout.lineCount - 1).map { layout.getLineEnd(it) }.filter { it in 1 until text.length }
    val cut = ends.any { end -> address.findAll(text).any { end in it.range.drop(1) && text[end - 1] != ZERO_WIDTH } }
    "${node.name}: cut «$text»".takeIf { cut }
}

private val address = Regex("\\S+@\\S+")
private const val ZERO_WIDTH = '\u200B'

/** The page runs the way its language does. */
internal fun ViewRootForTest.misdirected(direction: LayoutDirection): List<String> = unmerged()
    .filter { it.words().isNotEmpty() && it.layoutInfo.layoutDirection != direction }
    .map { "${it.name}: runs ${it.layoutInfo.layoutDirection}" }

/** All words say in which language a screen reader reads them out: Arabic letters in Arabic, others not. */
internal fun ViewRootForTest.voiceless(voice: LocaleList): List<String> = unmerged().mapNotNull { node ->
    val text = node.layout()?.layoutInput?.text ?: return@mapNotNull null
    if (text.isEmpty() || node[SemanticsProperties.EditableText] != null) return@mapNotNull null
    val voices = text.spanStyles.filter { it.start == 0 && it.end == text.length }.mapNotNull { it.item.localeList }
    val right = if (text.any { it in ARABIC }) setOf(Language.AR.locales) else setOf(voice, french, english)
    "${node.name}: no voice for «$text»".takeIf { voices.none { it in right } }
}

private val ARABIC = '\u0600'..'\u06FF'

/** Numbers and addresses are read left to right, from where the page starts. */
internal fun ViewRootForTest.identifiers(): List<String> = unmerged().mapNotNull { node ->
    val layout = node.layout() ?: return@mapNotNull null
    val text = layout.layoutInput.text.text.filter { it.code !in ISOLATES && it != ZERO_WIDTH }
    if (text !in known || layout.lineCount != 1) return@mapNotNull null
    val right = layout.layoutInput.layoutDirection == LayoutDirection.Rtl
    val edge = if (right) layout.size.width - layout.getLineRight(0) else layout.getLineLeft(0)
    when {
        layout.getBidiRunDirection(text.length / 2) != ResolvedTextDirection.Ltr -> "${node.name}: $text is turned"
        edge > AWAY -> "${node.name}: $text starts $edge px from the page's start"
        else -> null
    }
}

/** Identifiers of the member in the named states, who is of the portal's seed. */
internal const val PPR = "0123456"
internal const val CIN = "AB123456"
internal const val MAIL = "membre.essai@finances.test"

private val known = setOf(PPR, CIN, MAIL)
private val ISOLATES = 0x2066..0x2069
private const val AWAY = 2f

private val SemanticsNode.name: String
    get() = tag ?: words().firstOrNull() ?: "node $id"

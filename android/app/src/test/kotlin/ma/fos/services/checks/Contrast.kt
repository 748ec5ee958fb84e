package ma.fos.services.checks

import android.graphics.Bitmap
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.compositeOver
import androidx.compose.ui.graphics.luminance
import androidx.compose.ui.graphics.takeOrElse
import androidx.compose.ui.platform.ViewRootForTest
import ma.fos.services.layout
import ma.fos.services.reachable

/** Words that do not stand out from what is drawn behind them (WCAG 2.2, 1.4.3). */
internal fun ViewRootForTest.faint(picture: Bitmap): List<String> = reachable().mapNotNull { node ->
    val layout = node.layout() ?: return@mapNotNull null
    val text = layout.layoutInput.text
    if (text.isEmpty()) return@mapNotNull null
    val behind = picture.ground(node.boundsInWindow) ?: return@mapNotNull null
    val ink = layout.layoutInput.style.color.takeOrElse { Color.Black }.compositeOver(behind)
    val ratio = contrast(ink, behind)
    "«$text»: contrast of $ratio".takeIf { ratio < LEAST }
}

private const val LEAST = 4.5f
private const val GLARE = 0.05f

internal fun contrast(one: Color, other: Color): Float {
    val (dark, light) = listOf(one.luminance(), other.luminance()).sorted()
    return (light + GLARE) / (dark + GLARE)
}

/** The colour that most of the place has: letters cover less of it than what is behind them. */
private fun Bitmap.ground(place: Rect): Color? {
    val left = place.left.toInt().coerceIn(0, width)
    val top = place.top.toInt().coerceIn(0, height)
    val wide = place.right.toInt().coerceIn(0, width) - left
    val high = place.bottom.toInt().coerceIn(0, height) - top
    if (wide <= 0 || high <= 0) return null
    val pixels = IntArray(wide * high)
    getPixels(pixels, 0, wide, left, top, wide, high)
    return pixels.asIterable().groupingBy { it }.eachCount().maxByOrNull { it.value }?.let { Color(it.key) }
}

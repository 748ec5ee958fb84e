package ma.fos.services.ui.theme

import androidx.compose.foundation.IndicationNodeFactory
import androidx.compose.foundation.interaction.FocusInteraction
import androidx.compose.foundation.interaction.InteractionSource
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.ripple
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusEventModifierNode
import androidx.compose.ui.focus.FocusState
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.drawscope.ContentDrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.node.DelegatingNode
import androidx.compose.ui.node.DrawModifierNode
import androidx.compose.ui.node.ModifierNodeElement
import androidx.compose.ui.node.invalidateDraw
import androidx.compose.ui.platform.InspectorInfo
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.launch

/**
 * Ring around the control that the keys are on. Its [line] lies between two of the page's colour, so that it is seen on the brand's
 * ground and beside a filled button too. It lies around the control, or at [isInside] within the edge, where a clip or the
 * window ends; its corners have this [radius].
 */
internal data class FocusRing(val line: Color, val halo: Color, val radius: Dp, val isInside: Boolean)

@Composable
private fun ring(radius: Dp, isInside: Boolean) = with(MaterialTheme.colorScheme) {
    FocusRing(primary, surface, radius, isInside)
}

/** Draws the [FocusRing] of a control of Material's, whose own sign of the focus is a grey of 1.2 : 1. */
@Composable
internal fun Modifier.focusRing(radius: Dp = Tokens.Radius.button, isInside: Boolean = false): Modifier =
    this then FocusRingElement(ring(radius, isInside))

/** Indication of all other controls: Material's ripple, and the [FocusRing] inside. */
@Composable
internal fun focusRingIndication(): IndicationNodeFactory = RippleAndRing(ring(Tokens.Radius.tag, isInside = true))

private data class RippleAndRing(private val ring: FocusRing) : IndicationNodeFactory {
    override fun create(interactionSource: InteractionSource) = IndicationNode(ring, interactionSource)
}

private class IndicationNode(ring: FocusRing, private val source: InteractionSource) : RingNode(ring) {
    init {
        delegate(ripple().create(source))
    }

    override fun onAttach() {
        coroutineScope.launch {
            source.interactions.collect { if (it is FocusInteraction) show(it is FocusInteraction.Focus) }
        }
    }
}

private data class FocusRingElement(private val ring: FocusRing) : ModifierNodeElement<ModifierRingNode>() {
    override fun create() = ModifierRingNode(ring)

    override fun update(node: ModifierRingNode) {
        node.ring = ring
        node.invalidateDraw()
    }

    override fun InspectorInfo.inspectableProperties() {
        name = "focusRing"
    }
}

/** Follows the control that comes after it in the chain of modifiers. */
private class ModifierRingNode(ring: FocusRing) :
    RingNode(ring),
    FocusEventModifierNode {
    override fun onFocusEvent(focusState: FocusState) = show(focusState.isFocused)
}

private abstract class RingNode(var ring: FocusRing) :
    DelegatingNode(),
    DrawModifierNode {
    private var isFocused = false

    protected fun show(focused: Boolean) {
        isFocused = focused
        invalidateDraw()
    }

    override fun ContentDrawScope.draw() {
        drawContent()
        if (!isFocused) return
        line(ring.halo, WIDTH + HALO * 2)
        line(ring.line, WIDTH)
    }

    private fun ContentDrawScope.line(colour: Color, width: Dp) {
        val away = (WIDTH / 2 + HALO).toPx()
        val inset = if (ring.isInside) away + EDGE.toPx() else -away
        drawRoundRect(
            colour,
            Offset(inset, inset),
            Size(size.width - inset * 2, size.height - inset * 2),
            CornerRadius((ring.radius.toPx() - inset).coerceAtLeast(0f)),
            Stroke(width.toPx())
        )
    }
}

private val WIDTH = 3.dp
private val HALO = 1.5.dp

/** The line around an option that is chosen, which the ring leaves free. */
private val EDGE = Tokens.Size.focusStroke

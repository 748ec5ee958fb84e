package ma.fos.services.face

import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.ProgressBarRangeInfo
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.state.ToggleableState
import ma.fos.services.get
import ma.fos.services.merged
import ma.fos.services.tag
import ma.fos.services.unmerged
import ma.fos.services.words

/** Content of a screen. */
internal data class Sight(
    val screen: String,
    val texts: List<String>,
    val fields: Map<String, String>,
    val busy: Boolean
)

/** NodeBounds of something on the screen, as far as it is in sight; true in [focused] if the keys go to it. */
internal data class NodeBounds(val part: Part, val focused: Boolean)

private val screens = setOf(
    "opening",
    "opening-failed",
    "gate",
    "help",
    "privacy",
    "licences",
    "diagnostic",
    "sign-in",
    "password-request",
    "mail-sent",
    "charter",
    "charter-reading",
    "new-password",
    "sign-in-again",
    "change-password",
    "services",
    "service",
    "start",
    "requests",
    "request",
    "request-form",
    "queued-request",
    "question",
    "sign-out",
    "profile",
    "devices"
)

/** Reads the running app by what it tells a screen reader, and brings things into sight. */
internal class Reader(private val root: () -> ViewRootForTest, private val settle: () -> Unit) {
    private var swept: Pair<List<String>, List<String>>? = null

    /** All of what is shown. A list draws only what fits: it is leafed through, as a member would, and put back. */
    fun sight(): Sight {
        val nodes = root().unmerged()
        val visible = nodes.flatMap { it.words() }
        val list = lazyList()
        val texts = when {
            list == null -> visible
            swept?.first == visible -> checkNotNull(swept).second
            else -> (visible + leaf(list)).distinct().also { swept = visible to it }
        }
        return Sight(
            // The member's picture is called `profile` too, but it is a button.
            screen = nodes.lastOrNull { it.tag in screens && it[SemanticsActions.OnClick] == null }?.tag.orEmpty(),
            texts = texts,
            fields = fields(nodes),
            busy = nodes.any { it[SemanticsProperties.ProgressBarRangeInfo] == ProgressBarRangeInfo.Indeterminate }
        )
    }

    /** The node of [tag], its middle in sight. A member waits a moment for a list that is still being read. */
    fun reach(tag: String): SemanticsNode {
        var node = await(tag) ?: throw Refused("nothing here is called $tag")
        repeat(TRIES) {
            val away = away(node) ?: return node
            val scroller = scroller(node) ?: throw Refused("$tag is out of sight")
            scroller[SemanticsActions.ScrollBy]?.action?.invoke(0f, away)
            settle()
            node = find(tag) ?: throw Refused("nothing here is called $tag any more")
        }
        throw Refused("$tag cannot be brought into sight")
    }

    /** Returns the place of the node of [tag] without scrolling. */
    fun place(tag: String): NodeBounds {
        val node = find(tag) ?: throw Refused("nothing here is called $tag")
        val seen = node.boundsInWindow
        val part = Part(seen.left.toInt(), seen.top.toInt(), seen.width.toInt(), seen.height.toInt())
        return NodeBounds(part, node[SemanticsProperties.Focused] == true)
    }

    /** Brings what scrolls back to its beginning. */
    fun toTop() {
        lazyList()?.get(SemanticsActions.ScrollToIndex)?.action?.invoke(0)
        settle()
    }

    private fun await(tag: String): SemanticsNode? {
        repeat(LOOKS) {
            find(tag) ?: lazyList()?.let { open(it, tag) }
            find(tag)?.let { return it }
            Thread.sleep(PAUSE)
            settle()
        }
        return null
    }

    private fun find(tag: String): SemanticsNode? = root().merged().lastOrNull { it.tag == tag }

    /** Returns the distance of the node's middle from where it can be touched, or nothing when it is there. */
    private fun away(node: SemanticsNode): Float? {
        val middle = node.positionInWindow.y + node.size.height / 2f
        val seen = scroller(node)?.boundsInWindow ?: return null
        val room = minOf(node.size.height / 2f, seen.height / 2f)
        return when {
            middle < seen.top + room -> middle - seen.top - room
            middle > seen.bottom - room -> middle - seen.bottom + room
            else -> null
        }.takeIf { it == null || it < -1 || it > 1 }
    }

    private fun scroller(node: SemanticsNode): SemanticsNode? = generateSequence(node.parent) { it.parent }
        .firstOrNull { it[SemanticsProperties.VerticalScrollAxisRange] != null }

    private fun lazyList(): SemanticsNode? = root().merged().lastOrNull { it[SemanticsActions.ScrollToIndex] != null }

    /** Opens the list at the item whose tag this is, or that holds it. */
    private fun open(list: SemanticsNode, tag: String) {
        val key = tag.replace("plus:", "card:")
        val index = list[SemanticsProperties.IndexForKey]?.invoke(key) ?: return
        if (index < 0) return
        list[SemanticsActions.ScrollToIndex]?.action?.invoke(index)
        settle()
    }

    private fun leaf(list: SemanticsNode): List<String> {
        val whole = list[SemanticsProperties.VerticalScrollAxisRange] ?: return emptyList()
        if (whole.value() != 0f || whole.maxValue() == 0f) return emptyList()
        val page = list.boundsInWindow.height * PAGE
        val read = mutableListOf<String>()
        while (true) {
            val range = lazyList()?.get(SemanticsProperties.VerticalScrollAxisRange) ?: break
            if (range.value() >= range.maxValue()) break
            lazyList()?.get(SemanticsActions.ScrollBy)?.action?.invoke(0f, page)
            settle()
            read += root().unmerged().flatMap { it.words() }
        }
        toTop()
        return read
    }

    private fun fields(nodes: List<SemanticsNode>): Map<String, String> {
        val tags = nodes.mapNotNull { it.tag }.toSet()
        val held = mutableMapOf<String, String>()
        for (node in nodes) {
            val tag = node.tag ?: continue
            // As it was typed: an address shows where its line may end.
            val text = (node[SemanticsProperties.InputText] ?: node[SemanticsProperties.EditableText])?.text
            val ticked = node[SemanticsProperties.ToggleableState]
            val options = node.within().filter { it.tag.orEmpty().startsWith("$tag:") }
            when {
                text != null -> held[tag] = if ("show:$tag" in tags) "•".repeat(text.length) else text
                ticked != null -> held[tag] = (ticked == ToggleableState.On).toString()
                node[SemanticsProperties.Role] == Role.DropdownList -> held[tag] = options.first().option(tag)
                options.any { it[SemanticsProperties.ToggleableState] != null } -> held[tag] = wished(options, tag)
                node[SemanticsProperties.SelectableGroup] != null ->
                    held[tag] = options.firstOrNull { it[SemanticsProperties.Selected] == true }?.option(tag).orEmpty()
                // Words with a name of their own are what a form tells.
                ':' !in tag -> node[SemanticsProperties.Text]?.let { held[tag] = it.first().text }
            }
        }
        return held
    }

    /** The wishes by their places, which stand before their words. */
    private fun wished(options: List<SemanticsNode>, tag: String): String = options
        .filter { it[SemanticsProperties.ToggleableState] == ToggleableState.On }
        .sortedBy { wish -> wish.within().flatMap { it.words() }.firstNotNullOf { it.toIntOrNull() } }
        .joinToString(",") { it.option(tag) }

    private fun SemanticsNode.option(field: String) = tag.orEmpty().removePrefix("$field:")

    private fun SemanticsNode.within(): List<SemanticsNode> = children.flatMap { listOf(it) + it.within() }
}

private const val TRIES = 8
private const val LOOKS = 100
private const val PAUSE = 10L
private const val PAGE = 0.8f

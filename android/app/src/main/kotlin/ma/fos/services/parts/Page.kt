package ma.fos.services.parts

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.asPaddingValues
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.layout.onSizeChanged
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.ActionView
import ma.fos.core.ChipView
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.services.root.LocalPageName
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.stacked

/**
 * One screen: what stands still on top, what scrolls, and the action bar above the keyboard.
 * A bar that would take more than a third of the screen scrolls with the page instead. [part] is its section, where it has
 * several: on another one its buttons are others.
 */
@Composable
internal fun Page(
    tag: String,
    modifier: Modifier = Modifier,
    top: @Composable () -> Unit = {},
    bar: (@Composable () -> Unit)? = null,
    scroll: ScrollState = rememberScrollState(),
    part: Any? = null,
    content: @Composable ColumnScope.() -> Unit
) = CompositionLocalProvider(LocalPageName provides "$tag/${part ?: ""}") {
    BoxWithConstraints(
        modifier.fillMaxSize().background(MaterialTheme.colorScheme.surface).testTag(tag).imePadding()
    ) {
        val third = with(LocalDensity.current) { maxHeight.roundToPx() } / BAR_SHARE
        var barHeight by remember { mutableStateOf(0) }
        val scrolls = barHeight > third
        val measured: @Composable () -> Unit = {
            bar?.let { Column(Modifier.onSizeChanged { barHeight = it.height }) { it() } }
        }
        Column {
            top()
            Column(Modifier.weight(1f).fillMaxWidth().verticalScroll(scroll)) {
                content()
                if (scrolls) measured()
                if (bar == null) Spacer(Modifier.clearBottom())
            }
            if (!scrolls) measured()
        }
    }
}

private const val BAR_SHARE = 3

/**
 * The paper header: the way back and to help where there is one, what the member is doing, whether it is [saved], the
 * worst of [notices].
 */
@Composable
internal fun TopBar(
    title: String,
    notices: List<NoticeView>,
    onBack: (() -> Unit)? = null,
    symbol: String = "arrow_back",
    onHelp: (() -> Unit)? = null,
    saved: ChipView? = null
) {
    StatusBarIcons(onBrand = false)
    Row(
        Modifier
            .fillMaxWidth()
            .clearTop()
            .margins()
            .heightIn(min = Tokens.Size.topBar)
            .padding(vertical = Tokens.Space.xs)
            .semantics { isTraversalGroup = true },
        verticalAlignment = Alignment.CenterVertically,
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.xs)
    ) {
        if (onBack != null) {
            val says = say(if (symbol == "close") Phrase.CLOSE else Phrase.BACK)
            SymbolButton(symbol, says, onBack, Modifier.outdent().testTag("back"))
        }
        val words = @Composable {
            Text(title, Modifier.semantics { heading() }, style = MaterialTheme.typography.titleLarge)
        }
        if (saved == null) {
            Box(Modifier.weight(1f)) { words() }
        } else {
            BesideOrBelow(Modifier.weight(1f), words) { Saved(saved) }
        }
        onHelp?.let { HelpButton(it) }
    }
    if (notices.isNotEmpty()) {
        Banner(notices)
        Spacer(Modifier.height(Tokens.Space.s))
    }
}

/** The «?» of a header. */
@Composable
internal fun HelpButton(onHelp: () -> Unit, tint: Color = LocalContentColor.current) {
    SymbolButton("help", say(Phrase.HELP), onHelp, Modifier.outdent(atEnd = true).testTag("help"), tint)
}

/** A page that is one long list. */
@Composable
internal fun ListPage(tag: String, top: @Composable () -> Unit, content: LazyListScope.() -> Unit) {
    val bottom = WindowInsets.safeDrawing.asPaddingValues().calculateBottomPadding()
    Column(Modifier.fillMaxSize().background(MaterialTheme.colorScheme.surface).testTag(tag)) {
        top()
        LazyColumn(
            Modifier.weight(1f).fillMaxWidth(),
            contentPadding = PaddingValues(bottom = bottom + Tokens.Space.l),
            content = content
        )
    }
}

/** The action bar's ground: a line above, room below for the system's own bar. */
@Composable
internal fun ActionBar(
    edge: @Composable () -> Unit = { HorizontalDivider() },
    content: @Composable ColumnScope.() -> Unit
) {
    edge()
    Column(
        Modifier
            .fillMaxWidth()
            .clearBottom()
            .margins()
            .padding(vertical = Tokens.Space.m),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.s)
    ) { content() }
}

/** Two ways: on, wider and at the end; and the other. Under each other at large letters, the way on first. */
@Composable
internal fun TwoWays(
    on: ActionView,
    onTap: () -> Unit,
    onWorking: Boolean,
    other: ActionView,
    otherTap: () -> Unit,
    otherWorking: Boolean
) {
    val way = @Composable { modifier: Modifier -> ActionButton(on, onTap, modifier, working = onWorking) }
    val otherWay = @Composable { modifier: Modifier ->
        ActionButton(other, otherTap, modifier, Weight.OUTLINED, working = otherWorking)
    }
    if (stacked) {
        way(Modifier)
        otherWay(Modifier)
    } else {
        Row(
            Modifier.height(IntrinsicSize.Min).semantics { isTraversalGroup = true },
            Arrangement.spacedBy(10.dp)
        ) {
            otherWay(Modifier.weight(OTHER_SHARE).fillMaxHeight())
            way(Modifier.weight(1 - OTHER_SHARE).fillMaxHeight())
        }
    }
}

private const val OTHER_SHARE = 0.4f

package ma.fos.services.ui.components

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.WindowInsetsSides
import androidx.compose.foundation.layout.asPaddingValues
import androidx.compose.foundation.layout.consumeWindowInsets
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.only
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.derivedStateOf
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
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
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import ma.fos.core.ActionView
import ma.fos.core.ChipView
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isStackedLayout

/**
 * Screen with a top bar, scrolling content and an action bar. At large font sizes the top bar scrolls with the content. The
 * action bar stays, so that the main action is always in sight; one that is higher than a third of the screen, or of what the
 * keyboard leaves of it, follows the content. [section] tells the sections of a form apart: their buttons count as different ones.
 */
@Composable
internal fun ScreenScaffold(
    tag: String,
    modifier: Modifier = Modifier,
    top: (@Composable () -> Unit)? = null,
    bar: (@Composable () -> Unit)? = null,
    scroll: ScrollState = rememberScrollState(),
    section: Any? = null,
    content: @Composable ColumnScope.() -> Unit
) = CompositionLocalProvider(LocalScreenName provides "$tag/${section ?: ""}") {
    var height by remember { mutableIntStateOf(Int.MAX_VALUE) }
    var barHeight by remember { mutableIntStateOf(0) }
    val scrolls = barHeight > height / BAR_SHARE
    val barContent: @Composable () -> Unit = {
        bar?.let { Column(Modifier.onSizeChanged { barHeight = it.height }) { it() } }
    }
    Scaffold(
        modifier.testTag(tag).imePadding().onSizeChanged { height = it.height },
        topBar = { top?.let { PinnedTop(it) } },
        bottomBar = {
            Column {
                FosSnackbarHost(isAboveBar = bar != null && !scrolls)
                if (!scrolls) barContent()
            }
        },
        containerColor = MaterialTheme.colorScheme.surface,
        contentWindowInsets = WindowInsets(0)
    ) { padding ->
        val below = if (top == null) Modifier else Modifier.belowTop()
        Column(below.padding(padding).fillMaxSize().verticalScroll(scroll)) {
            if (isStackedLayout) top?.invoke()
            content()
            if (scrolls) barContent()
            if (bar == null) Spacer(Modifier.bottomInset())
        }
    }
}

private const val BAR_SHARE = 3

/** The fixed [top] bar; at large font sizes the ground of the status bar, over which nothing scrolls. */
@Composable
private fun PinnedTop(top: @Composable () -> Unit) = Column {
    if (isStackedLayout) Spacer(Modifier.topInset()) else top()
}

/** Content below [PinnedTop], which has taken the top inset. */
@Composable
private fun Modifier.belowTop() = consumeWindowInsets(WindowInsets.safeDrawing.only(WindowInsetsSides.Top))

/**
 * The paper header: the way back and to help where there is one, what the member is doing, whether it is [saved], the
 * most important of [notices]. Material's own has one height, which cuts a title of two lines and letters at 200 %.
 */
@Composable
internal fun FosTopAppBar(
    title: String,
    onBack: (() -> Unit)? = null,
    symbol: String = "arrow_back",
    onHelp: (() -> Unit)? = null,
    saved: ChipView? = null,
    notices: List<NoticeView> = LocalNotices.current
) {
    StatusBarIcons(onBrand = false)
    CentredRow(
        Tokens.Space.xs,
        Modifier
            .fillMaxWidth()
            .topInset()
            .margins()
            .heightIn(min = Tokens.Size.topBar)
            .padding(vertical = Tokens.Space.xs)
            .semantics { isTraversalGroup = true }
    ) {
        if (onBack != null) {
            val description = phrase(if (symbol == "close") Phrase.CLOSE else Phrase.BACK)
            SymbolButton(symbol, description, onBack, Modifier.outdent().testTag("back"))
        }
        val words = @Composable {
            Heading(title, style = MaterialTheme.typography.titleLarge)
        }
        if (saved == null) {
            Box(Modifier.weight(1f)) { words() }
        } else {
            InlineOrStacked(Modifier.weight(1f), words) { SavedIndicator(saved) }
        }
        onHelp?.let { HelpButton(it) }
    }
    if (notices.isNotEmpty()) {
        Banner(notices)
        Spacer(Modifier.height(Tokens.Space.s))
    }
}

/** Button «?» of a header. */
@Composable
internal fun HelpButton(onHelp: () -> Unit, tint: Color = LocalContentColor.current) {
    SymbolButton("help", phrase(Phrase.HELP), onHelp, Modifier.outdent(atEnd = true).testTag("help"), tint)
}

/** Scaffold of a screen that is one lazy list. */
@Composable
internal fun ListScaffold(tag: String, top: @Composable () -> Unit, content: LazyListScope.() -> Unit) {
    val bottom = WindowInsets.safeDrawing.asPaddingValues().calculateBottomPadding()
    Column(Modifier.fillMaxSize().background(MaterialTheme.colorScheme.surface).testTag(tag)) {
        PinnedTop(top)
        val isTopInList = isStackedLayout
        LazyColumn(
            Modifier.belowTop().weight(1f).fillMaxWidth(),
            contentPadding = PaddingValues(bottom = bottom + Tokens.Space.l)
        ) {
            if (isTopInList) item { Column { top() } }
            content()
        }
    }
}

/** Title of a page about one thing: its [place] in the app, and its [name] once the page's own header has scrolled away. */
@Composable
internal fun titleWhenScrolled(scroll: ScrollState, place: String, name: String?): String {
    val headerPx = with(LocalDensity.current) { Tokens.Size.topBar.roundToPx() }
    val isScrolled by remember(scroll, headerPx) { derivedStateOf { scroll.value > headerPx } }
    return name?.takeIf { isScrolled } ?: place
}

/** Content of a page within its margins, [gap] between its parts. */
@Composable
internal fun PageContent(gap: Dp = Tokens.Space.l, content: @Composable ColumnScope.() -> Unit) =
    Column(Modifier.margins().padding(bottom = Tokens.Space.l), Arrangement.spacedBy(gap), content = content)

/** Bar of the screen's actions, above the system's navigation bar. */
@Composable
internal fun ActionBar(
    edge: @Composable () -> Unit = { HorizontalDivider() },
    content: @Composable ColumnScope.() -> Unit
) {
    edge()
    Column(
        Modifier
            .fillMaxWidth()
            .bottomInset()
            .margins()
            .padding(vertical = Tokens.Space.m),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.s)
    ) { content() }
}

/** Two buttons: the main action, wider and at the end, and another one. Stacked at large font sizes, the main action first. */
@Composable
internal fun TwoActions(
    primary: ActionView,
    onPrimaryClick: () -> Unit,
    isPrimaryRunning: Boolean,
    secondary: ActionView,
    onSecondaryClick: () -> Unit,
    isSecondaryRunning: Boolean
) {
    val primaryButton = @Composable { modifier: Modifier ->
        ActionButton(primary, onPrimaryClick, modifier, working = isPrimaryRunning)
    }
    val secondaryButton = @Composable { modifier: Modifier ->
        ActionButton(secondary, onSecondaryClick, modifier, ButtonEmphasis.OUTLINED, working = isSecondaryRunning)
    }
    if (isStackedLayout) {
        primaryButton(Modifier)
        secondaryButton(Modifier)
    } else {
        Row(
            Modifier.height(IntrinsicSize.Min).semantics { isTraversalGroup = true },
            Arrangement.spacedBy(10.dp)
        ) {
            secondaryButton(Modifier.weight(SECONDARY_FRACTION).fillMaxHeight())
            primaryButton(Modifier.weight(1 - SECONDARY_FRACTION).fillMaxHeight())
        }
    }
}

private const val SECONDARY_FRACTION = 0.4f

package ma.fos.services.feature.access

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.background
import androidx.compose.foundation.focusable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.layout.onGloballyPositioned
import androidx.compose.ui.layout.positionInParent
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import androidx.lifecycle.createSavedStateHandle
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import ma.fos.core.ActionView
import ma.fos.core.CharterView
import ma.fos.core.Phrase
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.AfterDelay
import ma.fos.services.ui.components.Article
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.ConfirmationSheet
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ProgressRing
import ma.fos.services.ui.components.RetryButton
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.Steps
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.SymbolButton
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TwoActions
import ma.fos.services.ui.components.bottomInset
import ma.fos.services.ui.components.guarded
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isStackedLayout
import ma.fos.services.ui.theme.roles

/** Charter; guide step 6: scrolled to its end, then accepted or refused. Read-only if [onBack] is given. */
@Composable
internal fun CharterRoute(core: CoreState, onBack: (() -> Unit)? = null) {
    val model = screenViewModel { CharterViewModel(core, isReadOnly = onBack != null, createSavedStateHandle()) }
    val uiState = model.state()
    CharterScreen(uiState, model::onAction, onBack)
}

/** Name of the screen: the charter that must be answered, or the one that is only read. */
private fun screenName(onBack: (() -> Unit)?) = if (onBack == null) "charter" else "charter-reading"

@Composable
internal fun CharterScreen(uiState: CharterUiState, onAction: (CharterAction) -> Unit, onBack: (() -> Unit)? = null) {
    val view = uiState.view ?: return CharterPlaceholder(uiState, onAction, onBack)
    ConfirmationSheet(
        view.refuseQuestion?.takeIf { uiState.isConfirming },
        onConfirm = { onAction(CharterAction.Refuse) },
        onCancel = { onAction(CharterAction.Cancel) }
    ) {
        // Another edition is read from its beginning; in another language it is the same text.
        key(view.edition) { Edition(view, uiState, onAction, onBack) }
    }
}

@Composable
private fun Edition(
    view: CharterView,
    uiState: CharterUiState,
    onAction: (CharterAction) -> Unit,
    onBack: (() -> Unit)?
) {
    val scroll = rememberScrollState()
    var finished by rememberSaveable { mutableStateOf(false) }
    val keys = remember { TextFocusKeeper() }
    val tops = remember { mutableMapOf<Int, Float>() }
    CharterPlaceEffect(view.place.toInt(), scroll, tops) { onAction(CharterAction.KeepPlace(it)) }
    LaunchedEffect(scroll) {
        // Before the first layout the end is nowhere; after it, a short text is read at once.
        snapshotFlow { scroll.maxValue < Int.MAX_VALUE && !scroll.canScrollForward }.first { it }
        keys.hold()
        finished = true
    }
    ScreenScaffold(
        screenName(onBack),
        top = {
            CharterBar(view.title, onBack)
            view.steps?.let { Steps(it, Modifier.margins()) }
            HorizontalDivider(Modifier.padding(top = Tokens.Space.s))
        },
        bar = {
            val readThrough = view.readThrough
            if (isStackedLayout) {
                Progress(scroll)
                ScrollDownStrip(view.readOn.takeIf { !finished }, scroll, keys)
            } else if (!finished || readThrough != null && scroll.canScrollForward) {
                ActionBar(edge = { Progress(scroll) }) { ScrollDownButton(view.readOn, scroll, keys) }
            } else if (readThrough != null) {
                ActionBar(edge = { Progress(scroll) }) { EndReachedText(readThrough) }
            } else {
                Spacer(Modifier.bottomInset())
            }
        },
        scroll = scroll,
        section = finished
    ) {
        Column(
            keys.text().margins().padding(vertical = Tokens.Space.m),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            uiState.problem?.let { ProblemCard(it) }
            view.intro?.let { Text(it, style = MaterialTheme.typography.titleMedium) }
            SecondaryText(view.version)
            view.accepted?.let { Accepted(it) }
            view.articles.forEachIndexed { index, article ->
                Box(Modifier.onGloballyPositioned { tops[index] = it.positionInParent().y }) { Article(article) }
            }
            if (finished && isStackedLayout) view.readThrough?.let { SecondaryText(it) }
            if (finished) Answer(view, uiState, onAction)
        }
    }
}

/** Opens the charter at the article [place], and reports the one on top whenever the page stands still. */
@Composable
private fun CharterPlaceEffect(place: Int, scroll: ScrollState, tops: Map<Int, Float>, onPlace: (Int) -> Unit) {
    var isRestored by rememberSaveable { mutableStateOf(false) }
    val report by rememberUpdatedState(onPlace)
    LaunchedEffect(scroll) {
        snapshotFlow { scroll.maxValue }.first { it < Int.MAX_VALUE }
        if (!isRestored && place > 0) tops[place]?.let { scroll.scrollTo(it.toInt()) }
        isRestored = true
        snapshotFlow { scroll.isScrollInProgress }.drop(1).filter { !it }.collect {
            report(tops.filterValues { top -> top <= scroll.value }.keys.maxOrNull() ?: 0)
        }
    }
}

@Composable
private fun CharterBar(title: String, onBack: (() -> Unit)?) =
    FosTopAppBar(title, onBack, onHelp = LocalAppActions.current.onHelp.takeIf { onBack == null })

/** When the member accepted it. */
@Composable
private fun Accepted(text: String) {
    val colour = MaterialTheme.roles.success.main
    Row(
        Modifier.semantics(mergeDescendants = true) {},
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.xs)
    ) {
        Symbol("check_circle-fill", tint = colour)
        Text(text, style = MaterialTheme.typography.titleSmall, color = colour)
    }
}

/** Scrolls down by a page, less a line or two. */
@Composable
private fun ScrollDownButton(action: ActionView, scroll: ScrollState, keys: TextFocusKeeper) =
    ActionButton(action, scrollDown(scroll), keys.button(), symbol = DOWN)

/**
 * The same at large font sizes, where the text needs the height: its symbol alone. At the end the strip is empty, since what
 * appears under the finger must not take a tap.
 */
@Composable
private fun ScrollDownStrip(action: ActionView?, scroll: ScrollState, keys: TextFocusKeeper) = Box(
    Modifier.fillMaxWidth().bottomInset().heightIn(min = Tokens.Size.touch),
    Alignment.Center
) {
    if (action == null) return@Box
    val onClick = guarded(action, scrollDown(scroll))
    val button = keys.button().testTag(action.key).fillMaxWidth()
    SymbolButton(DOWN, action.label, onClick, button, MaterialTheme.colorScheme.primary)
}

@Composable
private fun scrollDown(scroll: ScrollState): () -> Unit {
    val scope = rememberCoroutineScope()
    return { scope.launch { scroll.animateScrollTo(scroll.value + (scroll.viewportSize * PAGE).toInt()) } }
}

private const val PAGE = 0.85f
private const val DOWN = "keyboard_arrow_down"

/**
 * Whoever reads by a keyboard stays with the text when its button goes: by themselves the keys would move on to
 * whatever comes first, and the next press would do that. For fingers the text is none of what can be chosen.
 */
@Stable
private class TextFocusKeeper {
    private val place = FocusRequester()
    private var onButton = false
    private var held by mutableStateOf(false)

    fun button() = Modifier.onFocusChanged { onButton = it.isFocused }

    fun hold() {
        held = onButton
    }

    @Composable
    fun text(): Modifier {
        LaunchedEffect(held) { if (held) place.requestFocus() }
        return Modifier.focusRequester(place).focusable(held)
    }
}

/** Both answers after the text, where one is due; never where the button stood that pages down. */
@Composable
private fun Answer(view: CharterView, uiState: CharterUiState, onAction: (CharterAction) -> Unit) {
    val accept = view.accept ?: return
    val refuse = view.refuse ?: return
    TwoActions(
        accept,
        { onAction(CharterAction.Accept) },
        uiState.accepting,
        refuse,
        { onAction(CharterAction.AskBeforeRefuse) },
        uiState.refusing
    )
}

/** Text in the bar once the end is reached: what appears under the finger must not take a tap. */
@Composable
private fun EndReachedText(text: String) = Box(
    Modifier.fillMaxWidth().heightIn(min = Tokens.Size.button),
    contentAlignment = Alignment.Center
) { Text(text, style = MaterialTheme.typography.bodyMedium, textAlign = TextAlign.Center) }

/** Reading progress, on the bar's edge. */
@Composable
private fun Progress(scroll: ScrollState) {
    val read = if (scroll.maxValue in 1..<Int.MAX_VALUE) scroll.value.toFloat() / scroll.maxValue else 1f
    Box(Modifier.fillMaxWidth()) {
        HorizontalDivider()
        Box(Modifier.fillMaxWidth(read).height(4.dp).background(MaterialTheme.colorScheme.tertiary))
    }
}

/** Placeholder while the text is fetched, with a retry button after a failure. */
@Composable
private fun CharterPlaceholder(uiState: CharterUiState, onAction: (CharterAction) -> Unit, onBack: (() -> Unit)?) {
    val problem = uiState.problem
    ScreenScaffold(
        screenName(onBack),
        top = { CharterBar(phrase(Phrase.CHARTER), onBack) },
        bar = if (problem == null) {
            null
        } else {
            { ActionBar { RetryButton({ onAction(CharterAction.Retry) }, ButtonEmphasis.PRIMARY) } }
        }
    ) {
        val quiet = @Composable { text: String, way: @Composable () -> Unit ->
            EmptyState(text, Modifier.padding(top = Tokens.Space.xl), way)
        }
        if (problem != null) {
            quiet(problem) {}
        } else {
            AfterDelay { quiet(phrase(Phrase.LOADING)) { ProgressRing(colour = MaterialTheme.colorScheme.tertiary) } }
        }
    }
}

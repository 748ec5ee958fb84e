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
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import ma.fos.core.ActionView
import ma.fos.core.CharterView
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.core.Stage
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.AfterDelay
import ma.fos.services.ui.components.Article
import ma.fos.services.ui.components.ConfirmationSheet
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ProgressRing
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Steps
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TwoActions
import ma.fos.services.ui.components.bottomInset
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Charter; guide step 6: scrolled to its end, then accepted or refused. Read-only if [onBack] is given. */
@Composable
internal fun CharterScreen(core: CoreState, onBack: (() -> Unit)? = null) {
    val access = core.access
    val app = LocalAppViewModel.current
    val read = app.action("charter")
    val accept = app.action("accept")
    val refuse = app.action("refuse")
    var view by remember { mutableStateOf<CharterView?>(null) }
    var isConfirming by rememberSaveable { mutableStateOf(false) }
    val load = { read.run { view = access.charter() } }
    // On its way out, once it was answered, it has nothing more to fetch.
    LaunchedEffect(core.language, core.stageVersion) { if (onBack != null || core.stage == Stage.CHARTER) load() }
    DisposableEffect(Unit) {
        onDispose {
            accept.clearProblem()
            refuse.clearProblem()
        }
    }
    CharterContent(
        CharterState(
            view,
            core.notices,
            read.problem ?: accept.problem ?: refuse.problem,
            accept.isRunning,
            refuse.isRunning,
            isConfirming
        ),
        CharterEvents(
            onAccept = { accept.run { access.acceptCharter() } },
            onRefuse = {
                isConfirming = false
                refuse.run { access.refuseCharter() }
            },
            onAsk = { isConfirming = it },
            onRetry = load,
            onBack = onBack
        )
    )
}

/** State of the screen; no [view] until the text is there. */
internal data class CharterState(
    val view: CharterView?,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val accepting: Boolean = false,
    val refusing: Boolean = false,
    val isConfirming: Boolean = false
)

/** Events of the screen. */
internal class CharterEvents(
    val onAccept: () -> Unit,
    val onRefuse: () -> Unit,
    val onAsk: (Boolean) -> Unit,
    val onRetry: () -> Unit,
    val onBack: (() -> Unit)? = null
) {
    /** The screen's name: the one that must be answered, or the one that is only read. */
    val screen = if (onBack == null) "charter" else "charter-reading"
}

@Composable
internal fun CharterContent(state: CharterState, events: CharterEvents) {
    val view = state.view ?: return CharterPlaceholder(state, events)
    // Another edition is read from its beginning; in another language it is the same text.
    ConfirmationSheet(view.refuseQuestion?.takeIf { state.isConfirming }, events.onRefuse, { events.onAsk(false) }) {
        key(view.edition) { Edition(view, state, events) }
    }
}

@Composable
private fun Edition(view: CharterView, state: CharterState, events: CharterEvents) {
    val scroll = rememberScrollState()
    var finished by rememberSaveable { mutableStateOf(false) }
    val keys = remember { TextFocusKeeper() }
    LaunchedEffect(scroll) {
        // Before the first layout the end is nowhere; after it, a short text is read at once.
        snapshotFlow { scroll.maxValue < Int.MAX_VALUE && !scroll.canScrollForward }.first { it }
        keys.hold()
        finished = true
    }
    ScreenScaffold(
        events.screen,
        top = {
            CharterBar(view.title, state, events)
            view.steps?.let { Steps(it, Modifier.margins()) }
            HorizontalDivider(Modifier.padding(top = Tokens.Space.s))
        },
        bar = {
            val readThrough = view.readThrough
            if (!finished || readThrough != null && scroll.canScrollForward) {
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
            state.problem?.let { ProblemCard(it) }
            view.intro?.let { Text(it, style = MaterialTheme.typography.titleMedium) }
            Text(
                view.version,
                style = MaterialTheme.typography.bodyMedium,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
            view.accepted?.let { Accepted(it) }
            view.articles.forEach { Article(it) }
            if (finished) Answer(view, state, events)
        }
    }
}

@Composable
private fun CharterBar(title: String, state: CharterState, events: CharterEvents) = FosTopAppBar(
    title,
    state.notices,
    events.onBack,
    onHelp = LocalAppActions.current.onHelp.takeIf {
        events.onBack ==
            null
    }
)

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
private fun ScrollDownButton(action: ActionView, scroll: ScrollState, keys: TextFocusKeeper) {
    val scope = rememberCoroutineScope()
    ActionButton(
        action,
        onClick = {
            scope.launch { scroll.animateScrollTo(scroll.value + (scroll.viewportSize * PAGE).toInt()) }
        },
        keys.button(),
        symbol = "keyboard_arrow_down"
    )
}

private const val PAGE = 0.85f

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
private fun Answer(view: CharterView, state: CharterState, events: CharterEvents) {
    val accept = view.accept ?: return
    val refuse = view.refuse ?: return
    TwoActions(accept, events.onAccept, state.accepting, refuse, { events.onAsk(true) }, state.refusing)
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
private fun CharterPlaceholder(state: CharterState, events: CharterEvents) {
    val problem = state.problem
    ScreenScaffold(
        events.screen,
        top = { CharterBar(phrase(Phrase.CHARTER), state, events) },
        bar = if (problem == null) {
            null
        } else {
            { ActionBar { ActionButton(ActionView("try-again", phrase(Phrase.TRY_AGAIN), null), events.onRetry) } }
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

package ma.fos.services.access

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import ma.fos.core.ActionView
import ma.fos.core.ArticleView
import ma.fos.core.CharterView
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.AfterAWhile
import ma.fos.services.parts.Page
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Ring
import ma.fos.services.parts.StatusBarIcons
import ma.fos.services.parts.Steps
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.TwoWays
import ma.fos.services.parts.margins
import ma.fos.services.parts.say
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens

/** Guide step 6: the charter is read to its end, then refused or accepted. */
@Composable
internal fun CharterScreen(live: FosLive) {
    val access = live.fos.access()
    val acts = LocalActs.current
    val read = acts.act("charter")
    val accept = acts.act("accept")
    val refuse = acts.act("refuse")
    var view by remember { mutableStateOf<CharterView?>(null) }
    val load = { read.run { view = access.charter() } }
    LaunchedEffect(live.language) { load() }
    DisposableEffect(Unit) {
        onDispose {
            accept.settle()
            refuse.settle()
        }
    }
    CharterContent(
        CharterState(
            view,
            live.notices,
            read.problem ?: accept.problem ?: refuse.problem,
            accept.working,
            refuse.working
        ),
        CharterEvents(
            onAccept = { accept.run { access.acceptCharter() } },
            onRefuse = { refuse.run { access.refuseCharter() } },
            onRetry = load
        )
    )
}

/** What the screen shows; no [view] until the text is there. */
internal data class CharterState(
    val view: CharterView?,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val accepting: Boolean = false,
    val refusing: Boolean = false
)

/** What can be tapped. */
internal class CharterEvents(val onAccept: () -> Unit, val onRefuse: () -> Unit, val onRetry: () -> Unit)

@Composable
internal fun CharterContent(state: CharterState, events: CharterEvents, scroll: ScrollState = rememberScrollState()) {
    val view = state.view ?: return Missing(state, events.onRetry)
    var finished by rememberSaveable { mutableStateOf(false) }
    LaunchedEffect(scroll) {
        // Before the first layout the end is nowhere; after it, a short text is read at once.
        snapshotFlow { scroll.maxValue < Int.MAX_VALUE && !scroll.canScrollForward }.first { it }
        finished = true
    }
    Page(
        "charter",
        top = {
            TopBar(view.title, state.notices)
            view.steps?.let { Steps(it, Modifier.margins()) }
            HorizontalDivider(Modifier.padding(top = Tokens.Space.s))
        },
        bar = {
            ActionBar(edge = { Progress(scroll) }) {
                if (finished) Answer(view, state, events) else ReadOn(view.readOn, scroll)
            }
        },
        scroll = scroll
    ) {
        Column(
            Modifier.margins().padding(vertical = Tokens.Space.m),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            state.problem?.let { ProblemCard(it) }
            Text(
                view.version,
                style = MaterialTheme.typography.bodyMedium,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
            view.articles.forEach { Article(it) }
        }
    }
}

@Composable
private fun Article(article: ArticleView) {
    Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.xxs)) {
        Text(article.heading, Modifier.semantics { heading() }, style = MaterialTheme.typography.titleMedium)
        article.paragraphs.forEach { Text(it, style = MaterialTheme.typography.bodyLarge) }
    }
}

/** Pages down, a line or two kept in sight. */
@Composable
private fun ReadOn(action: ActionView, scroll: ScrollState) {
    val scope = rememberCoroutineScope()
    ActionButton(
        action,
        onClick = {
            scope.launch { scroll.animateScrollTo(scroll.value + (scroll.viewportSize * PAGE).toInt()) }
        },
        symbol = "keyboard_arrow_down"
    )
}

private const val PAGE = 0.85f

@Composable
private fun Answer(view: CharterView, state: CharterState, events: CharterEvents) {
    TwoWays(view.accept, events.onAccept, state.accepting, view.refuse, events.onRefuse, state.refusing)
}

/** How far the member has read, on the bar's edge. */
@Composable
private fun Progress(scroll: ScrollState) {
    val read = if (scroll.maxValue in 1..<Int.MAX_VALUE) scroll.value.toFloat() / scroll.maxValue else 1f
    Box(Modifier.fillMaxWidth()) {
        HorizontalDivider()
        Box(Modifier.fillMaxWidth(read).height(4.dp).background(MaterialTheme.colorScheme.tertiary))
    }
}

/** The text is on its way, or could not be fetched: then there is a way to try again. */
@Composable
private fun Missing(state: CharterState, onRetry: () -> Unit) {
    StatusBarIcons(onBrand = false)
    val problem = state.problem
    Page(
        "charter",
        bar = if (problem == null) {
            null
        } else {
            { ActionBar { ActionButton(ActionView("try-again", say(Phrase.TRY_AGAIN), null), onRetry) } }
        }
    ) {
        val quiet = @Composable { text: String, way: @Composable () -> Unit ->
            QuietState(text, Modifier.padding(top = 96.dp), way)
        }
        if (problem != null) {
            quiet(problem) {}
        } else {
            AfterAWhile { quiet(say(Phrase.LOADING)) { Ring(colour = MaterialTheme.colorScheme.tertiary) } }
        }
    }
}

package ma.fos.services.preview

import androidx.compose.foundation.text.input.setTextAndPlaceCursorAtEnd
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.key
import java.nio.ByteBuffer
import java.time.Duration
import java.util.Base64
import ma.fos.core.FfiConverterRustBuffer
import ma.fos.core.FfiConverterTypeNoticeView
import ma.fos.core.FfiConverterTypePhrase
import ma.fos.core.Language
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.services.ui.components.LocalNotices
import ma.fos.services.ui.components.LocalizedContent
import ma.fos.services.ui.forms.Secrets
import ma.fos.services.ui.theme.FosTheme
import org.json.JSONArray
import org.json.JSONObject

/**
 * Named states of all screens in one language: the views that the core made over the reference portal, which
 * `cargo xtask test android` and a Gradle build write. The names and the format are in `tests/journeys`.
 */
internal class NamedStates private constructor(val language: Language, json: JSONObject) {
    /** The app's phrases. */
    val phrases: Map<Phrase, String> = json.getJSONArray("phrases").items(JSONArray::getJSONArray)
        .associate { FfiConverterTypePhrase.decode(it.getString(0)) to it.getString(1) }

    /** All states, in their order. */
    val all: List<NamedState> = json.getJSONArray("states").items(JSONArray::getJSONObject).map(::NamedState)

    /** Returns the state of this name. */
    operator fun get(name: String): NamedState = all.first { it.name == name }

    /** Shows [content] as the app would. */
    @Composable
    fun Environment(dark: Boolean, content: @Composable () -> Unit) = LocalizedContent(language, phrases) {
        FosTheme(dark, content)
    }

    companion object {
        /** The states in Arabic. */
        val arabic by lazy { read(Language.AR) }

        /** The states in French. */
        val french by lazy { read(Language.FR) }

        /** Returns the states in this language. */
        fun of(language: Language) = if (language == Language.AR) arabic else french

        private fun read(language: Language): NamedStates {
            val name = "/${language.name.lowercase()}.json"
            val file = checkNotNull(NamedStates::class.java.getResource(name)) { "no named states in $name" }
            return NamedStates(language, JSONObject(file.readText()))
        }
    }
}

/** One screen in one situation. */
internal class NamedState(private val json: JSONObject) {
    /** Name, such as `services-offline`. */
    val name: String = json.getString("name")

    /** Name of the screen. */
    val screen: String = json.getString("screen")

    /** Message of a failed action, or the reason for which there is no view. */
    val problem: String? = json.textOrNull("problem")

    /** Text of the list's search, or key of the field whose options are open. */
    val search: String? = json.textOrNull("search")

    /** True while an action is under way. */
    val working: Boolean = json.getBoolean("working")

    /** True while the question before an irreversible action is open. */
    val confirming: Boolean = json.getBoolean("confirming")

    /** Time after which it shows: some only once a wait is noticed. */
    val after: Duration = if (json.getBoolean("waits")) NOTICED else Duration.ZERO

    private val notices: List<NoticeView> =
        json.getJSONArray("notices").items(JSONArray::getString).map(FfiConverterTypeNoticeView::decode)

    /** The screen, with the notices of the situation; it remembers nothing of the one that was shown before. */
    val content: @Composable () -> Unit = {
        key(name) { CompositionLocalProvider(LocalNotices provides notices) { Screen() } }
    }

    /** Returns the view at this place; `null` if there is none yet. */
    fun <View> view(converter: FfiConverterRustBuffer<View>, place: Int = 0): View? =
        json.getJSONArray("views").items(JSONArray::getString).getOrNull(place)?.let(converter::decode)

    /** Returns a text that only the face holds. */
    fun typed(key: String): String? = json.getJSONObject("typed").textOrNull(key)

    /** Returns the typed secrets. */
    fun secrets() = Secrets().apply {
        val typed = json.getJSONObject("typed")
        typed.keys().forEach { field(it).setTextAndPlaceCursorAtEnd(typed.getString(it)) }
    }
}

/** Long enough for what shows only when a wait is noticed. */
private val NOTICED: Duration = Duration.ofMillis(400)

/** Reads a value that the core has written. */
private fun <T> FfiConverterRustBuffer<T>.decode(base64: String): T =
    read(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))

private fun <T> JSONArray.items(item: JSONArray.(Int) -> T): List<T> = List(length()) { item(it) }

private fun JSONObject.textOrNull(key: String): String? = if (isNull(key)) null else getString(key)

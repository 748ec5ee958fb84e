package ma.fos.services.feature.help

import android.content.res.Resources
import android.util.JsonReader
import ma.fos.services.R

/** Third-party component of the app. */
internal data class Component(val name: String, val version: String, val licence: String, val texts: List<String>)

/** The list that the build wrote into the app; its format is defined in `tests/xtask/src/assets/licences.rs`. */
internal fun Resources.licences(): List<Component> = JsonReader(openRawResource(R.raw.licences).reader()).use { json ->
    var parts = emptyList<ParsedComponent>()
    var texts = emptyList<String>()
    json.fields { field ->
        when (field) {
            "parts" -> parts = json.list { json.part() }
            "texts" -> texts = json.list { json.nextString() }
            else -> json.skipValue()
        }
    }
    parts.map { Component(it.name, it.version, it.licence, it.textIndices.map(texts::get)) }
}

/** Component whose texts are still indices into the list of texts. */
private class ParsedComponent(val name: String, val version: String, val licence: String, val textIndices: List<Int>)

private fun JsonReader.part(): ParsedComponent {
    val values = mutableMapOf<String, String>()
    var textIndices = emptyList<Int>()
    fields { field -> if (field == "texts") textIndices = list { nextInt() } else values[field] = nextString() }
    return ParsedComponent(values.getValue("name"), values.getValue("version"), values.getValue("licence"), textIndices)
}

private fun JsonReader.fields(each: (String) -> Unit) {
    beginObject()
    while (hasNext()) each(nextName())
    endObject()
}

private fun <T> JsonReader.list(item: () -> T): List<T> {
    beginArray()
    val list = mutableListOf<T>()
    while (hasNext()) list += item()
    endArray()
    return list
}

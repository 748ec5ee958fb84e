package ma.fos.services.help

import android.content.res.Resources
import android.util.JsonReader
import ma.fos.services.R

/** A part of the app that others wrote. */
internal data class Part(val name: String, val version: String, val licence: String, val texts: List<String>)

/** The list that the build wrote into the app; its shape is told in `tests/xtask/src/assets/licences.rs`. */
internal fun Resources.licences(): List<Part> = JsonReader(openRawResource(R.raw.licences).reader()).use { json ->
    var parts = emptyList<Named>()
    var texts = emptyList<String>()
    json.fields { field ->
        when (field) {
            "parts" -> parts = json.list { json.part() }
            "texts" -> texts = json.list { json.nextString() }
            else -> json.skipValue()
        }
    }
    parts.map { Part(it.name, it.version, it.licence, it.places.map(texts::get)) }
}

/** A part before its texts are found by their places. */
private class Named(val name: String, val version: String, val licence: String, val places: List<Int>)

private fun JsonReader.part(): Named {
    val said = mutableMapOf<String, String>()
    var places = emptyList<Int>()
    fields { field -> if (field == "texts") places = list { nextInt() } else said[field] = nextString() }
    return Named(said.getValue("name"), said.getValue("version"), said.getValue("licence"), places)
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

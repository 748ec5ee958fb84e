package ma.fos.services.feature.help

import android.content.res.Resources
import ma.fos.services.R
import org.json.JSONArray
import org.json.JSONObject

/** Third-party component of the app. */
internal data class Component(val name: String, val version: String, val licence: String, val texts: List<String>)

/** The list that the build wrote into the app; its format is defined in `tests/xtask/src/assets/licences.rs`. */
internal fun Resources.licences(): List<Component> {
    val json = JSONObject(openRawResource(R.raw.licences).reader().use { it.readText() })
    val texts = json.getJSONArray("texts")
    return json.getJSONArray("parts").map(JSONArray::getJSONObject) { part ->
        val ownTexts = part.getJSONArray("texts").map(JSONArray::getInt, texts::getString)
        Component(part.getString("name"), part.getString("version"), part.getString("licence"), ownTexts)
    }
}

private fun <Item, T> JSONArray.map(read: JSONArray.(Int) -> Item, transform: (Item) -> T): List<T> =
    List(length()) { transform(read(it)) }

// Generated from android/assets.toml.
package ma.fos.services.ui.components

import androidx.annotation.DrawableRes
import ma.fos.services.R

/** The symbols by the names that views give them. */
internal object Symbols {
    /** The drawable of [name]; a page of text for a name this version does not know. */
    @DrawableRes
    fun of(name: String): Int = when (name) {
        {% for name, drawable in drawables %}
        "{{ name }}" -> R.drawable.{{ drawable }}
        {% endfor %}
        else -> R.drawable.{{ fallback }}
    }
}

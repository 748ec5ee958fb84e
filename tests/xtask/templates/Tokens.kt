// Generated from android/tokens.json.
@file:Suppress("ktlint")

package ma.fos.services.ui.theme

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp

/** Design tokens. */
internal object Tokens {
    class Palette(
        {% for role in tokens.color.light %}
        val {{ role }}: Color,
        {% endfor %}
    )

    {# The compiler checks that both themes have the same roles. #}
    {% for theme in ["light", "dark"] %}
    val {{ theme|capitalize }} = Palette(
        {% for role, colour in tokens.color[theme]|items %}
        {{ role }} = Color(0xFF{{ colour[1:] }}),
        {% endfor %}
    )

    {% endfor %}
    {% for group in ["space", "size", "radius"] %}
    object {{ group|capitalize }} {
        {% for name, value in tokens[group]|items %}
        val {{ name }} = {{ value }}.dp
        {% endfor %}
    }

    {% endfor %}
    object Type {
        {% for name, style in tokens.type|items %}
        val {{ name }} = TextStyle(fontSize = {{ style.sizeSp }}.sp, lineHeight = {{ style.lineHeightSp }}.sp, fontWeight = FontWeight({{ style.weight }}), letterSpacing = {{ style.letterSpacingSp|default(0) }}.sp)
        {% endfor %}
    }

    object Motion {
        {% for name, value in tokens.motion|items if value is number %}
        const val {{ name }} = {{ value }}
        {% endfor %}
    }

    const val stackAtFontScale = {{ tokens.stackAtFontScale }}f
}

package ma.fos.services.ui.components

import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Icon
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.ColorFilter
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import ma.fos.services.R
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Symbol by its name in a view. A screen reader skips it unless [description] is given: the text beside it is read. */
@Composable
internal fun Symbol(
    name: String,
    modifier: Modifier = Modifier,
    description: String? = null,
    size: Dp = Tokens.Size.icon,
    tint: Color = LocalContentColor.current
) {
    Icon(painterResource(Symbols.of(name)), description, modifier.size(size), tint)
}

/** Symbol on a coloured tile, at the start of a card. */
@Composable
internal fun SymbolTile(name: String, quiet: Boolean, size: Dp = Tokens.Size.iconTile) {
    val colours = MaterialTheme.colorScheme
    val ground = if (quiet) colours.surfaceContainerHighest else colours.primaryContainer
    val ink = if (quiet) colours.onSurfaceVariant else colours.onPrimaryContainer
    Box(
        Modifier.size(size).background(ground, RoundedCornerShape(Tokens.Radius.tile)),
        contentAlignment = Alignment.Center
    ) {
        Symbol(name, size = size * SYMBOL_IN_TILE, tint = ink)
    }
}

private const val SYMBOL_IN_TILE = 0.58f

/** Logo in grey, for a page that has little else. One tile is lit only while something [isLoading]. */
@Composable
internal fun GreyMark(size: Dp, isLoading: Boolean = false) {
    val tiles = MaterialTheme.colorScheme.surfaceContainerHighest
    Mark(size = size, tiles = tiles, lit = if (isLoading) MaterialTheme.colorScheme.tertiary else tiles)
}

/** Logo: eight tiles, of which one is lit. */
@Composable
internal fun Mark(
    modifier: Modifier = Modifier,
    size: Dp = 56.dp,
    tiles: Color = MaterialTheme.roles.onBrand,
    lit: Color = MaterialTheme.roles.brandMark
) {
    Box(modifier.size(size)) {
        Image(
            painterResource(R.drawable.mark_tiles),
            null,
            Modifier.size(size),
            colorFilter = ColorFilter.tint(tiles)
        )
        Image(painterResource(R.drawable.mark_lit), null, Modifier.size(size), colorFilter = ColorFilter.tint(lit))
    }
}

package ma.fos.services.face

import android.graphics.Bitmap
import java.io.File
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.util.Arrays

/** A part of a picture, in px. */
internal data class Part(val x: Int, val y: Int, val width: Int, val height: Int)

/** A picture's pixels, row by row. */
internal class Pixels(val width: Int, val height: Int) {
    private val colours = IntArray(width * height)

    /** Takes what the bitmap holds. */
    fun take(bitmap: Bitmap) = bitmap.getPixels(colours, 0, width, 0, 0, width, height)

    /** The smallest part that holds all in which this differs from [other]; nothing when they are the same. */
    fun difference(other: Pixels): Part? {
        if (width != other.width || height != other.height) return Part(0, 0, width, height)
        val rows = 0 until height
        val top = rows.firstOrNull { differs(other, it, 0, width) >= 0 } ?: return null
        val bottom = rows.last { differs(other, it, 0, width) >= 0 }
        var left = width
        var right = 0
        for (y in top..bottom) {
            val first = differs(other, y, 0, left)
            if (first >= 0) left = first
            // One step a column at most, over all rows together.
            while (true) right = differs(other, y, right, width).takeIf { it >= 0 }?.plus(1) ?: break
        }
        return Part(left, top, right - left, bottom - top + 1)
    }

    /** Keeps a part of it in a file, a byte each for blue, green, red and opacity. */
    fun keep(part: Part, file: File) {
        val bytes = ByteBuffer.allocate(part.width * part.height * Int.SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN)
        val ints = bytes.asIntBuffer()
        for (y in part.y until part.y + part.height) ints.put(colours, y * width + part.x, part.width)
        file.outputStream().use { it.write(bytes.array()) }
    }

    /** The first column of row [y] in which they differ, from one column up to another. */
    private fun differs(other: Pixels, y: Int, from: Int, to: Int): Int {
        val row = y * width
        val at = Arrays.mismatch(colours, row + from, row + to, other.colours, row + from, row + to)
        return if (at < 0) at else from + at
    }
}

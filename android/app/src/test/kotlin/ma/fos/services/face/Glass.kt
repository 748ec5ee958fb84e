package ma.fos.services.face

import android.graphics.Bitmap
import android.graphics.Canvas
import android.view.View
import android.view.ViewTreeObserver
import java.io.File
import ma.fos.services.composeRoot

/** The phone's glass: what is drawn behind it, and whether it has changed since it was last looked at. */
internal class Glass(private val view: () -> View) {
    private var watched: View? = null
    private var stale = true
    private val watch = ViewTreeObserver.OnPreDrawListener {
        stale = true
        true
    }
    private var bitmap = Bitmap.createBitmap(1, 1, Bitmap.Config.ARGB_8888)
    private var before = Pixels(0, 0)
    private var now = Pixels(0, 0)

    /** Counts the pictures that differed from the one before; nothing has been drawn at 0. */
    var number = 0
        private set

    /** Number of pixels that differed last. */
    var changed = Part(0, 0, 0, 0)
        private set

    /** All of it. */
    val whole get() = Part(0, 0, now.width, now.height)

    /** Looks again, if anything may have changed; whether it has. */
    fun look(): Boolean {
        watch()
        view().composeRoot()?.measureAndLayoutForTest()
        if (!stale) return false
        stale = false
        draw()
        changed = now.difference(before) ?: return false
        number++
        return true
    }

    /** Keeps a part of it in a file. */
    fun keep(part: Part, file: File) = now.keep(part, file)

    /** The app's window is another one after it was drawn again. */
    private fun watch() {
        val view = view()
        if (watched === view) return
        view.viewTreeObserver.addOnPreDrawListener(watch)
        watched = view
        stale = true
    }

    private fun draw() {
        val view = view()
        if (bitmap.width != view.width || bitmap.height != view.height) {
            bitmap = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
        }
        view.draw(Canvas(bitmap))
        val old = before
        before = now
        now = if (old.width == view.width && old.height == view.height) old else Pixels(view.width, view.height)
        now.take(bitmap)
    }
}

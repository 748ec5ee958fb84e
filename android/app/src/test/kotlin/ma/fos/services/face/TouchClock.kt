package ma.fos.services.face

import android.os.SystemClock

/** Monotonic clock of the touches, in ms. It stands still until it is moved, so that no journey depends on the machine. */
internal class TouchClock {
    private var moved = 0L
    private var real = false

    fun now(): Long = if (real) moved + SystemClock.elapsedRealtime() else moved

    /** Advances the clock by the ms since the touch before. */
    fun move(by: Long) {
        moved += by
    }

    /** Lets time pass by itself from now on: somebody holds the phone. */
    fun run() {
        real = true
    }
}

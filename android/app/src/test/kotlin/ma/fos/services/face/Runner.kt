package ma.fos.services.face

import java.net.Socket
import java.time.Duration
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import ma.fos.services.pump

/** The journeys' runner at the other end of the line, and the app's life in real time while it says nothing. */
internal class Runner(private val socket: Socket) {
    private val lines = LinkedBlockingQueue<String>()
    private val out = socket.getOutputStream().writer()
    private var lived = System.nanoTime()

    init {
        socket.tcpNoDelay = true
        // Lines come on their own thread: the main one is the app's. An empty line is the end.
        thread(isDaemon = true, name = "runner") {
            // At its end either side closes the socket.
            runCatching { socket.getInputStream().bufferedReader().forEachLine { lines.put(it) } }
            lines.put("")
        }
    }

    /** True if a line has come that was not read yet. */
    val waits: Boolean get() = lines.isNotEmpty()

    /** The next line; until it comes the app lives on. */
    fun hear(): String? {
        while (true) {
            val line = lines.poll(POLL, TimeUnit.MILLISECONDS)
            live()
            if (line != null) return line.ifEmpty { null }
        }
    }

    /** Says one line. */
    fun say(line: String) {
        out.write(line + "\n")
        out.flush()
    }

    /** Lets the app live through the time that has gone by since it last did. */
    fun live() {
        val now = System.nanoTime()
        pump(Duration.ofNanos(now - lived))
        lived = now
    }
}

private const val POLL = 10L

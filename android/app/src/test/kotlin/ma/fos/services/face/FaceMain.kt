package ma.fos.services.face

import java.io.File
import kotlin.system.exitProcess
import org.json.JSONObject
import org.junit.runner.JUnitCore

/**
 * Serves one launch of the app after another: a JVM, with the Android framework in it, starts once for many journeys.
 *
 * With `FOS_FACE_ADDRESS` in the environment it serves that launch alone. Without, each line that comes in is a launch:
 * a JSON object of the same variables; until the first one comes, it warms up. Robolectric keeps its sandbox from one
 * launch to the next, and makes the system, the application and the activity again.
 */
fun main() {
    val environment = System.getenv()
    if ("FOS_FACE_ADDRESS" in environment) {
        serve(JSONObject(environment).toString())
    } else {
        if (System.`in`.available() == 0) warmUp()
        generateSequence(::readlnOrNull).forEach(::serve)
    }
    exitProcess(0)
}

/** Serves a launch to its end. */
internal fun serve(launch: String) = runLaunch(launch, FaceProcess::class.java)

/** Runs a launch to its end, as this test. A process that cannot end one cleanly runs no other. */
internal fun runLaunch(launch: String, test: Class<*>) {
    System.setProperty(LAUNCH, launch)
    val result = JUnitCore.runClasses(test)
    result.failures.forEach { System.err.println(it.trace) }
    if (!result.wasSuccessful()) exitProcess(1)
    awaitCoreEnd()
}

/** Waits until the core of the last launch has ended, which its Kotlin handles keep alive until they are collected. */
private fun awaitCoreEnd() {
    repeat(COLLECTIONS) {
        // A collection costs more than the threads take to end after it.
        System.gc()
        System.runFinalization()
        repeat(LOOKS) {
            if (!coreRuns()) return
            Thread.sleep(PAUSE)
        }
    }
    System.err.println("the core of the last launch still runs")
    exitProcess(1)
}

/** True while the core has threads; always false where the system has no `/proc`. */
private fun coreRuns(): Boolean = File("/proc/self/task").listFiles().orEmpty().any { thread ->
    // A thread may end before its name is read.
    runCatching { File(thread, "comm").readText().startsWith("fos-") }.getOrDefault(false)
}

/** Returns a setting of the launch, as the runner sent it; fails without it. */
internal fun given(name: String): String = checkNotNull(givenOrNull(name)) { "$name was not given" }

/** The same, where it may be missing. */
internal fun givenOrNull(name: String): String? =
    JSONObject(System.getProperty(LAUNCH)).run { if (has(name)) getString(name) else null }

// A property crosses from here into Robolectric's sandbox, which loads the classes of this file a second time.
private const val LAUNCH = "fos.launch"
private const val COLLECTIONS = 10
private const val LOOKS = 50
private const val PAUSE = 4L

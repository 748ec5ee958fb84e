package ma.fos.services

import android.content.res.Configuration
import android.os.Bundle
import android.view.MotionEvent
import android.view.View
import android.view.ViewTreeObserver
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.viewModels
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import ma.fos.services.root.Acts
import ma.fos.services.root.FosRoot
import ma.fos.services.root.LocalTaps
import ma.fos.services.root.Taps

/** The one screen of the app, edge to edge. */
internal class MainActivity : ComponentActivity() {
    private val acts: Acts by viewModels()
    private val holder by lazy { (application as FosApplication).holder }
    private val taps by lazy { Taps({ holder.live?.tapGuard }, (application as FosApplication)::touchClock) }
    private val system = SystemLanguage(this) { language ->
        holder.live?.let { acts.act("language").run { it.speak(language) } }
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        setTheme(R.style.Theme_Fos)
        enableEdgeToEdge()
        super.onCreate(savedInstanceState)
        setContent {
            CompositionLocalProvider(LocalTaps provides taps) { FosRoot(holder, acts) }
            holder.live?.let { LaunchedEffect(it.language) { system.meet(it.language) } }
        }
        holdSplash()
    }

    override fun dispatchTouchEvent(event: MotionEvent): Boolean = taps.touch { super.dispatchTouchEvent(event) }

    override fun onStart() {
        super.onStart()
        holder.arrive()
    }

    override fun onStop() {
        // Turned round, the app stays where it is.
        if (!isChangingConfigurations) holder.leave()
        super.onStop()
    }

    override fun onConfigurationChanged(newConfig: Configuration) {
        super.onConfigurationChanged(newConfig)
        holder.live?.let { system.follow(it.language) }
    }

    /** The system's picture of the app stays until there is something to show: what is not drawn does not flash. */
    private fun holdSplash() {
        val content = findViewById<View>(android.R.id.content)
        content.viewTreeObserver.addOnPreDrawListener(object : ViewTreeObserver.OnPreDrawListener {
            override fun onPreDraw(): Boolean {
                if (holder.state == Opening.Going) return false
                content.viewTreeObserver.removeOnPreDrawListener(this)
                return true
            }
        })
    }
}

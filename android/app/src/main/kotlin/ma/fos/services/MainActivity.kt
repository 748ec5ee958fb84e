package ma.fos.services

import android.content.Intent
import android.content.res.Configuration
import android.os.Bundle
import android.view.MotionEvent
import android.view.View
import android.view.ViewTreeObserver
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.viewModels
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.createSavedStateHandle
import androidx.lifecycle.viewmodel.initializer
import androidx.lifecycle.viewmodel.viewModelFactory
import ma.fos.services.core.AppViewModel
import ma.fos.services.core.CoreState
import ma.fos.services.core.LoadState
import ma.fos.services.navigation.FosApp
import ma.fos.services.navigation.publishShortcuts
import ma.fos.services.ui.components.LocalTapGate
import ma.fos.services.ui.components.TapGate

/** Only activity of the app, edge to edge. */
internal class MainActivity : ComponentActivity() {
    private val app: AppViewModel by viewModels {
        viewModelFactory { initializer { AppViewModel(createSavedStateHandle()) } }
    }
    private val loader by lazy { (application as FosApplication).loader }
    private val tapGate by lazy { TapGate({ loader.core?.tapGuard }, (application as FosApplication)::touchClock) }
    private val system = SystemLanguage(this) { language ->
        loader.core?.let { app.setLanguage { it.setLanguage(language) } }
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        setTheme(R.style.Theme_Fos)
        enableEdgeToEdge()
        super.onCreate(savedInstanceState)
        if (savedInstanceState == null) follow(intent)
        setContent {
            CompositionLocalProvider(LocalTapGate provides tapGate) { FosApp(loader, app) }
            loader.core?.let { LanguageEffect(it) }
        }
        keepSplashScreen()
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        follow(intent)
    }

    /** Follows the link of an intent, but not again when the system repeats the intent from the list of recent apps. */
    private fun follow(intent: Intent) {
        if (intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY == 0) intent.dataString?.let(app::follow)
    }

    @Composable
    private fun LanguageEffect(core: CoreState) {
        val state by core.state.collectAsStateWithLifecycle()
        LaunchedEffect(state.language) { system.onLanguage(state.language) }
        LaunchedEffect(state.phrases) { core.onWorker { publishShortcuts(state.phrases) } }
    }

    override fun dispatchTouchEvent(event: MotionEvent): Boolean = tapGate.touch { super.dispatchTouchEvent(event) }

    override fun onStart() {
        super.onStart()
        loader.onForeground()
    }

    override fun onStop() {
        // A rotation is no move to the background.
        if (!isChangingConfigurations) loader.onBackground()
        super.onStop()
    }

    override fun onConfigurationChanged(newConfig: Configuration) {
        super.onConfigurationChanged(newConfig)
        loader.core?.let { system.follow(it.state.value.language) }
    }

    /** Keeps the splash screen until the core has opened or failed to. */
    private fun keepSplashScreen() {
        val content = findViewById<View>(android.R.id.content)
        content.viewTreeObserver.addOnPreDrawListener(object : ViewTreeObserver.OnPreDrawListener {
            override fun onPreDraw(): Boolean {
                if (loader.state == LoadState.Loading) return false
                content.viewTreeObserver.removeOnPreDrawListener(this)
                return true
            }
        })
    }
}

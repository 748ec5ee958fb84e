package ma.fos.services

import android.app.LocaleManager
import android.os.Build
import android.os.Bundle
import android.os.LocaleList
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.viewModels
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import ma.fos.core.Language
import ma.fos.services.parts.tag
import ma.fos.services.root.Acts
import ma.fos.services.root.FosRoot

/** The one screen of the app, edge to edge. */
internal class MainActivity : ComponentActivity() {
    private val acts: Acts by viewModels()

    override fun onCreate(savedInstanceState: Bundle?) {
        enableEdgeToEdge()
        super.onCreate(savedInstanceState)
        val holder = (application as FosApplication).holder
        setContent {
            FosRoot(holder, acts)
            (holder.state as? Opening.Open)?.let { TellSystem(it.live.language) }
        }
    }

    /** The system's settings and its keyboard suggestions follow the language chosen in the app. */
    @Composable
    private fun TellSystem(language: Language) {
        LaunchedEffect(language) {
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
                getSystemService(LocaleManager::class.java).applicationLocales =
                    LocaleList.forLanguageTags(language.tag)
            }
        }
    }
}

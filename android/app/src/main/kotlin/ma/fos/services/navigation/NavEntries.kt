package ma.fos.services.navigation

import android.os.Bundle
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.SaveableStateHolder
import androidx.compose.runtime.saveable.Saver
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.lifecycle.HasDefaultViewModelProviderFactory
import androidx.lifecycle.LifecycleRegistry
import androidx.lifecycle.SAVED_STATE_REGISTRY_OWNER_KEY
import androidx.lifecycle.SavedStateViewModelFactory
import androidx.lifecycle.VIEW_MODEL_STORE_OWNER_KEY
import androidx.lifecycle.ViewModel
import androidx.lifecycle.ViewModelStore
import androidx.lifecycle.ViewModelStoreOwner
import androidx.lifecycle.enableSavedStateHandles
import androidx.lifecycle.viewmodel.MutableCreationExtras
import androidx.savedstate.SavedStateRegistryController
import androidx.savedstate.SavedStateRegistryOwner
import ma.fos.services.ui.components.LocalViewModelStoreOwner
import ma.fos.services.ui.components.entryViewModel

/**
 * Entries of a back stack, by their keys. Each has view models, which stay over a rotation, and saved state, which stays over a
 * killed process too; both end when the entry is removed.
 */
@Stable
internal class NavEntries(private val stores: EntryStores, private val stateHolder: SaveableStateHolder) {
    private val shown = mutableSetOf<String>()
    private val removed = mutableSetOf<String>()

    /** Shows [content] as the entry of this [key]. */
    @Composable
    fun Entry(key: String, content: @Composable () -> Unit) = stateHolder.SaveableStateProvider(key) {
        val store = remember(key) { stores.get(key) }
        val saver = remember(store) { Saver<NavEntry, Bundle>({ it.save() }, { NavEntry(store, it) }) }
        val entry = rememberSaveable(store, saver = saver) { NavEntry(store, null) }
        DisposableEffect(entry) {
            shown += key
            onDispose {
                shown -= key
                if (removed.remove(key)) clear(key)
            }
        }
        CompositionLocalProvider(LocalViewModelStoreOwner provides entry, content = content)
    }

    /** Clears the entry of this [key], also one that a killed process has left; one that still fades out, as soon as it is gone. */
    fun clear(key: String) {
        if (key in shown) {
            removed += key
            return
        }
        stores.clear(key)
        stateHolder.removeState(key)
    }

    /** Clears the entries that have left [keys] since the last composition. */
    @Composable
    fun ClearRemoved(keys: List<String>) {
        val last = remember { arrayOf(keys) }
        SideEffect {
            removed -= keys.toSet()
            (last[0] - keys.toSet()).forEach(::clear)
            last[0] = keys
        }
    }
}

@Composable
internal fun rememberNavEntries(): NavEntries {
    val stores = entryViewModel { EntryStores() }
    val stateHolder = rememberSaveableStateHolder()
    return remember(stores, stateHolder) { NavEntries(stores, stateHolder) }
}

/** View models of the entries, in the owner around them: they end with it. */
internal class EntryStores : ViewModel() {
    private val stores = mutableMapOf<String, ViewModelStore>()

    fun get(key: String) = stores.getOrPut(key, ::ViewModelStore)

    fun clear(key: String) {
        stores.remove(key)?.clear()
    }

    override fun onCleared() = stores.values.forEach(ViewModelStore::clear)
}

/** Entry of a back stack, with a saved state of its own for the [androidx.lifecycle.SavedStateHandle] of its view models. */
private class NavEntry(override val viewModelStore: ViewModelStore, restored: Bundle?) :
    ViewModelStoreOwner,
    SavedStateRegistryOwner,
    HasDefaultViewModelProviderFactory {
    override val lifecycle = LifecycleRegistry(this)
    private val controller = SavedStateRegistryController.create(this)
    override val savedStateRegistry get() = controller.savedStateRegistry
    override val defaultViewModelProviderFactory get() = SavedStateViewModelFactory()
    override val defaultViewModelCreationExtras = MutableCreationExtras().also {
        it[SAVED_STATE_REGISTRY_OWNER_KEY] = this
        it[VIEW_MODEL_STORE_OWNER_KEY] = this
    }

    init {
        controller.performRestore(restored)
        enableSavedStateHandles()
    }

    fun save() = Bundle().also(controller::performSave)
}

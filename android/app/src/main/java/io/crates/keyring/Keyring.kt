package io.crates.keyring

import android.content.Context

/**
 * Hands Android's context to the vault inside the core's library.
 *
 * The library looks this class up by its full name, so neither name nor package may change.
 */
class Keyring {
    companion object {
        init {
            System.loadLibrary("fos")
        }

        /** Must be called before the core opens its vault. Not `@JvmStatic`: the library names the companion. */
        external fun initializeNdkContext(context: Context)
    }
}

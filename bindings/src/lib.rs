//! The core as a library that Kotlin and Swift call: everything `fos-core` exports, and nothing of its own.

fos_core::uniffi_reexport_scaffolding!();

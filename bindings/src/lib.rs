//! The core as a library.

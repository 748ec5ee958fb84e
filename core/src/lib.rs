//! The app without a face.

//! Opens the app for the core's own tests, on a folder and without a portal.

use std::path::Path;
use std::sync::Arc;

use crate::{Config, Fos, Platform};

/// Opens the app on this folder, in Arabic, with a portal address at which nothing listens.
pub(crate) fn open_app(folder: &Path) -> Arc<Fos> {
    let config = Config {
        data_dir: folder.display().to_string(),
        portal: "http://127.0.0.1:9".to_owned(),
        app_version: "0".to_owned(),
        portal_key: String::new(),
        extra_root: None,
        clock_file: None,
    };
    let (device, system) = ("هاتف تجربة".to_owned(), "linux".to_owned());
    Fos::open(config, Platform { device, language: "ar-MA".to_owned(), system }).unwrap()
}

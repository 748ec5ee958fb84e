//! The app as the core's own tests open it: on a folder, with no portal in reach.

use std::path::Path;
use std::sync::Arc;

use crate::{Config, Fos, Platform};

/// Opens the app on this folder, in Arabic. Nothing listens where it looks for the portal.
pub(crate) fn open(folder: &Path) -> Arc<Fos> {
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

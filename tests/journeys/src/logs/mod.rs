//! Logs of a run, and the search of their lines for what must not be in them.
//!
//! ```text
//!  portals and headless clients of this process ── tracing ──► portal.log ─┐
//!                                                                          ├─► LogSearch, at the end of a journey
//!  faces' processes ── FOS_CORE_LOG ─────────────────────────► core.log ───┘
//! ```
//!
//! All journeys of a process share the two files, since a subscriber is the process's and a face's process may serve many
//! journeys. A search begins at the files' length when its journey began; lines of journeys at the same time are searched
//! as well.

mod private_texts;

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, Weak},
};

use anyhow::{Context, bail};
use fos_portal::logging::{LogFormat, subscriber};
use tempfile::TempDir;
use tracing::level_filters::LevelFilter;

pub use private_texts::{PrivateTexts, TextKind};

/// Folder that the logs of this process are written to; none while no environment exists.
static CURRENT: Mutex<Weak<LogFolder>> = Mutex::new(Weak::new());

/// Folder of the logs of this process.
pub struct LogFolder {
    path: PathBuf,
    portal: File,
    /// Removed with the last handle.
    _temporary: Option<TempDir>,
}

impl LogFolder {
    /// Starts the logs of this process: in this folder, or in a temporary one that is removed with the last handle.
    ///
    /// # Errors
    /// If the folder cannot be created.
    pub fn start(folder: Option<&Path>, level: LevelFilter) -> io::Result<Arc<Self>> {
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        Self::create(&mut current, folder, level)
    }

    /// Returns the folder of this process's logs, which is started with the level `info` if there is none.
    ///
    /// # Errors
    /// If the folder cannot be created.
    pub fn shared() -> io::Result<Arc<Self>> {
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        match current.upgrade() {
            Some(folder) => Ok(folder),
            None => Self::create(&mut current, None, LevelFilter::INFO),
        }
    }

    fn create(current: &mut Weak<Self>, folder: Option<&Path>, level: LevelFilter) -> io::Result<Arc<Self>> {
        let temporary = if folder.is_none() { Some(tempfile::tempdir()?) } else { None };
        let path = match (folder, &temporary) {
            (Some(folder), _) => std::path::absolute(folder)?,
            (None, Some(temporary)) => temporary.path().to_path_buf(),
            (None, None) => return Err(io::ErrorKind::NotFound.into()),
        };
        fs::create_dir_all(&path)?;
        let portal = File::options().create(true).append(true).open(path.join("portal.log"))?;
        let folder = Arc::new(Self { path, portal, _temporary: temporary });
        *current = Arc::downgrade(&folder);
        // An error means that the process has a subscriber already: this one, of an earlier folder.
        let _installed =
            tracing::dispatcher::set_global_default(subscriber(level, LogFormat::Text, || PortalLog));
        Ok(folder)
    }

    /// Returns the file of the portal's lines, and of the cores in this process.
    pub fn portal_log(&self) -> PathBuf {
        self.path.join("portal.log")
    }

    /// Returns the file that a face's process appends its core's lines to: its variable `FOS_CORE_LOG`.
    pub fn core_log(&self) -> PathBuf {
        self.path.join("core.log")
    }
}

/// Writer of the subscriber: appends to the current folder's file.
struct PortalLog;

impl io::Write for PortalLog {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let folder = CURRENT.lock().unwrap_or_else(PoisonError::into_inner).upgrade();
        // Lines written while no environment exists belong to no journey.
        folder.map_or(Ok(bytes.len()), |folder| (&folder.portal).write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Search of the lines written since a journey began.
#[derive(Clone)]
pub struct LogSearch {
    folder: Arc<LogFolder>,
    portal_start: u64,
    core_start: u64,
    texts: PrivateTexts,
}

impl LogSearch {
    /// Begins at the present end of both logs, with the data of all members of the seed folder.
    ///
    /// # Errors
    /// If the logs cannot be started or the seed cannot be read.
    pub fn begin(seed: &Path) -> anyhow::Result<Self> {
        let folder = LogFolder::shared().context("starting the logs")?;
        let (portal_start, core_start) = (length(&folder.portal_log()), length(&folder.core_log()));
        Ok(Self { folder, portal_start, core_start, texts: PrivateTexts::of_members(seed)? })
    }

    /// Adds a text that no line may contain.
    pub fn add(&mut self, kind: TextKind, text: &str) {
        self.texts.add(kind, text);
    }

    /// Returns the folder of the logs.
    pub fn folder(&self) -> &LogFolder {
        &self.folder
    }

    /// Searches all lines written since the journey began.
    ///
    /// # Errors
    /// If a line contains a text that it must not, with its file, its number and the kind of the text, never the text;
    /// if a log cannot be read.
    pub fn check(&self) -> anyhow::Result<()> {
        self.check_file(&self.folder.portal_log(), self.portal_start)?;
        self.check_file(&self.folder.core_log(), self.core_start)
    }

    /// Searches every file of the phone's folder and of the folders in it for what may be stored only sealed.
    ///
    /// # Errors
    /// If a file contains such a text, with the file and the kind of the text, never the text; if a file cannot be read.
    pub fn check_stored_files(&self, folder: &Path) -> anyhow::Result<()> {
        for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                self.check_stored_files(&path)?;
            } else if let Some(kind) = find_in_file(&self.texts, &path)? {
                bail!("the phone's file {} contains {kind}", path.display());
            }
        }
        Ok(())
    }

    fn check_file(&self, file: &Path, start: u64) -> anyhow::Result<()> {
        for (number, line) in lines_since(file, start)? {
            if let Some(kind) = self.texts.find_in(&line) {
                bail!("{} contains {kind} in line {number}", file.display());
            }
        }
        Ok(())
    }

    /// Checks that both logs have lines of this journey: a search of nothing finds nothing.
    ///
    /// # Errors
    /// If a log has none.
    pub fn check_not_empty(&self) -> anyhow::Result<()> {
        let logs = [
            (self.folder.portal_log(), self.portal_start, "request{"),
            (self.folder.core_log(), self.core_start, "operation name="),
        ];
        for (file, start, expected) in logs {
            let lines = lines_since(&file, start)?;
            if !lines.iter().any(|(_, line)| line.contains(expected)) {
                bail!("{} has no line of this journey with `{expected}`", file.display());
            }
        }
        Ok(())
    }
}

/// Returns the kind of a text in the file or in its name; `None` if the app has deleted the file meanwhile.
fn find_in_file(texts: &PrivateTexts, file: &Path) -> anyhow::Result<Option<TextKind>> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match fs::read(file) {
        Ok(bytes) => Ok(texts.find_in_file(name.as_bytes()).or_else(|| texts.find_in_file(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading {}", file.display())),
    }
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |metadata| metadata.len())
}

/// Returns the lines that begin at or after this length, with their numbers; none of an absent file.
fn lines_since(file: &Path, start: u64) -> anyhow::Result<Vec<(usize, String)>> {
    let bytes = match fs::read(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.with_context(|| format!("reading {}", file.display()))?,
    };
    let start = usize::try_from(start).context("a log's length")?.min(bytes.len());
    let (before, since) = bytes.split_at(start);
    let number_before = before.split(|byte| *byte == b'\n').count() - 1;
    let text = String::from_utf8_lossy(since);
    Ok(text.lines().enumerate().map(|(index, line)| (number_before + index + 1, line.to_owned())).collect())
}

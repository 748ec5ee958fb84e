//! Face processes that serve one launch after another, so that few journeys wait for a process to start.
//!
//! ```text
//!  start ──► idle ─── launch ───► serving ─── quit is answered ───► idle (the process resets itself)
//!                                    │
//!                                    └─────── kill, or no answer ──► SIGKILL
//! ```
//!
//! A worker reads launches from its input, a JSON object of the variables of [`LaunchEnv`] a line. As long as kills are
//! to come, one idle worker more than in use is started ahead: it warms up while the journeys wait for other things.

use std::{
    collections::{BTreeMap, VecDeque},
    fs::{self, File},
    io::{self, Write},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, ChildStdin, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tempfile::TempDir;

use crate::face::{FaceCommand, LaunchEnv, Launcher, RunningProcess};

/// Launches a face: a reusable one in processes that are kept from launch to launch, any other in a process of its own.
/// Dropping it ends the idle processes.
pub struct WorkerPool(Arc<Shared>);

struct Shared {
    command: FaceCommand,
    state: Mutex<State>,
}

struct State {
    idle: VecDeque<Worker>,
    kills_to_come: usize,
    launched: usize,
    started: usize,
}

impl WorkerPool {
    /// Creates a pool without processes. Spare workers are started for this number of kills.
    pub fn new(command: FaceCommand, kills: usize) -> Self {
        let state = State { idle: VecDeque::new(), kills_to_come: kills, launched: 0, started: 0 };
        Self(Arc::new(Shared { command, state: Mutex::new(state) }))
    }

    /// Returns the number of launches so far.
    pub fn launched(&self) -> usize {
        self.0.state().launched
    }

    /// Returns the number of processes started so far.
    pub fn started(&self) -> usize {
        self.0.state().started
    }
}

impl Launcher for WorkerPool {
    fn launch(&self, runner: SocketAddr, launch_env: &LaunchEnv) -> io::Result<Box<dyn RunningProcess>> {
        self.0.state().launched += 1;
        if !self.0.command.reusable {
            self.0.state().started += 1;
            return self.0.command.launch(runner, launch_env);
        }
        let mut worker = self.0.take()?;
        worker.serve(runner, launch_env)?;
        self.0.start_spare()?;
        Ok(Box::new(PooledProcess { worker, pool: Arc::clone(&self.0) }))
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the worker that has been idle for the longest, the likeliest to be ready, or a new one.
    fn take(&self) -> io::Result<Worker> {
        let mut state = self.state();
        match state.idle.pop_front() {
            Some(worker) => Ok(worker),
            None => state.start(&self.command),
        }
    }

    /// Starts a worker ahead if a kill is to come and none is idle.
    fn start_spare(&self) -> io::Result<()> {
        let mut state = self.state();
        if state.kills_to_come > 0 && state.idle.is_empty() {
            let spare = state.start(&self.command)?;
            state.idle.push_back(spare);
        }
        Ok(())
    }
}

impl State {
    fn start(&mut self, command: &FaceCommand) -> io::Result<Worker> {
        self.started += 1;
        Worker::start(command)
    }
}

/// Process of a reusable face. Dropping it kills the process.
struct Worker {
    process: Child,
    input: ChildStdin,
    log: File,
    log_file: PathBuf,
    /// Removed after the process has been killed.
    _temp_dir: TempDir,
}

impl Worker {
    fn start(command: &FaceCommand) -> io::Result<Self> {
        let temp_dir = tempfile::tempdir()?;
        let log_file = temp_dir.path().join("face.log");
        let log = File::options().create(true).append(true).open(&log_file)?;
        let mut command = command.process(temp_dir.path(), log.try_clone()?)?;
        let mut process = command.stdin(Stdio::piped()).spawn()?;
        let input = process.stdin.take().ok_or_else(|| io::Error::other("the face has no input"))?;
        Ok(Self { process, input, log, log_file, _temp_dir: temp_dir })
    }

    fn serve(&mut self, runner: SocketAddr, launch_env: &LaunchEnv) -> io::Result<()> {
        self.redirect_log(launch_env)?;
        let variables: BTreeMap<_, _> = launch_env.variables(runner).into_iter().collect();
        let mut line = serde_json::to_vec(&variables)?;
        line.push(b'\n');
        match self.input.write_all(&line) {
            // The process has ended, which whoever waits for its first line reports with its exit status.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        }
    }

    /// Makes the process's output appear in the launch's log file, after that of the processes killed before it.
    fn redirect_log(&mut self, launch_env: &LaunchEnv) -> io::Result<()> {
        if launch_env.log_file.exists() {
            self.log.write_all(&fs::read(&launch_env.log_file)?)?;
            fs::remove_file(&launch_env.log_file)?;
        }
        fs::hard_link(&self.log_file, &launch_env.log_file)
    }

    fn kill(&mut self) {
        // Both fail only if the process has already ended, which is the goal.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Launched face in a worker.
struct PooledProcess {
    worker: Worker,
    pool: Arc<Shared>,
}

impl RunningProcess for PooledProcess {
    fn kill(&mut self) {
        let mut state = self.pool.state();
        state.kills_to_come = state.kills_to_come.saturating_sub(1);
        drop(state);
        self.worker.kill();
    }

    fn exit_status(&mut self) -> Option<String> {
        self.worker.process.try_wait().ok().flatten().map(|status| status.to_string())
    }

    fn release(self: Box<Self>) {
        let Self { worker, pool } = *self;
        // What the process prints while it resets itself belongs to the next launch, whose log would show it. A process
        // whose log cannot be emptied is ended.
        if worker.log.set_len(0).is_ok() {
            pool.state().idle.push_back(worker);
        }
    }
}

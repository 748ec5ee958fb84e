//! A phone without a face, in a member's hands: who has an account before the journey begins, who signs in on another
//! phone meanwhile, who asks for a password of their own.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use fos_core::{
    CaptchaState, Change, Config, Form, Fos, FosError, Observer, Platform, SecretInput, UnsentWork,
};

use tokio::sync::mpsc::UnboundedSender;

use crate::on_file::OnFile;

/// What the devices' list calls it.
pub const NAME: &str = "هاتف آخر";

/// What it is set up with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The portal's address.
    pub portal: String,
    /// The key with which the portal signs its config.
    pub key: String,
    /// A root to trust besides those that ship.
    pub root: Option<PathBuf>,
    /// The file that says by how many seconds its clock is off.
    pub clock: Option<PathBuf>,
}

/// The core, and nothing over it.
pub struct OtherPhone {
    fos: Arc<Fos>,
}

impl OtherPhone {
    /// Switches it on, with what it may hold in this folder.
    ///
    /// # Errors
    /// When the core does not open.
    pub fn switch_on(data: &Path, given: Given) -> anyhow::Result<Self> {
        let text = |path: PathBuf| path.display().to_string();
        let config = Config {
            data_dir: data.display().to_string(),
            portal: given.portal,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            portal_key: given.key,
            extra_root: given.root.map(text),
            clock_file: given.clock.map(text),
        };
        let platform =
            Platform { device: NAME.to_owned(), language: "ar-MA".to_owned(), system: "android".to_owned() };
        Ok(Self { fos: Fos::open(config, platform).context("opening the core of another phone")? })
    }

    /// The core.
    pub fn core(&self) -> &Fos {
        &self.fos
    }

    /// Guide steps 2 and 3.
    ///
    /// # Errors
    /// As the core says.
    pub async fn ask_for_password(&self, member: &OnFile) -> Result<(), FosError> {
        let form = self.fos.access().password_request();
        form.set("kind", &member.kind);
        form.set("ppr", &member.ppr);
        form.set("cin", &member.cin);
        form.set("email", member.emails.first().map_or("", String::as_str));
        form.set("pension", member.pension_number.as_deref().unwrap_or_default());
        form.submit(Vec::new()).await
    }

    /// Ticks the robot box and waits until it is done.
    ///
    /// # Errors
    /// When the core tells of nothing any more.
    pub async fn prove_no_robot(&self) -> anyhow::Result<()> {
        let form = self.fos.access().sign_in();
        let (sender, mut changes) = tokio::sync::mpsc::unbounded_channel();
        let _watch = self.fos.observe(Arc::new(Heard(sender)));
        form.set("robot", "true");
        while form.view().fields.iter().any(|field| field.captcha == CaptchaState::Working) {
            changes.recv().await.context("the core fell silent")?;
        }
        Ok(())
    }

    /// Guide step 5.
    ///
    /// # Errors
    /// As the core says.
    pub async fn sign_in(&self, ppr: &str, password: &str) -> Result<(), FosError> {
        let form = self.fos.access().sign_in();
        form.set("ppr", ppr);
        form.set("robot", "true");
        send(form, &[("password", password)]).await
    }

    /// Guide step 6.
    ///
    /// # Errors
    /// As the core says.
    pub async fn accept_charter(&self) -> Result<(), FosError> {
        self.fos.access().charter().await?;
        self.fos.access().accept_charter().await
    }

    /// Guide step 7.
    ///
    /// # Errors
    /// As the core says.
    pub async fn choose_password(&self, password: &str) -> Result<(), FosError> {
        send(self.fos.access().new_password(), &[("new", password), ("again", password)]).await
    }

    /// Fetches the services (guide step 8).
    ///
    /// # Errors
    /// As the core says.
    pub async fn look_at_services(&self) -> Result<(), FosError> {
        self.fos.services().refresh().await
    }

    /// What their screen asks by itself when it opens.
    ///
    /// # Errors
    /// As the core says.
    pub async fn open_services(&self) -> Result<(), FosError> {
        self.fos.services().refresh_if_stale().await
    }

    /// Leaves.
    ///
    /// # Errors
    /// As the core says.
    pub async fn sign_out(&self) -> Result<(), FosError> {
        self.fos.account().sign_out(UnsentWork::Erase).await
    }
}

struct Heard(UnboundedSender<Change>);

impl Observer for Heard {
    fn on_change(&self, change: Change) {
        // Nobody listens any more once the box is done.
        let _ = self.0.send(change);
    }
}

async fn send(form: Arc<Form>, secrets: &[(&str, &str)]) -> Result<(), FosError> {
    let secret =
        |(key, value): &(&str, &str)| SecretInput { key: (*key).to_owned(), value: (*value).to_owned() };
    form.submit(secrets.iter().map(secret).collect()).await
}

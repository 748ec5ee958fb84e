//! Client without a face: drives the core through the steps of the guide.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use fos_core::{
    CaptchaState, Change, Config, Form, Fos, FosError, Observer, Platform, SecretInput, SubmitOutcome,
    UnsentWork,
};
use tokio::sync::mpsc::UnboundedSender;

use crate::seed::SeedMember;

/// Name of this client in the list of devices.
pub const DEVICE_NAME: &str = "هاتف آخر";

/// Settings of a [`HeadlessClient`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientConfig {
    /// URL of the portal.
    pub portal_url: String,
    /// Public key that the portal's config is signed with.
    pub config_key: String,
    /// Root certificate to trust besides the built-in ones.
    pub extra_root: Option<PathBuf>,
    /// File that holds the offset of the client's clock, in seconds.
    pub clock_offset_file: Option<PathBuf>,
}

/// Core of a phone, with methods for the steps of the guide.
pub struct HeadlessClient {
    fos: Arc<Fos>,
}

impl HeadlessClient {
    /// Opens the core on this data folder, which is created if it is missing.
    ///
    /// # Errors
    /// If the folder cannot be created or the core cannot be opened.
    pub fn open(data: &Path, client_config: ClientConfig) -> anyhow::Result<Self> {
        fs::create_dir_all(data).with_context(|| format!("creating {}", data.display()))?;
        let path_text = |path: PathBuf| path.display().to_string();
        let config = Config {
            data_dir: data.display().to_string(),
            portal: client_config.portal_url,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            portal_key: client_config.config_key,
            extra_root: client_config.extra_root.map(path_text),
            clock_file: client_config.clock_offset_file.map(path_text),
        };
        let platform = Platform {
            device: DEVICE_NAME.to_owned(),
            language: "ar-MA".to_owned(),
            system: "android".to_owned(),
        };
        Ok(Self { fos: Fos::open(config, platform).context("opening the core of the headless client")? })
    }

    /// Returns the core.
    pub fn core(&self) -> &Fos {
        &self.fos
    }

    /// Walks the member's first access (guide steps 2 to 7): requests a password, signs in with the mailed one, accepts
    /// the charter and sets `password`. Polls `mailed_password` only once the portal has accepted the request.
    ///
    /// # Errors
    /// The step that failed.
    pub async fn first_access(
        &self,
        member: &SeedMember,
        mailed_password: impl Future<Output = anyhow::Result<String>>,
        password: &str,
    ) -> anyhow::Result<()> {
        self.request_password(member).await.context("requesting a password")?;
        let mailed_password = mailed_password.await?;
        self.sign_in(&member.ppr, &mailed_password).await.context("signing in")?;
        self.accept_charter().await.context("accepting the charter")?;
        self.set_password(password).await.context("choosing a password")
    }

    /// Submits the password request form (guide steps 2 and 3).
    ///
    /// # Errors
    /// Any [`FosError`] of the form.
    pub async fn request_password(&self, member: &SeedMember) -> Result<(), FosError> {
        let form = self.fos.access().password_request();
        form.set("kind", &member.kind);
        form.set("ppr", &member.ppr);
        form.set("cin", &member.cin);
        form.set("email", member.email());
        form.set("pension", member.pension_number.as_deref().unwrap_or_default());
        submit(form, &[]).await.map(drop)
    }

    /// Ticks the captcha of the sign-in form and waits until it is solved.
    ///
    /// # Errors
    /// If the core stops reporting changes.
    pub async fn solve_captcha(&self) -> anyhow::Result<()> {
        solve_captcha(&self.fos, &self.fos.access().sign_in()).await
    }

    /// Submits the sign-in form with a ticked captcha (guide step 5).
    ///
    /// # Errors
    /// Any [`FosError`] of the form.
    pub async fn sign_in(&self, ppr: &str, password: &str) -> Result<(), FosError> {
        let form = self.fos.access().sign_in();
        form.set("ppr", ppr);
        form.set("captcha", "true");
        submit(form, &[("password", password)]).await.map(drop)
    }

    /// Reads and accepts the current charter (guide step 6).
    ///
    /// # Errors
    /// Any [`FosError`] of the two calls.
    pub async fn accept_charter(&self) -> Result<(), FosError> {
        self.fos.access().charter().await?;
        self.fos.access().accept_charter().await
    }

    /// Replaces the mailed password by this one (guide step 7).
    ///
    /// # Errors
    /// Any [`FosError`] of the form.
    pub async fn set_password(&self, password: &str) -> Result<(), FosError> {
        submit(self.fos.access().new_password(), &[("new", password), ("again", password)]).await.map(drop)
    }

    /// Fetches the services (guide step 8).
    ///
    /// # Errors
    /// Any [`FosError`] of the call.
    pub async fn refresh_services(&self) -> Result<(), FosError> {
        self.fos.services().refresh().await
    }

    /// Fetches the services if the stored ones are stale, as their screen does when it opens.
    ///
    /// # Errors
    /// Any [`FosError`] of the call.
    pub async fn refresh_services_if_stale(&self) -> Result<(), FosError> {
        self.fos.services().refresh_if_stale().await
    }

    /// Signs out and erases unsent work.
    ///
    /// # Errors
    /// Any [`FosError`] of the call.
    pub async fn sign_out(&self) -> Result<(), FosError> {
        self.fos.account().sign_out(UnsentWork::Erase).await
    }
}

/// Ticks the captcha of a form and waits until it is solved.
///
/// # Errors
/// If the core stops reporting changes.
pub async fn solve_captcha(fos: &Fos, form: &Form) -> anyhow::Result<()> {
    let (sender, mut changes) = tokio::sync::mpsc::unbounded_channel();
    let _observation = fos.observe(Arc::new(ChangeSender(sender)));
    form.set("captcha", "true");
    while form.view().fields.iter().any(|field| field.captcha == CaptchaState::Working) {
        changes.recv().await.context("the core stopped reporting changes")?;
    }
    Ok(())
}

struct ChangeSender(UnboundedSender<Change>);

impl Observer for ChangeSender {
    fn on_change(&self, change: Change) {
        // The receiver is dropped once the captcha is solved.
        let _ = self.0.send(change);
    }
}

/// Submits a form with these secrets, by the keys of their fields.
///
/// # Errors
/// Any [`FosError`] of the form.
pub async fn submit(form: Arc<Form>, secrets: &[(&str, &str)]) -> Result<SubmitOutcome, FosError> {
    let secret =
        |(key, value): &(&str, &str)| SecretInput { key: (*key).to_owned(), value: (*value).to_owned() };
    form.submit(secrets.iter().map(secret).collect()).await
}

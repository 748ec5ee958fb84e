//! Acts in the background, as a phone runs them: the screen answers while they last.

use std::{
    future::Future,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
};

use anyhow::Context;
use fos_core::{
    Access, CaptchaState, CharterView, DevicesView, FieldKind, FileView, Form, Fos, FosError, NoticeAction,
    RequestView, SecretInput, UnsentWork,
};
use tokio::runtime::Runtime;

use super::phone::{Over, Phone, Place, Refusal};

/// How an act ended.
pub(super) enum Done {
    /// Well.
    Well(Then),
    /// With the charter to read.
    Charter(Box<CharterView>),
    /// With the list of devices.
    Devices(DevicesView),
    /// With a request's form.
    Form(Arc<Form>),
    /// With a document of this name for the system to open.
    Opened(String),
    /// With something to tell the member.
    Badly(FosError),
}

/// What an act that ended well leads to.
pub(super) enum Then {
    /// Nothing but what the stage shows.
    Stay,
    /// This screen opens over the stage's own.
    Open(Over),
    /// The screen closes, and the member may be told that it is done.
    Close {
        /// With these words.
        saying: Option<String>,
    },
    /// A form was sent, or its next part shows.
    Filed,
    /// The list of devices is another now.
    LookAtDevices,
}

/// The acts that run.
pub(super) struct Acts {
    runtime: Runtime,
    running: usize,
    sender: Sender<Done>,
    done: Receiver<Done>,
}

impl Acts {
    pub(super) fn start() -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build();
        let (sender, done) = channel();
        Ok(Self { runtime: runtime.context("starting the acts' thread")?, running: 0, sender, done })
    }

    pub(super) fn running(&self) -> bool {
        self.running > 0
    }

    pub(super) fn next_done(&mut self) -> Option<Done> {
        let done = self.done.try_recv().ok()?;
        self.running -= 1;
        Some(done)
    }

    /// Runs an act, and says what it leads to.
    pub(super) fn run(
        &mut self,
        then: Then,
        act: impl Future<Output = Result<(), FosError>> + Send + 'static,
    ) {
        self.begin(async move { act.await.map(|()| Done::Well(then)) });
    }

    pub(super) fn fetch_charter(&mut self, access: Arc<Access>) {
        self.begin(async move { access.charter().await.map(|charter| Done::Charter(Box::new(charter))) });
    }

    pub(super) fn fetch_devices(&mut self, fos: &Fos) {
        let account = fos.account();
        self.begin(async move { account.devices().await.map(Done::Devices) });
    }

    pub(super) fn fetch_form(&mut self, fos: &Fos, service: String) {
        let requests = fos.requests();
        self.begin(async move { requests.form(service).await.map(Done::Form) });
    }

    /// The system is handed a document only when it lies where the core says.
    fn hand_over(&mut self, file: impl Future<Output = Result<FileView, FosError>> + Send + 'static) {
        self.begin(async move {
            let file = file.await?;
            match std::fs::metadata(&file.path) {
                Ok(there) if there.len() > 0 => Ok(Done::Opened(file.name)),
                _ => Err(FosError::Storage { text: format!("nothing lies at {}", file.path) }),
            }
        });
    }

    fn begin(&mut self, act: impl Future<Output = Result<Done, FosError>> + Send + 'static) {
        self.running += 1;
        let sender = self.sender.clone();
        self.runtime.spawn(async move {
            let done = act.await.unwrap_or_else(Done::Badly);
            // Nobody listens any more only when the process ends.
            let _ = sender.send(done);
        });
    }
}

impl Phone {
    /// Touches what has this tag.
    pub(super) fn tap(&mut self, tag: &str) -> Result<(), Refusal> {
        let shown = self.tags();
        if !shown.iter().any(|shown| shown == tag) {
            return Err(format!("there is no `{tag}` on `{}`: {}", self.screen(), shown.join(", ")));
        }
        if self.acts.running() {
            return Err(format!("`{tag}` cannot be tapped while the app is at work"));
        }
        self.told = None;
        match (self.screen(), tag.split_once(':')) {
            (_, Some((field, option))) if self.asks(field) => {
                let form = self.form().ok_or("there is no form here")?;
                form.set(field, option);
            }
            (_, Some(("card", id))) => self.over.push(Over::Service(id.to_owned())),
            (_, Some(("plus", id))) => self.over.push(Over::Start(id.to_owned())),
            (_, Some(("category", key))) => key.clone_into(&mut self.category),
            // The eye only changes what is drawn.
            (_, Some(("show", _))) => {}
            (_, Some(("end", id))) => {
                let (account, id) = (self.fos.account(), id.to_owned());
                self.acts.run(Then::LookAtDevices, async move { account.end_device(id).await });
            }
            (_, Some(("place", "requests"))) => self.go_to(Place::Requests),
            (_, Some(("place", _))) => self.go_to(Place::Services),
            (_, Some(("request", id))) => self.open_card(id)?,
            (_, Some(("contact", key))) => self.reach(key),
            (_, Some(("copy", "number"))) => self.copied = self.request().map(|it| it.number.copied),
            (_, Some(("copy", _))) => self.copied = self.fos.account().profile().ok().map(|it| it.ppr.copied),
            (_, Some(("theme", key))) => self.choose_theme(key)?,
            (screen, Some(_)) => return Err(format!("`{tag}` does nothing on `{screen}`")),
            (screen, None) => self.tap_plain(screen, tag)?,
        }
        Ok(())
    }

    /// Whether a form that shows has this field.
    fn asks(&self, field: &str) -> bool {
        self.form().is_some_and(|form| form.view().fields.iter().any(|shown| shown.key == field))
    }

    fn choose_theme(&self, key: &str) -> Result<(), Refusal> {
        let profile = self.fos.account().profile().map_err(|error| error.to_string())?;
        let chosen = profile.themes.into_iter().find(|theme| theme.key == key).ok_or("no such theme")?;
        self.fos.set_theme(chosen.theme).map_err(|error| error.to_string())
    }

    fn tap_plain(&mut self, screen: &'static str, tag: &str) -> Result<(), Refusal> {
        if let Some(over) = leads_to(tag, screen) {
            self.open(over);
            return Ok(());
        }
        let access = self.fos.access();
        match tag {
            "language" => self.speak(access.welcome().other)?,
            "robot" => self.tick()?,
            "sign-in" | "send" | "change-password" | "next" | "file" => self.send()?,
            "previous" => drop(self.form().map(|form| form.previous())),
            "fill" | "go-on-filling" | "fill-anew" => self.fill(tag == "fill-anew")?,
            "receipt" | "share-receipt" => {
                if let Some(Over::Request(id)) = self.over.last().cloned() {
                    let requests = self.fos.requests();
                    self.acts.hand_over(async move { requests.receipt(id).await });
                }
            }
            "ask-again" => self.acts.run(Then::Stay, async move { access.request_again().await }),
            "correct-address" => {
                let then = Then::Open(Over::PasswordRequest);
                self.acts.run(then, async move { access.correct_address().await });
            }
            "read-on" => self.charter_read = true,
            "accept" => self.acts.run(Then::Stay, async move { access.accept_charter().await }),
            "refuse" => self.acts.run(Then::Stay, async move { access.refuse_charter().await }),
            "plus" => {
                if let Some(Over::Service(id)) = self.over.last().cloned() {
                    self.over.push(Over::Start(id));
                }
            }
            "circular" => {
                if let Some(Over::Service(id)) = self.over.last().cloned() {
                    let services = self.fos.services();
                    self.acts.hand_over(async move { services.circular(id).await });
                }
            }
            "back" | "close" => {
                self.over.pop();
            }
            "sign-out" => self.sign_out(),
            "send-now" => self.leave(UnsentWork::SendNow),
            "keep-work" => self.leave(UnsentWork::Keep),
            "erase-work" => self.leave(UnsentWork::Erase),
            "look-again" | "update" => self.follow_what_stands_in_the_way(tag),
            other => self.touch(other).ok_or_else(|| format!("`{other}` does nothing on `{screen}`"))?,
        }
        Ok(())
    }

    /// A box to tick, or a list to open, which here lies open already.
    fn touch(&self, key: &str) -> Option<()> {
        let form = self.form()?;
        let field = form.view().fields.into_iter().find(|field| field.key == key)?;
        if field.kind == FieldKind::Declaration {
            let ticked = field.options.iter().any(|option| option.chosen);
            form.set(key, if ticked { "false" } else { "true" });
        }
        Some(())
    }

    /// From what a request begins with to its form.
    fn fill(&mut self, anew: bool) -> Result<(), Refusal> {
        let Some(Over::Start(service)) = self.over.last().cloned() else { return Ok(()) };
        if anew {
            self.fos.requests().discard_draft(&service).map_err(|error| error.to_string())?;
        }
        self.open_form(service);
        Ok(())
    }

    fn request(&self) -> Option<RequestView> {
        let Some(Over::Request(id)) = self.over.last() else { return None };
        self.fos.requests().request(id).ok()
    }

    /// Opens a screen, and fetches what it shows.
    fn open(&mut self, over: Over) {
        match over {
            Over::Devices => {
                self.devices = None;
                self.acts.fetch_devices(&self.fos);
            }
            Over::CharterReading => {
                self.charter = None;
                self.charter_read = false;
                self.acts.fetch_charter(self.fos.access());
            }
            _ => {}
        }
        self.secrets.clear();
        self.over.push(over);
    }

    fn tick(&mut self) -> Result<(), Refusal> {
        let form = self.form().ok_or("there is no form here")?;
        let ticked = form.view().fields.iter().any(|field| field.captcha == CaptchaState::Done);
        form.set("robot", if ticked { "false" } else { "true" });
        Ok(())
    }

    /// The button of the gate's screen, or of a notice.
    fn follow_what_stands_in_the_way(&mut self, tag: &str) {
        let of_gate =
            self.fos.blocking_screen().filter(|gate| gate.action.key == tag).and_then(|gate| gate.link);
        let of_notice = self.fos.notices().into_iter().find_map(|notice| match notice.action_kind {
            Some(NoticeAction::Update { link }) if tag == "update" => Some(link),
            _ => None,
        });
        if let Some(link) = of_gate.or(of_notice) {
            self.opened.push(link);
        } else {
            let fos = Arc::clone(&self.fos);
            self.acts.run(Then::Stay, async move { fos.recheck().await });
        }
    }

    fn reach(&mut self, key: &str) {
        let contacts = self.fos.help().contacts;
        self.opened.extend(contacts.into_iter().find(|contact| contact.key == key).and_then(|it| it.link));
    }

    fn send(&mut self) -> Result<(), Refusal> {
        let form: Arc<Form> = self.form().ok_or("there is no form here")?;
        let secrets = self
            .secrets
            .iter()
            .map(|(key, value)| SecretInput { key: key.clone(), value: value.clone() })
            .collect();
        let then = match self.over.last() {
            Some(Over::RequestForm) => Then::Filed,
            Some(Over::SignInAgain | Over::ChangePassword) => Then::Close { saying: form.view().done },
            _ => Then::Stay,
        };
        self.acts.run(then, async move { form.submit(secrets).await });
        Ok(())
    }
}

/// The screen that a tag opens. «Changer le mot de passe» opens a form from the profile, and sends it elsewhere.
fn leads_to(tag: &str, screen: &str) -> Option<Over> {
    Some(match (tag, screen) {
        ("ask-password", _) => Over::PasswordRequest,
        ("have-password", _) => Over::SignIn,
        ("profile", _) => Over::Profile,
        ("devices", _) => Over::Devices,
        ("charter", _) => Over::CharterReading,
        ("change-password", "profile") => Over::ChangePassword,
        ("sign-in-again", _) => Over::SignInAgain,
        ("help", _) => Over::Help,
        ("privacy", _) => Over::Privacy,
        ("licences", _) => Over::Licences,
        _ => return None,
    })
}

//! Live page: the running app on a loopback web page, beside the member's mailbox and controls for its environment.
//!
//! ```text
//!  page.js ◄── WebSocket: JSON messages, pixels ──► server ──► phone_actor ──────► face
//!                                                     │          └─ framebuffer ◄─ frames
//!                                                     └──────► environment_actor ► TestEnvironment
//! ```
//!
//! - [`phone_actor`] owns the face, [`environment_actor`] the environment; each handles one message after another and
//!   publishes its state.
//! - [`framebuffer`] holds the screen's pixels and computes the update for each page.
//! - [`messages`] defines the JSON messages.
//! - `server` serves the page, only with the token and only to its own origin.

pub mod environment_actor;
pub mod framebuffer;
pub mod messages;
pub mod phone_actor;
mod server;

use std::sync::Arc;

use anyhow::Context;
use tokio::{net::TcpListener, sync::watch};

use crate::{
    face::Launcher,
    protocol::{Response, Verb},
    runner::FinishedRun,
};
use environment_actor::EnvironmentHandle;
use framebuffer::Framebuffer;
use phone_actor::PhoneHandle;
use server::{PageAuth, PageServer};

/// Page being served.
pub struct LivePage {
    auth: PageAuth,
    phone: PhoneHandle,
    environment: EnvironmentHandle,
    server: PageServer,
}

impl LivePage {
    /// Serves the state at the end of a journey on this loopback port; 0 picks a free one.
    ///
    /// # Errors
    /// If the port is taken or the seed cannot be read.
    pub async fn start(run: FinishedRun, launcher: Arc<dyn Launcher>, port: u16) -> anyhow::Result<Self> {
        let FinishedRun { environment, face, launch_env } = run;
        let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, port))
            .await
            .with_context(|| format!("taking port {port}"))?;
        let auth = PageAuth::new(listener.local_addr()?)?;
        let file = environment.folder().join("frame");
        let phone = PhoneHandle::new(face, launcher, launch_env, file);
        let environment = EnvironmentHandle::start(environment)?;
        let server = PageServer::start(listener, auth.clone(), phone.clone(), environment.clone());
        Ok(Self { auth, phone, environment, server })
    }

    /// Returns the URL of the page with its token.
    pub fn url(&self) -> String {
        self.auth.page_url()
    }

    /// Sends a verb to the face, in turn with those of the page.
    ///
    /// # Errors
    /// If the face refuses, with its reason.
    pub async fn request(&self, verb: Verb) -> Result<Response, String> {
        self.phone.request(verb).await
    }

    /// Subscribes to the screen.
    pub fn screen(&self) -> watch::Receiver<Framebuffer> {
        self.phone.screen()
    }

    /// Stops the page, the app and its environment.
    pub async fn stop(self) {
        self.server.stop().await;
        self.phone.stop().await;
        self.environment.stop().await;
    }
}

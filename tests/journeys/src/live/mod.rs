//! A face kept alive at a page on loopback: the running app beside the member's mailbox and the operator's buttons.
//!
//! - [`phone`] holds the face and its screen, [`desk`] the world around it; each does one thing after another.
//! - [`screen`] is the screen's pixels, and what of them a page still lacks.
//! - [`words`] is what a page says and hears.
//! - `server` serves the page to who has the token, and to nobody else.

pub mod desk;
pub mod phone;
pub mod screen;
mod server;
pub mod words;

use std::sync::Arc;

use anyhow::Context;
use tokio::{net::TcpListener, sync::watch};

use crate::{
    face::Launcher,
    verbs::{Answer, Verb},
    walk::Standing,
};
use desk::Desk;
use phone::Phone;
use screen::Screen;
use server::{Door, Served};

/// A page that is served.
pub struct Live {
    door: Door,
    phone: Phone,
    desk: Desk,
    served: Served,
}

impl Live {
    /// Serves what stands at a journey's end, on this port of loopback, or on a free one for 0.
    ///
    /// # Errors
    /// When the port cannot be had, or the world lacks what the page shows.
    pub async fn open(standing: Standing, launcher: Arc<dyn Launcher>, port: u16) -> anyhow::Result<Self> {
        let Standing { world, face, around } = standing;
        let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, port))
            .await
            .with_context(|| format!("taking port {port}"))?;
        let door = Door::new(listener.local_addr()?)?;
        let file = world.folder().join("frame");
        let phone = Phone::take(face, launcher, around, file);
        let desk = Desk::open(world)?;
        let served = Served::start(listener, door.clone(), phone.clone(), desk.clone());
        Ok(Self { door, phone, desk, served })
    }

    /// The page's address, with the token that opens it.
    pub fn address(&self) -> String {
        self.door.address()
    }

    /// Asks the face for one thing, beside what the page asks.
    ///
    /// # Errors
    /// When it cannot do it, and why.
    pub async fn ask(&self, verb: Verb) -> Result<Answer, String> {
        self.phone.ask(verb).await
    }

    /// The screen, each time it changes.
    pub fn screen(&self) -> watch::Receiver<Screen> {
        self.phone.screen()
    }

    /// Ends the page, the app and its world.
    pub async fn end(self) {
        self.served.end().await;
        self.phone.end().await;
        self.desk.end().await;
    }
}

//! Headless Chromium, driven by `WebDriver`.

use std::{process::Stdio, time::Duration};

use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{
        Actions, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
        WheelAction, WheelActions,
    },
    key::Key,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// Longest time for the page to show an element.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Sends an invalid request over the page's socket and waits for its rejection: everything sent before has then been
/// handled.
const WAIT_UNTIL_HANDLED: &str = "const done = arguments[0];
socket.addEventListener('message', function handled({ data }) {
  if (typeof data !== 'string' || JSON.parse(data).error !== 'a page may not request this') return;
  socket.removeEventListener('message', handled);
  done();
});
socket.send('{}');";

/// Converts a position in px of the app into one of the window.
const APP_TO_WINDOW_POSITION: &str = "const box = glass.getBoundingClientRect();
return [box.left + arguments[0] * box.width / glass.width, box.top + arguments[1] * box.height / glass.height];";

/// Page in a browser of its own, which ends with it.
pub(crate) struct Page {
    client: Client,
    _driver: Child,
    /// Removes the files Chromium leaves behind.
    _temporary: TempDir,
}

impl Page {
    pub(crate) async fn open(address: &str) -> Self {
        let temp_dir = tempfile::tempdir().unwrap();
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .env("TMPDIR", temp_dir.path())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver is on the PATH");
        let mut stdout = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port: u16 = loop {
            let line = stdout.next_line().await.unwrap().expect("chromedriver prints its port");
            let port = line
                .rsplit_once("successfully on port ")
                .and_then(|(_, end)| end.trim_end_matches('.').parse().ok());
            if let Some(port) = port {
                break port;
            }
        };
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,800"];
        let options = json!({"goog:chromeOptions": {"args": arguments}});
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(options.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        client.goto(address).await.unwrap();
        let page = Self { client, _driver: driver, _temporary: temp_dir };
        // The table of members is filled over the socket, so the socket is open now.
        page.wait_for("//tbody/tr").await;
        page
    }

    pub(crate) async fn close(self) {
        self.client.close().await.unwrap();
    }

    pub(crate) async fn wait_for(&self, path: &str) {
        let wait = self.client.wait().at_most(TIMEOUT);
        wait.for_element(Locator::XPath(path)).await.unwrap();
    }

    /// Clicks an element beside the app.
    pub(crate) async fn click(&self, path: &str) {
        self.client.find(Locator::XPath(path)).await.unwrap().click().await.unwrap();
        self.wait_until_handled().await;
    }

    /// Clicks a position of the app, in px of its screen.
    pub(crate) async fn click_at(&self, x: u32, y: u32) {
        let position = self.client.execute(APP_TO_WINDOW_POSITION, vec![json!(x), json!(y)]).await.unwrap();
        let (x, y) = (position[0].as_f64().unwrap(), position[1].as_f64().unwrap());
        let mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.scenario(mouse).await;
    }

    /// Turns the wheel down over the upper part of the app, where neither bar nor keyboard lies.
    pub(crate) async fn wheel(&self) {
        let middle = "const box = glass.getBoundingClientRect();
return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 3)];";
        let middle = self.client.execute(middle, Vec::new()).await.unwrap();
        let (x, y) = (middle[0].as_i64().unwrap(), middle[1].as_i64().unwrap());
        let scroll = WheelAction::Scroll { duration: None, x, y, delta_x: 0, delta_y: 200 };
        self.scenario(WheelActions::new("wheel".to_owned()).then(scroll)).await;
    }

    pub(crate) async fn press(&self, key: Key) {
        let key: char = key.into();
        self.type_text(&key.to_string()).await;
    }

    pub(crate) async fn type_text(&self, text: &str) {
        let mut keys = KeyActions::new("keys".to_owned());
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.scenario(keys).await;
    }

    /// Returns true if the focused element of the page has this class.
    pub(crate) async fn has_focus(&self, class: &str) -> bool {
        let script = "return document.activeElement.classList.contains(arguments[0]);";
        self.client.execute(script, vec![json!(class)]).await.unwrap() == Value::Bool(true)
    }

    async fn scenario(&self, actions: impl Into<Actions>) {
        self.client.perform_actions(actions).await.unwrap();
        self.wait_until_handled().await;
    }

    async fn wait_until_handled(&self) {
        // The page sends pointer movements with its next animation frame.
        let next_frame =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        self.client.execute_async(next_frame, Vec::new()).await.unwrap();
        self.client.execute_async(WAIT_UNTIL_HANDLED, Vec::new()).await.unwrap();
    }
}

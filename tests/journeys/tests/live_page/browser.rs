//! Chromium without a window, by `WebDriver`.

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

/// How long the page may take to show what a member waits for.
const PATIENCE: Duration = Duration::from_mins(1);

/// Asks the page's line for nonsense and waits until that is refused: what was done before has then been heard.
const HEARD: &str = "const done = arguments[0];
line.addEventListener('message', function heard({ data }) {
  if (typeof data !== 'string' || JSON.parse(data).why !== 'a page may not ask this') return;
  line.removeEventListener('message', heard);
  done();
});
line.send('{}');";

/// Where a place of the app is in the window, from its px.
const WHERE: &str = "const box = glass.getBoundingClientRect();
return [box.left + arguments[0] * box.width / glass.width, box.top + arguments[1] * box.height / glass.height];";

/// A page in a browser of its own, which ends with it.
pub(crate) struct Page {
    client: Client,
    _driver: Child,
    /// What Chromium leaves behind goes with it.
    _temporary: TempDir,
}

impl Page {
    pub(crate) async fn open(address: &str) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .env("TMPDIR", temporary.path())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver stands on the PATH");
        let mut said = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port: u16 = loop {
            let line = said.next_line().await.unwrap().expect("chromedriver says where it listens");
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
        let page = Self { client, _driver: driver, _temporary: temporary };
        // The members' table comes by the line: it is there, so the line is.
        page.waits_for("//tbody/tr").await;
        page
    }

    pub(crate) async fn close(self) {
        self.client.close().await.unwrap();
    }

    pub(crate) async fn waits_for(&self, path: &str) {
        let wait = self.client.wait().at_most(PATIENCE);
        wait.for_element(Locator::XPath(path)).await.unwrap();
    }

    /// Clicks on something beside the app.
    pub(crate) async fn click(&self, path: &str) {
        self.client.find(Locator::XPath(path)).await.unwrap().click().await.unwrap();
        self.heard().await;
    }

    /// Clicks on a place of the app, in its own px.
    pub(crate) async fn click_at(&self, x: u32, y: u32) {
        let place = self.client.execute(WHERE, vec![json!(x), json!(y)]).await.unwrap();
        let (x, y) = (place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
        let mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.acts(mouse).await;
    }

    /// Turns the wheel over the app's middle, downwards.
    pub(crate) async fn wheel(&self) {
        let middle = "const box = glass.getBoundingClientRect();
return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];";
        let middle = self.client.execute(middle, Vec::new()).await.unwrap();
        let (x, y) = (middle[0].as_i64().unwrap(), middle[1].as_i64().unwrap());
        let scroll = WheelAction::Scroll { duration: None, x, y, delta_x: 0, delta_y: 200 };
        self.acts(WheelActions::new("wheel".to_owned()).then(scroll)).await;
    }

    pub(crate) async fn press(&self, key: Key) {
        let key: char = key.into();
        self.types(&key.to_string()).await;
    }

    pub(crate) async fn types(&self, text: &str) {
        let mut keys = KeyActions::new("keys".to_owned());
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.acts(keys).await;
    }

    /// Whether what has the page's focus carries this class.
    pub(crate) async fn has_focus(&self, class: &str) -> bool {
        let asked = "return document.activeElement.classList.contains(arguments[0]);";
        self.client.execute(asked, vec![json!(class)]).await.unwrap() == Value::Bool(true)
    }

    async fn acts(&self, actions: impl Into<Actions>) {
        self.client.perform_actions(actions).await.unwrap();
        self.heard().await;
    }

    async fn heard(&self) {
        // The page says what a finger did with its next picture.
        let drawn =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        self.client.execute_async(drawn, Vec::new()).await.unwrap();
        self.client.execute_async(HEARD, Vec::new()).await.unwrap();
    }
}

//! Parses journeys. The language is described in this crate's `README.md`.

mod action;
mod environment;

pub use action::{Action, Damage, DataFile};
pub use environment::{EnvironmentChange, ServiceState};

use fos_support::proxy::NetworkCondition;

/// Parsed journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// Name of the file without its extension.
    pub name: String,
    /// Title in Arabic.
    pub title_ar: String,
    /// Title in French.
    pub title_fr: String,
    /// Language of the phone, as a BCP-47 tag.
    pub language: String,
    /// Accounts that exist before the first step.
    pub accounts: Vec<Account>,
    /// True if the portal speaks TLS and HTTP/2, as in production.
    pub tls: bool,
    /// Steps in order.
    pub steps: Vec<Step>,
}

impl Journey {
    /// Returns how often the journey kills the app.
    pub fn kills(&self) -> usize {
        let lines = self.steps.iter().flat_map(|step| &step.lines);
        lines.filter(|line| matches!(line.action, Action::Kill(_))).count()
    }
}

/// Account of a member who has accepted the charter and set an own password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Payroll number (PPR).
    pub ppr: String,
    /// Password set by the member.
    pub password: String,
}

/// Step of the journey, numbered as in the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Number in the guide, or the journey's own (`3`, `3b`).
    pub number: String,
    /// Caption in the member's language.
    pub caption: String,
    /// Lines in order.
    pub lines: Vec<Line>,
}

/// Line of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Line number in the file.
    pub number: usize,
    /// Parsed content of the line.
    pub action: Action,
}

/// Error in a journey's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{journey}, line {line}: {message}")]
pub struct ParseError {
    /// Name of the journey.
    pub journey: String,
    /// Line number; 0 for the file as a whole.
    pub line: usize,
    /// Description of the error.
    pub message: String,
}

/// Returns the source of another journey by its name.
pub type JourneyLookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Parses the source of a journey.
///
/// # Errors
/// If a line is invalid or the journey lacks titles or steps.
pub fn parse(name: &str, text: &str, lookup: JourneyLookup<'_>) -> Result<Journey, ParseError> {
    Parser::new(name).parse(text, lookup)
}

struct Parser {
    journey: Journey,
    after_each_step: Vec<Action>,
    line_number: usize,
}

impl Parser {
    fn new(name: &str) -> Self {
        let journey = Journey {
            name: name.to_owned(),
            title_ar: String::new(),
            title_fr: String::new(),
            language: "ar-MA".to_owned(),
            accounts: Vec::new(),
            tls: false,
            steps: Vec::new(),
        };
        Self { journey, after_each_step: Vec::new(), line_number: 0 }
    }

    fn parse(mut self, text: &str, lookup: JourneyLookup<'_>) -> Result<Journey, ParseError> {
        for (index, line) in text.lines().enumerate() {
            self.line_number = index + 1;
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            self.line(line, lookup)?;
        }
        self.finish()
    }

    fn finish(mut self) -> Result<Journey, ParseError> {
        let last_line = self.line_number;
        self.line_number = 0;
        if self.journey.title_ar.is_empty() || self.journey.title_fr.is_empty() {
            return Err(self.error("a journey has a `title ar` and a `title fr`"));
        }
        if self.journey.steps.is_empty() {
            return Err(self.error("a journey has at least one `step`"));
        }
        if self.journey.tls {
            self.check_tls()?;
        }
        for step in &mut self.journey.steps {
            let number = step.lines.last().map_or(last_line, |line| line.number);
            step.lines
                .extend(self.after_each_step.iter().map(|action| Line { number, action: action.clone() }));
        }
        Ok(self.journey)
    }

    /// Rejects the network conditions that need readable messages, which TLS hides from the proxy.
    fn check_tls(&self) -> Result<(), ParseError> {
        for line in self.journey.steps.iter().flat_map(|step| &step.lines) {
            if let Action::EnvironmentChange(EnvironmentChange::Network(condition)) = &line.action
                && matches!(
                    condition,
                    NetworkCondition::Silent | NetworkCondition::Cut(_) | NetworkCondition::Captive
                )
            {
                let message = format!("`network {condition}` is for a journey without `tls`");
                return Err(ParseError { journey: self.journey.name.clone(), line: line.number, message });
            }
        }
        Ok(())
    }

    fn line(&mut self, line: &str, lookup: JourneyLookup<'_>) -> Result<(), ParseError> {
        let (word, rest) = line.split_once(' ').map_or((line, ""), |(word, rest)| (word, rest.trim()));
        match word {
            "title" => self.title(rest),
            "phone" if rest.is_empty() => Err(self.error("`phone` takes a language: phone fr-MA")),
            "phone" if !rest.starts_with("clock ") => {
                rest.clone_into(&mut self.journey.language);
                Ok(())
            }
            "account" => {
                let (ppr, password) = environment::parse_account(rest)
                    .map_err(|message| self.error(&format!("`account` {message}")))?;
                self.journey.accounts.push(Account { ppr, password });
                Ok(())
            }
            "tls" => {
                self.journey.tls = true;
                Ok(())
            }
            "like" => self.include(rest, lookup),
            "after" => self.after_each_step(rest),
            "step" => self.step(rest),
            _ => {
                let action = action::parse(word, rest).map_err(|message| self.error(&message))?;
                let number = self.line_number;
                let Some(step) = self.journey.steps.last_mut() else {
                    return Err(self.error("this line comes before the first `step`"));
                };
                step.lines.push(Line { number, action });
                Ok(())
            }
        }
    }

    fn title(&mut self, rest: &str) -> Result<(), ParseError> {
        match rest.split_once(' ') {
            Some(("ar", title)) => title.trim().clone_into(&mut self.journey.title_ar),
            Some(("fr", title)) => title.trim().clone_into(&mut self.journey.title_fr),
            _ => return Err(self.error("`title` takes a language and a text: title ar …")),
        }
        Ok(())
    }

    fn include(&mut self, name: &str, lookup: JourneyLookup<'_>) -> Result<(), ParseError> {
        let Some(text) = lookup(name) else {
            return Err(self.error(&format!("there is no journey `{name}`")));
        };
        // A `like` in the included journey is not followed, so that a journey spans at most two files.
        let other = parse(name, &text, &|_| None)?;
        self.journey.language = other.language;
        self.journey.accounts.extend(other.accounts);
        self.journey.tls |= other.tls;
        self.journey.steps.extend(other.steps);
        Ok(())
    }

    fn after_each_step(&mut self, rest: &str) -> Result<(), ParseError> {
        self.after_each_step = match rest {
            "each step kill" => vec![Action::Kill(Damage::None)],
            "each step pause and kill" => vec![Action::Pause, Action::Kill(Damage::None)],
            "each step rotate" => vec![Action::Rotate],
            _ => return Err(self.error("`after each step kill`, `… pause and kill` or `… rotate`")),
        };
        Ok(())
    }

    fn step(&mut self, rest: &str) -> Result<(), ParseError> {
        let Some((number, caption)) = rest.split_once(' ') else {
            return Err(self.error("`step` takes the guide's number and what the member does: step 3 …"));
        };
        let step = Step { number: number.to_owned(), caption: caption.trim().to_owned(), lines: Vec::new() };
        self.journey.steps.push(step);
        Ok(())
    }

    fn error(&self, message: &str) -> ParseError {
        ParseError { journey: self.journey.name.clone(), line: self.line_number, message: message.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "title ar تجربة\ntitle fr Essai\n";

    fn parse_with_header(lines: &str) -> Result<Journey, ParseError> {
        parse("essai", &format!("{HEADER}{lines}"), &|_| None)
    }

    #[test]
    fn a_journey_is_parsed_with_its_line_numbers() {
        let journey =
            parse_with_header("# a remark\nstep 2 يطلب كلمة السر\n  tap ask-password\n  type ppr ٠١٢ ٣\n")
                .unwrap();
        assert_eq!(journey.steps[0].caption, "يطلب كلمة السر");
        let actions: Vec<_> =
            journey.steps[0].lines.iter().map(|line| (line.number, line.action.to_string())).collect();
        assert_eq!(actions, [(5, "tap ask-password".to_owned()), (6, "type ppr ٠١٢ ٣".to_owned())]);
    }

    #[test]
    fn every_action_displays_as_it_is_parsed() {
        for line in [
            "see sign-in",
            "read «نص هنا»",
            "holds ppr «0123456»",
            "type new une phrase à moi",
            "tap kind:retired",
            "tap read-on until «أقبل»",
            "double tap next",
            "back",
            "rotate",
            "language fr",
            "not read «نص هنا»",
            "opened «7-26.pdf»",
            "copied «0123456»",
            "pause",
            "resume",
            "pull",
            "picture",
            "kill",
            "kill losing keys",
            "kill corrupting member",
            "kill newer device",
            "mail to membre.essai@finances.test",
            "no mail",
            "mail server down",
            "operator maintenance on --reason-fr «Travaux de nuit» --until 2026-11-24T12:00:00Z",
            "printed «2 sessions»",
            "network up",
            "network cut 120",
            "portal stops",
            "clock +16m",
            "clock -2h",
            "phone clock +1d",
            "second-device 0123456 «قهوة-الصباح-2026»",
            "second-device signed-out",
        ] {
            let journey = parse_with_header(&format!("step 1 x\n{line}")).unwrap();
            assert_eq!(journey.steps[0].lines[0].action.to_string(), line);
        }
    }

    #[test]
    fn a_parse_error_names_its_line() {
        for (line, hint) in [
            ("jump high", "no keyword of a journey"),
            ("see two screens", "takes one word"),
            ("read unquoted", "« »"),
            ("type ppr", "a field and a text"),
            ("language de", "language ar"),
            ("double next", "double tap next"),
            ("mail to nobody", "takes an address"),
            ("kill it", "kill corrupting"),
            ("back home", "takes no argument"),
            ("network wet", "network up|down"),
            ("clock 16", "+16m"),
            ("operator", "the operator's arguments"),
            ("account 0123456", "a PPR and a password"),
            ("mail server", "mail server down"),
            ("step 4", "the guide's number"),
            ("after lunch", "after each step"),
            ("like unknown-journey", "there is no journey"),
        ] {
            let error = parse_with_header(&format!("step 1 x\n{line}")).unwrap_err();
            assert_eq!(error.line, 4, "{line}");
            assert!(error.message.contains(hint), "{error}");
        }
    }

    #[test]
    fn a_journey_needs_titles_and_steps_before_its_first_action() {
        assert!(parse("essai", "step 1 x\nback", &|_| None).is_err());
        assert!(parse_with_header("").is_err());
        assert!(parse_with_header("back").is_err());
    }

    #[test]
    fn an_included_journey_gives_its_steps_and_each_may_be_extended() {
        let other = format!("{HEADER}phone fr-MA\nstep 1 x\nback\nstep 2 y\nsee sign-in\n");
        let text = "title ar أ\ntitle fr b\nlike other\nafter each step kill\n";
        let journey = parse("killed", text, &|name| (name == "other").then(|| other.clone())).unwrap();
        assert_eq!(journey.language, "fr-MA");
        let killed = Some(Action::Kill(Damage::None));
        assert!(journey.steps.iter().all(|step| step.lines.last().map(|line| line.action.clone()) == killed));
    }

    #[test]
    fn the_header_lists_accounts_and_tls() {
        let journey =
            parse_with_header("account 0123456 «قهوة الصباح»\ntls\nstep 1 x\nnetwork impostor").unwrap();
        assert_eq!(journey.accounts[0].password, "قهوة الصباح");
        assert!(journey.tls);
        assert!(
            parse_with_header("tls\nstep 1 x\nnetwork silent").unwrap_err().message.contains("without `tls`")
        );
    }
}

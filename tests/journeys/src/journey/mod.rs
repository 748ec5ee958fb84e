//! The journeys' own few words. `README.md` beside this crate tells them to whoever writes a journey.

mod act;
mod around;

pub use act::{Act, Damage, DataFile};
pub use around::{Around, Runs};

use crate::road::Condition;

/// A member's journey, as a file tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// The file's name without its ending.
    pub name: String,
    /// What it is about, in Arabic.
    pub arabic: String,
    /// What it is about, in French.
    pub french: String,
    /// The phone's language, as a BCP-47 tag.
    pub phone: String,
    /// Who has an account already when it begins.
    pub accounts: Vec<Account>,
    /// Whether the portal speaks TLS, as it does in the member's world, and HTTP/2 over it.
    pub tls: bool,
    /// What happens, step by step.
    pub steps: Vec<Step>,
}

/// A member who has a password of their own and has accepted the charter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The payroll number.
    pub ppr: String,
    /// The password they chose.
    pub password: String,
}

/// A step, as the guide counts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The guide's number, or a word of the journey's own (`3`, `3b`).
    pub number: String,
    /// What the member does, in the member's language.
    pub caption: String,
    /// What it consists of.
    pub lines: Vec<Line>,
}

/// One thing done or looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line's number in its file.
    pub at: usize,
    /// What it asks.
    pub act: Act,
}

/// A line that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}, line {at}: {what}")]
pub struct Misread {
    /// The journey.
    pub name: String,
    /// The line's number; 0 for the file as a whole.
    pub at: usize,
    /// What is wrong with it.
    pub what: String,
}

/// Gives the text of another journey by its name.
pub type Others<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads a journey.
///
/// # Errors
/// When a line is not understood.
pub fn read(name: &str, text: &str, others: Others<'_>) -> Result<Journey, Misread> {
    Reader::new(name).read(text, others)
}

struct Reader {
    journey: Journey,
    after_each_step: Vec<Act>,
    at: usize,
}

impl Reader {
    fn new(name: &str) -> Self {
        let journey = Journey {
            name: name.to_owned(),
            arabic: String::new(),
            french: String::new(),
            phone: "ar-MA".to_owned(),
            accounts: Vec::new(),
            tls: false,
            steps: Vec::new(),
        };
        Self { journey, after_each_step: Vec::new(), at: 0 }
    }

    fn read(mut self, text: &str, others: Others<'_>) -> Result<Journey, Misread> {
        for (at, line) in text.lines().enumerate() {
            self.at = at + 1;
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            self.line(line, others)?;
        }
        self.end()
    }

    fn end(mut self) -> Result<Journey, Misread> {
        let at_end = self.at;
        self.at = 0;
        if self.journey.arabic.is_empty() || self.journey.french.is_empty() {
            return Err(self.misread("a journey has a `title ar` and a `title fr`"));
        }
        if self.journey.steps.is_empty() {
            return Err(self.misread("a journey has at least one `step`"));
        }
        if self.journey.tls {
            self.carries_tls()?;
        }
        for step in &mut self.journey.steps {
            let at = step.lines.last().map_or(at_end, |line| line.at);
            step.lines.extend(self.after_each_step.iter().map(|act| Line { at, act: act.clone() }));
        }
        Ok(self.journey)
    }

    /// What only who reads the messages can do to them cannot be done to sealed ones, and an impostor needs a seal.
    fn carries_tls(&self) -> Result<(), Misread> {
        for line in self.journey.steps.iter().flat_map(|step| &step.lines) {
            if let Act::Around(Around::Network(condition)) = &line.act
                && matches!(condition, Condition::Silent | Condition::Cut(_) | Condition::Captive)
            {
                let what = format!("`network {condition}` is for a journey without `tls`");
                return Err(Misread { name: self.journey.name.clone(), at: line.at, what });
            }
        }
        Ok(())
    }

    fn line(&mut self, line: &str, others: Others<'_>) -> Result<(), Misread> {
        let (word, rest) = line.split_once(' ').map_or((line, ""), |(word, rest)| (word, rest.trim()));
        match word {
            "title" => self.title(rest),
            "phone" if rest.is_empty() => Err(self.misread("`phone` takes a language: phone fr-MA")),
            "phone" if !rest.starts_with("clock ") => {
                rest.clone_into(&mut self.journey.phone);
                Ok(())
            }
            "account" => {
                let (ppr, password) =
                    around::account(rest).map_err(|what| self.misread(&format!("`account` {what}")))?;
                self.journey.accounts.push(Account { ppr, password });
                Ok(())
            }
            "tls" => {
                self.journey.tls = true;
                Ok(())
            }
            "like" => self.like(rest, others),
            "after" => self.after(rest),
            "step" => self.step(rest),
            _ => {
                let act = act::read(word, rest).map_err(|what| self.misread(&what))?;
                let at = self.at;
                let Some(step) = self.journey.steps.last_mut() else {
                    return Err(self.misread("this stands before the first `step`"));
                };
                step.lines.push(Line { at, act });
                Ok(())
            }
        }
    }

    fn title(&mut self, rest: &str) -> Result<(), Misread> {
        match rest.split_once(' ') {
            Some(("ar", title)) => title.trim().clone_into(&mut self.journey.arabic),
            Some(("fr", title)) => title.trim().clone_into(&mut self.journey.french),
            _ => return Err(self.misread("`title` takes a language and a text: title ar …")),
        }
        Ok(())
    }

    fn like(&mut self, name: &str, others: Others<'_>) -> Result<(), Misread> {
        let Some(text) = others(name) else {
            return Err(self.misread(&format!("there is no journey `{name}`")));
        };
        // The other journey's own `like` is not followed: a journey can be found in at most two files.
        let other = read(name, &text, &|_| None)?;
        self.journey.phone = other.phone;
        self.journey.accounts.extend(other.accounts);
        self.journey.tls |= other.tls;
        self.journey.steps.extend(other.steps);
        Ok(())
    }

    fn after(&mut self, rest: &str) -> Result<(), Misread> {
        self.after_each_step = match rest {
            "each step kill" => vec![Act::Kill(Damage::None)],
            "each step pause and kill" => vec![Act::Pause, Act::Kill(Damage::None)],
            "each step rotate" => vec![Act::Rotate],
            _ => return Err(self.misread("`after each step kill`, `… pause and kill` or `… rotate`")),
        };
        Ok(())
    }

    fn step(&mut self, rest: &str) -> Result<(), Misread> {
        let Some((number, caption)) = rest.split_once(' ') else {
            return Err(self.misread("`step` takes the guide's number and what the member does: step 3 …"));
        };
        let step = Step { number: number.to_owned(), caption: caption.trim().to_owned(), lines: Vec::new() };
        self.journey.steps.push(step);
        Ok(())
    }

    fn misread(&self, what: &str) -> Misread {
        Misread { name: self.journey.name.clone(), at: self.at, what: what.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "title ar تجربة\ntitle fr Essai\n";

    fn read_alone(lines: &str) -> Result<Journey, Misread> {
        read("essai", &format!("{HEADER}{lines}"), &|_| None)
    }

    #[test]
    fn a_journey_is_read_with_its_line_numbers() {
        let journey =
            read_alone("# a remark\nstep 2 يطلب كلمة السر\n  tap ask-password\n  type ppr ٠١٢ ٣\n").unwrap();
        assert_eq!(journey.steps[0].caption, "يطلب كلمة السر");
        let acts: Vec<_> =
            journey.steps[0].lines.iter().map(|line| (line.at, line.act.to_string())).collect();
        assert_eq!(acts, [(5, "tap ask-password".to_owned()), (6, "type ppr ٠١٢ ٣".to_owned())]);
    }

    #[test]
    fn every_act_is_written_as_it_is_read() {
        for line in [
            "see sign-in",
            "read «نص هنا»",
            "holds ppr «0123456»",
            "type new une phrase à moi",
            "tap kind:retired",
            "tap read-on until «أقبل»",
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
            "kill spoiling keys",
            "kill spoiling member",
            "kill newer device",
            "mail to membre.essai@finances.test",
            "no mail",
            "mail server down",
            "operator maintenance on --reason-fr «Travaux de nuit» --until 2026-11-24T12:00:00Z",
            "answered «2 sessions»",
            "network up",
            "network cut 120",
            "portal stops",
            "clock +16m",
            "clock -2h",
            "phone clock +1d",
            "elsewhere 0123456 «قهوة-الصباح-2026»",
            "elsewhere ended",
        ] {
            let journey = read_alone(&format!("step 1 x\n{line}")).unwrap();
            assert_eq!(journey.steps[0].lines[0].act.to_string(), line);
        }
    }

    #[test]
    fn a_line_that_is_not_understood_is_told_with_its_number() {
        for (line, hint) in [
            ("jump high", "no word of a journey"),
            ("see two screens", "takes one word"),
            ("read unquoted", "« »"),
            ("type ppr", "a field and a text"),
            ("language de", "language ar"),
            ("mail to nobody", "takes an address"),
            ("kill it", "kill spoiling"),
            ("back home", "stands alone"),
            ("network wet", "network up|down"),
            ("clock 16", "+16m"),
            ("operator", "the desk's words"),
            ("account 0123456", "a PPR and a password"),
            ("mail server", "mail server down"),
            ("step 4", "the guide's number"),
            ("after lunch", "after each step"),
            ("like elsewhere", "there is no journey"),
        ] {
            let misread = read_alone(&format!("step 1 x\n{line}")).unwrap_err();
            assert_eq!(misread.at, 4, "{line}");
            assert!(misread.what.contains(hint), "{misread}");
        }
    }

    #[test]
    fn a_journey_without_title_or_step_or_with_an_act_before_its_first_step_is_refused() {
        assert!(read("essai", "step 1 x\nback", &|_| None).is_err());
        assert!(read_alone("").is_err());
        assert!(read_alone("back").is_err());
    }

    #[test]
    fn a_journey_like_another_takes_its_steps_and_may_add_to_each() {
        let other = format!("{HEADER}phone fr-MA\nstep 1 x\nback\nstep 2 y\nsee sign-in\n");
        let text = "title ar أ\ntitle fr b\nlike other\nafter each step kill\n";
        let journey = read("killed", text, &|name| (name == "other").then(|| other.clone())).unwrap();
        assert_eq!(journey.phone, "fr-MA");
        let killed = Some(Act::Kill(Damage::None));
        assert!(journey.steps.iter().all(|step| step.lines.last().map(|line| line.act.clone()) == killed));
    }

    #[test]
    fn a_header_says_who_has_an_account_and_that_the_way_is_sealed() {
        let journey = read_alone("account 0123456 «قهوة الصباح»\ntls\nstep 1 x\nnetwork impostor").unwrap();
        assert_eq!(journey.accounts[0].password, "قهوة الصباح");
        assert!(journey.tls);
        assert!(read_alone("tls\nstep 1 x\nnetwork silent").unwrap_err().what.contains("without `tls`"));
    }
}

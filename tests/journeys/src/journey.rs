//! The journeys' own few words. `README.md` beside this crate tells them to whoever writes a journey.

use std::fmt;

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
    /// What happens, step by step.
    pub steps: Vec<Step>,
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

/// What a line may ask. `{mailed}` in a text stands for the password of the last mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// `see SCREEN`: this screen shows, sooner or later.
    See(String),
    /// `read «TEXT»`: this can be read on the screen, sooner or later.
    Read(String),
    /// `holds FIELD «TEXT»`: the field shows exactly this.
    Holds(String, String),
    /// `type FIELD TEXT`.
    Type(String, String),
    /// `tap TAG`.
    Tap(String),
    /// `tap TAG until «TEXT»`: again and again until this can be read.
    TapUntil(String, String),
    /// `back`.
    Back,
    /// `rotate`.
    Rotate,
    /// `language ar|fr`.
    Language(String),
    /// `picture`: draw the screen here, and not at the step's end.
    Picture,
    /// `kill`: the process ends at once and starts again on the same data.
    Kill,
    /// `mail to ADDRESS`: the next mail goes there and carries a password.
    Mail(String),
    /// `no mail`: nothing was sent to anybody.
    NoMail,
}

impl fmt::Display for Act {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::See(screen) => write!(out, "see {screen}"),
            Self::Read(text) => write!(out, "read «{text}»"),
            Self::Holds(field, text) => write!(out, "holds {field} «{text}»"),
            Self::Type(field, text) => write!(out, "type {field} {text}"),
            Self::Tap(tag) => write!(out, "tap {tag}"),
            Self::TapUntil(tag, text) => write!(out, "tap {tag} until «{text}»"),
            Self::Back => write!(out, "back"),
            Self::Rotate => write!(out, "rotate"),
            Self::Language(to) => write!(out, "language {to}"),
            Self::Picture => write!(out, "picture"),
            Self::Kill => write!(out, "kill"),
            Self::Mail(to) => write!(out, "mail to {to}"),
            Self::NoMail => write!(out, "no mail"),
        }
    }
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
    after_each_step: Option<Act>,
    at: usize,
}

impl Reader {
    fn new(name: &str) -> Self {
        let journey = Journey {
            name: name.to_owned(),
            arabic: String::new(),
            french: String::new(),
            phone: "ar-MA".to_owned(),
            steps: Vec::new(),
        };
        Self { journey, after_each_step: None, at: 0 }
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
        if let Some(act) = self.after_each_step {
            for step in &mut self.journey.steps {
                let at = step.lines.last().map_or(at_end, |line| line.at);
                step.lines.push(Line { at, act: act.clone() });
            }
        }
        Ok(self.journey)
    }

    fn line(&mut self, line: &str, others: Others<'_>) -> Result<(), Misread> {
        let (word, rest) = line.split_once(' ').map_or((line, ""), |(word, rest)| (word, rest.trim()));
        match word {
            "title" => self.title(rest),
            "phone" if rest.is_empty() => Err(self.misread("`phone` takes a language: phone fr-MA")),
            "phone" => {
                rest.clone_into(&mut self.journey.phone);
                Ok(())
            }
            "like" => self.like(rest, others),
            "after" => self.after(rest),
            "step" => self.step(rest),
            _ => {
                let act = act(word, rest).map_err(|what| self.misread(&what))?;
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
        self.journey.steps.extend(other.steps);
        Ok(())
    }

    fn after(&mut self, rest: &str) -> Result<(), Misread> {
        self.after_each_step = match rest {
            "each step kill" => Some(Act::Kill),
            "each step rotate" => Some(Act::Rotate),
            _ => return Err(self.misread("`after each step kill` or `after each step rotate`")),
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

fn act(word: &str, rest: &str) -> Result<Act, String> {
    let one = |what: &str| match rest.split_whitespace().collect::<Vec<_>>().as_slice() {
        [only] => Ok((*only).to_owned()),
        _ => Err(format!("`{word}` takes one word: {word} {what}")),
    };
    match (word, rest) {
        ("see", _) => one("sign-in").map(Act::See),
        ("read", _) => quoted(rest).map(Act::Read),
        ("holds", _) => {
            let (field, text) =
                rest.split_once(' ').ok_or("`holds` takes a field and a text: holds ppr «…»")?;
            Ok(Act::Holds(field.to_owned(), quoted(text)?))
        }
        ("type", _) => {
            let (field, text) =
                rest.split_once(' ').ok_or("`type` takes a field and a text: type ppr 0123456")?;
            Ok(Act::Type(field.to_owned(), text.trim().to_owned()))
        }
        ("tap", _) => match rest.split_once(" until ") {
            Some((tag, text)) => Ok(Act::TapUntil(tag.trim().to_owned(), quoted(text)?)),
            None => one("send").map(Act::Tap),
        },
        ("language", "ar" | "fr") => Ok(Act::Language(rest.to_owned())),
        ("language", _) => Err("`language ar` or `language fr`".to_owned()),
        ("mail", _) => match rest.strip_prefix("to ").map(str::trim) {
            Some(to) if to.contains('@') => Ok(Act::Mail(to.to_owned())),
            _ => Err("`mail` takes an address: mail to membre.essai@finances.test".to_owned()),
        },
        ("no", "mail") => Ok(Act::NoMail),
        ("back", "") => Ok(Act::Back),
        ("rotate", "") => Ok(Act::Rotate),
        ("picture", "") => Ok(Act::Picture),
        ("kill", "") => Ok(Act::Kill),
        ("back" | "rotate" | "picture" | "kill", _) => Err(format!("`{word}` stands alone")),
        _ => Err(format!(
            "`{word}` is no word of a journey: see, read, holds, type, tap, back, rotate, language, picture, kill, mail, no mail"
        )),
    }
}

fn quoted(text: &str) -> Result<String, String> {
    let inner = text.trim().strip_prefix('«').and_then(|text| text.strip_suffix('»'));
    inner.map(|text| text.trim().to_owned()).ok_or_else(|| "a text to be read stands in « »".to_owned())
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
            "picture",
            "kill",
            "mail to membre.essai@finances.test",
            "no mail",
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
            ("kill it", "stands alone"),
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
        assert!(journey.steps.iter().all(|step| step.lines.last().map(|line| &line.act) == Some(&Act::Kill)));
    }
}

//! What came back, checked against the form: what is asked, what must be answered, and each answer.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{
    Condition, Field, Form,
    value::{self, Answer},
};
use crate::{
    family::Person,
    problem::{Code, FieldProblem},
};

/// Who checks, and when: the day in Morocco, and the persons of the member's family.
pub(crate) struct Clerk {
    pub(crate) today: Date,
    pub(crate) family: Vec<Person>,
}

/// Values that were accepted, in their normal form, by their fields' keys.
pub(crate) type Filled = BTreeMap<String, Value>;

/// How the answer to a question stands.
enum Standing {
    /// Not asked, or not answered though it may be.
    Absent,
    Accepted(Answer),
    /// Refused. What depends on it is not judged, so that one fault is told once.
    Refused,
}

/// Checks `values` as answers to `form`.
pub(crate) fn check(
    form: &Form,
    values: &Map<String, Value>,
    clerk: &Clerk,
) -> Result<Filled, Vec<FieldProblem>> {
    let mut checking = Checking { clerk, standing: HashMap::new() };
    let mut problems = Vec::new();
    for field in form.fields() {
        let given = values.get(&field.key).filter(|value| !value::is_absent(value));
        let standing = checking.judge(field, given).unwrap_or_else(|code| {
            problems.push(FieldProblem::new(field.key.clone(), code));
            Standing::Refused
        });
        checking.standing.insert(&field.key, standing);
    }
    for unknown in values.keys().filter(|key| !checking.standing.contains_key(key.as_str())) {
        problems.push(FieldProblem::new(unknown.clone(), Code::Unexpected));
    }
    if problems.is_empty() { Ok(checking.filled()) } else { Err(problems) }
}

struct Checking<'a> {
    clerk: &'a Clerk,
    standing: HashMap<&'a str, Standing>,
}

impl Checking<'_> {
    fn judge(&self, field: &Field, given: Option<&Value>) -> Result<Standing, Code> {
        match (self.holds(field.visible_if.as_ref()), given) {
            (None, _) => return Ok(Standing::Refused),
            (Some(false), Some(_)) => return Err(Code::Unexpected),
            (Some(false), None) => return Ok(Standing::Absent),
            (Some(true), _) => {}
        }
        let Some(value) = given else {
            let is_required = match &field.required_if {
                Some(condition) => self.holds(Some(condition)) == Some(true),
                None => field.required,
            };
            return if is_required { Err(Code::Required) } else { Ok(Standing::Absent) };
        };
        let limit = |limit: &super::DayLimit| limit.resolve(self.clerk.today, |key| self.answer(key)?.day);
        value::accept(&field.kind, value, self.clerk, limit).map(Standing::Accepted)
    }

    /// Whether the condition holds; none when that hangs on an answer that was refused.
    fn holds(&self, condition: Option<&Condition>) -> Option<bool> {
        let Some(Condition { field, is }) = condition else { return Some(true) };
        match self.standing.get(field.as_str()) {
            Some(Standing::Refused) => None,
            Some(Standing::Accepted(Answer { picked: Some(picked), .. })) => Some(is.contains(picked)),
            _ => Some(false),
        }
    }

    fn answer(&self, key: &str) -> Option<&Answer> {
        match self.standing.get(key)? {
            Standing::Accepted(answer) => Some(answer),
            Standing::Absent | Standing::Refused => None,
        }
    }

    fn filled(self) -> Filled {
        let accepted = self.standing.into_iter().filter_map(|(key, standing)| match standing {
            Standing::Accepted(answer) => Some((key.to_owned(), answer.value)),
            Standing::Absent | Standing::Refused => None,
        });
        accepted.collect()
    }
}

//! Parser of forms: one TOML file a service, validated completely before it is published.

use std::{collections::HashSet, fs, path::Path};

use fos_rules::{instalment::YearlyRate, integer};
use fos_wire::{
    LocalizedText,
    form::{Choice, Condition, DayLimit, Field, FieldKind, Form, Instalment, LEVEL, Section},
};
use serde::Deserialize;
use toml::{Table, Value};

use super::day_limit;
use crate::seed::{self, SeedError};

/// Folder of the forms in the seed folder.
const FOLDER: &str = "forms";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    service: String,
    version: u32,
    level: u32,
    section: Vec<SectionFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionFile {
    key: String,
    title: LocalizedText,
    instalment: Option<Instalment>,
    #[serde(default)]
    at_least_one_of: Vec<Vec<String>>,
    field: Vec<Table>,
}

/// Parses the forms of a seed folder; each file is named after its service.
pub(crate) fn parse_all(seed: &Path, is_service: &dyn Fn(&str) -> bool) -> Result<Vec<Form>, SeedError> {
    let unreadable = |source| SeedError::Read { file: FOLDER.to_owned(), source };
    let mut names = Vec::new();
    for file in fs::read_dir(seed.join(FOLDER)).map_err(unreadable)? {
        names.push(file.map_err(unreadable)?.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    names
        .into_iter()
        .map(|name| {
            let file = format!("{FOLDER}/{name}");
            let form = parse_file(seed, &file)?;
            let service = &form.service;
            if name.strip_suffix(".toml") != Some(service) {
                let reason = format!("service: its file must be named {service}.toml");
                return Err(SeedError::invalid(&file, &reason));
            }
            if !is_service(service) {
                return Err(SeedError::invalid(&file, &format!("service: there is no {service}")));
            }
            Ok(form)
        })
        .collect()
}

/// Parses and validates one form.
pub(crate) fn parse_file(folder: &Path, file: &str) -> Result<Form, SeedError> {
    let form_file: FormFile = seed::read_toml(folder, file)?;
    form(form_file).map_err(|reason| SeedError::invalid(file, &reason))
}

fn form(form_file: FormFile) -> Result<Form, String> {
    if form_file.level != LEVEL {
        return Err(format!("level: this portal writes forms of level {LEVEL}"));
    }
    if form_file.version == 0 {
        return Err("version: the first is 1".to_owned());
    }
    let mut checker = FormChecker::default();
    let sections = form_file.section.into_iter().map(|section| self::section(section, &mut checker));
    let sections: Vec<Section> = sections.collect::<Result<_, _>>()?;
    if sections.is_empty() {
        return Err("section: there is none".to_owned());
    }
    Ok(Form { service: form_file.service, version: form_file.version, level: form_file.level, sections })
}

fn section(mut section_file: SectionFile, checker: &mut FormChecker) -> Result<Section, String> {
    let key = std::mem::take(&mut section_file.key);
    let invalid = |reason: String| format!("section {key}: {reason}");
    check_key(&mut checker.sections, &key).and_then(|()| check_text(&section_file.title)).map_err(invalid)?;
    let mut fields = Vec::new();
    for table in std::mem::take(&mut section_file.field) {
        let field = field(table, checker)?;
        checker.fields.push(field.clone());
        fields.push(field);
    }
    if fields.is_empty() {
        return Err(invalid("field: there is none".to_owned()));
    }
    if let Some(instalment) = &section_file.instalment {
        checker.instalment(instalment).map_err(|reason| invalid(format!("instalment: {reason}")))?;
    }
    for group in &section_file.at_least_one_of {
        check_group(group, &fields).map_err(|reason| invalid(format!("at_least_one_of: {reason}")))?;
    }
    let SectionFile { title, instalment, at_least_one_of, .. } = section_file;
    Ok(Section { key, title, instalment, at_least_one_of, fields })
}

fn field(mut table: Table, checker: &mut FormChecker) -> Result<Field, String> {
    let name = table.get("key").and_then(Value::as_str).unwrap_or("without a key").to_owned();
    let invalid = |reason: String| format!("field {name}: {}", reason.trim());
    let is_required = !table.contains_key("required_if");
    table.entry("required").or_insert(is_required.into());
    let written = Value::Table(table);
    let field: Field = seed::parse_value(written.clone()).map_err(invalid)?;
    // A member that the published form would not show, such as another kind's, is a slip.
    let published = Value::try_from(&field).map_err(|error| invalid(error.to_string()))?;
    if let Some(member) = unpublished_member(&written, &published) {
        return Err(invalid(format!("unknown field {member}")));
    }
    checker.field(&field).map_err(invalid)?;
    Ok(field)
}

/// Returns a member of `written` that has no counterpart in `published`. One that is published under its present name has.
fn unpublished_member<'a>(written: &'a Value, published: &'a Value) -> Option<&'a str> {
    match (written, published) {
        (Value::Table(written), Value::Table(published)) => {
            let renamed = published.keys().filter(|name| !written.contains_key(*name)).count();
            let unknown = written.keys().filter(|name| !published.contains_key(*name)).nth(renamed);
            unknown.map(String::as_str).or_else(|| {
                written.iter().find_map(|(name, member)| unpublished_member(member, published.get(name)?))
            })
        }
        (Value::Array(written), Value::Array(published)) => written
            .iter()
            .zip(published)
            .find_map(|(written, published)| unpublished_member(written, published)),
        _ => None,
    }
}

/// Validator of a form: keys already taken, and the fields further up that others may refer to.
#[derive(Default)]
struct FormChecker {
    sections: HashSet<String>,
    names: HashSet<String>,
    fields: Vec<Field>,
}

impl FormChecker {
    fn field(&mut self, field: &Field) -> Result<(), String> {
        check_key(&mut self.names, &field.key)?;
        let texts = [Some(&field.label), field.help.as_ref(), field.suffix.as_ref()];
        texts.into_iter().flatten().try_for_each(check_text)?;
        let has_unit = matches!(field.kind, FieldKind::Money { .. } | FieldKind::Integer { .. });
        ensure(has_unit || field.suffix.is_none(), "suffix: only of a number or an amount")?;
        if field.required && field.required_if.is_some() {
            return Err("required_if: the field is required in any case".to_owned());
        }
        for (member, condition) in [("visible_if", &field.visible_if), ("required_if", &field.required_if)] {
            let condition = condition.as_ref().map_or(Ok(()), |condition| self.condition(condition));
            condition.map_err(|reason| format!("{member}: {reason}"))?;
        }
        self.kind(&field.kind)
    }

    fn field_above(&self, key: &str) -> Result<&FieldKind, String> {
        let found = self.fields.iter().find(|field| field.key == key);
        Ok(&found.ok_or_else(|| format!("no field {key} further up"))?.kind)
    }

    fn condition(&self, condition: &Condition) -> Result<(), String> {
        let answers: Vec<&str> = match self.field_above(&condition.field)? {
            FieldKind::Choice { options } | FieldKind::City { options } => {
                options.iter().map(|option| option.key.as_str()).collect()
            }
            FieldKind::Beneficiary { relations } => {
                relations.iter().map(|relation| relation.as_str()).collect()
            }
            _ => return Err(format!("{} is neither a choice, a city nor a beneficiary", condition.field)),
        };
        match condition.is.iter().find(|answer| !answers.contains(&answer.as_str())) {
            Some(unknown) => Err(format!("{} has no answer {unknown}", condition.field)),
            None if condition.is.is_empty() => Err("is: there is none".to_owned()),
            None => Ok(()),
        }
    }

    fn kind(&self, kind: &FieldKind) -> Result<(), String> {
        match kind {
            FieldKind::Text { max_length } | FieldKind::LongText { max_length } => {
                ensure(*max_length > 0, "max_length: at least 1")
            }
            FieldKind::Choice { options } | FieldKind::City { options } => check_options(options),
            FieldKind::Money { min, max } | FieldKind::Integer { min, max } => {
                let min = min.unwrap_or_default();
                let is_range = max.is_none_or(|max| min <= max);
                ensure(is_range, "min: more than max")?;
                let in_json = [Some(min), *max]
                    .into_iter()
                    .flatten()
                    .all(|limit| limit.unsigned_abs() <= integer::MAX.unsigned_abs());
                ensure(in_json, "max: JSON carries no such number exactly")
            }
            FieldKind::Date { earliest, latest } => self.limits([earliest, latest]),
            FieldKind::Period { earliest, latest, max_days } => {
                ensure(max_days.is_none_or(|max_days| max_days > 0), "max_days: at least 1")?;
                self.limits([earliest, latest])
            }
            FieldKind::Wishes { options, min, max } => {
                check_options(options)?;
                let is_range = (1..=*max).contains(min);
                ensure(is_range, "min: at least 1, and not more than max")?;
                let has_enough = usize::try_from(*max).is_ok_and(|max| max <= options.len());
                ensure(has_enough, "max: more than there are options")
            }
            FieldKind::Beneficiary { relations } => {
                ensure(!relations.is_empty(), "relations: the list is empty")
            }
            FieldKind::Phone {} | FieldKind::Rib {} => Ok(()),
            FieldKind::Declaration { text } => check_text(text),
        }
    }

    fn limits(&self, limits: [&Option<DayLimit>; 2]) -> Result<(), String> {
        for key in limits.into_iter().flatten().filter_map(day_limit::field) {
            let is_date = matches!(self.field_above(key)?, FieldKind::Date { .. });
            ensure(is_date, "a limit is relative to a field that is no date")?;
        }
        Ok(())
    }

    fn instalment(&self, instalment: &Instalment) -> Result<(), String> {
        let is_money = matches!(self.field_above(&instalment.amount)?, FieldKind::Money { .. });
        ensure(is_money, "amount: the field is not of kind money")?;
        let is_count =
            matches!(self.field_above(&instalment.months)?, FieldKind::Integer { min: Some(1..), .. });
        ensure(is_count, "months: the field is not of kind integer, with a min of 1")?;
        ensure(YearlyRate::parse(&instalment.rate).is_some(), "rate: a fraction of one, as in 0.02")
    }
}

fn ensure(holds: bool, reason: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(reason.to_owned()) }
}

fn check_key(names: &mut HashSet<String>, key: &str) -> Result<(), String> {
    let is_name = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.len() <= 40
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !is_name {
        return Err("key: lower case letters, digits and hyphens, a letter first".to_owned());
    }
    if names.insert(key.to_owned()) { Ok(()) } else { Err("key: it is used twice".to_owned()) }
}

fn check_text(text: &LocalizedText) -> Result<(), String> {
    let has_both = !text.ar.trim().is_empty() && !text.fr.trim().is_empty();
    ensure(has_both, "a text is needed in both languages")
}

/// Checks a group of which at least one field must have a value.
fn check_group(group: &[String], fields: &[Field]) -> Result<(), String> {
    ensure(group.len() > 1, "a group has at least two fields")?;
    group.iter().try_for_each(|key| {
        let field = fields.iter().find(|field| field.key == *key);
        let field = field.ok_or_else(|| format!("the section has no field {key}"))?;
        let is_optional = !field.required && field.required_if.is_none();
        ensure(is_optional, &format!("{key} is required by itself"))
    })
}

fn check_options(options: &[Choice]) -> Result<(), String> {
    ensure(!options.is_empty(), "options: there is none")?;
    let mut names = HashSet::new();
    options.iter().try_for_each(|option| {
        check_key(&mut names, &option.key)
            .and_then(|()| check_text(&option.label))
            .map_err(|reason| format!("option {}: {reason}", option.key))
    })
}

//! A form as a member meets it: what a key, the leaving of a field and a failed submission show.

use std::sync::Arc;

use fos_wire::LocalizedText;
use jiff::civil::date;

use super::{
    Choice, ChoiceStyle, DayFrom, DayLimit, FieldKindSpec, FieldSpec, FieldView, Form, FormHandler,
    FormHeader, FormHost, FormSubmission, Label, Required, SubmitFuture, SubmitOutcome,
};
use crate::error::FosError;
use crate::testing::{NO_PORTAL, TestClock, open_app_at};

struct Handler;

impl FormHandler for Handler {
    fn header(&self) -> FormHeader {
        FormHeader { title: String::new(), steps: None, intro: None, action: "file", notice: None }
    }

    fn submit(self: Arc<Self>, _: FormSubmission) -> SubmitFuture {
        Box::pin(async { Ok(SubmitOutcome::Done { message: None }) })
    }
}

fn text(ar: &str) -> LocalizedText {
    LocalizedText { ar: ar.to_owned(), fr: ar.to_owned() }
}

fn field(key: &str, kind: FieldKindSpec) -> FieldSpec {
    let label = Label::FromPortal { label: text(key), help: Some(text("مساعدة")) };
    FieldSpec { label, ..FieldSpec::new(key, "", kind) }
}

fn choices(keys: &[&str]) -> Vec<Choice> {
    let choice = |key: &&str| Choice {
        key: (*key).to_owned(),
        label: Label::FromPortal { label: text(key), help: None },
    };
    keys.iter().map(choice).collect()
}

fn limit(from: DayFrom, days: i32) -> Vec<DayLimit> {
    vec![DayLimit { from, days }]
}

/// Form of an app in Arabic, on 24 November 2026. The folder lives as long as the form.
struct Filled {
    form: Arc<Form>,
    _folder: tempfile::TempDir,
    _fos: Arc<crate::Fos>,
}

impl Filled {
    fn new(fields: Vec<FieldSpec>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fos = open_app_at(folder.path(), NO_PORTAL, &TestClock::at("2026-11-24T10:00:00Z"));
        let form = Arc::new(Form::new(
            "test",
            fields,
            Arc::new(Handler),
            Arc::clone(fos.sessions()) as Arc<dyn FormHost>,
        ));
        Self { form, _folder: folder, _fos: fos }
    }

    fn field(&self, key: &str) -> FieldView {
        self.form.view().fields.into_iter().find(|field| field.key == key).unwrap()
    }

    fn problem(&self, key: &str) -> Option<String> {
        self.field(key).problem
    }

    /// Returns the keys that the summary names.
    fn summary(&self) -> Vec<String> {
        let summary = self.form.view().summary;
        summary.map(|it| it.problems.into_iter().map(|link| link.field).collect()).unwrap_or_default()
    }

    async fn submit(&self) -> Result<SubmitOutcome, FosError> {
        Arc::clone(&self.form).submit(Vec::new()).await
    }
}

fn ppr_and_phone() -> Filled {
    Filled::new(vec![field("ppr", FieldKindSpec::Ppr), field("phone", FieldKindSpec::Phone)])
}

#[tokio::test]
async fn the_summary_names_each_field_counts_down_and_goes() {
    let filled = ppr_and_phone();
    assert!(matches!(filled.submit().await, Err(FosError::InvalidFields { .. })));
    assert_eq!(filled.summary(), ["ppr", "phone"]);
    let link = filled.form.view().summary.unwrap().problems.remove(0);
    assert_eq!(link.text, format!("ppr: {}", filled.problem("ppr").unwrap()));
    let changes = filled.form.set("ppr", "0123456");
    assert_eq!(changes.summary.unwrap().problems.len(), 1, "at the key that corrects it");
    filled.form.blur("ppr");
    assert_eq!(filled.form.set("phone", "0612345678").summary, None);
    assert!(filled.submit().await.is_ok());
}

#[tokio::test]
async fn a_problem_goes_at_the_first_key_and_returns_when_the_field_is_left() {
    let filled = ppr_and_phone();
    filled.submit().await.unwrap_err();
    filled.form.set("phone", "06");
    assert_eq!(filled.problem("phone"), None, "nobody is corrected while typing");
    assert_eq!(filled.summary(), ["ppr", "phone"], "but it is still to be corrected");
    assert!(filled.problem("ppr").is_some());
    filled.form.blur("phone");
    assert!(filled.problem("phone").unwrap().contains("العشرة"), "{:?}", filled.problem("phone"));
    assert!(filled.field("phone").help.is_some(), "the help stays beside it");
}

#[tokio::test]
async fn a_field_that_is_left_empty_stays_in_the_summary() {
    let filled = ppr_and_phone();
    filled.form.blur("ppr");
    assert_eq!(filled.problem("ppr"), None, "the member may come back to it");
    filled.submit().await.unwrap_err();
    filled.form.blur("ppr");
    assert!(filled.problem("ppr").is_some());
    assert_eq!(filled.summary(), ["ppr", "phone"]);
}

#[test]
fn a_mistake_that_is_left_before_any_submission_is_in_no_summary() {
    let filled = ppr_and_phone();
    filled.form.set("ppr", "1");
    let changes = filled.form.blur("ppr");
    assert!(filled.problem("ppr").is_some());
    assert_eq!(changes.summary, None);
}

#[test]
fn a_limit_that_hangs_on_a_wrong_day_is_not_told() {
    let season = (DayFrom::On(date(2027, 6, 15)), DayFrom::On(date(2027, 9, 15)));
    let first = FieldKindSpec::Day { earliest: limit(season.0, 0), latest: limit(season.1.clone(), 0) };
    let mut latest = limit(season.1, 0);
    latest.extend(limit(DayFrom::Field("first".to_owned()), 9));
    let last = FieldKindSpec::Day { earliest: limit(DayFrom::Field("first".to_owned()), 0), latest };
    let filled = Filled::new(vec![field("first", first), field("last", last)]);
    filled.form.set("first", "01062027");
    filled.form.blur("first");
    assert!(filled.problem("first").unwrap().contains("15 يونيو 2027"), "too early");
    filled.form.set("last", "20072027");
    filled.form.blur("last");
    assert_eq!(filled.problem("last"), None, "it is nine days after a day that is wrong itself");
    filled.form.set("first", "15072027");
    filled.form.blur("first");
    filled.form.set("last", "30072027");
    filled.form.blur("last");
    let problem = filled.problem("last").unwrap();
    assert!(problem.contains("10 أيام") && problem.contains("24 يوليوز 2027"), "{problem}");
    filled.form.set("first", "21072027");
    assert_eq!(filled.problem("last"), None, "corrected by the other day");
}

#[tokio::test]
async fn a_group_needs_one_of_its_fields() {
    let group = || vec!["father".to_owned(), "mother".to_owned()];
    let name = FieldKindSpec::Text { max_length: 80, multiline: false };
    let one_of = |key: &str, before: &[&str]| FieldSpec {
        required: Required::OneOf {
            before: before.iter().map(|key| (*key).to_owned()).collect(),
            group: group(),
        },
        ..field(key, name.clone())
    };
    let filled = Filled::new(vec![one_of("father", &[]), one_of("mother", &["father"])]);
    filled.submit().await.unwrap_err();
    assert_eq!(filled.summary(), ["father"], "asked once");
    filled.form.set("mother", "Membre Essai");
    assert!(filled.summary().is_empty());
    assert!(filled.submit().await.is_ok());
}

#[test]
fn a_wish_too_many_says_why_it_is_not_taken() {
    let options = choices(&["agadir", "ifrane", "saidia"]);
    let filled = Filled::new(vec![field("wishes", FieldKindSpec::Wishes { options, min: 1, max: 2 })]);
    assert!(filled.field("wishes").help.unwrap().starts_with("اختياران على الأكثر"));
    for wish in ["agadir", "ifrane", "saidia"] {
        filled.form.set("wishes", wish);
    }
    assert!(filled.problem("wishes").unwrap().contains("اثنين"));
    filled.form.set("wishes", "agadir");
    assert_eq!(filled.problem("wishes"), None);
}

#[test]
fn a_field_shows_what_it_expects() {
    let long = FieldKindSpec::Text { max_length: 10, multiline: true };
    let optional = FieldSpec { required: Required::Never, ..field("note", long) };
    let months = FieldKindSpec::Integer { min: None, max: None, units: Vec::new() };
    let person = FieldKindSpec::Choice { options: Vec::new(), style: ChoiceStyle::Radio };
    let filled = Filled::new(vec![
        optional,
        FieldSpec { suffix: Some(text("شهرًا")), ..field("months", months) },
        field("amount", FieldKindSpec::Money { min: None, max: None }),
        field("rib", FieldKindSpec::BankAccount),
        field("person", person),
    ]);
    assert_eq!(filled.field("note").label, "note (اختياري)");
    filled.form.set("note", "سبعة ا");
    assert_eq!(filled.field("note").count, None);
    filled.form.set("note", "ثمانية ا");
    assert_eq!(filled.field("note").count.unwrap(), "\u{2066}8 / 10\u{2069}");
    assert_eq!(filled.field("months").suffix.unwrap(), "شهرًا");
    assert_eq!(filled.field("amount").suffix.unwrap(), "درهم");
    assert_eq!(filled.field("rib").count.unwrap(), "\u{2066}0 / 24\u{2069}");
    filled.form.set("rib", "٢٣٠٧٨");
    let rib = filled.field("rib");
    assert_eq!((rib.value.as_str(), rib.count.unwrap().as_str()), ("230 78", "\u{2066}5 / 24\u{2069}"));
    assert!(filled.field("person").help.unwrap().contains("ملفك العائلي"));
}

#[test]
fn cities_stand_in_the_order_of_the_language_that_is_read() {
    let options = choices(&["وجدة", "آسفي", "فاس", "أكادير"]);
    let filled =
        Filled::new(vec![field("city", FieldKindSpec::Choice { options, style: ChoiceStyle::Search })]);
    let found = |typed: &str| -> Vec<String> {
        filled.form.find("city", typed).into_iter().map(|option| option.key).collect()
    };
    assert_eq!(found(""), ["آسفي", "أكادير", "فاس", "وجدة"]);
    assert_eq!(found("اسفي"), ["آسفي"]);
}

#[test]
fn a_near_day_can_be_chosen_in_a_calendar() {
    let stay = FieldKindSpec::Day { earliest: limit(DayFrom::Today, 1), latest: limit(DayFrom::Today, 60) };
    let birth = FieldKindSpec::Day {
        earliest: limit(DayFrom::On(date(1920, 1, 1)), 0),
        latest: limit(DayFrom::Today, 0),
    };
    let filled = Filled::new(vec![field("stay", stay), field("birth", birth)]);
    let calendar = filled.field("stay").calendar.unwrap();
    let today = fos_rules::day::days_between(date(1970, 1, 1), date(2026, 11, 24));
    assert_eq!((calendar.first, calendar.last, calendar.shown), (today + 1, today + 60, today + 1));
    assert_eq!(filled.field("birth").calendar, None, "nobody leafs through a hundred years");
    filled.form.pick_day("stay", today + 7);
    assert_eq!(filled.field("stay").value, "01/12/2026");
    assert_eq!(filled.field("stay").calendar.unwrap().shown, today + 7);
    filled.form.pick_day("stay", today);
    assert!(filled.problem("stay").is_some());
}

//! What a receipt says, in both languages side by side, and its making in the transaction that files the request.

use std::sync::Arc;

use jiff::civil::Date;
use rusqlite::Transaction;

use super::{DUE_WITHIN_DAYS, receipts::Receipt};
use crate::{
    forms::Line,
    paper::{Part, Printer, Sheet},
    problem::Problem,
    secrets::{hex, random, sha256},
    seed::BothLanguages,
    words,
};

/// What a receipt is about.
pub(super) struct Content<'a> {
    pub(super) number: &'a str,
    pub(super) service: &'a BothLanguages,
    pub(super) member: &'a BothLanguages,
    pub(super) filed_on: Date,
    pub(super) due_by: Date,
    /// What was filled in.
    pub(super) lines: Vec<Line>,
}

/// Gives receipts out.
pub(super) struct Issuer {
    pub(super) printer: Arc<Printer>,
    /// Where the portal is reached from outside.
    pub(super) address: String,
}

impl Issuer {
    /// Makes the receipt of a request, under a code that nobody can guess, and keeps it.
    pub(super) fn give(&self, db: &Transaction, id: &str, content: &Content) -> Result<Receipt, Problem> {
        let code = hex(&random::<16>()?);
        let pdf = self.printer.write(&sheet(content, format!("{}/v1/receipts/{code}", self.address)))?;
        let bytes = u32::try_from(pdf.len()).unwrap_or(u32::MAX);
        let receipt = Receipt { code, sha256: hex(&sha256(&pdf)), bytes };
        db.prepare_cached("INSERT INTO receipts (request, code, sha256, pdf) VALUES (?1, ?2, ?3, ?4)")?
            .execute((id, &receipt.code, &receipt.sha256, pdf))?;
        Ok(receipt)
    }
}

fn sheet(content: &Content, address: String) -> Sheet {
    let mut parts = vec![
        Part::Name(both("مؤسسة الأعمال الاجتماعية", "Fondation des œuvres sociales")),
        Part::Title(both("وصل إيداع طلب", "Récépissé de dépôt de demande")),
        Part::Square { address },
        Part::Heading(both("الطلب", "La demande")),
        row(both("الرقم", "Numéro"), words::same(content.number)),
        row(both("الخدمة", "Service"), content.service.clone()),
        row(both("المنخرط", "Membre"), content.member.clone()),
        row(both("تاريخ الإيداع", "Déposée le"), words::day(content.filed_on)),
        row(both("آخر أجل للجواب", "Réponse au plus tard"), words::day(content.due_by)),
        Part::Heading(both("ما صرحت به", "Ce que vous avez déclaré")),
    ];
    parts.extend(content.lines.iter().map(|line| row(line.label.clone(), line.answer.clone())));
    parts.push(Part::Note(law()));
    Sheet {
        title: format!("{} — {}", content.number, content.service.ar),
        foot: content.number.to_owned(),
        parts,
    }
}

fn both(ar: &str, fr: &str) -> BothLanguages {
    BothLanguages { ar: ar.to_owned(), fr: fr.to_owned() }
}

fn row(label: BothLanguages, text: BothLanguages) -> Part {
    Part::Row { label, text }
}

/// Between Arabic letters a hyphen would show the law's two numbers in the wrong order.
fn law() -> BothLanguages {
    BothLanguages {
        ar: format!(
            "سلم هذا الوصل طبقا للقانون رقم 55.19 المتعلق بتبسيط المساطر والإجراءات الإدارية. تجيب المؤسسة داخل أجل \
             أقصاه {DUE_WITHIN_DAYS} يوما من تاريخ الإيداع."
        ),
        fr: format!(
            "Récépissé délivré conformément à la loi n° 55-19 relative à la simplification des procédures et des \
             formalités administratives. La Fondation répond dans un délai de {DUE_WITHIN_DAYS} jours au plus à compter \
             du dépôt."
        ),
    }
}

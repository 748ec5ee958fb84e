//! Content of a receipt, in both languages side by side. `pdf` draws it before the transaction that files the request.

use std::sync::Arc;

use fos_wire::{
    LocalizedText, paths,
    request::{ANSWER_WITHIN_DAYS, Receipt},
};
use jiff::civil::Date;
use rusqlite::Transaction;

use crate::{
    formatting,
    forms::Answer,
    pdf::{Block, PdfDocument, PdfRenderer},
    problem::Problem,
    secrets::{hex, random, sha256},
    storage::StorageError,
};

/// Content of a receipt.
pub(super) struct ReceiptContent {
    pub(super) number: String,
    pub(super) service: LocalizedText,
    pub(super) member: LocalizedText,
    pub(super) filed_on: Date,
    pub(super) due_by: Date,
    /// Values of the form.
    pub(super) answers: Vec<Answer>,
}

/// Issuer of receipts.
pub(super) struct ReceiptIssuer {
    pub(super) renderer: Arc<PdfRenderer>,
    /// Public base URL of the portal.
    pub(super) public_url: String,
}

impl ReceiptIssuer {
    /// Renders the receipt of a request under an unguessable code. Takes tens of milliseconds.
    pub(super) fn render(&self, content: &ReceiptContent) -> Result<RenderedReceipt, Problem> {
        let code = hex(&random::<16>()?);
        let pdf = self.renderer.render(&document(
            content,
            format!("{}{}", self.public_url, paths::receipt_verification(&code)),
        ))?;
        Ok(RenderedReceipt { code, pdf })
    }
}

/// Receipt that is not stored yet.
pub(super) struct RenderedReceipt {
    code: String,
    pdf: Vec<u8>,
}

impl RenderedReceipt {
    /// Stores the receipt of the request with this id.
    pub(super) fn store(self, db: &Transaction, id: &str) -> Result<Receipt, StorageError> {
        let bytes = u32::try_from(self.pdf.len()).unwrap_or(u32::MAX);
        let receipt = Receipt { code: self.code, sha256: hex(&sha256(&self.pdf)), bytes };
        db.prepare_cached("INSERT INTO receipts (request, code, sha256, pdf) VALUES (?1, ?2, ?3, ?4)")?
            .execute((id, &receipt.code, &receipt.sha256, self.pdf))?;
        Ok(receipt)
    }
}

fn document(content: &ReceiptContent, url: String) -> PdfDocument {
    let mut blocks = vec![
        Block::Issuer(both("مؤسسة الأعمال الاجتماعية", "Fondation des œuvres sociales")),
        Block::Title(both("وصل إيداع طلب", "Récépissé de dépôt de demande")),
        Block::QrCode { url },
        Block::Heading(both("الطلب", "La demande")),
        row(both("الرقم", "Numéro"), formatting::same(&content.number)),
        row(both("الخدمة", "Service"), content.service.clone()),
        row(both("المنخرط", "Membre"), content.member.clone()),
        row(both("تاريخ الإيداع", "Déposée le"), formatting::day(content.filed_on)),
        row(both("آخر أجل للجواب", "Réponse au plus tard"), formatting::day(content.due_by)),
        Block::Heading(both("ما صرحت به", "Ce que vous avez déclaré")),
    ];
    blocks.extend(content.answers.iter().map(|answer| row(answer.label.clone(), answer.text.clone())));
    blocks.push(Block::Note(law()));
    PdfDocument {
        title: format!("{} — {}", content.number, content.service.ar),
        footer: content.number.clone(),
        blocks,
    }
}

fn both(ar: &str, fr: &str) -> LocalizedText {
    LocalizedText { ar: ar.to_owned(), fr: fr.to_owned() }
}

fn row(label: LocalizedText, text: LocalizedText) -> Block {
    Block::Row { label, text }
}

/// Between Arabic letters a hyphen would swap the two parts of the law's number in display.
fn law() -> LocalizedText {
    LocalizedText {
        ar: format!(
            "سلم هذا الوصل طبقا للقانون رقم 55.19 المتعلق بتبسيط المساطر والإجراءات الإدارية. تجيب المؤسسة داخل أجل \
             أقصاه {ANSWER_WITHIN_DAYS} يومًا من تاريخ الإيداع."
        ),
        fr: format!(
            "Récépissé délivré conformément à la loi n° 55-19 relative à la simplification des procédures et des \
             formalités administratives. La Fondation répond dans un délai de {ANSWER_WITHIN_DAYS} jours au plus à compter \
             du dépôt."
        ),
    }
}

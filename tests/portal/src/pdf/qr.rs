//! QR codes.

use krilla::geom::{Path, PathBuilder, Rect};
use qrcode::{Color, EcLevel, QrCode};

use super::PdfError;

/// Quiet zone in modules.
const MARGIN: f32 = 4.0;

/// Returns the dark modules of the code of `text`, in a square of `side` points with its top left corner at `x`, `y`.
#[allow(clippy::cast_precision_loss, reason = "a code has at most 177 modules a side")]
pub(super) fn path(text: &str, x: f32, y: f32, side: f32) -> Result<Option<Path>, PdfError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let (width, colors) = (code.width(), code.to_colors());
    let module = side / (width as f32 + 2.0 * MARGIN);
    let mut path = PathBuilder::new();
    for (row, colors) in colors.chunks(width).enumerate() {
        let top = y + (row as f32 + MARGIN) * module;
        let mut column = 0;
        for run in colors.chunk_by(|one, next| one == next) {
            let left = x + (column as f32 + MARGIN) * module;
            let dark = run[0] == Color::Dark;
            if let Some(rect) = Rect::from_xywh(left, top, run.len() as f32 * module, module).filter(|_| dark)
            {
                path.push_rect(rect);
            }
            column += run.len();
        }
    }
    Ok(path.finish())
}

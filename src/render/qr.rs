//! An address as a square that a phone reads.

use handlebars::Handlebars;
use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

use super::helpers::{failed, gives, param};

/// Blank squares around it, without which no phone finds it (ISO/IEC 18004).
const QUIET: usize = 4;

#[derive(Serialize)]
struct Square {
    /// Squares on a side, with the blank ones.
    side: usize,
    /// The dark ones, as an SVG path.
    path: String,
}

/// `{{#with (qr address) as |square|}}`
pub(super) fn register(registry: &mut Handlebars<'static>) {
    gives(registry, "qr", |h, _| {
        let square = square(&param::<String>(h, 0)?).map_err(|error| failed(error.to_string()))?;
        serde_json::to_value(square).map_err(|error| failed(error.to_string()))
    });
}

fn square(words: &str) -> qrcode::QrResult<Square> {
    let code = QrCode::with_error_correction_level(words, EcLevel::M)?;
    let width = code.width();
    let dark = (0..width * width).map(|at| (at % width, at / width)).filter(|at| code[*at] == Color::Dark);
    let path = dark.map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET)).collect();
    Ok(Square { side: width + 2 * QUIET, path })
}

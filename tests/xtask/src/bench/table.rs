//! The table: every row with its threshold and its measurement.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// A measurement as `fos-bench` prints it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Measurement {
    pub(super) row: String,
    pub(super) ours: f64,
    pub(super) peer: Option<f64>,
    pub(super) unit: String,
    pub(super) notes: Vec<String>,
}

/// Threshold of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Threshold {
    /// At most this multiple of the peer's value.
    Ratio(f64),
    /// At most this multiple of the peer's value, and at most this value.
    RatioAndAtMost(f64, f64),
    /// At most this value.
    AtMost(f64),
    /// At least this value.
    AtLeast(f64),
    /// No threshold: the value is only recorded.
    None,
    /// Enforced by this test instead.
    Test(&'static str),
}

/// A row: its key, description, peer and threshold.
struct RowSpec {
    key: &'static str,
    description: &'static str,
    peer: &'static str,
    threshold: Threshold,
}

const fn row(
    key: &'static str,
    description: &'static str,
    peer: &'static str,
    threshold: Threshold,
) -> RowSpec {
    RowSpec { key, description, peer, threshold }
}

const JNA: &str = "an empty call";

const ROWS: [RowSpec; 25] = [
    row("core-instructions", "sign-in + catalogue, first time", "reqwest + rusqlite", Threshold::Ratio(1.25)),
    row("first-journey-requests", "the first journey: requests", "", Threshold::AtMost(8.0)),
    row("first-journey-bytes", "the first journey on the wire, TLS included", "", Threshold::AtMost(24.0)),
    row("warm-requests", "warm start, nothing new: requests", "", Threshold::AtMost(1.0)),
    row("warm-bytes", "warm start, nothing new: bytes in clear", "", Threshold::AtMost(400.0)),
    row("open-first-screen", "open → first screen, 200 services", "10 services", Threshold::Ratio(2.0)),
    row("open-requests", "open → first screen, 10,000 requests", "10 requests", Threshold::Ratio(1.1)),
    row("sync-one-change", "sync of one change, 10,000 requests", "100 requests", Threshold::Ratio(1.1)),
    row(
        "search",
        "search a keystroke, 200 services",
        "bare SQLite LIKE",
        Threshold::RatioAndAtMost(1.2, 0.5),
    ),
    row("ffi-calls", "calls a screen / a keystroke: 2 / 1", "", Threshold::Test("CallsTest")),
    row("page-moving", "the live page while a list moves", "", Threshold::AtLeast(15.0)),
    row("page-still", "the live page while nothing moves, 5 s", "", Threshold::AtMost(0.0)),
    row("library-aarch64", "library, aarch64 Linux for a phone's", "", Threshold::AtMost(4.0)),
    row("library-here", "library, this machine's", "", Threshold::None),
    row("peak-memory", "the core's process after the journey", "", Threshold::AtMost(7.0)),
    row("kotlin-sign-in", "sign-in + catalogue through JNA", "OkHttp stack", Threshold::Ratio(0.85)),
    row("kotlin-search", "search a keystroke through JNA", "SQLite LIKE, JDBC", Threshold::Ratio(0.6)),
    row("ffi-nothing", "a call: nothing in, a choice out", JNA, Threshold::None),
    row("ffi-object", "a call: an object out", JNA, Threshold::None),
    row("ffi-text", "a call: two texts in, fields out", JNA, Threshold::None),
    row("ffi-record", "a call: a record out", JNA, Threshold::None),
    row("ffi-list", "a call: a list of records out", JNA, Threshold::None),
    row("ffi-callback", "a callback from the core", JNA, Threshold::None),
    row("ffi-async", "an async call that fails", JNA, Threshold::None),
    row("library-crates", "the library's code by crate", "", Threshold::None),
];

/// A row as it is printed and saved.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    key: String,
    description: String,
    threshold: String,
    ours: Option<f64>,
    peer: Option<f64>,
    peer_name: String,
    ratio: Option<f64>,
    unit: String,
    verdict: String,
    notes: Vec<String>,
}

impl Row {
    /// Returns true if the row misses its threshold.
    pub(super) fn is_missed(&self) -> bool {
        self.verdict == MISSED
    }
}

const MISSED: &str = "missed";

/// Combines each measurement with its threshold. A complete table also lists the rows that a test enforces.
pub(super) fn build_rows(measurements: &[Measurement], complete: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for spec in &ROWS {
        let mut measured = measurements.iter().filter(|measurement| measurement.row == spec.key).peekable();
        if measured.peek().is_none() && complete && matches!(spec.threshold, Threshold::Test(_)) {
            rows.push(build_row(spec, None));
        }
        rows.extend(measured.map(|measurement| build_row(spec, Some(measurement))));
    }
    rows
}

fn build_row(spec: &RowSpec, measurement: Option<&Measurement>) -> Row {
    let ratio = measurement.and_then(|measurement| Some(measurement.ours / measurement.peer?));
    let ours = measurement.map(|measurement| measurement.ours);
    let unit = measurement.map(|measurement| measurement.unit.clone()).unwrap_or_default();
    let verdict_for = |met: Option<bool>| match met {
        Some(true) => "met".to_owned(),
        Some(false) => MISSED.to_owned(),
        None => "not measured".to_owned(),
    };
    let (threshold, verdict) = match spec.threshold {
        Threshold::Ratio(limit) => (format!("≤ {limit} ×"), verdict_for(ratio.map(|ratio| ratio <= limit))),
        Threshold::RatioAndAtMost(factor, limit) => {
            let met = ratio.zip(ours).map(|(ratio, ours)| ratio <= factor && ours <= limit);
            (format!("≤ {factor} ×, {limit} {unit}"), verdict_for(met))
        }
        Threshold::AtMost(limit) => {
            (format!("≤ {limit} {unit}"), verdict_for(ours.map(|ours| ours <= limit)))
        }
        Threshold::AtLeast(limit) => {
            (format!("≥ {limit} {unit}"), verdict_for(ours.map(|ours| ours >= limit)))
        }
        Threshold::None => (String::new(), "measured".to_owned()),
        Threshold::Test(name) => (String::new(), format!("enforced by {name}")),
    };
    Row {
        key: spec.key.to_owned(),
        description: spec.description.to_owned(),
        threshold,
        ours,
        peer: measurement.and_then(|measurement| measurement.peer),
        peer_name: spec.peer.to_owned(),
        ratio,
        unit,
        verdict,
        notes: measurement.map(|measurement| measurement.notes.clone()).unwrap_or_default(),
    }
}

/// Formats the table as plain text, followed by the notes.
pub(super) fn render(rows: &[Row]) -> String {
    let heads = ["", "threshold", "ours", "peer", "ratio", "verdict"].map(str::to_owned);
    let lines: Vec<[String; 6]> = std::iter::once(heads).chain(rows.iter().map(cells)).collect();
    let widths: Vec<usize> = (0..6)
        .map(|column| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default())
        .collect();
    let mut text = String::from("\n");
    for line in &lines {
        for (cell, width) in line.iter().zip(&widths) {
            let _ = write!(text, "{cell:<width$}  ");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text.push('\n');
    for row in rows {
        for note in &row.notes {
            let _ = writeln!(text, "{}: {note}", row.key);
        }
    }
    text
}

fn cells(row: &Row) -> [String; 6] {
    let with_unit = |value: Option<f64>| {
        value.map(|value| format!("{} {}", format_number(value), row.unit)).unwrap_or_default()
    };
    let peer = match row.peer {
        Some(_) => format!("{} ({})", with_unit(row.peer), row.peer_name),
        None => String::new(),
    };
    let ratio = row.ratio.map(|ratio| format!("{} ×", format_number(ratio))).unwrap_or_default();
    [row.description.clone(), row.threshold.clone(), with_unit(row.ours), peer, ratio, row.verdict.clone()]
}

/// Formats a number with about three significant digits.
fn format_number(value: f64) -> String {
    match value {
        complete if complete.fract() == 0.0 || complete >= 1000.0 => format!("{complete:.0}"),
        large if large >= 10.0 => format!("{large:.1}"),
        small => format!("{small:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measurement(row: &str, ours: f64, peer: Option<f64>) -> Measurement {
        Measurement { row: row.to_owned(), ours, peer, unit: "ms".to_owned(), notes: Vec::new() }
    }

    #[test]
    fn a_value_over_its_threshold_is_missed_and_one_at_it_is_met() {
        let rows = build_rows(
            &[measurement("core-instructions", 12.6, Some(10.0)), measurement("warm-bytes", 400.0, None)],
            false,
        );
        assert_eq!(rows.len(), 2);
        assert!(rows[0].is_missed() && !rows[1].is_missed());
        assert_eq!(rows[1].verdict, "met");
        let search = |ours| build_rows(&[measurement("search", ours, Some(0.45))], false).remove(0);
        assert!(!search(0.5).is_missed() && search(0.52).is_missed() && search(0.55).is_missed());
        let page = |pictures| build_rows(&[measurement("page-moving", pictures, None)], false).remove(0);
        assert!(page(14.9).is_missed() && !page(15.0).is_missed());
    }

    #[test]
    fn a_complete_table_lists_the_rows_enforced_by_a_test() {
        let measurements: Vec<_> =
            ROWS.iter().take(5).map(|spec| measurement(spec.key, 1.0, Some(1.0))).collect();
        let rows = build_rows(&measurements, true);
        let verdict = |key: &str| rows.iter().find(|row| row.key == key).map(|row| row.verdict.as_str());
        assert_eq!(verdict("ffi-calls"), Some("enforced by CallsTest"));
    }

    #[test]
    fn every_key_is_unique() {
        let mut keys: Vec<_> = ROWS.iter().map(|spec| spec.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), ROWS.len());
    }
}

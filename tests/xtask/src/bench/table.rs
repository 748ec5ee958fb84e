//! The table: every row with its threshold and its measurement.

use comfy_table::{Table, presets::NOTHING};
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

/// A limit of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Limit {
    /// At most this multiple of the peer's value.
    Ratio(f64),
    /// At most this value.
    AtMost(f64),
    /// At least this value.
    AtLeast(f64),
}

use Limit::{AtLeast, AtMost, Ratio};

impl Limit {
    /// Returns the limit as text, and true if the values keep it; `None` if the one that it is about was not measured.
    fn judge(self, ours: Option<f64>, ratio: Option<f64>, unit: &str) -> (String, Option<bool>) {
        match self {
            Ratio(limit) => (format!("≤ {limit} ×"), ratio.map(|ratio| ratio <= limit)),
            AtMost(limit) => (format!("≤ {limit} {unit}"), ours.map(|ours| ours <= limit)),
            AtLeast(limit) => (format!("≥ {limit} {unit}"), ours.map(|ours| ours >= limit)),
        }
    }
}

/// A row: its key, description, peer and limits. Without a limit the value is only recorded.
struct RowSpec {
    key: &'static str,
    description: &'static str,
    peer: &'static str,
    limits: &'static [Limit],
}

const fn row(
    key: &'static str,
    description: &'static str,
    peer: &'static str,
    limits: &'static [Limit],
) -> RowSpec {
    RowSpec { key, description, peer, limits }
}

/// The row that is not measured here, and the test that enforces its limits instead.
const ENFORCED_BY_TEST: (&str, &str) = ("ffi-calls", "CallsTest");

const JNA: &str = "an empty call";

const ROWS: [RowSpec; 25] = [
    row("core-instructions", "sign-in + catalogue, first time", "reqwest + rusqlite", &[Ratio(1.25)]),
    row("first-journey-requests", "the first journey: requests", "", &[AtMost(8.0)]),
    row("first-journey-bytes", "the first journey on the wire, TLS included", "", &[AtMost(24.0)]),
    row("warm-requests", "warm start, nothing new: requests", "", &[AtMost(1.0)]),
    row("warm-bytes", "warm start, nothing new: bytes in clear", "", &[AtMost(400.0)]),
    row("open-first-screen", "open → first screen, 200 services", "10 services", &[Ratio(2.0)]),
    row("open-requests", "open → first screen, 10,000 requests", "10 requests", &[Ratio(1.1)]),
    row("sync-one-change", "sync of one change, 10,000 requests", "100 requests", &[Ratio(1.1)]),
    row("search", "search a keystroke, 200 services", "bare SQLite LIKE", &[Ratio(1.2), AtMost(0.5)]),
    row("ffi-calls", "calls a screen / a keystroke: 2 / 1", "", &[]),
    row("page-moving", "the live page while a list moves", "", &[AtLeast(15.0)]),
    row("page-still", "the live page while nothing moves, 5 s", "", &[AtMost(0.0)]),
    row("library-aarch64", "library, aarch64 Linux for a phone's", "", &[AtMost(4.0)]),
    row("library-here", "library, this machine's", "", &[]),
    row("peak-memory", "the core's process after the journey", "", &[AtMost(7.0)]),
    row("kotlin-sign-in", "sign-in + catalogue through JNA", "OkHttp stack", &[Ratio(0.85)]),
    row("kotlin-search", "search a keystroke through JNA", "SQLite LIKE, JDBC", &[Ratio(0.6)]),
    row("ffi-nothing", "a call: nothing in, a choice out", JNA, &[]),
    row("ffi-object", "a call: an object out", JNA, &[]),
    row("ffi-text", "a call: two texts in, fields out", JNA, &[]),
    row("ffi-record", "a call: a record out", JNA, &[]),
    row("ffi-list", "a call: a list of records out", JNA, &[]),
    row("ffi-callback", "a callback from the core", JNA, &[]),
    row("ffi-async", "an async call that fails", JNA, &[]),
    row("library-crates", "the library's code by crate", "", &[]),
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

/// Combines each measurement with its limits. A complete table also lists the row that a test enforces.
pub(super) fn build_rows(measurements: &[Measurement], complete: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for spec in &ROWS {
        let measured = measurements.iter().filter(|measurement| measurement.row == spec.key);
        rows.extend(measured.map(|measurement| build_row(spec, Some(measurement))));
        if spec.key == ENFORCED_BY_TEST.0 && complete {
            rows.push(build_row(spec, None));
        }
    }
    rows
}

fn build_row(spec: &RowSpec, measurement: Option<&Measurement>) -> Row {
    let ours = measurement.map(|measurement| measurement.ours);
    let peer = measurement.and_then(|measurement| measurement.peer);
    let ratio = ours.zip(peer).map(|(ours, peer)| ours / peer);
    let unit = measurement.map(|measurement| measurement.unit.clone()).unwrap_or_default();
    let judged = spec.limits.iter().map(|limit| limit.judge(ours, ratio, &unit));
    let (limits, met): (Vec<String>, Vec<Option<bool>>) = judged.unzip();
    let met: Option<Vec<bool>> = met.into_iter().collect();
    let verdict = match met.as_deref() {
        _ if spec.key == ENFORCED_BY_TEST.0 => format!("enforced by {}", ENFORCED_BY_TEST.1),
        Some([]) => "measured".to_owned(),
        Some(met) if met.iter().all(|met| *met) => "met".to_owned(),
        Some(_) => MISSED.to_owned(),
        None => "not measured".to_owned(),
    };
    Row {
        key: spec.key.to_owned(),
        description: spec.description.to_owned(),
        threshold: limits.join(", "),
        ours,
        peer,
        peer_name: spec.peer.to_owned(),
        ratio,
        unit,
        verdict,
        notes: measurement.map(|measurement| measurement.notes.clone()).unwrap_or_default(),
    }
}

/// Formats the table as plain text, followed by the notes.
pub(super) fn render(rows: &[Row]) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(["", "threshold", "ours", "peer", "ratio", "verdict"]);
    table.add_rows(rows.iter().map(cells));
    table.column_iter_mut().for_each(|column| {
        column.set_padding((0, 2));
    });
    let notes = rows.iter().flat_map(|row| row.notes.iter().map(|note| format!("{}: {note}\n", row.key)));
    format!("\n{}\n\n{}", table.trim_fmt(), notes.collect::<String>())
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

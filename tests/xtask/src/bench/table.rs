//! The table: every row with its threshold and its measurement.

use anyhow::{Context, Result};
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

/// The rows' file: their keys, descriptions, peers and limits.
const ROWS: &str = include_str!("../../../bench/rows.toml");

#[derive(Deserialize)]
struct RowsFile {
    row: Vec<RowSpec>,
}

/// A row of the file, which says what its members mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowSpec {
    key: String,
    description: String,
    #[serde(default)]
    peer: String,
    ratio: Option<f64>,
    at_most: Option<f64>,
    at_least: Option<f64>,
    /// Test that enforces the limits of a row that is not measured here.
    enforced_by: Option<String>,
}

impl RowSpec {
    /// Returns the limits as text, each with true if it is kept; `None` if what it is about was not measured.
    fn judge(&self, ours: Option<f64>, ratio: Option<f64>, unit: &str) -> Vec<(String, Option<bool>)> {
        let limits = [
            self.ratio.map(|limit| (format!("≤ {limit} ×"), ratio.map(|ratio| ratio <= limit))),
            self.at_most.map(|limit| (format!("≤ {limit} {unit}"), ours.map(|ours| ours <= limit))),
            self.at_least.map(|limit| (format!("≥ {limit} {unit}"), ours.map(|ours| ours >= limit))),
        ];
        limits.into_iter().flatten().collect()
    }
}

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

/// Combines each measurement with its limits. A complete table also lists the rows that a test enforces.
pub(super) fn build_rows(measurements: &[Measurement], complete: bool) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for spec in toml::from_str::<RowsFile>(ROWS).context("the bench's rows")?.row {
        let measured = measurements.iter().filter(|measurement| measurement.row == spec.key);
        rows.extend(measured.map(|measurement| build_row(&spec, Some(measurement))));
        if spec.enforced_by.is_some() && complete {
            rows.push(build_row(&spec, None));
        }
    }
    Ok(rows)
}

fn build_row(spec: &RowSpec, measurement: Option<&Measurement>) -> Row {
    let ours = measurement.map(|measurement| measurement.ours);
    let peer = measurement.and_then(|measurement| measurement.peer);
    let ratio = ours.zip(peer).map(|(ours, peer)| ours / peer);
    let unit = measurement.map(|measurement| measurement.unit.clone()).unwrap_or_default();
    let (limits, met): (Vec<_>, Vec<_>) = spec.judge(ours, ratio, &unit).into_iter().unzip();
    let met: Option<Vec<bool>> = met.into_iter().collect();
    let verdict = match (&spec.enforced_by, met.as_deref()) {
        (Some(test), _) => format!("enforced by {test}"),
        (None, Some([])) => "measured".to_owned(),
        (None, Some(met)) if met.iter().all(|met| *met) => "met".to_owned(),
        (None, Some(_)) => MISSED.to_owned(),
        (None, None) => "not measured".to_owned(),
    };
    Row {
        key: spec.key.clone(),
        description: spec.description.clone(),
        threshold: limits.join(", "),
        ours,
        peer,
        peer_name: spec.peer.clone(),
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
        )
        .unwrap();
        assert_eq!(rows.len(), 2);
        assert!(rows[0].is_missed() && !rows[1].is_missed());
        assert_eq!(rows[1].verdict, "met");
        let search = |ours| build_rows(&[measurement("search", ours, Some(0.45))], false).unwrap().remove(0);
        assert!(!search(0.5).is_missed() && search(0.52).is_missed() && search(0.55).is_missed());
        let page =
            |pictures| build_rows(&[measurement("page-moving", pictures, None)], false).unwrap().remove(0);
        assert!(page(14.9).is_missed() && !page(15.0).is_missed());
    }

    #[test]
    fn a_complete_table_lists_the_rows_enforced_by_a_test_and_no_key_twice() {
        let rows = build_rows(&[], true).unwrap();
        let enforced: Vec<_> = rows.iter().map(|row| (row.key.as_str(), row.verdict.as_str())).collect();
        assert_eq!(enforced, [("ffi-calls", "enforced by CallsTest")]);
        let mut keys: Vec<_> =
            toml::from_str::<RowsFile>(ROWS).unwrap().row.into_iter().map(|spec| spec.key).collect();
        keys.sort_unstable();
        assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{keys:?}");
    }
}

//! The table: every row of design §6 with its bar, and what was measured beside it.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// What a measurement said.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Figure {
    pub(super) row: String,
    pub(super) ours: f64,
    pub(super) peer: Option<f64>,
    pub(super) unit: String,
    pub(super) notes: Vec<String>,
}

/// How a row is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bar {
    /// Ours is at most this many times the peer's.
    Ratio(f64),
    /// Ours is at most this.
    AtMost(f64),
    /// Ours is at least this.
    AtLeast(f64),
    /// Nothing is asked: it is measured.
    None,
    /// A test holds it.
    Test(&'static str),
}

/// A row: its key, what it is about, who the peer is, its bar.
struct Known {
    key: &'static str,
    what: &'static str,
    peer: &'static str,
    bar: Bar,
}

const fn row(key: &'static str, what: &'static str, peer: &'static str, bar: Bar) -> Known {
    Known { key, what, peer, bar }
}

const JNA: &str = "an empty call";

const ROWS: [Known; 25] = [
    row("core-instructions", "sign-in + catalogue, first time", "reqwest + rusqlite", Bar::Ratio(1.3)),
    row("first-journey-requests", "the first journey: requests", "", Bar::AtMost(8.0)),
    row("first-journey-bytes", "the first journey on the wire, TLS included", "", Bar::AtMost(40.0)),
    row("warm-requests", "warm start, nothing new: requests", "", Bar::AtMost(1.0)),
    row("warm-bytes", "warm start, nothing new: bytes in clear", "", Bar::AtMost(600.0)),
    row("open-first-screen", "open → first screen, 200 services", "10 services", Bar::None),
    row("open-requests", "open → first screen, 10,000 requests", "10 requests", Bar::Ratio(1.2)),
    row("sync-one-change", "sync of one change, 10,000 requests", "100 requests", Bar::Ratio(1.2)),
    row("search", "search a keystroke, 200 services", "bare SQLite LIKE", Bar::AtMost(1.0)),
    row("ffi-calls", "calls a screen / a keystroke: 2 / 1", "", Bar::Test("CallsTest")),
    row("page-moving", "the live page while a list moves", "", Bar::AtLeast(15.0)),
    row("page-still", "the live page while nothing moves, 5 s", "", Bar::AtMost(0.0)),
    row("library-aarch64", "library, aarch64 Linux for a phone's", "", Bar::AtMost(4.0)),
    row("library-here", "library, this machine's", "", Bar::None),
    row("peak-memory", "the core's process after the journey", "", Bar::None),
    row("kotlin-sign-in", "sign-in + catalogue through JNA", "OkHttp stack", Bar::None),
    row("kotlin-search", "search a keystroke through JNA", "SQLite LIKE, JDBC", Bar::None),
    row("ffi-nothing", "a call: nothing in, a choice out", JNA, Bar::None),
    row("ffi-object", "a call: an object out", JNA, Bar::None),
    row("ffi-text", "a call: two texts in, fields out", JNA, Bar::None),
    row("ffi-record", "a call: a record out", JNA, Bar::None),
    row("ffi-list", "a call: a list of records out", JNA, Bar::None),
    row("ffi-callback", "a call back, told from the core", JNA, Bar::None),
    row("ffi-async", "an async call, refused", JNA, Bar::None),
    row("library-crates", "the library's code by crate", "", Bar::None),
];

/// A row as it is printed and kept.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    key: String,
    what: String,
    bar: String,
    ours: Option<f64>,
    peer: Option<f64>,
    peer_is: String,
    ratio: Option<f64>,
    unit: String,
    verdict: String,
    notes: Vec<String>,
}

impl Row {
    /// Whether it is over its bar.
    pub(super) fn missed(&self) -> bool {
        self.verdict == MISSED
    }
}

const MISSED: &str = "missed";

/// Puts each figure beside its bar. In the whole table, rows that are a test's stand as well,
/// so that it is the design's.
pub(super) fn judge(figures: &[Figure], whole: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for known in &ROWS {
        let mut measured = figures.iter().filter(|figure| figure.row == known.key).peekable();
        if measured.peek().is_none() && whole && matches!(known.bar, Bar::Test(_)) {
            rows.push(told(known, None));
        }
        rows.extend(measured.map(|figure| told(known, Some(figure))));
    }
    rows
}

fn told(known: &Known, figure: Option<&Figure>) -> Row {
    let ratio = figure.and_then(|figure| Some(figure.ours / figure.peer?));
    let ours = figure.map(|figure| figure.ours);
    let met = |value: Option<f64>, most: f64| {
        value.map_or("not measured", |value| if value <= most { "met" } else { MISSED })
    };
    let unit = figure.map(|figure| figure.unit.clone()).unwrap_or_default();
    let (bar, verdict) = match known.bar {
        Bar::Ratio(most) => (format!("≤ {most} ×"), met(ratio, most).to_owned()),
        Bar::AtMost(most) => (format!("≤ {most} {unit}"), met(ours, most).to_owned()),
        Bar::AtLeast(least) => {
            let met = ours.map_or("not measured", |value| if value >= least { "met" } else { MISSED });
            (format!("≥ {least} {unit}"), met.to_owned())
        }
        Bar::None => (String::new(), "measured".to_owned()),
        Bar::Test(name) => (String::new(), format!("held by {name}")),
    };
    Row {
        key: known.key.to_owned(),
        what: known.what.to_owned(),
        bar,
        ours,
        peer: figure.and_then(|figure| figure.peer),
        peer_is: known.peer.to_owned(),
        ratio,
        unit,
        verdict,
        notes: figure.map(|figure| figure.notes.clone()).unwrap_or_default(),
    }
}

/// The table in plain letters, with the notes below.
pub(super) fn print(rows: &[Row]) -> String {
    let heads = ["", "bar", "ours", "peer", "ratio", "verdict"].map(str::to_owned);
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
    let with_unit =
        |value: Option<f64>| value.map(|value| format!("{} {}", short(value), row.unit)).unwrap_or_default();
    let peer = match row.peer {
        Some(_) => format!("{} ({})", with_unit(row.peer), row.peer_is),
        None => String::new(),
    };
    let ratio = row.ratio.map(|ratio| format!("{} ×", short(ratio))).unwrap_or_default();
    [row.what.clone(), row.bar.clone(), with_unit(row.ours), peer, ratio, row.verdict.clone()]
}

/// Three digits tell enough.
fn short(value: f64) -> String {
    match value {
        whole if whole.fract() == 0.0 || whole >= 1000.0 => format!("{whole:.0}"),
        large if large >= 10.0 => format!("{large:.1}"),
        small => format!("{small:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(row: &str, ours: f64, peer: Option<f64>) -> Figure {
        Figure { row: row.to_owned(), ours, peer, unit: "ms".to_owned(), notes: Vec::new() }
    }

    #[test]
    fn what_is_over_its_bar_is_missed_and_what_is_on_it_is_met() {
        let rows =
            judge(&[figure("core-instructions", 13.1, Some(10.0)), figure("search", 1.0, Some(0.1))], false);
        assert_eq!(rows.len(), 2);
        assert!(rows[0].missed() && !rows[1].missed());
        assert_eq!(rows[1].verdict, "met");
        let page = |pictures| judge(&[figure("page-moving", pictures, None)], false).remove(0);
        assert!(page(14.9).missed() && !page(15.0).missed());
    }

    #[test]
    fn a_full_table_names_what_a_test_holds() {
        let figures: Vec<_> = ROWS.iter().take(5).map(|known| figure(known.key, 1.0, Some(1.0))).collect();
        let rows = judge(&figures, true);
        let verdict = |key: &str| rows.iter().find(|row| row.key == key).map(|row| row.verdict.as_str());
        assert_eq!(verdict("ffi-calls"), Some("held by CallsTest"));
    }

    #[test]
    fn every_key_stands_once() {
        let mut keys: Vec<_> = ROWS.iter().map(|known| known.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), ROWS.len());
    }
}

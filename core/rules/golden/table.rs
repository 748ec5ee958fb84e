//! Reader of the tables in this folder, for the tests of every crate that reads one.

/// Returns the rows of a table: columns separated by tabs, below a line that names their source or reader. Escapes as in
/// Rust (`\n`, `\u{2009}`) stand for what an editor would not show.
pub(crate) fn rows<const COLUMNS: usize>(table: &str) -> Vec<[String; COLUMNS]> {
    let (source, rows) = table.split_once('\n').unwrap();
    assert!(source.starts_with("# "), "{source}");
    rows.lines().map(|row| row.split('\t').map(unescape).collect::<Vec<_>>().try_into().unwrap()).collect()
}

fn unescape(column: &str) -> String {
    let mut text = String::new();
    let mut rest = column.chars();
    while let Some(c) = rest.next() {
        text.push(match c {
            '\\' => match rest.next().unwrap() {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '\\' => '\\',
                'u' => {
                    let code: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    char::from_u32(u32::from_str_radix(&code, 16).unwrap()).unwrap()
                }
                other => panic!("\\{other} in {column}"),
            },
            c => c,
        });
    }
    text
}

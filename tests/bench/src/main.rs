//! `fos-bench [--folder FOLDER] [--kotlin FILE] [--android FILE] MEASUREMENT…`: measures, and says each figure as JSON, one a line.

use std::path::PathBuf;

use anyhow::{Context, bail};
use fos_bench::rows::{self, NAMES, Tools};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut tools = Tools { folder: PathBuf::from("."), ..Tools::default() };
    let mut names = Vec::new();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} needs a path"));
        match word.as_str() {
            "--folder" => tools.folder = value()?.into(),
            "--kotlin" => tools.kotlin = Some(value()?.into()),
            "--android" => tools.android = Some(value()?.into()),
            name if name.starts_with('-') => bail!("fos-bench does not know {name}"),
            _ => names.push(word),
        }
    }
    if names.is_empty() {
        names = NAMES.map(str::to_owned).to_vec();
    }
    for name in names {
        for figure in rows::measure(&name, &tools).await.with_context(|| format!("measuring {name}"))? {
            println!("{}", serde_json::to_string(&figure)?);
        }
    }
    Ok(())
}

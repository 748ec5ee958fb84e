//! `fos-bench [--folder FOLDER] [--kotlin FILE] [--android FILE] MEASUREMENT…`: runs measurements and prints each
//! result as JSON, one a line.

use std::path::PathBuf;

use anyhow::{Context, bail};
use fos_bench::rows::{self, NAMES, Options};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut options = Options { folder: PathBuf::from("."), ..Options::default() };
    let mut names = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs a path"));
        match arg.as_str() {
            "--folder" => options.folder = value()?.into(),
            "--kotlin" => options.kotlin = Some(value()?.into()),
            "--android" => options.android = Some(value()?.into()),
            name if name.starts_with('-') => bail!("unknown option {name}"),
            _ => names.push(arg),
        }
    }
    if names.is_empty() {
        names = NAMES.map(str::to_owned).to_vec();
    }
    for name in names {
        for measurement in
            rows::measure(&name, &options).await.with_context(|| format!("measuring {name}"))?
        {
            println!("{}", serde_json::to_string(&measurement)?);
        }
    }
    Ok(())
}

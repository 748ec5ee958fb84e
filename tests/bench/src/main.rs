//! `fos-bench`: runs measurements and prints each result as JSON, one a line.

use anyhow::Context;
use clap::Parser;
use fos_bench::rows::{self, NAMES, Options};

/// Measures the core beside its peers
#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    options: Options,
    /// Measurements to run, all of them by default
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(NAMES))]
    names: Vec<String>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Cli { options, names } = Cli::parse();
    let names = if names.is_empty() { NAMES.map(str::to_owned).to_vec() } else { names };
    for name in names {
        let measured = rows::measure(&name, &options).await;
        for measurement in measured.with_context(|| format!("measuring {name}"))? {
            println!("{}", serde_json::to_string(&measurement)?);
        }
    }
    Ok(())
}

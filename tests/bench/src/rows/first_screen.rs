//! From `Fos::open` to the first screen's data, as the catalogue grows.

use super::{milliseconds, run_to_end, sides};
use crate::{
    figure::{Figure, median},
    stand::{Setup, Stand},
};

const MANY: usize = 200;
const FEW: usize = 10;
const TIMES: &str = "101";

pub(super) async fn measure() -> anyhow::Result<Vec<Figure>> {
    let many = opened_with(MANY).await?;
    let few = opened_with(FEW).await?;
    let figure = Figure::beside("open-first-screen", many, few, "ms");
    Ok(vec![figure.note(format!("{MANY} services stored, over {FEW}"))])
}

async fn opened_with(services: usize) -> anyhow::Result<f64> {
    let stand = Stand::begin(Setup { services: Some(services), ..Setup::default() }).await?;
    stand.open_account().await?;
    let (core, _) = sides()?;
    let given = stand.given("phone");
    run_to_end(&core, &["settle"], &given).await?;
    let said = run_to_end(&core, &["open", TIMES], &given).await?;
    stand.end().await;
    Ok(median(milliseconds(&said).into_iter().map(|(_, took)| took).collect()))
}

//! Time from `Fos::open` to the first screen's data, as the catalogue grows.

use std::path::Path;

use super::{parse_milliseconds, run_program};
use crate::{
    measurement::{Measurement, median},
    server_fixture::{FixtureConfig, ServerFixture},
};

const MANY: usize = 200;
const FEW: usize = 10;
const REPETITIONS: &str = "101";

pub(super) async fn measure(core: &Path) -> anyhow::Result<Vec<Measurement>> {
    let many = median_open_time(core, MANY).await?;
    let few = median_open_time(core, FEW).await?;
    let measurement = Measurement::with_peer("open-first-screen", many, few, "ms");
    Ok(vec![measurement.note(format!("{MANY} services stored, over {FEW}"))])
}

async fn median_open_time(core: &Path, services: usize) -> anyhow::Result<f64> {
    let server =
        ServerFixture::start(FixtureConfig { services: Some(services), ..FixtureConfig::default() }).await?;
    server.create_account().await?;
    let args = server.args_for("phone");
    run_program(core, &["sign-in-once"], &args).await?;
    let lines = run_program(core, &["open", REPETITIONS], &args).await?;
    server.stop().await;
    Ok(median(parse_milliseconds(&lines).into_iter().map(|(_, time)| time).collect()))
}

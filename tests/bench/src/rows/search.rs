//! Time of a keystroke in the search among 200 services: in the core, and with LIKE in bare SQLite.

use std::path::Path;

use super::{parse_milliseconds, run_program};
use crate::{
    measurement::{Measurement, median},
    server_fixture::{FixtureConfig, ServerFixture},
};

/// Texts typed letter by letter, in both languages; the empty text shows all services.
const QUERIES: [&str; 8] = ["", "م", "من", "منح", "منحة", "a", "alloc", "pelerinage"];
const REPETITIONS: &str = "201";

pub(super) async fn measure(core: &Path, bare: &Path) -> anyhow::Result<Vec<Measurement>> {
    let server =
        ServerFixture::start(FixtureConfig { services: Some(200), ..FixtureConfig::default() }).await?;
    server.create_account().await?;
    let arguments: Vec<&str> = ["search", REPETITIONS].into_iter().chain(QUERIES).collect();
    let mut results = Vec::new();
    for (name, program) in [("core", core), ("bare", bare)] {
        let args = server.args_for(name);
        run_program(program, &["sign-in-once"], &args).await?;
        results.push(run_program(program, &arguments, &args).await?);
    }
    server.stop().await;
    let [ours, peer] = [&results[0], &results[1]].map(|lines| median_by_query(lines));
    let slowest = |side: &[(&str, f64)]| side.iter().map(|(_, time)| *time).fold(0.0, f64::max);
    let each = ours.iter().map(|(query, time)| format!("«{query}» {time:.3}")).collect::<Vec<_>>().join(", ");
    let measurement = Measurement::with_peer("search", slowest(&ours), slowest(&peer), "ms");
    Ok(vec![measurement.note(format!("the slowest of: {each} ms"))])
}

/// Returns the median time of each query.
fn median_by_query(lines: &[String]) -> Vec<(&'static str, f64)> {
    let all = parse_milliseconds(lines);
    let of = |text: &str| all.iter().filter(|(query, _)| *query == text).map(|(_, time)| *time).collect();
    QUERIES.iter().map(|text| (*text, median(of(text)))).collect()
}

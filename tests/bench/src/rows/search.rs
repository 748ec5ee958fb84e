//! A keystroke in the search, among 200 services: in the core, and by LIKE in bare SQLite.

use super::{milliseconds, run_to_end, sides};
use crate::{
    figure::{Figure, median},
    stand::{Setup, Stand},
};

/// What a member types, a letter after another, in both languages; the empty field shows all.
const TYPED: [&str; 8] = ["", "م", "من", "منح", "منحة", "a", "alloc", "pelerinage"];
const TIMES: &str = "201";

pub(super) async fn measure() -> anyhow::Result<Vec<Figure>> {
    let stand = Stand::begin(Setup { services: Some(200), ..Setup::default() }).await?;
    stand.open_account().await?;
    let (core, bare) = sides()?;
    let words: Vec<&str> = ["search", TIMES].into_iter().chain(TYPED).collect();
    let mut found = Vec::new();
    for (name, program) in [("core", &core), ("bare", &bare)] {
        let given = stand.given(name);
        run_to_end(program, &["settle"], &given).await?;
        found.push(run_to_end(program, &words, &given).await?);
    }
    stand.end().await;
    let [ours, peer] = [&found[0], &found[1]].map(|said| by_text(said));
    let slowest = |side: &[(&str, f64)]| side.iter().map(|(_, took)| *took).fold(0.0, f64::max);
    let each = ours.iter().map(|(text, took)| format!("«{text}» {took:.3}")).collect::<Vec<_>>().join(", ");
    let figure = Figure::beside("search", slowest(&ours), slowest(&peer), "ms");
    Ok(vec![figure.note(format!("the dearest of: {each} ms"))])
}

/// The median of each text.
fn by_text(said: &[String]) -> Vec<(&'static str, f64)> {
    let all = milliseconds(said);
    let of = |text: &str| all.iter().filter(|(said, _)| *said == text).map(|(_, took)| *took).collect();
    TYPED.iter().map(|text| (*text, median(of(text)))).collect()
}

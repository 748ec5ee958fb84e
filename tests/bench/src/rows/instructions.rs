//! Instructions of a sign-in and the catalogue, compared with bare reqwest and rusqlite doing the same.
//!
//! A first sign-in on a new phone: folder, TLS, challenge, session, catalogue, stored and read back. Each side does it
//! once in one run and five times in another; a quarter of the difference excludes the start of the process. Solving a
//! captcha is a random search, so the threads that do it are excluded on both sides.

use std::path::Path;

use anyhow::Context;

use super::callgrind::{self, InstructionCounts};
use crate::{
    measurement::Measurement,
    server_fixture::{FixtureConfig, ServerFixture},
};

const FEW: u32 = 1;
const MANY: u32 = 5;

pub(super) async fn measure(folder: &Path, core: &Path, bare: &Path) -> anyhow::Result<Vec<Measurement>> {
    let server = ServerFixture::start(FixtureConfig { tls: true, ..FixtureConfig::default() }).await?;
    server.create_account().await?;
    let ours = measure_side(&server, folder, "core", core).await.context("ours")?;
    let peer = measure_side(&server, folder, "bare", bare).await.context("the peer")?;
    server.stop().await;
    let proofs = format!("proof of work beside: {:.2} M ours, {:.2} M the peer's", ours.proofs, peer.proofs);
    Ok(vec![Measurement::with_peer("core-instructions", ours.work, peer.work, "M instructions").note(proofs)])
}

/// Returns millions of instructions for one sign-in.
async fn measure_side(
    server: &ServerFixture,
    folder: &Path,
    side: &str,
    program: &Path,
) -> anyhow::Result<InstructionCounts> {
    let count = async |times: u32| {
        let name = format!("{side}-{times}");
        let arguments = ["sign-in", &times.to_string()];
        callgrind::count_instructions(
            program,
            &arguments,
            &server.args_for(&name),
            &folder.join("callgrind").join(&name),
        )
        .await
    };
    let (few, many) = (count(FEW).await?, count(MANY).await?);
    let one = |few: f64, many: f64| (many - few) / f64::from(MANY - FEW) / 1e6;
    Ok(InstructionCounts { work: one(few.work, many.work), proofs: one(few.proofs, many.proofs) })
}

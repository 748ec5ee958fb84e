//! Instructions of a sign-in and the catalogue, over bare reqwest and rusqlite doing the same.
//!
//! A first sign-in on a phone that was never used: folder, TLS, challenge, session, catalogue, kept and read back.
//! Each side does it once in one run and five times in another; the difference, by four, has no start of the process
//! in it. The robot check is a search by chance, so the threads that solve it are taken off, on both sides alike.

use std::path::Path;

use anyhow::Context;

use super::{
    callgrind::{self, Counted},
    sides,
};
use crate::{
    figure::Figure,
    stand::{Setup, Stand},
};

const FEW: u32 = 1;
const MANY: u32 = 5;

pub(super) async fn measure(folder: &Path) -> anyhow::Result<Vec<Figure>> {
    let stand = Stand::begin(Setup { tls: true, ..Setup::default() }).await?;
    stand.open_account().await?;
    let (core, bare) = sides()?;
    let ours = once(&stand, folder, "core", &core).await.context("ours")?;
    let peer = once(&stand, folder, "bare", &bare).await.context("the peer")?;
    stand.end().await;
    let proofs = format!("proof of work beside: {:.2} M ours, {:.2} M the peer's", ours.proofs, peer.proofs);
    Ok(vec![Figure::beside("core-instructions", ours.work, peer.work, "M instructions").note(proofs)])
}

/// Millions of instructions for one sign-in.
async fn once(stand: &Stand, folder: &Path, side: &str, program: &Path) -> anyhow::Result<Counted> {
    let count = async |times: u32| {
        let name = format!("{side}-{times}");
        let words = ["sign-in", &times.to_string()];
        callgrind::count(program, &words, &stand.given(&name), &folder.join("callgrind").join(&name)).await
    };
    let (few, many) = (count(FEW).await?, count(MANY).await?);
    let one = |few: f64, many: f64| (many - few) / f64::from(MANY - FEW) / 1e6;
    Ok(Counted { work: one(few.work, many.work), proofs: one(few.proofs, many.proofs) })
}

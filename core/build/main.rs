//! Prepares the texts that the library embeds, since members download every byte: migrations without their comments,
//! the privacy texts compressed, messages compiled and compressed.

#[path = "../src/i18n/message.rs"]
mod message;
mod messages;

use std::path::Path;
use std::{env, fs, io};

use lz4::block::{CompressionMode, compress};

/// Highest level of LZ4.
const BEST_COMPRESSION: CompressionMode = CompressionMode::HIGHCOMPRESSION(12);

fn main() -> io::Result<()> {
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/i18n/message.rs");
    for (folder, extension, comment) in
        [("locales", "ftl", "#"), ("locales", "md", "<!--"), ("migrations", "sql", "--")]
    {
        println!("cargo::rerun-if-changed={folder}");
        for entry in fs::read_dir(folder)? {
            let file = entry?.path();
            let is_copied = file.extension().is_some_and(|found| found == extension);
            if let Some(name) = file.file_name().filter(|_| is_copied) {
                let text = without_comments(&fs::read_to_string(&file)?, comment);
                let copied = match extension {
                    "ftl" => compress(&messages::compile(&text)?, Some(BEST_COMPRESSION), true)?,
                    "md" => compress(text.as_bytes(), Some(BEST_COMPRESSION), true)?,
                    _ => text.into_bytes(),
                };
                fs::write(Path::new(&out).join(name), copied)?;
            }
        }
    }
    Ok(())
}

/// Returns the text without the lines that begin with `comment`.
fn without_comments(text: &str, comment: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with(comment));
    lines.flat_map(|line| [line, "\n"]).collect()
}

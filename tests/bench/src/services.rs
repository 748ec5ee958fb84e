//! A seed folder for the portal with any number of services.

use std::{fs, path::Path};

use anyhow::{Context, bail};
use fos_support::files::copy_folder;
use toml::{Table, Value};

const SERVICES: &str = "services.toml";
const FORMS: &str = "forms";

/// Writes a seed folder with `count` services: those of `from`, repeated under other names.
pub(crate) fn write_seed(from: &Path, to: &Path, count: usize) -> anyhow::Result<()> {
    copy_folder(from, to).with_context(|| format!("copying {}", from.display()))?;
    let text = fs::read_to_string(from.join(SERVICES)).context(SERVICES)?;
    let services = repeat_services(&text, count)?;
    fs::write(to.join(SERVICES), &services).context(SERVICES)?;
    remove_forms_without_service(&services, &to.join(FORMS))
}

/// Removes the forms of services that are not in the seed.
fn remove_forms_without_service(services: &str, forms: &Path) -> anyhow::Result<()> {
    for file in fs::read_dir(forms).context(FORMS)? {
        let path = file.context(FORMS)?.path();
        let service = path.file_stem().unwrap_or_default().to_string_lossy();
        if !services.contains(&format!("id = \"{service}\"\n")) {
            fs::remove_file(&path).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

fn repeat_services(text: &str, count: usize) -> anyhow::Result<String> {
    let mut document: Table = text.parse().context(SERVICES)?;
    let Some(Value::Array(services)) = document.get_mut("service") else {
        bail!("{SERVICES} has no service")
    };
    let originals: Vec<Value> = services.clone();
    *services = originals.iter().cycle().take(count).cloned().collect();
    for (number, service) in services.iter_mut().enumerate().skip(originals.len()) {
        make_unique(service, number).with_context(|| format!("service {number}"))?;
    }
    Ok(toml::to_string(&document)?)
}

/// Changes id and titles, so that a search can distinguish the copies.
fn make_unique(service: &mut Value, number: usize) -> anyhow::Result<()> {
    let service = service.as_table_mut().context("not a table")?;
    for (table, key) in [(None, "id"), (Some("title"), "ar"), (Some("title"), "fr")] {
        let target = match table {
            Some(name) => service.get_mut(name).and_then(Value::as_table_mut).context("no title")?,
            None => &mut *service,
        };
        let text = target.get(key).and_then(Value::as_str).context("no name")?;
        let separator = if key == "id" { '-' } else { ' ' };
        let text = format!("{text}{separator}{number}");
        target.insert(key.to_owned(), text.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_repeated_under_other_names() {
        let text = "[[service]]\nid = \"a\"\ntitle = { ar = \"ا\", fr = \"A\" }\n";
        let document: Table = repeat_services(text, 3).unwrap().parse().unwrap();
        let ids: Vec<_> = document["service"]
            .as_array()
            .unwrap()
            .iter()
            .map(|service| service["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, ["a", "a-1", "a-2"]);
    }
}

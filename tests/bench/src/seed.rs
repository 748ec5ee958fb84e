//! A portal's seed folder with as many services as a row wants.

use std::{fs, path::Path};

use anyhow::{Context, bail};
use fos_journeys::seed;
use toml::{Table, Value};

const SERVICES: &str = "services.toml";
const FORMS: &str = "forms";

/// Writes a seed folder whose services are those of `from`, again and again under other names, until there are `many`.
pub(crate) fn with_services(from: &Path, to: &Path, many: usize) -> anyhow::Result<()> {
    seed::copy_folder(from, to).with_context(|| format!("copying {}", from.display()))?;
    let text = fs::read_to_string(from.join(SERVICES)).context(SERVICES)?;
    let services = repeated(&text, many)?;
    fs::write(to.join(SERVICES), &services).context(SERVICES)?;
    keep_forms_of(&services, &to.join(FORMS))
}

/// A form stays only where its service does.
fn keep_forms_of(services: &str, forms: &Path) -> anyhow::Result<()> {
    for file in fs::read_dir(forms).context(FORMS)? {
        let path = file.context(FORMS)?.path();
        let service = path.file_stem().unwrap_or_default().to_string_lossy();
        if !services.contains(&format!("id = \"{service}\"\n")) {
            fs::remove_file(&path).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

fn repeated(text: &str, many: usize) -> anyhow::Result<String> {
    let mut whole: Table = text.parse().context(SERVICES)?;
    let Some(Value::Array(services)) = whole.get_mut("service") else { bail!("{SERVICES} has no service") };
    let first: Vec<Value> = services.clone();
    *services = first.iter().cycle().take(many).cloned().collect();
    for (number, service) in services.iter_mut().enumerate().skip(first.len()) {
        rename(service, number).with_context(|| format!("service {number}"))?;
    }
    Ok(toml::to_string(&whole)?)
}

/// Another id and other titles: a search must have something to tell apart.
fn rename(service: &mut Value, number: usize) -> anyhow::Result<()> {
    let service = service.as_table_mut().context("it is no table")?;
    for (table, key) in [(None, "id"), (Some("title"), "ar"), (Some("title"), "fr")] {
        let holder = match table {
            Some(name) => service.get_mut(name).and_then(Value::as_table_mut).context("it has no title")?,
            None => &mut *service,
        };
        let text = holder.get(key).and_then(Value::as_str).context("it lacks a name")?;
        let separator = if key == "id" { '-' } else { ' ' };
        let text = format!("{text}{separator}{number}");
        holder.insert(key.to_owned(), text.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_repeated_under_other_names() {
        let text = "[[service]]\nid = \"a\"\ntitle = { ar = \"ا\", fr = \"A\" }\n";
        let whole: Table = repeated(text, 3).unwrap().parse().unwrap();
        let ids: Vec<_> = whole["service"]
            .as_array()
            .unwrap()
            .iter()
            .map(|service| service["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, ["a", "a-1", "a-2"]);
    }
}

//! Rules of the repository. The tests of this crate are the rules, and it contains nothing else: `rules` reads all
//! sources as text; the other modules compare files that must agree.

#[cfg(test)]
mod android;
#[cfg(test)]
mod design_tokens;
#[cfg(test)]
mod files;
#[cfg(test)]
mod gradle;
#[cfg(test)]
mod iphone;
#[cfg(test)]
mod mark;
#[cfg(test)]
mod parity;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod symbols;

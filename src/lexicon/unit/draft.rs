//! What decimal prefixes and powers make of a unit: kilometre, square kilometre.

use super::{RawPrefix, RawUnit, UnitKind};

/// A unit on its way into the lexicon: an entry, or what a prefix or power made of one.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) kind: UnitKind,
    pub(super) dimension: String,
    pub(super) base: Option<(String, f64, f64)>,
    pub(super) words: Vec<String>,
    pub(super) symbols: Vec<String>,
    pub(super) strict: bool,
    pub(super) hints: String,
    pub(super) stops: bool,
}

impl Draft {
    pub(super) fn of(raw: &RawUnit, kind: UnitKind) -> Self {
        let list = |s: &str| s.split_whitespace().map(str::to_owned).collect();
        Self {
            name: raw.id.get_ref().clone(),
            kind,
            dimension: raw.dimension.clone(),
            base: raw.base.clone().map(|b| (b, raw.factor, raw.offset)),
            words: list(&raw.words),
            symbols: list(&raw.symbols),
            strict: raw.strict,
            hints: raw.hints.clone(),
            stops: raw.stops,
        }
    }

    pub(super) fn prefixed(&self, prefix: &RawPrefix) -> Self {
        let name = prefix.id.get_ref();
        let symbols = self.symbols.iter().map(|s| format!("{}{s}", prefix.symbol));
        // the micro sign and the letter mu look alike, and u stands for both
        let micro = self.symbols.iter().filter(|_| prefix.symbol == "μ");
        let symbols = symbols.chain(micro.flat_map(|s| [format!("µ{s}"), format!("u{s}")])).collect();
        Self {
            name: format!("{name}{}", self.name),
            base: self.base.clone().map(|(b, f, o)| (b, f * prefix.factor, o)),
            words: self.words.iter().map(|w| format!("{name}{w}")).collect(),
            symbols,
            strict: false,
            hints: String::new(),
            ..self.clone()
        }
    }

    pub(super) fn power(&self, n: usize) -> Self {
        let (adjective, shorts, dimension, suffixes) = match n {
            2 => ("square", "sq", "area", ["2", "²", "squared"]),
            _ => ("cubic", "cu", "volume", ["3", "³", "cubed"]),
        };
        let mut words: Vec<String> = Vec::new();
        for w in &self.words {
            words.extend([
                format!("{adjective}_{w}"),
                format!("{shorts}_{w}"),
                format!("{w}_{}", suffixes[2]),
            ]);
            if w.len() <= 3 && w.chars().all(char::is_alphabetic) {
                words.extend([
                    format!("{w}{}", suffixes[0]),
                    format!("{w}{}", suffixes[1]),
                    format!("{shorts}{w}"),
                ]);
            }
        }
        let mut symbols = Vec::new();
        for s in self.symbols.iter().filter(|s| s.chars().all(char::is_alphabetic)) {
            symbols.extend([
                format!("{s}{}", suffixes[0]),
                format!("{s}{}", suffixes[1]),
                format!("{shorts}_{s}"),
                format!("{shorts}{s}"),
            ]);
        }
        let base = self.base.as_ref().map(|(b, f, _)| (format!("{adjective} {b}"), f.powi(n as i32), 0.0));
        Self {
            name: format!("{adjective} {}", self.name),
            dimension: dimension.to_owned(),
            base,
            words,
            symbols,
            hints: String::new(),
            ..self.clone()
        }
    }
}

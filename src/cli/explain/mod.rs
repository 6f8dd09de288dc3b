//! `onrecord explain`: an article in the terminal, coloured by what was found, with the rules that found it and those
//! that nearly did.

mod claims;
mod reading;

use self::reading::Reading;
use crate::cli::args::{ExplainArgs, Global};
use crate::cli::compare::short;
use crate::cli::console::{BOLD, DIM, line, plain};
use crate::cli::exit::{Done, Exit};
use crate::error::{Error, Result};
use crate::input::{self, Format, Settings};
use crate::pipeline::{self, Article};
use crate::record::{Attribution, OffsetUnit, Offsets, Options, Quote, Record};
use anstyle::{AnsiColor, Style};
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;

/// What a stretch of the article is, the later over the earlier.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    None,
    Content,
    Quote,
    Source,
    Cue,
}

const ROLES: &[(Role, &str, Style)] = &[
    (Role::Quote, "quote", AnsiColor::Green.on_default()),
    (Role::Content, "content", AnsiColor::Cyan.on_default()),
    (Role::Source, "source", AnsiColor::Yellow.on_default().bold()),
    (Role::Cue, "cue", AnsiColor::Magenta.on_default().bold()),
];
/// A reading less likely than this is not told unless asked for.
const NEARLY: f32 = 0.15;
const CLAIM: Style = Style::new().underline();

/// Runs the command.
pub(super) fn run(args: &ExplainArgs, global: &Global) -> Done {
    let found = input::find(std::slice::from_ref(&args.article), None)?;
    let format = args.from.as_deref().and_then(Format::named);
    let settings = Arc::new(Settings { format, ..Settings::default() });
    let options = Options { offsets: OffsetUnit::Bytes, ..Options::default() };
    let pipeline = global.pipeline()?.with_options(options);
    let mut out = anstream::stdout().lock();
    for file in &found.files {
        for article in input::articles(file, &settings) {
            let article = article?;
            let at = args.at.map(|offset| byte_offset(&article, offset, global.offsets)).transpose()?;
            let record = pipeline.run(&article);
            let reading = Reading::new(&article.text, pipeline.lexicon());
            let page = Page {
                article: &article,
                record: &record,
                paint: paint(&record, article.text.len()),
                reading: &reading,
                // of one spot all is told
                least: if args.all || at.is_some() { 0.0 } else { NEARLY },
                tokens: args.tokens,
            };
            let text = if args.claims { page.claims(at) } else { page.whole(at) };
            out.write_all(text.as_bytes())?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn byte_offset(article: &Article, offset: usize, unit: OffsetUnit) -> Result<usize> {
    let text = &article.text;
    let mut units = 0;
    let found = match unit {
        OffsetUnit::Bytes => (offset < text.len()).then_some(offset),
        _ => text.char_indices().find_map(|(byte, c)| {
            units += if unit == OffsetUnit::Utf16 { c.len_utf16() } else { 1 };
            (units > offset).then_some(byte)
        }),
    };
    let total = if unit == OffsetUnit::Bytes { text.len() } else { units };
    found.ok_or_else(|| {
        Error::usage(format!("offset {offset} lies behind the article's end; it is {total} long"))
    })
}

/// The role of each byte, and whether it is a claim's.
fn paint(record: &Record, length: usize) -> Vec<(Role, bool)> {
    let mut bytes = vec![(Role::None, false); length];
    let mut put = |span: Offsets, role| {
        bytes[span[0] as usize..span[1] as usize].iter_mut().for_each(|b| b.0 = role);
    };
    let said = &record.attributions;
    said.iter().flat_map(|a| &a.content.spans).for_each(|&span| put(span, Role::Content));
    record.quotes.iter().for_each(|q| put(q.span, Role::Quote));
    said.iter().flat_map(|a| &a.source).for_each(|s| put(s.span, Role::Source));
    said.iter().flat_map(|a| &a.cue).for_each(|c| put(c.span, Role::Cue));
    for claim in &record.claims {
        bytes[claim.span[0] as usize..claim.span[1] as usize].iter_mut().for_each(|b| b.1 = true);
    }
    bytes
}

struct Page<'a> {
    article: &'a Article,
    record: &'a Record,
    paint: Vec<(Role, bool)>,
    reading: &'a Reading,
    /// readings at least so likely are told
    least: f32,
    tokens: bool,
}

fn holds(span: Offsets, at: usize) -> bool {
    span[0] as usize <= at && at < span[1] as usize
}

impl Page<'_> {
    fn title(&self, out: &mut String) {
        let _ = write!(out, "{BOLD}{}{BOLD:#}", line(&self.article.id));
        let meta = &self.record.meta;
        for part in [&meta.title, &meta.publisher, &meta.date].into_iter().flatten() {
            let _ = write!(out, " {DIM}·{DIM:#} {}", plain(&short(part)));
        }
        out.push('\n');
    }

    /// The article, each sentence with what was found in it; or only what touches an offset, with the rules' reasons.
    fn whole(&self, at: Option<usize>) -> String {
        let mut out = String::new();
        self.title(&mut out);
        let styles = ROLES.iter().map(|(_, name, style)| format!("{style}{name}{style:#}"));
        let legend: Vec<_> = styles.chain([format!("{CLAIM}claim{CLAIM:#}")]).collect();
        let _ = writeln!(out, "{}", legend.join(" "));
        let mut block = u32::MAX;
        // between two sentences, the next is meant
        let only = at.map(|at| self.record.sentences.partition_point(|s| s.span[1] as usize <= at));
        for (number, sentence) in self.record.sentences.iter().enumerate() {
            if only.is_some_and(|only| only != number) {
                continue;
            }
            if block != sentence.block {
                block = sentence.block;
                let kind = self.record.blocks.get(block as usize).map(|b| b.kind.word()).unwrap_or_default();
                let _ = writeln!(out, "\n{DIM}[{kind}]{DIM:#}");
            }
            self.sentence(sentence.span, &mut out);
            if self.tokens {
                self.reading.tokens(sentence.span, at, &mut out);
            }
            let number = number as u32;
            for a in self.record.attributions.iter().filter(|a| match at {
                None => a.sentence == number,
                Some(at) => self.touches(a, at),
            }) {
                self.attribution(a, at.is_some(), &mut out);
            }
            for claim in self.record.claims.iter().filter(|c| match at {
                None => c.sentence == number,
                Some(at) => holds(c.span, at),
            }) {
                self.claim(claim, at.is_some(), &mut out);
            }
            for quote in self.record.quotes.iter().filter(|q| match at {
                None => holds(sentence.span, q.span[0] as usize) && q.attribution.is_none(),
                Some(at) => holds(q.span, at),
            }) {
                self.quote(quote, &mut out);
            }
            self.near(sentence.span, at, &mut out);
        }
        if at.is_none() {
            self.figures(&mut out);
        }
        for diagnostic in self.record.diagnostics.iter().filter(|d| at.is_none_or(|at| holds(d.span, at))) {
            let _ = writeln!(
                out,
                "\n{DIM}{} at {}: {}{DIM:#}",
                diagnostic.code,
                diagnostic.span[0],
                plain(&diagnostic.message)
            );
        }
        out
    }

    fn quote(&self, quote: &Quote, out: &mut String) {
        let _ = writeln!(
            out,
            "    {DIM}quote{DIM:#} {} {DIM}{}, {} paragraph(s){}{DIM:#}",
            plain(&short(&quote.text)),
            quote.role.word(),
            quote.paragraphs,
            if quote.closed { "" } else { ", never closed" }
        );
        if let Some(why) = self.unspoken(quote) {
            let _ = writeln!(out, "          {DIM}{}{DIM:#}", plain(&why));
        }
    }

    fn touches(&self, a: &Attribution, at: usize) -> bool {
        let spans = a.content.spans.iter().copied();
        let spans = spans.chain(a.source.as_ref().map(|s| s.span)).chain(a.cue.as_ref().map(|c| c.span));
        spans.into_iter().any(|span| holds(span, at))
    }

    /// The sentence on one line, in its colours.
    fn sentence(&self, span: Offsets, out: &mut String) {
        out.push_str("  ");
        let mut i = span[0] as usize;
        let end = span[1] as usize;
        let text = &self.article.text;
        while i < end {
            let look = self.paint[i];
            let mut next = i + 1;
            while next < end && (self.paint[next] == look || !text.is_char_boundary(next)) {
                next += 1;
            }
            let mut style = ROLES.iter().find(|r| r.0 == look.0).map_or(Style::new(), |r| r.2);
            if look.1 {
                style = style.underline();
            }
            let words = text[i..next].replace(['\r', '\n', '\t'], " ");
            let _ = write!(out, "{style}{}{style:#}", plain(&words));
            i = next;
        }
        out.push('\n');
    }

    fn attribution(&self, a: &Attribution, reasons: bool, out: &mut String) {
        let _ = write!(out, "    {DIM}{:>3}{DIM:#} ", a.id);
        match &a.source {
            Some(source) => {
                let _ = write!(out, "{}", plain(&short(&source.text)));
                if let Some(who) = source.refers_to.and_then(|id| self.record.sources.get(id as usize))
                    && who.name != source.text
                {
                    let _ = write!(out, " → {}", plain(&short(&who.name)));
                }
            }
            None => out.push_str("(no source)"),
        }
        if let Some(cue) = &a.cue {
            let not = if cue.negated { "not " } else { "" };
            let _ = write!(out, " · {not}{}", plain(&cue.lemma));
        }
        let _ = write!(out, " · {}", plain(&short(&a.content.text)));
        if let Some(to) = &a.addressee {
            let _ = write!(out, " · to {}", plain(&short(&to.text)));
        }
        if let Some(relay) = a.relay.and_then(|id| self.record.sources.get(id as usize)) {
            let _ = write!(out, " · citing {}", plain(&short(&relay.name)));
        }
        if let Some(parent) = a.parent {
            let _ = write!(out, " · within {parent}");
        }
        let (kind, mode) = (a.kind.word(), a.mode.word());
        let _ = writeln!(out, " {DIM}{kind}, {mode}; {} {:.2}{DIM:#}", a.rule, a.confidence);
        if reasons {
            reason(&a.rule, out);
        }
    }
}

fn reason(id: &str, out: &mut String) {
    if let Some(rule) = pipeline::rules().find(|rule| rule.id == id) {
        let _ = writeln!(out, "          {DIM}{}{DIM:#}", rule.reason);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_found_in_every_unit() {
        let article = Article::new("a", "é𝄞x");
        for (unit, offset, byte) in [
            (OffsetUnit::Chars, 2, 6),
            (OffsetUnit::Utf16, 3, 6),
            (OffsetUnit::Utf16, 2, 2),
            (OffsetUnit::Bytes, 6, 6),
        ] {
            assert_eq!(byte_offset(&article, offset, unit).unwrap(), byte, "{unit:?} {offset}");
        }
        assert!(
            byte_offset(&article, 3, OffsetUnit::Chars).unwrap_err().to_string().contains("it is 3 long")
        );
    }
}

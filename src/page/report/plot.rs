//! Plots as inline SVG, small enough to be read on a phone without being scaled down.
//!
//! Colours are the light page's as plain values; the style sheet puts the page's own in their place, dark ones too.

use crate::page::show::{count, excerpt};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// The scale of speech, strongest first, then the colour of numbers, of lines and of letters.
pub(super) const SPEECH: [RGBColor; 3] =
    [RGBColor(0x0f, 0x3a, 0x5f), RGBColor(0x3f, 0x7f, 0xb3), RGBColor(0xc9, 0xdd, 0xef)];
pub(super) const NUMBERS: [RGBColor; 1] = [RGBColor(0xb9, 0x8a, 0x1d)];
const LINE: RGBColor = RGBColor(0xde, 0xda, 0xd1);
const INK: RGBColor = RGBColor(0x1d, 0x1c, 0x1a);
const QUIET: RGBColor = RGBColor(0x5e, 0x5a, 0x52);

/// Width of a plot, in the units of its view box.
const WIDTH: i32 = 380;

/// What bars of parts show.
pub(super) struct Bars<'a> {
    /// what a reader who does not see it is told
    pub(super) label: String,
    pub(super) rows: Vec<(String, Vec<u64>)>,
    pub(super) colours: &'a [RGBColor],
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// Lying bars, each with its name before and its sum behind it.
pub(super) fn bars(bars: &Bars<'_>) -> String {
    const ROW: i32 = 25;
    const NAME: i32 = 138;
    let most = bars.rows.iter().map(|r| r.1.iter().sum::<u64>()).max().unwrap_or_default().max(1);
    let height = ROW * bars.rows.len() as i32 + 4;
    let room = f64::from(WIDTH - NAME - 58);
    draw(height, &bars.label, |area| {
        for (i, (name, parts)) in bars.rows.iter().enumerate() {
            let top = 4 + ROW * i as i32;
            write(area, &excerpt(name, 20), (NAME - 8, top + ROW / 2 - 2), HPos::Right, INK, 15.0)?;
            let mut sum = 0;
            let x = |n: u64| NAME + (room * n as f64 / most as f64).round() as i32;
            for (part, colour) in parts.iter().zip(bars.colours) {
                let next = sum + part;
                if x(next) > x(sum) {
                    area.draw(&Rectangle::new([(x(sum), top), (x(next), top + ROW - 8)], colour.filled()))?;
                }
                sum = next;
            }
            write(area, &count(sum), (x(sum) + 6, top + ROW / 2 - 2), HPos::Left, QUIET, 14.0)?;
        }
        Ok(())
    })
}

/// Standing columns of shares, one a month: each column's parts add up to its whole height, or to nothing.
pub(super) fn columns(bars: &Bars<'_>) -> String {
    const HEIGHT: i32 = 190;
    const LEFT: i32 = 40;
    let (top, bottom) = (10, HEIGHT - 26);
    let n = bars.rows.len().max(1) as i32;
    let step = f64::from(WIDTH - LEFT) / f64::from(n);
    let gap = if step > 8.0 { 2 } else { 0 };
    draw(HEIGHT, &bars.label, |area| {
        for share in [0, 25, 50, 75, 100] {
            let y = bottom - (bottom - top) * share / 100;
            area.draw(&PathElement::new(vec![(LEFT, y), (WIDTH, y)], LINE.stroke_width(1)))?;
            if share % 50 == 0 {
                write(area, &format!("{share}%"), (LEFT - 6, y), HPos::Right, QUIET, 13.5)?;
            }
        }
        for (i, (_, parts)) in bars.rows.iter().enumerate() {
            let all = parts.iter().sum::<u64>();
            if all == 0 {
                continue;
            }
            let x = |i: usize| LEFT + (step * i as f64).round() as i32;
            let y = |n: u64| bottom - (f64::from(bottom - top) * n as f64 / all as f64).round() as i32;
            let mut sum = 0;
            for (part, colour) in parts.iter().zip(bars.colours) {
                let next = sum + part;
                let right = (x(i + 1) - gap).max(x(i) + 1);
                area.draw(&Rectangle::new([(x(i), y(next)), (right, y(sum))], colour.filled()))?;
                sum = next;
            }
        }
        if let [first, .., last] = &*bars.rows {
            write(area, &first.0, (LEFT, HEIGHT - 10), HPos::Left, QUIET, 13.5)?;
            write(area, &last.0, (WIDTH, HEIGHT - 10), HPos::Right, QUIET, 13.5)?;
        }
        Ok(())
    })
}

fn write(area: &Area<'_>, text: &str, at: (i32, i32), h: HPos, colour: RGBColor, size: f64) -> Drawn {
    let style = TextStyle::from(("sans-serif", size * 1.24).into_font())
        .color(&colour)
        .pos(Pos::new(h, VPos::Center));
    area.draw(&Text::new(text.to_owned(), at, style))
}

/// An SVG that scales with its place and says what it shows; empty where it cannot be drawn.
fn draw(height: i32, label: &str, paint: impl FnOnce(&Area<'_>) -> Drawn) -> String {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH as u32, height as u32)).into_drawing_area();
        if paint(&area).and_then(|()| area.present()).is_err() {
            return String::new();
        }
    }
    let Some(end) = svg.find('>') else { return String::new() };
    let label = label.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    format!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{label}\"{}", &svg[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_act_in_a_plot() {
        let rows = vec![("<script>\"&\u{202E}".to_owned(), vec![3, 1]), (String::new(), vec![])];
        let svg = bars(&Bars { label: "\"><script>".to_owned(), rows, colours: &SPEECH });
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"), "{svg}");
        assert!(svg.starts_with("<svg viewBox=\"0 0 380 54\" role=\"img\" aria-label=\"&quot;>"), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 2);
    }

    #[test]
    fn a_column_a_month() {
        let rows =
            (1..=3).map(|m| (format!("2026-0{m}"), vec![m, 1, 0])).chain([("2026-04".to_owned(), vec![0])]);
        let svg = columns(&Bars { label: String::new(), rows: rows.collect(), colours: &SPEECH });
        assert!(svg.contains("2026-01") && svg.contains("2026-04"));
        assert!(svg.matches("<rect").count() >= 6, "{svg}");
    }
}

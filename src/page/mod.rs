//! Pages on which people look at what was found: HTML that stands alone, from records.
//!
//! Owns two pages. [`view`] shows articles with everything marked in their text; [`report`] counts over a corpus. Both
//! are one file each, with style and script in them and nothing fetched; both can be read without the script. The
//! templates lie in `templates/`, escape by themselves and hold no logic beyond loops; what they are given is made here.
//! Takes records and texts, returns HTML, leaves reading and writing to `input`, `output` and `cli`.

pub mod report;
mod show;
mod sweep;
pub mod view;

/// What every page says of what it may do: no request, no script but its own, by that script's digest.
fn policy(digest: &str) -> String {
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
}

/// The style that both pages share.
const STYLE: &str = include_str!("../../templates/page.css");

//! Articles about invented people and places: a headline, a byline, and paragraphs with quotes, attributions and
//! figures, parted by blank lines.

use proptest::prelude::*;
use proptest::sample::select;

/// Someone of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
    pub(crate) woman: bool,
}

pub(crate) const WOMEN: &[&str] = &["Ana", "Mary", "Helen", "Laura", "Ruth", "Nadia", "Emma", "Carla"];
pub(crate) const MEN: &[&str] = &["John", "Peter", "Martin", "Daniel", "Victor", "Oscar", "Henry", "Paul"];
pub(crate) const SURNAMES: &[&str] = &[
    "Brandt",
    "Okoye",
    "Torvang",
    "Maseko",
    "Halabek",
    "Ferrow",
    "Lindqvist",
    "Varga",
    "Oyelund",
    "Quennell",
    "Drasko",
    "Tamberly",
];

/// Paragraphs. `{A}` and `{B}` stand for full names, `{a}` and `{b}` for surnames, `{he}` and `{his}` for A's pronouns,
/// `{n}` for a number of two to five digits, `{p}` for a percentage, `{m}` for some millions.
const PARAGRAPHS: &[&str] = &[
    "“We have {n} beds and {n} patients,” {A}, the mayor of Lindow, said on Monday. “That is the whole of it.”",
    "{a} said that more than {n} people had left the town since the flood, and that {p} percent of the homes were empty.",
    "The bridge over the Orla will cost ${m} million, according to a report that the county published on Tuesday.",
    "“Nobody asked us,” {he} said. “We’ll ask them, and we won’t ask twice.”",
    "{B}, a spokeswoman for the Lakeside Water Board, denied that the dam’s gates had been shut too late. “They were open by noon,” {b} told reporters.",
    "Between {p} and 40 percent of the harvest was lost, farmers estimate, and about {n} cattle drowned.",
    "According to {A}, the fund received €{m} million in gifts last year, up from €1.2 million in 2019.",
    "The army said that it had counted {n} violations; the rebels counted {n}. Neither figure could be checked.",
    "Unemployment rose to {p} percent in March from 4.1 percent in February, the statistics office reported.",
    "{a} was born in Tamarack, studied law in Carrow and has lived beside the river for 31 years.",
    "It rained.",
    "Asked whether the town could pay, {a} laughed. “Ask me in a year,” {he} said.",
    "“If the river rises by another foot,” {b} warned, “the mill is gone, and so are its {n} jobs.”",
    "Three of the {n} boats were found on Friday. The rest, officials believe, were carried out to sea.",
    "{B} accused the government of hiding the true toll, which {b} puts at {n}. The ministry did not answer.",
    "The plan calls for “a wall, a gate and a prayer,” as {a} put it, and for a tax of {p} cents a gallon.",
    "A poll of {n} voters found that 52 percent wanted the dam raised; 39 percent did not.",
    "The company sold {n} ovens in the first quarter, {p} percent more than a year earlier, and earned ${m} million.",
    "Two men, ages 34 and 51, were taken to hospital. Their injuries were not thought to threaten their lives.",
    "{a} believes that the numbers are wrong and {his} critics are lazy. “Count again,” {he} urged them.",
];

const HEADLINES: &[&str] = &[
    "Mayor Says Flood Emptied Half of Lindow",
    "Bridge Stays Shut Until Spring",
    "County to Raise the Orla Dam",
    "Water Board Denies It Closed Gates Too Late",
];

/// An article as it is put together.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) headline: &'static str,
    pub(crate) byline: bool,
    pub(crate) paragraphs: Vec<String>,
    /// the two who speak in it
    pub(crate) people: [Person; 2],
}

impl Story {
    /// Its text: curly marks, blank lines between paragraphs.
    pub(crate) fn text(&self) -> String {
        let mut parts = vec![self.headline.to_owned()];
        if self.byline {
            parts.push("By Ilse Kerrigan".to_owned());
        }
        parts.extend(self.paragraphs.iter().cloned());
        parts.join("\n\n")
    }
}

/// Who may speak in an article.
pub(crate) fn person() -> impl Strategy<Value = Person> {
    (any::<bool>(), select(WOMEN), select(MEN), select(SURNAMES)).prop_map(|(woman, she, he, last)| Person {
        first: if woman { she } else { he },
        last,
        woman,
    })
}

/// Fills a paragraph's places.
fn fill(template: &str, people: &[Person; 2], numbers: &[u32]) -> String {
    let mut numbers = numbers.iter().cycle();
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}').unwrap();
        let [a, b] = people;
        text.push_str(before);
        match place {
            "A" => text.push_str(&format!("{} {}", a.first, a.last)),
            "B" => text.push_str(&format!("{} {}", b.first, b.last)),
            "a" => text.push_str(a.last),
            "b" => text.push_str(b.last),
            "he" => text.push_str(if a.woman { "she" } else { "he" }),
            "his" => text.push_str(if a.woman { "her" } else { "his" }),
            "p" => text.push_str(&format!("{}", 3 + numbers.next().unwrap() % 36)),
            "m" => {
                let n = numbers.next().unwrap();
                text.push_str(&format!("{}.{}", 2 + n % 90, n % 10));
            }
            "n" => {
                // no number that may be a year
                let n = *numbers.next().unwrap();
                let n = if n < 1000 { n + 11 } else { n + 2200 };
                let grouped = if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) };
                text.push_str(&grouped);
            }
            _ => unreachable!("{place}"),
        }
        rest = after;
    }
    text + rest
}

/// A paragraph about these two.
pub(crate) fn paragraph(people: [Person; 2]) -> impl Strategy<Value = String> {
    (select(PARAGRAPHS), proptest::collection::vec(0u32..60_000, 3))
        .prop_map(move |(template, numbers)| fill(template, &people, &numbers))
}

/// Articles of some paragraphs. The first of all names both who speak in it.
pub(crate) fn stories() -> impl Strategy<Value = Story> {
    (person(), person())
        .prop_filter("two are two", |(a, b)| a.last != b.last && a.first != b.first)
        .prop_flat_map(|(a, b)| {
            (
                Just([a, b]),
                select(HEADLINES),
                any::<bool>(),
                proptest::collection::vec(paragraph([a, b]), 1..9),
            )
        })
        .prop_map(|(people, headline, byline, mut paragraphs)| {
            let [a, b] = people;
            let opening = format!(
                "{} {}, the mayor of Lindow, and {} {} of the water board met on Monday to talk about the flood that \
                 drove thousands of people from the valley of the Orla last week.",
                a.first, a.last, b.first, b.last
            );
            paragraphs.insert(0, opening);
            Story { headline, byline, paragraphs, people }
        })
}

//! Whether an article is in English: onrecord reads no other language, and what its rules would find there is noise.
//!
//! Takes the document, returns the other language or nothing. Articles that are plainly English are known by their
//! function words, which the lexicon has told already; only of the rest is whatlang asked, and only where it is sure
//! and the text is long enough to be sure of is its answer taken.

use crate::lexicon::Classes;
use crate::text::{Document, TokenKind};

/// How many words tell.
const WORDS: usize = 300;
/// In English news a fifth to a third of the words are among these; in other languages hardly any look like them.
const FUNCTION_WORDS: Classes = Classes::DEFINITE
    .union(Classes::AUXILIARY)
    .union(Classes::BE)
    .union(Classes::HAVE)
    .union(Classes::COORDINATOR)
    .union(Classes::PERSONAL)
    .union(Classes::POSSESSIVE)
    .union(Classes::SUBORDINATOR);
/// One function word in so many makes a text English.
const ONE_IN: usize = 8;
/// How many letters whatlang needs to be trusted.
const LETTERS: usize = 160;
/// How many bytes it is given.
const BYTES: usize = 4096;

/// The language's ISO 639-1 code (639-3 where there is none), where the document is in another one than English.
pub fn other(document: &Document<'_>) -> Option<&'static str> {
    let words = document.tokens.iter().filter(|t| t.kind == TokenKind::Word).take(WORDS);
    let (mut count, mut function) = (0, 0);
    for word in words {
        count += 1;
        function += usize::from(word.classes.intersects(FUNCTION_WORDS));
    }
    if function * ONE_IN >= count.max(1) {
        return None;
    }
    let text = document.text.trim_start();
    let end = (0..=text.len().min(BYTES)).rev().find(|&i| text.is_char_boundary(i))?;
    let text = &text[..end];
    // an ideograph says as much as several letters
    let weight = |c: char| if c as u32 > 0x2E80 { 4 } else { usize::from(c.is_alphabetic()) };
    if text.chars().map(weight).sum::<usize>() < LETTERS {
        return None;
    }
    let found = whatlang::detect(text).filter(whatlang::Info::is_reliable)?.lang();
    (found != whatlang::Lang::Eng).then(|| code(found))
}

/// ISO 639-3 and 639-1 of the languages that whatlang tells.
const CODES: &str = "afr af aka ak amh am ara ar aze az bel be ben bn bul bg cat ca ces cs cmn zh cym cy dan da deu de \
    ell el epo eo est et fas fa fin fi fra fr guj gu heb he hin hi hrv hr hun hu hye hy ind id ita it jav jv jpn ja kan kn \
    kat ka khm km kor ko lat la lav lv lit lt mal ml mar mr mkd mk mya my nep ne nld nl nob nb ori or pan pa pes fa pol pl \
    por pt ron ro rus ru sin si slk sk slv sl sna sn spa es srp sr swe sv tam ta tel te tgl tl tha th tuk tk tur tr ukr uk \
    urd ur uzb uz vie vi yid yi zul zu";

fn code(lang: whatlang::Lang) -> &'static str {
    let long = lang.code();
    let mut codes = CODES.split_ascii_whitespace();
    while let (Some(three), Some(two)) = (codes.next(), codes.next()) {
        if three == long {
            return two;
        }
    }
    long
}

#[cfg(test)]
mod tests {
    use crate::{Article, Pipeline};

    #[test]
    fn other_languages_are_told_and_english_is_read() {
        let german = "Der Fluss Orla trat am Dienstag über die Ufer, und mehr als 1.200 Menschen verließen ihre Häuser, \
            sagte Bürgermeisterin Ana Brandt. „Wir haben Betten für 900 von ihnen“, sagte sie im Rathaus vor Journalisten, \
            während Freiwillige Decken und Suppe verteilten.";
        let french = "La rivière Orla est sortie de son lit mardi et plus de 1 200 personnes ont quitté leur maison, a déclaré \
            la maire Ana Brandt. « Nous avons des lits pour 900 d'entre elles », a-t-elle dit aux journalistes à l'hôtel de ville.";
        let russian = "Во вторник река Орла вышла из берегов, и более 1200 человек покинули свои дома, сообщила мэр Ана Брандт. \
            «У нас есть койки для 900 из них», — сказала она журналистам в здании мэрии, пока добровольцы раздавали одеяла и суп.";
        let chinese = "奥尔拉河周二决堤，市长安娜·布兰特说，一千二百多人离开了家园。她在市政厅对记者说：“我们有九百张床位。”志愿者们正在分发毯子和热汤，学校也已经停课，许多商店整天没有开门营业。";
        let table = "Final scores\n\nRovers 3, United 1\nCity 2, Albion 2\nTown 0, Athletic 4\nWanderers 1, County 0\nHarriers 5, \
            Rangers 2\nThistle 1, Academical 1\nOrient 0, Alexandra 3\nArgyle 2, Vale 2\nStanley 4, Dons 1";
        for (text, want) in [
            (german, Some("de")),
            (french, Some("fr")),
            (russian, Some("ru")),
            (chinese, Some("zh")),
            ("Der Fluss.", None),
            ("Rain fell.", None),
            ("", None),
            (table, None),
        ] {
            let record = Pipeline::default().run(&Article::new("a", text));
            let told = record.diagnostics.iter().any(|d| d.code == "not-english");
            assert_eq!(told, want.is_some(), "{text}");
            if let Some(want) = want {
                assert_eq!(record.meta.language.as_deref(), Some(want));
                assert!(record.claims.is_empty() && record.sentences.is_empty() && record.blocks.is_empty());
                assert_eq!(record.length as usize, text.chars().count());
            }
        }
    }
}

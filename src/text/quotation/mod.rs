//! Divides a mail into the lines that its author wrote, the lines that only quote an older mail,
//! and the lines that forward somebody else's text.
//!
//! The signs, in this order: marks such as `Original Message`, two or more header labels in a row,
//! a line that introduces a quotation, and `>`. Lines between those with `>` are the author's
//! answers.

mod attribution;
mod begin;
mod headers;
mod marks;
mod quote_marks;
mod sender;

pub(crate) use marks::RULE;
pub(crate) use sender::is_team;

use attribution::{LINE_MAX, attribution, names_team_and_time};
use begin::Begin;
use headers::{FROM, header, header_block};
use marks::{is_rule, mark};
use quote_marks::{is_marked, without_marks};
use sender::{Sender, of};

/// Who wrote a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The author.
    Own,
    /// The author of a quoted older mail: the support team, or somebody unknown.
    Quoted,
    /// It is marked as quoted, but its author is unknown.
    Marked,
    /// Somebody else, whom the author forwards.
    Forwarded,
}

/// A line of a mail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// The line without its end and its quote marks.
    pub(crate) bare: &'a str,
    /// Who wrote it.
    pub(crate) part: Part,
}

/// What the following lines are.
#[derive(Clone, Copy)]
enum State {
    Own,
    /// Lines with `>` belong to this part, others to the author.
    Marked(Part),
    /// All lines belong to this part.
    Whole(Part),
}

/// The mark at the start of each line of an HTML quotation, which becomes `>`.
pub(crate) const QUOTE: &str = "> ";

/// The lines of a mail, in their normal form.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let raw: Vec<(usize, &str)> = {
        let mut at = 0;
        text.split_inclusive('\n')
            .map(|line| {
                let start = at;
                at += line.len();
                (start, line.trim_end_matches(['\n', '\r']))
            })
            .collect()
    };
    // If the whole text is quoted, it is what its author has to say.
    let all_marked = raw
        .iter()
        .all(|(_, line)| line.trim().is_empty() || is_marked(line));
    let mut out: Vec<Line<'_>> = Vec::with_capacity(raw.len());
    let mut state = State::Own;
    let mut forwarding = false;
    let mut at = 0;
    while let Some((start, line)) = raw.get(at).copied() {
        let rest = raw.get(at..).unwrap_or_default();
        if let Some(begin) = beginning(rest) {
            let marked = is_marked(line)
                || rest
                    .iter()
                    .skip(begin.lines)
                    .map(|(_, l)| l)
                    .find(|l| !l.trim().is_empty())
                    .is_some_and(|l| is_marked(l));
            let part = match begin.sender {
                Sender::Team => Part::Quoted,
                Sender::Other => Part::Forwarded,
                Sender::Unknown if begin.forwards || (forwarding && begin.headers) => {
                    Part::Forwarded
                }
                Sender::Unknown => Part::Quoted,
            };
            forwarding = begin.forwards;
            state = match state {
                State::Whole(_) => State::Whole(part),
                _ if is_marked(line) || (marked && !begin.mark) => State::Marked(part),
                _ => State::Whole(part),
            };
            for (start, line) in rest.iter().take(begin.lines) {
                out.push(Line {
                    start: *start,
                    bare: without_marks(line),
                    part,
                });
            }
            at += begin.lines;
            continue;
        }
        let part = match state {
            State::Whole(part) => part,
            State::Marked(part) if is_marked(line) => part,
            State::Own if is_marked(line) && !all_marked => Part::Marked,
            State::Own | State::Marked(_) => Part::Own,
        };
        out.push(Line {
            start,
            bare: without_marks(line),
            part,
        });
        at += 1;
    }
    out
}

/// Whether a line is a mail program's mark before a forwarded mail.
pub(crate) fn begins_forward(line: &str) -> bool {
    mark(line.trim()) == Some(true)
}

/// Whether what is folded away below a title is an older mail: by the title, or in the first lines by a mail's
/// beginning, or the team's address and a time.
pub(crate) fn holds_older_mail(title: &str, content: &str) -> bool {
    let says_so = |line: String| beginning(&[(0, line.as_str())]).is_some();
    if !title.contains(|c: char| c.is_alphanumeric())
        || says_so(format!("---- {title} ----"))
        || says_so(format!("{title}:"))
    {
        return true;
    }
    let lines: Vec<(usize, &str)> = content
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .enumerate()
        .collect();
    let mut first = lines.iter().take(FIRST_LINES).enumerate();
    first.any(|(at, (_, line))| {
        beginning(lines.get(at..).unwrap_or_default()).is_some()
            || (line.len() <= LINE_MAX && names_team_and_time(line))
    })
}

/// How many lines of a mail may name its sender.
const FIRST_LINES: usize = 3;

fn beginning(rest: &[(usize, &str)]) -> Option<Begin> {
    let (_, first) = rest.first()?;
    let bare = without_marks(first);
    if bare.is_empty() || bare.len() > LINE_MAX {
        return None;
    }
    if let Some(forwards) = mark(bare) {
        return Some(Begin {
            lines: 1,
            sender: Sender::Unknown,
            forwards,
            headers: false,
            mark: true,
        });
    }
    // A rule of underscores, with the sender below it.
    let below = || {
        rest.iter()
            .skip(1)
            .take(3)
            .map(|(_, line)| without_marks(line))
            .find(|line| !line.is_empty())
    };
    if is_rule(bare)
        && let Some((FROM, value)) = below().and_then(header)
    {
        return Some(Begin {
            lines: 1,
            sender: of(value),
            forwards: false,
            headers: false,
            mark: true,
        });
    }
    header_block(rest).or_else(|| attribution(rest))
}

#[cfg(test)]
mod tests {
    use super::{Part, lines};

    fn own(text: &str) -> Vec<&str> {
        lines(text)
            .into_iter()
            .filter(|l| l.part == Part::Own && !l.bare.is_empty())
            .map(|l| l.bare)
            .collect()
    }

    #[test]
    fn a_reply_ends_where_the_older_mail_begins_in_every_language() {
        for beginning in [
            "From: GitLab Support <support@gitlab.com>\nSent: Monday\nTo: x@y.example\nSubject: Re: x",
            "Von: GitLab\nGesendet: Montag\nAn: x@y.example\nBetreff: Re",
            "De : GitLab <support@gitlab.com>\nEnvoyé : lundi\nÀ : x@y.example\nObjet : Re",
            "*From:* GitLab <support@gitlab.com>\n*Date:* Monday",
            "寄件者: GitLab <support@gitlab.com>\n日期: 2026\n收件者: x@y.example",
            "보낸 사람: GitLab <support@gitlab.com>\n보낸 날짜: 2026년\n제목: Re",
            "El lun, 23 nov 2026 a las 10:00, GitLab (<support@gitlab.com>) escribió:",
            "Il giorno lun 23 nov 2026 alle ore 10:00 GitLab\n<support@gitlab.com> ha scritto:",
            "Em seg., 23 de nov. de 2026 às 10:00, GitLab <support@gitlab.com> escreveu:",
            "пн, 23 нояб. 2026 г. в 10:00, GitLab <support@gitlab.com>:",
            "2026년 11월 23일 (월) 오전 10:00, GitLab <support@gitlab.com>님이 작성:",
            "GitLab <support@gitlab.com> 于2026年11月23日周一 10:00写道:",
            "pon., 23 lis 2026 o 10:00 GitLab <support@gitlab.com> napisał(a):",
            "---- On Mon, 23 Nov 2026 10:00:00 +0100 GitLab <support@gitlab.com> wrote ----",
            "-------- Ursprüngliche Nachricht --------",
            "-----Mensaje original-----",
        ] {
            assert_eq!(
                own(&format!("Mine\n\n{beginning}\n\nTheirs\n")),
                ["Mine"],
                "{beginning}"
            );
        }
    }

    #[test]
    fn answers_between_quoted_lines_are_the_authors() {
        assert_eq!(
            own("On Mon, 23 Nov 2026 at 10:00, G <g@gitlab.com> wrote:\n> q\nfirst\n> q\nsecond"),
            ["first", "second"]
        );
    }

    #[test]
    fn own_words_that_resemble_a_beginning_stay_own() {
        for text in [
            "On that day b@acme.example paid:",
            "I wrote:",
            "From: here",
            "To: do\nNext",
            "Date: today\nName: x",
            "----------",
        ] {
            assert_eq!(
                own(&format!("Mine\n{text}\nlast")).last(),
                Some(&"last"),
                "{text}"
            );
        }
    }

    #[test]
    fn forwarded_text_is_distinguished_from_quoted_text() {
        let part = |text: &str| lines(text).last().map(|l| l.part);
        let passed = "See below.\n---------- Forwarded message ---------\nFrom: GitLab <no-reply@customers.gitlab.com>\nSubject: x\nTo: x@y.example\n\nbody";
        assert_eq!(part(passed), Some(Part::Forwarded));
        assert_eq!(
            part(&passed.replace("no-reply@customers.gitlab.com", "support@gitlab.com")),
            Some(Part::Quoted)
        );
        assert_eq!(
            part(
                "x\nBegin forwarded message:\n\n> From: Cy <cy@y.example>\n> Subject: y\n>\n> body"
            ),
            Some(Part::Forwarded)
        );
        assert_eq!(
            part("x\nFrom: Cy <cy@y.example>\nSubject: FW: y\n\nbody"),
            Some(Part::Forwarded)
        );
        assert_eq!(
            part("x\n-----Original Message-----\nbody"),
            Some(Part::Quoted)
        );
        assert_eq!(
            part("> License ID: 7\n> Thanks"),
            Some(Part::Own),
            "quoted as a whole"
        );
    }
}

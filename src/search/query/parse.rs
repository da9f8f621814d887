//! From what is typed to a [`Query`].

use std::ops::Range;

use super::dates::{Dates, dates};
use super::{Clause, Pattern, ProblemKind, Query, QueryProblem, Term};
use crate::search::amount::AmountRange;
use crate::search::fold::{fold, fold_char};
use crate::search::restriction::{Demand, Restriction, TextKind};

impl Query {
    pub fn parse(typed: &str) -> Self {
        let mut parser = Parser::new(typed);
        while let Some(token) = parser.tokens.pop_front() {
            parser.take(token);
        }
        parser.finish()
    }
}

/// What stands between blanks, or in quotes.
#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    negative: bool,
    key: Option<Key>,
    /// Without minus, key and quotes.
    body: &'a str,
    quoted: bool,
    open: bool,
    /// As typed, without minus.
    whole: &'a str,
    /// Bytes of what was typed.
    start: usize,
    end: usize,
    /// The last one, and no blank follows.
    still_typing: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Key {
    Date,
    Archive,
    Section,
    Person,
    Place,
    Kind(TextKind),
}

/// What restrictions are called, folded.
const KEYS: &[(&str, Key)] = &[
    ("年", Key::Date),
    ("year", Key::Date),
    ("日期", Key::Date),
    ("date", Key::Date),
    ("卷", Key::Archive),
    ("archive", Key::Archive),
    ("篇", Key::Section),
    ("section", Key::Section),
    ("人", Key::Person),
    ("person", Key::Person),
    ("地", Key::Place),
    ("place", Key::Place),
    ("图", Key::Kind(TextKind::Caption)),
    ("photo", Key::Kind(TextKind::Caption)),
    ("文", Key::Kind(TextKind::Text)),
    ("text", Key::Kind(TextKind::Text)),
    ("数", Key::Kind(TextKind::Figure)),
    ("figure", Key::Kind(TextKind::Figure)),
];

struct Parser<'a> {
    typed: &'a str,
    tokens: std::collections::VecDeque<Token<'a>>,
    query: Query,
    /// The last thing typed if it is not searched unless it is all.
    unfinished: Option<Token<'a>>,
}

impl<'a> Parser<'a> {
    fn new(typed: &'a str) -> Self {
        Self { typed, tokens: tokens(typed).into(), query: Query::default(), unfinished: None }
    }

    fn take(&mut self, token: Token<'a>) {
        if token.open {
            self.problem(ProblemKind::OpenQuote, &token, false);
        }
        match token.key {
            Some(key) => self.take_restriction(token, key),
            None => self.take_pattern(token),
        }
    }

    fn take_pattern(&mut self, token: Token<'a>) {
        if let Some(within) = distance(&token) {
            return self.take_near(token, within);
        }
        let range = self.range(&token);
        if let Some(clause) = self.clause(&token, range) {
            self.query.clauses.push(clause);
        }
    }

    /// A word, a pattern with `*`, or an amount.
    fn clause(&mut self, token: &Token<'a>, range: Range<usize>) -> Option<Clause> {
        let mut misunderstood = false;
        if !token.quoted {
            let folded = fold(token.body);
            if let Some(amount) = self.spaced_amount(&folded) {
                let end = self.tokens.pop_front().map_or(range.end, |next| self.range(&next).end);
                let pattern = Pattern::Amount(amount);
                let typed = range.start..end;
                return Some(Clause { pattern, negative: token.negative, misunderstood: false, typed });
            }
            if AmountRange::is_meant(&folded) {
                if let Some(amount) = AmountRange::parse(&folded) {
                    let pattern = Pattern::Amount(amount);
                    return Some(Clause { pattern, negative: token.negative, misunderstood, typed: range });
                }
                misunderstood = true;
                self.problem(ProblemKind::Amount, token, false);
            }
        }
        let parts: Vec<&str> = match token.body.chars().any(is_star) {
            true => token.body.split(is_star).map(|part| part.trim_matches(is_blank)).collect(),
            false => vec![token.body],
        };
        let mut parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            // Nothing but stars: these are looked for.
            parts.push(token.body);
        }
        let first = self.query.terms.len();
        self.query.terms.extend(parts.iter().map(|part| Term::new(part, token.quoted, token.negative)));
        let pattern = match parts.len() {
            0 => return None,
            1 => Pattern::Word(first),
            len => Pattern::Wildcard((first..first + len).collect()),
        };
        Some(Clause { pattern, negative: token.negative, misunderstood, typed: range })
    }

    /// The amount of a comparison with a blank after its sign: `> 100亿元`.
    fn spaced_amount(&self, folded: &str) -> Option<AmountRange> {
        let is_sign = !folded.is_empty() && folded.chars().all(|c| "<>=≥≤≧≦⩾⩽".contains(c));
        let next =
            self.tokens.front().filter(|next| is_sign && !next.quoted && !next.negative && next.key.is_none())?;
        AmountRange::parse(&format!("{folded}{}", fold(next.body)))
    }

    /// `~10` between the clause before and the one that follows.
    fn take_near(&mut self, token: Token<'a>, within: usize) {
        let stands_between = self.operand_before().is_some()
            && self.tokens.front().is_some_and(|next| !next.negative && next.key.is_none() && distance(next).is_none());
        let next = if stands_between { self.tokens.pop_front() } else { None };
        let Some(mut next) = next else {
            return self.misunderstood(ProblemKind::Near, token);
        };
        if next.open {
            self.problem(ProblemKind::OpenQuote, &next, false);
        }
        let range = self.range(&next);
        next.negative = self.query.clauses.last().is_some_and(|clause| clause.negative);
        let Some(right) = self.clause(&next, range) else { return };
        let Some(left) = self.operand_before() else { return };
        let near = |left: Pattern| Pattern::Near { left: Box::new(left), right: Box::new(right.pattern), within };
        let negative = right.negative;
        // `A ~10 B ~5 C`: B stands near A, and near C.
        let chained = self.query.clauses.last().filter(|last| matches!(last.pattern, Pattern::Near { .. }));
        let start = match chained {
            Some(_) => self.range(&token).start,
            None => self.query.clauses.pop().map_or(right.typed.start, |last| last.typed.start),
        };
        let (misunderstood, typed) = (false, start..right.typed.end);
        self.query.clauses.push(Clause { pattern: near(left), negative, misunderstood, typed });
    }

    /// What a `~` after the last clause counts from.
    fn operand_before(&self) -> Option<Pattern> {
        match &self.query.clauses.last()?.pattern {
            Pattern::Near { right, .. } => Some(right.as_ref().clone()),
            pattern => Some(pattern.clone()),
        }
    }

    fn take_restriction(&mut self, mut token: Token<'a>, key: Key) {
        if let Key::Kind(kind) = key {
            self.demand(Restriction::Kind(kind), token.negative);
            if !token.body.is_empty() {
                // What is left out is the kind, not the word.
                (token.negative, token.key) = (false, None);
                self.take_pattern(token);
            }
            return;
        }
        // A blank may stand after the colon.
        if token.body.is_empty() && !token.quoted {
            match self.tokens.front() {
                Some(value) if !value.negative && value.key.is_none() => {
                    (token.body, token.end) = (value.body, value.end);
                    token.still_typing = value.still_typing;
                    token.whole = &self.typed[token.start + if token.negative { 1 } else { 0 }..value.end];
                    self.tokens.pop_front();
                }
                _ => return self.misunderstood(ProblemKind::MissingValue, token),
            }
        }
        let value = fold(token.body.trim_matches(is_blank));
        if value.is_empty() {
            return self.misunderstood(ProblemKind::MissingValue, token);
        }
        let restriction = match key {
            Key::Archive => Restriction::Archive(value),
            Key::Section => Restriction::Section(value),
            Key::Person => Restriction::Person(value),
            Key::Place => Restriction::Place(value),
            Key::Date | Key::Kind(_) => match dates(&value) {
                Dates::Days(days) => Restriction::Dates(days),
                Dates::Begun => return self.misunderstood(ProblemKind::Date, token),
                Dates::None => {
                    token.still_typing = false;
                    return self.misunderstood(ProblemKind::Date, token);
                }
            },
        };
        self.demand(restriction, token.negative);
    }

    fn demand(&mut self, restriction: Restriction, negative: bool) {
        self.query.demands.push(Demand { restriction, negative });
    }

    /// Searched by its letters, or not yet if it may become right.
    fn misunderstood(&mut self, kind: ProblemKind, token: Token<'a>) {
        self.problem(kind, &token, token.still_typing);
        if token.still_typing {
            self.unfinished = Some(token);
        } else {
            self.word(&token);
        }
    }

    fn word(&mut self, token: &Token<'a>) {
        let typed = self.range(token);
        self.query.clauses.push(Clause {
            pattern: Pattern::Word(self.query.terms.len()),
            negative: token.negative,
            misunderstood: true,
            typed,
        });
        self.query.terms.push(Term::new(token.whole, false, token.negative));
    }

    fn problem(&mut self, kind: ProblemKind, token: &Token<'a>, unfinished: bool) {
        let typed = self.range(token);
        self.query.problems.push(QueryProblem { kind, typed, unfinished });
    }

    fn finish(mut self) -> Query {
        if let Some(token) = self.unfinished.take()
            && self.query.is_empty()
            && self.query.demands.is_empty()
        {
            self.word(&token);
            self.query.problems.iter_mut().for_each(|problem| problem.unfinished = false);
        }
        let text = self.typed.trim_matches(is_blank);
        let typed = 0..self.typed.chars().count();
        if self.query.clauses.is_empty() && self.query.demands.is_empty() && !text.is_empty() {
            // Nothing but quotes.
            self.query.problems.clear();
            self.query.terms.push(Term::new(text, true, false));
            let pattern = Pattern::Word(0);
            self.query.clauses.push(Clause { pattern, negative: false, misunderstood: false, typed });
        } else if self.query.is_empty() && self.query.demands.is_empty() && !text.is_empty() {
            self.query.problems.push(QueryProblem { kind: ProblemKind::OnlyNegative, typed, unfinished: false });
        }
        self.query.runs = runs(&self.query, !self.typed.ends_with(is_blank));
        self.query
    }

    /// The characters of a token.
    fn range(&self, token: &Token<'a>) -> Range<usize> {
        let start = self.typed[..token.start].chars().count();
        start..start + self.typed[token.start..token.end].chars().count()
    }
}

fn tokens(typed: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = typed.trim_start_matches(is_blank);
    while !rest.is_empty() {
        let start = typed.len() - rest.len();
        let (token, after) = next_token(rest, start);
        tokens.extend(token.map(|token| Token { still_typing: after.is_empty(), ..token }));
        rest = after.trim_start_matches(is_blank);
    }
    tokens
}

/// The token at the start of `text`, which is not blank, and what follows it.
fn next_token(text: &str, start: usize) -> (Option<Token<'_>>, &str) {
    let minus = text.strip_prefix(['-', '－']).filter(|after| !after.is_empty() && !after.starts_with(is_blank));
    let (whole, negative) = (minus.unwrap_or(text), minus.is_some());
    let (key, body) = key(whole).map_or((None, whole), |(key, body)| (Some(key), body));
    let (body, after, quoted, open) = match body.strip_prefix(is_quote) {
        Some(quoted) => match quoted.split_once(is_quote) {
            Some((phrase, after)) => (phrase, after, true, false),
            None => (quoted.trim_end_matches(is_blank), "", true, true),
        },
        None => {
            let (word, after) = body.split_at(body.find(is_blank).unwrap_or(body.len()));
            (word, after, false, false)
        }
    };
    let whole = &whole[..whole.len() - after.len()];
    let end = start + text.len() - after.len();
    let empty_phrase = quoted && body.is_empty() && key.is_none();
    let token = Token { negative, key, body, quoted, open, whole, start, end, still_typing: false };
    ((!empty_phrase).then_some(token), after)
}

/// The restriction that `text` begins with, and what follows its colon.
fn key(text: &str) -> Option<(Key, &str)> {
    let (name, value) = text.split_once(|c: char| fold_char(c) == ':')?;
    let name = fold(name);
    KEYS.iter().find(|(known, _)| *known == name).map(|(_, key)| (*key, value))
}

/// The number of a `~10`.
fn distance(token: &Token<'_>) -> Option<usize> {
    let folded = fold(token.body);
    let figures = folded.strip_prefix('~').filter(|_| !token.quoted && !token.negative && token.key.is_none())?;
    (figures.len() <= 4 && figures.bytes().all(|b| b.is_ascii_digit())).then(|| figures.parse().ok()).flatten()
}

/// The longest ranges of clauses that are syllables; the very last word may be `still_typing`.
fn runs(query: &Query, still_typing: bool) -> Vec<Range<usize>> {
    let is_syllables = |clause: usize, begun| query.word(clause).is_some_and(|word| word.is_syllables(begun));
    let len = query.clauses.len();
    let mut runs = Vec::new();
    let mut start = 0;
    for end in 1..=len {
        let goes_on = end < len && is_syllables(end - 1, false) && is_syllables(end, still_typing && end + 1 == len);
        if !goes_on {
            if end - start > 1 {
                runs.push(start..end);
            }
            start = end;
        }
    }
    runs
}

fn is_blank(c: char) -> bool {
    fold_char(c) == ' '
}

fn is_quote(c: char) -> bool {
    fold_char(c) == '"'
}

fn is_star(c: char) -> bool {
    fold_char(c) == '*'
}

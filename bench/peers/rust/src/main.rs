//! The drivers (bench/peers/driver.hpp) of Rust's engines: cadre-bench-peers ENGINE TERMS TEXTS

use std::error::Error;
use std::hint::black_box;
use std::io::{BufRead, Write};
use std::os::raw::c_long;
use std::time::Duration;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use daachorse::{CharwiseDoubleArrayAhoCorasick, DoubleArrayAhoCorasick};

extern "C" {
    /// Of the C library: CPU time of this process; POSIX has a million to the second.
    fn clock() -> c_long;
}

fn cpu_time() -> Duration {
    Duration::from_micros(unsafe { clock() } as u64)
}

/// Spans in texts that stand one after the other, a line each; they come in the order of their ends.
struct Found<'a> {
    text: &'a [u8],
    word_starts: bool,
    line: u64,
    line_start: usize,
    line_end: usize,
    count: u64,
    checksum: u64,
}

impl<'a> Found<'a> {
    fn new(text: &'a [u8], word_starts: bool) -> Self {
        let line_end = memchr::memchr(b'\n', text).unwrap_or(text.len());
        Found {
            text,
            word_starts,
            line: 0,
            line_start: 0,
            line_end,
            count: 0,
            checksum: 0,
        }
    }

    fn add(&mut self, term: u64, begin: usize) {
        while begin > self.line_end {
            self.line += 1;
            self.line_start = self.line_end + 1;
            let rest = &self.text[self.line_start..];
            self.line_end = self.line_start + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        }
        let joins = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
        if self.word_starts && begin > 0 && joins(self.text[begin]) && joins(self.text[begin - 1]) {
            return;
        }
        self.count += 1;
        // `mix` of bench/measure.cpp.
        let mut h = (self.line << 40) ^ (term << 20) ^ (begin - self.line_start) as u64;
        h = h.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.checksum = self.checksum.wrapping_add(h ^ (h >> 29));
    }
}

/// The version of a crate, out of Cargo.lock.
fn version_of(name: &str) -> &'static str {
    let lock = include_str!("../Cargo.lock");
    let (_, rest) = lock
        .split_once(&format!("name = \"{name}\"\nversion = \""))
        .unwrap();
    rest.split('"').next().unwrap()
}

/// Compiles, matches, and does so again whenever it is asked to.
fn answer<Engine>(
    name: &str,
    finds: &str,
    text: &str,
    compile: impl FnOnce() -> Result<Engine, Box<dyn Error>>,
    search: impl Fn(&Engine, &mut Found),
) -> Result<(), Box<dyn Error>> {
    let start = cpu_time();
    let engine = compile()?;
    let compiled = cpu_time() - start;
    let run = || {
        let mut found = Found::new(text.as_bytes(), finds == "spans");
        search(&engine, &mut found);
        black_box(found)
    };
    let found = run(); // warms up
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        r#"{{"version": "{}", "finds": "{finds}", "count": {}, "checksum": {}, "compile_seconds": {}}}"#,
        version_of(name),
        found.count,
        found.checksum,
        compiled.as_secs_f64()
    )?;
    out.flush()?;
    for line in std::io::stdin().lock().lines() {
        line?;
        let start = cpu_time();
        run();
        writeln!(
            out,
            r#"{{"seconds": {}}}"#,
            (cpu_time() - start).as_secs_f64()
        )?;
        out.flush()?;
    }
    Ok(())
}

fn aho_corasick(
    terms: &[&str],
    text: &str,
    kind: Option<AhoCorasickKind>,
) -> Result<(), Box<dyn Error>> {
    answer(
        "aho-corasick",
        "spans",
        text,
        || Ok(AhoCorasick::builder().kind(kind).build(terms)?),
        |engine, found| {
            for hit in engine.find_overlapping_iter(text) {
                found.add(hit.pattern().as_u64(), hit.start());
            }
        },
    )
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, engine, terms, texts] = &arguments[..] else {
        return Err("which engine, which terms, which texts?".into());
    };
    let terms = std::fs::read_to_string(terms)?;
    let terms: Vec<&str> = terms.lines().collect();
    let text = std::fs::read_to_string(texts)?;

    match engine.as_str() {
        "aho-corasick" => aho_corasick(&terms, &text, None),
        "aho-corasick-dfa" => aho_corasick(&terms, &text, Some(AhoCorasickKind::DFA)),
        "aho-corasick-leftmost" => answer(
            "aho-corasick",
            "leftmost",
            &text,
            || {
                let kind = MatchKind::LeftmostLongest;
                Ok(AhoCorasick::builder().match_kind(kind).build(&terms)?)
            },
            |engine, found| {
                for hit in engine.find_iter(&text) {
                    found.add(hit.pattern().as_u64(), hit.start());
                }
            },
        ),
        "daachorse" => answer(
            "daachorse",
            "spans",
            &text,
            || Ok(DoubleArrayAhoCorasick::<u32>::new(&terms).map_err(|e| e.to_string())?),
            |engine, found| {
                for hit in engine.find_overlapping_iter(&text) {
                    found.add(hit.value().into(), hit.start());
                }
            },
        ),
        "daachorse-charwise" => answer(
            "daachorse",
            "spans",
            &text,
            || Ok(CharwiseDoubleArrayAhoCorasick::<u32>::new(&terms).map_err(|e| e.to_string())?),
            |engine, found| {
                for hit in engine.find_overlapping_iter(&text) {
                    found.add(hit.value().into(), hit.start());
                }
            },
        ),
        _ => Err(format!("no engine '{engine}'").into()),
    }
}

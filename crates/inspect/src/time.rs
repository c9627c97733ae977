//! Instants and durations as people read them.

use std::time::Duration;

use der::DateTime;

/// RFC 3339, in UTC; seconds since 1970 where the year has more than four digits.
pub(crate) fn rfc3339(unix_seconds: u64) -> String {
    DateTime::from_unix_duration(Duration::from_secs(unix_seconds))
        .map_or_else(|_| format!("@{unix_seconds}"), |time| time.to_string())
}

/// The two largest units: `4 min 20 s`, `3 d 2 h`.
pub(crate) fn in_words(seconds: u64) -> String {
    const UNITS: [(&str, u64); 4] = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];
    let mut rest = seconds;
    let mut words = Vec::new();
    for (unit, length) in UNITS {
        let count = rest.checked_div(length).unwrap_or_default();
        rest = rest.checked_rem(length).unwrap_or_default();
        if count > 0 {
            words.push(format!("{count} {unit}"));
        }
    }
    words.truncate(2);
    if words.is_empty() { "0 s".into() } else { words.join(" ") }
}

/// `a - b`, in a type with a sign.
pub(crate) fn difference(a: u64, b: u64) -> i64 {
    let signed = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
    if a >= b { signed(a.saturating_sub(b)) } else { signed(b.saturating_sub(a)).saturating_neg() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_rfc_3339_and_durations_have_two_units() {
        assert_eq!(rfc3339(1_795_223_485), "2026-11-21T01:11:25Z");
        assert_eq!(rfc3339(u64::MAX), "@18446744073709551615");
        assert_eq!(in_words(0), "0 s");
        assert_eq!(in_words(260), "4 min 20 s");
        assert_eq!(in_words(266_401), "3 d 2 h");
        assert_eq!(difference(5, 8), -3);
        assert_eq!(difference(u64::MAX, 0), i64::MAX);
    }
}

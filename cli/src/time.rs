//! Instants. The one place of the project that reads a clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustls_pki_types::UnixTime;

/// The last second that RFC 3339 can write.
const YEAR_9999_ENDS: u64 = 253_402_300_799;

/// The instant given, or the system's clock.
pub(crate) fn at_or_now(at: Option<UnixTime>) -> UnixTime {
    #[expect(clippy::disallowed_methods, reason = "the command line is where time comes from")]
    at.unwrap_or_else(|| UnixTime::since_unix_epoch(since_epoch(SystemTime::now())))
}

/// UTC, whole seconds.
pub(crate) fn parse_rfc3339(text: &str) -> Option<UnixTime> {
    let instant = humantime::parse_rfc3339(text).ok()?;
    instant.duration_since(UNIX_EPOCH).ok().map(UnixTime::since_unix_epoch)
}

pub(crate) fn rfc3339(instant: UnixTime) -> String {
    let seconds = instant.as_secs();
    match UNIX_EPOCH.checked_add(Duration::from_secs(seconds)) {
        Some(time) if seconds <= YEAR_9999_ENDS => {
            humantime::format_rfc3339_seconds(time).to_string()
        }
        _ => format!("@{seconds}"),
    }
}

/// A clock before 1970 is as wrong as one of 1970.
fn since_epoch(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_round_trip_and_have_bounds() {
        let text = "2026-09-21T14:13:20Z";
        assert_eq!(parse_rfc3339(text).map(rfc3339).as_deref(), Some(text));
        assert_eq!(parse_rfc3339("1969-12-31T23:59:59Z"), None);
        assert_eq!(parse_rfc3339("2026-09-21"), None);
        let late = UnixTime::since_unix_epoch(Duration::from_secs(YEAR_9999_ENDS + 1));
        assert_eq!(rfc3339(late), "@253402300800");
    }
}

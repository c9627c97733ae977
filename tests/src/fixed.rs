//! Values that every forged message shares unless told otherwise.

/// The instant of every test: 2026-09-21T14:13:20Z.
pub const NOW: u64 = 1_790_000_000;
/// When forged messages were signed: ten seconds ago.
pub const SIGNED_AT: u64 = NOW - 10;
/// Seconds for which a strict message is good.
pub const LIFETIME: u64 = 300;
/// The origin's service id.
pub const AUDIENCE: &str = "https://origin.example";
/// `connection` of the statement.
pub const CONNECTION: [u8; 16] = *b"connection 00001";
/// First instant of forged leaf certificates: 2026-01-01T00:00:00Z.
pub const LEAF_FROM: u64 = 1_767_225_600;
/// Last instant of forged leaf certificates: 2027-12-31T23:59:59Z.
pub const LEAF_UNTIL: u64 = 1_830_297_599;
/// First instant of forged certification authorities: 2020-01-01T00:00:00Z.
pub const CA_FROM: u64 = 1_577_836_800;
/// Last instant of forged certification authorities: 2039-12-31T23:59:59Z.
pub const CA_UNTIL: u64 = 2_208_988_799;

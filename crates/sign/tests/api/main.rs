//! The public API, at a fixed instant, with whole values.
#![cfg(feature = "aws-lc-rs")]

#[cfg(test)]
mod assertions;
#[cfg(test)]
mod back_ends;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod identities;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod peers;
#[cfg(test)]
mod support;

//! What a request carries, from a message to every field line.

use crate::field;
use crate::message::MessageForge;
use crate::vectors::format::Profile;

/// What a request carries: anything from a message to every field line.
pub(super) trait Sent {
    /// The field lines, in a request where the field has this name and form.
    fn field_lines(&self, name: &str, profile: Profile) -> Vec<(String, String)>;
}

impl Sent for MessageForge {
    fn field_lines(&self, name: &str, profile: Profile) -> Vec<(String, String)> {
        self.value().field_lines(name, profile)
    }
}

/// A field value.
impl Sent for String {
    fn field_lines(&self, name: &str, profile: Profile) -> Vec<(String, String)> {
        self.as_str().field_lines(name, profile)
    }
}

/// A field value.
impl Sent for &str {
    fn field_lines(&self, name: &str, _: Profile) -> Vec<(String, String)> {
        vec![(name.to_owned(), (*self).to_owned())]
    }
}

/// DER that is sent in the form of the profile.
impl Sent for Vec<u8> {
    fn field_lines(&self, name: &str, profile: Profile) -> Vec<(String, String)> {
        let value = match profile {
            Profile::Strict => field::strict_value(self),
            Profile::Baseline => field::baseline_value(self),
        };
        value.field_lines(name, profile)
    }
}

/// All field lines. A character stands for the octet of its number.
impl<const N: usize> Sent for [(&str, &str); N] {
    fn field_lines(&self, _: &str, _: Profile) -> Vec<(String, String)> {
        self.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }
}

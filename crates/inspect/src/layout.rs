//! Where each field of a SignedData stands in the DER, and whether the signature covers it.

use client_cert_envelope::oid;
use serde::Serialize;

use crate::oid_names::Oid;
use crate::parts::{Parts, Signer, attributes};
use crate::walk::{Tlv, tag};

/// Most fields listed: a message of the profile has fewer than 60.
const MAX_RANGES: usize = 400;

/// One field of the DER.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Range {
    /// Its path: names of RFC 5652 and of the statement, separated by `/`.
    pub path: String,
    /// Offset of its tag in the DER.
    pub offset: usize,
    /// Octets of its whole encoding.
    pub length: usize,
    /// Of these, tag and length.
    pub header: usize,
    /// How the signature covers it, if it is valid; none for a field that has others inside.
    pub covered: Option<Coverage>,
}

/// What ties a field to the signature. Whether the signature is valid is another question.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Coverage {
    /// Repeated in the CMSAlgorithmProtection attribute.
    AlgorithmProtection,
    /// Repeated in the contentType attribute.
    ContentTypeAttribute,
    /// Digested in the statement's `evidence`.
    Evidence,
    /// Digested in the messageDigest attribute.
    MessageDigest,
    /// Not covered.
    No,
    /// Signed itself.
    Signed,
}

impl Coverage {
    /// The name, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AlgorithmProtection => "algorithm-protection",
            Self::ContentTypeAttribute => "content-type-attribute",
            Self::Evidence => "evidence",
            Self::MessageDigest => "message-digest",
            Self::No => "no",
            Self::Signed => "signed",
        }
    }
}

/// Elements of ClientCertStatement by position, then the optional ones by tag.
const STATEMENT: [&str; 7] =
    ["version", "audience", "lifetime", "connection", "clientChain", "protocol", "resumed"];
const STATEMENT_OPTIONAL: [(u8, &str); 4] =
    [(0x80, "hop"), (0x81, "request"), (0x82, "evidence"), (0xa3, "possession")];
const POSSESSION: [&str; 3] = ["scheme", "transcriptHash", "signature"];

/// The name of an element of ClientCertStatement.
pub(crate) fn statement_element(index: usize, tag: u8) -> Option<&'static str> {
    let optional = STATEMENT_OPTIONAL.iter().find(|(own, _)| *own == tag);
    optional.map(|(_, name)| *name).or(STATEMENT.get(index).copied())
}

/// Lists the fields in the order of the DER.
pub(crate) fn ranges(parts: &Parts<'_>) -> Vec<Range> {
    let first = parts.signers().next();
    let coverage = First::of(first.as_ref());
    let mut list = List { ranges: Vec::new(), prefix: vec!["contentInfo".into()] };
    list.container(parts.content_info, "");
    list.leaf(parts.content_info_type, "contentType", Coverage::No);
    list.inside("signedData", |list| {
        list.container(parts.signed_data, "");
        list.leaf(parts.version, "version", Coverage::No);
        list.leaf(parts.digest_algorithms, "digestAlgorithms", coverage.algorithms);
        list.inside("encapContentInfo", |list| {
            list.container(parts.encapsulated, "");
            list.leaf(parts.content_type, "eContentType", coverage.content_type);
            if let Some(content) = parts.content {
                list.leaf(content, "eContent", coverage.content);
            }
        });
        for (field, name) in [(parts.certificates, "certificates"), (parts.crls, "crls")] {
            if let Some(field) = field {
                list.container(field, name);
                for (index, entry) in field.values().enumerate() {
                    list.leaf(entry, &format!("{name}[{index}]"), coverage.bag);
                }
            }
        }
        list.container(parts.signer_infos, "signerInfos");
        for (index, signer) in parts.signers().enumerate() {
            list.inside(&format!("signerInfos[{index}]"), |list| signer_info(list, &signer));
        }
    });
    list.ranges
}

fn signer_info(list: &mut List, signer: &Signer<'_>) {
    let coverage = First::of(Some(signer));
    list.container(signer.whole, "");
    list.leaf(signer.version, "version", Coverage::No);
    list.leaf(signer.sid, "sid", Coverage::No);
    list.leaf(signer.digest_algorithm, "digestAlgorithm", coverage.algorithms);
    if let Some(set) = signer.signed_attrs {
        list.inside("signedAttrs", |list| {
            list.container(set, "");
            attribute_set(list, set, Coverage::Signed);
        });
    }
    list.leaf(signer.signature_algorithm, "signatureAlgorithm", coverage.algorithms);
    list.leaf(signer.signature, "signature", Coverage::No);
    if let Some(set) = signer.unsigned_attrs {
        list.inside("unsignedAttrs", |list| {
            list.container(set, "");
            attribute_set(list, set, Coverage::No);
        });
    }
}

fn attribute_set(list: &mut List, set: Tlv<'_>, covered: Coverage) {
    for attribute in attributes(set) {
        let name = Oid::of(attribute.kind.value);
        let statement = attribute.kind.value == oid::CLIENT_CERT_STATEMENT.as_bytes();
        let value = attribute.values.values().next().filter(|_| statement);
        let Some(value) = value.and_then(|value| value.tagged(tag::SEQUENCE)) else {
            list.leaf(attribute.whole, name.text(), covered);
            continue;
        };
        list.inside(name.text(), |list| {
            list.container(attribute.whole, "");
            for (index, element) in value.values().enumerate() {
                let Some(name) = statement_element(index, element.tag) else {
                    continue;
                };
                if name == "possession" {
                    list.inside(name, |list| {
                        list.container(element, "");
                        for (part, name) in element.values().zip(POSSESSION) {
                            list.leaf(part, name, covered);
                        }
                    });
                } else {
                    list.leaf(element, name, covered);
                }
            }
        });
    }
}

/// What the attributes of one signer cover outside themselves.
struct First {
    content: Coverage,
    content_type: Coverage,
    algorithms: Coverage,
    bag: Coverage,
}

impl First {
    fn of(signer: Option<&Signer<'_>>) -> Self {
        // Without signed attributes the signature is over the content itself (RFC 5652 §5.4).
        let content = match signer {
            Some(signer) if signer.signed_attrs.is_none() => Coverage::Signed,
            _ => Coverage::No,
        };
        let attribute = |oid: &[u8]| signer.and_then(|signer| signer.signed_attribute(oid));
        let tied = |oid: &[u8], coverage, otherwise| {
            if attribute(oid).is_some() { coverage } else { otherwise }
        };
        let evidence = attribute(oid::CLIENT_CERT_STATEMENT.as_bytes())
            .is_some_and(|statement| statement.values().any(|element| element.tag == 0x82));
        Self {
            content: tied(oid::MESSAGE_DIGEST.as_bytes(), Coverage::MessageDigest, content),
            content_type: tied(
                oid::CONTENT_TYPE.as_bytes(),
                Coverage::ContentTypeAttribute,
                Coverage::No,
            ),
            algorithms: tied(
                oid::CMS_ALGORITHM_PROTECTION.as_bytes(),
                Coverage::AlgorithmProtection,
                Coverage::No,
            ),
            bag: if evidence { Coverage::Evidence } else { Coverage::No },
        }
    }
}

struct List {
    ranges: Vec<Range>,
    prefix: Vec<String>,
}

impl List {
    fn inside(&mut self, name: &str, list: impl FnOnce(&mut Self)) {
        self.prefix.push(name.into());
        list(self);
        self.prefix.pop();
    }

    fn container(&mut self, value: Tlv<'_>, name: &str) {
        self.add(value, name, None);
    }

    fn leaf(&mut self, value: Tlv<'_>, name: &str, covered: Coverage) {
        self.add(value, name, Some(covered));
    }

    fn add(&mut self, value: Tlv<'_>, name: &str, covered: Option<Coverage>) {
        if self.ranges.len() >= MAX_RANGES {
            return;
        }
        let mut path = self.prefix.join("/");
        if !name.is_empty() {
            path.push('/');
            path.push_str(name);
        }
        self.ranges.push(Range {
            path,
            offset: value.start,
            length: value.encoding.len(),
            header: value.header_len(),
            covered,
        });
    }
}

//! The parts of the text that only messages have.

use crate::attribute_report::AttributeReport;
use crate::escape::{Escaped, escape_name};
use crate::layout::Coverage;
use crate::report::Finding;
use crate::signed_data_report::{Sid, SignerReport};
use crate::text::Tree;

pub(crate) fn put_statement(tree: &mut Tree, finding: &Finding) {
    let Some(statement) = &finding.statement else {
        return;
    };
    tree.line(1, "statement", "");
    for sentence in &statement.in_words {
        tree.line(2, "says", Escaped(sentence));
    }
    let digest = |digest: &Option<String>| digest.clone().unwrap_or_else(|| "none".into());
    tree.line(2, "audience", Escaped(&statement.audience));
    tree.line(2, "lifetime", format!("{} s", statement.lifetime));
    tree.line(2, "connection", &statement.connection);
    tree.line(2, "client chain", statement.client_chain);
    tree.line(2, "protocol", format!("TLS {}", statement.protocol));
    tree.line(2, "resumed", if statement.resumed { "yes" } else { "no" });
    tree.line(2, "hop", digest(&statement.hop));
    tree.line(2, "request", digest(&statement.request));
    let matches = match statement.evidence_matches {
        Some(true) => ", which the bag has",
        Some(false) => ", which the bag has not",
        None => "",
    };
    tree.line(2, "evidence", format!("{}{matches}", digest(&statement.evidence)));
    if let Some(possession) = &statement.possession {
        let octets = possession.signature_octets;
        tree.line(2, "possession", format!("{}, {octets} octets", possession.scheme));
        tree.line(3, "transcript", &possession.transcript_hash);
    }
}

pub(crate) fn put_freshness(tree: &mut Tree, finding: &Finding) {
    if let Some(freshness) = &finding.freshness {
        tree.line(1, "signed at", &freshness.signed_at);
        let by = match freshness.expires_by {
            "lifetime" => "",
            _ => " (default of verifiers)",
        };
        let left = freshness.time_left.as_ref().map(|left| format!(", {left}"));
        let left = left.unwrap_or_default();
        tree.line(1, "expires", format!("{}{by}{left}", freshness.expires));
    }
}

pub(crate) fn put_signed_data(tree: &mut Tree, finding: &Finding) {
    let Some(signed_data) = &finding.signed_data else {
        return;
    };
    let number = |version: Option<u8>| version.map_or("unreadable".into(), |v| v.to_string());
    let version = number(signed_data.version);
    let encoding = signed_data.encoding.to_uppercase();
    tree.line(1, "CMS", format!("SignedData version {version}, {encoding}"));
    tree.line(2, "digests", Escaped(&signed_data.digest_algorithms.join(", ")));
    tree.line(2, "content type", Escaped(signed_data.content_type.text()));
    let octets = signed_data.content_octets.map(|octets| format!(", {octets} octets"));
    tree.line(2, "content", format!("{}{}", signed_data.content, octets.unwrap_or_default()));
    tree.line(2, "certificates", signed_data.certificates);
    let kinds = signed_data.crls.join(", ");
    let kinds = if kinds.is_empty() { kinds } else { format!(": {kinds}") };
    tree.line(2, "crls", format!("{}{kinds}", signed_data.crls.len()));
    tree.line(2, "signers", signed_data.signer_count);
    for (index, signer) in signed_data.signers.iter().enumerate() {
        put_signer(tree, index, signer, &number(signer.version));
    }
}

fn put_signer(tree: &mut Tree, index: usize, signer: &SignerReport, version: &str) {
    tree.line(2, &format!("signer {index}"), format!("SignerInfo version {version}"));
    let found = |certificate: &Option<usize>| match certificate {
        Some(index) => format!(" (certificate {index})"),
        None => " (no certificate here)".into(),
    };
    let sid = match &signer.sid {
        Sid::IssuerAndSerialNumber { issuer, serial, certificate } => {
            format!("issuer {}, serial {serial}{}", escape_name(issuer), found(certificate))
        }
        Sid::SubjectKeyIdentifier { value, certificate } => {
            format!("key {value}{}", found(certificate))
        }
        Sid::Unreadable { der } => format!("unreadable {der}"),
    };
    tree.line(3, "names", sid);
    tree.line(3, "digest", Escaped(&signer.digest_algorithm));
    tree.line(3, "signature", {
        let octets = signer.signature_octets;
        format!("{}, {octets} octets, not checked", Escaped(&signer.signature_algorithm))
    });
    if let Some(matches) = signer.digest_matches {
        let text = if matches { "is the content's, which shows no signer" } else { "differs" };
        tree.line(3, "messageDigest", text);
    }
    match &signer.signed_attributes {
        None => tree.line(3, "signed attributes", "none: the signature is over the content"),
        Some(attributes) => put_attributes(tree, "signed", attributes),
    }
    if let Some(attributes) = &signer.unsigned_attributes {
        put_attributes(tree, "unsigned", attributes);
    }
}

fn put_attributes(tree: &mut Tree, label: &str, attributes: &[AttributeReport]) {
    for attribute in attributes {
        let name = attribute.kind.text();
        let values = attribute.values.join("; ");
        tree.line(3, label, format!("{}: {}", Escaped(name), Escaped(&values)));
    }
}

pub(crate) fn put_size(tree: &mut Tree, finding: &Finding) {
    let Some(size) = &finding.size else {
        return;
    };
    tree.line(1, "size", format!("{} octets", size.der));
    let rows = [
        ("certificate", size.content),
        ("signature", size.signature),
        ("attributes", size.signed_attributes),
        ("statement in them", size.statement),
        ("bag", size.bag),
        ("structure", size.structure),
    ];
    for (label, octets) in rows {
        tree.line(2, label, format!("{octets:>6}"));
    }
    if let (Some(characters), Some(overhead)) = (size.characters, size.base64_overhead) {
        tree.line(2, "base64", format!("{overhead:>6} more"));
        let limits = format!("limits {} and {}", size.limit_signing, size.limit_verifying);
        tree.line(2, "field value", format!("{characters:>6} ({limits})"));
    }
}

pub(crate) fn put_layout(tree: &mut Tree, finding: &Finding) {
    if finding.layout.is_empty() {
        return;
    }
    tree.line(1, "layout", "offset, octets, covered by the signature if it is valid");
    for range in &finding.layout {
        let depth = range.path.matches('/').count();
        let name = range.path.rsplit('/').next().unwrap_or_default();
        let covered = match range.covered {
            None => "",
            Some(Coverage::No) => "not covered",
            Some(Coverage::Signed) => "signed",
            Some(Coverage::AlgorithmProtection) => "by CMSAlgorithmProtection",
            Some(Coverage::ContentTypeAttribute) => "by contentType",
            Some(Coverage::Evidence) => "by evidence",
            Some(Coverage::MessageDigest) => "by messageDigest",
        };
        let place = format!("{:>6} {:>6}  {covered}", range.offset, range.length);
        // The tree of the DER is deep; two columns a level would push the numbers away.
        tree.line(2, &format!("{}{}", " ".repeat(depth), Escaped(name)), place);
    }
}

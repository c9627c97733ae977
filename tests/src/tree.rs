//! Reads DER into a tree, changes it at a path and writes it again.

use crate::der;

/// How a node's length is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Length {
    /// The shortest form.
    #[default]
    Minimal,
    /// Long form with one octet more than needed.
    Padded,
    /// Indefinite, with end-of-contents octets.
    Indefinite,
}

/// One element.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Node {
    /// Tag octet. High tag numbers are not read; [`Body::Raw`] writes them.
    pub tag: u8,
    /// Form of the length.
    pub length: Length,
    /// What is inside.
    pub body: Body,
}

/// What an element holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Body {
    /// Octets of a primitive element.
    Primitive(Vec<u8>),
    /// Elements of a constructed element.
    Constructed(Vec<Node>),
    /// The whole element, tag and length included, written as it is.
    Raw(Vec<u8>),
}

impl Node {
    /// The one element that `der` is. Octet strings are not looked into.
    pub fn parse(der: &[u8]) -> Self {
        let (node, rest) = Self::parse_first(der);
        assert!(rest.is_empty(), "octets after the element");
        node
    }

    /// The first element of `der`, and what follows it.
    pub fn parse_first(der: &[u8]) -> (Self, &[u8]) {
        let tag = der[0];
        assert_ne!(tag & 0x1f, 0x1f, "high tag number");
        let (length, header) = match der[1] {
            short @ 0..0x80 => (usize::from(short), 2),
            long => {
                let octets = usize::from(long & 0x7f);
                assert!((1..=4).contains(&octets), "length is not DER");
                let value = der[2..2 + octets].iter().fold(0, |n, b| n << 8 | usize::from(*b));
                (value, 2 + octets)
            }
        };
        let (content, rest) = der[header..].split_at(length);
        let body = if tag & der::CONSTRUCTED == 0 {
            Body::Primitive(content.to_vec())
        } else {
            let mut children = Vec::new();
            let mut remaining = content;
            while !remaining.is_empty() {
                let (child, after) = Self::parse_first(remaining);
                children.push(child);
                remaining = after;
            }
            Body::Constructed(children)
        };
        (Self { tag, length: Length::Minimal, body }, rest)
    }

    /// An element whose encoding is `bytes`, whatever they are.
    pub fn raw(bytes: &[u8]) -> Self {
        Self { tag: 0, length: Length::Minimal, body: Body::Raw(bytes.to_vec()) }
    }

    /// The encoding.
    pub fn to_der(&self) -> Vec<u8> {
        let content = match &self.body {
            Body::Raw(bytes) => return bytes.clone(),
            Body::Primitive(bytes) => bytes.clone(),
            Body::Constructed(children) => der::concat(children.iter().map(Self::to_der)),
        };
        match self.length {
            Length::Minimal => der::tlv(self.tag, &content),
            Length::Padded => {
                let octets = der::length(content.len()).len();
                let length = der::long_length(content.len(), octets);
                der::tlv_with_length(self.tag, &length, &content)
            }
            Length::Indefinite => der::tlv_indefinite(self.tag, &content),
        }
    }

    /// The element at `path`: the index of a child, of its child, and so on.
    pub fn at(&self, path: &[usize]) -> &Self {
        path.iter().fold(self, |node, index| &node.children()[*index])
    }

    /// The element at `path`, to change.
    pub fn at_mut(&mut self, path: &[usize]) -> &mut Self {
        path.iter().fold(self, |node, index| &mut node.children_mut()[*index])
    }

    /// The elements inside.
    pub fn children(&self) -> &[Self] {
        match &self.body {
            Body::Constructed(children) => children,
            _ => &[],
        }
    }

    /// The elements inside, to change.
    pub fn children_mut(&mut self) -> &mut Vec<Self> {
        match &mut self.body {
            Body::Constructed(children) => children,
            _ => panic!("not constructed"),
        }
    }

    /// The octets of a primitive element.
    pub fn bytes(&self) -> &[u8] {
        match &self.body {
            Body::Primitive(bytes) => bytes,
            _ => panic!("not primitive"),
        }
    }

    /// The octets of a primitive element, to change.
    pub fn bytes_mut(&mut self) -> &mut Vec<u8> {
        match &mut self.body {
            Body::Primitive(bytes) => bytes,
            _ => panic!("not primitive"),
        }
    }

    /// Paths of this element and of all inside it, outermost first.
    pub fn paths(&self) -> Vec<Vec<usize>> {
        let mut out = vec![Vec::new()];
        for (index, child) in self.children().iter().enumerate() {
            out.extend(child.paths().into_iter().map(|path| [&[index], &path[..]].concat()));
        }
        out
    }
}

/// `der` with the element at `path` changed; the lengths round it follow.
pub fn edit(der: &[u8], path: &[usize], change: impl FnOnce(&mut Node)) -> Vec<u8> {
    let mut node = Node::parse(der);
    change(node.at_mut(path));
    node.to_der()
}

/// Every structural change of one element of `der`, with its name and path: a length not minimal or
/// indefinite, the constructed bit flipped, an octet or an element more or less, an element twice,
/// neighbours swapped. None equals `der`.
pub fn mutations(der: &[u8]) -> Vec<(String, Vec<u8>)> {
    let root = Node::parse(der);
    let mut out = Vec::new();
    for path in root.paths() {
        for (name, change) in CHANGES {
            let mut copy = root.clone();
            if change(&mut copy, &path) {
                let changed = copy.to_der();
                if changed != der {
                    out.push((format!("{name} at {path:?}"), changed));
                }
            }
        }
    }
    out
}

/// Changes the element at a path of a tree; `false` where the change doesn't apply.
type Change = fn(&mut Node, &[usize]) -> bool;

const CHANGES: [(&str, Change); 9] = [
    ("length padded", |root, path| {
        root.at_mut(path).length = Length::Padded;
        true
    }),
    ("length indefinite", |root, path| {
        let node = root.at_mut(path);
        node.length = Length::Indefinite;
        matches!(node.body, Body::Constructed(_))
    }),
    ("constructed bit flipped", |root, path| {
        root.at_mut(path).tag ^= der::CONSTRUCTED;
        true
    }),
    ("octet appended", |root, path| match &mut root.at_mut(path).body {
        Body::Primitive(bytes) => {
            bytes.push(0);
            true
        }
        _ => false,
    }),
    ("last octet removed", |root, path| match &mut root.at_mut(path).body {
        Body::Primitive(bytes) => bytes.pop().is_some(),
        _ => false,
    }),
    ("NULL appended", |root, path| match &mut root.at_mut(path).body {
        Body::Constructed(children) => {
            children.push(Node::parse(&der::null()));
            true
        }
        _ => false,
    }),
    ("removed", |root, path| match path.split_last() {
        Some((index, parent)) => {
            root.at_mut(parent).children_mut().remove(*index);
            true
        }
        None => false,
    }),
    ("twice", |root, path| match path.split_last() {
        Some((index, parent)) => {
            let siblings = root.at_mut(parent).children_mut();
            siblings.insert(*index, siblings[*index].clone());
            true
        }
        None => false,
    }),
    ("swapped with its neighbour", |root, path| match path.split_last() {
        Some((index, parent)) => {
            let siblings = root.at_mut(parent).children_mut();
            let possible = index + 1 < siblings.len();
            if possible {
                siblings.swap(*index, index + 1);
            }
            possible
        }
        None => false,
    }),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        der::seq([der::integer(1), der::seq([der::octet_string(&[7; 200]), der::null()])])
    }

    #[test]
    fn writing_what_was_read_gives_the_same_bytes() {
        assert_eq!(Node::parse(&sample()).to_der(), sample());
    }

    #[test]
    fn outer_lengths_follow_a_change_inside() {
        let changed = edit(&sample(), &[1, 0], |node| node.bytes_mut().truncate(1));
        assert_eq!(
            changed,
            der::seq([der::integer(1), der::seq([der::octet_string(&[7]), der::null()])])
        );
    }

    #[test]
    fn lengths_are_written_wrong_on_demand() {
        let changed = edit(&der::seq([der::null()]), &[], |node| node.length = Length::Padded);
        assert_eq!(changed, [0x30, 0x81, 2, 5, 0]);
        let changed = edit(&sample(), &[1, 0], |node| node.length = Length::Padded);
        assert_eq!(changed.len(), sample().len() + 1);
    }

    #[test]
    fn every_element_is_changed_in_every_way_that_applies() {
        assert_eq!(Node::parse(&sample()).paths().len(), 5);
        assert_eq!(mutations(&sample()).len(), 29);
    }
}

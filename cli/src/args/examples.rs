//! Worked examples, shown under the help of each subcommand.

pub(super) const TOP: &str = "\
Examples:
  client-cert sign --signer proxy.pem --key proxy.key --client alice.pem \\
      --audience https://orders.example > field
  client-cert verify --trust-signer proxy.pem --audience https://orders.example \\
      --client-ca clients.pem --hop-peer proxy.pem @field
  client-cert inspect @field

`client-cert COMMAND --help` has more of them.";

pub(super) const SIGN: &str = "\
Examples:
  A client's certificate, for one service:
    client-cert sign --signer proxy.pem --key proxy.key --client alice.pem \\
        --audience https://orders.example

  Bound to one request, and to the certificate the proxy connects to the origin with:
    client-cert sign --signer proxy.pem --key proxy.key --client alice.pem \\
        --audience https://orders.example --hop hop.pem \\
        --request 'POST https://orders.example/orders?dry-run=1'

  For an origin that trusts a CA of proxies and builds the client's path itself:
    client-cert sign --signer proxy-chain.pem --key proxy.key --embed-signer \\
        --client alice.pem --chain intermediate.pem --audience https://orders.example

  The client presented no certificate:
    client-cert sign --signer proxy.pem --key proxy.key --absent --audience https://orders.example

  What `openssl cms -sign -binary -nodetach` makes, into the field Client-Cert:
    client-cert sign --signer proxy.pem --key proxy.key --client alice.pem --profile baseline

  Straight into a request:
    curl -H \"$(client-cert sign --signer proxy.pem --key proxy.key --client alice.pem \\
        --audience https://orders.example)\" https://orders.example/";

pub(super) const VERIFY: &str = "\
Examples:
  A pinned proxy that connects with its signing certificate; the client's chain is judged here:
    client-cert verify --trust-signer proxy.pem --hop-peer proxy.pem \\
        --audience https://orders.example --client-ca clients.pem @field

  A value from a log, without the connection it came on; JSON for a script. What comes from a
  request goes to standard input, where nothing in it is taken for a flag or a file:
    printf %s \"$value\" | client-cert verify --trust-signer proxy.pem --allow-unbound-hop \\
        --audience https://orders.example --at 2026-11-21T12:00:00Z --json -

  Any proxy of a CA, by name:
    client-cert verify --proxy-ca proxies.pem --signer-name proxy.example \\
        --hop-peer proxy.pem --audience https://orders.example - < field

  A message of `openssl cms`, not older than two minutes:
    client-cert verify --profile baseline --trust-signer proxy.pem --allow-unbound-hop \\
        --max-age 2m @value

The input is a bare value or whole `Name: value` lines; one line end is ignored, further lines are
further field lines. Lines of other fields are judged as part of the same request.

--json prints {\"verdict\":\"verified\"|\"refused\"|\"error\", \"profile\", \"stage\", \"code\", \"message\",
\"client\", \"signer\", \"statement\", \"valid_until\"}; what does not apply is null.";

pub(super) const INSPECT: &str = "\
Examples:
  client-cert inspect @field
  client-cert inspect @message.der
  client-cert inspect --json 'Client-Cert: :MIID…:'
  curl -sv https://service.example/ 2>&1 | sed -n 's/^> //p' | client-cert inspect -";

pub(super) const PIN: &str = "\
Examples:
  client-cert pin proxy.pem
  client-cert pin proxy-2026.pem proxy-2027.pem >> policy.toml
  openssl pkey -in proxy.key -pubout | client-cert pin /dev/stdin

An entry:
  [[signer]]
  name = \"proxy.example\"
  profile = \"strict\"
  certificate = \"proxy.pem\"
  key_identifier = \"d90e5c57…\"
  spki_sha256 = \"68e3b669…\"

`name` is what logs call the signer and is yours to choose. A bare public key has `public_key` for
`certificate` and is trusted without dates. Times and names are comments: the certificate says them.";

pub(super) const VECTORS: &str = "\
Examples:
  client-cert vectors generate
  client-cert vectors check
  client-cert vectors check vectors --filter signature/ --json";

pub(super) const DEMO: &str = "\
Examples:
  client-cert demo
  client-cert demo | less -S";

pub(super) const COMPLETIONS: &str = "\
Examples:
  client-cert completions bash > ~/.local/share/bash-completion/completions/client-cert
  client-cert completions zsh > \"${fpath[1]}/_client-cert\"
  client-cert completions fish > ~/.config/fish/completions/client-cert.fish";

pub(super) const MAN: &str = "\
Examples:
  client-cert man ~/.local/share/man/man1";

#!/bin/sh
# Makes the keys and certificates of this folder and of ../examples-data anew. None of them protects
# anything. Tests compare no byte of them, so a run may replace them.
set -eu
cd "$(dirname "$0")"
example=../examples-data
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

issue() { # key subject section serial certificate
    openssl req -new -key "$1" -subj "$2" -out "$scratch/request.pem"
    openssl x509 -req -in "$scratch/request.pem" -CA authority.pem -CAkey "$scratch/authority.key" \
        -set_serial "$4" -days 36500 -sha256 -extfile extensions.cnf -extensions "$3" -out "$5"
}
new_ec() { openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$1" -out "$2"; }

new_ec P-256 "$scratch/authority.key"
openssl req -new -key "$scratch/authority.key" -subj "/O=Example/CN=Example CA" \
    -out "$scratch/request.pem"
openssl x509 -req -in "$scratch/request.pem" -signkey "$scratch/authority.key" -days 36500 \
    -extfile extensions.cnf -extensions authority -out authority.pem

new_ec P-256 "$example/proxy-key.pem"
issue "$example/proxy-key.pem" "/O=Example/CN=proxy.example" proxy 4097 "$example/proxy.pem"
new_ec P-256 "$scratch/client.key"
issue "$scratch/client.key" "/O=Example/OU=Client Services/CN=client.example" client 8193 \
    "$example/client.pem"
openssl req -new -key "$scratch/client.key" -subj "/CN=client.example" -outform DER \
    -out client-request.der

issue "$example/proxy-key.pem" "/CN=key-agreement" key_agreement 4098 p256-key-agreement.pem
issue "$example/proxy-key.pem" "/CN=no-identifier" proxy_without_identifier 4099 \
    p256-without-identifier.pem
openssl ec -in "$example/proxy-key.pem" -out p256-sec1-key.pem

new_ec P-384 p384-key.pem
openssl ec -in p384-key.pem -out p384-sec1-key.pem
issue p384-key.pem "/O=Example/CN=p384.proxy.example" proxy 4100 p384.pem

openssl genpkey -algorithm ed25519 -out ed25519-key.pem
issue ed25519-key.pem "/O=Example/CN=ed25519.proxy.example" proxy 4101 ed25519.pem

openssl genrsa -traditional -out rsa2048-pkcs1-key.pem 2048
openssl pkcs8 -topk8 -nocrypt -in rsa2048-pkcs1-key.pem -out rsa2048-key.pem
issue rsa2048-key.pem "/O=Example/CN=rsa.proxy.example" proxy 4102 rsa2048.pem
openssl genrsa -out rsa1024-key.pem 1024
issue rsa1024-key.pem "/O=Example/CN=rsa1024.proxy.example" proxy 4103 rsa1024.pem
new_ec secp256k1 "$scratch/k256.key"
issue "$scratch/k256.key" "/O=Example/CN=k256.proxy.example" proxy 4104 secp256k1.pem
cp "$scratch/k256.key" secp256k1-key.pem
